"""A calendar's address on a connection: what may be asked there, and whether what comes back is an answer."""

from __future__ import annotations

from dataclasses import replace

from connectors.calendars.webdav import C, D, Member, Reply, Wire, refuse_redirect
from connectors.errors import ConflictError, MissingError, RefusedError, UnreachableError

MARKER = "shiftward-marker"
"""The name of the object that marks a calendar as ours where its description cannot."""
TAKEN = {f"{C}no-uid-conflict", f"{C}unique-scheduling-object-resource"}
"""The UID lies elsewhere (RFC 4791, 5.3.2.1, and RFC 6638, 3.2.4.1)."""
NO_CALENDAR = "there is no calendar at this address; mend the address, or make the calendar"


class Collection:
    """Use it from one thread at a time."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.home = wire.home
        self._named = ""
        """The address by which the server calls it, once that was asked for."""

    def address(self, name: str) -> str:
        return f"{self.home}{name}.ics"

    def is_home(self, member: Member) -> bool:
        return member.href.rstrip("/") == self.home.rstrip("/")

    def report(self, body: str, depth: int = 0) -> Reply:
        return self.wire.ask("REPORT", self.home, body, {"Depth": str(depth)})

    def propfind(self, *props: str, depth: int = 0) -> Reply:
        return self.wire.propfind(self.home, *props, depth=depth)

    def about(self, *props: str) -> Member:
        """What the calendar says of itself; a server may know it under another spelling of its address."""
        return self.itself(self.propfind("d:resourcetype", *props))

    def itself(self, reply: Reply) -> Member:
        """What an answer says of the calendar as a whole."""
        if reply.status in (404, 410):
            raise MissingError(NO_CALENDAR)
        expect(reply, 207)
        members = list(self.wire.members(reply))
        home = next((member for member in members if self.is_home(member)), members[0] if members else None)
        if home is None:
            raise UnreachableError("the server's answer is about nothing")
        if home.status in (404, 410) and not _has_props(reply):
            raise MissingError(NO_CALENDAR)
        return home

    def members(self, reply: Reply) -> list[Member]:
        """The members of an answer that is good for the calendar itself: it, and what lies right in it.

        Some servers tell of what lies elsewhere, too; others call the calendar by another address than it was given.
        """
        if reply.status in (404, 410):
            raise MissingError(NO_CALENDAR)
        expect(reply, 207)
        told = list(self.wire.members(reply))
        strange = any(not (self.is_home(one) or one.href.startswith(self.home)) for one in told)
        if strange and not self._named:
            self._named = self.about().href.rstrip("/") + "/"
        members = [member for one in told if (member := self._own(one)) is not None]
        for member in members:
            if self.is_home(member) and member.sure and member.status >= 300 and member.status != 507:
                raise UnreachableError(f"the server gave status {member.status} for the calendar itself")
        return members

    def outcome(self, reply: Reply) -> Reply:
        """Of a write: a multistatus tells what it failed at, else it was done."""
        if reply.status != 207:
            return reply
        failed = [member.status for member in self.wire.members(reply) if member.status >= 400]
        # 424 is that of what failed only because something else did.
        return replace(reply, status=max(failed, key=lambda status: (status != 424, status), default=204))

    def _own(self, member: Member) -> Member | None:
        """By its address in the calendar as we know it."""
        if self.is_home(member) or member.status == 507:
            # What was cut short is the answer, whatever address the server gives to that.
            return replace(member, href=self.home)
        for home in (self.home, self._named):
            name = member.href.removeprefix(home)
            if home and name != member.href:
                return replace(member, href=f"{self.home}{name}") if "/" not in name else None
        return replace(member, href=self.home) if f"{member.href.rstrip('/')}/" == self._named else None


def expect(reply: Reply, *statuses: int) -> None:
    """Raises the error that any other status means."""
    if reply.status in statuses:
        return
    refuse_redirect(reply)
    if reply.status in (404, 409, 410, 412) or TAKEN & set(reply.conditions):
        raise ConflictError(f"status {reply.status}")
    if reply.status in (401, 403):
        raise RefusedError(
            f"status {reply.status}: check the user name, the password and the calendar's address"
        )
    raise UnreachableError(f"status {reply.status}")


def _has_props(reply: Reply) -> bool:
    """A 404 for each property that was asked for is no 404 for the calendar."""
    return reply.tree.find(f".//{D}propstat") is not None

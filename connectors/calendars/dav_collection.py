"""A calendar's address on a connection: what may be asked there, and whether what comes back is an answer."""

from __future__ import annotations

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
        reply = self.propfind("d:resourcetype", *props)
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
        """The members of an answer that is good for the calendar itself."""
        if reply.status in (404, 410):
            raise MissingError(NO_CALENDAR)
        expect(reply, 207)
        members = list(self.wire.members(reply))
        for member in members:
            if self.is_home(member) and not 200 <= member.status < 300 and member.status != 507:
                raise UnreachableError(f"the server gave status {member.status} for the calendar itself")
        return members


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

"""Where a CalDAV account keeps its calendars: from a host name or any address to principal, homes and calendars.

A server may send us on (iCloud gives every account a host of its own, others a path); it is followed within the same
site and never from https to http, since the password goes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from connectors.calendars.webdav import REDIRECTS, C, D, Member, Reply, Wire, of_host
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError

MOST_HOPS = 5
_CALENDAR = (
    "d:resourcetype",
    "d:displayname",
    "c:supported-calendar-component-set",
    "d:current-user-privilege-set",
)
_WHERE = ("d:current-user-principal", "c:calendar-home-set", "d:resourcetype")


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar of an account: its whole address, its name, and whether we may write there."""

    url: str
    name: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Account:
    """`homes` are the addresses under which the account's calendars live; new ones are made in the first."""

    homes: tuple[str, ...]
    calendars: tuple[Found, ...]


def discover(url: str, username: str | None, password: str | None) -> Account:
    """All calendars of an account, from a host name or from any address of it (RFC 6764, 4791 and 5397).

    Raises MissingError when the host knows nothing of CalDAV, RefusedError when it refuses the login or sends us to
    another site, UnreachableError when it gives no usable answer.
    """
    start = url if "://" in url else (of_host(url) or f"https://{url}/")
    wire = Wire(start, username, password)
    try:
        return _Search(wire, start).run()
    finally:
        wire.close()


class _Search:
    def __init__(self, wire: Wire, start: str) -> None:
        self.wire = wire
        self.start = start
        self.trouble: ConnectorError | None = None
        """Why an address was of no use, where there is more to say than that nothing is there."""

    def run(self) -> Account:
        """What is given first, since it may be the principal or a calendar; then the well-known address; then the root.

        A site's own pages often lie at the address that is given: what those say is told only where nothing is found.
        """
        for address in dict.fromkeys((self.start, "/.well-known/caldav", "/")):
            found = self._from(urljoin(self.start, address))
            if found:
                return found
        raise self.trouble or MissingError(
            "no calendars were found there; give the CalDAV address that the provider names"
        )

    def _from(self, address: str) -> Account | None:
        at, member = self._one(address, *_WHERE)
        if member is None:
            return None
        if f"{C}calendar" in member.kinds():
            parent = urljoin(at, "../" if at.endswith("/") else "./")
            return Account((parent,), tuple(self._calendars(at, depth=0)[1]))
        homes = member.hrefs(f"{C}calendar-home-set")
        if not homes:
            principals = member.hrefs(f"{D}current-user-principal")
            if not principals:
                return None
            at, principal = self._one(self._within(at, principals[0]), "c:calendar-home-set")
            homes = principal.hrefs(f"{C}calendar-home-set") if principal else []
        found = [self._calendars(self._within(at, home), depth=1) for home in homes]
        calendars = [calendar for _, there in found for calendar in there]
        return Account(tuple(home for home, _ in found), tuple(dict.fromkeys(calendars))) if found else None

    def _one(self, address: str, *props: str) -> tuple[str, Member | None]:
        """What an address says of itself, and the address where it said so in the end; None where nothing is."""
        try:
            address, reply = self._ask(address, *props)
            if reply.status == 207:
                return address, next(iter(self.wire.members(reply)), None)
            if reply.status not in (200, 404, 405, 410, 501):
                _expect(reply)
        except _NotLetInError:
            raise
        except RefusedError as error:
            self.trouble = self.trouble or error
        return address, None

    def _ask(self, address: str, *props: str, depth: int = 0) -> tuple[str, Reply]:
        for _ in range(MOST_HOPS):
            reply = self.wire.propfind(address, *props, depth=depth)
            if reply.status not in REDIRECTS:
                return address, reply
            address = self._within(address, reply.location)
        raise UnreachableError("the server redirects in circles")

    def _calendars(self, home: str, depth: int) -> tuple[str, list[Found]]:
        """The calendars of a home, and where the home really is."""
        home, reply = self._ask(home, *_CALENDAR, depth=depth)
        _expect(reply)
        found = []
        for member in self.wire.members(reply):
            if f"{C}calendar" in member.kinds() and _holds_events(member):
                address = self._within(home, member.href)
                name = (member.text(f"{D}displayname") or "").strip()
                name = name or address.rstrip("/").rpartition("/")[2]
                found.append(Found(address, name, _is_writable(member)))
        return home, found

    def _within(self, base: str, target: str) -> str:
        address = urljoin(base, target)
        before, after = urlsplit(base), urlsplit(address)
        if not target or after.scheme not in ("http", "https"):
            raise UnreachableError("the server sends us to no usable address")
        if before.scheme == "https" and after.scheme == "http":
            raise RefusedError("the server sends us from a protected address to an unprotected one")
        if not _same_site(before.hostname or "", after.hostname or ""):
            raise RefusedError(
                "the server sends us to another site; if that is right, write the address there instead"
            )
        return address


class _NotLetInError(RefusedError):
    """Any further attempt would be one with the same wrong password."""


def _expect(reply: Reply) -> None:
    if reply.status in (401, 403):
        kind = _NotLetInError if reply.status == 401 else RefusedError
        raise kind(f"status {reply.status}: check the user name and the password")
    if reply.status != 207:
        raise UnreachableError(f"status {reply.status}")


def _same_site(one: str, other: str) -> bool:
    """The same host, or both below the same two labels; an address in numbers has no site but itself."""
    if one == other:
        return True
    if _is_number(one) or _is_number(other):
        return False
    return one.split(".")[-2:] == other.split(".")[-2:] and one.count(".") > 0


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _holds_events(member: Member) -> bool:
    """Where a server does not say what a calendar may hold, it may hold events."""
    told = member.props.get(f"{C}supported-calendar-component-set")
    names = (
        {str(one.get("name", "")).upper() for one in told.iterfind(f"{C}comp")} if told is not None else set()
    )
    return not names or "VEVENT" in names


def _is_writable(member: Member) -> bool:
    told = member.props.get(f"{D}current-user-privilege-set")
    names = {one.tag for one in told.iterfind(f"{D}privilege/*")} if told is not None else set()
    return not names or bool(names & {f"{D}write", f"{D}write-content", f"{D}bind", f"{D}all"})

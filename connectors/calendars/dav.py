"""A CalDAV calendar: each method is the requests it says and no more.

What a server can do is taken from what it says and shows, never from its name. Learned from servers:

* a forgotten sync token is told by the element `valid-sync-token`, or by no more than a status;
* some have no sync-collection: then the calendar's ctag and a listing of etags take its place;
* the etag in the answer to a PUT may belong to another body than the one stored: etags come from reading only;
* a weak etag is good for no condition: then the object is read again right before it is written;
* what is gone is told as 404 in the response, in its propstat, or passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import cast
from urllib.parse import quote, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from connectors.base import Changes
from connectors.calendars import ical
from connectors.calendars.dav_find import discover
from connectors.calendars.webdav import CS, SPACES, C, D, Member, Reply, Wire, path, refuse_redirect
from connectors.errors import (
    ConflictError,
    CursorLostError,
    MissingError,
    RefusedError,
    RejectedError,
    UnreachableError,
)
from connectors.event import Days, Event, Item

MOST_PAGES = 100
BATCH = 50
"""Objects asked for in one multiget."""
FEW, MANY = 100, 5_000
"""Between these numbers of objects a first look asks for all of them at once."""
FEW_UNREAD = 5
"""Objects that a server may fail to give; of more of them it is the server that is in trouble."""
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
MARKER = "shiftward-marker"
"""The name of the object that marks a calendar as ours where its description cannot."""
_TAKEN = {f"{C}no-uid-conflict", f"{C}unique-scheduling-object-resource"}
"""The UID lies elsewhere (RFC 4791, 5.3.2.1, and RFC 6638, 3.2.4.1)."""
_REFUSED = {
    f"{C}valid-calendar-data",
    f"{C}valid-calendar-object-resource",
    f"{C}supported-calendar-component",
    f"{C}supported-calendar-data",
    f"{C}max-resource-size",
    f"{C}max-instances",
    f"{C}min-date-time",
    f"{C}max-date-time",
}
"""What may be wrong with an object itself (RFC 4791, 5.3.2.1)."""
_LISTED = ("ctag", "list")
"""What the cursors of calendars without sync-collection begin with; every other one is a token, which is a URI."""
_NO_REPORT = (400, 403, 405, 415, 422, 500, 501, 507)
"""How servers without sync-collection refuse it, or those that would have too much to tell."""
_LOST = (400, 403, 409, 410, 412, 500, 501, 507)
"""How servers refuse a token that they no longer know; asked without one, they tell what else it may be."""


class DavCalendar:
    """One calendar at an address, or of a name at an account. Use it from one thread at a time.

    There are servers that take no notice of conditions, so whoever writes looks first (`guards`).
    With `name`, `url` is the account's host or address, and the calendar is looked up at the first request.
    """

    guards = False

    def __init__(
        self, url: str, username: str | None = None, password: str | None = None, *, name: str | None = None
    ) -> None:
        self._given = (url, username, password)
        self._name = name
        self._wire: Wire | None = None if name is not None else self._at(url)

    # -- looking ---------------------------------------------------------------------------------------------

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        """One request when nothing changed; else one more for each batch of changed objects."""
        token = cursor or ""
        kind, _, tag = token.partition(" ")
        if kind in _LISTED:
            return self._listed(tag or None, known)
        found = self._sync_all(token)
        if found is None:
            return self._listed("", known)
        etags, gone, now = found
        return self._changed(etags, gone, now, known, token)

    def _changed(
        self,
        etags: Mapping[str, str],
        gone: set[str],
        cursor: str,
        known: Mapping[str, str],
        before: str = "",
    ) -> Changes:
        """The objects behind new etags; of a whole listing (no cursor `before`), what it leaves out is gone.

        An object that the server fails to give costs itself alone: it comes without a text, so that it is told of, and
        is asked for again.
        """
        etags = {href: etag for href, etag in etags.items() if href != self.address(MARKER)}
        fresh = sorted(href for href, etag in etags.items() if known.get(href) != etag)
        items = self._in_bulk(fresh) if not known else {}
        found, unread = self._read([href for href in fresh if href not in items])
        items |= found
        gone = gone | ({*fresh} - items.keys() - unread)
        if not before:
            gone |= set(known) - set(etags)
        gone = gone & set(known)
        blank = {href: Item(href, f"unread {etags[href]}", "") for href in unread}
        items |= {href: item for href, item in blank.items() if known.get(href) != item.etag}
        told = {href for href, etag in etags.items() if known.get(href) == etag} | unread
        same = frozenset(told - gone - items.keys())
        cursor = before if before and unread else cursor
        return Changes(tuple(items.values()), frozenset(gone), cursor, None if before else len(etags), same)

    def _in_bulk(self, hrefs: Sequence[str]) -> dict[str, Item]:
        """A first look asks for all objects in one query, which is several times faster than by address.

        The listing says what there is: what a server leaves out of this answer is asked for by its address.
        """
        if not FEW < len(hrefs) <= MANY:
            return {}
        wanted = set(hrefs)
        body = (
            f"<c:calendar-query {SPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
            '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'
            "</c:calendar-query>"
        )
        reply = self._line.ask("REPORT", self._home, body, {"Depth": "1"})
        if reply.status != 207:
            return {}
        told = (
            (member.href, member.text(f"{D}getetag"), member.text(f"{C}calendar-data"))
            for member in self._members(reply)
        )
        return {href: Item(href, etag, data) for href, etag, data in told if href in wanted and etag and data}

    def _listed(self, ctag: str | None, known: Mapping[str, str]) -> Changes:
        """Without sync-collection: has the calendar's tag moved, and if so, which etags have."""
        # Asked before the listing: what changes in between is then seen at the next look.
        now = self._ctag() if ctag is not None else None
        if ctag and now == ctag:
            return Changes(cursor=f"ctag {now}")
        cursor = f"ctag {now}" if now else "list"
        return self._changed(dict(self._list()), set(), cursor, known)

    def _ctag(self) -> str | None:
        member = self._home_member(self._line.propfind(self._home, "cs:getctag", "d:resourcetype"))
        return member.text(f"{CS}getctag")

    def _list(self) -> Iterator[tuple[str, str]]:
        reply = self._line.propfind(self._home, "d:getetag", "d:resourcetype", "d:getcontenttype", depth=1)
        members = self._members(reply)
        if not any(self._is_home(member) for member in members):
            raise UnreachableError("the server's listing does not hold the calendar itself")
        if any(member.status == 507 for member in members):
            raise UnreachableError("the server's listing is cut short")
        for member in members:
            if self._is_home(member) or member.kinds():
                continue
            kind = (member.text(f"{D}getcontenttype") or "text/calendar").lower()
            etag = member.text(f"{D}getetag")
            if "calendar" not in kind:
                continue
            if not etag:
                raise UnreachableError(f"the server gave status {member.status} and no version for an object")
            yield member.href, etag

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        found, unread = self._read(hrefs)
        if unread:
            raise UnreachableError("the server gave no data for an object")
        return found

    def _read(self, hrefs: Collection[str]) -> tuple[dict[str, Item], set[str]]:
        """The objects, and the addresses of those few that the server says it cannot give."""
        wanted = sorted({path(self.url, href) for href in hrefs})
        found: dict[str, Item] = {}
        gone: set[str] = set()
        unread: set[str] = set()
        for at in range(0, len(wanted), BATCH):
            for member in self._multiget(wanted[at : at + BATCH]):
                data, etag = member.text(f"{C}calendar-data"), member.text(f"{D}getetag")
                if data is not None and etag is not None:
                    found[member.href] = Item(member.href, etag, data)
                elif member.status in (404, 410) and not self._is_home(member):
                    gone.add(member.href)
                else:
                    unread.add(member.href)
        if len(unread) > FEW_UNREAD or not unread <= {*wanted}:
            raise UnreachableError("the server gave no data for the objects it was asked for")
        self._ask_for_the_rest([href for href in wanted if href not in unread], found, gone)
        return found, unread

    def _is_home(self, member: Member) -> bool:
        return member.href.rstrip("/") == self._home.rstrip("/")

    def _ask_for_the_rest(self, wanted: Sequence[str], found: dict[str, Item], gone: set[str]) -> None:
        """Each by itself: some servers pass over what is gone, others over what they failed to read or to find.

        A name with `?` or `#` in it is cut there by some, and the cut name is not found.
        """
        odd = {href for href in gone if "%3F" in href or "%23" in href}
        asked = [href for href in wanted if href not in found and (href not in gone or href in odd)]
        missing = 0
        for href in asked:
            reply = self._line.ask("GET", href)
            if reply.status == 200 and reply.etag and reply.text:
                found[href] = Item(href, reply.etag, reply.text)
            elif reply.status in (404, 410):
                missing += 1
            else:
                raise UnreachableError("the server passed over an object that it was asked for")
        if missing:
            # A calendar that is gone is told object by object, too.
            self._about()

    def _sync_all(self, token: str) -> tuple[dict[str, str], set[str], str] | None:
        """Page by page, where the server cuts its answer short. None where it has no sync-collection."""
        etags: dict[str, str] = {}
        gone: set[str] = set()
        for page in range(MOST_PAGES):
            found = self._sync(token, first=page == 0)
            if found is None:
                return None
            more, lost, token, truncated = found
            etags = {href: etag for href, etag in etags.items() if href not in lost} | more
            gone = (gone - set(more)) | lost
            if not truncated:
                return etags, gone, token
        raise UnreachableError("the server never came to the end of its list")

    def _sync(self, token: str, *, first: bool) -> tuple[dict[str, str], set[str], str, bool] | None:
        body = (
            f"<d:sync-collection {SPACES}><d:sync-token>{escape(token)}</d:sync-token>"
            "<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
        )
        reply = self._line.ask("REPORT", self._home, body, {"Depth": "0"})
        if token and (f"{D}valid-sync-token" in reply.conditions or reply.status in _LOST):
            raise CursorLostError("the server no longer knows the sync token")
        if first and not token and reply.status in _NO_REPORT:
            return None
        etags: dict[str, str] = {}
        gone: set[str] = set()
        truncated = False
        for member in self._members(reply):
            etag = member.text(f"{D}getetag")
            if self._is_home(member):
                truncated = truncated or member.status == 507
            elif member.status in (404, 410):
                gone.add(member.href)
            elif not etag:
                raise UnreachableError(f"the server gave status {member.status} and no version for an object")
            else:
                etags[member.href] = etag
        next_token = cast("str | None", reply.tree.findtext(f"{D}sync-token"))
        if not next_token:
            raise UnreachableError("the server's answer to sync-collection has no sync token")
        return etags, gone - set(etags), next_token, truncated

    def _multiget(self, hrefs: Sequence[str]) -> Sequence[Member]:
        """Nothing where the server knows no such report; then each is asked for by itself."""
        wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
        props = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
        body = f"<c:calendar-multiget {SPACES}>{props}{wanted}</c:calendar-multiget>"
        reply = self._line.ask("REPORT", self._home, body, {"Depth": "0"})
        return () if reply.status in (405, 501) else self._members(reply)

    # -- writing ---------------------------------------------------------------------------------------------

    def create(self, href: str, data: str) -> None:
        self._put(href, data, {"If-None-Match": "*"})

    def update(self, href: str, data: str, etag: str) -> None:
        self._put(href, data, self._if_still(href, etag))

    def delete(self, href: str, etag: str) -> None:
        reply = self._line.ask("DELETE", href, "", self._if_still(href, etag))
        self._expect(reply, 200, 202, 204)

    def _if_still(self, href: str, etag: str) -> Mapping[str, str]:
        """The condition that the object is as it was. A weak etag never meets one, so it is looked at instead."""
        if not etag.startswith("W/"):
            return {"If-Match": etag if etag.startswith('"') else f'"{etag}"'}
        now = self.fetch([href]).get(path(self.url, href))
        if now is None or now.etag != etag:
            raise ConflictError("another version is there by now")
        return {}

    def _put(self, href: str, data: str, condition: Mapping[str, str]) -> None:
        reply = self._line.ask("PUT", href, data, {**ICS, **condition})
        told = set(reply.conditions)
        if not told & _TAKEN and (
            reply.status in (400, 413, 415, 422) or (reply.status == 403 and told & _REFUSED)
        ):
            raise RejectedError(f"the server does not take the event (status {reply.status})")
        self._expect(reply, 200, 201, 202, 204)

    def address(self, name: str) -> str:
        return f"{self._home}{name}.ics"

    # -- the calendar itself ---------------------------------------------------------------------------------

    def make(self, title: str, mark: str) -> bool:
        """Where the server makes no calendars, an empty one named `title` that the clinician made is taken over."""
        try:
            member = self._about()
        except MissingError:
            self._mkcalendar(title, mark)
            member = self._about()
        whose = self._whose(member)
        if whose is not None:
            return whose == _signed(mark)
        if (member.text(f"{D}displayname") or "").strip() != title or self.changes(None, {}).listed:
            return False
        self._leave_mark(mark)
        return True

    def _whose(self, member: Member) -> str | None:
        """The mark of a Shiftward, in the description or in an object of its own."""
        told = _SIGNED.search(member.text(f"{C}calendar-description") or "")
        if told is None:
            item = self.fetch([self.address(MARKER)]).get(self.address(MARKER))
            event = ical.only(item.data) if item else None
            told = _SIGNED.search(event.description) if event else None
        return told.group() if told else None

    def _about(self) -> Member:
        reply = self._line.propfind(self._home, "d:resourcetype", "d:displayname", "c:calendar-description")
        return self._home_member(reply)

    def _mkcalendar(self, title: str, mark: str) -> None:
        """Somebody may be quicker: whose it is then, its mark tells."""
        props = (
            f"<d:displayname>{escape(title)}</d:displayname>"
            f"<c:calendar-description>{escape(_signed(mark))}</c:calendar-description>"
        )
        kinds = (
            '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
        )
        body = f"<c:mkcalendar {SPACES}><d:set><d:prop>{props}{kinds}</d:prop></d:set></c:mkcalendar>"
        reply = self._line.ask("MKCALENDAR", self._home, body)
        if reply.status in (400, 404, 405, 415, 501) and not self._is_there():
            # RFC 5689: the other way to say it.
            kinds = f"<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>{kinds}"
            body = f"<d:mkcol {SPACES}><d:set><d:prop>{kinds}{props}</d:prop></d:set></d:mkcol>"
            reply = self._line.ask("MKCOL", self._home, body, {"Content-Type": "application/xml"})
        if f"{D}resource-must-be-null" in reply.conditions or (reply.status == 405 and self._is_there()):
            return
        if reply.status in (400, 403, 404, 405, 409, 415, 501):
            raise RefusedError(
                f"the server lets no program make a calendar there (status {reply.status}): make an empty one "
                f"yourself, name it as its title in service.toml, and give its address"
            )
        self._expect(reply, 200, 201, 207)

    def _is_there(self) -> bool:
        try:
            self._about()
        except MissingError:
            return False
        return True

    def _leave_mark(self, mark: str) -> None:
        """In the description, and where that does not stay, as an object of long ago."""
        text = escape(_signed(mark))
        props = f"<d:prop><c:calendar-description>{text}</c:calendar-description></d:prop>"
        body = f"<d:propertyupdate {SPACES}><d:set>{props}</d:set></d:propertyupdate>"
        self._line.ask("PROPPATCH", self._home, body)
        if _signed(mark) not in (self._about().text(f"{C}calendar-description") or ""):
            self.create(self.address(MARKER), marker(mark))

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()

    # -- where it is -----------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self._line.url

    @property
    def _line(self) -> Wire:
        if self._wire is None:
            self._wire = self._at(self._find())
        return self._wire

    @property
    def _home(self) -> str:
        return self._line.home

    def _at(self, url: str) -> Wire:
        _, username, password = self._given
        return Wire(url if url.endswith("/") else f"{url}/", username, password)

    def _find(self) -> str:
        """The calendar of the name; else where one of that name would be made."""
        account = discover(*self._given)
        found = [
            calendar.url for calendar in account.calendars if self._is_named(calendar.name, calendar.url)
        ]
        if len(found) > 1:
            raise RefusedError(
                "the account has several calendars of that name; give the address of the right one"
            )
        if found:
            return found[0]
        if not account.homes:
            raise MissingError("the account has no place for calendars")
        slug = uuid5(NAMESPACE_URL, f"shiftward {self._name}").hex[:12]
        return f"{account.homes[0].rstrip('/')}/shiftward-{slug}/"

    def _is_named(self, name: str, url: str) -> bool:
        assert self._name is not None
        return self._name.strip() in (name, url, urlsplit(url).path) or url == urljoin(url, quote(self._name))

    # -- answers ---------------------------------------------------------------------------------------------

    def _home_member(self, reply: Reply) -> Member:
        """What the calendar says of itself; a server may know it under another spelling of its address."""
        if reply.status in (404, 410):
            raise MissingError(_NO_CALENDAR)
        self._expect(reply, 207)
        members = list(self._line.members(reply))
        home = next((member for member in members if self._is_home(member)), members[0] if members else None)
        if home is None:
            raise UnreachableError("the server's answer is about nothing")
        if home.status in (404, 410) and not self._has_props(reply):
            raise MissingError(_NO_CALENDAR)
        return home

    def _has_props(self, reply: Reply) -> bool:
        """A 404 for each property that was asked for is no 404 for the calendar."""
        return reply.tree.find(f".//{D}propstat") is not None

    def _members(self, reply: Reply) -> list[Member]:
        """The members of an answer that is good for the calendar itself."""
        if reply.status in (404, 410):
            raise MissingError(_NO_CALENDAR)
        self._expect(reply, 207)
        members = list(self._line.members(reply))
        for member in members:
            if self._is_home(member) and not 200 <= member.status < 300 and member.status != 507:
                raise UnreachableError(f"the server gave status {member.status} for the calendar itself")
        return members

    def _expect(self, reply: Reply, *statuses: int) -> None:
        if reply.status in statuses:
            return
        refuse_redirect(reply)
        if reply.status in (404, 409, 410, 412) or _TAKEN & set(reply.conditions):
            raise ConflictError(f"status {reply.status}")
        if reply.status in (401, 403):
            raise RefusedError(
                f"status {reply.status}: check the user name, the password and the calendar's address"
            )
        raise UnreachableError(f"status {reply.status}")


_NO_CALENDAR = "there is no calendar at this address; mend the address, or make the calendar"


_SIGNED = re.compile(r"Made and kept by Shiftward \([A-Za-z0-9-]+\)")


def _signed(mark: str) -> str:
    return f"Made and kept by Shiftward ({mark})"


def marker(mark: str) -> str:
    """An event of long ago that says whose calendar it is in."""
    day = Days(date(2000, 1, 1), date(2000, 1, 1))
    event = Event(f"{MARKER}-{mark}", day, "Shiftward", _signed(mark), transparent=True)
    return ical.write(event, datetime(2000, 1, 1, tzinfo=UTC))

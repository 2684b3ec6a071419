"""A CalDAV calendar: each method is the requests it says and no more.

What a server can do is taken from what it says and shows, never from its name. Learned from servers:

* the etag in the answer to a PUT may belong to another body than the one stored: etags come from reading only;
* a weak etag is good for no condition: then the object is read again right before it is written.
"""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Mapping
from urllib.parse import quote, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from connectors.base import Changes
from connectors.calendars import dav_make
from connectors.calendars.dav_collection import MARKER, TAKEN, Collection, expect
from connectors.calendars.dav_find import discover
from connectors.calendars.dav_read import read, read_in_bulk
from connectors.calendars.dav_stamp import Stamp
from connectors.calendars.dav_sync import Told, told_since
from connectors.calendars.webdav import C, Reply, Wire, path
from connectors.errors import (
    ConflictError,
    MissingError,
    RefusedError,
    RejectedError,
    UnreachableError,
)
from connectors.event import Item

LOCKED = 423
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
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
        self._found: Collection | None = None if name is not None else self._at(url)
        self._stamp = Stamp()

    # -- looking ---------------------------------------------------------------------------------------------

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        """One request when nothing changed; else one more for each batch of changed objects, at the most."""
        before, at = cursor or "", self._there
        if self._stamp.stands(at, before):
            return Changes(cursor=cursor)
        told = told_since(at, before, with_data=self._stamp.knows(before))
        if told is None:
            return Changes(cursor=cursor)
        changes = self._changed(told, known, before)
        date = told.date if changes.cursor == told.cursor else ""
        self._stamp.told(at, told.cursor, date, changed=bool(changes.items or changes.gone))
        return changes

    def _changed(self, told: Told, known: Mapping[str, str], before: str) -> Changes:
        """The objects behind new etags; what a whole listing leaves out is gone.

        An object that the server fails to give costs itself alone: it comes without a text, so that it is told of, and
        is asked for again.
        """
        etags = {href: etag for href, etag in told.etags.items() if href != self.address(MARKER)}
        fresh = sorted(href for href, etag in etags.items() if not etag or known.get(href) != etag)
        items = {href: item for href, item in told.items.items() if href in fresh}
        items |= read_in_bulk(self._there, fresh) if not known else {}
        found, unread = read(self._there, [href for href in fresh if href not in items])
        items |= found
        there = etags.keys() - ({*fresh} - items.keys() - unread)
        items |= {href: Item(href, f"unread {etags[href]}", "") for href in unread}
        new = {href: item for href, item in items.items() if known.get(href) != item.etag}
        gone = told.gone | (etags.keys() - there) | (known.keys() - etags.keys() if told.whole else set())
        return Changes(
            tuple(new.values()),
            frozenset(gone & known.keys()),
            before if unread and not told.whole else told.cursor,
            len(there) if told.whole else None,
            frozenset(there - new.keys()),
        )

    def fetch(self, hrefs: Some[str]) -> Mapping[str, Item]:
        found, unread = read(self._there, hrefs)
        if unread:
            raise UnreachableError("the server gave no data for an object")
        return found

    # -- writing ---------------------------------------------------------------------------------------------

    def create(self, href: str, data: str) -> None:
        self._put(href, data, {"If-None-Match": "*"})

    def update(self, href: str, data: str, etag: str) -> None:
        self._put(href, data, self._if_still(href, etag))

    def delete(self, href: str, etag: str) -> None:
        reply = self._there.wire.ask("DELETE", href, "", self._if_still(href, etag))
        self._expect_written(self._there.outcome(reply), 200, 202, 204)

    def _expect_written(self, reply: Reply, *statuses: int) -> None:
        if reply.status == LOCKED:
            raise ConflictError("somebody holds the object")
        expect(reply, *statuses)

    def _if_still(self, href: str, etag: str) -> Mapping[str, str]:
        """The condition that the object is as it was. A weak etag never meets one, so it is looked at instead."""
        if not etag.startswith("W/"):
            return {"If-Match": etag if etag.startswith('"') else f'"{etag}"'}
        now = self.fetch([href]).get(path(self.url, href))
        if now is None or now.etag != etag:
            raise ConflictError("another version is there by now")
        return {}

    def _put(self, href: str, data: str, condition: Mapping[str, str]) -> None:
        reply = self._there.wire.ask("PUT", href, data, {**ICS, **condition})
        told = set(reply.conditions)
        if not told & TAKEN and (
            reply.status in (400, 413, 415, 422) or (reply.status == 403 and told & _REFUSED)
        ):
            raise RejectedError(f"the server does not take the event (status {reply.status})")
        if reply.status == LOCKED and "If-None-Match" in condition:
            # Nothing is there yet, so it is the calendar that somebody holds.
            raise UnreachableError("the calendar is locked")
        self._expect_written(reply, 200, 201, 202, 204)

    def address(self, name: str) -> str:
        return self._there.address(name)

    def make(self, title: str, mark: str) -> bool:
        return dav_make.make(self._there, self, title, mark)

    def close(self) -> None:
        if self._found is not None:
            self._found.wire.close()

    # -- where it is -----------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self._there.wire.url

    @property
    def _there(self) -> Collection:
        if self._found is None:
            self._found = self._at(self._find())
        return self._found

    def _at(self, url: str) -> Collection:
        _, username, password = self._given
        return Collection(Wire(url if url.endswith("/") else f"{url}/", username, password))

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

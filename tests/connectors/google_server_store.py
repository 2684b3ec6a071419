"""The calendars behind the server, and what each request of the API does to them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.connectors import google_server_events as rules
from tests.connectors.google_server_document import ApiError, Call, Json, UnsupportedError, invalid, not_found

ROLES = ("none", "freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
FULL_ONLY = frozenset(
    "iCalUID orderBy privateExtendedProperty q sharedExtendedProperty timeMin timeMax updatedMin".split()
)
"""Parameters of a list that go with no sync token."""
TOKENLESS = FULL_ONLY - {"timeMin", "timeMax"}
"""Parameters of a list that ends without a sync token."""
UNCOMPARED = FULL_ONLY | set(
    "syncToken pageToken showDeleted fields prettyPrint alt key quotaUser userIp".split()
)
"""Parameters that need not be the same in a list with a sync token as in the list that gave it."""
PAGE, MOST = 250, 2500
ENTRY = frozenset("colorId defaultReminders hidden notificationSettings selected summaryOverride".split())
COLOURS = frozenset({"backgroundColor", "foregroundColor"})
CALENDAR = frozenset("description location summary timeZone".split())


@dataclass(frozen=True)
class Mail:
    """A mail that Google would have sent to somebody."""

    method: str
    calendar: str
    event: str
    updates: str


@dataclass
class Held:
    """An event as it is kept, and the number of the write that made it so."""

    event: Json
    changed: int


@dataclass
class Book:
    """A calendar, who may do what with it, and who has it in their list."""

    id: str
    about: Json
    owner: str
    client: str = ""
    public: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Json] = field(default_factory=dict)
    events: dict[str, Held] = field(default_factory=dict)
    updated: str = ""

    @property
    def zone(self) -> str:
        return str(self.about["timeZone"])


@dataclass(frozen=True)
class Page:
    """The rest of a list, as it was when its first page was asked for."""

    book: str
    params: Json
    items: tuple[Json, ...]
    start: int
    sync: str


@dataclass(frozen=True)
class Sync:
    """Where a list ended."""

    book: str
    account: str
    params: Json
    changed: int


class Store:
    """All calendars of all accounts. Whoever calls holds the lock of the server."""

    def __init__(self, user: str, robot: str, zone: str) -> None:
        self.user = user
        self.books: dict[str, Book] = {}
        self.pages: dict[str, Page] = {}
        self.syncs: dict[str, Sync] = {}
        self.mails: list[Mail] = []
        self.page_size: int | None = None
        self.empty_pages = 0
        self.rewrite: Callable[[Json], Json] | None = None
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.changed = 0
        for account, place in ((user, zone), (robot, "UTC")):
            self.open(account, account, {"summary": account, "timeZone": place})

    def now(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _etag(self) -> str:
        self.changed += 1
        return f'"{3_400_000_000_000_000 + self.changed * 2_000}"'

    # -- calendars ----------------------------------------------------------------------------------------

    def open(self, id_: str, owner: str, about: Json, client: str = "") -> Book:
        """A new calendar, in the list of its owner."""
        book = self.books[id_] = Book(id_, {"id": id_, **about}, owner, client)
        book.roles[owner], book.updated = "owner", self.now()
        book.about["etag"] = self._etag()
        self.enlist(book, owner, {"primary": True, "selected": True} if id_ == owner else {})
        return book

    def enlist(self, book: Book, account: str, told: Json) -> Json:
        colours = {"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000"}
        made = {"defaultReminders": [], **colours, **told, "etag": self._etag()}
        book.entries[account] = made
        return made

    def book(self, id_: str, account: str) -> Book:
        found = self.books.get(account if id_ == "primary" else id_)
        if found is None:
            raise not_found()
        return found

    def _for(self, call: Call, role: str) -> Book:
        """The calendar of a call, which needs that role at least and a scope that reaches it."""
        book = self.book(call.params["calendarId"], call.account)
        held = self._role(book, call.account)
        if held == "none":
            raise not_found()
        if not any(_reaches(scope, book, call, held) for scope in call.granted):
            raise ApiError(403, "insufficientPermissions", "Insufficient Permission")
        if ROLES.index(held) < ROLES.index(role):
            message = f"You need to have {role} access to this calendar."
            raise ApiError(403, "requiredAccessLevel", message, domain="calendar")
        return book

    @staticmethod
    def _role(book: Book, account: str) -> str:
        return book.roles.get(account, "reader" if book.public else "none")

    def _calendar(self, book: Book) -> Json:
        rooms = {"conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}}
        owned = {"dataOwner": book.owner} if book.id != book.owner else {}
        return {"kind": "calendar#calendar", **book.about, **rooms, **owned}

    def calendars_get(self, call: Call) -> Json:
        return self._calendar(self._for(call, "reader"))

    def calendars_insert(self, call: Call) -> Json:
        about = _about(call.body)
        if "summary" not in about:
            raise invalid("Missing title.", "summary", "required")
        id_ = f"c_{secrets.token_hex(32)}@group.calendar.google.com"
        return self._calendar(self.open(id_, call.account, {"timeZone": "UTC", **about}, call.client))

    def calendars_patch(self, call: Call) -> Json:
        return self._change_calendar(call, keep=True)

    def calendars_update(self, call: Call) -> Json:
        return self._change_calendar(call, keep=False)

    def _change_calendar(self, call: Call, *, keep: bool) -> Json:
        book = self._for(call, "owner")
        _condition(call, book.about["etag"])
        about = _about(rules.merged(book.about if keep else {}, call.body))
        if "summary" not in about:
            raise invalid("Missing title.", "summary", "required")
        book.about = {"timeZone": book.zone, **about, "id": book.id, "etag": self._etag()}
        return self._calendar(book)

    def calendars_delete(self, call: Call) -> None:
        book = self._for(call, "owner")
        if book.id in book.entries and book.entries[book.id].get("primary"):
            raise ApiError(
                403, "cannotDeletePrimaryCalendar", "Cannot delete a primary calendar.", domain="calendar"
            )
        _condition(call, book.about["etag"])
        del self.books[book.id]

    # -- the list of calendars ----------------------------------------------------------------------------

    def _entry(self, book: Book, account: str) -> Json:
        if account not in book.entries:
            raise not_found()
        told = {name: value for name, value in book.entries[account].items() if value is not False}
        about = {name: value for name, value in self._calendar(book).items() if name != "kind"}
        return {
            "kind": "calendar#calendarListEntry",
            **about,
            **told,
            "accessRole": self._role(book, account),
        }

    def calendar_list_get(self, call: Call) -> Json:
        return self._entry(self._for(call, "freeBusyReader"), call.account)

    def calendar_list_list(self, call: Call) -> Json:
        params = call.params
        if "syncToken" in params:
            raise UnsupportedError("sync tokens of the list of calendars")
        if "pageToken" in params:
            page = self._page(params, "")
        else:
            least = ROLES.index(params.get("minAccessRole", "none"))
            found = [
                self._entry(book, call.account)
                for book in self.books.values()
                if call.account in book.entries
                and ROLES.index(self._role(book, call.account)) >= max(least, 1)
                and (params.get("showHidden") or not book.entries[call.account].get("hidden"))
            ]
            page = Page("", params, tuple(found), 0, secrets.token_urlsafe(12))
        return {"kind": "calendar#calendarList", "etag": f'"p{self.changed}"', **self._cut(page, 100)}

    def calendar_list_insert(self, call: Call) -> Json:
        book = self.book(str(call.body.get("id", "")), call.account)
        if self._role(book, call.account) == "none":
            raise not_found()
        self.enlist(book, call.account, self._entry_body(call, {}))
        return self._entry(book, call.account)

    def calendar_list_patch(self, call: Call) -> Json:
        return self._change_entry(call, keep=True)

    def calendar_list_update(self, call: Call) -> Json:
        return self._change_entry(call, keep=False)

    def _change_entry(self, call: Call, *, keep: bool) -> Json:
        book = self._for(call, "freeBusyReader")
        self._entry(book, call.account)
        old = book.entries[call.account]
        _condition(call, old["etag"])
        fixed = {name: old[name] for name in ("primary", "colorId", *COLOURS) if name in old}
        new = self._entry_body(call, old if keep else {})
        book.entries[call.account] = {"defaultReminders": [], **fixed, **new, "etag": self._etag()}
        return self._entry(book, call.account)

    @staticmethod
    def _entry_body(call: Call, old: Json) -> Json:
        """What of a body is kept; colours count only where `colorRgbFormat` says so, the rest is ignored."""
        taken = ENTRY | (COLOURS if call.params.get("colorRgbFormat") else frozenset())
        body = {name: value for name, value in call.body.items() if name in taken}
        rules.check_reminders(body.get("defaultReminders") or ())
        return rules.merged(old, body)

    def calendar_list_delete(self, call: Call) -> None:
        book = self._for(call, "freeBusyReader")
        self._entry(book, call.account)
        del book.entries[call.account]

    # -- lists of events ----------------------------------------------------------------------------------

    def events_list(self, call: Call) -> Json:
        book = self._for(call, "freeBusyReader")
        params = {"maxResults": PAGE, "showDeleted": False, **call.params}
        if params.get("singleEvents"):
            raise UnsupportedError("events.list with singleEvents")
        if params.get("orderBy") == "startTime":
            raise invalid("The requested ordering is not available for the particular query.", "orderBy")
        if "timeZone" in params:
            rules.zone_checked(params["timeZone"], "Invalid time zone.")
        page = self._page(call.params, book.id) if "pageToken" in params else self._first(call, book, params)
        named = {"summary", "description", "timeZone"} & book.about.keys()
        about: Json = {name: book.about[name] for name in sorted(named)}
        reminders = book.entries.get(call.account, {}).get("defaultReminders", [])
        head: Json = {
            "kind": "calendar#events",
            "etag": f'"p{self.changed}"',
            **about,
            "updated": book.updated,
        }
        head |= {"accessRole": self._role(book, call.account), "defaultReminders": reminders}
        return head | self._cut(page, PAGE)

    def _first(self, call: Call, book: Book, params: Json) -> Page:
        since = self._since(call, book, params) if "syncToken" in params else None
        zone = params.get("timeZone", book.zone)
        found = [held for held in book.events.values() if since is None or held.changed > since]
        found = [held for held in found if self._listed(book, held, params, incremental=since is not None)]
        if params.get("orderBy") == "updated":
            found.sort(key=lambda held: str(held.event["updated"]))
        items = [self._view(call, book, held.event, zone, details=params["showDeleted"]) for held in found]
        token = ""
        if not TOKENLESS & call.params.keys():
            token = f"C{secrets.token_urlsafe(16)}="
            self.syncs[token] = Sync(book.id, call.account, _compared(params), self.changed)
        return Page(book.id, call.params, tuple(deepcopy(items)), 0, token)

    def _since(self, call: Call, book: Book, params: Json) -> int:
        """The number behind a sync token that is asked for as Google wants it."""
        for name in sorted(FULL_ONLY & params.keys()):
            raise invalid(f"Sync token cannot be used together with the {name} parameter.", name)
        if call.params.get("showDeleted") is False:
            raise invalid("showDeleted cannot be false with a sync token.", "showDeleted")
        sync = self.syncs.get(params["syncToken"])
        if sync is None or (sync.book, sync.account) != (book.id, call.account):
            message = "Sync token is no longer valid, a full sync is required."
            raise ApiError(410, "fullSyncRequired", message, domain="calendar", location="syncToken")
        if sync.params != _compared(params):
            raise invalid("Sync token was given for a list with other parameters.", "syncToken")
        return sync.changed

    @staticmethod
    def _listed(book: Book, held: Held, params: Json, *, incremental: bool) -> bool:
        event = held.event
        if event["status"] == "cancelled":
            master = book.events.get(event.get("recurringEventId", ""))
            kept = master is not None and master.event["status"] != "cancelled"
            if not (incremental or params["showDeleted"] or "updatedMin" in params or kept):
                return False
        return incremental or rules.matches(event, params, book.zone)

    def _view(self, call: Call, book: Book, event: Json, zone: str, *, details: bool) -> Json:
        if event["status"] == "cancelled" and not (details and "recurringEventId" not in event):
            return rules.gone(event, zone)
        role = self._role(book, call.account)
        hidden = event.get("visibility") in {"private", "confidential"}
        busy = role == "freeBusyReader" or call.granted == {"calendar.events.freebusy"}
        busy = busy or (hidden and role in {"reader", "writerWithoutPrivateAccess"})
        return rules.shown(event, zone, busy=busy)

    def _page(self, params: Json, book: str) -> Page:
        page = self.pages.get(params["pageToken"])
        same = {name: value for name, value in params.items() if name != "pageToken"}
        if page is None or page.book != book or page.params != same:
            raise invalid("Invalid page token value.", "pageToken")
        return page

    def _cut(self, page: Page, usual: int) -> Json:
        """One page of a list, and the token of the next or of what comes later."""
        size = min(page.params.get("maxResults", usual), MOST, self.page_size or MOST)
        if self.empty_pages and len(page.items) > page.start:
            self.empty_pages, size = self.empty_pages - 1, 0
        end = page.start + size
        told: Json = {"items": list(page.items[page.start : end])}
        if end < len(page.items):
            token = secrets.token_urlsafe(24)
            self.pages[token] = Page(page.book, page.params, page.items, end, page.sync)
            return told | {"nextPageToken": token}
        return told | ({"nextSyncToken": page.sync} if page.sync else {})

    # -- events -------------------------------------------------------------------------------------------

    def find(self, book: Book, id_: str) -> Held:
        """An event, or one of a series that is not kept apart so far."""
        if id_ in book.events:
            return book.events[id_]
        found = rules.INSTANCE.fullmatch(id_)
        master = book.events.get(found["master"]) if found else None
        if found and master and master.event.get("recurrence") and master.event["status"] != "cancelled":
            event = rules.instance(master.event, found["stamp"])
            if event is not None:
                return Held(event, master.changed)
        raise not_found()

    def _answer(self, call: Call, book: Book, event: Json) -> Json:
        return self._view(call, book, event, call.params.get("timeZone", book.zone), details=True)

    def events_get(self, call: Call) -> Json:
        book = self._for(call, "freeBusyReader")
        return self._answer(call, book, self.find(book, call.params["eventId"]).event)

    def events_insert(self, call: Call) -> Json:
        book = self._for(call, "writer")
        body = rules.bare(call.body)
        _no_instance(body)
        if "id" in body and "iCalUID" in body:
            raise invalid("Only one of id and iCalUID may be given.", "iCalUID")
        if body.get("status") == "cancelled":
            raise invalid("Invalid value for: cancelled is not a valid value", "status")
        event = self.insert(book, body, call.account)
        self._mailed(call, book, event)
        return self._answer(call, book, event)

    def insert(self, book: Book, body: Json, account: str) -> Json:
        """A new event, where neither its id nor its iCalUID is taken."""
        id_ = body.get("id", secrets.token_hex(13))
        if not rules.ID.fullmatch(id_):
            raise invalid("Invalid resource id value.", "id")
        uid = body.get("iCalUID", f"{id_}@google.com")
        if id_ in book.events or any(held.event["iCalUID"] == uid for held in book.events.values()):
            raise ApiError(409, "duplicate", "The requested identifier already exists.")
        kept = rules.checked(body, book.zone)
        sequence = body.get("sequence", 0)
        if sequence < 0:
            raise invalid("Invalid sequence value.", "sequence")
        named = {"displayName": book.about["summary"]} if book.id != account else {}
        event = {
            "kind": "calendar#event",
            "id": id_,
            "status": body.get("status", "confirmed"),
            "htmlLink": f"https://www.google.com/calendar/event?eid={secrets.token_urlsafe(20)}",
            "created": self.now(),
            "creator": {"email": account, **({"self": True} if book.id == account else {})},
            "organizer": {"email": book.id, **named, "self": True},
            "iCalUID": uid,
            "sequence": sequence,
            "eventType": "default",
            **kept,
        }
        return self._keep(book, event)

    def events_import(self, call: Call) -> Json:
        book = self._for(call, "writer")
        body = rules.bare(call.body)
        _no_instance(body)
        if "iCalUID" not in body:
            raise invalid("Missing iCalUID.", "iCalUID", "required")
        old = next((held for held in book.events.values() if held.event["iCalUID"] == body["iCalUID"]), None)
        if old is None:
            event = self.insert(book, {name: body[name] for name in body if name != "id"}, call.account)
        else:
            event = self.write(book, old, {"status": "confirmed", **body})
        return self._answer(call, book, event)

    def events_update(self, call: Call) -> Json:
        return self._change(call, keep=False)

    def events_patch(self, call: Call) -> Json:
        return self._change(call, keep=True)

    def _change(self, call: Call, *, keep: bool) -> Json:
        book = self._for(call, "writer")
        old = self.find(book, call.params["eventId"])
        _condition(call, old.event["etag"])
        for name in ("id", "iCalUID"):
            if call.body.get(name) not in (None, old.event[name]):
                raise invalid(
                    "Invalid resource id value." if name == "id" else "Invalid iCalUID value.", name
                )
        told = {name: value for name, value in call.body.items() if name not in rules.OWNED}
        kept = {name: value for name, value in old.event.items() if name not in rules.OWNED}
        body = rules.merged(kept, told) if keep else dict(told)
        body |= {name: call.body[name] for name in ("status", "sequence") if call.body.get(name) is not None}
        event = self.write(book, old, body)
        self._mailed(call, book, event)
        return self._answer(call, book, event)

    def write(self, book: Book, old: Held, body: Json) -> Json:
        """The whole new body of an event; what is the server's stays. A status that is not told stays too."""
        before = old.event
        sequence = body.get("sequence", before["sequence"])
        if sequence < before["sequence"]:
            message = (
                "Invalid sequence value. The specified sequence number is below the current sequence number of the "
                "resource. Re-fetch the resource and use its sequence number on the following request."
            )
            raise invalid(message, "sequence")
        if body.get("status") == "cancelled" and before["status"] != "cancelled":
            self.remove(book, before["id"])
            return book.events[before["id"]].event
        kept = rules.checked(body, book.zone)
        moved = any(kept.get(name) != before.get(name) for name in ("start", "end", "recurrence"))
        if moved and sequence == before["sequence"]:
            sequence += 1
        fixed = {name: value for name, value in before.items() if name in rules.OWNED}
        event = {**fixed, "status": body.get("status", before["status"]), "sequence": sequence, **kept}
        return self._keep(book, event, before)

    def _keep(self, book: Book, event: Json, before: Json | None = None) -> Json:
        """Reminders alone leave `updated` as it was; everything gives a new version."""
        if self.rewrite is not None:
            event = self.rewrite(deepcopy(event))
        apart = {"reminders", "etag"}
        same = before is not None and all(
            event.get(name) == before.get(name) for name in (event.keys() | before.keys()) - apart
        )
        reminded = before is not None and event.get("reminders") != before.get("reminders")
        if not (same and reminded):
            event["updated"] = book.updated = self.now()
        event["etag"] = self._etag()
        book.events[event["id"]] = Held(deepcopy(event), self.changed)
        return event

    def events_delete(self, call: Call) -> None:
        book = self._for(call, "writer")
        event = self.find(book, call.params["eventId"]).event
        if event["status"] == "cancelled":
            raise ApiError(410, "deleted", "Resource has been deleted")
        _condition(call, event["etag"])
        self.remove(book, event["id"])
        self._mailed(call, book, event)

    def remove(self, book: Book, id_: str) -> None:
        """A tombstone in place of an event, and of the exceptions of a series."""
        event = self.find(book, id_).event
        parts = [held.event for held in book.events.values() if held.event.get("recurringEventId") == id_]
        for one in (event, *parts):
            if one["status"] != "cancelled":
                self._keep(book, {**one, "status": "cancelled", "sequence": one["sequence"] + 1}, one)

    def _mailed(self, call: Call, book: Book, event: Json) -> None:
        updates = call.params.get("sendUpdates", "")
        updates = updates or ("all" if call.params.get("sendNotifications") else "")
        if updates not in ("", "none") or call.body.get("attendees"):
            self.mails.append(Mail(call.method.id, book.id, event["id"], updates))


def _no_instance(body: Json) -> None:
    if {"recurringEventId", "originalStartTime"} & body.keys():
        raise UnsupportedError("one of a series that comes by insert or import")


def _about(body: Json) -> Json:
    kept = {name: value for name, value in body.items() if name in CALENDAR and value not in (None, "")}
    rules.zone_checked(kept.get("timeZone", "UTC"), "Invalid time zone.")
    return kept


def _compared(params: Json) -> Json:
    return {name: value for name, value in params.items() if name not in UNCOMPARED and value is not False}


def _condition(call: Call, etag: Any) -> None:
    if call.if_match not in (None, "*", etag):
        raise ApiError(412, "conditionNotMet", "Precondition Failed", location="If-Match", kind="header")


def _reaches(scope: str, book: Book, call: Call, role: str) -> bool:
    """Whether a scope that the method takes takes this calendar too."""
    match scope:
        case "calendar.app.created":
            return book.client == call.client
        case "calendar.events.owned" | "calendar.events.owned.readonly":
            return role == "owner"
        case "calendar.events.public.readonly":
            return book.public
    return True


HANDLERS: dict[str, Callable[[Store, Call], Json | None]] = {
    "calendar.calendars.delete": Store.calendars_delete,
    "calendar.calendars.get": Store.calendars_get,
    "calendar.calendars.insert": Store.calendars_insert,
    "calendar.calendars.patch": Store.calendars_patch,
    "calendar.calendars.update": Store.calendars_update,
    "calendar.calendarList.delete": Store.calendar_list_delete,
    "calendar.calendarList.get": Store.calendar_list_get,
    "calendar.calendarList.insert": Store.calendar_list_insert,
    "calendar.calendarList.list": Store.calendar_list_list,
    "calendar.calendarList.patch": Store.calendar_list_patch,
    "calendar.calendarList.update": Store.calendar_list_update,
    "calendar.events.delete": Store.events_delete,
    "calendar.events.get": Store.events_get,
    "calendar.events.import": Store.events_import,
    "calendar.events.insert": Store.events_insert,
    "calendar.events.list": Store.events_list,
    "calendar.events.patch": Store.events_patch,
    "calendar.events.update": Store.events_update,
}

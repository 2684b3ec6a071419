"""A Google calendar, over Google's own client and JSON API.

Learned from others: the client's own retries repeat writes and ignore Retry-After, so none are used; a batch leaves for
Google whatever address was configured, and saves no quota; an id that was ever used stays taken by a tombstone, which
can be revived; a patch leaves alone what people add on their phone, guests included.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any

import google_auth_httplib2
import httplib2
from google.auth.exceptions import GoogleAuthError
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from connectors.base import Changes
from connectors.calendars import google_event, ical
from connectors.calendars.google_account import GoogleAccount, replace_file
from connectors.calendars.google_event import Body
from connectors.calendars.google_trouble import About, trouble_of
from connectors.errors import (
    ConflictError,
    MissingError,
    UnreachableError,
)
from connectors.event import Days, Event, Item

TIMEOUT = 30.0
"""Seconds to connect, and between two pieces of an answer."""
PAGE = 2500
"""The most that Google gives at once."""
MOST_PAGES = 100
TAKE_NO_TIME = frozenset({"birthday", "workingLocation"})
KINDS = ["default", "focusTime", "fromGmail", "outOfOffice"]
"""The kinds that are asked for: all but those that take no time."""
MARKER = "shiftward-marker"


class GoogleCalendar:
    """One calendar of an account. Use it from one thread at a time.

    `calendar` is its id (`primary`, or an address as the calendar's settings show it). Without one it is a calendar of
    our own, which `make` makes, and whose id is kept in the file `remembered`. `api` is another place of the API.
    """

    guards = True

    def __init__(
        self, account: GoogleAccount, calendar: str | None, remembered: Path, api: str | None = None
    ) -> None:
        self._account = account
        self._id = calendar
        self._named = calendar is not None
        self._remembered = remembered
        self._api = api
        self._credentials: Any = None
        self._client: Any = None

    # -- looking ---------------------------------------------------------------------------------------------

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        """One request when nothing changed; else one for each 2,500 changed events."""
        found: dict[str, Item] = {}
        gone: set[str] = set()
        stubs: dict[str, str] = {}
        token: str | None = None
        for page in self._pages(cursor):
            for told in _events(page, later=cursor is not None):
                event = google_event.with_series(told)
                key = str(event["id"])
                for known_so_far in (found, stubs):
                    known_so_far.pop(key, None)
                gone.discard(key)
                if event is not told:
                    stubs[key] = str(event["recurringEventId"])
                if google_event.is_gone(event):
                    gone.add(key)
                elif not self._is_marker(key) and event.get("eventType") not in TAKE_NO_TIME:
                    found[key] = _item(event)
            token = page.get("nextSyncToken")
        if not token:
            raise UnreachableError("Google's answer has no sync token at its end")
        there = found.keys() | (known.keys() if cursor else set())
        for key, series in stubs.items():
            if series in gone or series not in there:
                # It went with its series, or is one of a series that we never saw.
                del found[key]
                gone.add(key)
        if cursor is None:
            gone |= set(known) - set(found)
        fresh = tuple(item for href, item in found.items() if known.get(href) != item.etag)
        same = frozenset(href for href, item in found.items() if known.get(href) == item.etag)
        return Changes(
            fresh, frozenset(gone & set(known)), token, len(found) if cursor is None else None, same
        )

    def _pages(self, cursor: str | None) -> Iterator[Body]:
        page: str | None = None
        for _ in range(MOST_PAGES):
            answer = self._do(self._list(syncToken=cursor, pageToken=page), "token" if cursor else "calendar")
            yield answer
            page = answer.get("nextPageToken")
            if not page:
                return
        raise UnreachableError("Google never came to the end of its list")

    def _list(self, **given: Any) -> Any:
        """Every page and every look must ask the same, or Google refuses the token."""
        fields = {key: value for key, value in given.items() if value is not None}
        return self._service.events().list(
            calendarId=self._calendar, maxResults=PAGE, eventTypes=KINDS, **fields
        )

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        found: dict[str, Item] = {}
        missing = False
        for href in hrefs:
            event = self._get(href)
            missing = missing or event is None
            if event is not None and not google_event.is_gone(event):
                found[href] = _item(event)
        if missing:
            # "Not found" is also what an event of a missing calendar is.
            self._expect_calendar()
        return found

    def _get(self, href: str) -> Body | None:
        try:
            request = self._service.events().get(calendarId=self._calendar, eventId=href)
            return dict(google_event.with_series(self._do(request, "event", "id", "etag")))
        except ConflictError:
            return None

    def _expect_calendar(self) -> None:
        request = self._service.events().list(calendarId=self._calendar, maxResults=1, eventTypes=KINDS)
        self._do(request, "calendar")

    # -- writing ---------------------------------------------------------------------------------------------

    def create(self, href: str, data: str) -> None:
        """A deleted event keeps its id; then that one is revived."""
        body = google_event.without_empty(google_event.to_body(data)) | {"id": href}
        try:
            insert = self._service.events().insert(calendarId=self._calendar, body=body, sendUpdates="none")
            self._do(insert, "write", "id")
        except ConflictError:
            there = self._get(href)
            if there is None:
                self._expect_calendar()
                raise
            if not google_event.is_gone(there):
                raise
            self._patch(href, data, str(there["etag"]))

    def update(self, href: str, data: str, etag: str) -> None:
        try:
            self._patch(href, data, etag)
        except ConflictError:
            self._expect_calendar()
            raise

    def _patch(self, href: str, data: str, etag: str) -> None:
        request = self._service.events().patch(
            calendarId=self._calendar, eventId=href, body=google_event.to_body(data), sendUpdates="none"
        )
        request.headers["If-Match"] = etag
        self._do(request, "write", "id")

    def delete(self, href: str, etag: str) -> None:
        request = self._service.events().delete(calendarId=self._calendar, eventId=href, sendUpdates="none")
        request.headers["If-Match"] = etag
        try:
            self._do(request, "write")
        except ConflictError:
            self._expect_calendar()
            raise

    def address(self, name: str) -> str:
        return google_event.event_id(name)

    # -- the calendar itself ---------------------------------------------------------------------------------

    def make(self, title: str, mark: str) -> bool:
        """A calendar whose id is configured is taken over where it is empty and of that title.

        One whose making was not answered cannot be found again with the scopes we ask for; it stays empty.
        """
        if self._named:
            return self._adopt(title, mark)
        self._id = self._id or self._recall()
        if self._id:
            try:
                found = self._do(self._service.calendars().get(calendarId=self._id), "calendar", "id")
            except MissingError:
                self._id = None
            else:
                if _signed(mark) not in str(found.get("description", "")):
                    return False
        if not self._id:
            body = {"summary": title, "description": _signed(mark)}
            self._id = str(self._do(self._service.calendars().insert(body=body), "calendar", "id")["id"])
        self._remember(self._id)
        self._show(self._id)
        return True

    def _recall(self) -> str | None:
        """Raises UnreachableError where the file is there and cannot be read: without it a second one would be made."""
        try:
            text = self._remembered.read_text("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            return None
        except OSError:
            raise UnreachableError("the file that remembers the Google calendar cannot be read") from None
        try:
            return str(json.loads(text)["calendar"])
        except (ValueError, KeyError, TypeError):
            return None

    def _remember(self, calendar: str) -> None:
        if self._recall() == calendar:
            return
        try:
            replace_file(self._remembered, {"calendar": calendar})
        except OSError as error:
            raise UnreachableError(
                f"the Google calendar could not be written down: {error.strerror}"
            ) from None

    def _show(self, calendar: str) -> None:
        """A new calendar is neither shown nor heard on the phone until its list entry says so."""
        entry = self._do(self._service.calendarList().get(calendarId=calendar), "calendar", "id")
        wanted = {
            "selected": True,
            "hidden": False,
            "defaultReminders": [{"method": "popup", "minutes": 10}],
        }
        if not entry.get("selected") or not entry.get("defaultReminders"):
            self._do(self._service.calendarList().patch(calendarId=calendar, body=wanted), "calendar", "id")

    def _adopt(self, title: str, mark: str) -> bool:
        """Its owner made it by hand and shared it; the mark is an event of long ago."""
        event = self._get(self.address(MARKER))
        if event is not None and not google_event.is_gone(event):
            return _signed(mark) in str(event.get("description", ""))
        pages = list(self._pages(None))
        events = [event for page in pages for event in _events(page)]
        if pages[0].get("summary") != title or any(not google_event.is_gone(one) for one in events):
            return False
        day = Days(date(2000, 1, 1), date(2000, 1, 1))
        entry = Event(f"{MARKER}-{mark}", day, "Shiftward", _signed(mark), transparent=True)
        self.create(self.address(MARKER), ical.write(entry, datetime(2000, 1, 1, tzinfo=UTC)))
        return True

    def _is_marker(self, href: str) -> bool:
        return href == self.address(MARKER)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    # -- one request -----------------------------------------------------------------------------------------

    @property
    def _calendar(self) -> str:
        self._id = self._id or self._recall()
        if not self._id:
            raise MissingError("the calendar was not made yet")
        return self._id

    @property
    def _service(self) -> Any:
        """The client of a thread at a time; its discovery document comes with it, and nothing is fetched."""
        if self._client is None:
            if self._credentials is None:
                self._credentials = self._account.credentials()
            http = httplib2.Http(timeout=TIMEOUT, proxy_info=None)
            http.follow_redirects = False
            self._client = build(
                "calendar",
                "v3",
                http=google_auth_httplib2.AuthorizedHttp(self._credentials, http=http),
                static_discovery=True,
                client_options={"api_endpoint": self._api} if self._api else None,
            )
        return self._client

    def _do(self, request: Any, about: About, *needed: str) -> Body:
        """Ask once, and turn every kind of failure into ours; an answer without what is `needed` is none."""
        try:
            answer = request.execute(num_retries=0)
        except HttpError as error:
            asked = str(error.resp.get("retry-after", ""))
            raise trouble_of(int(error.resp.status), error.content, asked, about) from None
        except GoogleAuthError as error:
            self._credentials = None
            self.close()
            raise self._account.trouble(error) from None
        except (
            HTTPException,
            httplib2.HttpLib2Error,
            OSError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ) as error:
            # The client's own text quotes the address, which names the calendar; of odd answers it trips.
            self.close()
            raise UnreachableError(f"no usable answer from Google ({type(error).__name__})") from None
        finally:
            self._keep()
        if about == "write" and not needed and not answer:
            return {}
        if not needed and about == "write":
            raise UnreachableError("Google's answer to a deletion is not what was asked for")
        if not isinstance(answer, dict) or "error" in answer or not all(answer.get(key) for key in needed):
            raise UnreachableError("Google's answer is not what was asked for")
        return answer

    def _keep(self) -> None:
        if self._credentials is not None:
            # A disk that is full costs another renewal, and undoes nothing.
            with suppress(OSError):
                self._account.keep(self._credentials)


def _events(page: Body, *, later: bool = False) -> list[Body]:
    """The events of a page. Raises UnreachableError where it holds anything else.

    In a later look there may be none to tell; in a first one that would say that all are gone.
    """
    items = page.get("items", [] if later else None)
    if not isinstance(items, list) or not all(isinstance(one, dict) and one.get("id") for one in items):
        raise UnreachableError("Google's answer is not what was asked for")
    return items


def _item(event: Mapping[str, Any]) -> Item:
    return Item(str(event["id"]), str(event.get("etag", "")), google_event.to_text(event))


def _signed(mark: str) -> str:
    return f"Made and kept by Shiftward ({mark})"

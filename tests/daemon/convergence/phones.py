"""A calendar as the clinician has it on the phone: what is seen there, and what is done; one class a kind of server."""

from __future__ import annotations

import json
import shutil
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import icalendar

from connectors.base import Calendar
from connectors.calendars.dav import DavCalendar
from connectors.calendars.folder import FolderCalendar
from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import GoogleAccount
from connectors.calendars.google_event import Body
from connectors.calendars.memory import MemoryCalendar
from connectors.event import Event, Timed
from tests.connectors.dav_server import PROFILES, DavServer, Quirks, running
from tests.connectors.google_fixtures import signed_in
from tests.connectors.google_server import RATE_LIMIT, UNAVAILABLE, GoogleServer, serving

TITLE = "Shiftward"
HOUR = timedelta(hours=1)
SHORT = 24
"""Letters of a text that the servers keep which cut texts short."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as a person sees it: instants in UTC, and nothing of spaces at line ends."""

    title: str
    text: str
    start: date
    end: date
    status: str
    free: bool


def seen_of(event: Event) -> Seen:
    """What an entry shall look like."""
    when = event.when
    ends = (
        (when.start.astimezone(UTC), when.end.astimezone(UTC))
        if isinstance(when, Timed)
        else (when.first, when.last + timedelta(days=1))
    )
    return Seen(_plain(event.summary), _plain(event.description), *ends, event.status, event.transparent)


def seen_in(text: str) -> Seen:
    """An iCalendar object, read without the product's reader."""
    (part,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    start, end = (part.decoded(name) for name in ("DTSTART", "DTEND"))
    return Seen(
        _plain(str(part.get("SUMMARY", ""))),
        _plain(str(part.get("DESCRIPTION", ""))),
        _instant(start),
        _instant(end),
        str(part.get("STATUS", "CONFIRMED")).lower(),
        str(part.get("TRANSP", "")) == "TRANSPARENT",
    )


def _instant(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _plain(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def cut(text: str) -> str:
    """What is left of a text where the server has little room and no emoji."""
    return "".join(letter for letter in text if letter <= "\uffff")[:SHORT]


class Phone(ABC):
    """What is there by address, and what the clinician or the server does to it behind the daemon's back."""

    cuts: bool = False
    """Whether the server cuts texts short."""
    loses: bool = False
    """Whether the server may keep quiet about a change, so that only a full look finds it."""

    @abstractmethod
    def reset(self) -> None:
        """All as before the first use."""

    @abstractmethod
    def beside(self) -> Phone:
        """Another calendar of the same account, before anything was done to either."""

    @property
    @abstractmethod
    def exists(self) -> bool:
        """Whether the calendar is there."""

    @abstractmethod
    def client(self) -> Calendar:
        """A fresh connection, as after a start of the daemon."""

    @abstractmethod
    def live(self) -> Mapping[str, object]:
        """Everything that is there, in full, but for our own marks on the calendar."""

    @abstractmethod
    def seen(self, href: str) -> Seen: ...

    @abstractmethod
    def delete(self, href: str) -> None: ...

    def move_elsewhere(self, href: str) -> None:
        """Into another calendar of the account, as the same event."""
        self.delete(href)

    @abstractmethod
    def add(self, name: str, title: str) -> str:
        """A new event of the clinician's own; its address."""

    @abstractmethod
    def copy(self, href: str, name: str) -> str:
        """The same once more, as an event of its own; its address."""

    @abstractmethod
    def retitle(self, href: str, title: str) -> None: ...

    @abstractmethod
    def describe(self, href: str, text: str) -> None: ...

    @abstractmethod
    def move(self, href: str, by: timedelta) -> None: ...

    @abstractmethod
    def remind(self, href: str) -> None:
        """Add an alarm."""

    @abstractmethod
    def touch(self, href: str) -> None:
        """Give it another version, though nothing that anybody sees has changed."""

    @abstractmethod
    def take_away(self) -> None:
        """The whole calendar goes."""

    def empty(self) -> None:
        """The calendar stays, and everything in it goes."""
        for href in self.live():
            self.delete(href)

    def forget(self) -> None:  # noqa: B027  # few servers have it
        """The server loses what it knew of earlier states."""

    def trouble(self, kind: int) -> None:  # noqa: B027  # few servers have it
        """One of the next requests fails, in a way of this server."""

    def calm(self) -> None:  # noqa: B027  # few servers have it
        """No more of that."""

    def expect_decent(self) -> None:  # noqa: B027  # few servers have it
        """Nobody got a mail, and nothing was asked that must not be."""

    def kept(self, seen: Seen) -> Seen:
        """What this server makes of what it is told."""
        if self.cuts:
            return replace(seen, title=_plain(cut(seen.title)), text=_plain(cut(seen.text)))
        return seen


class Texts(Phone):
    """Servers that keep iCalendar text."""

    @abstractmethod
    def texts(self) -> dict[str, str]: ...

    @abstractmethod
    def write(self, href: str, text: str) -> None: ...

    @abstractmethod
    def address(self, name: str) -> str: ...

    def live(self) -> Mapping[str, object]:
        return self.texts()

    def seen(self, href: str) -> Seen:
        return seen_in(self.texts()[href])

    def add(self, name: str, title: str) -> str:
        href = self.address(name)
        self.write(href, own(name, title))
        return href

    def copy(self, href: str, name: str) -> str:
        made = self.address(name)
        self.write(made, _changed(self.texts()[href], UID=name))
        return made

    def retitle(self, href: str, title: str) -> None:
        self._edit(href, SUMMARY=title)

    def describe(self, href: str, text: str) -> None:
        self._edit(href, DESCRIPTION=text)

    def move(self, href: str, by: timedelta) -> None:
        (part,) = icalendar.Calendar.from_ical(self.texts()[href]).walk("VEVENT")
        self._edit(href, **{name: part.decoded(name) + by for name in ("DTSTART", "DTEND")})

    def remind(self, href: str) -> None:
        alarm = icalendar.Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", "of the phone")
        alarm.add("TRIGGER", -HOUR)
        self.write(href, _changed(self.texts()[href], alarm))

    def touch(self, href: str) -> None:
        text = self.texts()[href]
        before = icalendar.Calendar.from_ical(text).walk("VEVENT")[0].get("X-TOUCHED", 0)
        self.write(href, _changed(text, **{"X-TOUCHED": str(int(before) + 1)}))

    def _edit(self, href: str, **fields: object) -> None:
        """As phones do it: with a higher number, in their own name."""
        text = self.texts()[href]
        number = int(icalendar.Calendar.from_ical(text).walk("VEVENT")[0].get("SEQUENCE", 0))
        self.write(href, _changed(text, **{"SEQUENCE": number + 1, **fields}))


def own(uid: str, title: str) -> str:
    """An event that somebody made by hand."""
    part = icalendar.Event()
    start = datetime(2027, 1, 2, 9, tzinfo=UTC)
    fields = {
        "UID": uid,
        "DTSTAMP": start,
        "DTSTART": start,
        "DTEND": start + HOUR,
        "SUMMARY": title,
        "STATUS": "CONFIRMED",
    }
    for name, value in fields.items():
        part.add(name, value)
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//Phone//EN")
    calendar.add("VERSION", "2.0")
    calendar.add_component(part)
    return str(calendar.to_ical().decode())


def _changed(text: str, *inside: icalendar.Component, **fields: object) -> str:
    calendar = icalendar.Calendar.from_ical(text)
    (part,) = calendar.walk("VEVENT")
    for name, value in fields.items():
        part.pop(name, None)
        part.add(name, value)
    for one in inside:
        part.add_component(one)
    return str(calendar.to_ical().decode())


# -- each kind ---------------------------------------------------------------------------------------------------


class _Cutting(MemoryCalendar):
    """A server with little room: whoever writes, texts are cut short."""

    def _put(self, href: str, data: str) -> None:
        (part,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        cuts = {name: cut(str(part[name])) for name in ("SUMMARY", "DESCRIPTION") if name in part}
        super()._put(href, _changed(data, **cuts))


class MemoryPhone(Texts):
    def __init__(self, *, cuts: bool = False) -> None:
        self.cuts = cuts
        self.reset()

    def reset(self) -> None:
        self.calendar = _Cutting() if self.cuts else MemoryCalendar()

    def beside(self) -> Phone:
        return MemoryPhone(cuts=self.cuts)

    @property
    def exists(self) -> bool:
        return self.calendar.made

    def client(self) -> Calendar:
        return self.calendar

    def texts(self) -> dict[str, str]:
        return {href: item.data for href, item in self.calendar.items.items()}

    def write(self, href: str, text: str) -> None:
        self.calendar._put(href, text)

    def delete(self, href: str) -> None:
        self.calendar.delete(href, self.calendar.items[href].etag)

    def address(self, name: str) -> str:
        return f"{name}.ics"

    def take_away(self) -> None:
        self.calendar.made = False
        self.empty()


class FolderPhone(Texts):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.reset()

    def reset(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def beside(self) -> Phone:
        return FolderPhone(self.path.with_name("news"))

    @property
    def exists(self) -> bool:
        return self.path.is_dir()

    def client(self) -> Calendar:
        return FolderCalendar(self.path)

    def texts(self) -> dict[str, str]:
        return {path.name: path.read_bytes().decode() for path in sorted(self.path.glob("*.ics"))}

    def write(self, href: str, text: str) -> None:
        (self.path / href).write_bytes(text.encode())

    def delete(self, href: str) -> None:
        (self.path / href).unlink()

    def address(self, name: str) -> str:
        return f"{name}.ics"

    def take_away(self) -> None:
        self.reset()


class DavPhone(Texts):
    def __init__(self, server: DavServer, slug: str = "shifts") -> None:
        self.server, self.slug = server, slug
        self.url = server.calendar_url(slug)
        self.loses = server.quirks.forgets_silently
        self.reset()

    def reset(self) -> None:
        self.server.reset()

    def beside(self) -> Phone:
        return DavPhone(self.server, "news")

    @property
    def exists(self) -> bool:
        return self.slug in self.server._account.folders

    def client(self) -> Calendar:
        return DavCalendar(self.url, self.server.user, self.server.password)

    def texts(self) -> dict[str, str]:
        found = self.server.texts(self.url) if self.exists else {}
        return {href: text for href, text in found.items() if "shiftward-marker" not in href}

    def write(self, href: str, text: str) -> None:
        self.server.user_put(self.url, unquote(href.rpartition("/")[2]), text)

    def delete(self, href: str) -> None:
        self.server.user_delete(href)

    def address(self, name: str) -> str:
        return str(self.client().address(name))

    def take_away(self) -> None:
        self.server.user_rmcalendar(self.url)

    def forget(self) -> None:
        self.server.forget_history()

    def trouble(self, kind: int) -> None:
        self.server.busy(500 + kind % 4)

    def calm(self) -> None:
        self.server._excuses.clear()

    def expect_decent(self) -> None:
        assert self.server.mails == []
        assert self.server.faults == []
        assert not [asked for asked in self.server.asked if b"nresults" in asked.body]

    def move_elsewhere(self, href: str) -> None:
        text = self.texts()[href]
        if "private" not in self.server._account.folders:
            self.server.user_mkcalendar("Private", "private")
        self.server.user_put(self.server.calendar_url("private"), unquote(href.rpartition("/")[2]), text)
        self.delete(href)


class GooglePhone(Phone):
    def __init__(
        self, server: GoogleServer, root: Path, *, cuts: bool = False, name: str = "calendar"
    ) -> None:
        self.server, self.root, self.cuts = server, root, cuts
        self._remembered = root / f"{name}.json"
        self.reset()

    def reset(self) -> None:
        self.server.reset()
        self._remembered.unlink(missing_ok=True)
        signed_in(self.server, self.root / "google.json")
        self.server.store.rewrite = _cut_event if self.cuts else None

    def beside(self) -> Phone:
        return GooglePhone(self.server, self.root, cuts=self.cuts, name="news")

    @property
    def exists(self) -> bool:
        return self.calendar is not None

    def client(self) -> Calendar:
        account = GoogleAccount(json.dumps(self.server.client_secrets()), self.root / "google.json")
        return GoogleCalendar(account, None, self._remembered, self.server.url)

    @property
    def calendar(self) -> str | None:
        """The one that is written to; another may be left from a making whose answer was lost, and is empty."""
        there = self.server.calendars()
        if not self._remembered.exists():
            return None
        known = str(json.loads(self._remembered.read_text("utf-8"))["calendar"])
        return known if known in there else None

    def live(self) -> Mapping[str, object]:
        return self._events()

    def _events(self) -> dict[str, Body]:
        return self.server.events(self.calendar) if self.calendar else {}

    def seen(self, href: str) -> Seen:
        event = self._events()[href]
        return Seen(
            _plain(event.get("summary", "")),
            _plain(event.get("description", "")),
            _time(event["start"]),
            _time(event["end"]),
            event["status"],
            event.get("transparency") == "transparent",
        )

    def delete(self, href: str) -> None:
        self.server.user_delete(self._there, href)

    @property
    def _there(self) -> str:
        assert self.calendar
        return self.calendar

    def add(self, name: str, title: str) -> str:
        start = datetime(2027, 1, 2, 9, tzinfo=UTC)
        times = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": (start + HOUR).isoformat()}}
        # The phone's own ids are random; these are the same on every run.
        made = self.server.user_insert(
            self._there, {"id": f"mine{name.encode().hex()}", "summary": title, **times}
        )
        return str(made["id"])

    def copy(self, href: str, name: str) -> str:
        event = self._events()[href]
        same: Body = {key: event[key] for key in ("summary", "description", "start", "end") if key in event}
        return str(self.server.user_insert(self._there, {"id": f"mine{name.encode().hex()}", **same})["id"])

    def retitle(self, href: str, title: str) -> None:
        self._edit(href, {"summary": title})

    def describe(self, href: str, text: str) -> None:
        self._edit(href, {"description": text})

    def move(self, href: str, by: timedelta) -> None:
        event = self._events()[href]
        self._edit(href, {name: _moved(event[name], by) for name in ("start", "end")})

    def remind(self, href: str) -> None:
        self._edit(
            href, {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 33}]}}
        )

    def touch(self, href: str) -> None:
        self._edit(href, {})

    def _edit(self, href: str, body: Body) -> None:
        self.server.user_update(self._there, href, body)

    def take_away(self) -> None:
        self.server.user_delete_calendar(self._there)

    def forget(self) -> None:
        self.server.invalidate_sync_tokens()

    def trouble(self, kind: int) -> None:
        of_calendar = "calendar."
        match kind % 4:
            case 0:
                self.server.fault(UNAVAILABLE, lambda asked: asked.method.startswith(of_calendar))
            case 1:
                self.server.fault(RATE_LIMIT, lambda asked: asked.method.startswith(of_calendar))
            case 2:
                self.server.lose_answers()
            case _:
                # The client's own library sends the request once more.
                self.server.lose_answers(cut=False)

    def calm(self) -> None:
        self.server.faults.clear()

    def expect_decent(self) -> None:
        assert self.server.mails == []
        assert self.server.violations == []


def _time(told: Mapping[str, str]) -> date:
    if "dateTime" in told:
        return datetime.fromisoformat(told["dateTime"]).astimezone(UTC)
    return date.fromisoformat(told["date"])


def _moved(told: Mapping[str, str], by: timedelta) -> Body:
    if "dateTime" in told:
        return {**told, "dateTime": (datetime.fromisoformat(told["dateTime"]) + by).isoformat()}
    return {"date": (date.fromisoformat(told["date"]) + max(by, timedelta(days=1))).isoformat()}


def _cut_event(event: Any) -> Any:
    return {**event, **{key: cut(event[key]) for key in ("summary", "description") if key in event}}


# -- all of them -------------------------------------------------------------------------------------------------

DAV: Mapping[str, Quirks] = {
    "dav": Quirks(),
    "dav radicale": PROFILES["radicale"],
    "dav nextcloud": PROFILES["nextcloud"],
    "dav cyrus": PROFILES["cyrus"],
    "dav stalwart": PROFILES["stalwart"],
    "dav weak": Quirks(
        etags="weak", multiget_gone="omitted", put_etag="weak", gone_delete=412, description="dropped"
    ),
    "dav listed": Quirks(
        sync=False, put_etag="sent", alters=frozenset({"own zone", "reorder", "trim", "stamp"})
    ),
    "dav untagged": Quirks(sync=False, ctag=False, multiget_gone="propstat", extras=True),
}
"""CalDAV as it should be, and in the ways in which servers differ that bear on who wrote what."""


@contextmanager
def _dav(quirks: Quirks, _: Path) -> Iterator[Phone]:
    with running(quirks) as server:
        yield DavPhone(server)


@contextmanager
def _google(root: Path, *, cuts: bool) -> Iterator[Phone]:
    with serving() as server:
        yield GooglePhone(server, root, cuts=cuts)


@contextmanager
def _memory(_: Path, *, cuts: bool) -> Iterator[Phone]:
    yield MemoryPhone(cuts=cuts)


@contextmanager
def _folder(root: Path) -> Iterator[Phone]:
    yield FolderPhone(root / "shifts")


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Phone]]] = {
    "memory": partial(_memory, cuts=False),
    "memory, cut short": partial(_memory, cuts=True),
    "folder": _folder,
    **{name: partial(_dav, quirks) for name, quirks in DAV.items()},
    "google": partial(_google, cuts=False),
    "google, cut short": partial(_google, cuts=True),
}

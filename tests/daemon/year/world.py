"""A clinician's year, lived through in a minute: the daemon's own loop over calendars in memory, by a clock of the test.

The loop is stepped by its own alarms and by what happens out there; threads run at once and to their end. Nothing of
the daemon is left out but the network, and the waiting.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event as engine_event

from connectors.base import Changes, Mail
from connectors.calendars import ical
from connectors.calendars.memory import MemoryCalendar
from connectors.errors import UnreachableError
from connectors.event import Days, Event, Item, Timed
from connectors.inboxes.memory import MemoryInbox
from daemon import clock, observe, publish, service, sources, underway
from daemon.clock import Alarms
from daemon.config import Settings
from daemon.service import Daemon
from daemon.sources import Places
from daemon.store import Store

HOME = ZoneInfo("America/Chicago")
BEGIN = datetime(2027, 2, 1, 6, tzinfo=HOME).astimezone(UTC)
"""Six weeks before the clocks change."""
DAY = timedelta(days=1)
CALENDARS = ("duty", "family", "phone")
SENDER = "Marla Voss <shifts@lakeside.example>"
POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"
home_state = "TX"

[goals]
floor_monthly = 12_000

[caps]
nights_per_month = {nights}
off_days_per_month = 6
hours_per_week = 60

[rest]
between_shifts_hours = 11

[streams.per_diem]
employment = "W-2"

[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED", "LKSD"]
states = ["TX"]
emr = "Epic"
intensity = "high"
pay = {{ per_shift = {pay} }}

[sites.pinecrest-uc]
stream = "per_diem"
names = ["Pinecrest UC", "Pinecrest"]
states = ["TX"]
emr = "Athena"
intensity = "moderate"
pay = {{ per_hour = 145 }}

[[credentials]]
kind = "licence"
state = "TX"
"""
SERVICE = """horizon_days = 45

[[calendars]]
name = "duty"
kind = "folder"
role = "work"
path = "duty"
poll = 86400

[[calendars]]
name = "family"
kind = "folder"
role = "personal"
path = "family"
poll = 86400

[[calendars]]
name = "phone"
kind = "folder"
role = "publish"
path = "phone"
poll = 86400

[[inboxes]]
name = "post"
kind = "folder"
path = "post"
poll = 86400

[[senders]]
address = "shifts@lakeside.example"
sites = ["lakeside-ed", "pinecrest-uc"]
date_order = "mdy"

[mail]
authserv = "mx.clinician.example"
"""


@dataclass
class Clock:
    """The wall, which may be set; and the time that has passed, which may stand still."""

    now: datetime = BEGIN
    passed: float = 1000.0

    def forward(self, to: datetime) -> None:
        step = max(timedelta(), to - self.now)
        self.now += step
        self.passed += step.total_seconds()


class Calendar(MemoryCalendar):
    """On a server that may be away, and whose writes are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.writes: list[str] = []

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        self._reach()
        return super().changes(cursor, known)

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        self._reach()
        return super().fetch(hrefs)

    def create(self, href: str, data: str) -> None:
        self._reach()
        self.writes.append(f"create {href}")
        super().create(href, data)

    def update(self, href: str, data: str, etag: str) -> None:
        self._reach()
        self.writes.append(f"update {href}")
        super().update(href, data, etag)

    def delete(self, href: str, etag: str) -> None:
        self._reach()
        self.writes.append(f"delete {href}")
        super().delete(href, etag)

    def make(self, title: str, mark: str) -> bool:
        self._reach()
        return super().make(title, mark)

    def _reach(self) -> None:
        if self.away:
            raise UnreachableError("the server is away")

    # -- the clinician's own hands

    def put(self, event: Event, moment: datetime) -> None:
        self._put(f"{event.uid}.ics", ical.write(event, moment))

    def take(self, href: str) -> None:
        MemoryCalendar.delete(self, href, self.items[href].etag)

    def retitle(self, href: str, word: str, moment: datetime) -> None:
        event = ical.only(self.items[href].data)
        assert event is not None
        self._put(href, ical.write(replace(event, summary=f"{word} {event.summary}"), moment))

    def events(self) -> Iterator[tuple[str, Event]]:
        for href, item in sorted(self.items.items()):
            event = ical.only(item.data)
            assert event is not None
            yield href, event


class Inbox(MemoryInbox):
    """On a server that may be away."""

    away = False

    def fetch(self, cursor: str | None, known: Collection[str]) -> Mail:  # type: ignore[override]
        if self.away:
            raise UnreachableError("the server is away")
        return super().fetch(cursor, known)


class Bells(Alarms):
    """Alarms that the test rings."""

    def __init__(self, wall: Clock) -> None:
        self.wall = wall
        self.set: dict[str, tuple[datetime, Callable[[], None]]] = {}
        self.seconds: dict[str, int] = {}

    def every(self, seconds: int, wake: Callable[[], None], name: str) -> None:
        self.seconds[name] = seconds
        self.set[f"every {name}"] = self.wall.now + timedelta(seconds=seconds), wake

    def at(self, when: datetime, wake: Callable[[], None], name: str) -> None:
        self.set[name] = when, wake

    def cancel(self, name: str) -> None:
        self.set.pop(f"every {name}", None)

    def moved(self, jump: timedelta) -> None:
        if jump < timedelta():
            self.set = {name: (when + jump, wake) for name, (when, wake) in self.set.items()}

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def next(self) -> datetime:
        return min(when for when, _ in self.set.values())

    def ring(self) -> None:
        for name, (when, wake) in list(self.set.items()):
            if when <= self.wall.now:
                del self.set[name]
                if name.startswith("every "):
                    self.every(self.seconds[name[6:]], wake, name[6:])
                wake()


class _Thread:
    """Has done its work when it is started."""

    def __init__(self, target: Callable[[], None], **_: object) -> None:
        self.start = target

    def is_alive(self) -> bool:
        return False


class _Silent:
    def info(self, *_: object, **__: object) -> None: ...

    warning = error = info


@dataclass
class Year:
    """The daemon, its world and its clock."""

    wall: Clock
    daemon: Daemon
    calendars: dict[str, Calendar]
    post: Inbox
    config: Path
    mails: int = 0
    shifts: int = 0
    passes: int = 0
    said: list[str] = field(default_factory=list)
    """What the loop said of itself that should not have happened."""

    @property
    def store(self) -> Store:
        return self.daemon.desk.store

    @property
    def phone(self) -> Calendar:
        return self.calendars["phone"]

    @property
    def today(self) -> date:
        return self.wall.now.astimezone(HOME).date()

    def turn(self) -> None:
        """The loop, until it has nothing more to do at this instant."""
        for _ in range(40):
            assert self.daemon._step(0.0) is not None
            if self.daemon.events.empty() and not self.daemon.desk.dirty:
                return
        raise AssertionError("the loop does not come to rest")

    def until(self, moment: datetime) -> None:
        """Time passes; alarms ring when they are due."""
        while (ring := self.daemon.desk.alarms.next()) <= moment:  # type: ignore[attr-defined]  # Bells
            self.wall.forward(ring)
            self.daemon.desk.alarms.ring()  # type: ignore[attr-defined]
            self.turn()
        self.wall.forward(moment)

    def sleep(self, time: timedelta) -> None:
        """The machine is suspended: the hours go by, and no time passes. Or the clock is set back."""
        self.wall.now += time
        self.turn()

    def look(self, *names: str) -> None:
        """These sources are asked now, or all."""
        for name in names or self.daemon.desk.sources:
            self.daemon.desk.due(name)()
        self.turn()

    # -- what happens out there

    def work(self, day: date, hour: int, hours: int, site: str = "Lakeside ED") -> None:
        start = datetime.combine(day, clock_time(hour), HOME)
        end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(HOME)
        self.shifts += 1
        event = Event(uid=f"s{self.shifts}", when=Timed(start, end), summary=site)
        self.calendars["duty"].put(event, self.wall.now)

    def red(self, day: date) -> None:
        self.calendars["family"].put(
            Event(uid=f"r{day:%Y%m%d}", when=Days(day, day), summary="Family"), self.wall.now
        )

    def mail(self, body: str) -> None:
        self.mails += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = SENDER, "r@clinician.example", "Shifts"
        mail["Date"] = format_datetime(self.wall.now)
        mail["Message-ID"] = f"<m{self.mails}@mail.example>"
        mail["Authentication-Results"] = "mx.clinician.example; dmarc=pass header.from=lakeside.example"
        mail.set_content(body)
        self.post.deliver(f"m{self.mails}", mail.as_bytes())

    def policy(self, **values: int) -> None:
        (self.config / "policy.toml").write_text(
            POLICY.format(**{"nights": 6, "pay": 2300, **values}), "utf-8"
        )
        self.daemon.reload()
        self.turn()

    # -- what must be so

    def check(self) -> None:
        """The store holds what the calendars hold, a further look writes nothing, and no entry is there twice."""
        # Whoever rests after a failure is asked again within this time.
        self.until(self.wall.now + timedelta(minutes=20))
        for _ in range(3):
            self.look()
        for name, calendar in self.calendars.items():
            stored = {item.href: item.etag for item in self.store.items(name)}
            assert stored == {href: item.etag for href, item in calendar.items.items()}, f"{name} drifted"
        assert not self.store.open_writes()
        assert not self.daemon.desk.failing()
        before = len(self.phone.writes)
        self.daemon._world_digest = ""
        self.look()
        self.daemon.look()
        self.turn()
        assert self.phone.writes[before:] == [], "a look that found nothing new wrote something"
        seen = [(event.summary, event.when) for _, event in self.phone.events()]
        assert len(seen) == len(set(seen)), "an entry is there twice"
        assert self.said == []


@contextmanager
def year(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Year]:
    """A new one, at its beginning."""
    wall = Clock()
    config, state = root / "config", root / "state"
    config.mkdir()
    (config / "policy.toml").write_text(POLICY.format(nights=6, pay=2300), "utf-8")
    (config / "service.toml").write_text(SERVICE, "utf-8")
    calendars = {name: Calendar() for name in CALENDARS}
    for name in ("duty", "family"):
        calendars[name].make(name, name)
    post = Inbox()
    real = sources.build

    def build(*given: Any) -> list[Any]:
        built = real(*given)
        for source in built:
            source.calendar = calendars.get(source.name)
            source.inbox = cast("Any", post) if source.role == "inbox" else None
        return built

    monkeypatch.setattr(service, "build", build)
    passing = SimpleNamespace(monotonic=lambda: wall.passed, perf_counter=lambda: wall.passed)
    for module in (clock, service, observe, publish):
        monkeypatch.setattr(module, "now", lambda: wall.now)
    for module in (clock, service, observe, publish, underway):
        monkeypatch.setattr(module, "time", passing)
    for module in (observe, publish):
        monkeypatch.setattr(module, "threading", SimpleNamespace(Thread=_Thread))
    store = Store.in_directory(state)
    # The process ends here, and never the machine: nothing needs to reach the disk.
    engine_event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    store.engine.dispose()
    daemon = Daemon(Settings.read(config), store, Places(config, state))
    daemon.desk.alarms = Bells(wall)
    made = Year(wall, daemon, calendars, post, config)
    daemon.desk.log = cast(
        "Any", SimpleNamespace(info=_heard(made, ""), warning=_heard(made, ""), error=_heard(made, "error"))
    )
    for name, source in daemon.desk.sources.items():
        daemon.desk.alarms.every(source.poll, daemon.desk.due(name), name)
    made.look()
    try:
        yield made
    finally:
        daemon.close()


def _heard(made: Year, level: str) -> Callable[..., None]:
    def hear(event: str, **facts: object) -> None:
        if level:
            made.said.append(f"{event} {facts}")
        made.passes += event == "decided"

    return hear


def us(day: date) -> str:
    return f"{day:%a} {day.month}/{day.day}"


@dataclass
class Life:
    """What a year brings, by dice of its own."""

    year: Year
    dice: random.Random
    offered: list[tuple[date, str]] = field(default_factory=list)
    back: dict[date, list[str]] = field(default_factory=dict)
    """When a server comes back."""

    def day(self, number: int, mails: int) -> None:
        """One day, with so many messages, half in the morning and half in the evening."""
        year, dice = self.year, self.dice
        morning = datetime.combine(year.today, clock_time(8), HOME).astimezone(UTC)
        year.until(morning)
        for name in self.back.pop(year.today, []):
            self._away(name, away=False)
        if number % 14 == 0:
            self._schedule()
        if number % 9 == 3:
            year.red(year.today + timedelta(days=dice.randint(5, 40)))
        for half in range(2):
            for _ in range(mails // 2 + (half and mails % 2)):
                self._mail()
            year.look("post")
            year.until(morning + timedelta(hours=7 * (half + 1)))
        if dice.random() < 0.5:
            self._phone()
        if dice.random() < 0.04:
            name = dice.choice([*CALENDARS, "post"])
            self._away(name, away=True)
            self.back.setdefault(year.today + timedelta(days=dice.randint(1, 3)), []).append(name)
        year.until(datetime.combine(year.today + DAY, clock_time(2, 30), HOME).astimezone(UTC))

    def servers_back(self) -> None:
        for name in {name for names in self.back.values() for name in names}:
            self._away(name, away=False)
        self.back.clear()

    def _away(self, name: str, *, away: bool) -> None:
        (self.year.post if name == "post" else self.year.calendars[name]).away = away

    def _schedule(self) -> None:
        """Two weeks of shifts, five weeks ahead; the first time, all until there."""
        first = self.year.today + timedelta(days=35 if self.year.shifts else 1)
        days = [first + timedelta(days=number) for number in range(14 if self.year.shifts else 48)]
        for day in days:
            if day.weekday() in (0, 2, 3, 5) or self.dice.random() < 0.25:
                night = self.dice.random() < 0.15
                self.year.work(day, 19 if night else 7, 12)

    def _mail(self) -> None:
        year, dice, roll = self.year, self.dice, self.dice.random()
        if roll < 0.12:
            lines = []
            for _ in range(dice.randint(1, 3)):
                day = year.today + timedelta(days=dice.randint(4, 20))
                site = dice.choice(["LKSD", "Pinecrest"])
                hours = dice.choice(["7a-7p", "7p-7a"])
                lines.append(f"{us(day)} {hours} {site} ${dice.randint(19, 32)}00")
                self.offered.append((day, f"{us(day)} {hours} {site}"))
            year.mail("Open:\n\n" + "\n".join(lines) + "\n")
        elif roll < 0.17 and self.offered:
            self.offered = [one for one in self.offered if one[0] > year.today][-60:]
            if self.offered:
                year.mail(f"Filled, thanks: {dice.choice(self.offered)[1]}\n")
        elif roll < 0.2:
            year.mail("Would you have interest in some shifts at Lakeside ED this spring? Please call us.\n")
        else:
            year.mail(
                f"Newsletter number {year.mails}: the cafeteria has new hours. Nothing else to report.\n"
            )

    def _phone(self) -> None:
        """The clinician answers something, or moves something about."""
        year, dice = self.year, self.dice
        if year.phone.away:
            return
        there = list(year.phone.events())
        holds = [href for href, event in there if event.summary.startswith("HOLD")]
        others = [href for href, event in there if event.summary.startswith(("⚠", "REMIND", "OFF"))]
        roll = dice.random()
        if holds and roll < 0.6:
            href = dice.choice(holds)
            if roll < 0.15:
                year.phone.take(href)
            else:
                year.phone.retitle(href, "yes" if roll < 0.4 else "no", year.wall.now)
        elif others and roll < 0.8:
            year.phone.take(dice.choice(others))
        year.look("phone")

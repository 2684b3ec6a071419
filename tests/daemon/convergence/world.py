"""Shiftward's own loop between wishes and a phone, with what may go wrong at each of its steps; no threads.

Nothing of the loop is copied but the order of `Daemon._pass`: sources are asked, guarded and stored, answers are taken,
and writes are decided, carried out and noted by `Daemon` itself. What is wanted is told to it, and each of its writes is
held against what it could know.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple, TypeVar, cast

import pytest
from sqlalchemy import Connection
from sqlalchemy import event as engine_event

from connectors.base import Calendar, Changes
from connectors.calendars import dav_stamp
from connectors.errors import RejectedError, UnreachableError
from connectors.event import Alarm, Days, Event, Item, Timed
from daemon import observe, publish, service
from daemon.config import CalendarSection, Service, Settings
from daemon.entries import ALERTS, Entry, EntryKind, View
from daemon.reconcile import noted
from daemon.rows import ShownRow, Write
from daemon.service import Daemon
from daemon.sources import Places, Source, build
from daemon.store import Store
from daemon.understand import Outlook
from daemon.world import World as Known
from tests.connectors import dav_server
from tests.daemon.convergence.phones import TITLE, Phone, Seen, seen_in, seen_of
from tests.daemon.unit.worlds import CHICAGO, NOW, policy

T = TypeVar("T")

PHONE, NEWS, INSTANCE = "phone", "news", "0a1b2c3d"
MOST_CYCLES = 5
"""After so many looks without trouble, all must be as it is wanted."""
MOST_MOVES = 40
"""Addresses of one entry that are looked at."""
KINDS: Mapping[str, tuple[EntryKind, str]] = {
    "shift-a1": ("hold", "offer a"),
    "shift-a2": ("hold", "offer a"),
    "shift-b1": ("hold", "offer b"),
    "shift-c1": ("hold", "offer c"),
    "warning-1": ("warning", "warning 1"),
    "warning-2": ("warning", "warning 2"),
    "off-1": ("off", "off 1"),
    "off-2": ("off", "off 2"),
    "recovery-1": ("recovery", "recovery 1"),
}
"""The entries that may be wanted: what they are, and what an answer to them is about."""
WORDS: Mapping[EntryKind, str] = {
    "hold": "HOLD",
    "accepted": "YES",
    "warning": "⚠",
    "off": "OFF",
    "recovery": "OFF",
}


class CrashError(BaseException):
    """The process is no more."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the clinician, or the server by itself, does to one of the events that are there, or to all of them."""

    what: Literal[
        "title",
        "text",
        "move",
        "alarm",
        "touch",
        "delete",
        "elsewhere",
        "add",
        "copy",
        "empty",
        "away",
        "forget",
        "accept",
        "decline",
        "one",
        "two",
        "pass",
    ]
    """With `one` and `two` the configuration names so many calendars from now on; with `pass` the daemon decides and
    writes by what it knew, as at a deadline, or when it was just started and the calendars are slow to answer."""
    which: int | str = 0
    """Counted by calendar and address, round and round; or the name of an entry."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mishap:
    """What goes wrong in a cycle: at its call of that number, or for a crash between any two of its steps.

    `fail` is a call that is not carried out, `lost` one whose answer does not arrive, `dead` a line that stays so;
    `user` is an act right before a call, and `server` a failure that the server itself chooses.
    """

    what: Literal["crash", "fail", "lost", "dead", "reject", "user", "server"]
    at: int
    act: Act | None = None


def event_of(name: str, variant: int, kind: EntryKind) -> Event:
    """Another variant has another title, text or time."""
    start = datetime(2027, 1, 4 + len(name) + variant // 4, 19, tzinfo=CHICAGO)
    day = start.date()
    return Event(
        uid=f"{name}-{INSTANCE}",
        when=Days(day, day) if kind in ("off", "recovery") else Timed(start, start + timedelta(hours=12)),
        summary=f"{WORDS[kind]} · {name} · night{' 🌙' * (variant % 2)}",
        description=f"Of {name}, number {variant // 2 % 2}:\n\n· {'eins, zwei; ' * 3}Zürich ",
        status="tentative" if kind == "hold" else "confirmed",
        transparent=kind == "warning",
        categories=("Shiftward", WORDS[kind].title()),
        alarms=(Alarm(timedelta(hours=12), "soon"),),
    )


@dataclass
class _Clock:
    """One for all worlds: there is one at a time."""

    now: datetime = NOW


_CLOCK = _Clock()


@dataclass
class _Files:
    """What a reload reads; one for all worlds."""

    settings: Settings | None = None


_FILES = _Files()


class _Log:
    """Says nothing to anybody."""

    def info(self, *_: object, **__: object) -> None: ...

    warning = error = info


class _Thread:
    """Has done its work when it is started."""

    def __init__(self, target: Callable[[], None], **_: object) -> None:
        self.start = target

    def is_alive(self) -> bool:
        return False


class _Store(Store):
    """Between any two of its transactions the process may end."""

    def __init__(self, url: str, world: World) -> None:
        super().__init__(url)
        self._world = world
        # The process ends here, and never the machine: nothing needs to reach the disk.
        engine_event.listen(self.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        self._world.step()
        with super().write() as connection:
            yield connection
        self._world.step()

    def decide(
        self, shown: Iterable[ShownRow], writes: Sequence[Write], now: datetime, calendar: str = ""
    ) -> None:
        try:
            super().decide(shown, writes, now, calendar)
        finally:
            self._world.note_decided(calendar)

    def forget_source(self, name: str, *, publish: bool) -> None:
        self._world.expect_emptied(name)
        super().forget_source(name, publish=publish)


class _Loop(Daemon):
    """The daemon without understanding and deciding: it is told what is wanted."""

    world: World
    told: Outlook

    def _watch(self) -> None:
        """There are no files."""

    def _reload(self) -> None:
        self.world.note_left()
        super()._reload()

    def unasked(self) -> None:
        """A pass, and what follows from it."""
        self.look()
        while self.desk.dirty or not self.events.empty():
            if self.events.empty():
                self._pass()
            else:
                self._handle(self.events.get())

    def _pass(self) -> None:
        self.desk.dirty = False
        self.publisher.answers()
        self.publisher.publish(self.told, Known(), _CLOCK.now)


class _Line:
    """The line to a calendar: it may fail, others act meanwhile, and each write is judged."""

    def __init__(self, calendar: Calendar, world: World, name: str) -> None:
        self._calendar, self._world, self._name = calendar, world, name
        self.guards = calendar.guards

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        return self._ask(lambda: self._calendar.changes(cursor, known))

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        return self._ask(lambda: self._calendar.fetch(hrefs))

    def create(self, href: str, data: str) -> None:
        self._write("create", href, lambda: self._calendar.create(href, data))

    def update(self, href: str, data: str, etag: str) -> None:
        self._write("update", href, lambda: self._calendar.update(href, data, etag))

    def delete(self, href: str, etag: str) -> None:
        self._write("delete", href, lambda: self._calendar.delete(href, etag))

    def address(self, name: str) -> str:
        return self._calendar.address(name)

    def make(self, title: str, mark: str) -> bool:
        return self._ask(lambda: self._calendar.make(title, mark))

    def close(self) -> None:
        self._calendar.close()

    def _ask(self, act: Callable[[], T]) -> T:
        number = self._world.before_call()
        found = act()
        self._world.after_call(number)
        return found

    def _write(self, verb: str, href: str, act: Callable[[], None]) -> None:
        place = Place(self._name, href)
        number = self._world.before_call(place if verb != "delete" else None)
        with self._world.judging(verb, place):
            act()
        self._world.after_call(number)


class Place(NamedTuple):
    """A calendar, and an address in it: some servers give both calendars the same ones."""

    calendar: str
    href: str


@dataclass(frozen=True, slots=True)
class _Here(Places):
    """Where a daemon's connections lead to."""

    world: World


class World:
    """A clinician, a phone with a calendar or two of ours, and a daemon; and what each of them knows."""

    def __init__(self, phone: Phone, folder: Path, template: Path, *, two: bool = False) -> None:
        self.phones = {PHONE: phone, NEWS: phone.beside()}
        self.two = two
        """Whether there is a calendar for warnings beside the first one."""
        self._folder = folder
        self.wishes: dict[str, int] = {}
        """The variant in which an entry is wanted."""
        self.own: dict[Place, object] = {}
        """The clinician's own events, which nobody else may touch."""
        self.deleted: dict[str, ShownRow] = {}
        """What was shown of an entry when it was deleted on the phone, after the daemon knew of it."""
        self.left: set[str] = set()
        """What stood in the calendar of warnings when it was configured no more, and may stand there still."""
        self.acted: set[str] = set()
        """What there may be answers to, by name and by what it is about."""
        self.rejected: dict[str, Event] = {}
        """What the server did not take."""
        self.writes: list[str] = []
        self.wrongs: list[str] = []
        """What the daemon should not have written; it takes any error in a write for a bad line, so it is told here."""
        _CLOCK.now = NOW
        self.hit: list[Mishap] = []
        self._mishaps: tuple[Mishap, ...] = ()
        self._calls = self._steps = self._made = 0
        self._clients: list[Calendar] = []
        folder.mkdir()
        shutil.copy(template, folder / "shiftward.db")
        self._start()
        self._names = {
            Place(
                calendar, self.line(calendar).address(f"{INSTANCE}-{name}{f'-g{move}' if move else ''}")
            ): name
            for calendar in self.phones
            for name in KINDS
            for move in range(MOST_MOVES)
        }
        self.cycle()
        assert phone.exists

    @property
    def phone(self) -> Phone:
        """The first calendar."""
        return self.phones[PHONE]

    def line(self, calendar: str) -> Calendar:
        """A new connection to one of the calendars."""
        client = self.phones[calendar].client()
        self._clients.append(client)
        return _Line(client, self, calendar)

    def _start(self) -> None:
        _FILES.settings = _TWO if self.two else _ONE
        self.store = _Store(f"sqlite:///{self._folder / 'shiftward.db'}", self)
        self.daemon = _Loop(_FILES.settings, self.store, _Here(self._folder, self._folder, self))
        self.daemon.world = self
        self.daemon.desk.log = cast("Any", _Log())
        self.daemon.told = cast("Outlook", SimpleNamespace(problem=self, plan=None))
        self.note_left()

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self._clients.clear()
        self.store.close()

    # -- what is wanted -------------------------------------------------------------------------------------

    def wish(self, name: str, variant: int = 0) -> None:
        self.wishes[name] = variant
        self.daemon.look()

    def unwish(self, name: str) -> None:
        self.wishes.pop(name, None)
        self.daemon.look()

    def entries(self) -> dict[str, Entry]:
        """As the answers have it: what is declined is no longer offered, what is accepted says so."""
        answers = self.store.answers()
        found = {}
        for name, variant in self.wishes.items():
            kind, about = KINDS[name]
            if kind == "hold" and answers.get(about) == "accepted":
                kind = "accepted"
            if kind != "hold" or answers.get(about) != "declined":
                found[name] = Entry(name, kind, about, event_of(name, variant, kind))
        return found

    def wanted(self) -> dict[str, Entry]:
        """Less what was seen, and need not be shown any more."""
        answers = self.store.answers()
        return {
            name: entry
            for name, entry in self.entries().items()
            if "seen" not in (answers.get(entry.about), answers.get(name))
        }

    # -- what is there --------------------------------------------------------------------------------------

    @property
    def configured(self) -> Mapping[str, Phone]:
        """The calendars that the daemon is told of."""
        return self.phones if self.two else {PHONE: self.phone}

    def live(self) -> list[Place]:
        """Where there is something in them."""
        return [Place(name, href) for name, one in self.configured.items() for href in sorted(one.live())]

    def ours(self) -> list[tuple[str, Place]]:
        """Our entries as they are there: name and place."""
        return [(self._names[place], place) for place in self.live() if place in self._names]

    def place(self, name: str) -> Place:
        """Where the entry is."""
        (found,) = [place for one, place in self.ours() if one == name]
        return found

    def href(self, name: str) -> str:
        return self.place(name).href

    def seen(self, name: str) -> Seen:
        return self._seen_at(self.place(name))

    def _seen_at(self, place: Place) -> Seen:
        return self.phones[place.calendar].seen(place.href)

    def titles(self) -> dict[str, str]:
        return {name: self._seen_at(place).title for name, place in self.ours()}

    # -- what others do -------------------------------------------------------------------------------------

    def act(self, act: Act) -> None:
        """Where there is nothing to do it to, nothing is done."""
        if act.what in ("one", "two"):
            self._configure(two=act.what == "two")
            return
        if act.what == "pass":
            self._pass_unasked()
            return
        there = [name for name, one in self.configured.items() if one.exists]
        if not there:
            return
        which = there[act.which % len(there)] if isinstance(act.which, int) else there[0]
        phone = self.phones[which]
        if act.what == "forget":
            phone.forget()
        elif act.what in ("accept", "decline"):
            self._command(act)
        elif act.what == "add":
            self._own(Place(which, phone.add(self._next(), act.words)))
        elif act.what in ("empty", "away"):
            self._empty(which, act)
        elif isinstance(act.which, str):
            for place in [place for name, place in self.ours() if name == act.which]:
                self._act_on(place, act)
        elif live := self.live():
            self._act_on(live[act.which % len(live)], act)

    def _own(self, place: Place) -> None:
        """As it is now, it is the clinician's."""
        self.own[place] = self.phones[place.calendar].live()[place.href]

    def _empty(self, calendar: str, act: Act) -> None:
        phone = self.phones[calendar]
        if act.what == "empty" or self._mishaps:
            # What is deleted one by one is an answer; in the middle of its own writes the daemon cannot tell.
            self._note_acts(
                *self.store.shown(), *(name for name, place in self.ours() if place.calendar == calendar)
            )
        if act.what == "empty":
            for href in phone.live():
                self._note_deletion(Place(calendar, href))
        (phone.empty if act.what == "empty" else phone.take_away)()
        self.own = {place: text for place, text in self.own.items() if place.calendar != calendar}

    def _configure(self, *, two: bool) -> None:
        """The files say so from now on. What was done in a calendar that they no longer name, nobody hears of."""
        if two == self.two:
            return
        if not two:
            self.deleted = {name: row for name, row in self.deleted.items() if row.calendar != NEWS}
        self.two = two
        _FILES.settings = _TWO if two else _ONE
        self.daemon.reload()

    def note_left(self) -> None:
        """Called when the daemon reads the files: until then it may have written to what they no longer name."""
        if not self.two:
            there = [Place(NEWS, href) for href in self.phones[NEWS].live()]
            self.left |= {self._names[place] for place in there if place in self._names}
            self.left |= {name for name, row in self.store.shown().items() if row.calendar == NEWS}

    def _command(self, act: Act) -> None:
        """An answer by the command line; not while another one stands in a title, which nobody knows the age of."""
        holds = [name for name, (kind, _) in KINDS.items() if kind == "hold"]
        name = act.which if isinstance(act.which, str) else holds[act.which % len(holds)]
        about = KINDS[name][1]
        titles = {title for one, title in self.titles().items() if KINDS[one][1] == about}
        if self._mishaps or any(_verdict(title) for title in titles):
            return
        self.store.answer(about, "accepted" if act.what == "accept" else "declined", _CLOCK.now, "command")
        self.acted.add(about)
        self._have_back(about)
        self.daemon.look()

    def _have_back(self, about: str) -> None:
        """A later word about an offer holds for all of it: what was deleted of it as a hold may come again."""
        self.deleted = {
            name: row for name, row in self.deleted.items() if KINDS[name][1] != about or row.kind != "hold"
        }

    def _next(self) -> str:
        self._made += 1
        return f"own-{self._made}"

    def _act_on(self, place: Place, act: Act) -> None:
        phone, href = self.phones[place.calendar], place.href
        if place in self._names and act.what in ("title", "delete", "elsewhere"):
            self._note_acts(self._names[place])
        match act.what:
            case "delete" | "elsewhere":
                self._note_deletion(place)
                (phone.delete if act.what == "delete" else phone.move_elsewhere)(href)
                self.own.pop(place, None)
            case "copy":
                self._own(Place(place.calendar, phone.copy(href, self._next())))
            case "title":
                phone.retitle(href, f"{act.words} {phone.seen(href).title}".strip())
                about = KINDS[self._names[place]][1] if place in self._names else ""
                if _verdict(phone.seen(href).title) and about in self.store.answers():
                    self._have_back(about)
            case "text":
                phone.describe(href, act.words)
            case "move":
                phone.move(href, timedelta(hours=1 + len(act.words)))
            case "alarm":
                phone.remind(href)
            case _:
                phone.touch(href)
        if place in self.own:
            self._own(place)

    def _note_acts(self, *names: str) -> None:
        self.acted |= {*names, *(KINDS[name][1] for name in names)}

    def _note_deletion(self, place: Place) -> None:
        """It is an answer where the daemon knew the entry, and was not about to delete it by itself."""
        row = self.store.shown().get(self._names.get(place, ""))
        deleting = {write.name for write in self.store.open_writes() if write.verb == "delete"}
        known = row and row.calendar == place.calendar and place.href in self.store.etags(place.calendar)
        if row and known and row.name not in deleting:
            self.deleted[row.name] = row

    def note_decided(self, calendar: str) -> None:
        """What was deleted since the look by which the daemon decides to delete it too may come again, once.

        It was no longer wanted, or it moves to the other calendar. Our own delete meets nothing then, as it also does
        when the answer to it was lost and it was sent twice. A false answer is worse than an entry that comes again.
        """
        known = self.store.etags(calendar)
        deletes = {
            write.name
            for write in self.store.open_writes(calendar)
            if write.verb == "delete" and write.href in known
        }
        self.deleted = {
            name: row for name, row in self.deleted.items() if name not in deletes or row.calendar != calendar
        }

    def expect_emptied(self, calendar: str) -> None:
        """The daemon takes it that the calendar was taken away as a whole, and nothing was meant by that."""
        known = set(self.store.etags(calendar))
        assert not known & set(self.phones[calendar].live())
        self.deleted = {name: row for name, row in self.deleted.items() if row.calendar != calendar}

    def later(self, by: timedelta) -> None:
        """Time passes, and nobody looks."""
        _CLOCK.now += by

    # -- what the daemon does -------------------------------------------------------------------------------

    def cycle(self, *mishaps: Mishap) -> bool:
        """One look and what follows from it; False when the process ended, and was started anew."""
        self._mishaps, self.hit, self._calls, self._steps = mishaps, [], 0, 0
        # Between two looks there is time enough for any pause.
        _CLOCK.now += timedelta(minutes=1)
        self.daemon.observer.not_before.clear()
        try:
            self.daemon.once()
        except CrashError:
            self._mishaps = ()
            self.close()
            self._start()
            return False
        finally:
            self._mishaps = ()
        return True

    def _pass_unasked(self) -> None:
        """Not in the middle of a cycle: there is one thing at a time."""
        if self._mishaps:
            return
        # Between two looks there is time enough for any pause.
        _CLOCK.now += timedelta(minutes=1)
        self.daemon.observer.not_before.clear()
        self.daemon.unasked()

    def step(self) -> None:
        """Between any two things that are done."""
        self._steps += 1
        for mishap in self._mishaps:
            if mishap.what == "crash" and mishap.at == self._steps:
                self.hit.append(mishap)
                raise CrashError

    def before_call(self, written: Place | None = None) -> int:
        """The number of the call; what goes wrong before it does so here."""
        self.step()
        number, self._calls = self._calls, self._calls + 1
        for mishap in self._mishaps:
            if mishap.what == "crash":
                continue
            if mishap.at == number or (mishap.what == "dead" and mishap.at < number):
                self.hit.append(mishap)
                self._befall(mishap, written)
        return number

    def _befall(self, mishap: Mishap, written: Place | None) -> None:
        match mishap.what:
            case "user":
                assert mishap.act
                self.act(mishap.act)
            case "server":
                self.phone.trouble(mishap.at)
            case "fail" | "dead":
                raise UnreachableError("the line is dead")
            case "reject" if written is not None:
                name = self._names[written]
                self.rejected[name] = self.entries()[name].event
                raise RejectedError("not like this")

    def after_call(self, number: int) -> None:
        self.step()
        for mishap in self._mishaps:
            if mishap.what == "lost" and mishap.at == number:
                raise UnreachableError("no answer in time")

    @contextmanager
    def judging(self, verb: str, place: Place) -> Iterator[None]:
        """Whatever a write says of itself: of what it did, nothing may be what it should not have done."""
        before = self._all()
        seen = self._seen_at(place) if place in before else None
        self.writes.append(f"{verb} {self._names.get(place)}")
        try:
            yield
        finally:
            try:
                self._judge(verb, place, before, seen)
            except AssertionError as error:
                self.wrongs.append(str(error))

    def _all(self) -> dict[Place, object]:
        """Everything on the phone, configured or not."""
        return {
            Place(name, href): text for name, one in self.phones.items() for href, text in one.live().items()
        }

    def _judge(self, verb: str, place: Place, before: Mapping[Place, object], seen: Seen | None) -> None:
        after = self._all()
        assert place in self._names, f"{verb} of what is not ours"
        name = self._names[place]
        assert _without(after, place) == _without(before, place), (
            f"{verb} {name} did something to another event"
        )
        if after.get(place) == before.get(place):
            return
        if seen is None:
            assert verb == "create", f"{verb} {name} brought it back"
            assert name not in self.deleted, f"{name} was deleted on the phone, and is there again"
            return
        assert verb != "create", f"create {name} wrote over what was there"
        known = {item.href: item for item in self.store.items(place.calendar)}
        assert place.href in known, f"{verb} {name} changed what the daemon had not read"
        assert seen_in(known[place.href].data) == seen, f"{verb} {name} changed another version than was read"
        verdict, (kind, about) = _verdict(seen.title), KINDS[name]
        if verdict and kind == "hold":
            given = self.store.answers().get(about)
            # Of two entries of an offer one may say yes and the other no; then it is no.
            others = [one for one, of in KINDS.items() if of[1] == about and one != name]
            assert given == verdict or (others and given == "declined"), (
                f"{seen.title!r} was written over before it was taken as an answer"
            )

    # -- what must be so ------------------------------------------------------------------------------------

    def check(self) -> None:
        """At any time: own events are as they were, no entry is there twice, and no write was wrong."""
        assert self.wrongs == [], self.wrongs
        for health in self.store.health().values():
            assert "unforeseen" not in str(health.trouble)
        live = self._all()
        assert {place: live.get(place) for place in self.own} == self.own
        assert set(live) <= {*self.own, *self._names}
        for calendar in self.phones:
            there = [
                name for place, name in self._names.items() if place in live and place.calendar == calendar
            ]
            assert len(there) == len(set(there)), f"there twice: {there}"
        names = [name for name, _ in self.ours() if name not in self.left]
        assert len(names) == len(set(names)), f"in both calendars: {names}"
        assert set(self.store.answers()) <= self.acted, "an answer that nobody gave"
        self.phone.expect_decent()

    def differences(self) -> list[str]:
        """In what the phone shows another thing than is wanted, and what is left to be done."""
        there, wanted = dict(self.ours()), self.wanted()
        found = [f"{name} is there, and not wanted" for name in there if name not in wanted]
        found += [
            f"{name} is in the wrong calendar"
            for name, one in there.items()
            if one.calendar != self.home(name)
        ]
        if len(there) != len(self.ours()):
            found.append(f"in both calendars: {self.ours()}")
        shown = self.store.shown()
        for name, entry in wanted.items():
            # What was moved says so for a while.
            told = noted(entry.event, shown[name]) if name in shown else entry.event
            expected = self.phone.kept(seen_of(told))
            if self.rejected.get(name) == entry.event:
                continue
            if name not in there:
                found.append(f"{name} is wanted, and not there")
            elif self._seen_at(there[name]) != expected:
                found.append(f"{name} is {self._seen_at(there[name])} in place of {expected}")
        return found + [f"still to be done: {write.verb} {write.name}" for write in self.store.open_writes()]

    def home(self, name: str) -> str:
        """The calendar that an entry belongs into."""
        return NEWS if self.two and KINDS[name][0] in ALERTS else PHONE

    def settle(self) -> int:
        """Without trouble all becomes as it is wanted, and then nothing is written; how many looks that took."""
        self.phone.calm()
        if self.phone.loses:
            _CLOCK.now += timedelta(hours=25)
        for number in range(1, MOST_CYCLES + 1):
            self.cycle()
            self.check()
            if not self.differences():
                self._expect_calm()
                return number
        raise AssertionError("; ".join(self.differences()))

    def _expect_calm(self) -> None:
        before = len(self.writes)
        for _ in range(2):
            self.daemon.look()
            self.cycle()
        assert self.writes[before:] == []
        assert self.differences() == []


def _verdict(title: str) -> str:
    """What the clinician wrote in front of a title, in the words that the tests use."""
    words = title.partition(" ·")[0].split()
    verdicts = {"yes": "accepted", "ok": "accepted", "no": "declined", "x": "declined"}
    return "" if "maybe" in words else verdicts.get(words[0] if words else "", "")


def _without(live: Mapping[Place, object], place: Place) -> dict[Place, object]:
    return {one: text for one, text in live.items() if one != place}


_FIRST = CalendarSection(name=PHONE, kind="folder", role="publish", path=Path("x"), title=TITLE)
_SECOND = CalendarSection(name=NEWS, kind="folder", role="warnings", path=Path("y"))
_ONE = Settings(policy(), Service(calendars=(_FIRST,)), Path())
_TWO = replace(_ONE, service=Service(calendars=(_FIRST, _SECOND)))


class Worlds:
    """Makes worlds, all of one phone, one after the other."""

    def __init__(self, phone: Phone, root: Path) -> None:
        self._phone, self._root, self._made = phone, root, 0
        self._worlds: list[World] = []
        with _closing(Store.in_directory(root / "template")) as store:
            store.set_fact("instance", INSTANCE)

    def __call__(self, *wishes: str, two: bool = False) -> World:
        self.end()
        self._made += 1
        self._phone.reset()
        made = World(
            self._phone,
            self._root / f"world-{self._made}",
            self._root / "template" / "shiftward.db",
            two=two,
        )
        self._worlds.append(made)
        for name in wishes:
            made.wish(name)
        if wishes:
            made.cycle()
            assert made.differences() == []
        return made

    def end(self) -> None:
        for world in self._worlds:
            world.close()
            shutil.rmtree(world._folder)
        self._worlds.clear()


@contextmanager
def _closing(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()


def entries(view: View) -> dict[str, Entry]:
    """In place of the daemon's own: what the world wants."""
    return cast("World", view.problem).entries()


def connected(what: Service, places: Places) -> list[Source]:
    """The sources of the configuration, with lines to the world's calendars."""
    world = cast("_Here", places).world
    sources = build(what, places)
    for source in sources:
        source.calendar = world.line(source.name)
    return sources


def _clock() -> float:
    return _CLOCK.now.timestamp()


def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread of the loop runs at once and to its end, and the time is the world's."""
    for module in (observe, publish):
        monkeypatch.setattr(module, "threading", SimpleNamespace(Thread=_Thread))
        monkeypatch.setattr(module, "now", lambda: _CLOCK.now)
    monkeypatch.setattr(dav_stamp, "monotonic", _clock)
    monkeypatch.setattr(dav_server, "time", SimpleNamespace(time=_clock))
    monkeypatch.setattr(service, "build", connected)
    monkeypatch.setattr(service, "Settings", SimpleNamespace(read=lambda _: _FILES.settings))
    monkeypatch.setattr(publish, "entries", entries)
    monkeypatch.setattr(publish, "watched", lambda *_: ())

"""Stored objects -> events, with what repeats expanded in a process of its own that can be killed.

The bounds in `ical` refuse every kind of rule that is known to run away. This is for the next kind: an object that
takes longer than `PATIENCE` costs its process and itself, and nothing else. Single events, which are nearly all,
are read right here, while the other process works. What did not change is not read again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from operator import attrgetter
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from connectors import child
from connectors.calendars import ical, ical_text
from connectors.calendars.ical import Reading
from connectors.child import Child
from connectors.event import Days, Event, Item, Timed

PATIENCE = 2.0
"""Seconds that one object may take; a month of 500 weekly series takes half a second in all."""
BUDGET = 20.0
"""Seconds that a calendar may take; what is left over then is told, and tried again at the next change."""
REST = 60.0
"""Seconds without work after which the process ends by itself."""
MEMORY = 1 << 30
"""Bytes of address space that the process may use."""
SMALL: Final = 65_536
"""Characters; a larger object is not read in here even where nothing repeats."""
TOO_LONG = "an event takes too long to expand"
LEFT_OUT: Final = Reading(problems=("a calendar takes too long to expand; this event was left out",))


@dataclass(frozen=True, slots=True)
class _Window:
    """Whole months, so that a new day does not mean reading everything again."""

    first: date
    last: date

    @classmethod
    def around(cls, first: date, last: date) -> _Window:
        after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
        return cls(first.replace(day=1), after - timedelta(days=1))


class EventReader:
    """Remembers what it read, by calendar. Use it from one thread at a time."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._read: dict[str, dict[str, tuple[str, Reading]]] = {}
        self._asked: dict[str, tuple[_Window, ZoneInfo | None]] = {}

    def read(
        self, name: str, items: Iterable[Item], first: date, last: date, floating: ZoneInfo | None = None
    ) -> dict[str, Reading]:
        """The reading of each object of the calendar `name`, by address: at least what meets `first` to `last`.

        The window is widened to whole months, so an event may lie outside of the dates asked for.
        """
        window = _Window.around(first, last)
        before = self._read.get(name, {}) if self._asked.get(name) == (window, floating) else {}
        items = ical_text.joined(items)
        kept = {
            item.href: before[item.href]
            for item in items
            if item.href in before
            and before[item.href][0] == item.etag
            # What there was no time for is tried again.
            and before[item.href][1] is not LEFT_OUT
        }
        fresh = [item for item in items if item.href not in kept]
        for item, reading in self._fresh(fresh, window, floating):
            kept[item.href] = (item.etag, reading)
        self._read[name], self._asked[name] = kept, (window, floating)
        return {item.href: kept[item.href][1] for item in items}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def _start(self) -> Child | None:
        """The process, a new one where it is gone; None where the system has none to give."""
        if self._child is None or not self._child.is_alive():
            self.close()
            try:
                self._child = Child(__name__)
            except OSError:
                return None
        return self._child

    def _fresh(
        self, items: Sequence[Item], window: _Window, floating: ZoneInfo | None
    ) -> Iterator[tuple[Item, Reading]]:
        risky = [item for item in items if len(item.data) > SMALL or ical_text.repeats(item.data)]
        away = {item.href for item in risky}
        plain = _Meanwhile([item for item in items if item.href not in away], window, floating)
        deadline = time.monotonic() + BUDGET
        if risky:
            self._start()
        questions = [_question(item.data, window, floating) for item in risky]
        for item, question, following in zip(risky, questions, [*questions, b""][1:], strict=True):
            yield item, self._expand(question, following, deadline, plain.read_one)
        while plain.read_one():
            pass
        yield from plain.done

    def _expand(
        self, question: bytes, following: bytes, deadline: float, meanwhile: Callable[[], bool]
    ) -> Reading:
        left = deadline - time.monotonic()
        if left <= 0:
            return LEFT_OUT
        for _ in range(2):
            # A process that went to rest between two questions is no fault of the question.
            child = self._start()
            if child is None:
                break
            try:
                return _decoded(json.loads(child.ask(question, min(PATIENCE, left), following, meanwhile)))
            except TimeoutError:
                self.close()
                return Reading(problems=(TOO_LONG,))
            except (OSError, ValueError, LookupError, TypeError):
                self.close()
        return Reading(problems=("an event could not be expanded",))


class _Meanwhile:
    """Single events, read one by one whenever the other process is not done yet."""

    def __init__(self, items: Iterable[Item], window: _Window, floating: ZoneInfo | None) -> None:
        self._left = iter(items)
        self._window, self._floating = window, floating
        self.done: list[tuple[Item, Reading]] = []

    def read_one(self) -> bool:
        """Read the next; False where none is left."""
        item = next(self._left, None)
        if item is not None:
            reading = ical.read(item.data, self._window.first, self._window.last, self._floating)
            self.done.append((item, reading))
        return item is not None


def _question(data: str, window: _Window, floating: ZoneInfo | None) -> bytes:
    question = {
        "data": data,
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "zone": floating.key if floating else None,
    }
    return f"{json.dumps(question)}\n".encode()


# -- the other end -----------------------------------------------------------------------------------------------


def serve() -> None:
    # Before the first question comes.
    from connectors.calendars import ical_series  # noqa: F401

    child.serve(lambda question: _encoded(_answer(question)), rest=REST, memory=MEMORY)


def _answer(question: Mapping[str, Any]) -> Reading:
    zone = ZoneInfo(question["zone"]) if question["zone"] else None
    first, last = (date.fromisoformat(question[key]) for key in ("first", "last"))
    return ical.read(question["data"], first, last, zone)


def _encoded(reading: Reading) -> dict[str, Any]:
    """What all occurrences of a series say is told once; each of them is the place of that, and its own times."""
    parts: dict[tuple[Any, ...], int] = {}
    events = [
        (parts.setdefault(_PLAIN(event), len(parts)), event.occurrence, event.sequence, *_times(event.when))
        for event in reading.events
    ]
    return {
        "parts": list(parts),
        "events": events,
        "problems": reading.problems,
        "method": reading.method,
        "organizer": reading.organizer,
    }


_FIELDS = ("uid", "summary", "description", "location", "status", "transparent", "categories")
_PLAIN = attrgetter(*_FIELDS)


def _times(when: Timed | Days) -> tuple[Any, Any]:
    """Two instants, or the texts of two dates."""
    if isinstance(when, Timed):
        return _instant(when.start), _instant(when.end)
    return when.first.isoformat(), when.last.isoformat()


def _instant(instant: datetime) -> list[Any]:
    """Wall time, fold, and the zone by its name; by its offset where it has none (a zone from a VTIMEZONE)."""
    offset = instant.utcoffset()
    assert offset is not None
    key = getattr(instant.tzinfo, "key", None)
    return [instant.replace(tzinfo=None).isoformat(), instant.fold, key, offset.total_seconds()]


def _decoded(told: Mapping[str, Any]) -> Reading:
    parts = [
        dict(zip(_FIELDS, (*plain, tuple(categories)), strict=True)) for *plain, categories in told["parts"]
    ]
    events = tuple(
        Event(when=_when(start, end), occurrence=occurrence, sequence=sequence, **parts[part])
        for part, occurrence, sequence, start, end in told["events"]
    )
    return Reading(events, tuple(told["problems"]), told["method"], told["organizer"])


def _when(start: Any, end: Any) -> Timed | Days:
    if isinstance(start, str):
        return Days(date.fromisoformat(start), date.fromisoformat(end))
    return Timed(_read_instant(*start), _read_instant(*end))


def _read_instant(wall: str, fold: int, key: str | None, offset: float) -> datetime:
    zone = ZoneInfo(key) if key else timezone(timedelta(seconds=offset))
    return datetime.fromisoformat(wall).replace(tzinfo=zone, fold=fold)

"""Stored objects -> events, with what repeats expanded in a process of its own that can be killed.

The bounds in `ical` refuse every kind of rule that is known to run away. This is for the next kind: an object that
takes longer than `PATIENCE` costs its process and itself, and nothing else. Single events, which are nearly all,
are read right here. What did not change is not read again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from connectors import child
from connectors.calendars import ical
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
        items = ical.joined(items)
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
        risky = [item for item in items if ical.repeats(item.data) or len(item.data) > SMALL]
        deadline = time.monotonic() + BUDGET
        if risky:
            # It starts while the others are read here.
            self._start()
        for item in items:
            if not ical.repeats(item.data) and len(item.data) <= SMALL:
                yield item, ical.read(item.data, window.first, window.last, floating)
        questions = [_question(item.data, window, floating) for item in risky]
        for item, question, following in zip(risky, questions, [*questions, b""][1:], strict=True):
            yield item, self._expand(question, following, deadline)

    def _expand(self, question: bytes, following: bytes, deadline: float) -> Reading:
        left = deadline - time.monotonic()
        if left <= 0:
            return LEFT_OUT
        for _ in range(2):
            # A process that went to rest between two questions is no fault of the question.
            child = self._start()
            if child is None:
                break
            try:
                return _decoded(json.loads(child.ask(question, min(PATIENCE, left), following)))
            except TimeoutError:
                self.close()
                return Reading(problems=(TOO_LONG,))
            except (OSError, ValueError, KeyError, TypeError):
                self.close()
        return Reading(problems=("an event could not be expanded",))


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
    child.serve(lambda question: _encoded(_answer(question)), rest=REST, memory=MEMORY)


def _answer(question: Mapping[str, Any]) -> Reading:
    zone = ZoneInfo(question["zone"]) if question["zone"] else None
    first, last = (date.fromisoformat(question[key]) for key in ("first", "last"))
    return ical.read(question["data"], first, last, zone)


def _encoded(reading: Reading) -> dict[str, Any]:
    return {
        "events": [_event(event) for event in reading.events],
        "problems": reading.problems,
        "method": reading.method,
        "organizer": reading.organizer,
    }


def _event(event: Event) -> dict[str, Any]:
    when = event.when
    told = (
        {"start": _instant(when.start), "end": _instant(when.end)}
        if isinstance(when, Timed)
        else {"first": when.first.isoformat(), "last": when.last.isoformat()}
    )
    plain = ("uid", "summary", "description", "location", "status", "transparent", "occurrence", "sequence")
    return {
        "when": told,
        "fields": {key: getattr(event, key) for key in plain},
        "categories": event.categories,
    }


def _instant(instant: datetime) -> list[Any]:
    """Wall time, fold, and the zone by its name; by its offset where it has none (a zone from a VTIMEZONE)."""
    offset = instant.utcoffset()
    assert offset is not None
    key = getattr(instant.tzinfo, "key", None)
    return [instant.replace(tzinfo=None).isoformat(), instant.fold, key, offset.total_seconds()]


def _decoded(told: Mapping[str, Any]) -> Reading:
    events = tuple(
        Event(when=_when(one["when"]), categories=tuple(one["categories"]), **one["fields"])
        for one in told["events"]
    )
    return Reading(events, tuple(told["problems"]), told["method"], told["organizer"])


def _when(told: Mapping[str, Any]) -> Timed | Days:
    if "first" in told:
        return Days(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    return Timed(_read_instant(*told["start"]), _read_instant(*told["end"]))


def _read_instant(wall: str, fold: int, key: str | None, offset: float) -> datetime:
    zone = ZoneInfo(key) if key else timezone(timedelta(seconds=offset))
    return datetime.fromisoformat(wall).replace(tzinfo=zone, fold=fold)

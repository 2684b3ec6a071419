"""The occurrences of what repeats, within a window of dates.

A rule is refused before expansion where it could run for hours: rules below a day, an interval of zero, or more
instances than a person can work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import recurring_ical_events
from recurring_ical_events import ComponentsWithName, EventAdapter, Occurrence

from connectors.calendars.ical_event import (
    LONGEST,
    UnreadableError,
    ends,
    event_of,
    instant,
    name_of,
    when_of,
)
from connectors.event import Event

TOO_FINE = ("SECONDLY", "MINUTELY", "HOURLY")
MOST_TIMES = 4
MOST_DATES = 400
EARLIEST = 1990
_PERIODS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_MARGIN = timedelta(weeks=5)
"""Before the window, for zones and for what the expansion itself looks back."""
_NO_ID = icalendar.vDDDTypes(date.min)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def occurrences(
    calendar: icalendar.Calendar, series: Sequence[Any], first: date, last: date
) -> Iterator[Event]:
    """Of the components of one UID: a rule with its exceptions. Raises UnreadableError for what could run away."""
    for part in series:
        _refuse_bombs(part)
        _mend_until(part)
    _skip_ahead(series, first)
    alone = icalendar.Calendar()
    alone.subcomponents = [*(p for p in calendar.subcomponents if p.name == "VTIMEZONE"), *series]
    dates = recurring_ical_events.of(alone, components=_DATES).between(first, last + timedelta(days=1))
    parts = {id(part): event_of(part) for part in {id(one.part): one.part for one in dates}.values()}
    return iter([_occurrence(parts[id(one.part)], one) for one in dates])


@dataclass(slots=True)
class _Date:
    """One occurrence: the component it comes from, and its own times."""

    part: Any
    start: date
    end: date
    sequence: int


class _Dates(Occurrence):  # type: ignore[misc]  # the library has no types
    """Occurrences as times only: a copy of the whole component for each would be most of the work."""

    def as_component(self, keep_recurrence_attributes: bool) -> Any:  # noqa: FBT001  # the library's own signature
        found = self._adapter.as_component(self.start, self.end, keep_recurrence_attributes)
        found.sequence = self.sequence
        return found


class _Times(EventAdapter):  # type: ignore[misc]  # the library has no types
    def as_component(
        self,
        start: date | None = None,
        stop: date | None = None,
        keep_recurrence_attributes: bool = True,  # noqa: ARG002, FBT001, FBT002  # the library's own signature
    ) -> Any:
        return _Date(self._component, start or self.start, stop or self.end, -1)


_DATES = [ComponentsWithName("VEVENT", _Times, occurrence=_Dates)]


def _occurrence(event: Event, one: _Date) -> Event:
    return replace(
        event,
        when=when_of(one.start, one.end),
        occurrence=event.occurrence or name_of(one.start),
        sequence=one.sequence if one.sequence >= 0 else event.sequence,
        alarms=(),
    )


def _refuse_bombs(part: Any) -> None:  # icalendar's components are dictionaries
    rules = part.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if any(str(one).upper() in TOO_FINE for one in rule.get("FREQ", [])):
            raise UnreadableError("an event repeats more often than daily")
        if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
            raise UnreadableError("an event repeats at an interval of zero")
        _refuse_rule(rule, part)
    start, end = ends(part)
    when_of(start, end)
    if not timedelta() <= instant(end) - instant(start) <= LONGEST:
        raise UnreadableError("an event ends before it starts, or lasts longer than a year")
    extra = part.get("RDATE", [])
    if sum(len(one.dts) for one in (extra if isinstance(extra, list) else [extra])) > MOST_DATES:
        raise UnreadableError("an event repeats on more dates than a person can keep")
    if "EXRULE" in part:
        raise UnreadableError("an event uses EXRULE, which is no longer part of iCalendar")


def _mend_until(part: Any) -> None:
    """An UNTIL without zone beside a start with one is meant on the same clock; a date is meant to its end.

    The standard wants UTC there. Many programs write otherwise, and an expansion that compares as if it were UTC
    loses the last occurrence.
    """
    start = part.decoded("DTSTART")
    rules = part.get("RRULE", [])
    if not isinstance(start, datetime) or start.tzinfo is None:
        return
    for rule in rules if isinstance(rules, list) else [rules]:
        until = rule.get("UNTIL", [None])[0]
        if isinstance(until, datetime) and until.tzinfo is None:
            rule["UNTIL"] = [until.replace(tzinfo=start.tzinfo).astimezone(UTC)]
        elif until is not None and not isinstance(until, datetime):
            rule["UNTIL"] = [datetime.combine(until, time(23, 59, 59), start.tzinfo).astimezone(UTC)]


def _skip_ahead(series: Sequence[Any], first: date) -> None:
    """Let a plain daily or weekly rule begin shortly before the window: an expansion walks every date from its start.

    A whole number of its periods, so that its dates stay the same; and so early that the new start itself, which
    counts as a date even where the rule does not name it, is over before the window.
    """
    ruled = [part for part in series if "RRULE" in part]
    if len(ruled) != 1 or any("RANGE" in part.get("RECURRENCE-ID", _NO_ID).params for part in series):
        return
    part, rule = ruled[0], ruled[0]["RRULE"]
    period = _PERIODS.get(str(rule.get("FREQ", [""])[0]).upper()) if not isinstance(rule, list) else None
    if period is None or "COUNT" in rule or "RDATE" in part or "RECURRENCE-ID" in part:
        return
    start, end = ends(part)
    step = period * int(rule.get("INTERVAL", [1])[0])
    day = start.date() if isinstance(start, datetime) else start
    ahead = (first - day - (instant(end) - instant(start)) - _MARGIN) // step
    while ahead > 0 and not (_is_real(start + ahead * step) and _is_real(end + ahead * step)):
        ahead -= 1
    if ahead > 0 and _is_real(start) and _is_real(end):
        for key, when in (("DTSTART", start), ("DTEND", end)):
            if key in part:
                del part[key]
                part.add(key, when + ahead * step)


def _is_real(when: date) -> bool:
    """A time that a clock shows exactly once."""
    return not isinstance(when, datetime) or (
        when.replace(fold=0).utcoffset() == when.replace(fold=1).utcoffset()
    )


def _refuse_rule(rule: Any, part: Any) -> None:
    """Rules that take the expansion minutes, or for ever: many times a day, dates that never come, ages ago."""
    times = 1
    for key in ("BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"):
        times *= max(1, len(rule.get(key, [])))
    if times > MOST_TIMES:
        raise UnreadableError("an event repeats many times a day")
    months, days = rule.get("BYMONTH", []), rule.get("BYMONTHDAY", [])
    if months and days and all(int(day) > _LENGTHS[int(month) - 1] for month in months for day in days):
        raise UnreadableError("an event repeats on a date that never comes")
    if (
        str(rule.get("FREQ", [""])[0]).upper() in ("DAILY", "WEEKLY")
        and part.decoded("DTSTART").year < EARLIEST
    ):
        raise UnreadableError("an event repeats since long ago")

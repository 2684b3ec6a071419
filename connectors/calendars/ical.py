"""icalendar text <-> Event. One bad event costs one event, and is told.

A recurring event is expanded within a window of dates. Who reads for a daemon does it through `expand`, where an
expansion that runs away all the same is ended.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
from icalendar.error import GloballyUniqueTZIDGuessed

from connectors.calendars import ical_text
from connectors.calendars.ical_event import LONGEST, UnreadableError, ends, event_of, instant
from connectors.event import Alarm, Event, Timed

# "/vendor/America/Chicago" is taken for the zone that it ends with: that is how such names are made.
warnings.filterwarnings("ignore", category=GloballyUniqueTZIDGuessed)

PRODUCT = "-//Shiftward//EN"
LARGEST = 5_000_000
"""Characters of one object; a larger one is no event."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar object holds in a window of dates, and what of it could not be read (constant texts)."""

    events: tuple[Event, ...] = ()
    problems: tuple[str, ...] = ()
    method: str = ""
    organizer: str = ""


def read(data: str, first: date, last: date, floating: ZoneInfo | None = None) -> Reading:
    """The events of an object that meet the dates from `first` to `last`, whatever the zone.

    A time without any zone is read in the calendar's own (X-WR-TIMEZONE), else in `floating`; without either it
    cannot be read.
    """
    try:
        calendar = _parse(data)
    except UnreadableError as error:
        return Reading(problems=(str(error),))
    components = [part for part in calendar.subcomponents if part.name == "VEVENT"]
    events: list[Event] = []
    problems: list[str] = []
    zone = _own_zone(calendar) or floating
    if any(part.errors and not part.get("UID") for part in components):
        problems.append("an event has no readable UID")
    for uid in dict.fromkeys(str(part.get("UID", "")) for part in components):
        series = [part for part in components if str(part.get("UID", "")) == uid]
        try:
            events += _series(calendar, series, first, last, zone)
        except UnreadableError as error:
            problems.append(str(error))
    return Reading(
        tuple(events), tuple(dict.fromkeys(problems)), str(calendar.get("METHOD", "")), _organizer(components)
    )


def _parse(data: str) -> icalendar.Calendar:
    if len(data) > LARGEST:
        raise UnreadableError("an object is too large to be an event")
    try:
        calendar = icalendar.Calendar.from_ical(ical_text.parsable(data))
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        raise UnreadableError("not iCalendar text") from None
    if not isinstance(calendar, icalendar.Calendar):
        raise UnreadableError("not an iCalendar calendar")
    return calendar


def is_sound(data: str) -> bool:
    """Whether every event of an object can be parsed and has a start; nothing is expanded."""
    try:
        events = [part for part in _parse(data).subcomponents if part.name == "VEVENT"]
        return all(_has_times(part) for part in events)
    except Exception:  # noqa: BLE001
        # The parsers raise whatever a broken property makes them.
        return False


def _has_times(part: Any) -> bool:
    for key in ("DTSTART", "DTEND"):
        when = getattr(part.get(key), "dt", None)
        if isinstance(when, datetime) and when.tzinfo is None and "TZID" in part[key].params:
            return False
    start, end = ends(part)
    return instant(start) <= instant(end) and not any(name in _READ for name, _ in part.errors)


_READ = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "UID")
)
"""What an event cannot be understood without."""


def _own_zone(calendar: icalendar.Calendar) -> ZoneInfo | None:
    name = str(calendar.get("X-WR-TIMEZONE", ""))
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _anchor(part: Any, zone: ZoneInfo) -> None:
    """Times without a zone are meant in this one; a zone that is named and unknown stays unknown."""
    for key in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        when = getattr(part.get(key), "dt", None)
        if isinstance(when, datetime) and when.tzinfo is None and "TZID" not in part[key].params:
            del part[key]
            part.add(key, when.replace(tzinfo=zone))


@lru_cache(maxsize=4096)
def only(data: str) -> Event | None:
    """The single event of an object that is not recurring; None where it cannot be read as one."""
    if ical_text.repeats(data):
        # What somebody repeats in our calendar is not ours, and expanding it over all of time would never end.
        return None
    found = read(data, date.min + LONGEST, date.max - LONGEST)
    return found.events[0] if len(found.events) == 1 and not found.problems else None


def _organizer(components: Sequence[Any]) -> str:
    found = (str(part.get("ORGANIZER", "")) for part in components)
    return next((one.lower().removeprefix("mailto:") for one in found if one), "")


def _series(
    calendar: icalendar.Calendar, series: Sequence[Any], first: date, last: date, zone: ZoneInfo | None
) -> Iterator[Event]:
    """All components of one UID: a single event, or a rule with its exceptions."""
    try:
        for part in series:
            if zone is not None:
                _anchor(part, zone)
        if not any("RRULE" in part or "RDATE" in part for part in series):
            found = [event_of(part) for part in series]
            return iter([event for event in found if _meets(event, first, last)])
        # 3 MB that only the process which expands has to carry.
        from connectors.calendars.ical_series import occurrences

        return occurrences(calendar, series, first, last)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001
        # The parsers raise whatever a broken property makes them; here it must cost this event alone.
        raise UnreadableError(f"an event cannot be read ({type(error).__name__})") from None


def _meets(event: Event, first: date, last: date) -> bool:
    """Generous by a day at both ends, since zones differ."""
    when, day = event.when, timedelta(days=1)
    opens, closes = (
        (when.start.date(), when.end.date()) if isinstance(when, Timed) else (when.first, when.last)
    )
    return opens <= last + day and closes >= first - day


def write(event: Event, stamp: datetime) -> str:
    """The event as an object of its own: no organiser, no attendee, so that no server ever mails anyone.

    The same event and stamp give the same text. Wall time and zone are kept, with the zone's definition.
    """
    part = icalendar.Event()
    part.add("UID", event.uid)
    part.add("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0))
    if isinstance(event.when, Timed):
        start, end = _writable(event.when)
        part.add("DTSTART", start)
        part.add("DTEND", end)
    else:
        part.add("DTSTART", event.when.first)
        part.add("DTEND", event.when.last + timedelta(days=1))
    part.add("SUMMARY", clean(event.summary))
    if event.description:
        part.add("DESCRIPTION", clean(event.description))
    if event.location:
        part.add("LOCATION", clean(event.location))
    part.add("STATUS", event.status.upper())
    part.add("TRANSP", "TRANSPARENT" if event.transparent else "OPAQUE")
    part.add("SEQUENCE", event.sequence)
    if event.categories:
        part.add("CATEGORIES", list(event.categories))
    if event.color:
        part.add("COLOR", event.color)
    for alarm in event.alarms:
        part.add_component(_alarm(alarm))
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    for zone in _zones(event):
        calendar.add_component(zone)
    calendar.add_component(part)
    return cast("bytes", calendar.to_ical()).decode()


def _writable(when: Timed) -> tuple[datetime, datetime]:
    """Wall time and zone; or UTC where the clock shows the same time twice, which a zone's name cannot tell."""
    if any(
        one.replace(fold=0).utcoffset() != one.replace(fold=1).utcoffset() for one in (when.start, when.end)
    ):
        return when.start.astimezone(UTC), when.end.astimezone(UTC)
    return when.start, when.end


def _alarm(alarm: Alarm) -> icalendar.Alarm:
    part = icalendar.Alarm()
    part.add("ACTION", "DISPLAY")
    part.add("DESCRIPTION", clean(alarm.text))
    if isinstance(alarm.at, datetime):
        part.add("TRIGGER", alarm.at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    else:
        part.add("TRIGGER", -alarm.at)
    return part


def _zones(event: Event) -> list[icalendar.Timezone]:
    if not isinstance(event.when, Timed):
        return []
    year = event.when.start.year
    keys = {str(key) for one in _writable(event.when) if (key := getattr(one.tzinfo, "key", None))}
    return [_zone(key, year) for key in sorted(keys - {"UTC"})]


@lru_cache(maxsize=64)
def _zone(key: str, year: int) -> icalendar.Timezone:
    """A year on both sides covers any single event; the whole history would be a hundred times longer."""
    return icalendar.Timezone.from_tzid(key, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))


def clean(text: str) -> str:
    """A text without the characters that XML cannot carry: they would make a CalDAV answer unreadable."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or (c >= " " and c not in "\x7f\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def midnight(day: date, zone: Any) -> datetime:  # any tzinfo
    return datetime.combine(day, time(0), zone)

"""icalendar text <-> Event. One bad event costs one event, and is told.

A recurring event is expanded within a window of dates, and refused before expansion where its rule could run
for hours: rules below a day, an interval of zero, or more instances than a person can work. Who reads for a daemon
does it through `expand`, where an expansion that runs away all the same is ended.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
from zoneinfo import available_timezones as all_timezones

import icalendar
import recurring_ical_events
from icalendar.error import GloballyUniqueTZIDGuessed
from recurring_ical_events import ComponentsWithName, EventAdapter, Occurrence

from connectors.event import Alarm, Days, Event, Item, Status, Timed

# "/vendor/America/Chicago" is taken for the zone that it ends with: that is how such names are made.
warnings.filterwarnings("ignore", category=GloballyUniqueTZIDGuessed)

PRODUCT = "-//Shiftward//EN"
TOO_FINE = ("SECONDLY", "MINUTELY", "HOURLY")
LONGEST = timedelta(days=366)
MOST_TIMES = 4
MOST_DATES = 400
EARLIEST = 1990
LARGEST = 5_000_000
"""Characters of one object; a larger one is no event."""
NO_START = "an event has no start"
_PERIODS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_MARGIN = timedelta(weeks=5)
"""Before the window, for zones and for what the expansion itself looks back."""
_NO_ID = icalendar.vDDDTypes(date.min)
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_STATUS: dict[str, Status] = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar object holds in a window of dates, and what of it could not be read (constant texts)."""

    events: tuple[Event, ...] = ()
    problems: tuple[str, ...] = ()
    method: str = ""
    organizer: str = ""


class _UnreadableError(Exception):
    """One event cannot be read; the text says why, without quoting it."""


def read(data: str, first: date, last: date, floating: ZoneInfo | None = None) -> Reading:
    """The events of an object that meet the dates from `first` to `last`, whatever the zone.

    A time without any zone is read in the calendar's own (X-WR-TIMEZONE), else in `floating`; without either it
    cannot be read.
    """
    try:
        calendar = _parse(data)
    except _UnreadableError as error:
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
        except _UnreadableError as error:
            problems.append(str(error))
    return Reading(
        tuple(events), tuple(dict.fromkeys(problems)), str(calendar.get("METHOD", "")), _organizer(components)
    )


def _parse(data: str) -> icalendar.Calendar:
    if len(data) > LARGEST:
        raise _UnreadableError("an object is too large to be an event")
    try:
        calendar = icalendar.Calendar.from_ical(_UNREAD.sub("", _VTIMEZONE.sub(_needed, data)))
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        raise _UnreadableError("not iCalendar text") from None
    if not isinstance(calendar, icalendar.Calendar):
        raise _UnreadableError("not an iCalendar calendar")
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
    start, end = _ends(part)
    return _instant(start) <= _instant(end) and not any(name in _READ for name, _ in part.errors)


_READ = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "UID")
)
"""What an event cannot be understood without."""
_UNREAD = re.compile(
    r"^(?:DTSTAMP|CREATED|LAST-MODIFIED|PRODID|VERSION|CALSCALE|CLASS|PRIORITY|URL|GEO|ATTACH|ATTENDEE|COMMENT|CONTACT"
    r"|RELATED-TO|RESOURCES|REQUEST-STATUS|CONFERENCE|IMAGE|X-(?!WR-TIMEZONE)[A-Z0-9-]+)[:;][^\r\n]*\r?\n"
    r"(?:(?:\r?\n)*[ \t][^\r\n]*\r?\n)*",
    re.MULTILINE | re.IGNORECASE,
)
"""Properties that nobody here asks for, with the lines that they are folded into: the parser takes its time for each."""
_VTIMEZONE = re.compile(
    r"^BEGIN:VTIMEZONE\r?\n(?:(?!BEGIN:VTIMEZONE).*\n)*?END:VTIMEZONE\r?\n",
    re.MULTILINE | re.IGNORECASE,
)
_TZID = re.compile(r"^TZID:(.+?)\r?$", re.MULTILINE | re.IGNORECASE)


def _needed(definition: re.Match[str]) -> str:
    """A zone of the database is taken from there: what calendars say of it is long, often wrong, and slow to read."""
    return "" if _is_of_the_database(definition.group()) else definition.group()


@lru_cache(maxsize=256)
def _is_of_the_database(definition: str) -> bool:
    name = _TZID.search(definition)
    known = name is not None and name.group(1).strip() in available_timezones()
    return known and "BEGIN:VEVENT" not in _plain(definition)


def _plain(data: str) -> str:
    """As a parser sees it: lines unfolded, names in capitals."""
    text = data.replace("\r\n", "\n")
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text.replace("\n ", "").replace("\n\t", "").upper()


def repeats(data: str) -> bool:
    """Whether an object holds a rule or a list of dates, by its text; a zone's own rules are none."""
    text = _plain(data)
    if "\nRRULE" not in text and "\nRDATE" not in text:
        return False
    bare = _VTIMEZONE.sub("", text)
    return "\nRRULE" in bare or "\nRDATE" in bare


def joined(items: Iterable[Item]) -> list[Item]:
    """Exceptions that a server keeps as objects of their own, put beside the series they belong to.

    Only such a pair tells what a series really holds; everything else stays as it is.
    """
    there = list(items)
    alone = {item.href: _uid(item.data) for item in there if _is_exception(item.data)}
    masters = {_uid(item.data): item.href for item in there if alone and repeats(item.data)}
    moved: dict[str, list[Item]] = {}
    for item in there:
        if alone.get(item.href) in masters:
            moved.setdefault(masters[alone[item.href]], []).append(item)
    away = {item.href for exceptions in moved.values() for item in exceptions}
    return [_join(item, moved.get(item.href, [])) for item in there if item.href not in away]


def _is_exception(data: str) -> bool:
    return "\nRECURRENCE-ID" in data and not repeats(data)


def _uid(data: str) -> str:
    found = re.search(r"^UID:(.*(?:\r?\n[ \t].*)*)", data, re.MULTILINE)
    return re.sub(r"\r?\n[ \t]", "", found.group(1)).strip() if found else ""


def _join(item: Item, exceptions: Sequence[Item]) -> Item:
    if not exceptions:
        return item
    parts = [
        part
        for one in exceptions
        for part in re.findall(r"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?\n", one.data, re.MULTILINE | re.DOTALL)
    ]
    zones = [
        zone.group()
        for one in exceptions
        for zone in _VTIMEZONE.finditer(one.data)
        if (name := _TZID.search(zone.group())) and name.group() not in item.data
    ]
    begin, first, rest = item.data.partition("BEGIN:VEVENT")
    head, end, tail = f"{begin}{''.join(dict.fromkeys(zones))}{first}{rest}".rpartition("END:VCALENDAR")
    etag = blake2b("\n".join([item.etag, *(one.etag for one in exceptions)]).encode(), digest_size=12)
    return replace(item, etag=etag.hexdigest(), data=f"{head}{''.join(parts)}{end}{tail}")


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
    if repeats(data):
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
            found = [_event(part) for part in series]
            return iter([event for event in found if _meets(event, first, last)])
        for part in series:
            _refuse_bombs(part)
            _mend_until(part)
        _skip_ahead(series, first)
        alone = icalendar.Calendar()
        alone.subcomponents = [*(p for p in calendar.subcomponents if p.name == "VTIMEZONE"), *series]
        dates = recurring_ical_events.of(alone, components=_DATES).between(first, last + timedelta(days=1))
        parts = {id(part): _event(part) for part in {id(one.part): one.part for one in dates}.values()}
        return iter([_occurrence(parts[id(one.part)], one) for one in dates])
    except _UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001
        # The parsers raise whatever a broken property makes them; here it must cost this event alone.
        raise _UnreadableError(f"an event cannot be read ({type(error).__name__})") from None


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
        when=_when(one.start, one.end),
        occurrence=event.occurrence or _name(one.start),
        sequence=one.sequence if one.sequence >= 0 else event.sequence,
        alarms=(),
    )


def _refuse_bombs(part: Any) -> None:  # icalendar's components are dictionaries
    rules = part.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if any(str(one).upper() in TOO_FINE for one in rule.get("FREQ", [])):
            raise _UnreadableError("an event repeats more often than daily")
        if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
            raise _UnreadableError("an event repeats at an interval of zero")
        _refuse_rule(rule, part)
    start, end = _ends(part)
    _when(start, end)
    if not timedelta() <= _instant(end) - _instant(start) <= LONGEST:
        raise _UnreadableError("an event ends before it starts, or lasts longer than a year")
    extra = part.get("RDATE", [])
    if sum(len(one.dts) for one in (extra if isinstance(extra, list) else [extra])) > MOST_DATES:
        raise _UnreadableError("an event repeats on more dates than a person can keep")
    if "EXRULE" in part:
        raise _UnreadableError("an event uses EXRULE, which is no longer part of iCalendar")


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
    start, end = _ends(part)
    step = period * int(rule.get("INTERVAL", [1])[0])
    day = start.date() if isinstance(start, datetime) else start
    ahead = (first - day - (_instant(end) - _instant(start)) - _MARGIN) // step
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
        raise _UnreadableError("an event repeats many times a day")
    months, days = rule.get("BYMONTH", []), rule.get("BYMONTHDAY", [])
    if months and days and all(int(day) > LENGTHS[int(month) - 1] for month in months for day in days):
        raise _UnreadableError("an event repeats on a date that never comes")
    if (
        str(rule.get("FREQ", [""])[0]).upper() in ("DAILY", "WEEKLY")
        and part.decoded("DTSTART").year < EARLIEST
    ):
        raise _UnreadableError("an event repeats since long ago")


@cache
def available_timezones() -> frozenset[str]:
    """The names of the database; asking for them reads its files."""
    return frozenset(all_timezones())


def _instant(when: date) -> datetime:
    """Comparable, whatever it is; a naive time is taken as it stands."""
    if isinstance(when, datetime):
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime.combine(when, time(0), UTC)


def _event(part: Any) -> Event:
    start, end = _ends(part)
    return Event(
        uid=str(part.get("UID", "")),
        when=_when(start, end),
        summary=str(part.get("SUMMARY", "")),
        description=str(part.get("DESCRIPTION", "")),
        location=str(part.get("LOCATION", "")),
        status=_STATUS.get(str(part.get("STATUS", "")).upper(), "confirmed"),
        transparent=str(part.get("TRANSP", "")).upper() == "TRANSPARENT",
        occurrence=_name(part.decoded("RECURRENCE-ID")) if "RECURRENCE-ID" in part else "",
        sequence=int(part.get("SEQUENCE", 0)),
        categories=tuple(_categories(part)),
        color=str(part.get("COLOR", "")),
        alarms=tuple(_alarms(part)),
    )


def _name(start: date) -> str:
    """Of an occurrence: the start that it had by the rule, as an instant in UTC or a date."""
    return str((start.astimezone(UTC) if isinstance(start, datetime) else start).isoformat())


def _categories(part: Any) -> Iterator[str]:
    found = part.get("CATEGORIES", [])
    for one in found if isinstance(found, list) else [found]:
        yield from (str(category) for category in one.cats)


def _alarms(part: Any) -> Iterator[Alarm]:
    """Those that speak up; a phone's own silent ones, and what is no alarm, are passed over."""
    for alarm in part.walk("VALARM"):
        when = getattr(alarm.get("TRIGGER"), "dt", None)
        if str(alarm.get("ACTION", "")).upper() == "DISPLAY" and isinstance(when, datetime | timedelta):
            yield Alarm(-when if isinstance(when, timedelta) else when, str(alarm.get("DESCRIPTION", "")))


def _ends(part: Any) -> tuple[date, date]:
    if "DTSTART" not in part:
        raise _UnreadableError(NO_START)
    start = part.decoded("DTSTART")
    if "DTEND" in part:
        end = part.decoded("DTEND")
    elif "DURATION" in part:
        end = start + part.decoded("DURATION")
    else:
        end = start if isinstance(start, datetime) else start + timedelta(days=1)
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise _UnreadableError("an event starts with a time and ends with a date")
    return start, end


def _when(start: date, end: date) -> Timed | Days:
    if isinstance(start, datetime) and isinstance(end, datetime):
        # A zone that nobody knows comes out naive: never take it for local time.
        if start.tzinfo is None or end.tzinfo is None:
            raise _UnreadableError("an event's time has no zone, or one that is not known")
        if end.astimezone(UTC) < start.astimezone(UTC):
            raise _UnreadableError("an event ends before it starts")
        return Timed(start, end)
    return Days(start, max(start, end - timedelta(days=1)))


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

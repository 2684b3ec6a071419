"""Calendar objects for the sync benchmark: made up, the same at every run, names on reserved domains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

FIRST, LAST = date(2026, 3, 1), date(2026, 5, 31)
"""The three months that are read; clocks change in them, on both sides of the Atlantic."""
SINGLE, WEEKLY, FORTNIGHTLY, MONTHLY = 600, 160, 120, 120


@dataclass(frozen=True, slots=True)
class _Zone:
    """Offsets as iCalendar writes them, and when clocks change: (month, which Sunday, hour)."""

    key: str
    winter: str
    summer: str
    spring: tuple[int, str, int] = (3, "2SU", 2)
    autumn: tuple[int, str, int] = (11, "1SU", 2)

    def lines(self) -> list[str]:
        return [
            "BEGIN:VTIMEZONE",
            f"TZID:{self.key}",
            *_change("DAYLIGHT", self.winter, self.summer, self.spring),
            *_change("STANDARD", self.summer, self.winter, self.autumn),
            "END:VTIMEZONE",
        ]


ZONES = (
    _Zone("America/Chicago", "-0600", "-0500"),
    _Zone("America/New_York", "-0500", "-0400"),
    _Zone("America/Denver", "-0700", "-0600"),
    _Zone("Europe/London", "+0000", "+0100", (3, "-1SU", 1), (10, "-1SU", 2)),
)


def _change(kind: str, before: str, after: str, when: tuple[int, str, int]) -> list[str]:
    month, sunday, hour = when
    return [
        f"BEGIN:{kind}",
        f"DTSTART:2007{month:02}01T{hour:02}0000",
        f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={sunday}",
        f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{after}",
        f"END:{kind}",
    ]


def _object(events: Sequence[Sequence[str]], zone: _Zone | None) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Sync benchmark//EN"]
    lines += zone.lines() if zone else []
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _event(uid: str, title: str, *properties: str) -> list[str]:
    return [f"UID:{uid}@lakeside.example", "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}", *properties]


def _times(start: datetime, hours: int, zone: _Zone) -> tuple[str, str]:
    return _at("DTSTART", start, zone), _at("DTEND", start + timedelta(hours=hours), zone)


def _at(name: str, when: datetime, zone: _Zone) -> str:
    return f"{name};TZID={zone.key}:{when:%Y%m%dT%H%M%S}"


def shift(number: int, version: int = 0) -> str:
    """One of a long row of shifts, eight hours after the one before; another version has another title."""
    start = datetime.combine(date(2026, 1, 5), time(7)) + timedelta(hours=8 * number)
    event = _event(
        f"shift-{number}",
        f"Lakeside shift {number}, version {version}",
        *_times(start, 8, ZONES[0]),
        "LOCATION:Lakeside Emergency Department\\, Floor 2",
        "DESCRIPTION:On call with Dr R. Example",
        f"SEQUENCE:{version}",
    )
    return _object([event], ZONES[0])


def mixture() -> Iterator[str]:
    """A thousand objects: single events, and series with exceptions and left-out dates, in several zones."""
    days = (LAST - FIRST).days
    for number in range(SINGLE):
        day = FIRST + timedelta(days=number * days // SINGLE)
        yield _single(number, datetime.combine(day, time(6 + number % 13)))
    rules = ["WEEKLY", "WEEKLY;BYDAY=TU,TH"] * (WEEKLY // 2)
    rules += ["WEEKLY;INTERVAL=2"] * FORTNIGHTLY + ["MONTHLY"] * MONTHLY
    for number, rule in enumerate(rules):
        yield _series(number, rule)


def _single(number: int, start: datetime) -> str:
    zone = ZONES[number % len(ZONES)]
    title = f"Clinic {number}"
    if number % 10 == 0:
        end = start.date() + timedelta(days=2)
        dates = (f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}")
        return _object([_event(f"single-{number}", title, *dates)], None)
    if number % 10 == 1:
        utc = (f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT8H")
        return _object([_event(f"single-{number}", title, *utc)], None)
    return _object([_event(f"single-{number}", title, *_times(start, 8, zone))], zone)


def _series(number: int, rule: str) -> str:
    """Begun a year before; one date moved by two hours, and in every second one a date left out."""
    zone = ZONES[number % len(ZONES)]
    # A Tuesday, so that the first date belongs to each of the rules.
    start = datetime.combine(date(2025, 3, 4) + timedelta(weeks=number % 4), time(7 + number % 12))
    step = timedelta(weeks=2)
    moved, left_out = (start + 28 * step, start + 29 * step) if rule != "MONTHLY" else _months(start)
    uid, title = f"series-{number}", f"Rounds {number}"
    out = [_at("EXDATE", left_out, zone)] if number % 2 else []
    whole = _event(uid, title, *_times(start, 4, zone), f"RRULE:FREQ={rule}", *out)
    late = _times(moved + timedelta(hours=2), 4, zone)
    exception = _event(uid, f"{title}, late", _at("RECURRENCE-ID", moved, zone), *late)
    return _object([whole, exception], zone)


def _months(start: datetime) -> tuple[datetime, datetime]:
    return start.replace(year=2026, month=4), start.replace(year=2026, month=5)

"""The words of the trade, and the local dates that every rule counts by.

Only aware instants live here. A shift's `start` and `end` are kept in the zone where the body is (the
site's zone on site, the home zone at home), so that dates, nights, weekends and months are judged there.
Durations are elapsed time: a night over a change of clocks has 11 or 13 hours.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

StreamName = Literal["telemedicine", "locums", "per_diem", "employed", "nonclinical"]
Intensity = Literal["high", "moderate", "low"]
Place = Literal["onsite", "home"]
TravelMode = Literal["none", "drive", "fly"]
PayUnit = Literal["hour", "shift", "day", "block", "visit"]


class Month(NamedTuple):
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month:
        """As it is written, such as 2027-01. Raises ValueError."""
        return cls.of(date.fromisoformat(f"{text}-01"))

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def last(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def next(self) -> Month:
        return Month.of(self.last + DAY)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class Span(NamedTuple):
    """Consecutive local dates, both ends included."""

    first: date
    last: date

    @classmethod
    def month(cls, month: Month) -> Span:
        return cls(month.first, month.last)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return dates(self.first, self.last)

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        """`2027-01` for a whole month, `2027-01-04` for a date, else `2027-01-04/2027-01-10`."""
        month = Month.of(self.first)
        if self == Span.month(month):
            return str(month)
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def dates(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def months(span: Span) -> Iterator[Month]:
    month = Month.of(span.first)
    while month.first <= span.last:
        yield month
        month = month.next


@dataclass(frozen=True, slots=True)
class Extra:
    """Per cent more for nights (at least so many minutes between two clock times), and for weekends; both add."""

    night: int
    weekend: int
    opens: time
    closes: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Pay:
    """What the clinician gets: whole cents for each `unit`. A `visit` rate needs the visits of an hour."""

    cents: int
    unit: PayUnit
    currency: str = "USD"
    visits_per_hour: Decimal | None = None
    guaranteed: int | None = None
    """Per cent of it that comes for certain, where the policy says so."""
    extra: Extra | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place or platform, with the facts that rules judge by."""

    id: str
    name: str
    stream: StreamName
    place: Place
    zone: ZoneInfo
    """The zone its messages speak in."""
    body_zone: ZoneInfo
    """The zone in which its shifts' dates are judged: `zone` on site, the home zone at home."""
    intensity: Intensity
    emr: str | None
    states: tuple[str, ...] = ()
    away: bool = False
    """Nights are spent elsewhere: its runs of dates are trips."""
    mode: TravelMode = "none"
    travel_minutes: int = 0
    pay: Pay | None = None
    rate_floor: tuple[Pay, ...] = ()
    privileges_until: date | None = None
    counts_to_floor: bool = True
    clinical: bool = True
    screen: bool = False
    """Worked in front of a screen."""
    buffer: tuple[int, int] = (0, 0)
    """Minutes kept free before and after each shift."""
    hands_on: bool = False
    onboarded: bool = True
    """Whether one has worked there before."""
    per_visit: str | None = None
    """The company, of a direct-to-consumer platform that pays by the visit."""


@dataclass(frozen=True)
class Shift:
    """Work at a site from one aware instant to another; make it with `Shift.at`."""

    id: str
    site: Site
    start: datetime
    end: datetime
    cents: int = 0
    """Its share of what the clinician is paid, in whole cents."""
    unsure: int = 0
    """Of these, what nobody guarantees: it never counts to the floor."""

    @classmethod
    def at(cls, site: Site, start: datetime, end: datetime, *, key: str, cents: int = 0) -> Shift:
        """Move both instants to the zone where the body is. Raises ValueError for naive or empty ones."""
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError(
                f"shift {key}: times without a zone: {start} to {end}; write an offset or a zone"
            )
        # Python compares two instants of one zone by their clocks, which go back once a year.
        if end.astimezone(UTC) <= start.astimezone(UTC):
            raise ValueError(f"shift {key}: ends {end}, which is not after its start {start}")
        return cls(key, site, start.astimezone(site.body_zone), end.astimezone(site.body_zone), cents)

    @cached_property
    def begins(self) -> datetime:
        """`start` in UTC, the form to compare and subtract."""
        return self.start.astimezone(UTC)

    @cached_property
    def ends(self) -> datetime:
        return self.end.astimezone(UTC)

    @cached_property
    def kept_from(self) -> datetime:
        """When the time that is kept free before it begins, in UTC."""
        return self.begins - self.site.buffer[0] * MINUTE

    @cached_property
    def kept_to(self) -> datetime:
        return self.ends + self.site.buffer[1] * MINUTE

    @cached_property
    def first(self) -> date:
        return self.start.date()

    @cached_property
    def last(self) -> date:
        """The last date with a minute of work on it: a shift that ends at midnight does not touch the next."""
        midnight = self.end.time() == time(0)
        return self.end.date() - DAY if midnight else self.end.date()

    @cached_property
    def dates(self) -> tuple[date, ...]:
        return tuple(dates(self.first, self.last))

    @cached_property
    def minutes(self) -> int:
        """Elapsed minutes, rounded down."""
        return (self.ends - self.begins) // MINUTE

    @cached_property
    def weekends(self) -> tuple[date, ...]:
        """The Saturdays of the weekends (Saturday 00:00 to Monday 00:00) with any minute of it."""
        return tuple(sorted({day - (day.weekday() - 5) * DAY for day in self.dates if day.weekday() >= 5}))

    def minutes_between(self, opens: time, closes: time) -> int:
        """Elapsed minutes of it that lie between two clock times of the same date, on all its dates."""
        if (opens, closes) not in self._between:
            self._between[opens, closes] = self._minutes_between(opens, closes)
        return self._between[opens, closes]

    @cached_property
    def _between(self) -> dict[tuple[time, time], int]:
        """What was counted before: a dozen rules ask whether a shift is a night."""
        return {}

    def _minutes_between(self, opens: time, closes: time) -> int:
        zone = self.start.tzinfo
        total = timedelta()
        for day in self.dates:
            low = max(self.begins, datetime.combine(day, opens, zone).astimezone(UTC))
            high = min(self.ends, datetime.combine(day, closes, zone).astimezone(UTC))
            total += max(timedelta(), high - low)
        return total // MINUTE


@dataclass(frozen=True)
class RedTime:
    """Personal time nothing may touch: [start, end). An all-day red day is the whole local date at home."""

    id: str
    start: datetime
    end: datetime
    title: str = ""

    @cached_property
    def begins(self) -> datetime:
        """`start` in UTC, the form to compare: each shift is held against each red time."""
        return self.start.astimezone(UTC)

    @cached_property
    def ends(self) -> datetime:
        return self.end.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Choose:
    """Offers of one group, of which at most `at_most` may be taken."""

    group: str
    at_most: int


@dataclass(frozen=True)
class Offer:
    """Shifts to take together or not at all. `pay` is None where the offer names none: then the site's counts."""

    id: str
    site: Site
    shifts: tuple[Shift, ...]
    pay: Pay | None = None
    received: datetime | None = None
    respond_by: datetime | None = None
    choose: Choose | None = None

    @property
    def cents(self) -> int:
        return sum(shift.cents for shift in self.shifts)

    @property
    def span(self) -> Span:
        return Span(min(s.first for s in self.shifts), max(s.last for s in self.shifts))


ALWAYS = Span(date.min, date.max)


@dataclass(frozen=True)
class Roster:
    """What the rules look at: commitments and candidates together, red time, and what is known.

    `known` are the dates for which every commitment is there. It is a promise of whoever loads it; a rule that looks beyond it would pass in silence.
    """

    shifts: tuple[Shift, ...]
    horizon: Span
    """The dates that are planned."""
    red: tuple[RedTime, ...] = ()
    known: Span = ALWAYS

    @cached_property
    def starting(self) -> Mapping[date, tuple[Shift, ...]]:
        return _by_date(self.shifts, lambda shift: (shift.first,))

    @cached_property
    def touching(self) -> Mapping[date, tuple[Shift, ...]]:
        return _by_date(self.shifts, lambda shift: shift.dates)


def _by_date(
    shifts: Iterable[Shift], keys: Callable[[Shift], tuple[date, ...]]
) -> Mapping[date, tuple[Shift, ...]]:
    table: dict[date, list[Shift]] = defaultdict(list)
    for shift in shifts:
        for day in keys(shift):
            table[day].append(shift)
    return {day: tuple(table[day]) for day in sorted(table)}

"""Calendar events as values; what they mean is for others to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Status = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, slots=True)
class Timed:
    """From one aware instant to another, in the zone the event was written in."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Days:
    """Whole dates, both included, in whatever zone the reader is."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Alarm:
    """Speaks up at an instant, or so long before the start (a negative `before` is after it)."""

    at: datetime | timedelta
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or one occurrence of a recurring one (then `occurrence` names which)."""

    uid: str
    when: Timed | Days
    summary: str = ""
    description: str = ""
    location: str = ""
    status: Status = "confirmed"
    transparent: bool = False
    occurrence: str = ""
    sequence: int = 0
    categories: tuple[str, ...] = ()
    color: str = ""
    """A colour name of CSS (RFC 7986), for whoever draws it; empty for none."""
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An object as its server keeps it: address, version, iCalendar text."""

    href: str
    etag: str
    data: str

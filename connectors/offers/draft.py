"""A shift while its message is still being read, and what holds for the lines to come. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from connectors.offers.reading import Layout, Money, Source, Status
from connectors.offers.tokens import Hours


@dataclass
class Draft:
    """A shift while the message is still being read: what it lacks may be said further down."""

    day: date
    hours: Hours
    source: Source
    status: Status | None
    site: str | None
    site_text: str | None
    zone: ZoneInfo
    section: int
    stretch: int = 0
    """Below which of the short lines that stand directly above dates."""
    pay: Money | None = None
    extra: Decimal | None = None
    """Dollars that its line adds to an hour, the pay of which stands elsewhere."""
    emr: str | None = None
    block: str | None = None
    respond_by: datetime | None = None
    legend: str | None = None
    moved: bool = False
    silent_zone: bool = False
    """No zone is named for it."""
    layout: Layout = "list"
    review: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line or a record says of all its slots; `review` names what a person would ask about."""

    status: Status | None
    site: str | None
    site_text: str | None
    emr: str | None
    review: frozenset[str]


@dataclass
class Scope:
    """What holds for the lines that follow: a heading's site, month, date or status."""

    site: str | None = None
    site_text: str | None = None
    emr: str | None = None
    zone: str | None = None
    status: Status | None = None
    month: int | None = None
    year: int | None = None
    dates: str = ""
    hours: str = ""
    section: int = 0
    unsure_status: bool = False
    """Whether its status may be meant of something else."""
    stated_at: int = -1
    """How many shifts there were when the status was stated: a site right below it is under that heading."""
    over_sites: bool = False
    """The status stands over the names of sites; whether it still holds for the second of them, nobody says."""
    doubtful: bool = False
    """The heading is of a place that is not known."""

"""What a line is cut into: tokens, and the values that they carry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from connectors.offers.reading import Unit

NOON, MIDNIGHT = 12 * 60, 24 * 60
DASH = r"\s{0,3}(?:-|–|—|−|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\bbis\b|\bà\b)\s{0,3}"
"""What stands between the two ends of a range."""

TokenKind = Literal[
    "date",
    "hours",
    "span",
    "clock",
    "month",
    "weekday",
    "number",
    "money",
    "zone",
    "site",
    "emr",
    "word",
    "mark",
    "noise",
]


class Clock(NamedTuple):
    """Minutes after midnight. `half` is a or p where it was written; None where the digits must speak."""

    minutes: int
    half: str | None
    exact: bool
    """Written so that it can only be read one way: 1900, 07:00, 18:30, 7p, noon."""
    padded: bool = False
    """Two digits, a colon and two more, as on a 24-hour clock."""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """From start to end in minutes after midnight; an end at or before the start is on the next day.

    `unsure` when both halves of the day are possible.
    """

    start: int
    end: int
    unsure: bool = False
    zone: str | None = None
    also: tuple[int, str] | None = None
    """The same start told in a second zone."""
    odd: bool = False
    """The digits may as well be a year, a number to call, or a price."""


@dataclass(frozen=True, slots=True)
class RawDate:
    """A date as written; a numeric one may be read in two orders."""

    first: int
    second: int
    year: int | None
    numeric: bool


MoneyRole = Literal["pay", "guarantee", "bill", "other", "unclear"]
"""An unclear one is the clinician's, but by the week or the month: it says of no shift what it pays."""


@dataclass(frozen=True, slots=True)
class RawMoney:
    amount: Decimal
    unit: Unit | None
    currency: str
    role: MoneyRole
    clear: bool = False
    """Said to be the clinician's own pay."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    start: int
    end: int
    value: object = None

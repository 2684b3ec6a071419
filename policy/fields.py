"""What may stand behind a key: dollars, dates, zones, states, bounds; each read strictly, each with its remedy.

Money is written in dollars and kept in whole cents. Decimals come from the TOML text itself, so that no
float is ever made.
"""

from __future__ import annotations

from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND "
    "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI".split()
)


def as_number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("write a plain number, such as 2500 or 180.50")
    return Decimal(value)


def _cents(value: object) -> int:
    number = as_number(value)
    if not number.is_finite() or number < 0 or number > 100_000_000:
        raise ValueError("write an amount in dollars from 0 to 100,000,000")
    return int((number * 100).to_integral_value(ROUND_HALF_UP))


def _day(value: object) -> object:
    if isinstance(value, date | str) and len(str(value)) == len("2027-03-31"):
        return value
    raise ValueError("write a date as 2027-03-31")


def _zone(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ValueError('write an IANA zone, such as "America/Chicago"') from None


def _state(value: object) -> object:
    if not isinstance(value, str) or value not in STATES:
        raise ValueError('write a two-letter state, such as "TX"')
    return value


Dollars = Annotated[int, BeforeValidator(_cents)]
"""Written in dollars, kept in cents."""
Whole = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Day = Annotated[date, BeforeValidator(_day)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
State = Annotated[str, BeforeValidator(_state)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Section(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )


class Cap(Section):
    """A bound: hard, or soft where `over` prices each unit beyond it (cents)."""

    cap: Whole
    over: Dollars | None = None


def _cap(value: object) -> object:
    if value == "none":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return {"cap": value}
    if isinstance(value, dict | Cap):
        return value
    raise ValueError('write a number (hard), { cap = 6, over = 500 } (each one over costs $500), or "none"')


Bound = Annotated[Cap | None, BeforeValidator(_cap)]


def _none(value: object) -> object:
    return None if value == "none" else value


Off = BeforeValidator(_none)
"""For what is a table or nothing: `"none"` takes away what an extended file says."""


def _only_zero(value: object) -> object:
    if value == 0 and not isinstance(value, bool):
        return value
    raise ValueError(
        "a price would be charged once for every window; write over = 0 to be warned, or leave it out to be held to it"
    )


Warn = Annotated[int, BeforeValidator(_only_zero)]
"""`over` of bounds over long windows: hard without it, a warning with 0."""


def _clock(value: object) -> object:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    raise ValueError("write a time of day as 05:00:00, without a zone")


Clock = Annotated[time, BeforeValidator(_clock)]


Number = Annotated[Decimal, BeforeValidator(as_number)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Hours = Annotated[int, Field(strict=True, ge=1, le=48)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A name that other parts of the file refer to."""

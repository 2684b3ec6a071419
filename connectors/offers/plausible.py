"""What is too odd to be asserted, however well each word of it is understood.

A year, a telephone number, a price or a count can look like a clock; a price for all like a price for each. What was
misread so seldom looks like a shift that anybody works.
"""

from __future__ import annotations

from connectors.offers.reading import Money
from connectors.offers.tokens import Hours

SHORTEST = 60
"""Minutes."""
LEAST_HOURLY, MOST_HOURLY = 25, 600
"""What an hour may pay, in any of our currencies."""
_ROUND = 5
_MIDNIGHT = 24 * 60


def odd_hours(hours: Hours) -> bool:
    """Shifts begin and end on round minutes, or a minute beside them (2359, 0001), and last for an hour at least."""
    return hours.odd or not (_round(hours.start) and _round(hours.end)) or _lasting(hours) < SHORTEST


_WORTH = {"ZAR": 18, "AUD": 2, "CAD": 2}
"""How many of a currency are about a dollar, where it is far from one."""


def odd_pay(pay: Money, hours: Hours) -> bool:
    """Whether it would pay an hour less, or more, than anybody pays."""
    if pay.unit not in ("hour", "shift", "day"):
        return False
    hourly = pay.amount if pay.unit == "hour" else pay.amount * 60 / _lasting(hours)
    return not LEAST_HOURLY <= hourly / _WORTH.get(pay.currency, 1) <= MOST_HOURLY


def _round(minutes: int) -> bool:
    return minutes % _ROUND == 0 or minutes % 60 in (1, 59)


def _lasting(hours: Hours) -> int:
    return (hours.end - hours.start) % _MIDNIGHT or _MIDNIGHT

"""Pay in whole cents: what an offer is worth, shift by shift, and what a month brings in.

Rounding is half up and happens once, on the whole offer; a block's price is spread over its shifts so that
the shares add up to it to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from policy.schema import Policy
from policy.shift import DAY, Month, Offer, Pay, Shift, Span, months


@dataclass(frozen=True, slots=True)
class Money:
    """Cents over the months of a horizon: the floor wanted, what counts to it, what is missing, and all income."""

    need: int
    have: int
    short: int
    expected: int


def round_half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def worth(pay: Pay, shifts: Sequence[Shift]) -> int:
    """Cents for all of these shifts together. A day's pay is a shift's: 0700-0700 is a shift a day."""
    minutes = sum(shift.minutes for shift in shifts)
    per_hour = Fraction(pay.cents * minutes, 60)
    match pay.unit:
        case "block":
            return pay.cents
        case "shift" | "day":
            return pay.cents * len(shifts)
        case "hour":
            return round_half_up(per_hour)
        case "visit":
            return round_half_up(per_hour * Fraction(pay.visits_per_hour or 0))


def paid(shifts: Sequence[Shift], pay: Pay | None) -> tuple[Shift, ...]:
    """The shifts with their shares of the pay (by elapsed time, the remainder to the earliest).

    0 without pay, and for pay in another currency: it cannot be added to dollars.
    """
    if not shifts or pay is None or pay.currency != "USD":
        return tuple(replace(shift, cents=0) for shift in shifts)
    total, minutes = worth(pay, shifts), sum(shift.minutes for shift in shifts)
    if pay.unit in ("shift", "day"):
        return tuple(replace(shift, cents=pay.cents) for shift in shifts)
    if not minutes:
        return tuple(replace(shift, cents=0) for shift in shifts)
    shares = [total * shift.minutes // minutes for shift in shifts]
    left = total - sum(shares)
    return tuple(
        replace(shift, cents=share + (index < left))
        for index, (shift, share) in enumerate(zip(shifts, shares, strict=True))
    )


def effective_pay(offer: Offer) -> Pay | None:
    """The offer's own pay, else its site's."""
    return offer.pay or offer.site.pay


def hourly(offer: Offer) -> Fraction:
    """Effective cents an hour of elapsed time."""
    return Fraction(offer.cents * 60, max(1, sum(shift.minutes for shift in offer.shifts)))


def effective_hourly(policy: Policy, offer: Offer) -> Fraction:
    """Cents for each hour that the offer takes, with what surrounds the work.

    (pay + benefits - cost of travel) / (worked part of the elapsed time + unpaid minutes + buffers + travel both ways).
    Travel is counted once a shift, and where nights are spent there once a run of consecutive dates.
    """
    site, text = offer.site, policy.entry(offer.site)
    minutes = sum(shift.minutes for shift in offer.shifts)
    around = text.unpaid_minutes + text.buffer.before + text.buffer.after
    journeys = _journeys(offer)
    benefits = Fraction(text.pay.benefits_per_hour * minutes, 60) if text.pay else Fraction(0)
    cents = offer.cents + benefits - text.travel.cost * journeys
    takes = Fraction(minutes * text.worked_percent, 100) + around * len(offer.shifts)
    return cents * 60 / max(Fraction(1), takes + 2 * site.travel_minutes * journeys)


def _journeys(offer: Offer) -> int:
    """How often one sets out: never from home, each shift, or each time one stays."""
    if offer.site.place == "home":
        return 0
    if not offer.site.away:
        return len(offer.shifts)
    there = {day for shift in offer.shifts for day in shift.dates}
    return sum(day - DAY not in there for day in there)


def money(policy: Policy, shifts: Iterable[Shift], horizon: Span) -> Money:
    """What the months of the horizon bring in; a shift in the month of its start."""
    need = have = short = expected = 0
    worked = list(shifts)
    for month in months(horizon):
        mine = [shift for shift in worked if Month.of(shift.first) == month]
        counted = sum(shift.cents for shift in mine if shift.site.counts_to_floor)
        floor = policy.floor(month)
        need += floor
        have += counted
        short += max(0, floor - counted)
        expected += sum(shift.cents for shift in mine)
    return Money(need, have, short, expected)

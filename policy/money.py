"""Pay in whole cents: what an offer is worth, shift by shift, and what a month brings in.

Rounding is half up and happens once, on the whole offer; a block's price is spread over its shifts so that
the shares add up to it to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from policy.schema import Policy
from policy.shift import DAY, Extra, Month, Offer, Pay, Shift, Site, Span, months

SATURDAY = 5


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

    0 without pay, and for pay in another currency: it cannot be added to dollars. Extra for nights and weekends
    is rounded shift by shift; what is guaranteed of a share is rounded down.
    """
    if not shifts or pay is None or pay.currency != "USD":
        return tuple(replace(shift, cents=0, unsure=0) for shift in shifts)
    return tuple(_paid(shift, share, pay) for shift, share in zip(shifts, _shares(shifts, pay), strict=True))


def _shares(shifts: Sequence[Shift], pay: Pay) -> list[int]:
    total, minutes = worth(pay, shifts), sum(shift.minutes for shift in shifts)
    if pay.unit in ("shift", "day"):
        return [pay.cents] * len(shifts)
    if not minutes:
        return [0] * len(shifts)
    shares = [total * shift.minutes // minutes for shift in shifts]
    left = total - sum(shares)
    return [share + (index < left) for index, share in enumerate(shares)]


def _paid(shift: Shift, share: int, pay: Pay) -> Shift:
    cents = round_half_up(Fraction(share * (100 + _more(shift, pay.extra)), 100))
    return replace(shift, cents=cents, unsure=cents - cents * guaranteed(shift.site, pay) // 100)


def _more(shift: Shift, extra: Extra | None) -> int:
    """Per cent. The weekend is Saturday and Sunday; a shift belongs to the date of its start."""
    if extra is None:
        return 0
    weekend = shift.first.weekday() >= SATURDAY
    night = shift.minutes_between(extra.opens, extra.closes) >= extra.minutes
    return weekend * extra.weekend + night * extra.night


def guaranteed(site: Site, pay: Pay) -> int:
    """Per cent that counts to the floor: as the policy says of the site, else nothing of a pay by the visit, all else.

    What the site says holds for the pay of its offers too.
    """
    if (said := site.pay.guaranteed if site.pay else None) is not None:
        return said
    return 0 if pay.unit == "visit" else 100


def counted(shift: Shift) -> int:
    """Cents of a shift that count to the floor."""
    return shift.cents - shift.unsure if shift.site.counts_to_floor else 0


@dataclass(frozen=True, slots=True)
class Posts:
    """What posts and panels bring in a month, whatever is worked: cents in all, and those that count to the floor."""

    paid: int
    counted: int


def posts(policy: Policy, month: Month) -> Posts:
    """In the months that lie wholly in the contract; of a month begun nobody knows the part."""
    total = counts = 0
    for site in policy.sites.values():
        if not (site.pay and site.pay.per_month and site.pay.currency == "USD"):
            continue
        if site.contract and not site.contract.covers(Span.month(month)):
            continue
        total += site.pay.per_month
        if policy.counts_to_floor(site.stream):
            percent = site.pay.guaranteed_percent
            counts += site.pay.per_month * (100 if percent is None else percent) // 100
    return Posts(total, counts)


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
        steady = posts(policy, month)
        towards = steady.counted + sum(counted(shift) for shift in mine)
        floor = policy.floor(month)
        need += floor
        have += towards
        short += max(0, floor - towards)
        expected += steady.paid + sum(shift.cents for shift in mine)
    return Money(need, have, short, expected)

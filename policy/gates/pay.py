"""Pay: is it known, in dollars, and enough; and the pace of visits that it is paid for."""

from __future__ import annotations

from collections.abc import Iterator

from policy.gates.base import Gate, Moment, ids
from policy.limits import Reason
from policy.money import effective_hourly, effective_pay, hourly
from policy.rules.visits import pace
from policy.schema import Policy
from policy.shift import Offer


def _pay(_: Policy, offer: Offer, __: Moment) -> Iterator[Reason]:
    pay = effective_pay(offer)
    if pay is None:
        yield Reason("pay", shifts=ids(offer.shifts), about="unknown")
    elif pay.currency != "USD":
        yield Reason("pay", shifts=ids(offer.shifts), about=pay.currency)
    elif pay.unit == "visit" and pay.visits_per_hour is None:
        yield Reason("pay", shifts=ids(offer.shifts), about="visits")
    elif offer.cents <= 0:
        yield Reason("pay", shifts=ids(offer.shifts), about="nothing")


def _rate_floor(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    for floor in offer.site.rate_floor:
        per = hourly(offer) if floor.unit == "hour" else offer.cents // len(offer.shifts)
        if per < floor.cents:
            yield _below(offer, int(per), floor.cents, floor.unit)
    least = policy.rate_floor(policy.entry(offer.site)).effective_per_hour
    if least is not None and (rate := effective_hourly(policy, offer)) < least:
        yield _below(offer, rate.numerator // rate.denominator, least, "hour in effect")


def _below(offer: Offer, cents: int, bound: int, unit: str) -> Reason:
    return Reason(
        "rate_floor",
        unit="cents",
        would_be=cents,
        bound=bound,
        shifts=ids(offer.shifts),
        about=unit,
        minimum=True,
    )


def _visits(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """A hard cap on the visits of an hour. A priced one is a rule, a notice stands in the hold."""
    cap = policy.telemedicine.visits_per_hour
    if cap and cap.over is None and (visits := pace(policy, offer.site, offer.pay)) and visits > cap.cap:
        yield Reason(
            "telemedicine.visits_per_hour",
            unit="visits",
            would_be=visits,
            bound=cap.cap,
            shifts=ids(offer.shifts),
        )


GATES: tuple[Gate, ...] = (_pay, _rate_floor, _visits)

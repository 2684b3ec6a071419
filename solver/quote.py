"""What a shift that nobody has offered would have to pay: the answer to a recruiter's question.

Each date gets an offer that is not in any plan, so that the plan is solved once and asked about all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from policy.gates import refusals
from policy.limits import Reason
from policy.money import paid
from policy.schema import Policy
from policy.shift import DAY, Offer, Pay, Shift
from solver.explain import Because, reasons_against, why_never
from solver.relax import relaxation
from solver.solve import EFFORT, SECONDS, Plan, Problem
from solver.worth import NEVER, Desk, Worth

NOMINAL = 100_000
"""Cents that a shift is said to pay until it is known better: any part in a hundred of it is whole."""
MOST = 100_000_000
"""Cents that no shift pays."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The least whole cents for one shift, or why there are none."""

    shift: Shift
    because: Because | None
    """None where some pay would do."""
    reasons: tuple[Reason, ...] = ()
    worth: Worth | None = None
    rate: Reason | None = None
    """Your own floor for the site, where that alone asks for so much."""
    displaces: tuple[str, ...] = ()
    """The offers that the plan would give up for it."""
    takes: tuple[str, ...] = ()
    """Those that it would take in their place."""
    relax: tuple[Reason, ...] = ()


def asked_shift(policy: Policy, site: str, day: date, opens: time, closes: time) -> Shift:
    """A shift on the site's clock; one that closes at or before it opens ends on the next date.

    Raises KeyError for a site that is not in the policy.
    """
    start = datetime.combine(day, opens, policy.site(site).zone)
    there = policy.site(site, start)
    start = datetime.combine(day, opens, there.zone)
    end = datetime.combine(day + DAY if closes <= opens else day, closes, there.zone)
    return Shift.at(there, start, end, key=f"{site} {day}")


def usual_hours(problem: Problem, site: str) -> tuple[time, time] | None:
    """The hours on the site's clock of most shifts there that are known; of equally many the earliest."""
    seen: dict[tuple[time, time], int] = {}
    for shift in problem.shifts.values():
        if shift.site.id == site:
            start, end = (one.astimezone(shift.site.zone).time() for one in (shift.start, shift.end))
            seen[start, end] = seen.get((start, end), 0) + 1
    return min(seen, key=lambda hours: (-seen[hours], hours), default=None)


def quotes(
    problem: Problem, plan: Plan, shifts: Sequence[Shift], *, effort: float = EFFORT, seconds: float = SECONDS
) -> tuple[Problem, list[Quote]]:
    """For each shift its quote, in their order, and the problem with all of them in it, by whose shifts reasons speak.

    `effort` and `seconds` are for each. The shifts' ids must be no offer's and no commitment's.
    """
    least = {shift.id: _least(problem, shift) for shift in shifts}
    offers = [_offer(shift, max(NOMINAL, -(-least[shift.id] // 100) * 100)) for shift in shifts]
    wide = replace(problem, offers=(*problem.offers, *offers))
    judged = {key: one.because for key, one in reasons_against(wide, plan.accepted, offers).items()}
    # What a gate refuses is no candidate: the rows do not know it.
    unmade = [offer.id for offer in offers if offer.id not in wide.refused]
    possible = [offer for offer in offers if judged[offer.id] in ("limit", "price")]
    worth: Mapping[str, Worth] = {}
    if possible:
        gap = plan.bound - plan.value
        desk = Desk(wide.encoder, plan.accepted, effort, seconds, unproved=gap, unmade=unmade)
        worth = desk.least_pays(possible)
    return wide, [
        _priced(wide, plan, offer, worth[offer.id], least[offer.id])
        if not worth.get(offer.id, NEVER).never
        else _closed(wide, offer, judged[offer.id])
        for offer in offers
    ]


def _offer(shift: Shift, cents: int) -> Offer:
    pay = Pay(cents, "block")
    return Offer(shift.id, shift.site, paid((shift,), pay), pay)


def _below_rate(problem: Problem, shift: Shift, cents: int) -> Reason | None:
    """The clinician's own floor for the site, where so much is below it."""
    found = refusals(problem.policy, _offer(shift, cents), problem.moment)
    return next((reason for reason in found if reason.rule == "rate_floor"), None)


def _least(problem: Problem, shift: Shift) -> int:
    """Cents from which the rate floors let it pass: more never fails where less passes."""
    low, high = 0, MOST
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if _below_rate(problem, shift, middle) else (low, middle)
    return 1 if _below_rate(problem, shift, high) else high


def _priced(problem: Problem, plan: Plan, offer: Offer, worth: Worth, least: int) -> Quote:
    low, high = max(worth.low or 0, least), None if worth.high is None else max(worth.high, least)
    before, after = set(plan.accepted), worth.kept - {offer.id}
    raised = worth.high is not None and least > max(1, worth.high)
    return Quote(
        offer.shifts[0],
        None,
        worth=replace(worth, low=low, high=high),
        rate=_below_rate(problem, offer.shifts[0], least - 1) if raised else None,
        displaces=() if high is None else tuple(sorted(before - after)),
        takes=tuple(sorted(after - before)),
    )


def _closed(problem: Problem, offer: Offer, because: Because) -> Quote:
    if because == "ineligible":
        return Quote(offer.shifts[0], because, problem.refused[offer.id])
    reasons = why_never(problem, offer)
    return Quote(offer.shifts[0], because, reasons, relax=relaxation(problem, offer))

"""Why an offer was accepted: what it brings beside the others, and what would be lost without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policy.limits import Reason
from policy.reasons import distinct, of_limit
from policy.shift import Offer
from solver.relax import bearing
from solver.solve import Plan, Problem, solve

FLOOR = "goals.floor_monthly"


@dataclass(frozen=True, slots=True)
class Kept:
    """An accepted offer, in cents."""

    offer: str
    pay: int
    prices: int
    """What it runs into, beside the others that are accepted."""
    reasons: tuple[Reason, ...]
    """Each of those prices."""
    saves: int
    """What it takes off, of the floor's and other minimums' prices."""
    floor: int
    """Of the income floor it fills so much that is missing without it."""
    without: Plan
    """The best plan were it not offered."""
    low: int
    high: int
    """What would be lost then; equal where both plans are proved."""


def kept(problem: Problem, plan: Plan, offer: Offer) -> Kept:
    """One of the plan's own offers looked at. Asks the solver once."""
    ids = {shift.id for shift in offer.shifts}
    worked = problem.worked(plan.accepted)
    others = worked - ids
    prices = saves = floor = 0
    reasons: list[Reason] = []
    for limit in bearing(problem, offer):
        if not limit.price:
            continue
        before, after = limit.value(others), limit.value(worked)
        more = limit.excess(after) - limit.excess(before)
        if more > 0:
            prices += more * limit.price
            reasons.append(of_limit(problem.policy, limit, before, after, worked, ids, problem.shifts))
        else:
            saves -= more * limit.price
            floor -= more if limit.rule == FLOOR else 0
    without = solve(replace(problem, offers=tuple(one for one in problem.offers if one.id != offer.id)))
    return Kept(
        offer.id,
        offer.cents,
        prices,
        distinct(reasons),
        saves,
        floor,
        without,
        max(0, plan.value - without.bound),
        max(0, plan.bound - without.value),
    )

"""What each hard cap costs: how much more the best plan would be worth with a unit more of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy.limits import Limit, Reason
from policy.raised import raised
from policy.reasons import REST
from policy.shift import Span
from policy.words import raisable
from solver.relax import bearing
from solver.solve import EFFORT, SECONDS, Plan, Problem, solve

BY_MONTH = frozenset({"telemedicine.per_visit_companies", "travel.trips_outside_windows"})
"""Caps of a month whose keys do not say so."""


@dataclass(frozen=True, slots=True)
class Cap:
    """`reason` has the bound, and a unit more as `would_be`.

    Cents that this would bring lie from `low` to `high`, which are equal where both plans are proved.
    """

    reason: Reason
    low: int
    high: int


def binding_caps(
    problem: Problem, plan: Plan, *, effort: float = EFFORT, seconds: float = SECONDS
) -> list[Cap]:
    """Of the hard caps that stand against an offer beside the plan, what a unit more would bring.

    A cap of a month counts by itself, any other one for all the dates planned; `effort` and `seconds` are for each.
    """
    standing: dict[tuple[str, Span | None], Limit] = {}
    for limit in _standing(problem, plan):
        standing.setdefault((limit.rule, limit.span if _monthly(limit.rule) else None), limit)
    found = []
    for key in sorted(standing, key=str):
        limit = standing[key]
        other = (
            replace(problem, eased=(limit.rule, limit.span))
            if _monthly(limit.rule)
            else replace(problem, policy=raised(problem.policy, limit.rule))
        )
        better = solve(other, effort=effort, seconds=seconds)
        low, high = better.value - plan.bound, better.bound - plan.value
        found.append(Cap(_one_more(problem, limit), max(0, low), max(0, high)))
    return found


def _standing(problem: Problem, plan: Plan) -> Iterator[Limit]:
    """The caps that an offer left out would exceed."""
    worked = problem.worked(plan.accepted)
    for offer in problem.candidates:
        if offer.id not in plan.accepted:
            after = worked.union(shift.id for shift in offer.shifts)
            for limit in bearing(problem, offer):
                if limit.hard and raisable(limit.rule) and limit.value(after) > limit.at_most:
                    yield limit


def _monthly(rule: str) -> bool:
    return rule.endswith("_per_month") or rule in BY_MONTH


def _one_more(problem: Problem, limit: Limit) -> Reason:
    """As a person counts it: the bound, and a unit beyond it."""
    if limit.rule == REST:
        cap = problem.policy.at(limit.span.first).rest.between_shifts_hours
        hours = cap.cap if cap else 0
        return Reason(REST, None, "minutes", None, 60 * hours, 60 * (hours - 1), minimum=True)
    written = limit.at_most if limit.written is None else limit.written
    monthly = _monthly(limit.rule)
    return Reason(
        limit.rule,
        limit.span if monthly else None,
        limit.unit,
        None,
        limit.read(written),
        limit.read((limit.at_most if monthly else written) + limit.step),
        minimum=limit.at_least_of is not None,
    )

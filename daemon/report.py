"""Facts as the JSON that the command line promises. Amounts in cents; hours where people count hours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policy.counts import counts
from policy.limits import Reason
from policy.money import money
from policy.reasons import of_breaches
from policy.shift import Shift, months
from policy.words import sentence
from solver.explain import Declined
from solver.solve import Plan, Problem

Json = dict[str, Any]


def plan_json(problem: Problem, plan: Plan, declined: Iterable[Declined]) -> Json:
    worked = [problem.shifts[key] for key in sorted(problem.worked(plan.accepted))]
    income = money(problem.policy, worked, problem.horizon)
    reasons = of_breaches(problem.policy, plan.breaches, problem.shifts, problem.worked(plan.accepted))
    return {
        "status": plan.status,
        "value": plan.value,
        "bound": plan.bound,
        "seconds": round(plan.seconds, 4),
        "accepted": list(plan.accepted),
        "declined": [declined_json(one, problem) for one in declined],
        "breaches": [reason_json(reason, problem) for reason in reasons],
        "money": {
            "floor": {"need": income.need, "have": income.have, "short": income.short},
            "expected": income.expected,
        },
        "counts": counts_json(problem, worked),
    }


def counts_json(problem: Problem, worked: Iterable[Shift]) -> Json:
    shifts = list(worked)
    table = {}
    for month in months(problem.horizon):
        one = counts(problem.policy, shifts, month)
        table[str(month)] = {
            "nights": one.nights,
            "weekends": one.weekends,
            "high_intensity": one.high_intensity,
            "off_days": one.off_days,
            "trips": one.trips,
            "shifts": one.shifts,
            "hours": _hours(one.minutes),
        }
    return table


def reason_json(reason: Reason, problem: Problem) -> Json:
    """`shifts` are the ids of commitments, offers and red times, however many shifts an offer has."""
    return {
        "rule": reason.rule,
        "span": str(reason.span) if reason.span else None,
        "have": _amount(reason, reason.have),
        "bound": _amount(reason, reason.bound),
        "would_be": _amount(reason, reason.would_be),
        "shifts": list(dict.fromkeys(problem.owners.get(key, key) for key in reason.shifts)),
        "text": sentence(reason, problem.shifts),
    }


def declined_json(one: Declined, problem: Problem) -> Json:
    return {
        "offer": one.offer,
        "because": one.because,
        "reasons": [reason_json(reason, problem) for reason in one.reasons],
        "swap": {"drop": list(one.swap.drop), "net": one.swap.net} if one.swap else None,
        "worth_from": one.worth_from,
        **({} if one.asked or one.because in ("ineligible", "committed") else {"unpriced": True}),
    }


def _amount(reason: Reason, number: int | None) -> int | float | None:
    """Minutes are told in hours, as the keys of the policy count them, but for minutes of driving."""
    if number is None or reason.unit != "minutes" or reason.rule == "travel.max_drive_minutes":
        return number
    return _hours(number)


def _hours(minutes: int) -> int | float:
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 2)

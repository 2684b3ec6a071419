"""Facts as the JSON that the command line promises. Amounts in cents; hours where people count hours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policy.counts import counts
from policy.limits import Reason
from policy.money import money
from policy.reasons import of_breaches
from policy.sentences.answers import brings, gives_way, quoted, rated, without, would_be_worth
from policy.shift import Shift, months
from policy.words import one_more, relaxed, sentence
from solver.caps import Cap
from solver.explain import Declined, explained
from solver.kept import Kept, kept
from solver.quote import Quote
from solver.solve import Plan, Problem, solve
from solver.worth import Worth

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
        "shifts": _owners(reason, problem),
        "text": sentence(reason, problem.shifts),
    }


def declined_json(one: Declined, problem: Problem) -> Json:
    return {
        "offer": one.offer,
        "because": one.because,
        "reasons": [reason_json(reason, problem) for reason in one.reasons],
        "swap": {"drop": list(one.swap.drop), "net": one.swap.net} if one.swap else None,
        **worth_json(one.worth),
        **({"relax": relax_json(one.relax, problem)} if one.relax else {}),
        **({} if one.asked or one.because in ("ineligible", "committed") else {"unpriced": True}),
    }


def worth_json(worth: Worth | None) -> Json:
    """`worth_between` only where the least pay is not proved."""
    if worth is None or worth.never:
        return {"worth_from": None}
    return _known("worth_from", worth.low, worth.high)


def _known(key: str, low: int | None, high: int | None) -> Json:
    """What is proved; else what is known, an end that nobody knows being null."""
    return {key: low} if low == high else {key: None, "worth_between": [low, high]}


def relax_json(reasons: Iterable[Reason], problem: Problem) -> list[Json]:
    """What would have to give way, `needed` in place of `bound`."""
    return [
        {
            "rule": one.rule,
            "span": str(one.span) if one.span else None,
            "bound": _amount(one, one.bound),
            "needed": _amount(one, one.would_be),
            "shifts": _owners(one, problem),
            "text": relaxed(one),
        }
        for one in reasons
    ]


def caps_json(caps: Iterable[Cap]) -> list[Json]:
    """What one more of each cap would bring; `worth_between` where that is not proved."""
    found = []
    for cap in caps:
        one = cap.reason
        found.append(
            {
                "rule": one.rule,
                "span": str(one.span) if one.span else None,
                "bound": _amount(one, one.bound),
                "would_be": _amount(one, one.would_be),
                **_known("worth", cap.low, cap.high),
                "text": would_be_worth(one_more(one), cap.low, cap.high),
            }
        )
    return found


def pay(problem: Problem, plan: Plan) -> int:
    """Cents for what is accepted."""
    return sum(offer.cents for offer in problem.candidates if offer.id in plan.accepted)


def change_json(lines: Iterable[str], first: tuple[Problem, Plan], then: tuple[Problem, Plan]) -> Json:
    """What other words in the policy change: offers by id, and the value and pay of both plans in cents."""
    (old, before), (new, after) = first, then
    return {
        "set": list(lines),
        "taken": sorted(set(after.accepted) - set(before.accepted)),
        "dropped": sorted(set(before.accepted) - set(after.accepted)),
        "before": {"status": before.status, "value": before.value, "bound": before.bound},
        "after": {"status": after.status, "value": after.value, "bound": after.bound},
        "net": after.value - before.value,
        "pay": {"before": pay(old, before), "after": pay(new, after)},
    }


def quote_json(one: Quote, problem: Problem) -> Json:
    """A date's price, or why there is none."""
    shift = one.shift
    return {
        "date": str(shift.first),
        "start": shift.start.isoformat(),
        "end": shift.end.isoformat(),
        **worth_json(one.worth),
        "because": one.because,
        "reasons": [reason_json(reason, problem) for reason in one.reasons],
        "displaces": list(one.displaces),
        "takes": list(one.takes),
        **({"relax": relax_json(one.relax, problem)} if one.relax else {}),
        "text": "; ".join(filter(None, (quote_text(one, problem), rate_text(one)))),
    }


def quote_text(one: Quote, problem: Problem) -> str:
    """The price with what it displaces, or why there is none."""
    if one.worth is None:
        lines = [sentence(reason, problem.shifts) for reason in one.reasons]
        lines += [gives_way(list(map(relaxed, one.relax)))] if one.relax else []
        return "; ".join(dict.fromkeys(lines))
    return quoted(one.worth.low or 0, one.worth.high, one.displaces, one.takes)


def rate_text(one: Quote) -> str:
    """What the clinician's own floor asks for, where it is that; else empty."""
    return rated(one.worth.high, one.rate) if one.rate and one.worth and one.worth.high else ""


def kept_json(one: Kept, plan: Plan, problem: Problem) -> Json:
    """Why an offer is held: what it brings, and what the plan would be without it."""
    gone = sorted(set(plan.accepted) - set(one.without.accepted) - {one.offer})
    taken = sorted(set(one.without.accepted) - set(plan.accepted))
    return {
        "offer": one.offer,
        "held": True,
        "pay": one.pay,
        "prices": one.prices,
        "saves": one.saves,
        "floor": one.floor,
        "reasons": [reason_json(reason, problem) for reason in one.reasons],
        **_known("worth", one.low, one.high),
        "without": {"value": one.without.value, "taken": taken, "dropped": gone},
        "text": [
            brings(one.pay, one.prices, one.saves, one.floor),
            *(sentence(reason, problem.shifts) for reason in one.reasons),
            without(one.low, one.high, taken),
        ],
    }


def _owners(reason: Reason, problem: Problem) -> list[str]:
    return list(dict.fromkeys(problem.owners.get(key, key) for key in reason.shifts))


def _amount(reason: Reason, number: int | None) -> int | float | None:
    """Minutes are told in hours, as the keys of the policy count them, but for minutes of driving."""
    if number is None or reason.unit != "minutes" or reason.rule == "travel.max_drive_minutes":
        return number
    return _hours(number)


def _hours(minutes: int) -> int | float:
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 2)


def why_json(problem: Problem, offer: str) -> Json | None:
    """Why an offer is held, or left out and what it `pays` in all (cents); None where there is no such offer."""
    found = next((one for one in problem.offers if one.id == offer), None)
    if found is None:
        return None
    plan = solve(problem)
    if offer in plan.accepted:
        return kept_json(kept(problem, plan, found), plan, problem)
    return {**declined_json(explained(problem, plan, found), problem), "pays": found.cents}

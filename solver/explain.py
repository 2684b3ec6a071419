"""Why not, what it would displace, and what it would have to pay.

Reasons come from evaluating limits beside the accepted plan: no search, and all of them, not just one. Only the
swap and the price ask the solver again, each a small question of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policy.limits import Reason
from policy.reasons import SLOT, distinct, of_limit
from policy.shift import Offer
from solver.relax import bearing, relaxation
from solver.solve import EFFORT, SECONDS, Plan, Problem
from solver.tally import Tally
from solver.worth import NEVER, Desk, Worth

MOST_PRICES = 15_000
"""Candidates looked at for all prices of one report: some seconds. Beyond, `why` answers for one offer."""
Because = Literal["ineligible", "committed", "limit", "price"]


@dataclass(frozen=True, slots=True)
class Swap:
    """The cheapest way in among the accepted: what would go, and what that changes in cents (never a gain)."""

    drop: tuple[str, ...]
    net: int


@dataclass(frozen=True, slots=True)
class Declined:
    """Why an offer is left out. Where swap and price were not asked for, None says nothing."""

    offer: str
    because: Because
    reasons: tuple[Reason, ...]
    swap: Swap | None = None
    worth: Worth | None = None
    """What the whole offer would have to pay; None where that was not asked."""
    relax: tuple[Reason, ...] = ()
    """Where no pay would do: the least that would have to give way, `would_be` being what is needed."""

    @property
    def asked(self) -> bool:
        return self.worth is not None

    @property
    def worth_from(self) -> int | None:
        """Cents at which it enters the plan; None where no pay would do, or none was proved with the effort."""
        return self.worth.exact if self.worth else None


def declined(problem: Problem, plan: Plan, *, prices: bool = True) -> list[Declined]:
    """Every offer left out, in the order of their ids; `prices` also asks for swap and worth-from."""
    out = sorted((offer for offer in problem.offers if offer.id not in plan.accepted), key=lambda one: one.id)
    verdicts = reasons_against(problem, plan.accepted, out)
    if prices:
        asked = [offer for offer in out if verdicts[offer.id].because in ("limit", "price")]
        most = MOST_PRICES // max(1, len(problem.candidates))
        verdicts |= _priced(problem, plan, asked[:most], verdicts)
        fixed = [offer for offer in out if verdicts[offer.id].because == "committed"][:most]
        verdicts |= {one.id: replace(verdicts[one.id], relax=relaxation(problem, one)) for one in fixed}
    return [verdicts[offer.id] for offer in out]


def explained(problem: Problem, plan: Plan, offer: Offer) -> Declined:
    """Why one offer was left out, with swap and worth-from where pay could change that."""
    verdict = reasons_against(problem, plan.accepted, [offer])[offer.id]
    if verdict.because == "committed":
        return replace(verdict, relax=relaxation(problem, offer))
    if verdict.because == "ineligible":
        return verdict
    return _priced(problem, plan, [offer], {offer.id: verdict})[offer.id]


def _priced(
    problem: Problem, plan: Plan, offers: Sequence[Offer], verdicts: Mapping[str, Declined]
) -> dict[str, Declined]:
    desk = _desk(problem, plan)
    possible = [offer for offer in offers if not _never(problem, offer)]
    ways, pays = desk.swaps(possible), desk.least_pays(possible)
    found = {}
    for offer in offers:
        worth = pays.get(offer.id, NEVER)
        found[offer.id] = replace(
            verdicts[offer.id],
            swap=_swap(problem, plan, ways.get(offer.id)),
            worth=worth,
            relax=relaxation(problem, offer) if worth.never else (),
        )
    return found


def _never(problem: Problem, offer: Offer) -> bool:
    """Whether it breaks a hard limit beside the commitments alone, which no other work could make up for."""
    alone = problem.committed.union(shift.id for shift in offer.shifts)
    return any(
        limit.hard and limit.value(alone) > limit.at_most and all(weight > 0 for weight, _ in limit.terms)
        for limit in bearing(problem, offer)
    )


def reasons_against(
    problem: Problem, accepted: Collection[str], offers: Sequence[Offer]
) -> dict[str, Declined]:
    """For each the reasons that need no search, with their numbers, their span and the shifts involved."""
    verdicts = {
        one.id: Declined(one.id, "ineligible", problem.refused[one.id])
        for one in offers
        if one.id in problem.refused
    }
    left = [one for one in offers if one.id not in verdicts]
    beside = Tally(problem.limits, problem.committed) if left else Tally(())
    for one in left:
        if clash := _broken(problem, beside, problem.committed, one, SLOT):
            verdicts[one.id] = Declined(one.id, "committed", clash)
    worked = problem.worked(accepted)
    beside.add(worked - problem.committed)
    for one in left:
        if one.id in verdicts:
            continue
        if broken := _broken(problem, beside, worked, one):
            verdicts[one.id] = Declined(one.id, "limit", broken)
        else:
            verdicts[one.id] = Declined(one.id, "price", _costs(problem, beside, worked, one))
    return verdicts


def why_never(problem: Problem, offer: Offer) -> tuple[Reason, ...]:
    """The hard limits that it breaks beside the commitments, whatever else is dropped."""
    return _broken(problem, Tally(problem.limits, problem.committed), problem.committed, offer)


def _broken(
    problem: Problem,
    beside: Tally,
    worked: frozenset[str],
    offer: Offer,
    rules: Collection[str] | None = None,
) -> tuple[Reason, ...]:
    """The hard limits (of these rules) that it breaks beside what is worked, which the tally has counted."""
    ids = {shift.id for shift in offer.shifts}
    after = worked | ids
    found = []
    for at, more in sorted(beside.change(ids).items()):
        limit, have = problem.limits[at], beside.values[at]
        if limit.hard and have + more > limit.at_most and (rules is None or limit.rule in rules):
            told = beside.narrowed(at, ids)
            found.append(of_limit(problem.policy, told, have, have + more, after, ids, problem.shifts))
    return distinct(found)


def _costs(problem: Problem, beside: Tally, worked: frozenset[str], offer: Offer) -> tuple[Reason, ...]:
    """It would fit, and is worth less than the prices it runs into: each of those, after the sum of them."""
    ids = {shift.id for shift in offer.shifts}
    after = worked | ids
    dearer: list[Reason] = []
    cost = 0
    for at, more in sorted(beside.change(ids).items()):
        limit, have = problem.limits[at], beside.values[at]
        steps = limit.excess(have + more) - limit.excess(have)
        cost += steps * (limit.price or 0)
        if limit.price and steps > 0:
            told = beside.narrowed(at, ids)
            dearer.append(of_limit(problem.policy, told, have, have + more, after, ids, problem.shifts))
    total = Reason("price", offer.span, "cents", offer.cents, None, cost, tuple(s.id for s in offer.shifts))
    return (total, *distinct(dearer))


def swap(problem: Problem, plan: Plan, offer: Offer) -> Swap | None:
    """The best plan among the accepted offers and this one, with this one in it; None if no dropping lets it in."""
    return swaps(problem, plan, [offer])[offer.id]


def swaps(problem: Problem, plan: Plan, offers: Sequence[Offer]) -> dict[str, Swap | None]:
    """The same for each of these."""
    ways = _desk(problem, plan).swaps(offers)
    return {key: _swap(problem, plan, way) for key, way in ways.items()}


def worth_from(problem: Problem, plan: Plan, offer: Offer) -> Worth:
    """The least whole cents at which the plan would take it."""
    return _desk(problem, plan).least_pays([offer])[offer.id]


def _desk(problem: Problem, plan: Plan) -> Desk:
    return Desk(problem.encoder, plan.accepted, EFFORT, SECONDS, unproved=plan.bound - plan.value)


def _swap(problem: Problem, plan: Plan, kept: frozenset[str] | None) -> Swap | None:
    if kept is None:
        return None
    return Swap(tuple(sorted(set(plan.accepted) - kept)), problem.value(kept) - plan.value)

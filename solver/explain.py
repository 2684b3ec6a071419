"""Why not, what it would displace, and what it would have to pay.

Reasons come from evaluating limits beside the accepted plan: no search, and all of them, not just one. Only the
swap and the price ask the solver again, each a small question of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policy.limits import Limit, Reason
from policy.reasons import SLOT, distinct, of_limit
from policy.shift import Offer
from solver.relax import bearing, relaxation
from solver.solve import EFFORT, SECONDS, Plan, Problem
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
    verdicts = {offer.id: why_not(problem, plan.accepted, offer) for offer in out}
    if prices:
        asked = [offer for offer in out if verdicts[offer.id].because in ("limit", "price")]
        most = MOST_PRICES // max(1, len(problem.candidates))
        verdicts |= _priced(problem, plan, asked[:most], verdicts)
        fixed = [offer for offer in out if verdicts[offer.id].because == "committed"][:most]
        verdicts |= {one.id: replace(verdicts[one.id], relax=relaxation(problem, one)) for one in fixed}
    return [verdicts[offer.id] for offer in out]


def explained(problem: Problem, plan: Plan, offer: Offer) -> Declined:
    """Why one offer was left out, with swap and worth-from where pay could change that."""
    verdict = why_not(problem, plan.accepted, offer)
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
        for shift in offer.shifts
        for limit in problem.bearing.get(shift.id, ())
    )


def why_not(problem: Problem, accepted: Collection[str], offer: Offer) -> Declined:
    """The reasons that need no search, each with its numbers, its span and the shifts involved."""
    if offer.id in problem.refused:
        return Declined(offer.id, "ineligible", problem.refused[offer.id])
    ids = {shift.id for shift in offer.shifts}
    mine = bearing(problem, offer)
    fixed = [limit for limit in mine if limit.hard and limit.rule in SLOT]
    if clash := _broken(problem, fixed, problem.committed, ids):
        return Declined(offer.id, "committed", clash)
    worked = problem.worked(accepted)
    if broken := _broken(problem, (limit for limit in mine if limit.hard), worked, ids):
        return Declined(offer.id, "limit", broken)
    return Declined(offer.id, "price", _costs(problem, mine, worked, offer, ids))


def why_never(problem: Problem, offer: Offer) -> tuple[Reason, ...]:
    """The hard limits that it breaks beside the commitments, whatever else is dropped."""
    ids = {shift.id for shift in offer.shifts}
    hard = (limit for limit in bearing(problem, offer) if limit.hard)
    return _broken(problem, hard, problem.committed, ids)


def _broken(
    problem: Problem, limits: Iterable[Limit], worked: Collection[str], ids: set[str]
) -> tuple[Reason, ...]:
    after = frozenset(worked) | ids
    found = []
    for limit in limits:
        would_be = limit.value(after)
        if would_be > limit.at_most:
            found.append(
                of_limit(problem.policy, limit, limit.value(worked), would_be, after, ids, problem.shifts)
            )
    return distinct(found)


def _costs(
    problem: Problem, mine: Iterable[Limit], worked: Collection[str], offer: Offer, ids: set[str]
) -> tuple[Reason, ...]:
    """It would fit, and is worth less than the prices it runs into: each of those, after the sum of them."""
    after = frozenset(worked) | ids
    dearer: list[Reason] = []
    cost = 0
    for limit in mine:
        if not limit.price:
            continue
        have, would_be = limit.value(worked), limit.value(after)
        more = limit.excess(would_be) - limit.excess(have)
        cost += more * (limit.price or 0)
        if more > 0:
            dearer.append(of_limit(problem.policy, limit, have, would_be, after, ids, problem.shifts))
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

"""Why not, what it would displace, and what it would have to pay.

Reasons come from evaluating limits beside the accepted plan: no search, and all of them, not just one. Only the
swap and the price ask the solver again, each a small question of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policy.limits import Limit, Reason
from policy.reasons import SLOT, distinct, of_limit
from policy.shift import Offer
from solver import cpsat
from solver.encode import Encoder
from solver.solve import EFFORT, SECONDS, Plan, Problem, encoding

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
    """`worth_from` is what the whole offer would have to pay, in cents, to enter the plan; None where no pay would do."""

    offer: str
    because: Because
    reasons: tuple[Reason, ...]
    swap: Swap | None = None
    worth_from: int | None = None
    asked: bool = False
    """Whether swap and price were asked for; where they were not, None says nothing."""


def declined(problem: Problem, plan: Plan, *, prices: bool = True) -> list[Declined]:
    """Every offer left out, in the order of their ids; `prices` also asks for swap and worth-from."""
    out = sorted((offer for offer in problem.offers if offer.id not in plan.accepted), key=lambda one: one.id)
    left = MOST_PRICES if prices else 0
    found = []
    for offer in out:
        verdict = why_not(problem, plan.accepted, offer)
        if left > 0 and verdict.because in ("limit", "price"):
            verdict = _priced(problem, plan, offer, verdict)
            left -= len(problem.candidates)
        found.append(verdict)
    return found


def explained(problem: Problem, plan: Plan, offer: Offer) -> Declined:
    """Why one offer was left out, with swap and worth-from where pay could change that."""
    verdict = why_not(problem, plan.accepted, offer)
    return _priced(problem, plan, offer, verdict) if verdict.because in ("limit", "price") else verdict


def _priced(problem: Problem, plan: Plan, offer: Offer, verdict: Declined) -> Declined:
    price = worth_from(problem, plan, offer)
    return replace(verdict, swap=swap(problem, plan, offer), worth_from=price, asked=True)


def why_not(problem: Problem, accepted: Collection[str], offer: Offer) -> Declined:
    """The reasons that need no search, each with its numbers, its span and the shifts involved."""
    if offer.id in problem.refused:
        return Declined(offer.id, "ineligible", problem.refused[offer.id])
    ids = {shift.id for shift in offer.shifts}
    bearing = list(
        {id(limit): limit for key in sorted(ids) for limit in problem.bearing.get(key, ())}.values()
    )
    fixed = [limit for limit in bearing if limit.hard and limit.rule in SLOT]
    if clash := _broken(problem, fixed, problem.committed, ids):
        return Declined(offer.id, "committed", clash)
    worked = problem.worked(accepted)
    if broken := _broken(problem, (limit for limit in bearing if limit.hard), worked, ids):
        return Declined(offer.id, "limit", broken)
    return Declined(offer.id, "price", _costs(problem, bearing, worked, offer, ids))


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
    problem: Problem, bearing: Iterable[Limit], worked: Collection[str], offer: Offer, ids: set[str]
) -> tuple[Reason, ...]:
    """It would fit, and is worth less than the prices it runs into: each of those, after the sum of them."""
    after = frozenset(worked) | ids
    dearer: list[Reason] = []
    cost = 0
    for limit in bearing:
        if limit.hard:
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
    mine = [one for one in problem.candidates if one.id in plan.accepted or one.id == offer.id]
    encoder = _with_offer(problem, mine, offer)
    answer = cpsat.maximise(encoder.program, effort=EFFORT, seconds=SECONDS)
    if answer.objective is None:
        return None
    kept = {one.id for index, one in enumerate(encoder.offers) if answer.values[index]}
    return Swap(tuple(sorted(set(plan.accepted) - kept)), problem.value(kept) - problem.value(plan.accepted))


def worth_from(problem: Problem, plan: Plan, offer: Offer) -> int | None:
    """The least whole cents at which the plan would take it, found in one solve.

    With the offer forced in, its pay becomes a variable, minimised subject to a value above that of the plan as
    it is. That stays exact where the pay also fills the income floor, which counts every cent many times over.
    """
    encoder = _with_offer(problem, problem.candidates, offer)
    program = encoder.program
    base = _objective(encoder, problem, plan)
    most = max(0, -(-(base - _lowest(encoder)) // program.scale)) + offer.cents + 1
    pay = program.variable(most)
    at = next(index for index, one in enumerate(encoder.offers) if one.id == offer.id)
    _pay_by_variable(encoder, offer, at, pay)
    wanted = base + 1 - program.constant
    worth = {**program.objective, pay: program.scale}
    worth[at] -= offer.cents * program.scale
    program.row({variable: -weight for variable, weight in worth.items()}, -wanted)
    program.objective = {pay: -1}
    program.constant = 0
    program.scale = 1
    answer = cpsat.maximise(program, effort=EFFORT, seconds=SECONDS)
    return -answer.objective if answer.status == "optimal" and answer.objective is not None else None


def _with_offer(problem: Problem, offers: Sequence[Offer], offer: Offer) -> Encoder:
    encoder = encoding(problem, offers, problem.limits)
    at = next(index for index, one in enumerate(encoder.offers) if one.id == offer.id)
    encoder.program.row({at: -1}, -1)
    return encoder


def _objective(encoder: Encoder, problem: Problem, plan: Plan) -> int:
    """The plan's value on the encoder's scale, ties included."""
    program = encoder.program
    ties = sum(encoder.ties[index] for index, offer in enumerate(encoder.offers) if offer.id in plan.accepted)
    return (plan.value + problem.lost) * program.scale - ties


def _lowest(encoder: Encoder) -> int:
    """No choice is worth less: everything that costs, at once."""
    program = encoder.program
    costs = sum(weight * program.upper[at] for at, weight in program.objective.items() if weight < 0)
    return costs + program.constant


def _pay_by_variable(encoder: Encoder, offer: Offer, at: int, pay: int) -> None:
    """Wherever the offer's own pay stands in a row (the income floor), put the variable there."""
    for row, limit in encoder.money_rows:
        variables, weights, at_most = encoder.program.rows[row]
        ids = {shift.id for shift in offer.shifts}
        share = sum(weight for weight, group in limit.terms if group.shifts <= ids)
        if not share:
            continue
        left = [(v, w - share if v == at else w) for v, w in zip(variables, weights, strict=True)]
        if -share == offer.cents:
            plain = [*((v, w) for v, w in left if w), (pay, -1)]
            encoder.program.rows[row] = ([v for v, _ in plain], [w for _, w in plain], at_most)
            continue
        whole = offer.cents or 1
        # A block that spans two months pays into each floor in proportion; `whole` clears the fraction.
        scaled = [(v, w * whole) for v, w in left if w] + [(pay, share)]
        encoder.program.rows[row] = ([v for v, _ in scaled], [w for _, w in scaled], at_most * whole)

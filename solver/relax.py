"""What would have to give way for an offer that no pay can buy a place: the fewest units of hard limits."""

from __future__ import annotations

from dataclasses import replace

from policy.limits import Limit, Reason
from policy.reasons import distinct, of_limit
from policy.shift import Offer
from policy.words import yields
from solver.encode import Encoder
from solver.engine import ask
from solver.question import Question
from solver.solve import EFFORT, SECONDS, Problem


def bearing(problem: Problem, offer: Offer) -> list[Limit]:
    """The limits that its shifts take part in, each once."""
    ids = sorted(shift.id for shift in offer.shifts)
    return list({id(limit): limit for key in ids for limit in problem.bearing.get(key, ())}.values())


def relaxation(problem: Problem, offer: Offer) -> tuple[Reason, ...]:
    """The hard limits to exceed, and by how much, so that some pay would do; `would_be` is what they have to allow.

    The sum of units is the smallest there is, with whatever else dropped or taken. Empty where it has a place already, or
    where something stands against it that no policy can move, such as another shift at the same time.
    """
    worked = least_exceeded(problem, offer)
    broken = [limit for limit in _hard(problem, offer) if limit.value(worked) > limit.at_most]
    if not all(yields(limit.rule) for limit in broken):
        return ()
    before, ids = problem.committed, {shift.id for shift in offer.shifts}
    return distinct(
        [
            of_limit(problem.policy, one, one.value(before), one.value(worked), worked, ids, problem.shifts)
            for one in broken
        ]
    )


def least_exceeded(problem: Problem, offer: Offer) -> frozenset[str]:
    """The shifts worked, its own among them, with which the hard limits that it bears on are exceeded least."""
    alone = problem.committed.union(shift.id for shift in offer.shifts)
    hard = _hard(problem, offer)
    broken = [limit for limit in hard if limit.value(alone) > limit.at_most]
    # What is exceeded with commitments alone, other work can mend only where it takes weight off.
    if not any(weight < 0 for limit in broken for weight, _ in limit.terms):
        return alone
    return alone | _fewest(problem, offer, hard)


def _hard(problem: Problem, offer: Offer) -> list[Limit]:
    return [limit for limit in bearing(problem, offer) if limit.hard]


def _fewest(problem: Problem, offer: Offer, hard: list[Limit]) -> frozenset[str]:
    """The shifts of the other offers with which the limits are exceeded least; of such sets a smallest."""
    exceedable = {id(limit) for limit in hard if yields(limit.rule)}
    limits = [
        replace(limit, price=1) if id(limit) in exceedable else limit
        for limit in problem.limits
        if limit.hard
    ]
    encoder = Encoder(problem.candidates, problem.committed)
    encoder.encode(limits)
    program, at = encoder.program, encoder.offers.index(offer)
    program.row({at: -1}, -1)
    program.objective = dict.fromkeys(range(len(encoder.offers)), -1)
    for excess, _ in encoder.penalties:
        program.objective[excess] = -1 - len(encoder.offers)
    answer = ask(Question(program, EFFORT, SECONDS))
    return frozenset(
        shift.id
        for other, value in zip(encoder.offers, answer.values, strict=False)
        if value and other.id != offer.id
        for shift in other.shifts
    )

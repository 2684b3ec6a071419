"""The plan by trying everything: each subset of the offers, judged by the sentences alone.

What the page says, in the order it is asked here:

* eligible: it pays, starts after now, lies within the dates planned, touches neither red time nor itself, and brings
  no more visits an hour than a hard cap;
* allowed: of a group no more are taken than it says; no hard sentence is broken. Where the commitments alone
  break one, that place (its month, span of dates, pair of shifts, lost date …) may stay as it is, not get worse;
* worth: pay of what is accepted, less what is over and has a price, less the floor's shortfall times its
  weight, less the change price for each offer that was held and is not accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from policy.gates import Moment
from policy.shift import Offer
from solver.solve import Problem
from tests.policy.gate_predicates import visits
from tests.policy.predicates import MINIMUMS, PREDICATES, Over, World, cost, price, start_date, utc


@dataclass(frozen=True)
class Brute:
    """One problem, its offers tried one subset after the other."""

    problem: Problem

    @cached_property
    def eligible(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.problem.offers if self._eligible(offer))

    def _eligible(self, offer: Offer) -> bool:
        problem = self.problem
        alone = World(problem.policy, offer.shifts, problem.horizon.first, problem.horizon.last, problem.red)
        return (
            sum(shift.cents for shift in offer.shifts) > 0
            and min(utc(shift.start) for shift in offer.shifts) > problem.now
            and all(
                problem.horizon.first <= start_date(problem.policy, s) <= problem.horizon.last
                for s in offer.shifts
            )
            and not PREDICATES["red"](alone)
            and not PREDICATES["overlap"](alone)
            and not visits(problem.policy, offer, Moment(problem.now, problem.horizon))
        )

    def world(self, accepted: Collection[str]) -> World:
        problem = self.problem
        taken = tuple(shift for offer in problem.offers if offer.id in accepted for shift in offer.shifts)
        horizon = problem.horizon
        return World(problem.policy, (*problem.commitments, *taken), horizon.first, horizon.last, problem.red)

    @cached_property
    def hard(self) -> tuple[str, ...]:
        """A minimum number of shifts is never a reason not to work."""
        return tuple(
            rule for rule in PREDICATES if price(rule, self.problem.policy) is None and rule not in MINIMUMS
        )

    @cached_property
    def broken_already(self) -> dict[str, Over]:
        committed = self.world(())
        return {rule: PREDICATES[rule](committed) for rule in self.hard}

    def allowed(self, accepted: Collection[str]) -> bool:
        taken = [offer for offer in self.problem.offers if offer.id in accepted]
        for choose in {offer.choose for offer in taken if offer.choose}:
            if sum(offer.choose == choose for offer in taken) > choose.at_most:
                return False
        world = self.world(accepted)
        return all(
            amount <= self.broken_already[rule].get(place, 0)
            for rule in self.hard
            for place, amount in PREDICATES[rule](world).items()
        )

    def worth(self, accepted: Collection[str]) -> int:
        taken = [offer for offer in self.problem.offers if offer.id in accepted]
        taken_back = [
            offer for offer in self.problem.offers if offer.id in self.problem.held and offer not in taken
        ]
        pay = sum(shift.cents for offer in taken for shift in offer.shifts)
        return pay - cost(self.world(accepted)) - self.problem.policy.prices.change * len(taken_back)

    def plans(self, among: Sequence[Offer] | None = None) -> Iterator[tuple[int, frozenset[str]]]:
        """Every allowed subset with its worth."""
        for accepted in subsets([offer.id for offer in (self.eligible if among is None else among)]):
            if self.allowed(accepted):
                yield self.worth(accepted), accepted

    @cached_property
    def best(self) -> int:
        return max(worth for worth, _ in self.plans())


def subsets(ids: Sequence[str]) -> Iterator[frozenset[str]]:
    for size in range(len(ids) + 1):
        for chosen in combinations(ids, size):
            yield frozenset(chosen)

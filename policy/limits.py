"""The one form that every rule takes, and its evaluator.

A limit is a linear bound over groups of shifts. The same limits are read here, for warnings, and by the
solver, for plans, so that a cap can never mean one thing in a warning and another in a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from policy.shift import Span

Unit = Literal[
    "nights",
    "weekends",
    "shifts",
    "off days",
    "minutes",
    "points",
    "days",
    "EMRs",
    "trips",
    "cents",
    "offers",
    "visits",
    "sites",
    "companies",
]


@dataclass(frozen=True, slots=True)
class Group:
    """Counts as 1 when any of its shifts (by id) is worked, else as 0."""

    shifts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Limit:
    """Holds when the sum of weight x group is at most `at_most`.

    `price` is None for a hard limit; else each started `step` above the bound costs that many cents.
    `at_least_of` marks a limit that a person reads as a minimum: the amount that the sum is taken from
    (off days: the days of the month, less the dates with work). It changes words, never meaning.
    """

    rule: str
    span: Span
    unit: Unit
    terms: tuple[tuple[int, Group], ...]
    at_most: int
    price: int | None = None
    step: int = 1
    at_least_of: int | None = None
    written: int | None = None
    """The bound as the policy says it, where a limit is frozen at another."""

    @property
    def hard(self) -> bool:
        return self.price is None

    def value(self, worked: Collection[str]) -> int:
        """The weighted sum when exactly the shifts with these ids are worked; give a set."""
        return sum(weight for weight, group in self.terms if not group.shifts.isdisjoint(worked))

    def excess(self, value: int) -> int:
        """The started steps of `value` above the bound; 0 where the limit holds."""
        return max(0, -((self.at_most - value) // self.step))

    def read(self, value: int) -> int:
        """`value` as a person counts it: what is left of the whole, for a minimum."""
        return value if self.at_least_of is None else self.at_least_of - value


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a set of shifts exceeds: its value, and the worked shifts that make it up."""

    limit: Limit
    value: int
    worked: frozenset[str] = field(repr=False, compare=False)
    """All that is worked; few ask which of it makes up the sum."""

    @property
    def shifts(self) -> tuple[str, ...]:
        """The ids of those that add to the sum, sorted."""
        return involved(self.limit, self.worked)

    @property
    def cents(self) -> int:
        """What it costs; 0 for a hard limit, which has no price."""
        return self.limit.excess(self.value) * (self.limit.price or 0)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, as data; `policy.words` makes the sentence. Amounts are in the limit's unit, as people count it.

    `about` names what a gate looked at (a state, a date, a stream); a limit's reason has none.
    """

    rule: str
    span: Span | None = None
    unit: Unit | None = None
    have: int | None = None
    bound: int | None = None
    would_be: int | None = None
    shifts: tuple[str, ...] = ()
    about: str = ""
    minimum: bool = False


def breaches(limits: Iterable[Limit], worked: Collection[str]) -> list[Breach]:
    """Every limit that the worked shifts (ids) exceed, in the order given."""
    ids = frozenset(worked)
    return [Breach(limit, value, ids) for limit in limits if (value := limit.value(ids)) > limit.at_most]


def involved(limit: Limit, worked: Collection[str]) -> tuple[str, ...]:
    """The worked shifts that add to the sum, sorted by id."""
    counted = (group.shifts.intersection(worked) for weight, group in limit.terms if weight > 0)
    return tuple(sorted(frozenset[str]().union(*counted)))


def freeze(limits: Iterable[Limit], committed: Collection[str]) -> list[Limit]:
    """Hard limits that the commitments alone exceed are held where they are: no new work may worsen them."""
    ids = frozenset(committed)
    return [
        replace(limit, at_most=value, written=limit.at_most)
        if limit.hard and (value := limit.value(ids)) > limit.at_most
        else limit
        for limit in limits
    ]


def binding(limits: Iterable[Limit]) -> list[Limit]:
    """Without those that no choice of shifts can exceed."""
    return [limit for limit in limits if sum(w for w, _ in limit.terms if w > 0) > limit.at_most]


def singles(shifts: Sequence[str], weight: int = 1) -> tuple[tuple[int, Group], ...]:
    """One term a shift, so that each counts."""
    return tuple(single(shift, weight) for shift in shifts)


@lru_cache(maxsize=100_000)
def single(shift: str, weight: int = 1) -> tuple[int, Group]:
    """A shift stands in many cliques and weeks: the same term serves them all."""
    return weight, Group(frozenset((shift,)))

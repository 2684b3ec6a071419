"""Which offers to take: Problem -> Plan.

The plan is decided on limits that are frozen where commitments already exceed them, so that taking nothing is
always possible. Every answer is checked again by the policy's own evaluator before it leaves this module.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from policy.gates import Moment, refusals
from policy.limits import Breach, Group, Limit, Reason, breaches, freeze
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import ALWAYS, Offer, RedTime, Roster, Shift, Span
from solver import cpsat
from solver.encode import Encoder, Prices, Program

EFFORT = 10.0
SECONDS = 60.0


class DisagreementError(Exception):
    """The solver's plan does not pass the policy's own check. Nothing may be published from it."""


@dataclass(frozen=True)
class Problem:
    """One clinician's world: commitments, red time, open offers, and the offers shown as held or accepted."""

    policy: Policy
    now: datetime
    horizon: Span
    commitments: tuple[Shift, ...] = ()
    red: tuple[RedTime, ...] = ()
    offers: tuple[Offer, ...] = ()
    held: frozenset[str] = frozenset()
    known: Span = ALWAYS
    unread: tuple[str, ...] = ()
    """Calendars that were never read: until they are, nothing can be taken."""
    published: tuple[tuple[str, date], ...] = ()
    """Schedules that come out bit by bit, and the last date each tells anything about."""

    @cached_property
    def refused(self) -> Mapping[str, tuple[Reason, ...]]:
        moment = Moment(self.now, self.horizon, self.red, self.unread, self.published)
        return {o.id: reasons for o in self.offers if (reasons := refusals(self.policy, o, moment))}

    @cached_property
    def candidates(self) -> tuple[Offer, ...]:
        """In canonical order, so that the order of events can never show in a plan."""
        passed = (offer for offer in self.offers if offer.id not in self.refused)
        return tuple(sorted(passed, key=lambda offer: (min(s.begins for s in offer.shifts), offer.id)))

    @cached_property
    def committed(self) -> frozenset[str]:
        return frozenset(shift.id for shift in self.commitments)

    @cached_property
    def shifts(self) -> Mapping[str, Shift]:
        """Every shift by id: committed and offered."""
        offered = (shift for offer in self.offers for shift in offer.shifts)
        return {shift.id: shift for shift in (*self.commitments, *offered)}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The offer of each offered shift, by ids."""
        return {shift.id: offer.id for offer in self.offers for shift in offer.shifts}

    @cached_property
    def written(self) -> list[Limit]:
        """The limits as the policy says them, over commitments and candidates."""
        work = (*self.commitments, *(shift for offer in self.candidates for shift in offer.shifts))
        limits = all_limits(self.policy, Roster(work, self.horizon, self.red, self.known))
        return [*limits, *_choices(self.candidates)]

    @cached_property
    def limits(self) -> list[Limit]:
        """The same, frozen where commitments already exceed them."""
        return freeze(self.written, self.committed)

    @cached_property
    def bearing(self) -> Mapping[str, list[Limit]]:
        """The limits that each shift takes part in."""
        table: dict[str, list[Limit]] = defaultdict(list)
        for limit in self.limits:
            for shift in {shift for _, group in limit.terms for shift in group.shifts}:
                table[shift].append(limit)
        return table

    def worked(self, accepted: Collection[str]) -> frozenset[str]:
        """Shift ids worked when these offers are accepted."""
        return self.committed | {s.id for o in self.candidates if o.id in accepted for s in o.shifts}

    def value(self, accepted: Collection[str]) -> int:
        """Cents: effective pay, less prices exceeded (the floor's among them), less changes."""
        pay = sum(offer.cents for offer in self.candidates if offer.id in accepted)
        soft = breaches((limit for limit in self.limits if not limit.hard), self.worked(accepted))
        return pay - sum(breach.cents for breach in soft) - self.policy.prices.change * self.changes(accepted)

    @property
    def lost(self) -> int:
        """Cents for what was shown and can no longer be taken: no plan can help it."""
        return self.policy.prices.change * sum(
            o.id in self.held and o.id in self.refused for o in self.offers
        )

    def changes(self, accepted: Collection[str]) -> int:
        """Offers shown as held or accepted that would be taken back."""
        return sum(offer.id in self.held and offer.id not in accepted for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Plan:
    """The offers to accept, their value and its proof. Amounts in cents.

    `feasible` is the best plan found when the effort ran out; no plan is worth more than `bound`.
    """

    status: Literal["optimal", "feasible"]
    accepted: tuple[str, ...]
    value: int
    bound: int
    seconds: float
    breaches: tuple[Breach, ...] = ()


def _choices(offers: Sequence[Offer]) -> list[Limit]:
    """Pick one, or up to n: a limit over whole offers."""
    groups: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.choose:
            groups[offer.choose.group].append(offer)
    return [
        Limit(
            rule="choose",
            span=Span(min(o.span.first for o in members), max(o.span.last for o in members)),
            unit="offers",
            terms=tuple((1, Group(frozenset(shift.id for shift in offer.shifts))) for offer in members),
            at_most=min(offer.choose.at_most for offer in members if offer.choose),
        )
        for _, members in sorted(groups.items())
    ]


def solve(problem: Problem, *, effort: float = EFFORT, seconds: float = SECONDS) -> Plan:
    """The best plan. Deterministic unless the wall clock (`seconds`) has to cut it short.

    Raises DisagreementError when the answer fails the policy's own check.
    """
    started = time.perf_counter()
    incumbent = greedy(problem)
    encoder = encoding(problem, problem.candidates, problem.limits)
    answer = _maximise(encoder.program, effort, seconds, _hint(encoder, incumbent))
    status: Literal["optimal", "feasible"] = "optimal" if answer.status == "optimal" else "feasible"
    accepted, value = incumbent, problem.value(incumbent)
    lost = problem.lost
    bound = _most(encoder.program) - lost
    if answer.objective is not None and answer.bound is not None:
        found = _taken(encoder, answer.values)
        claimed, worth = encoder.program.cents(answer.objective) - lost, problem.value(found)
        _agree(claimed, worth, proved=status == "optimal")
        bound = min(bound, encoder.program.cents(answer.bound) - lost)
        if status == "optimal" or worth > value:
            accepted, value = found, worth
    _check(problem, accepted)
    return Plan(
        status,
        accepted,
        value,
        value if status == "optimal" else max(bound, value),
        time.perf_counter() - started,
        tuple(breaches(problem.written, problem.worked(accepted))),
    )


def encoding(problem: Problem, offers: Sequence[Offer], limits: Iterable[Limit]) -> Encoder:
    encoder = Encoder(offers, problem.committed)
    encoder.encode(limits)
    encoder.price(Prices(problem.policy.prices.change, problem.held))
    return encoder


def greedy(problem: Problem) -> tuple[str, ...]:
    """What is held first, then the best paid, each where it breaks nothing hard and gains something."""
    order = sorted(
        problem.candidates, key=lambda offer: (offer.id not in problem.held, -offer.cents, offer.id)
    )
    accepted: list[str] = []
    worked = set(problem.committed)
    for offer in order:
        ids = {shift.id for shift in offer.shifts}
        bearing = {id(limit): limit for key in ids for limit in problem.bearing.get(key, ())}
        gain = offer.cents + (problem.policy.prices.change if offer.id in problem.held else 0)
        for limit in bearing.values():
            after = limit.value(worked | ids)
            if limit.hard and after > limit.at_most:
                break
            gain -= (limit.excess(after) - limit.excess(limit.value(worked))) * (limit.price or 0)
        else:
            if gain > 0:
                accepted.append(offer.id)
                worked |= ids
    return tuple(sorted(accepted))


def _hint(encoder: Encoder, accepted: Collection[str]) -> dict[int, int]:
    return {index: int(offer.id in accepted) for index, offer in enumerate(encoder.offers)}


def _maximise(program: Program, effort: float, seconds: float, hint: Mapping[int, int]) -> cpsat.Answer:
    answer = cpsat.maximise(program, effort=effort, seconds=seconds, hint=hint)
    if answer.status == "infeasible":
        # Taking nothing is always possible, so this can only be the solver's mistake: ask without presolve.
        answer = cpsat.maximise(program, effort=effort, seconds=seconds, hint=hint, presolve=False)
    return answer


def _taken(encoder: Encoder, values: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted(offer.id for index, offer in enumerate(encoder.offers) if values[index]))


def _most(program: Program) -> int:
    """A bound without any search: everything that pays, at once."""
    gains = sum(weight * program.upper[at] for at, weight in program.objective.items() if weight > 0)
    return program.cents(gains + program.constant)


def _check(problem: Problem, accepted: Collection[str]) -> None:
    broken = breaches((limit for limit in problem.limits if limit.hard), problem.worked(accepted))
    if broken:
        rules = ", ".join(sorted({f"{b.limit.rule} {b.limit.span}" for b in broken}))
        raise DisagreementError(f"the plan breaks {rules}; nothing is published, please report this")


def _agree(claimed: int, worth: int, *, proved: bool) -> None:
    """The solver's cents against the policy's own. An answer that was cut short may still pay prices it need not."""
    if claimed > worth or (proved and claimed != worth):
        raise DisagreementError(
            f"the plan is worth {worth} cents, not {claimed}; nothing is published, please report this"
        )

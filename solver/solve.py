"""Which offers to take: Problem -> Plan.

The plan is decided on limits that are frozen where commitments already exceed them, so that taking nothing is
always possible. Every answer is checked again by the policy's own evaluator before it leaves this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from policy.gates import Moment, refusals
from policy.limits import Breach, Group, Limit, Reason, breaches, freeze
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import ALWAYS, Offer, RedTime, Roster, Shift, Span
from solver import windows
from solver.budget import Budget
from solver.encode import Encoder, Prices, Program
from solver.engine import ask
from solver.question import Answer, Question, SolverError
from solver.tally import Tally
from solver.twins import best_twins, worse_twins

EFFORT = 10.0
SECONDS = 60.0
CROWD = 20_000
"""Candidates beyond which those with a better twin are refused: rules look at pairs, and 100,000 have too many."""
MANY = 400
"""Candidates beyond which windows come first: below, the search for proof takes less time than a pass over them."""
WINDOW_EFFORT = 0.2
"""For one window. Of windows that take longer most of the gain is found by then."""
FIRST_BOUND = 1e-7
"""Seconds that the search takes for a first bound, by the numbers in the rows to the power of 1.4; measured at 27,000
(0.16 s) and 200,000 (2.9 s)."""


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
    """Calendars that were never read: until they are, nothing new can be taken."""
    patient: bool = False
    """Whether they are so new that what is held stays meanwhile."""
    published: tuple[tuple[str, date], ...] = ()
    """Schedules that come out bit by bit, and the last date each tells anything about."""
    eased: tuple[str, Span] | None = None
    """The rule and span of a limit that allows a unit more than the policy does, to see what that would bring."""

    @property
    def moment(self) -> Moment:
        """What gates know."""
        standing = self.held if self.patient else frozenset()
        return Moment(self.now, self.horizon, self.red, self.unread, self.published, standing)

    @cached_property
    def refused(self) -> Mapping[str, tuple[Reason, ...]]:
        """By gates; of a crowd also whatever is offered for more beside it."""
        moment = self.moment
        found = {o.id: reasons for o in self.offers if (reasons := refusals(self.policy, o, moment))}
        passed = [offer for offer in self.offers if offer.id not in found]
        if len(passed) > CROWD:
            for offer, better in worse_twins(passed, Prices(self.change, self.held)):
                shifts = tuple(shift.id for shift in offer.shifts)
                found[offer.id] = (Reason("twin", offer.span, shifts=shifts, about=better.id),)
        return found

    @cached_property
    def candidates(self) -> tuple[Offer, ...]:
        """In canonical order, so that the order of events can never show in a plan."""
        passed = (offer for offer in self.offers if offer.id not in self.refused)
        return tuple(sorted(passed, key=lambda offer: (min(s.begins for s in offer.shifts), offer.id)))

    @cached_property
    def prices(self) -> Prices:
        """What candidates are worth beyond their pay."""
        shown = frozenset(offer.id for offer in self.candidates if offer.id in self.held)
        return Prices(self.change, shown)

    @cached_property
    def needed(self) -> tuple[Offer, ...]:
        """The candidates without those that have a better twin: enough for the best plan."""
        return best_twins(self.candidates, self.prices)

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
        frozen = freeze(self.written, self.committed)
        if self.eased is None:
            return frozen
        return [
            replace(limit, at_most=limit.at_most + limit.step)
            if limit.hard and (limit.rule, limit.span) == self.eased
            else limit
            for limit in frozen
        ]

    @cached_property
    def bearing(self) -> Mapping[str, list[Limit]]:
        """The limits that each shift takes part in."""
        table: dict[str, list[Limit]] = defaultdict(list)
        for limit in self.limits:
            for shift in {shift for _, group in limit.terms for shift in group.shifts}:
                table[shift].append(limit)
        return table

    @cached_property
    def encoder(self) -> Encoder:
        """Rows over all candidates, twins too, to ask why one was left out; made once, and only read."""
        return encoding(self, self.candidates, self.limits)

    def worked(self, accepted: Collection[str]) -> frozenset[str]:
        """Shift ids worked when these offers are accepted."""
        return self.committed | {s.id for o in self.candidates if o.id in accepted for s in o.shifts}

    def value(self, accepted: Collection[str]) -> int:
        """Cents: effective pay, less prices exceeded (the floor's among them), less changes."""
        pay = sum(offer.cents for offer in self.candidates if offer.id in accepted)
        soft = breaches((limit for limit in self.limits if not limit.hard), self.worked(accepted))
        return pay - sum(breach.cents for breach in soft) - self.change * self.changes(accepted)

    @property
    def change(self) -> int:
        """Cents for taking back what was shown: what the policy says on the day it is done."""
        return self.policy.now(self.now).prices.change

    @property
    def lost(self) -> int:
        """Cents for what was shown and can no longer be taken: no plan can help it."""
        return self.change * sum(o.id in self.held and o.id in self.refused for o in self.offers)

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
    trouble: str = ""
    """What the search broke off with, if it did; a line for the log."""


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


class Best:
    """The best plan so far. Each is counted by the limits themselves before it takes the place of another."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._offers = {offer.id: offer for offer in problem.needed}
        self._tally = Tally(problem.limits, problem.committed)
        self.accepted = _greedy(self._offers.values(), self._tally, problem.prices)
        self.cents = self._worth()

    def take(self, accepted: Collection[str], claimed: int, *, exact: bool) -> None:
        """Take another plan instead, unless it is worse. `claimed` is the solver's word for its cents.

        What is `exact` also breaks ties better, and is worth all of what is claimed.
        """
        before = self.accepted
        self._move(frozenset(accepted))
        if broken := self._tally.broken:
            raise _breaking(broken)
        worth = self._worth()
        _agree(claimed, worth, exact=exact)
        if worth > self.cents or (worth == self.cents and exact):
            self.cents = worth
        else:
            self._move(before)

    def _move(self, accepted: frozenset[str]) -> None:
        for key in self.accepted - accepted:
            self._tally.remove(shift.id for shift in self._offers[key].shifts)
        for key in accepted - self.accepted:
            self._tally.add(shift.id for shift in self._offers[key].shifts)
        self.accepted = accepted

    def _worth(self) -> int:
        """Cents, as `Problem.value`."""
        pay = sum(self._offers[key].cents for key in self.accepted)
        lost = self._problem.change * self._problem.changes(self.accepted)
        return pay - self._tally.cost - lost


def solve(problem: Problem, *, effort: float = EFFORT, seconds: float = SECONDS) -> Plan:
    """The best plan. Deterministic unless the clock has to cut it short: `seconds` are for everything together.

    It is never worth less than the plan that was there before the search for proof. Where that search comes to
    nothing in time, or breaks off, the plan is `feasible` and the bound says how much more there can be. Raises
    DisagreementError when an answer fails the policy's own check.
    """
    budget = Budget(effort, seconds)
    best = Best(problem)
    encoder = encoding(problem, problem.needed, problem.limits)
    program, lost = encoder.program, problem.lost
    answer, trouble = Answer("unknown"), ""
    try:
        if len(encoder.offers) > MANY:
            _improve(best, encoder, budget, lost)
        answer = _prove(
            program, budget, _hint(encoder, best.accepted), bound_first=len(encoder.offers) > windows.FEW
        )
    except SolverError as error:
        trouble = str(error)
    proved = False
    bound = program.cents(program.most()) - lost
    if answer.objective is not None and answer.bound is not None:
        if program.cents(answer.bound) - lost < best.cents:
            trouble = f"a bound of {answer.bound}, below a plan that was checked: not believed"
        else:
            proved = answer.status == "optimal"
            bound = min(bound, program.cents(answer.bound) - lost)
        best.take(_taken(encoder, answer.values), program.cents(answer.objective) - lost, exact=proved)
    _check(problem, best)
    return Plan(
        "optimal" if proved else "feasible",
        tuple(sorted(best.accepted)),
        best.cents,
        best.cents if proved else max(bound, best.cents),
        budget.spent,
        tuple(breaches(problem.written, problem.worked(best.accepted))),
        trouble,
    )


def _improve(best: Best, encoder: Encoder, budget: Budget, lost: int) -> None:
    """Window by window, with half of the effort; of the time as much as a first bound leaves over."""
    program = encoder.program
    numbers = sum(len(row[0]) for row in program.rows) + sum(map(len, program.cliques))
    reserve = min(0.3 * budget.seconds, FIRST_BOUND * numbers**1.4)
    effort = budget.effort / 2

    def going_on() -> bool:
        return effort > 0 and budget.left > reserve

    def searched(small: Program, hint: Mapping[int, int]) -> Sequence[int]:
        nonlocal effort
        limit = min(WINDOW_EFFORT, effort)
        answer = ask(Question(small, limit, budget.left - reserve, hint))
        effort -= answer.effort
        budget.effort -= answer.effort
        return answer.values or list(hint.values())

    for accepted in windows.better(encoder, best.accepted, searched, going_on):
        best.take(accepted, program.cents(program.value(encoder.complete(accepted))) - lost, exact=True)


def encoding(problem: Problem, offers: Sequence[Offer], limits: Iterable[Limit]) -> Encoder:
    encoder = Encoder(offers, problem.committed)
    encoder.encode(limits)
    encoder.price(problem.prices)
    return encoder


def greedy(problem: Problem) -> tuple[str, ...]:
    """What is held first, then the best paid, each where it breaks nothing hard and gains something."""
    tally = Tally(problem.limits, problem.committed)
    return tuple(sorted(_greedy(problem.candidates, tally, problem.prices)))


def _greedy(offers: Iterable[Offer], tally: Tally, prices: Prices) -> frozenset[str]:
    """The same; what is accepted is added to the tally."""
    accepted = set()
    for offer in sorted(offers, key=lambda offer: (offer.id not in prices.held, -offer.cents, offer.id)):
        shifts = [shift.id for shift in offer.shifts]
        cost = tally.price(shifts)
        if cost is not None and prices.worth(offer) > cost:
            accepted.add(offer.id)
            tally.add(shifts)
    return frozenset(accepted)


def _hint(encoder: Encoder, accepted: Collection[str]) -> dict[int, int]:
    """The candidates alone: with every variable hinted the proof was measured to take half as long again."""
    return {index: int(offer.id in accepted) for index, offer in enumerate(encoder.offers)}


def _prove(program: Program, budget: Budget, hint: Mapping[int, int], *, bound_first: bool) -> Answer:
    """The search over everything. Among thousands only the bound is missing that can be had in time."""
    answer = ask(Question(program, budget.effort, budget.left, hint, bound_first=bound_first))
    if answer.status == "infeasible":
        # Taking nothing is always possible, so this can only be the solver's mistake: ask without presolve.
        answer = ask(Question(program, budget.effort, budget.left, hint, presolve=False))
    return answer


def _taken(encoder: Encoder, values: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted(offer.id for index, offer in enumerate(encoder.offers) if values[index]))


def _check(problem: Problem, best: Best) -> None:
    """Once more from nothing: every limit read anew, no counts carried over."""
    broken = breaches((limit for limit in problem.limits if limit.hard), problem.worked(best.accepted))
    if broken:
        raise _breaking([breach.limit for breach in broken])
    _agree(best.cents, problem.value(best.accepted), exact=True)


def _breaking(limits: Iterable[Limit]) -> DisagreementError:
    rules = ", ".join(sorted({f"{limit.rule} {limit.span}" for limit in limits}))
    return DisagreementError(f"the plan breaks {rules}; nothing is published, please report this")


def _agree(claimed: int, worth: int, *, exact: bool) -> None:
    """The solver's cents against the policy's own. An answer that was cut short may still pay prices it need not."""
    if claimed > worth or (exact and claimed != worth):
        raise DisagreementError(
            f"the plan is worth {worth} cents, not {claimed}; nothing is published, please report this"
        )

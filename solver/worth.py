"""The least pay at which the plan would take an offer, asked for many offers together.

One by one, each is a search as long as that for the plan itself, and most of it is proof. A proof can be shared. First
a good plan with the offer in it is looked for among the weeks around it: what that lacks to be better than the plan is
what the offer would have to pay more. Then one search asks for many offers at once: would any plan be better, if one
of them, whichever the search likes, paid a cent less than that? If none would, all those pays are the least. Else the
plan found takes one of them for less, and the question is put again.

This stays exact where pay also fills the income floor, which counts every cent many times over. Where the effort ends
before the proof, what is known is an interval.

Offers that nobody has made can be asked for too: each is in no plan but the one that it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from policy.shift import Offer
from solver.encode import Encoder, Program
from solver.engine import ask
from solver.part import part
from solver.question import Answer, Question
from solver.windows import width

TOGETHER = 16
"""Offers in one question. Half or twice as many were measured to take as long, at 200 candidates."""
FEW_TOGETHER = 4
"""The same among more than `MANY` candidates: at 1,000, half of what four questions of one take."""
MANY = 400
ROUGHLY = 0.03
"""A gap that is near enough where only a bound is asked for."""
ENDLESS = 2**62
NEARBY = 0.2
"""Effort for a first plan among the weeks around an offer."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Floor:
    """A row that pay counts in too: its place, the variable of what is missing there, and the cents each costs."""

    row: int
    missing: int
    price: int


@dataclass(frozen=True, slots=True)
class Worth:
    """Cents for a whole offer: for less than `low` no plan takes it, for `high` the best one does.

    Both are None where no pay would do; `high` alone where nobody knows whether any would.
    """

    low: int | None = None
    high: int | None = None
    kept: frozenset[str] = field(default=frozenset(), compare=False)
    """A plan that takes it for `high`, by the ids of its offers; of equally good ones any."""

    @property
    def exact(self) -> int | None:
        return self.high if self.low == self.high else None

    @property
    def never(self) -> bool:
        return self.low is None


NEVER = Worth()


@dataclass(slots=True)
class Asked:
    """An offer left out, its variable, its floor if it has one, and the least cents more that are known to do."""

    offer: Offer
    at: int
    floor: Floor | None
    least: int
    """Cents more that it has to pay in any case."""
    more: int | None = None
    kept: frozenset[str] = frozenset()
    proved: bool = False
    """Where nothing is known to do: that nothing would. Else that nothing less would."""

    @property
    def less(self) -> int:
        """A cent less than is known to do."""
        return (self.more or 0) - 1

    def wanted_for_nothing(self) -> bool:
        """Whether it is: pay goes no lower, and there is nothing left to prove."""
        if self.more != -self.offer.cents:
            return False
        self.least, self.proved = self.more, True
        return True

    def worth(self, unproved: int) -> Worth:
        """`unproved` cents are what the plan may be better than known, and what the offer has to make up for then."""
        if self.more is None and self.proved:
            return NEVER
        low, high = (None if cents is None else self.offer.cents + cents for cents in (self.least, self.more))
        return Worth(low, None if high is None else high + unproved, self.kept)


class Desk:
    """Answers questions about one plan; `effort` and `seconds` are for each offer.

    `unproved` is by how many cents a plan may be better than this one. Of the offers `unmade` (by id) none is taken
    beside the one that is asked for.
    """

    def __init__(
        self,
        encoder: Encoder,
        accepted: Collection[str],
        effort: float,
        seconds: float,
        *,
        unproved: int = 0,
        unmade: Collection[str] = (),
    ) -> None:
        self._encoder = encoder
        self._program = encoder.program
        self._limits = (effort, seconds)
        self._unproved = unproved
        self._accepted = frozenset(accepted)
        self._values = encoder.complete(self._accepted)
        self._value = self._program.value(self._values)
        self._place = {offer.id: at for at, offer in enumerate(encoder.offers)}
        self._unmade = frozenset(self._place[key] for key in unmade)
        self._first = [offer.span.first for offer in encoder.offers]
        self._rows: dict[int, list[int]] = defaultdict(list)
        """The rows that each candidate's pay counts in."""
        for row, _ in encoder.money_rows:
            for at, weight in zip(*self._program.rows[row][:2], strict=True):
                if at < len(encoder.offers) and weight:
                    self._rows[at].append(row)

    # --- The least pay ------------------------------------------------------------------------------------

    def least_pays(self, offers: Iterable[Offer]) -> dict[str, Worth]:
        """For each whole offer, by its id."""
        found: dict[str, Worth] = {}
        together: list[Asked] = []
        for offer in offers:
            asked = self._asked(offer)
            if asked is None:
                found[offer.id] = self._alone(offer)
            else:
                together.append(asked)
        for near in self._by_week(together):
            self._begin(near)
        known = sorted((one for one in together if one.more is not None), key=lambda one: (-one.less, one.at))
        never = [one.at for one in together if one.more is None and one.proved]
        size = TOGETHER if len(self._first) <= MANY else FEW_TOGETHER
        room = self._room([one.floor for one in known if one.floor]) if len(known) > size // 2 else {}
        filled = [one for one in known if one.floor is None or 0 <= one.less <= room.get(one.floor, -1)]
        others = [one for one in known if one not in filled]
        for batch in _batches(others, size):
            self._prove(batch, lambda asked: self._question(asked, never))
        for batch in _batches(filled, size):
            self._prove(batch, lambda asked: self._question_of_rich(asked, known, never))
        return found | {one.offer.id: one.worth(self._unproved) for one in together}

    def _room(self, floors: Iterable[Floor]) -> dict[Floor, int]:
        """By how many cents every plan that does not fill a floor is worse than ours, even if that cost nothing.

        An offer that lacks less can only enter a plan that fills its floor without any more pay.
        """
        room: dict[Floor, int] = {}
        for floor in dict.fromkeys(floors):
            program = self._without_unmade(self._program)
            variables, weights, at_most = program.rows[floor.row]
            pay = {v: -w for v, w in zip(variables, weights, strict=True) if v != floor.missing}
            program.row(pay, -at_most - 1)
            program.objective[floor.missing] = 0
            answer = self._ask(program, gap=ROUGHLY)
            bound = self._value if answer.bound is None else answer.bound
            room[floor] = (self._value - bound) // program.scale if answer.status != "infeasible" else ENDLESS
        return room

    def _asked(self, offer: Offer) -> Asked | None:
        """None for a block whose pay counts in several months: to the cent, its shares are no straight line."""
        at = self._place[offer.id]
        rows = self._rows[at]
        # For what it pays now the best plan does not take it.
        least = -offer.cents if self._unproved or at in self._unmade else 0
        if not rows:
            return Asked(offer, at, None, least)
        variables, weights, _ = self._program.rows[rows[0]]
        if len(rows) > 1 or weights[variables.index(at)] != -offer.cents or weights[-1] != -1:
            return None
        price = -self._program.objective[variables[-1]] // self._program.scale
        return Asked(offer, at, Floor(rows[0], variables[-1], price) if price else None, least)

    def _without_unmade(
        self, program: Program, asked: Collection[int] = (), place: Mapping[int, int] | None = None
    ) -> Program:
        """A copy in which nothing unmade is taken but what is asked; `place` has the variables of a part."""
        program = program.copy()
        for at in self._unmade.difference(asked):
            if place is None:
                program.upper[at] = 0
            elif at in place:
                program.upper[place[at]] = 0
        return program

    def _by_week(self, asked: Iterable[Asked]) -> Iterator[list[Asked]]:
        weeks: dict[int, list[Asked]] = defaultdict(list)
        for one in asked:
            weeks[self._first[one.at].toordinal() // WEEK].append(one)
        yield from weeks.values()

    def _begin(self, near: Sequence[Asked]) -> None:
        """For each a plan that takes it and differs from ours in the weeks around only; failing that, any."""
        size = width(len(self._first), len(set(self._first)))
        beside = timedelta(days=(size.days - WEEK) // 2)
        opens = min(self._first[one.at] for one in near) - beside
        closes = max(self._first[one.at] for one in near) + beside
        inside = [at for at, day in enumerate(self._first) if opens <= day <= closes]
        free = self._encoder.around(inside)
        place = {variable: at for at, variable in enumerate(free)}
        small = part(self._program, free, self._values)
        for one in near:
            program = _with(self._without_unmade(small, (one.at,), place), place[one.at])
            answer = ask(Question(program, NEARBY, self._limits[1]))
            if answer.values:
                outside = self._accepted.difference(self._encoder.offers[at].id for at in inside)
                self._learn([one], outside.union(self._ids(free, answer.values)))
            else:
                self._begin_anywhere(one)

    def _begin_anywhere(self, one: Asked) -> None:
        answer = self._ask_twice(_with(self._without_unmade(self._program, (one.at,)), one.at))
        one.proved = answer.status == "infeasible"
        if answer.values:
            self._learn([one], frozenset(self._ids(range(len(answer.values)), answer.values)))

    def _learn(self, asked: Iterable[Asked], accepted: frozenset[str]) -> None:
        """What each would have to pay more for this plan, which takes it, to be better than ours."""
        values = self._encoder.complete(accepted)
        lacking = -(-(self._value + 1 - self._program.value(values)) // self._program.scale)
        for one in asked:
            more = max(_filling(self._short(one.floor, values), one.floor, lacking), -one.offer.cents)
            if values[one.at] and (one.more is None or more < one.more):
                one.more, one.kept = more, accepted

    def _short(self, floor: Floor | None, values: Sequence[int]) -> int:
        """Cents missing to the floor; less than nothing where there is more than that."""
        if floor is None:
            return 0
        variables, weights, at_most = self._program.rows[floor.row]
        have = sum(w * values[v] for v, w in zip(variables, weights, strict=True) if v != floor.missing)
        return have - at_most

    def _prove(self, asked: Sequence[Asked], question: Callable[[Sequence[Asked]], Program]) -> None:
        """Ask until no plan is better than ours, and learn from each that is; give up where the effort ends first."""
        while asked := [one for one in asked if not one.wanted_for_nothing()]:
            answer = self._ask(question(asked), offers=len(asked))
            if answer.bound is None:
                return
            # A cent less is worth a cent less at least, in any plan.
            above = max(0, -(-(answer.bound - self._value) // self._program.scale))
            for one in asked:
                one.least, one.proved = max(one.least, (one.more or 0) - above), above == 0
            if not above:
                return
            before = [one.more for one in asked]
            self._learn(asked, frozenset(self._ids(range(len(answer.values)), answer.values)))
            if [one.more for one in asked] == before:
                return

    def _question(self, asked: Sequence[Asked], never: Iterable[int]) -> Program:
        """The program in which one offer, which may be chosen, is taken and pays a cent less than is known to do."""
        program, choices = self._choices(asked, never)
        for one, choice in zip(asked, choices, strict=True):
            if one.floor:
                variables, weights, at_most = program.rows[one.floor.row]
                program.rows[one.floor.row] = ([*variables, choice], [*weights, -one.less], at_most)
        return program

    def _question_of_rich(
        self, asked: Sequence[Asked], known: Iterable[Asked], never: Iterable[int]
    ) -> Program:
        """The same where the floor is full without any more pay: smaller, for nothing that lacks more can be in it."""
        lacking = max(one.less for one in asked)
        dearer = [one.at for one in known if one.proved and one.less >= lacking]
        program, choices = self._choices(asked, [*never, *dearer])
        months: dict[Floor, list[int]] = defaultdict(list)
        for one, choice in zip(asked, choices, strict=True):
            if one.floor:
                months[one.floor].append(choice)
        for floor, chosen in months.items():
            most = program.upper[floor.missing]
            program.row({floor.missing: 1, **dict.fromkeys(chosen, most)}, most)
        return program

    def _choices(self, asked: Sequence[Asked], never: Iterable[int]) -> tuple[Program, list[int]]:
        program = self._without_unmade(self._program, [one.at for one in asked])
        for at in never:
            program.upper[at] = 0
        choices = [program.variable() for _ in asked]
        for one, choice in zip(asked, choices, strict=True):
            program.row({choice: 1, one.at: -1}, 0)
            if one.at in self._unmade:
                program.row({one.at: 1, choice: -1}, 0)
            program.objective[choice] = one.less * program.scale
        program.row(dict.fromkeys(choices, -1), -1)
        program.cliques.append(choices)
        return program, choices

    def _alone(self, offer: Offer) -> Worth:
        """In one search of its own: its pay becomes a variable, minimised subject to a plan better than ours."""
        at = self._place[offer.id]
        program = _with(self._without_unmade(self._program, (at,)), at)
        costs = sum(weight * program.upper[v] for v, weight in program.objective.items() if weight < 0)
        most = -(-(self._value - costs - program.constant) // program.scale) + offer.cents + 1
        pay = program.variable(max(0, most))
        for row in self._rows[at]:
            program.rows[row] = _by_variable(program.rows[row], at, pay, offer.cents)
        worth = {**program.objective, pay: program.scale}
        worth[at] -= offer.cents * program.scale
        program.row(
            {variable: -weight for variable, weight in worth.items()}, program.constant - self._value - 1
        )
        program.objective, program.constant, program.scale = {pay: -1}, 0, 1
        answer = self._ask_twice(program)
        if answer.status == "infeasible":
            return NEVER
        if answer.objective is None or answer.bound is None:
            return Worth(low=0)
        kept = frozenset(self._ids(range(len(answer.values)), answer.values))
        return Worth(-answer.bound, -answer.objective + self._unproved, kept)

    # --- The cheapest way in ------------------------------------------------------------------------------

    def swaps(self, offers: Iterable[Offer]) -> dict[str, frozenset[str] | None]:
        """The best plan among the accepted and each offer, with it taken; None where no dropping lets it in."""
        found: dict[str, frozenset[str] | None] = {}
        accepted = [self._place[key] for key in self._accepted]
        for near in self._by_week(Asked(offer, self._place[offer.id], None, 0) for offer in offers):
            mine = [one.at for one in near]
            free = self._encoder.around([*accepted, *mine])
            place = {variable: at for at, variable in enumerate(free)}
            small = part(self._program, free, self._values)
            for one in near:
                program = _with(small, place[one.at])
                for other in mine:
                    if other != one.at:
                        program.upper[place[other]] = 0
                answer = self._ask(program)
                found[one.offer.id] = frozenset(self._ids(free, answer.values)) if answer.values else None
        return found

    def _ask_twice(self, program: Program) -> Answer:
        """Whether no pay would do is asked again: presolve has been known to see contradictions that are none."""
        answer = self._ask(program)
        return self._ask(program, presolve=False) if answer.status == "infeasible" else answer

    def _ask(self, program: Program, *, offers: int = 1, presolve: bool = True, gap: float = 0) -> Answer:
        effort, seconds = (limit * offers for limit in self._limits)
        return ask(Question(program, effort, seconds, presolve=presolve, gap=gap))

    def _ids(self, variables: Iterable[int], values: Sequence[int]) -> Iterator[str]:
        offers = self._encoder.offers
        pairs = zip(variables, values, strict=True)
        return (offers[at].id for at, value in pairs if value and at < len(offers))


def _batches(asked: Sequence[Asked], size: int) -> Iterator[Sequence[Asked]]:
    for start in range(0, len(asked), size):
        yield asked[start : start + size]


def _with(program: Program, at: int) -> Program:
    """The same, with this candidate taken."""
    forced = program.copy()
    forced.row({at: -1}, -1)
    return forced


def _filling(short: int, floor: Floor | None, lacking: int) -> int:
    """The least more pay whose effect is what is lacking: each cent counts, and once more what it fills of the floor."""
    price = floor.price if floor else 0
    filled = price * max(0, short)
    if lacking - filled >= short or not price:
        return lacking - filled
    return -(-(lacking - filled + price * short) // (1 + price))


def _by_variable(
    row: tuple[list[int], list[int], int], at: int, pay: int, cents: int
) -> tuple[list[int], list[int], int]:
    """A row with the variable `pay` wherever this candidate's own pay stands, times `cents` to clear the fraction."""
    variables, weights, at_most = row
    share = weights[variables.index(at)]
    pairs = [(v, w * cents) for v, w in zip(variables, weights, strict=True) if v != at]
    return [*(v for v, _ in pairs), pay], [*(w for _, w in pairs), share], at_most * cents

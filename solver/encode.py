"""Limits to rows, in the tight form; pure, without any solver.

Every candidate is one Boolean, whatever its number of shifts. Three things make the rows tight:

* a limit of at most one over single candidates is a clique, and stays one row;
* a group inside one clique needs no variable: at most one of its candidates is taken, so their sum is the group;
* any other group's variable y is tied by cliques (sum of a clique <= y), not by one implication a candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from policy.limits import Group, Limit
from policy.shift import Offer

Members = frozenset[int]
LARGEST = 2**52
"""The objective stays below this, so that the solver's own doubles hold it exactly."""


@dataclass
class Program:
    """Maximise `objective` over whole variables from 0 to `upper`.

    Each row is a sum of coefficient x variable that is at most its bound; of each clique at most one is 1.

    `scale` is what one cent weighs in the objective; what is left below it breaks ties.
    """

    upper: list[int] = field(default_factory=list)
    rows: list[tuple[list[int], list[int], int]] = field(default_factory=list)
    cliques: list[list[int]] = field(default_factory=list)
    objective: dict[int, int] = field(default_factory=dict)
    constant: int = 0
    scale: int = 1

    def variable(self, upper: int = 1) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(self, coefficients: Mapping[int, int], at_most: int) -> None:
        self.rows.append((list(coefficients), list(coefficients.values()), at_most))

    def copy(self) -> Program:
        """One to change while this stays; rows and cliques themselves are shared, so put new ones in their place."""
        return Program(
            list(self.upper),
            list(self.rows),
            list(self.cliques),
            dict(self.objective),
            self.constant,
            self.scale,
        )

    def value(self, values: Sequence[int]) -> int:
        return self.constant + sum(weight * values[at] for at, weight in self.objective.items())

    def most(self) -> int:
        """A bound on the objective without any search: of each clique its best member, everything else that pays."""
        best: dict[int, int] = defaultdict(int)
        seen: set[int] = set()
        for at, clique in enumerate(sorted(self.cliques, key=len, reverse=True)):
            for variable in clique:
                if variable not in seen:
                    best[at] = max(best[at], self.objective.get(variable, 0))
            seen.update(clique)
        gains = sum(
            max(0, weight) * self.upper[at] for at, weight in self.objective.items() if at not in seen
        )
        return self.constant + sum(best.values()) + gains

    def cents(self, objective: int) -> int:
        """The money in an objective value, or the most there can be under a bound: ties only take away."""
        return -((-objective) // self.scale)


@dataclass(frozen=True)
class Prices:
    """What a candidate is worth in the objective beyond its pay: cents for taking back what was shown."""

    change: int = 0
    held: frozenset[str] = frozenset()
    """Candidates that are shown as held or accepted, whether the program has them or not."""

    def worth(self, offer: Offer) -> int:
        return offer.cents + (self.change if offer.id in self.held else 0)


class Encoder:
    """Turns limits over the given candidates (in canonical order) into one program."""

    def __init__(self, offers: Sequence[Offer], committed: Collection[str]) -> None:
        self.offers = offers
        self.program = Program(upper=[1] * len(offers))
        self._committed = frozenset(committed)
        self._owner = {shift.id: index for index, offer in enumerate(offers) for shift in offer.shifts}
        self._cliques: list[Members] = []
        self._of: dict[int, list[int]] = defaultdict(list)
        self._found: dict[frozenset[str], Members | None] = {}
        self._alone: dict[Members, bool] = {}
        self._groups: dict[Members, int] = {}
        self._tied: set[tuple[Members, bool]] = set()
        self._excess: list[tuple[int, int]] = []
        """Variables for what exceeds a soft limit, and the places of their rows."""
        self.penalties: list[tuple[int, int]] = []
        self.money_rows: list[tuple[int, Limit]] = []
        """Rows (by place) whose weights are pay."""
        self.ties: list[int] = []

    def encode(self, limits: Iterable[Limit]) -> None:
        """Add every limit. The hard ones of at most one come first: the others are covered by them."""
        later: list[Limit] = []
        cliques: set[Members] = set()
        for limit in limits:
            members = self._as_clique(limit)
            if members is None:
                later.append(limit)
            elif len(members) > 1:
                cliques.add(members)
        self._keep_maximal(cliques)
        for limit in later:
            self._limit(limit)

    def _as_clique(self, limit: Limit) -> Members | None:
        if not limit.hard or limit.at_most != 1:
            return None
        members: list[int] = []
        for weight, group in limit.terms:
            inside = self._members(group)
            if weight != 1 or inside is None or len(inside) > 1:
                return None
            members += inside
        whole = frozenset(members)
        return whole if len(whole) == len(members) else None

    def _keep_maximal(self, cliques: set[Members]) -> None:
        """A clique inside another says nothing new."""
        for ordered in sorted(map(sorted, cliques), key=lambda one: (-len(one), one)):
            members = frozenset(ordered)
            if self._within(members):
                continue
            for index in ordered:
                self._of[index].append(len(self._cliques))
            self._cliques.append(members)
            self.program.cliques.append(ordered)

    def _within(self, members: Members) -> bool:
        """Whether one clique holds them all: only those of the rarest member need a look."""
        rarest = min((self._of.get(index, ()) for index in members), key=len)
        return any(members <= self._cliques[at] for at in rarest)

    def _members(self, group: Group) -> Members | None:
        """The candidates with a shift in the group; None where a commitment makes it 1 already."""
        if group.shifts not in self._found:
            owners = frozenset(self._owner[shift] for shift in group.shifts if shift in self._owner)
            self._found[group.shifts] = owners if group.shifts.isdisjoint(self._committed) else None
        return self._found[group.shifts]

    def _limit(self, limit: Limit) -> None:
        if limit.price == 0:
            return  # It warns and weighs nothing: no choice depends on it.
        left = limit.at_most
        row: dict[int, int] = defaultdict(int)
        for weight, group in limit.terms:
            members = self._members(group)
            if members is None:
                left -= weight
                continue
            for variable in self._sum(members, more=weight > 0):
                row[variable] += weight
        highest = sum(weight * self.program.upper[variable] for variable, weight in row.items() if weight > 0)
        if highest <= left:
            return
        if not limit.hard:
            excess = self.program.variable(-((left - highest) // limit.step))
            row[excess] = -limit.step
            self.penalties.append((excess, limit.price or 0))
            self._excess.append((excess, len(self.program.rows)))
        if limit.unit == "cents":
            self.money_rows.append((len(self.program.rows), limit))
        self.program.row(row, left)

    def _sum(self, members: Members, *, more: bool) -> Iterable[int]:
        """Variables whose sum is 1 when any member is taken, else 0, as far as the sign of its weight asks."""
        if len(members) <= 1:
            return members
        if self._exclusive(members):
            return sorted(members)
        if members not in self._groups:
            self._groups[members] = self.program.variable()
        group = self._groups[members]
        if (members, more) not in self._tied:
            self._tied.add((members, more))
            if more:
                for clique in self._cover(members):
                    self.program.row({**dict.fromkeys(clique, 1), group: -1}, 0)
            else:
                self.program.row({group: 1, **dict.fromkeys(sorted(members), -1)}, 0)
        return (group,)

    def _exclusive(self, members: Members) -> bool:
        if members not in self._alone:
            self._alone[members] = self._within(members)
        return self._alone[members]

    def _cover(self, members: Members) -> Iterable[list[int]]:
        """Cliques that together hold every member, largest share first; a lonely member is its own."""
        share: dict[int, list[int]] = defaultdict(list)
        for index in sorted(members):
            for at in self._of.get(index, ()):
                share[at].append(index)
        fresh = {at: len(inside) for at, inside in share.items()}
        left = set(members)
        while left:
            best = max(share, key=lambda at: (fresh[at], share[at]), default=None)
            if best is None or not fresh[best]:
                yield from ([index] for index in sorted(left))
                return
            yield share[best]
            for index in left.intersection(share[best]):
                for at in self._of[index]:
                    fresh[at] -= 1
            left.difference_update(share[best])

    def complete(self, accepted: Collection[str]) -> list[int]:
        """The value of every variable when these offers are taken and nothing is paid that need not be."""
        values = [0] * len(self.program.upper)
        for index, offer in enumerate(self.offers):
            values[index] = int(offer.id in accepted)
        for members, group in self._groups.items():
            values[group] = int(any(values[index] for index in members))
        for excess, at in self._excess:
            variables, weights, at_most = self.program.rows[at]
            over = (
                sum(w * values[v] for v, w in zip(variables, weights, strict=True) if v != excess) - at_most
            )
            step = -weights[variables.index(excess)]
            values[excess] = max(0, -(-over // step))
        return values

    def around(self, offers: Collection[int]) -> list[int]:
        """These candidates (by place) and the variables that may change with them, in order."""
        free = set(offers)
        free.update(group for members, group in self._groups.items() if not members.isdisjoint(offers))
        for excess, at in self._excess:
            if not free.isdisjoint(self.program.rows[at][0]):
                free.add(excess)
        return sorted(free)

    def price(self, prices: Prices) -> None:
        """The objective in cents, scaled so that the whole tie-break stays below one cent."""
        program = self.program
        value = {index: prices.worth(offer) for index, offer in enumerate(self.offers)}
        program.constant -= prices.change * len(prices.held)
        most = sum(abs(cents) for cents in value.values()) + sum(
            cents * program.upper[variable] for variable, cents in self.penalties
        )
        self.ties = _ties([offer.id for offer in self.offers], most)
        program.scale = 1 + sum(self.ties)
        program.objective = {i: value[i] * program.scale - tie for i, tie in enumerate(self.ties)}
        for variable, cents in self.penalties:
            program.objective[variable] = -cents * program.scale
        program.constant *= program.scale


COARSEST = 4096
"""The most that one candidate's tie-break weighs."""


def _ties(ids: Sequence[str], most: int) -> list[int]:
    """A small weight for each candidate, made from its id alone: among plans of equal worth one is the plan.

    The weights shrink where the money is so large that they would not fit under `LARGEST`.
    """
    room = max(1, min(COARSEST, LARGEST // (max(1, most) * max(1, len(ids)))))
    return [tie(key, room) for key in ids]


def tie(key: str, room: int = COARSEST) -> int:
    return 1 + int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % room

"""The peer that anyone would write first: plain CP-SAT, a Boolean an offer, a row a pair.

It is written from the policy's words, knows nothing of limits, groups or cliques, and walks over dates and
shifts as the sentences do. In a process of its own: `python -m bench.solver_textbook SIZE SEED SECONDS`
prints one line of JSON; with `--rows` the model itself, for the other solver.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ortools.sat.python import cp_model

from bench import instances
from bench.solver_clock import now
from policy.fields import Cap
from policy.shift import Shift
from solver.solve import Problem

Var = Any
Grid = dict[date, Var]
Day = Callable[[Shift], Iterable[date]]
POINTS = {"high": 3, "moderate": 2, "low": 1}
ONE = timedelta(days=1)
ENDLESS = 1 << 62
"""What CP-SAT writes for no bound is beyond this."""


class Textbook:
    """The model of one problem; `costs` are what is taken from the pay, in cents."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.policy = problem.policy
        self.model = cp_model.CpModel()
        self.takes = {offer.id: self.model.new_bool_var(offer.id) for offer in problem.candidates}
        self.work = [(shift, self._fixed()) for shift in problem.commitments]
        self.work += [(s, self.takes[offer.id]) for offer in problem.candidates for s in offer.shifts]
        self.costs: list[Any] = []

    def build(self) -> None:
        self._apart()
        self._choices()
        self._months()
        self._weeks()
        self._rows()
        self._emrs()
        self._recovery()
        self._trips()
        self._floor()
        self._changes()
        pay = sum(offer.cents * self.takes[offer.id] for offer in self.problem.candidates)
        self.model.maximize(pay - sum(self.costs))

    def _fixed(self) -> Var:
        one = self.model.new_bool_var("")
        self.model.add(one == 1)
        return one

    # --- helpers ------------------------------------------------------------------------------------------

    def _any(self, shifts: Iterable[tuple[Shift, Var]], days: Day, *, exact: bool = False) -> Grid:
        """For each date a Boolean: 1 when any of the shifts falls on it; `exact`: 0 when none does."""
        table: dict[date, list[Var]] = defaultdict(list)
        for shift, taken in shifts:
            for day in days(shift):
                table[day].append(taken)
        grid = {}
        for day in sorted(table):
            grid[day] = self.model.new_bool_var("")
            for taken in table[day]:
                self.model.add_implication(taken, grid[day])
            if exact:
                self.model.add_bool_or([*table[day], grid[day].negated()])
        return grid

    def _capped(self, amount: Any, cap: Cap | None, most: int, unit: int = 1) -> None:
        if cap:
            self._at_most(amount, cap.cap * unit, cap.over, most, unit)

    def _at_most(self, amount: Any, bound: int, price: int | None, most: int, unit: int = 1) -> None:
        """A bound on an amount that never exceeds `most`: hard, or priced for each started unit."""
        if price is None:
            self.model.add(amount <= bound)
            return
        over = self.model.new_int_var(0, most // unit + 1, "")
        self.model.add(amount - unit * over <= bound)
        self.costs.append(price * over)

    def _at_least(self, amount: Any, cap: Cap | None) -> None:
        """A minimum only weighs; as a hard limit it would be a reason not to work."""
        if cap and cap.over is not None:
            short = self.model.new_int_var(0, cap.cap, "")
            self.model.add(amount + short >= cap.cap)
            self.costs.append(cap.over * short)

    def _night(self, shift: Shift) -> bool:
        night = self.policy.night
        inside = 0.0
        for day in shift.dates:
            opens = datetime.combine(day, night.opens, shift.start.tzinfo).astimezone(UTC)
            closes = datetime.combine(day, night.closes, shift.start.tzinfo).astimezone(UTC)
            inside += max(0.0, (min(closes, shift.ends) - max(opens, shift.begins)).total_seconds())
        return inside >= night.hours * 3600

    def _by_month(self, grid: Grid) -> Iterator[tuple[date, list[Var]]]:
        table: dict[date, list[Var]] = defaultdict(list)
        for day, var in grid.items():
            table[day.replace(day=1)].append(var)
        yield from table.items()

    def _windows(self, days: int) -> Iterator[list[tuple[Shift, Var]]]:
        """The shifts that start within each span of so many dates."""
        starting: dict[date, list[tuple[Shift, Var]]] = defaultdict(list)
        for one in self.work:
            starting[one[0].first].append(one)
        first = min(starting) - (days - 1) * ONE
        while first <= max(starting):
            yield [one for ahead in range(days) for one in starting.get(first + ahead * ONE, ())]
            first += ONE

    # --- sentences ----------------------------------------------------------------------------------------

    def _apart(self) -> None:
        """No two shifts overlap, or follow with too little rest: a clause for each pair of offers."""
        cap = self.policy.rest.between_shifts_hours
        rest = timedelta(hours=cap.cap) if cap else timedelta()
        ordered = sorted(self.work, key=lambda one: one[0].begins)
        seen: set[tuple[int, int]] = set()
        for at, (shift, taken) in enumerate(ordered):
            for other, also in ordered[at + 1 :]:
                if other.begins >= shift.ends + rest:
                    break
                pair = (taken.index, also.index)
                if taken.index != also.index and pair not in seen:
                    seen.add(pair)
                    self.model.add_bool_or([taken.negated(), also.negated()])

    def _choices(self) -> None:
        groups: dict[str, list[tuple[int, Var]]] = defaultdict(list)
        for offer in self.problem.candidates:
            if offer.choose:
                groups[offer.choose.group].append((offer.choose.at_most, self.takes[offer.id]))
        for members in groups.values():
            self.model.add(sum(var for _, var in members) <= min(most for most, _ in members))

    def _months(self) -> None:
        caps = self.policy.limits
        nights = [one for one in self.work if self._night(one[0])]
        high = [one for one in self.work if one[0].site.intensity == "high"]
        for cap, shifts in ((caps.nights_per_month, nights), (caps.high_intensity_per_month, high)):
            for mine in self._monthly(shifts).values():
                self._capped(sum(mine), cap, len(mine))
        if cap := caps.weekends_per_month:
            weekends = self._any(
                self.work, lambda s: {d - (d.weekday() - 5) * ONE for d in s.dates if d.weekday() > 4}
            )
            for _, worked in self._by_month(weekends):
                self._capped(sum(worked), cap, len(worked))
        self.days = self._any(self.work, lambda shift: shift.dates)
        if cap := caps.off_days_per_month:
            for first, worked in self._by_month(self.days):
                length = ((first + 31 * ONE).replace(day=1) - first).days
                self._at_most(sum(worked), length - cap.cap, cap.over, len(worked))
        for name, stream in self.policy.streams.items():
            mine_by = self._monthly([one for one in self.work if one[0].site.stream == name])
            for month in self._planned():
                self._at_least(sum(mine_by.get(month, ())), stream.min_shifts_per_month)

    def _monthly(self, shifts: Iterable[tuple[Shift, Var]]) -> dict[tuple[int, int], list[Var]]:
        table: dict[tuple[int, int], list[Var]] = defaultdict(list)
        for shift, taken in shifts:
            table[shift.first.year, shift.first.month].append(taken)
        return table

    def _planned(self) -> list[tuple[int, int]]:
        return sorted({(day.year, day.month) for day in self.problem.horizon})

    def _weeks(self) -> None:
        hours, energy = self.policy.limits.hours_per_week, self.policy.limits.energy_per_7_days
        for shifts in self._windows(7):
            if hours:
                minutes = sum(shift.minutes for shift, _ in shifts)
                self._capped(sum(shift.minutes * taken for shift, taken in shifts), hours, minutes, 60)
            if energy:
                points = sum(POINTS[shift.site.intensity] * taken for shift, taken in shifts)
                self._capped(points, energy, 3 * len(shifts))

    def _rows(self) -> None:
        """Of so many dates in a row one is without work, or without a night."""
        nights = self._any((one for one in self.work if self._night(one[0])), lambda s: (s.first,))
        caps = self.policy.limits
        for cap, grid in ((caps.days_in_a_row, self.days), (caps.nights_in_a_row, nights)):
            for day in grid:
                run = [grid.get(day + ahead * ONE) for ahead in range(cap.cap + 1 if cap else 0)]
                if all(one is not None for one in run):
                    self._capped(sum(run), cap, len(run))

    def _emrs(self) -> None:
        if not (cap := self.policy.emr.at_most):
            return
        for shifts in self._windows(self.policy.emr.within_days):
            used: dict[str, Var] = {}
            for shift, taken in shifts:
                if (name := shift.site.emr) is None:
                    continue
                if name not in used:
                    used[name] = self.model.new_bool_var("")
                self.model.add_implication(taken, used[name])
            self._capped(sum(used.values()), cap, len(used))

    def _recovery(self) -> None:
        """After a run of dates with high-intensity starts (or nights), or a trip, the next dates are free."""
        kinds = (
            [one for one in self.work if one[0].site.intensity == "high"],
            [one for one in self.work if self._night(one[0])],
        )
        for mine in kinds:
            starts = self._any(mine, lambda shift: (shift.first,), exact=True)
            for day in starts:
                self._after(mine, starts, day)
        self.away = {
            site: self._any(
                [one for one in self.work if one[0].site.id == site], lambda s: s.dates, exact=True
            )
            for site in sorted({shift.site.id for shift, _ in self.work if shift.site.away})
        }
        for there in self.away.values():
            for day in there:
                self._off_after(day, [there[day].negated(), *self._next(there, day)])

    def _after(self, mine: list[tuple[Shift, Var]], starts: Grid, day: date) -> None:
        length = self.policy.recovery.after_block_of_days
        run = [starts.get(day - back * ONE) for back in range(length)]
        if any(one is None for one in run):
            return
        near = [one for one in mine if day - 2 * ONE <= one[0].first <= day]
        for last in {shift.last for shift, _ in near if shift.last >= day}:
            longer = [taken for shift, taken in near if shift.last > last]
            ends = [taken for shift, taken in near if shift.last == last]
            for taken in ends:
                self._off_after(
                    last,
                    [one.negated() for one in run if one is not None]
                    + [taken.negated(), *longer, *self._next(starts, day)],
                )

    def _next(self, grid: Grid, day: date) -> list[Var]:
        return [grid[day + ONE]] if day + ONE in grid else []

    def _off_after(self, last: date, unless: list[Var]) -> None:
        """The recovery dates are free, unless one of these holds. Only the hard form is known here."""
        for ahead in range(1, self.policy.recovery.days + 1):
            day = last + ahead * ONE
            if day in self.days:
                self.model.add_bool_or([*unless, self.days[day].negated()])

    def _trips(self) -> None:
        begun: dict[date, list[Var]] = defaultdict(list)
        for there in self.away.values():
            for day, worked in there.items():
                starts = self.model.new_bool_var("")
                self.model.add(starts >= worked - there.get(day - ONE, 0))
                begun[day.replace(day=1)].append(starts)
                self._short(there, day, starts)
        for starts_of in begun.values():
            if cap := self.policy.travel.trips_per_month:
                self._capped(sum(starts_of), cap, len(starts_of))

    def _short(self, there: Grid, day: date, starts: Var) -> None:
        """Each of the next dates of a trip that is not worked there is a day short."""
        cap = self.policy.travel.min_block_days
        for ahead in range(1, cap.cap if cap else 0):
            short = starts - there.get(day + ahead * ONE, 0)
            self._at_most(short, 0, cap.over if cap else None, 1)

    def _floor(self) -> None:
        goals = self.policy.goals
        earned = [one for one in self.work if one[0].site.stream != "locums" and one[0].site.counts_to_floor]
        need = goals.floor if goals else 0
        for month in self._planned():
            mine = [one for one in earned if (one[0].first.year, one[0].first.month) == month]
            short = self.model.new_int_var(0, need, "")
            self.model.add(sum(shift.cents * taken for shift, taken in mine) + short >= need)
            self.costs.append(self.policy.prices.floor_weight * short)

    def _changes(self) -> None:
        for key in self.problem.held:
            self.costs.append(self.policy.prices.change * (1 - self.takes.get(key, 0)))


def solve(problem: Problem, seconds: float, workers: int) -> dict[str, Any]:
    """Cents of the best plan and the bound, and the seconds that building and solving took."""
    started = now()
    textbook = Textbook(problem)
    textbook.build()
    built = now() - started
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, seconds - built)
    status = solver.solve(textbook.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {
        "seconds": now() - started,
        "value": round(solver.objective_value) if found else None,
        "bound": round(solver.best_objective_bound) if found else None,
        "proved": status == cp_model.OPTIMAL,
        "taken": sorted(key for key, var in textbook.takes.items() if found and solver.value(var)),
    }


def rows(model: cp_model.CpModel) -> dict[str, Any]:
    """The model as rows and costs, for `bench.solver_highs`: the same words, another solver."""
    proto = model.proto
    found: list[tuple[list[int], list[int], int]] = []

    def at_most(terms: Iterable[tuple[int, int]], most: int) -> None:
        """Literals count as 1 where they hold: one below zero is the negation of a variable."""
        weights: dict[int, int] = defaultdict(int)
        for literal, weight in terms:
            most -= weight if literal < 0 else 0
            weights[~literal if literal < 0 else literal] += -weight if literal < 0 else weight
        found.append(([*weights], [*weights.values()], most))

    for one in proto.constraints:
        if one.has_linear():
            terms = list(zip(one.linear.vars, one.linear.coeffs, strict=True))
            least, *_, most = one.linear.domain
            if most < ENDLESS:
                at_most(terms, most)
            if least > -ENDLESS:
                at_most([(variable, -weight) for variable, weight in terms], -least)
        elif one.has_bool_and():
            (given,) = one.enforcement_literal
            for literal in one.bool_and.literals:
                at_most([(given, 1), (literal, -1)], 0)
        else:
            some = [*one.bool_or.literals, *(~literal for literal in one.enforcement_literal)]
            at_most([(literal, -1) for literal in some], -1)
    costs = zip(proto.objective.vars, proto.objective.coeffs, strict=True)
    return {
        "upper": [max(variable.domain) for variable in proto.variables],
        "rows": found,
        "cents": {str(variable): -weight for variable, weight in costs},
        "constant": -proto.objective.offset,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rows", action="store_true", help="print the model, unsolved")
    given = parser.parse_args()
    problem = instances.problem(given.size, given.seed)
    if given.rows:
        textbook = Textbook(problem)
        textbook.build()
        print(json.dumps({**rows(textbook.model), "seconds": given.seconds}))
    else:
        print(json.dumps(solve(problem, given.seconds, given.workers)))


if __name__ == "__main__":
    main()

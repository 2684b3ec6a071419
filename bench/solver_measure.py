"""What the solver's benchmark measures, each thing behind one small function."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

from bench import instances
from bench.solver_clock import CPU, now
from policy.shift import Month, Offer, Span
from solver import explain
from solver.caps import binding_caps
from solver.encode import Program
from solver.quote import asked_shift, quotes
from solver.solve import Plan, Problem, encoding, greedy, solve

ENDLESS = 1e9
"""Effort that never ends: the clock alone stops a measured proof."""
ROOT = Path(__file__).parents[1]
T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One solver on one instance. Money in cents; None where nothing was found in time."""

    seconds: float
    value: int | None
    bound: int | None
    proved: bool

    @property
    def gap(self) -> float | None:
        """How far the bound lies above the value, as a part of the value."""
        if self.value is None or self.bound is None:
            return None
        return max(0, self.bound - self.value) / max(1, abs(self.value))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    started = now()
    found = work()
    return now() - started, found


# --- Side by side -----------------------------------------------------------------------------------------


def ours(size: int, seed: int, seconds: float) -> Run:
    """The whole of `solve`, from offers to a checked plan, limits and rows included."""
    problem = instances.problem(size, seed)
    taken, plan = timed(lambda: solve(problem, effort=ENDLESS, seconds=seconds))
    return Run(taken, plan.value, plan.bound, plan.status == "optimal")


def highs(size: int, seed: int, seconds: float) -> Run:
    """HiGHS on our rows, which it needs as much as we do; carrying them to its process is not counted."""
    problem = instances.problem(size, seed)
    made, encoder = timed(lambda: encoding(problem, problem.needed, problem.limits))
    program = encoder.program
    answer = _child(["-m", "bench.solver_highs"], json.dumps(export(program, seconds)))
    value, bound = (None if answer[key] is None else answer[key] - problem.lost for key in ("value", "bound"))
    return Run(made + answer["seconds"], value, bound, answer["proved"])


def export(program: Program, seconds: float) -> dict[str, Any]:
    """Rows, cliques and plain money for `bench.solver_highs`: our ties would only hinder it."""
    return {
        "seconds": seconds,
        "upper": program.upper,
        "rows": [[clique, [1] * len(clique), 1] for clique in program.cliques] + program.rows,
        "cents": {str(variable): program.cents(weight) for variable, weight in program.objective.items()},
        "constant": program.cents(program.constant),
    }


def textbook(size: int, seed: int, seconds: float, workers: int = 1) -> Run:
    """The model that anyone would write, built and solved; reading the instance is not counted."""
    command = ["-m", "bench.solver_textbook", str(size), str(seed), str(seconds), "--workers", str(workers)]
    answer = _child(command)
    return Run(answer["seconds"], answer["value"], answer["bound"], answer["proved"])


def highs_on_textbook(size: int, seed: int, seconds: float) -> Run:
    """HiGHS on the textbook's model: neither our rows nor our solver."""
    model = _child(["-m", "bench.solver_textbook", str(size), str(seed), str(seconds), "--rows"])
    answer = _child(["-m", "bench.solver_highs"], json.dumps(model))
    return Run(answer["seconds"], answer["value"], answer["bound"], answer["proved"])


def _child(arguments: list[str], text: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        input=text,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


# --- Where ours spends its time ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Parts:
    """Seconds of each step of ours before any search, and the size of what is searched."""

    gates: float
    limits: float
    greedy: float
    rows: float
    candidates: int
    variables: int
    constraints: int


def parts(size: int, seed: int) -> Parts:
    problem = instances.problem(size, seed)
    gates, candidates = timed(lambda: problem.candidates)
    limits, _ = timed(lambda: problem.limits)
    first, _ = timed(lambda: greedy(problem))
    rows, encoder = timed(lambda: encoding(problem, problem.needed, problem.limits))
    program = encoder.program
    return Parts(
        gates,
        limits,
        first,
        rows,
        len(candidates),
        len(program.upper),
        len(program.rows) + len(program.cliques),
    )


# --- Explanations -----------------------------------------------------------------------------------------


def planned(size: int, seed: int) -> tuple[Problem, Plan]:
    problem = instances.problem(size, seed)
    return problem, solve(problem, effort=ENDLESS)


def reasons(problem: Problem, plan: Plan) -> float:
    """Seconds for the reasons of all declined offers."""
    return timed(lambda: explain.declined(problem, plan, prices=False))[0]


def _priceable(problem: Problem, plan: Plan) -> list[str]:
    verdicts = explain.declined(problem, plan, prices=False)
    return [one.offer for one in verdicts if one.because in ("limit", "price")]


def swaps(problem: Problem, plan: Plan) -> float:
    """Seconds for the swaps of all declined offers that pay could let in."""
    wanted = set(_priceable(problem, plan))
    offers = [offer for offer in problem.offers if offer.id in wanted]
    return timed(lambda: explain.swaps(problem, plan, offers))[0]


def everything(problem: Problem, plan: Plan) -> float:
    """Seconds for reasons, swap and worth-from of all declined offers."""
    return timed(lambda: explain.declined(problem, plan))[0]


def prices(problem: Problem, plan: Plan, most: int = 9) -> list[float]:
    """Seconds for one worth-from, of declined offers spread over all that have one."""
    wanted = _priceable(problem, plan)
    chosen = set(wanted[:: max(1, len(wanted) // most)][:most])
    offers = [offer for offer in problem.offers if offer.id in chosen]
    return [_price(problem, plan, offer) for offer in offers]


def _price(problem: Problem, plan: Plan, offer: Offer) -> float:
    return timed(lambda: explain.worth_from(problem, plan, offer))[0]


def quoted(problem: Problem, plan: Plan) -> float:
    """Seconds for a night on each date of a month at the site that offers most."""
    days = Span.month(Month(2027, 2))
    nights = [asked_shift(problem.policy, "lakeside-ed", day, time(19), time(7)) for day in days]
    return timed(lambda: quotes(problem, plan, nights))[0]


def capped(problem: Problem, plan: Plan) -> float:
    """Seconds for what one more of each cap would bring."""
    return timed(lambda: binding_caps(problem, plan))[0]


# --- Whole processes --------------------------------------------------------------------------------------


def plan_process(size: int, seed: int) -> tuple[float, float]:
    """(seconds, MB at the peak) of `shiftward plan` on a published scenario."""
    scenario = instances.HERE / f"{instances.name(size, seed)}.json"
    files = ["--policy", str(instances.POLICY), "--scenario", str(scenario)]
    command = [str(Path(sys.executable).parent / "shiftward"), "plan", *files, "--json"]
    found = _child(["-S", str(ROOT / "bench" / "solver_process.py"), *command])
    if found["code"]:
        raise SystemExit(f"{' '.join(command)} ended with {found['code']}")
    return found["cpu" if CPU else "seconds"], found["mb"]


def warnings(seed: int) -> dict[str, Any]:
    """Limits and breaches of 60 commitments, in a process without OR-tools."""
    scenario = instances.HERE / f"{instances.name(60, seed)}.json"
    return _child(["-m", "bench.solver_warn", str(instances.POLICY), str(scenario)])

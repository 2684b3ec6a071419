"""Which offers to take: how fast, how sure, and against whom. `python -m bench.solver`.

Ours is the whole of `solve`. HiGHS gets our rows, and is timed with their making. The textbook model is built
from the policy's words, one row for each pair that clashes, and is timed with its building. All run one after
the other on the same instances; a disagreement on a proved optimum ends with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.table import Table

from bench import instances
from bench import solver_measure as measure
from bench.solver_clock import CPU
from bench.solver_measure import Run

SIDES: Mapping[str, Callable[[int, int, float], Run]] = {
    "ours": measure.ours,
    "HiGHS": measure.highs,
    "textbook": measure.textbook,
}
QUICK = 1.0
"""Seconds below which a measurement is made `--runs` times."""
LARGEST_TEXTBOOK = 3_000
"""Beyond, its pairs alone are millions of rows."""
EXPLAINED = 200
BUDGETS = {1_000: 1.0, 10_000: 10.0}
"""Seconds after which the answers of these sizes are looked at."""

Key = tuple[int, int]
Results = dict[Key, dict[str, Run]]


@dataclass(frozen=True)
class Aim:
    """`found` is met when it is at most `aim`; for `least` when it is at least that."""

    what: str
    found: float | None
    aim: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        return self.found is not None and (self.found >= self.aim if self.least else self.found <= self.aim)


@dataclass
class Report:
    results: Results = field(default_factory=dict)
    cut: Results = field(default_factory=dict)
    """The same after a few seconds, by budget."""
    aims: list[Aim] = field(default_factory=list)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- Measuring --------------------------------------------------------------------------------------------


def side_by_side(report: Report, sizes: Iterable[int], runs: int, seconds: float) -> None:
    for size in sizes:
        for seed in instances.SEEDS:
            found = report.results.setdefault((size, seed), {})
            for side, solver in SIDES.items():
                if side == "textbook" and size > LARGEST_TEXTBOOK:
                    continue
                found[side] = median_run(solver, size, seed, runs, seconds)
                say(f"{size} offers, seed {seed}: {side} {shown(found[side])}")


def median_run(
    solver: Callable[[int, int, float], Run], size: int, seed: int, runs: int, seconds: float
) -> Run:
    """Of several runs the one in the middle; a slow one is made once."""
    made = [solver(size, seed, seconds)]
    while len(made) < runs and made[0].seconds < QUICK:
        made.append(solver(size, seed, seconds))
    return sorted(made, key=lambda run: run.seconds)[len(made) // 2]


def cut_short(report: Report, sizes: Iterable[int]) -> None:
    for size in sizes:
        for seed in instances.SEEDS if size in BUDGETS else ():
            run = measure.ours(size, seed, BUDGETS[size])
            report.cut[size, seed] = {"ours": run}
            say(f"{size} offers, seed {seed}: after {BUDGETS[size]:g} s {shown(run)}")


def shown(run: Run) -> str:
    if run.proved:
        return f"proved in {run.seconds:.3f} s"
    return f"not proved in {run.seconds:.1f} s" + (f", gap {run.gap:.2%}" if run.gap is not None else "")


# --- Judging ----------------------------------------------------------------------------------------------


def disagreements(results: Results) -> list[str]:
    """Proved optima that differ, and answers above what another has proved to be the most."""
    found = []
    for (size, seed), sides in results.items():
        proved = {side: run.value for side, run in sides.items() if run.proved}
        if len(set(proved.values())) > 1:
            found.append(f"{size} offers, seed {seed}: proved optima differ: {proved}")
        best = max((run.value for run in sides.values() if run.value is not None), default=None)
        for side, run in sides.items():
            if best is not None and run.bound is not None and run.bound < best:
                found.append(f"{size} offers, seed {seed}: {side} has a bound of {run.bound}, below {best}")
    return found


def middle(results: Results, size: int, side: str) -> float | None:
    """The median over seeds of the seconds to proof; None where most are not proved."""
    runs = [sides[side] for (at, _), sides in results.items() if at == size and side in sides]
    if not runs or sum(run.proved for run in runs) * 2 <= len(runs):
        return None
    return statistics.median(run.seconds if run.proved else float("inf") for run in runs)


def ratio(results: Results, size: int, peer: str) -> float | None:
    """How many times as long the peer takes, a median over seeds; at least that, where only ours proves."""
    found = []
    for (at, _), sides in results.items():
        if at == size and peer in sides and sides["ours"].proved:
            found.append(sides[peer].seconds / sides["ours"].seconds)
    return statistics.median(found) if found else None


def true_gap(report: Report, size: int) -> float | None:
    """How far answers cut short lie below the best bound that anyone has proved, as a median over seeds."""
    found = []
    for key, sides in report.cut.items():
        run = sides["ours"]
        if key[0] == size and run.value is not None:
            known = [
                one.bound for one in (*report.results.get(key, {}).values(), run) if one.bound is not None
            ]
            found.append(max(0, min(known) - run.value) / max(1, abs(run.value)))
    return statistics.median(found) if found else None


def proof_aims(report: Report, sizes: Sequence[int]) -> None:
    results = report.results
    for size, aim in ((60, 0.05), (200, 0.3), (1_000, 5.0)):
        if size in sizes:
            report.aims.append(Aim(f"{size:,} offers, proved", middle(results, size, "ours"), aim, "s"))
    if 200 in sizes:
        found = ratio(results, 200, "textbook")
        report.aims.append(Aim("200 offers, textbook's time by ours", found, 10, "x", least=True))
    for size in (60, 200, 1_000):
        if size in sizes:
            found = ratio(results, size, "HiGHS")
            report.aims.append(Aim(f"{size:,} offers, HiGHS's time by ours", found, 1, "x", least=True))


def cut_aims(report: Report, sizes: Sequence[int]) -> None:
    for size, percent in ((1_000, 1.0), (10_000, 2.0)):
        if size not in sizes:
            continue
        gap = true_gap(report, size)
        runs = [sides["ours"].seconds for (at, _), sides in report.cut.items() if at == size]
        what = f"{size:,} offers after {BUDGETS[size]:g} s"
        report.aims.append(Aim(f"{what}, below the best", None if gap is None else gap * 100, percent, "%"))
        report.aims.append(Aim(f"{what}, time it took", statistics.median(runs), BUDGETS[size] * 1.1, "s"))


def explanation_aims(report: Report, runs: int) -> None:
    seconds: dict[str, list[float]] = {
        "reasons": [],
        "swaps": [],
        "prices": [],
        "all": [],
        "month": [],
        "caps": [],
    }
    for seed in instances.SEEDS:
        problem, plan = measure.planned(EXPLAINED, seed)
        seconds["all"].append(measure.everything(problem, plan))
        seconds["reasons"] += [measure.reasons(problem, plan) for _ in range(runs)]
        seconds["swaps"].append(measure.swaps(problem, plan))
        seconds["prices"] += measure.prices(problem, plan)
        seconds["month"].append(measure.quoted(problem, plan))
        seconds["caps"].append(measure.capped(problem, plan))
        say(f"{EXPLAINED} offers, seed {seed}: explained")
    middle_of = {key: statistics.median(found) for key, found in seconds.items()}
    report.aims += [
        Aim(f"{EXPLAINED} offers, reasons for all declined", middle_of["reasons"] * 1000, 50, "ms"),
        Aim(f"{EXPLAINED} offers, swaps for all declined", middle_of["swaps"], 1, "s"),
        Aim(f"{EXPLAINED} offers, all of it for all declined", middle_of["all"], 2, "s"),
        Aim(f"{EXPLAINED} offers, one worth-from", middle_of["prices"], 0.3, "s"),
        Aim(f"{EXPLAINED} offers, slowest worth-from", max(seconds["prices"]), 1, "s"),
        Aim(f"{EXPLAINED} offers, quotes of a month", middle_of["month"], 2, "s"),
        Aim(f"{EXPLAINED} offers, what each cap costs", middle_of["caps"], 3, "s"),
    ]


def process_aims(report: Report, runs: int) -> None:
    found = [measure.plan_process(60, seed) for seed in instances.SEEDS for _ in range(runs)]
    looks = [measure.warnings(seed) for seed in instances.SEEDS for _ in range(runs)]
    if any(look["ortools"] for look in looks):
        raise SystemExit("looking for breaches imports OR-tools")
    report.aims += [
        Aim("`shiftward plan`, 60 offers: whole process", statistics.median(s for s, _ in found), 1, "s"),
        Aim("`shiftward plan`, 60 offers: peak memory", statistics.median(mb for _, mb in found), 130, "MB"),
        Aim(
            "60 commitments: limits and breaches, no solver",
            statistics.median(look["limits_seconds"] + look["breaches_seconds"] for look in looks) * 1000,
            10,
            "ms",
        ),
    ]


# --- Tables -----------------------------------------------------------------------------------------------


def number(value: float | None, form: str = ".3f") -> str:
    return "–" if value is None else format(value, form)


def side_table(report: Report, sizes: Iterable[int]) -> Table:
    """Seconds to proof (or the gap at the limit), seed by seed, then what a peer takes in times of ours."""
    table = Table(box=box.SIMPLE, title="Seconds to proof, or the gap where time ran out; seeds 1, 2, 3")
    for head in ("offers", "side", "seed 1", "seed 2", "seed 3", "median", "by ours"):
        table.add_column(head, justify="left" if head == "side" else "right")
    for size in sizes:
        for side in SIDES:
            runs = [sides[side] for (at, _), sides in report.results.items() if at == size and side in sides]
            if runs:
                times = "" if side == "ours" else number(ratio(report.results, size, side), ".1f")
                middle_of = number(middle(report.results, size, side))
                table.add_row(f"{size:,}", side, *map(brief, runs), middle_of, times)
    return table


def brief(run: Run) -> str:
    if run.proved:
        return f"{run.seconds:.3f}"
    return "nothing found" if run.gap is None else f"gap {run.gap:.2%}"


def value_table(report: Report, sizes: Iterable[int]) -> Table:
    table = Table(box=box.SIMPLE, title="Worth of the best plan in dollars: what each side reached")
    for head in ("offers", "seed", *SIDES, "most there can be"):
        table.add_column(head, justify="right")
    for (size, seed), sides in report.results.items():
        if size in sizes:
            least = min((run.bound for run in sides.values() if run.bound is not None), default=None)
            cells = [dollars(sides[side].value) if side in sides else "" for side in SIDES]
            table.add_row(f"{size:,}", str(seed), *cells, dollars(least))
    return table


def dollars(cents: int | None) -> str:
    return "–" if cents is None else f"{cents / 100:,.2f}"


def parts_table(sizes: Iterable[int]) -> Table:
    table = Table(
        box=box.SIMPLE, title="Before any search: milliseconds of each step (seed 1), and what is left"
    )
    for head in ("offers", "gates", "limits", "greedy", "rows", "candidates", "variables", "constraints"):
        table.add_column(head, justify="right")
    for size in sizes:
        say(f"{size} offers: steps")
        one = measure.parts(size, 1)
        times = [f"{value * 1000:.1f}" for value in (one.gates, one.limits, one.greedy, one.rows)]
        counts = [f"{value:,}" for value in (one.candidates, one.variables, one.constraints)]
        table.add_row(f"{size:,}", *times, *counts)
    return table


def aim_table(aims: Iterable[Aim]) -> Table:
    table = Table(box=box.SIMPLE, title="Aims; medians over three seeds")
    for head in ("what", "found", "aim", ""):
        table.add_column(head, justify="left" if head == "what" else "right")
    for one in aims:
        sign = "≥" if one.least else "≤"
        aim = f"{sign} {one.aim:g} {one.unit}"
        table.add_row(one.what, f"{number(one.found, '.3g')} {one.unit}", aim, "met" if one.met else "MISSED")
    return table


# --- What is published ------------------------------------------------------------------------------------


def certify(report: Report) -> None:
    """Keep in the index what was proved, and by whom; else the best known and the least bound."""
    index = instances.index()
    for (size, seed), sides in report.results.items():
        values = [run.value for run in sides.values() if run.value is not None]
        bounds = [run.bound for run in sides.values() if run.bound is not None]
        by = [side for side, run in sides.items() if run.proved]
        entry = index[instances.name(size, seed)]
        entry["best"] = max([*values, *([entry["best"]] if "best" in entry else [])])
        entry["bound"] = min([*bounds, *([entry["bound"]] if "bound" in entry else [])])
        entry["proved_by"] = sorted({*by, *entry.get("proved_by", [])})
    instances.write_index(index)


def changed(sizes: Iterable[int]) -> list[str]:
    """Instances that are no longer what was published."""
    index = instances.index()
    keys = [(size, seed) for size in sizes for seed in instances.SEEDS]
    return [
        instances.name(*key)
        for key in keys
        if index.get(instances.name(*key), {}).get("sha256") != instances.digest(*key)
    ]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.solver", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each measurement under a second")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(instances.SIZES), metavar="OFFERS")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most, for one proof")
    parser.add_argument("--certify", action="store_true", help="keep in the index what was proved")
    return parser.parse_args()


def machine() -> str:
    clock = "seconds of the processor" if CPU else "seconds on the wall"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores (load {load}), Python {platform.python_version()}, {clock}"


def main() -> None:
    given = arguments()
    if stale := changed(given.sizes):
        raise SystemExit(f"not as published: {', '.join(stale)}; run python -m bench.instances")
    report = Report()
    side_by_side(report, given.sizes, given.runs, given.seconds)
    cut_short(report, given.sizes)
    proof_aims(report, given.sizes)
    cut_aims(report, given.sizes)
    explanation_aims(report, given.runs)
    process_aims(report, given.runs)
    out = Console(width=None if sys.stdout.isatty() else 110)
    out.print(machine())
    for table in (
        side_table(report, given.sizes),
        value_table(report, given.sizes),
        parts_table(given.sizes),
        aim_table(report.aims),
    ):
        out.print(table)
    if given.certify:
        certify(report)
    if wrong := disagreements(report.results):
        out.print("\n".join(["DISAGREEMENT", *wrong]), style="bold red")
        raise SystemExit(1)


if __name__ == "__main__":
    main()

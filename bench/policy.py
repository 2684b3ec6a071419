"""How long it takes to read a policy with many sites, to judge a year of shifts by it, and to judge it by five eras.

No peer is known that does the same; every aim is one of ours. Medians of the processor's own time, which is that of
one core, in one process without a solver; a busy machine changes only what the clock says.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time as now

from rich import box
from rich.console import Console
from rich.table import Table

from policy.limits import breaches
from policy.read import read_policy
from policy.reading import reading
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import Roster, Shift, Span

SITES, SHIFTS = 60, 300
YEAR = Span(date(2027, 1, 1), date(2027, 12, 31))
BORDERS = ("2027-02-01", "2027-04-15", "2027-07-01", "2027-09-10")
_RULES = """[caps]
nights_per_month = 6
weekends_per_month = { cap = 2, over = 800 }
high_intensity_per_month = 10
off_days_per_month = 4
nights_away_per_month = 6
new_sites_per_month = 1
hours_per_week = 60
clinical_hours_per_week = 56
energy_per_7_days = 18
days_in_a_row = 6
nights_in_a_row = 3
shift_hours = 13
night_shift_hours = { cap = 12, over = 0 }
screen_hours_per_day = { cap = 9, over = 30 }
average_week_hours = { cap = 48, weeks = 26 }
off_days_in = { cap = 4, within_days = 28 }
weekends_in = { cap = 1, of = 2 }
[rest]
between_shifts_hours = 11
as_long_as_shift = true
weekly_hours = { cap = 35, within_days = 7 }
[recovery]
points_after = { cap = 11, within_days = 7, over = 15 }
[travel]
trips_per_month = 2
min_block_days = { cap = 5, over = 300 }
days_between_trips = { cap = 10, over = 300 }
windows = [{ from = 2027-06-01, until = 2027-08-15 }]
trips_outside_windows = { cap = 1, over = 220 }
[prices]
backward_rotation = 45
travel_hour = 22
new_site = 330
[hands_on]
min_shifts_per_month = { cap = 4, over = 100 }
[[runs]]
name = "nights"
of = "night"
at_most = 4
rest = { after = 3, hours = 46 }
[[runs]]
name = "long"
longer_than_hours = 10
at_most = 5
rest = { after = 5, hours = 48 }
[streams.telemedicine]
employment = "1099"
min_shifts_per_month = { cap = 6, over = 200 }
max_shifts_per_month = { cap = 12, over = 0 }
hours_per_week = 40
sites_per_month = 3
shift_hours = { at_least = 4, at_most = 8, over = 50 }
preferred_weekdays = ["Tue", "Thu"]
"""
"""Every rule is on; the presets of duty hours come on top."""


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    seconds: list[float]
    aim: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def text(sites: int, *, extends: bool = False, eras: bool = False) -> str:
    """A policy with so many sites, perhaps over two presets, perhaps with four changes in its year."""
    kinds = (
        ("per_diem", "high", '{ mode = "drive", minutes = 25 }', "{ per_shift = 2500 }"),
        ("locums", "high", '{ mode = "fly", minutes = 240 }', "{ per_shift = 3000 }"),
        ("telemedicine", "moderate", '{ mode = "none" }', "{ per_hour = 140 }"),
        ("telemedicine", "low", '{ mode = "none" }', "{ per_visit = 30, visits_per_hour = 4 }"),
    )
    parts = ['extends = ["acgme", "nhs-2016"]\n' if extends else ""]
    parts.append(
        '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n[goals]\nfloor_monthly = 12_000\n'
    )
    parts.append(_RULES)
    for number in range(sites):
        stream, intensity, travel, pay = kinds[number % len(kinds)]
        parts.append(
            f'[sites.site-{number}]\nstream = "{stream}"\nnames = ["Site {number}", "S{number}", "Site No. {number}"]\n'
            f'zone = "America/Denver"\nstates = ["TX", "CO"]\nemr = "EMR {number % 5}"\nintensity = "{intensity}"\n'
            f"pay = {pay}\nrate_floor = {{ per_hour = 90 }}\ntravel = {travel}\nprivileges_until = 2028-09-30\n"
        )
    for number, border in enumerate(BORDERS if eras else ()):
        parts.append(
            f"[[from]]\ndate = {border}\n[from.caps]\nnights_per_month = {number + 2}\nhours_per_week = {50 + number}\n"
        )
    return "\n".join(parts)


def year(policy: Policy, number: int) -> tuple[Shift, ...]:
    """Shifts spread over the year, by day and by night, at a few of the sites."""
    found = []
    for at in range(number):
        day = YEAR.first + timedelta(days=at * 365 // number)
        site = policy.site(f"site-{at % 12}")
        start = datetime(day.year, day.month, day.day, 19 if at % 5 == 0 else 7, tzinfo=site.body_zone)
        found.append(Shift.at(site, start, start + timedelta(hours=12), key=f"s{at:03}", cents=2_000_00))
    return tuple(found)


def timed(runs: int, act: Callable[[], object]) -> list[float]:
    act()
    takes = []
    for _ in range(runs):
        begun = now()
        act()
        takes.append(now() - begun)
    return takes


def read(path: Path) -> Policy:
    policy, problems = read_policy(path)
    if policy is None:
        raise SystemExit("\n".join(map(str, problems)))
    return policy


def judged(policy: Policy, shifts: tuple[Shift, ...]) -> Callable[[], object]:
    ids = {shift.id for shift in shifts}
    # Shifts remember what they worked out; a pass makes them anew.
    return lambda: breaches(all_limits(policy, Roster(tuple(map(_fresh, shifts)), YEAR)), ids)


def _fresh(shift: Shift) -> Shift:
    return Shift(shift.id, shift.site, shift.start, shift.end, shift.cents)


def measured(runs: int, where: Path) -> list[Figure]:
    def written(name: str, content: str) -> Path:
        path = where / f"{name}.toml"
        path.write_text(content, "utf-8")
        return path

    plain = written("plain", text(SITES))
    both = written("both", text(SITES, extends=True, eras=True))
    broken = written("broken", text(SITES).replace("emr = ", "erm = "))
    policy, changing = read(plain), read(both)
    worked = year(policy, SHIFTS)
    size = len(plain.read_bytes())
    return [
        Figure(
            f"reading a policy with {SITES} sites, {size // 1000} kB",
            timed(runs, lambda: read_policy(plain)),
            0.05,
        ),
        Figure(
            f"the same over two presets, with {len(BORDERS)} changes",
            timed(runs, lambda: read_policy(both)),
            0.1,
        ),
        Figure(
            f"the same with {SITES} problems, each with its line",
            timed(runs, lambda: read_policy(broken)),
            0.1,
        ),
        Figure("reading it back in plain words", timed(runs, lambda: reading(policy)), 0.05),
        Figure(
            f"limits and breaches of a year of {SHIFTS} shifts", timed(runs, judged(policy, worked)), 0.05
        ),
        Figure(
            f"the same over two presets, in {len(BORDERS) + 1} eras",
            timed(runs, judged(changing, worked)),
            0.1,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    print(f"» {runs} runs of each", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-policy-") as where:
        found = measured(runs, Path(where))
    table = Table(box=box.SIMPLE, title="The policy")
    for name in ("figure", "median", "slowest", "aim", ""):
        table.add_column(name, justify="left" if name in ("figure", "") else "right")
    for one in found:
        table.add_row(
            one.name,
            f"{one.median * 1000:.1f} ms",
            f"{max(one.seconds) * 1000:.1f} ms",
            f"{one.aim * 1000:.0f} ms",
            "met" if one.median <= one.aim else "missed",
        )
    Console().print(table)
    if any(one.median > one.aim for one in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()

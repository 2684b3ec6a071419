"""The presets that come with Shiftward: each reads, says where it comes from, and can be lived within its own caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from policy.fields import Cap
from policy.files import shipped
from policy.limits import breaches
from policy.money import money, paid
from policy.read import Read, read_files
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import Month, Roster, Shift, Span

NAMES = tuple(sorted(path.stem for path in shipped("config/presets").glob("*.toml")))
PATTERNS = (
    "em-two-years-out",
    "local-anchor",
    "locums-first",
    "psychiatrist-young-kids",
    "resident-moonlighter",
    "telemed-heavy",
)
DUTY = ("acep", "acgme", "acgme-em", "eu-wtd", "hse-good-practice", "nhs-2016")
ME = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n'
JANUARY = Span.month(Month(2027, 1))


def extending(tmp_path: Path, *names: str, own: str = "") -> Read:
    path = tmp_path / "policy.toml"
    listed = ", ".join(f'"{name}"' for name in names)
    path.write_text(f"extends = [{listed}]\n{ME}{own}", "utf-8")
    found = read_files(path)
    assert found.problems == []
    return found


def preset(tmp_path: Path, *names: str) -> Policy:
    policy = extending(tmp_path, *names).policy
    assert policy
    return policy


def test_all_presets_are_here() -> None:
    """Six patterns of work, six sets of duty hours."""
    assert sorted((*PATTERNS, *DUTY)) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_reads_and_says_where_it_comes_from(tmp_path: Path, name: str) -> None:
    """Its own source and date; it knows nobody's name nor home."""
    found = extending(tmp_path, name)
    about = dict(found.presets)[f"presets/{name}.toml"]
    assert about.title
    assert about.source
    assert found.tree
    assert found.tree.raw["clinician"]["name"] == "R. Example"
    alone = (shipped("config/presets") / f"{name}.toml").read_text("utf-8")
    assert "home_zone" not in alone
    assert "R. Example" not in alone


@pytest.mark.parametrize("name", DUTY)
def test_a_set_of_duty_hours_says_nothing_of_money_or_sites(tmp_path: Path, name: str) -> None:
    """It can stand beside any pattern; each number has an address that it was read at."""
    policy = preset(tmp_path, name)
    assert policy.goals is None
    assert not policy.sites
    assert all(
        source.startswith(("https://", "http://"))
        for _, one in extending(tmp_path, name).presets
        for source in one.source
    )


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("duty", DUTY)
def test_duty_hours_lie_over_any_pattern(tmp_path: Path, pattern: str, duty: str) -> None:
    """Named last, every number of the duty hours stands."""
    alone, both = preset(tmp_path, duty), preset(tmp_path, pattern, duty)
    for section in ("caps", "rest"):
        written = getattr(alone, section)
        for key in written.model_fields_set if written else ():
            assert getattr(getattr(both, section), key) == getattr(written, key)
    assert {run.name for run in alone.runs} <= {run.name for run in both.runs}


# -- stricter than -----------------------------------------------------------------------------------------------------


def strictness(bound: Any, *, least: bool) -> tuple[float, ...]:
    """Greater is stricter: a hard bound before a priced one before a notice, then the number."""
    if bound is None:
        return (0.0,)
    over = getattr(bound, "over", None)
    force = 3.0 if over is None else 1.0 if over == 0 else 2.0
    per = (
        getattr(bound, "weeks", None)
        or getattr(bound, "within_days", None)
        or getattr(bound, "of", None)
        or 1
    )
    return (force, (1 if least else -1) * bound.cap / (1 if hasattr(bound, "weeks") else per))


LEAST = {"off_days_per_month", "off_days_in", "between_shifts_hours", "weekly_hours"}


def laxer(one: Policy, other: Policy) -> list[str]:
    """Where `one` binds less than `other`."""
    found = []
    for section in ("limits", "rest"):
        ours, theirs = getattr(one, section), getattr(other, section)
        for key in type(ours).model_fields:
            mine, its = getattr(ours, key), getattr(theirs, key)
            if isinstance(its, bool):
                found += [key] if its and not mine else []
            elif strictness(mine, least=key in LEAST) < strictness(its, least=key in LEAST):
                found.append(key)
    mine_runs = {run.name: run for run in one.runs}
    for run in other.runs:
        mine_run = mine_runs.get(run.name)
        if mine_run is None or (mine_run.at_most or 0) > (run.at_most or 0):
            found.append(run.name)
    return found


def test_emergency_medicine_is_nowhere_laxer_than_acgme(tmp_path: Path) -> None:
    """And stricter in its shifts, its week, and the rest after a shift."""
    common, special = preset(tmp_path, "acgme"), preset(tmp_path, "acgme-em")
    assert laxer(special, common) == []
    assert sorted(laxer(common, special)) == [
        "as_long_as_shift",
        "clinical_hours_per_week",
        "hours_per_week",
        "shift_hours",
    ]


def test_a_moonlighting_resident_is_nowhere_laxer_than_acgme(tmp_path: Path) -> None:
    """The pattern adds to the rules and takes none away, but for what the residency itself decides."""
    assert laxer(preset(tmp_path, "resident-moonlighter"), preset(tmp_path, "acgme")) == ["energy_per_7_days"]


# -- lived within its own caps -------------------------------------------------------------------------------------------

Row = tuple[str, int, str, float]


def days(site: str, dates: Iterable[int], start: str, hours: float) -> list[Row]:
    return [(site, day, start, hours) for day in dates]


def month(policy: Policy, rows: Sequence[Row]) -> tuple[Shift, ...]:
    found: list[Shift] = []
    for number, (key, day, start, hours) in enumerate(rows):
        site = policy.site(key)
        begins = datetime.fromisoformat(f"2027-01-{day:02} {start}").replace(tzinfo=site.body_zone)
        one = Shift.at(site, begins, begins + timedelta(hours=hours), key=f"s{number:02}")
        found += paid((one,), site.pay)
    return tuple(found)


def hard(policy: Policy, worked: tuple[Shift, ...]) -> list[str]:
    """The hard rules that a month breaks, minimums apart: those only warn."""
    found = breaches(all_limits(policy, Roster(worked, JANUARY)), {one.id for one in worked})
    return sorted({one.limit.rule for one in found if one.limit.hard and "min_shifts" not in one.limit.rule})


GOOD: Mapping[str, list[Row]] = {
    "telemed-heavy": [
        *days("harbor-tele", (5, 7, 14, 15, 19, 20, 22, 28), "10:00", 8),
        *days("lakeside", (12, 26), "07:00", 12),
    ],
    "locums-first": [
        *days("ridgeline", (*range(4, 9), *range(11, 16), *range(18, 23)), "07:00", 12),
        *days("harbor-tele", (25, 26, 28, 29), "10:00", 8),
    ],
    "local-anchor": [
        *days("lakeside-ed", (4, 11, 18, 25), "07:00", 12),
        *days("pinecrest-uc", (7, 14, 21, 28), "08:00", 10),
        *days("harbor-tele", (5, 9, 12, 16, 19, 26), "10:00", 6),
    ],
    "psychiatrist-young-kids": [
        *days("tele-psych", (4, 6, 7, 11, 13, 14, 18, 20, 21, 25, 27, 28), "09:00", 6),
        *days("day-program", (15,), "08:00", 8),
    ],
    "resident-moonlighter": [
        *days("university", [day + 7 * week for week in range(4) for day in range(4, 9)], "07:00", 12),
        *days("evening-tele", (9, 16, 23), "09:00", 6),
    ],
    "em-two-years-out": [
        *days("lakeside-ed", (4, 8, 20, 22), "07:00", 10),
        *days("harbor-tele", (5, 6, 11, 18, 28, 30), "11:00", 6),
        *days("ridgeline-ed", (12, 13, 14, 15), "07:00", 12),
        *days("ridgeline-ed", (25, 26), "07:00", 12),
    ],
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_can_be_lived_within_its_own_caps(tmp_path: Path, name: str) -> None:
    """A month of it breaks no hard rule and brings the floor, without locums."""
    policy = preset(tmp_path, name)
    worked = month(policy, GOOD[name])
    assert hard(policy, worked) == []
    assert money(policy, worked, JANUARY).short == 0
    at_least = {key: cap.cap for key, one in policy.streams.items() if (cap := one.min_shifts_per_month)}
    counted = {key: sum(one.site.stream == key for one in worked) for key in at_least}
    assert all(counted[key] >= least for key, least in at_least.items())


def test_a_block_of_seven_high_days_is_refused(tmp_path: Path) -> None:
    """Seven on is 21 points, and the caps of every preset say 18."""
    policy = preset(tmp_path, "locums-first")
    worked = month(policy, days("ridgeline", range(4, 11), "07:00", 12))
    assert hard(policy, worked) == ["caps.days_in_a_row", "caps.energy_per_7_days", "caps.hours_per_week"]


def test_numbers_of_the_sources_stand_in_the_presets(tmp_path: Path) -> None:
    """The ones that everybody knows."""
    acgme, nhs, eu, hse = (
        preset(tmp_path, name) for name in ("acgme", "nhs-2016", "eu-wtd", "hse-good-practice")
    )
    assert acgme.limits.average_week_hours
    assert (acgme.limits.average_week_hours.cap, acgme.limits.average_week_hours.weeks) == (80, 4)
    assert acgme.rest.between_shifts_hours == Cap(cap=8)
    assert acgme.clinician.role == "resident"
    assert {run.name: (run.at_most, run.rest and (run.rest.after, run.rest.hours)) for run in nhs.runs} == {
        "nights": (4, (3, 46)),
        "long": (5, (5, 48)),
        "long-late": (4, (4, 48)),
        "shifts": (8, (8, 48)),
    }
    assert eu.rest.weekly_hours
    assert (eu.rest.weekly_hours.cap, eu.rest.between_shifts_hours) == (35, Cap(cap=11))
    assert hse.limits.night_shift_hours == Cap(cap=8, over=0)

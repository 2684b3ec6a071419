"""The golden week, which must be refused, a week that passes, and a month of the mix that the field calls healthy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from policy.limits import breaches
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import ALWAYS, Roster, Shift, Span
from tests.policy import worlds

SITES: Mapping[str, Mapping[str, Any]] = {
    "icu": {"stream": "locums", "emr": "Epic", "intensity": "high"},
    "ed": {"stream": "per_diem", "emr": "Epic", "intensity": "high"},
    "tele": {"stream": "telemedicine", "emr": "Harbor", "intensity": "moderate"},
    "quiet": {"stream": "telemedicine", "emr": "Harbor", "intensity": "low"},
}
OFF: Mapping[str, Any] = {
    "caps": {"off_days_per_month": "none"},
    "rest": {"between_shifts_hours": "none"},
    "recovery": {"days": 0},
    "emr": {"at_most": "none"},
}
"""All defaults but the energy of seven days."""
Week = Sequence[tuple[str, str, int]]
GOLDEN: Week = (
    ("icu", "2027-01-04 19:00", 12),
    ("icu", "2027-01-05 19:00", 12),
    ("icu", "2027-01-06 19:00", 12),
    ("tele", "2027-01-08 09:00", 8),
    ("ed", "2027-01-09 07:00", 12),
    ("ed", "2027-01-10 07:00", 12),
    ("tele", "2027-01-10 20:00", 4),
)
"""Three ICU nights, two ED days and two heavy telemedicine shifts: 9 + 6 + 4 points."""


def policy(**changes: Any) -> Policy:
    return worlds.policy(**{"sites": SITES, **changes})


def worked(rules: Policy, week: Week) -> list[Shift]:
    zone = rules.clinician.home_zone
    shifts = []
    for number, (site, start, hours) in enumerate(week):
        begins = datetime.fromisoformat(start).replace(tzinfo=zone)
        ends = (begins.replace(tzinfo=None) + timedelta(hours=hours)).replace(tzinfo=zone)
        shifts.append(Shift.at(rules.site(site), begins, ends, key=f"s{number}"))
    return shifts


def refused(rules: Policy, week: Week) -> dict[str, tuple[int, int]]:
    """The worst value and the bound of each hard rule that the week breaks."""
    shifts = worked(rules, week)
    span = Span(min(one.first for one in shifts), max(one.last for one in shifts))
    found = breaches(all_limits(rules, Roster(tuple(shifts), span, (), ALWAYS)), {one.id for one in shifts})
    worst: dict[str, tuple[int, int]] = {}
    for breach in found:
        if breach.limit.hard:
            before = worst.get(breach.limit.rule, (0, 0))
            worst[breach.limit.rule] = max(before, (breach.value, breach.limit.at_most))
    return worst


def test_the_golden_week_is_refused_by_the_defaults() -> None:
    """By energy, by a lost recovery day and by too short a rest."""
    found = refused(policy(), GOLDEN)
    assert set(found) == {"caps.energy_per_7_days", "recovery", "rest.between_shifts_hours"}
    assert found["caps.energy_per_7_days"] == (19, 18)


def test_the_energy_cap_alone_refuses_it() -> None:
    """By one point: heavy telemedicine may not be called low."""
    assert refused(policy(**OFF), GOLDEN) == {"caps.energy_per_7_days": (19, 18)}
    low = {**SITES, "tele": {**SITES["tele"], "intensity": "low"}}
    assert refused(policy(**OFF, sites=low), GOLDEN) == {}


@pytest.mark.parametrize(
    "first", ["2027-01-04", "2027-01-29", "2026-12-28", "2027-03-09", "2026-10-28", "2028-02-26"]
)
def test_whatever_the_order_and_the_dates(first: str) -> None:
    """Over the borders of a month and of a year, both nights of changing clocks, and a leap day."""
    rules = policy(**OFF)
    hours = {"icu": ("19:00", 12), "ed": ("07:00", 12), "tele": ("09:00", 8)}
    for order in sorted(set(permutations(["icu"] * 3 + ["ed"] * 2 + ["tele"] * 2))):
        days = [date.fromisoformat(first) + timedelta(days=number) for number in range(7)]
        week = [
            (site, f"{day} {hours[site][0]}", hours[site][1]) for site, day in zip(order, days, strict=True)
        ]
        assert refused(rules, week) == {"caps.energy_per_7_days": (19, 18)}


def test_spread_over_eight_days_recovery_still_refuses_it() -> None:
    """17 points in any seven dates; a day after the nights and one after the ED pair are lost."""
    spread = (*GOLDEN[:6], ("tele", "2027-01-11 09:00", 8))
    assert refused(policy(**OFF), spread) == {}
    assert set(refused(policy(), spread)) == {"recovery"}


def test_a_third_record_system_is_one_more_reason() -> None:
    """Epic, Athena and Harbor within four days."""
    other = {**SITES, "ed": {**SITES["ed"], "emr": "Athena"}}
    assert refused(policy(sites=other), GOLDEN)["emr.at_most"] == (3, 2)


def test_a_week_that_passes() -> None:
    """Two nights, a day off after them, and one ED day between two half days at home."""
    week: Week = (
        ("icu", "2027-01-04 19:00", 12),
        ("icu", "2027-01-05 19:00", 12),
        ("tele", "2027-01-08 13:00", 6),
        ("ed", "2027-01-09 07:00", 12),
        ("tele", "2027-01-10 13:00", 6),
    )
    assert refused(policy(), week) == {}


def test_the_healthy_mix_fits_a_month_and_all_its_weekends_do_not() -> None:
    """8 high, 10 moderate and 6 low, within six days in a row and sixty hours a week; but it works four weekends."""
    caps = {"days_in_a_row": 6, "hours_per_week": 60, "high_intensity_per_month": 8}
    month: list[tuple[str, str, int]] = []
    for number, monday in enumerate((4, 11, 18, 25)):
        days = [date(2027, 1, monday) + timedelta(days=day) for day in range(7)]
        last = "tele" if number < 2 else "quiet"
        places = ("ed", "ed", None, "tele", "tele", "quiet", last)
        month += [
            (site, f"{day} {'07:00' if site == 'ed' else '09:00'}", 12 if site == "ed" else 6)
            for site, day in zip(places, days, strict=True)
            if site
        ]
    assert refused(policy(caps=caps), month) == {}
    assert refused(policy(caps={**caps, "weekends_per_month": 2}), month) == {
        "caps.weekends_per_month": (4, 2)
    }


def test_four_hours_on_every_day_of_a_year_leave_no_day_off() -> None:
    """However little it is each day."""
    first = date(2027, 1, 1)
    year = [("quiet", f"{first + timedelta(days=number)} 09:00", 4) for number in range(365)]
    assert set(refused(policy(), year)) == {"caps.off_days_per_month"}

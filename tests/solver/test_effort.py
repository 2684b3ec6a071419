"""Plans that the effort did not suffice to prove: still right, still steady, and honest about the gap."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from policy.money import paid
from policy.schema import Policy
from policy.shift import Offer, Pay, Shift, Span
from solver.solve import Problem, solve

ZONE = ZoneInfo("America/Chicago")
FIRST = date(2027, 1, 1)
POLICY = Policy.model_validate(
    {
        "clinician": {"name": "R. Example", "home_zone": "America/Chicago"},
        "goals": {"floor_monthly": 9000},
        "caps": {
            "nights_per_month": {"cap": 3, "over": 250},
            "weekends_per_month": {"cap": 1, "over": 400},
            "hours_per_week": 50,
        },
        "travel": {"min_block_days": {"cap": 4, "over": 300}},
        "sites": {
            "ward": {"stream": "per_diem", "emr": "Epic", "intensity": "moderate"},
            "tele": {"stream": "telemedicine", "emr": "Harbor", "intensity": "low"},
            "lodge": {"stream": "locums", "emr": "Cerner", "intensity": "high", "travel": {"mode": "fly"}},
        },
    }
)


def _problem(seed: int, count: int = 90) -> Problem:
    draw = random.Random(seed)
    offers = []
    for number in range(count):
        site = POLICY.site(draw.choice(["ward", "tele", "lodge"]))
        day = FIRST + timedelta(days=draw.randrange(56))
        start = datetime(day.year, day.month, day.day, draw.choice([7, 9, 14, 19]), tzinfo=ZONE)
        shift = Shift.at(site, start, start + timedelta(hours=draw.choice([6, 8, 12])), key=f"o{number}")
        pay = Pay(draw.randrange(500, 3500) * 100, "shift")
        offers.append(Offer(f"o{number}", site, paid((shift,), pay), pay))
    span = Span(FIRST, FIRST + timedelta(days=58))
    return Problem(POLICY, datetime(2026, 12, 1, tzinfo=UTC), span, offers=tuple(offers))


@pytest.mark.parametrize("effort", [0.0, 0.001, 0.02, 0.1])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_plan_cut_short_is_valued_as_it_is(seed: int, effort: float) -> None:
    """However early the search ends, the value is that of the plan, and the proved best lies within the bound."""
    problem = _problem(seed)
    assert len(problem.candidates) > 80
    plan = solve(problem, effort=effort, seconds=30)
    best = solve(problem, effort=20, seconds=60)
    assert best.status == "optimal"
    assert plan.value == problem.value(plan.accepted)
    assert plan.value <= best.value <= plan.bound
    assert plan.status == "optimal" or plan.bound >= plan.value


def test_the_same_effort_gives_the_same_plan() -> None:
    """The stop is counted in the solver's own steps, so a machine under load changes nothing."""
    plans = {solve(_problem(4), effort=0.03, seconds=60).accepted for _ in range(3)}
    assert len(plans) == 1

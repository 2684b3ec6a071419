"""Worlds that nobody should have to plan: a clear answer each time, never a traceback, never silence."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from policy.limits import Reason
from policy.money import paid
from policy.shift import Offer, Pay, RedTime
from policy.words import sentence
from solver import solve as solving
from solver.explain import Declined, declined
from solver.quote import quotes
from solver.solve import Plan, Problem, solve
from solver.twins import best_twins
from tests.policy.worlds import SITE, shift
from tests.solver.test_effort import _problem as many
from tests.solver.test_explain import offer, world

ROOT = Path(__file__).parents[2]


def answered(problem: Problem) -> tuple[Plan, dict[str, Declined]]:
    """The plan, proved, and a verdict with words for each offer left out."""
    plan = solve(problem)
    assert plan.status == "optimal"
    verdicts = {one.offer: one for one in declined(problem, plan)}
    assert sorted([*plan.accepted, *verdicts]) == sorted(one.id for one in problem.offers)
    assert all(one.reasons and told(problem, one.reasons) for one in verdicts.values())
    return plan, verdicts


def told(problem: Problem, reasons: tuple[Reason, ...]) -> list[str]:
    return [sentence(one, problem.shifts) for one in reasons]


def test_a_minimum_above_its_maximum_plans_what_fits() -> None:
    """Three shifts are wanted and one allowed: one is taken, the rest is told the cap, and the minimum is a warning."""
    offers = [offer(f"o{day}", "icu", f"2027-01-{day:02} 07:00", 1_000 + day) for day in (4, 11, 18)]
    streams = {"per_diem": {"min_shifts_per_month": 3, "max_shifts_per_month": 1}}
    plan, verdicts = answered(world(*offers, streams=streams))
    assert plan.accepted == ("o18",)
    assert [one.limit.rule for one in plan.breaches] == ["streams.per_diem.min_shifts_per_month"]
    assert {one.because for one in verdicts.values()} == {"limit"}


def test_caps_that_leave_nothing_are_told_for_every_offer() -> None:
    """No night, no weekend, no hour: nothing is taken, and each offer is told all that stands against it."""
    caps = {
        "nights_per_month": 0,
        "hours_per_week": 0,
        "high_intensity_per_month": 0,
        "off_days_per_month": 31,
    }
    problem = world(offer("o1", "icu", "2027-01-04 19:00", 9_000), caps=caps)
    plan, verdicts = answered(problem)
    assert (plan.accepted, plan.value) == ((), 0)
    assert sorted(one.rule for one in verdicts["o1"].reasons) == sorted(f"caps.{key}" for key in caps)
    assert len(verdicts["o1"].relax) == len(caps)


def test_commitments_that_break_everything_let_the_rest_be_planned() -> None:
    """Overlapping, without rest, over three caps and in red time: each is told, none gets worse, and o2 still fits."""
    fixed = (
        shift("c1", "icu", "2027-01-04 19:00"),
        shift("c2", "icu", "2027-01-05 04:00"),
        shift("c3", "icu", "2027-01-05 19:00"),
    )
    red = RedTime("r1", fixed[0].start, fixed[0].end, "school play")
    problem = world(
        offer("o1", "icu", "2027-01-20 19:00", 9_000),
        offer("o2", "quiet-tele", "2027-01-20 09:00", 100, 4),
        commitments=fixed,
        red=(red,),
        caps={"nights_per_month": 1, "nights_in_a_row": 1, "high_intensity_per_month": 2},
        rest={"between_shifts_hours": 11},
    )
    plan, verdicts = answered(problem)
    assert plan.accepted == ("o2",)
    assert {one.limit.rule for one in plan.breaches} == {
        "overlap",
        "red",
        "rest.between_shifts_hours",
        "caps.nights_per_month",
        "caps.nights_in_a_row",
        "caps.high_intensity_per_month",
    }
    assert verdicts["o1"].because == "limit"


@pytest.mark.parametrize(
    ("torn", "words"),
    [
        (offer("o1", "icu", "2027-01-04 07:00", 0), "it pays nothing"),
        (offer("o1", "icu", "2027-01-04 07:00", -2_500), "it pays nothing"),
        (Offer("o1", SITE["icu"], ()), "it names no shift with a date and hours"),
        (
            Offer(
                "o1",
                SITE["icu"],
                paid(
                    (shift("o1/1", "icu", "2027-01-04 07:00"), shift("o1/2", "icu", "2027-01-04 18:00")),
                    Pay(500_000, "block"),
                ),
                Pay(500_000, "block"),
            ),
            "its own shifts overlap",
        ),
    ],
    ids=["nothing", "less than nothing", "no shifts", "overlapping"],
)
def test_an_offer_that_is_none_is_told_so(torn: Offer, words: str) -> None:
    """It is never taken, changes nothing for the others, and no pay is named that would let it in."""
    other = offer("o2", "icu", "2027-01-04 09:00", 2_000)
    problem = world(torn, other)
    plan, verdicts = answered(problem)
    assert plan.accepted == ("o2",)
    assert plan.value == solve(world(other)).value
    assert verdicts["o1"].because == "ineligible"
    assert told(problem, verdicts["o1"].reasons) == [words]
    assert (verdicts["o1"].worth_from, verdicts["o1"].relax) == (None, ())


def test_nothing_at_all_is_planned_and_quoted() -> None:
    """Without offers the plan is empty and proved, and a shift can still be asked for."""
    plan, verdicts = answered(world())
    assert (plan.accepted, plan.value, verdicts) == ((), 0, {})
    assert quotes(world(), plan, [])[1] == []


# --- Too many ------------------------------------------------------------------------------------------------------


def test_of_a_crowd_the_best_of_each_shift_is_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is worth as much, whatever is offered for more has its name told, and a held one keeps its price."""
    problem = many(1, 200)
    twins = {one.id for one in problem.candidates} - {
        one.id for one in best_twins(problem.candidates, problem.prices)
    }
    assert len(twins) > 5
    monkeypatch.setattr(solving, "CROWD", 100)
    held = replace(problem, held=frozenset(sorted(twins)[:2]))
    for whole in (problem, held):
        best = solve(whole)
        with monkeypatch.context() as patch:
            patch.setattr(solving, "CROWD", 100)
            crowd = replace(whole)
            plan = solve(crowd)
            assert (plan.value, plan.status) == (best.value, "optimal")
            refused = [one for one in declined(crowd, plan, prices=False) if one.because == "ineligible"]
            assert {one.offer for one in refused} == twins
            known = {one.id for one in crowd.candidates}
            assert all(reason.about in known for one in refused for reason in one.reasons)
            assert all(told(crowd, one.reasons) for one in refused)


HEAVY = """
import json, resource
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from tests.solver.test_effort import _problem
from solver.explain import declined
from solver.solve import solve
problem = _problem(1, 100_000)
plan = solve(problem, seconds=3)
verdicts = declined(problem, plan, prices=False)
print(json.dumps({"status": plan.status, "value": plan.value, "bound": plan.bound, "accepted": len(plan.accepted),
    "declined": len(verdicts), "told": all(one.reasons for one in verdicts)}))
"""


def test_a_hundred_thousand_offers_have_an_answer() -> None:
    """In 1.5 GB and well under a minute: a plan, a gap that is stated, and a reason for every other offer."""
    done = subprocess.run(
        [sys.executable, "-c", HEAVY], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    facts = json.loads(done.stdout)
    assert facts["accepted"] + facts["declined"] == 100_000
    assert facts["told"]
    assert 0 < facts["value"] <= facts["bound"]
    assert facts["status"] == "optimal" or facts["bound"] > facts["value"]

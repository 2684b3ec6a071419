"""Why an offer is left out: the four kinds of no, each on a world of one or two offers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from policy.money import paid
from policy.shift import Choose, Offer, Pay, RedTime, Shift, Span
from policy.words import sentence
from solver.explain import Declined, Swap, declined
from solver.solve import Problem, solve
from tests.policy.worlds import CHICAGO, SITE, only, shift

JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))
NOW = datetime(2026, 12, 15, 8, tzinfo=CHICAGO)
RED = RedTime(
    "r1", datetime(2027, 1, 4, 18, tzinfo=CHICAGO), datetime(2027, 1, 4, 20, tzinfo=CHICAGO), "school play"
)


def offer(key: str, site: str, start: str, dollars: int, hours: float = 12) -> Offer:
    pay = Pay(dollars * 100, "block")
    return Offer(key, SITE[site], paid((shift(key, site, start, hours),), pay), pay)


def world(
    *offers: Offer, commitments: tuple[Shift, ...] = (), red: tuple[RedTime, ...] = (), **keys: Any
) -> Problem:
    return Problem(only(**keys), NOW, JANUARY, commitments, red, offers)


def no(problem: Problem, key: str) -> Declined:
    """The verdict on an offer that is left out."""
    plan = solve(problem)
    assert key not in plan.accepted
    return next(one for one in declined(problem, plan) if one.offer == key)


def rules(verdict: Declined) -> list[str]:
    return [reason.rule for reason in verdict.reasons]


# --- The four kinds of no -------------------------------------------------------------------------------------


def test_a_gate_makes_an_offer_ineligible() -> None:
    """Red time is a gate: no pay would do, and nothing could be swapped."""
    verdict = no(world(offer("o1", "icu", "2027-01-04 07:00", 2_500), red=(RED,)), "o1")
    assert (verdict.because, rules(verdict)) == ("ineligible", ["red"])
    assert verdict.worth_from is None
    assert verdict.swap is None


def test_every_gate_speaks() -> None:
    """An offer in red time that pays nothing and is over is told all three."""
    problem = world(offer("o1", "icu", "2027-01-04 07:00", 0), red=(RED,))
    verdict = no(replace(problem, now=RED.start), "o1")
    assert (verdict.because, sorted(rules(verdict))) == ("ineligible", ["past", "pay", "red"])


def test_a_clash_with_what_is_fixed_is_committed() -> None:
    """Overlap with a commitment cannot be bought."""
    fixed = shift("c1", "quiet-tele", "2027-01-04 09:00", 4)
    verdict = no(world(offer("o1", "icu", "2027-01-04 07:00", 9_000), commitments=(fixed,)), "o1")
    assert (verdict.because, rules(verdict)) == ("committed", ["overlap"])
    assert verdict.reasons[0].shifts == ("c1", "o1")
    assert verdict.worth_from is None


def test_too_little_rest_beside_what_is_fixed_is_committed() -> None:
    """Ten hours after a commitment, where eleven are wanted."""
    fixed = shift("c1", "quiet-tele", "2027-01-04 09:00", 4)
    problem = world(
        offer("o1", "icu", "2027-01-04 23:00", 9_000), commitments=(fixed,), rest={"between_shifts_hours": 11}
    )
    verdict = no(problem, "o1")
    assert (verdict.because, rules(verdict)) == ("committed", ["rest.between_shifts_hours"])
    assert (verdict.reasons[0].would_be, verdict.reasons[0].bound) == (600, 660)


def test_a_hard_limit_beside_the_plan_is_limit() -> None:
    """Of two nights where one is the cap the better paid is taken; the other is told what it would have to pay."""
    problem = world(
        offer("o1", "icu", "2027-01-04 19:00", 3_000),
        offer("o2", "icu", "2027-01-11 19:00", 2_500),
        caps={"nights_per_month": 1},
    )
    verdict = no(problem, "o2")
    (reason,) = verdict.reasons
    assert (verdict.because, reason.rule, str(reason.span)) == ("limit", "caps.nights_per_month", "2027-01")
    assert (reason.have, reason.bound, reason.would_be, reason.shifts) == (1, 1, 2, ("o1", "o2"))
    assert sentence(reason, problem.shifts) == "a 2nd night in January; your cap is 1"
    assert verdict.swap == Swap(("o1",), -50_000)
    assert verdict.worth_from in (300_000, 300_001)  # one cent decides, or the stable order does


def test_all_hard_limits_are_listed() -> None:
    """An offer that breaks several hard limits is told every one of them, and no other."""
    problem = world(
        offer("o1", "icu", "2027-01-08 19:00", 3_000),
        offer("o2", "icu", "2027-01-16 19:00", 2_500),
        offer("o3", "quiet-tele", "2027-01-19 09:00", 500, 4),
        caps={
            "nights_per_month": 1,
            "weekends_per_month": 1,
            "high_intensity_per_month": 1,
            "hours_per_week": 20,
            "days_in_a_row": 3,
        },
    )
    verdict = no(problem, "o2")
    assert verdict.because == "limit"
    assert sorted(rules(verdict)) == [
        "caps.high_intensity_per_month",
        "caps.nights_per_month",
        "caps.weekends_per_month",
    ]


def test_what_costs_more_than_it_pays_is_price() -> None:
    """A priced cap that the pay does not cover: the price is named, and so is the pay that would do."""
    fixed = shift("c1", "icu", "2027-01-04 19:00")
    problem = world(
        offer("o1", "icu", "2027-01-11 19:00", 700),
        commitments=(fixed,),
        caps={"nights_per_month": {"cap": 1, "over": 800}},
    )
    verdict = no(problem, "o1")
    assert (verdict.because, rules(verdict)) == ("price", ["price", "caps.nights_per_month"])
    assert (verdict.reasons[0].have, verdict.reasons[0].would_be) == (70_000, 80_000)
    assert verdict.swap == Swap((), -10_000)
    assert verdict.worth_from == 80_001


def test_a_commitment_over_a_cap_lets_other_work_be_planned() -> None:
    """Two committed nights where one is the cap: no third, and the day shift all the same."""
    fixed = (shift("c1", "icu", "2027-01-04 19:00"), shift("c2", "icu", "2027-01-11 19:00"))
    problem = world(
        offer("o1", "icu", "2027-01-18 19:00", 9_000),
        offer("o2", "icu", "2027-01-25 07:00", 100),
        commitments=fixed,
        caps={"nights_per_month": 1},
    )
    plan = solve(problem)
    assert plan.accepted == ("o2",)
    assert [breach.limit.rule for breach in plan.breaches] == ["caps.nights_per_month"]
    verdict = no(problem, "o1")
    (reason,) = verdict.reasons
    assert (verdict.because, reason.have, reason.would_be) == ("limit", 2, 3)
    assert (verdict.swap, verdict.worth_from) == (None, None)


def test_a_swap_is_made_among_the_accepted_alone() -> None:
    """Where a long shift displaces two, the swap for one of them does not count on the other."""
    problem = world(
        offer("o1", "icu", "2027-01-04 07:00", 3_000, 12),
        offer("o2", "quiet-tele", "2027-01-04 08:00", 1_600, 4),
        offer("o3", "quiet-tele", "2027-01-04 13:00", 1_000, 4),
    )
    assert no(problem, "o2").swap == Swap(("o1",), -140_000)
    assert no(problem, "o2").worth_from in (200_000, 200_001)


def test_work_that_is_not_taken_makes_no_trip_longer() -> None:
    """Two offers of the next date would each make the trip long enough; neither is worth it, so the trip is not."""
    problem = world(
        offer("o1", "desert-ed", "2027-01-04 07:00", 1_500, 4),
        offer("o2", "desert-ed", "2027-01-05 07:00", 100, 2),
        offer("o3", "desert-ed", "2027-01-05 12:00", 100, 2),
        caps={"high_intensity_per_month": {"cap": 1, "over": 5_000}},
        travel={"min_block_days": {"cap": 2, "over": 2_000}},
    )
    assert solve(problem).accepted == ()
    verdict = no(problem, "o1")
    assert (verdict.because, rules(verdict)) == ("price", ["price", "travel.min_block_days"])
    assert verdict.worth_from == 200_001


def test_a_group_takes_as_many_as_it_says() -> None:
    """Pick one: the second is left out by the group, and may be swapped in."""
    one, other = offer("o1", "icu", "2027-01-04 07:00", 3_000), offer("o2", "icu", "2027-01-18 07:00", 2_500)
    choose = Choose("g1", 1)
    problem = world(replace(one, choose=choose), replace(other, choose=choose))
    verdict = no(problem, "o2")
    assert (verdict.because, rules(verdict)) == ("limit", ["choose"])
    assert verdict.swap == Swap(("o1",), -50_000)


def test_a_hold_is_kept_unless_more_is_gained_than_a_change_costs() -> None:
    """Of two that exclude each other the held one stays for $100 less, not for $200 less, at $150 a change."""
    for better, accepted in ((2_600, ("o1",)), (2_700, ("o2",))):
        problem = world(
            offer("o1", "icu", "2027-01-04 07:00", 2_500),
            offer("o2", "lodge", "2027-01-04 07:00", better),
            prices={"change": 150},
        )
        assert solve(replace(problem, held=frozenset({"o1"}))).accepted == accepted


def test_nothing_is_accepted_until_goals_and_caps_are_written() -> None:
    """A policy without [caps] warns, and every offer is told so."""
    problem = world(offer("o1", "icu", "2027-01-04 07:00", 9_000))
    silent = replace(problem, policy=problem.policy.model_copy(update={"caps": None}))
    verdict = no(silent, "o1")
    assert (verdict.because, rules(verdict)) == ("ineligible", ["unwritten"])


# --- Warnings need no solver ------------------------------------------------------------------------------------

WARN = """
import sys
from policy.limits import breaches
from policy.rules import all_limits
from policy.shift import Roster
from tests.policy.worlds import WIDE, only, row
work = row("icu", "2027-01-04 19:00", "2027-01-05 19:00")
found = breaches(all_limits(only(caps={"nights_per_month": 1}), Roster(work, WIDE)), {s.id for s in work})
print(len(found), sorted(name for name in sys.modules if name.split(".")[0] in ("ortools", "solver", "sqlalchemy")))
"""


def test_checking_a_calendar_loads_no_solver() -> None:
    """A process that only looks for breaches never imports OR-tools."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", WARN], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "[]"]


def test_a_run_is_told_whole() -> None:
    """Four committed dates and a fifth offered between them: the run is counted, not the window that is too full."""
    policy = only(caps={"days_in_a_row": 2, "off_days_per_month": "none", "energy_per_7_days": "none"})
    days = ("2027-01-04", "2027-01-05", "2027-01-07", "2027-01-08")
    committed = tuple(shift(f"c{day[-1]}", "quiet-tele", f"{day} 09:00", 4) for day in days)
    pay = Pay(100_00, "shift")
    between = paid((shift("o1", "quiet-tele", "2027-01-06 09:00", 4),), pay)
    offered = Offer("o1", SITE["quiet-tele"], between, pay)
    problem = Problem(policy, NOW, JANUARY, committed, (), (offered,))
    (found,) = declined(problem, solve(problem))
    (reason,) = found.reasons
    assert (str(reason.span), reason.would_be, reason.bound) == ("2027-01-04/2027-01-08", 5, 2)

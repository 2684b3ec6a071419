"""A cap at `over = 0` is told and weighs nothing: the solver does not see it, and no price names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from policy.money import paid
from policy.shift import Offer, Pay, Span
from solver.explain import declined
from solver.solve import Problem, encoding, solve
from tests.policy.worlds import CHICAGO, SITE, only, shift

JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))
NOW = datetime(2026, 12, 15, 8, tzinfo=CHICAGO)
STARTS = ("2027-01-04 19:00", "2027-01-05 19:00", "2027-01-06 19:00", "2027-01-20 19:00")


def night(number: int, start: str) -> Offer:
    pay = Pay(200_000, "block")
    key = f"o{number}"
    return Offer(key, SITE["icu"], paid((shift(key, "icu", start),), pay), pay)


def world(over: int | None, **more: Any) -> Problem:
    """Four nights on offer, where one a month, two days in a row and 20 hours a week are meant to be enough."""
    names = {"nights_per_month": 1, "days_in_a_row": 2, "hours_per_week": 20}
    caps = {name: {"cap": cap, "over": over} if over is not None else "none" for name, cap in names.items()}
    offers = tuple(night(number, start) for number, start in enumerate(STARTS))
    return Problem(only(caps={**caps, **more}), NOW, JANUARY, offers=offers)


def test_what_weighs_nothing_is_not_put_to_the_solver() -> None:
    """The program is the one of a policy without these caps; with a price of a cent it is another."""
    programs = [
        encoding(problem, problem.candidates, problem.limits).program
        for problem in (world(0), world(None), world(1))
    ]
    assert programs[0] == programs[1]
    assert len(programs[0].upper) == len(STARTS)
    assert len(programs[2].upper) > len(STARTS)


def test_what_weighs_nothing_is_told_all_the_same() -> None:
    """All four nights are taken, at no cost, and each cap that they exceed is named."""
    plan = solve(world(0))
    assert plan.accepted == ("o0", "o1", "o2", "o3")
    assert plan.value == 4 * 200_000
    assert {breach.limit.rule for breach in plan.breaches} == {
        "caps.nights_per_month",
        "caps.days_in_a_row",
        "caps.hours_per_week",
    }


def test_what_weighs_nothing_is_no_part_of_what_an_offer_costs() -> None:
    """Of two caps that a poor night runs into, the one with a price is the reason it is left out."""
    problem = world(0, nights_per_month={"cap": 0, "over": 5_000}, hours_per_week={"cap": 10, "over": 0})
    plan = solve(problem)
    assert plan.accepted == ()
    for verdict in declined(problem, plan):
        assert [reason.rule for reason in verdict.reasons] == ["price", "caps.nights_per_month"]
        assert verdict.worth_from == 500_001


def test_a_notice_hides_no_hard_cap_beside_it() -> None:
    """The hard cap on nights still refuses the second one."""
    problem = world(0, nights_per_month=1)
    assert len(solve(problem).accepted) == 1
    assert len(solve(replace(problem, offers=problem.offers[:1])).accepted) == 1

"""What would have to give way, what one more of a cap would bring, and why an offer is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given

from policy.raised import MINIMUMS, raised
from policy.schema import Era
from policy.sentences.more import RAISED
from policy.shift import Offer, Span
from policy.words import one_more, relaxed, yields
from solver.caps import binding_caps
from solver.explain import declined, explained
from solver.kept import kept
from solver.relax import bearing, least_exceeded, relaxation
from solver.solve import EFFORT, Problem, solve
from solver.worth import Desk
from tests.policy.worlds import only, shift
from tests.solver.brute import Brute, subsets
from tests.solver.test_effort import _problem as many
from tests.solver.test_explain import offer, world
from tests.solver.test_oracle import FEW, clear, problems

# --- What gives way ------------------------------------------------------------------------------------------------


def exceeded(problem: Problem, one: Offer, worked: frozenset[str]) -> int | None:
    """Units beyond the hard limits that could give way; None where another is broken."""
    hard = [limit for limit in problem.limits if limit.hard]
    mine = {id(limit) for limit in bearing(problem, one) if limit.hard and yields(limit.rule)}
    if any(limit.value(worked) > limit.at_most for limit in hard if id(limit) not in mine):
        return None
    return sum(limit.excess(limit.value(worked)) for limit in hard if id(limit) in mine)


@FEW
@given(problems(5))
def test_no_less_could_give_way(problem: Problem) -> None:
    """Whatever else is dropped or taken, the limits that an offer bears on are exceeded by as many units or more."""
    for one in problem.candidates[:2]:
        others = [other.id for other in problem.candidates if other is not one]
        ways = [exceeded(problem, one, problem.worked((*kept, one.id))) for kept in subsets(others)]
        found = exceeded(problem, one, least_exceeded(problem, one))
        possible = [way for way in ways if way is not None]
        assert found == (min(possible) if possible else None)


@FEW
@given(problems(5))
def test_where_no_pay_would_do_something_would_have_to_give_way(problem: Problem) -> None:
    """It is told for just those offers, unless what stands there is nothing that a policy could move."""
    plan = solve(problem)
    for verdict in declined(problem, plan)[:3]:
        one = next(one for one in problem.offers if one.id == verdict.offer)
        if verdict.because == "ineligible" or (verdict.worth and not verdict.worth.never):
            assert verdict.relax == ()
            continue
        broken = least_exceeded(problem, one)
        fixed = any(
            limit.hard and not yields(limit.rule) and limit.value(broken) > limit.at_most
            for limit in bearing(problem, one)
        )
        assert bool(verdict.relax) != fixed
        for reason in verdict.relax:
            assert reason.would_be is not None
            assert reason.bound is not None
            assert reason.would_be < reason.bound if reason.minimum else reason.would_be > reason.bound
            assert relaxed(reason)


def test_all_that_would_have_to_give_way_is_told() -> None:
    """A night beside a committed week: the night, the weekend and the hours, each by how much."""
    problem = world(
        offer("o1", "icu", "2027-01-16 19:00", 9_000),
        commitments=(
            shift("c1", "icu", "2027-01-11 19:00"),
            shift("c2", "icu", "2027-01-14 07:00"),
            shift("c3", "lodge", "2027-01-23 07:00"),
        ),
        caps={"nights_per_month": 1, "weekends_per_month": 1, "hours_per_week": 30},
        rest={"between_shifts_hours": 11},
    )
    verdict = explained(problem, solve(problem), problem.offers[0])
    assert (verdict.worth_from, [relaxed(one) for one in verdict.relax]) == (
        None,
        [
            "one more night in January",
            "one more weekend in January",
            "6 hours more of work in the 7 days Mon 11 Jan to Sun 17 Jan",
        ],
    )


def test_too_little_rest_beside_what_is_fixed_could_give_way() -> None:
    """Ten hours after a commitment, where eleven are wanted; another shift at that time could not."""
    fixed = (shift("c1", "quiet-tele", "2027-01-04 09:00", 4),)
    rest = {"between_shifts_hours": 11}
    problem = world(offer("o1", "icu", "2027-01-04 23:00", 9_000), commitments=fixed, rest=rest)
    (reason,) = relaxation(problem, problem.offers[0])
    assert relaxed(reason) == "1 hour less rest, Mon 4 Jan to Tue 5 Jan"
    assert (reason.bound, reason.would_be) == (660, 600)
    problem = world(offer("o1", "icu", "2027-01-04 10:00", 9_000), commitments=fixed, rest=rest)
    assert relaxation(problem, problem.offers[0]) == ()


def test_a_frozen_limit_is_told_from_what_the_policy_says() -> None:
    """Two committed nights where one is the cap: a third would take two more than it allows."""
    fixed = (shift("c1", "icu", "2027-01-04 19:00"), shift("c2", "icu", "2027-01-11 19:00"))
    problem = world(
        offer("o1", "icu", "2027-01-18 19:00", 9_000), commitments=fixed, caps={"nights_per_month": 1}
    )
    (reason,) = relaxation(problem, problem.offers[0])
    assert (reason.bound, reason.would_be, relaxed(reason)) == (1, 3, "2 more nights in January")


# --- What one more would bring --------------------------------------------------------------------------------------


def test_one_more_night_is_worth_what_it_lets_in() -> None:
    """Of three nights where one fits a second would bring the better of the others."""
    problem = world(
        offer("o1", "icu", "2027-01-04 19:00", 3_000),
        offer("o2", "icu", "2027-01-11 19:00", 2_500),
        offer("o3", "icu", "2027-01-18 19:00", 1_150),
        caps={"nights_per_month": 1},
    )
    (cap,) = binding_caps(problem, solve(problem))
    assert (one_more(cap.reason), cap.low, cap.high) == ("a 2nd night in January", 250_000, 250_000)


def test_a_cap_that_stands_against_nothing_is_not_told() -> None:
    problem = world(offer("o1", "icu", "2027-01-04 19:00", 3_000), caps={"nights_per_month": 1})
    assert binding_caps(problem, solve(problem)) == []


@pytest.mark.parametrize(
    ("rule", "keys", "words"),
    [
        ("caps.nights_per_month", {"caps": {"nights_per_month": 1}}, "a 2nd night in January"),
        (
            "caps.off_days_per_month",
            {"caps": {"off_days_per_month": 29}},
            "28 days off in January, instead of 29,",
        ),
        (
            "caps.hours_per_week",
            {"caps": {"hours_per_week": 24}},
            "25 hours in any 7 days, instead of 24 hours,",
        ),
        ("caps.days_in_a_row", {"caps": {"days_in_a_row": 1}}, "2 days of work in a row, instead of 1 day,"),
        (
            "emr.at_most",
            {"emr": {"at_most": 1}},
            "2 record systems within the days you set, instead of 1 record system,",
        ),
        (
            "rest.between_shifts_hours",
            {"rest": {"between_shifts_hours": 30}},
            "29 hours of rest between two shifts, instead of 30 hours,",
        ),
        (
            "streams.per_diem.max_shifts_per_month",
            {"streams": {"per_diem": {"max_shifts_per_month": 1}}},
            "a 2nd per-diem shift in January",
        ),
        ("travel.trips_per_month", {"travel": {"trips_per_month": 1}}, "a 2nd trip in January"),
    ],
)
def test_each_cap_is_worth_what_the_policy_with_one_more_brings(
    rule: str, keys: dict[str, Any], words: str
) -> None:
    """However it is counted: within one month, one more of it is a policy in which one more is written."""
    problem = world(
        offer("o1", "icu", "2027-01-04 19:00", 3_000, 13),
        offer("o2", "lodge", "2027-01-06 07:00", 2_500, 11),
        offer("o3", "desert-ed", "2027-01-09 07:00", 2_600, 8),
        offer("o4", "icu", "2027-01-07 19:00", 2_400, 8),
        offer("o5", "desert-ed", "2027-01-20 07:00", 900, 8),
        **keys,
    )
    plan = solve(problem)
    (cap,) = [one for one in binding_caps(problem, plan) if one.reason.rule == rule]
    more = solve(replace(problem, policy=raised(problem.policy, rule)))
    assert (cap.low, cap.high) == (more.value - plan.value, more.value - plan.value)
    assert one_more(cap.reason) == words


def test_one_more_is_one_more_in_every_stretch_of_time() -> None:
    """Of the key that is meant and of nothing else; a minimum goes down."""
    now, then = only(caps={"nights_per_month": 6}), only(caps={"nights_per_month": {"cap": 2, "over": 500}})
    first, second = Span(date.min, date(2027, 1, 31)), Span(date(2027, 2, 1), date.max)
    both = raised(now.changing((Era(first, now), Era(second, then, ("a child",)))), "caps.nights_per_month")
    caps = [both.at(day).limits.nights_per_month for day in (date(2027, 1, 4), date(2027, 2, 4))]
    assert [(cap.cap, cap.over) for cap in caps if cap] == [(7, None), (3, 50_000)]
    assert both.eras[1].why == ("a child",)
    plain = [rules.model_dump(exclude={"caps": {"nights_per_month"}}) for rules in (both.eras[0].policy, now)]
    assert plain[0] == plain[1]
    assert raised(now, "emr.at_most").emr.at_most is None
    rest = raised(only(rest={"between_shifts_hours": 11}), "rest.between_shifts_hours").rest
    assert rest.between_shifts_hours
    assert rest.between_shifts_hours.cap == 10


def test_minimums_are_caps_that_can_be_raised() -> None:
    assert set(RAISED) >= MINIMUMS


# --- Why it is held ------------------------------------------------------------------------------------------------


@FEW
@given(problems(5))
def test_what_would_be_lost_without_it_is_told(problem: Problem) -> None:
    """The best of all subsets with the offer, less the best without; and what it brings adds up."""
    assume(clear(problem))
    plan = solve(problem)
    for key in plan.accepted[:2]:
        one = next(one for one in problem.offers if one.id == key)
        found = kept(problem, plan, one)
        rest = replace(problem, offers=tuple(other for other in problem.offers if other.id != key))
        assert found.low == found.high == max(0, Brute(problem).best - Brute(rest).best)
        others = tuple(other for other in plan.accepted if other != key)
        change = problem.change * (key in problem.held)
        brings = problem.value(plan.accepted) - problem.value(others)
        assert found.pay - found.prices + found.saves + change == brings


# --- Where nothing is proved ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effort", [0.0, 0.0003, 0.001])
def test_what_is_not_proved_is_an_interval_around_what_is_right(effort: float) -> None:
    """With hardly any effort the least pay lies between what is told, and at its upper end the offer is taken."""
    problem = many(1, 90)
    plan = solve(problem)
    asked = [one for one in problem.candidates if one.id not in plan.accepted]
    right = Desk(problem.encoder, plan.accepted, EFFORT, 60).least_pays(asked)
    told = Desk(problem.encoder, plan.accepted, effort, 60).least_pays(asked)
    assert any(one.exact is None for one in told.values())
    for key, worth in told.items():
        exact = right[key].exact
        assert exact is not None
        assert worth.low is not None
        assert worth.low <= exact
        assert worth.high is None or exact <= worth.high


def test_a_plan_that_is_not_proved_leaves_an_interval() -> None:
    """What the offer would have to pay beside the best plan lies between what is told beside another."""
    problem = many(3, 60)
    best, other = solve(problem), solve(problem, effort=0)
    assert other.status == "feasible"
    sure = {one.offer: one for one in declined(problem, best)}
    seen = 0
    for verdict in declined(problem, other):
        right = sure.get(verdict.offer)
        if right and right.worth_from is not None and verdict.worth and verdict.worth.low is not None:
            assert verdict.worth_from is None
            assert verdict.worth.high is not None
            assert verdict.worth.low <= right.worth_from <= verdict.worth.high
            seen += 1
    assert seen > 10

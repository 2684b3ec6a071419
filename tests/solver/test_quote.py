"""What a shift that nobody has offered would have to pay: checked by offering it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.money import paid
from policy.schema import Era
from policy.shift import DAY, Offer, Pay, RedTime, Shift, Span
from policy.words import relaxed, sentence
from solver.quote import Quote, asked_shift, quotes, usual_hours
from solver.solve import Problem, solve
from tests.policy.worlds import AWKWARD, PLAIN, SITES, at, only, policy, shift, slots
from tests.solver.test_effort import POLICY
from tests.solver.test_effort import _problem as many
from tests.solver.test_explain import offer, world
from tests.solver.test_oracle import FEW, problems


def offered(problem: Problem, asked: Shift, cents: int) -> Problem:
    """The same world, with that shift put up for so much."""
    pay = Pay(cents, "block")
    one = Offer(asked.id, asked.site, paid((asked,), pay), pay)
    return replace(problem, offers=(*problem.offers, one))


def quote(problem: Problem, *shifts: Shift) -> list[Quote]:
    return quotes(problem, solve(problem), shifts)[1]


@FEW
@given(problems(5), st.sampled_from(AWKWARD), st.data())
def test_a_quote_is_the_least_pay_that_enters_the_plan(
    problem: Problem, around: date, data: st.DataObject
) -> None:
    """Offered for that much it is taken, for a cent less it is not; where no pay would do, a fortune does not."""
    asked = at(around, data.draw(slots(4)), "asked")
    (found,) = quote(problem, asked)
    if found.worth is None:
        assert found.because
        assert found.reasons
        assert "asked" not in solve(offered(problem, asked, 50_000_000)).accepted
        return
    cents = found.worth.exact
    assert cents is not None
    better = solve(offered(problem, asked, cents))
    assert "asked" in better.accepted
    assert "asked" not in solve(offered(problem, asked, cents - 1)).accepted


@FEW
@given(problems(5), st.sampled_from(AWKWARD), st.data())
def test_what_a_quote_displaces_makes_a_plan_as_good(
    problem: Problem, around: date, data: st.DataObject
) -> None:
    """For its pay, without what it displaces and with what it takes, the plan is worth what the best one is."""
    asked = at(around, data.draw(slots(4)), "asked")
    plan = solve(problem)
    (found,) = quotes(problem, plan, [asked])[1]
    if found.worth and found.worth.exact:
        there = offered(problem, asked, found.worth.exact)
        accepted = (set(plan.accepted) - set(found.displaces)) | set(found.takes) | {"asked"}
        assert there.value(accepted) == solve(there).value


@FEW
@given(problems(4), st.sampled_from(AWKWARD), st.data())
def test_dates_asked_together_do_not_see_each_other(
    problem: Problem, around: date, data: st.DataObject
) -> None:
    """Each date's price is what it is by itself: of what nobody has offered nothing is taken beside it."""
    drawn = data.draw(st.lists(slots(4), min_size=2, max_size=4))
    shifts = [at(around, one, f"asked{number}") for number, one in enumerate(drawn)]
    together = quote(problem, *shifts)
    assert [(one.because, one.worth) for one in together] == [
        (alone.because, alone.worth) for one in shifts for alone in quote(problem, one)
    ]


def test_a_month_of_quotes_is_that_of_each_date() -> None:
    """Enough dates for several questions, beside a floor to fill: none is off by a cent, and ids stay apart."""
    problem = many(2, 40)
    days = [date(2027, 1, 5) + timedelta(days=n) for n in range(20)]
    shifts = [asked_shift(POLICY, "ward", day, time(19), time(7)) for day in days]
    plan = solve(problem)
    together = quotes(problem, plan, shifts)[1]
    assert len([one for one in together if one.worth]) > 16
    for one in together[::4]:
        (alone,) = quotes(problem, plan, [one.shift])[1]
        assert alone.worth == one.worth


# --- What stands against it ---------------------------------------------------------------------------------------


def day_shift(day: int, site: str = "icu") -> Shift:
    return asked_shift(PLAIN, site, date(2027, 1, day), time(7), time(19))


def test_work_at_that_time_is_committed() -> None:
    (found,) = quote(world(commitments=(shift("c1", "quiet-tele", "2027-01-04 09:00", 4),)), day_shift(4))
    assert (found.because, [one.rule for one in found.reasons], found.relax) == ("committed", ["overlap"], ())


def test_red_time_is_ineligible() -> None:
    red = RedTime("r1", day_shift(4).start, day_shift(4).start + timedelta(hours=1), "school play")
    (found,) = quote(world(red=(red,)), day_shift(4))
    assert (found.because, [one.rule for one in found.reasons]) == ("ineligible", ["red"])


def test_a_full_cap_is_told_with_what_would_give_way() -> None:
    """The accepted offers are no reason, for they could go; what is committed is."""
    fixed = (shift("c1", "icu", "2027-01-11 19:00"),)
    problem = world(
        offer("o1", "quiet-tele", "2027-01-04 20:00", 900, 4),
        commitments=fixed,
        caps={"nights_per_month": 1},
    )
    plan = solve(problem)
    assert plan.accepted == ("o1",)
    night = asked_shift(PLAIN, "icu", date(2027, 1, 4), time(19), time(7))
    wide, (found,) = quotes(problem, plan, [night])
    assert (found.because, found.worth) == ("limit", None)
    assert [sentence(one, wide.shifts) for one in found.reasons] == ["a 2nd night in January; your cap is 1"]
    assert [relaxed(one) for one in found.relax] == ["one more night in January"]


def test_a_free_date_is_wanted_for_a_cent() -> None:
    (found,) = quote(world(), day_shift(4))
    assert found.worth
    assert (found.worth.exact, found.displaces) == (1, ())


def test_what_it_displaces_is_named() -> None:
    """It takes the place of an offer of $900, and lets in the second best, which needs the same hours as that."""
    problem = world(
        offer("o1", "quiet-tele", "2027-01-04 09:00", 900, 14),
        offer("o2", "quiet-tele", "2027-01-04 20:00", 300, 3),
    )
    (found,) = quote(problem, day_shift(4))
    assert found.worth
    assert found.worth.exact in (60_000, 60_001)
    assert (found.displaces, found.takes) == (("o1",), ("o2",))


@pytest.mark.parametrize(
    ("floor", "least"),
    [
        ({"per_hour": 180}, 216_000),
        ({"per_shift": 2_000}, 200_000),
        ({"effective_per_hour": 100}, 128_334),  # 12 hours of work and 50 minutes of driving
    ],
)
def test_no_quote_is_below_the_rate_floor(floor: dict[str, int], least: int) -> None:
    """Where one's own floor for the site asks for more than the plan does, that is the price; a cent less is refused."""
    sites = {**SITES, "icu": {**SITES["icu"], "rate_floor": floor}}
    problem = replace(world(), policy=only(sites=sites))
    asked = asked_shift(problem.policy, "icu", date(2027, 1, 4), time(7), time(19))
    (found,) = quote(problem, asked)
    assert found.worth
    assert found.rate
    assert (found.worth.exact, found.rate.rule) == (least, "rate_floor")
    assert solve(offered(problem, asked, least)).accepted == (asked.id,)
    assert solve(offered(problem, asked, least - 1)).accepted == ()


def test_a_part_that_nobody_guarantees_fills_less_of_the_floor() -> None:
    """At a site of which three quarters are certain, each dollar fills 75 cents of the floor."""
    sites = {**SITES, "icu": {**SITES["icu"], "pay": {"per_shift": 1_000, "guaranteed_percent": 75}}}
    rules = policy(sites=sites, goals={"floor_monthly": 1_000}, caps={"off_days_per_month": "none"})
    problem = replace(world(offer("o1", "lodge", "2027-01-04 07:00", 800)), policy=rules)
    asked = asked_shift(rules, "icu", date(2027, 1, 4), time(7), time(19))
    (found,) = quote(problem, asked)
    assert found.worth
    cents = found.worth.exact
    assert cents is not None
    assert asked.id in solve(offered(problem, asked, cents + 20)).accepted
    assert asked.id not in solve(offered(problem, asked, cents - 20)).accepted


def test_a_date_that_is_wanted_for_nothing_spoils_no_other() -> None:
    """A shift that joins two trips into the one that is allowed lets in a block: it has no least pay to prove."""
    pay = Pay(40_000, "block")
    parts = (shift("o1/1", "desert-ed", "2027-01-04 07:00"), shift("o1/2", "desert-ed", "2027-01-07 19:00"))
    problem = world(
        Offer("o1", parts[0].site, paid(parts, pay), pay),
        commitments=(shift("c1", "desert-ed", "2027-01-04 19:00"),),
        emr={"at_most": {"cap": 0, "over": 7}, "within_days": 1},
        travel={"trips_per_month": 0},
    )
    bridge = asked_shift(PLAIN, "desert-ed", date(2027, 1, 5), time(19), time(7))
    other = asked_shift(PLAIN, "icu", date(2027, 1, 20), time(7), time(19))
    together = quote(problem, bridge, other)
    assert [one.worth and one.worth.exact for one in together] == [1, 701]
    assert together[0].takes == ("o1",)


# --- The shift that is asked for -----------------------------------------------------------------------------------


def test_hours_are_those_of_the_sites_clock() -> None:
    """A night that the clocks go back in has 13 hours; at a site in Phoenix it stands in Phoenix time."""
    night = asked_shift(PLAIN, "icu", date(2026, 10, 31), time(19), time(7))
    assert (night.minutes, night.first) == (13 * 60, date(2026, 10, 31))
    away = asked_shift(PLAIN, "desert-ed", date(2027, 1, 4), time(7), time(15))
    assert away.start.isoformat() == "2027-01-04T07:00:00-07:00"


def test_a_site_that_changes_is_asked_as_it_is_then() -> None:
    """A shift in another stretch of time has the facts of that time."""
    then = only(sites={**SITES, "icu": {**SITES["icu"], "intensity": "low"}})
    last = date(2027, 1, 31)
    rules = PLAIN.changing((Era(Span(date.min, last), PLAIN), Era(Span(last + DAY, date.max), then)))
    felt = [asked_shift(rules, "icu", day, time(7), time(19)).site.intensity for day in (last, last + DAY)]
    assert felt == ["high", "low"]


def test_hours_are_by_default_those_of_most_shifts_there() -> None:
    """Offers and commitments count; of equally many the earliest, and none where nothing is known."""
    problem = world(
        offer("o1", "icu", "2027-01-04 19:00", 900),
        offer("o2", "icu", "2027-01-06 07:00", 900),
        commitments=(shift("c1", "icu", "2027-01-11 19:00"),),
    )
    assert usual_hours(problem, "icu") == (time(19), time(7))
    assert usual_hours(replace(problem, commitments=()), "icu") == (time(7), time(19))
    assert usual_hours(problem, "lodge") is None

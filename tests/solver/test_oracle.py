"""The solver against trying everything: small problems, each answer checked with the sentences alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy.money import paid
from policy.shift import Choose, Offer, Pay, Span
from solver.explain import declined
from solver.solve import Problem, solve
from tests.policy.predicates import price
from tests.policy.test_agreement import NAMES, disputed
from tests.policy.worlds import (
    AWKWARD,
    CHICAGO,
    SITE,
    WIDE,
    Slot,
    at,
    only,
    policy,
    red_times,
    sections,
    shift,
    slots,
)
from tests.solver.brute import Brute, subsets

MOST = 9
AWAY = ("desert-ed", "icu", "lodge")
NOW = datetime(2026, 9, 15, 8, tzinfo=CHICAGO)
WORK = tuple(name for name in NAMES if name not in ("red", "overlap"))
TRIPS = ("travel.trips_per_month", "travel.min_block_days", "recovery")
"""Rules in which some work takes the weight off other work."""
FEW = settings(max_examples=settings().max_examples // 2)


def offer(key: str, around: date, found: tuple[Slot, ...], pay: int, choose: Choose | None) -> Offer:
    """Shifts at the site of the first; `pay` in cents for the whole."""
    site = SITE[found[0].site]
    shifts = sorted(
        (
            at(around, replace(slot, site=site.id, day=slot.day + 2 * number), f"{key}/{number}")
            for number, slot in enumerate(found)
        ),
        key=lambda one: one.begins,
    )
    price = Pay(pay, "block")
    return Offer(key, site, paid(shifts, price), price, choose=choose)


@st.composite
def problems(
    draw: st.DrawFn, most: int = MOST, *, wide: bool = True, rules: tuple[str, ...] = WORK, longest: int = 24
) -> Problem:
    """Up to `most` offers, blocks and groups among them, and commitments that may break limits by themselves."""
    around = draw(st.sampled_from(AWKWARD))
    chosen = draw(st.lists(st.sampled_from(rules), min_size=1, max_size=4, unique=True))
    text = draw(sections(chosen))
    text.setdefault("prices", {})["change"] = draw(st.sampled_from((0, 150, 1_000)))
    spread = draw(st.sampled_from((2, 4, 8)))
    sites = draw(
        st.lists(
            st.sampled_from(sorted(SITE) if rules is WORK else AWAY), min_size=1, max_size=4, unique=True
        )
    )
    one = slots(spread, sites, longest)
    committed = draw(st.lists(one, max_size=5))
    pay = st.sampled_from((40_000, 100_000, 100_001, 150_000, 300_000, 1_200_000))
    group = st.none() | st.sampled_from((Choose("g1", 1), Choose("g2", 2)))
    size = draw(st.integers(1, most))
    drawn = draw(
        st.lists(st.tuples(st.lists(one, min_size=1, max_size=3), pay, group), min_size=size, max_size=size)
    )
    offers = tuple(
        offer(f"o{number}", around, tuple(found[: 1 if number % 3 else 3]), cents, choose)
        for number, (found, cents, choose) in enumerate(drawn)
    )
    fixed = tuple(at(around, slot, f"c{number}") for number, slot in enumerate(committed))
    held = frozenset(one.id for one in offers if draw(st.integers(0, 3)) == 0)
    red = draw(red_times([s for o in offers for s in o.shifts])) if draw(st.integers(0, 3)) == 0 else ()
    horizon = (
        WIDE if wide else Span(around - timedelta(days=draw(st.integers(0, 5))), around + timedelta(days=3))
    )
    return Problem(policy(**text), NOW, horizon, fixed, red, offers, held)


def clear(problem: Problem) -> bool:
    """Whether all sentences can be read in one way only, whatever is accepted."""
    brute = Brute(problem)
    disputable = [r for r in ("recovery",) if price(r, problem.policy) is not None]
    return not disputable or not any(
        disputed(rule, brute.world(accepted))
        for rule in disputable
        for accepted in subsets([one.id for one in brute.eligible])
    )


# --- The best plan --------------------------------------------------------------------------------------------


@given(problems())
def test_the_plan_is_the_best_of_all_subsets(problem: Problem) -> None:
    """The plan is proven optimal, allowed by every sentence, and worth as much as the best subset."""
    assume(clear(problem))
    brute, plan = Brute(problem), solve(problem)
    assert plan.status == "optimal"
    assert brute.allowed(plan.accepted)
    assert plan.value == plan.bound == brute.worth(plan.accepted) == brute.best


@FEW
@given(problems(rules=TRIPS, longest=8))
def test_the_plan_makes_the_best_of_trips_and_recovery(problem: Problem) -> None:
    """Where work on a date prolongs a trip or a block, offers that share that date count once."""
    assume(clear(problem))
    brute, plan = Brute(problem), solve(problem)
    assert brute.allowed(plan.accepted)
    assert plan.value == brute.worth(plan.accepted) == brute.best


@FEW
@given(problems(6, wide=False))
def test_within_a_short_horizon_the_plan_gains_the_most(problem: Problem) -> None:
    """With commitments on both sides of the horizon the plan gains as much over doing nothing as any subset."""
    assume(clear(problem))
    brute, plan = Brute(problem), solve(problem)
    assert brute.allowed(plan.accepted)
    assert plan.value - problem.value(()) == brute.best - brute.worth(())
    assert brute.worth(plan.accepted) == brute.best


@FEW
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_offers_never_shows(problem: Problem, random: Random) -> None:
    """Shuffled offers and commitments give the same plan, down to ties."""
    shuffled = list(problem.offers)
    fixed = list(problem.commitments)
    random.shuffle(shuffled)
    random.shuffle(fixed)
    again = solve(replace(problem, offers=tuple(shuffled), commitments=tuple(fixed)))
    plan = solve(problem)
    assert (again.accepted, again.value) == (plan.accepted, plan.value)


@FEW
@given(problems(6), st.sampled_from(("past", "free", "red", "torn", "late")), st.data())
def test_an_offer_that_a_gate_refuses_changes_nothing(
    problem: Problem, why: str, data: st.DataObject
) -> None:
    """Neither the plan nor its value knows of an offer that could never be taken."""
    around = data.draw(st.sampled_from(AWKWARD))
    slot = data.draw(slots(4))
    refused = offer("zz", around, (slot,), 900_000, Choose("g1", 1))
    if why == "past":
        problem = replace(problem, now=refused.shifts[0].begins)
    elif why == "free":
        refused = offer("zz", around, (slot,), 0, Choose("g1", 1))
    elif why == "torn":
        refused = offer("zz", around, (slot, replace(slot, day=slot.day - 2)), 900_000, None)
    elif why == "late":
        refused = replace(refused, respond_by=problem.now - timedelta(minutes=1))
    elif why == "red":
        middle = refused.shifts[0].begins
        shape = (
            replace(problem.red[0], start=middle, end=middle + timedelta(minutes=1)) if problem.red else None
        )
        assume(shape is not None)
        assert shape is not None
        problem = replace(problem, red=(*problem.red, shape))
    plan, again = solve(problem), solve(replace(problem, offers=(*problem.offers, refused)))
    assert (again.accepted, again.value) == (plan.accepted, plan.value)


# --- What it would take ---------------------------------------------------------------------------------------


def repriced(problem: Problem, key: str, cents: int) -> Problem:
    """The same world, with one offer paying so much for the whole."""
    offers = []
    for one in problem.offers:
        pay = Pay(cents, "block")
        offers.append(replace(one, shifts=paid(one.shifts, pay), pay=pay) if one.id == key else one)
    return replace(problem, offers=tuple(offers))


@FEW
@given(problems(5))
def test_worth_from_is_the_least_pay_that_enters_the_plan(problem: Problem) -> None:
    """At worth-from the plan takes the offer, a cent below it does not; without one no pay is enough."""
    plan = solve(problem)
    for verdict in declined(problem, plan)[:2]:
        if verdict.worth_from is not None:
            assert verdict.offer in solve(repriced(problem, verdict.offer, verdict.worth_from)).accepted
            assert (
                verdict.offer not in solve(repriced(problem, verdict.offer, verdict.worth_from - 1)).accepted
            )
        elif verdict.because in ("limit", "price"):
            assert verdict.offer not in solve(repriced(problem, verdict.offer, 50_000_000)).accepted


@FEW
@given(problems(7))
def test_a_swap_is_the_best_way_in_among_the_accepted(problem: Problem) -> None:
    """Dropping what the swap says lets the offer in, at the least loss of all ways to drop accepted ones."""
    assume(clear(problem))
    brute, plan = Brute(problem), solve(problem)
    for verdict in declined(problem, plan):
        if verdict.because not in ("limit", "price"):
            assert verdict.swap is None
            continue
        mine = [one for one in problem.offers if one.id in plan.accepted or one.id == verdict.offer]
        ways = [(worth, kept) for worth, kept in brute.plans(mine) if verdict.offer in kept]
        if verdict.swap is None:
            assert not ways
            continue
        kept = frozenset(one.id for one in mine) - set(verdict.swap.drop)
        assert brute.allowed(kept)
        assert brute.worth(kept) - brute.worth(plan.accepted) == verdict.swap.net
        assert verdict.swap.net == max(worth for worth, _ in ways) - plan.value
        assert verdict.swap.net <= 0


# --- Where freezing a broken limit can be read in two ways ------------------------------------------------------


def spans_of_two(*more: Offer) -> Problem:
    """One EMR within any 2 dates is wanted; Epic on the 5th beside Cerner on the 6th is committed."""
    committed = (shift("c1", "icu", "2027-01-05 07:00", 4), shift("c2", "desert-ed", "2027-01-06 07:00", 4))
    found = (single("o1", "desert-ed", "2027-01-05 12:00"), *more)
    return Problem(only(emr={"at_most": 1, "within_days": 2}), NOW, WIDE, committed, offers=found)


def single(key: str, site: str, start: str, cents: int = 100_000) -> Offer:
    pay = Pay(cents, "block")
    return Offer(key, SITE[site], paid((shift(key, site, start, 4),), pay), pay)


def test_emrs_already_over_their_cap_let_no_other_span_go_over_it() -> None:
    """Cerner on the 5th would put two EMRs into the span of the 4th and 5th, which had one."""
    problem = spans_of_two()
    assert solve(problem).accepted == ()
    assert Brute(problem).best == 0


def test_an_offer_that_is_not_taken_changes_nothing_for_the_others() -> None:
    """A worthless offer on the 4th, which no plan takes, has no say in what happens on the 5th."""
    idle = single("o2", "quiet-tele", "2027-01-04 12:00", 1)
    assert "o2" not in solve(spans_of_two(idle)).accepted
    assert ("o1" in solve(spans_of_two(idle)).accepted) == ("o1" in solve(spans_of_two()).accepted)


def test_a_committed_trip_that_is_too_short_is_frozen_date_by_date() -> None:
    """Each missing date is a limit of its own, so nothing may be put in front of a trip that is too short."""
    committed = (shift("c1", "lodge", "2027-01-04 07:00", 8),)
    found = (single("o1", "lodge", "2027-01-03 07:00"),)
    problem = Problem(only(travel={"min_block_days": 3}), NOW, WIDE, committed, offers=found)
    assert solve(problem).accepted == ()


def test_a_shorter_shift_beside_a_longer_one_hides_none_of_its_rest() -> None:
    """Both are committed from 19:00, one for 24 hours, one for 12: at 07:00 two days later the long one had 12 hours of rest."""
    committed = (shift("c1", "icu", "2027-01-04 19:00", 24), shift("c2", "icu", "2027-01-04 19:00", 12))
    found = (single("o1", "icu", "2027-01-06 07:00"),)
    for rest in ({"as_long_as_shift": True, "between_shifts_hours": "none"}, {"between_shifts_hours": 20}):
        problem = Problem(only(rest=rest), NOW, WIDE, committed, offers=found)
        assert solve(problem).accepted == ()
        assert Brute(problem).best == 0

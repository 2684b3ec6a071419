"""The solver against trying everything: small problems, each answer checked with the sentences alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy.money import paid
from policy.shift import Choose, Offer, Pay, Span
from solver.explain import declined
from solver.solve import Problem, solve
from tests.policy.test_agreement import NAMES, disputed
from tests.policy.worlds import AWKWARD, CHICAGO, SITE, WIDE, Slot, at, policy, red_times, sections, slots
from tests.solver.brute import Brute

MOST = 9
NOW = datetime(2026, 9, 15, 8, tzinfo=CHICAGO)
WORK = [name for name in NAMES if name not in ("red", "overlap")]
FEW = settings(max_examples=settings.default.max_examples // 2)


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
def problems(draw: st.DrawFn, most: int = MOST, *, wide: bool = True) -> Problem:
    """Up to `most` offers, blocks and groups among them, and commitments that may break limits by themselves."""
    around = draw(st.sampled_from(AWKWARD))
    rules = draw(st.lists(st.sampled_from(WORK), min_size=1, max_size=4, unique=True))
    text = draw(sections(rules))
    text.setdefault("prices", {})["change"] = draw(st.sampled_from((0, 150, 1_000)))
    spread = draw(st.sampled_from((2, 4, 8)))
    sites = draw(st.lists(st.sampled_from(sorted(SITE)), min_size=1, max_size=4, unique=True))
    one = slots(spread, sites, 24)
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
    disputable = [r for r in ("recovery", "rest.between_shifts_hours") if r not in brute.hard]
    everything = brute.world([one.id for one in problem.offers])
    return not any(disputed(rule, everything) for rule in disputable)


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
def test_the_order_of_offers_never_shows(problem: Problem, random: object) -> None:
    """Shuffled offers and commitments give the same plan, down to ties."""
    shuffled = list(problem.offers)
    fixed = list(problem.commitments)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(fixed)  # type: ignore[attr-defined]
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

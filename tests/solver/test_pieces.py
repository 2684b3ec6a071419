"""The pieces that a plan is made of: counts, twins, parts, windows. Each against the plain form of the same thing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policy.limits import involved
from policy.money import paid
from policy.shift import Offer, Pay
from solver import cpsat, engine, windows, worth
from solver import solve as solving
from solver import tally as counting
from solver.encode import Program
from solver.explain import declined
from solver.part import part
from solver.question import Answer, Question, SolverError
from solver.solve import Problem, encoding, greedy, solve
from solver.tally import Tally
from solver.twins import best_twins
from tests.solver.brute import Brute
from tests.solver.test_effort import _problem as many
from tests.solver.test_oracle import FEW, clear, problems


def exact(program: Program) -> list[int]:
    answer = cpsat.answer(Question(program, 5, 30))
    assert answer.status == "optimal"
    return list(answer.values)


def holds(program: Program, values: list[int]) -> bool:
    """Every row and clique, read plainly."""
    return (
        all(sum(values[at] for at in clique) <= 1 for clique in program.cliques)
        and all(
            sum(w * values[at] for at, w in zip(variables, weights, strict=True)) <= at_most
            for variables, weights, at_most in program.rows
        )
        and all(0 <= value <= upper for value, upper in zip(values, program.upper, strict=True))
    )


# --- Counts ----------------------------------------------------------------------------------------------------


@FEW
@given(problems(), st.data())
def test_counts_are_what_each_limit_says(problem: Problem, data: st.DataObject) -> None:
    """Whatever comes and goes, every count is that of the limit read anew; so is the price of what may come."""
    tally, worked = Tally(problem.limits, problem.committed), set(problem.committed)
    for offer in data.draw(st.lists(st.sampled_from(problem.offers), max_size=12)):
        ids = {shift.id for shift in offer.shifts}
        if ids <= worked:
            tally.remove(ids)
            worked -= ids
        else:
            after = worked | ids
            costs = [
                limit.excess(limit.value(after)) - limit.excess(limit.value(worked))
                for limit in problem.limits
            ]
            worse = any(
                limit.value(after) > max(limit.at_most, limit.value(worked))
                for limit in problem.limits
                if limit.hard
            )
            price = tally.price(ids)
            if not tally.broken:
                cents = sum(
                    more * (limit.price or 0) for more, limit in zip(costs, problem.limits, strict=True)
                )
                assert price == (None if worse else cents)
            tally.add(ids)
            worked = after
        assert tally.values == [limit.value(worked) for limit in problem.limits]
        assert tally.broken == [
            limit for limit in problem.limits if limit.hard and limit.value(worked) > limit.at_most
        ]
        assert tally.cost == sum(
            limit.excess(limit.value(worked)) * (limit.price or 0) for limit in problem.limits
        )


@FEW
@given(problems(), st.data())
def test_a_narrowed_limit_has_all_that_counts(problem: Problem, data: st.DataObject) -> None:
    """Of what is worked and what may come beside it the same shifts make it up, to the same sum."""
    tally, worked = Tally(problem.limits, problem.committed), set(problem.committed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "SMALL", 0)
        for offer in data.draw(st.lists(st.sampled_from(problem.offers), max_size=4)):
            ids = {shift.id for shift in offer.shifts}
            for at, limit in enumerate(problem.limits):
                small = tally.narrowed(at, ids)
                for after in (worked, worked | ids):
                    assert involved(small, after) == involved(limit, after)
                    assert small.value(after) == limit.value(after)
            tally.add(ids - worked)
            worked |= ids


def plain_greedy(problem: Problem) -> tuple[str, ...]:
    """The sentence itself: held first, then the best paid, each where nothing hard breaks and something is gained."""
    accepted: list[str] = []
    for offer in sorted(problem.candidates, key=lambda o: (o.id not in problem.held, -o.cents, o.id)):
        more = [*accepted, offer.id]
        worked = problem.worked(more)
        fits = all(limit.value(worked) <= limit.at_most for limit in problem.limits if limit.hard)
        if fits and problem.value(more) > problem.value(accepted):
            accepted = more
    return tuple(sorted(accepted))


@given(problems())
def test_the_greedy_plan_is_that_of_the_sentence(problem: Problem) -> None:
    """Counting as it goes, it takes the same offers as when every limit is read anew."""
    assert greedy(problem) == plain_greedy(problem)


@FEW
@given(problems())
def test_a_complete_assignment_keeps_the_rows_and_is_worth_its_plan(problem: Problem) -> None:
    """Rows and limits agree on what the greedy plan is worth, to the cent."""
    encoder = encoding(problem, problem.candidates, problem.limits)
    accepted = greedy(problem)
    values = encoder.complete(accepted)
    assert holds(encoder.program, values)
    value = encoder.program.value(values)
    assert encoder.program.cents(value) - problem.lost == problem.value(accepted)
    assert value <= encoder.program.most()


# --- Twins -----------------------------------------------------------------------------------------------------


@st.composite
def twinned(draw: st.DrawFn) -> Problem:
    """A few offers, some of them offered again at other pay, held or not."""
    problem = draw(problems(5))
    again = []
    for number, one in enumerate(draw(st.lists(st.sampled_from(problem.offers), max_size=3))):
        pay = Pay(one.cents + draw(st.sampled_from((-15_000, 0, 0, 1, 20_000))), "block")
        shifts = tuple(replace(shift, id=f"t{number}/{at}") for at, shift in enumerate(paid(one.shifts, pay)))
        again.append(Offer(f"t{number}", one.site, shifts, pay, choose=one.choose))
    held = problem.held | {one.id for one in again if draw(st.booleans())}
    return replace(problem, offers=(*problem.offers, *again), held=held)


@given(twinned())
def test_without_twins_the_best_plan_is_as_good(problem: Problem) -> None:
    """The best subset of what is left is worth as much as the best of all, and that is what the plan is worth."""
    assume(clear(problem))
    brute, plan = Brute(problem), solve(problem)
    assert plan.status == "optimal"
    assert max(worth for worth, _ in brute.plans(problem.needed)) == brute.best
    assert plan.value == brute.worth(plan.accepted) == brute.best


@FEW
@given(twinned())
def test_a_twin_left_out_is_told_why(problem: Problem) -> None:
    """It has reasons of its own, and a worth-from, like any offer."""
    plan = solve(problem)
    for verdict in declined(problem, plan):
        assert verdict.reasons
        if verdict.worth_from is not None:
            paying = {one.id: one.cents for one in problem.offers}[verdict.offer]
            assert verdict.worth_from > paying


@FEW
@given(twinned(), st.randoms(use_true_random=False))
def test_which_twin_stays_does_not_hang_on_the_order(problem: Problem, random: Random) -> None:
    """Of twins that are worth the same, the stable order of ids decides."""
    shuffled = list(problem.candidates)
    random.shuffle(shuffled)
    assert set(best_twins(shuffled, problem.prices)) == set(problem.needed)


@FEW
@given(problems())
def test_more_pay_breaks_no_limit(problem: Problem) -> None:
    """What leaving out twins rests on: no limit of any rule grows with pay."""
    assert all(weight <= 0 for limit in problem.limits if limit.unit == "cents" for weight, _ in limit.terms)


# --- Parts and windows -------------------------------------------------------------------------------------------


@FEW
@given(problems(), st.randoms(use_true_random=False))
def test_a_part_is_the_whole_with_the_rest_fixed(problem: Problem, random: Random) -> None:
    """Its best answer, put back into the whole, keeps every row, is worth what the part says, and is never worse."""
    encoder = encoding(problem, problem.candidates, problem.limits)
    program = encoder.program
    values = encoder.complete(greedy(problem))
    inside = [at for at in range(len(encoder.offers)) if random.random() < 0.5]
    free = encoder.around(inside)
    small = part(program, free, values)
    found = exact(small)
    again = list(values)
    for variable, value in zip(free, found, strict=True):
        again[variable] = value
    assert holds(program, again)
    assert program.value(again) == small.value(found) >= program.value(values)


@FEW
@given(problems(), st.sampled_from((windows.Width(2, 1), windows.Width(5, 3))))
def test_windows_make_no_plan_worse(problem: Problem, size: windows.Width) -> None:
    """Each plan on the way is allowed by every limit and worth more than the one before it."""
    encoder = encoding(problem, problem.candidates, problem.limits)
    accepted = frozenset(greedy(problem))
    before = encoder.program.value(encoder.complete(accepted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "width", lambda *_: size)
        steps = list(windows.better(encoder, accepted, lambda program, _: exact(program), lambda: True))
    for step in steps:
        worked = problem.worked(step)
        assert all(limit.value(worked) <= limit.at_most for limit in problem.limits if limit.hard)
        value = encoder.program.value(encoder.complete(step))
        assert value > before
        before = value


def test_windows_hold_every_candidate_twice() -> None:
    """From the first date to the last, and half a step off the next time."""
    first = [day for one in many(1, 40).candidates for day in (one.span.first,)]
    for back in (0, 7):
        seen = [at for inside in windows.windows(first, windows.Width(28, 14), back) for at in inside]
        assert set(seen) == set(range(len(first)))


@FEW
@given(problems())
def test_with_windows_the_plan_is_still_the_best(problem: Problem) -> None:
    """Also where windows come first, the plan is the best of all subsets."""
    assume(clear(problem))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "MANY", 0)
        plan = solve(problem)
    assert plan.status == "optimal"
    assert plan.value == plan.bound == Brute(problem).best


def test_many_offers_in_any_order_give_the_same_plan() -> None:
    """Windows, and a proof that is cut short by its effort: the same plan, value and bound on every run."""
    problem = many(5, 480)
    assert len(problem.needed) > solving.MANY
    shuffled = list(problem.offers)
    Random(1).shuffle(shuffled)
    plans = {
        (plan.status, plan.accepted, plan.value, plan.bound)
        for offers in (problem.offers, problem.offers, tuple(shuffled))
        for plan in [solve(replace(problem, offers=offers), effort=0.6, seconds=600)]
    }
    assert len(plans) == 1


# --- A search that comes to nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("many_offers", [30, 480])
def test_a_search_that_breaks_off_leaves_the_checked_plan(
    many_offers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan that was there before stays, with a bound that holds and a word for the log."""
    problem = many(2, many_offers)
    best = solve(problem, effort=1, seconds=60)

    def breaks_off(_: Question) -> Answer:
        raise SolverError("RuntimeError: out of luck")

    monkeypatch.setattr(engine, "_answers", breaks_off)
    plan = solve(problem)
    assert (plan.status, plan.trouble) == ("feasible", "RuntimeError: out of luck")
    assert plan.value == problem.value(plan.accepted) > 0
    assert plan.value <= best.value <= plan.bound


@pytest.mark.parametrize("many_offers", [30, 480])
def test_without_any_time_there_is_a_plan_all_the_same(many_offers: int) -> None:
    """A deadline that is over at once leaves the greedy plan, feasible, with a bound."""
    problem = many(3, many_offers)
    plan = solve(problem, seconds=0)
    assert (plan.status, plan.accepted) == ("feasible", greedy(problem))
    assert 0 < plan.value <= plan.bound


def test_a_certificate_below_a_checked_plan_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that swears that nothing is best is told from the plan that is better."""
    problem = many(1, 20)

    def swears(question: Question) -> Answer:
        nothing = encoding(problem, problem.needed, problem.limits).complete(())
        value = question.program.value(nothing)
        return Answer("optimal", tuple(nothing), value, value)

    monkeypatch.setattr(engine, "_answers", swears)
    plan = solve(problem)
    assert (plan.status, plan.accepted) == ("feasible", greedy(problem))
    assert plan.bound > plan.value
    assert "not believed" in plan.trouble


# --- What pay would do, asked together -----------------------------------------------------------------------------


@FEW
@given(problems(6))
def test_asked_together_each_pay_is_what_it_is_alone(problem: Problem) -> None:
    """Two in a question, or each in a search of its own with its pay as a variable: the same cents."""
    plan = solve(problem)
    asked = [one for one in problem.candidates if one.id not in plan.accepted]
    desk = worth.Desk(problem.encoder, plan.accepted, 20, 60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worth, "TOGETHER", 2)
        together = desk.least_pays(asked)
    assert together == {one.id: desk._alone(one) for one in asked}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_many_offers_each_pay_is_what_it_is_alone(seed: int) -> None:
    """With a floor to fill and enough offers for several questions, none is off by a cent."""
    problem = many(seed, 60)
    plan = solve(problem)
    asked = [one for one in problem.candidates if one.id not in plan.accepted]
    assert len(asked) > worth.TOGETHER
    desk = worth.Desk(problem.encoder, plan.accepted, 20, 60)
    assert desk.least_pays(asked) == {one.id: desk._alone(one) for one in asked}

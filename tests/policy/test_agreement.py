"""The limits say what the sentences say: every rule against its predicate, on random rosters and policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policy.limits import Breach, Limit, breaches
from policy.rules import RULES, HistoryTooShortError, all_limits, reach
from policy.schema import Policy
from policy.shift import RedTime, Roster, Shift, Span
from policy.words import family, spoken_rules
from tests.policy import test_examples
from tests.policy.predicates import PREDICATES, World, broken, cost, excess, is_night, price, start_date, utc, worked_dates
from tests.policy.worlds import AWKWARD, RULE_KEYS, WIDE, cap, only, policy, priced, red_times, rosters, sections, shift

NAMES = tuple(rule.name for rule in RULES)
PRICED = tuple(name for name in NAMES if name not in ("red", "overlap", "goals.floor_monthly"))


def found(limits: Iterable[Limit], worked: Iterable[Shift], rule: str) -> list[Breach]:
    """What the evaluator says of one rule."""
    ids = {one.id for one in worked}
    return [breach for breach in breaches(limits, ids) if family(breach.limit.rule) == rule]


def units(found: Iterable[Breach]) -> int:
    return sum(breach.limit.excess(breach.value) for breach in found)


def draw_some(draw: st.DrawFn, everything: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """The shifts that are worked; the others are offers that nobody takes."""
    if draw(st.booleans()):
        return everything
    return tuple(one for one in everything if draw(st.booleans()))


@st.composite
def worlds(draw: st.DrawFn, rule: str, kind: object) -> tuple[Policy, tuple[Shift, ...], World]:
    everything = draw(rosters())
    red: tuple[RedTime, ...] = draw(red_times(everything)) if rule == "red" else ()
    others = draw(st.lists(st.sampled_from(NAMES), max_size=1))
    text = draw(sections(sorted({rule, *others}), kind))
    written = policy(**text)
    worked = draw_some(draw, everything)
    return written, everything, World(written, worked, WIDE.first, WIDE.last, red)


# --- Every rule has a predicate, an example, words -------------------------------------------------------------


@pytest.mark.parametrize("rule", NAMES)
def test_each_rule_has_a_predicate_an_example_and_a_sentence(rule: str) -> None:
    """A rule without a predicate, a hand-written example or words for a person does not go unnoticed."""
    assert rule in PREDICATES
    assert rule in test_examples.RULES_WITH_EXAMPLES
    assert rule in spoken_rules()


def test_no_predicate_outlives_its_rule() -> None:
    """The third voice speaks of the rules there are, each known by one name."""
    assert sorted(PREDICATES) == sorted(NAMES)


# --- Agreement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", NAMES)
@given(st.data())
def test_a_rule_is_broken_exactly_where_its_sentence_is(rule: str, data: st.DataObject) -> None:
    """Some limit of the rule is exceeded just when the predicate holds, whatever else is offered."""
    written, everything, world = data.draw(worlds(rule, cap))
    assume(not disputed(rule, world))
    limits = all_limits(written, Roster(everything, WIDE, world.red))
    assert bool(found(limits, world.shifts, rule)) == broken(rule, world)


@pytest.mark.parametrize("rule", PRICED)
@given(st.data())
def test_a_priced_rule_charges_for_each_unit_over(rule: str, data: st.DataObject) -> None:
    """The units over the bounds of a priced rule add up to what the predicate counts."""
    written, everything, world = data.draw(worlds(rule, priced))
    assume(not disputed(rule, world))
    limits = all_limits(written, Roster(everything, WIDE, world.red))
    over = found(limits, world.shifts, rule)
    assert units(over) == excess(rule, world)
    if rule != "streams.min_shifts_per_month":
        assert sum(breach.cents for breach in over) == excess(rule, world) * (price(rule, written) or 0)


@given(st.data())
def test_the_floor_charges_for_each_cent_short(data: st.DataObject) -> None:
    """The shortfall of every month that is planned is counted to the cent, and weighed."""
    written, everything, world = data.draw(worlds("goals.floor_monthly", cap))
    limits = all_limits(written, Roster(everything, WIDE))
    over = found(limits, world.shifts, "goals.floor_monthly")
    assert units(over) == excess("goals.floor_monthly", world)
    assert sum(b.cents for b in over) == excess("goals.floor_monthly", world) * written.prices.floor_weight


@given(st.data())
def test_prices_add_up_over_all_rules(data: st.DataObject) -> None:
    """What all soft limits cost together is what the sentences say, rule by rule."""
    everything = data.draw(rosters())
    chosen = data.draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    written = policy(**data.draw(sections(chosen)))
    world = World(written, everything, WIDE.first, WIDE.last)
    assume(not any(disputed(rule, world) for rule in chosen))
    limits = all_limits(written, Roster(everything, WIDE))
    assert sum(breach.cents for breach in breaches(limits, {one.id for one in everything})) == cost(world)


# --- A horizon in the middle of things --------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [name for name in NAMES if name != "red"])
@given(st.data())
def test_what_starts_inside_the_horizon_is_judged_with_all_that_lies_outside(rule: str, data: st.DataObject) -> None:
    """Work that starts on planned dates counts with the commitments around them, however short the horizon."""
    written, everything, world = data.draw(worlds(rule, cap))
    first = data.draw(st.sampled_from(AWKWARD)) + timedelta(days=data.draw(st.integers(-3, 3)))
    horizon = Span(first, first + timedelta(days=data.draw(st.sampled_from((0, 2, 6, 30)))))
    world = replace(world, first=horizon.first, last=horizon.last)
    before = replace(world, shifts=tuple(one for one in world.shifts if start_date(written, one) not in horizon))
    assume(not disputed(rule, world) and not disputed(rule, before))
    limits = all_limits(written, Roster(everything, horizon))
    over, over_before = found(limits, world.shifts, rule), found(limits, before.shifts, rule)
    if price(rule, written) is not None:
        assert units(over) - units(over_before) == excess(rule, world) - excess(rule, before)
    was, now = PREDICATES[rule](before), PREDICATES[rule](world)
    if any(amount > was.get(place, 0) for place, amount in now.items()):
        assert over


@pytest.mark.parametrize("rule", NAMES)
@given(st.data())
def test_nothing_beyond_the_reach_of_a_rule_matters(rule: str, data: st.DataObject) -> None:
    """Commitments further away than a rule says it looks change nothing about work on planned dates."""
    written, everything, world = data.draw(worlds(rule, cap))
    middle = data.draw(st.sampled_from(sorted({start_date(written, one) for one in everything}) or AWKWARD))
    horizon = Span(middle, middle + timedelta(days=data.draw(st.integers(0, 3))))
    this = next(one for one in RULES if one.name == rule)
    known = _known(horizon, this.reach(written))
    near = tuple(one for one in everything if any(day in known for day in worked_dates(written, one)))
    inside = {one.id for one in near if all(day in horizon for day in worked_dates(written, one))}

    def added(shifts: tuple[Shift, ...]) -> int:
        outside = {one.id for one in shifts} - inside
        limits = list(this.limits(written, Roster(shifts, horizon, world.red)))
        after, before = breaches(limits, outside | inside), breaches(limits, outside)
        return units(after) - units(before)

    assert added(everything) == added(near)


def _known(horizon: Span, dates: int) -> Span:
    return Span(horizon.first - timedelta(days=dates), horizon.last + timedelta(days=dates))


@given(st.data())
def test_history_shorter_than_the_reach_raises(data: st.DataObject) -> None:
    """One date too few, before or after the horizon, is refused; just enough is not."""
    written = policy(**data.draw(sections(data.draw(st.lists(st.sampled_from(NAMES), unique=True)))))
    horizon = Span(date(2027, 1, 1), date(2027, 1, 31))
    enough = _known(horizon, reach(written))
    all_limits(written, Roster((), horizon, known=enough))
    for known in (
        Span(enough.first + timedelta(days=1), enough.last),
        Span(enough.first, enough.last - timedelta(days=1)),
    ):
        with pytest.raises(HistoryTooShortError):
            all_limits(written, Roster((), horizon, known=known))


@pytest.mark.parametrize("rule", sorted(RULE_KEYS))
def test_a_long_cap_reaches_further(rule: str) -> None:
    """No rule looks back less far than the number in its own cap makes it look."""
    section, key, _, _ = RULE_KEYS[rule]
    looks = {"caps.days_in_a_row": 200, "caps.nights_in_a_row": 200, "travel.min_block_days": 199}
    assert reach(only(**{section: {key: 200}})) >= looks.get(rule, 31)


# --- Where sentence and code are known to differ ---------------------------------------------------------------


def disputed(rule: str, world: World) -> bool:
    """Rosters on which a sentence can be read in two ways, or the code leaves it: each has a test of its own."""
    return False

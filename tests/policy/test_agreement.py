"""The limits say what the sentences say: every rule against its predicate, on random rosters and policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy.limits import Breach, Limit, breaches
from policy.rules import RULES, HistoryTooShortError, all_limits, least, reach
from policy.schema import Policy
from policy.shift import RedTime, Roster, Shift, Span
from policy.words import family, spoken_rules
from tests.policy import test_duty, test_examples, test_portfolio
from tests.policy.predicates import (
    PREDICATES,
    World,
    broken,
    cost,
    excess,
    price,
    start_date,
    worked_dates,
)
from tests.policy.worlds import (
    AWKWARD,
    OFF,
    RULE_KEYS,
    WIDE,
    only,
    policy,
    red_times,
    rosters,
    row,
    sections,
    shift,
)

NAMES = tuple(rule.name for rule in RULES)


def found(limits: Iterable[Limit], worked: Iterable[Shift], rule: str) -> list[Breach]:
    """What the evaluator says of one rule."""
    ids = {one.id for one in worked}
    return [breach for breach in breaches(limits, ids) if family(breach.limit.rule) == rule]


def units(found: Iterable[Breach]) -> int:
    return sum(breach.limit.excess(breach.value) for breach in found)


def _some(draw: st.DrawFn, everything: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """The shifts that are worked; the others are offers that nobody takes."""
    if draw(st.booleans()):
        return everything
    return tuple(one for one in everything if draw(st.booleans()))


@dataclass(frozen=True)
class Case:
    """A policy as it is written, the shifts that are offered or worked, and those that are worked."""

    text: dict[str, dict[str, Any]]
    everything: tuple[Shift, ...]
    worked: tuple[Shift, ...]
    red: tuple[RedTime, ...]

    @cached_property
    def policy(self) -> Policy:
        return policy(**self.text)

    def world(self, horizon: Span = WIDE, shifts: Iterable[Shift] | None = None) -> World:
        worked = self.worked if shifts is None else tuple(shifts)
        return World(self.policy, worked, horizon.first, horizon.last, self.red)

    def limits(self, horizon: Span = WIDE) -> list[Limit]:
        return all_limits(self.policy, Roster(self.everything, horizon, self.red))


@st.composite
def cases(draw: st.DrawFn, rule: str) -> Case:
    """Worlds where this rule is on, perhaps with another beside it."""
    everything = draw(rosters())
    red: tuple[RedTime, ...] = draw(red_times(everything)) if rule == "red" else ()
    others = draw(st.lists(st.sampled_from(NAMES), max_size=1))
    return Case(draw(sections(sorted({rule, *others}))), everything, _some(draw, everything), red)


# --- Every rule has a predicate, an example, words -------------------------------------------------------------


@pytest.mark.parametrize("rule", NAMES)
def test_each_rule_has_a_predicate_an_example_and_a_sentence(rule: str) -> None:
    """A rule without a predicate, a hand-written example or words for a person does not go unnoticed."""
    assert rule in PREDICATES
    examples = test_examples.RULES_WITH_EXAMPLES | test_duty.RULES_WITH_EXAMPLES
    assert rule in examples | test_portfolio.RULES_WITH_EXAMPLES
    assert rule in spoken_rules()


def test_no_predicate_outlives_its_rule() -> None:
    """The third voice speaks of the rules there are, each known by one name."""
    assert sorted(PREDICATES) == sorted(NAMES)


# --- Agreement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", NAMES)
@given(st.data())
def test_a_rule_says_what_its_sentence_says(rule: str, data: st.DataObject) -> None:
    """Some limit is exceeded just when the predicate holds, and a priced one charges for each unit over."""
    case = data.draw(cases(rule))
    world = case.world()
    over = found(case.limits(), case.worked, rule)
    assert bool(over) == broken(rule, world)
    if any(breach.limit.price is not None for breach in over) and not disputed(rule, world):
        assert units(over) == excess(rule, world)
        assert sum(breach.cents for breach in over) == cost(world, (rule,))


@given(st.data())
def test_prices_add_up_over_all_rules(data: st.DataObject) -> None:
    """What all soft limits cost together is what the sentences say, rule by rule."""
    chosen = data.draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    everything = data.draw(rosters())
    case = Case(data.draw(sections(chosen)), everything, everything, ())
    assume(not any(disputed(rule, case.world()) for rule in chosen))
    over = breaches(case.limits(), {one.id for one in everything})
    assert sum(breach.cents for breach in over) == cost(case.world())


# --- A horizon in the middle of things ------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [name for name in NAMES if name != "red"])
@settings(max_examples=settings().max_examples // 3)
@given(st.data())
def test_work_inside_the_horizon_is_judged_with_all_that_lies_outside(rule: str, data: st.DataObject) -> None:
    """Work that starts on planned dates counts with the commitments around them, however short the horizon."""
    case = data.draw(cases(rule))
    first = data.draw(st.sampled_from(_starts(case) or AWKWARD)) + timedelta(
        days=data.draw(st.integers(-3, 3))
    )
    horizon = Span(first, first + timedelta(days=data.draw(st.sampled_from((0, 2, 6, 30)))))
    outside = [one for one in case.worked if start_date(case.policy, one) not in horizon]
    before, after = case.world(horizon, outside), case.world(horizon)
    limits = case.limits(horizon)
    over_before, over = found(limits, outside, rule), found(limits, case.worked, rule)
    if price(rule, case.policy) is not None and not disputed(rule, before) and not disputed(rule, after):
        assert units(over) - units(over_before) == excess(rule, after) - excess(rule, before)
    was, now = PREDICATES[rule](before), PREDICATES[rule](after)
    if any(amount > was.get(place, 0) for place, amount in now.items()):
        assert over


@pytest.mark.parametrize("rule", NAMES)
@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_nothing_beyond_the_reach_of_a_rule_matters(rule: str, data: st.DataObject) -> None:
    """Commitments further away than a rule says it looks change nothing about work on planned dates."""
    case = data.draw(cases(rule))
    first = data.draw(st.sampled_from(_starts(case) or AWKWARD))
    horizon = Span(first, first + timedelta(days=data.draw(st.integers(0, 3))))
    this = next(one for one in RULES if one.name == rule)
    known = _known(horizon, this.reach(case.policy))
    near = tuple(
        one for one in case.everything if any(day in known for day in worked_dates(case.policy, one))
    )
    inside = {one.id for one in near if all(day in horizon for day in worked_dates(case.policy, one))}

    def added(shifts: tuple[Shift, ...]) -> int:
        outside = {one.id for one in shifts} - inside
        limits = list(this.limits(case.policy, Roster(shifts, horizon, case.red)))
        return units(breaches(limits, outside | inside)) - units(breaches(limits, outside))

    assert added(case.everything) == added(near)


def _starts(case: Case) -> list[date]:
    return sorted({start_date(case.policy, one) for one in case.everything})


def _known(horizon: Span, dates: int) -> Span:
    return Span(horizon.first - timedelta(days=dates), horizon.last + timedelta(days=dates))


@given(st.data())
def test_history_shorter_than_the_reach_raises(data: st.DataObject) -> None:
    """One date too few, before or after the horizon, is refused; just enough is not."""
    written = policy(**data.draw(sections(data.draw(st.lists(st.sampled_from(NAMES), unique=True)))))
    horizon = Span(date(2027, 1, 1), date(2027, 1, 31))
    enough = _known(horizon, least(written))
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
    looks["travel.days_between_trips"] = 200
    assert reach(only(**{section: {key: 200}})) >= looks.get(rule, 31)


# --- Where sentence and code are known to differ ---------------------------------------------------------------


def disputed(rule: str, world: World) -> bool:
    """Rosters for which a price can be read in two ways; each has a test of its own below."""
    over = PREDICATES[rule](world)
    if rule == "recovery":
        return len(over) != excess(rule, world)
    # Where a long window warns, it is asked from a date with work on, and the sentence counts every window.
    return rule in ("caps.average_week_hours", "caps.off_days_in", "caps.weekends_in")


def _charged(text: dict[str, Any], worked: tuple[Shift, ...]) -> tuple[int, int]:
    """Cents by the limits, cents by the sentences."""
    case = Case(text, worked, worked, ())
    return sum(breach.cents for breach in breaches(case.limits(), {one.id for one in worked})), cost(
        case.world()
    )


def test_rest_is_charged_from_a_shift_to_the_next() -> None:
    """Three short shifts in one day lack two rests, not three: 08-12, 13-17, 18-22 with 11 hours wanted."""
    text = {**OFF, "rest": {"between_shifts_hours": {"cap": 11, "over": 100}}}
    worked = row("quiet-tele", "2027-01-13 08:00", "2027-01-13 13:00", "2027-01-13 18:00", hours=4)
    by_limits, by_sentence = _charged(text, worked)
    assert by_limits == by_sentence


def test_a_recovery_day_is_charged_for_each_block_that_wanted_it() -> None:
    """Two nights on an ICU are a run of nights and a run of high-intensity dates: work after them costs twice."""
    text = {**OFF, "recovery": {"after_block_of_days": 2, "days": 1, "over": 100}}
    nights = row("icu", "2027-01-11 19:00", "2027-01-12 19:00")
    by_limits, _ = _charged(text, (*nights, shift("t", "quiet-tele", "2027-01-14 09:00", 4)))
    assert by_limits == 2 * 100_00

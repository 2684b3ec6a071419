"""The gates say what their sentences say: each against its predicate, and on examples by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.gates import GATES, Gate, Moment, hindrances, refusals, remarks
from policy.gates.dates import paused
from policy.limits import Reason
from policy.money import effective_hourly, paid
from policy.read import read_policy
from policy.schema import Policy
from policy.shift import Offer, Pay, Shift, Span
from policy.words import sentence, spoken_rules
from tests.policy.gate_predicates import PREDICATES, closes, effective
from tests.policy.worlds import AWKWARD, CHICAGO, WIDE, red_times

Keys = dict[str, Any]
SITES: Keys = {
    "ward": {
        "stream": "per_diem",
        "states": ["TX"],
        "travel": {"mode": "drive", "minutes": 30},
        "pay": {"per_hour": 100},
    },
    "mesa": {
        "stream": "locums",
        "zone": "America/Phoenix",
        "states": ["TX", "FL"],
        "travel": {"mode": "fly", "minutes": 240},
    },
    "tele": {
        "stream": "telemedicine",
        "zone": "America/New_York",
        "names": ["Harbor Telehealth"],
        "states": ["TX", "FL", "CO"],
    },
    "clinic": {"stream": "employed"},
    "talks": {"stream": "nonclinical", "place": "home"},
}
NOW = datetime(2026, 8, 1, 8, tzinfo=CHICAGO)
MOMENT = Moment(NOW, WIDE)


def policy(sites: Keys | None = None, **sections: Any) -> Policy:
    """Goals and caps are written; `sites` adds keys to the five there are."""
    everything = {key: {**facts, **(sites or {}).get(key, {})} for key, facts in SITES.items()}
    text = {
        "clinician": {"name": "R. Example", "home_zone": "America/Chicago"},
        "goals": {},
        "caps": {},
        "sites": everything,
    }
    return Policy.model_validate({**text, **sections})


def offer(rules: Policy, site: str, *starts: str, hours: float = 12, dollars: int = 1_200) -> Offer:
    """Shifts from a clock time where the body is, such as `2027-01-04 19:00`; dollars for each."""
    there, pay = rules.site(site), Pay(dollars * 100, "shift")
    shifts = []
    for number, start in enumerate(starts, start=1):
        begins = datetime.fromisoformat(start).replace(tzinfo=there.body_zone).astimezone(UTC)
        shifts.append(Shift.at(there, begins, begins + timedelta(hours=hours), key=f"s{number}"))
    return Offer("o", there, paid(shifts, pay), pay)


def told(rules: Policy, one: Offer) -> list[str]:
    return [f"{reason.rule} {reason.about}".strip() for reason in refusals(rules, one, MOMENT)]


# -- agreement -----------------------------------------------------------------------------------------------------


def _name(gate: Gate) -> str:
    return str(getattr(gate, "__name__", ""))


def test_every_gate_has_a_predicate_of_its_own() -> None:
    """A new gate without a plain sentence in code does not go unnoticed."""
    assert sorted(_name(gate) for gate in GATES) == sorted(PREDICATES)


KINDS = ("licence", "License", "dea", "DEA", "csr", "board", "privileges", "programme_approval")
STATES = ("TX", "FL", "CO", "NY")
CLOCKS = (time(0), time(5), time(7), time(9, 30), time(15), time(19), time(23))
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def some(of: Sequence[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(of), max_size=most, unique=True)


def maybe(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Keys]:
    return st.fixed_dictionaries({}, optional=fields)


def near(around: date) -> st.SearchStrategy[date]:
    return st.integers(-3, 4).map(lambda days: around + timedelta(days=days))


def in_order(pair: Keys) -> Keys:
    """`from` before `until`."""
    if pair.get("from") and pair.get("until") and pair["from"] > pair["until"]:
        return {**pair, "from": pair["until"], "until": pair["from"]}
    return pair


def site_keys(around: date) -> st.SearchStrategy[Keys]:
    return maybe(
        {
            "states": some(STATES),
            "requires": some(KINDS, 2),
            "employer": st.sampled_from(("Harbor", "ridge GROUP")),
            "model": st.sampled_from(("dtc", "icu")),
            "setting": st.sampled_from(("ed", "clinic")),
            "clinical": st.booleans(),
            "contract": maybe({"from": near(around), "until": near(around)}),
            "malpractice": covers(around),
            "privileges_until": near(around),
            "rate_floor": floors(),
            "visits_per_hour": st.sampled_from((Decimal("2.5"), Decimal(3), Decimal("3.5"))),
            "travel": maybe(
                {
                    "mode": st.sampled_from(("none", "drive", "fly")),
                    "minutes": st.sampled_from((0, 45, 240)),
                    "cost": st.sampled_from((0, 250)),
                    "overnight": st.booleans(),
                }
            ),
            "pay": st.sampled_from(
                ({"per_hour": 90, "benefits_per_hour": 12}, {"per_visit": 30, "visits_per_hour": Decimal(4)})
            ),
            "unpaid_minutes": st.sampled_from((0, 40)),
            "worked_percent": st.sampled_from((50, 100)),
            "buffer": maybe({"before": st.just(15), "after": st.just(20)}),
        }
    )


def covers(around: date) -> st.SearchStrategy[Keys]:
    return maybe(
        {
            "required": st.booleans(),
            "by": st.just("company"),
            "covers_telemedicine": st.booleans(),
            "until": near(around),
        }
    )


def floors() -> st.SearchStrategy[Keys]:
    few = st.sampled_from((60, 100, 130))
    return maybe(
        {"per_hour": few, "per_shift": st.sampled_from((800, 1_200, 1_201)), "effective_per_hour": few}
    )


def papers(around: date) -> st.SearchStrategy[Keys]:
    return st.fixed_dictionaries(
        {"kind": st.sampled_from(KINDS)},
        optional={
            "state": st.sampled_from(STATES),
            "site": st.sampled_from(("ward", "tele")),
            "type": st.sampled_from(("full", "training", "telemedicine", "compact")),
            "from": near(around),
            "applied": near(around),
            "lead_days": st.sampled_from((0, 30)),
            "until": near(around),
        },
    )


def lists() -> dict[str, st.SearchStrategy[Any]]:
    return {"sites": some(("ward", "tele", "mesa"), 2), "streams": some(("locums", "telemedicine"), 2)}


def sections(around: date) -> st.SearchStrategy[Keys]:
    names = some(("harbor", "Ridge Group", "Harbor Telehealth", "ward"), 2)
    pause = maybe({**lists(), "until": near(around), "allow_nonclinical": st.booleans()})
    dated = st.tuples(near(around), pause).map(lambda one: in_order({"from": one[0], **one[1]}))
    against = maybe({**lists(), "states": some(STATES, 2), "employers": names, "from": near(around)})
    bound = st.tuples(near(around), against).map(
        lambda one: in_order({"name": "n", "streams": ["locums"], "until": one[0], **one[1]})
    )
    hours = st.fixed_dictionaries(
        {"days": st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)},
        optional={**lists(), "from": st.sampled_from(CLOCKS), "to": st.sampled_from(CLOCKS)},
    )
    stream = maybe(
        {
            "decide": st.sampled_from(("propose", "never", "auto")),
            "malpractice": covers(around),
            "rate_floor": floors(),
        }
    )
    return maybe(
        {
            "clinician": st.fixed_dictionaries(
                {
                    "name": st.just("R. Example"),
                    "home_zone": st.just("America/Chicago"),
                    "role": st.sampled_from(("attending", "resident")),
                },
                optional={"pgy": st.integers(1, 3)},
            ),
            "pauses": st.lists(dated, max_size=2),
            "non_competes": st.lists(bound.filter(_says_something), max_size=2),
            "exclude": maybe(
                {
                    "sites": some(("ward", "mesa"), 1),
                    "employers": names,
                    "models": some(("dtc", "icu"), 1),
                    "settings": some(("ed", "clinic"), 1),
                    "states": some(STATES, 2),
                }
            ),
            "allowed": st.lists(hours, max_size=3),
            "credentials": st.lists(papers(around), max_size=5),
            "streams": st.dictionaries(st.sampled_from(("telemedicine", "locums", "per_diem")), stream),
            "telemedicine": maybe(
                {"visits_per_hour": st.sampled_from((3, {"cap": 3, "over": 0}, {"cap": 2, "over": 9}))}
            ),
            "travel": maybe(
                {
                    "tolerance": st.sampled_from(("none", "drive", "fly")),
                    "max_drive_minutes": st.sampled_from((30, 45)),
                }
            ),
        }
    )


def _says_something(one: Keys) -> bool:
    return any(one.get(key) for key in ("sites", "streams", "states", "employers"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Policy, Offer, Moment]:
    """A policy around an awkward date, an offer near it, and a moment that may be late or know too little."""
    around = draw(st.sampled_from(AWKWARD))
    site = draw(st.sampled_from(sorted(SITES)))
    written = draw(sections(around))
    if draw(st.integers(0, 9)) == 0:
        written["caps"] = None
    rules = policy({site: draw(site_keys(around))}, **written)
    there, shifts = rules.site(site), []
    for number in range(draw(st.integers(1, 3))):
        day = draw(near(around))
        clock = time(draw(st.sampled_from((0, 7, 12, 19, 23, 1))), draw(st.sampled_from((0, 30))))
        begins = datetime.combine(day, clock, there.body_zone).astimezone(UTC)
        length = timedelta(hours=draw(st.sampled_from((1, 5, 8, 12, 24))))
        shifts.append(Shift.at(there, begins, begins + length, key=f"s{number}"))
    pay = draw(st.sampled_from((Pay(120_000, "shift"), Pay(9_000, "hour"), Pay(9_000, "hour", "EUR"), None)))
    one = Offer("o", there, paid(shifts, pay or there.pay), pay)
    published = draw(st.lists(st.tuples(st.just("amion"), near(around)), max_size=1))
    horizon = draw(st.sampled_from((WIDE, Span(around, around + timedelta(days=30)))))
    now = draw(st.sampled_from((NOW, datetime.combine(around, time(12), CHICAGO))))
    return rules, one, Moment(now, horizon, draw(red_times(shifts)), (), tuple(published))


@settings(max_examples=settings().max_examples * 2)
@given(cases())
def test_a_gate_says_what_its_sentence_says(case: tuple[Policy, Offer, Moment]) -> None:
    """Each has a reason just when its predicate stands against the offer, and each reason can be said."""
    rules, one, moment = case
    for gate in GATES:
        reasons = list(gate(rules, one, moment))
        assert bool(reasons) == PREDICATES[_name(gate)](rules, one, moment), _name(gate)
        assert all(sentence(reason, {shift.id: shift for shift in one.shifts}) for reason in reasons)


@given(cases())
def test_the_effective_rate_is_what_it_says(case: tuple[Policy, Offer, Moment]) -> None:
    """To the fraction of a cent."""
    rules, one, _ = case
    assert effective_hourly(rules, one) == effective(rules, one)


@given(cases())
def test_an_offer_is_limited_to_the_states_that_are_open(case: tuple[Policy, Offer, Moment]) -> None:
    """Said where one is at home and some states are open, but not all."""
    rules, one, _ = case
    names = rules.sites[one.site.id].states
    free = [state for state in names if not closes(rules, one, state)]
    said = [reason.about for reason in remarks(rules, one) if reason.rule == "limited"]
    some_are = one.site.place == "home" and 0 < len(free) < len(names)
    assert said == ([", ".join(free)] if some_are else [])


@given(cases())
def test_what_is_said_with_a_hold_can_be_said(case: tuple[Policy, Offer, Moment]) -> None:
    """Remarks and hindrances have words, and those that hinder stay the same whoever decides."""
    rules, one, _ = case
    for reason in (*hindrances(rules, one), *remarks(rules, one)):
        assert reason.rule in spoken_rules()
        assert sentence(reason, {})


# -- pauses --------------------------------------------------------------------------------------------------------

PAUSE = {"from": date(2027, 1, 10), "until": date(2027, 1, 31), "why": "new baby"}


@pytest.mark.parametrize(
    ("start", "refused"),
    [
        ("2027-01-09 07:00", False),
        ("2027-01-09 12:00", False),  # to midnight
        ("2027-01-09 12:30", True),
        ("2027-01-10 00:00", True),
        ("2027-01-31 23:00", True),
        ("2027-02-01 00:00", False),
    ],
)
def test_a_pause_takes_nothing_new_on_its_dates(start: str, *, refused: bool) -> None:
    """Both of its dates are in it; a minute on either is enough."""
    rules = policy(pauses=[PAUSE])
    assert told(rules, offer(rules, "ward", start)) == (["pauses new baby"] if refused else [])


def test_a_pause_is_counted_on_the_calendar_at_home() -> None:
    """23:30 on the 9th in Phoenix is half past midnight on the 10th in Chicago."""
    rules = policy(pauses=[PAUSE])
    assert told(rules, offer(rules, "mesa", "2027-01-09 22:00", hours=1)) == []
    assert told(rules, offer(rules, "mesa", "2027-01-09 22:30", hours=1)) == ["pauses new baby"]


@pytest.mark.parametrize(
    ("start", "hours", "refused"),
    [
        ("2026-10-31 19:00", 4, False),
        ("2026-10-31 19:00", 13, True),  # the night on which the clocks go back
        ("2027-03-14 00:00", 1, False),
        ("2027-03-14 19:00", 5, False),
        ("2028-02-29 07:00", 12, True),
        ("2028-03-01 00:00", 8, False),
        ("2026-12-31 19:00", 12, True),
        ("2027-01-01 07:00", 12, False),
    ],
)
def test_pauses_around_awkward_dates(start: str, hours: float, *, refused: bool) -> None:
    """The clocks going back, a leap day, the end of a year."""
    days = (date(2026, 11, 1), date(2028, 2, 29), date(2026, 12, 31))
    rules = policy(pauses=[{"from": day, "until": day} for day in days])
    assert bool(told(rules, offer(rules, "ward", start, hours=hours))) is refused


def test_a_pause_may_be_for_some_and_for_ever() -> None:
    """Of a suspended platform, of a stream; until it is taken out; teaching may go on."""
    rules = policy(pauses=[{"from": date(2027, 1, 1), "sites": ["tele"], "streams": ["locums"]}])
    assert told(rules, offer(rules, "tele", "2028-05-01 07:00")) == ["pauses"]
    assert told(rules, offer(rules, "mesa", "2028-05-01 07:00")) == ["pauses"]
    assert told(rules, offer(rules, "ward", "2028-05-01 07:00")) == []
    gentle = policy(pauses=[{"from": date(2027, 1, 1), "allow_nonclinical": True}])
    assert told(gentle, offer(gentle, "talks", "2028-05-01 07:00")) == []
    assert told(gentle, offer(gentle, "ward", "2028-05-01 07:00")) == ["pauses"]
    strict = policy(pauses=[{"from": date(2027, 1, 1)}])
    assert told(strict, offer(strict, "talks", "2028-05-01 07:00")) == ["pauses"]


def test_a_month_is_paused_when_each_of_its_dates_is() -> None:
    """Two pauses may share a month; one date between them opens it."""
    january, first = Span(date(2027, 1, 1), date(2027, 1, 31)), {"from": date(2026, 12, 1)}
    later = {"from": date(2027, 1, 16), "until": date(2027, 1, 31)}
    assert paused(policy(pauses=[{**first, "until": date(2027, 1, 15)}, later]), january)
    assert not paused(policy(pauses=[{**first, "until": date(2027, 1, 14)}, later]), january)
    assert not paused(policy(pauses=[{**later, "from": date(2027, 1, 2)}]), january)
    assert not paused(policy(), january)
    scoped = policy(pauses=[{**first, "streams": ["telemedicine"], "sites": ["ward"]}])
    assert not paused(scoped, january)
    assert paused(scoped, january, "telemedicine")
    assert paused(scoped, january, site="tele")
    assert paused(scoped, january, site="ward")
    assert not paused(scoped, january, "locums")
    assert not paused(policy(pauses=[{**first, "allow_nonclinical": True}]), january, "nonclinical")


# -- contracts and non-competes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "against"),
    [
        ("2026-12-31 07:00", ["contract begins 2027-01-01"]),
        ("2026-12-31 23:00", ["contract begins 2027-01-01"]),
        ("2027-01-01 00:00", []),
        ("2028-02-29 12:00", []),  # to midnight
        ("2028-02-29 19:00", ["contract ends 2028-02-29"]),
        ("2028-03-01 07:00", ["contract ends 2028-02-29"]),
    ],
)
def test_shifts_lie_within_the_contract(start: str, against: list[str]) -> None:
    """Every date of them, from its first to its last."""
    rules = policy({"ward": {"contract": {"from": date(2027, 1, 1), "until": date(2028, 2, 29)}}})
    assert told(rules, offer(rules, "ward", start)) == against


def test_an_open_end_of_a_contract_is_open() -> None:
    """One that only begins, and one that only ends."""
    since = policy({"ward": {"contract": {"from": date(2027, 1, 1)}}})
    assert told(since, offer(since, "ward", "2028-05-01 07:00")) == []
    until = policy({"ward": {"contract": {"until": date(2027, 1, 1)}}})
    assert told(until, offer(until, "ward", "2026-10-01 07:00")) == []


@pytest.mark.parametrize(
    ("site", "start", "refused"),
    [
        ("mesa", "2027-06-30 07:00", True),
        ("mesa", "2027-06-30 19:00", True),
        ("mesa", "2027-07-01 07:00", False),
        ("tele", "2027-06-30 07:00", False),
    ],
)
def test_locums_are_locked_until_the_non_compete_ends(site: str, start: str, *, refused: bool) -> None:
    """Its last date is in it."""
    rules = policy(non_competes=[{"name": "Ridge", "until": date(2027, 6, 30), "streams": ["locums"]}])
    assert told(rules, offer(rules, site, start)) == (["non_competes Ridge"] if refused else [])


def test_a_non_compete_binds_where_every_list_names_the_offer() -> None:
    """Of this employer in this state: either by itself is free. Before its first date all is."""
    written = {"name": "n", "until": date(2027, 6, 30), "employers": ["HARBOR"], "states": ["TX"]}
    for employer, states, refused in (
        ("Harbor", ["TX"], True),
        ("Harbor", ["TX", "OK"], True),
        ("Harbor", ["OK"], False),
        ("Other", ["TX"], False),
    ):
        rules = policy({"ward": {"employer": employer, "states": states}}, non_competes=[written])
        assert bool(told(rules, offer(rules, "ward", "2027-01-04 07:00"))) is refused
    late = policy(
        {"ward": {"employer": "Harbor"}}, non_competes=[{**written, "from": date(2027, 1, 5), "states": []}]
    )
    assert told(late, offer(late, "ward", "2027-01-04 07:00")) == []
    assert told(late, offer(late, "ward", "2027-01-04 19:00")) == ["non_competes n"]


# -- what is never done ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("never", "against"),
    [
        ({"sites": ["tele"]}, ["exclude site Harbor Telehealth"]),
        ({"employers": ["harbor telehealth"]}, ["exclude employer Harbor Telehealth"]),
        ({"models": ["dtc"]}, ["exclude model dtc"]),
        ({"settings": ["urgent_care"]}, ["exclude setting urgent_care"]),
        ({"states": ["TX"]}, []),
        ({"states": ["TX", "FL", "CO"]}, ["exclude state TX", "exclude state FL", "exclude state CO"]),
        ({"sites": ["ward"], "employers": ["Ridge"], "models": ["icu"], "settings": ["ed"]}, []),
    ],
)
def test_what_is_excluded_is_never_taken(never: Keys, against: list[str]) -> None:
    """Whatever it pays; a platform without its last state is closed."""
    rules = policy({"tele": {"model": "dtc", "setting": "urgent_care"}}, exclude=never)
    assert told(rules, offer(rules, "tele", "2027-01-04 07:00")) == against


def test_on_site_one_excluded_state_is_enough() -> None:
    """There is no other patient there."""
    rules = policy(exclude={"states": ["FL"]})
    assert told(rules, offer(rules, "mesa", "2027-01-04 07:00")) == ["exclude state FL"]


# -- hours that are allowed ------------------------------------------------------------------------------------------


MORNINGS = {"days": ["Mon", "Wed"], "from": time(9), "to": time(15)}


@pytest.mark.parametrize(
    ("start", "hours", "inside"),
    [
        ("2027-01-04 09:00", 6, True),
        ("2027-01-04 08:30", 6, False),
        ("2027-01-04 09:30", 6, False),
        ("2027-01-05 09:00", 6, False),  # a Tuesday
        ("2027-01-06 10:00", 5, True),
    ],
)
def test_work_lies_in_the_hours_allowed(start: str, hours: float, *, inside: bool) -> None:
    """On Mondays and Wednesdays from 9 to 3; an end at 3 is inside."""
    rules = policy(allowed=[{**MORNINGS, "streams": ["telemedicine"]}])
    assert bool(told(rules, offer(rules, "tele", start, hours=hours))) is not inside
    assert told(rules, offer(rules, "ward", start, hours=hours)) == []


@pytest.mark.parametrize(
    ("start", "hours", "inside"),
    [
        ("2027-01-08 19:00", 12, True),  # Friday to Saturday
        ("2027-01-09 19:00", 12, False),
        ("2027-01-09 00:00", 7, True),
        ("2027-01-08 00:00", 7, False),
        ("2026-10-30 19:00", 12, True),
        ("2026-10-31 19:00", 13, False),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_it_opens(
    start: str, hours: float, *, inside: bool
) -> None:
    """Friday from 19:00 to 07:00."""
    rules = policy(allowed=[{"days": ["Fri"], "from": time(19), "to": time(7)}])
    assert bool(told(rules, offer(rules, "ward", start, hours=hours))) is not inside


@pytest.mark.parametrize(
    ("evening", "hours", "inside"),
    [
        ("2026-10-31", 13, True),
        ("2026-10-31", 14, False),
        ("2027-03-13", 11, True),
        ("2027-03-13", 12, False),
    ],
)
def test_the_clock_counts_and_not_the_hours(evening: str, hours: float, *, inside: bool) -> None:
    """From 19:00 to 07:00 is inside 19:00 to 07:00 in the two nights of the year too."""
    rules = policy(allowed=[{"from": time(19), "to": time(7)}])
    assert bool(told(rules, offer(rules, "ward", f"{evening} 19:00", hours=hours))) is not inside


def test_an_hour_that_the_clock_shows_twice_is_an_hour() -> None:
    """From 01:00 to 01:00 when the clocks go back lies outside the day all the same."""
    rules = policy(allowed=[{"from": time(9), "to": time(15)}])
    assert told(rules, offer(rules, "ward", "2026-11-01 01:00", hours=1)) != []
    early = policy(allowed=[{"from": time(0), "to": time(7)}])
    assert told(early, offer(early, "ward", "2026-11-01 01:00", hours=1)) == []


def test_days_that_follow_each_other_are_one_stretch() -> None:
    """A whole weekend holds the night in its middle, and the night before Monday to its midnight."""
    rules = policy(allowed=[{"days": ["Sat", "Sun"]}])
    assert told(rules, offer(rules, "ward", "2027-01-09 19:00")) == []
    assert told(rules, offer(rules, "ward", "2027-01-10 12:00")) == []
    assert told(rules, offer(rules, "ward", "2027-01-10 13:00")) != []


def test_what_is_said_of_a_site_displaces_the_rest() -> None:
    """Site before stream before all, even where it allows less."""
    everyone, nights = {"from": time(8), "to": time(20)}, {"from": time(19), "to": time(7)}
    rules = policy(
        allowed=[everyone, {**nights, "sites": ["tele"]}, {**MORNINGS, "streams": ["locums", "telemedicine"]}]
    )
    assert told(rules, offer(rules, "ward", "2027-01-04 08:00")) == []
    assert told(rules, offer(rules, "tele", "2027-01-04 08:00")) == ["allowed every day 19:00–07:00"]
    assert told(rules, offer(rules, "tele", "2027-01-04 19:00")) == []
    assert told(rules, offer(rules, "mesa", "2027-01-04 09:00", hours=6)) == []
    assert told(rules, offer(rules, "mesa", "2027-01-04 09:00")) == ["allowed Mon Wed 09:00–15:00"]
    two = policy(allowed=[everyone, {**nights, "days": ["Sun"]}])
    found = told(two, offer(two, "ward", "2027-01-04 19:00"))
    assert found == ["allowed every day 08:00–20:00, or Sun 19:00–07:00"]


# -- papers --------------------------------------------------------------------------------------------------------


def paper(kind: str = "licence", state: str | None = "TX", *, since: date | None = None, **more: Any) -> Keys:
    of, begins = {"state": state} if state else {}, {"from": since} if since else {}
    return {"kind": kind, **of, **begins, **more}


@pytest.mark.parametrize(
    ("papers", "against"),
    [
        ([], []),
        ([paper()], []),
        ([paper(kind="License")], []),
        ([paper(until=date(2027, 1, 5))], []),
        ([paper(until=date(2027, 1, 4))], ["licence TX 2027-01-04"]),
        ([paper(until=date(2027, 1, 4)), paper(since=date(2027, 1, 5))], []),
        ([paper(since=date(2027, 1, 5))], ["licence TX from 2027-01-05"]),
        ([paper(since=date(2027, 1, 4))], []),
        (
            [paper(applied=date(2026, 12, 31), lead_days=60)],
            ["licence TX expected 2027-03-01"],
        ),
        ([paper(applied=date(2026, 12, 1))], ["licence TX applied 2026-12-01"]),
        ([paper(applied=date(2026, 12, 1), since=date(2026, 12, 20))], []),
        ([paper(type="training")], ["licence TX training"]),
        ([paper(type="telemedicine")], ["licence TX telemedicine"]),
        ([paper(type="compact")], []),
        ([paper(state="CO")], ["licence TX"]),
    ],
)
def test_a_night_wants_its_licence_on_both_dates(papers: list[Keys], against: list[str]) -> None:
    """From the 4th to the 5th of January. Applied for is not held; before any is written, none is asked for."""
    rules = policy(credentials=papers)
    assert told(rules, offer(rules, "ward", "2027-01-04 19:00")) == against


def test_a_training_licence_is_for_the_programme() -> None:
    """It opens work in the employed stream and no other."""
    rules = policy({"clinic": {"states": ["TX"]}}, credentials=[paper(type="training")])
    assert told(rules, offer(rules, "clinic", "2027-01-04 07:00")) == []


def test_at_home_one_open_state_is_enough() -> None:
    """The platform is told which; on site every state is wanted."""
    rules = policy(credentials=[paper(), paper(state="CO", type="telemedicine")])
    one = offer(rules, "tele", "2027-01-04 07:00")
    assert told(rules, one) == []
    assert [reason for reason in remarks(rules, one) if reason.rule == "limited"] == [
        Reason("limited", would_be=2, bound=3, about="TX, CO")
    ]
    assert told(rules, offer(rules, "mesa", "2027-01-04 07:00")) == ["licence FL"]


def test_the_states_that_are_left_must_be_open_for_all_reasons_at_once() -> None:
    """Licensed in Texas alone, which is excluded: nothing is left of the platform."""
    rules = policy(credentials=[paper()], exclude={"states": ["TX"]})
    assert told(rules, offer(rules, "tele", "2027-01-04 07:00")) == [
        "exclude state TX",
        "licence FL",
        "licence CO",
    ]


@pytest.mark.parametrize(
    ("papers", "against"),
    [
        ([], ["credential dea TX", "credential board"]),
        ([paper("DEA"), paper("board", None)], []),
        ([paper("dea", None), paper("board", None)], ["credential dea TX"]),
        ([paper("dea"), paper("board", None, until=date(2027, 1, 3))], ["credential board: ends 2027-01-03"]),
        ([paper("dea", site="tele"), paper("board", "CO")], ["credential dea TX", "credential board"]),
        (
            [paper("dea", applied=date(2026, 12, 1), lead_days=45), paper("board", "TX")],
            ["credential dea TX: expected 2027-01-15"],
        ),
    ],
)
def test_what_a_site_requires_is_held(papers: list[Keys], against: list[str]) -> None:
    """DEA state by state, the board anywhere; what another site or state holds is not it."""
    rules = policy({"ward": {"requires": ["dea", "board"]}}, credentials=papers)
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == against


def test_a_licence_that_is_required_is_asked_for_before_any_is_written() -> None:
    """Unknown is not yes, also where the site names no state."""
    rules = policy({"ward": {"requires": ["licence"]}, "clinic": {"requires": ["licence"]}})
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == ["licence TX"]
    assert told(rules, offer(rules, "clinic", "2027-01-04 07:00")) == ["credential licence"]
    some = policy({"clinic": {"requires": ["licence"]}}, credentials=[paper(state="CO")])
    assert told(some, offer(some, "clinic", "2027-01-04 07:00")) == []


@pytest.mark.parametrize(
    ("site", "papers", "against"),
    [
        ({}, [], []),
        ({"requires": ["privileges"]}, [], ["credential privileges"]),
        ({"requires": ["privileges"]}, [paper("privileges", None)], ["credential privileges"]),
        ({"requires": ["privileges"]}, [paper("privileges", None, site="ward")], []),
        ({"privileges_until": date(2027, 1, 3)}, [], ["privileges 2027-01-03"]),
        (
            {"privileges_until": date(2027, 1, 3)},
            [paper("privileges", None, site="ward", since=date(2027, 1, 4))],
            [],
        ),
        ({"requires": ["privileges"], "privileges_until": date(2027, 1, 4)}, [], []),
        ({}, [paper("privileges", None, site="ward", until=date(2027, 1, 3))], ["privileges 2027-01-03"]),
        ({}, [paper("privileges", None, site="tele", until=date(2027, 1, 3))], []),
        ({}, [paper("privileges", "CO", site="ward", until=date(2027, 1, 3))], ["privileges 2027-01-03"]),
    ],
)
def test_privileges_are_given_site_by_site(site: Keys, papers: list[Keys], against: list[str]) -> None:
    """Judged once any are written for the site, or required there."""
    rules = policy({"ward": site}, credentials=papers)
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == against


# -- residents -----------------------------------------------------------------------------------------------------

RESIDENT = {"name": "R. Example", "home_zone": "America/Chicago", "role": "resident"}
COVER = {"by": "own policy"}
APPROVAL = {"kind": "programme_approval", "from": date(2027, 1, 1), "until": date(2027, 1, 31)}


@pytest.mark.parametrize(
    ("year", "papers", "start", "against"),
    [
        (2, [paper(), APPROVAL], "2027-01-04 07:00", []),
        (1, [paper(), APPROVAL], "2027-01-04 07:00", ["resident pgy"]),
        (None, [paper(), APPROVAL], "2027-01-04 07:00", ["resident pgy"]),
        (2, [paper()], "2027-01-04 07:00", ["credential programme_approval"]),
        (2, [paper(), APPROVAL], "2026-12-31 19:00", ["credential programme_approval: from 2027-01-01"]),
        (2, [paper(), APPROVAL], "2027-01-31 19:00", ["credential programme_approval: ends 2027-01-31"]),
        (2, [paper(type="training"), APPROVAL], "2027-01-04 07:00", ["licence TX training"]),
        (2, [paper(type="compact"), APPROVAL], "2027-01-04 07:00", ["licence TX compact"]),
        (2, [APPROVAL], "2027-01-04 07:00", ["licence TX"]),
    ],
)
def test_residents_moonlight_from_the_second_year_with_papers(
    year: int | None, papers: list[Keys], start: str, against: list[str]
) -> None:
    """A full licence and the programme's approval on every date."""
    who = {**RESIDENT, **({"pgy": year} if year else {})}
    rules = policy({"ward": {"malpractice": COVER}}, clinician=who, credentials=papers)
    assert told(rules, offer(rules, "ward", start)) == against


def test_a_resident_brings_cover() -> None:
    """Somebody's name stands for it, but not where nothing clinical is done; the programme itself asks nothing."""
    rules = policy(
        {"talks": {"malpractice": {"required": False}}},
        clinician={**RESIDENT, "pgy": 3},
        credentials=[paper(), APPROVAL],
    )
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == ["resident malpractice"]
    assert told(rules, offer(rules, "talks", "2027-01-04 07:00")) == []
    assert told(rules, offer(rules, "clinic", "2027-01-04 07:00")) == []


# -- malpractice ---------------------------------------------------------------------------------------------------


def test_a_site_has_a_cover_of_its_own() -> None:
    """It displaces the stream's as a whole."""
    stream = {"telemedicine": {"malpractice": {"until": date(2027, 1, 3), "covers_telemedicine": True}}}
    rules = policy(streams=stream)
    assert told(rules, offer(rules, "tele", "2027-01-04 07:00")) == ["malpractice 2027-01-03"]
    own = policy({"tele": {"malpractice": {"until": date(2027, 1, 4)}}}, streams=stream)
    assert told(own, offer(own, "tele", "2027-01-04 07:00")) == []
    bare = policy({"tele": {"malpractice": {"covers_telemedicine": False}}}, streams=stream)
    assert told(bare, offer(bare, "tele", "2027-01-04 07:00")) == ["malpractice telemedicine"]


# -- money ---------------------------------------------------------------------------------------------------------


def test_the_effective_rate_of_a_day_nearby() -> None:
    """$1,200 for 12 hours is $100 an hour; 40 minutes of notes, 20 around it and an hour on the road make it 14."""
    more = {"unpaid_minutes": 40, "buffer": {"before": 15, "after": 5}, "travel": {"minutes": 30, "cost": 10}}
    rules = policy({"ward": more})
    assert effective_hourly(rules, offer(rules, "ward", "2027-01-04 07:00")) == Fraction(119_000, 14)


def test_travel_is_spread_over_the_days_of_a_trip() -> None:
    """Three days in a row are one journey of 8 hours and $600; a day between makes it two."""
    rules = policy({"mesa": {"travel": {"mode": "fly", "minutes": 240, "cost": 600}}})
    row = offer(rules, "mesa", "2027-02-28 07:00", "2027-03-01 07:00", "2027-03-02 07:00")
    assert effective_hourly(rules, row) == Fraction(360_000 - 60_000, 36 + 8)
    gap = offer(rules, "mesa", "2027-02-28 07:00", "2027-03-01 07:00", "2027-03-03 07:00")
    assert effective_hourly(rules, gap) == Fraction(360_000 - 120_000, 36 + 16)


def test_call_from_home_takes_less_than_its_hours() -> None:
    """24 hours of call of which a quarter is worked; benefits come with each paid hour; nobody travels."""
    rules = policy(
        {
            "tele": {
                "worked_percent": 25,
                "pay": {"per_hour": 50, "benefits_per_hour": 5},
                "travel": {"cost": 9},
            }
        }
    )
    assert effective_hourly(rules, offer(rules, "tele", "2027-01-04 07:00", hours=24)) == Fraction(132_000, 6)


def test_hours_of_the_night_on_which_the_clocks_change_are_elapsed() -> None:
    """19:00 to 07:00 for $1,200: over 13 hours, or over 11."""
    rules = policy({"ward": {"travel": {"minutes": 0}}})
    for start, hours in (("2026-10-31 19:00", 13), ("2027-03-13 19:00", 11)):
        assert effective_hourly(rules, offer(rules, "ward", start, hours=hours)) == Fraction(120_000, hours)


def test_a_rate_floor_is_the_sites_own_key_by_key() -> None:
    """The stream wants $150 an hour and $1,500 a shift; the site, $90 an hour. The stream's shift stays."""
    streams = {"per_diem": {"rate_floor": {"per_hour": 150, "per_shift": 1_500}}}
    rules = policy({"ward": {"rate_floor": {"per_hour": 90}}}, streams=streams)
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == ["rate_floor shift"]
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00", dollars=1_500)) == []
    bare = policy(streams=streams)
    found = told(bare, offer(bare, "ward", "2027-01-04 07:00"))
    assert found == ["rate_floor hour", "rate_floor shift"]


def test_a_rate_floor_of_the_effective_rate() -> None:
    """$1,200 for 12 hours and an hour's drive is $92.30 an hour in effect: below $92.31 it is refused."""
    for least, against in ((Decimal("92.30"), []), (Decimal("92.31"), ["rate_floor hour in effect"])):
        rules = policy({"ward": {"rate_floor": {"effective_per_hour": least}}})
        assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == against


@pytest.mark.parametrize(
    ("visits", "cap", "against", "said"),
    [
        (Decimal("3.5"), 3, ["telemedicine.visits_per_hour"], []),
        (Decimal(3), 3, [], []),
        (Decimal("3.5"), {"cap": 3, "over": 0}, [], ["telemedicine.visits_per_hour"]),
        (Decimal(3), {"cap": 3, "over": 0}, [], []),
        (Decimal("3.5"), {"cap": 3, "over": 50}, [], ["telemedicine.visits_per_hour"]),
        (None, 3, [], ["telemedicine.visits_unknown"]),
    ],
)
def test_visits_an_hour_are_capped(
    visits: Decimal | None, cap: Any, against: list[str], said: list[str]
) -> None:
    """Hard it refuses, priced or with 0 it is said in the hold, and what is not known is asked about."""
    keys = {} if visits is None else {"visits_per_hour": visits}
    rules = policy({"tele": keys}, telemedicine={"visits_per_hour": cap})
    one = offer(rules, "tele", "2027-01-04 07:00")
    assert told(rules, one) == against
    assert [r.rule for r in remarks(rules, one) if r.rule.startswith("telemedicine")] == said
    assert told(rules, offer(rules, "ward", "2027-01-04 07:00")) == []


def test_visits_an_hour_of_the_pay_count_where_the_site_says_none() -> None:
    """By the site's pay, or by the offer's own."""
    paid_so = {"pay": {"per_visit": 30, "visits_per_hour": Decimal(4)}}
    rules = policy({"tele": paid_so}, telemedicine={"visits_per_hour": 3})
    one = offer(rules, "tele", "2027-01-04 07:00")
    assert told(rules, one) == ["telemedicine.visits_per_hour"]
    slow = Offer("o", one.site, one.shifts, Pay(3_000, "visit", visits_per_hour=Decimal(2)))
    assert told(rules, slow) == []


@pytest.mark.parametrize(
    ("travel", "counts"),
    [
        ({"mode": "drive", "minutes": 80}, True),
        ({"mode": "drive", "minutes": 80, "overnight": True}, False),
        ({"mode": "fly"}, False),
        ({"mode": "fly", "overnight": False}, False),
    ],
)
def test_the_floor_is_earned_without_flights_and_nights_away(travel: Keys, *, counts: bool) -> None:
    """Whatever the site's stream."""
    assert policy({"ward": {"travel": travel}}).site("ward").counts_to_floor is counts


# -- never without asking ------------------------------------------------------------------------------------------

SURE = {"by": "c", "form": "occurrence", "tail": "c", "gaps": "none", "evidence": "coi.pdf"}


def asked(sites: Keys, **sections: Any) -> list[str]:
    rules = policy({"tele": sites}, **sections)
    found = hindrances(rules, offer(rules, "tele", "2027-01-04 07:00"))
    return [f"{reason.rule} {reason.about}".strip() for reason in found]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, []),
        ({"malpractice": {**SURE, "covers_telemedicine": None}}, ["malpractice.telemedicine"]),
        ({"malpractice": {**SURE, "covers_telemedicine": False}}, ["malpractice.telemedicine"]),
        (
            {"malpractice": {**SURE, "covers_telemedicine": True, "gaps": None, "tail": None}},
            ["malpractice.open tail, gaps"],
        ),
        (
            {"malpractice": None},
            ["malpractice.open by, form, tail, gaps, evidence", "malpractice.telemedicine"],
        ),
        ({"employment": None}, ["employment telemedicine"]),
        ({"red_flags": [{"flag": "quotas", "since": date(2026, 3, 3)}]}, ["red_flags quotas 2026-03-03"]),
        ({"red_flags": [{"flag": "quotas", "note": "told so"}]}, ["red_flags quotas  told so"]),
        ({"red_flags": [{"flag": "quotas", "cleared": date(2026, 3, 3)}]}, []),
    ],
)
def test_what_is_open_is_asked(change: Keys, why: list[str]) -> None:
    """Cover with all its answers, telemedicine among them; the tax class; red flags until they are cleared."""
    known = {"employment": "1099", "malpractice": {**SURE, "covers_telemedicine": True}, **change}
    assert asked(known) == why


def test_the_stream_answers_for_its_sites() -> None:
    """Tax class and cover stand with the stream, or with the site."""
    stream = {"employment": "W-2", "malpractice": {**SURE, "covers_telemedicine": True}}
    assert asked({}, streams={"telemedicine": stream}) == []
    assert asked({}, streams={"telemedicine": {**stream, "employment": None}}) == ["employment telemedicine"]


def test_what_is_not_clinical_can_do_without_cover() -> None:
    """`required = false` says so; of clinical work it is not believed."""
    free = {"employment": "1099", "malpractice": {"required": False}}
    rules = policy({"talks": free, "ward": free})
    assert hindrances(rules, offer(rules, "talks", "2027-01-04 07:00")) == ()
    found = hindrances(rules, offer(rules, "ward", "2027-01-04 07:00"))
    assert [reason.rule for reason in found] == ["malpractice.open"]


def test_notice_is_told_with_its_last_date() -> None:
    """60 days before 1 March 2028 is New Year's Day: the leap day counts."""
    rules = policy({"ward": {"contract": {"notice_days": 60}}})
    found = remarks(rules, offer(rules, "ward", "2028-03-01 07:00"))
    assert [(one.rule, one.bound, one.about) for one in found] == [("contract.notice", 60, "2028-01-01")]


# -- the file ------------------------------------------------------------------------------------------------------

HEAD = """[clinician]
name = "R. Example"
home_zone = "America/Chicago"
[sites.ward]
stream = "per_diem"
"""


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            '[[pauses]]\nfrom = 2027-01-01\nsites = ["wrad"]',
            'policy.toml:8: pauses[0].sites[0] = "wrad": unknown; did you mean "ward"?',
        ),
        (
            '[exclude]\nsites = ["wrad"]',
            'policy.toml:7: exclude.sites[0] = "wrad": unknown; did you mean "ward"?',
        ),
        (
            '[[non_competes]]\nname = "n"\nuntil = 2027-01-01\nsites = ["ward", "oak"]',
            'policy.toml:9: non_competes[0].sites[1] = "oak": unknown; known here: ward',
        ),
        (
            '[[allowed]]\nsites = ["wrad"]',
            'policy.toml:7: allowed[0].sites[0] = "wrad": unknown; did you mean "ward"?',
        ),
        (
            '[[non_competes]]\nname = "n"\nuntil = 2027-01-01\nmiles = 30',
            "policy.toml:9: non_competes[0].miles: unknown key; distances are not measured here; write the sites or the states that lie within",
        ),
        (
            "[streams.per_diem]\nmalpractice = { required = false }",
            "policy.toml:7: streams.per_diem.malpractice: only work that is not clinical can do without cover; leave it out, or write clinical = false there",
        ),
        (
            "[sites.ward.malpractice]\nrequired = false",
            "policy.toml:6: sites.ward.malpractice: only work that",
        ),
        ("[sites.ward]\nclinical = false\nmalpractice = { required = false }", ""),
        ("[streams.nonclinical]\nmalpractice = { required = false }", ""),
        ("[sites.ward]\nclinical = false\n[streams.per_diem]\nmalpractice = { required = false }", ""),
        ('[[pauses]]\nfrom = 2027-01-01\nsites = ["ward"]', ""),
    ],
)
def test_what_would_do_nothing_is_a_problem_of_the_file(tmp_path: Path, lines: str, problem: str) -> None:
    """A pause of a site that is not there, a distance, clinical work without cover: each with its remedy."""
    path = tmp_path / "policy.toml"
    again = lines.startswith("[sites.ward]\n")
    path.write_text(HEAD + (lines.partition("\n")[2] if again else lines), "utf-8")
    _, problems = read_policy(path)
    assert [str(one)[: len(problem)] for one in problems] == ([problem] if problem else [])

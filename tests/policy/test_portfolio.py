"""Examples by hand: streams, sites, trips, income beyond the floor.

January 2027 begins on a Friday; the 4th is a Monday. As in `test_examples`, each example is put to the limits and
to the predicate.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from policy.limits import Limit, breaches
from policy.reasons import of_breaches
from policy.rules import RULES, all_limits
from policy.rules.goals import share
from policy.rules.sites import periods
from policy.schema import Policy
from policy.sections import Target
from policy.shift import DAY, Roster, Span
from policy.words import family
from tests.policy.test_examples import BLOCK, ED, ICU, LODGE, TEACH, Q, Work, fill, over
from tests.policy.worlds import OFF, SITES, WIDE, only, policy, row, shift

Keys = dict[str, Any]
URGENT = "urgent-tele"
JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))


def stream(name: str = "telemedicine", **keys: Any) -> Keys:
    return {"streams": {name: keys}}


def site(key: str, **keys: Any) -> Keys:
    """The sites of these worlds, one of them with more written."""
    travel = {"travel": {**SITES[key].get("travel", {}), **keys.pop("travel", {})}}
    return {"sites": {**SITES, key: {**SITES[key], **travel, **keys}}}


def one(cap: int, **more: Any) -> Keys:
    """A bound that costs a dollar for each one over."""
    return {"cap": cap, "over": 1, **more}


WEEKDAYS: Keys = {**stream(preferred_weekdays=["Tue", "Thu"]), "prices": {"off_weekday": 1}}
AWAY: Keys = {"caps": {"nights_away_per_month": one(1)}}
TELE_CAP = stream(max_shifts_per_month=one(1))
TELE_HOURS = stream(hours_per_week=one(8))
TELE_SITES = stream(sites_per_month=one(1))
TELE_LENGTH = stream(shift_hours={"at_least": 4, "at_most": 6, "over": 1})
COMPANIES: Keys = {"telemedicine": {"per_visit_companies": one(1)}}
REST_9: Keys = {"rest": {"between_shifts_hours": 9}}
SOFT_REST: Keys = {"rest": {"between_shifts_hours": one(9)}}
UNDER_WAY: Keys = {"travel": {"telemedicine_under_way": one(0)}}
GAP: Keys = {"travel": {"days_between_trips": one(3)}}
SPRING: Keys = {
    "travel": {
        "windows": [{"from": date(2027, 3, 1), "until": date(2027, 3, 14)}],
        "trips_outside_windows": one(0),
    }
}
HOUR: Keys = {"prices": {"travel_hour": 1}}
COST = site(LODGE, travel={"cost": 1})
COST_AT_HOME = site(ICU, travel={"cost": 1})
HASSLE = site(ICU, hassle=1)
NEW: Keys = {"caps": {"new_sites_per_month": one(0)}}
FIRST: Keys = {"prices": {"new_site": 1}}

EXAMPLES: tuple[tuple[str, str, Keys, Work, int], ...] = (
    # weekdays
    ("streams.preferred_weekdays", "a Tuesday and a Thursday", WEEKDAYS, row(Q, "2027-01-05", "2027-01-07"), 0),
    ("streams.preferred_weekdays", "a Monday, a Wednesday", WEEKDAYS, row(Q, "2027-01-04", "2027-01-06"), 2),
    ("streams.preferred_weekdays", "another stream", WEEKDAYS, row(TEACH, "2027-01-04"), 0),
    (
        "streams.preferred_weekdays",
        "Tuesday 00:30 at home is still Monday in Phoenix, and the body is at home",
        WEEKDAYS,
        (shift("a", URGENT, "2027-01-05 00:30", 4), shift("b", URGENT, "2027-01-08 00:30", 4)),
        1,
    ),
    (
        "streams.preferred_weekdays",
        "a night counts by the date it starts on, over the month's border and both changes of clocks",
        WEEKDAYS,
        row(Q, "2027-06-30 19:00", "2026-10-31 19:00", "2027-03-13 19:00", "2028-02-29 09:00"),
        3,  # the leap day is a Tuesday
    ),
    # shifts, hours, sites, lengths of a stream
    ("streams.max_shifts_per_month", "two", TELE_CAP, row(Q, "2027-01-04", "2027-01-31 19:00"), 1),
    (
        "streams.max_shifts_per_month",
        "the borders of the month, and of the year",
        TELE_CAP,
        row(Q, "2026-12-31 19:00", "2027-01-01 00:00", "2027-02-01 00:00"),
        0,
    ),
    ("streams.max_shifts_per_month", "sites together", TELE_CAP, (*row(Q, "2027-01-04"), *row(URGENT, "2027-01-09")), 1),
    ("streams.max_shifts_per_month", "other work", TELE_CAP, (*row(Q, "2027-01-04"), *row(TEACH, "2027-01-09")), 0),
    ("streams.hours_per_week", "8 hours", TELE_HOURS, row(Q, "2027-01-04", "2027-01-10", hours=4), 0),
    ("streams.hours_per_week", "the eighth date", TELE_HOURS, row(Q, "2027-01-04", "2027-01-11", hours=8), 0),
    (
        "streams.hours_per_week",
        "a minute over is a started hour",
        TELE_HOURS,
        (*row(Q, "2027-01-04", hours=8), shift("x", Q, "2027-01-10", 1 / 60)),
        1,
    ),
    ("streams.hours_per_week", "other work", TELE_HOURS, (*row(Q, "2027-01-04", hours=8), *row(ICU, "2027-01-05")), 0),
    (
        "streams.hours_per_week",
        "19:00 to 03:00 has 7 hours and 9 on the nights of the change",
        stream(hours_per_week=8),
        (shift("spring", Q, "2027-03-13 19:00", 7),),
        0,
    ),
    ("streams.sites_per_month", "two platforms", TELE_SITES, (*row(Q, "2027-01-04"), *row(URGENT, "2027-01-31")), 1),
    ("streams.sites_per_month", "one a month", TELE_SITES, (*row(Q, "2027-01-31 19:00"), *row(URGENT, "2027-02-01")), 0),
    ("streams.sites_per_month", "twice the same", TELE_SITES, row(Q, "2027-01-04", "2027-01-05"), 0),
    ("streams.shift_hours", "4 and 6 hours", TELE_LENGTH, (shift("a", Q, "2027-01-04", 4), shift("b", Q, "2027-01-06", 6)), 0),
    (
        "streams.shift_hours",
        "a minute short, and two hours long: once each",
        TELE_LENGTH,
        (shift("a", Q, "2027-01-04", 239 / 60), shift("b", Q, "2027-01-06", 8)),
        2,
    ),
    ("streams.shift_hours", "22:00 to 03:00 has 4 hours in spring", TELE_LENGTH, (shift("a", Q, "2027-03-13 22:00", 4),), 0),
    (
        "telemedicine.per_visit_companies",
        "two companies",
        COMPANIES,
        (*row(Q, "2027-01-04"), *row(URGENT, "2027-01-31")),
        1,
    ),
    ("telemedicine.per_visit_companies", "one", COMPANIES, (*row(Q, "2027-01-04", "2027-01-05"), *row(ICU, "2027-01-31")), 0),
    # nights away
    ("caps.nights_away_per_month", "two dates", AWAY, row(LODGE, "2027-01-04", "2027-01-05"), 1),
    ("caps.nights_away_per_month", "two shifts of one date", AWAY, row(LODGE, "2027-01-04 07:00", "2027-01-04 20:00", hours=4), 0),
    ("caps.nights_away_per_month", "a night counts where it starts", AWAY, row(LODGE, "2027-01-31 19:00", "2027-01-04"), 1),
    ("caps.nights_away_per_month", "not from home", AWAY, row(ICU, "2027-01-04 19:00", "2027-01-05 19:00"), 0),
    ("caps.nights_away_per_month", "the year's border", AWAY, row(ED, "2026-12-31 19:00", "2027-01-01 19:00"), 0),
    # legs: 25 minutes to the ICU, 80 to the lodge
    ("travel.legs", "105 minutes", {}, (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 20:45")), 0),
    ("travel.legs", "104 minutes", {}, (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 20:44")), 1),
    ("travel.legs", "the same site", {}, row(ICU, "2027-01-04 07:00", "2027-01-04 19:00"), 0),
    ("travel.legs", "at home", {}, (*row(ICU, "2027-01-04 07:00"), *row(Q, "2027-01-04 19:00")), 0),
    ("travel.legs", "an overlap says so itself", {}, (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 18:00")), 0),
    ("travel.legs", "so does a lack of rest", REST_9, (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 19:30")), 0),
    ("travel.legs", "a rest with a price forbids nothing", SOFT_REST, (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 19:30")), 1),
    (
        "travel.legs",
        "01:30 to 03:30 is one hour when the clocks go forward, three when they go back",
        {},
        (
            *row(ICU, "2027-03-13 13:30", hours=12),
            *row(LODGE, "2027-03-14 03:30"),
            shift("a", ICU, "2026-10-31 14:30", 12),
            shift("b", LODGE, "2026-11-01 03:30"),
        ),
        1,
    ),
    ("travel.legs", "over the border of the year", {}, (*row(ICU, "2026-12-31 12:00"), *row(LODGE, "2027-01-01 01:00")), 1),
    # telemedicine under way
    ("travel.telemedicine_under_way", "on the way home", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), shift("t", Q, "2027-01-04 19:24", 2)), 1),
    ("travel.telemedicine_under_way", "at home again", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), shift("t", Q, "2027-01-04 19:25", 2)), 0),
    ("travel.telemedicine_under_way", "until one sets out", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), shift("t", Q, "2027-01-04 04:35", 2)), 0),
    ("travel.telemedicine_under_way", "a minute longer", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), shift("t", Q, "2027-01-04 04:36", 2)), 1),
    ("travel.telemedicine_under_way", "on a date of a trip", UNDER_WAY, (*row(LODGE, "2027-01-04 07:00"), shift("t", Q, "2027-01-04 23:00", 0.5)), 1),
    ("travel.telemedicine_under_way", "a morning of it", UNDER_WAY, (*row(LODGE, "2027-01-04 19:00"), shift("t", Q, "2027-01-05 20:00", 2)), 1),
    ("travel.telemedicine_under_way", "the date after", UNDER_WAY, (*row(LODGE, "2027-01-04 07:00"), shift("t", Q, "2027-01-05 08:00", 2)), 0),
    ("travel.telemedicine_under_way", "two on one way", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), *row(URGENT, "2027-01-04 19:00"), *row(Q, "2027-01-04 06:30", hours=0.5)), 2),
    ("travel.telemedicine_under_way", "teaching is not", UNDER_WAY, (*row(ICU, "2027-01-04 07:00"), *row(TEACH, "2027-01-04 19:00")), 0),
    # between trips
    ("travel.days_between_trips", "three dates", GAP, row(LODGE, "2027-01-04 07:00", "2027-01-08 07:00"), 0),
    ("travel.days_between_trips", "two dates", GAP, row(LODGE, "2027-01-04 07:00", "2027-01-07 07:00"), 1),
    ("travel.days_between_trips", "a night takes the next date", GAP, row(LODGE, "2027-01-04 19:00", "2027-01-08 07:00"), 1),
    ("travel.days_between_trips", "another site", GAP, (*row(LODGE, "2027-01-04 07:00"), *row(ED, "2027-01-07 07:00")), 1),
    ("travel.days_between_trips", "one trip of three dates", GAP, row(LODGE, "2027-01-04", "2027-01-05", "2027-01-06"), 0),
    ("travel.days_between_trips", "each that is too early", GAP, row(LODGE, "2027-01-04", "2027-01-06", "2027-01-08"), 2),
    ("travel.days_between_trips", "over a leap day", GAP, row(LODGE, "2028-02-27 07:00", "2028-03-02 07:00"), 0),
    ("travel.days_between_trips", "over the last of another February", GAP, row(LODGE, "2027-02-27 07:00", "2027-03-02 07:00"), 1),
    # windows
    ("travel.trips_outside_windows", "its first and its last date", SPRING, row(LODGE, "2027-03-01", "2027-03-14"), 0),
    ("travel.trips_outside_windows", "the dates beside", SPRING, row(LODGE, "2027-02-28 07:00", "2027-03-15 07:00"), 2),
    ("travel.trips_outside_windows", "begun inside", SPRING, row(LODGE, "2027-03-14 19:00", "2027-03-15 19:00"), 0),
    # what the way costs
    ("prices.travel_hour", "two of 25 minutes are a started hour", HOUR, row(ICU, "2027-01-04", "2027-01-06"), 2),
    ("prices.travel_hour", "160 minutes, once a trip", HOUR, row(LODGE, "2027-01-04", "2027-01-05", "2027-01-09"), 6),
    ("prices.travel_hour", "at home", HOUR, row(Q, "2027-01-04"), 0),
    ("sites.travel.cost", "once a trip, over the month's border", COST, row(LODGE, "2027-01-31 07:00", "2027-02-01 07:00"), 1),
    ("sites.travel.cost", "once a shift where one sleeps at home", COST_AT_HOME, row(ICU, "2027-01-04", "2027-01-05"), 2),
    ("sites.travel.cost", "elsewhere", COST, row(ED, "2027-01-04"), 0),
    # sites
    ("sites.hassle", "each shift there", HASSLE, (*row(ICU, "2027-01-04", "2027-02-05"), *row(ED, "2027-01-09")), 2),
    ("caps.new_sites_per_month", "two new ones", NEW, (*row(LODGE, "2027-01-04"), *row(URGENT, "2027-01-31 19:00")), 2),
    ("caps.new_sites_per_month", "new only once", NEW, row(LODGE, "2027-01-04", "2027-02-04", "2027-03-04"), 1),
    ("caps.new_sites_per_month", "1 November is 92 dates before 1 February", NEW, row(LODGE, "2026-11-01", "2027-02-25"), 1),
    ("caps.new_sites_per_month", "31 October is forgotten by then", NEW, row(LODGE, "2026-10-31 07:00", "2027-02-25"), 2),
    ("caps.new_sites_per_month", "known ones", NEW, row(ICU, "2027-01-04"), 0),
    ("prices.new_site", "once, however much", FIRST, row(LODGE, "2027-01-04", "2027-02-05", "2027-03-09"), 1),
    ("prices.new_site", "known ones", FIRST, row(ICU, "2027-01-04"), 0),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "what", "keys", "worked", "units"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else ""
)
def test_example(rule: str, what: str, keys: Keys, worked: Work, units: int) -> None:
    """A sentence of the page, on a roster that anyone can check."""
    assert over(rule, only(**keys), worked) == units, what


def _cents(rule: str, written: Policy, worked: Work, horizon: Span = WIDE) -> int:
    limits = all_limits(written, Roster(worked, horizon))
    found = breaches(limits, {shift.id for shift in worked})
    return sum(breach.cents for breach in found if family(breach.limit.rule) == rule)


@pytest.mark.parametrize(
    ("rule", "keys", "worked", "dollars"),
    [
        ("streams.preferred_weekdays", WEEKDAYS, row(Q, "2027-01-04", "2027-01-06"), 2),
        ("streams.preferred_weekdays", stream(preferred_weekdays=["Tue"]), row(Q, "2027-01-04"), 100),
        ("streams.shift_hours", TELE_LENGTH, row(Q, "2027-01-04", hours=12), 1),
        ("streams.hours_per_week", TELE_HOURS, row(Q, "2027-01-04", hours=10), 7 * 2),
        ("prices.travel_hour", HOUR, row(LODGE, "2027-01-04", "2027-01-05"), 3),
        ("sites.travel.cost", site(LODGE, travel={"cost": 400}), row(LODGE, "2027-01-04", "2027-01-06"), 800),
        ("sites.hassle", site(ICU, hassle=50), row(ICU, "2027-01-04", "2027-01-06"), 100),
        ("prices.new_site", {"prices": {"new_site": 200}}, row(LODGE, "2027-01-04", "2027-01-06"), 200),
    ],
)
def test_a_price_is_charged_as_it_is_written(rule: str, keys: Keys, worked: Work, dollars: int) -> None:
    """In dollars, for each one over."""
    assert _cents(rule, only(**keys), worked) == dollars * 100


FAR = site(ED, travel={"minutes": 3_000})


@pytest.mark.parametrize(
    ("rule", "keys", "far", "near"),
    [
        ("streams.hours_per_week", TELE_HOURS, row(Q, "2027-01-04", hours=8), row(Q, "2027-01-10", hours=8)),
        ("sites.min_shifts", site(ICU, min_shifts=one(1, per="quarter")), row(ICU, "2027-01-01"), row(Q, "2027-03-31")),
        ("sites.min_shifts", site(ICU, min_shifts=one(1, per="year")), row(ICU, "2028-01-01"), row(Q, "2028-12-31")),
        ("caps.new_sites_per_month", NEW, row(LODGE, "2026-10-01"), row(LODGE, "2027-01-31")),
        ("prices.new_site", FIRST, row(LODGE, "2026-10-01"), row(Q, "2027-01-01")),
        ("travel.days_between_trips", {"travel": {"days_between_trips": one(40)}}, row(LODGE, "2027-01-01"), row(ED, "2027-02-10")),
    ],
)  # fmt: skip
def test_a_rule_looks_as_far_as_it_must(rule: str, keys: Keys, far: Work, near: Work) -> None:
    """What lies so far from the one date that is planned changes what is over there, and the reach says so."""
    horizon = Span(near[0].first, near[0].first)
    written = only(**keys)

    def units(worked: Work) -> int:
        found = breaches(all_limits(written, Roster(worked, horizon)), {shift.id for shift in worked})
        return sum(b.limit.excess(b.value) for b in found if family(b.limit.rule) == rule)

    near = tuple(replace(shift, id=f"near-{shift.id}") for shift in near)
    assert units((*far, *near)) != units(near)
    reach = next(each.reach for each in RULES if each.name == rule)
    assert reach(written) >= (horizon.first - far[0].first).days


@pytest.mark.parametrize("rule", ["travel.legs", "travel.telemedicine_under_way"])
def test_a_long_way_reaches_further(rule: str) -> None:
    """3,000 minutes out, and 3,000 back from another site, are more than four dates."""
    reach = next(each.reach for each in RULES if each.name == rule)
    assert reach(only(**FAR)) >= 5


@pytest.mark.parametrize(
    ("rule", "keys", "worked", "offered"),
    [
        ("caps.nights_away_per_month", AWAY, row(LODGE, "2027-01-04 19:00"), row(LODGE, "2027-01-05 19:00")),
        (
            "travel.days_between_trips",
            GAP,
            (*row(Q, "2027-01-05 09:00"), *row(LODGE, "2027-01-07 07:00")),
            row(ED, "2027-01-05 07:00"),
        ),
    ],
)
def test_what_is_only_offered_counts_for_nothing(rule: str, keys: Keys, worked: Work, offered: Work) -> None:
    """A night that touches the date of another, a shift at home on the date of a trip that is not taken."""
    offered = tuple(replace(shift, id=f"offered-{shift.id}") for shift in offered)
    limits = all_limits(only(**keys), Roster((*worked, *offered), WIDE))
    assert rule in {limit.rule for limit in limits}
    assert [b for b in breaches(limits, {shift.id for shift in worked}) if b.limit.rule == rule] == []


# --- Minimums -------------------------------------------------------------------------------------------------


def missing(rule: str, keys: Keys, worked: Work, horizon: Span) -> list[tuple[str, int]]:
    """Where something is missing, and how much."""
    limits = all_limits(only(**keys), Roster(worked, horizon))
    found = breaches(limits, {shift.id for shift in worked})
    return [(str(b.limit.span), b.limit.excess(b.value)) for b in found if family(b.limit.rule) == rule]


@pytest.mark.parametrize(
    ("per", "first", "last"),
    [
        ("month", "2027-02-01", "2027-02-28"),
        ("quarter", "2027-01-01", "2027-03-31"),
        ("half", "2027-01-01", "2027-06-30"),
        ("year", "2027-01-01", "2027-12-31"),
    ],
)
def test_a_site_misses_its_shifts_by_calendar_periods(per: str, first: str, last: str) -> None:
    """Two are wanted; the first and the last date of the period count, the dates beside it do not."""
    keys = site(ICU, min_shifts=one(2, per=per))
    horizon = Span(date(2027, 2, 1), date(2027, 2, 28))
    inside = row(ICU, f"{first} 00:00", f"{last} 23:00")
    assert missing("sites.min_shifts", keys, inside, horizon) == []
    assert [n for _, n in missing("sites.min_shifts", keys, inside[:1], horizon)] == [1]
    before = f"{date.fromisoformat(first) - DAY} 23:59"
    after = f"{date.fromisoformat(last) + DAY} 00:00"
    assert [n for _, n in missing("sites.min_shifts", keys, row(ICU, before, after), horizon)] == [2]
    assert [n for _, n in missing("sites.min_shifts", keys, row(ED, first, last), horizon)] == [2]


def test_periods_follow_each_other_over_the_years_border() -> None:
    """Each period with a planned date, whole."""
    horizon = Span(date(2027, 12, 31), date(2028, 2, 29))
    assert [str(one) for one in periods("quarter", horizon)] == [
        "2027-10-01/2027-12-31",
        "2028-01-01/2028-03-31",
    ]
    assert [str(one) for one in periods("month", horizon)] == ["2027-12", "2028-01", "2028-02"]
    assert [one.last for one in periods("half", horizon)] == [date(2027, 12, 31), date(2028, 6, 30)]
    assert [one.first.year for one in periods("year", horizon)] == [2027, 2028]


def test_an_agreed_month_has_its_weekdays_and_its_weekends() -> None:
    """Two weekday shifts and one weekend; a Friday night works on a weekend and starts on a weekday."""
    keys = site(ICU, pattern={"weekdays": 2, "weekends": 1, "over": 1})
    friday, monday = row(ICU, "2027-01-08 19:00", "2027-01-11 07:00")
    for work, weekdays, weekends in (
        ((friday, monday), 0, 0),
        ((monday,), 1, 1),
        (row(ICU, "2027-01-09", "2027-01-10"), 2, 0),
        (row(ICU, "2027-02-01", "2027-02-06"), 2, 1),
    ):
        told = [missing(f"sites.pattern.{part}", keys, work, JANUARY) for part in ("weekdays", "weekends")]
        assert [sum(number for _, number in one) for one in told] == [weekdays, weekends]


def test_a_weekend_over_the_border_is_of_the_month_of_its_saturday() -> None:
    """Sunday 1 August 2027 belongs to July."""
    keys = site(ICU, pattern={"weekends": 1, "over": 1})
    sunday = row(ICU, "2027-08-01 07:00")
    assert missing("sites.pattern.weekends", keys, sunday, Span(date(2027, 7, 1), date(2027, 7, 31))) == []
    assert missing("sites.pattern.weekends", keys, sunday, Span(date(2027, 8, 1), date(2027, 8, 31))) == [
        ("2027-08", 1)
    ]


def test_hands_on_is_clinical_work_on_site_unless_the_site_says() -> None:
    """Neither a platform nor teaching; a simulation centre may say that it is."""
    keys = {"hands_on": {"min_shifts_per_month": one(2)}}
    for work, short in (
        (row(ICU, "2027-01-01 00:00", "2027-01-31 23:00"), 0),
        ((*row(Q, "2027-01-04"), *row(TEACH, "2027-01-05"), *row(ICU, "2027-02-01 00:00")), 2),
    ):
        found = missing("hands_on.min_shifts_per_month", keys, work, JANUARY)
        assert sum(number for _, number in found) == short
    said = site("teaching", hands_on=True)
    assert only(**said).site("teaching").hands_on
    assert not only(**site(ICU, clinical=False)).site(ICU).hands_on
    assert not only(**site(ICU, hands_on=False)).site(ICU).hands_on


def test_a_minimum_without_a_price_refuses_nothing() -> None:
    """Hard, and frozen at what is committed: it only warns."""
    keys = site(ICU, min_shifts={"cap": 2, "per": "month"})
    found = [
        one for one in all_limits(only(**keys), Roster((), JANUARY)) if family(one.rule) == "sites.min_shifts"
    ]
    assert [(one.hard, one.at_most, one.read(0), one.read(one.at_most)) for one in found] == [
        (True, -2, 0, 2)
    ]


# --- Blocks ---------------------------------------------------------------------------------------------------


def test_a_site_has_its_own_least_block_or_none() -> None:
    """Three dates for all, two for the lodge; "none" takes the bound away there alone."""
    dates = (*row(LODGE, "2027-01-04 07:00"), *row(ED, "2027-01-11 07:00"))
    general: Keys = BLOCK["travel"]
    for own, units in (({}, 4), ({"min_block_days": one(2)}, 3), ({"min_block_days": "none"}, 2)):
        written = only(travel=general, **site(LODGE, travel=own))
        assert over("travel.min_block_days", written, dates) == units
    assert over("travel.min_block_days", only(**site(LODGE, travel={"min_block_days": one(2)})), dates) == 1


# --- Targets and thin weeks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "by", "span", "cents"),
    [
        (None, date(2027, 3, 31), "2027-01-01/2027-03-31", 300_000),  # from the month that is planned first
        (date(2026, 12, 15), date(2027, 3, 1), "2026-12-01/2027-03-31", 225_000),  # each month counts whole
        (date(2028, 2, 1), date(2028, 2, 29), "2028-02", 900_000),
        (None, date(2027, 7, 1), "2027-01-01/2027-07-31", 128_572),  # rounded up
    ],
)
def test_a_target_is_spread_over_its_months(since: date | None, by: date, span: str, cents: int) -> None:
    """$10,000 less $1,000 that are there."""
    target = Target.model_validate(
        {"name": "loans", "amount": 10_000, "earned": 1_000, "by": by, **({"from": since} if since else {})}
    )
    over_months, each = share(target, JANUARY)
    assert (str(over_months), each) == (span, cents)


def test_a_target_that_is_over_is_silent() -> None:
    """Its months lie before those that are planned, whether it says since when or not."""
    for more in ({}, {"from": date(2026, 10, 1)}):
        old = {"name": "old", "amount": 1_000, "by": date(2026, 12, 31), **more}
        assert _cents("goals.targets", only(goals={"targets": [{**old, "weight": 1}]}), (), JANUARY) == 0


def targets(**keys: Any) -> Keys:
    loans = {"name": "loans", "amount": 6_000, "by": date(2027, 3, 31), "weight": 1}
    move = {"name": "move", "amount": 1_000, "by": date(2027, 1, 31), "weight": 1}
    return {"goals": {"floor_monthly": 3_000, "targets": [loans, move], **keys}}


def test_a_dollar_serves_one_target_only() -> None:
    """In January $3,000 are the floor's, $1,000 the move's, $2,000 the loans'; locums and visits count too."""
    for dollars, short in (
        (6_000, {}),
        (5_999, {"loans": 1}),
        (4_500, {"loans": 1_500}),
        (3_500, {"move": 500, "loans": 2_500}),
    ):
        worked = (shift("a", ED, "2027-01-31 19:00", cents=dollars * 100),)
        limits = all_limits(only(**targets()), Roster(worked, JANUARY))
        found = [b for b in breaches(limits, {"a"}) if family(b.limit.rule) == "goals.targets"]
        told = {
            b.limit.rule.rpartition(".")[2]: (b.limit.read(b.limit.at_most) - b.limit.read(b.value)) // 100
            for b in found
        }
        assert told == short
        assert {b.cents for b in found} == {amount * 100 for amount in short.values()}


def test_a_target_agrees_with_its_sentence_over_three_months() -> None:
    """Nothing earned: $6,000, $5,000 and $5,000 are missing in its three months, $4,000 for the first."""
    limits = all_limits(only(**targets()), Roster((), Span(date(2027, 1, 1), date(2027, 4, 30))))
    found = [b for b in breaches(limits, ()) if family(b.limit.rule) == "goals.targets"]
    assert [(b.limit.rule, str(b.limit.span), b.cents) for b in found] == [
        ("goals.targets.move", "2027-01", 400_000),
        ("goals.targets.loans", "2027-01", 600_000),
        ("goals.targets.loans", "2027-02", 500_000),
        ("goals.targets.loans", "2027-03", 500_000),
    ]


def test_a_post_pays_towards_a_target() -> None:
    """$1,000 a month of a panel, whatever is guaranteed of it: $5,000 of January's $6,000 are missing."""
    keys = targets()
    pay = {"pay": {"per_month": 1_000, "guaranteed_percent": 0}}
    written = only(**keys, **site(ICU, **pay))
    found = [one for one in all_limits(written, Roster((), JANUARY)) if one.rule == "goals.targets.loans"]
    assert [(one.excess(0), one.read(0), one.read(one.at_most)) for one in found] == [
        (500_000, 100_000, 600_000)
    ]


SMOOTH: Keys = {"goals": {"floor_monthly": 0, "smooth": {"weekly": 1_000, "percent": 20}}}


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (date(2027, 1, 4), date(2027, 1, 10), 1),
        (date(2027, 1, 5), date(2027, 1, 16), 0),
        (date(2026, 12, 28), date(2027, 1, 10), 2),
        (date(2028, 2, 28), date(2028, 3, 5), 1),
    ],
)
def test_only_whole_weeks_are_thin(first: date, last: date, weeks: int) -> None:
    """$1,000 are wanted and nothing is there: 20 cents for each dollar."""
    assert _cents("goals.smooth", only(**SMOOTH), (), Span(first, last)) == weeks * 1_000 * 20


def test_a_week_has_what_starts_in_it() -> None:
    """The night from Sunday 10 January is the first week's; of $250.50 missing the started dollar counts."""
    horizon = Span(date(2027, 1, 4), date(2027, 1, 17))
    night = (shift("n", ED, "2027-01-10 19:00", cents=74_950),)
    assert _cents("goals.smooth", only(**SMOOTH), night, horizon) == 251 * 20 + 1_000 * 20
    pause = {"from": date(2027, 1, 17), "until": date(2027, 1, 20)}
    written = policy(**{**OFF, **SMOOTH}, pauses=[pause])
    assert _cents("goals.smooth", written, night, horizon) == 251 * 20
    written = policy(**{**OFF, **SMOOTH}, pauses=[{**pause, "streams": ["locums"]}])
    assert _cents("goals.smooth", written, night, horizon) == 251 * 20 + 1_000 * 20


# --- Reasons, problems, tolls ---------------------------------------------------------------------------------


def _reasons(written: Policy, worked: Work) -> list[tuple[str, int | None, int | None]]:
    ids = {shift.id for shift in worked}
    found = breaches(all_limits(written, Roster(worked, WIDE)), ids)
    told = of_breaches(written, found, {one.id: one for one in worked}, ids)
    return [(one.rule, one.would_be, one.bound) for one in told]


def test_numbers_are_told_as_people_count_them() -> None:
    """Minutes between two sites and minutes of the way; dates between two trips; a shift's own length."""
    legs = (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 20:00"))
    assert _reasons(only(), legs) == [("travel.legs", 60, 105)]
    trips = row(LODGE, "2027-01-04 19:00", "2027-01-08 07:00")
    assert _reasons(only(**GAP), trips) == [("travel.days_between_trips", 2, 3)]
    for length, bound in ((3, 4), (8, 6)):
        told = _reasons(only(**TELE_LENGTH), row(Q, "2027-01-04", hours=length))
        assert told == [("streams.telemedicine.shift_hours", length * 60, bound * 60)]


def test_nobody_is_warned_of_what_work_costs_anyway() -> None:
    """The way, the hassle and first days weigh, and are no breach of anything."""
    keys = {**site(LODGE, hassle=10, travel={"cost": 10}), "prices": {"travel_hour": 5, "new_site": 5}}
    worked = row(LODGE, "2027-01-04 07:00")
    limits = all_limits(only(**keys), Roster(worked, WIDE))
    assert sum(one.cents for one in breaches(limits, {worked[0].id})) == (10 + 10 + 3 * 5 + 5) * 100
    assert _reasons(only(**keys), worked) == []


def test_telemedicine_under_way_warns_by_itself() -> None:
    """The default says so and weighs nothing; so does a second company that pays by the visit."""
    worked = (
        *row(ICU, "2027-01-04 07:00"),
        shift("t", Q, "2027-01-04 19:00", 2),
        shift("u", URGENT, "2027-01-20", 2),
    )
    found = breaches(all_limits(policy(), Roster(worked, WIDE)), {one.id for one in worked})
    mine = [one for one in found if one.limit.price == 0]
    assert sorted(one.limit.rule for one in mine) == [
        "telemedicine.per_visit_companies",
        "travel.telemedicine_under_way",
    ]
    assert [one.cents for one in mine] == [0, 0]


@pytest.mark.parametrize("travel", [{"telemedicine_under_way": 1}, {"trips_outside_windows": 0}])
def test_what_cannot_be_meant_is_a_problem(travel: dict[str, Any]) -> None:
    """Telemedicine under way is allowed or not; trips outside windows need windows."""
    with pytest.raises(ValidationError):
        only(travel=travel)


def _used(limits: list[Limit]) -> set[str]:
    return {family(one.rule) for one in limits}


def test_nothing_is_on_that_is_not_written() -> None:
    """The defaults add two warnings and the way between sites, and nothing else."""
    worked = (*row(ICU, "2027-01-04 07:00"), *row(LODGE, "2027-01-04 19:00"), *fill("2027-01-05", 20))
    mine = _used(all_limits(policy(), Roster(worked, WIDE))) & RULES_WITH_EXAMPLES
    assert mine <= {"travel.legs", "travel.telemedicine_under_way", "telemedicine.per_visit_companies"}


RULES_WITH_EXAMPLES = frozenset(
    {rule for rule, *_ in EXAMPLES}
    | {
        "sites.min_shifts",
        "sites.pattern.weekdays",
        "sites.pattern.weekends",
        "hands_on.min_shifts_per_month",
        "goals.targets",
        "goals.smooth",
    }
)

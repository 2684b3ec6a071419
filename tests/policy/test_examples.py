"""Examples by hand: each rule's sentence, on rosters small enough to check with a calendar.

January 2027 begins on a Friday; its Saturdays are the 2nd, 9th, 16th, 23rd and 30th. Every example is put to
the limits and to the predicate, so that both are known to be right about it and not only to agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policy.gates import Moment, refusals
from policy.limits import breaches
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import Offer, Pay, RedTime, Roster, Shift
from policy.words import family
from tests.policy.predicates import World, excess, is_night, worked_dates
from tests.policy.worlds import CHICAGO, SITE, WIDE, only, policy, row, shift

Work = tuple[Shift, ...]
Keys = dict[str, Any]


def over(rule: str, written: Policy, worked: Iterable[Shift], red: tuple[RedTime, ...] = ()) -> int:
    """Units over, which limits and predicate must agree on."""
    worked = tuple(worked)
    limits = all_limits(written, Roster(worked, WIDE, red))
    found = [b for b in breaches(limits, {one.id for one in worked}) if family(b.limit.rule) == rule]
    told = sum(breach.limit.excess(breach.value) for breach in found)
    assert bool(told) == bool(excess(rule, World(written, worked, WIDE.first, WIDE.last, red)))
    return told


def caps(**keys: Any) -> Keys:
    return {"caps": {key: {"cap": value, "over": 1} for key, value in keys.items()}}


NIGHTS = caps(nights_per_month=1)
WEEKENDS = caps(weekends_per_month=1)
HIGH = caps(high_intensity_per_month=1)
HOURS = caps(hours_per_week=36)
ENERGY = caps(energy_per_7_days=6)
DAYS = caps(days_in_a_row=2)
RUN = caps(nights_in_a_row=2)
REST: Keys = {"rest": {"between_shifts_hours": {"cap": 11, "over": 1}}}
RECOVERY: Keys = {"recovery": {"after_block_of_days": 2, "days": 1, "over": 1}}
TWO_DAYS: Keys = {"recovery": {"after_block_of_days": 2, "days": 2, "over": 1}}
EMR: Keys = {"emr": {"at_most": {"cap": 2, "over": 1}, "within_days": 4}}
TRIPS: Keys = {"travel": {"trips_per_month": {"cap": 1, "over": 1}}}
BLOCK: Keys = {"travel": {"min_block_days": {"cap": 3, "over": 1}}}
FLOOR: Keys = {"goals": {"floor_monthly": 3_000}}
TELE: Keys = {"streams": {"telemedicine": {"min_shifts_per_month": {"cap": 1, "over": 1}}}}

Q, ICU, ED, LODGE, TEACH = "quiet-tele", "icu", "desert-ed", "lodge", "teaching"


def fill(first: str, dates: int, skip: tuple[int, ...] = ()) -> Work:
    """A short shift at home on each of so many dates, but for some."""
    start = datetime.fromisoformat(f"{first} 09:00")
    days = [start + timedelta(days=n) for n in range(dates) if n not in skip]
    return row(Q, *(f"{day:%Y-%m-%d %H:%M}" for day in days), hours=4)


EXAMPLES: tuple[tuple[str, str, Keys, Work, int], ...] = (
    # overlap and rest
    (
        "overlap",
        "one ends as the other begins",
        {},
        (*row(ICU, "2027-01-04 07:00"), *row(Q, "2027-01-04 19:00")),
        0,
    ),
    ("overlap", "one minute of both", {}, (*row(ICU, "2027-01-04 07:00"), *row(Q, "2027-01-04 18:59")), 1),
    (
        "overlap",
        "19:00 in Phoenix is 20:00 in Chicago",
        {},
        (*row(ED, "2027-01-04 07:00"), *row(ICU, "2027-01-04 19:30")),
        1,
    ),
    ("rest.between_shifts_hours", "11 hours", REST, row(ICU, "2027-01-04 07:00", "2027-01-05 06:00"), 0),
    ("rest.between_shifts_hours", "a minute less", REST, row(ICU, "2027-01-04 07:00", "2027-01-05 05:59"), 1),
    (
        "rest.between_shifts_hours",
        "20:00 to 07:00 is 10 hours when the clocks go forward",
        REST,
        row(ICU, "2027-03-13 08:00", "2027-03-14 07:00"),
        1,
    ),
    (
        "rest.between_shifts_hours",
        "20:00 to 06:00 is 11 hours when they go back",
        REST,
        row(ICU, "2026-10-31 08:00", "2026-11-01 06:00"),
        0,
    ),
    # nights
    ("caps.nights_per_month", "two nights", NIGHTS, row(ICU, "2027-01-04 19:00", "2027-01-20 19:00"), 1),
    (
        "caps.nights_per_month",
        "each side of the border",
        NIGHTS,
        row(ICU, "2027-01-31 19:00", "2027-02-01 19:00"),
        0,
    ),
    (
        "caps.nights_per_month",
        "the night of the 31st is January's, that of New Year's Eve is not",
        NIGHTS,
        row(ICU, "2026-12-31 19:00", "2027-01-01 19:00", "2027-01-31 19:00"),
        1,
    ),
    ("caps.nights_per_month", "up to 02:59", NIGHTS, row(ICU, "2027-01-04 14:59", "2027-01-10 14:59"), 0),
    ("caps.nights_per_month", "up to 03:00", NIGHTS, row(ICU, "2027-01-04 15:00", "2027-01-10 15:00"), 1),
    (
        "caps.nights_per_month",
        "up to 03:00 is only two hours when the clocks go forward, up to 02:00 is three when they go back",
        caps(nights_per_month=0),
        (*row(ICU, "2027-03-13 20:00", hours=6), *row(Q, "2026-10-31 20:00", hours=7)),
        1,
    ),
    (
        "caps.nights_per_month",
        "at home a night is judged at home: 22:00 to 02:30 in Phoenix is 23:00 to 03:30",
        caps(nights_per_month=0),
        (shift("home", "urgent-tele", "2027-01-04 23:00", 4.5), shift("there", ED, "2027-01-05 22:00", 4.5)),
        1,
    ),
    # weekends
    (
        "caps.weekends_per_month",
        "both days of one",
        WEEKENDS,
        row(Q, "2027-01-09 09:00", "2027-01-10 09:00"),
        0,
    ),
    (
        "caps.weekends_per_month",
        "a day of each of two",
        WEEKENDS,
        row(Q, "2027-01-09 09:00", "2027-01-17 09:00"),
        1,
    ),
    (
        "caps.weekends_per_month",
        "a night from Friday works on Saturday",
        WEEKENDS,
        row(ICU, "2027-01-08 19:00", "2027-01-15 19:00"),
        1,
    ),
    (
        "caps.weekends_per_month",
        "a shift on Friday to midnight does not",
        WEEKENDS,
        row(ICU, "2027-01-08 12:00", "2027-01-15 12:00"),
        0,
    ),
    (
        "caps.weekends_per_month",
        "Sunday 1 August belongs to the weekend of 31 July",
        WEEKENDS,
        row(Q, "2027-08-01 09:00", "2027-08-07 09:00"),
        0,
    ),
    (
        "caps.weekends_per_month",
        "Sunday 1 August is July's second",
        WEEKENDS,
        row(Q, "2027-07-24 09:00", "2027-08-01 09:00"),
        1,
    ),
    # high intensity
    ("caps.high_intensity_per_month", "a third", HIGH, row(ICU, "2027-01-04", "2027-01-11", "2027-01-18"), 2),
    (
        "caps.high_intensity_per_month",
        "only high counts, in the month of its start",
        HIGH,
        (
            *row(ICU, "2026-12-31 19:00", "2027-01-11 07:00"),
            *row(LODGE, "2027-01-20 07:00", "2027-01-21 07:00"),
        ),
        0,
    ),
    # off days
    ("caps.off_days_per_month", "four left", caps(off_days_per_month=4), fill("2027-01-01", 27), 0),
    ("caps.off_days_per_month", "three left", caps(off_days_per_month=4), fill("2027-01-01", 28), 1),
    (
        "caps.off_days_per_month",
        "an end at 07:00 spoils the date",
        caps(off_days_per_month=4),
        (*fill("2027-01-01", 26), *row(ICU, "2027-01-27 19:00")),
        1,
    ),
    (
        "caps.off_days_per_month",
        "an end at midnight does not",
        caps(off_days_per_month=4),
        (*fill("2027-01-01", 26), *row(ICU, "2027-01-27 12:00")),
        0,
    ),
    (
        "caps.off_days_per_month",
        "a night over the border spoils a date of each month",
        caps(off_days_per_month=4),
        (*fill("2027-01-01", 27), *row(ICU, "2027-01-31 19:00"), *fill("2027-02-02", 23)),
        1,
    ),
    (
        "caps.off_days_per_month",
        "29 dates in a leap year",
        caps(off_days_per_month=4),
        fill("2028-02-01", 25),
        0,
    ),
    ("caps.off_days_per_month", "28 in another", caps(off_days_per_month=4), fill("2027-02-01", 25), 1),
    # hours
    (
        "caps.hours_per_week",
        "36 hours",
        {"caps": {"hours_per_week": 36}},
        row(ICU, "2027-01-04", "2027-01-06", "2027-01-08"),
        0,
    ),
    (
        "caps.hours_per_week",
        "the eighth date is another week",
        {"caps": {"hours_per_week": 36}},
        row(ICU, "2027-01-04", "2027-01-06", "2027-01-08", "2027-01-11"),
        0,
    ),
    (
        "caps.hours_per_week",
        "one span of 7 dates holds all four, for a started hour each",
        HOURS,
        (*row(ICU, "2027-01-04", "2027-01-06", "2027-01-08"), shift("x", Q, "2027-01-10", 0.5)),
        1,
    ),
    (
        "caps.hours_per_week",
        "the night of the change has 11 hours, or 13",
        {"caps": {"hours_per_week": 11}},
        (shift("spring", ICU, "2027-03-13 19:00", 11),),
        0,
    ),
    # energy
    (
        "caps.energy_per_7_days",
        "3 and 2 and 1",
        ENERGY,
        (*row(ICU, "2027-01-04"), *row(LODGE, "2027-01-05"), *row(Q, "2027-01-06")),
        0,
    ),
    (
        "caps.energy_per_7_days",
        "3 and 3 on dates a week apart",
        ENERGY,
        row(ICU, "2027-01-04", "2027-01-05", "2027-01-11"),
        0,
    ),
    (
        "caps.energy_per_7_days",
        "3 and 3 and 1 in one span",
        ENERGY,
        (*row(ICU, "2027-01-04", "2027-01-05"), *row(Q, "2027-01-10")),
        1,
    ),
    (
        "caps.energy_per_7_days",
        "every span over counts",
        ENERGY,
        row(ICU, "2027-01-04", "2027-01-05", "2027-01-06"),
        15,
    ),
    # rows
    (
        "caps.days_in_a_row",
        "three",
        DAYS,
        row(Q, "2027-01-04 09:00", "2027-01-05 09:00", "2027-01-06 09:00"),
        1,
    ),
    (
        "caps.days_in_a_row",
        "a night is two",
        DAYS,
        (*row(ICU, "2027-01-04 19:00"), *row(Q, "2027-01-06 09:00")),
        1,
    ),
    (
        "caps.days_in_a_row",
        "to midnight is one",
        DAYS,
        (*row(ICU, "2027-01-04 12:00"), *row(Q, "2027-01-06 09:00")),
        0,
    ),
    (
        "caps.days_in_a_row",
        "over New Year",
        DAYS,
        row(Q, "2026-12-30 09:00", "2026-12-31 09:00", "2027-01-01 09:00"),
        1,
    ),
    (
        "caps.days_in_a_row",
        "over a leap day",
        DAYS,
        row(Q, "2028-02-28 09:00", "2028-02-29 09:00", "2028-03-01 09:00"),
        1,
    ),
    (
        "caps.nights_in_a_row",
        "three nights",
        RUN,
        row(ICU, "2027-01-04 19:00", "2027-01-05 19:00", "2027-01-06 19:00"),
        1,
    ),
    (
        "caps.nights_in_a_row",
        "a day shift between",
        RUN,
        row(ICU, "2027-01-04 19:00", "2027-01-06 07:00", "2027-01-06 19:00"),
        0,
    ),
    # recovery
    (
        "recovery",
        "two highs, a day off",
        RECOVERY,
        (*row(ICU, "2027-01-04 07:00", "2027-01-05 07:00"), *row(Q, "2027-01-07 09:00")),
        0,
    ),
    (
        "recovery",
        "two highs, then work",
        RECOVERY,
        (*row(ICU, "2027-01-04 07:00", "2027-01-05 07:00"), *row(Q, "2027-01-06 09:00")),
        1,
    ),
    (
        "recovery",
        "one high is no block",
        RECOVERY,
        (*row(ICU, "2027-01-05 07:00"), *row(Q, "2027-01-06 09:00")),
        0,
    ),
    (
        "recovery",
        "a third high prolongs the block",
        RECOVERY,
        row(ICU, "2027-01-04 07:00", "2027-01-05 07:00", "2027-01-06 07:00"),
        0,
    ),
    (
        "recovery",
        "nights touch the morning, so the day after it is the one that is off",
        RECOVERY,
        (*row(LODGE, "2027-01-04 19:00", "2027-01-05 19:00"), *row(Q, "2027-01-07 09:00")),
        2,  # after two nights, and after a trip
    ),
    (
        "recovery",
        "two nights at home, and the date after the morning",
        RECOVERY,
        (*row(Q, "2027-01-04 19:00", "2027-01-05 19:00"), shift("x", TEACH, "2027-01-07 09:00", 2)),
        1,
    ),
    (
        "recovery",
        "the afternoon after the last night is not yet the day off",
        RECOVERY,
        (*row(Q, "2027-01-04 19:00", "2027-01-05 19:00"), shift("x", TEACH, "2027-01-06 15:00", 2)),
        0,
    ),
    (
        "recovery",
        "a trip of one date",
        RECOVERY,
        (*row(LODGE, "2027-01-05 07:00"), *row(Q, "2027-01-06 09:00")),
        1,
    ),
    ("recovery", "the trip goes on", RECOVERY, row(LODGE, "2027-01-05 07:00", "2027-01-06 07:00"), 0),
    (
        "recovery",
        "the second of two days",
        TWO_DAYS,
        (*row(ICU, "2027-01-04 07:00", "2027-01-05 07:00"), *row(Q, "2027-01-07 09:00")),
        1,
    ),
    (
        "recovery",
        "a weekend of call outlasts the day within it, and work follows its end",
        RECOVERY,
        (
            shift("call", ICU, "2027-01-04 19:00", 36),
            shift("day", ICU, "2027-01-05 07:00", 8),
            *row(Q, "2027-01-07 09:00"),
        ),
        1,
    ),
    (
        "recovery",
        "a weekend of call outlasts the day within it, and a day off follows its end",
        RECOVERY,
        (
            shift("call", ICU, "2027-01-04 19:00", 36),
            shift("day", ICU, "2027-01-05 07:00", 8),
            *row(Q, "2027-01-08 09:00"),
        ),
        0,
    ),
    (
        "recovery",
        "over New Year",
        RECOVERY,
        (*row(ICU, "2026-12-30 07:00", "2026-12-31 07:00"), *row(Q, "2027-01-01 09:00")),
        1,
    ),
    # EMRs
    (
        "emr.at_most",
        "three within four dates",
        EMR,
        (*row(ICU, "2027-01-04"), *row(ED, "2027-01-05"), *row(Q, "2027-01-07")),
        1,
    ),
    (
        "emr.at_most",
        "three within five",
        EMR,
        (*row(ICU, "2027-01-04"), *row(ED, "2027-01-05"), *row(Q, "2027-01-08")),
        0,
    ),
    (
        "emr.at_most",
        "two sites share one, and teaching has none",
        EMR,
        (
            *row(ICU, "2027-01-04"),
            *row(LODGE, "2027-01-05"),
            *row(ED, "2027-01-06"),
            *row(TEACH, "2027-01-07"),
        ),
        0,
    ),
    # travel
    ("travel.trips_per_month", "two trips", TRIPS, row(LODGE, "2027-01-04 07:00", "2027-01-06 07:00"), 1),
    (
        "travel.trips_per_month",
        "one of three dates",
        TRIPS,
        row(LODGE, "2027-01-04", "2027-01-05", "2027-01-06"),
        0,
    ),
    (
        "travel.trips_per_month",
        "a trip that hangs over the border is of the month it starts in",
        TRIPS,
        row(LODGE, "2026-12-31 07:00", "2027-01-01 07:00", "2027-01-04 07:00"),
        0,
    ),
    (
        "travel.trips_per_month",
        "two sites, two trips",
        TRIPS,
        (*row(LODGE, "2027-01-04"), *row(ED, "2027-01-05")),
        1,
    ),
    ("travel.min_block_days", "three dates", BLOCK, row(LODGE, "2027-01-04", "2027-01-05", "2027-01-06"), 0),
    ("travel.min_block_days", "one date is two short", BLOCK, row(LODGE, "2027-01-04 07:00"), 2),
    ("travel.min_block_days", "a night is two dates", BLOCK, row(LODGE, "2027-01-04 19:00"), 1),
    ("travel.min_block_days", "not an away site", BLOCK, row(ICU, "2027-01-04 07:00"), 0),
)


@pytest.mark.parametrize(
    ("rule", "what", "keys", "worked", "units"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else ""
)
def test_example(rule: str, what: str, keys: Keys, worked: Work, units: int) -> None:
    """A sentence of the page, on a roster that anyone can check."""
    assert over(rule, only(**keys), worked) == units, what


PRICES: tuple[tuple[str, Keys, Work, int], ...] = (
    ("caps.nights_per_month", caps(nights_per_month=1), row(ICU, "2027-01-04 19:00", "2027-01-20 19:00"), 1),
    ("caps.hours_per_week", caps(hours_per_week=11), row(ICU, "2027-01-04 07:00"), 7),
    ("rest.between_shifts_hours", REST, row(ICU, "2027-01-04 07:00", "2027-01-05 05:59"), 1),
    ("recovery", RECOVERY, (*row(LODGE, "2027-01-05 07:00"), *row(Q, "2027-01-06 09:00")), 1),
    ("emr.at_most", EMR, (*row(ICU, "2027-01-04"), *row(ED, "2027-01-05"), *row(Q, "2027-01-07")), 1),
    ("travel.trips_per_month", TRIPS, row(LODGE, "2027-01-04 07:00", "2027-01-06 07:00"), 1),
    ("travel.min_block_days", BLOCK, row(LODGE, "2027-01-04 07:00"), 2),
)


@pytest.mark.parametrize(
    ("rule", "keys", "worked", "dollars"), PRICES, ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_price_is_charged_as_it_is_written(rule: str, keys: Keys, worked: Work, dollars: int) -> None:
    """At $1 for each one over, what is over costs as many dollars."""
    limits = all_limits(only(**keys), Roster(worked, WIDE))
    found = [b for b in breaches(limits, {one.id for one in worked}) if b.limit.rule == rule]
    assert sum(breach.cents for breach in found) == dollars * 100


# --- Rules that need more than a roster -------------------------------------------------------------------------


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("start", "end", "units"),
    [
        ("2027-01-04 18:00", "2027-01-04 20:00", 1),
        ("2027-01-04 19:00", "2027-01-04 20:00", 0),
        ("2027-01-04 18:59", "2027-01-04 19:00", 1),
        ("2027-01-04 06:00", "2027-01-04 07:00", 0),
        ("2027-01-04 00:00", "2027-01-05 00:00", 1),
        ("2027-01-05 00:00", "2027-01-06 00:00", 0),
    ],
)
def test_no_minute_of_work_lies_in_red_time(start: str, end: str, units: int) -> None:
    """A shift from 07:00 to 19:00 beside red time that touches it, or just does not."""
    assert over("red", only(), row(ICU, "2027-01-04 07:00"), (RedTime("r", at(start), at(end)),)) == units


def test_locums_never_fill_the_floor() -> None:
    """$3,000 wanted in each month: locums count for nothing, a shift counts in the month of its start."""
    months = 21  # of the horizon
    earned = shift("a", ICU, "2027-01-31 19:00", cents=250_000)
    locums = shift("b", ED, "2027-01-10 07:00", cents=900_000)
    assert over("goals.floor_monthly", only(**FLOOR), ()) == months * 300_000
    assert over("goals.floor_monthly", only(**FLOOR), (earned, locums)) == months * 300_000 - 250_000


def test_more_than_the_floor_in_one_month_helps_no_other() -> None:
    """The floor is counted by month."""
    rich = shift("a", ICU, "2027-01-10 07:00", cents=9_000_000)
    assert over("goals.floor_monthly", only(**FLOOR), (rich,)) == 20 * 300_000


def test_a_stream_that_is_owed_shifts_misses_them_in_each_month() -> None:
    """One telemedicine shift a month is wanted; a second in the same month does not serve for another."""
    two = row(Q, "2027-01-04 09:00", "2027-01-31 19:00")
    assert over("streams.min_shifts_per_month", only(**TELE), two) == 20
    assert over("streams.min_shifts_per_month", only(**TELE), (two[0], *row(ICU, "2027-02-04"))) == 20
    assert over("streams.min_shifts_per_month", only(**TELE), (two[0], *row(TEACH, "2027-02-04"))) == 20


VISITS: Keys = {"telemedicine": {"visits_per_hour": {"cap": 3, "over": 1}}}


def test_each_started_visit_beyond_the_pace_costs_for_each_shift() -> None:
    """4.5 visits an hour are two too many of 3; a site that says nothing, and one on site, are not counted."""
    two = row("urgent-tele", "2027-01-04 09:00", "2027-01-31 19:00")
    assert over("telemedicine.visits_per_hour", only(**VISITS), (*two, *row(Q, "2027-01-06"))) == 4
    assert over("telemedicine.visits_per_hour", only(**VISITS), row(ICU, "2027-01-06")) == 0
    hard = {"telemedicine": {"visits_per_hour": 3}}
    assert over("telemedicine.visits_per_hour", only(**hard), two) == 0, "a hard one is a gate"


def test_what_is_flown_to_or_slept_away_for_is_no_floor() -> None:
    """Without locums, without air travel: a per-diem lodge with nights away counts no more than a flight."""
    for site, short in ((ICU, 0), (LODGE, 300_000), (ED, 300_000)):
        worked = (shift("a", site, "2027-01-10 07:00", cents=300_000),)
        rest = 20 * 300_000
        assert over("goals.floor_monthly", only(**FLOOR), worked) == rest + short


RULES_WITH_EXAMPLES = frozenset(
    {rule for rule, *_ in EXAMPLES}
    | {"red", "goals.floor_monthly", "streams.min_shifts_per_month", "telemedicine.visits_per_hour"}
)


# --- Gates ------------------------------------------------------------------------------------------------------

PUBLISHED = (("qgenda", date(2027, 1, 31)), ("amion", date(2027, 2, 28)))


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (("2027-01-30 07:00",), []),
        (("2027-01-31 12:00",), []),  # to midnight
        (("2027-02-01 07:00",), ["qgenda 2027-01-31"]),
        (("2027-01-30 07:00", "2027-02-01 07:00"), ["qgenda 2027-01-31"]),
        (("2027-02-28 07:00",), ["qgenda 2027-01-31"]),
        (("2027-03-01 07:00",), ["qgenda 2027-01-31", "amion 2027-02-28"]),
    ],
)
def test_what_a_schedule_does_not_tell_yet_is_not_free(starts: tuple[str, ...], told: list[str]) -> None:
    """A date after the last one published stands against an offer, once for each schedule that ends before it."""
    offered = Offer("o", SITE[ICU], row(ICU, *starts), Pay(100_000, "shift"))
    moment = Moment(at("2026-12-15 08:00"), WIDE, published=PUBLISHED)
    reasons = [one for one in refusals(only(), offered, moment) if one.rule == "unpublished"]
    assert [one.about for one in reasons] == told
    assert all(one.shifts == tuple(shift.id for shift in offered.shifts) for one in reasons)
    assert all(one.span == offered.span for one in reasons)


# --- Dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evening", "hours"), [("2026-10-31 19:00", 13), ("2027-03-13 19:00", 11), ("2027-01-04 19:00", 12)]
)
def test_a_night_over_the_change_of_clocks_has_its_elapsed_hours(evening: str, hours: int) -> None:
    """From 19:00 to 07:00 lasts 11 or 13 hours on the two nights of the year, and is a night all the same."""
    start = at(evening)
    end = (start.replace(tzinfo=None) + timedelta(hours=12)).replace(tzinfo=CHICAGO)
    night = Shift.at(SITE[ICU], start, end, key="n")
    assert night.minutes == hours * 60
    assert is_night(only(), night)
    written = {"caps": {"hours_per_week": hours}}
    assert over("caps.hours_per_week", only(**written), (night,)) == 0
    written = {"caps": {"hours_per_week": hours - 1}}
    assert over("caps.hours_per_week", only(**written), (night,)) == 1


def test_a_shift_touches_the_dates_with_a_minute_of_it() -> None:
    """07:00 the next morning spoils that date, midnight does not."""
    assert [day.day for day in worked_dates(only(), shift("a", ICU, "2027-01-04 19:00"))] == [4, 5]
    assert [day.day for day in worked_dates(only(), shift("a", ICU, "2027-01-04 12:00"))] == [4]
    assert [day.day for day in shift("a", ICU, "2027-01-04 19:00").dates] == [4, 5]
    assert [day.day for day in shift("a", ICU, "2027-01-04 12:00").dates] == [4]


# --- The defaults ---------------------------------------------------------------------------------------------


def _every_week() -> Iterable[Work]:
    """3 ICU nights, 2 ED days and 2 tele-urgent shifts on all ways to spread them over 7 dates."""
    dates = [f"2027-01-{day:02}" for day in range(4, 11)]
    for nights in itertools.combinations(dates, 3):
        for days in itertools.combinations([day for day in dates if day not in nights], 2):
            for urgent in itertools.combinations(dates, 2):
                yield (
                    *row(ICU, *(f"{day} 19:00" for day in nights)),
                    *row(ED, *(f"{day} 07:00" for day in days)),
                    *row("urgent-tele", *(f"{day} 12:00" for day in urgent), hours=6),
                )


def test_a_week_of_three_icu_nights_two_ed_days_and_two_urgent_shifts_never_passes() -> None:
    """Whatever the order within the week, the policy as it comes refuses it by its energy alone."""
    written, weeks = policy(), list(_every_week())
    assert len(weeks) == 35 * 6 * 21
    for worked in weeks[::15]:
        hard = [
            b
            for b in breaches(all_limits(written, Roster(worked, WIDE)), {s.id for s in worked})
            if b.limit.hard
        ]
        assert "caps.energy_per_7_days" in {breach.limit.rule for breach in hard}
    assert all(
        excess("caps.energy_per_7_days", World(written, worked, *WIDE_DATES)) for worked in weeks[::50]
    )


WIDE_DATES = (WIDE.first, WIDE.last)


def test_the_defaults_bind_before_any_cap_is_written() -> None:
    """Without [caps] and [goals] the defaults warn all the same."""
    bare = Policy.model_validate({"clinician": {"name": "R. Example", "home_zone": "America/Chicago"}})
    found = breaches(
        all_limits(bare, Roster(work := row(ICU, "2027-01-04 07:00", "2027-01-05 05:00"), WIDE)),
        {s.id for s in work},
    )
    assert {breach.limit.rule for breach in found} == {"rest.between_shifts_hours"}

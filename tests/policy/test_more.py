"""What would have to give way, what one more would bring, what a shift would have to pay: sentence by sentence."""

from __future__ import annotations

from datetime import date

import pytest

from policy.limits import Reason, Unit
from policy.rules import RULES
from policy.sentences.answers import (
    brings,
    gives_way,
    quoted,
    rated,
    taken_from,
    way_in,
    without,
    would_be_worth,
)
from policy.sentences.more import RAISED, RELAXED
from policy.shift import Month, Span
from policy.words import one_more, relaxed, spoken_rules

JANUARY = Span.month(Month(2027, 1))
WEEK = Span(date(2027, 1, 4), date(2027, 1, 10))
PAIR = Span(date(2027, 1, 4), date(2027, 1, 5))
DAY = Span(date(2027, 1, 4), date(2027, 1, 4))


def reason(
    rule: str, span: Span | None, unit: Unit, bound: int, would_be: int, *, minimum: bool = False
) -> Reason:
    return Reason(rule, span, unit, None, bound, would_be, minimum=minimum)


GIVES: list[tuple[Reason, str]] = [
    (reason("caps.nights_per_month", JANUARY, "nights", 6, 7), "one more night in January"),
    (reason("caps.nights_per_month", JANUARY, "nights", 6, 8), "2 more nights in January"),
    (reason("caps.weekends_per_month", JANUARY, "weekends", 2, 3), "one more weekend in January"),
    (
        reason("caps.high_intensity_per_month", JANUARY, "shifts", 10, 11),
        "one more high-intensity shift in January",
    ),
    (
        reason("caps.off_days_per_month", JANUARY, "off days", 8, 7, minimum=True),
        "1 day off less in January",
    ),
    (reason("caps.nights_away_per_month", JANUARY, "nights", 4, 6), "2 more nights away in January"),
    (reason("caps.new_sites_per_month", JANUARY, "sites", 1, 2), "one more new site in January"),
    (
        reason("caps.hours_per_week", WEEK, "minutes", 3600, 3930),
        "5 hours 30 minutes more of work in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("caps.clinical_hours_per_week", WEEK, "minutes", 3600, 3660),
        "1 hour more of clinical work in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("caps.energy_per_7_days", WEEK, "points", 18, 20),
        "2 more energy points in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("caps.days_in_a_row", WEEK, "days", 6, 7),
        "one more day in a row in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("caps.nights_in_a_row", PAIR, "nights", 1, 2),
        "one more night in a row in the 2 days Mon 4 Jan to Tue 5 Jan",
    ),
    (reason("caps.shift_hours", DAY, "minutes", 720, 1440), "12 hours more in one shift on Mon 4 Jan"),
    (
        reason("caps.night_shift_hours", DAY, "minutes", 600, 720),
        "2 hours more in one night shift on Mon 4 Jan",
    ),
    (
        reason("caps.screen_hours_per_day", DAY, "minutes", 480, 600),
        "2 hours more in front of a screen on Mon 4 Jan",
    ),
    (
        reason("caps.average_week_hours", Span(date(2027, 1, 4), date(2027, 1, 31)), "minutes", 9600, 9840),
        "1 hour more a week on average in the 28 days Mon 4 Jan to Sun 31 Jan",
    ),
    (
        reason("caps.off_days_in", WEEK, "off days", 2, 1, minimum=True),
        "1 day off less in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("caps.weekends_in", WEEK, "weekends", 2, 3),
        "one more weekend with work in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("rest.between_shifts_hours", PAIR, "minutes", 660, 600, minimum=True),
        "1 hour less rest, Mon 4 Jan to Tue 5 Jan",
    ),
    (
        reason("rest.as_long_as_shift", PAIR, "minutes", 720, 660, minimum=True),
        "1 hour less rest, Mon 4 Jan to Tue 5 Jan",
    ),
    (
        reason("rest.weekly_hours", WEEK, "minutes", 2160, 1800, minimum=True),
        "6 hours less without work at a stretch in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (reason("recovery", PAIR, "days", 2, 3), "work on a recovery day, Tue 5 Jan"),
    (
        reason("recovery.points_after", WEEK, "points", 6, 8),
        "2 more energy points after an intense block in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("emr.at_most", PAIR, "EMRs", 1, 2),
        "one more record system in the 2 days Mon 4 Jan to Tue 5 Jan",
    ),
    (
        reason("runs.late-row.at_most", WEEK, "days", 4, 5),
        "one more day of “late-row” in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("runs.late-row.rest", PAIR, "minutes", 2880, 1800, minimum=True),
        "18 hours less rest after a run of “late-row” in the 2 days Mon 4 Jan to Tue 5 Jan",
    ),
    (
        reason("streams.per_diem.max_shifts_per_month", JANUARY, "shifts", 4, 5),
        "one more per-diem shift in January",
    ),
    (
        reason("streams.telemedicine.hours_per_week", WEEK, "minutes", 600, 780),
        "3 hours more of telemedicine in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (reason("streams.locums.sites_per_month", JANUARY, "sites", 1, 2), "one more locums site in January"),
    (
        reason("streams.locums.shift_hours", DAY, "minutes", 720, 780),
        "locums shifts 1 hour longer than you want them",
    ),
    (
        reason("streams.locums.shift_hours", DAY, "minutes", 480, 360, minimum=True),
        "locums shifts 2 hours shorter than you want them",
    ),
    (
        reason("telemedicine.per_visit_companies", JANUARY, "companies", 1, 2),
        "one more company that pays by the visit in January",
    ),
    (reason("travel.trips_per_month", JANUARY, "trips", 2, 3), "one more trip in January"),
    (
        reason("travel.trips_outside_windows", JANUARY, "trips", 0, 1),
        "one more trip outside your dates in January",
    ),
    (
        reason("travel.min_block_days", PAIR, "days", 0, 1),
        "a trip from Mon 4 Jan that is shorter than your blocks",
    ),
    (
        reason("travel.days_between_trips", WEEK, "days", 7, 5, minimum=True),
        "2 free days between trips less in the 7 days Mon 4 Jan to Sun 10 Jan",
    ),
    (
        reason("travel.telemedicine_under_way", DAY, "shifts", 1, 2),
        "telemedicine on the way or on a date of a trip, on Mon 4 Jan",
    ),
]

FIXED = {"overlap", "red", "travel.legs"}
"""Nobody is in two places at once."""
PRICED = {
    "goals.floor_monthly",
    "goals.targets",
    "goals.smooth",
    "prices.backward_rotation",
    "prices.new_site",
    "prices.travel_hour",
    "sites.hassle",
    "sites.travel.cost",
    "streams.preferred_weekdays",
    "telemedicine.visits_per_hour",
}
"""Never hard as a limit."""
LEAST = {
    "hands_on.min_shifts_per_month",
    "sites.min_shifts",
    "sites.pattern.weekdays",
    "sites.pattern.weekends",
    "streams.min_shifts_per_month",
}
"""Minimums of work: more of it breaks none."""


def test_each_rule_that_can_stand_against_an_offer_has_its_words() -> None:
    """Every rule either gives way in words, or is known to be no such rule; and each of the words is tested."""
    rules = {rule.name for rule in RULES}
    assert set(RELAXED) == rules - FIXED - PRICED - LEAST
    assert {rule for rule in RELAXED if "." in rule} <= spoken_rules()
    told = {name for one, _ in GIVES for name in RELAXED if _family(one.rule) == name}
    assert told == set(RELAXED)
    assert set(RAISED) <= set(RELAXED)
    assert {_family(one.rule) for one, _ in RAISES} == set(RAISED)


def _family(rule: str) -> str:
    table, *rest = rule.split(".")
    return ".".join((table, *(rest[1:] if table in ("streams", "runs") else rest)))


@pytest.mark.parametrize(("one", "words"), GIVES)
def test_what_gives_way_is_said(one: Reason, words: str) -> None:
    assert relaxed(one) == words


RAISES: list[tuple[Reason, str]] = [
    (reason("caps.nights_per_month", JANUARY, "nights", 6, 7), "a 7th night in January"),
    (reason("caps.nights_per_month", JANUARY, "nights", 7, 8), "an 8th night in January"),
    (reason("caps.weekends_per_month", JANUARY, "weekends", 2, 3), "a 3rd weekend in January"),
    (
        reason("caps.high_intensity_per_month", JANUARY, "shifts", 10, 11),
        "an 11th high-intensity shift in January",
    ),
    (
        reason("caps.off_days_per_month", JANUARY, "off days", 8, 7, minimum=True),
        "7 days off in January, instead of 8,",
    ),
    (reason("caps.nights_away_per_month", JANUARY, "nights", 4, 5), "a 5th night away in January"),
    (reason("caps.new_sites_per_month", JANUARY, "sites", 1, 2), "a 2nd new site in January"),
    (
        reason("caps.hours_per_week", None, "minutes", 3600, 3660),
        "61 hours in any 7 days, instead of 60 hours,",
    ),
    (
        reason("caps.clinical_hours_per_week", None, "minutes", 2400, 2460),
        "41 hours of clinical work in any 7 days, instead of 40 hours,",
    ),
    (
        reason("caps.energy_per_7_days", None, "points", 18, 19),
        "19 energy points in any 7 days, instead of 18 energy points,",
    ),
    (
        reason("caps.days_in_a_row", None, "days", 6, 7),
        "7 days of work in a row, instead of 6 days,",
    ),
    (reason("caps.nights_in_a_row", None, "nights", 3, 4), "4 nights in a row, instead of 3 nights,"),
    (
        reason("caps.screen_hours_per_day", None, "minutes", 480, 540),
        "9 hours in front of a screen a day, instead of 8 hours,",
    ),
    (
        reason("caps.off_days_in", None, "off days", 2, 1, minimum=True),
        "1 day off within the days you set, instead of 2 days,",
    ),
    (
        reason("caps.weekends_in", None, "weekends", 2, 3),
        "3 weekends with work within the days you set, instead of 2 weekends,",
    ),
    (
        reason("rest.between_shifts_hours", None, "minutes", 660, 600, minimum=True),
        "10 hours of rest between two shifts, instead of 11 hours,",
    ),
    (
        reason("emr.at_most", None, "EMRs", 2, 3),
        "3 record systems within the days you set, instead of 2 record systems,",
    ),
    (
        reason("streams.per_diem.max_shifts_per_month", JANUARY, "shifts", 4, 5),
        "a 5th per-diem shift in January",
    ),
    (
        reason("streams.telemedicine.hours_per_week", None, "minutes", 600, 660),
        "11 hours of telemedicine in any 7 days, instead of 10 hours,",
    ),
    (reason("streams.locums.sites_per_month", JANUARY, "sites", 1, 2), "a 2nd locums site in January"),
    (
        reason("telemedicine.per_visit_companies", JANUARY, "companies", 1, 2),
        "a 2nd company that pays by the visit in January",
    ),
    (reason("travel.trips_per_month", JANUARY, "trips", 2, 3), "a 3rd trip in January"),
    (
        reason("travel.trips_outside_windows", JANUARY, "trips", 0, 1),
        "a 1st trip outside your dates in January",
    ),
]


@pytest.mark.parametrize(("one", "words"), RAISES)
def test_one_more_of_a_cap_is_said(one: Reason, words: str) -> None:
    assert one_more(one) == words


RATE = Reason("rate_floor", unit="cents", would_be=17_999, bound=18_000, about="hour", minimum=True)
ANSWERS: list[tuple[str, str]] = [
    (
        gives_way(
            ["one more night in January", "1 hour less rest, Mon 4 Jan", "1 hour less rest, Mon 4 Jan"]
        ),
        "no pay would do; it would take one more night in January and 1 hour less rest, Mon 4 Jan",
    ),
    (
        would_be_worth("a 7th night in January", 115_000, 115_000),
        "a 7th night in January would be worth $1,150",
    ),
    (
        would_be_worth("a 7th night in January", 90_000, 115_000),
        "a 7th night in January would be worth between $900 and $1,150",
    ),
    (would_be_worth("a 7th night in January", 0, 0), "a 7th night in January would be worth nothing"),
    (
        way_in(["o2", "o5"], -220_000),
        "the cheapest way in: give up o2 and o5; the plan would be worth $2,200 less",
    ),
    (way_in(["o2"], 0), "the cheapest way in: give up o2; the plan would be worth no less"),
    (
        way_in([], -50_000),
        "the cheapest way in: take it beside the others; the plan would be worth $500 less",
    ),
    (taken_from(245_000, 245_000), "it would have to pay $2,450 in all"),
    (taken_from(230_000, 245_000), "it would have to pay $2,450 in all, perhaps only $2,300"),
    (
        taken_from(230_000, None),
        "it would have to pay $2,300 at least; the search ended before it found a pay that is enough",
    ),
    (quoted(1, 1, (), ()), "any pay"),
    (
        quoted(245_000, 245_000, ("o3", "o7", "o9"), ("o4",)),
        "from $2,450, in place of o3, o7 and o9, with o4 taken too",
    ),
    (quoted(230_000, 245_000, (), ()), "from $2,450 (perhaps from $2,300)"),
    (quoted(230_000, None, (), ()), "$2,300 at least; the search ended before it found a pay that is enough"),
    (rated(216_000, RATE), "$2,160 is what your floor of $180 an hour there comes to"),
    (
        brings(250_000, 80_000, 250_000, 100_000),
        "it pays $2,500, costs $800 in prices and fills $1,000 of your floor",
    ),
    (brings(250_000, 0, 20_000, 0), "it pays $2,500 and saves $200 in prices"),
    (brings(250_000, 0, 0, 0), "it pays $2,500"),
    (
        without(40_000, 40_000, ("o4", "o5")),
        "without it the plan would be worth $400 less, with o4 and o5 in its place",
    ),
    (without(0, 0, ()), "without it the plan would be worth no less"),
    (without(10_000, 40_000, ()), "without it the plan would be worth between $100 and $400 less"),
]


@pytest.mark.parametrize(("told", "words"), ANSWERS)
def test_whole_answers_are_said(told: str, words: str) -> None:
    assert told == words

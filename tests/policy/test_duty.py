"""Examples by hand for duty hours and fatigue; each is put to the limits and to the predicate.

Monday 4 January 2027 is the usual first day; 2027-01-02, 09, 16, 23 and 30 are Saturdays.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from policy.limits import breaches
from policy.reasons import of_breaches
from policy.rules import HistoryTooShortError, all_limits, least, reach
from policy.schema import Policy
from policy.shift import Roster, Span
from policy.words import headline, sentence
from tests.policy.test_examples import Keys, Work, caps, fill, over
from tests.policy.worlds import WIDE, only, row, shift

Q, ICU, ED, TEACH, TELE, VIDEO = "quiet-tele", "icu", "desert-ed", "teaching", "urgent-tele", "video"


def daily(site: str, first: str, *which: int, hours: float = 12) -> Work:
    """Shifts on the dates so many days after the first, all at the same time of day."""
    start = datetime.fromisoformat(first)
    return row(site, *(f"{start + timedelta(days=n):%Y-%m-%d %H:%M}" for n in which), hours=hours)


def rest(**keys: Any) -> Keys:
    return {"rest": {"between_shifts_hours": "none", **keys}}


def run(**keys: Any) -> Keys:
    return {"runs": [{"name": "a", "over": 1, **keys}]}


LONG = caps(shift_hours=12)
NIGHT = caps(night_shift_hours=8)
SCREEN = caps(screen_hours_per_day=8)
CLINICAL = caps(clinical_hours_per_week=36)
AVERAGE: Keys = {"caps": {"average_week_hours": {"cap": 80, "weeks": 4}}}
EUROPE: Keys = {"caps": {"average_week_hours": {"cap": 48, "weeks": 17}}}
OFF: Keys = {"caps": {"off_days_in": {"cap": 4, "within_days": 28}}}
WEEKENDS: Keys = {"caps": {"weekends_in": {"cap": 1, "of": 2}}}
FREE = rest(weekly_hours={"cap": 35, "within_days": 7, "over": 1})
AS_LONG = rest(as_long_as_shift=True)
LIGHT: Keys = {"recovery": {"days": 0, "points_after": {"cap": 4, "within_days": 7, "over": 1}}}
BACKWARD: Keys = {"prices": {"backward_rotation": 1}}
NIGHTS = run(of="night", at_most=4, rest={"after": 3, "hours": 46})
TEN = run(longer_than_hours=10, at_most=5, rest={"after": 5, "hours": 48})
LATE = run(of="late", longer_than_hours=10, at_most=4)
EARLY = run(of="early", at_most=3)
DAY = run(of="day", at_most=1)
CALLS: Keys = {"runs": [{"name": "a", "at_least_hours": 24, "at_most": 9, "within_days": 28}]}
IN_HOUSE = run(at_least_hours=24, rest={"after": 1, "hours": 14})

EXAMPLES: tuple[tuple[str, str, Keys, Work, int], ...] = (
    # how long a shift is
    ("caps.shift_hours", "12 hours", LONG, daily(ICU, "2027-01-04 07:00", 0), 0),
    ("caps.shift_hours", "a started hour more", LONG, row(ICU, "2027-01-04 07:00", hours=12.25), 1),
    ("caps.shift_hours", "a day, on a leap day", LONG, row(ICU, "2028-02-29 07:00", hours=24), 12),
    (
        "caps.shift_hours",
        "19:00 to 07:00 has 13 hours when the clocks go back, 11 when they go forward",
        LONG,
        (shift("a", ICU, "2026-10-31 19:00", 13), shift("b", ICU, "2027-03-13 19:00", 11)),
        1,
    ),
    ("caps.shift_hours", "two of 12 in a row are two", LONG, row(ICU, "2026-12-31 07:00", "2026-12-31 19:00"), 0),
    ("caps.night_shift_hours", "a night", NIGHT, row(ICU, "2027-01-04 23:00", hours=8), 0),
    ("caps.night_shift_hours", "an evening may be longer", NIGHT, row(ICU, "2027-01-04 14:00"), 0),
    ("caps.night_shift_hours", "a night of 12 hours", NIGHT, row(ICU, "2027-01-31 19:00"), 4),
    # a day in front of a screen, a week of clinical work
    ("caps.screen_hours_per_day", "4 and 4 hours", SCREEN, row(Q, "2027-01-04 08:00", "2027-01-04 16:00", hours=4), 0),
    ("caps.screen_hours_per_day", "5 and 4 hours", SCREEN, (*row(Q, "2027-01-04 08:00", hours=5), *row(TELE, "2027-01-04 16:00", hours=4)), 1),
    ("caps.screen_hours_per_day", "an evening counts on its own date", SCREEN, row(Q, "2026-12-31 20:00", "2027-01-01 12:00", hours=8), 0),
    ("caps.screen_hours_per_day", "a site that says so", SCREEN, row(VIDEO, "2027-01-04 08:00", hours=9), 1),
    ("caps.screen_hours_per_day", "not in front of one", SCREEN, row(ICU, "2027-01-04 08:00"), 0),
    ("caps.clinical_hours_per_week", "36 hours", CLINICAL, daily(ICU, "2026-12-29 07:00", 0, 3, 6), 0),
    ("caps.clinical_hours_per_week", "teaching is not clinical, nor what says so", CLINICAL, (*daily(ICU, "2027-01-04 07:00", 0, 2, 4), *row(TEACH, "2027-01-05"), *row(VIDEO, "2027-01-07")), 0),
    ("caps.clinical_hours_per_week", "an hour more, in three windows", CLINICAL, (*daily(ICU, "2027-01-29 07:00", 0, 2, 4), shift("t", Q, "2027-02-01 09:00", 1)), 3),
    # weeks on end
    ("caps.average_week_hours", "24 of 13 hours in four weeks", AVERAGE, daily(ICU, "2027-01-04 07:00", *(7 * w + d for w in range(4) for d in range(6)), hours=13), 0),
    ("caps.average_week_hours", "one week of 96 hours, then none", AVERAGE, daily(ICU, "2027-01-04 07:00", *range(6), hours=16), 0),
    ("caps.average_week_hours", "324 of 320 hours", AVERAGE, daily(ICU, "2027-01-04 07:00", *(7 * w + d for w in range(4) for d in range(6)), hours=13.5), 4),
    ("caps.average_week_hours", "816 hours in 17 weeks", EUROPE, daily(ICU, "2026-11-30 07:00", *(7 * w + d for w in range(17) for d in range(4))), 0),
    ("caps.average_week_hours", "and 8 more on the last day", EUROPE, (*daily(ICU, "2026-11-30 07:00", *(7 * w + d for w in range(17) for d in range(4))), shift("t", Q, "2027-03-28 09:00", 8)), 8),
    ("caps.average_week_hours", "and 8 more on the day after", EUROPE, (*daily(ICU, "2026-11-30 07:00", *(7 * w + d for w in range(17) for d in range(4))), shift("t", Q, "2027-03-29 09:00", 8)), 0),
    ("caps.off_days_in", "every Sunday off", OFF, fill("2027-01-04", 56, tuple(range(6, 56, 7))), 0),
    ("caps.off_days_in", "four off in each month, none in 28 days between", OFF, fill("2027-01-01", 59, (0, 1, 2, 3, 55, 56, 57, 58)), 24 * 4 + 3 + 2 + 1),
    ("caps.off_days_in", "a Saturday on which Friday's shift ends is worked", OFF, (*fill("2028-02-07", 28, (5, 12, 19, 26)), shift("n", ICU, "2028-02-11 19:00")), 1),
    ("caps.weekends_in", "each other one", WEEKENDS, row(Q, "2027-01-09 09:00", "2027-01-24 09:00"), 0),
    ("caps.weekends_in", "both days of one", WEEKENDS, row(ICU, "2027-01-09 07:00", "2027-01-10 19:00"), 0),
    ("caps.weekends_in", "a Sunday and the next Saturday, over a month's border", WEEKENDS, row(Q, "2027-01-31 09:00", "2027-02-06 09:00"), 1),
    ("caps.weekends_in", "Friday night is Saturday's, over a year's border", WEEKENDS, row(ICU, "2027-01-01 20:00", "2026-12-27 09:00"), 1),
    # the rest of a week
    ("rest.weekly_hours", "Monday to Friday", FREE, daily(ICU, "2027-01-04 08:00", *range(5), hours=10), 0),
    ("rest.weekly_hours", "ten days in a row over a month's border, free at both ends", FREE, daily(ICU, "2027-01-27 08:00", *range(10), hours=10), 0),
    ("rest.weekly_hours", "36 hours, but 8 of them in the week after", FREE, (*daily(ICU, "2026-12-28 08:00", *range(6)), shift("m", ICU, "2027-01-04 08:00")), 1),
    ("rest.weekly_hours", "from Saturday 13:00, in the week of a leap day", FREE, (*daily(ICU, "2028-02-28 08:00", *range(5)), shift("m", Q, "2028-03-04 09:00", 4)), 0),
    ("rest.weekly_hours", "and a minute less", FREE, (*daily(ICU, "2028-02-28 08:00", *range(5)), shift("m", Q, "2028-03-04 09:01", 4)), 1),
    ("rest.weekly_hours", "from Saturday 13:00 is 34 hours when the clocks go forward", FREE, (*daily(ICU, "2027-03-08 08:00", *range(5)), shift("m", Q, "2027-03-13 09:00", 4)), 1),
    ("rest.weekly_hours", "from Saturday 14:00 is 35 hours when they go back", FREE, (*daily(ICU, "2026-10-26 08:00", *range(5)), shift("m", Q, "2026-10-31 10:00", 4)), 0),
    ("rest.weekly_hours", "the week is that of home: 23:30 on Sunday in Phoenix is Monday", FREE, (*daily(ICU, "2027-01-04 08:00", *range(5)), shift("m", Q, "2027-01-09 09:00", 4), shift("n", ED, "2027-01-10 23:30", 4)), 0),
    # rest as long as the shift
    ("rest.as_long_as_shift", "12 after 12", AS_LONG, row(ICU, "2027-01-04 07:00", "2027-01-05 07:00"), 0),
    ("rest.as_long_as_shift", "9 after 10", AS_LONG, (shift("a", ICU, "2027-01-31 14:00", 10), shift("b", ICU, "2027-02-01 09:00")), 1),
    ("rest.as_long_as_shift", "10 before 12", AS_LONG, (shift("a", ICU, "2026-12-31 07:00", 8), shift("b", ICU, "2027-01-01 01:00", 12)), 0),
    ("rest.as_long_as_shift", "19:00 to 07:00 and 12 hours more, when the clocks go back", AS_LONG, (shift("a", ICU, "2026-10-31 19:00", 13), shift("b", Q, "2026-11-01 19:00", 4)), 1),
    # buffers: 15 minutes before, 30 after
    ("overlap", "a quarter of an hour before", {}, (*row(ICU, "2027-01-04 07:00"), *row(VIDEO, "2027-01-04 19:15", hours=1)), 0),
    ("overlap", "a minute less", {}, (*row(ICU, "2027-01-04 07:00"), *row(VIDEO, "2027-01-04 19:14", hours=1)), 1),
    ("overlap", "the half hour after", {}, row(VIDEO, "2027-01-04 07:00", "2027-01-04 19:44"), 1),
    ("rest.between_shifts_hours", "rest begins after it", rest(between_shifts_hours={"cap": 11, "over": 1}), (*row(VIDEO, "2027-01-04 07:00"), *row(ICU, "2027-01-05 06:30")), 0),
    ("rest.between_shifts_hours", "a minute less", rest(between_shifts_hours={"cap": 11, "over": 1}), (*row(VIDEO, "2027-01-04 07:00"), *row(ICU, "2027-01-05 06:29")), 1),
    # a light week
    ("recovery.points_after", "4 points", LIGHT, (*daily(ICU, "2027-01-04 07:00", 0, 1), *fill("2027-01-06", 4)), 0),
    ("recovery.points_after", "7 points, the eighth day is not counted", LIGHT, (*daily(ICU, "2027-01-30 07:00", 0, 1, 3), *fill("2027-02-02", 7, (1,))), 4),
    ("recovery.points_after", "one shift is no block", LIGHT, (*daily(ICU, "2027-01-04 07:00", 0, 2, 4), *fill("2027-01-09", 5)), 0),
    # the order of shifts
    ("prices.backward_rotation", "clockwise", BACKWARD, (*row(ICU, "2027-01-04 07:00", "2027-01-05 14:00", "2027-01-06 22:00", hours=8),), 0),
    ("prices.backward_rotation", "late to day over two free days", BACKWARD, row(ICU, "2027-01-31 14:00", "2027-02-03 07:00", hours=8), 1),
    ("prices.backward_rotation", "beyond 72 hours", BACKWARD, row(ICU, "2027-01-31 14:00", "2027-02-03 22:00", "2027-02-07 08:00", hours=8), 0),
    ("prices.backward_rotation", "night to day with 46 hours between", BACKWARD, row(ICU, "2027-01-04 19:00", "2027-01-07 05:00", hours=12), 0),
    ("prices.backward_rotation", "night to day with an hour less by the clocks of spring", BACKWARD, row(ICU, "2027-03-12 19:00", "2027-03-15 05:00", hours=12), 1),
    ("prices.backward_rotation", "a shift between is the next one", BACKWARD, row(ICU, "2026-12-31 14:00", "2027-01-01 20:00", "2027-01-04 08:00", hours=6), 0),
    # runs
    ("runs.at_most", "four nights", NIGHTS, daily(ICU, "2027-01-30 20:00", *range(4)), 0),
    ("runs.at_most", "five nights", NIGHTS, daily(ICU, "2027-01-30 20:00", *range(5)), 1),
    ("runs.at_most", "two early starts", run(of="early", at_most=1), row(ICU, "2027-01-04 03:00", "2027-01-05 06:59", hours=6), 1),
    ("runs.at_most", "of three that are none: a night, and from 07:00", EARLY, (*row(ICU, "2027-01-04 02:00", "2027-01-05 07:00", "2027-01-06 05:00", "2027-01-07 05:00", hours=4),), 0),
    ("runs.at_most", "five long days to 23:00 are not late", LATE, daily(ICU, "2027-01-04 12:00", *range(5), hours=11), 0),
    ("runs.at_most", "five to 23:30 are", LATE, daily(ICU, "2027-01-29 12:00", *range(5), hours=11.5), 1),
    ("runs.at_most", "five of ten hours are not longer", TEN, daily(ICU, "2027-01-04 08:00", *range(6), hours=10), 0),
    ("runs.at_most", "neither early nor late nor a night", DAY, row(ICU, "2028-02-28 08:00", "2028-02-29 08:00", "2028-03-01 06:00"), 1),
    ("runs.at_most", "nine calls in 28 days, each third day", CALLS, daily(ICU, "2026-12-14 07:00", *range(0, 27, 3), hours=24), 0),
    ("runs.at_most", "a tenth on the 28th", CALLS, daily(ICU, "2026-12-14 07:00", *range(0, 28, 3), hours=24), 1),
    ("runs.rest", "46 hours after three nights", NIGHTS, (*daily(ICU, "2027-01-04 20:00", *range(3)), shift("d", Q, "2027-01-09 06:00", 4)), 0),
    ("runs.rest", "a minute less", NIGHTS, (*daily(ICU, "2027-01-04 20:00", *range(3)), shift("d", Q, "2027-01-09 05:59", 4)), 1),
    ("runs.rest", "an hour less, by the clocks of spring", NIGHTS, (*daily(ICU, "2027-03-10 20:00", *range(3)), shift("d", Q, "2027-03-15 06:00", 4)), 1),
    ("runs.rest", "an hour more, by those of autumn", NIGHTS, (*daily(ICU, "2026-10-28 20:00", *range(3)), shift("d", Q, "2026-11-02 05:00", 4)), 0),
    ("runs.rest", "two nights need none", NIGHTS, (*daily(ICU, "2027-01-04 20:00", *range(2)), shift("d", Q, "2027-01-07 05:59", 4)), 0),
    ("runs.rest", "a fourth night goes on, and the rest is after it", NIGHTS, (*daily(ICU, "2027-01-30 20:00", *range(4)), shift("d", Q, "2027-02-03 22:00", 4)), 1),
    ("runs.rest", "a night off between, and another", NIGHTS, daily(ICU, "2026-12-30 20:00", 0, 1, 2, 4), 1),
    ("runs.rest", "14 hours after a day and a night", IN_HOUSE, (shift("c", ICU, "2027-02-28 07:00", 24), shift("d", Q, "2027-03-01 21:00", 4)), 0),
    ("runs.rest", "a minute less, after the leap day", IN_HOUSE, (shift("c", ICU, "2028-02-29 07:00", 24), shift("d", Q, "2028-03-01 20:59", 4)), 1),
    # on the very edge
    ("rest.weekly_hours", "35 hours between two shifts", FREE, (*daily(ICU, "2027-01-04 08:00", *range(5)), shift("m", Q, "2027-01-10 07:00", 4)), 0),
    ("rest.weekly_hours", "a minute less between them", FREE, (*daily(ICU, "2027-01-04 08:00", *range(5)), shift("m", Q, "2027-01-10 06:59", 18)), 1),
    ("prices.backward_rotation", "72 hours from a night to an afternoon", BACKWARD, row(ICU, "2027-01-31 02:00", "2027-02-03 14:00"), 0),
    ("prices.backward_rotation", "a minute less than 72", BACKWARD, row(ICU, "2027-01-31 02:00", "2027-02-03 13:59"), 1),
    ("prices.backward_rotation", "late, night, and 50 hours later day", BACKWARD, (shift("a", ICU, "2026-12-31 14:00", 1), shift("b", ICU, "2026-12-31 20:00", 6), shift("c", ICU, "2027-01-03 04:00", 6)), 0),
    ("runs.at_most", "06:59 is early, 07:00 is not", run(of="early", at_most=1), row(ICU, "2027-01-04 06:59", "2027-01-05 07:00", hours=6), 0),
    ("runs.at_most", "nights are not late", run(of="late", at_most=1), row(ICU, "2027-01-04 19:00", "2027-01-05 19:00"), 0),
    ("runs.at_most", "nor early, where two hours make a night", {**run(of="early", at_most=1), "night": {"hours": 2}}, row(ICU, "2027-01-04 03:00", "2027-01-05 03:00"), 0),
)  # fmt: skip

RULES_WITH_EXAMPLES = frozenset(rule for rule, *_ in EXAMPLES)


@pytest.mark.parametrize(
    ("rule", "what", "keys", "worked", "units"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else ""
)
def test_example(rule: str, what: str, keys: Keys, worked: Work, units: int) -> None:
    """A sentence of the page, on a roster that anyone can check."""
    assert over(rule, only(**keys), worked) == units, what


# --- What a new user meets ----------------------------------------------------------------------------------------

JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))
LONG_AGO: Keys = {
    "caps": {
        "average_week_hours": {"cap": 48, "weeks": 26},
        "off_days_in": {"cap": 20, "within_days": 92},
        "weekends_in": {"cap": 6, "of": 13},
    },
    "runs": [{"name": "calls", "at_least_hours": 24, "at_most": 30, "within_days": 92}],
}


def known(written: Policy, fewer: int = 0) -> Span:
    dates = timedelta(days=least(written) - fewer)
    return Span(JANUARY.first - dates, JANUARY.last + dates)


def test_half_a_year_is_loaded_but_not_demanded() -> None:
    """Loaders ask for all that an average looks at; where calendars know less, the plan is made all the same."""
    written = only(**LONG_AGO)
    assert reach(written) == 26 * 7 - 1
    assert least(written) < 40
    assert all_limits(written, Roster((), JANUARY, known=known(written))) == []
    with pytest.raises(HistoryTooShortError):
        all_limits(written, Roster((), JANUARY, known=known(written, fewer=1)))


def test_what_is_not_known_counts_as_free() -> None:
    """A window that begins before the known dates is judged by what is known of it: late perhaps, never wrong."""
    written = only(caps={"average_week_hours": {"cap": 10, "weeks": 26}})
    busy = daily(ICU, "2027-01-01 07:00", *range(22))
    for worked, told in ((busy[:21], 0), (busy, 1)):
        limits = all_limits(written, Roster(worked, JANUARY, known=known(written)))
        assert len(breaches(limits, {one.id for one in worked})) == told


# --- What is told -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "worked", "text"),
    [
        (
            {"rest": {"between_shifts_hours": "none", "weekly_hours": {"cap": 35}}},
            (*daily(ICU, "2027-01-04 08:00", *range(6)), shift("m", ICU, "2027-01-11 08:00")),
            "no more than 28 hours without work at a stretch in the 7 days Mon 4 Jan to Sun 10 Jan; you need 35 hours",
        ),
        (
            {"rest": {"between_shifts_hours": "none", "as_long_as_shift": True}},
            row(ICU, "2027-01-04 07:00", "2027-01-05 02:00", hours=10),
            (
                "only 9 hours of rest between icu, Mon 4 Jan 07:00–17:00 and icu, Tue 5 Jan 02:00–12:00; "
                "you need as long as the shift before, 10 hours"
            ),
        ),
        (
            {"rest": {"between_shifts_hours": "none", "as_long_as_shift": True}},
            (
                shift("a", ICU, "2027-01-04 00:00", 16),
                shift("b", ICU, "2027-01-04 17:00", 2),
                shift("c", ICU, "2027-01-04 19:30", 2),
            ),
            "only 1 hour of rest between icu, Mon 4 Jan 00:00–16:00 and icu, Mon 4 Jan 17:00–19:00; you need as long as the shift before, 16 hours",
        ),
        (
            {"recovery": {"days": 0, "points_after": {"cap": 4, "within_days": 3}}},
            (*daily(ICU, "2027-01-04 07:00", 0, 1), *row(TELE, "2027-01-06", "2027-01-07", "2027-01-08")),
            (
                "6 energy points in the 3 days Wed 6 Jan to Fri 8 Jan, after an intense block "
                "(high 3, moderate 2, low 1); your cap is 4"
            ),
        ),
        (
            {"runs": [{"name": "nights", "of": "night", "at_most": 2}]},
            daily(ICU, "2027-01-04 19:00", *range(4)),
            "4 days of “nights” in a row, Mon 4 Jan to Thu 7 Jan; your cap is 2",
        ),
        (
            {"runs": [{"name": "nights", "of": "night", "rest": {"after": 2, "hours": 46}}]},
            (
                *daily(ICU, "2027-01-04 20:00", *range(3)),
                *row(Q, "2027-01-08 12:00", "2027-01-08 17:00", hours=4),
            ),
            (
                "only 28 hours after a run of “nights” between icu, Wed 6 Jan 20:00–08:00 and "
                "quiet-tele, Fri 8 Jan 12:00–16:00; you need 46 hours"
            ),
        ),
        (
            {"caps": {"off_days_in": {"cap": 2, "within_days": 7, "over": 0}}},
            fill("2027-01-04", 6),
            "1 day off in the 7 days Mon 4 Jan to Sun 10 Jan; you keep at least 2",
        ),
    ],
)
def test_each_fact_is_told_once_and_in_numbers_that_people_count(keys: Keys, worked: Work, text: str) -> None:
    """Whatever the sum of a limit is made of, the sentence has hours, points, days."""
    written, shifts = only(**keys), {one.id: one for one in worked}
    over = breaches(all_limits(written, Roster(worked, WIDE)), set(shifts))
    (reason,) = of_breaches(written, over, shifts, set(shifts))
    assert sentence(reason, shifts) == text
    assert headline(reason, shifts)


# --- What may be written --------------------------------------------------------------------------------------------


def test_a_price_is_not_charged_once_for_each_of_many_windows() -> None:
    """Up to two weeks a window may cost; beyond it warns or holds."""
    calls = {"name": "calls", "at_most": 4}
    for days, price, fits in ((14, 100, True), (15, 100, False), (28, 0, True), (28, None, True)):
        text = {**calls, "within_days": days, **({} if price is None else {"over": price})}
        if fits:
            only(runs=[text])
        else:
            with pytest.raises(ValidationError, match="over = 0"):
                only(runs=[text])


def test_sites_say_what_they_are_where_their_stream_does_not() -> None:
    """Clinical is all but the nonclinical stream, in front of a screen is telemedicine; a site may say otherwise."""
    sites = only().site
    assert [sites(key).clinical for key in (ICU, TELE, TEACH, VIDEO)] == [True, True, False, False]
    assert [sites(key).screen for key in (ICU, TELE, TEACH, VIDEO)] == [False, True, False, True]
    assert [sites(key).buffer for key in (ICU, VIDEO)] == [(0, 0), (15, 30)]

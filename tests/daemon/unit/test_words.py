"""The sentence of every rule and gate, word for word, as a clinician reads it."""

from __future__ import annotations

from datetime import date

import pytest

from policy.limits import Reason
from policy.phrases import dollars, hours, ordinal, when
from policy.shift import Span
from policy.words import family, headline, sentence, spoken_rules
from tests.daemon.unit import golden_duty, words_portfolio
from tests.daemon.unit.worlds import JANUARY, shift

SHIFTS = {
    one.id: one
    for one in (
        shift("n", "lakeside-ed", "2027-01-04 19:00"),
        shift("d", "mesa-ed", "2027-01-05 07:30"),
        shift("t", "harbor-tele", "2027-01-09 08:00", 4),
        shift("clocks", "lakeside-ed", "2026-10-31 19:00", 13),
        shift("video", "video", "2027-01-05 18:00", 2),
    )
}
WEEK = Span(date(2027, 1, 4), date(2027, 1, 10))
NIGHT = Span(date(2027, 1, 4), date(2027, 1, 5))
DAY = Span(date(2027, 1, 4), date(2027, 1, 4))

GOLDEN: tuple[tuple[Reason, str, str | None], ...] = (
    (
        Reason("caps.nights_per_month", JANUARY, "nights", 6, 6, 7, ("n",)),
        "a 7th night in January; your cap is 6",
        "7th night, cap 6 · Lakeside ED",
    ),
    (
        Reason("caps.nights_per_month", JANUARY, "nights", 7, 6, 8, ("n",)),
        "an 8th night in January; your cap is 6",
        "8th night, cap 6 · Lakeside ED",
    ),
    (
        Reason("caps.weekends_per_month", JANUARY, "weekends", 2, 2, 3, ("t",)),
        "a 3rd weekend in January; your cap is 2",
        "3rd weekend, cap 2 · Harbor Tele",
    ),
    (
        Reason("caps.high_intensity_per_month", JANUARY, "shifts", 10, 10, 11, ("n", "d")),
        "an 11th high-intensity shift in January; your cap is 10",
        "11th high-intensity shift, cap 10 · Mesa ED",
    ),
    (
        Reason("caps.off_days_per_month", JANUARY, "off days", 4, 4, 1, (), minimum=True),
        "1 day off in January; you keep at least 4",
        "1 day off, at least 4",
    ),
    (
        Reason("caps.hours_per_week", WEEK, "minutes", 3600, 3600, 3690, ("n", "d")),
        "61 hours 30 minutes in the 7 days Mon 4 Jan to Sun 10 Jan; your cap is 60 hours",
        "61 hours 30 minutes in 7 days, cap 60 hours · Mesa ED",
    ),
    (
        Reason("caps.energy_per_7_days", WEEK, "points", 18, 18, 21, ("n", "d")),
        "21 energy points in the 7 days Mon 4 Jan to Sun 10 Jan (high 3, moderate 2, low 1); your cap is 18",
        "21 energy points in 7 days, cap 18 · Mesa ED",
    ),
    (
        Reason("caps.days_in_a_row", WEEK, "days", 6, 6, 7, ("n", "d")),
        "7 days in a row, Mon 4 Jan to Sun 10 Jan; your cap is 6",
        "7 days in a row, cap 6 · Mesa ED",
    ),
    (
        Reason("caps.nights_in_a_row", NIGHT, "nights", 3, 3, 4, ("n",)),
        "4 nights in a row, Mon 4 Jan to Tue 5 Jan; your cap is 3",
        "4 nights in a row, cap 3 · Lakeside ED",
    ),
    (
        Reason("rest.between_shifts_hours", NIGHT, "minutes", None, 660, 30, ("n", "d"), minimum=True),
        "only 30 minutes of rest between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; you need 11 hours",
        "30 minutes of rest, you need 11 hours · Mesa ED",
    ),
    (
        Reason("rest.between_shifts_hours", NIGHT, "minutes", None, 660, -10, ("n", "d"), minimum=True),
        "no rest between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; you need 11 hours",
        "0 hours of rest, you need 11 hours · Mesa ED",
    ),
    (
        Reason("overlap", NIGHT, "shifts", 1, 1, 2, ("n", "d")),
        "2 shifts at the same time: Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30",
        "2 shifts at the same time · Mesa ED",
    ),
    (
        Reason("recovery", NIGHT, "shifts", 0, 0, 1, ("d",)),
        "work on Tue 5 Jan, your recovery day after the block that began Mon 4 Jan",
        "work on a recovery day · Mesa ED",
    ),
    (
        Reason("emr.at_most", WEEK, "EMRs", 2, 2, 3, ("n", "d", "t")),
        "3 record systems (Cerner, Epic, harbor-tele) Mon 4 Jan to Sun 10 Jan; your cap is 2",
        "3 record systems, cap 2 · Harbor Tele",
    ),
    (
        Reason("travel.trips_per_month", JANUARY, "trips", 2, 2, 3, ("d",)),
        "a 3rd trip in January; your cap is 2",
        "3rd trip, cap 2 · Mesa ED",
    ),
    (
        Reason("travel.min_block_days", WEEK, "days", 0, 0, 1, ("d",)),
        "a trip from Mon 4 Jan without work there on Sun 10 Jan; your blocks run longer",
        "a short trip · Mesa ED",
    ),
    (
        Reason("goals.floor_monthly", JANUARY, "cents", 1850000, 2200000, 1850050, (), minimum=True),
        "$18,500.50 towards the floor in January without locums; you need $22,000, short by $3,499.50",
        "floor short by $3,499.50",
    ),
    (
        Reason("streams.telemedicine.min_shifts_per_month", JANUARY, "shifts", 1, 6, 1, ("t",), minimum=True),
        "1 telemedicine shift in January; you want at least 6",
        "1 shift of telemedicine, at least 6",
    ),
    (
        Reason("red", NIGHT, shifts=("n", "r1"), about="school play"),
        "Lakeside ED, Mon 4 Jan 19:00–07:00 falls in your red time (school play)",
        "a shift in your red time · Lakeside ED",
    ),
    (
        Reason("red", NIGHT, shifts=("n", "r1")),
        "Lakeside ED, Mon 4 Jan 19:00–07:00 falls in your red time",
        "a shift in your red time · Lakeside ED",
    ),
    (
        Reason("unwritten", about="[goals] and [caps]"),
        "[goals] and [caps] are not written in your policy yet, and until then nothing is accepted",
        None,
    ),
    (
        Reason("twin", NIGHT, shifts=("n",), about="o9"),
        "the same shift is offered as o9, for as much or more; of so many offers only the best of such is weighed",
        None,
    ),
    (
        Reason("unread", about="work"),
        "the calendar work could not be read yet, and may hold a shift at that time",
        None,
    ),
    (
        Reason("unpublished", NIGHT, shifts=("n",), about="qgenda 2027-01-31"),
        "the schedule qgenda is published up to Sun 31 Jan only; what you work after that is not known yet",
        None,
    ),
    (
        Reason("unpublished", NIGHT, shifts=("n",), about="my own feed 2026-12-31"),
        "the schedule my own feed is published up to Thu 31 Dec only; what you work after that is not known yet",
        None,
    ),
    (Reason("past", DAY, shifts=("n",)), "it has already begun", None),
    (Reason("horizon", JANUARY, shifts=("n",)), "it lies outside the dates being planned (January)", None),
    (Reason("respond_by", about="2027-01-02 12:00"), "the time to answer ended 2027-01-02 12:00", None),
    (Reason("shifts", about="none"), "it names no shift with a date and hours", None),
    (Reason("shifts", NIGHT, shifts=("n", "d"), about="overlap"), "its own shifts overlap", None),
    (
        Reason("pay", about="unknown"),
        "neither the offer nor the site's entry in your policy says what it pays",
        None,
    ),
    (
        Reason("pay", about="visits"),
        "it pays by the visit, and nothing says how many visits an hour brings",
        None,
    ),
    (Reason("pay", about="nothing"), "it pays nothing", None),
    (Reason("pay", about="GBP"), "it pays in GBP, which cannot be weighed against dollars", None),
    (
        Reason("rate_floor", unit="cents", would_be=16650, bound=18000, about="hour", minimum=True),
        "it pays $166.50 an hour; your floor for this site is $180",
        None,
    ),
    (
        Reason("rate_floor", unit="cents", would_be=199900, bound=230000, about="shift", minimum=True),
        "it pays $1,999 a shift; your floor for this site is $2,300",
        None,
    ),
    (Reason("decide", about="locums"), "your policy never takes locums shifts by itself", None),
    (Reason("licence", NIGHT, about="CO"), "no CO licence in your policy", None),
    (
        Reason("licence", NIGHT, about="TX 2027-01-03"),
        "your TX licence ends Sun 3 Jan 2027, before this shift is over",
        None,
    ),
    (
        Reason("privileges", NIGHT, about="2027-01-03"),
        "your privileges there end Sun 3 Jan 2027, before this shift is over",
        None,
    ),
    (
        Reason("malpractice", NIGHT, about="2027-01-03"),
        "your malpractice cover ends Sun 3 Jan 2027, before this shift is over",
        None,
    ),
    (
        Reason("malpractice", NIGHT, about="telemedicine"),
        "your malpractice cover does not name telemedicine",
        None,
    ),
    (
        Reason("travel.tolerance", about="fly"),
        "getting there means to fly, which your travel tolerance leaves out",
        None,
    ),
    (
        Reason("travel.max_drive_minutes", unit="minutes", would_be=95, bound=90),
        "95 minutes of driving each way; your cap is 90",
        None,
    ),
    (
        Reason("price", unit="cents", have=240000, would_be=335000),
        "it pays $2,400 and would cost $3,350 in what it displaces and in the prices you set",
        None,
    ),
    (
        Reason("pauses", Span(date(2027, 1, 1), date(2027, 1, 31)), shifts=("n",), about="new baby"),
        "you take nothing new from Fri 1 Jan 2027 to Sun 31 Jan 2027 (new baby)",
        None,
    ),
    (
        Reason("pauses", Span(date(2027, 1, 1), date.max), shifts=("n",)),
        "you take nothing new from Fri 1 Jan 2027 on",
        None,
    ),
    (
        Reason("non_competes", Span(date.min, date(2027, 6, 30)), about="Ridge Group"),
        "the non-compete Ridge Group holds until Wed 30 Jun 2027",
        None,
    ),
    (Reason("exclude", about="site Mesa ED"), "you never work at Mesa ED, whatever it pays", None),
    (
        Reason("exclude", about="employer Ridge Group"),
        "you never work for Ridge Group, whatever it pays",
        None,
    ),
    (Reason("exclude", about="model dtc"), "you never work in the model “dtc”, whatever it pays", None),
    (
        Reason("exclude", about="setting urgent_care"),
        "you never work in the setting “urgent care”, whatever it pays",
        None,
    ),
    (Reason("exclude", about="state FL"), "you never work in FL, whatever it pays", None),
    (
        Reason("allowed", NIGHT, shifts=("n",), about="Mon Wed 09:00–15:00, or Fri 19:00–07:00"),
        "Lakeside ED, Mon 4 Jan 19:00–07:00 lies outside the hours you allow there (Mon Wed 09:00–15:00, or Fri 19:00–07:00)",
        None,
    ),
    (
        Reason("contract", NIGHT, shifts=("n",), about="begins 2027-02-01"),
        "your contract there begins Mon 1 Feb 2027, after this shift does",
        None,
    ),
    (
        Reason("contract", NIGHT, shifts=("n",), about="ends 2027-01-04"),
        "your contract there ends Mon 4 Jan 2027, before this shift is over",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX training"),
        "your TX licence is for training, and opens nothing outside your programme",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX telemedicine"),
        "your TX licence is for telemedicine only",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX compact"),
        "your TX licence came through the compact, and this wants a full one",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX from 2027-02-01"),
        "your TX licence holds from Mon 1 Feb 2027 on, and this shift begins before",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX expected 2027-03-01"),
        "your TX licence is applied for and expected by Mon 1 Mar 2027; until it is there, it does not count",
        None,
    ),
    (
        Reason("licence", NIGHT, about="TX applied 2026-12-01"),
        "your TX licence was applied for on Tue 1 Dec 2026 and is not there yet",
        None,
    ),
    (
        Reason("credential", NIGHT, about="dea CO"),
        "no DEA for CO in your policy, and it is required here",
        None,
    ),
    (
        Reason("credential", NIGHT, about="dea CO: ends 2027-01-03"),
        "your DEA for CO ends Sun 3 Jan 2027, before this shift is over",
        None,
    ),
    (
        Reason("credential", NIGHT, about="programme_approval: from 2027-02-01"),
        "your programme approval holds from Mon 1 Feb 2027 on, and this shift begins before",
        None,
    ),
    (
        Reason("resident", would_be=1, bound=2, about="pgy", minimum=True),
        "residents may work outside their programme from year 2 on, and you are in year 1",
        None,
    ),
    (
        Reason("resident", bound=2, about="pgy", minimum=True),
        "residents may work outside their programme from year 2 on, and your year is not written",
        None,
    ),
    (
        Reason("resident", about="malpractice"),
        "nothing says who covers your malpractice outside your programme",
        None,
    ),
    (
        Reason("rate_floor", unit="cents", would_be=9230, bound=11000, about="hour in effect", minimum=True),
        "it pays $92.30 an hour in effect, after unpaid time and travel; your floor for this site is $110",
        None,
    ),
    (
        Reason("telemedicine.visits_per_hour", DAY, "visits", 5, 4, 5, ("t",)),
        "up to 5 visits an hour; your cap is 4",
        "5 visits an hour, cap 4 · Harbor Tele",
    ),
    (
        Reason("telemedicine.visits_unknown", unit="visits", bound=4),
        "nothing says how many visits an hour it brings; your cap is 4",
        None,
    ),
    (
        Reason("red_flags", about="quotas 2026-03-03 40 a day, told by phone"),
        "a red flag there is not cleared: visit quotas since Tue 3 Mar 2026: 40 a day, told by phone",
        None,
    ),
    (Reason("red_flags", about="solo"), "a red flag there is not cleared: alone on duty", None),
    (
        Reason("red_flags", about="privacy  no answer yet"),
        "a red flag there is not cleared: privacy: no answer yet",
        None,
    ),
    (
        Reason("malpractice.open", would_be=2, bound=5, about="tail, gaps"),
        "2 of 5 malpractice questions are open (tail, gaps on leaving)",
        None,
    ),
    (
        Reason("malpractice.open", would_be=1, bound=5, about="evidence"),
        "1 of 5 malpractice questions is open (written evidence)",
        None,
    ),
    (Reason("malpractice.telemedicine"), "cover of telemedicine is not confirmed", None),
    (Reason("employment", about="locums"), "nothing says whether locums is 1099 or W-2", None),
    (
        Reason("limited", would_be=2, bound=3, about="TX, FL"),
        "limited to TX, FL: 2 of the 3 states that the site names are open to you",
        None,
    ),
    (
        Reason("contract.notice", shifts=("n",), bound=60, about="2026-11-05"),
        "giving it back takes 60 days of notice there, so it can be done until Thu 5 Nov 2026",
        None,
    ),
    (Reason("choose", None, "offers", 2, 2, 3, ("n",)), "3 of the group would be taken; 2 is the most", None),
    (Reason("site", about="oak-hollow"), "the site oak-hollow is not in your policy", None),
    *golden_duty.GOLDEN,
    *words_portfolio.GOLDEN,
)
"""A reason, its sentence, and its headline where it can be a warning."""


@pytest.mark.parametrize(
    ("reason", "text", "title"), GOLDEN, ids=[f"{n}-{r.rule}" for n, (r, _, _) in enumerate(GOLDEN)]
)
def test_a_reason_is_said_so(reason: Reason, text: str, title: str | None) -> None:
    """Word for word; what is only ever said about an offer has no headline."""
    assert sentence(reason, SHIFTS) == text
    if title is None:
        with pytest.raises(KeyError):
            headline(reason, SHIFTS)
    else:
        assert headline(reason, SHIFTS) == title


def test_every_rule_has_its_golden_sentence() -> None:
    """Nothing that can be said is missing from the list."""
    assert {family(reason.rule) for reason, _, _ in GOLDEN} == spoken_rules()


def test_a_shift_that_is_not_known_is_not_named() -> None:
    """A reason that names shifts nobody has still makes a sentence."""
    for reason, _, _ in GOLDEN:
        assert sentence(reason, {})


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0"), (240_000, "$2,400"), (240_050, "$2,400.50"), (-1_205, "-$12.05"), (5, "$0.05")],
)
def test_dollars(cents: int, text: str) -> None:
    """Whole dollars without cents, odd ones with two digits."""
    assert dollars(cents) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (111, "111th"),
    ],
)
def test_ordinals(number: int, text: str) -> None:
    """As they are said."""
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (60, "1 hour"),
        (0, "0 hours"),
        (690, "11 hours 30 minutes"),
        (658, "10 hours 58 minutes"),
        (61, "1 hour 1 minute"),
        (30, "30 minutes"),
    ],
)
def test_hours(minutes: int, text: str) -> None:
    """To the minute: 10:58 of rest is not 11 hours."""
    assert hours(minutes) == text


def test_spans() -> None:
    """A month, a date, or from one to another."""
    assert [when(span) for span in (JANUARY, DAY, WEEK)] == [
        "January",
        "Mon 4 Jan",
        "Mon 4 Jan to Sun 10 Jan",
    ]

"""The sentences of duty hours and fatigue, word for word; `test_words` reads them."""

from __future__ import annotations

from datetime import date

from policy.limits import Reason
from policy.shift import Span

FIRST, EVENING = date(2027, 1, 4), date(2027, 1, 5)
SHIFT = Span(FIRST, EVENING)
DAY = Span(FIRST, FIRST)
WEEK = Span(FIRST, date(2027, 1, 10))
FOUR_WEEKS = Span(date(2027, 2, 1), date(2027, 2, 28))
"""They are all of February, and yet no month."""

GOLDEN: tuple[tuple[Reason, str, str | None], ...] = (
    (
        Reason("caps.shift_hours", SHIFT, "minutes", 0, 660, 720, ("n",)),
        "a shift of 12 hours (Lakeside ED, Mon 4 Jan 19:00–07:00); your cap is 11 hours",
        "12 hours in one shift, cap 11 hours · Lakeside ED",
    ),
    (
        Reason("caps.shift_hours", SHIFT, "minutes", 0, 720, 780, ("clocks",)),
        "a shift of 13 hours (Lakeside ED, Sat 31 Oct 19:00–07:00; the clocks change in it); your cap is 12 hours",
        "13 hours in one shift, cap 12 hours · Lakeside ED",
    ),
    (
        Reason("caps.night_shift_hours", SHIFT, "minutes", 0, 480, 720, ("n",)),
        "a night shift of 12 hours (Lakeside ED, Mon 4 Jan 19:00–07:00); your cap is 8 hours",
        "12 hours in one night, cap 8 hours · Lakeside ED",
    ),
    (
        Reason("caps.screen_hours_per_day", DAY, "minutes", 240, 480, 570, ("t",)),
        "9 hours 30 minutes in front of a screen on Mon 4 Jan; your cap is 8 hours",
        "9 hours 30 minutes on screen in a day, cap 8 hours · Harbor Tele",
    ),
    (
        Reason("caps.clinical_hours_per_week", WEEK, "minutes", 3600, 3600, 3660, ("n", "d")),
        "61 hours of clinical work in the 7 days Mon 4 Jan to Sun 10 Jan; your cap is 60 hours",
        "61 hours of clinical work in 7 days, cap 60 hours · Mesa ED",
    ),
    (
        Reason("caps.average_week_hours", FOUR_WEEKS, "minutes", 19200, 19200, 19201, ("n", "d")),
        "80 hours 1 minute a week on average over the 4 weeks Mon 1 Feb to Sun 28 Feb; your cap is 80 hours",
        "80 hours 1 minute a week over 4 weeks, cap 80 hours · Mesa ED",
    ),
    (
        Reason("caps.off_days_in", FOUR_WEEKS, "off days", 4, 4, 3, ("n", "d"), minimum=True),
        "3 days off in the 28 days Mon 1 Feb to Sun 28 Feb; you keep at least 4",
        "3 days off, at least 4 · Mesa ED",
    ),
    (
        Reason(
            "caps.weekends_in", Span(date(2027, 1, 9), date(2027, 1, 17)), "weekends", 1, 1, 2, ("n", "t")
        ),
        "2 weekends with work of the 2 from Sat 9 Jan to Sun 17 Jan; your cap is 1",
        "2 weekends with work, cap 1 · Harbor Tele",
    ),
    (
        Reason("rest.weekly_hours", WEEK, "minutes", None, 2100, 1680, ("n", "d"), minimum=True),
        "no more than 28 hours without work at a stretch in the 7 days Mon 4 Jan to Sun 10 Jan; you need 35 hours",
        "28 hours free at a stretch, you need 35 hours · Mesa ED",
    ),
    (
        Reason("rest.as_long_as_shift", SHIFT, "minutes", None, 720, 90, ("n", "d"), minimum=True),
        "only 1 hour 30 minutes of rest between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; you need as long as the shift before, 12 hours",
        "1 hour 30 minutes of rest, you need 12 hours · Mesa ED",
    ),
    (
        Reason("rest.as_long_as_shift", SHIFT, "minutes", None, 720, -10, ("n", "d"), minimum=True),
        "no rest between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; you need as long as the shift before, 12 hours",
        "0 hours of rest, you need 12 hours · Mesa ED",
    ),
    (
        Reason("rest.between_shifts_hours", SHIFT, "minutes", None, 660, 630, ("n", "video"), minimum=True),
        "only 10 hours 30 minutes of rest between Lakeside ED, Mon 4 Jan 19:00–07:00 and Video, Tue 5 Jan 18:00–20:00, beside the minutes you keep free around them; you need 11 hours",
        "10 hours 30 minutes of rest, you need 11 hours · Video",
    ),
    (
        Reason("overlap", SHIFT, "shifts", 1, 1, 2, ("n", "video")),
        "2 shifts without the minutes you keep free around them: Lakeside ED, Mon 4 Jan 19:00–07:00 and Video, Tue 5 Jan 18:00–20:00",
        "2 shifts at the same time · Video",
    ),
    (
        Reason("recovery.points_after", WEEK, "points", 4, 6, 7, ("n", "d")),
        "7 energy points in the 7 days Mon 4 Jan to Sun 10 Jan, after an intense block (high 3, moderate 2, low 1); your cap is 6",
        "7 energy points after a block, cap 6 · Mesa ED",
    ),
    (
        Reason("prices.backward_rotation", SHIFT, "shifts", 1, 1, 2, ("n", "d")),
        "1 step back in the day, Lakeside ED, Mon 4 Jan 19:00–07:00 and then Mesa ED, Tue 5 Jan 07:30–19:30; you want 0",
        "1 step back in the day, you want 0 · Mesa ED",
    ),
    (
        Reason("runs.long-nights.at_most", SHIFT, "days", 1, 1, 2, ("n", "d")),
        "2 days of “long-nights” in a row, Mon 4 Jan to Tue 5 Jan; your cap is 1",
        "2 days of long-nights in a row, cap 1 · Mesa ED",
    ),
    (
        Reason("runs.in-house.at_most", FOUR_WEEKS, "days", 9, 9, 10, ("n", "d")),
        "10 days of “in-house” in the 28 days Mon 1 Feb to Sun 28 Feb; your cap is 9",
        "10 days of in-house, cap 9 · Mesa ED",
    ),
    (
        Reason("runs.long-nights.rest", SHIFT, "minutes", None, 2760, 30, ("n", "d"), minimum=True),
        "only 30 minutes after a run of “long-nights” between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; you need 46 hours",
        "30 minutes after long-nights, you need 46 hours · Mesa ED",
    ),
)

"""The sentences of the rules about streams, sites, trips and income beyond the floor; see `test_words`."""

from __future__ import annotations

from datetime import date

from policy.limits import Reason
from policy.shift import Span
from tests.daemon.unit.worlds import JANUARY

WEEK = Span(date(2027, 1, 4), date(2027, 1, 10))
NIGHT = Span(date(2027, 1, 4), date(2027, 1, 5))
DAY = Span(date(2027, 1, 4), date(2027, 1, 4))
QUARTER = Span(date(2027, 1, 1), date(2027, 3, 31))

GOLDEN: tuple[tuple[Reason, str, str | None], ...] = (
    (
        Reason("streams.per_diem.preferred_weekdays", JANUARY, "shifts", 1, 0, 2, ("n", "d")),
        "2 per-diem shifts in January on weekdays you do not prefer (Mon 4 Jan, Tue 5 Jan); you wish for 0",
        "2 per-diem shifts off your weekdays, 0 wished · Mesa ED",
    ),
    (
        Reason("streams.telemedicine.max_shifts_per_month", JANUARY, "shifts", 8, 8, 9, ("t",)),
        "9 telemedicine shifts in January; your cap is 8",
        "9 telemedicine shifts, cap 8 · Harbor Tele",
    ),
    (
        Reason("streams.telemedicine.hours_per_week", WEEK, "minutes", 1200, 1200, 1290, ("t",)),
        "21 hours 30 minutes of telemedicine in the 7 days Mon 4 Jan to Sun 10 Jan; your cap is 20 hours",
        "21 hours 30 minutes of telemedicine in 7 days, cap 20 hours · Harbor Tele",
    ),
    (
        Reason("streams.locums.sites_per_month", JANUARY, "sites", 1, 1, 2, ("d",)),
        "2 locums sites in January; your cap is 1",
        "2 locums sites, cap 1 · Mesa ED",
    ),
    (
        Reason("streams.telemedicine.shift_hours", DAY, "minutes", 360, 360, 480, ("t",)),
        "a telemedicine shift of 8 hours on Mon 4 Jan; you want at most 6 hours",
        "a shift of 8 hours, at most 6 hours · Harbor Tele",
    ),
    (
        Reason("streams.telemedicine.shift_hours", DAY, "minutes", 240, 240, 210, ("t",), minimum=True),
        "a telemedicine shift of 3 hours 30 minutes on Mon 4 Jan; you want at least 4 hours",
        "a shift of 3 hours 30 minutes, at least 4 hours · Harbor Tele",
    ),
    (
        Reason("telemedicine.per_visit_companies", JANUARY, "companies", 1, 1, 2, ("t",)),
        "2 companies that pay by the visit in January (Harbor Tele); your cap is 1",
        "2 companies by the visit, cap 1 · Harbor Tele",
    ),
    (
        Reason("caps.nights_away_per_month", JANUARY, "nights", 5, 5, 8, ("d",)),
        "an 8th night away in January; your cap is 5",
        "8th night away, cap 5 · Mesa ED",
    ),
    (
        Reason("travel.legs", NIGHT, "minutes", None, 105, 30, ("n", "d"), minimum=True),
        "30 minutes between Lakeside ED, Mon 4 Jan 19:00–07:00 and Mesa ED, Tue 5 Jan 07:30–19:30; the way by home takes 1 hour 45 minutes",
        "30 minutes for a way of 1 hour 45 minutes · Mesa ED",
    ),
    (
        Reason("travel.telemedicine_under_way", DAY, "shifts", 1, 1, 2, ("n", "t")),
        "Harbor Tele, Sat 9 Jan 08:00–12:00 falls on the journey or the trip for Lakeside ED, Mon 4 Jan 19:00–07:00",
        "telemedicine under way, 0 fit · Harbor Tele",
    ),
    (
        Reason("travel.days_between_trips", WEEK, "days", None, 14, 5, ("d",), minimum=True),
        "a trip from Sun 10 Jan, 5 free days after the last one; you want at least 14",
        "5 days since the last trip, at least 14 · Mesa ED",
    ),
    (
        Reason("travel.trips_outside_windows", JANUARY, "trips", 0, 0, 1, ("d",)),
        "a 1st trip in January outside the dates you travel in; your cap is 0",
        "1st trip outside your dates, cap 0 · Mesa ED",
    ),
    (
        Reason("prices.travel_hour", DAY, "minutes", 0, 0, 160, ("d",)),
        "2 hours 40 minutes of travel for Mon 4 Jan, which you price by the hour",
        None,
    ),
    (
        Reason("sites.mesa-ed.travel.cost", DAY, "trips", 0, 0, 1, ("d",)),
        "1 journey to mesa-ed at your own cost, Mon 4 Jan",
        None,
    ),
    (
        Reason("sites.lakeside-ed.min_shifts", QUARTER, "shifts", 1, 6, 1, (), minimum=True),
        "1 shift at lakeside-ed, Fri 1 Jan to Wed 31 Mar; you want at least 6",
        "1 shift at lakeside-ed, at least 6",
    ),
    (
        Reason("sites.lakeside-ed.pattern.weekdays", JANUARY, "shifts", 1, 6, 1, (), minimum=True),
        "1 weekday shift at lakeside-ed in January; you want at least 6",
        "1 weekday shift at lakeside-ed, at least 6",
    ),
    (
        Reason("sites.lakeside-ed.pattern.weekends", JANUARY, "weekends", 0, 1, 0, (), minimum=True),
        "0 weekends at lakeside-ed in January; you want at least 1",
        "0 weekends at lakeside-ed, at least 1",
    ),
    (
        Reason("hands_on.min_shifts_per_month", JANUARY, "shifts", 1, 2, 1, (), minimum=True),
        "1 hands-on shift in January; you want at least 2",
        "1 hands-on shift, at least 2",
    ),
    (
        Reason("caps.new_sites_per_month", JANUARY, "sites", 1, 1, 2, ("n", "d")),
        "2 new sites in January (Lakeside ED, Mesa ED); your cap is 1",
        "2 new sites, cap 1 · Mesa ED",
    ),
    (
        Reason("prices.new_site", JANUARY, "sites", 0, 0, 1, ("d",)),
        "first days at 1 new site, which you price",
        None,
    ),
    (
        Reason("sites.lakeside-ed.hassle", JANUARY, "shifts", 1, 0, 2, ("n",)),
        "2 shifts at lakeside-ed in January, each with the hassle that you price",
        None,
    ),
    (
        Reason("goals.targets.loans", JANUARY, "cents", 2200000, 2500000, 2200050, (), minimum=True),
        "$22,000.50 in January; with your target loans you want $25,000, short by $2,999.50",
        "target loans short by $2,999.50",
    ),
    (
        Reason("goals.smooth", WEEK, "cents", 100000, 400000, 250000, (), minimum=True),
        "$2,500 in the week Mon 4 Jan to Sun 10 Jan; below $4,000 a week is thin",
        None,
    ),
)

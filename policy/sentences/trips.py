"""What rules say of the way there and of nights away."""

from __future__ import annotations

from collections.abc import Mapping

from policy.limits import Reason
from policy.phrases import Head, Line, Shifts, count, day, hours, known, month_cap, nth, shift_line, when


def _legs(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    between = f" between {' and '.join(lines)}" if lines else ""
    return f"{hours(known(reason.would_be))}{between}; the way by home takes {hours(known(reason.bound))}"


def _under_way(reason: Reason, shifts: Shifts) -> str:
    told = [shifts[key] for key in reason.shifts if key in shifts]
    tele = [shift_line(shift) for shift in told if shift.site.stream == "telemedicine"]
    out = [shift_line(shift) for shift in told if shift.site.stream != "telemedicine"]
    what = " and ".join(tele) or "a telemedicine shift"
    there = f" for {' and '.join(out)}" if out else ""
    return f"{what} falls on the journey or the trip{there}"


def _between_trips(reason: Reason, _: Shifts) -> str:
    assert reason.span
    free = count(known(reason.would_be), "free day")
    return f"a trip from {day(reason.span.last)}, {free} after the last one; you want at least {known(reason.bound)}"


def _travel_hours(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"{hours(known(reason.would_be))} of travel for {when(reason.span)}, which you price by the hour"


def _cost(reason: Reason, _: Shifts) -> str:
    assert reason.span
    site = reason.rule.split(".")[1]
    return f"{count(known(reason.would_be), 'journey')} to {site} at your own cost, {when(reason.span)}"


LINES: Mapping[str, Line] = {
    "caps.nights_away_per_month": month_cap("night away"),
    "travel.legs": _legs,
    "travel.telemedicine_under_way": _under_way,
    "travel.days_between_trips": _between_trips,
    "travel.trips_outside_windows": month_cap("trip", " outside the dates you travel in"),
    "prices.travel_hour": _travel_hours,
    "sites.travel.cost": _cost,
}

HEADS: Mapping[str, Head] = {
    "caps.nights_away_per_month": nth("night away"),
    "travel.legs": lambda reason: (
        f"{hours(known(reason.would_be))} for a way of {hours(known(reason.bound))}"
    ),
    "travel.telemedicine_under_way": lambda _: "telemedicine under way, 0 fit",
    "travel.days_between_trips": lambda reason: (
        f"{count(known(reason.would_be), 'day')} since the last trip, at least {known(reason.bound)}"
    ),
    "travel.trips_outside_windows": nth("trip outside your dates"),
}
"""Tolls have none: nobody is warned of them."""

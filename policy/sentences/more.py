"""What would have to give way for an offer, and one unit more of a cap, in the words of the policy.

Both speak of a reason whose `would_be` is what is asked for beyond `bound`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policy.limits import Reason
from policy.phrases import article, count, day, hours, known, named, ordinal, when
from policy.shift import Month, Span

Words = Callable[[Reason], str]
WEEK = 7


def _where(span: Span | None) -> str:
    """`in January`, `on Mon 4 Jan`, `in the 7 days Mon 4 Jan to Sun 10 Jan`."""
    assert span
    if span == Span.month(Month.of(span.first)):
        return f"in {when(span)}"
    if span.first == span.last:
        return f"on {day(span.first)}"
    return f"in the {(span.last - span.first).days + 1} days {when(span)}"


def _beyond(reason: Reason) -> int:
    return abs(known(reason.would_be) - known(reason.bound))


def _one(number: int, what: str, many: str | None = None) -> str:
    """`one more night`, `2 more nights`."""
    return f"one more {what}" if number == 1 else f"{number:,} more {many or what + 's'}"


# -- what gives way ------------------------------------------------------------------------------------------------


def _more(what: str, many: str | None = None) -> Words:
    return lambda reason: f"{_one(_beyond(reason), what, many)} {_where(reason.span)}"


def _more_of(what: str) -> Words:
    """Of a stream's."""
    return lambda reason: f"{_one(_beyond(reason), f'{named(reason)} {what}')} {_where(reason.span)}"


def _longer(tail: str) -> Words:
    """Minutes beyond a cap."""
    return lambda reason: f"{hours(_beyond(reason))} more {tail} {_where(reason.span)}"


def _less(what: str, many: str | None = None) -> Words:
    return lambda reason: f"{count(_beyond(reason), what, many)} less {_where(reason.span)}"


def _shorter(tail: str) -> Words:
    return lambda reason: f"{hours(_beyond(reason))} less {tail} {_where(reason.span)}"


def _rest(reason: Reason) -> str:
    assert reason.span
    return f"{hours(_beyond(reason))} less rest, {when(reason.span)}"


def _average(reason: Reason) -> str:
    assert reason.span
    weeks = ((reason.span.last - reason.span.first).days + 1) // WEEK or 1
    return f"{hours(-(-_beyond(reason) // weeks))} more a week on average {_where(reason.span)}"


def _length(reason: Reason) -> str:
    which = "shorter" if reason.minimum else "longer"
    return f"{named(reason)} shifts {hours(_beyond(reason))} {which} than you want them"


def _recovery(reason: Reason) -> str:
    assert reason.span
    return f"work on a recovery day, {day(reason.span.last)}"


def _short_trip(reason: Reason) -> str:
    assert reason.span
    return f"a trip from {day(reason.span.first)} that is shorter than your blocks"


def _under_way(reason: Reason) -> str:
    return f"telemedicine on the way or on a date of a trip, {_where(reason.span)}"


RELAXED: Mapping[str, Words] = {
    "caps.nights_per_month": _more("night"),
    "caps.weekends_per_month": _more("weekend"),
    "caps.high_intensity_per_month": _more("high-intensity shift"),
    "caps.off_days_per_month": _less("day off", "days off"),
    "caps.nights_away_per_month": _more("night away", "nights away"),
    "caps.new_sites_per_month": _more("new site"),
    "caps.hours_per_week": _longer("of work"),
    "caps.clinical_hours_per_week": _longer("of clinical work"),
    "caps.energy_per_7_days": _more("energy point"),
    "caps.days_in_a_row": _more("day in a row", "days in a row"),
    "caps.nights_in_a_row": _more("night in a row", "nights in a row"),
    "caps.shift_hours": _longer("in one shift"),
    "caps.night_shift_hours": _longer("in one night shift"),
    "caps.screen_hours_per_day": _longer("in front of a screen"),
    "caps.average_week_hours": _average,
    "caps.off_days_in": _less("day off", "days off"),
    "caps.weekends_in": _more("weekend with work", "weekends with work"),
    "rest.between_shifts_hours": _rest,
    "rest.as_long_as_shift": _rest,
    "rest.weekly_hours": _shorter("without work at a stretch"),
    "recovery": _recovery,
    "recovery.points_after": _more(
        "energy point after an intense block", "energy points after an intense block"
    ),
    "emr.at_most": _more("record system"),
    "runs.at_most": lambda reason: (
        f"{_one(_beyond(reason), 'day')} of “{named(reason)}” {_where(reason.span)}"
    ),
    "runs.rest": lambda reason: (
        f"{hours(_beyond(reason))} less rest after a run of “{named(reason)}” {_where(reason.span)}"
    ),
    "streams.max_shifts_per_month": _more_of("shift"),
    "streams.hours_per_week": lambda reason: (
        f"{hours(_beyond(reason))} more of {named(reason)} {_where(reason.span)}"
    ),
    "streams.sites_per_month": _more_of("site"),
    "streams.shift_hours": _length,
    "telemedicine.per_visit_companies": _more(
        "company that pays by the visit", "companies that pay by the visit"
    ),
    "travel.trips_per_month": _more("trip"),
    "travel.trips_outside_windows": _more("trip outside your dates", "trips outside your dates"),
    "travel.min_block_days": _short_trip,
    "travel.days_between_trips": _less("free day between trips", "free days between trips"),
    "travel.telemedicine_under_way": _under_way,
}
"""By families of rules. The others never give way: nobody works two shifts at once, or in red time."""


# -- one more of a cap ---------------------------------------------------------------------------------------------


def _nth(what: str) -> Words:
    return lambda reason: f"{article(ordinal(known(reason.would_be)))} {what} {_where(reason.span)}"


def _nth_of(what: str) -> Words:
    return lambda reason: _nth(f"{named(reason)} {what}")(reason)


def _instead(told: Callable[[int], str], tail: str) -> Words:
    """`61 hours in any 7 days, instead of 60 hours`."""
    return lambda reason: f"{told(known(reason.would_be))} {tail}, instead of {told(known(reason.bound))},"


def _days(number: int) -> str:
    return count(number, "day")


RAISED: Mapping[str, Words] = {
    "caps.nights_per_month": _nth("night"),
    "caps.weekends_per_month": _nth("weekend"),
    "caps.high_intensity_per_month": _nth("high-intensity shift"),
    "caps.off_days_per_month": lambda reason: (
        f"{count(known(reason.would_be), 'day')} off {_where(reason.span)}, instead of {known(reason.bound)},"
    ),
    "caps.nights_away_per_month": _nth("night away"),
    "caps.new_sites_per_month": _nth("new site"),
    "caps.hours_per_week": _instead(hours, "in any 7 days"),
    "caps.clinical_hours_per_week": _instead(hours, "of clinical work in any 7 days"),
    "caps.energy_per_7_days": _instead(lambda n: count(n, "energy point"), "in any 7 days"),
    "caps.days_in_a_row": _instead(_days, "of work in a row"),
    "caps.nights_in_a_row": _instead(lambda n: count(n, "night"), "in a row"),
    "caps.screen_hours_per_day": _instead(hours, "in front of a screen a day"),
    "caps.off_days_in": _instead(_days, "off within the days you set"),
    "caps.weekends_in": _instead(lambda n: count(n, "weekend"), "with work within the days you set"),
    "rest.between_shifts_hours": _instead(hours, "of rest between two shifts"),
    "emr.at_most": _instead(lambda n: count(n, "record system"), "within the days you set"),
    "streams.max_shifts_per_month": _nth_of("shift"),
    "streams.hours_per_week": lambda reason: _instead(hours, f"of {named(reason)} in any 7 days")(reason),
    "streams.sites_per_month": _nth_of("site"),
    "telemedicine.per_visit_companies": _nth("company that pays by the visit"),
    "travel.trips_per_month": _nth("trip"),
    "travel.trips_outside_windows": _nth("trip outside your dates"),
}
"""The caps of which a clinician may think of one more."""

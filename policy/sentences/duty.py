"""What the rules of duty hours and fatigue say."""

from __future__ import annotations

from collections.abc import Mapping

from policy.limits import Reason
from policy.phrases import Head, Line, Shifts, count, day, hours, known, named, shift_line
from policy.shift import MINUTE, Shift, Span

WEEK = 7


def _dates(span: Span) -> str:
    """`the 28 days Mon 4 Jan to Sun 31 Jan`: a window is no month, even where it happens to be one."""
    return f"the {(span.last - span.first).days + 1} days {day(span.first)} to {day(span.last)}"


def _which(reason: Reason, shifts: Shifts) -> list[Shift]:
    return [shifts[key] for key in reason.shifts if key in shifts]


def _clocks(shift: Shift) -> str:
    """Where the hours are not those of the clock, why."""
    shown = shift.end.replace(tzinfo=None) - shift.start.replace(tzinfo=None)
    return "; the clocks change in it" if shown // MINUTE != shift.minutes else ""


def _shift_hours(one: str) -> Line:
    def line(reason: Reason, shifts: Shifts) -> str:
        mine = "".join(f" ({shift_line(shift)}{_clocks(shift)})" for shift in _which(reason, shifts)[:1])
        return f"a {one} of {hours(known(reason.would_be))}{mine}; your cap is {hours(known(reason.bound))}"

    return line


def _screen(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{hours(known(reason.would_be))} in front of a screen on {day(reason.span.first)}; "
        f"your cap is {hours(known(reason.bound))}"
    )


def _clinical(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{hours(known(reason.would_be))} of clinical work in {_dates(reason.span)}; "
        f"your cap is {hours(known(reason.bound))}"
    )


def _weekly(reason: Reason) -> tuple[str, int, str]:
    """The average (rounded up, so that too much never looks like enough), the weeks, the bound."""
    assert reason.span
    weeks = ((reason.span.last - reason.span.first).days + 1) // WEEK or 1
    return hours(-(-known(reason.would_be) // weeks)), weeks, hours(known(reason.bound) // weeks)


def _average(reason: Reason, _: Shifts) -> str:
    assert reason.span
    have, weeks, cap = _weekly(reason)
    return (
        f"{have} a week on average over the {weeks} weeks {day(reason.span.first)} to {day(reason.span.last)}; "
        f"your cap is {cap}"
    )


def _average_head(reason: Reason) -> str:
    have, weeks, cap = _weekly(reason)
    return f"{have} a week over {weeks} weeks, cap {cap}"


def _off_days(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), 'day')} off in {_dates(reason.span)}; "
        f"you keep at least {known(reason.bound)}"
    )


def _running(span: Span) -> int:
    return ((span.last - span.first).days + WEEK) // WEEK


def _weekends(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), 'weekend')} with work of the {_running(reason.span)} from "
        f"{day(reason.span.first)} to {day(reason.span.last)}; your cap is {known(reason.bound)}"
    )


def _weekly_rest(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"no more than {hours(known(reason.would_be))} without work at a stretch in {_dates(reason.span)}; "
        f"you need {hours(known(reason.bound))}"
    )


def _between(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shift) for shift in _which(reason, shifts)]
    return f" between {' and '.join(lines)}" if len(lines) > 1 else ""


def _as_long(reason: Reason, shifts: Shifts) -> str:
    gap = known(reason.would_be)
    rest = "no rest" if gap <= 0 else f"only {hours(gap)} of rest"
    return f"{rest}{_between(reason, shifts)}; you need as long as the shift before, {hours(known(reason.bound))}"


def _light(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), 'energy point')} in {_dates(reason.span)}, after an intense block "
        f"(high 3, moderate 2, low 1); your cap is {known(reason.bound)}"
    )


def _backward(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shift) for shift in _which(reason, shifts)]
    steps = f", {' and then '.join(lines)}" if len(lines) > 1 else ""
    return f"{known(reason.would_be) - 1} step back in the day{steps}; you want {known(reason.bound) - 1}"


def _in_a_row(reason: Reason) -> bool:
    """A run names no more dates than there are; in a window some are free, or the run fills it."""
    assert reason.span
    return (reason.span.last - reason.span.first).days + 1 == known(reason.would_be)


def _run(reason: Reason, _: Shifts) -> str:
    assert reason.span
    dates = f"{day(reason.span.first)} to {day(reason.span.last)}"
    where = f"in a row, {dates}" if _in_a_row(reason) else f"in {_dates(reason.span)}"
    return f"{count(known(reason.would_be), 'day')} of “{named(reason)}” {where}; your cap is {known(reason.bound)}"


def _run_head(reason: Reason) -> str:
    where = " in a row" if reason.span and _in_a_row(reason) else ""
    return f"{count(known(reason.would_be), 'day')} of {named(reason)}{where}, cap {known(reason.bound)}"


def _run_rest(reason: Reason, shifts: Shifts) -> str:
    return (
        f"only {hours(max(0, known(reason.would_be)))} after a run of “{named(reason)}”"
        f"{_between(reason, shifts)}; you need {hours(known(reason.bound))}"
    )


LINES: Mapping[str, Line] = {
    "caps.shift_hours": _shift_hours("shift"),
    "caps.night_shift_hours": _shift_hours("night shift"),
    "caps.screen_hours_per_day": _screen,
    "caps.clinical_hours_per_week": _clinical,
    "caps.average_week_hours": _average,
    "caps.off_days_in": _off_days,
    "caps.weekends_in": _weekends,
    "rest.weekly_hours": _weekly_rest,
    "rest.as_long_as_shift": _as_long,
    "recovery.points_after": _light,
    "prices.backward_rotation": _backward,
    "runs.at_most": _run,
    "runs.rest": _run_rest,
}


def _time(tail: str) -> Head:
    return lambda reason: f"{hours(known(reason.would_be))} {tail}, cap {hours(known(reason.bound))}"


def _need(tail: str) -> Head:
    return lambda reason: (
        f"{hours(max(0, known(reason.would_be)))} {tail}, you need {hours(known(reason.bound))}"
    )


HEADS: Mapping[str, Head] = {
    "caps.shift_hours": _time("in one shift"),
    "caps.night_shift_hours": _time("in one night"),
    "caps.screen_hours_per_day": _time("on screen in a day"),
    "caps.clinical_hours_per_week": _time("of clinical work in 7 days"),
    "caps.average_week_hours": _average_head,
    "caps.off_days_in": lambda reason: (
        f"{count(known(reason.would_be), 'day')} off, at least {known(reason.bound)}"
    ),
    "caps.weekends_in": lambda reason: (
        f"{count(known(reason.would_be), 'weekend')} with work, cap {known(reason.bound)}"
    ),
    "rest.weekly_hours": _need("free at a stretch"),
    "rest.as_long_as_shift": _need("of rest"),
    "recovery.points_after": lambda reason: (
        f"{count(known(reason.would_be), 'energy point')} after a block, cap {known(reason.bound)}"
    ),
    "prices.backward_rotation": lambda reason: (
        f"{known(reason.would_be) - 1} step back in the day, you want {known(reason.bound) - 1}"
    ),
    "runs.at_most": _run_head,
    "runs.rest": lambda reason: (
        f"{hours(max(0, known(reason.would_be)))} after {named(reason)}, you need {hours(known(reason.bound))}"
    ),
}

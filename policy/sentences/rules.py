"""What rules say of a month, a week, two shifts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from policy.limits import Reason
from policy.phrases import (
    Head,
    Line,
    Shifts,
    count,
    day,
    dollars,
    hours,
    known,
    month_cap,
    named,
    nth,
    shift_line,
    when,
)
from policy.shift import Shift


def _off_days(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), 'day')} off in {when(reason.span)}; "
        f"you keep at least {known(reason.bound)}"
    )


def _hours_week(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{hours(known(reason.would_be))} in the 7 days {when(reason.span)}; "
        f"your cap is {hours(known(reason.bound))}"
    )


def _energy(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), 'energy point')} in the 7 days {when(reason.span)} "
        f"(high 3, moderate 2, low 1); your cap is {known(reason.bound)}"
    )


def _in_a_row(one: str) -> Line:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        return f"{count(known(reason.would_be), one)} in a row, {when(reason.span)}; your cap is {known(reason.bound)}"

    return line


def _emr(reason: Reason, shifts: Shifts) -> str:
    assert reason.span
    names = sorted({shifts[key].site.emr or "" for key in reason.shifts if key in shifts})
    return (
        f"{count(known(reason.would_be), 'record system')} ({', '.join(names)}) "
        f"{when(reason.span)}; your cap is {known(reason.bound)}"
    )


def _overlap(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    if _apart([shifts[key] for key in reason.shifts if key in shifts]):
        return (
            f"{known(reason.would_be)} shifts without the minutes you keep free around them: "
            f"{' and '.join(lines)}"
        )
    return f"{known(reason.would_be)} shifts at the same time: {' and '.join(lines)}"


def _apart(named: Sequence[Shift]) -> bool:
    """Only what is kept free around them overlaps."""
    return any(shift.site.buffer != (0, 0) for shift in named) and not any(
        one.begins < other.ends and other.begins < one.ends for one, other in combinations(named, 2)
    )


def _rest(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    bound = "" if reason.bound is None else f"; you need {hours(reason.bound)}"
    gap = known(reason.would_be)
    between = f" between {' and '.join(lines)}" if lines else ""
    kept = any(shifts[key].site.buffer != (0, 0) for key in reason.shifts if key in shifts)
    buffer = ", beside the minutes you keep free around them" if kept else ""
    return f"{'no rest' if gap <= 0 else f'only {hours(gap)} of rest'}{between}{buffer}{bound}"


def _recovery(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"work on {day(reason.span.last)}, your recovery day after the block that began {day(reason.span.first)}"


def _trips(reason: Reason, shifts: Shifts) -> str:
    return month_cap("trip")(reason, shifts)


def _short_block(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"a trip from {day(reason.span.first)} without work there on {day(reason.span.last)}; your blocks run longer"


def _floor(reason: Reason, _: Shifts) -> str:
    assert reason.span
    have, bound = known(reason.would_be), known(reason.bound)
    return (
        f"{dollars(have)} towards the floor in {when(reason.span)} without locums; "
        f"you need {dollars(bound)}, short by {dollars(bound - have)}"
    )


def _min_shifts(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(known(reason.would_be), f'{named(reason)} shift')} in {when(reason.span)}; "
        f"you want at least {known(reason.bound)}"
    )


def _red(reason: Reason, shifts: Shifts) -> str:
    names = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    title = f" ({reason.about})" if reason.about else ""
    return f"{' and '.join(names) or 'it'} falls in your red time{title}"


LINES: Mapping[str, Line] = {
    "caps.nights_per_month": month_cap("night"),
    "caps.weekends_per_month": month_cap("weekend"),
    "caps.high_intensity_per_month": month_cap("high-intensity shift"),
    "caps.off_days_per_month": _off_days,
    "caps.hours_per_week": _hours_week,
    "caps.energy_per_7_days": _energy,
    "caps.days_in_a_row": _in_a_row("day"),
    "caps.nights_in_a_row": _in_a_row("night"),
    "rest.between_shifts_hours": _rest,
    "overlap": _overlap,
    "recovery": _recovery,
    "emr.at_most": _emr,
    "travel.trips_per_month": _trips,
    "travel.min_block_days": _short_block,
    "goals.floor_monthly": _floor,
    "streams.min_shifts_per_month": _min_shifts,
    "red": _red,
    "telemedicine.visits_per_hour": lambda reason, _: (
        f"up to {count(known(reason.would_be), 'visit')} an hour; your cap is {known(reason.bound)}"
    ),
}


def _many(one: str, tail: str = "") -> Head:
    return lambda reason: f"{count(known(reason.would_be), one)}{tail}, cap {known(reason.bound)}"


def _plain(text: str) -> Head:
    return lambda _: text


HEADS: Mapping[str, Head] = {
    "caps.nights_per_month": nth("night"),
    "caps.weekends_per_month": nth("weekend"),
    "caps.high_intensity_per_month": nth("high-intensity shift"),
    "caps.off_days_per_month": lambda reason: (
        f"{count(known(reason.would_be), 'day')} off, at least {known(reason.bound)}"
    ),
    "caps.hours_per_week": lambda reason: (
        f"{hours(known(reason.would_be))} in 7 days, cap {hours(known(reason.bound))}"
    ),
    "caps.energy_per_7_days": _many("energy point", " in 7 days"),
    "caps.days_in_a_row": _many("day", " in a row"),
    "caps.nights_in_a_row": _many("night", " in a row"),
    "rest.between_shifts_hours": lambda reason: (
        f"{hours(max(0, known(reason.would_be)))} of rest, you need {hours(known(reason.bound))}"
    ),
    "overlap": lambda reason: f"{known(reason.would_be)} shifts at the same time",
    "recovery": _plain("work on a recovery day"),
    "emr.at_most": _many("record system"),
    "travel.trips_per_month": nth("trip"),
    "travel.min_block_days": _plain("a short trip"),
    "goals.floor_monthly": lambda reason: (
        f"floor short by {dollars(known(reason.bound) - known(reason.would_be))}"
    ),
    "streams.min_shifts_per_month": lambda reason: (
        f"{count(known(reason.would_be), 'shift')} of {named(reason)}, at least {known(reason.bound)}"
    ),
    "red": _plain("a shift in your red time"),
    "telemedicine.visits_per_hour": _many("visit", " an hour"),
}

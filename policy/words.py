"""Reasons and breaches as the sentences a clinician reads: the number and the cap always in them, no jargon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from policy.limits import Reason
from policy.shift import Month, Shift, Span

Shifts = Mapping[str, Shift]


def dollars(cents: int) -> str:
    """`$2,400`, or `$2,400.50` where there are odd cents; a minus goes first."""
    sign, whole, odd = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    return f"{sign}${whole:,}.{odd:02}" if odd else f"{sign}${whole:,}"


def ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hours(minutes: int) -> str:
    """`60 hours`, `11 hours 30 minutes`: to the minute, so that 10:58 is never told as 11."""
    whole, odd = divmod(minutes, 60)
    parts = [count(whole, "hour")] if whole or not odd else []
    return " ".join([*parts, count(odd, "minute")] if odd else parts)


def day(when: date) -> str:
    return f"{when:%a} {when.day} {when:%b}"


def when(span: Span) -> str:
    """`January`, `Mon 4 Jan`, or `Mon 4 Jan to Sun 10 Jan`."""
    if span == Span.month(Month.of(span.first)):
        return f"{span.first:%B}"
    return day(span.first) if span.first == span.last else f"{day(span.first)} to {day(span.last)}"


def clock(instant: datetime) -> str:
    return f"{day(instant.date())} {instant:%H:%M}"


def shift_line(shift: Shift) -> str:
    return f"{shift.site.name}, {clock(shift.start)}–{shift.end:%H:%M}"


def sentence(reason: Reason, shifts: Shifts) -> str:
    """One sentence for a reason. `shifts` are all shifts it may name, by id; an id that is missing is not named."""
    return _LINES[family(reason.rule)](reason, shifts)


def family(rule: str) -> str:
    """Rules that carry a stream's name share one sentence."""
    return "streams.min_shifts_per_month" if rule.startswith("streams.") else rule


def _known(number: int | None) -> int:
    return number or 0


def _month_cap(one: str, extra: str = "") -> Callable[[Reason, Shifts], str]:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        return (
            f"{_article(ordinal(_known(reason.would_be)))} {one} in {when(reason.span)}{extra}; "
            f"your cap is {_known(reason.bound)}"
        )

    return line


def _article(text: str) -> str:
    return f"an {text}" if text.startswith(("8", "11th", "18th")) else f"a {text}"


def _off_days(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(_known(reason.would_be), 'day')} off in {when(reason.span)}; "
        f"you keep at least {_known(reason.bound)}"
    )


def _hours_week(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{hours(_known(reason.would_be))} in the 7 days {when(reason.span)}; "
        f"your cap is {hours(_known(reason.bound))}"
    )


def _energy(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return (
        f"{count(_known(reason.would_be), 'energy point')} in the 7 days {when(reason.span)} "
        f"(high 3, moderate 2, low 1); your cap is {_known(reason.bound)}"
    )


def _in_a_row(one: str) -> Callable[[Reason, Shifts], str]:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        return f"{count(_known(reason.would_be), one)} in a row, {when(reason.span)}; your cap is {_known(reason.bound)}"

    return line


def _emr(reason: Reason, shifts: Shifts) -> str:
    assert reason.span
    names = sorted({shifts[key].site.emr or "" for key in reason.shifts if key in shifts})
    return (
        f"{count(_known(reason.would_be), 'record system')} ({', '.join(names)}) "
        f"{when(reason.span)}; your cap is {_known(reason.bound)}"
    )


def _overlap(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    return f"{_known(reason.would_be)} shifts at the same time, 1 is the most: {' and '.join(lines)}"


def _rest(reason: Reason, shifts: Shifts) -> str:
    lines = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    bound = "" if reason.bound is None else f"; you need {hours(reason.bound)}"
    gap = _known(reason.would_be)
    between = f" between {' and '.join(lines)}" if lines else ""
    return f"{'no rest' if gap <= 0 else f'only {hours(gap)} of rest'}{between}{bound}"


def _recovery(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"work on {day(reason.span.last)}, your recovery day after the block that began {day(reason.span.first)}; 0 shifts fit there"


def _trips(reason: Reason, shifts: Shifts) -> str:
    return _month_cap("trip")(reason, shifts)


def _short_block(reason: Reason, _: Shifts) -> str:
    assert reason.span
    return f"a trip from {day(reason.span.first)} without work there on {day(reason.span.last)}; your blocks run longer"


def _floor(reason: Reason, _: Shifts) -> str:
    assert reason.span
    have, bound = _known(reason.would_be), _known(reason.bound)
    return (
        f"{dollars(have)} towards the floor in {when(reason.span)} without locums; "
        f"you need {dollars(bound)}, short by {dollars(bound - have)}"
    )


def _min_shifts(reason: Reason, _: Shifts) -> str:
    assert reason.span
    stream = reason.rule.split(".")[1].replace("_", "-")
    return (
        f"{count(_known(reason.would_be), f'{stream} shift')} in {when(reason.span)}; "
        f"you want at least {_known(reason.bound)}"
    )


def _red(reason: Reason, shifts: Shifts) -> str:
    names = [shift_line(shifts[key]) for key in reason.shifts if key in shifts]
    title = f" ({reason.about})" if reason.about else ""
    return f"{' and '.join(names) or 'it'} falls in your red time{title}"


def _gate(text: str) -> Callable[[Reason, Shifts], str]:
    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span or "{span}" not in text
        return text.format(about=reason.about, span=when(reason.span) if reason.span else "")

    return line


def _unwritten(reason: Reason, _: Shifts) -> str:
    verb = "are" if " and " in reason.about else "is"
    return f"{reason.about} {verb} not written in your policy yet, and until then nothing is accepted"


def _unpublished(reason: Reason, _: Shifts) -> str:
    name, _space, last = reason.about.rpartition(" ")
    told = day(date.fromisoformat(last))
    return f"the schedule {name} is published up to {told} only; what you work after that is not known yet"


def _pay(reason: Reason, _: Shifts) -> str:
    if reason.about == "unknown":
        return "neither the offer nor the site's entry in your policy says what it pays"
    if reason.about == "visits":
        return "it pays by the visit, and nothing says how many visits an hour brings"
    if reason.about == "nothing":
        return "it pays nothing"
    return f"it pays in {reason.about}, which cannot be weighed against dollars"


def _rate_floor(reason: Reason, _: Shifts) -> str:
    return (
        f"it pays {dollars(_known(reason.would_be))} {_per(reason.about)}; "
        f"your floor for this site is {dollars(_known(reason.bound))}"
    )


def _per(unit: str) -> str:
    return "an hour" if unit == "hour" else f"a {unit}"


def _licence(reason: Reason, _: Shifts) -> str:
    state, _sep, until = reason.about.partition(" ")
    if until:
        return f"your {state} licence ends {day(date.fromisoformat(until))} {until[:4]}, before this shift is over"
    return f"no {state} licence in your policy"


def _until(what: str) -> Callable[[Reason, Shifts], str]:
    def line(reason: Reason, _: Shifts) -> str:
        if not reason.about[:4].isdigit():
            return f"your malpractice cover does not name {reason.about}"
        return f"{what} end{'s' if what.endswith('cover') else ''} {day(date.fromisoformat(reason.about))} {reason.about[:4]}, before this shift is over"

    return line


def _drive(reason: Reason, _: Shifts) -> str:
    return f"{_known(reason.would_be)} minutes of driving each way; your cap is {_known(reason.bound)}"


def _shifts(reason: Reason, _: Shifts) -> str:
    if reason.about == "none":
        return "it names no shift with a date and hours"
    return "its own shifts overlap"


def _price(reason: Reason, _: Shifts) -> str:
    return (
        f"it pays {dollars(_known(reason.have))} and would cost {dollars(_known(reason.would_be))} "
        "in what it displaces and in the prices you set"
    )


_LINES: Mapping[str, Callable[[Reason, Shifts], str]] = {
    "caps.nights_per_month": _month_cap("night"),
    "caps.weekends_per_month": _month_cap("weekend"),
    "caps.high_intensity_per_month": _month_cap("high-intensity shift"),
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
    "unwritten": _unwritten,
    "unread": _gate("the calendar {about} could not be read yet, and may hold a shift at that time"),
    "unpublished": _unpublished,
    "past": _gate("it has already begun"),
    "horizon": _gate("it lies outside the dates being planned ({span})"),
    "respond_by": _gate("the time to answer ended {about}"),
    "shifts": _shifts,
    "pay": _pay,
    "rate_floor": _rate_floor,
    "decide": _gate("your policy never takes {about} shifts by itself"),
    "licence": _licence,
    "privileges": _until("your privileges there"),
    "malpractice": _until("your malpractice cover"),
    "travel.tolerance": _gate("getting there means to {about}, which your travel tolerance leaves out"),
    "travel.max_drive_minutes": _drive,
    "price": _price,
    "choose": lambda reason, _: (
        f"{_known(reason.would_be)} of the group would be taken; {_known(reason.bound)} is the most"
    ),
    "site": _gate("the site {about} is not in your policy"),
}


def spoken_rules() -> frozenset[str]:
    """The rules and gates that have a sentence."""
    return frozenset(_LINES)


def headline(reason: Reason, shifts: Shifts) -> str:
    """A few words for a calendar title: the number, the cap, and where."""
    have, cap = _known(reason.would_be), _known(reason.bound)
    match family(reason.rule):
        case "caps.nights_per_month":
            text = f"{ordinal(have)} night, cap {cap}"
        case "caps.weekends_per_month":
            text = f"{ordinal(have)} weekend, cap {cap}"
        case "caps.high_intensity_per_month":
            text = f"{ordinal(have)} high-intensity shift, cap {cap}"
        case "caps.off_days_per_month":
            text = f"{count(have, 'day')} off, at least {cap}"
        case "caps.hours_per_week":
            text = f"{hours(have)} in 7 days, cap {hours(cap)}"
        case "caps.energy_per_7_days":
            text = f"{have} energy points in 7 days, cap {cap}"
        case "caps.days_in_a_row":
            text = f"{count(have, 'day')} in a row, cap {cap}"
        case "caps.nights_in_a_row":
            text = f"{count(have, 'night')} in a row, cap {cap}"
        case "rest.between_shifts_hours":
            text = f"{hours(max(0, have))} of rest, you need {hours(cap)}"
        case "overlap":
            text = f"{have} shifts at the same time"
        case "recovery":
            text = "work on a recovery day"
        case "emr.at_most":
            text = f"{have} record systems, cap {cap}"
        case "travel.trips_per_month":
            text = f"{ordinal(have)} trip, cap {cap}"
        case "travel.min_block_days":
            text = "a short trip"
        case "goals.floor_monthly":
            return f"floor short by {dollars(cap - have)}"
        case "streams.min_shifts_per_month":
            return f"{count(have, 'shift')} of {reason.rule.split('.')[1].replace('_', '-')}, at least {cap}"
        case "red":
            text = "a shift in your red time"
        case other:
            raise KeyError(f"no headline for {other}")
    named = [shifts[key] for key in reason.shifts if key in shifts]
    return f"{text} · {max(named, key=lambda shift: shift.begins).site.name}" if named else text

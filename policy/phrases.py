"""Numbers, dates and shifts as people say them; the bricks of every sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from policy.limits import Reason
from policy.shift import Month, Shift, Span

Shifts = Mapping[str, Shift]
Line = Callable[[Reason, Shifts], str]
"""A reason and the shifts that it may name, by id, as a sentence."""
Head = Callable[[Reason], str]
"""A reason in a few words for a calendar title: the number and the cap."""


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


def dated(when: date) -> str:
    """With its year, for dates that may lie far away."""
    return f"{day(when)} {when.year}"


def when(span: Span) -> str:
    """`January`, `Mon 4 Jan`, or `Mon 4 Jan to Sun 10 Jan`."""
    if span == Span.month(Month.of(span.first)):
        return f"{span.first:%B}"
    return day(span.first) if span.first == span.last else f"{day(span.first)} to {day(span.last)}"


def clock(instant: datetime) -> str:
    return f"{day(instant.date())} {instant:%H:%M}"


def shift_line(shift: Shift) -> str:
    return f"{shift.site.name}, {clock(shift.start)}–{shift.end:%H:%M}"


def known(number: int | None) -> int:
    return number or 0


def article(text: str) -> str:
    return f"an {text}" if text.startswith(("8", "11th", "18th")) else f"a {text}"


def named(reason: Reason) -> str:
    """The stream or site in the rule's own name, as people write it."""
    return reason.rule.split(".")[1].replace("_", "-")


def month_cap(one: str, extra: str = "") -> Line:
    """A sentence for too many of something in a month."""

    def line(reason: Reason, _: Shifts) -> str:
        assert reason.span
        which = article(ordinal(known(reason.would_be)))
        return f"{which} {one} in {when(reason.span)}{extra}; your cap is {known(reason.bound)}"

    return line


def nth(one: str) -> Head:
    return lambda reason: f"{ordinal(known(reason.would_be))} {one}, cap {known(reason.bound)}"

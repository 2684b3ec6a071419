"""What a rule is, and the few helpers that keep each one to a few lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from policy.fields import Cap
from policy.limits import Group, Limit, Unit
from policy.schema import Policy
from policy.shift import DAY, Month, Roster, Shift, Span

MONTH = 32
"""Dates to look beyond the horizon for a whole month, and the Sunday that a weekend may hang over."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is the key in policy.toml; `reach` is how many dates it looks back and forward."""

    name: str
    reach: Callable[[Policy], int]
    limits: Callable[[Policy, Roster], Iterator[Limit]]
    pairs: bool = False
    """Its limits are sets of shifts of which one may be worked: any part of such a set obeys the rule by itself."""
    patient: bool = False
    """Whether it judges what is known where less is known than it looks at. Only for bounds on sums over long
    windows: work that is not known can make them late, never wrong."""
    toll: bool = False
    """A cost of the work itself, such as the way there: it is weighed, and nobody is warned of it."""


def monthly(_: Policy) -> int:
    return MONTH


def bound(
    rule: str,
    span: Span,
    unit: Unit,
    terms: Iterable[tuple[int, Group]],
    cap: Cap,
    *,
    scale: int = 1,
    at_least_of: int | None = None,
) -> Limit:
    """A limit for a cap as the clinician wrote it; `scale` turns its unit into that of the terms."""
    amount = cap.cap * scale
    at_most = amount if at_least_of is None else at_least_of - amount
    return Limit(rule, span, unit, tuple(terms), at_most, cap.over, scale, at_least_of)


def group(shifts: Iterable[Shift]) -> Group:
    return Group(frozenset(shift.id for shift in shifts))


def by_month(shifts: Iterable[Shift]) -> Mapping[Month, list[Shift]]:
    """Shifts in the month of their start."""
    table: dict[Month, list[Shift]] = {}
    for shift in shifts:
        table.setdefault(Month.of(shift.first), []).append(shift)
    return table


def windows(
    by_date: Mapping[date, tuple[Shift, ...]], days: int, *, every: bool
) -> Iterator[tuple[Span, list[Shift]]]:
    """Spans of so many consecutive dates, each with its shifts.

    A hard bound on a sum holds in all of them when it holds in those that begin on a date with a shift. A price is
    charged for each span over its cap, and a bound on distinct things may be frozen by one span alone: both need
    `every` span, or they would hang on shifts that nobody works.
    """
    if not by_date:
        return
    reach = (days - 1) * DAY
    firsts: Iterable[date] = by_date
    if every:
        keys = sorted(by_date)
        firsts = Span(keys[0] - reach, keys[-1])
    for first in firsts:
        span = Span(first, first + reach)
        yield span, [shift for day in span for shift in by_date.get(day, ())]


def crowded(
    terms: Mapping[date, Sequence[tuple[int, Group]]], days: int, at_most: int, *, every: bool = False
) -> Iterator[tuple[Span, list[tuple[int, Group]]]]:
    """The spans of so many consecutive dates whose terms, all worked, are more than the bound.

    As `windows`, for sums: a span that all its terms together do not fill is not even made. Weights may not be
    negative.
    """
    days_with = sorted(terms)
    totals = [0, *accumulate(sum(weight for weight, _ in terms[day]) for day in days_with)]
    reach = (days - 1) * DAY
    firsts: Iterable[date] = days_with
    if every and days_with:
        firsts = Span(days_with[0] - reach, days_with[-1])
    for first in firsts:
        low, high = bisect_left(days_with, first), bisect_right(days_with, first + reach)
        if totals[high] - totals[low] > at_most:
            yield Span(first, first + reach), [term for day in days_with[low:high] for term in terms[day]]


def runs(by_date: Mapping[date, object], days: int) -> Iterator[Span]:
    """Every span of so many consecutive dates with a shift on each of them."""
    for last in by_date:
        span = Span(last - timedelta(days=days - 1), last)
        if all(day in by_date for day in span):
            yield span

"""A notice: one fact about the portfolio that a person should know, with one name for as long as it is so.

Notices watch; they bound nothing. Each is made from plain facts, and says when it got worse: what was seen stays away
until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from policy.schema import Policy
from policy.shift import Month, Offer, Shift, Span, months

NoticeKind = Literal["reminder", "warning"]


@dataclass(frozen=True, slots=True)
class Notice:
    """`key` names what it is about among those of one `id`; `level` grows when it gets worse.

    `day` is the date it stands on; without one it stands on the first of the month after it appeared. `again` are
    dates on which it should be heard once more. No text counts the days that are left: it would change every day.
    """

    id: str
    key: str
    kind: NoticeKind
    title: str
    text: str
    level: int = 1
    day: date | None = None
    again: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """An offer that could not be taken for want of a licence alone."""

    offer: str
    state: str
    cents: int
    day: date


@dataclass(frozen=True)
class Facts:
    """What notices are made from. `shifts` are worked, committed or planned, for all dates of `known`."""

    policy: Policy
    today: date
    horizon: Span
    known: Span
    shifts: tuple[Shift, ...] = ()
    lost: tuple[Lost, ...] = ()
    offers: tuple[Offer, ...] = ()
    """Those that could be taken."""

    @cached_property
    def by_month(self) -> dict[Month, tuple[Shift, ...]]:
        """By the month of their start; every month that is known is there."""
        table: dict[Month, list[Shift]] = {month: [] for month in months(self.known)}
        for shift in self.shifts:
            table.setdefault(Month.of(shift.first), []).append(shift)
        return {month: tuple(shifts) for month, shifts in table.items()}

    def of(self, month: Month) -> tuple[Shift, ...]:
        return self.by_month.get(month, ())

    def ahead(self, count: int) -> list[Month]:
        """The next months, this one among them."""
        found = [Month.of(self.today)]
        while len(found) < count:
            found.append(found[-1].next)
        return found

    def behind(self, count: int) -> list[Month]:
        """The months before this one, the latest first, as far as they are known."""
        found: list[Month] = []
        month = Month.of(self.today)
        while len(found) < count:
            month = Month.of(month.first - timedelta(days=1))
            if month.first < self.known.first:
                break
            found.append(month)
        return found

    def employer(self, shift: Shift) -> str:
        """Who pays for it."""
        return self.policy.entry(shift.site).employer or shift.site.name

    def between(self, first: date, last: date) -> list[Shift]:
        """Those that begin on these dates."""
        return [shift for shift in self.shifts if first <= shift.first <= last]


Watcher = Callable[[Facts], Iterator[Notice]]


def rung(left: int, ladder: Sequence[int]) -> int:
    """How many steps of a ladder of days have been reached with so many days left; one more when it is over."""
    return sum(left <= step for step in ladder) + (left < 0)


def rungs(when: date, ladder: Sequence[int]) -> tuple[date, ...]:
    """The dates of a ladder's steps, the first one first."""
    return tuple(sorted(when - timedelta(days=step) for step in ladder))


def cents(shifts: Iterable[Shift]) -> int:
    return sum(shift.cents for shift in shifts)


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else 0


def steps(value: int, size: int) -> int:
    """A level that grows by one with each `size`; at least 1."""
    return 1 + max(0, value) // max(1, size)

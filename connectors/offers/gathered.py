"""The dates and hours of a line that were found so far, and what is carried from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from connectors.offers.almanac import FAR, Calendar, QuestionError, month_and_day, nearest
from connectors.offers.around import Around
from connectors.offers.tokens import Hours, RawDate, Token

LONGEST_RUN = 31
"""Dates in a written range; a longer one is a season, not a list of shifts."""


@dataclass
class Entry:
    """Either dates, or hours; `weekday` with hours alone means "on the Saturdays among them"."""

    days: list[date] = field(default_factory=list)
    hours: Hours | None = None
    weekday: int | None = None
    review: set[str] = field(default_factory=set)
    end: int = 0
    joined: bool = False
    """Two dates with a dash or a slash between them: two shifts, or one over midnight?"""


class Gathered:
    """The entries of a line; the carried month and the last weekday are its whole state."""

    def __init__(self, tokens: Sequence[Token], calendar: Calendar) -> None:
        self.tokens = tokens
        self.around = Around(tokens, calendar.today.year)
        self.calendar = calendar
        self.month = calendar.month
        self.year = calendar.year
        self.weekday: int | None = None
        self.range_open = False
        self.excluded: set[int] = set()
        self.listing = calendar.month is not None
        self.found: list[Entry] = []
        self.depth = 0
        self.excluding = False
        self.slash = False
        self.queue: list[int] = []
        """Weekdays of the dates to come; `chain` keeps them all until a span ends."""
        self.chain: tuple[int, ...] = ()
        self.recurring: int | None = None
        """The weekday of all dates to come: `Tuesdays 2/2, 2/9`."""
        self.month_last = False
        """The line writes the day before the month."""
        self.said_twice: date | None = None
        self.used: set[int] = set()
        """Places of the tokens that are part of an entry."""
        self.touched = False
        self.weekday_at: int | None = None

    def _hours(self, hours: Hours, end: int) -> None:
        if self.queue:
            raise QuestionError("more weekdays than dates")
        alone = self.weekday if self.weekday is not None and self.found else None
        self.touched = True
        self.recurring = None
        if alone is not None and self.weekday_at is not None:
            self.used.add(self.weekday_at)
        if self.found:
            self.weekday = None  # "Saturday, 7a-7p, 2/20": before any date it is one of those to come.
        self.found.append(Entry(hours=hours, weekday=alone, end=end))
        self.listing = self.month is not None

    def _add(self, day: date, end: int) -> None:
        self.touched = True
        if self.excluding:
            self._leave_out(day)
            return
        if self.weekday is not None:
            self._check(day, self.weekday)
            self.weekday = None
            if self.weekday_at is not None:
                self.used.add(self.weekday_at)
        if self.recurring is not None:
            self._check(day, self.recurring)
        if self.queue and not self.range_open:
            self._check(day, self.queue.pop(0))
        if self.said_twice is not None:
            if self.said_twice != day:
                raise QuestionError("two days are named for one")
            self.said_twice = None
            return
        review = {"date"} if day - self.calendar.today > FAR else set()
        if self.range_open:
            self.range_open = False
            if not self.found or not self.found[-1].days:
                raise QuestionError("a range without a beginning")
            first = self.found[-1].days[-1]
            if day < first or (day - first).days >= LONGEST_RUN:
                raise QuestionError("a span of dates, and not the shifts in it")
            if (day - first).days == 1:
                self.found[-1].joined = True
            rest = [first + timedelta(days=n) for n in range(1, (day - first).days + 1)]
            self.found[-1].days += self._on_weekdays(first, rest)
            self.found[-1].end = end
            return
        self.listing = True
        before = self.found[-1] if self.found else None
        slashed = (
            self.slash and before is not None and bool(before.days) and (day - before.days[-1]).days == 1
        )
        self.slash = False
        self.found.append(Entry(days=[day], review=review, end=end, joined=slashed))

    def _on_weekdays(self, first: date, rest: list[date]) -> list[date]:
        """`Mon-Fri Feb 15-26`: of a span those dates that fall on the weekdays named before it, which it begins and ends on."""
        chain, self.queue, self.chain = self.chain, [], ()
        if not chain:
            return rest
        self._check(first, chain[0])
        self._check(rest[-1], chain[-1])
        return [day for day in rest if day.weekday() in chain]

    def _leave_out(self, day: date) -> None:
        """A date after "except": of those already named, or nobody knows of what."""
        mine = [entry for entry in self.found if day in entry.days]
        if not mine or self.range_open:
            raise QuestionError("dates with others left out")
        for entry in mine:
            entry.days.remove(day)
        self.weekday = None

    def _check(self, day: date, weekday: int) -> None:
        if day.weekday() != weekday:
            raise QuestionError("weekday and date disagree")
        self.touched = True

    def _day(self, number: int) -> date:
        return nearest(self.month or 1, number, self.year, self.calendar.today)

    def _resolve(self, raw: RawDate) -> date:
        if not raw.numeric:
            self.month, self.year = raw.first, raw.year
            return nearest(raw.first, raw.second, raw.year, self.calendar.today)
        month, day = month_and_day(raw, self.weekday, self.calendar)
        self.month, self.year = month, raw.year
        return nearest(month, day, raw.year, self.calendar.today)

"""Tokens -> dates and hours in the order of the line, and which hours belong to which dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from connectors.offers.reading import DateOrder
from connectors.offers.tokens import NOON, Clock, Hours, RawDate, Token

LONGEST_RUN = 31
"""Dates in a written range; a longer one is a season, not a list of shifts."""
FURTHEST = 3
"""Years from the message's own; `2100` behind a date is an hour."""
FAR = timedelta(days=300)
DAY_BEGINS, NIGHT_BEGINS = 5 * 60, 17 * 60
"""Minutes; no day shift begins before the one, and no night before the other."""
FARTHEST_MONTH = 70
"""Tokens; every day of a month, each with what joins it to the next."""
_JOINS = {"to", "till", "til", "until", "through", "thru", "-", "–", "—", "−"}
_LIST = {",", "&", "and", ";", "+", "or", "/"}
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1}
_OF_TIME = ("date", "weekday", "clock", "span", "hours")
_EXCEPT = {
    "closed",
    "close",
    "closing",
    "except",
    "excluding",
    "excl",
    "minus",
    "skipping",
    "without",
    "not",
    "no",
    "off",
}


class QuestionError(Exception):
    """What a careful person would ask about this line."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What settles a date: the message's own date, the sender's order, a month carried from a heading."""

    today: date
    order: DateOrder | None = None
    month: int | None = None
    year: int | None = None


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


@dataclass(frozen=True, slots=True)
class Slot:
    """One date with its hours."""

    day: date
    hours: Hours
    review: frozenset[str]
    group: int


def is_relative(token: Token) -> bool:
    return token.kind == "word" and str(token.value) in _RELATIVE


def entries(tokens: Sequence[Token], calendar: Calendar) -> list[Entry]:
    """Dates and hours as they follow each other. Raises QuestionError for what nobody could settle."""
    return list(_Walk(tokens, calendar).run())


def unread(tokens: Sequence[Token], calendar: Calendar) -> list[Token]:
    """The dates, weekdays and times of a line that are part of none of its entries. Raises QuestionError."""
    walk = _Walk(tokens, calendar)
    list(walk.run())
    return [
        token
        for at, token in enumerate(tokens)
        if at not in walk.used and (token.kind in _OF_TIME or str(token.value) in _RELATIVE)
    ]


class _Walk:
    """One pass over the tokens of a line; the carried month and the last weekday are its whole state."""

    def __init__(self, tokens: Sequence[Token], calendar: Calendar) -> None:
        self.tokens = tokens
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
        self.month_last = False
        """The line writes the day before the month."""
        self.said_twice: date | None = None
        self.used: set[int] = set()
        """Places of the tokens that are part of an entry."""
        self.touched = False
        self.weekday_at: int | None = None

    def run(self) -> Iterator[Entry]:
        at = 0
        while at < len(self.tokens):
            self.touched = False
            after = self._step(at)
            if self.touched:
                self.used.update(range(at, after))
            at = after
        if self.queue:
            raise QuestionError("more weekdays than dates")
        for entry in self.found:
            entry.days = [day for day in entry.days if day.weekday() not in self.excluded]
        return iter([entry for entry in self.found if entry.days or entry.hours])

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        match token.kind:
            case "weekday":
                return self._on_weekday(at)
            case "date":
                assert isinstance(token.value, RawDate)
                self._add(self._resolve(token.value), token.end)
            case "month":
                return self._on_month(at)
            case "number":
                return self._on_number(at)
            case "span":
                return self._on_span(at)
            case "hours":
                assert isinstance(token.value, Hours)
                self._hours(token.value, token.end)
            case "clock":
                return self._on_clock(at)
            case _:
                self._on_other(at)
        return at + 1

    def _on_other(self, at: int) -> None:
        token = self.tokens[at]
        word = str(token.value or token.text).lower()
        if token.kind == "word" and word in _RELATIVE:
            self._relative(at, self.calendar.today + timedelta(days=_RELATIVE[word]))
            return
        self.depth += (word == "(") - (word == ")")
        self.excluding = (token.kind == "word" and word in _EXCEPT) or (
            self.excluding and (word in _LIST or word in ("the", "on", "for"))
        )
        self.slash = word == "/"
        if word in _JOINS and self.found and self.found[-1].days and self._date_next(at + 1):
            self.range_open = True
        elif (
            token.kind == "word" and word not in _LIST and word not in ("of", "the", "on", "night", "nights")
        ):
            self.listing = False
        if (
            token.kind == "word"
            and word not in ("night", "nights", "day", "the", "on")
            and word not in _EXCEPT
        ):
            self.weekday = None

    def _relative(self, at: int, day: date) -> None:
        """`tomorrow, Sat 1/9` and `Sat 1/9 (tomorrow)` name one day twice; of two days nobody knows which."""
        if self.found and self.found[-1].days == [day]:
            self.touched = True
            return
        self._add(day, self.tokens[at].end)
        after = at + 1
        while self._word(after) in (",", "("):
            after += 1
        if self._kind(after) == "weekday" or self._date_next(after):
            self.said_twice = day

    def _date_next(self, at: int) -> bool:
        """Whether a day, month or date stands here, a weekday before it or not."""
        while at < len(self.tokens) and self.tokens[at].kind == "weekday":
            at += 2 if self._word(at + 1) == "," else 1
        at += self._word(at) == "the"
        counted = self._kind(at) == "number" and self._counts_something(at) and self.tokens[at].text.isdigit()
        return self._kind(at) in ("date", "month", "number") and not counted

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _word(self, at: int) -> str:
        return (
            str(self.tokens[at].value or self.tokens[at].text).lower() if 0 <= at < len(self.tokens) else ""
        )

    def _on_weekday(self, at: int) -> int:
        value = self.tokens[at].value
        assert isinstance(value, int)
        if self._word(at - 1) == "(" and (after := self._weekdays_of_those_before(at)):
            return after
        if self._word(at + 1) in _JOINS and self._kind(at + 2) == "weekday" and self._spans(at):
            return at + 3
        if self._word(at + 1) in _JOINS and self._kind(at + 2) == "weekday" and self._date_next(at + 3):
            self.queue = _week(value, _value(self.tokens[at + 2]))
            self.chain = tuple(self.queue)
            self.touched = True
            return at + 3
        if self._word(at + 1) in _JOINS and self._kind(at + 2) == "weekday":
            raise QuestionError("days of the week without dates")
        if self.said_twice and not self._date_next(at + 1):
            self._check(self.said_twice, value)
            self.said_twice = None
            return at + 1
        if self._word(at - 1) in _EXCEPT or (self.excluding and not self._date_next(at + 1)):
            self.excluded.add(value)
            self.excluding = self.touched = True
            return at + 1
        follows = (
            self.found
            and self.found[-1].days
            and self._word(at - 1) in ("(", ",")
            and not self._date_next(at + 1)
        )
        suffix = (
            self._kind(at - 1) in ("date", "number")
            and self.found
            and self.found[-1].days
            and not self._date_next(at + 1)
        )
        if suffix and self.found[-1].end == self.tokens[at - 1].end:
            self._check(self.found[-1].days[-1], value)
            return at + 1
        if follows and self._kind(at + 1) != "hours" and self._word(at + 1) != "(":
            self._check(self.found[-1].days[-1], value)
            return at + 1
        chain = self._weekdays_ahead(at)
        behind = at + 2 * len(chain) - 1
        behind += self._word(behind) in (",", "(")
        if chain and self._date_next(behind):
            self.queue, self.chain = chain, tuple(chain)
            self.touched = True
            return behind
        self.weekday, self.weekday_at = value, at
        return at + 1

    def _weekdays_ahead(self, at: int) -> list[int]:
        """`Sat/Sun 2/20, 2/21`: weekdays in the order of the dates behind them; nothing for one alone."""
        chain = [_value(self.tokens[at])]
        while self._word(at + 1) in _LIST and self._kind(at + 2) == "weekday":
            chain.append(_value(self.tokens[at + 2]))
            at += 2
        return chain if len(chain) > 1 else []

    def _weekdays_of_those_before(self, at: int) -> int:
        """`Feb 5, 6, 7 and 8 (Fri-Mon)`, `April 16, 17 (Fri, Sat)`: one for each date; the place behind them, or 0."""
        days: list[date] = []
        for entry in reversed(self.found):
            if not entry.days:
                break
            days = [*entry.days, *days]
        named, end = self._weekdays_ahead(at) or [_value(self.tokens[at])], at + 1
        if self._word(at + 1) in _JOINS and self._kind(at + 2) == "weekday":
            named, end = _week(named[0], _value(self.tokens[at + 2])), at + 3
        else:
            while self._word(end) in _LIST and self._kind(end + 1) == "weekday":
                end += 2
        if self._word(end) != ")" or len(named) < 2 or len(named) != len(days):
            return 0
        for day, weekday in zip(days, named, strict=True):
            self._check(day, weekday)
        return end

    def _spans(self, at: int) -> bool:
        """`Jan 8-10 (Fri-Sun)`: the weekdays of the first and the last date before it. Raises where they are not."""
        last = self.tokens[at + 2].value
        beside = (
            self.found
            and self.found[-1].days
            and (self._word(at - 1) in ("(", ",") or self.found[-1].end == self.tokens[at - 1].end)
        )
        if not beside or self._date_next(at + 3):
            return False
        first = self.tokens[at].value
        assert isinstance(first, int)
        assert isinstance(last, int)
        days = self.found[-1].days
        self._check(days[0], first)
        self._check(days[-1], last)
        self.found[-1].days = [day for day in days if day.weekday() in _week(first, last)]
        return True

    def _on_month(self, at: int) -> int:
        """`Jan 5`, `January 13, 2027`, `Nov 3-9`; a month alone is carried."""
        month = self.tokens[at].value
        assert isinstance(month, int)
        self.month, self.year = month, self.calendar.year
        self.listing, self.month_last = True, False
        following = at + 1
        if self._word(following) == ".":
            following += 1
        if self._kind(following) == "number" and (year := _as_year(self.tokens[following])):
            self.year = year
            return following + 1
        return following

    def _on_number(self, at: int) -> int:
        token = self.tokens[at]
        number = token.value
        assert isinstance(number, int)
        after = at + 2 if self._word(at + 1) in ("of", "de", ".") else at + 1
        if self._kind(after) == "month":
            month = self.tokens[after].value
            assert isinstance(month, int)
            self.month, self.year, self.listing = month, self.calendar.year, True
            self.month_last = True
            following = after + 1
            if self._kind(following) == "number":
                year = _as_year(self.tokens[following]) or self._short_year(following)
                if year:
                    self.year = year
                    following += 1
            self._add(self._day(number), self.tokens[following - 1].end)
            return following
        if year := _as_year(token):
            near = abs(year - self.calendar.today.year) <= FURTHEST
            if self.found and self.found[-1].days and self.month and near:
                self.touched = True
                self.year = year
                self.found[-1].days = [_with_year(day, year) for day in self.found[-1].days]
            return at + 1
        ordinal = not token.text.isdigit()
        if (self.month is None or self.month_last) and (month := self._month_ahead(at)):
            self.month, self.year = month
            self.listing = self.month_last = True
        if self._counts_something(at) and not ordinal:
            return at + 1
        if (
            self.month
            and (self.listing or self.range_open or self.weekday is not None or ordinal)
            and 1 <= number <= 31
        ):
            following = at + 1
            if self._word(following) == "," and self._kind(following + 1) == "number":
                year = _as_year(self.tokens[following + 1])
                if year:
                    self.year = year
                    following += 2
            if self._kind(following) == "number" and self._short_year(following):
                raise QuestionError(f"{self.tokens[following].text} may be a day or a year")
            day, before = self._day(number), self.found[-1] if self.found else None
            self._add(day, token.end)
            if before and before.days and before.days[-1] > day and before is not self.found[-1]:
                # `2/20 +3`, `Dec 30, 2`: of another month, or no day at all.
                self.found[-1].review.add("date")
            return following
        return at + 1

    def _short_year(self, at: int) -> int | None:
        """`18 Feb 27`: two digits behind a month, which are this year's or the next's."""
        number, year = _value(self.tokens[at]), self.calendar.today.year
        near = year <= 2000 + number <= year + 1 and len(self.tokens[at].text) == 2
        return 2000 + number if near else None

    def _month_ahead(self, here: int) -> tuple[int, int | None] | None:
        """`15, 16 and 17 Feb`, `Mon 15 to Fri 19 February 2027`: the month that the days of a list come before."""
        at = here
        while at < min(len(self.tokens), here + FARTHEST_MONTH):
            token = self.tokens[at]
            if token.kind == "month":
                year = _as_year(self.tokens[at + 1]) if self._kind(at + 1) == "number" else None
                near = self._kind(at - 1) in ("number", "span") or self._word(at - 1) in ("of", "de")
                return (_value(token), year) if near else None
            day = token.kind == "span" or (token.kind == "number" and 1 <= _value(token) <= 31)
            if not (day or token.kind == "weekday" or self._word(at) in _LIST | _JOINS | {"the", "of", "de"}):
                return None
            at += 1
        return None

    def _counts_something(self, at: int) -> bool:
        """`2 spots`, `3 nurses`: a number before a word that joins nothing is no day."""
        following = self._word(at + 1)
        if self._kind(at - 1) == "month" and self._kind(at) == "number":
            return False
        return self._kind(at + 1) == "word" and following not in _LIST | _JOINS | _EXCEPT | {
            "at",
            "from",
            "day",
            "night",
            "of",
            "nights",
            "days",
        }

    def _on_span(self, at: int) -> int:
        """`3-9` after a month are days; in brackets, or where no days can be meant, hours."""
        token = self.tokens[at]
        assert isinstance(token.value, tuple)
        low, high = token.value
        raw = [int(part) for part in re.findall(r"\d{1,4}", token.text)[:2]]
        if len(raw) < 2:
            raise QuestionError(f"{token.text} is neither hours nor days")
        if self._kind(at + 1) == "month" and raw[0] < raw[1] <= 31:
            month = self.tokens[at + 1].value
            assert isinstance(month, int)
            self.month, self.year, self.listing = month, self.calendar.year, True
            self._add(self._day(raw[0]), token.end)
            self.range_open = True
            self._add(self._day(raw[1]), token.end)
            return at + 2
        after_month = self._kind(at - 1) == "month"
        if after_month and self._counts_something(at) and 1 <= raw[0] <= 31:
            if not re.search(r"\s", token.text.strip()):
                raise QuestionError(f"{token.text} may be days or a number of something")
            self._add(self._day(raw[0]), token.end)  # `Feb 18 - 2 spots`
            return at + 1
        elsewhere = any(t.kind == "hours" for t in self.tokens)
        if elsewhere and (self.month is None or self.month_last) and (month := self._month_ahead(at)):
            self.month, self.year = month
            self.listing = self.month_last = True
        in_list = self.listing and self.month is not None and self.depth == 0 and raw[0] < raw[1] <= 31
        if in_list and (after_month or elsewhere):
            self._add(self._day(raw[0]), token.end)
            self.range_open = True
            self._add(self._day(raw[1]), token.end)
            return at + 1
        if in_list and self._word(at - 1) in _LIST and self.found and self.found[-1].days:
            raise QuestionError(f"{token.text} may be days or hours")
        if raw[0] > 24 or raw[1] > 24:
            raise QuestionError(f"{token.text} is neither hours nor days of a month that is named")
        self._hours(
            Hours(low * 60 % (24 * 60), high * 60 % (24 * 60), unsure=max(low, high) <= 12), token.end
        )
        return at + 1

    def _on_clock(self, at: int) -> int:
        """`07:45am, until 18:00pm`: two clocks with a joining word; one alone is no shift."""
        token = self.tokens[at]
        assert isinstance(token.value, Clock)
        step = at + 1
        while self._word(step) in (",", "(", "approx", "approx."):
            step += 1
        if self._word(step) in _JOINS | {"end", "ends", "ending", "finish"}:
            while self._word(step) in _JOINS | {",", "end", "ends", "ending", "finish", "at"}:
                step += 1
            if self._kind(step) == "clock":
                other = self.tokens[step].value
                assert isinstance(other, Clock)
                if token.value.exact and other.exact:
                    self._hours(Hours(token.value.minutes, other.minutes), self.tokens[step].end)
                    return step + 1
        return at + 1

    def _hours(self, hours: Hours, end: int) -> None:
        if self.queue:
            raise QuestionError("more weekdays than dates")
        alone = self.weekday if self.weekday is not None and self.found else None
        self.touched = True
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
        return _nearest(self.month or 1, number, self.year, self.calendar.today)

    def _resolve(self, raw: RawDate) -> date:
        if not raw.numeric:
            self.month, self.year = raw.first, raw.year
            return _nearest(raw.first, raw.second, raw.year, self.calendar.today)
        month, day = self._order(raw)
        self.month, self.year = month, raw.year
        return _nearest(month, day, raw.year, self.calendar.today)

    def _order(self, raw: RawDate) -> tuple[int, int]:
        """(month, day) of a numeric date: by its size, the sender's order, or the weekday beside it."""
        mdy, dmy = (raw.first, raw.second), (raw.second, raw.first)
        possible = [one for one in (mdy, dmy) if 1 <= one[0] <= 12 and 1 <= one[1] <= 31]
        if not possible:
            raise QuestionError(f"{raw.first}/{raw.second} is no date")
        if len(possible) == 1 or mdy == dmy:
            return possible[0]
        if self.calendar.order:
            return mdy if self.calendar.order == "mdy" else dmy
        if self.weekday is not None:
            fits = [one for one in possible if _falls_on(one, raw.year, self.weekday, self.calendar.today)]
            if len(fits) == 1:
                return fits[0]
        raise QuestionError("day and month could be either way round")


def _falls_on(month_day: tuple[int, int], year: int | None, weekday: int, today: date) -> bool:
    try:
        return _nearest(*month_day, year, today).weekday() == weekday
    except QuestionError:
        return False


def _nearest(month: int, day: int, year: int | None, today: date) -> date:
    """Without a year, the nearest such date that is not before the message."""
    if year and not today.year - 2 <= year <= today.year + 3:
        raise QuestionError(f"the year {year} is far off")
    for candidate in (year,) if year else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    raise QuestionError(f"there is no day {day} in that month")


def _week(first: int, last: int) -> list[int]:
    """The weekdays from one to another, round the end of the week."""
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def _value(token: Token) -> int:
    assert isinstance(token.value, int)
    return token.value


def _as_year(token: Token) -> int | None:
    value = token.value
    return value if isinstance(value, int) and token.text.isdigit() and 2000 <= value <= 2100 else None


def _with_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        raise QuestionError("there is no 29 February in that year") from None


def pair(found: Sequence[Entry], words: str) -> list[Slot]:
    """Give each date its hours: those that follow it, or where the line begins with hours, those before it."""
    usual = [entry for entry in found if not (entry.hours and entry.weekday is not None)]
    special = {entry.weekday: entry.hours for entry in found if entry.hours and entry.weekday is not None}
    if not usual or not any(entry.hours for entry in usual):
        raise QuestionError("no hours")
    groups = _forward(usual) if usual[0].hours else _backward(usual, several="both" in words)
    if not special.keys() <= {day.weekday() for days, _, _ in groups for day in days}:
        raise QuestionError("hours of a weekday that is not among the dates")
    slots = []
    for number, (days, hours, review) in enumerate(groups):
        for day in days:
            chosen = special.get(day.weekday()) or hours
            settled, unsure = settle(chosen, words)
            slots.append(Slot(day, settled, frozenset(review | ({"ampm"} if unsure else set())), number))
    return slots


Group = tuple[list[date], Hours, set[str]]


def _backward(found: Sequence[Entry], *, several: bool) -> list[Group]:
    groups: list[Group] = []
    waiting: list[date] = []
    review: set[str] = set()
    last: list[date] = []
    joined = False
    for entry in found:
        if entry.hours is None:
            waiting += entry.days
            review |= entry.review
            joined = joined or entry.joined
        elif waiting:
            if joined and not several and entry.hours.end <= entry.hours.start and len(waiting) == 2:
                raise QuestionError("two nights, or one")
            joined = False
            groups.append((waiting, entry.hours, review))
            last, waiting, review = waiting, [], set()
        elif last:
            groups.append((last, entry.hours, set()))
    if waiting:
        raise QuestionError("dates without hours")
    return groups


def _forward(found: Sequence[Entry]) -> list[Group]:
    groups: list[Group] = []
    hours: Hours | None = None
    days: list[date] = []
    for entry in found:
        if entry.hours is not None:
            if hours is not None and not days:
                raise QuestionError("hours without a date")
            if hours is not None:
                groups.append((days, hours, set()))
            hours, days = entry.hours, []
        else:
            days += entry.days
    if hours is None or not days:
        raise QuestionError("hours without a date")
    groups.append((days, hours, set()))
    return groups


def settle(hours: Hours, words: str) -> tuple[Hours, bool]:
    """Hours whose half of the day is open, by the words beside them: a night starts in the evening."""
    if not hours.unsure:
        return hours, False
    night, day = "night" in words, "day" in words
    if night == day and max(hours.start, hours.end) > NOON + 59:
        return hours, True
    start = hours.start % NOON + (NOON if night and not day else 0)
    end = hours.end % NOON
    length = (end - start) % (24 * 60)
    if not 0 < length <= NOON:
        end += NOON
    if "daytime" in words and not night and start < DAY_BEGINS:
        start, end = start + NOON, end + NOON  # In a message of days alone, `1-9` is in the afternoon.
    # "Day 1-9" is not one in the morning, and "night 12-8" not noon: such a word settles nothing.
    odd = start < NIGHT_BEGINS if night and not day else start < DAY_BEGINS
    return replace(hours, start=start, end=end % (24 * 60), unsure=False), night == day or odd

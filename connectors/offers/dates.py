"""Tokens -> dates and hours in the order of the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from connectors.offers.almanac import FURTHEST, Calendar, QuestionError, with_year
from connectors.offers.around import EXCEPT, JOINS, LISTS, as_year, value_of, weekdays
from connectors.offers.gathered import Entry, Gathered
from connectors.offers.tokens import Clock, Hours, RawDate, Token

_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1}
_OF_TIME = ("date", "weekday", "clock", "span", "hours")


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


_ONE_OF_THEM = re.compile(r"(?:block|stretch|run|set|assignment|weekend|week|stint)[.,;]?", re.IGNORECASE)
"""`March 15-17 block`: days, and no number of it."""


class _Walk(Gathered):
    """One pass over the tokens of a line."""

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
        self.excluding = (token.kind == "word" and word in EXCEPT) or (
            self.excluding and (word in LISTS or word in ("the", "on", "for"))
        )
        self.slash = word == "/"
        if word in JOINS and self.found and self.found[-1].days and self.around.date_next(at + 1):
            self.range_open = True
        elif (
            token.kind == "word" and word not in LISTS and word not in ("of", "the", "on", "night", "nights")
        ):
            self.listing = False
        if (
            token.kind == "word"
            and word not in ("night", "nights", "day", "the", "on")
            and word not in EXCEPT
        ):
            self.weekday = None

    def _relative(self, at: int, day: date) -> None:
        """`tomorrow, Sat 1/9` and `Sat 1/9 (tomorrow)` name one day twice; of two days nobody knows which."""
        if self.found and self.found[-1].days == [day]:
            self.touched = True
            return
        self._add(day, self.tokens[at].end)
        after = at + 1
        while self.around.word(after) in (",", "("):
            after += 1
        if self.around.kind(after) == "weekday" or self.around.date_next(after):
            self.said_twice = day

    def _on_weekday(self, at: int) -> int:
        value = self.tokens[at].value
        assert isinstance(value, int)
        if self.around.word(at - 1) == "(" and (after := self._weekdays_of_those_before(at)):
            return after
        if self.around.word(at + 1) in JOINS and self.around.kind(at + 2) == "weekday" and self._spans(at):
            return at + 3
        if self.around.word(at + 1) in JOINS and self.around.kind(at + 2) == "weekday":
            behind = at + 3 + (self.around.word(at + 3) == ",")
            if self.around.date_next(behind):
                self.queue = weekdays(value, value_of(self.tokens[at + 2]))
                self.chain = tuple(self.queue)
                self.touched = True
                return behind
        if self.around.word(at + 1) in JOINS and self.around.kind(at + 2) == "weekday":
            raise QuestionError("days of the week without dates")
        if self.said_twice and not self.around.date_next(at + 1):
            self._check(self.said_twice, value)
            self.said_twice = None
            return at + 1
        if self.around.word(at - 1) in EXCEPT or (self.excluding and not self.around.date_next(at + 1)):
            self.excluded.add(value)
            self.excluding = self.touched = True
            return at + 1
        follows = (
            self.found
            and self.found[-1].days
            and self.around.word(at - 1) in ("(", ",")
            and not self.around.date_next(at + 1)
        )
        suffix = (
            self.around.kind(at - 1) in ("date", "number")
            and self.found
            and self.found[-1].days
            and not self.around.date_next(at + 1)
        )
        if suffix and self.found[-1].end == self.tokens[at - 1].end:
            self._check(self.found[-1].days[-1], value)
            return at + 1
        if follows and self.around.word(at + 1) == "," and self.around.date_next(at + 2):
            # `Tue, Oct 5, Wed, Oct 6`: of the next one, unless it is that of the last.
            follows = self.found[-1].days[-1].weekday() == value
        if follows and self.around.kind(at + 1) != "hours" and self.around.word(at + 1) != "(":
            self._check(self.found[-1].days[-1], value)
            return at + 1
        self.recurring = None
        if self.around.recurs(at) and self.around.date_next(
            behind := self.around.past(at + 1, (",", "from", ":"))
        ):
            self.recurring, self.chain, self.touched = value, (value,), True
            return behind
        chain = self.around.weekdays_ahead(at)
        behind = at + 2 * len(chain) - 1
        behind += self.around.word(behind) in (",", "(")
        if chain and self.around.date_next(behind):
            self.queue, self.chain = chain, tuple(chain)
            self.touched = True
            return behind
        self.weekday, self.weekday_at = value, at
        return at + 1

    def _weekdays_of_those_before(self, at: int) -> int:
        """`Feb 5, 6, 7 and 8 (Fri-Mon)`, `April 16, 17 (Fri, Sat)`: one for each date; the place behind them, or 0."""
        days: list[date] = []
        for entry in reversed(self.found):
            if not entry.days:
                break
            days = [*entry.days, *days]
        named, end = self.around.weekdays_ahead(at) or [value_of(self.tokens[at])], at + 1
        if self.around.word(at + 1) in JOINS and self.around.kind(at + 2) == "weekday":
            named, end = weekdays(named[0], value_of(self.tokens[at + 2])), at + 3
        else:
            while self.around.word(end) in LISTS and self.around.kind(end + 1) == "weekday":
                end += 2
        if self.around.word(end) != ")" or len(named) < 2 or len(named) != len(days):
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
            and (self.around.word(at - 1) in ("(", ",") or self.found[-1].end == self.tokens[at - 1].end)
        )
        if not beside or self.around.date_next(at + 3):
            return False
        first = self.tokens[at].value
        assert isinstance(first, int)
        assert isinstance(last, int)
        days = self.found[-1].days
        self._check(days[0], first)
        self._check(days[-1], last)
        self.found[-1].days = [day for day in days if day.weekday() in weekdays(first, last)]
        return True

    def _on_month(self, at: int) -> int:
        """`Jan 5`, `January 13, 2027`, `Nov 3-9`; a month alone is carried."""
        month = self.tokens[at].value
        assert isinstance(month, int)
        self.month, self.year = month, self.calendar.year
        self.listing, self.month_last = True, False
        following = at + 1
        if self.around.word(following) == ".":
            following += 1
        if self.around.kind(following) == "number" and (year := as_year(self.tokens[following])):
            self.year = year
            return following + 1
        return following

    def _on_number(self, at: int) -> int:
        token = self.tokens[at]
        number = token.value
        assert isinstance(number, int)
        after = at + 2 if self.around.word(at + 1) in ("of", "de", ".") else at + 1
        if self.around.kind(after) == "month":
            month = self.tokens[after].value
            assert isinstance(month, int)
            self.month, self.year, self.listing = month, self.calendar.year, True
            self.month_last = True
            following = after + 1
            if self.around.kind(following) == "number":
                year = as_year(self.tokens[following]) or self.around.short_year(following)
                if year:
                    self.year = year
                    following += 1
            self._add(self._day(number), self.tokens[following - 1].end)
            return following
        if year := as_year(token):
            near = abs(year - self.calendar.today.year) <= FURTHEST
            if self.found and self.found[-1].days and self.month and near:
                self.touched = True
                self.year = year
                self.found[-1].days = [with_year(day, year) for day in self.found[-1].days]
            return at + 1
        ordinal = not token.text.isdigit()
        if (self.month is None or self.month_last) and (month := self.around.month_ahead(at)):
            self.month, self.year = month
            self.listing = self.month_last = True
        if self.around.counts_something(at) and not ordinal:
            return at + 1
        if (
            self.month
            and (self.listing or self.range_open or self.weekday is not None or ordinal)
            and 1 <= number <= 31
        ):
            following = at + 1
            if self.around.word(following) == "," and self.around.kind(following + 1) == "number":
                year = as_year(self.tokens[following + 1])
                if year:
                    self.year = year
                    following += 2
            if self.around.kind(following) == "number" and self.around.short_year(following):
                raise QuestionError(f"{self.tokens[following].text} may be a day or a year")
            day, before = self._day(number), self.found[-1] if self.found else None
            self._add(day, token.end)
            if before and before.days and before.days[-1] > day and before is not self.found[-1]:
                # `2/20 +3`, `Dec 30, 2`: of another month, or no day at all.
                self.found[-1].review.add("date")
            return following
        return at + 1

    def _on_span(self, at: int) -> int:
        """`3-9` after a month are days; in brackets, or where no days can be meant, hours."""
        token = self.tokens[at]
        assert isinstance(token.value, tuple)
        low, high = token.value
        raw = [int(part) for part in re.findall(r"\d{1,4}", token.text)[:2]]
        if len(raw) < 2:
            raise QuestionError(f"{token.text} is neither hours nor days")
        if self.around.kind(at + 1) == "month" and raw[0] < raw[1] <= 31:
            month = self.tokens[at + 1].value
            assert isinstance(month, int)
            self.month, self.year, self.listing = month, self.calendar.year, True
            self._add(self._day(raw[0]), token.end)
            self.range_open = True
            self._add(self._day(raw[1]), token.end)
            return at + 2
        after_month = self.around.kind(at - 1) == "month"
        spaced = re.search(r"\s", token.text.strip())
        one = at + 1 < len(self.tokens) and _ONE_OF_THEM.fullmatch(self.tokens[at + 1].text)
        if after_month and self.around.counts_something(at) and 1 <= raw[0] <= 31 and (spaced or not one):
            if not spaced:
                raise QuestionError(f"{token.text} may be days or a number of something")
            self._add(self._day(raw[0]), token.end)  # `Feb 18 - 2 spots`
            return at + 1
        elsewhere = any(t.kind == "hours" for t in self.tokens)
        if elsewhere and (self.month is None or self.month_last) and (month := self.around.month_ahead(at)):
            self.month, self.year = month
            self.listing = self.month_last = True
        in_list = self.listing and self.month is not None and self.depth == 0 and raw[0] < raw[1] <= 31
        if in_list and (after_month or elsewhere):
            self._add(self._day(raw[0]), token.end)
            self.range_open = True
            self._add(self._day(raw[1]), token.end)
            return at + 1
        if in_list and self.around.word(at - 1) in LISTS and self.found and self.found[-1].days:
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
        while self.around.word(step) in (",", "(", "approx", "approx.") or self.around.kind(step) == "zone":
            step += 1
        if self.around.word(step) == "and" and self.around.word(step + 1) in (
            "end",
            "ends",
            "ending",
            "finish",
        ):
            step += 1
        if self.around.word(step) in JOINS | {"end", "ends", "ending", "finish"}:
            while self.around.word(step) in JOINS | {",", "end", "ends", "ending", "finish", "at"}:
                step += 1
            if self.around.kind(step) == "clock":
                other = self.tokens[step].value
                assert isinstance(other, Clock)
                if token.value.exact and other.exact:
                    self._hours(Hours(token.value.minutes, other.minutes), self.tokens[step].end)
                    return step + 1
        return at + 1

"""Looking about in the tokens of a line: what stands at a place, and what the words behind it lead to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from connectors.offers.tokens import Token

FARTHEST_MONTH = 70
"""Tokens; every day of a month, each with what joins it to the next."""
JOINS = {"to", "till", "til", "until", "through", "thru", "-", "–", "—", "−"}
LISTS = {",", "&", "and", ";", "+", "or", "/"}
EXCEPT = {
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


_OF_ALL = frozenset(
    "at from of day days night nights daily each both all only inclusive incl weekday weekdays weekend weekends is are was were"
    " has have had still now remain remains please pls plz with w for if because as but though while when since also too".split()
)
"""What is said of the days before it, which it does not count."""
_OF_STATE = frozenset(
    "open available uncovered unfilled needed need needs left free gone taken filled covered cancelled canceled closed booked".split()
)
"""`13, 14 and 16 open` are days, `13, 2 open` may be a day and a number of shifts."""


_JOINING = LISTS | JOINS | {"the", "of", "de"}


class Around:
    """The tokens of a line, looked at from any place; beside its ends stands nothing."""

    def __init__(self, tokens: Sequence[Token], year: int) -> None:
        self.tokens = tokens
        self.year = year
        """The message's own."""

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def past(self, at: int, words: Collection[str]) -> int:
        """The first place from here on where none of these words stands."""
        while self.word(at) in words:
            at += 1
        return at

    def recurs(self, at: int) -> bool:
        """Whether a weekday is meant of more than one week: `Tuesdays`, `every Tuesday`."""
        plural = self.tokens[at].text.lower().endswith("days")
        return plural or self.word(at - 1) in ("every", "each", "all")

    def word(self, at: int) -> str:
        return (
            str(self.tokens[at].value or self.tokens[at].text).lower() if 0 <= at < len(self.tokens) else ""
        )

    def date_next(self, at: int) -> bool:
        """Whether a day, month or date stands here, a weekday before it or not."""
        while at < len(self.tokens) and self.tokens[at].kind == "weekday":
            at += 2 if self.word(at + 1) == "," else 1
        at += self.word(at) == "the"
        counted = self.kind(at) == "number" and self.counts_something(at) and self.tokens[at].text.isdigit()
        return self.kind(at) in ("date", "month", "number") and not counted

    def counts_something(self, at: int) -> bool:
        """`2 spots`, `3 nurses`: a number before a word that joins nothing is no day."""
        following = self.word(at + 1)
        if following in ("for", "on") and self._dated(at + 2):
            return True  # `1 for 3/5 & 1 for 3/7`
        if self.kind(at - 1) == "month" and self.kind(at) == "number":
            return False
        if following in _OF_STATE and self.kind(at + 2) != "word" and self._goes_on(at):
            return False
        return self.kind(at + 1) == "word" and following not in LISTS | JOINS | EXCEPT | _OF_ALL

    def _dated(self, at: int) -> bool:
        """Whether a whole date stands here, its weekday before it or not."""
        at = self.past(at, ("the",))
        at += self.kind(at) == "weekday" and self.kind(at + 1) in ("date", "month")
        return self.kind(at) == "date" or (self.kind(at) == "month" and self.kind(at + 1) == "number")

    def _goes_on(self, at: int) -> bool:
        """Whether a number stands in a list behind a smaller one, as days do."""
        before = self.tokens[at - 2] if at > 1 and self.word(at - 1) in LISTS else None
        if before is None or not isinstance(self.tokens[at].value, int):
            return False
        days = [int(part) for part in re.findall(r"\d{1,2}", before.text)[-1:]]
        return (
            before.kind in ("number", "date", "span") and bool(days) and days[0] < value_of(self.tokens[at])
        )

    def weekdays_ahead(self, at: int) -> list[int]:
        """`Sat/Sun 2/20, 2/21`: weekdays in the order of the dates behind them; nothing for one alone."""
        chain = [value_of(self.tokens[at])]
        while self.word(at + 1) in LISTS and self.kind(at + 2) == "weekday":
            chain.append(value_of(self.tokens[at + 2]))
            at += 2
        return chain if len(chain) > 1 else []

    def month_ahead(self, here: int) -> tuple[int, int | None] | None:
        """`15, 16 and 17 Feb`, `Mon 15 to Fri 19 February 2027`: the month that the days of a list come before."""
        at = self.list_ends[here]
        if at >= min(len(self.tokens), here + FARTHEST_MONTH) or self.kind(at) != "month":
            return None
        year = as_year(self.tokens[at + 1]) if self.kind(at + 1) == "number" else None
        near = self.kind(at - 1) in ("number", "span") or self.word(at - 1) in ("of", "de")
        return (value_of(self.tokens[at]), year) if near else None

    @cached_property
    def list_ends(self) -> list[int]:
        """For each place the first from there on that is no day of a list, and joins none to the next."""
        ends = [len(self.tokens)] * (len(self.tokens) + 1)
        for at in range(len(self.tokens) - 1, -1, -1):
            ends[at] = ends[at + 1] if self._is_listed(at) else at
        return ends

    def _is_listed(self, at: int) -> bool:
        token = self.tokens[at]
        day = token.kind == "span" or (token.kind == "number" and 1 <= value_of(token) <= 31)
        return day or token.kind == "weekday" or self.word(at) in _JOINING

    def short_year(self, at: int) -> int | None:
        """`18 Feb 27`: two digits behind a month, which are this year's or the next's."""
        number, year = value_of(self.tokens[at]), self.year
        near = year <= 2000 + number <= year + 1 and len(self.tokens[at].text) == 2
        return 2000 + number if near else None


def as_year(token: Token) -> int | None:
    value = token.value
    return value if isinstance(value, int) and token.text.isdigit() and 2000 <= value <= 2100 else None


def value_of(token: Token) -> int:
    assert isinstance(token.value, int)
    return token.value


def weekdays(first: int, last: int) -> list[int]:
    """The weekdays from one to another, round the end of the week."""
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]

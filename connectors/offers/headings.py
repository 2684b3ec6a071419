"""Lines that say where, in which month or under which status the lines below them stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from connectors.offers import daynight, phrases
from connectors.offers.daywords import MONTHS
from connectors.offers.doubts import doubts
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.reading import Status
from connectors.offers.stating import state_heading
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import HOLIDAY, strange, unexplained, words_of

LONGEST_HEADING = 80


def month_line(page: Page, line: Line, text: str) -> bool:
    """`FEBRUARY`, `LKSD – March 2027:`: the month of the days that follow, and perhaps their site."""
    month, site = month_heading(text, page.lex(text))
    if month is None:
        return False
    if site and site.value != page.scope.site:
        page.heading(str(site.value), site.text)
    page.scope.month, page.scope.year = month
    page.ignore(line, "month")
    return True


def heads_days(
    page: Page, after: Line | None, text: str, tokens: Sequence[Token], told: Sequence[Token]
) -> bool:
    """`Nights 7p-7a, $2,100 per night.` above lines that hold nothing but days."""
    below = page.lex(after.text[:LONGEST_LINE]) if after and not after.cells else []
    return (
        len(told) == 1
        and not any(token.kind in ("date", "weekday", "span", "clock") for token in tokens)
        and bool(below)
        and page.names_day(below)
        and not any(token.kind in ("hours", "span", "clock") for token in below)
        and not phrases.NOT_A_SHIFT.search(text)
        and not phrases.OFFICE_HOURS.search(text)
        and not re.search(
            r"\b(?:if(?! (?:you|u)(?:['’]d| would)? (?:like|want)\b)|call)\b", text, re.IGNORECASE
        )
        and not doubts(page, tokens, text)
    )


def half_named(text: str) -> str:
    """`night ` or `day ` where the line says which of them its hours are."""
    words = daynight.halves(text).split()
    return f"{words[0]} " if len(words) == 1 else ""


def site_heading(page: Page, site: Token, tokens: Sequence[Token], text: str) -> None:
    emr = next((str(t.value) for t in tokens if t.kind == "emr"), None)
    zone = next((str(t.value) for t in tokens if t.kind == "zone"), None)
    known = frozenset(key.lower() for key in page.legend)
    left = text[: site.start] + " " + text[site.end :]
    for token in tokens:
        if token.kind in ("emr", "zone", "money", "noise"):
            left = left.replace(token.text, " ")
    if re.search(r"\bthank|\bwork\b", text, re.IGNORECASE) and strange(words_of(left), known):
        return
    page.heading(str(site.value), site.text, emr, zone)


def over_days(page: Page, below: Line | None, text: str, tokens: Sequence[Token]) -> bool:
    """`Oakdale` by itself above a line with dates: whatever it is called, it may be where they are."""
    plain = text.strip()
    return (
        below is not None
        and page.has_slot(below.text[:LONGEST_LINE])
        and len(plain.split()) <= 5
        and plain[:1].isupper()
        and plain[-1].isalnum()
        and not re.search(r":|\bDr\b|\btimes?\b", plain)
        and not any(token.kind == "money" for token in tokens)
    )


def other_heading(
    page: Page, text: str, tokens: Sequence[Token], status: Status | None, *, heading: bool
) -> None:
    """A heading that names a place nobody knows ends the one above; any other one only its status."""
    name = text.strip().rstrip(":")
    bare = HOLIDAY.sub(" ", _without_zones(page, name))
    named = [w for w in unexplained(bare, frozenset()) if w[:1].isupper()]
    if len(named) == 1 and _OF_A_LIST.match(name):
        named = []  # `Changes to the roster:`
    place = (
        phrases.FACILITY.search(name)
        or phrases.ELSEWHERE.search(name)
        or (heading and named and len(name.split()) <= 5 and not tokens_dated(tokens))
    )
    if place and status is None and not phrases.LEAD.search(name.lower()):
        page.heading(None, name)
        return
    state_heading(page, text, status)


_OF_A_LIST = re.compile(
    r"(?:changes|updates?|adjustments?|additions?|edits?|revisions?|amendments?|modifications?|corrections?|news|highlights|summary|snapshot)\b(?! of)",
    re.IGNORECASE,
)


def _without_zones(page: Page, text: str) -> str:
    """`Available (Eastern)`: a zone is no place of work."""
    for token in page.lex(text):
        if token.kind == "zone":
            text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def month_heading(text: str, tokens: Sequence[Token]) -> tuple[tuple[int, int | None] | None, Token | None]:
    """The month (and year) of a line that names nothing else but perhaps a site, and that site."""
    sites = [token for token in tokens if token.kind == "site"]
    bare = text if len(sites) != 1 else f"{text[: sites[0].start]} {text[sites[0].end :]}"
    bare = bare.strip()
    found = phrases.MONTH_HEADING.fullmatch(bare) if len(bare) <= LONGEST_HEADING else None
    if not found:
        return None, None
    month = MONTHS.index(found[1].lower()) + 1
    return (month, int(found[2]) if found[2] else None), sites[0] if sites else None


def month_of_weekdays(page: Page, lines: Sequence[str]) -> tuple[int, int] | None:
    """The month (and year) of `Mon 25th`, `Wed the 27th` where no line with hours names one: this one or the next.

    Each of the two is tried; the one on which more of the weekdays agree is meant, be it by one.
    """
    timed = [tokens for tokens in map(page.lex, lines) if any(t.kind in ("hours", "span") for t in tokens)]
    months = {t.value for tokens in timed for t in tokens if t.kind == "month"}
    if any(token.kind == "date" for tokens in timed for token in tokens) or len(months) > 1:
        return None
    told = {pair for tokens in timed for pair in _weekdays_with_days(tokens)}
    if months:
        return _month_named(page.today, int(str(months.pop())), told)
    ahead = page.today.replace(day=1) + timedelta(days=31)
    agreeing = {
        (first.month, first.year): sum(_agrees(page.today, first, *pair) for pair in told)
        for first in (page.today.replace(day=1), ahead.replace(day=1))
    }
    (month, most), (_, fewer) = sorted(agreeing.items(), key=lambda one: -one[1])
    return month if most > fewer else None


def _month_named(today: date, month: int, told: Collection[tuple[int, int]]) -> tuple[int, int] | None:
    """`two left for February: Friday the 12th and Sunday the 14th`, where every weekday agrees."""
    first = date(today.year + (month < today.month), month, 1)
    return (month, first.year) if told and all(_agrees(today, first, *pair) for pair in told) else None


def _weekdays_with_days(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    plain = [token for token in tokens if token.value not in ("the", ",", "(")]
    for first, second in pairwise(plain):
        day, weekday = (second, first) if second.kind == "number" else (first, second)
        if (day.kind, weekday.kind) == ("number", "weekday"):
            assert isinstance(day.value, int)
            assert isinstance(weekday.value, int)
            yield weekday.value, day.value


def _agrees(today: date, first: date, weekday: int, day: int) -> bool:
    meant = first + timedelta(days=day - 1)
    return meant.month == first.month and meant >= today and meant.weekday() == weekday


def tokens_dated(tokens: Sequence[Token]) -> bool:
    return any(token.kind in ("date", "month", "weekday", "hours", "span") for token in tokens)


def heading_status(word: str) -> Status | None:
    word = word.lower()
    if word.startswith(("delet", "remov", "fill", "cancel", "gone", "taken", "closed", "no longer")):
        return "withdrawn"
    if "confirm" in word:
        return "confirmed"
    if word.startswith(("chang", "updat")):
        return "changed"
    return None

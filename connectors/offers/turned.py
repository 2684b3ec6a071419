"""Lines that tell a shift's hours, or its code, before its days: turned round, so that they are read as all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from connectors.offers.notation import DATE, DAY, HOURS
from connectors.offers.page import Page
from connectors.offers.tokens import Token

_I = re.IGNORECASE
_LETTER = r"(?:M|T|W|R|F|Mo|Tu|We|Th|Fr|Sa|Su)"
_WEEKDAYS = {
    "m": "Mon",
    "t": "Tue",
    "w": "Wed",
    "r": "Thu",
    "f": "Fri",
    "mo": "Mon",
    "tu": "Tue",
    "we": "Wed",
}
_WEEKDAYS |= {"th": "Thu", "fr": "Fri", "sa": "Sat", "su": "Sun"}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:/]|\s?[apAP](?:\b|m\b))"
_BETWEEN = r"\s{0,2}(?:,|&|\+|;|-|–|\band\b|, and\b|\bthru\b|\bthrough\b|\bto\b)?\s{0,2}"
_DAYS = re.compile(
    rf"\s{{0,2}}\)?\s{{0,2}}(?:[:=–-]|on(?: the)?\b)\s{{0,2}}((?:{_DAY})(?:{_BETWEEN}(?:{_DAY})){{0,30}})(?=\s*(?:$|[;.$£€(@]|\s-\s))",
    _I,
)
_NAME = {
    "Mon": "Mondays",
    "Tue": "Tuesdays",
    "Wed": "Wednesdays",
    "Thu": "Thursdays",
    "Fri": "Fridays",
    "Sat": "Saturdays",
    "Sun": "Sundays",
}
_SHORT = tuple(_NAME)


def days_first(page: Page, text: str) -> str:
    """`Sat (0900-1300): 9, 16`, `7a-7p: 3, 4, 9` below a month: the days, and then their hours."""
    if page.scope.month is None and page.subject_month is None:
        return text
    tokens = [token for token in page.lex(text) if token.text not in ("(", "•", "-", "*")]
    if tokens and str(tokens[0].value) in (
        "days",
        "nights",
        "day",
        "night",
        "evenings",
        "mids",
        "overnights",
    ):
        tokens = tokens[1:]
    weekday = tokens[0] if tokens and tokens[0].kind == "weekday" else None
    hours = next(iter(tokens[1:] if weekday else tokens), None)
    if hours is None or hours.kind not in ("hours", "span"):
        return text
    found = _DAYS.match(text, hours.end)
    if not found:
        return text
    if page.scope.month is None and page.subject_month:
        page.scope.month, page.scope.year = page.subject_month
    named = f"{_recurring(weekday)} " if weekday else ""
    return f"{named}{found[1]}, {hours.text}{text[found.end() :]}"


_NOW_AT = re.compile(
    rf"\b((?:your|the) )({HOURS.pattern})(?: shift)? (?:on|for) (?:the )?({DAY},? )?({DATE}),? "
    rf"(?:is now|now runs|now goes|(?:has |have )?(?:been )?changed to|has become)(?: at| from)? (?={HOURS.pattern}\s*(?:[.,;!]|$|(?:as of|because|since|due|instead)\b))",
    _I,
)


def old_hours_last(text: str) -> str:
    """`Your 9a-5p on Sat 1/9 is now 10a-6p`: the day, what it was and what it is."""
    return _NOW_AT.sub(
        lambda found: f"{found[1]}{found[3] or ''}{found[4]} {found[2]} is now ", text, count=1
    )


def _recurring(weekday: Token) -> str:
    """The weekday of all days behind it."""
    assert isinstance(weekday.value, int)
    return _NAME[_SHORT[weekday.value]]


_LISTED = re.compile(
    r"(?<![\w,/] )(?<!\w)M[ ,/]{1,2}(?:T|Tu)[ ,/]{1,2}W[ ,/]{1,2}(?:Th|R)[ ,/]{1,2}F[ ,/]{1,2}S(?![ ,/]{1,2}S(?:u|\b))(?!\w)"
)
"""`letters are weekdays (M T W Th F S)`: of one S alone, it is the day behind Friday."""
_S_OF_A_WEEK = re.compile(r"(?<![\w/-])S(?=\s?[:=–-]?\s{1,2}(?:\d|noon))")


def saturday_told(texts: Iterable[str]) -> bool:
    """Whether a message lists the letters of the weekdays, with one S among them."""
    return any("M" in text and _LISTED.search(text) for text in texts)


def with_saturday(text: str) -> str:
    """`S 9a-1p` in a week that is named, where S is Saturday."""
    return _S_OF_A_WEEK.sub("Sa", text)


def lettered_days(text: str, codes: Sequence[str]) -> str:
    """`M D`, `Th: D/N` in a week that is named: the weekday, before a code that the message explains."""
    plain = [code for code in codes if code.lower() not in _WEEKDAYS]
    if not plain:
        return text
    coded = "|".join(map(re.escape, plain))
    pattern = rf"(?<![\w/=-])({_LETTER})(?=\s?[:=–-]?\s{{1,2}}(?:{coded})(?![\w=])(?! ?=))"
    return re.sub(pattern, lambda found: _WEEKDAYS[found[1].lower()], text)

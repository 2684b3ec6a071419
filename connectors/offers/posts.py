"""Several posts on each of several days, told in two lines: the days, and below them what each post is and pays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.almanac import QuestionError
from connectors.offers.dates import entries
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page

_DATES = re.compile(
    r"\W{0,3}(?:dates?|days|nights?)(?: (?:open|needed|available|required))?\s?[:=]\s*", re.IGNORECASE
)
_POSTS = re.compile(r"\W{0,3}(?:posts?|shifts?|slots?|hours|times|options?)\s?[:=]\s*", re.IGNORECASE)
_ONLY_ON = re.compile(
    r"\b(?:only|just|not|except|no|closed|excluding)\b[^.;:\n]{0,25}\b(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\b|\b(?:on|for) (?:the )?(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d{1,2}) only\b",
    re.IGNORECASE,
)
"""`Evening is only on the 12th.`"""
_ON_EACH = re.compile(
    r"\b(?:on|for) (?:each|every(?: one)?|all)(?: of)?(?: the(?:se)?)? (?:days?|dates?|nights?)\b|\b(?:each|every|all)(?: of the(?:se)?)? (?:days?|dates?) (?:has|have) (?:both|all)\b",
    re.IGNORECASE,
)


def with_posts(page: Page, lines: Sequence[Line]) -> list[Line]:
    """`Dates: 20, 21 and 23 April` above `Posts: day 8a-6p at $1,800; evening 1p-11p at $1,950`, as one line: all on each date.

    Of as many dates as posts only where the message says so: else each date may have its own.
    """
    whole: list[Line] = []
    if any(_ONLY_ON.search(line.text[:LONGEST_LINE]) for line in lines):
        return list(lines)
    every = any(_ON_EACH.search(line.text[:LONGEST_LINE]) for line in lines)
    for line in lines:
        posts = None if line.cells or not whole else _POSTS.match(line.text[:LONGEST_LINE])
        above = whole[-1] if posts and not whole[-1].cells and whole[-1].number == line.number - 1 else None
        dates = _DATES.match(above.text[:LONGEST_LINE]) if above else None
        joined = (
            f"{above.text[dates.end() :].rstrip(' .;')}: {line.text[posts.end() :]}"
            if above and dates and posts
            else ""
        )
        if above and joined and len(joined) <= LONGEST_LINE and _several_posts(page, joined, every=every):
            whole[-1] = replace(
                above, text=joined, told=f"{above.told or above.text} {line.told or line.text}"
            )
            page.used.add(line.number)
        else:
            whole.append(line)
    return whole


def _several_posts(page: Page, text: str, *, every: bool) -> bool:
    """Whether dates are followed by two or more hours, each with an amount, in other numbers than the dates or on each of them."""
    try:
        found = entries(page.lex(text), page.calendar())
    except QuestionError:
        return False
    days = sum(len(entry.days) for entry in found)
    hours = [entry for entry in found if entry.hours]
    if re.search(r"\bor\b", text, re.IGNORECASE):
        return False  # One of the posts, perhaps.
    paid = sum(token.kind == "money" for token in page.lex(text))
    apart = found[-len(hours) :] == hours and all(entry.weekday is None for entry in hours)
    return len(hours) > 1 and days > 0 and apart and paid == len(hours) and (every or days != len(hours))

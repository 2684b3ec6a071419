"""A status that one sentence states before any shift is named: `Your shift is confirmed.`, and below it where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from connectors.offers import phrases, states
from connectors.offers.decisions import contradicts
from connectors.offers.governing import puts_up_beside
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.reading import Status
from connectors.offers.stating import status_apart

_SETTLED = ("confirmed", "withdrawn", "reinstated")
_SEVERAL = re.compile(
    r"\b(?:shifts|assignments|bookings|requests|nights|days|sessions|blocks|both|these|those|they|all (?!set\b|yours\b)|them)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:shift|assignment|booking|request|night|day|session|block|it|it['’]s|this|that)\b", re.IGNORECASE
)
_REQUEST = re.compile(r"\b(?:request|bid|application)s?\b", re.IGNORECASE)
_OF_ANOTHER_KIND = re.compile(
    r"\b(?:hand(?:ing|ed)?[- ]?back|giv(?:e|ing)[- ](?:back|up|away)|drop\w*|releas\w+|swap\w*|trad\w+|cancel\w*|withdraw\w*|time[- ]off|pto|leave|off)\b",
    re.IGNORECASE,
)
"""What may have been asked for, where it says `Your request was approved`."""
_HEADS = re.compile(r"[^\d:]{1,60}:\s*$|\W*(?:left|remaining|rest|others?)\b", re.IGNORECASE).match
"""What stands below it may be others."""
_TIMED = ("date", "month", "weekday", "hours", "span", "clock", "number")


def told_above(page: Page, lines: Sequence[Line]) -> tuple[Status, bool | None] | None:
    """The status, and whether the sentence speaks of several shifts (None: of however many).

    None where the message states another as well, names a day in that sentence, or may put something up.
    """
    texts = [line.text[:LONGEST_LINE] for line in lines]
    above = list(takewhile(lambda text: not _timed(page, text), texts))
    told = [part for text in above for part in _stating(text)]
    below = texts[len(above) :]
    if len(told) != 1 or len(told[0].split()) < 2 or any(map(_stating, below)) or any(map(_HEADS, below)):
        return None
    whole = "\n".join(texts)
    if puts_up_beside(page.mail.subject) or puts_up_beside(whole):
        return None
    if _REQUEST.search(told[0]) and _OF_ANOTHER_KIND.search(f"{page.mail.subject}\n{whole}"):
        return None
    status = states.status_of(told[0])
    if contradicts(told[0], status, letting_go=page.letting_go):
        return None
    subject = states.status_of(page.mail.subject)
    if status not in _SETTLED or subject not in (None, status) or status_apart(page, told[0]):
        return None
    return status, True if _SEVERAL.search(told[0]) else False if _ONE.search(told[0]) else None


def _stating(text: str) -> list[str]:
    return [part for part in phrases.SENTENCE_END.split(text) if states.status_of(part)]


def _timed(page: Page, text: str) -> bool:
    return any(token.kind in _TIMED for token in page.lex(text))

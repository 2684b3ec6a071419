"""What a careful person would ask of the days below a heading that gives them their hours."""

from __future__ import annotations

import re

from connectors.offers import phrases
from connectors.offers.caveats import beside, line_caveats
from connectors.offers.doubts import doubts
from connectors.offers.fields import labelled
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.months import without_months
from connectors.offers.page import Page
from connectors.offers.standing import not_put_up
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import unexplained

_I = re.IGNORECASE
_NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s+")
_OF_ALL = re.compile(r"^\W*(?:all|every|each|everything)\b[^.;:$]{0,40}\b(?:is|are|run|runs)\b", _I)
_ROSTER = re.compile(r"\b(?:schedule|roster|rota|assigned|working|who(?:['’]s| is))\b", _I)
_TO_BE_HAD = re.compile(
    r"\b(?:open\w*|left|needs?|needed|available|unfilled|uncovered|unstaffed|holes?|gaps?|short|remain\w*|free|vacan\w+)\b",
    _I,
)


def asked_of_head(page: Page, head: str) -> set[str]:
    """The heading is understood as a line of shifts is; a place in it that nobody knows is that of the days."""
    if labelled(head):
        return set()
    bare = _NUMBERED.sub("", without_months(head))
    tokens = page.lex(bare)
    asked = doubts(page, tokens, bare) | line_caveats(head) | beside("", [head], [head], swap=page.swap)
    sites = {token.value for token in tokens if token.kind == "site"}
    paid = any(token.kind == "money" for token in tokens)
    if not_put_up(head) or (_ROSTER.search(head) and not (paid or _TO_BE_HAD.search(head))):
        asked |= {"status"}
    if len(sites) > 1 or (not sites and _names_place(bare, tokens)):
        asked |= {"site"}
    return asked | ({"hours"} if _other_hours_of_all(page, tokens) else set())


def _names_place(head: str, tokens: list[Token]) -> bool:
    for token in tokens:
        if token.kind not in ("word", "mark"):
            head = head.replace(token.text, " ", 1)
    return bool(phrases.FACILITY.search(head)) or any(
        word[:1].isupper() for word in unexplained(head, frozenset())
    )


def _other_hours_of_all(page: Page, tokens: list[Token]) -> bool:
    """Whether a sentence elsewhere gives other hours to all days."""
    mine = {token.value for token in tokens if token.kind == "hours"}
    for line in page.mail.lines:
        text = line.text[:LONGEST_LINE]
        if _OF_ALL.search(text):
            hours = {token.value for token in page.lex(text) if token.kind == "hours"}
            if hours and not hours <= mine:
                return True
    return False

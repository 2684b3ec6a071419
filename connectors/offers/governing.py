"""What governs the shifts of a message: its subject, its headings, the short lines above days and hours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import phrases
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.standing import IN_NEED, OF_THE_PAST, PUT_UP, REQUEST, SETTLED_OUTRIGHT

SHORT = 60
"""Characters; a longer line is no heading."""


def is_settled(page: Page, everything: str, lines: Sequence[Line]) -> bool:
    """Whether a subject or a heading speaks of settled shifts, and nothing else of shifts to be had.

    A subject that is plain weighs more than what is said below it: `Your request was approved`.
    """
    bare = REQUEST.sub(" ", everything)
    plain = SETTLED_OUTRIGHT.search(page.mail.subject) and not PUT_UP.search(
        REQUEST.sub(" ", page.mail.subject)
    )
    if plain and not IN_NEED.search(bare):
        return True
    return any(map(OF_THE_PAST.search, _heads(page, lines))) and not PUT_UP.search(bare)


def states_all(page: Page, text: str) -> bool:
    """`The March schedule has been published` above nothing but shifts: they are confirmed, whichever days it has."""
    subject = page.mail.subject
    if phrases.status_of(subject) not in ("confirmed", "withdrawn", "reinstated"):
        return False
    dated = {token.kind for token in page.lex(subject)} & {"date", "weekday", "hours", "span"}
    bare = REQUEST.sub(" ", text)
    return not dated and not IN_NEED.search(bare) and not re.search(r"\b(?:want|claim)\b|\?", bare)


def above_slots(page: Page, lines: Sequence[Line]) -> list[str]:
    """The short lines that stand directly above one with a date and hours, or end as a heading does."""
    texts = [line.text[:LONGEST_LINE].strip() for line in lines if line.text.strip()]
    slots = [page.has_slot(text) for text in texts]
    return [
        text
        for text, slot, below in zip(texts, slots, [*slots[1:], False], strict=False)
        if not slot and len(text) <= SHORT and (below or text.endswith(":"))
    ]


def _heads(page: Page, lines: Sequence[Line]) -> list[str]:
    """The subject, and every short line without a date and hours."""
    short = (line.text[:LONGEST_LINE] for line in lines if len(line.text) <= SHORT)
    return [page.mail.subject, *(text for text in short if not page.has_slot(text))]

"""Sentences that hold a word of status, and no day: whether it is of something else than shifts, or of who decides over them.

One judgement for all who ask what a status is of; see `subjects` and `deciders`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.offers.deciders import settled_otherwise
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.remarks import sentences
from connectors.offers.subjects import PLACES, modifiers, of_something_else

_MAY_STATE = Quick(
    r"\b(?:cover(?:s|ed)?|clos(?:ed?|es)|opens?|filled|fills|tak(?:es?|en)|gone|cancell?ed|removed|deleted|withdrawn|confirm(?:s|ed|ation)|award(?:s|ed)|"
    r"reminders?|book(?:s|ed)|assign(?:s|ed)|reserve[sd]|approved|scheduled?s?|released?s?|handle[sd]?|staff(?:s|ed)?|runs?|back-?up|full|claimed|given|"
    r"available|accepted|presented|submitted|selected|chosen|interviewed|nobody|no one|off|out)\b",
    re.IGNORECASE,
)
"""Words that put the shifts of a message in question, wherever they stand."""
_OPENS = re.compile(r"\b(?:open(?:s|ed)?|clos(?:es?|ed)|starts?|begins?|ends?|serves?)\b", re.IGNORECASE)
_NTH = re.compile(r"\d(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|year))", re.IGNORECASE)
_TELLS = frozenset(("date", "month", "weekday", "hours", "span", "money", "zone", "emr", "site"))


def unrelated(page: Page, sentence: str) -> Iterator[tuple[int, int]]:
    """The places of what a sentence says of something else: all of it, or the word of status of some thing (`the reminder calls`)."""
    if not _MAY_STATE.search(sentence):
        return
    apart = of_something_else(sentence)
    found = [(0, len(sentence))] if apart else list(modifiers(sentence))
    if found and not (_names_time(page, sentence) or (apart and _closes_here(page, sentence))):
        yield from found


def may_state(part: str) -> bool:
    """Whether a part of a sentence may state a status of shifts."""
    return _MAY_STATE.search(part) is not None and not of_something_else(part)


def keep_doubts(page: Page, text: str) -> None:
    """Keep what is told of those who decide, for whoever asks what became of the shifts."""
    for start, end in sentences(text):
        if settled_otherwise(text[start:end]) and not _names_time(page, text[start:end]):
            page.loose_statuses.append(text[start:end])


def _names_time(page: Page, sentence: str) -> bool:
    if _NTH.search(sentence):
        return True
    kinds = {token.kind for token in page.lex(sentence)}
    return not kinds.isdisjoint(_TELLS) or ("clock" in kinds and not _OPENS.search(sentence))


def _closes_here(page: Page, sentence: str) -> bool:
    """`The ICU is closed`, beside shifts at North ICU."""
    words = PLACES & {word.lower() for word in re.findall(r"\w+", sentence)}
    if not words or not _OPENS.search(sentence):
        return False
    everything = "\n".join((page.mail.subject, *(line.text for line in page.mail.lines))).lower()
    names = (name.lower() for site in page.lexicon.sites for name in site.names)
    return any(not words.isdisjoint(name.split()) and name in everything for name in names)

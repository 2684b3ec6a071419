"""Why a shift is to be had, said in its own sentence: `Dr. Tremont's knee is getting replaced, so Mon 4/19 8a-1p is empty`.

Where one part of a sentence plainly puts the shift up, the part that says why may be in any words: nobody can know all
that keeps people from work. It is left out before the sentence is read. Not where it holds a date, hours, an amount or a
place of its own, or a day of the week that is none of the shift's: then it says more than why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.offers import states
from connectors.offers.absence import LIFE_EVENT
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.remarks import leads_up, names_need

_I = re.IGNORECASE
_SENTENCE = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)[.!?]+(?=\s|$)")
_LEADS_TO = Quick(
    r"(?:[,;–—-]\s{0,2}| )(?:and )?(?:so|hence|therefore|which (?:leaves|means|opens)|leaving|that leaves|meaning)\b(?! (?:that|far|much|many|long|short|sorry|very|good|nice|kind)\b)",
    _I,
)
_YET = re.compile(r",? but (?!not\b|only\b|if\b|that\b)", _I)
"""`Not sure if you saw my message, but Friday is still open.`"""
_FOLLOWS = Quick(
    r"(?:[,;–—-]\s{0,2}| |\()(?:because(?: of)?|given (?=the|our|how|all|that)|bc|b/c|since(?! (?:\d|last|mon|tue|wed|thu|fri|sat|sun))|due to|on account of|now that|seeing as|given that|as (?=i|we|my|our|his|her|he|she|they|dr\b|the (?:usual|regular))|reason:?|why:?)(?=\s)"
    r"|,? (?:and|but) (?=(?:my|our) (?!shifts?\b|nights?\b|days?\b|rate|schedule|next|other|mon|tue|wed|thu|fri|sat|sun))",
    _I,
)
_REASON_LABEL = Quick(r"\b(?:reason|why)\s?[:=]\s?[^.;!?\n]{3,80}", _I)
_PUT_UP = re.compile(
    r"\b(?:open(?:s|ed|ing|ings)?|empty|vacant|uncovered|unfilled|unstaffed|available|up for grabs|needs?|needed|needing|looking|short|holes?|gaps?|desperate"
    r"|(?:can|could|would|will) (?:you|u|some|any)\w*|any(?:one|body)|some(?:one|body)|who can|i(?:['’]m| am) (?:on|down|scheduled|booked|supposed)|i(?:['’]ve| have) (?:got )?(?:the|a|an)|cover(?:age)?)\b",
    _I,
)
_UNSURE = re.compile(
    r"\b(?:may|might|if|unless|maybe|perhaps|possib\w+|probab\w+|likely|confirm\w*|whether|until|yet|wait\w*|pending|holds?|standby|tentativ\w*|cover(?:s|ing)|tak(?:es|ing)|works|working|wants?|interested|dibs|agreed|said yes)\b",
    _I,
)
"""Of a reason that says more than why: it may not hold, or somebody has the shift."""
_OF_OTHERS = re.compile(
    r"\b(?:is|are|stays?) (?:hers?|his|theirs?)\b|\b(?:her|his|their) (?:own )?(?:shift|day|night)\b", _I
)
_NOT = re.compile(r"\b(?:no|not|never|none|nobody else|neither|without you)\b|n['’]t\b", _I)
_OF_SHIFTS = ("date", "month", "hours", "span", "clock", "money", "site")


def without_reasons(page: Page, text: str) -> str:
    """The text with each reason blanked out, all else in its place."""
    if not page.has_slot(text):
        return text
    for pattern in (_REASON_LABEL, LIFE_EVENT):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    left = list(text)
    for start, end in _sentences(text):
        if not page.has_slot(text[start:end]):
            continue
        for first, last in _reasons(page, text, start, end):
            left[first:last] = " " * (last - first)
    return "".join(left)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _reasons(page: Page, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    for found in _YET.finditer(sentence):
        lead = sentence[: found.start()]
        if _puts_up(page, sentence[found.end() :]) and _only_why(page, lead, sentence) and leads_up(lead):
            yield start, start + found.end()
            return
    for found in _LEADS_TO.finditer(sentence):
        if _puts_up(page, sentence[found.end() :]) and _only_why(page, sentence[: found.start()], sentence):
            yield start, start + found.end()
            return
    for found in _FOLLOWS.finditer(sentence):
        if _puts_up(page, sentence[: found.start()]) and _only_why(page, sentence[found.end() :], sentence):
            yield start + found.start(), end - (sentence[-1:] in ".!?")
            return


def _puts_up(page: Page, text: str) -> bool:
    """Whether a part of a sentence holds a shift, and says that it is to be had."""
    plain = (
        _PUT_UP.search(text)
        and not (_NOT.search(text) or _OF_OTHERS.search(text))
        and states.status_of(text) in (None, "offered")
    )
    return bool(plain) and page.has_slot(text)


def _only_why(page: Page, text: str, sentence: str) -> bool:
    if _UNSURE.search(text) or names_need(text):
        return False
    tokens = page.lex(text)
    mine = {token.value for token in tokens if token.kind == "weekday"}
    if not mine:
        return not any(token.kind in _OF_SHIFTS for token in tokens)
    rest = {token.value for token in page.lex(sentence.replace(text, " ")) if token.kind == "weekday"}
    return mine <= rest and not any(token.kind in _OF_SHIFTS for token in tokens)

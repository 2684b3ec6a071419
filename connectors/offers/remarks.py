"""Small talk beside shifts: a sentence, or the reason given in one, that cannot be about whether the shifts are to be had.

It names no day, no time and no amount, points back at nothing (`it`, `that one`, `both`), and holds no word of refusal,
doubt, change or taking. Its other words may then be any: nobody can know all that people write of flu and floods. Where
one of these stands in it, each of its words has to be understood, as those of the shifts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers.tokens import Token

_I = re.IGNORECASE
_SENTENCE = re.compile(
    r"(?<=[\w)%!?\"'’])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)(?:[.!?]+|[;]|:\))(?=\s|$)|\s[–—]\s|(?<=\w)!+"
)
_CLAUSE = re.compile(
    r"[,;:()–—]|\s(?=(?:because|bc|since(?! \d)|given that|now that|seeing as|due to|thanks to|so|and|but|while|which|who|as (?:we|i|our|my))\b)",
    _I,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|it['’]s|this|that|that['’]s|these|those|they|they['’]re|them|one|ones|both|either|neither|all|each|every|some|most|any|few|first|second|third|last|former|latter"
    r"|rest|same|above|below|following|previous|earlier|shifts?|slots?|spots?|openings?|blocks?|sessions?|dates?|days?|nights?|evenings?|mornings?|weekends?|weeks?|months?|list|schedule|roster|rota|offer(?:s|ed|ing)?|hours?|times?|coverage|cover|work|job|gig)\b",
    _I,
)
_WEIGHTY = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|without|unless|except|but|however|although|though|instead|rather|if|whether|until|till|once|only|otherwise|yet|else|other|others|another"
    r"|maybe|perhaps|might|may|possib\w+|probab\w+|likely|unlikely|hopefully|potential\w*|tentativ\w*|pend\w+|hold|holding|wait\w*|standby|backup|jeopardy|unsure|uncertain|doubt\w*|tba|tbd|tbc"
    r"|cancel\w*|withdr\w+|remov\w+|delet\w+|void\w*|revok\w+|rescind\w*|retract\w*|scrap\w*|scratch\w*|nix\w*|kill\w*|axed?|pull(?:s|ed|ing)?|drop\w*|clos\w+|shut\w*|end(?:s|ed)?|stop\w*|expir\w+|lapse\w*|over|done|finish\w*|gone|went|lost"
    r"|fill\w*|cover(?:s|ed|ing)|tak(?:e|es|en|ing)|took|got|gets?|grab\w*|pick\w*|claim\w*|snag\w*|snap\w*|nab\w*|scoop\w*|steal|stole|assign\w*|award\w*|giv(?:e|es|en|ing)|gave|book(?:s|ed|ing)?|reserv\w+|select\w*|chos\w+|choos\w+|hir(?:e|ed|es|ing)|staffed|settl\w+|sort(?:ed)?|handled"
    r"|work(?:s|ed|ing)?|volunteer\w*|confirm\w*|approv\w+|accept\w*|declin\w*|den(?:y|ied|ies)|reject\w*|refus\w+|agree\w*|commit\w*|promis\w+|spoken"
    r"|chang\w+|mov(?:e|es|ed|ing)|shift(?:ed|ing)|swap\w*|trad(?:e|es|ed|ing)|switch\w*|resched\w+|postpon\w+|delay\w*|push\w*|updat\w+|correct\w*|wrong\w*|mistak\w+|error\w*|typo\w*|oops|whoops|sorry|ignor\w+|disregard\w*|forget|forgot\w*|nevermind|actually|meant|mean|edit\w*|revis\w+"
    r"|test\w*|example\w*|sample\w*|draft\w*|templat\w+|hypothe\w+|jok\w+|kidding|pretend\w*|imagin\w+|remember\w*|recall\w*|used|was|were|had|did|old|past|ago|yesterday|archive\w*|histor\w+|recap\w*"
    r"|bill\w*|bonus\w*|pay|paid|pays|rate|rates|money|fee|fees|tax\w*|deduct\w*|per|percent|credit\w*|unpaid|volunteer\w*|free"
    r"|nps?|pas?|rns?|nurses?|residents?|interns?|students?|scribes?|techs?|medics?|zone|eastern|central|mountain|pacific|campus|annex|satellite|location|site|sister"
    r"|assum\w+|provided|depend\w*|conting\w+|dibs|luck\w*|census|tank\w*|bail\w*|sign(?:s|ed|ing)?|contract\w*|called"
    r"|password|account|bank\w*|ssn|dea|passport|gift)\b|n['’]t\b|[?=]|\b(?:x{2,})\b",
    _I,
)
_REASON = re.compile(
    r"\s*(?:because|bc|since|given that|now that|seeing as|due to|thanks to|so (?=i|we)|as (?=we|i|our|my))\b",
    _I,
)
_PREDICATE = re.compile(
    r"\b(?:it|this|that|these|those|they|one|ones|both|all|each|some|most|rest|shifts?|slots?|dates?|days?|nights?|list|schedule|offer)(?: ones?| shifts?)?(?:['’](?:s|re|ll|ve)| (?:is|are|was|were|be|has|have|had|will|can|got|get|went|go|goes|looks?|seems?|stays?|remains?|becomes?))\b",
    _I,
)
_MAY_NAME = re.compile(
    r"(?<=\w )[A-Z][a-z]|^\W*[A-Z][a-z]+ (?=[a-z]+(?:ed|s)\b)|(?i:\b(?:you|yourself|u|who|he|she|his|her)\b)"
)
"""Behind the shifts: somebody may be said to have them."""
_DOCTOR = re.compile(r"\bDr\b\.?")
FEWEST = 3
"""Words; fewer of them may be a name, or an answer."""
_OF_SHIFTS = ("date", "month", "weekday", "number", "hours", "span", "clock", "money", "zone")
_SPEAKS = ("date", "month", "weekday", "number", "hours", "span", "clock", "money", "zone", "site", "emr")


def remarks(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of the sentences, and of the reasons within others, that are small talk."""
    timed = min((token.start for token in tokens if token.kind in _OF_SHIFTS), default=len(text))
    for start, end in sentences(text):
        if _is_talk(text, start, end, tokens) and (end <= timed or not _MAY_NAME.search(text, start, end)):
            yield start, end
            continue
        for first, last in _clauses(text, start, end):
            leads = last <= timed or _REASON.match(text, first)
            if leads and _is_aside(text, first, last, tokens):
                yield first, last


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The place of each."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _CLAUSE.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _is_aside(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """A clause of a sentence with shifts that names none of their days or hours, and states nothing of them."""
    clause = text[start:end]
    if (
        len(clause.split()) < FEWEST
        or _DOCTOR.search(clause)
        or _PREDICATE.search(clause)
        or _WEIGHTY.search(clause)
    ):
        return False
    return not any(token.kind in _OF_SHIFTS for token in tokens if start <= token.start < end)


def _is_talk(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    sentence = text[start:end]
    if len(sentence.split()) < FEWEST or _POINTS_BACK.search(sentence) or _WEIGHTY.search(sentence):
        return False
    return not any(token.kind in _SPEAKS for token in tokens if start <= token.start < end)

"""Sentences of their own that settle the one shift of a message, above it or below: they stand as one, or not at all.

`Your hand-back request for the shift below was not approved. You remain assigned.` above a form; `Your shift has been
reinstated.` above a line, and below it `The cancellation you received was sent in error. You are back on the schedule`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from connectors.offers import states
from connectors.offers.almanac import QuestionError
from connectors.offers.decisions import about_letting_go, decides_request, outcome, without_outcome
from connectors.offers.fields import labelled
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.naming import TURNS_REASON, sentences
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.reading import Status
from connectors.offers.wrapped import SENTENCE

_I = re.IGNORECASE
_POST = r"(?:shift|assignment|booking|session|block|night|day)"
_LISTED = r"(?:on (?:the|our|your) (?:schedule|roster|rota|board|books|calendar|grid)|(?:the )?(?:assigned|scheduled|booked|confirmed|rostered)(?: (?:physician|doctor|provider|clinician))?|down for (?:it|this|this one)|on it)"
_BACK = Quick(
    rf"^\W*(?:(?:good|great) news[,:!]? |(?:please note|note|be advised) (?:that )?|we are (?:happy|pleased|glad) to (?:say|tell you|confirm)(?: that)? )?"
    rf"(?:your {_POST}(?: below)?|the (?:following {_POST}|{_POST} below)) (?:has|was|is)(?: now| been| just)* (?:reinstated|restored|put back)\b|^\W*we(?: have|['’]ve)? (?:reinstated|restored) (?:your {_POST}|the (?:following {_POST}|{_POST} below))\b",
    _I,
)
"""`Your shift has been reinstated`: known already, and on again."""
_YOURS = Quick(
    rf"\byou(?:['’]re| are)(?: now)? (?:(?:back|again|still|once (?:more|again)) {_LISTED}|{_LISTED}(?:,? as before| again| once (?:more|again)))|\b(?:it|the {_POST}) is (?:yours again|yours once (?:more|again)|still yours)\b|\byou(?:['’]re| are)(?: \w+)? (?:working|expected)(?: it)? as (?:planned|before|originally planned)\b",
    _I,
)
"""`You are back on the schedule`: and the reader's, as it was."""
_NOTICE = r"(?:cancell?ation|removal|withdrawal|release)"
_EARLIER = Quick(
    rf"\b(?:the|our|my|that|this|(?:yester|mon|tues|wednes|thurs|fri|satur|sun)day['’]?s) (?:[a-z]{{4,10}} )?{_NOTICE}(?: (?:notice|e-?mail|message|letter|note))?\b[^.;!?]{{0,50}}? (?:was|went out)(?: (?:sent|issued|posted|made|out|just))* (?:in error|by mistake|by accident|an? (?:\w+ )?(?:error|mistake|glitch))"
    rf"|\b(?:disregard|ignore) (?:the|our|my|that|(?:yester|mon|tues|wednes|thurs|fri|satur|sun)day['’]?s) (?:[a-z]{{4,10}} )?{_NOTICE}\b",
    _I,
)
"""`The cancellation notice you received yesterday was sent in error`: what no longer holds."""
_ENDS = re.compile(r"[.!?:;]\W*$")
_SLOT = ("date", "month", "hours", "span")
_SEVERAL = re.compile(rf"\b(?:requests|{_POST}s|both|these|those|all)\b", _I)


class _Part(NamedTuple):
    """Lines that one sentence may go on in."""

    lines: tuple[Line, ...]
    text: str


class _Sentence(NamedTuple):
    text: str
    heads: bool
    """Whether it stands above all shifts, and says itself what became of one."""
    meant: Status


def settled_beside(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines without those of such sentences, where all of them come to one status, which `page.told_above` then holds.

    All the lines where they do not, or another line states a status as well.
    """
    page.letting_go = about_letting_go(page.mail.subject, (line.text[:LONGEST_LINE] for line in lines))
    parts = _parts(page, lines)
    first = next((at for at, part in enumerate(parts) if _names_when(page, part.text)), len(parts))
    found: list[_Sentence] = []
    mine: list[_Part] = []
    for at, part in enumerate(parts):
        told = [part.text[start:end] for start, end in sentences(part.text)]
        settling = [one for text in told if (one := _settling(page, text, above=at < first))]
        found += settling
        if settling or any(map(_EARLIER.search, told)):
            mine.append(part)
    meant = {one.meant for one in found}
    if not any(one.heads for one in found) or len(meant) != 1 or first == len(parts):
        return list(lines)
    rest = [part for part in parts if part not in mine]
    if any(_turns(page, part.text) for part in mine) or any(states.status_of(part.text) for part in rest):
        return list(lines)
    for line in (line for part in mine for line in part.lines):
        page.ignore(line, "status")
    page.told_above = meant.pop(), any(_SEVERAL.search(one.text) for one in found if one.heads)
    page.settled_beside = True
    return [line for part in rest for line in part.lines]


def _parts(page: Page, lines: Sequence[Line]) -> list[_Part]:
    """The lines; one that a program broke amid a sentence together with those that it goes on in."""
    parts: list[_Part] = []
    for line in lines:
        text = line.text[:LONGEST_LINE].strip()
        last = parts[-1] if parts else None
        plain = not (line.cells or _names_when(page, text) or labelled(text))
        if last and plain and last.lines[-1].number == line.number - 1 and _is_broken(page, last):
            parts[-1] = _Part((*last.lines, line), f"{last.text} {text}"[:LONGEST_LINE])
        else:
            parts.append(_Part((line,), text))
    return parts


def _is_broken(page: Page, part: _Part) -> bool:
    line = part.lines[-1]
    amid = len(line.text.strip()) >= SENTENCE and not _ENDS.search(line.text[:LONGEST_LINE])
    return amid and not (line.cells or _names_when(page, part.text) or labelled(part.text))


def _settling(page: Page, text: str, *, above: bool) -> _Sentence | None:
    """What a sentence without a day settles; of what is back, that it is the reader's is told by one of its own."""
    if text.rstrip().endswith("?"):
        return None
    if _YOURS.search(text):
        return _Sentence(text, above and _BACK.search(text) is not None, "confirmed")
    if _BACK.search(text):
        return _Sentence(text, above, "confirmed" if _is_yours(page) else "reinstated")
    try:
        meant = outcome(text, letting_go=page.letting_go)
    except QuestionError:
        return None
    if meant is None:
        return None
    return _Sentence(text, above and decides_request(text, letting_go=page.letting_go), meant)


def _is_yours(page: Page) -> bool:
    return any(_YOURS.search(line.text[:LONGEST_LINE]) for line in page.mail.lines)


def _names_when(page: Page, text: str) -> bool:
    return any(token.kind in _SLOT for token in page.lex(text[:LONGEST_LINE]))


def _turns(page: Page, text: str) -> bool:
    """Whether anything beside what is settled leaves it open, or names a day."""
    bare = without_outcome(text)
    for pattern in (_YOURS, _EARLIER):
        bare = pattern.sub(" ", bare)
    return TURNS_REASON.search(bare) is not None or _names_when(page, text)

"""What governs the shifts of a message: its subject, its headings, the short lines above days and hours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import daynight, phrases, states
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.outright import IN_NEED, OF_THE_PAST, PUT_UP, REQUEST, SETTLED_OUTRIGHT
from connectors.offers.page import Page
from connectors.offers.phrases import GREETING
from connectors.offers.quick import Quick
from connectors.offers.unless import UNLESS
from connectors.offers.vocabulary import unexplained

SHORT = 60
"""Characters; a longer line is no heading."""
_PRICED = re.compile(r"[$£€] ?\d|\d ?[€£]|\d ?/ ?h|\bUSD\b")


def is_settled(page: Page, everything: str, lines: Sequence[Line]) -> bool:
    """Whether a subject or a heading speaks of settled shifts, and nothing else of shifts to be had.

    A subject that is plain weighs more than what is said below it: `Your request was approved`. What the reader asked to be
    let off is theirs, or gone: never put up.
    """
    if page.settled_beside or page.letting_go:
        return True
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
    if states.status_of(subject) not in ("confirmed", "withdrawn", "reinstated"):
        return False
    dated = {token.kind for token in page.lex(subject)} & {"date", "weekday", "hours", "span"}
    return not dated and not puts_up_beside(text)


def puts_up_beside(text: str) -> bool:
    """Whether a text beside what is settled may put something up."""
    bare = _ASKED_BESIDE.sub(" ", states.NOT_NEEDED.sub(" ", REQUEST.sub(" ", text)))
    return bool(IN_NEED.search(bare) or re.search(r"\b(?:want|claim)\b|\?", bare))


_ASKED_BESIDE = Quick(
    r"(?:^|(?<=[.!?:] ))\W{0,3}(?:(?:do you |still )?(?:need|want|have|wish) to (?:hand|give|cancel|drop|swap|trade|change|release|call|reschedule|talk|reach)|(?:any |got |have )?(?:questions?|concerns?|problems?|issues?|trouble)|running late|can(?:['’]t|not) (?:make|do|work) it|(?:something|anything) (?:come|came|comes|wrong|off|missing)|change(?:d|s)? (?:of |your |in )?(?:mind|plans?)|first time)\b[^.!?\n]{0,40}\?"
    r"|\b(?:if|should|in case) (?:you|anything|something)\b[^.!?\n]{0,12}\b(?:needs?|wants?)\b|\byou(?:['’]ll| will)? (?:only |also |just |may |might )?need\b|\bno need\b",
    re.IGNORECASE | re.MULTILINE,
)
"""`Need to hand it back?`, `You will need your badge`: beside what is settled, it puts nothing up."""


def of_unknown_kind(page: Page, everything: str, heads: Sequence[str]) -> bool:
    """Whether words that nobody taught us stand above shifts, in a message that puts nothing up in any other words.

    Not one of them has to be a known danger: where no price, no need and nothing open is told, they alone say what
    the shifts are.
    """
    if any(_said_of_those_below(head) for head in heads):
        return True
    if (
        page.swap
        or PUT_UP.search(everything)
        or states.status_of(everything)
        or daynight.usual_half(everything)
    ):
        return False
    if _PRICED.search(everything):
        return False
    return any(_strange(page, head) for head in heads if not GREETING.match(head))


def _said_of_those_below(head: str) -> bool:
    """`We nixed these:`, `The following got nixed:`, whatever they pay: a verb that nobody taught us."""
    found = _DONE_TO_THOSE.search(head)
    if states.status_of(head) or states.NO_STATUS.search(head) or _WHAT_IS_LEFT.search(head):
        return False
    return found is not None and bool(unexplained(found[1] or found[2], frozenset()))


_DONE_TO_THOSE = Quick(
    r"\b(?!(?:between|than|then|when|about|without|against|amongst?|throughout|beneath|but|not|want|just|get|let|left|open|in|on|can|again|most|past|next)\b)(\w{3,}(?:ed|t|en|n)) (?:these|those|(?:all )?the following|all of (?:them|these))\b"
    r"|\b(?:these|those|the following|all of (?:them|these))(?: \w{4,12})? (?:just |all |have |has |were |are |been |got |went |now ){1,3}(\w{3,})\b",
    re.IGNORECASE,
)


_WHAT_IS_LEFT = re.compile(
    r"\b(?:these|those|the following) are (?:all |just |only |now )?(?:of )?what(?:['’]s| is|(?: (?:we|i|they|the (?:site|unit|desk|hospital|clinic|agency)))(?: still| now)? (?:have|has|need|needs|got))"
    r"(?: (?:still|now|got|to))?(?: (?:left|open|available|remaining|uncovered|unfilled|fill|cover|offer))?\W*$",
    re.IGNORECASE,
)
"""`These are what we have left:`"""


_PERIODICAL = Quick(
    r"\b(?:fall|autumn|spring|summer|winter|weekly|bi-?weekly|daily|monthly|quarterly|digest|round-?up|bulletin|newsletter|listings?|edition|board)\b",
    re.IGNORECASE,
)
"""What a list that comes again and again is called."""


def _strange(page: Page, head: str) -> bool:
    """Whether a word in small letters is left that is not understood; capitals may be a name's.

    Not in a head that names a place, a half of the day, or a status only to deny it: those have readers of their own.
    """
    if phrases.ELSEWHERE.search(head) or daynight.halves(head).strip() or states.NO_STATUS.search(head):
        return False
    head = UNLESS.sub(" ", head)
    head = _PERIODICAL.sub(lambda found: " " * len(found[0]), head)
    bare = list(head)
    for token in page.lex(head):
        if token.kind not in ("word", "mark"):
            bare[token.start : token.end] = " " * (token.end - token.start)
    return any(word[0].islower() for word in unexplained("".join(bare), frozenset()))


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

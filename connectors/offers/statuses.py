"""A status that is stated apart from its shifts: of a day above, of "that one", of nobody knows which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import daynight, phrases, states
from connectors.offers.agreement import is_night
from connectors.offers.almanac import QuestionError
from connectors.offers.dates import entries
from connectors.offers.draft import Draft
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.page import Page
from connectors.offers.reading import Status
from connectors.offers.stating import status_apart
from connectors.offers.tokens import Token

SHORT = 5
"""Words; a longer line without a "that one" speaks of shifts in general."""
_SETTLED = ("withdrawn", "confirmed", "reinstated", "changed")


def said_of_day(page: Page, text: str, status: Status, tokens: Sequence[Token]) -> bool:
    """`The 2/20 is filled`, `Sunday has been taken`: a shift above, by its day. Raises where that is not one shift."""
    weekdays = {token.value for token in tokens if token.kind == "weekday"}
    days = (
        {day for entry in entries(tokens, page.calendar()) for day in entry.days}
        if page.names_day(tokens)
        else set()
    )
    sites = {token.value for token in tokens if token.kind == "site"}
    above = [draft for draft in page.drafts if not sites or draft.site in sites]
    if not above or not (days or weekdays) or states.OTHER_SHIFTS.search(text):
        return False
    words = daynight.halves(text).split()
    meant = [draft for draft in above if (draft.day in days if days else draft.day.weekday() in weekdays)]
    if len(words) == 1:
        meant = [draft for draft in meant if is_night(draft.hours) == (words == ["night"])]
    told = {draft.day for draft in meant}
    if (
        not meant
        or status_apart(page, text)
        or len(meant) != len(told)
        or (days and told != days)
        or (not days and len(told) != len(weekdays))
    ):
        for draft in meant:
            draft.review.add("status")
        raise QuestionError("which shift is meant")
    for draft in meant:
        if draft.status is None:
            draft.status = status
        elif draft.status != status:
            draft.review.add("status")
    return True


def said_of_those_above(page: Page, text: str, status: Status) -> None:
    """`That one has been filled`: clear after one shift, a question after more."""
    if states.NOT_CHOSEN.search(text) and len(page.drafts) > 1 and states.SOME_OF_THEM.search(text):
        for draft in page.drafts:
            draft.review.add("status")
        raise QuestionError("which shift is meant")
    if states.NOT_CHOSEN.search(text) and _all_applied_for(page):
        for draft in page.drafts:
            _state(draft, status)
        return
    months = {token.value for token in page.lex(text) if token.kind == "month"}
    if page.drafts and months and months.isdisjoint(draft.day.month for draft in page.drafts):
        return  # `Our April dates have all been filled`, below those of May.
    pronoun = phrases.PRONOUN.search(text)
    weekdays = any(token.kind == "weekday" for token in page.lex(text))
    if weekdays and not page.drafts and not states.SHIFTS_AT_LARGE.search(text):
        page.loose_statuses.append(text)
        raise QuestionError("which shift is meant")
    if not pronoun:
        if page.drafts and len(text.split()) <= SHORT and not states.SHIFTS_AT_LARGE.search(text):
            for draft in page.drafts:
                if draft.status is None:
                    draft.review.add("status")
            raise QuestionError("which shift is meant")
        if not states.SHIFTS_AT_LARGE.search(text):
            page.loose_statuses.append(text)
        return
    if not page.drafts and not states.SHIFTS_AT_LARGE.search(text):
        page.loose_statuses.append(text)
    if page.drafts and status_apart(page, text):
        for draft in page.drafts:
            if draft.status is None:
                draft.review.add("status")
        raise QuestionError("which shift is meant")
    open_ones = [draft for draft in page.drafts if draft.status is None]
    several = re.search(r"\b(?:those|these|they|both|all)\b", text, re.IGNORECASE)
    if len(open_ones) == len(page.drafts) and (len(open_ones) == 1) == (several is None):
        for draft in open_ones:
            _state(draft, status)
        return
    for draft in open_ones:
        draft.review.add("status")
    raise QuestionError("which shift is meant")


def _state(draft: Draft, status: Status) -> None:
    """What became of what the reader asked for; that they did is then no doubt of it."""
    asked_for = _OF_INTEREST.search(draft.source.text) or states.APPLIED.search(draft.source.text)
    if draft.status is None and status == "withdrawn" and asked_for:
        draft.review.discard("status")
    draft.status = draft.status or status


_OF_INTEREST = re.compile(r"\bfor your (?:interest|application|bid|request|patience|offer)\b", re.IGNORECASE)


def _all_applied_for(page: Page) -> bool:
    """Whether the shifts above are one, or are those that the reader asked for, with no word of others."""
    open_ones = [draft for draft in page.drafts if draft.status is None]
    asked_for = any(states.APPLIED.search(line.text[:LONGEST_LINE]) for line in page.mail.lines)
    return len(open_ones) == len(page.drafts) and (len(open_ones) == 1 or (bool(open_ones) and asked_for))


def keep_loose_status(page: Page, text: str, status: Status | None, site: Token | None) -> None:
    """Keep a sentence that states a status of shifts which it does not name."""
    stated = (states.RAISED.search(text) if status == "changed" else site) if status in _SETTLED else None
    if (stated and not states.SHIFTS_AT_LARGE.search(text)) or (status is None and _HAS_IT.search(text)):
        page.loose_statuses.append(text)


_HAS_IT = re.compile(
    r"(?:^|(?<=[.!?;,] )|\b(?:but|and|so|since|because|said|says)(?: that)? )\W*(?:(?:Dr\.? )?(?!(?:You|We|They|It|This|That|Who|What|Which|Whoever|Nobody|None|No|If|When|Let|Please|And|But|So|Anyone|Anybody|Someone|Somebody|Everyone|Can|Could|Would|Will|Want|Does|Do|Did|Has|Have|Epic|Thanks)\b)[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20})?"
    r"|(?i:\b(?:he|she|my partner|(?:our|the|a|another|one of the|one of our) (?:\w{3,12} )?(?:doc|doctor|physician|provider|nocturnist|hospitalist|locum|colleague|partner|resident|fellow|intensivist)s?)))(?:['’](?:s|ll))?"
    r"(?i:(?: (?:has|have|had|already|now|just|also|is|will|is going to)){0,3} (?:has|have|got|took|taken|takes?|taking|works?|working|covers?|covering|wants|doing|does|grabbed|claimed|keeps|keeping|picked) (?:it|this|that|this one|that one|them|these|those|both|all of (?:it|them))(?: up)?(?=\s*(?:[.,;!)]|$)|\s(?:now|already|covered|instead|too|also|so|and|then)\b))"
)
"""`Kim has it.`, on a line by itself: those above may be hers."""


def doubt_weekdays(page: Page, text: str, tokens: Sequence[Token]) -> None:
    """`Never mind Friday`, `Friday went to Dr. Patel`: whatever is said of it, it is no longer sure."""
    for at, token in enumerate(tokens):
        if token.kind == "month" and "number" in [one.kind for one in tokens[at + 1 : at + 3]]:
            raise QuestionError("no hours")  # `Feb: 20, 21, 22`
    named = {
        token.value for token in tokens if token.kind == "weekday" and not _ANY_OF.search(text[: token.start])
    }
    if phrases.NOT_A_SHIFT.search(text) or phrases.DEADLINE.search(text) or phrases.CLOCK_CHANGE.search(text):
        return
    meant = [draft for draft in page.drafts if draft.day.weekday() in named and draft.status is None]
    if meant and re.search(r"\b(?:only|just|left|rest|except)\b", text, re.IGNORECASE):
        meant = page.drafts
    for draft in meant:
        draft.review.add("status")
    if named and not page.drafts and _WENT_TO.search(text):
        raise QuestionError("which shift is meant")


_ANY_OF = re.compile(r"\b(?:any|either|every|each)(?: one)?(?: of the| other)? $", re.IGNORECASE)
"""`Any Wednesday helps.`"""
_WENT_TO = re.compile(r"\b(?:went|gone|goes) to [A-Z]")

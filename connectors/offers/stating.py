"""The status that a text states of its shifts, or a heading of those below it; and whether it may be one of something else."""

from __future__ import annotations

import re

from connectors.offers import phrases, states
from connectors.offers.absence import WHY_OPEN
from connectors.offers.almanac import QuestionError
from connectors.offers.decisions import decided
from connectors.offers.page import UNCLEAR, Page
from connectors.offers.quick import Quick
from connectors.offers.reading import Status
from connectors.offers.standing import LOOSE_STATUS, needs_cover, states_those_below
from connectors.offers.standing import status_apart as of_something_else
from connectors.offers.template import matches
from connectors.offers.vocabulary import BENEFIT, CODED_HOURS, IN_ORDER, SHIFT_CODE, words_of

_THOSE_BELOW = re.compile(
    r"\b(?:(?:the |these |your )?following|these|those)(?: (?:shifts?|assignments?|dates?|bookings?|sessions?|slots?|days|nights))?\b(?=[^.;!?]{0,70}:?\s*$)",
    re.IGNORECASE,
)
_OF_OTHERS = Quick(
    r"^(?!.*\b(?:these|those|this|that|it|they|both|below|following|list|everything|shifts)\b).*\b(?:days|nights|evenings|weekends|weekdays|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?) (?:is|are|has|have)\b",
    re.IGNORECASE,
)
"""`December is all filled.`: said of a month or a half of the day, and of nothing below."""
_PUTS_UP = re.compile(
    r"\b(?:open|available|unfilled|uncovered|needs?|needed|holes?|gaps?|openings?)\b[^.;]*:$|^\W*(?:days|nights|evenings|weekends|weekdays|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\s*:$",
    re.IGNORECASE,
)


def status_here(page: Page, text: str) -> Status | None:
    """The status of a line: its own, or that of the heading above it."""
    return own_status(page, text) or page.scope.status


def own_status(page: Page, text: str) -> Status | None:
    """The status that a line states of its shifts; what it says of travel or insurance is not one."""
    if matches(page.template.closed, text):
        return "withdrawn"
    status = decided(text, states.status_of(text), letting_go=page.letting_go)
    if status is None or status != states.status_of(text):
        return status
    text = WHY_OPEN.sub(" ", BENEFIT.sub(" ", text))
    status = states.status_of(text)
    if status == "withdrawn":
        rest = states.NOT_NEEDED.sub("", text)
        if phrases.EXCEPTION.search(text):
            raise QuestionError(UNCLEAR[0])
        if states.STILL_OPEN.search(rest):
            raise QuestionError(UNCLEAR[1])
    return status


def state_heading(page: Page, text: str, status: Status | None) -> None:
    """What a heading states of the shifts below it, and whether it may be meant of something else."""
    page.scope.status, page.scope.stated_at, page.scope.over_sites = status, len(page.drafts), False
    loose = (
        status is None
        and LOOSE_STATUS.search(states.NO_STATUS.sub("", BENEFIT.sub("", text)))
        and not needs_cover(text)
    )
    page.scope.unsure_status = bool(loose) or status_apart(page, text, below=True)
    if page.subject_of_all and status == states.status_of(page.mail.subject):
        page.scope.unsure_status = False
    *before, last = phrases.SENTENCE_END.split(text.strip())
    if status is None and before and phrases.OPEN_ONES.match(last):
        page.scope.unsure_status = False  # `The schedule is out. Open shifts:`
        page.open_below = True
    if before and _OF_OTHERS.search(" ".join(before)) and _PUTS_UP.search(last):
        page.scope.status, page.scope.unsure_status = None, False


def unsure_heading(page: Page, text: str) -> bool:
    """Whether the status of a shift is that of a heading which may be meant of something else."""
    return page.scope.unsure_status and own_status(page, text) is None


def _adds_nothing(text: str) -> bool:
    """Whether what stands behind a status only says whose shifts they are, or how to answer."""
    return bool(states.YOUR_SHIFTS.match(text) or states.REPLY_ASKED.match(text))


def status_apart(page: Page, text: str, *, below: bool = False) -> bool:
    """Whether a text states a status that may be one of something else than its shifts (or those below it)."""
    if matches(page.template.closed, text):
        return False
    bare = text
    beside: tuple[re.Pattern[str] | Quick, ...] = (
        BENEFIT,
        CODED_HOURS,
        SHIFT_CODE,
        IN_ORDER,
        *page.names.within(text),
    )
    for pattern in beside:
        bare = pattern.sub(lambda found: " " * len(found[0]), bare)
    stated = states.stated_in(bare)
    if stated is None or stated[0] == "offered":
        return False
    status, start, end = stated
    if status == "changed" and not below:
        return False
    follows = _THOSE_BELOW.search(bare, end) if below else None
    if follows and not words_of(bare[end : follows.start()])[3:]:
        bare = f"{bare[: follows.end()]}:"
    behind = phrases.SENTENCE_END.search(bare, end) if below else None
    if behind and words_of(bare[behind.end() :]) and not _adds_nothing(bare[behind.end() :]):
        return True
    tokens = page.lex(bare)
    if below and states_those_below(bare, tokens, start, end):
        return False
    return of_something_else(bare, tokens, status, start, end)

"""The last look at a message: no line that may speak of a day of work is passed over without a reason.

Every reader of lines may find nothing in a line; here it is looked at once more, by its tokens alone. What names a day,
or hours beside a day of the week, and was neither used nor set aside by a rule that says why, becomes a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from connectors.offers import bundles, phrases, states
from connectors.offers.absence import WHY_OPEN
from connectors.offers.almanac import QuestionError
from connectors.offers.dates import entries, is_relative
from connectors.offers.due_else import due_else
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.logistics import WRAPPED
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.reading import Source
from connectors.offers.talk import bears
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import CLOCKS, ELSE_ON_A_DAY, HOLIDAY, WELL_WISHES, WHEREABOUTS, WRITTEN_ON

MOST_WORDS = 4
"""Of a line with a clock: a longer one is a sentence about something."""
PASSED_OVER = frozenset(("prose", "month", "week", "deadline"))
"""Rules that say nothing of the days on a line."""
_I = re.IGNORECASE
_HANDED_ON = re.compile(r"\s*(?:re|fwd?|fw)\s*:", _I)
_AGAIN = Quick(
    r"\b(?:same|also|too|again|as well|ditto|likewise|repeat|next)\b|\bfollowing\b(?! (?:\w+ )?(?:shifts?|dates?|days|nights|weekends|weeks|blocks|options|times|jobs|openings?|slots?|sessions?|assignments?|bookings?|positions?|is|are)\b)",
    _I,
)
_WANTED = Quick(
    r"\b(?:need(?:s|ed|ing)?|short|holes?|gaps?|openings?|open|uncovered|unfilled|vacan\w+|available|cover(?:age|ing)?|shifts?"
    r"|pick up|grabs|left|remain(?:s|ing)?|can (?:you|u|any|some)\w*|could (?:you|u|any|some)\w*|who can|any(?:one|body)|help|swap|trade|slots?|nights?|days)\b",
    _I,
)
_LATER = Quick(r"\b(?:week|day|night|month|fortnight)s? (?:later|after)\b|\bweek[- ]?ends?\b|\bwknds?\b", _I)
_ORDINAL = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|year|grade|shift|time|one|anniversary|annual|street|st\b|ave\w*|edition|of all|party|call))",
    _I,
)
_WEEK_OF_DAY = re.compile(r"\bweek of (?:the )?\d{1,2}(?:st|nd|rd|th)\b", _I)
"""Beside shifts that are read it only says which week they are in."""
_NUMBERS = re.compile(
    r"(?<![\d/:.$£€#-])\d{1,2}(?:(?: ?[,;&/]| and| or) ?(?:and |or )?\d{1,2}){1,12}(?![\d/:.%-])"
)
"""`7, 8, 9`: days, where nothing else is counted."""
_EXPLAINED = (CLOCKS, ELSE_ON_A_DAY, HOLIDAY, WELL_WISHES, WHY_OPEN, WRITTEN_ON, WHEREABOUTS)
_SPEAKS_OF_ANSWER = re.compile(
    r"\b(?:reply|replies|respond|response|answers?|rsvp|deadline|confirm|claim|apply|bids?|clos(?:es?|ing)|decide|decision|know|due|expires?|tell|text|call|hear"
    r"|meld\w*|antwort\w*|rückmeld\w*|zusage\w*|respon\w*|répon\w*|contest\w*|avis\w*|confirm\w*)\b",
    _I,
)


_ENDS_ON = Quick(
    r"\b(?:offers?|proposals?|requests?|bids?|bidding|invitations?|slots?|list|posting|this|it|they|window|rate)\b[^.;]{0,20}\b(?:expires?|expir\w+|ends?|closes?|closing|lapses?|valid|good|open) ?(?:on|until|till|through|thru|by|:)?(?= )",
    re.IGNORECASE,
)
_SOME_END = Quick(
    r"\b(?:reply|respond|response|answers?|rsvp|let (?:me|us) know|tell (?:me|us)|decide|decision|hear (?:back )?from you|word from you|claim)\b[^.;!?\n]{0,40}\b(?:by|before) (?:the )?(?:end of (?:the|this|next) (?:week|month)|(?:this |next )?weekend|next week|week['’]?s end|holidays?)\b",
    _I,
)
"""`Please answer by the end of the week`: which day that is, nobody says."""
_YEAR = re.compile(r"20\d\d")
_IS_THE = re.compile(
    r"\b(?:sunday|monday|day|eve|holiday|weekend|it|that|which)(?:['’]s| is) (?:on )?the \d", _I
)
_UNTIL = re.compile(
    r"\b(?:open|good|valid|hold|held|reserved|yours|aside)(?: \w{2,6}){0,3} (?:through|thru)\b|\b(?:by|before|until|till|no later|bis|hasta|avant|antes)\b",
    _I,
)


def questions(page: Page, lines: Sequence[Line]) -> None:
    """Ask about each line that was passed over though it may speak of a shift, and about all shifts where it may bear on them."""
    _heed(page)
    told = _told(page)
    for line in lines:
        if line.number in told:
            continue
        if why := _MONTH if line.number in page.bare_days else _asked(page, line.text[:LONGEST_LINE]):
            page.ask(line, why)
    subject = page.mail.subject
    if page.drafts and page.has_slot(subject) and not _HANDED_ON.match(subject):
        days = _days(page, subject)
        if days and not days & {draft.day for draft in page.drafts}:
            page.ask(Line(0, subject), "the subject names another day")


def _heed(page: Page) -> None:
    """Not in a swap, where somebody's wish for the shifts is what it is about; nor what is said of struck lines alone, or of all together."""
    understood = (states.STRUCK, bundles.ALL_OR_NOTHING, bundles.MAYBE_WHOLE, bundles.OF_ONE_PERSON)
    beside = (text for text in _passed(page) if not any(pattern.search(text) for pattern in understood))
    if not page.swap and any(bears(text, page.lex(text)) for text in beside):
        page.caveats = {*page.caveats, "status"}


def _passed(page: Page) -> list[str]:
    """The lines that nobody used; one that is broken amid a sentence, with those that it goes on in."""
    texts: list[str] = []
    last = Source(-1, "")
    for one in sorted(
        (one.source for one in page.ignored if one.rule == "prose"), key=lambda told: told.line
    ):
        goes_on = (
            last.line + 1 == one.line and len(last.text.strip()) >= WRAPPED and len(texts[-1]) < LONGEST_LINE
        )
        if goes_on:
            texts[-1] += f" {one.text.strip()}"
        else:
            texts.append(one.text)
        last = one
    return texts


_ASKS = Quick(
    r"\b(?:can|could|would|will) (?:you|u) (?:possibly |please |maybe |be able to )?(?:cover|work|take|do|help|come in|pick up)\b|\bany (?:chance|way) (?:you|for|of)\b|\b(?:i['’]m|we['’]re|am|are|is) (?:still |a doc |one )?short\b"
    r"|\b(?:are|r) (?:you|u) (?:free|available|around|off)\b|\bneed (?:you|someone|somebody|a doc|an? (?:doctor|physician)|coverage|cover|help)\b",
    _I,
)
_TO_TALK = re.compile(
    r"\b(?:call(?! me\b| us\b)|chat|talk|speak|interview|zoom|meet\w*|discuss|coffee|lunch|dinner|visit|tour)\b",
    _I,
)
_SOME_DAY = re.compile(
    r"\b(?:next|this|coming) week(?:end)?\b|(?<!happy )\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!['’])|\b(?:tomorrow|tonight)\b",
    _I,
)


def ask_for_the_day(page: Page, lines: Sequence[Line]) -> None:
    """`Could you cover Tuesday?`: somebody is asked to work, and neither the date nor the hours are told."""
    for line in lines:
        text = line.text[:LONGEST_LINE]
        if _ASKS.search(text) and _SOME_DAY.search(text) and not _TO_TALK.search(text):
            page.ask(line, "which day, and which hours")
            return


def ask_of_whom(page: Page, lines: Sequence[Line]) -> None:
    """Ask about the first line that states a status, in a message that names no shift at all."""
    for line in lines:
        if any(text in line.text for text in page.loose_statuses):
            page.ask(line, "which shift is meant")
            return


def _days(page: Page, text: str) -> set[date]:
    try:
        return {day for entry in entries(page.lex(text), page.calendar()) for day in entry.days}
    except QuestionError:
        return set()


def deadline_lost(page: Page) -> bool:
    """Whether a date stands in a question about answering: then nobody knows until when the shifts are to be had."""
    mine = {draft.source.line for draft in page.drafts}
    passed = [one for one in page.ignored if one.rule == "prose"]
    if page.deadline is None and page.deadline_doubtful:
        return True
    if page.deadline is None and any(_SOME_END.search(one.source.text) for one in passed):
        return True
    if page.deadline is None and any(
        _ENDS_ON.search(one.source.text) and _dates(page.lex(one.source.text)) for one in passed
    ):
        return True
    return page.deadline is None and any(
        one.source.line not in mine
        and not page.has_slot(one.source.text)
        and not _awaits_hours(one.source.text)
        and (
            _SPEAKS_OF_ANSWER.search(_without_closing_sites(page, one.source.text))
            or _UNTIL.search(one.source.text)
        )
        and _timed(page.lex(one.source.text))
        for one in page.unresolved
    )


_HOURS_TO_COME = re.compile(
    r"^\W{0,9}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?(?:\d{1,2}/\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"
    r"\b[^\n]{0,20}?\b(?:(?:hours?|times?|hrs|start)(?: (?:are|is|still|yet|not|to|be)){0,4} (?:tb[dac]|open|unknown|unclear|unsure|pending|set|known|decided|confirmed|come|determined|announced)|tb[dac])\b",
    _I,
)
"""`Mon 7/12 hours tbd, waiting on Dr. K to tell me`: a day of work, and no day by which to answer."""
_HEAD = 90
"""Characters; the day and what is said of its hours."""
_AT_LATEST = re.compile(r"\b(?:by|before|until|till|no later|latest)\b", _I)


def _awaits_hours(text: str) -> bool:
    return _HOURS_TO_COME.match(text[:_HEAD]) is not None and not _AT_LATEST.search(text)


_SHUTS = re.compile(r"\W{1,3}(?:(?:will|is|be|also|only|itself) ){0,2}clos(?:es?|ing)\b", _I)

_SHUT_FOR_A_WHILE = re.compile(
    r"\bshut\b|\bre-?open(?:s|ing)?\b|\bearly\b|\bfor the (?:holidays?|day|season)\b", _I
)


def _without_closing_sites(page: Page, text: str) -> str:
    """`Pinecrest closes at 2p on Dec 24. We reopen Dec 26`: what closes is no offer."""
    if not _SHUT_FOR_A_WHILE.search(text):
        return text
    for token in reversed(page.lex(text)):
        if token.kind == "site" and (found := _SHUTS.match(text, token.end)):
            text = text[: token.start] + text[found.end() :]
    return text


_IS_AT = re.compile(
    r"\b(?:is|are|['’]s|will be|would be|(?:happens|takes place)) (?:over |actually |down |up )?(?:at|in|for)\b",
    _I,
)


def another_site(page: Page, lines: Sequence[Line]) -> None:
    """`The Monday one is at Pinecrest UC`, below shifts elsewhere: where that of the Monday is, is a question."""
    for line in lines:
        text = line.text[:LONGEST_LINE]
        if not _IS_AT.search(text) or page.has_slot(text):
            continue
        tokens = page.lex(text)
        sites = {token.value for token in tokens if token.kind == "site"}
        weekdays = {token.value for token in tokens if token.kind == "weekday"}
        for draft in page.drafts if sites and weekdays else ():
            if draft.day.weekday() in weekdays and draft.site not in sites:
                draft.review.add("site")


def _told(page: Page) -> set[int]:
    """The lines of which something came, or that a rule set aside which says why."""
    return {
        *(draft.source.line for draft in page.drafts),
        *(one.source.line for one in page.unresolved),
        *(one.source.line for one in page.ignored if one.rule not in PASSED_OVER),
        *page.used,
    }


def _asked(page: Page, text: str) -> str | None:
    """What explains one sentence of a line says nothing of the others."""
    whole = _why(page, text)
    sentences = [part for part in phrases.SENTENCE_END.split(text) if part.strip()]
    if (whole and whole != _MONTH) or len(sentences) < 2:
        return whole
    return next((why for part in sentences if (why := _why(page, part))), None)


def _why(page: Page, text: str) -> str | None:
    deadline = phrases.DEADLINE.search(text)
    if deadline and (moment := page.moment(text[deadline.end() : deadline.end() + 60])):
        text = text[: deadline.start()] + text[deadline.end() + moment[1] :]
    office = phrases.OFFICE_HOURS.search(text) and not phrases.WORK.search(phrases.OFFICE_HOURS.sub("", text))
    text = _without(text, (*_EXPLAINED, _WEEK_OF_DAY) if page.drafts else _EXPLAINED)
    if (
        office
        or phrases.NOT_A_SHIFT.search(phrases.CAUSE.sub(" ", text))
        or phrases.NO_DAY_OF_WORK.search(text)
    ):
        return None
    tokens = page.lex(text)
    if page.is_event(text, tokens) or due_else(text, tokens):
        return None
    days, weekdays = _dates(tokens), any(token.kind == "weekday" for token in tokens)
    site = any(token.kind == "site" for token in tokens)
    times = any(token.kind in ("hours", "clock", "span") for token in tokens)
    hours = any(token.kind == "hours" for token in tokens)
    wanted = site or times or _WANTED.search(text) is not None
    if (days and wanted) or (weekdays and hours):
        return "not understood"
    if (
        any(token.kind == "clock" for token in tokens)
        and len(text.split()) <= MOST_WORDS
        and (page.drafts or page.unresolved)
    ):
        return "hours of what?"
    if (
        (weekdays or _LATER.search(text))
        and page.drafts
        and _AGAIN.search(text)
        and not _SPEAKS_OF_ANSWER.search(text)
    ):
        return "not understood"
    bare = [token for token in tokens if token.kind == "number"]
    clocked = any(token.kind in ("clock", "span") for token in tokens)
    if hours and site and (bare or clocked):
        return "which date is meant"
    ordinal = bool(bare) and _ORDINAL.search(text) is not None
    if (
        ordinal
        and (
            not wanted
            or _IS_THE.search(text)
            or _PAID_FOR.search(text)
            or any(token.kind == "money" for token in tokens)
        )
        and {token.value for token in bare} <= {draft.day.day for draft in page.drafts}
    ):
        return None  # `Super Bowl Sunday is the 7th, I know`
    listed = bool(bare) and _NUMBERS.search(text) is not None and (hours or site)
    if (ordinal and (wanted or page.drafts or len(text.split()) <= 3)) or listed:
        return _MONTH
    return None


_MONTH = "which month is meant"
_PAID_FOR = re.compile(
    r"\b(?:differential|rate|pay|premium|bonus)s?\b[^.;]{0,20} (?:for|on) the \d", re.IGNORECASE
)
"""`Holiday differential for the 4th is in your contract.`"""


def _timed(tokens: Sequence[Token]) -> bool:
    return _dates(tokens) or any(token.kind in ("weekday", "clock") for token in tokens)


def _dates(tokens: Sequence[Token]) -> bool:
    """Whether a date, or a day told from today, stands here."""
    days = any(token.kind == "number" and not _YEAR.fullmatch(token.text) for token in tokens)
    return any(
        token.kind == "date"
        or is_relative(token)
        or (
            token.kind == "month"
            and any(
                one.kind in ("span", "hours", "clock")
                or (one.kind == "number" and (days or not _YEAR.fullmatch(one.text)))
                for one in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3])
            )
        )
        for at, token in enumerate(tokens)
    )


def _without(text: str, patterns: Iterable[re.Pattern[str] | Quick]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text

"""What on a line of shifts nobody understood: words, numbers, and days and times that no shift took."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from connectors.offers import bundles, phrases, trades
from connectors.offers.absence import WHY_OPEN
from connectors.offers.amounts import WHICHEVER
from connectors.offers.asides import ASIDES, NEEDED_COVERED
from connectors.offers.dates import unread
from connectors.offers.denials import COUNTED, DENIALS
from connectors.offers.described import DESCRIBED, OF_MONTH, WHY_WHOLE
from connectors.offers.niceties import GIVING_AWAY, NICETIES, OWNED
from connectors.offers.page import Page
from connectors.offers.pairing import Slot
from connectors.offers.quick import Quick
from connectors.offers.rates import rates_by_kind
from connectors.offers.remarks import remarks, sentences
from connectors.offers.standing import PRYING
from connectors.offers.talk import talk
from connectors.offers.tokens import Clock, Token
from connectors.offers.vocabulary import (
    ASIDE,
    ASKING,
    BENEFIT,
    BREAK,
    CALL,
    CLOCKS,
    CODED_HOURS,
    COUNT_OF_A_DAY,
    COUNT_OF_OPENINGS,
    CREDENTIALED,
    ELSE_ON_A_DAY,
    EXTRA,
    HOLIDAY,
    IN_NEED,
    IN_ORDER,
    IN_TOUCH,
    INTRODUCED,
    LAST_ONE,
    LEFT_OUT,
    LICENCE,
    NAMED_GIVER,
    NOT_ALL,
    OPT_OUT,
    OVER_BASE,
    PER_DIEM,
    REPLY_CODES,
    SALUTATION,
    SHIFT_CODE,
    SIGNED,
    UNCHANGED,
    WELL_WISHES,
    WHETHER,
    unexplained,
)

_BOLD = re.compile(r"(?<!\w)(\*{1,2})[^*]{1,200}\1")


_FOOTNOTE = re.compile(r"(?<=[\w)])(?:\*{1,3}|[†‡])(?=\s|$|[,;:])")
"""`2/20*`: what is said of it stands elsewhere."""


_LABEL_NUMBER = re.compile(r"\W*[A-Za-z]+ \d{1,2}:$")
"""`Shift 1:`."""


def doubts(page: Page, tokens: Sequence[Token], text: str, days: Collection[date] = ()) -> set[str]:
    """{"wording"} where a word or a number stands on the line that nobody taught us."""
    if page.shouted and text.isupper():
        text = text.lower()
    if _FOOTNOTE.search(_BOLD.sub("", text)) or PRYING.search(text):
        return {"wording"}
    places = [(t.start, t.end) for t in tokens if t.kind not in ("word", "mark", "number")]
    places += _letters_of_days(text, tokens, days)
    if not _strange(page, tokens, _blanked(text, places), days):
        return set()
    given: tuple[re.Pattern[str] | Quick, ...] = (
        (OWNED,) if len(set(days)) <= 1 and (page.swap or GIVING_AWAY.search(text)) else ()
    )
    if _ASKED_OF_READER.search(text) and any(token.kind == "site" for token in tokens):
        given += (_SIGNED,)
    months = {day.month for day in days}
    given += tuple(OF_MONTH[month] for month in months & OF_MONTH.keys() if len(months) == 1)
    given += (WHY_WHOLE,) if bundles.all_or_nothing(text) else ()
    given += (_UNTIL_HOLIDAYS,) if all(day.month < 12 or day.day < _HOLIDAYS for day in days) else ()
    patterns = (*_CHANGING_NOTHING, *given, *page.names.within(text))
    places += [found.span() for pattern in patterns for found in pattern.finditer(text)]
    places += remarks(text, tokens)
    places += talk(text, tokens)
    places += [found.span(1) for found in NEEDED_COVERED.finditer(text)]
    bare = _blanked(text, places)
    if not _strange(page, tokens, bare, days):
        return set()
    common = _is_of_work(text, tokens) and not _gives_away(text, bare, tokens)
    return {"wording"} if not common or _strange(page, tokens, bare, days, common=True) else set()


def _is_of_work(text: str, tokens: Sequence[Token]) -> bool:
    """Whether an amount, a need, or somebody who gives or asks is told: then words of life at large change nothing beside it."""
    return any(token.kind == "money" for token in tokens) or any(
        pattern.search(text) for pattern in (phrases.WORK, phrases.LACKING, trades.GIVEN, _ASKED_OF_READER)
    )


_ASKED_OF_READER = re.compile(
    r"\b(?:want|interested|any(?:one|body)|takers?|(?:can|could|would|will) (?:you|u|some\w+) (?:please |possibly )?(?:do|take|work|cover|help|pick up|come in))\b",
    re.IGNORECASE,
)


_SIGNED = re.compile(
    r"(?<=[.!?]) (?:[–—-] ?)?(?!(?:Filled|Gone|Taken|Covered|Closed|Cancelled|Canceled|Confirmed|Tentative|Pending|Hold|Maybe|No|Not|Yes|Days|Nights|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\W*$)[A-Z][a-z]{1,14}\W*$"
)
"""`Can you work LKSD Fri 5/7 3p-11p? $1700. Bev`: who asks."""
_HOLIDAYS = 20
"""Day of December."""
_UNTIL_HOLIDAYS = Quick(
    r"(?<=[\dkr]) (?:until|till|through|thru|up to) (?:the )?(?:holidays|christmas|new year(?:['’]?s)?|year['’]?s end|end of the year)(?=\s*(?:[.,;!)]|$))",
    re.IGNORECASE,
)
"""`$130/hr until the holidays`, beside shifts before them."""
_OF_SOMEBODY = re.compile(
    r"\b(?:yourself|you(?:['’](?:re|ve|ll)| are| have| get| go)|u r|he|she|who|somebody|someone|everybody|nobody)\b",
    re.IGNORECASE,
)


def _gives_away(text: str, bare: str, tokens: Sequence[Token]) -> bool:
    """`2/20 7p-7a. Consider yourself on deck.`: a sentence of its own about somebody, in words that are not all taught."""
    return any(
        _OF_SOMEBODY.search(text, start, end)
        and not any(start <= token.start < end for token in tokens if token.kind in _TIMED)
        and unexplained(bare[start:end], frozenset())
        for start, end in sentences(text)
    )


_TIMED = ("date", "month", "weekday", "hours", "span", "clock")


_LETTERS = {
    "MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6, "M": 0, "Mo": 0, "T": 1, "Tu": 1, "W": 2, "We": 2, "R": 3, "Th": 3, "F": 4, "Fr": 4, "Sa": 5, "Su": 6,
}  # fmt: skip


def _letters_of_days(text: str, tokens: Sequence[Token], days: Collection[date]) -> list[tuple[int, int]]:
    """`2/5 F`, `Sa 2/13`: the letters of a weekday beside its date, where they are those of a day that is read."""
    weekdays = {day.weekday() for day in days}
    dated = [(token.start, token.end) for token in tokens if token.kind == "date"]
    return [
        (token.start, token.end)
        for token in tokens
        if token.kind == "word"
        and _LETTERS.get(token.text.strip(".,")) in weekdays
        and any(
            text[end : token.start].strip(" (,") == "" or text[token.end : start].strip(" ),.") == ""
            for start, end in dated
            if 0 <= token.start - end <= 3 or 0 <= start - token.end <= 3
        )
    ]


_UNLESS_SAID = re.compile(
    r"\bunless (?:it says|stated|noted|marked|listed|shown|told|otherwise|the line says)\b(?: (?:otherwise|flat|so|else))?(?: (?:stated|noted|marked|listed))?",
    re.IGNORECASE,
)
"""`$150/hr unless it says flat`: a line's own pay comes first in any case."""
_ANOTHER_WEEK = re.compile(
    r"\b(?:next|following|other|every|each|also|again|too|both|last|after|before|until|till)\b", re.IGNORECASE
)


def left_over(page: Page, tokens: Sequence[Token], text: str, slots: Sequence[Slot]) -> set[str]:
    """{"date"}, {"hours"} or both where a day or a time on a line is part of none of its shifts."""
    told = {minutes for slot in slots for minutes in (slot.hours.start, slot.hours.end)}
    loose = unread(tokens, page.calendar())
    if not loose:
        return set()
    places = [
        found.span() for pattern in (*_CHANGING_NOTHING, ELSE_ON_A_DAY) for found in pattern.finditer(text)
    ]
    left = [
        token
        for token in loose
        if not any(start <= token.start < end for start, end in places)
        and not (isinstance(token.value, Clock) and token.value.exact and token.value.minutes in told)
    ]
    days = {slot.day.weekday() for slot in slots}
    again = [(start, end) for start, end in sentences(text) if _ANOTHER_WEEK.search(text, start, end)]
    if len(days) == 1:
        # `I'm short on Saturday. Can you do 12/5, 7a-7p?`
        left = [
            token
            for token in left
            if token.kind != "weekday"
            or token.value not in days
            or any(start <= token.start < end for start, end in again)
        ]
    if rates_by_kind(text, tokens):
        left = [token for token in left if token.kind != "weekday"]
    return {"hours" if token.kind in ("clock", "span", "hours") else "date" for token in left}


def _strange(
    page: Page, tokens: Sequence[Token], bare: str, days: Collection[date], *, common: bool = False
) -> bool:
    """Whether something is left that is not understood."""
    swapping = ("swap", "swaps", "trade", "swapping", "trading", "switch") if page.swap else ()
    known = frozenset(word.lower() for word in (*page.legend, *page.template.words, *swapping))
    unknown = [word for word in unexplained(bare, known, common=common) if not _stands_for_site(page, word)]
    bare = COUNT_OF_OPENINGS.sub(
        lambda found: " " * len(found[0]) if _counts_them(found, tokens, days) else found[0], bare
    )
    numbers = {number for day in days for number in (day.day, day.year)}
    short_years = {
        after.start
        for before, after in pairwise(tokens)
        if before.kind == "month" and after.value in {day.year % 100 for day in days}
    }
    loose = [
        t
        for t in tokens
        if t.kind == "number"
        and t.start not in short_years
        and not _LABEL_NUMBER.match(bare, 0, t.end + 1)
        and bare[t.start : t.end].strip()
        and t.value not in numbers
    ]
    return bool(unknown or loose or phrases.SYMBOL.search(bare))


def _stands_for_site(page: Page, word: str) -> bool:
    """`HTH` for Harbor Telehealth: letters of the one site that is meant in any case, in their order, and of no other."""
    if page.scope.site is None:
        return False
    if page.sites_by_word.get(word.capitalize()) == page.scope.site:
        return True
    if not re.fullmatch(r"[A-Z]{3,5}", word) or word in phrases.KNOWN_CODES:
        return False
    fits = {site.id for site in page.lexicon.sites for name in site.names if _abbreviates(word, name)}
    return fits == {page.scope.site}


def _abbreviates(word: str, name: str) -> bool:
    """Whether a code begins like a name, and the rest of its letters follow in it; one stands at the head of each word."""
    letters = iter(name.upper())
    heads = [part[0].upper() for part in name.split() if part]
    return (
        word[0] == heads[0]
        and all(head in word for head in heads)
        and all(letter in letters for letter in word)
    )


_CHANGING_NOTHING: tuple[re.Pattern[str] | Quick, ...] = (
    *DENIALS,
    *ASIDES,
    *DESCRIBED,
    COUNTED,
    WHICHEVER,
    _UNLESS_SAID,
    SALUTATION,
    ASIDE,
    EXTRA,
    CALL,
    HOLIDAY,
    IN_ORDER,
    INTRODUCED,
    NOT_ALL,
    LAST_ONE,
    LICENCE,
    SHIFT_CODE,
    SIGNED,
    COUNT_OF_A_DAY,
    CODED_HOURS,
    trades.NO_TRADE,
    phrases.AGREED,
    *NICETIES,
    PER_DIEM,
    NAMED_GIVER,
    BENEFIT,
    ASKING,
    LEFT_OUT,
    REPLY_CODES,
    OPT_OUT,
    WELL_WISHES,
    WHY_OPEN,
    IN_NEED,
    IN_TOUCH,
    CREDENTIALED,
    UNCHANGED,
    BREAK,
    WHETHER,
    OVER_BASE,
    CLOCKS,
    bundles.CHOOSE,
    bundles.ALL_OR_NOTHING,
    bundles.OF_ONE_PERSON,
    bundles.SHARED,
    bundles.FREE,
    phrases.FACILITY,
)
"""Phrases that may stand beside a shift and change nothing, whatever words they are made of."""


def _counts_them(found: re.Match[str], tokens: Sequence[Token], days: Collection[date]) -> bool:
    """`2 holes in the ED, Fri 2/12 … and Sat 2/13 …`: as many as the days behind the comma; else it may be of one of them, or of each."""
    if len(set(days)) <= 1:
        return True
    dated = [token.start for token in tokens if token.kind in ("date", "month", "weekday")]
    count = re.search(r"\d", found[0])
    apart = bool(dated) and re.search(r"[,:–—]", found.string[found.end() : min(dated)]) is not None
    return apart and count is not None and int(count[0]) == len(days)


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with these places empty, and all others where they were."""
    left = list(text)
    for start, end in places:
        # A dot that a token ends with ends its sentence as well.
        stop = min(end, len(text)) - text[:end].endswith(".")
        left[start:stop] = " " * (stop - start)
    return "".join(left)

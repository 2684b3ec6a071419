"""The statements that a line is made of, where it holds more than one: each with its own shifts, or its own status."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import phrases, states
from connectors.offers.dates import is_relative
from connectors.offers.page import Page
from connectors.offers.quick import Quick

SENTENCE = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)(?<!\bMt)[.!?]\s+(?=[A-Z\d$£€])")
PARTS = re.compile(r"[,;]\s+(?=[A-Za-z\d])|(?<=[\w)])\.\s+(?=[A-Z\d$£€])")


_AWAY = re.compile(
    r"\b(?:vacation|on leave|(?:out of|not in|away from) (?:the )?(?:office|town|country)|pto|conference|holiday|off|away|out)\b",
    re.IGNORECASE,
)
"""`I'm on vacation 2/8 to 2/12`, beside what all shifts pay."""


def clauses(page: Page, text: str) -> list[str]:
    """The statements of a line, where each speaks of shifts of its own; else the line as it is."""
    parts = re.split(
        r"(?<=[\w)])(?<!\bDr)(?<!\bSt)(?<!\bMt)[.;]\s+(?=[A-Z\d$£€]|also\b)|,?\s+but\s+|\s+while\s+", text
    )
    parts = [part for whole in parts for part in _apart_by_status(whole) if part.strip()]
    if len(exchanged := _exchanged(page, text)) > 1:
        return exchanged
    if (label := _STATUS_LABEL.match(text)) and all(_bare_slot(page, part) for part in parts[1:]):
        return [
            f"{label[0]} {part}" if at else part for at, part in enumerate(parts) if page.has_slot(part)
        ] or [text]
    parts = _with_pay_behind(page, parts)
    slots = [part for part in parts if page.has_slot(part)]
    ended = [part for part in SENTENCE.split(text) if part.strip()]
    timed = [part for part in ended if page.has_slot(part)]
    apart = [part for part in ended if part not in timed and _only_day(page, part)]
    beside = [part for part in ended if part not in apart]
    untimed = not {token.kind for token in page.lex(text)} & {"hours", "span", "clock"}
    if untimed and apart and any(_priced(page, part) for part in beside) and all(map(_AWAY.search, apart)):
        return [*beside, *apart]
    if timed and apart:
        return [". ".join(part for part in ended if part not in apart), *apart]
    if len(slots) == 1 and any(
        _of_gone_day(page, part) or _of_all_else(page, part, slots[0]) for part in parts if part not in slots
    ):
        return [*slots, *(part for part in parts if part not in slots)]
    if len(slots) < 2:
        return [text]
    priced = [part for part in parts if _priced(page, part)]
    if len(priced) == 1 and priced[0] == parts[-1] and priced[0] not in slots:
        # What is said of pay behind them all holds for each.
        return [f"{part}. {priced[0]}" if part in slots else part for part in parts[:-1]]
    return parts


_OF_PAY = re.compile(
    r"\W*(?:(?:the|pay|pays|paying|rate|is|at|for|both|each|all|it|they|we|flat)\W+)*$", re.IGNORECASE
)


def _with_pay_behind(page: Page, parts: Sequence[str]) -> list[str]:
    """`Sat 7p-7a. $270/hr. Also Mon 12p-12a at $250/hr`: an amount alone, between shifts, is paid for those before it.

    Only where those behind it have their own.
    """
    whole = list(parts)
    for at in range(len(parts) - 2, 0, -1):
        before, behind = parts[at - 1], parts[at + 1]
        alone = (
            _only_amount(page, parts[at])
            and page.has_slot(before)
            and page.has_slot(behind)
            and _priced(page, behind)
        )
        if alone and not any(_priced(page, part) for part in parts[:at]):
            return [
                *(f"{part}. {parts[at]}" if page.has_slot(part) else part for part in whole[:at]),
                *whole[at + 1 :],
            ]
    return whole


def _only_amount(page: Page, text: str) -> bool:
    """`$270/hr`, `Pay is $2,400 flat`."""
    money = [token for token in page.lex(text) if token.kind == "money"]
    return (
        len(money) == 1 and _OF_PAY.fullmatch(f"{text[: money[0].start]} {text[money[0].end :]}") is not None
    )


def _bare_slot(page: Page, text: str) -> bool:
    """Whether a part holds nothing but days, hours and places."""
    return all(token.kind != "word" or token.text.lower() in ("and", "the") for token in page.lex(text))


_STATUS_LABEL = re.compile(
    r"^\W*(?:(?:now|already|all|no longer) )?(?:covered|filled|taken|gone|closed|cancell?ed|withdrawn|booked|confirmed|not open|available|not available|off)(?: (?:now|already|shifts|dates|days|nights|thanks|thank you)){0,2}\s?:",
    re.IGNORECASE,
)
"""`Covered: Wed 6/2 7a-7p; Thu 6/3 7a-7p`: said of each."""


def _priced(page: Page, text: str) -> bool:
    """`All $2350.`, beside a sentence that has a day."""
    return any(token.kind == "money" for token in page.lex(text))


_OFF_AND_ON = Quick(
    r"\byou(?:['’]re| are|['’]ll be| will be)(?: now)? (off|on|working) (?:for |on )?([^;.!?]{6,60}?)(?:,| and|, and| but) (?:you(?:['’]re| are) )?(?:now )?(on|off)(?: for| on)? ([^;.!?]{6,60})",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\byou (?:now )?(?:work|have|take|are on|get) ([^;.!?]{6,60}?),? (?:instead of|in place of|and not|rather than) (?:the )?([^;.!?]{6,60})",
    re.IGNORECASE,
)
"""`You now work Tue 2/16 8a-8p instead of Thu 2/18 8a-8p`."""


def _exchanged(page: Page, text: str) -> list[str]:
    """`You're off Thu 2/18 8a-8p and on Tue 2/16 8a-8p`: two statements; nothing where each has no shift of its own."""
    if "you" not in text.lower():
        return []
    if found := _OFF_AND_ON.search(text):
        first, last = (found[2], found[4]) if found[1].lower() == "off" else (found[4], found[2])
    elif found := _INSTEAD.search(text):
        last, first = found[1], found[2]
    else:
        return []
    if not (page.has_slot(first) and page.has_slot(last)):
        return []
    return [f"{first} is cancelled", f"you are down for {last}"]


def _only_day(page: Page, text: str) -> bool:
    """`Rates go up 2/20`: a sentence with a day and no time of its own, beside one that has both."""
    tokens = page.lex(text)
    dated = any(token.kind == "date" or is_relative(token) for token in tokens) or (
        any(token.kind == "month" for token in tokens) and page.names_day(tokens)
    )
    dated = dated or phrases.NTH_ALONE.search(text) is not None
    return dated and not any(token.kind in ("hours", "span", "clock") for token in tokens)


_ALL_ELSE = re.compile(r"\b(?:all|every(?:thing|one)|the rest|the others?|most)\b", re.IGNORECASE)
_ONE_LEFT = re.compile(
    r"\b(?:still|left|remain\w*|open|need|except|but|only|just|one|have|has|got|available|short)\b",
    re.IGNORECASE,
)


def _of_all_else(page: Page, text: str, slot: str) -> bool:
    """`All February shifts are covered`, beside a sentence that says which one is left, and is of another month."""
    if states.status_of(text) != "withdrawn" or not _ALL_ELSE.search(text) or states.status_of(slot):
        return False
    months = [{t.value for t in page.lex(part) if t.kind == "month"} for part in (text, slot)]
    named = bool(months[0]) and not months[0] & months[1]
    return named and _ONE_LEFT.search(slot) is not None and not phrases.EXCEPTION.search(text)


def _of_gone_day(page: Page, text: str) -> bool:
    """`Mon 5/3 is taken`, beside a sentence that puts up another day."""
    tokens = page.lex(text)
    named = page.names_day(tokens) or any(token.kind == "weekday" for token in tokens)
    return named and states.status_of(text) == "withdrawn" and not page.has_slot(text)


_OTHER_DAY = re.compile(
    r",\s+(?:and\s+|but\s+)?(?=(?:the |our )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d))",
    re.IGNORECASE,
)


_WEEKDAY_LAST = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?$", re.IGNORECASE
)


def _apart_by_status(text: str) -> list[str]:
    """`The Friday is covered, Saturday 7p-7a is still open`: two statements, where each says something else of its own day."""
    for found in _OTHER_DAY.finditer(text):
        before, behind = text[: found.start()], text[found.end() :]
        if _WEEKDAY_LAST.search(before):
            continue  # `Saturday, March 20`
        statuses = states.status_of(before), states.status_of(behind)
        if None not in statuses and statuses[0] != statuses[1]:
            return [*_apart_by_status(before), behind]
    return [text]


def another_day(page: Page, whole: str, live: str) -> bool:
    """Whether a date stands both in what was so before and in what is so now: then it is another shift."""
    before, now = page.lex(whole), page.lex(live)
    return page.names_day(now) and sum(t.kind in ("date", "month") for t in before) > sum(
        t.kind in ("date", "month") for t in now
    )


def nothing_new(page: Page, whole: str, live: str) -> bool:
    """`2/20 7a-7p, last time it was $2500`: an amount or hours that were, and none that are."""
    before, now = ({token.kind for token in page.lex(text)} for text in (whole, live))
    return any(kind in before and kind not in now for kind in ("money", "hours"))


def without_old(text: str) -> tuple[str, bool]:
    """The text without what it says was so before, and whether there was any such thing."""
    found = states.OLD.search(text)
    if not found:
        return text, False
    end = re.compile(r"[;)]|,(?!\d)|\.(?!\d)|\bnow\b|$").search(text, found.end())
    assert end
    return f"{text[: found.start()]} {text[end.start() :]}", True


_DAY_NAMED = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:the )?(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|\d{1,2}(?:st|nd|rd|th))\b"
)
_MOVES = Quick(
    r"\b(?:(?:has|have|had|['’]ve) )?(?:asked (?:us |me )?to |needs? to |needed to |had to |have to |has to |(?:am|are|is|['’]re|['’]m) |will be )?(?:move|moving|moved|reschedul(?:e|ed|ing))"
    rf" (?P<what>(?:your|the|this|that) (?:[A-Z][\w.]* |shift |assignment |day |night |booking ){{0,4}}?)(?:(?:shift|assignment|day|night|booking) )?(?:from |on |of )?(?P<old>{_DAY_NAMED}[^.;!?]{{0,24}}?),? to (?={_DAY_NAMED})(?![^.!]*\?)",
    re.IGNORECASE,
)
_WHICH_IS_GONE = Quick(
    rf"(?P<but>(?:except|but not|minus|other than|apart from)(?: for| on)? {_DAY_NAMED}),? (?:which|that) (?:is|was|has been|got) (?:already |now )?(?:taken|filled|covered|gone|booked)\b",
    re.IGNORECASE,
)


_BEAT_YOU = Quick(
    r"\bbeat (?:you|u) to (?:it (?:for|on) )?(?:the )?(?=\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b)",
    re.IGNORECASE,
)
"""`Someone beat you to the 3/4 3p-1a`: no end of a span."""


_HAD_TO_BE_MOVED = Quick(
    r"(?<!may )(?<!might )(?<!could )(?<!would )(?<!not )\b(?:(?:unfortunately|now|also|has|have|had|will|going to|needed|needs) )+(?:to |have to )?be (?:moved|rescheduled|shifted|postponed|pushed)(?: back| out| up| forward| over)?(?= to\b)",
    re.IGNORECASE,
)
"""`The day on 10/5 had to be moved to 10/7`."""


_NEEDED_INSTEAD = Quick(
    rf"\b(?:is|are)(?: now)? (?:needed|wanted|required|to be worked|to be covered)(?: now)? (?:on|for) (?P<new>{_DAY_NAMED})(?:,? \([^()]{{4,20}}\))? instead\b(?! of\b)",
    re.IGNORECASE,
)
"""`The duty of Tuesday 9/7 (7a-7p) is now needed on Wednesday 9/8 instead`."""


def plainly(text: str) -> str:
    """What somebody did to a shift, as what became of it: `The client asked us to move your shift from 4/20 to 4/22`."""
    text = _HAD_TO_BE_MOVED.sub("has moved", text)
    text = _NEEDED_INSTEAD.sub(r"has moved to \g<new>", text)
    text = _BEAT_YOU.sub("beat you to it: ", _WHICH_IS_GONE.sub(r"\g<but>", recalled(text)))
    found = _MOVES.search(text)
    if not found:
        return text
    return f"{found['what'].rstrip()} {found['old'].rstrip()} has moved to {text[found.end() :]}"


_RECALLED = re.compile(
    r"^\W*(?:do (?:you|u) )?remember (?=(?:the|that|those|these|your)\b)(?P<what>[^?]{5,120}?)"
    r"(?:,? (?:that |which )?(?:they|we|I|you|the [a-z]{3,12}) (?:had (?:to )?)?(?:pulled?|cancel(?:led|ed)?|lost|dropped|closed?|took (?:down|back|off))(?: (?:on|from|for) (?:you|us|me|them))?(?: (?:last|earlier this) (?:week|month)| yesterday| earlier)?)?"
    r"\?\s+(?:it|that (?:one|shift)|they|those|both|this)(?P<be>['’](?:s|re))?\b",
    re.IGNORECASE,
)


def recalled(text: str) -> str:
    """`Remember the 2/10 night they pulled? It is back on`: the shift that is meant, and what is said of it."""
    found = _RECALLED.match(text)
    return f"{found['what']}{' is' if found['be'] else ''} {text[found.end() :].lstrip()}" if found else text

"""What stands without dates and holds for all shifts: pay, hours, all or nothing, pick so many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import bundles, phrases, states
from connectors.offers.doubts import doubts
from connectors.offers.headings import tokens_dated
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.pay import is_pay, pick
from connectors.offers.quick import Quick
from connectors.offers.rates import (
    REST,
    RateKind,
    is_amount,
    labelled_amounts,
    rate_of_one_kind,
    rates_by_kind,
)
from connectors.offers.reading import Money
from connectors.offers.tokens import RawMoney, Token
from connectors.offers.vocabulary import EXTRA, HOLIDAY, unexplained

_CONDITION_OF_PAY = re.compile(
    r"\b(?:only|unless|except|must|provided|until|after|once|those|if(?! you(?:['’]d)? (?:want|like|are interested)\b| interested\b))\b",
    re.IGNORECASE,
)

_UNLESS_NOTED = re.compile(
    r",? \(?(?:unless|except where|except as) (?:otherwise )?(?:noted|stated|specified|listed|marked|shown|it says \w+)(?: otherwise)?\)?",
    re.IGNORECASE,
)
"""Each shift that has its own pay keeps it in any case."""
_IN_ORDER = re.compile(r"\b(?:in (?:that|this|the same) order|respectively)\b", re.IGNORECASE)


def terms_of_all(
    page: Page, text: str, tokens: Sequence[Token], money: Sequence[Token], told: Sequence[Token]
) -> bool:
    """`$2,750 per day, 0700H-0700H, in-house.`: what a shift pays and when it is, for the days below that have no hours.

    Not where it is of one kind of shift, or of a day of the week.
    """
    return (
        len(told) == 1
        and len(money) > 0
        and is_pay(money[0])
        and not tokens_dated([token for token in tokens if token not in told])
        and not re.search(r"\b(?:nights?|days|weekends?|weekdays?|evenings?|if|call)\b", text, re.IGNORECASE)
        and not phrases.NOT_A_SHIFT.search(text)
        and not _of_whom(page, text)
        and not page.scope.hours
    )


_ALL_ARE = Quick(
    r"\b(?:(?:they|these|those|all|everything|each(?: one)?|every(?: (?:one|shift|day|date|block))?|both)(?: of (?:them|these|those))?(?: shifts?| days?| dates?| ones?| blocks?)?(?: (?:are|is|run|runs|go))?|(?:(?:the|all|shift|standard|same) )*(?:hours|times|shift times?)(?: (?:are|is))?(?: all)?|(?:all )?shifts? (?:are|is|run|runs))"
    r"(?: all| each| (?:standard|regular|usual|day|night)s?(?: shifts?)?,?)?\s?:?\s?(?=\d|noon|midnight)",
    re.IGNORECASE,
)
"""`All are 0700-1900.`, `Hours are 7a-7p`: those of every day that has none of its own."""


def hours_of_all(text: str, tokens: Sequence[Token]) -> str:
    """The hours that a line gives to all days that are told without; nothing where it names days, or hours of others."""
    told = [token for token in tokens if token.kind in ("hours", "span")]
    if len(told) != 1 or told[0].kind != "hours":
        return ""
    ends = [found.end() for found in phrases.SENTENCE_END.finditer(text, 0, told[0].start)]
    begins = ends[-1] if ends else 0
    named = [token for token in tokens if token.kind in ("date", "month", "weekday")]
    # `These April days are open. All are 7a-7p`: the month before it is a heading's.
    if any(token.kind != "month" or token.start >= begins for token in named):
        return ""
    said = any(found.end() == told[0].start for found in _ALL_ARE.finditer(text))
    return told[0].text if said and not phrases.OFFICE_HOURS.search(text) else ""


def pay_by_site(page: Page, tokens: Sequence[Token]) -> bool:
    """`Rates: CVE $170/hr, CVW $180/hr`: each site with its own amount."""
    told: dict[str, Money] = {}
    site = ""
    for token in tokens:
        if token.kind == "site":
            if site or str(token.value) in told:
                return False
            site = str(token.value)
        elif token.kind == "money":
            pay, doubtful = pick([token])
            if pay is None or doubtful or not site:
                return False
            told[site], site = pay, ""
    if len(told) < 2 or site:
        return False
    page.site_pays |= told
    return True


_HALF = re.compile(r"(?:days?|nights?|evenings?|swings?|mids?)", re.IGNORECASE)
"""Where it has hours of its own, what it pays is told by kind all the same."""


def footer_pay(
    page: Page, tokens: Sequence[Token], money: Sequence[Token], text: str, *, heads: bool = False
) -> None:
    """Pay that stands without dates holds for all shifts, or for those of a legend's code before it."""
    for pattern in (_UNLESS_NOTED, _LETTER_MEANS):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    coded = False
    last = ""
    for token in tokens:
        last = token.text if token.text in page.legend and not _HALF.fullmatch(token.text) else last
        if token.kind == "money" and last:
            pay, _ = pick([token])
            if pay:
                page.legend_pay[last] = pay
                coded = True
            last = ""
    if coded:
        return
    if _IN_ORDER.search(text) and len(own := [token for token in tokens if is_pay(token)]) > 1:
        unit = next((one.value.unit for one in reversed(own) if isinstance(one.value, RawMoney)), None)
        picked = [pick([token], unit) for token in own]
        page.ordered_pays = [pay for pay, doubtful in picked if pay and not doubtful]
        page.conditional_pay = True
        return
    if len(money) == 1 and _ON_TOP.search(text):
        page.conditional_pay = True
        return
    behind = text[text.rfind(",", 0, money[0].start) + 1 :]  # `You know the drill, $2300 days, $2500 nights`
    told = _sentences_of(text, money)
    if rates := next(
        filter(None, (rates_by_kind(part, page.lex(part)) for part in (text, behind, told))), None
    ):
        page.add_rates(rates)
        return
    if _BUT_NOT_FOR.search(text):
        page.conditional_pay = True
        page.lose_amounts(money)
        return
    page.labelled_pays += labelled_amounts(text, tokens)
    for part in re.split(r"(?<=[\w)])[.;!]\s+(?=[A-Z]|(?:call|text|reply|please|first)\b)", text):
        inner = page.lex(part)
        if (
            (rates := rate_of_one_kind(part, inner))
            and (REST in rates or not _of_whom(page, part))
            and len(money) == 1
            and not _CONDITION_OF_PAY.search(text)
        ):
            page.add_rates(rates)
            return
    pay, doubtful = page.pick_once(money)
    if pay is None and not doubtful:
        return
    if states.NEWLY.search(text):
        for draft in page.drafts:
            if draft.pay and draft.pay != pay:
                draft.review.add("pay")
    unclear = not heads and _of_some_alone(page, text)
    if (
        unclear
        and pay
        and not doubtful
        and len(money) == 1
        and _only_kinds(page, text)
        and not _CONDITION_OF_PAY.search(text)
    ):
        if kind := _kind_paid(_clause_of(told)):
            page.add_rates({kind: pay})
            return
        page.pay_of_single = pay
        page.pay_of_kind = _kind_of_all(_clause_of(told)), pay
    if _ONLY_THEN.search(told):
        page.conditional_pay = True
    if doubtful or unclear:
        page.conditional_pay = page.conditional_pay or any(map(is_amount, money))
        page.lose_amounts(money)
    elif pay and not _pays_those_open(page, text, pay):
        page.add_pay(pay)
        if _BASE.search(told):
            page.base_pays.add(pay)


_SO_MANY = re.compile(
    r"\b(?:(?:those|these|the other) (?P<count>two|three|four|five|2|3|4|5)|(?P<both>both)(?: of (?:those|these))?)\b(?! (?:of|day|night)s? )",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "both": 2}


def _pays_those_open(page: Page, text: str, pay: Money) -> bool:
    """`Those two are $155/hr`, below one that is settled and two that are put up: the two, where they pay nothing yet."""
    found = _SO_MANY.search(text)
    if not found:
        return False
    told = (found["count"] or found["both"]).lower()
    count = _COUNTS.get(told) or int(told)
    still = [draft for draft in page.drafts if draft.status in (None, "offered")]
    if len(still) != count or len(still) == len(page.drafts) or any(one.pay for one in still):
        return False
    for draft in still:
        draft.pay = pay
    return True


_BUT_NOT_FOR = re.compile(
    r"[$£€] ?\d[^.;!?\n]{0,30}?\b(?:except|excluding|excl\.?|but not|save|other than|apart from|not)(?: for| on)?(?: the| any)? (?:nights?|days?|weekends?|weekdays?|evenings?|overnights?|holidays?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\b",
    re.IGNORECASE,
)
"""`$2,400 a shift except Saturday`: what that one pays stands elsewhere, or nowhere."""
_BASE = re.compile(
    r"\bbase(?: (?:rate|pay))?(?: (?:is|of|at))?:? ?[$£€]|[$£€] ?\d[\d,.]*(?: ?/ ?| an? | per )\w{1,5} base\b",
    re.IGNORECASE,
)
_ON_TOP = Quick(
    r"\b(?:(?:go|goes|went|gone) up|increase[sd]?|raised?|bump(?:ed|s)?|plus)(?: by)? (?:an? )?(?:extra |additional )?[$£€] ?\d{1,2}(?![\d,.])",
    re.IGNORECASE,
)
"""`All rates go up $15/hr on weekends`: no pay by itself."""
_ONLY_THEN = re.compile(
    r"\bif you (?:take|do|work|pick up|cover|commit)\b|\botherwise\b|\b(?:for (?:the )?)?first (?:\d|two|four|six|eight)\b",
    re.IGNORECASE,
)
_OF_EACH = Quick(
    r"((?:per|an?|each|/) ?(?:shift|day|night|hour|hr))(?:,? (?:for|on|across))? (?:all|both)(?: (?:of )?(?:the|them|these))?(?: (?:two|three|four|five|six|seven|\d))?(?: (?:days|nights|shifts|dates))?\b",
    re.IGNORECASE,
)
"""`$2,800 per shift for all three days`: it is the pay of each."""
_LETTER_MEANS = re.compile(r"\b[a-z] ?= ?(?:days?|nights?)\b", re.IGNORECASE)
"""`d=day n=night, $2300 days, $2500 nights`: what a letter means says nothing of pay."""
_ON_HOLIDAYS = re.compile(r"\bholidays?\b", re.IGNORECASE)
_HOLIDAY_PAY = re.compile(r"\bholiday (?:rates?|pay)\b", re.IGNORECASE)


_ALL_OF_THEM = re.compile(
    r"\b(?:all|each) (?:of )?(?:the |these |those )?(?:two|three|four|five|six|seven|[2-9]) (?:days|nights|evenings)\b|\bnight(?: and|/| or)? day\b",
    re.IGNORECASE,
)
_THEIR_OWN = re.compile(
    r"[,;:(–—] ?(?=(?:and |but |while )?(?:your|you|the (?:physician|doctor|doc|provider|clinician))(?:['’]s)? (?:pay|rate|get|earn|receive|hourly|share|part)\b)",
    re.IGNORECASE,
)


def _sentences_of(text: str, money: Sequence[Token]) -> str:
    """From the beginning of the sentence with the first amount to the end of that with the last."""
    ends = [found.end() for found in phrases.SENTENCE_END.finditer(text)]
    begin = max((end for end in ends if end <= money[0].start), default=0)
    stop = min((end for end in ends if end >= money[-1].end), default=len(text))
    return text[begin:stop]


def _paid_parts(page: Page, text: str) -> list[str]:
    """The sentences with an amount, without what only says that it is of each shift, or of all."""
    parts = []
    for sentence in phrases.SENTENCE_END.split(text):
        part = re.sub(r"\([^()$£€]*\)", "", phrases.BOTH_HALVES.sub("", sentence))
        part = _ALL_OF_THEM.sub("all", _OF_EACH.sub(lambda found: found[1], part))
        if HOLIDAY.search(page.mail.subject) or _ON_HOLIDAYS.search(page.mail.subject):
            part = _HOLIDAY_PAY.sub("rate", part)  # All of it is of that holiday.
        tokens = page.lex(part)
        if any(isinstance(token.value, RawMoney) and token.value.clear for token in tokens):
            part = _THEIR_OWN.split(part)[-1]  # `Since you asked: we bill $340/hr, your pay rate is $252/hr`
        if any(map(is_pay, page.lex(part))):
            parts.append(part)
    return parts


def _of_some_alone(page: Page, text: str) -> bool:
    """Whether the sentence with an amount may be of some shifts, or of somebody else, alone."""
    return any(
        phrases.SOME_SHIFTS.search(_without_blocks(page, EXTRA.sub(" ", part))) or _of_whom(page, part)
        for part in _paid_parts(page, text)
    )


def _of_whom(page: Page, text: str) -> bool:
    """Whether words that nobody taught us may say whose pay it is, when, or what for.

    `$248/hr across the board`, `£95 per hour, sessional`: most words beside an amount do not. Asked about all of them, one
    shift in forty of mail that the reader never met was a question for nothing, and none of them was paid otherwise.
    """
    named = any(word[0].isupper() for word in unexplained(text, frozenset(page.legend)))
    return (named or _SETS_APART.search(text) is not None) and bool(doubts(page, page.lex(text), text))


_SETS_APART = re.compile(
    r"\b(?:some|most|certain|from|if|only|except|extra|higher|lower|better|differ\w*|var\w+|first|last|others?|until|after|before|up to|as high|negotia\w+|depend\w*"
    r"|may|might|could|would|bill\w*|client|they pay|nurse\w*|rns?|nps?|apps?|crnas?|holidays?|weekends?|weekdays?|nights?|days?|evenings?|overnights?|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*"
    r"|bonus\w*|when|where|unless|but|not|no|never|maybe|perhaps|about|around|roughly|approx\w*|range\w*|starting|base|call|stand-?by|orient\w*|train\w*|year|previous\w*|was|were|used|old|instead|then|second|half)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words with which an amount may be of one kind of shift, of somebody else, of another time, or no pay at all."""


def _without_blocks(page: Page, text: str) -> str:
    """`$5,200 for the whole weekend`: a weekend that is the unit of an amount is no kind of shift."""
    for token in page.lex(text):
        if isinstance(token.value, RawMoney) and token.value.unit == "block":
            text = text.replace(token.text, "$", 1)
    return text


def _clause_of(text: str) -> str:
    """The part of a sentence, between its commas, that holds its amount."""
    return next((part for part in re.split(r"[,;:](?:\s|$)", text) if re.search(r"[$£€] ?\d", part)), "")


_NOT_ALL_OF_A_KIND = re.compile(
    r"\b(?:holidays?|some|most|certain|from|if|only|except|extra|more|(?<!hour )less|higher|lower|better|plus|differ\w*|var(?:y|ies)|first|last|other|next|until|after|before)\b",
    re.IGNORECASE,
)


def _only_kinds(page: Page, text: str) -> bool:
    """Whether nothing but a word for a kind of shifts makes it doubtful whose amount it is."""
    return not any(
        _NOT_ALL_OF_A_KIND.search(part) or _of_whom(page, part) for part in _paid_parts(page, text)
    )


_KINDS_PAID: tuple[tuple[RateKind, re.Pattern[str]], ...] = (
    ("weekend", re.compile(r"\b(?:weekends|weekend (?=[a-z]))", re.IGNORECASE)),
    ("weekday", re.compile(r"\b(?:weekdays|weekday (?=[a-z]))", re.IGNORECASE)),
    (
        "night",
        re.compile(
            r"\b(?:nights|(?:per|a|each) night|(?<!the )(?<!this )(?<!that )night (?:shifts?|coverage|work|blocks?))\b",
            re.IGNORECASE,
        ),
    ),
)


def _kind_paid(text: str) -> RateKind | None:
    """`We are adding weekend blocks at $135 per hour`, `They pay $2,150 per night`: the one kind that is named."""
    kinds = [kind for kind, pattern in _KINDS_PAID if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else None


_KINDS_OF_ALL = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("day", r"\b(?:for|on|all|our|these|those|the) (?:all |these |the |those )*(?:day ?time )?(?:days|day (?:shifts?|coverage|work|slots?|blocks?))\b"),
        ("evening", r"\b(?:evenings|evening (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("night", r"\b(?:(?:over)?nights|(?:over)?night (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("weekend", r"\b(?:week-?ends|week-?end (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("weekday", r"\b(?:week-?days|week-?day (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
    )
)  # fmt: skip


def _kind_of_all(text: str) -> str:
    """`$130/hr for all evening slots`: the one kind that is named; nothing where it is none or several."""
    kinds = [kind for kind, pattern in _KINDS_OF_ALL if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else ""


def whole_or_choice(page: Page, line: Line, text: str) -> bool:
    """All-or-nothing and pick-n phrases; True where the line holds one."""
    whole, most = bundles.all_or_nothing(text), bundles.choice_of(text)
    if whole:
        mine = [draft for draft in page.drafts if draft.source.line == line.number]
        if len(mine) > 1 and line.number in page.stacked and bundles.EACH.search(text):
            for draft in mine:
                draft.review.add("block")
        elif len(mine) > 1:
            for draft in mine:
                draft.block = f"b{line.number}"
        else:
            page.all_or_nothing = "each" if bundles.EACH.search(text) else "all"
    elif bundles.least(text) or (
        bundles.MAYBE_WHOLE.search(_OF_EACH.sub(" ", text)) and not bundles.prefers(text)
    ):
        page.maybe_whole = True
    if most:
        page.choose, page.choose_line = most, line.number
    return bool(whole or most)

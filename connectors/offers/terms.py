"""What stands without dates and holds for all shifts: pay, hours, all or nothing, pick so many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import bundles, phrases, states
from connectors.offers.amount_of_all import (
    OF_EACH,
    SAID_OF_ALL,
    kind_of_all,
    kind_paid,
    of_some_alone,
    of_whom,
    only_kinds,
    paid_by_count,
    said_of_all,
)
from connectors.offers.headings import tokens_dated
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.pay import is_pay, pick
from connectors.offers.pay_asides import plainly
from connectors.offers.quick import Quick
from connectors.offers.rates import (
    REST,
    is_amount,
    labelled_amounts,
    rate_of_one_kind,
    rates_by_kind,
)
from connectors.offers.reading import Money
from connectors.offers.tokens import RawMoney, Token

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
        and not of_whom(page, text)
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
            and (REST in rates or not of_whom(page, part))
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
    unclear = not heads and of_some_alone(page, text)
    if unclear and pay and not doubtful and _of_one_kind(page, text, told, pay):
        return
    if _ONLY_THEN.search(told):
        page.conditional_pay = True
    if doubtful or unclear:
        page.conditional_pay = page.conditional_pay or any(map(is_amount, money))
        page.lose_amounts(money)
    elif pay and (those := paid_by_count(page, told)):
        for draft in those:
            draft.pay = pay
    elif pay:
        page.add_pay(pay)
        if _BASE.search(told):
            page.base_pays.add(pay)


def _of_one_kind(page: Page, text: str, told: str, pay: Money) -> bool:
    """Whether the one amount of a sentence is for one kind of shift; else it may be of all, where all are of that kind."""
    plain = plainly(told, page.lex(told))
    if (
        sum(map(is_pay, page.lex(plain))) != 1
        or not only_kinds(page, text)
        or _CONDITION_OF_PAY.search(text.replace(told, SAID_OF_ALL.sub("", plain)))
    ):
        return False
    if kind := kind_paid(_clause_of(plain)):
        page.add_rates({kind: pay})
        return True
    page.pay_of_single = pay
    page.pay_of_kind = kind_of_all(_clause_of(told)) or kind_of_all(said_of_all(told)), pay
    return False


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
_LETTER_MEANS = re.compile(r"\b[a-z] ?= ?(?:days?|nights?)\b", re.IGNORECASE)
"""`d=day n=night, $2300 days, $2500 nights`: what a letter means says nothing of pay."""


def _sentences_of(text: str, money: Sequence[Token]) -> str:
    """From the beginning of the sentence with the first amount to the end of that with the last."""
    ends = [found.end() for found in phrases.SENTENCE_END.finditer(text)]
    begin = max((end for end in ends if end <= money[0].start), default=0)
    stop = min((end for end in ends if end >= money[-1].end), default=len(text))
    return text[begin:stop]


def _clause_of(text: str) -> str:
    """The part of a sentence, between its commas, that holds its amount."""
    return next((part for part in re.split(r"[,;:](?:\s|$)", text) if re.search(r"[$£€] ?\d", part)), "")


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
        bundles.MAYBE_WHOLE.search(OF_EACH.sub(" ", text)) and not bundles.prefers(text)
    ):
        page.maybe_whole = True
    if most:
        page.choose, page.choose_line = most, line.number
    return bool(whole or most)

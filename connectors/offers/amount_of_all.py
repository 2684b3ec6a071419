"""Whether an amount that stands in a sentence of its own is what all shifts pay, or those of one kind, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import phrases, whose
from connectors.offers.doubts import doubts
from connectors.offers.draft import Draft
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.page import Page
from connectors.offers.pay import is_pay
from connectors.offers.pay_asides import plainly
from connectors.offers.quick import Quick
from connectors.offers.rates import RateKind
from connectors.offers.tokens import RawMoney, Token
from connectors.offers.vocabulary import EXTRA, HOLIDAY, unexplained

OF_EACH = Quick(
    r"((?:per|an?|each|/) ?(?:shift|day|night|hour|hr))(?:,? (?:for|on|across))? (?:all|both)(?: (?:of )?(?:the|them|these))?(?: (?:two|three|four|five|six|seven|\d))?(?: (?:days|nights|shifts|dates))?\b",
    re.IGNORECASE,
)
"""`$2,800 per shift for all three days`: it is the pay of each."""
_ON_HOLIDAYS = re.compile(r"\bholidays?\b", re.IGNORECASE)
_HOLIDAY_PAY = re.compile(r"\bholiday (?:rates?|pay)\b", re.IGNORECASE)


_IN_BRACKETS = re.compile(r"\([^()$£€]*\)")
_ALL_OF_THEM = re.compile(
    r"\b(?:all|each) (?:of )?(?:the |these |those )?(?:two|three|four|five|six|seven|[2-9]) (?:days|nights|evenings)\b|\bnight(?: and|/| or)? day\b",
    re.IGNORECASE,
)
_THEIR_OWN = re.compile(
    r"[,;:(–—] ?(?=(?:and |but |while )?(?:your|you|the (?:physician|doctor|doc|provider|clinician))(?:['’]s)? (?:pay|rate|get|earn|receive|hourly|share|part)\b)",
    re.IGNORECASE,
)


def _paid_parts(page: Page, text: str) -> list[str]:
    """The sentences with an amount, without what only says that it is of each shift, or of all."""
    parts = []
    for sentence in phrases.SENTENCE_END.split(text):
        part = _IN_BRACKETS.sub(
            lambda found: found[0] if whose.is_another(found[0]) else "",
            phrases.BOTH_HALVES.sub("", sentence),
        )
        part = _ALL_OF_THEM.sub("all", OF_EACH.sub(lambda found: found[1], part))
        if HOLIDAY.search(page.mail.subject) or _ON_HOLIDAYS.search(page.mail.subject):
            part = _HOLIDAY_PAY.sub("rate", part)  # All of it is of that holiday.
        tokens = page.lex(part)
        if any(isinstance(token.value, RawMoney) and token.value.clear for token in tokens):
            part = _THEIR_OWN.split(part)[-1]  # `Since you asked: we bill $340/hr, your pay rate is $252/hr`
        part = plainly(part, page.lex(part))
        if any(map(is_pay, page.lex(part))):
            parts.append(part)
    return parts


def of_some_alone(page: Page, text: str) -> bool:
    """Whether the sentence with an amount may be of some shifts, or of somebody else, alone."""
    return any(
        phrases.SOME_SHIFTS.search(_without_blocks(page, EXTRA.sub(" ", part)))
        or of_whom(page, part)
        or _of_another(page, part)
        for part in _paid_parts(page, text)
    )


def _of_another(page: Page, text: str) -> bool:
    """Whether its words, all of them known, say that an amount is of another shift, place or person, or not settled."""
    tokens = page.lex(text)
    bare = _with_signs(text, tokens)
    sites = {draft.site for draft in page.drafts} or {page.scope.site} - {None}
    names = {token.value for token in tokens if token.kind == "site"}
    return (
        whose.is_another(bare)
        or whose.is_of_one(bare, [draft.day for draft in page.drafts])
        or (bool(page.drafts) and (count := whose.counted(bare)) is not None and not so_many(page, count))
        or bool(sites and names - sites)
        or whose.of_other_days(text, tokens, {draft.day for draft in page.drafts})
        or whose.of_other_work(bare, _told_anywhere(page))
    )


def _with_signs(text: str, tokens: Sequence[Token]) -> str:
    """The text with `$` for each amount that may be somebody's pay, and `it` for the names of places."""
    for token in reversed(tokens):
        stands = "$" if is_pay(token) else "it" if token.kind == "site" else ""
        if stands:
            end = token.start + len(token.text.rstrip())
            text = f"{text[: token.start]}{stands}{text[end:]}"
    return text


def so_many(page: Page, count: int) -> list[Draft]:
    """The shifts that `those two` may mean: all, those that are to be had, or the last that stand together; nothing where they differ."""
    bare = [draft for draft in page.drafts if draft.pay is None and draft.status in (None, "offered")]
    last = page.drafts[-1:]
    while len(last) < len(page.drafts) and page.drafts[-len(last) - 1].source.line >= last[0].source.line - 1:
        last = page.drafts[-len(last) - 1 :]
    meant = [group for group in (page.drafts, bare, last) if len(group) == count]
    return meant[0] if meant and all(group == meant[0] for group in meant) else []


def paid_by_count(page: Page, told: str) -> list[Draft]:
    """`those two are $155/hr` below a shift that is settled, and two that are not: the two; nothing where it is of all."""
    count = whose.counted(_with_signs(told, page.lex(told)))
    return so_many(page, count) if count and count < len(page.drafts) else []


def _told_anywhere(page: Page) -> str:
    """All of a message, and the names of where its shifts are."""
    here = {page.scope.site, *(draft.site for draft in page.drafts)}
    named = [name for site in page.lexicon.sites if site.id in here for name in site.names]
    return "\n".join((page.mail.subject, *(line.text[:LONGEST_LINE] for line in page.mail.lines), *named))


def of_whom(page: Page, text: str) -> bool:
    """Whether words that nobody taught us may say whose pay it is, when, or what for.

    `$248/hr across the board`, `£95 per hour, sessional`: most words beside an amount do not. Asked about all of them, one
    shift in forty of mail that the reader never met was a question for nothing, and none of them was paid otherwise.
    """
    tokens = page.lex(text)
    bare = text
    for token in tokens:
        if token.kind in ("month", "weekday", "money"):
            bare = bare[: token.start] + " " * (token.end - token.start) + bare[token.end :]
    named = any(word[0].isupper() for word in unexplained(bare, frozenset(page.legend)))
    return (named or _SETS_APART.search(text) is not None) and bool(doubts(page, tokens, text))


_SETS_APART = re.compile(
    r"\b(?:some|most|certain|if|only|except|extra|higher|lower|better|differ\w*|var\w+|first|last|others?|until|after|before|up to|as high|negotia\w+|depend\w*"
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


SAID_OF_ALL = re.compile(
    r"\W*(?:(?:they|these|those)(?: are|['’]re)? |just )?(?:all|straight|only|both)(?: of (?:them|these|those))?(?: are)? (?P<kinds>[a-z-]+(?: shifts?)?)(?: only)?,"
    r"|\W*(?P<alone>[a-z-]+ shifts|days|nights|evenings|weekends|weekdays) only,",
    re.IGNORECASE,
)


def said_of_all(text: str) -> str:
    """`All day shifts, 7a-7p, $1,875/day`, `Nights only, $2,600`: what a sentence that begins so says all of them are."""
    found = SAID_OF_ALL.match(text)
    return f"all {found['kinds'] or found['alone']}" if found else ""


_NOT_ALL_OF_A_KIND = re.compile(
    r"\b(?:holidays?|some|most|certain|if|only|except|extra|more|(?<!hour )less|higher|lower|better|plus|differ\w*|var(?:y|ies)|first|last|other|next|until|after|before)\b",
    re.IGNORECASE,
)


def only_kinds(page: Page, text: str) -> bool:
    """Whether nothing but a word for a kind of shifts makes it doubtful whose amount it is."""
    return not any(
        _NOT_ALL_OF_A_KIND.search(SAID_OF_ALL.sub("", part)) or of_whom(page, part) or _of_another(page, part)
        for part in _paid_parts(page, text)
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


def kind_paid(text: str) -> RateKind | None:
    """`We are adding weekend blocks at $135 per hour`, `They pay $2,150 per night`: the one kind that is named."""
    kinds = [kind for kind, pattern in _KINDS_PAID if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else None


_KINDS_OF_ALL = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("day", r"\b(?:for|on|all|our|these|those|the|straight) (?:all |these |the |those )*(?:day ?time )?(?:days|day (?:shifts?|coverage|work|slots?|blocks?))\b"),
        ("evening", r"\b(?:evenings|evening (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("night", r"\b(?:(?:over)?nights|(?:over)?night (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("weekend", r"\b(?:week-?ends|week-?end (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
        ("weekday", r"\b(?:week-?days|week-?day (?:shifts?|slots?|coverage|sessions?|blocks?|hours|rate|pay))\b"),
    )
)  # fmt: skip


def kind_of_all(text: str) -> str:
    """`$130/hr for all evening slots`: the one kind that is named; nothing where it is none or several."""
    kinds = [kind for kind, pattern in _KINDS_OF_ALL if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else ""

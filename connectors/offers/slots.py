"""A line with dates and hours -> drafts, and what the rest of the line says of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from connectors.offers import bundles, phrases, states
from connectors.offers.agreement import (
    code_disagrees,
    count_disagrees,
    half_disagrees,
    instead_of_each_other,
    length_disagrees,
    of_the_week,
    open_ended,
)
from connectors.offers.almanac import QuestionError
from connectors.offers.caveats import line_caveats
from connectors.offers.dates import entries
from connectors.offers.differentials import hourly_extra
from connectors.offers.doubts import doubts, left_over
from connectors.offers.draft import Draft, Said
from connectors.offers.feasts import feast_apart
from connectors.offers.gathered import Entry
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline
from connectors.offers.niceties import GIVING_AWAY, OPEN_UNTIL_TAKEN, OWNED, THEY_PAY
from connectors.offers.notation import DATE, DAY
from connectors.offers.page import Page
from connectors.offers.pairing import Slot, pair, posts_behind
from connectors.offers.pay import is_pay, pick
from connectors.offers.placing import add, put, site_of
from connectors.offers.quick import Quick
from connectors.offers.rates import REST, rates_by_kind, rates_of, without_kinds, without_priced_days
from connectors.offers.reading import Money, Status
from connectors.offers.standing import doubtful_status, either_or, not_put_up
from connectors.offers.stating import own_status, status_apart, status_here, unsure_heading
from connectors.offers.takebacks import takes_back
from connectors.offers.terms import whole_or_choice
from connectors.offers.tokens import Hours, Token

_SURCHARGE = re.compile(
    r"(?:\+|\b(?:plus|extra|additional|another)\b)(?: an?)?(?: extra)? ?[$£€] ?\d[\d,.]{0,6} ?(?:/|per |an? )? ?(?:h|hr|hour|shift|night|day)\b",
    re.IGNORECASE,
)
"""`+$15/hr` on a line without pay of its own: what it comes on top of stands elsewhere."""


_BOTH_FINE = re.compile(
    r"\b(?:(?:take|have|do|work|get|grab)(?: one)? (?:or )?both|either,? or both|one or both|both (?:is|are|would be) (?:fine|ok|okay|great|good|welcome))\b",
    re.IGNORECASE,
)
"""`3/10 or 3/17 … You can have both`."""
_TAKER_BEHIND = re.compile(
    r"\s?(?:[-–—:(]|by|to)\s?(?:Dr\.? )?(?-i:[A-Z])[\w'’-]{1,20}(?: (?-i:[A-Z])[\w'’-]{1,20})?\)?(?=\s*(?:$|;))"
)
"""`5/1 - Dr. Weiss`, below `Taken:`."""


def is_dated_at_all(page: Page, text: str) -> bool:
    return bool({token.kind for token in page.lex(text)} & {"date", "month", "weekday", "hours"})


def read_slots(
    page: Page,
    line: Line,
    text: str,
    tokens: list[Token],
    deadline: Deadline | None,
    *,
    old: bool,
    days: bool,
) -> None:
    tokens = tokens if days else _with_days_above(page, line, tokens)
    _refuse(page, text, tokens)
    moved = _moved(page, text)
    status = status_here(page, text)
    _ask_what_is_unclear(page, text, tokens, status)
    if status == "changed" and states.NEWLY.search(text):
        tokens = _without_usual(tokens, page.legend)
    if moved and status in (None, "changed"):
        if _read_moved(page, line, text, moved.start(), moved.end(), deadline):
            return
        raise QuestionError("what moved, and to when")
    rates = rates_by_kind(text, tokens)
    tokens = without_priced_days(text, tokens, rates)
    found = posts_behind(_named_twice(entries(tokens, page.calendar())), text, tokens)
    slots = _once(pair(found, f"{page.halves(text)} {_how_many(text)}"))
    plain = without_kinds(text) if rates else text
    unclear = (
        set()
        if page.swap
        else half_disagrees(f"{_timed(page, plain)} {'' if days else page.scope.dates}", slots)
    )
    unclear |= open_ended(text, tokens, slots) | instead_of_each_other(tokens, slots)
    slots, odd = of_the_week(slots, text)
    status = "changed" if old and status in (None, "offered") else status
    pays = _pays(page, slots, text, tokens)
    extra = hourly_extra(text) if len(slots) == 1 and not any(map(is_pay, tokens)) else None
    if extra is None and status != "withdrawn" and _pay_is_unclear(page, text, tokens, status):
        pays = dict.fromkeys(pays, (None, True))
    site, site_text, review = site_of(page, tokens, text)
    stated = own_status(page, text) not in (None, "offered") or old
    _check_status_of(page, text, slots)
    told = [slot.day for slot in slots]
    if stated:
        review |= _of_something_else(page, text, tokens, status, told)
    elif status == "withdrawn" and _TAKER_BEHIND.search(text) and not unsure_heading(page, text):
        review |= doubts(page, page.lex(bare := _TAKER_BEHIND.sub("", text)), bare, told)
    else:
        review |= doubts(page, tokens if days else page.lex(text), text, told) | line_caveats(text)
        if not review and _not_to_be_had(text):
            given = len(set(told)) == 1 and (page.swap or GIVING_AWAY.search(text))
            review |= _not_to_be_had(OWNED.sub(" ", text)) if given else {"status"}
        review |= {"status"} if unsure_heading(page, text) else set()
    if len(slots) > 1 and either_or(tokens) and not (bundles.choice_of(text) or _BOTH_FINE.search(text)):
        if phrases.EITHER.search(text) and len({slot.day for slot in slots}) == len(slots):
            page.choose, page.choose_line = 1, line.number
        else:
            review.add("choose")
    emr = next((str(t.value) for t in tokens if t.kind == "emr"), None)
    review |= (
        count_disagrees(text, slots)
        | code_disagrees(text, slots)
        | length_disagrees(text, slots)
        | unclear
        | odd
        | ({"date"} if not rates and feast_apart(text, told) else set())
        | left_over(page, tokens, text, slots)
    )
    said = Said(status, site, site_text, emr, frozenset(review))
    if len(slots) > 1 and bundles.LETTERED_BLOCK.match(text) and not page.all_or_nothing:
        said = replace(said, review=said.review | {"block"})
    for slot in slots:
        put(page, line, slot, tokens, said, pays[slot.group], deadline)
        page.drafts[-1].extra = extra
    whole_or_choice(page, line, text)


def _with_days_above(page: Page, line: Line, tokens: Sequence[Token]) -> list[Token]:
    """The days that stand in the lines above, and what this one says of them."""
    page.stacked |= {line.number} if len(page.waiting.get("dates", ())) > 1 else set()
    page.take("dates")
    return [*page.lex(f"{page.scope.dates} ;"), *tokens]


def _ask_what_is_unclear(page: Page, text: str, tokens: Sequence[Token], status: Status | None) -> None:
    """Raises QuestionError for a text of which nobody could say what it states."""
    if (
        status not in (None, "offered")
        and (apart := _NOT_SO.search(text))
        and any(token.kind == "number" for token in page.lex(apart[0]))
    ):
        raise QuestionError("some of it is gone, and some is not")
    if _DAY_FOR_DAY.search(text):
        raise QuestionError("which day is the old one, and which the new")
    became = _IS_NOW.search(text) if status is None else None
    if became and page.has_slot(text[: became.start()]) and page.has_slot(text[became.end() :]):
        raise QuestionError("what moved, and to when")
    if phrases.ARROW.search(text) and not (states.MOVED.search(text) and status in (None, "changed")):
        raise QuestionError("which hours are the old ones, and which the new")
    if status is None and states.ANNOUNCED.search(text) and not any(t.kind == "money" for t in tokens):
        raise QuestionError("a change is announced, and not told")


_DAY_FOR_DAY = re.compile(
    rf"(?:{DATE}),? (?:instead of|rather than|in place of|and not|not) (?:on )?(?:the )?(?:{DAY},? )?(?:{DATE})",
    re.IGNORECASE,
)
"""`A doctor is needed on 2/17 instead of 2/16, 7a-7p`."""
_IS_NOW = re.compile(r"\b(?:is|are|has become|will be) now\b|\bnow (?:is|runs)\b", re.IGNORECASE)
"""`Your 9a-5p on Sat 2/20 is now 10a-6p on Sun 2/21`."""


def _of_something_else(
    page: Page, text: str, tokens: Sequence[Token], status: Status | None, days: Collection[date]
) -> set[str]:
    """{"status"} where the status that a text states may not be that of its shifts, {"hours"} where those are others."""
    apart = (
        states.OTHER_SHIFTS.search(_stating(text))
        or doubtful_status(text, status)
        or status_apart(page, text)
        or (page.foreign and doubts(page, tokens, states.without_status(text), days))
    )
    return ({"status"} if apart else set()) | (takes_back(text) & {"hours"})


def _not_to_be_had(text: str) -> set[str]:
    """{"status"} where a text of understood words may say that its shifts are not to be had."""
    for pattern in (bundles.ALL_OR_NOTHING, OPEN_UNTIL_TAKEN, THEY_PAY):
        text = pattern.sub(" ", text)
    return {"status"} if not_put_up(text) else set()


def _refuse(page: Page, text: str, tokens: Sequence[Token]) -> None:
    """Raises QuestionError for a line that cannot be cut into what belongs together."""
    if text.count("(") != text.count(")"):
        raise QuestionError("a bracket is not closed")
    if page.swap and re.search(r"\bfor\b", text) and sum(t.kind == "hours" for t in tokens) > 1:
        raise QuestionError("which of the two shifts is given, and which is wanted")


_WITH_CALL = re.compile(r"\b(?:with|including|plus) (?:on-?)?call\b", re.IGNORECASE)
_CALL_PRICED = re.compile(r"[$£€]\s?\d[^;.]{0,40}\bwith (?:on-?)?call\b", re.IGNORECASE)


def _by_call(page: Page, text: str) -> bool:
    """`9 December: with on-call`, where the message has an amount for that."""
    told = (line.text[:LONGEST_LINE] for line in page.mail.lines)
    return _WITH_CALL.search(text) is not None and any(map(_CALL_PRICED.search, told))


_NOT_SO = re.compile(r"[.;,]\s+(?:but )?[^.;,]{0,60}?\b(?:is|are|was|were)(?: not|n['’]t)\W*$", re.IGNORECASE)
"""`Dec 13 and 14 are taken. The 15th is not.`"""


def _pay_is_unclear(page: Page, text: str, tokens: Sequence[Token], status: Status | None) -> bool:
    """Whether pay is spoken of, and no amount of it is the clinician's."""
    if not any(is_pay(token) for token in tokens) and (_SURCHARGE.search(text) or _by_call(page, text)):
        return True
    # Of a shift that is known, and whose hours alone are others, the rate is known too.
    said = phrases.SAME_RATE.sub("", text) if status == "changed" else text
    return not any(token.kind == "money" for token in tokens) and page.says_pay(said)


def _moved(page: Page, text: str) -> re.Match[str] | None:
    """Where a text says that one of its shifts moved; of what else did, be it a flight, it says no day or hour."""
    found = states.MOVED.search(text)
    if not found:
        return None
    if _OF_LIFE.search(text):
        return None
    begins = max((cut.end() for cut in _CUT.finditer(text, 0, found.start())), default=0)
    stop = _CUT.search(text, found.end())
    told = {token.kind for token in page.lex(text[begins : stop.start() if stop else len(text)])}
    return found if told & {"date", "month", "weekday", "hours", "span", "clock", "number"} else None


_OF_LIFE = Quick(
    r"\b(?:my|our)(?: \w{1,12}['’]s)? (?!shifts?|days?|nights?|ones?|dates?|blocks?|sessions?|slots?|mon|tue|wed|thu|fri|sat|sun)[a-z]{3,14} (?:just |was |is |got |has been |had to be ){1,2}(?:moved|rescheduled|shifted|postponed)\b",
    re.IGNORECASE,
)
"""`My sister's wedding got moved`: no shift did."""
_CUT = re.compile(r"[,;.!?](?:\s|$)|\s(?:and|so|but)\s(?=i\b|we\b|now\b)", re.IGNORECASE)


def _timed(page: Page, text: str) -> str:
    """The sentences of a text that hold a day or a time."""
    kinds = {"date", "month", "weekday", "hours", "span", "clock", "number"}
    told = [
        part
        for part in re.split(r"(?<=[\w)%][.!?;])\s+", text)
        if kinds & {token.kind for token in page.lex(part)}
    ]
    return " ".join(told)


def _stating(text: str) -> str:
    """The sentences of a text that state a status; all of it where none does by itself."""
    told = [part for part in re.split(r"(?<=[\w)%][.!?;])\s+", text) if states.status_of(part)]
    return " ".join(told) or text


_NUMBER_GONE = re.compile(
    r"(?:[,;&]|\band) ?(\d{1,2}) (?:is |are |was |now )?(?:filled|covered|taken|gone|closed|cancell?ed|booked)\b",
    re.IGNORECASE,
)
"""`Mar 6 (7p-7a), 7 filled`: a day that is gone, or so many shifts."""


def _check_status_of(page: Page, text: str, slots: Sequence[Slot]) -> None:
    """`Sat 2/20 7a-7p, Sunday is covered`: a status of a weekday is one of its shifts alone."""
    status = own_status(page, text)
    if status in (None, "offered"):
        return
    named_last = _NUMBER_GONE.search(text)
    if named_last and int(named_last[1]) not in {slot.day.day for slot in slots}:
        raise QuestionError("which shift is meant")
    tokens = page.lex(states.where_status(text, status))
    named = {token.value for token in tokens if token.kind == "weekday"}
    if named and not page.names_day(tokens) and {slot.day.weekday() for slot in slots} != named:
        raise QuestionError("which shift is meant")


def _read_moved(page: Page, line: Line, text: str, start: int, end: int, deadline: Deadline | None) -> bool:
    """`A has moved to B`: A is withdrawn, B offered with the same hours unless it has its own."""
    before, after = text[:start], re.sub(r"^\s*to\b", "", text[end:])
    told = [token.text for token in page.lex(after) if token.kind == "hours"]
    if len(told) == 1 and page.names_day(page.lex(before)) and not page.has_slot(before):
        before = f"{before} {told[0]}"  # `Hours stay 7a-7p`
    if not is_dated_at_all(page, after) or not page.has_slot(before):
        return False
    first = len(page.drafts)
    before = re.sub(
        r"\byour\b", "the", before, flags=re.IGNORECASE
    )  # Whose it was is no question: it is told what becomes of it.
    read_slots(page, replace(line, void=False), before, page.lex(before), None, old=False, days=True)
    gone = page.drafts[first:]
    tokens = page.lex(after)
    if len(gone) == 1 and _tells_hours_alone(tokens):
        return _now_at(gone[0], tokens)
    if len(gone) != 1 or not any(token.kind in ("date", "month") for token in tokens):
        del page.drafts[first:]
        return False
    if not any(token.kind in ("hours", "span") for token in tokens):
        tokens = [*tokens, Token("hours", "", len(after), len(after), gone[0].hours)]
    gone[0].status = "withdrawn"
    for slot in pair(entries(tokens, page.calendar()), ""):
        new = replace(
            gone[0], day=slot.day, hours=slot.hours, status="offered", moved=True, review=set(slot.review)
        )
        new.pay, doubtful = pick([token for token in tokens if token.kind == "money"])
        new.review |= {"pay"} if doubtful or _pay_is_unclear(page, after, tokens, "changed") else set()
        new.review |= doubts(page, page.lex(after), after, [slot.day])
        new.review |= {"site"} if any(t.kind == "site" and t.value != new.site for t in tokens) else set()
        add(page, line, new, deadline)
    return True


def _tells_hours_alone(tokens: Sequence[Token]) -> bool:
    kinds = [token.kind for token in tokens]
    return kinds.count("hours") == 1 and not {"date", "month", "weekday", "span", "clock"} & set(kinds)


def _now_at(draft: Draft, tokens: Sequence[Token]) -> bool:
    """`The 7a-7p on 3/20 has been moved to 11a-11p`: the same day, at other hours."""
    draft.hours = next(token.value for token in tokens if isinstance(token.value, Hours))
    draft.status = "changed"
    draft.pay, doubtful = pick([token for token in tokens if token.kind == "money"])
    draft.review |= {"pay"} if doubtful else set()
    draft.review |= {"ampm"} if draft.hours.unsure else set()
    return True


def _pays(
    page: Page, slots: Sequence[Slot], text: str, tokens: Sequence[Token]
) -> dict[int, tuple[Money | None, bool]]:
    """One pay for the line; or one for each group of dates where each is followed by its own, or by its kind."""
    groups = sorted({slot.group for slot in slots})
    moneys = [token for token in tokens if token.kind == "money"]
    own = [token for token in moneys if is_pay(token)]
    rates = rates_by_kind(text, tokens)
    if rates and not (REST in rates and len(own) == len(groups)):
        due = {
            group: {pay for s in slots if s.group == group for pay in rates_of(s.day, s.hours, rates)}
            for group in groups
        }
        return {
            group: (next(iter(pays)), False) if len(pays) == 1 else (None, True)
            for group, pays in due.items()
        }
    if len(groups) > 1 and len(own) == len(groups) and _told_apart(own, tokens):
        return {group: pick([token]) for group, token in zip(groups, own, strict=True)}
    if not re.search(r"\b(?:min|minimum|guarant\w*)\b", text, re.IGNORECASE):
        return dict.fromkeys(groups, page.pick_once(moneys))
    return dict.fromkeys(groups, pick(moneys))


def _named_twice(found: Sequence[Entry]) -> list[Entry]:
    """`Nobody for this Saturday's 10p-6a (3/6)`: without a day that the line has named before, where nothing comes behind it."""
    last = found[-1] if found else None
    known = {day for entry in found[:-1] for day in entry.days}
    return list(found[:-1] if last and last.days and not last.hours and set(last.days) <= known else found)


def _told_apart(own: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether days or hours stand between the amounts: `$2,600 each or $5,500 for both` are no two shifts' pay."""
    timed = [token.start for token in tokens if token.kind in (*_DAYS, "hours", "span", "clock")]
    return all(any(one.end <= start < other.start for start in timed) for one, other in pairwise(own))


_DAYS = ("date", "month", "weekday", "number")


def _once(slots: Sequence[Slot]) -> list[Slot]:
    """Without what is said twice on one line: `2300-0700 (11p-7a)`, or the same in another language."""
    return list({(slot.day, slot.hours.start, slot.hours.end): slot for slot in reversed(slots)}.values())[
        ::-1
    ]


def _without_usual(tokens: Sequence[Token], codes: Collection[str]) -> list[Token]:
    """`E2   updated time: 1700-0100`: beside new hours, a code only says which shift it is."""
    plain = [token for token in tokens if not (token.kind == "hours" and token.text in codes)]
    return plain if any(token.kind == "hours" for token in plain) else list(tokens)


def _how_many(text: str) -> str:
    """`both` where the text says so of two nights with a dash between them."""
    return "both" if re.search(r"\b(?:both|pair|each|the two)\b", text, re.IGNORECASE) else ""

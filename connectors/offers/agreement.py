"""What a line says beside its days and hours, held against them: how many, how long, which half, and until when.

Where they do not agree, the line means more, or other, shifts than it seems to name; whoever reads it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise

from connectors.offers import bundles, daynight, phrases
from connectors.offers.pairing import Slot
from connectors.offers.quick import Quick
from connectors.offers.rewrite import WEEK_OF, WEEKEND_OF
from connectors.offers.tokens import Hours, Token
from connectors.offers.vocabulary import EXTRA, SHIFT_CODE

MOST_SHARED = 60
"""Minutes that two shifts of one day may share, so that one hands over to the other."""
_OF_DAYS = ("date", "month", "weekday", "number")
_BEGINS = frozenset(("from", "starting", "beginning", "commencing", "start", "begin", "begins", "starts"))
_ENDS = frozenset(
    ("until", "till", "til", "through", "thru", "to", "before", "after", "since", "ending", "by")
)
_JOINS = _ENDS | frozenset(("-", "–", "—"))
_MORE = re.compile(
    r"(?<!\d)\s\+ ?\d{1,2}\b(?![/\d-])|(?<=\d) \+\d{1,2}\b(?![/\d-])|\?\?\s*(?=\d)|\(\?\)"
    r"|(?:\band|&|\+|\bplus) (?:the )?(?:following|next) (?:day|night|morning|evening|week|mon|tue|wed|thu|fri|sat|sun)",
    re.IGNORECASE,
)
"""`2/20 +3`, `2/20??`, `2/20 and the following day`: a date that is not told."""
_WEEK = re.compile(r"\b(?:w/[ce]|w/?k|week|fortnight)\b(?! ?(?:end|day))", re.IGNORECASE)
_WEEKEND = re.compile(
    r"\b(?:week-?end|wknd|wkend)\b(?! (?:rate|pay|call|differential|bonus|premium))", re.IGNORECASE
)
_OF_NO_MONTH = Quick(
    rf"{WEEK_OF.pattern}(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\b(?!\.? ?\d))",
    re.IGNORECASE,
)
"""`The second week of January` is told by its dates."""
_BESIDE_DAY = re.compile(
    r"\W{0,3}(?:of |the )*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)


def open_ended(text: str, tokens: Sequence[Token], slots: Sequence[Slot]) -> set[str]:
    """{"date"} where a line says that there are more days than it names: `from Feb 20`, `week of 2/15`, `2/20 +3`."""
    days = {slot.day for slot in slots}
    text = _without_their_week(text, days)
    if WEEKEND_OF.search(text) or _OF_NO_MONTH.search(text) or _MORE.search(text):
        return {"date"}
    for pattern in (_WEEK, _WEEKEND) if len(days) == 1 else ():
        if any(_BESIDE_DAY.match(text, found.end()) for found in pattern.finditer(text)):
            return {"date"}
    return {"date"} if _half_a_span(tokens) else set()


_WEEK_OF_THE = re.compile(
    r"\b(?:short|stuck|down|missing|shorthanded)(?: (?:one|a (?:doc|doctor|physician|provider|clinician)))?(?: (?:for|in|during|on))? (?:the |that )?week of the (\d{1,2})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)


def _without_their_week(text: str, days: Collection[date]) -> str:
    """`I am one short the week of the 15th. Could you do Tue March 16 …?`: without the week that the named days are in."""
    found = _WEEK_OF_THE.search(text)
    weekdays = len(_WEEKDAY_NAMED.findall(text)) == len(days)
    if not found or not days or not weekdays:
        return text
    begins = min(days) - timedelta(days=(min(days).day - int(found[1])))
    its_own = begins.day == int(found[1]) and begins.weekday() in (0, 6)
    # The first day of a week alone may be where all of it begins.
    within = days != {begins} and all(begins <= day <= begins + timedelta(days=6) for day in days)
    return f"{text[: found.start()]}{text[found.end() :]}" if its_own and within else text


def _half_a_span(tokens: Sequence[Token]) -> bool:
    """`from 2/20 7a-7p`, `through 2/20 7a-7p`: a beginning without an end, or an end without a beginning."""
    plain = [token for token in tokens if token.text not in (",", "(", ")", ":") and token.value != "the"]
    for at, token in enumerate(plain):
        word = str(token.value) if token.kind in ("word", "mark") else ""
        dated = at + 1 < len(plain) and plain[at + 1].kind in ("date", "month", "weekday")
        if not dated or word not in _BEGINS | _ENDS:
            continue
        before = at > 0 and plain[at - 1].kind in (*_OF_DAYS, "span", "hours", "clock")
        if word == "to" and at > 0 and not before:
            continue  # `That applies to Saturday 3/20`
        behind = [str(one.value) for one in plain[at + 2 :]]
        if (word in _ENDS and not before) or (word in _BEGINS and not _JOINS & set(behind)):
            return True
    return False


def instead_of_each_other(tokens: Sequence[Token], slots: Sequence[Slot]) -> set[str]:
    """{"choose"} for `7a-7p / 8a-8p`: of hours of one day that overlap, with a slash between them, nobody works both."""
    slashed = any(first.text == "/" and last.kind == "hours" for first, last in pairwise(tokens))
    overlap = any(
        one.day == other.day and _shared(one.hours, other.hours) > MOST_SHARED
        for at, one in enumerate(slots)
        for other in slots[at + 1 :]
    )
    return {"choose"} if slashed and overlap else set()


def _shared(one: Hours, other: Hours) -> int:
    """The minutes that both last, of hours that begin on one day."""
    ends = [hours.end + 24 * 60 * (hours.end <= hours.start) for hours in (one, other)]
    return min(ends) - max(one.start, other.start)


def count_disagrees(text: str, slots: Sequence[Slot]) -> set[str]:
    """{"date"} where so many shifts are said, and the dates are more or fewer."""
    if bundles.choice_of(text):
        return set()
    told = {
        bundles.NUMBERS.get(found[1].lower()) or int(found[1])
        for found in bundles.SO_MANY.finditer(EXTRA.sub("", text))
    } - {slot.day.day for slot in slots}
    if len(slots) == 1 and phrases.MORE_DAYS.search(text):
        return {"date"}
    return {"date"} if told and not told & {len(slots), len({slot.day for slot in slots})} else set()


def length_disagrees(text: str, slots: Sequence[Slot]) -> set[str]:
    """{"hours"} where a length is said that none of the hours has, give or take a break."""
    told = {float(length) * 60 for length in phrases.LENGTH.findall(text) if 4 <= float(length) <= 24}
    lasting = {
        (slot.hours.end - slot.hours.start) % (24 * 60) or 24 * 60 for slot in slots if not slot.hours.unsure
    }
    unmet = told and lasting and not any(abs(one - other) <= 60 for one in told for other in lasting)
    return {"hours"} if unmet else set()


_WEEKDAY_NAMED = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b", re.IGNORECASE)


def of_the_week(slots: list[Slot], text: str) -> tuple[list[Slot], set[str]]:
    """`2/15-2/26, weekdays`: those of a span of dates; beside single dates of the other kind a question."""
    kinds = {found[1].lower() for found in daynight.OF_THE_WEEK.finditer(text)}
    if len(kinds) != 1:
        return slots, set()
    weekend = kinds == {"weekend"}
    wanted = [slot for slot in slots if (slot.day.weekday() >= 5) == weekend]
    friday_night = [
        slot for slot in slots if weekend and slot.day.weekday() == 4 and slot.hours.start >= 16 * 60
    ]
    days = {slot.day for slot in slots}
    if len(_WEEKDAY_NAMED.findall(text)) == len(days):
        return slots, set()  # Each has its own: `Easter weekend, Friday 3/26, Saturday 3/27`
    span = len(days) >= 5 and (max(days) - min(days)).days + 1 == len(days)
    if len(wanted) + len(friday_night) == len(slots):
        return slots, set()
    priced = re.search(
        r"[$£€][^,;.]{0,14}(?:weekday|weekend)|(?:weekday|weekend)s?[^,;.]{0,6}[$£€]", text, re.IGNORECASE
    )
    if priced:
        return slots, set()
    return (wanted, set()) if span and wanted else (slots, {"date"})


def code_disagrees(text: str, slots: Sequence[Slot]) -> set[str]:
    """{"hours"} where a code as `9aE` says another beginning than the hours beside it."""
    told = {
        int(found[1]) % 12 * 60 + 12 * 60 * (found[2] == "p")
        for found in SHIFT_CODE.finditer(text)
        if int(found[1]) <= 12
    }
    return {"hours"} if told and not told <= {slot.hours.start for slot in slots} else set()


def half_disagrees(text: str, slots: Sequence[Slot]) -> set[str]:
    """{"hours"} where a night is said to begin in the morning, or a day shift in the evening."""
    text = EXTRA.sub("", text)
    slots = [slot for slot in slots if "ampm" not in slot.review]
    nights = len(daynight.NIGHT_SHIFT.findall(text))
    if nights and 0 < nights == sum(is_night(slot.hours) for slot in slots) < len(slots):
        return set()  # `Saturday and Sunday 6am-6pm, plus an overnight on the 19th`
    night = bool(nights)
    if night == bool(daynight.DAY_SHIFT.search(text)):
        return (
            {"hours"} if night and len({is_night(slot.hours) for slot in slots}) == 1 < len(slots) else set()
        )
    return {"hours"} if any(is_night(slot.hours) != night for slot in slots) else set()


def is_night(hours: Hours) -> bool:
    return hours.end <= hours.start or hours.start >= 17 * 60 or hours.start < 4 * 60

"""What a line begins with: a label without its colon, or a number to answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.fields import kind_of
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page

_DASHED_LABEL = re.compile(
    r"^\W{0,3}([A-Za-z][A-Za-z /()]{2,30}?)\s{0,3}(?:=|\||(?<=\s)[-–—](?=\s))\s{0,3}(\S.{0,200})$"
)
LEAST_LABELS = 3
LEAST_IDS, LAST_DAY = 2, 31


_START_DATE = re.compile(r"^(\W{0,3})start(?:ing)? date\b", re.IGNORECASE)
_START_TIME = re.compile(r"^\W{0,3}start(?:ing)? time\b", re.IGNORECASE)


def _one_start(lines: Sequence[Line]) -> list[Line]:
    """`Start date` above `Start time` is the date of the shift; by itself it may be when an assignment begins."""
    plain = [line.text[:LONGEST_LINE] if not line.cells else "" for line in lines]
    return [
        replace(line, text=_START_DATE.sub(r"\1Date", line.text), told=line.told or line.text)
        if _START_DATE.match(text) and _START_TIME.match(after)
        else line
        for line, text, after in zip(lines, plain, [*plain[1:], ""], strict=False)
    ]


def with_colons(lines: Sequence[Line]) -> list[Line]:
    """`FACILITY - LKSD`, `Hours = 7a-7p`, one below the other: labels and what they name, as with a colon."""
    lines = _one_start(lines)
    found = {
        at: one
        for at, line in enumerate(lines)
        if not line.cells and (one := _DASHED_LABEL.match(line.text[:LONGEST_LINE])) and kind_of(one[1])
    }
    kinds = {kind_of(one[1]) for one in found.values()}
    if len(found) < LEAST_LABELS or not ("date" in kinds and kinds & {"hours", "site"}):
        return list(lines)
    return [
        replace(line, text=f"{found[at][1]}: {found[at][2]}", told=line.told or line.text)
        if at in found
        else line
        for at, line in enumerate(lines)
    ]


_ID = re.compile(
    r"^(\s{0,9})(?:#|no\.? ?|id ?|shift ?)?(\d{2,6})(?:\s?(?:[:.)]|[-–—](?=\s))\s{0,9}|\s{2,9})(?=[A-Za-z\d])",
    re.IGNORECASE,
)


def without_ids(page: Page, lines: Sequence[Line]) -> list[Line]:
    """`309: Wed 2/17 0700-1900`, `310: Thu 2/18 0700-1900`: numbers to answer with, one for each shift."""
    found = {
        at: one
        for at, line in enumerate(lines)
        if not line.cells and (one := _ID.match(line.text[:LONGEST_LINE]))
    }
    whole = {
        at: one
        for at, one in found.items()
        if page.has_slot(lines[at].text[one.end() : LONGEST_LINE])
        and page.lex(lines[at].text[one.end() : LONGEST_LINE])[0].kind in ("weekday", "date", "month", "site")
    }
    numbers = [one[2] for one in whole.values()]
    if (
        len(numbers) < LEAST_IDS
        or len(set(numbers)) < len(numbers)
        or any(int(one) <= LAST_DAY for one in numbers)
    ):
        return list(lines)
    return [
        replace(line, text=f"{whole[at][1]}{line.text[whole[at].end() :]}", told=line.told or line.text)
        if at in whole
        else line
        for at, line in enumerate(lines)
    ]

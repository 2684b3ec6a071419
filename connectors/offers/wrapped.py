"""Sentences and lists that a program, or a writer, broke into several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.fields import labelled
from connectors.offers.headings import heads_days
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.notation import DAY as DAY_NAME
from connectors.offers.notation import MONTH
from connectors.offers.page import Page
from connectors.offers.phrases import NOT_A_SHIFT
from connectors.offers.quick import Quick

_GOES_ON = re.compile(r"(?:[,&+]|\band|\bor|\bto|\bfrom|\bat|[-–—])\s*$", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\b(?:of|the|a|an|and|or|on|at|for|from|to|in|by|with|is|are|was|were|be|our|your|their|this|that|plus|until|between)\s*$",
    re.IGNORECASE,
)
"""No sentence ends so."""
_DEADLINE_OPEN = Quick(
    r"\b(?:by|before|until|till|no later than)(?: (?:the )?(?:close|end) of (?:business|day|the day)| cob| eod| noon)?(?: on)?,?\s*$",
    re.IGNORECASE,
)
"""`Please answer by close of business`, and which day stands in the next line."""
_ENDS = re.compile(r"[.:!?;)]\s*$")
SENTENCE = 35
"""Characters; a shorter line that does not end like a sentence is a heading or a list, and not wrapped."""
WRAPPED = 58
"""Characters; a line that was broken by a program is about so long at least."""
MOST_JOINED = 4


def joined(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Sentences and lists that go on in the next line, where only both together say what and when."""
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        line, used = lines[at], 1
        while used < MOST_JOINED and at + used < len(lines) and _goes_on(page, line, lines[at + used], used):
            after = lines[at + used]
            line = replace(
                line,
                text=f"{line.text.rstrip()} {after.text.strip()}",
                told=f"{line.told or line.text} {after.text.strip()}",
            )
            used += 1
        if at + used < len(lines) and _runs_on(page, line, lines[at + used], used):
            page.running.add(line.number)
            line = replace(line, text=_CONNECTION.sub("", line.text.rstrip()), told=line.told or line.text)
        whole.append(line)
        at += used
    return whole


_CONNECTION = re.compile(
    r"(?:[,;]? (?:and|or|plus|as well as|then|along with))?(?: (?:also|again|then|the other|another|one more|a second))*(?: (?:is|on|for|there is))?\s*$",
    re.IGNORECASE,
)
"""`…, and on`, amid a sentence whose next shift stands in the line below."""


def _runs_on(page: Page, line: Line, after: Line, used: int) -> bool:
    """Whether two lines that both have a shift are one sentence: the first is as long as a broken one, or ends amid it."""
    first, second = line.text[:LONGEST_LINE].strip(), after.text[:LONGEST_LINE].strip()
    if line.cells or after.cells or after.number != line.number + used or _ENDS.search(first):
        return False
    amid = _OPEN_END.search(first) or re.search(r"\b(?:as well as|also|again|plus|&)$", first, re.IGNORECASE)
    return bool(amid) and page.has_slot(first) and page.has_slot(second) and labelled(second) is None


def _goes_on(page: Page, line: Line, after: Line, used: int) -> bool:
    if (
        line.cells
        or after.cells
        or after.number != line.number + used
        or _is_legend(page, line.text[:LONGEST_LINE])
    ):
        return False
    first, second = line.text[:LONGEST_LINE].strip(), after.text[:LONGEST_LINE].strip()
    if (
        _DEADLINE_OPEN.search(first)
        and page.moment(second)
        and not (page.has_slot(second) or labelled(second))
    ):
        return True
    if _MOVED_AT_END.search(first) and _WHERE_TO.match(second):
        return True
    if _is_value_going_on(line.text, after.text) and not page.has_slot(first) and not page.has_slot(second):
        return True
    if _is_wrapped(first, second, used, max(len(first), len(line.told.strip()))) and not (
        page.has_slot(first) and page.has_slot(second)
    ):
        return True
    if labelled(second) or page.has_slot(first) or page.has_slot(second):
        return _GOES_ON.search(first) is not None and labelled(second) is None and _is_list(second)
    if _GOES_ON.search(first) and _is_list(second):
        return True
    wrapped = len(first) >= SENTENCE and not _ENDS.search(first) and not labelled(first)
    wrapped = wrapped and not _heads_a_list(page, first, second)
    both = f"{first} {second}"
    if not wrapped or not page.has_slot(both) or NOT_A_SHIFT.search(both):
        return False
    told = page.lex(first)
    return not heads_days(page, after, first, told, [token for token in told if token.kind == "hours"])


_MOVED_AT_END = re.compile(
    r"\b(?:moved|rescheduled|shifted|postponed|went|gone|given|assigned|awarded)(?: (?:back|out|forward|over))?$",
    re.IGNORECASE,
)
_WHERE_TO = re.compile(r"to (?:[A-Z\d]|the \d|an?\b|our\b|one of\b|some)")
"""`The Friday block has been moved`, and in the next line `to Fri 6/25, 9am-1pm`."""


def _is_legend(page: Page, text: str) -> bool:
    """Whether a line explains more than one code."""
    return sum(re.search(rf"(?<!\w){re.escape(code)}\s?[=: ]", text) is not None for code in page.legend) > 1


def _heads_a_list(page: Page, first: str, second: str) -> bool:
    """`Pinecrest UC | 8a-8p | $1,740/shift` above `2/27 Sat`: hours, and below them nothing but a day."""
    below = page.lex(second)
    days = all(token.kind in ("date", "weekday", "month", "number", "mark") for token in below)
    hours = any(token.kind == "hours" for token in page.lex(first))
    return days and hours and not _OPEN_END.search(first)


def _is_value_going_on(first: str, second: str) -> bool:
    """`Period:   Mon 5 April up to and`, and below the value the rest of it."""
    label = re.match(r"\s*[A-Za-z][\w /()'-]{0,30}:\s{2,}(?=\S)", first[:80])
    indent = len(second) - len(second.lstrip())
    return label is not None and indent >= 8 and abs(indent - label.end()) <= 2 and labelled(second) is None


def _is_wrapped(first: str, second: str, used: int, length: int) -> bool:
    """A long line amid a sentence, which goes on with a small letter or an amount; `length` is that as it came."""
    long = length >= WRAPPED * used and not _ENDS.search(first)
    if (
        re.search(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?$", first, re.IGNORECASE)
        and length >= WRAPPED * used
    ):
        return re.match(r"(?:[A-Z][a-z]{2,8}\.? )?\d", second) is not None
    begun = re.match(r"[a-z$£€(]", second) or (_OPEN_END.search(first) and not labelled(first))
    return long and bool(begun) and labelled(second) is None


_DAYS_ALONE = re.compile(
    rf"(?:(?:{DAY_NAME}|{MONTH})\b\.?|and\b|or\b|(?<=\d)(?:st|nd|rd|th)\b|[\d\s,&+/.-])*", re.IGNORECASE
)


def _is_list(text: str) -> bool:
    """Only days: the rest of a list that was broken; behind it another sentence may begin."""
    days = _DAYS_ALONE.match(text)
    whole = days is not None and (days.end() == len(text) or re.search(r"\d[.!]\s+$", days[0]) is not None)
    return whole and any(char.isdigit() for char in text[: days.end() if days else 0])

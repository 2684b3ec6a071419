"""A sentence that a shift of the reader's was changed, and below it fields that tell its new hours.

`Please note a change to your shift at Northridge ICU on Wed 12/08.` above `New hours: 1000-2200` and `Previous hours: …`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from connectors.offers.almanac import QuestionError
from connectors.offers.dates import entries
from connectors.offers.fields import kind_of, labelled, tells_change, tells_what_was
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.naming import shifts_named
from connectors.offers.notices import LEADS
from connectors.offers.page import Page

_I = re.IGNORECASE
_CHANGED = r"(?:changed|updated|revised|adjusted|amended|modified)"
_BELOW = r"(?: (?:as follows|as shown below|as below|to the following|below))?"
_SENTENCES = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"(?:there (?:is|was|has been) |we (?:have|had) |we (?:have |had )?(?:made|to make) |of )?an? (?:(?:schedule|time|hours?|shift|timing) )?(?:change|update|revision|adjustment) (?:to|in|for|of|on) (?P<shifts>.{8,120})",
        rf"(?:the |new )?(?:hours|times?|timing|start and end times) (?:of|for|on) (?P<shifts>.{{8,120}}?) (?:has|have|was|were|is|are) (?:now |been |just )*{_CHANGED}",
        rf"(?P<shifts>.{{8,120}}?) (?:(?:has|have) (?:now )?new (?:hours|times?)|(?:has|have|was|were) (?:now |been |just )*{_CHANGED})",
        rf"we(?:['’]ve| have| had to)? (?:change|{_CHANGED}) (?:the (?:hours|times?) (?:of|for|on) )?(?P<shifts>.{{8,120}})",
    )
)
_YOUR = re.compile(r"\b(?:your|you)\b", _I)
MOST_FIELDS = 6


def changes_below(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Each such sentence as fields of its own: where, and on which day; the fields below go on with them."""
    told: list[Line] = []
    for at, line in enumerate(lines):
        fields = list(takewhile(_is_field, lines[at + 1 : at + 1 + MOST_FIELDS]))
        told += (_as_fields(page, line) if _tells_new_hours(fields) else None) or [line]
    return told


def _is_field(line: Line) -> bool:
    return _label(line) is not None


def _label(line: Line) -> str | None:
    if len(line.cells) == 2:
        return line.cells[0] if kind_of(line.cells[0]) else None
    found = labelled(line.text[:LONGEST_LINE]) if not line.cells else None
    return found[0] if found else None


def _tells_new_hours(fields: Sequence[Line]) -> bool:
    """Whether one field tells the new hours, and every other the old ones, or the new pay."""
    labels = [label for line in fields if (label := _label(line))]
    new = [kind_of(label) for label in labels if tells_change(label)]
    rest = [label for label in labels if not tells_change(label)]
    return new.count("hours") == 1 and set(new) <= {"hours", "pay"} and all(map(tells_what_was, rest))


def _as_fields(page: Page, line: Line) -> list[Line] | None:
    """The day and the place of the one shift that a sentence says was changed, a field each."""
    text = line.text[:LONGEST_LINE].strip().rstrip(" .:!")
    lead = LEADS.match(text)
    text = text[lead.end() :] if lead else text
    found = next(
        (one for pattern in _SENTENCES if (one := re.fullmatch(pattern.pattern + _BELOW, text, _I))), None
    )
    shifts = shifts_named(page, found["shifts"], day_only=True) if found else None
    if not found or not shifts or not _YOUR.search(text):
        return None
    tokens = page.lex(shifts)
    sites = [token.text for token in tokens if token.kind == "site"]
    timed = any(token.kind in ("hours", "span", "clock") for token in tokens)
    if timed or len(set(sites)) > 1 or len(_days(page, shifts)) != 1:
        return None
    day = shifts
    for site in sites:
        day = day.replace(site, " ")
    day = re.sub(r"\b(?:and|at|in|to|from|of|day|night|evening|overnight)\b", " ", day, flags=_I).strip(" ,")
    told = [f"Site: {sites[0]}"] if sites else []
    return [replace(line, text=one, told=line.told or line.text, cells=()) for one in (*told, f"Date: {day}")]


def _days(page: Page, text: str) -> list[date]:
    try:
        return [day for entry in entries(page.lex(text), page.calendar()) for day in entry.days]
    except QuestionError:
        return []

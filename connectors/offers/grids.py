"""Calendars: tables with dates or weekdays over their columns, turned into a line for each cell that says something.

Below a weekday stands a day of the month, or nothing but hours, and then a heading must name the week.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from connectors.offers.mime import Line
from connectors.offers.tokens import Token

Lex = Callable[[str], list[Token]]
LEAST_DAYS = 5
"""Columns headed by weekdays, for a calendar."""
_EMPTY = re.compile(r"^[\s\-–—.*/]*$|^n/?a$|^none$", re.IGNORECASE)
_DAY = re.compile(
    r"\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:/]|\s?[-–]|\s?[ap]m?\b)\W{0,3}",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?:Dr\.? )?[A-Z][a-z'’-]{1,20}(?:[A-Z][a-z]{1,20})?")
_NO_NAME = re.compile(
    r"hold|tentative|maybe|pending|unassigned|nobody|tb[ad]|float|vacant|agency|locum|cover|uncovered|any|swap|day|night|who|help|need(?:ed)?|short|gap|hole|empty|blank|open|available",
    re.IGNORECASE,
)
LONGEST_ROW = 300
CALENDAR = -4000
"""Numbers of tables that no mail has."""


def is_somebody(cell: str) -> bool:
    """Whether a cell holds nothing but a name: who works it."""
    text = cell.strip()
    return bool(_SURNAME.fullmatch(text)) and not _NO_NAME.fullmatch(text)


def calendars(lines: Sequence[Line], lex: Lex) -> list[Line]:
    """Calendars in plain text, a week below the names of its days, as rows with cells; every other line as it is."""
    found: list[Line] = []
    heads: list[tuple[int, int]] = []
    numbered = False
    table = CALENDAR
    for line in lines:
        parts = [] if line.cells or len(line.text) > LONGEST_ROW else _parts(line.text)
        if len(parts) >= LEAST_DAYS and all(_is_weekday(line.text[a:b], lex) for a, b in parts):
            heads, numbered, table = parts, False, table - 1
            found.append(replace(line, cells=tuple(line.text[a:b] for a, b in parts), table=table))
            continue
        if heads and not line.text.strip():
            heads = [] if not numbered else heads
            found.append(line)
            continue
        starts = [_DAY.match(line.text[a:b]) for a, b in parts]
        if heads and parts and all(starts):
            numbered = True
            found.append(replace(line, cells=_cut(line.text, parts, heads), table=table, told=line.text))
        elif (
            heads
            and parts
            and numbered
            and found[-1].table == table
            and len(parts) <= len(heads)
            and line.text[:1].isspace()
        ):
            below = _cut(line.text, parts, heads)
            cells = tuple(
                f"{above} {cell}".strip() for above, cell in zip(found[-1].cells, below, strict=True)
            )
            found[-1] = replace(found[-1], cells=cells)
        else:
            heads = []
            found.append(line)
    return found


def _parts(text: str) -> list[tuple[int, int]]:
    return [(one.start(), one.end()) for one in re.finditer(r"\S+(?: \S+)*", text)]


def _cut(text: str, parts: Sequence[tuple[int, int]], heads: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Each piece under the heading that begins nearest to it."""
    cells = [""] * len(heads)
    for start, end in parts:
        at = min(range(len(heads)), key=lambda n: abs(heads[n][0] - start))
        cells[at] = f"{cells[at]} {text[start:end]}".strip()
    return tuple(cells)


def unfolded(rows: Sequence[Line], lex: Lex, month: str) -> list[Line]:
    """The cells of a calendar as lines: each with its date, or its weekday and day; nothing where it is none.

    `month` is the one that the message names, with its year where it has one; it may be empty.
    """
    heads = rows[0].cells
    if len(rows) < 2:
        return []
    if len(heads) >= LEAST_DAYS and all(_is_weekday(head, lex) for head in heads):
        numbered = [
            bool(_DAY.match(cell)) for row in rows[1:] for cell in row.cells if not _EMPTY.match(cell)
        ]
        if numbered and all(numbered):
            return list(_of_month(rows, month))
        return list(_below(rows, heads, 0)) if not any(numbered) else []
    weekdays = all(_is_weekday(head, lex) for head in heads[1:])
    dates = all(_is_date(head, lex) for head in heads[1:])
    if len(heads) < 2 or not (dates or (weekdays and len(heads) > LEAST_DAYS)):
        return []
    first = 0 if _is_date(heads[0], lex) or _is_weekday(heads[0], lex) else 1
    if first and any("hours" in _kinds(row.cells[0], lex) for row in rows[1:]):
        return []
    if not any("hours" in _kinds(cell, lex) for row in rows[1:] for cell in row.cells[first:]):
        return []
    return list(_below(rows, heads, first))


def _of_month(rows: Sequence[Line], month: str) -> Iterator[Line]:
    name, _, year = month.partition(" ")
    for row in rows[1:]:
        for head, cell in zip(rows[0].cells, row.cells, strict=False):
            found = _DAY.match(cell)
            rest = cell[found.end() :].strip() if found else ""
            if found and not _EMPTY.match(rest) and not is_somebody(rest):
                date = (
                    f"{head} {name} {found[1]}{', ' + year if year else ''}" if name else f"{head} {found[1]}"
                )
                yield replace(row, cells=(), text=f"{date} {rest}", told=row.told or row.text)


def _below(rows: Sequence[Line], heads: Sequence[str], first: int) -> Iterator[Line]:
    for row in rows[1:]:
        label = row.cells[0] if first else ""
        for head, cell in zip(heads[first:], row.cells[first:], strict=False):
            if not _EMPTY.match(cell) and not is_somebody(cell):
                yield replace(row, cells=(), text=f"{head} {cell} {label}".strip(), told=row.told or row.text)


def month_named(texts: Sequence[str], lex: Lex) -> str:
    """The one month that a message names apart from any day, with its year: `Feb 2027`; empty where there are several."""
    named: set[str] = set()
    for text in texts:
        tokens = lex(text)
        for at, token in enumerate(tokens):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            number = after.value if after and after.kind == "number" and isinstance(after.value, int) else 0
            if token.kind == "month" and (number == 0 or number > 31):
                named.add(f"{token.text.strip('.')} {number}" if number else token.text.strip("."))
    years = {one for one in named if " " in one}
    bare = {one[:3].lower() for one in named}
    return min(years or named) if len(bare) == 1 and len(years) <= 1 else ""


def _is_weekday(text: str, lex: Lex) -> bool:
    return _kinds(text, lex) == {"weekday"}


def _is_date(text: str, lex: Lex) -> bool:
    kinds = _kinds(text, lex)
    return bool(kinds & {"date", "month"}) and "hours" not in kinds


def _kinds(text: str, lex: Lex) -> set[str]:
    return {str(token.kind) for token in lex(text)} - {"mark"}

"""Tables that are not one shift a row under headings, turned into such: the rest of the reader knows only those.

A table may stand in plain text, by columns or tabs; it may lie on its side; its columns may be sites or hours, with the
dates down its left edge; or a program may have put every cell on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.offers.fields import columns, kind_of
from connectors.offers.grids import Lex, calendars, is_somebody, month_named, unfolded
from connectors.offers.mime import Line

_GAP = re.compile(r"\t+|\s{2,}")
_RULE = re.compile(r"^[\s\-=+|_]{4,}$")
_PAIR = re.compile(r"\b([A-Za-z][A-Za-z_]{1,20})=(\S{1,40})")
LONGEST_ROW = 300
PIPED, GRIDDED = -2000, -3000
"""Numbers of tables that no mail has."""
_EMPTY = re.compile(r"^[\s\-–—.]*$|^n/?a$|^x$|^none$", re.IGNORECASE)
_OPEN = re.compile(r"^(?:open|available|needed|yes|unfilled|✓|✔|o|\$.*)$", re.IGNORECASE)


def plain_tables(lines: Sequence[Line], lex: Lex) -> list[Line]:
    """Rows of plain text that stand under a heading row, as rows with cells; every other line as it is."""
    lines = calendars(lines, lex)
    return _headed(_gridded([_paired(line) or line for line in _piped(lines)], lex))


def _piped(lines: Sequence[Line]) -> list[Line]:
    """`| Mon 2/22 | open | filled |`: rows of at least three cells, at least two of them below each other."""
    cut = [_cells_between(line) for line in lines]
    found = []
    for at, line in enumerate(lines):
        near = [cut[other] for other in (at - 1, at + 1) if 0 <= other < len(cut)]
        like = bool(cut[at]) and any(len(other) == len(cut[at]) for other in near)
        found.append(
            replace(line, cells=cut[at], text="  ".join(cut[at]), table=PIPED, told=line.text)
            if like
            else line
        )
    return [line for line in found if not (line.table == PIPED and _RULE.match(line.text))]


def _cells_between(line: Line) -> tuple[str, ...]:
    text = line.text.strip()
    if line.cells or len(text) > LONGEST_ROW or not (text.startswith("|") and text.endswith("|")):
        return ()
    cells = tuple(cell.strip() for cell in text[1:-1].split("|"))
    return cells if len(cells) >= 3 else ()


def _paired(line: Line) -> Line | None:
    """`date=2027-04-12 start=13:00 end=17:00`: each with its name, as programs write."""
    if line.cells or len(line.text) > LONGEST_ROW:
        return None
    pairs = _PAIR.findall(line.text)
    if len(pairs) < 3 or _PAIR.sub("", line.text).strip(" ,;|\t"):
        return None
    return replace(
        line,
        cells=tuple(value for _, value in pairs),
        heads=tuple(name.replace("_", " ") for name, _ in pairs),
    )


def _gridded(lines: Sequence[Line], lex: Lex) -> list[Line]:
    """Dates over the columns of plain text and hours down its left edge, or the other way round, as rows with cells."""
    found: list[Line] = []
    heads: list[tuple[int, int]] = []
    left: set[str] = set()
    table = GRIDDED
    for line in lines:
        parts = [(one.start(), one.end()) for one in re.finditer(r"\S+(?: \S+)*", line.text)]
        cells = [line.text[start:end] for start, end in parts]
        plain = not line.cells and len(line.text) <= LONGEST_ROW and len(cells) >= 2
        over = _left_of(cells, lex, led=line.text[:1].isspace()) if plain else set()
        if over:
            named = [] if line.text[:1].isspace() else cells[:1]
            heads, left, table = parts[len(named) :], over, table - 1
            found.append(
                replace(
                    line, cells=(*(named or _NAMED.get(min(over), [""])), *cells[len(named) :]), table=table
                )
            )
        elif heads and plain and _kinds(cells[0], lex) & left:
            rest = " " * parts[0][1] + line.text[parts[0][1] :]
            found.append(replace(line, cells=(cells[0], *_cut(rest, heads)), table=table))
        else:
            heads = []
            found.append(line)
    return found


_NAMED = {"date": ["Date"]}
"""What stands over the left edge where nothing is written: zones over the columns need it said."""


def _left_of(cells: Sequence[str], lex: Lex, *, led: bool) -> set[str]:
    """What must stand down the left edge below such headings: hours below dates, dates below sites, hours or zones."""
    over = cells if led else cells[1:]
    kinds = [_kinds(cell, lex) for cell in over]
    if led and all(one & {"date", "month"} and "hours" not in one for one in kinds):
        return {"hours"}
    corner = led or re.fullmatch(r"dates?|days?|when|", cells[0].strip(), re.IGNORECASE)
    if (
        corner
        and len(over) > 1
        and any(all(one == {kind} for one in kinds) for kind in ("site", "hours", "zone"))
    ):
        return {"date", "month"}
    return set()


def _headed(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    heads: list[tuple[int, int]] = []
    mark = ""
    table = -1
    for line in lines:
        text = line.text
        if heads and (not text.strip() or _ended(line, found, mark)):
            heads = []
        if line.cells or len(text) > 300:
            found.append(line)
            continue
        if not heads:
            mark = next((one for one in ("\t", ",", ";") if one in text), "")
            heads = _heads(text) if mark in ("", "\t") else _heads(text.replace(mark, "   "))
            table -= bool(heads)
        elif _RULE.match(text):
            continue
        if not heads:
            found.append(line)
            continue
        cells = tuple(part.strip() for part in text.split(mark)) if mark else _cut(text, heads)
        if mark and mark != "\t" and len(cells) != len(heads):
            cells = ()  # A comma within a cell: nobody knows where it was cut.
        found.append(replace(line, cells=cells, table=table) if len(cells) > 1 else line)
    return found


def _ended(line: Line, found: Sequence[Line], mark: str) -> bool:
    """A blank line, or one that is not cut into columns, ends a table."""
    cut = _GAP.search(line.text.strip()) or (mark and mark in line.text)
    return bool(found) and (line.number > found[-1].number + 2 or not cut)


def _heads(text: str) -> list[tuple[int, int]]:
    """Where the columns of a heading row begin and end; nothing for any other line."""
    parts = [(found.start(), found.end()) for found in re.finditer(r"\S+(?: \S+)*", text)]
    cells = [text[start:end] for start, end in parts]
    if len(cells) < 3 or not (kinds := columns(cells)):
        return []
    return parts if sum(kind is not None for kind in kinds) >= 3 else []


def _cut(text: str, heads: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Each piece of a line under the heading that it overlaps, or that is nearest."""
    cells = [""] * len(heads)
    for found in re.finditer(r"\S+(?: \S+)*", text):
        at = min(range(len(heads)), key=lambda n: _apart(found.span(), heads[n]))
        cells[at] = f"{cells[at]} {found[0]}".strip()
    return tuple(cells)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(0, max(one[0], other[0]) - min(one[1], other[1])), abs(one[0] - other[0])


def straightened(lines: Sequence[Line], lex: Lex) -> list[Line]:
    """Every table as rows of one shift each."""
    lines = [_group_row(line, lex) for line in lines]
    month = (
        month_named([line.text[:LONGEST_ROW] for line in lines if not line.cells], lex)
        if any(line.cells for line in lines)
        else ""
    )
    found: list[Line] = []
    at = 0
    while at < len(lines):
        rows = _table(lines, at)
        if not rows:
            flat = _flattened(lines, at)
            found += flat or [lines[at]]
            at += _flat_length(lines, at) if flat else 1
            continue
        rows = _dated_column(rows, lex)
        found += (
            _on_its_side(rows, lex)
            or _crossed(rows, lex)
            or _under_dates(rows, lex)
            or unfolded(rows, lex, month)
            or rows
        )
        at += len(rows)
    return found


def _table(lines: Sequence[Line], at: int) -> list[Line]:
    first = lines[at]
    if not first.cells:
        return []
    rows = []
    for line in lines[at:]:
        if not line.cells or line.table != first.table:
            break
        rows.append(line)
    return rows


def _group_row(line: Line, lex: Lex) -> Line:
    """A row that says one thing across all columns is a heading within the table: a site, or `Filled`."""
    told = {cell.strip() for cell in line.cells} - {""}
    if len(line.cells) < 2 or len(told) != 1:
        return line
    (text,) = told
    kinds = _kinds(text, lex)
    if kinds & {"date", "month"} and "hours" in kinds:
        return replace(line, cells=(), text=text, told=line.told or line.text)
    if len(line.cells) < 3:
        return line
    month = "month" in kinds and "site" not in kinds
    if month or kinds & {"date", "weekday", "number", "hours", "span", "clock", "money"}:
        return line
    return replace(line, cells=(), text=text, told=line.told or line.text)


def _kinds(text: str, lex: Lex) -> set[str]:
    return {token.kind for token in lex(text)}


def _dated_column(rows: Sequence[Line], lex: Lex) -> list[Line]:
    """Rows of which one column holds nothing but dates, whatever stands over it (`Shift`, `Day`, nothing): as their dates."""
    heads, *below = rows
    plain = (
        not any(re.search(r"\d", cell) for cell in heads.cells)
        and sum(map(bool, map(kind_of, heads.cells))) >= 2
    )
    if columns(heads.cells) or not plain or not below:
        return list(rows)
    width = min(len(row.cells) for row in rows)
    dated = [
        at
        for at in range(width)
        if all(_is_date(row.cells[at], lex) for row in below if len(set(row.cells)) > 1)
    ]
    if len(dated) != 1:
        return list(rows)
    cells = tuple("Date" if at == dated[0] else cell for at, cell in enumerate(heads.cells))
    return [replace(heads, cells=cells), *below]


def _is_date(text: str, lex: Lex) -> bool:
    kinds = _kinds(text, lex)
    return bool(kinds & {"date", "month"}) and not kinds & {"hours", "span", "clock", "site", "money"}


def _on_its_side(rows: Sequence[Line], lex: Lex) -> list[Line]:
    """Labels down the left edge, and a shift in each column."""
    labels = [kind_of(row.cells[0]) for row in rows]
    width = min(len(row.cells) for row in rows)
    if len(rows) < 2 or width < 3 or not all(labels) or not {"date", "start"} & set(labels):
        return []
    dated = next(row for row, label in zip(rows, labels, strict=True) if label in ("date", "start"))
    if not all("date" in _kinds(cell, lex) or "month" in _kinds(cell, lex) for cell in dated.cells[1:]):
        return []
    head = replace(
        dated, cells=tuple(row.cells[0] for row in rows), text="  ".join(row.cells[0] for row in rows)
    )
    turned = [head]
    for column in range(1, width):
        cells = tuple(row.cells[column] for row in rows)
        void = all(row.void for row in rows)
        turned.append(replace(dated, cells=cells, text="  ".join(cells), told=dated.text, void=void))
    return turned


def _crossed(rows: Sequence[Line], lex: Lex) -> list[Line]:
    """Dates down the left edge, and a site or hours over each column."""
    heads = rows[0].cells
    over = [_kinds(head, lex) for head in heads[1:]]
    sites, hours = (all(kind in one or one == set() for one in over) for kind in ("site", "hours"))
    named = [one for one in over if one]
    if len(heads) < 3 or len(named) < 2 or sites == hours or len({*heads[1:]} - {""}) < 2:
        return []
    if any("date" in _kinds(head, lex) for head in heads):
        return []
    return [line for row in rows[1:] for line in _cross(row, heads, lex, hours=hours)]


def _under_dates(rows: Sequence[Line], lex: Lex) -> list[Line]:
    """Dates over the columns, hours down the left edge, and in each cell who works it, or that it is open."""
    heads = rows[0].cells
    if (
        len(heads) < 3
        or len(rows) < 2
        or not all(_kinds(head, lex) & {"date", "month"} for head in heads[1:])
    ):
        return []
    if not all("hours" in _kinds(row.cells[0], lex) for row in rows[1:]):
        return []
    cells = [cell.strip() for row in rows[1:] for cell in row.cells[1:]]
    if not any(map(_OPEN.match, cells)):
        return []
    lines = []
    for row in rows[1:]:
        for head, cell in zip(heads[1:], row.cells[1:], strict=False):
            if _EMPTY.match(cell) or is_somebody(cell):
                continue
            words = "" if _OPEN.match(cell) and not cell.startswith("$") else cell
            lines.append(replace(row, cells=(), text=f"{head} {row.cells[0]} {words}".strip(), told=row.text))
    return lines


def _cross(row: Line, heads: Sequence[str], lex: Lex, *, hours: bool) -> Iterator[Line]:
    """A row's shifts, each as a line of its own: its date, what stands over it, and what stands in it."""
    used = False
    for head, cell in zip(heads[1:], row.cells[1:], strict=False):
        if _EMPTY.match(cell):
            continue
        plain = _OPEN.match(cell) is not None
        if hours and not plain and "hours" in _kinds(cell, lex):
            continue
        used = True
        words = cell if not plain or cell.startswith("$") else ""
        yield replace(row, cells=(), text=f"{row.cells[0]} {head} {words}".strip(), told=row.text)
    if not used and not all(_EMPTY.match(cell) for cell in row.cells[1:]):
        yield row


def _labels(lines: Sequence[Line], at: int) -> int:
    """How many lines from here hold nothing but a label each."""
    count = 0
    for line in lines[at : at + 12]:
        text = line.text.strip()
        if (
            line.cells
            or len(text.split()) > 2
            or not text.isascii()
            or any(c.isdigit() or c == ":" for c in text)
        ):
            break
        if kind_of(text) is None:
            break
        count += 1
    return count if count >= 3 else 0


def _flat_length(lines: Sequence[Line], at: int) -> int:
    width = _labels(lines, at)
    length = width
    while width and at + length + width <= len(lines) and re.search(r"\d", lines[at + length].text):
        length += width
    return length


def _flattened(lines: Sequence[Line], at: int) -> list[Line]:
    """A table of which every cell became a line."""
    width = _labels(lines, at)
    length = _flat_length(lines, at)
    if not width or length == width:
        return []
    groups = [lines[at + n : at + n + width] for n in range(0, length, width)]
    return [
        replace(
            group[0],
            cells=tuple(line.text.strip() for line in group),
            text="  ".join(line.text.strip() for line in group),
            table=-1000 - at,
        )
        for group in groups
    ]

"""What a line begins with: a label without its colon, or a number to answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from connectors.offers.fields import kind_of, labelled, tells_change
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page

_NAME = r"(?-i:(?:Dr|Doctor|Prof)\b\.? ?)?(?-i:[A-Z][\w'’-]{0,20}\.?)(?: (?-i:[A-Z][\w'’-]{0,20}))?"
_GREETING = re.compile(
    rf"\W{{0,3}}(?:(?:dear|hi|hello|hey|hiya|howdy|greetings|happy \w{{3,9}}day|good (?:morning|afternoon|evening|day))(?:,? (?:again|there|all|team|everyone|everybody|folks|doc|doctor|colleagues|friends))?,?(?: {_NAME})?|(?-i:Dr|Doctor)\b\.? (?-i:[A-Z][\w'’-]{{1,20}})(?: (?-i:[A-Z][\w'’-]{{1,20}}))?)\s?(?:[,:!.]+|\s[-–—])\s+(?=\S)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"[A-Z][a-z]{2,14}, (?=[A-Z])")
_VERB = re.compile(
    r"\s(?:is|are|has|have|had|needs?|wants?|would|just|still|lost|asked|got|will|can)\b", re.IGNORECASE
)


def without_greeting(page: Page, line: Line) -> Line:
    """`Hi Dr. Example! Remember …`, `Nadia, Pinecrest UC is short …`: the line without who is spoken to."""
    text = line.text[:LONGEST_LINE]
    found = _GREETING.match(text) if not line.cells else None
    if not found and not line.cells and (called := _CALLED.match(text)):
        behind = page.lex(text[called.end() :])
        sited = bool(behind) and behind[0].kind == "site" and _VERB.match(text, called.end() + behind[0].end)
        found = called if sited else None
    if not found or any(token.kind not in ("word", "mark") for token in page.lex(found[0])):
        return line
    return replace(line, text=line.text[found.end() :], told=line.told or line.text)


_DASHED_LABEL = re.compile(
    r"^\W{0,3}([A-Za-z][A-Za-z /()]{2,30}?)\s{0,3}(?:=|\||(?<=\s)[-–—](?=\s))\s{0,3}(\S.{0,200})$"
)
LEAST_LABELS = 3
LEAST_IDS, LAST_DAY = 2, 31


_FIELD = re.compile(r"\W{0,3}(start|end)(?:ing|s)? ?(date|time)\W{0,3}", re.IGNORECASE)
_BESIDE = re.compile(r"^(.{8,20}?)(?::|=|\t|\s[-–—]\s|\s{2,9})\s*(\S.{0,60})$")
"""`Start date: 2/20/2027`, `End time - 7:00 AM`."""
_BEGINS = re.compile(r"\W{0,3}(?:start|end)", re.IGNORECASE)
MOST_FIELDS = 10


def _begun_and_ended(lines: Sequence[Line]) -> list[Line]:
    """A start and an end that are told in two fields each, as one: `Start: 2/20 7:00 PM`; dates alone as a span.

    `Start date` above `Start time` is the date of the shift; by itself it may be when an assignment begins.
    """
    parts = {at: part for at, line in enumerate(lines) if (part := _part(line))}
    starts = [at for at, part in parts.items() if part[:2] == ("start", "date")]
    written: dict[int, tuple[str, str]] = {}
    said: set[int] = set()
    for at, after in zip(starts, [*starts[1:], len(lines)], strict=False):
        mine = {parts[n][:2]: n for n in range(at, min(after, at + MOST_FIELDS)) if n in parts}
        told = {part: parts[n][2] for part, n in mine.items()}
        begin, end = told["start", "date"], told.get(("end", "date"))
        times = told.get(("start", "time")), told.get(("end", "time"))
        if end and all(times):
            written[at] = ("Start", f"{begin} {times[0]}")
            written[mine["end", "date"]] = ("End", f"{end} {times[1]}")
            said |= {mine["start", "time"], mine["end", "time"]}
        elif end and not any(times):
            written[at] = ("Date", span(begin, end))
            said.add(mine["end", "date"])
        elif times[0]:
            written[at] = ("Date", begin)
    return [
        _labelled(line, *written[at]) if at in written else line
        for at, line in enumerate(lines)
        if at not in said
    ]


def span(begin: str, end: str) -> str:
    """From one date to another; of the same date twice, that date."""
    return begin if begin.strip() == end.strip() else f"{begin} - {end}"


def _part(line: Line) -> tuple[str, str, str] | None:
    """(start or end, date or time, value) of a line, or of a row, that tells such a field."""
    if line.cells:
        label, value = line.cells if len(line.cells) == 2 else ("", "")
    else:
        beside = _BESIDE.match(line.text[:LONGEST_LINE]) if _BEGINS.match(line.text) else None
        label, value = (beside[1], beside[2]) if beside else ("", "")
    found = _FIELD.fullmatch(label)
    return (found[1].lower(), found[2].lower(), value.strip()) if found and value.strip() else None


def _labelled(line: Line, label: str, value: str) -> Line:
    cells = (label, value) if line.cells else ()
    return replace(line, text=f"{label}: {value}", cells=cells, told=line.told or line.text)


def with_colons(lines: Sequence[Line]) -> list[Line]:
    """`FACILITY - LKSD`, `Hours = 7a-7p`, one below the other: labels and what they name, as with a colon."""
    lines = _begun_and_ended(lines)
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


def with_date_label(page: Page, lines: Sequence[Line]) -> list[Line]:
    """A line that is nothing but a date, above `new hours: …`: the date of that record."""
    whole = list(lines)
    for at, (line, after) in enumerate(pairwise(lines)):
        below = labelled(after.text[:LONGEST_LINE]) if not (line.cells or after.cells) else None
        if below and below[1] in ("hours", "start") and tells_change(below[0]):
            tokens = page.lex(line.text[:LONGEST_LINE])
            if page.names_day(tokens) and all(
                t.kind in ("date", "month", "weekday", "number", "mark") for t in tokens
            ):
                whole[at] = replace(line, text=f"Date: {line.text.strip()}", told=line.told or line.text)
    return whole


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

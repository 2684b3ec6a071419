"""Marks that a message explains: `x = taken`, `🟢 = open`; each becomes the word that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.mime import Line
from connectors.offers.states import NOT_NEEDED, status_of

_MARK = r"[^\w\s\"'“”‘’$£€%&@/\\,.;:()<>=+|-]{1,2}|[A-Za-z]{1,2}(?=\s?=)"
_MEANS = r"\s?(?:=|means?\b|is\b|[-–—:]\s)\s?"
_ENTRY = re.compile(
    rf"(?<![\w=])[\"'“(]?({_MARK})[\"'”)]?{_MEANS}((?:not |no longer |already |still |being )?[A-Za-z]{{4,14}}(?: (?:up|already|now))?)(?![\w-])"
)
_OPEN = re.compile(
    r"\b(?:open|available|unfilled|needed|uncovered|free|vacant|unassigned|still needed|not (?:filled|taken|covered))\b",
    re.IGNORECASE,
)
_UNEXPLAINED = re.compile(r"\s*[^\w\s\"'“”‘’$£€%&@/\\,.;:()<>=+|•*·\[\]–—-]{1,2}\s+\S.*\d")
"""A line with a mark at its head that is none of those explained: what it means is a question."""
LONGEST = 300
FILLED, OPEN = "filled", "open"


def explained(lines: Sequence[Line]) -> list[Line]:
    """The lines with such marks as words, and the explanations without what they explain."""
    meanings: dict[str, str] = {}
    kept: list[Line] = []
    for line in lines:
        found = _meanings(line.text) if len(line.text) <= LONGEST else {}
        if found and not any(meanings.get(mark, word) != word for mark, word in found.items()):
            meanings |= found
            line = replace(  # noqa: PLW2901
                line, text=_ENTRY.sub(_unsaid, line.text).strip(" ,;-–"), told=line.told or line.text
            )
        kept.append(line)
    return [_spelled(line, meanings) for line in kept] if FILLED in meanings.values() else list(lines)


def _meanings(text: str) -> dict[str, str]:
    return {found[1]: word for found in _ENTRY.finditer(text) if (word := _word(found[2]))}


def _word(meaning: str) -> str:
    """`filled` or `open`; nothing for what is neither."""
    if _OPEN.search(NOT_NEEDED.sub("", meaning)):
        return OPEN
    return FILLED if status_of(f"is {meaning}") == "withdrawn" or status_of(meaning) == "withdrawn" else ""


def _unsaid(found: re.Match[str]) -> str:
    return "" if _word(found[2]) else found[0]


def _spelled(line: Line, meanings: dict[str, str]) -> Line:
    cells = tuple(_in_cell(cell, meanings) for cell in line.cells)
    text = line.text if line.cells else _in_text(line.text, meanings)
    if text == line.text and cells == line.cells:
        return line
    return replace(line, text="  ".join(cells) if cells else text, cells=cells, told=line.told or line.text)


def _in_cell(cell: str, meanings: dict[str, str]) -> str:
    return meanings.get(cell.strip(), "") or _in_text(cell, meanings)


def _in_text(text: str, meanings: dict[str, str]) -> str:
    """A mark at either end of a line, or alone between its columns."""
    for mark, word in meanings.items():
        one = re.escape(mark)
        ends = re.compile(
            rf"^\s*[\[(]?{one}[\])]?\s+|\s+[\[(]?{one}[\])]?\s*$|(?<=\d){one}(?=\s|$)"
            if not mark.isalnum()
            else rf"^\s*[\[(]?{one}[\])]?\s+(?=\S*\d|[A-Z])|\s+[\[(]?{one}[\])]?\s*$"
        )
        if "|" not in text and ends.search(text):
            bare = ends.sub(" ", text).strip()
            return f"{bare} {FILLED}" if word == FILLED else bare
        if re.search(rf"(?:\||\s{{2}})\s*{one}\s*(?:\||\s{{2}}|$)", text):
            text = re.sub(rf"(?<=[|\s])(\s*){one}(?=\s*(?:\||\s{{2}}|$))", rf"\1{word}", text)
    return f"{text} (?)" if _UNEXPLAINED.match(text) else text

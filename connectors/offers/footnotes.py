"""Footnotes: what a mark behind a shift or its pay says of it, told on the line itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from connectors.offers.mime import Line

_MARK = r"\*{1,3}|[†‡^]"
_NOTE = re.compile(rf"\s{{0,9}}\(?({_MARK})\)?\s{{0,3}}(?=[^\s*])(.{{3,200}}?)\s*$")
"""`* plus mileage`; one such line for each mark, or it is a list."""
_AMOUNT = re.compile(r"[$£€] ?\d")
_ON_TOP = re.compile(r"(?:plus|with|incl\w*|and|\+)\b", re.IGNORECASE)


def explained_below(lines: Sequence[Line], has_slot: Callable[[str], bool]) -> list[Line]:
    """Each marked line with its footnote behind it, and without the mark; the footnotes themselves are then said."""
    notes: dict[str, list[Line]] = {}
    for line in lines:
        if not line.cells and (found := _NOTE.match(line.text)):
            notes.setdefault(found[1], []).append(line)
    for mark, told in notes.items():
        note = told[0]
        words = _words(note)
        if len(told) != 1 or has_slot(words) or words.endswith(mark):
            continue
        marked = re.compile(rf"(?<=[\w)]){re.escape(mark)}(?![\w*])")
        above = [
            line
            for line in lines
            if line.number < note.number and not line.cells and len(marked.findall(line.text)) == 1
        ]
        repriced = _AMOUNT.search(words) and not _ON_TOP.match(words)
        if above and not (repriced and any(_AMOUNT.search(line.text) for line in above)):
            lines = [
                replace(line, text=_told_on(line, marked, words), told=line.told or line.text)
                if line in above
                else line
                for line in lines
                if line is not note
            ]
    return list(lines)


def _words(note: Line) -> str:
    found = _NOTE.match(note.text)
    return found[2].strip() if found else ""


def _told_on(line: Line, marked: re.Pattern[str], words: str) -> str:
    bare = marked.sub("", line.text).rstrip()
    return f"{bare.rstrip('.;,')}. {words}"

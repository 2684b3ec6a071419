"""Months, weekdays and the words that matter most, where they are one slip of the finger from what is meant.

A word that is itself one, or that is near to two of them, stays as it is, and is asked about where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase

from connectors.offers.daywords import FOREIGN_MONTHS
from connectors.offers.everyday import EVERYDAY
from connectors.offers.mime import Line
from connectors.offers.vocabulary import HARMLESS

_DAYS = (
    "january february march april june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday"
).split()
_WORDS = (
    "available cancelled confirmed tomorrow tonight midnight reinstated withdrawn unfilled uncovered overnight weekend"
).split()
_KNOWN = {
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wednsday": "wednesday",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
}
SHORTEST = 5
_WORD = re.compile(r"[A-Za-z]{5,12}(?![\w'’@])")
_NUMBER_BEHIND = re.compile(
    r"[\s,.(]{1,3}(?:the )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? )?\d",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?,? (?:of )?\(?$")


def well_spelled(line: Line, names: Collection[str]) -> Line:
    """`Feburary 19`, `Wensday 2/17`, `avilable`: the line as it was meant. `names` are small words that are somebody's own."""
    text = corrected(line.text, names)
    cells = tuple(corrected(cell, names) for cell in line.cells)
    if text == line.text and cells == line.cells:
        return line
    return replace(line, text=text, cells=cells, told=line.told or line.text)


def corrected(text: str, names: Collection[str]) -> str:
    if _slips().keys().isdisjoint(map(str.lower, _WORD.findall(text))):
        return text
    return _WORD.sub(lambda found: _meant(found, names), text)


def _meant(found: re.Match[str], names: Collection[str]) -> str:
    """A day or a month only beside a number: `sundry` is a word, too."""
    word = found[0].lower()
    meant = _slips().get(word)
    if meant is None or word in names or found.string[: found.start()].endswith(tuple("@./_")):
        return found[0]
    if meant in _DAYS:
        beside = _NUMBER_BEHIND.match(found.string, found.end()) or _NUMBER_BEFORE.search(
            found.string, 0, found.start()
        )
        return meant.capitalize() if beside else found[0]
    return meant.capitalize() if found[0][0].isupper() else meant


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    """Each misspelling, with the one word that it is near to."""
    near: dict[str, str] = {}
    of_two: set[str] = set()
    for word in (*_DAYS, *_WORDS):
        for slip in _edits(word):
            if len(slip) >= SHORTEST and near.setdefault(slip, word) != word:
                of_two.add(slip)
    words = {*_DAYS, *_WORDS, "may", "canceled", *EVERYDAY, *HARMLESS, *FOREIGN_MONTHS}
    for slip in of_two:
        del near[slip]
    near |= _KNOWN
    for word in (words | _PLURALS) & near.keys():
        del near[word]
    return near


_PLURALS = frozenset(f"{word}s" for word in (*_DAYS, *_WORDS))


def _edits(word: str) -> Iterator[str]:
    """A letter left out, two changed about, one for another, one too many."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in ascii_lowercase)

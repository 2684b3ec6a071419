"""Whether a sentence beside shifts bears on them (`Kim may want it back`), or changes nothing (`Kim says hi`).

Judged by turns of words whose weights were learned from thousands of labelled sentences (bench/bearing.py, docs/bearing.md),
since no list of words tells `the hotel is booked` from `the night is booked`. The weights are a table that can be read: each
turn and what it adds to the log odds that a careful reader would have to ask. A sum of them, no more: the same sentence has
the same answer, and the words that gave it can be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

WEIGHTS = Path(__file__).with_name("bearing.tsv")
NAME = "@name"
"""In place of a word in capitals that nobody wrote in small letters: somebody, or a place."""
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[?!,;:()]")
STEM = 5
"""Letters; of a longer word its beginning counts as well, so that `covering` is like `covered`."""


BEARS = 1.3
"""Log odds; from here on it is asked about."""
HARMLESS = -2.3
"""Log odds; up to here it is set aside."""


def words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def turns(sentence: str, known: Mapping[str, object]) -> Iterator[str]:
    """Its words, and those that follow each other: two, three, and two with one between. Some may come twice.

    `known` holds the words that are no names.
    """
    told = ["^", *(_plain(word, known) for word in words(sentence)), "$"]
    yield from told[1:-1]
    yield from (f"{word[:STEM]}~" for word in told if len(word) > STEM)
    yield from map(" ".join, pairwise(told))
    for first, second, third in zip(told, told[1:], told[2:], strict=False):
        yield f"{first} {second} {third}"
        yield f"{first} _ {third}"


def _plain(word: str, known: Mapping[str, object]) -> str:
    low = word.lower().replace("’", "'")
    return NAME if word[0].isupper() and len(word) > 1 and low not in known else low


def weight(sentence: str, table: Mapping[str, float] | None = None) -> float:
    """The log odds that it bears on the shifts beside it: 0 is even, -2 one in eight."""
    table = table or weights()
    return table[""] + sum(table.get(turn, 0.0) for turn in set(turns(sentence, table)))


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """By turn; that of the empty one is the same for every sentence."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return {turn: float(told) for told, turn in rows}

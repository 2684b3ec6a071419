"""Sentences without a day, an hour, an amount or a place: which of them are talk, and which bear on the shifts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers.bearing import BEARS, HARMLESS, weight
from connectors.offers.remarks import sentences
from connectors.offers.tokens import Token

_TELLING = frozenset("date month weekday hours span clock money zone site emr number".split())
FEWEST = 4
"""Words; fewer of them may be a name, or a mark of the list."""
FEWEST_OF_TALK = 5
"""Words; fewer of them may say where (`At the Westlake campus`), or whose it is."""
_HEADS = re.compile(r"[:=]|\s{2}")
"""Of a heading, a legend, a field or a row, which are understood by others."""


def talk(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of sentences that change nothing."""
    for start, end in _without_slots(text, tokens):
        if len(text[start:end].split()) >= FEWEST_OF_TALK and weight(text[start:end]) <= HARMLESS:
            yield start, end


def bears(text: str, tokens: Sequence[Token]) -> bool:
    """Whether one of the sentences may take the shifts beside it back, or make them others than they are told."""
    return any(weight(text[start:end]) >= BEARS for start, end in _without_slots(text, tokens))


def without_talk(text: str, tokens: Sequence[Token]) -> str:
    """The text with blanks in place of them."""
    for start, end in talk(text, tokens):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without_slots(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    told = [token.start for token in tokens if token.kind in _TELLING]
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        if len(sentence.split()) < FEWEST or _HEADS.search(sentence):
            continue
        if not any(start <= at < end for at in told):
            yield start, end

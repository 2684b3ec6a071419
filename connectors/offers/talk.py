"""Sentences without a day, an hour, an amount or a place: which of them are talk, and which bear on the shifts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.offers.bearing import BEARS, HARMLESS, weight
from connectors.offers.remarks import sentences
from connectors.offers.tokens import Token

_TELLING = frozenset("date month weekday hours span clock money zone site emr number".split())
FEWEST = 3
"""Words; fewer of them may be a name, or a mark of the list."""


def talk(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of sentences that change nothing."""
    return (place for place, odds in _weighed(text, tokens) if odds <= HARMLESS)


def bears(text: str, tokens: Sequence[Token]) -> bool:
    """Whether one of the sentences may take the shifts beside it back, or make them others than they are told."""
    return "  " not in text.strip() and any(odds >= BEARS for _, odds in _weighed(text, tokens))


def without_talk(text: str, tokens: Sequence[Token]) -> str:
    """The text with blanks in place of them."""
    for start, end in talk(text, tokens):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _weighed(text: str, tokens: Sequence[Token]) -> Iterator[tuple[tuple[int, int], float]]:
    told = [token.start for token in tokens if token.kind in _TELLING]
    for start, end in sentences(text):
        if len(text[start:end].split()) >= FEWEST and not any(start <= at < end for at in told):
            yield (start, end), weight(text[start:end])

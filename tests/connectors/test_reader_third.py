"""The reader on the third corpus: a hundred messages written without a look at the reader."""

from __future__ import annotations

from bench.reader_score import CORPORA
from tests.connectors.reader_ratchet import ReaderRatchet

KNOWN: dict[str, str] = {}
"""Messages in which a shift is asserted wrongly, or silently missed, each with the reason. It only shrinks."""
RECALL = 99
"""Percent of the gold's shifts that are asserted and right, rounded down. It only goes up."""


class TestThird(ReaderRatchet):
    corpus = CORPORA[2]
    messages = 100
    known = KNOWN
    recall = RECALL

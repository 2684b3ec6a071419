"""A long pattern that is tried only where one of its words stands finds all that it would find anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bench.reader_score import CORPORA
from connectors.offers import absence, bundles, phrases, states, vocabulary
from connectors.offers.quick import Quick

QUICK = [
    *(pattern for _, pattern in states.STATUSES),
    states.NO_STATUS,
    phrases.NOT_A_SHIFT,
    bundles.CHOOSE,
    vocabulary.EXTRA,
    vocabulary.WRITTEN_ON,
    absence.WHY_OPEN,
]


def lines() -> Iterator[str]:
    for corpus in CORPORA:
        for path in corpus.messages:
            yield from path.read_text("utf-8", "replace").splitlines()


@pytest.mark.parametrize("pattern", QUICK, ids=range(len(QUICK)))
def test_nothing_is_hidden(pattern: Quick) -> None:
    """On every line of the corpora, as it is and in capitals."""
    hidden = {text for line in lines() for text in (line, line.upper()) if not pattern.may_match(text)}
    assert [text for text in hidden if pattern.compiled.search(text)] == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bfilled\b|\b(?:is|are) (?:taken|gone)\b", ("filled", "gone", "taken")),
        (r"(?:already )?(?:cover|book)ed", ("book", "cover")),
        (r"\bfilled\b|\bby\b", ("",)),
        (r"(?:filled)?", ("",)),
    ],
)
def test_the_words_without_which_it_cannot_match(pattern: str, words: tuple[str, ...]) -> None:
    assert Quick(pattern, re.IGNORECASE).words == words

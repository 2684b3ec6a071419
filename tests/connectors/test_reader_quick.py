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


@pytest.fixture(scope="module")
def texts() -> frozenset[str]:
    """Every line of the corpora, as it is and in capitals."""
    return frozenset(text for line in lines() for text in (line, line.upper()))


@pytest.mark.parametrize("pattern", QUICK, ids=range(len(QUICK)))
def test_the_same_is_found(pattern: Quick, texts: frozenset[str]) -> None:
    assert [text for text in texts if _first(pattern, text) != _first(pattern.compiled, text)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bfilled\b|\bis filled\b|\bit is\b", "it is filled"),
        (r"\bis filled\b|\bis (filled)\b", "it is filled"),
        (r"\b(?:(open)|(filled))(?: shifts?)?\b", "filled shifts, open shifts"),
        (r"\w+ (?:open|filled)\b|now open", "all filled, now open"),
        (r"\bfilled\b|\b(?:by|at)\b", "by then it is filled at noon"),
    ],
)
def test_of_several_alternatives_the_first_place_counts_and_then_their_order(pattern: str, text: str) -> None:
    quick = Quick(pattern)
    assert _first(quick, text) == _first(quick.compiled, text)
    assert [one.regs for one in quick.finditer(text)] == [one.regs for one in quick.compiled.finditer(text)]
    assert quick.sub("…", text) == quick.compiled.sub("…", text) != text


@pytest.mark.parametrize(
    "text", ["now filled", "it is filled", "IT IS FILLED", "open till filled", "filled", "open", ""]
)
def test_at_the_beginning_and_from_a_place_on(text: str) -> None:
    quick = Quick(r"(it is|now) (filled)|filled|(open) till", re.IGNORECASE)
    for found, plainly in (
        (quick.match(text), quick.compiled.match(text)),
        *zip(*_from(quick, text), strict=True),
    ):
        assert (found and found.regs) == (plainly and plainly.regs)


def _from(quick: Quick, text: str) -> tuple[list[re.Match[str] | None], list[re.Match[str] | None]]:
    """What is found from each place on, and what the compiled pattern finds there."""
    places = range(len(text) + 1)
    return [quick.search(text, at) for at in places], [quick.compiled.search(text, at) for at in places]


def _first(pattern: Quick | re.Pattern[str], text: str) -> tuple[tuple[int, int], ...] | None:
    """Where the first match and each of its groups stands."""
    found = pattern.search(text)
    return found.regs if found else None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bfilled\b|\b(?:is|are) (?:taken|gone)\b", (" gone", " taken", "filled")),
        (r"(?:already )?(?:cover|book)ed", ("book", "cover")),
        (r"\bfilled\b|\bby\b", ("by", "filled")),
        (r"\bfilled\b|\bu\b", ("",)),
        (r"(?:filled)?", ("",)),
        (r"\bfilled\b|\bis filled\b|\bunfilled\b", ("filled",)),
        (r"\bb(?:y|efore)\b", ("before", "by")),
        (r"(?=.{0,9}\bfilled\b)\w+", ("filled",)),
    ],
)
def test_the_words_without_which_it_cannot_match(pattern: str, words: tuple[str, ...]) -> None:
    assert Quick(pattern, re.IGNORECASE).words == words

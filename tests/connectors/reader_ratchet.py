"""What the reader must do on every corpus: it may ask too much, but it asserts nothing wrong and drops nothing."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from bench.reader_score import WRONG, Corpus, Finding, Score, scored


class ReaderRatchet:
    """Subclasses name a corpus, and how far the reader is on it."""

    corpus: ClassVar[Corpus]
    messages: ClassVar[int]
    known: ClassVar[dict[str, str]]
    """Messages in which a shift is asserted wrongly, or silently missed, each with the reason. It only shrinks."""
    recall: ClassVar[int]
    """Percent of the gold's shifts that are asserted and right, rounded down. It only goes up."""

    def score(self) -> Score:
        return _scored(self.corpus)

    def wrong(self) -> list[Finding]:
        return [one for one in self.score().findings if one.what in WRONG]

    def test_nothing_is_asserted_wrongly_and_nothing_is_silently_missed(self) -> None:
        """But for the known ones."""
        assert [str(one) for one in self.wrong() if one.file not in self.known] == []

    def test_what_is_known_to_be_wrong_still_is(self) -> None:
        """Who mends one takes it off the list."""
        assert set(self.known) == set(self.known) & {one.file for one in self.wrong()}

    def test_no_less_is_asserted_than_before(self) -> None:
        assert self.score().recall >= self.recall

    def test_trust_is_always_judged_right(self) -> None:
        assert self.score().distrusted == []

    def test_the_corpus_is_all_there(self) -> None:
        """Every message with what it says."""
        assert len(self.corpus.messages) == self.messages
        assert all(path.with_suffix(".json").exists() for path in self.corpus.messages)


@cache
def _scored(corpus: Corpus) -> Score:
    return scored(corpus)

"""Sentences without a day or an hour: which of them put the shifts beside them in question, and which are talk."""

from __future__ import annotations

import pytest

from bench import bearing as learning
from connectors.offers import bearing
from tests.connectors.told import mail, told

SHIFT = "LKSD Sat 2/20 7p-7a $2,300 flat."
SURE, ASKED = ["02-20 1900-0700 2300/shift"], ["02-20 1900-0700 2300/shift status?"]
WRITERS = sorted(set(learning.everything()) - {learning.ORDINARY, learning.FOOTERS})


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Whitcomb has first pick and hasn't told me yet.",
        "Somebody else is already looking at it.",
        "The client hasn't signed off on this yet.",
        "I might end up keeping it myself.",
        "This may not get approved in the end.",
        "We may not need anyone after all.",
    ],
)
def test_what_bears_on_the_shifts_is_asked_about(sentence: str) -> None:
    """Wherever it stands beside them."""
    assert told(mail(f"{SHIFT}\n\n{sentence}")) == ASKED
    assert told(mail(f"{sentence}\n\n{SHIFT}")) == ASKED


@pytest.mark.parametrize(
    "sentence",
    [
        "The parking garage is closed for repairs.",
        "Hope the kids are over the flu by now.",
        "Dr. Whitcomb is home with a new baby.",
        "You will have a scribe and a great charge nurse.",
        "Our old scheduler retired, so you will hear from me from now on.",
    ],
)
def test_talk_changes_nothing(sentence: str) -> None:
    assert told(mail(f"{SHIFT}\n\n{sentence}")) == SURE
    assert told(mail(f"{sentence}\n\n{SHIFT}")) == SURE


def test_the_table_was_learned_from_the_sentences_of_today() -> None:
    """Whoever changes one runs `make bearing WRITE=1`."""
    with bearing.WEIGHTS.open(encoding="utf-8") as lines:
        assert learning.fingerprint() in next(lines)


def test_learning_tells_what_stands_on_one_side_alone() -> None:
    told = [("the night is booked", True), ("the hotel is booked", False)]
    sentences = [learning.Sentence(text, bears=bears) for text, bears in told * 4]
    table = learning.learned(sentences)
    assert table["night"] > 0 > table["hotel"]
    assert bearing.weight("the night was booked", table) > 0 > bearing.weight("the hotel was booked", table)
    assert table == learning.learned(sentences)


def test_who_it_is_does_not_matter() -> None:
    """Nor how an apostrophe is written."""
    assert bearing.weight("Zebulon wants it") == bearing.weight("Quillon wants it")
    assert bearing.weight("it's Kim's") == bearing.weight("it’s Kim’s")


@pytest.mark.parametrize("writer", WRITERS)
def test_it_holds_for_a_writer_who_was_left_out(writer: str) -> None:
    """Of what bears, a quarter at the least is asked about, and at most one in nine set aside; at most one harmless sentence in eleven is asked about."""
    sentences = learning.everything()
    theirs = sentences.pop(writer)
    table = learning.learned([one for others in sentences.values() for one in others])
    odds = learning.scores(table, theirs)
    bears = [value for value, one in zip(odds, theirs, strict=True) if one.bears]
    harmless = [value for value, one in zip(odds, theirs, strict=True) if not one.bears]
    assert sum(value >= bearing.BEARS for value in bears) > 0.25 * len(bears)
    assert sum(value <= bearing.HARMLESS for value in bears) < 0.11 * len(bears)
    assert sum(value >= bearing.BEARS for value in harmless) < 0.09 * len(harmless)

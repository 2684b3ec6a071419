"""The reader on the wider corpus: a ratchet. It may ask too much, but it asserts nothing wrong and drops nothing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from bench.reader_score import CORPORA, FIRST, marked
from tests.connectors.reader_ratchet import ReaderRatchet

KNOWN: dict[str, str] = {}
"""Messages in which a shift is asserted wrongly, or silently missed, each with the reason. It only shrinks."""
RECALL = 98
"""Percent of the gold's shifts that are asserted and right, rounded down. It only goes up."""


class TestWider(ReaderRatchet):
    corpus = CORPORA[1]
    messages = 226
    known = KNOWN
    recall = RECALL


# --- The measure itself -----------------------------------------------------------------------------------------

Json = dict[str, Any]
EMPTY: Json = {"kind": "other", "trust": "untrusted", "shifts": [], "unresolved": [], "ignored": []}


def _first(name: str) -> Json:
    (path,) = FIRST.glob(f"{name}-*.json")
    gold: Json = json.loads(path.read_text("utf-8"))
    return gold


def _reading(gold: Json) -> Json:
    """What would be read if the gold were read as it stands."""
    mine = copy.deepcopy(gold)
    for shift in mine["shifts"]:
        shift["from"] = {"line": (shift.get("from") or {}).get("line"), "text": ""}
    mine["unresolved"] = [{"text": "", **one} for one in mine["unresolved"]]
    return {**EMPTY, **mine}


GOLDS = [path.stem for path in CORPORA[0].messages]


@pytest.mark.parametrize("name", GOLDS)
def test_the_gold_itself_is_all_right(name: str) -> None:
    gold = _first(name[:3])
    score = marked(name, gold, _reading(gold))
    assert score.findings == []
    assert score.counts["right"] == score.counts["asserted"] == score.counts["gold"]


@pytest.mark.parametrize("name", GOLDS)
def test_who_reads_nothing_misses_all(name: str) -> None:
    gold = _first(name[:3])
    score = marked(name, gold, EMPTY)
    assert score.counts["silently missed"] + score.counts["left out, as good"] == score.counts["gold"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("start", "2027-03-01T07:00:00-06:00"),
        ("status", "confirmed"),
        ("site", "mesa-ed"),
        ("pay", {"amount": "1.00", "unit": "shift", "currency": "USD"}),
        ("block", "b9"),
        ("choose", {"group": "g9", "at_most": 7}),
        ("respond_by", "2026-12-24T12:00:00-06:00"),
    ],
)
def test_one_wrong_field_makes_a_shift_wrong(key: str, value: object) -> None:
    gold = _first("001")
    mine = _reading(gold)
    mine["shifts"][0][key] = value
    score = marked("001", gold, mine)
    assert score.counts["right"] == score.counts["gold"] - 1
    assert [one.what for one in score.findings] == ["asserted wrong"]
    assert score.counts["right but for the deadline"] == score.counts["gold"] - (key != "respond_by")


def test_a_shift_in_review_is_neither_right_nor_missed() -> None:
    gold = _first("001")
    mine = _reading(gold)
    mine["shifts"][0]["needs_review"] = ["pay"]
    score = marked("001", gold, mine)
    counts = score.counts
    assert [one.what for one in score.findings] == ["asked"]
    assert (counts["asked"], counts["silently missed"]) == (1, 0)
    assert counts["right"] == counts["asserted"] == counts["gold"] - 1


def test_a_question_that_is_asserted_is_wrong() -> None:
    """The gold asks; who asserts has guessed."""
    gold = _first("001")
    gold["shifts"][0]["needs_review"] = ["site"]
    mine = _reading(_first("001"))
    assert [one.what for one in marked("001", gold, mine).findings] == ["asserted wrong", "question dropped"]

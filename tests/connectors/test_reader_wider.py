"""The reader on the wider corpus: a ratchet. It may ask too much, but it asserts nothing wrong and drops nothing."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest

from bench.reader_score import CORPORA, FIRST, WRONG, Finding, Score, marked, scored

KNOWN: dict[str, str] = {}
"""Messages in which a shift is asserted wrongly, or silently missed, each with the reason. It only shrinks."""
RECALL = 96
"""Percent of the gold's shifts that are asserted and right, rounded down. It only goes up."""


@cache
def wider() -> Score:
    return scored(CORPORA[1])


def wrong() -> list[Finding]:
    return [one for one in wider().findings if one.what in WRONG]


def test_nothing_is_asserted_wrongly_and_nothing_is_silently_missed() -> None:
    """But for the known ones."""
    assert [str(one) for one in wrong() if one.file not in KNOWN] == []


def test_what_is_known_to_be_wrong_still_is() -> None:
    """Who mends one takes it off the list."""
    assert set(KNOWN) == set(KNOWN) & {one.file for one in wrong()}


def test_no_less_is_asserted_than_before() -> None:
    assert wider().recall >= RECALL


def test_trust_is_always_judged_right() -> None:
    assert wider().distrusted == []


def test_the_wider_corpus_is_all_there() -> None:
    """226 messages, each with what it says."""
    messages = CORPORA[1].messages
    assert len(messages) == 226
    assert all(path.with_suffix(".json").exists() for path in messages)


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

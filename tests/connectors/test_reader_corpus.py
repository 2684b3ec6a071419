"""The reader against the corpus: every message is read exactly as a careful person reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon
from daemon.config import lexicon, read_service
from daemon.readings import from_json, to_json, to_store
from policy.read import read_policy

CORPUS = Path(__file__).parent.parent / "corpus"
MESSAGES = sorted(CORPUS.glob("*.eml"))


def words() -> Lexicon:
    policy, problems = read_policy(CORPUS / "policy.toml")
    service, more = read_service(CORPUS / "service.toml")
    assert policy is not None
    assert service is not None
    assert not problems + more
    return lexicon(policy, service)


LEXICON = words()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _facts(shift: dict[str, Any], line: int | None) -> dict[str, Any]:
    """A shift as it is compared: instants, whether it is grouped, what is in question, and its line where known."""
    return {
        **{key: shift[key] for key in ("status", "site", "site_text", "pay", "emr")},
        **{key: _instant(shift[key]) for key in ("start", "end", "respond_by")},
        "block": shift["block"] is not None,
        "choose": shift["choose"] and shift["choose"]["at_most"],
        "needs_review": sorted(shift["needs_review"]),
        "line": line,
    }


def _groups(shifts: list[dict[str, Any]], key: str) -> set[frozenset[int]]:
    """Which shifts go together, whatever the group is called."""
    names = [json.dumps(shift[key]) for shift in shifts]
    return {
        frozenset(i for i, one in enumerate(names) if one == name) for name in set(names) if name != "null"
    }


@pytest.mark.parametrize("path", MESSAGES, ids=[path.stem for path in MESSAGES])
def test_a_message_is_read_exactly(path: Path) -> None:
    """Kind, trust, every shift with all its fields, and every open question."""
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = to_json(read_message(path.read_bytes(), LEXICON))
    assert (found["kind"], found["trust"]) == (gold["kind"], gold["trust"])
    assert len(found["shifts"]) == len(gold["shifts"])
    for mine, theirs in zip(found["shifts"], gold["shifts"], strict=True):
        line = theirs["from"]["line"] if "from" in theirs else None
        assert _facts(mine, mine["from"]["line"] if line else None) == _facts(theirs, line)
    for key in ("block", "choose"):
        assert _groups(found["shifts"], key) == _groups(gold["shifts"], key)
    assert sorted(one["line"] for one in found["unresolved"]) == sorted(
        one["line"] for one in gold["unresolved"]
    )


def test_the_corpus_is_all_there() -> None:
    """64 messages, each with what it says."""
    assert len(MESSAGES) == 64
    assert all(path.with_suffix(".json").exists() for path in MESSAGES)


@pytest.mark.parametrize("path", MESSAGES, ids=[path.stem for path in MESSAGES])
def test_a_reading_survives_the_store(path: Path) -> None:
    """As JSON and back a reading is the same, and every line it names stands in the message once."""
    reading = read_message(path.read_bytes(), LEXICON)
    # Which version of an invitation it is, and whose, is kept by the store, and no part of the promised JSON.
    told = from_json(json.loads(json.dumps(to_json(reading))))
    plain = tuple(replace(shift, version=None) for shift in reading.shifts)
    assert told == replace(reading, shifts=plain, taken_back=())
    kept = from_json(json.loads(json.dumps(to_store(reading))))
    assert [one.version for one in kept.shifts] == [one.version for one in reading.shifts]
    assert (kept.invitation, kept.taken_back) == (reading.invitation, reading.taken_back)
    assert read_message(path.read_bytes(), LEXICON) == reading


def test_an_own_line_belongs_to_one_verdict() -> None:
    """No line is both ignored and unresolved, and none that gave a shift is ignored."""
    for path in MESSAGES:
        reading = read_message(path.read_bytes(), LEXICON)
        ignored = {one.source.line for one in reading.ignored}
        used: set[int] = {shift.source.line for shift in reading.shifts if shift.source.line}
        assert not ignored & {one.source.line for one in reading.unresolved}, path.stem
        assert not ignored & used, path.stem


def test_nobody_else_is_trusted() -> None:
    """The same messages are all untrusted when no server vouches for anybody."""
    silent = replace(LEXICON, authserv=None)
    for path in MESSAGES:
        assert read_message(path.read_bytes(), silent).trust == "untrusted"

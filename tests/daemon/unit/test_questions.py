"""What messages leave open stands on the phone as one entry, while it is fresh, and comes back with the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.event import Days
from daemon.answers import is_seen, seen_levels
from daemon.entries import Entry, View, entries, questions
from daemon.entries.questions import FRESH
from daemon.world import World
from solver.solve import solve
from tests.daemon.unit.mailroom import NOW, STRANGER, Mailroom, message
from tests.daemon.unit.worlds import TODAY, problem

ASKED = "Mon 1/4 8-8 LKSD $2400\n"


@pytest.fixture
def room(tmp_path: Path) -> Mailroom:
    return Mailroom(tmp_path)


def shown(world: World, now: datetime = NOW, *, minimal: bool = False) -> Entry | None:
    """The entry of the questions, where there is one."""
    told = questions(world.review, now)
    view = View(problem(), solve(problem()), {}, {}, TODAY, now, "ab12cd34", minimal=minimal, questions=told)
    found = [entry for entry in entries(view).values() if entry.about.startswith("questions")]
    return found[0] if found else None


def test_a_line_that_is_open_stands_on_the_phone(room: Mailroom) -> None:
    """With its words and the question, on the day it came; and soon after there is an alarm."""
    room.deliver(message(ASKED))
    entry = shown(room.world())
    assert entry is not None
    assert entry.event.summary == "⚠ 1 question about your offers"
    assert entry.event.description.startswith("· Mon 1/4 8-8 LKSD $2400: ")
    assert entry.event.when == Days(NOW.date(), NOW.date())
    assert len(entry.event.alarms) == 1


def test_nothing_is_said_where_nothing_is_open(room: Mailroom) -> None:
    room.deliver(message("Mon 1/4 7a-7p LKSD $2400\n"))
    assert shown(room.world()) is None


def test_a_stranger_cannot_write_on_the_phone(room: Mailroom) -> None:
    """What nobody vouches for is in the review, and no further."""
    room.deliver(message(ASKED, sender=STRANGER))
    room.deliver(message("Mon 1/4 7a-7p LKSD $2400\n", sender=STRANGER))
    world = room.world()
    assert world.review
    assert shown(world) is None


def test_an_old_line_is_not_shown_for_ever(room: Mailroom) -> None:
    """After a fortnight it is in the review only."""
    room.deliver(message(ASKED))
    world = room.world()
    heard = world.review[0].heard
    assert heard is not None
    assert shown(world, heard + FRESH) is not None
    assert shown(world, heard + FRESH + timedelta(seconds=1)) is None


def test_what_was_seen_comes_back_with_the_next_question_only(room: Mailroom) -> None:
    """Deleted on the phone, it is seen; a new line is another matter, one that was settled is none."""
    room.deliver(message(ASKED))
    first = shown(room.world())
    room.deliver(message("Tue 1/5 8-8 LKSD $2400\n", "2026-12-14 10:00"))
    world = room.world()
    second = shown(world)
    assert first is not None
    assert second is not None
    assert second.event.summary == "⚠ 2 questions about your offers"
    assert not is_seen(second.about, seen_levels({first.about: "seen"}))
    world.review = [one for one in world.review if "1/4" in one.where]
    again = shown(world)
    assert again is not None
    assert is_seen(again.about, seen_levels({second.about: "seen"}))


def test_minimal_titles_tell_no_number(room: Mailroom) -> None:
    room.deliver(message(ASKED))
    entry = shown(room.world(), minimal=True)
    assert entry is not None
    assert entry.event.summary == "⚠ something to look at"


def test_many_questions_are_told_in_part(room: Mailroom) -> None:
    """A text of a whole mailbox helps nobody; the number is in the title."""
    lines = [f"{day} 8-8 LKSD $2400" for day in ("Mon 1/4", "Tue 1/5", "Wed 1/6", "Thu 1/7")]
    for hour in range(6):
        room.deliver(message("\n".join(lines) + "\n", f"2026-12-14 {9 + hour:02}:00"))
    entry = shown(room.world())
    assert entry is not None
    assert entry.event.summary == "⚠ 24 questions about your offers"
    assert "· and 4 more" in entry.event.description

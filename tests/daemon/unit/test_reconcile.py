"""The difference between what is wanted and what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from connectors.calendars import ical
from connectors.event import Alarm, Days, Event, Timed
from daemon.entries import Entry
from daemon.entries.entry import graded, is_worse
from daemon.reconcile import Difference, same, strays
from daemon.rows import REFUSED
from tests.daemon.unit.desk import PAST, WHEN, Desk, entry
from tests.daemon.unit.worlds import CHICAGO, NOW


def test_what_is_wanted_is_made_once() -> None:
    """A new entry is created; the second pass writes nothing and remembers nothing new."""
    desk = Desk()
    assert desk.publish(entry("b"), entry("a")) == ["create a", "create b"]
    assert desk.event("a").summary == "HOLD · Lakeside ED · night"
    assert desk.differ(entry("a"), entry("b")) == Difference((), (), ())


def test_what_changed_is_updated_with_a_higher_sequence() -> None:
    """Only the entry that changed is written, on the version that is there; then nothing more."""
    desk = Desk()
    desk.publish(entry("a"), entry("b"))
    changed = entry("a", summary="HOLD · Lakeside ED · day")
    (write,) = desk.differ(changed, entry("b")).writes
    assert (write.verb, write.etag) == ("update", desk.calendar.items["a.ics"].etag)
    assert desk.publish(changed, entry("b")) == ["update a"]
    assert (desk.event("a").sequence, desk.event("b").sequence) == (1, 0)
    assert desk.publish(changed, entry("b")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"summary": "x"},
        {"description": "one\nthree"},
        {"status": "tentative"},
        {"transparent": True},
        {"when": Timed(WHEN.start, WHEN.end + timedelta(minutes=1))},
        {"when": Days(date(2027, 1, 4), date(2027, 1, 4))},
    ],
)
def test_each_thing_a_person_sees_counts(fields: dict[str, Any]) -> None:
    """Title, text, status, availability and time are each a change."""
    desk = Desk()
    desk.publish(entry("a"))
    assert desk.publish(entry("a", **fields)) == ["update a"]
    assert desk.publish(entry("a", **fields)) == []


def test_what_is_no_longer_wanted_is_deleted() -> None:
    """On the version that is there, and once."""
    desk = Desk()
    desk.publish(entry("a"), entry("b"))
    etag = desk.calendar.items["a.ics"].etag
    (write,) = desk.differ(entry("b")).writes
    assert (write.verb, write.href, write.etag) == ("delete", "a.ics", etag)
    assert desk.publish(entry("b")) == ["delete a"]
    assert desk.publish(entry("b")) == []
    assert set(desk.calendar.items) == {"b.ics"}


def test_what_was_never_there_is_forgotten() -> None:
    """An entry whose create never happened, and that nobody wants any more, needs no write."""
    desk = Desk()
    desk.shown = {row.name: row for row in desk.differ(entry("a")).shown}
    assert desk.differ() == Difference((), (), ("a",))


def test_events_of_others_are_left_alone() -> None:
    """What the clinician put into the calendar by hand is neither changed nor deleted."""
    desk = Desk()
    desk.calendar.create("mine.ics", ical.write(Event(uid="mine", when=WHEN, summary="my own"), NOW))
    assert desk.publish(entry("a")) == ["create a"]
    assert desk.publish() == ["delete a"]
    assert set(desk.calendar.items) == {"mine.ics"}


def test_alarms_of_the_phone_are_no_change() -> None:
    """A phone that adds an alarm or removes ours, or acknowledges one, starts no quarrel."""
    desk = Desk()
    desk.publish(entry("a"))
    desk.rewrite("a", replace(desk.event("a"), alarms=(Alarm(timedelta(minutes=30), "mine"),)))
    assert desk.publish(entry("a")) == []
    desk.rewrite("a", replace(desk.event("a"), alarms=()))
    assert desk.publish(entry("a")) == []


def test_blanks_at_line_ends_are_no_change() -> None:
    """Servers trim descriptions and change their line ends."""
    one = Event(uid="u", when=WHEN, description="one\ntwo")
    for text in ("one\r\ntwo", "one  \ntwo\t", "\n one".strip() + "\ntwo\n\n"):
        assert same(replace(one, description=text), one)
    assert not same(replace(one, description="two\none"), one)


def test_the_same_instants_in_another_zone_are_no_change() -> None:
    """A server that keeps UTC has not moved anything."""
    desk = Desk()
    desk.publish(entry("a"))
    desk.rewrite(
        "a", replace(desk.event("a"), when=Timed(WHEN.start.astimezone(UTC), WHEN.end.astimezone(UTC)))
    )
    assert desk.publish(entry("a")) == []


@pytest.mark.parametrize("text", ["", "garbage", "<html></html>"])
def test_what_cannot_be_read_is_written_again(text: str) -> None:
    """A broken entry of ours is replaced, and is no answer."""
    desk = Desk()
    desk.publish(entry("a"))
    desk.rewrite("a", text=text)
    assert desk.said() == []
    assert desk.publish(entry("a")) == ["update a"]


def test_past_entries_are_left_as_they_are() -> None:
    """What has passed is the clinician's record: it stays when it is no longer wanted."""
    desk = Desk()
    old = entry("a", when=PAST)
    day = entry("b", kind="off", when=Days(date(2026, 12, 14), date(2026, 12, 14)))
    desk.publish(old, day)
    found = desk.differ()
    assert (found.writes, found.forget) == ((), ("a", "b"))
    desk.publish()
    assert set(desk.calendar.items) == {"a.ics", "b.ics"}


def test_a_running_entry_is_not_past() -> None:
    """One that ends later today is still taken back."""
    desk = Desk()
    desk.publish(entry("a", when=Timed(PAST.start, NOW + timedelta(minutes=1))))
    assert desk.publish() == ["delete a"]


def test_a_day_is_over_at_midnight_at_home() -> None:
    """What is mended in the evening is taken back, though it is tomorrow at Greenwich; a minute past midnight it stays."""
    evening = NOW.astimezone(CHICAGO).replace(hour=23, minute=59)
    day = evening.date()
    for moment, writes in ((evening, ["delete a"]), (evening + timedelta(minutes=1), [])):
        desk = Desk()
        desk.publish(entry("a", kind="off", when=Days(day, day)), now=evening)
        assert desk.publish(now=moment) == writes


def test_the_same_decision_gives_the_same_bytes() -> None:
    """A create that is tried again soon writes the same text."""
    desk = Desk()
    first = desk.differ(entry("a"))
    desk.shown = {row.name: row for row in first.shown}
    later = desk.differ(entry("a"), now=NOW + timedelta(seconds=50))
    assert later.writes == first.writes


def warning(level: int) -> Entry:
    return replace(entry("w", "warning", f"⚠ {level}th night, cap 6"), about=graded("w", level))


@pytest.mark.parametrize("kept", [None, REFUSED])
def test_what_got_worse_is_news_until_the_phone_can_say_so(kept: str | None) -> None:
    """However long its update is refused or not made, and whatever is remembered of that: then its alarm is new."""
    desk = Desk()
    desk.publish(warning(7))
    failed = desk.differ(warning(8))
    assert [write.verb for write in failed.writes] == ["update"]
    desk.shown |= {row.name: replace(row, kept=kept) for row in failed.shown}
    assert is_worse(warning(8).about, desk.shown["w"].about)
    if kept == REFUSED:
        assert desk.differ(warning(8), now=NOW + timedelta(hours=1)) == Difference((), (), ())
        desk.shown["w"] = replace(desk.shown["w"], kept=None)
    later = NOW + timedelta(hours=2)
    assert desk.publish(warning(8), now=later) == ["update w"]
    assert is_worse(warning(8).about, desk.shown["w"].about), "it is news in the write that is made"
    (row,) = desk.differ(warning(8), now=later).shown
    assert (row.about, row.since) == (warning(8).about, later)
    desk.shown["w"] = row
    assert desk.differ(warning(8), now=later + timedelta(hours=1)) == Difference((), (), ())


def test_what_nobody_knows_of_is_taken_away() -> None:
    """Unless it is known, or past, or nobody can say yet what will be wanted."""
    desk = Desk()
    desk.publish(entry("a"), entry("b"), entry("past", when=PAST))
    there = desk.calendar.items
    places = {name: f"{name}.ics" for name in ("a", "b", "past")}
    assert [(one.verb, one.href, one.etag) for one in strays(places, there, {"a"}, NOW, NOW.date())] == [
        ("delete", "b.ics", there["b.ics"].etag)
    ]
    assert list(strays(places, there, None, NOW, NOW.date())) == []

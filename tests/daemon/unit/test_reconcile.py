"""The difference between what is wanted and what is there, and what the clinician said by changing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.calendars import ical
from connectors.calendars.memory import MemoryCalendar
from connectors.event import Alarm, Days, Event, Item, Timed
from daemon.answers import Given, answers
from daemon.entries import Entry, EntryKind
from daemon.outbox import carry_out
from daemon.reconcile import Difference, difference, same
from daemon.store import ShownRow
from tests.daemon.unit.worlds import CHICAGO, NOW

WHEN = Timed(datetime(2027, 1, 4, 19, tzinfo=CHICAGO), datetime(2027, 1, 5, 7, tzinfo=CHICAGO))
PAST = Timed(NOW - timedelta(hours=14), NOW - timedelta(hours=2))


def entry(
    name: str, kind: EntryKind = "hold", summary: str = "HOLD · Lakeside ED · night", **fields: object
) -> Entry:
    event = Event(
        uid=f"{name}-x", when=WHEN, summary=summary, description="one\ntwo", alarms=(Alarm(NOW, "a"),)
    )
    return Entry(name, kind, f"about {name}", replace(event, **fields))  # type: ignore[arg-type]  # Event's own fields


class Desk:
    """A calendar, what was shown in it, and passes over both."""

    def __init__(self) -> None:
        self.calendar = MemoryCalendar()
        self.calendar.make("Shiftward", "mark")
        self.shown: dict[str, ShownRow] = {}

    def differ(self, *wanted: Entry, now: datetime = NOW) -> Difference:
        return difference(
            {one.name: one for one in wanted}, self.shown, self.calendar.items, self.calendar.address, now
        )

    def publish(self, *wanted: Entry, now: datetime = NOW) -> list[str]:
        """One pass; the verbs and names of its writes."""
        found = self.differ(*wanted, now=now)
        outcome = carry_out(self.calendar, found.writes)
        assert outcome.conflicts == ()
        self.shown |= {row.name: row for row in found.shown}
        for name in (*found.forget, *(w.name for w in found.writes if w.verb == "delete")):
            self.shown.pop(name, None)
        self.shown = {
            name: replace(row, there=row.href in self.calendar.items) for name, row in self.shown.items()
        }
        return [f"{write.verb} {write.name}" for write in found.writes]

    def event(self, name: str) -> Event:
        event = ical.only(self.calendar.items[f"{name}.ics"].data)
        assert event is not None
        return event

    def rewrite(self, name: str, change: Event | None = None, text: str | None = None) -> None:
        """As another program would write it."""
        item = self.calendar.items[f"{name}.ics"]
        data = text if text is not None else ical.write(change or self.event(name), NOW)
        self.calendar.update(item.href, data, item.etag)

    def said(self) -> list[Given]:
        return answers(self.shown, self.calendar.items)


@pytest.mark.parametrize("deleted", ["a", "b"])
def test_of_a_block_a_no_beats_a_yes(deleted: str) -> None:
    """One entry deleted and a yes in front of another's title: the safer answer holds, whichever comes first."""
    desk = Desk()
    block = [replace(entry(name), about="block") for name in ("a", "b")]
    desk.publish(*block)
    kept = "b" if deleted == "a" else "a"
    desk.rewrite(kept, replace(desk.event(kept), summary=f"yes {desk.event(kept).summary}"))
    desk.calendar.delete(f"{deleted}.ics", desk.calendar.items[f"{deleted}.ics"].etag)
    assert desk.said() == [Given("block", "declined", "deleted")]


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


def test_the_same_decision_gives_the_same_bytes() -> None:
    """A create that is tried again writes the same text, whenever it is tried."""
    desk = Desk()
    first = desk.differ(entry("a"))
    desk.shown = {row.name: row for row in first.shown}
    later = desk.differ(entry("a"), now=NOW + timedelta(hours=5))
    assert later.writes == first.writes


# -- answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("hold", "declined"), ("accepted", "seen"), ("warning", "seen"), ("recovery", "seen"), ("off", "seen")],
)
def test_a_deletion_is_an_answer(kind: EntryKind, verdict: str) -> None:
    """Deleting a hold declines it; anything else was seen; what was taken stays taken, only its entry is seen."""
    desk = Desk()
    desk.publish(entry("a", kind=kind))
    item = desk.calendar.items["a.ics"]
    desk.calendar.delete(item.href, item.etag)
    about = "a" if kind == "accepted" else "about a"
    assert [(one.about, one.verdict, one.how) for one in desk.said()] == [(about, verdict, "deleted")]


def test_what_was_never_seen_there_was_not_deleted() -> None:
    """An entry whose create did not happen yet is no answer."""
    desk = Desk()
    desk.shown = {row.name: row for row in desk.differ(entry("a")).shown}
    assert desk.said() == []


YES = (
    "yes",
    "Yes HOLD · Lakeside",
    "YES: HOLD · Lakeside",
    "YES HOLD · Lakeside ED · night",
    "y HOLD",
    "ok",
    "OK HOLD",
    "okay - HOLD",
    "✓ HOLD",
    "✓",
    "✅ HOLD",
    "  yes HOLD",
    "✔ HOLD",
    "✓HOLD",
)
NO = (
    "no",
    "No HOLD · Lakeside",
    "no, HOLD",
    "n HOLD",
    "x HOLD",
    "X",
    "decline HOLD",
    "declined",
    "✗ HOLD",
    "❌ HOLD",
    "✘",
    "no: HOLD",
    "❌HOLD",
)
NEITHER = (
    "HOLD · Lakeside ED · night",
    "TAKE · x",
    "YES · Lakeside ED · night",
    "Northside ED",
    "Yesterday's shift",
    "Oklahoma ED",
    "maybe HOLD",
    "xray",
    "note to self",
    "",
)


@pytest.mark.parametrize(
    ("title", "verdict"), [*((t, "accepted") for t in YES), *((t, "declined") for t in NO)]
)
def test_a_title_is_an_answer(title: str, verdict: str) -> None:
    """Yes or no in front of a title, in the ways people write it on a phone."""
    desk = Desk()
    desk.publish(entry("a"))
    desk.rewrite("a", replace(desk.event("a"), summary=title))
    assert [(one.about, one.verdict, one.how) for one in desk.said()] == [("about a", verdict, "title")]


@pytest.mark.parametrize("title", NEITHER)
def test_other_titles_are_no_answer(title: str) -> None:
    """Words that only begin like an answer are none, and neither are our own titles."""
    desk = Desk()
    desk.publish(entry("a"))
    desk.rewrite("a", replace(desk.event("a"), summary=title))
    assert desk.said() == []


def test_a_title_of_a_warning_is_no_answer_to_an_offer() -> None:
    """Only what can be taken can be accepted or declined by its title."""
    desk = Desk()
    desk.publish(entry("a", kind="warning"))
    desk.rewrite("a", replace(desk.event("a"), summary="no"))
    assert desk.said() == []


def test_a_taken_shift_can_be_given_back() -> None:
    """No in front of an accepted entry declines it."""
    desk = Desk()
    desk.publish(entry("a", kind="accepted", summary="YES · Lakeside ED"))
    assert desk.said() == []
    desk.rewrite("a", replace(desk.event("a"), summary="no YES · Lakeside ED"))
    assert [one.verdict for one in desk.said()] == ["declined"]


def test_an_answer_names_only_what_was_answered() -> None:
    """Others beside it are left unanswered."""
    desk = Desk()
    desk.publish(entry("a"), entry("b"))
    there = {href: item for href, item in desk.calendar.items.items() if href == "a.ics"}
    assert [one.about for one in answers(desk.shown, there)] == ["about b"]
    assert Item("a.ics", there["a.ics"].etag, there["a.ics"].data) == there["a.ics"]


def test_what_we_were_deleting_ourselves_is_no_answer() -> None:
    """After a crash in mid-delete the entry is gone by our own hand: nobody has declined anything."""
    row = ShownRow(
        "shift-1", "offer-1", "hold", "shift-1.ics", datetime(2026, 12, 1, tzinfo=UTC), 0, there=True
    )
    assert [given.verdict for given in answers({"shift-1": row}, {})] == ["declined"]
    assert answers({"shift-1": row}, {}, ["shift-1"]) == []

"""What the clinician said by changing an entry, piece by piece; the whole of it is in `test_phone`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connectors.calendars import google_event, ical
from connectors.event import Event, Item
from daemon.answers import UNDO, Given, answers, is_seen, places, restored, seen_levels, standing, titles
from daemon.entries import EntryKind
from daemon.rows import Said, ShownRow, Verdict
from tests.daemon.unit.desk import WHEN, Desk, entry
from tests.daemon.unit.worlds import NOW


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
    "✔\ufe0f HOLD",
    "👍🏽 HOLD",
    "yes · HOLD · Lakeside ED · night",
    "yes! HOLD",
    "yes please, HOLD",
    "Yep HOLD",
    "accept HOLD",
    "(ok) HOLD",
    "yesHOLD · Lakeside",
    "YES/HOLD",
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
    "No - HOLD · Lakeside",
    "no—HOLD",
    "no-HOLD · Lakeside",
    "NOHOLD · Lakeside",
    "No thanks HOLD",
    "nope",
    "“no” HOLD",
    "✖\ufe0f HOLD",
    "× HOLD",
    "👎 HOLD",
    "No… HOLD · Lakeside",
    "‘no’ HOLD · Lakeside",
    "ＮＯ HOLD · Lakeside",
    "ＮＯ：HOLD · Lakeside",
    "no\u200b HOLD",
    "cancel HOLD",
    "✕ HOLD · Lakeside",
    "_no_ HOLD",
    "no Hold · Lakeside",
    "no yes HOLD",
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
    "x-ray HOLD",
    "no-show clinic",
    "yes? HOLD",
    "Noon HOLD",
    "y'all HOLD",
    "note to self",
    "",
    "✓? HOLD · Lakeside",
    "no? HOLD · Lakeside",
    "yes if they pay more HOLD · Lakeside",
    "no idea yet HOLD · Lakeside",
    "no rush, decide later",
    "Hold · Lakeside ED · night",
    "X Clinic · night",
    "N. Harris ED · night",
    "No. 3 Clinic",
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


# -- titles that change ----------------------------------------------------------------------------------------------

HELD, TAKEN = "HOLD · Lakeside ED · night · $2,400", "YES · Lakeside ED · night · $2,400"
CHANGES: dict[str, tuple[str | None, str, EntryKind, str | None]] = {
    "a word in front": (HELD, f"no {HELD}", "hold", "declined"),
    "a word behind": (HELD, f"{HELD} no", "hold", "declined"),
    "a tick behind": (HELD, f"{HELD} ✓", "hold", "accepted"),
    "another thing behind": (HELD, f"{HELD} noon", "hold", None),
    "the state's own word": (HELD, TAKEN, "hold", "accepted"),
    "the state's own word, first read": (None, TAKEN, "hold", None),
    "what we wrote ourselves": (f"yes {HELD}", TAKEN, "accepted", None),
    "what we wrote after a command": (HELD, TAKEN, "accepted", None),
    "the same word as before": (f"no {HELD}", f"no {HELD}", "hold", None),
    "the same in other words": (f"no {HELD}", f"x {HELD}", "hold", "declined"),
    "another word": (f"no {HELD}", f"yes {HELD}", "hold", "accepted"),
    "a word taken away in front": (f"no {HELD}", HELD, "hold", "open"),
    "a word taken away behind": (f"{HELD} no", HELD, "hold", "open"),
    "a yes taken away before it was written": (f"yes {HELD}", HELD, "accepted", "open"),
    "a no taken away from what was taken": (f"no {TAKEN}", TAKEN, "accepted", "accepted"),
    "HOLD in place of YES": (TAKEN, HELD, "accepted", "open"),
    "YES taken away": (TAKEN, "Lakeside ED · night · $2,400", "accepted", "open"),
    "Hold in place of YES": (TAKEN, HELD.replace("HOLD", "Hold"), "accepted", "open"),
    "Yes in place of HOLD": (HELD, TAKEN.replace("YES", "Yes"), "hold", "accepted"),
    "yes in place of HOLD and its dot": (HELD, HELD.replace("HOLD ·", "yes"), "hold", "accepted"),
    "NO in place of HOLD": (HELD, HELD.replace("HOLD ·", "NO"), "hold", "declined"),
    "YES taken away from a name like no": (
        "YES · N. Harris ED · day",
        "N. Harris ED · day",
        "accepted",
        "open",
    ),
    "YES taken away from a name like yes": ("YES · Y City ED · day", "y city ed · day", "accepted", "open"),
    "HOLD taken away from a name like no": ("HOLD · No. 3 Clinic · day", "No. 3 Clinic · day", "hold", None),
    "no before a name like no": ("YES · X Clinic · day", "no X Clinic · day", "accepted", "declined"),
    "our own words, not written yet": (TAKEN, TAKEN, "hold", None),
    "a title of one's own": (TAKEN, "Lakeside with Dee", "accepted", None),
    "a shorter one": (HELD, "HOLD · Lakeside ED", "hold", None),
}


@pytest.mark.parametrize(("before", "title", "kind", "verdict"), CHANGES.values(), ids=CHANGES)
def test_a_title_is_an_answer_by_what_it_was(
    before: str | None, title: str, kind: EntryKind, verdict: str | None
) -> None:
    """What was read last time tells a change from what we wrote, and an answer from an answer taken back."""
    desk = Desk()
    desk.publish(entry("a", kind=kind, summary=HELD))
    desk.shown["a"] = replace(desk.shown["a"], title=before)
    desk.rewrite("a", replace(desk.event("a"), summary=title))
    assert [given.verdict for given in desk.said()] == ([verdict] if verdict else [])
    assert titles(desk.shown, desk.calendar.items) == ({"a": title} if title != before else {})


# -- elsewhere, and waiting ------------------------------------------------------------------------------------------


def _gone(kind: EntryKind = "hold") -> Desk:
    desk = Desk()
    desk.publish(entry("a", kind=kind))
    desk.calendar.delete("a.ics", desk.calendar.items["a.ics"].etag)
    return desk


@pytest.mark.parametrize("kind", ["hold", "accepted"])
def test_a_block_that_stands_in_a_work_calendar_is_accepted(kind: EntryKind) -> None:
    """Whether it is gone here, or still stands in both."""
    desk = _gone(kind)
    assert answers(desk.shown, {}, (), ["a"]) == [Given("about a", "accepted", "moved")]
    desk.publish(entry("a", kind=kind))
    assert answers(desk.shown, desk.calendar.items, (), ["a"]) == [Given("about a", "accepted", "moved")]


def test_what_waits_is_no_answer_yet() -> None:
    """A block that may stand in a calendar that was not looked at since."""
    assert answers(_gone().shown, {}, (), (), ["a"]) == []


def _item(uid: str, status: str = "CONFIRMED", href: str = "x.ics") -> Item:
    event = Event(uid=uid, when=WHEN, summary="anything")
    return Item(href, "1", ical.write(event, NOW).replace("STATUS:CONFIRMED", f"STATUS:{status}"))


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("shift-0a1b-ab12cd34", "shift-0a1b"),
        ("g3-shift-0a1b-ab12cd34", "shift-0a1b"),
        ("warning-0a1b-ab12cd34", "warning-0a1b"),
        ("shift-0a1b-ffffffff", None),
        ("xx-shift-0a1b-ab12cd34x", None),
        ("somebody@example.org", None),
    ],
)
def test_an_entry_is_known_by_its_uid(uid: str, name: str | None) -> None:
    """Whatever its address, its generation and its title; another household's is not ours."""
    assert places([_item(uid)], "ab12cd34") == ({name: "x.ics"} if name else {})


def test_an_entry_is_known_in_another_google_calendar() -> None:
    """Google moves an event with what is its own, and gives it no UID of ours."""
    uid = "shift-0a1b-ab12cd34"
    body = google_event.without_empty(google_event.to_body(_item(uid).data))
    moved = {**body, "id": "q8r2s0", "etag": "7", "iCalUID": "q8r2s0@google.example"}
    assert standing([Item("q8r2s0", "7", google_event.to_text(moved))], "ab12cd34") == {
        "shift-0a1b": "anything"
    }


def test_what_is_cancelled_in_a_work_calendar_does_not_stand_there() -> None:
    """Some phones cancel where others delete."""
    uid = "shift-0a1b-ab12cd34"
    assert standing([_item(uid)], "ab12cd34") == {"shift-0a1b": "anything"}
    assert standing([_item(uid, "CANCELLED")], "ab12cd34") == {}


# -- put back ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "how", "ago", "said"),
    [
        ("declined", "deleted", timedelta(minutes=1), "open"),
        ("declined", "title", timedelta(minutes=1), "open"),
        ("seen", "deleted", UNDO, "open"),
        ("declined", "deleted", UNDO + timedelta(seconds=1), None),
        ("accepted", "moved", timedelta(days=9), "open"),
        ("accepted", "command", timedelta(minutes=1), None),
        ("open", "restored", timedelta(minutes=1), None),
    ],
)
def test_what_is_put_back_soon_takes_its_answer_back(
    verdict: Verdict, how: str, ago: timedelta, said: str | None
) -> None:
    """Of what was deleted, or taken away after a no, and not days later; of what was moved at any time."""
    there = {"x.ics": _item("shift-0a1b-ab12cd34")}
    given = restored(there, (), [Said("o1", verdict, NOW - ago, how, "shift-0a1b")], "ab12cd34", NOW)
    assert [(one.about, one.verdict, one.entry) for one in given] == (
        [("o1", said, "shift-0a1b")] if said else []
    )


def test_what_is_shown_was_not_put_back() -> None:
    """An entry of a block that still stands after another one was deleted."""
    there = {"x.ics": _item("shift-0a1b-ab12cd34")}
    said = [Said("o1", "declined", NOW, "deleted", "shift-0a1b")]
    assert restored(there, ["shift-0a1b"], said, "ab12cd34", NOW) == []


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("yes HOLD", "accepted"),
        ("no HOLD", None),
        ("YES · Lakeside ED · night", "accepted"),
        ("no YES · Lakeside ED · night", None),
    ],
)
def test_what_is_put_back_with_a_word(title: str, verdict: str | None) -> None:
    """A yes in front of what was declined is a yes, and so is the YES that the no was put to; the same no changes nothing."""
    event = Event(uid="shift-0a1b-ab12cd34", when=WHEN, summary=title)
    there = {"x.ics": Item("x.ics", "1", ical.write(event, NOW))}
    said = [Said("o1", "declined", NOW, "title", "shift-0a1b")]
    given = restored(there, (), said, "ab12cd34", NOW)
    assert [one.verdict for one in given] == ([verdict] if verdict else [])


# -- seen --------------------------------------------------------------------------------------------------------------


def test_what_was_seen_is_seen_until_it_is_worse() -> None:
    """At the level at which it was seen, and at every lower one; without a level at all of them."""
    settled: dict[str, Verdict] = {
        "warning rest level -9": "seen",
        "warning rest level -10": "seen",
        "warning cap level 7": "open",
        "warning old": "seen",
        "shift-1": "seen",
        "o1": "declined",
    }
    seen = seen_levels(settled)
    judged = {
        "warning rest level -10": True,
        "warning rest level -9": True,
        "warning rest level -8": False,
        "warning cap level 7": False,
        "warning old level 3": True,
        "shift-1": True,
        "o1": False,
    }
    assert {about: is_seen(about, seen) for about in judged} == judged

"""The world from the store alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.calendars import ical
from connectors.calendars.expand import EventReader
from connectors.event import Days, Event, Item, Timed
from daemon.config import Settings
from daemon.events import offer_key
from daemon.rows import MessageRow, ShownRow
from daemon.standing import standing
from daemon.store import MOST_AT_ONCE, Store
from daemon.understand import digest, understand
from daemon.world import World
from solver.solve import Problem

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"
[goals]
floor_monthly = 0
[caps]
nights_per_month = 6
[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED"]
pay = { per_shift = 2500 }
"""
SERVICE = """
[[calendars]]
name = "work"
kind = "folder"
role = "work"
path = "work"
[[inboxes]]
name = "post"
kind = "maildir"
path = "post"
"""
FEED = '[[calendars]]\nname = "qgenda"\nkind = "feed"\nrole = "work"\naddress = "feed"\n'
OPEN = '[[calendars]]\nname = "open"\nkind = "folder"\nrole = "offers"\npath = "open"\n'
FAMILY = '[[calendars]]\nname = "family"\nkind = "folder"\nrole = "personal"\npath = "family"\n'


def _world(tmp_path: Path, service: str = SERVICE) -> tuple[Store, Settings]:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "service.toml").write_text(service, "utf-8")
    return Store.in_directory(tmp_path / "state"), Settings.read(tmp_path)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


def item(
    start: str, href: str = "a.ics", etag: str = "1", zone: Any = CHICAGO, title: str = "Lakeside ED"
) -> Item:
    """Twelve hours from a wall clock time in Chicago, written in a zone."""
    begins = at(start).astimezone(UTC)
    when = Timed(begins.astimezone(zone), (begins + timedelta(hours=12)).astimezone(zone))
    return Item(href, etag, ical.write(Event(uid=href, when=when, summary=title), NOW))


def hold(store: Store, name: str, *items: Item, gone: Iterable[str] = (), **keys: Any) -> None:
    """What one good look at a calendar of the service brings."""
    store.observed(name, items, list(gone), None, NOW, keep=name == "open", **keys)


def rules(problem: Problem) -> set[str]:
    return {reason.rule for reasons in problem.refused.values() for reason in reasons}


def test_a_file_that_could_not_be_read_is_shown(tmp_path: Path) -> None:
    """What an inbox passed over stands in the status with its reason, until a poll no longer names it."""
    store, settings = _world(tmp_path)
    store.set_fact("problems post", json.dumps(["one.eml: cannot be read: Permission denied"]))
    assert [one["why"] for one in standing(store, settings, tmp_path, NOW)["aside"]] == [
        "one.eml: cannot be read: Permission denied"
    ]
    store.set_fact("problems post", "[]")
    assert standing(store, settings, tmp_path, NOW)["aside"] == []


def test_a_calendar_never_read_is_told(tmp_path: Path) -> None:
    """Until the work calendar was read once, the problem names it; afterwards it does not."""
    store, settings = _world(tmp_path)
    assert understand(store, settings, NOW)[1].unread == ("work",)
    store.observed("work", [], [], None, NOW)
    assert understand(store, settings, NOW)[1].unread == ()


def test_a_list_of_open_shifts_that_was_never_read_holds_nothing_up(tmp_path: Path) -> None:
    """It can hide no shift of the clinician's; a personal calendar can hide red time."""
    store, settings = _world(tmp_path, FEED + OPEN + FAMILY)
    assert understand(store, settings, NOW)[1].unread == ("family", "qgenda")


def test_a_calendar_that_is_new_holds_up_what_is_new(tmp_path: Path) -> None:
    """What is held stays while the calendar is only new; once its contact is lost, nothing is held."""
    store, settings = _world(tmp_path, OPEN + FAMILY)
    hold(store, "open", item("2026-12-20 07:00"), item("2026-12-22 07:00", "b.ics"))
    store.decide([ShownRow("shift-a", KEY, "hold", "a.ics", NOW, 0, there=True)], (), NOW, "phone")

    def held(minutes: int) -> list[str]:
        problem = understand(store, settings, NOW + timedelta(minutes=minutes))[1]
        assert rules(problem) == {"unread"}
        return [offer.id for offer in problem.candidates]

    assert held(0) == [KEY]
    store.failed("family", "away", NOW)
    assert (held(9), held(11)) == ([KEY], [])
    before, after = (
        digest(understand(store, settings, NOW + timedelta(minutes=minutes))[1], settings)
        for minutes in (9, 11)
    )
    assert before != after, "it is decided anew"


def test_a_calendar_that_moved_was_never_read(tmp_path: Path) -> None:
    """What stood at its old address is forgotten, so nobody knows what to plan around."""
    store, settings = _world(tmp_path)
    hold(store, "work", item("2026-12-10 07:00"))
    store.forget_source("work", publish=False)
    assert understand(store, settings, NOW)[1].unread == ("work",)


def test_the_same_world_has_the_same_digest(tmp_path: Path) -> None:
    """Looking a minute later, or having stored a message without offers, changes nothing to decide."""
    store, settings = _world(tmp_path)
    unread = digest(understand(store, settings, NOW)[1], settings)
    store.observed("work", [], [], None, NOW)
    before = digest(understand(store, settings, NOW)[1], settings)
    assert before != unread, "nothing may be taken before the first look"
    reading = json.dumps({"kind": "other", "trust": "trusted", "shifts": [], "unresolved": [], "ignored": []})
    store.received("post", [MessageRow("post", "k", NOW, reading, None)], None, NOW)
    later = datetime(2026, 12, 1, 12, 1, tzinfo=UTC)
    assert digest(understand(store, settings, later)[1], settings) == before
    store.observed("work", [], [], None, NOW)
    assert digest(understand(store, settings, later)[1], settings) == before


def test_every_role_is_understood(tmp_path: Path) -> None:
    """Work, red time and open shifts, each from its calendar; the one that is published into is not read."""
    phone = '[[calendars]]\nname = "phone"\nkind = "folder"\nrole = "publish"\npath = "phone"\n'
    store, settings = _world(tmp_path, SERVICE + OPEN + FAMILY + phone)
    hold(store, "work", item("2026-12-10 07:00"))
    hold(store, "open", item("2026-12-20 07:00"))
    hold(store, "family", item("2026-12-24 07:00", title="Dinner"))
    hold(store, "phone", item("2026-12-28 07:00"), ours=True)
    world, problem = understand(store, settings, NOW)
    assert [one.first.day for one in problem.commitments] == [10]
    assert [one.start.day for one in problem.red] == [24]
    assert [one.span.first.day for one in problem.offers] == [20]
    assert (world.review, world.aside) == ([], [])


def test_a_reader_is_asked_again_and_again(tmp_path: Path) -> None:
    """With one that remembers, the same is understood as without; and what changed is seen."""
    store, settings = _world(tmp_path)
    series = item("2026-12-10 07:00").data.replace("END:VEVENT", "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT")
    hold(store, "work", Item("s.ics", "1", series), item("2026-12-12 07:00"))
    with EventReader() as reader:
        for day in (12, 14):
            hold(store, "work", item(f"2026-12-{day} 07:00", etag=str(day)))
            _, problem = understand(store, settings, NOW, reader)
            assert (
                problem == understand(store, settings, NOW, reader)[1] == understand(store, settings, NOW)[1]
            )
            assert [one.first.day for one in problem.commitments] == [10, day, 17, 24]


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    """A reader that was made for one look is closed after it."""
    store, settings = _world(tmp_path)
    before = _children()
    series = item("2026-12-10 07:00").data.replace("END:VEVENT", "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT")
    hold(store, "work", Item("s.ics", "1", series))
    assert len(understand(store, settings, NOW)[1].commitments) == 3
    assert _children() == before


def _children() -> set[str]:
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return {child for task in tasks for child in (task / "children").read_text("utf-8").split()}


def test_times_without_a_zone_are_in_the_calendars(tmp_path: Path) -> None:
    """As service.toml says; without a word of it they are a question."""
    floating = item("2026-12-10 07:00", zone=UTC)
    held = Item("a.ics", "1", floating.data.replace("T130000Z", "T070000").replace("T010000Z", "T190000"))
    for service, days in (
        (SERVICE.replace('path = "work"', 'path = "work"\nzone = "America/Chicago"'), 1),
        (SERVICE, 0),
    ):
        store, settings = _world(tmp_path, service)
        hold(store, "work", held)
        world, problem = understand(store, settings, NOW)
        assert [one.start for one in problem.commitments] == [at("2026-12-10 07:00")] * days
        assert len(world.review) == 1 - days


# -- what changes where it stands ------------------------------------------------------------------------------------


def test_what_became_unreadable_counts_as_it_was(tmp_path: Path) -> None:
    """The version before is still a commitment, and the clinician is asked; until it can be read again."""
    store, settings = _world(tmp_path)
    hold(store, "work", item("2026-12-10 07:00"))
    hold(store, "work", Item("a.ics", "2", "<html>"), unreadable=["a.ics"])
    world, problem = understand(store, settings, NOW)
    assert [one.first.day for one in problem.commitments] == [10]
    assert [one.where for one in world.review] == ["Lakeside ED"]
    hold(store, "work", item("2026-12-11 07:00", etag="3"))
    world, problem = understand(store, settings, NOW)
    assert [one.first.day for one in problem.commitments] == [11]
    assert world.review == []


def test_many_that_vanished_at_once_are_asked_about(tmp_path: Path) -> None:
    """For as long as nobody believes it, in the name of the calendar."""
    store, settings = _world(tmp_path)
    store.set_fact("vanished work", "0123")
    (aside,) = understand(store, settings, NOW)[0].review
    assert aside.source == "work"
    assert "believe" in aside.why
    store.set_fact("vanished work", "")
    assert understand(store, settings, NOW)[0].review == []


KEY = offer_key("lakeside-ed", at("2026-12-20 07:00"))


def _accepted(tmp_path: Path) -> tuple[Store, Settings]:
    """An open shift that the clinician said yes to."""
    store, settings = _world(tmp_path, SERVICE + OPEN)
    hold(store, "open", item("2026-12-20 07:00"))
    store.answer(KEY, "accepted", NOW, "phone")
    return store, settings


def _days(world: World) -> list[int]:
    return sorted(one.first.day for one in world.commitments)


def test_an_accepted_open_shift_that_vanished_stays(tmp_path: Path) -> None:
    """It was taken, perhaps by the clinician: a commitment, and a question."""
    store, settings = _accepted(tmp_path)
    assert (_days(understand(store, settings, NOW)[0]), understand(store, settings, NOW)[0].review) == (
        [20],
        [],
    )
    hold(store, "open", gone=["a.ics"])
    world, problem = understand(store, settings, NOW)
    assert (_days(world), len(world.review), problem.offers) == ([20], 1, ())
    assert world.lives == {KEY: "accepted"}


@pytest.mark.parametrize("start", ["2026-12-20 07:15", "2026-12-20 12:00", "2026-12-22 07:00"])
def test_an_accepted_open_shift_whose_hours_changed_is_not_lost(tmp_path: Path, start: str) -> None:
    """The yes was to a shift that no longer stands there: it stays, or it is asked about, but not in silence."""
    store, settings = _accepted(tmp_path)
    hold(store, "open", item(start, etag="2"))
    world, _ = understand(store, settings, NOW)
    assert _days(world) == [20]
    assert KEY in world.accepted or world.review


def test_no_accepted_shift_of_many_is_lost(tmp_path: Path) -> None:
    """A scheduler that moves hundreds of open shifts at once moves the accepted ones with them."""
    store, settings = _world(tmp_path, SERVICE + OPEN)
    before, after = item("2026-12-20 07:00"), item("2026-12-21 07:00")
    hrefs = [f"{number:03}.ics" for number in range(MOST_AT_ONCE + 1)]
    hold(
        store,
        "open",
        *(Item(href, "1", after.data) for href in hrefs[:-1]),
        Item(hrefs[-1], "1", before.data),
    )
    store.answer(KEY, "accepted", NOW, "phone")
    assert _days(understand(store, settings, NOW)[0]) == [20]
    hold(store, "open", *(Item(href, "2", after.data) for href in hrefs))
    assert _days(understand(store, settings, NOW)[0]) == [20]


def test_an_open_shift_that_is_back_is_open(tmp_path: Path) -> None:
    """What vanished and is listed again is an offer as before."""
    store, settings = _world(tmp_path, SERVICE + OPEN)
    hold(store, "open", item("2026-12-20 07:00"))
    hold(store, "open", gone=["a.ics"])
    assert understand(store, settings, NOW)[0].lives == {KEY: "withdrawn"}
    hold(store, "open", item("2026-12-20 07:00", etag="2"))
    assert understand(store, settings, NOW)[0].lives == {KEY: "open"}


# -- how far a schedule is published ---------------------------------------------------------------------------------


def _published(
    tmp_path: Path, *starts: str, service: str = FEED + OPEN, zone: Any = CHICAGO
) -> tuple[Store, Settings]:
    """A feed of shifts, and an open shift on 10 February."""
    store, settings = _world(tmp_path, service)
    feed = [item(start, f"{number}.ics", zone=zone) for number, start in enumerate(starts)]
    hold(store, settings.service.calendars[0].name, *feed)
    hold(store, "open", item("2027-02-10 07:00"))
    return store, settings


def test_what_a_feed_does_not_tell_yet_is_not_free(tmp_path: Path) -> None:
    """Nothing is taken after the last month that it has a shift in; before, and once it is told, it is."""
    store, settings = _published(tmp_path, "2027-01-04 07:00")
    _, problem = understand(store, settings, NOW)
    assert problem.published == (("qgenda", date(2027, 1, 31)),)
    assert rules(problem) == {"unpublished"}
    hold(store, "open", item("2027-01-10 07:00", etag="2"))
    assert rules(understand(store, settings, NOW)[1]) == set()
    hold(store, "open", item("2027-02-10 07:00", etag="3"))
    hold(store, "qgenda", item("2027-02-27 07:00", "new.ics"))
    _, problem = understand(store, settings, NOW)
    assert (problem.published, rules(problem)) == ((("qgenda", date(2027, 2, 28)),), set())


def test_what_a_feed_told_once_it_told(tmp_path: Path) -> None:
    """A month of which every shift was taken away is a free month."""
    store, settings = _published(tmp_path, "2027-01-04 07:00")
    store.set_fact("published qgenda", "2027-02-28")
    _, problem = understand(store, settings, NOW)
    assert (problem.published, rules(problem)) == ((("qgenda", date(2027, 2, 28)),), set())
    store.set_fact("published qgenda", "2026-12-31")
    assert understand(store, settings, NOW)[1].published == (("qgenda", date(2027, 1, 31)),)


@pytest.mark.parametrize(
    "service",
    [
        FEED + 'beyond = "free"\n' + OPEN,
        FEED.replace('"work"', '"personal"') + OPEN,
        SERVICE + OPEN,
    ],
    ids=["beyond is free", "no schedule", "no feed"],
)
def test_only_feeds_of_work_come_out_by_the_month(tmp_path: Path, service: str) -> None:
    """Not a calendar that one keeps oneself, nor a feed whose dates beyond are said to be free."""
    store, settings = _published(tmp_path, "2027-01-04 07:00", service=service)
    _, problem = understand(store, settings, NOW)
    assert (problem.published, rules(problem)) == ((), set())


@pytest.mark.parametrize("zone", [CHICAGO, UTC, ZoneInfo("Asia/Tokyo")], ids=str)
def test_the_last_night_of_a_month_publishes_no_other(tmp_path: Path, zone: Any) -> None:
    """Whatever zone the feed is written in: 19:00 on the 31st is the next day in UTC."""
    store, settings = _published(tmp_path, "2027-01-04 07:00", "2027-01-31 19:00", zone=zone)
    assert understand(store, settings, NOW)[1].published == (("qgenda", date(2027, 1, 31)),)


def test_a_schedule_that_grew_is_news(tmp_path: Path) -> None:
    """Other dates can be planned, so the digest is another one."""
    store, settings = _published(tmp_path, "2027-01-04 07:00")
    before = digest(understand(store, settings, NOW)[1], settings)
    store.set_fact("published qgenda", "2027-03-31")
    assert digest(understand(store, settings, NOW)[1], settings) != before


def test_a_whole_day_in_a_feed_publishes_its_month(tmp_path: Path) -> None:
    """It says something of that month, whatever it is."""
    store, settings = _published(tmp_path, "2027-01-04 07:00")
    day = Event(uid="d", when=Days(date(2027, 2, 1), date(2027, 2, 1)), summary="Lakeside ED off")
    hold(store, "qgenda", Item("d.ics", "1", ical.write(day, NOW)))
    assert understand(store, settings, NOW)[1].published == (("qgenda", date(2027, 2, 28)),)

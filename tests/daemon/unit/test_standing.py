"""What `status` tells, from a store alone."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.calendars import ical
from connectors.event import Event, Item, Timed
from daemon.asks import Known, status
from daemon.config import Settings
from daemon.lock import Lock
from daemon.log import label
from daemon.rejected import mended, notice, reject, rejected
from daemon.standing import PATIENCE, running, standing
from daemon.store import Store
from tests.daemon.unit.mailroom import NOW as MAIL_NOW
from tests.daemon.unit.mailroom import Mailroom, message
from tests.daemon.unit.worlds import at

NOW = datetime(2026, 12, 28, 18, tzinfo=UTC)
POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"

[goals]
floor_monthly = 5_000

[caps]
nights_per_month = 2
weekends_per_month = { cap = 1, over = 300 }

[travel]
trips_per_month = 3

[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED"]
pay = { per_shift = 2500 }
privileges_until = 2027-03-31

[[credentials]]
kind = "licence"
state = "TX"
until = 2027-01-15

[[credentials]]
kind = "board"
until = 2026-12-27
"""
SERVICE = """
[[calendars]]
name = "duty"
kind = "folder"
role = "work"
path = "duty"

[[calendars]]
name = "open"
kind = "folder"
role = "offers"
path = "open"

[[inboxes]]
name = "post"
kind = "maildir"
path = "post"
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_directory(tmp_path / "state")


def stands(store: Store, tmp_path: Path, moment: datetime = NOW) -> dict[str, Any]:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "service.toml").write_text(SERVICE, "utf-8")
    return standing(store, Settings.read(tmp_path), tmp_path / "state", moment)


def shift(day: str, hour: int) -> Item:
    start = at(f"{day}T{hour:02}:00")
    when = Timed(start, start + timedelta(hours=12))
    return Item(f"{day}.ics", "1", ical.write(Event(uid=day, when=when, summary="Lakeside ED"), NOW))


def test_an_empty_store_stands_too(store: Store, tmp_path: Path) -> None:
    """Everything is there, and JSON can hold it; nothing was read, decided or started."""
    found = stands(store, tmp_path)
    assert json.loads(json.dumps(found)) == found
    assert found["daemon"] == {"running": False, "pid": None, "since": None}
    assert (found["decided_at"], found["held"], found["questions"], found["leads"]) == (None, [], 0, [])
    assert {name: one["last_good"] for name, one in found["sources"].items()} == {
        "duty": None,
        "open": None,
        "post": None,
    }


def test_counters_stand_beside_their_caps(store: Store, tmp_path: Path) -> None:
    """This month and the next, by the dates at home; a shift of the last evening is the month's it starts in."""
    store.observed(
        "duty", [shift("2026-12-29", 7), shift("2026-12-31", 19), shift("2027-01-02", 19)], [], None, NOW
    )
    found = stands(store, tmp_path)["counters"]
    assert list(found) == ["2026-12", "2027-01"]
    december, january = found.values()
    assert december["nights"] == {"have": 1, "cap": 2}
    assert january["nights"] == {"have": 1, "cap": 2}
    assert (december["weekends"], january["weekends"]) == ({"have": 0, "cap": 1}, {"have": 1, "cap": 1})
    assert december["off_days"]["cap"] == 4
    assert january["trips"] == {"have": 0, "cap": 3}
    assert january["high_intensity"]["cap"] is None
    assert (december["shifts"], december["hours"], december["expected"]) == (2, 24.0, 500_000)
    assert january["floor"] == {"need": 500_000, "have": 250_000}


def test_deadlines_come_in_order_and_those_that_passed_do_not(store: Store, tmp_path: Path) -> None:
    """A paper holds through the whole of its date at home."""
    found = stands(store, tmp_path)["deadlines"]
    assert [(one["about"], one["until"]) for one in found] == [
        ("TX licence", "2027-01-15"),
        ("privileges at lakeside-ed", "2027-03-31"),
    ]
    assert found[0]["by"] == "2027-01-16T05:59:59+00:00"
    late = datetime(2027, 1, 16, 5, 30, tzinfo=UTC)
    assert stands(store, tmp_path, late)["deadlines"][0]["about"] == "TX licence"
    assert stands(store, tmp_path, late + timedelta(hours=1))["deadlines"][0]["about"] != "TX licence"


@pytest.mark.parametrize(
    ("trouble", "remedy"),
    [
        ("status 503", PATIENCE),
        ("Google refuses the sign-in; run shiftward login google", "run shiftward login google"),
    ],
)
def test_a_source_without_contact_has_a_remedy(
    store: Store, tmp_path: Path, trouble: str, remedy: str
) -> None:
    """What its connector knows, else patience; afterwards none."""
    store.observed("duty", [], [], None, NOW - timedelta(hours=2))
    store.failed("duty", trouble, NOW - timedelta(hours=1))
    one = stands(store, tmp_path)["sources"]["duty"]
    assert (one["kind"], one["role"], one["trouble"], one["remedy"]) == ("folder", "work", trouble, remedy)
    assert one["failing_since"] == "2026-12-28T17:00:00+00:00"
    store.observed("duty", [], [], None, NOW)
    assert stands(store, tmp_path)["sources"]["duty"]["remedy"] is None


def test_a_plan_stands_since_it_was_decided(store: Store, tmp_path: Path) -> None:
    """Also where the clock was set back since."""
    store.decided("a", {"accepted": [], "counts": {"2026-12": {}}}, NOW + timedelta(days=1))
    found = stands(store, tmp_path)
    assert found["decided_at"] == "2026-12-29T18:00:00+00:00"
    assert found["counts"] == {"2026-12": {}}


def test_a_daemon_is_known_by_its_lock(tmp_path: Path) -> None:
    with Lock(tmp_path):
        found = running(tmp_path)
        assert (found["running"], found["pid"]) == (True, os.getpid())
        assert abs(datetime.fromisoformat(found["since"]) - datetime.now(UTC)) < timedelta(minutes=10)
    assert running(tmp_path)["running"] is False


def test_a_label_tells_nothing_and_stays(store: Store, tmp_path: Path) -> None:
    """The same for a source of one store at any time, another in another store."""
    assert re.fullmatch(r"[0-9a-f]{8}", label("abcd", "duty"))
    assert label("abcd", "duty") == label("abcd", "duty")
    assert len({label("abcd", "duty"), label("abcd", "post"), label("abce", "duty")}) == 3
    assert stands(store, tmp_path)["sources"]["duty"]["label"] == label(store.instance(), "duty")


def test_an_answer_that_is_due_is_a_deadline(tmp_path: Path) -> None:
    """With whether it is held; a declined offer asks nothing any more."""
    room = Mailroom(tmp_path)
    room.deliver(message("Tue 1/12 7p-7a LKSD $2,400\n\nPlease let us know by Mon 1/4, noon.\n"))

    def deadlines() -> list[dict[str, Any]]:
        found = standing(room.store, room.settings, tmp_path / "state", MAIL_NOW)["deadlines"]
        return [one for one in found if one["kind"] == "answer"]

    (one,) = deadlines()
    assert (one["by"], one["held"]) == ("2027-01-04T18:00:00+00:00", False)
    room.store.decided("a", {"accepted": [one["about"]], "counts": {}}, MAIL_NOW)
    assert deadlines()[0]["held"] is True
    room.store.answer(one["about"], "declined", MAIL_NOW, "test")
    assert deadlines() == []


def test_why_the_store_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    """The daemon knows it, and not its store."""
    stands(store, tmp_path)
    known = Known(Settings.read(tmp_path), tmp_path / "state", store, ("it is full; free some space", NOW))
    assert status(known)["store"] == {"trouble": "it is full; free some space", "since": NOW.isoformat()}
    known.trouble = None
    assert status(known)["store"] == {"trouble": None, "since": None}


def test_files_that_were_saved_with_problems_are_told(store: Store, tmp_path: Path) -> None:
    """Since the first mistake, with what is wrong now, until it is mended."""
    reject(store, ["one"], NOW)
    reject(store, ["two", "three"], NOW + timedelta(hours=1))
    told = stands(store, tmp_path)["configuration"]
    assert told == {"problems": ["two", "three"], "since": NOW.isoformat()}
    found = rejected(store)
    assert found
    assert "three" in notice(found, UTC).text
    mended(store)
    assert stands(store, tmp_path)["configuration"] == {"problems": [], "since": None}

"""Blocks in one calendar, warnings in another, through the whole daemon; what is silent; a month without news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.event import Days
from tests.daemon.unit.household import OFFERS, PUBLISH, WARNINGS, WORK, Household, at_home
from tests.daemon.unit.worlds import CHICAGO

HOUR = timedelta(hours=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Household]:
    """One open shift that is held, and two commitments too close to each other; nobody has looked yet."""
    made = at_home(tmp_path, monkeypatch)
    made.put("open", "o1", "Lakeside ED", "2026-12-10 19:00")
    made.put("duty", "c1", "Harbor Tele", "2026-12-20 09:00", 6)
    made.put("duty", "c2", "Lakeside ED", "2026-12-21 00:00")
    yield made
    made.close()


def signs(home: Household, calendar: str) -> set[str]:
    return {title.partition(" ")[0] for title in home.titles("", calendar)}


def test_each_kind_has_its_calendar(home: Household) -> None:
    """What is worked and kept free in one, what is news in the other, each fact once; the next look writes nothing."""
    home.look()
    assert signs(home, "phone") == {"HOLD", "OFF"}
    assert signs(home, "alerts") == {"⚠", "REMIND"}
    uids = [one.event.uid for name in ("phone", "alerts") for one in home.shown("", name)]
    assert len(uids) == len(set(uids))
    before = home.files()
    home.look()
    assert home.files() == before


def test_one_calendar_holds_all(home: Household) -> None:
    """Without a calendar for warnings they stand beside the blocks."""
    home.configure(WORK, OFFERS, PUBLISH)
    home.started()
    home.look()
    assert signs(home, "phone") == {"HOLD", "OFF", "⚠", "REMIND"}
    assert not (home.root / "alerts").exists()


def test_a_second_calendar_that_is_added_later(home: Household) -> None:
    """Warnings move there, and back when it is taken away; nothing of that is an answer."""
    home.configure(WORK, OFFERS, PUBLISH)
    home.started()
    home.look()
    everything = sorted(home.titles())
    home.configure(WORK, OFFERS, PUBLISH, WARNINGS)
    home.started()
    home.look()
    assert signs(home, "phone") == {"HOLD", "OFF"}
    assert sorted([*home.titles(), *home.titles("", "alerts")]) == everything
    home.look()
    home.configure(WORK, OFFERS, PUBLISH)
    home.started()
    home.look()
    assert sorted(home.titles()) == everything
    assert home.answers() == {}
    before = home.files()
    home.look()
    assert home.files() == before


def test_an_answer_in_either_calendar_is_heard(home: Household) -> None:
    """A hold is declined in one, a warning is seen in the other, in the same look."""
    home.look()
    home.only("HOLD").path.unlink()
    home.rest()[0].path.unlink()
    home.look()
    assert sorted(home.answers().values()) == ["declined", "seen"]
    assert (home.titles("HOLD"), home.rest()) == ([], [])


def test_a_few_that_are_all_deleted_at_once(home: Household) -> None:
    """Up to five are heard in the same look, in either calendar, though they are all that stood there."""
    home.look()
    for one in home.shown("", "alerts")[5:]:
        one.path.unlink()
        home.look()
    left = home.shown("", "alerts")
    count = len(home.answers())
    for one in left:
        one.path.unlink()
    home.look()
    assert home.titles("", "alerts") == []
    assert len(home.answers()) == count + len(left)


def test_many_that_are_all_deleted_at_once(home: Household) -> None:
    """More than five wait until it is said again, or believed; meanwhile nothing is put back, and it is told."""
    home.look()
    blocks = home.shown()
    assert len(blocks) > 5
    for one in blocks:
        one.path.unlink()
    home.look()
    assert (home.titles(), home.answers()) == ([], {})
    world, _ = home.daemon.desk.understand(home.clock.now)
    assert [one.source for one in world.review] == ["phone"]
    home.look()
    assert home.titles() == []
    assert sorted(home.answers().values()) == ["declined", *["seen"] * (len(blocks) - 1)]


def test_a_calendar_of_warnings_that_is_taken_away_is_made_anew(home: Household) -> None:
    """Its entries come back, and none of them was seen."""
    home.look()
    before = home.titles("", "alerts")
    assert len(before) > 2
    (home.root / "alerts").rename(home.root / "state" / "gone")
    home.look()
    home.look()
    assert home.titles("", "alerts") == before
    assert home.answers() == {}


# -- lost contact ----------------------------------------------------------------------------------------------------


def away(home: Household, name: str) -> Path:
    """A folder that nobody can read any more; nor can one be made in its place."""
    path = home.root / name
    path.rename(home.root / "state" / name)
    path.write_text("not a folder")
    return path


def back(home: Household, path: Path) -> None:
    path.unlink()
    (home.root / "state" / path.name).rename(path)


def test_a_source_that_is_silent_for_long_is_an_entry(home: Household) -> None:
    """After six hours, over whole days and not rewritten each hour; it goes away when contact is back."""
    home.look()
    path = away(home, "duty")
    for _ in range(6):
        home.look(HOUR)
    assert home.titles("⚠ no contact", "alerts") == []
    home.look(HOUR)
    entry = home.only("⚠ no contact", "alerts")
    assert entry.title == "⚠ no contact with the calendar duty since Tue 1 Dec 08:01"
    assert entry.event.when == Days(date(2026, 12, 1), date(2026, 12, 7))
    assert entry.event.transparent
    assert "shiftward check" in entry.event.description
    before = home.files()
    for _ in range(30):
        home.look(HOUR)
    assert home.files() == before
    home.look(timedelta(days=6))
    assert home.only("⚠ no contact", "alerts").event.when == Days(date(2026, 12, 1), date(2026, 12, 14))
    back(home, path)
    home.look()
    assert home.titles("⚠ no contact", "alerts") == []
    assert home.answers() == {}


def test_the_entry_stands_in_a_calendar_that_works(home: Household) -> None:
    """Where the calendar of warnings is the silent one, in the other; and the other way round."""
    home.look()
    path = away(home, "alerts")
    home.look()
    home.look(7 * HOUR)
    assert home.titles("⚠ no contact") == ["⚠ no contact with the calendar alerts since Tue 1 Dec 08:01"]
    back(home, path)
    home.look()
    assert home.titles("⚠") == []
    path = away(home, "phone")
    home.look()
    home.look(7 * HOUR)
    assert len(home.titles("⚠ no contact with the calendar phone", "alerts")) == 1
    back(home, path)
    home.look()
    assert home.titles("⚠ no contact", "alerts") == []


def test_a_loss_that_was_seen_is_told_anew_only_for_the_next_loss(home: Household) -> None:
    """Deleted, it stays away while the source is silent."""
    home.look()
    path = away(home, "duty")
    home.look()
    home.look(7 * HOUR)
    home.only("⚠ no contact", "alerts").path.unlink()
    home.look(HOUR)
    home.look(HOUR)
    assert home.titles("⚠ no contact", "alerts") == []
    back(home, path)
    home.look()
    path = away(home, "duty")
    home.look()
    home.look(7 * HOUR)
    assert len(home.titles("⚠ no contact", "alerts")) == 1


def test_a_slow_source_is_given_three_polls(home: Household) -> None:
    """One that is asked once in four hours is silent after twelve; a threshold of one hour changes the others."""
    home.configure(
        WORK.rstrip() + "\npoll = 14400\n", OFFERS, PUBLISH, WARNINGS, top="lost_contact_hours = 1\n"
    )
    home.started()
    home.look()
    for name in ("duty", "open"):
        away(home, name)
    home.look()
    home.look(2 * HOUR)
    assert [one.rpartition(" since")[0] for one in home.titles("⚠ no contact", "alerts")] == [
        "⚠ no contact with the calendar open"
    ]
    home.look(10 * HOUR)
    assert len(home.titles("⚠ no contact", "alerts")) == 2


def test_a_source_that_was_never_read_is_told_of_sooner(home: Household) -> None:
    """It is new, and nothing is held before it was read: after ten minutes the phone says why."""
    home.put("open", "o1", "Lakeside ED", "2026-12-10 19:00")
    home.look()
    assert len(home.titles("HOLD")) == 1
    family = WORK.replace("duty", "family").replace('"work"', '"personal"')
    home.configure(WORK, OFFERS, family, PUBLISH, WARNINGS)
    home.started()
    home.look()
    home.look(timedelta(minutes=9))
    assert home.titles("⚠ no contact", "alerts") == []
    home.look(timedelta(minutes=6))
    entry = home.only("⚠ no contact with the calendar family", "alerts")
    assert "nothing is held or taken" in entry.event.description


# -- no news ---------------------------------------------------------------------------------------------------------


def test_a_month_without_news_writes_nothing(home: Household) -> None:
    """Before and after each midnight of a month in which nothing happens; but for a new month's days off."""
    first = datetime(2026, 12, 22, 23, 57, tzinfo=CHICAGO)
    home.clock.now = (first - HOUR).astimezone(UTC)
    home.look()
    wrote: dict[date, set[str]] = {}
    for night in range(31):
        home.clock.now = (first + timedelta(days=night)).astimezone(UTC)
        before = home.files()
        home.look()
        home.look(timedelta(minutes=4))
        changed = {path for path, _ in set(home.files().items()) ^ set(before.items())}
        if changed:
            wrote[(first + timedelta(days=night)).date()] = {
                Path(path).name.split("-")[1] for path in changed
            }
    assert wrote == {date(2026, 12, 29): {"off"}}, "92 days on, April begins to be planned"

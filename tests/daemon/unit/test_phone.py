"""Answers from the phone, through the whole daemon: said, moved, taken back; and what is put back with a word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.calendars.folder import FolderCalendar
from connectors.errors import UnreachableError
from connectors.event import Timed
from daemon.answers import UNDO
from daemon.entries import catalogue
from daemon.reconcile import NOTICED
from tests.daemon.unit.household import OFFERS, PUBLISH, WARNINGS, WORK, Household, Shown, at_home

MINUTE = timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Household]:
    """One open shift that is held, another month away, and two commitments too close to each other."""
    made = at_home(tmp_path, monkeypatch)
    made.put("open", "o1", "Lakeside ED", "2026-12-10 19:00")
    made.put("duty", "c1", "Harbor Tele", "2026-12-20 09:00", 6)
    made.put("duty", "c2", "Lakeside ED", "2026-12-21 00:00")
    made.look()
    assert made.titles("HOLD") == ["HOLD · Lakeside ED · night · $2,300"]
    yield made
    made.close()


def verdict(home: Household) -> str:
    """What is known to have been said of the one offer."""
    (found,) = [said for about, said in home.answers().items() if about.startswith("lakeside-ed-")]
    return found


# -- moved into a work calendar --------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["phone", "duty"])
def test_a_hold_that_is_moved_into_a_work_calendar_is_accepted(home: Household, first: str) -> None:
    """Whichever of the two calendars tells of it first; it is a commitment, told once, and nothing is declined."""
    hold = home.only("HOLD")
    text = hold.path.read_bytes()
    if first == "duty":
        (home.root / "duty" / "moved.ics").write_bytes(text)
        home.look()
        hold.path.unlink(missing_ok=True)
    else:
        # The work calendar was asked before the move, the phone's after it.
        asked = {name: source for name, source in home.daemon.desk.sources.items() if name == "phone"}
        everything, home.daemon.desk.sources = home.daemon.desk.sources, asked
        hold.path.unlink()
        home.look()
        assert home.answers() == {}
        (home.root / "duty" / "moved.ics").write_bytes(text)
        home.daemon.desk.sources = everything
    home.look()
    assert verdict(home) == "accepted"
    assert home.titles("HOLD") == home.titles("YES") == []
    assert home.daemon.outlook is not None
    commitments = [
        (shift.site.id, f"{shift.start:%m-%d %H:%M}") for shift in home.daemon.outlook.world.commitments
    ]
    assert commitments.count(("lakeside-ed", "12-10 19:00")) == 1
    home.look()
    assert verdict(home) == "accepted"


def test_no_answer_is_taken_before_the_work_calendars_were_looked_at(home: Household) -> None:
    """While one of them cannot be read, a hold that is gone is neither declined nor shown again."""
    (home.root / "duty").rename(home.root / "away")
    home.look()
    hold = home.only("HOLD")
    hold.path.rename(home.root / "away" / hold.path.name)
    home.look()
    home.look()
    assert home.answers() == {}
    assert home.titles("HOLD") == []
    (home.root / "away").rename(home.root / "duty")
    home.look()
    home.look()
    assert verdict(home) == "accepted"


def test_a_work_calendar_that_is_lost_is_not_waited_for(home: Household) -> None:
    """After hours without contact a hold that is gone is declined; a shift that is found there in the end counts."""
    (home.root / "duty").rename(home.root / "away")
    home.look()
    hold = home.only("HOLD")
    hold.path.rename(home.root / "away" / hold.path.name)
    home.look()
    assert home.answers() == {}
    home.look(timedelta(hours=7))
    assert verdict(home) == "declined"
    (home.root / "away").rename(home.root / "duty")
    home.look()
    assert home.daemon.outlook is not None
    assert "confirmed" in home.daemon.outlook.world.lives.values()


def test_a_hold_that_is_written_anew_in_a_work_calendar_is_accepted(home: Household) -> None:
    """Deleted here and put there by hand: the same site and hours say it as well."""
    home.put("duty", "mine", "LKSD night", "2026-12-10 19:00")
    home.only("HOLD").path.unlink()
    home.look()
    assert home.titles("HOLD") == []
    assert verdict(home) == "accepted"


@pytest.mark.parametrize("title", ["", "HOLD · per-diem · night", "Work"])
def test_a_hold_that_is_moved_is_known_by_its_uid(home: Household, title: str) -> None:
    """Where titles name nobody, and whatever it is called by now: it is the shift, and nothing of it is left here."""
    if not title:
        home.configure(WORK, OFFERS, PUBLISH, WARNINGS, top="minimal_titles = true")
        home.started()
        home.look()
    there = home.move(home.only("HOLD"), "duty")
    if title:
        text = there.read_bytes().decode()
        there.write_bytes(re.sub(r"SUMMARY:.*", f"SUMMARY:{title}\r", text).encode())
    home.look()
    home.look()
    assert verdict(home) == "accepted"
    assert (home.titles("HOLD"), home.titles("YES")) == ([], [])
    assert home.daemon.outlook is not None
    world = home.daemon.outlook.world
    worked = [(one.site.id, f"{one.start:%m-%d %H:%M}") for one in world.commitments]
    assert worked.count(("lakeside-ed", "12-10 19:00")) == 1
    assert (world.red, world.review) == ([], [])


@pytest.mark.parametrize("minimal", [False, True], ids=["full", "minimal"])
@pytest.mark.parametrize("at_once", [False, True], ids=["seen in both", "in one look"])
def test_a_hold_that_is_copied_into_a_work_calendar_is_accepted(
    home: Household, at_once: bool, minimal: bool
) -> None:
    """A phone's copy has a UID of its own; that the hold is deleted then, or together with it, declines nothing."""
    if minimal:
        home.configure(WORK, OFFERS, PUBLISH, WARNINGS, top="minimal_titles = true")
        home.started()
        home.look()
    hold = home.only("HOLD")
    copy = home.root / "duty" / "copy.ics"
    copy.write_bytes(re.sub(rb"UID:\S+", b"UID:7F3A-COPY", hold.path.read_bytes()))
    if not at_once:
        # A mirror copies every hold, and means nothing by it.
        home.look()
        home.look()
        assert home.answers() == {}
        assert len(home.titles("HOLD")) == 1
    hold.path.unlink()
    home.look()
    home.look()
    assert verdict(home) == "accepted"
    assert home.titles("HOLD") == []
    assert home.daemon.outlook is not None
    worked = [f"{one.start:%m-%d %H:%M}" for one in home.daemon.outlook.world.commitments]
    assert worked.count("12-10 19:00") == 1
    home.put("open", "o2", "Harbor Tele", "2026-12-10 20:00", 6)
    home.look()
    assert home.titles("HOLD") == []


def test_a_mirror_that_is_late_takes_nothing(home: Household) -> None:
    """What we took away ourselves still stands as a copy in a work calendar: nobody said anything."""
    hold = home.only("HOLD")
    copy = home.root / "duty" / "copy.ics"
    copy.write_bytes(re.sub(rb"UID:\S+", b"UID:7F3A-COPY", hold.path.read_bytes()))
    # So many that one more or less is no vanishing.
    for number in range(4):
        home.put("duty", f"more{number}", "Harbor Tele", f"2027-01-{10 + number} 09:00", 4)
    home.put("duty", "own", "Harbor Tele", "2026-12-10 21:00", 6)
    home.look()
    home.look()
    assert home.titles("HOLD") == []
    assert home.answers() == {}
    home.put("duty", "own", "Harbor Tele", "2026-12-15 21:00", 6)
    copy.unlink()
    home.look()
    assert len(home.titles("HOLD")) == 1


@pytest.mark.parametrize("first", ["phone", "duty"])
def test_a_hold_that_is_moved_back_is_a_hold_again(
    home: Household, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """However long it stood in the work calendar, and whichever of the two calendars tells of it first."""
    hold = home.only("HOLD")
    there = home.move(hold, "duty")
    home.look()
    assert verdict(home) == "accepted"
    home.look(timedelta(days=2))
    there.rename(hold.path)
    ask = home.daemon.observer.ask
    with monkeypatch.context() as patched:
        patched.setattr(home.daemon.observer, "ask", lambda name: ask(name) if name == first else None)
        home.look()
    home.look()
    assert verdict(home) == "open"
    assert home.titles("HOLD") == [hold.title]
    before = home.files()
    home.look()
    assert home.files() == before
    home.only("HOLD").path.unlink()
    home.look()
    assert verdict(home) == "declined"


def test_a_moved_hold_that_is_deleted_there_is_asked_about(home: Household) -> None:
    """It stays taken, stands in our calendar, and says what happened; no in front of it gives it back."""
    there = home.move(home.only("HOLD"), "duty")
    home.look()
    assert home.titles("YES") == []
    there.unlink()
    home.look()
    (taken,) = home.shown("YES")
    assert taken.event.description.startswith(catalogue.FELL_OUT)
    home.retitle(taken, f"no {taken.title}")
    home.look()
    assert verdict(home) == "declined"
    assert home.titles("YES") == home.titles("HOLD") == []


@pytest.mark.parametrize("copied", [False, True], ids=["moved", "copied"])
def test_a_no_in_the_work_calendar_is_heard(home: Household, copied: bool) -> None:
    """In front of a block that was put there; a yes by the command line after it holds, though the word still stands."""
    hold = home.only("HOLD")
    there = home.move(hold, "duty")
    if copied:
        there.write_bytes(re.sub(rb"UID:\S+", b"UID:7F3A-COPY", there.read_bytes()))
    home.look()
    assert verdict(home) == "accepted"
    home.retitle(Shown(there, hold.event), f"no {hold.title}")
    home.look()
    assert verdict(home) == "declined"
    assert home.titles("YES") == home.titles("HOLD") == []
    (about,) = [one for one in home.answers() if one.startswith("lakeside-ed-")]
    home.store.answer(about, "accepted", home.clock.now, "command line")
    home.look()
    home.look()
    assert verdict(home) == "accepted"
    assert len(home.titles("YES")) == 1


def test_a_no_on_a_yes_that_the_phone_undoes(home: Household) -> None:
    """Put back as the YES that it was, it is taken again."""
    hold = home.only("HOLD")
    home.retitle(hold, f"yes {hold.title}")
    home.look()
    taken = home.only("YES")
    text = taken.path.read_bytes()
    home.retitle(taken, f"no {taken.title}")
    home.look()
    assert verdict(home) == "declined"
    taken.path.write_bytes(text)
    home.look()
    assert verdict(home) == "accepted"
    assert home.titles("YES") == [taken.title]
    before = home.files()
    home.look()
    assert home.files() == before


def test_a_deleted_hold_is_declined(home: Household) -> None:
    """In the same look, though every work calendar was asked once more for it."""
    home.only("HOLD").path.unlink()
    home.look()
    assert verdict(home) == "declined"
    home.look(timedelta(days=3))
    assert home.titles("HOLD") == []


# -- taken back ------------------------------------------------------------------------------------------------------


@pytest.fixture
def stuck(home: Household, monkeypatch: pytest.MonkeyPatch) -> Household:
    """A household where nothing can be deleted, so that what was declined stands for a while."""

    def fail(*_: object) -> None:
        raise UnreachableError("it does not answer")

    monkeypatch.setattr(FolderCalendar, "delete", fail)
    return home


@pytest.mark.parametrize(
    ("then", "said", "kept"),
    [("yes ", "accepted", "YES"), ("", "open", "HOLD"), ("x ", "declined", "x HOLD")],
)
def test_the_last_word_counts_while_an_entry_stands(
    stuck: Household, then: str, said: str, kept: str
) -> None:
    """A no that became a yes, was taken away again, or is said in another way."""
    hold = stuck.only("HOLD")
    stuck.look()
    stuck.retitle(hold, f"no {hold.title}")
    stuck.look()
    assert verdict(stuck) == "declined"
    stuck.retitle(hold, f"{then}{hold.title}")
    stuck.look()
    assert verdict(stuck) == said
    stuck.look()
    assert len(stuck.titles(kept)) == 1


def test_a_word_that_is_taken_away_again_is_no_answer(home: Household) -> None:
    """HOLD in place of the YES that we wrote asks again, and stays so."""
    hold = home.only("HOLD")
    home.retitle(hold, f"yes {hold.title}")
    home.look()
    taken = home.only("YES")
    assert verdict(home) == "accepted"
    home.retitle(taken, hold.title)
    home.look()
    assert verdict(home) == "open"
    assert home.titles("HOLD") == [hold.title]
    home.look()
    assert (home.titles("HOLD"), home.titles("YES")) == ([hold.title], [])


def test_the_word_itself_may_be_changed(home: Household) -> None:
    """YES in place of HOLD is a yes, and without its YES the title asks again."""
    hold = home.only("HOLD")
    home.look()
    home.retitle(hold, hold.title.replace("HOLD", "YES"))
    home.look()
    assert verdict(home) == "accepted"
    assert "You said yes to it." in home.only("YES").event.description
    home.look()
    taken = home.only("YES")
    home.retitle(taken, taken.title.removeprefix("YES · "))
    home.look()
    assert verdict(home) == "open"
    assert home.titles("HOLD") == [hold.title]


def test_a_second_yes_is_heard_as_of_now(home: Household) -> None:
    """It may settle what the site changed since the first one; a title that only stands there says nothing again."""
    hold = home.only("HOLD")
    home.retitle(hold, f"yes {hold.title}")
    home.look()
    home.look()
    (first,) = home.store.said()
    home.look(timedelta(hours=1))
    assert home.store.said() == [first]
    home.retitle(home.only("YES"), f"yes {home.only('YES').title}")
    home.look()
    (second,) = home.store.said()
    assert (second.verdict, second.at) == ("accepted", home.clock.now)
    assert home.titles("YES") == [hold.title.replace("HOLD", "YES")]


def test_a_taken_shift_is_given_back(home: Household) -> None:
    """No in front of YES takes it back for good."""
    hold = home.only("HOLD")
    home.retitle(hold, f"✓ {hold.title}")
    home.look()
    taken = home.only("YES")
    home.retitle(taken, f"No - {taken.title}")
    home.look()
    assert verdict(home) == "declined"
    assert home.titles("YES") == home.titles("HOLD") == []


@pytest.mark.parametrize("name", ["", "the-phones-own-name.ics"])
def test_a_deletion_that_the_phone_undoes_is_none(home: Household, name: str) -> None:
    """Put back soon, under whatever address: the hold is as it was, and there is one of it."""
    hold = home.only("HOLD")
    home.move(hold, "state")
    home.look()
    assert verdict(home) == "declined"
    (home.root / "state" / hold.path.name).rename(hold.path.with_name(name or hold.path.name))
    home.look(timedelta(hours=2))
    assert verdict(home) == "open"
    assert home.titles("HOLD") == [hold.title]
    home.only("HOLD").path.unlink()
    home.look()
    assert verdict(home) == "declined"
    assert home.titles("HOLD") == []


def test_what_is_put_back_late_is_the_clinicians_own(home: Household) -> None:
    """After a day the answer holds, and the event is left alone."""
    hold = home.only("HOLD")
    home.move(hold, "state")
    home.look()
    (home.root / "state" / hold.path.name).rename(hold.path)
    home.look(UNDO + MINUTE)
    home.look()
    assert verdict(home) == "declined"
    assert home.titles("HOLD") == [hold.title]


def test_a_warning_that_is_put_back_is_not_seen(home: Household) -> None:
    """Undo works for what was seen, too."""
    warning = home.rest()[0]
    home.move(warning, "state")
    home.look()
    assert list(home.answers().values()) == ["seen"]
    (home.root / "state" / warning.path.name).rename(warning.path)
    home.look()
    assert list(home.answers().values()) == ["open"]
    home.look()
    assert [one.title for one in home.rest()] == [warning.title]


def test_a_command_beats_an_older_title(stuck: Household) -> None:
    """What was written into a title is taken once: an answer given since then holds, though the word still stands there."""
    hold = stuck.only("HOLD")
    stuck.retitle(hold, f"no {hold.title}")
    stuck.look()
    (about,) = stuck.answers()
    stuck.store.answer(about, "accepted", stuck.clock.now, "command line")
    stuck.look()
    assert verdict(stuck) == "accepted"
    assert stuck.titles("YES") == [hold.title.replace("HOLD", "YES")]


# -- seen ------------------------------------------------------------------------------------------------------------


def test_a_warning_that_was_seen_comes_back_when_it_gets_worse(home: Household) -> None:
    """Three hours less rest is worse than it was; as much as before is not, nor is more."""
    short = home.rest()[0]
    short.path.unlink()
    home.look()
    assert home.rest() == []
    home.put("duty", "c1", "Harbor Tele", "2026-12-20 10:00", 5)
    home.look()
    assert home.rest() == []
    home.put("duty", "c1", "Harbor Tele", "2026-12-20 12:00", 6)
    home.look()
    (worse,) = home.rest()
    assert worse.title != short.title
    (alarm,) = worse.event.alarms
    assert alarm.at > home.clock.now  # type: ignore[operator]  # an instant


def test_a_seen_warning_stays_away_when_its_shift_gets_another_uid(home: Household) -> None:
    """What was seen is the lack of rest between two shifts, whatever their calendar calls them; less of it is news."""
    home.rest()[0].path.unlink()
    home.look()
    (home.root / "duty" / "c1.ics").unlink()
    home.put("duty", "c1-new", "Harbor Tele", "2026-12-20 09:00", 6)
    home.look()
    assert home.rest() == []
    home.put("duty", "c1-new", "Harbor Tele", "2026-12-20 12:00", 6)
    home.look()
    assert len(home.rest()) == 1


def test_an_alarm_rings_after_it_was_really_written(home: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes nothing for half an hour silences no warning; what is written again keeps its alarm."""

    def fail(*_: object) -> None:
        raise UnreachableError("it does not answer")

    home.put("duty", "d1", "Harbor Tele", "2026-12-15 09:00", 6)
    home.put("duty", "d2", "Lakeside ED", "2026-12-16 00:00")
    with monkeypatch.context() as patched:
        patched.setattr(FolderCalendar, "create", fail)
        home.look()
    home.look(30 * MINUTE)
    warning = home.rest()[0]
    (alarm,) = warning.event.alarms
    assert alarm.at == (home.clock.now + 2 * MINUTE).replace(second=0, microsecond=0)
    home.retitle(warning, "x")
    home.look(30 * MINUTE)
    assert home.rest()[0].event.alarms == (alarm,)


def test_a_colour_and_an_alarm_of_ones_own_survive_a_rewrite(home: Household) -> None:
    """And a category; what nobody changed becomes what belongs to the new text."""
    hold = home.only("HOLD")
    text = hold.path.read_bytes().decode()
    text = text.replace("COLOR:gold", "COLOR:crimson").replace(
        "CATEGORIES:Shiftward", "CATEGORIES:Mine,Shiftward"
    )
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:pack a bag\r\nTRIGGER:-PT33M\r\nEND:VALARM\r\n"
    hold.path.write_bytes(text.replace("END:VEVENT", f"{alarm}END:VEVENT").encode())
    home.look()
    home.retitle(home.only("HOLD"), f"yes {hold.title}")
    home.look()
    taken = home.only("YES").event
    assert taken.color == "crimson"
    assert taken.categories == ("Shiftward", "Yes", "Mine")
    assert [(one.at, one.text) for one in taken.alarms] == [
        (timedelta(hours=12), catalogue.STARTS_SOON),
        (33 * MINUTE, "pack a bag"),
    ]
    home.retitle(home.only("YES"), hold.title)
    home.look()
    assert home.only("HOLD").event.color == "crimson"


def test_two_lacks_of_rest_on_one_day_are_two_warnings(home: Household) -> None:
    """Of the same site and date."""
    for number, hour in enumerate((0, 6, 13)):
        home.put("duty", f"d{number}", "Harbor Tele", f"2026-12-15 {hour:02}:00", 1)
    home.look()
    assert len([one for one in home.rest() if one.event.when.start.day == 15]) == 2  # type: ignore[union-attr]  # timed


def test_a_warning_that_gets_worse_while_it_stands_rings_again(home: Household) -> None:
    """Once, soon after; what only says it in other words keeps its alarm."""

    def alarm() -> object:
        (one,) = home.rest()[0].event.alarms
        return one.at

    first, hours = alarm(), timedelta(hours=5)
    home.put("duty", "c1", "Harbor Tele", "2026-12-20 11:00", 6)
    home.look(hours)
    worse = alarm()
    assert worse != first
    assert worse == (home.clock.now + 2 * MINUTE).replace(second=0, microsecond=0)
    home.put("duty", "c1", "Harbor Tele", "2026-12-20 10:45", 6)
    before = home.rest()[0].event.description
    home.look(hours)
    assert home.rest()[0].event.description != before
    assert alarm() == worse


# -- moved in its own calendar ---------------------------------------------------------------------------------------


def test_a_block_that_is_moved_is_put_back_with_a_word(home: Household) -> None:
    """At its own hours again, it says what was done and why it is back; after three days it no longer does."""
    hold = home.only("HOLD")
    plain = hold.event.description
    home.look()
    home.shift(hold, "20261211T020000Z", "20261211T150000Z")
    home.look()
    back = home.only("HOLD")
    assert back.event.when == hold.event.when
    assert isinstance(back.event.when, Timed)
    assert back.event.description == (
        "You moved this to Thu 10 Dec 20:00, until 09:00. A shift's hours come from its offer, so it was put back. To change "
        f"them, agree on it with the site: its next message counts.\n{plain}"
    )
    before = home.files()
    home.look()
    home.look(timedelta(days=2))
    assert home.files() == before
    assert home.answers() == {}
    home.look(NOTICED - timedelta(days=2))
    assert home.only("HOLD").event.description == plain
    before = home.files()
    home.look()
    assert home.files() == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"DTSTART": "DTSTART;VALUE=DATE:20261211", "DTEND": "DTEND;VALUE=DATE:20261212"},
            "You made this the whole of Fri 11 Dec. ",
        ),
        (
            {"DTSTART": "DTSTART;VALUE=DATE:20261211", "DTEND": "DTEND;VALUE=DATE:20261214"},
            "You made this whole days, Fri 11 Dec to Sun 13 Dec. ",
        ),
        ({"SEQUENCE": "RRULE:FREQ=WEEKLY;COUNT=3"}, "You made this repeat. "),
    ],
    ids=["a whole day", "whole days", "repeating"],
)
def test_a_block_that_became_whole_days_or_repeats_is_put_back_with_a_word(
    home: Household, changes: dict[str, str], told: str
) -> None:
    """At its own hours again, once, and nothing of it is an answer."""
    hold = home.only("HOLD")
    home.look()
    for name, line in changes.items():
        home.edit(hold, rf"^{name}.*", line)
    home.look()
    back = home.only("HOLD")
    assert back.event.when == hold.event.when
    assert back.event.description.startswith(told)
    before = home.files()
    home.look()
    assert (home.files(), home.answers()) == (before, {})


def test_what_is_no_block_is_put_back_without_a_word(home: Household) -> None:
    """A warning that was dragged away stands where it belongs."""
    warning = home.rest()[0]
    home.look()
    home.shift(warning, "20261202T020000Z", "20261202T150000Z")
    home.look()
    (back,) = home.rest()
    assert (back.event.when, back.event.description) == (warning.event.when, warning.event.description)


# -- servers with names of their own ---------------------------------------------------------------------------------


def test_entries_that_a_server_keeps_elsewhere_stand_once(
    home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may put what it is given at another address: it is found there, changed there and taken away there."""
    numbers = itertools.count()

    def create(self: FolderCalendar, _href: str, data: str) -> None:
        self._write(f"kept-{next(numbers)}.ics", data)

    monkeypatch.setattr(FolderCalendar, "create", create)
    offer = home.put("open", "o2", "Lakeside ED", "2026-12-14 19:00")
    home.look()
    before = home.files()
    assert len(home.titles("HOLD")) == 2
    home.look()
    home.look()
    assert home.files() == before
    offer.unlink()
    home.look()
    assert len(home.titles("HOLD")) == 1
    assert home.answers() == {}


def test_entries_that_a_server_loses_are_not_written_without_end(
    home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that says yes and keeps nothing is tried a few times in a look, and again in a later one."""
    asked: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(FolderCalendar, "create", lambda _self, href, _data: asked.append(href))
        home.put("open", "o2", "Lakeside ED", "2026-12-14 19:00")
        home.look()
        assert 0 < len(asked) < 10
    home.look()
    assert len(home.titles("HOLD")) == 2
    assert home.answers() == {}

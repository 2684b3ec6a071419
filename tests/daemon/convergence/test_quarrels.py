"""Quarrels over one event, each by itself: who wins, and that it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest

from tests.connectors.google_server import UNAVAILABLE
from tests.daemon.convergence.phones import GooglePhone, Texts
from tests.daemon.convergence.world import INSTANCE, KINDS, Act, Mishap, World, Worlds

ALL = pytest.mark.parametrize(
    "worlds",
    ["memory", "folder", "dav", "dav nextcloud", "dav listed", "google", "google, cut short"],
    indirect=True,
)
"""As different from one another as they are; the machine meets every kind."""
LOOK, WRITE = 0, 1
"""Calls of a cycle: it begins with a look. Where conditions are not relied on, another one comes before the writes."""


def on(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("worlds", kinds, indirect=True)


def before_each_call(act: Act) -> list[Mishap]:
    return [Mishap("user", number, act) for number in range(6)]


def look(world: World, at: int, act: Act) -> None:
    """A look with an act before its call of that number, or afterwards where it has not so many."""
    world.cycle(Mishap("user", at, act))
    if not world.hit:
        world.act(act)


# -- both at once ------------------------------------------------------------------------------------------------


@ALL
@pytest.mark.parametrize("at", range(5))
def test_changed_here_and_there(worlds: Worlds, at: int) -> None:
    """A text that the clinician changes while it is written anew gives way, and is changed on what was read."""
    world = worlds("shift-b1", "off-1")
    world.wish("shift-b1", variant=1)
    look(world, at, Act("text", "shift-b1", "from the phone"))
    world.settle()
    assert set(world.titles()) == {"shift-b1", "off-1"}


@ALL
@pytest.mark.parametrize("at", range(5))
def test_changed_here_and_answered_there(worlds: Worlds, at: int) -> None:
    """A no in front of a title is heard, whatever was under way with the entry."""
    world = worlds("shift-b1", "off-1")
    world.wish("shift-b1", variant=1)
    look(world, at, Act("title", "shift-b1", "no"))
    world.settle()
    assert world.store.answers() == {"offer b": "declined"}
    assert set(world.titles()) == {"off-1"}


@ALL
@pytest.mark.parametrize("at", range(5))
def test_changed_here_and_deleted_there(worlds: Worlds, at: int) -> None:
    """What is deleted on the phone while it is written anew stays deleted, and is answered."""
    world = worlds("shift-b1", "off-1")
    world.wish("shift-b1", variant=1)
    look(world, at, Act("delete", "shift-b1"))
    world.settle()
    assert world.store.answers() == {"offer b": "declined"}
    assert set(world.titles()) == {"off-1"}


@ALL
@pytest.mark.parametrize("at", range(5))
def test_deleted_here_and_changed_there(worlds: Worlds, at: int) -> None:
    """A yes to what is being taken back is heard; the entry goes all the same, when it is not wanted."""
    world = worlds("shift-b1", "off-1")
    world.unwish("shift-b1")
    look(world, at, Act("title", "shift-b1", "yes"))
    world.settle()
    assert set(world.titles()) == {"off-1"}
    assert world.store.answers() in ({}, {"offer b": "accepted"})


@ALL
@pytest.mark.parametrize("at", range(5))
def test_deleted_here_and_there(worlds: Worlds, at: int) -> None:
    """Both delete it: it is gone, and nobody quarrels."""
    world = worlds("shift-b1", "off-1")
    world.unwish("shift-b1")
    look(world, at, Act("delete", "shift-b1"))
    assert world.settle() == 1
    assert set(world.titles()) == {"off-1"}


@ALL
def test_versions_that_change_before_every_call(worlds: Worlds) -> None:
    """A server that gives new versions to what did not change costs some looks, and no more."""
    world = worlds("shift-b1", "off-1")
    world.wish("shift-b1", variant=1)
    world.unwish("off-1")
    world.cycle(*before_each_call(Act("touch", "shift-b1")), *before_each_call(Act("touch", "off-1")))
    world.settle()


@ALL
def test_what_is_changed_between_the_write_and_the_second_look(worlds: Worlds) -> None:
    """What the clinician moves right after it was written is not taken for what the server made of it."""
    for at in range(5):
        world = worlds("off-1")
        world.wish("shift-b1")
        look(world, at, Act("move", "shift-b1", "far"))
        world.settle()


# -- answers that are lost ---------------------------------------------------------------------------------------


@ALL
@pytest.mark.parametrize("what", ["lost", "fail", "dead", "server"])
def test_a_call_that_fails(worlds: Worlds, what: str) -> None:
    """Whichever call of a round fails, or is answered to nobody: nothing is there twice, and nothing is missing."""
    world = worlds("shift-b1", "off-1", "warning-1")
    for number in range(8):
        world.wish("shift-b1", variant=1 + number)
        (world.unwish if number % 2 else world.wish)("recovery-1")
        (world.wish if number % 2 else world.unwish)("off-1")
        world.cycle(Mishap(what, number))  # type: ignore[arg-type]  # one of its kinds
        world.settle()


@on("memory", "dav", "google")
def test_a_crash_at_any_step(worlds: Worlds) -> None:
    """Wherever the process ends, the next one goes on: nothing is there twice, missing, or taken for an answer."""
    world, number = worlds("shift-b1", "off-1", "warning-1"), 1
    while True:
        world.wish("shift-b1", variant=number)
        (world.unwish if number % 2 else world.wish)("recovery-1")
        (world.wish if number % 2 else world.unwish)("off-1")
        if world.cycle(Mishap("crash", number)):
            break
        world.settle()
        assert world.store.answers() == {}
        number += 1
    assert number > 15


@on("google")
def test_an_answer_that_was_lost_is_asked_for_again_by_the_library(worlds: Worlds) -> None:
    """The second of the two equal requests meets what the first one did, and that is no conflict with anybody."""
    world = worlds("off-1")
    phone = cast("GooglePhone", world.phone)
    for step in (world.wish, world.unwish):
        phone.server.lose_answers(cut=False)
        step("shift-b1")
        world.cycle()
        world.settle()
    assert world.store.answers() == {}


@on("google")
def test_a_line_that_fails_after_each_write(worlds: Worlds) -> None:
    """Each look gets one write further, and none twice."""
    world = worlds("off-1")
    phone = cast("GooglePhone", world.phone)
    for name in ("shift-a1", "shift-a2", "shift-b1", "warning-1"):
        world.wish(name)
    for _ in range(3):
        phone.server.fault(UNAVAILABLE, "events.insert", skip=1)
        world.cycle()
        phone.calm()
    world.settle()
    assert len(world.titles()) == 5


# -- a deletion that is still to be done ---------------------------------------------------------------------------


@ALL
def test_a_deletion_that_is_no_longer_wanted_is_forgotten(worlds: Worlds) -> None:
    """One that failed, and is not wanted any more, does not make the clinician's own deletion look like ours."""
    world = worlds("shift-b1", "off-1")
    world.unwish("shift-b1")
    world.cycle(Mishap("dead", WRITE))
    world.wish("shift-b1")
    world.cycle()
    assert world.store.open_writes() == []
    world.act(Act("delete", "shift-b1"))
    world.settle()
    assert world.store.answers() == {"offer b": "declined"}


@ALL
@pytest.mark.parametrize("moves", [False, True])
def test_what_both_delete_in_one_look_may_come_again_once(worlds: Worlds, moves: bool) -> None:
    """Not wanted, or on its way to the other calendar: the clinician's deletion after the look answers nothing."""
    world = worlds("off-1", "warning-1", two=not moves)
    name, about = ("warning-1", "warning 1") if moves else ("off-1", "off 1")
    if moves:
        world.act(Act("two"))
        # The second calendar is made, and nothing is written yet.
        world.cycle(Mishap("crash", 13))
        assert world.home(name) != world.place(name).calendar
        assert world.store.open_writes() == []
    else:
        world.unwish(name)
    world.cycle(Mishap("user", LOOK + 1, Act("delete", name)))
    world.wish(name)
    world.settle()
    assert world.store.answers() == {}
    assert set(world.titles()) == {"off-1", "warning-1"}
    world.act(Act("delete", name))
    world.settle()
    assert world.store.answers() == {about: "seen"}
    assert name not in world.titles()


# -- addresses and UIDs that are taken -----------------------------------------------------------------------------


@ALL
def test_what_comes_and_goes_and_comes(worlds: Worlds) -> None:
    """A day off that is kept, given up and kept again is there each time, trash bin or not."""
    world = worlds("off-1")
    for _ in range(6):
        world.unwish("off-1")
        world.settle()
        assert world.titles() == {}
        world.wish("off-1")
        world.settle()
        assert set(world.titles()) == {"off-1"}


@ALL
def test_what_was_moved_into_another_calendar(worlds: Worlds) -> None:
    """That is an answer; taken by a command after all, it is shown, though its UID lies in the other calendar."""
    world = worlds("shift-b1")
    world.act(Act("elsewhere"))
    world.settle()
    assert world.store.answers() == {"offer b": "declined"}
    world.act(Act("accept", "shift-b1"))
    world.wish("off-1")
    world.settle()
    assert set(world.titles()) == {"shift-b1", "off-1"}


@ALL
def test_what_was_deleted_stays_away(worlds: Worlds) -> None:
    """Whatever it says by now, what the clinician deleted is not shown again, until a command takes it."""
    world = worlds("shift-b1", "off-1")
    for name in ("shift-b1", "off-1"):
        world.act(Act("delete", name))
    world.settle()
    for name in ("shift-b1", "off-1"):
        world.wish(name, variant=2)
    world.settle()
    assert world.titles() == {}
    world.act(Act("accept", "shift-b1"))
    world.settle()
    assert set(world.titles()) == {"shift-b1"}


@on("google")
def test_a_deleted_event_is_revived_where_it_was(worlds: Worlds) -> None:
    """At Google an id is used for ever: the new entry is the old event, alive again, with nothing of the old text."""
    world = worlds("off-1")
    href = world.href("off-1")
    world.act(Act("text", 0, "from the phone"))
    world.unwish("off-1")
    world.settle()
    world.wish("off-1", variant=1)
    world.settle()
    assert world.href("off-1") == href


@on("google")
def test_what_the_clinician_takes_out_of_the_bin_soon_is_asked_again(worlds: Worlds) -> None:
    """An entry that was declined and restored on the same day is a hold as before; deleted once more, it is declined."""
    world = worlds("shift-b1", "off-1")
    phone = cast("GooglePhone", world.phone)
    href = world.href("shift-b1")
    world.act(Act("delete", "shift-b1"))
    world.settle()
    phone.server.user_restore(str(phone.calendar), href)
    world.deleted.clear()
    world.settle()
    assert world.store.answers() == {"offer b": "open"}
    assert world.titles()["shift-b1"].startswith("HOLD")
    world.act(Act("delete", "shift-b1"))
    world.settle()
    assert world.store.answers() == {"offer b": "declined"}


@on("google")
def test_what_the_clinician_takes_out_of_the_bin_late_stays(worlds: Worlds) -> None:
    """An entry that was declined and restored days later is the clinician's own; taken by a command, it is ours again."""
    world = worlds("shift-b1", "off-1")
    phone = cast("GooglePhone", world.phone)
    href = world.href("shift-b1")
    world.act(Act("delete", "shift-b1"))
    world.settle()
    world.later(timedelta(days=2))
    phone.server.user_restore(str(phone.calendar), href)
    world.cycle()
    world.cycle()
    assert world.store.answers() == {"offer b": "declined"}
    assert set(world.titles()) == {"shift-b1", "off-1"}
    world.act(Act("accept", "shift-b1"))
    world.settle()
    assert world.titles()["shift-b1"].startswith("YES")


# -- what a server keeps to itself -----------------------------------------------------------------------------------


@ALL
def test_what_is_deleted_right_after_it_appeared(worlds: Worlds) -> None:
    """Some servers tell nothing of what came and went between two looks: a quick no is heard all the same."""
    world = worlds("off-1")
    world.wish("shift-b1")
    world.cycle()
    world.act(Act("delete", "shift-b1"))
    world.cycle()
    world.cycle()
    assert world.store.answers() == {"offer b": "declined"}


@ALL
def test_an_event_that_is_not_taken_costs_itself(worlds: Worlds) -> None:
    """The others are written; and when it says something else, it is tried again."""
    world = worlds("off-1")
    for name in ("shift-b1", "warning-1"):
        world.wish(name)
    first = WRITE if world.daemon.desk.sources["phone"].calendar.guards else WRITE + 1  # type: ignore[union-attr]  # there is one
    world.cycle(Mishap("reject", first))
    world.settle()
    assert {"off-1", "warning-1"} <= set(world.titles())
    world.wish("shift-b1", variant=1)
    world.settle()
    assert set(world.titles()) == {"off-1", "shift-b1", "warning-1"}
    assert world.differences() == []


# -- much at once ----------------------------------------------------------------------------------------------------


@ALL
def test_a_calendar_that_is_taken_away_is_filled_again(worlds: Worlds) -> None:
    """That is no answer to anything, and nothing else has to happen for it to come back."""
    world = worlds("shift-a1", "shift-b1", "off-1", "warning-1")
    world.act(Act("away"))
    world.settle()
    assert world.store.answers() == {}
    assert len(world.titles()) == 4


@ALL
@pytest.mark.parametrize("names", [("shift-a1",), ("shift-a1", "shift-b1", "off-1", "warning-1", "off-2")])
def test_a_few_entries_that_are_all_deleted_are_answered(worlds: Worlds, names: tuple[str, ...]) -> None:
    """Within one look, in a calendar that is still there."""
    world = worlds(*names)
    world.act(Act("empty"))
    world.cycle()
    assert set(world.store.answers()) == {KINDS[name][1] for name in names}
    world.settle()
    assert world.titles() == {}


@on("memory", "folder", "dav", "google")
def test_many_entries_that_are_all_deleted_are_believed_when_it_is_said_twice(worlds: Worlds) -> None:
    """Meanwhile nothing is put back, and it is told."""
    names = ("shift-a1", "shift-b1", "shift-c1", "off-1", "off-2", "warning-1")
    world = worlds(*names)
    world.act(Act("empty"))
    world.cycle()
    assert world.store.answers() == {}
    assert world.titles() == {}
    assert world.store.known_fact("vanished phone")
    world.settle()
    assert set(world.store.answers()) == {KINDS[name][1] for name in names}
    assert world.titles() == {}


@on("memory", "dav", "google")
def test_a_calendar_that_is_taken_away_while_nobody_looks(worlds: Worlds) -> None:
    """Found missing at the start, and its making not answered: it was taken away all the same."""
    world = worlds("shift-a1", "shift-b1")
    world.act(Act("away"))
    world.cycle(Mishap("crash", 1))
    for number in range(4):
        world.cycle(Mishap("lost", number))
    world.settle()
    assert world.store.answers() == {}
    assert len(world.titles()) == 2


@ALL
@pytest.mark.parametrize("at", range(1, 4))
def test_a_calendar_that_is_taken_away_while_it_is_written_to(worlds: Worlds, at: int) -> None:
    """Entries that are not there when they shall be changed are no answers either, when all of it is not there."""
    names = ("shift-a1", "shift-b1", "off-1", "warning-1")
    world = worlds(*names)
    for name in names:
        world.wish(name, variant=1)
    world.cycle(Mishap("user", at, Act("away")))
    world.settle()
    if at == 1:
        assert world.store.answers() == {}
        assert len(world.titles()) == 4


@on("memory", "dav", "google")
def test_some_that_are_deleted_are_believed_at_once(worlds: Worlds) -> None:
    """Two of four, in one look."""
    world = worlds("shift-a1", "shift-b1", "off-1", "warning-1")
    for name in ("shift-b1", "off-1"):
        world.act(Act("delete", name))
    world.cycle()
    assert set(world.titles()) == {"shift-a1", "warning-1"}
    assert world.store.answers() == {"offer b": "declined", "off 1": "seen"}
    world.settle()
    assert world.store.answers() == {"offer b": "declined", "off 1": "seen"}


@on("memory", "dav", "google")
def test_own_deletions_are_not_a_calendar_that_was_emptied(worlds: Worlds) -> None:
    """When half of the entries are taken back, the other half is neither forgotten nor written again."""
    world = worlds("shift-a1", "shift-a2", "shift-b1", "off-1", "recovery-1", "warning-1")
    for name in ("shift-a1", "shift-a2", "shift-b1"):
        world.unwish(name)
    world.cycle()
    world.cycle()
    assert set(world.store.shown()) == {"off-1", "recovery-1", "warning-1"}
    world.settle()


@on("memory", "dav", "google")
def test_an_entry_that_nobody_knows_of_is_not_left_behind(worlds: Worlds) -> None:
    """One that was made right before the process ended, and is not wanted now, goes; even while others vanish."""
    for number in range(10, 26):
        world = worlds("shift-a1", "shift-b1", "off-1", "warning-1")
        world.wish("recovery-1")
        world.cycle(Mishap("crash", number))
        world.unwish("recovery-1")
        for name in ("shift-b1", "off-1"):
            world.act(Act("delete", name))
        world.settle()
        assert set(world.titles()) == {"shift-a1", "warning-1"}


# -- two calendars ---------------------------------------------------------------------------------------------------


@ALL
def test_a_second_calendar_that_comes_and_goes(worlds: Worlds) -> None:
    """Entries move into it, and none of that is an answer; what was left in it is put in order when it comes again."""
    world = worlds("shift-b1", "off-1", "warning-1", "warning-2")
    for what in ("two", "one", "two"):
        world.act(Act(what))
        world.settle()
        assert len(world.titles()) == 4
    world.act(Act("one"))
    world.cycle()
    world.unwish("warning-1")
    world.settle()
    world.act(Act("two"))
    world.settle()
    assert set(world.titles()) == {"shift-b1", "off-1", "warning-2"}
    assert world.store.answers() == {}


@on("memory", "dav nextcloud", "google")
@pytest.mark.parametrize("what", ["one", "two"])
def test_another_configuration_at_any_call(worlds: Worlds, what: str) -> None:
    """Files that are read anew in the middle of a round: writes that are open then hold nothing up."""
    for at in range(5):
        world = worlds("shift-b1", "warning-1", two=what == "one")
        world.wish("warning-1", variant=1)
        world.wish("warning-2")
        world.wish("shift-b1", variant=1)
        world.cycle(Mishap("fail", at + 2), Mishap("user", at, Act(what)))  # type: ignore[arg-type]  # one of its kinds
        world.settle()
        assert set(world.titles()) == {"shift-b1", "warning-1", "warning-2"}
        assert world.store.answers() == {}


@on("memory", "google")
@pytest.mark.parametrize("what", ["one", "two"])
def test_a_crash_at_any_step_of_a_move(worlds: Worlds, what: str) -> None:
    """Wherever the process ends while warnings move, the next one goes on: each stands once, and none was seen."""
    number = 1
    while True:
        world = worlds("shift-b1", "warning-1", "warning-2", two=what == "one")
        world.act(Act(what))  # type: ignore[arg-type]  # one of its kinds
        if world.cycle(Mishap("crash", number)):
            break
        world.settle()
        assert len(world.titles()) == 3
        assert world.store.answers() == {}
        number += 1
    assert number > 10


@ALL
def test_a_warning_deleted_right_before_it_moves(worlds: Worlds) -> None:
    """What is deleted where it still stands is seen, and does not appear where it would have gone."""
    world = worlds("shift-b1", "warning-1", "warning-2")
    world.act(Act("delete", "warning-1"))
    world.act(Act("two"))
    world.settle()
    assert set(world.titles()) == {"shift-b1", "warning-2"}
    assert world.store.answers() == {"warning 1": "seen"}


@ALL
def test_what_was_left_behind_was_not_put_back(worlds: Worlds) -> None:
    """A warning that was deleted where it stood since stays seen, though its older copy is found again."""
    world = worlds("shift-b1", "warning-1", "warning-2", two=True)
    world.act(Act("one"))
    world.settle()
    world.act(Act("delete", "warning-1"))
    world.settle()
    world.act(Act("two"))
    world.settle()
    assert set(world.titles()) == {"shift-b1", "warning-2"}
    assert world.store.answers() == {"warning 1": "seen"}


@ALL
@pytest.mark.parametrize("what", ["empty", "away"])
def test_the_second_calendar_is_taken_away_while_it_is_not_ours(worlds: Worlds, what: str) -> None:
    """Made anew when it is configured again, and nothing that had stood in it was seen."""
    world = worlds("shift-b1", "warning-1", "warning-2", two=True)
    world.act(Act("one"))
    world.settle()
    news = world.phones["news"]
    (news.empty if what == "empty" else news.take_away)()
    world.act(Act("two"))
    world.settle()
    assert len(world.titles()) == 3
    assert world.store.answers() == {}


@on("dav stalwart", "google")
def test_a_write_that_was_never_answered_before_a_server_forgets(worlds: Worlds) -> None:
    """What may have been written is asked for, so that a warning which moves to the other calendar stands there alone."""
    for at in (WRITE + 1, WRITE + 2):
        world = worlds("off-1")
        world.wish("warning-1")
        world.cycle(Mishap("lost", at))
        world.act(Act("forget"))
        world.act(Act("two"))
        world.cycle()
        world.check()
        assert sorted(world.titles()) == ["off-1", "warning-1"]
        world.settle()


@on("memory", "folder", "dav")
def test_a_copy_in_the_wrong_calendar_goes(worlds: Worlds) -> None:
    """An entry of ours stands once, also where a copy of the store, or a server, told of one calendar alone."""
    world = worlds("shift-b1", "warning-1", two=True)
    news, phone = (cast("Texts", world.phones[name]) for name in ("news", "phone"))
    text = news.texts()[world.href("warning-1")]
    phone.write(phone.address(f"{INSTANCE}-warning-1"), text.replace("warning-1 ·", "warning-1, before ·"))
    world.cycle()
    world.check()
    world.settle()
    assert set(world.titles()) == {"shift-b1", "warning-1"}
    assert world.store.answers() == {}


@on("memory", "folder", "dav")
def test_what_nobody_knows_of_in_both_calendars_goes(worlds: Worlds) -> None:
    """Two of one name are two deletions."""
    world = worlds("shift-b1", "warning-1", two=True)
    phones = {name: cast("Texts", phone) for name, phone in world.phones.items()}
    text = phones["news"].texts()[world.href("warning-1")]
    for one in phones.values():
        one.write(one.address(f"{INSTANCE}-warning-2"), text.replace("warning-1", "warning-2"))
    world.cycle()
    assert set(world.titles()) == {"shift-b1", "warning-1"}
    world.settle()


@on("dav stalwart")
def test_a_write_that_was_under_way_when_the_process_ended(worlds: Worlds) -> None:
    """Nothing is decided of its calendar before that was asked, though the next process decides before it answers."""
    for step in (14, 19):
        world = worlds("off-1")
        world.wish("warning-1")
        world.cycle(Mishap("user", WRITE + 1, Act("two")), Mishap("crash", step))
        world.act(Act("forget"))
        world.act(Act("pass"))
        world.cycle()
        world.check()
        world.settle()
        assert set(world.titles()) == {"off-1", "warning-1"}


@on("dav stalwart")
def test_a_calendar_that_was_missing_when_the_files_were_read_anew(worlds: Worlds) -> None:
    """It is looked at as a whole when it is made again: none of what had stood in it was answered."""
    world = worlds("shift-a1", "recovery-1", two=True)
    world.act(Act("add", 0))
    world.cycle()
    world.act(Act("away"))
    world.cycle()
    world.act(Act("one"))
    world.cycle(Mishap("crash", 39))
    world.settle()
    assert world.store.answers() == {}
    assert len(world.titles()) == 2

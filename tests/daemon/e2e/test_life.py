"""The life of one clinician's daemon, with real parts: what appears, what goes, what stays answered."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.daemon.e2e.harness import HARBOR, LAKESIDE, Seen, World
from tests.waiting import LONG

SOON = 20.0
"""Seconds: less than a request may take, and than systemd waits until it kills. On a machine at rest it is one."""

# -- what appears ---------------------------------------------------------------------------------------------------


def test_a_start_puts_holds_warnings_and_off_days_on_the_server(world: World) -> None:
    """From two calendars and an inbox come tentative holds, a warning where rest is short, and free days."""
    world.furnish()
    world.start()
    world.until(lambda: world.settled() and world.rests(), "the month is published")
    night, day, slot = world.hold(14), world.hold(17), world.hold(23)
    assert night is not None
    assert day is not None
    assert slot is not None
    assert (night.start, night.end) == (world.at(14, 19), world.at(15, 7))
    assert (day.start, day.end) == (world.at(17, 7), world.at(17, 19))
    assert (slot.start, slot.end) == (world.at(23, 9), world.at(23, 15))
    assert {one.status for one in (night, day, slot)} == {"TENTATIVE"}
    assert "Lakeside ED" in night.title
    assert "$2,600" in night.title
    (rest,) = [one for one in world.titled("⚠") if "rest" in one.title]
    assert rest.day == world.day(9)
    worked = {world.day(n) for n in (1, 3, 8, 9, 14, 15, 17, 23)}
    off = [one for one in world.titled("OFF") if "protected" in one.title]
    assert off
    assert not {one.day for one in off} & worked


def test_where_nothing_changed_nothing_else_is_asked(month: World) -> None:
    """Where nothing changed, polls only ask what did, and nothing is written; that one request does is seen by `--once`."""
    since = month.mark
    month.rounds(3)
    asked = month.requests(since)
    assert asked
    assert all(one.asks_for_changes() for one in asked)


def test_a_dropped_message_becomes_a_hold(month: World) -> None:
    """An .eml moved into the maildir is a hold on the phone a moment later, and the other entries stay."""
    before = {entry.href: entry.etag for entry in month.published() if entry.title.startswith("HOLD")}
    month.mail("late", LAKESIDE, f"{month.us(21)} 7a-7p LKSD $2,500\n")
    month.until(lambda: month.hold(21), "the new offer is held")
    after = {entry.href for entry in month.published()}
    assert set(before) <= after


def test_the_polls_find_what_no_file_event_told(world: World) -> None:
    """A message that replaced the watched folder, so that no event is seen, is found by the next poll."""
    world.start()
    world.until(lambda: world.log("decided"), "the first pass")
    (world.inbox / "new").rename(world.inbox / "old")
    (world.inbox / "fresh").mkdir()
    (world.inbox / "fresh" / "a.eml").write_bytes(b"")
    (world.inbox / "fresh").rename(world.inbox / "new")
    world.mail("found", LAKESIDE, f"{world.us(14)} 7p-7a LKSD $2,600\n")
    world.until(lambda: world.hold(14), "the offer is held")


# -- what goes and comes ------------------------------------------------------------------------------------------------


def test_a_commitment_moved_over_a_hold_takes_it_away_and_back(month: World) -> None:
    """A hold that clashes with a moved commitment is removed, and returns when the commitment moves on."""
    month.move("work", "c2", month.at(17, 10), month.at(17, 16))
    month.until(lambda: month.hold(17) is None, "the hold is gone")
    assert month.hold(14)
    month.move("work", "c2", month.at(3, 9), month.at(3, 15))
    month.until(lambda: month.hold(17), "the hold is back")
    month.calm()
    assert len(month.titled("HOLD", 17)) == 1


def test_a_red_day_put_over_a_hold_takes_it_away(month: World) -> None:
    """Personal time that appears where a shift is held wins at once; deleting it gives the hold back."""
    month.put("personal", "r9", "Dentist", month.at(17, 8), month.at(17, 9))
    month.until(lambda: month.hold(17) is None, "the hold is gone")
    month.remove(month.path("personal", "r9.ics"))
    month.until(lambda: month.hold(17), "the hold is back")


def test_a_deleted_hold_is_declined_for_ever(month: World) -> None:
    """A hold deleted on the phone stays away: now, after a restart, and when the offer is mailed again."""
    hold = month.hold(14)
    assert hold
    month.remove(hold.href)
    month.until(lambda: month.log("answered"), "the answer is noticed")
    month.calm()
    assert not month.hold(14)
    month.mail("again", LAKESIDE, f"Still open:\n\n{month.us(14)} 7p-7a LKSD $2,900\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the second mail is read")
    month.calm()
    assert not month.hold(14)
    assert month.stop() == 0
    month.mail("third", LAKESIDE, f"Please!\n\n{month.us(14)} 7p-7a LKSD $3,100\n")
    assert month.once().returncode == 0
    assert not month.hold(14)
    lives = month.facts()["offers"]
    assert [life for key, life in lives.items() if f"{month.day(14):%m%d}" in key] == ["declined"]
    assert month.hold(17)


def test_a_hold_deleted_while_the_daemon_is_down_is_declined(month: World) -> None:
    """The answer is read from what is missing at the next start, not from having watched."""
    assert month.stop() == 0
    hold = month.hold(17)
    assert hold
    month.remove(hold.href)
    assert month.once().returncode == 0
    assert month.once().returncode == 0
    assert not month.hold(17)
    assert "declined" in month.facts()["offers"].values()


def test_yes_in_front_of_a_title_makes_a_commitment(month: World) -> None:
    """`yes` turns a hold into a confirmed block that keeps other work away, and it stays so after a restart."""
    hold = month.hold(17)
    assert hold
    month.retitle(hold, f"yes {hold.title}")
    taken = month.until(lambda: month.titled("YES", 17), "the hold became a block")
    assert [one.status for one in taken] == ["CONFIRMED"]
    assert not month.hold(17)
    month.mail("clash", LAKESIDE, f"{month.us(18)} 3a-1p LKSD $9,000\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the clashing mail is read")
    month.calm()
    assert not month.hold(18)
    assert month.stop() == 0
    since = month.mark
    assert month.once().returncode == 0
    assert not month.writes(since)
    assert len(month.titled("YES", 17)) == 1


def test_no_in_front_of_a_title_declines(month: World) -> None:
    """`no` removes the hold for good."""
    hold = month.hold(23)
    assert hold
    month.retitle(hold, f"No {hold.title}")
    month.until(lambda: not month.titled("", 23), "the entry is gone")
    month.calm()
    assert not month.titled("", 23)
    month.mail("again", HARBOR, f"Harbor Telehealth:\n\n{month.us(23)} 9a-3p $190/hr\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the second mail is read")
    month.calm()
    assert not month.titled("", 23)


def test_a_withdrawn_offer_loses_its_hold(month: World) -> None:
    """A mail that says the shift has been filled removes the hold, and only that one."""
    month.mail("filled", LAKESIDE, f"The {month.us(14)} 7p-7a shift at LKSD has been filled. Thanks.\n")
    month.until(lambda: month.hold(14) is None, "the hold is gone")
    assert month.hold(17)
    month.calm()
    assert "declined" not in month.facts()["offers"].values(), (
        "what the site withdrew is no answer of the clinician"
    )


def test_a_deleted_warning_stays_away(month: World) -> None:
    """A warning that was seen and deleted does not come back while the fact is the same."""
    (rest,) = [one for one in month.titled("⚠") if "rest" in one.title]
    month.remove(rest.href)
    month.until(lambda: month.log("answered"), "the answer is noticed")
    month.calm()
    assert month.stop() == 0
    assert month.once().returncode == 0
    assert not [one for one in month.titled("⚠") if "rest" in one.title]
    assert month.hold(14)


def test_what_the_clinician_puts_into_the_publish_calendar_is_theirs(month: World) -> None:
    """An event of the clinician's own among Shiftward's entries is never written to, whatever else happens."""
    month.put("shiftward", "mine", "HOLD the line", month.at(17, 7), month.at(17, 19))
    before = month.bodies("shiftward")["shiftward/mine.ics"]
    month.rounds(2)
    month.move("work", "c2", month.at(17, 10), month.at(17, 16))
    month.until(lambda: len(month.titled("HOLD", 17)) == 1, "Shiftward's own hold is gone")
    month.calm()
    assert month.bodies("shiftward")["shiftward/mine.ics"] == before


# -- policy and signals ----------------------------------------------------------------------------------------------------


def test_a_policy_edited_on_disk_is_planned_by(month: World) -> None:
    """A cap of no nights, saved in an editor, removes the night and leaves the day; undone, the night is back."""
    old = month.policy
    month.write_policy(old.replace("nights_per_month = 6", "nights_per_month = 0"))
    month.until(lambda: month.hold(14) is None, "the night is gone")
    assert month.hold(17)
    month.write_policy(old)
    month.until(lambda: month.hold(14), "the night is back")


def test_a_policy_saved_by_rename_is_planned_by(month: World) -> None:
    """Editors that write a new file and rename it over the old one are noticed too."""
    fresh = month.config / "policy.toml.new"
    fresh.write_text(month.policy.replace("nights_per_month = 6", "nights_per_month = 0"), "utf-8")
    fresh.replace(month.config / "policy.toml")
    month.until(lambda: month.hold(14) is None, "the night is gone")


def test_a_broken_policy_leaves_the_old_one_in_force(month: World) -> None:
    """A broken edit is told once and changes nothing; offers are still decided by the old words."""
    old = month.policy
    since, held = month.mark, month.titled("HOLD")
    month.write_policy(old.replace("nights_per_month = 6", 'nights_per_month = "six"\nnigths = 3'))
    month.until(lambda: month.log("config.rejected"), "the broken edit is told")
    month.mail("more", LAKESIDE, f"{month.us(21)} 7a-7p LKSD $2,500\n")
    month.until(lambda: month.hold(21), "a new offer is still decided")
    month.calm()
    assert len(month.log("config.rejected")) == 1
    assert month.log("config.rejected")[0]["problems"] == 2
    assert month.lost(since, held) == []
    assert month.hold(14)
    month.write_policy(old.replace("nights_per_month = 6", "nights_per_month = 0"))
    month.until(lambda: month.hold(14) is None, "the mended policy is in force")


def test_sighup_reads_the_files_again(world: World) -> None:
    """SIGHUP finds an edit that no file event could tell: the folder that the file's link leads through was exchanged."""
    first, second, current = (world.root / name for name in ("first", "second", "current"))
    first.mkdir()
    second.mkdir()
    current.symlink_to(first)
    (second / "policy.toml").write_text(
        world.policy.replace("nights_per_month = 6", "nights_per_month = 0"), "utf-8"
    )
    (world.config / "policy.toml").rename(first / "policy.toml")
    (world.config / "policy.toml").symlink_to(current / "policy.toml")
    world.furnish()
    world.start()
    world.until(world.settled, "the month is published")
    (world.root / "next").symlink_to(second)
    (world.root / "next").replace(current)
    for _ in range(3):
        world.calm()
    assert world.hold(14), "the edit was seen without a signal, so this test proves nothing"
    world.send(signal.SIGHUP)
    world.until(lambda: world.hold(14) is None, "the new policy is in force")
    assert world.alive()


def test_a_changed_service_file_is_followed(month: World) -> None:
    """A sender taken out of service.toml is believed no more: the inbox is read again and the holds go."""
    service = (month.config / "service.toml").read_text("utf-8")
    (month.config / "service.toml").write_text(service.replace("shifts@lakeside", "nobody@lakeside"), "utf-8")
    month.until(lambda: not month.hold(14) and not month.hold(17), "the holds of that sender are gone")
    assert month.hold(23)


def test_sigterm_ends_it_soon_and_well(month: World) -> None:
    """SIGTERM ends the daemon soon and with exit 0, in the middle of the night or of a change."""
    month.move("work", "c2", month.at(17, 10), month.at(17, 16))
    month.send(signal.SIGTERM)
    assert month.wait(SOON) == 0
    assert "Traceback" not in month.log_text


def test_sigterm_ends_it_while_the_server_hangs(month: World) -> None:
    """A server that does not answer cannot keep the daemon from ending."""
    hanging: set[str] = set()
    let_go = threading.Event()

    def hang(seen: Seen) -> None:
        hanging.add(seen.calendar)
        let_go.wait()

    month.proxy.before = hang
    try:
        month.until(lambda: len(hanging) == 3, "every calendar is asked, and none answers")
        month.send(signal.SIGTERM)
        assert month.wait(SOON) == 0
    finally:
        let_go.set()


# -- nothing is done twice ---------------------------------------------------------------------------------------------------


def test_a_restart_changes_nothing_on_the_server(month: World) -> None:
    """Stopping and starting writes nothing: no PUT, no DELETE, no MKCALENDAR, and every etag is the same."""
    before = month.objects("shiftward")
    assert month.stop() == 0
    since = month.mark
    month.start()
    month.rounds(3)
    assert not month.writes(since)
    assert month.objects("shiftward") == before


def test_a_second_pass_writes_nothing(world: World) -> None:
    """`run --once` twice: the first writes the month, the second asks each calendar once and writes nothing."""
    world.furnish()
    first = world.once()
    assert first.returncode == 0, first.stderr
    assert world.settled()
    since = world.mark
    before = world.objects("shiftward")
    second = world.once()
    assert second.returncode == 0, second.stderr
    assert sorted(one.calendar for one in world.requests(since)) == ["personal", "shiftward", "work"]
    assert not world.writes(since)
    assert world.objects("shiftward") == before


def test_once_does_what_the_daemon_does(month: World) -> None:
    """The picture that one pass leaves is the one the daemon leaves."""
    with month.neighbour("other") as other:
        other.furnish()
        assert other.once().returncode == 0
        assert other.picture() == month.picture()


def test_nothing_written_names_an_organizer_or_an_attendee(month: World) -> None:
    """No server can send an invitation for what Shiftward writes, and each write is conditional."""
    hold = month.hold(17)
    assert hold
    month.retitle(hold, f"yes {hold.title}")
    month.until(lambda: month.titled("YES", 17), "the hold became a block")
    written = month.requests(0, "PUT")
    assert len(written) > 5
    for one in written:
        text = one.body.decode().replace("\r\n ", "").upper()
        assert "BEGIN:VEVENT" in text
        assert not re.search(r"^(ORGANIZER|ATTENDEE|METHOD|URL|ATTACH)\b", text, re.MULTILINE)
        assert "MAILTO:" not in text
    assert {one.method for one in month.requests()} <= {"REPORT", "PROPFIND", "PUT", "DELETE", "MKCALENDAR"}
    assert {one.calendar for one in month.writes()} == {"shiftward"}


def test_the_clinicians_own_calendars_are_never_written_to(month: World) -> None:
    """Byte for byte, work and personal events are on the server's disk as the clinician left them."""
    own = month.bodies("work", "personal")
    assert len(own) == 5
    month.mail("filled", LAKESIDE, f"The {month.us(14)} 7p-7a shift at LKSD has been filled.\n")
    month.until(lambda: month.hold(14) is None, "the hold is gone")
    assert month.bodies("work", "personal") == own


def test_a_second_daemon_refuses_and_names_the_first(month: World) -> None:
    """Two daemons on one store are one too many: the second ends with exit 4 and the first one's process id."""
    assert month.process is not None
    second = month.once()
    assert second.returncode == 4
    assert re.search(rf"\b{month.process.pid}\b", second.stderr)
    assert "Traceback" not in second.stderr
    assert month.alive()
    third = month.command("run")
    assert third.returncode == 4
    assert str(month.process.pid) in third.stderr


def test_an_answer_on_the_command_line_reaches_the_running_daemon(month: World) -> None:
    """`shiftward decline` wakes the daemon, which takes the hold away; it is still running."""
    hold = month.hold(17)
    assert hold
    (offer,) = [key for key in month.facts()["held"] if f"{month.day(17):%m%d}" in key]
    done = month.command("decline", offer)
    assert done.returncode == 0, done.stderr
    month.until(lambda: month.hold(17) is None, "the hold is gone")
    assert month.alive()


def test_an_answer_after_a_crash_leaves_other_processes_alone(month: World) -> None:
    """The process id of a daemon that was killed may be another program's by now: it gets no signal."""
    month.send(signal.SIGKILL)
    month.wait()
    (offer,) = [key for key in month.facts()["held"] if f"{month.day(17):%m%d}" in key]
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        (month.state / "shiftward.lock").write_text(str(bystander.pid))
        done = month.command("decline", offer)
        assert done.returncode == 0, done.stderr
        assert bystander.poll() is None, "an unrelated process was ended by a signal"
    finally:
        bystander.kill()
        bystander.wait(10)


def test_an_answer_after_a_crash_is_kept(month: World) -> None:
    """`shiftward decline` works where a killed daemon left its process id behind."""
    month.send(signal.SIGKILL)
    month.wait()
    (offer,) = [key for key in month.facts()["held"] if f"{month.day(17):%m%d}" in key]
    done = month.command("decline", offer)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr[-300:]
    assert month.once().returncode == 0
    assert not month.hold(17)


# -- kill -9 -----------------------------------------------------------------------------------------------------------------


def _change(world: World) -> None:
    """A commitment moves over one hold, another offer is filled, and a new one comes."""
    world.move("work", "c2", world.at(17, 10), world.at(17, 16))
    world.mail("filled", LAKESIDE, f"The {world.us(14)} 7p-7a shift at LKSD has been filled.\n")
    world.mail("fresh", LAKESIDE, f"{world.us(21)} 7a-7p LKSD $2,500\n")


def _kill_at_request(world: World, number: int, *, answered: bool) -> None:
    """Run one pass and kill it at its n-th request: before the server has it, or once the server has done it."""
    count = 0
    lock = threading.Lock()
    started = threading.Event()
    process: subprocess.Popen[bytes] | None = None

    def strike(_: Seen) -> bool:
        nonlocal count
        with lock:
            count += 1
            if count == number:
                started.wait(LONG)
                assert process is not None
                os.kill(process.pid, signal.SIGKILL)
                process.wait(10)
        return count >= number

    key = (world.user, "after" if answered else "before")
    world.proxy.strikes[key] = strike
    try:
        process = world.spawn("--once")
        started.set()
        process.wait(LONG)
    finally:
        del world.proxy.strikes[key]


def _kill_after(world: World, seconds: float) -> None:
    """Run one pass and kill it after a time, wherever it is."""
    process = world.spawn("--once")
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


@pytest.fixture
def undisturbed(world: World) -> list[tuple[str, str, str, str, str]]:
    """The picture of a run that nothing disturbs, before and after the changes."""
    world.furnish()
    assert world.once().returncode == 0
    _change(world)
    assert world.once().returncode == 0
    assert world.hold(21)
    assert not world.hold(14)
    assert not world.hold(17)
    return world.picture()


def _kill_somewhere(world: World, chance: random.Random, most: int) -> str:
    """One pass, killed at a random request or after a random time; where that was."""
    if chance.random() < 0.75:
        at, answered = chance.randint(1, most), chance.random() < 0.6
        _kill_at_request(world, at, answered=answered)
        return f"{'after' if answered else 'before'} request {at}"
    seconds = chance.uniform(0.3, 1.2)
    _kill_after(world, seconds)
    return f"after {seconds:.3f} s"


def test_killed_at_any_instant_it_ends_as_if_undisturbed(
    world: World, undisturbed: list[tuple[str, str, str, str, str]]
) -> None:
    """Twelve clinicians' runs killed at random instants, twice each, all converge to the undisturbed picture."""
    seed = random.SystemRandom().randrange(10**6)

    def live(number: int) -> None:
        chance = random.Random(seed + number)
        with world.neighbour(f"twin{number}") as twin:
            twin.furnish()
            told = f"seed {seed}, run {number}, killed {_kill_somewhere(twin, chance, 17)}"
            _change(twin)
            own = twin.bodies("work", "personal")
            told += f" and {_kill_somewhere(twin, chance, 13)}"
            done = twin.once()
            assert done.returncode == 0, (told, done.stderr)
            assert twin.picture() == undisturbed, told
            assert twin.bodies("work", "personal") == own, told
            if number % 4 == 0:
                assert "declined" not in twin.facts()["offers"].values(), told
                since = twin.mark
                assert twin.once().returncode == 0
                assert not twin.writes(since), told

    with ThreadPoolExecutor(2) as pool:
        for outcome in [pool.submit(live, number) for number in range(12)]:
            outcome.result()


@pytest.mark.parametrize("at", [5, 16])
def test_a_daemon_killed_while_publishing_goes_on_where_it_was(world: World, at: int) -> None:
    """The daemon itself, killed at a write that the server has done, finishes the month without a duplicate."""
    world.furnish()

    def strike(_: Seen) -> None:
        if len(world.writes()) == at - 4 and world.process is not None:
            world.process.kill()

    world.proxy.after = strike
    world.start()
    assert world.process is not None
    assert world.process.wait(LONG) == -signal.SIGKILL
    world.proxy.after = None
    world.process = None
    world.start()
    world.until(world.settled, "the month is published")
    world.calm()
    titles = [(entry.title, entry.start) for entry in world.published()]
    assert len(titles) == len(set(titles))
    assert len([entry for entry in world.published() if entry.title.startswith("HOLD")]) == 3


def test_a_kill_before_the_calendar_is_made_does_not_adopt_a_strangers(world: World) -> None:
    """Killed just before it asked whose the calendar is that somebody else had made, it still refuses that calendar."""
    world.make_calendar("shiftward")
    world.put("shiftward", "theirs", "Choir", world.at(2, 19), world.at(2, 21))
    before = world.bodies("shiftward")
    world.furnish()

    def strike(seen: Seen) -> bool:
        if seen.method == "PROPFIND" and world.process is not None:
            world.process.kill()
            world.process.wait(10)
        return seen.method == "PROPFIND"

    world.proxy.before = strike
    world.start()
    assert world.process is not None
    world.process.wait(LONG)
    world.process = None
    world.proxy.before = None
    assert world.once().returncode == 3
    assert world.bodies("shiftward") == before


def test_a_policy_that_was_saved_with_a_mistake_is_said_until_it_is_mended(month: World) -> None:
    """In `status` with its line, and as a warning on the phone; the plan stays as it was."""
    text = month.policy
    month.write_policy(text.replace("nights_per_month = 6", "nights_per_month = six"))
    month.until(lambda: month.titled("⚠ your saved settings have problems"), "the phone says so")
    assert month.hold(14)
    (problem,) = month.facts()["configuration"]["problems"]
    assert "policy.toml:" in problem
    told = month.command("status").stdout
    assert "have problems; until they are mended" in told
    assert problem in told
    month.write_policy(text)
    month.until(lambda: not month.titled("⚠ your saved"), "it goes away by itself")
    assert month.facts()["configuration"] == {"problems": [], "since": None}

"""What goes wrong out there, and what Shiftward makes of it: nothing lost, nothing believed too soon, all of it said."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.daemon.e2e.harness import (
    COMMAND,
    HARBOR,
    LAKESIDE,
    PASSWORD,
    Seen,
    World,
    environment,
    event_text,
)
from tests.waiting import LONG

# -- a server that is away -------------------------------------------------------------------------------------------


def test_once_without_a_server_says_so(world: World) -> None:
    """`run --once` with the server down ends with exit 3 and a sentence, and the next one makes up for it."""
    world.furnish()
    world.server.stop()
    done = world.once()
    assert done.returncode == 3
    assert "could not be reached" in done.stderr
    assert "Traceback" not in done.stderr
    troubles = {name: one["trouble"] for name, one in world.facts()["sources"].items()}
    assert troubles["post"] is None
    assert troubles["duty"]
    assert troubles["phone"]
    world.server.start()
    assert world.once().returncode == 0
    assert world.settled()
    assert not any(one["trouble"] for one in world.facts()["sources"].values())


def test_the_daemon_waits_for_a_server_that_is_down_at_the_start(world: World) -> None:
    """Started before its server, the daemon says so once for each calendar, keeps asking, and then publishes."""
    world.furnish()
    world.server.stop()
    since = world.mark
    world.start()
    world.until(
        lambda: len(world.requests(since)) >= 6 and len(world.log("source.failing")) >= 3,
        "it has asked each calendar twice, and said so",
    )
    assert world.sources("source.failing") == ["duty", "family", "phone"]
    assert world.alive()
    world.server.start()
    world.until(world.settled, "the month is published")
    assert world.sources("source.failing") == ["duty", "family", "phone"]
    assert world.sources("source.recovered") == ["duty", "family", "phone"]


def test_a_server_that_goes_and_comes_back_costs_nothing(month: World) -> None:
    """Entries stay while the server is away, and what happened meanwhile is there afterwards; told once each way."""
    since, held = month.mark, month.titled("HOLD")
    month.server.stop()
    month.until(lambda: len(month.log("source.failing")) == 3, "it has noticed")
    month.mail("meanwhile", LAKESIDE, f"{month.us(21)} 7a-7p LKSD $2,500\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read without the server")
    month.server.start()
    month.until(lambda: month.hold(21), "the new offer is held")
    month.until(lambda: len(month.log("source.recovered")) == 3, "all three are well again")
    assert month.lost(since, held) == []
    assert len(month.log("source.failing")) == 3
    assert "declined" not in month.facts()["offers"].values()
    assert month.alive()


def test_a_server_that_goes_in_the_middle_of_publishing(world: World) -> None:
    """The writes that were lost with the server are made when it is back, and none is made twice."""
    world.furnish()
    fell = threading.Event()

    def fail(_: Seen) -> bool:
        if len(world.writes()) >= 5:
            fell.set()
        return fell.is_set()

    world.proxy.before = fail
    world.start()
    world.until(fell.is_set, "the server fell silent while it was written to")
    world.until(lambda: world.log("source.failing"), "it has noticed")
    assert not world.settled()
    world.proxy.before = None
    world.until(world.settled, "the month is published")
    world.calm()
    titles = [(entry.title, entry.start) for entry in world.published()]
    assert len(titles) == len(set(titles))


# -- answers that are not to be believed ------------------------------------------------------------------------------------


def _empty_for_one_answer(world: World, calendar: str) -> threading.Event:
    """Take the files of a calendar away for exactly one report of the server, and put them back.

    A shorter question may come before it.
    """
    folder = world.server.folder / "collection-root" / world.user / calendar
    aside = world.root / f"aside-{calendar}-{time.monotonic_ns()}"
    aside.mkdir()
    lock = threading.Lock()
    gone = threading.Event()
    done = threading.Event()

    def before(seen: Seen) -> None:
        with lock:
            if seen.calendar == calendar and seen.asks_for_changes() and not gone.is_set():
                for path in folder.glob("*.ics"):
                    shutil.move(path, aside / path.name)
                gone.set()

    def after(seen: Seen) -> None:
        with lock:
            reported = seen.calendar == calendar and b"sync-collection" in seen.body
            if reported and gone.is_set() and not done.is_set():
                for path in aside.glob("*.ics"):
                    shutil.move(path, folder / path.name)
                done.set()

    world.proxy.before, world.proxy.after = before, after
    return done


def test_a_work_calendar_that_is_empty_for_a_moment_is_not_believed(month: World) -> None:
    """Commitments that vanish all at once are asked for again; no hold moves, no shift is planned over them."""
    month.mail("over", LAKESIDE, f"{month.us(1)} 7a-7p LKSD $2,500\n{month.us(3)} 7a-7p LKSD $2,500\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read")
    month.calm()
    since = month.mark
    done = _empty_for_one_answer(month, "work")
    month.until(done.is_set, "the server has given an empty calendar")
    month.rounds(2)
    assert [line["gone"] for line in month.log("source.vanished")] == [4]
    assert not month.writes(since)
    assert not month.titled("HOLD", 3)
    # And the doubt is forgotten: the same mistake a second time is doubted like the first.
    done = _empty_for_one_answer(month, "work")
    month.until(done.is_set, "the server has given an empty calendar again")
    month.rounds(2)
    assert not month.writes(since), "an empty answer was believed because an earlier one had been withdrawn"
    assert not month.titled("HOLD", 3)


def test_a_publish_calendar_that_is_empty_for_a_moment_answers_nothing(month: World) -> None:
    """Entries that vanish all at once are no answers: nothing is declined, nothing is written twice."""
    done = _empty_for_one_answer(month, "shiftward")
    month.until(done.is_set, "the server has given an empty calendar")
    month.rounds(2)
    assert month.settled()
    assert not month.log("answered")
    titles = [(entry.title, entry.start) for entry in month.published()]
    assert len(titles) == len(set(titles))


def test_a_work_calendar_that_is_really_emptied_is_believed_in_the_end(month: World) -> None:
    """What the server says twice is true: the commitments are gone, and their warning with them."""
    for number in (1, 2, 3, 4):
        (month.server.folder / "collection-root" / month.user / "work" / f"c{number}.ics").unlink()
    month.until(lambda: not [one for one in month.titled("⚠") if "rest" in one.title], "the warning is gone")
    month.calm()
    assert month.hold(17)


def test_a_calendar_that_disappeared_is_no_empty_calendar(month: World) -> None:
    """A work calendar that is not there any more is a failure, and its commitments still hold."""
    folder = month.server.folder / "collection-root" / month.user / "work"
    month.mail("over", LAKESIDE, f"{month.us(3)} 7a-7p LKSD $2,500\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read")
    shutil.move(folder, month.root / "lost")
    month.until(lambda: month.log("source.failing"), "it has noticed")
    assert month.sources("source.failing") == ["duty"]
    month.rounds(2, ["personal", "shiftward"])
    assert not month.hold(3)
    assert [one for one in month.titled("⚠") if "rest" in one.title]
    assert month.facts()["sources"]["duty"]["trouble"]


def test_a_work_calendar_that_was_never_read_holds_nothing(world: World) -> None:
    """Without knowing the commitments nothing is held, while the rest of the month is shown; then it is."""
    world.furnish()
    folder = world.server.folder / "collection-root" / world.user / "work"
    shutil.move(folder, world.root / "later")
    world.start()
    world.until(lambda: world.log("decided"), "the first pass")
    world.rounds(2, ["personal", "shiftward"])
    assert not world.titled("HOLD")
    assert not world.titled("TAKE")
    assert world.facts()["held"] == []
    shutil.move(world.root / "later", folder)
    world.until(world.settled, "the month is published")


def test_a_new_calendar_that_cannot_be_read_takes_no_hold_away(month: World) -> None:
    """What is held stays on the phone, and nothing new is held until it was read."""
    since, held = month.mark, month.titled("HOLD")
    month.write_service(
        more='[[calendars]]\nname = "school"\nkind = "dav"\nrole = "personal"\npoll = 1\n'
        f'url = "http://127.0.0.1:{month.proxy.port}/{month.user}/school/"\n'
        f'user = "{month.user}"\npassword = "dav-password"\n'
    )
    month.until(lambda: month.sources("source.failing") == ["school"], "it cannot be read")
    month.mail("more", LAKESIDE, f"{month.us(21)} 7a-7p LKSD $2,500\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read")
    month.rounds(2)
    assert not month.hold(21)
    month.make_calendar("school")
    month.until(lambda: month.hold(21), "the new offer is held")
    assert month.lost(since, held) == []


# -- one broken thing among many ----------------------------------------------------------------------------------------------


def test_a_broken_event_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    """One .ics that cannot be read is shown in `status` with its reason, and costs no other event."""
    world.furnish()
    folder = world.server.folder / "collection-root" / world.user / "work"
    broken = event_text("c9", "Lakeside ED", world.at(17, 7), world.at(17, 19)).replace(
        "DTEND", "DTEND;TZID=Nowhere/Land"
    )
    world.put_raw("work", "c9", broken.replace("Z\r\nSUMMARY", "\r\nSUMMARY"))
    world.start()
    world.until(world.settled, "the month is published all the same")
    review = world.facts()["review"]
    assert [(one["source"], one["where"].rpartition("/")[2]) for one in review] == [("duty", "c9.ics")]
    assert "zone" in review[0]["why"]
    (folder / "c9.ics").unlink()
    world.until(lambda: world.facts()["review"] == [], "mended, it is shown no more")


def test_a_broken_message_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    """A message of noise, one that is cut off and an empty one cost themselves alone, and none is silent."""
    world.mail_raw("noise", bytes(range(256)) * 40)
    world.mail_raw("empty", b"")
    cut = (
        b"From: shifts@lakeside.example\r\nContent-Type: multipart/mixed; boundary=x\r\n"
        b"Content-Transfer-Encoding: base64\r\nDate: Not, a date\r\n\r\n--x\r\nContent-Type: text/html; charset=klingon\r\n\r\n<tab"
    )
    world.mail_raw("cut", cut)
    world.furnish()
    world.start()
    world.until(world.settled, "the month is published all the same")
    (received,) = [line for line in world.log("inbox.received") if line["messages"] == 6]
    facts = world.facts()
    assert received["source"] == facts["sources"]["post"]["label"]
    assert len(facts["aside"]) >= max(1, received["unreadable"])
    assert all(one["source"] == "post" and one["why"] for one in facts["aside"])
    assert world.alive()


def test_a_question_is_put_up_for_review(month: World) -> None:
    """A line whose weekday and date disagree is in `status` as a question, and no hold comes of it."""
    wrong = f"{month.day(22):%a} {month.day(21).month}/{month.day(21).day}"
    month.mail("odd", LAKESIDE, f"{wrong} 7a-7p LKSD $2,400\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read")
    month.calm()
    assert not month.hold(21)
    assert not month.hold(22)
    assert [one["why"] for one in month.facts()["review"]] == ["weekday and date disagree"]


def test_a_stranger_and_a_forger_get_no_hold(month: World) -> None:
    """Offers of somebody unknown, or that failed authentication, are for review and are never held."""
    month.mail("forged", LAKESIDE, f"{month.us(21)} 7a-7p LKSD $9,900\n", verdict="fail")
    month.mail("stranger", "Tad <tad@elsewhere.example>", f"{month.us(22)} 7a-7p LKSD $9,900\n")
    month.until(lambda: sum(line["messages"] for line in month.log("inbox.received")) >= 5, "both are read")
    month.calm()
    assert not month.hold(21)
    assert not month.hold(22)
    assert len(month.facts()["review"]) == 2


# -- a publish calendar of somebody else ----------------------------------------------------------------------------------------


def test_a_foreign_publish_calendar_is_never_touched(world: World) -> None:
    """A calendar that Shiftward did not make is refused at every attempt, stays as it is, and the reason is told."""
    world.make_calendar("shiftward")
    world.put("shiftward", "theirs", "Choir", world.at(2, 19), world.at(2, 21))
    before = world.bodies("shiftward")
    world.furnish()
    world.start()
    world.until(lambda: world.log("source.failing"), "it has refused")
    assert "not made by Shiftward" in world.log("source.failing")[0]["reason"]
    asked = len([one for one in world.writes() if one.method == "MKCALENDAR"])
    world.until(
        lambda: len([one for one in world.requests() if one.calendar == "shiftward"]) >= asked + 2,
        "it has tried again, twice",
    )
    world.rounds(2, ["work", "personal"])
    assert world.bodies("shiftward") == before
    assert not world.requests(0, "PUT", "DELETE")
    assert "not made by Shiftward" in (world.facts()["sources"]["phone"]["trouble"] or "")


def test_a_foreign_publish_calendar_is_refused_by_each_single_pass(world: World) -> None:
    """`run --once` three times over against a foreign calendar: exit 3 each time, and nothing in it changed."""
    world.make_calendar("shiftward")
    world.put("shiftward", "theirs", "Choir", world.at(2, 19), world.at(2, 21))
    before = world.bodies("shiftward")
    world.furnish()
    assert [world.once().returncode for _ in range(3)] == [3, 3, 3]
    assert world.bodies("shiftward") == before
    assert "not made by Shiftward" in (world.facts()["sources"]["phone"]["trouble"] or "")


# -- files that are wrong ---------------------------------------------------------------------------------------------------------


def test_a_broken_policy_starts_nothing(world: World) -> None:
    """With problems in both files, `run` names the place of each, exits 1, and asks and stores nothing."""
    text = world.policy.replace("nights_per_month = 6", 'nights_per_month = "six"')
    text = text.replace('home_state = "TX"', 'home_state = "Texas"').replace(
        'stream = "per_diem"', 'steam = "per_diem"'
    )
    world.write_policy(text)
    service = world.config / "service.toml"
    service.write_text(service.read_text("utf-8").replace("horizon_days = 45", "horizon_days = 0"), "utf-8")
    since = world.mark
    for more in ((), ("--once",)):
        done = world.command("run", *more)
        assert done.returncode == 1
        for word in (
            "policy.toml:",
            "nights_per_month",
            "home_state",
            "steam",
            "stream",
            "horizon_days",
            "check",
        ):
            assert word in done.stderr, word
        # It may be a journal, which others can read.
        assert not [value for value in ("six", "Texas", "Quillon") if value in done.stderr]
        assert "Traceback" not in done.stderr
    assert not world.requests(since)
    assert not world.state.exists()


def test_a_missing_secret_starts_nothing(world: World) -> None:
    """A secret that service.toml names and that is nowhere is a problem: exit 1, and where it was sought."""
    (world.config / "secrets" / "dav-password").unlink()
    done = world.once()
    assert done.returncode == 1
    assert "dav-password" in done.stderr
    assert "SHIFTWARD_DAV_PASSWORD" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_secret_that_others_may_read_starts_nothing(world: World) -> None:
    """A secret with mode 0644 is refused with the remedy, and its value is not shown."""
    (world.config / "secrets" / "dav-password").chmod(0o644)
    done = world.once()
    assert done.returncode == 1
    assert "chmod 600" in done.stderr
    assert PASSWORD not in done.stderr + done.stdout


# -- a store that cannot be used ------------------------------------------------------------------------------------------------------


def _without_root(world: World, *args: str) -> subprocess.CompletedProcess[str]:
    """The command where file modes count: root has its right to pass over them taken away."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root without setpriv: file modes mean nothing here")
        prefix = [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    return subprocess.run(
        [*prefix, str(COMMAND), *args, *world.args()],
        env=environment(world.root),
        cwd=world.root,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def _refused(done: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in done.stderr, done.stderr[-400:]
    assert done.returncode == 4, done.stderr
    assert done.stderr.strip()


def test_a_state_directory_that_cannot_be_written_is_refused(world: World) -> None:
    """A read-only state directory: exit 4 and a sentence that names it."""
    world.state.mkdir(mode=0o500)
    done = _without_root(world, "run", "--once")
    _refused(done)
    assert str(world.state) in done.stderr


@pytest.mark.parametrize("mode", [0o500, 0o700])
def test_a_database_that_cannot_be_written_is_refused(world: World, mode: int) -> None:
    """A read-only database, in a directory that is read-only or is not: exit 4, and what to do."""
    assert world.once().returncode == 0
    for path in world.state.iterdir():
        if path.name != "shiftward.lock":
            path.chmod(0o400)
    world.state.chmod(mode)
    try:
        done = _without_root(world, "run", "--once")
    finally:
        world.state.chmod(0o700)
    _refused(done)
    assert "writable" in done.stderr


def test_a_store_that_is_locked_at_the_start_is_tried_again(world: World) -> None:
    """Another program holds it: exit 3, on which systemd begins anew, and the next start is as ever."""
    assert world.once().returncode == 0
    with contextlib.closing(sqlite3.connect(world.state / "shiftward.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        world.start()
        assert world.wait() == 3
    assert "is locked; another program is using it" in world.log_text
    assert world.once().returncode == 0


def test_a_store_that_is_removed_while_it_runs_is_told(world: World) -> None:
    """The daemon says so and stays stopped. A new store does not take the calendar over, and says what helps: that works."""
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    world.start()
    world.until(lambda: world.hold(14), "it is held")
    for path in world.state.glob("shiftward.db*"):
        path.unlink()
    assert world.wait() == 4
    assert "removed or replaced while Shiftward ran" in world.log_text
    assert world.once().returncode == 3
    assert "delete the calendar, and it is made anew" in world.facts()["sources"]["phone"]["remedy"]
    assert world.request("DELETE", world.path("shiftward"))[0] in (200, 204)
    assert world.once().returncode == 0
    assert world.hold(14)


@pytest.mark.parametrize("how", ["text", "cut", "scribbled"])
def test_a_corrupted_database_is_refused(world: World, how: str) -> None:
    """A store that is no database, half a database, or full of noise: exit 4 and a sentence, for `run` and `status`."""
    world.furnish()
    assert world.once().returncode == 0
    path = world.state / "shiftward.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    raw = path.read_bytes()
    spoilt = {
        "text": b"this is not a database at all\n" * 200,
        "cut": raw[: len(raw) // 3],
        "scribbled": raw[:100] + bytes(255 - one for one in raw[100:]),
    }[how]
    for old in world.state.glob("shiftward.db*"):
        old.unlink()
    path.write_bytes(spoilt)
    _refused(world.once())
    _refused(world.command("status"))


# -- what the log says ----------------------------------------------------------------------------------------------------------------


def test_the_log_holds_nothing_private(world: World) -> None:
    """A whole troubled life leaves no title, body, name, address, password or secret path in the log."""
    for name in ("work", "personal"):
        folder = world.server.folder / "collection-root" / world.user
        shutil.move(folder / name, folder / f"{name}-tok9f3a")
    service = world.config / "service.toml"
    world.publish = "shiftward-tok9f3a"
    world.write_service(more='[log]\nlevel = "debug"\n')
    text = (
        service.read_text("utf-8")
        .replace("/work/", "/work-tok9f3a/")
        .replace("/personal/", "/personal-tok9f3a/")
    )
    service.write_text(text, "utf-8")
    put = world.put
    put("work-tok9f3a", "c1", "Lakeside ED Zebulon", world.at(1, 7), world.at(1, 19))
    put("work-tok9f3a", "c2", "Mystery gig Zebulon", world.at(2, 7), world.at(2, 19))
    put("personal-tok9f3a", "r1", "Wombat recital", world.day(5), world.day(6))
    broken = event_text("c9", "Broken Zebulon", world.at(4, 7), world.at(4, 19)).replace(
        "DTSTART", "X-NOTHING"
    )
    (world.server.folder / "collection-root" / world.user / "work-tok9f3a" / "c9.ics").write_text(
        broken, "utf-8"
    )
    world.mail("night", LAKESIDE, f"Psst Marmalade\n\n{world.us(14)} 7p-7a LKSD $2,600\n")
    world.mail("slot", HARBOR, f"Marmalade slots:\n\n{world.us(23)} 9a-3p\n")
    world.mail("stranger", "Tad Merrow <tad@elsewhere.example>", "Marmalade https://x.example/?key=tok9f3a\n")
    world.mail_raw("noise", b"From: Tad Merrow\r\nSubject: Marmalade\r\n\r\n" + bytes(range(256)) * 9)
    world.start()
    world.until(lambda: world.hold(14), "the offer is held")
    hold = world.hold(14)
    assert hold
    world.retitle(hold, f"yes {hold.title}")
    world.until(lambda: world.log("answered"), "the answer is read")
    world.write_policy(world.policy.replace('name = "Quillon Averbeck"', "name = Quillon Averbeck"))
    world.until(lambda: world.log("config.rejected"), "the broken policy is told")
    world.server.stop()
    world.until(lambda: len(world.log("source.failing")) >= 3, "the failing server is told")
    world.server.start()
    world.until(lambda: len(world.log("source.recovered")) >= 3, "it is well again")
    assert world.stop() == 0
    said = world.log_text
    assert len(world.log()) > 8, "a log that says nothing proves nothing"
    assert not [name for name in ("duty", "family", "phone", "post") if f'"{name}"' in said]
    for private in (
        *(
            "Zebulon",
            "Wombat",
            "Marmalade",
            "Mystery",
            "Lakeside",
            "LKSD",
            "Quillon",
            "Averbeck",
            "Merrow",
            "Tad",
        ),
        *("HOLD", "2,600", "2600", "lakeside.example", "harbor.example", "elsewhere.example", "Subject of"),
        *("tok9f3a", PASSWORD, "http://", "127.0.0.1", "Basic ", f"/{world.user}/", ".ics", ".eml"),
    ):
        assert private.casefold() not in said.casefold(), f"{private} is in the log"


def test_the_store_directory_is_the_clinicians_own(world: World) -> None:
    """What Shiftward makes for its store can be read by nobody else."""
    assert world.once().returncode == 0
    assert Path(world.state).stat().st_mode & 0o077 == 0

"""Copies of the store, made beside the running daemon and put back; and what was decided then."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.daemon.e2e.harness import LAKESIDE, World


def test_a_copy_is_made_and_put_back(world: World, tmp_path: Path) -> None:
    """While it runs a copy can be made and none put back; afterwards the phone stays as it is, without a write."""
    copy = tmp_path / "copy.db"
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    world.start()
    world.until(lambda: world.hold(14), "it is held")
    world.calm()
    made = world.command("backup", copy)
    assert (made.returncode, "bytes" in made.stdout) == (0, True), made.stderr
    refused = world.command("restore", copy)
    assert refused.returncode == 4
    assert "stop it first" in refused.stderr
    assert world.stop() == 0
    picture = world.picture()
    back = world.command("restore", copy)
    assert back.returncode == 0, back.stderr
    assert ".before-" in back.stdout
    before = world.mark
    assert world.once().returncode == 0
    assert world.once().returncode == 0
    assert world.picture() == picture
    assert world.writes(before) == []


def test_an_older_copy_forgets_no_entry(world: World, tmp_path: Path) -> None:
    """What was written since the copy was made is known again, and what was taken away since is no answer."""
    copy = tmp_path / "copy.db"
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    world.once()
    assert world.command("backup", copy).returncode == 0
    world.mail("second", LAKESIDE, f"One gap:\n\n{world.us(17)} 7a-7p LKSD $2,600\n")
    world.mail("gone", LAKESIDE, f"Filled, thanks: {world.us(14)} 7a-7p LKSD\n")
    world.once()
    world.once()
    assert (world.hold(14), bool(world.hold(17))) == (None, True)
    picture = world.picture()
    assert world.command("restore", copy).returncode == 0
    for _ in range(3):
        assert world.once().returncode == 0
    assert world.picture() == picture
    assert "declined" not in world.command("offers", "--json").stdout


def test_what_was_written_since_the_copy_is_taken_away(world: World, tmp_path: Path) -> None:
    """Its message is gone, so nothing wants it any more; what the clinician put beside it is theirs."""
    copy = tmp_path / "copy.db"
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    assert world.command("backup", copy).returncode == 0
    picture = world.picture()
    world.mail("second", LAKESIDE, f"One gap:\n\n{world.us(17)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    late = world.hold(17)
    assert late
    own = late.raw.replace(f"UID:{late.uid}", "UID:shift-of-my-own-0a1b2c3d").replace("HOLD", "Dinner")
    world.put_raw("shiftward", "own", own)
    for path in world.inbox.glob("*/second*"):
        path.unlink()
    assert world.command("restore", copy).returncode == 0
    assert world.once().returncode == 0
    assert [entry.title[:6] for entry in world.published() if entry.seen not in picture] == ["Dinner"]
    before = world.mark
    assert world.once().returncode == 0
    assert world.writes(before) == []


def test_what_was_decided_then_is_told(world: World) -> None:
    """Today it is held; before its message came, no plan knew of it."""
    start = datetime.now(UTC)
    assert world.once().returncode == 0
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    (offer,) = json.loads(world.command("offers", "--json").stdout)
    then = (datetime.now(UTC) + timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    told = world.command("why", offer, "--at", then, "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["accepted"] is True
    assert "was held" in world.command("why", offer, "--at", then).stdout
    early = (start - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert world.command("why", offer, "--at", early).returncode == 1
    assert world.command("why", "nothing", "--at", then).returncode == 1


def test_what_was_answered_is_told(world: World) -> None:
    """No, yes, and back to open: each with when and how, also as of then; and what is held is listed as held."""
    assert "never read yet" in world.command("status").stdout
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    ((offer, life),) = world.facts()["offers"].items()
    assert life == "held"
    listed = world.command("offers").stdout
    assert all(word in listed for word in (offer, "held", "Lakeside ED", str(world.day(14)), "$2,600"))
    assert world.command("reopen", offer).returncode == 1
    assert world.command("decline", offer).returncode == 0
    told = world.command("why", offer)
    assert told.returncode == 0, told.stderr
    assert "declined, on the command line" in told.stdout
    declined = datetime.now(world.zone)
    assert world.command("accept", offer).returncode == 0
    facts = json.loads(world.command("why", offer, "--json").stdout)
    assert (facts["life"], [one["verdict"] for one in facts["answers"]]) == (
        "accepted",
        ["declined", "accepted"],
    )
    then = world.command("why", offer, "--at", declined.strftime("%Y-%m-%dT%H:%M:%S.%f"))
    assert ("was held" in then.stdout, "your answer then" in then.stdout) == (True, True), then.stderr
    assert ": declined, on" in then.stdout
    by_date = world.command("why", offer, "--at", declined.date().isoformat(), "--json")
    assert json.loads(by_date.stdout)["answer"]["verdict"] == "accepted"
    assert world.command("why", offer, "--at", "yesterday").returncode == 2
    assert world.command("reopen", offer).returncode == 0
    assert world.facts()["offers"] == {offer: "held"}
    world.put("work", "given", "Lakeside ED", world.at(14, 7), world.at(14, 19))
    assert world.once().returncode == 0
    refused = world.command("decline", offer)
    assert (refused.returncode, "Tell the site" in refused.stderr) == (4, True)
    assert world.facts()["offers"] == {offer: "confirmed"}

"""Answers and calendars on a real server: a hold that is moved to another calendar, and warnings in one of their own."""

from __future__ import annotations

import threading

import pytest

from tests.daemon.e2e.harness import World
from tests.waiting import LONG


@pytest.mark.parametrize("how", ["at once", "first here", "first there"])
def test_a_hold_moved_into_the_work_calendar_is_taken(month: World, how: str) -> None:
    """By MOVE, or written there and deleted here in either order; it is accepted, and told once."""
    hold = month.hold(17)
    assert hold
    name = hold.href.rpartition("/")[2]
    if how == "at once":
        target = f"http://127.0.0.1:{month.server.port}{month.path('work', name)}"
        status, _, said = month.request("MOVE", hold.href, headers={"Destination": target, "Overwrite": "F"})
        assert status in (201, 204), said
    elif how == "first there":
        month.put_raw("work", name.removesuffix(".ics"), hold.raw)
        month.until(lambda: not month.hold(17), "the hold is taken back here")
    else:
        # Both within the time between two polls, however slow this machine is.
        done = threading.Event()
        month.proxy.before = lambda _: not done.wait(LONG)
        month.remove(hold.href)
        month.put_raw("work", name.removesuffix(".ics"), hold.raw)
        done.set()
        month.proxy.before = None
    month.until(lambda: month.log("answered"), "the answer is heard")
    month.calm()
    lives = [life for key, life in month.facts()["offers"].items() if f"{month.day(17):%m%d}" in key]
    assert lives == ["confirmed"]
    assert month.log("answered")[-1]["verdict"] == "accepted"
    assert [entry.title for entry in month.published() if entry.day == month.day(17)] == []
    assert len(month.objects("work")) == 5


def test_warnings_move_into_a_calendar_that_is_added_later(month: World) -> None:
    """It is made with its own name, they go there, and nothing of it is taken for an answer."""
    warned = {entry.title for entry in month.published() if entry.title.startswith(("⚠", "REMIND"))}
    assert warned
    month.warnings = "shiftward-warnings"
    month.write_service()
    month.until(
        lambda: {entry.title for entry in month.published(month.warnings)} == warned, "all warnings are there"
    )
    month.until(lambda: not month.titled("⚠"), "none is left behind")
    month.calm()
    status, _, said = month.request(
        "PROPFIND",
        month.path(month.warnings),
        '<d:propfind xmlns:d="DAV:"><d:prop><d:displayname/></d:prop></d:propfind>',
        {"Depth": "0"},
    )
    assert (status, "Shiftward warnings" in said) == (207, True)
    assert not month.log("answered")
    (rest,) = [entry for entry in month.published(month.warnings) if "rest" in entry.title]
    assert "COLOR:crimson" in rest.raw
    month.remove(rest.href)
    month.until(lambda: month.log("answered"), "the answer is heard")
    month.calm()
    assert month.stop() == 0
    assert month.once().returncode == 0
    assert not [entry for entry in month.published(month.warnings) if "rest" in entry.title]
    assert month.hold(17)


def test_a_block_that_is_dragged_is_put_back(month: World) -> None:
    """At its own hours again, with the reason on top; and the next look writes nothing."""
    hold = month.hold(17)
    assert hold
    month.calm()
    month.edit(hold.href, lambda text: text.replace("T070000", "T090000").replace("T190000", "T210000"))
    month.until(lambda: "You moved this" in getattr(month.hold(17), "description", ""), "it says why")
    month.calm()
    back = month.hold(17)
    assert back
    assert (back.start, back.end) == (hold.start, hold.end)
    assert back.description.endswith(hold.description)
    assert not month.log("answered")

"""What is watched beside the plan, as it stands on the phone: one entry a fact, gone with it, back only when worse."""

from __future__ import annotations

from datetime import date, timedelta

from tests.daemon.e2e.harness import Entry, World

LICENCE = '[[credentials]]\nkind = "licence"\nstate = "TX"\n'


def _licence_until(world: World, day: date) -> None:
    head, _, _ = world.policy.partition(LICENCE)
    world.write_policy(f"{head}{LICENCE}until = {day}\n")


def _told(world: World) -> list[Entry]:
    return [one for one in world.titled("REMIND") if "TX licence ends" in one.title]


def test_a_licence_that_ends_is_one_entry_until_it_is_renewed(world: World) -> None:
    """On the date it ends; two more looks write nothing; the renewal takes it away."""
    ends = world.day(21)
    _licence_until(world, ends)
    world.start()
    world.until(lambda: _told(world) and world.rests(), "the first pass is published")
    (entry,) = _told(world)
    assert (entry.day, entry.title) == (ends, f"REMIND · TX licence ends on {ends:%a} {ends.day} {ends:%b}")
    assert f"{ends.year}" in entry.description
    world.calm()
    since = world.mark
    world.rounds(2)
    assert [one.method for one in world.requests(since) if one.method in ("PUT", "DELETE")] == []
    _licence_until(world, ends + timedelta(days=700))
    world.until(lambda: not _told(world), "the renewal takes it away")


def test_a_notice_that_was_seen_comes_back_only_when_it_is_worse(world: World) -> None:
    """Deleted, it stays away through a restart; a nearer end is another step of the ladder, and news."""
    _licence_until(world, world.day(21))
    world.start()
    world.until(lambda: _told(world) and world.rests(), "the first pass is published")
    (entry,) = _told(world)
    world.remove(entry.href)
    world.until(lambda: world.log("answered"), "the deletion is noticed")
    world.end()
    world.start()
    world.rounds(2)
    assert _told(world) == []
    _licence_until(world, world.day(0))
    world.until(lambda: _told(world), "an end within days is news")

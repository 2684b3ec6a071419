"""A world for each test, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.e2e.harness import World
from tests.daemon.e2e.private import betrayed, words


@pytest.fixture(autouse=True)
def private_logs() -> Iterator[None]:
    """After each test: no log of any of its worlds tells a name, a title, a line of mail, an address or a secret."""
    before = len(World.opened)
    yield
    for world in World.opened[before:]:
        if world.config.exists():
            log = "\n".join([world.log_text, *world.said])
            assert betrayed(log, words(world)) == [], "what is private stands in the log"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Server, calendars and inbox, all empty; Shiftward is not started yet."""
    with World.open(tmp_path / "w") as opened:
        yield opened


@pytest.fixture
def month(world: World) -> World:
    """A furnished month that the daemon has published, and where nothing is left to do."""
    world.furnish()
    world.start()
    world.until(lambda: world.settled() and world.rests(), "the month is published")
    return world

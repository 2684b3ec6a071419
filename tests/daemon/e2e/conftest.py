"""A world for each test, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.e2e.harness import World


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
    world.until(lambda: world.log("published"), "the month is published")
    assert world.settled()
    return world

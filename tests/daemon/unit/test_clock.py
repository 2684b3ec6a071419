"""A clock that is set, a machine that sleeps: what was to happen at an hour happens, and polls go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from daemon import clock
from daemon.clock import Alarms, Jumps
from tests.waiting import LONG


class Clock:
    """The machine's, as the daemon and the scheduler read it; the monotonic one goes on by itself."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self, zone: object = UTC) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Shifted:
            moment = made.now()
            assert tz is not None
            return cls.fromtimestamp(moment.timestamp(), UTC)

    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(base, "datetime", Shifted)
    monkeypatch.setattr(interval, "datetime", Shifted)
    return made


@pytest.fixture
def alarms() -> Iterator[Alarms]:
    made = Alarms()
    yield made
    made.stop()


def test_a_step_and_a_sleep_are_jumps_and_a_second_is_none(machine: Clock) -> None:
    """Each is told once, with its size; what the clock is slewed by is no jump."""
    jumps = Jumps()
    assert jumps.since() == timedelta()
    for step in (timedelta(days=3), timedelta(hours=-1)):
        machine.ahead += step
        assert abs(jumps.since() - step) < timedelta(seconds=1)
        assert jumps.since() == timedelta()
    machine.ahead += timedelta(seconds=2)
    assert jumps.since() == timedelta()


def test_polls_go_on_after_the_clock_was_set_back(machine: Clock, alarms: Alarms) -> None:
    """They would wait for the hour that was: the intervals count from now on, and a pause ends when it would have."""
    polled, rested = threading.Event(), threading.Event()
    alarms.every(1, polled.set, "duty")
    alarms.at(machine.now() + timedelta(seconds=1), rested.set, "again duty")
    alarms.start()
    machine.ahead -= timedelta(hours=1)
    polled.clear()
    time.sleep(1.3)
    assert not polled.is_set(), "the scheduler follows the clock back by itself: this is not needed any more"
    alarms.moved(timedelta(hours=-1))
    assert polled.wait(LONG)
    assert rested.wait(LONG)


def test_what_was_slept_through_is_made_up_for(machine: Clock, alarms: Alarms) -> None:
    """After three days a deadline of the first of them is told at once, and missed polls by the next one."""
    told, polled = threading.Event(), []
    alarms.at(machine.now() + timedelta(days=1), told.set, "next")
    alarms.every(30, lambda: polled.append(1), "duty")
    alarms.start()
    machine.ahead += timedelta(days=3)
    alarms.moved(timedelta(days=3))
    assert told.wait(LONG)
    assert len(polled) <= 1


def test_a_cancelled_poll_stays_so_after_a_jump(machine: Clock, alarms: Alarms) -> None:
    alarms.every(1, lambda: None, "duty")
    alarms.start()
    alarms.cancel("duty")
    alarms.moved(timedelta(hours=-1))
    assert alarms._scheduler.get_jobs() == []

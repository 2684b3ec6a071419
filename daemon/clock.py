"""The time, and what it wakes: polls by interval, deadlines by date. The scheduler only ever says "look now"."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

JUMP = timedelta(seconds=5)
"""What the clock may differ from the time that has passed before it counts as set, or the machine as suspended."""


def now() -> datetime:
    return datetime.now(UTC)


class Jumps:
    """Tells when the clock moved by more than the time that passed: it was set, or the machine was suspended."""

    def __init__(self) -> None:
        self._last = self._both()

    def since(self) -> timedelta:
        """How far it jumped since this was last asked; nothing for less than `JUMP`."""
        before, self._last = self._last, self._both()
        jumped = (self._last[0] - before[0]) - timedelta(seconds=self._last[1] - before[1])
        return jumped if abs(jumped) >= JUMP else timedelta()

    @staticmethod
    def _both() -> tuple[datetime, float]:
        # The monotonic clock stands still while the machine is suspended.
        return now(), time.monotonic()


class Alarms:
    """Interval and one-off wake-ups. Schedules live in memory: they come from the configuration at each start."""

    def __init__(self) -> None:
        # By default a job that is a second late is dropped; after a suspend that would be all of them.
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._intervals: dict[str, tuple[int, Callable[[], None]]] = {}

    def every(self, seconds: int, wake: Callable[[], None], name: str) -> None:
        self._intervals[name] = seconds, wake
        jitter = max(1, seconds // 10) if seconds >= 10 else None
        self._scheduler.add_job(
            wake, "interval", seconds=seconds, jitter=jitter, id=f"every {name}", replace_existing=True
        )

    def at(self, when: datetime, wake: Callable[[], None], name: str) -> None:
        self._scheduler.add_job(wake, "date", run_date=when, id=name, replace_existing=True)

    def cancel(self, name: str) -> None:
        """End the wake-ups by interval of that name."""
        self._intervals.pop(name, None)
        if self._scheduler.get_job(f"every {name}"):
            self._scheduler.remove_job(f"every {name}")

    def moved(self, jump: timedelta) -> None:
        """The clock jumped: intervals count from now on, and what waits for an hour goes back with a clock set back.

        An hour that went by meanwhile is made up for by the scheduler itself.
        """
        for name, (seconds, wake) in self._intervals.items():
            self.every(seconds, wake, name)
        if jump > timedelta():
            return
        for job in self._scheduler.get_jobs():
            if job.id.removeprefix("every ") not in self._intervals:
                job.reschedule("date", run_date=job.next_run_time + jump)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            # One that falls due while the scheduler ends would end its thread with an error.
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)

"""The time, and what it wakes: polls by interval, deadlines by date. The scheduler only ever says "look now"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler


def now() -> datetime:
    return datetime.now(UTC)


class Alarms:
    """Interval and one-off wake-ups. Schedules live in memory: they come from the configuration at each start."""

    def __init__(self) -> None:
        # By default a job that is a second late is dropped; after a suspend that would be all of them.
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def every(self, seconds: int, wake: Callable[[], None], name: str) -> None:
        jitter = max(1, seconds // 10) if seconds >= 10 else None
        self._scheduler.add_job(
            wake, "interval", seconds=seconds, jitter=jitter, id=f"every {name}", replace_existing=True
        )

    def at(self, when: datetime, wake: Callable[[], None], name: str) -> None:
        self._scheduler.add_job(wake, "date", run_date=when, id=name, replace_existing=True)

    def cancel(self, name: str) -> None:
        """End the wake-ups by interval of that name."""
        if self._scheduler.get_job(f"every {name}"):
            self._scheduler.remove_job(f"every {name}")

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

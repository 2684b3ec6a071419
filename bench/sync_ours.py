"""Our side of the sync benchmark; run as a program, it tells its memory after the first and the last of many looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from bench.sync_data import FIRST, LAST
from bench.sync_programs import PASSWORD, USER
from connectors.base import Changes
from connectors.calendars.dav import DavCalendar
from connectors.calendars.expand import EventReader
from connectors.calendars.ical import Reading
from connectors.event import Item
from daemon.store import Store


class Ours:
    """Calendars, and what the store knows of them."""

    def __init__(self, urls: Mapping[str, str], directory: Path) -> None:
        self.store = Store.in_directory(directory)
        self.urls = urls
        self.calendars = self._connected()

    def _connected(self) -> Mapping[str, DavCalendar]:
        return {name: DavCalendar(url, USER, PASSWORD) for name, url in self.urls.items()}

    def look(self, name: str) -> Changes:
        """What is known, what is new, and both into the store."""
        changes = self.ask(name, self.store.cursor(name), self.store.etags(name))
        self._keep(name, changes)
        return changes

    def look_side_by_side(self, threads: ThreadPoolExecutor, names: Iterable[str]) -> None:
        """As the daemon does: a thread asks each of them, and the main one has the store to itself."""
        asked = [
            (name, threads.submit(self.ask, name, self.store.cursor(name), self.store.etags(name)))
            for name in names
        ]
        for name, answer in asked:
            self._keep(name, answer.result())

    def look_by_report(self, threads: ThreadPoolExecutor, names: Iterable[str]) -> None:
        """As a daemon that has just begun: when the calendars changed last is not known yet."""
        known, self.calendars = self.calendars, self._connected()
        self.look_side_by_side(threads, names)
        self.calendars, fresh = known, self.calendars
        for calendar in fresh.values():
            calendar.close()

    def _keep(self, name: str, changes: Changes) -> None:
        whole = changes.listed is not None
        self.store.observed(name, changes.items, changes.gone, changes.cursor, datetime.now(UTC), whole=whole)

    def ask(self, name: str, cursor: str | None, known: Mapping[str, str]) -> Changes:
        return self.calendars[name].changes(cursor, known)

    def close(self) -> None:
        for calendar in self.calendars.values():
            calendar.close()
        self.store.close()


def read(reader: EventReader, name: str, objects: Iterable[str]) -> list[Reading]:
    """How the project reads events, in this one place."""
    items = [Item(f"/{number}.ics", "1", text) for number, text in enumerate(objects)]
    return list(reader.read(name, items, FIRST, LAST).values())


def resident() -> float:
    """MB of memory that this process holds."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def main() -> None:
    url, directory, early, late = sys.argv[1:]
    ours = Ours({"one": url}, Path(directory))
    for number in range(1, int(late) + 1):
        changes = ours.look("one")
        assert number == 1 or not changes.items
        if number in (int(early), int(late)):
            print(f"{resident():.3f}", flush=True)
    ours.close()


if __name__ == "__main__":
    main()

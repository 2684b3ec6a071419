"""One clinician's real daemon over folders of .ics files, with a clock of its own; no process, no network.

What is on the phone are files: the tests put, edit, move and delete them as a phone does.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.calendars import ical
from connectors.event import Event, Timed
from daemon import observe, publish, service
from daemon.config import Settings
from daemon.service import Daemon
from daemon.sources import Places
from daemon.store import Store
from tests.daemon.unit.worlds import CHICAGO

POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"
home_state = "TX"
[goals]
floor_monthly = 0
[caps]
nights_per_month = 6
off_days_per_month = 4
[rest]
between_shifts_hours = 11
[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED", "LKSD"]
pay = { per_shift = 2300 }
[sites.harbor-tele]
stream = "telemedicine"
names = ["Harbor Tele"]
place = "home"
intensity = "low"
pay = { per_hour = 120 }
"""
PUBLISH = '[[calendars]]\nname = "phone"\nkind = "folder"\nrole = "publish"\npath = "phone"\n'
WARNINGS = '[[calendars]]\nname = "alerts"\nkind = "folder"\nrole = "warnings"\npath = "alerts"\n'
WORK = '[[calendars]]\nname = "duty"\nkind = "folder"\nrole = "work"\npath = "duty"\n'
OFFERS = '[[calendars]]\nname = "open"\nkind = "folder"\nrole = "offers"\npath = "open"\n'


@dataclass(frozen=True)
class Shown:
    """An entry as it stands in a folder."""

    path: Path
    event: Event

    @property
    def title(self) -> str:
        return self.event.summary


@dataclass
class Clock:
    now: datetime


class Household:
    """The folders, and the daemon that is restarted for each look unless it is told to stay."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self.root = root
        self.clock = clock
        for name in ("duty", "open"):
            (root / name).mkdir()
        (root / "policy.toml").write_text(POLICY, "utf-8")
        self.configure(WORK, OFFERS, PUBLISH, WARNINGS)
        self.store = Store.in_directory(root / "state")
        self.daemon = self.started()

    def configure(self, *sections: str, top: str = "") -> None:
        (self.root / "service.toml").write_text("\n".join((top, *sections)), "utf-8")

    def started(self) -> Daemon:
        """A daemon as after a start; the store is the one that was there."""
        self.daemon = Daemon(Settings.read(self.root), self.store, Places(self.root, self.root / "state"))
        return self.daemon

    def look(self, later: timedelta = timedelta(minutes=1)) -> None:
        """Time passes, every source is asked, and what follows from it is done."""
        self.clock.now += later
        self.daemon.observer.not_before.clear()
        self.daemon.look()
        self.daemon.once()

    def close(self) -> None:
        self.daemon.desk.reader.close()
        self.store.close()

    # -- the clinician's hands

    def put(self, calendar: str, uid: str, title: str, start: str, hours: float = 12) -> Path:
        begins = datetime.fromisoformat(start).replace(tzinfo=CHICAGO)
        event = Event(uid=uid, when=Timed(begins, begins + timedelta(hours=hours)), summary=title)
        path = self.root / calendar / f"{uid}.ics"
        path.write_bytes(ical.write(event, begins).encode())
        return path

    def shown(self, begins: str = "", calendar: str = "phone") -> list[Shown]:
        """What stands in a calendar of ours with a title that begins like this, by time."""
        found = []
        for path in sorted((self.root / calendar).glob("*.ics")):
            event = ical.only(path.read_bytes().decode())
            assert event is not None
            if event.summary.startswith(begins):
                found.append(Shown(path, event))
        return sorted(found, key=lambda one: (str(one.event.when), one.title))

    def titles(self, begins: str = "", calendar: str = "phone") -> list[str]:
        return [one.title for one in self.shown(begins, calendar)]

    def only(self, begins: str, calendar: str = "phone") -> Shown:
        (found,) = self.shown(begins, calendar)
        return found

    def rest(self, calendar: str = "alerts") -> list[Shown]:
        """The warnings of too little rest."""
        return [one for one in self.shown("⚠", calendar) if "rest" in one.title]

    def retitle(self, one: Shown, title: str) -> None:
        self.edit(one, r"^SUMMARY:.*(?:\r\n .*)*", f"SUMMARY:{title}")

    def shift(self, one: Shown, start: str, end: str) -> None:
        """Other hours, in UTC."""
        self.edit(one, r"^DTSTART.*", f"DTSTART:{start}")
        self.edit(one, r"^DTEND.*", f"DTEND:{end}")

    def edit(self, one: Shown, what: str, by: str) -> None:
        """The first line that is like this becomes another."""
        text = one.path.read_bytes().decode()
        head, mark, body = text.partition("BEGIN:VEVENT")
        changed = re.sub(what + r"\r\n", lambda _: f"{by}\r\n", body, count=1, flags=re.MULTILINE)
        assert changed != body
        one.path.write_bytes((head + mark + changed).encode())

    def move(self, one: Shown, calendar: str, name: str = "") -> Path:
        """Into another calendar, as the same event."""
        target = self.root / calendar / (name or one.path.name)
        shutil.move(one.path, target)
        return target

    # -- what is known

    def answers(self) -> dict[str, str]:
        return dict(self.store.answers())

    def files(self) -> dict[str, tuple[int, bytes]]:
        """All that stands in our calendars, and when it was written."""
        found = [path for name in ("phone", "alerts") for path in (self.root / name).glob("*.ics")]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def at_home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Household:
    """A household whose clock is its own."""
    clock = Clock(datetime(2026, 12, 1, 8, tzinfo=CHICAGO).astimezone(UTC))
    for module in (observe, publish, service):
        monkeypatch.setattr(module, "now", lambda: clock.now)
    return Household(root, clock)

"""Messages that arrive in a maildir, read and stored as the daemon does it, and what is understood of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.calendars import ical
from connectors.event import Event, Item, Timed
from daemon import readings
from daemon.config import Settings
from daemon.rows import MessageRow
from daemon.sources import Places, build, poll_inbox
from daemon.store import Store
from daemon.understand import understand
from daemon.world import World
from policy.shift import Offer
from solver.solve import Problem
from tests.waiting import LONG

COMMAND = Path(sys.executable).parent / "shiftward"
CHICAGO = ZoneInfo("America/Chicago")
AUTHSERV = "mx.clinician.example"
LAKESIDE = "shifts@lakeside.example"
CHARGE = "charge@lakeside.example"
AGENCY = "lists@agency.example"
PINECREST = "roster@pinecrest.example"
NORTH = "rota@northridge.example"
OWN = "r.example@clinician.example"
STRANGER = "offers@lakeside-shifts.example"

POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"
[goals]
floor_monthly = 0
[caps]
nights_per_month = 6
[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED", "LKSD"]
pay = { per_shift = 2300 }
[sites.pinecrest-uc]
stream = "per_diem"
names = ["Pinecrest UC"]
pay = { per_hour = 145 }
[sites.north-icu]
stream = "locums"
names = ["North ICU"]
zone = "America/Denver"
pay = { per_hour = 300 }
"""
SERVICE = f"""
[[calendars]]
name = "open"
kind = "folder"
role = "offers"
path = "open"
[[inboxes]]
name = "post"
kind = "maildir"
path = "post"
[[inboxes]]
name = "texts"
kind = "maildir"
path = "texts"
[[senders]]
address = "{LAKESIDE}"
sites = ["lakeside-ed"]
date_order = "mdy"
[[senders]]
address = "{CHARGE}"
sites = ["lakeside-ed"]
date_order = "mdy"
[[senders]]
address = "{AGENCY}"
sites = ["lakeside-ed", "pinecrest-uc"]
date_order = "mdy"
[[senders]]
address = "{PINECREST}"
sites = ["pinecrest-uc"]
date_order = "mdy"
[[senders]]
address = "{NORTH}"
sites = ["north-icu"]
date_order = "mdy"
[mail]
authserv = "{AUTHSERV}"
own = ["{OWN}"]
"""
NOW = datetime(2026, 12, 18, 12, tzinfo=CHICAGO)


def at(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def passing(sender: str) -> str:
    """What the clinician's own server says of who is who they say."""
    return f"{AUTHSERV}; dmarc=pass header.from={sender.rpartition('@')[2]}"


def message(
    body: str,
    sent: str | datetime = "2026-12-14 09:00",
    sender: str = LAKESIDE,
    *,
    subject: str = "Shifts",
    results: Sequence[str] | None = None,
    ics: str = "",
    html: bool = False,
) -> bytes:
    """A message as it lies in a mailbox; `results` are its Authentication-Results, the topmost first."""
    mail = EmailMessage()
    address = sender.rpartition("<")[2].rstrip(">")
    for one in [passing(address)] if results is None else results:
        mail["Authentication-Results"] = one
    mail["From"], mail["To"], mail["Subject"] = sender, OWN, subject
    mail["Date"] = format_datetime(at(sent) if isinstance(sent, str) else sent)
    mail.set_content(body, subtype="html" if html else "plain")
    if ics:
        method = next(line for line in ics.split("\r\n") if line.startswith("METHOD:")).partition(":")[2]
        mail.add_alternative(ics, subtype="calendar", params={"method": method})
    return mail.as_bytes()


@dataclass(frozen=True)
class Invite:
    """A VEVENT of an invitation; times are Chicago's."""

    start: str = "2027-01-04 19:00"
    hours: float = 12
    uid: str = "shift-1@lakeside.example"
    sequence: int | None = 0
    stamp: str = "20261214T150000Z"
    organizer: str = LAKESIDE
    instance: str = ""
    """RECURRENCE-ID: when the occurrence was first meant to begin."""
    rule: str = ""
    summary: str = "LKSD shift"
    description: str = ""

    def but(self, **changes: object) -> Invite:
        return replace(self, **changes)  # type: ignore[arg-type]  # the fields' own types

    def text(self) -> list[str]:
        begins = at(self.start)
        # Wall time and hours; a test that crosses a change of the clocks says so.
        ends = begins + timedelta(hours=self.hours)
        lines = [f"UID:{self.uid}", f"DTSTAMP:{self.stamp}", f"SUMMARY:{self.summary}"]
        lines += [f"DTSTART;TZID=America/Chicago:{begins:%Y%m%dT%H%M%S}"]
        lines += [f"DTEND;TZID=America/Chicago:{ends:%Y%m%dT%H%M%S}"]
        lines += [f"SEQUENCE:{self.sequence}"] if self.sequence is not None else []
        lines += [f"ORGANIZER:mailto:{self.organizer}"] if self.organizer else []
        if self.instance:
            lines += [f"RECURRENCE-ID;TZID=America/Chicago:{at(self.instance):%Y%m%dT%H%M%S}"]
        lines += [f"RRULE:{self.rule}"] if self.rule else []
        lines += [f"DESCRIPTION:{self.description}"] if self.description else []
        return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def calendar(method: str, *invites: Invite) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lakeside//Rota//EN", f"METHOD:{method}"]
    lines += [line for one in invites for line in one.text()]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


class Mailroom:
    """The daemon's own steps without its loop: what lies in the maildirs is read, stored, and understood."""

    def __init__(self, root: Path, service: str = SERVICE, policy: str = POLICY) -> None:
        self.root = root
        for name in ("post", "texts"):
            for part in ("new", "cur", "tmp"):
                (root / name / part).mkdir(parents=True)
        for name in ("open", "state", "templates"):
            (root / name).mkdir()
        self.configure(service, policy)
        self.store = Store.in_directory(root / "state")
        self._count = 0

    def configure(self, service: str = SERVICE, policy: str = POLICY) -> None:
        (self.root / "service.toml").write_text(service, "utf-8")
        (self.root / "policy.toml").write_text(policy, "utf-8")

    @property
    def settings(self) -> Settings:
        return Settings.read(self.root)

    def deliver(self, raw: bytes, inbox: str = "post", name: str = "") -> Path:
        """A message arrives and is read, unless others wait for the same poll."""
        self._count += 1
        path = self.root / inbox / "new" / (name or f"{self._count:05}.M1P1.mail")
        path.write_bytes(raw)
        os.utime(path, (1_797_000_000 + self._count,) * 2)
        self.poll()
        return path

    def poll(self, *, anew: bool = False, now: datetime = NOW) -> None:
        """Every inbox once; `anew` as after other words were configured."""
        settings = self.settings
        moment = now + timedelta(seconds=self._count)
        for source in build(settings.service, Places(settings.config, self.root / "state")):
            if source.inbox is None:
                continue
            known = frozenset() if anew else self.store.message_keys(source.name)
            mail, read = poll_inbox(source, None, known, settings.lexicon, moment)
            rows = [
                MessageRow(
                    source.name,
                    one.key,
                    one.sent,
                    json.dumps(readings.to_store(one.reading), sort_keys=True) if one.reading else None,
                    one.problem,
                )
                for one in read
            ]
            self.store.received(source.name, rows, mail.cursor, moment)

    def list_open(self, *starts: str, hours: float = 12) -> None:
        """The calendar of open shifts at Lakeside holds these, and no others."""
        items = []
        for start in starts:
            when = Timed(at(start), at(start) + timedelta(hours=hours))
            text = ical.write(Event(uid=start, when=when, summary="Lakeside ED"), NOW)
            items.append(Item(f"{start}.ics", str(hours), text))
        gone = set(self.store.etags("open")) - {item.href for item in items}
        self.store.observed("open", items, list(gone), None, NOW, keep=True)

    def understood(self, now: datetime = NOW) -> tuple[World, Problem]:
        return understand(self.store, self.settings, now)

    def world(self, now: datetime = NOW) -> World:
        return self.understood(now)[0]

    def offers(self, now: datetime = NOW) -> dict[str, Offer]:
        """Those that may still be taken, by the day and hour of their first shift; others than Lakeside's by site too."""
        world, problem = self.understood(now)
        return {
            f"{'' if one.site.id == 'lakeside-ed' else f'{one.site.id} '}{one.shifts[0].start:%m-%d %H:%M}": one
            for one in problem.offers
            if world.lives[one.id] == "open"
        }

    def command(self, *args: str) -> subprocess.CompletedProcess[str]:
        """The installed command on the same configuration and store."""
        return self.run(*args, "--config", str(self.root), "--state", str(self.root / "state"))

    def read(self, path: Path, *args: str) -> subprocess.CompletedProcess[str]:
        """`shiftward read` of one message, with the same two files."""
        return self.run("read", str(path), "--policy", "policy.toml", "--service", "service.toml", *args)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        return subprocess.run(
            [str(COMMAND), *args],
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8", "COLUMNS": "200"},
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONG,
            check=False,
        )

"""The demo: a real CalDAV server, a real maildir, a month of offers dated from today.

Only its data are made up. Everything that runs on them is what runs for a clinician.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.calendars import ical
from connectors.event import Days, Event, Timed
from policy.files import shipped

USER = "demo"
HOME = ZoneInfo("America/Chicago")
AUTHSERV = "mx.clinician.example"
OWN = "r.example@clinician.example"
CALENDARS = {"work": "Work", "personal": "Family"}
_SENDERS = {
    "shifts@lakeside.example": ["lakeside-ed"],
    "lists@bridgeway.example": ["lakeside-ed", "pinecrest-uc"],
    "desk@ridgeline.example": ["ridgeline-ed"],
    "slots@harbor.example": ["harbor-tele"],
    "roster@pinecrest.example": ["pinecrest-uc"],
}


@dataclass(frozen=True, slots=True)
class _Day:
    """A date of the demo month, as messages write it."""

    date: date

    def __format__(self, how: str) -> str:
        day = self.date
        match how:
            case "us":
                return f"{day:%a} {day.month}/{day.day}"
            case "md":
                return f"{day.month}/{day.day}"
            case "long":
                return f"{day:%A, %B} {day.day}, {day.year}"
            case "wrong":
                return f"{day + timedelta(days=1):%a} {day.month}/{day.day}"
        raise ValueError(f"unknown date form {how}")


class DemoError(Exception):
    """The demo cannot run here; the text says what is missing."""


def first_monday(today: date) -> date:
    """The first Monday that is at least a week away: day 0 of the demo month."""
    return today + timedelta(days=7 + (-today.weekday()) % 7)


def lay_out(root: Path, port: int, today: date) -> Path:
    """Write policy, service, maildir and the server's calendars; the configuration directory. Keeps a week's work."""
    config = root / "config"
    stamp = root / "laid-out"
    if stamp.exists() and (today - date.fromisoformat(stamp.read_text())).days > 7:
        # Its month would begin in the past.
        for part in ("config", "server", "inbox", "state"):
            shutil.rmtree(root / part, ignore_errors=True)
    if not (config / "service.toml").exists():
        config.mkdir(parents=True, exist_ok=True)
        stamp.write_text(today.isoformat())
        (config / "policy.toml").write_text(shipped("config/demo.policy.toml").read_text("utf-8"), "utf-8")
        demo = tomllib.loads(shipped("config/demo.toml").read_text("utf-8"))
        _calendars(root / "server", demo["events"], first_monday(today))
        _maildir(root / "inbox", demo["messages"], first_monday(today), today)
    (config / "service.toml").write_text(_service(root, port), "utf-8")
    return config


def _service(root: Path, port: int) -> str:
    url = f"http://127.0.0.1:{port}/{USER}"
    calendars = "".join(
        f'[[calendars]]\nname = "{name}"\nkind = "dav"\nrole = "{name}"\nurl = "{url}/{name}/"\nuser = "{USER}"\npoll = 1\n\n'
        for name in CALENDARS
    )
    senders = "".join(
        f'[[senders]]\naddress = "{address}"\nsites = {sites}\ndate_order = "mdy"\n\n'.replace("'", '"')
        for address, sites in _SENDERS.items()
    )
    return (
        f'horizon_days = 45\n\n{calendars}[[calendars]]\nname = "phone"\nkind = "dav"\nrole = "publish"\n'
        f'url = "{url}/shiftward/"\nuser = "{USER}"\npoll = 1\n\n'
        f'[[calendars]]\nname = "warnings"\nkind = "dav"\nrole = "warnings"\n'
        f'url = "{url}/shiftward-warnings/"\nuser = "{USER}"\npoll = 1\n\n'
        f'[[inboxes]]\nname = "offers"\nkind = "maildir"\npath = "{root / "inbox"}"\npoll = 60\n\n'
        f'{senders}[mail]\nauthserv = "{AUTHSERV}"\nown = ["{OWN}"]\n\n[log]\nlevel = "warning"\n'
    )


def _calendars(store: Path, events: list[Mapping[str, Any]], day0: date) -> None:
    for name, title in CALENDARS.items():
        folder = store / "collection-root" / USER / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".Radicale.props").write_text(
            f'{{"tag": "VCALENDAR", "D:displayname": "{title}", "C:supported-calendar-component-set": "VEVENT"}}',
            "utf-8",
        )
    for number, one in enumerate(events):
        uid = f"demo-{number}"
        event = Event(uid=uid, when=_when(one, day0), summary=one["title"])
        path = store / "collection-root" / USER / one["calendar"] / f"{uid}.ics"
        path.write_bytes(ical.write(event, datetime(day0.year, 1, 1, tzinfo=UTC)).encode())


def _when(one: Mapping[str, Any], day0: date) -> Timed | Days:
    day = day0 + timedelta(days=one["day"])
    if "start" not in one:
        return Days(day, day + timedelta(days=one.get("days", 1) - 1))
    start = datetime.combine(day, clock_time.fromisoformat(one["start"]), HOME)
    return Timed(start, start + timedelta(hours=one["hours"]))


def _maildir(path: Path, messages: list[Mapping[str, Any]], day0: date, today: date) -> None:
    for part in ("new", "cur", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    sent = datetime.combine(today - timedelta(days=1), clock_time(9), HOME)
    for number, one in enumerate(messages):
        raw = message(one, day0, sent + timedelta(minutes=number))
        (path / "new" / f"{one['name']}.eml").write_bytes(raw)


def message(one: Mapping[str, Any], day0: date, sent: datetime) -> bytes:
    """A message of the demo, with its dates filled in."""
    days = {f"d{number}": _Day(day0 + timedelta(days=number)) for number in range(45)}
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = one["from"], OWN, one["subject"]
    mail["Date"], mail["Message-ID"] = format_datetime(sent), f"<{one['name']}@demo.example>"
    domain = one["from"].rpartition("@")[2].rstrip(">")
    verdict = f"dmarc=pass header.from={domain}" if one.get("trusted", True) else "dmarc=fail"
    mail["Authentication-Results"] = f"{AUTHSERV}; {verdict}"
    mail.set_content(one["body"].strip().format(**days) + "\n")
    if invitation := one.get("invitation"):
        event = Event(
            uid=invitation["uid"],
            when=_when(invitation, day0),
            summary=invitation["title"],
            description=invitation["description"],
        )
        text = ical.write(event, sent).replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:REQUEST")
        organizer = f"ORGANIZER:mailto:{invitation['organizer']}\r\nEND:VEVENT"
        mail.add_attachment(
            text.replace("END:VEVENT", organizer).encode(),
            maintype="text",
            subtype="calendar",
            params={"method": "REQUEST", "charset": "utf-8"},
        )
    return mail.as_bytes()


@contextlib.contextmanager
def calendar_server(root: Path, port: int) -> Iterator[None]:
    """Radicale as a process of its own on 127.0.0.1, ended with the block. Raises DemoError."""
    settings = root / "radicale.conf"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\ndelay = 0\n[storage]\nfilesystem_folder = {root / 'server'}\n"
        "[rights]\ntype = authenticated\n[web]\ntype = none\n[logging]\nlevel = error\n",
        "utf-8",
    )
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "radicale", "--config", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches the daemon first, which still wants to write
        preexec_fn=_end_with_parent,  # noqa: PLW1509  # no thread has been started yet
    )
    try:
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=5)


def _end_with_parent() -> None:
    """Ask the kernel (PR_SET_PDEATHSIG) to end this process when the one that started it is gone, however it went."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(400):
        if process.poll() is not None:
            said = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
            hint = "install it with: pip install 'shiftward[demo]'" if "No module" in said else said[-300:]
            raise DemoError(f"the demo's calendar server did not start: {hint}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
            return
        time.sleep(0.025)
    raise DemoError("the demo's calendar server did not answer within 10 seconds")


def free_port(wanted: int) -> int:
    """The wanted port, so that a phone finds the demo again; any free one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(sock.getsockname()[1])
    raise DemoError("no free port on 127.0.0.1")


def directory() -> Path:
    """Where the demo lives: `SHIFTWARD_DEMO`, else .demo in the current directory."""
    return Path(os.environ.get("SHIFTWARD_DEMO", ".demo")).resolve()

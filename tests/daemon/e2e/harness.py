"""A small world of real parts: Radicale behind a recording proxy, a maildir, and the installed command.

Nothing here knows how Shiftward works inside. The clinician's own hands (the methods that put, move and delete)
go straight to the server; what Shiftward says to it goes through the proxy, and is on record.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from email.message import EmailMessage
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Literal, Self, TypeVar, cast
from zoneinfo import ZoneInfo

import icalendar

from tests.waiting import LONG, free_port, until

COMMAND = Path(sys.executable).parent / "shiftward"
USER = "quill"
PASSWORD = "pw-hush-5512"
AUTHSERV = "mx.clinician.example"
LAKESIDE = "Marla Voss <shifts@lakeside.example>"
HARBOR = "Harbor Slots <slots@harbor.example>"
WRITES = ("PUT", "DELETE", "MKCALENDAR", "MOVE", "PROPPATCH", "POST")
T = TypeVar("T")


def home_zone() -> ZoneInfo:
    """The clinician's zone: one in which it does not become midnight during a test."""
    first = ZoneInfo("America/Chicago")
    late = (datetime.now(first) + timedelta(minutes=10)).date() != datetime.now(first).date()
    return ZoneInfo("America/Denver") if late else first


def environment(root: Path, **more: str) -> dict[str, str]:
    """Nothing of the caller's own configuration, and a home that is nobody's."""
    home = root / "home"
    home.mkdir(exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "COLUMNS": "200",
        **more,
    }


def run_command(
    root: Path, *args: str | Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One call of the installed command, to its end."""
    return subprocess.run(
        [str(COMMAND), *map(str, args)],
        env=environment(root, **(env or {})),
        cwd=root,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


# -- the server -----------------------------------------------------------------------------------------------------


class Server:
    """Radicale as a process of its own; it can go away and come back at the same address."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.folder = root / "server"
        self.process: subprocess.Popen[bytes] | None = None
        (root / "radicale.conf").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {self.folder}\n[rights]\ntype = authenticated\n"
            "[web]\ntype = none\n[logging]\nlevel = error\n",
            "utf-8",
        )

    def start(self) -> None:
        with (self.root / "radicale.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "radicale", "--config", str(self.root / "radicale.conf")],
                stdout=log,
                stderr=log,
            )
        until(self._answers, "the calendar server is up")

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the calendar server ended at once"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=0.5):
            return True
        return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                # It waits for conversations that a killed daemon left open.
                self.process.kill()
                self.process.wait(10)
            self.process = None


@dataclass(frozen=True)
class Seen:
    """One request that went through the proxy. Status 0: the server gave no answer."""

    method: str
    path: str
    body: bytes
    status: int = 0

    @property
    def user(self) -> str:
        return self.path.strip("/").split("/")[0]

    @property
    def calendar(self) -> str:
        return self.path.strip("/").split("/")[1] if self.path.count("/") > 1 else ""

    def asks_for_changes(self) -> bool:
        return b"sync-collection" in self.body or b"getlastmodified" in self.body


Hook = Callable[[Seen], object]
"""What a hook that runs before a request returns says whether the request is lost on its way."""


class Proxy(ThreadingHTTPServer):
    """Passes every request on and writes it down. Hooks run just before it is sent and just after its answer came."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, backend: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.backend = backend
        self.port = int(self.server_address[1])
        self.seen: list[Seen] = []
        self.before: Hook | None = None
        self.after: Hook | None = None
        self.strikes: dict[tuple[str, str], Hook] = {}
        """Hooks for one user's requests: by the user, and `before` or `after`."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def hook(self, when: Literal["before", "after"], asked: Seen) -> object:
        found = self.strikes.get((asked.user, when)) or (self.before if when == "before" else self.after)
        return found(asked) if found else None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A daemon that was killed leaves half a conversation."""

    def close(self) -> None:
        self.before = self.after = None
        self.strikes.clear()
        self.shutdown()
        self.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    disable_nagle_algorithm = True

    def _pass_on(self) -> None:
        proxy = cast("Proxy", self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Seen(self.command, self.path, body)
        if proxy.hook("before", asked):
            self.close_connection = True
            return
        connection = http.client.HTTPConnection("127.0.0.1", proxy.backend, timeout=30)
        try:
            headers = {key: value for key, value in self.headers.items() if key.lower() != "connection"}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        except OSError:
            proxy.seen.append(asked)
            self.close_connection = True
            return
        finally:
            connection.close()
        told = Seen(self.command, self.path, body, answer.status)
        proxy.seen.append(told)
        proxy.hook("after", told)
        self.send_response_only(answer.status, answer.reason)
        for key, value in answer.getheaders():
            if key.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = do_DELETE = do_POST = do_OPTIONS = _pass_on  # noqa: N815
    do_REPORT = do_MKCALENDAR = do_PROPFIND = do_PROPPATCH = do_MOVE = _pass_on  # noqa: N815


# -- what stands in a calendar ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """An event as the clinician's phone sees it."""

    href: str
    etag: str
    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    status: str
    description: str
    raw: str

    @property
    def day(self) -> date:
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def seen(self) -> tuple[str, str, str, str, str]:
        """What two runs must agree on."""
        return (self.title, self.start.isoformat(), self.end.isoformat(), self.status, self.description)


def _entry(href: str, etag: str, raw: str) -> Entry:
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    return Entry(
        href=href,
        etag=etag,
        uid=str(event["UID"]),
        title=str(event["SUMMARY"]),
        start=event.decoded("DTSTART"),
        end=event.decoded("DTEND"),
        status=str(event.get("STATUS", "")),
        description=str(event.get("DESCRIPTION", "")),
        raw=raw,
    )


def event_text(uid: str, title: str, start: datetime | date, end: datetime | date) -> str:
    """An event as the clinician's own program writes it."""

    def when(key: str, value: datetime | date) -> str:
        if isinstance(value, datetime):
            return f"{key}:{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return f"{key};VALUE=DATE:{value:%Y%m%d}"

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//phone//EN", "BEGIN:VEVENT", f"UID:{uid}"]
    lines += ["DTSTAMP:20260101T000000Z", when("DTSTART", start), when("DTEND", end), f"SUMMARY:{title}"]
    lines += ["X-PHONE-COLOUR:plum", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def policy_text(zone: ZoneInfo) -> str:
    return f"""
[clinician]
name = "Quillon Averbeck"
home_zone = "{zone.key}"
home_state = "TX"

[goals]
floor_monthly = 1_000

[caps]
nights_per_month = 6
off_days_per_month = 4
hours_per_week = 60

[rest]
between_shifts_hours = 11

[streams.telemedicine]
employment = "1099"

[streams.per_diem]
employment = "W-2"

[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED", "LKSD"]
states = ["TX"]
emr = "Epic"
intensity = "high"
pay = {{ per_shift = 2500 }}

[sites.harbor-tele]
stream = "telemedicine"
names = ["Harbor Telehealth", "Harbor"]
states = ["TX"]
emr = "Harbor"
intensity = "moderate"
pay = {{ per_hour = 140 }}

[[credentials]]
kind = "licence"
state = "TX"
"""


# -- the world ------------------------------------------------------------------------------------------------------


@dataclass
class World:
    """One clinician: the server with their calendars, their inbox, their two files, and Shiftward itself."""

    root: Path
    server: Server
    proxy: Proxy
    user: str = USER
    publish: str = "shiftward"
    warnings: str = ""
    """The calendar of warnings, where there is one."""
    zone: ZoneInfo = field(default_factory=home_zone)
    process: subprocess.Popen[bytes] | None = None
    poll: int = 1
    extra_env: dict[str, str] = field(default_factory=dict)
    policies: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    """What the clinician and their mail wrote, also where it is gone by now: none of it belongs into a log."""
    said: list[str] = field(default_factory=list)
    """Log lines of single passes."""
    opened: ClassVar[list[World]] = []
    """Every world since the start of the tests."""

    def __post_init__(self) -> None:
        World.opened.append(self)

    @classmethod
    @contextlib.contextmanager
    def open(cls, root: Path, *, server_up: bool = True) -> Iterator[Self]:
        """A world with two empty calendars and an empty inbox; everything in it is ended with the block."""
        root.mkdir(parents=True, exist_ok=True)
        server = Server(root)
        server.start()
        proxy = Proxy(server.port)
        world = cls(root, server, proxy)
        try:
            world.lay_out()
            if not server_up:
                server.stop()
            yield world
        finally:
            world.end()
            proxy.close()
            server.stop()

    def neighbour(self, name: str) -> World:
        """Another clinician on the same server, with nothing shared but the proxy."""
        other = World(self.root / name, self.server, self.proxy, user=name, zone=self.zone)
        other.root.mkdir()
        other.lay_out()
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    # -- files

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def log_path(self) -> Path:
        return self.root / "daemon.log"

    def lay_out(self) -> None:
        for part in ("new", "cur", "tmp"):
            (self.inbox / part).mkdir(parents=True)
        (self.config / "secrets").mkdir(parents=True)
        secret = self.config / "secrets" / "dav-password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o600)
        self.write_policy(policy_text(self.zone))
        self.write_service()
        for name in ("work", "personal"):
            self.make_calendar(name)

    def write_policy(self, text: str) -> None:
        """In one step, as editors save: nobody reads half of it."""
        self.policies.append(text)
        fresh = self.config / "policy.toml~"
        fresh.write_text(text, "utf-8")
        fresh.replace(self.config / "policy.toml")

    @property
    def policy(self) -> str:
        return (self.config / "policy.toml").read_text("utf-8")

    def write_service(self, *, more: str = "", top: str = "") -> None:
        calendars = "".join(
            f'[[calendars]]\nname = "{name}"\nkind = "dav"\nrole = "{role}"\npoll = {self.poll}\n'
            f'url = "http://127.0.0.1:{self.proxy.port}/{self.user}/{path}/"\n'
            f'user = "{self.user}"\npassword = "dav-password"\n\n'
            for name, role, path in (
                ("duty", "work", "work"),
                ("family", "personal", "personal"),
                ("phone", "publish", self.publish),
                ("alerts", "warnings", self.warnings),
            )
            if path
        )
        senders = "".join(
            f'[[senders]]\naddress = "{address}"\nsites = ["{site}"]\ndate_order = "mdy"\n\n'
            for address, site in (
                ("shifts@lakeside.example", "lakeside-ed"),
                ("slots@harbor.example", "harbor-tele"),
            )
        )
        (self.config / "service.toml").write_text(
            f'horizon_days = 45\n{top}\n{calendars}[[inboxes]]\nname = "post"\nkind = "maildir"\n'
            f'path = "{self.inbox}"\npoll = {self.poll}\n\n{senders}[mail]\nauthserv = "{AUTHSERV}"\n\n{more}',
            "utf-8",
        )

    # -- time

    @property
    def day0(self) -> date:
        """The first Monday that is at least a week away."""
        today = datetime.now(self.zone).date()
        return today + timedelta(days=7 + (-today.weekday()) % 7)

    def day(self, number: int) -> date:
        return self.day0 + timedelta(days=number)

    def at(self, number: int, hour: int) -> datetime:
        return datetime.combine(self.day(number), clock_time(hour), self.zone)

    def us(self, number: int) -> str:
        """A day as American messages write it."""
        day = self.day(number)
        return f"{day:%a} {day.month}/{day.day}"

    # -- the clinician's own hands

    def request(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], str]:
        """Straight to the server, past the proxy. The status is returned, whatever it is."""
        self.events += [body] if body.startswith("BEGIN:VCALENDAR") else []
        login = base64.b64encode(f"{self.user}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.port}{path}",
            body.encode() if body else None,
            {"Authorization": f"Basic {login}", **(headers or {})},
            method=method,
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, dict(answer.headers.items()), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers.items()), error.read().decode()

    def path(self, calendar: str, name: str = "") -> str:
        return f"/{self.user}/{calendar}/{name}"

    def make_calendar(self, name: str) -> None:
        body = (
            '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<d:displayname>{name}</d:displayname></d:prop></d:set></c:mkcalendar>"
        )
        assert self.request("MKCALENDAR", self.path(name), body)[0] == 201

    def put(self, calendar: str, uid: str, title: str, start: datetime | date, end: datetime | date) -> None:
        """A new event; never replaces one."""
        self.put_raw(calendar, uid, event_text(uid, title, start, end))

    def put_raw(self, calendar: str, uid: str, text: str) -> None:
        headers = {"If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8"}
        status, _, said = self.request("PUT", self.path(calendar, f"{uid}.ics"), text, headers)
        assert status == 201, said

    def get(self, path: str) -> tuple[str, str]:
        """The etag and the text of one object."""
        status, headers, text = self.request("GET", path)
        assert status == 200, (status, path)
        return headers["ETag"], text

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        """Replace one object by an edited copy, as a phone does: only if it is still what was read."""

        def edited() -> bool:
            etag, text = self.get(path)
            changed = change(text)
            assert changed != text, "the edit changed nothing"
            headers = {"If-Match": etag, "Content-Type": "text/calendar; charset=utf-8"}
            status, _, said = self.request("PUT", path, changed, headers)
            assert status in (200, 201, 204, 412), (status, said)
            return status != 412

        until(edited, "the edit is taken: somebody else wrote at the same time again and again")

    def move(self, calendar: str, uid: str, start: datetime, end: datetime) -> None:
        """Other hours for one of the clinician's own events."""

        def moved(text: str) -> str:
            lines = text.replace("\r\n", "\n").split("\n")
            new = {"DTSTART": start, "DTEND": end}
            out = []
            for line in lines:
                key = line.partition(":")[0].partition(";")[0]
                out.append(f"{key}:{new[key].astimezone(UTC):%Y%m%dT%H%M%SZ}" if key in new else line)
            return "\r\n".join(out)

        self.edit(self.path(calendar, f"{uid}.ics"), moved)

    def retitle(self, entry: Entry, title: str) -> None:
        self.edit(entry.href, lambda text: _with_summary(text, title))

    def remove(self, path: str) -> None:
        def removed() -> bool:
            etag, _ = self.get(path)
            status, _, said = self.request("DELETE", path, headers={"If-Match": etag})
            assert status in (200, 204, 412), (status, said)
            return status != 412

        until(removed, "it is deleted: somebody else wrote at the same time again and again")

    def objects(self, calendar: str) -> dict[str, tuple[str, str]]:
        """Every object of a calendar: address to etag and text. Empty where there is no calendar."""
        body = (
            '<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/>'
            '<c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>'
        )
        status, _, text = self.request("REPORT", self.path(calendar), body, {"Depth": "1"})
        if status == 404:
            return {}
        assert status == 207, (status, text)
        found: dict[str, tuple[str, str]] = {}
        for response in ET.fromstring(text).iter("{DAV:}response"):
            data = response.findtext(".//{urn:ietf:params:xml:ns:caldav}calendar-data")
            if data:
                href = response.findtext("{DAV:}href") or ""
                found[href] = (response.findtext(".//{DAV:}getetag") or "", data)
        return found

    def bodies(self, *calendars: str) -> dict[str, bytes]:
        """The files of a calendar as they lie on the server's disk."""
        roots = [self.server.folder / "collection-root" / self.user / name for name in calendars]
        return {
            f"{root.name}/{path.name}": path.read_bytes() for root in roots for path in root.glob("*.ics")
        }

    def published(self, calendar: str = "") -> list[Entry]:
        objects = self.objects(calendar or self.publish)
        found = (_entry(href, etag, raw) for href, (etag, raw) in objects.items())
        return sorted(found, key=lambda entry: (entry.day, entry.title))

    def picture(self) -> list[tuple[str, str, str, str, str]]:
        """The publish calendar as two runs must agree on it; duplicates count twice."""
        return sorted(entry.seen for entry in self.published())

    def titled(self, start: str, day: int | None = None) -> list[Entry]:
        """Published entries whose title begins like this, on one of the days where a day is given."""
        return [
            entry
            for entry in self.published()
            if entry.title.startswith(start) and (day is None or entry.day == self.day(day))
        ]

    def lost(self, since: int, before: Sequence[Entry]) -> list[str]:
        """Which of some entries the daemon has deleted since; a warning may go, by the day of the month on which we are."""
        deleted = {one.path for one in self.requests(since, "DELETE")}
        return [entry.title for entry in before if entry.href in deleted]

    def hold(self, day: int) -> Entry | None:
        found = self.titled("HOLD", day)
        assert len(found) <= 1, found
        return found[0] if found else None

    def mail(
        self, name: str, sender: str, body: str, *, sent: datetime | None = None, verdict: str = "pass"
    ) -> None:
        """A message arrives: written beside, then moved in, as mail programs do."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "r@clinician.example", f"Subject of {name}"
        mail["Date"] = format_datetime(sent or datetime.now(self.zone) - timedelta(hours=1))
        mail["Message-ID"] = f"<{name}@mail.example>"
        domain = sender.rpartition("@")[2].rstrip(">")
        mail["Authentication-Results"] = f"{AUTHSERV}; dmarc={verdict} header.from={domain}"
        mail.set_content(body)
        self.mail_raw(name, mail.as_bytes())

    def mail_raw(self, name: str, raw: bytes) -> None:
        self.mails.append(raw)
        path = self.inbox / "tmp" / f"{name}.eml"
        path.write_bytes(raw)
        path.rename(self.inbox / "new" / path.name)

    def furnish(self) -> None:
        """A month: four shifts (two of them too close), a red day, and three offers that fit."""
        self.put("work", "c1", "Lakeside ED", self.at(1, 7), self.at(1, 19))
        self.put("work", "c2", "Harbor Telehealth", self.at(3, 9), self.at(3, 15))
        self.put("work", "c3", "LKSD night Zebulon", self.at(8, 19), self.at(9, 7))
        self.put("work", "c4", "Harbor Telehealth", self.at(9, 10), self.at(9, 16))
        self.put("personal", "r1", "Wombat recital", self.day(5), self.day(6))
        self.mail("night", LAKESIDE, f"One gap:\n\n{self.us(14)} 7p-7a LKSD $2,600\n")
        self.mail("day", LAKESIDE, f"One more:\n\n{self.us(17)} 7a-7p LKSD $2,450\n")
        self.mail("slot", HARBOR, f"Harbor Telehealth slots at $150/hr:\n\n{self.us(23)} 9a-3p\n")

    def settled(self) -> bool:
        """The month that `furnish` makes, as it must be shown."""
        return (
            all(self.hold(day) for day in (14, 17, 23))
            and bool(self.titled("⚠"))
            and bool(self.titled("OFF"))
        )

    def rests(self) -> bool:
        """Whether the daemon knows of all entries that are there, and nothing is left to be written.

        Before that a deletion may as well be a write that a crash lost, and is no answer.
        """
        known = {str(href) for (href,) in self.rows("SELECT href FROM shown WHERE there = 1")}
        return set(self.objects(self.publish)) <= known and not self.rows("SELECT name FROM outbox")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the store says; nothing where there is none yet."""
        store = self.state / "shiftward.db"
        if not store.exists():
            return []
        with contextlib.closing(sqlite3.connect(store, timeout=10)) as connection:
            try:
                return connection.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []

    # -- Shiftward

    def args(self) -> list[str]:
        return ["--config", str(self.config), "--state", str(self.state)]

    def command(self, *args: str | Path) -> subprocess.CompletedProcess[str]:
        """A command with this clinician's files."""
        done = run_command(self.root, *args, *self.args(), env=self.extra_env)
        self.said += [line for line in done.stderr.splitlines() if line.startswith("{")]
        return done

    def once(self) -> subprocess.CompletedProcess[str]:
        return self.command("run", "--once")

    def spawn(self, *more: str) -> subprocess.Popen[bytes]:
        with self.log_path.open("ab") as log:
            return subprocess.Popen(
                [str(COMMAND), "run", *self.args(), *more],
                env=environment(self.root, **self.extra_env),
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """The daemon, in the background."""
        assert self.process is None
        self.process = self.spawn()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)

    def wait(self, seconds: float = LONG) -> int:
        """The exit code of the daemon, which is over."""
        assert self.process is not None
        code = self.process.wait(seconds)
        self.process = None
        return code

    def stop(self) -> int:
        self.send(signal.SIGTERM)
        return self.wait()

    def end(self) -> None:
        """Whatever still runs is ended."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def facts(self) -> dict[str, Any]:
        """`shiftward status --json`."""
        done = self.command("status", "--json")
        assert done.returncode == 0, done.stderr
        return cast("dict[str, Any]", json.loads(done.stdout))

    # -- what was said

    @property
    def log_text(self) -> str:
        return self.log_path.read_text("utf-8") if self.log_path.exists() else ""

    def log(self, event: str = "") -> list[dict[str, Any]]:
        """The daemon's log lines of one event, or all. Everything it says has to be JSON."""
        text = self.log_text
        whole = text[: text.rfind("\n") + 1].splitlines()
        odd = [line for line in whole if not line.startswith("{")]
        assert not odd, "\n".join(odd[-12:])
        lines = [json.loads(line) for line in whole]
        return [line for line in lines if not event or line["event"] == event]

    def sources(self, event: str) -> list[str]:
        """The names of the sources that the log told of so, by their labels."""
        names = {one["label"]: name for name, one in self.facts()["sources"].items()}
        return sorted(names[line["source"]] for line in self.log(event))

    def until(self, condition: Callable[[], T], what: str, seconds: float = LONG) -> T:
        def guarded() -> T:
            if self.process is not None:
                assert self.process.poll() is None, f"the daemon ended: {self.log_text[-2000:]}"
            return condition()

        return until(guarded, what, seconds, lambda: self.log_text[-3000:])

    def requests(self, since: int = 0, *methods: str) -> list[Seen]:
        mine = [one for one in self.proxy.seen[since:] if one.path.startswith(f"/{self.user}/")]
        return [one for one in mine if not methods or one.method in methods]

    def writes(self, since: int = 0) -> list[Seen]:
        return self.requests(since, *WRITES)

    @property
    def mark(self) -> int:
        return len(self.proxy.seen)

    def rounds(self, count: int = 1, calendars: Sequence[str] | None = None) -> None:
        """Wait until the daemon has asked each calendar so many times more, from now on."""
        since = self.mark
        names = calendars or ("work", "personal", self.publish)

        def asked() -> bool:
            return all(self.looks(since, name) >= count for name in names)

        self.until(asked, f"{count} more polls of each calendar")

    def looks(self, since: int, calendar: str) -> int:
        """How often a calendar was asked whether it changed: shortly, by a report, or by one after the other."""
        asked = [one for one in self.requests(since, "REPORT", "PROPFIND") if one.calendar == calendar]
        short = [one.method == "PROPFIND" for one in asked if one.asks_for_changes()]
        return sum(one or not before for before, one in zip([False, *short], short, strict=False))

    def calm(self) -> int:
        """Wait until two rounds of polls went by without a write; the mark where that began."""
        deadline = time.monotonic() + LONG
        while True:
            since = self.mark
            self.rounds(2)
            if not self.writes(since):
                return since
            assert time.monotonic() < deadline, f"it never stops writing: {self.writes(since)[-3:]}"


def _with_summary(text: str, title: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    out: list[str] = []
    skipping = False
    for line in lines:
        if skipping and line.startswith((" ", "\t")):
            continue
        skipping = line.startswith("SUMMARY")
        out.append(f"SUMMARY:{title}" if skipping else line)
    return "\r\n".join(out)

"""The service, measured: from something new out there to the changed calendar, from start to READY, and idle.

The installed daemon with a year in its store and 60 open offers, a real IMAP server under IDLE, a folder of shifts that is
watched, and calendars on a real Radicale. A figure ends when the server has the changed entry on its disk. Every message
arrives by APPEND, as a mail server's own delivery does, so that what is measured is ours and not the server's looking.
"""

from __future__ import annotations

import imaplib
import json
import os
import platform
import random
import re
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from rich import box
from rich.table import Table

from connectors.calendars import ical
from connectors.event import Event, Timed
from connectors.offers.reader import read_message
from daemon import log, readings
from daemon.config import Settings
from daemon.rows import MessageRow
from daemon.show import console
from daemon.store import Store
from tests.connectors.imap_server import PASSWORD
from tests.daemon.e2e.harness import AUTHSERV, LAKESIDE, World
from tests.daemon.e2e.post import Post

RUNS = int(os.environ.get("BENCH_RUNS", "20"))
STARTS = 5
IDLE = float(os.environ.get("BENCH_IDLE", "90"))
"""Seconds."""
OFFERS, MESSAGES, SHIFTS = 60, 3_000, 300
"""Open; and those of the year before."""
NEXT = (3, 10, 17)
"""Days of shifts to come: what is offered then is theirs already."""


class Bench:
    """A world with a filled store, and the daemon in it."""

    def __init__(self, world: World, post: Post) -> None:
        self.world, self.post = world, post
        self.phone = world.server.folder / "collection-root" / world.user / world.publish
        self.work = world.root / "shifts"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(world.root / "n"))
        world.extra_env["NOTIFY_SOCKET"] = str(world.root / "n")
        self._numbers = iter(range(10**6))

    # -- the year before

    def fill(self) -> None:
        """Shifts of a year and three weeks, messages of a year, and 60 open offers."""
        self.work.mkdir()
        for number in range(SHIFTS):
            self.shift(f"past-{number}", -365 + number * 365 // SHIFTS, 7)
        for number in NEXT:
            self.shift(f"next-{number}", number, 7)
        path = self.world.config / "service.toml"
        text = re.sub(
            r'(name = "duty"\n)kind = "dav"(\nrole = "work"\n)poll = .*\nurl = .*\nuser = .*\n',
            rf'\1kind = "folder"\2path = "{self.work}"\n',
            path.read_text("utf-8"),
        )
        extra = (
            '[[calendars]]\nname = "more"\nkind = "dav"\nrole = "personal"\n'
            f'url = "http://127.0.0.1:{self.world.proxy.port}/{self.world.user}/more/"\n'
            f'user = "{self.world.user}"\npassword = "dav-password"\n\n[[inboxes]]'
        )
        text = re.sub(r"poll = \d+", "poll = 60", text.replace("[[inboxes]]", extra, 1))
        path.write_text(text, "utf-8")
        self.world.make_calendar("more")
        self._messages()
        lines = [
            f"{self.world.us(2 + number // 2)} {'7a-7p LKSD $2,4' if number % 2 else '7p-7a LKSD $2,5'}{number:02}"
            for number in range(OFFERS + len(NEXT))
        ]
        for at in range(0, len(lines), 10):
            self.append("Open:\n\n" + "\n".join(lines[at : at + 10]) + "\n")

    def shift(self, name: str, day: int, hour: int) -> None:
        start = self.world.at(day, hour)
        end = (start.astimezone(UTC) + timedelta(hours=12)).astimezone(self.world.zone)
        text = ical.write(Event(uid=name, when=Timed(start, end), summary="Lakeside ED"), datetime.now(UTC))
        part = self.work / f".{name}.tmp"
        part.write_text(text, "utf-8")
        part.rename(self.work / f"{name}.ics")

    def _messages(self) -> None:
        """Read once each kind, and stored as if they had come one by one."""
        words, chance = Settings.read(self.world.config).lexicon, random.Random(1)
        rows = []
        for number in range(MESSAGES):
            sent = datetime.now(UTC) - timedelta(days=371 - number * 365 / MESSAGES)
            day = sent.date() + timedelta(days=1 + number % 4)
            offered = f"{day:%a} {day.month}/{day.day} 7a-7p LKSD $2,{chance.randint(300, 900)}\n"
            body = offered if number % 5 == 0 else "Our newsletter. Nothing to report this week.\n"
            reading = read_message(self.message(body, sent), words, sent, ())
            told = json.dumps(readings.to_store(reading), sort_keys=True)
            rows.append(MessageRow("post", f"old-{number}", sent, told, None))
        store = Store.in_directory(self.world.state)
        store.received("post", rows, None, datetime.now(UTC))
        store.close()

    def message(self, body: str, sent: datetime) -> bytes:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = LAKESIDE, "r@clinician.example", "Shifts"
        mail["Date"], mail["Message-ID"] = format_datetime(sent), f"<{next(self._numbers)}@mail.example>"
        mail["Authentication-Results"] = f"{AUTHSERV}; dmarc=pass header.from=lakeside.example"
        mail.set_content(body)
        return mail.as_bytes()

    # -- what happens

    def append(self, body: str) -> None:
        raw = self.message(body, datetime.now(UTC))
        with imaplib.IMAP4("127.0.0.1", self.post.mail.port) as client:
            client.login(self.post.user, PASSWORD)
            client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)

    def entries(self) -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in self.phone.glob("*.ics")}

    def wait(self, done: Callable[[], bool], what: str) -> float:
        """Seconds until it is so."""
        begun = time.perf_counter()
        while not done():
            if time.perf_counter() - begun > 60 or not self.world.alive():
                raise SystemExit(f"not within a minute: {what}\n{self.world.log_text[-2000:]}")
            time.sleep(0.002)
        return time.perf_counter() - begun

    def rest(self) -> None:
        """Until nothing was written for a second and a half."""
        last, since = self.entries(), time.perf_counter()
        while time.perf_counter() - since < 1.5:
            time.sleep(0.05)
            if (now := self.entries()) != last:
                last, since = now, time.perf_counter()

    def shows(self, text: str) -> bool:
        for path in self.phone.glob("*.ics"):
            try:
                if text in path.read_text("utf-8"):
                    return True
            except FileNotFoundError:
                continue
        return False

    # -- figures

    def ready(self) -> float:
        """Seconds from the start of the command to READY."""
        begun = time.perf_counter()
        self.world.start()
        self._socket.settimeout(60)
        while b"READY=1" not in self._socket.recv(4096).split(b"\n"):
            pass
        self._socket.setblocking(False)
        return time.perf_counter() - begun

    def arrival(self, number: int) -> float:
        """A message offers a better rate; seconds until its hold says so."""
        self.append(f"{self.world.us(DAY)} 7a-7p LKSD $4,{number:03}\n")
        return self._told(lambda: self.shows(rf"4\,{number:03}"), "the new rate is shown")

    def move(self, *, onto: bool) -> float:
        """A shift is moved over the hold, or away from it; seconds until the hold is gone, or there again."""
        self.shift("mover", DAY if onto else DAY + 5, 9)
        return self._told(lambda: self.shows(r"$4\,") is not onto, "the hold follows")

    def _told(self, done: Callable[[], bool], what: str) -> float:
        seconds = self.wait(done, what)
        self.drain()
        self.rest()
        return seconds

    def drain(self) -> None:
        """As systemd does."""
        try:
            while self._socket.recv(4096):
                pass
        except BlockingIOError:
            return

    def processes(self) -> list[int]:
        """The daemon and what it started."""
        assert self.world.process is not None
        own = self.world.process.pid
        return [own, *map(int, Path(f"/proc/{own}/task/{own}/children").read_text("utf-8").split())]

    def resident(self) -> float:
        """MB, of all its processes."""
        found = [Path(f"/proc/{pid}/status").read_text("utf-8") for pid in self.processes()]
        lines = [line.split() for one in found for line in one.splitlines() if line.startswith("VmRSS:")]
        return sum(int(kilobytes) for _, kilobytes, _ in lines) / 1024

    def worked(self) -> float:
        """Seconds of processor time so far, of all its processes."""
        fields = [
            Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            for pid in self.processes()
        ]
        # What a child used that went to rest meanwhile is told by its parent.
        return sum(int(part) for one in fields for part in one[11:15]) / os.sysconf("SC_CLK_TCK")

    def idle(self) -> float:
        """Percent of one core."""
        before, begun = self.worked(), time.monotonic()
        while time.monotonic() - begun < IDLE:
            self.drain()
            time.sleep(0.5)
        return 100 * (self.worked() - before) / (time.monotonic() - begun)


DAY = 36
"""Of the offer that the figures are about; no other one is on it."""


def main() -> None:
    log.set_up("error")
    out = console()
    with (
        tempfile.TemporaryDirectory(prefix="bench-service-") as root,
        World.open(Path(root) / "world") as world,
        Post.of(world, Path(root), "dict") as post,
        out.status("filling a store with a year …") as status,
    ):
        post.mail.start()
        bench = Bench(world, post)
        bench.fill()
        bench.ready()
        bench.wait(lambda: len(bench.entries()) > 5, "the month is published")
        bench.wait(post.idles, "it waits under IDLE")
        asked = world.facts()["questions"]
        if asked:
            raise SystemExit(f"{asked} of the lines that were sent are questions, and no open offers")
        bench.arrival(0)
        mails, moves = [], []
        for number in range(1, RUNS + 1):
            status.update(f"{number} of {RUNS}: a message, an event moved to and fro")
            bench.drain()
            mails.append(bench.arrival(number))
            moves += [bench.move(onto=True), bench.move(onto=False)]
        status.update(f"idle for {IDLE:.0f} s")
        after = bench.resident()
        percent = bench.idle()
        rested = bench.resident()
        status.update("started again")
        starts = []
        for _ in range(STARTS):
            world.stop()
            starts.append(bench.ready())
            bench.drain()
    table = Table(
        box=box.SIMPLE,
        title=f"{OFFERS} open offers, {MESSAGES} messages, {SHIFTS} shifts; {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
    )
    for head in ("figure", "p50", "p95", "aim"):
        table.add_column(head, justify="left" if head == "figure" else "right")
    for name, found, aims in (
        ("from a message's arrival to the changed calendar (s)", mails, (0.5, 1.0)),
        ("from a moved event to the changed calendar (s)", moves, (0.5, 1.0)),
        ("from start to READY with a filled store (s)", starts, (1.5, None)),
        ("idle, 5 sources at 60 s polls (% of one core)", [percent], (0.3, None)),
        ("resident after a solve (MB, with its children)", [after], (None, None)),
        (f"resident after {IDLE:.0f} s of rest (MB, with its children)", [rested], (100.0, None)),
    ):
        table.add_row(name, *_cells(found, aims))
    out.print(table)


def _cells(found: Sequence[float], aims: tuple[float | None, float | None]) -> tuple[str, str, str]:
    middle = statistics.median(found)
    late = statistics.quantiles(found, n=20)[18] if len(found) > 1 else None
    met = [
        one <= aim
        for one, aim in zip((middle, late), aims, strict=True)
        if aim is not None and one is not None
    ]
    word = "" if not met else ", met" if all(met) else ", missed"
    told = " and ".join(f"{aim:g}" for aim in aims if aim is not None)
    return f"{middle:.2f}", "" if late is None else f"{late:.2f}", f"{told}{word}"


if __name__ == "__main__":
    main()

"""The main job, measured on real parts: start, silence, a new message, memory.

Each figure is a median of several runs, each run a process of its own with a calendar server of its own.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from rich import box
from rich.table import Table

from bench.proxy import CountingProxy
from daemon import demo, log
from daemon.show import console

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
ENTRIES = 15
"""The demo's first plan holds more entries than this."""


class Demo:
    """A demo in a folder of its own, as `make run` starts it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.phone = root / "server" / "collection-root" / demo.USER / "shiftward"

    def start(self) -> None:
        self.started = time.perf_counter()
        command = [str(Path(sys.executable).parent / "shiftward"), "run", "--demo"]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "SHIFTWARD_DEMO": str(self.root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def entries(self) -> int:
        return sum(1 for _ in self.phone.glob("*.ics")) if self.phone.exists() else 0

    def wait(self, done: Callable[[], bool]) -> float:
        """Seconds until it is so."""
        begun = time.perf_counter()
        while not done():
            if time.perf_counter() - begun > 60 or self.process.poll() is not None:
                raise SystemExit("the demo did not get there within a minute")
            time.sleep(0.002)
        return time.perf_counter() - begun

    def settle(self) -> None:
        """Until nothing is written any more."""
        last, since = -1, time.perf_counter()
        while time.perf_counter() - since < 1.2:
            now = sum(path.stat().st_mtime_ns for path in self.phone.glob("*.ics"))
            if now != last:
                last, since = now, time.perf_counter()
            time.sleep(0.05)

    def deliver(self, number: int) -> None:
        text = f"{{d{4 + number}:us}} 7a-7p LKSD $4,000"
        one = {
            "name": f"bench-{number}",
            "from": "Lakeside <shifts@lakeside.example>",
            "subject": "x",
            "body": text,
        }
        raw = demo.message(one, demo.first_monday(date.today()), datetime.now(UTC))  # noqa: DTZ011
        path = self.root / "inbox" / "tmp" / f"bench-{number}"
        path.write_bytes(raw)
        path.rename(self.root / "inbox" / "new" / f"bench-{number}.eml")

    def memory(self) -> tuple[float, float]:
        """MB resident now, and at its peak."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        values = {
            line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Vm")
        }
        return int(values["VmRSS"]) / 1024, int(values["VmHWM"]) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


def cold_start(root: Path) -> tuple[float, float, float, float]:
    """(seconds to the first published plan, from message to event, MB idle, MB peak)."""
    one = Demo(root)
    one.start()
    one.wait(lambda: one.entries() > ENTRIES)
    started = time.perf_counter() - one.started
    one.settle()
    before = one.entries()
    one.deliver(0)
    arrived = one.wait(lambda: one.entries() != before or _mentions(one, "4\\,000"))
    one.settle()
    idle, peak = one.memory()
    one.stop()
    return started, arrived, idle, peak


def _mentions(one: Demo, text: str) -> bool:
    try:
        return any(text in path.read_text("utf-8") for path in one.phone.glob("*.ics"))
    except FileNotFoundError:
        return False


def quiet_pass(root: Path) -> tuple[float, dict[str, int]]:
    """(seconds of a pass in which nothing changed, requests of it by calendar)."""
    from daemon.config import Settings
    from daemon.service import Daemon
    from daemon.sources import Places
    from daemon.store import Store

    log.set_up("error")
    port = demo.free_port(0)
    with demo.calendar_server(root, port), CountingProxy(port) as proxy:
        config = demo.lay_out(root, proxy.port, date.today())  # noqa: DTZ011
        store = Store.in_directory(root / "state")
        warm = Daemon(Settings.read(config), store, Places(config, root / "state"))
        warm.once()
        proxy.requests.clear()
        begun = time.perf_counter()
        warm.once()
        return time.perf_counter() - begun, dict(proxy.requests)


def main() -> None:
    starts: list[float] = []
    arrivals: list[float] = []
    idles: list[float] = []
    peaks: list[float] = []
    passes: list[float] = []
    requests: dict[str, int] = {}
    out = console()
    with out.status("measuring …") as status:
        for run in range(RUNS):
            status.update(f"run {run + 1} of {RUNS}: start, message, memory")
            root = Path(tempfile.mkdtemp())
            values = cold_start(root / "demo")
            for column, value in zip((starts, arrivals, idles, peaks), values, strict=True):
                column.append(value)
            status.update(f"run {run + 1} of {RUNS}: a quiet pass")
            (root / "quiet").mkdir()
            seconds, requests = quiet_pass(root / "quiet")
            passes.append(seconds)
            shutil.rmtree(root)
    table = Table(
        box=box.SIMPLE,
        title=f"{RUNS} runs, {os.cpu_count()} cores, {_memory_gb():.0f} GB, Python {platform.python_version()}",
    )
    for head in ("figure", "median", "least", "most", "aim", "of aim"):
        table.add_column(head, justify="left" if head == "figure" else "right")
    rows = (
        ("cold start of the demo to the first published plan (s)", starts, 3.0),
        ("a pass in which nothing changed (ms)", [one * 1000 for one in passes], 50.0),
        ("from message dropped to event on the server (s)", arrivals, 1.0),
        ("resident memory, idle (MB)", idles, 120.0),
        ("resident memory, peak (MB)", peaks, 120.0),
    )
    for name, found, aim in rows:
        middle = statistics.median(found)
        table.add_row(
            name,
            f"{middle:.2f}",
            f"{min(found):.2f}",
            f"{max(found):.2f}",
            f"{aim:g}",
            f"{middle / aim:.2f}",
        )
    out.print(table)
    out.print(
        "requests of a pass in which nothing changed, by calendar: "
        + ", ".join(f"{k} {v}" for k, v in sorted(requests.items()))
    )


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3


if __name__ == "__main__":
    main()

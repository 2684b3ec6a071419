"""The programs that the sync benchmark runs: a real Radicale on 127.0.0.1, and vdirsyncer beside us."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from daemon.demo import free_port

USER, PASSWORD = "r.example", "open-sesame-of-the-benchmark"
_ANSWER = re.compile(r"\] ([A-Z]+) response status for '([^']*)'.* in ([0-9.]+) seconds")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered request as the server's log has it; the seconds are the server's own."""

    method: str
    path: str
    seconds: float


class Radicale:
    """A server with one user, whose log and store lie in a folder; its processes end with the block.

    With one process it is Radicale's own server; with more of them they are served as its manual says for Gunicorn.
    """

    def __init__(self, root: Path, *, store: Path | None = None, processes: int = 1) -> None:
        self.root = root
        self.store = store or root / "store"
        self.processes = processes
        self.port = free_port(0)
        self._read = 0

    def __enter__(self) -> Self:
        self.root.mkdir(parents=True)
        (self.root / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
        settings = self.root / "server.conf"
        settings.write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = htpasswd\ndelay = 0\n"
            f"htpasswd_filename = {self.root / 'users'}\nhtpasswd_encryption = plain\n"
            f"[storage]\nfilesystem_folder = {self.store}\n"
            "[rights]\ntype = owner_only\n[web]\ntype = none\n[logging]\nlevel = info\n",
            "utf-8",
        )
        command = [sys.executable, "-m", "radicale", "--config", str(settings)]
        if self.processes > 1:
            words = ["radicale:application", str(self.port), str(self.processes)]
            command = [sys.executable, "-m", "bench.sync_server", *words]
        environment = {**os.environ, "RADICALE_CONFIG": str(settings)}
        with (self.root / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=environment)
        try:
            self._wait()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _wait(self) -> None:
        for _ in range(400):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                return
            time.sleep(0.025)
        raise SystemExit(
            f"the calendar server did not start: {(self.root / 'log').read_text('utf-8')[-300:]}"
        )

    def _end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def url(self, name: str = "") -> str:
        return (
            f"http://127.0.0.1:{self.port}/{USER}/{name}/"
            if name
            else f"http://127.0.0.1:{self.port}/{USER}/"
        )

    def folder(self, name: str) -> Path:
        return self.store / "collection-root" / USER / name

    def fill(self, name: str, objects: Mapping[str, str]) -> None:
        """Put objects straight into the calendar's folder; the first request afterwards takes long."""
        folder = self.folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        about = {"tag": "VCALENDAR", "D:displayname": name, "C:supported-calendar-component-set": "VEVENT"}
        (folder / ".Radicale.props").write_text(json.dumps(about), "utf-8")
        for file, text in objects.items():
            (folder / file).write_bytes(text.encode())

    def copy(self, name: str, to: str) -> None:
        """With what the server has made of it, which holds for the copy too."""
        shutil.copytree(self.folder(name), self.folder(to))

    def forget_tokens(self, name: str) -> None:
        """As if nobody had ever asked what changed there."""
        shutil.rmtree(self.folder(name) / ".Radicale.cache" / "sync-token", ignore_errors=True)

    def answers(self) -> list[Answer]:
        """What was answered since the last call."""
        with (self.root / "log").open("rb") as log:
            log.seek(self._read)
            text = log.read()
        self._read += len(text)
        found = _ANSWER.finditer(text.decode(errors="replace"))
        return [Answer(one[1], one[2], float(one[3])) for one in found]


class Vdirsyncer:
    """A pair of its own: calendars of the server on one side, folders of files on the other."""

    def __init__(self, root: Path, server: Radicale, names: Sequence[str]) -> None:
        self.config = root / "config"
        for name in names:
            (root / "files" / name).mkdir(parents=True)
        self.config.write_text(
            f'[general]\nstatus_path = "{root / "status"}"\n'
            f'[pair both]\na = "here"\nb = "there"\ncollections = {json.dumps(list(names))}\n'
            f'[storage here]\ntype = "filesystem"\npath = "{root / "files"}"\nfileext = ".ics"\n'
            f'[storage there]\ntype = "caldav"\nurl = "{server.url()}"\n'
            f'username = "{USER}"\npassword = "{PASSWORD}"\n',
            "utf-8",
        )
        self._run("discover")

    def sync(self, name: str = "") -> None:
        self._run("sync", f"both/{name}" if name else "both")

    def start(self) -> None:
        """Nothing but the process itself."""
        self._run("--version")

    def _run(self, *words: str) -> None:
        program = Path(sys.executable).parent / "vdirsyncer"
        done = subprocess.run(
            [str(program), "--config", str(self.config), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=600,
        )
        if done.returncode:
            raise SystemExit(f"vdirsyncer {words[0]} failed: {done.stderr.decode(errors='replace')[-300:]}")

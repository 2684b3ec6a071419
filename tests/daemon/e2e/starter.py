"""Starts the daemon by forking a process that has done its imports: in hundredths of a second in place of one or more.

What runs then is the command itself, with its own arguments, environment and log, in a process of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

ROOT = Path(__file__).parents[3]


class Starter:
    """The process that forks. Use it from one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.daemon.e2e.starter"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, arguments: list[str], env: Mapping[str, str], directory: Path, log: Path) -> int:
        """The process id of `shiftward` with these arguments."""
        assert self._process.stdin
        assert self._process.stdout
        asked = {"arguments": arguments, "env": dict(env), "directory": str(directory), "log": str(log)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def serve() -> None:
    """Fork for each line of standard input; the kernel clears away what has ended."""
    for name in ("daemon.service", "connectors.calendars.dav"):
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become(asked: Mapping[str, object]) -> NoReturn:
    """The command itself, from here to its end."""
    from daemon.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(str(asked["directory"]))
    log = os.open(str(asked["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDWR)
    for old, new in ((0, nothing), (1, nothing), (2, log)):
        os.dup2(new, old)
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]  # written by `start`
    sys.argv = ["shiftward", *asked["arguments"]]  # type: ignore[misc]
    main()
    sys.exit(0)


if __name__ == "__main__":
    serve()

"""How tests wait: for a condition and never for a time, and at ports that nobody else is given meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
LONG = 90.0
"""Seconds after which a condition is not met any more, on however busy a machine. A test that passes never waits for it."""
_KEPT: list[socket.socket] = []
"""Sockets that keep the ports of `free_port`, to the end of the tests."""


def until(
    condition: Callable[[], T], what: str, seconds: float = LONG, hint: Callable[[], str] | None = None
) -> T:
    """The first truthy value of a condition. Raises AssertionError with `what`, and the hint, when none came in time."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}\n{hint() if hint else ''}")
        time.sleep(0.02)


def free_port() -> int:
    """A port of 127.0.0.1 at which nothing listens, for a server that is told its port.

    A number that was free a moment ago may be given away until the server is up, or while it is down: to any connection
    that some test opens. Linux gives nobody a port to which a socket is bound, and lets those listen there who ask for
    SO_REUSEADDR, as servers do, as long as that socket does not listen itself.
    """
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind(("127.0.0.1", 0))
    _KEPT.append(kept)
    return int(kept.getsockname()[1])


def watched(process: int | str, directory: Path) -> bool:
    """Whether a process (`self` for this one) is told by the kernel what happens in a directory."""
    sign = f"ino:{directory.stat().st_ino:x} "
    for one in Path(f"/proc/{process}/fdinfo").iterdir():
        try:
            lines = one.read_text("utf-8").splitlines()
        except OSError:
            # It was closed meanwhile.
            continue
        if any(line.startswith("inotify ") and sign in line for line in lines):
            return True
    return False

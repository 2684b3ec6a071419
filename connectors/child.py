"""Work in a process of its own, which can be killed: for what runs too long, takes too much, or brings a process down."""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

STARTUP = 10.0
"""Seconds that a new process may take until it is there."""
AHEAD: Final = 16_384
"""Bytes of a question that may be sent before its turn; a pipe holds four times as much."""


class Child:
    """The process at the other end of two pipes: one line of JSON each way. Use it from one thread at a time."""

    def __init__(self, module: str) -> None:
        """Begin to start it. Raises OSError where the system has no process to give. In `module` stands `serve`."""
        self._process = subprocess.Popen(  # noqa: S603  # a module of ours
            [sys.executable, "-c", f"from {module} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A traceback there would quote somebody's life.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        # One that went to rest is not left behind as a zombie until somebody asks for it again.
        threading.Thread(target=self._process.wait, name="child", daemon=True).start()
        self._started = False
        self._read = bytearray()
        self._ahead = b""
        """A question that was sent before its turn."""

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self,
        question: bytes,
        seconds: float,
        following: bytes = b"",
        meanwhile: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """The answer's line. Raises TimeoutError, or OSError when the process is gone.

        What is likely to be asked next is sent along, so that neither process waits for the other; but nothing that
        would fill the pipe, as the other end may be filling its own. `meanwhile` is called while there is no answer,
        does a little work of another kind, and tells whether there was any.
        """
        assert self._process.stdin
        assert self._process.stdout
        if not self._started:
            # Patience is for the question; a process that does not come up is no fault of it.
            try:
                self._line(time.monotonic() + STARTUP, meanwhile)
            except TimeoutError:
                raise ChildProcessError("the process did not start") from None
            self._started = True
        deadline = time.monotonic() + seconds
        if self._ahead and self._ahead != question:
            self._line(deadline)
        if self._ahead != question:
            self._send(question, deadline)
        self._ahead = following if len(following) <= AHEAD else b""
        self._send(self._ahead, deadline)
        return self._line(deadline, meanwhile)

    def _line(self, deadline: float, meanwhile: Callable[[], bool] = lambda: False) -> bytes:
        assert self._process.stdout
        while b"\n" not in self._read:
            while not self._is_ready(reading=True) and meanwhile():
                pass
            self._wait(reading=True, deadline=deadline)
            part = os.read(self._process.stdout.fileno(), 1 << 16)
            if not part:
                raise ChildProcessError("the process ended")
            self._read += part
        line, _, rest = self._read.partition(b"\n")
        self._read = rest
        return bytes(line)

    def _send(self, line: bytes, deadline: float) -> None:
        assert self._process.stdin
        pipe = self._process.stdin.fileno()
        os.set_blocking(pipe, False)
        while line:
            self._wait(reading=False, deadline=deadline)
            line = line[os.write(pipe, line[: 1 << 16]) :]

    def _wait(self, *, reading: bool, deadline: float) -> None:
        if not self._is_ready(reading=reading, seconds=max(0.0, deadline - time.monotonic())):
            raise TimeoutError

    def _is_ready(self, *, reading: bool, seconds: float = 0.0) -> bool:
        """Whether the pipe can be read from, or written to, within so many seconds."""
        assert self._process.stdin
        assert self._process.stdout
        ours = self._process.stdout.fileno() if reading else self._process.stdin.fileno()
        return any(select.select([ours] if reading else [], [] if reading else [ours], [], seconds))

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def serve(answer: Callable[[Mapping[str, Any]], Mapping[str, Any]], *, rest: float, memory: int) -> None:
    """The other end: answers until standard input closes, or nothing was asked for `rest` seconds.

    `memory` is the most bytes of address space that it may use.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What the imports left behind stays, and a question's own leavings are few.
    gc.freeze()
    gc.set_threshold(20_000)
    buffer = b""
    os.write(1, b"\n")
    while True:
        while b"\n" not in buffer:
            if not select.select([0], [], [], rest)[0]:
                return
            part = os.read(0, 1 << 16)
            if not part:
                return
            buffer += part
        line, _, buffer = buffer.partition(b"\n")
        told = json.dumps(answer(json.loads(line))).encode() + b"\n"
        while told:
            told = told[os.write(1, told) :]

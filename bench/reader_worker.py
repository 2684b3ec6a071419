"""A process that reads hostile messages one after the other, and tells what each did to it.

It may be killed at any time: what it was doing is known to whoever sent the message.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import sys
import time
import traceback
import warnings
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from bench.reader_checks import faults
from bench.reader_damage import case
from bench.reader_score import WIDER, Corpus
from connectors.offers.reading import Lexicon

CEILING = 3 * 1024**3
"""Bytes of address space: so that no message can take the machine with it."""
OURS = ("connectors/", "daemon/")


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    """Of the processor, for one message."""
    megabytes: float
    """Resident, at the peak, all told."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong; `where` tells one cause from another."""

    kind: str
    where: str
    detail: str = ""

    @property
    def signature(self) -> str:
        return f"{self.kind}: {self.where}"


@dataclass(slots=True)
class Outcome:
    """What came of one message."""

    seconds: float
    megabytes: float
    told: str = ""
    troubles: list[Trouble] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Still:
    """Sent while a message takes longer than it may: where the reader is just now."""

    where: str


@cache
def words() -> Lexicon:
    return Corpus("wider", WIDER, WIDER).lexicon()


def troubles(raw: bytes) -> list[Trouble]:
    """Faults and exceptions of reading one message; warnings count as exceptions."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return [Trouble("fault", one) for one in dict.fromkeys(faults(raw, words()))]
        except Exception as error:  # noqa: BLE001  # what is looked for
            return [Trouble("exception", f"{type(error).__name__} at {_raised_at(error)}", str(error)[:200])]


def _raised_at(error: BaseException) -> str:
    """The innermost line of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    mine = [
        frame
        for frame in frames
        if any(part in frame.filename for part in OURS) and "site-packages" not in frame.filename
    ]
    last = (mine or list(frames))[-1]
    return f"{Path(last.filename).name}:{last.name}"


def _standing(frame: FrameType | None) -> str:
    """The innermost function of ours that is being run."""
    while frame:
        path = frame.f_code.co_filename
        if any(part in path for part in OURS) and "site-packages" not in path:
            return f"{Path(path).name}:{frame.f_code.co_name}"
        frame = frame.f_back
    return "elsewhere"


def judged(raw: bytes, limits: Limits, told: str = "") -> Outcome:
    """Read one message, and measure what it takes."""
    _reset_peak()
    started = time.process_time()
    found = troubles(raw)
    seconds, peak = time.process_time() - started, _peak()
    if peak > limits.megabytes:
        found.append(Trouble("fat", "more memory than it may take", f"{peak:.0f} MB"))
    return Outcome(seconds, peak, told, found)


def work(pipe: Connection, seed: int, limits: Limits, largest: int) -> None:
    """Answer numbers of cases, and messages themselves, until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    where: list[str] = []

    def late(_: int, frame: FrameType | None) -> None:
        where.append(_standing(frame))
        pipe.send(Still(where[-1]))

    signal.signal(signal.SIGPROF, late)
    words()
    while (task := pipe.recv()) is not None:
        where.clear()
        raw, told = (task, "") if isinstance(task, bytes) else _made(seed, task, largest)
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        outcome = judged(raw, limits, told)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if where:
            outcome.troubles.append(Trouble("slow", where[0], f"{outcome.seconds:.1f} s"))
        pipe.send(outcome)
    sys.exit(0)


def _made(seed: int, number: int, largest: int) -> tuple[bytes, str]:
    made = case(seed, number, largest)
    return made.raw, made.told


def _reset_peak() -> None:
    """Linux can forget a process's peak; elsewhere the peak is that of all messages so far."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> float:
    """MB resident at the most since it was reset."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

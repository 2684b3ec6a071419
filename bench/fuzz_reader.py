"""Throws hostile messages at the offer reader, in processes that may be killed, and keeps the smallest that hurt.

A message is named by a seed and a number, and can be made again from the two. `slow` counts the processor's
seconds, so that a busy machine accuses nobody; a message that does not come back at all is given up.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from bench.reader_damage import WHOLE, case
from bench.reader_worker import Limits, Outcome, Still, Trouble, work

SLOWEST = 10
TRIALS = 400
"""Smaller messages that are tried for one reproducer."""


@dataclass
class Reader:
    """A process that reads, and what it was given last."""

    seed: int
    limits: Limits
    largest: int
    process: BaseProcess = field(init=False)
    pipe: Connection = field(init=False)
    number: int = -1
    since: float = 0.0
    still: str = ""

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=work, args=(theirs, self.seed, self.limits, self.largest), daemon=True
        )
        self.process.start()
        theirs.close()

    def give(self, number: int, task: int | bytes | None) -> None:
        self.number, self.since, self.still = number, time.monotonic(), ""
        self.pipe.send(task)

    def answer(self) -> Outcome | None:
        """What came of it; None while it is still being read. A process that died is started again."""
        try:
            told = self.pipe.recv()
        except EOFError:
            self.process.join()
            code = self.process.exitcode
            self.start()
            return Outcome(0.0, 0.0, "", [Trouble("killed", f"the process ended with {code}", self.still)])
        if isinstance(told, Still):
            self.still = told.where
            return None
        assert isinstance(told, Outcome)
        return told

    def give_up(self) -> Outcome:
        taken = time.monotonic() - self.since
        self.end()
        self.start()
        return Outcome(
            taken,
            0.0,
            "",
            [Trouble("slow", self.still or "before the clock struck", f"given up after {taken:.0f} s")],
        )

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(frozen=True, slots=True)
class Plan:
    count: int
    first: int
    seed: int
    limits: Limits
    jobs: int
    patience: float
    largest: int
    minutes: float


class Fuzz:
    """All messages of a plan, read by several processes at once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.readers = [Reader(plan.seed, plan.limits, plan.largest) for _ in range(plan.jobs)]
        self.found: dict[str, list[tuple[int, Trouble]]] = {}
        self.slowest: list[tuple[float, int, str]] = []
        self.largest = 0.0
        self.read = 0
        self.kinds: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self.readers:
            reader.end()

    def run(self, tell: Callable[[str], None]) -> None:
        plan = self.plan
        numbers = iter(range(plan.first, plan.first + plan.count))
        ends = time.monotonic() + 60 * plan.minutes
        busy = [reader for reader in self.readers if self._next(reader, numbers)]
        told = time.monotonic()
        while busy:
            for reader, outcome in self._answers(busy):
                self._note(reader.number, outcome, tell)
                if time.monotonic() > ends or not self._next(reader, numbers):
                    busy.remove(reader)
            if time.monotonic() - told > 30:
                told = time.monotonic()
                tell(f"{self.read:,} read, {len(self.found)} different troubles")

    def _next(self, reader: Reader, numbers: Iterator[int]) -> bool:
        number = next(numbers, None)
        if number is not None:
            reader.give(number, number)
        return number is not None

    def _answers(self, busy: Iterable[Reader]) -> list[tuple[Reader, Outcome]]:
        return [*_answers(busy, self.plan.patience)]

    def _note(self, number: int, outcome: Outcome, tell: Callable[[str], None]) -> None:
        self.read += 1
        self.largest = max(self.largest, outcome.megabytes)
        self.slowest = sorted([*self.slowest, (outcome.seconds, number, outcome.told)], reverse=True)[
            :SLOWEST
        ]
        for trouble in outcome.troubles:
            self.kinds[trouble.kind] += 1
            if trouble.signature not in self.found:
                tell(f"{trouble.signature} (number {number}) {trouble.detail}")
            self.found.setdefault(trouble.signature, []).append((number, trouble))

    def smallest(self, signature: str) -> tuple[int, bytes]:
        """(the number of the message that was made smaller, and what is left of it)."""
        plan, reader = self.plan, self.readers[0]
        tried = sorted({number for number, _ in self.found[signature]})[:20]
        number = min(tried, key=lambda one: len(case(plan.seed, one, plan.largest).raw))
        kind = signature.partition(":")[0]

        def still(raw: bytes) -> bool:
            reader.give(number, raw)
            while True:
                for _, outcome in _answers([reader], plan.patience):
                    return any(
                        one.signature == signature or one.kind == kind in ("slow", "killed")
                        for one in outcome.troubles
                    )

        ends = time.monotonic() + (20 if kind in ("slow", "killed", "fat") else 10)
        return number, smaller(case(plan.seed, number, plan.largest).raw, still, ends)


def _answers(busy: Iterable[Reader], patience: float) -> Iterator[tuple[Reader, Outcome]]:
    """What those that are reading have to say, within a tenth of a second; who took too long is given up."""
    by_pipe = {reader.pipe: reader for reader in busy}
    for pipe in wait(list(by_pipe), timeout=0.1):
        assert isinstance(pipe, Connection)
        outcome = by_pipe[pipe].answer()
        if outcome:
            yield by_pipe[pipe], outcome
    for pipe, reader in by_pipe.items():
        if reader.pipe is pipe and reader.still and time.monotonic() - reader.since > patience:
            yield reader, reader.give_up()


def smaller(raw: bytes, still: Callable[[bytes], bool], ends: float) -> bytes:
    """What is left when everything is taken away that is not needed: halves first, then ever smaller pieces."""
    if not still(raw):
        return raw
    size, trials = max(1, len(raw) // 2), 0
    while size >= 1 and trials < TRIALS and time.monotonic() < ends:
        at, taken = 0, False
        while at < len(raw) and trials < TRIALS and time.monotonic() < ends:
            without = raw[:at] + raw[at + size :]
            trials += 1
            if still(without):
                raw, taken = without, True
            else:
                at += size
        size = size if taken and size < len(raw) else size // 2
    return raw


def report(fuzz: Fuzz, keep: Path, tell: Callable[[str], None]) -> None:
    tell(
        f"\n{fuzz.read:,} messages, {fuzz.largest:.0f} MB at the most; "
        + (", ".join(f"{kind} {count}" for kind, count in sorted(fuzz.kinds.items())) or "no trouble")
    )
    for at, (signature, cases) in enumerate(
        sorted(fuzz.found.items(), key=lambda one: -len(one[1])), start=1
    ):
        number, raw = fuzz.smallest(signature)
        path = keep / f"{at:02}.eml"
        path.write_bytes(raw)
        tell(f"\n{signature}: {len(cases)} messages, as number {number}; {cases[0][1].detail}")
        tell(f"  {path} ({len(raw):,} bytes): {raw[:160]!r}")
    tell("\nslowest:")
    for seconds, number, told in fuzz.slowest:
        tell(f"  {seconds:6.2f} s  number {number}  {told}")


def arguments() -> tuple[Plan, Path]:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz_reader", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="messages (100000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (0)")
    parser.add_argument("--seed", type=int, default=1, help="what all messages are made from (1)")
    parser.add_argument("--seconds-each", type=float, default=1.0, help="processor time of a message (1)")
    parser.add_argument("--memory", type=float, default=200.0, help="MB resident at the peak (200)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--patience", type=float, default=8.0, help="seconds until one is given up (8)")
    parser.add_argument("--largest", type=int, default=WHOLE, help=f"characters of a bomb ({WHOLE})")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop after so many, whatever the count")
    parser.add_argument("--keep", type=Path, help="directory for the reproducers (a new one)")
    given = parser.parse_args()
    limits = Limits(given.seconds_each, given.memory)
    plan = Plan(
        given.count,
        given.first,
        given.seed,
        limits,
        given.jobs,
        max(given.patience, given.seconds_each),
        given.largest,
        given.minutes,
    )
    keep = given.keep or Path(tempfile.mkdtemp(prefix="fuzz-reader-"))
    keep.mkdir(parents=True, exist_ok=True)
    return plan, keep


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    plan, keep = arguments()
    with Fuzz(plan) as fuzz:
        fuzz.run(say)
        report(fuzz, keep, say)
    if fuzz.found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

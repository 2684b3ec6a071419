"""How fast the offer reader is, and how large it grows: one process, one thread, every message of the corpora.

The processor's own time is measured, which is that of one core; a busy machine changes only what the clock says.

`python -m bench.reader_speed ROUNDS` prints its figures as JSON; `bench.reader` runs it and makes the table.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.reader_score import ordinary
from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon

MB = 1024


@dataclass(frozen=True, slots=True)
class Speed:
    """Messages a second of each round; seconds of each message in each round; MB before any, and at the peak."""

    rates: list[float]
    by_the_clock: list[float]
    seconds: list[float]
    before: float
    peak: float

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[98]


def measured(rounds: int) -> Speed:
    """In a process of its own, so that nothing else is counted."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reader_speed", str(rounds)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return Speed(**json.loads(done.stdout))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def main() -> None:
    messages = list(ordinary())
    before = _peak()
    rates: list[float] = []
    by_the_clock: list[float] = []
    seconds: list[float] = []
    for number in range(int(sys.argv[1]) + 1):
        begun = time.perf_counter()
        takes = [_take(raw, words) for raw, words in messages]
        if number:  # The first round only warms up.
            by_the_clock.append(len(messages) / (time.perf_counter() - begun))
            rates.append(len(messages) / sum(takes))
            seconds += takes
    print(json.dumps(asdict(Speed(rates, by_the_clock, seconds, before, _peak()))))


def _take(raw: bytes, words: Lexicon) -> float:
    started = time.process_time()
    read_message(raw, words)
    return time.process_time() - started


if __name__ == "__main__":
    main()

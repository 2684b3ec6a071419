"""What a solve may take: steps of the search, which are the same everywhere, and a clock, which is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

clock: Callable[[], float] = time.perf_counter
"""What a budget reads, at each look; a measurement on a busy machine puts the processor's own in its place."""


def _now() -> float:
    return clock()


@dataclass
class Budget:
    """`effort` in units of the solver's deterministic time (about a second each), `seconds` on the wall.

    The effort decides where a search stops, so that the same world gives the same plan on every machine. The clock is
    the deadline of everything together, rows and first plans included; an answer that it cuts short may differ.
    """

    effort: float
    seconds: float
    started: float = field(default_factory=_now)

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return _now() - self.started

    @property
    def left(self) -> float:
        """Seconds until the deadline; never less than none."""
        return max(0.0, self.seconds - self.spent)

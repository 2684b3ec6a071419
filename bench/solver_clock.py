"""The clock of the solver's benchmark. `BENCH_CLOCK=cpu` counts the processor's seconds.

Everything measured runs in one thread, so on a machine that others use too those are the truer ones. Our own budget then
counts them too; a single search inside it still has its deadline on the wall.
"""

from __future__ import annotations

import os
import time

from solver import budget

CPU = os.environ.get("BENCH_CLOCK") == "cpu"
if CPU:
    budget.clock = time.process_time


def now() -> float:
    return time.process_time() if CPU else time.perf_counter()

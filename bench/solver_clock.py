"""The clock of the solver's benchmark. `BENCH_CLOCK=cpu` counts the processor's seconds.

Everything measured runs in one thread, so on a machine that others use too those are the truer ones.
"""

from __future__ import annotations

import os
import time

CPU = os.environ.get("BENCH_CLOCK") == "cpu"


def now() -> float:
    return time.process_time() if CPU else time.perf_counter()

"""Hypothesis profiles: `ci` is the same on every run, `dev` is quick and `many` is slow, and both look elsewhere each time.

Files that take long, with tests that wait for real processes, are begun first: so no core waits at the end for another.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

SLOW = (HealthCheck.too_slow,)
FIRST = (
    "tests/daemon/e2e/",
    "tests/daemon/year/",
    "tests/daemon/convergence/",
    "tests/solver/",
    "tests/daemon/",
)

settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile(
    "many",
    max_examples=int(os.environ.get("EXAMPLES", "2000")),
    deadline=None,
    suppress_health_check=SLOW,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a group the files keep their order; xdist takes them in this one (`--no-loadscope-reorder`)."""

    def group(item: pytest.Item) -> int:
        return next((at for at, part in enumerate(FIRST) if item.nodeid.startswith(part)), len(FIRST))

    items.sort(key=group)

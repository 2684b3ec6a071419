"""A phone of each kind, and worlds around it; with `--hypothesis-profile=thorough` far more of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.errors import InvalidArgument

from tests.daemon.convergence.phones import KINDS, Phone
from tests.daemon.convergence.world import Worlds, without_threads

try:
    settings.get_profile("thorough")
except InvalidArgument:
    settings.register_profile(
        "thorough", max_examples=10_000, deadline=None, suppress_health_check=(HealthCheck.too_slow,)
    )


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Phone]]:
    """Those that were asked for so far, their servers running."""
    with contextlib.ExitStack() as stack:
        yield _Phones(stack, tmp_path_factory)


class _Phones(dict[str, Phone]):
    def __init__(self, stack: contextlib.ExitStack, root: pytest.TempPathFactory) -> None:
        super().__init__()
        self._stack, self._root = stack, root

    def __missing__(self, kind: str) -> Phone:
        self[kind] = self._stack.enter_context(KINDS[kind](self._root.mktemp("phone")))
        return self[kind]


@pytest.fixture
def worlds(
    request: pytest.FixtureRequest,
    phones: dict[str, Phone],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Worlds]:
    """Worlds with a phone of the kind that the test is given, or else one in memory."""
    without_threads(monkeypatch)
    # Between its repetitions the sign-in's library would really sleep.
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    made = Worlds(phones[getattr(request, "param", "memory")], tmp_path)
    yield made
    made.end()

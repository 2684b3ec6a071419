"""What systemd is told, over a socket like its own."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon import notify
from tests.waiting import LONG


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A service manager that listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "n"))
        sock.settimeout(LONG)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "n"))
        yield sock


def test_lines_arrive_as_one_datagram(manager: socket.socket) -> None:
    """READY, STATUS and WATCHDOG arrive as they were said, a datagram for each telling."""
    assert notify.tell("READY=1", "STATUS=2 of 3 offers held · nothing to review")
    assert notify.tell("WATCHDOG=1")
    assert manager.recv(4096).decode() == "READY=1\nSTATUS=2 of 3 offers held · nothing to review"
    assert manager.recv(4096) == b"WATCHDOG=1"


def test_reloading_carries_the_time(manager: socket.socket) -> None:
    """Reloading is told with the monotonic time in microseconds."""
    before = time.monotonic_ns() // 1000
    assert notify.reloading()
    first, second = manager.recv(4096).decode().split("\n")
    assert first == "RELOADING=1"
    assert before <= int(second.removeprefix("MONOTONIC_USEC=")) <= time.monotonic_ns() // 1000


def test_an_abstract_socket_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that begins with @ is in the kernel's own namespace."""
    name = f"shiftward-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(f"\0{name}")
        sock.settimeout(LONG)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        assert notify.tell("STOPPING=1")
        assert sock.recv(4096) == b"STOPPING=1"


def test_nobody_listening_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a manager, or with one that is gone, nothing is raised."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify.tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not notify.tell("READY=1")


@pytest.mark.parametrize(
    ("given", "pause"), [("30000000", 15.0), ("", None), ("0", None), ("soon", None), ("-5", None)]
)
def test_the_watchdog_is_fed_twice_in_its_time(
    monkeypatch: pytest.MonkeyPatch, given: str, pause: float | None
) -> None:
    """Half of what systemd allows; none without a watchdog."""
    monkeypatch.setenv("WATCHDOG_USEC", given)
    assert notify.watchdog_seconds() == pause


def test_a_manager_that_does_not_read_holds_nobody_up(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its queue is full: what does not go in soon is let go."""
    monkeypatch.setattr(notify, "PATIENCE", 0.05)
    sent = 0
    while notify.tell("WATCHDOG=1") and sent < 100_000:
        sent += 1
    assert 0 < sent < 100_000
    assert manager.recv(100) == b"WATCHDOG=1"
    assert notify.tell("READY=1")

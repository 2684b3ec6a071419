"""What systemd hears: readiness after the first pass, signs of life of the loop itself, the end."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.service import FIRST_WAIT
from tests.daemon.e2e.harness import LAKESIDE, Seen, World


class Systemd:
    """The other end of NOTIFY_SOCKET."""

    def __init__(self, path: Path) -> None:
        self.heard: list[str] = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.setblocking(False)

    def lines(self) -> list[str]:
        """Everything heard so far, one assignment an element."""
        while True:
            try:
                self.heard += self.socket.recv(65536).decode().split("\n")
            except BlockingIOError:
                return list(self.heard)

    def told(self, start: str) -> list[str]:
        return [line for line in self.lines() if line.startswith(start)]

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def systemd(world: World) -> Iterator[Systemd]:
    path = world.root / "n"
    listening = Systemd(path)
    world.extra_env["NOTIFY_SOCKET"] = str(path)
    yield listening
    world.end()
    listening.close()


def test_ready_is_told_after_the_first_pass_only(world: World, systemd: Systemd) -> None:
    """READY=1 waits a few seconds for a calendar that hangs, and no longer; until it answers nothing is held."""
    world.furnish()
    answer = threading.Event()

    def hang(seen: Seen) -> None:
        if seen.calendar == "work":
            answer.wait()

    world.proxy.before = hang
    began = time.monotonic()
    world.start()
    try:
        world.until(lambda: "READY=1" in systemd.lines(), "ready is told")
        assert time.monotonic() - began > FIRST_WAIT, "it did not wait for the calendar that hangs"
        assert world.log("decided"), "ready was told before anything was decided"
        world.rounds(1, ["personal", "shiftward"])
        assert not world.titled("HOLD")
    finally:
        answer.set()
    world.until(world.settled, "the month is published")
    lines = systemd.lines()
    assert any(line.startswith("STATUS=") for line in lines[: lines.index("READY=1")])
    world.rounds(2)
    assert systemd.told("READY") == ["READY=1"]


def test_without_a_source_it_is_ready_at_once(world: World, systemd: Systemd) -> None:
    """Fresh files name no calendar yet: nothing is waited for."""
    (world.config / "service.toml").write_text("", "utf-8")
    world.extra_env["WATCHDOG_USEC"] = "120000000"
    world.start()
    world.until(lambda: "READY=1" in systemd.lines(), "ready is told")


def test_the_watchdog_is_fed_by_the_loop(world: World, systemd: Systemd) -> None:
    """With nothing to do for an hour, signs of life go on."""
    world.poll = 3600
    world.write_service()
    world.extra_env["WATCHDOG_USEC"] = "1000000"
    world.start()
    world.until(lambda: "READY=1" in systemd.lines(), "ready is told")
    world.until(lambda: world.log("published") and world.rests(), "all is done")
    before, since = len(systemd.told("WATCHDOG=1")), world.mark
    world.until(lambda: len(systemd.told("WATCHDOG=1")) >= before + 4, "four more signs of life")
    assert not world.requests(since)


def test_the_status_says_how_it_stands(world: World, systemd: Systemd) -> None:
    """STATUS counts what is held and the sources without contact; it tells no titles, and no name of a source."""
    world.furnish()
    world.start()
    world.until(
        lambda: [one for one in systemd.told("STATUS=") if "3 of 3 offers held" in one], "three are held"
    )
    world.mail("late", LAKESIDE, f"{world.us(21)} 7a-7p LKSD $2,500\n")
    world.until(
        lambda: [one for one in systemd.told("STATUS=") if "4 of 4 offers held" in one], "four are held"
    )
    world.server.stop()
    world.until(
        lambda: "no contact with 3 of 4 sources" in systemd.told("STATUS=")[-1], "the calendars are counted"
    )
    private = ("Lakeside", "Zebulon", "Wombat", "http", "duty", "family", "phone", "post")
    assert not any(word in "\n".join(systemd.lines()) for word in private)


def test_the_end_is_told(world: World, systemd: Systemd) -> None:
    """STOPPING=1 is the last thing said but signs of life, and is said once."""
    world.start()
    world.until(lambda: "READY=1" in systemd.lines(), "ready is told")
    assert "STOPPING=1" not in systemd.lines()
    assert world.stop() == 0
    assert systemd.lines()[-1] == "STOPPING=1"
    assert systemd.told("STOPPING") == ["STOPPING=1"]


@pytest.mark.parametrize("broken", [False, True])
def test_a_reload_is_told_from_beginning_to_end(world: World, systemd: Systemd, *, broken: bool) -> None:
    """SIGHUP gives RELOADING=1 with the monotonic time, then READY=1, with a good policy and with a broken one."""
    world.start()
    world.until(lambda: "READY=1" in systemd.lines(), "ready is told")
    if broken:
        world.write_policy("[clinician]\nnonsense = 1\n")
    else:
        world.send(signal.SIGHUP)
    told = _after(systemd, "RELOADING=1")
    world.until(lambda: "READY=1" in told(), "ready again")
    assert any(line.startswith("MONOTONIC_USEC=") and line[15:].isdigit() for line in told())
    if broken:
        assert any(line.startswith("STATUS=") and "problems" in line for line in told())
    assert world.alive()


def _after(systemd: Systemd, mark: str) -> Callable[[], list[str]]:
    def lines() -> list[str]:
        heard = systemd.lines()
        return heard[heard.index(mark) :] if mark in heard else []

    return lines


def test_a_single_pass_says_nothing_of_readiness(world: World, systemd: Systemd) -> None:
    """`run --once` is no service: it ends without having been ready."""
    assert world.once().returncode == 0
    assert "READY=1" not in systemd.lines()

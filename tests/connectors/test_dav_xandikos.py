"""CalDAV against a second real server: Xandikos, as a process of its own on this machine."""

from __future__ import annotations

import contextlib
import itertools
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from connectors.base import Calendar
from connectors.calendars.dav import DavCalendar
from tests.connectors.calendar_contract import CalendarContract
from tests.waiting import LONG, free_port, until

_numbers = itertools.count()


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, "the calendar server ended at once"
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5):
        return True
    return False


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a user's calendars on a Xandikos that lives as long as the tests."""
    root, port = tmp_path_factory.mktemp("xandikos"), free_port()
    where = ["-d", str(root / "store"), "--state-dir", str(root / "state")]
    how = ["--current-user-principal", "/me/", "--autocreate", "--no-detect-systemd"]
    command = [str(Path(sys.executable).with_name("xandikos")), "serve", *where, *how]
    process = subprocess.Popen(
        [*command, "-l", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _answers(process, port), "the calendar server answers")
        yield f"http://127.0.0.1:{port}/me/calendars"
    finally:
        process.terminate()
        process.wait(timeout=LONG)


@pytest.fixture
def clients() -> Iterator[Callable[[str], DavCalendar]]:
    """Makes clients, and closes them at the end."""
    made: list[DavCalendar] = []

    def make(url: str) -> DavCalendar:
        made.append(DavCalendar(url))
        return made[-1]

    yield make
    for client in made:
        client.close()


class TestDavCalendar(CalendarContract):
    refuses_taken_uid = True

    @pytest.fixture
    def url(self, home: str) -> str:
        return f"{home}/calendar-{next(_numbers)}/"

    @pytest.fixture
    def calendar(self, url: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        made = clients(url)
        assert made.make("Shiftward", "mark")
        return made

    @pytest.fixture
    def other(self, calendar: Calendar, url: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        return clients(url)

    @pytest.fixture
    def missing(self, home: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        return clients(f"{home}/missing-{next(_numbers)}/")

    @pytest.fixture
    def requests(self, calendar: Calendar) -> Callable[[], int] | None:
        assert isinstance(calendar, DavCalendar)
        made: list[object] = []
        calendar._there.wire.client.session.hooks["response"].append(lambda answer, **_: made.append(answer))
        return lambda: len(made)

    def foreign(self, calendar: Calendar, name: str) -> str:
        return calendar.address("x").removesuffix("x.ics") + quote(name)

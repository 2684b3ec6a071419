"""CalDAV against a real server: Radicale, as a process of its own on this machine."""

from __future__ import annotations

import contextlib
import itertools
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from connectors.base import Calendar
from connectors.calendars.dav import DavCalendar
from connectors.errors import RefusedError
from tests.connectors.calendar_contract import CalendarContract, Mirror, text
from tests.waiting import LONG, free_port, until

USER, PASSWORD = "r.example", "open-sesame-of-the-tests"
_numbers = itertools.count()


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, "the calendar server ended at once"
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5):
        return True
    return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a user's home on a Radicale that lives as long as the tests."""
    root, port = tmp_path_factory.mktemp("radicale"), free_port()
    (root / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    (root / "server.conf").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {root / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {root / 'store'}\n"
        "[rights]\ntype = owner_only\n[web]\ntype = none\n[logging]\nlevel = critical\n",
        "utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(root / "server.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _answers(process, port), "the calendar server answers")
        yield f"http://127.0.0.1:{port}/{USER}"
    finally:
        process.terminate()
        process.wait(timeout=LONG)


@pytest.fixture
def clients() -> Iterator[Callable[[str], DavCalendar]]:
    """Makes clients, and closes them at the end."""
    made: list[DavCalendar] = []

    def make(url: str, password: str = PASSWORD) -> DavCalendar:
        made.append(DavCalendar(url, USER, password))
        return made[-1]

    yield make
    for client in made:
        client.close()


class TestDavCalendar(CalendarContract):
    refuses_taken_uid = True
    refuses_names = frozenset({"semi;colon,comma.ics", "what?.ics"})

    @pytest.fixture
    def url(self, server: str) -> str:
        return f"{server}/calendar-{next(_numbers)}/"

    @pytest.fixture
    def calendar(self, url: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        made = clients(url)
        made.make("Shiftward", "mark")
        return made

    @pytest.fixture
    def other(self, calendar: Calendar, url: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        return clients(url)

    @pytest.fixture
    def missing(self, server: str, clients: Callable[[str], DavCalendar]) -> Calendar:
        return clients(f"{server}/missing-{next(_numbers)}/")

    @pytest.fixture
    def requests(self, calendar: Calendar) -> Callable[[], int] | None:
        assert isinstance(calendar, DavCalendar)
        made: list[object] = []
        calendar._there.wire.client.session.hooks["response"].append(lambda answer, **_: made.append(answer))
        return lambda: len(made)

    def foreign(self, calendar: Calendar, name: str) -> str:
        assert isinstance(calendar, DavCalendar)
        return calendar.address("x").removesuffix("x.ics") + quote(name)

    def test_a_url_without_its_slash_is_the_same_calendar(
        self, calendar: Calendar, url: str, clients: Callable[[str], DavCalendar]
    ) -> None:
        """The last slash of an address may be left out."""
        calendar.create(calendar.address("one"), text("one"))
        bare = clients(url.rstrip("/"))
        assert [item.href for item in bare.changes(None, {}).items] == [calendar.address("one")]

    def test_a_first_look_costs_two_requests(
        self, calendar: Calendar, other: Calendar, requests: Callable[[], int]
    ) -> None:
        """A listing and one batch of objects."""
        for name in ("one", "two"):
            other.create(other.address(name), text(name))
        before = requests()
        Mirror(calendar).look()
        assert requests() - before == 2

    def test_a_write_costs_one_request(self, calendar: Calendar, requests: Callable[[], int]) -> None:
        """Creating an object is one PUT, without a question before it or after it."""
        before = requests()
        calendar.create(calendar.address("one"), text("one"))
        assert requests() - before == 1


def test_a_wrong_password_is_refused(server: str) -> None:
    """A login that is not right is refused, and the password is not in the text."""
    calendar = DavCalendar(f"{server}/x/", USER, "wrong-password")
    with pytest.raises(RefusedError) as caught:
        calendar.changes(None, {})
    calendar.close()
    assert "wrong-password" not in str(caught.value)


def test_a_calendar_of_somebody_else_is_refused(server: str, tmp_path: Path) -> None:
    """What belongs to another user is neither read nor taken for empty."""
    calendar = DavCalendar(server.replace(f"/{USER}", "/somebody") + "/x/", USER, PASSWORD)
    with pytest.raises(RefusedError):
        calendar.changes(None, {"/somebody/x/one.ics": "1"})
    calendar.close()


def test_when_it_was_last_modified_tells_every_change(
    server: str, clients: Callable[[str], DavCalendar]
) -> None:
    """Asked in place of the report once the last change is over; it moves with what is made, changed and removed."""
    url = f"{server}/modified-{next(_numbers)}/"
    device, ours = clients(url), clients(url)
    device.make("Shiftward", "mark")
    reports: list[str] = []
    ours._there.wire.client.session.hooks["response"].append(
        lambda answer, **_: reports.append(answer.request.method)
    )
    mirror, href = Mirror(ours), device.address("one")
    acts: list[Callable[[], None]] = [
        lambda: device.create(href, text("one")),
        lambda: device.update(href, text("one", "Evening"), mirror.known[href]),
        lambda: device.delete(href, mirror.known[href]),
    ]
    mirror.look()
    for act in acts:
        time.sleep(4.1)
        mirror.look()
        reports.clear()
        mirror.look()
        assert reports == ["PROPFIND"]
        act()
        mirror.look()
        assert mirror.texts.keys() == device.fetch([href]).keys()
        assert mirror.known == {key: item.etag for key, item in device.fetch([href]).items()}
        assert reports == ["PROPFIND", "PROPFIND", "REPORT"]

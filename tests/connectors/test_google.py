"""Google's calendar against a server that holds every request against Google's own description of its API."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.base import Calendar
from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import SCOPES, GoogleAccount
from tests.connectors.calendar_contract import FOREIGN, CalendarContract
from tests.connectors.google_server import GoogleServer, serving

_numbers = itertools.count()


@pytest.fixture(scope="module")
def running() -> Iterator[GoogleServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: GoogleServer) -> Iterator[GoogleServer]:
    running.reset()
    yield running
    assert running.violations == []
    assert running.mails == []


@pytest.fixture
def account(server: GoogleServer, tmp_path: Path) -> GoogleAccount:
    """Somebody who has signed in."""
    credentials = server.credentials(SCOPES)
    path = tmp_path / "google.json"
    path.write_text(
        json.dumps(
            {
                "client_id": credentials.client_id,
                "refresh_token": credentials.refresh_token,
                "token": credentials.token,
                "expiry": (datetime.now(UTC) + timedelta(hours=1)).isoformat(),
                "scopes": list(SCOPES),
                "signed_in": datetime.now(UTC).isoformat(),
            }
        ),
        "utf-8",
    )
    return GoogleAccount(json.dumps(server.client_secrets()), path)


Make = Callable[..., GoogleCalendar]


@pytest.fixture
def make(server: GoogleServer, account: GoogleAccount, tmp_path: Path) -> Iterator[Make]:
    """Makes clients of the calendar whose id a file remembers, or of the one that is named."""
    made: list[GoogleCalendar] = []

    def client(calendar: str | None = None, remembered: str = "calendar.json") -> GoogleCalendar:
        made.append(GoogleCalendar(account, calendar, tmp_path / remembered, server.url))
        return made[-1]

    yield client
    for one in made:
        one.close()


class TestGoogleCalendar(CalendarContract):
    refuses_names = frozenset(FOREIGN)

    @pytest.fixture
    def calendar(self, make: Make) -> Calendar:
        made = make()
        assert made.make("Shiftward", "mark")
        return made

    @pytest.fixture
    def other(self, calendar: Calendar, make: Make) -> Calendar:
        return make()

    @pytest.fixture
    def missing(self, make: Make) -> Calendar:
        return make(None, f"missing-{next(_numbers)}.json")

    @pytest.fixture
    def requests(self, server: GoogleServer, calendar: Calendar) -> Callable[[], int] | None:
        return lambda: len(server.asked)

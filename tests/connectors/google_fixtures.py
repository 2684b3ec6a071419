"""What the tests of Google's calendar share: a server, somebody who signed in, clients, and errors that tell nothing."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.calendars import google, google_account
from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import SCOPES, GoogleAccount
from connectors.errors import ConnectorError
from tests.connectors.google_server import ROBOT, USER, Asked, GoogleServer, serving
from tests.connectors.google_server_document import Json
from tests.connectors.google_server_oauth import CLIENT, SECRET

Client = Callable[..., GoogleCalendar]
TITLE = "Shiftward"


@pytest.fixture(scope="module")
def running_google() -> Iterator[GoogleServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running_google: GoogleServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    """A fresh Google; whatever the test does, nobody gets a mail and nothing is asked that is not in the document."""
    running_google.reset()
    # Between its repetitions the sign-in's library would really sleep.
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    yield running_google
    assert running_google.violations == []
    assert running_google.mails == []


def signed_in(server: GoogleServer, path: Path, scopes: Collection[str] = SCOPES, **more: Any) -> Json:
    """Writes what a sign-in leaves behind, with fields replaced; and says what that was."""
    credentials = server.credentials(scopes)
    kept = {
        "client_id": credentials.client_id,
        "refresh_token": credentials.refresh_token,
        "token": credentials.token,
        "expiry": (datetime.now(UTC) + timedelta(hours=1)).isoformat(),
        "scopes": list(scopes),
        "signed_in": datetime.now(UTC).isoformat(),
        **more,
    }
    google_account.replace_file(path, kept)
    return kept


@pytest.fixture
def account(server: GoogleServer, tmp_path: Path) -> GoogleAccount:
    """Somebody who has signed in."""
    signed_in(server, tmp_path / "google.json")
    return GoogleAccount(json.dumps(server.client_secrets()), tmp_path / "google.json")


@pytest.fixture
def robot(server: GoogleServer, tmp_path: Path) -> GoogleAccount:
    """A service account."""
    return GoogleAccount(json.dumps(server.service_account()), tmp_path / "robot.json")


@pytest.fixture
def connect(server: GoogleServer, account: GoogleAccount, tmp_path: Path) -> Iterator[Client]:
    """Makes clients of a named calendar, or of the one that a file remembers; at the end they are closed."""
    made: list[GoogleCalendar] = []

    def client(
        calendar: str | None = None, remembered: str = "calendar.json", of: GoogleAccount = account
    ) -> GoogleCalendar:
        made.append(GoogleCalendar(of, calendar, tmp_path / remembered, server.url))
        return made[-1]

    yield client
    for one in made:
        one.close()


def secrets(server: GoogleServer) -> set[str]:
    """What no error may tell: calendars, addresses, tokens, the client's secret, and where Google is."""
    oauth = server.oauth
    return {*server.store.books, *oauth.accesses, *oauth.refreshes, USER, ROBOT, CLIENT, SECRET, server.root}


def assert_discreet(error: BaseException, server: GoogleServer) -> None:
    told = f"{error} {error!r} {error.args!r}"
    assert str(error)
    assert "http" not in told
    assert "@" not in told
    shown = "".join(traceback.format_exception(error))
    assert not [secret for secret in secrets(server) if secret in told or secret in shown]


def raised(server: GoogleServer, act: Callable[[], object]) -> ConnectorError:
    """The error, which must be ours and tell no secret."""
    with pytest.raises(ConnectorError) as caught:
        act()
    assert_discreet(caught.value, server)
    return caught.value


def of_the_calendar(asked: Asked) -> bool:
    """Matches every request but those of the sign-in."""
    return asked.method.startswith("calendar.")


def quick(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.2) -> None:
    """Clients that connect from now on give up soon."""
    monkeypatch.setattr(google, "TIMEOUT", seconds)

"""Signing in to Google once: by loopback in a browser, kept in one file, explained when it ends."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import SCOPES, GoogleAccount
from connectors.errors import RefusedError
from tests.connectors.google_server import GoogleServer, serving
from tests.waiting import LONG, until


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with serving() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def account(server: GoogleServer, tmp_path: Path) -> GoogleAccount:
    return GoogleAccount(json.dumps(server.client_secrets()), tmp_path / "state" / "google.json")


def sign_in(
    server: GoogleServer,
    account: GoogleAccount,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the command does it; the consent is given as soon as the address is shown."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    shown: list[str] = []

    def consent() -> None:
        def address() -> str:
            shown.append(capsys.readouterr().out)
            found = re.search(r"http\S+", "".join(shown))
            return found[0] if found else ""

        server.consent(until(address, "the address is shown"))

    browser = threading.Thread(target=consent, daemon=True)
    browser.start()
    try:
        account.sign_in("open {url}", 0, browser=False)
    finally:
        browser.join(LONG)


def kept(tmp_path: Path) -> Path:
    return tmp_path / "state" / "google.json"


def test_signed_in_once_is_enough(
    server: GoogleServer,
    account: GoogleAccount,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The consent asks for the two least scopes; what comes of it is for nobody else to read, and opens the calendar."""
    sign_in(server, account, capsys, monkeypatch)
    assert [set(asked) for asked in server.oauth.asked_scopes] == [set(SCOPES)]
    assert kept(tmp_path).stat().st_mode & 0o777 == 0o600
    text = kept(tmp_path).read_text("utf-8")
    assert server.client_secrets()["installed"]["client_secret"] not in text
    calendar = GoogleCalendar(account, "primary", tmp_path / "none.json", server.url)
    assert calendar.changes(None, {}).listed == 0
    calendar.close()


def test_a_renewed_token_is_kept(
    server: GoogleServer,
    account: GoogleAccount,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When Google no longer takes the token it is renewed, and the new one written down beside the day of the sign-in."""
    sign_in(server, account, capsys, monkeypatch)
    before = json.loads(kept(tmp_path).read_text("utf-8"))
    server.expire_access_tokens()
    calendar = GoogleCalendar(account, "primary", tmp_path / "none.json", server.url)
    calendar.changes(None, {})
    calendar.close()
    after = json.loads(kept(tmp_path).read_text("utf-8"))
    assert after["token"] != before["token"]
    assert (after["signed_in"], after["refresh_token"]) == (before["signed_in"], before["refresh_token"])


def test_a_withheld_scope_is_no_sign_in(
    server: GoogleServer,
    account: GoogleAccount,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A box left unticked is told, and nothing is kept."""
    server.oauth.withheld = frozenset({SCOPES[1]})
    with pytest.raises(RefusedError, match="tick both boxes"):
        sign_in(server, account, capsys, monkeypatch)
    assert not kept(tmp_path).exists()


def test_a_refused_consent_is_no_sign_in(
    server: GoogleServer,
    account: GoogleAccount,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who says no there is signed in nowhere."""
    server.oauth.refused = True
    with pytest.raises(RefusedError, match="did not come about"):
        sign_in(server, account, capsys, monkeypatch)
    assert not kept(tmp_path).exists()


@pytest.mark.parametrize(
    ("days", "words"), [(7, "in testing"), (8, "in testing"), (2, "access was removed"), (200, "idle")]
)
def test_the_end_of_a_sign_in_is_explained(
    server: GoogleServer,
    account: GoogleAccount,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    words: str,
) -> None:
    """After seven days it is the consent screen in testing; else one of the other causes. The command to run is in it."""
    sign_in(server, account, capsys, monkeypatch)
    told = json.loads(kept(tmp_path).read_text("utf-8"))
    told["signed_in"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    kept(tmp_path).write_text(json.dumps(told), "utf-8")
    server.revoke_grants()
    calendar = GoogleCalendar(account, "primary", tmp_path / "none.json", server.url)
    with pytest.raises(RefusedError, match=words) as caught:
        calendar.changes(None, {})
    calendar.close()
    assert "shiftward login google" in str(caught.value)


def test_a_service_account_needs_no_sign_in(server: GoogleServer, tmp_path: Path) -> None:
    """It reads what was shared with it, and does not sign in."""
    robot = GoogleAccount(json.dumps(server.service_account()), tmp_path / "robot.json")
    assert robot.is_service
    with pytest.raises(RefusedError, match="does not sign in"):
        robot.sign_in("{url}", 0, browser=False)


@pytest.mark.parametrize(
    "secret", ["", "no JSON", "[]", "{}", '{"installed": 5}', '{"web": {"client_id": "x"}}']
)
def test_what_is_no_secret_of_google_is_told(tmp_path: Path, secret: str) -> None:
    """What was not downloaded from Google's console is refused at once, without repeating it."""
    with pytest.raises(RefusedError, match="JSON"):
        GoogleAccount(secret, tmp_path / "x.json")

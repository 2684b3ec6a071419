"""Signing in to Google and staying signed in: consent by loopback, the file that keeps it, and what ends it."""

from __future__ import annotations

import io
import json
import queue
import socket
import stat
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import SCOPES, SHARED_SCOPES, SIGN_IN, GoogleAccount
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError
from tests.connectors import google_fixtures, google_server
from tests.connectors.calendar_contract import text
from tests.connectors.google_fixtures import TITLE, Client, raised, signed_in
from tests.connectors.google_server import OTHER_CLIENT, ROBOT, Answer, GoogleServer
from tests.connectors.google_server_document import Json
from tests.connectors.google_server_oauth import CLIENT, SECRET
from tests.waiting import LONG

running_google, server = google_fixtures.running_google, google_fixtures.server
account, robot, connect = google_fixtures.account, google_fixtures.robot, google_fixtures.connect

PROMPT = "Open this page: {url}"
Browser = Callable[[str], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "google.json"


@pytest.fixture
def fresh(server: GoogleServer, path: Path, monkeypatch: pytest.MonkeyPatch) -> GoogleAccount:
    """A client that nobody has signed in with; Google is on this machine and without TLS."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    # The product sets it; afterwards it is gone again.
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "")
    monkeypatch.delenv("OAUTHLIB_RELAX_TOKEN_SCOPE")
    return GoogleAccount(json.dumps(server.client_secrets()), path)


class Prompt(str):
    """A prompt that hands the page's address on, as a person would read it."""

    __slots__ = ("shown",)

    def __new__(cls) -> Self:
        made = super().__new__(cls, PROMPT)
        made.shown = queue.Queue()
        return made

    shown: queue.Queue[str]

    def format(self, *told: object, **more: object) -> str:
        self.shown.put(str(more["url"]))
        return super().format(*told, **more)


@contextmanager
def somebody(does: Browser) -> Iterator[Prompt]:
    """A person who does this with the page, in a thread, as soon as its address is shown."""
    prompt = Prompt()
    thread = threading.Thread(target=lambda: does(prompt.shown.get(timeout=LONG)), daemon=True)
    thread.start()
    try:
        yield prompt
    finally:
        thread.join(LONG)


def sign_in(account: GoogleAccount, does: Browser) -> None:
    with somebody(does) as prompt:
        account.sign_in(prompt, 0, browser=False)


def seeing(server: GoogleServer, pages: list[str]) -> Browser:
    """Notes the address of the page, and consents."""

    def consent(url: str) -> None:
        pages.append(url)
        server.consent(url)

    return consent


def visit(url: str) -> str:
    """What the page at the end says."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=LONG) as answer:
        return str(answer.read().decode())


def kept(path: Path) -> Json:
    return dict(json.loads(path.read_text("utf-8")))


def on_primary(account: GoogleAccount, server: GoogleServer, tmp_path: Path) -> Iterator[GoogleCalendar]:
    calendar = GoogleCalendar(account, "primary", tmp_path / "unused.json", server.url)
    yield calendar
    calendar.close()


@pytest.fixture
def primary(connect: Client) -> GoogleCalendar:
    """The clinician's own calendar, read with the sign-in of the file."""
    return connect("primary")


def edited(change: Callable[[Json], object]) -> Callable[[Answer], Answer]:
    """The real answer with its body changed."""

    def edit(real: Answer) -> Answer:
        body = json.loads(real.body)
        change(body)
        return replace(real, body=json.dumps(body).encode())

    return edit


# -- the sign-in ------------------------------------------------------------------------------------------------


def test_a_clinician_signs_in(server: GoogleServer, fresh: GoogleAccount, path: Path, tmp_path: Path) -> None:
    """Consent in a browser leads to a sign-in that lasts, and with it the calendar is read."""
    before = datetime.now(UTC)
    sign_in(fresh, server.consent)
    found = kept(path)
    assert found.keys() == {"client_id", "refresh_token", "token", "expiry", "scopes", "signed_in"}
    assert (found["client_id"], sorted(found["scopes"])) == (CLIENT, sorted(SCOPES))
    assert before <= datetime.fromisoformat(found["signed_in"]) <= datetime.now(UTC)
    assert datetime.fromisoformat(found["expiry"]) > before + timedelta(minutes=50)
    for calendar in on_primary(fresh, server, tmp_path):
        assert calendar.changes(None, {}).listed == 0


def test_the_page_is_asked_for_as_it_should_be(server: GoogleServer, fresh: GoogleAccount) -> None:
    """The least of scopes, a lasting sign-in, PKCE, a state, and a way back to this machine only."""
    pages: list[str] = []
    sign_in(fresh, seeing(server, pages))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(pages[0]).query).items()}
    assert set(asked["scope"].split()) == set(SCOPES)
    assert (asked["access_type"], asked["prompt"]) == ("offline", "consent")
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len(asked["state"]) >= 16
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert SECRET not in pages[0]
    (exchange,) = server.requests("oauth.token")
    told = parse_qs(exchange.body.decode())
    assert len(told["code_verifier"][0]) >= 43
    assert told["code_verifier"][0] not in pages[0]


def test_two_sign_ins_share_no_secret(server: GoogleServer, fresh: GoogleAccount) -> None:
    """State and challenge are new each time."""
    pages: list[str] = []
    for _ in range(2):
        sign_in(fresh, seeing(server, pages))
    one, two = (parse_qs(urlsplit(page).query) for page in pages)
    assert one["state"] != two["state"]
    assert one["code_challenge"] != two["code_challenge"]


def test_the_prompt_is_printed_with_the_address(
    server: GoogleServer, fresh: GoogleAccount, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who sits at another machine's terminal reads where to go; nothing else is printed."""
    sign_in(fresh, server.consent)
    printed = capsys.readouterr()
    assert printed.out.startswith(f"Open this page: {server.root}/o/oauth2/auth?")
    assert (printed.out.count("\n"), printed.err) == (1, "")


@pytest.mark.parametrize("browser", [True, False])
def test_a_browser_is_opened_where_one_is_wanted(
    server: GoogleServer, fresh: GoogleAccount, monkeypatch: pytest.MonkeyPatch, browser: bool
) -> None:
    """On a machine without a screen nothing is opened."""
    opened: list[str] = []

    class Controller:
        def open(self, url: str, **_: object) -> bool:
            opened.append(url)
            return True

    monkeypatch.setattr("webbrowser.get", lambda _=None: Controller())
    with somebody(server.consent) as prompt:
        fresh.sign_in(prompt, 0, browser=browser)
    assert len(opened) == browser


def test_a_port_can_be_chosen(server: GoogleServer, fresh: GoogleAccount) -> None:
    """A tunnel to another machine needs a port that is known before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pages: list[str] = []
    with somebody(seeing(server, pages)) as prompt:
        fresh.sign_in(prompt, port, browser=False)
    assert f"127.0.0.1%3A{port}" in pages[0]


def changed(place: str, **fields: str | None) -> str:
    """An address of the way back with other fields."""
    parts = urlsplit(place)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | fields
    return parts._replace(query=urlencode({name: value for name, value in query.items() if value})).geturl()


def refusing(server: GoogleServer) -> Browser:
    def refuse(url: str) -> None:
        server.oauth.refused = True
        server.consent(url)

    return refuse


def coming_back(server: GoogleServer, **fields: str | None) -> Browser:
    return lambda url: visit(changed(server.consent(url, follow=False), **fields))


FAILURES: dict[str, Callable[[GoogleServer], Browser]] = {
    "consent was refused": refusing,
    "another state": lambda server: coming_back(server, state="made-up"),
    "no state": lambda server: coming_back(server, state=None),
    "another code": lambda server: coming_back(server, code="4/0made-up"),
    "no code": lambda server: coming_back(server, code=None),
    "an error instead": lambda server: coming_back(server, code=None, error="server_error"),
    "somebody else's visit": lambda server: (
        lambda url: visit(parse_qs(urlsplit(url).query)["redirect_uri"][0] + "favicon.ico")
    ),
}


def assert_not_signed_in(server: GoogleServer, fresh: GoogleAccount, path: Path, does: Browser) -> str:
    """Fails with words, leaves no file behind, and leaves one of before as it is."""
    raised(server, lambda: sign_in(fresh, does))
    assert list(path.parent.iterdir()) == []
    signed_in(server, path)
    before = path.read_bytes()
    failed = raised(server, lambda: sign_in(fresh, does))
    assert type(failed) is RefusedError
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    return str(failed)


@pytest.mark.parametrize("does", FAILURES.values(), ids=FAILURES.keys())
def test_what_is_no_consent_signs_nobody_in(
    server: GoogleServer, fresh: GoogleAccount, path: Path, does: Callable[[GoogleServer], Browser]
) -> None:
    """Only the answer to our own question counts; an earlier sign-in stays."""
    assert "try again" in assert_not_signed_in(server, fresh, path, does(server))


@pytest.mark.parametrize("scope", SCOPES)
def test_a_box_that_was_left_unticked(
    server: GoogleServer, fresh: GoogleAccount, path: Path, scope: str
) -> None:
    """Less than everything is not enough, and is said in words."""
    server.oauth.withheld = frozenset({scope})
    assert "tick both boxes" in assert_not_signed_in(server, fresh, path, server.consent)


def test_a_sign_in_that_would_not_last(server: GoogleServer, fresh: GoogleAccount, path: Path) -> None:
    """Without a refresh token it would end within the hour."""
    server.fault(edited(lambda body: body.pop("refresh_token")), "oauth.token", times=2)
    assert "no lasting sign-in" in assert_not_signed_in(server, fresh, path, server.consent)


@pytest.mark.parametrize(
    "answer",
    [
        google_server.BACKEND,
        google_server.UNAVAILABLE,
        google_server.PAGE,
        google_server.DROPPED,
        google_server.told(400, {"error": "invalid_grant", "error_description": "Bad Request"}),
        google_server.told(401, {"error": "invalid_client"}),
        google_server.told(200, {"token_type": "Bearer"}),
    ],
)
def test_a_code_that_is_not_taken(
    server: GoogleServer, fresh: GoogleAccount, path: Path, answer: Answer
) -> None:
    """Where the exchange fails nobody is signed in."""
    server.fault(answer, "oauth.token", times=9)
    assert_not_signed_in(server, fresh, path, server.consent)


@pytest.mark.parametrize("does", ["consents", "refuses"])
def test_the_page_at_the_end_says_what_is_so(server: GoogleServer, fresh: GoogleAccount, does: str) -> None:
    """Who refused is not told that it worked."""
    pages: list[str] = []
    server.oauth.refused = does == "refuses"
    try:
        sign_in(fresh, lambda url: pages.append(visit(server.consent(url, follow=False))))
    except RefusedError:
        assert "Shiftward is signed in" not in pages[0]
    assert "You may close this page" in pages[0]


def test_a_port_that_is_taken_is_told(server: GoogleServer, fresh: GoogleAccount) -> None:
    """The same port is not used twice."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert type(raised(server, lambda: fresh.sign_in(PROMPT, port, browser=False))) is RefusedError


@pytest.mark.parametrize(
    "wrong", [TimeoutError("4/0code"), ValueError("http://127.0.0.1/?code=4"), OSError(5, "x")]
)
def test_whatever_the_library_raises_is_told_without_its_words(
    server: GoogleServer, fresh: GoogleAccount, monkeypatch: pytest.MonkeyPatch, wrong: Exception
) -> None:
    """Its texts quote addresses and codes."""

    def fail(*_: object, **__: object) -> None:
        raise wrong

    monkeypatch.setattr("google_auth_oauthlib.flow.InstalledAppFlow.run_local_server", fail)
    failed = raised(server, lambda: fresh.sign_in(PROMPT, 0, browser=False))
    assert type(failed) is RefusedError
    assert "4/0" not in str(failed)


def test_signing_in_again_takes_the_place_of_the_old(
    server: GoogleServer, fresh: GoogleAccount, path: Path
) -> None:
    """There is one sign-in, the last."""
    old = signed_in(server, path, signed_in="2020-01-01T00:00:00+00:00")
    sign_in(fresh, server.consent)
    new = kept(path)
    assert new["refresh_token"] != old["refresh_token"]
    assert new["signed_in"] > "2026"


# -- the file ---------------------------------------------------------------------------------------------------


def test_the_file_is_for_nobody_else(server: GoogleServer, fresh: GoogleAccount, path: Path) -> None:
    """Mode 0600 after the sign-in and after each renewal, whatever mode it had; and no secret of the client in it."""
    sign_in(fresh, server.consent)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRET not in path.read_text("utf-8")
    path.chmod(0o644)
    credentials: Any = fresh.credentials()
    credentials.token = "ya29.renewed"
    fresh.keep(credentials)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRET not in path.read_text("utf-8")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_folder_is_made_for_nobody_else(
    server: GoogleServer, fresh: GoogleAccount, tmp_path: Path
) -> None:
    """State may not exist yet."""
    path = tmp_path / "state" / "deep" / "google.json"
    account = GoogleAccount(json.dumps(server.client_secrets()), path)
    sign_in(account, server.consent)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert kept(path)["client_id"] == CLIENT


@pytest.mark.parametrize("step", ["os.replace", "os.fsync"])
def test_a_write_that_fails_leaves_the_old(
    server: GoogleServer, account: GoogleAccount, path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The file is there as a whole, old or new, and nothing half beside it."""
    before = path.read_bytes()
    credentials: Any = account.credentials()
    credentials.token = "ya29.renewed"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(OSError, match="No space"):
            account.keep(credentials)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    account.keep(credentials)
    assert kept(path)["token"] == "ya29.renewed"


def test_a_sign_in_that_cannot_be_written_down_is_told(
    server: GoogleServer, fresh: GoogleAccount, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no reason to crash, and leaves the earlier sign-in."""
    signed_in(server, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fail)
        raised(server, lambda: sign_in(fresh, server.consent))
    assert path.read_bytes() == before


DAMAGED = {
    "nothing": b"",
    "a part": b'{"client_id": "1234567890',
    "other bytes": b"\xff\xfe\x00",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"x"',
    "no client": b'{"refresh_token": "x", "token": "y"}',
}
FIELDS: dict[str, Json] = {
    "no refresh token": {"refresh_token": None},
    "an expiry in words": {"expiry": "soon"},
    "an expiry that is a number": {"expiry": 5},
    "a date for an expiry": {"expiry": "2027-01-01"},
    "scopes that are none": {"scopes": 5},
    "a token that is a number": {"token": 5},
    "a refresh token that is a list": {"refresh_token": []},
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_no_sign_in(
    server: GoogleServer, primary: GoogleCalendar, path: Path, content: bytes
) -> None:
    """What cannot be read is told with what to do; nothing is asked of Google."""
    path.write_bytes(content)
    failed = raised(server, lambda: primary.changes(None, {}))
    assert type(failed) is RefusedError
    assert SIGN_IN in str(failed)
    assert server.requests() == []


@pytest.mark.parametrize("name", ["client_id", "refresh_token", "token", "expiry", "scopes", "signed_in"])
def test_a_field_may_be_missing(server: GoogleServer, primary: GoogleCalendar, path: Path, name: str) -> None:
    """What can be had again is had again; without the rest nobody is signed in."""
    content = kept(path)
    del content[name]
    path.write_text(json.dumps(content), "utf-8")
    if name in ("client_id", "refresh_token"):
        failed = raised(server, lambda: primary.changes(None, {}))
        assert type(failed) is RefusedError
        assert SIGN_IN in str(failed)
    else:
        assert primary.changes(None, {}).listed == 0


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS.keys())
def test_a_field_may_be_odd(server: GoogleServer, primary: GoogleCalendar, path: Path, fields: Json) -> None:
    """A file that somebody edited works, or is told as damaged; it is no reason for an error of another kind."""
    path.write_text(json.dumps(kept(path) | fields), "utf-8")
    with suppress(RefusedError):
        assert primary.changes(None, {}).listed == 0


def test_a_folder_in_place_of_the_file(server: GoogleServer, primary: GoogleCalendar, path: Path) -> None:
    """What is no file is no sign-in."""
    path.unlink()
    path.mkdir()
    assert type(raised(server, lambda: primary.changes(None, {}))) is RefusedError


def test_nobody_has_signed_in_yet(server: GoogleServer, primary: GoogleCalendar, path: Path) -> None:
    """Without a file the clinician is told what to do; once it is there the same client works."""
    path.unlink()
    failed = raised(server, lambda: primary.changes(None, {}))
    assert (type(failed), SIGN_IN in str(failed)) == (RefusedError, True)
    signed_in(server, path)
    assert primary.changes(None, {}).listed == 0


def test_a_sign_in_belongs_to_its_client(server: GoogleServer, primary: GoogleCalendar, path: Path) -> None:
    """After the client was replaced in the configuration the old sign-in does not count."""
    signed_in(server, path, client_id=OTHER_CLIENT)
    failed = raised(server, lambda: primary.changes(None, {}))
    assert (type(failed), SIGN_IN in str(failed)) == (RefusedError, True)
    assert server.requests() == []


# -- renewal ----------------------------------------------------------------------------------------------------


def methods(server: GoogleServer) -> list[str]:
    return [asked.method.rpartition(".")[2] for asked in server.requests()]


@pytest.mark.parametrize(
    ("ahead", "zone", "renewed"),
    [
        (timedelta(minutes=30), UTC, False),
        (timedelta(minutes=30), timezone(timedelta(hours=9)), False),
        (timedelta(minutes=-1), UTC, True),
        (timedelta(minutes=-1), timezone(timedelta(hours=9)), True),
        (timedelta(minutes=-1), timezone(timedelta(hours=-9)), True),
        (timedelta(days=-30), UTC, True),
    ],
)
def test_a_token_is_renewed_when_it_ended(
    server: GoogleServer,
    primary: GoogleCalendar,
    path: Path,
    ahead: timedelta,
    zone: timezone,
    renewed: bool,
) -> None:
    """Before a request and not by its failure; a token that is good is used as it is."""
    expiry = (datetime.now(UTC) + ahead).astimezone(zone).isoformat()
    before = signed_in(server, path, expiry=expiry)
    primary.changes(None, {})
    assert methods(server) == (["token", "list"] if renewed else ["list"])
    assert (kept(path)["token"] != before["token"]) is renewed


def test_a_renewed_token_is_kept(server: GoogleServer, connect: Client, path: Path) -> None:
    """Token and expiry are written down, the time of the sign-in stays; after a restart nothing is renewed again."""
    before = signed_in(
        server, path, signed_in="2026-11-01T08:00:00+00:00", expiry="2026-11-01T09:00:00+00:00"
    )
    primary = connect("primary")
    primary.changes(None, {})
    after = kept(path)
    assert after["token"] != before["token"]
    assert datetime.fromisoformat(after["expiry"]) > datetime.now(UTC) + timedelta(minutes=50)
    for name in ("client_id", "refresh_token", "signed_in"):
        assert after[name] == before[name]
    assert sorted(after["scopes"]) == sorted(before["scopes"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = GoogleAccount(json.dumps(server.client_secrets()), path)
    connect("primary", of=again).changes(None, {})
    assert methods(server) == ["token", "list", "list"]


def test_a_new_refresh_token_is_kept(server: GoogleServer, primary: GoogleCalendar, path: Path) -> None:
    """Google may hand out another one at a renewal."""
    other = str(server.credentials(SCOPES).refresh_token)
    server.expire_access_tokens()
    server.fault(edited(lambda body: body.update({"refresh_token": other})), "oauth.token")
    primary.changes(None, {})
    assert kept(path)["refresh_token"] == other


def test_nothing_is_written_when_nothing_was_renewed(
    server: GoogleServer, primary: GoogleCalendar, path: Path
) -> None:
    """A look each minute is no write each minute."""
    before = path.stat().st_ino
    for _ in range(3):
        primary.changes(None, {})
    assert path.stat().st_ino == before


@pytest.mark.parametrize("shared", [True, False], ids=["one account", "an account each"])
def test_two_calendars_do_not_undo_each_others_renewals(
    server: GoogleServer, connect: Client, account: GoogleAccount, path: Path, shared: bool
) -> None:
    """What one renewed is not overwritten by what the other still holds, and not written again and again."""
    other = account if shared else GoogleAccount(json.dumps(server.client_secrets()), path)
    one, two = connect("primary"), connect("primary", of=other)
    for calendar in (one, two):
        calendar.changes(None, {})
    held: Any = one._credentials
    held.expiry = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1)
    one.changes(None, {})
    renewed = path.read_bytes()
    for calendar in (two, one, two):
        calendar.changes(None, {})
    assert path.read_bytes() == renewed


def test_a_new_sign_in_is_not_undone_by_who_holds_the_old(
    server: GoogleServer, primary: GoogleCalendar, fresh: GoogleAccount, path: Path
) -> None:
    """The daemon runs on while the clinician signs in anew; what it renews later does not bring the old one back."""
    primary.changes(None, {})
    sign_in(fresh, server.consent)
    new = kept(path)
    server.expire_access_tokens()
    primary.changes(None, {})
    assert kept(path)["refresh_token"] == new["refresh_token"]
    assert kept(path)["signed_in"] == new["signed_in"]


def test_a_new_sign_in_is_used_when_the_old_one_ends(
    server: GoogleServer, primary: GoogleCalendar, fresh: GoogleAccount, path: Path
) -> None:
    """No restart is needed after a sign-in."""
    primary.changes(None, {})
    server.revoke_grants()
    assert type(raised(server, lambda: primary.changes(None, {}))) is RefusedError
    sign_in(fresh, server.consent)
    assert primary.changes(None, {}).listed == 0


def test_a_file_that_is_damaged_while_it_runs_undoes_no_write(
    server: GoogleServer, connect: Client, path: Path
) -> None:
    """What was written to the calendar was written, whatever becomes of the file."""
    calendar = connect()
    assert calendar.make(TITLE, "mark")
    path.write_text("{", "utf-8")
    server.expire_access_tokens()
    calendar.create(calendar.address("one"), text("one"))
    assert len(server.events(server.calendars()[0])) == 1


# -- the end of a sign-in ---------------------------------------------------------------------------------------


def ended(server: GoogleServer, primary: GoogleCalendar, path: Path, signed: object) -> str:
    """What the clinician is told when the grant is gone, so long after the sign-in."""
    path.write_text(json.dumps(kept(path) | {"signed_in": signed}), "utf-8")
    server.revoke_grants()
    failed = raised(server, lambda: primary.changes(None, {}))
    assert type(failed) is RefusedError
    assert SIGN_IN in str(failed)
    return str(failed)


@pytest.mark.parametrize(
    ("days", "testing"),
    [(0, False), (1, False), (6.4, False), (6.6, True), (7, True), (8.9, True), (9.1, False), (200, False)],
)
def test_a_grant_that_ended_is_told_with_its_reason(
    server: GoogleServer, primary: GoogleCalendar, path: Path, days: float, testing: bool
) -> None:
    """About a week after the sign-in it is the consent screen in testing; else it may be several things."""
    found = ended(server, primary, path, (datetime.now(UTC) - timedelta(days=days)).isoformat())
    assert ("In production" in found) is testing
    assert ("7 days" in found) is testing
    assert ("access was removed" in found) is not testing


@pytest.mark.parametrize("signed", [None, "", "last week", 5, "2026-11-01T08:00:00", []])
def test_a_grant_that_ended_at_an_unknown_age(
    server: GoogleServer, primary: GoogleCalendar, path: Path, signed: object
) -> None:
    """Where the time of the sign-in is not known, the reason is told in general."""
    assert "access was removed" in ended(server, primary, path, signed)


def test_a_grant_that_ended_costs_no_more_than_a_question(
    server: GoogleServer, primary: GoogleCalendar, path: Path
) -> None:
    """The file stays, the token endpoint is asked once a look, and what is known is not taken for gone."""
    before = kept(path)
    server.revoke_grants()
    for _ in range(2):
        raised(server, lambda: primary.changes(None, {"x": "1"}))
    assert methods(server) == ["list", "token"] * 2
    assert kept(path) == before


@pytest.mark.parametrize("code", ["invalid_client", "deleted_client", "unauthorized_client"])
def test_a_client_that_google_no_longer_takes(
    server: GoogleServer, primary: GoogleCalendar, code: str
) -> None:
    """It is refused, and not for the reasons of a grant."""
    server.expire_access_tokens()
    server.fault(google_server.told(401, {"error": code, "error_description": "x"}), "oauth.token", times=9)
    failed = raised(server, lambda: primary.changes(None, {}))
    assert type(failed) is RefusedError
    assert "password" not in str(failed)


def test_a_wrong_secret_is_refused(server: GoogleServer, connect: Client, path: Path) -> None:
    """The secret in the configuration must be that of the client."""
    secrets = server.client_secrets()
    secrets["installed"]["client_secret"] = "GOCSPX-another"
    server.expire_access_tokens()
    wrong = GoogleAccount(json.dumps(secrets), path)
    failed = raised(server, lambda: connect("primary", of=wrong).changes(None, {}))
    assert type(failed) is RefusedError
    assert "GOCSPX" not in f"{failed!r}"


# -- service accounts -------------------------------------------------------------------------------------------


def test_a_service_account_works_without_a_sign_in(
    server: GoogleServer, connect: Client, robot: GoogleAccount, tmp_path: Path
) -> None:
    """It reads and writes what was shared with it, renews its token by itself, and keeps no file."""
    shared = server.user_make_calendar(TITLE)
    server.share(shared, "writer", ROBOT, listed=False)
    calendar = connect(shared, of=robot)
    calendar.create(calendar.address("one"), text("one"))
    server.expire_access_tokens()
    assert calendar.changes(None, {}).listed == 1
    assert {one.name for one in tmp_path.iterdir()} == {"google.json"}
    assert {scope for grant, _ in server.oauth.accesses.values() for scope in grant.scopes} == set(
        SHARED_SCOPES
    )
    assert (robot.is_service, server.mails) == (True, [])


def test_a_service_account_does_not_sign_in(server: GoogleServer, robot: GoogleAccount) -> None:
    """It is told what to do instead."""
    failed = raised(server, lambda: robot.sign_in(PROMPT, 0, browser=False))
    assert type(failed) is RefusedError
    assert "does not sign in" in str(failed)
    assert server.requests() == []


def test_a_key_that_google_no_longer_takes(
    server: GoogleServer, connect: Client, robot: GoogleAccount
) -> None:
    """A deleted key is told as such, and not as a sign-in that ended."""
    answer = google_server.told(
        400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    )
    server.fault(answer, "oauth.token", times=9)
    failed = raised(server, lambda: connect("x", of=robot).changes(None, {}))
    assert type(failed) is RefusedError
    assert "make a new one" in str(failed)
    assert SIGN_IN not in str(failed)


def test_a_sign_in_server_that_fails_is_no_damaged_key(
    server: GoogleServer, connect: Client, robot: GoogleAccount
) -> None:
    """A service account meets the same troubles, and keeps its key."""
    shared = server.user_make_calendar(TITLE)
    server.share(shared, "writer", ROBOT, listed=False)
    calendar = connect(shared, of=robot)
    for answer in (
        google_server.BACKEND,
        google_server.UNAVAILABLE,
        google_server.PAGE,
        google_server.DROPPED,
    ):
        server.fault(answer, "oauth.token", times=9)
        assert type(raised(server, lambda: calendar.changes(None, {}))) is UnreachableError
        server.faults.clear()
    assert calendar.changes(None, {}).listed == 0


# -- secrets ----------------------------------------------------------------------------------------------------

JUNK = {
    "nothing": "",
    "a part": '{"installed": {"client_id": "x"',
    "a key alone": "GOCSPX-abc",
    "null": "null",
    "a list": "[]",
    "a number": "5",
    "an empty object": "{}",
    "a client of the web": '{"web": {"client_id": "x", "client_secret": "GOCSPX-y"}}',
    "an empty client": '{"installed": {}}',
    "a client that is a list": '{"installed": ["client_id"]}',
    "an API key": '{"type": "api_key", "key": "AIza"}',
    "a token of a user": '{"type": "authorized_user", "client_id": "x", "refresh_token": "y"}',
}


@pytest.mark.parametrize("secret", JUNK.values(), ids=JUNK.keys())
def test_what_is_no_secret_is_refused(server: GoogleServer, path: Path, secret: str) -> None:
    """At once, in words, and without quoting it."""
    failed = raised(server, lambda: GoogleAccount(secret, path))
    assert type(failed) is RefusedError
    assert "GOCSPX" not in str(failed)
    assert not path.exists()


def half(**more: object) -> Json:
    return {"installed": {"client_id": CLIENT, **more}}


INCOMPLETE: dict[str, Json] = {
    "an id alone": half(),
    "no place for tokens": half(client_secret="x", auth_uri="http://127.0.0.1:9/"),
    "no place for consent": half(client_secret="x", token_uri="http://127.0.0.1:9/"),
    "no secret": half(auth_uri="http://127.0.0.1:9/", token_uri="http://127.0.0.1:9/"),
}


@pytest.mark.parametrize("secret", INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_half_a_secret_is_refused(
    server: GoogleServer, connect: Client, account: GoogleAccount, path: Path, secret: Json
) -> None:
    """A secret that lacks something is refused by words of ours, where it is read or where it is used."""

    def use(*, signing_in: bool) -> None:
        made = GoogleAccount(json.dumps(secret), path)
        if signing_in:
            made.sign_in(PROMPT, 1, browser=False)
        connect("primary", of=made).changes(None, {})

    server.expire_access_tokens()
    for signing_in in (True, False):
        assert isinstance(raised(server, lambda to=signing_in: use(signing_in=to)), ConnectorError)  # type: ignore[misc]


KEYS: dict[str, Json] = {
    "no key": {"private_key": None},
    "a key of words": {"private_key": "x"},
    "a key that is a number": {"private_key": 5},
    "a key that was cut": {"private_key": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"},
    "no address": {"client_email": None},
    "no place for tokens": {"token_uri": None},
    "nothing but its type": {"private_key": None, "client_email": None, "token_uri": None},
}


@pytest.mark.parametrize("fields", KEYS.values(), ids=KEYS.keys())
def test_a_damaged_key_is_refused(server: GoogleServer, connect: Client, path: Path, fields: Json) -> None:
    """The key of a service account is told as damaged, without quoting it."""
    secret = {name: value for name, value in (server.service_account() | fields).items() if value is not None}

    def use() -> None:
        connect("primary", of=GoogleAccount(json.dumps(secret), path)).changes(None, {})

    failed = raised(server, use)
    assert type(failed) is RefusedError
    assert "BEGIN" not in f"{failed!r}"


def test_a_missing_calendar_is_no_trouble_of_the_sign_in(server: GoogleServer, connect: Client) -> None:
    """The two are told apart."""
    assert type(raised(server, lambda: connect().changes(None, {}))) is MissingError


def test_an_account_tells_nothing_of_itself(server: GoogleServer, account: GoogleAccount) -> None:
    """Neither printed nor in a traceback."""
    out = io.StringIO()
    print(account, repr(account), file=out)
    assert not [word for word in (SECRET, CLIENT, "ya29", "1//") if word in out.getvalue()]

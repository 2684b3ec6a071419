"""Google's calendar against a Google that fails in every way: each failure is told as what it is, none as a deletion."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from connectors.base import Changes
from connectors.calendars import google, google_trouble
from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_account import GoogleAccount
from connectors.calendars.google_event import to_body
from connectors.errors import (
    ConflictError,
    ConnectorError,
    CursorLostError,
    MissingError,
    RefusedError,
    RejectedError,
    UnreachableError,
)
from tests.connectors import google_fixtures, google_server
from tests.connectors.calendar_contract import Mirror, said, text
from tests.connectors.google_fixtures import TITLE, Client, assert_discreet, of_the_calendar, quick, raised
from tests.connectors.google_server import ROBOT, Answer, Asked, GoogleServer, error, told
from tests.connectors.google_server_document import Json
from tests.waiting import LONG

running_google, server = google_fixtures.running_google, google_fixtures.server
account, robot, connect = google_fixtures.account, google_fixtures.robot, google_fixtures.connect

ALWAYS = 9
"""More requests than any one method makes."""
WEEK = timedelta(days=7)


@dataclass
class Scene:
    """A calendar with two events, as the daemon knows them after a look."""

    server: GoogleServer
    calendar: GoogleCalendar
    id: str
    mirror: Mirror
    unmade: GoogleCalendar

    @property
    def known(self) -> dict[str, str]:
        return dict(self.mirror.known)

    @property
    def one(self) -> str:
        return self.calendar.address("one")

    @property
    def three(self) -> str:
        return self.calendar.address("three")

    def held(self) -> dict[str, Json]:
        return self.server.events(self.id)

    def titles(self) -> dict[str, str]:
        """What the calendar holds, by id; anything twice would be here under two."""
        return {id_: event["summary"] for id_, event in self.held().items()}


@pytest.fixture
def scene(server: GoogleServer, connect: Client) -> Scene:
    calendar = connect()
    assert calendar.make(TITLE, "mark")
    for name in ("one", "two"):
        calendar.create(calendar.address(name), text(name, name))
    mirror = Mirror(calendar)
    mirror.look()
    server.asked.clear()
    (id_,) = server.calendars()
    return Scene(server, calendar, id_, mirror, connect(None, "unmade.json"))


Act = Callable[[Scene], object]

LOOKS: dict[str, Act] = {
    "first look": lambda scene: scene.calendar.changes(None, scene.known),
    "later look": lambda scene: scene.calendar.changes(scene.mirror.cursor, scene.known),
}
QUESTIONS: dict[str, Act] = {**LOOKS, "fetch": lambda scene: scene.calendar.fetch(list(scene.known))}
WRITES: dict[str, Act] = {
    "create": lambda scene: scene.calendar.create(scene.three, text("three", "three")),
    "update": lambda scene: scene.calendar.update(scene.one, text("one", "mine"), scene.known[scene.one]),
    "delete": lambda scene: scene.calendar.delete(scene.one, scene.known[scene.one]),
}
MAKES: dict[str, Act] = {
    "make": lambda scene: scene.unmade.make(TITLE, "mark"),
    "make again": lambda scene: scene.calendar.make(TITLE, "mark"),
}
ACTS = {**QUESTIONS, **WRITES, **MAKES}


def acts(of: dict[str, Act]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("act", of.values(), ids=of.keys())


REASONS = {
    "401": (error(401, "authError", "Invalid Credentials"), RefusedError),
    "403 rate limit": (google_server.RATE_LIMIT, UnreachableError),
    "403 rate limit of the user": (google_server.USER_RATE_LIMIT, UnreachableError),
    "403 quota": (google_server.QUOTA, UnreachableError),
    "403 quota in the newer form": (google_server.METRIC, UnreachableError),
    "403 limit of the calendar": (
        error(403, "calendarUsageLimitsExceeded", domain="usageLimits"),
        UnreachableError,
    ),
    "403 daily limit": (google_server.DAILY_LIMIT, UnreachableError),
    "403 forbidden": (google_server.FORBIDDEN, RefusedError),
    "403 insufficient": (error(403, "insufficientPermissions"), RefusedError),
    "403 role": (error(403, "requiredAccessLevel", domain="calendar"), RefusedError),
    "403 not configured": (google_server.NOT_CONFIGURED, RefusedError),
    "403 page": (google_server.html(403), RefusedError),
    "403 of another shape": (told(403, {"error": "rateLimitExceeded"}), RefusedError),
    "429": (google_server.TOO_MANY, UnreachableError),
    "429 page": (google_server.html(429), UnreachableError),
    "500": (google_server.BACKEND, UnreachableError),
    "501": (error(501, "notImplemented"), UnreachableError),
    "502 page": (google_server.BAD_GATEWAY, UnreachableError),
    "503": (error(503, "backendError"), UnreachableError),
    "503 page": (google_server.UNAVAILABLE, UnreachableError),
    "504 of no words": (Answer(504), UnreachableError),
    "200 page": (google_server.PAGE, UnreachableError),
    "200 list": (Answer(200, b"[]", {"Content-Type": "application/json"}), UnreachableError),
    "200 of other bytes": (Answer(200, b"\xff\xfe{}", {"Content-Type": "text/plain"}), UnreachableError),
    "302": (Answer(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"}), UnreachableError),
    "308": (Answer(308, b"", {"Location": "http://127.0.0.1:9/elsewhere"}), UnreachableError),
    "no word": (google_server.DROPPED, UnreachableError),
}
"""What may meet any request, and what it means."""


def assert_nothing_happened(scene: Scene, before: dict[str, Json]) -> None:
    """Google holds what it held, and the next look finds everything that was known."""
    scene.server.faults.clear()
    assert scene.held() == before
    assert scene.server.calendars() == [scene.id]
    found = scene.mirror.look()
    assert (found.items, found.gone) == ((), frozenset())
    assert scene.calendar.changes(None, scene.known).listed == len(before)


@acts(ACTS)
@pytest.mark.parametrize(("answer", "kind"), REASONS.values(), ids=REASONS.keys())
def test_a_failure_is_told_as_what_it_is(
    scene: Scene, act: Act, answer: Answer, kind: type[ConnectorError]
) -> None:
    """Whatever Google says instead of an answer raises the error of its kind, and all is as it was."""
    before = scene.held()
    scene.server.fault(answer, of_the_calendar, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is kind
    assert_nothing_happened(scene, before)


@pytest.mark.parametrize(
    "told_as",
    [
        google_server.NOT_CONFIGURED,
        told(403, {"error": {"code": 403, "details": [{"reason": "SERVICE_DISABLED"}]}}),
    ],
)
def test_an_api_that_is_not_enabled_is_told_as_that(scene: Scene, told_as: Answer) -> None:
    """Sharing the calendar would not help."""
    scene.server.fault(told_as, of_the_calendar)
    failed = raised(scene.server, lambda: LOOKS["later look"](scene))
    assert type(failed) is RefusedError
    assert "enable it" in str(failed)


def test_a_quota_may_be_told_in_the_newer_form_alone(scene: Scene) -> None:
    """Then it is no matter of permission either."""
    answer = told(403, {"error": {"code": 403, "details": [{"reason": "RATE_LIMIT_EXCEEDED"}]}})
    scene.server.fault(answer, of_the_calendar)
    assert type(raised(scene.server, lambda: LOOKS["later look"](scene))) is UnreachableError


@acts(ACTS)
def test_a_failed_request_is_made_once(scene: Scene, act: Act) -> None:
    """No request is repeated by itself: the daemon decides when."""
    for answer in (google_server.BACKEND, google_server.TOO_MANY, google_server.RATE_LIMIT):
        scene.server.asked.clear()
        scene.server.fault(answer, of_the_calendar, times=ALWAYS)
        raised(scene.server, lambda: act(scene))
        assert len(scene.server.requests()) == 1
        scene.server.faults.clear()


@acts({**WRITES, **QUESTIONS, "make again": MAKES["make again"]})
def test_a_later_request_may_fail_too(scene: Scene, act: Act, connect: Client) -> None:
    """Whichever request of a method fails, the method raises; and it works when it is asked again."""
    scene.server.user_delete(scene.id, scene.calendar.address("two"))
    for number in range(3):
        scene.server.asked.clear()
        scene.server.fault(google_server.BACKEND, of_the_calendar, skip=number)
        try:
            act(scene)
        except (UnreachableError, ConflictError) as failed:
            assert_discreet(failed, scene.server)
        else:
            assert len(scene.server.requests()) <= number
        scene.server.faults.clear()
    assert scene.titles().keys() <= {scene.one, scene.three}


# -- of the calendar, or of one event ---------------------------------------------------------------------------


@acts({**QUESTIONS, **WRITES})
def test_a_calendar_that_was_deleted_is_missing(scene: Scene, act: Act) -> None:
    """What an event of a missing calendar is told as, does not pass for a missing event."""
    scene.server.user_delete_calendar(scene.id)
    assert type(raised(scene.server, lambda: act(scene))) is MissingError


@acts({**QUESTIONS, **WRITES})
def test_a_calendar_that_is_no_longer_ours_to_see_is_missing_or_refused(scene: Scene, act: Act) -> None:
    """A role that was taken away is no deletion."""
    scene.server.share(scene.id, "none")
    assert type(raised(scene.server, lambda: act(scene))) in (MissingError, RefusedError)


@acts(WRITES)
def test_a_calendar_that_may_only_be_read_takes_no_writes(scene: Scene, act: Act) -> None:
    """Reading goes on where writing is refused."""
    scene.server.share(scene.id, "reader")
    before = scene.held()
    assert type(raised(scene.server, lambda: act(scene))) is RefusedError
    assert_nothing_happened(scene, before)


@pytest.mark.parametrize("status", [404, 410])
def test_one_event_that_is_not_found_is_left_out(scene: Scene, status: int) -> None:
    """Where the calendar is there, an event that is not costs the others nothing."""
    gone = error(status, "notFound" if status == 404 else "deleted")
    scene.server.fault(gone, lambda asked: asked.path.endswith(scene.one))
    assert scene.calendar.fetch(list(scene.known)).keys() == scene.known.keys() - {scene.one}


@pytest.mark.parametrize("status", [400, 409, 412, 413])
def test_an_event_is_gone_only_where_google_says_so(scene: Scene, status: int) -> None:
    """A question that was not answered is no deletion, which the daemon would take for the clinician's."""
    scene.server.fault(error(status, "conflict"), "events.get", times=ALWAYS)
    assert type(raised(scene.server, lambda: scene.calendar.fetch(list(scene.known)))) is UnreachableError


@acts(LOOKS)
@pytest.mark.parametrize("status", [409, 412, 413])
def test_a_look_meets_no_conflict(scene: Scene, act: Act, status: int) -> None:
    """Nothing was to be written: such an answer is none."""
    scene.server.fault(error(status, "conflict"), "events.list")
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError


@pytest.mark.parametrize("status", [400, 409, 412])
@acts(MAKES)
def test_making_a_calendar_meets_no_conflict(scene: Scene, act: Act, status: int) -> None:
    """No event was to be written: such an answer is none, and says nothing about an event."""
    scene.server.fault(error(status, "conflict"), of_the_calendar, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RejectedError),
        (413, RejectedError),
        (409, ConflictError),
        (410, ConflictError),
        (412, ConflictError),
    ],
)
@pytest.mark.parametrize("name", ["create", "update"])
def test_a_write_that_google_does_not_take(
    scene: Scene, name: str, status: int, kind: type[ConnectorError]
) -> None:
    """Another version is a conflict, and an event that Google does not take is told as such."""
    method = {"create": "events.insert", "update": "events.patch"}[name]
    before = scene.held()
    scene.server.fault(error(status, "invalid"), method)
    assert type(raised(scene.server, lambda: WRITES[name](scene))) is kind
    assert_nothing_happened(scene, before)


@pytest.mark.parametrize("status", [404, 409, 410, 412])
def test_a_delete_that_met_something_else_is_a_conflict(scene: Scene, status: int) -> None:
    """What is not as the delete assumed is looked at again."""
    scene.server.fault(error(status, "deleted"), "events.delete")
    assert type(raised(scene.server, lambda: WRITES["delete"](scene))) is ConflictError


@pytest.mark.parametrize("status", [400, 410])
def test_a_token_that_was_forgotten_is_a_lost_cursor(scene: Scene, status: int) -> None:
    """Both ways in which Google tells it are known, and nothing is gone by it."""
    scene.server.fault(error(status, "fullSyncRequired"), "events.list")
    failed = raised(scene.server, lambda: LOOKS["later look"](scene))
    assert type(failed) is CursorLostError
    scene.server.invalidate_sync_tokens()
    assert type(raised(scene.server, lambda: LOOKS["later look"](scene))) is CursorLostError
    found = scene.calendar.changes(None, scene.known)
    assert (found.items, found.gone, found.listed) == ((), frozenset(), 2)


def test_the_token_of_another_calendar_is_a_lost_cursor(scene: Scene, connect: Client) -> None:
    """A calendar that was made anew does not answer to the cursor of the old one."""
    unmade = scene.unmade
    assert unmade.make(TITLE, "mark")
    assert type(raised(scene.server, lambda: unmade.changes(scene.mirror.cursor, {}))) is CursorLostError


@pytest.mark.parametrize("status", [404, 410])
def test_a_first_look_that_finds_nothing_is_no_empty_calendar(scene: Scene, status: int) -> None:
    """Without a token, "gone" is about the calendar."""
    scene.server.fault(error(status, "notFound"), "events.list")
    assert type(raised(scene.server, lambda: LOOKS["first look"](scene))) in (MissingError, UnreachableError)


# -- pauses -----------------------------------------------------------------------------------------------------


def paused(scene: Scene, answer: Answer, act: Act) -> float | None:
    scene.server.fault(answer, of_the_calendar, times=ALWAYS)
    failed = raised(scene.server, lambda: act(scene))
    assert isinstance(failed, UnreachableError)
    return failed.retry_after


@acts(ACTS)
@pytest.mark.parametrize("status", [403, 429, 503])
def test_the_pause_that_google_asks_for_is_kept(scene: Scene, act: Act, status: int) -> None:
    """Retry-After comes through, in seconds."""
    answer = error(status, "rateLimitExceeded", retry_after="120")
    assert paused(scene, answer, act) == 120


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_pause_may_be_told_as_a_date(scene: Scene, status: int) -> None:
    """A date is so many seconds from now, and one that has passed is none."""
    for ahead, least, most in ((90, 80, 91), (-90, 0, 0)):
        when = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
        pause = paused(scene, error(status, "rateLimitExceeded", retry_after=when), LOOKS["later look"])
        assert pause is not None
        assert least <= pause <= most
        scene.server.faults.clear()


@pytest.mark.parametrize(
    "junk",
    ["soon", "-5", "1.5", "²", "Wed, 21 Oct 2037 07:28:00", "Wed, 21 Oct 2037 07:28:00 -0000", "Wed, 99"],
)
def test_a_pause_that_cannot_be_read_is_the_usual_one(scene: Scene, junk: str) -> None:
    """No header makes a pause into a failure of another kind."""
    scene.server.fault(error(429, "rateLimitExceeded", retry_after=junk), "events.list")
    failed = raised(scene.server, lambda: LOOKS["later look"](scene))
    assert isinstance(failed, UnreachableError)
    assert failed.retry_after is not None
    assert failed.retry_after >= 0


@pytest.mark.parametrize("answer", [google_server.RATE_LIMIT, google_server.QUOTA, google_server.DAILY_LIMIT])
def test_a_quota_that_is_used_up_means_a_pause(scene: Scene, answer: Answer) -> None:
    """Without a time told it is a minute, as Google counts."""
    assert paused(scene, answer, LOOKS["later look"]) == google_trouble.PAUSE


# -- no answer --------------------------------------------------------------------------------------------------


@acts(ACTS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_hanging_ends_soon(
    scene: Scene, act: Act, after: bool, connect: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Google that says nothing is given up on, and not asked again at once."""
    quick(monkeypatch)
    scene.calendar.close()
    scene.server.asked.clear()
    scene.server.hang(LONG, of_the_calendar, times=ALWAYS, after=after)
    started = time.monotonic()
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError
    assert time.monotonic() - started < LONG
    assert len(scene.server.requests()) == 1


@acts(ACTS)
@pytest.mark.parametrize("length", [0, 1, 30])
def test_half_an_answer_is_none(scene: Scene, act: Act, length: int) -> None:
    """A body that ends early is told as such, wherever it ends; what was known stays known."""
    cut = replace

    def broken(real: Answer) -> Answer:
        return cut(real, status=real.status if real.body else 200, body=real.body[:length], cut=True)

    scene.server.fault(broken, of_the_calendar, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError
    scene.server.faults.clear()
    assert scene.calendar.changes(None, scene.known).gone <= {scene.one}


@acts(QUESTIONS)
@pytest.mark.parametrize("length", [1, 30])
def test_half_an_answer_of_full_length_is_none(scene: Scene, act: Act, length: int) -> None:
    """A body that claims to be whole and is no JSON is no answer."""
    scene.server.fault(lambda real: replace(real, body=real.body[:length]), of_the_calendar, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError


SHAPES = {
    "nothing": b"",
    "an empty object": b"{}",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"ok"',
    "a number": b"5",
    "an error under 200": b'{"error": {"code": 503, "message": "Backend Error"}}',
    "no items": b'{"kind": "calendar#events", "items": null, "nextSyncToken": "t"}',
    "an item of nothing": b'{"kind": "calendar#events", "items": [{}], "nextSyncToken": "t"}',
    "an item that is none": b'{"kind": "calendar#events", "items": [5], "nextSyncToken": "t"}',
}


@acts({"first look": LOOKS["first look"], "fetch": QUESTIONS["fetch"], **MAKES})
@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_json_of_another_shape_is_no_answer(scene: Scene, act: Act, body: bytes) -> None:
    """What cannot be an answer raises an error of ours, and never says that anything is gone or somebody else's."""
    before = scene.held()
    answer = Answer(200, body, {"Content-Type": "application/json"})
    scene.server.fault(answer, of_the_calendar, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError
    assert_nothing_happened(scene, before)


@acts(ACTS)
def test_nobody_there_is_unreachable(
    server: GoogleServer, account: GoogleAccount, tmp_path: Path, act: Act
) -> None:
    """A refused connection is no contact."""
    calendar = GoogleCalendar(
        account, "c@group.calendar.google.com", tmp_path / "x", "http://127.0.0.1:9/calendar/v3/"
    )
    mirror = Mirror(calendar)
    mirror.cursor, mirror.known = "t", {calendar.address("one"): '"1"'}
    scene = Scene(server, calendar, "", mirror, calendar)
    assert type(raised(server, lambda: act(scene))) is UnreachableError
    calendar.close()


def test_the_environment_is_not_asked(scene: Scene, connect: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment never gets to see a calendar or a token."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert connect().changes(None, {}).listed == 2


@acts(ACTS)
def test_the_log_tells_no_secret(scene: Scene, act: Act, caplog: pytest.LogCaptureFixture) -> None:
    """What the libraries say of a failure, from INFO upwards, names neither calendar nor token."""
    caplog.set_level(logging.INFO)
    for answer in (google_server.FORBIDDEN, google_server.TOO_MANY, google_server.PAGE):
        scene.server.fault(answer, of_the_calendar, times=ALWAYS)
        raised(scene.server, lambda: act(scene))
        scene.server.faults.clear()
    assert scene.id not in caplog.text
    assert "ya29" not in caplog.text


def test_clients_and_accounts_tell_nothing_of_themselves(scene: Scene, account: GoogleAccount) -> None:
    """A client in a traceback shows neither calendar nor secret."""
    told_of = f"{scene.calendar!r} {account!r} {scene.calendar} {account}"
    assert not [secret for secret in (scene.id, "GOCSPX", "ya29", "1//", "@") if secret in told_of]


# -- pages ------------------------------------------------------------------------------------------------------


def edited(change: Callable[[Json], object]) -> Callable[[Answer], Answer]:
    """The real answer with its body changed."""

    def edit(real: Answer) -> Answer:
        body = json.loads(real.body)
        change(body)
        return replace(real, body=json.dumps(body).encode())

    return edit


def meanwhile(server: GoogleServer, *steps: Callable[[], object]) -> None:
    """After each page of a list something happens."""

    def then(step: Callable[[], object]) -> Callable[[Answer], Answer]:
        def answer(real: Answer) -> Answer:
            step()
            return real

        return answer

    for step in steps:
        server.fault(then(step), "events.list")


def test_changes_between_pages_come_with_the_next_look(scene: Scene) -> None:
    """A list over several pages is of one moment; what came meanwhile is told next time, and nothing is lost."""
    server, mirror, calendar = scene.server, scene.mirror, scene.calendar
    for number in range(5):
        calendar.create(calendar.address(f"n-{number}"), text(f"n-{number}", f"n-{number}"))
    server.store.page_size = 2
    extra = calendar.address("late")
    meanwhile(
        server,
        lambda: server.user_delete(scene.id, scene.one),
        lambda: server.user_update(scene.id, calendar.address("n-4"), {"summary": "changed"}),
        lambda: server.user_insert(
            scene.id, {**scene.held()[calendar.address("two")], "id": extra, "iCalUID": None}
        ),
    )
    mirror.cursor = None
    first = mirror.look()
    assert first.gone == frozenset()
    assert first.listed == 7
    later = mirror.look()
    assert later.gone == frozenset({scene.one})
    assert {item.href for item in later.items} == {calendar.address("n-4"), extra}
    assert mirror.known == {id_: event["etag"] for id_, event in scene.held().items()}


@pytest.mark.parametrize("seed", range(6))
def test_however_it_changes_a_mirror_ends_up_right(scene: Scene, seed: int) -> None:
    """Random changes between pages and looks, lost cursors and failures; in the end all is known as it is."""
    server, mirror, calendar = scene.server, scene.mirror, scene.calendar
    # A test's dice need not be secret.
    dice = random.Random(seed)
    server.store.page_size = 3
    fresh = iter(range(1000))

    def anything() -> None:
        there = list(scene.held())
        match dice.choice(["insert", "insert", "update", "delete", "restore", "nothing"]):
            case "update" if there:
                server.user_update(scene.id, dice.choice(there), {"summary": f"changed {next(fresh)}"})
            case "delete" if there:
                server.user_delete(scene.id, dice.choice(there))
            case "restore":
                dead = server.events(scene.id, deleted=True).keys() - there
                if dead:
                    server.user_restore(scene.id, dice.choice(sorted(dead)))
            case "insert":
                number = next(fresh)
                body = to_body(text(f"r-{number}", f"r-{number}"))
                server.user_insert(scene.id, {**body, "id": calendar.address(f"r-{number}")})

    for _ in range(12):
        for _ in range(dice.randrange(6)):
            anything()
        server.store.empty_pages = dice.choice([0, 0, 1])
        meanwhile(server, *[anything for _ in range(dice.randrange(3))])
        if dice.random() < 0.2:
            server.invalidate_sync_tokens()
        if dice.random() < 0.3:
            server.fault(google_server.BACKEND, "events.list", skip=dice.randrange(3))
        try:
            mirror.look()
        except CursorLostError:
            mirror.cursor = None
        except UnreachableError:
            pass
        server.faults.clear()
    server.store.empty_pages = 0
    try:
        mirror.look()
    except CursorLostError:
        mirror.cursor = None
        mirror.look()
    assert mirror.known == {id_: event["etag"] for id_, event in scene.held().items()}
    assert {href: said(data).summary for href, data in mirror.texts.items()} == scene.titles()


@acts(LOOKS)
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize(("answer", "kind"), REASONS.values(), ids=REASONS.keys())
def test_a_page_that_fails_fails_the_look(
    scene: Scene, act: Act, page: int, answer: Answer, kind: type[ConnectorError]
) -> None:
    """There is no half list: neither the cursor nor what is known moves on."""
    for number in range(5):
        href = scene.calendar.address(f"n-{number}")
        scene.calendar.create(href, text(f"n-{number}"))
    scene.server.store.page_size = 2
    scene.server.fault(answer, "events.list", skip=page, times=ALWAYS)
    assert type(raised(scene.server, lambda: act(scene))) is kind
    scene.server.faults.clear()
    scene.mirror.look()
    assert scene.mirror.known == {id_: event["etag"] for id_, event in scene.held().items()}


@pytest.mark.parametrize("page", [1, 2])
def test_a_token_may_be_lost_on_a_later_page(scene: Scene, page: int) -> None:
    """What was read before is not used."""
    for number in range(5):
        scene.calendar.create(scene.calendar.address(f"n-{number}"), text(f"n-{number}"))
    scene.server.store.page_size = 2
    scene.server.fault(error(410, "fullSyncRequired"), "events.list", skip=page)
    assert type(raised(scene.server, lambda: LOOKS["later look"](scene))) is CursorLostError


def test_a_page_token_that_ended_is_no_end(scene: Scene) -> None:
    """When Google forgets its pages in the middle of a first look, it is asked again later."""
    scene.server.store.page_size = 1
    meanwhile(scene.server, scene.server.store.pages.clear)
    assert type(raised(scene.server, lambda: LOOKS["first look"](scene))) is UnreachableError


def test_empty_pages_are_no_end(scene: Scene) -> None:
    """A page may be empty though more follow, in a first look and in a later one."""
    scene.server.store.empty_pages = 2
    assert scene.calendar.changes(None, scene.known).listed == 2
    scene.calendar.create(scene.three, text("three"))
    scene.server.store.empty_pages = 2
    assert [item.href for item in scene.mirror.look().items] == [scene.three]


@acts(LOOKS)
def test_a_list_without_a_token_at_its_end_is_not_used(scene: Scene, act: Act) -> None:
    """An end that cannot be carried on from is no end."""
    scene.server.fault(edited(lambda body: body.pop("nextSyncToken")), "events.list")
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError


@acts(LOOKS)
def test_a_list_without_an_end_ends(scene: Scene, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that never end are given up on."""
    monkeypatch.setattr(google, "MOST_PAGES", 3)
    endless = edited(lambda body: body.update({"nextPageToken": "more"}))
    scene.server.fault(endless, "events.list")
    again = told(200, {"kind": "calendar#events", "items": [], "nextPageToken": "more"})
    scene.server.fault(again, "events.list", times=20)
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError
    assert len(scene.server.requests("events.list")) == 3


def test_an_event_that_is_on_two_pages_counts_as_last_told(scene: Scene) -> None:
    """Where an event moved behind while pages were read, its later version is the one that holds."""
    one, two = scene.held()[scene.one], scene.held()[scene.calendar.address("two")]
    dead = {"id": scene.one, "etag": '"9"', "status": "cancelled"}
    cases: list[tuple[list[Json], set[str], frozenset[str]]] = [
        ([one, {**one, "etag": '"9"', "summary": "later"}], {"later"}, frozenset()),
        ([one, dead], set(), frozenset({scene.one})),
        ([dead, {**one, "etag": '"9"', "summary": "back"}], {"back"}, frozenset()),
    ]
    for events, titles, gone in cases:
        for page in events[:-1]:
            scene.server.fault(told(200, {"items": [page], "nextPageToken": "p"}), "events.list")
        scene.server.fault(told(200, {"items": [events[-1]], "nextSyncToken": "t"}), "events.list")
        found = scene.calendar.changes("cursor", {scene.one: '"0"', two["id"]: two["etag"]})
        assert {said(item.data).summary for item in found.items} == titles
        assert found.gone == gone


@pytest.mark.parametrize("reason", ["fullSyncRequired", "updatedMinTooLongAgo"])
def test_a_first_look_that_google_forgot_is_no_missing_calendar(scene: Scene, reason: str) -> None:
    """In the middle of it, or at its beginning; and a later look begins anew."""
    scene.server.store.page_size = 1
    for page in (0, 1):
        scene.server.fault(error(410, reason), "events.list", skip=page)
        assert type(raised(scene.server, lambda: LOOKS["first look"](scene))) is UnreachableError
    scene.server.fault(error(410, reason), "events.list")
    assert type(raised(scene.server, lambda: LOOKS["later look"](scene))) is CursorLostError


def test_a_later_look_without_a_list_tells_of_nothing(scene: Scene) -> None:
    """Where nothing changed the list may be left out; that it is nothing at all, no answer says."""
    scene.server.fault(told(200, {"kind": "calendar#events", "nextSyncToken": "t2"}), "events.list")
    found = LOOKS["later look"](scene)
    assert found == Changes((), frozenset(), "t2")
    scene.server.fault(told(200, {"kind": "calendar#events", "nextSyncToken": "t2"}), "events.list")
    assert type(raised(scene.server, lambda: LOOKS["first look"](scene))) is UnreachableError


@pytest.mark.parametrize("kind", ["birthday", "workingLocation"])
def test_what_takes_no_time_is_left_out_though_it_was_not_asked_for(scene: Scene, kind: str) -> None:
    """A birthday that comes all the same is no event."""
    found = listed_with(scene, {"eventType": kind})
    assert {item.href for item in found.items} == {scene.calendar.address("two")}
    assert found.listed == 1


def test_a_kind_of_event_that_is_new_takes_time(scene: Scene) -> None:
    """What Google will think of is rather one too many."""
    assert len(listed_with(scene, {"eventType": "somethingNew"}).items) == 2


STUBS: dict[str, tuple[list[Json], set[str], set[str]]] = {
    "one of a series": (
        [{"id": "abcde_20270111T130000Z", "status": "cancelled"}],
        {"abcde_20270111T130000Z"},
        set(),
    ),
    "one of a series, and then the series": (
        [{"id": "abcde_20270111T130000Z", "status": "cancelled"}, {"id": "abcde", "status": "cancelled"}],
        set(),
        {"abcde"},
    ),
    "one that was known, and its series": (
        [{"id": "abcde", "status": "cancelled"}, {"id": "abcde_20270118T130000Z", "status": "cancelled"}],
        set(),
        {"abcde", "abcde_20270118T130000Z"},
    ),
    "one of a series that nobody saw": (
        [{"id": "other_20270111T130000Z", "status": "cancelled"}],
        set(),
        set(),
    ),
}


@pytest.mark.parametrize(("events", "items", "gone"), STUBS.values(), ids=STUBS.keys())
def test_of_what_was_cancelled_the_id_may_be_all(
    scene: Scene, events: list[Json], items: set[str], gone: set[str]
) -> None:
    """One of a series is left out of it; a series takes its exceptions along."""
    known = {"abcde": '"1"', "abcde_20270118T130000Z": '"1"'}
    scene.server.fault(told(200, {"items": events, "nextSyncToken": "t"}), "events.list")
    found = scene.calendar.changes("cursor", known)
    assert {item.href for item in found.items} == items
    assert found.gone == gone


def listed_with(scene: Scene, bad: Json) -> Changes:
    """A first look in which one event is changed to something odd."""

    def spoil(body: Json) -> None:
        for event in body["items"]:
            if event["id"] == scene.one:
                event.update(bad)

    scene.server.fault(edited(spoil), "events.list")
    return scene.calendar.changes(
        None, {**scene.known, scene.one: "old", scene.calendar.address("two"): "old"}
    )


ODD: dict[str, Json] = {
    "no time": {"start": {"dateTime": "later"}},
    "the year 1 in the East": {"start": {"dateTime": "0001-01-01T00:00:00+01:00"}},
    "the year 0": {"start": {"date": "0000-12-30"}, "end": {"date": "0000-12-31"}},
    "an empty original start": {"recurringEventId": "abcde", "originalStartTime": {}},
    "half an emoji": {"summary": "\ud83d"},
    "a zone that is a folder": {"start": {"dateTime": "2027-01-04T13:00:00Z", "timeZone": "Europe"}},
    "a zone with a long name": {"start": {"dateTime": "2027-01-04T13:00:00Z", "timeZone": "x" * 300}},
    "nulls": {"attendees": None, "recurrence": None, "sequence": None, "status": None},
}


@pytest.mark.parametrize("bad", ODD.values(), ids=ODD.keys())
def test_one_odd_event_costs_no_other(scene: Scene, bad: Json) -> None:
    """One event that cannot be read is neither gone nor a reason to read none at all."""
    found = listed_with(scene, bad)
    assert scene.calendar.address("two") in {item.href for item in found.items}
    assert found.gone == frozenset()
    assert found.listed == 2


# -- lost answers -----------------------------------------------------------------------------------------------


def lost(scene: Scene, act: Act, *, cut: bool) -> None:
    """The write is carried out; its answer breaks off, or never comes (then the library itself asks once more)."""
    scene.server.lose_answers(1 if cut else 2, cut=cut)
    failed = raised(scene.server, lambda: act(scene))
    assert type(failed) is UnreachableError
    scene.server.faults.clear()


@pytest.mark.parametrize("cut", [True, False], ids=["broken off", "no word"])
def test_a_create_whose_answer_was_lost_can_be_repeated(scene: Scene, cut: bool) -> None:
    """The second is a conflict with the first; there is one event, and it is ours."""
    lost(scene, WRITES["create"], cut=cut)
    assert type(raised(scene.server, lambda: WRITES["create"](scene))) is ConflictError
    assert sorted(scene.titles().values()) == ["one", "three", "two"]
    assert said(scene.calendar.fetch([scene.three])[scene.three].data).summary == "three"


@pytest.mark.parametrize("cut", [True, False], ids=["broken off", "no word"])
def test_an_update_whose_answer_was_lost_can_be_repeated(scene: Scene, cut: bool) -> None:
    """The second is a conflict with the first, and what stands there is ours."""
    lost(scene, WRITES["update"], cut=cut)
    assert type(raised(scene.server, lambda: WRITES["update"](scene))) is ConflictError
    assert said(scene.calendar.fetch([scene.one])[scene.one].data).summary == "mine"
    assert sorted(scene.titles().values()) == ["mine", "two"]


@pytest.mark.parametrize("cut", [True, False], ids=["broken off", "no word"])
def test_a_delete_whose_answer_was_lost_can_be_repeated(scene: Scene, cut: bool) -> None:
    """The second is a conflict, and what was deleted is gone."""
    lost(scene, WRITES["delete"], cut=cut)
    assert type(raised(scene.server, lambda: WRITES["delete"](scene))) is ConflictError
    assert dict(scene.calendar.fetch([scene.one])) == {}
    assert scene.mirror.look().gone == frozenset({scene.one})


@pytest.mark.parametrize("name", WRITES)
def test_the_library_may_repeat_a_write_by_itself(scene: Scene, name: str) -> None:
    """When only the first answer is lost, the second request meets the first; reading again shows our write once."""
    scene.server.lose_answers(1, cut=False)
    try:
        WRITES[name](scene)
    except ConflictError as failed:
        assert_discreet(failed, scene.server)
    expected = {"create": ["one", "three", "two"], "update": ["mine", "two"], "delete": ["two"]}
    assert sorted(scene.titles().values()) == expected[name]


@pytest.mark.parametrize("cut", [True, False], ids=["broken off", "no word"])
@pytest.mark.parametrize("method", ["events.insert", "events.patch"])
def test_reviving_can_be_repeated(scene: Scene, method: str, cut: bool) -> None:
    """A create over a deleted event converges, whichever of its answers is lost."""
    WRITES["delete"](scene)
    create: Act = lambda it: it.calendar.create(it.one, text("one", "again"))  # noqa: E731
    scene.server.lose_answers(1 if cut else 2, method, cut=cut)
    assert type(raised(scene.server, lambda: create(scene))) is UnreachableError
    scene.server.faults.clear()
    try:
        create(scene)
    except ConflictError:
        assert method == "events.patch"
    assert sorted(scene.titles().values()) == ["again", "two"]
    assert said(scene.calendar.fetch([scene.one])[scene.one].data).summary == "again"


# -- tombstones -------------------------------------------------------------------------------------------------


def test_a_tombstone_is_revived(scene: Scene) -> None:
    """What was deleted on the phone can be made anew at its address, as another day, and is listed again."""
    scene.server.user_delete(scene.id, scene.one)
    assert scene.mirror.look().gone == frozenset({scene.one})
    scene.calendar.create(scene.one, text("one", "again", days=3))
    (item,) = scene.mirror.look().items
    assert (item.href, said(item.data).summary) == (scene.one, "again")
    assert scene.held()[scene.one]["status"] == "confirmed"
    scene.calendar.update(scene.one, text("one", "and again"), item.etag)


def test_a_tombstone_that_is_revived_by_another_first_is_a_conflict(scene: Scene) -> None:
    """Between the look at a tombstone and its revival somebody may be quicker; theirs stays."""
    scene.server.user_delete(scene.id, scene.one)

    def quicker(real: Answer) -> Answer:
        scene.server.user_update(scene.id, scene.one, {"status": "confirmed", "summary": "theirs"})
        return real

    scene.server.fault(quicker, "events.get")
    create: Act = lambda it: it.calendar.create(it.one, text("one", "again"))  # noqa: E731
    assert type(raised(scene.server, lambda: create(scene))) is ConflictError
    assert scene.titles()[scene.one] == "theirs"


@pytest.mark.parametrize(("answer", "kind"), REASONS.values(), ids=REASONS.keys())
@pytest.mark.parametrize("method", ["events.get", "events.patch"])
def test_reviving_may_fail(scene: Scene, method: str, answer: Answer, kind: type[ConnectorError]) -> None:
    """A failure between the steps of a revival is told as what it is, and the tombstone stays."""
    scene.server.user_delete(scene.id, scene.one)
    scene.server.fault(answer, method, times=ALWAYS)
    create: Act = lambda it: it.calendar.create(it.one, text("one", "again"))  # noqa: E731
    assert type(raised(scene.server, lambda: create(scene))) is kind
    assert scene.one not in scene.titles()


# -- the calendar itself ----------------------------------------------------------------------------------------


def remembered(path: Path) -> str:
    return str(json.loads((path / "calendar.json").read_text("utf-8"))["calendar"])


def entry(server: GoogleServer, calendar: str) -> Json:
    """How the calendar stands in the user's list."""
    return server.store.books[calendar].entries[google_server.USER]


def test_a_calendar_that_was_made_is_seen_and_heard(scene: Scene, tmp_path: Path) -> None:
    """It is shown in the list with a reminder of its own, its id is remembered, and its description carries the mark."""
    assert remembered(tmp_path) == scene.id
    found = entry(scene.server, scene.id)
    assert (found["selected"], found.get("hidden", False)) == (True, False)
    assert found["defaultReminders"] == [{"method": "popup", "minutes": 10}]
    about = scene.server.store.books[scene.id].about
    assert (about["summary"], about["description"]) == (TITLE, "Made and kept by Shiftward (mark)")


def test_making_it_again_writes_nothing(scene: Scene, connect: Client) -> None:
    """After a restart the calendar is known again by two questions."""
    again = connect()
    assert again.make(TITLE, "mark") is True
    assert {asked.verb for asked in scene.server.requests()} == {"GET"}
    assert connect().make(TITLE, "of-another") is False
    assert scene.server.calendars() == [scene.id]


@pytest.mark.parametrize("method", ["calendarList.get", "calendarList.patch"])
@pytest.mark.parametrize("restart", [True, False], ids=["restart", "same"])
def test_a_failure_after_the_calendar_was_made(
    server: GoogleServer, connect: Client, method: str, restart: bool
) -> None:
    """What was made is made once: the next attempt goes on with it, and sets what was missing."""
    calendar = connect()
    server.fault(google_server.BACKEND, method)
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is UnreachableError
    calendar = connect() if restart else calendar
    assert calendar.make(TITLE, "mark") is True
    (id_,) = server.calendars()
    assert entry(server, id_)["selected"] is True
    assert entry(server, id_)["defaultReminders"]


def test_a_crash_after_the_calendar_was_made(
    server: GoogleServer, connect: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the making and the entry in the list the daemon may die."""
    with monkeypatch.context() as patch:
        patch.setattr(GoogleCalendar, "_show", _die)
        with pytest.raises(KeyboardInterrupt):
            connect().make(TITLE, "mark")
    (id_,) = server.calendars()
    assert "selected" not in entry(server, id_)
    assert connect().make(TITLE, "mark") is True
    assert server.calendars() == [id_]
    assert entry(server, id_)["selected"] is True


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_answer_to_making_may_be_lost(server: GoogleServer, connect: Client) -> None:
    """The calendar of the lost answer stays empty, a second one is ours; more there are not."""
    calendar = connect()
    server.lose_answers(1, "calendars.insert")
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is UnreachableError
    assert calendar.make(TITLE, "mark") is True
    calendar.create(calendar.address("one"), text("one"))
    assert sorted(len(server.events(id_)) for id_ in server.calendars()) == [0, 1]


def test_the_answer_to_showing_may_be_lost(server: GoogleServer, connect: Client) -> None:
    """The list entry is as it should be after the next attempt, and there is one calendar."""
    calendar = connect()
    server.lose_answers(1, "calendarList.patch")
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is UnreachableError
    assert calendar.make(TITLE, "mark") is True
    (id_,) = server.calendars()
    assert entry(server, id_)["selected"] is True


def test_a_calendar_that_was_taken_away_is_made_anew(scene: Scene, connect: Client, tmp_path: Path) -> None:
    """What the user deleted is missing until it is made again, by whichever client."""
    scene.server.user_delete_calendar(scene.id)
    assert type(raised(scene.server, lambda: LOOKS["later look"](scene))) is MissingError
    assert scene.calendar.make(TITLE, "mark") is True
    (id_,) = scene.server.calendars()
    assert (id_ != scene.id, remembered(tmp_path)) == (True, id_)
    assert connect().changes(None, scene.known).listed == 0


DAMAGED = {
    "nothing": b"",
    "a part": b'{"calendar": "c_01',
    "a list": b"[]",
    "another object": b'{"calender": "x"}',
    "null": b"null",
    "a null in it": b'{"calendar": null}',
    "an empty id": b'{"calendar": ""}',
    "other bytes": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_memory_is_none(scene: Scene, connect: Client, tmp_path: Path, content: bytes) -> None:
    """Without a readable id the calendar is not made yet; making it writes a good one."""
    (tmp_path / "calendar.json").write_bytes(content)
    calendar = connect()
    for act in (LOOKS["first look"], QUESTIONS["fetch"], *WRITES.values()):
        there = replace(scene, calendar=calendar)
        assert type(raised(scene.server, partial(act, there))) is MissingError
    assert calendar.make(TITLE, "mark") is True
    assert remembered(tmp_path) in scene.server.calendars()
    assert calendar.changes(None, {}).listed == 0


def test_a_memory_that_cannot_be_read_just_now_is_not_forgotten(
    scene: Scene, connect: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails for a moment does not lead to a second calendar beside the first."""
    before = remembered(tmp_path)
    calendar = connect()
    real = Path.read_text

    def fail(path: Path, *more: str) -> str:
        if path.name == "calendar.json":
            raise PermissionError(13, "Permission denied")
        return real(path, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", fail)
        raised(scene.server, lambda: calendar.make(TITLE, "mark"))
    assert scene.server.calendars() == [scene.id]
    assert remembered(tmp_path) == before
    assert calendar.make(TITLE, "mark") is True


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_memory_that_cannot_be_written_is_told(
    server: GoogleServer, connect: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while the calendar is made raises an error of ours."""
    calendar = connect()
    monkeypatch.setattr("os.fsync", full)
    raised(server, lambda: calendar.make(TITLE, "mark"))


def test_a_memory_that_could_not_be_written_is_written_later(
    server: GoogleServer, connect: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a full disk the next attempt remembers what was made, so that a restart makes no other."""
    calendar = connect()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises((ConnectorError, OSError)):
            calendar.make(TITLE, "mark")
    assert calendar.make(TITLE, "mark") is True
    made = server.calendars()
    assert connect().make(TITLE, "mark") is True
    assert server.calendars() == made
    assert remembered(tmp_path) in made


# -- a calendar that was shared ---------------------------------------------------------------------------------


@pytest.fixture
def shared(server: GoogleServer) -> str:
    """A calendar that the user made by hand and shared with the service account."""
    id_ = server.user_make_calendar(TITLE)
    server.share(id_, "writer", ROBOT, listed=False)
    return id_


Shared = Callable[[], GoogleCalendar]


@pytest.fixture
def adopting(connect: Client, robot: GoogleAccount, shared: str) -> Shared:
    return lambda: connect(shared, of=robot)


def test_a_shared_calendar_is_adopted(server: GoogleServer, adopting: Shared, shared: str) -> None:
    """An empty one of the right title gets a mark that nobody sees, and is ours from then on."""
    calendar = adopting()
    assert calendar.make(TITLE, "mark") is True
    (marker,) = server.events(shared).values()
    assert marker["start"]["date"] < "2001"
    assert (marker["transparency"], marker["reminders"]) == ("transparent", {"useDefault": False})
    assert calendar.changes(None, {}).listed == 0
    calendar.create(calendar.address("one"), text("one"))
    for title in (TITLE, "Another title"):
        assert adopting().make(title, "mark") is True
    assert adopting().make(TITLE, "of-another") is False
    assert len(server.events(shared)) == 2


def test_the_mark_is_never_told_as_an_event(server: GoogleServer, adopting: Shared, shared: str) -> None:
    """Neither its coming nor its change nor its going is seen in a look."""
    calendar = adopting()
    mirror = Mirror(calendar)
    mirror.look()
    assert calendar.make(TITLE, "mark") is True
    assert mirror.look() == Changes((), frozenset(), mirror.cursor)
    server.user_update(shared, calendar.address(google.MARKER), {"location": "x"})
    assert mirror.look().items == ()
    server.user_delete(shared, calendar.address(google.MARKER))
    assert mirror.look() == Changes((), frozenset(), mirror.cursor)


def test_a_shared_calendar_with_something_in_it_is_left_alone(
    server: GoogleServer, adopting: Shared, shared: str
) -> None:
    """Somebody's calendar stays as it is."""
    server.user_insert(shared, {"start": {"date": "2027-01-04"}, "end": {"date": "2027-01-05"}})
    before = server.events(shared)
    assert adopting().make(TITLE, "mark") is False
    assert server.events(shared) == before


def test_a_shared_calendar_is_looked_through_to_its_end(
    server: GoogleServer, adopting: Shared, shared: str
) -> None:
    """A first page may be empty though events follow; such a calendar is not empty."""
    server.user_insert(shared, {"start": {"date": "2027-01-04"}, "end": {"date": "2027-01-05"}})
    server.store.empty_pages = 1
    assert adopting().make(TITLE, "mark") is False
    assert len(server.events(shared)) == 1


def test_a_shared_calendar_of_another_title_is_left_alone(
    server: GoogleServer, adopting: Shared, shared: str
) -> None:
    """An address that was mixed up does no harm."""
    assert adopting().make("Night shifts", "mark") is False
    assert server.events(shared, deleted=True) == {}


def test_a_shared_calendar_that_was_emptied_is_empty(
    server: GoogleServer, adopting: Shared, shared: str
) -> None:
    """Tombstones are nothing."""
    made = server.user_insert(shared, {"start": {"date": "2027-01-04"}, "end": {"date": "2027-01-05"}})
    server.user_delete(shared, made["id"])
    assert adopting().make(TITLE, "mark") is True


def test_a_mark_that_was_deleted_is_set_again(server: GoogleServer, adopting: Shared, shared: str) -> None:
    """In an empty calendar of the right title the mark of before is revived; its id is taken for ever."""
    calendar = adopting()
    assert calendar.make(TITLE, "mark") is True
    server.user_delete(shared, calendar.address(google.MARKER))
    assert calendar.make(TITLE, "mark") is True
    assert calendar.make(TITLE, "of-another") is False
    assert list(server.events(shared)) == [calendar.address(google.MARKER)]


def test_a_calendar_that_is_not_shared_is_missing(
    server: GoogleServer, connect: Client, robot: GoogleAccount
) -> None:
    """A service account does not see what nobody shared with it."""
    calendar = connect(server.user_make_calendar(TITLE), of=robot)
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is MissingError
    assert type(raised(server, lambda: calendar.changes(None, {}))) is MissingError


def test_a_calendar_that_is_shared_for_reading_is_refused(
    server: GoogleServer, adopting: Shared, shared: str
) -> None:
    """Without the right to write there is no mark; what there is can be read."""
    server.share(shared, "reader", ROBOT, listed=False)
    assert type(raised(server, lambda: adopting().make(TITLE, "mark"))) is RefusedError
    assert adopting().changes(None, {}).listed == 0


@pytest.mark.parametrize(("answer", "kind"), REASONS.values(), ids=REASONS.keys())
@pytest.mark.parametrize("method", ["events.get", "events.list", "events.insert"])
def test_adopting_may_fail(
    server: GoogleServer,
    adopting: Shared,
    shared: str,
    method: str,
    answer: Answer,
    kind: type[ConnectorError],
) -> None:
    """Whichever step fails, the error is of its kind, and the calendar is neither ours nor somebody else's by it."""
    server.fault(answer, method, times=ALWAYS)
    calendar = adopting()
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is kind
    server.faults.clear()
    assert server.events(shared) == {}
    assert calendar.make(TITLE, "mark") is True


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_adopting_may_get_json_of_another_shape(
    server: GoogleServer, adopting: Shared, shared: str, body: bytes
) -> None:
    """What cannot be an answer does not say whose the calendar is."""
    server.fault(Answer(200, body, {"Content-Type": "application/json"}), of_the_calendar, times=ALWAYS)
    assert type(raised(server, lambda: adopting().make(TITLE, "mark"))) is UnreachableError
    assert server.events(shared) == {}


@pytest.mark.parametrize("cut", [True, False], ids=["broken off", "no word"])
def test_the_answer_to_adopting_may_be_lost(
    server: GoogleServer, adopting: Shared, shared: str, cut: bool
) -> None:
    """The mark is found again."""
    server.lose_answers(1 if cut else 2, cut=cut)
    raised(server, lambda: adopting().make(TITLE, "mark"))
    server.faults.clear()
    assert adopting().make(TITLE, "mark") is True
    assert len(server.events(shared)) == 1


def test_what_was_signed_in_for_reading_adopts_nothing(server: GoogleServer, connect: Client) -> None:
    """The clinician's own calendars are read, and with the scopes we ask for no write reaches them."""
    id_ = server.user_make_calendar(TITLE)
    calendar = connect(id_)
    assert calendar.changes(None, {}).listed == 0
    assert type(raised(server, lambda: calendar.make(TITLE, "mark"))) is RefusedError
    for act in (
        lambda: calendar.create(calendar.address("one"), text("one")),
        lambda: connect("primary").create(calendar.address("one"), text("one")),
    ):
        assert type(raised(server, act)) is RefusedError
    assert server.events(id_) == {}


# -- the sign-in while it works ---------------------------------------------------------------------------------


def statuses(asked: Iterable[Asked]) -> list[tuple[str, int]]:
    return [(one.method.removeprefix("calendar."), one.status) for one in asked]


@acts(ACTS)
def test_an_access_token_that_ended_is_renewed_on_the_way(scene: Scene, act: Act) -> None:
    """A request that meets its token's end is asked again with a new one, and written once."""
    scene.server.expire_access_tokens()
    act(scene)
    assert [status for _, status in statuses(scene.server.requests())][:2] == [401, 200]
    assert len(scene.server.requests("oauth.token")) == 1


TOKEN_TROUBLES = {
    "500": (error(500, "x"), UnreachableError),
    "503 page": (google_server.UNAVAILABLE, UnreachableError),
    "429": (error(429, "x"), UnreachableError),
    "200 page": (google_server.PAGE, UnreachableError),
    "200 of another shape": (told(200, {"hello": 1}), ConnectorError),
    "200 list": (Answer(200, b"[]"), ConnectorError),
    "no word": (google_server.DROPPED, UnreachableError),
    "broken off": (Answer(200, b'{"access', cut=True), UnreachableError),
    "invalid_grant": (told(400, {"error": "invalid_grant", "error_description": "x"}), RefusedError),
    "invalid_client": (told(401, {"error": "invalid_client"}), RefusedError),
    "403 page": (google_server.html(403), ConnectorError),
    "internal_failure": (told(400, {"error": "internal_failure"}), UnreachableError),
}


@acts(ACTS)
@pytest.mark.parametrize(("answer", "kind"), TOKEN_TROUBLES.values(), ids=TOKEN_TROUBLES.keys())
def test_a_renewal_that_fails_is_told_as_what_it_is(
    scene: Scene, act: Act, answer: Answer, kind: type[ConnectorError]
) -> None:
    """Trouble with the sign-in is no answer of the calendar either; afterwards everything goes on."""
    before = scene.held()
    scene.server.expire_access_tokens()
    scene.server.fault(answer, "oauth.token", times=ALWAYS)
    assert isinstance(raised(scene.server, lambda: act(scene)), kind)
    assert_nothing_happened(scene, before)


@acts(ACTS)
def test_a_sign_in_that_hangs_is_not_waited_for(
    scene: Scene, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time allowed holds for the renewal too."""
    quick(monkeypatch)
    scene.calendar.close()
    scene.server.expire_access_tokens()
    scene.server.hang(LONG, "oauth.token", times=ALWAYS)
    started = time.monotonic()
    assert type(raised(scene.server, lambda: act(scene))) is UnreachableError
    assert time.monotonic() - started < LONG


def test_a_disk_that_is_full_does_not_undo_a_write(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A renewed token that cannot be written down is used all the same: the write happened, and is told as such."""
    scene.server.expire_access_tokens()

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        WRITES["create"](scene)
    assert scene.titles()[scene.three] == "three"
    assert LOOKS["later look"](scene) is not None

"""CalDAV against a server that fails in every way: each failure is told as what it is, and none as a deletion."""

from __future__ import annotations

import email.utils
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from connectors.base import Changes
from connectors.calendars import webdav
from connectors.calendars.dav import DavCalendar
from connectors.errors import (
    ConflictError,
    ConnectorError,
    CursorLostError,
    MissingError,
    RefusedError,
    RejectedError,
    UnreachableError,
)
from tests.waiting import LONG, free_port

USER, PASSWORD, FEED = "r.example", "a-secret-of-the-tests", "private-0123456789"
HOME = f"/{FEED}/work/"
KNOWN = {f"{HOME}one.ics": '"1"', f"{HOME}two.ics": '"2"'}
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
XML = {"Content-Type": "application/xml; charset=utf-8"}
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Welcome<br></body></html>"


@dataclass(frozen=True)
class Answer:
    """What the server says; `cut` ends the connection in the middle, `hang` says nothing for so long.

    With `chunks` the body comes without its length, and so does what is cut off.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: float = 0.0
    chunks: bool = False


def multistatus(inner: str, token: str = "") -> Answer:
    told = f"<d:sync-token>{token}</d:sync-token>" if token else ""
    body = f'<?xml version="1.0"?><d:multistatus {SPACES}>{inner}{told}</d:multistatus>'
    return Answer(207, body.encode(), XML)


def member(href: str, etag: str, data: str = "") -> str:
    held = f"<c:calendar-data>{data}</c:calendar-data>" if data else ""
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:getetag>{etag}</d:getetag>{held}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def lone(href: str, status: int) -> str:
    return f"<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 {status} x</d:status></d:response>"


def condition(status: int, name: str) -> Answer:
    return Answer(status, f'<?xml version="1.0"?><d:error {SPACES}><{name}/></d:error>'.encode(), XML)


class Server(ThreadingHTTPServer):
    """Answers from a list, the last one for ever, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{HOME}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer.hang:
            time.sleep(answer.hang)
        self.send_response_only(answer.status)
        length = len(answer.body) + (1_000 if answer.cut else 0)
        told = {"Transfer-Encoding": "chunked"} if answer.chunks else {"Content-Length": str(length)}
        for name, value in {**answer.headers, **told, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (length, answer.body) if answer.chunks else answer.body)
        self.wfile.flush()
        self.close_connection = True

    do_REPORT = do_PUT = do_DELETE = do_MKCALENDAR = do_GET = do_PROPFIND = do_OPTIONS = _do  # noqa: N815  # names of the base class


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(LONG)


@pytest.fixture
def server(running: Server) -> Server:
    running.answers, running.asked = [], []
    return running


@pytest.fixture
def calendar(
    server: Server, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DavCalendar]:
    if NO_ANSWER in request.node.name:
        monkeypatch.setattr(webdav, "TIMEOUTS", (0.3, 0.3))
    made = DavCalendar(server.url, USER, PASSWORD)
    yield made
    made.close()


NO_ANSWER = "no answer in time"
"""Where nobody is waited for; elsewhere a slow machine may take its time."""
Faults = dict[str, tuple[Answer, type[ConnectorError]]]

FAULTS: Faults = {
    "400": (Answer(400), UnreachableError),
    "500": (Answer(500, b"Internal Server Error"), UnreachableError),
    "500 with HTML": (Answer(500, HTML, {"Content-Type": "text/html"}), UnreachableError),
    "502": (Answer(502), UnreachableError),
    "503": (Answer(503), UnreachableError),
    "503 with a time": (Answer(503, b"", {"Retry-After": "120"}), UnreachableError),
    "504": (Answer(504), UnreachableError),
    "429": (Answer(429), UnreachableError),
    "429 with a time": (Answer(429, b"", {"Retry-After": "120"}), UnreachableError),
    "401": (Answer(401, b"", {"WWW-Authenticate": 'Basic realm="x"'}), RefusedError),
    "401 without a challenge": (Answer(401), RefusedError),
    "403": (Answer(403), RefusedError),
    "301": (Answer(301, b"", {"Location": f"{HOME}moved/"}), RefusedError),
    "302": (Answer(302, b"", {"Location": "http://127.0.0.1:9/login"}), RefusedError),
    "307": (Answer(307, b"", {"Location": f"{HOME}moved/"}), RefusedError),
    "308": (Answer(308, b"", {"Location": f"{HOME}moved/"}), RefusedError),
    "cut off": (Answer(207, b"<?xml", XML, cut=True), UnreachableError),
    "cut off in a chunk": (Answer(207, b"<?xml", XML, cut=True, chunks=True), UnreachableError),
    "cut off between chunks": (
        Answer(207, b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"/>', XML, chunks=True),
        UnreachableError,
    ),
    NO_ANSWER: (Answer(207, b"", XML, hang=LONG), UnreachableError),
}
"""What may meet any request at all."""

READING: Faults = {
    "404": (Answer(404), MissingError),
    "410": (Answer(410), MissingError),
    "200 with HTML": (Answer(200, HTML, {"Content-Type": "text/html"}), UnreachableError),
    "200 and nothing": (Answer(200), UnreachableError),
    "200 with a multistatus": (
        Answer(200, multistatus(member(f"{HOME}one.ics", '"1"'), "t").body, XML),
        UnreachableError,
    ),
    "207 with HTML": (Answer(207, HTML, {"Content-Type": "text/html"}), UnreachableError),
    "207 with HTML that says it is XML": (Answer(207, HTML, XML), UnreachableError),
    "207 and nothing": (Answer(207, b"", XML), UnreachableError),
    "207 with JSON": (
        Answer(207, b'{"error": "busy"}', {"Content-Type": "application/json"}),
        UnreachableError,
    ),
    "204": (Answer(204), UnreachableError),
    "truncated XML": (
        Answer(207, multistatus(member(f"{HOME}one.ics", '"1"'), "t").body[:-60], XML),
        UnreachableError,
    ),
    "other XML": (Answer(207, b'<?xml version="1.0"?><rss version="2.0"/>', XML), UnreachableError),
    "an empty multistatus": (multistatus(""), UnreachableError),
    "a lone 404 for the calendar": (multistatus(lone(HOME, 404)), UnreachableError),
    "a lone 404 for the calendar, with a token": (multistatus(lone(HOME, 404), "t"), UnreachableError),
    "a lone 404 without the last slash": (multistatus(lone(HOME.rstrip("/"), 404), "t"), UnreachableError),
    "a lone 403 for the calendar": (multistatus(lone(HOME, 403), "t"), UnreachableError),
}
"""What may meet a question."""


def params(faults: Faults) -> list[object]:
    return [pytest.param(answer, kind, id=name) for name, (answer, kind) in faults.items()]


def raised(act: Callable[[], object]) -> ConnectorError:
    """The error, which must be ours and tell neither address nor secret."""
    with pytest.raises(ConnectorError) as caught:
        act()
    told = f"{caught.value} {caught.value.args}"
    for secret in (USER, PASSWORD, FEED, "127.0.0.1", "Sign in"):
        assert secret not in told
    assert str(caught.value)
    return caught.value


ANY = {**FAULTS, **READING}
QUESTIONS: dict[str, Callable[[DavCalendar], object]] = {
    "first look": lambda calendar: calendar.changes(None, KNOWN),
    "later look": lambda calendar: calendar.changes("http://server.example/sync/1", KNOWN),
    "fetch": lambda calendar: calendar.fetch(list(KNOWN)),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize(("answer", "kind"), params(ANY))
def test_a_failed_question_is_never_an_answer(
    server: Server,
    calendar: DavCalendar,
    ask: Callable[[DavCalendar], object],
    answer: Answer,
    kind: type[ConnectorError],
) -> None:
    """Whatever the server says instead of an answer raises the error of its kind, and nothing is taken as gone."""
    server.answers = [answer]
    if answer.status in (400, 403, 410, 500, 501) and ask is QUESTIONS["later look"]:
        # Some servers say no more of a token that they have forgotten; asked without one, they say what it is.
        kind = CursorLostError
    assert type(raised(lambda: ask(calendar))) is kind


@pytest.mark.parametrize(("answer", "kind"), params(FAULTS))
def test_a_failed_batch_fails_the_whole_look(
    server: Server, calendar: DavCalendar, answer: Answer, kind: type[ConnectorError]
) -> None:
    """When the listing comes and the objects do not, there is no half answer and no new cursor."""
    server.answers = [multistatus(member(f"{HOME}one.ics", '"9"'), "t"), answer]
    assert type(raised(lambda: calendar.changes("t0", KNOWN))) is kind


@pytest.mark.parametrize(
    "batch",
    [
        pytest.param(multistatus(""), id="none at all"),
        pytest.param(multistatus(member(f"{HOME}one.ics", '"9"', "BEGIN:VCALENDAR")), id="one of two"),
    ],
)
def test_an_object_passed_over_in_silence_is_not_gone(
    server: Server, calendar: DavCalendar, batch: Answer
) -> None:
    """A listed object that the next answer does not mention at all was not deleted."""
    listing = multistatus(member(f"{HOME}one.ics", '"9"') + member(f"{HOME}two.ics", '"9"'), "t")
    server.answers = [listing, batch]
    try:
        found = calendar.changes(None, KNOWN)
    except UnreachableError:
        return
    assert found.gone == frozenset()


WRITES: dict[str, Callable[[DavCalendar], object]] = {
    "create": lambda calendar: calendar.create(f"{HOME}one.ics", "x"),
    "update": lambda calendar: calendar.update(f"{HOME}one.ics", "x", '"1"'),
    "delete": lambda calendar: calendar.delete(f"{HOME}one.ics", '"1"'),
    "make": lambda calendar: calendar.make("Shiftward", "mark"),
}


@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES.keys())
@pytest.mark.parametrize(("answer", "kind"), params(FAULTS))
def test_a_failed_write_says_what_failed(
    server: Server,
    calendar: DavCalendar,
    act: Callable[[DavCalendar], object],
    answer: Answer,
    kind: type[ConnectorError],
) -> None:
    """A write that meets a failure raises the error of its kind; it is asked once, and never elsewhere."""
    server.answers = [answer]
    if answer.status == 400 and act in (WRITES["create"], WRITES["update"]):
        kind = RejectedError
    assert type(raised(lambda: act(calendar))) is kind
    assert {path for _, path, _, _ in server.asked} <= {HOME, f"{HOME}one.ics"}
    assert len({command for command, _, _, _ in server.asked}) == 1


@pytest.mark.parametrize("status", [404, 409, 410, 412])
@pytest.mark.parametrize("verb", ["create", "update", "delete"])
def test_a_condition_that_failed_is_a_conflict(
    server: Server, calendar: DavCalendar, verb: str, status: int
) -> None:
    """What is not as the write assumed is a conflict."""
    server.answers = [Answer(status)]
    assert type(raised(lambda: WRITES[verb](calendar))) is ConflictError


def test_a_uid_that_is_taken_is_a_conflict(server: Server, calendar: DavCalendar) -> None:
    """Servers tell a taken UID under 403; it is a conflict and no matter of permission."""
    server.answers = [condition(403, "c:no-uid-conflict")]
    assert type(raised(lambda: WRITES["create"](calendar))) is ConflictError


@pytest.mark.parametrize("status", [400, 403, 409, 412, 507])
def test_a_forgotten_cursor_is_told_by_its_element(
    server: Server, calendar: DavCalendar, status: int
) -> None:
    """`valid-sync-token` means a lost cursor, under whatever status."""
    server.answers = [condition(status, "d:valid-sync-token")]
    assert type(raised(lambda: calendar.changes("old", KNOWN))) is CursorLostError


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("ask", [*QUESTIONS.values(), *WRITES.values()], ids=[*QUESTIONS, *WRITES])
def test_the_pause_a_server_asks_for_is_kept(
    server: Server, calendar: DavCalendar, ask: Callable[[DavCalendar], object], status: int
) -> None:
    """Retry-After comes through, in seconds."""
    server.answers = [Answer(status, b"", {"Retry-After": "120"})]
    error = raised(lambda: ask(calendar))
    assert isinstance(error, UnreachableError)
    assert error.retry_after == 120


def test_a_pause_may_be_told_as_a_date(server: Server, calendar: DavCalendar) -> None:
    """So many seconds from now; one that has passed is none."""
    for ahead, least, most in ((300, 200, 300), (-300, 0, 0)):
        when = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
        server.answers = [Answer(503, b"", {"Retry-After": when})]
        error = raised(lambda: calendar.changes(None, KNOWN))
        assert isinstance(error, UnreachableError)
        assert least <= (error.retry_after or 0) <= most


def test_a_listing_that_is_cut_short_is_none(server: Server, calendar: DavCalendar) -> None:
    """Where there is no sync-collection either, what was left out is not gone."""
    listing = member(HOME, '"0"') + member(f"{HOME}one.ics", '"1"') + lone(HOME, 507)
    server.answers = [Answer(501), multistatus(member(HOME, '"0"')), multistatus(listing)]
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError


def test_nobody_there_is_unreachable() -> None:
    """A refused connection is no contact."""
    calendar = DavCalendar(f"http://127.0.0.1:{free_port()}{HOME}", USER, PASSWORD)
    error = raised(lambda: calendar.changes(None, KNOWN))
    calendar.close()
    assert type(error) is UnreachableError


def test_a_server_that_hangs_up_is_unreachable() -> None:
    """A connection that is closed without a word is no contact."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            while True:
                try:
                    listener.accept()[0].close()
                except OSError:
                    return

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        calendar = DavCalendar(f"http://127.0.0.1:{listener.getsockname()[1]}{HOME}", USER, PASSWORD)
        error = raised(lambda: calendar.changes(None, KNOWN))
        calendar.close()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(LONG)
    assert type(error) is UnreachableError


def test_hanging_ends_soon(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says nothing is given up on after the time that is allowed, and is not asked again at once."""
    assert sum(webdav.TIMEOUTS) < LONG
    monkeypatch.setattr(webdav, "TIMEOUTS", (0.3, 0.3))
    calendar = DavCalendar(server.url, USER, PASSWORD)
    server.answers = [Answer(207, b"", XML, hang=LONG)]
    started = time.monotonic()
    raised(lambda: calendar.changes(None, KNOWN))
    calendar.close()
    assert time.monotonic() - started < LONG
    assert len(server.asked) == 1


def test_an_xml_bomb_costs_no_memory_and_no_file(server: Server, calendar: DavCalendar) -> None:
    """Entities that grow, or that name a file of this machine, are not followed."""
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY b0 "{"x" * 100}">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        f"<d:multistatus {SPACES}>{member(HOME + 'one.ics', '&b11;&f;')}<d:sync-token>t</d:sync-token></d:multistatus>"
    )
    server.answers = [Answer(207, body.encode(), XML)]
    started = time.monotonic()
    raised(lambda: calendar.changes(None, KNOWN))
    assert time.monotonic() - started < LONG


# -- what is an answer ------------------------------------------------------------------------------------------


def test_a_good_answer_is_taken(server: Server, calendar: DavCalendar) -> None:
    """Changed, unchanged and removed objects are told apart, in two requests."""
    listing = (
        member(f"{HOME}one.ics", '"9"') + member(f"{HOME}two.ics", '"2"') + lone(f"{HOME}three.ics", 404)
    )
    server.answers = [
        multistatus(listing, "t1"),
        multistatus(member(f"{HOME}one.ics", '"9"', "BEGIN:VCALENDAR")),
    ]
    found = calendar.changes("t0", {**KNOWN, f"{HOME}three.ics": '"3"'})
    assert [(item.href, item.etag) for item in found.items] == [(f"{HOME}one.ics", '"9"')]
    assert (found.gone, found.cursor, found.listed) == (frozenset({f"{HOME}three.ics"}), "t1", None)
    assert [command for command, _, _, _ in server.asked] == ["REPORT", "REPORT"]


def test_an_empty_calendar_counts_nothing(server: Server, calendar: DavCalendar) -> None:
    """A first look at a calendar that is truly empty says so by its count, and tells what is gone by difference."""
    server.answers = [multistatus("", "t1")]
    found = calendar.changes(None, KNOWN)
    assert found == Changes((), frozenset(KNOWN), "t1", 0)


def test_other_spellings_of_an_address_are_the_same_object(server: Server, calendar: DavCalendar) -> None:
    """Servers escape addresses as they like, or give them in full; they are known under one spelling."""
    known = {f"{HOME}caf%C3%A9%20%40.ics": '"1"'}
    for href in (f"{HOME}caf%c3%a9%20@.ics", f"{server.url}caf%C3%A9%20%40.ics", f"\n {HOME}café%20@.ics\n"):
        server.answers = [multistatus(member(href, '"1"'), "t1")]
        found = calendar.changes(None, known)
        assert (found.items, found.gone) == ((), frozenset())


@pytest.mark.parametrize(
    "sick",
    [
        pytest.param(b"a\x0bb", id="a control character"),
        pytest.param(b"a&#11;b", id="a control character as a reference"),
        pytest.param(b"a&#xD83D;b", id="half a character as a reference"),
        pytest.param(b"a\xe9b", id="a letter of another encoding"),
        pytest.param("a\ufffeb".encode(), id="no character at all"),
    ],
)
def test_what_no_xml_can_hold_costs_a_letter(server: Server, calendar: DavCalendar, sick: bytes) -> None:
    """The object comes without it, and the others as they are."""
    listing = member(f"{HOME}one.ics", '"8"') + member(f"{HOME}two.ics", '"9"')
    objects = member(f"{HOME}one.ics", '"8"', "BEGIN:SICK") + member(f"{HOME}two.ics", '"9"', "BEGIN:ü")
    answer = multistatus(objects)
    server.answers = [
        multistatus(listing, "t1"),
        Answer(207, answer.body.replace(b"SICK", sick), XML),
    ]
    found = {item.href: item.data for item in calendar.changes("t0", KNOWN).items}
    assert found[f"{HOME}two.ics"] == "BEGIN:ü"
    assert found[f"{HOME}one.ics"].replace("\ufffd", "") == "BEGIN:ab"


def test_a_letter_folded_in_the_middle_is_one(server: Server, calendar: DavCalendar) -> None:
    """Also where an object comes by itself, and no XML is around it."""
    whole = "BEGIN:VCALENDAR\r\nSUMMARY:夜勤\r\nEND:VCALENDAR\r\n".encode()
    folded = whole.replace(b"\xe5\xa4\x9c", b"\xe5\xa4\r\n \x9c")
    text = {"Content-Type": "text/calendar; charset=utf-8", "ETag": '"9"'}
    server.answers = [multistatus(""), Answer(200, folded, text)]
    found = calendar.fetch([f"{HOME}one.ics"])
    assert found[f"{HOME}one.ics"].data.encode() == whole.replace(b"\r\n", b"\n")


PAGES: dict[str, Answer] = {
    "a page to sign in on": Answer(200, HTML, {"Content-Type": "text/html", "ETag": '"1"'}),
    "half of it": Answer(200, b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", {"ETag": '"1"'}),
    "403": Answer(403),
    "423": Answer(423),
    "500": Answer(500),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_an_object_that_cannot_be_had_costs_itself_alone(
    server: Server, calendar: DavCalendar, page: Answer
) -> None:
    """One that is passed over, and is not to be had by its address either, comes without a text."""
    listing = multistatus(member(f"{HOME}one.ics", '"8"') + member(f"{HOME}two.ics", '"9"'), "t1")
    objects = multistatus(member(f"{HOME}two.ics", '"9"', "BEGIN:VCALENDAR"))
    server.answers = [listing, objects, page]
    found = calendar.changes("t0", KNOWN)
    assert {item.href: item.data for item in found.items} == {
        f"{HOME}one.ics": "",
        f"{HOME}two.ics": "BEGIN:VCALENDAR",
    }
    assert (found.gone, found.cursor) == (frozenset(), "t0")


def test_an_object_that_fails_in_a_listing_costs_itself_alone(server: Server, calendar: DavCalendar) -> None:
    """It is neither gone nor as it was; and the next look asks again."""
    listing = lone(f"{HOME}one.ics", 500) + member(f"{HOME}two.ics", '"2"')
    server.answers = [multistatus(listing, "t1"), multistatus(lone(f"{HOME}one.ics", 500))]
    found = calendar.changes("t0", KNOWN)
    assert [(item.href, item.data) for item in found.items] == [(f"{HOME}one.ics", "")]
    assert (found.gone, found.cursor, found.same) == (frozenset(), "t0", frozenset({f"{HOME}two.ics"}))


def test_an_object_told_twice_is_there_once(server: Server, calendar: DavCalendar) -> None:
    """The last version counts in a listing, and of an object what could be read."""
    one = f"{HOME}one.ics"
    good = member(one, '"9"', "BEGIN:VCALENDAR")
    for objects in (lone(one, 500) + good, good + lone(one, 500), good + lone(one, 404), good + good):
        server.answers = [
            multistatus(member(one, '"8"') + lone(one, 404) + member(one, '"9"'), "t1"),
            multistatus(objects),
        ]
        found = calendar.changes("t0", KNOWN)
        assert [(item.href, item.etag, item.data) for item in found.items] == [
            (one, '"9"', "BEGIN:VCALENDAR")
        ]
        assert (found.gone, found.cursor) == (frozenset(), "t1")


@pytest.mark.parametrize("where", [HOME.rstrip("/"), "/", "/elsewhere/"])
def test_an_answer_is_cut_short_whatever_it_is_told_of(
    server: Server, calendar: DavCalendar, where: str
) -> None:
    """A 507 under any address means that there is more."""
    server.answers = [
        multistatus(member(f"{HOME}one.ics", '"1"') + lone(where, 507), "t1"),
        *([multistatus(member(HOME, '"0"'))] if where != HOME.rstrip("/") else []),
        multistatus(member(f"{HOME}two.ics", '"2"'), "t2"),
    ]
    found = calendar.changes(None, KNOWN)
    assert (found.items, found.gone, found.cursor, found.listed) == ((), frozenset(), "t2", 2)


def test_blanks_around_tokens_and_versions_mean_nothing(server: Server, calendar: DavCalendar) -> None:
    """Some servers set their XML in lines."""
    server.answers = [multistatus(member(f"{HOME}one.ics", '\n  "1"\n '), "\n  t1\n ")]
    found = calendar.changes("t0", KNOWN)
    assert (found.items, found.cursor) == ((), "t1")


def test_a_packed_answer_that_is_cut_off_is_none(server: Server, calendar: DavCalendar) -> None:
    """Half of what was compressed is no listing, and no object."""
    listing = multistatus(member(f"{HOME}one.ics", '"1"') + " " * 5_000, "t1")
    packed = gzip.compress(listing.body)
    server.answers = [Answer(207, packed[: len(packed) // 2], {**XML, "Content-Encoding": "gzip"})]
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    whole = b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 900 + b"END:VCALENDAR\r\n"
    half = {"Content-Type": "text/calendar", "Content-Encoding": "gzip", "ETag": '"1"'}
    server.answers = [multistatus(""), Answer(200, gzip.compress(whole)[:40], half)]
    raised(lambda: calendar.fetch([f"{HOME}one.ics"]))


def test_what_is_packed_and_says_it_is_not_is_none(server: Server, calendar: DavCalendar) -> None:
    """And what says so and is not, neither."""
    listing = multistatus(member(f"{HOME}one.ics", '"1"'), "t1")
    for answer in (
        Answer(207, gzip.compress(listing.body), XML),
        Answer(207, listing.body, {**XML, "Content-Encoding": "gzip"}),
    ):
        server.answers = [answer]
        assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError


@pytest.mark.parametrize("status", [200, 204])
def test_a_deletion_told_inside_a_207_was_done(server: Server, calendar: DavCalendar, status: int) -> None:
    """Where nothing failed, or nothing is told at all."""
    for inner in ("", lone(f"{HOME}one.ics", status)):
        server.answers = [multistatus(inner)]
        WRITES["delete"](calendar)


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        (lone(f"{HOME}one.ics", 423), ConflictError),
        (lone(f"{HOME}one.ics", 423) + lone(HOME, 424), ConflictError),
        (lone(f"{HOME}one.ics", 404), ConflictError),
        (lone(f"{HOME}one.ics", 403), RefusedError),
        (lone(f"{HOME}one.ics", 500), UnreachableError),
        (lone(HOME, 424), UnreachableError),
    ],
)
def test_a_deletion_that_failed_inside_a_207_has_failed(
    server: Server, calendar: DavCalendar, inner: str, kind: type[ConnectorError]
) -> None:
    """As if the status were that of the answer."""
    server.answers = [multistatus(inner)]
    assert type(raised(lambda: WRITES["delete"](calendar))) is kind


def test_a_status_may_be_written_in_any_way(server: Server, calendar: DavCalendar) -> None:
    """What counts is its number."""
    for line in ("HTTP/1.1 404 Not Found", "HTTP/2 404", "404", "404 Not Found", " HTTP/1.1  404 "):
        gone = f"<d:response><d:href>{HOME}one.ics</d:href><d:status>{line}</d:status></d:response>"
        server.answers = [multistatus(gone, "t1")]
        assert calendar.changes("t0", KNOWN).gone == {f"{HOME}one.ics"}


def test_writes_are_conditional(server: Server, calendar: DavCalendar) -> None:
    """A create demands an empty address, an update and a delete their version."""
    server.answers = [Answer(204)]
    for verb in ("create", "update", "delete"):
        WRITES[verb](calendar)
    conditions = [
        {key.title(): value for key, value in headers.items() if key.lower().startswith("if-")}
        for _, _, headers, _ in server.asked
    ]
    assert conditions == [{"If-None-Match": "*"}, {"If-Match": '"1"'}, {"If-Match": '"1"'}]


@pytest.mark.parametrize(
    "name",
    ["semi%3Bcolon%2Ccomma", "what%3F", "hash%23tag", "100%25", "a%20b", "a%2Fb", "a%252Fb", "caf%E9"],
)
def test_an_odd_address_goes_out_as_it_was_listed(server: Server, calendar: DavCalendar, name: str) -> None:
    """What is escaped in an address stays escaped on its way back."""
    server.answers = [multistatus(member(f"{HOME}{name}.ics", '"1"'), "t1"), Answer(204)]
    found = calendar.changes(None, {f"{HOME}{name}.ics": '"1"'})
    assert (found.items, found.gone) == ((), frozenset())
    calendar.delete(f"{HOME}{name}.ics", '"1"')
    assert server.asked[-1][1] == f"{HOME}{name}.ics"


def test_a_text_goes_out_byte_for_byte(server: Server, calendar: DavCalendar) -> None:
    """Line ends and letters leave as they are written."""
    server.answers = [Answer(201)]
    calendar.create(f"{HOME}one.ics", "a\r\nb\nc · ü\r\n")
    (_, path, headers, body) = server.asked[0]
    assert (path, body) == (f"{HOME}one.ics", "a\r\nb\nc · ü\r\n".encode())
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize(
    "taken",
    [Answer(405), condition(403, "d:resource-must-be-null"), condition(409, "d:resource-must-be-null")],
)
@pytest.mark.parametrize(("mark", "ours"), [("mark", True), ("somebody-elses", False)])
def test_a_calendar_that_is_there_is_ours_by_its_mark(
    server: Server, calendar: DavCalendar, taken: Answer, mark: str, ours: bool
) -> None:
    """Servers tell in several ways that a calendar is there already; whose it is, its description tells."""
    text = f"<c:calendar-description>Made and kept by Shiftward ({mark})</c:calendar-description>"
    props = f"<d:propstat><d:prop>{text}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    marked = multistatus(f"<d:response><d:href>{HOME}</d:href>{props}</d:response>")
    # A server that says 405 to one way of making it is asked whether it is there.
    looks = [marked] * (1 + 2 * (taken.status == 405))
    server.answers = [Answer(404), taken, *looks, multistatus(lone(f"{HOME}shiftward-marker.ics", 404))]
    assert calendar.make("Shiftward", "mark") is ours


def test_a_calendar_that_is_made_is_ours(server: Server, calendar: DavCalendar) -> None:
    """Made where there was none, and known by its mark; a lone 404 inside a 207 is none, too."""
    text = "<c:calendar-description>Made and kept by Shiftward (mark)</c:calendar-description>"
    props = f"<d:propstat><d:prop>{text}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    marked = multistatus(f"<d:response><d:href>{HOME}</d:href>{props}</d:response>")
    lone = multistatus(
        f"<d:response><d:href>{HOME}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
    )
    for missing in (Answer(404), lone):
        server.answers = [missing, Answer(201), marked]
        assert calendar.make("Shiftward", "mark") is True


def test_the_environment_is_not_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch, calendar: DavCalendar
) -> None:
    """A proxy in the environment never gets to see a calendar."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.answers = [multistatus("", "t1")]
    made = DavCalendar(server.url, USER, PASSWORD)
    assert made.changes(None, {}).cursor == "t1"
    made.close()


def test_the_password_goes_to_no_other_server(server: Server, calendar: DavCalendar) -> None:
    """A redirect is not followed: the request that carries the password is the only one."""
    server.answers = [Answer(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})]
    raised(lambda: calendar.create(f"{HOME}one.ics", "x"))
    assert [command for command, _, _, _ in server.asked] == ["PUT"]

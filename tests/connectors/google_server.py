"""Google's calendar and sign-in on this machine, for tests: as the discovery document has them, and failing on demand."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from google.oauth2.credentials import Credentials

from tests.connectors.google_server_document import (
    SCOPE,
    ApiError,
    Call,
    Json,
    Method,
    UnsupportedError,
    document,
)
from tests.connectors.google_server_events import shown, stamp, told_time
from tests.connectors.google_server_oauth import CLIENT, SECRET, Grant, OAuth, OAuthError
from tests.connectors.google_server_store import HANDLERS, ROLES, Mail, Store
from tests.waiting import LONG

USER = "r.example@gmail.com"
ROBOT = "shiftward@tests.iam.gserviceaccount.com"
OTHER_CLIENT = "9876543210-other.apps.googleusercontent.com"
"""A second program of the same user."""
TIME_ZONE = "Europe/Zurich"
REALM = 'Bearer realm="https://accounts.google.com/"'
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HTML = b"<!DOCTYPE html><html><head><title>Error</title></head><body><p>That\xe2\x80\x99s an error.<br></body></html>"
OAUTH = {
    ("GET", "/o/oauth2/auth"): "oauth.auth",
    ("POST", "/token"): "oauth.token",
    ("POST", "/revoke"): "oauth.revoke",
}


@dataclass(frozen=True)
class Answer:
    """What the server says. `hang` waits first, `cut` ends in the middle of the body, `drop` says nothing at all."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    drop: bool = False
    hang: float = 0.0


def told(status: int, body: Json, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in JSON."""
    kind = {"Content-Type": "application/json; charset=UTF-8"}
    return Answer(status, json.dumps(body, indent=1).encode(), {**kind, **(headers or {})})


def error(
    status: int,
    reason: str,
    message: str = "",
    domain: str = "global",
    *,
    retry_after: str = "",
    details: str = "",
) -> Answer:
    """An error in Google's form; with `details` in the newer one."""
    made = ApiError(status, reason, message or reason, domain=domain, details=details)
    return told(status, made.body, {"Retry-After": retry_after} if retry_after else {})


def html(status: int) -> Answer:
    """A page for people."""
    return Answer(status, HTML, {"Content-Type": "text/html; charset=UTF-8"})


RATE_LIMIT = error(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits")
USER_RATE_LIMIT = error(403, "userRateLimitExceeded", "User Rate Limit Exceeded", "usageLimits")
QUOTA = error(403, "quotaExceeded", "Calendar usage limits exceeded.", "usageLimits")
DAILY_LIMIT = error(403, "dailyLimitExceeded", "Daily Limit Exceeded", "usageLimits")
TOO_MANY = error(429, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits", retry_after="30")
METRIC = error(
    403,
    "rateLimitExceeded",
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.",
    "usageLimits",
    details="RATE_LIMIT_EXCEEDED",
)
NOT_CONFIGURED = error(
    403, "accessNotConfigured", "The API is not enabled.", "usageLimits", details="SERVICE_DISABLED"
)
FORBIDDEN = error(403, "forbidden", "Forbidden")
BACKEND = error(500, "backendError", "Backend Error")
BAD_GATEWAY, UNAVAILABLE, PAGE = html(502), html(503), html(200)
DROPPED = Answer(0, drop=True)


@dataclass
class Asked:
    """A request as it came, and the status that it was answered with (0: none at all)."""

    method: str
    verb: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    raw_query: str = ""
    status: int = 0

    @property
    def json(self) -> Json:
        return dict(json.loads(self.body))


Match = Callable[[Asked], bool] | str | None


@dataclass
class Fault:
    """An answer that some requests get instead of their own, or `after` their own has been worked out."""

    answer: Answer | Callable[[Answer], Answer]
    match: Match
    times: int
    skip: int
    after: bool

    def meets(self, asked: Asked) -> bool:
        if self.match is None or isinstance(self.match, str):
            return self.match is None or asked.method.endswith(self.match)
        return self.match(asked)


class GoogleServer(ThreadingHTTPServer):
    """Calendars, consent and tokens on 127.0.0.1, with the tools of a test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.RLock()
        self.stopping = threading.Event()
        self.root = f"http://127.0.0.1:{self.server_address[1]}"
        self.url = f"{self.root}{document().base}"
        self.reset()

    def reset(self) -> None:
        """All as it was at the start."""
        with self.lock:
            self.store = Store(USER, ROBOT, TIME_ZONE)
            self.oauth = OAuth(USER, ROBOT, document().scopes, time.time)
            self.oauth.root = self.root
            self.oauth.clients[OTHER_CLIENT] = SECRET
            self.asked: list[Asked] = []
            self.violations: list[str] = []
            self.faults: list[Fault] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""

    def server_close(self) -> None:
        self.stopping.set()
        super().server_close()

    # -- what a test sees ---------------------------------------------------------------------------------

    @property
    def mails(self) -> list[Mail]:
        """What Google would have sent to somebody."""
        return self.store.mails

    def requests(self, method: str = "") -> list[Asked]:
        """The requests of one method (`events.insert`), or all."""
        with self.lock:
            return [asked for asked in self.asked if asked.method.endswith(method)]

    def events(self, calendar: str, *, deleted: bool = False) -> dict[str, Json]:
        """The events that are kept in a calendar, by id."""
        with self.lock:
            held = self.store.book(calendar, USER).events.values()
            return {
                one.event["id"]: deepcopy(one.event)
                for one in held
                if deleted or one.event["status"] != "cancelled"
            }

    def calendars(self) -> list[str]:
        """The ids of all calendars of the user but the first."""
        with self.lock:
            return [book.id for book in self.store.books.values() if USER in book.roles and book.id != USER]

    # -- failing ------------------------------------------------------------------------------------------

    def fault(
        self,
        answer: Answer | Callable[[Answer], Answer],
        match: Match = None,
        *,
        times: int = 1,
        skip: int = 0,
        after: bool = False,
    ) -> Fault:
        """The next requests that match (the end of a method's name, or a predicate) get this answer.

        With `after` the request is carried out all the same; a function makes its answer out of the real one.
        """
        made = Fault(answer, match, times, skip, after or callable(answer))
        with self.lock:
            self.faults.append(made)
        return made

    def lose_answers(self, count: int = 1, match: Match = None, *, cut: bool = True) -> None:
        """The next writes are carried out and their answers lost.

        With `cut` the answer breaks off after its head. Without, the connection ends before any word: then httplib2
        itself sends the request once more, so that one lost answer is met by a second request.
        """

        def lost(real: Answer) -> Answer:
            if not cut:
                return DROPPED
            return replace(real, status=real.status if real.body else 200, body=b"", cut=True)

        def writes(asked: Asked) -> bool:
            held = asked.method.startswith("calendar.") and asked.verb in WRITING
            return held and Fault(DROPPED, match, 1, 0, after=True).meets(asked)

        self.fault(lost, writes, times=count)

    def hang(self, seconds: float, match: Match = None, *, times: int = 1, after: bool = False) -> None:
        """The next requests wait: before they are carried out, or after."""
        if after:
            self.fault(lambda real: replace(real, hang=seconds), match, times=times)
        else:
            self.fault(Answer(0, drop=True, hang=seconds), match, times=times)

    def invalidate_sync_tokens(self) -> None:
        with self.lock:
            self.store.syncs.clear()

    def expire_access_tokens(self) -> None:
        with self.lock:
            self.oauth.accesses.clear()

    def revoke_grants(self) -> None:
        """As the user does in the settings of the account: every token is worth nothing."""
        with self.lock:
            self.oauth.revoke()

    # -- signing in ---------------------------------------------------------------------------------------

    def client_secrets(self) -> Json:
        return self.oauth.client_secrets()

    def service_account(self) -> Json:
        return self.oauth.service_account()

    def credentials(
        self,
        scopes: Iterable[str],
        *,
        account: str = USER,
        client: str = CLIENT,
        refresh: bool = True,
    ) -> Credentials:
        """What a program holds after consent; scopes may be told by their last part."""
        full = [scope if "/" in scope else SCOPE + scope for scope in scopes]
        with self.lock:
            grant = Grant(account, client, tuple(full))
            access, lasting = self.oauth.access(grant), self.oauth.refresh(grant) if refresh else None
        return Credentials(  # type: ignore[no-untyped-call]
            token=access,
            refresh_token=lasting,
            token_uri=f"{self.root}/token",
            client_id=client,
            client_secret=self.oauth.clients[client],
            scopes=full,
        )

    def consent(self, url: str, *, follow: bool = True) -> str:
        """Opens the page of consent as a browser does, and says where it led; that place is visited with `follow`."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        try:
            with opener.open(url, timeout=LONG) as answer:
                raise ValueError(f"no redirect: {answer.status}")
        except urllib.error.HTTPError as led:
            place = led.headers.get("Location", "")
            page = led.read().decode()
            led.close()
        if not place:
            raise ValueError(page)
        if follow:
            with opener.open(place, timeout=LONG) as answer:
                answer.read()
        return place

    # -- what the user does on the phone ------------------------------------------------------------------

    def user_insert(self, calendar: str, body: Json) -> Json:
        with self.lock:
            book = self.store.book(calendar, USER)
            return self._shown(calendar, self.store.insert(book, body, USER)["id"])

    def user_update(self, calendar: str, event: str, body: Json) -> Json:
        """Replaces fields of an event, or of one of a series; null takes a field away."""
        with self.lock:
            book = self.store.book(calendar, USER)
            held = self.store.find(book, event)
            self.store.write(book, held, {**held.event, **body})
            return self._shown(calendar, event)

    def user_delete(self, calendar: str, event: str) -> None:
        with self.lock:
            self.store.remove(self.store.book(calendar, USER), event)

    def user_restore(self, calendar: str, event: str) -> Json:
        """Takes an event out of the bin."""
        return self.user_update(calendar, event, {"status": "confirmed"})

    def user_cancel_instance(self, calendar: str, series: str, start: datetime | date) -> Json:
        """Deletes one of a series, told by its original start."""
        with self.lock:
            id_ = self._instance(calendar, series, start)
            self.store.remove(self.store.book(calendar, USER), id_)
            return self._shown(calendar, id_)

    def user_move_instance(
        self, calendar: str, series: str, start: datetime | date, to: datetime | date, end: datetime | date
    ) -> Json:
        """Moves one of a series, told by its original start."""
        with self.lock:
            zone = self.store.book(calendar, USER).zone
            body = {"start": told_time(to, zone), "end": told_time(end, zone)}
            return self.user_update(calendar, self._instance(calendar, series, start), body)

    def user_make_calendar(self, summary: str, zone: str = TIME_ZONE) -> str:
        """A calendar that no program made."""
        with self.lock:
            id_ = f"c_{len(self.store.books):064x}@group.calendar.google.com"
            return self.store.open(id_, USER, {"summary": summary, "timeZone": zone}).id

    def user_delete_calendar(self, calendar: str) -> None:
        with self.lock:
            del self.store.books[self.store.book(calendar, USER).id]

    def share(self, calendar: str, role: str, account: str = USER, *, listed: bool = True) -> None:
        """Gives somebody this role in a calendar, and the calendar a place in their list."""
        if role not in ROLES:
            raise ValueError(role)
        with self.lock:
            book = self.store.book(calendar, USER)
            book.roles[account] = role
            if listed and account not in book.entries:
                self.store.enlist(book, account, {"selected": True})

    def _instance(self, calendar: str, series: str, start: datetime | date) -> str:
        book = self.store.book(calendar, USER)
        if isinstance(start, datetime) and start.tzinfo is None:
            raise ValueError("a start has a zone")
        return f"{self.store.find(book, series).event['id']}_{stamp(told_time(start, book.zone))}"

    def _shown(self, calendar: str, event: str) -> Json:
        book = self.store.book(calendar, USER)
        return shown(deepcopy(book.events[event].event), book.zone)

    # -- answering ----------------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Answer:
        """What a request gets, by the faults and by the state."""
        with self.lock:
            self.asked.append(asked)
            found = document().find(asked.verb, asked.path)
            asked.method = found[0].id if found else OAUTH.get((asked.verb, asked.path), "")
            fault = self._fault(asked)
            if fault is not None and not fault.after and isinstance(fault.answer, Answer):
                return fault.answer
            real = self._calendar(asked, *found) if found else self._other(asked)
            if fault is None:
                return real
            return fault.answer(real) if callable(fault.answer) else fault.answer

    def _fault(self, asked: Asked) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.meets(asked):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def _other(self, asked: Asked) -> Answer:
        try:
            match asked.method:
                case "oauth.auth":
                    return Answer(302, b"", {"Location": self.oauth.consent(asked.raw_query)})
                case "oauth.token":
                    return told(200, self.oauth.token(asked.body, asked.headers))
                case "oauth.revoke":
                    self.oauth.revoke(parse_qs(asked.body.decode()).get("token", [""])[0])
                    return told(200, {})
        except OAuthError as refused:
            return told(refused.status, refused.body)
        except ValueError as refused:
            return Answer(
                400, f"<!DOCTYPE html><p>Error 400: {refused}</p>".encode(), {"Content-Type": "text/html"}
            )
        self.violations.append(f"{asked.verb} {asked.path}: nothing of this address is in the document")
        return html(404)

    def _calendar(self, asked: Asked, method: Method, path: dict[str, str]) -> Answer:
        try:
            call = self._call(asked, method, path)
            if method.id not in HANDLERS:
                raise UnsupportedError(method.id)  # noqa: TRY301  # one place says what is not there
            found = HANDLERS[method.id](self.store, call)
            if found is None:
                return Answer(204)
            self._conforms(method, found)
            if "fields" in call.params:
                found = document().select(method, call.params["fields"], found)
            return told(200, found, {"ETag": found["etag"]} if "etag" in found else None)
        except ApiError as refused:
            return told(refused.status, refused.body, refused.headers)
        except UnsupportedError as missing:
            self.violations.append(f"{asked.verb} {asked.path}: the server of the tests cannot do {missing}")
            return error(501, "notImplemented", str(missing))

    @staticmethod
    def _conforms(method: Method, found: Json) -> None:
        try:
            document().check({"$ref": method.response}, found, "answer")
        except ApiError as wrong:
            raise UnsupportedError(f"an answer of its own: {wrong}") from None

    def _call(self, asked: Asked, method: Method, path: dict[str, str]) -> Call:
        grant = self.oauth.holder(asked.headers.get("Authorization", ""))
        if grant is None:
            raise ApiError(
                401,
                "authError",
                "Invalid Credentials",
                location="Authorization",
                kind="header",
                headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
                details="ACCESS_TOKEN_EXPIRED",
                headline="Request had invalid authentication credentials.",
            )
        scopes = frozenset(grant.scopes)
        if not scopes & method.scopes:
            needed = " ".join(sorted(method.scopes))
            headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{needed}"'}
            raise ApiError(
                403,
                "insufficientPermissions",
                "Insufficient Permission",
                headers=headers,
                details="ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                headline="Request had insufficient authentication scopes.",
            )
        query = document().query(method, asked.raw_query)
        body = document().body(method, asked.body, asked.headers.get("Content-Type", ""))
        etag = asked.headers.get("If-Match")
        return Call(method, {**query, **path}, body, etag, grant.account, grant.client, scopes)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself."""

    def redirect_request(self, *told: Any, **more: Any) -> None:
        return None


class _Handler(BaseHTTPRequestHandler):
    server: GoogleServer
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        headers = {name.title(): value for name, value in self.headers.items()}
        asked = Asked("", self.command, path, parse_qs(query, keep_blank_values=True), headers, body, query)
        answer = self.server.answer(asked)
        if answer.hang:
            self.server.stopping.wait(answer.hang)
        self.close_connection = True
        if not answer.drop:
            asked.status = answer.status
            self._say(answer)

    def _say(self, answer: Answer) -> None:
        length = len(answer.body) + (1_000 if answer.cut else 0)
        self.send_response_only(answer.status)
        for name, value in {**answer.headers, "Connection": "close"}.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, *told: object) -> None:
        """Nothing: requests are in `asked`."""

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _do  # noqa: N815  # names of the base class


@contextmanager
def serving() -> Iterator[GoogleServer]:
    """The server, answering while the block runs."""
    with GoogleServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join(LONG)

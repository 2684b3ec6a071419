"""A CalDAV server for tests, in this process: one account, its calendars, and the habits of any real server.

    with running(PROFILES["nextcloud"]) as server:
        url = server.user_mkcalendar("Shifts")       # what the clinician does, by hand or with the phone
        href = server.user_put(url, "one.ics", text)
        DavCalendar(url, server.user, server.password)
        server.texts(url), server.asked, server.mails

Methods that begin with `user_` are not requests: they are in nobody's log and meet no condition.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import itertools
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

from tests.connectors import dav_server_xml
from tests.connectors.dav_server_login import Digest
from tests.connectors.dav_server_quirks import PROFILES, Quirks
from tests.connectors.dav_server_reports import BESIDE, Answers, Place, Site
from tests.connectors.dav_server_store import Account, Folder, Refusal, Stored
from tests.connectors.dav_server_xml import C, D, Node, lone, node, texts_in
from tests.waiting import LONG

__all__ = ["PROFILES", "Asked", "DavServer", "Quirks", "running"]

USER, PASSWORD = "r@clinic.example", "open-sesame-of-the-tests"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, with the status of its answer; the names of headers in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class DavServer(ThreadingHTTPServer):
    """Answers on 127.0.0.1. Its address is `url`; any request without the password is refused, where there is one."""

    daemon_threads = True

    def __init__(self, quirks: Quirks, user: str = USER, password: str | None = PASSWORD) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.quirks, self.user, self.password = quirks, user, password
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.site = Site(quirks, self.url, user)
        self.asked: list[Asked] = []
        self.faults: list[BaseException] = []
        """What went wrong in the server itself; a test with any has shown nothing."""
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._excuses: list[Answer] = []
        self.pages: dict[str, Answer] = {}
        """What is answered to anything at these paths, instead of what would be."""
        self.after_each: Callable[[], object] = lambda: None
        """Called when a request has been dealt with, right before its answer leaves."""
        self.clock: Callable[[], float]
        """Seconds since 1970."""
        self.reset()

    def reset(self) -> None:
        """An empty account, and an empty log."""
        self._account = Account(self.quirks, self._seconds)
        self._held: set[Place] = set()
        self._digest = Digest()
        self._answers = Answers(self.quirks, self.site, self._account)
        self.asked.clear()
        self.faults.clear()
        self._excuses.clear()
        self.pages.clear()
        self.after_each = lambda: None
        self.clock = time.time

    def _seconds(self) -> float:
        return self.clock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""
        fault = sys.exception()
        if fault is not None and not isinstance(fault, OSError):
            self.faults.append(fault)

    # -- what tests look at ---------------------------------------------------------------------------------

    @property
    def mails(self) -> list[str]:
        """The objects about which a server that does scheduling would have written to somebody."""
        return self._account.mails

    @property
    def home_url(self) -> str:
        return self.url + quote(self.site.home)

    def texts(self, url: str) -> dict[str, str]:
        """What is in a calendar, by address."""
        objects = self._folder(url).objects
        return {self._object_path(url, name): stored.text for name, stored in objects.items()}

    def description(self, url: str) -> str | None:
        return self._folder(url).description

    def token(self, url: str) -> str:
        """The sync token of a calendar as it is now."""
        folder = self._folder(url)
        return self._account.token(folder, folder.last)

    # -- what the clinician does ----------------------------------------------------------------------------

    def user_mkcalendar(self, title: str, slug: str = "", holds: str = "VEVENT") -> str:
        """Make a calendar; its address."""
        with self._lock:
            slug = slug or f"calendar-{next(self._numbers)}"
            self._account.make(slug, title).holds = holds
        return self.calendar_url(slug)

    def calendar_url(self, slug: str) -> str:
        """The address of a calendar of that name, be there one or not."""
        return f"{self.home_url}{quote(slug)}/"

    def user_rmcalendar(self, url: str) -> None:
        with self._lock:
            del self._account.folders[self.site.place(url).slug]

    def user_retitle(self, url: str, title: str) -> None:
        with self._lock:
            self._folder(url).title = title

    def user_put(self, url: str, name: str, text: str) -> str:
        """Write an object, new or not; its address."""
        with self._lock:
            self._account.put(self._folder(url), name, text)
        return self._object_path(url, name)

    def user_delete(self, *hrefs: str) -> None:
        with self._lock:
            for href in hrefs:
                self._account.remove(self._folder(href), self.site.place(href).name)

    def user_lock(self, *hrefs: str) -> None:
        """Some program holds these objects, and no others any more."""
        with self._lock:
            self._held = {self.site.place(href) for href in hrefs}

    def user_rename(self, href: str, name: str) -> str:
        """Give an object another address, which is returned."""
        with self._lock:
            self._account.rename(self._folder(href), self.site.place(href).name, name)
        return self._object_path(href, name)

    def forget_history(self) -> None:
        """Sync tokens from before this are no longer known."""
        with self._lock:
            self._account.forget()

    def busy(self, status: int = 503, retry_after: str = "120", times: int = 1) -> None:
        """The next requests are put off."""
        with self._lock:
            self._excuses += [Answer(status, b"", {"Retry-After": retry_after})] * times

    def _folder(self, address: str) -> Folder:
        return self._account.folders[self.site.place(address).slug]

    def _object_path(self, address: str, name: str) -> str:
        """With everything escaped that may be, as addresses are compared."""
        return quote(f"{self.site.home}{self.site.place(address).slug}/{name}")

    # -- answering ------------------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Answer:
        """One request at a time."""
        with self._lock:
            answer = self._answer(asked)
            self.asked.append(Asked(asked.method, asked.path, asked.headers, asked.body, answer.status))
        self.after_each()
        return answer

    def _answer(self, asked: Asked) -> Answer:
        if self._excuses:
            return self._excuses.pop(0)
        if asked.path in self.pages:
            return self.pages[asked.path]
        if not self._knows(asked):
            challenge = self._digest.challenge() if self.quirks.digest else self.quirks.challenge
            return Answer(401, b"", {"WWW-Authenticate": challenge})
        try:
            return self._moved(unquote(urlsplit(asked.path).path)) or self._do(asked)
        except Refusal as refusal:
            if not refusal.conditions and not self.quirks.sabre:
                return Answer(refusal.status)
            return self._xml(refusal.status, refusal.element(sabre=self.quirks.sabre))
        except ET.ParseError:
            return Answer(400)

    def _knows(self, asked: Asked) -> bool:
        authorization = asked.headers.get("authorization", "")
        if self.password is None:
            return True
        if self.quirks.digest:
            return self._digest.knows(authorization, asked.method, self.user, self.password)
        try:
            told = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return authorization.startswith("Basic ") and told == f"{self.user}:{self.password}"

    def _moved(self, path: str) -> Answer | None:
        """Where the address leads elsewhere: to where."""
        quirks, site = self.quirks, self.site
        if path == "/.well-known/caldav":
            if not 300 < quirks.well_known < 400:
                raise Refusal(quirks.well_known)
            return Answer(quirks.well_known, b"", {"Location": site.href(site.root, quirks.well_known_host)})
        if not path.startswith(f"{site.root}moved/"):
            return None
        to = path.removeprefix(f"{site.root}moved")
        status = quirks.home_moved if to.startswith(site.home) else quirks.principal_moved
        return Answer(status or 404, b"", {"Location": site.href(to)})

    def _xml(self, status: int, tree: Node) -> Answer:
        encoding = self.quirks.encoding
        kind = self.quirks.content_type.format(encoding=encoding.removesuffix("-sig"))
        way: dav_server_xml.Way = (
            "cdata" if self.quirks.cdata else "folded" if self.quirks.folds_letters else "escaped"
        )
        body = dav_server_xml.document(tree, self.quirks.style, encoding, way)
        return Answer(status, body, {"Content-Type": kind})

    def _do(self, asked: Asked) -> Answer:
        methods = {
            "OPTIONS": self._options,
            "PROPFIND": self._propfind,
            "REPORT": self._report,
            "GET": self._get,
            "HEAD": self._get,
            "PUT": self._put,
            "DELETE": self._delete,
            "MKCALENDAR": self._mkcalendar,
            "MKCOL": self._mkcol,
            "PROPPATCH": self._proppatch,
        }
        return methods[asked.method](asked, self.site.place(asked.path))

    def _options(self, _asked: Asked, _place: Place) -> Answer:
        features = "1, 3, access-control, calendar-access" if self.quirks.reports else "1"
        return Answer(200, b"", {"DAV": features, "Allow": "OPTIONS, GET, PUT, DELETE, PROPFIND, REPORT"})

    def _propfind(self, asked: Asked, place: Place) -> Answer:
        tree = self._answers.propfind(
            place, dav_server_xml.parsed(asked.body), asked.headers.get("depth", "infinity")
        )
        return self._xml(207, tree)

    def _report(self, asked: Asked, place: Place) -> Answer:
        tree = dav_server_xml.parsed(asked.body)
        if tree is None:
            raise Refusal(400)
        return self._xml(207, self._answers.report(place, tree))

    def _get(self, _asked: Asked, place: Place) -> Answer:
        folder = self._answers.folder(place)
        if self.quirks.extras and place.name in BESIDE:
            return Answer(200, BESIDE[place.name].encode(), {"Content-Type": "text/plain"})
        if place.name not in folder.objects:
            raise Refusal(404)
        stored = folder.objects[place.name]
        kind = "text/calendar; charset=utf-8"
        return Answer(200, stored.text.encode(), {"Content-Type": kind, "ETag": self._answers.etag(stored)})

    # -- writing --------------------------------------------------------------------------------------------

    def _writable(self, place: Place) -> Folder:
        if place.kind != "object" or place.slug not in self._account.folders:
            raise Refusal(409)
        if self.quirks.read_only:
            raise Refusal(403, node(f"{D}need-privileges"))
        return self._account.folders[place.slug]

    def _put(self, asked: Asked, place: Place) -> Answer:
        folder = self._writable(place)
        there = folder.objects.get(place.name)
        if place in self._held:
            raise Refusal(423, node(f"{D}lock-token-submitted"))
        self._check_conditions(asked, there, self.quirks.gone_put)
        text = asked.body.decode()
        self._account.check_new(folder, place.name, text)
        name = f"{next(self._numbers)}-kept.ics" if self.quirks.renames and there is None else place.name
        stored = self._account.put(folder, name, text)
        status = self.quirks.put_status or (204 if there else 201)
        return Answer(status, b"", self._told_etag(stored, text))

    def _told_etag(self, stored: Stored, text: str) -> Mapping[str, str]:
        etag = self._answers.etag(stored)
        told = {
            "right": etag,
            "sent": self._answers.etag(Stored(text, 0, 0)),
            "weak": f'W/"{self._answers.tag(stored)}"',
            "none": "",
        }[self.quirks.put_etag]
        return {"ETag": told} if told else {}

    def _delete(self, asked: Asked, place: Place) -> Answer:
        if place.kind != "object":
            raise Refusal(403)
        self._answers.folder(place)
        folder = self._writable(place)
        there = folder.objects.get(place.name)
        if self.quirks.delete_if_match:
            self._check_conditions(asked, there, self.quirks.gone_delete)
        if there is None:
            raise Refusal(404)
        if place in self._held:
            if self.quirks.lock_told == "status":
                raise Refusal(423, node(f"{D}lock-token-submitted"))
            return self._xml(207, node(f"{D}multistatus", lone(asked.path, 423)))
        self._account.remove(folder, place.name)
        return Answer(204)

    def _check_conditions(self, asked: Asked, there: Stored | None, gone: int) -> None:
        quirks = self.quirks
        if asked.headers.get("if-none-match") == "*" and quirks.if_none_match and there:
            raise Refusal(412)
        wanted = asked.headers.get("if-match")
        if wanted == "*":
            holds = {"right": there is not None, "inverted": there is None, "ignored": True, "literal": False}
            if not holds[quirks.if_match_any]:
                raise Refusal(412)
        elif wanted is not None and there is None and gone != 201:
            raise Refusal(gone)
        elif wanted is not None and there is not None and not self._is_version(wanted, there):
            raise Refusal(412)

    def _is_version(self, wanted: str, stored: Stored) -> bool:
        """A weak etag is equal to none."""
        tag = self._answers.tag(stored)
        if self.quirks.etags == "unquoted":
            return wanted.strip('"') == tag
        return wanted == f'"{tag}"' and self.quirks.etags == "strong"

    def _mkcalendar(self, asked: Asked, place: Place) -> Answer:
        return self._make(asked, place, self.quirks.mkcalendar, f"{D}set/{D}prop")

    def _mkcol(self, asked: Asked, place: Place) -> Answer:
        return self._make(asked, place, 201 if self.quirks.mkcol else 405, f"{D}set/{D}prop")

    def _make(self, asked: Asked, place: Place, status: int, props: str) -> Answer:
        if status != 201:
            raise Refusal(status)
        if place.kind != "calendar":
            raise Refusal(409 if place.kind == "object" else 403)
        if place.slug in self._account.folders:
            taken = self.quirks.taken_calendar
            raise Refusal(taken, *([] if taken == 405 else [node(f"{D}resource-must-be-null")]))
        given = texts_in(dav_server_xml.parsed(asked.body), props)
        self._account.make(
            place.slug, given.get(f"{D}displayname", place.slug), given.get(f"{C}calendar-description")
        )
        return Answer(201)

    def _proppatch(self, asked: Asked, place: Place) -> Answer:
        if self.quirks.proppatch != 207:
            raise Refusal(self.quirks.proppatch)
        folder = self._answers.folder(place)
        given = texts_in(dav_server_xml.parsed(asked.body), f"{D}set/{D}prop")
        refused = self.quirks.read_only or (
            f"{C}calendar-description" in given and self.quirks.description == "refused"
        )
        if not refused:
            folder.title = given.get(f"{D}displayname", folder.title)
            if self.quirks.description == "kept":
                folder.description = given.get(f"{C}calendar-description", folder.description)
        props = node(f"{D}prop", *map(node, given))
        told = node(f"{D}propstat", props, dav_server_xml.status(403 if refused else 200))
        href = node(f"{D}href", self.site.href(unquote(urlsplit(asked.path).path)))
        return self._xml(207, node(f"{D}multistatus", node(f"{D}response", href, told)))


class _Handler(BaseHTTPRequestHandler):
    server: DavServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(Asked(self.command, self.path, headers, body))
        self.send_response_only(answer.status)
        packed = self.server.quirks.packed and answer.body != b""
        length = (
            {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
            if packed
            else {"Content-Length": str(len(answer.body))}
        )
        date = {"Date": formatdate(self.server.clock(), usegmt=True)}
        for name, value in {**date, **answer.headers, **length}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"".join(_chunks(gzip.compress(answer.body))) if packed else answer.body)

    do_OPTIONS = do_PROPFIND = do_REPORT = do_PROPPATCH = do_GET = do_HEAD = _do  # noqa: N815  # names of the base class
    do_PUT = do_DELETE = do_MKCALENDAR = do_MKCOL = _do  # noqa: N815  # names of the base class


def _chunks(body: bytes, size: int = 100) -> Iterator[bytes]:
    for at in range(0, len(body), size):
        part = body[at : at + size]
        yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


@contextmanager
def running(quirks: Quirks, user: str = USER, password: str | None = PASSWORD) -> Iterator[DavServer]:
    """A server with these habits, for as long as it is needed."""
    with DavServer(quirks, user, password) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(LONG)

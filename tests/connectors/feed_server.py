"""A web server with one feed on it, served well or badly: each way in which publishers fail is a knob."""

from __future__ import annotations

import gzip
import ipaddress
import re
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.waiting import LONG

TOKEN, KEY = "private-0123456789abcdef", "a-secret-of-the-tests"
HOME = f"/feeds/{TOKEN}/export.ics?key={KEY}"
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Feed//EN\r\nEND:VCALENDAR\r\n"
PATIENCE = 20.0
"""Seconds after which a dawdling server says all that is left, so that a client without a limit is found out."""
EPOCH = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What is said to one request; without a body of its own it is the feed as it is now."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0.0
    """Seconds of silence before the first byte."""
    trickle: float = 0.0
    """Seconds of silence before each byte of the body."""
    trickle_head: bool = False
    """The status line and the headers trickle, too."""
    flood: bool = False
    """Interim answers (100 Continue) come before the real one, many of them, 50 a second."""
    cut: int = 0
    """So many bytes at the end are promised and never sent."""
    chunked: bool = False
    unmeasured: bool = False
    """Neither a length nor chunks: the end of the connection is the end of the body."""
    gzip: bool = False
    lingers: bool = False
    """The connection is said to stay open, and is closed all the same."""


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    """With names in lower case."""


def moved(location: str, status: int = 302) -> Answer:
    return Answer(status, b"", {"Location": location})


class FeedServer(ThreadingHTTPServer):
    """Answers from a list, the last one for ever, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake is made by the thread of the request, where a client that refuses it is no trouble.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"
        self.reset()

    def reset(self) -> None:
        self.answers: list[Answer] = []
        self.places: dict[str, Answer] = {}
        """What is said at other addresses than that of the feed."""
        self.asked: list[Asked] = []
        self.closed = 0
        """How many connections it has ended."""
        self.honours: frozenset[str] = frozenset()
        """The validators that are given and kept: `etag`, `last-modified`."""
        self.volatile = False
        """Whether everything that says nothing about a shift is different at each request."""
        self._feed = EMPTY
        self._version = 0

    @property
    def feed(self) -> bytes:
        return self._feed

    @feed.setter
    def feed(self, body: bytes) -> None:
        self._version += body != self._feed
        self._feed = body

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return self.at(HOME)

    def at(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    @property
    def validators(self) -> dict[str, str]:
        """The headers that name the version which is served now."""
        told = {
            "etag": ("ETag", f'"{blake2b(self._feed, digest_size=8).hexdigest()}"'),
            "last-modified": (
                "Last-Modified",
                format_datetime(EPOCH + timedelta(minutes=self._version), usegmt=True),
            ),
        }
        return dict(told[name] for name in sorted(self.honours))

    def answer(self, asked: Asked) -> Answer:
        if asked.path in self.places:
            return self.places[asked.path]
        if self.answers:
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if asked.path != HOME:
            return Answer(404, b"")
        return Answer(304, b"", self.validators) if self._is_current(asked.headers) else Answer()

    def _is_current(self, headers: Mapping[str, str]) -> bool:
        """As RFC 9110 has it: a date counts only where no tag is asked about."""
        validators = self.validators
        if "if-none-match" in headers:
            return "ETag" in validators and headers["if-none-match"] == validators["ETag"]
        return (
            "Last-Modified" in validators and headers.get("if-modified-since") == validators["Last-Modified"]
        )

    def text(self) -> bytes:
        return freshened(self._feed, len(self.asked)) if self.volatile else self._feed

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.closed += 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


def freshened(feed: bytes, number: int) -> bytes:
    """The same feed as made again later: other stamps, numbers and remarks, none of which is about a shift."""
    stamp = (EPOCH + timedelta(minutes=number)).strftime("%Y%m%dT%H%M%SZ").encode()
    feed = re.sub(rb"(?m)^(DTSTAMP|LAST-MODIFIED|CREATED):.*?(\r?)$", rb"\1:" + stamp + rb"\2", feed)
    feed = re.sub(rb"(?m)^SEQUENCE:\d+", b"SEQUENCE:%d" % number, feed)
    feed = re.sub(rb"(?m)^X-PUBLISHED-TTL:PT\d+M", b"X-PUBLISHED-TTL:PT%dM" % (number + 1), feed)
    return re.sub(rb"(?i)(autosync[a-z ]*):[^\\\r\n]*", rb"\1: " + stamp, feed)


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        self.close_connection = True
        self._end = time.monotonic() + PATIENCE
        asked = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        self.server.asked.append(asked)
        answer = self.server.answer(asked)
        time.sleep(answer.hang)
        while answer.flood and time.monotonic() < self._end:
            self._say(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.02)
        body, headers = self._body(answer)
        head = f"HTTP/1.1 {answer.status} Said\r\n" + "".join(
            f"{name}: {headers[name]}\r\n" for name in headers
        )
        self._say(f"{head}\r\n".encode("latin-1"), answer.trickle if answer.trickle_head else 0)
        if answer.chunked:
            self._say_chunks(body, answer)
        else:
            self._say(body[: len(body) - answer.cut], answer.trickle)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = _do  # noqa: N815  # names of the base class

    def _body(self, answer: Answer) -> tuple[bytes, dict[str, str]]:
        plain = answer.body is None
        body = self.server.text() if answer.body is None else answer.body
        headers = {**(ICS | self.server.validators if plain else {}), **answer.headers}
        if answer.gzip:
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        if answer.chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif not answer.unmeasured and answer.status != 304:
            headers.setdefault("Content-Length", str(len(body)))
        if not answer.lingers:
            headers["Connection"] = "close"
        return body, headers

    def _say_chunks(self, body: bytes, answer: Answer) -> None:
        for at in range(0, len(body) - answer.cut, 100):
            piece = body[at : at + 100]
            self._say(b"%x\r\n%s\r\n" % (len(piece), piece), answer.trickle)
        if not answer.cut:
            self._say(b"0\r\n\r\n", answer.trickle)

    def _say(self, said: bytes, pause: float = 0) -> None:
        while pause and said and time.monotonic() < self._end:
            time.sleep(pause)
            self.wfile.write(said[:1])
            said = said[1:]
        self.wfile.write(said)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Nothing is written to the terminal."""


@contextmanager
def running(certificate: Path | None = None) -> Iterator[FeedServer]:
    with FeedServer(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(LONG)


def bomb(megabytes: int) -> bytes:
    """A calendar of so many megabytes, as valid gzip of a thousandth of that."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    line = b"X-PADDING:" + b"0" * (1_000_000 - 12) + b"\r\n"
    head, tail = EMPTY[: -len(b"END:VCALENDAR\r\n")], b"END:VCALENDAR\r\n"
    packed = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers to what came before, so that the same piece may stand many times.
    packed += (packer.compress(line) + packer.flush(zlib.Z_FULL_FLUSH)) * megabytes
    packed += (packer.compress(tail) + packer.flush())[:-8]
    checksum = zlib.crc32(head)
    for _ in range(megabytes):
        checksum = zlib.crc32(line, checksum)
    checksum = zlib.crc32(tail, checksum)
    length = (len(head) + len(line) * megabytes + len(tail)) % 2**32
    return packed + checksum.to_bytes(4, "little") + length.to_bytes(4, "little")


def self_signed(path: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now, public = datetime.now(UTC), key.public_key()
    made = (
        x509.CertificateBuilder(name, name, public, x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                key_cert_sign=True,
                crl_sign=True,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path

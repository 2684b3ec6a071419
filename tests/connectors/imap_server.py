"""IMAP servers: pymap as a program of its own, a proxy that writes down what is asked, and one that does as told."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import imaplib
import itertools
import mailbox
import os
import re
import select
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Self, cast

from tests.waiting import LONG, free_port, until

USER = "quill"
PASSWORD = "pw-hush-5512"
TOKEN = "ya29.hush-hush-token"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def tls_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


# -- a real server --------------------------------------------------------------------------------------------------


class Pymap:
    """pymap as a process; it can go away and come back at the same port. A certificate makes it want STARTTLS.

    With the maildir backend mail is delivered by writing files, and this backend gives every line the end LF. The
    backend in memory keeps every byte, has one user, and is empty after a restart.
    """

    def __init__(
        self, root: Path, certificate: Path | None = None, backend: Literal["maildir", "dict"] = "maildir"
    ) -> None:
        self.root = root
        self.certificate = certificate
        self.backend = backend
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._homes: dict[str, Path] = {}
        self._names = itertools.count(1)
        (root / "mail").mkdir(parents=True)
        self.add_user(USER)

    def add_user(self, name: str, home: Path | None = None) -> None:
        """Somebody with an empty INBOX, and the password of all."""
        home = home or self.root / "mail" / name
        mailbox.Maildir(home, create=not home.exists()).close()
        self._homes[name] = home
        digest = base64.b64encode(hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt", 1)).decode()
        salt = base64.b64encode(b"salt").decode()
        with (self.root / "mail" / "pymap-etc-passwd").open("a", encoding="utf-8") as file:
            file.write(f"{name}:x:1000:::{home}:\n")
        with (self.root / "mail" / "pymap-etc-shadow").open("a", encoding="utf-8") as file:
            file.write(f"{name}:$pbkdf2-sha256$1${salt}${digest}:::::::\n")

    def start(self) -> None:
        assert self.process is None
        tls = ["--cert", str(self.certificate), "--key", str(self.certificate)]
        inside = {
            "maildir": [str(self.root / "mail")],
            "dict": ["--demo-user", USER, "--demo-password", PASSWORD],
        }
        with (self.root / "pymap.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(Path(sys.executable).parent / "pymap"),
                    *("--host", "127.0.0.1", "--port", str(self.port)),
                    *(tls if self.certificate else ["--no-tls"]),
                    self.backend,
                    *inside[self.backend],
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.environ.get("PATH", ""), "TMPDIR": str(self.root), "FQDN": "mail.example"},
            )
        until(self._answers, "the mail server is up")

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.root / "pymap.log").read_text("utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=0.5):
            return True
        return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
            self.process = None

    @contextlib.contextmanager
    def running(self) -> Iterator[Self]:
        self.start()
        try:
            yield self
        finally:
            self.stop()

    # -- the clinician's other programs

    def folder(self, user: str, folder: str = "INBOX") -> Path:
        home = self._homes[user]
        return home if folder == "INBOX" else home / f".{folder.replace('/', '.')}"

    def deliver(self, raw: bytes, user: str = USER, folder: str = "INBOX") -> Path:
        """A message arrives as a file: written beside, then moved in."""
        box = self.folder(user, folder)
        name = f"17990{next(self._names):05}.M1P1.mail"
        (box / "tmp" / name).write_bytes(raw)
        return (box / "tmp" / name).rename(box / "new" / name)

    @contextlib.contextmanager
    def client(self, user: str = USER) -> Iterator[imaplib.IMAP4]:
        """A second mail program."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=LONG)
        try:
            if self.certificate:
                client.starttls(ssl.create_default_context(cafile=str(self.certificate)))
            client.login(user, PASSWORD)
            yield client
        finally:
            client.shutdown()

    def renumber(self, user: str) -> None:
        """The server numbers INBOX anew: another UIDVALIDITY, and other UIDs."""
        path = self.folder(user) / "dovecot-uidlist"
        header, *lines = path.read_text("utf-8").splitlines()
        validity = re.search(r"V(\d+)", header)
        assert validity
        moved = [re.sub(r"^\d+", lambda found: str(int(found[0]) + 40), line) for line in lines]
        header = re.sub(r"N(\d+)", lambda found: f"N{int(found[1]) + 40}", header)
        header = header.replace(validity[0], f"V{int(validity[1]) + 1}")
        path.write_text("\r\n".join([header, *moved, ""]), "utf-8", newline="")


def append(client: imaplib.IMAP4, folder: str, raw: bytes) -> None:
    """APPEND, without changing a byte."""
    client.send(f"X1 APPEND {folder} {{{len(raw)}+}}\r\n".encode() + raw + b"\r\n")
    line = client.readline()
    while line.startswith(b"* "):
        line = client.readline()
    assert line.startswith(b"X1 OK"), line


# -- between the two ------------------------------------------------------------------------------------------------


class Proxy(socketserver.ThreadingTCPServer):
    """Passes everything on to a plain server and writes down what the client says; TLS where it has a certificate."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, backend: int, certificate: Path | None = None, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Passing)
        self.backend = backend
        self.port = int(self.server_address[1])
        self.context = tls_context(certificate) if certificate else None
        self.heard: list[str] = []
        """What every client said, without its tags."""
        self.hook: Callable[[str], object] | None = None
        """Runs before a line is passed on; when it returns something truthy, the connection is cut instead."""
        self.cuts = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Ends every connection that there is now."""
        self.cuts += 1

    def count(self, start: str) -> int:
        return sum(line.startswith(start) for line in self.heard)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not like the certificate, or goes in the middle."""

    def close(self) -> None:
        self.cut()
        self.shutdown()
        self.server_close()
        self._thread.join(5)

    def __exit__(self, *_: object) -> None:
        self.close()


class _Passing(socketserver.BaseRequestHandler):
    server: Proxy

    def setup(self) -> None:
        self.born = self.server.cuts
        self.rest = b""
        # An answer in two parts would wait 40 ms for the client's delayed acknowledgement of the first.
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.server.context:
            self.request.settimeout(LONG)
            self.request = self.server.context.wrap_socket(self.request, server_side=True)

    def handle(self) -> None:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.server.backend), timeout=LONG) as upstream,
        ):
            while self.server.cuts == self.born and self._pass_on(upstream):
                pass

    def finish(self) -> None:
        self.request.close()

    def _pass_on(self, upstream: socket.socket) -> bool:
        ready, _, _ = select.select([self.request, upstream], [], [], 0.05)
        if upstream in ready:
            told = upstream.recv(65536)
            self.request.sendall(told)
            if not told:
                return False
        return self._said(upstream) if self.request in ready else True

    def _said(self, upstream: socket.socket) -> bool:
        said = self.request.recv(65536)
        *lines, self.rest = (self.rest + said).split(b"\r\n")
        for line in lines:
            words = line.decode("utf-8", "replace")
            text = words if " " not in words else words.partition(" ")[2]
            self.server.heard.append(text)
            if self.server.hook and self.server.hook(text):
                return False
            upstream.sendall(line + b"\r\n")
        return bool(said)


# -- a server that does as told -------------------------------------------------------------------------------------


class Mark(Enum):
    RIGHT = "what a good server says"
    CUT = "the connection ends"
    HANG = "nothing more is said"
    WAIT = "the rest of an IDLE whose beginning was said"


RIGHT, CUT, HANG, WAIT = Mark.RIGHT, Mark.CUT, Mark.HANG, Mark.WAIT
Piece = bytes | Mark | Callable[[], object]
"""Bytes are sent, with %T for the tag of the command."""


@dataclass(slots=True)
class Stored:
    raw: bytes
    came: date
    size: int
    """What RFC822.SIZE says."""


@dataclass(slots=True)
class Box:
    validity: int = 7
    next_uid: int = 1
    mails: dict[int, Stored] = field(default_factory=dict)


class FakeImap(socketserver.ThreadingTCPServer):
    """Enough of IMAP4rev1 to read mail by, where every answer may be replaced."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 50

    def __init__(self, certificate: Path | None = None, *, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Talk)
        self.host = host
        self.port = int(self.server_address[1])
        self.starttls = tls_context(certificate) if certificate else None
        self.before = "IMAP4rev1 IDLE AUTH=PLAIN AUTH=XOAUTH2"
        """What it says it can do before a login."""
        self.after: str | None = None
        """And after it, where that is something else."""
        self.user, self.password, self.token = USER, PASSWORD, TOKEN
        self.boxes: dict[str, Box] = {"INBOX": Box()}
        self.heard: list[tuple[int, str]] = []
        """The number of the connection, and what was said on it, without the tag."""
        self.talks: list[_Talk] = []
        """The connections that are open."""
        self.lock = threading.RLock()
        self.numbers = itertools.count(1)
        self._script: dict[str, list[tuple[Piece, ...]]] = {}
        self._always: dict[str, tuple[Piece, ...]] = {}
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    # -- what the tests do

    def put(self, raw: bytes, folder: str = "INBOX", *, came: date | None = None, size: int = 0) -> int:
        """A message arrives, and clients that wait for it hear so; its UID."""
        with self.lock:
            box = self.boxes.setdefault(folder, Box())
            uid = box.next_uid
            box.next_uid += 1
            box.mails[uid] = Stored(raw, came or datetime.now(UTC).date(), size or len(raw))
            for talk in self.talks:
                if talk.idling and talk.folder == folder:
                    talk.send(f"* {len(box.mails)} EXISTS\r\n".encode())
            return uid

    def say(self, key: str, *pieces: Piece) -> None:
        """The next answer to this kind of command is this one."""
        self._script.setdefault(key, []).append(pieces)

    def always(self, key: str, *pieces: Piece) -> None:
        self._always[key] = pieces

    def well(self) -> None:
        """From now on every answer is the right one."""
        self._script.clear()
        self._always.clear()

    def pieces(self, key: str) -> tuple[Piece, ...]:
        if self._script.get(key):
            return self._script[key].pop(0)
        return self._always.get(key, (RIGHT,))

    def lines(self, start: str = "") -> list[str]:
        return [line for _, line in self.heard if line.startswith(start)]

    def cut(self) -> None:
        """Ends every connection that there is now."""
        with self.lock:
            for talk in self.talks:
                talk.hang_up()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes in the middle."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self.cut()
        self._thread.join(5)

    def __exit__(self, *_: object) -> None:
        self.close()


class _CutError(Exception):
    pass


def _inside(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1]) if quoted.startswith('"') else quoted


class _Talk(socketserver.StreamRequestHandler):
    server: FakeImap
    wbufsize = 0
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.number = next(self.server.numbers)
        self.folder = ""
        self.idling = False
        self.signed_in = False
        with self.server.lock:
            self.server.talks.append(self)

    def finish(self) -> None:
        with self.server.lock:
            self.server.talks.remove(self)
        with contextlib.suppress(OSError):
            super().finish()
        self.request.close()

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)

    def send(self, text: bytes) -> None:
        with contextlib.suppress(OSError):
            self.request.sendall(text)

    def handle(self) -> None:
        with contextlib.suppress(OSError, _CutError):
            self._say("GREETING", "", [])
            while line := self.rfile.readline():
                tag, _, text = line.decode("utf-8", "replace").strip("\r\n").partition(" ")
                self.server.heard.append((self.number, text))
                # Words, and quoted texts as one word.
                words = re.findall(r'"(?:[^"\\]|\\.)*"|\([^)]*\)|[^ ]+', text) or [""]
                self._say(self._key(words), tag, words)

    @staticmethod
    def _key(words: list[str]) -> str:
        verb = words[0].upper()
        if verb != "UID":
            return verb
        return "SEARCH" if words[1] == "SEARCH" else "SIZES" if "RFC822.SIZE" in words[-1] else "BODY"

    def _say(self, key: str, tag: str, words: list[str]) -> None:
        for piece in self.server.pieces(key):
            if isinstance(piece, bytes):
                self.send(piece.replace(b"%T", tag.encode()))
            elif piece is CUT:
                self.hang_up()
                raise _CutError
            elif piece is HANG:
                # For longer than any client may wait, and not for ever.
                self.request.settimeout(2 * LONG)
                self.rfile.read()
                raise _CutError
            elif piece is WAIT:
                self._until_done(tag)
            elif piece is RIGHT:
                getattr(self, f"_{key.lower()}", self._unknown)(tag, words)
            else:
                cast("Callable[[], object]", piece)()

    def _unknown(self, tag: str, _: list[str]) -> None:
        self.send(f"{tag} BAD not understood\r\n".encode())

    # -- before the login

    def _greeting(self, _: str, __: list[str]) -> None:
        self.send(b"* OK ready\r\n")

    def _capability(self, tag: str, _: list[str]) -> None:
        told = (self.server.after if self.signed_in else None) or self.server.before
        tls = " STARTTLS" if self.server.starttls and not isinstance(self.request, ssl.SSLSocket) else ""
        self.send(f"* CAPABILITY {told}{tls}\r\n{tag} OK done\r\n".encode())

    def _starttls(self, tag: str, words: list[str]) -> None:
        if self.server.starttls is None:
            self._unknown(tag, words)
            return
        self.send(f"{tag} OK go on\r\n".encode())
        self.request = self.server.starttls.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")

    def _signed_in(self, tag: str, good: bool) -> None:
        self.signed_in = good
        said = "OK welcome" if good else f"NO [AUTHENTICATIONFAILED] not {self.server.user} with that"
        self.send(f"{tag} {said}\r\n".encode())

    def _login(self, tag: str, words: list[str]) -> None:
        given = tuple(_inside(word) for word in words[1:])
        self._signed_in(tag, given == (self.server.user, self.server.password))

    def _authenticate(self, tag: str, words: list[str]) -> None:
        server = self.server
        self.send(b"+ \r\n")
        told = base64.b64decode(self.rfile.readline())
        if words[1] == "PLAIN":
            self._signed_in(tag, told == f"\0{server.user}\0{server.password}".encode())
            return
        good = told == f"user={server.user}\1auth=Bearer {server.token}\1\1".encode()
        if not good:
            # What is wrong is told as a challenge, to which the client says nothing.
            self.send(b"+ " + base64.b64encode(b'{"status":"400","schemes":"Bearer"}') + b"\r\n")
            self.rfile.readline()
        self._signed_in(tag, good)

    # -- after it

    def _noop(self, tag: str, _: list[str]) -> None:
        self.send(f"{tag} OK done\r\n".encode())

    def _examine(self, tag: str, words: list[str]) -> None:
        folder = _inside(words[1])
        if folder not in self.server.boxes:
            self.send(f"{tag} NO [NONEXISTENT] there is no such mailbox\r\n".encode())
            return
        self.folder, box = folder, self.server.boxes[folder]
        self.send(
            f"* FLAGS (\\Seen)\r\n* {len(box.mails)} EXISTS\r\n* 0 RECENT\r\n"
            f"* OK [UIDVALIDITY {box.validity}] UIDs valid\r\n* OK [UIDNEXT {box.next_uid}] next\r\n"
            f"{tag} OK [READ-ONLY] done\r\n".encode()
        )

    def _search(self, tag: str, words: list[str]) -> None:
        mails = self.server.boxes[self.folder].mails
        since = re.fullmatch(r"\(SINCE (\d{1,2})-([A-Z][a-z]{2})-(\d{4})\)", words[2])
        if since and since[2] in MONTHS:
            day = date(int(since[3]), MONTHS.index(since[2]) + 1, int(since[1]))
            uids = [uid for uid, mail in mails.items() if mail.came >= day]
        elif words[2] == "UID" and re.fullmatch(r"[1-9]\d{0,9}:\*", words[3]):
            # The order of a range does not matter, so that the last message is always in it.
            first = min(int(words[3].partition(":")[0]), max(mails, default=0))
            uids = [uid for uid in mails if uid >= first]
        else:
            self._unknown(tag, words)
            return
        self.send(f"* SEARCH{''.join(f' {uid}' for uid in uids)}\r\n{tag} OK done\r\n".encode())

    def _asked(self, words: list[str]) -> list[tuple[int, int, Stored]]:
        wanted = {int(uid) for uid in words[2].split(",")}
        mails = self.server.boxes[self.folder].mails
        return [(n, uid, mail) for n, (uid, mail) in enumerate(mails.items(), 1) if uid in wanted]

    def _sizes(self, tag: str, words: list[str]) -> None:
        if not re.fullmatch(r"[1-9]\d{0,9}(,[1-9]\d{0,9})*", words[2]):
            self._unknown(tag, words)
            return
        told = [f"* {n} FETCH (UID {uid} RFC822.SIZE {mail.size})\r\n" for n, uid, mail in self._asked(words)]
        self.send(f"{''.join(told)}{tag} OK done\r\n".encode())

    def _body(self, tag: str, words: list[str]) -> None:
        told = [
            f"* {n} FETCH (UID {uid} BODY[] {{{len(mail.raw)}}}\r\n".encode() + mail.raw + b")\r\n"
            for n, uid, mail in self._asked(words)
        ]
        self.send(b"".join(told) + f"{tag} OK done\r\n".encode())

    def _idle(self, tag: str, words: list[str]) -> None:
        if "IDLE" not in ((self.server.after if self.signed_in else None) or self.server.before):
            self._unknown(tag, words)
            return
        with self.server.lock:
            # Who hears this hears of all that comes from now on.
            self.send(b"+ idling\r\n")
            self.idling = True
        self._until_done(tag)

    def _until_done(self, tag: str) -> None:
        with self.server.lock:
            self.idling = True
        done = self.rfile.readline()
        with self.server.lock:
            self.idling = False
        if done.strip() != b"DONE":
            raise _CutError
        self.server.heard.append((self.number, "DONE"))
        self._say("DONE", tag, [])

    def _done(self, tag: str, _: list[str]) -> None:
        self.send(f"{tag} OK done\r\n".encode())

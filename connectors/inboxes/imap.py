"""Folders of an IMAP server, opened read-only and read by BODY.PEEK: no flag is set, nothing is moved.

A message is known by a digest of its bytes, so that one that is moved between folders, or numbered anew by its server
(UIDVALIDITY), is not read twice. The cursor holds, for each folder, how far its numbers were read; it is stored together
with what was read.
"""

from __future__ import annotations

import imaplib
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, Literal

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from connectors.base import Mail
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError
from connectors.message import RawMessage

TIMEOUT = 30.0
"""Seconds to connect, and for each sign of life."""
LONGEST = 300.0
"""Seconds for a whole answer: a server that says a byte now and then says nothing."""
LARGEST = 25_000_000
"""Bytes; what no mail server would have let through."""
IDLE = 600.0
"""Seconds after which IDLE is said again: servers hang up after half an hour, and home routers sooner (RFC 2177)."""
GLANCE = 5.0
"""Seconds between two looks at whether it is time to stop."""
BATCH = 50
"""Messages asked for at once."""
MOST_REFUSED = 20
"""Messages that may be left for the next poll; a server that refuses more gives no usable answer at all."""
PAUSE = 30.0
"""Seconds until a broken watch is taken up again; polls go on meanwhile."""

NUMBERS = range(1, 2**32)
"""What a UID may be (RFC 3501)."""

_FAILURES = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, OverflowError, MemoryError)
"""What imaplib raises; the last two for a literal of an impossible length."""

Tls = Literal["on", "starttls", "off"]
Place = tuple[int, int, tuple[int, ...]]
"""How far a folder was read: its UIDVALIDITY, the last number, and those before it that were refused."""


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where the mail is, and who we are. `secret` gives the password or the access token, anew at each sign-in."""

    host: str
    user: str
    secret: Callable[[], str]
    port: int | None = None
    tls: Tls = "on"
    oauth: bool = False


class ImapInbox:
    """`folders` are read in order; only what came within `days` is read where there is no cursor."""

    def __init__(self, server: ImapServer, folders: Sequence[str] = ("INBOX",), days: int = 60) -> None:
        self._server = server
        self._folders = tuple(folders)
        self._days = days
        self._box: BaseMailBox | None = None

    def fetch(self, cursor: str | None, known: Iterable[str]) -> Mail:
        places = _places(cursor)
        taken = set(known)
        messages: list[RawMessage] = []
        problems: list[str] = []
        for folder in self._folders:
            try:
                place = self._read(folder, places.get(folder), taken, messages, problems)
            except ConnectorError:
                self.close()
                raise
            except _FAILURES as error:
                self.close()
                raise _trouble(error) from None
            places[folder] = place
        kept = {folder: (*places[folder][:2], *places[folder][2]) for folder in self._folders}
        return Mail(tuple(messages), json.dumps(kept, sort_keys=True), tuple(problems))

    def watch(self, stop: threading.Event, wake: Callable[[], None]) -> None:
        """Call `wake` whenever something came, until `stop`: IDLE over connections of its own, one a folder.

        It gives no news by itself: losing one costs the time until the next poll.
        """
        threads = [
            threading.Thread(target=self._idle, args=(folder, stop, wake), daemon=True, name=f"idle-{index}")
            for index, folder in enumerate(self._folders)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def close(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            _hang_up(box)

    # -- reading ---------------------------------------------------------------------------------------------

    def _read(
        self,
        folder: str,
        place: Place | None,
        taken: set[str],
        messages: list[RawMessage],
        problems: list[str],
    ) -> Place:
        """What came to a folder since `place`; the place after it."""
        box = self._open()
        validity, following = _select(box, folder)
        if place and not (place[0] == validity and 0 <= place[1] < (following or 2**32)):
            place = None
        last = place[1] if place else None
        uids = sorted({*_numbers(box, last, self._days), *(place[2] if place else ())})
        refused: list[int] = []
        for at in range(0, len(uids), BATCH):
            for uid, size in _sizes(box, uids[at : at + BATCH]):
                if size > LARGEST:
                    problems.append(f"a message of {size // 1_000_000} MB was left unread")
                    continue
                try:
                    raw = _body(box, uid)
                except _NotThisOneError:
                    refused.append(uid)
                    continue
                key = blake2b(raw, digest_size=16).hexdigest() if raw is not None else None
                if raw is not None and key is not None and key not in taken:
                    taken.add(key)
                    messages.append(RawMessage(key, raw))
        if len(refused) > MOST_REFUSED:
            raise UnreachableError("the mail server refuses to give the messages")
        if refused:
            problems.append("the mail server did not give a message; it is asked for again")
        # What was not found at the first look is older than `days`, and stays unread.
        return validity, max([last if last is not None else (following or 1) - 1, *uids]), tuple(refused)

    def _open(self) -> BaseMailBox:
        if self._box is not None:
            with suppress(*_FAILURES):
                self._box.client.noop()
                return self._box
            self.close()
        self._box = _sign_in(self._server)
        return self._box

    # -- waiting ---------------------------------------------------------------------------------------------

    def _idle(self, folder: str, stop: threading.Event, wake: Callable[[], None]) -> None:
        while not stop.is_set():
            try:
                self._idle_once(folder, stop, wake)
            except (ConnectorError, *_FAILURES):
                # What is wrong is told by the poll, which meets it as well.
                stop.wait(PAUSE)

    def _idle_once(self, folder: str, stop: threading.Event, wake: Callable[[], None]) -> None:
        box = _sign_in(self._server)
        try:
            # Many servers tell it after the login only, and imaplib asks before.
            _, told = box.client.capability()
            if b"IDLE" not in bytes(told[-1] or b"").upper().split():
                stop.wait()
                return
            _select(box, folder)
            while not stop.is_set():
                deadline = datetime.now(UTC) + timedelta(seconds=IDLE)
                with box.idle as idle:
                    # What came before is not announced now, or was with the server's own words.
                    wake()
                    announced = False
                    while not stop.is_set() and datetime.now(UTC) < deadline:
                        began = time.monotonic()
                        if idle.poll(timeout=GLANCE):
                            wake()
                            announced = True
                        elif time.monotonic() - began < GLANCE / 2:
                            # Readable, and yet no line: where the connection has ended, DONE will show it.
                            break
                        elif announced:
                            # Some servers announce a message before another connection finds it.
                            wake()
                            announced = False
        finally:
            _hang_up(box)


class _NotThisOneError(Exception):
    """The server says no to one message; the others may be had."""


def _places(cursor: str | None) -> dict[str, Place]:
    try:
        told = json.loads(cursor or "{}")
        return {
            str(folder): (
                int(place[0]),
                int(place[1]),
                tuple(uid for uid in map(int, place[2:]) if uid in NUMBERS),
            )
            for folder, place in told.items()
        }
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return {}


def _sign_in(server: ImapServer) -> BaseMailBox:
    """Raises RefusedError for a login that is not right, UnreachableError for everything else."""
    try:
        box = _connect(server)
    except _FAILURES as error:
        raise _trouble(error) from None
    try:
        secret = server.secret()
        if server.oauth:
            box.xoauth2(server.user, secret, initial_folder=None)
        elif (server.user + secret).isascii():
            box.login(server.user, secret, initial_folder=None)
        else:
            box.login_utf8(server.user, secret, initial_folder=None)
    except ConnectorError:
        _hang_up(box)
        raise
    except _FAILURES as error:
        _hang_up(box)
        # imaplib raises its plain error where AUTHENTICATE is answered with NO or BAD.
        if isinstance(error, MailboxLoginError) or (
            server.oauth
            and isinstance(error, imaplib.IMAP4.error)
            and not isinstance(error, imaplib.IMAP4.abort)
        ):
            raise RefusedError(
                "the mail server refuses the login; many want a password made for one program, or a token"
            ) from None
        raise _trouble(error) from None
    return box


def _connect(server: ImapServer) -> BaseMailBox:
    if server.tls == "off":
        return _Plain(server.host, server.port or 143, timeout=TIMEOUT)
    context = ssl.create_default_context()
    if server.tls == "starttls":
        return _StartTls(server.host, server.port or 143, timeout=TIMEOUT, ssl_context=context)
    return _Tls(server.host, server.port or 993, timeout=TIMEOUT, ssl_context=context)


class _Client(imaplib.IMAP4):
    """Ends the connection when an answer takes too long as a whole."""

    def _connect(self) -> None:
        self._in_time(super()._connect)  # type: ignore[misc]  # the stubs leave it out

    def _simple_command(self, name: str, *args: Any) -> Any:
        return self._in_time(super()._simple_command, name, *args)  # type: ignore[misc]  # the stubs leave it out

    def _in_time(self, ask: Callable[..., Any], *args: Any) -> Any:
        late = threading.Event()

        def cut() -> None:
            late.set()
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(LONGEST, cut)
        timer.daemon = True
        timer.start()
        try:
            return ask(*args)
        except (imaplib.IMAP4.error, OSError):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()


class _TlsClient(_Client, imaplib.IMAP4_SSL):
    """The same over TLS."""


class _Plain(MailBoxUnencrypted):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Client(self._host, self._port, self._timeout)


class _Tls(MailBox):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _TlsClient(self._host, self._port, ssl_context=self._ssl_context, timeout=self._timeout)


class _StartTls(MailBoxStartTls):
    """Lets go of the connection where STARTTLS fails."""

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(self._host, self._port, self._timeout)
        try:
            client.starttls(self._ssl_context)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return client


def _hang_up(box: BaseMailBox) -> None:
    with suppress(*_FAILURES):
        box.client.shutdown()


def _select(box: BaseMailBox, folder: str) -> tuple[int, int | None]:
    """Open a folder read-only (EXAMINE); its UIDVALIDITY, and the number that its next message will have."""
    try:
        box.folder.set(folder, readonly=True)
    except MailboxFolderSelectError:
        raise MissingError("the mail server has no such folder; mend folders in service.toml") from None
    validity = _code(box, "UIDVALIDITY")
    if validity is None:
        raise UnreachableError("the mail server does not say how it numbers the folder")
    return validity, _code(box, "UIDNEXT")


def _code(box: BaseMailBox, code: str) -> int | None:
    """Its number; imaplib takes everything up to the last bracket of the line."""
    try:
        return int(box.client.response(code)[1][0].partition(b"]")[0])
    except (AttributeError, ValueError, IndexError):
        return None


def _numbers(box: BaseMailBox, last: int | None, days: int) -> list[int]:
    if last is None:
        since = datetime.now(UTC).date() - timedelta(days=days)
        found = _said(box, "SEARCH", f"(SINCE {_imap_date(since)})")
    else:
        found = _said(box, "SEARCH", f"UID {last + 1}:*")
    uids = sorted({int(uid) for part in found if isinstance(part, bytes) for uid in part.split()})
    if not all(uid in NUMBERS for uid in uids):
        raise UnreachableError("the mail server gives numbers that cannot be")
    # "n:*" always holds the last message, even when its number is lower.
    return [uid for uid in uids if last is None or uid > last]


def _imap_date(day: date) -> str:
    """IMAP's months are English, whatever the machine speaks."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day}-{months[day.month - 1]}-{day.year}"


def _sizes(box: BaseMailBox, uids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each message's size, asked before its body; one that went away meanwhile is left out."""
    sizes: dict[int, int] = {}
    for part in _said(box, "FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)"):
        if isinstance(part, bytes):
            words = part.replace(b"(", b" ").replace(b")", b" ").split()
            told = {words[n].upper(): words[n + 1] for n in range(len(words) - 1)}
            if b"UID" in told and b"RFC822.SIZE" in told:
                sizes[int(told[b"UID"])] = int(told[b"RFC822.SIZE"])
    for uid in uids:
        if uid in sizes:
            yield uid, sizes[uid]


def _body(box: BaseMailBox, uid: int) -> bytes | None:
    status, found = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    if status == "NO":
        raise _NotThisOneError
    if status != "OK":
        raise UnreachableError(f"the mail server answers {status} to FETCH")
    return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)


def _said(box: BaseMailBox, command: str, *words: str) -> list[Any]:
    status, found = box.client.uid(command, *words)
    if status != "OK":
        raise UnreachableError(f"the mail server answers {status} to {command}")
    return list(found or ())


def _trouble(error: Exception) -> ConnectorError:
    """What happened, without the server's own words: they may quote a message."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return RefusedError("the mail server's certificate is not good for its name")
    if isinstance(error, TimeoutError):
        return UnreachableError("the mail server does not answer in time")
    return UnreachableError(f"no usable answer of the mail server ({type(error).__name__})")

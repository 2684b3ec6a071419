"""A connection to an IMAP server: signed in, a folder opened read-only, and what its failures mean."""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError

TIMEOUT = 30.0
"""Seconds to connect, and for each sign of life."""
LONGEST = 300.0
"""Seconds for a whole answer: a server that says a byte now and then says nothing."""

FAILURES = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, OverflowError, MemoryError)
"""What imaplib raises; the last two for a literal of an impossible length."""

Tls = Literal["on", "starttls", "off"]
Box = BaseMailBox
"""A connection that is signed in."""


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where the mail is, and who we are. `secret` gives the password or the access token, anew at each sign-in."""

    host: str
    user: str
    secret: Callable[[], str]
    port: int | None = None
    tls: Tls = "on"
    oauth: bool = False


def examine(box: Box, folder: str) -> tuple[int, int | None]:
    """Open a folder read-only (EXAMINE); its UIDVALIDITY, and the number that its next message will have."""
    try:
        box.folder.set(folder, readonly=True)
    except MailboxFolderSelectError:
        raise MissingError("the mail server has no such folder; mend folders in service.toml") from None
    validity = _code(box, "UIDVALIDITY")
    if validity is None:
        raise UnreachableError("the mail server does not say how it numbers the folder")
    return validity, _code(box, "UIDNEXT")


def _code(box: Box, code: str) -> int | None:
    """Its number; imaplib takes everything up to the last bracket of the line."""
    try:
        return int(box.client.response(code)[1][0].partition(b"]")[0])
    except (AttributeError, ValueError, IndexError):
        return None


def sign_in(server: ImapServer) -> Box:
    """Raises RefusedError for a login that is not right, UnreachableError for everything else."""
    try:
        box = _connect(server)
    except FAILURES as error:
        raise trouble(error) from None
    try:
        secret = server.secret()
        if server.oauth:
            box.xoauth2(server.user, secret, initial_folder=None)
        elif (server.user + secret).isascii():
            box.login(server.user, secret, initial_folder=None)
        else:
            box.login_utf8(server.user, secret, initial_folder=None)
    except ConnectorError:
        hang_up(box)
        raise
    except FAILURES as error:
        hang_up(box)
        # imaplib raises its plain error where AUTHENTICATE is answered with NO or BAD.
        if isinstance(error, MailboxLoginError) or (
            server.oauth
            and isinstance(error, imaplib.IMAP4.error)
            and not isinstance(error, imaplib.IMAP4.abort)
        ):
            raise RefusedError(
                "the mail server refuses the login; many want a password made for one program, or a token"
            ) from None
        raise trouble(error) from None
    return box


def _connect(server: ImapServer) -> Box:
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


def hang_up(box: Box) -> None:
    with suppress(*FAILURES):
        box.client.shutdown()


def trouble(error: Exception) -> ConnectorError:
    """What happened, without the server's own words: they may quote a message."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return RefusedError("the mail server's certificate is not good for its name")
    if isinstance(error, TimeoutError):
        return UnreachableError("the mail server does not answer in time")
    return UnreachableError(f"no usable answer of the mail server ({type(error).__name__})")

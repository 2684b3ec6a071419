"""Waiting for mail by IDLE (RFC 2177). It gives no news by itself: losing one costs the time until the next poll."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from connectors.errors import ConnectorError
from connectors.inboxes import imap_box
from connectors.inboxes.imap_box import FAILURES, ImapServer

IDLE = 600.0
"""Seconds after which IDLE is said again: servers hang up after half an hour, and home routers sooner."""
GLANCE = 5.0
"""Seconds between two looks at whether it is time to stop."""
PAUSE = 30.0
"""Seconds between two connections, where one does not last; polls go on meanwhile."""


def watch(server: ImapServer, folder: str, stop: threading.Event, wake: Callable[[], None]) -> None:
    """Call `wake` whenever something may have come to a folder, until `stop`, over a connection of its own."""
    while not stop.is_set():
        begun = time.monotonic()
        try:
            _watch_once(server, folder, stop, wake)
        except (ConnectorError, *FAILURES):
            # What is wrong is told by the poll, which meets it as well.
            stop.wait(max(0.0, begun + PAUSE - time.monotonic()))


def _watch_once(server: ImapServer, folder: str, stop: threading.Event, wake: Callable[[], None]) -> None:
    box = imap_box.sign_in(server)
    try:
        # Many servers tell it after the login only, and imaplib asks before.
        _, told = box.client.capability()
        if b"IDLE" not in bytes(told[-1] or b"").upper().split():
            stop.wait()
            return
        imap_box.examine(box, folder)
        while not stop.is_set():
            with box.idle:
                # Said anew after each announcement: one that came before, or with the server's own words, is not
                # to be heard any more.
                wake()
                _until_something_is_said(box.client.sock, stop)
    finally:
        imap_box.hang_up(box)


def _until_something_is_said(sock: socket.socket, stop: threading.Event) -> None:
    """Or until it is time to say IDLE again, or to stop.

    What is said is read by the end of IDLE, which waits for whole lines. Reading it here, without waiting, loses the
    beginning of a line whose end is still on its way; the connection then ended in the middle of a sentence, and mail was
    found by the next poll only.
    """
    deadline = datetime.now(UTC) + timedelta(seconds=IDLE)
    while not stop.is_set() and datetime.now(UTC) < deadline:
        if select.select([sock], [], [], min(GLANCE, IDLE))[0]:
            return

"""Folders of an IMAP server, opened read-only and read by BODY.PEEK: no flag is set, nothing is moved.

A message is known by a digest of its bytes, so that one that is moved between folders, or numbered anew by its server
(UIDVALIDITY), is not read twice. The cursor holds, for each folder, how far its numbers were read; it is stored together
with what was read.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from connectors.base import Mail
from connectors.errors import ConnectorError, UnreachableError
from connectors.inboxes import imap_idle
from connectors.inboxes.imap_box import FAILURES, Box, ImapServer, examine, hang_up, sign_in, trouble
from connectors.message import RawMessage

LARGEST = 25_000_000
"""Bytes; what no mail server would have let through."""
BATCH = 50
"""Messages asked for at once."""
MOST_REFUSED = 20
"""Messages that may be left for the next poll; a server that refuses more gives no usable answer at all."""

NUMBERS = range(1, 2**32)
"""What a UID may be (RFC 3501)."""

Place = tuple[int, int, tuple[int, ...]]
"""How far a folder was read: its UIDVALIDITY, the last number, and those before it that were refused."""


class ImapInbox:
    """`folders` are read in order; only what came within `days` is read where there is no cursor."""

    def __init__(self, server: ImapServer, folders: Sequence[str] = ("INBOX",), days: int = 60) -> None:
        self._server = server
        self._folders = tuple(folders)
        self._days = days
        self._box: Box | None = None

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
            except FAILURES as error:
                self.close()
                raise trouble(error) from None
            places[folder] = place
        kept = {folder: (*places[folder][:2], *places[folder][2]) for folder in self._folders}
        return Mail(tuple(messages), json.dumps(kept, sort_keys=True), tuple(problems))

    def watch(self, stop: threading.Event, wake: Callable[[], None]) -> None:
        """Call `wake` whenever something came, until `stop`: IDLE over connections of its own, one a folder."""
        threads = [
            threading.Thread(
                target=imap_idle.watch,
                args=(self._server, folder, stop, wake),
                daemon=True,
                name=f"idle-{index}",
            )
            for index, folder in enumerate(self._folders)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def close(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            hang_up(box)

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
        validity, following = examine(box, folder)
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

    def _open(self) -> Box:
        if self._box is not None:
            with suppress(*FAILURES):
                self._box.client.noop()
                return self._box
            self.close()
        self._box = sign_in(self._server)
        return self._box


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


def _numbers(box: Box, last: int | None, days: int) -> list[int]:
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


def _sizes(box: Box, uids: Sequence[int]) -> Iterator[tuple[int, int]]:
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


def _body(box: Box, uid: int) -> bytes | None:
    status, found = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    if status == "NO":
        raise _NotThisOneError
    if status != "OK":
        raise UnreachableError(f"the mail server answers {status} to FETCH")
    return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)


def _said(box: Box, command: str, *words: str) -> list[Any]:
    status, found = box.client.uid(command, *words)
    if status != "OK":
        raise UnreachableError(f"the mail server answers {status} to {command}")
    return list(found or ())

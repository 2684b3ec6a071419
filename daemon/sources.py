"""The configured calendars and inboxes, and one poll of each. Runs in threads; touches neither store nor clock."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from connectors.base import Calendar, Changes, Inbox, Mail
from connectors.errors import CursorLostError, MissingError, RefusedError
from connectors.inboxes.maildir import MaildirInbox
from connectors.message import RawMessage
from connectors.offers.mime import parse
from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon, OfferReading
from daemon.config import CalendarSection, InboxSection, Service, secret

Role = Literal["work", "personal", "publish", "inbox"]


@dataclass
class Source:
    """A calendar or an inbox, and whether it is being asked just now. One thread at a time uses its connector."""

    name: str
    role: Role
    poll: int
    calendar: Calendar | None = None
    inbox: Inbox | None = None
    watch: tuple[Path, ...] = ()
    title: str = ""
    where: str = ""
    """A digest of its kind and address: another one means another source."""
    busy: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A message that was read: its key, when it was sent, and what it says (or why it could not be read)."""

    key: str
    sent: datetime
    reading: OfferReading | None
    problem: str | None = None


def build(service: Service, config: Path) -> list[Source]:
    """The sources of service.toml. Raises SecretMissingError."""
    return [
        *(_calendar(section, config) for section in service.calendars),
        *(_inbox(section, config) for section in service.inboxes),
    ]


def _calendar(section: CalendarSection, config: Path) -> Source:
    address: object = section.url
    calendar: Calendar
    watch: tuple[Path, ...] = ()
    if section.kind == "folder":
        from connectors.calendars.folder import FolderCalendar

        path = _path(section.path, config)
        calendar, address, watch = FolderCalendar(path), path, (path,)
    else:
        from connectors.calendars.dav import DavCalendar

        password = secret(section.password, config) if section.password else None
        calendar = DavCalendar(section.url or "", section.user, password)
    return Source(
        section.name,
        section.role,
        section.poll,
        calendar,
        watch=watch,
        title=section.title,
        where=_where(section.kind, address),
    )


def _inbox(section: InboxSection, config: Path) -> Source:
    path = _path(section.path, config)
    parts = (path / "new", path / "cur")
    where = _where(section.kind, path)
    return Source(section.name, "inbox", section.poll, inbox=MaildirInbox(path), watch=parts, where=where)


def _where(kind: str, address: object) -> str:
    """The port is left out: the demo's server may find another one free."""
    plain = re.sub(r"^(https?://127\.0\.0\.1):\d+", r"\1", str(address))
    return blake2b(f"{kind} {plain}".encode(), digest_size=8).hexdigest()


def _path(path: Path | None, config: Path) -> Path:
    """Relative paths are meant from beside service.toml."""
    assert path is not None
    full = path.expanduser()
    return full if full.is_absolute() else config / full


def poll_calendar(source: Source, cursor: str | None, known: Mapping[str, str]) -> Changes:
    """What changed; all over again where the server has forgotten the cursor."""
    assert source.calendar is not None
    with source.busy:
        try:
            return source.calendar.changes(cursor, known)
        except CursorLostError:
            return source.calendar.changes(None, known)


def probe(source: Source) -> None:
    """Ask once, changing nothing. A publish calendar that is still to be made is no problem. Raises ConnectorError."""
    if source.inbox:
        source.inbox.fetch(None, ())
    elif source.calendar:
        try:
            source.calendar.changes(None, {})
        except MissingError:
            if source.role != "publish":
                raise


def make_calendar(source: Source, mark: str) -> None:
    """Make the publish calendar, or know it again. Raises RefusedError when one without our mark is there."""
    assert source.calendar is not None
    with source.busy:
        ours = source.calendar.make(source.title, mark)
    if not ours:
        raise RefusedError(
            "the publish calendar exists and was not made by Shiftward; give an address where there is none yet"
        )


def poll_inbox(
    source: Source, cursor: str | None, known: Iterable[str], lexicon: Lexicon, now: datetime
) -> tuple[Mail, list[ReadMail]]:
    """New messages, each read. One that cannot be read costs itself alone."""
    assert source.inbox is not None
    with source.busy:
        mail = source.inbox.fetch(cursor, known)
        return mail, [_read(message, lexicon, now) for message in mail.messages]


def _read(message: RawMessage, lexicon: Lexicon, now: datetime) -> ReadMail:
    try:
        sent = parse(message.raw).date or now
        return ReadMail(message.key, sent.astimezone(UTC), read_message(message.raw, lexicon, now))
    except Exception as error:  # noqa: BLE001  # whatever a hostile message does, the next one must still be read
        return ReadMail(message.key, now, None, f"could not be read ({type(error).__name__})")


def lexicon_digest(lexicon: Lexicon) -> str:
    """Changes when messages would be read another way."""
    return blake2b(repr(lexicon).encode(), digest_size=8).hexdigest()

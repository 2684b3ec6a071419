"""The configured calendars and inboxes, and one poll of each. Runs in threads; touches neither store nor clock."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from connectors.base import Calendar, Changes, Inbox, Mail
from connectors.calendars import ical
from connectors.errors import CursorLostError, MissingError, RefusedError, UnreachableError
from connectors.inboxes.maildir import FolderInbox, MaildirInbox
from connectors.message import RawMessage
from connectors.offers.mime import parse
from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon, OfferReading
from connectors.offers.trust import awaits_signature
from daemon.config import (
    OUTLETS,
    AccountSection,
    CalendarSection,
    InboxSection,
    SecretMissingError,
    Service,
    kind_of,
    secret,
)

if TYPE_CHECKING:
    from connectors.calendars.google_account import GoogleAccount

LONGEST_WAIT_FOR_DNS = timedelta(days=1)
"""After which a message counts as unsigned, when DNS gives no answer about the signature."""
READER = 3
"""Grows when the reader keeps more of a message than before; what is still there is read again."""
Role = Literal["work", "personal", "offers", "publish", "warnings", "inbox"]


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
    signed: frozenset[str] | None = None
    """The domains whose signature held; None where that was not asked."""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the configuration is, and where state is kept."""

    config: Path
    state: Path


def build(service: Service, places: Places) -> list[Source]:
    """The sources of service.toml. Raises SecretMissingError, or RefusedError for a Google secret that is none."""
    return [
        *(_calendar(service, section, places) for section in service.calendars),
        *(_inbox(section, places.config) for section in service.inboxes),
    ]


def _calendar(service: Service, section: CalendarSection, places: Places) -> Source:
    kind = kind_of(service, section)
    assert kind is not None
    address, calendar = _CONNECT[kind](service, section, places)
    return Source(
        section.name,
        section.role,
        section.poll,
        calendar,
        watch=(address,) if isinstance(address, Path) else (),
        title=section.made_as,
        where=_where(kind, address),
    )


def _folder(_: Service, section: CalendarSection, places: Places) -> tuple[object, Calendar]:
    from connectors.calendars.folder import FolderCalendar

    path = _path(section.path, places.config)
    return path, FolderCalendar(path)


def _feed(_: Service, section: CalendarSection, places: Places) -> tuple[object, Calendar]:
    from connectors.calendars.feed import FeedCalendar

    url = secret(section.address or "", places.config)
    return url, FeedCalendar(url)


def _dav(service: Service, section: CalendarSection, places: Places) -> tuple[object, Calendar]:
    from connectors.calendars.dav import DavCalendar

    account = account_of(service, section)
    user = section.user or (account.user if account else None)
    named = section.password or (account.password if account else None)
    password = secret(named, places.config) if named else None
    if section.url:
        return section.url, DavCalendar(section.url, user, password)
    assert account is not None
    name = section.calendar or section.made_as
    return f"{account.url} {user} {name}", DavCalendar(account.url or "", user, password, name=name)


def _google(service: Service, section: CalendarSection, places: Places) -> tuple[object, Calendar]:
    from connectors.calendars.google import GoogleCalendar

    account = account_of(service, section)
    assert account is not None
    remembered = places.state / f"google-{section.name}.calendar.json"
    calendar = GoogleCalendar(google_account(account, places), section.calendar, remembered, account.url)
    return f"{account.name} {section.calendar or section.made_as}", calendar


def google_account(account: AccountSection, places: Places) -> GoogleAccount:
    """Raises SecretMissingError, or RefusedError for a secret that is no client's."""
    from connectors.calendars.google_account import GoogleAccount

    return GoogleAccount(
        secret(account.secret or "", places.config), places.state / f"google-{account.name}.json"
    )


def found(account: AccountSection, places: Places) -> list[dict[str, str | bool]]:
    """The calendars of an account, as facts. Google's are not listed with the scopes we ask for."""
    if account.kind == "google":
        name, address = "your first calendar; of others, their settings show the id", "primary"
        return [{"account": account.name, "name": name, "address": address, "writable": False}]
    from connectors.calendars.dav_find import discover

    password = secret(account.password, places.config) if account.password else None
    calendars = discover(account.url or "", account.user, password).calendars
    return [
        {"account": account.name, "name": one.name, "address": one.url, "writable": one.writable}
        for one in calendars
    ]


def account_of(service: Service, section: CalendarSection) -> AccountSection | None:
    return next((one for one in service.accounts if one.name == section.account), None)


_CONNECT: dict[str, Callable[[Service, CalendarSection, Places], tuple[object, Calendar]]] = {
    "dav": _dav,
    "feed": _feed,
    "folder": _folder,
    "google": _google,
}


def _inbox(section: InboxSection, config: Path) -> Source:
    if section.kind == "imap":
        return _imap(section, config)
    path = _path(section.path, config)
    maildir = section.kind == "maildir"
    return Source(
        section.name,
        "inbox",
        section.poll,
        inbox=MaildirInbox(path) if maildir else FolderInbox(path),
        watch=(path / "new", path / "cur") if maildir else (path,),
        where=_where(section.kind, path),
    )


def _imap(section: InboxSection, config: Path) -> Source:
    from connectors.inboxes.imap import ImapInbox
    from connectors.inboxes.imap_box import ImapServer

    named = section.token or section.password or ""
    secret(named, config)  # that it is there is asked now, its value at each sign-in

    def current() -> str:
        try:
            return secret(named, config)
        except SecretMissingError as error:
            raise RefusedError(str(error)) from None

    server = ImapServer(
        section.host or "",
        section.user or "",
        current,
        section.port,
        section.tls,
        oauth=section.token is not None,
    )
    where = _where("imap", f"{section.host} {section.user}")
    return Source(
        section.name,
        "inbox",
        section.poll,
        inbox=ImapInbox(server, section.folders, section.days),
        where=where,
    )


def _where(kind: str, address: object) -> str:
    """The port is left out: the demo's server may find another one free."""
    plain = re.sub(r"^(https?://127\.0\.0\.1):\d+", r"\1", str(address))
    return blake2b(f"{kind} {plain}".encode(), digest_size=8).hexdigest()


def _path(path: Path | None, config: Path) -> Path:
    """Relative paths are meant from beside service.toml."""
    assert path is not None
    full = path.expanduser()
    return full if full.is_absolute() else config / full


@dataclass(frozen=True, slots=True)
class Polled:
    """What a calendar said, and which of its new versions cannot be read though the one before could."""

    changes: Changes
    unreadable: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()


def poll_calendar(
    source: Source, cursor: str | None, known: Mapping[str, str], unseen: Collection[str] = ()
) -> Polled:
    """What changed; all over again where the server has forgotten the cursor.

    `unseen`: what we wrote since the last look, or may have written.
    """
    assert source.calendar is not None
    with source.busy:
        try:
            changes = source.calendar.changes(cursor, known)
        except CursorLostError:
            changes = source.calendar.changes(None, known)
        changes = _with_silent(source.calendar, changes, known, unseen)
    if source.role in OUTLETS:
        # What the server fails to give of our own is as it was.
        changes = replace(changes, items=tuple(item for item in changes.items if item.data))
    # Only what was known before has a version to fall back on.
    changed = [item for item in changes.items if item.href in known and source.role not in OUTLETS]
    return Polled(
        changes, frozenset(item.href for item in changed if not ical.is_sound(item.data)), frozenset(unseen)
    )


def _with_silent(
    calendar: Calendar, changes: Changes, known: Mapping[str, str], unseen: Collection[str]
) -> Changes:
    """With what we wrote since the last look, or tried to, and the server says nothing of.

    It tells of what is still there. What somebody deleted meanwhile came and went since the cursor: of that some
    servers, Nextcloud among them, say nothing at all. And one that forgets in silence says nothing of a write whose
    answer was lost.
    """
    silent = {*unseen} - {item.href for item in changes.items} - changes.gone - changes.same
    if not silent or changes.listed is not None:
        return changes
    found = calendar.fetch(silent)
    changed = tuple(item for href, item in found.items() if item.etag != known.get(href))
    return replace(
        changes,
        items=(*changes.items, *changed),
        gone=changes.gone | ((silent & known.keys()) - found.keys()),
    )


def probe(source: Source) -> None:
    """Ask once, changing nothing. A calendar of ours that is still to be made is no problem. Raises ConnectorError."""
    if source.inbox:
        source.inbox.fetch(None, ())
    elif source.calendar:
        try:
            source.calendar.changes(None, {})
        except MissingError:
            if source.role not in OUTLETS:
                raise


def make_calendar(source: Source, mark: str) -> None:
    """Make a calendar of ours, or know it again. Raises RefusedError when one without our mark is there."""
    assert source.calendar is not None
    with source.busy:
        ours = source.calendar.make(source.title, mark)
    if not ours:
        raise RefusedError(
            f"the {source.role} calendar exists and was not made by Shiftward with this store; if an earlier store made it, put that one "
            "back (shiftward restore FILE), or delete the calendar, and it is made anew; if it is somebody's own, give an "
            "address where there is none yet"
        )


def poll_inbox(
    source: Source,
    cursor: str | None,
    known: Iterable[str],
    lexicon: Lexicon,
    now: datetime,
    signed: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[Mail, list[ReadMail]]:
    """New messages, each read. One that cannot be read costs itself alone.

    `signed` is what is known of the signatures of earlier messages, by key: a key that held then may be gone by now.
    """
    assert source.inbox is not None
    with source.busy:
        mail = source.inbox.fetch(cursor, known)
        return mail, [_read(message, lexicon, now, signed.get(message.key)) for message in mail.messages]


def _read(message: RawMessage, lexicon: Lexicon, now: datetime, known: frozenset[str] | None) -> ReadMail:
    try:
        mail = parse(message.raw)
        sent = (mail.date or now).astimezone(UTC)
        signed = known
        if signed is None and awaits_signature(mail, lexicon):
            signed = _signed_by(message.raw, now - sent)
        reading = read_message(message.raw, lexicon, now, signed or ())
        return ReadMail(message.key, sent, reading, signed=signed, raw=message.raw)
    except UnreachableError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a hostile message does, the next one must still be read
        return ReadMail(message.key, now, None, f"could not be read ({type(error).__name__})")


def _signed_by(raw: bytes, age: timedelta) -> frozenset[str]:
    """Raises UnreachableError where DNS gives no answer, but not for ever: others wait behind this message."""
    from connectors.offers.signature import signed_by

    try:
        return signed_by(raw)
    except UnreachableError:
        if age < LONGEST_WAIT_FOR_DNS:
            raise
        return frozenset()


def lexicon_digest(lexicon: Lexicon) -> str:
    """Changes when messages would be read another way."""
    return blake2b(repr((READER, lexicon)).encode(), digest_size=8).hexdigest()

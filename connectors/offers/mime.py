"""A message of any shape -> headers, lines of text, table rows and invitations. Nothing is fetched, ever."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from connectors.offers.html import lines_of_html

LARGEST_TEXT = 400_000
"""Characters of text read; an offer is never longer."""
MOST_PARTS = 100
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a person sees it. `cells` are a table row's; `void` is struck out; `marked` stands out by colour."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    table: int = 0
    void: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Mail:
    """The parts of a message that the reader looks at."""

    sender: str
    subject: str
    date: datetime | None
    lines: tuple[Line, ...]
    invitations: tuple[str, ...]
    authentication: tuple[str, ...]
    message_id: str
    problems: tuple[str, ...] = ()


def parse(raw: bytes) -> Mail:
    """Never raises for what a message holds; what cannot be read is told in `problems`."""
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    problems: list[str] = []
    parts = list(_parts(message, problems))
    plain = _join(part for kind, part in parts if kind == "text/plain")
    html = _join(part for kind, part in parts if kind == "text/html")
    lines = _lines_of_text(plain)
    if html and not _says_something(plain):
        lines = _number(lines_of_html(html[:LARGEST_TEXT]))
    return Mail(
        sender=_address(message),
        subject=_header(message, "Subject"),
        date=_date(message),
        lines=lines[:MOST_LINES],
        invitations=tuple(dict.fromkeys(part for kind, part in parts if kind == "text/calendar")),
        authentication=tuple(str(value) for value in _all(message, "Authentication-Results")),
        message_id=_header(message, "Message-ID"),
        problems=tuple(problems),
    )


def _parts(message: EmailMessage, problems: list[str]) -> Iterator[tuple[str, str]]:
    for count, part in enumerate(_walk(message)):
        if count >= MOST_PARTS:
            problems.append(f"more than {MOST_PARTS} parts; the rest is not read")
            return
        kind = part.get_content_type()
        if kind == "application/ics":
            kind = "text/calendar"
        if kind not in ("text/plain", "text/html", "text/calendar"):
            continue
        if kind != "text/calendar" and part.get_content_disposition() == "attachment":
            continue
        yield kind, _text(part, problems)


def _walk(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """Depth first, without the recursion limit's help: mail nested deeper than a person would is not read."""
    if depth > 20:
        return
    if message.is_multipart():
        for part in (
            message.iter_parts()
            if message.get_content_maintype() == "multipart"
            else message.iter_attachments()
        ):
            if isinstance(part, EmailMessage):
                yield from _walk(part, depth + 1)
    else:
        yield message


def _text(part: EmailMessage, problems: list[str]) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)[:LARGEST_TEXT]
        except (LookupError, UnicodeDecodeError):
            continue
    problems.append("text in a character set that does not fit it")
    return raw.decode("windows-1252", "replace")[:LARGEST_TEXT]


def _join(texts: Iterator[str]) -> str:
    return "\n".join(text for text in texts if text.strip())


def _says_something(plain: str) -> bool:
    """Whether the plain part is more than "best viewed as HTML": a date or a clock needs a digit."""
    return bool(re.search(r"\d", plain))


def _lines_of_text(text: str) -> tuple[Line, ...]:
    return tuple(
        Line(number, line.rstrip())
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    )


def _number(rows: Iterator[tuple[str, tuple[str, ...], int, bool, bool]]) -> tuple[Line, ...]:
    return tuple(Line(number, *row) for number, row in enumerate(rows, start=1))


def _all(message: EmailMessage, name: str) -> list[object]:
    try:
        return list(message.get_all(name, []))
    except (ValueError, IndexError, TypeError, AttributeError):
        # The standard library's header parser raises on some malformed ones.
        return []


def _header(message: EmailMessage, name: str) -> str:
    return str(next(iter(_all(message, name)), "")).strip()


def _address(message: EmailMessage) -> str:
    """The one From address, lower case; empty where there is none, or more than one."""
    values = [str(value) for value in _all(message, "From")]
    found = [address for _, address in getaddresses(values) if address]
    return found[0].lower() if len(found) == 1 and len(values) == 1 else ""


def _date(message: EmailMessage) -> datetime | None:
    try:
        date = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)

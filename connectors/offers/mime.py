"""A message of any shape -> headers, lines of text, table rows and invitations. Nothing is fetched, ever."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import accumulate

from connectors.offers.html import Row, lines_of_html
from connectors.offers.lexer import INVISIBLE, LIKE_ASCII

LARGEST_TEXT, LARGEST_HTML = 12_000, 60_000
"""Characters read, of text as a person sees it and of its markup; an offer is never longer."""
LARGEST_HEADERS = 64_000
LONGEST_HEADER = 2_000
MOST_PARTS = 100
MOST_BOUNDARIES = 1_000
MOST_LINES = 2_000
MOST_INVITATIONS = 5
LARGEST_MESSAGE = 4_000_000
"""Bytes that are taken apart; what somebody offers stands before any attachment."""
LONGEST_GAP = 40
"""Blanks in a row; more are a hostile line, or a table whose columns are far apart."""
STRANGE_CHARSETS = frozenset(
    "undefined punycode idna unicode_escape raw_unicode_escape utf_7 utf7 u7 unicode_1_1_utf_7".split()
)
"""Codecs that are no character sets of mail, are slow, or give half characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a person sees it. `cells` are a table row's; `void` is struck out; `colour` is what lies behind it."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    table: int = 0
    void: bool = False
    colour: str = ""
    heads: tuple[str, ...] = ()
    """What each cell is called, where the line itself says so."""
    told: str = ""
    """As it came, where `text` is a plainer way to say it."""


@dataclass(frozen=True)
class Mail:
    """The parts of a message that the reader looks at."""

    sender: str
    subject: str
    date: datetime | None
    lines: tuple[Line, ...]
    """The plain text where there is any, else the rows of the HTML."""
    rows: tuple[Line, ...]
    invitations: tuple[str, ...]
    authentication: tuple[str, ...]
    message_id: str
    problems: tuple[str, ...] = ()
    list_id: str = ""
    """The name of a mailing list (RFC 2919), without its description."""
    name: str = ""
    """Of who it is from, as they write it."""
    reader: str = ""
    """Of whom it is to."""
    attached: bool = False
    """Something hangs on it that is not read: a sheet, a picture, a winmail.dat."""


def parse(raw: bytes) -> Mail:
    """Never raises for what a message holds; what cannot be read is told in `problems`."""
    problems: list[str] = []
    if len(raw) > LARGEST_MESSAGE:
        problems.append("larger than a person sends; the rest is not read")
        raw = raw[:LARGEST_MESSAGE]
    if raw.count(b"\n--") > MOST_BOUNDARIES:
        problems.append("more parts than a person sends; it is not read")
        raw = _headers_alone(raw)
    try:
        message = email.message_from_bytes(raw)
        parts = list(_parts(message, problems))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        # The standard library's parser recurses into nested parts, and trips over some malformed headers.
        problems.append("nested or malformed beyond reading")
        message, parts = email.message_from_bytes(_headers_alone(raw)), []
    plain = _join(part for kind, part in (*_sheets(parts), *parts) if kind == "text/plain")
    html = _join(part for kind, part in parts if kind == "text/html")
    plain, html = _seen(plain), _seen(html)
    plain = re.sub(rf"([^\S\n]{{{LONGEST_GAP}}})[^\S\n]+", r"\1", plain)
    lines = _lines_of_text(plain[:LARGEST_TEXT])
    rows = _number(lines_of_html(html[:LARGEST_HTML])) if html else ()
    seen = _as_far_as_read(rows)
    if len(plain) > LARGEST_TEXT or len(html) > LARGEST_HTML or len(seen) < len(rows):
        problems.append("longer than a person writes; the rest is not read")
    rows = seen
    if max(len(lines), len(rows)) > MOST_LINES:
        problems.append("more lines than a person writes; the rest is not read")
    return Mail(
        sender=_address(message),
        subject=_header(message, "Subject"),
        date=_date(message),
        lines=lines[:MOST_LINES]
        if plain.strip() and not (rows and _STRUCK.search(html))
        else rows[:MOST_LINES],
        rows=rows[:MOST_LINES],
        invitations=tuple(dict.fromkeys(part for kind, part in parts if kind == "text/calendar"))[
            :MOST_INVITATIONS
        ],
        authentication=tuple(
            str(value)[:LONGEST_HEADER] for value in message.get_all("Authentication-Results", [])[:1]
        ),
        message_id=_header(message, "Message-ID"),
        list_id=_header(message, "List-Id").rpartition("<")[2].rstrip("> "),
        problems=tuple(dict.fromkeys(problems)),
        name=_name(message, "From"),
        reader=_name(message, "To"),
        attached=any(kind == UNREAD for kind, _ in parts),
    )


def _as_far_as_read(rows: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows up to as many characters as are read of any text."""
    lengths = accumulate(len(row.text) + 1 for row in rows)
    return tuple(row for row, end in zip(rows, lengths, strict=True) if end <= LARGEST_TEXT + len(row.text))


_TWICE_CODED = {f"{one}".encode().decode("windows-1252", "ignore"): one for one in "–—’‘“•…"} | {
    "â€\x9d": "”"
}
"""Dashes and quotes that were read in the wrong character set once: `7aâ€“7p`."""
_TWICE = re.compile("|".join(map(re.escape, _TWICE_CODED)))
_THIN_SPACE = re.compile(r"([$£€]\s?\d{1,3})[\u2009\u202f](\d{3})(?![\d:])")


_HIDDEN = {**LIKE_ASCII, **INVISIBLE}


def _seen(text: str) -> str:
    """The text as a person sees it: `$2 300` with a thin space is one number."""
    if text.isascii():
        return text
    text = _TWICE.sub(lambda found: _TWICE_CODED[found[0]], text) if "â€" in text else text
    return _THIN_SPACE.sub(r"\1,\2", text.translate(_HIDDEN))


_STRUCK = re.compile(r"<(?:s|strike|del)\b|line-through", re.IGNORECASE)
"""What plain text cannot say: then the HTML is what a person reads."""


def _sheets(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sheets of plain text, before the message: nothing stands between them and a signature."""
    return [("text/plain", f"{part.strip()}\n\n") for kind, part in parts if kind == "text/csv"]


def _headers_alone(raw: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0][:LARGEST_HEADERS]


def _parts(message: Message, problems: list[str]) -> Iterator[tuple[str, str]]:
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS:
            problems.append(f"more than {MOST_PARTS} parts; the rest is not read")
            return
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind == "application/ics":
            kind = "text/calendar"
        attached = part.get_content_disposition() == "attachment"
        if (
            attached
            and kind not in ("text/plain", "text/csv", "text/calendar")
            and not _SIGNATURE.search(kind)
        ):
            yield UNREAD, ""
            continue
        if kind not in ("text/plain", "text/csv", "text/html", "text/calendar"):
            continue
        text = _text(part, problems)
        yield kind, _unflowed(text) if part.get_param("format") == "flowed" else text


UNREAD = "unread"
_SIGNATURE = re.compile(r"signature|pgp|pkcs7|vcard")


def _unflowed(text: str) -> str:
    """RFC 3676: a line that ends with a space goes on in the next, but for a signature's mark."""
    return re.sub(r"(?<!^-- )(?<!\n-- ) \r?\n(?![>\r\n])", " ", text)


def _text(part: Message, problems: list[str]) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    raw = raw[: 4 * LARGEST_HTML + 4]
    for name in (_charset(part), "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    problems.append("text in a character set that does not fit it")
    return raw.decode("windows-1252", "replace")


def _charset(part: Message) -> str:
    name = str(part.get_content_charset() or "utf-8")
    plain = name.isascii() and len(name) < 40 and "\0" not in name
    return name if plain and name.replace("-", "_") not in STRANGE_CHARSETS else "utf-8"


def _join(texts: Iterator[str]) -> str:
    return "\n".join(text for text in texts if text.strip())


def _lines_of_text(text: str) -> tuple[Line, ...]:
    return tuple(
        Line(number, line.rstrip())
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    )


def _number(rows: Iterator[Row]) -> tuple[Line, ...]:
    return tuple(Line(number, *row) for number, row in enumerate(rows, start=1))


def _header(message: Message, name: str) -> str:
    """A header as text, its encoded words decoded, cut at a length no person needs."""
    value = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        text = value
    return " ".join(_seen(text).encode("utf-8", "replace").decode().split())


def _address(message: Message) -> str:
    """The one From address, lower case; empty where there is none, or more than one."""
    values = [str(value)[:LONGEST_HEADER] for value in message.get_all("From", [])[:2]]
    if len(values) != 1:
        return ""
    try:
        found = [address for _, address in getaddresses(values) if address]
    except (ValueError, IndexError, RecursionError):
        return ""
    return found[0].lower() if len(found) == 1 else ""


def _name(message: Message, header: str) -> str:
    return _header(message, header).split("<")[0].strip(" \"'")[:80]


def _date(message: Message) -> datetime | None:
    try:
        date = parsedate_to_datetime(str(message.get("Date", ""))[:LONGEST_HEADER])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return date if 1990 <= date.year <= 2200 else None

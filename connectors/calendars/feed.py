"""A read-only .ics over HTTP(S), as schedulers publish it; its address is a secret and is never told.

One request a look, conditional where the server knows how. The text is cut into one object a UID before anything
is parsed, so that a broken event costs itself alone, and compared without what schedulers rewrite at every
download. A feed is a rolling window: what falls out of its past end was not deleted.
"""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from urllib.parse import urljoin, urlsplit

import niquests

from connectors.base import Changes
from connectors.errors import MissingError, RefusedError, UnreachableError
from connectors.event import Item

TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
TOTAL = 60.0
"""Seconds for a whole answer, however steadily it trickles."""
LARGEST = 32_000_000
"""Bytes; the largest feeds of a year's schedule of a whole department are below 20 MB."""
MOST_HOPS = 5
CHUNK = 1 << 16
ENDLESS: Final = "99991231"

VOLATILE = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "X-PUBLISHED-TTL"})
"""Rewritten at each download by one scheduler or another, and no change of a shift."""
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DATE = re.compile(r"\d{8}")


class FeedCalendar:
    """One feed. Use it from one thread at a time."""

    def __init__(self, url: str) -> None:
        self._url = re.sub(r"^webcals?://", "https://", url.strip(), flags=re.IGNORECASE)
        self._session: niquests.Session | None = None

    def __repr__(self) -> str:
        return "FeedCalendar(…)"

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        conditions = _conditions(cursor)
        answer = self._get(conditions)
        if answer is None:
            return Changes(cursor=cursor)
        parts = _parts(answer.text)
        found = _split(parts)
        items = tuple(item for href, item in found.items() if known.get(href) != item.etag)
        opens = _opens(parts)
        gone = frozenset(
            href for href, version in known.items() if href not in found and version[:8] >= opens
        )
        return Changes(items, gone, answer.cursor, len(found))

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        answer = self._get({})
        assert answer is not None
        found = _split(_parts(answer.text))
        return {href: found[href] for href in hrefs if href in found}

    def create(self, href: str, data: str) -> None:  # noqa: ARG002
        raise RefusedError("a feed is read-only")

    def update(self, href: str, data: str, etag: str) -> None:  # noqa: ARG002
        raise RefusedError("a feed is read-only")

    def delete(self, href: str, etag: str) -> None:  # noqa: ARG002
        raise RefusedError("a feed is read-only")

    def address(self, name: str) -> str:
        return f"{name}.ics"

    def make(self, title: str, mark: str) -> bool:  # noqa: ARG002
        raise RefusedError("a feed is read-only; give another calendar the role publish")

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    # -- the request -----------------------------------------------------------------------------------------

    def _get(self, conditions: Mapping[str, str]) -> _Answer | None:
        """The feed's text, or None where it is as it was."""
        deadline = time.monotonic() + TOTAL
        try:
            return self._follow(conditions, deadline)
        except (niquests.exceptions.RequestException, OSError, ValueError) as error:
            # The library's own text quotes the address.
            self.close()
            raise UnreachableError(_plain(error)) from None

    def _follow(self, conditions: Mapping[str, str], deadline: float) -> _Answer | None:
        url = self._url
        for _ in range(MOST_HOPS + 1):
            with self._open().get(
                url,
                headers={"User-Agent": "shiftward", "Accept": "text/calendar, */*;q=0.1", **conditions},
                timeout=TIMEOUTS,
                allow_redirects=False,
                stream=True,
            ) as response:
                status = response.status_code or 0
                if status in (301, 302, 303, 307, 308):
                    url = _next(url, str(response.headers.get("Location") or ""))
                    continue
                if status == 304 and conditions:
                    return None
                _expect(status, str(response.headers.get("Retry-After") or ""))
                body = _body(response, deadline)
                return _Answer(_calendar_text(body), _cursor(response))
        raise UnreachableError("the feed's address redirects in circles")

    def _open(self) -> niquests.Session:
        if self._session is None:
            self._session = niquests.Session()
            # No credentials from .netrc, no proxies by environment.
            self._session.trust_env = False
        return self._session


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    cursor: str


def _conditions(cursor: str | None) -> dict[str, str]:
    try:
        told = json.loads(cursor or "{}")
    except ValueError:
        return {}
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {names[key]: str(told[key]) for key in names if isinstance(told, dict) and told.get(key)}


def _cursor(response: niquests.Response) -> str:
    headers = response.headers
    return json.dumps({"etag": headers.get("ETag"), "modified": headers.get("Last-Modified")}, sort_keys=True)


def _next(url: str, location: str) -> str:
    target = urljoin(url, location)
    if not location or urlsplit(target).scheme not in ("http", "https"):
        raise UnreachableError("the feed's address redirects to nowhere")
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        raise UnreachableError("the feed's address redirects to an unprotected one")
    return target


def _expect(status: int, retry_after: str) -> None:
    if status == 200:
        return
    if status in (401, 403):
        raise RefusedError(f"status {status}: the feed's address is not accepted any more; ask for a new one")
    if status in (404, 410):
        raise MissingError("there is no feed at its address; copy the address anew from the scheduler")
    raise UnreachableError(f"status {status}", _seconds(retry_after))


def _seconds(retry_after: str) -> float | None:
    """Seconds, or a date as HTTP writes it."""
    if retry_after.isdigit():
        return float(retry_after)
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _body(response: niquests.Response, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    # Pieces as they come: a piece of a fixed size could take for ever to fill.
    for part in response.iter_content(-1):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise UnreachableError(f"the feed is larger than {LARGEST // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise UnreachableError("the feed did not come to its end in time")
    return b"".join(parts)


def _calendar_text(body: bytes) -> str:
    """The text of a whole calendar; anything else is a failed download, and no calendar without events."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    text = text.strip()
    if not text:
        raise UnreachableError("the feed is empty")
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise UnreachableError("the feed's answer is no calendar (a sign-in page?)")
    if not text[-13:].upper().endswith("END:VCALENDAR"):
        raise UnreachableError("the feed was cut short")
    return text


def _plain(error: Exception) -> str:
    kinds = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ConnectionError": "no connection",
    }
    return kinds.get(type(error).__name__, f"the feed could not be read ({type(error).__name__})")


# -- the text, cut into objects --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Component:
    """The unfolded lines of a VEVENT or VTIMEZONE, BEGIN and END included."""

    lines: list[str]

    def value(self, name: str) -> str:
        return next((_value(line) for line in self.lines if _property(line) == name), "")

    def zones(self) -> Iterator[str]:
        for line in self.lines:
            head = line.partition(":")[0]
            if "TZID=" in head.upper():
                yield re.split("TZID=", head, maxsplit=1, flags=re.IGNORECASE)[1].split(";")[0].strip('"')


@dataclass(slots=True)
class _Parts:
    head: list[str] = field(default_factory=list)
    zones: dict[str, _Component] = field(default_factory=dict)
    events: list[_Component] = field(default_factory=list)


def _property(line: str) -> str:
    found = _NAME.match(line)
    return found.group().upper() if found else ""


def _value(line: str) -> str:
    """Behind the first colon that is not inside quotes."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[at + 1 :]
    return ""


def _parts(text: str) -> _Parts:
    parts = _Parts()
    open_: list[str] = []
    depth = 0
    for line in _FOLD.sub("", text).splitlines():
        upper = line[:17].upper().rstrip()
        if depth:
            open_.append(line)
            depth += upper.startswith("BEGIN:") - upper.startswith("END:")
            if not depth:
                _keep(parts, _Component(open_))
        elif upper.startswith("BEGIN:") and upper != "BEGIN:VCALENDAR":
            open_, depth = [line], 1
        elif _property(line) in ("X-WR-TIMEZONE", "CALSCALE"):
            parts.head.append(line)
    if depth:
        _keep(parts, _Component([*open_, open_[0].replace("BEGIN", "END", 1)]))
    return parts


def _keep(parts: _Parts, component: _Component) -> None:
    """To-dos and journals are no events."""
    kind = component.lines[0].strip().upper()
    if kind == "BEGIN:VTIMEZONE":
        parts.zones[component.value("TZID").strip()] = component
    elif kind == "BEGIN:VEVENT":
        parts.events.append(component)


def _split(parts: _Parts) -> dict[str, Item]:
    series: dict[str, list[_Component]] = {}
    for event in parts.events:
        series.setdefault(_uid(event), []).append(event)
    found: dict[str, Item] = {}
    for uid, events in series.items():
        for key, group in _groups(uid, events):
            item = _item(key, group, parts)
            found[item.href] = item
    return found


def _uid(event: _Component) -> str:
    uid = event.value("UID").strip()
    return uid or "|".join(event.value(name) for name in ("DTSTART", "DTEND", "SUMMARY"))


def _groups(uid: str, events: list[_Component]) -> Iterator[tuple[str, list[_Component]]]:
    """A series with its exceptions is one object. Some feeds give a day's shifts one UID: each is its own."""
    exceptions = [event for event in events if event.value("RECURRENCE-ID")]
    masters = {event.value("DTSTART"): event for event in events if not event.value("RECURRENCE-ID")}
    if len(masters) <= 1:
        yield uid, [*masters.values(), *exceptions]
        return
    for start, master in masters.items():
        yield f"{uid} {start}", [master]
    if exceptions:
        yield f"{uid} exceptions", exceptions


def _item(key: str, events: list[_Component], parts: _Parts) -> Item:
    names = dict.fromkeys(zone for event in events for zone in event.zones())
    zones = [parts.zones[name] for name in names if name in parts.zones]
    lines = [line for one in (*zones, *events) for line in one.lines]
    data = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shiftward//feed//EN", *parts.head, *lines]
    )
    normal = "\n".join(line for one in (*zones, *events) for line in sorted(_normal(one.lines)))
    digest = blake2b("\n".join((*parts.head, normal)).encode(), digest_size=12).hexdigest()
    href = blake2b(key.encode(), digest_size=12).hexdigest() + ".ics"
    return Item(href, f"{max(map(_ends, events))}-{digest}", f"{data}\r\nEND:VCALENDAR\r\n")


def _normal(lines: list[str]) -> Iterator[str]:
    for line in lines:
        name = _property(line)
        if name in ("DESCRIPTION", "X-ALT-DESC"):
            yield "\\n".join(part for part in line.split("\\n") if not _is_autosync(part))
        elif name not in VOLATILE:
            yield line.rstrip()


def _is_autosync(part: str) -> bool:
    """A line of a description that tells when the scheduler last wrote it, and nothing of the shift."""
    return part.rpartition(":")[2].strip().lower().startswith("autosync") or part.strip().lower().startswith(
        "autosync"
    )


def _ends(event: _Component) -> str:
    """The last date it may meet, as YYYYMMDD; generous where that would need the rule to be expanded."""
    if event.value("RDATE"):
        return ENDLESS
    rule = event.value("RRULE")
    if rule:
        until = re.search(r"UNTIL=(\d{8})", rule, re.IGNORECASE)
        return until.group(1) if until else ENDLESS
    dates = [_DATE.match(event.value(name)) for name in ("DTSTART", "DTEND")]
    return max((date.group() for date in dates if date), default=ENDLESS)


def _opens(parts: _Parts) -> str:
    """The first date of the feed's window: the earliest start of what happens once."""
    starts = [
        found.group()
        for event in parts.events
        if not event.value("RRULE") and (found := _DATE.match(event.value("DTSTART")))
    ]
    return min(starts, default="")

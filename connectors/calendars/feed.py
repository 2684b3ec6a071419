"""A read-only .ics over HTTP(S), as schedulers publish it; its address is a secret and is never told.

One request a look, conditional where the server knows how. The text is cut into one object a UID before anything
is parsed, so that a broken event costs itself alone, and compared without what schedulers rewrite at every
download. A feed is a rolling window: what falls out of its past end was not deleted.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import niquests

from connectors import pause
from connectors.base import Changes
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError
from connectors.event import Item

TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
TOTAL = 60.0
"""Seconds for a whole answer, however steadily it trickles."""
LARGEST = 32_000_000
"""Bytes; the largest feeds of a year's schedule of a whole department are below 20 MB."""
MOST_HOPS = 5
ENDLESS: Final = "99991231"

VOLATILE = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "X-PUBLISHED-TTL"})
"""Rewritten at each download by one scheduler or another, and no change of a shift."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_VERSION = re.compile(r"\d{8}-[0-9a-f]{24}")
_DURATION = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?.*)?", re.IGNORECASE
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DATE = re.compile(r"\d{8}")


class FeedCalendar:
    """One feed. Use it from one thread at a time."""

    guards = True

    def __init__(self, url: str) -> None:
        self._url = re.sub(r"^webcals?://", "https://", url.strip(), flags=re.IGNORECASE)
        self._session: _Session | None = None
        self._hanging: threading.Thread | None = None

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
        # What is over, and lies before everything that is listed, fell out of the window.
        over = min(_opens(parts), f"{datetime.now(UTC):%Y%m%d}")
        gone = frozenset(
            href
            for href, version in known.items()
            if href not in found and not (_VERSION.fullmatch(version) and version[:8] < over)
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
        """The feed's text, or None where it is as it was.

        In a thread of its own, since nothing else bounds a server that trickles its headers; while one hangs, no
        other is started.
        """
        if self._hanging is not None and self._hanging.is_alive():
            raise UnreachableError("the feed still hangs")
        told: list[_Answer | ConnectorError | None] = []
        self._hanging = threading.Thread(target=lambda: told.append(self._try(conditions)), daemon=True)
        self._hanging.start()
        self._hanging.join(TOTAL)
        if not told:
            self._session = None
            raise UnreachableError("the feed did not come to its end in time")
        if isinstance(told[0], ConnectorError):
            raise told[0]
        return told[0]

    def _try(self, conditions: Mapping[str, str]) -> _Answer | ConnectorError | None:
        try:
            return self._follow(conditions, time.monotonic() + TOTAL)
        except ConnectorError as error:
            return error
        except Exception as error:  # noqa: BLE001
            # The library lets through what its parts raise, and its texts quote the address.
            self.close()
            return UnreachableError(_plain(error))

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

    def _open(self) -> _Session:
        if self._session is None:
            self._session = _Session()
            # No credentials from .netrc, no proxies by environment.
            self._session.trust_env = False
        return self._session


class _Session(niquests.Session):
    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:  # type: ignore[override]
        """We follow by ourselves; the library would read the redirect's whole body, however large, to know the next."""
        return iter(())


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
    given = {names[key]: str(told[key]) for key in names if isinstance(told, dict) and told.get(key)}
    return {key: value for key, value in given.items() if value.isprintable()}


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
    raise UnreachableError(f"status {status}", pause.seconds(retry_after))


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
    # Some fold by bytes, within a letter.
    body = _FOLD.sub(b"", body)
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
    for line in re.split(r"\r?\n", text):
        upper = line[:17].upper().rstrip()
        if depth and upper == "BEGIN:VEVENT":
            # The one before has no end.
            _keep(
                parts, _Component([*open_, *(["END:VEVENT"] if open_[0].upper().startswith(upper) else [])])
            )
            open_, depth = [line], 1
        elif depth:
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
    told = {
        tuple(event.value(name) for name in ("DTSTART", "DTEND", "SUMMARY")): event
        for event in events
        if not event.value("RECURRENCE-ID")
    }
    masters = [told[key] for key in sorted(told)]
    if len(masters) <= 1:
        yield uid, [*masters, *exceptions]
        return
    series = [event for event in masters if event.value("RRULE")]
    starts: Counter[str] = Counter()
    for master in masters:
        start = master.value("DTSTART")
        starts[start] += 1
        theirs = exceptions if series == [master] else []
        yield f"{uid} {start} {starts[start]}", [master, *theirs]
    if exceptions and len(series) != 1:
        yield f"{uid} exceptions", exceptions


def _item(key: str, events: list[_Component], parts: _Parts) -> Item:
    names = dict.fromkeys(zone for event in events for zone in event.zones())
    zones = [parts.zones[name] for name in names if name in parts.zones]
    href = blake2b(key.encode(), digest_size=12).hexdigest() + ".ics"
    lines = [line for one in zones for line in one.lines]
    for event in events:
        named = [] if event.value("UID").strip() else [f"UID:{href}"]
        lines += [event.lines[0], *named, *event.lines[1:]]
    data = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shiftward//feed//EN", *parts.head, *lines]
    )
    normal = "\n".join(line for one in (*zones, *events) for line in sorted(_normal(one.lines)))
    digest = blake2b("\n".join((*parts.head, normal)).encode(), digest_size=12).hexdigest()
    return Item(href, f"{max(map(_ends, events))}-{digest}", f"{data}\r\nEND:VCALENDAR\r\n")


def _normal(lines: list[str]) -> Iterator[str]:
    for line in lines:
        name = _property(line)
        if name in ("DESCRIPTION", "X-ALT-DESC"):
            parts = re.split(r"(?<!\\)(?:\\\\)*\\[nN]", _value(line))
            yield "\\n".join(part for part in parts if not part.strip().lower().startswith("autosync"))
        elif name not in VOLATILE and not name.startswith("X-WR-"):
            yield line.rstrip()


def _ends(event: _Component) -> str:
    """The last date it may meet, as YYYYMMDD; generous where that would need the rule to be expanded."""
    if event.value("RDATE"):
        return ENDLESS
    rule = event.value("RRULE")
    if rule:
        until = re.search(r"UNTIL=(\d{8})", rule, re.IGNORECASE)
        return until.group(1) if until else ENDLESS
    start, end = (_day(event.value(name)) for name in ("DTSTART", "DTEND"))
    lasts = _DURATION.match(event.value("DURATION").strip())
    if start and not end and lasts:
        weeks, days, hours, minutes = (int(part or 0) for part in lasts.groups())
        try:
            end = start + timedelta(weeks=weeks, days=days + 1, hours=hours, minutes=minutes)
        except OverflowError:
            return ENDLESS
    last = max((one for one in (start, end) if one), default=None)
    return f"{last:%Y%m%d}" if last else ENDLESS


def _day(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except (ValueError, OverflowError):
        return None


def _opens(parts: _Parts) -> str:
    """The first date of the feed's window: the earliest start of what happens once."""
    starts = [
        found.group()
        for event in parts.events
        if not event.value("RRULE") and (found := _DATE.match(event.value("DTSTART")))
    ]
    return min(starts, default="")

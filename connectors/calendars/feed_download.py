"""One download of a feed: within a time, to a size, over the redirects that are safe; its address is never told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import niquests

from connectors import pause
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError

TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
TOTAL = 60.0
"""Seconds for a whole answer, however steadily it trickles."""
LARGEST = 32_000_000
"""Bytes; the largest feeds of a year's schedule of a whole department are below 20 MB."""
MOST_HOPS = 5
_FOLD = re.compile(rb"\r?\n[ \t]")


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of a calendar, and by what the next request may ask whether it is the same still."""

    text: str
    cursor: str


class Download:
    """From one address, again and again. Use it from one thread at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: _Session | None = None
        self._hanging: threading.Thread | None = None

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def get(self, cursor: str | None = None) -> Answer | None:
        """The feed, or None where it is as it was at `cursor`. Raises ConnectorError.

        In a thread of its own, since nothing else bounds a server that trickles its headers; while one hangs, no
        other is started.
        """
        if self._hanging is not None and self._hanging.is_alive():
            raise UnreachableError("the feed still hangs")
        told: list[Answer | ConnectorError | None] = []
        conditions = _conditions(cursor)
        self._hanging = threading.Thread(target=lambda: told.append(self._try(conditions)), daemon=True)
        self._hanging.start()
        self._hanging.join(TOTAL)
        if not told:
            self._session = None
            raise UnreachableError("the feed did not come to its end in time")
        if isinstance(told[0], ConnectorError):
            raise told[0]
        return told[0]

    def _try(self, conditions: Mapping[str, str]) -> Answer | ConnectorError | None:
        try:
            return self._follow(conditions, time.monotonic() + TOTAL)
        except ConnectorError as error:
            return error
        except Exception as error:  # noqa: BLE001
            # The library lets through what its parts raise, and its texts quote the address.
            self.close()
            return UnreachableError(_plain(error))

    def _follow(self, conditions: Mapping[str, str], deadline: float) -> Answer | None:
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
                return Answer(_calendar_text(body), _cursor(response))
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

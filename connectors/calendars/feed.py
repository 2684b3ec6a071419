"""A read-only .ics over HTTP(S), as schedulers publish it; its address is a secret and is never told.

One request a look, conditional where the server knows how. Objects are compared without what schedulers rewrite at
every download. A feed is a rolling window: what falls out of its past end was not deleted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from connectors.base import Changes
from connectors.calendars import feed_text
from connectors.calendars.feed_download import Download
from connectors.errors import RefusedError
from connectors.event import Item


class FeedCalendar:
    """One feed. Use it from one thread at a time."""

    guards = True

    def __init__(self, url: str) -> None:
        self._download = Download(re.sub(r"^webcals?://", "https://", url.strip(), flags=re.IGNORECASE))

    def __repr__(self) -> str:
        return "FeedCalendar(…)"

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        answer = self._download.get(cursor)
        if answer is None:
            return Changes(cursor=cursor)
        parts = feed_text.parts_of(answer.text)
        found = feed_text.objects(parts)
        items = tuple(item for href, item in found.items() if known.get(href) != item.etag)
        # What is over, and lies before everything that is listed, fell out of the window.
        over = min(feed_text.opens(parts), f"{datetime.now(UTC):%Y%m%d}")
        gone = frozenset(
            href
            for href, version in known.items()
            if href not in found and not feed_text.ends_before(version, over)
        )
        return Changes(items, gone, answer.cursor, len(found))

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        answer = self._download.get()
        assert answer is not None
        found = feed_text.objects(feed_text.parts_of(answer.text))
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
        self._download.close()

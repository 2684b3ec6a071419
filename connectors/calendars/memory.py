"""A calendar in memory: production code, so that it passes the same contract suite as the real ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from connectors.base import Changes
from connectors.errors import ConflictError, CursorLostError, MissingError
from connectors.event import Item


class MemoryCalendar:
    """Keeps every change in order; the cursor is a place in that history."""

    guards = True

    def __init__(self) -> None:
        self.made = False
        self.title = self.mark = ""
        self.items: dict[str, Item] = {}
        self._history: list[str] = []
        self._version = 0

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        if not self.made:
            raise MissingError("there is no such calendar")
        if cursor is None:
            return Changes(
                tuple(self.items.values()),
                frozenset(set(known) - set(self.items)),
                self._cursor(),
                len(self.items),
            )
        if not cursor.isdigit() or int(cursor) > len(self._history):
            raise CursorLostError("unknown cursor")
        touched = dict.fromkeys(self._history[int(cursor) :])
        items = tuple(self.items[href] for href in touched if href in self.items)
        return Changes(items, frozenset(href for href in touched if href not in self.items), self._cursor())

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        if not self.made:
            raise MissingError("there is no such calendar")
        return {href: self.items[href] for href in hrefs if href in self.items}

    def create(self, href: str, data: str) -> None:
        if not self.made:
            raise MissingError("there is no such calendar")
        if href in self.items:
            raise ConflictError(f"{href} is taken")
        self._put(href, data)

    def update(self, href: str, data: str, etag: str) -> None:
        self._expect(href, etag)
        self._put(href, data)

    def delete(self, href: str, etag: str) -> None:
        self._expect(href, etag)
        del self.items[href]
        self._history.append(href)

    def address(self, name: str) -> str:
        return f"{name}.ics"

    def make(self, title: str, mark: str) -> bool:
        if not self.made:
            self.made, self.title, self.mark = True, title, mark
        return self.mark == mark

    def close(self) -> None:
        """Nothing is held open."""

    def _put(self, href: str, data: str) -> None:
        self._version += 1
        self.items[href] = Item(href, f'"{self._version}"', data)
        self._history.append(href)

    def _expect(self, href: str, etag: str) -> None:
        if href not in self.items or self.items[href].etag != etag:
            raise ConflictError(f"{href} is not at version {etag}")

    def _cursor(self) -> str:
        return str(len(self._history))

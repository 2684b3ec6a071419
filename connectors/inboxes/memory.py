"""An inbox in memory, held to the same contract as the real ones."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.base import Mail
from connectors.message import RawMessage


class MemoryInbox:
    def __init__(self) -> None:
        self.messages: list[RawMessage] = []

    def deliver(self, key: str, raw: bytes) -> None:
        self.messages.append(RawMessage(key, raw))

    def fetch(self, cursor: str | None, known: Iterable[str]) -> Mail:
        start = int(cursor or 0)
        seen = set(known)
        fresh = tuple(message for message in self.messages[start:] if message.key not in seen)
        return Mail(fresh, str(len(self.messages)))

    def close(self) -> None:
        """Nothing is held open."""

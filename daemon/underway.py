"""What was begun with sources in threads of their own, and has not ended."""

from __future__ import annotations

import time

from daemon.sources import Source

PATIENCE = 600.0
"""Seconds that one may take. Connectors have time-outs of their own; a first look at years of mail takes minutes."""


class Underway:
    """At most one thing a source."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[Source, float]] = {}

    def __bool__(self) -> bool:
        return bool(self._since)

    def __contains__(self, name: str) -> bool:
        return name in self._since

    def begin(self, source: Source) -> float:
        """When that was, by the monotonic clock."""
        began = time.monotonic()
        self._since[source.name] = source, began
        return began

    def end(self, source: Source) -> bool:
        """Whether it was waited for: of what was given up, and begun anew on another connection, the end says nothing."""
        if self._since.get(source.name, (None, 0.0))[0] is not source:
            return False
        del self._since[source.name]
        return True

    def overdue(self) -> list[str]:
        """Sources with which it takes longer than any time-out allows; nobody waits for it any more."""
        late = [name for name, (_, since) in self._since.items() if time.monotonic() - since > PATIENCE]
        for name in late:
            del self._since[name]
        return late

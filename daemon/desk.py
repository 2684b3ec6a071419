"""What the parts of the daemon share, and the events that wake its loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from connectors.base import Mail
from connectors.errors import ConnectorError
from daemon.clock import Alarms
from daemon.config import Settings
from daemon.outbox import Outcome
from daemon.sources import Places, Polled, ReadMail, Source
from daemon.store import Store, Write


@dataclass(frozen=True, slots=True)
class Answered:
    """A source was asked: what it said, or why not."""

    source: Source
    result: Polled | tuple[Mail, list[ReadMail], str] | None
    trouble: ConnectorError | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Writes were carried out, as far as that went."""

    outcome: Outcome
    writes: tuple[Write, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """It is time to ask a source."""

    name: str


@dataclass(frozen=True, slots=True)
class Reload:
    """The configuration may have changed."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something may have changed."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Enough."""


Happening = Answered | Published | Due | Reload | Look | Stop


@dataclass
class Desk:
    """Only the loop's own thread touches it, but for `put`, which anybody may call."""

    settings: Settings
    store: Store
    places: Places
    sources: dict[str, Source]
    log: Any
    """structlog's logger; its type depends on how it was set up."""
    put: Callable[[Happening], None]
    alarms: Alarms = field(default_factory=Alarms)
    verified: set[str] = field(default_factory=set)
    """Publish calendars that are known to be there, and ours, since the last failure."""
    dirty: bool = True
    """Something changed that the last pass did not see."""

    def due(self, name: str) -> Callable[[], None]:
        return lambda: self.put(Due(name))

    def publish_source(self) -> Source | None:
        return next((source for source in self.sources.values() if source.role == "publish"), None)

    def failing(self) -> list[str]:
        """The names of sources without contact."""
        health = self.store.health()
        return [name for name in self.sources if name in health and health[name].failing_since]

"""What the parts of the daemon share, and the events that wake its loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Mail
from connectors.calendars.expand import EventReader
from connectors.errors import ConnectorError
from daemon.clock import Alarms
from daemon.config import OUTLETS, Settings
from daemon.entries import Silence, silences
from daemon.outbox import Outcome
from daemon.readings import Recall
from daemon.rows import Write
from daemon.sources import Places, Polled, ReadMail, Source
from daemon.store import Store
from daemon.understand import understand
from daemon.world import World
from solver.solve import Problem


@dataclass(frozen=True, slots=True)
class Answered:
    """A source was asked: what it said, or why not."""

    source: Source
    result: Polled | tuple[Mail, list[ReadMail], str] | None
    trouble: ConnectorError | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Writes to a calendar were carried out, as far as that went."""

    source: Source
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
    reader: EventReader = field(default_factory=EventReader)
    recall: Recall = field(default_factory=Recall)
    verified: set[str] = field(default_factory=set)
    """Calendars of ours that are known to be there, and ours, since the last failure."""
    dirty: bool = True
    """Something changed that the last pass did not see."""

    def understand(self, moment: datetime) -> tuple[World, Problem]:
        """The world as it is known at a moment, and the offers to decide in it."""
        return understand(self.store, self.settings, moment, self.reader, self.recall)

    def due(self, name: str) -> Callable[[], None]:
        return lambda: self.put(Due(name))

    def outlets(self) -> list[Source]:
        """The calendars that are written to: that of blocks, and that of warnings where there is one."""
        found = [source for source in self.sources.values() if source.role in OUTLETS]
        return sorted(found, key=lambda source: OUTLETS.index(source.role))

    def silences(self, moment: datetime) -> list[Silence]:
        """The sources that have not answered for so long that the phone shall say so."""
        asked = [(one.name, one.role, one.poll) for one in self.sources.values()]
        least = timedelta(hours=self.settings.service.lost_contact_hours)
        return silences(asked, self.store.health(), least, moment)

    def failing(self) -> list[str]:
        """The names of sources without contact."""
        health = self.store.health()
        return [name for name in self.sources if name in health and health[name].failing_since]

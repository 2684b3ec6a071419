"""What every calendar and every inbox can do. A new one passes the contract suite and needs nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from connectors.event import Item
from connectors.message import RawMessage


@dataclass(frozen=True, slots=True)
class Changes:
    """What a calendar's server said since a cursor: new versions, addresses that are gone, the next cursor.

    `listed` is the number of objects that the server says there are; None where it only told differences. `same` are
    addresses that it told of whose version was known.
    """

    items: tuple[Item, ...] = ()
    gone: frozenset[str] = frozenset()
    cursor: str | None = None
    listed: int | None = None
    same: frozenset[str] = frozenset()


class Calendar(Protocol):
    """Every method either does all it says or raises a ConnectorError; it never answers half."""

    guards: bool
    """Whether conditions of writes are sure to be held; else whoever writes looks at the versions first."""

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        """Everything since `cursor` (None: everything). `known` maps address to version as last seen.

        Raises CursorLostError when the server has forgotten the cursor; ask again with None.
        """

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        """The objects at these addresses as they are now; one that is gone is left out."""

    def create(self, href: str, data: str) -> None:
        """Write a new object. Raises ConflictError when the address, or the event's UID, is taken.

        Both kinds of write raise RejectedError when the server does not take this object as it is.
        """

    def update(self, href: str, data: str, etag: str) -> None:
        """Replace the version `etag`. Raises ConflictError when it is no longer there."""

    def delete(self, href: str, etag: str) -> None:
        """Remove the version `etag`. Raises ConflictError when it is no longer there."""

    def address(self, name: str) -> str:
        """Where an object of this name (letters, digits, dashes) would live."""

    def make(self, title: str, mark: str) -> bool:
        """Make the calendar itself, and leave a mark on it (letters, digits, dashes).

        True when it is there now and carries the mark, so that an attempt whose answer was lost may be repeated;
        False when somebody else's is there, which is left as it is.
        """

    def close(self) -> None:
        """Let go of connections. A closed calendar may be used again."""


@dataclass(frozen=True, slots=True)
class Mail:
    """New messages, and the cursor to commit together with them."""

    messages: tuple[RawMessage, ...] = ()
    cursor: str | None = None
    problems: tuple[str, ...] = ()


class Inbox(Protocol):
    """Reads and never changes: nothing is marked, moved or sent."""

    def fetch(self, cursor: str | None, known: Iterable[str]) -> Mail:
        """Messages that came since `cursor` and whose keys are not `known`."""

    def close(self) -> None:
        """Let go of connections. A closed inbox may be used again."""


@runtime_checkable
class Waking(Protocol):
    """A source that can tell by itself that there may be something new."""

    def watch(self, stop: threading.Event, wake: Callable[[], None]) -> None:
        """Call `wake` whenever there may be, until `stop`; from a thread of its own. Never raises for a lost connection."""

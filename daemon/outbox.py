"""The writes, carried out: each conditional, each conflict looked at, etags only from reading again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.base import Calendar
from connectors.errors import ConflictError, ConnectorError, RejectedError
from connectors.event import Item
from daemon.rows import Write


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round of writes led to. `gone` are addresses where nothing is any more; `trouble` ended it early.

    `rejected` are names of entries that the server does not take as they are.
    """

    items: tuple[Item, ...] = ()
    gone: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    trouble: ConnectorError | None = None
    rejected: tuple[str, ...] = ()


def carry_out(calendar: Calendar, writes: Sequence[Write]) -> Outcome:
    """Do the writes in order, then read every touched address again in one go.

    Where the server may take no notice of a condition, it is looked at before, all at once: what is left then is the
    second between the look and the write.

    A conflict is no failure: whatever stands there now is read, and the next pass decides anew.
    """
    touched: list[str] = []
    conflicts: list[str] = []
    rejected: list[str] = []
    trouble: ConnectorError | None = None
    try:
        before = None if calendar.guards else calendar.fetch([write.href for write in writes])
    except ConnectorError as error:
        return Outcome(trouble=error)
    for write in writes:
        try:
            if before is not None:
                _expect(before.get(write.href), write)
            _do(calendar, write)
        except ConflictError:
            conflicts.append(write.name)
        except RejectedError:
            rejected.append(write.name)
        except ConnectorError as error:
            trouble = error
            break
        touched.append(write.href)
    try:
        found = calendar.fetch(touched) if touched else {}
    except ConnectorError as error:
        return Outcome(conflicts=tuple(conflicts), trouble=trouble or error, rejected=tuple(rejected))
    gone = tuple(href for href in touched if href not in found)
    return Outcome(tuple(found.values()), gone, tuple(conflicts), trouble, tuple(rejected))


def _expect(item: Item | None, write: Write) -> None:
    """Raises ConflictError when the address is not as the write assumes."""
    if (item.etag if item else None) != write.etag:
        raise ConflictError("another version is there by now")


def _do(calendar: Calendar, write: Write) -> None:
    match write.verb:
        case "create":
            calendar.create(write.href, write.data)
        case "update":
            calendar.update(write.href, write.data, write.etag or "")
        case "delete":
            calendar.delete(write.href, write.etag or "")

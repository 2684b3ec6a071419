"""A store for years: copies while it is in use, a copy put back, and what is too old to matter let go.

What is said for ever stays: answers, settled lines, the keys of messages (so that none is read twice).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from connectors.calendars import ical, ical_text
from connectors.event import Timed
from daemon import readings
from daemon.settle import without_words
from daemon.store import Store, StoreError
from daemon.tables import HEAD

PAST = timedelta(days=400)
"""Messages and plans older than this are let go; no rule looks back further, and a year's questions can be answered."""


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Read only. Raises StoreError where it is no store."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read as a store: {error}") from None


def check_copy(path: Path) -> None:
    """Raises StoreError unless the file is a sound store that this Shiftward can use."""
    if not path.is_file():
        raise StoreError(f"{path} is not there")
    with _opened(path) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise StoreError(f"{path} is damaged; take another copy")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"alembic_version", "fact", "shown"} <= tables:
            raise StoreError(f"{path} is not a store of Shiftward")
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if revision > HEAD:
            raise StoreError(
                f"{path} is from a newer Shiftward (revision {revision}, this one knows {HEAD}); update Shiftward"
            )


def backup(store: Path, copy: Path) -> int:
    """Copy the store as it is at one moment, whoever writes to it; the copy's size in bytes.

    An older copy is replaced only by a whole one. Raises StoreError.
    """
    part = copy.with_name(f".{copy.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with _opened(store) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        check_copy(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(copy)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"no copy was made at {copy}: {error}") from None
    finally:
        part.unlink(missing_ok=True)
    return copy.stat().st_size


def restore(copy: Path, store: Path, now: datetime) -> Path | None:
    """Put a copy in the store's place; where the store that was there is now. Nobody may have it open.

    What the calendars hold is read anew, and what is not there any more is no answer to anything: it may have gone
    since the copy was made. A store that is damaged is kept as it is, with the files beside it. Raises StoreError, and
    then nothing has changed.
    """
    check_copy(copy)
    part = store.with_name(f".{store.name}.part")
    try:
        backup(copy, part)
        with closing(Store(f"sqlite:///{part}")) as made:
            made.migrate()
            made.distrust()
        _join_wal(part)
        kept = _set_aside(store, now)
        part.replace(store)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{copy} was not put back: {error}") from None
    finally:
        for one in (part, *_beside(part)):
            one.unlink(missing_ok=True)
    return kept


def _set_aside(store: Path, now: datetime) -> Path | None:
    """Where the store that was there is now; what is whole becomes one file."""
    with suppress(sqlite3.Error):
        if store.exists():
            _join_wal(store)
    kept = store.with_name(f"{store.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    # Also without its store, the log of one would be read as that of the copy.
    for old, new in zip((*_beside(store), store), (*_beside(kept), kept), strict=True):
        if old.exists():
            old.replace(new)
    return kept if kept.exists() else None


def _beside(path: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside a store that is in use."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _join_wal(path: Path) -> None:
    """Everything into the one file. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many of each were let go."""

    messages: int
    decisions: int
    items: int


NOTHING = Pruned(0, 0, 0)


def prune(store: Store, now: datetime) -> Pruned:
    """Let go of what is too old to matter to any rule, question or reading."""
    before = now - PAST
    old = [
        (row.source, row.key)
        for row in store.messages()
        if row.reading and row.sent < before and _last(row.reading, row.sent) < before.date()
    ]
    gone = [(source, item.href) for source, item in store.gone() if _is_over(item.data, before)]
    store.forget_gone(gone)
    _forget_words(store)
    return Pruned(store.forget_readings(old), store.forget_decisions(before), len(gone))


def _forget_words(store: Store) -> None:
    """The words of a line are kept only while somebody has to look at it."""
    settled = store.settled()
    for row in store.messages() if settled else ():
        reading = readings.from_json(json.loads(row.reading)) if row.reading else None
        bare = without_words(row, reading, settled) if reading else None
        if bare:
            kept = json.dumps(readings.to_store(bare), sort_keys=True)
            store.keep_reading(row.source, row.key, kept)


def _is_over(data: str, before: datetime) -> bool:
    event = ical.only(data)
    if event is None:
        return not ical_text.repeats(data)
    if isinstance(event.when, Timed):
        return event.when.end.astimezone(UTC) < before
    return event.when.last < before.date()


def _last(reading: str, sent: datetime) -> date:
    """The last date that a message speaks of."""
    shifts = readings.from_json(json.loads(reading)).shifts
    return max((shift.end.date() for shift in shifts), default=sent.date())

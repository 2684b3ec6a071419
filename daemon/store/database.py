"""The way into the database: it is opened, migrated, read, and written in transactions; trouble is told with its remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, event, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from daemon.tables import HEAD, METADATA, VERSION

MOST_AT_ONCE = 500
"""Values in one statement; databases bound them."""


class StoreError(Exception):
    """The store cannot be used: the text says why, and what to do. Nothing was half-written.

    `passing`: a lock, a full disk or a disk in trouble, which may go away without anybody's doing.
    """

    def __init__(self, text: str, *, passing: bool = False) -> None:
        super().__init__(text)
        self.passing = passing


GONE = (
    "the store was removed or replaced while Shiftward ran, and nothing can be remembered: put a copy back with "
    "shiftward restore FILE, or start anew without what was known"
)


class Database:
    """A database of one writer, whatever stands in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        name = self.engine.url.database if self.engine.dialect.name == "sqlite" else None
        self._file = Path(name) if name else None
        self._opened: tuple[int, int] | None = None

    def migrate(self, *, apart: bool = False) -> None:
        """Make the tables, or bring them to `HEAD`; `apart`: by a process of its own, for who lives long.

        Raises StoreError for a store from a newer version, or one in use.
        """
        try:
            with self.engine.begin() as connection:
                found = _revision(connection) or _made(connection)
        except DatabaseError as error:
            raise _trouble("the store cannot be opened", error) from None
        self._opened = self._identity()
        if found == HEAD:
            return
        if found > HEAD:
            raise StoreError(
                f"the store is from a newer Shiftward (revision {found}, this one knows {HEAD}); update Shiftward"
            )
        if apart:
            from daemon import migrate

            migrate.apart(self.url)
            return
        from daemon.migrations import upgrade

        try:
            upgrade(self.engine)
        except DatabaseError as error:
            raise _trouble("the store cannot be brought up to date", error) from None

    def is_gone(self) -> bool:
        """Whether the store's file was taken away, or replaced, since it was opened: what is written then is lost."""
        return self._identity() != self._opened

    def _identity(self) -> tuple[int, int] | None:
        with suppress(OSError):
            if self._file is not None:
                found = self._file.stat()
                return found.st_dev, found.st_ino
        return None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction. Raises StoreError when the disk is full or the store is locked; then nothing happened."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise _trouble("the store could not be written", error) from None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise _trouble("the store could not be read", error) from None

    def close(self) -> None:
        self.engine.dispose()


def put(
    connection: Connection,
    table: Table,
    row: Mapping[str, object],
    first: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """These columns of the row with this key, whether or not it is there; `first` are more for one that is not.

    In plain SQL: each database has its own words for both at once.
    """
    key = [column == row[column.name] for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in table.primary_key}
    if not connection.execute(update(table).where(*key).values(rest)).rowcount:
        connection.execute(insert(table).values({**row, **first}))


def of(table: Table, calendar: str) -> ColumnElement[bool]:
    """Of that calendar, or of the time when there was one alone."""
    return table.c.calendar.in_((calendar, ""))


def by_chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Few enough at a time for one statement."""
    return (values[at : at + MOST_AT_ONCE] for at in range(0, len(values), MOST_AT_ONCE))


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:  # a DBAPI connection
    # The driver's own BEGIN would come too late for a write that follows a read; we say it ourselves.
    connection.isolation_level = None
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, VERSION.name):
        return None
    found: str | None = connection.scalar(select(VERSION.c.version_num))
    return found


def _made(connection: Connection) -> str:
    """A new store needs no Alembic: these are the tables that all migrations together make."""
    METADATA.create_all(connection, checkfirst=False)
    VERSION.create(connection, checkfirst=False)
    connection.execute(insert(VERSION).values(version_num=HEAD))
    return HEAD


_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
    }
)


def _trouble(what: str, error: DatabaseError) -> StoreError:
    code = getattr(error.orig, "sqlite_errorcode", None)
    # A code's lowest byte says which kind of trouble it is. A server that is not there has no such code.
    passing = isinstance(error, OperationalError) if code is None else code & 0xFF in _PASSING
    return StoreError(f"{what}: {_reason(error)}", passing=passing)


def _reason(error: DatabaseError) -> str:
    """The driver's own words and what to do, without the statement: it may hold somebody's calendar."""
    words = str(error.orig)
    remedy = {
        "database is locked": "another program is using it; end that, or wait",
        "database or disk is full": "free some space; what was known is safe",
        "disk I/O error": "see whether the disk is full or failing; what was known is safe",
        "attempt to write a readonly database": "make the state directory writable",
        "file is not a database": "it is damaged, or something else; move it away, or put a backup in its place",
        "database disk image is malformed": "it is damaged; move it away, or put a backup in its place",
        "unable to open database file": "check that the state directory is there and writable",
    }.get(words, "see the journal")
    return f"{words}; {remedy}"

"""Calendars and inboxes: where each is to be asked on from, and how it is doing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from daemon.rows import Health
from daemon.store.database import Database, put
from daemon.tables import SOURCE


class Sources(Database):
    def cursor(self, name: str) -> str | None:
        with self.read() as connection:
            found: str | None = connection.scalar(select(SOURCE.c.cursor).where(SOURCE.c.name == name))
            return found

    def listed(self, name: str) -> datetime | None:
        with self.read() as connection:
            found: datetime | None = connection.scalar(select(SOURCE.c.listed).where(SOURCE.c.name == name))
            return found

    def failed(self, name: str, trouble: str, now: datetime) -> int:
        """Note a failed read; how many in a row it makes."""
        which = select(SOURCE.c.failures, SOURCE.c.failing_since).where(SOURCE.c.name == name)
        with self.write() as connection:
            failures, since = connection.execute(which).one_or_none() or (0, None)
            row = {"name": name, "failures": failures + 1, "failing_since": since or now, "trouble": trouble}
            put(connection, SOURCE, row)
            return int(failures) + 1

    def health(self) -> dict[str, Health]:
        told = SOURCE.c
        columns = told.name, told.last_good, told.failing_since, told.failures, told.trouble
        with self.read() as connection:
            return {row.name: Health(*row) for row in connection.execute(select(*columns))}


def good(
    connection: Connection, name: str, cursor: str | None, now: datetime, *, whole: bool = False
) -> None:
    """A read that brought what there is; `whole`: all of it was listed."""
    clear = {"failing_since": None, "failures": 0, "trouble": None}
    listed = {"listed": now} if whole else {}
    put(connection, SOURCE, {"name": name, "cursor": cursor, "last_good": now, **clear, **listed})

"""Single facts about a store."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from daemon.store.database import Database, put
from daemon.tables import FACT


class Facts(Database):
    def instance(self) -> str:
        """A random name of this store, made once: what it creates out there carries it."""
        return self.fact("instance", lambda: secrets.token_hex(4))

    def fact(self, key: str, make: Callable[[], object]) -> str:
        with self.write() as connection:
            found = known(connection, key)
            if found is None:
                found = str(make())
                connection.execute(insert(FACT).values(key=key, value=found))
            return found

    def known_fact(self, key: str) -> str | None:
        with self.read() as connection:
            return known(connection, key)

    def set_fact(self, key: str, value: str) -> None:
        with self.write() as connection:
            put(connection, FACT, {"key": key, "value": value})

    def note(self, key: str, value: str) -> None:
        """Write a fact down where it is news."""
        if self.known_fact(key) != value:
            self.set_fact(key, value)


def known(connection: Connection, key: str) -> str | None:
    found: str | None = connection.scalar(select(FACT.c.value).where(FACT.c.key == key))
    return found


def note(connection: Connection, key: str, value: str) -> None:
    if known(connection, key) != value:
        put(connection, FACT, {"key": key, "value": value})

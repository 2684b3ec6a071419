"""What messages said, whose signatures held, and what the clinician said of their open lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from types import MappingProxyType

from sqlalchemy import Text, select, type_coerce, update

from daemon.rows import MessageRow
from daemon.store.database import Database, put
from daemon.store.facts import note
from daemon.store.sources import good
from daemon.tables import MESSAGE, SETTLED


class Mail(Database):
    def received(
        self,
        name: str,
        messages: Sequence[MessageRow],
        cursor: str | None,
        now: datetime,
        *,
        facts: Mapping[str, str] = MappingProxyType({}),
        bodies_since: datetime | None = None,
    ) -> None:
        """New readings in the order they arrived, and the cursor. One that is read again keeps its place.

        `facts` are written down with them where they are news. Bodies that were stored up to `bodies_since` are
        forgotten; what they said stays. A look that brought nothing writes no more than that it was had.
        """
        with self.write() as connection:
            for index, one in enumerate(messages):
                said = {"reading": one.reading, "problem": one.problem, "body": one.body}
                signed = None if one.signed is None else " ".join(sorted(one.signed))
                place = {"sent": one.sent, "stored": now + timedelta(microseconds=index)}
                put(connection, MESSAGE, {"source": name, "key": one.key, "signed": signed, **said}, place)
            for key, value in facts.items():
                note(connection, key, value)
            if bodies_since is not None:
                old = MESSAGE.c.stored <= bodies_since, MESSAGE.c.body.is_not(None)
                connection.execute(update(MESSAGE).where(*old).values(body=None))
            good(connection, name, cursor, now)

    def message_keys(self, name: str) -> frozenset[str]:
        with self.read() as connection:
            return frozenset(connection.scalars(select(MESSAGE.c.key).where(MESSAGE.c.source == name)))

    def messages(self) -> list[MessageRow]:
        """All of them by when they were sent; a Date header counts seconds, so within one by their arrival."""
        # Thousands at each pass. Times in one form and zone sort as text, and in the database the readings would be
        # moved about with them.
        told = MESSAGE.c
        sent, stored = type_coerce(told.sent, Text), type_coerce(told.stored, Text)
        wanted = select(told.source, told.key, sent, told.reading, told.problem, told.signed, stored)
        with self.read() as connection:
            rows = sorted(connection.execute(wanted), key=itemgetter(2, 6, 1))
        at = datetime.fromisoformat
        return [
            MessageRow(
                source,
                key,
                at(sent),
                reading,
                problem,
                None if signed is None else frozenset(signed.split()),
                stored=at(stored),
            )
            for source, key, sent, reading, problem, signed, stored in rows
        ]

    def body(self, name: str, key: str) -> bytes | None:
        """A message as it came, compressed, where it is kept."""
        which = MESSAGE.c.source == name, MESSAGE.c.key == key
        with self.read() as connection:
            found: bytes | None = connection.scalar(select(MESSAGE.c.body).where(*which))
            return found

    def signed(self, name: str) -> dict[str, frozenset[str]]:
        """Who signed the messages of an inbox, by key, where that was asked."""
        which = MESSAGE.c.source == name, MESSAGE.c.signed.is_not(None)
        with self.read() as connection:
            rows = connection.execute(select(MESSAGE.c.key, MESSAGE.c.signed).where(*which))
            return {key: frozenset(signed.split()) for key, signed in rows}

    def keep_reading(self, source: str, key: str, reading: str) -> None:
        """Another one in place of what a message said."""
        which = MESSAGE.c.source == source, MESSAGE.c.key == key
        with self.write() as connection:
            connection.execute(update(MESSAGE).where(*which).values(reading=reading))

    def forget_readings(self, which: Iterable[tuple[str, str]]) -> int:
        """What these messages (source, key) said; that they were read stays known."""
        nothing = update(MESSAGE).values(reading=None, problem=None, body=None, signed=None)
        with self.write() as connection:
            return sum(
                connection.execute(nothing.where(MESSAGE.c.source == source, MESSAGE.c.key == key)).rowcount
                for source, key in which
            )

    def settled(self) -> dict[str, tuple[str, datetime]]:
        """What was said of a line, and when: its dates are meant as of then."""
        with self.read() as connection:
            rows = connection.execute(select(SETTLED.c.id, SETTLED.c.text, SETTLED.c.at))
            return {line: (text, at) for line, text, at in rows}

    def settle(self, line: str, text: str, now: datetime) -> None:
        with self.write() as connection:
            put(connection, SETTLED, {"id": line, "text": text, "at": now})

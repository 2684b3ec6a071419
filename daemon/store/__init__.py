"""What Shiftward remembers: sources and cursors, what they hold, readings, answers, what was shown.

One process writes. Every method is one transaction: it happens as a whole, or not at all. A module a kind of thing.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, update

from daemon.exits import may_pass
from daemon.store.answers import Answers
from daemon.store.database import GONE, MOST_AT_ONCE, StoreError, of
from daemon.store.entries import Entries, leave
from daemon.store.items import Items
from daemon.store.mail import Mail
from daemon.tables import ITEM, OUTBOX, SHOWN, SOURCE

__all__ = ["GONE", "MOST_AT_ONCE", "Store", "StoreError"]


class Store(Items, Entries, Mail, Answers):
    """All of it, behind the few questions that the daemon asks."""

    @classmethod
    def in_directory(cls, directory: Path, url: str | None = None, *, apart: bool = False) -> Store:
        """Open (and make, and migrate, `apart` or here) the store. Raises StoreError."""
        if url is None:
            try:
                directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise StoreError(
                    f"the state directory {directory} cannot be made: {error.strerror}",
                    passing=may_pass(error),
                ) from None
            url = f"sqlite:///{directory / 'shiftward.db'}"
        store = cls(url)
        store.migrate(apart=apart)
        return store

    def forget_source(self, name: str, *, publish: bool) -> None:
        """Everything read from a source, and that it was; for the publish calendar also what was shown there, without an answer."""
        with self.write() as connection:
            connection.execute(delete(ITEM).where(ITEM.c.source == name))
            forgotten = {"cursor": None, "listed": None, "last_good": None}
            connection.execute(update(SOURCE).where(SOURCE.c.name == name).values(forgotten))
            if publish:
                leave(connection, of(SHOWN, name), of(OUTBOX, name))

    def distrust(self) -> None:
        """After a copy was put back: everything is read anew, and no entry that is missing now is an answer."""
        with self.write() as connection:
            connection.execute(update(SOURCE).values(cursor=None, listed=None))
            connection.execute(update(SHOWN).values(there=0, kept=None))
            connection.execute(delete(OUTBOX))

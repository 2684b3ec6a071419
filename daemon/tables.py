"""The tables of the store. A change of them is a new migration, and a new `HEAD`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

HEAD = "0004"
"""The newest migration. A store at this revision needs no Alembic to be opened."""


class UtcText(TypeDecorator[datetime]):
    """Aware instants as ISO text in UTC; refuses naive ones."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone reached the store: {value}")
        return value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    type_annotation_map = {str: Text, int: Integer, bool: Integer, bytes: LargeBinary, datetime: UtcText}  # noqa: RUF012  # SQLAlchemy's form
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012


class Fact(Base):
    """Single facts about this store, such as its instance id."""

    __tablename__ = "fact"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Source(Base):
    """A calendar or an inbox: its cursor, and how it is doing."""

    __tablename__ = "source"
    name: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str | None]
    last_good: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None]
    listed: Mapped[datetime | None]
    """When all of it was last listed: some servers lose differences."""


class StoredItem(Base):
    """A calendar object as last read.

    A `stale` one has a newer version that cannot be read; one that is `gone` is kept where that says something; one that
    is `unseen` was written by us, and the server has not told of it in a look.
    """

    __tablename__ = "item"
    source: Mapped[str] = mapped_column(primary_key=True)
    href: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    data: Mapped[str]
    stale: Mapped[bool] = mapped_column(default=False)
    gone: Mapped[bool] = mapped_column(default=False)
    unseen: Mapped[bool] = mapped_column(default=False)


class StoredMessage(Base):
    """What a message said; its body is not kept but for a review."""

    __tablename__ = "message"
    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    sent: Mapped[datetime]
    stored: Mapped[datetime]
    reading: Mapped[str | None]
    problem: Mapped[str | None]
    signed: Mapped[str | None]
    """The domains whose signature held when it came, with blanks between; null where that was not asked."""
    body: Mapped[bytes | None]
    """The message itself, compressed, for as long as the configuration wants it kept."""
    __table_args__ = (Index("message_sent", "sent"), {"sqlite_strict": True})


class Answer(Base):
    """What the clinician said to an offer, or to any other entry; it holds for ever."""

    __tablename__ = "answer"
    about: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    at: Mapped[datetime]
    how: Mapped[str]
    entry: Mapped[str | None]
    """The name of the entry by which it was given, where it was one."""


class Settled(Base):
    """What the clinician said of a line that a message left open: a plainer line, or nothing."""

    __tablename__ = "settled"
    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]


class Shown(Base):
    """An entry that was written to the clinician's calendar, and since when it is there."""

    __tablename__ = "shown"
    name: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str]
    kind: Mapped[str]
    href: Mapped[str]
    since: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    there: Mapped[bool] = mapped_column(default=False)
    generation: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[str | None]
    kept: Mapped[str | None]
    calendar: Mapped[str] = mapped_column(default="", server_default="")
    title: Mapped[str | None]
    strayed: Mapped[str | None]
    noticed: Mapped[datetime | None]


class Moved(Base):
    """From which generation on an entry looks for an address when it comes again: some servers bury what is deleted."""

    __tablename__ = "moved"
    name: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int]


class Outbox(Base):
    """One open write an entry: a newer decision replaces it."""

    __tablename__ = "outbox"
    name: Mapped[str] = mapped_column(primary_key=True)
    verb: Mapped[str]
    href: Mapped[str]
    data: Mapped[str]
    etag: Mapped[str | None]
    decided: Mapped[datetime]
    calendar: Mapped[str] = mapped_column(default="", server_default="")


class Decision(Base):
    """Every plan that differed from the one before it, as JSON, and what it was decided on."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    world: Mapped[str]
    plan: Mapped[str]

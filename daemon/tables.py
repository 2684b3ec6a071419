"""The tables of the store. A change of them is a new migration, and a new `HEAD`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0005"
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


METADATA = MetaData()

FACT = Table(
    "fact",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
"""Single facts about this store, such as its instance id."""

SOURCE = Table(
    "source",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("cursor", Text),
    Column("last_good", UtcText),
    Column("failing_since", UtcText),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text),
    # When all of it was last listed: some servers lose differences.
    Column("listed", UtcText),
    sqlite_strict=True,
)
"""A calendar or an inbox: its cursor, and how it is doing."""

ITEM = Table(
    "item",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("href", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("stale", Integer, nullable=False, server_default="0"),
    Column("gone", Integer, nullable=False, server_default="0"),
    Column("unseen", Integer, nullable=False, server_default="0"),
    sqlite_strict=True,
)
"""A calendar object as last read.

A `stale` one has a newer version that cannot be read; one that is `gone` is kept where that says something; one that
is `unseen` was written by us, and the server has not told of it in a look.
"""

MESSAGE = Table(
    "message",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("sent", UtcText, nullable=False),
    Column("stored", UtcText, nullable=False),
    Column("reading", Text),
    Column("problem", Text),
    # The domains whose signature held when it came, with blanks between; null where that was not asked.
    Column("signed", Text),
    # The message itself, compressed, for as long as the configuration wants it kept.
    Column("body", LargeBinary),
    Index("message_sent", "sent"),
    sqlite_strict=True,
)
"""What a message said; its body is not kept but for a review."""

ANSWER = Table(
    "answer",
    METADATA,
    Column("about", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("at", UtcText, nullable=False),
    Column("how", Text, nullable=False),
    # The name of the entry by which it was given, where it was one.
    Column("entry", Text),
    sqlite_strict=True,
)
"""What the clinician said to an offer, or to any other entry; it holds for ever."""

SAID = Table(
    "said",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("about", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("at", UtcText, nullable=False),
    Column("how", Text, nullable=False),
    Column("entry", Text),
    Index("said_about", "about"),
    sqlite_strict=True,
)
"""Every answer that was ever given, in order; nothing of it is let go. `answer` has the last one about each thing."""

SETTLED = Table(
    "settled",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", UtcText, nullable=False),
    sqlite_strict=True,
)
"""What the clinician said of a line that a message left open: a plainer line, or nothing."""

SHOWN = Table(
    "shown",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("about", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("href", Text, nullable=False),
    Column("since", UtcText, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("there", Integer, nullable=False),
    Column("generation", Integer, nullable=False, server_default="0"),
    Column("wanted", Text),
    Column("kept", Text),
    Column("calendar", Text, nullable=False, server_default=""),
    Column("title", Text),
    Column("strayed", Text),
    Column("noticed", UtcText),
    sqlite_strict=True,
)
"""An entry that was written to the clinician's calendar, and since when it is there."""

MOVED = Table(
    "moved",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("generation", Integer, nullable=False),
    sqlite_strict=True,
)
"""From which generation on an entry looks for an address when it comes again: some servers bury what is deleted."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("verb", Text, nullable=False),
    Column("href", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("etag", Text),
    Column("decided", UtcText, nullable=False),
    Column("calendar", Text, nullable=False, server_default=""),
    sqlite_strict=True,
)
"""One open write an entry: a newer decision replaces it."""

DECISION = Table(
    "decision",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", UtcText, nullable=False),
    Column("world", Text, nullable=False),
    Column("plan", Text, nullable=False),
    sqlite_strict=True,
)
"""Every plan that differed from the one before it, as JSON, and what it was decided on."""

VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""At which revision the store is; Alembic's own, as it would make it."""

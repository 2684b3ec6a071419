"""What Shiftward remembers: sources and cursors, what they hold, readings, answers, what was shown.

One process writes. Every method is one transaction: it happens as a whole, or not at all.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Engine, create_engine, delete, event, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from connectors.event import Item
from daemon.rows import Health, MessageRow, Said, ShownRow, Verdict, Write
from daemon.tables import (
    HEAD,
    Answer,
    Decision,
    Fact,
    Moved,
    Outbox,
    Settled,
    Shown,
    Source,
    StoredItem,
    StoredMessage,
)

MOST_AT_ONCE = 500
"""Values in one statement; databases bound them."""


class StoreError(Exception):
    """The store cannot be used: the text says why, and what to do. Nothing was half-written."""


class Store:
    """The tables above, behind the few questions that the daemon asks."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    @classmethod
    def in_directory(cls, directory: Path, url: str | None = None) -> Store:
        """Open (and make, and migrate) the store. Raises StoreError."""
        if url is None:
            try:
                directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise StoreError(
                    f"the state directory {directory} cannot be made: {error.strerror}"
                ) from None
            url = f"sqlite:///{directory / 'shiftward.db'}"
        store = cls(url)
        store.migrate()
        return store

    def migrate(self) -> None:
        """Bring the tables to `HEAD`. Raises StoreError for a store from a newer version, or one in use."""
        try:
            with self.engine.connect() as connection:
                found = _revision(connection)
        except DatabaseError as error:
            raise StoreError(f"the store cannot be opened: {_reason(error)}") from None
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise StoreError(
                f"the store is from a newer Shiftward (revision {found}, this one knows {HEAD}); update Shiftward"
            )
        from daemon.migrations import upgrade

        try:
            upgrade(self.engine)
        except DatabaseError as error:
            raise StoreError(f"the store cannot be brought up to date: {_reason(error)}") from None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction. Raises StoreError when the disk is full or the store is locked; then nothing happened."""
        try:
            with Session(self.engine) as session, session.begin():
                yield session
        except DatabaseError as error:
            raise StoreError(f"the store could not be written: {_reason(error)}") from None

    @contextmanager
    def read(self) -> Iterator[Session]:
        try:
            with Session(self.engine) as session:
                yield session
        except DatabaseError as error:
            raise StoreError(f"the store could not be read: {_reason(error)}") from None

    def close(self) -> None:
        self.engine.dispose()

    # -- facts ------------------------------------------------------------------------------------------------

    def instance(self) -> str:
        """A random name of this store, made once: what it creates out there carries it."""
        return self.fact("instance", lambda: secrets.token_hex(4))

    def fact(self, key: str, make: Any) -> str:  # a callable without arguments
        with self.write() as session:
            found = session.get(Fact, key)
            if found is None:
                found = Fact(key=key, value=str(make()))
                session.add(found)
            return found.value

    def known_fact(self, key: str) -> str | None:
        with self.read() as session:
            found = session.get(Fact, key)
            return found.value if found else None

    def set_fact(self, key: str, value: str) -> None:
        with self.write() as session:
            session.merge(Fact(key=key, value=value))

    def note(self, key: str, value: str) -> None:
        """Write a fact down where it is news."""
        if self.known_fact(key) != value:
            self.set_fact(key, value)

    # -- sources ----------------------------------------------------------------------------------------------

    def cursor(self, name: str) -> str | None:
        with self.read() as session:
            found = session.get(Source, name)
            return found.cursor if found else None

    def etags(self, name: str) -> dict[str, str]:
        with self.read() as session:
            rows = session.execute(
                select(StoredItem.href, StoredItem.etag).where(
                    StoredItem.source == name, StoredItem.gone == 0
                )
            )
            return {href: etag for href, etag in rows}  # noqa: C416  # rows are not pairs to dict()

    def stale(self, name: str) -> frozenset[str]:
        """Addresses of objects whose newest version cannot be read; what `items` gives is the one before it."""
        with self.read() as session:
            rows = session.scalars(
                select(StoredItem.href).where(StoredItem.source == name, StoredItem.stale == 1)
            )
            return frozenset(rows)

    def unseen(self, name: str) -> frozenset[str]:
        """Addresses that we wrote to since the last look."""
        with self.read() as session:
            rows = session.scalars(
                select(StoredItem.href).where(StoredItem.source == name, StoredItem.unseen == 1)
            )
            return frozenset(rows)

    def listed(self, name: str) -> datetime | None:
        with self.read() as session:
            found = session.get(Source, name)
            return found.listed if found else None

    def mentioning(self, names: Collection[str], text: str) -> list[Item]:
        """Of these sources the objects in whose text something stands."""
        with self.read() as session:
            rows = session.execute(
                select(StoredItem.href, StoredItem.etag, StoredItem.data).where(
                    StoredItem.source.in_(list(names)), StoredItem.gone == 0, StoredItem.data.contains(text)
                )
            )
            return [Item(href, etag, data) for href, etag, data in rows]

    def items(self, name: str, *, gone: bool = False) -> list[Item]:
        """What is there; or what was there, as far as it is kept."""
        with self.read() as session:
            rows = session.execute(
                select(StoredItem.href, StoredItem.etag, StoredItem.data)
                .where(StoredItem.source == name, StoredItem.gone == int(gone))
                .order_by(StoredItem.href)
            )
            return [Item(href, etag, data) for href, etag, data in rows]

    def observed(
        self,
        name: str,
        items: Sequence[Item],
        gone: Collection[str],
        cursor: str | None,
        now: datetime,
        *,
        ours: bool = False,
        unreadable: Collection[str] = (),
        whole: bool = False,
        keep: bool = False,
        seen: Collection[str] = (),
    ) -> None:
        """Changes and cursor of one good read, together; `ours` is the calendar that entries are written to.

        Of an object in `unreadable` the text that is known stays, under its new version. `whole`: all of it was listed.
        `keep`: what is gone, or was replaced, is remembered as gone. `seen`: what was written by us, and is known since.
        """
        with self.write() as session:
            session.execute(
                update(StoredItem)
                .where(StoredItem.source == name, StoredItem.href.in_(list(seen)))
                .values(unseen=False)
            )
            if keep:
                _remember(session, name, [item.href for item in items])
            _store(session, name, [item for item in items if item.href not in unreadable])
            for item in items:
                if item.href in unreadable:
                    session.execute(
                        update(StoredItem)
                        .where(StoredItem.source == name, StoredItem.href == item.href)
                        .values(etag=item.etag, stale=True)
                    )
            for some in _by_chunks(sorted(gone)):
                these = StoredItem.source == name, StoredItem.href.in_(some)
                session.execute(
                    update(StoredItem).where(*these).values(gone=True)
                    if keep
                    else delete(StoredItem).where(*these)
                )
            if ours:
                # What is still there after a look is there, also what we meant to take away.
                there = select(StoredItem.href).where(StoredItem.source == name, StoredItem.gone == 0)
                news = _of(Shown.calendar, name), Shown.href.in_(there), Shown.there == 0
                session.execute(update(Shown).where(*news).values(there=True))
            _good(session, name, cursor, now, whole=whole)

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
        with self.write() as session:
            for index, one in enumerate(messages):
                row = session.get(StoredMessage, (name, one.key))
                if row is None:
                    arrived = now + timedelta(microseconds=index)
                    row = StoredMessage(source=name, key=one.key, sent=one.sent, stored=arrived)
                    session.add(row)
                row.reading, row.problem = one.reading, one.problem
                row.signed = None if one.signed is None else " ".join(sorted(one.signed))
                row.body = one.body
            for key, value in facts.items():
                session.merge(Fact(key=key, value=value))
            if bodies_since is not None:
                session.flush()
                old = StoredMessage.stored <= bodies_since, StoredMessage.body.is_not(None)
                session.execute(update(StoredMessage).where(*old).values(body=None))
            _good(session, name, cursor, now)

    def failed(self, name: str, trouble: str, now: datetime) -> int:
        """Note a failed read; how many in a row it makes."""
        with self.write() as session:
            source = session.get(Source, name) or Source(name=name, failures=0)
            source.failures += 1
            source.failing_since = source.failing_since or now
            source.trouble = trouble
            session.add(source)
            return source.failures

    def forget_source(self, name: str, *, publish: bool) -> None:
        """Everything read from a source; for the publish calendar also what was shown there, without an answer."""
        with self.write() as session:
            session.execute(delete(StoredItem).where(StoredItem.source == name))
            session.execute(update(Source).where(Source.name == name).values(cursor=None))
            if publish:
                _leave(session, _of(Shown.calendar, name), _of(Outbox.calendar, name))

    def distrust(self) -> None:
        """After a copy was put back: everything is read anew, and no entry that is missing now is an answer."""
        with self.write() as session:
            session.execute(update(Source).values(cursor=None, listed=None))
            session.execute(update(Shown).values(there=False, kept=None))
            session.execute(delete(Outbox))

    def health(self) -> dict[str, Health]:
        with self.read() as session:
            return {
                one.name: Health(one.name, one.last_good, one.failing_since, one.failures, one.trouble)
                for one in session.scalars(select(Source))
            }

    def message_keys(self, name: str) -> frozenset[str]:
        with self.read() as session:
            return frozenset(session.scalars(select(StoredMessage.key).where(StoredMessage.source == name)))

    def messages(self) -> list[MessageRow]:
        """All of them by when they were sent; a Date header counts seconds, so within one by their arrival."""
        with self.read() as session:
            told = StoredMessage
            columns = told.source, told.key, told.sent, told.reading, told.problem, told.signed, told.stored
            rows = session.execute(select(*columns).order_by(told.sent, told.stored, told.key))
            return [
                MessageRow(source, key, sent, reading, problem, _domains(signed), stored=stored)
                for source, key, sent, reading, problem, signed, stored in rows
            ]

    def body(self, name: str, key: str) -> bytes | None:
        """A message as it came, compressed, where it is kept."""
        with self.read() as session:
            found = session.get(StoredMessage, (name, key))
            return found.body if found else None

    def keep_reading(self, source: str, key: str, reading: str) -> None:
        """Another one in place of what a message said."""
        with self.write() as session:
            which = StoredMessage.source == source, StoredMessage.key == key
            session.execute(update(StoredMessage).where(*which).values(reading=reading))

    def forget_readings(self, which: Iterable[tuple[str, str]]) -> int:
        """What these messages (source, key) said; that they were read stays known."""
        count = 0
        with self.write() as session:
            for name, key in which:
                row = session.get(StoredMessage, (name, key))
                if row is not None:
                    row.reading = row.problem = row.body = row.signed = None
                    count += 1
        return count

    def forget_decisions(self, before: datetime) -> int:
        """Plans of before then, but for the newest of all; how many."""
        with self.write() as session:
            newest = session.scalar(select(func.max(Decision.id)))
            these = Decision.at < before, Decision.id != newest
            old = session.scalars(select(Decision.id).where(*these)).all()
            session.execute(delete(Decision).where(*these))
            return len(old)

    def gone(self) -> list[tuple[str, Item]]:
        """What was there once, with its source, where that is kept."""
        with self.read() as session:
            rows = session.execute(
                select(StoredItem.source, StoredItem.href, StoredItem.etag, StoredItem.data).where(
                    StoredItem.gone == 1
                )
            )
            return [(source, Item(href, etag, data)) for source, href, etag, data in rows]

    def forget_gone(self, which: Iterable[tuple[str, str]]) -> None:
        """Of what was there once, these (source, address)."""
        with self.write() as session:
            for source, href in which:
                these = StoredItem.source == source, StoredItem.href == href, StoredItem.gone == 1
                session.execute(delete(StoredItem).where(*these))

    def signed(self, name: str) -> dict[str, frozenset[str]]:
        """Who signed the messages of an inbox, by key, where that was asked."""
        with self.read() as session:
            rows = session.execute(
                select(StoredMessage.key, StoredMessage.signed).where(
                    StoredMessage.source == name, StoredMessage.signed.is_not(None)
                )
            )
            return {key: frozenset((signed or "").split()) for key, signed in rows}

    # -- answers and what is shown ------------------------------------------------------------------------------

    def answers(self) -> dict[str, Verdict]:
        with self.read() as session:
            return {one.about: one.verdict for one in session.scalars(select(Answer))}  # type: ignore[misc]  # CHECKed by the callers' types

    def answered_at(self) -> dict[str, datetime]:
        with self.read() as session:
            return {one.about: one.at for one in session.scalars(select(Answer))}

    def said(self) -> list[Said]:
        """The answers that were given by entries."""
        with self.read() as session:
            return [
                Said(one.about, one.verdict, one.at, one.how, one.entry)  # type: ignore[arg-type]  # written from a Verdict
                for one in session.scalars(select(Answer).where(Answer.entry.is_not(None)))
            ]

    def answer(self, about: str, verdict: Verdict, now: datetime, how: str) -> None:
        self.heard([Said(about, verdict, now, how)])

    def heard(
        self,
        answers: Iterable[Said],
        titles: Mapping[str, str] = MappingProxyType({}),
        away: Collection[str] = (),
        back: Iterable[ShownRow] = (),
    ) -> None:
        """Answers, titles as they were read by name, entries shown no longer and again, in one transaction."""
        with self.write() as session:
            for one in answers:
                session.merge(
                    Answer(about=one.about, verdict=one.verdict, at=one.at, how=one.how, entry=one.entry)
                )
            for name, title in titles.items():
                session.execute(update(Shown).where(Shown.name == name).values(title=title))
            _forget(session, Shown.name.in_(list(away)))
            for row in back:
                session.merge(_shown(row))

    def settled(self) -> dict[str, tuple[str, datetime]]:
        """What was said of a line, and when: its dates are meant as of then."""
        with self.read() as session:
            return {one.id: (one.text, one.at) for one in session.scalars(select(Settled))}

    def settle(self, line: str, text: str, now: datetime) -> None:
        with self.write() as session:
            session.merge(Settled(id=line, text=text, at=now))

    def shown(self) -> dict[str, ShownRow]:
        with self.read() as session:
            return {
                one.name: ShownRow(**{key: getattr(one, key) for key in ShownRow.__slots__})
                for one in session.scalars(select(Shown))
            }

    def decide(
        self, shown: Iterable[ShownRow], writes: Sequence[Write], now: datetime, calendar: str = ""
    ) -> None:
        """What shall be seen in a calendar, and the writes that make it so, in one transaction.

        Older open writes to it are replaced.
        """
        with self.write() as session:
            for row in shown:
                session.merge(_shown(row))
            session.execute(delete(Outbox).where(_of(Outbox.calendar, calendar)))
            # What we take away ourselves is no answer when it is gone, whatever happens on the way.
            away = [write.name for write in writes if write.verb == "delete"]
            session.execute(update(Shown).where(Shown.name.in_(away)).values(there=False))
            rows = [
                {
                    "name": w.name,
                    "verb": w.verb,
                    "href": w.href,
                    "data": w.data,
                    "etag": w.etag,
                    "decided": now,
                    "calendar": calendar,
                }
                for w in writes
            ]
            if rows:
                session.execute(insert(Outbox), rows)

    def published(
        self,
        source: str,
        items: Iterable[Item],
        gone: Collection[str],
        kept: Mapping[str, str | None] | None = None,
        blocked: Collection[str] = (),
    ) -> None:
        """What stands at the addresses just written to: their rows leave the outbox, and are known to be there.

        `kept` tells by name what the server made of an entry. The `blocked` could not be put at their address though
        nothing is there, and move to another one.
        """
        stored = list(items)
        with self.write() as session:
            _store(session, source, stored, unseen=True)
            mine = _of(Shown.calendar, source)
            session.execute(
                update(Shown).where(mine, Shown.href.in_([item.href for item in stored])).values(there=True)
            )
            for name, digest in (kept or {}).items():
                session.execute(update(Shown).where(Shown.name == name).values(kept=digest))
            session.execute(
                update(Shown)
                .where(Shown.name.in_(list(blocked)))
                .values(generation=Shown.generation + 1, there=False)
            )
            session.execute(
                delete(StoredItem).where(StoredItem.source == source, StoredItem.href.in_(list(gone)))
            )
            open_ = _of(Outbox.calendar, source)
            deleted = select(Outbox.name).where(open_, Outbox.href.in_(list(gone)), Outbox.verb == "delete")
            _forget(session, Shown.name.in_(deleted))
            session.execute(
                delete(Outbox).where(open_, Outbox.href.in_([*(item.href for item in stored), *gone]))
            )

    def leave_former(self, calendars: Collection[str]) -> None:
        """What is shown in other calendars than these, and was to be written there, is remembered as left behind."""
        here = ["", *calendars]
        shown, open_ = Shown.calendar.not_in(here), Outbox.calendar.not_in(here)
        with self.read() as session:
            of = (select(Shown.calendar).where(shown), select(Outbox.calendar).where(open_))
            former = {name for which in of for name in session.scalars(which)}
        if not former:
            return
        with self.write() as session:
            _leave(session, shown, open_)
            # Whoever configures it again has to look at it first.
            session.execute(delete(StoredItem).where(StoredItem.source.in_(former)))
            session.execute(update(Source).where(Source.name.in_(former)).values(cursor=None))
            session.execute(delete(Fact).where(Fact.key.in_([f"made {name}" for name in former])))

    def left(self, where: str) -> dict[str, tuple[str, str]]:
        """What was left behind at an address: about and kind by name."""
        told = json.loads(self.known_fact(f"left {where}") or "{}")
        return {name: (about, kind) for name, (about, kind) in told.items()}

    def still_left(self, where: str, left: Mapping[str, tuple[str, str]]) -> None:
        """No more than this is left behind there."""
        self.note(f"left {where}", json.dumps(left, sort_keys=True))

    def forget_shown(self, names: Collection[str]) -> None:
        with self.write() as session:
            _forget(session, Shown.name.in_(list(names)))

    def moved(self) -> dict[str, int]:
        """The generation that an entry begins with where it is not the first, by name."""
        with self.read() as session:
            return {one.name: one.generation for one in session.scalars(select(Moved))}

    def open_writes(self, calendar: str | None = None) -> list[Write]:
        """Those to one calendar, or all of them."""
        which = () if calendar is None else (_of(Outbox.calendar, calendar),)
        with self.read() as session:
            return [
                Write(one.name, one.verb, one.href, one.data, one.etag)  # type: ignore[arg-type]  # written from a Verb
                for one in session.scalars(select(Outbox).where(*which).order_by(Outbox.name))
            ]

    # -- decisions ----------------------------------------------------------------------------------------------

    def decision(self) -> tuple[str, Mapping[str, Any]] | None:
        """The world's digest and the plan of the newest decision."""
        with self.read() as session:
            found = session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).first()
            return (found.world, json.loads(found.plan)) if found else None

    def decision_at(self, moment: datetime) -> tuple[datetime, Mapping[str, Any]] | None:
        """The plan that was in force then, and when it was decided."""
        with self.read() as session:
            found = session.scalars(
                select(Decision).where(Decision.at <= moment).order_by(Decision.id.desc()).limit(1)
            ).first()
            return (found.at, json.loads(found.plan)) if found else None

    def decided(self, world: str, plan: Mapping[str, Any], now: datetime) -> None:
        with self.write() as session:
            session.add(Decision(at=now, world=world, plan=json.dumps(plan, sort_keys=True)))


def _domains(signed: str | None) -> frozenset[str] | None:
    return None if signed is None else frozenset(signed.split())


def _forget(session: Session, *which: ColumnElement[bool]) -> None:
    """What is shown no longer. Where one address was buried, the one after it is too: the next is tried first then."""
    for row in session.scalars(select(Shown).where(Shown.generation > 0, *which)):
        session.merge(Moved(name=row.name, generation=row.generation + 1))
    session.execute(delete(Shown).where(*which))


def _leave(session: Session, shown: ColumnElement[bool], open_: ColumnElement[bool]) -> None:
    """Forget what is shown in calendars that are ours no more, but for where it stands: they may be ours again."""
    for row in session.scalars(select(Shown).where(shown)).all():
        where = session.get(Fact, f"where {row.calendar}")
        key = f"left {where.value if where else ''}"
        before = session.get(Fact, key)
        left = json.loads(before.value) if before else {}
        left[row.name] = row.about, row.kind
        session.merge(Fact(key=key, value=json.dumps(left, sort_keys=True)))
    _forget(session, shown)
    session.execute(delete(Outbox).where(open_))


def _of(column: Any, calendar: str) -> ColumnElement[bool]:  # a mapped column
    """Of that calendar, or of the time when there was one alone."""
    found: ColumnElement[bool] = column.in_((calendar, ""))
    return found


def _shown(row: ShownRow) -> Shown:
    return Shown(**{key: getattr(row, key) for key in ShownRow.__slots__})


def _by_chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Few enough at a time for one statement."""
    return (values[at : at + MOST_AT_ONCE] for at in range(0, len(values), MOST_AT_ONCE))


def _remember(session: Session, source: str, hrefs: Collection[str]) -> None:
    """Keep what stands at these addresses as something that stood there once."""
    for some in _by_chunks(list(hrefs)):
        these = StoredItem.href.in_(some)
        rows = session.scalars(
            select(StoredItem).where(StoredItem.source == source, StoredItem.gone == 0, these)
        ).all()
        for row in rows:
            mark = blake2b(row.data.encode(), digest_size=8).hexdigest()
            session.merge(
                StoredItem(source=source, href=f"{row.href} {mark}", etag=mark, data=row.data, gone=True)
            )
        session.flush()


def _store(session: Session, source: str, items: Sequence[Item], *, unseen: bool = False) -> None:
    """One statement for all: object by object, a first read of thousands would take longer than the network."""
    rows = [
        {
            "source": source,
            "href": one.href,
            "etag": one.etag,
            "data": one.data,
            "stale": False,
            "gone": False,
            "unseen": unseen,
        }
        for one in items
    ]
    for some in _by_chunks([one.href for one in items]):
        session.execute(delete(StoredItem).where(StoredItem.source == source, StoredItem.href.in_(some)))
    if rows:
        session.execute(insert(StoredItem), rows)


def _good(session: Session, name: str, cursor: str | None, now: datetime, *, whole: bool = False) -> None:
    source = session.get(Source, name) or Source(name=name)
    source.listed = now if whole else source.listed
    source.cursor, source.last_good = cursor, now
    source.failing_since, source.failures, source.trouble = None, 0, None
    session.add(source)


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


def _on_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _revision(connection: Any) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _reason(error: DatabaseError) -> str:
    """The driver's own words and what to do, without the statement: it may hold somebody's calendar."""
    words = str(error.orig)
    remedy = {
        "database is locked": "another program is using it; end that, or wait",
        "database or disk is full": "free some space; what was known is safe",
        "attempt to write a readonly database": "make the state directory writable",
        "file is not a database": "it is damaged, or something else; move it away, or put a backup in its place",
        "database disk image is malformed": "it is damaged; move it away, or put a backup in its place",
        "unable to open database file": "check that the state directory is there and writable",
    }.get(words, "see the journal")
    return f"{words}; {remedy}"

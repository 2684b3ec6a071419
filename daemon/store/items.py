"""What calendars hold: objects as they were last read, those that cannot be read, and what was there once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from connectors.event import Item
from daemon.store.database import by_chunks, of, put
from daemon.store.sources import Sources, good
from daemon.tables import ITEM, OUTBOX, SHOWN


class Items(Sources):
    def etags(self, name: str) -> dict[str, str]:
        which = ITEM.c.source == name, ITEM.c.gone == 0
        with self.read() as connection:
            rows = connection.execute(select(ITEM.c.href, ITEM.c.etag).where(*which))
            return {href: etag for href, etag in rows}  # noqa: C416  # rows are not pairs to dict()

    def stale(self, name: str) -> frozenset[str]:
        """Addresses of objects whose newest version cannot be read; what `items` gives is the one before it."""
        return self._hrefs(ITEM.c.source == name, ITEM.c.stale == 1)

    def unseen(self, name: str) -> frozenset[str]:
        """Addresses that we wrote to since the last look, or may have: of a write that is still open nobody knows."""
        written = select(ITEM.c.href).where(ITEM.c.source == name, ITEM.c.unseen == 1)
        with self.read() as connection:
            open_ = select(OUTBOX.c.href).where(OUTBOX.c.calendar == name)
            return frozenset(connection.scalars(written.union(open_)))

    def _hrefs(self, *which: ColumnElement[bool]) -> frozenset[str]:
        with self.read() as connection:
            return frozenset(connection.scalars(select(ITEM.c.href).where(*which)))

    def mentioning(self, names: Collection[str], text: str) -> list[Item]:
        """Of these sources the objects in whose text something stands."""
        return self._items(ITEM.c.source.in_(list(names)), ITEM.c.gone == 0, ITEM.c.data.contains(text))

    def items(self, name: str, *, gone: bool = False) -> list[Item]:
        """What is there; or what was there, as far as it is kept."""
        return self._items(ITEM.c.source == name, ITEM.c.gone == int(gone))

    def _items(self, *which: ColumnElement[bool]) -> list[Item]:
        columns = ITEM.c.href, ITEM.c.etag, ITEM.c.data
        with self.read() as connection:
            rows = connection.execute(select(*columns).where(*which).order_by(ITEM.c.href))
            return [Item(href, etag, data) for href, etag, data in rows]

    def gone(self) -> list[tuple[str, Item]]:
        """What was there once, with its source, where that is kept."""
        columns = ITEM.c.source, ITEM.c.href, ITEM.c.etag, ITEM.c.data
        with self.read() as connection:
            rows = connection.execute(select(*columns).where(ITEM.c.gone == 1))
            return [(source, Item(href, etag, data)) for source, href, etag, data in rows]

    def forget_gone(self, which: Iterable[tuple[str, str]]) -> None:
        """Of what was there once, these (source, address)."""
        with self.write() as connection:
            for source, href in which:
                these = ITEM.c.source == source, ITEM.c.href == href, ITEM.c.gone == 1
                connection.execute(delete(ITEM).where(*these))

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
        here = ITEM.c.source == name
        with self.write() as connection:
            connection.execute(update(ITEM).where(here, ITEM.c.href.in_(list(seen))).values(unseen=0))
            if keep:
                _remember(connection, name, [item.href for item in items])
            store_items(connection, name, [item for item in items if item.href not in unreadable])
            for item in items:
                if item.href in unreadable:
                    newer = update(ITEM).values(etag=item.etag, stale=1)
                    connection.execute(newer.where(here, ITEM.c.href == item.href))
            for some in by_chunks(sorted(gone)):
                these = here, ITEM.c.href.in_(some)
                connection.execute(
                    update(ITEM).where(*these).values(gone=1) if keep else delete(ITEM).where(*these)
                )
            if ours:
                # What is still there after a look is there, also what we meant to take away.
                there = select(ITEM.c.href).where(here, ITEM.c.gone == 0)
                news = of(SHOWN, name), SHOWN.c.href.in_(there), SHOWN.c.there == 0
                connection.execute(update(SHOWN).where(*news).values(there=1))
            good(connection, name, cursor, now, whole=whole)


def store_items(connection: Connection, source: str, items: Sequence[Item], *, unseen: bool = False) -> None:
    """One statement for all: object by object, a first read of thousands would take longer than the network."""
    for some in by_chunks([one.href for one in items]):
        connection.execute(delete(ITEM).where(ITEM.c.source == source, ITEM.c.href.in_(some)))
    rows = [_row(source, one.href, one.etag, one.data, unseen=unseen) for one in items]
    if rows:
        connection.execute(insert(ITEM), rows)


def _remember(connection: Connection, source: str, hrefs: Collection[str]) -> None:
    """Keep what stands at these addresses as something that stood there once."""
    for some in by_chunks(list(hrefs)):
        these = ITEM.c.source == source, ITEM.c.gone == 0, ITEM.c.href.in_(some)
        for href, data in connection.execute(select(ITEM.c.href, ITEM.c.data).where(*these)).all():
            mark = blake2b(data.encode(), digest_size=8).hexdigest()
            put(connection, ITEM, _row(source, f"{href} {mark}", mark, data, gone=True))


def _row(
    source: str, href: str, etag: str, data: str, *, gone: bool = False, unseen: bool = False
) -> dict[str, object]:
    known = {"source": source, "href": href, "etag": etag, "data": data}
    return {**known, "stale": 0, "gone": int(gone), "unseen": int(unseen)}

"""What is shown in the clinician's calendars, what is still to be written there, and what was left behind."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from connectors.event import Item
from daemon.rows import ShownRow, Write
from daemon.store.database import of, put
from daemon.store.facts import Facts, known
from daemon.store.items import store_items
from daemon.tables import FACT, ITEM, MOVED, OUTBOX, SHOWN, SOURCE

_SHOWN = [SHOWN.c[name] for name in ShownRow.__slots__]


class Entries(Facts):
    def shown(self) -> dict[str, ShownRow]:
        with self.read() as connection:
            return {row.name: ShownRow(*row) for row in connection.execute(select(*_SHOWN))}

    def moved(self) -> dict[str, int]:
        """The generation that an entry begins with where it is not the first, by name."""
        with self.read() as connection:
            rows = connection.execute(select(MOVED.c.name, MOVED.c.generation))
            return {name: generation for name, generation in rows}  # noqa: C416  # rows are not pairs to dict()

    def open_writes(self, calendar: str | None = None) -> list[Write]:
        """Those to one calendar, or all of them."""
        told = OUTBOX.c
        which = () if calendar is None else (of(OUTBOX, calendar),)
        wanted = select(told.name, told.verb, told.href, told.data, told.etag).where(*which)
        with self.read() as connection:
            return [Write(*row) for row in connection.execute(wanted.order_by(told.name))]

    def decide(
        self, shown: Iterable[ShownRow], writes: Sequence[Write], now: datetime, calendar: str = ""
    ) -> None:
        """What shall be seen in a calendar, and the writes that make it so, in one transaction.

        Older open writes to it are replaced.
        """
        with self.write() as connection:
            show(connection, shown)
            connection.execute(delete(OUTBOX).where(of(OUTBOX, calendar)))
            # What we take away ourselves is no answer when it is gone, whatever happens on the way.
            away = [write.name for write in writes if write.verb == "delete"]
            connection.execute(update(SHOWN).where(SHOWN.c.name.in_(away)).values(there=0))
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
                connection.execute(insert(OUTBOX), rows)

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
        there, away = [item.href for item in stored], list(gone)
        with self.write() as connection:
            store_items(connection, source, stored, unseen=True)
            mine = of(SHOWN, source), SHOWN.c.href.in_(there)
            connection.execute(update(SHOWN).where(*mine).values(there=1))
            for name, digest in (kept or {}).items():
                connection.execute(update(SHOWN).where(SHOWN.c.name == name).values(kept=digest))
            climbs = {"generation": SHOWN.c.generation + 1, "there": 0}
            connection.execute(update(SHOWN).where(SHOWN.c.name.in_(list(blocked))).values(climbs))
            connection.execute(delete(ITEM).where(ITEM.c.source == source, ITEM.c.href.in_(away)))
            open_ = of(OUTBOX, source)
            deleted = select(OUTBOX.c.name).where(open_, OUTBOX.c.href.in_(away), OUTBOX.c.verb == "delete")
            forget(connection, SHOWN.c.name.in_(deleted))
            connection.execute(delete(OUTBOX).where(open_, OUTBOX.c.href.in_([*there, *away])))

    def forget_shown(self, names: Collection[str]) -> None:
        with self.write() as connection:
            forget(connection, SHOWN.c.name.in_(list(names)))

    def leave_former(self, calendars: Collection[str]) -> None:
        """What is shown in other calendars than these, and was to be written there, is remembered as left behind."""
        here = ["", *calendars]
        shown, open_ = SHOWN.c.calendar.not_in(here), OUTBOX.c.calendar.not_in(here)
        with self.read() as connection:
            of_both = select(SHOWN.c.calendar).where(shown).union(select(OUTBOX.c.calendar).where(open_))
            former = list(connection.scalars(of_both))
        if not former:
            return
        with self.write() as connection:
            leave(connection, shown, open_)
            # Whoever configures it again has to look at it first.
            connection.execute(delete(ITEM).where(ITEM.c.source.in_(former)))
            connection.execute(update(SOURCE).where(SOURCE.c.name.in_(former)).values(cursor=None))
            connection.execute(delete(FACT).where(FACT.c.key.in_([f"made {name}" for name in former])))

    def left(self, where: str) -> dict[str, tuple[str, str]]:
        """What was left behind at an address: about and kind by name."""
        told = json.loads(self.known_fact(f"left {where}") or "{}")
        return {name: (about, kind) for name, (about, kind) in told.items()}

    def still_left(self, where: str, left: Mapping[str, tuple[str, str]]) -> None:
        """No more than this is left behind there."""
        self.note(f"left {where}", json.dumps(left, sort_keys=True))


def show(connection: Connection, rows: Iterable[ShownRow]) -> None:
    for row in rows:
        values = {name: getattr(row, name) for name in ShownRow.__slots__}
        put(connection, SHOWN, {**values, "there": int(row.there)})


def forget(connection: Connection, *which: ColumnElement[bool]) -> None:
    """What is shown no longer. Where one address was buried, the one after it is too: the next is tried first then."""
    buried = select(SHOWN.c.name, SHOWN.c.generation).where(SHOWN.c.generation > 0, *which)
    for name, generation in connection.execute(buried).all():
        put(connection, MOVED, {"name": name, "generation": generation + 1})
    connection.execute(delete(SHOWN).where(*which))


def leave(connection: Connection, shown: ColumnElement[bool], open_: ColumnElement[bool]) -> None:
    """Forget what is shown in calendars that are ours no more, but for where it stands: they may be ours again."""
    told = SHOWN.c
    rows = connection.execute(select(told.calendar, told.name, told.about, told.kind).where(shown)).all()
    for calendar, name, about, kind in rows:
        key = f"left {known(connection, f'where {calendar}') or ''}"
        left = json.loads(known(connection, key) or "{}") | {name: (about, kind)}
        put(connection, FACT, {"key": key, "value": json.dumps(left, sort_keys=True)})
    forget(connection, shown)
    connection.execute(delete(OUTBOX).where(open_))

"""A calendar in memory, what was shown in it, and passes over both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from connectors.calendars import ical
from connectors.calendars.memory import MemoryCalendar
from connectors.event import Alarm, Event, Timed
from daemon.answers import Given, answers
from daemon.entries import Entry, EntryKind
from daemon.outbox import carry_out
from daemon.reconcile import Difference, difference
from daemon.rows import ShownRow
from tests.daemon.unit.worlds import CHICAGO, NOW

WHEN = Timed(datetime(2027, 1, 4, 19, tzinfo=CHICAGO), datetime(2027, 1, 5, 7, tzinfo=CHICAGO))
PAST = Timed(NOW - timedelta(hours=14), NOW - timedelta(hours=2))


def entry(
    name: str, kind: EntryKind = "hold", summary: str = "HOLD · Lakeside ED · night", **fields: object
) -> Entry:
    event = Event(
        uid=f"{name}-x", when=WHEN, summary=summary, description="one\ntwo", alarms=(Alarm(NOW, "a"),)
    )
    return Entry(name, kind, f"about {name}", replace(event, **fields))  # type: ignore[arg-type]  # Event's own fields


class Desk:
    """A calendar, what was shown in it, and passes over both."""

    def __init__(self) -> None:
        self.calendar = MemoryCalendar()
        self.calendar.make("Shiftward", "mark")
        self.shown: dict[str, ShownRow] = {}

    def differ(self, *wanted: Entry, now: datetime = NOW) -> Difference:
        return difference(
            {one.name: one for one in wanted},
            self.shown,
            self.calendar.items,
            self.calendar.address,
            now,
            now.astimezone(CHICAGO).date(),
        )

    def publish(self, *wanted: Entry, now: datetime = NOW) -> list[str]:
        """One pass; the verbs and names of its writes."""
        found = self.differ(*wanted, now=now)
        outcome = carry_out(self.calendar, found.writes)
        assert outcome.conflicts == ()
        self.shown |= {row.name: row for row in found.shown}
        for name in (*found.forget, *(w.name for w in found.writes if w.verb == "delete")):
            self.shown.pop(name, None)
        self.shown = {
            name: replace(row, there=row.href in self.calendar.items) for name, row in self.shown.items()
        }
        return [f"{write.verb} {write.name}" for write in found.writes]

    def event(self, name: str) -> Event:
        event = ical.only(self.calendar.items[f"{name}.ics"].data)
        assert event is not None
        return event

    def rewrite(self, name: str, change: Event | None = None, text: str | None = None) -> None:
        """As another program would write it."""
        item = self.calendar.items[f"{name}.ics"]
        data = text if text is not None else ical.write(change or self.event(name), NOW)
        self.calendar.update(item.href, data, item.etag)

    def said(self) -> list[Given]:
        return answers(self.shown, self.calendar.items)

"""What is wanted, less what is there, is a list of conditional writes; what the clinician changed is an answer.

Pure. What is there is what was last read from the server, so a lost write, a crash and a server that rewrites
events all look the same: a difference, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connectors.calendars import ical
from connectors.event import Days, Event, Item, Timed
from daemon.entries import Entry
from daemon.store import ShownRow, Verdict, Write

_AFTER = r"(?=[\s:,.·!-]|$)"
_YES = re.compile(rf"^\W*?(?:(?:yes|y|ok|okay){_AFTER}|[✓✔✅])", re.IGNORECASE)
_NO = re.compile(rf"^\W*?(?:(?:no|n|x|decline|declined){_AFTER}|[✗✘❌])", re.IGNORECASE)
_OWN = ("HOLD ·", "TAKE ·", "YES ·")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer from the phone: what it is about, what was said, and how."""

    about: str
    verdict: Verdict
    how: str


def answers(
    shown: Mapping[str, ShownRow], there: Mapping[str, Item], deleting: Collection[str] = ()
) -> list[Given]:
    """What the clinician did to entries: deleted them, or wrote yes or no in front of a title.

    `deleting` are names with an open delete of our own: after a crash its answer may have been lost, and what is gone
    is then gone by our own hand.
    """
    found: list[Given] = []
    for row in shown.values():
        item = there.get(row.href)
        if item is None:
            if row.there and row.name not in deleting:
                # A shift that was taken stays taken: only its entry is no longer wanted.
                about = row.name if row.kind == "accepted" else row.about
                found.append(Given(about, "declined" if row.kind == "hold" else "seen", "deleted"))
            continue
        event = _event(item)
        if event is None or row.kind not in ("hold", "accepted"):
            continue
        title = event.summary.strip()
        if not title.startswith(_OWN):
            if _NO.match(title):
                found.append(Given(row.about, "declined", "title"))
            elif _YES.match(title):
                found.append(Given(row.about, "accepted", "title"))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows to remember, and the writes to make."""

    shown: tuple[ShownRow, ...]
    writes: tuple[Write, ...]
    forget: tuple[str, ...]


def difference(
    wanted: Mapping[str, Entry],
    shown: Mapping[str, ShownRow],
    there: Mapping[str, Item],
    address: Callable[[str], str],
    now: datetime,
) -> Difference:
    """Conditional writes that turn what is there into what is wanted; nothing for what is the same already."""
    rows: list[ShownRow] = []
    writes: list[Write] = []
    for name, entry in sorted(wanted.items()):
        row = shown.get(name) or ShownRow(name, entry.about, entry.kind, address(name), now, 0, there=False)
        item = there.get(row.href)
        sequence = row.sequence
        if item is None:
            writes.append(Write(name, "create", row.href, _text(entry, sequence, row.since), None))
        elif not same(_event(item), entry.event):
            sequence += 1
            writes.append(Write(name, "update", row.href, _text(entry, sequence, now), item.etag))
        fresh = ShownRow(name, entry.about, entry.kind, row.href, row.since, sequence, row.there)
        if fresh != shown.get(name):
            rows.append(fresh)
    forget: list[str] = []
    for name, row in sorted(shown.items()):
        if name in wanted:
            continue
        item = there.get(row.href)
        if item is None or _is_over(_event(item), now):
            forget.append(name)
        else:
            writes.append(Write(name, "delete", row.href, "", item.etag))
    return Difference(tuple(rows), tuple(writes), tuple(forget))


def _text(entry: Entry, sequence: int, stamp: datetime) -> str:
    return ical.write(replace(entry.event, sequence=sequence), stamp)


def same(one: Event | None, other: Event) -> bool:
    """Equal in what a person sees. Alarms are left out (phones add their own), and so is the order of lines."""
    if one is None:
        return False
    return (
        _when(one) == _when(other)
        and one.summary == other.summary
        and _lines(one.description) == _lines(other.description)
        and one.status == other.status
        and one.transparent == other.transparent
    )


def _when(event: Event) -> tuple[object, object]:
    when = event.when
    if isinstance(when, Days):
        return when.first, when.last
    return when.start.astimezone(UTC), when.end.astimezone(UTC)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")]


def _event(item: Item) -> Event | None:
    return ical.only(item.data)


def _is_over(event: Event | None, now: datetime) -> bool:
    """What has passed is left as it is: it is the clinician's record by now."""
    if event is None:
        return False
    if isinstance(event.when, Timed):
        return event.when.end.astimezone(UTC) <= now
    return event.when.last < now.date()

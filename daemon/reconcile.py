"""What is wanted, less what is there, is a list of conditional writes; what the clinician changed is an answer.

Pure. What is there is what was last read from the server, so a lost write, a crash and a server that rewrites
events all look the same: a difference, or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from types import MappingProxyType

from connectors.calendars import ical
from connectors.event import Days, Event, Item, Timed
from daemon.entries import Entry
from daemon.outbox import Outcome
from daemon.store import REFUSED, ShownRow, Verdict, Write

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
    """What the clinician did to entries: deleted them, or wrote yes or no in front of a title; one answer a thing.

    Of a block, somebody may delete one entry and say yes to another: no is the safer of the two. `deleting` are names with an open delete of our own: after a crash its answer may have been lost, and what is gone
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
    declined = {given.about for given in found if given.verdict == "declined"}
    return [given for given in found if given.verdict != "accepted" or given.about not in declined]


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
    moved: Mapping[str, int] = MappingProxyType({}),
) -> Difference:
    """Conditional writes that turn what is there into what is wanted; nothing for what is the same already.

    `moved` tells by name from which generation of addresses on an entry begins that is not shown yet.
    """
    rows: list[ShownRow] = []
    writes: list[Write] = []
    for name, entry in sorted(wanted.items()):
        before = shown.get(name)
        new = ShownRow(name, entry.about, entry.kind, "", now, 0, there=False, generation=moved.get(name, 0))
        row = before or new
        row = replace(row, about=entry.about, kind=entry.kind, href=address(_at(name, row.generation)))
        item = there.get(row.href)
        if not _is_settled(row, entry.event, item):
            again = row.wanted == digest(entry.event)
            row = replace(row, wanted=digest(entry.event), kept=row.kept if again else None)
            if item is None:
                writes.append(Write(name, "create", row.href, _text(entry, row, row.since), None))
            else:
                row = replace(row, sequence=row.sequence + 1)
                writes.append(Write(name, "update", row.href, _text(entry, row, now), item.etag))
        if row != before:
            rows.append(row)
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


def _at(name: str, generation: int) -> str:
    """Some servers never take an address or a UID again after a deletion, or while it lies in another calendar."""
    return f"{name}-g{generation}" if generation else name


def _is_settled(row: ShownRow, event: Event, item: Item | None) -> bool:
    """Nothing to write: it is there, or as good as this server keeps it, or the server would not take it."""
    if row.wanted == digest(event) and row.kept is not None and not row.kept.startswith(ONCE):
        found = _event(item) if item else None
        if row.kept == REFUSED or (found and digest(found) == row.kept):
            return True
    return item is not None and same(_event(item), event)


def _text(entry: Entry, row: ShownRow, stamp: datetime) -> str:
    uid = f"g{row.generation}-{entry.event.uid}" if row.generation else entry.event.uid
    return ical.write(replace(entry.event, sequence=row.sequence, uid=uid), stamp)


MOST_GENERATIONS = 9
"""Addresses that are tried for an entry that the server does not take; a trash bin may hold several."""
ONCE = "?"
"""Before a digest that was read back once: the clinician may have been quicker than our reading."""


def made_of(
    writes: Sequence[Write],
    outcome: Outcome,
    shown: Mapping[str, ShownRow],
    moved: Mapping[str, int] = MappingProxyType({}),
) -> tuple[dict[str, str | None], list[str]]:
    """What the server made of the entries that were written, by name; and those whose address it does not give.

    A server may change what it keeps: shorten a text, leave out a letter. That is no edit of the clinician's, and it
    comes out the same when the entry is written a second time.
    """
    there = {item.href: item for item in outcome.items}
    kept: dict[str, str | None] = {}
    blocked: list[str] = []
    for write in writes:
        if write.verb == "delete":
            continue
        if write.name in outcome.rejected:
            # Some say of a name that lies in their trash what others say of a bad event: another name tells which.
            row = shown.get(write.name)
            climbed = (row.generation if row else 0) - moved.get(write.name, 0)
            climbs = write.verb == "create" and climbed < MOST_GENERATIONS
            kept[write.name] = None if climbs else REFUSED
            blocked += [write.name] if climbs else []
            continue
        if write.name not in outcome.conflicts and write.href in there:
            event = _event(there[write.href])
            found = digest(event) if event else None
            before = shown[write.name].kept if write.name in shown else None
            kept[write.name] = found if found and before in (found, ONCE + found) else found and ONCE + found
        elif write.name in outcome.conflicts and write.verb == "create" and write.href in outcome.gone:
            blocked.append(write.name)
    return kept, blocked


def same(one: Event | None, other: Event) -> bool:
    """Equal in what a person sees. Alarms are left out (phones add their own), and so are spaces at line ends."""
    return one is not None and _seen(one) == _seen(other)


def digest(event: Event) -> str:
    """Of what a person sees."""
    return blake2b(repr(_seen(event)).encode(), digest_size=12).hexdigest()


def _seen(event: Event) -> tuple[object, ...]:
    return (
        *_when(event),
        unicodedata.normalize("NFC", event.summary).strip(),
        _lines(event.description),
        event.status,
        event.transparent,
    )


def _when(event: Event) -> tuple[object, object]:
    when = event.when
    if isinstance(when, Days):
        return when.first, when.last
    return when.start.astimezone(UTC), when.end.astimezone(UTC)


def _lines(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
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

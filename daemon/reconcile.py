"""What is wanted, less what is there, is a list of conditional writes; what was moved is put back, and said why.

Pure. What is there is what was last read from the server, so a lost write, a crash and a server that rewrites
events all look the same: a difference, or none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from types import MappingProxyType

from connectors.calendars import ical
from connectors.calendars.ical_text import repeats
from connectors.event import Days, Event, Item, Timed
from daemon.entries import BLOCKS, Entry, catalogue
from daemon.entries.entry import is_worse
from daemon.entries.look import as_chosen
from daemon.outbox import Outcome
from daemon.rows import REFUSED, ShownRow, Write

REPEATS = "repeats"
"""In place of where a block was moved to: it was made to repeat."""
PROMPT = timedelta(minutes=1)
"""Within which a first write counts as made when it was decided; it then says the same however often it is tried."""
NOTICED = timedelta(days=3)
"""How long an entry says that it was moved, and why it is back."""


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
    today: date,
    moved: Mapping[str, int] = MappingProxyType({}),
    calendar: str = "",
    places: Mapping[str, str] = MappingProxyType({}),
) -> Difference:
    """Conditional writes that turn what is there into what is wanted; nothing for what is the same already.

    All of one calendar, whose name is `calendar`. `today` is the date in the clinician's zone. `moved` tells by name
    from which generation of addresses on an entry begins that is not shown yet, and `places` where entries of ours
    really stand.
    """
    rows: list[ShownRow] = []
    writes: list[Write] = []
    for name, entry in sorted(wanted.items()):
        before = shown.get(name)
        row = before or ShownRow(
            name, entry.about, entry.kind, "", now, 0, there=False, generation=moved.get(name, 0)
        )
        fresh = is_worse(entry.about, row.about)
        row = replace(row, since=now if fresh else since(row, now))
        href = address(_at(name, row.generation))
        href = href if href in there else places.get(name, href)
        row = replace(row, about=entry.about, kind=entry.kind, href=href, calendar=calendar)
        item = there.get(row.href)
        row = _noticed(row, entry, item, now)
        event = noted(entry.event, row)
        if before and item and fresh and not _stands(row, event, item):
            # Until it can be seen that it is worse, that is still to come: so is its alarm.
            row = replace(row, about=before.about, since=before.since)
        if not _is_settled(row, event, item):
            again = row.wanted == digest(event)
            row = replace(row, wanted=digest(event), kept=row.kept if again else None)
            if item is None:
                writes.append(Write(name, "create", row.href, _text(event, row, row.since), None))
            else:
                row = replace(row, sequence=row.sequence + 1)
                chosen = as_chosen(event, _event(item))
                writes.append(Write(name, "update", row.href, _text(chosen, row, now), item.etag))
        if row != before:
            rows.append(row)
    forget: list[str] = []
    for name, row in sorted(shown.items()):
        if name in wanted:
            continue
        href = row.href if row.href in there else places.get(name, row.href)
        item = there.get(href)
        if item is None or _is_over(_event(item), now, today):
            forget.append(name)
        else:
            writes.append(Write(name, "delete", href, "", item.etag))
    return Difference(tuple(rows), tuple(writes), tuple(forget))


def strays(
    places: Mapping[str, str],
    there: Mapping[str, Item],
    known: Collection[str] | None,
    now: datetime,
    today: date,
    calendar: str = "",
) -> Iterator[Write]:
    """Deletes of entries of ours that nobody knows of: they were written after a copy of the store that is in use again.

    `places` tells where entries of ours stand by name; `known` is None while nobody can say. What is past stays. One of
    the same name may stand in the other calendar, and has nothing to do with it.
    """
    if known is None:
        return
    for name, href in sorted(places.items()):
        if name not in known and not _is_over(_event(there[href]), now, today):
            yield Write(f"{name} {calendar}", "delete", href, "", there[href].etag)


def since(row: ShownRow, now: datetime) -> datetime:
    """Since when an entry can be seen: what could not be written for a while is new when it is."""
    return row.since if row.there or now - row.since < PROMPT else now


def _noticed(row: ShownRow, entry: Entry, item: Item | None, now: datetime) -> ShownRow:
    """The row, with where the clinician moved or stretched a block, or that it repeats; after a while it is forgotten."""
    fresh = (
        row
        if row.noticed is None or now - row.noticed < NOTICED
        else replace(row, strayed=None, noticed=None)
    )
    if entry.kind not in BLOCKS or item is None or row.kept is None or row.kept == REFUSED:
        return fresh
    if row.wanted != digest(noted(entry.event, row)):
        return fresh
    if repeats(item.data):
        return replace(row, strayed=REPEATS, noticed=now)
    found = _event(item)
    if found is None or digest(found) == row.kept.removeprefix(ONCE) or _when(found) == _when(entry.event):
        return fresh
    return replace(row, strayed=_told(found), noticed=now)


def _told(found: Event) -> str:
    """Where something was moved to: two instants or two dates."""
    when = found.when
    ends: tuple[date, date] = (
        (when.first, when.last)
        if isinstance(when, Days)
        else (when.start.astimezone(UTC), when.end.astimezone(UTC))
    )
    return " ".join(one.isoformat() for one in ends)


def noted(event: Event, row: ShownRow) -> Event:
    """The event, saying first that it was moved and why it is back, for as long as the row knows of that."""
    if row.strayed is None or not isinstance(event.when, Timed):
        return event
    return replace(
        event, description=f"{catalogue.moved(_read(row.strayed, event.when))}\n{event.description}"
    )


def _read(strayed: str, like: Timed) -> Timed | Days | None:
    """What `_told` tells; None for something that was made to repeat."""
    if strayed == REPEATS:
        return None
    first, last = strayed.split()
    if "T" not in first:
        return Days(date.fromisoformat(first), date.fromisoformat(last))
    zone = like.start.tzinfo
    start, end = (datetime.fromisoformat(one).astimezone(zone) for one in (first, last))
    return Timed(start, end)


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


def _stands(row: ShownRow, event: Event, item: Item) -> bool:
    """Whether it is there, as we meant it or as this server keeps it."""
    return same(_event(item), event) or (row.kept != REFUSED and _is_settled(row, event, item))


def _text(event: Event, row: ShownRow, stamp: datetime) -> str:
    uid = f"g{row.generation}-{event.uid}" if row.generation else event.uid
    return ical.write(replace(event, sequence=row.sequence, uid=uid), stamp)


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


def _is_over(event: Event | None, now: datetime, today: date) -> bool:
    """What has passed is left as it is: it is the clinician's record by now."""
    if event is None:
        return False
    if isinstance(event.when, Timed):
        return event.when.end.astimezone(UTC) <= now
    # By the date at Greenwich, what was mended in an American evening stayed on the phone.
    return event.when.last < today

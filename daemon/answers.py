"""What the clinician did to entries on the phone: deleted them, wrote into a title, put them into another calendar. Pure.

A title is an answer when it changed: who wrote no into it last week, and yes by the command line since, means yes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connectors.calendars import ical
from connectors.event import Item
from daemon.entries import BLOCKS, EntryKind
from daemon.entries.entry import level_of
from daemon.events import Hours, utc_hours
from daemon.rows import BY_POLICY, Said, ShownRow, Verdict
from daemon.titles import bare, is_ours, plain, state, verdict_of

UNDO = timedelta(days=1)
"""How long after an answer an entry that is put back takes it back. What comes later is the clinician's own."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer from the phone: what it is about, what was said, how, and by which entry."""

    about: str
    verdict: Verdict
    how: str
    entry: str = field(default="", compare=False)


def answers(
    shown: Mapping[str, ShownRow],
    there: Mapping[str, Item],
    deleting: Collection[str] = (),
    elsewhere: Collection[str] = (),
    waiting: Collection[str] = (),
) -> list[Given]:
    """One answer a thing. Of a block, somebody may delete one entry and say yes to another: no is the safer of the two.

    By their names: `deleting` have an open delete of our own; after a crash its answer may have been lost, and what is
    gone is then gone by our own hand. `elsewhere` stand in a work calendar. `waiting` are gone, and may have been moved to
    a work calendar that was not looked at since.
    """
    found: list[Given] = []
    for row in shown.values():
        item = there.get(row.href)
        if row.kind in BLOCKS and row.name in elsewhere:
            found.append(Given(row.about, "accepted", "moved", row.name))
        elif item is not None:
            found += _by_title(row, item)
        elif row.there and row.name not in deleting and row.name not in waiting:
            # A shift that was taken stays taken: only its entry is no longer wanted.
            about = row.name if row.kind == "accepted" else row.about
            found.append(Given(about, "declined" if row.kind == "hold" else "seen", "deleted", row.name))
    order: tuple[Verdict, ...] = ("declined", "accepted", "seen", "open")
    strongest = {
        given.about: given.verdict for given in sorted(found, key=lambda one: -order.index(one.verdict))
    }
    return [given for given in found if given.verdict == strongest[given.about]]


def titles(shown: Mapping[str, ShownRow], there: Mapping[str, Item]) -> dict[str, str]:
    """By name the titles of blocks that changed since they were last read."""
    read = {
        row.name: _title(there[row.href])
        for row in shown.values()
        if row.kind in BLOCKS and row.href in there
    }
    return {name: title for name, title in read.items() if title is not None and title != shown[name].title}


def restored(
    there: Mapping[str, Item],
    shown: Collection[str],
    said: Iterable[Said],
    instance: str,
    now: datetime,
    elsewhere: Collection[str] = (),
) -> list[Given]:
    """Answers that are taken back: the entry by which they were given stands in its calendar again.

    What was moved into a work calendar and back may have been away for long.
    """
    by_entry = {
        one.entry: one
        for one in said
        if one.how == "moved" or (one.how in ("deleted", "title") and now - one.at <= UNDO)
    }
    found = []
    for name, href in places(there.values(), instance).items():
        answer = by_entry.get(name)
        if answer is None or name in shown or name in elsewhere or answer.verdict == "open":
            continue
        title = _title(there[href]) or ""
        verdict = verdict_of(title)
        if answer.about == name or answer.verdict == "seen":
            found.append(Given(answer.about, "open", "restored", name))
        elif verdict is not None:
            found += [Given(answer.about, verdict, "title", name)] if verdict != answer.verdict else []
        elif state(title) != "YES":
            found.append(Given(answer.about, "open", "restored", name))
        elif answer.verdict == "declined":
            found.append(Given(answer.about, "accepted", "restored", name))
    return found


def taken(
    shown: Mapping[str, ShownRow], there: Mapping[str, Item], settled: Mapping[str, Verdict]
) -> list[Given]:
    """What the policy takes by itself, as soon as the phone says so: from then on it is as good as said.

    The clinician reads it and tells the site. So it neither lapses nor gives way in silence to what pays more.
    """
    return [
        Given(row.about, "accepted", BY_POLICY)
        for row in shown.values()
        if row.kind == "hold"
        and settled.get(row.about, "open") == "open"
        and row.href in there
        and state(_title(there[row.href]) or "") == "TAKE"
    ]


def refused(titles: Mapping[str, str], said: Iterable[Said]) -> list[Given]:
    """Of blocks that were moved into a work calendar those that have a no in front of them there since."""
    moved = {one.entry: one.about for one in said if one.how == "moved" and one.verdict == "accepted"}
    return [
        Given(moved[name], "declined", "title", name)
        for name, title in titles.items()
        if name in moved and verdict_of(title) == "declined"
    ]


def kind_of(given: Given) -> EntryKind:
    """Of which kind an entry is that was put back, by its name."""
    prefix = given.entry.partition("-")[0]
    if prefix == "shift":
        return "accepted" if given.about == given.entry else "hold"
    return prefix  # type: ignore[return-value]  # names begin with their kind


def places(items: Iterable[Item], instance: str) -> dict[str, str]:
    """Where entries of ours stand, by name, whatever the address that a phone gave them."""
    ours = re.compile(rf"^UID:(?:g\d+-)?([a-z]+-[0-9a-z]+)-{re.escape(instance)}\r?$", re.MULTILINE)
    found = ((ours.search(item.data), item.href) for item in items)
    return {match.group(1): href for match, href in found if match}


def standing(
    items: Iterable[Item], instance: str, blocks: Mapping[Hours, str] | None = None
) -> dict[str, str]:
    """The titles of our blocks among the events of a work calendar, by name; not of those that are cancelled there.

    A copy gets a UID of its own on some phones: it begins like an entry of ours, and has the hours of one of `blocks`.
    """
    alive = [
        (item, event) for item in items if (event := ical.only(item.data)) and event.status != "cancelled"
    ]
    events = {item.href: event for item, event in alive}
    found: dict[str, str] = {}
    for event in events.values():
        hours = utc_hours(event)
        if blocks and hours and hours in blocks and is_ours(event.summary):
            found[blocks[hours]] = event.summary
    named = places((item for item, _ in alive), instance)
    return found | {name: events[href].summary for name, href in named.items()}


def copies(items: Iterable[Item], instance: str) -> list[Item]:
    """Those that have a title of a block of ours, and a UID of their own."""
    found = [item for item in items if is_ours(_title(item) or "")]
    named = {*places(found, instance).values()}
    return [item for item in found if item.href not in named]


def hours_of(items: Mapping[str, Item]) -> dict[str, Hours]:
    """The hours of events, by address."""
    read = {href: ical.only(item.data) for href, item in items.items()}
    return {href: hours for href, event in read.items() if event and (hours := utc_hours(event))}


def seen_levels(settled: Mapping[str, Verdict]) -> dict[str, int | None]:
    """Of what was seen, the worst level at which it was; None for all levels."""
    found: dict[str, int | None] = {}
    for about, verdict in settled.items():
        if verdict == "seen":
            key, level = level_of(about)
            before = found.get(key, level)
            found[key] = None if level is None or before is None else max(level, before)
    return found


def is_seen(about: str, seen: Mapping[str, int | None]) -> bool:
    """Whether it was seen when it was at least as bad."""
    key, level = level_of(about)
    if key not in seen:
        return False
    worst = seen[key]
    return worst is None or level is None or level <= worst


# -- titles ------------------------------------------------------------------------------------------------------------


def _by_title(row: ShownRow, item: Item) -> list[Given]:
    title = _title(item)
    if row.kind not in BLOCKS or title is None or title == row.title:
        return []
    verdict = _meant(row.title, title, row.kind)
    return [Given(row.about, verdict, "title", row.name)] if verdict else []


def _title(item: Item) -> str | None:
    event = ical.only(item.data)
    return event.summary.strip() if event else None


def _meant(before: str | None, title: str, kind: str) -> Verdict | None:
    """What a title says that was `before` when it was last read; `kind` is what we wrote it for."""
    if word := verdict_of(title, before):
        return word
    if before is None:
        return None
    took_back, was, now = verdict_of(before, title), state(before), state(title)
    if now == "YES":
        # Else it is we who wrote it.
        held = kind == "hold" and was in ("HOLD", "TAKE")
        return "accepted" if held or took_back == "declined" else None
    if now is not None:
        return "open" if took_back or (kind == "accepted" and was == "YES") else None
    return "open" if was == "YES" and plain(title) == bare(before) else None

"""An entry, what entries are made from, and how one is put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Literal

from connectors.event import Alarm, Days, Event, Timed
from daemon.entries.catalogue import Face
from policy.notices import Notice
from policy.shift import Offer
from solver.solve import Plan, Problem

EntryKind = Literal["hold", "accepted", "warning", "reminder", "recovery", "off", "contact"]
BLOCKS: frozenset[EntryKind] = frozenset({"hold", "accepted"})
"""What can be taken or declined."""
ALERTS: frozenset[EntryKind] = frozenset({"warning", "reminder", "contact"})
"""What goes into the calendar of warnings, where there is one."""
_LEVEL = " level "


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar event that Shiftward wants to exist. `about` is the offer or fact that an answer to it settles.

    The `about` of a fact that can get worse ends with its level.
    """

    name: str
    kind: EntryKind
    about: str
    event: Event


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that has not answered for long: its name and role, when it was last read, and since when it fails."""

    source: str
    role: str
    last_good: datetime | None
    since: datetime
    trouble: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something a message or a calendar leaves open: its words, what is asked, and when it was heard."""

    words: str
    why: str
    heard: datetime


@dataclass(frozen=True, slots=True)
class View:
    """What the entries are made from, beside the plan."""

    problem: Problem
    plan: Plan
    accepted: Mapping[str, Offer]
    """Offers that were said yes to, by id; their shifts are commitments by now."""
    since: Mapping[str, datetime]
    """When each entry was first shown, by name."""
    today: date
    now: datetime
    instance: str
    minimal: bool = False
    notices: Sequence[Notice] = ()
    abouts: Mapping[str, str] = field(default_factory=dict)
    """What each entry that is shown was about, by name."""
    silences: Sequence[Silence] = ()
    questions: Sequence[Question] = ()
    by_policy: Collection[str] = ()
    """Those of the accepted that the policy took by itself."""
    fell_out: frozenset[str] = frozenset()
    """Names of blocks that stood in a work calendar, and stand there no more."""


def name_of(prefix: str, key: str) -> str:
    return f"{prefix}-{blake2b(key.encode(), digest_size=8).hexdigest()}"


def make(
    view: View,
    kind: EntryKind,
    key: str,
    face: Face,
    *,
    about: str,
    when: Timed | Days,
    title: str,
    text: str,
    alarms: tuple[Alarm, ...] = (),
) -> Entry:
    """The entry of a fact; `key` names the fact for as long as it is one."""
    name = name_of("shift" if kind in BLOCKS else kind, key)
    event = Event(
        uid=f"{name}-{view.instance}",
        when=when,
        summary=title,
        description=text,
        status=face.status,
        transparent=face.transparent,
        categories=("Shiftward", face.category),
        color=face.color,
        alarms=alarms,
    )
    return Entry(name, kind, about, event)


def first_shown(view: View, prefix: str, key: str, about: str) -> datetime:
    """Since when the clinician could know of it: what got worse is new."""
    name = name_of(prefix, key)
    return view.now if is_worse(about, view.abouts.get(name, "")) else view.since.get(name, view.now)


def soon_after(instant: datetime) -> datetime:
    """The start of the second minute after: late enough to have reached the phone."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def graded(key: str, level: int) -> str:
    """What a fact is about, at a level that grows when it gets worse."""
    return f"{key}{_LEVEL}{level}"


def level_of(about: str) -> tuple[str, int | None]:
    """What it is about whatever its level, and the level; None where it has none."""
    key, mark, level = about.rpartition(_LEVEL)
    return (key, int(level)) if mark else (about, None)


def is_worse(about: str, before: str) -> bool:
    """Whether the same fact has a higher level than before."""
    (key, level), (old, was) = level_of(about), level_of(before)
    return key == old and level is not None and was is not None and level > was

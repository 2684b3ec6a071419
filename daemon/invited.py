"""Invitations by RFC 5546: what a version says anew of each of its days, and who may say it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from connectors.offers.reading import OfferReading, ReadShift, Source, Status, Version
from daemon.identity import Openings, begin, exactly
from daemon.life import Letter, retold, withdraw
from daemon.world import Aside, World


@dataclass
class Invited:
    """What is known of an invitation: who sent it, its newest version, and each of its days."""

    organizer: str
    version: Version
    days: dict[str, _Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Day:
    """A shift of an invitation by its newest version; None where it was taken back."""

    version: Version
    shift: ReadShift | None


def news(found: Openings, invited: dict[str, Invited], letter: Letter, world: World) -> OfferReading:
    """The reading without what its invitations do not say anew (RFC 5546, 2.1.5), or not by who invited."""
    source, reading = letter.source, letter.reading
    fresh = [shift for shift in reading.shifts if shift.version is None]
    versions = [*(shift.version for shift in reading.shifts if shift.version), *reading.taken_back]
    if not versions:
        return reading
    for uid in dict.fromkeys(one.uid for one in versions):
        told = next(one for one in versions if one.uid == uid)
        if uid not in invited and any(one.uid == uid for one in reading.taken_back):
            world.aside.append(Aside(source, "", "an invitation was cancelled that is not known"))
            continue
        known = invited.setdefault(uid, Invited(told.organizer, told))
        if told.organizer != known.organizer:
            world.review.append(
                Aside(source, "", "an invitation was changed or cancelled by somebody who did not send it")
            )
            continue
        for one in reading.taken_back:
            if one.uid == uid and not _is_older(one, known.version):
                _take_back(found, known, one)
        mine = [
            (shift.version, shift) for shift in reading.shifts if shift.version and shift.version.uid == uid
        ]
        fresh += _newer(found, known, mine, letter, world)
    return replace(reading, shifts=tuple(fresh))


def _is_older(one: Version, other: Version) -> bool:
    if one.sequence != other.sequence:
        return one.sequence < other.sequence
    return "" not in (one.stamp, other.stamp) and one.stamp < other.stamp


def _newer(
    found: Openings,
    known: Invited,
    told: Sequence[tuple[Version, ReadShift]],
    letter: Letter,
    world: World,
) -> list[ReadShift]:
    """The shifts that a version of an invitation puts up anew; the others are mended or withdrawn where they stand."""
    fresh: list[ReadShift] = []
    for version, shift in told:
        day = known.days.get(version.instance)
        plain = replace(shift, version=None, source=Source(0, ""))
        if _is_older(version, day.version if day else known.version):
            world.aside.append(Aside(letter.source, "", "an older version of an invitation"))
            continue
        if shift.status == "withdrawn" and (day or (version.whole and known.days)):
            _take_back(found, known, version)
            continue
        before = day.shift if day else None
        again = day and (version.sequence, version.stamp) == (day.version.sequence, day.version.stamp)
        if again and before in (None, plain):
            continue
        if _mend(found, before, shift, letter):
            fresh.append(replace(shift, status=_anew(shift)) if day else shift)
        known.days[version.instance] = _Day(version, None if shift.status == "withdrawn" else plain)
    last = told[-1][0] if told else None
    if last and last.whole and not _is_older(last, known.version):
        known.version = last
        here = {version.instance for version, _ in told}
        starts = {begin(shift) for _, shift in told if shift.status != "withdrawn"}
        for instance in [one for one in known.days if one not in here]:
            day = known.days.pop(instance)
            if day.shift and begin(day.shift) not in starts:
                _withdraw(found, day.shift)
    return fresh


def _anew(shift: ReadShift) -> Status:
    return "offered" if shift.status == "changed" else shift.status


def _take_back(found: Openings, known: Invited, version: Version) -> None:
    """One day of it, or all."""
    all_ = version.whole and not version.instance
    for instance in list(known.days) if all_ else [version.instance]:
        day = known.days.get(instance)
        if day and day.shift:
            _withdraw(found, day.shift)
        known.days[instance] = _Day(version, None)
    if all_:
        known.version = version


def _withdraw(found: Openings, shift: ReadShift) -> None:
    for one in exactly(found, shift):
        withdraw(one, shift)


def _mend(found: Openings, before: ReadShift | None, shift: ReadShift, letter: Letter) -> bool:
    """Give an offer what the newer version of its invitation says; True where the shift has to be put up by itself."""
    mine = exactly(found, before) if before else []
    if not before or not mine:
        return True
    moved = begin(before) != begin(shift)
    if shift.needs_review or (shift.site, shift.start.date()) != (before.site, before.start.date()):
        if moved:
            _withdraw(found, before)
        return True
    if shift.status == "confirmed" or (moved and exactly(found, shift)):
        if moved:
            _withdraw(found, before)
        return True
    for one in mine:
        one.life = "open" if one.life == "withdrawn" else one.life
        told = [retold(shift, old) if begin(old) == begin(before) else old for old in one.shifts]
        one.tell(told, letter.heard)
    return False

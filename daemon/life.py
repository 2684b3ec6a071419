"""What a message says of shifts -> the life of their offers: the last word about a shift holds. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from connectors.offers.reading import OfferReading, ReadShift
from daemon.events import offer_key, short
from daemon.identity import Opening, about, exactly, key_of, of_that_day, swallow, that_day
from daemon.settle import line_id, question
from daemon.world import Aside, World
from policy.schema import Policy


def bundles(reading: OfferReading) -> list[list[ReadShift]]:
    """The shifts of a block together, every other one by itself."""
    blocks: dict[str, list[ReadShift]] = {}
    for index, shift in enumerate(reading.shifts):
        blocks.setdefault(shift.block or f"#{index}", []).append(shift)
    return list(blocks.values())


def replay(
    found: dict[str, Opening],
    shifts: list[ReadShift],
    sent: datetime,
    source: str,
    world: World,
    policy: Policy,
    taken: set[str],
) -> None:
    """What some shifts say, after others of the same message that have `taken` their names."""
    doubtful = [
        shift
        for shift in shifts
        if shift.needs_review or shift.site is None or shift.site not in policy.sites
    ]
    if doubtful:
        world.review += [
            Aside(
                source, shift.source.text, question(shift.needs_review), line_id(source, sent, shift.source)
            )
            for shift in doubtful
        ]
        return
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    key = key_of(found, shifts, taken)
    match first.status:
        case "offered" | "reinstated":
            choose = (
                (f"{short(source + sent.isoformat())}-{first.choose.group}", first.choose.at_most)
                if first.choose
                else None
            )
            life = (
                found[key].life
                if key in found and first.status == "offered" and found[key].life == "confirmed"
                else "open"
            )
            swallow(found, key, shifts)
            before = found.get(key)
            taken.add(key)
            kept = [_as_before(before, shift, sent) for shift in shifts] if before else shifts
            names = (before.names if before else set()) | {offer_key(first.site, first.start, len(shifts))}
            received = before.received if before else sent
            listed = before is not None and before.listed
            found[key] = Opening(key, first.site, kept, received, life, choose, listed, names)
        case "withdrawn":
            for shift in shifts:
                mine = about(found, shift)
                for one in mine:
                    one.life = "withdrawn"
                if not mine and of_that_day(found, shift):
                    why = "filled or cancelled, with other hours than were offered: which one is it?"
                    world.review.append(Aside(source, _in_words(shift), why))
        case "changed" if not exactly(found, first) and len(of_that_day(found, first)) > 1:
            why = "changed, with other hours than were offered: which one is it?"
            world.review.append(Aside(source, _in_words(first), why))
        case "changed":
            _change(found, key, first, sent)
        case "confirmed":
            for shift in shifts:
                _confirm(found, shift, sent, source, world)


def _in_words(shift: ReadShift) -> str:
    """The line, where its words were kept: those of a line without a question are not."""
    return shift.source.text or f"{shift.site}, {shift.start:%a %Y-%m-%d %H:%M} to {shift.end:%H:%M}"


def _confirm(found: dict[str, Opening], shift: ReadShift, sent: datetime, source: str, world: World) -> None:
    """The very shift is confirmed; other hours than those offered are a commitment all the same, and a question."""
    exact = exactly(found, shift)
    for one in exact:
        one.life = "confirmed"
    if exact:
        return
    assert shift.site is not None
    if that_day(found, shift):
        world.review.append(Aside(source, _in_words(shift), "confirmed with other hours than were offered"))
    key = offer_key(shift.site, shift.start)
    found[key] = Opening(key, shift.site, [shift], sent, "confirmed")


def _as_before(before: Opening, shift: ReadShift, sent: datetime) -> ReadShift:
    """A shift that is told again, with the pay and the time to answer that were told before and are not now."""
    old = next(
        (one for one in before.shifts if one.start.astimezone(UTC) == shift.start.astimezone(UTC)), None
    )
    if old is None:
        return shift
    due = old.respond_by if old.respond_by and sent < old.respond_by else None
    return replace(shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or due)


def retold(shift: ReadShift, old: ReadShift) -> ReadShift:
    """What is said anew about a shift that was offered before; what is not said again still holds."""
    return replace(
        shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or old.respond_by, status="offered"
    )


def _change(found: dict[str, Opening], key: str, shift: ReadShift, sent: datetime) -> None:
    """Other hours or another rate on the same day; the offer keeps its name, so that answers still fit."""
    mine = exactly(found, shift) or that_day(found, shift)
    if not mine:
        assert shift.site is not None
        found[key] = Opening(key, shift.site, [shift], sent)
        return
    for one in mine:
        one.shifts = [
            retold(shift, old) if old.start.date() == shift.start.date() else old for old in one.shifts
        ]

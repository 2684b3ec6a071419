"""What a message says of shifts -> the life of their offers: the last word about a shift holds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from connectors.offers.reading import OfferReading, ReadShift, Source
from daemon.events import offer_key, short
from daemon.identity import (
    Opening,
    Openings,
    about,
    begin,
    exactly,
    hours,
    key_of,
    of_that_day,
    swallow,
    that_day,
)
from daemon.settle import line_id, question
from daemon.world import Aside, World
from policy.schema import Policy


def bundles(reading: OfferReading) -> list[list[ReadShift]]:
    """The shifts of a block together, every other one by itself."""
    blocks: dict[str, list[ReadShift]] = {}
    for index, shift in enumerate(reading.shifts):
        blocks.setdefault(shift.block or f"#{index}", []).append(shift)
    return list(blocks.values())


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was read: where it came in, when it was sent, and when it was first heard of."""

    source: str
    sent: datetime
    reading: OfferReading
    heard: datetime

    def line(self, where: Source) -> str:
        return line_id(self.source, self.sent, where)


def replay(
    found: Openings,
    shifts: list[ReadShift],
    letter: Letter,
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
    if doubtful and _are_known(found, shifts):
        world.aside.append(Aside(letter.source, "", "you forwarded what was known already"))
        return
    if doubtful:
        world.review += [
            Aside(
                letter.source,
                one.source.text,
                question(one.needs_review),
                letter.line(one.source),
                letter.heard,
            )
            for one in doubtful
        ]
        return
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    key = key_of(found, shifts, taken)
    match first.status:
        case "offered" | "reinstated" if _may_lack_one(shifts, letter.reading):
            why = "all or none, and a line of the message is still open: settle that first"
            world.review.append(Aside(letter.source, _in_words(first), why, heard=letter.heard))
        case "offered" | "reinstated":
            taken.add(key)
            _put_up(found, key, shifts, letter)
        case "withdrawn":
            for shift in shifts:
                mine = about(found, shift)
                for one in mine:
                    withdraw(one, shift)
                if not mine and of_that_day(found, shift):
                    why = "filled or cancelled, with other hours than were offered: which one is it?"
                    world.review.append(Aside(letter.source, _in_words(shift), why, heard=letter.heard))
        case "changed" if not exactly(found, first) and len(of_that_day(found, first)) > 1:
            why = "changed, with other hours than were offered: which one is it?"
            world.review.append(Aside(letter.source, _in_words(first), why, heard=letter.heard))
        case "changed":
            _change(found, key, first, letter)
        case "confirmed":
            for shift in shifts:
                _confirm(found, shift, letter, world)


def _are_known(found: Openings, shifts: Sequence[ReadShift]) -> bool:
    """Whether a forward only says again what its sender said."""
    if any((one.needs_review, one.status) != (("forward",), "offered") for one in shifts):
        return False
    told = {
        (one.site, hours(old), pay)
        for shift in shifts
        for one in found.around(shift).values()
        if one.life != "withdrawn"
        for old in one.shifts
        for pay in (old.pay, None)
    }
    return all((one.site, hours(one), one.pay) in told for one in shifts)


def _may_lack_one(shifts: Sequence[ReadShift], reading: OfferReading) -> bool:
    """Whether a line that nobody understood may be one of those that go together with these, told line by line."""
    return len({shift.source.line for shift in shifts}) > 1 and any(
        one.source.line for one in reading.unresolved
    )


def _put_up(found: Openings, key: str, shifts: Sequence[ReadShift], letter: Letter) -> None:
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    if len(shifts) > 1:
        swallow(found, shifts)
    ordered = sorted(shifts, key=begin)
    if key not in found:
        found[key] = Opening(key, first.site, ordered, letter.sent)
    one = found[key]
    one.tell([_as_before(one, shift, letter.sent) for shift in ordered], letter.heard)
    if first.status == "reinstated" or one.life != "confirmed":
        one.life, one.given, one.gone = "open", set(), set()
    one.choose = None
    if first.choose:
        group = f"{short(letter.source + letter.sent.isoformat())}-{first.choose.group}"
        one.choose = (group, first.choose.at_most)
    one.names.add(offer_key(first.site, first.start, len(shifts)))


def withdraw(one: Opening, shift: ReadShift) -> None:
    """All of it; but of a block whose other nights were confirmed, that night alone."""
    one.given.discard(begin(shift))
    if one.given:
        one.gone.add(begin(shift))
    else:
        one.life = "withdrawn"


def _in_words(shift: ReadShift) -> str:
    """The line, where its words were kept: those of a line without a question are not."""
    return shift.source.text or f"{shift.site}, {shift.start:%a %Y-%m-%d %H:%M} to {shift.end:%H:%M}"


def _confirm(found: Openings, shift: ReadShift, letter: Letter, world: World) -> None:
    """The very shift is confirmed; other hours than those offered are a commitment all the same, and a question."""
    exact = exactly(found, shift)
    for one in exact:
        one.life = "confirmed"
        one.given.add(begin(shift))
        one.gone.discard(begin(shift))
    if exact:
        return
    assert shift.site is not None
    if that_day(found, shift):
        why = "confirmed with other hours than were offered"
        world.review.append(Aside(letter.source, _in_words(shift), why, heard=letter.heard))
    key = offer_key(shift.site, shift.start)
    found[key] = Opening(key, shift.site, [shift], letter.sent, "confirmed", given={begin(shift)})


def _as_before(before: Opening, shift: ReadShift, sent: datetime) -> ReadShift:
    """A shift that is told again, with the pay and the time to answer that were told before and are not now."""
    old = next((one for one in before.shifts if begin(one) == begin(shift)), None)
    if old is None:
        return shift
    due = old.respond_by if old.respond_by and sent < old.respond_by else None
    return replace(shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or due)


def retold(shift: ReadShift, old: ReadShift) -> ReadShift:
    """What is said anew about a shift that was offered before; what is not said again still holds."""
    return replace(
        shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or old.respond_by, status="offered"
    )


def _change(found: Openings, key: str, shift: ReadShift, letter: Letter) -> None:
    """Other hours or another rate on the same day; the offer keeps its name, so that answers still fit."""
    mine = exactly(found, shift) or that_day(found, shift)
    if not mine:
        assert shift.site is not None
        found[key] = Opening(key, shift.site, [shift], letter.sent)
    for one in mine:
        day = shift.start.date()
        told = [retold(shift, old) if old.start.date() == day else old for old in one.shifts]
        one.tell(told, letter.heard)

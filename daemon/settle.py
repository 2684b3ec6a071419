"""What a message leaves open, by line, and what the clinician said of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from connectors.offers.reader import read_line
from connectors.offers.reading import Lexicon, OfferReading, ReadShift, Source, Unresolved
from daemon import readings
from daemon.events import short

if TYPE_CHECKING:
    from daemon.rows import MessageRow

T = TypeVar("T")
YES = "yes"
"""Answers a line that was forwarded, and is understood as it stands."""

_QUESTIONS = {
    "ampm": "morning or evening?",
    "block": "which of them go together?",
    "date": "which date is meant?",
    "forward": 'you forwarded it: is it so? Then say "yes"',
    "hours": "from when to when?",
    "layout": "it is told in another way than the sender's template says: is it so?",
    "pay": "what does it pay?",
    "site": "which site is it?",
    "status": "is it still open?",
    "wording": "it says more than can be read for sure",
    "zone": "in which time zone?",
}


def line_id(source: str, sent: datetime, where: Source) -> str:
    """A short name for a line of a message, under which the clinician can settle it."""
    # Several messages may be sent within a second.
    return where.id or short(f"{source} {sent.astimezone(UTC).isoformat()} {where.line} {where.text}")


def open_lines(source: str, sent: datetime, reading: OfferReading) -> dict[str, Source]:
    """The lines that a person has to look at, by their ids."""
    reading = asked_of(reading)
    asked = [one.source for one in reading.unresolved]
    asked += [one.source for one in reading.shifts if one.needs_review]
    return {line_id(source, sent, where): where for where in asked}


def asked_of(reading: OfferReading) -> OfferReading:
    """The reading with a question on all that the clinician forwarded: nobody else vouches for it.

    That it is an invitation, or a version of one, is not believed either.
    """
    if not reading.forwarded:
        return reading
    unnamed = (Unresolved(Source(0, ""), _CANCELLED),) if reading.taken_back else ()
    return replace(
        reading,
        shifts=tuple(
            replace(one, needs_review=(*one.needs_review, "forward"), version=None) for one in reading.shifts
        ),
        unresolved=(*reading.unresolved, *unnamed),
        taken_back=(),
        forwarded=False,
    )


_CANCELLED = "you forwarded a cancellation without hours: of which shift?"


def message_with(rows: Iterable[MessageRow], line: str) -> tuple[MessageRow, OfferReading] | None:
    """The stored message that a line of a review is from, and its reading."""
    for row in rows:
        reading = readings.from_json(json.loads(row.reading)) if row.reading else None
        if reading and line in open_lines(row.source, row.sent, reading):
            return row, reading
    return None


def without_words(row: MessageRow, reading: OfferReading, settled: Collection[str]) -> OfferReading | None:
    """The reading without the words of lines that were settled; None where it has none of them."""
    lines = open_lines(row.source, row.sent, reading)
    done = {where: line for line, where in lines.items() if line in settled and where.text}
    if not done:
        return None

    def bare(where: Source) -> Source:
        return Source(where.line, "", done[where]) if where in done else where

    return replace(
        reading,
        shifts=tuple(replace(one, source=bare(one.source)) for one in reading.shifts),
        unresolved=tuple(replace(one, source=bare(one.source)) for one in reading.unresolved),
    )


def takes_yes(row: MessageRow, reading: OfferReading, line: str) -> bool:
    """Whether a line can be answered by a plain yes."""
    where = open_lines(row.source, row.sent, reading)[line]
    return _plainly_forwarded(asked_of(reading), where)


def _plainly_forwarded(reading: OfferReading, where: Source) -> bool:
    mine = [one for one in reading.shifts if one.source == where]
    return bool(mine) and all(one.needs_review == ("forward",) for one in mine)


def resolved(
    source: str,
    sent: datetime,
    reading: OfferReading,
    settled: Mapping[str, tuple[str, datetime]],
    lexicon: Lexicon,
) -> OfferReading:
    """The reading with what the clinician said of its open lines, and when: a plainer line, yes, or "" for no shift."""
    reading = asked_of(reading)
    lines = open_lines(source, sent, reading) if settled else {}
    said = {where: settled[line] for line, where in lines.items() if line in settled}
    if not said:
        return reading
    agreed = {
        where for where, (text, _) in said.items() if text == YES and _plainly_forwarded(reading, where)
    }
    told = [
        (where, read_line(text, lexicon, when))
        for where, (text, when) in said.items()
        if text and where not in agreed
    ]
    shifts = [
        replace(one, needs_review=()) if one.source in agreed else one
        for one in reading.shifts
        if not one.needs_review or one.source in agreed or one.source not in said
    ]
    unclear = [Unresolved(where, _UNREAD) for where, one in told if not is_clear(one)]
    plain = [_beside(reading, where, shift) for where, one in told if is_clear(one) for shift in one.shifts]
    return replace(
        reading,
        kind="offers" if told else reading.kind,
        shifts=(*shifts, *plain),
        unresolved=(*(one for one in reading.unresolved if one.source not in said), *unclear),
    )


_UNREAD = "your answer can no longer be read"


def is_clear(told: OfferReading) -> bool:
    """Whether an answer says all of a shift, and leaves nothing open."""
    return bool(told.shifts) and not told.unresolved and not any(one.needs_review for one in told.shifts)


def _beside(reading: OfferReading, where: Source, shift: ReadShift) -> ReadShift:
    """What an answer names, with what the message says for all its lines: what goes together, and until when."""
    before = next((one for one in reading.shifts if one.source == where), None)
    if before is None:
        before = _common(reading, shift)
    return replace(
        shift, block=before.block, choose=before.choose, respond_by=shift.respond_by or before.respond_by
    )


def _only(found: set[T]) -> T | None:
    return next(iter(found)) if len(found) == 1 else None


def _common(reading: OfferReading, shift: ReadShift) -> ReadShift:
    """What all lines with shifts have in common: a line that nobody understood belongs to them."""
    put_up = [one for one in reading.shifts if one.status == "offered"]
    several = len({one.source for one in put_up}) > 1

    return replace(
        shift,
        block=_only({one.block for one in put_up}) if several else None,
        choose=_only({one.choose for one in put_up}) if several else None,
        respond_by=_only({one.respond_by for one in reading.shifts}),
    )


def question(fields: Sequence[str]) -> str:
    return " ".join(_QUESTIONS.get(one, f"what about the {one}?") for one in fields) or "which site is it?"

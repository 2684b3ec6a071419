"""What a message leaves open, by line, and what the clinician said of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from connectors.offers.reader import read_line
from connectors.offers.reading import Lexicon, OfferReading, ReadShift, Source, Unresolved
from daemon.events import short

_QUESTIONS = {
    "ampm": "morning or evening?",
    "block": "which of them go together?",
    "date": "which date is meant?",
    "hours": "from when to when?",
    "pay": "what does it pay?",
    "site": "which site is it?",
    "status": "is it still open?",
    "wording": "it says more than can be read for sure",
    "zone": "in which time zone?",
}


def line_id(source: str, sent: datetime, where: Source) -> str:
    """A short name for a line of a message, under which the clinician can settle it."""
    # Several messages may be sent within a second.
    return short(f"{source} {sent.astimezone(UTC).isoformat()} {where.line} {where.text}")


def open_lines(source: str, sent: datetime, reading: OfferReading) -> dict[str, Source]:
    """The lines that a person has to look at, by their ids."""
    asked = [one.source for one in reading.unresolved]
    asked += [one.source for one in reading.shifts if one.needs_review]
    return {line_id(source, sent, where): where for where in asked}


def resolved(
    source: str,
    sent: datetime,
    reading: OfferReading,
    settled: Mapping[str, tuple[str, datetime]],
    lexicon: Lexicon,
) -> OfferReading:
    """The reading with what the clinician said of its open lines, and when: a plainer line, or "" for no shift."""

    def open_(where: Source) -> bool:
        return line_id(source, sent, where) not in settled

    lines = open_lines(source, sent, reading)
    said = {line: where for line, where in lines.items() if line in settled}
    if not said:
        return reading
    answers = [(where, *settled[key]) for key, where in said.items()]
    told = [(where, read_line(text, lexicon, when)) for where, text, when in answers if text]
    clear = [(where, one) for where, one in told if is_clear(one)]
    shifts = [one for one in reading.shifts if not one.needs_review or open_(one.source)]
    return replace(
        reading,
        kind="offers" if told else reading.kind,
        shifts=(*shifts, *(_beside(reading, where, shift) for where, one in clear for shift in one.shifts)),
        unresolved=(
            *(one for one in reading.unresolved if open_(one.source)),
            *(
                Unresolved(where, "your answer can no longer be read")
                for where, one in told
                if not is_clear(one)
            ),
        ),
    )


def is_clear(told: OfferReading) -> bool:
    """Whether an answer says all of a shift, and leaves nothing open."""
    return bool(told.shifts) and not told.unresolved and not any(one.needs_review for one in told.shifts)


def _beside(reading: OfferReading, where: Source, shift: ReadShift) -> ReadShift:
    """What an answer names, with what the message says for all its lines: what goes together, and until when."""
    before = next((one for one in reading.shifts if one.source == where), None)
    dues = {one.respond_by for one in reading.shifts}
    due = before.respond_by if before else dues.pop() if len(dues) == 1 else None
    return replace(
        shift,
        block=before.block if before else None,
        choose=before.choose if before else None,
        respond_by=shift.respond_by or due,
    )


def question(fields: Sequence[str]) -> str:
    return " ".join(_QUESTIONS.get(one, f"what about the {one}?") for one in fields) or "which site is it?"

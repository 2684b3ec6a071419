"""What must be true of every reading, whatever the message: no shift that cannot be, and no line lost without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from connectors.offers.body import own_lines
from connectors.offers.fields import labelled
from connectors.offers.lexer import LONGEST_LINE, lex
from connectors.offers.mime import Line, Mail, parse
from connectors.offers.page import MOST_SHIFTS
from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon, OfferReading
from daemon.readings import from_json, to_json

NOW = datetime(2026, 12, 1, 14, tzinfo=UTC)
LONGEST = timedelta(days=8)
JOINED = 3
"""Lines after the first that a sentence may go on for; a reading names the first."""


def faults(raw: bytes, lexicon: Lexicon) -> list[str]:
    """Read a message, and tell what is wrong with the reading. What reading raises is raised."""
    reading = read_message(raw, lexicon, NOW)
    return [
        *_shift_faults(reading),
        *_store_faults(reading),
        *_line_faults(raw, reading, lexicon),
        *_trust_faults(raw, reading, lexicon),
    ]


def _shift_faults(reading: OfferReading) -> Iterator[str]:
    if len(reading.shifts) > MOST_SHIFTS:
        yield "more shifts than are ever read"
    for shift in reading.shifts:
        if shift.start.tzinfo is None or shift.end.tzinfo is None:
            yield "a shift without a zone"
            continue
        length = shift.end.astimezone(UTC) - shift.start.astimezone(UTC)
        if length <= timedelta():
            yield "a shift that does not end after its start"
        if length > LONGEST:
            yield "a shift longer than a person can work"
        if shift.site is None and not shift.needs_review:
            yield "a shift asserted without a site"
        if shift.pay and not (shift.pay.amount.is_finite() and shift.pay.amount >= 0):
            yield "a shift that pays what cannot be"


def _store_faults(reading: OfferReading) -> Iterator[str]:
    kept = to_json(reading)
    # As JSON: Python holds no two times of different zones equal where one of them comes twice, or never.
    if to_json(from_json(json.loads(json.dumps(kept)))) != kept:
        yield "a reading that the store does not give back"
    try:
        json.dumps(kept, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        yield "text that is no Unicode (half a surrogate pair)"


def _trust_faults(raw: bytes, reading: OfferReading, lexicon: Lexicon) -> list[str]:
    """Trust is in the head alone: no body makes a message trusted."""
    found = re.search(rb"\r?\n\r?\n", raw)
    if reading.trust != "trusted" or not found:
        return []
    alone = read_message(raw[: found.end()], lexicon, NOW)
    return [] if alone.trust == "trusted" else ["a body that makes its message trusted"]


def _line_faults(raw: bytes, reading: OfferReading, lexicon: Lexicon) -> Iterator[str]:
    ignored = {one.source.line for one in reading.ignored}
    asked = {one.source.line for one in reading.unresolved if one.source.line}
    used = {shift.source.line for shift in reading.shifts if shift.source.line}
    if ignored & asked:
        yield "a line both ignored and in question"
    if ignored & used:
        yield "a line both ignored and used"
    mail = parse(raw)
    if mail.invitations or any("not read" in one.why for one in reading.unresolved):
        return
    told = ignored | asked | used
    texts = [
        one.source.text for some in (reading.shifts, reading.unresolved, reading.ignored) for one in some
    ]
    # The plain part may only have said that there is an HTML one.
    bodies = [lines for lines in (mail.lines, mail.rows) if lines]
    if bodies and all(_lost(lines, mail, told, texts, lexicon) for lines in bodies):
        yield "a line with a date and hours that is neither used nor ignored nor in question"


_LEGEND = re.compile(r"\b[A-Z][A-Za-z0-9]{0,4}\s{0,3}=\s{0,3}[^,;.=]{3,24}")
"""`N = 7p-7a`: hours that are a code's, and not the line's."""


def _lost(
    lines: tuple[Line, ...], mail: Mail, told: set[int], texts: list[str], lexicon: Lexicon
) -> list[int]:
    """The numbers of lines that say when, and that the reading says nothing of. Table rows have their heads' say."""

    def telling(text: str) -> bool:
        kinds = {token.kind for token in lex(_LEGEND.sub(" ", text), lexicon)}
        return bool(kinds & {"date", "month"}) and bool(kinds & {"hours", "span"})

    own, _ = own_lines(lines, mail.subject, telling)
    return [
        line.number
        for line in own
        if not line.cells
        and not told & set(range(line.number - JOINED, line.number + 1))
        and not any(line.text.strip() in text for text in texts)
        and telling(line.text[:LONGEST_LINE])
        and not labelled(line.text[:LONGEST_LINE])
    ]

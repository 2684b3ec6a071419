"""What an answer is about: the offer in the mail that it quotes, at whatever depth, read as the message that it once was."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from connectors.offers.answers import Told, stated, states_any
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line, Mail
from connectors.offers.page import Page
from connectors.offers.quoted import MOST_QUOTED
from connectors.offers.reading import OfferReading, ReadShift, Status, Unit
from connectors.offers.wishes import wished

_I = re.IGNORECASE
_MARKS = re.compile(r"^(?:\s?>)+\s?")
_BEGINS = re.compile(
    r"^\s*(?:(?:on )?\S.{4,160}\bwrote:|-{2,}\s*original message\s*-{2,}|_{10,}|from:\s.{1,120})\s*$", _I
)
_HEADER = re.compile(r"^\s*\**(?:from|date|sent|subject|to|cc|reply-to)\**:\**\s", _I)
_FORWARD = re.compile(r"^\s*(?:fwd?|fw|wg|tr)\s*:", _I)
_RE = re.compile(r"^\s*(?:(?:re|aw)\s*:\s*)+", _I)
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}
_UNITS: dict[Unit, str] = {"hour": "per hour", "shift": "per shift", "day": "per day", "visit": "per visit"}


_STANDS: dict[Status, str] = {
    "withdrawn": " - filled",
    "confirmed": " - confirmed",
    "reinstated": " - available again",
    "offered": "",
    "changed": "",
}


def answered_thread(
    page: Page, mail: Mail, own: Sequence[Line], read: Callable[[Mail], OfferReading]
) -> list[Line]:
    """A line for each shift of the one quoted mail that offers any, with what the answer, all of it, says of it.

    `read` reads a mail by itself. Empty where no such mail is quoted, or the answer says nothing of its shifts that is clear.
    """
    numbers = {one.source.line for one in page.ignored if one.rule in ("quote", "quote-line")}
    quoted = [line for line in mail.lines if line.number in numbers][:MOST_QUOTED]
    texts = [line.text[:LONGEST_LINE] for line in own]
    if not quoted or _FORWARD.match(mail.subject) or any(map(page.has_slot, texts)):
        return []
    subject = _RE.sub("", mail.subject)
    offering = [part for part in _mails(quoted) if _tells(page, part)]
    if wish := wished(page, mail, quoted, own):
        offering, subject = [wish], ""
    if len(offering) != 1:
        return []
    offer = read(replace(mail, lines=tuple(offering[0]), rows=(), subject=subject))
    if offer.unresolved:
        return []
    shifts = offer.shifts
    by_number = {line.number: line for line in quoted}
    if not all(_is_plain(page, shift) and shift.source.line in by_number for shift in shifts):
        return []
    told = stated(page, own, shifts)
    if told is None:
        page.loose_statuses += [line.text for line in own if states_any(page, line)]
        if wish:
            page.ask(next((line for line in own if states_any(page, line)), own[0]), "which shift is meant")
        return []
    for line in own if told else ():
        page.ignore(line, "answer")
    return [
        replace(line, text=_written(page, shifts[at], one), told=line.told or line.text)
        for at, one in sorted(told.items())
        for line in [by_number[shifts[at].source.line]]
    ]


def _tells(page: Page, mail: Sequence[Line]) -> bool:
    """Whether a quoted mail has days, times or amounts: what else it says is superseded by the answer."""
    kinds = ("date", "hours", "span", "clock", "money", "month", "number")
    return any(token.kind in kinds for line in mail for token in page.lex(line.text))


def _mails(lines: Sequence[Line]) -> list[list[Line]]:
    """The quoted lines without their marks, one list for each mail."""
    parts: list[list[Line]] = [[]]
    depth = 0
    for line in lines:
        marks = _MARKS.match(line.text)
        deep = marks[0].count(">") if marks else 0
        text = line.text[marks.end() if marks else 0 :]
        if _BEGINS.match(text) or (deep != depth and text.strip()):
            parts.append([])
        depth = deep if text.strip() else depth
        if text.strip() and not (_BEGINS.match(text) or _HEADER.match(text)):
            parts[-1].append(replace(line, text=text[:LONGEST_LINE]))
    return [part for part in parts if part]


def _is_plain(page: Page, shift: ReadShift) -> bool:
    """Whether one line can tell all of a shift that is put up, and nothing of it is a question."""
    pay, told_apart = shift.pay, shift.block or shift.choose or shift.respond_by
    if shift.status != "offered" or shift.needs_review or told_apart or not shift.site:
        return False
    at_home = shift.start.tzinfo == page.lexicon.site(shift.site).zone
    return at_home and (pay is None or (pay.currency in _SIGNS and pay.unit in _UNITS))


def _written(page: Page, shift: ReadShift, told: Told) -> str:
    """`Mesa ED 2027-04-14 11:00-21:00, $240 per hour`, and how it stands; of what is gone not what it paid."""
    assert shift.site
    pay = None if told.status == "withdrawn" else told.pay or shift.pay
    site = page.lexicon.site(shift.site).names[0]
    parts = [
        f"{site} {shift.start:%Y-%m-%d} {shift.start:%H:%M}-{shift.end:%H:%M}",
        shift.emr or "",
        f"{'rate increased to ' if told.pay else ''}{_SIGNS[pay.currency]}{pay.amount} {_UNITS[pay.unit]}"
        if pay
        else "",
    ]
    return ", ".join(filter(None, parts)) + _STANDS[told.status]

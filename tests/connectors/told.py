"""What was read, told in short: for tests of one line or one small message."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bench.reader_score import CORPORA
from connectors.offers.reader import read_line, read_message
from connectors.offers.reading import OfferReading, ReadShift

LEXICON = CORPORA[1].lexicon()
SENT = datetime(2027, 1, 5, 9, tzinfo=ZoneInfo("America/Chicago"))
"""A Tuesday."""


def mail(text: str, sender: str = "shifts@lakeside.example", subject: str = "Shifts") -> OfferReading:
    html = text.lstrip().startswith("<")
    head = (
        f"From: <{sender}>\nSubject: {subject}\nDate: Tue, 05 Jan 2027 09:00:00 -0600\n"
        f"MIME-Version: 1.0\nContent-Type: text/{'html' if html else 'plain'}; charset=utf-8\n\n"
    )
    return read_message((head + text).encode(), LEXICON)


def told(reading: OfferReading) -> list[str]:
    """`02-20 0700-1900`, and what is in question; a line that is a question is `?`."""
    return [short(shift) for shift in reading.shifts] + ["?" for _ in reading.unresolved]


def short(shift: ReadShift) -> str:
    pay = shift.pay and f"{shift.pay.amount.normalize():f}/{shift.pay.unit}"
    status = shift.status if shift.status != "offered" else None
    unsure = " ".join(f"{name}?" for name in shift.needs_review)
    block = "block" if shift.block else None
    parts = (f"{shift.start:%m-%d %H%M}-{shift.end:%H%M}", status, pay, block, unsure)
    return " ".join(part for part in parts if part)


def read(text: str) -> list[str]:
    return told(read_line(f"LKSD {text}", LEXICON, SENT))

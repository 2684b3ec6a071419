"""The reader on what nobody wrote: it never raises, and never makes up a shift that cannot be."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.offers.reader import read_message
from connectors.offers.reading import OfferReading
from tests.connectors.test_reader_corpus import LEXICON, MESSAGES

NOW = datetime(2026, 12, 1, 14, tzinfo=UTC)
RAW = [path.read_bytes() for path in MESSAGES]
BITS = (
    b"7p-7a",
    b"12/4",
    b"$2400",
    b"LKSD",
    b"Feb 30",
    b"99:99-98:97",
    b"0000-0000",
    b"31/31/9999",
    b"$1e999999",
    b"<td rowspan=99999>",
    b"\x00",
    b"\xff\xfe",
    b"=?utf-8?b?////?=",
    b"\r\n\r\n",
    b"--=_x",
    b"BEGIN:VEVENT\r\n",
    b"RRULE:FREQ=DAILY;INTERVAL=0\r\n",
    b"Content-Type: text/html\r\n",
    b"-" * 300,
    b"1" * 300,
)


def sound(reading: OfferReading) -> None:
    """Every shift has aware instants in their order, and lasts no longer than a person can work."""
    for shift in reading.shifts:
        assert shift.start.tzinfo is not None
        assert shift.end.tzinfo is not None
        length = shift.end.astimezone(UTC) - shift.start.astimezone(UTC)
        assert timedelta(0) < length <= timedelta(days=8)
        assert shift.site is not None or shift.needs_review
        if shift.pay is not None:
            assert shift.pay.amount.is_finite()
            assert shift.pay.amount >= 0


@given(st.binary(max_size=600))
@settings(max_examples=150)
def test_random_bytes_never_raise(raw: bytes) -> None:
    """Whatever arrives, it is read as something."""
    sound(read_message(raw, LEXICON, NOW))


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_random_text_never_raises(text: str) -> None:
    """The same for letters of all scripts in a proper message."""
    head = b"From: shifts@lakeside.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    sound(read_message(head + text.encode("utf-8", "surrogatepass"), LEXICON, NOW))


@given(
    st.lists(
        st.sampled_from([bit.decode("latin-1") for bit in BITS] + ["Sat", "night", "-", " ", "to", "\n"])
    )
)
@settings(max_examples=150)
def test_shift_talk_in_any_order_never_raises(words: list[str]) -> None:
    """Pieces of real notation, thrown together."""
    head = b"From: shifts@lakeside.example\r\nDate: Tue, 01 Dec 2026 08:00:00 -0600\r\n\r\n"
    sound(read_message(head + " ".join(words).encode("latin-1"), LEXICON, NOW))


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """Cut, double, swap or overwrite some of it."""
    data = bytearray(raw)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        to = min(len(data), at + dice.randint(1, 80))
        match dice.randrange(5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to]
            case 2:
                data[at:at] = dice.choice(BITS)
            case 3:
                data[at:to] = bytes(dice.randrange(256) for _ in range(to - at))
            case _:
                data[at:to] = data[at:to][::-1]
    return bytes(data)


@pytest.mark.parametrize("seed", range(10))
def test_damaged_messages_never_raise(seed: int) -> None:
    """Thirty damaged messages of the corpus each: all are read, and no shift is impossible."""
    dice = random.Random(seed)
    for _ in range(30):
        sound(read_message(mutated(dice.choice(RAW), dice), LEXICON, NOW))


def test_a_huge_message_is_read_in_time() -> None:
    """Ten thousand lines of offers, and one line of a million letters, cost seconds at most."""
    head = b"From: shifts@lakeside.example\r\nDate: Tue, 01 Dec 2026 08:00:00 -0600\r\n\r\n"
    sound(read_message(head + b"Fri 12/4 7p-7a LKSD $2400\r\n" * 2_000, LEXICON, NOW))
    sound(read_message(head + b"7p-7a " * 170_000, LEXICON, NOW))

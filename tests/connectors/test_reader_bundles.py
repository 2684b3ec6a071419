"""How many of the shifts one person may have, and whether only all of them, told in a sentence."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

_SHIFTS = "LKSD needs:\n\nSat 2/20 7a-7p\nSun 2/21 7p-7a\nMon 2/22 7a-7p\n\n$2,300 per shift.\n\n"


def _bound(sentence: str) -> set[str]:
    """`block`, how many may be chosen, `free`, or `?`."""
    reading = mail(f"{_SHIFTS}{sentence}\n\nDana")
    assert len(reading.shifts) == 3
    return {
        "?"
        if one.needs_review
        else "block"
        if one.block
        else str(one.choose.at_most)
        if one.choose
        else "free"
        for one in reading.shifts
    }


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Two at the most, please.", "2"),
        ("One apiece, so that everybody gets something.", "1"),
        ("Two per doctor.", "2"),
        ("Please limit yourself to one.", "1"),
        ("Nobody gets more than two of these.", "2"),
        ("Pick whichever you like, but no more than two.", "2"),
        ("I can put you down for two of the three.", "2"),
        ("You would supervise one resident, two at most.", "free"),
        ("There is one NP about, at most two.", "free"),
        ("Two per person, the coffee vouchers.", "free"),
        ("Three patients at most per hour.", "free"),
        ("I don't mind if you take only one.", "free"),
        ("No obligation to take the lot, any one of them would be a help.", "free"),
    ],
)
def test_how_many_one_person_may_have(sentence: str, bound: str) -> None:
    assert _bound(sentence) == {bound}


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The chief will only consider one hospitalist for all three nights.", "block"),
        ("They insist on a single provider for the entire stretch.", "block"),
        ("Whoever gets the first one gets all three.", "block"),
        ("Same doctor for all three, please.", "block"),
        ("We can't book them one by one.", "block"),
        ("Please do not apply for single nights.", "block"),
        ("No partial bookings, I'm afraid.", "block"),
        ("It has to be all three.", "block"),
        ("One physician throughout, please.", "block"),
        ("It must be covered by one provider start to finish.", "block"),
        ("You would have to take all three.", "block"),
        ("The hospital accepts nobody for less than the full three days.", "block"),
        ("If you have to do all three, we will feed you.", "free"),
        ("You would work beside one physician throughout.", "free"),
        ("The same doc for both would be ideal.", "?"),
        ("We would like one doctor for all three nights.", "?"),
        ("At least two of our open nights, please.", "?"),
        ("We don't mind giving out single nights.", "free"),
        ("There is no need to ask for them one by one.", "free"),
        ("The nurses are not booked one by one.", "free"),
        ("You get this because at least one of our hospitals knows you.", "free"),
    ],
)
def test_whether_only_all_of_them(sentence: str, bound: str) -> None:
    assert _bound(sentence) == {bound}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LKSD Sat 2/20 and Sun 2/21, 7a-7p, $2,300. One or both.", ["02-20 0700-1900 2300/shift", "02-21 0700-1900 2300/shift"]),
        ("LKSD Sat 2/20 and Sun 2/21, 7a-7p, $2,300. Any of them would be great.", ["02-20 0700-1900 2300/shift", "02-21 0700-1900 2300/shift"]),
        ("LKSD Sat 2/20 and Sun 2/21, 7a-7p, $2,300. Take as many as you can handle.", ["02-20 0700-1900 2300/shift", "02-21 0700-1900 2300/shift"]),
        ("2 gaps at LKSD, Sat 2/20 7a-7p and Sun 2/21 7p-7a, $2,300.", ["02-20 0700-1900 2300/shift", "02-21 1900-0700 2300/shift"]),
    ],
)  # fmt: skip
def test_beside_the_shifts(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LKSD Sat 2/20 and Sun 2/21, 7a-7p, $2,300. Both are with Kim.",
        "LKSD Sat 2/20 and Sun 2/21, 7a-7p, $2,300. Either may go.",
        "2 gaps Sat 2/20 7a-7p, Sun 2/21 7p-7a at LKSD, $2,300.",
        "3 gaps at LKSD, Sat 2/20 7a-7p and Sun 2/21 7p-7a, $2,300.",
        "LKSD Sat 2/20 7a-7p and Sun 2/21 7p-7a, 2 gaps, $2,300.",
    ],
)
def test_beside_the_shifts_a_question(text: str) -> None:
    reading = mail(text)
    assert reading.unresolved or all(one.needs_review for one in reading.shifts)


def test_when_a_text_came() -> None:
    """Below the head of what is forwarded a line of a day and one clock is when it was written."""
    forwarded = (
        "---------- Forwarded message ----------\nFrom: Dana (Lakeside)\n{}\n\nLKSD Sat 2/20 7a-7p $2,300"
    )
    for stamp in ("Text message, Mon Jan 4 12:05 PM", "WhatsApp, 4 Jan 2027 17:12", "Mon 1/4, 9:40 am"):
        assert told(mail(forwarded.format(stamp), subject="Fwd: text")) == ["02-20 0700-1900 2300/shift"]
    assert len(mail(forwarded.format("Mon Jan 11 7a-7p"), subject="Fwd: text").shifts) == 2

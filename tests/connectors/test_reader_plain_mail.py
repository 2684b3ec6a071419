"""Plain mail of a third writer: what an amount is of, until when `then` is, what goes together, and talk."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

NIGHTS = "LKSD\nSat 2/20 7p-7a\nSun 2/21 7p-7a\n"
BOTH = "LKSD\nSat 2/20 7a-7p\nMon 2/22 7a-7p\n"
SAT, MON = "02-20 0700-1900", "02-22 0700-1900"
SAT_NIGHT, SUN_NIGHT = "02-20 1900-0700", "02-21 1900-0700"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{NIGHTS}They pay $2,150 per night.", [f"{SAT_NIGHT} 2150/shift", f"{SUN_NIGHT} 2150/shift"]),
        (f"{BOTH}They pay $2,150 per night.", [f"{SAT} pay?", f"{MON} pay?"]),
        (f"{BOTH}We are adding weekend blocks at $135 per hour.", [f"{SAT} 135/hour", f"{MON} pay?"]),
        (f"{NIGHTS}Some nights pay $2,500.", [f"{SAT_NIGHT} pay?", f"{SUN_NIGHT} pay?"]),
        (f"{NIGHTS}$2,350 for the night of the Super Bowl.", [f"{SAT_NIGHT} pay?", f"{SUN_NIGHT} pay?"]),
        ("It's the spring forward night, so it is an hour less for $2,350:\nLKSD Sat 2/20 7p-7a", [f"{SAT_NIGHT} 2350/shift"]),
        (f"{BOTH}Your pay rate is $252/hr, weekends less.", [f"{SAT} pay?", f"{MON} pay?"]),
        (f"LKSD is short the last days of the month. Rate is $120/hr, $130/hr on weekends.\n{BOTH}",
         [f"{SAT} 130/hour", f"{MON} 120/hour"]),
        (f"{BOTH}To be candid, since you asked: the bill rate is $340/hr, your pay rate is $252/hr.",
         [f"{SAT} 252/hour", f"{MON} 252/hour"]),
        (f"{BOTH}I got them up to $2,400 per shift.", [f"{SAT} 2400/shift", f"{MON} 2400/shift"]),
        (f"{BOTH}We can go up to $2,400.", [f"{SAT} pay?", f"{MON} pay?"]),
        (f"{BOTH}Travel up to $800.", [SAT, MON]),
        (f"{BOTH}It pays twenty-four hundred.", [f"{SAT} pay?", f"{MON} pay?"]),
        (f"{BOTH}$2,400 apiece.", [f"{SAT} 2400/shift", f"{MON} 2400/shift"]),
        (f"{BOTH}You receive $252/hr once you pass orientation.", [f"{SAT} pay?", f"{MON} pay?"]),
    ],
)  # fmt: skip
def test_an_amount_is_of_the_shifts_that_it_is_said_of(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("The list closes Friday noon, so tell me before then.", "2027-01-08 12:00"),
        ("I talk to the client on Thursday at 3 pm, please answer by then.", "2027-01-07 15:00"),
        ("I send this to everybody tomorrow at noon, so reply before that.", "2027-01-06 12:00"),
        ("Offer stands until Friday.", "2027-01-08 23:59"),
        ("I close the list on Wednesday.", "2027-01-06 23:59"),
        ("I'll keep it for you until noon tomorrow.", "2027-01-06 12:00"),
        ("You have until Friday to decide.", "2027-01-08 23:59"),
        ("Please reply by 5 today.", "2027-01-05 17:00"),
        ("Please reply by Friday at 5.", "2027-01-08 17:00"),
        ("Reply by Friday 8.", "2027-01-08 23:59"),
        ("Answer me Thursday at the latest.", "2027-01-07 23:59"),
        ("Friday is the last day to claim it.", "2027-01-08 23:59"),
        ("Your flu shot is due by Jan 15.", None),
        ("This is the sheet as it stands today. Please reply with the dates you would like.", None),
    ],
)
def test_until_when_to_answer(text: str, until: str | None) -> None:
    (shift,) = mail(f"LKSD Sat 2/20 7a-7p.\n{text}").shifts
    assert (shift.respond_by and f"{shift.respond_by:%Y-%m-%d %H:%M}", shift.needs_review) == (until, ())


@pytest.mark.parametrize(
    "text", ["Please answer by end of the week.", "Could you tell me before the weekend?"]
)
def test_an_end_that_is_no_day_is_a_question(text: str) -> None:
    assert told(mail(f"LKSD Sat 2/20 7a-7p.\n{text}")) == [f"{SAT} respond_by?"]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("I am not able to split it.", True),
        ("I don't want to split them.", True),
        ("We can't break them up.", True),
        ("It cannot be divided.", True),
        ("They want it as a single booking, both nights.", True),
        ("Splitting is fine.", False),
        ("We are able to split it.", False),
    ],
)
def test_what_cannot_be_divided_goes_together(text: str, together: bool) -> None:
    shifts = mail(f"{NIGHTS}{text}").shifts
    assert [(shift.block is not None, shift.needs_review) for shift in shifts] == [(together, ())] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Unfortunately Dr. Bell was a few minutes faster: LKSD Sat 2/20 7a-7p has been filled.", [f"{SAT} withdrawn"]),
        ("A few of these are filled: LKSD Sat 2/20 7a-7p.", [f"{SAT} withdrawn status?"]),
        ("Census has dropped and LKSD has cancelled the following:\nSat 2/20 7a-7p", [f"{SAT} withdrawn"]),
        ("LKSD Sat 2/20 7a-7p.\nThe second is a brand new client of ours.", [SAT]),
        ("LKSD Sat 2/20 7a-7p.\nThe second is a maybe.", [f"{SAT} status?"]),
        ("I hope Thanksgiving treated you well. LKSD needs a doc Sat 2/20 7a-7p.", [SAT]),
        ("Our Dr Lowe has put his back out, which leaves LKSD without a doctor on Sat 2/20, 7a-7p.", [SAT]),
        ("That leaves us with no doctor at LKSD on Sat 2/20, 7a-7p.", [SAT]),
        ("You told me last time you don't mind a weekend in the sun. LKSD needs a doc Sat 2/20 7a-7p.", [SAT]),
        ("The hospital has reinstated it:\nLKSD Sat 2/20 7a-7p", [f"{SAT} reinstated"]),
        ("Your LKSD Sat 2/20 7a-7p is off.", [f"{SAT} withdrawn"]),
        ("LKSD Sat 2/20 7a-7p fell through, I'm sorry.", [f"{SAT} withdrawn"]),
        ("My locum fell through, so LKSD Sat 2/20 7a-7p is open.", [SAT]),
        ("It was good to see you on Friday.\n\nLKSD Sat 2/20 7a-7p is open.", [SAT]),
        ("The hospital will put you up across the street. LKSD Sat 2/20 7a-7p is open.", [SAT]),
        ("Dr. Lee is off, LKSD Sat 2/20 7a-7p is open.", [SAT]),
        ("LKSD Sat 2/20 7a-7p and Mon 2/22 7a-7p. Would you be able to do either?", [SAT, MON]),
        ("LKSD Sat 2/20 7a-7p. The partners have agreed $200 per hour.", [f"{SAT} 200/hour"]),
        ("I hope to work it. LKSD needs a doc Sat 2/20 7a-7p.", [f"{SAT} status?"]),
    ],
)  # fmt: skip
def test_what_is_said_beside_shifts(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You can have one, two or all three.", [(None, None, ())] * 2),
        ("No more than two per doctor.", [(None, 2, ())] * 2),
        ("At least two of them, please.", [(None, None, ("block",))] * 2),
        ("It's a run, and they want one body.", [(None, None, ("block",))] * 2),
        ("I would rather not break them up.", [(None, None, ("block",))] * 2),
        ("LKSD needs one physician.", [(None, None, ())] * 2),
        ("The Sunday one is at Pinecrest UC.", [(None, None, ()), (None, None, ("site",))]),
    ],
)
def test_how_many_and_where(
    text: str, expected: list[tuple[str | None, int | None, tuple[str, ...]]]
) -> None:
    shifts = mail(f"{NIGHTS}{text}").shifts
    assert [(one.block, one.choose and one.choose.at_most, one.needs_review) for one in shifts] == expected

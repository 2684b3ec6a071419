"""Schedulers' shorthand, shifts that are given away, slots and answers: what each way of writing them says."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # hours, or a code, before the days
        ("LKSD - February\nSat (0900-1300): 13, 20", ["02-13 0900-1300", "02-20 0900-1300"]),
        ("LKSD - February\n7p-7a: 18, 19", ["02-18 1900-0700", "02-19 1900-0700"]),
        ("LKSD, week of 2/15\nM: 7a-7p\nTh N\nN = 7p-7a", ["02-15 0700-1900", "02-18 1900-0700"]),
        ("LKSD\n2/19 N (7p-7a)\n2/20 N", ["02-19 1900-0700", "02-20 1900-0700"]),
        ("LKSD\n2/19 D\n2/20 N\nD = 7-7, N = 7-7", ["02-19 0700-1900", "02-20 1900-0700"]),
        ("Open at LKSD on Sat 2/20:\n7a-3p\n3p-11p", ["02-20 0700-1500", "02-20 1500-2300"]),
        ("LKSD Sat 2/20 7a/7p", ["02-20 0700-1900"]),
        ("LKSD\n309: Fri 2/19 7p-7a\n310: Sat 2/20 7p-7a", ["02-19 1900-0700", "02-20 1900-0700"]),
        ("LKSD\n20 Feb - night (1900-0700)\n21 Feb - night", ["02-20 1900-0700", "02-21 1900-0700"]),
        ("Two left for Feb at LKSD: the 23rd 7p-7a and the 26th 7a-7p.", ["02-23 1900-0700", "02-26 0700-1900"]),
        ("LKSD\nFri 2/19: D, N\n(D 7a-7p, N 7p-7a) $2400", ["02-19 0700-1900 2400/shift", "02-19 1900-0700 2400/shift"]),
        # two posts, each on all days
        (
            "Need days (7a-7p) and nights (7p-7a) at LKSD on 2/19, 2/20 and 2/27",
            [f"02-{day} {hours}" for hours in ("0700-1900", "1900-0700") for day in (19, 20, 27)],
        ),
        ("7a-7p and 7p-7a at LKSD on 2/19 and 2/20", ["?"]),
        # amounts
        ("LKSD 2/20 7a-7p\n2200 days / 2500 nights", ["02-20 0700-1900 2200/shift"]),
        ("LKSD 2/20 7p-7a, 2400, reply 1 to take", ["02-20 1900-0700 2400/shift"]),
        ("LKSD\nSat 2/20 9a-5p\nSun 2/21 9a-5p\n150/hr, 160 on Sunday",
         ["02-20 0900-1700 150/hour", "02-21 0900-1700 160/hour"]),
        ("LKSD\nSat 2/20 0700-0700\n$5,200 per call day", ["02-20 0700-0700 5200/day"]),
    ],
)  # fmt: skip
def test_shorthand(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I am scheduled at LKSD Sat 2/20 7a-7p. Would anyone be willing to take it?",
        "I'm down for LKSD Sat 2/20 7a-7p and can't make it. Anyone?",
        "Got tickets for the 20th. Anyone want my LKSD Sat 2/20 7a-7p? Tanya is ok with it",
        "Trying to get out of Sat 2/20 7a-7p at LKSD. Happy to swap.",
        "Does anybody want Sat 2/20 7a-7p at LKSD? It's mine, I'd rather not.",
        "Posting my LKSD Sat 2/20 7a-7p for pickup.",
    ],
)
def test_a_shift_that_is_given_away_is_to_be_had(text: str) -> None:
    assert told(mail(text)) == ["02-20 0700-1900"]


@pytest.mark.parametrize(
    "text",
    [
        "I'm working LKSD Sat 2/20 7a-7p. Does anybody know the door code?",
        "I'm scheduled Sat 2/20 7a-7p at LKSD, who else is on?",
        "Can anyone take LKSD Sat 2/20 7a-7p? Someone has it.",
        "Can anyone take LKSD Sat 2/20 7a-7p? Never mind, Kim has it.",
        "I have Sat 2/20 7a-7p at LKSD. Anyone want Sunday?",
        "Can anyone take my Friday day shift at LKSD?",
    ],
)
def test_a_shift_of_somebody_is_a_question(text: str) -> None:
    assert all("?" in one for one in told(mail(text)))
    assert told(mail(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Patel took Fri 2/19 7p-7a. Sat 2/20 7p-7a is still open.", ["02-19 1900-0700 withdrawn", "02-20 1900-0700"]),
        ("Sat 2/20 7p-7a\nKim grabbed it.", ["02-20 1900-0700 withdrawn"]),
        ("Fri 2/19 7p-7a is off the board. We moved it to Sat 2/20, 7p-7a.", ["02-19 1900-0700 withdrawn", "02-20 1900-0700"]),
        ("You're off Fri 2/19 7p-7a and on Sat 2/20 7p-7a.", ["02-19 1900-0700 withdrawn", "02-20 1900-0700 confirmed"]),
        ("Dr. Obi works instead of you: Sat 2/20 7p-7a", ["02-20 1900-0700 withdrawn"]),
        ("We won't be needing you Sat 2/20 7p-7a.", ["02-20 1900-0700 withdrawn"]),
        ("You've got it: Sat 2/20 7p-7a.", ["02-20 1900-0700 confirmed"]),
        ("Done, booked you Sat 2/20 7p-7a.", ["02-20 1900-0700 confirmed"]),
        ("Perfect. Sat 2/20 7p-7a it is.", ["02-20 1900-0700 confirmed"]),
        ("Sat 2/20 7p-7a, reply yes and it's yours.", ["02-20 1900-0700"]),
        ("Sat 2/20 7p-7a. It is yours, tell me by noon Wed 2/10.", ["02-20 1900-0700"]),
        ("Sat 2/20 7p-7a, nobody has claimed it yet.", ["02-20 1900-0700"]),
        ("- Sat 2/20 9a-5p: now 9a-7p", ["02-20 0900-1900 changed"]),
        ("You're on for Sat 2/20 7p-7a.", ["02-20 1900-0700 confirmed"]),
        ("Your 2/20 7p-7a shift was released.", ["02-20 1900-0700 withdrawn"]),
        ("- Sat 2/20 9a-5p: removed", ["02-20 0900-1700 withdrawn"]),
        ("Fri 2/19: none\nSat 2/20: 7p-7a", ["02-20 1900-0700"]),
    ],
)  # fmt: skip
def test_what_became_of_it(text: str, expected: list[str]) -> None:
    assert told(mail(f"LKSD\n{text}")) == expected


def test_twelve_in_the_morning_may_be_noon() -> None:
    assert told(mail("LKSD Sat 2/20 8-12 am")) == ["02-20 0800-1200 ampm?"]
    assert told(mail("LKSD Sat 2/20 4-12a")) == ["02-20 1600-0000"]


def test_the_leg_that_is_wanted_is_a_question_however_vague() -> None:
    assert told(mail("Lee would trade his Sat 2/20 7a-7p at LKSD for any night that week.")) == [
        "02-20 0700-1900",
        "?",
    ]

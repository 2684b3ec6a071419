"""Amounts under several headings, lists of days, who writes, what is seen to, and what has become of shifts."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

DAY, NIGHT = "02-20 0700-1900", "02-21 1900-0700"
MON, TUE = "02-22 0700-1900", "02-23 0700-1900"
MON_NIGHT, TUE_NIGHT = "02-22 1900-0700", "02-23 1900-0700"
EACH = [f"{DAY} 310/hour", f"{NIGHT} 335/hour"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Days 0700-1900, $310/hr\n2/20\n\nNights 1900-0700, $335/hr\n2/21", EACH),
        ("Day shift (7a-7p) - $310/hr\nSat 2/20\n\nNight shift (7p-7a) - $335/hr\nSun 2/21", EACH),
        ("DAYS 7a-7p\n$310/hr\nSat 2/20\n\nNIGHTS 7p-7a\n$335/hr\nSun 2/21", EACH),
        ("Days ($310/hr)\n2/20 7a-7p\n\nNights ($335/hr)\n2/21 7p-7a", EACH),
        ("Days 7a-7p\n2/20\n$310/hr\n\nNights 7p-7a\n2/21\n$335/hr", EACH),
        ("Sat 2/20 7a-7p\n$310/hr\nSun 2/21 7p-7a\n$335/hr", EACH),
        ("$310/hr\nSat 2/20 7a-7p\n$335/hr\nSun 2/21 7p-7a", EACH),
        ("Rate $310/hr\nSat 2/20 7a-7p\nSun 2/21 7p-7a\nNights pay $335/hr", [f"{DAY} pay?", f"{NIGHT} 335/hour"]),
        ("Days 7a-7p, $310/hr for BC, $290/hr for BE\nSat 2/20\nNights 7p-7a, $335/hr\nSun 2/21", [f"{DAY} pay?", f"{NIGHT} 335/hour"]),
        ("Sat 2/20 7a-7p\nSun 2/21 7p-7a\nAll rates go up $15/hr on weekends", [f"{DAY} pay?", f"{NIGHT} pay?"]),
        ("Sat 2/20 7a-7p\n$310/hr for the first 8 hours\nSun 2/21 7p-7a\n$335/hr", [f"{DAY} pay?", f"{NIGHT} pay?"]),
        ("Days 7a-7p\nSat 2/20\nNights 7p-7a\n$310/hr\nSun 2/21\n$335/hr", [f"{DAY} pay?", f"{NIGHT} pay?"]),
    ],
)  # fmt: skip
def test_each_heading_pays_for_the_days_below_it(text: str, expected: list[str]) -> None:
    assert told(mail(f"LKSD needs:\n\n{text}")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LKSD needs somebody on Saturday, Feb 20 from 7a to 7p,\nand again on Mon, Feb 22 from 7a to 7p. Pay is $150 an hour.",
         [f"{DAY} 150/hour", f"{MON} 150/hour"]),
        ("LKSD Sat 2/20 7a-7p\nLKSD Mon 2/22 7a-7p $150/hr", [DAY, f"{MON} 150/hour"]),
    ],
)  # fmt: skip
def test_an_amount_behind_a_sentence_over_lines(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LKSD: Mon, Feb 22, Tue, Feb 23, 7a-7p",
        "LKSD has two shifts:\n  a. Mon, Feb 22\n  b. Tue, Feb 23\n\nHours are 7:00 AM - 7:00 PM.",
        "LKSD has two shifts:\nA) Mon, Feb 22\nB) Tue, Feb 23\n\nShift times: 7 am to 7 pm.",
        "LKSD has two shifts:\ni. Mon, Feb 22\nii. Tue, Feb 23\nThey run from 7 am to 7 pm.",
        "LKSD needs help on two days next month, 7 am to 7 pm each day:\n\nMonday, February 22\nTuesday, February 23",
        "LKSD needs help on the shifts (0700-1900) of Mon, Feb 22 and\nTuesday, February 23.",
    ],
)
def test_days_in_a_list(text: str) -> None:
    assert told(mail(text)) == [MON, TUE]


def test_a_weekday_that_is_of_neither_date_is_asked_about() -> None:
    assert told(mail("LKSD: Mon, Feb 22, Wed, Feb 23, 7a-7p")) == ["?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is Tomas from LKSD. We need somebody Sat 2/20 7a-7p.", [DAY]),
        ("Just heard from LKSD: they need Sat 2/20 7a-7p.", [DAY]),
        ("I am writing on behalf of LKSD. They need a doc Sat 2/20 7a-7p.", [DAY]),
        ("A clinic 10 minutes from LKSD needs somebody Sat 2/20 7a-7p.", [f"{DAY} site?"]),
        (
            "This is Ana from LKSD, now recruiting for Hillview Hospital. We need a doc Sat 2/20 7a-7p.",
            [f"{DAY} site?"],
        ),
        ("LKSD\nQueue: Pediatrics 12+\nDate: Sat 2/20\nTime: 7a-7p", [DAY]),
        ("LKSD\nUnit: Fast Track\nDate: Sat 2/20\nTime: 7a-7p", [DAY]),
        ("LKSD\nUnit: Mapleton\nDate: Sat 2/20\nTime: 7a-7p", ["?"]),
        ("LKSD\nSat 2/20, 7a-7p, Behavioral Health", [DAY]),
    ],
)
def test_who_writes_and_what_is_seen_to_are_no_places(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 2/20 7a-7p at LKSD is without cover. Dr Bell has kindly taken his daytime surgeries.", [DAY]),
        ("Dr. Bell has been taken ill, so LKSD needs cover Sat 2/20 7a-7p.", [DAY]),
        ("LKSD Sat 2/20 7a-7p was covered last night.", [f"{DAY} withdrawn"]),
        ("LKSD has cancelled your shifts of Saturday, Feb 20 and Monday, Feb 22 (7a-7p).",
         [f"{DAY} withdrawn", f"{MON} withdrawn"]),
        ("Thank you for your interest in the LKSD shifts of Sat 2/20 and Mon 2/22, 7a-7p.\nWe regret that another physician was selected for both.",
         [f"{DAY} withdrawn", f"{MON} withdrawn"]),
        ("LKSD\nSat 2/20 7a-7p, Mon 2/22 7a-7p. Monday is covered, Saturday is open.", [f"{DAY} status?", f"{MON} status?", "?"]),
        ("Dr. Osei is giving away LKSD Sat 2/20 7a-7p. Straight giveaway, he does not need anything back. Anyone?", [DAY]),
        ("Can anyone do LKSD Sat 2/20 7a-7p? Reply Y and it's yours.", [DAY]),
    ],
)  # fmt: skip
def test_what_has_become_of_it(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


def test_settled_and_beside_it_a_question_that_puts_nothing_up() -> None:
    text = "LKSD\nSat 2/20\n7a-7p\n\nNeed to hand it back? Call the desk at least 72 hours ahead."
    assert told(mail(text, subject="You're confirmed")) == [f"{DAY} confirmed"]

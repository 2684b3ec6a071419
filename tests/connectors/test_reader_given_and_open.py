"""An answer that gives one shift, and puts up others: which of them pay what, and at which hours."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

GIVEN = "02-18 0700-1900 confirmed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are booked for Thu 2/18, 7a-7p at Lakeside ED.\n\nAny way you could do Fri 2/19 too, same hours?", [GIVEN, "02-19 0700-1900"]),
        ("You are confirmed for Thu 2/18, 7a-7p at Lakeside ED.\n\nWould you take Fri 2/19 as well, same shift?", [GIVEN, "02-19 0700-1900"]),
        ("Lakeside ED Thu 2/18 7a-7p is open.\n\nI also need Fri 2/19, same time.", ["02-18 0700-1900", "02-19 0700-1900"]),
    ],
)  # fmt: skip
def test_the_same_hours_are_the_only_ones_above(text: str, expected: list[str]) -> None:
    assert told(mail(text, subject="Re: days")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You are confirmed for Thu 2/18, 7a-7p and Sat 2/20, 7p-7a at Lakeside ED.\n\nCould you do Fri 2/19 too, same hours?",
        "You are confirmed for Thu 2/18, 7a-7p at Lakeside ED. The desk is staffed 8a-5p.\n\nCould you do Fri 2/19 too, same hours?",
        "You are confirmed for Thu 2/18, 7a-7p at Lakeside ED.\n\nCould you do Fri 2/19 too, same hours as last week?",
    ],
)  # fmt: skip
def test_the_same_hours_as_nobody_knows_which_are_a_question(text: str) -> None:
    reading = told(mail(text, subject="Re: days"))
    assert "?" in reading
    assert not any(one.startswith("02-19") and "?" not in one for one in reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks for getting back to me. thursday is good, putting you down for 2/18 7a-7p at Lakeside ED", [GIVEN]),
        ("Thu sounds perfect, I put you on the schedule for 2/18 7a-7p at Lakeside ED.", [GIVEN]),
        ("We just put you down for Thu 2/18 7a-7p at Lakeside ED.", [GIVEN]),
        ("Thursday works, signed you up for 2/18 7a-7p at Lakeside ED\n\ni still have\nfri 2/19 7a-7p\nsat 2/20 9a-3p\nthose two are 155/hr", [GIVEN, "02-19 0700-1900 155/hour", "02-20 0900-1500 155/hour"]),
        ("putting you down for 2/18 7a-7p at Lakeside ED\n\nalso open:\nfri 2/19 7a-7p\nsat 2/20 9a-3p\nboth are $155/hr", [GIVEN, "02-19 0700-1900 155/hour", "02-20 0900-1500 155/hour"]),
    ],
)  # fmt: skip
def test_who_is_put_down_for_a_day_is_confirmed(text: str, expected: list[str]) -> None:
    assert told(mail(text, subject="Re: days")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Friday is good, putting you down for 2/18 7a-7p at Lakeside ED",
        "Thursday is good if Kim agrees, putting you down for 2/18 7a-7p at Lakeside ED",
        "I could put you down for Thu 2/18 7a-7p at Lakeside ED",
        "Putting you down for Thu 2/18 7a-7p at Lakeside ED tentatively",
        "Should I put you down for Thu 2/18 7a-7p at Lakeside ED?",
        "Putting you down for Thu 2/18 7a-7p at Lakeside ED as backup",
    ],
)
def test_what_is_not_settled_is_not_confirmed(text: str) -> None:
    reading = told(mail(text, subject="Re: days"))
    assert not any("confirmed" in one and "?" not in one for one in reading)

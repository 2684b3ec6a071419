"""Pay and dates that stand beside shifts in a sentence of their own, or in few signs."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sat 3/13 7p-7a. $270/hr. Also Mon 3/15 12p-12a at $250/hr.",
            "03-13 1900-0700 270/hour 03-15 1200-0000 250/hour",
        ),
        (
            "Fri 2/5, 9a-5p. Pay is $1,400. Then Sat 2/6, 9a-3p, $1,100.",
            "02-05 0900-1700 1400/shift 02-06 0900-1500 1100/shift",
        ),
        (
            "Sat 2/20 7a-7p 155/hr, also Sun 2/21 9a-5p same $.",
            "02-20 0700-1900 155/hour 02-21 0900-1700 155/hour",
        ),
        (
            "Sat 2/20 7a-7p $2,300; Sun 2/21 7p-7a for the same money",
            "02-20 0700-1900 2300/shift 02-21 1900-0700 2300/shift",
        ),
        (
            "Sat 3/13 7p-7a. $270/hr. Also Mon 3/15 12p-12a.",
            "03-13 1900-0700 270/hour 03-15 1200-0000 270/hour",
        ),
        (
            "Sat 3/13 7p-7a. For $270/hr also Mon 3/15 12p-12a.",
            "03-13 1900-0700 pay? 03-15 1200-0000 270/hour",
        ),
        (
            "Sat 3/13 7p-7a $200/hr, Mon 3/15 9a-5p $180/hr, Tue 3/16 9a-5p same pay",
            "03-13 1900-0700 pay? 03-15 0900-1700 pay? 03-16 0900-1700 pay?",
        ),
        (
            "Sat 3/13 7p-7a, bill rate $300/hr. Sun 3/14 7a-7p same rate",
            "03-13 1900-0700 03-14 0700-1900 pay?",
        ),
        ("Sat 3/13 7p-7a, same pay as Sunday", "03-13 1900-0700 date? pay?"),
    ],
)
def test_an_amount_between_shifts_and_the_same_again(text: str, expected: str) -> None:
    """An amount alone is of those before it where those behind have their own; the same is one that stands before."""
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("105/hr (sterling)", "105/hour GBP"),
        ("95 an hour, pounds", "95/hour GBP"),
        ("850 a session in pounds", "850/shift GBP"),
        ("105/hr", "105/hour USD"),
        ("$105/hr, 5 pounds lighter", "105/hour USD"),
    ],
)
def test_pounds_in_words(text: str, expected: str) -> None:
    (shift,) = mail(f"LKSD Sat 2/20 9a-5p, {text}").shifts
    assert shift.pay
    assert f"{shift.pay.amount.normalize():f}/{shift.pay.unit} {shift.pay.currency}" == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reply YES to claim or STOP to opt out.", ""),
        ("Text 1 to accept, 2 to pass or STOP to unsubscribe", ""),
        ("Reply YES to claim or STOP to end this shift", "wording?"),
        ("$110 per visit (min 2 visits an hour guaranteed = $220/hr)", "220/hour"),
        ("$90 a visit, minimum two patients, guarantee $180/hr", "180/hour"),
        ("$110 per visit", "110/visit"),
    ],
)
def test_codes_to_answer_with_and_what_is_guaranteed(text: str, expected: str) -> None:
    assert " ".join(read(f"Sat 2/20 9a-5p. {text}")) == f"02-20 0900-1700 {expected}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 5/31 7a-7p, Memorial Day: $2,900", "05-31 0700-1900 2900/shift"),
        ("Sun 7/4 (4th of July, $300/hr) 7a-7p", "07-04 0700-1900 300/hour"),
        ("Sat 2/20 7a-7p, quiet after Christmas", "02-20 0700-1900"),
        ("Sun 5/30 7a-7p, Memorial Day 8a-4p", "05-30 0700-1900 date? 05-30 0800-1600 date?"),
        ("Sat 3/13 7a-7p, NYE 7p-7a", "03-13 0700-1900 date? 03-13 1900-0700 date?"),
        ("Fri 9/3 7a-7p; Labor Day from 9a-5p", "09-03 0700-1900 date? 09-03 0900-1700 date?"),
    ],
)
def test_a_feast_with_hours_is_a_day_by_itself(text: str, expected: str) -> None:
    """Of the day before it only where it falls on it."""
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat Mar 20, 7a-7p. Need a word by Monday (3/1) 10 am.", "03-20 0700-1900 by 03-01 1000"),
        ("Mon 3/1, 7a-7p", "03-01 0700-1900"),
        ("Wed 3/10, 7a-7p", "03-10 0700-1900"),
        ("3/1, 7a-7p", "?"),
    ],
)
def test_of_two_days_on_the_same_weekday_one_in_ten_months_is_not_meant(text: str, expected: str) -> None:
    """Where nobody knows the sender's order of day and month."""
    reading = mail(f"LKSD {text}", sender="someone@hospital.example")
    by = [f"by {one.respond_by:%m-%d %H%M}" for one in reading.shifts if one.respond_by]
    assert " ".join([*told(reading), *by]) == expected

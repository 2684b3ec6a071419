"""How schedulers and colleagues write on a working day: why a shift is open, who has it by now, what is said of all at once."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Tremont's knee is getting replaced, so LKSD is open Sat 2/20 7a-7p.",
        "LKSD needs somebody Sat 2/20 7a-7p because the flu has knocked half of us over.",
        "Sorry to be a pest, but LKSD Sat 2/20 7a-7p is still open.",
        "LKSD needs a doc Sat 2/20 7a-7p. Osei had it but his wife went into labor early.",
        "I've got to drop Sat 2/20 7a-7p LKSD, my daughter's recital got moved to that day. Anyone able to pick it up?",
    ],
)
def test_why_a_shift_is_open_may_be_in_any_words(text: str) -> None:
    assert told(mail(text)) == ["02-20 0700-1900"]


@pytest.mark.parametrize(
    "text",
    [
        "LKSD is open Sat 2/20 7a-7p because Kim may be out, we will know Friday.",
        "We may have someone, but LKSD Sat 2/20 7a-7p is still open.",
        "LKSD Sat 2/20 7a-7p. Osei had it but then Kim took over.",
        "LKSD Sat 2/20 7a-7p. A local doc is thinking about it.",
        "LKSD Sat 2/20 7a-7p, $2300. Location may change.",
        "Riverside needs help, so Sat 2/20 7a-7p is open. LKSD is fine.",
        "LKSD Sat 2/20 7a-7p, $2300\nKim has it.",
        "LKSD Sat 2/20 7a-7p, $2300\nDr. Patel has it.",
        "LKSD Sat 2/20 7a-7p, $2300\nLee said she will take it.",
    ],
)
def test_a_reason_that_may_not_hold_and_whoever_may_have_it_are_asked_about(text: str) -> None:
    found = told(mail(text))
    assert found
    assert all("?" in one for one in found)


def test_an_unknown_name_before_a_colon_may_be_another_place() -> None:
    first, second = told(
        mail("Fairmont Step-Down Unit: Thu 4/1, 7a-7p, $200/hr\nLKSD: Thu 4/1, 8a-4p, $150/hr")
    )
    assert "?" in first
    assert second == "04-01 0800-1600 150/hour"


def test_a_status_before_a_colon_is_that_of_each_behind_it() -> None:
    assert told(mail("LKSD\nCovered: Sat 2/20 7a-7p; Sun 2/21 7a-7p.\nRemaining: Mon 2/22 7a-7p")) == [
        "02-20 0700-1900 withdrawn",
        "02-21 0700-1900 withdrawn",
        "02-22 0700-1900",
    ]


def test_hours_below_a_date_and_its_hours_are_of_that_date() -> None:
    text = "LKSD\nGood Friday, 26 March\n  0800-1400\n  2000-0800\nEaster Sunday, 28 March\n  1400-2000"
    assert told(mail(text)) == ["03-26 0800-1400", "03-26 2000-0800", "03-28 1400-2000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LKSD needs 1 for 3/5 11a-11p & 1 for 3/7 7a-7p", ["03-05 1100-2300", "03-07 0700-1900"]),
        ("LKSD Sat 2/20 noon to 8", ["02-20 1200-2000"]),
        ("LKSD Sat 2/20 between 3 and 11 pm", ["02-20 1500-2300"]),
        (
            "Your LKSD shift Sat 2/20 now starts at 9a instead of 7a and still ends at 7p.",
            ["02-20 0900-1900 changed"],
        ),
        (
            "LKSD\n3/1 6a-4p\n3/2 10p-6a\n\n$240/hr; the 10p-6a pays $270/hr.",
            ["03-01 0600-1600 240/hour", "03-02 2200-0600 270/hour"],
        ),
        (
            "LKSD Sat 2/20 7a-7p\n\nPlease email rather than ring, the phones are dreadful on Mondays.",
            ["02-20 0700-1900"],
        ),
    ],
)
def test_notation(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


def test_an_answer_by_a_weekday_is_not_of_the_week_that_is_named() -> None:
    reading = mail("LKSD needs a doc for the week of March 8, Mon and Tue, 7a-7p. Please reply by Thursday.")
    assert {f"{shift.respond_by:%m-%d}" for shift in reading.shifts if shift.respond_by} == {"01-07"}

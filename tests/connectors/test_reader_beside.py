"""Sentences beside a shift: what is about something else changes nothing wherever it stands, and what may take it back is asked about."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

SLOT = "LKSD Sat 2/20 7a-7p, $2,300 a shift"
ABOUT_SOMETHING_ELSE = [
    "The west garage is closed for repairs, park on the street.",
    "Your privileges are good through December.",
    "Timesheets are due Monday.",
    "The helicopter pad reopened last spring.",
    "The road over the pass may be closed.",
    "The office closes at 4.",
    "Swaps must be approved by the scheduler.",
    "My in-laws are visiting that weekend.",
    "The nurses keep asking when you are coming back.",
    "Please do not forward this message.",
    "You are receiving this because you are on our per diem list.",
    "Please ignore the automatic reply.",
    "A confirmation will follow once the client signs.",
    "If you need to cancel, call the desk.",
    "There may be more in April.",
    "Thanks for covering last Sunday.",
    "There is an NP on until 11 pm.",
    "Single coverage after midnight.",
    "Sign-out is at 6:45.",
    "Nights are usually slow this time of year.",
    "If not, I will ask around.",
    "I would do it myself but I am over my hours.",
    "Everything else is covered.",
    "The rest of the month is covered.",
    "All other dates are filled.",
]
MAY_TAKE_IT_BACK = [
    "It's gone now.",
    "It is on hold.",
    "It may be cancelled.",
    "Not confirmed yet.",
    "Pending approval.",
    "Waiting on the director.",
    "Only if census stays up.",
    "Backup only.",
    "Kim said yes.",
    "Kim has first refusal.",
    "Two others are interested.",
    "I promised it to Kim.",
    "The need has been met.",
    "We have coverage.",
    "We'll manage without.",
    "We are closing the unit.",
    "Can I have it?",
    "You are on.",
    "You were selected.",
    "The date above is wrong.",
    "It starts an hour later than that.",
    "The rate may change.",
    "Less agency fees.",
    "It is at the other campus.",
]


@pytest.mark.parametrize("sentence", ABOUT_SOMETHING_ELSE)
def test_what_is_about_something_else_is_no_question(sentence: str) -> None:
    """Below a shift, above it, and behind it on its line."""
    expected = ["02-20 0700-1900 2300/shift"]
    assert told(mail(f"We need a doctor:\n\n{SLOT}\n\n{sentence}")) == expected
    assert told(mail(f"{sentence}\n\nWe need a doctor:\n\n{SLOT}")) == expected
    assert told(mail(f"We need a doctor: {SLOT}. {sentence}")) == expected


@pytest.mark.parametrize("sentence", MAY_TAKE_IT_BACK)
def test_what_may_take_it_back_is_a_question(sentence: str) -> None:
    for text in (f"{SLOT}\n\n{sentence}", f"{SLOT}. {sentence}"):
        found = mail(text)
        assert found.unresolved or any(
            one.needs_review or one.status not in ("offered", "changed") for one in found.shifts
        )


@pytest.mark.parametrize(
    "text",
    [
        f"{SLOT}\nLKSD Sun 2/21 7a-7p\n\nThe 21st is still open. Everything else is covered.",
        f"{SLOT}\n\nThe census is low so it may be cancelled.",
        f"{SLOT}\n\nThe portal shows it as filled.",
    ],
)
def test_what_goes_on_to_the_shift_is_not_set_aside(text: str) -> None:
    assert any(one.needs_review for one in mail(text).shifts) or mail(text).unresolved


def test_what_is_set_aside_says_when_to_answer_all_the_same() -> None:
    found = mail(f"{SLOT}\n\nThe office needs your answer by Friday.").shifts
    assert [one.respond_by and one.respond_by.day for one in found] == [8]


@pytest.mark.parametrize(
    "text",
    [
        "I'm writing to see whether you might be free on Sat 2/20 (7a-7p) at LKSD.",
        "We've had a cancellation on our side and LKSD is now open Sat 2/20 7a-7p.",
        "Dr. Wen has asked to give up Sat 2/20 7a-7p at LKSD. Would you like it?",
        "LKSD Sat 2/20 7a-7p. If I don't hear back I'll give it to the agency.",
        "Our February calendar has exactly one gap, LKSD Sat 2/20 7a-7p.",
        "We will be short at LKSD on Sat 2/20, 7a-7p, and it is for whoever takes it.",
    ],
)
def test_how_it_is_put_up_changes_nothing(text: str) -> None:
    assert told(mail(text)) == ["02-20 0700-1900"]


def test_until_when_somebody_has_the_first_pick() -> None:
    found = mail("LKSD Sat 2/20 7a-7p. You have first pick until noon tomorrow.").shifts
    assert [(one.respond_by and one.respond_by.hour, one.needs_review) for one in found] == [(12, ())]


@pytest.mark.parametrize(
    "text",
    [
        "I thought you might like this one: LKSD Sat 2/20 7a-7p.",
        "LKSD has added a second physician on Sat 2/20. That shift is 7a-7p.",
        "The attending for Sat 2/20 at LKSD fell ill. 7a-7p. Call me any time before 9 pm.",
        "We need LKSD Sat 2/20 7a-7p covered. We had Ravi on but he can't come.",
    ],
)
def test_why_and_for_whom_it_came_up(text: str) -> None:
    assert told(mail(text)) == ["02-20 0700-1900"]


def test_your_shift_that_moved_is_gone_from_its_day() -> None:
    text = "Your LKSD shift on Sat 2/20 (7a-7p) has been moved to Sun 2/21, same hours."
    assert told(mail(text)) == ["02-20 0700-1900 withdrawn", "02-21 0700-1900"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The other doc that day is Dr. Wen.",
        "You would be working with Dr. Patel on the day side.",
        "Ask Dr. Wen about it, she worked there last month.",
        "They switched to Epic in the fall.",
        "You can leave early if it is quiet.",
        "Let's talk if the money is not right.",
    ],
)
def test_whom_you_meet_there_changes_nothing(sentence: str) -> None:
    assert told(mail(f"{SLOT}. {sentence}")) == ["02-20 0700-1900 2300/shift"]


@pytest.mark.parametrize(
    "until",
    [
        "LKSD Sat 2/20 7a-7p (please confirm by 1/6).",
        "LKSD Sat 2/20 7a-7p. RSVP 1/6.",
        "LKSD Sat 2/20 7a-7p. Let me know today or tomorrow if at all possible.",
    ],
)
def test_until_when_in_a_bracket_or_without_by(until: str) -> None:
    found = mail(until).shifts
    assert [(one.respond_by and one.respond_by.day, one.needs_review) for one in found] == [(6, ())]


def test_what_was_only_thought_to_be_covered_is_not_gone() -> None:
    found = mail("We thought LKSD Sat 2/20 7a-7p was covered but it is not.").shifts
    assert [one.status for one in found] == ["offered"]


@pytest.mark.parametrize(
    "text",
    [
        "Is LKSD Sat 2/20 7a-7p still available?",
        "Who is working LKSD Sat 2/20 7a-7p?",
        "NP coverage needed LKSD Sat 2/20 7a-7p.",
        "We're giving LKSD Sat 2/20 7a-7p to our own staff first.",
        "Would you be willing to give up LKSD Sat 2/20 7a-7p?",
        "LKSD Sat 2/20 around 7a-7p.",
    ],
)
def test_what_nobody_puts_up_is_a_question(text: str) -> None:
    assert all(one.needs_review for one in mail(text).shifts)


def test_that_one_of_them_is_a_help_limits_nothing() -> None:
    text = "LKSD Sat 2/20 7a-7p\nLKSD Sun 2/21 7a-7p\n\n"
    assert told(mail(f"{text}If you can only do one that is already a big help.")) == [
        "02-20 0700-1900",
        "02-21 0700-1900",
    ]
    assert all(one.needs_review for one in mail(f"{text}You can only do one.").shifts)

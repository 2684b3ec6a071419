"""Sentences of which every word is known, and that still make a line of shifts no offer: each must end in a question."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

SHIFT = "LKSD 2/20 7a-7p"


def asserted(text: str, subject: str = "Shifts") -> list[str]:
    """The shifts that are put up and in no question."""
    found = mail(text, subject=subject)
    return [one for one in told(found) if "?" not in one and "withdrawn" not in one]


@pytest.mark.parametrize(
    "said",
    [
        "for nurses",
        "NP shift",
        "PA only",
        "APP coverage",
        "internal staff only",
        "scribe needed",
        ": thanks Dr. Patel for taking it!",
        "we are good",
        "same next week",
        "our team",
        "by agency",
        "group will cover",
        "we can cover",
        "I'll do it",
        "works for me",
        "last time it was $2500",
        "$2500 less 10% fee",
        "credit $2500",
        "me",
        "n/a",
        "through the weekend",
        "etc.",
        "and more",
        "volunteer",
    ],
)
def test_what_is_said_on_the_line(said: str) -> None:
    assert asserted(f"{SHIFT} {said}") == []


@pytest.mark.parametrize(
    "text",
    [
        "LKSD ~2/20 7a-7p",
        "LKSD around 2/20 7a-7p",
        "LKSD any day 2/20-2/25 7a-7p",
        "LKSD one of 2/20, 2/21 7a-7p",
        "LKSD Feb 3-4 shifts 7a-7p",
        "Hotel check-in 2/19 3p-11p LKSD",
        "LKSD clinic hours 2/20 8a-5p",
        "LKSD skills lab 2/20 7a-9a",
        "LKSD site visit 2/20 8a-4p",
        "My shift at LKSD 2/20 7a-7p",
        "My wife works LKSD 2/20 7a-7p",
        "Did you work LKSD 2/20 7a-7p?",
        "Thanks for your interest in LKSD 2/20 7a-7p",
        "You will be working LKSD 2/20 7a-7p $2300",
        "The LKSD call room is available 2/20 7a-7p",
        "LKSD open: 2/20 days, 2/21 nights (7-7)",
        "Please confirm LKSD 2/20 7a-7p",
        "Remember when LKSD needed 2/20 7a-7p?",
    ],
)
def test_what_the_line_is_about(text: str) -> None:
    assert asserted(text) == []


def test_a_part_of_a_day_is_no_date() -> None:
    assert told(mail("LKSD 2/20 2/3 time 7a-7p"))[:1] == ["02-20 0700-1900"]
    assert not any(one.startswith("02-03") for one in told(mail("LKSD 2/20 2/3 time 7a-7p")))


def test_a_date_in_a_sentence_of_its_own_is_no_shift_of_the_next() -> None:
    assert told(mail("Rates go up 2/20. LKSD 2/13 7a-7p $2300")) == ["02-13 0700-1900 2300/shift", "?"]


@pytest.mark.parametrize(
    "below",
    [
        "Correction: 8a-8p",
        "sorry meant night",
        "EDIT: found someone",
        "never mind, we got it",
        "This is for internal staff only.",
        "Nurse practitioners only please.",
        "NPs and PAs only.",
        "Second one starts at 8a.",
        "All times are approximate.",
        "Hours may change.",
        "Dates are tentative.",
        "These have not been approved yet.",
        "We may not need these.",
        "We only need one.",
        "One provider needed for either day.",
        "Subject to credentialing.",
        "At the Westlake campus.",
        "Add an hour for handoff.",
        "These are Eastern.",
    ],
)
def test_what_is_said_below(below: str) -> None:
    assert asserted(f"LKSD open shifts:\n2/20 7a-7p\n2/21 7a-7p\n{below}") == []


@pytest.mark.parametrize(
    "above",
    [
        "The following are for APPs:",
        "RN openings:",
        "Here is who is working:",
        "What Lee is keeping:",
        "Lee's shifts:",
        "Vacation requests:",
        "Already staffed:",
        "Completed:",
        "Assigned:",
        "Pending:",
        "Not open:",
        "Please do not take these:",
        "Shifts I want:",
        "I can work:",
        "Please verify your hours:",
    ],
)
def test_what_is_said_above(above: str) -> None:
    assert asserted(f"{above}\n{SHIFT}") == []


@pytest.mark.parametrize(
    "subject",
    [
        "Nursing shifts",
        "Last year's schedule",
        "Draft - do not send",
        "Example of the new format",
        "TEST",
        "Your upcoming week",
        "Payroll",
        "Payment processed",
        "Survey: how was your shift?",
        "Time off request",
        "Shift claimed",
        "New shift assigned",
    ],
)
def test_what_the_subject_says(subject: str) -> None:
    assert asserted(SHIFT, subject) == []


@pytest.mark.parametrize(
    "field",
    [
        "Provider: Example, R",
        "Assigned to: Lee",
        "Role: Nurse",
        "Discipline: RN",
        "Openings: 0",
        "Remaining: none",
        "Notes: cancelled if census low",
        "Type: Vacation",
    ],
)
def test_what_a_field_says(field: str) -> None:
    assert asserted(f"Date: 2/20/2027\nFacility: Lakeside ED\nTime: 7a-7p\n{field}") == []


@pytest.mark.parametrize(
    "plain",
    [
        "Role: Physician",
        "Position: ED MD",
        "Assigned to: OPEN",
        "Openings: 1",
        "Notes: bring your badge",
        "Type: Night shift",
    ],
)
def test_a_plain_field_says_nothing_against_it(plain: str) -> None:
    assert asserted(f"Date: 2/20/2027\nFacility: Lakeside ED\nTime: 7a-7p\n{plain}") == ["02-20 0700-1900"]


@pytest.mark.parametrize(
    "text",
    [
        f"{SHIFT} with NP support all day",
        f"{SHIFT}, we cover your travel",
        "Can anyone cover my shift? LKSD 2/20 7a-7p",
        f"MDs and APPs welcome. {SHIFT}",
        f"Client confirmed the need at LKSD:\n{SHIFT}",
        f"Second request, nobody has confirmed yet:\n{SHIFT}",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert asserted(text) == ["02-20 0700-1900"]


def test_either_day_of_one_line_leaves_the_others_alone() -> None:
    found = told(mail("LKSD\n2/15 7a-5p\n2/16 7a-5p\neither Thu 2/18 or Fri 2/19, 7a-5p"))
    assert found[:2] == ["02-15 0700-1700", "02-16 0700-1700"]
    assert all("choose?" in one for one in found[2:])


def test_what_the_reader_would_give_up_is_a_question() -> None:
    text = "Lee has proposed a trade.\n\nYou would pick up: Sat 2/13 0700-1900 LKSD\nYou would give up: Sun 2/21 0700-1900 LKSD"
    assert told(mail(text)) == ["02-13 0700-1900", "?"]


def test_a_word_that_explains_one_sentence_explains_no_other() -> None:
    text = "The office line is 5550100 and LKSD is short for March. What is left is Saturday the 6th"
    assert told(mail(text)) == ["?"]


def test_an_end_of_an_offer_in_its_own_sentence_is_its_deadline() -> None:
    found = mail(f"{SHIFT}\n\nThis proposal expires 01/27/2027.")
    assert [shift.respond_by and f"{shift.respond_by:%m-%d %H%M}" for shift in found.shifts] == ["01-27 2359"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("Feb 5, 6, 7 and 8 (Fri-Mon)", ["02-05", "02-06", "02-07", "02-08"]),
        ("April 16, 17 and 18 (Fri, Sat, Sun)", ["04-16", "04-17", "04-18"]),
    ],
)
def test_weekdays_in_a_bracket_are_those_of_the_dates_before_it(days: str, expected: list[str]) -> None:
    assert told(mail(f"LKSD {days}, 7a-7p")) == [f"{day} 0700-1900" for day in expected]
    assert asserted(f"LKSD {days.replace('Fri', 'Thu')}, 7a-7p") == []


def test_hours_below_a_heading_that_says_nothing_are_hours() -> None:
    text = (
        "<table><tr><th>Day</th><th>Date</th><th>Block</th></tr>"
        "<tr><td>Saturday</td><td>February 20</td><td>7:00 AM - 3:00 PM</td></tr></table><p>LKSD</p>"
    )
    assert told(mail(text)) == ["02-20 0700-1500"]


def test_what_is_gone_is_not_the_day_that_is_put_up_instead() -> None:
    """Neither is asserted to be gone."""
    found = told(mail("We had 2/20 7a-7p at LKSD but it is gone, I have 2/21 7a-7p."))
    assert all("?" in one for one in found)

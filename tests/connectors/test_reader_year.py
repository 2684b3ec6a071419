"""What is told once for several shifts, in a year's mixture of mail: a status, hours, pay, a deadline; and what sounds alike."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

SAT, SUN = "02-20 0700-1900", "02-21 0700-1900"
FIELDS = "\n\nLKSD\nSat 02/20/2027\n7:00 AM - 7:00 PM\n\nPlease badge in at the desk."
TWO = "\n\nLKSD\nSat 2/20 7a-7p\nSun 2/21 7a-7p\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Your shift is confirmed.{FIELDS}", [f"{SAT} confirmed"]),
        (f"You're confirmed!{FIELDS}", [f"{SAT} confirmed"]),
        (f"Great news, the shift is yours.{FIELDS}", [f"{SAT} confirmed"]),
        (f"Both of these are confirmed.{TWO}", [f"{SAT} confirmed", f"{SUN} confirmed"]),
        (f"These have both been filled, thank you all.{TWO}", [f"{SAT} withdrawn", f"{SUN} withdrawn"]),
        (f"Your shift is confirmed.{TWO}", [f"{SAT} status?", f"{SUN} status?"]),
        (f"Your shift is confirmed.{FIELDS} Can you do Sunday as well?", [f"{SAT} status?", "?"]),
        (f"Your shift is confirmed.{FIELDS}\n\nLeft:\nSun 2/21 7a-7p", [f"{SAT} status?", f"{SUN} status?"]),
        (f"Your request was approved. It was a hand-back.{FIELDS}", [f"{SAT} status?", "?"]),
    ],
)
def test_a_status_in_one_sentence_above(text: str, expected: list[str]) -> None:
    """Of one shift or of several, as it says; where anything else may be meant, a question."""
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The rate for the open shift at LKSD on Sat 2/20, 7:00 AM to 7:00 PM has been increased to $240/hr. It is still available.",
        "LKSD Sat 2/20 7a-7p: the rate was just bumped to $240/hr. Still open.",
        "We have raised Sat 2/20 7a-7p at LKSD to $240/hr.",
        "Rate increase! LKSD Sat 2/20 7a-7p, now $240/hr, still open.",
    ],
)
def test_a_rate_that_went_up(text: str) -> None:
    assert told(mail(text)) == [f"{SAT} changed 240/hour"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have Sat 2/20 from 7a to 7p open, as well as\nSun 2/21 from 7a to 7p. Both pay $220/hr.", ["220/hour"] * 2),
        ("On Sat 2/20 there is 7a to 7p, and on\nSun 2/21 there is 7a to 7p. The rate is $220/hr for either.", ["220/hour"] * 2),
        ("Could you do Sat 2/20 7a-7p and\nSun 2/21 7a-7p? $4,000 for both.", ["4000/block block"] * 2),
        ("Sat 2/20 7a-7p and Sun 2/21 7a-7p. $2,600 each or $5,500 if you take both.", ["pay?"] * 2),
        ("My eternal thanks plus $2,500 a pop:\nSat 2/20 7a-7p\nSun 2/21 7a-7p", ["pay?"] * 2),
        ("Sat 2/20 7a-7p\nSun 2/21 7a-7p\n$230/hr for day shifts.", ["230/hour"] * 2),
        ("Sat 2/20 7a-7p\nSun 2/21 7a-7p\n$230/hr for evening shifts.", ["pay?"] * 2),
        ("Sat 2/20 7a-7p\nSun 2/21 7a-7p\nSame rate as before, $230/hr.", ["230/hour"] * 2),
        ("Sat 2/20 7a-7p\nSun 2/21 7a-7p\n$110 per visit, 30-minute visits, 2 an hour.", ["110/visit"] * 2),
        ("Sat 2/20 7a-7p\n$230/hr, quiggle only\nSun 2/21 7a-7p\n$250/hr", ["250/hour pay?", "pay?"]),
    ],
)  # fmt: skip
def test_what_several_pay(text: str, expected: list[str]) -> None:
    assert told(mail(f"LKSD\n\n{text}")) == [f"{SAT} {expected[0]}", f"{SUN} {expected[1]}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have it on hold for you until Fri 1/8.", "2027-01-08 23:59"),
        ("It is yours until Fri 1/8.", "2027-01-08 23:59"),
        ("Good through Fri 1/8.", "2027-01-08 23:59"),
        ("They would like an answer by the 10th.", "2027-01-10 23:59"),
        ("Last call before it goes to the agencies tomorrow at noon.", "2027-01-06 12:00"),
        ("Dr. Kim has first refusal until Fri 1/8.", None),
        ("It is on hold for another physician until Fri 1/8.", None),
    ],
)
def test_until_when_it_is_to_be_had(text: str, expected: str | None) -> None:
    """Who else it may be held for is a question."""
    (shift,) = mail(f"LKSD Sat 2/20 7a-7p, $200/hr\n\n{text}").shifts
    assert (f"{shift.respond_by:%Y-%m-%d %H:%M}" if shift.respond_by else None) == expected
    assert bool(shift.needs_review) == (expected is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All are 7a-7p unless noted:\nSat 2/20\nSun 2/21", [SAT, SUN]),
        ("(7a-7p unless otherwise noted)\n2/19 (7p-7a), 2/20, 2/21", ["02-19 1900-0700", SAT, SUN]),
        ("February 20-21\n\n7a-7p", [SAT, SUN]),
        ("Weekend of 2/20:\nSat 7a-7p\nSun 7a-7p", [SAT, SUN]),
        ("These February days are open. All are 7a-7p.\n\nFebruary\n* Sat 20\n* Sun 21", [SAT, SUN]),
        ("The 7a-7p on Sat 2/20 has been moved to 11a-11p the same day.", ["02-20 1100-2300 changed"]),
    ],
)
def test_hours_that_stand_apart_from_their_days(text: str, expected: list[str]) -> None:
    assert told(mail(f"LKSD\n\n{text}")) == expected


@pytest.mark.parametrize(
    "beside",
    [
        "I'm in the office until 4 today.",
        "As a reminder of how we work, the unit has 16 beds.",
        "Shall I put you down?",
        "Nobody else has been presented yet.",
        "We'll owe you a steak dinner.",
        "The April dates have all been filled.",
        "They don't have to be together.",
        "You might even get some sleep.",
    ],
)
def test_what_changes_nothing_beside_shifts(beside: str) -> None:
    assert told(mail(f"LKSD Sat 2/20 7a-7p $200/hr\n\n{beside}")) == [f"{SAT} 200/hour"]


def test_what_may_only_be_had_in_part_is_a_question() -> None:
    assert told(mail(f"{TWO}\nYou can only do one because of the budget.")) == [
        f"{SAT} choose?",
        f"{SUN} choose?",
    ]


def test_what_became_of_requests_by_a_column() -> None:
    rows = "".join(
        f"<tr><td>{day}</td><td>7a-7p</td><td>{word}</td></tr>"
        for day, word in (("2/20", "Approved"), ("2/21", "Denied"))
    )
    table = f"<table><tr><th>Date</th><th>Shift</th><th>Status</th></tr>{rows}</table>"
    assert told(mail(f"<p>Your requests at LKSD:</p>{table}")) == [f"{SAT} confirmed", f"{SUN} withdrawn"]
    assert told(mail(f"<p>Your drop requests at LKSD:</p>{table}")) == [f"{SAT} status?", f"{SUN} status?"]


@pytest.mark.parametrize(
    ("give", "get"),
    [
        ("You work: my LKSD Sat 2/20 7a-7p", "I work: your Sun 2/21 7a-7p"),
        ("You'd get: LKSD Sat 2/20 7a-7p", "I'd get: Sun 2/21 7a-7p"),
        ("Mine: LKSD Sat 2/20 7a-7p", "Yours: Sun 2/21 7a-7p"),
    ],
)
def test_both_legs_of_a_trade(give: str, get: str) -> None:
    """What the reader would work is put up; what they would give is a question."""
    assert told(mail(f"Would you trade with me?\n{give}\n{get}")) == [SAT, "?"]


def test_a_label_whose_value_is_a_label_too() -> None:
    rows = (("Facility", "LKSD"), ("Shift", "Day"), ("Date", "Sat 2/20"), ("Hours", "7a-7p"))
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    assert told(mail(f"<table>{table}</table>")) == [SAT]


@pytest.mark.parametrize(
    "beside",
    [
        "Dr. Osei will take it so we are fine.",
        "I'll be taking this one myself.",
        "We already have coverage for it.",
        "On hold for another doc.",
        "This one was handed off to Dr. Ito.",
        "This is for our NPs and PAs.",
        "It may already be gone.",
    ],
)
def test_who_has_them_by_a_line_of_its_own(beside: str) -> None:
    """A question: of which of the shifts above it is said, and whether it is settled."""
    (shift,) = mail(f"LKSD Sat 2/20 7a-7p $200/hr\n\n{beside}\n\nThanks,\nDana").shifts
    assert shift.needs_review == ("status",)


@pytest.mark.parametrize(
    "beside",
    [
        "If somebody can take it, call me.",
        "Can someone cover it?",
        "I'm hoping one of our docs takes it.",
        "Dr. Osei had it but is sick.",
        "I'll keep it open for you.",
    ],
)
def test_who_is_only_hoped_to_take_them(beside: str) -> None:
    (shift,) = mail(f"LKSD Sat 2/20 7a-7p $200/hr\n\n{beside}\n\nThanks,\nDana").shifts
    assert not shift.needs_review

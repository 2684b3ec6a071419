"""Pay in a sentence of its own, in ordinary words, beside shifts without pay: whose it is, or that nobody can say."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

DAYS = "Hi Doc,\n\nStill looking for cover at LKSD:\n\nSat 2/20 7a-7p\nTue 2/23 7a-7p\n\n{}\n\nDana\n"
NIGHTS = "Hello,\n\nTwo nights at LKSD are open:\n\nFri 2/19 7p-7a\nMon 2/22 7p-7a\n\n{}\n\nDana\n"
MIXED = "LKSD needs:\nSat 2/20 7a-7p\nMon 2/22 7p-7a\n{}\nDana\n"


def pays(text: str, layout: str = DAYS) -> list[str]:
    """What each of the two shifts pays, and what is in question of it."""
    reading = mail(layout.format(text), subject="Lakeside openings")
    assert len(reading.shifts) == 2
    return [" ".join(one.split()[2:]) for one in told(reading)]


@pytest.mark.parametrize(
    ("layout", "text", "pay"),
    [
        (DAYS, "I got Dr. Whitlock to sign off on $225/hr.", "225/hour"),
        (NIGHTS, "I talked Marlene in finance into $235/hr, so please take one!", "235/hour"),
        (NIGHTS, "Dr. Osei okayed $235/hr for these.", "235/hour"),
        (NIGHTS, "We finally got the CFO to agree to $260/hr.", "260/hour"),
        (DAYS, "$165/hr this quarter, happy new year from finance", "165/hour"),
        (DAYS, "paying 215/hr cause half the department has norovirus", "215/hour"),
        (NIGHTS, "$2,700 each, which is the best I could squeeze out of Gretchen.", "2700/shift"),
        (DAYS, "$200/hr, paid weekly via Gusto.", "200/hour"),
        (DAYS, "£99/hr, no home visits, no admin.", "99/hour"),
        (DAYS, "£105 per hour. Indemnity is covered by us.", "105/hour"),
    ],
)
def test_who_agreed_and_why_leaves_an_amount_as_it_is(layout: str, text: str, pay: str) -> None:
    assert pays(text, layout) == [pay, pay]


@pytest.mark.parametrize(
    "text",
    [
        "I need Dr. Whitlock to sign off on $225/hr.",
        "Dr. Osei has yet to approve $235/hr.",
        "Nobody approved $215/hr",
        "They refused $215/hr",
        "I will try to get $215/hr approved",
        "$200/hr given approval from finance.",
        "$200/hr because that is what we bill.",
        "$200/hr, no approval yet.",
        "$165/hr last month, still working on this one.",
        "They came up to $255/hr, waiting for it in writing.",
        "Somewhere around $200/hr.",
        "$200/hr (unconfirmed)",
        "$200/hr, minus our 10% fee.",
        "$215/hr if nobody else bites",
    ],
)
def test_what_nobody_agreed_to_is_asked_about(text: str) -> None:
    assert all("pay?" in one for one in pays(text))


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ames approved $225/hr for himself",
        "Our nurses get $95/hr.",
        "The place across town pays $225/hr",
        "Pinecrest pays $150/hr.",
        "Orientation is paid at $100/hr.",
        "They came up to $255/hr for the ICU.",
        "$215/hr for the early one",
        "$215/hr for shift two",
        "$215/hr only for Saturday",
        "$220/hr on Sundays.",
        "$200/hr starting in April",
        "that one is 155/hr cause its short notice",
        "$200/hr for new hires",
        "$2,400/shift if you take both",
    ],
)
def test_an_amount_of_somebody_else_or_of_some_shifts_is_asked_about(text: str) -> None:
    assert all("pay?" in one for one in pays(text))


@pytest.mark.parametrize(
    "text",
    [
        "We could really use you at $200/hr.",
        "Hoping to fill both, $200/hr.",
        "You can't beat $200/hr.",
        "$200/hr, only 3 minutes from the airport.",
        "$200/hr if you want it.",
        "$200/hr for your trouble.",
    ],
)
def test_what_only_looks_like_a_condition_is_none(text: str) -> None:
    assert pays(text) == ["200/hour", "200/hour"]


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        (DAYS, "All day shifts, 7a-7p, $1,900/day. Any mix is fine.", ["1900/day"] * 2),
        (DAYS, "Straight days, $210/hr, no call attached.", ["210/hour"] * 2),
        (NIGHTS, "Nights only, $2,450 per shift, in-house.", ["2450/shift"] * 2),
        (MIXED, "$225/hr regardless of day or night.", ["225/hour"] * 2),
        (MIXED, "All day shifts, $1,875/day.", ["pay?"] * 2),
        (NIGHTS, "All day shifts, $1,900/day.", ["pay?"] * 2),
        (DAYS, "Most day shifts, $1,900/day.", ["pay?"] * 2),
    ],
)
def test_what_a_sentence_says_all_of_them_are(layout: str, text: str, expected: list[str]) -> None:
    assert pays(text, layout) == expected


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("$2,500/shift, plus the $150 completion bonus if your charts are done by midnight.", "2500/shift"),
        ("$2,300 a night and a $100 gas card if you drive more than an hour.", "2300/shift"),
        ("$2,500 per shift, and I will add a $100 bonus if you let me know today.", "2500/shift"),
        ("$2,400/shift if you take both, plus a $200 bonus.", "pay?"),
        ("$2,400 for the charge doctor, plus a $200 bonus.", "pay?"),
        ("$300/hr and the $40 booking fee comes out of that.", "pay?"),
    ],
)
def test_when_more_is_paid_says_nothing_of_the_base(text: str, pay: str) -> None:
    assert pays(text, NIGHTS) == [pay, pay]


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        (
            "$95 per completed visit, with a guarantee of $180/hr if no-shows bring you below that.",
            "180/hour",
        ),
        ("$80 a visit, with a guarantee of $150/hr when the queue is empty.", "150/hour"),
        ("You earn $75 per completed visit, guaranteed minimum $140/hr if the queue is slow.", "140/hour"),
        ("$110 a visit, with a guarantee of $200/hr when you do both.", "pay?"),
        ("$110 per completed visit, with a guarantee of $200/hr for the first month.", "pay?"),
        ("$110 a visit; a guarantee of $200/hr is being discussed.", "pay?"),
    ],
)
def test_a_guarantee_for_when_few_come(text: str, pay: str) -> None:
    assert pays(text) == [pay, pay]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu 2/4 7a-7p\n\nand still\nSat 2/20 7a-7p\nTue 2/23 7a-7p\nthose two are 155/hr", ["", "155/hour", "155/hour"]),
        ("Thu 2/4 7a-7p\nSat 2/20 7a-7p\nTue 2/23 7a-7p\nthose three are 155/hr", ["155/hour"] * 3),
        ("Thu 2/4 7a-7p\nSat 2/20 7a-7p\nTue 2/23 7a-7p\nthose two are 155/hr", ["pay?"] * 3),
    ],
)  # fmt: skip
def test_as_many_as_are_counted(text: str, expected: list[str]) -> None:
    """What another is paid is not told, and asks nothing: the amount has its shifts."""
    reading = mail(f"LKSD needs:\n{text}\n\nDana\n", subject="Lakeside openings")
    assert [" ".join(one.split()[2:]) for one in told(reading)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pay is $150/hr except the holiday, Monday July 5, which is $190/hr.",
        "The rate is $140/hr but Mon 7/5 is $180/hr if that helps anybody's mood.",
    ],
)
def test_of_two_amounts_in_question_one_may_be_of_all(text: str) -> None:
    """No shift is told without pay where its pay was told beside another's day."""
    reading = mail(f"Pinecrest, 7a-7p all dates.\n\nThu 7/1\nMon 7/5\nSat 7/10\n\n{text}\n", subject="Summer")
    unpaid = [shift for shift in reading.shifts if shift.pay is None]
    assert all("pay" in shift.needs_review for shift in unpaid)
    assert len(reading.shifts) >= 3

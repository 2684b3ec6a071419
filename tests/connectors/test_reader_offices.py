"""How offices put it: why a shift is open, who has it first, what is struck; and what sounds alike and is a question."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail

SLOT = "LKSD Sat 2/20 7a-7p $200/hr"


@pytest.mark.parametrize(
    "beside",
    [
        "One of our docs has had to back out, so we are asking around.",
        "We'd put you up at the Marriott the night before.",
        "An early answer would help me plan the week.",
        "Reply-all so that others can see what is taken.",
        "I'll update the list as they get taken.",
        "Awarded to the first to respond.",
        "The first physician to accept is assigned:",
        "We had hoped to fill it in-house.",
        "Bless you. Gus",
    ],
)
def test_what_changes_nothing_is_no_question(beside: str) -> None:
    """Said below a shift."""
    found = mail(f"{SLOT}\n\n{beside}")
    assert [(one.status, one.needs_review) for one in found.shifts] == [("offered", ())]
    assert not found.unresolved


@pytest.mark.parametrize(
    "beside",
    [
        "One of our docs has had to back out, so we are asking around.",
        "We'd put you up at the Marriott the night before.",
        "We had hoped to fill it in-house.",
        "Bless you. Gus",
    ],
)
def test_nor_on_the_line_itself(beside: str) -> None:
    assert [one.needs_review for one in mail(f"{SLOT}. {beside}").shifts] == [()]


@pytest.mark.parametrize(
    "beside",
    [
        "The client backed out.",
        "He may back out.",
        "We're still trying to fill it internally.",
        "Awarded to the first applicant, Dr. Lee.",
        "Anything crossed out has been filled.",
    ],
)
def test_what_sounds_alike_is_a_question(beside: str) -> None:
    """Of shifts that are not to be had, or of struck lines that nobody can see."""
    assert all(one.needs_review for one in mail(f"{SLOT}. {beside}").shifts)


def test_hours_of_a_kind_below_days_are_theirs() -> None:
    """A second line of hours behind them is asked about."""
    found = mail("LKSD 2/20 to 2/22\nDay at 7a-7p")
    assert [(one.start.day, one.start.hour, one.needs_review) for one in found.shifts] == [
        (20, 7, ()),
        (21, 7, ()),
        (22, 7, ()),
    ]
    assert mail("LKSD 2/20 to 2/22\nDay at 7a-7p\nNight at 7p-7a").unresolved


def test_what_a_heading_of_status_pays_ends_with_the_next() -> None:
    """`ADDITIONS ($2,000 per shift)`."""
    found = mail("LKSD\nADDITIONS ($2,000 per shift)\nSat 2/20 7a-7p\nOPEN\nSun 2/21 7a-7p")
    assert [one.pay and one.pay.amount for one in found.shifts] == [2000, None]


def test_your_drop_request_takes_the_shift_off() -> None:
    found = mail(
        "LKSD Sat 2/20 7a-7p\n\nYour drop request went through. It has been handed back to the pool."
    )
    assert [(one.status, one.needs_review) for one in found.shifts] == [("withdrawn", ())]

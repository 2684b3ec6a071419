"""Until when to answer, told in a sentence: in whatever words an answer is asked for, and never the day of something else."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail

_SHIFTS = "LKSD needs:\n\nSat 2/20 7a-7p\nSun 2/21 7p-7a\n\n$2,300 per shift.\n\n"


def _asked_until(sentence: str) -> set[str]:
    """Until when each shift is to be answered, `-` where nobody says, `?` where it is in question."""
    reading = mail(f"{_SHIFTS}{sentence}\n\nDana")
    assert len(reading.shifts) == 2
    return {
        "?" if one.needs_review else f"{one.respond_by:%m-%d %H%M}" if one.respond_by else "-"
        for one in reading.shifts
    } | {"?" for _ in reading.unresolved}


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("Kindly state your interest by Wednesday, January 13.", "01-13 2359"),
        ("Might we have your choice by 5 pm on Friday, January 15?", "01-15 1700"),
        ("I would welcome your thoughts by Thursday 14 January.", "01-14 2359"),
        ("I'm asking all of you to commit by 1/15.", "01-15 2359"),
        ("Please advise by close of business on January 13.", "01-13 2359"),
        ("Preferences are due Jan 18 at 1200.", "01-18 1200"),
        ("Sign-ups close Jan 14 at 8 pm.", "01-14 2000"),
        ("Kindly inform us not later than January 20.", "01-20 2359"),
        ("We would like to know by 20 January.", "01-20 2359"),
        ("Please e-mail the coordinator by Jan 12.", "01-12 2359"),
        ("Send me your dates by Jan 12.", "01-12 2359"),
        ("They go to an agency on Friday, Jan 15, so say yes before then.", "01-14 2359"),
        ("They go to an agency on Friday, Jan 15, so say yes by then.", "01-15 2359"),
    ],
)
def test_an_answer_is_asked_for_in_any_words(sentence: str, until: str) -> None:
    assert _asked_until(sentence) == {until}


@pytest.mark.parametrize(
    "sentence",
    [
        "Please send me your timesheet by Jan 12.",
        "Kindly complete the annual modules by January 31.",
        "Please sign the W-9 by January 15.",
        "Please let payroll know by Jan 15.",
        "Your badge expires Jan 31.",
        "Please RSVP for the staff lunch by Jan 10.",
    ],
)
def test_what_else_is_due(sentence: str) -> None:
    assert _asked_until(sentence) == {"-"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Please return the yellow folder by January 15.",
        "Please let me know your choice of scrubs by Jan 15.",
        "Let me know by Jan 15 if your address changed.",
        "Please tell me by Jan 12 if you need a hotel.",
        "Kindly indicate your meal preference by Jan 15.",
        "I'll confirm everybody by Jan 15.",
        "You will hear from us by Monday, Jan 18.",
        "The April schedule will be posted by Jan 20, please be patient.",
    ],
)
def test_what_may_be_due_of_something_else(sentence: str) -> None:
    assert "?" in _asked_until(sentence)


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("Mon 2/22 hours tbd, I will tell you when I know", "-"),
        ("Mon 2/22 times still to be decided, the chief has to answer me first", "-"),
        ("Tue Feb 23 TBA, waiting to hear from Dr. Ito", "-"),
        ("Mon 2/22 hours tbd, let me know by Wed", "01-06 2359"),
        ("I want to hear back Mon 2/22, hours tbd", "?"),
    ],
)
def test_a_day_without_hours_is_no_deadline(line: str, until: str) -> None:
    """`Waiting for Dr. Ito to tell me`: whom somebody waits for is not the reader."""
    reading = mail(f"LKSD\n\nSat 2/20 7a-7p\nSun 2/21 7p-7a\n{line}\n\n$2,300 per shift.")
    assert reading.unresolved
    told = {
        "?" if one.needs_review else f"{one.respond_by:%m-%d %H%M}" if one.respond_by else "-"
        for one in reading.shifts
    }
    assert told in ({until}, {"?"} if until not in ("-", "?") else {until})

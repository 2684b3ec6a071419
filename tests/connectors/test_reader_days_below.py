"""Months and hours that are told once, and days below them as bare numbers."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


def days(month: int, numbers: tuple[int, ...], rest: str) -> list[str]:
    return [f"{month:02d}-{number:02d} {rest}" for number in numbers]


MESA = "0600-1600 242/hour"
PINECREST = "0800-2000 150/hour"


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        # a sentence tells the month, and headings of sites the hours
        (
            "Shifts",
            "These are still free for March.\n\nMesa ED, 6a-4p, $242/hr\n* 3, 5 and 9\n* 12\n\nPinecrest Urgent Care, 8a-8p, $150/hr\n* 4\n* 6\n\nThanks,\nAna",
            days(3, (3, 5, 9, 12), MESA) + days(3, (4, 6), PINECREST),
        ),
        # the subject does
        (
            "March openings",
            "Mesa ED, 6a-4p, $242/hr\n- the 3rd\n- the 5th\n\nPinecrest Urgent Care, 8a-8p, $150/hr\n- the 4th, 6th & 9th",
            days(3, (3, 5), MESA) + days(3, (4, 6, 9), PINECREST),
        ),
        # one sentence tells all of it
        ("Shifts", "Mesa ED has these left for April, all 6a-4p at $242/hr:\n\n- 7\n- 9\n- 16\n\nWes", days(4, (7, 9, 16), MESA)),
        ("Shifts", "Mesa ED has these left for April, all 6a-4p at $242/hr: 7, 9 and 16.", days(4, (7, 9, 16), MESA)),
        ("Shifts", "Mesa ED, April dates, 6a-4p, $242/hr:\n- Wednesday the 7th\n- Fri 9", days(4, (7, 9), MESA)),
        ("Shifts", "Mesa ED, April dates, 6a-4p, $242/hr:\n- 7 (Wed)\n- 9 (Fri)", days(4, (7, 9), MESA)),
        ("Shifts", "April at Mesa ED, 6a-4p, $242/hr\n7, 9; 16\n\nLet me know.", days(4, (7, 9, 16), MESA)),
        ("Shifts", "Open in April at Mesa ED, 6a-4p, $242/hr:\n- 3-5\n- Sat 10 & Sun 11", days(4, (3, 4, 5, 10, 11), MESA)),
        # in one line behind a colon or a dash, or before the site
        (
            "April coverage",
            "Mesa ED, 6a-4p, $242/hr: 7, 9, 16\nPinecrest Urgent Care, 8a-8p, $150/hr - 2, 3, 20",
            days(4, (7, 9, 16), MESA) + days(4, (2, 3, 20), PINECREST),
        ),
        (
            "April",
            "7, 9 and 16 at Mesa ED, 6a-4p, $242/hr\n2 and 3 at Pinecrest Urgent Care, 8a-8p, $150/hr",
            days(4, (7, 9, 16), MESA) + days(4, (2, 3), PINECREST),
        ),
        ("April needs", "Mesa ED\nHours: 6a-4p\nRate: $242/hr\nDays: 7, 9, 16", days(4, (7, 9, 16), MESA)),
        # months in order
        (
            "Shifts",
            "Mesa ED, 6a-4p, $242/hr\n\nMarch\n- 30\n- 31\n\nApril\n- 1\n- 2",
            days(3, (30, 31), MESA) + days(4, (1, 2), MESA),
        ),
        ("Shifts", "Mesa ED, 6a-4p, $242/hr:\n- Mar 30\n- 31\n- Apr 1\n- 2", days(3, (30, 31), MESA) + days(4, (1, 2), MESA)),
        # what is struck, or said to be gone
        (
            "Shifts",
            "<p>Open for March:</p><p>Mesa ED, 6a-4p, $242/hr</p><ul><li>3</li><li><s>5</s></li><li>9</li></ul>",
            ["03-03 " + MESA, "03-05 0600-1600 withdrawn", "03-09 " + MESA],
        ),
        (
            "Shifts",
            "Mesa ED, April, 6a-4p, $242/hr:\n- 7\n- 9 (filled)\n- 16",
            ["04-07 " + MESA, "04-09 0600-1600 withdrawn", "04-16 " + MESA],
        ),
    ],
)  # fmt: skip
def test_days_below_a_month(subject: str, text: str, expected: list[str]) -> None:
    """The section's hours, pay and site are theirs."""
    assert told(mail(text, subject=subject)) == expected


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        # no month, or two of them
        ("Shifts", "Mesa ED, 6a-4p, $242/hr:\n- 7\n- 9"),
        ("Shifts", "Mesa ED has these left, all 6a-4p at $242/hr:\n\n- 7\n- 9"),
        ("Shifts", "Open in March and April at Mesa ED, 6a-4p, $242/hr:\n- 7\n- 9"),
        ("Shifts", "Mesa ED, April/May, 6a-4p, $242/hr:\n- 7\n- 9"),
        ("March needs", "We moved our meeting into April.\n\nMesa ED, 6a-4p, $242/hr\n- 7\n- 9"),
        # a month that is told of something else
        ("Shifts", "I will be on a beach in March.\n\nMesa ED, 6a-4p, $242/hr\n- 7\n- 9"),
        ("Shifts", "June is fully staffed.\n\nMesa ED, 6a-4p, $242/hr\n- 7\n- 9"),
        ("Shifts", "June 2026 at Mesa ED, 6a-4p, $242/hr:\n- 3\n- 9"),
        # numbers that are no days, or not of that month
        ("Shifts", "Number of openings in April by site.\n\nMesa ED, 6a-4p, $242/hr\n3\n\nPinecrest Urgent Care, 8a-8p, $150/hr\n2"),
        ("April openings", "Mesa ED, 6a-4p, $242/hr: 3\nPinecrest Urgent Care, 8a-8p, $150/hr: 2"),
        ("Shifts", "Mesa ED, April, 6a-4p, $242/hr:\n3\n3\n2"),
        ("Shifts", "Mesa ED in April, $242/hr:\n- 7-3\n- 3-11"),
        ("Shifts", "Mesa ED, February, 6a-4p, $242/hr:\n- 29\n- 30"),
        ("Shifts", "Mesa ED, March, 6a-4p, $242/hr:\n- 30, 31, 1, 2"),
        ("Shifts", "Mesa ED, April, 6a-4p, $242/hr:\n- Tue 7\n- Fri 9"),
        # hours that are not told, or told twice
        ("Shifts", "Mesa ED has these left for April:\n- 7\n- 9"),
        ("Shifts", "All April shifts are 7a-7p.\nMesa ED, 6a-4p, $242/hr:\n- 7\n- 9"),
        ("Shifts", "Mesa ED, April, 6a-4p or 4p-2a, $242/hr:\n- 7\n- 9"),
        # what the heading says of them
        ("Shifts", "Mesa ED might have these in April, 6a-4p at $242/hr:\n- 7\n- 9"),
        ("Shifts", "April openings for PAs at Mesa ED, 6a-4p, $110/hr:\n- 7\n- 9"),
        ("Shifts", "Mesa ED or Pinecrest Urgent Care, April, 6a-4p, $242/hr:\n- 7\n- 9"),
        ("Shifts", "Mesa ED call schedule for April, 6a-4p:\n- 7\n- 9"),
        ("April", "Oakdale Medical Center, 6a-4p, $242/hr\n- 7\n- 9\n\nQuestions about Mesa ED go to Bo."),
    ],
)  # fmt: skip
def test_numbers_that_may_be_no_days(subject: str, text: str) -> None:
    """They are asked about, and never passed over."""
    asked = told(mail(text, subject=subject))
    assert asked
    assert all("?" in one for one in asked)

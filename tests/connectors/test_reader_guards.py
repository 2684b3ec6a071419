"""What looks like a shift, or like its pay, and is none: it is passed over, or asked about, and never asserted."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told


@pytest.mark.parametrize(
    "text",
    [
        "5 June 2027 - 7 June 2027, 7a-7p",
        "June 5, 2027 to June 7, 2027, 0700-1900",
        "Sat, Jun 5, 2027 - Mon, Jun 7, 2027: 7a-7p",
    ],
)
def test_a_year_behind_its_date_is_no_clock(text: str) -> None:
    """2027 is not 20:27."""
    assert read(text) == [f"06-{day} 0700-1900" for day in ("05", "06", "07")]


@pytest.mark.parametrize(
    "text",
    [
        "Jun 5, 2027 7:00 PM - Jun 6, 2027 7:00 AM",
        "2027-06-05 19:00 - 2027-06-06 07:00",
        "5 June 19:00 to 6 June 07:00",
        "June 5, 2027 - 7p-7a",
    ],
)
def test_a_night_may_name_both_its_dates(text: str) -> None:
    assert read(text) == ["06-05 1900-0700"]


@pytest.mark.parametrize("text", ["5 June 19:00 - 8 June 07:00", "5 June 19:00 - 8 June"])
def test_the_day_of_a_second_date_is_no_hour(text: str) -> None:
    assert read(text) == ["?"]


def test_labels_of_a_start_and_an_end_take_a_year() -> None:
    """With and without the time's colon."""
    for start, end in (
        ("Sat, Jun 5, 2027 7:00 PM", "Sun, Jun 6, 2027 7:00 AM"),
        ("Jun 5 2027 1900", "Jun 6 2027 0700"),
    ):
        assert told(mail(f"Location: LKSD\nStarts: {start}\nEnds: {end}")) == ["06-05 1900-0700"]
    assert told(mail("Location: LKSD\nStart: 6/5/2027 19:00 - 20:00\nEnd: 6/6/2027 7:00")) == ["?"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Sat 2/20 census 12-18", "?"),
        ("Sat 2/20 14 to 18 beds", "?"),
        ("Sat 2/20 pays 1900-2100", "02-20 1900-2100 hours?"),
        ("Sat 2/20 call 1900-2100", "02-20 1900-2100 hours?"),
        ("Sat 2/20 7:07-7:42", "02-20 0707-0742 ampm? hours?"),
        ("Sat 2/20 0700-0720", "02-20 0700-0720 hours?"),
        ("Feb 20, 2030-0630", "02-20 2030-0630 hours?"),
        ("Sat 2/20 7a-7p, 200-250/hr", "02-20 0700-1900 200/hour"),
    ],
)
def test_counts_prices_and_numbers_are_no_hours(text: str, answer: str) -> None:
    assert read(text) == [answer]


@pytest.mark.parametrize("pay", ["$12,000", "$9/hr", "$150/shift", "$2300/hr"])
def test_pay_that_nobody_pays_is_a_question(pay: str) -> None:
    """A price for all of them, or a slip of the hand."""
    (only,) = read(f"Sat 2/20 7a-7p {pay}")
    assert only.endswith("pay?")


def test_days_behind_a_label_of_their_own() -> None:
    """And until when to apply is no day of work."""
    found = mail("Required: 15 Feb 2027 - 16 Feb 2027\nTimes: 0800-1700\nSite: LKSD\nApply by: 30 Jan 2027")
    assert told(found) == ["02-15 0800-1700", "02-16 0800-1700"]
    assert {f"{shift.respond_by:%m-%d}" for shift in found.shifts} == {"01-30"}


def test_a_need_on_a_day_is_no_deadline() -> None:
    assert read("coverage needed on 2/20, 7a-7p") == ["02-20 0700-1900"]

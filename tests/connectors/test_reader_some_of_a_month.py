"""The first few such days of a month, all but a feast, one of two on a weekend, and until when to tell."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the first two Saturdays in February, 7a-7p", "02-06 0700-1900 02-13 0700-1900"),
        (
            "the last two Fridays of March, 7p-7a $2,300",
            "03-19 1900-0700 2300/shift 03-26 1900-0700 2300/shift",
        ),
        ("the first three Mondays in June 7a-7p", "06-07 0700-1900 06-14 0700-1900 06-21 0700-1900"),
        ("one of the first two Saturdays in February 7a-7p", "?"),
        ("any of the last two Fridays of March, 7p-7a", "?"),
        ("two Saturdays in February 7a-7p", "?"),
    ],
)
def test_the_first_few_of_a_month(text: str, expected: str) -> None:
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mondays in May except Memorial Day (5/31), 5pm-9pm", "03 10 17 24"),
        ("Mondays in May except for Memorial Day, 5pm-9pm", "03 10 17 24"),
        ("every Monday in February, excluding Presidents Day, 8a-4p", "01 08 22"),
        ("Mondays in May, Memorial Day too, 5pm-9pm", "03 10 17 24 31"),
        ("Mondays in May except Memorial Day (5/24), 5pm-9pm", "03 10 17 31 24"),
        ("Mondays in May except Christmas, 5pm-9pm", ""),
    ],
)
def test_all_but_a_feast(text: str, expected: str) -> None:
    """Where a bracket gives it another date, or it is none of those days, it is a question."""
    reading = mail(f"LKSD {text}")
    assert " ".join(f"{shift.start:%d}" for shift in reading.shifts) == expected
    asked = not reading.shifts or any(shift.needs_review for shift in reading.shifts)
    assert asked == ("(5/24)" in text or "Christmas" in text)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("this Saturday or Sunday (1/9, 1/10)? Both are 9a-5p. I only need you for one of them.", 1, "09 10"),
        (
            "Saturday or Sunday (2/20, 2/21), 9a-5p. I need just one of them, whichever you like better.",
            1,
            "20 21",
        ),
        ("Sat 2/20 and Sun 2/21 9a-5p, really only need someone for one of those", 1, "20 21"),
        ("Sat 2/20 and Sun 2/21 9a-5p, both are fine", None, "20 21"),
        ("this Saturday or Sunday (1/10, 1/11)? Both are 9a-5p.", None, ""),
        ("Saturday or Sunday (2/20, 2/21), 9a-5p.", None, "20? 21?"),
    ],
)
def test_one_of_two_days_with_their_dates_behind_them(text: str, most: int | None, expected: str) -> None:
    shifts = mail(f"Can you do LKSD {text}").shifts
    assert {shift.choose and shift.choose.at_most for shift in shifts} <= {most}
    assert " ".join(f"{one.start:%d}{'?' if one.needs_review else ''}" for one in shifts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please tell me until Wednesday (1/20) evening, or tell Bob.", "01-20 2359"),
        ("Please tell me by Wednesday 1/20.", "01-20 2359"),
        ("Answer, latest 1/20, or call Ana.", "01-20 2359"),
        ("Bob can tell you more on 1/20.", None),
        ("See the latest 1/20 list.", None),
    ],
)
def test_until_when_to_tell(text: str, expected: str | None) -> None:
    (shift, *_) = mail(f"LKSD Sat 2/20 7a-7p. {text}").shifts
    assert (shift.respond_by and f"{shift.respond_by:%m-%d %H%M}") == expected
    assert told(mail(f"LKSD Sat 2/20 7a-7p. {text}")) == ["02-20 0700-1900"] or expected is None

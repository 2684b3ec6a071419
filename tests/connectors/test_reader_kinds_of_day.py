"""What a message tells of one kind of day or of shift: its hours, its pay, and whose days they are."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mar 8-9 7a-5p; Sun 9a-3p: Mar 14, 21",
            "03-08 0700-1700 03-09 0700-1700 03-14 0900-1500 03-21 0900-1500",
        ),
        (
            "- Feb 2, 4 (0800-1600), Sat (0900-1300): 6, 13",
            "02-02 0800-1600 02-04 0800-1600 02-06 0900-1300 02-13 0900-1300",
        ),
        (
            "Feb 1 (8a-4p), Sat (9a-1p): 6, Sun (10a-2p): 7, 14",
            "02-01 0800-1600 02-06 0900-1300 02-07 1000-1400 02-14 1000-1400",
        ),
        ("- Feb 5-6 (0800-1600), Sat (0900-1300): 13, 20", "?"),
        ("- Feb 2-4 (0800-1600), Sat (0900-1300): 6, 14", "?"),
        ("Feb 2-4 8a-4p, Sat 9a-1p, Feb 6 8a-4p", "?"),
    ],
)
def test_hours_of_a_weekday_with_its_dates_behind_them(text: str, expected: str) -> None:
    """Not where a date that was told before falls on that weekday, one behind it does not, or has hours of its own."""
    assert " ".join(told(mail(f"LKSD {text}"))) == expected

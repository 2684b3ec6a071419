"""The page of what carries what is made from the code as it is, and leaves no row out."""

from __future__ import annotations

import pytest

from docs.coverage import MARKS, PAGE, TABLE, exists, page, rows

ROWS = list(rows(TABLE.read_text("utf-8")))


def test_the_page_is_made_from_the_table_and_the_code() -> None:
    """After a change of either: python docs/coverage.py."""
    assert PAGE.read_text("utf-8") == page(ROWS)


def test_no_row_is_left_out() -> None:
    """507 rows, in order, each with a mark, a subject of a few words, and a carrier or a reason."""
    assert [row.number for row in ROWS] == list(range(1, 508))
    for row in ROWS:
        assert row.mark in MARKS
        assert 0 < len(row.about.split()) <= 12
        assert bool(row.carriers) != bool(row.why_not)
        assert row.mark != "NONE" or row.why_not.startswith("not in software, because ")


@pytest.mark.parametrize(
    ("carrier", "there"),
    [
        ("caps.nights_per_month", True),
        ("caps.nights_per_year", False),
        ("sites.*.pay.extra.night_percent", True),
        ("sites.*.pay.extra.moon_percent", False),
        ("runs.at_most", True),
        ("gate:licence", True),
        ("gate:none", False),
        ("notice:reserve", True),
        ("notice:none", False),
        ("command:report year", True),
        ("command:quote", True),
        ("command:none", False),
        ("preset:em-two-years-out", True),
        ("preset:none", False),
        ("nonsense", False),
    ],
)
def test_what_is_not_in_the_code_carries_nothing(carrier: str, *, there: bool) -> None:
    """Each kind of carrier is looked up."""
    assert exists(carrier) is there

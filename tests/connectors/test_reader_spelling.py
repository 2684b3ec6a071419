"""Slips of the finger in months, weekdays and the words that matter."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Feburary 19 7a-7p", "02-19 0700-1900"),
        ("Febuary 19, 20 7a-7p", "02-19 0700-1900 02-20 0700-1900"),
        ("19 Februray 7a-7p", "02-19 0700-1900"),
        ("Setpember 3rd 7a-7p", "09-03 0700-1900"),
        ("Agust 3 7a-7p", "08-03 0700-1900"),
        ("Janury 20 7a-7p", "01-20 0700-1900"),
        ("Wensday 2/17 7a-7p", "02-17 0700-1900"),
        ("Wendesday Feb 17 7a-7p", "02-17 0700-1900"),
        ("Thrusday 2/18 7a-7p", "02-18 0700-1900"),
        ("Thursady 2/19 7a-7p", "?"),
        ("Saterday 2/20 7a-7p", "02-20 0700-1900"),
        ("Tuseday 2/16 7a-7p", "02-16 0700-1900"),
        ("Sat 2/20 7a-7p avilable", "02-20 0700-1900"),
        ("Sat 2/20 7a-7p is cancelld", "02-20 0700-1900 withdrawn"),
        ("tommorow 7a-7p", "01-06 0700-1900"),
        ("Sat 2/20 7a-7p comfirmed", "02-20 0700-1900 confirmed"),
        ("Sat 2/20 7a-midnigth", "02-20 0700-0000"),
        ("Frida Hall 2/20 7a-7p", "02-20 0700-1900 wording?"),
        ("2/20 7a-7p Sundry ward", "02-20 0700-1900 wording?"),
        ("Februrary 19 7a-7p", "02-19 0700-1900"),
        ("Feberuary 19 7a-7p", "02-19 0700-1900"),
    ],
)
def test_one_slip_is_read_where_nothing_else_is_near(text: str, expected: str) -> None:
    assert " ".join(told(mail(f"LKSD {text}"))) == expected

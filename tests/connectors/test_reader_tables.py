"""Tables, calendars, legends and marks: in which cell a shift stands, and what is said of it elsewhere."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told

MONTH = """<p>{}</p><table><tr><th>Mon</th><th>Tue</th><th>Wed</th><th>Thu</th><th>Fri</th><th>Sat</th><th>Sun</th></tr>
<tr><td>15</td><td>16<br>7a-7p</td><td>17 Nguyen</td><td>18</td><td>19<br>7p-7a</td><td>20</td><td>21</td></tr></table><p>{}</p>"""


@pytest.mark.parametrize(("above", "below"), [("LKSD, February 2027", ""), ("LKSD", "February 2027")])
def test_a_month_on_a_page(above: str, below: str) -> None:
    """A name in a cell says who works it."""
    assert told(mail(MONTH.format(above, below))) == ["02-16 0700-1900", "02-19 1900-0700"]


def test_a_month_whose_weekdays_disagree_is_a_question() -> None:
    assert set(told(mail(MONTH.format("LKSD, April 2027", "")))) == {"?"}


WEEK = """<p>LKSD {}</p><table><tr><th>Mon</th><th>Tue</th><th>Wed</th><th>Thu</th><th>Fri</th></tr>
<tr><td>-</td><td>7a-7p</td><td></td><td></td><td>7p-7a</td></tr></table>"""


def test_a_week_below_its_weekdays() -> None:
    """Of no week that is named, it is a question."""
    assert told(mail(WEEK.format("week of 2/15"))) == ["02-16 0700-1900", "02-19 1900-0700"]
    assert set(told(mail(WEEK.format("open shifts")))) == {"?"}


DATES = """<p>LKSD</p><table><tr><th>Mon 2/15</th><th>Tue 2/16</th><th>Wed 2/17</th></tr>
<tr><td>7a-7p</td><td>7p-7a</td><td></td></tr><tr><td></td><td>7a-7p</td><td>7a-7p</td></tr></table>"""


def test_hours_below_dates_are_those_of_their_column() -> None:
    assert told(mail(DATES)) == [
        "02-15 0700-1900",
        "02-16 1900-0700",
        "02-16 0700-1900",
        "02-17 0700-1900",
    ]


PLAIN_MONTH = """LKSD
Sun  Mon  Tue  Wed  Thu  Fri  Sat
     1    2    3N   4    5D   6
7    8    9    10   11   12   13

Feb 2027. D = 7a-7p, N = 7p-7a.
"""


def test_a_month_in_plain_text() -> None:
    assert told(mail(PLAIN_MONTH))[:2] == ["02-03 1900-0700", "02-05 0700-1900"]


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        (
            "            LKSD          Pinecrest\nFri 2/19    7a-7p         8a-4p\nSat 2/20    -             10a-6p",
            "02-19 0700-1900 02-19 0800-1600 02-20 1000-1800",
        ),
        (
            "Date        LKSD          Pinecrest\nFri 2/19    7a-7p         8a-4p\nSat 2/20    -             10a-6p",
            "02-19 0700-1900 02-19 0800-1600 02-20 1000-1800",
        ),
        (
            "LKSD open\n            7a-7p      7p-7a\nFri 2/19    open       filled\nSat 2/20    -          open",
            "02-19 0700-1900 02-19 1900-0700 withdrawn 02-20 1900-0700",
        ),
        (
            "LKSD\n            Fri 2/19     Sat 2/20\n7a-7p       open         Nguyen\n7p-7a       Smith        open",
            "02-19 0700-1900 02-20 1900-0700",
        ),
    ],
)
def test_grids_in_plain_text(grid: str, expected: str) -> None:
    assert " ".join(told(mail(grid, "lists@bridgeway-locums.example"))) == expected


ZONES = "HarborTele\n            ET            CT            PT\nFri 10/29   6p-10p        5p-9p         {}"


def test_one_shift_told_on_three_clocks() -> None:
    """That do not agree, it is a question."""
    assert told(mail(ZONES.format("3p-7p"), "slots@harbortele.example")) == ["10-29 1800-2200"]
    assert told(mail(ZONES.format("4p-8p"), "slots@harbortele.example")) == ["?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "🟢 Mon 2/22 8a-4p\n🔴 Tue 2/23 8a-4p\n🟢 = open  🔴 = gone",
            "02-22 0800-1600 02-23 0800-1600 withdrawn",
        ),
        (
            "🟢 Mon 2/22 8a-4p\n🟡 Tue 2/23 8a-4p\n🟢 = open  🔴 = gone",
            "02-22 0800-1600 02-23 0800-1600 date?",
        ),
        ("(* = filled)\n2/22 7a-7p *\n2/23 7a-7p", "02-22 0700-1900 withdrawn 02-23 0700-1900"),
        ("F = filled, O = open\n2/22 7a-7p O\n2/23 7a-7p F", "02-22 0700-1900 02-23 0700-1900 withdrawn"),
        (
            "✓ 2/22 7a-7p\n✗ 2/23 7a-7p\n✓ = still open, ✗ = taken",
            "02-22 0700-1900 02-23 0700-1900 withdrawn",
        ),
        (
            "x = taken\n| date     | 8a-4p | 12p-8p |\n|----------|-------|--------|\n| Mon 2/22 |   x   |  open  |\n| Tue 2/23 | open  |   x    |",
            "02-22 0800-1600 withdrawn 02-22 1200-2000 02-23 0800-1600 02-23 1200-2000 withdrawn",
        ),
        ("* = nights pay $100 more\n2/22 7a-7p *", "02-22 0700-1900 pay?"),
    ],
)
def test_marks_are_what_the_message_says(text: str, expected: str) -> None:
    assert " ".join(told(mail(f"LKSD\n{text}"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("codes: D 0700-1900, N 1900-0700\n2/19 Fri  N\n2/21 Sun  D", "02-19 1900-0700 02-21 0700-1900"),
        ("codes: D 0700-1900, E 1500-0100\n2/19 Fri  was D, now E", "02-19 1500-0100 changed"),
        ("every block is 4 hrs long\nFeb 16 -> 8am, 1pm", "02-16 0800-1200 02-16 1300-1700"),
        ("4 hr blocks.\nFeb 16: 8a, 12p\nFeb 17: 12p", "02-16 0800-1200 02-16 1200-1600 02-17 1200-1600"),
        ("Feb 16 → 0700-1900", "02-16 0700-1900"),
        ("Feb 16 7a-7p -> 7p-7a", "?"),
        (
            "$150/hr unless it says flat\nFeb 16 7a-7p\nFeb 17 7a-7p $2,000 flat",
            "02-16 0700-1900 150/hour 02-17 0700-1900 2000/shift",
        ),
        (
            "Others $245/hr.\nFeb 16 7a-7p\nFeb 17 7a-7p $300/hr",
            "02-16 0700-1900 245/hour 02-17 0700-1900 300/hour",
        ),
        (
            "$35 to $45 per consult, or $124/hr, whichever is greater.\nFeb 16 7a-7p",
            "02-16 0700-1900 124/hour",
        ),
        ("Feb 16 7a-7p at $150/hr (regular $120/hr)", "02-16 0700-1900 150/hour"),
        ("Feb 16 7a-7p filled 1/4\nFeb 17 7a-7p", "02-16 0700-1900 withdrawn 02-17 0700-1900"),
        (
            "We lost our locum for the second week of February. Can you do Feb 8 through Feb 10, 7a-7p?",
            "02-08 0700-1900 02-09 0700-1900 02-10 0700-1900",
        ),
        ("I'm short on Tuesday. Can you do 2/16, 7a-7p?", "02-16 0700-1900"),
        ("I'm short next Tuesday. Can you do 2/16, 7a-7p?", "02-16 0700-1900 date?"),
        ("USD per hour in brackets.\nFeb 16 0700-1900 [$215]", "02-16 0700-1900 215/hour"),
        (
            "Feb 13 and 14 (7a-7p) are all taken. The 15th is not.",
            "02-13 0700-1900 withdrawn 02-14 0700-1900 withdrawn",
        ),
        ("7a-7p: Feb 13, 14 and 16 are open", "02-13 0700-1900 02-14 0700-1900 02-16 0700-1900"),
        (
            "7a-7p: Feb 13, 14 and 16 are taken",
            "02-13 0700-1900 withdrawn 02-14 0700-1900 withdrawn 02-16 0700-1900 withdrawn",
        ),
    ],
)
def test_what_is_said_once_holds_for_the_lines(text: str, expected: str) -> None:
    assert " ".join(told(mail(f"LKSD\n{text}"))) == expected


FIVE = "LKSD\nFri 2/19 7a-7p\nFri 2/19 7p-7a\nSat 2/20 7a-7p\nSun 2/21 7a-7p\nMon 2/22 3p-11p\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$195/hr, nights $225/hr", "195 225 195 195 ?"),
        ("$195/hr; overnight $225/hr", "195 225 195 195 195"),
        ("$195/hr, on Sunday $225/hr", "195 195 195 225 195"),
        ("$195/hr days, $225/hr anything that starts at 1500 or later", "195 225 195 195 225"),
        ("Weekend rate $225/hr, otherwise $195/hr", "195 195 225 225 195"),
        ("$195/hr; $225/hr if you take both", "? ? ? ? ?"),
    ],
)
def test_rates_by_kind(text: str, expected: str) -> None:
    """A day, a night, a Saturday, a Sunday, and a Monday evening that may be either."""
    shifts = mail(FIVE + text).shifts
    pays = [f"{one.pay.amount:f}" if one.pay else "?" for one in shifts]
    assert " ".join(pays) == expected

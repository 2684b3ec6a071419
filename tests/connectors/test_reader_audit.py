"""What no line may do: mean more days or hours than were read, or be passed over though it speaks of a day of work."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


def read(text: str) -> list[str]:
    return told(mail(text))


@pytest.mark.parametrize(
    "line",
    [
        "2/20 +3 7a-7p",
        "2/20 7a-7p / 8a-8p",
        "from Feb 20 7a-7p",
        "through 2/20 7a-7p",
        "w/e 2/20 7a-7p",
        "weekend 2/20 7a-7p",
        "2/20 and the following day 7a-7p",
        "2/20, Sun 7a-7p",
        "Sat 2/20 7a-7p and Sunday $2300",
        "2/20 7a/8a-7p",
        "2/20 7a-7p/8p",
        "2/20?? 7a-7p",
        "2/20* 7a-7p",
        "2/20, 3 7a-7p",
        "B 9aE 2/20 7a-7p",
        "2/20 7a-7p, reply with your bank details",
    ],
)
def test_more_than_is_named_is_a_question(line: str) -> None:
    """A span without its end, a day or an hour beside the others, one of two, a mark that is explained elsewhere."""
    assert all(one.endswith("?") for one in read(f"LKSD {line}"))


@pytest.mark.parametrize(
    "text",
    [
        "LKSD the 7th, 8th, and 9th 7p-7a",
        "2nite 7p LKSD",
        "LKSD 7p-7a: 7, 8, 9",
        "LKSD\nsome Mondays and Fridays in January 7a-7p",
        "LKSD Feb weekends 7a-7p",
        "LKSD needs help the 20th",
        "can u do tmrw at LKSD",
    ],
)
def test_days_of_which_nothing_came_are_asked_about(text: str) -> None:
    assert read(text)
    assert set(read(text)) == {"?"}


@pytest.mark.parametrize("more", ["Also the 27th.", "Same on Sunday.", "And again a week later."])
def test_what_is_said_further_down_of_more_days_is_asked_about(more: str) -> None:
    assert read(f"LKSD Sat 2/20 7a-7p $2300\n{more}") == ["02-20 0700-1900 2300/shift", "?"]


def test_a_date_in_a_question_may_be_until_when_to_answer() -> None:
    found = mail("LKSD Sat 2/20 7a-7p\nDo say so, or never, till the 5th or so of Feb 2027 at last")
    assert all(shift.respond_by is None and "respond_by" in shift.needs_review for shift in found.shifts)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("LKSD nights 7p-7a $2500\n2/5\n2/6", ["02-05 1900-0700 2500/shift", "02-06 1900-0700 2500/shift"]),
        (
            "LKSD open:\n2/5\n2/6\nall 7p-7a $2500",
            ["02-05 1900-0700 2500/shift", "02-06 1900-0700 2500/shift"],
        ),
        ("LKSD\n(D 7a-7p, N 7p-7a)\nFebruary\n8 Mon D\n9 Tue N", ["02-08 0700-1900", "02-09 1900-0700"]),
        ("LKSD 2/20 2300-0700 (11p-7a)", ["02-20 2300-0700"]),
        ("LKSD 2/20 starting 1400 for 10 hours", ["02-20 1400-0000"]),
        ("LKSD 2/20 24-hour in-house, starts 0700", ["02-20 0700-0700"]),
        ("LKSD 2/20 from seven PM to seven AM", ["02-20 1900-0700"]),
        ("LKSD 2/20 7a-7p 2.4k a shift", ["02-20 0700-1900 2400/shift"]),
        (
            "LKSD 2/20 7a-7p 2300, 2/21 7a-7p 2700",
            ["02-20 0700-1900 2300/shift", "02-21 0700-1900 2700/shift"],
        ),
        ("LKSD Feb 1, 2 - 7am to 7pm", ["02-01 0700-1900", "02-02 0700-1900"]),
        ("LKSD\nBracketed hours are a.m. to p.m.\nFeb 13 (1-9)", ["02-13 1300-2100"]),
        ("LKSD\ndate=2027-02-12 start=13:00 end=17:00", ["02-12 1300-1700"]),
    ],
)
def test_notation_of_other_writers(text: str, answers: list[str]) -> None:
    assert [one for one in read(text) if one != "?"] == answers


GRID = """LKSD

             Mon 2/15   Tue 2/16
0700-1930    OPEN       Lisle
1900-0730    Okafor     OPEN
"""
PIPES = """LKSD
| Date     | 0700-1930 | 1900-0730 |
| Mon 2/15 | unfilled  | filled    |
| Tue 2/16 | filled    | unfilled  |
"""


def test_a_grid_of_plain_text_is_a_table() -> None:
    assert read(GRID) == ["02-15 0700-1930", "02-16 1900-0730"]


def test_rows_between_bars_are_a_table() -> None:
    assert [one for one in read(PIPES) if "withdrawn" not in one] == ["02-15 0700-1930", "02-16 1900-0730"]


def test_an_answer_is_about_the_one_shift_that_it_quotes() -> None:
    (only,) = read("Sorry, this one is filled.\n\n> LKSD Sat 2/20 7a-7p $2300")
    assert only == "02-20 0700-1900 withdrawn"


def test_all_but_one_of_those_that_are_quoted() -> None:
    quoted = "> LKSD 2/20 7a-7p\n> LKSD 2/21 7a-7p"
    assert read(f"All filled except 2/21.\n\n{quoted}") == ["02-20 0700-1900 withdrawn", "02-21 0700-1900"]


def test_a_badge_in_white_on_a_colour_is_read() -> None:
    """And white text on white is not."""
    row = '<tr><td colspan="2">Sat 2/20 7a-7p</td></tr>'
    badge = '<td><span style="background:#999;color:#fff">FILLED</span></td>'
    assert read(f"<table><tr><td>LKSD</td>{badge}</tr>{row}</table>") == ["02-20 0700-1900 withdrawn"]
    unseen = badge.replace("background:#999;", "")
    assert read(f"<table><tr><td>LKSD</td>{unseen}</tr>{row}</table>") == ["02-20 0700-1900"]


def test_a_table_within_tables_is_a_table() -> None:
    inner = "<table><tr><td>Site</td><td>LKSD</td></tr><tr><td>Date</td><td>2/20</td></tr><tr><td>Time</td><td>7a-7p</td></tr></table>"
    assert read(f"<table><tr><td>{inner}</td></tr></table>") == ["02-20 0700-1900"]

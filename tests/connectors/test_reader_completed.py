"""Shifts that two places tell together: two cells of a row, a heading and the starts below it, hours and the words behind them."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told

EARLY, LATE = "02-16 0800-1200", "02-16 1200-1600"


def table(heads: str, *rows: tuple[str, ...]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<p>LKSD</p><table><tr>{heads}</tr>{cells}</table>"


@pytest.mark.parametrize(
    ("hours", "row", "expected"),
    [
        ("<th colspan=2>Hours</th>", ("0700", "1930"), ["02-20 0700-1930"]),
        ("<th colspan=2>Time</th>", ("1900", "0730"), ["02-20 1900-0730"]),
        ("<th>Hours</th><th>Hours</th>", ("1000", "2200"), ["02-20 1000-2200"]),
        ("<th colspan=2>Hours</th>", ("0700", "4012"), ["?"]),
        ("<th>Shift</th><th>Hours</th>", ("0700", "1930"), ["?"]),
        ("<th colspan=3>Hours</th>", ("0700", "1500", "1930"), ["?"]),
    ],
)
def test_hours_in_two_cells_below_one_heading(hours: str, row: tuple[str, ...], expected: list[str]) -> None:
    """A number below a heading of its own may be that of a shift."""
    assert told(mail(table(f"<th>Date</th>{hours}", ("Sat 2/20", *row)))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LKSD 4 hr blocks on Tue 2/16:\nstart 8a\nstart 12p", [EARLY, LATE]),
        ("LKSD has 4-hour slots on Tuesday, Feb 16 ($150/hr):\n- starting at 8:00 AM\n- starting at 12 PM",
         [f"{EARLY} 150/hour", f"{LATE} 150/hour"]),
        ("LKSD 4-hour sessions.\nTue 2/16\n8am start\n12pm start", [EARLY, LATE]),
        ("LKSD 4 hr blocks and 8 hr shifts on Tue 2/16:\nstart 8a\nstart 12p", ["?", "?", "?"]),
        ("LKSD blocks on Tue 2/16:\nstart 8a\nstart 12p", ["?", "?", "?"]),
        ("LKSD 4 hr blocks on Tue 2/16:\nstart 8\nstart 12", ["?"]),
    ],
)  # fmt: skip
def test_starts_below_what_tells_how_long_they_last(text: str, expected: list[str]) -> None:
    assert told(mail(text)) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("LKSD opens these on Tue 2/16 ($150/hr):", [f"{EARLY} 150/hour", f"{LATE} 150/hour"]),
        ("On Tue 2/16 LKSD needs, at $150/hr:", [f"{EARLY} 150/hour", f"{LATE} 150/hour"]),
        ("LKSD opens these on Tue 2/16 ($600 for both):", [f"{EARLY} pay?", f"{LATE} pay?"]),
        ("LKSD opens these on Tue 2/16 ($150/hr for holdovers):", [f"{EARLY} pay?", f"{LATE} pay?"]),
    ],
)
def test_a_rate_beside_the_day_of_the_hours_below(head: str, expected: list[str]) -> None:
    assert told(mail(f"{head}\n8a-12p\n12p-4p")) == expected


@pytest.mark.parametrize(("zone", "offset"), [("", -6), (" (PT)", -8), (" (all times ET)", -5)])
def test_a_zone_beside_the_day_of_the_hours_below(zone: str, offset: int) -> None:
    shifts = mail(f"On Tue 2/16 LKSD opens two blocks{zone}:\n8a-12p\n12p-4p").shifts
    assert [shift.start.utcoffset().total_seconds() / 3600 for shift in shifts] == [offset, offset]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("terms", "block"),
    [
        ("One block or several.", ""),
        ("Any or all of them.", ""),
        ("One block or more is fine.", ""),
        ("One block or nothing.", " block"),
        ("One doctor, as one block.", " block"),
        ("The whole block or none.", " block"),
    ],
)
def test_one_block_or_several_is_no_block(terms: str, block: str) -> None:
    assert told(mail(f"LKSD\nTue 2/16 8a-12p\nTue 2/16 12p-4p\n{terms}")) == [EARLY + block, LATE + block]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed 2/17 5:30-9:30 in the evening", ["02-17 1730-2130"]),
        ("Wed 2/17 7-11 in the morning", ["02-17 0700-1100"]),
        ("Wed 2/17 11-7 in the morning", ["02-17 2300-0700"]),
        ("Wed 2/17 9-5 in the afternoon", ["02-17 0900-1700"]),
        ("Wed 2/17 7-7 in the morning", ["02-17 0700-1900 ampm?"]),
        ("Wed 2/17 7-3 in the morning", ["02-17 0700-1500 ampm?"]),
        ("Wed 2/17 7-3 in the evening", ["02-17 0700-1500 ampm?"]),
    ],
)
def test_a_part_of_the_day_behind_hours(text: str, expected: list[str]) -> None:
    """It is that of the end; where they may begin in it as well, it settles nothing."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 2/20 from 20:00 until 08:00 on Sunday (in-house)", ["02-20 2000-0800"]),
        ("Fri 2/19 7p to 7a Saturday (sick call), $2,300", ["02-19 1900-0700 2300/shift"]),
        ("Sat 2/20 8p to 8a Sunday morning (usual rate)", ["02-20 2000-0800"]),
        ("Sat 2/20 from 20:00 until 08:00 on Monday (in-house)", ["02-20 2000-0800 date?"]),
        ("Sat 2/20 from 08:00 until 20:00 on Sunday (in-house)", ["02-20 0800-2000 date?"]),
    ],
)
def test_the_day_of_the_end_before_a_bracket(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 6 (7p-7a), 7, 8", ["03-06 1900-0700", "?"]),
        ("Feb 9, 10 (7a-7p), 12 (9a-5p), 13", ["02-09 0700-1900", "02-10 0700-1900", "02-12 0900-1700", "?"]),
        ("– Jan 30 (0700-1900), Feb 2, 3", ["01-30 0700-1900", "?"]),
        ("Mar 6 (7p-7a), 7 (7p-", ["?"]),
        ("Mar 6, 7 (7p-, 8 (7a-7p)", ["?"]),
        ("Mar 6 (7p-7a), 7, 8 $2300", ["?"]),
        ("Mar 6 (7p-7a), 7 filled", ["?"]),
        ("not Mar 6 (7p-7a), 7", ["?"]),
    ],
)
def test_a_list_that_breaks_off_at_its_end(text: str, expected: list[str]) -> None:
    """Where a bracket is not closed, or what is left says more than days, the whole line is a question."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Flu shots by Jan 12 or wear a mask.", []),
        ("Please finish your modules by Jan 12.", []),
        ("TB tests before Jan 12, or no badge. Answer by Jan 14.", ["01-14"]),
        ("Pinecrest UC closes early on Jan 12 and is shut on Jan 13.", ["?"]),
        ("Please answer by Jan 12, and bring your titers.", ["01-12"]),
        ("Reply about the boosters and the shift by Jan 12.", ["01-12"]),
        ("Bidding closes Jan 12.", ["01-12"]),
        ("Lakeside ED is closing Jan 12 at noon.", ["respond_by?", "?"]),
    ],
)
def test_until_when_something_else_is_to_be_done(text: str, expected: list[str]) -> None:
    reading = mail(f"LKSD Sat 1/16 7a-7p\n\n{text}")
    (shift,) = reading.shifts
    told = [f"{name}?" for name in shift.needs_review]
    told += [f"{shift.respond_by:%m-%d}"] if shift.respond_by else []
    assert [*told, *("?" for _ in reading.unresolved)] == expected


BOTH = ["02-20 0700-1900", "02-21 0700-1900"]
ASKED = [f"{one} status?" for one in BOTH]


@pytest.mark.parametrize(
    ("head", "behind", "expected"),
    [
        ("The hospital has just approved two shifts at Lakeside ED:", "Let me know.", BOTH),
        ("Client confirmed two days at Lakeside ED:", "Interested?", BOTH),
        ("The site has authorized two extra days at LKSD:", "Could you do either?", BOTH),
        ("Client confirmed two shifts at Lakeside ED:", "See you there.", [f"{d} confirmed status?" for d in BOTH]),
        ("Client confirmed two shifts for you at Lakeside ED:", "Let me know.", [f"{d} confirmed status?" for d in BOTH]),
        ("Client approved two shifts for Dr. Kim at Lakeside ED:", "Let me know.", ASKED),
        ("Client confirmed two shifts you asked about at Lakeside ED:", "Let me know.", [*ASKED, "?"]),
        ("Client confirmed your two shifts at Lakeside ED:", "Let me know.", [f"{d} confirmed" for d in BOTH]),
    ],
)  # fmt: skip
def test_a_client_confirms_so_many_shifts(head: str, behind: str, expected: list[str]) -> None:
    """It is their need where an answer is asked for, and nothing is said of whose they are."""
    assert told(mail(f"{head}\n\nSat 2/20 7a-7p\nSun 2/21 7a-7p\n\n{behind}")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The site has confirmed they still need help. Sat 2/20 7a-7p", BOTH[:1]),
        ("The client confirmed that it needs a doc on Sat 2/20, 7a-7p", BOTH[:1]),
        ("The site has confirmed they do not need help. Sat 2/20 7a-7p", ["02-20 0700-1900 withdrawn"]),
        ("The site has confirmed Kim. Sat 2/20 7a-7p", ["02-20 0700-1900 confirmed status?"]),
    ],
)  # fmt: skip
def test_a_need_that_is_confirmed(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Sure, these are what we have left:", BOTH[:1]),
        ("These are what is still open:", BOTH[:1]),
        ("Those are what the unit still needs:", BOTH[:1]),
        ("These are what we gave Kim:", ASKED[:1]),
        ("These are what we had:", ASKED[:1]),
        ("These are what we have booked:", ASKED[:1]),
    ],
)
def test_what_is_left_stands_below(head: str, expected: list[str]) -> None:
    assert told(mail(f"{head}\n\nLKSD Sat 2/20 7a-7p")) == expected


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ("Rates: CVE $170/hr, CVW $180/hr.", ["170/hour", "180/hour"]),
        ("List below. Pay: CVE $170/hr and CVW $180/hr", ["170/hour", "180/hour"]),
        ("Rate: CVW $1,800/shift, CVE $1,700/shift", ["1700/shift", "1800/shift"]),
        ("Rates: CVE $170/hr, $180/hr", ["pay?", "pay?"]),
        ("Rates: CVE $170/hr, CVE nights $180/hr", ["pay?", "pay?"]),
        ("Bill rates: CVE $170/hr, CVW $180/hr", ["", ""]),
    ],
)
def test_a_rate_for_each_site_behind_a_label(rates: str, expected: list[str]) -> None:
    text = f"CVE Sat 2/20 7a-7p\nCVW Sun 2/21 7a-7p\n{rates}"
    days = [f"{day} {paid}".strip() for day, paid in zip(BOTH, expected, strict=True)]
    assert told(mail(text, sender="desk@cedarvalley.example")) == days

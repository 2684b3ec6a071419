"""Shorthand of lines, legends and columns, each beside what looks like it and means something else."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, Feb 20 - 19:00 to 07:00", ["02-20 1900-0700"]),
        ("Feb 20: 7:00am - 7:00pm $2300", ["02-20 0700-1900 2300/shift"]),
        ("Feb 20 - 22, 7a-7p", ["02-20 0700-1900", "02-21 0700-1900", "02-22 0700-1900"]),
        ("Feb 20 - 0700-1900", ["02-20 0700-1900"]),
        ("Sat Feb 20 – 7 am to 7 pm", ["02-20 0700-1900"]),
        ("Saturday, February 20, 2027: 9:00 AM - 5:00 PM", ["02-20 0900-1700"]),
        ("Feb 20: 7:00 (start) ask Marla", ["?"]),
        ("tonite 7p-7a $2800", ["01-05 1900-0700 2800/shift"]),
        (
            "tonight 7p-7a $2800, also tomorrow night, same hours, $2600",
            ["01-05 1900-0700 2800/shift", "01-06 1900-0700 2600/shift"],
        ),
        ("Sat 2/20 7a-7p, Sun 2/21 same hours", ["02-20 0700-1900", "02-21 0700-1900"]),
        ("Sat 2/20 7a-7p, Sun 2/21 9a-5p, Mon 2/22 same hours", ["?"]),
        ("Sat 2/20 same hours as last time", ["?"]),
        ("Sat 2/20 7a-7p 2400 ea", ["02-20 0700-1900 2400/shift"]),
        ("Sat 2/20 7a-7p, 2400 ea or 2600 for both", ["02-20 0700-1900 2400/shift wording?"]),
        ("Jul 3 (9a-5p), Jul 4 closed, Jul 5 (9a-5p)", ["07-03 0900-1700", "07-05 0900-1700"]),
        ("Jul 3-5 (9a-5p), Jul 4 closed, Jul 6 (9a-5p)", ["?"]),
        (
            "we moved the Sat 2/20 7a-7p shift to Sun 2/21, same hours",
            ["02-20 0700-1900 withdrawn", "02-21 0700-1900"],
        ),
        ("we have not moved the Sat 2/20 7a-7p shift to Sun 2/21", ["?"]),
        ("can you move the Sat 2/20 7a-7p shift to Sun 2/21?", ["?"]),
        ("we moved Dr. Patel from Sat 2/20 7a-7p to Sun 2/21", ["?"]),
        ("need 2 docs Sat 2/20 7a-7p", ["02-20 0700-1900"]),
        (
            "2 openings Sat 2/20 7a-7p, Sun 2/21 7a-7p",
            ["02-20 0700-1900 wording?", "02-21 0700-1900 wording?"],
        ),
        (
            "1 opening Sat 2/20 7a-7p or Sun 2/21 7a-7p",
            ["02-20 0700-1900 choose? wording?", "02-21 0700-1900 choose? wording?"],
        ),
        ("0 openings Sat 2/20 7a-7p", ["02-20 0700-1900 wording?"]),
        ("3 providers wanted Sat 2/20 7a-7p", ["02-20 0700-1900"]),
        ("2 providers have Sat 2/20 7a-7p", ["02-20 0700-1900 wording?"]),
        ("short 2 Sat 2/20 7a-7p", ["02-20 0700-1900"]),
        (
            "need 2 of Sat 2/20, Sun 2/21, Mon 2/22 7a-7p",
            ["02-20 0700-1900 wording?", "02-21 0700-1900 wording?", "02-22 0700-1900 wording?"],
        ),
        ("2 docs want Sat 2/20 7a-7p", ["02-20 0700-1900 wording?"]),
    ],
)
def test_shorthand_of_a_line(text: str, expected: list[str]) -> None:
    """A day and then its hours, slang, hours or a price told once, a closed day, a move, a count of openings."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all 12s\n2/20 7p\n2/21 7a", ["lakeside-ed 02-20 1900-0700", "lakeside-ed 02-21 0700-1900"]),
        ("all 12s except 2/21\n2/20 7p\n2/21 7a", ["?", "?"]),
        ("not all 12s\n2/20 7p", ["?"]),
        ("all 12s\n2/20 7p-5a\n2/21 7a", ["lakeside-ed 02-20 1900-0500", "lakeside-ed 02-21 0700-1900"]),
        ("all 8s or 12s\n2/20 7p", ["?"]),
        ("all shifts are 10 hours\nSat 2/20 7a\nreply by 2/1 5p", ["lakeside-ed 02-20 0700-1700"]),
        ("all 12s, LKSD\nSat 2/20 starts 7p", ["?"]),
        ("all 12s\nSat 2/20 7p or 2/21 7a", ["?"]),
        ("all 12s and 10s\n2/20 7p", ["?"]),
        (
            "Sat 2/20 7p-7a LKSD\nSun 2/21 7a-7p LKSD\n\nNight rate is $2,400.",
            ["lakeside-ed 02-20 1900-0700 2400/shift", "lakeside-ed 02-21 0700-1900 pay?"],
        ),
        ("Sat 2/20 7p-7a LKSD\n\nDay rate $2,400.", ["lakeside-ed 02-20 1900-0700 2400/shift"]),
        ("Sat 2/20 7p-7a LKSD\n\n$2,400 for nights if you take all", ["lakeside-ed 02-20 1900-0700 pay?"]),
        (
            "Sat 2/20 7p-7a LKSD\n\nNight rate $2,400. Only for new hires.",
            ["lakeside-ed 02-20 1900-0700 pay?"],
        ),
        ("Sat 2/20 7a-7p LKSD\n\n$2,400 for nights, days as usual", ["lakeside-ed 02-20 0700-1900 pay?"]),
        (
            "L = Lakeside ED, P = Pinecrest UC\nL 2/20 7a-7p\nP 2/21 8a-8p\nM 2/22 7a-7p",
            ["lakeside-ed 02-20 0700-1900", "pinecrest-uc 02-21 0800-2000", "?"],
        ),
        ("L = Lakeside ED, L = Pinecrest UC\nL 2/20 7a-7p", ["?"]),
        ("L = Lakeside ED, P = Oakdale\nL 2/20 7a-7p\nP 2/21 7a-7p", ["lakeside-ed 02-20 0700-1900", "?"]),
        ("2/20 7a-7p L\nL = Lakeside ED, P = Pinecrest UC", ["?"]),
        ("P = Pinecrest UC, N = Lakeside ED\nN 2/20 7a-7p", ["lakeside-ed 02-20 0700-1900"]),
        (
            "<table><tr><td>Site</td><td>Date</td><td>Start</td><td>End</td><td>Hrs</td></tr><tr><td>LKSD</td><td>2/20</td><td>0700</td><td>1900</td><td>12</td></tr><tr><td>LKSD</td><td>2/21</td><td>0700</td><td>1900</td><td>8</td></tr></table>",
            ["lakeside-ed 02-20 0700-1900", "lakeside-ed 02-21 0700-1900 hours?"],
        ),
        (
            "<table><tr><td>Site</td><td>Date</td><td>Hours</td><td>Start</td><td>End</td></tr><tr><td>LKSD</td><td>2/20</td><td>12</td><td>0700</td><td>1900</td></tr></table>",
            ["lakeside-ed 02-20 0700-1900"],
        ),
        (
            "<table><tr><td>Site</td><td>Date</td><td>Time</td><td>Hours</td></tr><tr><td>LKSD</td><td>2/20</td><td>7a-7p</td><td>12.0</td></tr></table>",
            ["lakeside-ed 02-20 0700-1900"],
        ),
        (
            "<table><tr><td>Site</td><td>Date</td><td>Hours</td><td>Openings</td></tr><tr><td>LKSD</td><td>2/20</td><td>7a-7p</td><td>0</td></tr></table>",
            ["lakeside-ed 02-20 0700-1900 status?"],
        ),
    ],
)
def test_what_a_message_says_once(text: str, expected: list[str]) -> None:
    """How long all shifts are, a rate of one kind, letters for sites, a column that counts hours."""
    reading = mail(text)
    sites = [shift.site for shift in reading.shifts]
    found = told(reading)
    assert [f"{site} {one}" for site, one in zip(sites, found, strict=False)] + found[
        len(sites) :
    ] == expected

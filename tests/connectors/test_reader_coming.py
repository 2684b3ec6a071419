"""Days of the week, names beside what is open, codes of one site: what a message settles by itself, and what not."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, told


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("Sat 7a-7p LKSD $2300", "", ["01-09 0700-1900 2300/shift"]),
        ("need Saturday 7a-7p and Sunday 9a-5p", "", ["01-09 0700-1900", "01-10 0900-1700"]),
        ("this weekend Sat 7a-7p LKSD", "", ["01-09 0700-1900"]),
        ("this weekend 7a-7p LKSD $2300", "", ["?"]),
        ("next Sat 7a-7p LKSD", "", ["?"]),
        ("Saturdays 7a-7p LKSD", "", ["?"]),
        ("every Sat 7a-7p LKSD", "", ["?"]),
        ("Tue 7a-7p LKSD", "", ["?"]),
        ("Sun 7a-7p, Sat 7a-7p LKSD", "", ["?"]),
        ("Sat or Sun 7a-7p LKSD", "", ["?"]),
        ("Sat 7a-7p LKSD", "Re: shifts", ["?"]),
        ("Sat 7a-7p LKSD", "Fwd: shifts", ["?"]),
        ("Sat 7a-7p LKSD\nMarch 3 7a-7p", "", ["03-03 0700-1900", "?"]),
        ("Mon-Fri 8a-5p LKSD", "", ["?"]),
        (
            "wed nite + thu nite 7p-7a lksd 2450 ea",
            "",
            ["01-06 1900-0700 2450/shift", "01-07 1900-0700 2450/shift"],
        ),
        ("Office is open Mon 8a-5p", "", []),
        ("Call me Thu 8a-5p", "", []),
        ("this weekend Wed 7a-7p LKSD", "", ["?"]),
        ("Sat 7a-7p LKSD, reply by Fri", "", ["01-09 0700-1900"]),
        ("Sat night 7p-7a LKSD $2500, let me know by Thursday noon", "", ["01-09 1900-0700 2500/shift"]),
        ("Sat 7a-7p LKSD is covered, thanks", "", ["?"]),
        ("Dr. Patel works Sat 7a-7p LKSD", "", ["?"]),
        ("Thu 7a-7p LKSD", "Next week", ["?"]),
        (
            "Fri 7p-7a, Sat 7p-7a LKSD $2500 each, pick one",
            "",
            ["01-08 1900-0700 2500/shift", "01-09 1900-0700 2500/shift"],
        ),
        ("Thurs 9am-5pm clinic closed", "", ["?"]),
        (
            "D = 0700-1900, N = 1900-0700\nThu 4/1   D Nguyen   N OPEN\nFri 4/2   D OPEN   N Ruiz\nSat 4/3  D Ruiz  N Ruiz",
            "April",
            ["04-01 1900-0700", "04-02 0700-1900"],
        ),
        (
            "D = 0700-1900, N = 1900-0700\nThu 4/1   D Hold   N OPEN",
            "April",
            ["04-01 0700-1900 wording?", "04-01 1900-0700 wording?"],
        ),
        (
            "D = 0700-1900, N = 1900-0700\nThu 4/1   D Nguyen   N Ruiz",
            "April",
            ["04-01 0700-1900 wording?", "04-01 1900-0700 wording?"],
        ),
        (
            "D = 0700-1900, N = 1900-0700\nThu 4/1   D Nguyen?   N OPEN\nFri 4/2 D OPEN",
            "April",
            ["04-01 0700-1900 wording?", "04-01 1900-0700 wording?", "04-02 0700-1900"],
        ),
        (
            "D = 0700-1900, N = 1900-0700\nThu 4/1   D OPEN Nguyen   N OPEN",
            "April",
            ["04-01 0700-1900 wording?", "04-01 1900-0700 wording?"],
        ),
        (
            "<table><tr><td></td><td>Mon 5/3</td><td>Tue 5/4</td><td>Wed 5/5</td></tr><tr><td>Day 7a-7p</td><td>Nguyen</td><td>OPEN</td><td>Tentative</td></tr><tr><td>Night 7p-7a</td><td>OPEN</td><td></td><td>Ruiz?</td></tr></table>",
            "Grid",
            ["05-04 0700-1900", "05-05 0700-1900 wording?", "05-03 1900-0700", "05-05 1900-0700 wording?"],
        ),
        (
            "<table><tr><td></td><td>Mon 5/3</td><td>Tue 5/4</td></tr><tr><td>Day 7a-7p</td><td>Nguyen</td><td>Patel</td></tr></table>",
            "Grid",
            ["05-03 0700-1900 wording?", "05-04 0700-1900 wording?"],
        ),
        ("HTH open, $125/h\n\n3/22 0800-1200 Harbor Tele", "x", ["03-22 0800-1200 125/hour"]),
        ("LKE rate $125/h\n\n3/22 0800-1200", "x", ["03-22 0800-1200 125/hour"]),
        ("XYZ rate $125/h\n\n3/22 0800-1200", "x", ["03-22 0800-1200 pay?"]),
        ("LKSD Wed 3/10 now 9a-7p instead of 7a-5p. Same rate.", "x", ["03-10 0900-1900 changed"]),
        ("LKSD Wed 3/10 7a-7p, same rate as last time", "x", ["03-10 0700-1900"]),
        (
            "LKSD Wed 3/10 7a-7p $2300. Thu 3/11 7a-7p same rate.",
            "x",
            ["03-10 0700-1900 2300/shift", "03-11 0700-1900 2300/shift"],
        ),
        (
            "ASSIGNMENT CONFIRMATION\nFacility: Lakeside ED\nShifts: 2/22, 2/23 - 7:00am to 7:00pm",
            "x",
            ["02-22 0700-1900 confirmed", "02-23 0700-1900 confirmed"],
        ),
        (
            "ASSIGNMENT CONFIRMATION PENDING\nFacility: Lakeside ED\nShifts: 2/22, 2/23 - 7:00am to 7:00pm",
            "x",
            ["02-22 0700-1900 status?", "02-23 0700-1900 status?"],
        ),
        (
            "Facility: Lakeside ED\nDate: 2/22\nTime: 7:00am to 7:00pm",
            "Confirmation of assignment pending",
            ["02-22 0700-1900 confirmed status?"],
        ),
        (
            "LKSD\n$2,750 per day, 0700-1900, in-house.\nDays available: 2/20, 2/21",
            "x",
            ["02-20 0700-1900 2750/day", "02-21 0700-1900 2750/day"],
        ),
        ("LKSD\n$2,750 per night, 7p-7a.\n2/20", "x", ["02-20 1900-0700 2750/shift"]),
        ("LKSD\n$2,300 7a-7p, if you take both.\n2/20, 2/21", "x", ["?"]),
        (
            "LKSD\n$2,300 per shift, 7a-7p\n2/20\n2/21 9a-5p",
            "x",
            ["02-20 0700-1900 2300/shift", "02-21 0900-1700 2300/shift"],
        ),
        ("LKSD\n$2,300 per shift 7a-7p, $2500 per shift 7p-7a\n2/20", "x", ["?"]),
        ("LKSD\n$2,300 per shift, office answers 7a-7p\n2/20", "x", ["?"]),
        (
            "LKSD\n2/20, 2/21\n$2,300 per shift, 7a-7p",
            "x",
            ["02-20 0700-1900 2300/shift", "02-21 0700-1900 2300/shift"],
        ),
        ("LKSD\n$2,300 per shift, 7a-7p, Mondays\nLicense expires 2/21\n2/22", "x", ["?", "?"]),
        (
            "Schedule is out. Open shifts:\nSat 5/8 7a-7p LKSD",
            "May schedule is published",
            ["05-08 0700-1900"],
        ),
        ("lksd short Sat 7a-7p, txt back if u can", "x", ["01-09 0700-1900"]),
        ("Our LKSD clinic is open Wed 8a-5p and Thu 8a-5p", "x", ["?"]),
        ("Thanks for Sat 7a-7p LKSD", "x", ["?"]),
        ("The LKSD walk-in clinic runs Wed 8a-5p", "x", ["?"]),
    ],
)
def test_what_a_message_settles_by_itself(text: str, subject: str, expected: list[str]) -> None:
    """Sent on Tuesday, 5 January."""
    assert told(mail(text, subject=subject)) == expected

"""How agencies and recruiters put it: amounts told twice, footnotes, forms with a start and an end, tables, notices."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        ("$200/hr, so $2,400 a shift", "200/hour"),
        ("$2,400 per shift ($200/hr)", "2400/shift"),
        ("$200/hr, which works out to $2,400", "200/hour"),
        ("$200/hr, so $2,000 a shift", "200/hour pay?"),
    ],
)
def test_an_amount_by_the_hour_and_what_it_comes_to_agree(pay: str, expected: str) -> None:
    """On the shift's line, or below it; where they do not, somebody has to ask."""
    assert read(f"Fri 2/19 7a-7p, {pay}") == [f"02-19 0700-1900 {expected}"]
    assert told(mail(f"LKSD\nFri 2/19 7a-7p\n{pay}.")) == [f"02-19 0700-1900 {expected}"]


def test_a_footnote_is_said_of_the_line_that_is_marked() -> None:
    assert told(mail("LKSD\nSat 2/20 7a-7p*\nSun 2/21 7a-7p\n*$2,600 for the Saturday")) == [
        "02-20 0700-1900 2600/shift",
        "02-21 0700-1900",
    ]
    assert told(mail("LKSD\nSat 2/20 7a-7p\nSun 2/21 7p-7a*\nRate $2300\n*already filled")) == [
        "02-20 0700-1900 2300/shift",
        "02-21 1900-0700 withdrawn",
    ]
    assert told(mail("LKSD\nSat 2/20 7a-7p\nSun 2/21 7a-7p*\nRate $2300\n*may go to another doc")) == [
        "02-20 0700-1900 2300/shift",
        "02-21 0700-1900 2300/shift wording?",
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Start date: 2/20/2027\nEnd date: 2/21/2027\nShift: 7a-7p", ["02-20 0700-1900", "02-21 0700-1900"]),
        ("Start date: 2/20/2027\nEnd date: 2/20/2027\nHours: 7a-7p", ["02-20 0700-1900"]),
        (
            "Start date: 2/20/2027\nEnd date: 2/21/2027\nStart time: 7:00 PM\nEnd time: 7:00 AM",
            ["02-20 1900-0700"],
        ),
        ("Start: Sat 2/20/27\nEnd: Sun 2/21/27\nHours: 7a-7p", ["02-20 0700-1900", "02-21 0700-1900"]),
        ("Start date: 2/20/2027\nHours: 7a-7p", ["?"]),
        ("Start date: March 1\nEnd date: June 30\nShift: 7a-7p", ["?"]),
    ],
)
def test_a_start_and_an_end_in_fields_of_their_own(form: str, expected: list[str]) -> None:
    """A beginning by itself may be that of an assignment, and so may a span of months."""
    assert told(mail(f"Site: LKSD\n{form}")) == expected


def test_dates_of_a_start_and_an_end_are_columns_too() -> None:
    heads = "<tr><th>Site</th><th>Start Date</th><th>End Date</th><th>Hours</th></tr>"
    row = "<tr><td>LKSD</td><td>2/20/27</td><td>2/22/27</td><td>7a-7p</td></tr>"
    assert told(mail(f"<table>{heads}{row}</table>")) == [f"02-{day} 0700-1900" for day in (20, 21, 22)]


def test_dates_stand_under_any_heading() -> None:
    heads = "<tr><th>Open</th><th>Hours</th><th>Pay</th></tr>"
    row = "<tr><td>Sat Feb 20</td><td>7a-7p</td><td>$2,300</td></tr>"
    assert told(mail(f"<p>LKSD</p><table>{heads}{row}</table>")) == ["02-20 0700-1900 2300/shift"]


def test_a_status_over_the_name_of_a_site_holds_below_it() -> None:
    assert told(mail("Filled:\nLKSD\nSat 2/20 7a-7p\n\nStill open:\nLKSD\nSun 2/21 7a-7p")) == [
        "02-20 0700-1900 withdrawn",
        "02-21 0700-1900",
    ]


def test_a_heading_with_hours_is_of_all_days_below_it() -> None:
    """However long it is, the day below is no part of its sentence."""
    text = (
        "Mesa ED | 6a-4p | $240/hr\n2/22 Mon\n\nLakeside ED | 8a-8p | $1,740/shift flat\n2/27 Sat\n2/28 Sun"
    )
    assert [(shift.site, f"{shift.start:%d %H}") for shift in mail(text).shifts][1:] == [
        ("lakeside-ed", "27 08"),
        ("lakeside-ed", "28 08"),
    ]


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ("Pays $2,300 on the 19th and $2,500 the other day.", ["2300/shift", "2500/shift"]),
        ("$2,300 for the 19th, $2,500 for the 20th", ["2300/shift", "2500/shift"]),
        ("Rate $200/hr. Weekend differential 10%.", ["200/hour", "200/hour pay?"]),
        ("$200/hr\nWeekends +$20/hr.", ["200/hour", "200/hour pay?"]),
    ],
)
def test_what_each_day_pays(rates: str, expected: list[str]) -> None:
    """What comes on top for some is asked about for those."""
    days = ["02-19 0700-1900", "02-20 0700-1900"]
    assert told(mail(f"LKSD\nFri 2/19 7a-7p\nSat 2/20 7a-7p\n{rates}")) == [
        f"{day} {pay}" for day, pay in zip(days, expected, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Does Sat 2/20 7a-7p work for you?", ""),
        ("If Sat 2/20 7a-7p works for you, let me know.", ""),
        ("Dr. Kim will work for you Sat 2/20 7a-7p", " withdrawn"),
        ("We have to cancel Saturday, Feb 20, 7a-7p because volumes are down.", " withdrawn"),
        (
            "The shift on Sat 2/20, 7a-7p was picked up overnight by one of the regular physicians.",
            " withdrawn",
        ),
        ("Your Sat 2/20 shift (7a-7p) is all set.", " confirmed"),
        ("This email confirms your shift on Sat 2/20, 7a-7p.", " confirmed"),
        ("Your first shift is confirmed for Sat 2/20, 7a-7p.", " confirmed"),
    ],
)
def test_how_a_shift_stands(text: str, status: str) -> None:
    assert read(text) == [f"02-20 0700-1900{status}"]


@pytest.mark.parametrize(
    "text",
    [
        "they asked us for Sat 2/20 7a-7p back",
        "need cardiology Sat 2/20 7a-7p $2300",
        "need a vet Sat 2/20 7a-7p $2300",
        "Sat 2/20 7a-7p $2300 - that ship sailed",
        "Sat 2/20 7a-7p $2300 penciled for hank",
        "Sat 2/20 7a-7p $2300, waitlist",
        "Oakdale, Sat 2/20 7a-7p $2300",
    ],
)
def test_what_a_price_does_not_make_an_offer(text: str) -> None:
    assert all("?" in one for one in read(text))

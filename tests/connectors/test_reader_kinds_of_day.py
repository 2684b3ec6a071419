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


THREE = "LKSD\nSat 2/20 7a-7p\nSun 2/21 7a-7p\nMon 2/22 7a-7p\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All $2,400/shift except Saturday $2,600", "2600/shift 2400/shift 2400/shift"),
        ("190/hr but weekends 210", "210/hour 210/hour 190/hour"),
        ("all 2100/shift x sun 2450 (flat)", "2100/shift 2450/shift 2100/shift"),
        ("$205/hr, Sunday 230.", "205/hour 230/hour 205/hour"),
        ("We pay $92 per hour, on Sunday $110. Answer please latest 1/15.", "92/hour 110/hour 92/hour"),
        ("All $2,400/shift except Saturday", "pay? pay? pay?"),
        ("All $2,400/shift except Saturday, $2,600 if you do both", "pay? pay? pay?"),
        ("2400/shift, Saturday 2000", "pay? pay? pay?"),
        ("$2,300 nights, $2,400 Saturday", "pay? pay? pay?"),
    ],
)
def test_pay_by_kind_of_day_below_a_list(text: str, expected: str) -> None:
    """A number that may be a time of day is no amount; what an exception pays may stand nowhere."""
    assert " ".join(one.split(" ", 2)[2] for one in told(mail(THREE + text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 2/20 7a-7p (hot: +$15/hr)\nBase $118/hr.", "133/hour"),
        ("Sat 2/20 7a-7p, plus $20 an hour\nBase rate is $150/hr.", "170/hour"),
        ("Sat 2/20 7a-7p (was +$15/hr)\nBase $118/hr", "pay?"),
        ("Sat 2/20 7a-7p [+$12/hr]\n$130/hr base", "142/hour"),
        ("Sat 2/20 7a-7p (hot: +$15/hr)\nBase $1,800", "pay?"),
        ("Sat 2/20 7a-7p (hot: +$15/hr)\n$118/hr", "pay?"),
        ("Sat 2/20 7a-7p (hot: +$15/hr)", "pay?"),
        ("Sat 2/20 7a-7p (+$15/hr after midnight)\nBase $118/hr.", "hours? pay? wording?"),
    ],
)
def test_an_hours_extra_on_a_line_comes_on_top_of_the_pay_told_below(text: str, expected: str) -> None:
    """Not on top of a shift's pay, of what nobody calls the base, or under a condition."""
    assert " ".join(one.split(" ", 2)[2] for one in told(mail(f"LKSD\n{text}"))) == expected


WEEK = "wk of 1/11: M 8a-4p, W 12p-8p, S 9a-1p"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"LKSD, letters are weekdays (M T W Th F S)\n{WEEK}\n$146/hr weekdays, $155 Saturday",
            "01-11 0800-1600 146/hour 01-13 1200-2000 146/hour 01-16 0900-1300 155/hour",
        ),
        (
            f"LKSD (M/T/W/R/F/S)\n{WEEK}\n$140/hr",
            "01-11 0800-1600 140/hour 01-13 1200-2000 140/hour 01-16 0900-1300 140/hour",
        ),
        (
            "LKSD\nWeek of 1/11:\nMon 7a-7p\nSat 7a-7p\nweekdays $2300, Sat $2400",
            "01-11 0700-1900 2300/shift 01-16 0700-1900 2400/shift",
        ),
        (
            f"LKSD, letters are weekdays (S M T W Th F S)\n{WEEK}\n$140/hr",
            "01-11 0800-1600 140/hour wording? 01-13 1200-2000 140/hour wording? 01-13 0900-1300 140/hour wording?",
        ),
        ("LKSD\nWeek of 1/11, all 7a-7p:\nMon-Fri $2300, Sat $2400", "01-11 0700-1900 date? pay? ?"),
        ("LKSD\nWeek of 1/11, all 7a-7p:\nMon $2300, Sat $2400", "01-11 0700-1900 date? pay? ?"),
    ],
)
def test_letters_and_rates_of_a_week(text: str, expected: str) -> None:
    """Weekdays beside rates are kinds of day only below shifts of that week; S is Saturday where the letters say so."""
    assert " ".join(told(mail(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dates: Feb 9, 10 and 12\nShifts: Day 7a-7p at $1,800; Evening 1p-11p at $1,950",
            "02-09 0700-1900 1800/shift 02-10 0700-1900 1800/shift 02-12 0700-1900 1800/shift 02-09 1300-2300 1950/shift 02-10 1300-2300 1950/shift 02-12 1300-2300 1950/shift",
        ),
        (
            "Days: Tue 2/9, Wed 2/10\nPosts: 7a-7p $1,800; 1p-11p $1,950\nBoth are open on each day.",
            "02-09 0700-1900 1800/shift 02-10 0700-1900 1800/shift 02-09 1300-2300 1950/shift 02-10 1300-2300 1950/shift",
        ),
        (
            "Nights needed: 2/9\nSlots: 7p-7a ($2,300), 11p-7a ($1,900)",
            "02-09 1900-0700 2300/shift 02-09 2300-0700 1900/shift",
        ),
        ("Days: Tue 2/9, Wed 2/10\nPosts: 7a-7p $1,800; 1p-11p $1,950", "?"),
        (
            "Dates: Feb 9, 10, 12\nPosts: Day 7a-7p $1,800; Evening 1p-11p $1,950\nEvening is only on the 12th.",
            "?",
        ),
        ("Dates: Feb 9, 10, 12\nPosts: Day 7a-7p at $1,800 or Evening 1p-11p at $1,950", "?"),
        ("Dates: Feb 9, 10 and 12\nShifts: Day 7a-7p; Evening 1p-11p at $1,950", "?"),
        ("Dates: Feb 9, 10 and 12\nShifts: Day 7a-7p at $1,800; Sat 1p-11p at $1,950", "? ?"),
    ],
)
def test_several_posts_on_each_of_several_dates(text: str, expected: str) -> None:
    """As many posts as dates may be one for each; one without pay, or of a weekday, is another matter."""
    assert " ".join(told(mail(f"LKSD\n{text}"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 January 2027, 1200H.", "01-09 1200"),
        ("1700 on Friday", "01-08 1700"),
        ("Fri 1/8, 1730 hrs", "01-08 1730"),
        ("1/8 at 2030", "01-08 2030"),
        ("1/8/2027", "01-08 2359"),
        ("8 January 2027", "01-08 2359"),
        ("Friday. Rate 1099.", "01-08 2359"),
    ],
)
def test_a_deadline_in_four_digits(text: str, expected: str) -> None:
    """A year is no hour."""
    (shift,) = mail(f"LKSD 2/20 7a-7p\nReply by {text}").shifts
    assert shift.respond_by
    assert f"{shift.respond_by:%m-%d %H%M}" == expected

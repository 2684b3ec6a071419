"""Clauses that describe a shift or an amount, and clocks and days in words, each beside what looks like it and means something else."""

from __future__ import annotations

import pytest

from tests.connectors.told import mail, read, told

SAT, SUN = "02-20 0700-1900", "02-21 0700-1900"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 2/20 7a-7p $2300, which came up after we spoke.", ["2300/shift"]),
        ("Sat 2/20 7a-7p $2300, which just opened up since you texted", ["2300/shift"]),
        ("I also have Sat 2/20 7a-7p, $2300, that came open right after I wrote.", ["2300/shift"]),
        ("Sat 2/20 7a-7p $2300, which closed after we hung up.", ["2300/shift wording?"]),
        ("Sat 2/20 7a-7p $2300, which opened after Kim hung up her coat.", ["2300/shift wording?"]),
        ("Sat 2/20 7a-7p $2300, which may open after we talk.", ["2300/shift wording?"]),
        ("Sat 2/20 7a-7p, $300/hr (our bill rate, not yours), you get $240/hr", ["240/hour"]),
        ("They get billed $300/hr, you'd see $240/hr, Sat 2/20 7a-7p", ["240/hour"]),
        ("Sat 2/20 7a-7p, $240/hr (not yours yet)", ["240/hour wording?"]),
        ("Sat 2/20 7a-7p, $240/hr (not your rate)", ["240/hour wording?"]),
        ("Volumes over the holidays have gone up by a lot, so we need Sat 2/20 7a-7p", [""]),
        ("As you know, volumes have grown by a third and the shift may go. Sat 2/20 7a-7p", ["wording?"]),
        ("forgive me we need somebody Sat 2/20 7a-7p okay thanks bye", [""]),
        ("Please excuse the typos, need Sat 2/20 7a-7p, thanks bye now", [""]),
        ("forgive me I gave it away, Sat 2/20 7a-7p bye", ["wording?"]),
        ("Sat 2/20 7a-7p bye to it", ["wording?"]),
    ],
)
def test_what_is_described_stays_as_it_is_told(text: str, expected: list[str]) -> None:
    assert read(text) == [f"{SAT} {one}".strip() for one in expected]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("All or nothing, they won't orient two people.", "block"),
        ("It has to be both days together because the site can't credential more than one doc.", "block"),
        ("It goes as one block - they don't want several locums.", "block"),
        ("They won't orient two people.", "wording?"),
        ("All or nothing, they won't orient new people.", "block wording?"),
        ("All or nothing, they won't use you two weekends.", "block wording?"),
    ],
)
def test_why_all_of_them_go_to_one(terms: str, expected: str) -> None:
    assert read(f"Sat 2/20, Sun 2/21 7a-7p. {terms}") == [f"{SAT} {expected}", f"{SUN} {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1st 3 wknds in Mar, Sat + Sun, 7a-7p", ["03-06", "03-07", "03-13", "03-14", "03-20", "03-21"]),
        ("the first two weekends in February, 7a-7p", ["02-06", "02-07", "02-13", "02-14"]),
        ("First three Tuesdays of March 2027, 7a-7p", ["03-02", "03-09", "03-16"]),
    ],
)
def test_the_first_ones_of_a_month(text: str, expected: list[str]) -> None:
    assert read(text) == [f"{day} 0700-1900" for day in expected]


@pytest.mark.parametrize(
    "text",
    [
        "the first two weekends in August, 7a-7p",
        "first 2 weekends in Feb, Sat only, 7a-7p",
        "not the first 2 weekends in Feb, 7a-7p",
        "last two weekends in Feb, 7a-7p",
        "first two shifts in February 7a-7p",
    ],
)
def test_first_ones_that_nobody_can_count(text: str) -> None:
    """A month that begins on a Sunday, a part of them, those left out."""
    assert all("?" in one for one in read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("your 9a-5p on Sat 2/20 is now 10a-6p", ["02-20 1000-1800 changed"]),
        ("The 7a-7p on 2/20 now runs 8a-8p.", ["02-20 0800-2000 changed"]),
        ("Your 7p-7a shift on Sat 2/20 has been changed to 9p-9a.", ["02-20 2100-0900 changed"]),
        ("your 9a-5p on Sat 2/21 is now 10a-6p", ["?"]),
        ("your 9a-5p on Sat 2/20 may change to 10a-6p", ["?"]),
        ("your 9a-5p on Sat 2/20 is now 10a-6p on Sun 2/21", ["?"]),
        ("your 9a-5p on Sat 2/20 is now 10a-6p?", ["?"]),
        ("your 9a-5p on Sat 2/20 is now 10a-6p if you agree", ["?"]),
    ],
)
def test_what_was_at_other_hours(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 2/20 from half past six in the evening till eleven", ["02-20 1830-2300"]),
        ("Sat 2/20 quarter to eight in the morning until half past six in the evening", ["02-20 0745-1830"]),
        ("Sat 2/20 from half past 7 in the morning to 6pm", ["02-20 0730-1800"]),
        ("Sat 2/20 8am till six", [SAT[:5] + " 0800-1800"]),
        ("Sat 2/20 half past six to eleven", ["?"]),
        ("Sat 2/20 half past six in the evening", ["?"]),
        ("Sat 2/20 8am till six of us leave", ["?"]),
    ],
)
def test_clocks_in_words(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("may wknds: Sat 5/22 7a-7p", ["05-22 0700-1900"]),
        ("mar nights: Fri 3/19 7p-7a", ["03-19 1900-0700"]),
        ("March dates open: Sat 3/20 7a-7p", ["03-20 0700-1900"]),
        ("may wknds: Sat 6/5 7a-7p", ["06-05 0700-1900 wording?"]),
        ("may nights be ok? Sat 5/22 7a-7p", ["05-22 0700-1900 wording?"]),
        (
            "may wknds: Sat 5/22 7a-7p, Sat 6/5 7a-7p",
            ["05-22 0700-1900 wording?", "06-05 0700-1900 wording?"],
        ),
    ],
)
def test_a_month_that_is_a_word_as_well(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm stuck for Sat 2/20 7a-7p", SAT),
        ("we're really stuck on Sat 2/20, 7a-7p", SAT),
        ("I'm stuck with Sat 2/20 7a-7p", f"{SAT} wording?"),
        ("Kim is stuck for Sat 2/20 7a-7p", f"{SAT} wording?"),
        ("a mile from Mesa ED Sat 2/20 7a-7p", "?"),
    ],
)
def test_who_is_stuck(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am one short the week of the 15th. Could you do Tuesday Feb 16, 8a-5p, at LKSD?", "02-16 0800-1700"),
        ("I am short the week of the 14th. Could you cover Wed Feb 17, 8a-5p at LKSD?", "02-17 0800-1700"),
        ("We are stuck the week of the 15th. Can you do Fri 2/19 8a-5p at LKSD?", "02-19 0800-1700"),
        ("I am one short the week of the 15th. Could you do Mon Feb 15, 8a-5p, at LKSD?", "02-15 0800-1700 date?"),
        ("I am one short the week of the 15th. Could you do Feb 16, 8a-5p, at LKSD?", "02-16 0800-1700 date?"),
        ("I am one short the week of the 15th. Could you do Tue Feb 23, 8a-5p at LKSD?", "02-23 0800-1700 date?"),
        ("I am one short the week of the 16th. Could you do Wed Feb 17, 8a-5p at LKSD?", "02-17 0800-1700 date?"),
    ],
)  # fmt: skip
def test_the_week_that_the_named_days_are_in(text: str, expected: str) -> None:
    """Its first day alone may be where all of it begins."""
    assert told(mail(text)) == [expected]

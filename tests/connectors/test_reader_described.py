"""Clauses that describe a shift or an amount, and clocks and days in words, each beside what looks like it and means something else."""

from __future__ import annotations

import pytest

from tests.connectors.told import read

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

"""Figures to look at: sums to the cent, and a table that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

from daemon.reports import as_csv, books, month_facts, year_facts, year_text
from policy.notices import Facts, Lost
from policy.shift import Month, Span
from tests.policy.worlds import SITES, policy, shift

KNOWN = Span(date(2027, 1, 1), date(2027, 6, 30))
SHIFTS = (
    shift("a", "icu", "2027-02-01 19:00", cents=240_000),
    shift("b", "quiet-tele", "2027-02-10 08:00", 8, cents=100_001),
    shift("c", "icu", "2027-04-01 07:00", cents=240_000),
)


def facts(**changes: object) -> Facts:
    rules = policy(
        streams={"per_diem": {"employment": "1099"}},
        sites={**SITES, "icu": {**SITES["icu"], "names": ["=Lakeside"], "scores": {"hassle": 2}}},
        goals={"floor_monthly": 4_000},
        **changes,
    )
    lost = (Lost("o", "CO", 240_000, date(2027, 3, 1)),)
    return Facts(rules, date(2027, 3, 1), Span(date(2027, 3, 1), KNOWN.last), KNOWN, SHIFTS, lost)


def test_a_month_tells_secured_from_planned() -> None:
    """To the cent; the floor takes what counts to it."""
    found = month_facts(facts(), Month(2027, 2), ["a"])
    assert (found["secured"], found["expected"]) == (240_000, 340_001)
    assert found["floor"] == {"need": 400_000, "have": 340_001, "short": 59_999}
    assert found["mix"] == {"high": 1, "moderate": 0, "low": 1}
    assert (found["counts"]["nights"], found["counts"]["hours"]) == (1, 20.0)


def test_a_year_names_the_weakest_stream() -> None:
    """By pay an hour; with what a missing licence cost."""
    found = year_facts(facts(), 2027)
    assert found["income"] == 580_001
    assert found["streams"]["per_diem"]["cents_an_hour"] == 20_000
    assert found["streams"]["telemedicine"]["cents_an_hour"] == 12_500
    assert found["weakest"] == "telemedicine"
    assert found["lost_for_want_of_a_licence"] == {"CO": {"offers": 1, "cents": 240_000}}
    text = year_text(found)
    assert "| per-diem | 2 | 24.0 | 1 | $4,800 | $200 |" in text
    assert "| icu | 2 | $200 | 2 | — | — |" in text
    assert "1 offers worth $2,400" not in text


def test_an_empty_year_is_a_page_all_the_same() -> None:
    """Nothing is divided by nothing."""
    found = year_facts(facts(), 2031)
    assert (found["income"], found["streams"], found["weakest"]) == (0, {}, None)
    assert year_text(found).startswith("# 2031\n")


def test_books_hold_what_is_past_and_no_formula() -> None:
    """One line a shift; a site that is named like a formula is only named so."""
    rows = list(csv.DictReader(io.StringIO(as_csv(books(facts(), 2027)))))
    assert [row["date"] for row in rows] == ["2027-02-01", "2027-02-10"]
    assert [(row["quarter"], row["dollars"], row["employment"]) for row in rows] == [
        ("1", "2400.00", "1099"),
        ("1", "1000.01", ""),
    ]
    named = policy(sites={**SITES, "icu": {**SITES["icu"], "employer": "=cmd()"}})
    (first, *_) = csv.DictReader(
        io.StringIO(as_csv(books(Facts(named, date(2027, 3, 1), KNOWN, KNOWN, SHIFTS), 2027)))
    )
    assert first["payer"] == "'=cmd()"
    assert as_csv([]) == ""

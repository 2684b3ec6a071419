"""A telemedicine shift that is taken says when to have a break and what to look after; a minimum says it in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.entries import View, at_the_desk, entries, warnings
from solver.solve import solve
from tests.daemon.unit.worlds import NOW, SITES, TODAY, offer, policy, problem, shift

LIST = ["power", "a quiet room"]
LINES = ["Before it begins:", "· power", "· a quiet room"]


def rules(**keys: Any) -> Any:
    return policy(telemedicine={"checklist": LIST, "per_visit_companies": "none", **keys})


@pytest.mark.parametrize(
    ("start", "hours", "breaks"),
    [
        ("2027-01-05 08:00", 4, []),
        ("2027-01-05 08:00", 4.25, ["Breaks by 12:00."]),
        ("2027-01-05 08:00", 8, ["Breaks by 12:00."]),
        ("2027-01-05 20:00", 12, ["Breaks by 00:00, 04:00."]),
        ("2027-03-13 22:00", 6, ["Breaks by 03:00."]),  # the clocks go forward at 02:00
        ("2026-10-31 22:00", 6, ["Breaks by 01:00."]),  # and back
    ],
)
def test_a_break_is_due_after_so_many_hours_at_the_screen(
    start: str, hours: float, breaks: list[str]
) -> None:
    """Elapsed hours, told by the clock at home; a shift that just ends then needs none."""
    assert at_the_desk(rules(), shift("t", "harbor-tele", start, hours)) == [*breaks, *LINES]


def test_other_work_has_no_such_lines() -> None:
    """Nor has telemedicine with an empty list and short shifts."""
    assert at_the_desk(rules(), shift("a", "lakeside-ed", "2027-01-05 07:00")) == []
    assert at_the_desk(rules(checklist=[]), shift("t", "harbor-tele", "2027-01-05 07:00", 4)) == []
    assert at_the_desk(rules(break_after_hours=1), shift("t", "harbor-tele", "2027-01-05 07:00", 2))[0] == (
        "Breaks by 08:00."
    )


def test_they_stand_in_what_is_taken_and_not_in_a_hold() -> None:
    """A hold is a question; the lines come with the answer, and with what a policy takes by itself."""
    one = offer("o1", "harbor-tele", "2027-01-05 08:00", hours=6)
    texts = {"by": "company", "form": "occurrence", "tail": "company", "gaps": "none", "evidence": "coi.pdf"}
    cover = {**texts, "covers_telemedicine": True}
    auto = {"telemedicine": {"decide": "auto", "employment": "1099", "malpractice": cover}}
    for streams, accepted, told in (({}, {}, False), ({}, {"o1": one}, True), (auto, {}, True)):
        written = policy(telemedicine={"checklist": LIST}, streams=streams)
        world = problem(
            *([] if accepted else [one]), commitments=one.shifts if accepted else (), rules=written
        )
        view = View(world, solve(world), accepted, {}, TODAY, NOW, "ab12cd34")
        (entry,) = [entry for entry in entries(view).values() if entry.kind in ("hold", "accepted")]
        assert ("\n".join(["Breaks by 12:00.", *LINES]) in entry.event.description) == told


@pytest.mark.parametrize(
    ("per", "told_from"),
    [
        ("month", date(2026, 12, 1)),  # a month before it begins
        ("quarter", date(2027, 1, 28)),  # before its last month
        ("year", date(2027, 10, 30)),
    ],
)
def test_a_minimum_of_a_long_period_is_no_news_at_its_beginning(per: str, told_from: date) -> None:
    """What is missing from a year in January is still to come."""
    least = {"cap": 2, "per": per}
    sites = {**SITES, "lakeside-ed": {**SITES["lakeside-ed"], "min_shifts": least}}
    world = problem(rules=policy(sites=sites))
    plan = solve(world)
    said = [bool(warnings(world, plan, day)) for day in (told_from - timedelta(days=1), told_from)]
    assert said == [False, True]

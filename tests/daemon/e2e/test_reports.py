"""Figures to look at, of a furnished month, by the installed command."""

from __future__ import annotations

import csv
import io
import json

from tests.daemon.e2e.harness import LAKESIDE, World


def test_a_month_is_summed(world: World) -> None:
    """What is committed, what is planned on top, and the floor."""
    world.mail("first", LAKESIDE, f"One gap:\n\n{world.us(14)} 7a-7p LKSD $2,600\n")
    assert world.once().returncode == 0
    month = world.day(14).strftime("%Y-%m")
    done = world.command("report", "month", month, "--json")
    assert done.returncode == 0, done.stderr
    (facts,) = json.loads(done.stdout)
    assert (facts["secured"], facts["expected"], facts["streams"]["per_diem"]["cents"]) == (
        0,
        260_000,
        260_000,
    )
    told = world.command("report", "month", month).stdout
    assert f"{month}: $0 secured, $2,600 expected" in told
    assert world.command("report", "month", "soon").returncode == 2


def test_a_year_and_its_books(world: World) -> None:
    """Shifts of the work calendar, by stream and site; the books end today."""
    world.put("work", "past", "LKSD day", world.at(-40, 7), world.at(-40, 19))
    world.put("work", "next", "LKSD day", world.at(9, 7), world.at(9, 19))
    assert world.once().returncode == 0
    year = str(world.day(-40).year)
    text = world.command("report", "year", year)
    assert text.returncode == 0, text.stderr
    assert text.stdout.startswith(f"# {year}\n")
    assert "| per-diem |" in text.stdout
    rows = list(csv.DictReader(io.StringIO(world.command("report", "books", year).stdout)))
    assert [(row["date"], row["stream"], row["hours"]) for row in rows] == [
        (world.day(-40).isoformat(), "per_diem", "12.00")
    ]


def test_alertness_is_an_estimate(world: World) -> None:
    """Of the shifts ahead; a night is worse than a day."""
    world.put("work", "day", "LKSD day", world.at(9, 7), world.at(9, 19))
    world.put("work", "night", "LKSD night", world.at(14, 19), world.at(15, 7))
    assert world.once().returncode == 0
    day, night = json.loads(world.command("report", "alertness", "--json").stdout)
    assert night["kss"] > 7 > day["kss"]
    assert "not for you" in world.command("report", "alertness").stdout

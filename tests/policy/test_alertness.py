"""The three-process model against printed values, and what it says of plans that people know to be hard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from policy.alertness import asleep_for, awake_for, kss, process_c, process_u, process_w, sleepiness
from policy.shift import Shift
from tests.policy.worlds import SITES, policy, shift

NEAR = policy(
    sites={**SITES, "near": {"stream": "per_diem", "travel": {"mode": "drive", "minutes": 30}}}
).site("near")


def duty(start: str, hours: float = 12) -> Shift:
    """At a site half an hour away."""
    one = shift(start, "icu", start, hours)
    return Shift.at(NEAR, one.start, one.end, key=start)


PRINTED = [
    (0, 7.96, -1.67, -5.72, -0.00274, 10.3),
    (5, 7.94, -1.63, -5.04, -0.00549, 9.84),
    (10, 7.93, -1.59, -4.45, -0.00919, 9.47),
    (15, 7.91, -1.55, -3.92, -0.0138, 9.14),
    (20, 7.89, -1.50, -3.46, -0.0194, 8.85),
    (25, 7.88, -1.46, -3.05, -0.0258, 8.59),
    (30, 7.86, -1.42, -2.69, -0.0332, 8.36),
    (35, 7.85, -1.37, -2.37, -0.0415, 8.16),
    (40, 7.83, -1.32, -2.09, -0.0506, 7.98),
    (45, 7.81, -1.28, -1.84, -0.0606, 7.82),
]
"""Minutes after waking at 08:00 with S at 7.96: S, C, W, U and KSS as FIPS prints them in its README, to three digits."""


@pytest.mark.parametrize(("minutes", "s", "c", "w", "u", "sleepy"), PRINTED)
def test_waking_hours_are_as_printed(
    minutes: int, s: float, c: float, w: float, u: float, sleepy: float
) -> None:
    """Each process by itself, and all together."""
    hours = minutes / 60
    assert awake_for(7.96, hours) == pytest.approx(s, abs=0.006)
    assert process_c(8 + hours) == pytest.approx(c, abs=0.006)
    assert process_w(hours) == pytest.approx(w, abs=0.006)
    assert process_u(8 + hours) == pytest.approx(u, abs=0.00006)
    assert kss(awake_for(7.96, hours), 8 + hours, hours) == pytest.approx(
        sleepy, abs=0.06 if minutes == 0 else 0.006
    )


@pytest.mark.parametrize(
    ("s", "hours", "after"),
    [(7.96, 1, 8.7608), (7.96, 4, 11.1634), (7.96, 5.2944, 12.2), (7.96, 8, 13.5516), (13.0, 0.5, 13.2257)],
)
def test_sleep_brakes_as_one_gets_rested(s: float, hours: float, after: float) -> None:
    """In a straight line up to 12.2, then ever more slowly; begun above the brake, on from where it began."""
    assert asleep_for(s, hours) == pytest.approx(after, abs=0.0005)


def test_sleep_in_two_parts_is_sleep_in_one() -> None:
    """However finely it is counted."""
    for hours in (2.0, 5.5, 9.0):
        assert asleep_for(asleep_for(7.96, hours / 3), hours * 2 / 3) == pytest.approx(
            asleep_for(7.96, hours)
        )


def worst(*shifts: Shift) -> list[tuple[str, float]]:
    return [(f"{one.at:%H:%M}", round(one.kss, 1)) for one in sleepiness(shifts)]


def test_days_are_worst_at_their_start() -> None:
    """Three days from seven: a little worse each day, as the nights before are short."""
    assert worst(*(duty(f"2027-01-{day} 07:00") for day in (11, 12, 13))) == [
        ("07:00", 4.5),
        ("07:00", 4.6),
        ("07:00", 4.6),
    ]


def test_nights_are_worst_before_dawn_and_add_up() -> None:
    """Fighting sleep from the second night on, after five hours of sleep by day."""
    found = sleepiness([duty(f"2027-01-{day} 19:00") for day in (11, 12, 13)])
    assert [round(one.kss, 1) for one in found] == [7.8, 8.2, 8.3]
    assert {one.at.hour for one in found} == {4}
    assert all(timedelta(hours=4) < one.slept < timedelta(hours=5) for one in found[1:])


def test_a_day_and_a_night_in_one() -> None:
    """24 hours from seven."""
    assert worst(duty("2027-01-11 07:00", 24)) == [("04:20", 8.0)]


@pytest.mark.parametrize("night", ["2026-10-31 19:00", "2027-03-13 19:00"])
def test_nights_of_changing_clocks_are_judged_by_the_clock_there(night: str) -> None:
    """Over 13 and 11 hours; nothing fails, and it is as bad as any first night."""
    hours = 13 if night.startswith("2026") else 11
    ((at, sleepy),) = worst(duty(night, hours))
    assert at.startswith("04")
    assert 7.5 < sleepy < 8.2


def test_nothing_is_nothing_and_order_is_no_matter() -> None:
    """And a far shift is as it is by itself."""
    assert sleepiness([]) == []
    one, other = duty("2027-01-11 07:00"), duty("2027-02-11 19:00")
    assert worst(other, one) == worst(one, other)
    assert worst(one, other)[1] == worst(other)[0]

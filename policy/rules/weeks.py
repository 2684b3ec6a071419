"""Caps counted in any so many consecutive dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from policy.fields import Cap
from policy.limits import Group, Limit, single
from policy.rules.base import Rule, bound, crowded, group, runs, windows
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import Roster, Shift

WEEK = 7
LONGEST_SHIFT = 2
"""Dates by which a shift may outlast the one it starts on."""
POINTS = {"high": 3, "moderate": 2, "low": 1}


def weighed(roster: Roster, weight: Callable[[Shift], int]) -> dict[date, list[tuple[int, Group]]]:
    """A term for each shift, by the date it starts on; a weight of 0 leaves it out."""
    table: dict[date, list[tuple[int, Group]]] = {}
    for day, shifts in roster.starting.items():
        if terms := [single(shift.id, w) for shift in shifts if (w := weight(shift))]:
            table[day] = terms
    return table


def _hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.hours_per_week:
        table = weighed(roster, lambda shift: shift.minutes)
        for span, terms in crowded(table, WEEK, cap.cap * 60, every=cap.over is not None):
            yield bound("caps.hours_per_week", span, "minutes", terms, cap, scale=60)


def _energy(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.energy_per_7_days:
        table = weighed(roster, lambda shift: POINTS[shift.site.intensity])
        for span, terms in crowded(table, WEEK, cap.cap, every=cap.over is not None):
            yield bound("caps.energy_per_7_days", span, "points", terms, cap)


def _days_in_a_row(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Of any k + 1 consecutive dates at most k are worked."""
    if cap := policy.limits.days_in_a_row:
        for span in runs(roster.touching, cap.cap + 1):
            terms = [(1, group(roster.touching[day])) for day in span]
            yield bound("caps.days_in_a_row", span, "days", terms, cap)


def _nights_in_a_row(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.nights_in_a_row:
        nights = {
            day: found
            for day, shifts in roster.starting.items()
            if (found := tuple(shift for shift in shifts if is_night(shift, policy.night)))
        }
        for span in runs(nights, cap.cap + 1):
            terms = [(1, group(nights[day])) for day in span]
            yield bound("caps.nights_in_a_row", span, "nights", terms, cap)


def _emr(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.emr.at_most:
        for span, shifts in windows(roster.starting, policy.emr.within_days, every=True):
            names = sorted({shift.site.emr for shift in shifts if shift.site.emr})
            terms = [(1, group(shift for shift in shifts if shift.site.emr == name)) for name in names]
            yield bound("emr.at_most", span, "EMRs", terms, cap)


def _length(cap: Cap | None) -> int:
    return cap.cap + LONGEST_SHIFT if cap else 0


RULES = (
    Rule("caps.hours_per_week", lambda _: WEEK - 1, _hours),
    Rule("caps.energy_per_7_days", lambda _: WEEK - 1, _energy),
    Rule("caps.days_in_a_row", lambda policy: _length(policy.limits.days_in_a_row), _days_in_a_row),
    Rule("caps.nights_in_a_row", lambda policy: _length(policy.limits.nights_in_a_row), _nights_in_a_row),
    Rule("emr.at_most", lambda policy: policy.emr.within_days - 1, _emr),
)

"""Caps counted in any so many consecutive dates."""

from __future__ import annotations

from collections.abc import Iterator

from policy.fields import Cap
from policy.limits import Group, Limit, single
from policy.rules.base import Rule, bound, group, runs, windows
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import Roster, Shift

WEEK = 7
LONGEST_SHIFT = 2
"""Dates by which a shift may outlast the one it starts on."""
POINTS = {"high": 3, "moderate": 2, "low": 1}


def _weighed(shifts: list[Shift], weight: dict[str, int]) -> list[tuple[int, Group]]:
    return [single(shift.id, weight[shift.id]) for shift in shifts]


def _hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.hours_per_week:
        weight = {shift.id: shift.minutes for shift in roster.shifts}
        for span, shifts in windows(roster.starting, WEEK, every=cap.over is not None):
            yield bound("caps.hours_per_week", span, "minutes", _weighed(shifts, weight), cap, scale=60)


def _energy(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.energy_per_7_days:
        weight = {shift.id: POINTS[shift.site.intensity] for shift in roster.shifts}
        for span, shifts in windows(roster.starting, WEEK, every=cap.over is not None):
            yield bound("caps.energy_per_7_days", span, "points", _weighed(shifts, weight), cap)


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

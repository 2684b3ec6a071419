"""How a month looks in plain numbers, counted one by one; the limits count by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy.rules.months import is_night
from policy.rules.travel import away
from policy.schema import Policy
from policy.shift import DAY, Month, Roster, Shift, Span


@dataclass(frozen=True, slots=True)
class Counts:
    nights: int
    weekends: int
    high_intensity: int
    off_days: int
    trips: int
    shifts: int
    minutes: int


def counts(policy: Policy, shifts: Iterable[Shift], month: Month) -> Counts:
    """The month's counters. `shifts` must reach a few dates over both of its borders."""
    worked = tuple(shifts)
    starting = [shift for shift in worked if Month.of(shift.first) == month]
    touched = {day for shift in worked for day in shift.dates}
    saturdays = {day for shift in worked for day in shift.weekends}
    trips = sum(
        Month.of(day) == month and day - DAY not in there
        for there in away(Roster(worked, Span.month(month))).values()
        for day in there
    )
    return Counts(
        nights=sum(is_night(shift, policy.at(month.first).night) for shift in starting),
        weekends=sum(Month.of(day) == month for day in saturdays),
        high_intensity=sum(shift.site.intensity == "high" for shift in starting),
        off_days=sum(day not in touched for day in Span.month(month)),
        trips=trips,
        shifts=len(starting),
        minutes=sum(shift.minutes for shift in starting),
    )

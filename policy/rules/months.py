"""Caps counted by calendar month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from policy.limits import Limit, singles
from policy.rules.base import Rule, bound, by_month, group, monthly
from policy.schema import Policy
from policy.sections import Night
from policy.shift import Month, Roster, Shift, Span, months


def is_night(shift: Shift, night: Night) -> bool:
    """At least 3 elapsed hours between 00:00 and 05:00, unless the policy says otherwise."""
    return shift.minutes_between(night.opens, night.closes) >= night.hours * 60


def _nights(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.nights_per_month:
        nights = by_month(shift for shift in roster.shifts if is_night(shift, policy.night))
        for month, shifts in nights.items():
            ids = [shift.id for shift in shifts]
            yield bound("caps.nights_per_month", Span.month(month), "nights", singles(ids), cap)


def _high_intensity(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.high_intensity_per_month:
        high = by_month(shift for shift in roster.shifts if shift.site.intensity == "high")
        for month, shifts in high.items():
            ids = [shift.id for shift in shifts]
            yield bound("caps.high_intensity_per_month", Span.month(month), "shifts", singles(ids), cap)


def _weekends(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.limits.weekends_per_month):
        return
    worked: dict[date, list[Shift]] = defaultdict(list)
    for shift in roster.shifts:
        for saturday in shift.weekends:
            worked[saturday].append(shift)
    for month in sorted({Month.of(saturday) for saturday in worked}):
        terms = [(1, group(worked[day])) for day in sorted(worked) if Month.of(day) == month]
        yield bound("caps.weekends_per_month", Span.month(month), "weekends", terms, cap)


def _off_days(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.limits.off_days_per_month):
        return
    for month in sorted({Month.of(day) for day in roster.touching}):
        span = Span.month(month)
        terms = [(1, group(roster.touching[day])) for day in span if day in roster.touching]
        yield bound("caps.off_days_per_month", span, "off days", terms, cap, at_least_of=month.days)


def _min_shifts(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """A minimum without a price only warns: as a hard limit it is frozen at what is committed."""
    for name, stream in policy.streams.items():
        if not (cap := stream.min_shifts_per_month):
            continue
        mine = by_month(shift for shift in roster.shifts if shift.site.stream == name)
        for month in months(roster.horizon):
            ids = [shift.id for shift in mine.get(month, ())]
            rule = f"streams.{name}.min_shifts_per_month"
            yield bound(rule, Span.month(month), "shifts", singles(ids, -1), cap, at_least_of=0)


RULES = (
    Rule("caps.nights_per_month", monthly, _nights),
    Rule("caps.weekends_per_month", monthly, _weekends),
    Rule("caps.high_intensity_per_month", monthly, _high_intensity),
    Rule("caps.off_days_per_month", monthly, _off_days),
    Rule("streams.min_shifts_per_month", monthly, _min_shifts),
)

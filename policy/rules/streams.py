"""How much of each kind of work: its weekdays, its shifts and hours, its sites, how long its shifts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from policy.fields import Cap, Weekday
from policy.limits import Limit, singles
from policy.rules.base import Rule, bound, by_month, group, monthly, windows
from policy.schema import Policy
from policy.shift import Roster, Shift, Span, StreamName

WEEK = 7
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
LONGER = 1_000_000
"""Minutes: a step so long that a shift of the wrong length costs once, however wrong it is."""


def _of(roster: Roster, stream: StreamName) -> list[Shift]:
    return [shift for shift in roster.shifts if shift.site.stream == stream]


def _capped(
    policy: Policy, key: Literal["max_shifts_per_month", "hours_per_week", "sites_per_month"]
) -> Iterator[tuple[StreamName, str, Cap]]:
    """Each stream that bounds this, with its rule's name."""
    for name, stream in policy.streams.items():
        cap: Cap | None = getattr(stream, key)
        if cap:
            yield name, f"streams.{name}.{key}", cap


def _weekdays(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for name, stream in policy.streams.items():
        if not stream.preferred_weekdays:
            continue
        preferred = {WEEKDAYS.index(day) for day in stream.preferred_weekdays}
        others = (shift for shift in _of(roster, name) if shift.first.weekday() not in preferred)
        for month, shifts in by_month(others).items():
            rule, terms = f"streams.{name}.preferred_weekdays", singles([shift.id for shift in shifts])
            yield Limit(rule, Span.month(month), "shifts", terms, 0, policy.prices.off_weekday)


def _max_shifts(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for name, rule, cap in _capped(policy, "max_shifts_per_month"):
        for month, shifts in by_month(_of(roster, name)).items():
            yield bound(rule, Span.month(month), "shifts", singles([shift.id for shift in shifts]), cap)


def _hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for name, rule, cap in _capped(policy, "hours_per_week"):
        mine = {
            day: found
            for day, shifts in roster.starting.items()
            if (found := tuple(shift for shift in shifts if shift.site.stream == name))
        }
        term = {shift.id: (shift.minutes, group((shift,))) for shift in _of(roster, name)}
        for span, shifts in windows(mine, WEEK, every=cap.over is not None):
            # Most weeks cannot be too full, and a year has many of them.
            if sum(shift.minutes for shift in shifts) > cap.cap * 60:
                terms = [term[shift.id] for shift in shifts]
                yield bound(rule, span, "minutes", terms, cap, scale=60)


def _sites(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for name, rule, cap in _capped(policy, "sites_per_month"):
        for month, shifts in by_month(_of(roster, name)).items():
            keys = sorted({shift.site.id for shift in shifts})
            terms = [(1, group(shift for shift in shifts if shift.site.id == key)) for key in keys]
            yield bound(rule, Span.month(month), "sites", terms, cap)


def _length(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """The weight is what a shift has too much, or too little, so that its length can be told."""
    for name, stream in policy.streams.items():
        if not (wanted := stream.shift_hours):
            continue
        rule = f"streams.{name}.shift_hours"
        least, most = (wanted.at_least or 0) * 60, (wanted.at_most or LONGER) * 60
        for shift in _of(roster, name):
            span, mine = Span(shift.first, shift.last), group((shift,))
            if shift.minutes > most:
                yield Limit(rule, span, "minutes", ((shift.minutes, mine),), most, wanted.over, LONGER)
            elif shift.minutes < least:
                terms = ((least - shift.minutes, mine),)
                yield Limit(rule, span, "minutes", terms, 0, wanted.over, LONGER, at_least_of=least)


def _companies(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Two direct-to-consumer platforms that pay by the visit are one risk twice."""
    if not (cap := policy.telemedicine.per_visit_companies):
        return
    for month, shifts in by_month(shift for shift in roster.shifts if shift.site.per_visit).items():
        names = sorted({shift.site.per_visit or "" for shift in shifts})
        terms = [(1, group(shift for shift in shifts if shift.site.per_visit == name)) for name in names]
        yield bound("telemedicine.per_visit_companies", Span.month(month), "companies", terms, cap)


RULES = (
    Rule("streams.preferred_weekdays", monthly, _weekdays),
    Rule("streams.max_shifts_per_month", monthly, _max_shifts),
    Rule("streams.hours_per_week", lambda _: WEEK - 1, _hours),
    Rule("streams.sites_per_month", monthly, _sites),
    Rule("streams.shift_hours", lambda _: 2, _length),
    Rule("telemedicine.per_visit_companies", monthly, _companies),
)

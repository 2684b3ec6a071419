"""Trips: runs of consecutive dates with work at one site where nights are spent away.

With A(d) for any work there on date d, "a trip starts on d" is the group of both dates less the group of the
first: any(A(d-1), A(d)) - A(d-1). That is linear, so a trip can be counted without a variable of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from policy.fields import Cap
from policy.limits import Group, Limit
from policy.rules.base import Rule, bound, group, monthly
from policy.schema import Policy
from policy.shift import DAY, Month, Roster, Shift, Span

Dates = Mapping[date, tuple[Shift, ...]]


def away(roster: Roster) -> dict[str, Dates]:
    """For each away site the dates with any minute of work there."""
    there: dict[str, dict[date, tuple[Shift, ...]]] = defaultdict(dict)
    for day, shifts in roster.touching.items():
        for site in {shift.site.id for shift in shifts if shift.site.away}:
            there[site][day] = tuple(shift for shift in shifts if shift.site.id == site)
    return {site: there[site] for site in sorted(there)}


def start(there: Dates, day: date) -> list[tuple[int, Group]]:
    """Terms that are 1 where a trip starts on this date, else 0."""
    before = there.get(day - DAY, ())
    if not before:
        return [(1, group(there[day]))]
    return [(1, group((*before, *there[day]))), (-1, group(before))]


def _trips(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.travel.trips_per_month):
        return
    terms: dict[Month, list[tuple[int, Group]]] = defaultdict(list)
    for there in away(roster).values():
        for day in there:
            terms[Month.of(day)] += start(there, day)
    for month in sorted(terms):
        yield bound("travel.trips_per_month", Span.month(month), "trips", terms[month], cap)


def _short_blocks(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Each of the next dates after a trip's first that is not worked there is a day short."""
    if not _wanted(policy):
        return
    for site, there in away(roster).items():
        if not (cap := _length(policy, site)):
            continue
        for day in there:
            for ahead in range(1, cap.cap):
                wanted = day + timedelta(days=ahead)
                there_then = [(-1, group(there[wanted]))] if wanted in there else []
                terms = (*start(there, day), *there_then)
                yield Limit("travel.min_block_days", Span(day, wanted), "days", terms, 0, cap.over)


def _length(policy: Policy, site: str) -> Cap | None:
    """The site's own, "none" among them, else the one for all."""
    own = policy.sites[site].travel if site in policy.sites else None
    if own and "min_block_days" in own.model_fields_set:
        return own.min_block_days
    return policy.travel.min_block_days


def _wanted(policy: Policy) -> int:
    caps = [policy.travel.min_block_days, *(site.travel.min_block_days for site in policy.sites.values())]
    return max(cap.cap if cap else 0 for cap in caps)


RULES = (
    Rule("travel.trips_per_month", monthly, _trips),
    Rule("travel.min_block_days", _wanted, _short_blocks),
)

"""How much at one site: what keeps privileges and relations, an agreed month, first days at a new place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from policy.limits import Group, Limit, Unit, singles
from policy.places import Pattern
from policy.rules.base import Rule, bound, by_month, group, monthly
from policy.schema import Policy
from policy.shift import DAY, Month, Roster, Shift, Span, months

SATURDAY = 5
PERIODS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Calendar months of each."""
FORGOTTEN = 92
"""Dates after which a site that was never marked as known is new again."""


def at_sites(roster: Roster) -> Mapping[str, list[Shift]]:
    table: dict[str, list[Shift]] = defaultdict(list)
    for shift in roster.shifts:
        table[shift.site.id].append(shift)
    return table


def periods(per: str, span: Span) -> Iterator[Span]:
    """The calendar months, quarters, halves or years with a date of `span` in them."""
    size = PERIODS[per]
    year, month = span.first.year, (span.first.month - 1) // size * size + 1
    while date(year, month, 1) <= span.last:
        yield Span(date(year, month, 1), Month(year, month + size - 1).last)
        year, month = (year, month + size) if month + size <= 12 else (year + 1, 1)


def _min_shifts(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """As every minimum, it only warns without a price."""
    there = at_sites(roster)
    for key, site in policy.sites.items():
        if not (least := site.min_shifts):
            continue
        for span in periods(least.per, roster.horizon):
            ids = [shift.id for shift in there.get(key, ()) if shift.first in span]
            terms, rule = singles(ids, -1), f"sites.{key}.min_shifts"
            yield Limit(rule, span, "shifts", terms, -least.cap, least.over, at_least_of=0)


def _longest_period(policy: Policy) -> int:
    sizes = [PERIODS[site.min_shifts.per] for site in policy.sites.values() if site.min_shifts]
    return 31 * max(sizes, default=0)


Part = Literal["weekdays", "weekends"]
Counted = Callable[[list[Shift]], Mapping[Month, list[Group]]]


def _pattern(part: Part, unit: Unit, counted: Counted) -> Callable[[Policy, Roster], Iterator[Limit]]:
    """One half of an agreed month: a minimum of its own."""

    def limits(policy: Policy, roster: Roster) -> Iterator[Limit]:
        there = at_sites(roster)
        for key, site in policy.sites.items():
            if not (site.pattern and (least := _agreed(site.pattern, part))):
                continue
            found = counted(there.get(key, []))
            for month in months(roster.horizon):
                terms = tuple((-1, one) for one in found.get(month, ()))
                rule, over = f"sites.{key}.pattern.{part}", site.pattern.over
                yield Limit(rule, Span.month(month), unit, terms, -least, over, at_least_of=0)

    return limits


def _agreed(pattern: Pattern, part: Part) -> int:
    return pattern.weekdays if part == "weekdays" else pattern.weekends


def _weekdays(shifts: list[Shift]) -> Mapping[Month, list[Group]]:
    mine = by_month(shift for shift in shifts if shift.first.weekday() < SATURDAY)
    return {month: [group((shift,)) for shift in found] for month, found in mine.items()}


def _weekends(shifts: list[Shift]) -> Mapping[Month, list[Group]]:
    """In the month of their Saturday."""
    worked: dict[date, list[Shift]] = defaultdict(list)
    for shift in shifts:
        for saturday in shift.weekends:
            worked[saturday].append(shift)
    table: dict[Month, list[Group]] = defaultdict(list)
    for saturday in sorted(worked):
        table[Month.of(saturday)].append(group(worked[saturday]))
    return table


def _hands_on(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.hands_on.min_shifts_per_month):
        return
    mine = by_month(shift for shift in roster.shifts if shift.site.hands_on)
    for month in months(roster.horizon):
        ids = [shift.id for shift in mine.get(month, ())]
        terms = singles(ids, -1)
        yield bound("hands_on.min_shifts_per_month", Span.month(month), "shifts", terms, cap, at_least_of=0)


# -- new places, hard places ---------------------------------------------------------------------------------------


def _new(roster: Roster) -> Iterator[tuple[str, list[Shift]]]:
    for key, shifts in sorted(at_sites(roster).items()):
        if not shifts[0].site.onboarded:
            yield key, shifts


def _new_sites(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """A first shift in the month: any up to its end, less any before it."""
    if not (cap := policy.limits.new_sites_per_month):
        return
    terms: dict[Month, list[tuple[int, Group]]] = defaultdict(list)
    for _, shifts in _new(roster):
        for month, mine in by_month(shifts).items():
            known = Span(month.first - FORGOTTEN * DAY, month.first - DAY)
            before = [shift for shift in shifts if shift.first in known]
            terms[month] += [(1, group([*before, *mine])), *([(-1, group(before))] if before else [])]
    for month in sorted(terms):
        yield bound("caps.new_sites_per_month", Span.month(month), "sites", terms[month], cap)


def _first_days(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Once for a new site, whatever is worked there."""
    if not (price := policy.prices.new_site):
        return
    first, last = roster.horizon.first, roster.horizon.last
    near = Span(first - FORGOTTEN * DAY, last + FORGOTTEN * DAY)
    for _, shifts in _new(roster):
        if mine := [shift for shift in shifts if shift.first in near]:
            yield Limit("prices.new_site", roster.horizon, "sites", ((1, group(mine)),), 0, price)


def _hassle(policy: Policy, roster: Roster) -> Iterator[Limit]:
    there = at_sites(roster)
    for key, site in policy.sites.items():
        if site.hassle:
            for month, shifts in by_month(there.get(key, ())).items():
                terms = singles([shift.id for shift in shifts])
                yield Limit(f"sites.{key}.hassle", Span.month(month), "shifts", terms, 0, site.hassle)


def _new_sites_reach(policy: Policy) -> int:
    return FORGOTTEN + 31 if policy.limits.new_sites_per_month else 0


RULES = (
    Rule("sites.min_shifts", _longest_period, _min_shifts),
    Rule("sites.pattern.weekdays", monthly, _pattern("weekdays", "shifts", _weekdays)),
    Rule("sites.pattern.weekends", monthly, _pattern("weekends", "weekends", _weekends)),
    Rule("hands_on.min_shifts_per_month", monthly, _hands_on),
    Rule("caps.new_sites_per_month", _new_sites_reach, _new_sites),
    Rule(
        "prices.new_site", lambda policy: FORGOTTEN if policy.prices.new_site else 0, _first_days, toll=True
    ),
    Rule("sites.hassle", monthly, _hassle, toll=True),
)

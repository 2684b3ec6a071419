"""Rules under a policy that changes from a date.

Each stretch of time is judged by its own policy: what begins in it, by the first date of the limit's span. A month or
a window that lies across a border keeps the values that it began with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from policy.limits import Limit
from policy.rules.base import MONTH, Rule
from policy.schema import Era, Policy
from policy.shift import ALWAYS, Roster, Shift, Span


def limits(rules: Sequence[Rule], policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Every limit of every rule, each of the time that it begins in."""
    if policy.eras[0].span == ALWAYS:
        for rule in rules:
            yield from rule.limits(policy, roster)
        return
    shifts = {shift.id: shift for shift in roster.shifts}
    for era in policy.eras:
        near: dict[int, Roster] = {}
        for rule in rules:
            # A rule that never looks over the horizon's end still looks over an era's: a week, at most a month.
            look = max(rule.reach(era.policy), MONTH)
            if look not in near:
                near[look] = _near(look, era, roster)
            if near[look].shifts or roster.horizon.meets(era.span):
                yield from _of_rule(rule, era, near[look], shifts)


def _near(look: int, era: Era, roster: Roster) -> Roster:
    """Only the shifts that a rule can look at from within the era: five eras must not cost five rosters."""
    wide = Span(_moved(era.span.first, -look), _moved(era.span.last, look))
    near = tuple(shift for shift in roster.shifts if Span(shift.first, shift.last).meets(wide))
    return replace(roster, shifts=near)


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _of_rule(rule: Rule, era: Era, near: Roster, shifts: Mapping[str, Shift]) -> Iterator[Limit]:
    for limit in rule.limits(era.policy, near):
        if limit.span.first in era.span:
            yield limit
        elif rule.pairs and limit.price is None and limit.span.first < era.span.first:
            yield from _rest_of(limit, era, shifts)


def _rest_of(limit: Limit, era: Era, shifts: Mapping[str, Shift]) -> Iterator[Limit]:
    """Of a set that reaches back over the border, the shifts that begin after it: between them the new values hold."""
    later = [term for term in limit.terms if all(shifts[key].first in era.span for key in term[1].shifts)]
    if len(later) > 1:
        mine = [shifts[key] for _, group in later for key in group.shifts]
        span = Span(min(one.first for one in mine), max(one.last for one in mine))
        yield replace(limit, span=span, terms=tuple(later))

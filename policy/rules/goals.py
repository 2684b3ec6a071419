"""Income beyond the floor: targets with a date, and weeks that are not thin. All streams count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from policy.limits import Group, Limit
from policy.money import posts
from policy.rules.base import Rule, by_month, group, monthly
from policy.schema import Policy
from policy.sections import Target
from policy.shift import DAY, Month, Roster, Shift, Span, months

DOLLAR = 100
SUNDAY = timedelta(days=6)


def _earning(shifts: Iterable[Shift]) -> tuple[tuple[int, Group], ...]:
    return tuple((-shift.cents, group((shift,))) for shift in shifts if shift.cents > 0)


def share(target: Target, horizon: Span) -> tuple[Span, int]:
    """The months that a target is spread over, and cents wanted in each: from its own date, else from now on."""
    first = (target.since or horizon.first).replace(day=1)
    over = list(months(Span(first, target.by)))
    left = max(0, target.amount - target.earned)
    return Span(first, Month.of(target.by).last), -(-left // max(1, len(over)))


def _targets(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Above the floor, and above the targets that are due before: one dollar does not serve two."""
    if not (policy.goals and policy.goals.targets):
        return
    earned = by_month(roster.shifts)
    targets = sorted(policy.goals.targets, key=lambda one: (one.by, one.name))
    for month in months(roster.horizon):
        terms = _earning(earned.get(month, ()))
        wanted, paid = policy.floor(month), posts(policy, month).paid
        for target in targets:
            span, more = share(target, roster.horizon)
            if month.first in span and more:
                wanted += more
                yield Limit(
                    rule=f"goals.targets.{target.name}",
                    span=Span.month(month),
                    unit="cents",
                    terms=terms,
                    at_most=paid - wanted,
                    price=target.weight,
                    at_least_of=paid,
                )


def _smooth(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Weeks, Monday to Sunday, that lie wholly in the horizon: a dollar missing costs so many cents."""
    wanted = policy.goals.smooth if policy.goals else None
    if not wanted:
        return
    first, last = roster.horizon.first, roster.horizon.last
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday + SUNDAY <= last:
        week = Span(monday, monday + SUNDAY)
        if not policy.rests(week):
            terms = _earning(shift for day in week for shift in roster.starting.get(day, ()))
            yield Limit(
                "goals.smooth", week, "cents", terms, -wanted.weekly, wanted.percent, DOLLAR, at_least_of=0
            )
        monday = week.last + DAY


RULES = (
    Rule("goals.targets", monthly, _targets),
    Rule("goals.smooth", lambda _: 0, _smooth, toll=True),
)

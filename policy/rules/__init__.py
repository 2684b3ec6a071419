"""One module per family; a rule is a few lines that yield limits."""

from __future__ import annotations

from policy.limits import Limit, binding
from policy.rules import (
    duty,
    eras,
    floor,
    goals,
    months,
    recovery,
    red,
    rest,
    runs,
    sites,
    streams,
    travel,
    trips,
    visits,
    weeks,
)
from policy.rules.base import Rule
from policy.schema import Policy
from policy.shift import ALWAYS, DAY, Roster, Span

RULES: tuple[Rule, ...] = (
    *red.RULES,
    *rest.RULES,
    *months.RULES,
    *weeks.RULES,
    *recovery.RULES,
    *travel.RULES,
    *floor.RULES,
    *duty.RULES,
    *runs.RULES,
    *visits.RULES,
    *streams.RULES,
    *trips.RULES,
    *sites.RULES,
    *goals.RULES,
)


class HistoryTooShortError(Exception):
    """A rule would look at dates for which not every commitment is loaded; load more of the calendars."""


def reach(policy: Policy) -> int:
    """How many dates before and after the horizon the rules look at: load so many."""
    return max(rule.reach(era.policy) for era in policy.eras for rule in RULES)


def least(policy: Policy) -> int:
    """How many of them must be known. Long averages make do with less, and count what they do not know as free."""
    return max(rule.reach(era.policy) for era in policy.eras for rule in RULES if not rule.patient)


def all_limits(policy: Policy, roster: Roster) -> list[Limit]:
    """Every limit of every rule that bears on the horizon. Raises HistoryTooShortError."""
    dates = least(policy) * DAY
    need = Span(roster.horizon.first - dates, roster.horizon.last + dates)
    if roster.known != ALWAYS and not (roster.known.first <= need.first and need.last <= roster.known.last):
        raise HistoryTooShortError(f"commitments are known for {roster.known}, the rules look at {need}")
    inside = {shift.id for shift in roster.shifts if Span(shift.first, shift.last).meets(roster.horizon)}
    found = eras.limits(RULES, policy, roster)
    return binding(limit for limit in found if _bears(limit, roster.horizon, inside))


def _bears(limit: Limit, horizon: Span, inside: set[str]) -> bool:
    # A weekend counts in the month of its Saturday, so a limit can bear on dates outside its own span.
    return limit.span.meets(horizon) or any(not group.shifts.isdisjoint(inside) for _, group in limit.terms)

"""The income floor: what comes in by month from the streams that count to it, locums never among them."""

from __future__ import annotations

from collections.abc import Iterator

from policy.limits import Limit
from policy.rules.base import Rule, by_month, group, monthly
from policy.schema import Policy
from policy.shift import Roster, Span, months


def _floor(policy: Policy, roster: Roster) -> Iterator[Limit]:
    earning = by_month(shift for shift in roster.shifts if shift.site.counts_to_floor and shift.cents > 0)
    for month in months(roster.horizon):
        if floor := policy.floor(month):
            yield Limit(
                rule="goals.floor_monthly",
                span=Span.month(month),
                unit="cents",
                terms=tuple((-shift.cents, group((shift,))) for shift in earning.get(month, ())),
                at_most=-floor,
                price=policy.prices.floor_weight,
                at_least_of=0,
            )


RULES = (Rule("goals.floor_monthly", monthly, _floor),)

"""The income floor: what comes in for certain by month from the streams that count to it, locums never among them."""

from __future__ import annotations

from collections.abc import Iterator

from policy.limits import Limit
from policy.money import counted, posts
from policy.rules.base import Rule, by_month, group, monthly
from policy.schema import Policy
from policy.shift import Roster, Span, months


def _floor(policy: Policy, roster: Roster) -> Iterator[Limit]:
    earning = by_month(shift for shift in roster.shifts if counted(shift) > 0)
    for month in months(roster.horizon):
        if floor := policy.floor(month):
            steady = posts(policy, month).counted
            yield Limit(
                rule="goals.floor_monthly",
                span=Span.month(month),
                unit="cents",
                terms=tuple((-counted(shift), group((shift,))) for shift in earning.get(month, ())),
                at_most=steady - floor,
                price=policy.prices.floor_weight,
                at_least_of=steady,
            )


RULES = (Rule("goals.floor_monthly", monthly, _floor),)

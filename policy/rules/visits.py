"""The pace of telemedicine: more visits an hour than wanted, where each one over has a price."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from policy.limits import Limit, singles
from policy.rules.base import Rule
from policy.schema import Policy
from policy.shift import Pay, Roster, Site, Span


def pace(policy: Policy, site: Site, pay: Pay | None = None) -> int | None:
    """Started visits an hour at a telemedicine site: its own, else those that its pay, or the offer's, is made of."""
    if site.stream != "telemedicine":
        return None
    rate = pay if pay and pay.visits_per_hour else site.pay
    visits = policy.entry(site).visits_per_hour or (rate.visits_per_hour if rate else None)
    return None if visits is None else ceil(visits)


def _visits(policy: Policy, roster: Roster) -> Iterator[Limit]:
    cap = policy.telemedicine.visits_per_hour
    if not cap or not cap.over:
        return
    for shift in roster.shifts:
        if visits := pace(policy, shift.site):
            span = Span(shift.first, shift.last)
            terms = singles((shift.id,), visits)
            yield Limit("telemedicine.visits_per_hour", span, "visits", terms, cap.cap, cap.over)


RULES = (Rule("telemedicine.visits_per_hour", lambda _: 0, _visits),)

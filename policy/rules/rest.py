"""One shift at a time, and rest between them.

Shifts with their rest added to the end are intervals; at most one of any set that share an instant can be
worked. A sweep yields the largest such sets (the cliques of the interval graph): far fewer than pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from policy.limits import Limit, singles
from policy.rules.base import Rule, bound
from policy.schema import Cap, Policy
from policy.shift import DAY, Roster, Shift, Span


def cliques(shifts: Sequence[Shift], rest: timedelta) -> Iterator[list[Shift]]:
    """The maximal sets of two or more shifts that share an instant once `rest` follows each of them."""
    active: list[Shift] = []
    for shift in sorted(shifts, key=lambda s: (s.begins, s.id)):
        still = [other for other in active if other.ends + rest > shift.begins]
        if len(still) < len(active) and len(active) > 1:
            yield active
        active = [*still, shift]
    if len(active) > 1:
        yield active


def _span(shifts: Sequence[Shift]) -> Span:
    return Span(min(s.first for s in shifts), max(s.last for s in shifts))


def _overlap(_: Policy, roster: Roster) -> Iterator[Limit]:
    for clique in cliques(roster.shifts, timedelta()):
        yield bound("overlap", _span(clique), "shifts", singles([s.id for s in clique]), Cap(cap=1))


def _rest(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Priced, it is charged for each pair: two shifts may share several cliques, and would pay for each."""
    if not (cap := policy.rest.between_shifts_hours):
        return
    rest = timedelta(hours=cap.cap)
    once = Cap(cap=1, over=cap.over)
    for clique in cliques(roster.shifts, rest) if cap.over is None else _pairs(roster.shifts, rest):
        yield bound(
            "rest.between_shifts_hours", _span(clique), "shifts", singles([s.id for s in clique]), once
        )


def _pairs(shifts: Sequence[Shift], rest: timedelta) -> Iterator[list[Shift]]:
    """Two shifts with less than `rest` from the end of one to the start of the other, overlapping or not."""
    ordered = sorted(shifts, key=lambda s: (s.begins, s.id))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.begins >= one.ends + rest:
                break
            yield [one, other]


def _rest_reach(policy: Policy) -> int:
    cap = policy.rest.between_shifts_hours
    return 2 + (timedelta(hours=cap.cap) // DAY if cap else 0)


RULES = (
    Rule("overlap", lambda _: 2, _overlap),
    Rule("rest.between_shifts_hours", _rest_reach, _rest),
)

"""One shift at a time, and rest between them.

Shifts with their rest added to the end are intervals; at most one of any set that share an instant can be
worked. A sweep yields the largest such sets (the cliques of the interval graph): far fewer than pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from policy.fields import Cap
from policy.limits import Limit, singles
from policy.rules.base import Rule, bound, group
from policy.schema import Policy
from policy.shift import DAY, Roster, Shift, Span


def cliques(shifts: Sequence[Shift], rest: timedelta) -> Iterator[list[Shift]]:
    """The maximal sets of two or more shifts that share an instant once `rest` follows each of them."""
    active: list[tuple[datetime, Shift]] = []
    for shift in sorted(shifts, key=lambda s: (s.begins, s.id)):
        still = [one for one in active if one[0] > shift.begins]
        if len(still) < len(active) and len(active) > 1:
            yield [one for _, one in active]
        active = [*still, (shift.ends + rest, shift)]
    if len(active) > 1:
        yield [one for _, one in active]


def _span(shifts: Sequence[Shift]) -> Span:
    return Span(min(s.first for s in shifts), max(s.last for s in shifts))


def _overlap(_: Policy, roster: Roster) -> Iterator[Limit]:
    for clique in cliques(roster.shifts, timedelta()):
        yield bound("overlap", _span(clique), "shifts", singles([s.id for s in clique]), Cap(cap=1))


def _rest(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.rest.between_shifts_hours):
        return
    rest = timedelta(hours=cap.cap)
    if cap.over is not None:
        yield from _priced(roster.shifts, rest, cap.over)
        return
    for clique in cliques(roster.shifts, rest):
        yield bound(
            "rest.between_shifts_hours", _span(clique), "shifts", singles([s.id for s in clique]), Cap(cap=1)
        )


def _priced(shifts: Sequence[Shift], rest: timedelta, price: int) -> Iterator[Limit]:
    """Each shift and the next one worked, with too little rest between them, costs once.

    A shift that starts between the two is the next one instead: as a group of weight -1 it takes the bound away.
    """
    ordered = sorted(shifts, key=lambda s: (s.begins, s.id))
    for index, one in enumerate(ordered):
        for at, other in enumerate(ordered[index + 1 :], start=index + 1):
            if other.begins >= one.ends + rest:
                break
            between = ordered[index + 1 : at]
            terms = [*singles([one.id, other.id]), *([(-1, group(between))] if between else [])]
            yield Limit("rest.between_shifts_hours", _span([one, other]), "shifts", tuple(terms), 1, price)


def _rest_reach(policy: Policy) -> int:
    cap = policy.rest.between_shifts_hours
    return 2 + (timedelta(hours=cap.cap) // DAY if cap else 0)


RULES = (
    Rule("overlap", lambda _: 2, _overlap),
    Rule("rest.between_shifts_hours", _rest_reach, _rest, pairs=True),
)

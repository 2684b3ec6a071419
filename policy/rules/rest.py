"""One shift at a time, rest between them, and no step back in the day.

Shifts with their rest added to the end are intervals; at most one of any set that share an instant can be
worked. A sweep yields the largest such sets (the cliques of the interval graph): far fewer than pairs.

A site's buffer widens its shifts: what is kept free around them is neither work nor rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from policy.fields import Cap
from policy.limits import Limit, singles
from policy.rules.base import Rule, bound, group
from policy.rules.months import is_night
from policy.schema import Policy
from policy.sections import Night
from policy.shift import DAY, Roster, Shift, Span

HOUR = timedelta(hours=1)
LONGEST = timedelta(hours=48)
"""A shift beyond this is no shift: how far a rest as long as the shift before it can reach."""
TURN = timedelta(hours=72)
"""Beyond so much time off, the body starts afresh, and the order of shifts says nothing."""
TWO_SLEEPS = timedelta(hours=46)
"""From a night to a day shift: two whole nights of sleep [HSE: 2 nights; 46 to 48 h is its shorthand]."""


def cliques(shifts: Sequence[Shift], rest: Callable[[Shift], timedelta]) -> Iterator[list[Shift]]:
    """The maximal sets of two or more shifts that share an instant once its rest follows each of them."""
    active: list[tuple[datetime, Shift]] = []
    for shift in sorted(shifts, key=lambda s: (s.kept_from, s.id)):
        still = [one for one in active if one[0] > shift.kept_from]
        if len(still) < len(active) and len(active) > 1:
            yield [one for _, one in active]
        active = [*still, (shift.kept_to + rest(shift), shift)]
    if len(active) > 1:
        yield [one for _, one in active]


def _one_of(rule: str, shifts: Sequence[Shift], rest: Callable[[Shift], timedelta]) -> Iterator[Limit]:
    for clique in cliques(shifts, rest):
        yield bound(rule, _span(clique), "shifts", singles([s.id for s in clique]), Cap(cap=1))


def _span(shifts: Sequence[Shift]) -> Span:
    return Span(min(s.first for s in shifts), max(s.last for s in shifts))


def _overlap(_: Policy, roster: Roster) -> Iterator[Limit]:
    yield from _one_of("overlap", roster.shifts, lambda _: timedelta())


def _rest(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.rest.between_shifts_hours):
        return
    rest = cap.cap * HOUR
    if cap.over is None:
        yield from _one_of("rest.between_shifts_hours", roster.shifts, lambda _: rest)
        return
    for one, other, between in _within(roster.shifts, rest):
        yield _unless("rest.between_shifts_hours", one, other, between, cap.over)


def _as_long(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if policy.rest.as_long_as_shift:
        yield from _one_of("rest.as_long_as_shift", roster.shifts, lambda shift: shift.ends - shift.begins)


def _within(shifts: Sequence[Shift], gap: timedelta) -> Iterator[tuple[Shift, Shift, Sequence[Shift]]]:
    """Each shift and each later one that starts less than `gap` after it, with those that start between the two."""
    ordered = sorted(shifts, key=lambda s: (s.kept_from, s.id))
    for index, one in enumerate(ordered):
        for at, other in enumerate(ordered[index + 1 :], start=index + 1):
            if other.kept_from >= one.kept_to + gap:
                break
            yield one, other, ordered[index + 1 : at]


def _unless(rule: str, one: Shift, other: Shift, between: Sequence[Shift], price: int) -> Limit:
    """Each shift and the next one worked costs once.

    A shift that starts between the two is the next one instead: as a group of weight -1 it takes the bound away.
    """
    terms = [*singles([one.id, other.id]), *([(-1, group(between))] if between else [])]
    return Limit(rule, _span([one, other]), "shifts", tuple(terms), 1, price)


# --- The order of shifts ---------------------------------------------------------------------------------------

Band = Literal["day", "late", "night"]


def band(shift: Shift, night: Night) -> Band:
    """When it starts: day from 03:00, late from 12:00, night from 18:00; what counts as a night is one."""
    hour = shift.start.hour
    if is_night(shift, night) or not 3 <= hour < 18:
        return "night"
    return "day" if hour < 12 else "late"


def _backward(policy: Policy, roster: Roster) -> Iterator[Limit]:
    price = policy.prices.backward_rotation
    if price is None:
        return
    bands = {shift.id: band(shift, policy.night) for shift in roster.shifts}
    for one, other, between in _within(roster.shifts, TURN):
        step = bands[one.id], bands[other.id]
        soon = other.kept_from < one.kept_to + TWO_SLEEPS
        if step in (("late", "day"), ("night", "late")) or (step == ("night", "day") and soon):
            yield _unless("prices.backward_rotation", one, other, between, price)


def _rest_reach(policy: Policy) -> int:
    cap = policy.rest.between_shifts_hours
    return 2 + (cap.cap * HOUR // DAY if cap else 0)


RULES = (
    Rule("overlap", lambda _: 2, _overlap),
    Rule("rest.between_shifts_hours", _rest_reach, _rest, pairs=True),
    Rule("rest.as_long_as_shift", lambda _: 2 + LONGEST // DAY, _as_long, pairs=True),
    Rule("prices.backward_rotation", lambda _: 2 + TURN // DAY, _backward),
)

"""Off days after an intense block.

A block is a run of consecutive dates, at least `after_block_of_days` long, on each of which a high-intensity
shift starts (or on each of which a night starts; or a trip of any length). The `days` dates after the last
date the block touches are off days.

As a linear bound, for a run that ends on date d with a shift whose last date is t, and a date e after t:

    H(d-n+1) + … + H(d-1) + H(d, to t) + W(e)  -  H(d+1) - H(d, beyond t)  <=  n

H are the starts of the block's kind by date, W(e) is any work on e. A start on d+1 means that the run goes
on, a longer shift that the block ends later; either takes the bound away, and its own limit speaks instead. Where
the longer shift is one of the date before, H(d) stands beside it, and the bound is n + 1.

`points_after` bounds the energy of the dates after the block in the same way: the block's terms, weighed so that
without the block no work there can reach the bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from policy.limits import Group, Limit, singles
from policy.rules.base import Rule, group
from policy.rules.months import is_night
from policy.rules.weeks import POINTS
from policy.schema import Policy
from policy.shift import DAY, Roster, Shift, Span

Starts = Mapping[date, tuple[Shift, ...]]


class Block(NamedTuple):
    """What may become a block: it is one when its terms add up to `whole`, which they never exceed."""

    span: Span
    terms: list[tuple[int, Group]]
    whole: int


def _blocks(policy: Policy, roster: Roster) -> Iterator[Block]:
    high = _only(roster, lambda shift: shift.site.intensity == "high")
    nights = _only(roster, lambda shift: is_night(shift, policy.night))
    for starts in (high, nights):
        yield from _runs(starts, policy.recovery.after_block_of_days)
    for site in sorted({shift.site.id for shift in roster.shifts if shift.site.away}):
        yield from _trips(roster, site)


def _only(roster: Roster, kind: Callable[[Shift], bool]) -> Starts:
    chosen = {day: tuple(s for s in shifts if kind(s)) for day, shifts in roster.starting.items()}
    return {day: shifts for day, shifts in chosen.items() if shifts}


def _runs(starts: Starts, length: int) -> Iterator[Block]:
    for day in starts:
        before = [day - timedelta(days=back) for back in range(length - 1, 0, -1)]
        if not all(earlier in starts for earlier in before):
            continue
        run = [(1, group(starts[earlier])) for earlier in before]
        for end in sorted({shift.last for shift in starts[day]}):
            # A shift of the date before may also outlast this one; it always belongs to the same block.
            near = (*starts[day], *starts.get(day - DAY, ()))
            ending = group(shift for shift in starts[day] if shift.last == end)
            longer = group(shift for shift in near if shift.last > end)
            goes_on = group(starts.get(day + DAY, ()))
            terms = [*run, (1, ending), *_less(goes_on), *_less(longer)]
            yield Block(Span(day - (length - 1) * DAY, end), terms, length)
        yield from _outlasted(starts, day, run, length)


def _outlasted(starts: Starts, day: date, run: Sequence[tuple[int, Group]], length: int) -> Iterator[Block]:
    """Blocks that end with a shift of the date before, which lasts longer than those of their last date.

    Such shifts overlap, so nobody can take them; but calendars may hold them, as a weekend of call and a day within it.
    """
    before, today = starts.get(day - DAY, ()), starts[day]
    soonest = min(shift.last for shift in today)
    for end in sorted({shift.last for shift in before if shift.last > soonest}):
        goes_on = group(starts.get(day + DAY, ()))
        within = group(shift for shift in today if shift.last < end)
        ending = group(shift for shift in before if shift.last == end)
        beyond = group(shift for shift in before if shift.last > end)
        beside = group(shift for shift in today if shift.last >= end)
        terms = [*run, (1, within), (1, ending), *_less(goes_on), *_less(beyond), *_less(beside)]
        yield Block(Span(day - (length - 1) * DAY, end), terms, length + 1)


def _trips(roster: Roster, site: str) -> Iterator[Block]:
    there = {
        day: found
        for day, shifts in roster.touching.items()
        if (found := tuple(shift for shift in shifts if shift.site.id == site))
    }
    for day, shifts in there.items():
        terms = [(1, group(shifts)), *_less(group(there.get(day + DAY, ())))]
        yield Block(Span(day, day), terms, 1)


def _off(policy: Policy, roster: Roster) -> Iterator[Limit]:
    price = policy.recovery.over
    for block, terms, whole in _blocks(policy, roster) if policy.recovery.days else ():
        for ahead in range(1, policy.recovery.days + 1):
            off = block.last + timedelta(days=ahead)
            if off in roster.touching:
                work = (1, group(roster.touching[off]))
                yield Limit("recovery", Span(block.first, off), "days", (*terms, work), whole, price)


def _light(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.recovery.points_after):
        return
    for block, terms, whole in _blocks(policy, roster):
        span = Span(block.last + DAY, block.last + cap.within_days * DAY)
        shifts = [shift for day in span for shift in roster.starting.get(day, ())]
        points = [term for s in shifts for term in singles([s.id], POINTS[s.site.intensity])]
        if (more := sum(weight for weight, _ in points) - cap.cap) > 0:
            block_terms = [(weight * more, group) for weight, group in terms]
            at_most = cap.cap + whole * more
            yield Limit("recovery.points_after", span, "points", (*block_terms, *points), at_most, cap.over)


def _less(group: Group) -> list[tuple[int, Group]]:
    return [(-1, group)] if group.shifts else []


def _reach(policy: Policy) -> int:
    return policy.recovery.after_block_of_days + policy.recovery.days + 2


def _light_reach(policy: Policy) -> int:
    cap = policy.recovery.points_after
    return policy.recovery.after_block_of_days + cap.within_days + 2 if cap else 0


RULES = (
    Rule("recovery", _reach, _off),
    Rule("recovery.points_after", _light_reach, _light),
)

"""Off days after an intense block.

A block is a run of consecutive dates, at least `after_block_of_days` long, on each of which a high-intensity
shift starts (or on each of which a night starts; or a trip of any length). The `days` dates after the last
date the block touches are off days.

As a linear bound, for a run that ends on date d with a shift whose last date is t, and a date e after t:

    H(d-n+1) + … + H(d-1) + H(d, to t) + W(e)  -  H(d+1) - H(d, beyond t)  <=  n

H are the starts of the block's kind by date, W(e) is any work on e. A start on d+1 means that the run goes
on, a longer shift that the block ends later; either takes the bound away, and its own limit speaks instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from policy.limits import Group, Limit
from policy.rules.base import Rule, group
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import DAY, Roster, Shift, Span

Starts = Mapping[date, tuple[Shift, ...]]


def _after_blocks(policy: Policy, roster: Roster) -> Iterator[Limit]:
    high = _only(roster, lambda shift: shift.site.intensity == "high")
    nights = _only(roster, lambda shift: is_night(shift, policy.night))
    for starts in (high, nights):
        yield from _after_runs(policy, roster, starts)
    for site in sorted({shift.site.id for shift in roster.shifts if shift.site.away}):
        yield from _after_trips(policy, roster, site)


def _only(roster: Roster, kind: Callable[[Shift], bool]) -> Starts:
    chosen = {day: tuple(s for s in shifts if kind(s)) for day, shifts in roster.starting.items()}
    return {day: shifts for day, shifts in chosen.items() if shifts}


def _after_runs(policy: Policy, roster: Roster, starts: Starts) -> Iterator[Limit]:
    length = policy.recovery.after_block_of_days
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
            yield from _off(policy, roster, Span(day - (length - 1) * DAY, end), terms, length)


def _after_trips(policy: Policy, roster: Roster, site: str) -> Iterator[Limit]:
    there = {
        day: found
        for day, shifts in roster.touching.items()
        if (found := tuple(shift for shift in shifts if shift.site.id == site))
    }
    for day, shifts in there.items():
        terms = [(1, group(shifts)), *_less(group(there.get(day + DAY, ())))]
        yield from _off(policy, roster, Span(day, day), terms, 1)


def _off(
    policy: Policy, roster: Roster, block: Span, terms: list[tuple[int, Group]], at_most: int
) -> Iterator[Limit]:
    for ahead in range(1, policy.recovery.days + 1):
        off = block.last + timedelta(days=ahead)
        if off in roster.touching:
            work = (1, group(roster.touching[off]))
            yield Limit(
                "recovery", Span(block.first, off), "days", (*terms, work), at_most, policy.recovery.over
            )


def _less(group: Group) -> list[tuple[int, Group]]:
    return [(-1, group)] if group.shifts else []


def _reach(policy: Policy) -> int:
    return policy.recovery.after_block_of_days + policy.recovery.days + 2


RULES = (Rule("recovery", _reach, _after_blocks),)

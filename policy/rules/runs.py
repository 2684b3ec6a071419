"""Runs: no more than so many dates of a kind in a row (or in any so many dates), and a long rest after them.

A date of the kind is one on which such a shift starts. The rest, for a run of n dates or more that ends on date d
with a shift that ends at t, as a linear bound:

    H(d-n+1) + … + H(d-1) + H(d, to t) + W(t, t + rest)  -  H(d+1) - H(d, beyond t)  <=  n

H are the starts of the kind by date, W is any work that starts in the rest. A start of the kind on d+1 means that
the run goes on, one on d that ends later is its true end; either takes the bound away, and its own limit speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from policy.limits import Group, Limit
from policy.rules.base import Rule, crowded, group, runs
from policy.rules.months import is_night
from policy.rules.weeks import LONGEST_SHIFT
from policy.schema import Policy
from policy.sections import Night, Run
from policy.shift import DAY, Roster, Shift, Span

Starts = Mapping[date, tuple[Shift, ...]]
HOUR = timedelta(hours=1)
EARLY = time(3), time(7)
LATE = time(23)


def is_early(shift: Shift, night: Night) -> bool:
    return EARLY[0] <= shift.start.time() < EARLY[1] and not is_night(shift, night)


def is_late(shift: Shift, night: Night) -> bool:
    """Ends after 23:00 of the date it starts on, and is no night."""
    closes = datetime.combine(shift.first, LATE)
    return shift.end.replace(tzinfo=None, fold=0) > closes and not is_night(shift, night)


def such(shift: Shift, run: Run, night: Night) -> bool:
    """Whether a shift is of the run's kind, and as long as it says."""
    length = shift.ends - shift.begins
    longer, at_least = run.longer_than_hours, run.at_least_hours
    if longer is not None and length <= longer * HOUR:
        return False
    return (at_least is None or length >= at_least * HOUR) and _of(shift, run, night)


def _of(shift: Shift, run: Run, night: Night) -> bool:
    match run.of:
        case "any":
            return True
        case "night":
            return is_night(shift, night)
        case "early":
            return is_early(shift, night)
        case "late":
            return is_late(shift, night)
        case "day":
            return not (is_night(shift, night) or is_early(shift, night) or is_late(shift, night))
        case intensity:
            return shift.site.intensity == intensity


def _starts(policy: Policy, run: Run, roster: Roster) -> Starts:
    night = policy.night
    found = {day: tuple(s for s in shifts if such(s, run, night)) for day, shifts in roster.starting.items()}
    return {day: shifts for day, shifts in found.items() if shifts}


def _at_most(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for run in policy.runs:
        if run.at_most is None:
            continue
        rule, most = f"runs.{run.name}.at_most", run.at_most
        there = {day: [(1, group(shifts))] for day, shifts in _starts(policy, run, roster).items()}
        if run.within_days is None:
            for span in runs(there, most + 1):
                terms = [term for day in span for term in there[day]]
                yield Limit(rule, span, "days", tuple(terms), most, run.over)
        else:
            for span, terms in crowded(there, run.within_days, most, every=run.over is not None):
                yield Limit(rule, span, "days", tuple(terms), most, run.over)


def _rest(policy: Policy, roster: Roster) -> Iterator[Limit]:
    for run in policy.runs:
        if not run.rest:
            continue
        starts = _starts(policy, run, roster)
        for day in starts:
            dates = [day - ahead * DAY for ahead in range(run.rest.after - 1, 0, -1)]
            if all(earlier in starts for earlier in dates):
                before = [(1, group(starts[earlier])) for earlier in dates]
                yield from _after(run, roster, starts, day, before)


def _after(
    run: Run, roster: Roster, starts: Starts, day: date, before: list[tuple[int, Group]]
) -> Iterator[Limit]:
    assert run.rest
    goes_on = starts.get(day + DAY, ())
    theirs = {shift.id for shift in goes_on}
    for end in sorted({shift.ends for shift in starts[day]}):
        free = end + timedelta(hours=run.rest.hours)
        near = Span(day, day + timedelta(days=LONGEST_SHIFT + 2, hours=run.rest.hours))
        work = [
            shift
            for ahead in near
            for shift in roster.starting.get(ahead, ())
            if end <= shift.begins < free and shift.id not in theirs
        ]
        if work:
            ending = group(shift for shift in starts[day] if shift.ends == end)
            away = (goes_on, [shift for shift in starts[day] if shift.ends > end])
            less = [(-1, group(shifts)) for shifts in away if shifts]
            first = day - (run.rest.after - 1) * DAY
            span = Span(first, max(shift.first for shift in work))
            terms = (*before, (1, ending), (1, group(work)), *less)
            yield Limit(f"runs.{run.name}.rest", span, "days", terms, run.rest.after, run.over)


def _at_most_reach(policy: Policy) -> int:
    return max((run.within_days or run.at_most or 0 for run in policy.runs), default=0) + LONGEST_SHIFT


def _rest_reach(policy: Policy) -> int:
    rests = [run.rest.after + run.rest.hours // 24 + 2 for run in policy.runs if run.rest]
    return max(rests, default=0) + LONGEST_SHIFT


RULES = (
    Rule("runs.at_most", _at_most_reach, _at_most, patient=True),
    Rule("runs.rest", _rest_reach, _rest),
)

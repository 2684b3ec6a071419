"""From limits and the shifts beside them to reasons: data with numbers, spans and the shifts involved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from policy.limits import Breach, Limit, Reason, involved
from policy.rules import RULES
from policy.rules.duty import longest_free
from policy.rules.months import is_night
from policy.rules.runs import such
from policy.rules.trips import way
from policy.rules.weeks import POINTS
from policy.schema import Policy
from policy.sections import Run
from policy.shift import DAY, MINUTE, Month, Shift, Span
from policy.words import family

OVERLAP = "overlap"
REST = "rest.between_shifts_hours"
AS_LONG = "rest.as_long_as_shift"
IN_A_ROW = ("caps.days_in_a_row", "caps.nights_in_a_row")
LEGS = "travel.legs"
BETWEEN_TRIPS = "travel.days_between_trips"
SLOT = (OVERLAP, REST, AS_LONG, LEGS)
"""Rules that say no to two shifts side by side, whatever the month looks like."""

MONTHLIKE = 27
"""Days from the first date of four weeks to the last."""
TOLLS = frozenset(rule.name for rule in RULES if rule.toll)
"""What the work itself costs: it weighs, and is no news."""

Shifts = Mapping[str, Shift]


def of_breaches(
    policy: Policy, found: Iterable[Breach], shifts: Shifts, worked: Collection[str]
) -> tuple[Reason, ...]:
    """What is already too much, each fact once: `have` and `would_be` are the same."""
    everything = frozenset(worked)
    return distinct(
        [
            of_limit(policy, one.limit, one.value, one.value, everything, everything, shifts)
            for one in found
            if family(one.limit.rule) not in TOLLS
        ]
    )


def of_limit(
    policy: Policy,
    limit: Limit,
    have: int,
    would_be: int,
    after: Collection[str],
    ids: Collection[str],
    shifts: Shifts,
) -> Reason:
    """Why the shifts `ids`, which take the limit from `have` to `would_be`, do not fit among those of `after`."""
    policy = policy.at(limit.span.first)
    mine = involved(limit, after)
    if limit.rule in (REST, AS_LONG):
        return _rest(policy, limit, mine, shifts)
    if limit.rule == LEGS:
        return _leg(limit.span, mine, shifts)
    if limit.rule == BETWEEN_TRIPS:
        return _between_trips(policy, limit, mine, shifts)
    if limit.rule in IN_A_ROW:
        nights = limit.rule == "caps.nights_in_a_row"
        counted = [shifts[key] for key in after if not nights or is_night(shifts[key], policy.night)]
        return _run(limit, have, counted, _starts if nights else _touched)
    if limit.rule.startswith("runs."):
        return _named_run(policy, limit, have, would_be, after, shifts)
    if limit.rule in _ANEW:
        return _ANEW[limit.rule](policy, limit, have, would_be, after, shifts)
    plain = _plain(limit, have, would_be, after)
    if limit.rule == OVERLAP:
        # Others of the clique need not meet these shifts themselves.
        plain = replace(plain, shifts=tuple(key for key in mine if key in ids or _meets(key, ids, shifts)))
    return plain


def _starts(shift: Shift) -> Sequence[date]:
    return (shift.first,)


def _touched(shift: Shift) -> Sequence[date]:
    return shift.dates


def _run(limit: Limit, have: int, counted: Iterable[Shift], on: Callable[[Shift], Sequence[date]]) -> Reason:
    """The whole run of dates that a window of it belongs to: people count the run, not the window."""
    counted = list(counted)
    days = {day for shift in counted for day in on(shift)}
    first, last = limit.span.first, limit.span.last
    while first - DAY in days:
        first -= DAY
    while last + DAY in days:
        last += DAY
    span = Span(first, last)
    mine = sorted(s.id for s in counted if any(day in span for day in on(s)))
    bound = limit.at_most if limit.written is None else limit.written
    return Reason(limit.rule, span, limit.unit, have, bound, (last - first).days + 1, tuple(mine))


def _named_run(
    policy: Policy, limit: Limit, have: int, would_be: int, after: Collection[str], shifts: Shifts
) -> Reason:
    """Of `[[runs]]`: dates in a row as one run, dates in a window as they are, a rest by its hours."""
    name, what = limit.rule.split(".")[1:]
    run = next(one for one in policy.runs if one.name == name)
    if what == "rest":
        return _run_rest(run, limit, after, shifts)
    if run.within_days is None:
        counted = [shifts[key] for key in after if such(shifts[key], run, policy.night)]
        return _run(limit, have, counted, _starts)
    return _plain(limit, have, would_be, after)


def _run_rest(run: Run, limit: Limit, after: Collection[str], shifts: Shifts) -> Reason:
    """From the last shift of the run to the first that starts too soon after it, in minutes."""
    assert run.rest
    ending, work = (
        [shifts[key] for key in group.shifts.intersection(after)]
        for _, group in limit.terms[run.rest.after - 1 : run.rest.after + 1]
    )
    needed = run.rest.hours * 60
    if not ending or not work:
        return Reason(
            limit.rule, limit.span, "minutes", None, needed, None, involved(limit, after), minimum=True
        )
    last, too_soon = ending[0], min(work, key=lambda shift: (shift.begins, shift.id))
    gap = (too_soon.begins - last.ends) // MINUTE
    return Reason(limit.rule, limit.span, "minutes", None, needed, gap, (last.id, too_soon.id), minimum=True)


def _plain(limit: Limit, have: int, would_be: int, after: Collection[str]) -> Reason:
    return Reason(
        limit.rule,
        limit.span,
        limit.unit,
        limit.read(have),
        limit.read(limit.at_most if limit.written is None else limit.written),
        limit.read(would_be),
        involved(limit, after),
        minimum=limit.at_least_of is not None,
    )


def _weekly_rest(
    policy: Policy, limit: Limit, _have: int, _would_be: int, after: Collection[str], shifts: Shifts
) -> Reason:
    """The longest stretch that is left, in minutes; the limit itself only says that none is long enough."""
    cap = policy.rest.weekly_hours
    mine = involved(limit, after)
    left = longest_free(policy, limit.span, (shifts[key] for key in after)) // MINUTE
    needed = cap.cap * 60 if cap else None
    return Reason(limit.rule, limit.span, "minutes", None, needed, left, mine, minimum=True)


def _light(
    policy: Policy, limit: Limit, have: int, would_be: int, after: Collection[str], shifts: Shifts
) -> Reason:
    """The points after the block; those that stand for the block itself are left out."""
    cap = policy.recovery.points_after
    there = sorted(key for key in after if shifts[key].first in limit.span)
    points = sum(POINTS[shifts[key].site.intensity] for key in there)
    plain = _plain(limit, points - would_be + have, points, after)
    return replace(plain, bound=cap.cap if cap else None, shifts=tuple(there))


_ANEW = {"rest.weekly_hours": _weekly_rest, "recovery.points_after": _light}
"""Rules whose sums are not what a person counts."""


def _meets(key: str, ids: Collection[str], shifts: Shifts) -> bool:
    one = shifts[key]
    return any(
        other.kept_from < one.kept_to and one.kept_from < other.kept_to
        for other in (shifts[i] for i in ids if i != key)
    )


def _rest(policy: Policy, limit: Limit, ids: tuple[str, ...], shifts: Shifts) -> Reason:
    """The rest that falls shortest of what is needed, between two of these shifts that follow each other."""
    cap = policy.rest.between_shifts_hours

    def needed(shift: Shift) -> int:
        return shift.minutes if limit.rule == AS_LONG else cap.cap * 60 if cap else 0

    ordered = sorted((shifts[key] for key in ids), key=lambda shift: shift.kept_from)
    gaps = [
        ((after.kept_from - before.kept_to) // MINUTE, before, after) for before, after in pairwise(ordered)
    ]
    if not gaps:
        return Reason(limit.rule, limit.span, "minutes", None, None, None, ids, minimum=True)
    gap, before, after = min(gaps, key=lambda item: (item[0] - needed(item[1]), item[1].kept_from))
    return Reason(
        limit.rule,
        Span(before.first, after.last),
        "minutes",
        None,
        needed(before),
        gap,
        (before.id, after.id),
        minimum=True,
    )


def _leg(span: Span, ids: tuple[str, ...], shifts: Shifts) -> Reason:
    """The minutes between two shifts, and those that the way takes."""
    one, other = sorted((shifts[key] for key in ids), key=lambda shift: shift.begins)
    gap = (other.begins - one.ends) // MINUTE
    return Reason(
        LEGS, span, "minutes", None, way(one, other) // MINUTE, gap, (one.id, other.id), minimum=True
    )


def _between_trips(policy: Policy, limit: Limit, ids: tuple[str, ...], shifts: Shifts) -> Reason:
    """The dates without work away before the trip that starts on the last date of the span."""
    first = limit.span.last
    before = max(day for key in ids for day in shifts[key].dates if day < first)
    cap = policy.travel.days_between_trips
    free = (first - before).days - 1
    return Reason(
        limit.rule, Span(before, first), "days", None, cap.cap if cap else None, free, ids, minimum=True
    )


def distinct(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """One reason a fact: of windows that run into each other the worst; no lack of rest where shifts overlap."""
    overlapping = [set(reason.shifts) for reason in reasons if reason.rule == OVERLAP]
    kept: list[Reason] = []
    for reason in reasons:
        if reason.rule in (REST, AS_LONG) and any(set(reason.shifts) <= shifts for shifts in overlapping):
            continue
        same = next((at for at, other in enumerate(kept) if _same_fact(reason, other)), None)
        if same is None:
            kept.append(reason)
        elif _worse(reason, kept[same]):
            kept[same] = reason
    return tuple(kept)


def _same_fact(one: Reason, other: Reason) -> bool:
    if one.rule != other.rule:
        return False
    if one.rule in (*SLOT, "red") or one.span is None or other.span is None:
        return one.shifts == other.shifts
    return one.span == other.span or (
        one.span.meets(other.span) and not set(one.shifts).isdisjoint(other.shifts)
    )


def fact(reason: Reason, shifts: Shifts) -> tuple[object, ...]:
    """A lasting name of a reason: its rule and month, or for what is nearer than a month its shifts by site and date.

    Whatever their ids and hours: a calendar may give a shift another UID, and a shift may be moved by an hour.
    """
    span = reason.span
    if span is None or not reason.shifts:
        return reason.rule, str(span)[:7] if span else ""
    # Of weeks on end the worst window moves from day to day; it is one fact all the same.
    whole = span == Span.month(Month.of(span.first)) or (span.last - span.first).days >= MONTHLIKE
    return reason.rule, str(span)[:7] if whole else tuple(
        sorted(_place(key, shifts) for key in reason.shifts)
    )


def _place(key: str, shifts: Shifts) -> str:
    """The shift as a person names it; its id where nothing is known of it."""
    return f"{shifts[key].site.id} {shifts[key].first}" if key in shifts else key


def _worse(one: Reason, other: Reason) -> bool:
    if one.would_be is None or other.would_be is None:
        return False
    return one.would_be < other.would_be if one.minimum else one.would_be > other.would_be

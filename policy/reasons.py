"""From limits and the shifts beside them to reasons: data with numbers, spans and the shifts involved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from policy.limits import Breach, Limit, Reason, involved
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import DAY, Month, Shift, Span

OVERLAP = "overlap"
REST = "rest.between_shifts_hours"
IN_A_ROW = ("caps.days_in_a_row", "caps.nights_in_a_row")
SLOT = (OVERLAP, REST)
"""Rules that say no to two shifts side by side, whatever the month looks like."""

Shifts = Mapping[str, Shift]


def of_breaches(
    policy: Policy, found: Iterable[Breach], shifts: Shifts, worked: Collection[str]
) -> tuple[Reason, ...]:
    """What is already too much, each fact once: `have` and `would_be` are the same."""
    everything = frozenset(worked)
    return distinct(
        [of_limit(policy, one.limit, one.value, one.value, everything, everything, shifts) for one in found]
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
    mine = involved(limit, after)
    if limit.rule == REST:
        cap = policy.at(limit.span.first).rest.between_shifts_hours
        return _rest(limit.span, mine, shifts, cap.cap * 60 if cap else None)
    if limit.rule in IN_A_ROW:
        return _run(policy, limit, have, after, shifts)
    if limit.rule == OVERLAP:
        # Others of the clique need not meet these shifts themselves.
        mine = tuple(key for key in mine if key in ids or _meets(key, ids, shifts))
    return Reason(
        limit.rule,
        limit.span,
        limit.unit,
        limit.read(have),
        limit.read(limit.at_most if limit.written is None else limit.written),
        limit.read(would_be),
        mine,
        minimum=limit.at_least_of is not None,
    )


def _run(policy: Policy, limit: Limit, have: int, after: Collection[str], shifts: Shifts) -> Reason:
    """The whole run of dates that a window of it belongs to: people count the run, not the window."""
    nights = limit.rule == "caps.nights_in_a_row"
    night = policy.at(limit.span.first).night
    counted = [shifts[key] for key in after if not nights or is_night(shifts[key], night)]
    days = {day for shift in counted for day in ((shift.first,) if nights else shift.dates)}
    first, last = limit.span.first, limit.span.last
    while first - DAY in days:
        first -= DAY
    while last + DAY in days:
        last += DAY
    span = Span(first, last)
    mine = sorted(
        s.id for s in counted if (s.first in span if nights else any(day in span for day in s.dates))
    )
    bound = limit.at_most if limit.written is None else limit.written
    return Reason(limit.rule, span, limit.unit, have, bound, (last - first).days + 1, tuple(mine))


def _meets(key: str, ids: Collection[str], shifts: Shifts) -> bool:
    one = shifts[key]
    return any(
        other.begins < one.ends and one.begins < other.ends for other in (shifts[i] for i in ids if i != key)
    )


def _rest(span: Span, ids: tuple[str, ...], shifts: Shifts, needed: int | None) -> Reason:
    """The shortest rest between any two of these shifts that follow each other, in minutes."""
    ordered = sorted((shifts[key] for key in ids), key=lambda shift: shift.begins)
    gaps = [
        (int((after.begins - before.ends).total_seconds()) // 60, before, after)
        for before, after in pairwise(ordered)
    ]
    if not gaps:
        return Reason(REST, span, "minutes", None, needed, None, ids, minimum=True)
    gap, before, after = min(gaps, key=lambda item: (item[0], item[1].begins))
    return Reason(
        REST,
        Span(before.first, after.last),
        "minutes",
        None,
        needed,
        gap,
        (before.id, after.id),
        minimum=True,
    )


def distinct(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """One reason a fact: of windows that run into each other the worst; no lack of rest where shifts overlap."""
    overlapping = [set(reason.shifts) for reason in reasons if reason.rule == OVERLAP]
    kept: list[Reason] = []
    for reason in reasons:
        if reason.rule == REST and any(set(reason.shifts) <= shifts for shifts in overlapping):
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


def fact(reason: Reason) -> tuple[object, ...]:
    """A lasting name of a reason: its rule and month, or for what is nearer than a month the shifts themselves."""
    span = reason.span
    whole = span is None or span == Span.month(Month.of(span.first)) or not reason.shifts
    return reason.rule, (str(span)[:7] if span else "") if whole else reason.shifts


def _worse(one: Reason, other: Reason) -> bool:
    if one.would_be is None or other.would_be is None:
        return False
    return one.would_be < other.would_be if one.minimum else one.would_be > other.would_be

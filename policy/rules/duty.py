"""Duty hours: how long a shift may be, how much any weeks may hold, and the long rest that a week must leave.

All are off until written. The numbers that a law or a professional body gives are in the presets, with their sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from policy.fields import Cap
from policy.limits import Limit, singles
from policy.rules.base import Rule, bound, crowded, group
from policy.rules.months import is_night
from policy.rules.weeks import LONGEST_SHIFT, WEEK, weighed
from policy.schema import Policy
from policy.shift import DAY, Roster, Shift, Span

# --- One shift, one day, one week ------------------------------------------------------------------------------


def _shift_hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.shift_hours:
        yield from _long(roster.shifts, "caps.shift_hours", cap)


def _night_shift_hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.night_shift_hours:
        nights = (shift for shift in roster.shifts if is_night(shift, policy.night))
        yield from _long(nights, "caps.night_shift_hours", cap)


def _long(shifts: Iterable[Shift], rule: str, cap: Cap) -> Iterator[Limit]:
    for shift in shifts:
        if shift.minutes > cap.cap * 60:
            yield bound(
                rule,
                Span(shift.first, shift.last),
                "minutes",
                singles((shift.id,), shift.minutes),
                cap,
                scale=60,
            )


def _screen_hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.screen_hours_per_day:
        table = weighed(roster, lambda shift: shift.minutes if shift.site.screen else 0)
        for span, terms in crowded(table, 1, cap.cap * 60):
            yield bound("caps.screen_hours_per_day", span, "minutes", terms, cap, scale=60)


def _clinical_hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.clinical_hours_per_week:
        table = weighed(roster, lambda shift: shift.minutes if shift.site.clinical else 0)
        for span, terms in crowded(table, WEEK, cap.cap * 60, every=cap.over is not None):
            yield bound("caps.clinical_hours_per_week", span, "minutes", terms, cap, scale=60)


# --- Many weeks ------------------------------------------------------------------------------------------------


def _average(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.average_week_hours:
        most = cap.cap * cap.weeks * 60
        table = weighed(roster, lambda shift: shift.minutes)
        for span, terms in crowded(table, cap.weeks * WEEK, most):
            yield Limit("caps.average_week_hours", span, "minutes", tuple(terms), most, cap.over, 60)


def _off_days(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if cap := policy.limits.off_days_in:
        days = cap.within_days
        worked = {day: [(1, group(shifts))] for day, shifts in roster.touching.items()}
        for span, terms in crowded(worked, days, days - cap.cap):
            yield Limit(
                "caps.off_days_in",
                span,
                "off days",
                tuple(terms),
                days - cap.cap,
                cap.over,
                at_least_of=days,
            )


def _weekends(policy: Policy, roster: Roster) -> Iterator[Limit]:
    if not (cap := policy.limits.weekends_in):
        return
    worked: dict[date, list[Shift]] = defaultdict(list)
    for shift in roster.shifts:
        for saturday in shift.weekends:
            worked[saturday].append(shift)
    table = {saturday: [(1, group(shifts))] for saturday, shifts in worked.items()}
    for span, terms in crowded(table, (cap.of - 1) * WEEK + 1, cap.cap):
        whole = Span(span.first, span.last + DAY)
        yield Limit("caps.weekends_in", whole, "weekends", tuple(terms), cap.cap, cap.over)


# --- The long rest of a week -----------------------------------------------------------------------------------


def _weekly_rest(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Of the stretches of that length that a free one could be, not all are cut short.

    Weeks are those of the calendar, from Monday 00:00 at home. In any 7 dates the rule would forbid what it is there
    to secure: after Monday to Friday, the dates from Sunday to Saturday hold no free stretch of 35 hours.

    The longest free stretch begins with the window or with the end of a shift, so only those are asked about: each
    is a group of the shifts that reach into it. Where one meets no shift at all, nothing can break the window.
    """
    if not (cap := policy.rest.weekly_hours) or not roster.shifts:
        return
    reach = (cap.within_days - 1) * DAY
    ordered = sorted(roster.shifts, key=lambda shift: shift.begins)
    before = ordered[0].first - reach - DAY
    monday = before - before.weekday() * DAY
    for first in islice(Span(monday, max(shift.last for shift in ordered) + DAY), None, None, WEEK):
        window = Span(first, first + reach)
        opens, closes = instants(policy, window)
        # A week of spring has 167 hours.
        length = min(cap.cap * timedelta(hours=1), closes - opens)
        near = [shift for shift in _around(roster, window) if opens < shift.ends and shift.begins < closes]
        begins = {opens, *(shift.ends for shift in near if shift.ends + length <= closes)}
        slots = [group(s for s in near if s.begins < at + length and at < s.ends) for at in sorted(begins)]
        if all(slot.shifts for slot in slots):
            terms = tuple((1, slot) for slot in slots)
            yield Limit("rest.weekly_hours", window, "minutes", terms, len(slots) - 1, cap.over)


def _around(roster: Roster, window: Span) -> list[Shift]:
    """The shifts that touch the window or the dates beside it: away, dates are not those of home."""
    found = {
        shift.id: shift
        for day in Span(window.first - DAY, window.last + DAY)
        for shift in roster.touching.get(day, ())
    }
    return list(found.values())


def instants(policy: Policy, window: Span) -> tuple[datetime, datetime]:
    """From 00:00 of the first date to 24:00 of the last, at home."""
    home = policy.clinician.home_zone
    opens = datetime.combine(window.first, time(0), home)
    closes = datetime.combine(window.last + DAY, time(0), home)
    return opens.astimezone(UTC), closes.astimezone(UTC)


def longest_free(policy: Policy, window: Span, shifts: Iterable[Shift]) -> timedelta:
    """The longest stretch of the window without a minute of these shifts."""
    free, closes = instants(policy, window)
    longest = timedelta()
    for shift in sorted(shifts, key=lambda one: one.begins):
        longest = max(longest, min(shift.begins, closes) - free)
        free = max(free, shift.ends)
    return max(longest, closes - free)


# --- How far they look -----------------------------------------------------------------------------------------


def _average_reach(policy: Policy) -> int:
    cap = policy.limits.average_week_hours
    return cap.weeks * WEEK - 1 if cap else 0


def _off_reach(policy: Policy) -> int:
    cap = policy.limits.off_days_in
    return cap.within_days + LONGEST_SHIFT if cap else 0


def _weekends_reach(policy: Policy) -> int:
    cap = policy.limits.weekends_in
    return cap.of * WEEK + LONGEST_SHIFT if cap else 0


def _weekly_reach(policy: Policy) -> int:
    cap = policy.rest.weekly_hours
    return cap.within_days + LONGEST_SHIFT if cap else 0


RULES = (
    Rule("caps.shift_hours", lambda _: LONGEST_SHIFT, _shift_hours),
    Rule("caps.night_shift_hours", lambda _: LONGEST_SHIFT, _night_shift_hours),
    Rule("caps.screen_hours_per_day", lambda _: LONGEST_SHIFT, _screen_hours),
    Rule("caps.clinical_hours_per_week", lambda _: WEEK - 1, _clinical_hours),
    Rule("caps.average_week_hours", _average_reach, _average, patient=True),
    Rule("caps.off_days_in", _off_reach, _off_days, patient=True),
    Rule("caps.weekends_in", _weekends_reach, _weekends, patient=True),
    Rule("rest.weekly_hours", _weekly_reach, _weekly_rest),
)

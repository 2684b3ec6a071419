"""The third voice on duty hours and fatigue; only `predicates` imports this, for it speaks with its helpers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise

from policy.fields import Cap
from policy.schema import Policy
from policy.sections import Run
from policy.shift import Shift
from tests.policy import predicates as voice
from tests.policy.predicates import Over, Place, World

HOURS = frozenset(
    {
        "caps.shift_hours",
        "caps.night_shift_hours",
        "caps.clinical_hours_per_week",
        "caps.screen_hours_per_day",
        "caps.average_week_hours",
    }
)
"""Rules that are told in minutes here, and charged by the started hour."""


def length(shift: Shift) -> timedelta:
    return voice.utc(shift.end) - voice.utc(shift.start)


def starts(world: World, shift: Shift) -> date:
    return voice.start_date(world.policy, shift)


def minutes_over(shifts: Iterable[Shift], cap: Cap | None) -> Over:
    if cap is None:
        return {}
    return {
        (shift.id,): voice.elapsed_minutes(shift) - cap.cap * 60
        for shift in shifts
        if voice.elapsed_minutes(shift) > cap.cap * 60
    }


def shift_hours(world: World) -> Over:
    """Elapsed hours of one shift."""
    return minutes_over(world.shifts, world.policy.limits.shift_hours)


def night_shift_hours(world: World) -> Over:
    """Elapsed hours of a shift that is a night."""
    nights = [shift for shift in world.shifts if voice.is_night(world.policy, shift)]
    return minutes_over(nights, world.policy.limits.night_shift_hours)


def screen_hours_per_day(world: World) -> Over:
    """Elapsed hours of the screen shifts that start on one date; telemedicine is one, unless the site says otherwise."""
    cap = world.policy.limits.screen_hours_per_day
    if cap is None:
        return {}
    total: dict[Place, int] = {}
    for shift in world.shifts:
        said = world.policy.sites[shift.site.id].screen
        if said or (said is None and shift.site.stream == "telemedicine"):
            place = (starts(world, shift),)
            total[place] = total.get(place, 0) + voice.elapsed_minutes(shift)
    return voice.only_over(total, cap.cap * 60)


def clinical_hours_per_week(world: World) -> Over:
    """As the hours of a week, of clinical work alone; all but the nonclinical stream, unless the site says otherwise."""
    cap = world.policy.limits.clinical_hours_per_week

    def clinical(shift: Shift) -> bool:
        said = world.policy.sites[shift.site.id].clinical
        return shift.site.stream != "nonclinical" if said is None else said

    def total(shifts: list[Shift]) -> int:
        return sum(voice.elapsed_minutes(shift) for shift in shifts if clinical(shift))

    return voice.only_over(voice.any_consecutive(world, 7, total), cap.cap * 60) if cap else {}


def average_week_hours(world: World) -> Over:
    """Elapsed hours of the shifts that start in any so many weeks on end, at most the cap for each of them."""
    cap = world.policy.limits.average_week_hours
    if cap is None:
        return {}
    total = voice.any_consecutive(world, 7 * cap.weeks, lambda found: sum(map(voice.elapsed_minutes, found)))
    return voice.only_over(total, cap.cap * cap.weeks * 60)


def off_days_in(world: World) -> Over:
    """Of any so many dates on end, at least so many without a minute of work."""
    cap = world.policy.limits.off_days_in
    if cap is None:
        return {}
    worked = voice.all_worked_dates(world)
    firsts = {day - timedelta(days=back) for day in worked for back in range(cap.within_days)}
    off = {
        first: sum(first + timedelta(days=n) not in worked for n in range(cap.within_days))
        for first in firsts
    }
    return {(first,): cap.cap - days for first, days in off.items() if days < cap.cap}


def weekends_in(world: World) -> Over:
    """Of any so many weekends running, at most so many with any minute of work."""
    cap = world.policy.limits.weekends_in
    if cap is None:
        return {}
    worked = {
        day - timedelta(days=day.weekday() - 5) for day in voice.all_worked_dates(world) if day.weekday() > 4
    }
    firsts = {saturday - timedelta(weeks=back) for saturday in worked for back in range(cap.of)}
    count: dict[Place, int] = {
        (first,): sum(first + timedelta(weeks=n) in worked for n in range(cap.of)) for first in sorted(firsts)
    }
    return voice.only_over(count, cap.cap)


def weekly_hours(world: World) -> Over:
    """In each week (or two) from a Monday 00:00 at home on, one stretch without work of so many elapsed hours."""
    cap = world.policy.rest.weekly_hours
    if cap is None or not world.shifts:
        return {}
    home = world.policy.clinician.home_zone
    at = sorted((voice.utc(shift.start), voice.utc(shift.end)) for shift in world.shifts)
    over: Over = {}
    first = at[0][0].astimezone(home).date() - timedelta(days=cap.within_days + 1)
    last = max(end for _, end in at).astimezone(home).date()
    for day in (one for one in voice.days_between(first, last) if one.strftime("%A") == "Monday"):
        opens = voice.utc(datetime.combine(day, time(0), home))
        closes = voice.utc(datetime.combine(day + timedelta(days=cap.within_days), time(0), home))
        free, longest = opens, timedelta()
        for start, end in at:
            if end > opens and start < closes:
                longest = max(longest, start - free)
                free = max(free, end)
        if max(longest, closes - free) < min(timedelta(hours=cap.cap), closes - opens):
            over[day,] = 1
    return over


def as_long_as_shift(world: World) -> Over:
    """From the end of a shift to the start of any later one, at least as long as the first of them was."""
    if not world.policy.rest.as_long_as_shift:
        return {}
    pairs = combinations(ordered(world), 2)
    return {(one.id, other.id): 1 for one, other in pairs if between(world, one, other) < length(one)}


def ordered(world: World) -> list[Shift]:
    """Shifts by when the time kept free for them begins."""
    return sorted(world.shifts, key=lambda shift: (voice.busy(world, shift)[0], shift.id))


def between(world: World, one: Shift, other: Shift) -> timedelta:
    """The time that nobody keeps free for one of them."""
    return voice.busy(world, other)[0] - voice.busy(world, one)[1]


def backward_rotation(world: World) -> Over:
    """The next shift within 72 hours starts earlier in the day; from a night to a day shift 46 hours are enough."""
    if world.policy.prices.backward_rotation is None:
        return {}

    def band(shift: Shift) -> str:
        clock = voice.utc(shift.start).astimezone(voice.body_zone(world.policy, shift)).time()
        if voice.is_night(world.policy, shift) or clock >= time(18) or clock < time(3):
            return "night"
        return "day" if clock < time(12) else "late"

    enough = {("late", "day"): 72, ("night", "late"): 72, ("night", "day"): 46}
    return {
        (one.id, other.id): 1
        for one, other in pairwise(ordered(world))
        if between(world, one, other) < timedelta(hours=enough.get((band(one), band(other)), -10_000))
    }


def points_after(world: World) -> Over:
    """Points of the shifts that start in the dates after a block, at most so many."""
    cap = world.policy.recovery.points_after
    if cap is None:
        return {}
    points: dict[Place, int] = {
        (block.kind, block.run_ends, block.last): sum(
            voice.POINTS[shift.site.intensity]
            for shift in world.shifts
            if 0 < (starts(world, shift) - block.last).days <= cap.within_days
        )
        for block in voice.blocks(world)
    }
    return voice.only_over(points, cap.cap)


# --- Runs -------------------------------------------------------------------------------------------------------


def of_kind(world: World, run: Run) -> list[Shift]:
    return [shift for shift in world.shifts if long_enough(shift, run) and run.of in kinds(world, shift)]


def long_enough(shift: Shift, run: Run) -> bool:
    if run.longer_than_hours is not None:
        return length(shift) > timedelta(hours=run.longer_than_hours)
    return run.at_least_hours is None or length(shift) >= timedelta(hours=run.at_least_hours)


def kinds(world: World, shift: Shift) -> set[str]:
    """Every word that names it."""
    zone = voice.body_zone(world.policy, shift)
    start, end = voice.utc(shift.start).astimezone(zone), voice.utc(shift.end).astimezone(zone)
    found = {"night"} if voice.is_night(world.policy, shift) else set()
    if not found and 3 <= start.hour < 7:
        found.add("early")
    if "night" not in found and (end.date() > start.date() or end.time() > time(23)):
        found.add("late")
    return {*(found or {"day"}), "any", shift.site.intensity}


def runs_at_most(world: World) -> Over:
    """Dates in a row on each of which such a shift starts, or such dates within any so many."""
    over: Over = {}
    for run in world.policy.runs:
        days = {starts(world, shift) for shift in of_kind(world, run)}
        if run.at_most is None:
            continue
        if run.within_days is None:
            found = voice.beyond(days, run.at_most)
        else:
            within = run.within_days
            firsts = {day - timedelta(days=back) for day in days for back in range(within)}
            found = voice.only_over(
                {(first,): sum(0 <= (day - first).days < within for day in days) for first in firsts},
                run.at_most,
            )
        over.update({(run.name, *place): units for place, units in found.items()})
    return over


def runs_rest(world: World) -> Over:
    """Once so many such dates in a row end, no shift of any kind starts within so many hours of the last one's end."""
    over: Over = {}
    for run in world.policy.runs:
        mine = of_kind(world, run)
        for dates in voice.runs(starts(world, shift) for shift in mine):
            if run.rest is None or len(dates) < run.rest.after:
                continue
            end = max(voice.utc(shift.end) for shift in mine if starts(world, shift) == dates[-1])
            until = end + timedelta(hours=run.rest.hours)
            if any(end <= voice.utc(shift.start) < until for shift in world.shifts):
                over[run.name, dates[-1], end] = 1
    return over


PREDICATES: Mapping[str, Callable[[World], Over]] = {
    "caps.shift_hours": shift_hours,
    "caps.night_shift_hours": night_shift_hours,
    "caps.screen_hours_per_day": screen_hours_per_day,
    "caps.clinical_hours_per_week": clinical_hours_per_week,
    "caps.average_week_hours": average_week_hours,
    "caps.off_days_in": off_days_in,
    "caps.weekends_in": weekends_in,
    "rest.weekly_hours": weekly_hours,
    "rest.as_long_as_shift": as_long_as_shift,
    "recovery.points_after": points_after,
    "prices.backward_rotation": backward_rotation,
    "runs.at_most": runs_at_most,
    "runs.rest": runs_rest,
}


def caps(policy: Policy) -> dict[str, Cap | None]:
    """Each rule with its price; one that is written without a cap has none of interest."""
    limits, rest = policy.limits, policy.rest
    prices = {
        "caps.average_week_hours": limits.average_week_hours,
        "caps.off_days_in": limits.off_days_in,
        "caps.weekends_in": limits.weekends_in,
        "rest.weekly_hours": rest.weekly_hours,
        "recovery.points_after": policy.recovery.points_after,
    }
    step = policy.prices.backward_rotation
    run = next(iter(policy.runs), None)  # the tests write one price for all runs
    return {
        "caps.shift_hours": limits.shift_hours,
        "caps.night_shift_hours": limits.night_shift_hours,
        "caps.screen_hours_per_day": limits.screen_hours_per_day,
        "caps.clinical_hours_per_week": limits.clinical_hours_per_week,
        **{rule: Cap(cap=0, over=_dollars(cap.over)) if cap else None for rule, cap in prices.items()},
        "prices.backward_rotation": None if step is None else Cap(cap=0, over=_dollars(step)),
        "runs.at_most": Cap(cap=0, over=_dollars(run.over)) if run else None,
        "runs.rest": Cap(cap=0, over=_dollars(run.over)) if run else None,
    }


def _dollars(cents: int | None) -> int | None:
    """As it is written: the model turns it into cents again."""
    return None if cents is None else cents // 100

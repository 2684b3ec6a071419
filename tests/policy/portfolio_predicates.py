"""The third voice of the rules about streams, sites, trips and income beyond the floor.

Imported by `tests.policy.predicates`, which holds the helpers and the list of all predicates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from policy.schema import Policy
from policy.shift import Shift
from tests.policy.predicates import (
    Over,
    Place,
    World,
    any_consecutive,
    count,
    days_between,
    elapsed_minutes,
    month_of,
    monthly_need,
    only_over,
    planned_months,
    start_date,
    trips,
    utc,
    worked_dates,
)


def first(values: Iterable[Any]) -> Any:
    """The one that is written, of streams or sites that may each write it."""
    return next((one for one in values if one is not None), None)


def started(amount: int, step: int) -> int:
    return -(-amount // step)


def of_stream(world: World, name: str) -> list[Shift]:
    return [shift for shift in world.shifts if shift.site.stream == name]


def of_site(world: World, key: str) -> list[Shift]:
    return [shift for shift in world.shifts if shift.site.id == key]


def on_site(policy: Policy, shift: Shift) -> bool:
    site = policy.sites[shift.site.id]
    return site.place == "onsite" or (site.place is None and site.stream != "telemedicine")


def start_month(world: World, shift: Shift) -> tuple[int, int]:
    return month_of(start_date(world.policy, shift))


# --- Streams --------------------------------------------------------------------------------------------------


def preferred_weekdays(world: World) -> Over:
    """Shifts of a stream on another weekday than it prefers, in the month of their start."""
    return {
        (name, month): number
        for name, stream in world.policy.streams.items()
        for month, number in count(
            start_month(world, shift)
            for shift in of_stream(world, name)
            if stream.preferred_weekdays
            and f"{start_date(world.policy, shift):%a}" not in stream.preferred_weekdays
        ).items()
    }


def max_shifts(world: World) -> Over:
    """Shifts of a stream, in the month of their start."""
    over: Over = {}
    for name, stream in world.policy.streams.items():
        if cap := stream.max_shifts_per_month:
            months = only_over(count(start_month(world, s) for s in of_stream(world, name)), cap.cap)
            over |= {(name, month): more for month, more in months.items()}
    return over


def stream_hours(world: World) -> Over:
    """Elapsed hours of a stream's shifts that start within any 7 consecutive dates; a started hour counts."""
    over: Over = {}
    for name, stream in world.policy.streams.items():
        if cap := stream.hours_per_week:
            mine = replace(world, shifts=tuple(of_stream(world, name)))
            values = any_consecutive(mine, 7, lambda shifts: sum(map(elapsed_minutes, shifts)))
            weeks = only_over(values, cap.cap * 60)
            over |= {(name, *week): started(minutes, 60) for week, minutes in weeks.items()}
    return over


def stream_sites(world: World) -> Over:
    """Different sites of a stream with a start in the month."""
    over: Over = {}
    for name, stream in world.policy.streams.items():
        if cap := stream.sites_per_month:
            seen = {(shift.site.id, start_month(world, shift)) for shift in of_stream(world, name)}
            months = only_over(count(month for _, month in seen), cap.cap)
            over |= {(name, month): more for month, more in months.items()}
    return over


def shift_hours(world: World) -> Over:
    """A shift of a stream is neither shorter nor longer than it wants."""
    return {
        (shift.id,): 1
        for name, stream in world.policy.streams.items()
        for shift in of_stream(world, name)
        if (wanted := stream.shift_hours)
        and not (wanted.at_least or 0) * 60 <= elapsed_minutes(shift) <= (wanted.at_most or 1_000) * 60
    }


def per_visit_companies(world: World) -> Over:
    """Different companies with a direct-to-consumer platform paid by the visit, with a start in the month."""
    cap = world.policy.telemedicine.per_visit_companies
    seen = set()
    for shift in world.shifts:
        site = world.policy.sites[shift.site.id]
        if site.model == "dtc" and site.pay and site.pay.per_visit is not None:
            seen.add((site.employer or shift.site.id, start_month(world, shift)))
    return only_over(count(month for _, month in seen), cap.cap) if cap else {}


# --- The way there --------------------------------------------------------------------------------------------


def nights_away(world: World) -> Over:
    """Dates on which a shift at an away site starts."""
    cap = world.policy.limits.nights_away_per_month
    dates = {start_date(world.policy, shift) for shift in world.shifts if shift.site.away}
    return only_over(count(month_of(day) for day in dates), cap.cap) if cap else {}


def legs(world: World) -> Over:
    """Between two sites there is time for the way home and out again, where rest does not ask for more time anyway."""
    cap = world.policy.rest.between_shifts_hours
    rest = timedelta(hours=cap.cap if cap and cap.over is None else 0)
    over: Over = {}
    for one in world.shifts:
        for other in world.shifts:
            gap = utc(other.start) - utc(one.end)
            way = timedelta(minutes=one.site.travel_minutes + other.site.travel_minutes)
            sites = (
                on_site(world.policy, one) and on_site(world.policy, other) and one.site.id != other.site.id
            )
            if sites and rest <= gap < way:
                over[one.id, other.id] = 1
    return over


def under_way(world: World) -> Over:
    """A telemedicine shift on the way to or from a site, or on a date of a trip."""
    if world.policy.travel.telemedicine_under_way is None:
        return {}
    away = {day for _, run in trips(world) for day in run}
    ways: list[tuple[datetime, datetime]] = []
    for shift in world.shifts:
        if on_site(world.policy, shift):
            minutes = timedelta(minutes=shift.site.travel_minutes)
            ways += [
                (utc(shift.start) - minutes, utc(shift.start)),
                (utc(shift.end), utc(shift.end) + minutes),
            ]
    return {
        (shift.id,): 1
        for shift in of_stream(world, "telemedicine")
        if not away.isdisjoint(worked_dates(world.policy, shift))
        or any(max(out, utc(shift.start)) < min(there, utc(shift.end)) for out, there in ways)
    }


def days_between_trips(world: World) -> Over:
    """Before the first date of a trip, so many dates without work away."""
    cap = world.policy.travel.days_between_trips
    if cap is None:
        return {}
    away = {day for _, run in trips(world) for day in run}
    return {
        (site, run[0]): 1
        for site, run in trips(world)
        if any(run[0] - timedelta(days=back) in away for back in range(1, cap.cap + 1))
    }


def outside_windows(world: World) -> Over:
    """Trips whose first date is in no window, in the month of it."""
    travel = world.policy.travel
    if travel.trips_outside_windows is None:
        return {}
    firsts = [
        run[0]
        for _, run in trips(world)
        if not any(one.first <= run[0] <= one.until for one in travel.windows)
    ]
    return only_over(count(month_of(day) for day in firsts), travel.trips_outside_windows.cap)


def journeys(world: World) -> list[tuple[Shift, Place]]:
    """One a trip, and one a shift where nights are spent at home; each with a shift at its site."""
    found: list[tuple[Shift, Place]] = [
        (shift, (shift.id,)) for shift in world.shifts if on_site(world.policy, shift) and not shift.site.away
    ]
    for site, run in trips(world):
        found.append((of_site(world, site)[0], (site, run[0])))
    return found


def travel_hours(world: World) -> Over:
    """Each started hour there and back, of each journey."""
    if not world.policy.prices.travel_hour:
        return {}
    hours = {place: started(2 * shift.site.travel_minutes, 60) for shift, place in journeys(world)}
    return only_over(hours, 0)


def travel_cost(world: World) -> Over:
    """Journeys to a site that costs."""
    sites = world.policy.sites
    return {place: 1 for shift, place in journeys(world) if sites[shift.site.id].travel.cost}


def block_length(policy: Policy, site: str) -> int:
    """Dates that a trip there should have: as the site says, "none" included, else as is said of all."""
    own = policy.sites[site].travel
    said = own if "min_block_days" in own.model_fields_set else policy.travel
    return said.min_block_days.cap if said.min_block_days else 0


# --- Sites ----------------------------------------------------------------------------------------------------


def min_shifts(world: World) -> Over:
    """At a site at least so many shifts in each calendar month, quarter, half or year with a planned date."""
    over: Over = {}
    for key, site in world.policy.sites.items():
        if not (least := site.min_shifts):
            continue
        size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[least.per]
        starts = [start_month(world, shift) for shift in of_site(world, key)]
        for year, month in planned_months(world):
            part = (month - 1) // size
            have = sum(of == year and (number - 1) // size == part for of, number in starts)
            if have < least.cap:
                over[key, year, part] = least.cap - have
    return over


def pattern_weekdays(world: World) -> Over:
    """At a site at least so many shifts that start from Monday to Friday, in each planned month."""
    over: Over = {}
    for key, site in world.policy.sites.items():
        for month in planned_months(world):
            starts = [start_date(world.policy, shift) for shift in of_site(world, key)]
            have = [
                day for day in starts if month_of(day) == month and f"{day:%A}" not in ("Saturday", "Sunday")
            ]
            if site.pattern and len(have) < site.pattern.weekdays:
                over[key, month] = site.pattern.weekdays - len(have)
    return over


def pattern_weekends(world: World) -> Over:
    """At a site at least so many weekends with any minute of work, in the month of their Saturday."""
    over: Over = {}
    for key, site in world.policy.sites.items():
        days = {day for shift in of_site(world, key) for day in worked_dates(world.policy, shift)}
        saturdays = {day for day in days if f"{day:%A}" == "Saturday"}
        saturdays |= {day - timedelta(days=1) for day in days if f"{day:%A}" == "Sunday"}
        for month in planned_months(world):
            have = sum(month_of(day) == month for day in saturdays)
            if site.pattern and have < site.pattern.weekends:
                over[key, month] = site.pattern.weekends - have
    return over


def hands_on(world: World) -> Over:
    """At least so many clinical shifts on site in each planned month."""
    cap = world.policy.hands_on.min_shifts_per_month
    over: Over = {}
    for month in planned_months(world):
        mine = [
            shift
            for shift in world.shifts
            if start_month(world, shift) == month
            and on_site(world.policy, shift)
            and shift.site.stream != "nonclinical"
        ]
        if cap and len(mine) < cap.cap:
            over[month] = cap.cap - len(mine)
    return over


def new_sites(world: World) -> Over:
    """Unknown sites with a start in the month and none in the 92 dates before it."""
    cap = world.policy.limits.new_sites_per_month
    new: list[tuple[int, int]] = []
    for key, site in world.policy.sites.items():
        starts = {start_date(world.policy, shift) for shift in of_site(world, key)}
        for year, month in {month_of(day) for day in starts if not site.onboarded}:
            first = date(year, month, 1)
            if starts.isdisjoint(first - timedelta(days=back) for back in range(1, 93)):
                new.append((year, month))
    return only_over(count(new), cap.cap) if cap else {}


def new_site(world: World) -> Over:
    """An unknown site where anything is worked from 92 dates before what is planned to 92 after it."""
    if not world.policy.prices.new_site:
        return {}
    near = timedelta(days=92)
    return {
        (shift.site.id,): 1
        for shift in world.shifts
        if not world.policy.sites[shift.site.id].onboarded
        and world.first - near <= start_date(world.policy, shift) <= world.last + near
    }


def hassle(world: World) -> Over:
    """Shifts at a site with hassle."""
    sites = world.policy.sites
    return {(shift.id,): 1 for shift in world.shifts if sites[shift.site.id].hassle}


# --- Income beyond the floor ----------------------------------------------------------------------------------


def targets(world: World) -> Over:
    """In each planned month of a target: all income, less the floor and the targets due before, reaches its share."""
    goals = world.policy.goals
    over: Over = {}
    for month in planned_months(world):
        have = sum(shift.cents for shift in world.shifts if start_month(world, shift) == month)
        wanted = monthly_need(world.policy)
        for target in sorted(goals.targets if goals else (), key=lambda one: (one.by, one.name)):
            begun = target.since or world.first
            months = {month_of(day) for day in days_between(begun.replace(day=1), target.by)}
            left = target.amount - target.earned
            if month in months and left > 0:
                wanted += started(left, len(months))
                if have < wanted:
                    over[target.name, month] = wanted - have
    return over


def smooth(world: World) -> Over:
    """Each started dollar that a week, Monday to Sunday, all of it planned and none of it paused, is short of."""
    wanted = world.policy.goals.smooth if world.policy.goals else None
    over: Over = {}
    for monday in days_between(world.first, world.last - timedelta(days=6)):
        week = days_between(monday, monday + timedelta(days=6))
        paused = any(
            one.since <= day and (one.until is None or day <= one.until)
            for one in world.policy.pauses
            for day in week
        )
        if f"{monday:%A}" == "Monday" and wanted and not paused:
            have = sum(shift.cents for shift in world.shifts if start_date(world.policy, shift) in week)
            over[monday,] = max(0, started(wanted.weekly - have, 100))
    return only_over(over, 0)


PREDICATES: Mapping[str, Callable[[World], Over]] = {
    "streams.preferred_weekdays": preferred_weekdays,
    "streams.max_shifts_per_month": max_shifts,
    "streams.hours_per_week": stream_hours,
    "streams.sites_per_month": stream_sites,
    "streams.shift_hours": shift_hours,
    "telemedicine.per_visit_companies": per_visit_companies,
    "caps.nights_away_per_month": nights_away,
    "travel.legs": legs,
    "travel.telemedicine_under_way": under_way,
    "travel.days_between_trips": days_between_trips,
    "travel.trips_outside_windows": outside_windows,
    "prices.travel_hour": travel_hours,
    "sites.travel.cost": travel_cost,
    "sites.min_shifts": min_shifts,
    "sites.pattern.weekdays": pattern_weekdays,
    "sites.pattern.weekends": pattern_weekends,
    "hands_on.min_shifts_per_month": hands_on,
    "caps.new_sites_per_month": new_sites,
    "prices.new_site": new_site,
    "sites.hassle": hassle,
    "goals.targets": targets,
    "goals.smooth": smooth,
}
MINIMUMS: frozenset[str] = frozenset(
    {
        "sites.min_shifts",
        "sites.pattern.weekdays",
        "sites.pattern.weekends",
        "hands_on.min_shifts_per_month",
    }
)
"""Without a price they only warn."""


def _over(bound: Any) -> int | None:
    return bound.over if bound else None


PRICES: Mapping[str, Callable[[Policy], int | None]] = {
    "streams.preferred_weekdays": lambda policy: policy.prices.off_weekday,
    "streams.max_shifts_per_month": lambda policy: _over(
        first(stream.max_shifts_per_month for stream in policy.streams.values())
    ),
    "streams.hours_per_week": lambda policy: _over(
        first(stream.hours_per_week for stream in policy.streams.values())
    ),
    "streams.sites_per_month": lambda policy: _over(
        first(stream.sites_per_month for stream in policy.streams.values())
    ),
    "streams.shift_hours": lambda policy: _over(
        first(stream.shift_hours for stream in policy.streams.values())
    ),
    "telemedicine.per_visit_companies": lambda policy: _over(policy.telemedicine.per_visit_companies),
    "caps.nights_away_per_month": lambda policy: _over(policy.limits.nights_away_per_month),
    "travel.legs": lambda _: None,
    "travel.telemedicine_under_way": lambda policy: _over(policy.travel.telemedicine_under_way),
    "travel.days_between_trips": lambda policy: _over(policy.travel.days_between_trips),
    "travel.trips_outside_windows": lambda policy: _over(policy.travel.trips_outside_windows),
    "prices.travel_hour": lambda policy: policy.prices.travel_hour,
    "sites.travel.cost": lambda policy: max(site.travel.cost for site in policy.sites.values()),
    "sites.min_shifts": lambda policy: _over(first(site.min_shifts for site in policy.sites.values())),
    "sites.pattern.weekdays": lambda policy: _over(first(site.pattern for site in policy.sites.values())),
    "sites.pattern.weekends": lambda policy: _over(first(site.pattern for site in policy.sites.values())),
    "hands_on.min_shifts_per_month": lambda policy: _over(policy.hands_on.min_shifts_per_month),
    "caps.new_sites_per_month": lambda policy: _over(policy.limits.new_sites_per_month),
    "prices.new_site": lambda policy: policy.prices.new_site,
    "sites.hassle": lambda policy: max(site.hassle for site in policy.sites.values()),
    "goals.targets": lambda policy: first(
        target.weight for target in (policy.goals.targets if policy.goals else ())
    ),
    "goals.smooth": lambda policy: (
        policy.goals.smooth.percent if policy.goals and policy.goals.smooth else None
    ),
}
"""Cents for each unit over. Where streams, sites or targets may each write one, the tests give them the same."""

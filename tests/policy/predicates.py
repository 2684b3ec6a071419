"""The third voice: each rule once more, from its sentence alone, on a plain list of shifts.

Nothing here knows of limits or groups. A predicate walks over dates and shifts and says, for each place on
the calendar where its sentence can be broken (a month, a span of dates, a pair of shifts), by how much it is.
Dates, nights and weekends are worked out anew from the zone where the body is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from policy.fields import Cap
from policy.schema import Policy
from policy.shift import RedTime, Shift

Place = tuple[object, ...]
Over = dict[Place, int]
"""How far over the bound, by place; a place where the sentence holds is left out."""

POINTS = {"high": 3, "moderate": 2, "low": 1}


@dataclass(frozen=True)
class World:
    """Exactly the shifts that are worked. `first` and `last` are the dates that are planned."""

    policy: Policy
    shifts: tuple[Shift, ...]
    first: date
    last: date
    red: tuple[RedTime, ...] = ()


# --- Dates, where the body is ---------------------------------------------------------------------------------


def body_zone(policy: Policy, shift: Shift) -> ZoneInfo:
    return policy.clinician.home_zone if shift.site.place == "home" else shift.site.zone


def start_date(policy: Policy, shift: Shift) -> date:
    return utc(shift.start).astimezone(body_zone(policy, shift)).date()


def worked_dates(policy: Policy, shift: Shift) -> list[date]:
    """The dates with any minute of the shift."""
    last_instant = utc(shift.end) - timedelta(microseconds=1)
    return days_between(start_date(policy, shift), last_instant.astimezone(body_zone(policy, shift)).date())


def is_night(policy: Policy, shift: Shift) -> bool:
    night = policy.night
    counted = _minutes_on_the_clock(
        utc(shift.start), utc(shift.end), body_zone(policy, shift), night.opens, night.closes
    )
    return counted >= night.hours * 60


@cache
def _minutes_on_the_clock(start: datetime, end: datetime, zone: ZoneInfo, opens: time, closes: time) -> int:
    """Elapsed minutes, counted one by one, at which the local clock shows opens or later and less than closes."""
    counted, instant = 0, start
    while instant < end:
        counted += opens <= instant.astimezone(zone).time() < closes
        instant += timedelta(minutes=1)
    return counted


def elapsed_minutes(shift: Shift) -> int:
    return int((utc(shift.end) - utc(shift.start)).total_seconds()) // 60


def utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def planned_months(world: World) -> list[tuple[int, int]]:
    return sorted({month_of(day) for day in days_between(world.first, world.last)})


def runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Runs of consecutive dates, each as long as it goes."""
    run: list[date] = []
    for day in sorted(set(days)):
        if run and day - run[-1] != timedelta(days=1):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def only_over(values: Mapping[Place, int], bound: int) -> Over:
    return {place: value - bound for place, value in values.items() if value > bound}


def count(places: Iterable[Place]) -> dict[Place, int]:
    table: dict[Place, int] = {}
    for place in places:
        table[place] = table.get(place, 0) + 1
    return table


# --- One sentence each ----------------------------------------------------------------------------------------


def red(world: World) -> Over:
    """No minute of work inside red time."""
    return {
        (shift.id,): 1
        for shift in world.shifts
        for one in world.red
        if max(utc(shift.start), utc(one.start)) < min(utc(shift.end), utc(one.end))
    }


def overlap(world: World) -> Over:
    """Overlap is never allowed, of shifts with what is kept free around them."""
    at = {shift.id: busy(world, shift) for shift in world.shifts}
    return {
        (one, other): 1
        for one in at
        for other in at
        if one < other and max(at[one][0], at[other][0]) < min(at[one][1], at[other][1])
    }


def busy(world: World, shift: Shift) -> tuple[datetime, datetime]:
    """From the first minute that is kept free before a shift to the last after it."""
    kept = world.policy.sites[shift.site.id].buffer
    return utc(shift.start) - timedelta(minutes=kept.before), utc(shift.end) + timedelta(minutes=kept.after)


def rest(world: World) -> Over:
    """So many elapsed hours from the end of a shift to the start of the next: of any later one, for shifts may overlap.

    With a price, each shift and the next one cost once.
    """
    cap = world.policy.rest.between_shifts_hours
    if cap is None:
        return {}
    ordered = sorted(world.shifts, key=lambda shift: (busy(world, shift)[0], shift.id))
    over: Over = {}
    for index, shift in enumerate(ordered):
        for following in ordered[index + 1 : None if cap.over is None else index + 2]:
            if busy(world, following)[0] - busy(world, shift)[1] < timedelta(hours=cap.cap):
                over[shift.id, following.id] = 1
    return over


def nights_per_month(world: World) -> Over:
    """Night shifts, in the month of their start."""
    cap = world.policy.limits.nights_per_month
    nights = [shift for shift in world.shifts if is_night(world.policy, shift)]
    return only_over(count(month_of(start_date(world.policy, s)) for s in nights), cap.cap) if cap else {}


def weekends_per_month(world: World) -> Over:
    """Weekends (Saturday 00:00 to Monday 00:00) with any minute of work, in the month of their Saturday."""
    cap = world.policy.limits.weekends_per_month
    saturdays: set[date] = set()
    for shift in world.shifts:
        for day in worked_dates(world.policy, shift):
            if day.strftime("%A") == "Saturday":
                saturdays.add(day)
            if day.strftime("%A") == "Sunday":
                saturdays.add(day - timedelta(days=1))
    return only_over(count(month_of(day) for day in saturdays), cap.cap) if cap else {}


def high_intensity_per_month(world: World) -> Over:
    """Shifts at high-intensity sites, in the month of their start."""
    cap = world.policy.limits.high_intensity_per_month
    high = [shift for shift in world.shifts if shift.site.intensity == "high"]
    return only_over(count(month_of(start_date(world.policy, s)) for s in high), cap.cap) if cap else {}


def off_days_per_month(world: World) -> Over:
    """Dates of the month with no minute of work: at least so many."""
    cap = world.policy.limits.off_days_per_month
    if cap is None:
        return {}
    worked = all_worked_dates(world)
    over: Over = {}
    for year, month in {month_of(day) for day in worked}:
        days = days_between(date(year, month, 1), date(year, month, 1) + timedelta(days=30))
        off = [day for day in days if day.month == month and day not in worked]
        if len(off) < cap.cap:
            over[year, month] = cap.cap - len(off)
    return over


def all_worked_dates(world: World) -> set[date]:
    return {day for shift in world.shifts for day in worked_dates(world.policy, shift)}


def min_shifts_per_month(world: World) -> Over:
    """For each stream with a minimum, at least so many of its shifts in each month that is planned."""
    over: Over = {}
    for name, stream in world.policy.streams.items():
        cap = stream.min_shifts_per_month
        if cap is None:
            continue
        for month in planned_months(world):
            mine = [
                s
                for s in world.shifts
                if s.site.stream == name and month_of(start_date(world.policy, s)) == month
            ]
            if len(mine) < cap.cap:
                over[name, month] = cap.cap - len(mine)
    return over


def hours_per_week(world: World) -> Over:
    """Elapsed hours of the shifts that start within any 7 consecutive dates (in minutes here)."""
    cap = world.policy.limits.hours_per_week
    values = any_consecutive(world, 7, lambda shifts: sum(elapsed_minutes(shift) for shift in shifts))
    return only_over(values, cap.cap * 60) if cap else {}


def energy_per_7_days(world: World) -> Over:
    """Points (high 3, moderate 2, low 1) of the shifts that start within any 7 consecutive dates."""
    cap = world.policy.limits.energy_per_7_days
    values = any_consecutive(world, 7, lambda shifts: sum(POINTS[shift.site.intensity] for shift in shifts))
    return only_over(values, cap.cap) if cap else {}


def emr(world: World) -> Over:
    """Distinct EMRs of the shifts that start within any `within_days` consecutive dates."""
    cap, days = world.policy.emr.at_most, world.policy.emr.within_days
    values = any_consecutive(
        world, days, lambda shifts: len({s.site.emr for s in shifts if s.site.emr is not None})
    )
    return only_over(values, cap.cap) if cap else {}


def any_consecutive(world: World, days: int, value: Callable[[list[Shift]], int]) -> dict[Place, int]:
    """The value of each span of so many consecutive dates that any shift starts in, by its first date."""
    starts = [(start_date(world.policy, shift), shift) for shift in world.shifts]
    firsts = {day - timedelta(days=back) for day, _ in starts for back in range(days)}
    return {
        (first,): value([shift for day, shift in starts if first <= day < first + timedelta(days=days)])
        for first in firsts
    }


def days_in_a_row(world: World) -> Over:
    """Consecutive dates with any minute of work."""
    cap = world.policy.limits.days_in_a_row
    return beyond(all_worked_dates(world), cap.cap) if cap else {}


def nights_in_a_row(world: World) -> Over:
    """Consecutive dates on which a night starts."""
    cap = world.policy.limits.nights_in_a_row
    nights = {start_date(world.policy, shift) for shift in world.shifts if is_night(world.policy, shift)}
    return beyond(nights, cap.cap) if cap else {}


def beyond(days: Iterable[date], at_most: int) -> Over:
    """Each date that comes after so many others of its run is one too many."""
    return {(day,): 1 for run in runs(days) for day in run[at_most:]}


@dataclass(frozen=True)
class Block:
    kind: str
    first: date
    run_ends: date
    last: date
    """The last date it touches."""


def blocks(world: World) -> Iterator[Block]:
    """Runs, at least so long, of dates on each of which a high-intensity shift (or a night) starts; any away trip."""
    policy = world.policy
    kinds = {
        "high": [shift for shift in world.shifts if shift.site.intensity == "high"],
        "night": [shift for shift in world.shifts if is_night(policy, shift)],
    }
    for kind, shifts in kinds.items():
        for run in runs(start_date(policy, shift) for shift in shifts):
            if len(run) >= policy.recovery.after_block_of_days:
                mine = [shift for shift in shifts if start_date(policy, shift) in run]
                touched = [day for shift in mine for day in worked_dates(policy, shift)]
                yield Block(kind, run[0], run[-1], max(touched))
    for site, run in trips(world):
        yield Block(site, run[0], run[-1], run[-1])


def recovery(world: World) -> Over:
    """The `days` dates after the last date a block touches are off days."""
    worked = all_worked_dates(world)
    return {
        (block.kind, block.run_ends, block.last, day): 1
        for block in blocks(world)
        for day in days_between(block.last, block.last + timedelta(days=world.policy.recovery.days))[1:]
        if day in worked
    }


def trips(world: World) -> Iterator[tuple[str, list[date]]]:
    """A trip is a run of consecutive dates with any minute of work at one away site."""
    for site in sorted({shift.site.id for shift in world.shifts if shift.site.away}):
        there = [shift for shift in world.shifts if shift.site.id == site]
        for run in runs(day for shift in there for day in worked_dates(world.policy, shift)):
            yield site, run


def trips_per_month(world: World) -> Over:
    """Trips, in the month of their first date."""
    cap = world.policy.travel.trips_per_month
    return only_over(count(month_of(run[0]) for _, run in trips(world)), cap.cap) if cap else {}


def min_block_days(world: World) -> Over:
    """Of so many dates from a trip's first one, each that is not worked at that site is one short."""
    there = {(site, day) for site, run in trips(world) for day in run}
    return {
        (site, run[0], run[0] + timedelta(days=ahead)): 1
        for site, run in trips(world)
        for ahead in range(1, portfolio.block_length(world.policy, site))
        if (site, run[0] + timedelta(days=ahead)) not in there
    }


def floor_monthly(world: World) -> Over:
    """The income of each month that is planned (never locums), a shift in the month of its start: cents short."""
    need = monthly_need(world.policy)
    over: Over = {}
    for month in planned_months(world):
        mine = [shift for shift in world.shifts if month_of(start_date(world.policy, shift)) == month]
        have = sum(shift.cents - shift.unsure for shift in mine if _counts_to_floor(world.policy, shift))
        have += posts_that_count(world.policy, month)
        if have < need:
            over[month] = need - have
    return over


def monthly_need(policy: Policy) -> int:
    """As written; by default a twelfth of the after-tax goal times the gross dollars needed for one after tax."""
    goals = policy.goals
    if goals is None:
        return 0
    if goals.floor_monthly is not None:
        return goals.floor_monthly
    year = Fraction(goals.after_tax_annual or 0) * Fraction(goals.gross_up)
    return int(year / 12 + Fraction(1, 2))


def visits_per_hour(world: World) -> Over:
    """Where a visit over has a price: each started visit an hour beyond the cap, shift by shift."""
    cap = world.policy.telemedicine.visits_per_hour
    if cap is None or not cap.over:
        return {}
    over: Over = {}
    for shift in world.shifts:
        visits = world.policy.sites[shift.site.id].visits_per_hour
        if shift.site.stream == "telemedicine" and visits is not None and visits > cap.cap:
            over[shift.id,] = next(n for n in range(100) if visits - n <= cap.cap)
    return over


def posts_that_count(policy: Policy, month: tuple[int, int]) -> int:
    """Guaranteed cents of what sites pay by the month, where the whole month lies in the contract."""
    days = [
        day
        for day in days_between(date(*month, 1), date(*month, 1) + timedelta(days=30))
        if month_of(day) == month
    ]
    total = 0
    for site in policy.sites.values():
        if site.pay is None or site.pay.per_month is None or site.stream == "locums":
            continue
        stream = policy.streams.get(site.stream)
        since = site.contract.since if site.contract else None
        until = site.contract.until if site.contract else None
        held = all((since is None or since <= day) and (until is None or day <= until) for day in days)
        if held and not (stream and stream.counts_to_floor is False):
            percent = 100 if site.pay.guaranteed_percent is None else site.pay.guaranteed_percent
            total += site.pay.per_month * percent // 100
    return total


def _counts_to_floor(policy: Policy, shift: Shift) -> bool:
    if shift.site.mode == "fly" or shift.site.away:
        return False
    stream = policy.streams.get(shift.site.stream)
    return shift.site.stream != "locums" and not (stream and stream.counts_to_floor is False)


# --- All of them ----------------------------------------------------------------------------------------------

from tests.policy import portfolio_predicates as portfolio  # noqa: E402  # made of the helpers above
from tests.policy import predicates_duty as duty  # noqa: E402  # it speaks with all of the above

PREDICATES: Mapping[str, Callable[[World], Over]] = {
    "red": red,
    "overlap": overlap,
    "rest.between_shifts_hours": rest,
    "caps.nights_per_month": nights_per_month,
    "caps.weekends_per_month": weekends_per_month,
    "caps.high_intensity_per_month": high_intensity_per_month,
    "caps.off_days_per_month": off_days_per_month,
    "streams.min_shifts_per_month": min_shifts_per_month,
    "caps.hours_per_week": hours_per_week,
    "caps.energy_per_7_days": energy_per_7_days,
    "caps.days_in_a_row": days_in_a_row,
    "caps.nights_in_a_row": nights_in_a_row,
    "emr.at_most": emr,
    "recovery": recovery,
    "travel.trips_per_month": trips_per_month,
    "travel.min_block_days": min_block_days,
    "goals.floor_monthly": floor_monthly,
    **duty.PREDICATES,
    "telemedicine.visits_per_hour": visits_per_hour,
    **portfolio.PREDICATES,
}

MINIMUMS: frozenset[str] = frozenset({"streams.min_shifts_per_month", *portfolio.MINIMUMS})
"""Without a price they only warn."""


def broken(rule: str, world: World) -> bool:
    """Is the sentence broken anywhere?"""
    return bool(PREDICATES[rule](world))


def excess(rule: str, world: World) -> int:
    """How many units over, all places together: what a priced cap charges for."""
    over = PREDICATES[rule](world)
    if rule == "caps.hours_per_week" or rule in duty.HOURS:
        return sum(-(-minutes // 60) for minutes in over.values())  # a started hour counts
    if rule == "recovery":
        return len({place[-1] for place in over})  # a date can be lost only once, whatever it follows
    return sum(over.values())


def price(rule: str, policy: Policy) -> int | None:
    """Cents for each unit over; None where the rule is hard, or off."""
    if rule in portfolio.PRICES:
        return portfolio.PRICES[rule](policy)
    if rule == "recovery":
        return policy.recovery.over
    if rule == "goals.floor_monthly":
        return policy.prices.floor_weight
    cap = _caps(policy).get(rule)
    return cap.over if cap else None


def _caps(policy: Policy) -> dict[str, Cap | None]:
    caps = policy.limits
    return {
        "rest.between_shifts_hours": policy.rest.between_shifts_hours,
        "caps.nights_per_month": caps.nights_per_month,
        "caps.weekends_per_month": caps.weekends_per_month,
        "caps.high_intensity_per_month": caps.high_intensity_per_month,
        "caps.off_days_per_month": caps.off_days_per_month,
        "caps.hours_per_week": caps.hours_per_week,
        "caps.energy_per_7_days": caps.energy_per_7_days,
        "caps.days_in_a_row": caps.days_in_a_row,
        "caps.nights_in_a_row": caps.nights_in_a_row,
        "emr.at_most": policy.emr.at_most,
        "travel.trips_per_month": policy.travel.trips_per_month,
        "travel.min_block_days": policy.travel.min_block_days,
        **duty.caps(policy),
        "telemedicine.visits_per_hour": policy.telemedicine.visits_per_hour,
    }


def cost(world: World, rules: Iterable[str] = tuple(PREDICATES)) -> int:
    """Cents for all that is over and has a price; streams have a minimum (and a price) each."""
    total = 0
    for rule in rules:
        if rule == "streams.min_shifts_per_month":
            for (name, _), units in min_shifts_per_month(world).items():
                cap = next(s.min_shifts_per_month for key, s in world.policy.streams.items() if key == name)
                total += units * (cap.over or 0) if cap else 0
        elif (each := price(rule, world.policy)) is not None:
            total += each * excess(rule, world)
    return total

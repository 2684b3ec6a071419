"""The way there and back: nights spent elsewhere, travel between sites, trips and the dates between them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from policy.limits import Group, Limit, singles
from policy.rules.base import Rule, bound, by_month, group, monthly
from policy.rules.travel import away, start
from policy.schema import Policy
from policy.shift import DAY, MINUTE, Month, Roster, Shift, Span

HOUR = 60


def _nights_away(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """A date on which a shift at an away site starts; the evening before and the morning after even out."""
    if not (cap := policy.limits.nights_away_per_month):
        return
    for month, shifts in by_month(shift for shift in roster.shifts if shift.site.away).items():
        dates = sorted({shift.first for shift in shifts})
        terms = [(1, group(shift for shift in shifts if shift.first == day)) for day in dates]
        yield bound("caps.nights_away_per_month", Span.month(month), "nights", terms, cap)


# -- between two sites ---------------------------------------------------------------------------------------------


def way(one: Shift, other: Shift) -> timedelta:
    """From one site home and out to the other: the most that the way between them takes."""
    return (one.site.travel_minutes + other.site.travel_minutes) * MINUTE


def _legs(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Pairs, as the way depends on both sites; those that overlap or lack their rest are forbidden already."""
    onsite = [shift for shift in roster.shifts if shift.site.place == "onsite"]
    longest = 2 * max((shift.site.travel_minutes for shift in onsite), default=0) * MINUTE
    cap = policy.rest.between_shifts_hours
    rested = timedelta(hours=cap.cap) if cap and cap.over is None else timedelta()
    if rested >= longest:
        return
    ordered = sorted(onsite, key=lambda shift: (shift.begins, shift.id))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            gap = other.begins - one.ends
            if gap >= longest:
                break
            if one.site.id != other.site.id and rested <= gap < way(one, other):
                span = Span(one.first, other.last)
                yield Limit("travel.legs", span, "shifts", singles([one.id, other.id]), 1)


def _longest_way(policy: Policy) -> int:
    minutes = max((site.travel.minutes for site in policy.sites.values()), default=0)
    return 3 + 2 * minutes * MINUTE // DAY


def _under_way(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """A telemedicine shift during the way to or from a site, or on a date of a trip."""
    if not (cap := policy.travel.telemedicine_under_way):
        return
    out = [shift for shift in roster.shifts if shift.site.place == "onsite"]
    out = [shift for shift in out if shift.site.away or shift.site.travel_minutes]
    near: dict[date, list[int]] = defaultdict(list)
    for at, one in enumerate(out):
        for day in Span(one.first - _days(one), one.last + _days(one)):
            near[day].append(at)
    for shift in roster.shifts:
        if shift.site.stream != "telemedicine":
            continue
        beside = sorted({at for day in shift.dates for at in near.get(day, ())})
        if on_the_way := [out[at] for at in beside if _travels(out[at], shift)]:
            terms = (*singles([shift.id]), (1, group(on_the_way)))
            span = Span(shift.first, shift.last)
            yield Limit("travel.telemedicine_under_way", span, "shifts", terms, 1, cap.over)


def _days(shift: Shift) -> timedelta:
    """Dates that the way to a shift may take from those around it, and one for the zone."""
    return (2 + shift.site.travel_minutes * MINUTE // DAY) * DAY


def _travels(out: Shift, shift: Shift) -> bool:
    """Whether the trip or the way for one shift takes time that the other needs."""
    if out.site.away and not set(out.dates).isdisjoint(shift.dates):
        return True
    if not (minutes := out.site.travel_minutes * MINUTE):
        return False
    there = shift.begins < out.begins and out.begins - minutes < shift.ends
    back = out.ends < shift.ends and shift.begins < out.ends + minutes
    return there or back


# -- trips ---------------------------------------------------------------------------------------------------------


def _between_trips(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Where a trip starts on a date, none of the dates before it has work away."""
    if not (cap := policy.travel.days_between_trips):
        return
    trips = away(roster)
    worked = sorted({day for there in trips.values() for day in there})
    for there in trips.values():
        for day in there:
            near = worked[bisect_left(worked, day - cap.cap * DAY) : bisect_left(worked, day)]
            earlier = [shift for before in near for shift in roster.touching[before] if shift.site.away]
            if earlier:
                terms = ((1, group(earlier)), *start(there, day))
                span = Span(day - cap.cap * DAY, day)
                yield Limit("travel.days_between_trips", span, "trips", terms, 1, cap.over)


def _outside_windows(policy: Policy, roster: Roster) -> Iterator[Limit]:
    cap = policy.travel.trips_outside_windows
    if not cap:
        return
    wanted = [Span(one.first, one.until) for one in policy.travel.windows]
    terms: dict[Month, list[tuple[int, Group]]] = defaultdict(list)
    for there in away(roster).values():
        for day in there:
            if not any(day in window for window in wanted):
                terms[Month.of(day)] += start(there, day)
    for month in sorted(terms):
        yield bound("travel.trips_outside_windows", Span.month(month), "trips", terms[month], cap)


# -- what the way costs --------------------------------------------------------------------------------------------


def _journeys(roster: Roster, sites: Iterable[str]) -> Iterator[tuple[str, Span, list[tuple[int, Group]]]]:
    """For each of these sites what is 1 once a journey: a trip to it, or a shift where nights are spent at home."""
    trips, wanted = away(roster), set(sites)
    for shift in roster.shifts:
        if shift.site.id in wanted and not shift.site.away and shift.site.place == "onsite":
            yield shift.site.id, Span(shift.first, shift.last), [(1, group((shift,)))]
    for site in sorted(wanted.intersection(trips)):
        for day in trips[site]:
            yield site, Span(day, day), start(trips[site], day)


def _hours(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """Each started hour of travel, both ways."""
    if not (price := policy.prices.travel_hour):
        return
    minutes = {shift.site.id: 2 * shift.site.travel_minutes for shift in roster.shifts}
    for site, span, terms in _journeys(roster, (site for site in minutes if minutes[site])):
        spent = tuple((weight * minutes[site], one) for weight, one in terms)
        yield Limit("prices.travel_hour", span, "minutes", spent, 0, price, HOUR)


def _costs(policy: Policy, roster: Roster) -> Iterator[Limit]:
    """What a journey costs that nobody pays back. The price is the cost, so that no row has cents in it."""
    costs = {key: site.travel.cost for key, site in policy.sites.items() if site.travel.cost}
    if costs:
        for site, span, terms in _journeys(roster, costs):
            yield Limit(f"sites.{site}.travel.cost", span, "trips", tuple(terms), 0, costs[site])


def _apart(policy: Policy) -> int:
    cap = policy.travel.days_between_trips
    return cap.cap + 3 if cap else 0


RULES = (
    Rule("caps.nights_away_per_month", monthly, _nights_away),
    Rule("travel.legs", _longest_way, _legs),
    Rule("travel.telemedicine_under_way", _longest_way, _under_way),
    Rule("travel.days_between_trips", _apart, _between_trips),
    Rule("travel.trips_outside_windows", monthly, _outside_windows),
    Rule("prices.travel_hour", lambda _: 3, _hours, toll=True),
    Rule("sites.travel.cost", lambda _: 3, _costs, toll=True),
)

"""Calendar events -> commitments, red time and open shifts. Pure.

A calendar's role says what its events are, its rules say it more exactly. Nothing is dropped in silence: what is
none of the three is set aside with its reason. One shift is often told in several places (the employer's feed, one's
own calendar, a partner's): it is one commitment.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fnmatch import translate as glob
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Literal

from connectors.calendars import ical
from connectors.calendars.ical import Reading
from connectors.event import Days, Event, Timed
from daemon.config import CalendarSection, RuleSection
from daemon.titles import is_ours, verdict_of
from daemon.world import Aside, World, hours, same
from policy.money import paid
from policy.schema import Policy
from policy.shift import RedTime, Shift, Span

Means = Literal["shift", "red", "offer", "nothing", "ask"]
OURS = ("HOLD ·", "TAKE ·", "YES ·", "⚠ ", "REMIND ·", "OFF ·")
"""What the titles of our entries begin with."""
_FOLDED = tuple(one.casefold() for one in OURS)
_BLOCK = re.compile(r"(?:g\d+-)?(shift-[0-9a-z]+)-")
Hours = tuple[datetime, datetime]
"""From one instant to another, in UTC."""
MOST_DAYS = 62
"""Of one event over whole days; nobody is on duty for longer."""


@dataclass(frozen=True, slots=True)
class Told:
    """One calendar as it was read: its section of service.toml, and its readings by address."""

    section: CalendarSection
    readings: Mapping[str, Reading]
    stale: frozenset[str] = frozenset()
    """Addresses whose newest version cannot be read; the reading is of the one before."""
    gone: Mapping[str, Reading] = field(default_factory=dict)
    """What a calendar of offers held once."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    means: Means
    why: str = ""
    site: str | None = None
    when: Timed | None = None


@dataclass
class _Seen:
    """Shifts and red time with where they were seen, before what is told twice is put together."""

    shifts: list[_Sighting] = field(default_factory=list)
    red: list[tuple[RedTime, str, str | None]] = field(default_factory=list)
    """Each with its calendar, and the site that it names."""


@dataclass(frozen=True, slots=True)
class _Sighting:
    shift: Shift
    calendars: frozenset[str]
    place: int
    """In the order in which the calendars are configured."""


def events_into(
    world: World,
    told: Sequence[Told],
    policy: Policy,
    span: Span,
    instance: str = "",
    standing: Collection[Hours] = (),
    offered: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Add what the calendars hold between the dates of `span`; `instance` marks the entries that we wrote.

    `offered` are the offers of our blocks by the names of their entries: one that was moved into a work calendar is at the
    site of its offer, where its title names none.

    `standing` are the hours of the blocks in the calendars of ours. A copy of one of those in a work calendar is no shift
    while it stands: a mirror copies every hold, and means nothing by it.
    """
    seen = _Seen()
    for calendar in told:
        for href, reading in calendar.readings.items():
            _problems(world, calendar, href, reading)
            for event in reading.events:
                if _is_mirrored(event, calendar.section, instance, standing):
                    world.aside.append(Aside(calendar.section.name, event.summary, _MIRRORED))
                elif _is_within(event, span):
                    site = _offered_by(event, policy, instance, offered) or calendar.section.site
                    for meaning in _meanings(event, calendar.section, policy, instance, site):
                        _add(world, seen, calendar.section, event, meaning, policy)
        _was_listed(world, calendar, policy, span)
    shifts = _one_of_each(world, seen.shifts)
    world.commitments += [one for shift in shifts for one in paid((shift,), shift.site.pay)]
    world.red += [red for red, calendar, site in seen.red if not _is_copy(world, red, calendar, site, shifts)]


def _problems(world: World, calendar: Told, href: str, reading: Reading) -> None:
    """What a work calendar cannot tell may be a shift, so the clinician is asked."""
    name = calendar.section.name
    held = world.review if calendar.section.role == "work" else world.aside
    held += [Aside(name, href, problem) for problem in reading.problems]
    if href in calendar.stale:
        title = next((event.summary for event in reading.events), href)
        why = "was changed into something that cannot be read; what it said before still counts"
        world.review.append(Aside(name, title, why))


def _was_listed(world: World, calendar: Told, policy: Policy, span: Span) -> None:
    for reading in calendar.gone.values():
        for event in reading.events:
            if _is_within(event, span):
                for meaning in _meanings(event, calendar.section, policy, "", calendar.section.site):
                    _open_shift(world.unlisted, meaning, policy)


def _open_shift(into: dict[str, Shift], meaning: _Meaning, policy: Policy) -> None:
    """An open shift by the name of its offer; two that begin together are told apart by their ends."""
    if meaning.means != "offer" or meaning.site is None or meaning.when is None:
        return
    site, when = policy.site(meaning.site, meaning.when.start), meaning.when
    name = offer_key(site.id, when.start.astimezone(site.zone))
    ends = when.end.astimezone(UTC)
    if name in into and into[name].ends != ends:
        name = f"{name}-{short(ends.isoformat())[:4]}"
    into.setdefault(name, Shift.at(site, when.start, when.end, key=name))


def _is_within(event: Event, span: Span) -> bool:
    when = event.when
    first, last = (when.start.date(), when.end.date()) if isinstance(when, Timed) else (when.first, when.last)
    day = timedelta(days=1)
    return first <= span.last + day and last >= span.first - day


# -- what an event is ------------------------------------------------------------------------------------------------


def _meanings(
    event: Event, section: CalendarSection, policy: Policy, instance: str, site: str | None
) -> list[_Meaning]:
    """What an event is, at `site` where it names none; whole days with the hours of a rule are a shift each."""
    rule = next((rule for rule in section.rules if _fits(rule, event.summary)), None)
    if not isinstance(event.when, Days) or rule is None or rule.hours is None:
        return [_meaning(event, section, policy, instance, rule, site)]
    count = min((event.when.last - event.when.first).days + 1, MOST_DAYS)
    days = [event.when.first + timedelta(days=n) for n in range(count)]
    each = (replace(event, when=Days(day, day)) for day in days)
    return [_meaning(one, section, policy, instance, rule, site) for one in each]


def _meaning(
    event: Event,
    section: CalendarSection,
    policy: Policy,
    instance: str,
    rule: RuleSection | None,
    usual: str | None,
) -> _Meaning:
    if event.status == "cancelled" and section.role != "offers":
        return _Meaning("nothing")
    if section.role == "work" and _is_block(event, instance):
        if verdict_of(event.summary) == "declined":
            return _Meaning("nothing", "a block of Shiftward's with a no in front of it")
    elif _is_echo(event, instance):
        return _Meaning("nothing", "written by Shiftward")
    if event.transparent and section.free == "skip" and not (rule and rule.means):
        return _Meaning("nothing", "marked free")
    means = (rule.means if rule else None) or _by_role(section)
    if means == "nothing":
        return _Meaning("nothing", "a rule of service.toml says so")
    timed = _hours(event, rule, policy, (rule.site if rule else None) or usual) or event.when
    if isinstance(timed, Timed) and timed.end.astimezone(UTC) <= timed.start.astimezone(UTC):
        return _Meaning("nothing", "an event without length")
    named = sites_named(f"{event.summary}\n{event.location}", policy)
    site = (rule.site if rule else None) or (min(named) if len(named) == 1 else None)
    if means == "red":
        return _red_time(event, section, policy, site, asked=bool(rule and rule.means))
    if site is None and len(named) > 1:
        return _two_sites(event)
    return _shift(event, section, policy, means, site or usual, rule)


def _offered_by(event: Event, policy: Policy, instance: str, offered: Mapping[str, str]) -> str | None:
    """The site of the offer of which an event is a block of ours, by its UID."""
    found = _BLOCK.match(event.uid) if _is_by_us(event, instance) else None
    offer = offered.get(found.group(1), "") if found else ""
    return max((key for key in policy.sites if offer.startswith(f"{key}-")), key=len, default=None)


def _two_sites(event: Event) -> _Meaning:
    """It is a shift at one of them: its time is kept free, and the clinician is asked."""
    why = "names two sites of your policy: which one is it?"
    return _Meaning("red", why, when=event.when) if isinstance(event.when, Timed) else _Meaning("ask", why)


def _is_block(event: Event, instance: str) -> bool:
    """A block that was moved into a work calendar keeps its UID, whatever it is called by now; a copy gets another one."""
    if _is_by_us(event, instance):
        return _BLOCK.match(event.uid) is not None
    return is_ours(event.summary)


_MIRRORED = "a copy of what stands in Shiftward's own calendar; it counts once that is deleted there"


def utc_hours(event: Event) -> Hours | None:
    """None for whole days."""
    when = event.when
    return (when.start.astimezone(UTC), when.end.astimezone(UTC)) if isinstance(when, Timed) else None


def _is_mirrored(event: Event, section: CalendarSection, instance: str, standing: Collection[Hours]) -> bool:
    return (
        section.role == "work"
        and utc_hours(event) in standing
        and not _is_by_us(event, instance)
        and is_ours(event.summary)
    )


def _is_echo(event: Event, instance: str) -> bool:
    """Our own entries, come back by a mirror or a shared view, are no news."""
    return _is_by_us(event, instance) or event.summary.casefold().startswith(_FOLDED)


def _is_by_us(event: Event, instance: str) -> bool:
    return bool(instance) and event.uid.endswith(f"-{instance}")


def _by_role(section: CalendarSection) -> Means:
    return {"personal": "red", "offers": "offer"}.get(section.role, "shift")  # type: ignore[return-value]  # of Means


def _fits(rule: RuleSection, title: str) -> bool:
    return _pattern(rule.title).fullmatch(title.strip()) is not None


@lru_cache(maxsize=256)
def _pattern(title: str) -> re.Pattern[str]:
    """`*` and `?` alone: whoever wants brackets in a title means brackets."""
    return re.compile(glob(title.strip().replace("[", "[[]")), re.IGNORECASE)


def _red_time(
    event: Event, section: CalendarSection, policy: Policy, site: str | None, *, asked: bool
) -> _Meaning:
    if isinstance(event.when, Timed):
        return _Meaning("red", site=site, when=event.when)
    if section.all_day == "skip" and not asked:
        return _Meaning("nothing", "a whole day, which this calendar's all_day leaves out")
    home = policy.at(event.when.first).clinician.home_zone
    when = Timed(
        ical.midnight(event.when.first, home), ical.midnight(event.when.last + timedelta(days=1), home)
    )
    return _Meaning("red", site=site, when=when)


def _shift(
    event: Event,
    section: CalendarSection,
    policy: Policy,
    means: Means,
    site: str | None,
    rule: RuleSection | None,
) -> _Meaning:
    when = _hours(event, rule, policy, site)
    if when is None:
        return _without_hours(event, section, policy, site)
    if site is not None:
        return _Meaning(means, site=site, when=when)
    if means == "offer":
        return _Meaning("ask", "names no site of your policy, so nobody can say what it is an offer of")
    # It may be a shift: the time is kept free, and the clinician is asked.
    why = "names no site of your policy; its time is kept free until it does, or is marked free"
    return _Meaning("red", why, when=when)


def _without_hours(event: Event, section: CalendarSection, policy: Policy, site: str | None) -> _Meaning:
    if section.all_day == "red":
        return _red_time(event, section, policy, site, asked=True)
    if site is not None and section.all_day != "skip":
        return _Meaning("ask", "a shift without hours: give the event a start and an end")
    return _Meaning("nothing", "a whole day that names no site" if site is None else "a whole day")


def _hours(event: Event, rule: RuleSection | None, policy: Policy, site: str | None) -> Timed | None:
    """The event's own hours, or those of its rule on its (first) date by the site's clock."""
    when = event.when
    if rule is None or rule.hours is None or site is None:
        return when if isinstance(when, Timed) else None
    zone = policy.site(site).zone
    day = when.start.astimezone(zone).date() if isinstance(when, Timed) else when.first
    begins, ends = (time.fromisoformat(part) for part in rule.hours.split("-"))
    last = day if ends > begins else day + timedelta(days=1)
    return Timed(datetime.combine(day, begins, zone), datetime.combine(last, ends, zone))


# -- into the world ----------------------------------------------------------------------------------------------------


def _add(
    world: World, seen: _Seen, section: CalendarSection, event: Event, meaning: _Meaning, policy: Policy
) -> None:
    source = section.name
    if meaning.means == "nothing":
        if meaning.why:
            world.aside.append(Aside(source, event.summary, meaning.why))
        return
    if event.status == "cancelled":
        # Only an open shift says something by being cancelled.
        _open_shift(world.unlisted, meaning, policy)
        return
    if meaning.why:
        world.review.append(Aside(source, event.summary, meaning.why))
    if meaning.when is None:
        return
    when = meaning.when
    key = f"{source}:{short(event.uid + event.occurrence)}"
    if meaning.means == "red":
        seen.red.append((RedTime(key, when.start, when.end, event.summary), source, meaning.site))
    elif meaning.means == "offer":
        _open_shift(world.listed, meaning, policy)
    elif meaning.site is not None:
        taken = {one.shift.id for one in seen.shifts}
        if key in taken:
            # Some feeds give all shifts of a day one UID.
            key = f"{key}-{short(f'{when.start.astimezone(UTC)} {when.end.astimezone(UTC)} {meaning.site}')}"
        shift = Shift.at(policy.site(meaning.site, when.start), when.start, when.end, key=key)
        seen.shifts.append(_Sighting(shift, frozenset({source}), len(seen.shifts)))


def _one_of_each(world: World, seen: Sequence[_Sighting]) -> list[Shift]:
    """A shift that several calendars tell is one, whatever the order in which they are read.

    The very same hours are the same shift. Else what lies nearest is put together first, and never two shifts of one
    calendar: those are a mistake to warn of.
    """
    groups: dict[tuple[str, datetime, datetime], list[_Sighting]] = {}
    for one in seen:
        groups.setdefault((one.shift.site.id, one.shift.begins, one.shift.ends), []).append(one)
    distinct = [
        replace(
            min(group, key=lambda one: one.place),
            calendars=frozenset().union(*(one.calendars for one in group)),
        )
        for group in groups.values()
    ]
    while pair := _nearest(distinct):
        one, other = pair
        distinct = [kept for kept in distinct if kept not in pair] + [_both(world, one, other)]
    return [one.shift for one in sorted(distinct, key=lambda one: one.place)]


def _nearest(sightings: Sequence[_Sighting]) -> tuple[_Sighting, _Sighting] | None:
    """The two that overlap, are told by different calendars, and differ the least."""
    ordered = sorted(sightings, key=lambda one: (one.shift.site.id, one.shift.begins, one.shift.ends))
    found: list[tuple[tuple[object, ...], _Sighting, _Sighting]] = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if not same(one.shift, other.shift):
                if other.shift.site.id != one.shift.site.id or other.shift.begins >= one.shift.ends:
                    break
                continue
            if one.calendars.isdisjoint(other.calendars):
                apart = abs(one.shift.begins - other.shift.begins) + abs(one.shift.ends - other.shift.ends)
                mark = (apart, one.shift.begins, one.shift.ends, other.shift.begins, other.shift.ends)
                found.append((mark, one, other))
    return min(found, key=lambda one: one[0])[1:] if found else None


def _both(world: World, one: _Sighting, other: _Sighting) -> _Sighting:
    """Where the hours differ, all of them are kept free, and the clinician is asked."""
    first, second = sorted((one, other), key=lambda each: each.place)
    where, there = (" and ".join(sorted(each.calendars)) for each in (first, second))
    why = f"told as {hours(first.shift)} in {where} and {hours(second.shift)} in {there}; the longer is taken"
    world.review.append(Aside(where, f"{first.shift.site.name} on {first.shift.first}", why))
    start = min((one.shift.start, other.shift.start), key=_utc)
    end = max((one.shift.end, other.shift.end), key=_utc)
    return _Sighting(replace(first.shift, start=start, end=end), one.calendars | other.calendars, first.place)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def _is_copy(world: World, red: RedTime, calendar: str, site: str | None, shifts: Sequence[Shift]) -> bool:
    """Red time that names the site of a shift at that time is the shift, in somebody's own calendar."""
    for shift in shifts:
        if shift.site.id == site and shift.begins < _utc(red.end) and _utc(red.start) < shift.ends:
            world.aside.append(Aside(calendar, red.title, "the shift that stands elsewhere too"))
            return True
    return False


def published(
    section: CalendarSection, readings: Mapping[str, Reading], known: date | None, zone: tzinfo = UTC
) -> date | None:
    """The last date that a feed of shifts tells anything about: schedules come out by the month, in `zone`.

    `known` is what was published before; a schedule grows. None where nothing is known yet.
    """
    ends = [
        event.when.start.astimezone(zone).date() if isinstance(event.when, Timed) else event.when.first
        for reading in readings.values()
        for event in reading.events
        if not event.occurrence and event.status != "cancelled"
    ]
    if section.role != "work" or not (ends or known):
        return known
    last = max([*ends, *([known] if known else [])])
    return (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


# -- names -----------------------------------------------------------------------------------------------------------


def short(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()


def offer_key(site: str, start: datetime, shifts: int = 1) -> str:
    """A short name that a person can type: the site, the date, and what keeps two shifts of a day apart."""
    mark = short(f"{site} {start.astimezone(UTC).isoformat()} {shifts}")[:4]
    return f"{site}-{start:%m%d}-{mark}"


def sites_named(text: str, policy: Policy) -> set[str]:
    """The sites that a text names."""
    return {
        key
        for pattern, key in _patterns(tuple((k, s.names) for k, s in policy.sites.items()))
        if pattern.search(text)
    }


@lru_cache(maxsize=16)
def _patterns(sites: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), key)
        for key, names in sites
        for name in (key, *names)
    )

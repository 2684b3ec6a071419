"""Calendar events -> commitments, red time and open shifts. Pure.

A calendar's role says what its events are, its rules say it more exactly. Nothing is dropped in silence: what is
none of the three is set aside with its reason. One shift is often told in several places (the employer's feed, one's
own calendar, a partner's): it is one commitment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fnmatch import translate as glob
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from connectors.calendars import ical
from connectors.calendars.ical import Reading
from connectors.event import Event, Timed
from daemon.config import CalendarSection, RuleSection
from daemon.world import Aside, World, hours, same
from policy.money import paid
from policy.schema import Policy
from policy.shift import RedTime, Shift, Site, Span

Means = Literal["shift", "red", "offer", "nothing", "ask"]
_BLOCKS = ("HOLD ·", "TAKE ·", "YES ·")
_OURS = (*_BLOCKS, "⚠ ", "OFF ·")


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


def events_into(world: World, told: Sequence[Told], policy: Policy, span: Span, instance: str = "") -> None:
    """Add what the calendars hold between the dates of `span`; `instance` marks the entries that we wrote."""
    for calendar in told:
        name = calendar.section.name
        for href, reading in calendar.readings.items():
            _problems(world, calendar, href, reading)
            for event in reading.events:
                if _is_within(event, span):
                    _add(world, name, event, _meaning(event, calendar.section, policy, instance), policy)
        _was_listed(world, calendar, policy, span)
    _one_of_each(world, policy)


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
            meaning = _meaning(event, calendar.section, policy, "")
            if _is_within(event, span) and meaning.means == "offer" and meaning.site and meaning.when:
                shift = _open_shift(policy.site(meaning.site), meaning.when)
                world.unlisted.setdefault(shift.id, shift)


def _open_shift(site: Site, when: Timed) -> Shift:
    name = offer_key(site.id, when.start.astimezone(site.zone))
    return Shift.at(site, when.start, when.end, key=name)


def _is_within(event: Event, span: Span) -> bool:
    when = event.when
    first, last = (when.start.date(), when.end.date()) if isinstance(when, Timed) else (when.first, when.last)
    day = timedelta(days=1)
    return first <= span.last + day and last >= span.first - day


# -- what an event is ------------------------------------------------------------------------------------------------


def _meaning(event: Event, section: CalendarSection, policy: Policy, instance: str) -> _Meaning:
    if event.status == "cancelled":
        return _Meaning("nothing")
    if _is_echo(event, section.role, instance):
        return _Meaning("nothing", "written by Shiftward")
    rule = next((rule for rule in section.rules if _fits(rule, event.summary)), None)
    if event.transparent and section.free == "skip" and not (rule and rule.means):
        return _Meaning("nothing", "marked free")
    means = (rule.means if rule else None) or _by_role(section)
    if means == "nothing":
        return _Meaning("nothing", "a rule of service.toml says so")
    site = (
        (rule.site if rule else None)
        or site_named(f"{event.summary}\n{event.location}", policy)
        or section.site
    )
    if means == "red":
        return _red_time(event, section, policy, site, asked=bool(rule and rule.means))
    return _shift(event, section, policy, means, site, rule)


def _is_echo(event: Event, role: str, instance: str) -> bool:
    """Our own entries, come back by a mirror or a shared view, are no news.

    A block that was moved into a work calendar keeps its UID, and is a shift by then.
    """
    ours = bool(instance) and event.uid.endswith(f"-{instance}")
    block = event.summary.startswith(_BLOCKS)
    if ours and block and role == "work":
        return False
    return ours or event.summary.startswith(_OURS)


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
    home = policy.clinician.home_zone
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
    if when.end.astimezone(UTC) <= when.start.astimezone(UTC):
        return _Meaning("nothing", "an event without length")
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


def _add(world: World, source: str, event: Event, meaning: _Meaning, policy: Policy) -> None:
    if meaning.means == "nothing":
        if meaning.why:
            world.aside.append(Aside(source, event.summary, meaning.why))
        return
    if meaning.why:
        world.review.append(Aside(source, event.summary, meaning.why))
    if meaning.when is None:
        return
    key = f"{source}:{short(event.uid + event.occurrence)}"
    when = meaning.when
    if meaning.means == "red":
        if when.end.astimezone(UTC) > when.start.astimezone(UTC):
            world.red.append(RedTime(key, when.start, when.end, event.summary))
        return
    assert meaning.site is not None
    site = policy.site(meaning.site)
    if meaning.means == "offer":
        shift = _open_shift(site, when)
        world.listed.setdefault(shift.id, shift)
    else:
        if any(shift.id == key for shift in world.commitments):
            # Some feeds give all shifts of a day one UID.
            key = f"{key}-{short(when.start.astimezone(UTC).isoformat())}"
        world.commitments.append(Shift.at(site, when.start, when.end, key=key))


def _one_of_each(world: World, policy: Policy) -> None:
    """A shift that several calendars tell is one, and no red time beside itself. Its pay is its site's."""
    kept: list[Shift] = []
    for shift in world.commitments:
        source = shift.id.partition(":")[0]
        twin = next((n for n, other in enumerate(kept) if _is_twin(shift, source, other)), None)
        if twin is None:
            kept.append(shift)
        else:
            kept[twin] = _both(world, kept[twin], shift, source)
    world.commitments = [one for shift in kept for one in paid((shift,), shift.site.pay)]
    world.red = [red for red in world.red if not _is_copy(world, red, kept, policy)]


def _is_twin(shift: Shift, source: str, other: Shift) -> bool:
    """Within one calendar only the very same hours are a copy: two overlapping shifts there are a mistake to warn of."""
    if source == other.id.partition(":")[0]:
        return shift.site.id == other.site.id and (shift.begins, shift.ends) == (other.begins, other.ends)
    return same(shift, other)


def _both(world: World, one: Shift, other: Shift, source: str) -> Shift:
    """The first calendar's shift; where the hours differ, all of them are kept free, and the clinician is asked."""
    if (one.begins, one.ends) == (other.begins, other.ends):
        return one
    why = f"told as {hours(one)} in {one.id.partition(':')[0]} and {hours(other)} here; the longer is taken"
    world.review.append(Aside(source, f"{one.site.name} on {one.first}", why))
    start, end = min((one.start, other.start), key=_utc), max((one.end, other.end), key=_utc)
    return replace(one, start=start, end=end)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def _is_copy(world: World, red: RedTime, shifts: Sequence[Shift], policy: Policy) -> bool:
    """Red time that names the site of a shift at that time is the shift, in somebody's own calendar."""
    site = site_named(red.title, policy)
    for shift in shifts:
        if shift.site.id == site and shift.begins < _utc(red.end) and _utc(red.start) < shift.ends:
            world.aside.append(
                Aside(red.id.partition(":")[0], red.title, "the shift that stands elsewhere too")
            )
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


def site_named(text: str, policy: Policy) -> str | None:
    """The site whose name stands in a text; None where none does, or two do."""
    found = {
        key
        for pattern, key in _patterns(tuple((k, s.names) for k, s in policy.sites.items()))
        if pattern.search(text)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16)
def _patterns(sites: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), key)
        for key, names in sites
        for name in (key, *names)
    )

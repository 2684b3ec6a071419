"""How alert one may be on each shift: an estimate to look at, and never a rule.

The three-process model: a homeostatic process S that falls awake and recovers asleep, a daily rhythm C, a half-daily
one U, and the inertia W after waking (Åkerstedt and Folkard 1996, 1997; constants as in Ingre et al. 2014,
doi 10.1371/journal.pone.0108679, in the form that the FIPS package documents). Its scale is the Karolinska one, 1 to 9:
7 is sleepy without effort to stay awake, 8 with some, 9 fighting sleep. For a single person it is off by about 1.4.

Sleep is estimated from the shifts, which is an assumption of ours: bed at 23:00 or at once after a late end; up when
rested as after an ordinary night (the principle of Åkerstedt and Folkard 1996), or for work; earlier to bed before an
early start, for the lengths that Ingre et al. 2008 found. No naps, coffee or jet lag. Floats stay in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from math import cos, exp, log, pi

from policy.shift import Shift

LOW, HIGH, BRAKE = 2.4, 14.3, 12.2
"""Asymptotes of S awake and asleep; above the brake, sleep recovers ever more slowly."""
FALL = -0.0353
"""An hour awake."""
RISE = log((HIGH - 14) / (HIGH - 7.96)) / 8
"""An hour asleep: from 7.96 to 14 in 8 hours."""
PEAK = 16.8
"""The hour of the day at which C is highest."""
RESTED = 13.8198
"""S at 07:00 for somebody who always sleeps from 23:00 to 07:00."""
MORNING_C = 2.5 * cos(2 * pi / 24 * (7 - PEAK))
BED, LATE = 23.0, 12.0
"""The hour of going to bed; until which hour somebody who has been up for long goes to bed at once."""
LONG_UP, SHORT_UP, LONGEST_SLEEP = 14.0, 8.0, 10.0
"""Hours."""
AROUND = timedelta(hours=1)
"""Before and after a shift and its way, in which nobody sleeps."""
STEP = timedelta(minutes=5)


def process_c(hour: float) -> float:
    """The daily rhythm at an hour of the day."""
    return 2.5 * cos(2 * pi / 24 * (hour - PEAK))


def process_u(hour: float) -> float:
    """The half-daily rhythm."""
    return -0.5 + 0.5 * cos(2 * pi / 12 * (hour - PEAK - 3))


def process_w(awake: float) -> float:
    """Sleep inertia, by hours since waking."""
    return -5.72 * exp(-1.51 * awake)


def awake_for(s: float, hours: float) -> float:
    """S after so many hours awake."""
    return LOW + (s - LOW) * exp(FALL * hours)


def asleep_for(s: float, hours: float) -> float:
    """S after so many hours of sleep: in a straight line up to the brake, then ever more slowly."""
    slope = RISE * (BRAKE - HIGH)
    straight = min(hours, max(0.0, (BRAKE - s) / slope))
    s += slope * straight
    return HIGH - (HIGH - s) * exp(RISE * (hours - straight))


def kss(s: float, hour: float, awake: float) -> float:
    """Sleepiness on Karolinska's scale, not cut to it."""
    return 10.6 - 0.6 * (s + process_c(hour) + process_u(hour) + process_w(awake))


@dataclass(frozen=True, slots=True)
class Sleepiness:
    """The worst moment of a shift, and how long one slept in the day before its start."""

    shift: Shift
    at: datetime
    kss: float
    slept: timedelta


@dataclass(frozen=True, slots=True)
class _Busy:
    """A shift with its ways; `early` is where sleep before it should begin."""

    shift: Shift
    opens: datetime
    closes: datetime
    early: datetime | None


def sleepiness(shifts: Sequence[Shift]) -> list[Sleepiness]:
    """The worst quarter of an hour of each shift, in order. Times of day are those where the body is."""
    ordered = sorted(shifts, key=lambda shift: (shift.begins, shift.id))
    if not ordered:
        return []
    moments = list(_lived([_busy(shift) for shift in ordered]))
    found = []
    for shift in ordered:
        day_before = shift.begins - timedelta(hours=24)
        slept = STEP * sum(one.asleep for one in moments if day_before <= one.at < shift.begins)
        during = [one for one in moments if shift.begins <= one.at <= shift.ends]
        worst = max(during, key=lambda one: one.kss)
        found.append(Sleepiness(shift, worst.at.astimezone(shift.start.tzinfo), worst.kss, slept))
    return found


def _busy(shift: Shift) -> _Busy:
    way = timedelta(minutes=shift.site.travel_minutes) if shift.site.place == "onsite" else timedelta()
    opens = shift.begins - way - AROUND
    hour = shift.start.hour + shift.start.minute / 60
    early = None
    if 3 <= hour < LATE:
        early = opens - timedelta(hours=min(8.0, max(5.0, 5 + 0.7 * (hour - 4.5))))
    return _Busy(shift, opens, shift.ends + way + AROUND, early)


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    asleep: bool
    kss: float


def _lived(busy: Sequence[_Busy]) -> Iterator[_Moment]:
    """Every five minutes from 07:00 two days before the first shift to the end of the last."""
    zone = busy[0].shift.start.tzinfo
    first = busy[0].shift.start - timedelta(days=2)
    at = first.replace(hour=7, minute=0, second=0, microsecond=0).astimezone(busy[0].opens.tzinfo)
    s, asleep, since = RESTED, False, at
    zones = _zones(busy)
    step = STEP / timedelta(hours=1)
    while at <= busy[-1].closes:
        while zones and zones[0][0] <= at:
            zone = zones.pop(0)[1]
        local = at.astimezone(zone)
        hour = local.hour + local.minute / 60
        hours = (at - since) / timedelta(hours=1)
        if asleep and (
            _works(busy, at) or hours >= LONGEST_SLEEP or s + process_c(hour) >= RESTED + MORNING_C
        ):
            asleep, since, hours = False, at, 0.0
        elif not asleep and not _works(busy, at) and _goes_to_bed(busy, at, hour, hours):
            asleep, since = True, at
        yield _Moment(at, asleep, kss(s, hour, hours) if not asleep else 0.0)
        s = asleep_for(s, step) if asleep else awake_for(s, step)
        at += STEP


def _zones(busy: Sequence[_Busy]) -> list[tuple[datetime, tzinfo | None]]:
    """From when on which clock counts: halfway between two shifts."""
    return [
        (one.closes + (other.opens - one.closes) / 2, other.shift.start.tzinfo)
        for one, other in pairwise(busy)
    ]


def _works(busy: Sequence[_Busy], at: datetime) -> bool:
    return any(one.opens <= at < one.closes for one in busy)


def _goes_to_bed(busy: Sequence[_Busy], at: datetime, hour: float, up: float) -> bool:
    if hour >= BED or (hour < LATE and up >= LONG_UP):
        return True
    following = next((one for one in busy if one.opens > at), None)
    return following is not None and following.early is not None and following.early <= at and up >= SHORT_UP

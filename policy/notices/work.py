"""Work that is watched: months that run hot, gaps, too many systems, one risk taken twice, sites not looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from policy.notices.base import Facts, Notice, steps
from policy.phrases import count, day, hours
from policy.shift import DAY, Shift, Span

FEWEST_BEFORE = 6
"""Shifts in two months, below which a drop says nothing."""
RATED_AFTER = 3
"""Shifts at a site after which it can be rated."""


def works(facts: Facts) -> Iterator[Notice]:
    yield from _hot(facts)
    yield from _systems(facts)
    yield from _gaps(facts)
    yield from _hands_on(facts)
    yield from _overtime(facts)
    yield from _risk(facts)
    yield from _drop(facts)
    yield from _flags(facts)
    yield from _reviews(facts)


def _hot(facts: Facts) -> Iterator[Notice]:
    bar, mix = facts.policy.notices.hot_month, facts.policy.notices.mix
    for month in facts.ahead(3):
        shifts = facts.of(month)
        high = [shift for shift in shifts if shift.site.intensity == "high"]
        if len(high) >= bar:
            counts = [
                len(high),
                *(sum(s.site.intensity == level for s in shifts) for level in ("moderate", "low")),
            ]
            text = (
                f"{count(len(high), 'high-intensity shift')} in {month.first:%B}; from {bar} on a month runs hot "
                f"(high, moderate, low: {', '.join(map(str, counts))}; your mix is {mix.high}, {mix.moderate}, {mix.low})."
            )
            yield Notice(
                "running-hot",
                str(month),
                "warning",
                f"{month.first:%B} runs hot: {len(high)} of {bar}",
                text,
                len(high) - bar + 1,
                high[bar - 1].first if bar else month.first,
            )


def _systems(facts: Facts) -> Iterator[Notice]:
    bar = facts.policy.notices.systems_per_month
    for month in facts.ahead(3):
        found = sorted({shift.site.emr for shift in facts.of(month) if shift.site.emr})
        if bar and len(found) >= bar:
            text = f"{count(len(found), 'record system')} in {month.first:%B} ({', '.join(found)}); your mark is {bar}."
            yield Notice(
                "record-systems",
                str(month),
                "warning",
                f"{count(len(found), 'record system')} in {month.first:%B}",
                text,
                len(found) - bar + 1,
                month.first,
            )


def _gaps(facts: Facts) -> Iterator[Notice]:
    """Long stretches without work, from the last date worked on; what is paused is meant."""
    bar = facts.policy.notices.workless_days
    worked = sorted({one for shift in facts.shifts for one in shift.dates})
    for before, after in pairwise(worked):
        first, last, length = before + DAY, after - DAY, (after - before).days - 1
        if (
            bar
            and length > bar
            and not facts.policy.rests(Span(first, last))
            and last >= facts.today
            and (first - facts.today).days <= bar
        ):
            text = f"No work from {day(first)} to {day(last)}, {count(length, 'day')}; your mark is {bar}."
            title = f"{count(length, 'day')} without work"
            yield Notice("workless-gap", str(first), "warning", title, text, steps(length - bar, 7), first)


def _hands_on(facts: Facts) -> Iterator[Notice]:
    bar = facts.policy.notices.hands_on_days
    found = [shift.first for shift in facts.shifts if shift.site.hands_on]
    before = max((one for one in found if one <= facts.today), default=None)
    after = min((one for one in found if one > facts.today), default=None)
    if not bar or before is None:
        return
    gap = ((after or facts.horizon.last) - before).days
    if gap > bar:
        if after:
            title = f"{count(gap, 'day')} without hands-on work"
            text = f"{count(gap, 'day')} without a hands-on shift until {day(after)}; your mark is {bar}."
        else:
            # A number of days would grow with the horizon.
            title = f"no hands-on work after {day(before)}"
            text = f"No hands-on shift is planned after {day(before)}; your mark is {count(bar, 'day')}."
        yield Notice(
            "hands-on-gap",
            str(before),
            "warning",
            title,
            text,
            steps(gap - bar, 15),
            before + bar * DAY,
        )


def _overtime(facts: Facts) -> Iterator[Notice]:
    """Weeks (Monday to Sunday) with a full post and other clinical work beside it."""
    bar = facts.policy.notices.overtime_hours
    weeks: dict[date, list[Shift]] = defaultdict(list)
    for shift in facts.between(facts.today, facts.horizon.last):
        weeks[shift.first - shift.first.weekday() * DAY].append(shift)
    for monday, shifts in sorted(weeks.items()):
        post = sum(s.minutes for s in shifts if s.site.stream == "employed")
        other = sum(s.minutes for s in shifts if s.site.stream not in ("employed", "nonclinical"))
        if bar and post >= bar * 60 and other:
            text = f"{hours(other)} of other work beside {hours(post)} employed in the week of {day(monday)}; from {bar} hours on, your mark, that is overtime."
            yield Notice(
                "overtime",
                str(monday),
                "warning",
                f"overtime in the week of {day(monday)}",
                text,
                steps(other, 360),
                monday,
            )


def _risk(facts: Facts) -> Iterator[Notice]:
    groups: dict[str, set[str]] = defaultdict(set)
    for month in facts.ahead(3):
        for shift in facts.of(month):
            if group := facts.policy.entry(shift.site).risk_group:
                groups[group].add(shift.site.name)
    for group, names in sorted(groups.items()):
        if len(names) > 1:
            text = f"{' and '.join(sorted(names))} both hang on {group}: {len(names)} sites, one risk."
            yield Notice(
                "one-risk-twice",
                group,
                "warning",
                f"{len(names)} sites, one risk: {group}",
                text,
                len(names) - 1,
            )


def _drop(facts: Facts) -> Iterator[Notice]:
    """The last two whole months beside the two before them."""
    bar, months = facts.policy.notices.volume_percent, facts.behind(4)
    if len(months) < 4:
        return
    recent, before = (
        [shift for month in pair for shift in facts.of(month)] for pair in (months[:2], months[2:])
    )
    for stream in sorted({shift.site.stream for shift in before}):
        was = sum(shift.site.stream == stream for shift in before)
        now = sum(shift.site.stream == stream for shift in recent)
        if was >= FEWEST_BEFORE and 100 * now < bar * was:
            name = stream.replace("_", "-")
            text = (
                f"{name.capitalize()} brought {count(now, 'shift')} in the last two months, after {was} in the two before; "
                f"your mark is {bar} %."
            )
            yield Notice(
                "volume-drop", stream, "warning", f"{name} brings less", text, 1 + (200 * now < bar * was)
            )


def _flags(facts: Facts) -> Iterator[Notice]:
    ahead = facts.between(facts.today, facts.horizon.last)
    for key, site in facts.policy.sites.items():
        flags = [flag for flag in site.red_flags if flag.cleared is None]
        first = min((shift.first for shift in ahead if shift.site.id == key), default=None)
        if flags and first:
            name = site.called(key)
            what = ", ".join(flag.flag.replace("_", " ") for flag in flags)
            text = f"{name} has {count(len(flags), 'open flag')} ({what}); it is shown with each offer until you clear it."
            yield Notice(
                "red-flag",
                key,
                "warning",
                f"{count(len(flags), 'open flag')} at {name}",
                text,
                len(flags),
                first,
            )


def _reviews(facts: Facts) -> Iterator[Notice]:
    for key, site in facts.policy.sites.items():
        worked = sorted(
            shift.last for shift in facts.shifts if shift.site.id == key and shift.last < facts.today
        )
        if len(worked) >= RATED_AFTER and not site.scores:
            name = site.called(key)
            text = f"You have worked {count(len(worked), 'shift')} at {name}: rate it in your policy (scores: hassle, risk, prospects …)."
            yield Notice(
                "site-review", key, "reminder", f"rate {name}", text, 1, worked[RATED_AFTER - 1] + 3 * DAY
            )

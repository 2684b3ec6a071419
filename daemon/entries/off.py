"""Recovery days and protected days off."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from connectors.event import Days
from daemon.entries import catalogue
from daemon.entries.entry import Entry, EntryKind, View, make, name_of
from policy.rules import all_limits
from policy.shift import Month, Roster, Shift, Span, months
from solver.solve import Problem


def off_entries(view: View) -> Iterator[Entry]:
    """Of whole months: as the horizon moves on, a day a day, nothing is written but once a month."""
    worked = [view.problem.shifts[key] for key in view.problem.worked(view.plan.accepted)]
    last = Month.of(view.problem.horizon.last)
    recovery, kept = _protected(view.problem, worked, Span(view.today, Span.month(last).last), view.since)
    for day in sorted(recovery):
        yield _all_day(view, "recovery", day)
    for day in sorted(kept):
        yield _all_day(view, "off", day)


def _all_day(view: View, kind: EntryKind, day: date) -> Entry:
    recovery = kind == "recovery"
    return make(
        view,
        kind,
        f"{kind} {day}",
        catalogue.RECOVERY if recovery else catalogue.OFF,
        about=f"{kind} {day}",
        when=Days(day, day),
        title=catalogue.RECOVERY_TITLE if recovery else catalogue.OFF_TITLE,
        text=catalogue.RECOVERY_TEXT if recovery else catalogue.OFF_TEXT,
    )


def recovery_days(problem: Problem, worked: Iterable[Shift]) -> set[date]:
    """The dates that the recovery rule wants free after what is worked: its limits, asked one date at a time.

    A probe of one minute's work on a date shows whether the rule would mind.
    """
    shifts = tuple(worked)
    if not shifts:
        return set()
    days = max(era.policy.recovery.days for era in problem.policy.eras)
    near = {shift.last + timedelta(days=n) for shift in shifts for n in range(1, days + 1)}
    probes = {day: _probe(shifts[0], day) for day in near if day in problem.horizon}
    roster = Roster((*shifts, *probes.values()), problem.horizon, (), problem.known)
    ids = frozenset(shift.id for shift in shifts)
    wanted = set()
    for limit in all_limits(problem.policy, roster):
        if limit.rule == "recovery" and limit.value(ids) == limit.at_most:
            wanted |= {day for day, probe in probes.items() if limit.value(ids | {probe.id}) > limit.at_most}
    return wanted


def _probe(like: Shift, day: date) -> Shift:
    zone = like.start.tzinfo
    noon = datetime.combine(day, time(12), zone)
    site = like.site
    plain = type(site)(
        id="",
        name="",
        stream="nonclinical",
        place="home",
        zone=site.zone,
        body_zone=site.body_zone,
        intensity="low",
        emr=None,
    )
    return Shift(f"probe {day}", plain, noon, noon + timedelta(minutes=1))


def protected_days(
    problem: Problem, worked: Iterable[Shift], today: date, shown: Container[str]
) -> tuple[set[date], set[date]]:
    """(recovery days, further days kept off) from today to the horizon's end; `shown` are names of entries."""
    return _protected(problem, worked, Span(today, problem.horizon.last), shown)


def _protected(
    problem: Problem, worked: Iterable[Shift], ahead: Span, shown: Container[str]
) -> tuple[set[date], set[date]]:
    shifts = tuple(worked)
    touched = {day for shift in shifts for day in shift.dates}
    recovery = {day for day in recovery_days(problem, shifts) - touched if day >= ahead.first}
    kept = {
        day
        for month in months(ahead)
        for day in _quota(problem, month, touched, recovery, ahead.first, shown)
    }
    return recovery, {day for day in kept if day in ahead}


def _quota(
    problem: Problem,
    month: Month,
    touched: set[date],
    recovery: set[date],
    today: date,
    shown: Container[str],
) -> list[date]:
    """As many free dates as the month must keep, recovery days among them: those already shown, then weekends.

    What is shown stays while it is free, though days that passed made it more than is needed: that is no news.
    """
    least = problem.policy.at(month.first).limits.off_days_per_month
    if least is None:
        return []
    span = Span.month(month)
    free = [day for day in span if day not in touched]
    left = least.cap - sum(day in recovery or day < today for day in free)
    open_days = [day for day in free if day not in recovery and day >= today]
    there = {day for day in open_days if name_of("off", f"off {day}") in shown}
    order = sorted(open_days, key=lambda day: (day not in there, day.weekday() < 5, day))
    return sorted(order[: max(0, left, min(len(there), least.cap))])

"""Warnings: what is already too much or missing, each fact once, as far as it can still be changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from connectors.event import Alarm, Days, Timed
from daemon.entries import catalogue
from daemon.entries.entry import Entry, View, first_shown, graded, make, soon_after
from policy.gates.dates import paused
from policy.limits import Reason
from policy.phrases import clock
from policy.reasons import fact, of_breaches
from policy.schema import Policy
from policy.shift import Shift, Span
from policy.words import headline, sentence
from solver.solve import Plan, Problem

SOON = timedelta(days=31)
"""A month's shortfall is news from a month before it begins (a year's, before its last month): until then its offers
are still to come."""
SAID_BEFORE = ("telemedicine.visits_per_hour",)
"""A fact of a site, that each of its holds has told: no entry for every shift there."""
STEPS = {"minutes": 60, "cents": 100_000}
"""By how much a fact has to grow to be worse than it was: an hour, a thousand dollars; else one."""


def warnings(problem: Problem, plan: Plan, today: date) -> list[Reason]:
    worked = problem.worked(plan.accepted)
    found = of_breaches(problem.policy, plan.breaches, problem.shifts, worked)
    return [reason for reason in found if _is_news(reason, problem, today)]


def _is_news(reason: Reason, problem: Problem, today: date) -> bool:
    ends = [problem.shifts[key].last for key in reason.shifts if key in problem.shifts]
    last = max(ends, default=reason.span.last if reason.span else today)
    if reason.rule in SAID_BEFORE:
        return False
    if (
        reason.minimum
        and not reason.shifts
        and reason.span
        and reason.unit in ("cents", "shifts", "weekends")
    ):
        near = max(reason.span.first, reason.span.last - SOON) - SOON <= today <= reason.span.last
        return near and not _paused(problem.policy.at(reason.span.first), reason.rule, reason.span)
    return last >= today


def _paused(policy: Policy, rule: str, span: Span) -> bool:
    """Nothing is missing from a month in which nothing is taken: of all work, or of the stream or site in question."""
    table, _, rest = rule.partition(".")
    name = rest.partition(".")[0]
    stream = next((one for one in policy.streams if one == name), None) if table == "streams" else None
    return paused(policy, span, stream, name if table == "sites" else None)


def warning_entries(view: View) -> Iterator[Entry]:
    """Two facts of the same rule, sites and dates are told apart by which comes first."""
    shifts, broken = view.problem.shifts, _broken(view.problem, view.plan)
    told: Counter[tuple[object, ...]] = Counter()
    for reason in sorted(warnings(view.problem, view.plan, view.today), key=lambda one: _begins(one, shifts)):
        same = fact(reason, shifts)
        told[same] += 1
        key = " ".join(["warning", *map(str, same), *([str(told[same])] if told[same] > 1 else [])])
        yield _warning(view, reason, key, conflict=bool(reason.shifts) and same in broken)


def _begins(reason: Reason, shifts: Mapping[str, Shift]) -> list[datetime]:
    return sorted(shifts[key].begins for key in reason.shifts if key in shifts)


def _broken(problem: Problem, plan: Plan) -> set[tuple[object, ...]]:
    """The facts that exceed a hard limit."""
    hard = [breach for breach in plan.breaches if breach.limit.hard]
    found = of_breaches(problem.policy, hard, problem.shifts, problem.worked(plan.accepted))
    return {fact(one, problem.shifts) for one in found}


def _warning(view: View, reason: Reason, key: str, *, conflict: bool) -> Entry:
    shifts = view.problem.shifts
    about = graded(key, severity(reason))
    since = first_shown(view, "warning", key, about)
    named = [shifts[one] for one in reason.shifts if one in shifts]
    day = (
        reason.span.last if reason.span else since.astimezone(view.problem.policy.clinician.home_zone).date()
    )
    when: Timed | Days = Days(day, day)
    if named:
        last = max(named, key=lambda shift: shift.begins)
        when = Timed(last.start, last.end)
    return make(
        view,
        "warning",
        key,
        catalogue.CONFLICT if conflict else catalogue.WARNING,
        about=about,
        when=when,
        title=catalogue.warning_title(None if view.minimal else headline(reason, shifts)),
        text=_text(reason, shifts, conflict=conflict),
        alarms=(Alarm(soon_after(since), catalogue.NEW_WARNING),),
    )


def severity(reason: Reason) -> int:
    """Grows when the fact gets worse."""
    amount = reason.would_be if reason.would_be is not None else reason.have
    if amount is None:
        return len(reason.shifts)
    return (-amount if reason.minimum else amount) // STEPS.get(reason.unit or "", 1)


def _text(reason: Reason, shifts: Mapping[str, Shift], *, conflict: bool) -> str:
    named = sorted((shifts[key] for key in reason.shifts if key in shifts), key=lambda shift: shift.begins)
    return catalogue.lines(
        (
            catalogue.sentence_case(sentence(reason, shifts)),
            *catalogue.bullets(
                f"{shift.site.name}, {clock(shift.start)} to {shift.end:%H:%M}" for shift in named
            ),
            *([catalogue.BREAKS] if conflict else []),
            catalogue.SEEN,
        )
    )

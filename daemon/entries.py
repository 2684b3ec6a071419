"""What shall stand in the clinician's calendar: blocks to answer, warnings, recovery and protected off days.

Titles carry the state in words: phones differ in whether they show a status or a colour. Nothing here is
written for a machine to read back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import Literal

from connectors.event import Alarm, Days, Event, Timed
from policy.counts import counts
from policy.gates import hindrances, remarks
from policy.gates.dates import paused
from policy.limits import Reason
from policy.money import effective_hourly, hourly
from policy.notices import Notice
from policy.phrases import clock, dollars
from policy.reasons import fact, of_breaches
from policy.rules import all_limits
from policy.rules.months import is_night
from policy.schema import Policy
from policy.shift import DAY, Month, Offer, Roster, Shift, Span, months
from policy.words import headline, sentence
from solver.solve import Plan, Problem

EntryKind = Literal["hold", "accepted", "warning", "reminder", "recovery", "off"]
MOST_TITLE = 80
MORNING = time(9)
SOON = timedelta(days=31)
"""A month's shortfall is news from a month before it begins (a year's, before its last month): until then its offers
are still to come."""
SAID_BEFORE = ("telemedicine.visits_per_hour",)
"""A fact of a site, that each of its holds has told: no entry for every shift there."""
DECLINE = "To decline, delete this event or put no in front of its title; put yes there once you have taken the shift."


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar event that Shiftward wants to exist. `about` is the offer or fact that an answer to it settles."""

    name: str
    kind: EntryKind
    about: str
    event: Event


@dataclass(frozen=True, slots=True)
class View:
    """What the entries are made from, beside the plan."""

    problem: Problem
    plan: Plan
    accepted: Mapping[str, Offer]
    """Offers the clinician has said yes to, by id; their shifts are commitments by now."""
    since: Mapping[str, datetime]
    """When each entry was first shown, by name."""
    today: date
    now: datetime
    instance: str
    minimal: bool = False
    notices: Sequence[Notice] = ()


def entries(view: View) -> dict[str, Entry]:
    """Every entry, by name. The same view gives the same entries."""
    found = [*_blocks(view), *_warnings(view), *_notices(view), *_off(view)]
    return {entry.name: entry for entry in found}


def _name(kind: str, about: str) -> str:
    return f"{kind}-{blake2b(about.encode(), digest_size=8).hexdigest()}"


def _entry(view: View, kind: EntryKind, about: str, key: str, **fields: object) -> Entry:
    prefix = "shift" if kind in ("hold", "accepted") else kind
    name = _name(prefix, key)
    return Entry(name, kind, about, Event(uid=f"{name}-{view.instance}", **fields))  # type: ignore[arg-type]  # Event's own fields


def _blocks(view: View) -> Iterator[Entry]:
    candidates = {offer.id: offer for offer in view.problem.candidates}
    worked = [view.problem.shifts[key] for key in view.problem.worked(view.plan.accepted)]
    for key in view.plan.accepted:
        yield from _block(view, candidates[key], "hold", worked)
    for offer in view.accepted.values():
        yield from _block(view, offer, "accepted", worked)


def _block(
    view: View, offer: Offer, kind: Literal["hold", "accepted"], worked: Sequence[Shift]
) -> Iterator[Entry]:
    policy = view.problem.policy.at(offer.span.first)
    auto = _decides(policy, offer) and not hindrances(policy, offer)
    word = "YES" if kind == "accepted" else "TAKE" if auto else "HOLD"
    for number, shift in enumerate(offer.shifts, start=1):
        if shift.ends <= view.now:
            continue
        part = "night" if is_night(shift, policy.night) else "evening" if shift.start.hour >= 15 else "day"
        block = f" · {number} of {len(offer.shifts)}" if len(offer.shifts) > 1 else ""
        name = offer.site.stream.replace("_", "-") if view.minimal else offer.site.name
        title = f"{word} · {name} · {part}{block}" + ("" if view.minimal else f" · {dollars(shift.cents)}")
        yield _entry(
            view,
            kind,
            offer.id,
            shift.id,
            when=Timed(shift.start, shift.end),
            summary=title[:MOST_TITLE],
            description="\n".join(
                (
                    _why(view, offer, kind, worked, auto=auto),
                    *([] if word == "HOLD" else at_the_desk(view.problem.policy.at(shift.first), shift)),
                )
            ),
            status="tentative" if word == "HOLD" else "confirmed",
            categories=("Shiftward", word.title()),
            alarms=_block_alarms(view, offer, shift, word),
        )


def _decides(policy: Policy, offer: Offer) -> bool:
    return policy.stream(offer.site.stream).decide == "auto"


def _why(view: View, offer: Offer, kind: str, worked: Sequence[Shift], *, auto: bool) -> str:
    lines = [_rates(view.problem.policy.at(offer.span.first), offer)]
    if kind == "hold":
        lines += _told(view, offer)
        lines.append("It passes every gate and keeps every limit:")
    lines += [
        _counted(view, worked, month) for month in sorted({Month.of(shift.first) for shift in offer.shifts})
    ]
    if kind == "accepted":
        lines.append("You said yes to it.")
        lines += [
            f"Note: {sentence(one, {})}."
            for one in remarks(view.problem.policy.at(offer.span.first), offer)
            if one.rule == "contract.notice"
        ]
    elif auto:
        lines.append(
            f"Your policy takes {offer.site.stream} shifts by itself. Shiftward has told nobody: answer the site."
        )
    else:
        if offer.respond_by:
            lines.append(f"Answer by {clock(offer.respond_by.astimezone(offer.site.body_zone))}.")
        lines += [DECLINE, "Shiftward has told nobody."]
    lines.append(f"Offer {offer.id}")
    return "\n".join(lines)


def _rates(policy: Policy, offer: Offer) -> str:
    """What it pays, an hour of the shift and an hour of all that it takes."""
    plain, effective = hourly(offer), effective_hourly(policy, offer)
    told = f"{offer.site.name}: {dollars(offer.cents)} in all, {dollars(plain // 1)} an hour"
    if effective == plain:
        return f"{told}."
    return f"{told}; {dollars(effective // 1)} in effect, after unpaid time and travel."


def _told(view: View, offer: Offer) -> list[str]:
    """What the clinician should know before the answer; with a stream that decides by itself, why this is asked."""
    policy, shifts = view.problem.policy.at(offer.span.first), view.problem.shifts
    told = [sentence(reason, shifts) for reason in remarks(policy, offer)]
    lines = [f"Note: {text}." for text in told]
    if _decides(policy, offer):
        why = [sentence(reason, shifts) for reason in hindrances(policy, offer)]
        lines += [f"Not taken by itself: {text}." for text in why if text not in told]
    return lines


def at_the_desk(policy: Policy, shift: Shift) -> list[str]:
    """For a telemedicine shift that is taken: when to have a break, and what to look after before it."""
    if shift.site.stream != "telemedicine":
        return []
    stretch = timedelta(hours=policy.telemedicine.break_after_hours)
    last = -(-(shift.ends - shift.begins) // stretch)
    breaks = [(shift.begins + number * stretch).astimezone(shift.start.tzinfo) for number in range(1, last)]
    lines = [f"Breaks by {', '.join(f'{one:%H:%M}' for one in breaks)}."] if breaks else []
    if policy.telemedicine.checklist:
        lines += ["Before it begins:", *(f"· {line}" for line in policy.telemedicine.checklist)]
    return lines


def _counted(view: View, worked: Sequence[Shift], month: Month) -> str:
    policy = view.problem.policy
    caps, one = policy.at(month.first).limits, counts(policy, worked, month)

    def of(number: int, cap: object, word: str) -> str:
        bound = getattr(cap, "cap", None)
        return f"{word} {number}" if bound is None else f"{word} {number} of {bound}"

    parts = [
        of(one.nights, caps.nights_per_month, "nights"),
        of(one.weekends, caps.weekends_per_month, "weekends"),
        of(one.high_intensity, caps.high_intensity_per_month, "high-intensity"),
    ]
    least = caps.off_days_per_month
    parts.append(f"off days {one.off_days}" + (f" (at least {least.cap})" if least else ""))
    return f"{month.first:%B}: {', '.join(parts)}."


def _block_alarms(view: View, offer: Offer, shift: Shift, word: str) -> tuple[Alarm, ...]:
    """Soon after it appears, a day before the answer is due, and the evening before it begins."""
    if word != "HOLD":
        return (Alarm(timedelta(hours=12), "Your shift starts in 12 hours"),)
    since = view.since.get(_name("shift", shift.id), view.now)
    alarms = [Alarm(_minute(since), "A new shift is held for you")]
    if offer.respond_by and offer.respond_by - DAY > since:
        alarms.append(Alarm(offer.respond_by - DAY, "A day left to answer"))
    return tuple(alarms)


def _minute(instant: datetime) -> datetime:
    """The start of the second minute after: late enough to have reached the phone."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def warnings(problem: Problem, plan: Plan, today: date) -> list[Reason]:
    """What is already too much or missing, each fact once, as far as it can still be changed."""
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


def _warnings(view: View) -> Iterator[Entry]:
    shifts = view.problem.shifts
    for reason in warnings(view.problem, view.plan, view.today):
        about = "warning " + " ".join(str(part) for part in fact(reason))
        name = _name("warning", about)
        named = [shifts[key] for key in reason.shifts if key in shifts]
        day = reason.span.last if reason.span else view.today
        when: Timed | Days = Days(day, day)
        if named:
            last = max(named, key=lambda shift: shift.begins)
            when = Timed(last.start, last.end)
        since = view.since.get(name, view.now)
        yield _entry(
            view,
            "warning",
            about,
            about,
            when=when,
            summary=f"⚠ {'check your schedule' if view.minimal else headline(reason, shifts)}"[:MOST_TITLE],
            description=_warning_text(reason, shifts),
            transparent=True,
            categories=("Shiftward", "Warning"),
            alarms=(Alarm(_minute(since), "A new warning from Shiftward"),),
        )


def _warning_text(reason: Reason, shifts: Mapping[str, Shift]) -> str:
    text = sentence(reason, shifts)
    lines = [f"{text[:1].upper()}{text[1:]}."]
    named = sorted((shifts[key] for key in reason.shifts if key in shifts), key=lambda shift: shift.begins)
    lines += [f"· {shift.site.name}, {clock(shift.start)} to {shift.end:%H:%M}" for shift in named]
    lines.append("Delete this event once you have seen it; it comes back only if it gets worse.")
    return "\n".join(lines)


def _notices(view: View) -> Iterator[Entry]:
    """One entry a notice, for as long as it is so; what was seen comes back when its level is another."""
    for notice in view.notices:
        key = f"notice {notice.id} {notice.key}".strip()
        since = view.since.get(_name(notice.kind, key), view.now)
        day = notice.day or Month.of(since.date()).next.first
        soon = Alarm(_minute(since), "News from Shiftward")
        home = view.problem.policy.clinician.home_zone
        again = [datetime.combine(one, MORNING, home).astimezone(UTC) for one in notice.again]
        sign = "⚠" if notice.kind == "warning" else "REMIND ·"
        yield _entry(
            view,
            notice.kind,
            f"{key} level {notice.level}",
            key,
            when=Days(day, day),
            summary=f"{sign} {'news of your papers and money' if view.minimal else notice.title}"[
                :MOST_TITLE
            ],
            description=f"{notice.text}\nDelete this event once you have seen it; it comes back only if it gets worse.",
            transparent=True,
            categories=("Shiftward", notice.kind.title()),
            alarms=(soon, *(Alarm(one, "A reminder from Shiftward") for one in again if one > since)),
        )


def _off(view: View) -> Iterator[Entry]:
    worked = [view.problem.shifts[key] for key in view.problem.worked(view.plan.accepted)]
    recovery, kept = protected_days(view.problem, worked, view.today, view.since)
    for day in sorted(recovery):
        yield _all_day(
            view, "recovery", day, "OFF · recovery day", "After an intense block, nothing is put here."
        )
    for day in sorted(kept):
        yield _all_day(
            view, "off", day, "OFF · protected", "One of the days off that you keep free each month."
        )


def _all_day(view: View, kind: EntryKind, day: date, title: str, text: str) -> Entry:
    about = f"{kind} {day}"
    return _entry(
        view,
        kind,
        about,
        about,
        when=Days(day, day),
        summary=title,
        description=text,
        categories=("Shiftward", "Off"),
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
    touched = {day for shift in worked for day in shift.dates}
    recovery = {day for day in recovery_days(problem, worked) - touched if day >= today}
    ahead = Span(today, problem.horizon.last)
    kept = {day for month in months(ahead) for day in _quota(problem, month, touched, recovery, today, shown)}
    return recovery, {day for day in kept if day in ahead}


def _quota(
    problem: Problem,
    month: Month,
    touched: set[date],
    recovery: set[date],
    today: date,
    shown: Container[str],
) -> list[date]:
    """As many free dates as the month must keep, recovery days among them: those already shown, then weekends."""
    least = problem.policy.at(month.first).limits.off_days_per_month
    if least is None:
        return []
    span = Span.month(month)
    free = [day for day in span if day not in touched]
    left = least.cap - sum(day in recovery or day < today for day in free)
    open_days = [day for day in free if day not in recovery and day >= today]
    there = {day for day in open_days if _name("off", f"off {day}") in shown}
    order = sorted(open_days, key=lambda day: (day not in there, day.weekday() < 5, day))
    return sorted(order[: max(0, left)])

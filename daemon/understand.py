"""What is stored -> the world and the question for the solver. Asks nobody; can be done again at any time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from connectors.calendars.expand import EventReader
from connectors.calendars.ical import Reading
from connectors.offers.reading import Lexicon
from daemon import answers, settle, translate
from daemon.config import OUTLETS, CalendarSection, Settings, kind_of
from daemon.entries import BLOCKS, silences
from daemon.events import Hours, Told, events_into, published
from daemon.life import Letter
from daemon.readings import Recall
from daemon.rows import MessageRow
from daemon.store import Store
from daemon.world import Aside, World
from policy.notices import Facts, Lost, Notice, notices
from policy.rules import reach
from policy.shift import DAY, Span
from solver.explain import Declined
from solver.solve import Plan, Problem, solve

HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Outlook:
    """The result of one pass, for whoever shows it."""

    problem: Problem
    plan: Plan
    declined: tuple[Declined, ...]
    world: World
    at: datetime
    shown: frozenset[str] = frozenset()
    """Names of the entries that were shown before."""


def understand(
    store: Store,
    settings: Settings,
    moment: datetime,
    reader: EventReader | None = None,
    recall: Recall | None = None,
) -> tuple[World, Problem]:
    """The world as it is known at a moment, and the offers to decide in it.

    `reader` and `recall` remember what they read, for the next time.
    """
    if reader is None:
        with EventReader() as fresh:
            return understand(store, settings, moment, fresh, recall)
    policy = settings.policy
    today = moment.astimezone(policy.now(moment).clinician.home_zone).date()
    ahead = translate.horizon(today, settings.service.horizon_days)
    look = reach(policy) * DAY
    known = Span(ahead.first - look, ahead.last + look)
    world = World(history=Span(min(known.first, _history(today)), ahead.last))
    span = Span(world.history.first, known.last)
    told = [
        _told(store, reader, calendar, span)
        for calendar in settings.service.calendars
        if calendar.role not in OUTLETS
    ]
    standing, offered = _standing(store, settings), _offered(store, settings)
    events_into(world, told, policy, span, store.instance(), standing, offered)
    world.review += [
        Aside(name, "", _VANISHED)
        for name in (one.name for one in settings.service.calendars)
        if store.known_fact(f"vanished {name}")
    ]
    rows = store.messages()
    letters = _letters(rows, store.settled(), settings.lexicon, recall or Recall())
    translate.offers_into(world, letters, policy)
    world.aside += [Aside(row.source, row.key, row.problem) for row in rows if row.problem]
    for inbox in settings.service.inboxes:
        found = json.loads(store.known_fact(f"problems {inbox.name}") or "[]")
        world.aside += [Aside(inbox.name, "", problem) for problem in found]
    said, when, by_policy = store.answered()
    translate.answered(world, said, moment, when, by_policy)
    unread = tuple(sorted(_unread(store, settings)))
    problem = Problem(
        policy=policy,
        now=moment,
        horizon=ahead,
        commitments=tuple(
            sorted(
                (shift for shift in world.commitments if Span(shift.first, shift.last).meets(known)),
                key=lambda shift: (shift.begins, shift.id),
            )
        ),
        red=tuple(sorted(world.red, key=lambda red: (red.start.astimezone(UTC), red.id))),
        offers=tuple(world.offers),
        held=frozenset(row.about for row in store.shown().values() if row.kind == "hold"),
        known=known,
        unread=unread,
        patient=_silent(store, settings, moment).isdisjoint(unread),
        published=tuple(_published(store, settings, told)),
    )
    return world, problem


def _standing(store: Store, settings: Settings) -> frozenset[Hours]:
    """The hours of what stands in our own calendars, where a work calendar may hold a copy of it."""
    work = [one.name for one in settings.service.calendars if one.role == "work"]
    if not answers.copies(store.mentioning(work, " ·"), store.instance()):
        return frozenset()
    outlets = [one.name for one in settings.service.calendars if one.role in OUTLETS]
    return frozenset(
        hours
        for name in outlets
        for hours in answers.hours_of({item.href: item for item in store.items(name)}).values()
    )


def _offered(store: Store, settings: Settings) -> dict[str, str]:
    """The offers of our blocks by the names of their entries, where one may stand in a work calendar."""
    work = [one.name for one in settings.service.calendars if one.role == "work"]
    if not store.mentioning(work, f"-{store.instance()}"):
        return {}
    shown = {name: row.about for name, row in store.shown().items() if row.kind in BLOCKS}
    return {one.entry: one.about for one in store.said() if one.entry} | shown


def _letters(
    rows: Sequence[MessageRow],
    settled: Mapping[str, tuple[str, datetime]],
    words: Lexicon,
    recall: Recall,
) -> list[Letter]:
    """The messages that could be read, with what the clinician said of their open lines."""
    told = [row for row in rows if row.reading]
    return [
        Letter(
            row.source,
            row.sent,
            settle.resolved(row.source, row.sent, reading, settled, words),
            row.stored or row.sent,
        )
        for row, reading in zip(told, recall.of(row.reading or "" for row in told), strict=True)
    ]


def _history(today: date) -> date:
    """From when on what was worked is known: half a year, and the whole of this one, for money and habits."""
    return min(today.replace(month=1, day=1), today.replace(day=1) - HALF_A_YEAR)


def watched(world: World, problem: Problem, plan: Plan, today: date) -> list[Notice]:
    """What is worth a word beside the plan."""
    return notices(plan_facts(world, problem, plan, today))


def outlook_facts(store: Store, settings: Settings, moment: datetime) -> tuple[Facts, frozenset[str]]:
    """What reports are made from: all that is worked, committed and planned; and the ids of what is committed."""
    world, problem = understand(store, settings, moment)
    today = moment.astimezone(settings.policy.clinician.home_zone).date()
    committed = frozenset(shift.id for shift in world.commitments)
    return plan_facts(world, problem, solve(problem), today), committed


def plan_facts(world: World, problem: Problem, plan: Plan, today: date) -> Facts:
    planned = problem.worked(plan.accepted) - problem.committed
    shifts = [*world.commitments, *(problem.shifts[key] for key in planned)]
    return Facts(
        problem.policy,
        today,
        problem.horizon,
        world.history,
        tuple(sorted(shifts, key=lambda shift: (shift.begins, shift.id))),
        tuple(_lost(problem)),
        problem.candidates,
    )


def _lost(problem: Problem) -> Iterator[Lost]:
    """Offers that nothing but a licence stood against; that their time has passed is no other reason."""
    offers = {offer.id: offer for offer in problem.offers}
    for key, reasons in problem.refused.items():
        why = [reason for reason in reasons if reason.rule not in ("past", "horizon", "respond_by")]
        if why and all(reason.rule == "licence" for reason in why):
            yield Lost(key, why[0].about[:2], offers[key].cents, offers[key].span.first)


_VANISHED = (
    "many of its events vanished at once: nothing is taken as deleted until it says the same again, "
    "or you say so with: shiftward believe NAME"
)


def _told(store: Store, reader: EventReader, calendar: CalendarSection, span: Span) -> Told:
    def read(*, gone: bool) -> dict[str, Reading]:
        name = f"{calendar.name} gone" if gone else calendar.name
        items = store.items(calendar.name, gone=gone)
        return reader.read(name, items, span.first, span.last, calendar.zone)

    kept = read(gone=True) if calendar.role == "offers" else {}
    return Told(calendar, read(gone=False), store.stale(calendar.name), kept)


def _published(store: Store, settings: Settings, told: Sequence[Told]) -> Iterator[tuple[str, date]]:
    """How far each feed of shifts tells what is worked; what it told once, it told."""
    for one in told:
        if kind_of(settings.service, one.section) != "feed" or one.section.beyond == "free":
            continue
        fact = f"published {one.section.name}"
        known = store.known_fact(fact)
        site = settings.policy.site(one.section.site) if one.section.site else None
        zone = one.section.zone or (site.zone if site else settings.policy.clinician.home_zone)
        last = published(one.section, one.readings, date.fromisoformat(known) if known else None, zone)
        if last is not None:
            yield one.section.name, last


def _unread(store: Store, settings: Settings) -> Iterator[str]:
    health = store.health()
    for calendar in settings.service.calendars:
        known = health.get(calendar.name)
        if calendar.role in ("work", "personal") and (known is None or known.last_good is None):
            yield calendar.name


def _silent(store: Store, settings: Settings, moment: datetime) -> set[str]:
    """The calendars of which the phone says that nothing is heard from them."""
    asked = [(one.name, one.role, one.poll) for one in settings.service.calendars]
    least = timedelta(hours=settings.service.lost_contact_hours)
    return {one.source for one in silences(asked, store.health(), least, moment)}


def digest(problem: Problem, settings: Settings) -> str:
    """Equal for worlds that must give the same plan: what is known, what the policy says, what is still open."""
    timeless = replace(problem, now=datetime.min.replace(tzinfo=UTC))
    facts = (
        timeless.policy,
        timeless.horizon,
        timeless.commitments,
        timeless.red,
        timeless.offers,
        timeless.published,
        timeless.unread,
        timeless.patient,
        sorted(timeless.held),
        sorted(problem.refused),
    )
    return blake2b(repr((facts, settings.service.minimal_titles)).encode(), digest_size=16).hexdigest()

"""What is stored -> the world and the question for the solver. Asks nobody; can be done again at any time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from daemon import readings, translate
from daemon.config import Settings
from daemon.store import Store
from policy.rules import reach
from policy.shift import DAY, Span
from solver.explain import Declined
from solver.solve import Plan, Problem


@dataclass(frozen=True)
class Outlook:
    """The result of one pass, for whoever shows it."""

    problem: Problem
    plan: Plan
    declined: tuple[Declined, ...]
    world: translate.World
    at: datetime
    shown: frozenset[str] = frozenset()
    """Names of the entries that were shown before."""


def understand(store: Store, settings: Settings, moment: datetime) -> tuple[translate.World, Problem]:
    """The world as it is known at a moment, and the offers to decide in it."""
    policy = settings.policy
    today = moment.astimezone(policy.clinician.home_zone).date()
    ahead = translate.horizon(today, settings.service.horizon_days)
    look = reach(policy) * DAY
    known = Span(ahead.first - look, ahead.last + look)
    world = translate.World()
    for calendar in settings.service.calendars:
        if calendar.role != "publish":
            translate.events_into(
                world, calendar.name, calendar.role, store.items(calendar.name), policy, known
            )
    rows = store.messages()
    read = [
        (row.source, row.sent, readings.from_json(json.loads(row.reading))) for row in rows if row.reading
    ]
    translate.offers_into(world, read, policy)
    world.aside += [translate.Aside(row.source, row.key, row.problem) for row in rows if row.problem]
    for inbox in settings.service.inboxes:
        found = json.loads(store.known_fact(f"problems {inbox.name}") or "[]")
        world.aside += [translate.Aside(inbox.name, "", problem) for problem in found]
    translate.answered(world, store.answers())
    problem = Problem(
        policy=policy,
        now=moment,
        horizon=ahead,
        commitments=tuple(sorted(world.commitments, key=lambda shift: (shift.begins, shift.id))),
        red=tuple(sorted(world.red, key=lambda red: (red.start.astimezone(UTC), red.id))),
        offers=tuple(world.offers),
        held=frozenset(row.about for row in store.shown().values() if row.kind == "hold"),
        known=known,
        unread=tuple(sorted(_unread(store, settings))),
    )
    return world, problem


def _unread(store: Store, settings: Settings) -> Iterator[str]:
    health = store.health()
    for calendar in settings.service.calendars:
        known = health.get(calendar.name)
        if calendar.role != "publish" and (known is None or known.last_good is None):
            yield calendar.name


def digest(problem: Problem, settings: Settings) -> str:
    """Equal for worlds that must give the same plan: what is known, what the policy says, what is still open."""
    timeless = replace(problem, now=datetime.min.replace(tzinfo=UTC))
    facts = (
        timeless.policy,
        timeless.horizon,
        timeless.commitments,
        timeless.red,
        timeless.offers,
        sorted(timeless.held),
        sorted(problem.refused),
    )
    return blake2b(repr((facts, settings.service.minimal_titles)).encode(), digest_size=16).hexdigest()


def facts(store: Store, settings: Settings, moment: datetime) -> dict[str, Any]:
    """What `status` tells: sources, holds, lives of offers, what needs a look, what was set aside."""
    world, _ = understand(store, settings, moment)
    decided = store.decision()
    health = store.health()
    names = [
        *(one.name for one in settings.service.calendars),
        *(one.name for one in settings.service.inboxes),
    ]
    return {
        "sources": {
            name: {
                "last_good": _iso(health[name].last_good) if name in health else None,
                "failing_since": _iso(health[name].failing_since) if name in health else None,
                "trouble": health[name].trouble if name in health else None,
            }
            for name in names
        },
        "held": decided[1]["accepted"] if decided else [],
        "counts": decided[1]["counts"] if decided else {},
        "offers": dict(sorted(world.lives.items())),
        "review": [
            {"source": one.source, "where": one.where.strip(), "why": one.why} for one in world.review
        ],
        "aside": [{"source": one.source, "where": one.where.strip(), "why": one.why} for one in world.aside],
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None

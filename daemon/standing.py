"""How it stands, for `shiftward status`: sources, counters against caps, what comes next, what needs a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from daemon.config import Service, Settings, kind_of
from daemon.lock import holder, lock_file
from daemon.log import label
from daemon.rejected import rejected
from daemon.rows import Health
from daemon.store import Store
from daemon.understand import understand
from daemon.world import Aside, World
from policy.counts import counts
from policy.fields import Cap
from policy.money import money
from policy.shift import Month, Shift, Span
from solver.solve import Problem

Json = dict[str, Any]
DEADLINES = 12
"""That are told, the next ones first."""
LATEST = datetime.max.replace(tzinfo=UTC)
PATIENCE = "nothing yet: it is asked again by itself; shiftward check asks it now"


def standing(store: Store, settings: Settings, state: Path, moment: datetime) -> Json:
    """Everything as JSON. Instants in UTC, dates at home, amounts in cents."""
    world, problem = understand(store, settings, moment)
    decided = store.decision_at(LATEST)
    plan: Json = dict(decided[1]) if decided else {}
    held = plan.get("accepted", [])
    worked = [problem.shifts[key] for key in sorted(problem.worked(held))]
    today = moment.astimezone(settings.policy.now(moment).clinician.home_zone).date()
    return {
        "daemon": running(state),
        "configuration": _files(store),
        "decided_at": decided[0].isoformat() if decided else None,
        "sources": _sources(store, settings),
        "held": held,
        "counts": plan.get("counts", {}),
        "counters": {str(month): _counters(problem, worked, month) for month in _months(today)},
        "deadlines": list(_deadlines(problem, held, moment, today))[:DEADLINES],
        "offers": {key: _life(key, world, held) for key in sorted(world.lives)},
        "offered": list(_offered(world, problem, held)),
        "questions": len(world.review),
        "review": [{**_aside(one), **({"id": one.id} if one.id else {})} for one in world.review],
        "leads": [{"source": one.source, "sent": one.where, "why": one.why} for one in world.leads],
        "aside": [_aside(one) for one in world.aside],
    }


def _files(store: Store) -> Json:
    """Problems of the files as they were saved, since when; what was in force before is in force."""
    found = rejected(store)
    return {
        "problems": list(found.problems) if found else [],
        "since": _iso(found.since) if found else None,
    }


def running(state: Path) -> Json:
    """Whether a daemon works on the store of this directory, which process it is, and since when."""
    pid = holder(state)
    if pid is None:
        return {"running": False, "pid": None, "since": None}
    # The lock's file is written once, when it is taken.
    since = datetime.fromtimestamp(lock_file(state).stat().st_mtime, UTC)
    return {"running": True, "pid": pid, "since": since.isoformat(timespec="seconds")}


def sources(service: Service) -> list[tuple[str, str, str]]:
    """Name, kind and role of each calendar and inbox."""
    calendars = [(one.name, str(kind_of(service, one)), str(one.role)) for one in service.calendars]
    return [*calendars, *((one.name, str(one.kind), "inbox") for one in service.inboxes)]


def _sources(store: Store, settings: Settings) -> Json:
    health, instance = store.health(), store.instance()
    return {
        name: {"kind": kind, "role": role, "label": label(instance, name), **_health(health.get(name))}
        for name, kind, role in sources(settings.service)
    }


def _health(one: Health | None) -> Json:
    trouble = one.trouble if one else None
    return {
        "last_good": _iso(one.last_good) if one else None,
        "failing_since": _iso(one.failing_since) if one else None,
        "trouble": trouble,
        # What a connector knows to be the remedy stands behind its semicolon.
        "remedy": (trouble.partition("; ")[2] or PATIENCE) if trouble else None,
    }


def _life(key: str, world: World, held: Sequence[str]) -> str:
    life = world.lives[key]
    return "held" if life == "open" and key in held else life


def _offered(world: World, problem: Problem, held: Sequence[str]) -> Iterator[Json]:
    """Every offer, the next one first; of one that is declined or confirmed no more is known than its name."""
    known = {one.id: one for one in (*world.withdrawn.values(), *world.accepted.values(), *problem.offers)}
    begins = {key: min(shift.begins for shift in offer.shifts) for key, offer in known.items()}
    for key in sorted(world.lives, key=lambda key: (begins.get(key, LATEST), key)):
        offer = known.get(key)
        yield {
            "id": key,
            "life": _life(key, world, held),
            "site": offer.site.name if offer else None,
            "start": min(shift.start for shift in offer.shifts).isoformat() if offer else None,
            "pays": offer.cents if offer else None,
        }


def _months(today: date) -> tuple[Month, Month]:
    return Month.of(today), Month.of(today).next


def _counters(problem: Problem, worked: Sequence[Shift], month: Month) -> Json:
    """Each counter of a month with what is held, beside its cap; `off_days` has to be at least that."""
    policy = problem.policy.at(month.first)
    found, caps = counts(problem.policy, worked, month), policy.limits
    income = money(problem.policy, worked, Span.month(month))
    bounds: dict[str, tuple[int, Cap | None]] = {
        "nights": (found.nights, caps.nights_per_month),
        "weekends": (found.weekends, caps.weekends_per_month),
        "high_intensity": (found.high_intensity, caps.high_intensity_per_month),
        "off_days": (found.off_days, caps.off_days_per_month),
        "trips": (found.trips, policy.travel.trips_per_month),
    }
    return {
        **{key: {"have": have, "cap": cap.cap if cap else None} for key, (have, cap) in bounds.items()},
        "shifts": found.shifts,
        "hours": round(found.minutes / 60, 2),
        "floor": {"need": income.need, "have": income.have},
        "expected": income.expected,
    }


def _deadlines(problem: Problem, held: Sequence[str], moment: datetime, today: date) -> Iterator[Json]:
    """What has to be done by when: answers to open offers, papers that end; the next first."""
    home = problem.policy.now(moment).clinician.home_zone
    found = [
        (offer.respond_by, {"kind": "answer", "about": offer.id, "held": offer.id in held})
        for offer in problem.offers
        if offer.respond_by and offer.respond_by > moment
    ]
    found += [
        (
            datetime.combine(until, time.max, home),
            {"kind": "paper", "about": about, "until": until.isoformat()},
        )
        for until, about in _papers(problem, moment)
        if until >= today
    ]
    for when, facts in sorted(found, key=lambda one: (one[0].astimezone(UTC), one[1]["about"])):
        yield {"by": when.astimezone(UTC).isoformat(timespec="seconds"), **facts}


def _papers(problem: Problem, moment: datetime) -> Iterator[tuple[date, str]]:
    policy = problem.policy.now(moment)
    for one in policy.credentials:
        if one.until:
            words = (one.state, one.name or one.kind, f"at {one.site}" if one.site else None)
            yield one.until, " ".join(word for word in words if word)
    for key, site in policy.sites.items():
        if site.privileges_until:
            yield site.privileges_until, f"privileges at {key}"


def _aside(one: Aside) -> Json:
    return {"source": one.source, "where": one.where.strip(), "why": one.why}


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None

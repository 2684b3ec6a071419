"""Sources that nobody has heard of for long: what an entry says of them, in a calendar that still works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from connectors.event import Alarm, Days
from daemon.entries import catalogue
from daemon.entries.entry import Entry, Silence, View, first_shown, make, soon_after
from daemon.rows import Health

FEWEST_POLLS = 3
NEVER_READ = timedelta(minutes=10)
"""After so long a source that never answered is lost: it is new, and while it is a calendar of one's own nothing is held."""
WEEK = timedelta(days=7)


def is_lost(health: Health | None, poll: int, least: timedelta, now: datetime) -> bool:
    """Whether a source has failed for `least` and for three of its polls (`poll` in seconds), whichever is longer.

    One that was never read is said sooner.
    """
    if health is None or health.failing_since is None:
        return False
    patience = least if health.last_good else min(least, NEVER_READ)
    return now - health.failing_since >= max(patience, FEWEST_POLLS * timedelta(seconds=poll))


def silences(
    sources: Iterable[tuple[str, str, int]], health: Mapping[str, Health], least: timedelta, now: datetime
) -> list[Silence]:
    """Of sources (name, role, poll in seconds) those whose contact is lost."""
    found = []
    for name, role, poll in sources:
        known = health.get(name)
        if known and known.failing_since and is_lost(known, poll, least, now):
            found.append(
                Silence(
                    name, role, known.last_good, known.failing_since, known.trouble or "it does not answer"
                )
            )
    return found


def contact_entries(view: View) -> Iterator[Entry]:
    """One a source, over whole weeks from the day it fell silent, so that today is among them and little is rewritten."""
    zone = view.problem.policy.clinician.home_zone
    for one in view.silences:
        known = (one.last_good or one.since).astimezone(zone)
        first = known.date()
        weeks = max(0, (view.today - first).days) // WEEK.days + 1
        key = f"contact {one.source}"
        about = f"{key} since {one.since.isoformat()}"
        kind = "inbox" if one.role == "inbox" else "calendar"
        yield make(
            view,
            "contact",
            key,
            catalogue.CONTACT,
            about=about,
            when=Days(first, first + weeks * WEEK - timedelta(days=1)),
            title=catalogue.contact_title(
                catalogue.QUIET_CONTACT[kind] if view.minimal else f"the {kind} {one.source}", known
            ),
            text=catalogue.contact_text(
                one.last_good.astimezone(zone) if one.last_good else None,
                one.trouble,
                catalogue.MISSING[one.role],
                holds_up=one.last_good is None and one.role in ("work", "personal"),
            ),
            alarms=(Alarm(soon_after(first_shown(view, "contact", key, about)), catalogue.LOST),),
        )

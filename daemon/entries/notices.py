"""Reminders and warnings beside the plan: papers, taxes, money, work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from connectors.event import Alarm, Days
from daemon.entries import catalogue
from daemon.entries.entry import Entry, View, first_shown, graded, make, name_of, soon_after
from policy.notices import Notice
from policy.shift import Month

MORNING = time(9)
PAPERS = frozenset(
    "credential-due cme-hours malpractice-due malpractice-open local-privileges contract-end licence-idle"
    " packet-incomplete own-malpractice privileges-activity".split()
)
TAXES = frozenset({"tax-quarter", "net-1099", "reserve"})


def notice_entries(view: View) -> Iterator[Entry]:
    """One entry a notice, for as long as it is so; what was seen comes back when its level is higher."""
    for notice in view.notices:
        key = f"notice {notice.id} {notice.key}".strip()
        about = graded(key, notice.level)
        since = first_shown(view, notice.kind, key, about)
        day = notice.day or Month.of(view.since.get(name_of(notice.kind, key), view.now).date()).next.first
        home = view.problem.policy.clinician.home_zone
        again = [datetime.combine(one, MORNING, home).astimezone(UTC) for one in notice.again]
        yield make(
            view,
            notice.kind,
            key,
            _face(notice),
            about=about,
            when=Days(day, day),
            title=catalogue.notice_title(notice.kind, None if view.minimal else notice.title),
            text=catalogue.lines((notice.text, catalogue.SEEN)),
            alarms=(
                Alarm(soon_after(since), catalogue.NEWS),
                *(Alarm(one, catalogue.AGAIN) for one in again if one > since),
            ),
        )


def _face(notice: Notice) -> catalogue.Face:
    if notice.kind == "warning":
        return catalogue.WARNING
    if notice.id in PAPERS:
        return catalogue.PAPERS
    return catalogue.TAX if notice.id in TAXES else catalogue.REMINDER

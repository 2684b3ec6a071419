"""Dates that the clinician wrote down: what may change, pauses that end, reminders, the year's review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policy.notices.base import Facts, Notice, cents, rung, rungs
from policy.phrases import count, day, dollars
from policy.sections import Reminder, Watch
from policy.shift import DAY, Month, Shift

SOON = 30
"""Days before a reminder's date at which it is there."""
EACH = {"month": 1, "quarter": 3, "year": 12}


def days(facts: Facts) -> Iterator[Notice]:
    for watch in facts.policy.watch:
        yield from _watched(facts, watch)
    yield from _pauses(facts)
    for reminder in facts.policy.reminders:
        yield from _reminder(facts, reminder)
    yield from _review(facts)


def _watched(facts: Facts, watch: Watch) -> Iterator[Notice]:
    left = (watch.on - facts.today).days
    level = rung(left, facts.policy.notices.ladder)
    if not level or left < 0:
        return

    def hangs_on(shift: Shift) -> bool:
        return shift.site.stream in watch.streams or shift.site.id in watch.sites

    shifts = [one for one in facts.between(watch.on, facts.horizon.last) if hangs_on(one)]
    depends = (
        f": {count(len(shifts), 'planned shift')} ({dollars(cents(shifts))}) depend{'s' if len(shifts) == 1 else ''} on it"
        if shifts
        else ""
    )
    text = f"{watch.what} on {day(watch.on)} {watch.on.year}{depends}."
    again = rungs(watch.on, facts.policy.notices.ladder)
    yield Notice("regulatory", watch.name, "reminder", watch.what, text, level, watch.on, again)


def _pauses(facts: Facts) -> Iterator[Notice]:
    for pause in facts.policy.pauses:
        if pause.until is None or not 0 <= (pause.until - facts.today).days <= 7:
            continue
        text = f"Your pause ends on {day(pause.until)} {pause.until.year}; offers are weighed again from then on."
        yield Notice("pause-ends", str(pause.since), "reminder", "your pause ends", text, 1, pause.until)


def _reminder(facts: Facts, reminder: Reminder) -> Iterator[Notice]:
    due = reminder.on
    while reminder.every and due < facts.today:
        due = _later(due, EACH[reminder.every], reminder.on.day)
    left = (due - facts.today).days
    if 0 <= left <= SOON:
        yield Notice(
            "reminder", f"{reminder.name} {due}", "reminder", reminder.text, f"{reminder.text}.", 1, due
        )


def _later(when: date, months: int, wanted: int) -> date:
    """So many months later, on the wanted day, or on the last of a month that has fewer."""
    month = Month.of(when)
    for _ in range(months):
        month = month.next
    return month.first + timedelta(days=min(wanted, month.days) - 1)


def _review(facts: Facts) -> Iterator[Notice]:
    year = facts.today.year
    if facts.today.month != 12 or not facts.shifts:
        return
    first = date(year, 12, 1)
    while first.weekday() >= 5:
        first += DAY
    text = f"The review of {year} is ready: shiftward report year {year}."
    yield Notice("annual-review", str(year), "reminder", f"your review of {year}", text, 1, first)

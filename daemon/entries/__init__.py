"""What shall stand in the clinician's calendars: blocks to answer, warnings, reminders, days off, lost contact. Pure.

One module a kind, and every word in `catalogue`. Nothing here is written for a machine to read back.
"""

from __future__ import annotations

from daemon.entries.blocks import at_the_desk, block_entries
from daemon.entries.breaches import warning_entries, warnings
from daemon.entries.contact import contact_entries, silences
from daemon.entries.entry import ALERTS, BLOCKS, Entry, EntryKind, Silence, View
from daemon.entries.notices import notice_entries
from daemon.entries.off import off_entries, protected_days, recovery_days
from daemon.entries.questions import question_entries, questions

__all__ = [
    "ALERTS",
    "BLOCKS",
    "Entry",
    "EntryKind",
    "Silence",
    "View",
    "at_the_desk",
    "entries",
    "protected_days",
    "questions",
    "recovery_days",
    "silences",
    "warnings",
]


def entries(view: View) -> dict[str, Entry]:
    """Every entry, by name. The same view gives the same entries."""
    makers = (
        block_entries,
        warning_entries,
        notice_entries,
        off_entries,
        contact_entries,
        question_entries,
    )
    return {entry.name: entry for maker in makers for entry in maker(view)}

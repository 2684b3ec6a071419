"""What messages leave open: one entry for all of it, so that nobody has to ask a terminal whether there is something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from connectors.event import Alarm, Days
from daemon.entries import catalogue
from daemon.entries.entry import Entry, Question, View, first_shown, graded, make, soon_after
from daemon.world import Aside

FRESH = timedelta(days=14)
"""How long a line of a message is worth an entry; `offers --review` shows it for longer."""
KEY = "questions"


def questions(review: Iterable[Aside], now: datetime) -> list[Question]:
    """Those of what is to be reviewed that a phone shall show, the newest first."""
    found = [
        Question(one.where, one.why, one.heard)
        for one in review
        if one.heard and (not one.id or now - one.heard <= FRESH)
    ]
    return sorted(found, key=lambda one: (-one.heard.timestamp(), one.words, one.why))


def question_entries(view: View) -> Iterator[Entry]:
    """On the day of the newest of them; once it was seen, it comes back with the next."""
    if not view.questions:
        return
    newest = view.questions[0].heard.astimezone(UTC)
    about = graded(KEY, int(newest.timestamp()))
    day = newest.astimezone(view.problem.policy.clinician.home_zone).date()
    yield make(
        view,
        "reminder",
        KEY,
        catalogue.QUESTIONS,
        about=about,
        when=Days(day, day),
        title=catalogue.questions_title(None if view.minimal else len(view.questions)),
        text=catalogue.questions_text((one.words, one.why) for one in view.questions),
        alarms=(Alarm(soon_after(first_shown(view, "reminder", KEY, about)), catalogue.NEWS),),
    )

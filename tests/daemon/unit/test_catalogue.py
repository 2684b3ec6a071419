"""Every kind of entry as it is written, word for word, in both modes; `golden_entries.txt` is what a person has read.

`python -m tests.daemon.unit.test_catalogue` writes the file anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.calendars.google_event import COLORS
from connectors.event import Event, Timed
from daemon.entries import Entry, Silence, View, catalogue, entries
from daemon.entries.entry import Question
from daemon.events import OURS
from daemon.reconcile import noted
from daemon.rows import ShownRow
from policy.notices import Notice
from policy.schema import Policy
from policy.shift import Offer
from solver.solve import Problem, solve
from tests.daemon.unit.worlds import NOW, SITES, TODAY, at, offer, policy, problem, shift

GOLDEN = Path(__file__).with_name("golden_entries.txt")
COVER = {"by": "company", "form": "occurrence", "tail": "company", "gaps": "none", "evidence": "coi.pdf"}
CHECKLIST = {"break_after_hours": 4, "checklist": ["camera and sound", "the second line is up"]}


def _view(world: Problem, **more: Any) -> View:
    facts: dict[str, Any] = {"accepted": {}, "since": {}, "today": TODAY, "now": NOW, "instance": "ab12cd34"}
    return View(problem=world, plan=solve(world), **{**facts, **more})


def _taken(
    key: str, site: str, start: str, rules: Policy | None = None
) -> tuple[Problem, Mapping[str, Offer]]:
    one = offer(key, site, start)
    return problem(commitments=one.shifts, rules=rules or policy()), {key: one}


def _papers() -> list[Notice]:
    told = "Your TX licence ends on Wed 31 Mar 2027; renewing takes some weeks."
    due = "Estimated tax is due on Fri 15 Jan 2027: you have set aside $4,000."
    again = (date(2027, 1, 30),)
    return [
        Notice(
            "credential-due",
            "TX",
            "reminder",
            "TX licence ends on Wed 31 Mar",
            told,
            1,
            date(2027, 3, 31),
            again,
        ),
        Notice("tax-quarter", "2026 4", "reminder", "estimated tax, $6,000", due, 1, date(2027, 1, 15)),
        Notice(
            "annual-review",
            "2026",
            "reminder",
            "your review of 2026",
            "A look back at 2026.",
            1,
            date(2026, 12, 20),
        ),
        Notice(
            "concentration", "x", "warning", "68 % of income from one site", "Lakeside ED brings 68 %.", 2
        ),
    ]


def views(*, minimal: bool) -> Iterator[tuple[str, View]]:
    """A name, and a world in which this kind of entry appears."""
    due = at("2026-12-20 18:00")
    yield (
        "hold",
        _view(problem(offer("o1", "lakeside-ed", "2027-01-04 19:00", respond_by=due)), minimal=minimal),
    )
    yield (
        "hold of a block",
        _view(problem(offer("o1", "lakeside-ed", "2027-01-04 07:00", "2027-01-05 07:00")), minimal=minimal),
    )
    sure = {
        "telemedicine": {
            "decide": "auto",
            "employment": "W-2",
            "malpractice": {**COVER, "covers_telemedicine": True},
        }
    }
    rules = policy(streams=sure, telemedicine=CHECKLIST)
    yield "take", _view(problem(offer("o1", "harbor-tele", "2027-01-04 07:00"), rules=rules), minimal=minimal)
    world, accepted = _taken(
        "o1",
        "lakeside-ed",
        "2027-01-04 19:00",
        policy(sites={**SITES, "lakeside-ed": {**SITES["lakeside-ed"], "contract": {"notice_days": 14}}}),
    )
    yield "yes", _view(world, accepted=accepted, minimal=minimal)
    nights = tuple(shift(f"c{n}", "lakeside-ed", f"2027-01-{2 + 4 * n:02} 19:00") for n in range(3))
    capped = policy(caps={"nights_per_month": 2})
    yield "conflict", _view(problem(commitments=nights, rules=capped), minimal=minimal)
    soft = policy(caps={"nights_per_month": {"cap": 2, "over": 500}})
    yield "warning", _view(problem(commitments=nights, rules=soft), minimal=minimal)
    short = policy(goals={"floor_monthly": 9_000})
    yield "warning of what is missing", _view(problem(rules=short), minimal=minimal)
    yield "reminders and news", _view(problem(), notices=_papers(), minimal=minimal)
    block = tuple(shift(f"c{n}", "lakeside-ed", f"2027-01-{n:02} 07:00") for n in (4, 5))
    rested = policy(recovery={"after_block_of_days": 2, "days": 1})
    yield "recovery day", _view(problem(commitments=block, rules=rested), minimal=minimal)
    yield "day off", _view(problem(rules=policy(caps={"off_days_per_month": 1})), minimal=minimal)
    ago = NOW - timedelta(hours=7)
    lost = [
        Silence("work", "work", ago - timedelta(minutes=2), ago, "it does not answer in time"),
        Silence("mail", "inbox", None, ago, "the server refuses the sign-in"),
        Silence("new", "personal", None, ago, "the server refuses the sign-in"),
    ]
    yield "lost contact", _view(problem(), silences=lost, minimal=minimal)
    open_ = [
        Question("Mon 1/4 8-8 LKSD $2,400", "from 08:00 or from 20:00?", NOW - timedelta(hours=1)),
        Question("", "offers by somebody", NOW - timedelta(days=1)),
    ]
    yield "questions", _view(problem(), questions=open_, minimal=minimal)


def _moved() -> Event:
    (entry,) = entries(_view(problem(offer("o1", "lakeside-ed", "2027-01-04 19:00")))).values()
    strayed = f"{at('2027-01-05 08:00').isoformat()} {at('2027-01-05 20:00').isoformat()}"
    row = ShownRow(entry.name, "o1", "hold", "", NOW, 0, there=True, strayed=strayed, noticed=NOW)
    return noted(entry.event, row)


def rendered(event: Event) -> str:
    when = event.when
    if isinstance(when, Timed):
        told = f"{when.start:%a %Y-%m-%d %H:%M} to {when.end:%a %H:%M}"
    else:
        told = f"{when.first} to {when.last}, all day"
    alarms = [f"  alarm {_rings(alarm.at)}: {alarm.text}" for alarm in event.alarms]
    face = f"{event.status}, {'free' if event.transparent else 'busy'}, {event.color}, {', '.join(event.categories)}"
    lines = [event.summary, f"  {told}", f"  {face}", *alarms]
    return "\n".join([*lines, *(f"  | {line}" for line in event.description.splitlines())])


def _rings(at_: datetime | timedelta) -> str:
    if isinstance(at_, timedelta):
        return f"{at_ // timedelta(hours=1)} h before"
    return (
        "two minutes after it appeared"
        if at_ - NOW < timedelta(minutes=3)
        else f"at {at_:%Y-%m-%d %H:%M} UTC"
    )


def everything() -> str:
    parts = []
    for name, view in views(minimal=False):
        found = sorted(entries(view).values(), key=_order)
        parts.append("\n\n".join([f"# {name}", *(rendered(entry.event) for entry in found)]))
    parts.append(f"# a block that was moved\n\n{rendered(_moved())}")
    quiet = []
    for name, view in views(minimal=True):
        found = sorted(entries(view).values(), key=_order)
        quiet += [f"{name}: {entry.event.summary}" for entry in found]
    parts.append("\n".join(["# with minimal titles", "", *dict.fromkeys(quiet)]))
    return "\n\n\n".join(parts) + "\n"


def _order(entry: Entry) -> tuple[str, str]:
    when = entry.event.when
    return (str(when.start.date() if isinstance(when, Timed) else when.first), entry.name)


def test_every_entry_is_as_it_was_read() -> None:
    """Titles, times, status, colours, alarms and texts of every kind."""
    assert everything() == GOLDEN.read_text("utf-8")


FACES = {name: face for name, face in vars(catalogue).items() if isinstance(face, catalogue.Face)}


def test_every_face_is_in_the_golden_file() -> None:
    """No kind is left out of what a person has read."""
    text = GOLDEN.read_text("utf-8")
    for face in FACES.values():
        assert f", {face.color}, Shiftward, {face.category}\n" in text


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_colour_is_one_that_google_knows(face: catalogue.Face) -> None:
    """Each face looks the same on both kinds of phone."""
    assert face.color in COLORS


@pytest.mark.parametrize("minimal", [False, True])
def test_every_title_is_known_as_ours(minimal: bool) -> None:
    """A mirror of our calendars is no news, whatever an entry says."""
    for _, view in views(minimal=minimal):
        for entry in entries(view).values():
            assert entry.event.summary.startswith(OURS)
            assert len(entry.event.summary) <= catalogue.MOST_TITLE


PRIVATE = (
    "Lakeside",
    "Harbor",
    "lakeside",
    "$",
    "licence",
    "tax",
    "%",
    "work since",
    "mail",
    "night,",
    "review",
)


def test_minimal_titles_and_alarms_tell_nothing() -> None:
    """No site, no amount, no paper and no source; of any kind."""
    for _, view in views(minimal=True):
        for entry in entries(view).values():
            said = [entry.event.summary, *(alarm.text for alarm in entry.event.alarms)]
            assert not [word for word in PRIVATE if any(word in text for text in said)], said


def test_alarms_never_tell_more() -> None:
    """What lights up on a locked phone is the same in both modes."""
    plain, quiet = (
        [
            [alarm.text for alarm in e.event.alarms]
            for _, view in views(minimal=minimal)
            for e in entries(view).values()
        ]
        for minimal in (False, True)
    )
    assert plain == quiet


if __name__ == "__main__":
    GOLDEN.write_text(everything(), "utf-8")

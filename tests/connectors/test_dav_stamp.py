"""When a calendar was last modified, as the first question: what it saves, and that nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.calendars import dav_stamp
from connectors.calendars.dav import DavCalendar
from connectors.errors import UnreachableError
from tests.connectors.calendar_contract import Mirror, text
from tests.connectors.dav_server import PROFILES, Answer, DavServer, Quirks, running

KEEPER = PROFILES["radicale"]
MONDAY = 1_800_000_000.0


class Place:
    """A calendar on a server, somebody who writes there, and one clock for the server and one for us, by hand."""

    def __init__(self, server: DavServer, monkeypatch: pytest.MonkeyPatch) -> None:
        server.reset()
        self.server = server
        self.server_time = self.ours = MONDAY
        server.clock = lambda: self.server_time
        monkeypatch.setattr(dav_stamp, "monotonic", lambda: self.ours)
        self.url = server.user_mkcalendar("Shifts", "shifts")
        self.calendar = DavCalendar(self.url, server.user, server.password)
        self.mirror = Mirror(self.calendar)

    def passes(self, seconds: float) -> None:
        self.server_time += seconds
        self.ours += seconds

    def put(self, name: str, title: str = "Night") -> None:
        self.server.user_put(self.url, f"{name}.ics", text(name, title))

    def puts_late(self, name: str, title: str = "Night") -> None:
        """Right after the next answer is made, and before it leaves."""

        def put() -> None:
            self.server.after_each = lambda: None
            self.put(name, title)

        self.server.after_each = put

    def look(self) -> list[str]:
        """The questions that one look asks."""
        before = len(self.server.asked)
        self.mirror.look()
        return [one.method for one in self.server.asked[before:]]

    def knows_all(self) -> bool:
        return self.mirror.texts == self.server.texts(self.url)


Make = Callable[[Quirks], Place]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    with running(KEEPER) as keeper, running(replace(KEEPER, tokens="http://dav.example/sync/")) as other:
        places: list[Place] = []

        def get(quirks: Quirks) -> Place:
            places.append(Place(keeper if quirks == KEEPER else other, monkeypatch))
            return places[-1]

        yield get
        for place in places:
            place.calendar.close()


@pytest.fixture
def settled(make: Make) -> Place:
    """Looked at when its only change was long over."""
    place = make(KEEPER)
    place.put("one")
    for _ in range(2):
        place.passes(60)
        place.look()
    return place


def test_nothing_changed_is_one_short_question(settled: Place) -> None:
    """When the last change was is asked for, and the report is not."""
    for _ in range(3):
        settled.passes(60)
        assert settled.look() == ["PROPFIND"]


def test_each_look_at_what_did_not_change_is_one_question(make: Make) -> None:
    """Also where the last change is hardly over, and in a process that has just begun."""
    place = make(KEEPER)
    place.put("one")
    place.look()
    for _ in range(10):
        place.passes(1)
        assert len(place.look()) == 1
    again = DavCalendar(place.url, place.server.user, place.server.password)
    for _ in range(3):
        place.passes(60)
        before = len(place.server.asked)
        assert again.changes(place.mirror.cursor, place.mirror.known).items == ()
        assert len(place.server.asked) == before + 1
    again.close()


def test_what_changed_comes_with_the_report(settled: Place) -> None:
    """Two questions, however many objects changed; then one again."""
    for number in range(120):
        settled.put(f"new-{number}")
    settled.passes(60)
    assert settled.look() == ["PROPFIND", "REPORT"]
    assert settled.knows_all()
    settled.passes(60)
    assert settled.look() == ["PROPFIND"]


@pytest.mark.parametrize("what", ["new", "changed", "removed"])
def test_every_kind_of_change_is_seen(settled: Place, what: str) -> None:
    settled.passes(60)
    if what == "removed":
        settled.server.user_delete(*settled.server.texts(settled.url))
    else:
        settled.put("two" if what == "new" else "one", "Evening")
    settled.passes(60)
    settled.look()
    assert settled.knows_all()


def test_a_second_change_in_the_same_second_is_seen(settled: Place) -> None:
    """Times are told in whole seconds: while one is not over, the report is asked, and nothing else."""
    settled.passes(60)
    settled.put("two")
    assert settled.look() == ["PROPFIND", "REPORT"]
    settled.put("two", "Evening")
    assert settled.look() == ["REPORT"]
    assert settled.knows_all()
    settled.passes(60)
    assert settled.look() == ["REPORT"]
    settled.passes(60)
    assert settled.look() == ["PROPFIND"]


def test_a_change_between_the_two_questions_is_seen_once(settled: Place) -> None:
    """The report tells of it; that it is later than what was told before costs one report more."""
    settled.passes(60)
    settled.put("two")
    settled.passes(60)
    settled.puts_late("three")
    settled.look()
    assert settled.knows_all()
    settled.passes(60)
    assert settled.look() == ["PROPFIND", "REPORT"]
    settled.passes(60)
    assert settled.look() == ["PROPFIND"]


def test_a_clock_that_went_back_is_not_believed(settled: Place) -> None:
    """What is written then is older than the newest there was, so the time of the whole stays as it is."""
    settled.server_time = MONDAY - 7200
    settled.put("two", "Evening")
    assert settled.look() == ["PROPFIND", "REPORT"]
    assert settled.knows_all()


def test_a_clock_that_was_set_forward_is_not_believed(settled: Place) -> None:
    """A change from right before that seems long over by then."""
    settled.passes(10)
    settled.put("two", "Evening")
    settled.server_time += 7200
    assert settled.look() == ["PROPFIND", "REPORT"]
    assert settled.knows_all()


def test_a_time_in_the_future_is_not_believed(make: Make) -> None:
    """Where the newest time is to come, a change now does not move it."""
    place = make(KEEPER)
    place.server_time += 86_400
    place.put("one")
    place.server_time -= 86_400
    place.look()
    for number in range(3):
        place.passes(60)
        place.put(f"more-{number}")
        place.look()
        assert place.knows_all()


def test_the_report_is_asked_again_before_long(settled: Place) -> None:
    """Whatever the short question says."""
    settled.passes(dav_stamp.LONGEST + 1)
    assert settled.look() == ["REPORT"]
    settled.passes(60)
    assert settled.look() == ["PROPFIND"]


def test_a_time_that_stood_still_is_never_believed_again(settled: Place) -> None:
    """A change that the time does not tell is found by the report; from then on there are only reports."""
    folder = settled.server._folder(settled.url)
    settled.passes(60)
    modified = folder.modified
    settled.put("two")
    folder.modified = modified
    assert settled.look() == ["PROPFIND"]
    settled.passes(dav_stamp.LONGEST)
    assert settled.look() == ["REPORT", "PROPFIND"]
    assert settled.knows_all()
    for _ in range(3):
        settled.passes(60)
        assert settled.look() == ["REPORT"]


def test_servers_that_are_not_known_for_it_are_not_asked(make: Make) -> None:
    """They may tell when the calendar was renamed, or nothing."""
    place = make(replace(KEEPER, tokens="http://dav.example/sync/"))
    place.put("one")
    place.passes(3600)
    place.look()
    for _ in range(3):
        place.passes(60)
        assert place.look() == ["REPORT"]


@pytest.mark.parametrize(
    "answer",
    [Answer(207, b'<d:multistatus xmlns:d="DAV:"/>'), Answer(500), Answer(207, b"")],
    ids=["about nothing", "in trouble", "empty"],
)
def test_a_poor_answer_loses_nothing(settled: Place, answer: Answer) -> None:
    """Either the report is asked, or the look fails and is repeated."""
    settled.passes(60)
    settled.put("two")
    settled.passes(60)
    settled.server._excuses.append(answer)
    try:
        settled.look()
    except UnreachableError:
        settled.look()
    assert settled.knows_all()


@pytest.mark.parametrize("modified", ["", "yesterday", "Tue, 32 Nov 2026 10:00:00 GMT"])
def test_a_time_that_is_none_is_not_believed(
    settled: Place, modified: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for where something changed, and the report tells all the same."""
    monkeypatch.setattr("tests.connectors.dav_server_reports.formatdate", lambda *_, **__: modified)
    for number in range(3):
        settled.passes(60)
        settled.put(f"more-{number}")
        settled.passes(60)
        settled.look()
        assert settled.knows_all()


def test_another_cursor_is_asked_by_the_report(settled: Place) -> None:
    """One that was not kept, since the store failed, belongs to an older time."""
    first = settled.mirror.cursor
    settled.passes(60)
    settled.put("two")
    settled.passes(60)
    settled.calendar.changes(first, {})
    settled.passes(60)
    found = settled.calendar.changes(first, settled.mirror.known)
    assert [item.href.rpartition("/")[2] for item in found.items] == ["two.ics"]
    for asked in (["REPORT"], ["REPORT"], ["PROPFIND"]):
        settled.passes(60)
        assert settled.look() == asked


Step = tuple[str, float]
steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "look", "look", "set the clock", "late put"]),
        st.sampled_from([0.0, 0.4, 1.0, 2.0, 5.0, 60.0, 700.0]),
    ),
    max_size=25,
)


@given(steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_when_nothing_is_lost_for_long(make: Make, happened: list[Step]) -> None:
    """Any changes at any pace, also between the questions, and a clock that is set: ten minutes later all is known.

    Without the clock it is known at the next look.
    """
    place = make(KEEPER)
    names = [f"n{number}" for number in range(4)]
    was_set = False
    for number, (what, seconds) in enumerate(happened):
        place.passes(seconds)
        name = names[number % 4]
        match what:
            case "put":
                place.put(name, f"Night {number}")
            case "remove":
                place.server.user_delete(*[href for href in place.server.texts(place.url) if name in href])
            case "set the clock":
                place.server_time += (number % 3 - 1) * 40
                was_set = True
            case "late put":
                place.puts_late("late", f"Late {number}")
                place.look()
            case _:
                place.look()
                assert was_set or place.knows_all()
    place.look()
    assert was_set or place.knows_all()
    place.passes(dav_stamp.LONGEST + 1)
    place.look()
    assert place.knows_all()

"""Writes carried out: a conflict ends one write, no contact ends the round, versions come from reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from connectors.calendars.memory import MemoryCalendar
from connectors.errors import ConnectorError, RefusedError, UnreachableError
from connectors.event import Item
from daemon.outbox import Outcome, carry_out
from daemon.rows import Write


class Flaky(MemoryCalendar):
    """Raises on the writes to some addresses, and on fetching if told so; counts what it is asked."""

    def __init__(self, broken: Mapping[str, ConnectorError] | None = None) -> None:
        super().__init__()
        self.make("Shiftward", "mark")
        self.broken = dict(broken or {})
        self.trouble: ConnectorError | None = None
        self.fetched: list[list[str]] = []
        self.happens_all_the_same = False

    def create(self, href: str, data: str) -> None:
        if href in self.broken:
            if self.happens_all_the_same:
                super().create(href, data)
            raise self.broken[href]
        super().create(href, data)

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        self.fetched.append(list(hrefs))
        if self.trouble:
            raise self.trouble
        return super().fetch(hrefs)


def create(name: str, data: str = "x") -> Write:
    return Write(name, "create", f"{name}.ics", data, None)


def test_all_is_written_and_read_again_at_once() -> None:
    """Creates, updates and deletes are done in order; one read tells what stands there, with its versions."""
    calendar = Flaky()
    calendar.create("b.ics", "old")
    calendar.create("c.ics", "old")
    etags = {href: item.etag for href, item in calendar.items.items()}
    outcome = carry_out(
        calendar,
        [
            create("a"),
            Write("b", "update", "b.ics", "new", etags["b.ics"]),
            Write("c", "delete", "c.ics", "", etags["c.ics"]),
        ],
    )
    assert outcome == Outcome((calendar.items["a.ics"], calendar.items["b.ics"]), ("c.ics",))
    assert calendar.fetched == [["a.ics", "b.ics", "c.ics"]]


def test_versions_come_from_reading_alone() -> None:
    """What a write says about a version is not asked: another writer's version is the one that is told."""
    calendar = Flaky()

    class Meddled(Flaky):
        def create(self, href: str, data: str) -> None:
            super().create(href, data)
            self.update(href, "rewritten by the server", self.items[href].etag)

    calendar = Meddled()
    (item,) = carry_out(calendar, [create("a", "mine")]).items
    assert item == calendar.items["a.ics"]
    assert item.data == "rewritten by the server"


@pytest.mark.parametrize(
    "write",
    [
        Write("a", "create", "a.ics", "mine", None),
        Write("a", "update", "a.ics", "mine", '"stale"'),
        Write("a", "delete", "a.ics", "", '"stale"'),
        Write("a", "update", "a.ics", "mine", None),
        Write("a", "delete", "a.ics", "", None),
    ],
    ids=["create", "update", "delete", "update without a version", "delete without a version"],
)
def test_a_conflict_tells_what_stands_there(write: Write) -> None:
    """The write is not done, what stands there is read, and the writes after it go on."""
    calendar = Flaky()
    calendar.create("a.ics", "theirs")
    outcome = carry_out(calendar, [write, create("z")])
    assert outcome.conflicts == ("a",)
    assert outcome.trouble is None
    assert {item.href: item.data for item in outcome.items} == {"a.ics": "theirs", "z.ics": "x"}


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_conflict_over_nothing_tells_that_it_is_gone(verb: str) -> None:
    """What somebody deleted meanwhile is told gone, and is not made again."""
    calendar = Flaky()
    outcome = carry_out(calendar, [Write("a", verb, "a.ics", "x", '"1"')])  # type: ignore[arg-type]  # one of the three
    assert (outcome.gone, outcome.conflicts, outcome.items) == (("a.ics",), ("a",), ())
    assert calendar.items == {}


@pytest.mark.parametrize("error", [UnreachableError("no answer"), RefusedError("no")])
def test_no_contact_ends_the_round_and_keeps_the_rest(error: ConnectorError) -> None:
    """The writes after the failed one are not tried, and neither it nor they are told as gone or written."""
    calendar = Flaky({"b.ics": error})
    outcome = carry_out(calendar, [create("a"), create("b"), create("c")])
    assert outcome.trouble is error
    assert [item.href for item in outcome.items] == ["a.ics"]
    assert outcome.gone == ()
    assert set(calendar.items) == {"a.ics"}
    assert calendar.fetched == [["a.ics"]]


def test_a_write_whose_answer_was_lost_is_not_told_as_done() -> None:
    """It may have happened: the next look finds it."""
    calendar = Flaky({"a.ics": UnreachableError("no answer in time")})
    calendar.happens_all_the_same = True
    outcome = carry_out(calendar, [create("a")])
    assert (outcome.items, outcome.gone) == ((), ())
    assert set(calendar.items) == {"a.ics"}


def test_when_nothing_can_be_read_again_nothing_is_told() -> None:
    """Without the second reading no write is known to have led anywhere."""
    calendar = Flaky()
    calendar.trouble = UnreachableError("no answer")
    outcome = carry_out(calendar, [create("a")])
    assert outcome == Outcome(trouble=calendar.trouble)


def test_a_calendar_that_vanishes_is_no_answer() -> None:
    """When the calendar itself is gone, no entry is told as gone with it."""
    outcome = carry_out(MemoryCalendar(), [Write("a", "update", "a.ics", "x", '"1"')])
    assert outcome.gone == ()


def test_nothing_to_write_asks_nothing() -> None:
    """An empty round makes no request."""
    calendar = Flaky()
    assert carry_out(calendar, []) == Outcome()
    assert calendar.fetched == []

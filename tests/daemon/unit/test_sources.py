"""Asking a calendar: what the server says, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from connectors.base import Changes
from connectors.calendars.memory import MemoryCalendar
from connectors.event import Item
from daemon.sources import Source, poll_calendar


class Quiet(MemoryCalendar):
    """Tells differences only, and none of what came and went between two looks."""

    def __init__(self, told: Changes) -> None:
        super().__init__()
        self.made, self.told = True, told
        self.asked: list[set[str]] = []

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:
        return self.told

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        self.asked.append(set(hrefs))
        return super().fetch(hrefs)


def quiet(told: Changes) -> tuple[Source, Quiet]:
    calendar = Quiet(told)
    return Source("phone", "publish", 300, calendar), calendar


@pytest.mark.parametrize("there", ["", "same", "changed"])
def test_what_we_wrote_and_the_server_says_nothing_of_is_asked_for(there: str) -> None:
    """It may have been deleted since, or changed; what is as we know it is no news."""
    source, calendar = quiet(Changes(cursor="c2"))
    if there:
        calendar._put("a.ics", there)
    item = calendar.items.get("a.ics")
    known = {"a.ics": item.etag if item and there == "same" else "old"}
    polled = poll_calendar(source, "c1", known, ["a.ics"])
    assert calendar.asked == [{"a.ics"}]
    assert polled.changes.gone == (frozenset() if there else {"a.ics"})
    assert [one.href for one in polled.changes.items] == (["a.ics"] if there == "changed" else [])
    assert (polled.seen, polled.changes.cursor) == (frozenset({"a.ics"}), "c2")


@pytest.mark.parametrize(
    "told",
    [Changes((Item("a.ics", "2", "x"),)), Changes(gone=frozenset({"a.ics"})), Changes(listed=3)],
    ids=["changed", "gone", "all listed"],
)
def test_what_the_server_told_of_is_not_asked_for_again(told: Changes) -> None:
    """One request a look, where nothing was kept quiet."""
    source, calendar = quiet(told)
    assert poll_calendar(source, "c1", {"a.ics": "1"}, ["a.ics"]).changes == told
    assert calendar.asked == []

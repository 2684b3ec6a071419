"""What every calendar must do. A new connector's test file is this class and its fixtures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from connectors.base import Calendar, Changes
from connectors.calendars import ical
from connectors.errors import ConflictError, ConnectorError, CursorLostError
from connectors.event import Event, Timed

STAMP = datetime(2027, 1, 1, 8, tzinfo=UTC)
START = datetime(2027, 1, 4, 13, tzinfo=UTC)
LONG = "A line that is folded more than once, with ümlauts, 夜勤 and a ☎: " * 8
TEXTS = {
    "unicode": "Nachtdienst · Zürich · 夜勤 · 🏥",
    "long line": LONG,
    "line ends": "one\ntwo\n\nfour",
    "2,000 characters": "All of the reasons, one after the other. " * 49,
    "what iCalendar escapes": r"a;b,c\d:e\n\\ \; 100% <b>&amp;</b> ]]> END:VEVENT",
}
FOREIGN = (
    "Réunion du soir.ics",
    "100% sure.ics",
    "a b.ics",
    "semi;colon,comma.ics",
    "plus+plus.ics",
    "hash#tag.ics",
    "what?.ics",
    "a&b<c>.ics",
    "UPPER.ics",
    "x" * 120 + ".ics",
)
"""Names that other programs give their objects."""


def text(uid: str, summary: str = "night shift", description: str = "", days: int = 0) -> str:
    when = Timed(START + timedelta(days=days), START + timedelta(days=days, hours=12))
    return ical.write(Event(uid=uid, when=when, summary=summary, description=description), STAMP)


def said(data: str) -> Event:
    event = ical.only(data)
    assert event is not None
    return event


class Mirror:
    """Follows a calendar as the daemon does: known versions and the cursor, kept together."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.cursor: str | None = None
        self.known: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def look(self) -> Changes:
        found = self.calendar.changes(self.cursor, self.known)
        for item in found.items:
            self.known[item.href], self.texts[item.href] = item.etag, item.data
        for href in found.gone:
            self.known.pop(href, None)
            self.texts.pop(href, None)
        self.cursor = found.cursor
        return found

    def etag(self, href: str) -> str:
        return self.calendar.fetch([href])[href].etag


class CalendarContract:
    """Subclasses give the fixtures; the tests are the same for all."""

    refuses_taken_uid: ClassVar[bool] = False
    """Whether the server itself refuses one UID at two addresses."""
    refuses_names: ClassVar[frozenset[str]] = frozenset()
    """Names of others that this server takes from nobody."""

    @pytest.fixture
    def calendar(self) -> Calendar:
        """A fresh calendar that has been made."""
        raise NotImplementedError

    @pytest.fixture
    def other(self, calendar: Calendar) -> Calendar:
        """A second, independent client on the same calendar."""
        raise NotImplementedError

    @pytest.fixture
    def missing(self) -> Calendar:
        """A calendar that was never made."""
        raise NotImplementedError

    @pytest.fixture
    def requests(self, calendar: Calendar) -> Callable[[], int] | None:
        """How many requests `calendar` has made so far, where that is counted."""
        return None

    def foreign(self, calendar: Calendar, name: str) -> str:
        """The address of an object that another program named so."""
        return name

    # -- looking --------------------------------------------------------------------------------------------

    def test_a_new_calendar_is_empty_and_says_so(self, calendar: Calendar) -> None:
        """The first look at an empty calendar lists nothing, counted."""
        found = calendar.changes(None, {})
        assert (found.items, found.gone, found.listed) == ((), frozenset(), 0)

    def test_the_first_look_lists_all(self, calendar: Calendar, other: Calendar) -> None:
        """Without a cursor everything is listed, each with its version and its text, and counted."""
        hrefs = [other.address(f"entry-{number}") for number in range(3)]
        for number, href in enumerate(hrefs):
            other.create(href, text(f"uid-{number}", f"shift {number}"))
        found = calendar.changes(None, {})
        assert sorted(item.href for item in found.items) == sorted(hrefs)
        assert {said(item.data).summary for item in found.items} == {"shift 0", "shift 1", "shift 2"}
        assert all(item.etag for item in found.items)
        assert (found.listed, found.gone) == (3, frozenset())

    def test_what_is_created_arrives_alone(self, calendar: Calendar, other: Calendar) -> None:
        """A later look brings the new object and not the old one."""
        other.create(other.address("old"), text("old"))
        mirror = Mirror(calendar)
        mirror.look()
        other.create(other.address("new"), text("new"))
        found = mirror.look()
        assert [item.href for item in found.items] == [calendar.address("new")]
        assert found.gone == frozenset()

    def test_what_is_updated_arrives_with_a_new_version(self, calendar: Calendar, other: Calendar) -> None:
        """An updated object arrives alone, with the new text under another version."""
        for name in ("one", "two"):
            other.create(other.address(name), text(name))
        mirror = Mirror(calendar)
        mirror.look()
        href, before = calendar.address("one"), dict(mirror.known)
        other.update(href, text("one", "moved"), before[href])
        (item,) = mirror.look().items
        assert (item.href, said(item.data).summary) == (href, "moved")
        assert item.etag != before[href]

    def test_what_is_deleted_is_told_gone(self, calendar: Calendar, other: Calendar) -> None:
        """A deleted object is gone, the one beside it is not."""
        for name in ("one", "two"):
            other.create(other.address(name), text(name))
        mirror = Mirror(calendar)
        mirror.look()
        href = calendar.address("one")
        other.delete(href, mirror.known[href])
        found = mirror.look()
        assert (found.items, found.gone) == ((), frozenset({href}))
        assert set(mirror.known) == {calendar.address("two")}

    def test_several_changes_arrive_in_one_look(self, calendar: Calendar, other: Calendar) -> None:
        """Creation, change and deletion between two looks are all told at once."""
        for name in ("kept", "changed", "removed"):
            other.create(other.address(name), text(name))
        mirror = Mirror(calendar)
        mirror.look()
        other.create(other.address("added"), text("added"))
        other.update(other.address("changed"), text("changed", "x"), mirror.etag(other.address("changed")))
        other.delete(other.address("removed"), mirror.etag(other.address("removed")))
        found = mirror.look()
        assert {item.href for item in found.items} == {calendar.address("added"), calendar.address("changed")}
        assert found.gone == frozenset({calendar.address("removed")})

    def test_nothing_changed_is_nothing(
        self, calendar: Calendar, other: Calendar, requests: Callable[[], int] | None
    ) -> None:
        """When nothing changed, nothing is told, and it costs one request."""
        other.create(other.address("one"), text("one"))
        mirror = Mirror(calendar)
        mirror.look()
        before = requests() if requests else 0
        found = mirror.look()
        assert (found.items, found.gone) == ((), frozenset())
        assert not requests or requests() - before == 1

    def test_one_that_came_and_went_leaves_no_trace(self, calendar: Calendar, other: Calendar) -> None:
        """What was created and deleted between two looks was never known, and is not in what is known after."""
        mirror = Mirror(calendar)
        mirror.look()
        href = other.address("brief")
        other.create(href, text("brief"))
        other.delete(href, mirror.etag(href))
        assert mirror.look().items == ()
        assert mirror.known == {}

    def test_an_address_is_listed_once(self, calendar: Calendar, other: Calendar) -> None:
        """However often it was written, an address is in an answer once, as it is now."""
        mirror = Mirror(calendar)
        mirror.look()
        href = other.address("one")
        other.create(href, text("one"))
        for number in range(3):
            other.update(href, text("one", f"version {number}"), mirror.etag(href))
        for found in (mirror.look(), calendar.changes(None, {})):
            assert [item.href for item in found.items] == [href]
            assert said(found.items[0].data).summary == "version 2"

    def test_a_full_look_tells_what_is_gone_by_difference(self, calendar: Calendar, other: Calendar) -> None:
        """Without a cursor, what is known and no longer listed is gone."""
        other.create(other.address("here"), text("here"))
        known = {other.address("here"): "an old version", other.address("long-gone"): "x"}
        found = calendar.changes(None, known)
        assert found.gone == frozenset({other.address("long-gone")})
        assert [item.href for item in found.items] == [other.address("here")]
        assert found.listed == 1

    def test_an_unknown_cursor_is_never_a_short_answer(self, calendar: Calendar, other: Calendar) -> None:
        """A cursor that the server does not know is told as lost, or answered with a full listing."""
        other.create(other.address("one"), text("one"))
        try:
            found = calendar.changes("http://radicale.org/ns/sync/" + "0" * 64, {})
        except CursorLostError:
            return
        assert [item.href for item in found.items] == [other.address("one")]
        assert found.listed == 1

    def test_a_missing_calendar_is_never_empty(self, missing: Calendar) -> None:
        """Looking at a calendar that is not there raises; it does not say that everything is gone."""
        for known in ({}, {missing.address("one"): "1"}):
            with pytest.raises(ConnectorError):
                missing.changes(None, known)

    def test_in_a_missing_calendar_no_object_is_merely_gone(self, missing: Calendar) -> None:
        """Fetching from a calendar that is not there raises; leaving an object out would say it was deleted."""
        with pytest.raises(ConnectorError):
            missing.fetch([missing.address("one")])

    def test_a_missing_calendar_takes_no_writes(self, missing: Calendar) -> None:
        """Creating, updating and deleting in a calendar that is not there raise."""
        href = missing.address("one")
        with pytest.raises(ConnectorError):
            missing.create(href, text("one"))
        with pytest.raises(ConnectorError):
            missing.update(href, text("one"), '"1"')
        with pytest.raises(ConnectorError):
            missing.delete(href, '"1"')

    # -- fetching -------------------------------------------------------------------------------------------

    def test_fetch_brings_what_is_asked_for(self, calendar: Calendar, other: Calendar) -> None:
        """Fetching brings the objects asked for and no others, with the versions that writes take."""
        for name in ("one", "two", "three"):
            other.create(other.address(name), text(name, name))
        wanted = [calendar.address("one"), calendar.address("three")]
        found = calendar.fetch(wanted)
        assert {href: said(item.data).summary for href, item in found.items()} == {
            wanted[0]: "one",
            wanted[1]: "three",
        }
        calendar.update(wanted[0], text("one", "again"), found[wanted[0]].etag)

    def test_fetch_leaves_out_what_is_gone(self, calendar: Calendar) -> None:
        """An address with nothing at it is left out, and costs the others nothing."""
        calendar.create(calendar.address("here"), text("here"))
        assert set(calendar.fetch([calendar.address("here"), calendar.address("gone")])) == {
            calendar.address("here")
        }
        assert dict(calendar.fetch([])) == {}

    def test_many_are_fetched_at_once(self, calendar: Calendar, other: Calendar) -> None:
        """More objects than fit into one question are all brought."""
        for number in range(53):
            other.create(other.address(f"n-{number}"), text(f"n-{number}", days=number))
        assert len(calendar.changes(None, {}).items) == 53

    # -- writing --------------------------------------------------------------------------------------------

    def test_a_taken_address_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """Creating where something stands raises, and what stands there stays."""
        href = calendar.address("one")
        other.create(href, text("one", "first"))
        with pytest.raises(ConflictError):
            calendar.create(href, text("one", "second"))
        assert said(calendar.fetch([href])[href].data).summary == "first"

    def test_a_uid_taken_elsewhere(self, calendar: Calendar, other: Calendar) -> None:
        """One UID at two addresses is a conflict where the server keeps UIDs apart, else both are listed."""
        other.create(other.address("one"), text("same"))
        if self.refuses_taken_uid:
            with pytest.raises(ConflictError):
                calendar.create(calendar.address("two"), text("same"))
        else:
            calendar.create(calendar.address("two"), text("same"))
        assert len(calendar.changes(None, {}).items) == (1 if self.refuses_taken_uid else 2)

    def test_a_stale_update_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """Of two updates of one version the second raises, and the first stays."""
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.update(href, text("one", "theirs"), etag)
        with pytest.raises(ConflictError):
            calendar.update(href, text("one", "mine"), etag)
        assert said(calendar.fetch([href])[href].data).summary == "theirs"

    def test_a_stale_delete_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """A version that was changed meanwhile is not deleted."""
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.update(href, text("one", "theirs"), etag)
        with pytest.raises(ConflictError):
            calendar.delete(href, etag)
        assert said(calendar.fetch([href])[href].data).summary == "theirs"

    def test_updating_what_is_gone_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """An object that was deleted is not brought back by an update."""
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.delete(href, etag)
        with pytest.raises(ConflictError):
            calendar.update(href, text("one", "back"), etag)
        assert dict(calendar.fetch([href])) == {}

    def test_deleting_what_is_gone_is_a_conflict(self, calendar: Calendar, other: Calendar) -> None:
        """Deleting what somebody else deleted raises."""
        href = calendar.address("one")
        calendar.create(href, text("one"))
        etag = calendar.fetch([href])[href].etag
        other.delete(href, etag)
        with pytest.raises(ConflictError):
            calendar.delete(href, etag)

    def test_a_deleted_address_can_be_used_again(self, calendar: Calendar) -> None:
        """After a deletion the same address takes a new object."""
        href = calendar.address("one")
        calendar.create(href, text("one", "first"))
        calendar.delete(href, calendar.fetch([href])[href].etag)
        calendar.create(href, text("one", "second"))
        assert said(calendar.fetch([href])[href].data).summary == "second"

    # -- what is in them ------------------------------------------------------------------------------------

    @pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS.keys())
    def test_texts_come_back_as_they_went(self, calendar: Calendar, other: Calendar, words: str) -> None:
        """Titles and descriptions survive the server, whatever characters are in them."""
        href = calendar.address("one")
        calendar.create(href, text("one", words.replace("\n", " "), words))
        event = said(other.changes(None, {}).items[0].data)
        assert (event.summary, event.description) == (words.replace("\n", " "), words)

    @pytest.mark.parametrize("name", ["a", "A-1", "0", "shift-0123456789abcdef", "x" * 64])
    def test_an_address_is_what_is_listed(self, calendar: Calendar, name: str) -> None:
        """An object made at the address of a name is listed and fetched under that very address."""
        href = calendar.address(name)
        calendar.create(href, text(name))
        assert [item.href for item in calendar.changes(None, {}).items] == [href]
        assert set(calendar.fetch([href])) == {href}

    @pytest.mark.parametrize("name", FOREIGN)
    def test_odd_names_of_others_are_read_and_written(
        self, calendar: Calendar, other: Calendar, name: str
    ) -> None:
        """An object with an odd name is listed once, fetched, changed and deleted under its listed address."""
        if name in self.refuses_names:
            with pytest.raises(ConnectorError):
                other.create(self.foreign(other, name), text("odd"))
            assert calendar.changes(None, {}).items == ()
            return
        other.create(self.foreign(other, name), text("odd"))
        mirror = Mirror(calendar)
        (item,) = mirror.look().items
        assert set(calendar.fetch([item.href])) == {item.href}
        calendar.update(item.href, text("odd", "mine"), item.etag)
        assert [one.href for one in mirror.look().items] == [item.href]
        calendar.delete(item.href, mirror.known[item.href])
        assert mirror.look().gone == frozenset({item.href})

    # -- the calendar itself --------------------------------------------------------------------------------

    def test_making_it_again_changes_nothing(self, calendar: Calendar) -> None:
        """A calendar that is there already is known by its mark; its objects stay, whoever asks."""
        calendar.create(calendar.address("one"), text("one"))
        assert calendar.make("Another title", "mark") is True
        assert calendar.make("Another title", "somebody-elses") is False
        assert len(calendar.changes(None, {}).items) == 1

    def test_making_it_makes_it(self, missing: Calendar) -> None:
        """What was missing can be made, and made again after an answer that was lost; it is empty."""
        assert missing.make("Shifts & <more>", "mark") is True
        assert missing.make("Shifts & <more>", "mark") is True
        assert missing.changes(None, {}).items == ()

    def test_a_closed_calendar_can_be_used_again(self, calendar: Calendar) -> None:
        """Closing lets go of connections and of nothing else."""
        mirror = Mirror(calendar)
        mirror.look()
        calendar.close()
        calendar.create(calendar.address("one"), text("one"))
        calendar.close()
        assert [item.href for item in mirror.look().items] == [calendar.address("one")]

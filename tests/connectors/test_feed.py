"""A feed keeps what of the contract is about looking, and no failure of a publisher is taken for a deletion."""

from __future__ import annotations

import gzip
import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
import traceback
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from connectors.base import Calendar, Changes
from connectors.calendars import feed_download, ical
from connectors.calendars.feed import FeedCalendar
from connectors.errors import (
    ConnectorError,
    CursorLostError,
    MissingError,
    RefusedError,
    UnreachableError,
)
from connectors.event import Event, Item, Timed
from tests.connectors.calendar_contract import TEXTS, Mirror, said, text
from tests.connectors.feed_server import (
    EMPTY,
    HOME,
    ICS,
    KEY,
    PATIENCE,
    TOKEN,
    Answer,
    FeedServer,
    bomb,
    moved,
    running,
    self_signed,
)
from tests.waiting import LONG, free_port, until

FEEDS = Path(__file__).parent / "feeds"
KNOWN = {"one.ics": "1", "two.ics": "2"}
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Welcome<br></body></html>"
ZURICH = """BEGIN:VTIMEZONE
TZID:Europe/Zurich
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
EASTERN = """BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def vevent(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def shift(uid: str, start: str = "20270104T070000Z", end: str = "20270104T150000Z", *more: str) -> str:
    return vevent(f"UID:{uid}", f"DTSTART:{start}", f"DTEND:{end}", f"SUMMARY:shift {uid}", *more)


def publication(*components: str, head: str = "") -> bytes:
    """A calendar of these components."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//Feed//EN",
        head,
        *components,
        "END:VCALENDAR",
    )
    return crlf("\n".join(line for line in lines if line))


def crlf(lines: str) -> bytes:
    return (lines + "\n").replace("\n", "\r\n").encode()


def unfolded(data: str) -> str:
    return re.sub(r"\r?\n[ \t]", "", data)


@dataclass
class Publisher:
    """Edits the feed that the server serves."""

    server: FeedServer
    shifts: dict[str, str] = field(default_factory=dict)

    def put(self, uid: str, summary: str = "night shift", description: str = "", days: int = 0) -> None:
        """The event of the contract's text, as one of a feed's."""
        found = re.search("BEGIN:VEVENT.*END:VEVENT", text(uid, summary, description, days), re.DOTALL)
        assert found
        self.publish(uid, found[0].replace("\r\n", "\n"))

    def publish(self, name: str, component: str) -> None:
        self.shifts[name] = component
        self._serve()

    def remove(self, name: str) -> None:
        del self.shifts[name]
        self._serve()

    def _serve(self) -> None:
        self.server.feed = publication(*self.shifts.values())


@pytest.fixture(scope="module")
def feeding() -> Iterator[FeedServer]:
    with running() as server:
        yield server


@pytest.fixture
def server(feeding: FeedServer) -> FeedServer:
    feeding.reset()
    return feeding


@pytest.fixture
def publisher(server: FeedServer) -> Publisher:
    return Publisher(server)


@pytest.fixture
def calendar(server: FeedServer) -> Iterator[FeedCalendar]:
    made = FeedCalendar(server.url)
    yield made
    made.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, server: FeedServer) -> Iterator[FeedCalendar]:
    """A calendar that waits for nobody."""
    monkeypatch.setattr(feed_download, "TIMEOUTS", (0.3, 0.3))
    made = FeedCalendar(server.url)
    yield made
    made.close()


def items(calendar: Calendar) -> list[Item]:
    """All that is listed, in the order of the starts where they can be read."""
    found = calendar.changes(None, {})
    assert found.listed == len(found.items)
    assert len({item.href for item in found.items}) == len(found.items)
    return sorted(found.items, key=lambda item: (_start(item), item.href))


def _start(item: Item) -> str:
    found = re.search(r"(?m)^BEGIN:VEVENT.*?^DTSTART[^:]*:(\S+)", item.data, re.DOTALL)
    return found[1] if found else ""


def look(calendar: Calendar, body: bytes, server: FeedServer) -> dict[str, Item]:
    server.feed = body
    return {item.href: item for item in items(calendar)}


def versions(calendar: Calendar, body: bytes, server: FeedServer) -> dict[str, str]:
    return {href: item.etag for href, item in look(calendar, body, server).items()}


# -- looking, as the contract has it ----------------------------------------------------------------------------


def test_a_new_feed_is_empty_and_says_so(calendar: FeedCalendar) -> None:
    """The first look at an empty feed lists nothing, counted."""
    found = calendar.changes(None, {})
    assert (found.items, found.gone, found.listed) == ((), frozenset(), 0)


def test_the_first_look_lists_all(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Without a cursor everything is listed, each with its version and its text, and counted."""
    for number in range(3):
        publisher.put(f"uid-{number}", f"shift {number}")
    found = calendar.changes(None, {})
    assert {said(item.data).summary for item in found.items} == {"shift 0", "shift 1", "shift 2"}
    assert {said(item.data).uid for item in found.items} == {"uid-0", "uid-1", "uid-2"}
    assert all(item.etag and item.href for item in found.items)
    assert (found.listed, found.gone) == (3, frozenset())


def test_what_is_created_arrives_alone(calendar: FeedCalendar, publisher: Publisher) -> None:
    """A later look brings the new object and not the old one, and counts both."""
    publisher.put("old")
    mirror = Mirror(calendar)
    mirror.look()
    publisher.put("new")
    found = mirror.look()
    assert [said(item.data).uid for item in found.items] == ["new"]
    assert (found.gone, found.listed) == (frozenset(), 2)


def test_what_is_updated_arrives_with_a_new_version(calendar: FeedCalendar, publisher: Publisher) -> None:
    """An updated object arrives alone, at its old address, with the new text under another version."""
    for name in ("one", "two"):
        publisher.put(name)
    mirror = Mirror(calendar)
    mirror.look()
    before = dict(mirror.known)
    publisher.put("one", "moved")
    (item,) = mirror.look().items
    assert said(item.data).summary == "moved"
    assert said(item.data).uid == "one"
    assert item.href in before
    assert item.etag != before[item.href]


def test_what_is_deleted_is_told_gone(calendar: FeedCalendar, publisher: Publisher) -> None:
    """A deleted object is gone, the one beside it is not."""
    for name in ("one", "two"):
        publisher.put(name)
    mirror = Mirror(calendar)
    mirror.look()
    (href,) = (href for href, data in mirror.texts.items() if said(data).uid == "one")
    publisher.remove("one")
    found = mirror.look()
    assert (found.items, found.gone, found.listed) == ((), frozenset({href}), 1)


def test_several_changes_arrive_in_one_look(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Creation, change and deletion between two looks are all told at once."""
    for name in ("kept", "changed", "removed"):
        publisher.put(name)
    mirror = Mirror(calendar)
    mirror.look()
    (removed,) = (href for href, data in mirror.texts.items() if said(data).uid == "removed")
    publisher.put("added")
    publisher.put("changed", "x")
    publisher.remove("removed")
    found = mirror.look()
    assert {said(item.data).uid for item in found.items} == {"added", "changed"}
    assert found.gone == frozenset({removed})


@pytest.mark.parametrize("honours", ["", "etag", "last-modified", "etag last-modified"])
def test_nothing_changed_is_nothing(calendar: FeedCalendar, publisher: Publisher, honours: str) -> None:
    """When nothing changed, nothing is told, and it costs one request, whatever the server knows of versions."""
    publisher.server.honours = frozenset(honours.split())
    publisher.put("one")
    mirror = Mirror(calendar)
    mirror.look()
    before = len(publisher.server.asked)
    for _ in range(2):
        found = mirror.look()
        assert (found.items, found.gone) == ((), frozenset())
    assert len(publisher.server.asked) - before == 2


@pytest.mark.parametrize("honours", ["", "etag", "last-modified", "etag last-modified"])
def test_what_changed_is_told_whatever_the_server_knows(
    calendar: FeedCalendar, publisher: Publisher, honours: str
) -> None:
    """Several versions, one after the other, all arrive."""
    publisher.server.honours = frozenset(honours.split())
    mirror = Mirror(calendar)
    for number in range(3):
        publisher.put("one", f"version {number}")
        (item,) = mirror.look().items
        assert said(item.data).summary == f"version {number}"
        assert mirror.look().items == ()


def test_one_that_came_and_went_leaves_no_trace(calendar: FeedCalendar, publisher: Publisher) -> None:
    """What was published and withdrawn between two looks was never known."""
    mirror = Mirror(calendar)
    mirror.look()
    publisher.put("brief")
    publisher.remove("brief")
    assert mirror.look().items == ()
    assert mirror.known == {}


def test_a_full_look_tells_what_is_gone_by_difference(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Without a cursor, what is known and no longer listed is gone, and what has another version is told."""
    publisher.put("here")
    (here,) = items(calendar)
    found = calendar.changes(None, {here.href: "an old version", "long-gone.ics": "x"})
    assert found.gone == frozenset({"long-gone.ics"})
    assert (found.items, found.listed) == ((here,), 1)


@pytest.mark.parametrize(
    "cursor",
    [
        "http://radicale.org/ns/sync/" + "0" * 64,
        "",
        "{}",
        "[]",
        "null",
        "7",
        '{"etag": 5}',
        '{"etag": null, "modified": [1]}',
        '["a", "b", "c"]',
        '{"etag": "a\\r\\nX-Injected: 1"}',
        "a\r\nX-Injected: 1",
        "a\nX-Injected: 1\nb",
        "\x00",
        "ünï\ncödé 夜勤",
    ],
)
def test_an_unknown_cursor_is_never_a_short_answer(
    calendar: FeedCalendar, publisher: Publisher, cursor: str
) -> None:
    """A cursor that no feed made is told as lost, or answered with a full listing."""
    publisher.put("one")
    try:
        found = calendar.changes(cursor, {})
    except CursorLostError:
        return
    assert [said(item.data).uid for item in found.items] == ["one"]
    assert found.listed == 1
    assert not any("x-injected" in asked.headers for asked in publisher.server.asked)


def test_a_missing_feed_is_never_empty(server: FeedServer) -> None:
    """A feed that is not there raises, for looking and for fetching; it does not say that everything is gone."""
    missing = FeedCalendar(server.at("/nowhere.ics"))
    for known in ({}, KNOWN):
        with pytest.raises(MissingError):
            missing.changes(None, known)
    with pytest.raises(MissingError):
        missing.fetch(list(KNOWN))
    missing.close()


def test_many_are_listed(calendar: FeedCalendar, publisher: Publisher) -> None:
    """More objects than fit into one screen are all brought."""
    for number in range(53):
        publisher.put(f"n-{number}", days=number)
    assert {said(item.data).uid for item in items(calendar)} == {f"n-{number}" for number in range(53)}


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS.keys())
def test_texts_arrive_as_they_were_published(
    calendar: FeedCalendar, publisher: Publisher, words: str
) -> None:
    """Titles and descriptions survive, whatever characters are in them."""
    publisher.put("one", words.replace("\n", " "), words)
    publisher.put("two")
    event = next(one for one in map(said, (item.data for item in items(calendar))) if one.uid == "one")
    assert (event.summary, event.description) == (words.replace("\n", " "), words)


def test_a_closed_calendar_can_be_used_again(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Closing, twice even, lets go of connections and of nothing else."""
    calendar.close()
    publisher.put("one")
    mirror = Mirror(calendar)
    mirror.look()
    calendar.close()
    calendar.close()
    publisher.put("two")
    assert [said(item.data).uid for item in mirror.look().items] == ["two"]


def test_a_connection_that_the_server_dropped_is_no_trouble(
    calendar: FeedCalendar, publisher: Publisher
) -> None:
    """Between two looks a server closes what it said it would keep open; the next look makes another."""
    publisher.server.answers = [Answer(lingers=True)]
    publisher.put("one")
    mirror = Mirror(calendar)
    mirror.look()
    until(lambda: publisher.server.closed == 1, "it is closed")
    publisher.put("two")
    assert [said(item.data).uid for item in mirror.look().items] == ["two"]
    assert len(publisher.server.asked) == 2


# -- fetching ---------------------------------------------------------------------------------------------------


def test_fetch_brings_what_is_asked_for(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Fetching brings the objects asked for, as a look brings them, by one request; what is gone is left out."""
    for name in ("one", "two", "three"):
        publisher.put(name)
    listed = {item.href: item for item in items(calendar)}
    first, second, _ = listed
    before = len(publisher.server.asked)
    found = calendar.fetch([first, second, "gone.ics"])
    assert dict(found) == {first: listed[first], second: listed[second]}
    assert [asked.method for asked in publisher.server.asked[before:]] == ["GET"]
    assert dict(calendar.fetch([])) == {}


def test_fetch_brings_what_is_there_now(calendar: FeedCalendar, publisher: Publisher) -> None:
    """Fetching asks anew and without a condition, whatever was seen before."""
    publisher.server.honours = frozenset({"etag", "last-modified"})
    publisher.put("one")
    mirror = Mirror(calendar)
    mirror.look()
    (href,) = mirror.known
    assert dict(calendar.fetch([href])) == {href: Item(href, mirror.known[href], mirror.texts[href])}
    publisher.put("one", "moved")
    assert said(calendar.fetch([href])[href].data).summary == "moved"
    assert not any(_conditions(server_asked) for server_asked in _headers(publisher.server)[1:])
    assert [said(item.data).summary for item in mirror.look().items] == ["moved"]


# -- asking only for news ---------------------------------------------------------------------------------------


def _headers(server: FeedServer) -> list[dict[str, str]]:
    return [dict(asked.headers) for asked in server.asked]


def _conditions(headers: dict[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in sorted(headers) if name.startswith("if-")}


@pytest.mark.parametrize(
    ("honours", "names"),
    [
        ("", ()),
        ("etag", ("if-none-match",)),
        ("last-modified", ("if-modified-since",)),
        ("etag last-modified", ("if-modified-since", "if-none-match")),
    ],
)
def test_a_cursor_is_the_servers_own_word(
    calendar: FeedCalendar, publisher: Publisher, honours: str, names: tuple[str, ...]
) -> None:
    """What the server said about the version goes back to it, letter for letter; the first look says nothing."""
    publisher.server.honours = frozenset(honours.split())
    publisher.put("one")
    told = publisher.server.validators
    mirror = Mirror(calendar)
    mirror.look()
    mirror.look()
    first, second = map(_conditions, _headers(publisher.server))
    assert first == {}
    assert tuple(second) == names
    assert sorted(second.values()) == sorted(told.values())


@pytest.mark.parametrize(
    "etag", ['"a"', 'W/"a"', "W/a", "unquoted", '"a,b"', '""', '"' + "x" * 2000 + '"', '"ünï"']
)
def test_odd_tags_go_back_as_they_came(calendar: FeedCalendar, server: FeedServer, etag: str) -> None:
    """A weak tag, one without quotes or with commas is not improved upon; one beyond ASCII is no trouble."""
    server.answers = [Answer(200, publication(shift("a")), {"ETag": etag}), Answer(304)]
    mirror = Mirror(calendar)
    mirror.look()
    assert mirror.look().items == ()
    if etag.isascii():
        assert server.asked[1].headers.get("if-none-match") == etag


def test_not_modified_is_nothing_under_the_same_cursor(calendar: FeedCalendar, publisher: Publisher) -> None:
    """304 means no items, nothing gone, nothing counted, and the same cursor, whatever headers come with it."""
    publisher.server.honours = frozenset({"etag"})
    publisher.put("one")
    first = calendar.changes(None, {})
    assert first.cursor
    for headers in ({}, {"ETag": '"another"', "Last-Modified": "Tue, 01 Dec 2026 00:00:00 GMT"}):
        publisher.server.answers = [Answer(304, b"", headers)]
        found = calendar.changes(first.cursor, {**KNOWN, first.items[0].href: first.items[0].etag})
        assert found == Changes((), frozenset(), first.cursor, None)


def test_a_cursor_outlives_the_object_that_gave_it(calendar: FeedCalendar, publisher: Publisher) -> None:
    """After a restart the cursor still asks for news only; and a look without one asks for everything."""
    publisher.server.honours = frozenset({"etag", "last-modified"})
    publisher.put("one")
    first = calendar.changes(None, {})
    later = FeedCalendar(publisher.server.url)
    known = {item.href: item.etag for item in first.items}
    assert later.changes(first.cursor, known) == Changes((), frozenset(), first.cursor, None)
    assert [item.href for item in calendar.changes(None, {}).items] == list(known)
    later.close()


def test_not_modified_since_nothing_is_not_an_empty_feed(calendar: FeedCalendar, server: FeedServer) -> None:
    """A 304 to a question without a condition is told as a failure, or tells nothing gone and counts nothing."""
    server.answers = [Answer(304)]
    try:
        found = calendar.changes(None, KNOWN)
    except UnreachableError:
        found = Changes()
    assert (found.items, found.gone, found.listed) == ((), frozenset(), None)
    with pytest.raises(UnreachableError):
        calendar.fetch(list(KNOWN))


def test_the_same_content_under_another_tag_is_nothing_new(
    calendar: FeedCalendar, server: FeedServer
) -> None:
    """A server that numbers every answer costs a download and no change; the cursor follows it."""
    body = publication(shift("a"))
    server.answers = [Answer(200, body, {"ETag": f'"{number}"'}) for number in range(3)]
    mirror = Mirror(calendar)
    assert len(mirror.look().items) == 1
    for _ in range(2):
        found = mirror.look()
        assert (found.items, found.gone, found.listed) == ((), frozenset(), 1)
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"0"', '"1"']


def test_a_server_that_stops_giving_tags_is_asked_without(calendar: FeedCalendar, server: FeedServer) -> None:
    """A tag of an older answer does not go with a newer one that has none."""
    server.answers = [
        Answer(200, publication(shift("a")), {"ETag": '"1"'}),
        Answer(200, publication(shift("b"))),
        Answer(200, publication(shift("a"))),
    ]
    mirror = Mirror(calendar)
    for _ in range(3):
        mirror.look()
    assert _conditions(_headers(server)[2]) == {}
    assert [said(data).uid for data in mirror.texts.values()] == ["a"]


# -- what is an item --------------------------------------------------------------------------------------------


UIDS = (
    "plain",
    "PLAIN",
    "with space",
    "with_space",
    "with-space",
    "with/slash",
    "with%2Fslash",
    "../../etc/passwd",
    "..",
    ".hidden",
    "event@calendar.example.com",
    "event%40calendar.example.com",
    "{3F0C1C52-64A4-4A55-9A5E-3F0F3F6C1A01}",
    "Zürich",
    "Zurich",
    "夜勤",
    "semi\\;colon",
    "x" * 300,
    "x" * 301,
    "name.ics",
    "name",
    "con",
    "0",
)


def test_every_uid_has_an_address_of_its_own(calendar: FeedCalendar, server: FeedServer) -> None:
    """Odd, long and similar UIDs get different addresses, of safe characters, and keep them."""
    body = publication(*(shift(uid) for uid in UIDS))
    before = look(calendar, body, server)
    assert len(before) == len(UIDS)
    for href in before:
        assert re.fullmatch(r"[A-Za-z0-9_@=+-][A-Za-z0-9_@=+.-]{0,250}\.ics", href)
    after = look(
        calendar,
        publication(*(shift(uid, "20270201T070000Z", "20270201T150000Z") for uid in reversed(UIDS))),
        server,
    )
    assert set(after) == set(before)
    assert all(said(after[href].data).uid == said(before[href].data).uid for href in before)


def test_addresses_and_versions_are_the_same_in_another_process(
    calendar: FeedCalendar, server: FeedServer
) -> None:
    """Nothing about them depends on the process that made them."""
    server.feed = publication(shift("a"), vevent("DTSTART:20270104T070000Z", "SUMMARY:without"))
    code = (
        "import sys; from connectors.calendars.feed import FeedCalendar\n"
        "calendar = FeedCalendar(sys.argv[1])\n"
        "for item in calendar.changes(None, {}).items: print(item.href, item.etag)\n"
        "calendar.close()"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, server.url],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        cwd=Path(__file__).parents[2],
    ).stdout
    assert sorted(said.splitlines()) == sorted(f"{item.href} {item.etag}" for item in items(calendar))


SERIES = (
    vevent(
        "UID:series",
        "RECURRENCE-ID;TZID=Eastern Standard Time:20270111T070000",
        "DTSTART;TZID=Europe/Zurich:20270112T140000",
        "DTEND;TZID=Europe/Zurich:20270112T180000",
        "SUMMARY:moved",
    ),
    vevent(
        "UID:series",
        "DTSTART;TZID=Eastern Standard Time:20270104T070000",
        "DTEND;TZID=Eastern Standard Time:20270104T150000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "SUMMARY:weekly",
    ),
)


def _occurrences(item: Item) -> list[tuple[str, str]]:
    found = ical.read(item.data, date(2027, 1, 1), date(2027, 3, 31))
    assert found.problems == ()
    whens = [(event.summary, event.when) for event in found.events]
    return sorted(
        (
            summary,
            f"{when.start.astimezone(UTC):%m-%dT%H:%M}"
            if isinstance(when, Timed)
            else f"{when.first:%m-%d}..{when.last:%m-%d}",
        )
        for summary, when in whens
    )


def test_a_series_and_its_exceptions_are_one_item(calendar: FeedCalendar, server: FeedServer) -> None:
    """All components of a UID stand together, wherever in the feed they were, with the zones of them all."""
    server.feed = publication(ZURICH, SERIES[0], shift("between"), SERIES[1], EASTERN)
    found = {data: item for item in items(calendar) for data in ("series", "between") if data in item.data}
    assert len(found) == 2
    assert _occurrences(found["series"]) == [
        ("moved", "01-12T13:00"),
        ("weekly", "01-04T12:00"),
        ("weekly", "01-18T12:00"),
    ]
    assert _occurrences(found["between"]) == [("shift between", "01-04T07:00")]


def test_an_exception_that_changes_changes_the_series(calendar: FeedCalendar, server: FeedServer) -> None:
    """A new exception, another text in one, or one that is withdrawn is a new version of the one item."""
    other = SERIES[0].replace("moved", "moved again")
    seen = [
        versions(calendar, publication(ZURICH, EASTERN, *components), server)
        for components in (SERIES, SERIES[1:], (other, SERIES[1]))
    ]
    assert [len(one) for one in seen] == [1, 1, 1]
    assert len({href for one in seen for href in one}) == 1
    assert len({etag for one in seen for etag in one.values()}) == 3


def test_exceptions_without_their_series_are_one_item(calendar: FeedCalendar, server: FeedServer) -> None:
    """Where only single dates of a series were shared, they still belong together."""
    second = SERIES[0].replace("20270111T", "20270118T").replace("20270112T", "20270119T")
    server.feed = publication(ZURICH, EASTERN, SERIES[0], second)
    (item,) = items(calendar)
    assert _occurrences(item) == [("moved", "01-12T13:00"), ("moved", "01-19T13:00")]


def test_an_item_carries_the_zones_it_needs(calendar: FeedCalendar, server: FeedServer) -> None:
    """Each zone that is named in an event comes with it, quoted or not, and no other."""
    server.feed = publication(
        ZURICH,
        EASTERN,
        vevent(
            "UID:east",
            'DTSTART;TZID="Eastern Standard Time":20270104T070000',
            'DTEND;TZID="Eastern Standard Time":20270104T150000',
            "SUMMARY:east",
        ),
        vevent(
            "UID:zurich",
            "DTSTART;VALUE=DATE-TIME;TZID=Europe/Zurich:20270105T070000",
            "DURATION:PT8H",
            "SUMMARY:zurich",
        ),
        shift("universal", "20270106T070000Z", "20270106T150000Z"),
    )
    found = items(calendar)
    assert [_occurrences(item) for item in found] == [
        [("east", "01-04T12:00")],
        [("zurich", "01-05T06:00")],
        [("shift universal", "01-06T07:00")],
    ]
    assert [re.findall(r"(?m)^TZID:(.*?)\r?$", item.data) for item in found] == [
        ["Eastern Standard Time"],
        ["Europe/Zurich"],
        [],
    ]


ONE_UID = tuple(
    shift("20270104", f"20270104T{hour:02}0000Z", f"20270104T{hour + 8:02}0000Z") for hour in (0, 7, 15)
)


def test_one_uid_for_several_events_keeps_them_all(calendar: FeedCalendar, server: FeedServer) -> None:
    """A feed that gives one UID to all shifts of a day loses none of them."""
    server.feed = publication(shift("other", "20270109T070000Z", "20270109T150000Z"), *ONE_UID)
    found = items(calendar)
    assert [_occurrences(item) for item in found] == [
        [("shift 20270104", "01-04T00:00")],
        [("shift 20270104", "01-04T07:00")],
        [("shift 20270104", "01-04T15:00")],
        [("shift other", "01-09T07:00")],
    ]


def test_events_under_one_uid_come_and_go_alone(calendar: FeedCalendar, server: FeedServer) -> None:
    """Their order says nothing, and one that is withdrawn or changed is told without the others."""
    server.feed = publication(*ONE_UID)
    mirror = Mirror(calendar)
    mirror.look()
    (last,) = (
        href for href, data in mirror.texts.items() if "T150000Z\r\nDTEND:20270104T23" in unfolded(data)
    )
    server.feed = publication(*reversed(ONE_UID))
    found = mirror.look()
    assert (found.items, found.gone) == ((), frozenset())
    server.feed = publication(*ONE_UID[:2], ONE_UID[2].replace("SUMMARY:", "SUMMARY:late "))
    assert [item.href for item in mirror.look().items] == [last]
    server.feed = publication(*ONE_UID[:2])
    found = mirror.look()
    assert (found.items, found.gone) == ((), frozenset({last}))


def test_the_same_event_twice_is_no_trouble(calendar: FeedCalendar, server: FeedServer) -> None:
    """An event that a feed repeats word for word is told at least once, under different addresses."""
    server.feed = publication(ONE_UID[0], ONE_UID[0], shift("other"))
    assert {said(item.data).uid for item in items(calendar) if ical.only(item.data)} >= {"other"}
    assert any("UID:20270104" in item.data for item in items(calendar))


@pytest.mark.parametrize("none", ["", "UID:\n"], ids=["no UID", "an empty UID"])
def test_an_event_without_a_uid_is_known_by_what_it_is(
    calendar: FeedCalendar, server: FeedServer, none: str
) -> None:
    """Start, end and summary name it: it keeps its address while the rest changes, and each is another item."""

    def nameless(start: str, end: str, summary: str, stamp: str, room: str) -> str:
        lines = f"{none}DTSTAMP:{stamp}\nDTSTART:{start}\nDTEND:{end}\nSUMMARY:{summary}\nLOCATION:{room}"
        return vevent(*lines.split("\n"))

    start, end = "20270104T070000Z", "20270104T150000Z"
    events = [
        (start, end, "a"),
        (start, end, "b"),
        (start, "20270104T160000Z", "a"),
        ("20270104T060000Z", end, "a"),
    ]

    def of(stamp: str, room: str) -> bytes:
        return publication(*(nameless(*event, stamp, room) for event in events))

    before = look(calendar, of("20261201T000000Z", "1"), server)
    assert len(before) == 4
    assert len({said(item.data).uid for item in before.values()} - {""}) == 4
    after = look(calendar, of("20261202T000000Z", "1"), server)
    assert {href: item.etag for href, item in after.items()} == {
        href: item.etag for href, item in before.items()
    }
    moved = look(calendar, of("20261202T000000Z", "2"), server)
    assert set(moved) == set(before)
    assert all(moved[href].etag != before[href].etag for href in before)


def test_a_uid_within_an_alarm_is_not_the_events(calendar: FeedCalendar, server: FeedServer) -> None:
    """Alarms may have UIDs and descriptions of their own, which name nothing."""
    alarm = "BEGIN:VALARM\nUID:alarm\nACTION:DISPLAY\nDESCRIPTION:wake up\nTRIGGER:-PT1H\nEND:VALARM"
    server.feed = publication(
        *(vevent(alarm, f"UID:{n}", f"DTSTART:2027010{n}T070000Z", f"SUMMARY:{n}") for n in (4, 5))
    )
    assert [said(item.data).uid for item in items(calendar)] == ["4", "5"]


def test_components_of_another_kind_cost_nothing(calendar: FeedCalendar, server: FeedServer) -> None:
    """Tasks, journals, free-busy times and things nobody knows leave the events as they are."""
    others = [
        f"BEGIN:{kind}\nUID:{kind}\nDTSTART:20270104T070000Z\nEND:{kind}"
        for kind in ("VTODO", "VJOURNAL", "VFREEBUSY", "X-THING")
    ]
    server.feed = publication(*others, shift("a"), *others)
    found = calendar.changes(None, {})
    assert [said(item.data).uid for item in found.items if "BEGIN:VEVENT" in item.data] == ["a"]


# -- what is a change -------------------------------------------------------------------------------------------

SUMMARY = "Nachtdienst in der Notaufnahme, Zürich, mit einem längeren Titel als in eine Zeile geht · 夜勤"
BASE = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Feed//EN
X-WR-CALNAME:Work
X-WR-CALDESC:made at eight
X-PUBLISHED-TTL:PT1H
{ZURICH}
BEGIN:VEVENT
UID:shift-1
DTSTAMP:20261201T080000Z
CREATED:20261101T080000Z
LAST-MODIFIED:20261130T080000Z
SEQUENCE:1
DTSTART;TZID=Europe/Zurich:20270104T190000
DTEND;TZID=Europe/Zurich:20270105T070000
SUMMARY:{SUMMARY.replace(",", chr(92) + ",")}
DESCRIPTION:Desk 4\\nAutoSync: 2026-12-01 08:00\\nBring the badge
LOCATION:Ward A
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR"""


def swap(old: str, new: str) -> Callable[[str], bytes]:
    assert BASE.count(old) == 1
    return lambda base: crlf(base.replace(old, new))


def _reversed(base: str) -> bytes:
    head, inner, tail = re.split(r"(?<=BEGIN:VEVENT\n)|\n(?=END:VEVENT)", base)
    return crlf("\n".join((head.rstrip("\n"), *reversed(inner.split("\n")), tail)))


def _folded(width: int, indent: bytes) -> Callable[[str], bytes]:
    """Folded by bytes, as old exporters do it: in the middle of a letter, too."""

    def fold(base: str) -> bytes:
        raw = base.encode().split(b"\n")
        lines = [[line[at : at + width] for at in range(0, len(line), width)] for line in raw]
        return b"\r\n".join((b"\r\n" + indent).join(line) for line in lines) + b"\r\n"

    return fold


SAME: dict[str, Callable[[str], bytes]] = {
    "DTSTAMP": swap("DTSTAMP:20261201T080000Z", "DTSTAMP:20261201T090000Z"),
    "no DTSTAMP": swap("DTSTAMP:20261201T080000Z\n", ""),
    "DTSTAMP with a parameter": swap("DTSTAMP:2", "DTSTAMP;VALUE=DATE-TIME:2"),
    "CREATED": swap("CREATED:20261101", "CREATED:20261102"),
    "no CREATED": swap("CREATED:20261101T080000Z\n", ""),
    "LAST-MODIFIED": swap("LAST-MODIFIED:20261130", "LAST-MODIFIED:20261201"),
    "no LAST-MODIFIED": swap("LAST-MODIFIED:20261130T080000Z\n", ""),
    "SEQUENCE": swap("SEQUENCE:1", "SEQUENCE:2"),
    "no SEQUENCE": swap("SEQUENCE:1\n", ""),
    "X-WR-CALNAME": swap("X-WR-CALNAME:Work", "X-WR-CALNAME:Working"),
    "X-WR-CALDESC": swap("made at eight", "made at nine"),
    "X-PUBLISHED-TTL": swap("TTL:PT1H", "TTL:PT2H"),
    "no X-WR and no TTL": swap("X-WR-CALNAME:Work\nX-WR-CALDESC:made at eight\nX-PUBLISHED-TTL:PT1H\n", ""),
    "X-WR within the event": swap("LOCATION:", "X-WR-THING:7\nLOCATION:"),
    "AutoSync": swap("AutoSync: 2026-12-01 08:00", "AutoSync: 2026-12-01 09:00"),
    "autosync": swap("AutoSync: 2026-12-01 08:00", "autosync at nine"),
    "AUTOSYNCED": swap("AutoSync: 2026-12-01 08:00", "AUTOSYNCED by Example\\, at nine\\; again"),
    "no AutoSync": swap("AutoSync: 2026-12-01 08:00\\n", ""),
    "two AutoSyncs": swap("\\nBring", "\\nAutoSync: 2\\nBring"),
    "AutoSync with \\N": swap("\\nAutoSync: 2026-12-01 08:00\\n", "\\NAutoSync: 2026-12-01 09:00\\N"),
    "a long AutoSync": lambda base: _folded(60, b" ")(base.replace("2026-12-01 08:00", "again and " * 20)),
    "order of properties": _reversed,
    "LF": lambda base: base.encode(),
    "LF, and an end of line at the end": lambda base: f"{base}\n".encode(),
    "mixed ends of lines": lambda base: base.replace("\nD", "\r\nD").encode(),
    "empty lines at the end": lambda base: crlf(f"{base}\n\n"),
    "folded at 75": _folded(75, b" "),
    "folded at 20": _folded(20, b" "),
    "folded at 33 with tabs": _folded(33, b"\t"),
    "folded everywhere, within letters, too": lambda base: re.sub(
        rb"(?m)^(SUMMARY.*|LOCATION.*|DESCRIPTION.*)\r$",
        lambda found: b"\r\n ".join(bytes([byte]) for byte in found[0].rstrip(b"\r")) + b"\r",
        crlf(base),
    ),
    "folded, with LF": lambda base: _folded(30, b" ")(base).replace(b"\r\n", b"\n"),
    "a byte order mark": lambda base: b"\xef\xbb\xbf" + crlf(base),
    "another event before it": swap("BEGIN:VEVENT", f"{shift('before')}\nBEGIN:VEVENT"),
    "another zone beside it": swap("BEGIN:VEVENT", f"{EASTERN}\nBEGIN:VEVENT"),
}
"""What a feed may change without saying anything about a shift."""

OTHER: dict[str, Callable[[str], bytes]] = {
    "summary": swap("SUMMARY:Nachtdienst", "SUMMARY:Tagdienst"),
    "case of the summary": swap("SUMMARY:Nachtdienst", "SUMMARY:NACHTDIENST"),
    "start": swap("20270104T190000", "20270104T180000"),
    "end": swap("20270105T070000", "20270105T080000"),
    "no end": swap("DTEND;TZID=Europe/Zurich:20270105T070000\n", ""),
    "start and end swapped": lambda base: crlf(
        base.replace("DTSTART;TZ", "DT;TZ").replace("DTEND;TZ", "DTSTART;TZ").replace("DT;TZ", "DTEND;TZ")
    ),
    "zone": lambda base: crlf(base.replace("TZID=Europe/Zurich", "TZID=Europe/London")),
    "location": swap("Ward A", "Ward B"),
    "status": swap("CONFIRMED", "CANCELLED"),
    "description": swap("Desk 4", "Desk 5"),
    "AutoSync inside of a line": swap("Bring the badge", "Bring the AutoSync badge"),
    "a rule": swap("LOCATION:", "RRULE:FREQ=DAILY;COUNT=2\nLOCATION:"),
    "transparency": swap("LOCATION:", "TRANSP:TRANSPARENT\nLOCATION:"),
}
"""What does say something."""


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME.keys())
def test_what_is_not_about_the_shift_is_no_change(
    calendar: FeedCalendar, server: FeedServer, edit: Callable[[str], bytes]
) -> None:
    """Stamps, numbers, remarks of the exporter, order and folding leave address, version and meaning as they are."""
    (before,) = look(calendar, crlf(BASE), server).values()
    edited = edit(BASE)
    assert edited != crlf(BASE)
    after = look(calendar, edited, server)
    assert after[before.href].etag == before.etag
    for item in (before, after[before.href]):
        event = said(item.data)
        assert (event.summary, event.uid, event.location) == (SUMMARY, "shift-1", "Ward A")
        assert isinstance(event.when, Timed)
        assert event.when.start.astimezone(UTC) == datetime(2027, 1, 4, 18, tzinfo=UTC)


@pytest.mark.parametrize("edit", OTHER.values(), ids=OTHER.keys())
def test_what_is_about_the_shift_is_a_change(
    calendar: FeedCalendar, server: FeedServer, edit: Callable[[str], bytes]
) -> None:
    """Whatever says another thing about the shift gives it another version at the same address."""
    (before,) = look(calendar, crlf(BASE), server).values()
    (after,) = look(calendar, edit(BASE), server).values()
    assert after.href == before.href
    assert after.etag != before.etag


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SUMMARY:AutoSync A", "SUMMARY:AutoSync B"),
        ("LOCATION:AutoSync A", "LOCATION:AutoSync B"),
        ("DESCRIPTION:with\n  AutoSync A", "DESCRIPTION:with\n  AutoSync B"),
        ("DESCRIPTION:a\\nDesk 4: AutoSync A", "DESCRIPTION:a\\nDesk 4: AutoSync B"),
        ("DESCRIPTION:with an\\\\nAutoSync A", "DESCRIPTION:with an\\\\nAutoSync B"),
        ("DESCRIPTION:a\\nAutoSync: 1\\nb", "DESCRIPTION:a\\nAutoSync: 1\\nc"),
        ("SUMMARY:DTSTAMP:1", "SUMMARY:DTSTAMP:2"),
        ("DESCRIPTION:one\\nSEQUENCE:1", "DESCRIPTION:one\\nSEQUENCE:2"),
        ("DESCRIPTION:one\n SEQUENCE:1", "DESCRIPTION:one\n SEQUENCE:2"),
        ("SUMMARY:a\nLOCATION:b", "SUMMARY:b\nLOCATION:a"),
    ],
)
def test_what_only_looks_like_a_remark_is_a_change(
    calendar: FeedCalendar, server: FeedServer, one: str, two: str
) -> None:
    """Only a line of the description that begins so is the exporter's; the rest is somebody's word."""
    seen = [
        versions(calendar, publication(vevent("UID:a", "DTSTART:20270104T070000Z", lines)), server)
        for lines in (one, two)
    ]
    assert list(seen[0]) == list(seen[1])
    assert seen[0] != seen[1]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("DESCRIPTION:AutoSync", "DESCRIPTION:autosync again"),
        ("DESCRIPTION:AutoSync: 1", "DESCRIPTION:AutoSync: 2"),
        ("DESCRIPTION:AutoSync: 8:00\\nDesk 4", "DESCRIPTION:AutoSync: 9:00\\nDesk 4"),
        ("DESCRIPTION:Desk 4\\nAutoSync: 8:00", "DESCRIPTION:Desk 4\\nAUTOSYNC: 9:00"),
        ("DESCRIPTION;LANGUAGE=en-US:AutoSync: 1", "DESCRIPTION;LANGUAGE=en-US:AutoSync: 2"),
        (
            'DESCRIPTION;ALTREP="http://a.example/1":AutoSync: 1',
            'DESCRIPTION;ALTREP="http://a.example/1":AutoSync: 2',
        ),
    ],
)
def test_a_remark_may_stand_in_any_line(
    calendar: FeedCalendar, server: FeedServer, one: str, two: str
) -> None:
    """The exporter's line may be the first, the last or the only one of a description."""
    seen = [
        versions(calendar, publication(vevent("UID:a", "DTSTART:20270104T070000Z", lines)), server)
        for lines in (one, two)
    ]
    assert seen[0] == seen[1]


def test_a_volatile_feed_is_quiet(calendar: FeedCalendar, server: FeedServer) -> None:
    """A feed that is new in everything but the shifts at each look is told once, and then no more."""
    server.feed, server.volatile = crlf(BASE), True
    server.honours = frozenset({"etag"})
    server.answers = [Answer()]
    mirror = Mirror(calendar)
    assert len(mirror.look().items) == 1
    for _ in range(3):
        found = mirror.look()
        assert (found.items, found.gone, found.listed) == ((), frozenset(), 1)


# -- what is gone -----------------------------------------------------------------------------------------------


def month(number: int, year: int = 2020) -> str:
    return shift(f"{year}-{number}", f"{year}{number:02}10T070000Z", f"{year}{number:02}10T150000Z")


@pytest.fixture
def rolled(calendar: FeedCalendar, publisher: Publisher) -> Callable[..., tuple[Mirror, Changes]]:
    """Looks at a feed of these events, and again after some were taken out of it: what was told then."""

    def roll(*events: str, without: Sequence[int]) -> tuple[Mirror, Changes]:
        mirror = Mirror(calendar)
        publisher.server.feed = publication(ZURICH, *events)
        mirror.look()
        left = [event for number, event in enumerate(events) if number not in without]
        publisher.server.feed = publication(ZURICH, *left)
        return mirror, mirror.look()

    return roll


def _uids(mirror: Mirror) -> set[str]:
    return {found[1] for data in mirror.texts.values() if (found := re.search(r"(?m)^UID:(\S+)", data))}


def test_what_fell_out_of_the_window_is_not_gone(
    rolled: Callable[..., tuple[Mirror, Changes]], calendar: FeedCalendar
) -> None:
    """What ended before all that a feed still lists was not withdrawn; also when it is looked at again."""
    mirror, found = rolled(month(1), month(2), month(3), month(4), without=[0, 1])
    assert (found.items, found.gone, found.listed) == ((), frozenset(), 2)
    assert mirror.look().gone == frozenset()
    assert calendar.changes(None, mirror.known).gone == frozenset()
    assert _uids(mirror) == {"2020-1", "2020-2", "2020-3", "2020-4"}


@pytest.mark.parametrize(
    ("without", "left"),
    [([1], {"2020-1", "2020-3"}), ([2], {"2020-1", "2020-2"}), ([1, 2], {"2020-1"})],
    ids=["in the middle", "at the end", "all but the first"],
)
def test_what_is_missing_within_the_window_is_gone(
    rolled: Callable[..., tuple[Mirror, Changes]], without: Sequence[int], left: set[str]
) -> None:
    """What is no longer listed, later than something that still is, was withdrawn."""
    mirror, found = rolled(month(1), month(2), month(3), without=without)
    assert len(found.gone) == len(without)
    assert _uids(mirror) == left


def test_what_fell_out_and_what_is_gone_are_told_apart(
    rolled: Callable[..., tuple[Mirror, Changes]],
) -> None:
    """The window may roll on while something within it is withdrawn."""
    mirror, found = rolled(month(1), month(2), month(3), month(4), without=[0, 2])
    assert len(found.gone) == 1
    assert _uids(mirror) == {"2020-1", "2020-2", "2020-4"}


JANUARY: dict[str, tuple[str, ...]] = {
    "in UTC": (month(1),),
    "in a zone": (
        vevent(
            "UID:old",
            "DTSTART;TZID=Europe/Zurich:20200110T190000",
            "DTEND;TZID=Europe/Zurich:20200111T070000",
        ),
    ),
    "with a length": (vevent("UID:old", "DTSTART:20200110T190000Z", "DURATION:PT12H"),),
    "without an end": (vevent("UID:old", "DTSTART:20200110T190000Z"),),
    "all day": (vevent("UID:old", "DTSTART;VALUE=DATE:20200110", "DTEND;VALUE=DATE:20200113"),),
    "all day without an end": (vevent("UID:old", "DTSTART;VALUE=DATE:20200110"),),
    "floating": (vevent("UID:old", "DTSTART:20200110T190000", "DTEND:20200111T070000"),),
    "a series with its last day": (
        vevent("UID:old", "DTSTART:20200103T190000Z", "RRULE:FREQ=WEEKLY;UNTIL=20200124T190000Z"),
    ),
}


@pytest.mark.parametrize("old", JANUARY.values(), ids=JANUARY.keys())
def test_every_kind_of_event_can_fall_out(
    rolled: Callable[..., tuple[Mirror, Changes]], old: tuple[str, ...]
) -> None:
    """When an event ended can be told of all of them; what is left is of every kind, too."""
    for later in (month(3), vevent("UID:later", "DTSTART;VALUE=DATE:20200310")):
        mirror, found = rolled(*old, later, without=[0])
        assert found.gone == frozenset()
        assert len(mirror.known) == 2


REACHING: dict[str, tuple[str, ...]] = {
    "begun before": (vevent("UID:old", "DTSTART:20200110T190000Z", "DTEND:20200401T070000Z"),),
    "with a length, begun before": (vevent("UID:old", "DTSTART:20200110T190000Z", "DURATION:P90D"),),
    "all day, begun before": (vevent("UID:old", "DTSTART;VALUE=DATE:20200110", "DTEND;VALUE=DATE:20200401"),),
    "a series without an end": (vevent("UID:old", "DTSTART:20200103T190000Z", "RRULE:FREQ=WEEKLY"),),
    "a series that ends later": (
        vevent("UID:old", "DTSTART:20200103T190000Z", "RRULE:FREQ=WEEKLY;UNTIL=20200601T190000Z"),
    ),
    "a series of many": (vevent("UID:old", "DTSTART:20200103T190000Z", "RRULE:FREQ=WEEKLY;COUNT=50"),),
    "a series with a date of its own": (
        vevent("UID:old", "DTSTART:20200103T190000Z", "RDATE:20200501T190000Z,20200601T190000Z"),
    ),
    "an exception that was moved on": (
        vevent("UID:old", "DTSTART:20200103T190000Z", "RRULE:FREQ=WEEKLY;UNTIL=20200124T190000Z"),
        vevent("UID:old", "RECURRENCE-ID:20200117T190000Z", "DTSTART:20200417T190000Z"),
    ),
    "without a start": (vevent("UID:old", "SUMMARY:broken"),),
    "with a start that is none": (vevent("UID:old", "DTSTART:tomorrow", "SUMMARY:broken"),),
}


@pytest.mark.parametrize("old", REACHING.values(), ids=REACHING.keys())
def test_what_reaches_into_the_window_is_gone(
    rolled: Callable[..., tuple[Mirror, Changes]], old: tuple[str, ...]
) -> None:
    """What had not ended before the earliest event, or cannot be told to have, is gone when it is not listed."""
    mirror, found = rolled(*old, month(3), without=range(len(old)))
    assert len(found.gone) == 1
    assert _uids(mirror) == {"2020-3"}


@pytest.mark.parametrize("version", ["1", '"1"', "", "0-abc", "20190101", "x", "19991231T000000Z"])
def test_a_version_that_no_feed_made_says_nothing_of_an_end(
    calendar: FeedCalendar, server: FeedServer, version: str
) -> None:
    """What is known from elsewhere, and is not listed here, is gone."""
    server.feed = publication(month(1))
    assert calendar.changes(None, {"old.ics": version}).gone == {"old.ics"}


def test_the_next_shift_withdrawn_is_gone(rolled: Callable[..., tuple[Mirror, Changes]]) -> None:
    """What has not ended yet fell out of no window: the first shift to come that is no longer listed is gone."""
    mirror, found = rolled(month(1, 2090), month(2, 2090), month(3, 2090), without=[0])
    assert len(found.gone) == 1
    assert _uids(mirror) == {"2090-2", "2090-3"}


def test_a_broken_event_opens_no_window(calendar: FeedCalendar, server: FeedServer) -> None:
    """What is still listed and cannot be read says nothing about where the feed begins."""
    broken = vevent("UID:broken", "DTSTART:tomorrow")
    server.feed = publication(broken, month(1), month(2), month(3))
    mirror = Mirror(calendar)
    mirror.look()
    server.feed = publication(broken, month(3))
    assert mirror.look().gone == frozenset()
    server.feed = publication(broken)
    mirror.look()


@pytest.mark.parametrize("honours", ["", "etag"])
def test_an_emptied_feed_says_that_all_is_gone(
    calendar: FeedCalendar, publisher: Publisher, honours: str
) -> None:
    """A whole calendar without an event in it is an answer: nothing is left, whenever it was."""
    publisher.server.honours = frozenset(honours.split())
    for name in ("one", "two"):
        publisher.put(name)
    publisher.publish("old", month(1))
    mirror = Mirror(calendar)
    mirror.look()
    known = set(mirror.known)
    for body in (EMPTY, publication(ZURICH, head="X-WR-CALNAME:Work")):
        publisher.server.feed = body
        found = calendar.changes(mirror.cursor, mirror.known)
        assert (found.items, found.gone, found.listed) == ((), frozenset(known), 0)


# -- what is no answer ------------------------------------------------------------------------------------------

ONE = publication(shift("a"), shift("b"))
MENTIONED = publication(
    vevent("UID:a", "DTSTART:20270104T070000Z", "DESCRIPTION:it says\n END:VCALENDAR\\nEND:VCALENDAR"),
    shift("b"),
)
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t\r\n",
    "a byte order mark": b"\xef\xbb\xbf",
    "HTML": HTML,
    "HTML after blanks": b"\r\n\r\n" + HTML,
    "HTML with a feed quoted": HTML.replace(b"Welcome", b"<pre>" + ONE + b"</pre>"),
    "JSON": b'{"error": "busy"}',
    "XML": b'<?xml version="1.0"?><C:calendar-data/>',
    "words": b"The schedule is being updated. Please try again later.",
    "no beginning": ONE.split(b"\r\n", 1)[1],
    "no end": ONE.replace(b"END:VCALENDAR\r\n", b""),
    "half an end": ONE[: -len(b"ALENDAR\r\n")],
    "cut between events": ONE[: ONE.index(b"BEGIN:VEVENT\r\nUID:b")],
    "cut within an event": ONE[: ONE.index(b"UID:b")],
    "cut after the head": ONE[: ONE.index(b"BEGIN:VEVENT")],
    "cut, with the end mentioned": MENTIONED[: MENTIONED.index(b"UID:b")],
    "cut within a second calendar": ONE + ONE[: ONE.index(b"BEGIN:VEVENT\r\nUID:b")],
    "only the end": b"END:VCALENDAR\r\n",
    "the end before the beginning": b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
    "another component": b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:R. Example\r\nEND:VCARD\r\n",
    "noise": bytes(range(256)) * 20,
    "gzip that nobody announced": bomb(0),
}
"""What comes under status 200 and the type of a calendar, and is none."""

Faults = dict[str, tuple[Answer, type[ConnectorError]]]
SAYING: Faults = {name: (Answer(200, body, ICS), UnreachableError) for name, body in BODIES.items()}
FAULTS: Faults = {
    **SAYING,
    "HTML that says so": (Answer(200, HTML, {"Content-Type": "text/html"}), UnreachableError),
    "202": (Answer(202, HTML), UnreachableError),
    "204": (Answer(204), UnreachableError),
    "400": (Answer(400), ConnectorError),
    "401": (Answer(401, b"", {"WWW-Authenticate": 'Basic realm="x"'}), RefusedError),
    "401 without a challenge": (Answer(401), RefusedError),
    "401 with a feed": (Answer(401, ONE, ICS), RefusedError),
    "403": (Answer(403, HTML), RefusedError),
    "404": (Answer(404, HTML), MissingError),
    "404 with an empty feed": (Answer(404, EMPTY, ICS), MissingError),
    "410": (Answer(410), MissingError),
    "418": (Answer(418), ConnectorError),
    "429": (Answer(429), UnreachableError),
    "500": (Answer(500, b"Internal Server Error"), UnreachableError),
    "500 with a feed": (Answer(500, ONE, ICS), UnreachableError),
    "502": (Answer(502, HTML), UnreachableError),
    "503": (Answer(503), UnreachableError),
    "504": (Answer(504), UnreachableError),
    "599": (Answer(599), UnreachableError),
    "cut off": (Answer(200, ONE, ICS, cut=10), UnreachableError),
    "cut off after the last event": (Answer(200, ONE + b"\r\n" * 9, ICS, cut=9), UnreachableError),
    "chunks without an end": (Answer(200, ONE, ICS, cut=10, chunked=True), UnreachableError),
    "chunks without the last": (Answer(200, ONE[:-17], ICS, chunked=True), UnreachableError),
    "without a length, cut": (Answer(200, ONE, ICS, cut=10, unmeasured=True), UnreachableError),
    "gzip that is cut off": (Answer(200, ONE, ICS, cut=30, gzip=True), UnreachableError),
    "gzip that is cut": (Answer(200, ONE, ICS, cut=30, gzip=True, unmeasured=True), UnreachableError),
    "gzip that is none": (Answer(200, ONE, {**ICS, "Content-Encoding": "gzip"}), UnreachableError),
    "gzip of nothing": (Answer(200, b"", {**ICS, "Content-Encoding": "gzip"}), UnreachableError),
    "an encoding that nobody knows": (
        Answer(200, bytes(range(200, 256)), {**ICS, "Content-Encoding": "x-unheard-of"}),
        UnreachableError,
    ),
    "a length that is none": (Answer(200, b"", {**ICS, "Content-Length": "many"}), UnreachableError),
}
"""What may meet any question; a plain ConnectorError leaves open which."""


def _params(faults: Faults) -> list[object]:
    return [pytest.param(answer, kind, id=name) for name, (answer, kind) in faults.items()]


SECRETS = (TOKEN, KEY, "127.0.0.1", "export.ics", "/feeds", "Sign in")


def raised(act: Callable[[], object], *secrets: str) -> ConnectorError:
    """The error, which must be ours and tell nothing of the address, not even by what is told of its causes."""
    with pytest.raises(ConnectorError) as caught:
        act()
    told = f"{caught.value!r} {caught.value.args}"
    chain: BaseException | None = caught.value
    while chain:
        told += "".join(traceback.format_exception_only(chain))
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    for secret in (*SECRETS, *secrets):
        assert secret not in told
    assert str(caught.value)
    return caught.value


QUESTIONS: dict[str, Callable[[Calendar, str | None], object]] = {
    "first look": lambda calendar, _: calendar.changes(None, KNOWN),
    "later look": lambda calendar, cursor: calendar.changes(cursor, KNOWN),
    "fetch": lambda calendar, _: calendar.fetch(list(KNOWN)),
}


@pytest.fixture
def cursor(calendar: FeedCalendar, server: FeedServer) -> str | None:
    server.honours = frozenset({"etag", "last-modified"})
    made = calendar.changes(None, {}).cursor
    server.asked.clear()
    return made


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize(("answer", "kind"), _params(FAULTS))
def test_a_failed_question_is_never_an_answer(
    server: FeedServer,
    calendar: FeedCalendar,
    cursor: str | None,
    ask: Callable[[Calendar, str | None], object],
    answer: Answer,
    kind: type[ConnectorError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever comes instead of a feed raises the error of its kind, after one request, and tells no secret."""
    server.answers = [answer]
    with caplog.at_level(logging.INFO):
        error = raised(lambda: ask(calendar, cursor))
    assert type(error) is kind or (kind is ConnectorError and isinstance(error, kind))
    assert len(server.asked) == 1
    assert not any(secret in caplog.text for secret in SECRETS)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize("status", [429, 503])
def test_the_pause_a_server_asks_for_is_kept(
    server: FeedServer,
    calendar: FeedCalendar,
    ask: Callable[[Calendar, str | None], object],
    status: int,
) -> None:
    """Retry-After comes through, in seconds, and is not waited for here."""
    server.answers = [Answer(status, b"", {"Retry-After": "120"})]
    started = time.monotonic()
    error = raised(lambda: ask(calendar, None))
    assert isinstance(error, UnreachableError)
    assert error.retry_after == 120
    assert time.monotonic() - started < LONG


@pytest.mark.parametrize("ahead", [timedelta(seconds=120), timedelta(hours=-1), timedelta(days=-9999)])
def test_the_pause_may_end_at_a_date(server: FeedServer, calendar: FeedCalendar, ahead: timedelta) -> None:
    """A date to come is so many seconds from now; one that has passed asks for no pause."""
    end = format_datetime(datetime.now(UTC) + ahead, usegmt=True)
    server.answers = [Answer(429, b"", {"Retry-After": end})]
    error = raised(lambda: calendar.changes(None, KNOWN))
    assert isinstance(error, UnreachableError)
    if ahead > timedelta():
        assert error.retry_after is not None
        assert 100 < error.retry_after <= 121
    else:
        assert not error.retry_after


@pytest.mark.parametrize(
    "header",
    [
        "",
        "soon",
        "-5",
        "1.5",
        "nan",
        "inf",
        "-inf",
        "1e400",
        "9" * 400,
        "Tue, 99 Foo 2027 25:61:61 GMT",
        "²",
        "Tue, 01 Dec 2099 12:00:00",
        "Tue, 01 Dec 2099 12:00:00 -0000",
    ],
)
def test_a_pause_that_is_none_is_no_trouble(server: FeedServer, calendar: FeedCalendar, header: str) -> None:
    """Whatever stands in Retry-After, the error is of its kind, and its seconds are a number or none."""
    server.answers = [Answer(429, b"", {"Retry-After": header})]
    error = raised(lambda: calendar.changes(None, KNOWN))
    assert isinstance(error, UnreachableError)
    assert error.retry_after is None or 0 <= error.retry_after < float("inf")


def test_nobody_there_is_unreachable() -> None:
    """A refused connection is no contact."""
    port = free_port()
    calendar = FeedCalendar(f"http://127.0.0.1:{port}{HOME}")
    for ask in QUESTIONS.values():
        assert type(raised(partial(ask, calendar, None), str(port))) is UnreachableError
    calendar.close()


def test_a_name_that_nobody_has_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer from the name service there is no contact, and the name is not told."""

    def nothing(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known: feeds.example.org")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    calendar = FeedCalendar(f"https://feeds.example.org{HOME}")
    error = raised(lambda: calendar.changes(None, KNOWN), "feeds.example.org", "example")
    calendar.close()
    assert type(error) is UnreachableError


@dataclass
class Listener:
    """Takes connections, reads a little, says a word or none, and hangs up."""

    socket: socket.socket
    word: bytes = b""
    heard: list[bytes] = field(default_factory=list)

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.socket.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                try:
                    self.heard.append(connection.recv(4096))
                    connection.sendall(self.word)
                except OSError:
                    continue


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        found = Listener(made)
        thread = threading.Thread(target=found.serve, daemon=True)
        thread.start()
        yield found
        made.shutdown(socket.SHUT_RDWR)
        thread.join(LONG)


@pytest.mark.parametrize(
    "word",
    [
        b"",
        b"\x00\x01\x02\r\n\r\n",
        b"HTTP/1.1 2OO Fine\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nContent-Type text/calendar\r\n\r\n" + ONE[:-40],
        b"HTTP/1.1 200 Fine\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nBEGIN",
        b"220 mail.example.org ESMTP\r\n",
    ],
    ids=[
        "no word",
        "noise",
        "a broken status",
        "a broken header",
        "a long header",
        "many headers",
        "chunks",
        "SMTP",
    ],
)
def test_a_server_that_speaks_no_http_is_unreachable(listener: Listener, word: bytes) -> None:
    """Whatever a program at that address says, it is no contact."""
    listener.word = word
    calendar = FeedCalendar(f"http://{listener.authority}{HOME}")
    error = raised(lambda: calendar.changes(None, KNOWN))
    calendar.close()
    assert type(error) is UnreachableError


# -- patience and size ------------------------------------------------------------------------------------------


def test_the_limits_are_what_they_should_be() -> None:
    """A minute in all, and 32 megabytes, by either count."""
    assert feed_download.TOTAL == 60
    assert 32_000_000 <= feed_download.LARGEST <= 32 * 2**20
    assert all(0 < seconds <= feed_download.TOTAL for seconds in feed_download.TIMEOUTS)
    assert len(feed_download.TIMEOUTS) == 2


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_hanging_ends_soon(
    server: FeedServer, hasty: FeedCalendar, ask: Callable[[Calendar, str | None], object]
) -> None:
    """A server that says nothing is given up on after the time that is allowed, and is not asked again at once."""
    server.answers = [Answer(hang=LONG)]
    started = time.monotonic()
    assert type(raised(lambda: ask(hasty, None))) is UnreachableError
    assert time.monotonic() - started < LONG
    assert len(server.asked) == 1


def test_silence_in_the_middle_ends_soon(server: FeedServer, hasty: FeedCalendar) -> None:
    """A server that falls silent within its answer is given up on, too."""
    server.answers = [Answer(trickle=LONG)]
    started = time.monotonic()
    assert type(raised(lambda: hasty.changes(None, KNOWN))) is UnreachableError
    assert time.monotonic() - started < LONG


TRICKLES: dict[str, Answer] = {
    "plain": Answer(200, ONE * 9, ICS, trickle=0.02),
    "without a length": Answer(200, ONE * 9, ICS, trickle=0.02, unmeasured=True),
    "in chunks": Answer(200, ONE * 9, ICS, trickle=0.02, chunked=True),
    "packed": Answer(200, bytes(range(256)) * 9, ICS, trickle=0.02, gzip=True),
    "packed, in chunks": Answer(200, bytes(range(256)) * 9, ICS, trickle=0.02, gzip=True, chunked=True),
    "in the headers": Answer(200, ONE, {**ICS, "X-Long": "x" * 2000}, trickle=0.02, trickle_head=True),
    "before the headers": Answer(200, ONE, ICS, flood=True),
    "of an error": Answer(500, HTML * 9, trickle=0.02),
}


@pytest.mark.parametrize("answer", TRICKLES.values(), ids=TRICKLES.keys())
def test_a_trickle_ends_when_the_time_is_up(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    """Bytes that keep coming, one at a time, do not make the time that is allowed any longer."""
    monkeypatch.setattr(feed_download, "TIMEOUTS", (2.0, 2.0))
    monkeypatch.setattr(feed_download, "TOTAL", 0.5)
    calendar = FeedCalendar(server.url)
    server.answers = [answer, Answer(404)]
    started = time.monotonic()
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()
    assert time.monotonic() - started < PATIENCE


def test_redirects_take_no_more_time_together(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that is allowed is for the whole look, however many addresses it leads to."""
    monkeypatch.setattr(feed_download, "TIMEOUTS", (2.0, 2.0))
    monkeypatch.setattr(feed_download, "TOTAL", 0.5)
    server.feed = ONE
    server.places = {f"/{hop}": Answer(302, b"", {"Location": f"/{hop + 1}"}, hang=0.4) for hop in range(4)}
    server.places["/4"] = Answer(hang=0.4)
    calendar = FeedCalendar(server.at("/0"))
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()


def test_a_slow_answer_in_time_is_taken(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow is no failure while each piece and the whole come in time."""
    monkeypatch.setattr(feed_download, "TIMEOUTS", (1.0, 1.0))
    server.feed = publication(shift("a"))
    server.answers = [Answer(trickle=1.1 / len(server.feed))]
    calendar = FeedCalendar(server.url)
    started = time.monotonic()
    assert [said(item.data).uid for item in items(calendar)] == ["a"]
    calendar.close()
    assert time.monotonic() - started > 1.0


def _sized(length: int) -> bytes:
    padding = length - len(publication(shift("a"), head="X-PADDING:"))
    body = publication(shift("a"), head="X-PADDING:" + "0" * padding)
    assert len(body) == length
    return body


SHAPES: dict[str, Answer] = {
    "plain": Answer(),
    "without a length": Answer(unmeasured=True),
    "in chunks": Answer(chunked=True),
    "packed": Answer(gzip=True),
    "packed, in chunks": Answer(gzip=True, chunked=True),
    "packed, without a length": Answer(gzip=True, unmeasured=True),
}


@pytest.mark.parametrize("answer", SHAPES.values(), ids=SHAPES.keys())
def test_what_is_too_large_is_not_taken(
    server: FeedServer, calendar: FeedCalendar, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    """The limit is for the text as it is read, however it comes; what just fits is taken."""
    monkeypatch.setattr(feed_download, "LARGEST", 20_000)
    server.answers = [answer]
    server.feed = _sized(20_000)
    assert [said(item.data).uid for item in items(calendar)] == ["a"]
    server.feed = _sized(20_001)
    for ask in QUESTIONS.values():
        assert type(raised(partial(ask, calendar, None))) is UnreachableError


PACKED = {**ICS, "Content-Encoding": "gzip"}
BOMBS: dict[str, Callable[[], Answer]] = {
    "as the feed": lambda: Answer(200, bomb(250), PACKED),
    "as an error": lambda: Answer(500, bomb(250), PACKED),
    "as a redirect": lambda: Answer(302, bomb(250), {**PACKED, "Location": "/gone"}),
    "twice packed": lambda: Answer(200, gzip.compress(bomb(250)), {**ICS, "Content-Encoding": "gzip, gzip"}),
}


@pytest.mark.parametrize("answer", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_costs_no_memory(
    server: FeedServer, calendar: FeedCalendar, monkeypatch: pytest.MonkeyPatch, answer: Callable[[], Answer]
) -> None:
    """A quarter of a megabyte that unpacks to 250 is refused before all of it is unpacked, whatever it comes as."""
    monkeypatch.setattr(feed_download, "LARGEST", 1_000_000)
    server.answers = [answer(), Answer(500)]
    tracemalloc.start()
    try:
        assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def test_a_large_feed_is_read(server: FeedServer, calendar: FeedCalendar) -> None:
    """Twenty megabytes of forty thousand shifts are all listed, and the next look tells the one that changed."""
    start = datetime(2027, 1, 1, tzinfo=UTC)
    words = "All of the reasons, one after the other. ".replace(",", "\\,") * 8

    def one(number: int, summary: str) -> str:
        begins = start + timedelta(hours=number)
        return vevent(
            f"UID:shift-{number}@example.org",
            "DTSTAMP:20261201T080000Z",
            f"DTSTART;TZID=Europe/Zurich:{begins:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Zurich:{begins + timedelta(hours=8):%Y%m%dT%H%M%S}",
            f"SUMMARY:{summary}",
            f"DESCRIPTION:{words}",
            "LOCATION:Ward A",
        )

    components = [one(number, "shift") for number in range(40_000)]
    server.feed = publication(ZURICH, *components)
    assert len(server.feed) > 20_000_000
    mirror = Mirror(calendar)
    found = mirror.look()
    assert (len(found.items), found.listed, len(mirror.known)) == (40_000, 40_000, 40_000)
    components[20_000] = one(20_000, "changed")
    del components[30_000]
    server.feed = publication(ZURICH, *components)
    found = mirror.look()
    assert [said(item.data).summary for item in found.items] == ["changed"]
    assert (len(found.gone), found.listed) == (1, 39_999)


# -- where it leads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("hops", [1, 5])
@pytest.mark.parametrize("whole", [False, True], ids=["a path", "a whole address"])
def test_redirects_are_followed(server: FeedServer, status: int, hops: int, whole: bool) -> None:
    """Up to five redirects lead to the feed, and each later look begins where the first did."""
    server.feed, server.honours = ONE, frozenset({"etag"})
    for hop in range(hops):
        there = HOME if hop == hops - 1 else f"/{hop + 1}"
        server.places[f"/{hop}"] = moved(server.at(there) if whole else there, status)
    calendar = FeedCalendar(server.at("/0"))
    mirror = Mirror(calendar)
    assert len(mirror.look().items) == 2
    assert mirror.look().items == ()
    calendar.close()
    assert [asked.path for asked in server.asked] == [*(f"/{hop}" for hop in range(hops)), HOME] * 2
    assert "if-none-match" in server.asked[-1].headers


def test_a_sixth_redirect_is_one_too_many(server: FeedServer) -> None:
    """Six redirects are no contact, though a feed is at their end."""
    server.feed = ONE
    for hop in range(6):
        server.places[f"/{TOKEN}/{hop}"] = moved(HOME if hop == 5 else f"/{TOKEN}/{hop + 1}")
    calendar = FeedCalendar(server.at(f"/{TOKEN}/0"))
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()
    assert HOME not in [asked.path for asked in server.asked]


@pytest.mark.parametrize("round_trip", [1, 2])
def test_a_circle_of_redirects_is_unreachable(
    server: FeedServer, calendar: FeedCalendar, round_trip: int
) -> None:
    """A feed that leads back to itself is given up on after a few requests."""
    server.places = {HOME: moved(HOME if round_trip == 1 else "/back"), "/back": moved(HOME)}
    for ask in QUESTIONS.values():
        server.asked.clear()
        assert type(raised(partial(ask, calendar, None))) is UnreachableError
        assert len(server.asked) <= 6


@pytest.mark.parametrize(
    "location",
    [
        None,
        "",
        "file:///etc/hostname",
        "ftp://127.0.0.1/feed.ics",
        "data:text/calendar,BEGIN:VCALENDAR%0D%0AEND:VCALENDAR",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:port/",
        "//",
        "http://feeds.example.org\\@127.0.0.1/",
        "/a b\x7f",
    ],
)
def test_a_redirect_to_nowhere_is_our_error(
    server: FeedServer, calendar: FeedCalendar, location: str | None
) -> None:
    """Whatever a redirect names instead of a web address, it raises an error of ours, and no file is read."""
    server.answers = [Answer(302, b"", {} if location is None else {"Location": location}), Answer(404)]
    raised(lambda: calendar.changes(None, KNOWN))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(200, HTML, {"Content-Type": "text/html"}), UnreachableError),
        (Answer(403), RefusedError),
        (Answer(404), MissingError),
        (Answer(500), UnreachableError),
    ],
)
def test_what_is_at_the_end_of_a_redirect_counts(
    server: FeedServer, calendar: FeedCalendar, answer: Answer, kind: type[ConnectorError]
) -> None:
    """A redirect to a page to sign in on is no feed."""
    server.places = {
        HOME: moved(f"/login?next=/feeds/{TOKEN}/export.ics"),
        f"/login?next=/feeds/{TOKEN}/export.ics": answer,
    }
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is kind


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A server over TLS that clients trust."""
    trusted, _, _ = certificate.read_text("ascii").partition("-----BEGIN PRIVATE")
    monkeypatch.setattr("wassima.generate_ca_bundle", lambda: trusted)
    with running(certificate) as server:
        yield server


def test_a_feed_over_tls_is_read(secure: FeedServer) -> None:
    """Over TLS it is the same, a redirect from there to there included."""
    secure.feed = ONE
    secure.places = {"/old": moved(HOME)}
    for path in (HOME, "/old"):
        calendar = FeedCalendar(secure.at(path))
        assert len(items(calendar)) == 2
        calendar.close()


def test_a_redirect_to_tls_is_followed(secure: FeedServer, server: FeedServer) -> None:
    """From plain to TLS is a step in the right direction."""
    secure.feed = ONE
    server.answers = [moved(secure.url)]
    calendar = FeedCalendar(server.url)
    assert len(items(calendar)) == 2
    calendar.close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_away_from_tls_is_refused(secure: FeedServer, server: FeedServer, status: int) -> None:
    """What was asked for in secret is not asked for in the open, though a feed is there."""
    server.feed = ONE
    secure.places = {HOME: moved(server.url, status)}
    calendar = FeedCalendar(secure.url)
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()
    assert (len(secure.asked), server.asked) == (1, [])


def test_a_redirect_there_and_back_again_is_refused(secure: FeedServer, server: FeedServer) -> None:
    """From plain to TLS and then to plain is away from TLS."""
    server.feed = ONE
    server.places = {"/start": moved(secure.at("/back"))}
    secure.places = {"/back": moved(server.url)}
    calendar = FeedCalendar(server.at("/start"))
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()
    assert [asked.path for asked in server.asked] == ["/start"]


def test_a_server_that_nobody_vouches_for_is_unreachable(certificate: Path) -> None:
    """A certificate that is not trusted ends it before the address is told."""
    with running(certificate) as server:
        server.feed = ONE
        calendar = FeedCalendar(server.url)
        error = raised(lambda: calendar.changes(None, KNOWN))
        calendar.close()
        assert type(error) is UnreachableError
        assert server.asked == []


@pytest.mark.parametrize("scheme", ["webcal", "WebCal", "https", "HTTPS"])
def test_webcal_is_read_as_https(listener: Listener, scheme: str) -> None:
    """The first thing that is said at such an address is the beginning of TLS."""
    calendar = FeedCalendar(f"{scheme}://{listener.authority}{HOME}")
    assert type(raised(lambda: calendar.changes(None, KNOWN))) is UnreachableError
    calendar.close()
    assert listener.heard[0][:2] == b"\x16\x03"
    assert not any(TOKEN.encode() in heard for heard in listener.heard)


def test_a_webcal_feed_is_read(secure: FeedServer) -> None:
    """An address as publishers print it works as it is."""
    secure.feed = ONE
    calendar = FeedCalendar(secure.url.replace("https://", "webcal://"))
    assert len(items(calendar)) == 2
    calendar.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"{TOKEN}",
        f"feeds.example.org/{TOKEN}",
        f"http:///{TOKEN}",
        f"http://[/{TOKEN}",
        f"http://127.0.0.1:99999/{TOKEN}",
        f"http://127.0.0.1:{TOKEN}/",
        f"ftp://127.0.0.1/{TOKEN}",
        f"file:///etc/hostname?{TOKEN}",
        f"http://{TOKEN}..example/",
        f"http://xn--{TOKEN}\u2100.example/",
        f"http://{'a' * 70}.example/{TOKEN}",
    ],
)
def test_an_address_that_is_none_is_our_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no web address raises an error of ours that does not repeat it, at the latest on looking."""

    def nothing(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    raised(lambda: FeedCalendar(url).changes(None, KNOWN))


# -- secrets ----------------------------------------------------------------------------------------------------


def test_a_calendar_does_not_show_its_address(server: FeedServer) -> None:
    """However a calendar is printed, before and after it was used, its address is not in it."""
    calendar = FeedCalendar(server.url.replace("127.0.0.1", "someone:a-password@127.0.0.1"))
    for _ in range(2):
        for told in (repr(calendar), str(calendar), f"{calendar}", f"{[calendar]}"):
            assert not any(secret in told for secret in (*SECRETS, "someone", "a-password", str(server.port)))
        calendar.close()
        server.answers = [Answer(404)]
        error = raised(lambda: calendar.changes(None, KNOWN), "someone", "a-password", str(server.port))
        assert isinstance(error, MissingError)


def test_the_environment_is_not_asked(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No proxy gets to see a feed's address, and no password of another program goes there."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password a-password\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.feed = ONE
    calendar = FeedCalendar(server.url)
    assert len(items(calendar)) == 2
    calendar.close()
    assert "authorization" not in server.asked[0].headers


# -- encodings --------------------------------------------------------------------------------------------------

WORDS = "Zürich · 夜勤 · 🏥"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/calendar",
        "text/calendar; charset=utf-8",
        "text/calendar; charset=iso-8859-1",
        "text/plain",
        "",
        "??",
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_utf_8_is_read_whatever_the_headers_say(
    server: FeedServer, calendar: FeedCalendar, content_type: str, mark: bytes
) -> None:
    """What is UTF-8 is read as that; the type in the headers is often wrong."""
    body = mark + publication(vevent("UID:a", "DTSTART:20270104T070000Z", f"SUMMARY:{WORDS}"))
    server.answers = [Answer(200, body, {"Content-Type": content_type})]
    assert [said(item.data).summary for item in items(calendar)] == [WORDS]


def test_what_is_no_utf_8_is_read_as_latin_1(server: FeedServer, calendar: FeedCalendar) -> None:
    """Old exporters write one byte a letter."""
    server.feed = publication(vevent("UID:a", "DTSTART:20270104T070000Z", "SUMMARY:Nachtdienst Zürich é"))
    server.feed = server.feed.decode().encode("latin-1")
    assert [said(item.data).summary for item in items(calendar)] == ["Nachtdienst Zürich é"]


@pytest.mark.parametrize(
    "odd", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\x0c", b"\x1b", b"\x85", b"\xe2\x80\xa8"]
)
def test_odd_bytes_are_no_trouble(server: FeedServer, calendar: FeedCalendar, odd: bytes) -> None:
    """Bytes that are no letter, and ends of lines that are none, cost at most that letter."""
    server.feed = publication(shift("a"), shift("b", "20270105T070000Z", "20270105T150000Z")).replace(
        b"shift a", b"sh" + odd + b"ift a"
    )
    found = items(calendar)
    assert len(found) == 2
    assert _occurrences(found[1]) == [("shift b", "01-05T07:00")]
    event = said(found[0].data)
    assert event.uid == "a"
    assert event.summary.endswith("ift a")


@pytest.mark.parametrize("answer", SHAPES.values(), ids=SHAPES.keys())
def test_however_it_comes_it_is_the_same(server: FeedServer, calendar: FeedCalendar, answer: Answer) -> None:
    """Packed or not, measured, in chunks or till the end: the same feed is the same items."""
    plain = look(calendar, crlf(BASE), server)
    server.answers = [answer]
    assert look(calendar, crlf(BASE), server) == plain


def test_names_in_any_case_are_read(server: FeedServer, calendar: FeedCalendar) -> None:
    """In iCalendar the case of names does not matter."""
    body = ONE.decode()
    for name in ("BEGIN", "END:", "VCALENDAR", "VEVENT", "UID", "DTSTART", "DTEND", "SUMMARY"):
        body = body.replace(name, name.lower())
    server.feed = body.encode()
    assert sorted(said(item.data).uid for item in items(calendar)) == ["a", "b"]


def test_two_calendars_in_one_answer_are_never_half(server: FeedServer, calendar: FeedCalendar) -> None:
    """Where two calendars come one after the other, the events of both are told, or it is no answer."""
    server.feed = publication(shift("a")) + publication(shift("b"))
    try:
        found = items(calendar)
    except UnreachableError:
        return
    assert sorted(said(item.data).uid for item in found) == ["a", "b"]


# -- one bad event ----------------------------------------------------------------------------------------------

WHEN = "DTSTART:20270104T070000Z"
LINES: dict[str, str] = {
    "no start": "LOCATION:Ward A",
    "a start that is no time": "DTSTART:tomorrow",
    "a start without a value": "DTSTART:",
    "a start that never was": "DTSTART:20270231T250000Z",
    "two starts": f"{WHEN}\nDTSTART:20270105T070000Z",
    "an end before the start": f"{WHEN}\nDTEND:20270103T070000Z",
    "an end that is no time": f"{WHEN}\nDTEND:PT8H",
    "a length that is none": f"{WHEN}\nDURATION:eight hours",
    "a time with a date for an end": f"{WHEN}\nDTEND;VALUE=DATE:20270105",
    "a zone that nobody knows": "DTSTART;TZID=Nowhere/At All:20270104T070000",
    "a zone without a name": "DTSTART;TZID=:20270104T070000",
    "a parameter that is none": "DTSTART;=;;:20270104T070000",
    "a quote without an end": 'DTSTART;TZID="Europe/Zurich:20270104T070000',
    "a line without a colon": f"{WHEN}\nand nothing else",
    "an empty line": f"{WHEN}\n\nLOCATION:Ward A",
    "a line that is a colon": f"{WHEN}\n:",
    "a name that is none": f"{WHEN}\nÜ b:1",
    "a rule that is none": f"{WHEN}\nRRULE:every now and then",
    "a rule for ever so often": f"{WHEN}\nRRULE:FREQ=SECONDLY",
    "a rule with an end that is none": f"{WHEN}\nRRULE:FREQ=DAILY;UNTIL=later",
    "an exception that is none": f"{WHEN}\nRECURRENCE-ID:that one",
    "a number that is none": f"{WHEN}\nSEQUENCE:many",
    "an alarm without an end": f"{WHEN}\nBEGIN:VALARM\nTRIGGER:-PT1H",
    "an end of nothing": f"{WHEN}\nEND:VALARM",
    "the year one": "DTSTART:00010101T000000Z",
    "the last year of all": "DTSTART:99991231T235959Z\nDURATION:P9999W",
}
BAD: dict[str, str] = {
    **{name: vevent("UID:bad", "SUMMARY:broken shift", lines) for name, lines in LINES.items()},
    "no UID and no start": vevent("SUMMARY:broken shift"),
    "no end of itself": vevent("UID:bad", "SUMMARY:broken shift", WHEN).removesuffix("\nEND:VEVENT"),
}


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_event_costs_itself_alone(
    server: FeedServer, calendar: FeedCalendar, bad: str, where: str
) -> None:
    """The good one keeps address, version and meaning; the bad one is an item of its own with what text it has."""
    good = vevent(
        "UID:good",
        "DTSTART;TZID=Europe/Zurich:20270104T070000",
        "DTEND;TZID=Europe/Zurich:20270104T150000",
        "SUMMARY:good shift",
    )
    (alone,) = look(calendar, publication(ZURICH, good), server).values()
    both = (bad, good) if where == "before" else (good, bad)
    found = look(calendar, publication(ZURICH, *both), server)
    assert len(found) == 2
    assert found[alone.href].etag == alone.etag
    assert _occurrences(found.pop(alone.href)) == [("good shift", "01-04T06:00")]
    (other,) = found.values()
    assert "broken shift" in unfolded(other.data)
    assert "good shift" not in unfolded(other.data)
    ical.read(other.data, date(2027, 1, 1), date(2027, 1, 31))


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_event_is_told_once(server: FeedServer, calendar: FeedCalendar, bad: str) -> None:
    """A bad event has a version, too: it is no news at the next look, and gone when it is not listed."""
    good = shift("good", "20200104T070000Z", "20200104T150000Z")
    server.feed = publication(good, bad)
    mirror = Mirror(calendar)
    mirror.look()
    found = mirror.look()
    assert (found.items, found.gone, found.listed) == ((), frozenset(), 2)
    server.feed = publication(good)
    mirror.look()
    assert calendar.changes(None, {}).listed == 1


# -- feeds as publishers make them ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """What is in a feed: how many items; what of it is readable as it is, in UTC; words that must be somewhere."""

    count: int
    shifts: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()


SAMPLES: dict[str, Sample] = {
    "qgenda": Sample(
        4,
        (
            ("Backup Call [Lindqvist, R.]", "01-09..01-09"),
            ("ED North 11p-7a [Lindqvist, R.]", "01-07T04:00"),
            ("ED North 7a-3p [Lindqvist, R.]", "01-04T12:00"),
            ("Vacation [Lindqvist, R.]", "01-15..01-19"),
        ),
        ("Approved by the scheduler.", "Task: ED North 11p-7a"),
    ),
    "amion": Sample(
        5,
        (
            ("ICU call - weekend", "01-08..01-10"),
            ("Jeopardy", "01-18..01-18"),
            ("Night float", "01-04..01-04"),
        ),
        ("DTSTART:20270112T070000", "DTEND:20270112T190000", "DTSTART:20270113T190000", "DURATION:PT12H"),
    ),
    "shiftadmin": Sample(
        3,
        (
            ("Cedar Valley - Day 1", "01-03T14:00"),
            ("Cedar Valley - Day 2", "01-10T14:00"),
            ("Cedar Valley - Night", "01-05T01:00"),
        ),
        ("Offered for trade", "STATUS:TENTATIVE"),
    ),
    "lightning_bolt": Sample(
        4,
        (
            ("Anesthesia OR 4", "01-04T13:00"),
            ("Call 1", "01-08..01-08"),
            ("In-house night", "03-13T00:00"),
            ("Telehealth West", "01-06T16:00"),
        ),
    ),
    "teamsnap": Sample(
        3,
        (
            ("Practice: Ravens at the old mill field", "01-05T23:00"),
            ("Ravens vs. Otters", "01-09T15:00"),
            ("[CANCELED] Ravens vs. Herons", "01-16T15:00"),
        ),
        ("Bring two balls and a jumper\\, it will be cold.", "(America/New_York)", "STATUS:CANCELLED"),
    ),
    "outlook365": Sample(
        3,
        (
            ("Call with the western site", "01-06T16:00"),
            ("Clinic", "01-04T08:00"),
            ("Clinic", "01-25T08:00"),
            ("Clinic", "02-01T08:00"),
            ("Clinic (moved)", "01-12T13:00"),
            ("Congress", "01-21..01-23"),
        ),
    ),
    "google": Sample(
        3,
        (
            ("Ferien", "01-25..01-29"),
            ("Gespräch 夜勤", "02-01T08:00"),
            ("Nachtdienst", "01-14T18:00"),
            ("Nachtdienst", "01-21T18:00"),
            ("Nachtdienst (getauscht)", "01-08T18:00"),
        ),
        ("Getauscht mit Frau Dr. Ägerter\\, danach frei",),
    ),
    "homemade": Sample(
        4,
        (("Early", "01-04T07:00"), ("Late", "01-04T15:00"), ("Without a name", "01-06T07:00")),
        ("To be told", "DTSTART:tomorrow at seven"),
    ),
}


def test_every_sample_is_tested() -> None:
    """No feed lies about without a test."""
    assert {path.stem for path in FEEDS.iterdir()} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_publishers_feed_is_read(server: FeedServer, calendar: FeedCalendar, name: str) -> None:
    """Every shift of a feed as publishers make it is told, at its time."""
    sample = SAMPLES[name]
    server.feed = (FEEDS / f"{name}.ics").read_bytes()
    found = items(calendar)
    assert len(found) == sample.count
    told: list[tuple[str, str]] = []
    for item in found:
        if ical.read(item.data, date(2027, 1, 1), date(2027, 3, 31)).problems == ():
            told += _occurrences(item)
    readable = {words for words, _ in sample.shifts}
    assert tuple(sorted(one for one in told if one[0] in readable)) == sample.shifts
    everything = "".join(unfolded(item.data) for item in found)
    assert all(words in everything for words in sample.words)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_publishers_feed_is_quiet(server: FeedServer, calendar: FeedCalendar, name: str) -> None:
    """Made anew at each look, with other stamps and remarks, it is told once; each shift that is taken out, once."""
    server.feed, server.volatile = (FEEDS / f"{name}.ics").read_bytes(), True
    mirror = Mirror(calendar)
    assert len(mirror.look().items) == SAMPLES[name].count
    first = server.text()
    found = mirror.look()
    assert (found.items, found.gone, found.listed) == ((), frozenset(), SAMPLES[name].count)
    assert server.text() != first
    server.feed = re.sub(rb"(?s)\r?\n", b"\n", server.feed)
    assert mirror.look().items == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_fetching_from_a_publishers_feed_is_looking(
    server: FeedServer, calendar: FeedCalendar, name: str
) -> None:
    """Each item can be fetched by its address, and is what the look told."""
    server.feed = (FEEDS / f"{name}.ics").read_bytes()
    found = {item.href: item for item in items(calendar)}
    assert dict(calendar.fetch(list(found))) == found


# -- writing ----------------------------------------------------------------------------------------------------

WRITES: dict[str, Callable[[FeedCalendar], object]] = {
    "create": lambda calendar: calendar.create("one.ics", text("one")),
    "update": lambda calendar: calendar.update("one.ics", text("one"), "1"),
    "delete": lambda calendar: calendar.delete("one.ics", "1"),
    "make": lambda calendar: calendar.make("Shiftward", "mark"),
}


@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES.keys())
def test_a_feed_takes_no_writes(
    server: FeedServer, calendar: FeedCalendar, act: Callable[[FeedCalendar], object]
) -> None:
    """Whatever would change a feed is refused, and nobody is asked."""
    assert type(raised(lambda: act(calendar))) is RefusedError
    assert server.asked == []


@pytest.mark.parametrize("name", ["a", "A-1", "shift-0123456789abcdef", "x" * 64])
def test_an_address_is_a_name_with_its_ending(calendar: FeedCalendar, name: str) -> None:
    """The address of a name is the name, as in a folder."""
    assert calendar.address(name) == f"{name}.ics"


def test_a_feed_is_a_calendar(calendar: FeedCalendar, publisher: Publisher) -> None:
    """It does for whoever takes a calendar; an event that comes out of it is the one that went in."""
    kept: Calendar = calendar
    publisher.put("one", "night shift", "a\nb")
    (item,) = kept.changes(None, {}).items
    event = said(item.data)
    expected = said(text("one", "night shift", "a\nb"))
    assert isinstance(event, Event)
    assert event == expected

"""Google's events as ours and ours as Google's: times, series, what people put into them, and what may never go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.calendars import google_event, ical, ical_text
from connectors.calendars.expand import EventReader
from connectors.calendars.google import GoogleCalendar
from connectors.calendars.google_event import COLORS, FURTHEST_REMINDER, MOST_REMINDERS
from connectors.event import Alarm, Days, Event, Item, Timed
from tests.connectors import google_fixtures
from tests.connectors.calendar_contract import STAMP, TEXTS, Mirror, said
from tests.connectors.google_fixtures import TITLE, Client
from tests.connectors.google_server import USER, GoogleServer
from tests.connectors.google_server_document import Json

running_google, server = google_fixtures.running_google, google_fixtures.server
account, connect = google_fixtures.account, google_fixtures.connect

ZURICH, TOKYO, NEW_YORK, LISBON = (
    ZoneInfo(key) for key in ("Europe/Zurich", "Asia/Tokyo", "America/New_York", "Europe/Lisbon")
)
AUTUMN, SPRING = date(2027, 10, 31), date(2027, 3, 28)
"""The nights in which the clocks change in Zurich."""
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = ZURICH, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), zone).replace(fold=fold)


def google_time(when: date, zone: str = "") -> Json:
    """As Google says it: an offset, and the zone by name."""
    if not isinstance(when, datetime):
        return {"date": when.isoformat()}
    return {"dateTime": when.isoformat(), "timeZone": zone or getattr(when.tzinfo, "key", "UTC")}


def body(start: date, end: date, summary: str = "visit", **more: object) -> Json:
    return {"summary": summary, "start": google_time(start), "end": google_time(end), **more}


def event(start: date, end: date, **more: object) -> Json:
    """An event as Google tells it."""
    return {"id": "abcde", "etag": '"1"', "status": "confirmed", **body(start, end), **more}


def instants(event: Event) -> tuple[str, str]:
    """Start and end as the clock shows them in Zurich; or dates."""
    when = event.when
    if isinstance(when, Days):
        return when.first.isoformat(), when.last.isoformat()
    return when.start.astimezone(ZURICH).isoformat(), when.end.astimezone(ZURICH).isoformat()


@pytest.fixture(scope="module")
def reader() -> Iterator[EventReader]:
    made = EventReader()
    yield made
    made.close()


@pytest.fixture
def phone(server: GoogleServer, connect: Client) -> Phone:
    return Phone(server, connect("primary"))


@dataclass
class Phone:
    """The clinician's own calendar, and what the daemon reads there."""

    server: GoogleServer
    calendar: GoogleCalendar

    def add(self, start: date, end: date, summary: str = "visit", **more: object) -> str:
        return str(self.server.user_insert("primary", body(start, end, summary, **more))["id"])

    def items(self) -> dict[str, Item]:
        return {item.href: item for item in self.calendar.changes(None, {}).items}

    def event(self) -> Event:
        (item,) = self.items().values()
        return said(item.data)


_looks = iter(range(1_000_000))


def seen(
    reader: EventReader, items: Iterable[Item], first: date = date(2027, 1, 1), last: date = date(2027, 1, 31)
) -> list[tuple[str, str, str]]:
    """What a person sees in a month: starts, ends and titles of all that is not cancelled."""
    readings = reader.read(f"look {next(_looks)}", items, first, last)
    assert [problem for reading in readings.values() for problem in reading.problems] == []
    events = [event for reading in readings.values() for event in reading.events]
    return sorted((*instants(event), event.summary) for event in events if event.status != "cancelled")


# -- single events ----------------------------------------------------------------------------------------------

TIMES: dict[str, tuple[date, date]] = {
    "in the zone of the calendar": (at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 18, 30)),
    "elsewhere": (at(date(2027, 1, 4), 9, zone=TOKYO), at(date(2027, 1, 4), 10, zone=TOKYO)),
    "from one zone to another": (
        at(date(2027, 1, 4), 9, zone=LISBON),
        at(date(2027, 1, 4), 20, zone=NEW_YORK),
    ),
    "in UTC": (datetime(2027, 1, 4, 13, tzinfo=UTC), datetime(2027, 1, 4, 14, tzinfo=UTC)),
    "over midnight": (at(date(2027, 1, 4), 20), at(date(2027, 1, 5), 8)),
    "of no length": (at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 14)),
    "over days": (at(date(2027, 1, 4), 14), at(date(2027, 1, 9), 14)),
    "a day": (date(2027, 1, 4), date(2027, 1, 5)),
    "days": (date(2027, 1, 4), date(2027, 1, 11)),
    "a leap day": (date(2028, 2, 29), date(2028, 3, 1)),
    "the night when an hour is left out": (at(SPRING - DAY, 20), at(SPRING, 8)),
    "up to the hour that is left out": (at(SPRING, 0), at(SPRING, 3)),
    "the night with an hour twice": (at(AUTUMN - DAY, 20), at(AUTUMN, 8)),
    "from the first of an hour twice": (at(AUTUMN, 2, 30), at(AUTUMN, 4)),
    "up to the first of an hour twice": (at(AUTUMN, 0), at(AUTUMN, 2, 30)),
    "from the second of an hour twice": (at(AUTUMN, 2, 30, fold=1), at(AUTUMN, 4)),
    "up to the second of an hour twice": (at(AUTUMN, 0), at(AUTUMN, 2, 30, fold=1)),
    "from the first to the second of an hour twice": (at(AUTUMN, 2, 15), at(AUTUMN, 2, 15, fold=1)),
    "the second of an hour twice, elsewhere": (
        at(date(2027, 11, 7), 1, 30, NEW_YORK, fold=1),
        at(date(2027, 11, 7), 7, zone=NEW_YORK),
    ),
}


def same_instants(found: Event, start: date, end: date) -> bool:
    when = found.when
    if isinstance(when, Timed):
        assert isinstance(start, datetime)
        assert isinstance(end, datetime)
        return (when.start.astimezone(UTC), when.end.astimezone(UTC)) == (
            start.astimezone(UTC),
            end.astimezone(UTC),
        )
    return (when.first, when.last + DAY) == (start, end)


@pytest.mark.parametrize(("start", "end"), TIMES.values(), ids=TIMES.keys())
def test_an_event_of_the_phone_is_when_it_is(phone: Phone, start: date, end: date) -> None:
    """Times are read to the instant, days as days, in every zone and every night of the year."""
    phone.add(start, end)
    assert same_instants(phone.event(), start, end)


@pytest.mark.parametrize(("start", "end"), TIMES.values(), ids=TIMES.keys())
def test_an_entry_of_ours_is_when_it_is(
    server: GoogleServer, connect: Client, start: date, end: date
) -> None:
    """What we write is the same instant for Google, and the same again when it is read back."""
    calendar = connect()
    assert calendar.make(TITLE, "mark")
    when = (
        Timed(start, end)
        if isinstance(start, datetime) and isinstance(end, datetime)
        else Days(start, end - DAY)
    )
    calendar.create(calendar.address("one"), ical.write(Event(uid="one", when=when), STAMP))
    (held,) = server.events(server.calendars()[0]).values()
    for name, expected in (("start", start), ("end", end)):
        if isinstance(expected, datetime):
            assert datetime.fromisoformat(held[name]["dateTime"]) == expected.astimezone(UTC)
        else:
            assert held[name] == {"date": expected.isoformat()}
    (item,) = calendar.changes(None, {}).items
    assert same_instants(said(item.data), start, end)


def test_the_zone_of_an_event_is_kept(phone: Phone) -> None:
    """Wall time and zone come through, whatever the zone of the calendar is."""
    phone.add(at(date(2027, 1, 4), 9, zone=TOKYO), at(date(2027, 1, 4), 10, zone=TOKYO))
    when = phone.event().when
    assert isinstance(when, Timed)
    assert (str(when.start.tzinfo), when.start.hour) == ("Asia/Tokyo", 9)


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Mars/Olympus",
        "GMT+02:00",
        "W. Europe Standard Time",
        "../etc/passwd",
        "Europe",
        "x" * 300,
        "\x00",
    ],
)
def test_a_zone_that_is_not_known_costs_no_time(zone: str) -> None:
    """The instant stands in the offset; only the clock on the wall is lost."""
    start, end = at(date(2027, 7, 4), 14), at(date(2027, 7, 4), 18)
    spoilt = event(start, end) | {
        name: google_time(when, zone) | {"timeZone": zone} for name, when in (("start", start), ("end", end))
    }
    found = ical.only(google_event.to_text(spoilt))
    assert found is not None
    assert same_instants(found, start, end)


def test_a_time_without_an_offset_is_in_its_zone() -> None:
    """Google's documents allow it where the zone is told."""
    told = event(at(date(2027, 7, 4), 14), at(date(2027, 7, 4), 18))
    told["start"] = {"dateTime": "2027-07-04T14:00:00", "timeZone": "Europe/Zurich"}
    found = ical.only(google_event.to_text(told))
    assert found is not None
    assert same_instants(found, at(date(2027, 7, 4), 14), at(date(2027, 7, 4), 18))


def test_a_time_without_an_offset_and_a_zone_is_asked_about() -> None:
    """It is no time of the machine that reads it."""
    bare = {"dateTime": "2027-01-04T14:00:00"}
    for told in (bare, {**bare, "timeZone": "Nowhere/Land"}):
        text = google_event.to_text({"id": "abcde", "start": told, "end": told})
        reading = ical.read(text, date(2027, 1, 1), date(2027, 1, 31))
        assert reading.events == ()
        assert reading.problems


def test_what_is_left_out_is_as_google_means_it() -> None:
    """Without a status it is confirmed; a day without an end is a day."""
    found = said(google_event.to_text({"id": "abcde", "start": {"date": "2027-01-04"}}))
    assert (found.status, found.when) == ("confirmed", Days(date(2027, 1, 4), date(2027, 1, 4)))


def test_fractions_of_a_second_and_capitals_do_no_harm() -> None:
    """Other spellings of an instant are read."""
    told = event(at(date(2027, 7, 4), 14), at(date(2027, 7, 4), 18))
    told["start"] = {"dateTime": "2027-07-04T12:00:00.000Z"}
    found = ical.only(google_event.to_text(told))
    assert found is not None
    assert same_instants(found, at(date(2027, 7, 4), 14), at(date(2027, 7, 4), 18))


# -- what is in them --------------------------------------------------------------------------------------------

WORDS = {
    **TEXTS,
    "html": '<p>See <a href="https://x.example/?a=1&amp;b=2">this</a>,<br>and&nbsp;<b>that</b></p>\n<ul><li>x</li></ul>',
    "emoji": "🏥👩‍⚕️ 🇨🇭 e\u0301 \u202ertl\u202c",
    "very long": "All of the reasons. " * 4_000,
    "other line ends": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "an event": "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "a rule": "x\nRRULE:FREQ=SECONDLY\nRECURRENCE-ID:20270104T130000Z",
    "controls": "a\x01b\x07c",
}
SERIES: tuple[str, ...] = ("RRULE:FREQ=WEEKLY;COUNT=2",)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_words_come_through(phone: Phone, words: str) -> None:
    """Title, place and description are read as they were written."""
    summary = " ".join(words.split())
    phone.add(
        at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15), summary, description=words, location=summary
    )
    found = phone.event()
    assert (found.summary, found.location, found.description) == (
        ical.clean(summary),
        ical.clean(summary),
        ical.clean(words),
    )


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_words_in_a_series_come_through(phone: Phone, reader: EventReader, words: str) -> None:
    """What somebody writes into a series does not break its rule."""
    summary = " ".join(words.split())
    start, end = at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15)
    phone.add(start, end, summary, description=words, recurrence=list(SERIES))
    found = seen(reader, phone.items().values())
    assert [(one[0][:10], one[2]) for one in found] == [
        ("2027-01-04", ical.clean(summary)),
        ("2027-01-11", ical.clean(summary)),
    ]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufeff"), max_size=200))
def test_any_words_come_through(words: str) -> None:
    """No text of anybody breaks an event, alone or in a series."""
    start, end = at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15)
    for more in ({}, {"recurrence": list(SERIES)}):
        told = event(start, end, description=words, location=words, **more) | {"summary": words}
        found = ical.read(google_event.to_text(told), date(2027, 1, 1), date(2027, 1, 31))
        assert found.problems == ()
        assert len(found.events) == (2 if more else 1)
        assert {(one.summary, one.description, one.location) for one in found.events} == {
            (ical.clean(words),) * 3
        }


def test_what_google_leaves_out_is_left_out(phone: Phone) -> None:
    """An event without a title, place or description has none."""
    phone.server.user_insert(
        "primary", {"start": google_time(date(2027, 1, 4)), "end": google_time(date(2027, 1, 5))}
    )
    found = phone.event()
    assert (found.summary, found.description, found.location) == ("", "", "")
    assert (found.status, found.transparent, found.sequence) == ("confirmed", False, 0)


def test_free_time_is_transparent_and_maybe_is_tentative(phone: Phone) -> None:
    """Availability and status of the phone are read."""
    phone.add(
        at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15), transparency="transparent", status="tentative"
    )
    found = phone.event()
    assert (found.transparent, found.status) == (True, "tentative")


@pytest.mark.parametrize(
    ("answer", "mine", "status"),
    [
        ("declined", True, "cancelled"),
        ("declined", False, "confirmed"),
        ("accepted", True, "confirmed"),
        ("tentative", True, "confirmed"),
        ("needsAction", True, "confirmed"),
    ],
)
def test_an_invitation_that_was_declined_takes_no_time(
    phone: Phone, answer: str, mine: bool, status: str
) -> None:
    """Only the clinician's own no counts, and not somebody else's."""
    guests = [
        {"email": "host@clinic.example", "organizer": True, "responseStatus": "accepted"},
        {
            "email": USER if mine else "x@clinic.example",
            "responseStatus": answer,
            **({"self": True} if mine else {}),
        },
    ]
    phone.add(at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15), attendees=guests)
    assert phone.event().status == status


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        ("default", True),
        ("focusTime", True),
        ("outOfOffice", True),
        ("fromGmail", True),
        ("workingLocation", False),
        ("birthday", False),
    ],
)
def test_events_that_take_no_time_are_not_asked_for(phone: Phone, kind: str, there: bool) -> None:
    """Working locations and birthdays are left out; what blocks time is read as busy."""
    phone.server.store.rewrite = lambda event: {**event, "eventType": kind}
    phone.add(at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15))
    items = phone.items()
    assert bool(items) is there
    assert [said(item.data).transparent for item in items.values()] == [False] * there


def test_what_may_only_be_seen_as_busy_is_busy(phone: Phone) -> None:
    """A calendar shared as free and busy has times without titles."""
    phone.add(at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15), "secret")
    phone.server.share("primary", "freeBusyReader")
    found = phone.event()
    assert (found.summary, found.transparent) == ("", False)
    assert same_instants(found, at(date(2027, 1, 4), 14), at(date(2027, 1, 4), 15))


# -- series -----------------------------------------------------------------------------------------------------

MONDAY = date(2027, 1, 4)
WEEKLY = ["RRULE:FREQ=WEEKLY;COUNT=4"]


def expected(
    *days: int, summary: str = "visit", hour: int = 14, length: int = 1
) -> list[tuple[str, str, str]]:
    """Visits on these days of January."""
    return [
        (at(date(2027, 1, day), hour).isoformat(), at(date(2027, 1, day), hour + length).isoformat(), summary)
        for day in days
    ]


@pytest.fixture
def series(phone: Phone) -> str:
    """Four Mondays at 14:00 in Zurich."""
    return phone.add(at(MONDAY, 14), at(MONDAY, 15), recurrence=WEEKLY)


def read(phone: Phone, reader: EventReader) -> list[tuple[str, str, str]]:
    return seen(reader, phone.items().values())


RULES: dict[str, tuple[list[str], tuple[int, ...]]] = {
    "a count": (WEEKLY, (4, 11, 18, 25)),
    "an end": (["RRULE:FREQ=WEEKLY;UNTIL=20270118T130000Z"], (4, 11, 18)),
    "an end on a day": (["RRULE:FREQ=WEEKLY;UNTIL=20270117T225959Z"], (4, 11)),
    "two days a week": (["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO,TH"], (4, 7, 11, 14)),
    "a left out one": ([*WEEKLY, "EXDATE;TZID=Europe/Zurich:20270111T140000"], (4, 18, 25)),
    "one left out in UTC": ([*WEEKLY, "EXDATE:20270111T130000Z"], (4, 18, 25)),
    "two left out": ([*WEEKLY, "EXDATE;TZID=Europe/Zurich:20270111T140000,20270118T140000"], (4, 25)),
    "the rule last": (["EXDATE;TZID=Europe/Zurich:20270111T140000", *WEEKLY], (4, 18, 25)),
}


@pytest.mark.parametrize(("lines", "days"), RULES.values(), ids=RULES.keys())
def test_a_series_is_where_its_lines_say(
    phone: Phone, reader: EventReader, lines: list[str], days: tuple[int, ...]
) -> None:
    """Rules, added dates and dates left out, in every spelling of Google's."""
    # The server of the tests would itself take neither every spelling nor added dates in a zone.
    phone.server.store.rewrite = lambda event: {**event, "recurrence": lines}
    phone.add(at(MONDAY, 14), at(MONDAY, 15), recurrence=WEEKLY)
    assert read(phone, reader) == expected(*days)


def test_a_rule_that_takes_dates_away_is_not_passed_over(reader: EventReader) -> None:
    """An EXRULE of old is told as a problem; without it there would be events that nobody sees."""
    told = event(at(MONDAY, 14), at(MONDAY, 15), recurrence=[*WEEKLY, "EXRULE:FREQ=WEEKLY;INTERVAL=2"])
    item = Item("abcde", '"1"', google_event.to_text(told))
    (reading,) = reader.read("exrule", [item], MONDAY, MONDAY).values()
    assert reading.problems or len(reading.events) == 2


@pytest.mark.parametrize(
    "line", ["BEGIN:VALARM", "ATTENDEE:mailto:x@y", "RRULE:FREQ=DAILY\r\nEND:VEVENT", "", "x"]
)
def test_other_lines_are_no_rules(line: str) -> None:
    """Only what is of a rule's form gets into the text."""
    told = event(at(MONDAY, 14), at(MONDAY, 15), recurrence=[line])
    plain = event(at(MONDAY, 14), at(MONDAY, 15))
    assert google_event.to_text(told) == google_event.to_text(plain)


def test_a_cancelled_one_is_not_there(phone: Phone, reader: EventReader, series: str) -> None:
    """One that was deleted is gone from the series, and from it alone."""
    phone.server.user_cancel_instance("primary", series, at(date(2027, 1, 11), 14))
    assert read(phone, reader) == expected(4, 18, 25)


def test_a_moved_one_is_where_it_was_moved(phone: Phone, reader: EventReader, series: str) -> None:
    """It is at its new hour only."""
    start = at(date(2027, 1, 11), 14)
    phone.server.user_move_instance("primary", series, start, at(start.date(), 16), at(start.date(), 17))
    assert read(phone, reader) == sorted([*expected(4, 18, 25), *expected(11, hour=16)])


@pytest.mark.parametrize("day", [12, 18, 29])
def test_one_that_was_moved_to_another_day(phone: Phone, reader: EventReader, series: str, day: int) -> None:
    """It is on the new day, also where another of the series is; the old day is free."""
    to = at(date(2027, 1, day), 16)
    phone.server.user_move_instance("primary", series, at(date(2027, 1, 11), 14), to, to + timedelta(hours=1))
    assert read(phone, reader) == sorted([*expected(4, 18, 25), *expected(day, hour=16)])


@pytest.mark.parametrize("month", [2, 6])
def test_one_that_was_moved_out_of_the_month_or_into_it(
    phone: Phone, reader: EventReader, month: int
) -> None:
    """Whichever month is looked at, it is where it was moved to."""
    series = phone.add(at(MONDAY, 14), at(MONDAY, 15), recurrence=["RRULE:FREQ=WEEKLY"])
    far = date(2027, month, 3)
    phone.server.user_move_instance("primary", series, at(date(2027, 1, 11), 14), at(far, 9), at(far, 10))
    items = list(phone.items().values())
    assert seen(reader, items) == expected(4, 18, 25)
    days = [one[0][:10] for one in seen(reader, items, far, far)]
    assert f"2027-{month:02}-03" in days
    away = date(2027, 6, 14)
    phone.server.user_move_instance(
        "primary", series, at(away, 14), at(date(2027, 1, 6), 14), at(date(2027, 1, 6), 15)
    )
    assert read(phone, reader) == expected(4, 6, 18, 25)


def test_one_with_another_title_is_told_once(phone: Phone, reader: EventReader, series: str) -> None:
    """A change of one is a change of one."""
    id_ = f"{series}_20270111T130000Z"
    phone.server.user_update(
        "primary", id_, {"summary": "longer", "end": google_time(at(date(2027, 1, 11), 17))}
    )
    found = read(phone, reader)
    assert found == sorted([*expected(4, 18, 25), *expected(11, summary="longer", length=3)])


def test_one_that_became_a_whole_day(phone: Phone, reader: EventReader, series: str) -> None:
    """An hour of a series may become a day."""
    day = date(2027, 1, 11)
    phone.server.user_update(
        "primary", f"{series}_20270111T130000Z", {"start": google_time(day), "end": google_time(day + DAY)}
    )
    assert read(phone, reader) == sorted([*expected(4, 18, 25), ("2027-01-11", "2027-01-11", "visit")])


def test_one_that_was_declined_takes_no_time(phone: Phone, reader: EventReader, series: str) -> None:
    """A no to one is no no to all, and a yes to one stands against a no to all."""
    guests = [{"email": USER, "self": True, "responseStatus": "declined"}]
    phone.server.user_update("primary", f"{series}_20270111T130000Z", {"attendees": guests})
    assert read(phone, reader) == expected(4, 18, 25)
    phone.server.user_update("primary", series, {"attendees": guests})
    assert read(phone, reader) == []
    guests[0]["responseStatus"] = "accepted"
    phone.server.user_update("primary", f"{series}_20270118T130000Z", {"attendees": guests})
    assert read(phone, reader) == expected(18)


def test_one_of_a_strangers_series_stands_alone(phone: Phone, reader: EventReader) -> None:
    """Who was invited to one of a series gets that one without the series."""
    one = event(
        at(date(2027, 1, 11), 16),
        at(date(2027, 1, 11), 17),
        recurringEventId="zzzzz",
        originalStartTime=google_time(at(date(2027, 1, 11), 14)),
    )
    assert seen(reader, [Item("zzzzz_x", '"1"', google_event.to_text(one))]) == expected(11, hour=16)
    assert not google_event.is_gone(one | {"status": "cancelled"})
    gone: Json = {"id": "zzzzz_x", "status": "cancelled", "recurringEventId": "zzzzz"}
    gone["originalStartTime"] = {"dateTime": "2027-01-11T13:00:00Z"}
    assert seen(reader, [Item("zzzzz_x", '"2"', google_event.to_text(gone))]) == []


@pytest.mark.parametrize("zone", [{}, {"timeZone": "UTC"}, {"timeZone": "America/New_York"}])
def test_a_cancelled_one_may_be_told_in_any_zone(reader: EventReader, zone: Json) -> None:
    """Which one it was, the instant tells; Google promises no more of it than that."""
    master = event(at(MONDAY, 14), at(MONDAY, 15), recurrence=WEEKLY)
    gone: Json = {"id": "abcde_20270111T130000Z", "status": "cancelled", "recurringEventId": "abcde"}
    told = gone | {"originalStartTime": {"dateTime": "2027-01-11T13:00:00Z", **zone}}
    items = [Item(one["id"], '"1"', google_event.to_text(one)) for one in (told, master)]
    assert seen(reader, items) == expected(4, 18, 25)


@pytest.mark.parametrize("days", [False, True])
def test_of_a_cancelled_one_the_id_is_enough(reader: EventReader, *, days: bool) -> None:
    """It says which series, and when it would have been."""
    start, end = (MONDAY, MONDAY + DAY) if days else (at(MONDAY, 14), at(MONDAY, 15))
    master = event(start, end, recurrence=WEEKLY)
    told = {"id": f"abcde_{'20270111' if days else '20270111T130000Z'}", "status": "cancelled"}
    items = [
        Item(str(one["id"]), '"1"', google_event.to_text(google_event.with_series(one)))
        for one in (told, master)
    ]
    assert len(seen(reader, items)) == 3
    assert not any(start.startswith("2027-01-11") for start, _, _ in seen(reader, items))


@pytest.mark.parametrize("id_", ["abcde", "abc_20271341T000000Z", "abc_20270111T130000", "_60q30c1g60o30e1i"])
def test_other_ids_say_nothing(id_: str) -> None:
    """Only what has the form of an instant names one; and what is there is not taken for cancelled."""
    assert google_event.is_gone(google_event.with_series({"id": id_, "status": "cancelled"}))
    there = event(at(MONDAY, 14), at(MONDAY, 15)) | {"id": "abcde_20270111T130000Z"}
    assert google_event.with_series(there) is there


DATED: dict[str, tuple[list[str], list[int]]] = {
    "a date left out of hours": (["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20270111"], [4, 18, 25]),
    "two dates left out": (["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20270111,20270118"], [4, 25]),
    "dates by a list": (["RDATE;VALUE=DATE:20270109,20270112"], [4, 9, 12]),
}


@pytest.mark.parametrize(("lines", "expected_"), DATED.values(), ids=DATED.keys())
@pytest.mark.parametrize("days", [False, True])
def test_a_series_may_name_dates(
    reader: EventReader, lines: list[str], expected_: list[int], *, days: bool
) -> None:
    """Of whole days and, where a program was careless, also of hours."""
    start, end = (MONDAY, MONDAY + DAY) if days else (at(MONDAY, 14), at(MONDAY, 15))
    items = [Item("abcde", '"1"', google_event.to_text(event(start, end, recurrence=lines)))]
    assert [int(start[8:10]) for start, _, _ in seen(reader, items)] == expected_


def test_a_series_that_was_deleted_is_gone_with_its_exceptions(
    phone: Phone, reader: EventReader, series: str
) -> None:
    """Neither the series nor what was moved out of it is left, whether looked at anew or on from before."""
    start = at(date(2027, 1, 11), 14)
    phone.server.user_move_instance("primary", series, start, at(start.date(), 16), at(start.date(), 17))
    phone.server.user_cancel_instance("primary", series, at(date(2027, 1, 18), 14))
    mirror = Mirror(phone.calendar)
    mirror.look()
    phone.server.user_delete("primary", series)
    assert series in mirror.look().gone
    items = [Item(href, mirror.known[href], data) for href, data in mirror.texts.items()]
    assert seen(reader, items) == []
    assert phone.calendar.changes(None, mirror.known).gone == mirror.known.keys()


def test_a_series_that_was_cut_off_and_carried_on(phone: Phone, reader: EventReader, series: str) -> None:
    """ "This and the following" ends one series and begins another."""
    phone.server.user_update("primary", series, {"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270117T225959Z"]})
    later = date(2027, 1, 18)
    phone.add(at(later, 16), at(later, 17), recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    assert read(phone, reader) == sorted([*expected(4, 11), *expected(18, 25, hour=16)])


def test_a_series_that_became_one_event_and_back(phone: Phone, reader: EventReader, series: str) -> None:
    """Without its rule only the first is left."""
    phone.server.user_update("primary", series, {"recurrence": None})
    assert read(phone, reader) == expected(4)
    phone.server.user_update("primary", series, {"recurrence": WEEKLY})
    assert read(phone, reader) == expected(4, 11, 18, 25)


def test_a_later_look_brings_exceptions_alone(phone: Phone, reader: EventReader, series: str) -> None:
    """The series is known already; what was moved and cancelled since then is put beside it."""
    mirror = Mirror(phone.calendar)
    mirror.look()
    start = at(date(2027, 1, 11), 14)
    phone.server.user_cancel_instance("primary", series, at(date(2027, 1, 18), 14))
    phone.server.user_move_instance("primary", series, start, at(start.date(), 16), at(start.date(), 17))
    assert {item.href for item in mirror.look().items}.isdisjoint({series})
    items = [Item(href, mirror.known[href], data) for href, data in mirror.texts.items()]
    assert seen(reader, items) == sorted([*expected(4, 25), *expected(11, hour=16)])
    assert len(ical_text.joined(items)) == 1
    phone.server.user_restore("primary", f"{series}_20270118T130000Z")
    mirror.look()
    items = [Item(href, mirror.known[href], data) for href, data in mirror.texts.items()]
    assert seen(reader, items) == sorted([*expected(4, 18, 25), *expected(11, hour=16)])


def test_what_was_read_is_read_again_when_an_exception_comes(
    phone: Phone, reader: EventReader, series: str
) -> None:
    """A reader that remembers the series does not miss what was moved out of it since."""
    name = f"look {next(_looks)}"
    before = reader.read(name, phone.items().values(), MONDAY, MONDAY)
    assert len(before[series].events) == 4
    phone.server.user_cancel_instance("primary", series, at(date(2027, 1, 11), 14))
    after = reader.read(name, phone.items().values(), MONDAY, MONDAY)
    assert len([one for one in after[series].events if one.status != "cancelled"]) == 3


# -- series of days, and in nights when the clocks change -------------------------------------------------------


def test_a_series_of_days(phone: Phone, reader: EventReader) -> None:
    """Days are left out, cancelled and moved as days."""
    lines = ["RRULE:FREQ=DAILY;COUNT=6", "EXDATE;VALUE=DATE:20270105", "RDATE;VALUE=DATE:20270120"]
    series = phone.add(MONDAY, MONDAY + DAY, recurrence=lines)
    phone.server.user_cancel_instance("primary", series, date(2027, 1, 7))
    phone.server.user_move_instance("primary", series, date(2027, 1, 8), date(2027, 1, 28), date(2027, 1, 31))
    days = [(4, 4), (6, 6), (9, 9), (20, 20), (28, 30)]
    assert read(phone, reader) == [(f"2027-01-{one:02}", f"2027-01-{two:02}", "visit") for one, two in days]


def test_a_day_of_a_series_that_got_an_hour(phone: Phone, reader: EventReader) -> None:
    """A whole day of a series may become an hour."""
    series = phone.add(MONDAY, MONDAY + DAY, recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    day = date(2027, 1, 11)
    phone.server.user_move_instance("primary", series, day, at(day, 14), at(day, 15))
    assert read(phone, reader) == sorted([("2027-01-04", "2027-01-04", "visit"), *expected(11)])


@pytest.mark.parametrize(
    ("change", "before", "after"), [(SPRING, "+01:00", "+02:00"), (AUTUMN, "+02:00", "+01:00")]
)
def test_a_series_keeps_its_hour_when_the_clocks_change(
    phone: Phone, reader: EventReader, change: date, before: str, after: str
) -> None:
    """Wall time stays; cancelled and moved ones on the other side are found by their instant."""
    first = change - timedelta(days=3)
    series = phone.add(at(first, 8), at(first, 9), recurrence=["RRULE:FREQ=DAILY;COUNT=7"])
    late = change + DAY
    phone.server.user_cancel_instance("primary", series, at(change, 8))
    phone.server.user_move_instance("primary", series, at(late, 8), at(late, 10), at(late, 11))
    found = [start for start, _, _ in seen(reader, phone.items().values(), first, change + 7 * DAY)]
    days = [first, first + DAY, first + 2 * DAY, late, late + DAY, late + 2 * DAY]
    hours = [(8, before)] * 3 + [(10, after)] + [(8, after)] * 2
    assert found == [f"{day}T{hour:02}:00:00{zone}" for day, (hour, zone) in zip(days, hours, strict=True)]


def test_a_series_that_begins_in_an_hour_twice_keeps_its_hour(phone: Phone, reader: EventReader) -> None:
    """A first night in which the clock shows the time twice does not move the nights that follow."""
    phone.add(at(AUTUMN, 2, 30), at(AUTUMN, 5), recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    found = [start for start, _, _ in seen(reader, phone.items().values(), AUTUMN, AUTUMN + 7 * DAY)]
    assert found == [
        "2027-10-31T02:30:00+02:00",
        "2027-11-01T02:30:00+01:00",
        "2027-11-02T02:30:00+01:00",
    ]


@pytest.mark.parametrize("moved", [True, False], ids=["moved", "cancelled"])
def test_one_of_a_series_in_an_hour_twice(phone: Phone, reader: EventReader, moved: bool) -> None:
    """The night in which the clock shows the time twice is found in its series, and left out or moved."""
    first = AUTUMN - DAY
    series = phone.add(at(first, 2, 30), at(first, 4), recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    if moved:
        phone.server.user_move_instance("primary", series, at(AUTUMN, 2, 30), at(AUTUMN, 9), at(AUTUMN, 10))
    else:
        phone.server.user_cancel_instance("primary", series, at(AUTUMN, 2, 30))
    found = [start for start, _, _ in seen(reader, phone.items().values(), first, AUTUMN + 7 * DAY)]
    between = ["2027-10-31T09:00:00+01:00"] if moved else []
    assert found == ["2027-10-30T02:30:00+02:00", *between, "2027-11-01T02:30:00+01:00"]


def test_a_series_elsewhere_follows_its_own_clock(phone: Phone, reader: EventReader) -> None:
    """A series in New York moves in Zurich when America changes its clocks, and not before."""
    first = date(2027, 3, 12)
    start, end = at(first, 9, zone=NEW_YORK), at(first, 10, zone=NEW_YORK)
    series = phone.add(start, end, recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
    phone.server.user_cancel_instance("primary", series, at(date(2027, 3, 15), 9, zone=NEW_YORK))
    found = seen(reader, phone.items().values(), first, first + 7 * DAY)
    assert [one[0] for one in found] == [
        "2027-03-12T15:00:00+01:00",
        "2027-03-13T15:00:00+01:00",
        "2027-03-14T14:00:00+01:00",
    ]


def test_nights_of_a_series_begin_and_end_by_the_clock_of_other_nights(
    phone: Phone, reader: EventReader
) -> None:
    """Nights before and after the change are from 20:00 to 08:00; the one between begins at 20:00."""
    first = AUTUMN - 2 * DAY
    phone.add(at(first, 20), at(first + DAY, 8), recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    found = seen(reader, phone.items().values(), first, AUTUMN + 3 * DAY)
    assert [one[0] for one in found] == [
        "2027-10-29T20:00:00+02:00",
        "2027-10-30T20:00:00+02:00",
        "2027-10-31T20:00:00+01:00",
    ]
    assert [found[number][1][:19] for number in (0, 2)] == ["2027-10-30T08:00:00", "2027-11-01T08:00:00"]


# -- our own entries --------------------------------------------------------------------------------------------

SENT = {
    "summary",
    "description",
    "location",
    "start",
    "end",
    "status",
    "transparency",
    "reminders",
    "colorId",
    "extendedProperties",
}
"""All that may ever be in a body of ours, beside the id."""


@pytest.fixture
def ours(server: GoogleServer, connect: Client) -> GoogleCalendar:
    calendar = connect()
    assert calendar.make(TITLE, "mark")
    return calendar


def entry(**more: object) -> Event:
    made = Event(uid="one", when=Timed(at(MONDAY, 14), at(MONDAY, 22)), summary="HOLD", description="why")
    return replace(made, **more)  # type: ignore[arg-type]


def put(calendar: GoogleCalendar, entry: Event) -> str:
    """Writes an entry, over the one of before where there is one."""
    href = calendar.address("one")
    there = calendar.fetch([href])
    text = ical.write(entry, STAMP)
    if href in there:
        calendar.update(href, text, there[href].etag)
    else:
        calendar.create(href, text)
    return href


def held(server: GoogleServer) -> Json:
    (id_,) = server.calendars()
    (found,) = server.events(id_).values()
    return found


def test_a_body_of_ours_invites_nobody(server: GoogleServer, ours: GoogleCalendar) -> None:
    """There are no fields in it but those we mean, in a new one, a changed one and a revived one; and no mail goes."""
    href = put(ours, entry(categories=("Shiftward", "Hold"), location="Ward 3"))
    put(ours, entry(summary="TAKE", categories=("Shiftward", "Take")))
    ours.delete(href, ours.fetch([href])[href].etag)
    put(ours, entry(summary="again"))
    writes = [
        asked for asked in server.requests() if asked.verb in ("POST", "PATCH") and "events" in asked.method
    ]
    assert [asked.method.rpartition(".")[2] for asked in writes] == ["insert", "patch", "insert", "patch"]
    for asked in writes:
        assert asked.json.keys() <= SENT | {"id"}
        assert asked.json["extendedProperties"] == {"private": {"shiftward": "one"}}
        assert asked.query["sendUpdates"] == ["none"]
    assert {asked.query["sendUpdates"][0] for asked in server.requests("events.delete")} == {"none"}


def test_what_is_written_into_the_text_invites_nobody_either() -> None:
    """An organiser or a guest in an object of ours would not get through."""
    text = ical.write(entry(), STAMP)
    spoilt = text.replace(
        "STATUS:", "ORGANIZER:mailto:r@clinic.example\r\nATTENDEE:mailto:x@clinic.example\r\nSTATUS:"
    )
    assert google_event.to_body(spoilt) == google_event.to_body(text)
    assert google_event.to_body(text).keys() <= SENT


def test_guests_that_the_clinician_added_stay(server: GoogleServer, ours: GoogleCalendar) -> None:
    """A change of ours leaves alone what we know nothing of, and writes to nobody."""
    href = put(ours, entry())
    (id_,) = server.calendars()
    guests = [{"email": "partner@home.example", "responseStatus": "accepted"}]
    server.user_update(id_, href, {"attendees": guests, "visibility": "private"})
    put(ours, entry(summary="TAKE"))
    assert (held(server)["attendees"], held(server)["visibility"]) == (guests, "private")
    assert held(server)["summary"] == "TAKE"


def test_an_entry_is_for_google_what_it_is_for_us(server: GoogleServer, ours: GoogleCalendar) -> None:
    """Every field arrives, and comes back the same."""
    made = entry(location="Ward 3", status="tentative", transparent=True)
    put(ours, made)
    found = held(server)
    assert (found["summary"], found["description"], found["location"]) == ("HOLD", "why", "Ward 3")
    assert (found["status"], found["transparency"]) == ("tentative", "transparent")
    assert found["start"]["timeZone"] == "Europe/Zurich"
    (item,) = ours.changes(None, {}).items
    assert replace(said(item.data), uid="one") == made


def test_what_is_emptied_is_emptied(server: GoogleServer, ours: GoogleCalendar) -> None:
    """A text that was taken away is taken away, and free time becomes busy again."""
    put(
        ours,
        entry(
            location="Ward 3", transparent=True, status="tentative", alarms=(Alarm(timedelta(hours=1), "x"),)
        ),
    )
    put(ours, entry(description=""))
    found = held(server)
    assert {"location", "description", "transparency"}.isdisjoint(found)
    assert (found["status"], found["reminders"]) == ("confirmed", {"useDefault": False})


def test_hours_become_a_day_and_hours_again(server: GoogleServer, ours: GoogleCalendar) -> None:
    """The other spelling of a time leaves nothing behind."""
    put(ours, entry())
    put(ours, entry(when=Days(MONDAY, MONDAY + DAY)))
    assert (held(server)["start"], held(server)["end"]) == ({"date": "2027-01-04"}, {"date": "2027-01-06"})
    put(ours, entry())
    assert held(server)["start"] == {"dateTime": "2027-01-04T14:00:00+01:00", "timeZone": "Europe/Zurich"}
    (item,) = ours.changes(None, {}).items
    assert said(item.data).when == entry().when


def test_a_day_becomes_hours_and_a_day_again(server: GoogleServer, ours: GoogleCalendar) -> None:
    """And the other way round."""
    put(ours, entry(when=Days(MONDAY, MONDAY)))
    put(ours, entry())
    assert "date" not in held(server)["start"]
    put(ours, entry(when=Days(MONDAY, MONDAY)))
    assert (held(server)["start"], held(server)["end"]) == ({"date": "2027-01-04"}, {"date": "2027-01-05"})


def test_an_entry_that_the_clinician_moved_is_read_where_it_is(
    server: GoogleServer, ours: GoogleCalendar
) -> None:
    """What was changed on the phone is an answer."""
    href = put(ours, entry())
    (id_,) = server.calendars()
    server.user_update(id_, href, body(at(MONDAY, 16), at(MONDAY, 23), "no HOLD"))
    (item,) = ours.changes(None, {}).items
    assert said(item.data).summary == "no HOLD"
    assert same_instants(said(item.data), at(MONDAY, 16), at(MONDAY, 23))


@pytest.mark.parametrize(("name", "color"), COLORS.items())
def test_a_colour_by_its_name(server: GoogleServer, ours: GoogleCalendar, name: str, color: str) -> None:
    """Each colour of CSS that we know is one of Google's, and changes with the entry."""
    put(ours, entry(color="gold" if name != "gold" else "crimson"))
    put(ours, entry(color=name))
    assert held(server)["colorId"] == color
    assert 1 <= int(color) <= 11


@pytest.mark.parametrize("name", ["", "chartreuse"])
def test_without_a_colour_it_is_the_calendars(server: GoogleServer, ours: GoogleCalendar, name: str) -> None:
    """A new entry without a colour, or with one that Google does not have, has none of its own."""
    put(ours, entry(color=name))
    assert "colorId" not in held(server)


HOUR = timedelta(hours=1)
REMINDERS: dict[str, tuple[tuple[timedelta | datetime, ...], list[int]]] = {
    "none": ((), []),
    "one": ((HOUR,), [60]),
    "at the start": ((timedelta(),), [0]),
    "the furthest": ((FURTHEST_REMINDER,), [40_320]),
    "too far": ((FURTHEST_REMINDER + timedelta(minutes=1), HOUR), [60]),
    "after the start": ((-HOUR, HOUR), [60]),
    "five": (tuple(HOUR * number for number in range(1, 6)), [60, 120, 180, 240, 300]),
    "six": (tuple(HOUR * number for number in range(1, 7)), [60, 120, 180, 240, 300]),
    "six, of which one is too far": (
        (FURTHEST_REMINDER * 2, *(HOUR * n for n in range(1, 6))),
        [60, 120, 180, 240, 300],
    ),
    "an instant": ((datetime(2027, 1, 4, 11, tzinfo=UTC),), [120]),
    "an instant in the autumn before": ((at(date(2026, 12, 20), 14),), [15 * 24 * 60]),
    "an instant after the start": ((datetime(2027, 1, 4, 15, tzinfo=UTC), HOUR), [60]),
    "seconds": ((timedelta(seconds=90),), [1]),
}


@pytest.mark.parametrize(("alarms", "minutes"), REMINDERS.values(), ids=REMINDERS.keys())
def test_reminders_are_ours_and_as_google_takes_them(
    server: GoogleServer, ours: GoogleCalendar, alarms: tuple[timedelta | datetime, ...], minutes: list[int]
) -> None:
    """Never the calendar's own; at most five, none after the start and none too far ahead."""
    put(ours, entry(alarms=tuple(Alarm(one, "x") for one in alarms)))
    found = held(server)["reminders"]
    assert found["useDefault"] is False
    assert found.get("overrides", []) == [{"method": "popup", "minutes": one} for one in minutes]
    assert len(minutes) <= MOST_REMINDERS


def test_reminders_of_a_day(server: GoogleServer, ours: GoogleCalendar) -> None:
    """A day begins at midnight; a reminder of the evening before is hours before that."""
    put(ours, entry(when=Days(MONDAY, MONDAY), alarms=(Alarm(timedelta(hours=6), "x"),)))
    assert held(server)["reminders"]["overrides"] == [{"method": "popup", "minutes": 360}]


def test_reminders_of_the_phone_are_no_change(server: GoogleServer, ours: GoogleCalendar) -> None:
    """An entry to which the clinician added a reminder reads as before."""
    href = put(ours, entry())
    before = said(ours.fetch([href])[href].data)
    (id_,) = server.calendars()
    server.user_update(id_, href, {"reminders": {"useDefault": True}, "colorId": "3"})
    assert said(ours.fetch([href])[href].data) == before


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)),  # noqa: DTZ001  # the zones are drawn apart
    st.sampled_from([ZURICH, TOKYO, NEW_YORK, LISBON, ZoneInfo("UTC"), ZoneInfo("Australia/Lord_Howe")]),
    st.integers(0, 60 * 48),
    st.sampled_from([0, 1]),
)
def test_any_hours_go_out_and_come_back(wall: datetime, zone: ZoneInfo, minutes: int, fold: int) -> None:
    """Every instant of every clock is the same after it was with Google."""
    start = wall.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(zone)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    sent = google_event.to_body(ical.write(entry(when=Timed(start, end)), STAMP))
    told = google_event.without_empty(sent) | {"id": "abcde", "etag": '"1"'}
    found = ical.only(google_event.to_text(told))
    assert found is not None
    assert same_instants(found, start, end)
    from_phone = ical.only(google_event.to_text(event(start, end)))
    assert from_phone is not None
    assert same_instants(from_phone, start, end)


def test_an_entry_of_ours_that_the_clinician_repeats(
    server: GoogleServer, ours: GoogleCalendar, reader: EventReader
) -> None:
    """Of a cancelled one Google tells no UID of ours; it belongs to the series all the same."""
    href = put(ours, entry())
    (id_,) = server.calendars()
    server.user_update(id_, href, {"recurrence": WEEKLY})
    server.user_cancel_instance(id_, href, at(date(2027, 1, 11), 14))
    start = at(date(2027, 1, 18), 14)
    server.user_move_instance(id_, href, start, at(start.date(), 16), at(start.date(), 23))
    found = seen(reader, ours.changes(None, {}).items)
    assert [one[0][:16] for one in found] == ["2027-01-04T14:00", "2027-01-18T16:00", "2027-01-25T14:00"]


def test_an_entry_of_ours_keeps_its_uid_elsewhere(server: GoogleServer, ours: GoogleCalendar) -> None:
    """Our UID goes along when an event is moved to another calendar, whatever becomes of it there."""
    href = put(ours, entry(uid="block-0123-instance"))
    server.user_insert("primary", {**held(server), "id": "moved00001", "iCalUID": None, "summary": "renamed"})
    (item,) = ours.fetch([href]).values()
    assert said(item.data).uid == "block-0123-instance"
    other = server.events("primary")["moved00001"]
    assert said(google_event.to_text(other)).uid == "block-0123-instance"


@pytest.mark.parametrize("uid", ["a b", "x" * 900, "ü-夜", "a;b,c\\d", "1@shiftward.example"])
def test_any_uid_of_ours_comes_back(server: GoogleServer, ours: GoogleCalendar, uid: str) -> None:
    """Whatever an entry is called, it is read back under that name."""
    href = put(ours, entry(uid=uid))
    assert said(ours.fetch([href])[href].data).uid == uid


def test_a_body_is_made_of_one_event_only() -> None:
    """What is no single event is not sent as something else."""
    for junk in (
        "",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        ical.write(entry(), STAMP).replace("STATUS", "RRULE:FREQ=DAILY\r\nSTATUS"),
    ):
        with pytest.raises(ValueError, match="no single event"):
            google_event.to_body(junk)

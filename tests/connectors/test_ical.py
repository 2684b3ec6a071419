"""iCalendar text and back: what is written is read again, and one broken event costs one event."""

from __future__ import annotations

import re
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.calendars import ical, ical_text
from connectors.calendars.ical import Reading, read, write
from connectors.event import Alarm, Days, Event, Timed

STAMP = datetime(2027, 1, 1, 8, 0, 30, 123456, tzinfo=UTC)
FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
CHICAGO, LONDON = ZoneInfo("America/Chicago"), ZoneInfo("Europe/London")


def obj(*events: str, before: str = "") -> str:
    """A calendar object of these events, each given by its lines."""
    parts = [f"BEGIN:VEVENT\r\n{one.strip()}\r\nEND:VEVENT\r\n" for one in events]
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n{before}{''.join(parts)}END:VCALENDAR\r\n"


def lines(*given: str, uid: str = "u1") -> str:
    return "\r\n".join((f"UID:{uid}", "DTSTAMP:20270101T000000Z", *given))


GOOD = lines("DTSTART:20270201T130000Z", "DTEND:20270202T010000Z", "SUMMARY:good", uid="good")
AT_NINE = ("DTSTART:20270104T090000Z", "DTEND:20270104T100000Z")


class _LateError(BaseException):
    """Passes through every `except Exception` on its way."""


def quickly(data: str, first: date = FIRST, last: date = LAST, seconds: float = 1.0) -> Reading:
    """Read, and fail what takes more seconds of the processor instead of waiting for it."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise _LateError

    before: Any = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    reading: Reading | None = None
    try:
        reading = read(data, first, last)
    except _LateError:
        reading = None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert reading is not None, f"took longer than {seconds} s"
    return reading


# -- write, and read again --------------------------------------------------------------------------------------


EVENTS: dict[str, Timed | Days] = {
    "a night in Chicago": Timed(
        datetime(2027, 1, 4, 19, tzinfo=CHICAGO), datetime(2027, 1, 5, 7, tzinfo=CHICAGO)
    ),
    "UTC": Timed(datetime(2027, 1, 4, 19, tzinfo=UTC), datetime(2027, 1, 5, 7, tzinfo=UTC)),
    "the night the clocks go forward": Timed(
        datetime(2027, 3, 13, 19, tzinfo=CHICAGO), datetime(2027, 3, 14, 7, tzinfo=CHICAGO)
    ),
    "the night the clocks go back": Timed(
        datetime(2027, 11, 6, 19, tzinfo=CHICAGO), datetime(2027, 11, 7, 7, tzinfo=CHICAGO)
    ),
    "across the year": Timed(
        datetime(2026, 12, 31, 22, tzinfo=LONDON), datetime(2027, 1, 1, 10, tzinfo=LONDON)
    ),
    "two zones": Timed(datetime(2027, 1, 4, 19, tzinfo=CHICAGO), datetime(2027, 1, 5, 13, tzinfo=LONDON)),
    "one day": Days(date(2027, 1, 4), date(2027, 1, 4)),
    "a week": Days(date(2027, 2, 26), date(2027, 3, 4)),
}


@pytest.mark.parametrize("when", EVENTS.values(), ids=EVENTS.keys())
def test_when_comes_back(when: Timed | Days) -> None:
    """Wall times, zones and whole days are read as they were written."""
    event = ical.only(write(Event(uid="u1", when=when, summary="x"), STAMP))
    assert event is not None
    assert event.when == when
    if isinstance(when, Timed):
        assert isinstance(event.when, Timed)
        assert event.when.end.astimezone(UTC) - event.when.start.astimezone(UTC) == when.end.astimezone(
            UTC
        ) - when.start.astimezone(UTC)
        assert str(event.when.start.tzinfo) == str(when.start.tzinfo)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_keeps_its_instant(fold: int) -> None:
    """01:30 on the night the clocks go back is two instants; each comes back as itself."""
    start = datetime(2027, 11, 7, 1, 30, fold=fold, tzinfo=CHICAGO)
    event = ical.only(
        write(Event(uid="u1", when=Timed(start, datetime(2027, 11, 7, 7, tzinfo=CHICAGO))), STAMP)
    )
    assert event is not None
    assert isinstance(event.when, Timed)
    assert event.when.start.astimezone(UTC) == start.astimezone(UTC)


FULL = Event(
    uid="shift-1-abcd",
    when=EVENTS["a night in Chicago"],
    summary="HOLD · Lakeside ED · night · $2,400",
    description="One; two, three\\four\nOffer lakeside-ed-0104-ab12",
    location="Lakeside, TX",
    status="tentative",
    transparent=True,
    sequence=3,
    categories=("Shiftward", "Hold"),
    color="gold",
    alarms=(
        Alarm(datetime(2027, 1, 2, 9, tzinfo=CHICAGO), "A day left to answer"),
        Alarm(timedelta(hours=12), "Your shift starts in 12 hours"),
        Alarm(timedelta(minutes=-10), "It has begun"),
    ),
)


def test_every_field_comes_back() -> None:
    """Title, text, place, status, transparency, sequence, categories and alarms survive."""
    event = ical.only(write(FULL, STAMP))
    assert event == FULL


def test_the_text_is_the_same_every_time() -> None:
    """The same event and stamp give the same bytes; another stamp changes the stamp's line alone."""
    ical._zone.cache_clear()
    one = write(FULL, STAMP)
    ical._zone.cache_clear()
    assert write(FULL, STAMP) == one == write(FULL, STAMP.astimezone(CHICAGO))
    other = write(FULL, STAMP + timedelta(days=1))
    differing = [a for a, b in zip(one.splitlines(), other.splitlines(), strict=True) if a != b]
    assert differing == ["DTSTAMP:20270101T080030Z"]


@pytest.mark.parametrize("key", EVENTS)
def test_nobody_is_ever_named(key: str) -> None:
    """No organiser, no attendee and no method, so that no server ever mails anyone."""
    event = replace(
        FULL, when=EVENTS[key], description="ORGANIZER:mailto:x@example.com\nATTENDEE:mailto:y@example.com"
    )
    for line in write(event, STAMP).replace("\r\n ", "").split("\r\n"):
        assert not line.startswith(("ORGANIZER", "ATTENDEE", "METHOD"))


def test_a_zone_is_defined_where_it_is_used() -> None:
    """Wall times carry the definition of their zone; UTC and whole days need none."""
    text = write(FULL, STAMP)
    assert "DTSTART;TZID=America/Chicago:20270104T190000\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:America/Chicago\r\n" in text
    assert write(replace(FULL, when=EVENTS["two zones"]), STAMP).count("BEGIN:VTIMEZONE") == 2
    for key in ("UTC", "one day"):
        assert "VTIMEZONE" not in write(replace(FULL, when=EVENTS[key]), STAMP)


def test_a_zone_definition_is_right_without_a_zone_database() -> None:
    """A reader that trusts the definition alone finds the same instants, winter and summer."""
    for month in (1, 7):
        start = datetime(2027, month, 4, 19, tzinfo=CHICAGO)
        text = write(Event(uid="u1", when=Timed(start, start + timedelta(hours=4))), STAMP)
        event = ical.only(text.replace("America/Chicago", "/example.com/Own Zone"))
        assert event is not None
        assert isinstance(event.when, Timed)
        assert event.when.start.astimezone(UTC) == start.astimezone(UTC)


def test_alarms_are_written_as_instants_and_as_spans() -> None:
    """An alarm at an instant is written in UTC, one before the start as a negative span, one after as a positive."""
    text = write(FULL, STAMP)
    assert "TRIGGER;VALUE=DATE-TIME:20270102T150000Z\r\n" in text
    assert "TRIGGER:-PT12H\r\n" in text
    assert "TRIGGER:PT10M\r\n" in text
    assert text.count("ACTION:DISPLAY\r\n") == 3


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    """No line is longer than 75 bytes, every line ends with CR LF, and no letter is cut in two."""
    raw = write(replace(FULL, description="夜勤 · " * 300), STAMP).encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_control_characters_are_removed() -> None:
    """What XML cannot carry is left out; tabs and line ends stay."""
    odd = "".join(chr(code) for code in (*range(32), 0x7F, 0xFFFE, 0xFFFF))
    event = Event(
        uid="u1",
        when=EVENTS["UTC"],
        summary=f"a{odd.replace(chr(10), '')}b",
        description=f"a{odd}b",
        location="x\x00y",
        alarms=(Alarm(timedelta(0), "p\x07q"),),
    )
    text = write(event, STAMP)
    assert not [c for c in text if (c < " " and c not in "\r\n\t") or c in "\x7f\ufffe\uffff"]
    found = ical.only(text)
    assert found is not None
    assert (found.summary, found.description, found.location) == ("a\tb", "a\t\nb", "xy")


# -- broken events ----------------------------------------------------------------------------------------------

BROKEN = {
    "unknown zone": lines(
        "DTSTART;TZID=Mars/Olympus:20270104T090000", "DTEND;TZID=Mars/Olympus:20270104T100000"
    ),
    "no zone at all": lines("DTSTART:20270104T090000", "DTEND:20270104T100000"),
    "every second": lines(*AT_NINE, "RRULE:FREQ=SECONDLY"),
    "every minute": lines(*AT_NINE, "RRULE:FREQ=MINUTELY;COUNT=10"),
    "every hour": lines(*AT_NINE, "RRULE:FREQ=HOURLY"),
    "an interval of zero": lines(*AT_NINE, "RRULE:FREQ=DAILY;INTERVAL=0"),
    "a negative interval": lines(*AT_NINE, "RRULE:FREQ=DAILY;INTERVAL=-1"),
    "an interval of billions": lines(*AT_NINE, "RRULE:FREQ=DAILY;INTERVAL=99999999999"),
    "an unknown frequency": lines(*AT_NINE, "RRULE:FREQ=NEVERLY"),
    "no frequency": lines(*AT_NINE, "RRULE:COUNT=3"),
    "an end before the start": lines("DTSTART:20270104T090000Z", "DTEND:20270103T090000Z"),
    "an end before the start, repeated": lines(
        "DTSTART:20270104T090000Z", "DTEND:20270103T090000Z", "RRULE:FREQ=DAILY;COUNT=3"
    ),
    "a negative duration": lines("DTSTART:20270104T090000Z", "DURATION:-PT1H"),
    "a duration of a century, repeated": lines(
        "DTSTART:20270104T090000Z", "DURATION:P36500D", "RRULE:FREQ=DAILY"
    ),
    "an end a century on, repeated": lines(
        "DTSTART:20270104T090000Z", "DTEND:21270104T090000Z", "RRULE:FREQ=DAILY"
    ),
    "no start": lines("DTEND:20270104T100000Z"),
    "no start, repeated": lines("RRULE:FREQ=DAILY"),
    "a start that is no date": lines("DTSTART:soon", "DTEND:20270104T100000Z"),
    "a start on the 31st of February": lines("DTSTART:20270231T090000Z", "DTEND:20270301T100000Z"),
    "two starts": lines("DTSTART:20270104T090000Z", "DTSTART:20270105T090000Z", "DTEND:20270105T100000Z"),
    "a date and a time": lines("DTSTART;VALUE=DATE:20270104", "DTEND:20270104T100000Z"),
    "EXRULE": lines(*AT_NINE, "RRULE:FREQ=DAILY", "EXRULE:FREQ=SECONDLY"),
    "a sequence in words": lines(*AT_NINE, "SEQUENCE:two"),
}


@pytest.mark.parametrize("event", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_event_costs_itself_alone(event: str) -> None:
    """It is told in a constant text, and the good event beside it is read."""
    reading = quickly(obj(event, GOOD))
    assert [one.uid for one in reading.events] == ["good"]
    assert len(reading.problems) == 1
    assert "Mars" not in reading.problems[0]


BOMBS = {
    "each second of each day": lines(
        *AT_NINE,
        f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))};"
        f"BYSECOND={','.join(map(str, range(60)))}",
    ),
    "each minute of each day": lines(
        *AT_NINE,
        f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}",
    ),
    "the 30th of February": lines(*AT_NINE, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "since the year 1": lines("DTSTART:00010101T090000Z", "DTEND:00010101T100000Z", "RRULE:FREQ=DAILY"),
    "forty thousand dates": lines(
        *AT_NINE,
        "RDATE:"
        + ",".join(
            f"202701{d:02}T{h:02}{m:02}00Z" for d in range(1, 29) for h in range(24) for m in range(60)
        ),
    ),
    "a billion times": lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=1000000000"),
    "a title of a million letters": lines(*AT_NINE, f"SUMMARY:{'x' * 1_000_000}"),
    "a thousand alarms": lines(
        *AT_NINE,
        *(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1S", "REPEAT:999999999", "END:VALARM"] * 1_000),
    ),
    "a thousand exceptions": lines(
        *AT_NINE,
        "RRULE:FREQ=DAILY",
        *(f"EXDATE:2027{1 + n % 12:02}{1 + n % 28:02}T090000Z" for n in range(1_000)),
    ),
}


@pytest.mark.parametrize("event", BOMBS.values(), ids=BOMBS.keys())
def test_a_malicious_event_costs_little_time(event: str) -> None:
    """Whatever a rule says, an object is read or refused within a second, and the good event is there."""
    reading = quickly(obj(event, GOOD))
    assert "good" in {one.uid for one in reading.events}
    assert len(reading.events) < 2_000


GARBAGE = {
    "nothing": "",
    "blanks": " \r\n\r\n",
    "bytes": "\x00\x01\x02\ufffd garbage",
    "HTML": "<!DOCTYPE html><html><body>Sign in</body></html>",
    "JSON": '{"events": []}',
    "truncated": obj(GOOD)[:-30],
    "an end too many": obj(GOOD) + "END:VCALENDAR\r\n",
    "nested for ever": "BEGIN:VCALENDAR\r\n" * 5_000,
    "no calendar": "BEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\n",
    "two calendars": obj(GOOD) * 2,
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_what_is_no_calendar_is_told(data: str) -> None:
    """Text that is no calendar has no events and one problem that quotes nothing of it."""
    reading = quickly(data)
    assert reading.events == ()
    (problem,) = reading.problems
    assert problem.startswith("not ")


def test_an_empty_calendar_is_no_problem() -> None:
    """A calendar without events, or with tasks only, is read in silence."""
    assert quickly(obj()) == Reading()
    assert quickly(obj(before="BEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\n")) == Reading()


def test_only_reads_single_events() -> None:
    """A recurring object, a broken one and an empty one are no single event."""
    assert ical.only(obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=3"))) is None
    assert ical.only(obj()) is None
    assert ical.only(obj(BROKEN["no start"])) is None
    assert ical.only(obj(GOOD, BROKEN["no start"])) is None
    single = ical.only(obj(GOOD))
    assert single is not None
    assert single.uid == "good"


# -- what others write ------------------------------------------------------------------------------------------


def starts(reading: Reading) -> list[str]:
    assert reading.problems == ()
    found = [event.when for event in reading.events]
    return sorted(
        when.start.astimezone(UTC).isoformat()[:16] if isinstance(when, Timed) else str(when.first)
        for when in found
    )


def test_a_series_is_read_within_the_window_alone() -> None:
    """Occurrences outside the dates asked for are left out, and each has a name of its own."""
    weekly = obj(lines(*AT_NINE, "RRULE:FREQ=WEEKLY"))
    reading = quickly(weekly, date(2027, 1, 10), date(2027, 1, 31))
    assert starts(reading) == ["2027-01-11T09:00", "2027-01-18T09:00", "2027-01-25T09:00"]
    assert len({event.occurrence for event in reading.events}) == 3


def test_exceptions_are_left_out_and_additions_put_in() -> None:
    """EXDATE takes an occurrence out and RDATE adds one."""
    data = obj(
        lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20270105T090000Z", "RDATE:20270110T120000Z")
    )
    assert starts(quickly(data)) == [
        "2027-01-04T09:00",
        "2027-01-06T09:00",
        "2027-01-07T09:00",
        "2027-01-10T12:00",
    ]


def test_a_moved_occurrence_stands_where_it_was_moved() -> None:
    """A changed occurrence replaces the one of its date, and keeps the name of that date."""
    moved = lines(
        "RECURRENCE-ID:20270105T090000Z",
        "DTSTART:20270105T150000Z",
        "DTEND:20270105T160000Z",
        "SUMMARY:moved",
    )
    reading = quickly(obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:daily"), moved))
    assert starts(reading) == ["2027-01-04T09:00", "2027-01-05T15:00", "2027-01-06T09:00"]
    (one,) = [event for event in reading.events if event.summary == "moved"]
    assert one.occurrence == "2027-01-05T09:00:00+00:00"


def test_a_cancelled_occurrence_is_cancelled_alone() -> None:
    """One cancelled occurrence is told as cancelled or left out; the others stand."""
    cancelled = lines("RECURRENCE-ID:20270105T090000Z", "DTSTART:20270105T090000Z", "STATUS:CANCELLED")
    reading = quickly(obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=3"), cancelled))
    assert reading.problems == ()
    standing = [event for event in reading.events if event.status != "cancelled"]
    assert starts(Reading(tuple(standing))) == ["2027-01-04T09:00", "2027-01-06T09:00"]


def test_a_series_keeps_its_wall_time_when_the_clocks_change() -> None:
    """07:00 in Chicago stays 07:00 there."""
    data = obj(
        lines(
            "DTSTART;TZID=America/Chicago:20270313T070000",
            "DTEND;TZID=America/Chicago:20270313T190000",
            "RRULE:FREQ=DAILY;COUNT=2",
        )
    )
    assert starts(quickly(data)) == ["2027-03-13T13:00", "2027-03-14T12:00"]


def test_whole_days_end_before_their_end() -> None:
    """An all-day event's end is the day after its last; without an end it is one day long."""
    data = obj(
        lines("DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270107", uid="a"),
        lines("DTSTART;VALUE=DATE:20270104", uid="b"),
        lines("DTSTART;VALUE=DATE:20270104", "DURATION:P2D", uid="c"),
    )
    assert {event.uid: event.when for event in quickly(data).events} == {
        "a": Days(date(2027, 1, 4), date(2027, 1, 6)),
        "b": Days(date(2027, 1, 4), date(2027, 1, 4)),
        "c": Days(date(2027, 1, 4), date(2027, 1, 5)),
    }


def test_a_zone_that_is_defined_in_the_object_is_known() -> None:
    """A zone with a name of its own is taken from its definition."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Custom Central\r\nBEGIN:STANDARD\r\nDTSTART:20261101T020000\r\n"
        "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    data = obj(
        lines("DTSTART;TZID=Custom Central:20270104T190000", "DTEND;TZID=Custom Central:20270105T070000"),
        before=zone,
    )
    assert starts(quickly(data)) == ["2027-01-05T01:00"]


def test_a_windows_zone_is_known() -> None:
    """Exchange writes zones by names of its own."""
    data = obj(
        lines(
            "DTSTART;TZID=Central Standard Time:20270104T190000",
            "DTEND;TZID=Central Standard Time:20270105T070000",
        )
    )
    assert starts(quickly(data)) == ["2027-01-05T01:00"]


def test_events_outside_the_window_are_left_out() -> None:
    """A single event long before or after the dates asked for is not there, one at their edge is."""
    assert quickly(obj(GOOD), date(2027, 3, 1), date(2027, 3, 31)).events == ()
    assert quickly(obj(GOOD), date(2026, 3, 1), date(2026, 3, 31)).events == ()
    assert len(quickly(obj(GOOD), date(2027, 2, 2), date(2027, 2, 2)).events) == 1


def test_the_organiser_and_the_method_are_told() -> None:
    """An invitation's method and organiser are read, the address in lower case."""
    data = obj(lines(*AT_NINE, "ORGANIZER;CN=Desk:MAILTO:Desk@Lakeside.example"), before="METHOD:REQUEST\r\n")
    reading = quickly(data)
    assert (reading.method, reading.organizer) == ("REQUEST", "desk@lakeside.example")


# -- what is left out before parsing -----------------------------------------------------------------------------------

USED = (
    "UID:u1",
    "DTSTART;TZID=America/Chicago:20270104T190000",
    "DTEND;TZID=America/Chicago:20270105T070000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "EXDATE;TZID=America/Chicago:20270111T190000",
    "SUMMARY:Lakeside ED \\n X-FOO:night",
    "DESCRIPTION:two\\nlines\\, DTSTAMP:none",
    "LOCATION:Floor 2",
    "STATUS:TENTATIVE",
    "TRANSP:TRANSPARENT",
    "SEQUENCE:3",
    "CATEGORIES:One,Two",
    "COLOR:gold",
    'ORGANIZER;CN="Example, R.":mailto:who@lakeside.example',
)
UNUSED = (
    "DTSTAMP:20270101T000000Z",
    "dtstamp;X-A=b:20270101T000000Z",
    "CREATED:20200101T000000Z",
    'ATTENDEE;CN="R: Example; x";PARTSTAT=ACCEPTED:mailto:r@lakeside.example',
    'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="a:b":geo:1,2',
    "X-ALT-DESC;FMTTYPE=text/html:<b>SUMMARY:other</b>",
    "URL:https://lakeside.example/?a=b:c",
    "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD",
    "COMMENT:END:VEVENT",
    "X-EMPTY:",
)
_broken = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["\r\n ", "\n\t", "\r\n\r\n "])), max_size=2)


def folded(line: str, breaks: list[tuple[int, str]]) -> str:
    for at, fold in breaks:
        line = f"{line[:at]}{fold}{line[at:]}" if at < len(line) else line
    return line


@given(
    st.permutations([*USED, *UNUSED]),
    st.lists(_broken, min_size=len(USED) + len(UNUSED), max_size=len(USED) + len(UNUSED)),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["", "X-WR-CALNAME:X-WR-TIMEZONE:no\r\n", "X-WR-TIMEZONE:Europe/London\r\n"]),
)
def test_leaving_out_what_nobody_reads_changes_no_reading(
    given_: list[str], breaks: list[list[tuple[int, str]]], end: str, before: str
) -> None:
    """In any order, folded anywhere, ended either way: as if every line had been parsed."""
    text = end.join(folded(line, where) for line, where in zip(given_, breaks, strict=True))
    data = obj(text, "UID:u2\r\nDTSTART:20270201T090000\r\nDTEND:20270201T100000", before=before)
    found = read(data, FIRST, LAST)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ical_text, "_UNREAD", re.compile("(?!)"))
        whole = read(data, FIRST, LAST)
    assert found == whole


@given(st.text("\r\n \taR", max_size=12))
def test_a_text_is_unfolded_as_it_reads(text: str) -> None:
    """In whatever order ends of lines, empty lines and folds come."""
    lines = re.sub(r"(?:\r?\n)+", "\n", text)
    assert ical_text._plain(text) == re.sub(r"\n[ \t]", "", lines).upper()


def test_what_nobody_reads_may_be_broken() -> None:
    """It costs nothing, beside the event or in it."""
    broken = "X-ONE;=:b\r\n", "DTSTAMP:yesterday", 'ATTENDEE;CN="open:mailto:r@lakeside.example'
    reading = read(obj(f"{GOOD}\r\n{broken[1]}\r\n{broken[2]}", before=broken[0]), FIRST, LAST)
    assert [one.summary for one in reading.events] == ["good"]
    assert reading.problems == ()

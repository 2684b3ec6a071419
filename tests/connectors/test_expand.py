"""Stored objects are read as `ical` reads them, in a process that can be killed; what did not change is not read again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import child
from connectors.calendars import expand, ical, ical_series, ical_text
from connectors.calendars.expand import EventReader
from connectors.calendars.ical import Reading
from connectors.event import Event, Item, Timed
from tests import waiting
from tests.connectors.test_ical import AT_NINE, BOMBS, BROKEN, FULL, GARBAGE, GOOD, STAMP, lines, obj
from tests.waiting import until

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
CHICAGO = ZoneInfo("America/Chicago")
ROOT = str(Path(expand.__file__).parents[2])
ZONE = """BEGIN:VTIMEZONE
TZID:America/Chicago
BEGIN:DAYLIGHT
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""As nearly every program writes it beside each event: it holds rules, and repeats nothing."""
OWN_ZONE = ZONE.replace("America/Chicago", "Clinic Time")


def night(day: int = 4, zone: str = "America/Chicago") -> tuple[str, str]:
    return (
        f"DTSTART;TZID={zone}:202701{day:02}T190000",
        f"DTEND;TZID={zone}:202701{day + 1:02}T070000",
    )


DAILY = obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=4", "SUMMARY:daily", uid="daily"))
SINGLE = obj(GOOD)


def item(data: str, href: str = "a.ics", etag: str = "1") -> Item:
    return Item(href, etag, data)


def items(*datas: str) -> list[Item]:
    """Each at an address of its own, in this order."""
    return [item(data, f"{number:03}.ics") for number, data in enumerate(datas)]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine fails no test that is not about time."""
    monkeypatch.setattr(expand, "PATIENCE", 60.0)
    monkeypatch.setattr(expand, "BUDGET", 300.0)


@pytest.fixture(scope="module")
def shared() -> Iterator[EventReader]:
    """For tests that leave its process alone."""
    with EventReader() as reader:
        yield reader


@pytest.fixture
def reader() -> Iterator[EventReader]:
    with EventReader() as reader:
        yield reader


def read(reader: EventReader, *datas: str, floating: ZoneInfo | None = None) -> list[Reading]:
    """Under a name that was never used, so that nothing is remembered."""
    name = f"calendar {time.monotonic_ns()}"
    found = reader.read(name, items(*datas), FIRST, LAST, floating)
    return [found[href] for href in sorted(found)]


def pid(reader: EventReader) -> int:
    assert reader._child is not None
    return reader._child._process.pid


def is_running(process: int) -> bool:
    """A process that has ended and was not waited for is a process all the same."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def starts(reading: Reading) -> list[str]:
    """By the clock of the event, with its offset; whole days as dates."""
    found = [one.when for one in reading.events if one.status != "cancelled"]
    return sorted(
        one.start.isoformat(timespec="minutes") if isinstance(one, Timed) else str(one.first) for one in found
    )


def facts(reading: Reading) -> tuple[Any, ...]:
    """All that a reading says, so that equal instants in different zones differ; alarms are for nobody here."""
    return ([_facts(one) for one in reading.events], reading.problems, reading.method, reading.organizer)


def _facts(one: Event) -> tuple[Any, ...]:
    when = one.when
    told = (
        [(i.replace(tzinfo=None), i.fold, i.utcoffset(), _key(i)) for i in (when.start, when.end)]
        if isinstance(when, Timed)
        else [when.first, when.last]
    )
    return told, replace(one, when=ical_nothing, alarms=())


ical_nothing = Timed(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def _key(instant: datetime) -> str | None:
    return getattr(instant.tzinfo, "key", None)


# -- the same as in one process ---------------------------------------------------------------------------------------

MOVED = lines(
    "RECURRENCE-ID:20270105T090000Z", "DTSTART:20270105T150000Z", "DTEND:20270105T160000Z", uid="daily"
)
CANCELLED = lines("RECURRENCE-ID:20270106T090000Z", "STATUS:CANCELLED", *AT_NINE, uid="daily")
MASTER = lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=4", "SUMMARY:daily", uid="daily")
SAME = {
    "a single event": SINGLE,
    "every field": ical.write(FULL, STAMP),
    "a night in Chicago": obj(lines(*night()), before=ZONE),
    "a zone of its own": obj(lines(*night(zone="Clinic Time")), before=OWN_ZONE),
    "a zone of its own, repeated over the change": obj(
        lines(*night(zone="Clinic Time"), "RRULE:FREQ=WEEKLY;COUNT=15"), before=OWN_ZONE
    ),
    "Exchange's zone": obj(lines(*night(zone="Central Standard Time"), "RRULE:FREQ=DAILY;COUNT=3")),
    "whole days": obj(lines("DTSTART;VALUE=DATE:20270104", "RRULE:FREQ=WEEKLY;COUNT=3")),
    "several days": obj(
        lines("DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270107", "RRULE:FREQ=MONTHLY")
    ),
    "a series": DAILY,
    "a series over the change of clocks": obj(lines(*night(), "RRULE:FREQ=DAILY;COUNT=80")),
    "moved and cancelled": obj(MASTER, MOVED, CANCELLED),
    "left out and put in": obj(
        lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20270105T090000Z", "RDATE:20270110T120000Z")
    ),
    "two series and a single event": obj(MASTER, lines(*AT_NINE, "RRULE:FREQ=WEEKLY", uid="weekly"), GOOD),
    "words": obj(
        lines(
            *AT_NINE,
            "RRULE:FREQ=DAILY;COUNT=2",
            "SUMMARY:夜勤 · 🏥 · \\n\\, Zürich",
            "DESCRIPTION:a\\nb",
            "LOCATION:x\x00y",
            "CATEGORIES:one,two",
            "CATEGORIES:three",
            "STATUS:TENTATIVE",
            "TRANSP:TRANSPARENT",
            "SEQUENCE:7",
        )
    ),
    "an invitation": obj(
        lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=2", "ORGANIZER:MAILTO:Desk@x.example"),
        before="METHOD:REQUEST\r\n",
    ),
    "half a character": obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:\ud83c")),
    "a large one": obj(lines(*AT_NINE, f"DESCRIPTION:{'ü' * 100_000}")),
    "a large one that is none": "<html>" * 20_000,
    "a series beside what is broken": obj(MASTER, BROKEN["no start"]),
    "line ends of Unix": DAILY.replace("\r\n", "\n"),
    **{f"broken: {key}": obj(one, GOOD) for key, one in BROKEN.items()},
    **{f"garbage: {key}": one for key, one in GARBAGE.items()},
}


@pytest.mark.parametrize("data", SAME.values(), ids=SAME.keys())
def test_what_is_read_is_what_ical_reads(shared: EventReader, data: str) -> None:
    """Events, clocks, zones, folds and problems; here or in the other process."""
    (found,) = read(shared, data)
    assert facts(found) == facts(ical.read(data, FIRST, LAST))


def test_the_hour_that_comes_twice_comes_over_as_itself(shared: EventReader) -> None:
    """01:30 on the night the clocks go back, first and second; both ends of it."""
    for text in ("20271107T063000Z", "20271107T073000Z"):
        data = obj(lines(f"DTSTART:{text}", "DURATION:PT15M", "RRULE:FREQ=DAILY;COUNT=2"))
        (found,) = shared.read(f"twice {text}", [item(data)], date(2027, 11, 1), date(2027, 11, 30)).values()
        assert facts(found) == facts(ical.read(data, date(2027, 11, 1), date(2027, 11, 30)))
    local = obj(
        lines("DTSTART;TZID=America/Chicago:20271106T013000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    )
    (found,) = shared.read("twice local", [item(local)], date(2027, 11, 1), date(2027, 11, 30)).values()
    assert facts(found) == facts(ical.read(local, date(2027, 11, 1), date(2027, 11, 30)))


ZONES = ("America/Chicago", "Europe/London", "Pacific/Apia", "Australia/Lord_Howe")


@given(
    st.sampled_from(ZONES),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.one_of(
        st.just(""),
        st.integers(1, 40).map(lambda n: f";COUNT={n}"),
        st.sampled_from([";UNTIL=20270301", ";UNTIL=20270301T013000", ";UNTIL=20270301T013000Z"]),
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)),  # noqa: DTZ001  # its zone is written beside it
    st.integers(0, 40),
)
@settings(max_examples=40)
def test_any_series_is_read_as_ical_reads_it(
    shared: EventReader, zone: str, often: str, interval: int, end: str, start: datetime, length: int
) -> None:
    """In any zone and of any rule."""
    data = obj(
        lines(
            f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}",
            f"DURATION:PT{length}H",
            f"RRULE:FREQ={often};INTERVAL={interval}{end}",
        )
    )
    (found,) = read(shared, data)
    assert facts(found) == facts(ical.read(data, FIRST, LAST))


@given(
    st.sampled_from((*ZONES, "")),
    st.sampled_from(
        ["DAILY", "DAILY;BYDAY=TU,SU", "WEEKLY", "WEEKLY;WKST=SU;BYDAY=SU,MO", "WEEKLY;BYMONTH=1,3"]
    ),
    st.integers(1, 9),
    st.sampled_from(["", ";UNTIL=20270215", ";UNTIL=20260301", ";COUNT=200"]),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 2, 1)),  # noqa: DTZ001  # its zone is written beside it
    st.integers(1, 300),
    st.dictionaries(st.integers(0, 400), st.integers(-40, 400), max_size=3),
)
@settings(max_examples=settings().max_examples * 2)
def test_a_series_that_began_long_ago_is_read_from_its_start(
    zone: str, often: str, interval: int, end: str, start: datetime, length: int, moved: dict[int, int]
) -> None:
    """Leaving out the dates before the window changes nothing in it, whatever was moved or left out."""
    start = start.replace(microsecond=0)
    named = f";TZID={zone}:" if zone else ";VALUE=DATE:"
    form = "%Y%m%dT%H%M%S" if zone else "%Y%m%d"
    days = max(1, length // 24)
    lasts = f"DURATION:PT{length}H" if zone else f"DURATION:P{days}D"
    parts = [lines(f"DTSTART{named}{start:{form}}", lasts, f"RRULE:FREQ={often};INTERVAL={interval}{end}")]
    for number, by in moved.items():
        was = start + timedelta(days=number * interval)
        now = was + timedelta(days=by)
        parts.append(lines(f"RECURRENCE-ID{named}{was:{form}}", f"DTSTART{named}{now:{form}}", lasts))
    data = obj(*parts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ical_series, "_skip_ahead", lambda *_: None)
        whole = ical.read(data, FIRST, LAST)
    found = ical.read(data, FIRST, LAST)
    # What was moved comes in no order of its own.
    assert found.problems == whole.problems
    assert sorted(map(repr, found.events)) == sorted(map(repr, whole.events))


# -- the window ------------------------------------------------------------------------------------------------------

WEEKLY = obj(lines("DTSTART:20260601T090000Z", "DTEND:20260601T100000Z", "RRULE:FREQ=DAILY"))


@pytest.mark.parametrize(
    ("first", "last", "opens", "closes"),
    [
        ("2027-01-10", "2027-01-20", "2027-01-01", "2027-01-31"),
        ("2027-01-31", "2027-02-01", "2027-01-01", "2027-02-28"),
        ("2026-12-31", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("2028-02-01", "2028-02-29", "2028-02-01", "2028-02-29"),
        ("2026-12-01", "2027-02-28", "2026-12-01", "2027-02-28"),
    ],
)
def test_whole_months_are_read(shared: EventReader, first: str, last: str, opens: str, closes: str) -> None:
    """At least what meets the dates asked for, and nothing beyond their months (but a day, for zones)."""
    given_ = date.fromisoformat(first), date.fromisoformat(last)
    (found,) = shared.read(f"window {first} {last}", [item(WEEKLY)], *given_).values()
    days = [one[:10] for one in starts(found)]
    assert set(days) >= {opens, first, last, closes}
    edges = [date.fromisoformat(days[0]), date.fromisoformat(days[-1])]
    assert (date.fromisoformat(opens) - edges[0]).days <= 1
    assert (edges[1] - date.fromisoformat(closes)).days <= 1


# -- what did not change ---------------------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read, here or in the other process."""
    seen: list[str] = []
    here, there = ical.read, child.Child.ask

    def read_here(data: str, *args: Any) -> Reading:
        seen.append(data)
        return here(data, *args)

    def ask(self: child.Child, question: bytes, *more: Any) -> bytes:
        seen.append(json.loads(question)["data"])
        return there(self, question, *more)

    monkeypatch.setattr(ical, "read", read_here)
    monkeypatch.setattr(child.Child, "ask", ask)
    return seen


def test_what_did_not_change_is_not_read_again(reader: EventReader, parsed: list[str]) -> None:
    """Neither single events nor series, on any day of the same month; what is read once is told each time."""
    held = [item(SINGLE, "single.ics"), item(DAILY, "series.ics")]
    before = reader.read("c", held, date(2027, 1, 3), date(2027, 3, 10))
    assert sorted(parsed) == sorted([SINGLE, DAILY])
    after = reader.read("c", held, date(2027, 1, 4), date(2027, 3, 11))
    assert len(parsed) == 2
    assert after == before
    assert set(after) == {"single.ics", "series.ics"}


def test_only_what_changed_is_read_again(reader: EventReader, parsed: list[str]) -> None:
    """Another version at an address; the new text is what is told, and what is gone is told no more."""
    held = [item(SINGLE, "single.ics"), item(DAILY, "series.ics"), item(SINGLE, "other.ics")]
    reader.read("c", held, FIRST, LAST)
    parsed.clear()
    weekly = DAILY.replace("DAILY", "WEEKLY")
    found = reader.read("c", [item(SINGLE, "single.ics"), item(weekly, "series.ics", "2")], FIRST, LAST)
    assert parsed == [weekly]
    assert set(found) == {"single.ics", "series.ics"}
    assert starts(found["series.ics"])[1] == "2027-01-11T09:00+00:00"
    parsed.clear()
    reader.read("c", [*held[:2], item(SINGLE, "other.ics")], FIRST, LAST)
    assert sorted(parsed) == sorted([DAILY, SINGLE])


def test_readings_come_in_the_order_of_their_objects(reader: EventReader) -> None:
    """Whatever of them was remembered: the same calendar is told the same way at every look."""
    held = [item(DAILY, "c.ics"), item(SINGLE, "a.ics"), item(DAILY, "d.ics"), item(SINGLE, "b.ics")]
    assert list(reader.read("c", held, FIRST, LAST)) == ["c.ics", "a.ics", "d.ics", "b.ics"]
    held[0] = replace(held[0], etag="2")
    assert list(reader.read("c", held, FIRST, LAST)) == ["c.ics", "a.ics", "d.ics", "b.ics"]


def test_other_months_and_another_zone_are_read_anew(reader: EventReader, parsed: list[str]) -> None:
    """What was read for one window or zone says nothing of another."""
    held = items(obj(lines("DTSTART:20270104T090000", "DTEND:20270104T100000")))
    for first, last, zone, read_ in (
        (FIRST, LAST, None, 1),
        (FIRST, date(2027, 4, 1), None, 1),
        (FIRST, date(2027, 4, 1), CHICAGO, 1),
        (FIRST, date(2027, 4, 30), CHICAGO, 0),
        (date(2026, 12, 31), date(2027, 4, 30), CHICAGO, 1),
    ):
        parsed.clear()
        (found,) = reader.read("c", held, first, last, zone).values()
        assert len(parsed) == read_
        assert len(found.events) == (zone is not None)


def test_calendars_do_not_mix(reader: EventReader) -> None:
    """The same address and version in two calendars are two objects."""
    assert len(reader.read("one", [item(SINGLE)], FIRST, LAST)["a.ics"].events) == 1
    assert len(reader.read("two", [item(DAILY)], FIRST, LAST)["a.ics"].events) == 4
    assert len(reader.read("one", [item(SINGLE)], FIRST, LAST)["a.ics"].events) == 1
    assert reader.read("one", [], FIRST, LAST) == {}


# -- exceptions that stand alone -------------------------------------------------------------------------------------

THERE = obj(MASTER)


def test_a_cancelled_instance_is_taken_out_of_its_series(reader: EventReader) -> None:
    """Though a server keeps it as an object of its own."""
    found = reader.read("c", [item(THERE, "m.ics"), item(obj(CANCELLED), "x.ics")], FIRST, LAST)
    assert [one for reading in found.values() for one in starts(reading)] == [
        "2027-01-04T09:00+00:00",
        "2027-01-05T09:00+00:00",
        "2027-01-07T09:00+00:00",
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_a_moved_instance_stands_once(reader: EventReader, order: int) -> None:
    """At its new time alone, whichever of the two objects is listed first."""
    held = [item(THERE, "m.ics"), item(obj(MOVED), "x.ics")][::order]
    found = reader.read("c", held, FIRST, LAST)
    assert sorted(one for reading in found.values() for one in starts(reading)) == [
        "2027-01-04T09:00+00:00",
        "2027-01-05T15:00+00:00",
        "2027-01-06T09:00+00:00",
        "2027-01-07T09:00+00:00",
    ]


def test_exceptions_beside_a_zone_are_joined_too(reader: EventReader) -> None:
    """The definition of a zone holds rules, and makes no series of what stands beside it."""
    master = obj(lines(*night(), "RRULE:FREQ=DAILY;COUNT=3", uid="n"), before=ZONE)
    moved = obj(lines("RECURRENCE-ID;TZID=America/Chicago:20270105T190000", *night(9), uid="n"), before=ZONE)
    found = reader.read("c", [item(master, "m.ics"), item(moved, "x.ics")], FIRST, LAST)
    assert sorted(one for reading in found.values() for one in starts(reading)) == [
        "2027-01-04T19:00-06:00",
        "2027-01-06T19:00-06:00",
        "2027-01-09T19:00-06:00",
    ]


def test_a_zone_that_only_the_exception_defines_is_known(reader: EventReader) -> None:
    """What is put beside the series brings along what it is written in."""
    moved = obj(
        lines("RECURRENCE-ID:20270105T090000Z", *night(9, "Clinic Time"), uid="daily"), before=OWN_ZONE
    )
    found = reader.read("c", [item(THERE, "m.ics"), item(moved, "x.ics")], FIRST, LAST)
    assert [one.problems for one in found.values()] == [()] * len(found)
    assert "2027-01-09T19:00-06:00" in [one for reading in found.values() for one in starts(reading)]


def test_an_exception_without_its_series_is_read_by_itself(reader: EventReader) -> None:
    """An invitation to one meeting of many; and one beside another series stays away from it."""
    found = reader.read("c", [item(obj(MOVED), "x.ics")], FIRST, LAST)
    assert starts(found["x.ics"]) == ["2027-01-05T15:00+00:00"]
    other = obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;COUNT=2", uid="other"))
    found = reader.read("d", [item(obj(MOVED), "x.ics"), item(other, "o.ics")], FIRST, LAST)
    assert {href: len(starts(reading)) for href, reading in found.items()} == {"x.ics": 1, "o.ics": 2}


def test_a_changed_exception_changes_its_series(reader: EventReader, parsed: list[str]) -> None:
    """New, changed or gone, it makes the series be read again; unchanged, it does not."""
    master, one = item(THERE, "m.ics"), item(obj(MOVED), "x.ics", "1")
    later = replace(one, etag="2", data=one.data.replace("T150000", "T153000"))
    for held, count, second in (
        ([master], 1, "2027-01-05T09:00+00:00"),
        ([master, one], 1, "2027-01-05T15:00+00:00"),
        ([one, master], 0, "2027-01-05T15:00+00:00"),
        ([master, later], 1, "2027-01-05T15:30+00:00"),
        ([master], 1, "2027-01-05T09:00+00:00"),
    ):
        parsed.clear()
        found = reader.read("c", held, FIRST, LAST)
        assert len(parsed) == count
        assert starts(found["m.ics"])[1] == second


def test_only_pairs_are_joined() -> None:
    """Everything else stays as it is, version and all; folded UIDs are the same UID."""
    held = items(SINGLE, DAILY.replace("UID:daily", "UID:other"), obj(MOVED), "<html>", "")
    assert ical_text.joined(held) == held
    assert ical_text.joined([]) == []
    folded = [item(THERE.replace("UID:daily", "UID:da\r\n ily"), "m.ics"), item(obj(MOVED), "x.ics")]
    assert [one.href for one in ical_text.joined(folded)] == ["m.ics"]


def test_many_exceptions_are_joined_at_once() -> None:
    """Two objects of one series, one of them with two events."""
    held = [item(THERE, "m.ics"), item(obj(MOVED, CANCELLED), "x.ics"), item(obj(MOVED), "y.ics")]
    (one,) = ical_text.joined(held)
    assert one.data.count("BEGIN:VEVENT") == 4
    assert one.data.endswith("END:VCALENDAR\r\n")


# -- what takes too long ---------------------------------------------------------------------------------------------

LONG = obj(
    *(
        lines("DTSTART:19900104T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=f"d{number}")
        for number in range(3_000)
    )
)
"""Every rule is within the bounds; all of them together take more than a minute."""
MINUTE = 60.0


def of_uid(reading: Reading) -> set[str]:
    return {one.uid for one in reading.events}


def test_what_takes_too_long_costs_itself_alone(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, the others before and after it are read, and nobody waits long."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    read(reader, DAILY)
    before = time.monotonic()
    one, long, other, single = read(reader, DAILY, LONG, DAILY, SINGLE)
    assert (long.events, long.problems) == ((), (expand.TOO_LONG,))
    assert facts(one) == facts(other) == facts(ical.read(DAILY, FIRST, LAST))
    assert of_uid(single) == {"good"}
    assert time.monotonic() - before < MINUTE / 2


def test_several_that_take_too_long_cost_themselves_alone(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the first that a new process is asked, and one after another: each costs no more than its patience."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    before = time.monotonic()
    *long, one = read(reader, LONG, LONG, LONG, DAILY)
    assert [reading.problems for reading in long] == [(expand.TOO_LONG,)] * 3
    assert facts(one) == facts(ical.read(DAILY, FIRST, LAST))
    assert time.monotonic() - before < MINUTE / 2


def test_what_took_too_long_is_not_tried_at_every_look(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    """It stays told, until it changes."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    read(reader, DAILY)
    reader.read("c", [item(LONG)], FIRST, LAST)
    parsed.clear()
    assert reader.read("c", [item(LONG)], FIRST, LAST)["a.ics"].problems == (expand.TOO_LONG,)
    assert parsed == []
    assert len(reader.read("c", [item(DAILY, etag="2")], FIRST, LAST)["a.ics"].events) == 4


def test_a_calendar_has_a_budget(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left over is told; single events are read; and all of it is tried again when something changed."""
    held = [item(DAILY, "m.ics"), item(SINGLE, "s.ics")]
    with monkeypatch.context() as patch:
        patch.setattr(expand, "BUDGET", 0.0)
        found = reader.read("c", held, FIRST, LAST)
    assert found["m.ics"].events == ()
    assert len(found["m.ics"].problems) == 1
    assert of_uid(found["s.ics"]) == {"good"}
    found = reader.read("c", [*held, item(SINGLE, "new.ics")], FIRST, LAST)
    assert (len(found["m.ics"].events), found["m.ics"].problems) == (4, ())


STANDARD = (
    "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nEND:STANDARD\r\n"
)
SPELLINGS = {
    "as usual": DAILY,
    "in small letters": DAILY.replace("RRULE", "rrule"),
    "folded": DAILY.replace("RRULE", "RR\r\n ULE"),
    "with a parameter": DAILY.replace("RRULE:", "RRULE;X-A=b:"),
    "after a single line end": DAILY.replace("\r\nRRULE", "\nRRULE"),
    "between zones that end in a folded line": DAILY.replace(
        "BEGIN:VEVENT", f"BEGIN:VTIMEZONE\r\nTZID:A\r\n{STANDARD}END:VTIME\r\n ZONE\r\nBEGIN:VEVENT"
    ).replace("END:VCALENDAR", f"BEGIN:VTIMEZONE\r\nTZID:B\r\n{STANDARD}END:VTIMEZONE\r\nEND:VCALENDAR"),
}


@pytest.mark.parametrize("data", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_whatever_repeats_is_expanded_in_the_other_process(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    """However its rule is spelled: what a parser takes for a rule may run for minutes."""
    here: list[str] = []
    real = ical.read

    def read_here(data: str, *args: Any) -> Reading:
        here.append(data)
        return real(data, *args)

    monkeypatch.setattr(ical, "read", read_here)
    (found,) = read(reader, data)
    assert len(found.events) == 4
    assert here == []


@pytest.mark.parametrize("event", BOMBS.values(), ids=BOMBS.keys())
def test_what_ical_refuses_is_refused_here_too(shared: EventReader, event: str) -> None:
    """In the same words, and the good event beside it is read."""
    data = obj(event, GOOD)
    (found,) = read(shared, data)
    assert facts(found) == facts(ical.read(data, FIRST, LAST))


# -- the other process -----------------------------------------------------------------------------------------------


def test_single_events_need_no_other_process(reader: EventReader) -> None:
    """Nearly all are, so nothing is started for them; for a large object it is."""
    read(
        reader, SINGLE, obj(lines(*night()), before=ZONE), obj(lines("DTSTART;VALUE=DATE:20270104")), "<html>"
    )
    assert reader._child is None
    read(reader, SAME["a large one"])
    assert reader._child is not None


def test_single_events_are_read_while_the_other_process_works(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    """All of them before it is given up."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    ended: list[int] = []
    end = child.Child.end

    def count_and_end(self: child.Child) -> None:
        ended.append(len(parsed))
        end(self)

    monkeypatch.setattr(child.Child, "end", count_and_end)
    many = [item(SINGLE.replace("UID:good", f"UID:{n}"), f"{n}.ics") for n in range(50)]
    found = reader.read("c", [item(LONG, "long.ics"), *many], FIRST, LAST)
    assert ended == [51]
    assert found["long.ics"].problems == (expand.TOO_LONG,)
    assert [of_uid(found[f"{n}.ics"]) for n in range(50)] == [{str(n)} for n in range(50)]


def test_one_process_serves_many_looks(reader: EventReader) -> None:
    """It is started once."""
    read(reader, DAILY)
    before = pid(reader)
    read(reader, DAILY, DAILY)
    assert pid(reader) == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_was_killed_is_started_anew(reader: EventReader, how: signal.Signals) -> None:
    """Between two looks: nothing is lost, and nothing told."""
    read(reader, DAILY)
    before = pid(reader)
    os.kill(before, how)
    until(lambda: not reader._child or not reader._child.is_alive(), "it is gone")
    (found,) = read(reader, DAILY)
    assert facts(found) == facts(ical.read(DAILY, FIRST, LAST))
    assert pid(reader) != before
    assert not is_running(before)


def test_a_process_killed_at_any_moment_is_started_anew(reader: EventReader) -> None:
    """Without time to notice that it is gone: the question is put again."""
    for _ in range(5):
        read(reader, DAILY)
        os.kill(pid(reader), signal.SIGKILL)
        (found,) = read(reader, DAILY)
        assert len(found.events) == 4


def test_a_process_killed_at_work_costs_at_most_the_one_object(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system short of memory kills what it likes; the others are read."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    read(reader, DAILY)
    threading.Timer(0.3, os.kill, (pid(reader), signal.SIGKILL)).start()
    long, one = read(reader, LONG, DAILY)
    assert long.problems != ()
    assert len(one.events) == 4


@contextmanager
def another(monkeypatch: pytest.MonkeyPatch, code: str) -> Iterator[None]:
    """Run this in place of what the other process is told to run."""
    real: Any = subprocess.Popen

    def started(command: Sequence[str], **given_: Any) -> Any:
        return real([command[0], "-c", code], **given_)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", started)
        yield


SERVE = "from connectors.calendars import expand; {}; expand.serve()"
ASKED = "import select; select.select([0], [], [], 0.5)"
ENDS = {
    "at once": "raise SystemExit(1)",
    "after the question": ASKED,
    "in the middle of its answer": f"{ASKED}; print('{{\"events\": [', end='')",
    "with an answer that is none": f"{ASKED}; print('Killed')",
    "with half an answer": f"{ASKED}; print('{{\"events\": []}}')",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS.keys())
def test_a_process_that_always_ends_costs_only_what_repeats(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """It is told, single events are read, and with the next process all is well."""
    with another(monkeypatch, code):
        series, single = read(reader, DAILY, SINGLE)
    assert (series.events, len(series.problems)) == ((), 1)
    assert of_uid(single) == {"good"}
    assert len(read(reader, DAILY)[0].events) == 4


def test_a_process_that_cannot_be_started_costs_only_what_repeats(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system may have no process left to give; single events are read all the same."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nonexistent/python")
        series, single = read(reader, DAILY, SINGLE)
    assert (series.events, len(series.problems)) == ((), 1)
    assert of_uid(single) == {"good"}


def test_an_idle_process_ends_by_itself(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its rest, without an error; the next look starts another, and leaves nothing open."""
    with another(monkeypatch, SERVE.format("expand.REST = 1.5")):
        read(reader, DAILY)
    assert reader._child is not None
    process = reader._child._process
    until(lambda: process.poll() is not None, "it has ended")
    assert process.returncode == 0
    assert len(read(reader, DAILY)[0].events) == 4
    assert [pipe is None or pipe.closed for pipe in (process.stdin, process.stdout)] == [True, True]


def test_a_busy_process_does_not_rest(reader: EventReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rest is counted from the last answer."""
    with another(monkeypatch, SERVE.format("expand.REST = 4.0")):
        read(reader, DAILY)
    before = pid(reader)
    for _ in range(4):
        time.sleep(1.1)
        read(reader, DAILY)
    assert pid(reader) == before


def test_close_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle or not, once or twice, on leaving a block or after an error in it; and it may be used again."""
    monkeypatch.setattr(expand, "PATIENCE", 1.0)
    reader = EventReader()
    reader.close()
    read(reader, DAILY)
    one = pid(reader)
    reader.close()
    reader.close()
    assert not is_running(one)
    assert len(read(reader, DAILY)[0].events) == 4
    two = pid(reader)
    read(reader, LONG, DAILY)
    three = pid(reader)
    reader.close()
    assert not any(is_running(process) for process in (one, two, three))
    used: list[int] = []
    with pytest.raises(ZeroDivisionError):
        _in_error(used)
    assert not is_running(used[0])


def _in_error(used: list[int]) -> None:
    with EventReader() as reader:
        read(reader, DAILY)
        used.append(pid(reader))
        raise ZeroDivisionError


def test_the_process_ends_with_its_daemon() -> None:
    """Also where that is killed and cannot say so."""
    code = (
        "import os, datetime\nfrom connectors.calendars.expand import EventReader\n"
        "from connectors.event import Item\nfrom tests.connectors.test_expand import DAILY\n"
        "reader = EventReader()\n"
        "reader.read('c', [Item('a', '1', DAILY)], datetime.date(2027, 1, 1), datetime.date(2027, 1, 31))\n"
        "print(reader._child._process.pid, flush=True)\nos._exit(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=waiting.LONG,
    )
    process = int(done.stdout)
    until(lambda: not is_running(process) or _is_zombie(process), "it has ended")


def _is_zombie(process: int) -> bool:
    """Nobody may be there to wait for an orphan."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return True


def test_the_process_has_its_limits(reader: EventReader) -> None:
    """A gibibyte of memory, and no core that would hold somebody's calendar."""
    read(reader, DAILY)
    limits = Path(f"/proc/{pid(reader)}/limits").read_text("utf-8").splitlines()
    found = {line[:26].strip(): line[26:].split()[:2] for line in limits}
    assert found["Max address space"] == [str(1 << 30)] * 2
    assert found["Max core file size"] == ["0", "0"]


def test_what_takes_too_much_memory_costs_itself_alone(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that needs two gigabytes is told, and the others are read."""
    greedy = "ical = expand.ical; plain = ical.read; ical.read = lambda data, *more: "
    greedy += "('much' not in data or bytearray(2 << 30)) and plain(data, *more)"
    with another(monkeypatch, SERVE.format(greedy)):
        one, much, other = read(reader, DAILY, DAILY.replace("daily", "much"), DAILY)
    assert (much.events, len(much.problems)) == ((), 1)
    assert len(one.events) == len(other.events) == 4


def test_nothing_is_said_aloud(reader: EventReader, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither of broken events nor of a killed process: it would quote somebody's calendar."""
    read(reader, DAILY)
    os.kill(pid(reader), signal.SIGINT)
    read(reader, obj(MASTER, *BROKEN.values()), "\x00", SAME["half a character"], *GARBAGE.values())
    reader.close()
    assert capfd.readouterr() == ("", "")


def test_an_answer_takes_nothing_of_the_question(shared: EventReader) -> None:
    """Problems are constant texts: no title, no name of a zone."""
    secret = obj(
        lines("DTSTART;TZID=Mars/Secret:20270104T090000", "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:Secret")
    )
    (found,) = read(shared, secret)
    assert found.problems
    assert "ecret" not in " ".join(found.problems)


# -- times without a zone --------------------------------------------------------------------------------------------

FLOATING = ("DTSTART:20270104T190000", "DTEND:20270105T070000")
ZURICH = "X-WR-TIMEZONE:Europe/Zurich\r\n"
IN_CHICAGO, IN_ZURICH = "T19:00-06:00", "T19:00+01:00"


@pytest.mark.parametrize("rule", [(), ("RRULE:FREQ=DAILY;COUNT=2",)], ids=["single", "series"])
@pytest.mark.parametrize(
    ("before", "floating", "want"),
    [
        ("", CHICAGO, IN_CHICAGO),
        (ZURICH, None, IN_ZURICH),
        (ZURICH, CHICAGO, IN_ZURICH),
        ("X-WR-TIMEZONE:Mars/Olympus\r\n", CHICAGO, IN_CHICAGO),
        ("X-WR-TIMEZONE:../../etc/passwd\r\n", CHICAGO, IN_CHICAGO),
        ("X-WR-TIMEZONE:\r\n", CHICAGO, IN_CHICAGO),
        ("", None, None),
    ],
)
def test_a_time_without_a_zone(
    shared: EventReader, rule: tuple[str, ...], before: str, floating: ZoneInfo | None, want: str | None
) -> None:
    """Is in the calendar's own, else in the one given, else a problem."""
    (found,) = read(shared, obj(lines(*FLOATING, *rule), before=before), floating=floating)
    days = ("2027-01-04", "2027-01-05")[: 1 + len(rule)]
    assert starts(found) == ([day + want for day in days] if want else [])
    assert len(found.problems) == (want is None)


def test_everything_of_a_series_floats_together(shared: EventReader) -> None:
    """What is left out, put in, moved and the end of it are by the same clock."""
    series = lines(
        *FLOATING, "RRULE:FREQ=DAILY;UNTIL=20270108T190000", "EXDATE:20270105T190000", "RDATE:20270120T120000"
    )
    moved = lines("RECURRENCE-ID:20270106T190000", "DTSTART:20270106T200000", "DURATION:PT1H")
    (found,) = read(shared, obj(series, moved), floating=CHICAGO)
    assert found.problems == ()
    assert starts(found) == [
        "2027-01-04T19:00-06:00",
        "2027-01-06T20:00-06:00",
        "2027-01-07T19:00-06:00",
        "2027-01-08T19:00-06:00",
        "2027-01-20T12:00-06:00",
    ]


def test_a_detached_exception_floats_with_its_series(reader: EventReader) -> None:
    """It is joined first, and read in the same zone."""
    held = [
        item(obj(lines(*FLOATING, "RRULE:FREQ=DAILY;COUNT=2")), "m.ics"),
        item(obj(lines("RECURRENCE-ID:20270105T190000", "STATUS:CANCELLED", *FLOATING)), "x.ics"),
    ]
    found = reader.read("c", held, FIRST, LAST, CHICAGO)
    assert [starts(reading) for reading in found.values()] == [["2027-01-04T19:00-06:00"]]


UNKNOWN = {
    "both ends": ("DTSTART;TZID=Mars/Olympus:20270104T190000", "DTEND;TZID=Mars/Olympus:20270105T070000"),
    "the start": ("DTSTART;TZID=Mars/Olympus:20270104T190000", "DURATION:PT12H"),
    "the end": ("DTSTART:20270104T190000", "DTEND;TZID=Mars/Olympus:20270105T070000"),
}


@pytest.mark.parametrize("before", ["", ZURICH])
@pytest.mark.parametrize("when", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_zone_that_nobody_knows_is_not_the_calendars(
    shared: EventReader, when: tuple[str, ...], before: str
) -> None:
    """It is a problem, in one event and in a series, whatever zone the calendar is in."""
    for rule in ((), ("RRULE:FREQ=DAILY;COUNT=2",)):
        (found,) = read(shared, obj(lines(*when, *rule), GOOD, before=before), floating=CHICAGO)
        assert of_uid(found) == {"good"}
        assert len(found.problems) == 1


@pytest.mark.parametrize("before", ["", ZURICH])
@pytest.mark.parametrize("key", [key for key in BROKEN if key != "no zone at all"])
def test_what_is_broken_costs_itself_alone_in_any_zone(key: str, before: str) -> None:
    """A zone for the calendar makes nothing worse: one problem, and the good event beside it."""
    found = ical.read(obj(BROKEN[key], GOOD, before=before), FIRST, LAST, CHICAGO)
    assert of_uid(found) == {"good"}
    assert len(found.problems) == 1


def test_zoned_and_whole_days_do_not_float(shared: EventReader) -> None:
    """UTC, a named zone and a date stay what they are."""
    data = obj(
        lines(*AT_NINE, uid="a"), lines(*night(), uid="b"), lines("DTSTART;VALUE=DATE:20270106", uid="c")
    )
    (found,) = read(shared, data, floating=ZoneInfo("Europe/Zurich"))
    assert starts(found) == ["2027-01-04T09:00+00:00", "2027-01-04T19:00-06:00", "2027-01-06"]


# -- the end of a series ---------------------------------------------------------------------------------------------

NIGHTLY = ["2027-01-04T19:00-06:00", "2027-01-05T19:00-06:00", "2027-01-06T19:00-06:00"]


@pytest.mark.parametrize(
    ("until_", "count"),
    [
        ("20270106", 3),
        ("20270106T190000", 3),
        ("20270106T185959", 2),
        ("20270106T235959", 3),
        ("20270107T010000Z", 3),
        ("20270107T005959Z", 2),
        ("20270105", 2),
    ],
)
def test_the_last_occurrence_is_in(shared: EventReader, until_: str, count: int) -> None:
    """UNTIL as a date is meant to its end, as a local time by the clock of the start, as UTC as it stands."""
    rule = f"RRULE:FREQ=DAILY;UNTIL={until_}"
    for data, floating in (
        (obj(lines(*night(), rule)), None),
        (obj(lines(*night(), rule), before=ZONE), None),
        (obj(lines(*FLOATING, rule)), CHICAGO),
    ):
        (found,) = read(shared, data, floating=floating)
        assert found.problems == ()
        assert starts(found) == NIGHTLY[:count]


@pytest.mark.parametrize("until_", ["20270106", "20270106T000000Z", "20270106T120000", "20270106T235959Z"])
def test_the_last_of_whole_days_is_in(shared: EventReader, until_: str) -> None:
    """However its end is written."""
    data = obj(lines("DTSTART;VALUE=DATE:20270104", f"RRULE:FREQ=DAILY;UNTIL={until_}"))
    assert starts(read(shared, data)[0]) == ["2027-01-04", "2027-01-05", "2027-01-06"]


def test_the_end_of_a_series_in_utc_is_by_its_clock(shared: EventReader) -> None:
    """A start in UTC makes a bare UNTIL UTC too."""
    for until_ in ("20270106", "20270106T090000", "20270106T090000Z"):
        (found,) = read(shared, obj(lines(*AT_NINE, f"RRULE:FREQ=DAILY;UNTIL={until_}")))
        assert len(found.events) == 3


# -- whether an object is sound --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        SINGLE,
        DAILY,
        obj(MASTER, MOVED, CANCELLED),
        obj(lines(*night()), before=ZONE),
        obj(lines(*FLOATING)),
        obj(lines("DTSTART;VALUE=DATE:20270104")),
        obj(lines(*AT_NINE, "GEO:nowhere", "PRIORITY:high", "LAST-MODIFIED:yesterday")),
        ical.write(FULL, STAMP),
    ],
)
def test_what_can_be_read_is_sound(data: str) -> None:
    """Times without a zone too, since the calendar may have one; and whatever else nobody asks for is broken."""
    assert ical.read(data, FIRST, LAST, CHICAGO).problems == ()
    assert ical.is_sound(data)


def test_soundness_is_found_at_once() -> None:
    """What takes minutes to expand is sound all the same."""
    before = time.monotonic()
    assert ical.is_sound(obj(lines(*AT_NINE, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-31")))
    assert time.monotonic() - before < MINUTE / 2


UNSOUND = {
    key: obj(BROKEN[key])
    for key in (
        "unknown zone",
        "no start",
        "no start, repeated",
        "a start that is no date",
        "a start on the 31st of February",
        "two starts",
        "a date and a time",
        "an unknown frequency",
    )
} | {
    "one of two": obj(GOOD, BROKEN["no start"]),
    "an end in an unknown zone": obj(
        lines("DTSTART:20270104T090000Z", "DTEND;TZID=Mars/Olympus:20270104T100000")
    ),
    "an end before the start": obj(BROKEN["an end before the start"]),
    **{key: one for key, one in GARBAGE.items() if key not in ("two calendars", "no calendar")},
    "too large": obj(lines(*AT_NINE, f"SUMMARY:{'x' * ical.LARGEST}")),
}


@pytest.mark.parametrize("data", UNSOUND.values(), ids=UNSOUND.keys())
def test_what_cannot_be_read_is_not_sound(data: str) -> None:
    """So that the version before it is kept: no answer that breaks an event ends a shift."""
    assert ical.read(data, FIRST, LAST).problems
    assert not ical.is_sound(data)


def test_answers_belong_to_their_questions_also_when_one_was_sent_before_its_turn() -> None:
    """As asked in order, in another order than was thought, and with one too long to be sent ahead."""
    window = expand._Window(FIRST, LAST)
    short, other = (expand._question(DAILY.replace("daily", name), window, None) for name in ("a", "b"))
    long = expand._question(DAILY.replace("SUMMARY:daily", f"SUMMARY:{'x' * child.AHEAD}"), window, None)
    there = child.Child(expand.__name__)
    try:
        asked = [(short, other), (other, long), (long, short), (other, b""), (short, other), (other, b"")]
        answers = [json.loads(there.ask(question, waiting.LONG, following)) for question, following in asked]
    finally:
        there.end()
    titles = [expand._decoded(answer).events[0].summary for answer in answers]
    assert [title[:3] for title in titles] == ["a", "b", "xxx", "b", "a", "b"]

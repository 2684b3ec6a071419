"""Google's events <-> iCalendar text. Pure.

Google keeps the exceptions of a series as events of their own, and promises of a cancelled one no more than its id,
its series and its original start. So the UID here is the series' id (or the event's own), and never Google's iCalUID:
what belongs together is then known from any one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from connectors.calendars import ical
from connectors.event import Alarm, Event, Timed

Body = dict[str, Any]
"""An event as Google's API says it."""

MOST_REMINDERS = 5
FURTHEST_REMINDER = timedelta(minutes=40_320)
"""Four weeks; both limits stand in the API's reference of events.reminders.overrides."""
COLORS = {
    "crimson": "11",
    "darkorange": "6",
    "darkseagreen": "2",
    "forestgreen": "10",
    "gold": "5",
    "mediumpurple": "3",
    "royalblue": "9",
    "slategray": "8",
    "steelblue": "7",
}
"""Google's colorId for a colour name of CSS: tomato, tangerine, sage, basil, banana, grape, blueberry, graphite, peacock."""
OWN = "shiftward"
"""The private property of an event that holds our UID."""
ALPHABET = "0123456789abcdefghijklmnopqrstuv"
_INSTANCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")
"""The id of one of a series: that of the series, and when it would have been by the rule."""
_RULE = re.compile(r"(?:RRULE|EXRULE|RDATE|EXDATE)[;:][^\r\n]+")


def event_id(name: str) -> str:
    """An id for a name: Google takes 5 to 1,024 digits of base 32 as RFC 2938 writes them."""
    number = int.from_bytes(blake2b(name.encode(), digest_size=20).digest())
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(31, -1, -1))


def with_series(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The event; a cancelled one of a series with what its id says, where Google tells no more of it than that."""
    named = _INSTANCE.fullmatch(str(event["id"]))
    if event.get("status") != "cancelled" or "recurringEventId" in event or named is None:
        return event
    series, start = named.groups()
    key, kind = ("dateTime", datetime) if "T" in start else ("date", date)
    try:
        original = {key: kind.fromisoformat(start).isoformat()}
    except ValueError:
        return event
    return {"originalStartTime": original, **event, "recurringEventId": series}


def is_gone(event: Mapping[str, Any]) -> bool:
    """A tombstone; a cancelled instance of a series is none, since the series would have it."""
    return event.get("status") == "cancelled" and "recurringEventId" not in event


def to_text(event: Mapping[str, Any]) -> str:
    """The event as an iCalendar object. What Google left out of it is left out here.

    Of an event that makes no sense only the name is left, so that it can be told as unreadable.
    """
    try:
        return _to_text(event)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
        return _to_text({"id": str(event["id"])})


def _to_text(event: Mapping[str, Any]) -> str:
    part = icalendar.Event()
    part.add("UID", _own_uid(event) or event.get("recurringEventId") or event["id"])
    part.add("DTSTAMP", datetime(2000, 1, 1, tzinfo=UTC))
    if "originalStartTime" in event:
        part.add("RECURRENCE-ID", _moment(event["originalStartTime"]))
    # Of a cancelled instance Google may tell nothing but when it would have been.
    start = event.get("start") or event.get("originalStartTime")
    if start:
        series = bool(event.get("recurrence"))
        part.add("DTSTART", _moment(start, series=series))
        part.add("DTEND", _moment(event.get("end") or start, series=series))
    for key, name in (("summary", "SUMMARY"), ("description", "DESCRIPTION"), ("location", "LOCATION")):
        if event.get(key):
            part.add(name, ical.clean(str(event[key])))
    part.add("STATUS", "CANCELLED" if _declined(event) else str(event.get("status", "confirmed")).upper())
    part.add("TRANSP", "TRANSPARENT" if event.get("transparency") == "transparent" else "OPAQUE")
    part.add("SEQUENCE", int(event.get("sequence", 0)))
    calendar = icalendar.Calendar()
    calendar.add("PRODID", ical.PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add_component(part)
    text = cast("bytes", calendar.to_ical()).decode()
    rules = [str(rule) for rule in event.get("recurrence", ()) if _RULE.fullmatch(str(rule))]
    head, end, tail = text.rpartition("END:VEVENT\r\n")
    return "".join([head, *(f"{rule}\r\n" for rule in rules), end, tail])


def _own_uid(event: Mapping[str, Any]) -> str | None:
    """The UID of an entry that we wrote; it goes along when the event is moved to another calendar."""
    if "recurringEventId" in event or event.get("recurrence"):
        return None
    told = event.get("extendedProperties", {}).get("private", {}).get(OWN)
    return ical.clean(str(told)) if told else None


def _declined(event: Mapping[str, Any]) -> bool:
    """The clinician said no to somebody's invitation."""
    return any(
        one.get("self") and one.get("responseStatus") == "declined" for one in event.get("attendees", ())
    )


def _moment(told: Mapping[str, str], *, series: bool = False) -> date:
    if "dateTime" not in told:
        return date.fromisoformat(told["date"])
    instant = datetime.fromisoformat(told["dateTime"])
    try:
        zone = ZoneInfo(told.get("timeZone", ""))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if instant.tzinfo is None:
            raise ValueError("a time without offset and zone") from None
        return instant.astimezone(UTC)
    there = instant.replace(tzinfo=zone) if instant.tzinfo is None else instant.astimezone(zone)
    # Of a time that the clock shows twice, a wall time does not say which.
    twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return there.astimezone(UTC) if twice and not series else there


def to_body(text: str) -> Body:
    """What to send for an object that `ical.write` made: every field we keep, and none that invites anybody."""
    event = ical.only(text)
    if event is None:
        raise ValueError("the text holds no single event")
    color = COLORS.get(event.color)
    start, end = _bounds(event)
    body: Body = {
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "start": start,
        "end": end,
        "status": event.status,
        "transparency": "transparent" if event.transparent else "opaque",
        "reminders": {"useDefault": False, "overrides": _reminders(event)},
        "extendedProperties": {"private": {OWN: event.uid}},
    }
    return body | ({"colorId": color} if color else {})


def _bounds(event: Event) -> tuple[Body, Body]:
    """Both spellings of a time are in it, one of them empty, so that a patch can turn a day into hours."""
    when = event.when
    if isinstance(when, Timed):
        return _time(when.start), _time(when.end)
    return _day(when.first), _day(when.last + timedelta(days=1))


def _time(instant: datetime) -> Body:
    zone = getattr(instant.tzinfo, "key", None) or "UTC"
    wall = instant if zone != "UTC" else instant.astimezone(UTC)
    return {"dateTime": wall.isoformat(), "timeZone": zone, "date": None}


def _day(day: date) -> Body:
    return {"date": day.isoformat(), "dateTime": None, "timeZone": None}


def _reminders(event: Event) -> list[Body]:
    """Google knows only how long before the start; what it cannot say is left out."""
    ahead = [_before(alarm, event) for alarm in event.alarms]
    fitting = [before for before in ahead if timedelta() <= before <= FURTHEST_REMINDER]
    return [
        {"method": "popup", "minutes": int(before.total_seconds()) // 60}
        for before in fitting[:MOST_REMINDERS]
    ]


def _before(alarm: Alarm, event: Event) -> timedelta:
    if isinstance(alarm.at, timedelta):
        return alarm.at
    when = event.when
    # An all-day event begins at midnight where the phone is; UTC is at most half a day off.
    start = when.start if isinstance(when, Timed) else ical.midnight(when.first, UTC)
    return start - alarm.at


def without_empty(body: Body) -> Body:
    """For a new event, which has nothing to be emptied."""
    return {
        key: {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value
        for key, value in body.items()
    }

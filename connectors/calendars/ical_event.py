"""One component of a calendar -> Event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from connectors.event import Alarm, Days, Event, Status, Timed

NO_START = "an event has no start"
LONGEST = timedelta(days=366)
"""Of one event."""
_STATUS: dict[str, Status] = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}


class UnreadableError(Exception):
    """One event cannot be read; the text says why, without quoting it."""


def event_of(part: Any) -> Event:
    start, end = ends(part)
    return Event(
        uid=str(part.get("UID", "")),
        when=when_of(start, end),
        summary=str(part.get("SUMMARY", "")),
        description=str(part.get("DESCRIPTION", "")),
        location=str(part.get("LOCATION", "")),
        status=_STATUS.get(str(part.get("STATUS", "")).upper(), "confirmed"),
        transparent=str(part.get("TRANSP", "")).upper() == "TRANSPARENT",
        occurrence=name_of(part.decoded("RECURRENCE-ID")) if "RECURRENCE-ID" in part else "",
        sequence=int(part.get("SEQUENCE", 0)),
        categories=tuple(_categories(part)),
        color=str(part.get("COLOR", "")),
        alarms=tuple(_alarms(part)),
    )


def name_of(start: date) -> str:
    """Of an occurrence: the start that it had by the rule, as an instant in UTC or a date."""
    return str((start.astimezone(UTC) if isinstance(start, datetime) else start).isoformat())


def _categories(part: Any) -> Iterator[str]:
    found = part.get("CATEGORIES", [])
    for one in found if isinstance(found, list) else [found]:
        yield from (str(category) for category in one.cats)


def _alarms(part: Any) -> Iterator[Alarm]:
    """Those that speak up; a phone's own silent ones, and what is no alarm, are passed over."""
    for alarm in part.walk("VALARM"):
        when = getattr(alarm.get("TRIGGER"), "dt", None)
        if str(alarm.get("ACTION", "")).upper() == "DISPLAY" and isinstance(when, datetime | timedelta):
            yield Alarm(-when if isinstance(when, timedelta) else when, str(alarm.get("DESCRIPTION", "")))


def ends(part: Any) -> tuple[date, date]:
    if "DTSTART" not in part:
        raise UnreadableError(NO_START)
    start = part.decoded("DTSTART")
    if "DTEND" in part:
        end = part.decoded("DTEND")
    elif "DURATION" in part:
        end = start + part.decoded("DURATION")
    else:
        end = start if isinstance(start, datetime) else start + timedelta(days=1)
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise UnreadableError("an event starts with a time and ends with a date")
    return start, end


def when_of(start: date, end: date) -> Timed | Days:
    if isinstance(start, datetime) and isinstance(end, datetime):
        # A zone that nobody knows comes out naive: never take it for local time.
        if start.tzinfo is None or end.tzinfo is None:
            raise UnreadableError("an event's time has no zone, or one that is not known")
        if end.astimezone(UTC) < start.astimezone(UTC):
            raise UnreadableError("an event ends before it starts")
        return Timed(start, end)
    return Days(start, max(start, end - timedelta(days=1)))


def instant(when: date) -> datetime:
    """Comparable, whatever it is; a naive time is taken as it stands."""
    if isinstance(when, datetime):
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime.combine(when, time(0), UTC)

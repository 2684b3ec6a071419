"""What Google makes of an event: what it refuses, what it adds, and what it shows to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from tests.connectors.google_server_document import DAY, ApiError, Json, invalid

ID = re.compile(r"[a-v0-9]{5,1024}")
INSTANCE = re.compile(r"(?P<master>.+)_(?P<stamp>\d{8}(T\d{6}Z)?)")
OWNED = frozenset(
    "kind etag id htmlLink created updated creator organizer iCalUID hangoutLink locked privateCopy "
    "recurringEventId originalStartTime eventType sequence status attendeesOmitted".split()
)
"""Fields that are the server's, or that it looks after apart from the others."""
CHOICES = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
    "colorId": {str(number) for number in range(1, 12)},
    "eventType": {"default"},
}
UNSAID = {"transparency": "opaque", "visibility": "default"}
"""Values that an answer leaves out."""
BUSY = frozenset(
    "kind etag id status updated start end iCalUID recurrence recurringEventId originalStartTime sequence "
    "eventType transparency".split()
)
"""What who may see only free and busy is told."""


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})


def bare(value: Any) -> Any:
    """The same without what is null."""
    if isinstance(value, dict):
        return {name: bare(inner) for name, inner in value.items() if inner is not None}
    return value


def merged(old: Json, new: Json) -> Json:
    """Patch semantics: objects are merged, null takes away, anything else replaces."""
    found = dict(old)
    for name, value in new.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, dict):
            found[name] = merged(found[name] if isinstance(found.get(name), dict) else {}, value)
        else:
            found[name] = value
    return found


# -- times ------------------------------------------------------------------------------------------------


def zone_checked(name: str, message: str) -> str:
    if name not in zones():
        raise invalid(message)
    return name


def _time(told: Json | None, label: str, default: str, *, recurring: bool) -> Json:
    """One end of an event, as it is kept."""
    if not told or not (told.get("date") or told.get("dateTime")):
        raise invalid(f"Missing {label} time.", reason="required")
    if told.get("date") and told.get("dateTime"):
        raise invalid(f"Invalid {label} time.")
    zone: str | None = told.get("timeZone")
    if zone is not None:
        zone_checked(zone, f"Invalid time zone definition for {label} time.")
    if told.get("date"):
        if not DAY.fullmatch(told["date"]):
            raise invalid(f"Invalid {label} time.")
        return {"date": told["date"]}
    when = datetime.fromisoformat(told["dateTime"].upper()).replace(microsecond=0)
    if zone is None and (when.tzinfo is None or recurring):
        raise invalid(f"Missing time zone definition for {label} time.", reason="required")
    if zone is not None and when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(zone))
    return {"dateTime": when.isoformat(), "timeZone": zone or default}


def instant(time: Json, zone: str) -> datetime:
    """When it is, with days beginning in a zone."""
    if "date" in time:
        return datetime.fromisoformat(time["date"]).replace(tzinfo=ZoneInfo(zone))
    return datetime.fromisoformat(time["dateTime"])


def shown_time(time: Json, zone: str) -> Json:
    """A kept time, told in the zone of the calendar or of the question."""
    if "date" in time:
        return dict(time)
    told = datetime.fromisoformat(time["dateTime"]).astimezone(ZoneInfo(zone)).isoformat()
    return {**time, "dateTime": told.replace("+00:00", "Z")}


def stamp(time: Json) -> str:
    """The last part of the id of an instance."""
    if "date" in time:
        return str(time["date"]).replace("-", "")
    return f"{datetime.fromisoformat(time['dateTime']).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def told_time(when: datetime | date, zone: str) -> Json:
    """A time as a body says it."""
    if isinstance(when, datetime):
        return {"dateTime": when.isoformat(), "timeZone": zone}
    return {"date": when.isoformat()}


# -- recurrence -------------------------------------------------------------------------------------------


def _rule(event: Json) -> Any:
    start = event["start"]
    lines = "\n".join(event["recurrence"])
    if "date" in start:
        begin, lines = datetime.fromisoformat(start["date"]), lines.replace(";VALUE=DATE:", ":")
    else:
        begin = datetime.fromisoformat(start["dateTime"]).astimezone(ZoneInfo(start["timeZone"]))
    return import_module("dateutil.rrule").rrulestr(lines, dtstart=begin, forceset=True)


def _check_recurrence(event: Json) -> None:
    for line in event["recurrence"]:
        if not re.match(r"(RRULE|EXRULE|RDATE|EXDATE)[:;]", line):
            raise invalid("Invalid recurrence rule.")
    try:
        _rule(event)
    except (ValueError, TypeError):
        raise invalid("Invalid recurrence rule.") from None


def happens(event: Json, after: datetime | None, before: datetime | None, zone: str) -> bool:
    """Whether an event, or one of a series, ends after the one and begins before the other."""
    start, end = (instant(event[name], zone) for name in ("start", "end"))
    if before is not None and start >= before:
        return False
    if after is None or end > after:
        return True
    if not event.get("recurrence"):
        return False
    edge = after - (end - start)
    naive = "date" in event["start"]
    found = _rule(event).after(edge.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if naive else edge)
    return found is not None and (
        before is None or (found.replace(tzinfo=ZoneInfo(zone)) if naive else found) < before
    )


def instance(master: Json, mark: str) -> Json | None:
    """One of a series that nobody has touched so far."""
    days = "date" in master["start"]
    if days != ("T" not in mark):
        return None
    if days:
        begin = datetime.strptime(mark, "%Y%m%d")  # noqa: DTZ007  # a day has no zone
        start: Json = {"date": f"{begin:%Y-%m-%d}"}
        long = date.fromisoformat(master["end"]["date"]) - date.fromisoformat(master["start"]["date"])
        end: Json = {"date": f"{begin + long:%Y-%m-%d}"}
    else:
        begin = datetime.strptime(mark, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        first, last = (datetime.fromisoformat(master[name]["dateTime"]) for name in ("start", "end"))
        zone = ZoneInfo(master["start"]["timeZone"])
        start = {**master["start"], "dateTime": begin.astimezone(zone).isoformat()}
        end = {**master["end"], "dateTime": (begin + (last - first)).astimezone(zone).isoformat()}
    if not _rule(master).between(begin, begin + timedelta(seconds=1), inc=True):
        return None
    kept = {name: value for name, value in master.items() if name != "recurrence"}
    made = {"id": f"{master['id']}_{mark}", "recurringEventId": master["id"], "originalStartTime": start}
    return {**kept, **made, "start": start, "end": end}


# -- bodies -----------------------------------------------------------------------------------------------


def checked(body: Json, zone: str) -> Json:
    """What of a whole body is kept, where Google takes it."""
    for name, choices in CHOICES.items():
        if name in body and body[name] not in choices:
            raise invalid(f"Invalid value for: {body[name]} is not a valid value", name)
    kept = {name: value for name, value in bare(body).items() if name not in OWNED}
    recurring = bool(kept.get("recurrence"))
    for name in ("start", "end"):
        kept[name] = _time(kept.get(name), name, zone, recurring=recurring)
    _check_range(kept, zone)
    if recurring:
        _check_recurrence(kept)
    kept["reminders"] = _reminders(kept.get("reminders", {"useDefault": True}))
    if "extendedProperties" in kept:
        kept["extendedProperties"] = _properties(kept["extendedProperties"])
    for one in kept.get("attendees", ()):
        if "@" not in one.get("email", ""):
            raise invalid("Invalid attendee email.", reason="invalid")
    empty = {name for name in kept if kept[name] in ("", [], {}) or UNSAID.get(name) == kept[name]}
    return {name: value for name, value in kept.items() if name not in empty}


def _check_range(kept: Json, zone: str) -> None:
    start, end = kept["start"], kept["end"]
    if ("date" in start) != ("date" in end):
        raise invalid("Start and end times must either both be date or both be dateTime.")
    first, last = instant(start, zone), instant(end, zone)
    if last < first or ("date" in start and last == first):
        raise ApiError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")


def _reminders(told: Json) -> Json:
    overrides = told.get("overrides", [])
    if told.get("useDefault") and overrides:
        raise ApiError(
            400,
            "cannotUseDefaultRemindersAndSpecifyOverride",
            "Cannot specify both default reminders and overrides at the same time.",
            domain="calendar",
        )
    check_reminders(overrides)
    if len(overrides) > 5:
        raise invalid("The maximum number of override reminders is 5.", "reminders.overrides")
    kept: Json = {"useDefault": bool(told.get("useDefault"))}
    return {**kept, "overrides": overrides} if overrides else kept


def check_reminders(overrides: Iterable[Json]) -> None:
    for one in overrides:
        if one.get("method") not in {"popup", "email"}:
            raise invalid(
                "Invalid reminder method.", "method", "required" if "method" not in one else "invalid"
            )
        if not 0 <= one.get("minutes", -1) <= 40_320:
            raise invalid("Invalid reminder minutes.", "minutes")


def _properties(told: Json) -> Json:
    """Long keys are dropped and long values are cut, without a word; empty halves go."""
    kept = {}
    for half, pairs in told.items():
        if len(pairs) > 300 or sum(len(name) + len(value) for name, value in pairs.items()) > 32_768:
            raise invalid("Too many extended properties.", f"extendedProperties.{half}")
        kept[half] = {name: value[:1024] for name, value in pairs.items() if len(name) <= 44}
    return {half: pairs for half, pairs in kept.items() if pairs}


# -- answers ----------------------------------------------------------------------------------------------


def shown(event: Json, zone: str, *, busy: bool = False) -> Json:
    """An event as an answer tells it."""
    told = {name: value for name, value in event.items() if not busy or name in BUSY}
    for name in {"start", "end", "originalStartTime"} & told.keys():
        told[name] = shown_time(told[name], zone)
    return told | ({"visibility": "private"} if busy else {})


def gone(event: Json, zone: str) -> Json:
    """What is told of a deleted event: hardly more than that it is."""
    names = ["kind", "etag", "id", "status"]
    names += ["recurringEventId", "originalStartTime"] if "recurringEventId" in event else []
    return shown({name: event[name] for name in names}, zone)


def matches(event: Json, params: Json, zone: str) -> bool:
    """Whether an event is among those that the parameters of a list ask for."""
    after, before, since = (
        datetime.fromisoformat(params[name].upper()) if name in params else None
        for name in ("timeMin", "timeMax", "updatedMin")
    )
    words = " ".join(event.get(name, "") for name in ("summary", "description", "location")).lower()
    private, shared = (event.get("extendedProperties", {}).get(half, {}) for half in ("private", "shared"))
    return (
        params.get("iCalUID", event["iCalUID"]) == event["iCalUID"]
        and params.get("q", "").lower() in words
        and _has(private, params.get("privateExtendedProperty", []))
        and _has(shared, params.get("sharedExtendedProperty", []))
        and event["eventType"] in params.get("eventTypes", [event["eventType"]])
        and (since is None or datetime.fromisoformat(event["updated"]) >= since)
        and happens(event, after, before, zone)
    )


def _has(held: Json, wanted: Iterable[str]) -> bool:
    for pair in wanted:
        name, equals, value = pair.partition("=")
        if not equals:
            raise invalid("Invalid extended property constraint.")
        if held.get(name) != value:
            return False
    return True

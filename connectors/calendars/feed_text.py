"""A feed's text, cut into one object a UID before anything is parsed: a broken event costs itself alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final

from connectors.event import Item

ENDLESS: Final = "99991231"
VOLATILE = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "X-PUBLISHED-TTL"})
"""Rewritten at each download by one scheduler or another, and no change of a shift."""
_VERSION = re.compile(r"\d{8}-[0-9a-f]{24}")
_DURATION = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?.*)?", re.IGNORECASE
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DATE = re.compile(r"\d{8}")


@dataclass(slots=True)
class _Component:
    """The unfolded lines of a VEVENT or VTIMEZONE, BEGIN and END included."""

    lines: list[str]

    def value(self, name: str) -> str:
        return next((_value(line) for line in self.lines if _property(line) == name), "")

    def zones(self) -> Iterator[str]:
        for line in self.lines:
            head = line.partition(":")[0]
            if "TZID=" in head.upper():
                yield re.split("TZID=", head, maxsplit=1, flags=re.IGNORECASE)[1].split(";")[0].strip('"')


@dataclass(slots=True)
class Parts:
    head: list[str] = field(default_factory=list)
    zones: dict[str, _Component] = field(default_factory=dict)
    events: list[_Component] = field(default_factory=list)


def _property(line: str) -> str:
    found = _NAME.match(line)
    return found.group().upper() if found else ""


def _value(line: str) -> str:
    """Behind the first colon that is not inside quotes."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[at + 1 :]
    return ""


def parts_of(text: str) -> Parts:
    parts = Parts()
    open_: list[str] = []
    depth = 0
    for line in re.split(r"\r?\n", text):
        upper = line[:17].upper().rstrip()
        if depth and upper == "BEGIN:VEVENT":
            # The one before has no end.
            _keep(
                parts, _Component([*open_, *(["END:VEVENT"] if open_[0].upper().startswith(upper) else [])])
            )
            open_, depth = [line], 1
        elif depth:
            open_.append(line)
            depth += upper.startswith("BEGIN:") - upper.startswith("END:")
            if not depth:
                _keep(parts, _Component(open_))
        elif upper.startswith("BEGIN:") and upper != "BEGIN:VCALENDAR":
            open_, depth = [line], 1
        elif _property(line) in ("X-WR-TIMEZONE", "CALSCALE"):
            parts.head.append(line)
    if depth:
        _keep(parts, _Component([*open_, open_[0].replace("BEGIN", "END", 1)]))
    return parts


def _keep(parts: Parts, component: _Component) -> None:
    """To-dos and journals are no events."""
    kind = component.lines[0].strip().upper()
    if kind == "BEGIN:VTIMEZONE":
        parts.zones[component.value("TZID").strip()] = component
    elif kind == "BEGIN:VEVENT":
        parts.events.append(component)


def objects(parts: Parts) -> dict[str, Item]:
    series: dict[str, list[_Component]] = {}
    for event in parts.events:
        series.setdefault(_uid(event), []).append(event)
    found: dict[str, Item] = {}
    for uid, events in series.items():
        for key, group in _groups(uid, events):
            item = _item(key, group, parts)
            found[item.href] = item
    return found


def _uid(event: _Component) -> str:
    uid = event.value("UID").strip()
    return uid or "|".join(event.value(name) for name in ("DTSTART", "DTEND", "SUMMARY"))


def _groups(uid: str, events: list[_Component]) -> Iterator[tuple[str, list[_Component]]]:
    """A series with its exceptions is one object. Some feeds give a day's shifts one UID: each is its own."""
    exceptions = [event for event in events if event.value("RECURRENCE-ID")]
    told = {
        tuple(event.value(name) for name in ("DTSTART", "DTEND", "SUMMARY")): event
        for event in events
        if not event.value("RECURRENCE-ID")
    }
    masters = [told[key] for key in sorted(told)]
    if len(masters) <= 1:
        yield uid, [*masters, *exceptions]
        return
    series = [event for event in masters if event.value("RRULE")]
    starts: Counter[str] = Counter()
    for master in masters:
        start = master.value("DTSTART")
        starts[start] += 1
        theirs = exceptions if series == [master] else []
        yield f"{uid} {start} {starts[start]}", [master, *theirs]
    if exceptions and len(series) != 1:
        yield f"{uid} exceptions", exceptions


def _item(key: str, events: list[_Component], parts: Parts) -> Item:
    names = dict.fromkeys(zone for event in events for zone in event.zones())
    zones = [parts.zones[name] for name in names if name in parts.zones]
    href = blake2b(key.encode(), digest_size=12).hexdigest() + ".ics"
    lines = [line for one in zones for line in one.lines]
    for event in events:
        named = [] if event.value("UID").strip() else [f"UID:{href}"]
        lines += [event.lines[0], *named, *event.lines[1:]]
    data = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shiftward//feed//EN", *parts.head, *lines]
    )
    normal = "\n".join(line for one in (*zones, *events) for line in sorted(_normal(one.lines)))
    digest = blake2b("\n".join((*parts.head, normal)).encode(), digest_size=12).hexdigest()
    return Item(href, f"{max(map(_ends, events))}-{digest}", f"{data}\r\nEND:VCALENDAR\r\n")


def ends_before(version: str, day: str) -> bool:
    """Whether an object of this version meets no date from `day` (YYYYMMDD) on."""
    return bool(_VERSION.fullmatch(version)) and version[:8] < day


def _normal(lines: list[str]) -> Iterator[str]:
    for line in lines:
        name = _property(line)
        if name in ("DESCRIPTION", "X-ALT-DESC"):
            parts = re.split(r"(?<!\\)(?:\\\\)*\\[nN]", _value(line))
            yield "\\n".join(part for part in parts if not part.strip().lower().startswith("autosync"))
        elif name not in VOLATILE and not name.startswith("X-WR-"):
            yield line.rstrip()


def _ends(event: _Component) -> str:
    """The last date it may meet, as YYYYMMDD; generous where that would need the rule to be expanded."""
    if event.value("RDATE"):
        return ENDLESS
    rule = event.value("RRULE")
    if rule:
        until = re.search(r"UNTIL=(\d{8})", rule, re.IGNORECASE)
        return until.group(1) if until else ENDLESS
    start, end = (_day(event.value(name)) for name in ("DTSTART", "DTEND"))
    lasts = _DURATION.match(event.value("DURATION").strip())
    if start and not end and lasts:
        weeks, days, hours, minutes = (int(part or 0) for part in lasts.groups())
        try:
            end = start + timedelta(weeks=weeks, days=days + 1, hours=hours, minutes=minutes)
        except OverflowError:
            return ENDLESS
    last = max((one for one in (start, end) if one), default=None)
    return f"{last:%Y%m%d}" if last else ENDLESS


def _day(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except (ValueError, OverflowError):
        return None


def opens(parts: Parts) -> str:
    """The first date of the feed's window: the earliest start of what happens once."""
    starts = [
        found.group()
        for event in parts.events
        if not event.value("RRULE") and (found := _DATE.match(event.value("DTSTART")))
    ]
    return min(starts, default="")

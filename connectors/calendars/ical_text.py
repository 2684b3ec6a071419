"""What can be known of an object by its text alone: whether it repeats, what belongs together, what need not be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import blake2b
from zoneinfo import available_timezones as all_timezones

from connectors.event import Item

_UNREAD = re.compile(
    r"^(?:DTSTAMP|CREATED|LAST-MODIFIED|PRODID|VERSION|CALSCALE|CLASS|PRIORITY|URL|GEO|ATTACH|ATTENDEE|COMMENT|CONTACT"
    r"|RELATED-TO|RESOURCES|REQUEST-STATUS|CONFERENCE|IMAGE|X-(?!WR-TIMEZONE)[A-Z0-9-]+)[:;][^\r\n]*\r?\n"
    r"(?:(?:\r?\n)*[ \t][^\r\n]*\r?\n)*",
    re.MULTILINE | re.IGNORECASE,
)
"""Properties that nobody here asks for, with the lines that they are folded into: the parser takes its time for each."""
_VTIMEZONE = re.compile(
    r"^BEGIN:VTIMEZONE\r?\n(?:(?!BEGIN:VTIMEZONE).*\n)*?END:VTIMEZONE\r?\n",
    re.MULTILINE | re.IGNORECASE,
)
_TZID = re.compile(r"^TZID:(.+?)\r?$", re.MULTILINE | re.IGNORECASE)


def parsable(data: str) -> str:
    """The text without what nobody here asks for."""
    return _UNREAD.sub("", _VTIMEZONE.sub(_needed, data))


def _needed(definition: re.Match[str]) -> str:
    """A zone of the database is taken from there: what calendars say of it is long, often wrong, and slow to read."""
    return "" if _is_of_the_database(definition.group()) else definition.group()


@lru_cache(maxsize=256)
def _is_of_the_database(definition: str) -> bool:
    name = _TZID.search(definition)
    known = name is not None and name.group(1).strip() in available_timezones()
    return known and "BEGIN:VEVENT" not in _plain(definition)


@cache
def available_timezones() -> frozenset[str]:
    """The names of the database; asking for them reads its files."""
    return frozenset(all_timezones())


def _plain(data: str) -> str:
    """As a parser sees it: lines unfolded, names in capitals."""
    text = data.replace("\r\n", "\n")
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text.replace("\n ", "").replace("\n\t", "").upper()


def repeats(data: str) -> bool:
    """Whether an object holds a rule or a list of dates, by its text; a zone's own rules are none."""
    text = _plain(data)
    if "\nRRULE" not in text and "\nRDATE" not in text:
        return False
    bare = _VTIMEZONE.sub("", text)
    return "\nRRULE" in bare or "\nRDATE" in bare


def joined(items: Iterable[Item]) -> list[Item]:
    """Exceptions that a server keeps as objects of their own, put beside the series they belong to.

    Only such a pair tells what a series really holds; everything else stays as it is.
    """
    there = list(items)
    alone = {item.href: _uid(item.data) for item in there if _is_exception(item.data)}
    masters = {_uid(item.data): item.href for item in there if alone and repeats(item.data)}
    moved: dict[str, list[Item]] = {}
    for item in there:
        if alone.get(item.href) in masters:
            moved.setdefault(masters[alone[item.href]], []).append(item)
    away = {item.href for exceptions in moved.values() for item in exceptions}
    return [_join(item, moved.get(item.href, [])) for item in there if item.href not in away]


def _is_exception(data: str) -> bool:
    return "\nRECURRENCE-ID" in data and not repeats(data)


def _uid(data: str) -> str:
    found = re.search(r"^UID:(.*(?:\r?\n[ \t].*)*)", data, re.MULTILINE)
    return re.sub(r"\r?\n[ \t]", "", found.group(1)).strip() if found else ""


def _join(item: Item, exceptions: Sequence[Item]) -> Item:
    if not exceptions:
        return item
    parts = [
        part
        for one in exceptions
        for part in re.findall(r"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?\n", one.data, re.MULTILINE | re.DOTALL)
    ]
    zones = [
        zone.group()
        for one in exceptions
        for zone in _VTIMEZONE.finditer(one.data)
        if (name := _TZID.search(zone.group())) and name.group() not in item.data
    ]
    begin, first, rest = item.data.partition("BEGIN:VEVENT")
    head, end, tail = f"{begin}{''.join(dict.fromkeys(zones))}{first}{rest}".rpartition("END:VCALENDAR")
    etag = blake2b("\n".join([item.etag, *(one.etag for one in exceptions)]).encode(), digest_size=12)
    return replace(item, etag=etag.hexdigest(), data=f"{head}{''.join(parts)}{end}{tail}")

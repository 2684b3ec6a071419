"""What real servers do to the text of an object before they store it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

Alteration = Literal[
    "stamp", "reorder", "prodid", "add x", "strip x", "own zone", "default alarm", "trim", "nfc", "lf"
]

ZONE = "America/New_York"
OWN_ZONE = "Eastern (of this server)"
OWN_VTIMEZONE = f"""\
BEGIN:VTIMEZONE
TZID:{OWN_ZONE}
BEGIN:STANDARD
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE""".split("\n")
"""As servers write it that keep one set of rules since 1601."""

DEFAULT_ALARM = """\
BEGIN:VALARM
X-WR-ALARMUID:7A2F4C1E-0000-4000-8000-000000000000
UID:7A2F4C1E-0000-4000-8000-000000000000
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
ACTION:NONE
X-APPLE-LOCAL-DEFAULT-ALARM:TRUE
X-APPLE-DEFAULT-ALARM:TRUE
END:VALARM""".split("\n")


def uid(text: str) -> str:
    """The UID of the first event, or nothing."""
    return next((line.partition(":")[2] for line in _lines(text) if line.startswith("UID:")), "")


def would_mail(text: str) -> bool:
    """Whether a server that does scheduling writes to somebody about this object."""
    return any(re.match(r"(ORGANIZER|ATTENDEE)\b", line) for line in _lines(text))


def has_ends(text: str) -> bool:
    """Whether every event says when it ends."""
    events = re.findall(r"(?ms)^BEGIN:VEVENT\n.*?^END:VEVENT$", "\n".join(_lines(text)))
    return all(re.search(r"^(DTEND|DURATION)\b", event, re.MULTILINE) for event in events)


def altered(text: str, alterations: Iterable[Alteration]) -> str:
    """The text as a server with these habits stores it."""
    chosen = set(alterations)
    if not chosen:
        return text
    lines = _lines(text)
    for name, alter in ALTERATIONS.items():
        if name in chosen:
            lines = alter(lines)
    whole = "\r\n".join([*(_folded(line) for line in lines), ""])
    return whole.replace("\r\n", "\n") if "lf" in chosen else whole


def _lines(text: str) -> list[str]:
    """Only line feeds end a line; `splitlines` knows other characters that do."""
    return [line for line in re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n").split("\n") if line]


def _folded(line: str) -> str:
    """At most 75 bytes on a line, no character cut in two."""
    pieces, room = [""], 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(" ")
            room = 74
        pieces[-1] += letter
        room -= size
    return "\r\n".join(pieces)


def _stamp(lines: list[str]) -> list[str]:
    kept = [line for line in lines if not line.startswith("DTSTAMP")]
    return _after("BEGIN:VEVENT", kept, ["DTSTAMP:20270101T000000Z"])


def _after(mark: str, lines: list[str], more: list[str]) -> list[str]:
    return [one for line in lines for one in ([line, *more] if line == mark else [line])]


def _before(mark: str, lines: list[str], more: list[str]) -> list[str]:
    return [one for line in lines for one in ([*more, line] if line == mark else [line])]


def _reorder(lines: list[str]) -> list[str]:
    """The properties of each component by the alphabet, its inner components after them."""
    head, *rest = lines
    own: list[str] = []
    inner: list[str] = []
    depth: list[str] = []
    for line in rest[:-1]:
        if line.startswith("BEGIN:") or depth:
            depth.append(line)
            if line == depth[0].replace("BEGIN", "END", 1):
                inner += _reorder(depth)
                depth = []
        else:
            own.append(line)
    return [head, *sorted(own), *inner, rest[-1]]


def _prodid(lines: list[str]) -> list[str]:
    return ["PRODID:-//Server//EN" if line.startswith("PRODID") else line for line in lines]


def _add_x(lines: list[str]) -> list[str]:
    more = [
        "CREATED:20270101T000000Z",
        "LAST-MODIFIED:20270101T000000Z",
        "X-SERVER-ID;X-KIND=a:42",
        "CLASS:PUBLIC",
    ]
    return _before("END:VEVENT", _after("BEGIN:VCALENDAR", lines, ["X-WR-CALNAME:Of the server"]), more)


def _strip_x(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("X-")]


def _own_zone(lines: list[str]) -> list[str]:
    text = re.sub(r"(?ms)^BEGIN:VTIMEZONE\n.*?^END:VTIMEZONE\n", "", "\n".join(lines))
    if f"TZID={ZONE}:" not in text:
        return text.split("\n")
    renamed = text.replace(f"TZID={ZONE}:", f"TZID={OWN_ZONE}:").split("\n")
    first = renamed.index("BEGIN:VEVENT")
    return [*renamed[:first], *OWN_VTIMEZONE, *renamed[first:]]


def _default_alarm(lines: list[str]) -> list[str]:
    return lines if "BEGIN:VALARM" in lines else _before("END:VEVENT", lines, DEFAULT_ALARM)


def _trim(lines: list[str]) -> list[str]:
    return [line.rstrip(" ") for line in lines]


def _nfc(lines: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", line) for line in lines]


ALTERATIONS: Mapping[Alteration, Callable[[list[str]], list[str]]] = {
    "stamp": _stamp,
    "reorder": _reorder,
    "prodid": _prodid,
    "add x": _add_x,
    "strip x": _strip_x,
    "own zone": _own_zone,
    "default alarm": _default_alarm,
    "trim": _trim,
    "nfc": _nfc,
}
"""In the order in which they are done; "lf" is how the lines are joined afterwards."""

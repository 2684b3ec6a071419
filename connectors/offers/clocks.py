"""Clock times and hours -> tokens: `7p-7a`, `0700-1930`, `22:30H to 8:30H`, `noon - 8pm ET`."""

from __future__ import annotations

import re

from connectors.offers.daywords import MONTH, WEEKDAY
from connectors.offers.tokens import DASH, MIDNIGHT, NOON, Clock, Hours, Token
from connectors.offers.zones import OPTIONAL_ZONE, ZONES

_I = re.IGNORECASE

MORNING = 6 * 60
LONGEST_SHIFT = 14 * 60
"""Minutes. `07:00 - 03:00` is more likely a clock of twelve hours than a shift of twenty."""


_CLOCK = (
    r"(?:(noon|midnight|12 ?mn\b|12 ?n\b)|(\d{1,2})(?:[:.]|h(?=\d\d\b))(\d{2})(?::\d{2})?|(\d{4}|\d{3})(?=\s?h(?:rs?|ours)?\b|(?!\d))|(\d{1,2}))"
    r"(?:\s?([ap])\b(?:\.?\s?m\b\.?)?|\s?([ap])\.?m\b\.?|\s?h(?:rs?)?\b)?"
)

_HOURS = re.compile(_CLOCK + OPTIONAL_ZONE + DASH + _CLOCK + r"(?![:.]?\d)" + OPTIONAL_ZONE, _I)

_TWO_ZONES = re.compile(
    _CLOCK
    + OPTIONAL_ZONE
    + r"\s?/\s?"
    + _CLOCK
    + OPTIONAL_ZONE
    + DASH
    + _CLOCK
    + OPTIONAL_ZONE
    + r"\s?/\s?"
    + _CLOCK
    + OPTIONAL_ZONE,
    _I,
)

_ONE_CLOCK = re.compile(_CLOCK + OPTIONAL_ZONE, _I)


def hours_at(line: str, at: int, before: list[Token]) -> Token | None:
    if line.count("/", at) > 1 and (found := _TWO_ZONES.match(line, at)):
        clocks = [_clock(found.groups()[index : index + 7]) for index in range(0, 32, 8)]
        zones = [found.groups()[index] for index in range(7, 32, 8)]
        first, second, third, _ = clocks
        if first and second and third and all(zones):
            start, end, unsure = _settle(first, third)
            return Token(
                "hours",
                found[0],
                at,
                found.end(),
                Hours(start, end, unsure, zones[0], (second.minutes, zones[1] or "")),
            )
    found = _HOURS.match(line, at)
    if not found:
        return None
    groups = _with_zones(found.groups())
    first, second = _clock(groups[:7]), _clock(groups[8:15])
    digits = not (groups[0] or groups[1]) and first is not None and first.half is None
    if first is None or second is None or _DATE_GOES_ON.match(line, found.end()):
        return None
    if groups[12] and second.half is None and _MONTH_NEXT.match(line, found.end(13)):
        return None
    if digits and _is_year(line, at, before):
        return None
    if groups[4] and digits and not groups[7] and _ANOTHER_CLOCK.match(line, found.end()):
        return None  # `Feb 1, 2 - 7am to 7pm`
    if digits and before and before[-1].kind == "month" and _CHAINED.match(line, found.end()):
        return None  # `Feb 20- 7a-7p`
    if digits and not groups[7] and _counts(line, at, found.end(), second):
        return Token("noise", found[0], at, found.end())
    plain = groups[4] is not None and groups[12] is not None and not (first.half or second.half)
    if (
        plain
        and re.search(r"\b(?:to|until|till?|through|thru)\b", found[0], _I)
        and not (groups[7] or groups[15])
    ):
        return None  # "from 4 to 6" says nothing about clocks
    if plain and not (groups[7] or groups[15]):
        end_at = found.start(16) if found[16] else found.end()
        return Token("span", line[at:end_at], at, end_at, (first.minutes // 60, second.minutes // 60))
    mixed = (groups[3] is None) != (groups[11] is None) and not (first.half or second.half)
    if mixed and not (first.exact and second.exact):
        return None
    start, end, unsure = _settle(first, second)
    end_at = found.end()
    zone = groups[15] or groups[7]
    if found[16] and not groups[15]:
        end_at = found.start(16)
    odd = digits and bool(_PRICED.search(line, max(0, at - 20), at) or _CHAINED.match(line, end_at))
    odd = odd or (digits and _after_day(before) and _YEAR.match(line, at) is not None)
    slot = Hours(start, end, unsure, zone, odd=odd)
    return Token("hours", line[at:end_at].rstrip(" ("), at, end_at, slot)


_DATE_GOES_ON = re.compile(r"-\d\d-\d|/\d\d?(?:/\d|\b(?!\s?[ap]\b|:))")
"""What would be the end of the hours is the beginning of a date: `07:00 - 2027-06-08`."""

_MONTH_NEXT = re.compile(
    r"(?:st|nd|rd|th)?\.?\s?(?:of |de )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", _I
)

_CHAINED = re.compile(r"[-–]\d")

_ANOTHER_CLOCK = re.compile(DASH + r"\d{1,2}(?::\d{2})?\s?[ap]", _I)

_YEAR = re.compile(r"20[2-4]\d(?!\d)")

_PRICED = re.compile(
    r"(?:[$£€]|\b(?:pays?|paying|rates?|earn|salary|fee|budget|call|dial|ext|tel|phone|fax)\.?:?)\s?(?:of |is |at )?$",
    _I,
)

_COUNTED_BEFORE = re.compile(
    r"\b(?:census|beds?|volumes?|acuity|crew|team|rooms?|floors?|suites?|ages?|aged|ratio|levels?|see|seeing|sees|level|patients|visits|annual|zip)"
    r"(?: (?:of|is|about|around|approx|averages?|runs))?:? ?$",
    _I,
)

_COUNTED_AFTER = re.compile(
    r"\s?(?:patients?|pts?|visits?|beds?|encounters?|consults?|calls?|admissions?|admits?|pages?|miles?|mi|km|min(?:ute)?s?"
    r"|physicians?|doctors?|docs|providers?|nurses|staff|people|weeks?|months?|years?|%|percent|hours?|hrs?)\b",
    _I,
)


def _after_day(before: list[Token]) -> bool:
    """Whether the last tokens are a month and a day in either order, or a month alone."""
    last = [token.kind for token in before if token.text not in (",", ".")][-2:]
    return last[-1:] == ["month"] or last == ["month", "number"]


def _is_year(line: str, at: int, before: list[Token]) -> bool:
    """`17 May 2027 - 21 May 2027`, `June 5, 2027 - 7a-7p`: behind its day and month, 2027 is no 20:27."""
    year = _YEAR.match(line, at)
    if not year or not _after_day(before):
        return False
    joint = re.compile(DASH, _I).match(line, year.end())
    rest = line[joint.end() if joint else year.end() :]
    dated = (
        MONTH.match(rest)
        or WEEKDAY.match(rest)
        or re.match(r"\d{1,2}(?:st|nd|rd|th)?,? (?:of )?[A-Za-z]{3}", rest)
    )
    return bool(dated or _HOURS.match(rest) or int(year[0]) % 5)


def _counts(line: str, start: int, end: int, second: Clock) -> bool:
    """`census 12-18`, `12-20 patients`, `14 to 18 beds`: so many of something, and no hours."""
    if second.half is not None or second.padded:
        return False
    return bool(_COUNTED_BEFORE.search(line, max(0, start - 30), start) or _COUNTED_AFTER.match(line, end))


def _with_zones(groups: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """An ordinary word of three letters that ends in t ("not", "but") is no zone."""
    named = list(groups)
    for at in (7, 15):
        zone = named[at]
        if zone and zone.lower() not in ZONES and not zone.isupper():
            named[at] = None
    return tuple(named)


def _clock(groups: tuple[str | None, ...]) -> Clock | None:
    word, hour, minute, compact, bare, half, other_half = groups[:7]
    half = (half or other_half or "").lower() or None
    if word:
        return Clock(0 if word.lower() == "midnight" or "m" in word.lower() else NOON, None, exact=True)
    if compact:
        hours, minutes = int(compact[:-2]), int(compact[-2:])
        exact = len(compact) == 4 or half is not None
    else:
        hours, minutes = int(hour or bare or 0), int(minute or 0)
        exact = (
            half is not None
            or hours > 12
            or (hour is not None and len(hour) == 2 and hour[0] == "0")
            or hours == 0
        )
    if minutes > 59 or hours > 24:
        return None
    if half and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    padded = compact is None and hour is not None and len(hour) == 2 and half is None
    return Clock((hours * 60 + minutes) % MIDNIGHT, half, exact, padded)


def _settle(first: Clock, second: Clock) -> tuple[int, int, bool]:
    """Both ends in minutes of the day, and whether a person would have to ask which half of it is meant."""
    if first.exact and second.exact and not (first.padded and second.padded):
        return first.minutes, second.minutes, False
    if second.exact and second.half:
        # "7-11p", "9-5p", "11-7a": the start lies in the twelve hours before the end.
        start = first.minutes % NOON
        late = start + NOON
        length = (second.minutes - start) % MIDNIGHT
        if second.minutes == 0 and second.half == "a" and MORNING <= start < NOON:
            return start, NOON, True  # "8-12 am": up to midnight, or the morning up to noon?
        return (start if 0 < length <= NOON else late), second.minutes, False
    if first.exact and first.half:
        end = second.minutes % NOON
        length = (end - first.minutes) % MIDNIGHT
        return first.minutes, (end if 0 < length <= NOON else end + NOON), False
    # Digits only: 24-hour notation where one end can be nothing else, and the other is written the same way.
    if (first.exact or second.exact) and (
        (first.padded and second.padded) or max(first.minutes, second.minutes) > NOON + 59
    ):
        length = (second.minutes - first.minutes) % MIDNIGHT or MIDNIGHT
        return first.minutes, second.minutes, length > LONGEST_SHIFT
    return first.minutes, second.minutes, True


def clock_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _ONE_CLOCK.match(line, at)
    if not found:
        return None
    groups = found.groups()
    clock = _clock(groups[:7])
    # Digits alone are a clock only with a half of the day, a colon, or four of them after "at" and the like.
    written = groups[0] or groups[1] or (clock and clock.half)
    if clock is None or not written:
        return None
    zone = groups[7] if groups[7] and (groups[7].lower() in ZONES or groups[7].isupper()) else None
    end = found.end() if zone or not groups[7] else found.start(8)
    return Token("clock", line[at:end], at, end, clock._replace(zone=zone))

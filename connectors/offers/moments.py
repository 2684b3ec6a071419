"""Points in time that a message names: until when to answer, as a date, a weekday or so many hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.offers import bundles, phrases
from connectors.offers.almanac import FURTHEST, Calendar, QuestionError
from connectors.offers.dates import entries, is_relative
from connectors.offers.lexer import lex
from connectors.offers.reading import Lexicon
from connectors.offers.tokens import Clock, Token
from connectors.offers.zones import zone_named


class Deadline(NamedTuple):
    """Until when to answer: a date, minutes after midnight (None: its end), and the zone where one is named."""

    day: date
    minutes: int | None
    zone: str | None = None
    exact: datetime | None = None
    """Counted from the message's own time, where it was told so."""


_MOMENT = ("date", "month", "number", "weekday", "clock", "noise", "zone")


_RECURS = re.compile(r"days\.?$", re.IGNORECASE)
"""`Mondays` are no moment."""
_MOMENT_WORDS = frozenset(
    (
        ",",
        ":",
        ".",
        "at",
        "@",
        "-",
        "(",
        ")",
        "noon",
        "midnight",
        "end",
        "of",
        "day",
        "on",
        "the",
        "close",
        "business",
        "this",
        "eod",
        "cob",
    )
)


def at_deadline(deadline: Deadline, zone: ZoneInfo) -> datetime:
    if deadline.exact:
        return deadline.exact.astimezone(zone)
    there = (zone_named(deadline.zone, zone) if deadline.zone else None) or zone
    return instant(deadline.day, 23 * 60 + 59 if deadline.minutes is None else deadline.minutes, there)


def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minutes // 60 % 24, minutes % 60), zone)


def moment(text: str, lexicon: Lexicon, sent: datetime, calendar: Calendar) -> tuple[Deadline, int] | None:
    """The point in time at the head of a text, and the characters used; a weekday alone is the next to come."""
    if found := phrases.WITHIN.match(text):
        return _within(found, sent), found.end()
    head: list[Token] = []
    for token in lex(text, lexicon):
        if (
            token.kind in _MOMENT
            or token.text.lower() in _MOMENT_WORDS
            or is_relative(token)
            or _FOUR_DIGITS.fullmatch(token.text)
            or (
                token.text.lower() in ("h", "hrs", "hours") and head and _FOUR_DIGITS.fullmatch(head[-1].text)
            )
        ):
            head.append(token)
        else:
            break
    clock = next((t.value for t in head if isinstance(t.value, Clock)), None)
    minutes = clock.minutes if clock else _four_digits(head, calendar.today.year)
    minutes = minutes if minutes is not None else _bare_hour(head)
    minutes = (
        minutes if minutes is not None else 12 * 60 if any(t.text.lower() == "noon" for t in head) else None
    )
    zone = next((str(t.value) for t in head if t.kind == "zone"), None) or (clock.zone if clock else None)
    used = head[-1].end if head else 0
    try:
        days = [day for entry in entries(head, replace(calendar, month=None)) for day in entry.days]
    except QuestionError:
        return None
    if days:
        return Deadline(days[0], minutes, zone), used
    if (day := _nth(head, calendar.today)) is not None:
        return Deadline(day, minutes, zone), used
    weekday = next((t.value for t in head if t.kind == "weekday" and not _RECURS.search(t.text)), None)
    if isinstance(weekday, int):
        ahead = (weekday - calendar.today.weekday() - 1) % 7 + 1
        return Deadline(calendar.today + timedelta(days=ahead), minutes, zone), used
    return None


_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)(h|hrs|hours)?\.?", re.IGNORECASE)


def _four_digits(head: Sequence[Token], year: int) -> int | None:
    """`9 April, 1200H`, `1700 on Friday`: minutes; `2027` is a year, unless something says that it is an hour."""
    for at, token in enumerate(head):
        found = _FOUR_DIGITS.fullmatch(token.text) if token.kind in ("number", "word") else None
        said = found and (
            found[3]
            or (head[at - 1 : at] and head[at - 1].text.lower() in ("at", "@"))
            or (head[at + 1 : at + 2] and head[at + 1].text.lower() in ("h", "hrs", "hours"))
        )
        if found and (said or abs(int(found[1] + found[2]) - year) > FURTHEST):
            return int(found[1]) * 60 + int(found[2])
    return None


_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.IGNORECASE)


def _nth(head: Sequence[Token], today: date) -> date | None:
    """`the 10th`: the next one, where neither a month nor another number stands beside it."""
    told = [found for token in head if token.kind == "number" and (found := _NTH.fullmatch(token.text))]
    if len(told) != 1 or any(token.kind in ("month", "date") for token in head):
        return None
    ahead = (today + timedelta(days=days) for days in range(32))
    return next((day for day in ahead if day.day == int(told[0][1])), None)


def _bare_hour(head: list[Token]) -> int | None:
    """`5 today`, `Friday at 5`: minutes; of what is no date, 1 to 7 are in the afternoon."""
    if any(token.kind in ("date", "month") for token in head):
        return None
    at = [place for place, token in enumerate(head) if token.kind == "number" and token.text.isdigit()]
    hour = head[at[0]].value if len(at) == 1 else None
    if not isinstance(hour, int) or not 1 <= hour <= 12:
        return None
    before, after = head[: at[0]][-1:], head[at[0] + 1 :][:1]
    plain = any(token.text.lower() in ("at", "@") for token in before)
    if not plain and not any(token.kind == "weekday" or is_relative(token) for token in after):
        return None  # `Friday 8` is the 8th.
    return (hour + 12 if hour <= 7 else hour) * 60


def _within(found: re.Match[str], sent: datetime) -> Deadline:
    """So many hours after it was sent; of days, each has 24."""
    count = bundles.NUMBERS.get(found[1].lower()) or int(found[1]) if found[1] else 1
    until = sent + timedelta(hours=count * (24 if found[2].lower().startswith("d") else 1))
    return Deadline(until.date(), None, exact=until)

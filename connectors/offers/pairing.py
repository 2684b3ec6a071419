"""Dates and hours in the order of the line -> which hours belong to which dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from connectors.offers.almanac import QuestionError
from connectors.offers.gathered import Entry
from connectors.offers.tokens import NOON, Hours, Token

DAY_BEGINS, NIGHT_BEGINS = 5 * 60, 17 * 60
"""Minutes; no day shift begins before the one, and no night before the other."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One date with its hours."""

    day: date
    hours: Hours
    review: frozenset[str]
    group: int


def pair(found: Sequence[Entry], words: str) -> list[Slot]:
    """Give each date its hours: those that follow it, or where the line begins with hours, those before it."""
    found, own = _days_of_a_weekday(found)
    usual = [entry for entry in found if not (entry.hours and entry.weekday is not None)]
    special = {entry.weekday: entry.hours for entry in found if entry.hours and entry.weekday is not None}
    if not usual or not any(entry.hours for entry in usual):
        raise QuestionError("no hours")
    groups = _forward(usual) if usual[0].hours else _backward(usual, several="both" in words)
    groups += own
    if not special.keys() <= {day.weekday() for days, _, _ in groups for day in days}:
        raise QuestionError("hours of a weekday that is not among the dates")
    slots = []
    if any(
        special.keys() >= {day.weekday() for day in days} for days, _, _ in groups[: len(groups) - len(own)]
    ):
        raise QuestionError("two hours for one day")
    for number, (days, hours, review) in enumerate(groups):
        for day in days:
            chosen = hours if number >= len(groups) - len(own) else special.get(day.weekday()) or hours
            settled, unsure = settle(chosen, words)
            slots.append(Slot(day, settled, frozenset(review | ({"ampm"} if unsure else set())), number))
    return slots


_EACH_DAY = re.compile(r"\b(?:both|each|every|all|either)\b", re.IGNORECASE)


_BETWEEN_POSTS = frozenset(
    ", & + / ( ) and plus both as well also the a for days nights day night shift shifts mids evenings overnight overnights".split()
)


def posts_behind(found: list[Entry], text: str, tokens: Sequence[Token]) -> list[Entry]:
    """`Days (7a-7p) and nights (7p-7a) on 2/20, 2/21 and 2/27`: hours of several posts, all of them on each date.

    Of as many dates as posts nobody knows whether each has its own; they stay as they are, and are asked about.
    """
    posts = [entry for entry in found if entry.hours]
    days = found[len(posts) :]
    if (
        len(posts) < 2
        or not days
        or any(entry.hours for entry in days)
        or any(one.weekday is not None for one in posts)
    ):
        return found
    hours = [at for at, token in enumerate(tokens) if token.kind in ("hours", "span")]
    between = tokens[hours[0] : hours[-1]] if hours else []
    if any(
        str(one.value or one.text).lower() not in _BETWEEN_POSTS
        for one in between
        if one.kind not in ("hours", "span")
    ):
        return found
    dates = [day for entry in days for day in entry.days]
    respective = len(dates) == len(posts) and not _EACH_DAY.search(text)
    return found if respective else [*days, *posts]


Group = tuple[list[date], Hours, set[str]]


def _days_of_a_weekday(found: Sequence[Entry]) -> tuple[list[Entry], list[Group]]:
    """`Jan 4-6 (8a-4p), Sat (9a-1p): 9, 16`: hours of a weekday with its own dates behind them; and the rest.

    Not where one of the dates before them falls on that weekday: then the hours may be those of that date.
    """
    rest, own = list(found), list[Group]()
    while rest:
        at = next((at for at in range(len(rest) - 1, -1, -1) if rest[at].hours), 0)
        head, behind = rest[at], rest[at + 1 :]
        days = [day for entry in behind for day in entry.days]
        before = {day.weekday() for entry in rest[:at] for day in entry.days}
        mine = {day.weekday() for day in days} == {head.weekday} and head.weekday not in before
        if not mine or head.hours is None:
            break
        review = {name for entry in behind for name in entry.review}
        rest, own = rest[:at], [(days, head.hours, review), *own]
    return rest, own


def _backward(found: Sequence[Entry], *, several: bool) -> list[Group]:
    groups: list[Group] = []
    waiting: list[date] = []
    review: set[str] = set()
    last: list[date] = []
    joined = False
    for entry in found:
        if entry.hours is None:
            waiting += entry.days
            review |= entry.review
            joined = joined or entry.joined
        elif waiting:
            if joined and not several and entry.hours.end <= entry.hours.start and len(waiting) == 2:
                raise QuestionError("two nights, or one")
            joined = False
            groups.append((waiting, entry.hours, review))
            last, waiting, review = waiting, [], set()
        elif last:
            groups.append((last, entry.hours, set()))
    if waiting:
        raise QuestionError("dates without hours")
    return groups


def _forward(found: Sequence[Entry]) -> list[Group]:
    groups: list[Group] = []
    hours: Hours | None = None
    days: list[date] = []
    for entry in found:
        if entry.hours is not None:
            if hours is not None and not days:
                raise QuestionError("hours without a date")
            if hours is not None:
                groups.append((days, hours, set()))
            hours, days = entry.hours, []
        else:
            days += entry.days
    if hours is None or not days:
        raise QuestionError("hours without a date")
    groups.append((days, hours, set()))
    return groups


def settle(hours: Hours, words: str) -> tuple[Hours, bool]:
    """Hours whose half of the day is open, by the words beside them: a night starts in the evening."""
    if not hours.unsure:
        return hours, False
    night, day = "night" in words, "day" in words
    if night == day and max(hours.start, hours.end) > NOON + 59:
        return hours, True
    start = hours.start % NOON + (NOON if night and not day else 0)
    end = hours.end % NOON
    length = (end - start) % (24 * 60)
    if not 0 < length <= NOON:
        end += NOON
    if "daytime" in words and not night and start < DAY_BEGINS:
        start, end = start + NOON, end + NOON  # In a message of days alone, `1-9` is in the afternoon.
    # "Day 1-9" is not one in the morning, and "night 12-8" not noon: such a word settles nothing.
    odd = start < NIGHT_BEGINS if night and not day else start < DAY_BEGINS
    return replace(hours, start=start, end=end % (24 * 60), unsure=False), night == day or odd

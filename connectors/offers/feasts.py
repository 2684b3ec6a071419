"""Feast days by the names that messages give them, for what is paid on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from connectors.offers.quick import Quick

_MON, _THU = 0, 3


def _nth(month: int, weekday: int, number: int) -> Callable[[date], bool]:
    """The so many-th such weekday of a month; -1 is the last."""

    def is_it(day: date) -> bool:
        if day.month != month or day.weekday() != weekday:
            return False
        if number < 0:
            return (day + timedelta(days=7)).month != month
        return (day.day - 1) // 7 + 1 == number

    return is_it


def _on(month: int, number: int) -> Callable[[date], bool]:
    return lambda day: (day.month, day.day) == (month, number)


_FEASTS: Mapping[str, tuple[str, Callable[[date], bool]]] = {
    "new_years_eve": (r"new year['’]?s? eve|nye", _on(12, 31)),
    "new_years_day": (r"new year['’]?s?(?: day)?|nyd", _on(1, 1)),
    "mlk_day": (r"(?:mlk|martin luther king(?: jr\.?)?)(?: day)?", _nth(1, _MON, 3)),
    "presidents_day": (r"president['’]?s['’]? day", _nth(2, _MON, 3)),
    "memorial_day": (r"memorial day", _nth(5, _MON, -1)),
    "independence_day": (r"independence day|(?:july 4(?:th)?|4th of july|fourth of july)", _on(7, 4)),
    "labor_day": (r"labou?r day", _nth(9, _MON, 1)),
    "thanksgiving": (r"thanksgiving(?: day)?", _nth(11, _THU, 4)),
    "christmas_eve": (r"(?:christmas|xmas) eve", _on(12, 24)),
    "christmas_day": (r"(?:christmas|xmas)(?: day)?", _on(12, 25)),
}
FEAST = Quick(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, (words, _) in _FEASTS.items()), re.IGNORECASE
)


def name_of(found: re.Match[str]) -> str:
    """Of a match of `FEAST`: its key."""
    return str(found.lastgroup)


_TOLD = re.compile(
    rf"(?:{FEAST.pattern})(?:[ ,:(–—-]|\b(?:is|at|from|pays?|night|evening)\b){{1,4}}(?=[$£€] ?\d|noon\b|\d{{1,2}}(?::\d\d)? ?[ap]|\d{{4}} ?[-–]|\d{{1,2}} ?[-–] ?\d)",
    re.IGNORECASE,
)


def feast_apart(text: str, days: Collection[date]) -> bool:
    """`Sat 12/26 7a-7p, New Year's Eve 7p-7a`: whether hours or an amount stand behind a feast that is on none of the days."""
    here = {name for day in days for name in feasts_on(day)}
    return any(name_of(found) not in here for found in _TOLD.finditer(text))


def feasts_on(day: date) -> set[str]:
    """The keys of the feasts that fall on a day."""
    return {name for name, (_, is_it) in _FEASTS.items() if is_it(day)}

"""Days that recur in a month, written out as dates: `every Tuesday in February`, `the first weekend of March`.

What leaves open which of them is meant ("some Tuesdays", "any weekend") stays as it is, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from connectors.offers.daywords import MONTHS, WEEKDAYS
from connectors.offers.feasts import FEAST, feasts_on
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b\.?"
_ONE = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:(?:day|nesday|sday|rsday|urday)s?|s)?\.?"
_KIND = rf"(?:week-?days?|week-?ends?|wknds?|{_ONE})"
_LIST = rf"{_KIND}(?:\s?(?:[/,&+–-]|,? ?and|to|thru|through)\s?{_KIND}){{0,6}}"
_IN = r",?\s+(?:in|of|during|throughout)(?: the month of)?\s+"
_YEAR = r"(?:,?\s+(20\d\d))?"
_EVERY = Quick(rf"\b(?:(every|each|all)(?: of)?(?: the)?\s+)?({_LIST}){_IN}({_MONTH}){_YEAR}", _I)
_MONTH_FIRST = Quick(
    rf"\b({_MONTH}){_YEAR}[:,]?\s+(every|each|all)\s+({_LIST})(?!,?\s?\d{{1,2}}(?:st|nd|rd|th|\s?[,&+/)]|\s?$))",
    _I,
)
_PLURALS = Quick(
    rf"\b({_MONTH}){_YEAR}\s+((?:mon|tues|wednes|thurs|fri|satur|sun)days)\b(?!,?\s?\d{{1,2}}(?:st|nd|rd|th|\s?[,&+/)]|\s?$))",
    _I,
)
_ORDINALS = {
    **{word: number for number, word in enumerate("first second third fourth fifth".split(), start=1)},
    **{word: number for number, word in enumerate("1st 2nd 3rd 4th 5th".split(), start=1)},
    "last": -1,
}
_ORDINAL = "(?:" + "|".join(_ORDINALS) + ")"
_COUNTED = Quick(
    rf"\b(?:the\s+)?({_ORDINAL}(?:\s?(?:[,&/]|,? ?and)\s?(?:the )?{_ORDINAL}){{0,4}})\s+({_KIND}){_IN}({_MONTH}){_YEAR}",
    _I,
)
_SO_MANY = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_FIRST_OF = Quick(
    rf"\b(?:first|1st) ({'|'.join(_SO_MANY)}) ({_KIND}{_IN}{_MONTH}{_YEAR})(,? ?\(?(?:both days|sat(?:urday)?s? ?(?:[+&/]|and) ?sun(?:day)?s?)\b\)?)?",
    _I,
)
"""`the first three weekends in March, Sat + Sun`."""
_NAMED = Quick(rf"\b{_MONTH}", _I)
_RECURS = re.compile(r"\b(?:in|of|during|throughout|every|each|all) |days\b", _I)
_OPEN = re.compile(
    r"(?:\b(?:some|most|any|few|one|two|three|several|select|selected|certain|various|other|alternate|remaining|many|"
    r"but|except|not|no|either|first|last|\d(?:st|nd|rd|th)?)(?: of)?(?: the)?|\d)\s+$",
    _I,
)
"""Before the days: nobody knows which of them, or they are those left out."""


def recurring(text: str, today: date) -> str:
    """The text with such days as dates, those that are still to come."""
    if not (_NAMED.search(text) and _RECURS.search(text)):
        return text
    text = _LAST_FEW.sub(
        lambda found: _last_few(found, today), _BUT_FEAST.sub(lambda found: _but_on(found, today), text)
    )
    text = _COUNTED.sub(lambda found: _counted(found, today), _FIRST_OF.sub(_each_of, text))
    text = _EVERY.sub(lambda found: _every(found, found[1], found[2], found[3], found[4], today), text)
    text = _MONTH_FIRST.sub(lambda found: _every(found, found[3], found[4], found[1], found[2], today), text)
    text = _PLURALS.sub(lambda found: _every(found, None, found[3], found[1], found[2], today), text)
    return _said_twice(text)


_DAYS_TOLD = re.compile(r"\b20\d\d-\d\d-\d\d(?:, 20\d\d-\d\d-\d\d){1,9}")
_IN_BRACKETS = re.compile(r"\s?\((\d{1,2}/\d{1,2}(?:(?:,| and|, and| &) \d{1,2}/\d{1,2}){1,9})\)")


_RECURRING = re.compile(r"\b(?:recurring|standing|weekly) ", _I)
"""Where all its days are named, it says no more than they do."""


def _said_twice(text: str) -> str:
    """`every Tuesday in February (2/2, 2/9, 2/16, 2/23)`: without the bracket, where it names the same days."""
    told, listed = _DAYS_TOLD.search(text), _IN_BRACKETS.search(text)
    if not told or not listed:
        return text
    days = [(int(day[5:7]), int(day[8:])) for day in told[0].split(", ")]
    named = [(int(first), int(second)) for first, second in re.findall(r"(\d+)/(\d+)", listed[1])]
    same = days in (named, [(second, first) for first, second in named])
    return _RECURRING.sub("", f"{text[: listed.start()]}{text[listed.end() :]}") if same else text


def _each_of(found: re.Match[str]) -> str:
    """`first, second, third weekend in March`; that it has two days is said once."""
    if _OPEN.search(re.sub(r"\bthe\s+$", "", found.string[: found.start()], flags=_I)):
        return found[0]  # `One of the first two Saturdays`
    weekend = found[2].lower().replace("-", "").startswith(("weekend", "wknd"))
    told = "" if weekend else found[4] or ""
    return f"{', '.join(list(_ORDINALS)[: _SO_MANY[found[1].lower()]])} {found[2]}{told}"


_BUT_FEAST = re.compile(
    rf"\b((?:except|excluding|minus|skipping|but not|other than|apart from)(?: for| on)?) ({FEAST.pattern})(?:,? ?\((\d{{1,2}})/(\d{{1,2}})\))?",
    _I,
)
_LAST_FEW = Quick(rf"\bthe last (two|three|four) ({_ONE}){_IN}({_MONTH}){_YEAR}", _I)


def _but_on(found: re.Match[str], today: date) -> str:
    """`Mondays in May except Memorial Day (5/31)`: without the date of that feast, where the bracket gives no other one."""
    name = next(name for name, told in found.groupdict().items() if told)
    ahead = (today + timedelta(days=days) for days in range(366))
    day = next((day for day in ahead if name in feasts_on(day)), None)
    told = tuple(map(int, found.groups()[-2:])) if found.groups()[-1] else None
    if day is None or told not in (None, (day.month, day.day), (day.day, day.month)):
        return found[0]
    return f"{found[1]} {day.isoformat()}"


def _last_few(found: re.Match[str], today: date) -> str:
    """`the last two Fridays of March`, where all of them are still to come."""
    if _OPEN.search(found.string[: found.start()]):
        return found[0]
    wanted = WEEKDAYS.index(found[2].lower()[:3])
    mine = [day for day in _days_of(found[3], found[4], today) if day.weekday() == wanted]
    chosen = mine[-_SO_MANY[found[1].lower()] :]
    return found[0] if any(day < today for day in chosen) else _written(chosen, found[0])


def _every(
    found: re.Match[str], every: str | None, listed: str, month: str, year: str | None, today: date
) -> str:
    several = re.search(r"s\b\.?|[-–/,&+]|\b(?:and|to|thru|through)\b", _singular_short(listed), _I)
    if _OPEN.search(found.string[: found.start()]) or not (every or several):
        return found[0]
    wanted = _weekdays(listed)
    return _written(
        (day for day in _days_of(month, year, today) if day.weekday() in wanted and day >= today), found[0]
    )


def _singular_short(listed: str) -> str:
    """`Tues` and `Thurs` are one day each, for all their s."""
    return re.sub(r"\b(tue|wed|thur)s\b", r"\1", listed, flags=_I)


def _weekdays(listed: str) -> set[int]:
    words = re.findall(rf"{_KIND}|[-–]|\b(?:to|thru|through)\b", listed, _I)
    days: set[int] = set()
    last: int | None = None
    span = False
    for word in words:
        if word.lower() in ("-", "–", "to", "thru", "through"):
            span = True
            continue
        plain = word.lower().replace("-", "")
        if plain.startswith(("weekday", "weekend", "wknd")):
            days |= set(range(5)) if plain.startswith("weekday") else {5, 6}
            last, span = None, False
            continue
        number = WEEKDAYS.index(plain[:3])
        days |= (
            {(last + n) % 7 for n in range((number - last) % 7 + 1)}
            if span and last is not None
            else {number}
        )
        last, span = number, False
    return days


def _days_of(month: str, year: str | None, today: date) -> list[date]:
    number = MONTHS.index(month[:3].lower()) + 1
    first = date(int(year) if year else today.year + (number < today.month), number, 1)
    days = (first + timedelta(days=n) for n in range(31))
    return [day for day in days if day.month == number]


def _counted(found: re.Match[str], today: date) -> str:
    """The first weekend is the first Saturday and its Sunday; where a month begins or ends between them, nobody knows."""
    days = _days_of(found[3], found[4], today)
    if _OPEN.search(found.string[: found.start()]):
        return found[0]
    plain = found[2].lower().replace("-", "")
    if plain.startswith("weekday"):
        return found[0]
    weekend = plain.startswith(("weekend", "wknd"))
    if weekend and (days[0].weekday() == 6 or days[-1].weekday() == 5):
        return found[0]
    wanted = 5 if weekend else WEEKDAYS.index(plain[:3])
    mine = [day for day in days if day.weekday() == wanted]
    chosen: list[date] = []
    for word in re.findall(_ORDINAL, found[1], _I):
        number = _ORDINALS[word.lower()]
        if number > len(mine):
            return found[0]
        day = mine[number - 1] if number > 0 else mine[-1]
        chosen += [day, day + timedelta(days=1)] if weekend else [day]
    return found[0] if any(day < today for day in chosen) else _written(chosen, found[0])


def _written(days: Iterable[date], otherwise: str) -> str:
    return ", ".join(day.isoformat() for day in days) or otherwise

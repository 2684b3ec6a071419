"""Which day a date means: the year by nearness, the order of day and month, and what nobody could settle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from connectors.offers.reading import DateOrder
from connectors.offers.tokens import RawDate

FAR = timedelta(days=300)
"""Nobody offers a shift, or wants an answer, so long before."""
FURTHEST = 3
"""Years from the message's own; `2100` behind a date is an hour."""


class QuestionError(Exception):
    """What a careful person would ask about this line."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What settles a date: the message's own date, the sender's order, a month carried from a heading."""

    today: date
    order: DateOrder | None = None
    order_of_weekdays: DateOrder | None = None
    """What the weekdays beside other dates of the message leave: enough for one that has a weekday, too."""
    month: int | None = None
    year: int | None = None


def month_and_day(raw: RawDate, weekday: int | None, calendar: Calendar) -> tuple[int, int]:
    """(month, day) of a numeric date: by its size, the sender's order, or the weekday beside it. Raises QuestionError."""
    mdy, dmy = (raw.first, raw.second), (raw.second, raw.first)
    possible = [one for one in (mdy, dmy) if 1 <= one[0] <= 12 and 1 <= one[1] <= 31]
    if not possible:
        raise QuestionError(f"{raw.first}/{raw.second} is no date")
    if len(possible) == 1 or mdy == dmy:
        return possible[0]
    if calendar.order:
        return mdy if calendar.order == "mdy" else dmy
    if weekday is not None:
        fits = [one for one in possible if _falls_on(one, raw.year, weekday, calendar.today)]
        if len(fits) == 1:
            return fits[0]
        if fits and calendar.order_of_weekdays:
            return mdy if calendar.order_of_weekdays == "mdy" else dmy
        near = [one for one in fits if nearest(*one, raw.year, calendar.today) - calendar.today <= FAR]
        if len(near) == 1:
            return near[0]
    raise QuestionError("day and month could be either way round")


def order_told(dates: Iterable[tuple[RawDate, int | None]], today: date) -> DateOrder | None:
    """The one order in which all numeric dates of a message (each with its weekday, where one stands there) are possible."""
    told: set[DateOrder] = {"mdy", "dmy"}
    for raw, weekday in dates:
        readings: tuple[tuple[DateOrder, tuple[int, int]], ...] = (
            ("mdy", (raw.first, raw.second)),
            ("dmy", (raw.second, raw.first)),
        )
        told &= {
            order
            for order, month_day in readings
            if 1 <= month_day[0] <= 12 and (weekday is None or _falls_on(month_day, raw.year, weekday, today))
        }
    return told.pop() if len(told) == 1 else None


def _falls_on(month_day: tuple[int, int], year: int | None, weekday: int, today: date) -> bool:
    try:
        return nearest(*month_day, year, today).weekday() == weekday
    except QuestionError:
        return False


def nearest(month: int, day: int, year: int | None, today: date) -> date:
    """Without a year, the nearest such date that is not before the message."""
    if year and not today.year - 2 <= year <= today.year + 3:
        raise QuestionError(f"the year {year} is far off")
    for candidate in (year,) if year else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    raise QuestionError(f"there is no day {day} in that month")


def with_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        raise QuestionError("there is no 29 February in that year") from None

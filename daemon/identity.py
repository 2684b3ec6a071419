"""Which offer is spoken of: the same shift in a digest, a text, an invitation and a feed is one offer. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from connectors.offers.reading import ReadShift, Source
from daemon.events import offer_key, short
from daemon.world import HANDOVER, Life
from policy.shift import Shift


@dataclass
class Opening:
    """An offer while its messages are replayed."""

    key: str
    site: str
    shifts: list[ReadShift]
    received: datetime
    life: Life = "open"
    choose: tuple[str, int] | None = None
    listed: bool = False
    """It stands, or stood, in a calendar of open shifts."""
    names: set[str] = field(default_factory=set)
    """Other names under which it may have been answered."""
    given: set[datetime] = field(default_factory=set)
    """When those of its shifts begin that were confirmed."""
    gone: set[datetime] = field(default_factory=set)
    """When those begin that were cancelled while others of them were confirmed."""
    changed: datetime | None = None
    """When it was last heard that its hours are others, or that it pays less."""

    def tell(self, shifts: Sequence[ReadShift], heard: datetime) -> None:
        """Each of its shifts told anew, in their order."""
        told = list(zip(self.shifts, shifts, strict=False))
        if any(_is_worse(old, new) for old, new in told):
            self.changed = heard
        self.given = {begin(new) for old, new in told if begin(old) in self.given}
        self.gone = {begin(new) for old, new in told if begin(old) in self.gone}
        self.shifts = list(shifts)


AROUND = tuple(timedelta(days=number) for number in range(-2, 3))
"""Shifts that begin at one instant begin on dates as near as these, whatever zones they are told in."""


class Openings(dict[str, Opening]):
    """Offers by name, in the order they were first told of; those around a date are found without asking all."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, int] = {}
        self._days: dict[tuple[str | None, date], set[str]] = {}
        """Names by site and date of a start: an offer that is told anew stays on its dates."""

    def __setitem__(self, key: str, one: Opening) -> None:
        self._places.setdefault(key, len(self._places))
        super().__setitem__(key, one)
        for shift in one.shifts:
            self._days.setdefault((one.site, shift.start.date()), set()).add(key)

    def around(self, shift: ReadShift) -> dict[str, Opening]:
        """Every offer of its site that may begin when it does, or on its date; and some more."""
        day = shift.start.date()
        names = {key for off in AROUND for key in self._days.get((shift.site, day + off), ())}
        return {key: self[key] for key in sorted(names, key=self._places.__getitem__)}


def begin(shift: ReadShift) -> datetime:
    return shift.start.astimezone(UTC)


def finish(shift: ReadShift) -> datetime:
    return shift.end.astimezone(UTC)


def hours(shift: ReadShift) -> tuple[datetime, datetime]:
    """From when to when, in UTC."""
    return begin(shift), finish(shift)


def _is_worse(old: ReadShift, new: ReadShift) -> bool:
    """Whether a yes to the one is none to the other: other hours, or not as much for them."""
    if hours(old) != hours(new):
        return True
    if old.pay is None or new.pay is None or old.pay == new.pay:
        return False
    alike = (old.pay.unit, old.pay.currency) == (new.pay.unit, new.pay.currency)
    return not alike or new.pay.amount < old.pay.amount


def is_near(one: Opening, shift: ReadShift) -> bool:
    """One shift, give or take what a scheduler adds for the handover."""
    if one.site != shift.site or len(one.shifts) != 1:
        return False
    mine = one.shifts[0]
    return all(abs(a - b) <= HANDOVER for a, b in zip(hours(mine), hours(shift), strict=True))


def is_it(one: Opening, shift: ReadShift) -> bool:
    """Same site, same start and same end."""
    return [(mine.site, hours(mine)) for mine in one.shifts] == [(shift.site, hours(shift))]


def key_of(found: Openings, shifts: Sequence[ReadShift], twins: Collection[str] = ()) -> str:
    """The name of an offer: that of the open shift of a calendar that it is, else its own."""
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    own = offer_key(first.site, first.start, len(shifts))
    if len(shifts) > 1:
        return own
    near = found.around(first)
    if known := next((key for key, one in near.items() if is_it(one, first)), None):
        return known
    if own in twins:
        # Eight hours or twelve from the same minute on, in one message: two shifts.
        return f"{own}-{short(finish(first).isoformat())[:4]}"
    if own in found:
        return own
    return next((key for key, one in near.items() if one.listed and is_near(one, first)), own)


def about(found: Openings, shift: ReadShift) -> list[Opening]:
    """The offers that hold this very shift; else the one of its site on that date, where their hours meet."""
    mine = exactly(found, shift)
    return mine or [one for one in that_day(found, shift) if any(_meet(shift, other) for other in one.shifts)]


def _meet(one: ReadShift, other: ReadShift) -> bool:
    return begin(one) < finish(other) and begin(other) < finish(one)


def exactly(found: Openings, shift: ReadShift) -> list[Opening]:
    """Same site, same start; where several begin then, the one that also ends with it."""
    mine = [
        one
        for one in found.around(shift).values()
        if one.site == shift.site and any(begin(mine) == begin(shift) for mine in one.shifts)
    ]
    ends = any(is_it(one, shift) for one in mine)
    return [one for one in mine if not ends or len(one.shifts) > 1 or is_it(one, shift)]


def of_that_day(found: Openings, shift: ReadShift) -> list[Opening]:
    return [
        one
        for one in found.around(shift).values()
        if one.site == shift.site and any(s.start.date() == shift.start.date() for s in one.shifts)
    ]


def that_day(found: Openings, shift: ReadShift) -> list[Opening]:
    near = of_that_day(found, shift)
    return near if len(near) == 1 else []


def swallow(found: Openings, block: Sequence[ReadShift]) -> None:
    """Shifts that stood open one by one, and that are now given all or none, can no longer be had by themselves."""
    for shift in block:
        for one in found.around(shift).values():
            if one.life == "open" and is_near(one, shift):
                one.life = "withdrawn"


def as_read(shift: Shift) -> ReadShift:
    site = shift.site
    return ReadShift("offered", site.id, site.name, shift.start, shift.end, None, Source(0, ""))

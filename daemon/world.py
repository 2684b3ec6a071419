"""What is known of the clinician's world, in the words of the trade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from policy.shift import ALWAYS, Offer, RedTime, Shift, Span

HANDOVER = timedelta(minutes=60)

Life = Literal["open", "withdrawn", "confirmed", "declined", "accepted", "lapsed"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something seen and not used: where, and why. `where` is for the clinician's own screen, never for logs."""

    source: str
    where: str
    why: str
    id: str = ""
    """By which the clinician can settle it, where it is a line of a message."""
    heard: datetime | None = None
    """When somebody who is believed raised it; such a question is worth an entry on the phone."""


@dataclass
class World:
    commitments: list[Shift] = field(default_factory=list)
    red: list[RedTime] = field(default_factory=list)
    listed: dict[str, Shift] = field(default_factory=dict)
    """Open shifts that stand in a calendar of offers, by the name of their offer."""
    unlisted: dict[str, Shift] = field(default_factory=dict)
    """Those that stood there once."""
    offers: list[Offer] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    """Other names of an offer, under which it may have been answered."""
    changed: dict[str, datetime] = field(default_factory=dict)
    """When it was last heard that an offer has other hours, or pays less."""
    review: list[Aside] = field(default_factory=list)
    history: Span = ALWAYS
    """The dates for which every commitment was looked for."""
    aside: list[Aside] = field(default_factory=list)
    accepted: dict[str, Offer] = field(default_factory=dict)
    """What the clinician said yes to, or the policy did; its shifts are commitments."""
    by_policy: set[str] = field(default_factory=set)
    """Those of the accepted that the policy took by itself, and about which the clinician said nothing."""
    withdrawn: dict[str, Offer] = field(default_factory=dict)
    leads: list[Aside] = field(default_factory=list)
    """Interest without any dated shift."""

    def names_of(self, offer: str) -> frozenset[str]:
        """All names of an offer, under which it may have been answered."""
        return self.names.get(offer, frozenset()) | {offer}


def same(one: Shift, other: Shift) -> bool:
    """Nobody works two shifts at once at one site: what overlaps there is one shift, told twice."""
    return one.site.id == other.site.id and one.begins < other.ends and other.begins < one.ends


def near(one: Shift, other: Shift) -> bool:
    """The same shift, give or take what a scheduler adds for the handover. An offer of other hours is another offer."""
    return (
        one.site.id == other.site.id
        and abs(one.begins - other.begins) <= HANDOVER
        and abs(one.ends - other.ends) <= HANDOVER
    )


class Worked:
    """Shifts, to be asked which of them is near another one without looking at all of them."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        self._days: dict[tuple[str, date], list[Shift]] = {}
        for shift in shifts:
            self._days.setdefault((shift.site.id, shift.begins.date()), []).append(shift)

    def near(self, shift: Shift) -> bool:
        days = {(shift.begins + off).date() for off in (-HANDOVER, HANDOVER)}
        return any(near(shift, other) for day in days for other in self._days.get((shift.site.id, day), ()))


def hours(shift: Shift) -> str:
    return f"{shift.start:%H:%M} to {shift.end:%H:%M}"

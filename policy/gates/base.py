"""What a gate is, and what all of them know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from policy.limits import Reason
from policy.schema import Policy
from policy.shift import Offer, RedTime, Shift, Site, Span, StreamName


@dataclass(frozen=True)
class Moment:
    """What gates know beside the offer: the time of judging, the dates planned, red time, calendars never read.

    `published` names each schedule that comes out bit by bit, and the last date it tells anything about. `standing` are
    offers that are held already, which a calendar that was never read does not hold up.
    """

    now: datetime
    horizon: Span
    red: tuple[RedTime, ...] = ()
    unread: tuple[str, ...] = ()
    published: tuple[tuple[str, date], ...] = ()
    standing: frozenset[str] = frozenset()


Gate = Callable[[Policy, Offer, Moment], Iterator[Reason]]


def ids(shifts: Iterable[Shift]) -> tuple[str, ...]:
    return tuple(shift.id for shift in shifts)


def worked_dates(offer: Offer) -> list[date]:
    """Every date with a minute of the offer, where the body is."""
    return sorted({day for shift in offer.shifts for day in shift.dates})


def employer(policy: Policy, site: Site) -> frozenset[str]:
    """The names by which a list may mean who pays there: the employer's, or the site's own where none is written."""
    text = policy.entry(site)
    names = (text.employer,) if text.employer else (site.id, site.name, *text.names)
    return frozenset(name.casefold() for name in names)


def any_named(policy: Policy, site: Site, employers: Iterable[str]) -> bool:
    return any(name.casefold() in employer(policy, site) for name in employers)


def names(
    policy: Policy,
    site: Site,
    *,
    sites: Iterable[str],
    streams: Iterable[StreamName],
    employers: Iterable[str],
) -> bool:
    """Every list that is written names the site."""
    sites, streams, employers = tuple(sites), tuple(streams), tuple(employers)
    return (
        (not sites or site.id in sites)
        and (not streams or site.stream in streams)
        and (not employers or any_named(policy, site, employers))
    )

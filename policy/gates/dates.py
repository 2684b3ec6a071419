"""The offer's dates and hours: red time, pauses, contracts, non-competes, the hours that are allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from policy.gates.base import Gate, Moment, ids, names, worked_dates
from policy.limits import Reason
from policy.rules.red import touched
from policy.schema import Policy
from policy.sections import Allowed, NonCompete, Pause
from policy.shift import DAY, Offer, Shift, Site, Span, StreamName, dates

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _red(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    for shift in offer.shifts:
        for red in touched(shift, moment.red):
            yield Reason("red", Span(shift.first, shift.last), shifts=(shift.id, red.id), about=red.title)


# -- pauses ------------------------------------------------------------------------------------------------------


def _pauses(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """Nothing new on any date of a pause, counted at home; what is committed stays."""
    site = offer.site
    for pause in policy.pauses:
        if not _scope(pause, site.id, site.stream, is_clinical=site.clinical):
            continue
        inside = [shift for shift in offer.shifts if pause.meets(*_at_home(policy, shift))]
        if inside:
            span = Span(pause.since, pause.until or date.max)
            yield Reason("pauses", span, shifts=ids(inside), about=pause.why or "")


def _scope(pause: Pause, site: str | None, stream: StreamName | None, *, is_clinical: bool) -> bool:
    """A pause that names streams or sites is for those; one that names none is for all."""
    if pause.allow_nonclinical and not is_clinical:
        return False
    return not (pause.streams or pause.sites) or stream in pause.streams or site in pause.sites


def _at_home(policy: Policy, shift: Shift) -> tuple[date, date]:
    """The first and last date of a shift on the calendar at home."""
    home = policy.clinician.home_zone
    last = (shift.ends - timedelta(microseconds=1)).astimezone(home)
    return shift.begins.astimezone(home).date(), last.date()


def paused(policy: Policy, span: Span, stream: StreamName | None = None, site: str | None = None) -> bool:
    """Every date lies in a pause: of all work, of this stream, or of this site."""
    text = policy.sites.get(site) if site else None
    stream = text.stream if text else stream
    is_clinical = stream != "nonclinical" if text is None or text.clinical is None else text.clinical
    mine = [pause for pause in policy.pauses if _scope(pause, site, stream, is_clinical=is_clinical)]
    return bool(mine) and all(any(pause.meets(day, day) for pause in mine) for day in span)


# -- contracts ---------------------------------------------------------------------------------------------------


def _contract(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    contract, span = policy.entry(offer.site).contract, offer.span
    if contract and contract.since and span.first < contract.since:
        yield Reason("contract", span, shifts=ids(offer.shifts), about=f"begins {contract.since}")
    if contract and contract.until and contract.until < span.last:
        yield Reason("contract", span, shifts=ids(offer.shifts), about=f"ends {contract.until}")


def _non_competes(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """One that names states is judged with the papers, state by state."""
    for one in policy.non_competes:
        if not one.states and forbids(policy, one, offer):
            yield non_compete(one)


def forbids(policy: Policy, one: NonCompete, offer: Offer) -> bool:
    """It holds on a date of the offer, and names the site in each of its lists, whatever states it names."""
    days = worked_dates(offer)
    return any((one.since is None or one.since <= day) and day <= one.until for day in days) and names(
        policy, offer.site, sites=one.sites, streams=one.streams, employers=one.employers
    )


def non_compete(one: NonCompete) -> Reason:
    return Reason("non_competes", Span(one.since or date.min, one.until), about=one.name)


# -- hours -------------------------------------------------------------------------------------------------------


def _allowed(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """Each shift lies wholly inside the hours of one entry that names its site, else its stream, else nobody."""
    mine = _entries(policy.allowed, offer.site)
    for shift in offer.shifts:
        if mine and not any(_inside(one, shift) for one in mine):
            told = ", or ".join(hours_of(one) for one in mine)
            yield Reason("allowed", Span(shift.first, shift.last), shifts=(shift.id,), about=told)


def _entries(allowed: Sequence[Allowed], site: Site) -> list[Allowed]:
    """What is said of a site displaces what is said of its stream, and that what is said of all."""
    by_site = [one for one in allowed if site.id in one.sites]
    by_stream = [one for one in allowed if site.stream in one.streams]
    return by_site or by_stream or [one for one in allowed if not (one.sites or one.streams)]


def _inside(one: Allowed, shift: Shift) -> bool:
    """On the clock where the body is. Hours that end as the next begin are one stretch."""
    start, end = shift.start.replace(tzinfo=None), shift.end.replace(tzinfo=None)
    reached, begun = start, False
    for day in dates(shift.first - DAY, shift.last):
        opens, closes = datetime.combine(day, one.opens), datetime.combine(day, one.closes)
        if one.closes <= one.opens:
            closes += DAY
        if WEEK[day.weekday()] in one.days and opens <= reached:
            reached, begun = max(reached, closes), begun or start < closes
    return begun and end <= reached


def hours_of(one: Allowed) -> str:
    days = "every day" if set(one.days) == set(WEEK) else " ".join(day for day in WEEK if day in one.days)
    return f"{days} {one.opens:%H:%M}–{one.closes:%H:%M}"


GATES: tuple[Gate, ...] = (_red, _pauses, _allowed, _contract, _non_competes)

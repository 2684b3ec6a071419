"""May this offer be taken at all? Each gate judges one offer by itself; the limits judge sets of shifts.

An offer that passes every gate is a candidate. Unknown is not yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from policy.limits import Reason
from policy.money import effective_pay, hourly
from policy.places import Credential
from policy.rules.red import touched
from policy.schema import Policy
from policy.shift import Offer, RedTime, Shift, Span

LICENCES = ("licence", "license")


@dataclass(frozen=True)
class Moment:
    """What gates know beside the offer: the time of judging, the dates planned, red time, calendars never read.

    `published` names each schedule that comes out bit by bit, and the last date it tells anything about.
    """

    now: datetime
    horizon: Span
    red: tuple[RedTime, ...] = ()
    unread: tuple[str, ...] = ()
    published: tuple[tuple[str, date], ...] = ()


Gate = Callable[[Policy, Offer, Moment], Iterator[Reason]]


def refusals(policy: Policy, offer: Offer, moment: Moment) -> tuple[Reason, ...]:
    """Every gate's reason against the offer; an empty tuple makes it a candidate."""
    if not offer.shifts:
        return (Reason("shifts", about="none"),)
    then = policy.at(offer.span.first)
    return tuple(reason for gate in GATES for reason in gate(then, offer, moment))


def _written(policy: Policy, _: Offer, __: Moment) -> Iterator[Reason]:
    """Until goals and caps are written down, nothing is accepted."""
    missing = [name for name in ("goals", "caps") if getattr(policy, name) is None]
    if missing:
        yield Reason("unwritten", about=" and ".join(f"[{name}]" for name in missing))


def _known(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    """What stands in a calendar that was never read may be a shift; so may what a schedule does not tell yet."""
    for name in moment.unread:
        yield Reason("unread", about=name)
    for name, last in moment.published:
        if offer.span.last > last:
            yield Reason("unpublished", offer.span, shifts=_ids(offer.shifts), about=f"{name} {last}")


def _open(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    shifts = _ids(offer.shifts)
    if min(shift.begins for shift in offer.shifts) <= moment.now.astimezone(UTC):
        yield Reason("past", offer.span, shifts=shifts)
    elif not (moment.horizon.first <= offer.span.first and offer.span.last <= _last(offer, moment.horizon)):
        yield Reason("horizon", moment.horizon, shifts=shifts)
    if offer.respond_by and offer.respond_by < moment.now:
        yield Reason("respond_by", shifts=shifts, about=f"{offer.respond_by:%Y-%m-%d %H:%M}")


def _last(offer: Offer, horizon: Span) -> date:
    """A night that starts on the last date may end on the next: shifts count in the month of their start."""
    return offer.span.last if all(shift.first <= horizon.last for shift in offer.shifts) else horizon.last


def _whole(_: Policy, offer: Offer, __: Moment) -> Iterator[Reason]:
    ordered = sorted(offer.shifts, key=lambda shift: shift.begins)
    for one, other in pairwise(ordered):
        if other.begins < one.ends:
            yield Reason("shifts", Span(one.first, other.last), shifts=_ids((one, other)), about="overlap")


def _pay(_: Policy, offer: Offer, __: Moment) -> Iterator[Reason]:
    pay = effective_pay(offer)
    if pay is None:
        yield Reason("pay", shifts=_ids(offer.shifts), about="unknown")
    elif pay.currency != "USD":
        yield Reason("pay", shifts=_ids(offer.shifts), about=pay.currency)
    elif pay.unit == "visit" and pay.visits_per_hour is None:
        yield Reason("pay", shifts=_ids(offer.shifts), about="visits")
    elif offer.cents <= 0:
        yield Reason("pay", shifts=_ids(offer.shifts), about="nothing")


def _red(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    for shift in offer.shifts:
        for red in touched(shift, moment.red):
            yield Reason("red", Span(shift.first, shift.last), shifts=(shift.id, red.id), about=red.title)


def _rate_floor(_: Policy, offer: Offer, __: Moment) -> Iterator[Reason]:
    for floor in offer.site.rate_floor:
        per = hourly(offer) if floor.unit == "hour" else offer.cents // len(offer.shifts)
        if per < floor.cents:
            ids = _ids(offer.shifts)
            yield Reason(
                "rate_floor",
                unit="cents",
                would_be=int(per),
                bound=floor.cents,
                shifts=ids,
                about=floor.unit,
                minimum=True,
            )


def _decide(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    if policy.stream(offer.site.stream).decide == "never":
        yield Reason("decide", about=offer.site.stream)


def _licence(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """At home one licensed state is enough (the platform sends those patients); on site all must be.

    The gate speaks once any licence is written in the policy: before that, licences are kept elsewhere.
    """
    licences = [one for one in policy.credentials if one.kind in LICENCES]
    if not licences or not offer.site.states:
        return
    missing = [state for state in offer.site.states if not _held(licences, state, offer.span.last)]
    if offer.site.place == "home" and len(missing) < len(offer.site.states):
        return
    for state in missing:
        last = max((one.until for one in licences if one.state == state and one.until), default=None)
        yield Reason("licence", offer.span, shifts=_ids(offer.shifts), about=f"{state} {last or ''}".strip())


def _held(licences: list[Credential], state: str, day: date) -> bool:
    return any(one.state == state and (one.until is None or day <= one.until) for one in licences)


def _privileges(_: Policy, offer: Offer, __: Moment) -> Iterator[Reason]:
    until = offer.site.privileges_until
    if until and until < offer.span.last:
        yield Reason("privileges", offer.span, shifts=_ids(offer.shifts), about=str(until))


def _malpractice(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    cover = policy.stream(offer.site.stream).malpractice
    if cover is None:
        return
    if cover.until and cover.until < offer.span.last:
        yield Reason("malpractice", offer.span, shifts=_ids(offer.shifts), about=str(cover.until))
    if offer.site.stream == "telemedicine" and cover.covers_telemedicine is False:
        yield Reason("malpractice", offer.span, shifts=_ids(offer.shifts), about="telemedicine")


def _travel(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    site, travel = offer.site, policy.travel
    allowed = {"none": ("none",), "drive": ("none", "drive"), "fly": ("none", "drive", "fly")}
    if site.place == "home":
        return
    if site.mode not in allowed[travel.tolerance]:
        yield Reason("travel.tolerance", about=site.mode)
    if (
        site.mode == "drive"
        and travel.max_drive_minutes is not None
        and site.travel_minutes > travel.max_drive_minutes
    ):
        yield Reason(
            "travel.max_drive_minutes",
            unit="minutes",
            would_be=site.travel_minutes,
            bound=travel.max_drive_minutes,
        )


def _ids(shifts: tuple[Shift, ...]) -> tuple[str, ...]:
    return tuple(shift.id for shift in shifts)


GATES: tuple[Gate, ...] = (
    _written,
    _known,
    _open,
    _whole,
    _red,
    _pay,
    _rate_floor,
    _decide,
    _licence,
    _privileges,
    _malpractice,
    _travel,
)

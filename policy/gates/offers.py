"""The offer itself: may anything be taken yet, is it whole, is it still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from itertools import pairwise

from policy.gates.base import Gate, Moment, any_named, ids
from policy.limits import Reason
from policy.schema import Policy
from policy.shift import Offer, Span


def _written(policy: Policy, _: Offer, __: Moment) -> Iterator[Reason]:
    """Until goals and caps are written down, nothing is accepted."""
    missing = [name for name in ("goals", "caps") if getattr(policy, name) is None]
    if missing:
        yield Reason("unwritten", about=" and ".join(f"[{name}]" for name in missing))


def _known(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    """What stands in a calendar that was never read may be a shift; so may what a schedule does not tell yet."""
    for name in moment.unread if offer.id not in moment.standing else ():
        yield Reason("unread", about=name)
    for name, last in moment.published:
        if offer.span.last > last:
            yield Reason("unpublished", offer.span, shifts=ids(offer.shifts), about=f"{name} {last}")


def _open(_: Policy, offer: Offer, moment: Moment) -> Iterator[Reason]:
    shifts = ids(offer.shifts)
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
            yield Reason("shifts", Span(one.first, other.last), shifts=ids((one, other)), about="overlap")


def _decide(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    if policy.stream(offer.site.stream).decide == "never":
        yield Reason("decide", about=offer.site.stream)


def _exclude(policy: Policy, offer: Offer, _: Moment) -> Iterator[Reason]:
    """What is never done, whatever it pays; states are judged with the papers, state by state."""
    site, text, never = offer.site, policy.entry(offer.site), policy.exclude
    if site.id in never.sites:
        yield Reason("exclude", about=f"site {site.name}")
    if any_named(policy, site, never.employers):
        yield Reason("exclude", about=f"employer {text.employer or site.name}")
    if text.model in never.models:
        yield Reason("exclude", about=f"model {text.model}")
    if text.setting in never.settings:
        yield Reason("exclude", about=f"setting {text.setting}")


FIRST: tuple[Gate, ...] = (_written, _known, _open, _whole)
CHOICE: tuple[Gate, ...] = (_decide, _exclude)

"""What is said with an offer that passes every gate, and what keeps it from being taken without asking.

Unknown is not yes: where the file leaves a question open, the offer is held for an answer, whatever its stream
decides by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from policy.gates.base import ids
from policy.gates.papers import cover_of, needs_cover, states
from policy.limits import Reason
from policy.places import QUESTIONS
from policy.rules.visits import pace
from policy.schema import Policy
from policy.shift import Offer


def hindrances(policy: Policy, offer: Offer) -> tuple[Reason, ...]:
    """Why it is never taken without asking."""
    found = (_flags, _cover, _telemedicine, _employment, _pace_unknown)
    return tuple(reason for one in found for reason in one(policy, offer))


def remarks(policy: Policy, offer: Offer) -> tuple[Reason, ...]:
    """What each hold says, whoever decides."""
    found = (_limited, _flags, _telemedicine, _pace, _pace_unknown, _notice)
    return tuple(reason for one in found for reason in one(policy, offer))


def _flags(policy: Policy, offer: Offer) -> Iterator[Reason]:
    """A red flag holds until its `cleared` is written."""
    for flag in policy.entry(offer.site).red_flags:
        if flag.cleared is None:
            yield Reason("red_flags", about=f"{flag.flag} {flag.since or ''} {flag.note or ''}".strip())


def _cover(policy: Policy, offer: Offer) -> Iterator[Reason]:
    missing = cover_of(policy, offer.site).open()
    if missing and needs_cover(policy, offer.site):
        yield Reason(
            "malpractice.open", would_be=len(missing), bound=len(QUESTIONS), about=", ".join(missing)
        )


def _telemedicine(policy: Policy, offer: Offer) -> Iterator[Reason]:
    """That the cover does not say no to telemedicine is not enough."""
    site = offer.site
    if (
        site.stream == "telemedicine"
        and needs_cover(policy, site)
        and cover_of(policy, site).covers_telemedicine is not True
    ):
        yield Reason("malpractice.telemedicine")


def _employment(policy: Policy, offer: Offer) -> Iterator[Reason]:
    if policy.employment(offer.site) is None:
        yield Reason("employment", about=offer.site.stream)


def _pace(policy: Policy, offer: Offer) -> Iterator[Reason]:
    """More visits than wanted, where that refuses nothing."""
    cap, visits = policy.telemedicine.visits_per_hour, pace(policy, offer.site, offer.pay)
    if cap and cap.over is not None and visits and visits > cap.cap:
        yield Reason("telemedicine.visits_per_hour", unit="visits", would_be=visits, bound=cap.cap)


def _pace_unknown(policy: Policy, offer: Offer) -> Iterator[Reason]:
    cap = policy.telemedicine.visits_per_hour
    if cap and offer.site.stream == "telemedicine" and pace(policy, offer.site, offer.pay) is None:
        yield Reason("telemedicine.visits_unknown", unit="visits", bound=cap.cap)


def _limited(policy: Policy, offer: Offer) -> Iterator[Reason]:
    """At home the platform's other states stay closed."""
    against = states(policy, offer)
    free = [state for state, reasons in against.items() if not reasons]
    if offer.site.place == "home" and 0 < len(free) < len(against):
        yield Reason("limited", would_be=len(free), bound=len(against), about=", ".join(free))


def _notice(policy: Policy, offer: Offer) -> Iterator[Reason]:
    """Until when a shift there can be given back."""
    contract = policy.entry(offer.site).contract
    if contract and contract.notice_days:
        last = offer.span.first - timedelta(days=contract.notice_days)
        yield Reason("contract.notice", shifts=ids(offer.shifts), bound=contract.notice_days, about=str(last))

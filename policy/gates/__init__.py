"""May this offer be taken at all? Each gate judges one offer by itself; the limits judge sets of shifts.

An offer that passes every gate is a candidate. Unknown is not yes.
"""

from __future__ import annotations

from policy.gates import dates, offers, papers, pay, travel
from policy.gates.base import Gate, Moment
from policy.gates.doubts import hindrances, remarks
from policy.limits import Reason
from policy.schema import Policy
from policy.shift import Offer

__all__ = ["GATES", "Gate", "Moment", "hindrances", "refusals", "remarks"]

GATES: tuple[Gate, ...] = (
    *offers.FIRST,
    *dates.GATES,
    *pay.GATES,
    *offers.CHOICE,
    *papers.GATES,
    *travel.GATES,
)


def refusals(policy: Policy, offer: Offer, moment: Moment) -> tuple[Reason, ...]:
    """Every gate's reason against the offer; an empty tuple makes it a candidate."""
    if not offer.shifts:
        return (Reason("shifts", about="none"),)
    then = policy.at(offer.span.first)
    return tuple(reason for gate in GATES for reason in gate(then, offer, moment))

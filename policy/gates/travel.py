"""Getting there."""

from __future__ import annotations

from collections.abc import Iterator

from policy.gates.base import Gate, Moment
from policy.limits import Reason
from policy.schema import Policy
from policy.shift import Offer


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


GATES: tuple[Gate, ...] = (_travel,)

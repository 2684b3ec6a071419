"""Red time: no minute of work inside it. It wins over everything, the anchor included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.fields import Cap
from policy.limits import Limit, singles
from policy.rules.base import Rule, bound
from policy.schema import Policy
from policy.shift import RedTime, Roster, Shift, Span


def touched(shift: Shift, red: Iterable[RedTime]) -> list[RedTime]:
    """The red times with any minute of this shift in them."""
    return [one for one in red if one.begins < shift.ends and shift.begins < one.ends]


def _red(_: Policy, roster: Roster) -> Iterator[Limit]:
    for shift in roster.shifts:
        if touched(shift, roster.red):
            yield bound("red", Span(shift.first, shift.last), "shifts", singles([shift.id]), Cap(cap=0))


RULES = (Rule("red", lambda _: 2, _red),)

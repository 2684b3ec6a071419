"""Whole answers made from reasons and money: what gives way, what a cap costs, what a shift would have to pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy.limits import Reason
from policy.phrases import dollars, known
from policy.sentences.gates import per

WEIGHED = "Worth counts pay, the prices you set, and what is missing to the floor times its weight."
ANY = 100
"""Cents up to which a pay is no condition."""


def listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; each once."""
    *first, last = dict.fromkeys(parts)
    return f"{', '.join(first)} and {last}" if first else last


def between(low: int, high: int) -> str:
    """`$1,150`, or `between $900 and $1,150` where that is all that is known."""
    return dollars(low) if low == high else f"between {dollars(low)} and {dollars(high)}"


def gives_way(relaxed: Sequence[str]) -> str:
    """What would have to give way, in the words of `policy.words.relaxed`."""
    return f"no pay would do; it would take {listed(relaxed)}"


def would_be_worth(one_more: str, low: int, high: int) -> str:
    """What a unit more of a cap would bring."""
    worth = "nothing" if high == 0 else between(low, high)
    return f"{one_more} would be worth {worth}"


def taken_from(low: int, high: int | None) -> str:
    """From which pay on an offer enters the plan; `high` is None where nobody knows whether any pay would do."""
    if high is None:
        return f"it would have to pay {dollars(low)} at least; the search ended before it found a pay that is enough"
    if low == high:
        return f"it would have to pay {dollars(high)} in all"
    return f"it would have to pay {dollars(high)} in all, perhaps only {dollars(low)}"


def way_in(dropped: Sequence[str], net: int) -> str:
    """The cheapest swap among the accepted, and what the plan loses by it (`net`, never a gain)."""
    gone = f"give up {listed(dropped)}" if dropped else "take it beside the others"
    lost = "no less" if net == 0 else f"{dollars(-net)} less"
    return f"the cheapest way in: {gone}; the plan would be worth {lost}"


def quoted(low: int, high: int | None, displaces: Sequence[str], takes: Sequence[str]) -> str:
    """The answer to a recruiter, with the offers that would go and come."""
    if high is None:
        return f"{dollars(low)} at least; the search ended before it found a pay that is enough"
    pay = "any pay" if high <= ANY else f"from {dollars(high)}"
    known = "" if low == high else f" (perhaps from {dollars(low)})"
    gone = f", in place of {listed(displaces)}" if displaces else ""
    come = f", with {listed(takes)} taken too" if takes else ""
    return f"{pay}{known}{gone}{come}"


def rated(pay: int, floor: Reason) -> str:
    """What the clinician's own floor for the site asks for, told by the reason of its gate."""
    return f"{dollars(pay)} is what your floor of {dollars(known(floor.bound))} {per(floor.about)} there comes to"


def brings(pay: int, prices: int, saves: int, floor: int) -> str:
    """What an accepted offer adds beside the others."""
    parts = [f"it pays {dollars(pay)}"]
    if prices:
        parts.append(f"costs {dollars(prices)} in prices")
    if floor:
        parts.append(f"fills {dollars(floor)} of your floor")
    elif saves:
        parts.append(f"saves {dollars(saves)} in prices")
    return listed(parts)


def without(low: int, high: int, taken: Sequence[str]) -> str:
    """What would be lost without an accepted offer, and what would be taken in its place."""
    lost = "no less" if high == 0 else f"{between(low, high)} less"
    place = f", with {listed(taken)} in its place" if taken else ""
    return f"without it the plan would be worth {lost}{place}"

"""Reasons and breaches as the sentences a clinician reads: the number and the cap always in them, no jargon."""

from __future__ import annotations

from collections.abc import Mapping

from policy.limits import Reason
from policy.phrases import Head, Line, Shifts
from policy.sentences import duty, gates, portfolio, rules, trips
from policy.sentences.more import RAISED, RELAXED

_LINES: Mapping[str, Line] = {**rules.LINES, **duty.LINES, **gates.LINES, **portfolio.LINES, **trips.LINES}
_HEADS: Mapping[str, Head] = {**rules.HEADS, **duty.HEADS, **portfolio.HEADS, **trips.HEADS}


def sentence(reason: Reason, shifts: Shifts) -> str:
    """One sentence for a reason. `shifts` are all shifts it may name, by id; an id that is missing is not named."""
    return _LINES[family(reason.rule)](reason, shifts)


def family(rule: str) -> str:
    """Rules that carry a name share one sentence: `streams.locums.x` is `streams.x`, a target is `goals.targets`."""
    table, _, rest = rule.partition(".")
    if rule.startswith("goals.targets."):
        return "goals.targets"
    return (
        f"{table}.{rest.partition('.')[2]}" if table in ("streams", "sites", "runs") and "." in rest else rule
    )


def spoken_rules() -> frozenset[str]:
    """The rules and gates that have a sentence."""
    return frozenset(_LINES)


def yields(rule: str) -> bool:
    """Whether a policy could let it be exceeded at all."""
    return family(rule) in RELAXED


def relaxed(reason: Reason) -> str:
    """What would have to give way, for a reason that `yields`: `one more night in January`."""
    return RELAXED[family(reason.rule)](reason)


def raisable(rule: str) -> bool:
    """Whether one more of it is something to think of."""
    return family(rule) in RAISED


def one_more(reason: Reason) -> str:
    """One unit more of what is `raisable`: `a 7th night in January`."""
    return RAISED[family(reason.rule)](reason)


def headline(reason: Reason, shifts: Shifts) -> str:
    """A few words for a calendar title: the number, the cap, and where."""
    text = _HEADS[family(reason.rule)](reason)
    named = [shifts[key] for key in reason.shifts if key in shifts]
    if (
        not named
        or reason.rule == "goals.floor_monthly"
        or family(reason.rule) == "streams.min_shifts_per_month"
    ):
        return text
    return f"{text} · {max(named, key=lambda shift: shift.begins).site.name}"

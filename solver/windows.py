"""A plan made better some weeks at a time; pure, with the search handed in.

All candidates of a window of dates are decided anew while the rest of the plan stays, which is a small question with
a quick answer; then the window moves on. At 1,000 offers over 90 days this comes within 1 % of the best plan in less
than the time in which one search over everything finds a first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from policy.shift import DAY
from solver.encode import Encoder, Program
from solver.part import part

Ask = Callable[[Program, Mapping[int, int]], Sequence[int]]
"""The best values found for a program, given some to start from; those themselves where none better are found."""


@dataclass(frozen=True, slots=True)
class Width:
    """A window's dates, and how far the next one lies."""

    days: int
    step: int


WIDTHS = ((15, Width(28, 18)), (45, Width(21, 14)))
NARROW = Width(14, 7)
"""By candidates a date; the published instances of 1,000, 3,000 and 10,000 offers have 9, 23 and 56 of them.

Measured there. A wider window finds more and takes longer: at 1,000 offers one pass with windows of two weeks ends 2 to 4 %
below the best plan; four weeks that lie 14 dates apart take a third longer than at 18 and end no nearer to it.
"""
FEW = 1_500
"""Candidates up to which the search for proof finds what two passes leave; beyond, passes go on while they gain."""


def width(candidates: int, dates: int) -> Width:
    return next((found for most, found in WIDTHS if candidates <= most * dates), NARROW)


def windows(first: Sequence[date], size: Width, back: int = 0) -> Iterator[list[int]]:
    """Places of the candidates that begin in each window, given the dates on which each begins.

    The first window opens `back` dates before the first of them.
    """
    opens = min(first) - back * DAY
    while opens <= max(first):
        closes = opens + timedelta(days=size.days)
        if inside := [at for at, day in enumerate(first) if opens <= day < closes]:
            yield inside
        opens += timedelta(days=size.step)


def better(
    encoder: Encoder, accepted: frozenset[str], ask: Ask, going_on: Callable[[], bool]
) -> Iterator[frozenset[str]]:
    """Better and better plans, each as the ids accepted, while `going_on` and as long as a pass gains anything."""
    program, offers = encoder.program, encoder.offers
    first = [offer.span.first for offer in offers]
    size = width(len(offers), len(set(first)))
    values = encoder.complete(accepted)
    passes, gained = 0, True
    while first and going_on() and (gained if len(offers) > FEW else passes < 2):
        # Every other pass is half a step off, so that what is a border now is in the middle then.
        gained = passes == 0
        for inside in windows(first, size, passes % 2 * size.step // 2):
            if not going_on():
                return
            taken = _decided(encoder, inside, values, ask)
            plan = accepted.difference(offers[at].id for at in inside).union(taken)
            again = encoder.complete(plan)
            if program.value(again) > program.value(values):
                accepted, values, gained = plan, again, True
                yield accepted
        passes += 1


def _decided(encoder: Encoder, inside: Sequence[int], values: Sequence[int], ask: Ask) -> Iterator[str]:
    """Those of the candidates inside that are taken when all other candidates stay as they are."""
    free = encoder.around(inside)
    found = ask(part(encoder.program, free, values), {at: values[one] for at, one in enumerate(free)})
    mine = frozenset(inside)
    return (encoder.offers[at].id for at, value in zip(free, found, strict=True) if value and at in mine)

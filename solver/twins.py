"""Offers that no plan needs, because a twin is at least as good; pure.

Rules see a shift as its site, its instants and its pay. Of two offers that agree in site and instants at most one
can be worked, for they overlap; and wherever one is taken, the other could be taken instead with the same effect on
every limit but the income floor, to which more pay only adds. So the best of each set of twins is enough for the
best plan. Over 90 days that leaves out 1 in 10 of 1,000 offers and 4 in 10 of 10,000.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policy.shift import Offer
from solver.encode import Prices, tie


def best_twins(offers: Sequence[Offer], prices: Prices) -> tuple[Offer, ...]:
    """The offers in their order, less those with a better twin. What belongs to a group to choose from stays."""
    best = _best(offers, prices)
    return tuple(offer for offer in offers if best[_looks(offer)] is offer)


def worse_twins(offers: Sequence[Offer], prices: Prices) -> Iterator[tuple[Offer, Offer]]:
    """The others, each with the best of its twins."""
    best = _best(offers, prices)
    return ((offer, better) for offer in offers if (better := best[_looks(offer)]) is not offer)


def _best(offers: Sequence[Offer], prices: Prices) -> Mapping[object, Offer]:
    best: dict[object, Offer] = {}
    for offer in offers:
        key = _looks(offer)
        if key not in best or _rank(offer, prices) < _rank(best[key], prices):
            best[key] = offer
    return best


def _looks(offer: Offer) -> object:
    if offer.choose:
        return offer.id
    return tuple((shift.site.id, shift.begins, shift.ends) for shift in offer.shifts)


def _rank(offer: Offer, prices: Prices) -> tuple[int, int, str]:
    """The best comes first: by worth, then as the plan itself breaks ties."""
    return -prices.worth(offer), tie(offer.id), offer.id

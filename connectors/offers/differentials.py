"""What comes on top of the pay for a kind of shift: then that kind pays more than its line says, and somebody has to ask how much."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from connectors.offers.rates import RateKind, kinds_named, kinds_of
from connectors.offers.tokens import Hours

_ON_TOP = re.compile(
    r"\b(?:differential|diff|uplift|premium)\b(?! (?:rate|pay)\b)|(?:\+|\bplus\b|\bextra\b|\badditional\b|\badd(?:s|ed)?\b|\banother\b) ?(?:an? )?(?:extra )?(?:[$£€] ?\d|\d{1,2} ?%)|[$£€] ?\d[\d,.]*(?: ?/ ?\w{1,5}| (?:an|per|a) \w{4,5})? (?:extra|more|on top)\b|\d{1,2} ?% (?:extra|more|on top)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(r"[$£€%]|\bdiff", re.IGNORECASE)
_NOTHING = re.compile(
    r"\b(?:no|without|not?|incl\w*|already|never|bonus\w*|stipend\w*)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;.](?=\s|$)|\s[–—-]\s|[()\[\]]")


def paid_more(text: str) -> set[RateKind]:
    """`nights +$20/hr`, `weekend differential 10%`: the kinds of shift that such a clause names."""
    if not _PRICED.search(text):
        return set()
    clauses = (
        clause for clause in _CLAUSE.split(text) if _ON_TOP.search(clause) and not _NOTHING.search(clause)
    )
    return {kind for clause in clauses for kind in kinds_named(clause)}


_HOURLY_EXTRA = re.compile(
    r"[(\[,;–—]\s?(?:(?:hot|urgent|peak|rush|surge|premium|priority|critical|asap|short[- ]notice|high[- ]need)(?: (?:shift|rate|pay|slot))?:? )?(?:\+|plus|extra) ?\$(\d{1,3}(?:\.\d\d)?) ?(?:/ ?|per |an? )(?:h|hr|hour)\b(?: (?:extra|more|on top))?\s?(?:[)\],;.]|$)",
    re.IGNORECASE,
)


def hourly_extra(text: str) -> Decimal | None:
    """`(hot: +$15/hr)`: what one line adds to an hour's pay that is told elsewhere; None where it says when, or for what."""
    told = [found[1] for found in _HOURLY_EXTRA.finditer(text)]
    return Decimal(told[0]) if len(told) == len(_ON_TOP.findall(text)) == 1 else None


def is_paid_more(day: date, hours: Hours, kinds: set[RateKind]) -> bool:
    """Whether a shift is of one of these kinds."""
    return bool(kinds_of(day, hours) & kinds)

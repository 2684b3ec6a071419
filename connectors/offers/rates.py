"""Rates by the kind of shift: which amount is for days and which for nights, for weekdays or weekends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from connectors.offers.pay import is_pay, pick
from connectors.offers.reading import Money
from connectors.offers.tokens import Hours, RawMoney, Token

RateKind = Literal["day", "mid", "night", "weekday", "weekend"]

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_KINDS: tuple[tuple[RateKind, str], ...] = (
    ("weekend", r"weekends?|sat(?:urday)?s?(?: ?(?:&|and|/|,|-|–|or) ?)sun(?:day)?s?"),
    ("weekday", r"weekdays?|mon(?:day)?s? ?(?:-|–|to|thru|through) ?fri(?:day)?s?|m-f"),
    ("night", r"nights?|overnights?|nocs?"),
    ("mid", r"mids?|swings?|evenings?"),
    ("day", r"days?(?! ?rate)|daytime"),
)
_KIND = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _KINDS), re.IGNORECASE)
_OTHER_KIND = re.compile(rf"\bholidays?\b|\b{_DAY}\b|\bafter\b|\bif\b|\bextra\b|\bmore\b", re.IGNORECASE)
"""What no table of ours can settle."""
_AXES: tuple[frozenset[str], ...] = (frozenset(("day", "mid", "night")), frozenset(("weekday", "weekend")))
_BARE_KIND = re.compile(r"\d ?(?:k )?(days?|nights?)$", re.IGNORECASE)
"""`$2300 day, $2500 night`: no "per", so that the word is the kind of shift."""

MORNING, NOON, EVENING, LATE = 4 * 60, 12 * 60, 17 * 60, 20 * 60 + 30


def rates_by_kind(text: str, tokens: Sequence[Token]) -> dict[RateKind, Money] | None:
    """`$215/hr for days, $240/hr for nights`, `Days and mids $2300, nights $2500`: every amount with kinds of its own.

    None where some amount has none, or where it takes more than these kinds to tell who gets what.
    """
    own = [token for token in tokens if is_pay(token)]
    if len(own) < 2:
        return None
    text = _without_days(text, tokens)
    bare, bare_kinds = text, all(_BARE_KIND.search(token.text) for token in own)
    for token in tokens:
        if token.kind == "money":
            kept = _BARE_KIND.search(token.text) if bare_kinds else None
            word = kept[1] if kept else ""
            width = token.end - token.start
            bare = (
                bare[: token.start]
                + ("$" * (width - len(word) - 1) + f" {word}" if word else "$" * width)
                + bare[token.end :]
            )
    marks: list[tuple[int, RateKind | Token]] = [(token.start, token) for token in own]
    marks += [
        (found.start(), next(kind for kind, _ in _KINDS if found[kind])) for found in _KIND.finditer(bare)
    ]
    if _OTHER_KIND.search(_KIND.sub(" ", bare)):
        return None
    groups = _grouped([mark for _, mark in sorted(marks, key=lambda mark: mark[0])])
    rates: dict[RateKind, Money] = {}
    for token, kinds in groups:
        pay, doubtful = pick([token])
        if pay is None or doubtful or not kinds or rates.keys() & kinds:
            return None
        unit = "shift" if bare_kinds else pay.unit
        rates |= dict.fromkeys(kinds, Money(pay.amount, unit, pay.currency))
    return rates if any(rates.keys() <= axis for axis in _AXES) and len(rates) > 1 else None


def rate_of_one_kind(text: str, tokens: Sequence[Token]) -> dict[RateKind, Money] | None:
    """`Standard night rate $2,400`, `$2,600 for nights`: one amount, and one kind of shift that it is for."""
    own = [token for token in tokens if is_pay(token)]
    if len(own) != 1 or any(token.kind in ("date", "month", "hours", "span") for token in tokens):
        return None
    bare = f"{text[: own[0].start]} $ {text[own[0].end :]}"
    kinds = {next(kind for kind, _ in _KINDS if found[kind]) for found in _KIND.finditer(bare)}
    pay, doubtful = pick(own)
    if (
        len(kinds) != 1
        or pay is None
        or doubtful
        or _OTHER_KIND.search(_KIND.sub(" ", bare))
        or not _ONE_KIND.search(bare)
    ):
        return None
    return {kinds.pop(): pay}


_ONE_KIND = re.compile(
    r"\b(?:nights?|days?|weekends?|weekdays?) (?:shift )?(?:rate|pay|shifts?)(?: (?:is|are|pays?|of|at))?:? {0,2}\$|\$ {1,2}(?:for|on) (?:all )?(?:nights|weekends|weekdays|days)\b",
    re.IGNORECASE,
)


def _without_days(text: str, tokens: Sequence[Token]) -> str:
    """The text without its dates and hours: the weekday of a date is no kind of shift."""
    for at, token in enumerate(tokens):
        dated = tokens[at + 1].kind in ("date", "month", "number") if at + 1 < len(tokens) else False
        if token.kind in ("date", "month", "hours", "span") or (token.kind == "weekday" and dated):
            text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def _grouped(marks: Sequence[RateKind | Token]) -> list[tuple[Token, list[RateKind]]]:
    """Each amount with the kinds behind it; or before it, where the line begins with a kind."""
    ordered = list(marks) if isinstance(marks[0], Token) else list(reversed(marks))
    groups: list[tuple[Token, list[RateKind]]] = []
    for mark in ordered:
        if isinstance(mark, Token):
            groups.append((mark, []))
        elif groups:
            groups[-1][1].append(mark)
        else:
            return [(token, []) for token in marks if isinstance(token, Token)]
    return groups


def rates_of(day: date, hours: Hours, rates: Mapping[RateKind, Money]) -> set[Money]:
    """What a shift may be paid by them; more than one where its hours lie between the kinds, or both axes are told."""
    named: set[RateKind] = {"weekend" if day.weekday() >= 5 else "weekday"}
    over = hours.end <= hours.start
    if hours.start >= EVENING or hours.start < MORNING:
        named.add("night")
    elif hours.start < NOON and not over and hours.end <= LATE:
        named.add("day")
    else:
        named |= {"mid"} if "mid" in rates else {"day", "night"}
    return {rates[kind] for kind in named if kind in rates}


def is_amount(token: Token) -> bool:
    """Whether it is large enough to be anybody's pay: a coffee is not."""
    raw = token.value
    return isinstance(raw, RawMoney) and raw.role in ("pay", "guarantee", "unclear") and raw.amount >= LEAST


LEAST = 20
"""Dollars."""

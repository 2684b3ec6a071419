"""Rates by the kind of shift: which amount is for days and which for nights, for weekdays, for Saturdays, for late starts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from connectors.offers.feasts import FEAST, feasts_on, name_of
from connectors.offers.pay import SMALLEST_SHIFT_PAY, is_pay, pick
from connectors.offers.reading import Money
from connectors.offers.tokens import Hours, RawMoney, Token
from connectors.offers.vocabulary import HOLIDAY

RateKind = str
"""`day`, `mid`, `night`; `weekday`, `weekend`; `mon` to `sun`; `from 900` (a start at 15:00 or later); `on 24`; a feast; `at 1320-360` (just these hours); `rest`."""

REST = "rest"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_KINDS: tuple[tuple[RateKind, str], ...] = (
    ("weekend", r"weekends?|sat(?:urday)?s?(?: ?(?:&|and|/|,|-|–|or) ?)sun(?:day)?s?"),
    ("weekday", r"weekdays?|mon(?:day)?s? ?(?:-|–|to|thru|through) ?fri(?:day)?s?|m-f"),
    ("overnight", r"overnights?"),
    ("night", r"nights?|nocs?|nocturnists?"),
    ("mid", r"mids?|swings?|evenings?|eves?"),
    ("day", r"days?(?! ?rate)|daytime|round(?:ers?|ing)"),
    ("mon", r"mon(?:day)?s?"),
    ("tue", r"tue(?:s(?:day)?)?s?"),
    ("wed", r"wed(?:nesday)?s?"),
    ("thu", r"thu(?:r(?:s(?:day)?)?)?s?"),
    ("fri", r"fri(?:day)?s?"),
    ("sat", r"sat(?:urday)?s?"),
    ("sun", r"sun(?:day)?s?"),
    (
        REST,
        r"otherwise|(?:all |the )?(?:others|rest)|(?:all|any) other (?:shifts|days|dates|hours|ones|blocks|sessions|slots|times)|the other (?:one|two|three|four|five|six|[2-6]|ones|days?|nights?|shifts?|dates?)(?: (?:days|nights|shifts|dates|ones))?",
    ),
    (
        "nth",
        r"(?:(?:(?:on|for) )?the |"
        + "|".join(
            rf"(?<={end}{joint})" for end in ("st", "nd", "rd", "th") for joint in (", ", " and ", " & ", "/")
        )
        + r")\d{1,2}(?:st|nd|rd|th)",
    ),
)
_KIND = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _KINDS), re.IGNORECASE)
_LATE = re.compile(
    r"\b(?:(?:anything|any|shifts?|all|those|ones|what(?:ever)?)? ?(?:that |which )?(?:start(?:s|ing)?|begin(?:s|ning)?) (?:at|from|after)|after|from)\s+(?=\d|noon)"
    r"(?P<clock>[\d:]{1,5} ?(?:[ap]\.?m?\b\.?)?|noon)(?: ?(?:or|and) (?:later|after)| ?on(?:wards?)?)?"
    r"|\b(?P<onwards>\d{1,2}(?::\d\d)? ?[ap]\.?m?\b\.?|noon) ?(?:(?:or|and) (?:later|after)|onwards?|and on)\b",
    re.IGNORECASE,
)
_OTHER_KIND = re.compile(rf"\bholidays?\b|\b{_DAY}\b|\bafter\b|\bif\b|\bextra\b|\bmore\b", re.IGNORECASE)
"""What no table of ours can settle."""
_EXCEPT = re.compile(
    rf"(?<=\$) ?\b(?:except|but|save|x)\b(?: for| on)?(?: the)?(?= (?:{'|'.join(words for kind, words in _KINDS[:-2])})(?: (?:is|at|for|pays|gets))?:? {{0,2}}\$)",
    re.IGNORECASE,
)
"""`All $2,400/shift except Saturday $2,600`: what the one kind is paid instead."""
_AXES: tuple[frozenset[str], ...] = (
    frozenset(("day", "mid", "night", "overnight")),
    frozenset(("weekday", "weekend")),
)
_BARE_KIND = re.compile(r"\d ?(?:k )?(?:(?:for )?the )?(days?|nights?)$", re.IGNORECASE)
"""`$2300 day, $2500 for the night`: no "per", so that the word is the kind of shift."""
_STOP = re.compile(r"[,;.](?:\s|$)|\((?=[^()]*\$)|\sand\s|\s&\s|\s?/\s", re.IGNORECASE)
_COMMA = re.compile(r"[,;.](?:\s|$)|\((?=[^()]*\$)")
"""Between clauses; a bracket is one of its own where it holds an amount."""

MORNING, NOON, EVENING, LATE = 4 * 60, 12 * 60, 17 * 60, 20 * 60 + 30
DUSK = 18 * 60 + 30
"""Minutes; what ends by then is no evening."""
DAY = MIDNIGHT = 24 * 60
LATER, LATEST_EVENING = 60, 22 * 60
"""Minutes; how long after midnight an evening ends at the latest, and from when on it may be called a night."""


def rates_by_kind(text: str, tokens: Sequence[Token]) -> dict[RateKind, Money] | None:
    """`$215/hr for days, $240/hr for nights`, `£92 per hour, on Sunday £110`: every amount with kinds of its own.

    The first may have none, and is then for the rest. None where it takes more than these kinds to tell who gets what.
    """
    own = [token for token in tokens if is_pay(token)]
    if len(own) < 2:
        return None
    bare_kinds = all(_BARE_KIND.search(token.text) for token in own)
    bare = _with_amounts_alone(
        text, _without_amounts(_without_days(text, tokens), tokens, keep_kinds=bare_kinds)
    )
    bare = _EXCEPT.sub(lambda found: ",".ljust(len(found[0])), bare)
    late, feasts = list(_LATE.finditer(bare)), list(FEAST.finditer(bare))
    for one in feasts:
        bare = bare[: one.start()] + " " * (one.end() - one.start()) + bare[one.end() :]
    if HOLIDAY.search(bare) or _OTHER_KIND.search(_KIND.sub(" ", _LATE.sub(" ", bare))):
        return None
    priced = _with_amounts_alone(text, _without_amounts(text, tokens, keep_kinds=False))
    beside = [token for token in tokens if priced[token.start : token.end].strip()]
    rates: dict[RateKind, Money] = {}
    for at, (token, (start, end)) in enumerate(zip(own, _shares(bare, own), strict=True)):
        kinds = [f"from {_minutes(one)}" for one in late if start <= one.start() < end]
        kinds += [name_of(one) for one in feasts if start <= one.start() < end]
        kinds += [_name(one) for one in _KIND.finditer(bare, start, end)]
        kinds += [f"at {hours.start}-{hours.end}" for hours in _hours_in(tokens, beside, start, end)]
        # Of `$2,300 nights, $2,400 Saturday` the first is of nights, and not of the rest.
        kinds = kinds or ([REST] if at == 0 and not _BARE_KIND.search(token.text) else [])
        pay, doubtful = pick([_with_unit(token, own)])
        if pay is None or doubtful or pay.unit == "block" or not kinds or rates.keys() & kinds:
            return None
        unit = "shift" if bare_kinds else pay.unit
        rates |= dict.fromkeys(kinds, Money(pay.amount, unit, pay.currency))
    general = rates.keys() & {kind for axis in _AXES for kind in axis}
    return rates if any(general <= axis for axis in _AXES) and len(rates) > 1 else None


def _hours_in(tokens: Sequence[Token], beside: Sequence[Token], start: int, end: int) -> list[Hours]:
    """`$240/hr; the 10p-6a pays $270/hr`: hours as a kind of shift, in a text that names no day."""
    if any(token.kind in ("date", "month", "number", "weekday") for token in tokens):
        return []
    return [
        token.value
        for token in beside
        if start <= token.start < end and isinstance(token.value, Hours) and not token.value.unsure
    ]


def without_priced_days(
    text: str, tokens: Sequence[Token], rates: Mapping[RateKind, Money] | None
) -> list[Token]:
    """The tokens without the days that only say which shift an amount is of: `$240/hr on the 24th`."""
    priced = [token.start for token in tokens if token.kind == "money"]
    return [
        token
        for token in tokens
        if not (
            rates
            and token.kind == "number"
            and f"on {token.value}" in rates
            and token.start > priced[0] - FARTHEST
            and re.search(
                r"(?:\bthe |th,? (?:and |& )?|[nr]d,? (?:and |& )?|st,? (?:and |& )?)$",
                text[: token.start],
                re.IGNORECASE,
            )
        )
    ]


FARTHEST = 30
"""Characters between a day and the amount behind it."""


def labelled_amounts(text: str, tokens: Sequence[Token]) -> list[tuple[frozenset[str], Money]]:
    """`Urgent care 117/h, overnight 138/h`: each amount with the words beside it, which may stand at a shift too.

    Nothing where one of them has no words of its own.
    """
    own = [token for token in tokens if is_pay(token)]
    if len(own) < 2:
        return []
    told: list[tuple[frozenset[str], Money]] = []
    bare = _without_amounts(text, tokens, keep_kinds=False)
    for token, (start, end) in zip(own, _shares(bare, own), strict=True):
        words = frozenset(re.findall(r"[a-z]{3,}", bare[start:end].lower())) - _NO_LABEL
        pay, doubtful = pick([_with_unit(token, own)])
        if pay is None or doubtful or not words:
            return []
        told.append((words, pay))
    shared = frozenset.intersection(*(words for words, _ in told))
    return [(words - shared, pay) for words, pay in told] if all(words - shared for words, _ in told) else []


_NO_LABEL = frozenset(
    "the and for per are all pay pays paid rate rates shift shifts slot slots flat hour hourly each one ones get gets usd gbp dollars pounds plus with our you your".split()
)


def rate_of_one_kind(text: str, tokens: Sequence[Token]) -> dict[RateKind, Money] | None:
    """`Standard night rate $2,400`, `$2,600 for nights`: one amount, and one kind of shift that it is for."""
    own = [token for token in tokens if is_pay(token)]
    if len(own) != 1 or any(token.kind in ("date", "month", "hours", "span") for token in tokens):
        return None
    bare = f"{text[: own[0].start]} $ {text[own[0].end :]}"
    pay, doubtful = pick(own)
    if pay and not doubtful and _OF_OTHERS.match(bare):
        return {REST: pay}
    named = {_name(found) for found in _KIND.finditer(bare)}
    if any(kind.startswith("on ") for kind in named):
        return None
    kinds = named - {REST, *WEEKDAYS}
    if (
        len(kinds) != 1
        or pay is None
        or doubtful
        or _OTHER_KIND.search(_KIND.sub(" ", bare))
        or not _ONE_KIND.search(bare)
    ):
        return None
    return {kinds.pop(): pay}


_OF_OTHERS = re.compile(
    r"\W*(?:(?:all )?(?:the )?others?|the rest|everything else|(?:all|any) other \w+)(?: (?:is|are|pays?|at|get))?:? {0,2}\$ *(?:\.|$)",
    re.IGNORECASE,
)
"""`Others $245/hr`: what the shifts pay that have no pay of their own."""
_ONE_KIND = re.compile(
    r"^\W*(?:nights?|days?|weekends?|weekdays?)(?: shifts?)? ?[(@,:–—-]{1,2} ?(?:at |rate |pay |pays )?\$ *[):]*\W*$|\b(?:nights?|days?|weekends?|weekdays?) (?:shift )?(?:rate|pay|shifts?)(?: (?:is|are|pays?|of|at))?:? {0,2}\$|\$ {1,2}(?:for|on) (?:all )?(?:nights|weekends|weekdays|days)\b",
    re.IGNORECASE,
)


def _name(found: re.Match[str]) -> RateKind:
    if found["nth"]:
        return f"on {re.sub(r'[^0-9]', '', found[0])}"
    return next(kind for kind, _ in _KINDS if found[kind])


def _minutes(found: re.Match[str]) -> int:
    """Of the clock behind `from` or `after`; 1 to 7 without a half are in the afternoon."""
    clock = (found["clock"] or found["onwards"]).lower().replace(".", "").strip()
    if clock == "noon":
        return NOON
    digits = re.sub(r"\D", "", clock)
    hour, minute = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    afternoon = "p" in clock or ("a" not in clock and len(digits) <= 2 and hour <= 7)
    return (hour % 12 + 12 if afternoon else hour) * 60 + minute


def _with_unit(token: Token, own: Sequence[Token]) -> Token:
    """`$146/hr weekdays, $155 Saturday`: an amount without a unit beside like ones has theirs."""
    raw = token.value
    assert isinstance(raw, RawMoney)
    others = [one.value for one in own if isinstance(one.value, RawMoney) and one.value.unit]
    units = {one.unit for one in others}
    like = all(raw.amount < 2 * one.amount and one.amount < 2 * raw.amount for one in others)
    return (
        token
        if raw.unit or len(units) != 1 or not like or raw.amount >= SMALLEST_SHIFT_PAY
        else replace(token, value=replace(raw, unit=units.pop()))
    )


def _shares(bare: str, own: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The part of a line that belongs to each amount.

    Where a kind follows the first amount before any comma, each has what follows it; else what stands before it.
    """
    first, ends = own[0], [0]
    stop = _COMMA.search(bare, first.end)
    behind = _KIND.search(bare, first.end, stop.start() if stop else len(bare)) or _LATE.search(
        bare, first.end, stop.start() if stop else len(bare)
    )
    follows = behind is not None and not _KIND.search(bare, 0, first.start)
    for one, other in pairwise(own):
        stops = list(_COMMA.finditer(bare, one.end, other.start)) or list(
            _STOP.finditer(bare, one.end, other.start)
        )
        if stops:
            ends.append(stops[-1].end() if follows else stops[0].end())
        else:
            ends.append(other.start if follows else one.end)
    ends.append(len(bare))
    return pairwise(ends)


_SENTENCE = re.compile(r"(?<=[\w)%$])(?<!\bDr)(?<!\bSt)[.!?](?:\s+|$)")


def _with_amounts_alone(text: str, bare: str) -> str:
    """The sentences of a text that hold an amount, each in its place; `bare` is it without days and amounts."""
    kept, at = "", 0
    for end in [*(found.end() for found in _SENTENCE.finditer(text)), len(text)]:
        part = bare[at:end]
        kept += part if "$" in part else " " * len(part)
        at = end
    return kept


def _without_amounts(text: str, tokens: Sequence[Token], *, keep_kinds: bool) -> str:
    """The text with a row of signs for each amount, but for the kind that one ends with."""
    for token in tokens:
        if token.kind == "money":
            kept = _BARE_KIND.search(token.text) if keep_kinds else None
            word = kept[1] if kept else ""
            width = token.end - token.start
            blank = "$" * (width - len(word) - 1) + f" {word}" if word else "$" * width
            text = text[: token.start] + blank + text[token.end :]
    return text


def _without_days(text: str, tokens: Sequence[Token]) -> str:
    """The text without its dates and hours: the weekday of a date is no kind of shift."""
    for at, token in enumerate(tokens):
        dated = tokens[at + 1].kind in ("date", "month", "number") if at + 1 < len(tokens) else False
        if token.kind in ("date", "month", "hours", "span") or (token.kind == "weekday" and dated):
            text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def rates_of(day: date, hours: Hours, rates: Mapping[RateKind, Money]) -> set[Money]:
    """What a shift may be paid by them; more than one where its hours lie between the kinds, or both axes are told."""
    if feasts := feasts_on(day) & rates.keys():
        return {rates[feast] for feast in feasts}
    if just := rates.get(f"at {hours.start}-{hours.end}"):
        return {just}
    if f"on {day.day}" in rates:
        return {rates[f"on {day.day}"]}
    late = [kind for kind in rates if kind.startswith("from ") and hours.start >= int(kind[5:])]
    if late:
        return {rates[max(late, key=lambda kind: int(kind[5:]))]}
    halves = _halves(hours, rates)
    named = {*halves, "weekend" if day.weekday() >= 5 else "weekday"}
    own = {rates[kind] for kind in (WEEKDAYS[day.weekday()],) if kind in rates}
    general = {rates[kind] for kind in named if kind in rates}
    by_half = own and rates.keys() & {"day", "mid", "night", "overnight"}
    known = own | general if by_half else own or general
    between = len(halves) > 1 and bool(halves & rates.keys()) and not halves <= rates.keys() and not own
    return known | {rates[kind] for kind in (REST,) if kind in rates and (between or not known)}


def kinds_named(text: str) -> set[RateKind]:
    """Those that a text names, but for `rest`."""
    return {_name(found) for found in _KIND.finditer(text)} - {REST}


def kinds_of(day: date, hours: Hours) -> set[RateKind]:
    """All that a shift may be counted among."""
    halves = {kind for named in ((), ("overnight",), ("mid",)) for kind in _halves(hours, named)}
    return {*halves, "weekend" if day.weekday() >= 5 else "weekday", WEEKDAYS[day.weekday()]}


def _halves(hours: Hours, rates: Collection[RateKind]) -> set[RateKind]:
    """The parts of the day that a shift may be counted among; an evening is no `overnight`."""
    night = "overnight" if "overnight" in rates and "night" not in rates else "night"
    over = hours.end <= hours.start
    if hours.start >= EVENING and (hours.end - hours.start) % DAY <= MIDNIGHT - hours.start + LATER:
        if "mid" in rates:
            return {"mid"}
        if night == "night" and not over and hours.end <= LATEST_EVENING:
            return {"day", night}
    if hours.start < MORNING or (
        hours.start >= EVENING and (night == "night" or (over and hours.end >= MORNING))
    ):
        return {night}
    if not over and (hours.end <= LATE if hours.start < NOON else hours.end <= DUSK and "mid" not in rates):
        return {"day"}
    if "mid" in rates:
        return {"mid"}
    return {"day"} if night == "overnight" and not over else {"day", night}


def without_kinds(text: str) -> str:
    """The text without the words for kinds of shift: beside rates they say nothing of the shift itself."""
    return _KIND.sub(lambda found: " " * len(found[0]), text)


def is_amount(token: Token) -> bool:
    """Whether it is large enough to be anybody's pay: a coffee is not."""
    raw = token.value
    return isinstance(raw, RawMoney) and raw.role in ("pay", "guarantee", "unclear") and raw.amount >= LEAST


LEAST = 20
"""Dollars."""

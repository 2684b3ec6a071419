"""Text -> tokens: dates, clocks, money, zones, names; each with its place. What a token means is for the grammar.

Patterns are bounded, so that no line can make them slow. Generic date and money parsers are not used: on shift
notation they answer wrongly without a word ("7p-7a" as UTC-7, "1099, 225/hr" as $1,099,225).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from connectors.offers.reading import Lexicon, Unit

NOON, MIDNIGHT = 12 * 60, 24 * 60
LONGEST_SHIFT = 14 * 60
"""Minutes. `07:00 - 03:00` is more likely a clock of twelve hours than a shift of twenty."""
LONGEST_LINE = 2_000

TokenKind = Literal[
    "date",
    "hours",
    "span",
    "clock",
    "month",
    "weekday",
    "number",
    "money",
    "zone",
    "site",
    "emr",
    "word",
    "mark",
    "noise",
]


class Clock(NamedTuple):
    """Minutes after midnight. `half` is a or p where it was written; None where the digits must speak."""

    minutes: int
    half: str | None
    exact: bool
    """Written so that it can only be read one way: 1900, 07:00, 18:30, 7p, noon."""
    padded: bool = False
    """Two digits, a colon and two more, as on a 24-hour clock."""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """From start to end in minutes after midnight; an end at or before the start is on the next day.

    `unsure` when both halves of the day are possible.
    """

    start: int
    end: int
    unsure: bool = False
    zone: str | None = None
    also: tuple[int, str] | None = None
    """The same start told in a second zone."""
    odd: bool = False
    """The digits may as well be a year, a number to call, or a price."""


@dataclass(frozen=True, slots=True)
class RawDate:
    """A date as written; a numeric one may be read in two orders."""

    first: int
    second: int
    year: int | None
    numeric: bool


MoneyRole = Literal["pay", "guarantee", "bill", "other", "unclear"]
"""An unclear one is the clinician's, but by the week or the month: it says of no shift what it pays."""


@dataclass(frozen=True, slots=True)
class RawMoney:
    amount: Decimal
    unit: Unit | None
    currency: str
    role: MoneyRole
    clear: bool = False
    """Said to be the clinician's own pay."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    start: int
    end: int
    value: object = None


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FOREIGN_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar janvier enero gennaio",
            "februar février fevrier febrero febbraio",
            "märz maerz mars marzo",
            "avril abril aprile",
            "mai mayo maggio",
            "juni juin junio giugno",
            "juli juillet julio luglio",
            "août aout agosto",
            "septembre septiembre settembre",
            "oktober octobre octubre ottobre",
            "novembre noviembre",
            "dezember décembre decembre diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
"""What stands beside them is seldom understood, so that it is asked about, and not passed over."""
WEEKDAYS = "mon tue wed thu fri sat sun".split()
ZONES = {
    **dict.fromkeys(("et", "est", "edt", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific"), "America/Los_Angeles"),
    **dict.fromkeys(("akt", "akst", "akdt", "alaska"), "America/Anchorage"),
    **dict.fromkeys(("hst", "hawaii"), "Pacific/Honolulu"),
    **dict.fromkeys(("utc", "gmt", "zulu"), "UTC"),
    "z": "UTC",
    "bst": "Europe/London",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
}

_I = re.IGNORECASE
LIKE_ASCII = {0x17F: "s", 0x130: "I", 0x131: "i", 0x212A: "K"}
"""Letters that match an ASCII one where case is ignored, and then stand in no table of ours."""
INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
"""Characters of no width, which programs strew into mail and nobody sees."""
# One character each, so that places in the line stay the same.
_DASHES = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\uff0d"), "-"),
    **LIKE_ASCII,
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}
_MONTH = re.compile(
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?",
    _I,
)
_WEEKDAY = re.compile(
    r"(mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:s|nesday)?s?|thu(?:r(?:s(?:day)?)?)?s?|fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?)\b\.?",
    _I,
)
_SHORT_WEEKDAY = re.compile(r"(mo|tu|we|th|fr|sa|su)\b\.?(?=,?\s{0,2}\d{1,2}/\d)", _I)
"""`Th 2/18`: two letters are a weekday only before a date."""
_DAYS = {name[:2]: number for number, name in enumerate(WEEKDAYS)}
_NOISE = re.compile(
    r"https?://\S{1,500}|www\.\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
    r"|(?:\+?\d{1,2}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}\b|\b0\d{2,4} \d{3,4} \d{3,4}\b"
    r"|24/7|401 ?\(k\)|\d{1,2} ?on ?/ ?\d{1,2} ?off|\d{1,2} ?x ?\d{1,2}s\b|\d{1,2}:\d{1,2} call\b|20\d\d ?[-–/] ?20\d\d"
    r"|\d{1,3} ?(?:hr|hour)s? ?(?:/|per|a) ?week|\d{1,2}(?:\.\d)?[- ]?(?:hours?|hrs?)\b(?! ?rate)|\d{1,2} ?h\b(?= ?(?:total|guarant|min\b|minimum|shifts?\b|days?\b|nights?\b|\)))|(?<=')\d\d\b|\d{1,2}(?:\.\d)? ?(?:pts?|patients?)(?: ?/ ?| per )h(?:r|our)\b|#\d{1,8}|\b1099\b|\bW-?2s?\b|\d{1,3}\+|\d(?:\.\d)? ?pph\b|\b(?:req(?:uisition)?|ref(?:erence)?|job|posting|ticket|assignment)\.?:? ?(?:no\.?|id|number)?:? ?#?\d{3,8}\b|\bext\.? ?\d{1,5}\b"
    r"|\d{1,2}/(?=\d{1,2}:\d{2})|\b[1-3]/[2-4](?= ?-?(?:time|fte|day|shift|off\b|price|pay|rate|call|hour|month|week)s?\b)|\d{1,3} ?(?:min(?:ute)?s?|miles?|mi|km|beds?|visits?|pts?|patients?)\b"
    r"|\b\d{1,3}-(?:bed|min|mile)\b|\b\d{1,2} ?(?:shifts?|days|nights|weeks|months|years)\b|\b\d{1,3} ?%",
    _I,
)
_DAYS_COUNTED = re.compile(r"\d{1,2} ?(?:shifts?|days|nights)", _I)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/]|:\d)")
_DASHED = re.compile(r"(\d{1,2})([-.])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?![\d:])")
"""`19.02.`, as German writes the day and the month."""
_AFTER_WEEKDAY = re.compile(r"(\d{2})-(\d{2})(?![\d:-])")

_DASH = r"\s{0,3}(?:-|–|—|−|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\bbis\b|\bà\b)\s{0,3}"
_CLOCK = (
    r"(?:(noon|midnight|12 ?mn\b|12 ?n\b)|(\d{1,2})(?:[:.]|h(?=\d\d\b))(\d{2})(?::\d{2})?|(\d{4}|\d{3})(?=\s?h(?:rs?|ours)?\b|(?!\d))|(\d{1,2}))"
    r"(?:\s?([ap])\b(?:\.?\s?m\b\.?)?|\s?([ap])\.?m\b\.?|\s?h(?:rs?)?\b)?"
)
_ZONE = (
    r"(?:\s?\(?(?:\b|(?<=\d)(?=[Zz]\b))("
    + "|".join(sorted(ZONES, key=len, reverse=True))
    + r"|z|[a-z]{1,3}[sd]?t)\b\)?)?"
)
_HOURS = re.compile(_CLOCK + _ZONE + _DASH + _CLOCK + r"(?![:.]?\d)" + _ZONE, _I)
_TWO_ZONES = re.compile(
    _CLOCK + _ZONE + r"\s?/\s?" + _CLOCK + _ZONE + _DASH + _CLOCK + _ZONE + r"\s?/\s?" + _CLOCK + _ZONE, _I
)
_ONE_CLOCK = re.compile(_CLOCK + _ZONE, _I)
_ZONE_ALONE = re.compile(r"\b(" + "|".join(sorted(ZONES, key=len, reverse=True)) + r")\b(?: time)?", _I)

_CURRENCY = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "usd": "USD",
    "gbp": "GBP",
    "eur": "EUR",
    "r": "ZAR",
    "a$": "AUD",
    "c$": "CAD",
}
_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?)\s?(k\b|m\b)?"
_UNIT = (
    r"(?:\s{0,2}(?:/|\bper\b|\ban?\b|\beach\b|\bfor(?: the| all| both)?\b|\bthe\b)?\s{0,2}(?:completed )?(?:whole |entire |full )?(?:two |three |four |five |six |seven |\d )?"
    r"(24[ -]?(?:hours?|hrs?|h)(?: shift)?|hourly|hours?|hrs?|stunde|std|heure|hora|h|shifts?|nights?|sessions?|slots?|flat|days?|daily|visits?|consults?|patients?|encounters?|pt"
    r"|w?rvus?|block|pair|both|package|total|two|three|four|five|six|seven|days together|weekend|week|month|year|yr|annum|call|callback|miles?|mi|km|diem)\b)?"
)
_MONEY = re.compile(
    r"(a\$|c\$|\$|£|€|(?:usd|gbp|eur)\s?|R(?=\d))\s?"
    + _AMOUNT
    + r"(?:"
    + _DASH
    + r"(?:\$|£|€)?\s?"
    + _AMOUNT
    + r")?"
    + _UNIT,
    _I,
)
# As on the continent: the sign behind, dots between thousands, a comma before cents.
_SIGN_LAST = re.compile(r"(\d{1,3}(?:[. ]\d{3}){1,2}|\d{1,7})(?:,(\d{2}))?\s?(€|£|eur\b)" + _UNIT, _I)
_BARE_RATE = re.compile(
    _AMOUNT
    + r"(?:\s?(?:-|–|\bto\b)\s?\d{1,5}(?:\.\d\d)?)?\s?(?:usd|dollars)?\s?(?:/|per )\s?(hr|hour|h|shift|day|visit|consult)\b",
    _I,
)
UNITS: dict[str, Unit | None] = {
    **dict.fromkeys(("hourly", "hour", "hours", "hr", "hrs", "h", "std", "stunde", "heure", "hora"), "hour"),
    **dict.fromkeys(
        ("shift", "shifts", "night", "nights", "session", "sessions", "slot", "slots", "flat"), "shift"
    ),
    **dict.fromkeys(("day", "days", "daily", "diem"), "day"),
    **dict.fromkeys(
        ("visit", "visits", "consult", "consults", "patient", "patients", "encounter", "encounters", "pt"),
        "visit",
    ),
    **dict.fromkeys(
        (
            "block",
            "pair",
            "both",
            "package",
            "total",
            "weekend",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
        ),
        "block",
    ),
}
_NOT_PAY_BEFORE = re.compile(
    r"(?:\bcap(?:ped)?\b(?: of| at)?|\bovertime\b|\bOT\b|\bmax(?:imum)?\b|\bbonus(?:es)?\b(?: of)?|sign-?on|\bmileage\b|\btravel\b|\bstipend\b"
    r"|\b(?:cancell?ation|late|kill|show-?up|no-?show|admin\w{0,10}|application|processing|credentialing|license|booking|referral|refer) (?:fees?|pay|payment|charges?)\b|\brefer\b"
    r"|\bhousing\b|\blodging\b|\bmeals?\b|\bmalpractice\b|\bwas\b|\binstead of\b|\brather than\b|\bformerly\b"
    r"|\bpreviously\b|\bdown from\b|\bup from\b|\bfrom\b|\breimburse\w{0,6}\b|\ballowance\b|\bplus\b|\+|\bextra\b|\bdeposit\b"
    r"|\bcallback\b|(?<!gone )(?<!goes )(?<!went )(?<!raised )(?<!increased )(?<!bumped )\bup to)[^.;,$£€]{0,25}$",
    _I,
)
_NOT_PAY_AFTER = re.compile(
    r"^(?: ?/ ?h(?:ou)?r)? ?\b(?:over|above|more than|on top of|better than) (?:our |the |your )?(?:base|usual|standard|normal|regular|current)\b|^\s?(?:(?!plus|and|with|or|for|at|in)\w{1,12} ){0,2}(?:bonus|stipend|reimburse\w{0,6}|mileage|cap\b|max\b|allowance|deposit|sign-?on|incentive"
    r"|lodging|housing|meals|travel\b|extra|callback|deductible|licen[cs]e|fee\b|completion)",
    _I,
)
_BILL = re.compile(r"\bbill(?:s|ed|ing)?\b[^.;,$£€]{0,20}$", _I)
_BILL_AFTER = re.compile(
    r"^(?!\s?[(,;]\s?bill(?:s|ed|ing)?(?: rates?)?(?: is| at| of)?:? ?[$£€] ?\d)\W{0,3}bill", _I
)
"""Not where a clause of its own begins with it and has its own amount: `$225/hr (bill rate $310/hr)`."""
_GUARANTEE = re.compile(
    r"\bguarant\w{0,5}\b(?!\W{0,3}(?:or|plus|and)\b|\s?[/+])[^.;$£€]{0,25}$|\bminimum\b(?: of)?[^.;$£€]{0,12}$",
    _I,
)
# "$30 per visit, guaranteed $120/hour": the word belongs to the amount that follows it.
_GUARANTEE_AFTER = re.compile(
    r"^\W{0,3}(?:guarant\w{0,5}|minimum|min)\b(?!:?\s?(?:(?:of|at|is|rate) )?[$£€])", _I
)
_OWN_PAY = re.compile(
    r"\b(?:pays? you|you(?:r)? (?:get|receive|earn|pay)|pay rate|clinician pay|your rate|physician pay)\b[^.;,$£€]{0,20}$",
    _I,
)

_WORD = re.compile(r"[A-Za-z][\w'’&./-]{0,60}|\d+[A-Za-z]\w{0,30}")
_NUMBER = re.compile(r"(\d{1,4})(st|nd|rd|th)?(?!\d|:\d)", _I)


def lex(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of one line, in order; longer lines than a person writes are read as far as that."""
    line = text[:LONGEST_LINE]
    return list(_lexed(line if line.isascii() else line.translate(_DASHES), _names(lexicon)))


@lru_cache(maxsize=512)
def _lexed(line: str, names: Names) -> tuple[Token, ...]:
    """A line is cut several times while a message is read: to see what it is, to join it, and to read it."""
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        token = _next(line, at, names, tokens)
        tokens.append(token)
        at = token.end
    return tuple(tokens)


@dataclass(frozen=True, eq=False, slots=True)
class Names:
    """All names in one pattern, the longest first, and what each of its groups names. Compared by identity: quickly."""

    pattern: re.Pattern[str]
    meanings: tuple[tuple[TokenKind, str], ...]


@lru_cache(maxsize=32)
def _names_of(sites: tuple[tuple[str, tuple[str, ...]], ...], emrs: tuple[str, ...]) -> Names:
    known = [(name, "site", key) for key, names in sites for name in names] + [
        (name, "emr", name) for name in emrs
    ]
    known.sort(key=lambda one: -len(one[0]))
    one = "|".join(f"({_loose(name)})" for name, _, _ in known)
    return Names(re.compile(one or "(?!)", _I), tuple((kind, value) for _, kind, value in known))  # type: ignore[misc]  # two literals


_latest: list[tuple[Lexicon, Names]] = []
"""The lexicon that was asked for last: line after line it is the same."""


def _names(lexicon: Lexicon) -> Names:
    latest = _latest[:1]
    if latest and latest[0][0] is lexicon:
        return latest[0][1]
    names = _names_of(tuple((site.id, site.names) for site in lexicon.sites), lexicon.emrs)
    _latest[:] = [(lexicon, names)]
    return names


def _loose(name: str) -> str:
    """A pattern of the name however its spaces, dots and apostrophes are written."""
    parts = [re.escape(part) for part in re.findall(r"[^\s.'’,-]+", name)]
    return r"[\s.'’,-]{1,3}".join(parts) + r"(?!\w)"


def _next(line: str, at: int, names: Names, before: list[Token]) -> Token:
    # "25:00-07:00" is no clock, and neither is its second half.
    half = at > 1 and line[at - 1] == ":" and line[at - 2].isdigit()
    fresh = at == 0 or not (line[at - 1].isalnum() or half)
    if fresh:
        if found := names.pattern.match(line, at):
            kind, value = names.meanings[(found.lastindex or 1) - 1]
            return Token(kind, found[0], at, found.end(), value)
        for reader in _readers(line[at]):
            if token := reader(line, at, before):
                return token
    if fresh and (found := _WORD.match(line, at)):
        return Token("word", found[0], at, found.end(), found[0].lower().rstrip("."))
    return Token("mark", line[at], at, at + 1, line[at])


def _noise(line: str, at: int, before: list[Token]) -> Token | None:
    found = _NOISE.match(line, at)
    if found and before and before[-1].kind == "month" and _DAYS_COUNTED.fullmatch(found[0]):
        return None  # `Jan 13 nights`
    return Token("noise", found[0], at, found.end()) if found else None


def _money(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _MONEY.match(line, at)
    if found:
        sign, low, thousand, high, thousands, unit = found.groups()
        amount = _amount(low, thousand or thousands)
        role, clear = _role(line, at, found.end())
        if _is_extra(line, at, found.end(), amount):
            role = "other"
        if high and re.search(r"\bfrom\s{0,2}$", line[:at], _I):
            amount, role = _amount(high, thousands), "pay"  # "raised from $2,400 to $2,700"
        if (thousand or "").lower() == "m":
            role = "other"
        unit = _per_day_and_night(unit) or _unit_before(line, at)
        if (
            unit in ("", "flat", "week", "days", "nights", "shifts", "sessions")
            and (role == "pay")
            and _for_all(line, at, found.end(), unit)
        ):
            unit = "block"
        if unit and unit not in UNITS:
            role = "unclear" if role == "pay" and unit in _LONG_UNITS else "other"
        return Token(
            "money",
            found[0],
            at,
            found.end(),
            RawMoney(amount, UNITS.get(unit), _CURRENCY[sign.strip().lower()], role, clear),
        )
    if found := _SIGN_LAST.match(line, at):
        digits, cents, sign, unit = found.groups()
        role, clear = _role(line, at, found.end())
        amount = Decimal(re.sub(r"[.\s]", "", digits) + (f".{cents}" if cents else ""))
        named = _per_day_and_night(unit)
        money = RawMoney(amount, UNITS.get(named), _CURRENCY[sign.lower()], role, clear)
        return Token("money", found[0], at, found.end(), money)
    if found := _BARE_RATE.match(line, at):
        low, thousand, unit = found.groups()
        role, clear = _role(line, at, found.end())
        money = RawMoney(_amount(low, thousand), UNITS[unit.lower()], "USD", role, clear)
        return Token("money", found[0], at, found.end(), money)
    return None


_BEFORE_AMOUNT = re.compile(
    r"\b(?:(?:per|an?) (hour|hr|shift|day|night|visit|consult)|(hourly))(?: (?:rate|pay)(?: is)?)?\W{0,3}$",
    _I,
)


def _unit_before(line: str, at: int) -> str:
    """`per hour $128`, `hourly rate: $128`."""
    found = _BEFORE_AMOUNT.search(line, max(0, at - 24), at)
    return (found[1] or "hour").lower() if found else ""


def _per_day_and_night(unit: str | None) -> str:
    """`per 24 h` is for a shift of them."""
    return "shift" if unit and unit.startswith("24") else (unit or "").lower()


_LONG_UNITS = ("week", "month", "year", "yr", "annum")
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d)"
_FOR_ALL = re.compile(
    rf"[\s,(]{{0,3}}(?:flat|total|altogether|in (?:all|total))?[\s,(]{{0,3}}(?:(?:for|covers?|covering) (?:(?:the|your|a) )?"
    rf"(?:(?:all|both|these|whole|entire|full) (?:the )?(?:{_COUNT}[ -])?|{_COUNT}[ -])(?:days?|nights|shifts|dates|sessions|weeks?|of)\b"
    rf"|(?:for|covers?|covering) (?:the |your |a )?(?:(?:whole|entire|full) )?(?:block|run|stretch|assignment|stint|lot|set|week|everything|all of)\b"
    rf"|(?:all|both) (?:{_COUNT} )?(?:days|nights|shifts|dates)\b)",
    _I,
)


_FOR = re.compile(
    rf"\bfor(?: (?:the|your|a))?(?: (?:whole|entire|full))? week$|\bfor (?:the |all |both )*{_COUNT} [a-z]+$|\bfor (?:all|both)\b",
    _I,
)


def _for_all(line: str, start: int, end: int, unit: str) -> bool:
    """`$9,250 flat for the five days`, `$9,250 for the week`: one price for all of them; `per week` is none."""
    if unit in ("week", "days", "nights", "shifts", "sessions"):
        return _FOR.search(line[start:end]) is not None
    return _FOR_ALL.match(line, end) is not None


def _amount(digits: str, factor: str | None) -> Decimal:
    amount = Decimal(digits.replace(",", ""))
    return amount * {"k": 1000, "m": 1_000_000}.get((factor or "").lower(), 1)


LEAST_DAY = 400
"""Dollars; a "per diem" below it is an allowance for meals, and nobody's pay for a day."""
_PER_DIEM = re.compile(r"\bper diem\b(?: (?:of|is|at))?\W{0,3}$", _I)
_PER_DIEM_AFTER = re.compile(r"^\s?per diem\b", _I)
_WITH_CALL = re.compile(r"^\W{0,3}(?:with|incl\w{0,5}) (?:on-?)?call\b", _I)
_WITHOUT_CALL = re.compile(r"\b(?:without|no|excl\w{0,6}) (?:on-?)?call\b", _I)


def _is_extra(line: str, start: int, end: int, amount: Decimal) -> bool:
    """Whether it comes on top of the pay: an allowance by the day, or what call adds to a rate without it."""
    before, after = line[max(0, start - 20) : start], line[end : end + 40]
    allowance = (
        _PER_DIEM.search(before) or _PER_DIEM_AFTER.search(after) or line[start:end].lower().endswith("diem")
    )
    if allowance and amount < LEAST_DAY:
        return True
    return bool(_WITH_CALL.search(after) and _WITHOUT_CALL.search(line))


def _role(line: str, start: int, end: int) -> tuple[MoneyRole, bool]:
    before, after = line[max(0, start - 60) : start], line[end : end + 40]
    if _OWN_PAY.search(before):
        return "pay", True
    if _BILL.search(before) or _BILL_AFTER.search(after):
        return "bill", False
    if _GUARANTEE.search(before) or _GUARANTEE_AFTER.search(after):
        return "guarantee", False
    if _NOT_PAY_BEFORE.search(before) or _NOT_PAY_AFTER.search(after):
        return "other", False
    return "pay", False


def _date(line: str, at: int, before: list[Token]) -> Token | None:
    if found := _ISO.match(line, at):
        return _dated(found, at, RawDate(int(found[2]), int(found[3]), int(found[1]), numeric=False))
    for pattern, year in ((_NUMERIC, 3), (_DASHED, 4)):
        if found := pattern.match(line, at):
            second = 2 if pattern is _NUMERIC else 3
            return _dated(
                found, at, RawDate(int(found[1]), int(found[second]), _year(found[year]), numeric=True)
            )
    if found := _DOTTED.match(line, at):
        return _dated(found, at, RawDate(int(found[2]), int(found[1]), None, numeric=False))
    if before and before[-1].kind == "weekday" and (found := _AFTER_WEEKDAY.match(line, at)):
        return _dated(found, at, RawDate(int(found[1]), int(found[2]), None, numeric=True))
    return None


def _dated(found: re.Match[str], at: int, raw: RawDate) -> Token:
    return Token("date", found[0], at, found.end(), raw)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _hours(line: str, at: int, before: list[Token]) -> Token | None:
    if found := _TWO_ZONES.match(line, at):
        clocks = [_clock(found.groups()[index : index + 7]) for index in range(0, 32, 8)]
        zones = [found.groups()[index] for index in range(7, 32, 8)]
        first, second, third, _ = clocks
        if first and second and third and all(zones):
            start, end, unsure = _settle(first, third)
            return Token(
                "hours",
                found[0],
                at,
                found.end(),
                Hours(start, end, unsure, zones[0], (second.minutes, zones[1] or "")),
            )
    found = _HOURS.match(line, at)
    if not found:
        return None
    groups = _with_zones(found.groups())
    first, second = _clock(groups[:7]), _clock(groups[8:15])
    digits = not (groups[0] or groups[1]) and first is not None and first.half is None
    if first is None or second is None or _DATE_GOES_ON.match(line, found.end()):
        return None
    if groups[12] and second.half is None and _MONTH_NEXT.match(line, found.end(13)):
        return None
    if digits and _is_year(line, at, before):
        return None
    if groups[4] and digits and not groups[7] and _ANOTHER_CLOCK.match(line, found.end()):
        return None  # `Feb 1, 2 - 7am to 7pm`
    if digits and before and before[-1].kind == "month" and _CHAINED.match(line, found.end()):
        return None  # `Feb 20- 7a-7p`
    if digits and not groups[7] and _counts(line, at, found.end(), second):
        return Token("noise", found[0], at, found.end())
    plain = groups[4] is not None and groups[12] is not None and not (first.half or second.half)
    if (
        plain
        and re.search(r"\b(?:to|until|till?|through|thru)\b", found[0], _I)
        and not (groups[7] or groups[15])
    ):
        return None  # "from 4 to 6" says nothing about clocks
    if plain and not (groups[7] or groups[15]):
        end_at = found.start(16) if found[16] else found.end()
        return Token("span", line[at:end_at], at, end_at, (first.minutes // 60, second.minutes // 60))
    mixed = (groups[3] is None) != (groups[11] is None) and not (first.half or second.half)
    if mixed and not (first.exact and second.exact):
        return None
    start, end, unsure = _settle(first, second)
    end_at = found.end()
    zone = groups[15] or groups[7]
    if found[16] and not groups[15]:
        end_at = found.start(16)
    odd = digits and bool(_PRICED.search(line, max(0, at - 20), at) or _CHAINED.match(line, end_at))
    odd = odd or (digits and _after_day(before) and _YEAR.match(line, at) is not None)
    slot = Hours(start, end, unsure, zone, odd=odd)
    return Token("hours", line[at:end_at].rstrip(" ("), at, end_at, slot)


_DATE_GOES_ON = re.compile(r"-\d\d-\d|/\d\d?(?:/\d|\b(?!\s?[ap]\b|:))")
"""What would be the end of the hours is the beginning of a date: `07:00 - 2027-06-08`."""
_MONTH_NEXT = re.compile(
    r"(?:st|nd|rd|th)?\.?\s?(?:of |de )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", _I
)
_CHAINED = re.compile(r"[-–]\d")
_ANOTHER_CLOCK = re.compile(_DASH + r"\d{1,2}(?::\d{2})?\s?[ap]", _I)
_YEAR = re.compile(r"20[2-4]\d(?!\d)")
_PRICED = re.compile(
    r"(?:[$£€]|\b(?:pays?|paying|rates?|earn|salary|fee|budget|call|dial|ext|tel|phone|fax)\.?:?)\s?(?:of |is |at )?$",
    _I,
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:census|beds?|volumes?|acuity|crew|team|rooms?|floors?|suites?|ages?|aged|ratio|levels?|see|seeing|sees|level|patients|visits|annual|zip)"
    r"(?: (?:of|is|about|around|approx|averages?|runs))?:? ?$",
    _I,
)
_COUNTED_AFTER = re.compile(
    r"\s?(?:patients?|pts?|visits?|beds?|encounters?|consults?|calls?|admissions?|admits?|pages?|miles?|mi|km|min(?:ute)?s?"
    r"|physicians?|doctors?|docs|providers?|nurses|staff|people|weeks?|months?|years?|%|percent|hours?|hrs?)\b",
    _I,
)


def _after_day(before: list[Token]) -> bool:
    """Whether the last tokens are a month and a day in either order, or a month alone."""
    last = [token.kind for token in before if token.text not in (",", ".")][-2:]
    return last[-1:] == ["month"] or last == ["month", "number"]


def _is_year(line: str, at: int, before: list[Token]) -> bool:
    """`17 May 2027 - 21 May 2027`, `June 5, 2027 - 7a-7p`: behind its day and month, 2027 is no 20:27."""
    year = _YEAR.match(line, at)
    if not year or not _after_day(before):
        return False
    joint = re.compile(_DASH, _I).match(line, year.end())
    rest = line[joint.end() if joint else year.end() :]
    dated = (
        _MONTH.match(rest)
        or _WEEKDAY.match(rest)
        or re.match(r"\d{1,2}(?:st|nd|rd|th)?,? (?:of )?[A-Za-z]{3}", rest)
    )
    return bool(dated or _HOURS.match(rest) or int(year[0]) % 5)


def _counts(line: str, start: int, end: int, second: Clock) -> bool:
    """`census 12-18`, `12-20 patients`, `14 to 18 beds`: so many of something, and no hours."""
    if second.half is not None or second.padded:
        return False
    return bool(_COUNTED_BEFORE.search(line, max(0, start - 30), start) or _COUNTED_AFTER.match(line, end))


def _with_zones(groups: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """An ordinary word of three letters that ends in t ("not", "but") is no zone."""
    named = list(groups)
    for at in (7, 15):
        zone = named[at]
        if zone and zone.lower() not in ZONES and not zone.isupper():
            named[at] = None
    return tuple(named)


def _clock(groups: tuple[str | None, ...]) -> Clock | None:
    word, hour, minute, compact, bare, half, other_half = groups[:7]
    half = (half or other_half or "").lower() or None
    if word:
        return Clock(0 if word.lower() == "midnight" or "m" in word.lower() else NOON, None, exact=True)
    if compact:
        hours, minutes = int(compact[:-2]), int(compact[-2:])
        exact = len(compact) == 4 or half is not None
    else:
        hours, minutes = int(hour or bare or 0), int(minute or 0)
        exact = (
            half is not None
            or hours > 12
            or (hour is not None and len(hour) == 2 and hour[0] == "0")
            or hours == 0
        )
    if minutes > 59 or hours > 24:
        return None
    if half and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    padded = compact is None and hour is not None and len(hour) == 2 and half is None
    return Clock((hours * 60 + minutes) % MIDNIGHT, half, exact, padded)


def _settle(first: Clock, second: Clock) -> tuple[int, int, bool]:
    """Both ends in minutes of the day, and whether a person would have to ask which half of it is meant."""
    if first.exact and second.exact and not (first.padded and second.padded):
        return first.minutes, second.minutes, False
    if second.exact and second.half:
        # "7-11p", "9-5p", "11-7a": the start lies in the twelve hours before the end.
        start = first.minutes % NOON
        late = start + NOON
        length = (second.minutes - start) % MIDNIGHT
        return (start if 0 < length <= NOON else late), second.minutes, False
    if first.exact and first.half:
        end = second.minutes % NOON
        length = (end - first.minutes) % MIDNIGHT
        return first.minutes, (end if 0 < length <= NOON else end + NOON), False
    # Digits only: 24-hour notation where one end can be nothing else, and the other is written the same way.
    if (first.exact or second.exact) and (
        (first.padded and second.padded) or max(first.minutes, second.minutes) > NOON + 59
    ):
        length = (second.minutes - first.minutes) % MIDNIGHT or MIDNIGHT
        return first.minutes, second.minutes, length > LONGEST_SHIFT
    return first.minutes, second.minutes, True


def _single(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _ONE_CLOCK.match(line, at)
    if not found:
        return None
    groups = found.groups()
    clock = _clock(groups[:7])
    # Digits alone are a clock only with a half of the day, a colon, or four of them after "at" and the like.
    written = groups[0] or groups[1] or (clock and clock.half)
    if clock is None or not written:
        return None
    zone = groups[7] if groups[7] and (groups[7].lower() in ZONES or groups[7].isupper()) else None
    end = found.end() if zone or not groups[7] else found.start(8)
    return Token("clock", line[at:end], at, end, clock._replace(zone=zone))


def _month(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    if (
        (word := _WORD.match(line, at))
        and word[0].lower() in FOREIGN_MONTHS
        and _near_number(line, at, word.end())
    ):
        return Token("month", word[0], at, word.end(), FOREIGN_MONTHS[word[0].lower()])
    found = _MONTH.match(line, at)
    doubtful = found and found[1].lower() in ("may", "mar", "march")
    if not found or (
        doubtful and not (_near_number(line, at, found.end()) or _IN_MONTH.search(line, 0, at + 1))
    ):
        return None
    return Token("month", found[0], at, found.end(), MONTHS.index(found[1][:3].lower()) + 1)


_IN_MONTH = re.compile(r"\b(?:in|of|for|early|late|mid|this|next)[ -](?=[A-Z]$)")


def _near_number(line: str, start: int, end: int) -> bool:
    """Whether a day stands beside it: "may" and "march" are words too."""
    return bool(
        re.match(r"\s{0,2}\d", line[end : end + 4])
        or re.search(r"\d(?:st|nd|rd|th|er|\.)?\s{0,2}(?:of |de )?$", line[max(0, start - 8) : start])
    )


def _weekday(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _WEEKDAY.match(line, at) or _SHORT_WEEKDAY.match(line, at)
    return Token("weekday", found[0], at, found.end(), _DAYS[found[1][:2].lower()]) if found else None


def _number(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _NUMBER.match(line, at)
    if not found or re.match(r"[A-Za-z]", line[found.end() : found.end() + 1]):
        return None
    return Token("number", found[0], at, found.end(), int(found[1]))


def _zone(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _ZONE_ALONE.match(line, at)
    # "MT" or "pt" by themselves may be anything; a short form counts after a clock, or in capitals.
    if not found or (len(found[1]) <= 3 and not found[1].isupper()):
        return None
    return Token("zone", found[0], at, found.end(), found[1].lower())


Reader = Callable[[str, int, list[Token]], Token | None]
_OF_DIGITS: tuple[Reader, ...] = (_money, _noise, _date, _hours, _single, _number)
_OF_LETTERS: tuple[Reader, ...] = (_money, _noise, _month, _weekday, _zone)
_OF_NOON: tuple[Reader, ...] = (_money, _noise, _hours, _single, _month, _weekday, _zone)
_OF_SIGNS: tuple[Reader, ...] = (_money, _noise)


def _readers(first: str) -> tuple[Reader, ...]:
    """Those that can read what begins with such a character, in the order in which they are asked."""
    if first.isdecimal():
        return _OF_DIGITS
    if first.isalpha():
        return _OF_NOON if first in "nNmM" else _OF_LETTERS
    return _OF_SIGNS


def zone_named(word: str, site: ZoneInfo | None) -> ZoneInfo | None:
    """The zone a message names; the site's own where it keeps the same family of time. None when unknown.

    Arizona writes MST and means a zone without summer time.
    """
    key = ZONES.get(word.lower())
    if key is None:
        return None
    if key == "America/Denver" and site is not None and site.key in ("America/Phoenix", "America/Boise"):
        return site
    return ZoneInfo(key)

"""Amounts of money -> tokens: how much, for what, and whether it is the clinician's pay.

A generic money parser is not used: it reads "1099, 225/hr" as $1,099,225 without a word.
"""

from __future__ import annotations

import re
from decimal import Decimal

from connectors.offers.quick import Quick
from connectors.offers.reading import Unit
from connectors.offers.tokens import DASH, MoneyRole, RawMoney, Token

_I = re.IGNORECASE

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
    "nz$": "NZD",
    "aud": "AUD",
    "cad": "CAD",
    "nzd": "NZD",
    "zar": "ZAR",
}

SIGNS = frozenset("$£€")
_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?)\s?(k\b|m\b)?"

_UNIT = (
    r"(?:\s{0,2}(?:/|\bper\b|\ban?\b|\beach\b|\bfor(?: the| all| both)?\b|\bthe\b)?\s{0,2}(?:completed )?(?:(?:on-?call|call|in-?house|clinical|clinic|worked|telehealth|tele|\d{1,2}[ -]?(?:hours?|hrs?|h))[ -](?=hour|hr|shift|day|night|session|block))?(?:whole |entire |full )?(?:two |three |four |five |six |seven |\d )?"
    r"(24[ -]?(?:hours?|hrs?|h)(?: shift)?|hourly|hours?|hrs?|stunde|std|heure|hora|p/h|ph|h|shifts?|nights?|sessions?|slots?|flat|days?|daily|visits?|consults?|patients?|encounters?|pt"
    r"|w?rvus?|block|pair|both|package|total|two|three|four|five|six|seven|days together|weekend|week|month|year|yr|annum|call|callback|miles?|mi|km|diem)\b)?"
)

_MONEY = re.compile(
    r"(a\$|c\$|nz\$|\$|£|€|(?:usd|gbp|eur|aud|cad|nzd|zar)\b\s?\$?|R(?=\d))\s?"
    + _AMOUNT
    + r"(?:"
    + DASH
    + r"(?:\$|£|€)?\s?"
    + _AMOUNT
    + r")?(?:\+(?=\s?(?:/|per |an? )))?"
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
    **dict.fromkeys(
        ("hourly", "hour", "hours", "hr", "hrs", "h", "p/h", "ph", "std", "stunde", "heure", "hora"), "hour"
    ),
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

_NOT_PAY_BEFORE = Quick(
    r"(?:\bcap(?:ped)?\b(?: of| at)?|\bovertime\b|\bOT\b|\bmax(?:imum)?\b|\bbonus(?:es)?\b(?: of)?|sign-?on|\bmileage\b|\btravel\b|\bstipend\b"
    r"|\b(?:cancell?ation|late|kill|show-?up|no-?show|admin\w{0,10}|application|processing|credentialing|license|booking|referral|refer) (?:fees?|pay|payment|charges?)\b|\brefer\b"
    r"|\bhousing\b|\blodging\b|\bmeals?\b|\bmalpractice\b|\bwas\b(?! (?:\w{2,8} ){0,2}(?:raised|increased|bumped|upped|boosted|lifted|moved|adjusted|brought|changed)(?: up)? to\b)|\binstead of\b|\brather than\b|\bformerly\b"
    r"|\bpreviously\b|\bdown from\b|\bup from\b|\b(?:up|down|raised|increased|lowered|reduced|changed|bumped|went|gone|goes|moved)\b[^.;,$£€]{0,15}\bfrom\b|\breimburse\w{0,6}\b|\ballowance\b|\bplus\b|\+|\bextra\b|\bdifferential\b|\bdiff\b|\buplift\b|\bdeposit\b"
    r"|\b(?:throw|toss|kick|chip)(?:ing)? in\b|\(\s?(?:regular|normal|usual|standard)(?:ly)?\b(?: rate| pay)?|\bcallback\b|(?<!gone )(?<!goes )(?<!went )(?<!raised )(?<!increased )(?<!bumped )\bup to)[^.;,$£€]{0,25}$",
    _I,
)

_NOT_PAY_AFTER = Quick(
    r"^(?: ?/ ?h(?:ou)?r)? ?\b(?:over|above|more than|on top of|better than) (?:our |the |your )?(?:base|usual|standard|normal|regular|current)\b|^\s?(?:(?!plus|and|with|or|for|at|in)\w{1,12} ){0,2}(?:bonus|stipend|reimburse\w{0,6}|mileage|cap\b|max\b|allowance|deposit|sign-?on|incentive"
    r"|lodging|housing|meals|travel\b|differential|diff\b|uplift|extra|callback|deductible|licen[cs]e|cards?\b|vouchers?\b|certificates?\b|fee\b|completion)",
    _I,
)

_BILL = re.compile(r"\bbill(?:s|ed|ing)?\b[^.;,$£€]{0,20}$", _I)

_BILL_AFTER = re.compile(
    r"^(?!\s?[(,;]\s?bill(?:s|ed|ing)?(?: rates?)?(?: is| at| of)?:? ?[$£€] ?\d)\W{0,3}bill", _I
)
"""Not where a clause of its own begins with it and has its own amount: `$225/hr (bill rate $310/hr)`."""

_GUARANTEE = Quick(
    r"\bguarant\w{0,5}\b(?!\W{0,3}(?:or|plus|and|vs?|versus|against|otherwise|if|when)\b|\s?[/+])[^.;$£€]{0,25}$|\bminimum\b(?: of)?[^.;$£€]{0,12}$",
    _I,
)

# "$30 per visit, guaranteed $120/hour": the word belongs to the amount that follows it.
_GUARANTEE_AFTER = re.compile(
    r"^\W{0,3}(?:(?:floor|hourly|income|minimum|min) )?(?:guarant\w{0,5}|minimum|min)\b(?!:? (?:of )?(?:\d{1,2}|two|three|four) (?:visits?|patients?|pts?|consults?|encounters?)\b)(?!:?\s?(?:(?:of|at|is|rate) )?[$£€])",
    _I,
)

_OWN_PAY = Quick(
    r"\b(?:pays? you|you(?:r)? (?:get|receive|earn|pay)|pay rate|clinician pay|your rate|physician pay)\b[^.;,$£€]{0,20}$",
    _I,
)


def money_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    """`$2,300`, `GBP 900`: the currency stands first."""
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
        if role == "pay" and UNITS.get(unit) == "hour" and WHICHEVER.search(line) and _BY_VISIT.search(line):
            role = "guarantee"
        if (
            unit in ("", "flat", "week", "days", "nights", "shifts", "sessions")
            and (role == "pay")
            and _for_all(line, at, found.end(), unit)
        ):
            unit = "block"
        if role == "other" and _may_be_most(line, at, found.end(), unit):
            role = "unclear"
        if unit and unit not in UNITS:
            role = "unclear" if role == "pay" and unit in _LONG_UNITS else "other"
        return Token(
            "money",
            found[0],
            at,
            found.end(),
            RawMoney(amount, UNITS.get(unit), _currency(sign), role, clear),
        )
    return None


def amount_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    """`2.300 €`, `230/hr`: the digits stand first."""
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
    r"\b(?:(?:per|an?) (hour|hr|shift|day|night|visit|consult)|(hourly)|(daily)(?= (?:rate|pay)))(?: (?:rate|pay)(?: is| of)?)?\W{0,3}$",
    _I,
)


WHICHEVER = Quick(
    r"\bwhichever\b(?:(?: is| comes out| pays| works out)? (?:the )?(?:greater|greatest|higher|highest|more|better|larger))?"
    r"|\b(?:the )?(?:greater|higher|better|larger|more) of\b|\bif (?:greater|higher|more)\b",
    _I,
)
_BY_VISIT = re.compile(r"(?:/|\bper |\ba |\beach )(?:visit|consult|patient|encounter|pt|case)\b", _I)
"""`$35/visit or $150/hr, whichever is more`: what comes in any case is what the hour pays."""


def _unit_before(line: str, at: int) -> str:
    """`per hour $128`, `hourly rate: $128`."""
    found = _BEFORE_AMOUNT.search(line, max(0, at - 24), at)
    if not found:
        return ""
    return "day" if found[3] else (found[1] or "hour").lower()


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


def _currency(sign: str) -> str:
    """Of `$`, `A$`, `CAD`, `CAD $`."""
    plain = sign.lower().replace(" ", "")
    return _CURRENCY[plain[:3] if len(plain) > 3 else plain]


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


_MOST_OF_IT = re.compile(
    r"(?:^|\b(?:pay(?:s|ing)?|go|rates?|offer(?:s|ing)?|earn(?:ing)?|mak(?:e|ing)|worth)\b[^.;,$£€]{0,15})\s*up to\s*$",
    _I,
)
_UP_TO = re.compile(r"\bup to\s*$", _I)


def _may_be_most(line: str, start: int, end: int, unit: str) -> bool:
    """`Up to $2,400 per shift`: the most that a shift may pay, and nobody says what it does; no allowance."""
    before, after = line[max(0, start - 40) : start], line[end : end + 40]
    told = _UP_TO.search(before) if UNITS.get(unit) in ("hour", "shift") else _MOST_OF_IT.search(before)
    return bool(told) and not _NOT_PAY_AFTER.search(after) and not _BILL.search(before)


_GOT_UP_TO = Quick(
    r"\b(?:got|talked|brought|pushed|negotiated|bumped|moved|argued|come|came)\b[^.;,$£€]{0,25}\bup to\s*$",
    _I,
)
"""`I got them up to $2,400`: what they pay, and not the most of it."""


_PRICED_BEFORE = re.compile(r"[$£€] ?\d|\d ?(?:/|per )h", _I)
_EACH_OF = re.compile(r"\s?(?:a pop|apiece|each|/|per |an? )", _I)
"""`my eternal thanks plus $2,500 a pop`: on top of no amount, it may be all of the pay."""


def _role(line: str, start: int, end: int) -> tuple[MoneyRole, bool]:
    before, after = line[max(0, start - 60) : start], line[end : end + 40]
    if _OWN_PAY.search(before):
        return "pay", True
    if _BILL.search(before) or _BILL_AFTER.search(after):
        return "bill", False
    if _GUARANTEE.search(before) or _GUARANTEE_AFTER.search(after):
        return "guarantee", False
    if _GOT_UP_TO.search(before):
        return "pay", False
    if (of_more := _NOT_PAY_BEFORE.search(before)) or _NOT_PAY_AFTER.search(after):
        alone = (
            of_more
            and of_more[0].lower().startswith(("plus", "+"))
            and not _PRICED_BEFORE.search(line, 0, start)
        )
        return ("unclear" if alone and _EACH_OF.match(after) else "other"), False
    return "pay", False

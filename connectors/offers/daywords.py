"""Numeric dates, months, weekdays and numbers -> tokens. Which day they mean is for the grammar."""

from __future__ import annotations

import re

from connectors.offers.tokens import RawDate, Token

_I = re.IGNORECASE
WORD = re.compile(r"[A-Za-z][\w'’&./-]{0,60}|\d+[A-Za-z]\w{0,30}")

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
MONTH_NAMES = (*MONTHS, *FOREIGN_MONTHS)

WEEKDAYS = "mon tue wed thu fri sat sun".split()

MONTH = re.compile(
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?",
    _I,
)

WEEKDAY = re.compile(
    r"(mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:s|nesday)?s?|thu(?:r(?:s(?:day)?)?)?s?|fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?)\b\.?",
    _I,
)

_SHORT_WEEKDAY = re.compile(r"(mo|tu|we|th|fr|sa|su)\b\.?(?=,?\s{0,2}\d{1,2}/\d)", _I)
"""`Th 2/18`: two letters are a weekday only before a date."""

_THE_SUN = re.compile(r"the sun\b(?!,? ?(?:\d|night|day\b|morning|evening|shift|one\b|and|or|&))")
"""`A weekend in the sun`: no Sunday."""

_DAYS = {name[:2]: number for number, name in enumerate(WEEKDAYS)}

_ISO = re.compile(r"(20\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d-])")

_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/]|:\d)")

_LISTED = re.compile(r"(\d{1,2})(?:/\d{1,2}){2,4}(?![\d/])")
"""`Feb 19/20/21`: days of the month before them."""
_DASHED = re.compile(r"(\d{1,2})([-.])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])")

_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?![\d:])")
"""`19.02.`, as German writes the day and the month."""

_AFTER_WEEKDAY = re.compile(r"(\d{2})-(\d{2})(?![\d:-])")

_NUMBER = re.compile(r"(\d{1,4})(st|nd|rd|th)?(?!\d|:\d)", _I)


def date_at(line: str, at: int, before: list[Token]) -> Token | None:
    if found := _ISO.match(line, at):
        return _dated(found, at, RawDate(int(found[3]), int(found[4]), int(found[1]), numeric=False))
    if before and (_in_slashes(before) or _of_month(line, at, before[-1])):
        return None
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


def _of_month(line: str, at: int, last: Token) -> bool:
    listed = _LISTED.match(line, at)
    return listed is not None and last.kind == "month" and int(listed[1]) != last.value


def _in_slashes(before: list[Token]) -> bool:
    return before[-1].text == "/" and len(before) > 1 and before[-2].kind == "number"


def _dated(found: re.Match[str], at: int, raw: RawDate) -> Token:
    return Token("date", found[0], at, found.end(), raw)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def month_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    if (
        (word := WORD.match(line, at))
        and word[0].lower() in FOREIGN_MONTHS
        and _near_number(line, at, word.end())
    ):
        return Token("month", word[0], at, word.end(), FOREIGN_MONTHS[word[0].lower()])
    found = MONTH.match(line, at)
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


def weekday_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    if _THE_SUN.match(line, max(0, at - 4)):
        return None
    found = WEEKDAY.match(line, at) or _SHORT_WEEKDAY.match(line, at)
    return Token("weekday", found[0], at, found.end(), _DAYS[found[1][:2].lower()]) if found else None


def number_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _NUMBER.match(line, at)
    if not found or re.match(r"[A-Za-z]", line[found.end() : found.end() + 1]):
        return None
    return Token("number", found[0], at, found.end(), int(found[1]))

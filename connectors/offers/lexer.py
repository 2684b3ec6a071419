"""Text -> tokens: dates, clocks, money, zones, names; each with its place. What a token means is for the grammar.

Patterns are bounded, so that no line can make them slow. Generic date and money parsers are not used: on shift
notation they answer wrongly without a word ("7p-7a" as UTC-7, "1099, 225/hr" as $1,099,225).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from connectors.offers.amounts import SIGNS, amount_at, money_at
from connectors.offers.clocks import clock_at, hours_at
from connectors.offers.daywords import MONTH_NAMES, WEEKDAYS, WORD, date_at, month_at, number_at, weekday_at
from connectors.offers.reading import Lexicon
from connectors.offers.tokens import Token, TokenKind
from connectors.offers.zones import ZONES, zone_at

_I = re.IGNORECASE
LONGEST_LINE = 2_000

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

_NOISE = re.compile(
    r"https?://\S{1,500}|www\.\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
    r"|(?:\+?\d{1,2}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}\b|\b0\d{2,4} \d{3,4} \d{3,4}\b"
    r"|\b(?!\d(?:00|15|30|45)-(?:[01]\d|2[0-4])(?:00|15|30|45)\b)[2-9]\d{2}-\d{4}\b|\b(?:suite|ste|apt|door code|gate code)\.? ?#?\d{1,5}#?|\b\d{2,5} (?:[a-z]{2,12} ){1,2}(?:rd|ave|blvd|ln|lane|road|street|avenue|hwy|pkwy|parkway|drive)\b"
    r"|24/7|401 ?\(k\)|\d{1,2} ?on ?/ ?\d{1,2} ?off|\d{1,2} ?x ?\d{1,2}s\b|\d{1,2}:\d{1,2} call\b|20\d\d ?[-–/] ?20\d\d"
    r"|\d{1,3} ?(?:hr|hour)s? ?(?:/|per|a) ?week|\d{1,2}(?:\.\d)?[- ]?(?:hours?|hrs?)\b(?! ?rate)|\d{1,2} ?h\b(?= ?(?:total|guarant|min\b|minimum|shifts?\b|days?\b|nights?\b|\)))|(?<=')\d\d\b|\d{1,2}(?:\.\d)? ?(?:pts?|patients?)(?: ?/ ?| per )h(?:r|our)\b|#(?:[A-Z]{1,4}-?)?\d{1,8}|\b1099\b|\bW-?2s?\b|\d{1,3}\+|\d(?:\.\d)? ?pph\b|\b(?:req(?:uisition)?|ref(?:erence)?|job|posting|ticket|assignment)\.?:? ?(?:no\.?|id|number)?:? ?#?\d{3,8}\b|\bext\.? ?\d{1,5}\b"
    r"|\d{1,2}/(?=\d{1,2}:\d{2})|\b[1-3]/[2-4](?= ?-?(?:time|fte|day|shift|off\b|price|pay|rate|call|hour|month|week)s?\b)|\d{1,3} ?(?:min(?:ute)?s?|miles?|mi|km|beds?|visits?|pts?|patients?)\b"
    r"|\b\d{1,3}-(?:bed|min|mile)\b|\b\d{1,2} ?(?:shifts?|days|nights|weeks|months|years)\b|\b\d{1,3} ?%",
    _I,
)

_DAYS_COUNTED = re.compile(r"\d{1,2} ?(?:shifts?|days|nights)", _I)


def lex(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of one line, in order; longer lines than a person writes are read as far as that."""
    line = text[:LONGEST_LINE]
    return list(_cut_before.tokens(line if line.isascii() else line.translate(_DASHES), _names(lexicon)))


MOST_KEPT = 20_000
"""Characters: those of a message of a hundred lines, in the forms that it is read in. What was read stays no longer."""


class _CutBefore:
    """A line is cut several times while a message is read: to see what it is, to join it, and to read it."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, Names], tuple[Token, ...]] = {}
        self.size = 0

    def tokens(self, line: str, names: Names) -> tuple[Token, ...]:
        known = self.lines.get((line, names))
        if known is None:
            if self.size + len(line) > MOST_KEPT:
                self.lines, self.size = {}, 0
            known = self.lines[line, names] = _lexed(line, names)
            self.size += len(line) + 1
        return known


_cut_before = _CutBefore()


def _lexed(line: str, names: Names) -> tuple[Token, ...]:
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
    beginnings: frozenset[str]
    """The two letters that one begins with, or the one where that is a word."""


@lru_cache(maxsize=32)
def _names_of(sites: tuple[tuple[str, tuple[str, ...]], ...], emrs: tuple[str, ...]) -> Names:
    known = [(name, "site", key) for key, names in sites for name in names] + [
        (name, "emr", name) for name in emrs
    ]
    known.sort(key=lambda one: -len(one[0]))
    one = "|".join(f"({_loose(name)})" for name, _, _ in known)
    meanings = tuple((kind, value) for _, kind, value in known)
    beginnings = frozenset(part.casefold() for name, _, _ in known for part in _BEGINNING.findall(name)[:1])
    return Names(re.compile(one or "(?!)", _I), meanings, beginnings)  # type: ignore[arg-type]  # two literals


_BEGINNING = re.compile(r"[^\s.'’,-]{1,2}")

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
        first = line[at : at + 2]
        low = first.casefold()
        if (low in names.beginnings or low[:1] in names.beginnings) and (
            found := names.pattern.match(line, at)
        ):
            kind, value = names.meanings[(found.lastindex or 1) - 1]
            return Token(kind, found[0], at, found.end(), value)
        if "@" in line and (address := _noise(line, at, before)):
            return address
        for reader in _readers(first):
            if token := reader(line, at, before):
                return token
        if line[at].isalnum() and (found := WORD.match(line, at)):
            return Token("word", found[0], at, found.end(), found[0].lower().rstrip("."))
    return Token("mark", line[at], at, at + 1, line[at])


def _noise(line: str, at: int, before: list[Token]) -> Token | None:
    found = _NOISE.match(line, at)
    if found and before and before[-1].kind == "month" and _DAYS_COUNTED.fullmatch(found[0]):
        return None  # `Jan 13 nights`
    return Token("noise", found[0], at, found.end()) if found else None


Reader = Callable[[str, int, list[Token]], Token | None]

_OF_DIGITS: tuple[Reader, ...] = (amount_at, _noise, date_at, hours_at, clock_at, number_at)
_SIGNS_OF_NOISE = frozenset("+(#")
_CURRENCIES = frozenset(("a$", "c$", "nz", "us", "gb", "eu", "au", "ca", "za"))
_NOISES = frozenset(("ap", "as", "ex", "ht", "jo", "po", "re", "ti", "ww", "w-", "w2"))
"""The letters with which a thing that is passed over begins, or else it has an @."""
_NOONS = frozenset(("no", "mi"))
_MONTHS, _WEEKDAYS, _ZONES = (
    frozenset(name[:2] for name in names) for names in (MONTH_NAMES, WEEKDAYS, ZONES)
)
"""The two letters with which their names begin: most words of a sentence are none of them."""


@lru_cache(maxsize=4096)
def _readers(first: str) -> tuple[Reader, ...]:
    """Those that can read what begins with these two characters, in the order in which they are asked."""
    letter, two = first[0].lower(), first.lower()
    if letter.isdecimal():
        return _OF_DIGITS
    if not letter.isalpha():
        return (_noise,) if letter in _SIGNS_OF_NOISE else (money_at,) if letter in SIGNS else ()
    rand = letter == "r" and two[1:].isdecimal()
    money: tuple[Reader, ...] = (money_at,) if rand or two in _CURRENCIES else ()
    noise: tuple[Reader, ...] = (_noise,) if two in _NOISES else ()
    clocks: tuple[Reader, ...] = (hours_at, clock_at) if two in _NOONS else ()
    month: tuple[Reader, ...] = (month_at,) if two in _MONTHS else ()
    weekday: tuple[Reader, ...] = (weekday_at,) if two in _WEEKDAYS else ()
    zone: tuple[Reader, ...] = (zone_at,) if two in _ZONES or letter in _ZONES else ()
    return (*money, *noise, *clocks, *month, *weekday, *zone)

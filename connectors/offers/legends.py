"""Legends: letters and codes that a message says are hours, places or amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.offers import daynight, phrases
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.pairing import settle
from connectors.offers.pay import pick
from connectors.offers.quick import Quick
from connectors.offers.tokens import Hours, Token

_CALLED = re.compile(
    r"^\W*(?:(?:shift )?codes?|keys?|legend|shifts|where)\b\s*:?\s+(?-i:(?=[A-Z]))", re.IGNORECASE
)
"""`Codes: D 0700-1900, N 1900-0700`."""


_LABELS = frozenset("when where date dates time times hours shift shifts start end pay rate site".split())
"""What names a field, and stands for nothing else."""


LONGEST_LEGEND = 200
"""Characters of a line."""


def site_legend(page: Page, text: str) -> bool:
    """`L = Lakeside ED, P = Pinecrest UC`: letters that stand for sites."""
    parts = [
        re.fullmatch(r"\s*([A-Z]{1,4})\s*=\s*(\S.{1,40}?)[\s.]*", part) for part in re.split(r"[,;]\s+", text)
    ]
    told: dict[str, Token | None] = {}
    for one in parts:
        if one is None:
            return False
        tokens = page.lex(one[2])
        plain = len(tokens) == 1 and tokens[0].kind == "site" and one[1] not in told
        if not plain and any(token.kind in ("hours", "span", "clock", "date", "money") for token in tokens):
            return False
        told[one[1]] = tokens[0] if plain else None
    if not any(told.values()):
        return False
    page.site_codes |= told
    return True


def legend(page: Page, text: str) -> bool:
    """`D = 0800-1600`, or several of them: codes that stand for hours from here on."""
    text = _CALLED.sub("", text.strip())
    bare = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    parts = [
        part
        for part in re.split(
            r"[,;|]\s+|\s/\s+|(?<!\s)\s{2,}(?=[A-Z])|(?<!\s)\s+(?=[A-Z][A-Za-z0-9]{0,4}\s?=)", bare
        )
        if part
    ]
    spaced = len(parts) > 1
    joint = r"(?:=|:|–|-|→)" if not spaced else r"(?:=|:|–|-|→|\s)"
    found = [re.fullmatch(rf"([A-Z][A-Za-z0-9]{{0,4}})\s*{joint}\s*(\S.{{3,30}})", part) for part in parts]
    if not found or not all(found):
        return False
    legend: dict[str, str] = {}
    for one in found:
        assert one
        hours = _hours_of(page, one[1], one[2])
        if (
            len(hours) != 1
            or one[1].lower() in _LABELS
            or len(hours[0].text) < len(one[2].strip()) - 6
            or one[1].upper() in phrases.KNOWN_CODES - {"DAY", "NIGHT"}
            or (spaced and len(hours[0].text) < len(one[2].strip()))
        ):
            return False
        legend[one[1]] = hours[0].text
    page.legend |= legend
    return True


def all_legends(page: Page, lines: Sequence[Line]) -> None:
    """The codes that are explained somewhere, be it below their use; not those that change their meaning."""
    for line in lines:
        for part in re.split(r"(?<=[.!?])\s+", line.text[:LONGEST_LEGEND]):
            _half_legend(page, part)
        if not line.cells and "=" in line.text[:200]:
            site_legend(page, line.text[:200])
    before = dict(page.legend)
    told: dict[str, set[str]] = _beside_their_hours(page, lines)
    for line in lines:
        page.legend = {}
        told_codes = not line.cells and (
            "=" in line.text or re.match(r"\s*\(?[A-Z]\w{0,4} \d", _CALLED.sub("", line.text[:200]))
        )
        first = _FIRST_SENTENCE.match(line.text[:LONGEST_LEGEND]) if told_codes else None
        if told_codes and (
            legend(page, line.text[:200])
            or (first and legend(page, first[1].rstrip(".;")))
            or inner_legend(page, line.text[:200]) != line.text[:200]
        ):
            for code, hours in page.legend.items():
                told.setdefault(code, set()).add(hours)
    page.legend = before | {code: min(hours) for code, hours in told.items() if len(hours) == 1}


_HALF_CODES = {
    "D": "day",
    "DAY": "day",
    "DAYS": "day",
    "N": "night",
    "NIGHT": "night",
    "NIGHTS": "night",
    "NOC": "night",
}


def _hours_of(page: Page, code: str, text: str) -> list[Token]:
    """The hours in a text; of `D = 7-7` those of the day, as the code says."""
    half = _HALF_CODES.get(code.upper(), "")
    told = (_by_half(token, half) if half else token for token in page.lex(text))
    return [token for token in told if token.kind == "hours"]


def _by_half(token: Token, half: str) -> Token:
    """Hours without their half of the day as those of a day, or of a night, where they can be."""
    value = token.value
    if token.kind == "span" and isinstance(value, tuple):
        value = Hours(value[0] * 60 % 1440, value[1] * 60 % 1440, unsure=True)
    if not isinstance(value, Hours) or not value.unsure:
        return token
    hours, odd = settle(value, half)
    text = f"{hours.start // 60:02}{hours.start % 60:02}-{hours.end // 60:02}{hours.end % 60:02}"
    return token if odd else replace(token, kind="hours", text=text, value=hours)


_FIRST_SENTENCE = re.compile(r"\s{0,9}(\([^()]{8,90}\)|\S[^.]{7,120}\d ?[apAP]?\.?[mM]?[.;])\s{1,9}\S")
_CODE_WITH_HOURS = re.compile(r"(?<=[\d) ] )([A-Z]{1,2}\d?) ?\(([^()]{3,20})\)")


def _beside_their_hours(page: Page, lines: Sequence[Line]) -> dict[str, set[str]]:
    """`2/19 N (7p-7a)` above `2/20 N`: a code that is explained where it first stands."""
    told: dict[str, set[str]] = {}
    for line in lines:
        for found in _CODE_WITH_HOURS.finditer(line.text[:LONGEST_LEGEND]) if not line.cells else ():
            tokens = page.lex(found[2])
            known = found[1] in phrases.KNOWN_CODES or found[1].lower() in _LABELS
            if len(tokens) == 1 and tokens[0].kind == "hours" and not known:
                told.setdefault(found[1], set()).add(tokens[0].text)
    return told


def apart_from_legend(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    """`D 7a-7p, N 7p-7a. $2300 each.`: a legend, and what is said behind it."""
    for line in lines:
        first = _FIRST_SENTENCE.match(line.text[:LONGEST_LEGEND]) if page.legend and not line.cells else None
        before = dict(page.legend)
        if first and legend(page, first[1].rstrip(".;")):
            yield replace(line, text=first[1].rstrip(".;"), told=line.told or line.text)
            yield replace(line, text=line.text[first.end() - 1 :], told=line.told or line.text)
        else:
            yield line
        page.legend = before


_HALF_IN_BRACKETS = Quick(r"\b(?:day|night)s?(?: shift)? \([^()]{3,20}\) ?", re.IGNORECASE)


def _half_legend(page: Page, text: str) -> None:
    if not (daynight.HALF_LEGEND.search(text) or _HALF_IN_BRACKETS.search(text)):
        return
    tokens = page.lex(text)
    if page.names_day(tokens) or any(t.kind in ("month", "weekday") for t in tokens):
        text = "".join(found[0] for found in _HALF_IN_BRACKETS.finditer(text))  # `20 Feb - night (1900-0700)`
        tokens = page.lex(text)
    told = {
        found[1].lower(): token.text
        for found in daynight.HALF_LEGEND.finditer(text)
        for token in tokens
        if token.start == found.end() and isinstance(token.value, Hours) and not token.value.unsure
    }
    if any(page.half_hours.get(half, hours) != hours for half, hours in told.items()):
        page.half_hours = {}  # Said twice, and otherwise: nothing is clear.
        return
    page.half_hours |= told


def inner_legend(page: Page, text: str) -> str:
    """`LKSD needs. D = 7a-7p, N = 7p-7a.`: codes that are explained with an equals sign, cut out of the line."""
    for found in reversed(
        list(
            re.finditer(
                r"\b([A-Z][A-Za-z0-9]{0,4})\s*=\s*([^,;.=]{3,24}?)(?=\s+[A-Z]\w{0,4}\s*=|[,;.]|$)", text
            )
        )
    ):
        hours = _hours_of(page, found[1], found[2])
        if (
            len(hours) == 1
            and found[1].lower() not in _LABELS
            and found[1] not in phrases.KNOWN_CODES - {"DAY", "NIGHT"}
        ):
            page.legend[found[1]] = hours[0].text
            end = found.start(2) + hours[0].end
            text = f"{text[: found.start()]} {text[end + _pay_of_code(page, found[1], text[end:]) :]}"
    return text


def _pay_of_code(page: Page, code: str, behind: str) -> int:
    """The characters behind `D = 7a-7p` that say what it pays: ` ($2,200)`."""
    found = re.match(r"\s{0,3}[(,@]?\s{0,3}(?=[$£€])", behind)
    token = next(iter(page.lex(behind[found.end() : found.end() + 30])), None) if found else None
    if not found or token is None or token.kind != "money":
        return 0
    pay, doubtful = pick([token])
    if pay is None or doubtful:
        return 0
    page.legend_pay[code] = pay
    end = found.end() + token.end
    return end + behind[end:].startswith(")")

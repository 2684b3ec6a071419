"""`6a-4p unless noted`: the hours of all days of a message that have none of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.quick import Quick

UNLESS = Quick(
    r"[\s,;–—-]*\b(?:unless|except (?:where|as)|if not)(?: otherwise)? (?:noted|stated|marked|listed|shown|specified|indicated|mentioned)\b(?: otherwise)?\s*[)\]]?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[]\s*(?:all |hours:? |shifts? )?$", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"\W*(?:(?:all|they|shifts?|hours|times|days|these|each|every|one|are|is|run|from|at|the|of|them)\b\W*){0,6}",
    re.IGNORECASE,
)
_DAYS = ("date", "weekday", "month", "number", "span", "mark")


def with_usual_hours(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Each day of a list that has no hours behind it gets those that a line gives to all but those with others."""
    told = [(at, usual) for at, line in enumerate(lines) if (usual := _usual(page, line))]
    if len(told) != 1:
        return list(lines)
    ((place, (hours, rest)),) = told
    whole = [
        _with(line, rest if at == place else _listed(page, line, hours)) for at, line in enumerate(lines)
    ]
    if _NOTHING_ELSE.fullmatch(rest):
        page.used.add(lines[place].number)
        del whole[place]
    return whole


def _with(line: Line, text: str) -> Line:
    return line if text == line.text else replace(line, text=text, told=line.told or line.text)


def _usual(page: Page, line: Line) -> tuple[str, str] | None:
    """The hours, and the line without them."""
    text = line.text[:LONGEST_LINE]
    found = None if line.cells else UNLESS.search(text)
    if not found:
        return None
    hours = [token for token in page.lex(text) if token.kind == "hours" and token.end <= found.start() + 1]
    if len(hours) != 1 or text[hours[0].end : found.start()].strip() or page.names_day(page.lex(text)):
        return None
    before = _BRACKET.sub("", text[: hours[0].start])
    return hours[0].text, f"{before}{text[found.end() :]}"


def _listed(page: Page, line: Line, hours: str) -> str:
    text = line.text
    if line.cells or len(text) > LONGEST_LINE or not page.names_day(page.lex(text)):
        return text
    return "".join(f"{part} ({hours})" if _is_day(page, part) else part for part in re.split(r"(,\s*)", text))


def _is_day(page: Page, text: str) -> bool:
    tokens = page.lex(text)
    kinds = {token.kind for token in tokens}
    return bool(kinds & {"date", "number", "span"}) and kinds <= set(_DAYS)

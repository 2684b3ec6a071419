"""Days as bare numbers, where the month is told once above them: `Open for February:`, and below it `- 2, 3 and 9`.

They are written out with their month, and so are read as all others: the hours, the pay and the site are those of the
heading above. Numbers that may be something else stay as they are, and are asked about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from connectors.offers.almanac import QuestionError, nearest
from connectors.offers.daywords import MONTHS
from connectors.offers.heads_of_days import asked_of_head
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.months import MonthTold
from connectors.offers.page import Page
from connectors.offers.tokens import Token

_I = re.IGNORECASE
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|mo|tu|we|th|fr|sa|su)(?![a-z])\.?"
)
_DAY = rf"(?:{_WEEKDAY},? ?)?(?:the )?(?P<n>\d{{1,2}})(?:st|nd|rd|th)?(?![\w/:]|[.]\d)(?: ?\({_WEEKDAY}\)| {_WEEKDAY}(?! ?\d))?"
_ONE = re.compile(
    rf"(?P<before>(?<!\w){_WEEKDAY},? ?)?(?:the )?(?<!\d)(?P<n>\d{{1,2}})(?P<nth>st|nd|rd|th)?", _I
)
_NAMED_DAY = re.compile(rf"(?<!\w)(?P<before>{_WEEKDAY}),? ?(?:the )?(?<!\d)(?P<n>\d{{1,2}})(?!\d)", _I)
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_PLAIN_DAY = _DAY.replace("?P<n>", "?:")
_TO = r" ?(?:[-–—]|\bto\b|\bthru\b|\bthrough\b) ?"
_AND = r"(?: ?[,;&+] ?(?:(?:and|&) )?| and | plus | ?/ ?(?=[a-z])|(?<=[a-z)]) ?/ ?)"
_RUN = rf"{_PLAIN_DAY}(?:{_TO}{_PLAIN_DAY})?"
DAYS = rf"{_RUN}(?:{_AND}{_RUN}){{0,30}}"
_BULLET = re.compile(
    r"\s*(?:(?:[*•▪◦·‣●○■□►▸✓✔]\s*|[-–—+]\s+)|\(?\d{1,2}[.)]\s+(?=(?:the )?\d{1,2}(?:st|nd|rd|th)|[a-z]{2}))?",
    _I,
)
_STANDS = r"(?: ?(?:[-–—:(] ?)?(?:is |are |was |were |now |just |already |has been )*(?:(?P<gone>filled|covered|taken|gone|closed|cancell?ed|booked|claimed)|(?:still )?(?:open|available|uncovered|unfilled))\)?)"
_ALONE = re.compile(rf"(?P<days>{DAYS})(?P<tail>{_STANDS}?[\s.,;:!]*)$", _I)
_FIRST = re.compile(rf"(?P<days>{DAYS})(?= ?(?:[,:(@]|[-–—] )| at | from )", _I)
_BEHIND = re.compile(
    rf"(?::|\s[-–—]|\bon|\bdates|\bdays)\s+(?P<days>{DAYS})(?=\s*$|\s*[.;!](?:\s|$)|,? (?:all|each|both|every|at|from|for)\b|,? \(|, |,? [-–—] )",
    _I,
)
_DATES_BEFORE = re.compile(r"\b(?:dates?|days?|nights?|open|available|left|needs?|needed)\W*$", _I)
_OF_TIME = ("date", "month")


@dataclass(frozen=True)
class _Bare:
    """A stretch of a line that holds bare days."""

    start: int
    end: int
    text: str
    gone: bool = False
    """The line says that they are."""

    @property
    def numbers(self) -> list[int]:
        return [int(found["n"]) for found in _ONE.finditer(self.text)]

    @property
    def plain(self) -> bool:
        """One number alone, which may count something."""
        return self.text.isdigit()


@dataclass(frozen=True)
class _Found:
    """The bare days of a line, and the month told for them; `within`: other words stand on it too."""

    days: _Bare
    month: int | None
    within: bool


def days_below(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines, those with bare days written out; the numbers of those that stay as they are go to `page.bare_days`."""
    if not any(_BARE_SOMEWHERE.search(line.text[:LONGEST_LINE]) for line in lines):
        return list(lines)
    found, kept = _found(page, lines), list[Line]()
    alone = [one.days if one and not one.within else None for one in found]
    odd = {bare.month for bare in found if bare and bare.month and _disagrees(page, bare.month, bare.days)}
    for at, (line, bare) in enumerate(zip(lines, found, strict=True)):
        text, month = line.text[:LONGEST_LINE], bare.month if bare else None
        if bare is None:
            kept.append(line)
        elif (
            month is None
            or month in odd
            or not _are_days(page, month, bare.days)
            or not (bare.within or _in_company(line, at, alone))
        ):
            if not bare.within and _speaks_of_days(page, line, lines, at):
                page.bare_days.add(line.number)
            kept.append(line)
        else:
            if bare.within:
                kept += _parted(page, line, text, bare.days, month)
                continue
            head = _head(page, lines, alone, at)
            if head and (asked := asked_of_head(page, head)):
                page.asked_below[line.number] = asked
            kept.append(_alone_with(line, text, bare.days, month))
    return kept


def _found(page: Page, lines: Sequence[Line]) -> list[_Found | None]:
    """For each line its bare days, and the month that is told for them."""
    told, found = MonthTold(page, lines), list[_Found | None]()
    for line in lines:
        text, days = line.text[:LONGEST_LINE], _alone(line)
        if days:
            found.append(_Found(days, told.month, within=False))
            continue
        if _is_dated_list(page, text):
            told.follow(text)
        else:
            told.hear(text)
        days = None if line.cells or told.month is None else _within(page, text)
        found.append(_Found(days, told.month, within=True) if days else None)
    return found


def _head(page: Page, lines: Sequence[Line], alone: Sequence[_Bare | None], at: int) -> str:
    """The nearest line above that tells hours, which are those of the days: or nothing."""
    for line, bare in zip(reversed(lines[:at]), reversed(alone[:at]), strict=True):
        text = line.text[:LONGEST_LINE]
        if bare is None and any(token.kind == "hours" for token in page.lex(text)):
            return text
    return ""


def _disagrees(page: Page, month: int, bare: _Bare) -> bool:
    """Whether a weekday beside a day is another one's: then it is of another month."""
    for found in _NAMED_DAY.finditer(bare.text):
        weekday = WEEKDAYS.index(found["before"][:2].lower())
        try:
            if nearest(month, int(found["n"]), None, page.today).weekday() != weekday:
                return True
        except QuestionError:
            return True
    return False


_BARE_SOMEWHERE = re.compile(rf"^\W{{0,6}}{_PLAIN_DAY}(?!\w)|{_BEHIND.pattern}", _I)


def _alone(line: Line) -> _Bare | None:
    """The days of a line that holds nothing else but perhaps how they stand."""
    if line.cells:
        return None
    text = line.text[:LONGEST_LINE]
    begin = _BULLET.match(text)
    found = _ALONE.match(text, begin.end() if begin else 0)
    return (
        _Bare(found.start(), found.end("days"), found["days"], found["gone"] is not None) if found else None
    )


def _within(page: Page, text: str) -> _Bare | None:
    """The days behind a heading's colon or dash, or before the hours of a line that names no date."""
    tokens = page.lex(text)
    if any(token.kind == "date" for token in tokens):
        return None
    first = _FIRST.match(text, _begin(text))
    hours = [token for token in tokens if token.kind == "hours"]
    if first and hours and hours[0].start >= first.end("days"):
        bare = _Bare(*first.span("days"), first["days"])
        return None if bare.plain else bare
    found = [one for one in _BEHIND.finditer(text) if _heads(tokens, text, one)]
    if len(found) != 1:
        return None
    bare = _Bare(*found[0].span("days"), found[0]["days"])
    return None if bare.plain or _cut_by(tokens, bare) else bare


def _begin(text: str) -> int:
    found = _BULLET.match(text)
    return found.end() if found else 0


def _heads(tokens: Sequence[Token], text: str, found: re.Match[str]) -> bool:
    """Whether what stands before the days is a heading of theirs: with hours or a place, or a word for days."""
    before = [token for token in tokens if token.end <= found.start("days")]
    if any(token.kind == "weekday" for token in before):
        return False  # `Sat (0900-1300): 13, 20`
    if any(token.kind == "number" for token in before[-3:] if token.start >= found.start()):
        return False
    named = any(token.kind in ("hours", "site", "month") for token in before)
    return named or _DATES_BEFORE.search(text[: found.start() + 1]) is not None


def _cut_by(tokens: Sequence[Token], bare: _Bare) -> bool:
    """Whether a time, an amount or a count reaches into what looks like days."""
    return any(
        token.kind in ("hours", "clock", "money", "noise")
        for token in tokens
        if token.start < bare.end and token.end > bare.start
    )


def _are_days(page: Page, month: int, bare: _Bare) -> bool:
    """Days of that month, each later than the one before it."""
    numbers = bare.numbers
    year = nearest(month, 1, None, page.today).year
    last = monthrange(year, month)[1]
    rising = all(one < other for one, other in pairwise(numbers))
    return rising and bool(numbers) and numbers[0] > 0 and numbers[-1] <= last


def _in_company(line: Line, at: int, alone: Sequence[_Bare | None]) -> bool:
    """Whether a number that stands all alone is one of a list of days: below a bullet, or beside others; told once."""
    bare = alone[at]
    assert bare
    around = [*_run(alone, at, -1), *_run(alone, at, 1)]
    numbers = [number for one in (bare, *around) for number in one.numbers]
    if len(numbers) != len(set(numbers)):
        return False
    return not bare.plain or bool(around) or _begin(line.text) > _indent(line.text)


def _run(alone: Sequence[_Bare | None], at: int, step: int) -> Iterator[_Bare]:
    at += step
    while 0 <= at < len(alone) and (bare := alone[at]):
        yield bare
        at += step


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _speaks_of_days(page: Page, line: Line, lines: Sequence[Line], at: int) -> bool:
    """Whether days may be meant, though nobody says of which month: in a list, or right below a heading."""
    above = lines[at - 1].text[:LONGEST_LINE] if at else ""
    listed = _begin(line.text) > _indent(line.text) or not line.text.strip().isdigit()
    timed = any(token.kind in ("hours", "site", "money") for token in page.lex(above))
    return listed or timed or line.number - 1 in page.bare_days


def _is_dated_list(page: Page, text: str) -> bool:
    tokens = page.lex(text[_begin(text) :])
    return (
        any(token.kind in _OF_TIME for token in tokens)
        and all(token.kind in ("date", "month", "number", "weekday", "mark", "span") for token in tokens)
        and any(token.kind in ("date", "number", "span") for token in tokens)
    )


def _alone_with(line: Line, text: str, bare: _Bare, month: int) -> Line:
    """How the days stand is told by the line as a whole."""
    new = f"{text[: bare.start]}{_written(bare.text, month)}"
    return replace(line, text=new, told=line.told or line.text, void=line.void or bare.gone)


def _parted(page: Page, line: Line, text: str, bare: _Bare, month: int) -> list[Line]:
    """A heading with hours and its days as two lines, where both stand on one; else the line with its days written out."""
    head, behind = text[: bare.start].rstrip(" -–—:"), text[bare.end :].strip(" .!")
    told, days = line.told or line.text, _written(bare.text, month)
    if behind or not any(token.kind == "hours" for token in page.lex(head)):
        return [replace(line, text=f"{text[: bare.start]}{days}{text[bare.end :]}", told=told)]
    if asked := asked_of_head(page, head):
        page.asked_below[line.number] = asked
    return [replace(line, text=f"{head}:", told=told), replace(line, text=days, told=told)]


def _written(text: str, month: int) -> str:
    """`Feb 2, Feb 3, Feb 9`; three days or more of a run are named each, two are joined as they were."""
    name = MONTHS[month - 1].capitalize()
    text = _LONG_RUN.sub(_each, text)
    return _ONE.sub(lambda found: f"{found['before'] or ''}{name} {found['n']}", text)


_LONG_RUN = re.compile(
    rf"(?<![\w)] )(?<!\w)(\d{{1,2}})(?:st|nd|rd|th)?{_TO}(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?", _I
)


def _each(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    return found[0] if last - first < 2 else ", ".join(map(str, range(first, last + 1)))

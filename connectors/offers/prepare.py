"""The lines of a message, made plain before they are read: sentences joined, ditto marks and shorthand written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from connectors.offers import bundles, states
from connectors.offers.almanac import QuestionError
from connectors.offers.became import with_new_status, without_schedule
from connectors.offers.beginnings import with_colons, with_date_label, without_ids
from connectors.offers.coming import coming_days
from connectors.offers.dates import entries
from connectors.offers.lasting import ALL_LONG, ANY_LENGTH, EACH_LONG, lasting_all, starting
from connectors.offers.legends import apart_from_legend
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.notation import HOURS, weekday_of
from connectors.offers.page import Page, weekday_and_number
from connectors.offers.phrases import MONTH_HEADING
from connectors.offers.plain import (
    amounts_behind,
    by_the_hour,
    plain_amounts,
    plain_clocks,
    with_hour,
    with_sign,
)
from connectors.offers.posts import with_posts
from connectors.offers.quick import Quick
from connectors.offers.rates import rates_by_kind
from connectors.offers.rewrite import (
    OVER,
    OVER_NAMED,
    WEEK_DATE,
    WEEK_OF,
    WEEKEND_OF,
    spoken,
    with_hours_above,
    without_dittos,
    written_out,
)
from connectors.offers.states import ONCE_GONE
from connectors.offers.tokens import Hours
from connectors.offers.turned import lettered_days, old_hours_last, saturday_told, with_saturday
from connectors.offers.unless import with_usual_hours
from connectors.offers.wrapped import joined

DAY = timedelta(days=1)
SATURDAY = 5

LONGEST_HEADING = 80


def prepared(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Shorter and plainer lines; each keeps the number of its first, and what it said."""
    plain: list[Line] = []
    week: date | None = None
    above: list[str] = []
    hours_above: set[str] = set()
    hours_of_days: set[str] = set()
    asked_above = ""
    lengths = _told_by(lines, ALL_LONG, EACH_LONG)
    one_length = len(lengths) == 1 and _told_by(lines, ANY_LENGTH) <= lengths
    undated = _is_undated(page, lines)
    hourly = by_the_hour(line.text[:LONGEST_LINE] for line in lines)
    priced = amounts_behind(line.text[:LONGEST_LINE] for line in lines if not line.cells)
    one_s = saturday_told(line.text[:LONGEST_LINE] for line in lines)
    whole = _named_out(
        page,
        _as_spoken(
            page, joined(page, with_date_label(page, with_posts(page, without_ids(page, with_colons(lines)))))
        ),
    )
    whole = with_usual_hours(page, whole)
    for line in map(with_new_status, apart_from_legend(page, whole)):
        if line.cells:
            plain.append(line)
            continue
        plainer = _OF_THAT_DAY.sub(r"\1", _SMILEY.sub(" ", line.text[:LONGEST_LINE]))
        bare = without_schedule(plainer := old_hours_last(plainer))
        page.open_below |= bare != plainer
        bare = ONCE_GONE.sub(lambda found: found["what"] or " ", bare)
        text, above = without_dittos(plain_clocks(spoken(bare)), above)
        if hours_above == hours_of_days and page.names_day(page.lex(text)):
            text = with_hours_above(text, hours_above)
        hours_above |= set(HOURS.findall(text))
        hours_of_days |= set(HOURS.findall(text)) if page.has_slot(text) else set()
        text = plain_amounts(with_sign(text) if priced else text)
        text = with_hour(text) if hourly else text
        text = _codes_of_change(page, text)
        text = lettered_days(text, tuple(page.legend)) if week else text
        text = with_saturday(text) if one_s else text
        text, week, heading = _week(page, text, week)
        text = _weekend(page, text)
        if undated and not (WEEK_OF.search(text) or WEEKEND_OF.search(text)):
            text = coming_days(text, page.today, asked_above)
            asked_above = text if text.rstrip().endswith(":") else asked_above
        text = lasting_all(text, *lengths) if len(lengths) == 1 else text
        text = starting(text, *lengths) if one_length else text
        rates = week is not None and _tells_rates(page, text, plain)
        text = _overnight(page, written_out(text, None if rates else week, page.today))
        if heading and not page.has_slot(text) and states.status_of(text) is None:
            page.ignore(line, "week")
            continue
        plain.append(line if text == line.text else replace(line, text=text, told=line.told or line.text))
    return plain


def _told_by(lines: Sequence[Line], *patterns: re.Pattern[str] | Quick) -> set[str]:
    """How long shifts are, in hours, wherever a line says so."""
    texts = [line.text[:LONGEST_LINE] for line in lines]
    found = (one for text in texts for pattern in patterns for one in pattern.finditer(text))
    return {next(filter(None, one.groups())) for one in found}


_SPEAKER = re.compile(r"^\s*(?:\[[^\]]{4,30}\] ?)?([A-Z][a-z]{1,15}(?: [A-Z][a-z]{0,15})?):\s+(?=\S)")
_SMILEY = re.compile(r"(?<![\w)]):-?[()](?!\w)|(?<=\w )[:;]-?[()](?=\s|$)")
_OF_THAT_DAY = Quick(r"\b(tonight|tomorrow|today)['’]s(?= (?!meeting|schedule|list|call\b))", re.IGNORECASE)
_GROUP = Quick(r"\bgroup (?:chat|text|thread)\b|\bmessages? in\b", re.IGNORECASE)
_CHAT = re.compile(r"\b(?:messages?|chat|group|thread)\b", re.IGNORECASE)


def _as_spoken(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines of a group's messages without the names of who wrote them; a list of who works is none."""
    said = [line for line in lines if not line.cells and _SPEAKER.match(line.text[:80])]
    talk = [
        line for line in said if not page.has_slot(line.text[:LONGEST_LINE]) and len(line.text.split()) > 2
    ]
    heads = [page.mail.subject, *(line.text[:LONGEST_LINE] for line in lines[:2])]
    named = any(page.lex(_speaker(line))[0].kind != "word" for line in said)
    talking = talk or any(map(_GROUP.search, heads))
    if len(said) < 2 or not talking or named or not any(map(_CHAT.search, heads)):
        return list(lines)
    return [
        replace(line, text=_SPEAKER.sub("", line.text, count=1), told=line.told or line.text)
        if line in said
        else line
        for line in lines
    ]


def _speaker(line: Line) -> str:
    found = _SPEAKER.match(line.text[:80])
    return found[1] if found else ""


def _is_undated(page: Page, lines: Sequence[Line]) -> bool:
    """Whether it is of the days to come: no date stands in it, and nobody answers or hands on an older message."""
    if re.match(r"\s*(?:re|fwd?|fw)\s*:", page.mail.subject, re.IGNORECASE) or re.search(
        r"\bweek of\b|\bnext\b", page.mail.subject, re.IGNORECASE
    ):
        return False
    if any(one.rule in ("forward-header", "quote", "quote-line") for one in page.ignored):
        return False
    texts = [page.mail.subject, *(line.text[:LONGEST_LINE] for line in lines)]
    lexed = [page.lex(text) for text in texts]
    months = any(
        MONTH_HEADING.fullmatch(text) for text in texts if len(text) <= LONGEST_HEADING
    ) or re.search(r"\b(?:mar(?:ch)?|may)\b", page.mail.subject, re.IGNORECASE)
    return not months and not any(
        {token.kind for token in tokens} & {"date", "month"} or weekday_and_number(tokens) for tokens in lexed
    )


_SUNDAY_TOO = re.compile(
    r"(?:(?:fri|sat)[a-z]*,? )?(?:[a-z]{3,9}\.? )?\d{1,2}(?:/\d{1,2})?(?:st|nd|rd|th)?\s?(?:[-–&]|and|to)\s?(?:sun[a-z]*,? )?"
    r"(?:[a-z]{3,9}\.? ?)?\d{1,2}(?!\d|:|\s?[ap]\b|\s?[ap]m)",
    re.IGNORECASE,
)
"""`weekend of 2/20-21`: both days are named."""


def _codes_of_change(page: Page, text: str) -> str:
    """`9/22 was D, now E`: the hours that the codes stand for, so that the old ones can be told from the new."""
    codes = "|".join(map(re.escape, page.legend))
    found = (
        re.search(rf"\b(was|from) ({codes})(,? (?:is |are )?(?:now|to)) ({codes})(?!\w)", text)
        if codes
        else None
    )
    if not found:
        return text
    told = f"{found[1]} {page.legend[found[2]]}{found[3]} {page.legend[found[4]]}"
    return f"{text[: found.start()]}{told}{text[found.end() :]}"


_NO_NAME = re.compile(
    r"hold|tentative|maybe|pending|unassigned|nobody|none|tb[ad]|float|closed|off|vacant|needed|available|agency|locum|open|unfilled|cover|uncovered|any|swap|day|night|who",
    re.IGNORECASE,
)
_SURNAME = r"[A-Z][a-z'’-]{1,20}(?:[A-Z][a-z]{1,20})?"


def _named_out(page: Page, lines: Sequence[Line]) -> list[Line]:
    """`Thu 4/1  D Nguyen  N OPEN`: beside what is marked as open, a name says who works the other."""
    codes = "|".join(re.escape(code) for code in page.legend)
    if not codes:
        return list(lines)
    pair = rf"(?:{codes})\s{{1,4}}(?:{_SURNAME}|OPEN)"
    row = re.compile(rf"^(.{{3,20}}?\d)\s{{1,6}}({pair}(?:[,;]?\s{{1,8}}{pair}){{0,3}})\s*$")
    rows = {line.number: found for line in lines if not line.cells and (found := row.match(line.text[:200]))}
    names = {name for found in rows.values() for _, name in _named(found[2], codes)} - {"OPEN"}
    if any(map(_NO_NAME.fullmatch, names)) or not any("OPEN" in found[2] for found in rows.values()):
        return list(lines)
    kept = []
    for line in lines:
        found = rows.get(line.number)
        open_ones = [code for code, name in _named(found[2], codes) if name == "OPEN"] if found else []
        if found and not open_ones:
            page.ignore(line, "somebody works it")
            continue
        kept.append(
            line
            if not found
            else replace(line, text=f"{found[1]} {' '.join(open_ones)}", told=line.told or line.text)
        )
    return kept


def _named(text: str, codes: str) -> list[tuple[str, str]]:
    return re.findall(rf"({codes})\s{{1,4}}({_SURNAME}|OPEN)", text)


def _week(page: Page, text: str, week: date | None) -> tuple[str, date | None, bool]:
    """The line without the week that it names, that week, and whether naming it is all it does.

    Only where its first date is a Monday or a Sunday is it clear which seven days are meant.
    """
    if weekend := _weekend_above(page, text):
        return text, weekend, True
    found = WEEK_OF.search(text)
    # Its date alone: the weekdays behind it are those that are wanted.
    named = WEEK_DATE.match(text, found.end()) if found else None
    moment = page.moment(named[0]) if named else None
    if not found or not moment or moment[0].day.weekday() not in (0, 6):
        return text, week, False
    bare = f"{text[: found.start()]} {text[found.end() + moment[1] :]}"
    days = written_out(bare, moment[0].day, page.today)
    if days == bare and any(token.kind == "hours" for token in page.lex(bare)):
        return text, moment[0].day, False
    alone = days == bare and not (re.search(r"[A-Za-z]{2}", bare) and re.search(r"\d", bare))
    terms = bundles.choice_of(bare) or bundles.all_or_nothing(bare)
    return bare, moment[0].day, alone and not terms and not page.has_slot(days)


_GENERAL_KIND = re.compile(
    r"\b(?:weekdays?|weekends?|days|nights|evenings|otherwise|others?|rest)\b", re.IGNORECASE
)


def _tells_rates(page: Page, text: str, above: Sequence[Line]) -> bool:
    """`$146/hr weekdays, $155 Saturday` below the shifts of a week: its weekdays are kinds, and no days of that week."""
    if not _GENERAL_KIND.search(text) or "hours" in {token.kind for token in page.lex(text)}:
        return False
    return bool(rates_by_kind(text, page.lex(text))) and any(page.has_slot(line.text) for line in above)


def _weekend_above(page: Page, text: str) -> date | None:
    """`Weekend of 4/17:` above lines that begin with a weekday: the Monday before it."""
    found = WEEKEND_OF.search(text)
    moment = page.moment(text[found.end() : found.end() + 40]) if found else None
    if not found or not moment or moment[0].minutes is not None or moment[0].day.weekday() != SATURDAY:
        return None
    timed = any(token.kind in ("hours", "span", "clock", "money") for token in page.lex(text))
    return None if timed or not text.rstrip().endswith(":") else moment[0].day - SATURDAY * DAY


def _weekend(page: Page, text: str) -> str:
    """`weekend of 2/20`: that Saturday and its Sunday; of another day it stays, and is asked about."""
    found = WEEKEND_OF.search(text)
    if found and _SUNDAY_TOO.match(text, found.end()):
        return f"{text[: found.start()]}{text[found.end() :]}"
    moment = page.moment(text[found.end() : found.end() + 40]) if found else None
    if not found or not moment or moment[0].minutes is not None or moment[0].day.weekday() != SATURDAY:
        return text
    day = moment[0].day
    return f"{text[: found.start()]}{day.isoformat()}, {(day + DAY).isoformat()} {text[found.end() + moment[1] :]}"


def _overnight(page: Page, text: str) -> str:
    """`Sat 1/16 7p - Sun 7a`: the second day is the next one, or the same; else it stays, and is asked about."""
    text = _until_weekday(page, text)
    found = OVER.search(text)
    if not found:
        return text
    try:
        days = _days_of(page, text[: found.start()])
        named = entries(page.lex(f"{found[3] or ''} {found[4] or ''}"), page.calendar()) if found[4] else []
    except QuestionError:
        return text
    if not days:
        return text
    ahead = {day for entry in named for day in entry.days} or {
        day for day in (days[-1], days[-1] + DAY) if found[3] and weekday_of(found[3]) == day.weekday()
    }
    hours = f"{found[1]} - {found[5]}"
    slot = next((token.value for token in page.lex(hours) if isinstance(token.value, Hours)), None)
    if slot is None or ahead != {days[-1] + DAY * (slot.end <= slot.start)}:
        return text
    return f"{text[: found.start()]}{hours}{text[found.end() :]}"


def _until_weekday(page: Page, text: str) -> str:
    """`2/19 7p-7a (Sat)`, `2/19 8am Friday to 8am Saturday`: the same, where the weekdays are those of that day and the next."""
    found = OVER_NAMED.search(text)
    if not found:
        return text
    begin, its, joint, end, last = found.groups()
    slot = next((t.value for t in page.lex(f"{begin}-{end}") if isinstance(t.value, Hours)), None)
    try:
        days = _days_of(page, text[: found.start()])
    except QuestionError:
        return text
    if slot is None or slot.unsure or len(days) != 1 or (its and weekday_of(its) != days[0].weekday()):
        return text
    over = DAY * (slot.end <= slot.start)
    if weekday_of(last) != (days[0] + over).weekday():
        return text
    return f"{text[: found.start()]}{begin}{joint}{end}{text[found.end() :]}"


def _days_of(page: Page, text: str) -> list[date]:
    """Raises QuestionError."""
    return [day for entry in entries(page.lex(text), page.calendar()) for day in entry.days]

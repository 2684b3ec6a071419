"""Lines without a date and hours together: headings, footers, days or hours for lines to come, and prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from connectors.offers import daynight, phrases, states, trades
from connectors.offers.almanac import QuestionError
from connectors.offers.clauses import SENTENCE
from connectors.offers.dates import entries, is_relative
from connectors.offers.days_above import day_of_hours_below
from connectors.offers.daywords import FOREIGN_MONTHS
from connectors.offers.due_else import due_else
from connectors.offers.headings import (
    half_named,
    heading_status,
    heads_days,
    other_heading,
    over_days,
    site_heading,
)
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page, may_be_hours
from connectors.offers.rates import is_amount
from connectors.offers.reading import Status
from connectors.offers.slots import read_slots
from connectors.offers.stating import own_status, state_heading, status_here
from connectors.offers.statuses import doubt_weekdays, keep_loose_status, said_of_day, said_of_those_above
from connectors.offers.terms import footer_pay, hours_of_all, pay_by_site, terms_of_all, whole_or_choice
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import HOLIDAY

_SMALL = frozenset(
    "to through thru all shifts shift hours times are is from the on for each day night nights days of and open".split()
)
_OPEN_ONES = re.compile(
    r"\b(?:open|available|unfilled|uncovered|needs?|holes?|gaps?|openings?)\b", re.IGNORECASE
)
_ASKED_TO_WORK = re.compile(
    r"\b(?:could|can|would|will) you (?:please |possibly |maybe )?(?:cover|do|take|work|pick up|come in|help)\b",
    re.IGNORECASE,
)
_MY_DAY = re.compile(
    r"\b(?:my|his|her|their|Dr\.? [A-Z]\w{1,20}['’]s) (?:[a-z]{2,10} )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b",
    re.IGNORECASE,
)
"""`My Saturday night`: a shift, of which nobody knows the date."""
_STATUS_FIRST = re.compile(
    r"\W*(?:(?:now|already|just|these|all|the following)(?: are| is)? ){0,2}(?:taken|filled|covered|gone|closed|cancell?ed|withdrawn|booked|confirmed)\b(?!\?)[^.;?]{0,60}$",
    re.IGNORECASE,
)
_TALKED_OF = re.compile(
    r"\b(?:shifts?|dates?|days?|nights?|ones?|slots?|sessions?|blocks?|weekends?|assignments?|jobs?|offers?|openings?)\b(?:,| that| which)? (?:we|you|i)(?:['’](?:ve|d)| had| have)?(?: just| both| last)? "
    r"(?:discussed|discuss|talked|spoke|chatted|mentioned|asked|inquired|enquired|wanted|liked|requested|sent|offered|emailed|texted|wrote|told|held|were|had)\b",
    re.IGNORECASE,
)
"""`The Mesa date we discussed on the phone is gone`: one of an earlier talk."""
_TOLD_OF_THOSE_BELOW = ("withdrawn", "reinstated", "confirmed", "changed")
MOST_WORDS = 12
"""Of a heading that tells hours and pay."""
LATELY = timedelta(days=90)


class Undated:
    """Reads one such line of a page; `after` is the line below it."""

    def __init__(self, page: Page, after: Line | None) -> None:
        self.page, self.after = page, after

    def read(self, line: Line, text: str, tokens: Sequence[Token], *, days: bool, hours: bool) -> None:
        page = self.page
        above_dates = not days and self._heads_dates()
        if above_dates and len(text.split()) <= MOST_WORDS:
            page.stretch += 1
        status = own_status(page, text)
        heading = text.rstrip().endswith(":")
        if heading and status == "confirmed" and _OPEN_ONES.search(text):
            status = None  # `The schedule is out. Open shifts:`
        site = next((token for token in tokens if token.kind == "site"), None)
        money = [token for token in tokens if token.kind == "money"]
        terms = whole_or_choice(self.page, line, text)
        if (
            status in ("withdrawn", "reinstated", "confirmed")
            and not heading
            and not hours
            and said_of_day(self.page, text, status, tokens)
        ):
            return
        if days:
            self._days_alone(line, text, tokens, site, money, terms=terms)
            return
        if hours and self._only(tokens, "hours", "span", "zone"):
            self._hours_alone(line, text)
            return
        if self._states_those_below(line, text, tokens, status):
            return
        if status in ("withdrawn", "reinstated", "confirmed") and site:
            self._of_earlier_talk(text, heading=heading)
        if status in ("withdrawn", "reinstated", "confirmed") and not heading and not site:
            said_of_those_above(self.page, text, status)
        if not heading:
            keep_loose_status(self.page, text, status, site)
        if pay_by_site(self.page, tokens):
            return
        short = len(text.split()) <= 9 and not text.rstrip().endswith((".", "!", "?"))
        if (short or heading) and len({token.value for token in tokens if token.kind == "site"}) > 1:
            page.heading(None, text.strip())
        elif site and (short or heading):
            site_heading(self.page, site, tokens, text)
            if status or not page.scope.over_sites:
                state_heading(page, text, status)
        if status in ("withdrawn", "confirmed", "reinstated") and phrases.NUMBERED.search(text):
            raise QuestionError("which shift is meant")
        _date_or_hours(tokens, site)
        if site and not hours and _ASKED_TO_WORK.search(text) and phrases.SOON.search(text):
            raise QuestionError("no hours")
        told_below = above_dates and not self._timed_below()
        vague = not told_below and (phrases.SOON.search(text) or HOLIDAY.search(text))
        if hours and (site or money) and vague:
            raise QuestionError("which date is meant")
        above = bool(site and (short or heading))
        self._held_for_those_below(line, text, tokens, money, site=above, heading=heading)
        if not above:
            self._name_place(text, tokens, status, heading=heading)
        self._bare_clock(text, tokens, site)
        if phrases.ORDINAL.search(text) and not terms and not phrases.NOT_A_SHIFT.search(text):
            raise QuestionError("which month is meant")
        if not (site or money or terms or status):
            doubt_weekdays(self.page, text, tokens)
            page.ignore(line, "prose")

    def _of_earlier_talk(self, text: str, *, heading: bool) -> None:
        """Raises QuestionError for the status of a shift that was spoken of before; so may be those below it."""
        if _TALKED_OF.search(text):
            self.page.scope.unsure_status = self.page.scope.unsure_status or heading
            raise QuestionError("which shift is meant")

    def _hours_alone(self, line: Line, text: str) -> None:
        """Of the day right above, or of those to come."""
        page = self.page
        if day := self._day_above(line):
            told = f"{day} ; {text}"
            read_slots(page, line, told, page.lex(told), None, old=False, days=True)
            return
        page.wait("hours", line)
        page.scope.hours = text

    def _day_above(self, line: Line) -> str:
        """The day of the line right above, where that one has hours too, and this one stands deeper: or nothing."""
        above = [one for one in self.page.drafts if one.source.line == line.number - 1]
        days = {one.day for one in above}
        deeper = bool(above) and _indent(line.text) > _indent(above[0].source.text)
        return days.pop().isoformat() if deeper and len(days) == 1 else ""

    def _heads_dates(self) -> bool:
        """Whether the line stands directly above one with a date."""
        below = self.page.lex(self.after.text[:LONGEST_LINE]) if self.after and not self.after.cells else []
        return bool(below) and self.page.names_day(below)

    def _timed_below(self) -> bool:
        below = self.page.lex(self.after.text[:LONGEST_LINE]) if self.after else []
        return any(token.kind in ("hours", "span", "clock") for token in below)

    def _states_those_below(
        self, line: Line, text: str, tokens: Sequence[Token], status: Status | None
    ) -> bool:
        """Whether the line is a heading that says no more than how the shifts below it stand."""
        page = self.page
        site = next((token for token in tokens if token.kind == "site"), None)
        if found := states.HEADINGS.match(text.strip()):
            page.scope.status, page.scope.unsure_status = heading_status(found[1]), False
            page.scope.stated_at, page.scope.over_sites = len(page.drafts), False
            _pay_below(page, [token for token in tokens if token.kind == "money"])
            return True
        if self._heads_status(text, status, site):
            state_heading(page, text, status)
            money = [token for token in tokens if token.kind == "money"]
            self._held_for_those_below(line, text, tokens, money, site=False, heading=True)
            page.ignore(line, "heading")
            return True
        presented = states.PRESENTS.search(text) and not page.drafts and not text.rstrip().endswith(":")
        struck = states.STRUCK.search(text) and any(one.void for one in page.mail.lines)
        if presented and status in _TOLD_OF_THOSE_BELOW and not (site or struck):
            state_heading(page, text, status)
            page.ignore(line, "heading")
            return True
        return False

    def _heads_status(self, text: str, status: Status | None, site: Token | None) -> bool:
        """`Taken since Friday, thank you`, above a line that begins with a date: of those below it."""
        if status not in ("withdrawn", "confirmed") or site or not _STATUS_FIRST.match(text):
            return False
        below = self.page.lex(self.after.text[:LONGEST_LINE]) if self.after else []
        dated = bool(below) and below[0].kind in ("date", "month", "weekday") and self.page.names_day(below)
        return dated and not states.SHIFTS_AT_LARGE.search(text)

    def _held_for_those_below(
        self,
        line: Line,
        text: str,
        tokens: Sequence[Token],
        money: Sequence[Token],
        *,
        site: bool,
        heading: bool,
    ) -> None:
        """The pay and the hours that a line gives to those below it; `site` when it is a site's heading."""
        page = self.page
        told = [token for token in tokens if token.kind == "hours"]
        over = heads_days(page, self.after, text, tokens, told)
        if money:
            # Below its heading: what a heading pays holds for what stands under it.
            before = len(page.pays_told)
            footer_pay(page, tokens, money, text, heads=over or site)
            if len(page.pays_told) == before and any(map(is_amount, money)) and self._heads_dates():
                page.unclear_stretches.add(page.stretch)
        usual = "" if page.drafts or page.scope.hours else hours_of_all(text, tokens)
        if usual:
            page.usual_hours = page.scope.hours = usual
        if terms_of_all(page, text, tokens, money, told):
            page.scope.hours = told[0].text
        elif over:
            page.scope.hours = half_named(text) + told[0].text
            page.ignore(line, "heading")
        if site and heading and len(told) == 1:
            page.wait("hours", line)
            page.scope.hours = told[0].text

    def _name_place(
        self, text: str, tokens: Sequence[Token], status: Status | None, *, heading: bool
    ) -> None:
        """A line that may be a heading, and names no site of ours."""
        heading = heading or over_days(self.page, self.after, text, tokens)
        if heading or (phrases.FACILITY.fullmatch(text.strip()) and len(text.split()) <= 5):
            other_heading(self.page, text, tokens, status, heading=heading)

    def _bare_clock(self, text: str, tokens: Sequence[Token], site: Token | None) -> None:
        clock = re.search(r"\bat (?:\d{1,2})\b(?!\s?(?:%|\d))", text)
        weekday = any(token.kind == "weekday" for token in tokens)
        if weekday and _MY_DAY.search(text) and trades.DAY_GIVEN.search(text):
            raise QuestionError("which date is meant")
        if weekday and states.AWARDED.search(text) and not phrases.NOT_A_SHIFT.search(text):
            raise QuestionError("which date is meant")
        hours = any(token.kind in ("hours", "span") for token in tokens)
        relative = any(is_relative(token) for token in tokens)
        if (clock and site and weekday) or (
            hours and weekday and not relative and not phrases.NOT_A_SHIFT.search(text)
        ):
            raise QuestionError("a day of the week without its date")

    def _days_alone(
        self,
        line: Line,
        text: str,
        tokens: Sequence[Token],
        site: Token | None,
        money: Sequence[Token],
        *,
        terms: bool,
    ) -> None:
        page = self.page
        told = self._half_written(text)
        if told != text:
            read_slots(self.page, line, told, page.lex(told), None, old=False, days=True)
            return
        bare = page.lex(HOLIDAY.sub(" ", text))
        days_only = not any(may_be_hours(bare, at) for at in range(len(bare)))
        if (
            days_only
            and self._only(bare, "date", "month", "number", "weekday", "span")
            and not page.scope.hours
        ):
            if any(token.kind in ("date", "number", "span") for token in tokens):
                above = page.scope.dates if page.goes_on("dates", line) else ""
                page.wait("dates", line)
                page.scope.dates = f"{above}, {text}" if above else text
            return
        if phrases.NONE_THAT_DAY.search(text) and not money and not site:
            page.ignore(line, "nothing that day")
            return
        if (day := day_of_hours_below(page, self.after, text, tokens)) and not page.scope.hours:
            page.wait("dates", line)
            state_heading(page, text, own_status(page, text))
            page.scope.dates = day
            return
        given = states.AWARDED.search(text) or states.GRANTED.search(text)
        timed = any(t.kind in ("clock", "span") or (t.kind == "number" and _is_clock(t)) for t in tokens)
        if page.scope.hours and not given and not timed and not phrases.NOT_A_SHIFT.search(text):
            page.take("hours")
            last = page.drafts[-1] if page.drafts else None
            if last and not site and last.section == page.scope.section and last.site != page.scope.site:
                raise QuestionError("at which of the two sites")
            joined = f"{text} ; {page.scope.hours}"
            read_slots(self.page, line, joined, page.lex(joined), None, old=False, days=True)
            return
        if own_status(page, text) in ("withdrawn", "confirmed") and not in_the_past(
            self.page, tokens, bare=True
        ):
            raise QuestionError("no hours")
        if states.AWARDED.search(text) and not self._of_another_time(text, tokens):
            raise QuestionError("a day that may be given to you, and no hours")
        if phrases.NOT_A_SHIFT.search(text) or (terms and not money):
            page.ignore(line, "prose")
            return
        hinted = (
            re.search(r"\bhours?\b|\bat \d", text, re.IGNORECASE)
            or trades.GIVEN.search(text)
            or phrases.LEAD.search(text)
            or phrases.LACKING.search(text)
        )
        listed = tokens[0].kind in ("date", "weekday") or (tokens[0].kind == "month" and len(tokens) > 1)
        dated = any(token.kind in ("date", "number") for token in tokens)
        foreign = any(token.kind == "month" and token.text.lower() in FOREIGN_MONTHS for token in tokens)
        if foreign or site or money or status_here(page, text) or hinted or (listed and dated):
            raise QuestionError("a code that nothing explains" if self._code_left(tokens) else "no hours")
        if not self._of_another_time(text, tokens):
            raise QuestionError("no hours")
        page.ignore(line, "prose")

    def _of_another_time(self, text: str, tokens: Sequence[Token]) -> bool:
        """Whether a date in a sentence is one of the past, or of what is plainly no work."""
        first = next((token.start for token in tokens if token.kind in ("date", "month")), 0)
        off = phrases.DAYS_OFF.search(text[:first])
        else_due = any(due_else(part, self.page.lex(part)) for part in [text, *SENTENCE.split(text)])
        return bool(off or else_due or phrases.NO_DAY_OF_WORK.search(text)) or in_the_past(
            self.page, tokens, bare=True
        )

    def _half_written(self, text: str) -> str:
        """`Thu 2/18 day, Fri 2/19 night` with the hours that the message gives them, where it gives them all."""
        halves = self.page.half_hours
        named = {found[1].lower() for found in daynight.HALF_WORD.finditer(text)}
        if not named or not named <= halves.keys() or phrases.NOT_A_SHIFT.search(text):
            return text
        return daynight.HALF_WORD.sub(lambda found: halves[found[1].lower()], text)

    def _code_left(self, tokens: Sequence[Token]) -> bool:
        codes = (t.kind == "word" and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", t.text) for t in tokens)
        return bool(self.page.legend) and any(codes)

    def _only(self, tokens: Sequence[Token], *kinds: str) -> bool:
        return bool(tokens) and all(
            t.kind in kinds or t.kind == "mark" or (t.kind == "word" and str(t.value) in _SMALL)
            for t in tokens
        )


def _pay_below(page: Page, money: Sequence[Token]) -> None:
    """`ADDITIONS (open, $300/hr)`: what a heading of status pays ends where the next one stands."""
    section = page.scope.section
    if money or (section and any(section == one for one, _ in page.pays)):
        page.scope.section += 1
        page.sections[page.scope.section] = page.scope.site
    pay, doubtful = page.pick_once(money)
    if pay and not doubtful:
        page.add_pay(pay)
    elif money:
        page.conditional_pay = True


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def in_the_past(page: Page, tokens: Sequence[Token], *, bare: bool = False) -> bool:
    """Whether all its dates lie in the weeks before the message (a bare one: or on its day), their weekdays too."""
    try:
        found = entries(tokens, replace(page.calendar(), today=page.today - LATELY))
    except QuestionError:
        return False
    days = [day for entry in found for day in entry.days]
    return bool(days) and (max(days) < page.today or (bare and max(days) == page.today))


def _is_clock(token: Token) -> bool:
    """`0700`, and not a year."""
    return len(token.text) in (3, 4) and token.text.isdigit() and not token.text.startswith("20")


def _date_or_hours(tokens: Sequence[Token], site: Token | None) -> None:
    spans = [token for token in tokens if token.kind == "span"]
    if spans and site and any(token.kind == "hours" for token in tokens):
        raise QuestionError(f"{spans[0].text} may be a date")

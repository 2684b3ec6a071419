"""Free lines: shifts, headings, footers and prose. Each line is used, ignored by a rule, or becomes a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from connectors.offers import phrases
from connectors.offers.almanac import QuestionError
from connectors.offers.colours import legend_of_colours
from connectors.offers.dates import entries, is_relative
from connectors.offers.daywords import FOREIGN_MONTHS
from connectors.offers.deadlines import cut_deadline
from connectors.offers.headings import (
    half_named,
    heading_status,
    heads_days,
    month_line,
    other_heading,
    over_days,
    site_heading,
)
from connectors.offers.legends import inner_legend, legend, site_legend
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline
from connectors.offers.page import UNCLEAR, Page
from connectors.offers.reading import Status
from connectors.offers.slots import is_dated_at_all, read_slots
from connectors.offers.statuses import doubt_weekdays, keep_loose_status, said_of_day, said_of_those_above
from connectors.offers.terms import footer_pay, pay_by_site, terms_of_all, whole_or_choice
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import ASIDE, BREAK, HOLIDAY

_SMALL = frozenset(
    "all shifts shift hours times are is from the on for each day night nights days of and open".split()
)
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}\)|\(?[a-h]\)|\d{1,2}\.|[*•▪–-])\s+")
_DAY_FIRST = re.compile(r"^\W{0,3}(\d{1,2})(?:st|nd|rd|th)?\s?[).:–—-]{0,2}\s+", re.IGNORECASE)
"""`19 - 7p-7a`, `20: 7a-7p`, `21st 7a-7p`, `(22) 7a-7p` below a month."""


_OPEN_ONES = re.compile(
    r"\b(?:open|available|unfilled|uncovered|needs?|holes?|gaps?|openings?)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)(?<!\bMt)[.!?]\s+(?=[A-Z\d$£€])")
_NO_EVENT = re.compile(
    r"\b(?:(?:call|text|ring|reach) me|(?:new|my|his|her|this) phone|(?:as )?(?:first|originally|previously|already|just) posted)\b",
    re.IGNORECASE,
)
"""Of messages, and not of what else there is to go to."""
_PARTS = re.compile(r"[,;]\s+(?=[A-Za-z\d])|(?<=[\w)])\.\s+(?=[A-Z\d$£€])")
LATELY = timedelta(days=90)


class Lines:
    """Reads the free lines of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.after: Line | None = None
        """The line below the one that is read."""

    def read(self, line: Line, following: Sequence[Line]) -> int:
        """Read a line, together with the next one where the sentence plainly goes on; how many more were used."""
        self.after = following[0] if following else None
        try:
            self.line(line)
        except QuestionError as question:
            after = following[0] if following else None
            if str(question) == "no hours" and after and self._continues(line, after):
                try:
                    self.line(replace(line, text=f"{line.text.strip()} {after.text.strip()}"))
                except QuestionError as again:
                    self.page.ask(line, str(again))
                    self.page.ask(after, str(again))
                return 1
            if self._in_parts(line):
                return 0
            self.page.ask(line, str(question))
            if str(question) in UNCLEAR and not self.page.has_slot(line.text[:LONGEST_LINE]):
                self.page.settled = True
        return 0

    def _in_parts(self, line: Line) -> bool:
        """`Fr 4/30 6p-6a, Sa 5/1 6p-6a, We 5/6 6p-6a`: what is clear of it is read, and the rest asked about.

        Only where each part has a date and hours of its own; a site before the first is that of all, and so is what
        stands behind the last. False where nothing of it is clear.
        """
        page, before = self.page, len(self.page.drafts)
        if any(draft.source.line == line.number for draft in page.drafts):
            return False
        parts = _PARTS.split(line.text[:LONGEST_LINE])
        timed = [part for part in parts if self._whole(part)]
        behind = parts[len(timed) :]
        if len(timed) < 2 or parts[: len(timed)] != timed or any(map(page.has_slot, behind)):
            return False
        site = next((token.text for token in page.lex(timed[0]) if token.kind == "site"), None)
        whys: list[str] = []
        for part in timed:
            named = any(token.kind == "site" for token in page.lex(part))
            text = ", ".join([part if named or not site else f"{site} {part}", *behind])
            try:
                self.line(replace(line, text=text, told=line.told or line.text))
            except QuestionError as question:
                whys.append(str(question))
        if len(page.drafts) == before:
            return False
        if whys:
            page.ask(line, whys[0])
        return True

    def _whole(self, text: str) -> bool:
        """A date and hours, each whole."""
        tokens = self.page.lex(text)
        return self.page.names_day(tokens) and any(token.kind == "hours" for token in tokens)

    def _continues(self, line: Line, after: Line) -> bool:
        kinds = {token.kind for token in self.page.lex(after.text)}
        low = after.text.strip()[:1].islower() or bool(re.match(r"\s*\(?\d{1,4}\s?[-–ap:]", after.text))
        return after.number == line.number + 1 and "hours" in kinds and not kinds & {"date", "month"} and low

    def line(self, line: Line) -> None:
        """One line by itself. Raises QuestionError."""
        if len(line.text) > LONGEST_LINE and self.page.has_slot(line.text[:LONGEST_LINE]):
            raise QuestionError("longer than a line that a person writes")
        text = self._unnumbered(line.text[:LONGEST_LINE])
        if legend(self.page, text) or site_legend(self.page, text):
            self.page.used.add(line.number)
            return
        if month_line(self.page, line, text):
            return
        if self.page.colours and legend_of_colours(text) and not self.page.has_slot(text):
            self.page.ignore(line, "legend")
            return
        text = inner_legend(self.page, text)
        text, deadline = cut_deadline(self.page, text)
        given, wanted = self._legs(text)
        if wanted:
            self.page.ask(line, "the shift wanted in exchange")
            if not given:
                return
            text = given
        clauses = self._clauses(text)
        for clause in clauses:
            self._clause(line, clause, deadline)
            self._carry_site(clause)
        self.page.line_site = None
        self._unpriced(line, clauses)
        if deadline and not any(draft.source.line == line.number for draft in self.page.drafts):
            self.page.deadline = deadline
            self.page.ignored = [one for one in self.page.ignored if one.source.line != line.number]

    def _carry_site(self, clause: str) -> None:
        """The one site of a clause is that of those behind it which name none."""
        named = {token.value: token.text for token in self.page.lex(clause) if token.kind == "site"}
        if len(named) == 1:
            ((site, text),) = named.items()
            self.page.line_site = (str(site), text)

    def _unnumbered(self, text: str) -> str:
        """The line without its number in a list; below a month, the number before hours is the day."""
        found = _DAY_FIRST.match(text) if self.page.scope.month else None
        if found and 1 <= int(found[1]) <= 31:
            rest = self.page.lex(text[found.end() :])
            told = rest[0].kind in ("hours", "span", "weekday", "site") if rest else False
            if told and not self.page.names_day(rest) and any(t.kind in ("hours", "span") for t in rest):
                if rest[0].kind != "weekday" and re.search(r"[.)]\s+$", found[0]):
                    raise QuestionError("a day of the month, or a number in a list")
                return f"{found[1]}{'' if rest[0].kind == 'weekday' else ','} {text[found.end() :]}"
        return _NUMBERED.sub("", text)

    def _legs(self, text: str) -> tuple[str, str]:
        """In a swap, (what is given, what is wanted); else everything is given."""
        if self.page.swap and (phrases.WANTS.match(text) or phrases.YOU_GIVE.match(text)):
            return "", text
        found = phrases.WANTED.search(text) if self.page.swap else None
        if not found or phrases.GETS.match(text):
            return text, ""
        before, after = text[: found.start()], text[found.start() :]
        wanted = is_dated_at_all(self.page, after) or "return" in after or "exchange" in after
        return (before if self.page.has_slot(before) else ""), (after if wanted else "")

    def _clauses(self, text: str) -> list[str]:
        parts = re.split(
            r"(?<=[\w)])(?<!\bDr)(?<!\bSt)(?<!\bMt)[.;]\s+(?=[A-Z\d$£€])|,?\s+but\s+|\s+while\s+", text
        )
        parts = [part for whole in parts for part in _apart_by_status(whole) if part.strip()]
        slots = [part for part in parts if self.page.has_slot(part)]
        ended = [part for part in _SENTENCE.split(text) if part.strip()]
        timed = [part for part in ended if self.page.has_slot(part)]
        apart = [part for part in ended if part not in timed and self._only_day(part)]
        if timed and apart:
            return [". ".join(part for part in ended if part not in apart), *apart]
        if len(slots) == 1 and any(self._of_gone_day(part) for part in parts if part not in slots):
            return [*slots, *(part for part in parts if part not in slots)]
        if len(slots) < 2:
            return [text]
        priced = [part for part in parts if any(t.kind == "money" for t in self.page.lex(part))]
        if len(priced) == 1 and priced[0] == parts[-1] and priced[0] not in slots:
            # What is said of pay behind them all holds for each.
            return [f"{part}. {priced[0]}" if part in slots else part for part in parts[:-1]]
        return parts

    def _only_day(self, text: str) -> bool:
        """`Rates go up 2/20`: a sentence with a day and no time of its own, beside one that has both."""
        tokens = self.page.lex(text)
        dated = any(token.kind == "date" or is_relative(token) for token in tokens) or (
            any(token.kind == "month" for token in tokens) and self.page.names_day(tokens)
        )
        dated = dated or phrases.NTH_ALONE.search(text) is not None
        return dated and not any(token.kind in ("hours", "span", "clock") for token in tokens)

    def _of_gone_day(self, text: str) -> bool:
        """`Mon 5/3 is taken`, beside a sentence that puts up another day."""
        tokens = self.page.lex(text)
        return self.page.names_day(tokens) and phrases.status_of(text) == "withdrawn"

    def _unpriced(self, line: Line, clauses: Sequence[str]) -> None:
        """`2/18 7a-7p; 2/19 7p-7a $2600`: whether the amount is meant for the first as well, nobody knows."""
        mine = [draft for draft in self.page.drafts if draft.source.line == line.number]
        if len(clauses) > 1 and mine and mine[-1].pay and not any(draft.pay for draft in mine[:1]):
            for draft in mine:
                if draft.pay is None and draft.status is None:
                    draft.review.add("pay")

    def _clause(self, line: Line, text: str, deadline: Deadline | None) -> None:
        text = phrases.SAID_WHEN.sub("", text)
        if (found := phrases.ALL_BUT.search(text)) and self._all_but(line, text[found.end() :]):
            return
        live, old = _without_old(text)
        if old and _another_day(self.page, text, live):
            raise QuestionError("which day is the old one, and which the new")
        if old and _nothing_new(self.page, text, live):
            raise QuestionError("what was so before is told, and not what is so now")
        tokens = self.page.lex(live)
        days = self.page.names_day(tokens)
        hours = any(token.kind in ("hours", "span") for token in tokens)
        clocks = sum(token.kind == "clock" for token in tokens) > 1
        if days and self._set_aside(line, text, tokens):
            return
        if (days or self.page.scope.dates) and (hours or (days and clocks)):
            if phrases.NOT_A_SHIFT.search(BREAK.sub("", ASIDE.sub("", self._of_work(text)))):
                if any(token.kind == "site" for token in tokens) or self.page.has_slot(text):
                    raise QuestionError("it may be something other than a shift")
                self.page.ignore(line, "not-a-shift")
                return
            read_slots(self.page, line, live, tokens, deadline, old=old, days=days)
            return
        self._without_slots(line, text, tokens, days=days, hours=hours)

    def _of_work(self, text: str) -> str:
        """The parts of a sentence that say when, where the sentence is plainly about work at a place of ours."""
        text = _NO_EVENT.sub("", text)
        kinds = {token.kind for token in self.page.lex(text)}
        sited = any(
            self.page.has_slot(part) and any(token.kind == "site" for token in self.page.lex(part))
            for part in _SENTENCE.split(text)
        )
        if "site" not in kinds or not (sited or phrases.WORK.search(text)):
            return text
        parts = [part for part in re.split(r"[.;:!?,]\s+", text) if part]
        timed = [
            part
            for part in parts
            if {t.kind for t in self.page.lex(part)} & {"date", "month", "hours", "clock"}
        ]
        return " ; ".join(timed) or text

    def _set_aside(self, line: Line, text: str, tokens: Sequence[Token]) -> bool:
        """Dinners, courses and flights; and thanks for what was worked: dates with hours that offer nothing."""
        page = self.page
        if page.is_event(text, tokens):
            page.ignore(line, "not-a-shift")
            return True
        if phrases.THANKS.search(text) and not any(t.kind == "money" for t in tokens):
            if not self._past(tokens):
                raise QuestionError("thanks for a shift that is to come")
            page.ignore(line, "past")
            return True
        return False

    def _past(self, tokens: Sequence[Token], *, bare: bool = False) -> bool:
        """Whether all its dates lie in the weeks before the message (a bare one: or on its day), their weekdays too."""
        page = self.page
        try:
            found = entries(tokens, replace(page.calendar(), today=page.today - LATELY))
        except QuestionError:
            return False
        days = [day for entry in found for day in entry.days]
        return bool(days) and (max(days) < page.today or (bare and max(days) == page.today))

    def _all_but(self, line: Line, rest: str) -> bool:
        """`All filled except the 1/23`: those above but these are gone. A colon puts those below up."""
        page = self.page
        above = [draft for draft in page.drafts if draft.status is None]
        if rest.strip() in ("", ":"):
            page.scope.status = "offered"
            page.ignore(line, "all-but")
            return True
        if not above and page.has_slot(rest):
            self._clause(line, rest, None)
            return True
        days = {day for entry in entries(page.lex(rest), page.calendar()) for day in entry.days}
        if days and not page.drafts and not page.has_slot(rest):
            page.all_but = days
            page.ignore(line, "all-but")
            return True
        if page.has_slot(rest) or not days or not days <= {draft.day for draft in above}:
            return False
        for draft in above:
            draft.status = "offered" if draft.day in days else "withdrawn"
        return True

    # -- lines with dates and hours -----------------------------------------------------------------------------

    # -- other lines --------------------------------------------------------------------------------------------

    def _without_slots(
        self, line: Line, text: str, tokens: Sequence[Token], *, days: bool, hours: bool
    ) -> None:
        page = self.page
        status = page.own_status(text)
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
            page.wait("hours", line)
            page.scope.hours = text
            return
        if found := phrases.HEADINGS.match(text.strip()):
            page.scope.status, page.scope.unsure_status = heading_status(found[1]), False
            return
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
            page.heading_status(text, status)
        if status in ("withdrawn", "confirmed", "reinstated") and phrases.NUMBERED.search(text):
            raise QuestionError("which shift is meant")
        _date_or_hours(tokens, site)
        if hours and (site or money) and (phrases.SOON.search(text) or HOLIDAY.search(text)):
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
            footer_pay(page, tokens, money, text, heads=over or site)
        if terms_of_all(page, text, tokens, money, told):
            page.scope.hours = told[0].text
        elif over:
            page.scope.hours = half_named(text) + told[0].text
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
        if weekday and phrases.AWARDED.search(text) and not phrases.NOT_A_SHIFT.search(text):
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
        if self._only(tokens, "date", "month", "number", "weekday") and not page.scope.hours:
            if any(token.kind in ("date", "number") for token in tokens):
                above = page.scope.dates if page.goes_on("dates", line) else ""
                page.wait("dates", line)
                page.scope.dates = f"{above}, {text}" if above else text
            return
        given = phrases.AWARDED.search(text) or phrases.GRANTED.search(text)
        timed = any(t.kind in ("clock", "span") or (t.kind == "number" and _is_clock(t)) for t in tokens)
        if page.scope.hours and not given and not timed and not phrases.NOT_A_SHIFT.search(text):
            page.take("hours")
            joined = f"{text} ; {page.scope.hours}"
            read_slots(self.page, line, joined, page.lex(joined), None, old=False, days=True)
            return
        if page.own_status(text) in ("withdrawn", "confirmed") and not self._past(tokens, bare=True):
            raise QuestionError("no hours")
        if phrases.AWARDED.search(text) and not self._of_another_time(text, tokens):
            raise QuestionError("a day that may be given to you, and no hours")
        if phrases.NOT_A_SHIFT.search(text) or (terms and not money):
            page.ignore(line, "prose")
            return
        hinted = (
            re.search(r"\bhours?\b|\bat \d", text, re.IGNORECASE)
            or phrases.GIVEN.search(text)
            or phrases.LEAD.search(text)
            or phrases.LACKING.search(text)
        )
        listed = tokens[0].kind in ("date", "weekday") or (tokens[0].kind == "month" and len(tokens) > 1)
        dated = any(token.kind in ("date", "number") for token in tokens)
        foreign = any(token.kind == "month" and token.text.lower() in FOREIGN_MONTHS for token in tokens)
        if foreign or site or money or page.status(text) or hinted or (listed and dated):
            raise QuestionError("a code that nothing explains" if self._code_left(tokens) else "no hours")
        if not self._of_another_time(text, tokens):
            raise QuestionError("no hours")
        page.ignore(line, "prose")

    def _of_another_time(self, text: str, tokens: Sequence[Token]) -> bool:
        """Whether a date in a sentence is one of the past, or of what is plainly no work."""
        first = next((token.start for token in tokens if token.kind in ("date", "month")), 0)
        off = phrases.DAYS_OFF.search(text[:first])
        return bool(off or phrases.NO_DAY_OF_WORK.search(text)) or self._past(tokens, bare=True)

    def _half_written(self, text: str) -> str:
        """`Thu 2/18 day, Fri 2/19 night` with the hours that the message gives them, where it gives them all."""
        halves = self.page.half_hours
        named = {found[1].lower() for found in phrases.HALF_WORD.finditer(text)}
        if not named or not named <= halves.keys() or phrases.NOT_A_SHIFT.search(text):
            return text
        return phrases.HALF_WORD.sub(lambda found: halves[found[1].lower()], text)

    def _code_left(self, tokens: Sequence[Token]) -> bool:
        codes = (t.kind == "word" and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", t.text) for t in tokens)
        return bool(self.page.legend) and any(codes)

    def _only(self, tokens: Sequence[Token], *kinds: str) -> bool:
        return bool(tokens) and all(
            t.kind in kinds or t.kind == "mark" or (t.kind == "word" and str(t.value) in _SMALL)
            for t in tokens
        )


_OTHER_DAY = re.compile(
    r",\s+(?:and\s+|but\s+)?(?=(?:the |our )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d))",
    re.IGNORECASE,
)


def _apart_by_status(text: str) -> list[str]:
    """`The Friday is covered, Saturday 7p-7a is still open`: two statements, where each says something else of its own day."""
    for found in _OTHER_DAY.finditer(text):
        before, behind = text[: found.start()], text[found.end() :]
        statuses = phrases.status_of(before), phrases.status_of(behind)
        if None not in statuses and statuses[0] != statuses[1]:
            return [*_apart_by_status(before), behind]
    return [text]


def _is_clock(token: Token) -> bool:
    """`0700`, and not a year."""
    return len(token.text) in (3, 4) and token.text.isdigit() and not token.text.startswith("20")


def _date_or_hours(tokens: Sequence[Token], site: Token | None) -> None:
    spans = [token for token in tokens if token.kind == "span"]
    if spans and site and any(token.kind == "hours" for token in tokens):
        raise QuestionError(f"{spans[0].text} may be a date")


def _another_day(page: Page, whole: str, live: str) -> bool:
    """Whether a date stands both in what was so before and in what is so now: then it is another shift."""
    before, now = page.lex(whole), page.lex(live)
    return page.names_day(now) and sum(t.kind in ("date", "month") for t in before) > sum(
        t.kind in ("date", "month") for t in now
    )


def _nothing_new(page: Page, whole: str, live: str) -> bool:
    """`2/20 7a-7p, last time it was $2500`: an amount or hours that were, and none that are."""
    before, now = ({token.kind for token in page.lex(text)} for text in (whole, live))
    return any(kind in before and kind not in now for kind in ("money", "hours"))


def _without_old(text: str) -> tuple[str, bool]:
    """The text without what it says was so before, and whether there was any such thing."""
    found = phrases.OLD.search(text)
    if not found:
        return text, False
    end = re.compile(r"[;)]|,(?!\d)|\.(?!\d)|\bnow\b|$").search(text, found.end())
    assert end
    return f"{text[: found.start()]} {text[end.start() :]}", True

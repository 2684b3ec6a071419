"""Free lines: shifts, headings, footers and prose. Each line is used, ignored by a rule, or becomes a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers import phrases, states, trades
from connectors.offers.absence import without_absence
from connectors.offers.almanac import QuestionError
from connectors.offers.another import of_another, points_at_one, puts_up_another
from connectors.offers.broken import before_the_break
from connectors.offers.clauses import (
    PARTS,
    SENTENCE,
    another_day,
    clauses,
    nothing_new,
    plainly,
    without_old,
)
from connectors.offers.colours import legend_of_colours
from connectors.offers.dates import entries
from connectors.offers.deadlines import cut_deadline
from connectors.offers.differentials import paid_more
from connectors.offers.headings import heads_days, month_line
from connectors.offers.legends import inner_legend, legend, site_legend
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline
from connectors.offers.notices import in_plain_words
from connectors.offers.page import UNCLEAR, Page, may_be_hours
from connectors.offers.quick import Quick
from connectors.offers.reasons import without_reasons
from connectors.offers.slots import is_dated_at_all, read_slots
from connectors.offers.standing import PRYING
from connectors.offers.stating import own_status
from connectors.offers.tokens import Token
from connectors.offers.turned import days_first
from connectors.offers.undated import Undated, in_the_past
from connectors.offers.vocabulary import ASIDE, BREAK, WHEREABOUTS, WRITTEN_ON

_NUMBERED = re.compile(
    r"^\s*(?:\(?\d{1,2}\)|\(?(?:[a-hA-H]|[ivx]{1,4})\)|\d{1,2}\.|(?:[a-hA-H]|[ivx]{1,4})\.(?=\s+[A-Z\d])|[*•▪–-])\s+"
)
_DAY_FIRST = re.compile(r"^\W{0,3}(\d{1,2})(?:st|nd|rd|th)?\s?[).:–—-]{0,2}\s+", re.IGNORECASE)
"""`19 - 7p-7a`, `20: 7a-7p`, `21st 7a-7p`, `(22) 7a-7p` below a month."""


_GONE_IN_BRACKETS = re.compile(
    r"\s*\(\s?(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:is |was |has been )(?:now |already )?(?:filled|covered|taken|gone|cancell?ed|closed)\s?\)",
    re.IGNORECASE,
)
_NO_EVENT = Quick(
    r"\b(?:(?:call|text|ring|reach) me|(?:new|my|his|her|this) phone|(?:as )?(?:first|originally|previously|already|just) posted)\b",
    re.IGNORECASE,
)
"""Of messages, and not of what else there is to go to."""
_HOURS_OF_THOSE = re.compile(
    r"^\W*(?:the )?(?:hours?|times?|shifts?|shift (?:times?|hours?)|schedule|each|all|both|they|these|every (?:shift|day|night)|it|(?:day|night|evening|morning|afternoon|swing|overnight|mid)s?(?: shifts?)?(?= ?(?::|at\b|from\b|are\b|is\b) ?\d))\b(?! (?:are|is) (?:filled|covered|taken|gone))",
    re.IGNORECASE,
)
"""`Hours are 9a to 3p`, below a sentence that names days."""
_KIND_FIRST = re.compile(r"\W*(?:day|night|evening|overnight|swing|mid|weekday|weekend)s?\b", re.IGNORECASE)
_HOURS_OF_A_KIND = re.compile(
    r"\W*(?:days?|nights?|evenings?|mornings?|afternoons?|swings?|overnights?|mids?)\b", re.IGNORECASE
)
"""`Night at 2000-0800`, behind days that were given the hours of the line right above it."""


_IN_RETURN = re.compile(r"\breturn\b(?! the favou?r)|exchange", re.IGNORECASE)


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
            if self._in_parts(line) or self._broken_off(line, str(question)):
                return 0
            self.page.ask(line, str(question))
            if str(question) in UNCLEAR:
                for draft in self.page.drafts:
                    draft.review |= {"status"} if draft.source.line == line.number else set()
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
        parts = PARTS.split(line.text[:LONGEST_LINE])
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

    def _broken_off(self, line: Line, why: str) -> bool:
        """`Mar 6 (7p-7a), 7, 8`: the days with hours of their own are read, and the rest asked about."""
        clear = before_the_break(line.text[:LONGEST_LINE]) if why == "dates without hours" else None
        if clear is None:
            return False
        try:
            self.line(replace(line, text=clear, told=line.told or line.text))
        except QuestionError:
            return False
        self.page.ask(line, why)
        return True

    def _whole(self, text: str) -> bool:
        """A date and hours, each whole."""
        tokens = self.page.lex(text)
        return self.page.names_day(tokens) and any(token.kind == "hours" for token in tokens)

    def _continues(self, line: Line, after: Line) -> bool:
        tokens = self.page.lex(after.text[:LONGEST_LINE])
        kinds = {token.kind for token in tokens}
        if _HOURS_OF_THOSE.match(after.text) and after.number <= line.number + 2 and not after.cells:
            return sum(token.kind == "hours" for token in tokens) == 1 and not kinds & {
                "date",
                "month",
                "weekday",
                "clock",
            }
        low = after.text.strip()[:1].islower() or bool(re.match(r"\(?\d{1,4}\s?[-–ap:]", after.text.strip()))
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
        text = self._behind_another(line, text)
        if not text:
            return
        text = plainly(self._without_gone(line, inner_legend(self.page, text)))
        text = days_first(self.page, in_plain_words(self.page, text))
        text, deadline = cut_deadline(self.page, without_reasons(self.page, text))
        text = trades.YOURS.sub(" ", text) if deadline else text
        text = trades.MINE.sub("", text) if self.page.swap else text
        given, wanted = self._legs(text)
        if wanted:
            self.page.ask(line, "the shift wanted in exchange")
            if not given:
                return
        text = given
        self.page.paid_more |= paid_more(text)
        parts = clauses(self.page, text)
        self.page.line_site = None
        for clause in parts:
            self._clause(line, clause, deadline)
            self._carry_site(clause)
        self.page.line_site = None
        self._unpriced(line, parts)
        self._pried(line)
        if deadline and not any(draft.source.line == line.number for draft in self.page.drafts):
            self.page.deadline = deadline
            self.page.ignored = [one for one in self.page.ignored if one.source.line != line.number]
            self.page.ignore(line, "deadline")

    def _behind_another(self, line: Line, text: str) -> str:
        """`That one is gone. I still need Sat 2/20 7a-7p.`: what is put up; of what is gone, somebody has to ask which it is."""
        page = self.page
        below = self.after.text[:LONGEST_LINE] if self.after and not self.after.cells else ""
        timed = page.has_slot(text)
        if not timed and not page.names_day(page.lex(text)) and of_another(page, text, below):
            if not points_at_one(text):
                return text
            head, rest = text, ""
        elif timed and (found := puts_up_another(page, text)):
            head, rest = found
        else:
            return text
        if page.drafts:
            self._clause(line, head, None)
        elif points_at_one(head):
            page.ask(line, "which shift is meant")
        return rest

    def _without_gone(self, line: Line, text: str) -> str:
        """`May 14, 15, 16 (16 is FILLED)`: the line without the day that a bracket closes, which is asked about."""
        found = _GONE_IN_BRACKETS.search(text)
        day = (
            re.compile(rf"[,&]?\s*(?:and )?\b{found[1]}(?:st|nd|rd|th)?(?=\s*[,&;]|\s*$)") if found else None
        )
        before = text[: found.start()] if found else ""
        if not found or not day or len(day.findall(before.rstrip())) != 1:
            return text
        self.page.ask(line, "a day that is gone")
        return day.sub("", before.rstrip()) + text[found.end() :]

    def _carry_site(self, clause: str) -> None:
        """The one site of a clause is that of those behind it which name none."""
        named = {token.value: token.text for token in self.page.lex(clause) if token.kind == "site"}
        if len(named) == 1:
            ((site, text),) = named.items()
            self.page.line_site = (str(site), text)

    def _unnumbered(self, text: str) -> str:
        """The line without its number in a list; below a month, the number before hours is the day."""
        found = _DAY_FIRST.match(text) if self.page.scope.month or self.page.subject_month else None
        if found and self.page.scope.month is None and self.page.subject_month:
            if not re.search(r"\d(?:st|nd|rd|th)", found[0], re.IGNORECASE):
                return _NUMBERED.sub("", text)
            self.page.scope.month, self.page.scope.year = self.page.subject_month
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
        if trades.NOTHING_WANTED.match(text):
            return text, ""
        if self.page.swap and (trades.WANTS.match(text) or trades.YOU_GIVE.match(text)):
            return "", text
        found = trades.WANTED.search(text) if self.page.swap else None
        if self.page.swap and self.page.has_slot(text) and (label := trades.GETS.match(text)):
            return text[label.end() :], ""
        if not found:
            return text, ""
        before, after = text[: found.start()], text[found.start() :]
        vague = before and self.page.has_slot(before) and after.lower().startswith("for ")
        wanted = is_dated_at_all(self.page, after) or _IN_RETURN.search(after) or vague
        return (before if self.page.has_slot(before) else ""), (after if wanted else "")

    def _pried(self, line: Line) -> None:
        """`Sat 12/26 7a-7p. To secure it, confirm your DEA number`: in whichever sentence it stands."""
        if PRYING.search(line.text[:LONGEST_LINE]):
            for draft in self.page.drafts:
                if draft.source.line == line.number:
                    draft.review.add("wording")

    def _unpriced(self, line: Line, clauses: Sequence[str]) -> None:
        """`2/18 7a-7p; 2/19 7p-7a $2600`: whether the amount is meant for the first as well, nobody knows."""
        mine = [draft for draft in self.page.drafts if draft.source.line == line.number]
        if len(clauses) > 1 and mine and mine[-1].pay and not any(draft.pay for draft in mine[:1]):
            for draft in mine:
                if draft.pay is None and draft.status is None:
                    draft.review.add("pay")

    def _clause(self, line: Line, text: str, deadline: Deadline | None) -> None:
        text = WHEREABOUTS.sub(" ", text)
        text = WRITTEN_ON.sub(" ", states.THAN_USUAL.sub("", states.SAID_WHEN.sub("", text)))
        if (found := states.ALL_BUT.search(text)) and self._all_but(line, text[found.end() :]):
            return
        if self._moved_it(line, text, deadline):
            return
        live, old = without_old(text)
        if old and another_day(self.page, text, live):
            raise QuestionError("which day is the old one, and which the new")
        if old and nothing_new(self.page, text, live):
            raise QuestionError("what was so before is told, and not what is so now")
        tokens = self.page.lex(live)
        days = self.page.names_day(tokens)
        hours = any(token.kind == "hours" or may_be_hours(tokens, at) for at, token in enumerate(tokens))
        clocks = sum(token.kind == "clock" for token in tokens) > 1
        if days and self._set_aside(line, text, tokens):
            return
        if not days and self.page.stretch and self._heads_others(text, tokens):
            self.page.give_up("dates")
            self.page.scope.dates = ""
        if (days or self.page.scope.dates) and (hours or (days and clocks)):
            bare = phrases.CAUSE.sub("", BREAK.sub("", ASIDE.sub("", self._of_work(without_absence(text)))))
            if phrases.NOT_A_SHIFT.search(bare):
                if any(token.kind == "site" for token in tokens) or self.page.has_slot(text):
                    raise QuestionError("it may be something other than a shift")
                self.page.ignore(line, "not-a-shift")
                return
            read_slots(self.page, line, live, tokens, deadline, old=old, days=days)
            return
        if hours and self.page.drafts and line.number - 1 in self.page.used and _HOURS_OF_A_KIND.match(text):
            raise QuestionError("other hours of the same days")
        Undated(self.page, self.after).read(line, text, tokens, days=days, hours=hours)

    def _heads_others(self, text: str, tokens: Sequence[Token]) -> bool:
        """`Nights 7p-7a` above days, below days of another heading: it is not theirs."""
        told = [token for token in tokens if token.kind == "hours"]
        return (
            bool(self.page.scope.dates)
            and _KIND_FIRST.match(text) is not None
            and heads_days(self.page, self.after, text, tokens, told)
        )

    def _moved_it(self, line: Line, text: str, deadline: Deadline | None) -> bool:
        """`We moved it to Wed 12/30, 8a-6p`: the one shift before it is withdrawn, and put up on that day."""
        found, page = states.MOVED_IT.match(text), self.page
        rest = text[found.end() :] if found else ""
        tokens = page.lex(rest)
        above = [draft for draft in page.drafts if draft.status in (None, "withdrawn")]
        if not above or not page.names_day(tokens):
            return False
        if len(above) > 1:
            for draft in above:
                draft.review.add("status")
            raise QuestionError("which shift is meant")
        if not any(token.kind in ("hours", "span", "clock") for token in tokens):
            tokens = [*tokens, Token("hours", "", len(rest), len(rest), above[0].hours)]
        count = len(page.drafts)
        if above[0].site:
            page.line_site = (above[0].site, above[0].site_text or "")
        above[0].status = "withdrawn"
        read_slots(page, line, rest, tokens, deadline, old=False, days=True)
        for draft in page.drafts[count:]:
            draft.status, draft.moved = draft.status or "offered", True
        return True

    def _of_work(self, text: str) -> str:
        """The parts of a sentence that say when, where the sentence is plainly about work at a place of ours."""
        text = _NO_EVENT.sub("", text)
        kinds = {token.kind for token in self.page.lex(text)}
        sited = any(
            self.page.has_slot(part) and any(token.kind == "site" for token in self.page.lex(part))
            for part in SENTENCE.split(text)
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
        if (
            phrases.THANKS.search(text)
            and not own_status(page, text)
            and not any(t.kind == "money" for t in tokens)
        ):
            if not in_the_past(self.page, tokens):
                raise QuestionError("thanks for a shift that is to come")
            page.ignore(line, "past")
            return True
        return False

    def _all_but(self, line: Line, rest: str) -> bool:
        """`All filled except the 1/23`: those above but these are gone. A colon puts those below up."""
        page = self.page
        above = [draft for draft in page.drafts if draft.status is None]
        if rest.strip() in ("", ":"):
            page.scope.status = "offered"
            page.ignore(line, "all-but")
            return True
        if not above and page.has_slot(rest):
            before, page.scope.status = page.scope.status, "offered"
            self._clause(line, rest, None)
            page.scope.status = before
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

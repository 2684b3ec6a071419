"""Free lines: shifts, headings, footers and prose. Each line is used, ignored by a rule, or becomes a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from connectors.offers import phrases
from connectors.offers.agreement import (
    code_disagrees,
    count_disagrees,
    half_disagrees,
    instead_of_each_other,
    is_night,
    length_disagrees,
    of_the_week,
    open_ended,
)
from connectors.offers.colours import legend_of_colours
from connectors.offers.dates import QuestionError, Slot, entries, pair
from connectors.offers.lexer import FOREIGN_MONTHS, LONGEST_LINE, MONTHS, Hours, Token
from connectors.offers.mime import Line
from connectors.offers.page import Deadline, Page, Said, is_relative
from connectors.offers.pay import is_pay, pick
from connectors.offers.rates import is_amount, rate_of_one_kind, rates_by_kind, rates_of
from connectors.offers.reading import Money, Status
from connectors.offers.standing import doubtful_status, either_or, not_put_up
from connectors.offers.vocabulary import ASIDE, BREAK, HOLIDAY, strange, words_of

_SMALL = frozenset(
    "all shifts shift hours times are is from the on for each day night nights days of and open".split()
)
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}\)|\d{1,2}\.|[*•▪–-])\s+")
_DAY_FIRST = re.compile(r"^\W{0,3}(\d{1,2})(?:st|nd|rd|th)?\s?[).:–—-]{0,2}\s+", re.IGNORECASE)
"""`19 - 7p-7a`, `20: 7a-7p`, `21st 7a-7p`, `(22) 7a-7p` below a month."""
_HOURS_NEXT = re.compile(r"[\s,(:-]{0,3}\d{1,4}(?::\d\d)?\s?[ap]?\.?m?\.?\s?(?:-|–|to\b)", re.IGNORECASE)

_CONDITION_OF_PAY = re.compile(
    r"\b(?:only|unless|except|must|provided|until|after|those|if(?! you(?:['’]d)? (?:want|like|are interested)\b| interested\b))\b",
    re.IGNORECASE,
)

_OPEN_ONES = re.compile(
    r"\b(?:open|available|unfilled|uncovered|needs?|holes?|gaps?|openings?)\b", re.IGNORECASE
)
LONGEST_HEADING = 80
SHORT = 5
"""Words; a longer line without a "that one" speaks of shifts in general."""
_SETTLED = ("withdrawn", "confirmed", "reinstated", "changed")
_NEEDED = re.compile(r"needed\W*(?:on\W*)?$", re.IGNORECASE)
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
            self.page.ask(line, str(question))
        return 0

    def _continues(self, line: Line, after: Line) -> bool:
        kinds = {token.kind for token in self.page.lex(after.text)}
        low = after.text.strip()[:1].islower() or bool(re.match(r"\s*\(?\d{1,4}\s?[-–ap:]", after.text))
        return after.number == line.number + 1 and "hours" in kinds and not kinds & {"date", "month"} and low

    def line(self, line: Line) -> None:
        """One line by itself. Raises QuestionError."""
        if len(line.text) > LONGEST_LINE and self.page.has_slot(line.text[:LONGEST_LINE]):
            raise QuestionError("longer than a line that a person writes")
        text = self._unnumbered(line.text[:LONGEST_LINE])
        if self._legend(text) or self._site_legend(text):
            self.page.used.add(line.number)
            return
        if self._month(line, text):
            return
        if self.page.colours and legend_of_colours(text) and not self.page.has_slot(text):
            self.page.ignore(line, "legend")
            return
        text = self._inner_legend(text)
        text, deadline = self._cut_deadline(text)
        given, wanted = self._legs(text)
        if wanted:
            self.page.ask(line, "the shift wanted in exchange")
            if not given:
                return
            text = given
        clauses = self._clauses(text)
        for clause in clauses:
            self._clause(line, clause, deadline)
        self._unpriced(line, clauses)
        if deadline and not any(draft.source.line == line.number for draft in self.page.drafts):
            self.page.deadline = deadline
            self.page.ignored = [one for one in self.page.ignored if one.source.line != line.number]

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

    def _month(self, line: Line, text: str) -> bool:
        """`FEBRUARY`, `LKSD – March 2027:`: the month of the days that follow, and perhaps their site."""
        page = self.page
        month, site = month_heading(text, page.lex(text))
        if month is None:
            return False
        if site and site.value != page.scope.site:
            page.heading(str(site.value), site.text)
        page.scope.month, page.scope.year = month
        page.ignore(line, "month")
        return True

    def _site_legend(self, text: str) -> bool:
        """`L = Lakeside ED, P = Pinecrest UC`: letters that stand for sites."""
        parts = [
            re.fullmatch(r"\s*([A-Z]{1,4})\s*=\s*(\S.{1,40}?)[\s.]*", part)
            for part in re.split(r"[,;]\s+", text)
        ]
        told: dict[str, Token | None] = {}
        for one in parts:
            if one is None:
                return False
            tokens = self.page.lex(one[2])
            plain = len(tokens) == 1 and tokens[0].kind == "site" and one[1] not in told
            if not plain and any(
                token.kind in ("hours", "span", "clock", "date", "money") for token in tokens
            ):
                return False
            told[one[1]] = tokens[0] if plain else None
        if not any(told.values()):
            return False
        self.page.site_codes |= told
        return True

    def _legend(self, text: str) -> bool:
        """`D = 0800-1600`, or several of them: codes that stand for hours from here on."""
        text = text.strip()
        bare = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
        parts = [
            part
            for part in re.split(r"[,;|]\s+|\s{2,}(?=[A-Z])|\s+(?=[A-Z][A-Za-z0-9]{0,4}\s?=)", bare)
            if part
        ]
        spaced = len(parts) > 1
        joint = r"(?:=|:|–|-|→)" if not spaced else r"(?:=|:|–|-|→|\s)"
        found = [
            re.fullmatch(rf"([A-Z][A-Za-z0-9]{{0,4}})\s*{joint}\s*(\S.{{3,30}})", part) for part in parts
        ]
        if not found or not all(found):
            return False
        legend: dict[str, str] = {}
        for one in found:
            assert one
            hours = [token for token in self.page.lex(one[2]) if token.kind == "hours"]
            if (
                len(hours) != 1
                or len(hours[0].text) < len(one[2].strip()) - 6
                or one[1].upper() in phrases.KNOWN_CODES - {"DAY", "NIGHT"}
                or (spaced and len(hours[0].text) < len(one[2].strip()))
            ):
                return False
            legend[one[1]] = hours[0].text
        self.page.legend |= legend
        return True

    def legends(self, lines: Sequence[Line]) -> None:
        """The codes that are explained somewhere, be it below their use; not those that change their meaning."""
        for line in lines:
            self._half_legend(line.text[:200])
            if not line.cells and "=" in line.text[:200]:
                self._site_legend(line.text[:200])
        before = dict(self.page.legend)
        told: dict[str, set[str]] = {}
        for line in lines:
            self.page.legend = {}
            told_codes = not line.cells and (
                "=" in line.text or re.match(r"\s*\(?[A-Z]\w{0,4} \d", line.text)
            )
            if told_codes and (
                self._legend(line.text[:200]) or self._inner_legend(line.text[:200]) != line.text[:200]
            ):
                for code, hours in self.page.legend.items():
                    told.setdefault(code, set()).add(hours)
        self.page.legend = before | {code: min(hours) for code, hours in told.items() if len(hours) == 1}

    def _half_legend(self, text: str) -> None:
        page = self.page
        tokens = page.lex(text)
        if page.names_day(tokens) or any(t.kind in ("month", "weekday") for t in tokens):
            return
        told = {
            found[1].lower(): token.text
            for found in phrases.HALF_LEGEND.finditer(text)
            for token in tokens
            if token.start == found.end() and isinstance(token.value, Hours) and not token.value.unsure
        }
        if any(page.half_hours.get(half, hours) != hours for half, hours in told.items()):
            page.half_hours = {}  # Said twice, and otherwise: nothing is clear.
            return
        page.half_hours |= told

    def _inner_legend(self, text: str) -> str:
        """`LKSD needs. D = 7a-7p, N = 7p-7a.`: codes that are explained with an equals sign, cut out of the line."""
        for found in reversed(
            list(
                re.finditer(
                    r"\b([A-Z][A-Za-z0-9]{0,4})\s*=\s*([^,;.=]{3,24}?)(?=\s+[A-Z]\w{0,4}\s*=|[,;.]|$)", text
                )
            )
        ):
            hours = [token for token in self.page.lex(found[2]) if token.kind == "hours"]
            if len(hours) == 1 and found[1] not in phrases.KNOWN_CODES - {"DAY", "NIGHT"}:
                self.page.legend[found[1]] = hours[0].text
                end = found.start(2) + hours[0].end
                text = f"{text[: found.start()]} {text[end + self._pay_of_code(found[1], text[end:]) :]}"
        return text

    def _pay_of_code(self, code: str, behind: str) -> int:
        """The characters behind `D = 7a-7p` that say what it pays: ` ($2,200)`."""
        found = re.match(r"\s*[(,@]?\s*(?=[$£€])", behind)
        token = next(iter(self.page.lex(behind[found.end() : found.end() + 30])), None) if found else None
        if not found or token is None or token.kind != "money":
            return 0
        pay, doubtful = pick([token])
        if pay is None or doubtful:
            return 0
        self.page.legend_pay[code] = pay
        end = found.end() + token.end
        return end + behind[end:].startswith(")")

    def _cut_deadline(self, text: str) -> tuple[str, Deadline | None]:
        """The text without what it says of when to answer, and that moment; said twice, in two languages, it is one."""
        told: Deadline | None = None
        at = 0
        while found := phrases.DEADLINE.search(text, at):
            at = found.end()
            cut = self._deadline_at(text, found)
            if cut is None or told not in (None, cut[0]):
                continue
            told, begin, end = cut
            text = f"{text[:begin].rstrip(' ,')} {text[end:]}"
            at = begin
        return text, told

    def _deadline_at(self, text: str, found: re.Match[str]) -> tuple[Deadline, int, int] | None:
        """That moment, and the place in the text that says it; None where the words are about something else."""
        if _NEEDED.match(found[0]) and "confirm" not in text.lower():
            return None  # `Nights needed: 2/20`
        begins = max(text.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ", "; ", ": "))
        if found[0].lower() in ("by", "before") and not phrases.ANSWER.search(
            re.split(r"[.!?;]\s", text[begins + 1 :])[0]
        ):
            return None  # `Flu shots by Dec 15`
        begin = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" :"))
        moment = self.page.moment(text[begin : begin + 60])
        if moment is None:
            return None
        deadline, used = moment
        if found[0].lower().endswith("before") and deadline.minutes is None and deadline.exact is None:
            deadline = deadline._replace(day=deadline.day - timedelta(days=1))
        if found[0].rstrip().lower().endswith(" on") and _HOURS_NEXT.match(text, begin + used):
            return None  # "needed on 3/20 7a-7p"
        return deadline, found.start(), begin + used

    def _legs(self, text: str) -> tuple[str, str]:
        """In a swap, (what is given, what is wanted); else everything is given."""
        if self.page.swap and phrases.WANTS.match(text):
            return "", text
        found = phrases.WANTED.search(text) if self.page.swap else None
        if not found or phrases.GETS.match(text):
            return text, ""
        before, after = text[: found.start()], text[found.start() :]
        wanted = self._dated(after) or "return" in after or "exchange" in after
        return (before if self.page.has_slot(before) else ""), (after if wanted else "")

    def _clauses(self, text: str) -> list[str]:
        parts = re.split(r"(?<=[\w)])[.;]\s+(?=[A-Z\d$£€])|,?\s+but\s+|\s+while\s+", text)
        parts = [part for part in parts if part.strip()]
        slots = [part for part in parts if self.page.has_slot(part)]
        if len(slots) == 1 and any(self._of_gone_day(part) for part in parts if part not in slots):
            return [*slots, *(part for part in parts if part not in slots)]
        if len(slots) < 2:
            return [text]
        priced = [part for part in parts if any(t.kind == "money" for t in self.page.lex(part))]
        if len(priced) == 1 and priced[0] == parts[-1] and priced[0] not in slots:
            # What is said of pay behind them all holds for each.
            return [f"{part}. {priced[0]}" if part in slots else part for part in parts[:-1]]
        return parts

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

    def _dated(self, text: str) -> bool:
        return bool({token.kind for token in self.page.lex(text)} & {"date", "month", "weekday", "hours"})

    def _clause(self, line: Line, text: str, deadline: Deadline | None) -> None:
        if (found := phrases.ALL_BUT.search(text)) and self._all_but(line, text[found.end() :]):
            return
        live, old = _without_old(text)
        if old and _another_day(self.page, text, live):
            raise QuestionError("which day is the old one, and which the new")
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
            self._slots(line, live, tokens, deadline, old=old, days=days)
            return
        self._without_slots(line, text, tokens, days=days, hours=hours)

    def _of_work(self, text: str) -> str:
        """The parts of a sentence that say when, where the sentence is plainly about work at a place of ours."""
        kinds = {token.kind for token in self.page.lex(text)}
        if "site" not in kinds or not phrases.WORK.search(text):
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
        if page.has_slot(rest) or not days or not days <= {draft.day for draft in above}:
            return False
        for draft in above:
            draft.status = "offered" if draft.day in days else "withdrawn"
        return True

    # -- lines with dates and hours -----------------------------------------------------------------------------

    def _slots(
        self, line: Line, text: str, tokens: list[Token], deadline: Deadline | None, *, old: bool, days: bool
    ) -> None:
        page = self.page
        if text.count("(") != text.count(")"):
            raise QuestionError("a bracket is not closed")
        if not days:
            tokens = [*page.lex(page.scope.dates), *tokens]
            page.take("dates")
        if page.swap and re.search(r"\bfor\b", text) and sum(t.kind == "hours" for t in tokens) > 1:
            raise QuestionError("which of the two shifts is given, and which is wanted")
        moved = phrases.MOVED.search(text)
        status = page.status(text)
        if status == "changed" and phrases.NEWLY.search(text):
            tokens = _without_usual(tokens, page.legend)
        if moved and status in (None, "changed"):
            if self._moved(line, text, moved.start(), moved.end(), deadline):
                return
            raise QuestionError("what moved, and to when")
        if phrases.ARROW.search(text):
            raise QuestionError("which hours are the old ones, and which the new")
        if status is None and phrases.ANNOUNCED.search(text) and not any(t.kind == "money" for t in tokens):
            raise QuestionError("a change is announced, and not told")
        slots = _once(pair(entries(tokens, page.calendar()), f"{page.halves(text)} {_how_many(text)}"))
        unclear = set() if page.swap else half_disagrees(f"{text} {'' if days else page.scope.dates}", slots)
        unclear |= open_ended(text, tokens, slots) | instead_of_each_other(tokens, slots)
        slots, odd = of_the_week(slots, text)
        unclear |= odd
        status = "changed" if old and status in (None, "offered") else status
        pays = self._pays(slots, text, tokens)
        site, site_text, review = page.site(tokens, text)
        stated = page.own_status(text) not in (None, "offered") or old
        self._check_status_of(text, slots)
        if not stated:
            review |= page.doubts(tokens if days else page.lex(text), text, [slot.day for slot in slots])
        elif (
            phrases.OTHER_SHIFTS.search(text)
            or doubtful_status(text, status)
            or page.status_apart(text)
            or (
                page.foreign
                and page.doubts(tokens, phrases.without_status(text), [slot.day for slot in slots])
            )
        ):
            review.add("status")
        if not stated and ((not review and not_put_up(text)) or page.unsure_heading(text)):
            review.add("status")
        if len(slots) > 1 and either_or(tokens) and not phrases.choice_of(text):
            if phrases.EITHER.search(text) and len({slot.day for slot in slots}) == len(slots):
                page.choose = 1
            else:
                review.add("choose")
        emr = next((str(t.value) for t in tokens if t.kind == "emr"), None)
        review |= count_disagrees(text, slots)
        review |= (
            code_disagrees(text, slots)
            | length_disagrees(text, slots)
            | unclear
            | page.left_over(tokens, text, slots)
        )
        if not any(token.kind == "money" for token in tokens) and page.says_pay(
            # Of a shift that is known, and whose hours alone are others, the rate is known too.
            phrases.SAME_RATE.sub("", text) if status == "changed" else text
        ):
            pays = dict.fromkeys(pays, (None, True))
        said = Said(status, site, site_text, emr, frozenset(review))
        if len(slots) > 1 and phrases.LETTERED_BLOCK.match(text) and not page.all_or_nothing:
            said = replace(said, review=said.review | {"block"})
        for slot in slots:
            page.put(line, slot, tokens, said, pays[slot.group], deadline)
        self.terms(line, text)

    def _check_status_of(self, text: str, slots: Sequence[Slot]) -> None:
        """`Sat 2/20 7a-7p, Sunday is covered`: a status of a weekday is one of its shifts alone."""
        page = self.page
        status = page.own_status(text)
        if status in (None, "offered"):
            return
        tokens = page.lex(phrases.where_status(text, status))
        named = {token.value for token in tokens if token.kind == "weekday"}
        if named and not page.names_day(tokens) and {slot.day.weekday() for slot in slots} != named:
            raise QuestionError("which shift is meant")

    def _moved(self, line: Line, text: str, start: int, end: int, deadline: Deadline | None) -> bool:
        """`A has moved to B`: A is withdrawn, B offered with the same hours unless it has its own."""
        page = self.page
        before, after = text[:start], re.sub(r"^\s*to\b", "", text[end:])
        if not self._dated(after) or not page.has_slot(before):
            return False
        first = len(page.drafts)
        self._slots(replace(line, void=False), before, page.lex(before), None, old=False, days=True)
        gone = page.drafts[first:]
        tokens = page.lex(after)
        if len(gone) != 1 or not any(token.kind in ("date", "month") for token in tokens):
            del page.drafts[first:]
            return False
        if not any(token.kind in ("hours", "span") for token in tokens):
            tokens = [*tokens, Token("hours", "", len(after), len(after), gone[0].hours)]
        gone[0].status = "withdrawn"
        for slot in pair(entries(tokens, page.calendar()), ""):
            new = replace(
                gone[0], day=slot.day, hours=slot.hours, status="offered", moved=True, review=set(slot.review)
            )
            new.pay, doubtful = pick([token for token in tokens if token.kind == "money"])
            new.review |= {"pay"} if doubtful else set()
            page.add(line, new, deadline)
        return True

    def _pays(
        self, slots: Sequence[Slot], text: str, tokens: Sequence[Token]
    ) -> dict[int, tuple[Money | None, bool]]:
        """One pay for the line; or one for each group of dates where each is followed by its own, or by its kind."""
        groups = sorted({slot.group for slot in slots})
        moneys = [token for token in tokens if token.kind == "money"]
        if rates := rates_by_kind(text, tokens):
            due = {
                group: {pay for s in slots if s.group == group for pay in rates_of(s.day, s.hours, rates)}
                for group in groups
            }
            return {
                group: (next(iter(pays)), False) if len(pays) == 1 else (None, True)
                for group, pays in due.items()
            }
        own = [token for token in moneys if is_pay(token)]
        if len(groups) > 1 and len(own) == len(groups):
            return {group: pick([token]) for group, token in zip(groups, own, strict=True)}
        return dict.fromkeys(groups, pick(moneys))

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
        terms = self.terms(line, text)
        if (
            status in ("withdrawn", "reinstated", "confirmed")
            and not heading
            and not hours
            and self._of_day(text, status, tokens)
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
            page.scope.status, page.scope.unsure_status = _heading_status(found[1]), False
            return
        if status in ("withdrawn", "reinstated", "confirmed") and not heading and not site:
            self._about_those_above(text, status)
        if not heading:
            self._loose_status(text, status, site)
        if self._pay_by_site(tokens):
            return
        short = len(text.split()) <= 9 and not text.rstrip().endswith((".", "!", "?"))
        if (short or heading) and len({token.value for token in tokens if token.kind == "site"}) > 1:
            page.heading(None, text.strip())
        elif site and (short or heading):
            self._heading(site, tokens, text)
            page.heading_status(text, status)
        if status in ("withdrawn", "confirmed", "reinstated") and phrases.NUMBERED.search(text):
            raise QuestionError("which shift is meant")
        _date_or_hours(tokens, site)
        if hours and (site or money) and (phrases.SOON.search(text) or HOLIDAY.search(text)):
            raise QuestionError("which date is meant")
        told = [token for token in tokens if token.kind == "hours"]
        heads_days = self._heads_days(text, tokens, told)
        if money:
            # Below its heading: what a heading pays holds for what stands under it.
            self._footer_pay(tokens, money, text, heads=heads_days or bool(site and (short or heading)))
        if self._terms_of_all(text, tokens, money, told):
            page.scope.hours = told[0].text
        elif heads_days:
            page.scope.hours = self._half_named(text) + told[0].text
        if site and heading and len(told) == 1:
            page.wait("hours", line)
            page.scope.hours = told[0].text
        if site and (short or heading):
            pass
        elif (
            heading
            or (phrases.FACILITY.fullmatch(text.strip()) and len(text.split()) <= 5)
            or self._over_days(text, tokens)
        ):
            self._other_heading(text, tokens, status, heading=heading or self._over_days(text, tokens))
        self._bare_clock(text, tokens, site)
        if phrases.ORDINAL.search(text) and not terms and not phrases.NOT_A_SHIFT.search(text):
            raise QuestionError("which month is meant")
        if not (site or money or terms or status):
            self._weekday_of_those_above(text, tokens)
            page.ignore(line, "prose")

    def _terms_of_all(
        self, text: str, tokens: Sequence[Token], money: Sequence[Token], told: Sequence[Token]
    ) -> bool:
        """`$2,750 per day, 0700H-0700H, in-house.`: what a shift pays and when it is, for the days below that have no hours.

        Not where it is of one kind of shift, or of a day of the week.
        """
        return (
            len(told) == 1
            and len(money) > 0
            and is_pay(money[0])
            and not tokens_dated([token for token in tokens if token not in told])
            and not re.search(
                r"\b(?:nights?|days|weekends?|weekdays?|evenings?|if|call)\b", text, re.IGNORECASE
            )
            and not phrases.NOT_A_SHIFT.search(text)
            and not self.page.doubts(tokens, text)
            and not self.page.scope.hours
        )

    def _pay_by_site(self, tokens: Sequence[Token]) -> bool:
        """`Rates: CVE $170/hr, CVW $180/hr`: each site with its own amount."""
        told: dict[str, Money] = {}
        site = ""
        for token in tokens:
            if token.kind == "site":
                if site or str(token.value) in told:
                    return False
                site = str(token.value)
            elif token.kind == "money":
                pay, doubtful = pick([token])
                if pay is None or doubtful or not site:
                    return False
                told[site], site = pay, ""
        if len(told) < 2 or site:
            return False
        self.page.site_pays |= told
        return True

    def _heads_days(self, text: str, tokens: Sequence[Token], told: Sequence[Token]) -> bool:
        """`Nights 7p-7a, $2,100 per night.` above lines that hold nothing but days."""
        page = self.page
        below = page.lex(self.after.text[:LONGEST_LINE]) if self.after and not self.after.cells else []
        return (
            len(told) == 1
            and not any(token.kind in ("date", "weekday", "span", "clock") for token in tokens)
            and bool(below)
            and page.names_day(below)
            and not any(token.kind in ("hours", "span", "clock") for token in below)
            and not phrases.NOT_A_SHIFT.search(text)
            and not re.search(r"\b(?:if|call)\b", text, re.IGNORECASE)
            and not page.doubts(tokens, text)
        )

    def _half_named(self, text: str) -> str:
        """`night ` or `day ` where the line says which of them its hours are."""
        words = phrases.halves(text).split()
        return f"{words[0]} " if len(words) == 1 else ""

    def _of_day(self, text: str, status: Status, tokens: Sequence[Token]) -> bool:
        """`The 2/20 is filled`, `Sunday has been taken`: a shift above, by its day. Raises where that is not one shift."""
        page = self.page
        weekdays = {token.value for token in tokens if token.kind == "weekday"}
        days = (
            {day for entry in entries(tokens, page.calendar()) for day in entry.days}
            if page.names_day(tokens)
            else set()
        )
        sites = {token.value for token in tokens if token.kind == "site"}
        above = [draft for draft in page.drafts if not sites or draft.site in sites]
        if not above or not (days or weekdays) or phrases.OTHER_SHIFTS.search(text):
            return False
        words = phrases.halves(text).split()
        meant = [draft for draft in above if (draft.day in days if days else draft.day.weekday() in weekdays)]
        if len(words) == 1:
            meant = [draft for draft in meant if is_night(draft.hours) == (words == ["night"])]
        told = {draft.day for draft in meant}
        if (
            not meant
            or page.status_apart(text)
            or len(meant) != len(told)
            or (days and told != days)
            or (not days and len(told) != len(weekdays))
        ):
            for draft in meant:
                draft.review.add("status")
            raise QuestionError("which shift is meant")
        for draft in meant:
            if draft.status is None:
                draft.status = status
            elif draft.status != status:
                draft.review.add("status")
        return True

    def _about_those_above(self, text: str, status: Status) -> None:
        """`That one has been filled`: clear after one shift, a question after more."""
        page = self.page
        pronoun = phrases.PRONOUN.search(text)
        if not pronoun:
            if self.page.drafts and len(text.split()) <= SHORT and not phrases.SHIFTS_AT_LARGE.search(text):
                for draft in page.drafts:
                    if draft.status is None:
                        draft.review.add("status")
                raise QuestionError("which shift is meant")
            if not phrases.SHIFTS_AT_LARGE.search(text):
                page.loose_statuses.append(text)
            return
        if not page.drafts and not phrases.SHIFTS_AT_LARGE.search(text):
            page.loose_statuses.append(text)
        if page.drafts and page.status_apart(text):
            for draft in page.drafts:
                if draft.status is None:
                    draft.review.add("status")
            raise QuestionError("which shift is meant")
        open_ones = [draft for draft in page.drafts if draft.status is None]
        several = re.search(r"\b(?:those|these|they|both|all)\b", text, re.IGNORECASE)
        if len(open_ones) == len(page.drafts) and (len(open_ones) == 1) == (several is None):
            for draft in open_ones:
                draft.status = status
            return
        for draft in open_ones:
            draft.review.add("status")
        raise QuestionError("which shift is meant")

    def _loose_status(self, text: str, status: Status | None, site: Token | None) -> None:
        """Keep a sentence that states a status of shifts which it does not name."""
        stated = (
            (phrases.RAISED.search(text) if status == "changed" else site) if status in _SETTLED else None
        )
        if stated and not phrases.SHIFTS_AT_LARGE.search(text):
            self.page.loose_statuses.append(text)

    def _weekday_of_those_above(self, text: str, tokens: Sequence[Token]) -> None:
        """`Never mind Friday`, `Friday went to Dr. Patel`: whatever is said of it, it is no longer sure."""
        for at, token in enumerate(tokens):
            if token.kind == "month" and "number" in [one.kind for one in tokens[at + 1 : at + 3]]:
                raise QuestionError("no hours")  # `Feb: 20, 21, 22`
        named = {token.value for token in tokens if token.kind == "weekday"}
        if (
            phrases.NOT_A_SHIFT.search(text)
            or phrases.DEADLINE.search(text)
            or phrases.CLOCK_CHANGE.search(text)
        ):
            return
        meant = [draft for draft in self.page.drafts if draft.day.weekday() in named and draft.status is None]
        if meant and re.search(r"\b(?:only|just|left|rest|except)\b", text, re.IGNORECASE):
            meant = self.page.drafts
        for draft in meant:
            draft.review.add("status")

    def _heading(self, site: Token, tokens: Sequence[Token], text: str) -> None:
        emr = next((str(t.value) for t in tokens if t.kind == "emr"), None)
        zone = next((str(t.value) for t in tokens if t.kind == "zone"), None)
        known = frozenset(key.lower() for key in self.page.legend)
        left = text[: site.start] + " " + text[site.end :]
        for token in tokens:
            if token.kind in ("emr", "zone", "money", "noise"):
                left = left.replace(token.text, " ")
        if re.search(r"\bthank|\bwork\b", text, re.IGNORECASE) and strange(words_of(left), known):
            return
        self.page.heading(str(site.value), site.text, emr, zone)

    def _over_days(self, text: str, tokens: Sequence[Token]) -> bool:
        """`Oakdale` by itself above a line with dates: whatever it is called, it may be where they are."""
        plain = text.strip()
        return (
            self.after is not None
            and self.page.has_slot(self.after.text[:LONGEST_LINE])
            and len(plain.split()) <= 5
            and plain[:1].isupper()
            and plain[-1].isalnum()
            and not re.search(r":|\bDr\b|\btimes?\b", plain)
            and not any(token.kind == "money" for token in tokens)
        )

    def _other_heading(
        self, text: str, tokens: Sequence[Token], status: Status | None, *, heading: bool
    ) -> None:
        """A heading that names a place nobody knows ends the one above; any other one only its status."""
        page = self.page
        name = text.strip().rstrip(":")
        named = [w for w in words_of(name) if w[:1].isupper() and strange([w], frozenset())]
        place = (
            phrases.FACILITY.search(name)
            or phrases.ELSEWHERE.search(name)
            or (heading and named and len(name.split()) <= 5 and not tokens_dated(tokens))
        )
        if place and status is None and not phrases.LEAD.search(name.lower()):
            page.heading(None, name)
            return
        page.heading_status(text, status)

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
            self._slots(line, told, page.lex(told), None, old=False, days=True)
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
            self._slots(line, joined, page.lex(joined), None, old=False, days=True)
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

    def _footer_pay(
        self, tokens: Sequence[Token], money: Sequence[Token], text: str, *, heads: bool = False
    ) -> None:
        """Pay that stands without dates holds for all shifts, or for those of a legend's code before it."""
        page = self.page
        coded = False
        last = ""
        for token in tokens:
            last = token.text if token.text in page.legend else last
            if token.kind == "money" and last:
                pay, _ = pick([token])
                if pay:
                    page.legend_pay[last] = pay
                    coded = True
                last = ""
        if coded:
            return
        if rates := rates_by_kind(text, tokens):
            page.add_rates(rates)
            return
        for part in re.split(r"(?<=[\w)])[.;!]\s+(?=[A-Z])", text):
            inner = page.lex(part)
            if (
                (rates := rate_of_one_kind(part, inner))
                and not page.doubts(inner, part)
                and len(money) == 1
                and not _CONDITION_OF_PAY.search(text)
            ):
                page.add_rates(rates)
                return
        pay, doubtful = pick(money)
        if pay is None and not doubtful:
            return
        if phrases.NEWLY.search(text):
            for draft in page.drafts:
                if draft.pay and draft.pay != pay:
                    draft.review.add("pay")
        unclear = not heads and self._of_some_alone(text)
        if doubtful or unclear:
            page.conditional_pay = page.conditional_pay or any(map(is_amount, money))
        elif pay:
            page.pays.append((page.scope.section, pay))

    def _of_some_alone(self, text: str) -> bool:
        """Whether the sentence with an amount may be of some shifts, or of somebody else, alone."""
        page = self.page
        for sentence in phrases.SENTENCE_END.split(text):
            part = phrases.BOTH_HALVES.sub("", sentence)
            tokens = page.lex(part)
            if any(token.kind == "money" for token in tokens) and (
                phrases.SOME_SHIFTS.search(part) or page.doubts(tokens, part)
            ):
                return True
        return False

    def terms(self, line: Line, text: str) -> bool:
        """All-or-nothing and pick-n phrases; True where the line holds one."""
        page = self.page
        whole, most = phrases.all_or_nothing(text), phrases.choice_of(text)
        if whole:
            mine = [draft for draft in page.drafts if draft.source.line == line.number]
            if len(mine) > 1:
                for draft in mine:
                    draft.block = f"b{line.number}"
            else:
                page.all_or_nothing = "each" if phrases.EACH.search(text) else "all"
        elif phrases.MAYBE_WHOLE.search(text) and not phrases.prefers(text):
            page.maybe_whole = True
        if most:
            page.choose = most
        return bool(whole or most)


def _once(slots: Sequence[Slot]) -> list[Slot]:
    """Without what is said twice on one line: `2300-0700 (11p-7a)`, or the same in another language."""
    return list({(slot.day, slot.hours.start, slot.hours.end): slot for slot in reversed(slots)}.values())[
        ::-1
    ]


def _without_usual(tokens: Sequence[Token], codes: Collection[str]) -> list[Token]:
    """`E2   updated time: 1700-0100`: beside new hours, a code only says which shift it is."""
    plain = [token for token in tokens if not (token.kind == "hours" and token.text in codes)]
    return plain if any(token.kind == "hours" for token in plain) else list(tokens)


def _how_many(text: str) -> str:
    """`both` where the text says so of two nights with a dash between them."""
    return "both" if re.search(r"\b(?:both|pair|each|the two)\b", text, re.IGNORECASE) else ""


def _is_clock(token: Token) -> bool:
    """`0700`, and not a year."""
    return len(token.text) in (3, 4) and token.text.isdigit() and not token.text.startswith("20")


def _date_or_hours(tokens: Sequence[Token], site: Token | None) -> None:
    spans = [token for token in tokens if token.kind == "span"]
    if spans and site and any(token.kind == "hours" for token in tokens):
        raise QuestionError(f"{spans[0].text} may be a date")


def month_heading(text: str, tokens: Sequence[Token]) -> tuple[tuple[int, int | None] | None, Token | None]:
    """The month (and year) of a line that names nothing else but perhaps a site, and that site."""
    sites = [token for token in tokens if token.kind == "site"]
    bare = text if len(sites) != 1 else f"{text[: sites[0].start]} {text[sites[0].end :]}"
    bare = bare.strip()
    found = phrases.MONTH_HEADING.fullmatch(bare) if len(bare) <= LONGEST_HEADING else None
    if not found:
        return None, None
    month = MONTHS.index(found[1].lower()) + 1
    return (month, int(found[2]) if found[2] else None), sites[0] if sites else None


def tokens_dated(tokens: Sequence[Token]) -> bool:
    return any(token.kind in ("date", "month", "weekday", "hours", "span") for token in tokens)


def _heading_status(word: str) -> Status | None:
    word = word.lower()
    if word.startswith(("delet", "remov", "fill", "cancel", "gone", "taken", "closed", "no longer")):
        return "withdrawn"
    if "confirm" in word:
        return "confirmed"
    if word.startswith(("chang", "updat")):
        return "changed"
    return None


def _another_day(page: Page, whole: str, live: str) -> bool:
    """Whether a date stands both in what was so before and in what is so now: then it is another shift."""
    before, now = page.lex(whole), page.lex(live)
    return page.names_day(now) and sum(t.kind in ("date", "month") for t in before) > sum(
        t.kind in ("date", "month") for t in now
    )


def _without_old(text: str) -> tuple[str, bool]:
    """The text without what it says was so before, and whether there was any such thing."""
    found = phrases.OLD.search(text)
    if not found:
        return text, False
    end = re.compile(r"[;)]|,(?!\d)|\.(?!\d)|\bnow\b|$").search(text, found.end())
    assert end
    return f"{text[: found.start()]} {text[end.start() :]}", True

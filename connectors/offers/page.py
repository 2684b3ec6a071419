"""One message while it is being read: what was found so far, what holds for the lines to come, what fills gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from connectors.offers import daynight, phrases
from connectors.offers.almanac import Calendar
from connectors.offers.dates import is_relative
from connectors.offers.draft import Scope
from connectors.offers.found import Found
from connectors.offers.lexer import LONGEST_LINE, lex
from connectors.offers.mime import Line, Mail
from connectors.offers.moments import Deadline, moment
from connectors.offers.pay import is_pay, pick, told_twice
from connectors.offers.people import Names
from connectors.offers.rates import RateKind, is_amount
from connectors.offers.reading import (
    Ignored,
    Lexicon,
    Money,
    SiteNames,
    Source,
    Unit,
    Unresolved,
)
from connectors.offers.template import order_of_domain, with_aliases, writer
from connectors.offers.tokens import Hours, RawMoney, Token

_SENTENCE_ENDS = re.compile(r"[.!?](?:\s+(?=[A-Z])|\s*$)")
_ANSWER = re.compile(r"\s*(?:re|aw)\s*:", re.IGNORECASE)
_ALL_OF_SCOPE = attrgetter(*(one.name for one in fields(Scope)))
MOST_SHIFTS = 400
"""In one message; a person offers fewer."""
UNCLEAR = (
    "some of it is gone, and some is not",
    "it reads as gone and as open",
    "what was decided of which request",
)
"""Statuses that nobody can take apart: they may be of any shift of the message."""


class Page(Found):
    """The state of one message. Readers of lines and of records write to it; `finish` fills the gaps."""

    def __init__(self, mail: Mail, lexicon: Lexicon, now: datetime | None) -> None:
        self.mail = mail
        self.sender, self.template = writer(mail, lexicon)
        self.lexicon = with_aliases(lexicon, self.template)
        self.order_of_colleagues = None if self.sender else order_of_domain(mail, lexicon)
        self.sent = mail.date or now or datetime.now(UTC)
        self.today = self.sent.date()
        self.sites_by_word, self.short_names = _by_first_word(self.lexicon.sites)
        """`Lakeside` for Lakeside ED, where no other site is called so; and what finds such a word in a text."""
        self.short_named: dict[str, tuple[int, str] | None] = {}
        """Where one stands in which text."""
        self.names = Names(mail.reader, mail.name, mail.sender, _all_names(self.lexicon.sites))
        self.seen: dict[tuple[str, bool, int], bool] = {}
        """Which texts hold a date and hours: the same line is asked about many times."""
        super().__init__(Scope(hours=self.template.hours), dict(self.template.codes))

    @property
    def answers(self) -> bool:
        """Whether the message answers an older one."""
        return _ANSWER.match(self.mail.subject) is not None or any(
            one.rule in ("quote", "quote-line") for one in self.ignored
        )

    def lex(self, text: str) -> list[Token]:
        """Tokens, with the message's own legend applied."""
        tokens = lex(text, self.lexicon)
        if self.short_names and (short := self._short_name(text)):
            at, name = short
            tokens = [
                replace(token, kind="site", value=self.sites_by_word[name])
                if token.start == at and token.kind == "word"
                else token
                for token in tokens
            ]
        if tokens and tokens[0].kind == "word" and tokens[0].text in self.site_codes:
            # At the head of a line alone: a letter within it may be anything.
            meant = self.site_codes[tokens[0].text]
            tokens[0] = replace(tokens[0], kind="site", value=meant.value) if meant else tokens[0]
        if not self.legend:
            return tokens
        return [
            replace(
                lex(self.legend[token.text], self.lexicon)[0],
                text=token.text,
                start=token.start,
                end=token.end,
            )
            if token.kind in ("word", "emr") and token.text in self.legend
            else token
            for token in map(_undotted, tokens)
        ]

    def _short_name(self, text: str) -> tuple[int, str] | None:
        """Where a site's short name stands in a text, and the name."""
        if text not in self.short_named and self.short_names:
            found = self.short_names.search(text)
            group = 1 if found and found[1] else 2
            self.short_named[text] = (found.start(group), found[group]) if found else None
        return self.short_named[text]

    def trace(self) -> tuple[object, ...]:
        """Changes whenever a line has left something behind."""
        counted = (
            self.drafts,
            self.unresolved,
            self.ignored,
            self.pays,
            self.legend,
            self.legend_pay,
            self.site_pays,
            self.rates,
        )
        said = (
            self.deadline,
            self.all_or_nothing,
            self.choose,
            self.conditional_pay,
            _ALL_OF_SCOPE(self.scope),
        )
        pays = tuple(draft.pay for draft in self.drafts)
        return (*(len(one) for one in counted), *said, *(draft.status for draft in self.drafts), pays)

    def lost(self, line: Line, before: tuple[object, ...]) -> bool:
        """Whether a line with a date and hours only changed the scope: then it said more than was understood."""
        if not self.tells_slot(line.text[:LONGEST_LINE]):
            return False
        now = self.trace()
        kept = (0, 1, 2, 4)  # drafts, questions, what was set aside, the legend
        return all(now[at] == before[at] for at in kept) and not any(
            line in waiting for waiting in self.waiting.values()
        )

    def pick_once(self, tokens: Sequence[Token], hint: Unit | None = None) -> tuple[Money | None, bool]:
        """The pay, as `pick` has it; of one that is told by the hour and as what it comes to, that which is told first."""
        if two := told_twice(tokens):
            (first, _), (second, _) = (pick([token], "shift") for token in two)
            if first and second:
                self.twice_told.setdefault(first, set()).add(second)
                return first, False
        return pick(tokens, hint)

    def add_rates(self, rates: dict[RateKind, Money]) -> None:
        """What this section pays by kind of shift."""
        self.rates[self.scope.section] = self.rates.get(self.scope.section, {}) | rates
        self._tell_pays(*rates.values())

    def add_pay(self, pay: Money) -> None:
        """What this section pays."""
        self.pays.append((self.scope.section, pay))
        self._tell_pays(pay)

    def _tell_pays(self, *pays: Money) -> None:
        above = 0 if "hours" in self.waiting else len(self.drafts)  # Below hours alone it is a heading's.
        self.pays_told += [(self.stretch, above, pay) for pay in pays]

    def says_pay(self, text: str) -> bool:
        """Whether pay is spoken of in a way that no amount was made of: `Pay 2300`, `2.3k a shift`, `same rate`."""
        bare = list(phrases.SAME_AS_EVER.sub(lambda found: " " * len(found[0]), text))
        for token in lex(text, self.lexicon):
            if token.kind not in ("word", "number", "mark", "noise"):
                bare[token.start : token.end] = " " * (token.end - token.start)
        return phrases.PAY_SAID.search("".join(bare)) is not None

    def pay_lost(self, line: Line, before: tuple[object, ...]) -> bool:
        """Whether an amount stands on a line that nothing came of: those without pay are then in question."""
        now = self.trace()
        if (
            now[3:8] != before[3:8]
            or now[-1] != before[-1]
            or any(draft.source.line == line.number for draft in self.drafts)
        ):
            return False
        text = line.text[:LONGEST_LINE]
        return any(map(is_amount, lex(text, self.lexicon))) or self.says_pay(text)

    def lose_amounts(self, tokens: Sequence[Token]) -> None:
        """Amounts of which nobody knows whose they are."""
        self.amounts_lost |= {
            (self.stretch, token.value.amount)
            for token in tokens
            if is_amount(token) and isinstance(token.value, RawMoney)
        }

    def amount_at(self, told: Source) -> bool:
        """Whether somebody's pay stands where a shift was read from."""
        return any(is_amount(token) for token in lex(told.text, self.lexicon))

    def ask(self, line: Line, why: str) -> None:
        self.unresolved.append(Unresolved(source(line), why))

    def ignore(self, line: Line, rule: str) -> None:
        self.ignored.append(Ignored(source(line), rule))

    def calendar(self) -> Calendar:
        return Calendar(
            self.today,
            (self.sender.date_order if self.sender else self.order_of_colleagues) or self.order,
            self.order_of_weekdays,
            self.scope.month,
            self.scope.year,
        )

    def has_slot(self, text: str) -> bool:
        """Whether a date and hours stand in a text; a number is a date below a month."""
        known = (text, self.scope.month is not None, len(self.legend))
        if known not in self.seen:
            self.seen[known] = self._has_slot(text)
        return self.seen[known]

    def _has_slot(self, text: str) -> bool:
        tokens = self.lex(text) if self.legend else lex(text, self.lexicon)
        kinds = {token.kind for token in tokens}
        dated = bool(kinds & {"date", "month"}) or (
            self.scope.month is not None
            and any(token.kind == "number" and _is_day(token) for token in tokens)
        )
        return dated and ("hours" in kinds or any(may_be_hours(tokens, at) for at in range(len(tokens))))

    def is_event(self, text: str, tokens: Sequence[Token]) -> bool:
        """Whether its first date is of a dinner, a course, a flight: no place of work, no word of work, no pay by the hour."""
        dated = next((t for t in tokens if t.kind in ("date", "month", "weekday") or is_relative(t)), None)
        if dated is None or self.scope.section or any(t.kind == "site" for t in tokens):
            return False  # Below a site's heading it may be work with an odd name.
        before = phrases.EVENT.search(text[: dated.start])
        hours = [t for t in tokens if t.kind in ("hours", "span", "clock")]
        # Up to the end of the sentence that says when.
        end = _SENTENCE_ENDS.search(text, hours[-1].end if hours else dated.end)
        sentence = text[: end.start()] if end else text
        paid = any(
            is_pay(t) and isinstance(t.value, RawMoney) and t.value.unit
            for t in tokens
            if t.start < len(sentence)
        )
        if paid or phrases.WORK.search(sentence) or phrases.FACILITY.search(sentence):
            return False
        return bool(before or phrases.INVITED.search(sentence))

    def tells_slot(self, text: str) -> bool:
        """Whether a line that nothing came of may still mean a shift: days and hours, and no mere office hours."""
        if not self.has_slot(text):
            return False
        tokens = self.lex(text)
        hours = [t for t in tokens if t.kind in ("hours", "span")]
        deadline = phrases.DEADLINE.search(text, hours[-1].end)
        if deadline and self.moment(text[deadline.end() : deadline.end() + 60]):
            tokens = [token for token in tokens if token.end <= deadline.start()]
        if not self.names_day(tokens) and not any(t.kind == "weekday" for t in tokens):
            return phrases.VAGUE_DAYS.search(text) is not None
        bare = phrases.OFFICE_HOURS.sub("", text)
        apart = bare != text and not any(self.has_slot(part) for part in re.split(r"[.!?]\s+", text))
        return not (apart and not any(t.kind == "site" for t in tokens) and not phrases.WORK.search(bare))

    def goes_on(self, what: str, line: Line) -> bool:
        """Whether a line stands directly below one that waits for the same."""
        return what in self.waiting and self.waiting[what][-1].number == line.number - 1

    def wait(self, what: str, line: Line) -> None:
        """Dates or hours for the lines to come; those before them that nothing came of are a question."""
        if not (what == "dates" and self.goes_on(what, line)):
            self.give_up(what)
        self.waiting.setdefault(what, []).append(line)

    def take(self, what: str) -> None:
        """Something comes of the line that only holds dates, or only hours."""
        self.used.update(line.number for line in self.waiting.pop(what, ()))

    def give_up(self, *whats: str) -> None:
        for what in whats:
            for line in self.waiting.pop(what, ()):
                self.ask(line, f"{what} of what?")

    def is_dated(self, text: str) -> bool:
        """Whether a date and a time of day stand in a text, however they are put."""
        kinds = {token.kind for token in lex(text, self.lexicon)}
        return bool(kinds & {"date", "month"}) and bool(kinds & {"hours", "span", "clock"})

    def heading(
        self, site: str | None, text: str | None, emr: str | None = None, zone: str | None = None
    ) -> None:
        self.sections[self.scope.section + 1] = site
        right_above = self.scope.stated_at == len(self.drafts)
        kept = self.scope.status if right_above or self.scope.over_sites else None
        self.scope = Scope(
            site,
            text,
            emr,
            zone or self.scope.zone,
            month=self.scope.month,
            year=self.scope.year,
            section=self.scope.section + 1,
            status=kept,
            unsure_status=kept is not None and (self.scope.unsure_status or not right_above),
            over_sites=kept is not None,
            doubtful=site is None,
            hours=self.usual_hours or self.template.hours,
        )

    def names_day(self, tokens: Sequence[Token]) -> bool:
        """Whether a date stands here; a month without a number beside it is none, but below a month a number is.

        Where only the subject names the month, the weekday must stand beside the number, and is checked.
        """
        for at, token in enumerate(tokens):
            beside = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 2]]
            if token.kind == "date" or is_relative(token):
                return True
            if token.kind == "month" and any(one.kind == "span" or _may_be_day(one) for one in beside):
                return True
        if self.scope.month is None and self.subject_month and weekday_and_number(tokens):
            self.scope.month, self.scope.year = self.subject_month
        return self.scope.month is not None and (
            weekday_and_number(tokens) or bool(tokens and tokens[0].kind == "number" and _is_day(tokens[0]))
        )

    # -- what a line's tokens say -------------------------------------------------------------------------------

    def halves(self, text: str) -> str:
        """The words that settle `8-8`: the line's own, or what the message says of all its shifts."""
        return daynight.halves(text).strip() or self.usual_half

    def moment(self, text: str) -> tuple[Deadline, int] | None:
        """The point in time at the head of a text, and the characters used."""
        return moment(text, self.lexicon, self.sent, self.calendar())

    # -- what fills the gaps ------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _all_names(sites: tuple[SiteNames, ...]) -> str:
    return " ".join(name for site in sites for name in site.names)


@lru_cache(maxsize=32)
def _by_first_word(sites: tuple[SiteNames, ...]) -> tuple[dict[str, str], re.Pattern[str] | None]:
    """The words that the names of one site begin with, and of no other; each of letters, and long enough to be a name.

    The pattern finds one behind `at`, or before what a place does.
    """
    told: dict[str, set[str]] = {}
    for site in sites:
        for name in site.names:
            first, *more = name.split()
            if more and re.fullmatch(r"[A-Z][a-z]{3,}", first):
                told.setdefault(first, set()).add(site.id)
    by_word = {word: ids.pop() for word, ids in told.items() if len(ids) == 1}
    words = "|".join(map(re.escape, by_word))
    pattern = rf"(?:\b(?i:at|@|for) ({words})\b(?! [A-Z]|['’-]\w)|(?:^|[.!?:;] )({words}) (?=(?i:is|has|needs?|wants?|just|still|would|could|will|had|can|opened|asked|also|again)\b))"
    return by_word, re.compile(pattern) if words else None


def _undotted(token: Token) -> Token:
    """`D.` at the end of a sentence is the code `D`."""
    if token.kind == "word" and token.text.endswith("."):
        return replace(token, text=token.text[:-1], end=token.end - 1)
    return token


def _may_be_day(token: Token) -> bool:
    """A number that is no year."""
    return token.kind == "number" and isinstance(token.value, int) and not 2000 <= token.value <= 2100


def _is_day(token: Token) -> bool:
    return isinstance(token.value, int) and 1 <= token.value <= 31


def may_be_hours(tokens: Sequence[Token], at: int) -> bool:
    """Whether a span may be one of hours: behind a month, `March 13-14` are days."""
    return tokens[at].kind == "span" and not (at and tokens[at - 1].kind == "month")


def weekday_and_number(tokens: Sequence[Token]) -> bool:
    """`Fri 19`, `19 (Fri)`: side by side, a bracket or a comma between them or not."""
    told = [token for token in tokens if token.text.lower() not in ("(", ",", "the")]
    return any(
        {first.kind, second.kind} == {"weekday", "number"}
        and _is_day(first if first.kind == "number" else second)
        for first, second in pairwise(told)
    )


def source(line: Line) -> Source:
    return Source(line.number, (line.told or line.text)[:300])


def legend_of(tokens: Sequence[Token]) -> dict[tuple[int, int], str]:
    """The codes of a legend on a line, by the hours they stand for."""
    return {
        (token.value.start, token.value.end): token.text
        for token in tokens
        if isinstance(token.value, Hours) and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", token.text)
    }

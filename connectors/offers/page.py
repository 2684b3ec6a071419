"""One message while it is being read: what was found so far, what holds for the lines to come, what fills gaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from connectors.offers import phrases
from connectors.offers.almanac import Calendar, QuestionError
from connectors.offers.colours import names_of
from connectors.offers.dates import is_relative
from connectors.offers.draft import Draft, Said, Scope
from connectors.offers.lexer import LONGEST_LINE, lex
from connectors.offers.mime import Line, Mail
from connectors.offers.moments import Deadline, at_deadline, instant, moment
from connectors.offers.pairing import Slot
from connectors.offers.pay import is_pay
from connectors.offers.people import introductions, own_names
from connectors.offers.rates import RateKind, is_amount
from connectors.offers.reading import (
    DateOrder,
    Ignored,
    Layout,
    Lexicon,
    Money,
    SiteNames,
    Source,
    Status,
    Unresolved,
)
from connectors.offers.standing import LOOSE_STATUS, needs_cover, status_apart
from connectors.offers.template import matches, with_aliases, writer
from connectors.offers.tokens import Hours, RawMoney, Token
from connectors.offers.vocabulary import (
    BENEFIT,
    IN_ORDER,
    SHIFT_CODE,
    WHY_OPEN,
    words_of,
)
from connectors.offers.zones import zone_named

_SENTENCE_ENDS = re.compile(r"[.!?](?:\s+(?=[A-Z])|\s*$)")
UNCLEAR = ("some of it is gone, and some is not", "it reads as gone and as open")
"""Statuses that nobody can take apart: they may be of any shift of the message."""
_THOSE_BELOW = re.compile(
    r"\b(?:(?:the |these |your )?following|these|those)(?: (?:shifts?|assignments?|dates?|bookings?|sessions?|slots?|days|nights))?\b(?=[^.;!?]{0,70}:?\s*$)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^(?!.*\b(?:these|those|this|that|it|they|both|below|following|list|everything|shifts)\b).*\b(?:days|nights|evenings|weekends|weekdays|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?) (?:is|are|has|have)\b",
    re.IGNORECASE,
)
"""`December is all filled.`: said of a month or a half of the day, and of nothing below."""
_PUTS_UP = re.compile(
    r"\b(?:open|available|unfilled|uncovered|needs?|needed|holes?|gaps?|openings?)\b[^.;]*:$|^\W*(?:days|nights|evenings|weekends|weekdays|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\s*:$",
    re.IGNORECASE,
)
MOST_SHIFTS = 400
"""In one message; a person offers fewer."""


class Page:
    """The state of one message. Readers of lines and of records write to it; `finish` fills the gaps."""

    layout: Layout = "list"
    """How what is being read is laid out."""
    caveats: Collection[str] = frozenset()
    """What to ask of all shifts that are put up, for what stands beside them."""

    def __init__(self, mail: Mail, lexicon: Lexicon, now: datetime | None) -> None:
        self.mail = mail
        self.sender, self.template = writer(mail, lexicon)
        self.lexicon = with_aliases(lexicon, self.template)
        self.sent = mail.date or now or datetime.now(UTC)
        self.today = self.sent.date()
        self.sites_by_word = _by_first_word(self.lexicon.sites)
        """`Lakeside` for Lakeside ED, where no other site is called so."""
        words = "|".join(map(re.escape, self.sites_by_word))
        self.short_names = re.compile(rf"\b(?i:at|@|for) ({words})\b(?! [A-Z]|['’-]\w)") if words else None
        self.names = (*own_names(mail.reader), *introductions(mail.name))
        """How those who write and read it are named in it."""
        self.scope = Scope(hours=self.template.hours)
        self.drafts: list[Draft] = []
        self.unresolved: list[Unresolved] = []
        self.ignored: list[Ignored] = []
        self.pays: list[tuple[int, Money]] = []
        self.line_site: tuple[str, str] | None = None
        """The site that the line itself named before what is being read of it."""
        self.sections: dict[int, str | None] = {}
        """The site of each heading."""
        self.legend: dict[str, str] = dict(self.template.codes)
        self.site_codes: dict[str, Token | None] = {}
        """Letters that the message says are places; None for one that is not known."""
        self.site_pays: dict[str, Money] = {}
        """What each of several sites pays."""
        self.legend_pay: dict[str, Money] = {}
        self.rates: dict[int, dict[RateKind, Money]] = {}
        """Pay by kind of shift, for each section."""
        self.labelled_pays: list[tuple[frozenset[str], Money]] = []
        """Amounts, each with the words beside it."""
        self.ordered_pays: list[Money] = []
        """Amounts that are told in the order of the lines above them."""
        self.deadline: Deadline | None = None
        self.all_or_nothing: str | None = None
        self.maybe_whole = False
        self.loose_statuses: list[str] = []
        """Sentences that state a status of shifts which they do not name."""
        self.taken_back = False
        """The message says that it was a mistake."""
        self.subject_of_all = False
        """The subject states what all are, and nothing below it speaks of shifts to be had."""
        self.corrected = False
        """Only its list was wrong, and it tells each status anew."""
        self.settled = False
        """Its subject or a heading speaks of settled shifts, and nothing of shifts to be had."""
        self.all_but: set[date] = set()
        """Days that alone are still to be had, where the message says so before it names them all."""
        self.choose: int | None = None
        self.choose_line = 0
        self.usual_half = ""
        self.swap = self.foreign = False
        self.order: DateOrder | None = None
        """Of day and month, where the numbers of the message's own dates leave but one."""
        self.order_of_weekdays: DateOrder | None = None
        """The same, where the weekdays beside them do."""
        self.shouted = False
        """It is written in capitals throughout, so that they name nothing."""
        self.half_hours: dict[str, str] = {}
        """What `day` and `night` stand for, where the message says so apart from any date."""
        self.colours: dict[str, Status] = {}
        """What a row's colour means, where the message says so."""
        self.subject_month: tuple[int, int | None] | None = None
        self.conditional_pay = False
        self.deadline_lost = False
        """A date in a question may be the one until which to answer."""
        self.doubtful_zone = False
        self.other_zones: set[str] = set()
        """Zones named apart from any hours: they may be meant for all of them."""
        self.used: set[int] = set()
        """Lines of which something came that is no shift: a legend, a field of a record, hours for days below."""
        self.waiting: dict[str, list[Line]] = {}
        """Lines that only hold dates, or only hours, until something comes of them."""

    def lex(self, text: str) -> list[Token]:
        """Tokens, with the message's own legend applied."""
        tokens = lex(text, self.lexicon)
        if self.short_names and (found := self.short_names.search(text)):
            tokens = [
                replace(token, kind="site", value=self.sites_by_word[found[1]])
                if token.start == found.start(1) and token.kind == "word"
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
        said = (self.deadline, self.all_or_nothing, self.choose, self.conditional_pay, repr(self.scope))
        return (*(len(one) for one in counted), *said, *(draft.status for draft in self.drafts))

    def lost(self, line: Line, before: tuple[object, ...]) -> bool:
        """Whether a line with a date and hours only changed the scope: then it said more than was understood."""
        if not self.tells_slot(line.text[:LONGEST_LINE]):
            return False
        now = self.trace()
        kept = (0, 1, 2, 4)  # drafts, questions, what was set aside, the legend
        return all(now[at] == before[at] for at in kept) and not any(
            line in waiting for waiting in self.waiting.values()
        )

    def add_rates(self, rates: dict[RateKind, Money]) -> None:
        """What this section pays by kind of shift."""
        self.rates[self.scope.section] = self.rates.get(self.scope.section, {}) | rates

    def says_pay(self, text: str) -> bool:
        """Whether pay is spoken of in a way that no amount was made of: `Pay 2300`, `2.3k a shift`, `same rate`."""
        bare = list(text)
        for token in lex(text, self.lexicon):
            if token.kind not in ("word", "number", "mark", "noise"):
                bare[token.start : token.end] = " " * (token.end - token.start)
        return phrases.PAY_SAID.search("".join(bare)) is not None

    def pay_lost(self, line: Line, before: tuple[object, ...]) -> bool:
        """Whether an amount stands on a line that nothing came of: those without pay are then in question."""
        if self.trace()[3:8] != before[3:8] or any(draft.source.line == line.number for draft in self.drafts):
            return False
        text = line.text[:LONGEST_LINE]
        return any(map(is_amount, lex(text, self.lexicon))) or self.says_pay(text)

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
            (self.sender.date_order if self.sender else None) or self.order,
            self.order_of_weekdays,
            self.scope.month,
            self.scope.year,
        )

    def has_slot(self, text: str) -> bool:
        tokens = lex(text, self.lexicon)
        kinds = {token.kind for token in tokens}
        dated = bool(kinds & {"date", "month"}) or (
            self.scope.month is not None
            and any(token.kind == "number" and _is_day(token) for token in tokens)
        )
        return dated and bool(kinds & {"hours", "span"})

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
        self.scope = Scope(
            site,
            text,
            emr,
            zone or self.scope.zone,
            month=self.scope.month,
            year=self.scope.year,
            section=self.scope.section + 1,
            doubtful=site is None,
            hours=self.template.hours,
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

    def site(self, tokens: Sequence[Token], text: str) -> tuple[str | None, str | None, set[str]]:
        """The site of a line, by its own words or the heading above; with "site" where a person would ask."""
        named = [token for token in tokens if token.kind == "site"]
        if len({token.value for token in named}) > 1:
            raise QuestionError("two sites on one line")
        if named:
            near = re.search(
                r"\b(?:from|of|near|miles|minutes|min|away)\s*$", text[: named[0].start], re.IGNORECASE
            )
            return str(named[0].value), named[0].text, {"site"} if near else set()
        bare = text
        for token in reversed(
            [t for t in tokens if t.kind in ("emr", "zone", "month", "weekday") and t.end <= len(text)]
        ):
            bare = bare[: token.start] + " ; " + bare[token.end :]
        if tokens and tokens[0].kind == "word" and tokens[0].text in self.site_codes:
            return None, tokens[0].text, {"site"}
        if found := phrases.FACILITY.search(bare):
            return None, found[1].strip(), {"site"}
        if self.line_site:
            return *self.line_site, set()
        if self.scope.site is None:
            if self.scope.site_text:
                return None, self.scope.site_text, {"site"}
            raise QuestionError("the site is not named")
        codes = [code for code in phrases.CODE.findall(bare) if code not in phrases.KNOWN_CODES]
        codes = [] if self.shouted else codes
        return self.scope.site, self.scope.site_text, {"site"} if codes and not self.legend else set()

    def zone(self, slot: Slot, tokens: Sequence[Token], site: str | None) -> tuple[ZoneInfo, bool]:
        """The zone of a slot: its own word, the message's, the sender's, the site's; and whether the message names it.

        Raises QuestionError.
        """
        own = self.lexicon.site(site).zone if site else None
        word = (
            slot.hours.zone
            or next((str(t.value) for t in tokens if t.kind == "zone"), None)
            or self.scope.zone
        )
        if word:
            zone = zone_named(word, own)
            if zone is None:
                raise QuestionError("a time zone that is not known")
            return zone, True
        if self.sender and self.sender.zone:
            return self.sender.zone, False
        if own is None:
            raise QuestionError("the site is not known, so its time zone is not either")
        return own, False

    def halves(self, text: str) -> str:
        """The words that settle `8-8`: the line's own, or what the message says of all its shifts."""
        return phrases.halves(text).strip() or self.usual_half

    def status(self, text: str) -> Status | None:
        return self.own_status(text) or self.scope.status

    def own_status(self, text: str) -> Status | None:
        """The status that a line states of its shifts; what it says of travel or insurance is not one."""
        if matches(self.template.closed, text):
            return "withdrawn"
        if phrases.status_of(text) is None:
            return None
        text = WHY_OPEN.sub(" ", BENEFIT.sub(" ", text))
        status = phrases.status_of(text)
        if status == "withdrawn":
            rest = phrases.NOT_NEEDED.sub("", text)
            if phrases.EXCEPTION.search(text):
                raise QuestionError(UNCLEAR[0])
            if phrases.STILL_OPEN.search(rest):
                raise QuestionError(UNCLEAR[1])
        return status

    def heading_status(self, text: str, status: Status | None) -> None:
        """What a heading states of the shifts below it, and whether it may be meant of something else."""
        self.scope.status = status
        loose = (
            status is None
            and LOOSE_STATUS.search(phrases.NO_STATUS.sub("", BENEFIT.sub("", text)))
            and not needs_cover(text)
        )
        self.scope.unsure_status = bool(loose) or self.status_apart(text, below=True)
        if self.subject_of_all and status == phrases.status_of(self.mail.subject):
            self.scope.unsure_status = False
        *before, last = phrases.SENTENCE_END.split(text.strip())
        if status is None and before and phrases.OPEN_ONES.match(last):
            self.scope.unsure_status = False  # `The schedule is out. Open shifts:`
        if before and _OF_OTHERS.search(" ".join(before)) and _PUTS_UP.search(last):
            self.scope.status, self.scope.unsure_status = None, False

    def unsure_heading(self, text: str) -> bool:
        """Whether the status of a shift is that of a heading which may be meant of something else."""
        return self.scope.unsure_status and self.own_status(text) is None

    def status_apart(self, text: str, *, below: bool = False) -> bool:
        """Whether a text states a status that may be one of something else than its shifts (or those below it)."""
        if matches(self.template.closed, text):
            return False
        bare = text
        for pattern in (BENEFIT, SHIFT_CODE, IN_ORDER, *self.names):
            bare = pattern.sub(lambda found: " " * len(found[0]), bare)
        stated = phrases.stated_in(bare)
        if stated is None or stated[0] == "offered":
            return False
        status, start, end = stated
        if status == "changed" and not below:
            return False
        follows = _THOSE_BELOW.search(bare, end) if below else None
        if follows and not words_of(bare[end : follows.start()])[3:]:
            bare = f"{bare[: follows.end()]}:"
        behind = phrases.SENTENCE_END.search(bare, end) if below else None
        if behind and words_of(bare[behind.end() :]) and not phrases.YOUR_SHIFTS.match(bare, behind.end()):
            return True
        return status_apart(bare, self.lex(bare), status, start, end)

    def moment(self, text: str) -> tuple[Deadline, int] | None:
        """The point in time at the head of a text, and the characters used."""
        return moment(text, self.lexicon, self.sent, self.calendar())

    def put(
        self,
        line: Line,
        slot: Slot,
        tokens: Sequence[Token],
        said: Said,
        pay: tuple[Money | None, bool],
        deadline: Deadline | None,
    ) -> None:
        """A slot with what its line or record says of it; `pay` with whether a person would have to ask."""
        zone, named = self.zone(slot, tokens, said.site)
        unclear = {"zone"} if self._several_zones(slot, tokens) else set()
        draft = Draft(
            day=slot.day,
            hours=slot.hours,
            source=source(line),
            status="withdrawn" if line.void else said.status,
            site=said.site,
            site_text=said.site_text,
            zone=zone,
            silent_zone=not named,
            section=self.scope.section,
            pay=pay[0],
            emr=said.emr or self.scope.emr,
            review={*slot.review, *said.review, *unclear, *({"pay"} if pay[1] else ())},
            legend=legend_of(tokens).get((slot.hours.start, slot.hours.end)),
        )
        self.add(line, draft, deadline)

    def _several_zones(self, slot: Slot, tokens: Sequence[Token]) -> bool:
        """`5p-9p EST/PST`, `9a-12p PT / 11a-2p CT`: two clocks, and nothing that says how they belong together."""
        words = {str(token.value) for token in tokens if token.kind == "zone"}
        told = [token.value for token in tokens if isinstance(token.value, Hours)]
        words |= {hours.zone for hours in told if hours.zone}
        days = {
            instant(slot.day, 12 * 60, zone).utcoffset() for word in words if (zone := zone_named(word, None))
        }
        return len(days) > 1 and not any(hours.also for hours in told)

    def add(self, line: Line, draft: Draft, deadline: Deadline | None) -> None:
        if len(self.drafts) >= MOST_SHIFTS:
            raise QuestionError("more shifts than a person offers in one message")
        if line.colour:
            self._by_colour(line.colour, draft)
        elif line.cells and "offered" in self.colours.values():
            draft.review.add("status")  # A row without the colour that open ones have.
        if deadline:
            draft.respond_by = at_deadline(deadline, draft.zone)
        draft.layout = self.layout
        self.drafts.append(draft)

    def _by_colour(self, colour: str, draft: Draft) -> None:
        """What the message's legend says of a colour; without one, or beside other words, a question."""
        meant = {status for name, status in self.colours.items() if name in names_of(colour)}
        if len(meant) != 1 or draft.status not in (None, *meant):
            draft.review.add("status")
            return
        (draft.status,) = meant

    # -- what fills the gaps ------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _by_first_word(sites: tuple[SiteNames, ...]) -> dict[str, str]:
    """The words that the names of one site begin with, and of no other; each of letters, and long enough to be a name."""
    told: dict[str, set[str]] = {}
    for site in sites:
        for name in site.names:
            first, *more = name.split()
            if more and re.fullmatch(r"[A-Z][a-z]{4,}", first):
                told.setdefault(first, set()).add(site.id)
    return {word: ids.pop() for word, ids in told.items() if len(ids) == 1}


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

"""One message while it is being read: what was found so far, what holds for the lines to come, what fills gaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.offers import phrases
from connectors.offers.colours import names_of
from connectors.offers.dates import Calendar, QuestionError, Slot, entries, unread
from connectors.offers.lexer import LONGEST_LINE, Clock, Hours, RawMoney, Token, lex, zone_named
from connectors.offers.mime import Line, Mail
from connectors.offers.pay import is_pay
from connectors.offers.plausible import odd_hours, odd_pay
from connectors.offers.rates import RateKind, is_amount, rates_by_kind, rates_of
from connectors.offers.reading import (
    Choice,
    Ignored,
    Layout,
    Lexicon,
    Money,
    ReadShift,
    Source,
    Status,
    Unresolved,
)
from connectors.offers.standing import LOOSE_STATUS, PRYING, needs_cover, status_apart
from connectors.offers.template import DOLLARS, matches, with_aliases, writer
from connectors.offers.vocabulary import (
    ASIDE,
    ASKING,
    BENEFIT,
    BREAK,
    CALL,
    CLOCKS,
    COUNT_OF_OPENINGS,
    ELSE_ON_A_DAY,
    EXTRA,
    HOLIDAY,
    IN_NEED,
    IN_TOUCH,
    LAST_ONE,
    LEFT_OUT,
    LICENCE,
    NAMED_GIVER,
    NOT_ALL,
    OPT_OUT,
    OVER_BASE,
    PER_DIEM,
    REPLY_CODES,
    SALUTATION,
    SHIFT_CODE,
    WELL_WISHES,
    WHY_OPEN,
    unexplained,
    words_of,
)

_BOLD = re.compile(r"(?<!\w)(\*{1,2})[^*]{1,200}\1")
_FOOTNOTE = re.compile(r"(?<=[\w)])(?:\*{1,3}|[†‡])(?=\s|$|[,;:])")
"""`2/20*`: what is said of it stands elsewhere."""
_LABEL_NUMBER = re.compile(r"\W*[A-Za-z]+ \d{1,2}:$")
"""`Shift 1:`."""
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s+(?=[A-Z])|\s*$)")
MOST_SHIFTS = 400
"""In one message; a person offers fewer."""


class Deadline(NamedTuple):
    """Until when to answer: a date, minutes after midnight (None: its end), and the zone where one is named."""

    day: date
    minutes: int | None
    zone: str | None = None
    exact: datetime | None = None
    """Counted from the message's own time, where it was told so."""


@dataclass
class Draft:
    """A shift while the message is still being read: what it lacks may be said further down."""

    day: date
    hours: Hours
    source: Source
    status: Status | None
    site: str | None
    site_text: str | None
    zone: ZoneInfo
    section: int
    pay: Money | None = None
    emr: str | None = None
    block: str | None = None
    respond_by: datetime | None = None
    legend: str | None = None
    moved: bool = False
    silent_zone: bool = False
    """No zone is named for it."""
    layout: Layout = "list"
    review: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line or a record says of all its slots; `review` names what a person would ask about."""

    status: Status | None
    site: str | None
    site_text: str | None
    emr: str | None
    review: frozenset[str]


@dataclass
class Scope:
    """What holds for the lines that follow: a heading's site, month, date or status."""

    site: str | None = None
    site_text: str | None = None
    emr: str | None = None
    zone: str | None = None
    status: Status | None = None
    month: int | None = None
    year: int | None = None
    dates: str = ""
    hours: str = ""
    section: int = 0
    unsure_status: bool = False
    """Whether its status may be meant of something else."""
    doubtful: bool = False
    """The heading is of a place that is not known."""


class Page:
    """The state of one message. Readers of lines and of records write to it; `finish` fills the gaps."""

    layout: Layout = "list"
    """How what is being read is laid out."""

    def __init__(self, mail: Mail, lexicon: Lexicon, now: datetime | None) -> None:
        self.mail = mail
        self.sender, self.template = writer(mail, lexicon)
        self.lexicon = with_aliases(lexicon, self.template)
        self.sent = mail.date or now or datetime.now(UTC)
        self.today = self.sent.date()
        self.own_names = own_names(mail.reader)
        self.introductions = introductions(mail.name)
        self.order = self.sender.date_order if self.sender else None
        self.scope = Scope(hours=self.template.hours)
        self.drafts: list[Draft] = []
        self.unresolved: list[Unresolved] = []
        self.ignored: list[Ignored] = []
        self.pays: list[tuple[int, Money]] = []
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
        self.deadline: Deadline | None = None
        self.all_or_nothing: str | None = None
        self.maybe_whole = False
        self.loose_statuses: list[str] = []
        """Sentences that state a status of shifts which they do not name."""
        self.taken_back = False
        """The message says that it was a mistake."""
        self.settled = False
        """Its subject or a heading speaks of settled shifts, and nothing of shifts to be had."""
        self.choose: int | None = None
        self.swap = False
        self.usual_half = ""
        self.foreign = False
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

    def ask(self, line: Line, why: str) -> None:
        self.unresolved.append(Unresolved(source(line), why))

    def ignore(self, line: Line, rule: str) -> None:
        self.ignored.append(Ignored(source(line), rule))

    def calendar(self) -> Calendar:
        return Calendar(self.today, self.order, self.scope.month, self.scope.year)

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
            if token.kind == "month" and any(one.kind in ("number", "span") for one in beside):
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
        if self.scope.site is None:
            if self.scope.site_text:
                return None, self.scope.site_text, {"site"}
            raise QuestionError("the site is not named")
        codes = [code for code in phrases.CODE.findall(bare) if code not in phrases.KNOWN_CODES]
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
                raise QuestionError("some of it is gone, and some is not")
            if phrases.STILL_OPEN.search(rest):
                raise QuestionError("it reads as gone and as open")
        return status

    def heading_status(self, text: str, status: Status | None) -> None:
        """What a heading states of the shifts below it, and whether it may be meant of something else."""
        self.scope.status = status
        loose = status is None and LOOSE_STATUS.search(BENEFIT.sub("", text)) and not needs_cover(text)
        self.scope.unsure_status = bool(loose) or self.status_apart(text, below=True)
        *before, last = phrases.SENTENCE_END.split(text.strip())
        if status is None and before and phrases.OPEN_ONES.match(last):
            self.scope.unsure_status = False  # `The schedule is out. Open shifts:`

    def unsure_heading(self, text: str) -> bool:
        """Whether the status of a shift is that of a heading which may be meant of something else."""
        return self.scope.unsure_status and self.own_status(text) is None

    def status_apart(self, text: str, *, below: bool = False) -> bool:
        """Whether a text states a status that may be one of something else than its shifts (or those below it)."""
        if matches(self.template.closed, text):
            return False
        bare = text
        for pattern in (BENEFIT, *self.own_names):
            bare = pattern.sub(lambda found: " " * len(found[0]), bare)
        stated = phrases.stated_in(bare)
        if stated is None or stated[0] == "offered":
            return False
        status, start, end = stated
        if status == "changed" and not below:
            return False
        behind = phrases.SENTENCE_END.search(bare, end) if below else None
        if behind and words_of(bare[behind.end() :]) and not phrases.YOUR_SHIFTS.match(bare, behind.end()):
            return True
        return status_apart(bare, self.lex(bare), status, start, end)

    def doubts(self, tokens: Sequence[Token], text: str, days: Collection[date] = ()) -> set[str]:
        """{"wording"} where a word or a number stands on the line that nobody taught us."""
        if _FOOTNOTE.search(_BOLD.sub("", text)) or PRYING.search(text):
            return {"wording"}
        places = [(t.start, t.end) for t in tokens if t.kind not in ("word", "mark", "number")]
        if not self._strange(tokens, _blanked(text, places), days):
            return set()
        patterns = (*_CHANGING_NOTHING, *self.introductions, *self.own_names)
        places += [found.span() for pattern in patterns for found in pattern.finditer(text)]
        return {"wording"} if self._strange(tokens, _blanked(text, places), days) else set()

    def left_over(self, tokens: Sequence[Token], text: str, slots: Sequence[Slot]) -> set[str]:
        """{"date"}, {"hours"} or both where a day or a time on a line is part of none of its shifts."""
        told = {minutes for slot in slots for minutes in (slot.hours.start, slot.hours.end)}
        places = [
            found.span()
            for pattern in (*_CHANGING_NOTHING, ELSE_ON_A_DAY)
            for found in pattern.finditer(text)
        ]
        left = [
            token
            for token in unread(tokens, self.calendar())
            if not any(start <= token.start < end for start, end in places)
            and not (isinstance(token.value, Clock) and token.value.exact and token.value.minutes in told)
        ]
        if rates_by_kind(text, tokens):
            left = [token for token in left if token.kind != "weekday"]
        return {"hours" if token.kind in ("clock", "span", "hours") else "date" for token in left}

    def _strange(self, tokens: Sequence[Token], bare: str, days: Collection[date]) -> bool:
        """Whether something is left that is not understood."""
        known = frozenset(word.lower() for word in (*self.legend, *self.template.words))
        unknown = [word for word in unexplained(bare, known) if not self._stands_for_site(word)]
        bare = (
            COUNT_OF_OPENINGS.sub(lambda found: " " * len(found[0]), bare)
            if not days or len(days) == 1
            else bare
        )
        numbers = {number for day in days for number in (day.day, day.year, day.year % 100)}
        loose = [
            t
            for t in tokens
            if t.kind == "number"
            and not _LABEL_NUMBER.match(bare, 0, t.end + 1)
            and bare[t.start : t.end].strip()
            and t.value not in numbers
        ]
        return bool(unknown or loose or phrases.SYMBOL.search(bare))

    def _stands_for_site(self, word: str) -> bool:
        """`HTH` for Harbor Telehealth: letters of the one site that is meant in any case, in their order, and of no other."""
        if self.scope.site is None or not re.fullmatch(r"[A-Z]{3,5}", word) or word in phrases.KNOWN_CODES:
            return False
        fits = {site.id for site in self.lexicon.sites for name in site.names if _abbreviates(word, name)}
        return fits == {self.scope.site}

    def moment(self, text: str) -> tuple[Deadline, int] | None:
        """The point in time at the head of a text, and the characters used; a weekday alone is the next to come."""
        if found := phrases.WITHIN.match(text):
            return self._within(found), found.end()
        head: list[Token] = []
        for token in lex(text, self.lexicon):
            if token.kind in _MOMENT or token.text.lower() in _MOMENT_WORDS or is_relative(token):
                head.append(token)
            else:
                break
        clock = next((t.value for t in head if isinstance(t.value, Clock)), None)
        minutes = clock.minutes if clock else 12 * 60 if any(t.text.lower() == "noon" for t in head) else None
        zone = next((str(t.value) for t in head if t.kind == "zone"), None) or (clock.zone if clock else None)
        used = head[-1].end if head else 0
        try:
            days = [
                day for entry in entries(head, replace(self.calendar(), month=None)) for day in entry.days
            ]
        except QuestionError:
            return None
        if days:
            return Deadline(days[0], minutes, zone), used
        weekday = next((t.value for t in head if t.kind == "weekday"), None)
        if isinstance(weekday, int):
            ahead = (weekday - self.today.weekday() - 1) % 7 + 1
            return Deadline(self.today + timedelta(days=ahead), minutes, zone), used
        return None

    def _within(self, found: re.Match[str]) -> Deadline:
        """So many hours after it was sent, or at the end of so many days."""
        count = phrases.NUMBERS.get(found[1].lower()) or int(found[1]) if found[1] else 1
        if found[2].lower().startswith("d"):
            return Deadline(self.today + timedelta(days=count), None)
        until = self.sent + timedelta(hours=count)
        return Deadline(until.date(), None, exact=until)

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

    def finish(self) -> list[ReadShift]:
        """The shifts, each with what the rest of the message says of it; questions are added to `unresolved`."""
        subject = phrases.status_of(self.mail.subject)
        for draft in self.drafts:
            if draft.status is None:
                draft.status = "offered"
                loose = self.settled or any(self._may_mean(text, draft) for text in self.loose_statuses)
                draft.review |= {"status"} if loose else set()
                if subject in ("withdrawn", "confirmed", "reinstated", "changed"):
                    draft.status = subject
                    if not self._in_subject(draft) or self.status_apart(self.mail.subject):
                        draft.review.add("status")
            if self.doubtful_zone or (draft.silent_zone and self._elsewhere(draft)):
                draft.review.add("zone")
            if draft.legend in self.legend_pay:
                draft.pay = draft.pay or self.legend_pay[draft.legend or ""]
            if draft.pay is None and "pay" not in draft.review and draft.status != "withdrawn":
                draft.pay = self.site_pays.get(draft.site or "")
            if draft.pay is None and "pay" not in draft.review:
                draft.pay = self._by_kind(draft)
            if draft.pay is None and "pay" not in draft.review:
                self._fill_pay(draft)
            if draft.respond_by is None and self.deadline and draft.status == "offered":
                draft.respond_by = at_deadline(self.deadline, draft.zone)
            if self.deadline_lost and draft.respond_by is None and draft.status == "offered":
                draft.review.add("respond_by")
            if self.taken_back:
                draft.review.add("status")
            self._by_template(draft)
            _too_odd(draft)
        self._fill_blocks()
        shifts = []
        for draft in self.drafts:
            try:
                shifts.append(self._shift(draft))
            except QuestionError as question:
                self.unresolved.append(Unresolved(draft.source, str(question)))
        return shifts

    def _may_mean(self, text: str, draft: Draft) -> bool:
        """Whether a sentence may speak of a shift: it names neither other months nor other sites alone."""
        tokens = lex(text, self.lexicon)
        months = {token.value for token in tokens if token.kind == "month"}
        sites = {token.value for token in tokens if token.kind == "site"}
        return (not months or draft.day.month in months) and (not sites or draft.site in sites)

    def _elsewhere(self, draft: Draft) -> bool:
        """Whether a zone that is named somewhere would put it at another hour."""
        here = instant(draft.day, draft.hours.start, draft.zone)
        zones = (zone_named(word, draft.zone) for word in self.other_zones)
        return any(zone and here.astimezone(zone).utcoffset() != here.utcoffset() for zone in zones)

    def _by_template(self, draft: Draft) -> None:
        """What the sender always means, and what of it is too odd to be meant."""
        template, minutes = self.template, (draft.hours.end - draft.hours.start) % (24 * 60) or 24 * 60
        if template.layout not in (None, draft.layout):
            draft.review.add("layout")
        draft.emr = draft.emr or template.emr
        if draft.pay and draft.pay.currency == "USD" and template.currency in DOLLARS:
            draft.pay = replace(draft.pay, currency=template.currency)
        if draft.status != "offered":
            return
        if draft.pay is None and "pay" not in draft.review:
            draft.pay = template.pay
        if draft.respond_by is None and template.respond_within:
            draft.respond_by = (self.sent + timedelta(hours=template.respond_within)).astimezone(draft.zone)
        if template.lasting and not template.lasting[0] * 60 <= minutes <= template.lasting[1] * 60:
            draft.review.add("hours")
        if template.hourly and draft.pay and draft.pay.unit in ("hour", "shift", "day"):
            hourly = draft.pay.amount if draft.pay.unit == "hour" else draft.pay.amount * 60 / minutes
            if not template.hourly[0] <= hourly <= template.hourly[1]:
                draft.review.add("pay")

    def _in_subject(self, draft: Draft) -> bool:
        try:
            found = entries(lex(self.mail.subject, self.lexicon), self.calendar())
        except QuestionError:
            return False
        return any(draft.day in entry.days for entry in found)

    def _by_kind(self, draft: Draft) -> Money | None:
        """The pay that is said for days or nights, for weekdays or weekends; where both are, nobody knows."""
        plain = any(section == draft.section for section, _ in self.pays)
        rates = self.rates.get(draft.section) or ({} if plain else self.rates.get(0, {}))
        found = rates_of(draft.day, draft.hours, rates)
        if rates and len(found) != 1:
            draft.review.add("pay")
        return next(iter(found)) if len(found) == 1 and draft.status != "withdrawn" else None

    def _fill_pay(self, draft: Draft) -> None:
        if draft.status == "withdrawn" or draft.moved:
            return
        near = {pay for section, pay in self.pays if section == draft.section}
        found = near or {pay for section, pay in self.pays if section == 0} or self._behind(draft)
        if len(found) == 1:
            (draft.pay,) = found
        elif found or self.conditional_pay or self._unclaimed():
            draft.review.add("pay")

    def _behind(self, draft: Draft) -> set[Money]:
        """`$120 per hour. Harbor Tele` below all its shifts: what a heading pays that has none of its own."""
        return {pay for section, pay in self._unclaimed() if self.sections.get(section) == draft.site}

    def _unclaimed(self) -> set[tuple[int, Money]]:
        """Pay that stands where no shift does. Whoever lacks pay may be who gets it."""
        settled = {draft.section for draft in self.drafts}
        return {(section, pay) for section, pay in self.pays if section not in settled}

    def _fill_blocks(self) -> None:
        offered = [draft for draft in self.drafts if draft.status == "offered"]
        by_line: dict[int, list[Draft]] = {}
        for draft in offered:
            by_line.setdefault(draft.source.line, []).append(draft)
        for line, drafts in by_line.items():
            priced = any(draft.pay and draft.pay.unit == "block" for draft in drafts)
            if len(drafts) > 1 and (self.all_or_nothing == "each" or priced):
                for draft in drafts:
                    draft.block = draft.block or f"b{line}"
        loose = [draft for draft in offered if draft.block is None]
        whole = self.all_or_nothing == "all" or any(pay.unit == "block" for _, pay in self.pays)
        if self.maybe_whole and not whole and len(loose) > 1:
            for draft in loose:
                draft.review.add("block")
        if whole and len(loose) > 1:
            for draft in loose:
                draft.block = "b1"
            if len({draft.site for draft in loose}) > 1:
                for draft in loose:
                    draft.review.add("block")

    def _shift(self, draft: Draft) -> ReadShift:
        start = instant(draft.day, draft.hours.start, draft.zone)
        end = instant(
            draft.day + timedelta(days=draft.hours.end <= draft.hours.start), draft.hours.end, draft.zone
        )
        _both_zones(draft, start)
        for one in (start, end):
            if one.astimezone(UTC).astimezone(draft.zone).replace(tzinfo=None) != one.replace(tzinfo=None):
                raise QuestionError("the clock is put forward over that time")
        if end.astimezone(UTC) <= start.astimezone(UTC):
            raise QuestionError("the clock is put back within it")
        status = draft.status or "offered"
        if draft.day < self.today and status == "offered":
            draft.review.add("date")
        if draft.pay and draft.pay.unit == "block" and draft.block is None and status == "offered":
            # One price for all, and one shift found: unless another was not understood, it is the price of that one.
            draft.pay = replace(draft.pay, unit="shift")
            if self.unresolved:
                draft.review.add("pay")
        return ReadShift(
            status=status,
            site=draft.site,
            site_text=draft.site_text,
            start=start,
            end=end,
            pay=draft.pay,
            source=draft.source,
            emr=draft.emr,
            block=draft.block,
            choose=Choice("g1", self.choose) if self.choose and status == "offered" else None,
            respond_by=draft.respond_by,
            needs_review=tuple(sorted(draft.review)),
        )


_MOMENT = ("date", "month", "number", "weekday", "clock", "noise", "zone")
_MOMENT_WORDS = frozenset(
    (
        ",",
        ":",
        ".",
        "at",
        "@",
        "-",
        "(",
        ")",
        "noon",
        "midnight",
        "end",
        "of",
        "day",
        "on",
        "the",
        "close",
        "business",
        "eod",
        "cob",
    )
)


def _abbreviates(word: str, name: str) -> bool:
    """Whether a code begins like a name, and the rest of its letters follow in it; one stands at the head of each word."""
    letters = iter(name.upper())
    heads = [part[0].upper() for part in name.split() if part]
    return (
        word[0] == heads[0]
        and all(head in word for head in heads)
        and all(letter in letters for letter in word)
    )


_CHANGING_NOTHING = (
    SALUTATION,
    ASIDE,
    EXTRA,
    CALL,
    HOLIDAY,
    NOT_ALL,
    LAST_ONE,
    LICENCE,
    SHIFT_CODE,
    phrases.NO_TRADE,
    PER_DIEM,
    NAMED_GIVER,
    BENEFIT,
    ASKING,
    LEFT_OUT,
    REPLY_CODES,
    OPT_OUT,
    WELL_WISHES,
    WHY_OPEN,
    IN_NEED,
    IN_TOUCH,
    BREAK,
    OVER_BASE,
    CLOCKS,
    phrases.CHOOSE,
    phrases.ALL_OR_NOTHING,
    phrases.FACILITY,
)
"""Phrases that may stand beside a shift and change nothing, whatever words they are made of."""


def own_names(name: str) -> tuple[re.Pattern[str], ...]:
    """The one whom the message is to, spoken to by name: `Dr. Example –`, `R. Example:`."""
    words = re.findall(r"[^\W\d_][\w'’-]{2,20}", name.split("@", maxsplit=1)[0])
    if not words:
        return ()
    return (
        re.compile(rf"\b(?:Dr\.? )?(?:[A-Z]\.? )?{re.escape(words[-1])}\b(?=\s?[,:–—-]|$)", re.IGNORECASE),
    )


def introductions(name: str) -> tuple[re.Pattern[str], ...]:
    """How somebody of this name says who they are: `its Dave at LKSD`, `Ortiz here.`."""
    words = [re.escape(word) for word in re.findall(r"[^\W\d_][\w'’-]{2,20}", name)]
    if not words:
        return ()
    one = rf"(?:{'|'.join(words)})"
    told = rf"\b(?:it['’]?s|this is|i['’]?m|from) (?:dr\.? )?{one}(?: {one})?\b|\b(?:dr\.? )?{one}(?: {one})? here\b|^\W*{one}(?: {one})?:|[-–—~]\s?{one}(?: {one})?\W*$"
    return (re.compile(told, re.IGNORECASE),)


def _undotted(token: Token) -> Token:
    """`D.` at the end of a sentence is the code `D`."""
    if token.kind == "word" and token.text.endswith("."):
        return replace(token, text=token.text[:-1], end=token.end - 1)
    return token


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with these places empty, and all others where they were."""
    left = list(text)
    for start, end in places:
        left[start:end] = " " * (min(end, len(text)) - start)
    return "".join(left)


def _is_day(token: Token) -> bool:
    return isinstance(token.value, int) and 1 <= token.value <= 31


def weekday_and_number(tokens: Sequence[Token]) -> bool:
    """`Fri 19`, `19 (Fri)`: side by side, a bracket or a comma between them or not."""
    told = [token for token in tokens if token.text not in ("(", ",")]
    return any(
        {first.kind, second.kind} == {"weekday", "number"}
        and _is_day(first if first.kind == "number" else second)
        for first, second in pairwise(told)
    )


def source(line: Line) -> Source:
    return Source(line.number, (line.told or line.text)[:300])


def is_relative(token: Token) -> bool:
    return token.kind == "word" and str(token.value) in ("today", "tonight", "tomorrow", "tmrw")


def _too_odd(draft: Draft) -> None:
    if draft.status == "withdrawn":
        return
    if odd_hours(draft.hours):
        draft.review.add("hours")
    if draft.pay and odd_pay(draft.pay, draft.hours):
        draft.review.add("pay")


def at_deadline(deadline: Deadline, zone: ZoneInfo) -> datetime:
    if deadline.exact:
        return deadline.exact.astimezone(zone)
    there = (zone_named(deadline.zone, zone) if deadline.zone else None) or zone
    return instant(deadline.day, 23 * 60 + 59 if deadline.minutes is None else deadline.minutes, there)


def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minutes // 60 % 24, minutes % 60), zone)


def _both_zones(draft: Draft, start: datetime) -> None:
    if draft.hours.also is None:
        return
    minutes, word = draft.hours.also
    zone = zone_named(word, None)
    if zone is None or instant(draft.day, minutes, zone).astimezone(UTC) != start.astimezone(UTC):
        raise QuestionError("the two zones do not give the same time")


def legend_of(tokens: Sequence[Token]) -> dict[tuple[int, int], str]:
    """The codes of a legend on a line, by the hours they stand for."""
    return {
        (token.value.start, token.value.end): token.text
        for token in tokens
        if isinstance(token.value, Hours) and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", token.text)
    }

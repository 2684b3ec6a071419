"""Labelled blocks and tables: fields that belong together make one record, and a record makes shifts.

A new record begins where its date label comes again; what stood before any date (the site, the pay) holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers import daynight
from connectors.offers.almanac import QuestionError
from connectors.offers.beginnings import span
from connectors.offers.dates import entries
from connectors.offers.doubts import doubts
from connectors.offers.draft import Said
from connectors.offers.fields import FieldKind, kind_of, tells_change
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.moments import Deadline
from connectors.offers.page import Page
from connectors.offers.pairing import pair
from connectors.offers.pay import is_pay
from connectors.offers.placing import put
from connectors.offers.rates import RateKind, rates_by_kind
from connectors.offers.reading import Layout, Money, Status
from connectors.offers.record import AN_ID, Record, hours_of, is_length, length_differs, pay_of, zones_of
from connectors.offers.services import tells_no_place
from connectors.offers.stating import own_status, status_here, unsure_heading
from connectors.offers.terms import pay_by_site
from connectors.offers.tokens import Hours, Token
from connectors.offers.zones import told_once

_OPEN_WORDS = frozenset(
    "open|available|unfilled|needed|vacant|uncovered|yes - open|still open|up for grabs|give away|giveaway|take|take or trade|trade or take".split(
        "|"
    )
)
_PERSON = re.compile(
    r"(?i)(?:current )?(?:provider|physician|doctor|clinician|owner|who|name)|(?:posted|offered|listed) by"
)
_ROW_NUMBER = re.compile(
    r"(?:shift |slot |item |line |row )?(?:#|no\.?|nr\.?|number|id)|row|item|line", re.IGNORECASE
)
_ANSWERS: dict[str, Status] = {
    **dict.fromkeys(("approved", "accepted", "granted", "booked", "awarded"), "confirmed"),
    **dict.fromkeys(
        ("denied", "declined", "rejected", "refused", "not approved", "not awarded"), "withdrawn"
    ),
}
_YOUR_REQUESTS = re.compile(
    r"\byour (?:\w+ ){0,2}(?:requests?|bids?|applications?|picks|selections?|claims?)\b|\byou(?:['’]ve| have)? (?:requested|bid on|applied for|asked for|claimed)\b",
    re.IGNORECASE,
)
_TO_BE_RID = re.compile(
    r"\b(?:drop|release|hand-?back|give-?(?:back|up|away)|time[- ]off|days? off|swap|trade|leave|pto|cancel\w*) (?:requests?|bids?)\b",
    re.IGNORECASE,
)
"""What was asked for is to work it no more."""
_SO_MANY_LEFT = re.compile(
    r"(?:(?:spots?|slots?|openings?|positions?|seats?|providers?|doctors?|docs?|physicians?|shifts?)(?: (?:left|open|available|needed|remaining|to fill))?|(?:number |no\. )?(?:needed|remaining|open|left|available)|qty|quantity|count)",
    re.IGNORECASE,
)
"""A column that says how many are to be had; none at all is a question."""
_HOW_SOON = re.compile(r"urgent|urgency|priority|level", re.IGNORECASE)
"""A column that says how badly somebody is needed, and not whether."""
_BY = re.compile(r"\W*(?:by|before|until|no later than)\b:? *", re.IGNORECASE)
_NOT_LATER = re.compile(r"\b(?:later than|by|before|until|till|on)\b:? *", re.IGNORECASE)
_BEGUN = re.compile(r"\W*start(?:s|ing)? date", re.IGNORECASE)
"""By itself it may be when an assignment begins, whose days nobody knows."""
_PLAIN_UNIT = r"(?i)ed|er|icu|ward|main|inpatient|emergency|uc|hospitalist|unit"


def _sorted_out(page: Page, record: Record) -> None:
    """`covered` where pay is told is a status; `Reinstated, $1,900/day` is also what it pays."""
    for at, (kind, label, value) in enumerate(record.fields):
        tokens = page.lex(value)
        if kind == "pay" and not any(t.kind == "money" for t in tokens) and own_status(page, value):
            record.fields[at] = ("status", label, value)
        elif kind == "status" and not record.has("pay") and any(map(is_pay, tokens)):
            amounts = [token for token in tokens if token.kind == "money"]
            record.add("pay", label, value[amounts[0].start : amounts[-1].end], record.lines[at])


class Records:
    """Gathers the record that is being read, and reads it when it ends."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.open = Record()

    def label(self, line: Line, kind: FieldKind, label: str, value: str) -> None:
        if kind == "status" and _BY.match(value) and self.page.moment(value[_BY.match(value).end() :]):  # type: ignore[union-attr]
            kind = "deadline"
        begins = kind == "date" or (kind == "start" and not self.open.has("date"))
        if begins and (self.open.has("date") or self.open.has("start")):
            self.flush()
        self.open.add(kind, label, value, line)

    def row(self, line: Line, heads: Sequence[FieldKind | None], labels: Sequence[str]) -> bool:
        """A table row under its headings; False where it has no date, and may be read as a line."""
        record = Record()
        if not {"hours", "start"} & set(heads):
            line = replace(
                line, cells=tuple(map(self._half_written, line.cells)), told=line.told or line.text
            )
            heads = [
                "hours" if kind in (None, "status") and self._is_hours(value) else kind
                for kind, value in zip(heads, line.cells, strict=False)
            ]
        for kind, label, value in zip(heads, labels, line.cells, strict=False):
            if value and kind is None and self._is_amount(value):
                record.add("pay", label, value, line)
            elif value:
                # What stands under a heading that means nothing to us may still mean something.
                record.add(kind or "status", label, value, line)
        if not (record.has("date") or record.has("start")):
            return False
        self._read(record, line, "table")
        return True

    def _half_written(self, value: str) -> str:
        """`Night` in a cell, as the hours that the message gives it."""
        found = daynight.HALF_WORD.fullmatch(value.strip())
        return self.page.half_hours.get(found[1].lower(), value) if found else value

    def _is_amount(self, value: str) -> bool:
        """`$2,350` below a heading that means nothing to us."""
        tokens = self.page.lex(value)
        return len(tokens) == 1 and is_pay(tokens[0])

    def _is_hours(self, value: str) -> bool:
        """`5:00 PM - 10:00 PM` below a heading that means nothing to us."""
        tokens = self.page.lex(value)
        return len(tokens) == 1 and isinstance(tokens[0].value, Hours) and not tokens[0].value.unsure

    def flush(self) -> None:
        """Read the open record; one without a date only says what holds for those to come."""
        line = self.open.line
        self.page.used.update(one.number for one in self.open.lines)
        if line is not None and (self.open.has("date") or self.open.has("start")):
            self._read(self.open, line, "blocks")
        elif self.open.fields:
            self._carry()
        self.open.clear()

    def _carry(self) -> None:
        page, record = self.page, self.open
        for label, value in record.of("site"):
            site = next((t for t in page.lex(value) if t.kind == "site"), None)
            if site:
                settled = page.scope.status if page.scope.status == "confirmed" else None
                page.heading(str(site.value), site.text)
                page.scope.status = settled  # `CONFIRMATION` stands above it, and is said of all.
            elif kind_of(label) == "site" and not (
                page.scope.site and (re.fullmatch(_PLAIN_UNIT, value) or tells_no_place(label, value))
            ):
                page.heading(None, value)
        pay, doubtful = pay_of(page, record)
        by_site = any(pay_by_site(page, page.lex(value)) for _, value in record.of("pay"))
        if by_site:
            pay, doubtful = None, False
        elif any(_of_some_sites(page.lex(value)) for _, value in record.of("pay")):
            pay, doubtful = None, True
        elif rates := self._rates(record):
            page.add_rates(rates)
            doubtful = False
        elif pay and not doubtful:
            page.add_pay(pay)
        page.conditional_pay |= doubtful
        for _, value in record.of("deadline"):
            page.deadline = self._deadline(value) or page.deadline
        if any(value.strip().lower().strip(".!") in _OPEN_WORDS for _, value in record.of("status")):
            for draft in page.drafts:
                draft.status = draft.status or "offered"
        page.loose_statuses += [
            value
            for _, value in record.of("status")
            if own_status(page, value) in ("withdrawn", "confirmed", "reinstated")
        ]
        page.scope.zone = record.text("zone").split(" ")[0] or page.scope.zone
        page.scope.emr = record.text("emr") or page.scope.emr
        page.scope.hours = record.text("hours") or page.scope.hours
        for (kind, label, value), line in zip(record.fields, record.lines, strict=True):
            begun = kind == "ignore" and record.has("hours") and _BEGUN.match(label)
            if (begun or kind not in ("ignore", "deadline")) and page.names_day(page.lex(value)):
                page.ask(line, "dates of what?")

    def _rates(self, record: Record) -> dict[RateKind, Money] | None:
        texts = [value for _, value in record.of("pay")]
        return rates_by_kind(texts[0], self.page.lex(texts[0])) if len(texts) == 1 else None

    def _read(self, record: Record, line: Line, layout: Layout) -> None:
        self.page.layout = layout
        try:
            self._shifts(record, line)
        except QuestionError as question:
            self.page.ask(line, str(question))
        finally:
            self.page.layout = "list"

    def _shifts(self, record: Record, line: Line) -> None:
        page = self.page
        tokens = self._when(record)
        words = record.text("hours") + " " + record.text("date")
        site, site_text, review = self._site(record)
        slots = pair(entries(tokens, page.calendar()), page.halves(words))
        if slots and length_differs(record, slots[0].hours):
            review = {*review, "hours"}
        _sorted_out(page, record)
        pay = pay_of(page, record)
        status, unsure = self._status(record)
        deadlines = [value for _, value in record.of("deadline")]
        deadline = next(filter(None, (self._deadline(value) for value in deadlines)), None)
        if deadline is None and any(page.names_day(page.lex(value)) for value in deadlines):
            unsure = {*unsure, "respond_by"}
        said = Said(status, site, site_text, record.text("emr") or None, frozenset(review | unsure))
        for slot in slots:
            put(page, line, slot, tokens, said, pay, deadline)

    def _deadline(self, value: str) -> Deadline | None:
        """`3/22, noon`, `in writing, not later than 22 March`."""
        found = _NOT_LATER.search(value)
        moment = self.page.moment(value) or (self.page.moment(value[found.end() :]) if found else None)
        return moment[0] if moment else None

    def _when(self, record: Record) -> list[Token]:
        page = self.page
        when, hours = record.text("date"), hours_of(record) or page.scope.hours
        if hours == page.scope.hours:
            page.take("hours")
        if record.has("start"):
            start, end = record.text("start"), record.text("end")
            when = when or start
            if record.has("hours") and record.has("end") and not _timed(page, start, end):
                when = span(start, end)
            elif record.has("end"):
                zone = next((zone for kind in ("start", "end") for zone in zones_of(record, kind)), "")
                hours = f"{self._clock_part(start)} - {self._clock_part(end)} {zone}"
                self._one_night(start, end)
            elif not record.has("hours") and not any(token.kind == "hours" for token in page.lex(start)):
                raise QuestionError("no end")
        tokens = page.lex(f"{when} ;")
        if record.has("start"):
            tokens = [token for token in tokens if token.kind != "clock"]
        if not any(token.kind == "hours" for token in tokens):
            tokens += page.lex(hours)
        tokens = told_once(tokens)
        if zone := record.text("zone"):
            first = page.lex(zone)[:1]
            tokens += [
                t if t.kind == "zone" else replace(t, kind="zone", value=t.text.lower()) for t in first
            ]
        return tokens

    def _one_night(self, start: str, end: str) -> None:
        """A start and an end on dates more than a day apart are no single shift."""
        days = [
            day
            for text in (start, end)
            for entry in entries(
                [
                    t
                    for t in self.page.lex(text)
                    if t.kind in ("date", "month", "weekday", "mark") or _is_day(t)
                ],
                self.page.calendar(),
            )
            for day in entry.days[:1]
        ]
        if len(days) == 2 and not 0 <= (days[1] - days[0]).days <= 1:
            raise QuestionError("it starts and ends on dates that are days apart")

    def _clock_part(self, text: str) -> str:
        """What is left of "01/29/2027 15:00" without its date; "Jun 5, 2027 7:00 PM" has one clock."""
        tokens = self.page.lex(text)
        clocks = [token for token in tokens if token.kind == "clock"]
        if len(clocks) > 1 or any(token.kind == "hours" for token in tokens):
            raise QuestionError("more than one time for a start or an end")
        if clocks:
            return clocks[0].text
        kept = text
        dated = any(token.kind == "month" for token in tokens)
        for token in reversed(tokens):
            day = token.kind == "number" and (len(token.text) != 4 or token.text.startswith("20")) and dated
            if token.kind in ("date", "weekday", "month") or day:
                kept = kept[: token.start] + kept[token.end :]
        return kept.strip(" ,()")

    def _site(self, record: Record) -> tuple[str | None, str | None, set[str]]:
        page = self.page
        values = [value for _, value in record.of("site")]
        for value in (*values, *(v for kind, _, v in record.fields if kind in ("date", "hours", "status"))):
            for token in page.lex(value):
                if token.kind == "site":
                    return str(token.value), token.text, set()
        places = [
            value
            for label, value in record.of("site")
            if not (page.scope.site and (re.fullmatch(_PLAIN_UNIT, value) or tells_no_place(label, value)))
        ]
        if places:
            return None, places[0], {"site"}
        if page.scope.site is None:
            if page.scope.site_text:
                return None, page.scope.site_text, {"site"}
            raise QuestionError("the site is not named")
        return page.scope.site, page.scope.site_text, set()

    def _answered(self, record: Record) -> Status | None:
        """`Approved`, `Denied`: what became of what the reader asked for, where the message speaks of that."""
        told = {value.strip().lower().strip(".!") for _, value in record.of("status")} & _ANSWERS.keys()
        lines = (self.page.mail.subject, *(line.text[:LONGEST_LINE] for line in self.page.mail.lines))
        asked = any(map(_YOUR_REQUESTS.search, lines)) and not any(map(_TO_BE_RID.search, lines))
        return _ANSWERS[told.pop()] if len(told) == 1 and asked else None

    def _changes_unclear(self, record: Record) -> bool:
        """`New date`: another shift than the one that is known; `New hours: 7a-7p or 9a-9p`: one of the two."""
        new = [(kind, value) for kind, label, value in record.fields if tells_change(label)]
        return any(
            kind == "date"
            or (kind == "hours" and sum(token.kind == "hours" for token in self.page.lex(value)) > 1)
            for kind, value in new
        )

    def _status(self, record: Record) -> tuple[Status | None, set[str]]:
        """The status, and {"status"} where a field says something that may bear on it."""
        page = self.page
        texts = [value for kind, _, value in record.fields if kind in ("status", "hours", "date")]
        status = status_here(page, " ; ".join(texts)) or self._answered(record)
        if status is None and any(tells_change(label) for _, label, _ in record.fields):
            status = "changed"
        unsure = self._changes_unclear(record)
        offered = any(
            "availab" in label.lower() and value.strip().lower() in _OPEN_WORDS
            for label, value in record.of("status")
        )
        for label, value in record.of("status"):
            if (
                is_length(label, value)
                or AN_ID.fullmatch(value.strip())
                or _HOW_SOON.fullmatch(label.strip())
                or (_SO_MANY_LEFT.fullmatch(label.strip()) and re.fullmatch(r"[1-9]\d?", value.strip()))
                or (_ROW_NUMBER.fullmatch(label.strip()) and value.strip().isdigit())
            ):
                continue
            if offered and _PERSON.fullmatch(label.strip()):
                continue  # On a swap board it is whose shift it is; in a list of who works, who has it.
            plain = value.strip().lower().strip(".!")
            yes_or_no = bool(re.search(r"filled|open|taken|covered|available|slots?", label, re.IGNORECASE))
            if plain in _OPEN_WORDS or (status and status in (own_status(page, value), _ANSWERS.get(plain))):
                continue
            unsure = unsure or yes_or_no or bool(doubts(page, page.lex(value), value))
        for label, value in record.of("hours"):
            if is_length(label, value) or AN_ID.fullmatch(value.strip()):
                continue
            unsure = unsure or (status is None and bool(doubts(page, page.lex(value), value)))
        unsure = unsure or unsure_heading(page, " ; ".join(texts))
        return status, {"status"} if unsure else set()


def _of_some_sites(tokens: Sequence[Token]) -> bool:
    """`CVE $170/hr, CVE nights $180/hr`: which of them is paid at a site that is not named, nobody says."""
    return (
        any(token.kind == "site" for token in tokens) and sum(token.kind == "money" for token in tokens) > 1
    )


def _timed(page: Page, *texts: str) -> bool:
    """Whether a time of day stands beside the date of a start or an end."""
    return any(token.kind in ("clock", "hours") for text in texts for token in page.lex(text)) or any(
        re.search(r"(?<![\d/.-])(?!20)\d{4}(?![\d/.-])", text) for text in texts
    )


def _is_day(token: Token) -> bool:
    return token.kind == "number" and len(token.text.rstrip("stndrh")) <= 2

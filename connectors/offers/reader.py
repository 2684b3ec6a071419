"""A message -> OfferReading. Lines are read one by one; what a heading, a footer or the sender says fills the gaps.

The order of belief: what stands on the line, then under which heading it stands, then what the message says once
for all, then what the sender always means. What none of them settles is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.offers import phrases
from connectors.offers.body import own_lines
from connectors.offers.dates import Calendar, QuestionError, Slot, entries, pair
from connectors.offers.fields import FieldKind, columns, kind_of, labelled, unit_hint
from connectors.offers.invitations import read_invitations
from connectors.offers.lexer import LONGEST_LINE, Clock, Hours, Token, lex, zone_named
from connectors.offers.mime import Line, Mail, parse
from connectors.offers.pay import is_pay, pick
from connectors.offers.reading import (
    Choice,
    Ignored,
    Kind,
    Lexicon,
    Money,
    OfferReading,
    ReadShift,
    Sender,
    Source,
    Status,
    Unresolved,
)
from connectors.offers.trust import sender_of, trust

Field = tuple[str, str]


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
    review: set[str] = field(default_factory=set)


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


def read_message(raw: bytes, lexicon: Lexicon, now: datetime | None = None) -> OfferReading:
    """Read one message as it arrived. `now` stands in where it has no usable Date header.

    Never raises for what a message holds.
    """
    mail = parse(raw)
    reading, organizers = read_invitations(mail, lexicon) if mail.invitations else (None, ())
    judged = trust(mail, lexicon, organizers)
    if reading is None:
        reading = _Reader(mail, lexicon, now).read()
    return replace(reading, trust=judged)


class _Reader:
    """One message. Methods follow the order of the work: lines, records, then what fills the gaps."""

    def __init__(self, mail: Mail, lexicon: Lexicon, now: datetime | None) -> None:
        self.mail = mail
        self.lexicon = lexicon
        self.sender: Sender | None = sender_of(mail, lexicon)
        self.sent = mail.date or now or datetime.now(UTC)
        self.today = self.sent.date()
        self.scope = Scope()
        self.drafts: list[Draft] = []
        self.unresolved: list[Unresolved] = []
        self.ignored: list[Ignored] = []
        self.pays: list[tuple[int, Money]] = []
        self.legend: dict[str, str] = {}
        self.legend_pay: dict[str, Money] = {}
        self.deadline: datetime | None = None
        self.deadline_raw: tuple[date, int | None] | None = None
        self.all_or_nothing: str | None = None
        self.choose: int | None = None
        self.swap = False
        self.order = self.sender.date_order if self.sender else None

    def read(self) -> OfferReading:
        lines, self.ignored = own_lines(self.mail.lines, self.mail.subject)
        text = "\n".join(line.text for line in lines)
        everything = f"{self.mail.subject}\n{text}"
        self.swap = bool(
            phrases.SWAP.search(everything)
            or re.search(r"\b(?:in return|in exchange|wants? back)\b", everything, re.IGNORECASE)
        )
        self._message_wide(text)
        self._walk(lines)
        if not self.drafts and not self.unresolved and self.mail.subject:
            self._line(
                Line(0, re.sub(r"^\s*(?:(?:re|fwd?|fw)\s*:\s*)+", "", self.mail.subject, flags=re.IGNORECASE))
            )
        self._fill()
        return self._reading(everything)

    def _message_wide(self, text: str) -> None:
        """A zone or a site that is said once for the whole message."""
        found = re.search(
            r"\ball (?:times|hours)(?: are| listed| shown| in)*\s+(?:in )?([A-Za-z]{2,8})\b",
            text,
            re.IGNORECASE,
        )
        if found and zone_named(found[1], None):
            self.scope.zone = found[1]
        sites = {
            str(t.value)
            for line in text.split("\n")[:400]
            for t in lex(line, self.lexicon)
            if t.kind == "site"
        }
        subject = [t for t in lex(self.mail.subject, self.lexicon) if t.kind == "site"]
        if len(sites) == 1 or (not sites and len({t.value for t in subject}) == 1):
            tokens = [
                t for line in text.split("\n")[:400] for t in lex(line, self.lexicon) if t.kind == "site"
            ] or subject
            self.scope.site, self.scope.site_text = str(tokens[0].value), tokens[0].text
        elif not sites and self.sender and len(self.sender.sites) == 1:
            self.scope.site = self.sender.sites[0]

    # -- lines ----------------------------------------------------------------------------------------------

    def _walk(self, lines: Sequence[Line]) -> None:
        record = _Record()
        heads: list[FieldKind | None] | None = None
        labels: Sequence[str] = ()
        table = 0
        skip = 0
        for index, line in enumerate(lines):
            if skip:
                skip -= 1
                continue
            if line.table != table:
                table, heads = line.table, None
            if line.cells:
                if kinds := columns(line.cells):
                    heads, labels = kinds, line.cells
                    continue
                if heads:
                    self._row(line, heads, labels)
                    continue
                if len(line.cells) == 2 and (kind := kind_of(line.cells[0])):
                    self._label(record, line, kind, line.cells[0], line.cells[1])
                    continue
            elif (found := labelled(line.text)) and not self._looks_whole(line.text):
                label, kind, value = found
                self._label(record, line, kind, label, value)
                continue
            self._flush(record)
            skip = self._free(line, lines[index + 1 : index + 2])
        self._flush(record)

    def _looks_whole(self, text: str) -> bool:
        """A line with a date and hours of its own is read as a line, whatever its first word looks like."""
        kinds = {token.kind for token in lex(text, self.lexicon)}
        return bool(kinds & {"date", "month"}) and bool(kinds & {"hours", "span"})

    def _free(self, line: Line, following: Sequence[Line]) -> int:
        """Read a free line, together with the next one where the sentence plainly goes on there."""
        try:
            self._line(line)
        except QuestionError as question:
            after = following[0] if following else None
            if str(question) == "no hours" and after and self._continues(line, after):
                joined = replace(line, text=f"{line.text.strip()} {after.text.strip()}")
                try:
                    self._line(joined)
                except QuestionError as again:
                    self._ask(line, str(again))
                    self._ask(after, str(again))
                return 1
            self._ask(line, str(question))
        return 0

    def _continues(self, line: Line, after: Line) -> bool:
        kinds = {token.kind for token in lex(after.text, self.lexicon)}
        starts_low = after.text.strip()[:1].islower() or bool(
            re.match(r"\s*\(?\d{1,4}\s?[-–ap:]", after.text)
        )
        return (
            after.number == line.number + 1
            and "hours" in kinds
            and not kinds & {"date", "month"}
            and starts_low
        )

    def _line(self, line: Line) -> None:
        """One free line: shifts, a heading, a footer, or prose. Raises QuestionError."""
        text = line.text[:LONGEST_LINE]
        if self._legend_line(text):
            return
        text, deadline = self._cut_deadline(text)
        given, wanted = self._legs(text)
        if wanted:
            self._ask(line, "the shift wanted in exchange")
            if not given:
                return
            text = given
        clauses = self._clauses(text)
        for clause in clauses:
            self._clause(line, clause, deadline)
        if deadline and not any(draft.source.line == line.number for draft in self.drafts):
            self.deadline_raw = deadline

    def _legs(self, text: str) -> tuple[str, str]:
        """In a swap, (what is given, what is wanted); else everything is given."""
        if not self.swap:
            return text, ""
        found = phrases.WANTED.search(text)
        if not found:
            return text, ""
        before, after = text[: found.start()], text[found.start() :]
        # "I could take one of your days in return" names nothing that is given away.
        return (before if self._has_slot(before) else ""), (
            after if self._dated(after) or "return" in after or "exchange" in after else ""
        )

    def _clauses(self, text: str) -> list[str]:
        parts = [
            part
            for part in re.split(r"(?<=[\w)])[.;]\s+(?=[A-Z\d])|,?\s+but\s+|\s+while\s+", text)
            if part.strip()
        ]
        whole = [part for part in parts if self._has_slot(part)]
        return parts if len(whole) > 1 else [text]

    def _has_slot(self, text: str) -> bool:
        kinds = {token.kind for token in lex(text, self.lexicon)}
        return bool(kinds & {"date", "month"}) and bool(kinds & {"hours", "span"})

    def _dated(self, text: str) -> bool:
        return bool({token.kind for token in lex(text, self.lexicon)} & {"date", "month", "weekday", "hours"})

    def _clause(self, line: Line, text: str, deadline: tuple[date, int | None] | None) -> None:
        live, old = _without_old(text)
        tokens = self._with_legend(lex(live, self.lexicon))
        days = _names_day(tokens)
        hours = any(t.kind in ("hours", "span") for t in tokens)
        if ((days or self.scope.dates) and hours) or (days and self._two_clocks(tokens)):
            if phrases.NOT_A_SHIFT.search(text) and not self._own_site(tokens):
                self.ignored.append(Ignored(_source(line), "not-a-shift"))
                return
            self._slots(line, live, tokens, deadline, old=old, days=days)
            return
        self._without_slots(line, text, tokens, days=days, hours=hours)

    def _two_clocks(self, tokens: Sequence[Token]) -> bool:
        return sum(token.kind == "clock" for token in tokens) > 1

    def _own_site(self, tokens: Sequence[Token]) -> bool:
        return any(token.kind == "site" for token in tokens)

    def _slots(
        self,
        line: Line,
        text: str,
        tokens: list[Token],
        deadline: tuple[date, int | None] | None,
        *,
        old: bool,
        days: bool,
    ) -> None:
        """A line that puts dates and hours together."""
        if text.count("(") != text.count(")"):
            raise QuestionError("a bracket is not closed")
        if not days:
            tokens = [*lex(self.scope.dates, self.lexicon), *tokens]
        moved = phrases.MOVED.search(text)
        status = self._status(text)
        if (
            moved
            and (status in (None, "changed"))
            and self._moved(line, text, moved.start(), moved.end(), deadline)
        ):
            return
        slots = pair(entries(tokens, self._calendar()), phrases.halves(text))
        if old and status is None:
            status = "changed"
        moneys = [token for token in tokens if token.kind == "money"]
        pays = self._pays_by_group(slots, moneys)
        site, site_text, review = self._site(tokens, text)
        legends = _legend_of(tokens)
        for slot in slots:
            pay, doubtful = pays[slot.group]
            draft = Draft(
                day=slot.day,
                hours=slot.hours,
                source=_source(line),
                status="withdrawn" if line.void else status,
                site=site,
                site_text=site_text,
                zone=self._zone(slot, tokens, site, site_text),
                section=self.scope.section,
                pay=pay,
                emr=next((str(t.value) for t in tokens if t.kind == "emr"), self.scope.emr),
                review={*slot.review, *review, *({"pay"} if doubtful else ())},
                legend=legends.get((slot.hours.start, slot.hours.end)),
            )
            if line.marked:
                draft.review.add("status")
            self._deadline_of(draft, deadline)
            self.drafts.append(draft)
        self._terms(line, text)

    def _moved(
        self, line: Line, text: str, start: int, end: int, deadline: tuple[date, int | None] | None
    ) -> bool:
        """`A has moved to B`: A is withdrawn, B offered with the same hours unless it has its own."""
        before, after = text[:start], re.sub(r"^\s*to\b", "", text[end:])
        if not self._dated(after) or not self._has_slot(before):
            return False
        first = len(self.drafts)
        self._slots(replace(line, void=False), before, lex(before, self.lexicon), None, old=False, days=True)
        gone = self.drafts[first:]
        tokens = lex(after, self.lexicon)
        if len(gone) != 1 or not any(t.kind in ("date", "month") for t in tokens):
            del self.drafts[first:]
            return False
        if not any(t.kind in ("hours", "span") for t in tokens):
            tokens = [*tokens, Token("hours", "", len(after), len(after), gone[0].hours)]
        gone[0].status = "withdrawn"
        for slot in pair(entries(tokens, self._calendar()), ""):
            new = replace(
                gone[0], day=slot.day, hours=slot.hours, status="offered", moved=True, review=set(slot.review)
            )
            money = [t for t in tokens if t.kind == "money"]
            new.pay, doubtful = pick(money)
            new.review |= {"pay"} if doubtful else set()
            self._deadline_of(new, deadline)
            self.drafts.append(new)
        return True

    def _without_slots(
        self, line: Line, text: str, tokens: Sequence[Token], *, days: bool, hours: bool
    ) -> None:
        status = self._status_only(text)
        site = next((token for token in tokens if token.kind == "site"), None)
        money = [token for token in tokens if token.kind == "money"]
        terms = self._terms(line, text)
        if days:
            return self._days_alone(line, text, tokens, site, money, terms=terms)
        if hours and self._all_of_it(tokens, "hours", "span", "zone"):
            self.scope.hours = text
            return None
        pronoun = phrases.PRONOUN.search(text)
        if status in ("withdrawn", "reinstated", "confirmed") and pronoun and not site and self.drafts:
            if len(self.drafts) == 1 and self.drafts[0].status is None:
                self.drafts[0].status = status
                return None
            raise QuestionError("which shift is meant")
        if money:
            self._footer_pay(tokens, money)
        if site and len(text.split()) <= 9 and not text.rstrip().endswith((".", "!", "?")):
            self._heading(site, tokens)
            self.scope.status = status
        elif status and text.rstrip().endswith(":"):
            self.scope.status = status
        elif text.rstrip().endswith(":") and not site:
            self.scope.status = None
        if (
            re.search(r"\bat (?:\d{1,2})\b(?!\s?(?:%|\d))", text)
            and site
            and any(t.kind == "weekday" for t in tokens)
        ):
            raise QuestionError("no hours")
        if not (site or money or terms or status):
            self.ignored.append(Ignored(_source(line), "prose"))
        return None

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
        if self._all_of_it(tokens, "date", "month", "number", "weekday"):
            has_day = any(t.kind in ("date", "number") for t in tokens)
            if has_day:
                self.scope.dates = text
            else:
                month = next((t.value for t in tokens if t.kind == "month"), None)
                year = next((t.value for t in tokens if t.kind == "number"), None)
                self.scope.month = month if isinstance(month, int) else None
                self.scope.year = year if isinstance(year, int) and year > 1999 else None
            return
        if (
            self.scope.hours
            and not phrases.NOT_A_SHIFT.search(text)
            and any(t.kind == "date" for t in tokens)
        ):
            joined = f"{text} {self.scope.hours}"
            self._slots(line, joined, lex(joined, self.lexicon), None, old=False, days=True)
            return
        if phrases.NOT_A_SHIFT.search(text) or (terms and not money):
            self.ignored.append(Ignored(_source(line), "prose"))
            return
        asks = (
            site
            or money
            or self._status(text)
            or phrases.GIVEN.search(text)
            or re.search(r"\bhours?\b|\bat \d", text, re.IGNORECASE)
        )
        listed = tokens[0].kind in ("date", "weekday") or (tokens[0].kind == "month" and len(tokens) > 1)
        if (
            asks
            or (listed and any(t.kind in ("date", "number") for t in tokens))
            or phrases.LEAD.search(text)
        ):
            if self._code_left(tokens):
                raise QuestionError("a code that nothing explains")
            raise QuestionError("no hours")
        self.ignored.append(Ignored(_source(line), "prose"))

    def _code_left(self, tokens: Sequence[Token]) -> bool:
        return bool(self.legend) and any(
            t.kind == "word" and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", t.text) for t in tokens
        )

    def _all_of_it(self, tokens: Sequence[Token], *kinds: str) -> bool:
        small = {
            "all",
            "shifts",
            "shift",
            "hours",
            "times",
            "are",
            "is",
            "from",
            "the",
            "on",
            "for",
            "each",
            "day",
            "night",
            "nights",
            "days",
            "of",
            "and",
            "open",
        }
        return bool(tokens) and all(
            t.kind in kinds or t.kind == "mark" or (t.kind == "word" and str(t.value) in small)
            for t in tokens
        )

    # -- parts of a line ------------------------------------------------------------------------------------

    def _calendar(self) -> Calendar:
        return Calendar(self.today, self.order, self.scope.month, self.scope.year)

    def _status(self, text: str) -> Status | None:
        return self._status_only(text) or self.scope.status

    def _status_only(self, text: str) -> Status | None:
        status = phrases.status_of(text)
        if status == "withdrawn":
            rest = re.sub(r"\bno longer \w+|\bnot available\b", "", text, flags=re.IGNORECASE)
            if re.search(
                r"\ball (?:but|except)\b|\bexcept\b|\bapart from\b|\bother than\b", text, re.IGNORECASE
            ):
                raise QuestionError("some of it is gone, and some is not")
            if re.search(
                r"\b(?:is|are|now|still) (?:open|available)\b|\bup for grabs\b|\bcan you\b|\banyone\b|\bneed(?:s|ed)? (?:cover|a |some|you|help)",
                rest,
                re.IGNORECASE,
            ):
                raise QuestionError("it reads as gone and as open")
        return status

    def _cut_deadline(self, text: str) -> tuple[str, tuple[date, int | None] | None]:
        found = phrases.DEADLINE.search(text)
        if not found:
            return text, None
        tail = text[found.end() : found.end() + 60]
        moment = self._moment(tail)
        if moment is None:
            return text, None
        day, minutes, used = moment
        return f"{text[: found.start()].rstrip(' ,')} {text[found.end() + used :]}", (day, minutes)

    def _moment(self, text: str) -> tuple[date, int | None, int] | None:
        """(date, minutes, characters used) at the head of a text; a weekday alone is the next one to come."""
        tokens = lex(text, self.lexicon)
        head: list[Token] = []
        for token in tokens:
            if (
                token.kind in ("date", "month", "number", "weekday", "clock", "noise", "zone")
                or token.text in (",", ".", "at", "@", "-", "(", ")")
                or _relative(token)
                or token.text.lower()
                in ("noon", "midnight", "end", "of", "day", "on", "the", "close", "business")
            ):
                head.append(token)
            else:
                break
        clock = next((t.value for t in head if isinstance(t.value, Clock)), None)
        minutes = clock.minutes if clock else 12 * 60 if any(t.text.lower() == "noon" for t in head) else None
        used = head[-1].end if head else 0
        try:
            days = [
                day for entry in entries(head, replace(self._calendar(), month=None)) for day in entry.days
            ]
        except QuestionError:
            return None
        if days:
            return days[0], minutes, used
        weekday = next((t.value for t in head if t.kind == "weekday"), None)
        if isinstance(weekday, int):
            ahead = (weekday - self.today.weekday() - 1) % 7 + 1
            return self.today + timedelta(days=ahead), minutes, used
        return None

    def _deadline_of(self, draft: Draft, deadline: tuple[date, int | None] | None) -> None:
        if deadline:
            draft.respond_by = _at_deadline(deadline, draft.zone)

    def _site(self, tokens: Sequence[Token], text: str) -> tuple[str | None, str | None, set[str]]:
        named = [token for token in tokens if token.kind == "site"]
        if len({token.value for token in named}) > 1:
            raise QuestionError("two sites on one line")
        if named:
            return str(named[0].value), named[0].text, set()
        stripped = text
        for token in reversed(
            [t for t in tokens if t.kind in ("emr", "zone", "month", "weekday") and t.end <= len(text)]
        ):
            stripped = stripped[: token.start] + " ; " + stripped[token.end :]
        if found := phrases.FACILITY.search(stripped):
            return None, found[1].strip(), {"site"}
        codes = [code for code in phrases.CODE.findall(stripped) if code not in phrases.KNOWN_CODES]
        if self.scope.site is None:
            raise QuestionError("the site is not named")
        return self.scope.site, self.scope.site_text, {"site"} if codes and not self.legend else set()

    def _zone(self, slot: Slot, tokens: Sequence[Token], site: str | None, site_text: str | None) -> ZoneInfo:
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
            return zone
        if self.sender and self.sender.zone:
            return self.sender.zone
        if own is None:
            raise QuestionError(
                f"the site is not known{'' if site_text else ' or named'}, so its zone is not either"
            )
        return own

    def _pays_by_group(
        self, slots: Sequence[Slot], moneys: Sequence[Token]
    ) -> dict[int, tuple[Money | None, bool]]:
        """One pay for the line; or one for each group of dates where each is followed by its own."""
        groups = sorted({slot.group for slot in slots})
        own = [token for token in moneys if is_pay(token)]
        if len(groups) > 1 and len(own) == len(groups):
            return {group: pick([token]) for group, token in zip(groups, own, strict=True)}
        pay = pick(moneys)
        return dict.fromkeys(groups, pay)

    def _legend_line(self, text: str) -> bool:
        """`D = 0800-1600`: a code that stands for hours from here on."""
        found = re.fullmatch(r"\s*[*•-]?\s*([A-Z][A-Za-z0-9]{0,4})\s*(?:=|:|–|-|→)\s*(\S.{3,30})", text)
        if not found or found[1] in phrases.KNOWN_CODES - {"DAY", "NIGHT"}:
            return False
        hours = [token for token in lex(found[2], self.lexicon) if token.kind == "hours"]
        if len(hours) != 1 or len(hours[0].text) < len(found[2].strip()) - 6:
            return False
        self.legend[found[1]] = hours[0].text
        return True

    def _with_legend(self, tokens: Sequence[Token]) -> list[Token]:
        if not self.legend:
            return list(tokens)
        return [
            replace(
                lex(self.legend[token.text], self.lexicon)[0],
                text=token.text,
                start=token.start,
                end=token.end,
            )
            if token.kind in ("word", "emr") and token.text in self.legend
            else token
            for token in tokens
        ]

    def _heading(self, site: Token, tokens: Sequence[Token]) -> None:
        emr = next((str(t.value) for t in tokens if t.kind == "emr"), None)
        zone = next((str(t.value) for t in tokens if t.kind == "zone"), None) or self.scope.zone
        self.scope = Scope(str(site.value), site.text, emr, zone, section=self.scope.section + 1)

    def _footer_pay(self, tokens: Sequence[Token], money: Sequence[Token]) -> None:
        """Pay that stands without dates holds for all shifts, or for those of a legend's code before it."""
        coded = False
        for before, token in zip(self._with_legend_keys(tokens), tokens, strict=True):
            if token.kind == "money" and before:
                pay, _ = pick([token])
                if pay:
                    self.legend_pay[before] = pay
                    coded = True
        if coded:
            return
        pay, doubtful = pick(money)
        if pay and not doubtful:
            self.pays.append((self.scope.section, pay))

    def _with_legend_keys(self, tokens: Sequence[Token]) -> list[str]:
        """For each token the code of the legend last seen, as long as no money came since."""
        keys, last = [], ""
        for token in tokens:
            if token.text in self.legend:
                last = token.text
            keys.append(last)
            if token.kind == "money":
                last = ""
        return keys

    def _terms(self, line: Line, text: str) -> bool:
        """All-or-nothing and pick-n phrases; True where the line holds one."""
        whole, most = phrases.ALL_OR_NOTHING.search(text), phrases.choice_of(text)
        if whole:
            mine = [draft for draft in self.drafts if draft.source.line == line.number]
            if len(mine) > 1:
                for draft in mine:
                    draft.block = f"b{line.number}"
            else:
                self.all_or_nothing = "each" if phrases.EACH.search(text) else "all"
        if most:
            self.choose = most
        return bool(whole or most)

    def _ask(self, line: Line, why: str) -> None:
        self.unresolved.append(Unresolved(_source(line), why))

    # -- records: labels and tables -------------------------------------------------------------------------

    def _label(self, record: _Record, line: Line, kind: FieldKind, label: str, value: str) -> None:
        begins = kind == "date" or (kind == "start" and not record.has("date"))
        if begins and (record.has("date") or record.has("start")):
            self._flush(record)
        record.add(kind, label, value, line)

    def _row(self, line: Line, heads: Sequence[FieldKind | None], labels: Sequence[str]) -> None:
        record = _Record()
        for kind, label, value in zip(heads, labels, line.cells, strict=False):
            if kind and value:
                record.add(kind, label, value, line)
        loose = " ".join(value for kind, value in zip(heads, line.cells, strict=False) if kind is None)
        if loose:
            record.add("status", "", loose, line)
        if record.has("date") or record.has("start"):
            self._record(record, line)
        else:
            self._free(line, ())

    def _flush(self, record: _Record) -> None:
        """Read a finished record, and keep what a next one may leave out: the site, the pay, the EMR."""
        line = record.line
        if line is not None and (record.has("date") or record.has("start")):
            self._record(record, line)
        elif record.fields:
            self._carried(record)
        record.clear()

    def _carried(self, record: _Record) -> None:
        for label, value in record.of("site"):
            site = next((t for t in lex(value, self.lexicon) if t.kind == "site"), None)
            if site:
                self._heading(site, [])
            elif kind_of(label) == "site":
                self.scope.site, self.scope.site_text = None, value
        pay, doubtful = self._record_pay(record)
        if pay and not doubtful:
            self.pays.append((self.scope.section, pay))
        for _, value in record.of("deadline"):
            if moment := self._moment(value):
                self.deadline_raw = moment[:2]
        for _, value in record.of("zone"):
            self.scope.zone = value.split()[0] if value.split() else None
        for _, value in record.of("emr"):
            self.scope.emr = value
        for _, value in record.of("hours"):
            self.scope.hours = value

    def _record(self, record: _Record, line: Line) -> None:
        try:
            self._read_record(record, line)
        except QuestionError as question:
            self._ask(line, str(question))

    def _read_record(self, record: _Record, line: Line) -> None:
        when, hours = record.text("date"), record.text("hours") or self.scope.hours
        if record.has("start"):
            start, end = record.text("start"), record.text("end")
            when = when or start
            if record.has("end"):
                hours = f"{self._clock_part(start)} - {self._clock_part(end)}"
            elif not record.has("hours"):
                raise QuestionError("no end")
        tokens = self._with_legend([*lex(f"{when} ;", self.lexicon)])
        tokens = [t for t in tokens if not record.has("start") or t.kind != "clock"]
        tokens += (
            self._with_legend(lex(hours, self.lexicon)) if not any(t.kind == "hours" for t in tokens) else []
        )
        zone = record.text("zone")
        if zone:
            tokens += [
                t if t.kind == "zone" else replace(t, kind="zone", value=t.text.lower())
                for t in lex(zone, self.lexicon)[:1]
            ]
        words = " ".join(value for kind, _, value in record.fields if kind in ("hours", "date", "status"))
        site, site_text, review = self._record_site(record)
        slots = pair(entries(tokens, self._calendar()), phrases.halves(words))
        pay, doubtful = self._record_pay(record)
        status = self._status(
            " ".join(
                value for kind, _, value in record.fields if kind in ("status", "ignore", "hours", "date")
            )
        )
        deadline = next(
            (moment[:2] for _, value in record.of("deadline") if (moment := self._moment(value))), None
        )
        legends = _legend_of(tokens)
        for slot in slots:
            draft = Draft(
                day=slot.day,
                hours=slot.hours,
                source=_source(line),
                status="withdrawn" if line.void else status,
                site=site,
                site_text=site_text,
                zone=self._zone(slot, tokens, site, site_text),
                section=self.scope.section,
                pay=pay,
                emr=record.text("emr") or self.scope.emr,
                review={
                    *slot.review,
                    *review,
                    *({"pay"} if doubtful else ()),
                    *({"status"} if line.marked else ()),
                },
                legend=legends.get((slot.hours.start, slot.hours.end)),
            )
            self._deadline_of(draft, deadline)
            self.drafts.append(draft)

    def _clock_part(self, text: str) -> str:
        """What is left of "01/29/2027 15:00" without its date."""
        kept = text
        for token in reversed(lex(text, self.lexicon)):
            if token.kind in ("date", "weekday", "month") or (
                token.kind == "number"
                and len(token.text) != 4
                and ":" not in text
                and any(t.kind == "month" for t in lex(text, self.lexicon))
            ):
                kept = kept[: token.start] + kept[token.end :]
        return kept.strip(" ,()")

    def _record_site(self, record: _Record) -> tuple[str | None, str | None, set[str]]:
        values = [value for label, value in record.of("site")]
        for value in values:
            for token in lex(value, self.lexicon):
                if token.kind == "site":
                    return str(token.value), token.text, set()
        for kind, _, value in record.fields:
            if kind in ("date", "hours", "status"):
                for token in lex(value, self.lexicon):
                    if token.kind == "site":
                        return str(token.value), token.text, set()
        if values and not (
            self.scope.site and re.fullmatch(r"(?i)ed|er|icu|ward|main|inpatient|emergency|uc", values[0])
        ):
            return None, values[0], {"site"}
        if self.scope.site is None:
            raise QuestionError("the site is not named")
        return self.scope.site, self.scope.site_text, set()

    def _record_pay(self, record: _Record) -> tuple[Money | None, bool]:
        for kinds in (("guarantee",), ("pay",)):
            found = [
                (token, unit_hint(label))
                for kind, label, value in record.fields
                if kind in kinds
                for token in _moneys(lex(_with_sign(value), self.lexicon))
            ]
            if found:
                own = [one for one in found if is_pay(one[0])]
                hint = own[0][1] if own else None
                return pick([token for token, _ in found], hint)
        return None, False

    # -- what fills the gaps --------------------------------------------------------------------------------

    def _fill(self) -> None:
        subject = phrases.status_of(self.mail.subject)
        for draft in self.drafts:
            draft.status = draft.status or self._by_subject(subject)
            if draft.legend in self.legend_pay:
                draft.pay = draft.pay or self.legend_pay[draft.legend or ""]
            if draft.pay is None and "pay" not in draft.review:
                self._fill_pay(draft)
            if draft.respond_by is None and self.deadline_raw and draft.status == "offered":
                draft.respond_by = _at_deadline(self.deadline_raw, draft.zone)
        self._fill_blocks()

    def _by_subject(self, subject: Status | None) -> Status:
        return subject if subject in ("withdrawn", "confirmed", "reinstated", "changed") else "offered"

    def _fill_pay(self, draft: Draft) -> None:
        if draft.status == "withdrawn" or draft.moved:
            return
        near = {pay for section, pay in self.pays if section == draft.section}
        found = near or {pay for section, pay in self.pays if section == 0} or {pay for _, pay in self.pays}
        if len(found) == 1:
            (draft.pay,) = found
        elif found:
            draft.review.add("pay")

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
        if whole and len(loose) > 1:
            for draft in loose:
                draft.block = "b1"

    def _reading(self, everything: str) -> OfferReading:
        shifts = []
        for draft in self.drafts:
            try:
                shifts.append(self._shift(draft))
            except QuestionError as question:
                self.unresolved.append(Unresolved(draft.source, str(question)))
        return OfferReading(
            kind=self._kind(shifts, everything),
            trust="untrusted",
            shifts=tuple(shifts),
            unresolved=tuple(_once(self.unresolved)),
            ignored=tuple(self.ignored),
        )

    def _shift(self, draft: Draft) -> ReadShift:
        start = _instant(draft.day, draft.hours.start, draft.zone)
        ends = draft.day + timedelta(days=draft.hours.end <= draft.hours.start)
        end = _instant(ends, draft.hours.end, draft.zone)
        self._both_zones(draft, start)
        if draft.day < self.today and (draft.status or "offered") == "offered":
            draft.review.add("date")
        group = Choice("g1", self.choose) if self.choose and draft.status == "offered" else None
        return ReadShift(
            status=draft.status or "offered",
            site=draft.site,
            site_text=draft.site_text,
            start=start,
            end=end,
            pay=draft.pay,
            source=draft.source,
            emr=draft.emr,
            block=draft.block,
            choose=group,
            respond_by=draft.respond_by,
            needs_review=tuple(sorted(draft.review)),
        )

    def _both_zones(self, draft: Draft, start: datetime) -> None:
        if draft.hours.also is None:
            return
        minutes, word = draft.hours.also
        zone = zone_named(word, None)
        if zone is None or _instant(draft.day, minutes, zone).astimezone(UTC) != start.astimezone(UTC):
            raise QuestionError("the two zones do not give the same time")

    def _kind(self, shifts: Sequence[ReadShift], everything: str) -> Kind:
        moved = {(draft.day, draft.hours.start) for draft in self.drafts if draft.moved}
        put_up = [
            s
            for s in shifts
            if s.status == "offered" and (s.start.date(), s.start.hour * 60 + s.start.minute) not in moved
        ]
        if put_up:
            return "offers"
        if shifts:
            return "status"
        if self.unresolved:
            return "offers" if not phrases.status_of(everything) else "status"
        if phrases.status_of(self.mail.subject):
            return "status"
        return "lead" if phrases.LEAD.search(everything) else "other"


@dataclass
class _Record:
    """Labelled fields that belong together, in the order they stand."""

    fields: list[tuple[FieldKind, str, str]] = field(default_factory=list)
    line: Line | None = None

    def add(self, kind: FieldKind, label: str, value: str, line: Line) -> None:
        self.fields.append((kind, label, value))
        if self.line is None or (
            kind in ("date", "start") and not any(k in ("date", "start") for k, _, _ in self.fields[:-1])
        ):
            self.line = line

    def has(self, kind: FieldKind) -> bool:
        return any(one == kind for one, _, _ in self.fields)

    def of(self, kind: FieldKind) -> list[Field]:
        return [(label, value) for one, label, value in self.fields if one == kind]

    def text(self, kind: FieldKind) -> str:
        return " ".join(value for _, value in self.of(kind))

    def clear(self) -> None:
        self.fields, self.line = [], None


def _source(line: Line) -> Source:
    return Source(line.number, line.text)


def _once(found: Iterable[Unresolved]) -> list[Unresolved]:
    return list({one.source.line: one for one in found}.values())


def _names_day(tokens: Sequence[Token]) -> bool:
    """Whether a date stands here; a month without a number beside it is none."""
    for at, token in enumerate(tokens):
        beside = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 2]]
        if token.kind == "date" or _relative(token):
            return True
        if token.kind == "month" and any(one.kind in ("number", "span") for one in beside):
            return True
    return False


def _relative(token: Token) -> bool:
    return token.kind == "word" and str(token.value) in ("today", "tonight", "tomorrow", "tmrw")


def _moneys(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.kind == "money"]


def _with_sign(value: str) -> str:
    """`2,400` in a pay field is dollars."""
    return f"${value.strip()}" if re.fullmatch(r"\s*\d[\d,.]*(?:\s*(?:/|per ).{1,12})?\s*", value) else value


def _legend_of(tokens: Sequence[Token]) -> dict[tuple[int, int], str]:
    return {
        (token.value.start, token.value.end): token.text
        for token in tokens
        if isinstance(token.value, Hours) and re.fullmatch(r"[A-Z][A-Za-z0-9]{0,4}", token.text)
    }


def _without_old(text: str) -> tuple[str, bool]:
    """The text without what it says was so before, and whether there was any such thing."""
    found = phrases.OLD.search(text)
    if not found:
        return text, False
    end = re.compile(r"[;)]|,(?!\d)|\.(?!\d)|\bnow\b|$").search(text, found.end())
    assert end
    return f"{text[: found.start()]} {text[end.start() :]}", True


def _at_deadline(deadline: tuple[date, int | None], zone: ZoneInfo) -> datetime:
    day, minutes = deadline
    return _instant(day, 23 * 60 + 59 if minutes is None else minutes, zone)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minutes // 60 % 24, minutes % 60), zone)

"""Calendar invitations (iMIP): a REQUEST puts shifts up, a higher SEQUENCE changes them, a CANCEL takes them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.calendars import ical
from connectors.calendars.ical_event import NO_START
from connectors.event import Event, Timed
from connectors.offers import phrases
from connectors.offers.almanac import Calendar, QuestionError
from connectors.offers.dates import entries
from connectors.offers.lexer import lex
from connectors.offers.mime import Mail
from connectors.offers.pay import pick
from connectors.offers.reading import (
    Kind,
    Lexicon,
    Money,
    OfferReading,
    ReadShift,
    Source,
    Status,
    Unresolved,
    Version,
)
from connectors.offers.template import with_aliases, writer
from connectors.offers.tokens import Clock, RawMoney

AHEAD = timedelta(days=400)
MOST_EVENTS = 50
LARGEST = 200_000
PROPOSED = "somebody proposes another time for an invitation"
_EVENT = re.compile(r"BEGIN:VEVENT((?:(?!BEGIN:VEVENT).)*?)END:VEVENT", re.DOTALL)


def read_invitations(
    mail: Mail, lexicon: Lexicon, now: datetime | None = None
) -> tuple[OfferReading | None, tuple[str, ...]]:
    """The reading, and the organisers named; None where the calendar parts hold no invitation."""
    sent = mail.date or now or datetime.now(UTC)
    lexicon = with_aliases(lexicon, writer(mail, lexicon)[1])
    shifts: list[ReadShift] = []
    questions: list[Unresolved] = []
    organizers: list[str] = []
    uids: list[str] = []
    taken_back: list[Version] = []
    seen: set[tuple[str, str]] = set()
    for text in mail.invitations:
        events = _EVENT.findall(text[:LARGEST])
        if len(events) > MOST_EVENTS or any(_runs_on(one) for one in events):
            questions.append(Unresolved(Source(0, ""), "an invitation that repeats, or holds too much"))
            continue
        zone = _floating(text, mail, lexicon)
        reading = ical.read(text, sent.date() - timedelta(days=40), (sent + AHEAD).date(), zone)
        versions = _versions(events, reading.method, mail.sender)
        problems = reading.problems
        if reading.method == "CANCEL":
            # The name is enough there: hours may be left out.
            read = {event.uid for event in reading.events}
            bare = [one for uid, one in versions.items() if uid not in read and one.whole]
            taken_back += bare
            uids += [one.uid for one in bare]
            problems = tuple(one for one in problems if not bare or one != NO_START)
        questions += [Unresolved(Source(0, ""), problem) for problem in problems]
        if reading.method in ("COUNTER", "DECLINECOUNTER", "REFRESH"):
            questions.append(Unresolved(Source(0, ""), PROPOSED))
            continue
        if reading.method not in ("REQUEST", "CANCEL", "PUBLISH", "ADD"):
            continue
        organizers += [reading.organizer] if reading.organizer else []
        for event in reading.events:
            if (event.uid, event.occurrence) in seen:
                continue
            seen.add((event.uid, event.occurrence))
            uids.append(event.uid)
            version = replace(
                versions.get(event.uid, Version(event.uid, organizer=mail.sender)),
                instance=event.occurrence,
                sequence=event.sequence,
            )
            try:
                shifts.append(replace(_shift(event, reading.method, mail, lexicon), version=version))
            except QuestionError as question:
                if reading.method == "CANCEL":
                    taken_back.append(version)
                else:
                    questions.append(Unresolved(Source(0, event.summary), str(question)))
    if not shifts and not questions and not taken_back:
        return None, tuple(organizers)
    asked = any(one.why != PROPOSED for one in questions)
    put_up = any(s.status == "offered" for s in shifts)
    kind: Kind = "offers" if put_up or (asked and not shifts and not taken_back) else "status"
    return (
        OfferReading(
            kind,
            "untrusted",
            tuple(shifts),
            tuple(questions),
            (),
            (uids[0] or None) if len(set(uids)) == 1 else None,
            tuple(taken_back),
        ),
        tuple(dict.fromkeys(organizers)),
    )


def _floating(text: str, mail: Mail, lexicon: Lexicon) -> ZoneInfo | None:
    """The zone of times that name none: the sender's, or that of the one site that is spoken of."""
    sender, _ = writer(mail, lexicon)
    if sender and sender.zone:
        return sender.zone
    lines = [line.partition(":")[2] for line in text[:LARGEST].split("\n") if line.startswith(_TOLD)]
    sites = {str(token.value) for line in lines[:200] for token in lex(line, lexicon) if token.kind == "site"}
    if not sites and sender:
        sites = set(sender.sites)
    return lexicon.site(sites.pop()).zone if len(sites) == 1 else None


_TOLD = ("SUMMARY", "LOCATION", "DESCRIPTION")
_STAMP = re.compile(r"^DTSTAMP[^:\n]*:(\S+)", re.MULTILINE | re.IGNORECASE)
_SEQUENCE = re.compile(r"^SEQUENCE[^:\n]*:(\d{1,9})", re.MULTILINE | re.IGNORECASE)
_ORGANIZER = re.compile(r"^ORGANIZER.*mailto:([^\s\"]+)", re.MULTILINE | re.IGNORECASE)
_UID = re.compile(r"^UID[^:\n]*:(.*?)\r?$", re.MULTILINE | re.IGNORECASE)
_INSTANCE = re.compile(r"^RECURRENCE-ID", re.MULTILINE | re.IGNORECASE)


def _versions(events: Sequence[str], method: str, sender: str) -> dict[str, Version]:
    """What each invitation of a message says of itself, by its UID. Who names no organiser is it."""
    found: dict[str, Version] = {}
    for folded in events:
        event = re.sub(r"\r?\n[ \t]", "", folded)
        told = {
            name: (match[1].strip() if (match := pattern.search(event)) else "")
            for name, pattern in (
                ("uid", _UID),
                ("stamp", _STAMP),
                ("sequence", _SEQUENCE),
                ("who", _ORGANIZER),
            )
        }
        before = found.get(told["uid"])
        found[told["uid"]] = Version(
            told["uid"],
            sequence=int(told["sequence"] or 0),
            stamp=max(told["stamp"], before.stamp if before else ""),
            organizer=before.organizer if before else told["who"].lower() or sender,
            whole=bool(before and before.whole) or (method != "ADD" and not _INSTANCE.search(event)),
        )
    return found


_PLAIN_RULE = re.compile(
    r"RRULE:FREQ=(?:WEEKLY|DAILY)(?:;(?:COUNT=\d{1,2}|INTERVAL=[1-9]|BYDAY=[A-Z,]{2,20}|UNTIL=\d{8}(?:T\d{6}Z?)?|WKST=[A-Z]{2}))+\r?"
)


def _runs_on(event: str) -> bool:
    """Whether it repeats in a way that nobody offers shifts in: without an end, or by lists of dates."""
    rules = [line for line in event.split("\n") if line.startswith(("RRULE", "RDATE", "EXRULE"))]
    return any(not _PLAIN_RULE.fullmatch(rule) or not re.search("COUNT=|UNTIL=", rule) for rule in rules)


def _shift(event: Event, method: str, mail: Mail, lexicon: Lexicon) -> ReadShift:
    if phrases.NOT_A_SHIFT.search(event.summary):
        raise QuestionError("it may be something other than a shift")
    if not isinstance(event.when, Timed):
        raise QuestionError("an invitation for whole days has no hours")
    if not timedelta() < event.when.end - event.when.start <= timedelta(days=8):
        raise QuestionError("an invitation without an end, or of many days")
    if not 1990 <= event.when.start.year <= 2200:
        raise QuestionError("far from now")
    text = f"{event.summary}\n{event.location}\n{event.description}"
    named = [token for line in text.split("\n") for token in lex(line, lexicon) if token.kind == "site"]
    sender, template = writer(mail, lexicon)
    if len({token.value for token in named}) > 1:
        raise QuestionError("two sites in one invitation")
    usual = (template.site,) if template.site else sender.sites if sender else ()
    if not named and len(usual) != 1:
        raise QuestionError("the site is not named")
    site = str(named[0].value) if named else usual[0]
    zone = lexicon.site(site).zone
    status: Status = "offered" if event.sequence == 0 else "changed"
    if method == "PUBLISH":
        # A calendar that is published tells what was decided; it asks nobody.
        status = "confirmed"
    if method == "CANCEL" or event.status == "cancelled":
        status = "withdrawn"
    pay, doubtful = _pay(event.description, lexicon)
    if pay is None and not doubtful:
        pay = template.pay
    asked = {"pay": doubtful, "layout": template.layout not in (None, "invitation")}
    return ReadShift(
        status=status,
        site=site,
        site_text=named[0].text if named else None,
        start=event.when.start.astimezone(zone),
        end=event.when.end.astimezone(zone),
        pay=None if status == "withdrawn" else pay,
        source=Source(0, event.summary),
        respond_by=_deadline(event.description, mail, lexicon, site) if status != "withdrawn" else None,
        emr=template.emr,
        needs_review=tuple(sorted(field for field, doubt in asked.items() if doubt)),
    )


def _pay(text: str, lexicon: Lexicon) -> tuple[Money | None, bool]:
    return pick([t for line in text.split("\n") for t in lex(line, lexicon) if isinstance(t.value, RawMoney)])


def _deadline(text: str, mail: Mail, lexicon: Lexicon, site: str) -> datetime | None:
    found = phrases.DEADLINE.search(text)
    sender, _ = writer(mail, lexicon)
    if not found or mail.date is None:
        return None
    tokens = lex(text[found.end() : found.end() + 40].split("\n", maxsplit=1)[0], lexicon)
    try:
        days = [
            day
            for entry in entries(tokens, Calendar(mail.date.date(), sender.date_order if sender else None))
            for day in entry.days
        ]
    except QuestionError:
        return None
    if not days:
        return None
    clock = next((token.value for token in tokens if isinstance(token.value, Clock)), None)
    minutes = clock.minutes if clock else 23 * 60 + 59
    return datetime(
        days[0].year, days[0].month, days[0].day, minutes // 60, minutes % 60, tzinfo=lexicon.site(site).zone
    )

"""A message -> OfferReading.

The order of belief: what stands on the line, then under which heading it stands, then what the message says once
for all, then what the sender always means. What none of them settles is a question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from connectors.offers import audit, daynight, phrases, states, trades
from connectors.offers.beginnings import without_greeting
from connectors.offers.body import own_lines
from connectors.offers.caveats import beside, only_some
from connectors.offers.changes_below import changes_below
from connectors.offers.confirmed_needs import with_needs
from connectors.offers.days_below import days_below
from connectors.offers.fields import FieldKind, columns, kind_of, labelled
from connectors.offers.finish import finished
from connectors.offers.footnotes import explained_below
from connectors.offers.governing import above_slots, is_settled, of_unknown_kind, states_all
from connectors.offers.invitations import read_invitations
from connectors.offers.languages import Language, in_english, language_of, line_in_english
from connectors.offers.legends import all_legends
from connectors.offers.lexer import LONGEST_LINE, lex
from connectors.offers.lines import Lines
from connectors.offers.logistics import without_logistics
from connectors.offers.marks import explained
from connectors.offers.mime import Line, Mail, parse
from connectors.offers.outright import IN_NEED, OF_EARLIER, REQUEST, RETRACTED, TAKEN_BACK, WRONG_LIST
from connectors.offers.page import MOST_SHIFTS, Page
from connectors.offers.pay import pick
from connectors.offers.prepare import prepared
from connectors.offers.quoted import answered, answered_in_place, drop_untold
from connectors.offers.reading import Ignored, Kind, Lexicon, OfferReading, ReadShift, Source, Unresolved
from connectors.offers.records import Records
from connectors.offers.said_once import said_once
from connectors.offers.settled_beside import settled_beside
from connectors.offers.spelling import well_spelled
from connectors.offers.spoken_to import speaks_to_another
from connectors.offers.tables import plain_tables, straightened
from connectors.offers.talk import without_talk
from connectors.offers.template import in_our_words, matches, rejects, writer
from connectors.offers.terms import whole_or_choice
from connectors.offers.threads import answered_thread
from connectors.offers.told_above import told_above
from connectors.offers.trust import sender_of, trust

_MARKED_OPEN = re.compile(r"\bOPEN\b")


def read_message(
    raw: bytes, lexicon: Lexicon, now: datetime | None = None, signed: Collection[str] = ()
) -> OfferReading:
    """Read one message as it arrived. `now` stands in where it has no usable Date header.

    `signed` are domains whose signature of it was found to hold (`signature.signed_by`). Never raises for what a message holds.
    """
    mail = parse(raw)
    if rejects(writer(mail, lexicon)[1], mail):
        set_aside = tuple(Ignored(Source(line.number, line.text), "template") for line in mail.lines)
        return OfferReading("other", trust(mail, lexicon, (), signed), ignored=set_aside)
    reading, organizers = read_invitations(mail, lexicon, now) if mail.invitations else (None, ())
    judged = trust(mail, lexicon, organizers, signed)
    if reading is None:
        reading = read_text(mail, lexicon, now)
        if mail.rows and mail.lines != mail.rows and not (reading.shifts or reading.unresolved):
            # The plain part only said that there is an HTML one.
            reading = read_text(replace(mail, lines=mail.rows), lexicon, now)
    if mail.invitations:
        reading = _told_beside(_paid_by_subject(reading, mail, lexicon), mail, lexicon, now)
    if judged == "trusted":
        reading = _within_their_sites(reading, mail, lexicon)
    problems = [*mail.problems, *(["an attachment, which is not read"] if _speaks_of_attached(mail) else [])]
    unread = tuple(Unresolved(Source(0, ""), problem) for problem in problems)
    return replace(
        reading,
        trust=judged,
        unresolved=(*reading.unresolved, *unread),
        forwarded=judged == "trusted" and sender_of(mail, lexicon) is None,
    )


def _paid_by_subject(reading: OfferReading, mail: Mail, lexicon: Lexicon) -> OfferReading:
    """`Invitation: North ICU night - $480/hr`: the pay of an invitation that tells none itself."""
    pay, doubtful = pick([token for token in lex(mail.subject, lexicon) if token.kind == "money"])
    if pay is None or doubtful:
        return reading
    shifts = (
        replace(shift, pay=pay)
        if shift.pay is None and shift.status != "withdrawn" and "pay" not in shift.needs_review
        else shift
        for shift in reading.shifts
    )
    return replace(reading, shifts=tuple(shifts))


def _told_beside(reading: OfferReading, mail: Mail, lexicon: Lexicon, now: datetime | None) -> OfferReading:
    """The pay, and until when to answer, that stand in the words beside an invitation which does not tell them."""
    if len(reading.shifts) != 1:
        return reading
    (shift,) = reading.shifts
    if shift.status not in ("offered", "changed"):
        return reading
    lines = [line.text[:LONGEST_LINE] for line in mail.lines if not line.text.lstrip().startswith(">")]
    money = [token for line in lines for token in lex(line, lexicon) if token.kind == "money"]
    pay, doubtful = (shift.pay, False) if shift.pay or "pay" in shift.needs_review else pick(money)
    told = [one for one in read_text(mail, lexicon, now).shifts if one.start == shift.start]
    respond_by = shift.respond_by or next((one.respond_by for one in told), None)
    lost = respond_by is None and phrases.DEADLINE.search(" ".join(lines))
    asked = {*shift.needs_review, *(("pay",) if doubtful else ()), *(("respond_by",) if lost else ())}
    told_all = replace(shift, pay=pay, respond_by=respond_by, needs_review=tuple(sorted(asked)))
    return replace(reading, shifts=(told_all,))


def _speaks_of_attached(mail: Mail) -> bool:
    texts = (mail.subject, *(line.text[:LONGEST_LINE] for line in mail.lines))
    return mail.attached and any(map(phrases.ATTACHED.search, texts))


def _within_their_sites(reading: OfferReading, mail: Mail, lexicon: Lexicon) -> OfferReading:
    """A sender is believed about their own sites; what they say of others is a question."""
    sender = sender_of(mail, lexicon)
    if sender is None or not sender.sites:
        return reading
    shifts = (
        shift
        if shift.site is None or shift.site in sender.sites
        else replace(shift, needs_review=tuple(sorted({*shift.needs_review, "site"})))
        for shift in reading.shifts
    )
    return replace(reading, shifts=tuple(shifts))


def read_text(mail: Mail, lexicon: Lexicon, now: datetime | None) -> OfferReading:
    """Read the lines of a message; its trust is judged elsewhere."""
    page = Page(mail, lexicon, now)
    lines, page.ignored = own_lines(mail.lines, mail.subject, page.has_slot)
    lines = answered_in_place(page, mail, lines)
    if language := language_of("\n".join(line.text[:LONGEST_LINE] for line in lines)):
        lines = [_translated(page, line, language) for line in lines]
        page.foreign = True
        mail = page.mail = replace(mail, subject=_in_english(page, mail.subject, language))
    names = frozenset(word.lower() for site in lexicon.sites for name in site.names for word in name.split())
    head, *plainly = explained([Line(0, mail.subject), *(well_spelled(line, names) for line in lines)])
    mail = page.mail = replace(mail, subject=head.text)
    lines = _without_beside(page, plainly)
    text = "\n".join(line.text[:LONGEST_LINE] for line in lines)
    page.shouted = text.isupper()
    everything = f"{mail.subject}\n{text}"
    page.swap = bool(trades.SWAP.search(trades.NO_TRADE.sub("", everything)) or _two_legs(page, lines))
    _take_back(page, everything)
    # What a template says of a closed line is said of that line alone.
    apart = [
        without_talk(one, page.lex(one))
        for one in text.split("\n")
        if not page.has_slot(one) and not matches(page.template.closed, one)
    ]
    heads = above_slots(page, lines)
    heads += [] if IN_NEED.search(REQUEST.sub(" ", everything)) else [mail.subject]
    marked = bool(_MARKED_OPEN.search(text))
    page.caveats = beside(mail.subject, heads, apart, swap=page.swap, marked=marked) | only_some(text)
    if of_unknown_kind(page, everything, heads):
        page.caveats = {*page.caveats, "status"}
    if states.STRUCK.search(text) and not any(line.void for line in lines) and "~~" not in text:
        page.caveats = {*page.caveats, "status"}  # What is struck cannot be seen in it.
    page.settled, page.subject_of_all = is_settled(page, everything, lines), states_all(page, text)
    page.told_above = page.told_above or told_above(page, lines)
    said_once(page, text)
    lines = [in_our_words(line, page.template) for line in _without_ignored(page, lines)]
    lines = changes_below(page, days_below(page, explained_below(lines, page.has_slot)))
    rows = straightened(plain_tables(lines, page.lex), page.lex)
    all_legends(page, rows)
    plain = prepared(page, rows)
    plain, quoted = _with_quoted(page, mail, plain, now)
    _walk(page, [*quoted, *plain])
    page.give_up("dates", "hours")
    audit.questions(page, plain)
    audit.another_site(page, plain)
    drop_untold(page, {line.number for line in quoted})
    if not page.drafts and not page.unresolved and page.loose_statuses:
        audit.ask_of_whom(page, plain)
    if not page.drafts and not page.unresolved:
        audit.ask_for_the_day(page, plain)
    if not page.drafts and not page.unresolved and mail.subject and not phrases.ANSWERED.match(mail.subject):
        subject = re.sub(r"^\s*(?:(?:re|fwd?|fw)\s*:\s*)+", "", mail.subject, flags=re.IGNORECASE)
        Lines(page).read(Line(0, subject), ())
    page.deadline_lost = audit.deadline_lost(page)
    shifts = finished(page)
    told = {one.source.line for one in page.unresolved} | {one.source.line for one in shifts}
    return OfferReading(
        kind=_kind(page, shifts, everything),
        trust="untrusted",
        shifts=tuple(shifts),
        unresolved=tuple(_once(page.unresolved)),
        ignored=tuple(one for one in page.ignored if one.source.line not in told),
    )


def _without_beside(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines without what is read before any shift is: what goes with work, and how the one shift stands."""
    plainly = without_logistics(page, [without_greeting(page, line) for line in lines])
    return settled_beside(page, with_needs(plainly))


def _with_quoted(
    page: Page, mail: Mail, own: list[Line], now: datetime | None
) -> tuple[list[Line], list[Line]]:
    """What is read of a message, and before it the quoted lines of which it may say something."""
    asked = len(page.unresolved)
    thread = answered_thread(page, mail, own, lambda older: read_text(older, page.lexicon, now))
    if thread:
        page.caveats = frozenset()  # All of the answer is understood.
    page.to_another = speaks_to_another(mail, own)
    if thread:
        return thread, []
    return own, [] if len(page.unresolved) > asked else answered(page, mail, own)


def _take_back(page: Page, everything: str) -> None:
    """Whether the message takes itself back, an earlier one, or only its list."""
    back = states.STATUSES[1][1].search(everything)
    page.taken_back = bool(TAKEN_BACK.search(RETRACTED.sub(" ", everything) if back else everything))
    page.of_earlier = page.taken_back and not TAKEN_BACK.search(OF_EARLIER.sub(" ", everything))
    page.corrected = page.taken_back and not TAKEN_BACK.search(WRONG_LIST.sub("", everything))


def read_line(text: str, lexicon: Lexicon, sent: datetime) -> OfferReading:
    """A line that the clinician wrote, as of a moment: for what a message left open."""
    line = Line(1, text)
    mail = Mail("", "", sent, (line,), (), (), (), "")
    return replace(read_text(mail, lexicon, sent), trust="trusted")


def _translated(page: Page, line: Line, language: Language) -> Line:
    text = _in_english(page, line.text, language)
    return line_in_english(line, text, tuple(_in_english(page, cell, language) for cell in line.cells))


def _in_english(page: Page, text: str, language: Language) -> str:
    text = text[: LONGEST_LINE + 1]
    names = [token for token in lex(text, page.lexicon) if token.kind in ("site", "emr")]
    return in_english(text, language, names)


def _two_legs(page: Page, lines: Sequence[Line]) -> bool:
    """`Gives: Fri 3/19 7p-7a`, and in the next line `Wants: Sun 3/21 7a-7p`."""
    dated = [line.text for line in lines if page.has_slot(line.text[:LONGEST_LINE])]
    return any(trades.GIVES.match(one) and trades.WANTS.match(other) for one, other in pairwise(dated))


def _without_ignored(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if matches(page.template.ignore, line.text):
            page.ignore(line, "template")
        else:
            yield line


def _walk(page: Page, lines: Sequence[Line]) -> None:
    """Give each line to whom it belongs: a table's row, a label, or a free line."""
    records, free = Records(page), Lines(page)
    heads: Sequence[FieldKind | None] | None = None
    labels: Sequence[str] = ()
    table = skip = 0
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if len(page.drafts) + len(page.unresolved) >= MOST_SHIFTS:
            page.ask(line, "more than a person offers in one message; the rest is not read")
            return
        if line.table != table:
            table, heads = line.table, None
        if line.heads and records.row(line, [kind_of(head) for head in line.heads], line.heads):
            continue
        if line.cells:
            below = lines[index + 1] if index + 1 < len(lines) else None
            if (kinds := columns(line.cells)) and not _is_field(line, below):
                heads, labels = kinds, line.cells
                continue
            if heads and records.row(line, heads, labels):
                continue
            if not heads and len(line.cells) == 2 and (kind := kind_of(line.cells[0])):
                records.label(line, kind, line.cells[0], line.cells[1])
                continue
        elif (found := labelled(line.text[:LONGEST_LINE]) or _site_label(page, line.text)) and not (
            (found[1] not in ("start", "end") and _reads_whole(page, line.text))
            or (page.half_hours and daynight.HALF_WORD.fullmatch(found[0]))
            or (found[1] == "ignore" and page.is_dated(found[2]))
            or (found[1] == "hours" and "dates" in page.waiting)
        ):
            label, kind, value = found
            records.label(line, kind, label, value)
            whole_or_choice(page, line, value)
            continue
        records.flush()
        before = page.trace()
        skip = free.read(line, lines[index + 1 : index + 2])
        page.used.update(one.number for one in lines[index + 1 : index + 1 + skip])
        if page.pay_lost(line, before):
            page.conditional_pay = True
            if not page.has_slot(
                line.text[:LONGEST_LINE]
            ):  # else it is of the shift that is asked about there
                page.lose_amounts(lex(line.text[:LONGEST_LINE], lexicon=page.lexicon))
        if page.trace() == before or page.lost(line, before):
            # Every line is used, ignored by a rule, or a question; there is no fourth way.
            if page.tells_slot(line.text[:LONGEST_LINE]):
                page.ask(line, "not understood")
            else:
                page.ignore(line, "prose")
    records.flush()


def _is_field(line: Line, below: Line | None) -> bool:
    """`Shift | Day` above `Date | Saturday, August 7`: a label and its value, as in the row below it."""
    return (
        len(line.cells) == 2
        and below is not None
        and below.table == line.table
        and len(below.cells) == 2
        and kind_of(below.cells[0]) is not None
        and kind_of(below.cells[1]) is None
    )


def _site_label(page: Page, text: str) -> tuple[str, FieldKind, str] | None:
    """`Campus: LKSD`: whatever the label is called, a site alone behind it says where."""
    label, colon, value = text[:LONGEST_LINE].partition(":")
    tokens = page.lex(value)
    if colon and 0 < len(label.split()) <= 3 and len(tokens) == 1 and tokens[0].kind == "site":
        return label.strip(), "site", value.strip()
    return None


def _reads_whole(page: Page, text: str) -> bool:
    """A line with a date and hours of its own is read as a line, whatever its first word looks like.

    `Jan 18-22` are days, though the digits could be hours.
    """
    kinds = {token.kind for token in page.lex(text[:LONGEST_LINE])}
    return bool(kinds & {"date", "month"}) and "hours" in kinds


def _kind(page: Page, shifts: Sequence[ReadShift], everything: str) -> Kind:
    moved = {(draft.day, draft.hours.start) for draft in page.drafts if draft.moved}
    if any(
        s.status == "offered"
        and s.start.date() >= page.today
        and (s.start.date(), s.start.hour * 60 + s.start.minute) not in moved
        for s in shifts
    ):
        return "offers"
    if shifts:
        return "status"
    if page.unresolved:
        changing = (
            states.status_of(everything)
            or states.GRANTED.search(everything)
            or states.ANNOUNCED.search(everything)
        )
        if changing:
            return "status"
        return "offers" if _may_offer(page, everything) else "other"
    if states.status_of(page.mail.subject) or phrases.ANSWERED.match(page.mail.subject):
        return "status"
    return "lead" if phrases.LEAD.search(everything) else "other"


def _may_offer(page: Page, text: str) -> bool:
    """Whether a place of ours, an amount, a need or something given stands beside what is asked about.

    `Grand rounds, Thu 3/4 12-1p` has none of them, and is asked about all the same.
    """
    if phrases.LACKING.search(text) or trades.GIVEN.search(text) or trades.DAY_GIVEN.search(text):
        return True
    return any(token.kind in ("site", "money") for line in text.split("\n") for token in page.lex(line))


def _once(found: Iterable[Unresolved]) -> list[Unresolved]:
    return list({one.source.line: one for one in found}.values())

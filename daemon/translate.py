"""Readings of messages, and open shifts of calendars -> offers. Pure, and so it can always be redone.

Nothing is dropped in silence: what is no offer is set aside with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from connectors.offers.reader import read_line
from connectors.offers.reading import (
    Lexicon,
    Money,
    OfferReading,
    ReadShift,
    Source,
    Status,
    Unresolved,
    Version,
)
from daemon.events import offer_key, short
from daemon.world import HANDOVER, Aside, Life, World, near
from policy.money import paid
from policy.schema import Policy
from policy.shift import Choose, Offer, Pay, Shift, Site, Span

LISTED = datetime(2000, 1, 1, tzinfo=UTC)
"""When an offer of a calendar came: calendars do not say."""


@dataclass
class _Open:
    """An offer while its messages are replayed."""

    key: str
    site: str
    shifts: list[ReadShift]
    received: datetime
    life: Life = "open"
    choose: tuple[str, int] | None = None
    listed: bool = False
    """It stands, or stood, in a calendar of open shifts."""
    names: set[str] = field(default_factory=set)
    """Other names under which it may have been answered."""


def offers_into(world: World, messages: Sequence[tuple[str, datetime, OfferReading]], policy: Policy) -> None:
    """Replay all messages in the order they were sent; the last word about a shift holds.

    The same shift in a digest, a text and an invitation is one offer: what names it is its site and its start.
    """
    found = _listed(world)
    invited: dict[str, _Invited] = {}
    for source, sent, reading in messages:
        world.review += [
            Aside(source, one.source.text, one.why, line_id(source, sent, one.source))
            for one in reading.unresolved
            if reading.trust == "trusted"
        ]
        if reading.kind == "lead" and reading.trust == "trusted":
            world.leads.append(Aside(source, f"{sent:%Y-%m-%d}", "interest without dates; see the message"))
        if reading.trust != "trusted":
            if reading.shifts:
                world.review.append(
                    Aside(
                        source,
                        "",
                        "offers by somebody who is not in service.toml, or could not be authenticated",
                    )
                )
            elif reading.unresolved or reading.kind == "lead":
                world.aside.append(Aside(source, f"{sent:%Y-%m-%d}", "by somebody who is not believed"))
            continue
        taken: set[str] = set()
        for shifts in _bundles(_news(found, invited, source, reading, world)):
            _replay(found, shifts, sent, source, world, policy, taken)
    for one in found.values():
        world.lives[one.key] = one.life
        world.names[one.key] = frozenset(one.names - {one.key})
        if one.life in ("open", "confirmed", "withdrawn"):
            offer = _offer(one, policy.site(one.site, min(shift.start for shift in one.shifts)))
            if one.life == "withdrawn":
                world.withdrawn[offer.id] = offer
            elif one.life == "confirmed":
                _commit(world, offer.shifts)
            else:
                world.offers.append(offer)
    world.offers = [offer for offer in world.offers if not _confirmed_elsewhere(world, offer)]
    # A line with several shifts is one question.
    asked = dict.fromkeys(one for one in world.review if one.id)
    world.review = [*(one for one in world.review if not one.id), *asked]


@dataclass
class _Invited:
    """What is known of an invitation: who sent it, its newest version, and each of its days."""

    organizer: str
    version: Version
    days: dict[str, _Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Day:
    """A shift of an invitation by its newest version; None where it was taken back."""

    version: Version
    shift: ReadShift | None


def _news(
    found: dict[str, _Open], invited: dict[str, _Invited], source: str, reading: OfferReading, world: World
) -> OfferReading:
    """The reading without what its invitations do not say anew (RFC 5546, 2.1.5), or not by who invited."""
    fresh = [shift for shift in reading.shifts if shift.version is None]
    versions = [*(shift.version for shift in reading.shifts if shift.version), *reading.taken_back]
    for uid in dict.fromkeys(one.uid for one in versions):
        told = next(one for one in versions if one.uid == uid)
        if uid not in invited and any(one.uid == uid for one in reading.taken_back):
            world.aside.append(Aside(source, "", "an invitation was cancelled that is not known"))
            continue
        known = invited.setdefault(uid, _Invited(told.organizer, told))
        if told.organizer != known.organizer:
            world.review.append(
                Aside(source, "", "an invitation was changed or cancelled by somebody who did not send it")
            )
            continue
        for one in reading.taken_back:
            if one.uid == uid and not _is_older(one, known.version):
                _take_back(found, known, one)
        mine = [
            (shift.version, shift) for shift in reading.shifts if shift.version and shift.version.uid == uid
        ]
        fresh += _newer(found, known, mine, source, world)
    return replace(reading, shifts=tuple(fresh))


def _is_older(one: Version, other: Version) -> bool:
    if one.sequence != other.sequence:
        return one.sequence < other.sequence
    return "" not in (one.stamp, other.stamp) and one.stamp < other.stamp


def _newer(
    found: dict[str, _Open],
    known: _Invited,
    told: Sequence[tuple[Version, ReadShift]],
    source: str,
    world: World,
) -> list[ReadShift]:
    """The shifts that a version of an invitation puts up anew; the others are mended or withdrawn where they stand."""
    fresh: list[ReadShift] = []
    for version, shift in told:
        day = known.days.get(version.instance)
        plain = replace(shift, version=None, source=Source(0, ""))
        if _is_older(version, day.version if day else known.version):
            world.aside.append(Aside(source, "", "an older version of an invitation"))
            continue
        if shift.status == "withdrawn" and (day or (version.whole and known.days)):
            _take_back(found, known, version)
            continue
        before = day.shift if day else None
        again = day and (version.sequence, version.stamp) == (day.version.sequence, day.version.stamp)
        if again and before in (None, plain):
            continue
        if _mend(found, before, shift):
            fresh.append(replace(shift, status=_anew(shift)) if day else shift)
        known.days[version.instance] = _Day(version, None if shift.status == "withdrawn" else plain)
    last = told[-1][0] if told else None
    if last and last.whole and not _is_older(last, known.version):
        known.version = last
        here = {version.instance for version, _ in told}
        starts = {shift.start.astimezone(UTC) for _, shift in told if shift.status != "withdrawn"}
        for instance in [one for one in known.days if one not in here]:
            day = known.days.pop(instance)
            if day.shift and day.shift.start.astimezone(UTC) not in starts:
                _withdraw(found, day.shift)
    return fresh


def _anew(shift: ReadShift) -> Status:
    return "offered" if shift.status == "changed" else shift.status


def _retold(shift: ReadShift, old: ReadShift) -> ReadShift:
    """What is said anew about a shift that was offered before; what is not said again still holds."""
    return replace(
        shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or old.respond_by, status="offered"
    )


def _take_back(found: dict[str, _Open], known: _Invited, version: Version) -> None:
    """One day of it, or all."""
    all_ = version.whole and not version.instance
    for instance in list(known.days) if all_ else [version.instance]:
        day = known.days.get(instance)
        if day and day.shift:
            _withdraw(found, day.shift)
        known.days[instance] = _Day(version, None)
    if all_:
        known.version = version


def _withdraw(found: Mapping[str, _Open], shift: ReadShift) -> None:
    for one in _exactly(found, shift):
        one.life = "withdrawn"


def _mend(found: Mapping[str, _Open], before: ReadShift | None, shift: ReadShift) -> bool:
    """Give an offer what the newer version of its invitation says; True where the shift has to be put up by itself."""
    mine = _exactly(found, before) if before else []
    if not before or not mine:
        return True
    moved = before.start.astimezone(UTC) != shift.start.astimezone(UTC)
    if shift.needs_review or (shift.site, shift.start.date()) != (before.site, before.start.date()):
        if moved:
            _withdraw(found, before)
        return True
    if shift.status == "confirmed" or (moved and _exactly(found, shift)):
        if moved:
            _withdraw(found, before)
        return True
    for one in mine:
        one.life = "open" if one.life == "withdrawn" else one.life
        one.shifts = [
            _retold(shift, old) if old.start.astimezone(UTC) == before.start.astimezone(UTC) else old
            for old in one.shifts
        ]
    return False


def line_id(source: str, sent: datetime, where: Source) -> str:
    """A short name for a line of a message, under which the clinician can settle it."""
    # Several messages may be sent within a second.
    return short(f"{source} {sent.astimezone(UTC).isoformat()} {where.line} {where.text}")


def open_lines(source: str, sent: datetime, reading: OfferReading) -> dict[str, Source]:
    """The lines that a person has to look at, by their ids."""
    asked = [one.source for one in reading.unresolved]
    asked += [one.source for one in reading.shifts if one.needs_review]
    return {line_id(source, sent, where): where for where in asked}


def resolved(
    source: str,
    sent: datetime,
    reading: OfferReading,
    settled: Mapping[str, tuple[str, datetime]],
    lexicon: Lexicon,
) -> OfferReading:
    """The reading with what the clinician said of its open lines, and when: a plainer line, or "" for no shift."""

    def open_(where: Source) -> bool:
        return line_id(source, sent, where) not in settled

    lines = open_lines(source, sent, reading)
    said = {line: where for line, where in lines.items() if line in settled}
    if not said:
        return reading
    answers = [(where, *settled[key]) for key, where in said.items()]
    told = [(where, read_line(text, lexicon, when)) for where, text, when in answers if text]
    clear = [(where, one) for where, one in told if is_clear(one)]
    shifts = [one for one in reading.shifts if not one.needs_review or open_(one.source)]
    return replace(
        reading,
        kind="offers" if told else reading.kind,
        shifts=(*shifts, *(_beside(reading, where, shift) for where, one in clear for shift in one.shifts)),
        unresolved=(
            *(one for one in reading.unresolved if open_(one.source)),
            *(
                Unresolved(where, "your answer can no longer be read")
                for where, one in told
                if not is_clear(one)
            ),
        ),
    )


def is_clear(told: OfferReading) -> bool:
    """Whether an answer says all of a shift, and leaves nothing open."""
    return bool(told.shifts) and not told.unresolved and not any(one.needs_review for one in told.shifts)


def _beside(reading: OfferReading, where: Source, shift: ReadShift) -> ReadShift:
    """What an answer names, with what the message says for all its lines: what goes together, and until when."""
    before = next((one for one in reading.shifts if one.source == where), None)
    dues = {one.respond_by for one in reading.shifts}
    due = before.respond_by if before else dues.pop() if len(dues) == 1 else None
    return replace(
        shift,
        block=before.block if before else None,
        choose=before.choose if before else None,
        respond_by=shift.respond_by or due,
    )


def _listed(world: World) -> dict[str, _Open]:
    """Open shifts of calendars, before any message: what those say is said more exactly, and holds."""
    found: dict[str, _Open] = {}
    for shifts, life in ((world.listed, "open"), (world.unlisted, "withdrawn")):
        for key, shift in shifts.items():
            known = next((one for one in found.values() if _is_near(one, _as_read(shift))), None)
            if known is None:
                found[key] = _Open(key, shift.site.id, [_as_read(shift)], LISTED, life, listed=True)  # type: ignore[arg-type]  # a Life
            else:
                # It was moved where it stands.
                known.names.add(key)
    return found


def _is_near(one: _Open, shift: ReadShift) -> bool:
    """One shift, give or take what a scheduler adds for the handover."""
    if one.site != shift.site or len(one.shifts) != 1:
        return False
    mine = one.shifts[0]
    begins, ends = (
        abs(a.astimezone(UTC) - b.astimezone(UTC))
        for a, b in ((mine.start, shift.start), (mine.end, shift.end))
    )
    return begins <= HANDOVER and ends <= HANDOVER


def _is_it(one: _Open, shift: ReadShift) -> bool:
    """Same site, same start and same end."""
    return len(one.shifts) == 1 and [
        (mine.site, mine.start.astimezone(UTC), mine.end.astimezone(UTC)) for mine in one.shifts
    ] == [(shift.site, shift.start.astimezone(UTC), shift.end.astimezone(UTC))]


def _key_of(found: Mapping[str, _Open], shifts: Sequence[ReadShift], twins: Collection[str] = ()) -> str:
    """The name of an offer: that of the open shift of a calendar that it is, else its own."""
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    own = offer_key(first.site, first.start, len(shifts))
    if len(shifts) > 1:
        return own
    if known := next((key for key, one in found.items() if _is_it(one, first)), None):
        return known
    if own in twins:
        # Eight hours or twelve from the same minute on, in one message: two shifts.
        return f"{own}-{short(first.end.astimezone(UTC).isoformat())[:4]}"
    if own in found:
        return own
    return next((key for key, one in found.items() if one.listed and _is_near(one, first)), own)


def _swallow(found: dict[str, _Open], key: str, shifts: Sequence[ReadShift]) -> None:
    """Open shifts that stand one by one in a calendar, and that a message gives as a block, are that block."""
    for name in [name for name, one in found.items() if one.listed and name != key]:
        if len(shifts) > 1 and any(_is_near(found[name], shift) for shift in shifts):
            del found[name]


def _as_read(shift: Shift) -> ReadShift:
    site = shift.site
    return ReadShift("offered", site.id, site.name, shift.start, shift.end, None, Source(0, ""))


def _bundles(reading: OfferReading) -> list[list[ReadShift]]:
    """The shifts of a block together, every other one by itself."""
    blocks: dict[str, list[ReadShift]] = {}
    for index, shift in enumerate(reading.shifts):
        blocks.setdefault(shift.block or f"#{index}", []).append(shift)
    return list(blocks.values())


def _replay(
    found: dict[str, _Open],
    shifts: list[ReadShift],
    sent: datetime,
    source: str,
    world: World,
    policy: Policy,
    taken: set[str],
) -> None:
    """What some shifts say, after others of the same message that have `taken` their names."""
    doubtful = [
        shift
        for shift in shifts
        if shift.needs_review or shift.site is None or shift.site not in policy.sites
    ]
    if doubtful:
        world.review += [
            Aside(
                source, shift.source.text, question(shift.needs_review), line_id(source, sent, shift.source)
            )
            for shift in doubtful
        ]
        return
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    key = _key_of(found, shifts, taken)
    match first.status:
        case "offered" | "reinstated":
            choose = (
                (f"{short(source + sent.isoformat())}-{first.choose.group}", first.choose.at_most)
                if first.choose
                else None
            )
            life = (
                found[key].life
                if key in found and first.status == "offered" and found[key].life == "confirmed"
                else "open"
            )
            _swallow(found, key, shifts)
            before = found.get(key)
            taken.add(key)
            kept = [_as_before(before, shift, sent) for shift in shifts] if before else shifts
            names = (before.names if before else set()) | {offer_key(first.site, first.start, len(shifts))}
            received = before.received if before else sent
            listed = before is not None and before.listed
            found[key] = _Open(key, first.site, kept, received, life, choose, listed, names)
        case "withdrawn":
            for shift in shifts:
                mine = _about(found, shift)
                for one in mine:
                    one.life = "withdrawn"
                if not mine and _of_that_day(found, shift):
                    why = "filled or cancelled, with other hours than were offered: which one is it?"
                    world.review.append(Aside(source, _in_words(shift), why))
        case "changed" if not _exactly(found, first) and len(_of_that_day(found, first)) > 1:
            why = "changed, with other hours than were offered: which one is it?"
            world.review.append(Aside(source, _in_words(first), why))
        case "changed":
            _change(found, key, first, sent)
        case "confirmed":
            for shift in shifts:
                _confirm(found, shift, sent, source, world)


def _in_words(shift: ReadShift) -> str:
    """The line, where its words were kept: those of a line without a question are not."""
    return shift.source.text or f"{shift.site}, {shift.start:%a %Y-%m-%d %H:%M} to {shift.end:%H:%M}"


_QUESTIONS = {
    "ampm": "morning or evening?",
    "block": "which of them go together?",
    "date": "which date is meant?",
    "hours": "from when to when?",
    "pay": "what does it pay?",
    "site": "which site is it?",
    "status": "is it still open?",
    "wording": "it says more than can be read for sure",
    "zone": "in which time zone?",
}


def question(fields: Sequence[str]) -> str:
    return " ".join(_QUESTIONS.get(one, f"what about the {one}?") for one in fields) or "which site is it?"


def _confirm(found: dict[str, _Open], shift: ReadShift, sent: datetime, source: str, world: World) -> None:
    """The very shift is confirmed; other hours than those offered are a commitment all the same, and a question."""
    exact = _exactly(found, shift)
    for one in exact:
        one.life = "confirmed"
    if exact:
        return
    assert shift.site is not None
    if _that_day(found, shift):
        world.review.append(Aside(source, _in_words(shift), "confirmed with other hours than were offered"))
    key = offer_key(shift.site, shift.start)
    found[key] = _Open(key, shift.site, [shift], sent, "confirmed")


def _as_before(before: _Open, shift: ReadShift, sent: datetime) -> ReadShift:
    """A shift that is told again, with the pay and the time to answer that were told before and are not now."""
    old = next(
        (one for one in before.shifts if one.start.astimezone(UTC) == shift.start.astimezone(UTC)), None
    )
    if old is None:
        return shift
    due = old.respond_by if old.respond_by and sent < old.respond_by else None
    return replace(shift, pay=shift.pay or old.pay, respond_by=shift.respond_by or due)


def _about(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    """The offers that hold this very shift; else the one of its site on that date, where their hours meet."""
    mine = _exactly(found, shift)
    return mine or [
        one for one in _that_day(found, shift) if any(_meet(shift, other) for other in one.shifts)
    ]


def _meet(one: ReadShift, other: ReadShift) -> bool:
    return one.start.astimezone(UTC) < other.end.astimezone(UTC) and other.start.astimezone(
        UTC
    ) < one.end.astimezone(UTC)


def _exactly(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    """Same site, same start; where several begin then, the one that also ends with it."""
    mine = [
        one
        for one in found.values()
        if one.site == shift.site
        and any(s.start.astimezone(UTC) == shift.start.astimezone(UTC) for s in one.shifts)
    ]
    ends = any(_is_it(one, shift) for one in mine)
    return [one for one in mine if not ends or len(one.shifts) > 1 or _is_it(one, shift)]


def _of_that_day(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    return [
        one
        for one in found.values()
        if one.site == shift.site and any(s.start.date() == shift.start.date() for s in one.shifts)
    ]


def _that_day(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    near = _of_that_day(found, shift)
    return near if len(near) == 1 else []


def _change(found: dict[str, _Open], key: str, shift: ReadShift, sent: datetime) -> None:
    """Other hours or another rate on the same day; the offer keeps its name, so that answers still fit."""
    mine = _exactly(found, shift) or _that_day(found, shift)
    if not mine:
        assert shift.site is not None
        found[key] = _Open(key, shift.site, [shift], sent)
        return
    for one in mine:
        one.shifts = [
            _retold(shift, old) if old.start.date() == shift.start.date() else old for old in one.shifts
        ]


def _offer(one: _Open, site: Site) -> Offer:
    ordered = sorted(one.shifts, key=lambda shift: shift.start.astimezone(UTC))
    pay = to_pay(ordered[0].pay, site)
    alone = len(ordered) == 1
    shifts = [
        Shift.at(site, shift.start, shift.end, key=one.key if alone else f"{one.key}/{number}")
        for number, shift in enumerate(ordered, start=1)
    ]
    deadlines = [shift.respond_by for shift in ordered if shift.respond_by]
    return Offer(
        id=one.key,
        site=site,
        shifts=paid(shifts, pay or site.pay),
        pay=pay,
        received=one.received,
        respond_by=min(deadlines) if deadlines else None,
        choose=Choose(*one.choose) if one.choose else None,
    )


def to_pay(money: Money | None, site: Site) -> Pay | None:
    if money is None:
        return None
    visits = site.pay.visits_per_hour if site.pay and money.unit == "visit" else None
    return Pay(int(money.amount * 100), money.unit, money.currency, visits)


def _confirmed_elsewhere(world: World, offer: Offer) -> bool:
    """An offer whose shifts stand in a work calendar is no offer any more: it was given to the clinician."""
    if all(any(near(shift, other) for other in world.commitments) for shift in offer.shifts):
        world.lives[offer.id] = "confirmed"
        return True
    return False


def answered(world: World, answers: Mapping[str, str], now: datetime | None = None) -> None:
    """Declined offers leave the world; accepted ones become commitments; those whose time to answer is over lapse."""
    still: list[Offer] = []
    for offer in world.offers:
        match _answer(world, offer, answers):
            case "declined":
                world.lives[offer.id] = "declined"
            case "accepted":
                world.lives[offer.id] = "accepted"
                _take(world, offer)
                if offer.id not in answers and offer.id in world.listed:
                    why = "its hours were changed since you said yes; decline it if it no longer fits"
                    world.review.append(Aside("offers", f"{offer.site.name}, {offer.id}", why))
            case _:
                still.append(offer)
                if now and offer.respond_by and offer.respond_by < now:
                    world.lives[offer.id] = "lapsed"
    world.offers = still
    for key, offer in world.withdrawn.items():
        if _answer(world, offer, answers) == "accepted" and not _confirmed_elsewhere(world, offer):
            # "Filled" is what a site says of a shift that you took; only you know.
            world.lives[key] = "accepted"
            _take(world, offer)
            why = f"{key} is said to be filled or cancelled: by you? Decline it if it is gone"
            world.review.append(Aside("offers", offer.site.name, why))


def _answer(world: World, offer: Offer, answers: Mapping[str, str]) -> str | None:
    """What was said to the offer, under whatever name it had then."""
    names = (offer.id, *sorted(world.names.get(offer.id, ())))
    return next((answers[name] for name in names if name in answers), None)


def _take(world: World, offer: Offer) -> None:
    world.accepted[offer.id] = offer
    _commit(world, offer.shifts)


def _commit(world: World, shifts: Sequence[Shift]) -> None:
    world.commitments += [
        shift for shift in shifts if not any(near(shift, other) for other in world.commitments)
    ]


def horizon(today: date, days: int) -> Span:
    return Span(today, today + timedelta(days=days))

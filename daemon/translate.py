"""Stored events and readings -> the world that the rules judge. Pure, and so it can always be redone.

Nothing is dropped in silence: what is neither a shift, red time nor an offer is set aside with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from connectors.calendars import ical
from connectors.event import Event, Item, Timed
from connectors.offers.reading import Money, OfferReading, ReadShift
from policy.money import paid
from policy.schema import Policy
from policy.shift import Choose, Offer, Pay, RedTime, Shift, Site, Span

Life = Literal["open", "withdrawn", "confirmed", "declined", "accepted", "review", "untrusted"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something seen and not used: where, and why. `where` is for the clinician's own screen, never for logs."""

    source: str
    where: str
    why: str


@dataclass
class World:
    """What is known, as the words of the trade."""

    commitments: list[Shift] = field(default_factory=list)
    red: list[RedTime] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    review: list[Aside] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    accepted: dict[str, Offer] = field(default_factory=dict)
    """What the clinician said yes to; its shifts are commitments."""
    withdrawn: dict[str, Offer] = field(default_factory=dict)


def events_into(
    world: World, source: str, role: str, items: Iterable[Item], policy: Policy, span: Span
) -> None:
    """Add a calendar's events. A work calendar holds commitments, a personal one red time."""
    for item in items:
        reading = read_item(item, span)
        world.aside += [Aside(source, item.href, problem) for problem in reading.problems]
        for event in reading.events:
            if event.status == "cancelled":
                continue
            if role == "work":
                _work(world, source, event, policy)
            else:
                _personal(world, source, event, policy)


@lru_cache(maxsize=20_000)
def read_item(item: Item, span: Span) -> ical.Reading:
    """An object's events within the span; what did not change is not parsed again."""
    return ical.read(item.data, span.first, span.last)


def _work(world: World, source: str, event: Event, policy: Policy) -> None:
    if event.transparent:
        world.aside.append(Aside(source, event.summary, "marked free"))
        return
    key = site_named(f"{event.summary}\n{event.location}", policy)
    if not isinstance(event.when, Timed):
        if key:
            world.review.append(
                Aside(source, event.summary, "a shift without hours: give the event a start and an end")
            )
        else:
            world.aside.append(Aside(source, event.summary, "a whole day that names no site"))
        return
    if event.when.end.astimezone(UTC) <= event.when.start.astimezone(UTC):
        world.aside.append(Aside(source, event.summary, "an event without length"))
        return
    if key is None:
        # It may be a shift: the time is kept free, and the clinician is asked.
        world.red.append(RedTime(_key(source, event), event.when.start, event.when.end, event.summary))
        world.review.append(
            Aside(
                source,
                event.summary,
                "names no site of your policy; its time is kept free until it does, or is marked free",
            )
        )
        return
    site = policy.site(key)
    shift = Shift.at(site, event.when.start, event.when.end, key=_key(source, event))
    if not any(_same(shift, other) for other in world.commitments):
        world.commitments += paid((shift,), site.pay)


def _same(one: Shift, other: Shift) -> bool:
    return one.site.id == other.site.id and one.begins == other.begins and one.ends == other.ends


def _personal(world: World, source: str, event: Event, policy: Policy) -> None:
    if event.transparent:
        world.aside.append(Aside(source, event.summary, "marked free"))
        return
    when = event.when
    home = policy.clinician.home_zone
    if isinstance(when, Timed):
        start, end = when.start, when.end
    else:
        start, end = ical.midnight(when.first, home), ical.midnight(when.last + timedelta(days=1), home)
    if end.astimezone(UTC) > start.astimezone(UTC):
        world.red.append(RedTime(_key(source, event), start, end, event.summary))


def _key(source: str, event: Event) -> str:
    return f"{source}:{_short(event.uid + event.occurrence)}"


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()


def site_named(text: str, policy: Policy) -> str | None:
    """The site whose name stands in a text; None where none does, or two do."""
    found = {
        key
        for pattern, key in _patterns(tuple((k, s.names) for k, s in policy.sites.items()))
        if pattern.search(text)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16)
def _patterns(sites: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), key)
        for key, names in sites
        for name in (key, *names)
    )


# -- offers -----------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """An offer while its messages are replayed."""

    key: str
    site: str
    shifts: list[ReadShift]
    received: datetime
    life: Life = "open"
    choose: tuple[str, int] | None = None


def offers_into(world: World, messages: Sequence[tuple[str, datetime, OfferReading]], policy: Policy) -> None:
    """Replay all messages in the order they were sent; the last word about a shift holds.

    The same shift in a digest, a text and an invitation is one offer: what names it is its site and its start.
    """
    found: dict[str, _Open] = {}
    for source, sent, reading in messages:
        world.review += [
            Aside(source, one.source.text, one.why)
            for one in reading.unresolved
            if reading.trust == "trusted"
        ]
        if reading.trust != "trusted":
            if reading.shifts:
                world.review.append(
                    Aside(
                        source,
                        "",
                        "offers by somebody who is not in service.toml, or could not be authenticated",
                    )
                )
            continue
        for shifts in _bundles(reading):
            _replay(found, shifts, sent, source, world, policy)
    for one in found.values():
        world.lives[one.key] = one.life
        if one.life in ("open", "confirmed", "withdrawn"):
            offer = _offer(one, policy.site(one.site))
            if one.life == "withdrawn":
                world.withdrawn[offer.id] = offer
            elif one.life == "confirmed":
                world.commitments += [
                    s for s in offer.shifts if not any(_same(s, other) for other in world.commitments)
                ]
            else:
                world.offers.append(offer)
    world.offers = [offer for offer in world.offers if not _confirmed_elsewhere(world, offer)]


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
) -> None:
    doubtful = [
        shift
        for shift in shifts
        if shift.needs_review or shift.site is None or shift.site not in policy.sites
    ]
    if doubtful:
        world.review += [
            Aside(source, shift.source.text, _question(shift.needs_review)) for shift in doubtful
        ]
        return
    first = min(shifts, key=lambda shift: shift.start)
    assert first.site is not None
    key = offer_key(first.site, first.start, len(shifts))
    match first.status:
        case "offered" | "reinstated":
            choose = (
                (f"{_short(source + sent.isoformat())}-{first.choose.group}", first.choose.at_most)
                if first.choose
                else None
            )
            life = (
                found[key].life
                if key in found and first.status == "offered" and found[key].life == "confirmed"
                else "open"
            )
            kept = found[key].shifts if key in found and first.pay is None else shifts
            found[key] = _Open(
                key, first.site, kept, found[key].received if key in found else sent, life, choose
            )
        case "withdrawn":
            for shift in shifts:
                for one in _about(found, shift):
                    one.life = "withdrawn"
        case "changed":
            _change(found, key, first, sent)
        case "confirmed":
            for shift in shifts:
                _confirm(found, shift, sent, source, world)


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


def _question(fields: Sequence[str]) -> str:
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
        world.review.append(Aside(source, shift.source.text, "confirmed with other hours than were offered"))
    key = offer_key(shift.site, shift.start)
    found[key] = _Open(key, shift.site, [shift], sent, "confirmed")


def _about(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    """The offers that hold this very shift; else the one of its site on that date."""
    return _exactly(found, shift) or _that_day(found, shift)


def _exactly(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    """Same site, same start."""
    return [
        one
        for one in found.values()
        if one.site == shift.site
        and any(s.start.astimezone(UTC) == shift.start.astimezone(UTC) for s in one.shifts)
    ]


def _that_day(found: Mapping[str, _Open], shift: ReadShift) -> list[_Open]:
    near = [
        one
        for one in found.values()
        if one.site == shift.site and any(s.start.date() == shift.start.date() for s in one.shifts)
    ]
    return near if len(near) == 1 else []


def _change(found: dict[str, _Open], key: str, shift: ReadShift, sent: datetime) -> None:
    """Other hours or another rate on the same day; the offer keeps its name, so that answers still fit."""
    mine = _about(found, shift)
    if not mine:
        assert shift.site is not None
        found[key] = _Open(key, shift.site, [shift], sent)
        return
    for one in mine:
        one.shifts = [
            replace(
                shift,
                pay=shift.pay or old.pay,
                respond_by=shift.respond_by or old.respond_by,
                status="offered",
            )
            if old.start.date() == shift.start.date()
            else old
            for old in one.shifts
        ]


def offer_key(site: str, start: datetime, shifts: int = 1) -> str:
    """A short name that a person can type: the site, the date, and what keeps two shifts of a day apart."""
    mark = _short(f"{site} {start.astimezone(UTC).isoformat()} {shifts}")[:4]
    return f"{site}-{start:%m%d}-{mark}"


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
    if all(any(_same(shift, other) for other in world.commitments) for shift in offer.shifts):
        world.lives[offer.id] = "confirmed"
        return True
    return False


def answered(world: World, answers: Mapping[str, str]) -> None:
    """Declined offers leave the world; accepted ones become commitments."""
    still: list[Offer] = []
    for offer in world.offers:
        match answers.get(offer.id):
            case "declined":
                world.lives[offer.id] = "declined"
            case "accepted":
                world.lives[offer.id] = "accepted"
                _take(world, offer)
            case _:
                still.append(offer)
    world.offers = still
    for key, offer in world.withdrawn.items():
        if answers.get(key) == "accepted":
            # "Filled" is what a site says of a shift that you took; only you know.
            world.lives[key] = "accepted"
            _take(world, offer)
            why = f"{key} is said to be filled or cancelled: by you? Decline it if it is gone"
            world.review.append(Aside("offers", offer.site.name, why))


def _take(world: World, offer: Offer) -> None:
    world.accepted[offer.id] = offer
    world.commitments += [s for s in offer.shifts if not any(_same(s, other) for other in world.commitments)]


def horizon(today: date, days: int) -> Span:
    return Span(today, today + timedelta(days=days))

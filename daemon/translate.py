"""Readings of messages, and open shifts of calendars -> offers. Pure, and so it can always be redone.

Nothing is dropped in silence: what is no offer is set aside with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from connectors.offers.reading import Money
from daemon.identity import Opening, Openings, as_read, begin, is_near
from daemon.invited import Invited, news
from daemon.life import Letter, bundles, replay
from daemon.world import Aside, Worked, World, near
from policy.money import paid
from policy.schema import Policy
from policy.shift import Choose, Offer, Pay, Shift, Site, Span

T = TypeVar("T")
LISTED = datetime(2000, 1, 1, tzinfo=UTC)
"""When an offer of a calendar came: calendars do not say."""


def offers_into(world: World, letters: Sequence[Letter], policy: Policy) -> None:
    """Replay all messages in the order they were sent; the last word about a shift holds.

    The same shift in a digest, a text and an invitation is one offer: what names it is its site and its start.
    """
    found = _listed(world)
    invited: dict[str, Invited] = {}
    for letter in letters:
        if letter.reading.trust != "trusted":
            _set_aside(world, letter)
            continue
        world.review += [
            Aside(letter.source, one.source.text, one.why, letter.line(one.source), letter.heard)
            for one in letter.reading.unresolved
        ]
        if letter.reading.kind == "lead":
            why = "interest without dates; see the message"
            world.leads.append(Aside(letter.source, f"{letter.sent:%Y-%m-%d}", why))
        taken: set[str] = set()
        for shifts in bundles(news(found, invited, letter, world)):
            replay(found, shifts, letter, world, policy, taken)
    for one in found.values():
        _stands(world, one, _offer(one, policy.site(one.site, min(shift.start for shift in one.shifts))))
    worked = Worked(world.commitments)
    world.offers = [offer for offer in world.offers if not _confirmed_elsewhere(world, offer, worked)]
    # A line with several shifts is one question.
    asked = dict.fromkeys(one for one in world.review if one.id)
    world.review = [*(one for one in world.review if not one.id), *asked]


def _set_aside(world: World, letter: Letter) -> None:
    """A message that nobody vouches for: what it says is shown, and does nothing."""
    if letter.reading.shifts:
        why = "offers by somebody who is not in service.toml, or could not be authenticated"
        world.review.append(Aside(letter.source, "", why))
    elif letter.reading.unresolved or letter.reading.kind == "lead":
        world.aside.append(Aside(letter.source, f"{letter.sent:%Y-%m-%d}", "by somebody who is not believed"))


def _stands(world: World, one: Opening, offer: Offer) -> None:
    """Where an offer stands after all messages."""
    world.lives[one.key] = one.life
    world.names[one.key] = frozenset(one.names - {one.key})
    if one.changed:
        world.changed[one.key] = one.changed
    if one.life == "withdrawn":
        world.withdrawn[one.key] = offer
    elif one.life == "open":
        world.offers.append(offer)
    else:
        _commit(world, [shift for shift in offer.shifts if shift.begins in one.given])
        others = [shift for shift in offer.shifts if shift.begins not in one.given | one.gone]
        if any(not any(near(shift, known) for known in world.commitments) for shift in others):
            why = f"{one.key}: some of its shifts were confirmed, of all or none; what of the others?"
            world.review.append(Aside("offers", offer.site.name, why, heard=offer.received))


def _listed(world: World) -> Openings:
    """Open shifts of calendars, before any message: what those say is said more exactly, and holds."""
    found = Openings()
    for shifts, life in ((world.listed, "open"), (world.unlisted, "withdrawn")):
        for key, shift in shifts.items():
            near = found.around(as_read(shift)).values()
            known = next((one for one in near if is_near(one, as_read(shift))), None)
            if known is None:
                found[key] = Opening(key, shift.site.id, [as_read(shift)], LISTED, life, listed=True)  # type: ignore[arg-type]  # a Life
            else:
                # It was moved where it stands.
                known.names.add(key)
    return found


def _offer(one: Opening, site: Site) -> Offer:
    ordered = sorted(one.shifts, key=begin)
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


def _confirmed_elsewhere(world: World, offer: Offer, worked: Worked) -> bool:
    """An offer whose shifts stand in a work calendar is no offer any more: it was given to the clinician."""
    if all(worked.near(shift) for shift in offer.shifts):
        world.lives[offer.id] = "confirmed"
        return True
    return False


def answered(
    world: World,
    answers: Mapping[str, str],
    now: datetime | None = None,
    at: Mapping[str, datetime] = MappingProxyType({}),
    by_policy: Collection[str] = (),
) -> None:
    """Declined offers leave the world; accepted ones become commitments; those whose time to answer is over lapse.

    `at` tells when each answer was given: what changed since is asked about. `by_policy` are those that the policy
    gave; they count like the others.
    """
    still: list[Offer] = []
    for offer in world.offers:
        match _said(world, offer, answers):
            case "declined":
                world.lives[offer.id] = "declined"
            case "accepted":
                world.lives[offer.id] = "accepted"
                _take(world, offer, by_policy)
                moved = offer.id not in answers and offer.id in world.listed
                heard, yes = world.changed.get(offer.id), _said(world, offer, at)
                if moved or (heard and yes and heard > yes):
                    who = "your policy took it" if offer.id in world.by_policy else "you said yes"
                    why = f"its hours or pay were changed since {who}; accept it again, or decline it"
                    world.review.append(
                        Aside("offers", f"{offer.site.name}, {offer.id}", why, heard=heard or yes)
                    )
            case _:
                still.append(offer)
                if now and offer.respond_by and offer.respond_by < now:
                    world.lives[offer.id] = "lapsed"
    world.offers = still
    for key, offer in world.withdrawn.items():
        if _said(world, offer, answers) == "accepted" and not _confirmed_elsewhere(
            world, offer, Worked(world.commitments)
        ):
            # "Filled" is what a site says of a shift that you took; only you know.
            world.lives[key] = "accepted"
            _take(world, offer, by_policy)
            why = f"{key} is no longer to be had: filled by you? Decline it if it is gone"
            world.review.append(Aside("offers", offer.site.name, why, heard=offer.received))


def _said(world: World, offer: Offer, answers: Mapping[str, T]) -> T | None:
    """What is known of the answer to an offer, under whatever name it had then."""
    names = sorted(world.names_of(offer.id), key=lambda name: (name != offer.id, name))
    return next((answers[name] for name in names if name in answers), None)


def _take(world: World, offer: Offer, by_policy: Collection[str]) -> None:
    world.accepted[offer.id] = offer
    if not world.names_of(offer.id).isdisjoint(by_policy):
        world.by_policy.add(offer.id)
    _commit(world, offer.shifts)


def _commit(world: World, shifts: Sequence[Shift]) -> None:
    world.commitments += [
        shift for shift in shifts if not any(near(shift, other) for other in world.commitments)
    ]


def horizon(today: date, days: int) -> Span:
    return Span(today, today + timedelta(days=days))

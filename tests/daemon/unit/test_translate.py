"""From messages to offers, and from answers to commitments."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from connectors.offers.reading import Choice, Money, OfferReading, ReadShift, Source, Unresolved
from daemon.events import offer_key
from daemon.life import Letter
from daemon.translate import answered, offers_into
from daemon.world import World
from policy.shift import Choose
from tests.daemon.unit.worlds import NOW, at, policy, shift

POLICY = policy()
LINE = "Mon 1/4 7p-7a LKSD $2400"


def read(start: str = "2027-01-04 19:00", hours: float = 12, **fields: Any) -> ReadShift:
    begins = at(start)
    given = {
        "status": "offered",
        "site": "lakeside-ed",
        "site_text": "LKSD",
        "pay": Money(Decimal(2400), "shift", "USD"),
        "source": Source(3, LINE),
        **fields,
    }
    return ReadShift(start=begins, end=begins + timedelta(hours=hours), **given)


def reading(
    *shifts: ReadShift, trust: Any = "trusted", unresolved: tuple[Unresolved, ...] = ()
) -> OfferReading:
    return OfferReading("offers", trust, shifts, unresolved)


def working(*starts: str, hours: float = 12) -> World:
    """A world in which the work calendar holds these shifts."""
    return World(commitments=[shift(start, "lakeside-ed", start, hours, dollars=2_300) for start in starts])


def told(*readings: OfferReading, world: World | None = None) -> World:
    """Messages sent an hour apart."""
    found = world or World()
    hours = (NOW + timedelta(hours=n) for n in range(len(readings)))
    letters = [Letter("inbox", sent, one, sent) for sent, one in zip(hours, readings, strict=True)]
    offers_into(found, letters, POLICY)
    return found


KEY = offer_key("lakeside-ed", at("2027-01-04 19:00"))


def test_an_offer() -> None:
    """Its site, times, pay, deadline and choice are the message's; its name is the site's and the date's."""
    due = at("2026-12-20 18:00")
    world = told(reading(read(respond_by=due, choose=Choice("g1", 2))))
    (offer,) = world.offers
    assert offer.id == KEY
    assert offer.id.startswith("lakeside-ed-0104-")
    assert (offer.cents, offer.respond_by, offer.received) == (240_000, due, NOW)
    assert isinstance(offer.choose, Choose)
    assert offer.choose.at_most == 2
    assert world.lives == {KEY: "open"}


def test_an_offer_without_pay_is_worth_its_sites() -> None:
    """No figure in the message: the policy's counts."""
    (offer,) = told(reading(read(pay=None))).offers
    assert (offer.pay, offer.cents) == (None, 230_000)


def test_the_same_shift_twice_is_one_offer() -> None:
    """In a digest and a reminder; the later one's pay holds, the first one's arrival too."""
    world = told(reading(read()), reading(read(pay=Money(Decimal(2600), "shift", "USD"))))
    (offer,) = world.offers
    assert (offer.cents, offer.received) == (260_000, NOW)


def test_a_block_is_taken_together() -> None:
    """Shifts of one block are one offer, others are offers of their own."""
    world = told(reading(read(block="b1"), read("2027-01-05 19:00", block="b1"), read("2027-01-12 19:00")))
    assert sorted(len(offer.shifts) for offer in world.offers) == [1, 2]


def test_groups_of_two_messages_are_two_groups() -> None:
    """`g1` of one message has nothing to do with `g1` of another."""
    one, two = (read(f"2027-01-{day:02} 19:00", choose=Choice("g1", 1)) for day in (4, 6))
    groups = {offer.choose.group for offer in told(reading(one), reading(two)).offers if offer.choose}
    assert len(groups) == 2


CHANGED = read(hours=10, status="changed", pay=Money(Decimal(2600), "shift", "USD"))


def test_a_changed_offer_keeps_its_name() -> None:
    """Other hours and another rate on the same day: one offer, so that answers still fit."""
    for change in (CHANGED, read("2027-01-04 20:00", 11, status="changed", pay=None)):
        world = told(reading(read()), reading(change))
        assert [offer.id for offer in world.offers] == [KEY]
    (offer,) = told(reading(read()), reading(CHANGED)).offers
    assert (offer.cents, offer.shifts[0].minutes) == (260_000, 600)
    (offer,) = told(reading(read()), reading(read("2027-01-04 20:00", 11, status="changed", pay=None))).offers
    assert (offer.cents, offer.shifts[0].start) == (240_000, at("2027-01-04 20:00"))


@pytest.mark.parametrize(
    ("statuses", "life"),
    [
        (("offered",), "open"),
        (("offered", "withdrawn"), "withdrawn"),
        (("offered", "withdrawn", "offered"), "open"),
        (("offered", "withdrawn", "reinstated"), "open"),
        (("offered", "confirmed"), "confirmed"),
        (("offered", "confirmed", "offered"), "confirmed"),
        (("offered", "confirmed", "withdrawn"), "withdrawn"),
        (("offered", "withdrawn", "confirmed"), "confirmed"),
        (("confirmed",), "confirmed"),
        (("changed",), "open"),
        (("reinstated",), "open"),
        (("offered", "withdrawn", "changed"), "withdrawn"),
    ],
)
def test_the_life_of_an_offer(statuses: tuple[str, ...], life: str) -> None:
    """The last word holds, and a digest that still lists a confirmed shift takes nothing back."""
    world = told(*(reading(read(status=status)) for status in statuses))
    assert world.lives == {KEY: life}
    assert len(world.offers) == (life == "open")
    assert len(world.commitments) == (life == "confirmed")


def test_a_withdrawal_of_nothing_known_is_nothing() -> None:
    """It makes no offer."""
    assert told(reading(read(status="withdrawn"))).lives == {}


def test_a_withdrawal_takes_only_its_own_shift() -> None:
    """Others of that site stay, and of two that day none is guessed."""
    others = reading(read(), read("2027-01-06 19:00"))
    world = told(others, reading(read("2027-01-06 19:00", status="withdrawn")))
    assert [offer.id for offer in world.offers] == [KEY]
    two = reading(read("2027-01-04 07:00", 6), read("2027-01-04 14:00", 6))
    assert len(told(two, reading(read("2027-01-04 10:00", status="withdrawn"))).offers) == 2


def test_strangers_make_no_offers() -> None:
    """An untrusted message is put up for review, whatever it says; it withdraws and confirms nothing either."""
    for status in ("offered", "withdrawn", "confirmed", "changed"):
        world = told(reading(read()), reading(read(status=status, pay=None), trust="untrusted"))
        assert world.lives == {KEY: "open"}
        assert [offer.cents for offer in world.offers] == [240_000]
        assert len(world.review) == 1


def test_what_is_in_question_is_reviewed_and_not_offered() -> None:
    """A doubtful shift, one without a site, one of an unknown site, and an open line."""
    for doubt in (read(needs_review=("pay",)), read(site=None), read(site="oak-hollow")):
        world = told(reading(doubt))
        assert (world.offers, world.lives) == ([], {})
        assert [aside.where for aside in world.review] == [LINE]
    open_line = told(reading(unresolved=(Unresolved(Source(4, "Sat 4 7-7"), "no month"),)))
    assert [(aside.where, aside.why) for aside in open_line.review] == [("Sat 4 7-7", "no month")]


def test_one_doubt_holds_back_its_whole_block() -> None:
    """All or nothing: a block with a question in it is no offer."""
    world = told(reading(read(block="b1"), read("2027-01-05 19:00", block="b1", needs_review=("hours",))))
    assert (world.offers, len(world.review)) == ([], 1)


def test_an_offer_that_stands_in_the_work_calendar_is_settled() -> None:
    """It was given to the clinician: no offer any more, and one commitment."""
    world = told(reading(read()), world=working("2027-01-04 19:00"))
    assert (world.offers, world.lives, len(world.commitments)) == ([], {KEY: "confirmed"}, 1)


@pytest.mark.parametrize(
    ("start", "hours", "life"),
    [
        ("2027-01-04 18:00", 13, "confirmed"),
        ("2027-01-04 20:00", 12, "confirmed"),
        ("2027-01-04 18:45", 12.5, "confirmed"),
        ("2027-01-04 17:59", 13, "open"),
        ("2027-01-04 19:00", 13.25, "open"),
        ("2027-01-04 07:00", 12.5, "open"),
        ("2027-01-04 19:00", 5, "open"),
    ],
)
def test_only_the_very_shift_in_the_work_calendar_settles_an_offer(
    start: str, hours: float, life: str
) -> None:
    """An hour more or less at either end is what schedulers add; other hours are another shift."""
    world = told(reading(read()), world=working(start, hours=hours))
    assert world.lives == {KEY: life}
    assert len(world.offers) == (life == "open")
    assert len(world.commitments) == 1


def test_a_block_is_settled_by_all_of_its_shifts() -> None:
    """One of two in the work calendar does not confirm what is taken together or not at all."""
    block = reading(read(block="b1"), read("2027-01-05 19:00", block="b1"))
    assert len(told(block, world=working("2027-01-04 19:00")).offers) == 1
    assert told(block, world=working("2027-01-04 19:00", "2027-01-05 19:00")).offers == []


def test_a_confirmed_shift_in_the_calendar_counts_once() -> None:
    """Told by mail and standing in the calendar: one commitment."""
    world = told(reading(read(status="confirmed")), world=working("2027-01-04 19:00"))
    assert len(world.commitments) == 1


@pytest.mark.parametrize(
    ("verdict", "life"), [("accepted", "accepted"), ("declined", "declined"), ("seen", "open")]
)
def test_answers_are_kept(verdict: str, life: str) -> None:
    """Yes makes commitments, no takes the offer away, anything else leaves it."""
    world = told(reading(read()))
    answered(world, {KEY: verdict})
    assert world.lives == {KEY: life}
    assert (len(world.offers), len(world.commitments)) == (life == "open", life == "accepted")
    assert set(world.accepted) == ({KEY} if life == "accepted" else set())


def test_a_declined_offer_stays_declined_when_it_comes_again() -> None:
    """Another digest, another rate: the answer holds."""
    world = told(reading(read()), reading(CHANGED), reading(read(pay=Money(Decimal(9000), "shift", "USD"))))
    answered(world, {KEY: "declined"})
    assert world.offers == []


def test_names_tell_shifts_apart() -> None:
    """By site, instant and number of shifts, whatever zone the instant is written in."""
    start: datetime = at("2027-01-04 19:00")
    keys = {
        offer_key("lakeside-ed", start),
        offer_key("mesa-ed", start),
        offer_key("lakeside-ed", start + timedelta(hours=1)),
        offer_key("lakeside-ed", start, 2),
    }
    assert len(keys) == 4

"""From events and readings to the world that the rules judge."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from connectors.calendars import ical
from connectors.event import Days, Event, Item, Timed
from connectors.offers.reading import Choice, Money, OfferReading, ReadShift, Source, Unresolved
from daemon.translate import World, answered, events_into, offer_key, offers_into, site_named
from policy.shift import Choose, Span
from tests.daemon.unit.worlds import NOW, at, policy

POLICY = policy()
SPAN = Span(date(2026, 12, 1), date(2027, 3, 31))
NIGHT = Timed(at("2027-01-04 19:00"), at("2027-01-05 07:00"))
LINE = "Mon 1/4 7p-7a LKSD $2400"


def item(summary: str, when: Timed | Days = NIGHT, uid: str = "u1", **fields: Any) -> Item:
    return Item(f"{uid}.ics", "1", ical.write(Event(uid=uid, when=when, summary=summary, **fields), NOW))


def seen(role: str, *items: Item, world: World | None = None, source: str = "cal") -> World:
    found = world or World()
    events_into(found, source, role, items, POLICY, SPAN)
    return found


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


def told(*readings: OfferReading, world: World | None = None) -> World:
    """Messages sent an hour apart."""
    found = world or World()
    messages = [("inbox", NOW + timedelta(hours=n), one) for n, one in enumerate(readings)]
    offers_into(found, messages, POLICY)
    return found


KEY = offer_key("lakeside-ed", at("2027-01-04 19:00"))


# -- calendars --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Lakeside ED night", "lksd", "ED shift (LKSD)", "lakeside-ed"])
def test_a_work_event_that_names_a_site_is_a_commitment(title: str) -> None:
    """By any of its names, in any case, with the site's own pay."""
    world = seen("work", item(title))
    (shift,) = world.commitments
    assert (shift.site.id, shift.start, shift.end, shift.cents) == (
        "lakeside-ed",
        NIGHT.start,
        NIGHT.end,
        230_000,
    )
    assert (world.red, world.review, world.aside) == ([], [], [])


def test_the_place_names_a_site_too() -> None:
    """The location counts as the title does."""
    assert [s.site.id for s in seen("work", item("Shift", location="Mesa ED, 1 Main St")).commitments] == [
        "mesa-ed"
    ]


@pytest.mark.parametrize(
    "title", ["Shift somewhere", "Lakeside EDucation day", "XLKSD", "Lakeside ED or Mesa ED"]
)
def test_an_unknown_work_event_keeps_its_time_free(title: str) -> None:
    """It may be a shift: nothing is put there, and the clinician is asked."""
    world = seen("work", item(title))
    assert world.commitments == []
    assert [(red.start, red.end) for red in world.red] == [(NIGHT.start, NIGHT.end)]
    (aside,) = world.review
    assert (aside.where, "names no site" in aside.why) == (title, True)


def test_a_work_event_marked_free_is_set_aside() -> None:
    """Neither a shift nor red time, and said so."""
    world = seen(
        "work",
        item("Lakeside ED backup call", transparent=True),
        item("Birthday", uid="u2", transparent=True),
    )
    assert (world.commitments, world.red) == ([], [])
    assert [aside.why for aside in world.aside] == ["marked free", "marked free"]


def test_a_whole_day_at_work_is_asked_about() -> None:
    """A site without hours is a question; a whole day without a site is set aside."""
    day = Days(date(2027, 1, 4), date(2027, 1, 4))
    world = seen("work", item("LKSD", day), item("Payday", day, uid="u2"))
    assert world.commitments == []
    assert [aside.where for aside in world.review] == ["LKSD"]
    assert [aside.where for aside in world.aside] == ["Payday"]


def test_a_personal_event_is_red_time() -> None:
    """Also where it names a site; a whole day is the whole local date at home."""
    world = seen(
        "personal",
        item("Dinner near Lakeside ED"),
        item("Trip", Days(date(2027, 1, 8), date(2027, 1, 9)), uid="u2"),
    )
    assert world.commitments == []
    assert [(red.start, red.end) for red in world.red] == [
        (NIGHT.start, NIGHT.end),
        (at("2027-01-08 00:00"), at("2027-01-10 00:00")),
    ]
    assert seen("personal", item("Maybe", transparent=True)).red == []


@pytest.mark.parametrize("role", ["work", "personal"])
def test_a_cancelled_event_is_nothing(role: str) -> None:
    """It is no work and no red time."""
    world = seen(role, item("LKSD", status="cancelled"))
    assert (world.commitments, world.red, world.review) == ([], [], [])


def test_a_broken_event_is_set_aside_with_its_reason() -> None:
    """And costs nobody else anything."""
    broken = Item("broken.ics", "1", "<html>")
    world = seen("work", broken, item("LKSD"))
    assert len(world.commitments) == 1
    assert [(aside.where, aside.why) for aside in world.aside] == [("broken.ics", "not iCalendar text")]


def test_one_shift_in_two_calendars_counts_once() -> None:
    """The same site and times, under other titles and UIDs."""
    world = seen("work", item("LKSD"), source="one")
    seen("work", item("Lakeside ED night shift", uid="other"), world=world, source="two")
    assert len(world.commitments) == 1


def test_two_sites_in_a_text_are_none() -> None:
    """What names two sites names neither; two names of one site name it."""
    assert site_named("Lakeside ED / Mesa ED", POLICY) is None
    assert site_named("LKSD (Lakeside ED)", POLICY) == "lakeside-ed"
    assert site_named("", POLICY) is None


# -- offers -----------------------------------------------------------------------------------------------------


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
    world = told(reading(read()), world=seen("work", item("LKSD")))
    assert (world.offers, world.lives, len(world.commitments)) == ([], {KEY: "confirmed"}, 1)


def test_a_confirmed_shift_in_the_calendar_counts_once() -> None:
    """Told by mail and standing in the calendar: one commitment."""
    world = told(reading(read(status="confirmed")), world=seen("work", item("LKSD")))
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

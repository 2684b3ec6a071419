"""What messages say of a shift, from the bytes that arrive to what may be taken: one shift, one offer, one life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from daemon.events import offer_key
from tests.daemon.unit.mailroom import (
    AGENCY,
    CHARGE,
    NOW,
    OWN,
    SERVICE,
    STRANGER,
    Invite,
    Mailroom,
    at,
    calendar,
    message,
)

KEY = offer_key("lakeside-ed", at("2027-01-04 19:00"))
LINE = "Mon 1/4 7p-7a LKSD $2400\n"


@pytest.fixture
def room(tmp_path: Path) -> Mailroom:
    return Mailroom(tmp_path)


@dataclass(frozen=True)
class Told:
    """What is known of a clinician's offers: lives by name, and what those that are open pay and last."""

    lives: dict[str, str] = field(default_factory=dict)
    open: dict[str, tuple[int, int]] = field(default_factory=dict)
    worked: tuple[str, ...] = ()


def told(room: Mailroom, now: datetime = NOW) -> Told:
    world = room.world(now)
    return Told(
        dict(world.lives),
        {key: (one.cents, sum(s.minutes for s in one.shifts)) for key, one in room.offers(now).items()},
        tuple(sorted(f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in world.commitments)),
    )


def say(room: Mailroom, *bodies: str) -> Told:
    """Messages of one sender, an hour apart."""
    for hour, body in enumerate(bodies):
        room.deliver(message(body, at("2026-12-14 09:00") + timedelta(hours=hour)))
    return told(room)


# -- one shift, whatever the channel ---------------------------------------------------------------------------------

DIGEST = """\
Open shifts this week:

Mon 1/4 7p-7a LKSD $2,400
Wed 1/6 9a-5p Pinecrest UC $150/hr

Thank you
"""
CHANNELS = ("digest", "text", "feed", "invitation")


def tell(room: Mailroom, channel: str) -> None:
    """The night of 4 January at Lakeside, by one of the ways in which it may be told."""
    match channel:
        case "digest":
            room.deliver(message(DIGEST, "2026-12-14 08:00", AGENCY))
        case "text":
            room.deliver(
                message("LKSD 1/4 1900-0700, still open, $2400\n", "2026-12-14 10:00", CHARGE), "texts"
            )
        case "feed":
            room.list_open("2027-01-04 19:00")
        case _:
            ics = calendar("REQUEST", Invite(description="Pay: $2400 per shift"))
            room.deliver(message("You are invited.\n", "2026-12-14 12:00", ics=ics))


@pytest.mark.parametrize("order", list(permutations(CHANNELS)), ids="-".join)
def test_one_shift_by_four_channels_is_one_offer(room: Mailroom, order: Sequence[str]) -> None:
    """In whichever order they come: one name, one price, and the digest's other shift beside it."""
    for channel in order:
        tell(room, channel)
    assert told(room).open == {"01-04 19:00": (240_000, 720), "pinecrest-uc 01-06 09:00": (120_000, 480)}
    assert room.offers()["01-04 19:00"].id == KEY
    assert room.world().review == []


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("verdict", ["declined", "accepted"])
def test_an_answer_holds_whichever_channel_tells_it_next(room: Mailroom, channel: str, verdict: str) -> None:
    """Answered after the first of them, it is not asked about again by the others."""
    tell(room, channel)
    (name,) = (key for key in room.world().lives if key.startswith("lakeside"))
    room.store.answer(name, verdict, NOW, "phone")  # type: ignore[arg-type]  # a Verdict
    for other in CHANNELS:
        if other != channel:
            tell(room, other)
        assert "01-04 19:00" not in room.offers()
        worked = told(room).worked
        assert worked == (("01-04 19:00-07:00",) if verdict == "accepted" else ())


@pytest.mark.parametrize("channel", CHANNELS)
def test_filled_is_filled_whichever_channel_offered_it(room: Mailroom, channel: str) -> None:
    """A text takes back what a digest, a feed or an invitation put up."""
    tell(room, channel)
    room.deliver(message("Mon 1/4 7p-7a LKSD is filled.\n", "2026-12-15 08:00", CHARGE), "texts")
    assert told(room).lives[KEY] == "withdrawn"
    assert "01-04 19:00" not in room.offers()


@pytest.mark.parametrize(
    "other",
    [
        "Mon 1/4 7a-7p LKSD $2400",
        "Tue 1/5 7p-7a LKSD $2400",
        "Mon 1/4 7p-7a Pinecrest UC $2400",
        "Mon 1/4 8p-8a LKSD $2400",
    ],
)
def test_another_shift_is_another_offer(room: Mailroom, other: str) -> None:
    """Other hours, another day or another site: two, and filling the one leaves the other."""
    room.deliver(message(f"{LINE}{other}\n", sender=AGENCY))
    assert len(room.offers()) == 2
    room.deliver(message("Mon 1/4 7p-7a LKSD is filled.\n", "2026-12-15 08:00"))
    assert list(room.offers()) != ["01-04 19:00"]
    assert len(room.offers()) == 1


def test_one_instant_in_two_zones_is_one_shift(room: Mailroom) -> None:
    """An invitation in UTC and a line in local time."""
    ics = (
        calendar("REQUEST", Invite())
        .replace("DTSTART;TZID=America/Chicago:20270104T190000", "DTSTART:20270105T010000Z")
        .replace("DTEND;TZID=America/Chicago:20270105T070000", "DTEND:20270105T130000Z")
    )
    room.deliver(message("You are invited.\n", ics=ics))
    room.deliver(message(LINE, "2026-12-15 09:00"))
    assert told(room).open == {"01-04 19:00": (240_000, 720)}


def test_two_shifts_that_begin_together_are_two(room: Mailroom) -> None:
    """Eight hours or twelve: both are put up, and neither is lost."""
    say(room, "Mon 1/4 7a-3p LKSD $1500\nMon 1/4 7a-7p LKSD $2400\n")
    world, problem = room.understood()
    found = sorted((one.cents, one.shifts[0].minutes) for one in problem.offers)
    assert found == [(150_000, 480), (240_000, 720)] or world.review


def test_two_that_begin_together_are_filled_one_by_one(room: Mailroom) -> None:
    """The long one goes, the short one stays, and listing both again changes nothing."""
    both = "Mon 1/4 7a-3p LKSD $1500\nMon 1/4 7a-7p LKSD $2400\n"
    say(room, both, both, "Mon 1/4 7a-7p LKSD is filled\n")
    assert [one.cents for one in room.offers().values()] == [150_000]
    assert len(room.world().lives) == 2


# -- offered, changed, filled, back, confirmed, not selected ------------------------------------------------------------

FILLED = "Mon 1/4 7p-7a LKSD is filled.\n"
BACK = "Mon 1/4 7p-7a LKSD is reinstated.\n"
CONFIRMED = "You are confirmed: Mon 1/4 7p-7a LKSD\n"
NOT_SELECTED = "You were not selected for Mon 1/4 7p-7a LKSD.\n"
DEARER = "LKSD Mon 1/4 7p-7a: rate increased to $2,600\n"
SHORTER = "Updated time: LKSD Mon 1/4 7p-3a\n"


@pytest.mark.parametrize(
    ("bodies", "life"),
    [
        ((LINE,), "open"),
        ((LINE, FILLED), "withdrawn"),
        ((LINE, "Mon 1/4 7p-7a LKSD is no longer available.\n"), "withdrawn"),
        ((LINE, "Mon 1/4 7p-7a LKSD has been cancelled.\n"), "withdrawn"),
        ((LINE, "Mon 1/4 7p-7a LKSD is covered, thanks all\n"), "withdrawn"),
        ((LINE, NOT_SELECTED), "withdrawn"),
        ((LINE, FILLED, BACK), "open"),
        ((LINE, FILLED, BACK, FILLED), "withdrawn"),
        ((LINE, NOT_SELECTED, LINE), "open"),
        ((LINE, CONFIRMED), "confirmed"),
        ((LINE, CONFIRMED, LINE), "confirmed"),
        ((LINE, CONFIRMED, "Mon 1/4 7p-7a LKSD has been cancelled.\n"), "withdrawn"),
        ((LINE, "Reminder: your shift Mon 1/4 7p-7a LKSD starts soon\n"), "confirmed"),
        ((LINE, DEARER), "open"),
        ((LINE, SHORTER), "open"),
        ((LINE, CONFIRMED, SHORTER), "confirmed"),
    ],
)
def test_the_last_word_holds(room: Mailroom, bodies: Sequence[str], life: str) -> None:
    """Whatever it is said with, the shift stays one; confirmed it is worked, open it may be taken."""
    found = say(room, *bodies)
    assert found.lives == {KEY: life}
    assert len(found.open) == (life == "open")
    assert len(found.worked) == (life == "confirmed")


def test_a_rate_that_was_raised_is_what_it_pays(room: Mailroom) -> None:
    """The hours stay; the same offer under the same name pays more."""
    assert say(room, LINE, DEARER) == Told({KEY: "open"}, {"01-04 19:00": (260_000, 720)})


def test_hours_that_were_changed_are_those_of_the_shift(room: Mailroom) -> None:
    """The pay stays, though the message that moved the end names none."""
    assert say(room, LINE, SHORTER) == Told({KEY: "open"}, {"01-04 19:00": (240_000, 480)})


def test_a_confirmed_shift_whose_hours_change_is_worked_by_the_new_ones(room: Mailroom) -> None:
    """One commitment, of eight hours."""
    assert say(room, LINE, CONFIRMED, SHORTER).worked == ("01-04 19:00-03:00",)


def test_a_shift_confirmed_with_other_hours_is_asked_about(room: Mailroom) -> None:
    """It is worked as it was confirmed, and somebody looks at it."""
    found = say(room, LINE, "You are confirmed: Mon 1/4 8p-7a LKSD\n")
    assert found.worked == ("01-04 20:00-07:00",)
    assert len(room.world().review) == 1


def test_a_word_about_a_night_takes_no_day(room: Mailroom) -> None:
    """Filled is the night, of which nobody told; the day on that date stays, and somebody looks at it."""
    say(room, "Mon 1/4 7a-7p LKSD $2400\n", "Mon 1/4 7p-7a LKSD is filled\n")
    assert list(room.offers()) == ["01-04 07:00"]


def test_a_withdrawal_that_fits_two_is_asked_about(room: Mailroom) -> None:
    """None is guessed, and it is not passed over in silence either."""
    say(
        room,
        "Mon 1/4 7a-1p LKSD $1200\nMon 1/4 2p-8p LKSD $1200\n",
        "Mon 1/4 10a-4p LKSD is filled\n",
    )
    assert len(room.offers()) == 2
    assert len(room.world().review) == 1


def test_a_change_that_fits_two_is_asked_about(room: Mailroom) -> None:
    """It makes no third offer of them."""
    say(
        room,
        "Mon 1/4 7a-1p LKSD $1200\nMon 1/4 2p-8p LKSD $1200\n",
        "Updated time: LKSD Mon 1/4 10a-4p\n",
    )
    assert sorted(room.offers()) == ["01-04 07:00", "01-04 14:00"]
    assert len(room.world().review) == 1


def test_hours_that_are_listed_anew_hold_without_a_price(room: Mailroom) -> None:
    """A later digest names another end and no pay: the end is the new one, the pay the one that was said."""
    say(room, LINE, "Mon 1/4 7p-5a LKSD\n")
    (offer,) = room.offers().values()
    assert (offer.shifts[0].minutes, offer.cents) == (600, 240_000)


def test_what_is_asked_about_is_named(room: Mailroom) -> None:
    """The words of a clear line are not kept, so its site and hours are shown."""
    say(room, LINE, "You are confirmed: Mon 1/4 8p-7a LKSD\n")
    (one,) = room.world().review
    assert "lakeside-ed" in one.where
    assert "20:00" in one.where


# -- out of order, and twice --------------------------------------------------------------------------------------------

STORIES = {
    "raised, filled, back": (LINE, DEARER, FILLED, BACK),
    "filled, back, confirmed": (LINE, FILLED, BACK, CONFIRMED),
    "shorter, dearer, not selected": (LINE, SHORTER, DEARER, NOT_SELECTED),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, story: Sequence[str]) -> None:
    """What was sent last holds, in whichever order the messages come in."""
    sent = [message(body, at("2026-12-14 09:00") + timedelta(hours=hour)) for hour, body in enumerate(story)]
    found = []
    for number, order in enumerate(permutations(sent)):
        room = Mailroom(tmp_path / str(number))
        for raw in order:
            room.deliver(raw)
        found.append(told(room))
    assert found.count(found[0]) == len(found)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_a_message_that_comes_twice_says_nothing_twice(tmp_path: Path, story: Sequence[str]) -> None:
    """In both inboxes, and again by another route in the end."""
    once, twice = Mailroom(tmp_path / "once"), Mailroom(tmp_path / "twice")
    sent = [message(body, at("2026-12-14 09:00") + timedelta(hours=hour)) for hour, body in enumerate(story)]
    for raw in sent:
        once.deliver(raw)
        twice.deliver(raw)
        twice.deliver(raw, "texts")
    for raw in sent:
        twice.deliver(raw.replace(b"To: r.example", b"Received: from a by b; today\nTo: r.example"))
    assert told(twice) == told(once)


def test_two_messages_of_one_second_are_in_the_order_they_came(room: Mailroom) -> None:
    """A Date header counts seconds: offered and filled within one is filled."""
    for body in (LINE, FILLED):
        room.deliver(message(body, "2026-12-14 09:00"))
    assert told(room).lives == {KEY: "withdrawn"}


# -- until when ---------------------------------------------------------------------------------------------------------

DUE = "Mon 1/4 7p-7a LKSD $2400, reply by 12/20 5pm\n"


@pytest.mark.parametrize(
    ("now", "life"),
    [
        ("2026-12-20 16:59", "open"),
        ("2026-12-20 17:01", "lapsed"),
        ("2027-01-03 12:00", "lapsed"),
    ],
)
def test_an_offer_lapses_at_its_deadline(room: Mailroom, now: str, life: str) -> None:
    """Until then it may be taken, and afterwards no more."""
    room.deliver(message(DUE))
    found = told(room, at(now))
    assert found.lives == {KEY: life}
    assert len(found.open) == (life == "open")
    world, problem = room.understood(at(now))
    takeable = [one.id for one in problem.offers if one.id not in problem.refused]
    assert takeable == ([KEY] if life == "open" else [])
    assert world.commitments == []


def test_a_day_alone_is_the_whole_day(room: Mailroom) -> None:
    """`Reply by 12/20` means 23:59 that day, by the clock of the site."""
    room.deliver(message("Mon 1/4 7p-7a LKSD $2400, reply by 12/20\n"))
    assert [told(room, at(f"2026-12-{now}")).lives[KEY] for now in ("20 23:58", "21 00:00")] == [
        "open",
        "lapsed",
    ]


def test_a_later_deadline_holds_and_the_yes_of_before_stays(room: Mailroom) -> None:
    """The sender waits longer; and what was accepted in time does not lapse."""
    room.deliver(message(DUE))
    room.deliver(message(DUE.replace("12/20", "12/22"), "2026-12-15 09:00"))
    assert told(room, at("2026-12-21 09:00")).lives == {KEY: "open"}
    room.store.answer(KEY, "accepted", NOW, "phone")
    assert told(room, at("2026-12-23 09:00")).worked == ("01-04 19:00-07:00",)


def test_a_deadline_that_comes_without_a_price_holds(room: Mailroom) -> None:
    """`Reply by 12/16` in the reminder."""
    say(room, LINE, "Mon 1/4 7p-7a LKSD, reply by 12/16 5pm\n")
    assert room.world(at("2026-12-17 09:00")).lives == {KEY: "lapsed"}


def test_a_reminder_without_the_deadline_does_not_lift_it(room: Mailroom) -> None:
    """What was said once about when to answer still holds when the shift is listed again."""
    say(room, "Mon 1/4 7p-7a LKSD $2400, reply by 12/16 5pm\n", LINE)
    assert room.world(at("2026-12-17 09:00")).lives == {KEY: "lapsed"}


def test_what_is_listed_after_its_deadline_is_open_again(room: Mailroom) -> None:
    """They waited in vain, and ask anew."""
    room.deliver(message("Mon 1/4 7p-7a LKSD $2400, reply by 12/15 5pm\n"))
    room.deliver(message(LINE, "2026-12-16 09:00"))
    assert told(room, at("2026-12-17 09:00")).lives == {KEY: "open"}


# -- money --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "cents"),
    [
        ("Mon 1/4 7p-7a LKSD bill rate $310/hr", 230_000),
        ("Mon 1/4 7p-7a LKSD bill rate $310/hr, pay rate $225/hr", 270_000),
        ("Mon 1/4 7p-7a LKSD pay $225/hr (bill rate $310/hr)", 270_000),
        ("Mon 1/4 7p-7a LKSD $225/hr, billed at $310/hr", 270_000),
        ("Mon 1/4 7p-7a LKSD $310/hr (bill rate)", 230_000),
        ("Mon 1/4 7p-7a LKSD $2400 (rate cap $250/hr, $500 bonus)", 240_000),
        ("Mon 1/4 7p-7a LKSD $200 to $220/hr", 240_000),
    ],
)
def test_what_is_billed_is_not_what_is_paid(room: Mailroom, line: str, cents: int) -> None:
    """Where nothing is said of pay, the site's own counts."""
    room.deliver(message(f"{line}\n"))
    assert [one.cents for one in room.offers().values()] == [cents]


@pytest.mark.parametrize(
    ("description", "cents"), [("Bill rate: $310/hr", 230_000), ("Pay: $225/hr", 270_000)]
)
def test_an_invitation_that_tells_what_is_billed_pays_the_sites_own(
    room: Mailroom, description: str, cents: int
) -> None:
    """The same in calendar mail."""
    room.deliver(message("Hello\n", ics=calendar("REQUEST", Invite(description=description))))
    assert [one.cents for one in room.offers().values()] == [cents]


BLOCK = "Mon 1/4 - Wed 1/6 7a-7p LKSD, all or nothing, $7,200 for the block\n"


def test_a_price_for_a_block_counts_once(room: Mailroom) -> None:
    """Three shifts, one offer, $7,200 in all; and no more once it is worked."""
    room.deliver(message(BLOCK))
    (offer,) = room.offers().values()
    assert (len(offer.shifts), offer.cents) == (3, 720_000)
    room.store.answer(offer.id, "accepted", NOW, "phone")
    assert sum(one.cents for one in room.world().commitments) == 720_000


def test_a_block_that_is_told_twice_is_one(room: Mailroom) -> None:
    """A digest a day later lists it again; the price does not add up."""
    room.deliver(message(BLOCK))
    room.deliver(message(f"Still open:\n{BLOCK}", "2026-12-15 09:00", AGENCY))
    assert [(len(one.shifts), one.cents) for one in room.offers().values()] == [(3, 720_000)]


PAIR = "Mon 1/4 - Tue 1/5 7a-7p LKSD, all or nothing, $5,000 for the block\n"


def test_a_block_and_its_shifts_one_by_one_are_not_both_open(room: Mailroom) -> None:
    """First listed singly, then all or none: they are the same shifts, and can be had together only."""
    found = say(room, "Mon 1/4 7a-7p LKSD $2400\nTue 1/5 7a-7p LKSD $2400\n", PAIR)
    assert found.open == {"01-04 07:00": (500_000, 1440)}


def test_a_yes_to_a_shift_outlives_the_block_it_becomes_part_of(room: Mailroom) -> None:
    """It stays a commitment, and somebody looks at it."""
    say(room, "Mon 1/4 7a-7p LKSD $2400\n")
    room.store.answer(offer_key("lakeside-ed", at("2027-01-04 07:00")), "accepted", NOW, "phone")
    found = say(room, PAIR)
    assert found.worked == ("01-04 07:00-19:00",)
    assert len(room.world().review) == 1


TOGETHER = """\
Take all or nothing:
Mon 1/4 7p-7a LKSD $2400
Tue 1/5 7p-7a LKSD $2400
Fri 1/6 7p-7a LKSD $2400
"""


def test_a_line_that_cannot_be_read_holds_back_all_or_nothing(room: Mailroom) -> None:
    """One night of a block disagrees with its weekday: the others are not offered without it."""
    assert say(room, TOGETHER).open == {}
    assert [bool(one.id) for one in room.world().review] == [False, True]


@pytest.mark.parametrize(
    ("answer", "nights"), [("Wed 1/6 7p-7a LKSD $2400", 3), ("Fri 1/8 7p-7a LKSD $2400", 3), ("", 2)]
)
def test_the_night_that_was_settled_belongs_to_the_block(room: Mailroom, answer: str, nights: int) -> None:
    """Said plainly it is one of them, and where it is no shift the others are all."""
    say(room, TOGETHER)
    (line,) = [one.id for one in room.world().review if one.id]
    room.store.settle(line, answer, NOW)
    assert [len(one.shifts) for one in room.offers().values()] == [nights]
    assert room.world().review == []


def test_a_line_that_was_settled_belongs_to_the_choice(room: Mailroom) -> None:
    """Pick one of three: the third is no offer beside the other two."""
    say(room, TOGETHER.replace("Take all or nothing:", "Pick one of these:"))
    (line,) = [one.id for one in room.world().review]
    room.store.settle(line, "Wed 1/6 7p-7a LKSD $2400", NOW)
    groups = {one.choose and (one.choose.group, one.choose.at_most) for one in room.offers().values()}
    assert len(room.offers()) == 3
    assert len(groups) == 1
    assert None not in groups


def test_one_confirmed_night_of_a_block_is_worked_and_the_others_are_a_question(room: Mailroom) -> None:
    """Taken together or not at all, and one night of it was given: what of the others?"""
    found = say(room, BLOCK, "You are confirmed: Tue 1/5 7a-7p LKSD\n")
    assert found.worked == ("01-05 07:00-19:00",)
    assert found.open == {}
    assert len(room.world().review) == 1
    assert sum(one.cents for one in room.world().commitments) == 240_000


@pytest.mark.parametrize("status", ["You are confirmed: {}\n", "{} is filled.\n"])
def test_the_question_ends_with_word_of_the_other_nights(room: Mailroom, status: str) -> None:
    """Confirmed as well, or gone: either way it is known which are worked."""
    others = [status.format(f"{day} 7a-7p LKSD") for day in ("Mon 1/4", "Wed 1/6")]
    found = say(room, BLOCK, "You are confirmed: Tue 1/5 7a-7p LKSD\n", *others)
    assert len(found.worked) == (3 if "confirmed" in status else 1)
    assert room.world().review == []


def test_a_night_that_is_cancelled_leaves_the_others_of_a_confirmed_block(room: Mailroom) -> None:
    """What was confirmed night by night is taken back night by night."""
    nights = [f"You are confirmed: {day} 7a-7p LKSD\n" for day in ("Mon 1/4", "Tue 1/5", "Wed 1/6")]
    found = say(room, BLOCK, *nights, "Wed 1/6 7a-7p LKSD has been cancelled.\n")
    assert found.worked == ("01-04 07:00-19:00", "01-05 07:00-19:00")
    assert room.world().review == []


# -- what changes after a yes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("Updated time: LKSD Mon 1/4 7p-11a\n", 1),
        ("Mon 1/4 7p-7a LKSD $2,000\n", 1),
        ("Mon 1/4 7p-5a LKSD\n", 1),
        (DEARER, 0),
        (LINE, 0),
    ],
)
def test_an_accepted_shift_that_changes_is_asked_about(room: Mailroom, body: str, asked: int) -> None:
    """The yes was to other hours or more pay; it is not stretched to these in silence. A second yes settles it."""
    say(room, LINE)
    room.store.answer(KEY, "accepted", NOW, "phone")
    room.deliver(message(body, "2026-12-15 09:00", CHARGE))
    assert len(room.world().review) == asked
    assert len(told(room).worked) == 1
    room.store.answer(KEY, "accepted", NOW + timedelta(hours=1), "command line")
    assert room.world().review == []


def test_a_yes_to_the_hours_as_they_are_now_is_no_question(room: Mailroom) -> None:
    """What was heard before the answer was known to whoever gave it."""
    say(room, LINE, SHORTER)
    room.store.answer(KEY, "accepted", NOW + timedelta(minutes=1), "phone")
    assert told(room).worked == ("01-04 19:00-03:00",)
    assert room.world().review == []


# -- forwarded by the clinician -------------------------------------------------------------------------------------------

HEAD = "---------- Forwarded message ---------\nFrom: Desk <shifts@lakeside.example>\n\n"


def forward(room: Mailroom, body: str = LINE, sent: str = "2026-12-15 09:00") -> list[str]:
    """What is asked of a message that the clinician forwarded."""
    room.deliver(message(HEAD + body, sent, OWN, subject="Fwd: Shifts"))
    return [one.id for one in room.world().review]


@pytest.mark.parametrize("body", [LINE, BLOCK, CONFIRMED, DUE])
def test_a_forward_does_nothing_by_itself(room: Mailroom, body: str) -> None:
    """It counts as theirs; nobody vouches for who wrote it, so somebody looks before anything is held."""
    assert len(forward(room, body)) == 1
    assert told(room) == Told()


@pytest.mark.parametrize(("answer", "cents"), [("yes", 240_000), ("Mon 1/4 7p-7a LKSD $2500", 250_000)])
def test_a_forward_that_was_settled_is_an_offer(room: Mailroom, answer: str, cents: int) -> None:
    """As it stands, or as it is said more plainly; for good."""
    (line,) = forward(room)
    room.store.settle(line, answer, NOW)
    assert told(room).open == {"01-04 19:00": (cents, 720)}
    assert room.world().review == []
    room.poll(anew=True)
    assert told(room).open == {"01-04 19:00": (cents, 720)}


def test_a_forward_that_is_nothing_is_gone(room: Mailroom) -> None:
    """No offer, and no question any more."""
    (line,) = forward(room)
    room.store.settle(line, "", NOW)
    assert (told(room), room.world().review) == (Told(), [])


def test_a_forward_of_a_block_waits_for_all_of_its_lines(room: Mailroom) -> None:
    """All or none: one yes of two is none."""
    first, second = forward(room, "Take all or nothing:\nMon 1/4 7p-7a LKSD\nTue 1/5 7p-7a LKSD\n")
    room.store.settle(first, "yes", NOW)
    assert told(room).open == {}
    room.store.settle(second, "yes", NOW)
    assert [len(one.shifts) for one in room.offers().values()] == [2]


def test_a_yes_answers_no_other_question(room: Mailroom) -> None:
    """A line that leaves something open has to be said plainly."""
    (line,) = forward(room, "Mon 1/4 8-8 LKSD\n")
    room.store.settle(line, "yes", NOW)
    assert told(room).open == {}
    assert len(room.world().review) == 1


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_that_was_forwarded_is_a_question(room: Mailroom, method: str) -> None:
    """Neither a newer version nor a cancellation is believed that way; who invited may still say it."""
    room.deliver(message("You are invited.\n", ics=calendar("REQUEST", Invite())))
    before = told(room)
    newer = calendar(method, Invite(start="2027-01-04 20:00", sequence=1))
    room.deliver(message("See below.\n", "2026-12-15 09:00", OWN, ics=newer))
    assert told(room) == before
    assert len(room.world().review) == 1
    room.deliver(message("Moved.\n", "2026-12-16 09:00", ics=newer))
    assert told(room) != before


def test_the_question_about_a_block_ends_in_the_work_calendar(room: Mailroom) -> None:
    """One night is confirmed by mail, and the others stand in the calendar."""
    say(room, BLOCK, "You are confirmed: Tue 1/5 7a-7p LKSD\n")
    service = SERVICE.replace('role = "offers"', 'role = "work"\nsite = "lakeside-ed"')
    room.configure(service)
    room.list_open("2027-01-04 07:00", "2027-01-06 07:00")
    assert len(told(room).worked) == 3
    assert room.world().review == []


def test_a_forward_of_what_its_sender_told_is_no_question(room: Mailroom) -> None:
    """The same shift at the same pay: nothing new; at another, a question."""
    before = say(room, LINE)
    assert forward(room) == []
    assert len(forward(room, LINE.replace("2400", "2900"))) == 1
    assert told(room) == before


# -- leads, and what nobody vouches for -----------------------------------------------------------------------------------

LEAD = "Interested in locums at Lakeside ED this winter? $250/hr, call me.\n"


def test_a_lead_is_shown_and_is_no_offer(room: Mailroom) -> None:
    """With the day it came, and without anything to take."""
    found = say(room, LEAD)
    assert found == Told()
    (lead,) = room.world().leads
    assert (lead.source, lead.where) == ("post", "2026-12-14")
    told_ = room.command("offers", "--review")
    assert told_.returncode == 0
    assert "lead" in told_.stdout


@pytest.mark.parametrize("body", [LINE, FILLED, CONFIRMED, DEARER, BACK])
def test_a_stranger_changes_nothing(room: Mailroom, body: str) -> None:
    """Whatever they write, what is known stays as it was, and somebody looks at it."""
    before = say(room, LINE, FILLED) if body in (LINE, BACK) else say(room, LINE)
    room.deliver(message(body, "2026-12-15 09:00", STRANGER))
    assert told(room) == before
    assert [one.source for one in room.world().review] == ["post"]


def test_a_sender_speaks_for_their_own_sites(room: Mailroom) -> None:
    """Whom we know for Pinecrest neither offers nor fills a shift at Lakeside: it is a question."""
    before = say(room, LINE)
    for day, body in ((15, FILLED), (16, "Wed 1/6 7p-7a LKSD $2400\n")):
        room.deliver(message(body, f"2026-12-{day} 09:00", "roster@pinecrest.example"))
    assert told(room) == before
    assert len(room.world().review) == 2


@pytest.mark.parametrize("body", [LEAD, "Fri 1/4 7p-7a LKSD $2400\n"])
def test_a_strangers_message_is_somewhere(room: Mailroom, body: str) -> None:
    """A lead, or a line in question, by whom nobody vouches for: set aside, and not dropped."""
    room.deliver(message(body, sender=STRANGER))
    world = room.world()
    assert world.leads == []
    assert world.review + world.aside

"""Shifts that come as calendar invitations (iMIP): whose word counts, and which version of it (RFC 5546, 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from tests.daemon.unit.mailroom import (
    AGENCY,
    CHARGE,
    LAKESIDE,
    NORTH,
    NOW,
    PINECREST,
    STRANGER,
    Invite,
    Mailroom,
    at,
    calendar,
    message,
)

SHIFT = Invite(description="Pay: $2400 per shift")
LATER = "20261214T160000Z"


@pytest.fixture
def room(tmp_path: Path) -> Mailroom:
    return Mailroom(tmp_path)


def invite(
    room: Mailroom,
    *events: Invite,
    method: str = "REQUEST",
    sent: str = "2026-12-14 09:00",
    sender: str = LAKESIDE,
) -> None:
    room.deliver(message("Please answer.\n", sent, sender, ics=calendar(method, *events)))


def days(room: Mailroom) -> list[str]:
    """When the offers begin that may be taken."""
    return sorted(room.offers())


# -- one invitation ------------------------------------------------------------------------------------------------------


def test_a_request_puts_a_shift_up(room: Mailroom) -> None:
    """With its hours and its pay."""
    invite(room, SHIFT)
    (offer,) = room.offers().values()
    assert (offer.shifts[0].start, offer.shifts[0].minutes, offer.cents) == (
        at("2027-01-04 19:00"),
        720,
        240_000,
    )


@pytest.mark.parametrize("sequence", [0, 1])
def test_a_cancel_takes_it_back(room: Mailroom, sequence: int) -> None:
    """By who invited; many programs leave the SEQUENCE as it was."""
    invite(room, SHIFT)
    invite(room, SHIFT.but(sequence=sequence, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00")
    assert days(room) == []
    assert list(room.world().lives.values()) == ["withdrawn"]


def test_a_cancelled_status_takes_it_back(room: Mailroom) -> None:
    """Some programs send a REQUEST whose event says STATUS:CANCELLED."""
    invite(room, SHIFT)
    ics = calendar("REQUEST", SHIFT.but(sequence=1, stamp=LATER))
    ics = ics.replace("SEQUENCE:1\r\n", "SEQUENCE:1\r\nSTATUS:CANCELLED\r\n")
    room.deliver(message("Cancelled\n", "2026-12-14 10:00", ics=ics))
    assert days(room) == []


@pytest.mark.parametrize("method", ["REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"])
def test_what_others_answer_changes_nothing(room: Mailroom, method: str) -> None:
    """A reply, or a proposal of another time, is no version of the invitation."""
    invite(room, SHIFT)
    other = SHIFT.but(start="2027-01-05 19:00", sequence=1, stamp=LATER)
    invite(room, other, method=method, sent="2026-12-14 10:00")
    assert days(room) == ["01-04 19:00"]


def test_two_invitations_are_two_shifts(room: Mailroom) -> None:
    """Cancelling the one leaves the other."""
    other = SHIFT.but(uid="shift-2@lakeside.example", start="2027-01-06 19:00")
    invite(room, SHIFT)
    invite(room, other)
    invite(room, other.but(sequence=1, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00")
    assert days(room) == ["01-04 19:00"]


# -- which version -------------------------------------------------------------------------------------------------------


def test_a_higher_sequence_moves_it_to_another_day(room: Mailroom) -> None:
    """The day before is withdrawn."""
    invite(room, SHIFT)
    invite(room, SHIFT.but(start="2027-01-06 19:00", sequence=1, stamp=LATER), sent="2026-12-14 10:00")
    assert days(room) == ["01-06 19:00"]


def test_a_higher_sequence_changes_the_end_and_the_pay(room: Mailroom) -> None:
    """One offer, under the name it had."""
    invite(room, SHIFT)
    (before,) = room.offers().values()
    changed = SHIFT.but(hours=8, sequence=1, stamp=LATER, description="Pay: $1900 per shift")
    invite(room, changed, sent="2026-12-14 10:00")
    (after,) = room.offers().values()
    assert (after.id, after.shifts[0].minutes, after.cents) == (before.id, 480, 190_000)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_lower_sequence_that_comes_later_is_nothing(room: Mailroom, method: str) -> None:
    """It was overtaken on its way, whatever its Date header says."""
    invite(room, SHIFT.but(start="2027-01-06 19:00", sequence=2))
    invite(room, SHIFT.but(sequence=1, stamp=LATER), method=method, sent="2026-12-14 10:00")
    assert days(room) == ["01-06 19:00"]
    assert len(room.world().aside) == 1


def test_no_sequence_is_the_first(room: Mailroom) -> None:
    """A missing SEQUENCE is 0."""
    invite(room, SHIFT.but(sequence=None))
    invite(room, SHIFT.but(start="2027-01-06 19:00", sequence=1, stamp=LATER), sent="2026-12-14 10:00")
    invite(room, SHIFT.but(sequence=None, stamp=LATER), sent="2026-12-14 11:00")
    assert days(room) == ["01-06 19:00"]


def test_the_same_sequence_with_a_newer_stamp_is_news(room: Mailroom) -> None:
    """Programs that do not count tell versions apart by DTSTAMP."""
    invite(room, SHIFT)
    newer = SHIFT.but(stamp=LATER, description="Pay: $2600 per shift")
    invite(room, newer, sent="2026-12-14 10:00")
    assert [one.cents for one in room.offers().values()] == [260_000]


VERSIONS = (
    ("REQUEST", SHIFT, "2026-12-14 09:00"),
    (
        "REQUEST",
        SHIFT.but(start="2027-01-06 19:00", sequence=1, stamp="20261214T160000Z"),
        "2026-12-14 10:00",
    ),
    ("CANCEL", SHIFT.but(start="2027-01-06 19:00", sequence=2, stamp="20261214T170000Z"), "2026-12-14 11:00"),
)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_arrival_does_not_matter(room: Mailroom, order: Sequence[int]) -> None:
    """Put up, moved and cancelled, in whichever order they come in: nothing is left to take."""
    for number in order:
        method, event, sent = VERSIONS[number]
        invite(room, event, method=method, sent=sent)
    assert days(room) == []
    assert "open" not in room.world().lives.values()


def test_an_invitation_that_comes_twice_is_one(room: Mailroom) -> None:
    """Sent again as it was, and by another route."""
    for sent in ("2026-12-14 09:00", "2026-12-14 10:00"):
        invite(room, SHIFT, sent=sent)
    assert days(room) == ["01-04 19:00"]
    assert room.world().review == []


def test_a_higher_sequence_moves_it_by_an_hour(room: Mailroom) -> None:
    """One offer at its new hours, under the name it had."""
    invite(room, SHIFT)
    (before,) = room.offers().values()
    invite(room, SHIFT.but(start="2027-01-04 20:00", sequence=1, stamp=LATER), sent="2026-12-14 10:00")
    assert days(room) == ["01-04 20:00"]
    assert [one.id for one in room.offers().values()] == [before.id]


def test_a_request_after_a_cancel_puts_it_up_again(room: Mailroom) -> None:
    """With a higher SEQUENCE it is the newest version, and it is open."""
    invite(room, SHIFT)
    invite(room, SHIFT.but(sequence=1), method="CANCEL", sent="2026-12-14 10:00")
    invite(room, SHIFT.but(sequence=2, stamp=LATER), sent="2026-12-14 11:00")
    assert days(room) == ["01-04 19:00"]


def test_the_same_sequence_with_an_older_stamp_is_nothing(room: Mailroom) -> None:
    """It was overtaken on its way, whatever its Date header says."""
    invite(room, SHIFT.but(stamp=LATER, description="Pay: $2600 per shift"))
    invite(room, SHIFT, sent="2026-12-14 10:00")
    assert [one.cents for one in room.offers().values()] == [260_000]


def test_an_invitation_sent_again_as_it_was_does_not_open_what_was_filled(room: Mailroom) -> None:
    """The same UID, SEQUENCE and DTSTAMP are the same version: it says nothing new."""
    invite(room, SHIFT)
    room.deliver(message("Mon 1/4 7p-7a LKSD is filled.\n", "2026-12-14 10:00"))
    invite(room, SHIFT, sent="2026-12-14 11:00")
    assert days(room) == []


def test_a_cancel_without_times_takes_it_back(room: Mailroom) -> None:
    """RFC 5546, 3.2.5: DTSTART may be missing there; the UID says what is gone."""
    invite(room, SHIFT)
    ics = calendar("CANCEL", SHIFT.but(sequence=1, stamp=LATER))
    lines = [line for line in ics.split("\r\n") if not line.startswith(("DTSTART", "DTEND"))]
    room.deliver(message("Cancelled\n", "2026-12-14 10:00", ics="\r\n".join(lines)))
    assert days(room) == []


def test_each_invitation_of_a_message_has_its_own_version(room: Mailroom) -> None:
    """Two events in one message: each is held against what is known of its own UID."""
    other = Invite(uid="shift-2@lakeside.example", start="2027-01-06 19:00")
    invite(room, SHIFT.but(sequence=3), other)
    invite(room, SHIFT.but(start="2027-01-05 19:00", sequence=1, stamp=LATER), sent="2026-12-14 10:00")
    assert days(room) == ["01-04 19:00", "01-06 19:00"]
    both = (SHIFT.but(sequence=4, organizer=NORTH), other.but(sequence=1, organizer=NORTH))
    invite(room, *both, method="CANCEL", sent="2026-12-14 11:00", sender=NORTH)
    assert days(room) == ["01-04 19:00", "01-06 19:00"]


def test_a_stale_time_in_a_cancel_takes_nothing_else_back(room: Mailroom) -> None:
    """Moved to the next day, then cancelled with the times of before: another shift of that day stays."""
    invite(room, SHIFT)
    invite(room, SHIFT.but(start="2027-01-05 19:00", sequence=1, stamp=LATER), sent="2026-12-14 10:00")
    room.deliver(message("Mon 1/4 7a-7p LKSD $2400\n", "2026-12-14 10:30"))
    invite(room, SHIFT.but(sequence=2, stamp="20261214T170000Z"), method="CANCEL", sent="2026-12-14 11:00")
    assert days(room) == ["01-04 07:00"]


# -- whose word ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("organizer", [LAKESIDE, STRANGER, ""])
def test_a_stranger_with_the_same_uid_changes_nothing(room: Mailroom, method: str, organizer: str) -> None:
    """Whoever they say invited; and somebody looks at it."""
    invite(room, SHIFT)
    theirs = SHIFT.but(organizer=organizer, start="2027-01-06 19:00", sequence=5, stamp=LATER)
    invite(room, theirs, method=method, sent="2026-12-14 10:00", sender=STRANGER)
    assert days(room) == ["01-04 19:00"]
    assert len(room.world().review) == 1


@pytest.mark.parametrize("organizer", [NORTH, PINECREST, STRANGER])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_known_sender_of_another_site_changes_nothing(room: Mailroom, method: str, organizer: str) -> None:
    """Trusted for their own site alone, whether they speak in their own name or in another's."""
    invite(room, SHIFT)
    theirs = SHIFT.but(organizer=organizer, sequence=5, stamp=LATER)
    invite(room, theirs, method=method, sent="2026-12-14 10:00", sender=NORTH)
    assert days(room) == ["01-04 19:00"]
    assert len(room.world().review) == 1


def test_a_sender_for_the_same_site_who_did_not_invite_cancels_nothing(room: Mailroom) -> None:
    """Their own invitations they may cancel."""
    invite(room, SHIFT)
    theirs = SHIFT.but(organizer=AGENCY, sequence=1, stamp=LATER)
    invite(room, theirs, method="CANCEL", sent="2026-12-14 10:00", sender=AGENCY)
    assert days(room) == ["01-04 19:00"]
    assert len(room.world().review) == 1


def test_the_desk_may_send_what_a_colleague_organises(room: Mailroom) -> None:
    """The organiser belongs to the same site, and stays the same."""
    invite(room, SHIFT, sender=CHARGE)
    assert days(room) == ["01-04 19:00"]
    invite(room, SHIFT.but(sequence=1, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00", sender=CHARGE)
    assert days(room) == []


def test_an_organiser_is_an_address_in_any_letters(room: Mailroom) -> None:
    """`MAILTO:Shifts@Lakeside.example` is who invited."""
    invite(room, SHIFT)
    ics = calendar("CANCEL", SHIFT.but(sequence=1, stamp=LATER)).replace(
        f"mailto:{LAKESIDE}", "MAILTO:Shifts@Lakeside.example"
    )
    room.deliver(message("Cancelled\n", "2026-12-14 10:00", ics=ics))
    assert days(room) == []


@pytest.mark.parametrize("sender", [AGENCY, NORTH])
def test_a_cancel_that_names_no_organiser_is_its_senders(room: Mailroom, sender: str) -> None:
    """Who did not invite cancels nothing by leaving the ORGANIZER out."""
    invite(room, SHIFT)
    gone = SHIFT.but(organizer="", sequence=1, stamp=LATER)
    invite(room, gone, method="CANCEL", sent="2026-12-14 10:00", sender=sender)
    assert days(room) == ["01-04 19:00"]
    assert len(room.world().review) == 1


def test_a_cancel_that_names_the_organiser_is_its_senders_too(room: Mailroom) -> None:
    """RFC 6047: the organiser corresponds to who sent it; another desk may not speak in their name."""
    other = SHIFT.but(organizer="lists@agency.example")
    invite(room, other, sender=AGENCY)
    gone = other.but(sequence=1, stamp=LATER)
    invite(room, gone, method="CANCEL", sent="2026-12-14 10:00", sender=NORTH)
    assert days(room) == ["01-04 19:00"]


# -- one of a series -------------------------------------------------------------------------------------------------------

SERIES = SHIFT.but(rule="FREQ=WEEKLY;COUNT=3")
WEEKS = ["01-04 19:00", "01-11 19:00", "01-18 19:00"]


def test_a_series_is_a_shift_a_week(room: Mailroom) -> None:
    """Each of them an offer of its own."""
    invite(room, SERIES)
    assert days(room) == WEEKS


def test_a_cancelled_series_is_gone(room: Mailroom) -> None:
    """All of it, though the CANCEL names only its first day."""
    invite(room, SERIES)
    invite(room, SHIFT.but(sequence=1, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00")
    assert days(room) == []


def test_a_cancel_of_one_day_leaves_the_others(room: Mailroom) -> None:
    """RECURRENCE-ID names the one that is gone."""
    invite(room, SERIES)
    gone = SHIFT.but(start="2027-01-11 19:00", instance="2027-01-11 19:00", sequence=1, stamp=LATER)
    invite(room, gone, method="CANCEL", sent="2026-12-14 10:00")
    assert days(room) == [WEEKS[0], WEEKS[2]]


def test_one_day_that_is_moved_leaves_the_others(room: Mailroom) -> None:
    """RECURRENCE-ID names the one that is another now."""
    invite(room, SERIES)
    moved = SHIFT.but(start="2027-01-12 19:00", instance="2027-01-11 19:00", sequence=1, stamp=LATER)
    invite(room, moved, sent="2026-12-14 10:00")
    assert days(room) == [WEEKS[0], "01-12 19:00", WEEKS[2]]


def test_one_day_that_was_moved_before_can_be_cancelled(room: Mailroom) -> None:
    """By its RECURRENCE-ID, wherever it stands now."""
    invite(room, SERIES)
    moved = SHIFT.but(start="2027-01-12 19:00", instance="2027-01-11 19:00", sequence=1, stamp=LATER)
    invite(room, moved, sent="2026-12-14 10:00")
    gone = SHIFT.but(
        start="2027-01-11 19:00", instance="2027-01-11 19:00", sequence=2, stamp="20261214T170000Z"
    )
    invite(room, gone, method="CANCEL", sent="2026-12-14 11:00")
    assert days(room) == [WEEKS[0], WEEKS[2]]


def test_each_day_counts_its_own_versions(room: Mailroom) -> None:
    """One day at SEQUENCE 3 makes nothing older of another at SEQUENCE 1."""
    invite(room, SERIES)
    first = SHIFT.but(hours=8, instance="2027-01-04 19:00", sequence=3, stamp=LATER)
    invite(room, first, sent="2026-12-14 10:00")
    gone = SHIFT.but(start="2027-01-18 19:00", instance="2027-01-18 19:00", sequence=1, stamp=LATER)
    invite(room, gone, method="CANCEL", sent="2026-12-14 11:00")
    assert days(room) == WEEKS[:2]


def test_a_series_that_is_changed_as_a_whole(room: Mailroom) -> None:
    """Two weeks instead of three, at other hours."""
    invite(room, SERIES)
    shorter = SERIES.but(rule="FREQ=WEEKLY;COUNT=2", hours=8, sequence=1, stamp=LATER)
    invite(room, shorter, sent="2026-12-14 10:00")
    assert days(room) == WEEKS[:2]
    assert {one.shifts[0].minutes for one in room.offers().values()} == {480}


def test_a_day_that_was_added_stands_beside_the_series(room: Mailroom) -> None:
    """ADD puts up one more, and takes none away (RFC 5546, 3.2.4)."""
    invite(room, SERIES)
    more = SHIFT.but(start="2027-01-21 19:00", instance="2027-01-21 19:00", sequence=1, stamp=LATER)
    invite(room, more, method="ADD", sent="2026-12-14 10:00")
    assert days(room) == [*WEEKS, "01-21 19:00"]


def test_a_cancelled_series_takes_a_moved_day_with_it(room: Mailroom) -> None:
    """Wherever that one stands now."""
    invite(room, SERIES)
    moved = SHIFT.but(start="2027-01-12 19:00", instance="2027-01-11 19:00", sequence=1, stamp=LATER)
    invite(room, moved, sent="2026-12-14 10:00")
    gone = SHIFT.but(sequence=2, stamp="20261214T170000Z")
    invite(room, gone, method="CANCEL", sent="2026-12-14 11:00")
    assert days(room) == []


STORY = (
    ("REQUEST", SERIES, "2026-12-14 09:00"),
    (
        "REQUEST",
        SHIFT.but(start="2027-01-12 19:00", instance="2027-01-11 19:00", sequence=1, stamp=LATER),
        "2026-12-14 10:00",
    ),
    (
        "CANCEL",
        SHIFT.but(
            start="2027-01-18 19:00", instance="2027-01-18 19:00", sequence=1, stamp="20261214T170000Z"
        ),
        "2026-12-14 11:00",
    ),
)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_arrival_of_a_series_does_not_matter(room: Mailroom, order: Sequence[int]) -> None:
    """Put up, one day moved, one cancelled: two are left."""
    for number in order:
        method, event, sent = STORY[number]
        invite(room, event, method=method, sent=sent)
    assert days(room) == ["01-04 19:00", "01-12 19:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY;COUNT=100000000", "FREQ=WEEKLY", "FREQ=HOURLY;COUNT=1000000"]
)
def test_a_series_that_nobody_works_is_a_question(room: Mailroom, rule: str) -> None:
    """It costs no time, and makes no offer."""
    invite(room, SHIFT.but(rule=rule))
    assert days(room) == []
    assert len(room.world().review) == 1


# -- beside other channels ---------------------------------------------------------------------------------------------------


def test_a_cancelled_invitation_takes_back_what_a_text_repeated(room: Mailroom) -> None:
    """It is the same shift, and who invited says that it is gone."""
    invite(room, SHIFT)
    room.deliver(message("Mon 1/4 7p-7a LKSD still open $2400\n", "2026-12-14 09:30", CHARGE))
    invite(room, SHIFT.but(sequence=1, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00")
    assert days(room) == []


def test_an_accepted_invitation_that_is_cancelled_is_asked_about(room: Mailroom) -> None:
    """The yes stays until the clinician says otherwise, and does not stay unmentioned."""
    invite(room, SHIFT)
    (name,) = room.world().lives
    room.store.answer(name, "accepted", NOW, "phone")
    invite(room, SHIFT.but(sequence=1, stamp=LATER), method="CANCEL", sent="2026-12-14 10:00")
    assert len(room.world().commitments) == 1
    assert len(room.world().review) == 1

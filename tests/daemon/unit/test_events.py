"""What events of calendars are: commitments, red time, open shifts, questions. By the sentences, not by the code."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.calendars.ical import Reading
from connectors.event import Days, Event, Timed
from connectors.offers.reading import Money
from daemon.config import CalendarSection
from daemon.events import Told, events_into, offer_key, published, sites_named
from daemon.translate import answered
from daemon.world import World
from policy.shift import Shift, Span
from tests.daemon.unit.test_translate import KEY, read, reading, told
from tests.daemon.unit.worlds import CHICAGO, at, policy

POLICY = policy()
SPAN = Span(date(2026, 12, 1), date(2027, 3, 31))
DAY = Days(date(2027, 1, 4), date(2027, 1, 4))
OURS = "1a2b3c4d"
"""The instance of this store."""
Slot = tuple[str, str, str]


def hours(start: str, length: float = 12) -> Timed:
    """From a wall clock time in Chicago, for so many elapsed hours."""
    begins = at(start)
    return Timed(begins, (begins.astimezone(UTC) + timedelta(hours=length)).astimezone(CHICAGO))


NIGHT = hours("2027-01-04 19:00")


def event(summary: str, when: Timed | Days = NIGHT, uid: str = "", **fields: Any) -> Event:
    return Event(uid=uid or f"{summary}@example", when=when, summary=summary, **fields)


def cal(
    role: str,
    *events: Event,
    name: str = "cal",
    stale: Iterable[int] = (),
    gone: Sequence[Event] = (),
    problems: Sequence[str] = (),
    **keys: Any,
) -> Told:
    """A calendar that holds each event at an address of its own."""
    section = CalendarSection.model_validate({"name": name, "role": role, **keys})
    readings = {f"{number}.ics": Reading((one,)) for number, one in enumerate(events)}
    readings |= {f"bad{number}.ics": Reading(problems=(one,)) for number, one in enumerate(problems)}
    away = {f"gone{number}.ics": Reading((one,)) for number, one in enumerate(gone)}
    return Told(section, readings, frozenset(f"{number}.ics" for number in stale), away)


def seen(*calendars: Told) -> World:
    world = World()
    events_into(world, calendars, POLICY, SPAN, OURS)
    return world


def utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%m-%d %H:%M}"


def slots(world: World) -> list[Slot]:
    """Site, start and end of the commitments, by instant."""
    return sorted((one.site.id, utc(one.begins), utc(one.ends)) for one in world.commitments)


def slot(when: Timed, site: str = "lakeside-ed") -> Slot:
    return site, utc(when.start), utc(when.end)


def reds(world: World) -> list[tuple[str, str]]:
    return sorted((utc(one.start), utc(one.end)) for one in world.red)


def span(when: Timed) -> tuple[str, str]:
    return utc(when.start), utc(when.end)


def asked(world: World) -> list[str]:
    return [one.where for one in world.review]


def aside(world: World) -> list[str]:
    return [one.where for one in world.aside]


def nothing(world: World) -> bool:
    return not (world.commitments or world.red or world.listed or world.unlisted or world.review)


# -- work ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["Lakeside ED night", "lksd", "ED shift (LKSD)", "lakeside-ed", "LKSD: Lakeside ED"]
)
def test_a_work_event_that_names_a_site_is_a_commitment(title: str) -> None:
    """By any of its names, in any case, with the site's own pay and nothing to ask."""
    world = seen(cal("work", event(title)))
    (shift,) = world.commitments
    assert (shift.site.id, shift.start, shift.end) == ("lakeside-ed", NIGHT.start, NIGHT.end)
    assert shift.cents == 230_000
    assert (world.red, world.review, world.aside) == ([], [], [])


def test_the_place_names_a_site_too() -> None:
    """The location counts as the title does, and both may name the same site."""
    world = seen(
        cal(
            "work",
            event("Shift", location="Mesa ED, 1 Main St"),
            event("LKSD", hours("2027-01-08 07:00"), location="Lakeside ED"),
        )
    )
    assert slots(world) == [slot(hours("2027-01-08 07:00")), slot(NIGHT, "mesa-ed")]
    assert world.review == []


def test_the_calendars_own_site_is_used_where_no_other_is_named() -> None:
    """An event that names another site is at that one."""
    world = seen(
        cal("work", event("Night"), event("Mesa ED", hours("2027-01-08 07:00"), uid="u2"), site="lakeside-ed")
    )
    assert slots(world) == [slot(NIGHT), slot(hours("2027-01-08 07:00"), "mesa-ed")]
    assert world.review == []


@pytest.mark.parametrize("title", ["Shift somewhere", "Lakeside EDucation day", "XLKSD", "LKSD_2", ""])
def test_a_work_event_without_a_site_keeps_its_time_free(title: str) -> None:
    """It may be a shift: nothing is put there, and the clinician is asked."""
    world = seen(cal("work", event(title, uid="u1")))
    assert world.commitments == []
    assert reds(world) == [span(NIGHT)]
    assert asked(world) == [title]


TWO_SITES = {
    "in the title": event("Lakeside ED or Mesa ED"),
    "in title and place": event("LKSD", location="Mesa ED"),
    "by short names": event("lksd / mesa-ed"),
}


@pytest.mark.parametrize("own", [None, "lakeside-ed", "pinecrest-uc"])
@pytest.mark.parametrize("one", TWO_SITES.values(), ids=TWO_SITES.keys())
def test_two_sites_are_a_question(one: Event, own: str | None) -> None:
    """Nobody guesses between two, whichever site the calendar's shifts are at otherwise; the time is kept free."""
    world = seen(cal("work", one, site=own))
    assert slots(world) == []
    assert reds(world) == [span(NIGHT)]
    assert asked(world) == [one.summary]


def test_a_whole_day_with_a_site_is_asked_about() -> None:
    """A shift without hours is a question, also where the calendar's site is meant; without a site it is set aside."""
    for world in (
        seen(cal("work", event("LKSD", DAY))),
        seen(cal("work", event("On", DAY), site="lakeside-ed")),
    ):
        assert slots(world) == []
        assert len(world.review) == 1
    world = seen(cal("work", event("Payday", DAY)))
    assert (nothing(world), aside(world)) == (True, ["Payday"])


def test_a_whole_day_with_two_sites_is_asked_about() -> None:
    """It is no less a question than one with hours."""
    assert asked(seen(cal("work", event("LKSD or Mesa ED", DAY)))) == ["LKSD or Mesa ED"]


def test_whole_days_at_work_are_what_the_calendar_says() -> None:
    """`red` makes them red days, `skip` sets them aside; neither asks."""
    one = event("LKSD", DAY)
    red = seen(cal("work", one, all_day="red"))
    assert reds(red) == [span(hours("2027-01-04 00:00", 24))]
    assert (red.commitments, red.review) == ([], [])
    skip = seen(cal("work", one, all_day="skip"))
    assert (nothing(skip), aside(skip)) == (True, ["LKSD"])


def test_what_is_marked_free_is_set_aside() -> None:
    """Neither a shift nor red time, and said so; unless the calendar keeps what is free."""
    backup, birthday = (
        event("LKSD backup call", transparent=True),
        event("Birthday", uid="u2", transparent=True),
    )
    world = seen(cal("work", backup, birthday))
    assert (nothing(world), aside(world)) == (True, ["LKSD backup call", "Birthday"])
    world = seen(cal("work", backup, birthday, free="keep"))
    assert (slots(world), reds(world), asked(world)) == ([slot(NIGHT)], [span(NIGHT)], ["Birthday"])


@pytest.mark.parametrize("role", ["work", "personal", "offers"])
def test_a_cancelled_event_is_nothing(role: str) -> None:
    """It is no work, no red time, no open shift and no question."""
    world = seen(cal(role, event("LKSD", status="cancelled"), event("Dinner", status="cancelled")))
    assert (world.commitments, world.red, world.listed, world.review) == ([], [], {}, [])


@pytest.mark.parametrize("role", ["work", "personal", "offers"])
@pytest.mark.parametrize("title", ["LKSD", "Pick up badge"])
def test_an_event_without_length_is_set_aside(role: str, title: str) -> None:
    """It takes no time, so it is nothing but a line in the list of what was set aside."""
    world = seen(cal(role, event(title, hours("2027-01-04 19:00", 0))))
    assert (nothing(world), aside(world)) == (True, [title])


def test_an_event_without_length_that_a_rule_makes_red_is_set_aside() -> None:
    """In a work calendar as in a personal one."""
    moment = event("Call opens", hours("2027-01-04 19:00", 0))
    world = seen(cal("work", moment, rules=[{"title": "Call*", "means": "red"}]))
    assert (nothing(world), aside(world)) == (True, ["Call opens"])


def test_the_hour_that_comes_twice_has_its_length() -> None:
    """01:30 to 01:15 by the clock is 45 minutes on the night the clocks go back."""
    start = datetime(2027, 11, 7, 1, 30, tzinfo=CHICAGO)
    when = Timed(start, datetime(2027, 11, 7, 1, 15, fold=1, tzinfo=CHICAGO))
    world = World()
    events_into(
        world, [cal("work", event("LKSD", when))], POLICY, Span(date(2027, 11, 1), date(2027, 11, 30))
    )
    assert [one.minutes for one in world.commitments] == [45]


def test_only_what_meets_the_dates_is_taken() -> None:
    """A reading may hold more than was asked for; what lies far outside is no commitment, what hangs in is one."""
    world = seen(
        cal(
            "work",
            event("LKSD", hours("2026-10-04 19:00"), uid="before"),
            event("LKSD", hours("2026-11-30 19:00"), uid="over the first"),
            event("LKSD", hours("2027-03-31 19:00"), uid="over the last"),
            event("LKSD", hours("2027-05-04 19:00"), uid="after"),
        )
    )
    assert set(slots(world)) == {slot(hours("2026-11-30 19:00")), slot(hours("2027-03-31 19:00"))}


def test_one_uid_for_all_shifts_of_a_day() -> None:
    """Some schedulers do that; each is a commitment, each with a name of its own."""
    whens = [hours("2027-01-04 07:00", 5), hours("2027-01-04 13:00", 5), hours("2027-01-04 13:00", 6)]
    sites = ("LKSD", "LKSD", "Mesa ED")
    events = [event(site, when, uid="one") for site, when in zip(sites, whens, strict=True)]
    world = seen(cal("work", *events))
    assert len(slots(world)) == 3
    assert len({one.id for one in world.commitments}) == 3


# -- rules -----------------------------------------------------------------------------------------------------------


def ruled(role: str, one: Event, *rules: dict[str, Any], **keys: Any) -> World:
    return seen(cal(role, one, rules=list(rules), **keys))


def test_the_first_rule_that_fits_decides() -> None:
    """Those after it are not asked, and what none fits is what the role makes of it."""
    one, other = {"title": "LKSD*", "means": "nothing"}, {"title": "*night*", "means": "red"}
    assert aside(ruled("work", event("LKSD night"), one, other)) == ["LKSD night"]
    assert reds(ruled("work", event("LKSD night"), other, one)) == [span(NIGHT)]
    assert slots(ruled("work", event("lakeside-ed"), one, other)) == [slot(NIGHT)]


@pytest.mark.parametrize(
    ("pattern", "title", "fits"),
    [
        ("Call", "call", True),
        ("call", "CALL", True),
        ("Call", "Call 2", False),
        ("Call", "On call", False),
        ("Call*", "Call 2", True),
        ("Call*", "Call", True),
        ("*call", "On Call", True),
        ("*call*", "On call until noon", True),
        ("*", "", True),
        ("*", "anything", True),
        ("A * B", "A and B", True),
        ("A * B", "A and B or C", False),
        ("Call*", "Call\nback", True),
        ("Call", " Call ", True),
        ("[Call]", "[call]", True),
        ("[Call]", "c", False),
        ("[Call] *", "[Call] LKSD", True),
        ("[!a]", "b", False),
        ("[[x]]", "[[X]]", True),
        ("[", "[", True),
        ("]*[", "] or [", True),
        ("(a|b)", "(A|B)", True),
        ("(a|b)", "a", False),
        ("a.c", "abc", False),
        ("a+", "aa", False),
        ("\\d", "\\D", True),
        ("\\d", "7", False),
        ("É*", "école", True),
        ("****a", "b" * 200, False),
        ("*a" * 12 + "b", "a" * 200, False),
    ],
)
def test_a_rule_fits_a_whole_title(pattern: str, title: str, fits: bool) -> None:
    """`*` is any text, letters are the same in either case, and every other sign is itself."""
    world = ruled("work", event(title, uid="u1"), {"title": pattern, "means": "nothing"})
    assert (aside(world) == [title]) is fits


def test_what_a_rule_may_mean() -> None:
    """A shift, red time, an offer or nothing, whatever the role."""
    for role in ("work", "personal", "offers"):
        assert slots(ruled(role, event("LKSD"), {"title": "lksd", "means": "shift"})) == [slot(NIGHT)]
        assert reds(ruled(role, event("LKSD"), {"title": "lksd", "means": "red"})) == [span(NIGHT)]
        assert list(ruled(role, event("LKSD"), {"title": "lksd", "means": "offer"}).listed) == [KEY]
        world = ruled(role, event("LKSD"), {"title": "lksd", "means": "nothing"})
        assert (nothing(world), aside(world)) == (True, ["LKSD"])


def test_a_rule_that_only_names_a_site_leaves_the_rest_to_the_role() -> None:
    """Its site holds against what the title names and against the calendar's own."""
    rule = {"title": "Late*", "site": "pinecrest-uc"}
    assert slots(ruled("work", event("Late at LKSD"), rule, site="mesa-ed")) == [slot(NIGHT, "pinecrest-uc")]
    assert reds(ruled("personal", event("Late at LKSD"), rule)) == [span(NIGHT)]
    assert [one.site.id for one in ruled("offers", event("Late"), rule).listed.values()] == ["pinecrest-uc"]


def test_a_shift_in_a_personal_calendar_needs_a_site() -> None:
    """With one it is a commitment; without, its time is kept free and the clinician is asked."""
    rule = {"title": "Work*", "means": "shift"}
    world = ruled("personal", event("Work at LKSD"), rule)
    assert (slots(world), reds(world), asked(world)) == ([slot(NIGHT)], [], [])
    world = ruled("personal", event("Work"), rule | {"site": "mesa-ed"})
    assert slots(world) == [slot(NIGHT, "mesa-ed")]
    world = ruled("personal", event("Work"), rule)
    assert (slots(world), reds(world), asked(world)) == ([], [span(NIGHT)], ["Work"])


def test_a_rule_speaks_of_what_is_marked_free_too() -> None:
    """Who writes what an event means, means it; a rule that only names a site does not."""
    free = event("LKSD", transparent=True)
    assert slots(ruled("work", free, {"title": "LKSD", "means": "shift"})) == [slot(NIGHT)]
    assert reds(ruled("personal", free, {"title": "LKSD", "means": "red"})) == [span(NIGHT)]
    assert aside(ruled("work", free, {"title": "LKSD", "site": "lakeside-ed"})) == ["LKSD"]


def test_a_red_rule_makes_a_whole_day_red_whatever_the_calendar_does_with_them() -> None:
    """In a work calendar, and where whole days are skipped."""
    rule = {"title": "Away", "means": "red"}
    for role in ("work", "personal"):
        world = ruled(role, event("Away", DAY), rule, all_day="skip")
        assert reds(world) == [span(hours("2027-01-04 00:00", 24))]
        assert world.review == []


NIGHTS = {"title": "N", "hours": "19:00-07:00", "site": "lakeside-ed"}


@pytest.mark.parametrize("role", ["work", "personal"])
@pytest.mark.parametrize(
    ("day", "length"),
    [(date(2027, 1, 4), 12), (date(2027, 3, 13), 11), (date(2027, 3, 14), 12), (date(2026, 12, 31), 12)],
)
def test_the_hours_of_a_rule_are_those_of_the_shift(role: str, day: date, length: int) -> None:
    """By the site's clock from the event's date, whatever hours the event has; 11 when the clocks go forward."""
    rule = NIGHTS | {"means": "shift"}
    want = [slot(hours(f"{day} 19:00", length))]
    assert slots(ruled(role, event("N", Days(day, day)), rule)) == want
    assert slots(ruled(role, event("N", hours(f"{day} 06:00", 2)), rule)) == want


def test_a_night_of_a_rule_has_13_hours_when_the_clocks_go_back() -> None:
    """The other night of the year."""
    day = date(2027, 11, 6)
    world = World()
    one = cal("work", event("N", Days(day, day)), rules=[NIGHTS])
    events_into(world, [one], POLICY, Span(date(2027, 11, 1), date(2027, 11, 30)))
    assert [one.minutes for one in world.commitments] == [13 * 60]


def test_the_hours_of_a_rule_are_by_the_clock_of_the_site() -> None:
    """08:00 in New York is 07:00 in Chicago; the site may be the one that the title names."""
    rule = {"title": "*day", "hours": "08:00-16:00"}
    world = ruled("work", event("Harbor Tele day", DAY), rule)
    assert slots(world) == [slot(hours("2027-01-04 07:00", 8), "harbor-tele")]
    world = ruled("work", event("Mesa ED day", DAY), rule)
    assert slots(world) == [slot(hours("2027-01-04 09:00", 8), "mesa-ed")]


def test_the_date_of_an_event_is_the_sites() -> None:
    """A feed in UTC tells a night of the 4th as one of the 5th."""
    start = datetime(2027, 1, 5, 1, tzinfo=UTC)
    world = ruled("work", event("N", Timed(start, start + timedelta(hours=8))), NIGHTS)
    assert slots(world) == [slot(NIGHT)]


def test_hours_from_a_time_to_itself_are_a_whole_day() -> None:
    """0700-0700 is 24 hours."""
    world = ruled("work", event("N", DAY), NIGHTS | {"hours": "07:00-07:00"})
    assert slots(world) == [slot(hours("2027-01-04 07:00", 24))]


def test_a_rule_gives_hours_to_an_event_without_length() -> None:
    """Its date is all that is asked of it."""
    assert slots(ruled("work", event("N", hours("2027-01-04 00:00", 0)), NIGHTS)) == [slot(NIGHT)]


def test_whole_days_with_hours_lose_no_date() -> None:
    """Three dates of nights in one event are three nights, or a question: not one night and silence."""
    world = ruled("work", event("N", Days(date(2027, 1, 4), date(2027, 1, 6))), NIGHTS)
    assert len(world.commitments) == 3 or asked(world) == ["N"]


# -- personal --------------------------------------------------------------------------------------------------------


def test_a_personal_event_is_red_time() -> None:
    """Also where it names a site and nobody works there then."""
    world = seen(cal("personal", event("Dinner near Lakeside ED")))
    assert (reds(world), world.commitments, world.review) == ([span(NIGHT)], [], [])


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [("2027-01-08", "2027-01-08", 24), ("2027-01-08", "2027-01-10", 72), ("2027-03-14", "2027-03-14", 23)],
)
def test_a_personal_day_is_the_whole_date_at_home(first: str, last: str, length: int) -> None:
    """From midnight to midnight of the home zone, with 23 hours when the clocks go forward."""
    days = Days(date.fromisoformat(first), date.fromisoformat(last))
    assert reds(seen(cal("personal", event("Trip", days)))) == [span(hours(f"{first} 00:00", length))]
    world = seen(cal("personal", event("Trip", days), all_day="skip"))
    assert (nothing(world), aside(world)) == (True, ["Trip"])


def test_personal_days_may_be_skipped_without_the_hours() -> None:
    """`all_day = "skip"` is about whole days alone."""
    assert reds(seen(cal("personal", event("Dinner"), all_day="skip"))) == [span(NIGHT)]


def test_what_is_marked_free_is_no_red_time() -> None:
    """Unless the calendar keeps it."""
    maybe, day = event("Maybe", transparent=True), event("Birthday", DAY, transparent=True)
    world = seen(cal("personal", maybe, day))
    assert (nothing(world), aside(world)) == (True, ["Maybe", "Birthday"])
    assert len(seen(cal("personal", maybe, day, free="keep")).red) == 2


# -- offers ----------------------------------------------------------------------------------------------------------


def listed(*events: Event, **keys: Any) -> Told:
    return cal("offers", *events, name="open shifts", **keys)


def test_an_open_shift_is_an_offer_with_its_sites_pay() -> None:
    """By the hour or by the shift, as the policy says; without a deadline, and no commitment."""
    uc = event("Pinecrest UC", hours("2027-01-08 08:00", 10))
    world = told(world=seen(listed(event("Open: LKSD"), uc)))
    night, day = sorted(world.offers, key=lambda offer: offer.shifts[0].begins)
    assert (night.id, night.cents, night.pay, night.respond_by) == (KEY, 230_000, None, None)
    assert (day.site.id, day.cents) == ("pinecrest-uc", 145_000)
    assert set(world.lives.values()) == {"open"}
    assert (world.commitments, world.red, world.review) == ([], [], [])


def test_an_open_shift_that_cannot_be_told_is_asked_about() -> None:
    """Without a site or without hours it is no offer; nor is its time kept free."""
    world = told(world=seen(listed(event("Open shift"), event("LKSD", DAY))))
    assert (world.offers, world.red, sorted(asked(world))) == ([], [], ["LKSD", "Open shift"])


def test_open_shifts_of_one_start_are_told_apart() -> None:
    """07:00 to 15:00 and 07:00 to 19:00 at one site are two offers; neither is dropped in silence."""
    world = told(
        world=seen(
            listed(
                event("LKSD", hours("2027-01-04 07:00", 8), uid="short"),
                event("LKSD", hours("2027-01-04 07:00", 12), uid="long"),
            )
        )
    )
    assert sorted(offer.shifts[0].minutes for offer in world.offers) == [8 * 60, 12 * 60]


def test_an_open_shift_that_is_listed_twice_is_one_offer() -> None:
    """In one calendar or in two."""
    one, other = event("LKSD", uid="u1"), event("Open: Lakeside ED", uid="u2")
    assert len(told(world=seen(listed(one, other))).offers) == 1
    assert len(told(world=seen(listed(one), cal("offers", other, name="other"))).offers) == 1


def moved(start: int, end: int) -> Timed:
    """The night, with so many minutes added at its ends."""
    return Timed(NIGHT.start + timedelta(minutes=start), NIGHT.end + timedelta(minutes=end))


NEAR = [(0, 0), (60, 60), (-60, -60), (-60, 60), (60, -60), (-15, 30)]
FAR = [(61, 0), (-61, 0), (30, 61), (-30, -61), (120, 120), (720, 720)]


@pytest.mark.parametrize(("start", "end"), NEAR)
def test_what_a_message_says_of_an_open_shift_holds(start: int, end: int) -> None:
    """Within an hour at both ends it is the same shift: one offer, with the message's pay and deadline."""
    due = at("2026-12-20 18:00")
    world = told(reading(read(respond_by=due)), world=seen(listed(event("LKSD", moved(start, end)))))
    (offer,) = world.offers
    assert (offer.cents, offer.respond_by) == (240_000, due)
    assert offer.shifts[0].begins == NIGHT.start.astimezone(UTC)
    assert world.lives == {offer.id: "open"}


@pytest.mark.parametrize(("start", "end"), FAR)
def test_an_open_shift_with_other_hours_is_another_offer(start: int, end: int) -> None:
    """More than an hour at either end."""
    world = told(reading(read()), world=seen(listed(event("LKSD", moved(start, end)))))
    assert sorted(offer.cents for offer in world.offers) == [230_000, 240_000]


def test_an_open_shift_at_another_site_is_another_offer() -> None:
    """At the very same hours."""
    assert len(told(reading(read()), world=seen(listed(event("Pinecrest UC")))).offers) == 2


@pytest.mark.parametrize(("start", "end"), NEAR)
def test_what_a_message_withdrew_stays_withdrawn(start: int, end: int) -> None:
    """Feeds lag: that it is still listed there does not offer it again."""
    world = told(
        reading(read()),
        reading(read(status="withdrawn")),
        world=seen(listed(event("LKSD", moved(start, end)))),
    )
    assert (world.offers, list(world.lives.values())) == ([], ["withdrawn"])


def test_a_message_withdraws_what_only_a_calendar_offered() -> None:
    """The shift is filled, whoever told of it first."""
    world = told(reading(read(status="withdrawn")), world=seen(listed(event("LKSD"))))
    assert (world.offers, world.lives) == ([], {KEY: "withdrawn"})


def test_a_message_confirms_what_only_a_calendar_offered() -> None:
    """It is a commitment, and no offer beside itself."""
    world = told(reading(read(status="confirmed")), world=seen(listed(event("LKSD"))))
    assert (world.offers, slots(world), world.lives) == ([], [slot(NIGHT)], {KEY: "confirmed"})


def test_a_message_of_a_block_is_what_its_listed_shifts_are() -> None:
    """The calendar lists each night by itself; the message says that they go together."""
    block = reading(read(block="b1"), read("2027-01-05 19:00", block="b1"))
    calendar = listed(event("LKSD", uid="u1"), event("LKSD", hours("2027-01-05 19:00"), uid="u2"))
    (offer,) = told(block, world=seen(calendar)).offers
    assert len(offer.shifts) == 2


def test_an_open_shift_that_vanished_is_withdrawn() -> None:
    """It is no offer any more; if nobody took it, there is nothing to ask."""
    world = told(world=seen(listed(gone=[event("LKSD")])))
    assert (world.offers, world.lives) == ([], {KEY: "withdrawn"})
    answered(world, {})
    assert (world.commitments, world.review) == ([], [])


def test_an_open_shift_that_moved_to_another_address_is_still_open() -> None:
    """Schedulers make new UIDs at every download."""
    world = told(world=seen(listed(event("LKSD", uid="new"), gone=[event("LKSD", uid="old")])))
    assert world.lives == {KEY: "open"}


def test_a_shift_that_was_accepted_and_vanished_is_asked_about() -> None:
    """Perhaps it was filled by the clinician: it stays a commitment until they say otherwise."""
    world = told(world=seen(listed(gone=[event("LKSD")])))
    answered(world, {KEY: "accepted"})
    assert (slots(world), world.lives, len(world.review)) == ([slot(NIGHT)], {KEY: "accepted"}, 1)
    assert KEY in world.review[0].why


def test_a_shift_that_was_declined_and_vanished_is_nothing() -> None:
    """The answer holds, and nobody is asked again."""
    world = told(world=seen(listed(gone=[event("LKSD")])))
    answered(world, {KEY: "declined"})
    assert (world.commitments, world.offers, world.review) == ([], [], [])


def test_an_open_shift_that_is_cancelled_where_it_stands_is_withdrawn() -> None:
    """As if it had vanished: what was accepted stays a commitment, and is asked about."""
    world = told(world=seen(listed(event("LKSD", status="cancelled"))))
    answered(world, {KEY: "accepted"})
    assert (world.offers, slots(world), len(world.review)) == ([], [slot(NIGHT)], 1)


@pytest.mark.parametrize(("start", "end"), NEAR)
def test_an_open_shift_that_stands_in_a_work_calendar_is_confirmed(start: int, end: int) -> None:
    """It was given to the clinician: no offer, and one commitment with the hours of the schedule."""
    world = told(world=seen(listed(event("LKSD")), cal("work", event("LKSD", moved(start, end)))))
    assert (world.offers, world.lives) == ([], {KEY: "confirmed"})
    assert slots(world) == [slot(moved(start, end))]


@pytest.mark.parametrize(("start", "end"), [(-720, 0), (0, 61), (61, 0), (-61, 0), (0, -240), (720, 720)])
def test_a_commitment_with_other_hours_confirms_nothing(start: int, end: int) -> None:
    """Also where it overlaps the open shift."""
    world = told(world=seen(listed(event("LKSD")), cal("work", event("LKSD", moved(start, end)))))
    assert world.lives == {KEY: "open"}
    assert slots(world) == [slot(moved(start, end))]


def test_a_shift_that_was_given_to_the_clinician_vanishes_from_the_open_ones() -> None:
    """It stands in the work calendar, so it is confirmed, and nobody has to ask who filled it."""
    world = told(world=seen(listed(gone=[event("LKSD")]), cal("work", event("LKSD"))))
    answered(world, {KEY: "accepted"})
    assert (slots(world), world.review) == ([slot(NIGHT)], [])


NAMES = {"the calendar's name": KEY, "the message's name": offer_key("lakeside-ed", at("2027-01-04 18:30"))}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_an_accepted_open_shift_survives_being_told_twice(name: str) -> None:
    """Whichever of the two the clinician said yes to, under the name that it had then: it is worked, once."""
    world = told(reading(read("2027-01-04 18:30")), world=seen(listed(event("LKSD"))))
    answered(world, {name: "accepted"})
    assert len(slots(world)) == 1
    assert world.offers == []


def test_what_is_asked_of_a_yes_is_as_old_as_the_yes() -> None:
    """Not of now: the phone would be told of it anew in every pass."""
    said = at("2027-01-02 09:00")
    name = NAMES["the message's name"]
    world = told(reading(read("2027-01-04 18:30")), world=seen(listed(event("LKSD"))))
    # It was moved where it stands, and no message says so.
    world.changed.clear()
    answered(world, {name: "accepted"}, at("2027-01-03 09:00"), {name: said})
    assert [one.heard for one in world.review] == [said]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_declined_open_shift_is_not_offered_again(name: str) -> None:
    """No is an answer to the shift, not to the way it was told."""
    world = told(reading(read("2027-01-04 18:30")), world=seen(listed(event("LKSD"))))
    answered(world, {name: "declined"})
    assert (world.offers, world.commitments) == ([], [])


def test_names_of_open_shifts_are_those_of_messages() -> None:
    """A shift that is in both has one name, whatever zone the feed is written in."""
    start = NIGHT.start.astimezone(UTC)
    world = seen(listed(event("LKSD", Timed(start, start + timedelta(hours=12)))))
    assert list(world.listed) == [KEY] == [offer_key("lakeside-ed", NIGHT.start)]


# -- one shift, told several times -----------------------------------------------------------------------------------


def test_one_shift_in_two_calendars_counts_once() -> None:
    """The same site and times under other titles and UIDs: one commitment, paid once, nothing to ask."""
    world = seen(
        cal("work", event("LKSD"), name="one"), cal("work", event("Lakeside ED night shift"), name="two")
    )
    assert slots(world) == [slot(NIGHT)]
    assert [one.cents for one in world.commitments] == [230_000]
    assert (world.review, world.red) == ([], [])


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("start", "end"), [(-30, 15), (30, 15), (-30, -15), (60, -120), (300, 300)])
def test_hours_that_differ_are_kept_free_together(start: int, end: int, order: int) -> None:
    """The earlier start and the later end, whichever calendar comes first, and one question."""
    other = moved(start, end)
    calendars = [cal("work", event("LKSD"), name="one"), cal("work", event("LKSD", other), name="two")]
    world = seen(*calendars[::order])
    hull = Timed(min(NIGHT.start, other.start), max(NIGHT.end, other.end))
    assert slots(world) == [slot(hull)]
    assert len(world.review) == 1


def test_pay_by_the_hour_is_that_of_the_hours_kept() -> None:
    """Once, for the whole of what is kept free."""
    world = seen(
        cal("work", event("Pinecrest UC"), name="one"),
        cal("work", event("Pinecrest UC", moved(-60, 0)), name="two"),
    )
    assert [one.cents for one in world.commitments] == [13 * 14_500]


def test_one_after_another_are_two_shifts() -> None:
    """The end of one is the start of the next; nor are overlapping shifts of two sites one."""
    world = seen(
        cal("work", event("LKSD"), name="one"), cal("work", event("LKSD", moved(720, 720)), name="two")
    )
    assert len(slots(world)) == 2
    world = seen(cal("work", event("LKSD"), name="one"), cal("work", event("Mesa ED"), name="two"))
    assert len(slots(world)) == 2


def test_two_overlapping_shifts_of_one_calendar_stay_two() -> None:
    """That is a mistake in the schedule, which the clinician is warned of; an exact copy is one shift."""
    world = seen(cal("work", event("LKSD", uid="u1"), event("LKSD", moved(60, 60), uid="u2")))
    assert len(slots(world)) == 2
    assert len(slots(seen(cal("work", event("LKSD", uid="u1"), event("LKSD", uid="u2"))))) == 1


def test_two_overlapping_shifts_of_one_calendar_stay_two_beside_a_copy() -> None:
    """A second subscription to the same schedule makes no longer shift of them."""
    held = (event("LKSD", uid="u1"), event("LKSD", moved(60, 60), uid="u2"))
    world = seen(cal("work", *held, name="one"), cal("work", *held, name="two"))
    assert slots(world) == [slot(NIGHT), slot(moved(60, 60))]
    assert world.review == []


def test_a_shift_that_overlaps_two_joins_the_same_in_any_order() -> None:
    """Two short shifts in one calendar, and one over both of them in another."""
    short = (
        event("LKSD", hours("2027-01-04 07:00", 8), uid="u1"),
        event("LKSD", hours("2027-01-04 19:00", 8), uid="u2"),
    )
    long = cal("work", event("LKSD", hours("2027-01-04 12:00", 10)), name="two")
    found = [seen(*order) for one in (short, short[::-1]) for order in _both_ways(cal("work", *one), long)]
    assert all(slots(world) == slots(found[0]) for world in found)


def _both_ways(one: Told, other: Told) -> tuple[tuple[Told, Told], ...]:
    return (one, other), (other, one)


def test_calendars_are_told_apart_by_their_whole_name() -> None:
    """A colon in a name does not make two calendars one."""
    world = seen(
        cal("work", event("LKSD"), name="clinic: mine"),
        cal("work", event("LKSD", moved(15, 15)), name="clinic: theirs"),
    )
    assert slots(world) == [slot(moved(0, 15))]
    assert len(world.review) == 1


def test_a_shift_in_a_personal_calendar_and_the_schedule_is_one() -> None:
    """A rule made it a shift in both."""
    world = seen(
        cal("personal", event("LKSD"), name="own", rules=[{"title": "LKSD*", "means": "shift"}]),
        cal("work", event("Lakeside ED"), name="feed"),
    )
    assert (slots(world), world.red) == ([slot(NIGHT)], [])


PARTNERS = {
    "the title": event("Alex works at Lakeside ED"),
    "the place": event("Alex works", location="Lakeside ED, 1 Main St"),
    "other hours": event("Alex LKSD", moved(-90, 90)),
    "the whole day": event("Alex LKSD", DAY),
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("one", PARTNERS.values(), ids=PARTNERS.keys())
def test_a_shift_in_a_partners_calendar_is_no_red_time(one: Event, order: int) -> None:
    """What names the site of a shift at that time is the shift; it is set aside, not dropped."""
    calendars = [cal("work", event("LKSD"), name="feed"), cal("personal", one, name="partner")]
    world = seen(*calendars[::order])
    assert (slots(world), reds(world), world.review) == ([slot(NIGHT)], [], [])
    assert aside(world) == [one.summary]


@pytest.mark.parametrize(
    "one",
    [
        event("Alex at Mesa ED"),
        event("Alex works"),
        event("Alex LKSD", moved(720, 720)),
        event("Alex LKSD", moved(-720, -720)),
        event("LKSD or Mesa ED"),
    ],
)
def test_other_red_time_stays(one: Event) -> None:
    """Of another site, of none, of two, or at another time."""
    world = seen(cal("work", event("LKSD"), name="feed"), cal("personal", one, name="partner"))
    assert len(world.red) == 1


# -- our own entries -------------------------------------------------------------------------------------------------

BLOCKS = ("HOLD · Lakeside ED · night · $2,300", "TAKE · LKSD · night", "YES · Lakeside ED · night · $2,300")
NOTES = ("⚠ 7th night, cap 6 · Lakeside ED", "OFF · recovery day", "OFF · protected")
OWN_UID = f"shift-0011223344556677-{OURS}"


@pytest.mark.parametrize(
    ("role", "title"),
    [
        *itertools.product(("personal", "offers"), (*BLOCKS, *NOTES, "hold · LKSD")),
        *itertools.product(("work",), NOTES),
    ],
)
def test_what_has_our_titles_is_no_news(role: str, title: str) -> None:
    """A mirror brings them back under UIDs of its own: neither work nor red time, with a line to say so."""
    for when in (NIGHT, DAY):
        world = seen(cal(role, event(title, when, uid="mirror-1")))
        assert (nothing(world), aside(world)) == (True, [title])


@pytest.mark.parametrize("title", [*BLOCKS, *NOTES, "Renamed by hand", "LKSD"])
def test_what_has_our_uid_is_no_news(title: str) -> None:
    """In a calendar that is not one's schedule, whatever it is called by now."""
    for role in ("personal", "offers"):
        world = seen(cal(role, event(title, uid=OWN_UID)))
        assert (nothing(world), aside(world)) == (True, [title])


def test_another_stores_uid_is_not_ours() -> None:
    """Only this instance's own ending counts, and a store without a name owns nothing."""
    world = seen(cal("personal", event("LKSD", uid="shift-0011223344556677-ffffffff")))
    assert reds(world) == [span(NIGHT)]
    world = World()
    events_into(world, [cal("personal", event("Dinner", uid="abc-"))], POLICY, SPAN)
    assert reds(world) == [span(NIGHT)]


@pytest.mark.parametrize("title", [*BLOCKS, "Hold · Lakeside ED"])
def test_a_copy_of_a_block_in_a_work_calendar_is_a_commitment(title: str) -> None:
    """Some phones copy where they are told to move, and give it another UID: nobody's shift is left out."""
    assert slots(seen(cal("work", event(title, uid="copy-1")))) == [slot(NIGHT)]


@pytest.mark.parametrize("uid", [OWN_UID, "copy-1"])
def test_a_block_with_a_no_in_a_work_calendar_is_no_commitment(uid: str) -> None:
    """It is said where it stands, and told as set aside; a word that means more than no changes nothing."""
    refused = "no YES · Lakeside ED · night · $2,300"
    world = seen(cal("work", event(refused, uid=uid)))
    assert (nothing(world), aside(world)) == (True, [refused])
    assert slots(seen(cal("work", event(f"no idea: {refused}", uid=uid)))) == [slot(NIGHT)]


@pytest.mark.parametrize("title", BLOCKS)
def test_a_block_that_was_moved_into_a_work_calendar_is_a_commitment(title: str) -> None:
    """The clinician put it there: it is worked."""
    world = seen(cal("work", event(title, uid=OWN_UID)))
    assert (slots(world), world.red, world.review) == ([slot(NIGHT)], [], [])


def test_a_block_stays_a_block_under_another_title() -> None:
    """Moved into the work calendar and renamed there: its UID still says what it was."""
    assert slots(seen(cal("work", event("Lakeside ED, with Sam", uid=OWN_UID)))) == [slot(NIGHT)]


@pytest.mark.parametrize("title", NOTES)
def test_a_warning_in_a_work_calendar_is_no_commitment(title: str) -> None:
    """It names a site and is no shift there."""
    assert nothing(seen(cal("work", event(title, uid=f"warning-0011223344556677-{OURS}"))))


# -- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["work", "personal", "offers"])
def test_what_cannot_be_read_is_told(role: str) -> None:
    """In a work calendar it may be a shift, so it is a question; elsewhere it is set aside. Others are read."""
    world = seen(cal(role, event("LKSD"), problems=["not iCalendar text"]))
    held, other = (world.review, world.aside) if role == "work" else (world.aside, world.review)
    assert [(one.source, one.where, one.why) for one in held] == [("cal", "bad0.ics", "not iCalendar text")]
    assert other == []
    assert len([*world.commitments, *world.red, *world.listed]) == 1


@pytest.mark.parametrize("role", ["work", "personal", "offers"])
def test_what_became_unreadable_counts_as_it_was(role: str) -> None:
    """A shift that was moved into something broken is still a shift, and a question."""
    world = seen(cal(role, event("LKSD"), event("Lakeside ED", moved(2880, 2880)), stale=[0]))
    assert asked(world) == ["LKSD"]
    assert len([*world.commitments, *world.red, *world.listed]) == 2


# -- how far a schedule is published ---------------------------------------------------------------------------------


def told_until(
    *whens: Timed | Days, known: date | None = None, role: str = "work", **fields: Any
) -> date | None:
    calendar = cal(role, *(event("LKSD", when, uid=f"u{n}", **fields) for n, when in enumerate(whens)))
    return published(calendar.section, calendar.readings, known, CHICAGO)


def test_a_schedule_is_published_by_the_month() -> None:
    """One shift in it is enough; the month's last date, in every length of month."""
    assert told_until(hours("2027-01-04 19:00")) == date(2027, 1, 31)
    assert told_until(hours("2027-01-04 19:00"), hours("2026-12-04 19:00")) == date(2027, 1, 31)
    assert told_until(hours("2027-02-01 07:00")) == date(2027, 2, 28)
    assert told_until(hours("2028-02-29 07:00")) == date(2028, 2, 29)
    assert told_until(hours("2026-12-31 07:00")) == date(2026, 12, 31)
    assert told_until(Days(date(2027, 4, 30), date(2027, 4, 30))) == date(2027, 4, 30)


def test_a_night_belongs_to_the_month_of_its_start() -> None:
    """That of the 31st does not publish February, also where it is told in UTC."""
    night = hours("2027-01-31 19:00")
    assert told_until(night) == date(2027, 1, 31)
    assert told_until(Timed(night.start.astimezone(UTC), night.end.astimezone(UTC))) == date(2027, 1, 31)


def test_a_published_schedule_never_shrinks() -> None:
    """What it told once, it told; nothing is known before the first shift."""
    assert told_until(hours("2027-01-04 19:00"), known=date(2027, 3, 31)) == date(2027, 3, 31)
    assert told_until(hours("2027-04-04 19:00"), known=date(2027, 3, 31)) == date(2027, 4, 30)
    assert told_until(known=date(2027, 3, 31)) == date(2027, 3, 31)
    assert told_until() is None


def test_a_cancelled_shift_and_a_series_publish_nothing() -> None:
    """A series runs on for ever; that says nothing of the month after the last one made."""
    assert told_until(hours("2027-01-04 19:00"), status="cancelled") is None
    assert told_until(hours("2027-01-04 19:00"), occurrence="2027-01-05T01:00:00+00:00") is None


@pytest.mark.parametrize("role", ["personal", "offers"])
def test_only_work_is_published(role: str) -> None:
    """One's own calendar is never finished."""
    assert told_until(hours("2027-01-04 19:00"), role=role) is None


# -- names -----------------------------------------------------------------------------------------------------------


def test_every_site_that_a_text_names_is_found() -> None:
    """Each once, by whichever of its names."""
    assert sites_named("Lakeside ED / Mesa ED", POLICY) == {"lakeside-ed", "mesa-ed"}
    assert sites_named("LKSD (Lakeside ED)", POLICY) == {"lakeside-ed"}
    assert sites_named("", POLICY) == set()


# -- whatever stands there -------------------------------------------------------------------------------------------

TITLES = ("LKSD", "Lakeside ED", "Mesa ED", "Shift", "Dinner", "LKSD or Mesa ED", "HOLD · LKSD", "⚠ LKSD")
UIDS = ("", "shared", OWN_UID)
CLOCK = at("2027-01-04 07:00").astimezone(UTC)


def within(start: int, length: int) -> Timed:
    """On a grid of three hours, coarse enough for copies and overlaps."""
    begins = CLOCK + timedelta(hours=3 * start)
    return Timed(begins, begins + timedelta(hours=3 * length))


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    """Of any kind; no title is told twice."""
    day = CLOCK.date() + timedelta(days=draw(st.integers(0, 2)))
    timed = within(draw(st.integers(0, 16)), draw(st.integers(0, 5)))
    return Event(
        uid=draw(st.sampled_from(UIDS)) or f"u{number}",
        when=timed if draw(st.integers(0, 5)) else Days(day, day),
        summary=f"{draw(st.sampled_from(TITLES))} #{number}",
        location=draw(st.sampled_from(["", "", "Lakeside ED"])),
        status=draw(st.sampled_from(["confirmed", "confirmed", "tentative", "cancelled"])),
        transparent=draw(st.integers(0, 7)) == 0,
    )


@st.composite
def calendars(draw: st.DrawFn) -> list[Told]:
    """Up to three, of any role and settings."""
    made: list[Told] = []
    for index in range(draw(st.integers(1, 3))):
        keys: dict[str, Any] = {
            "free": draw(st.sampled_from(["skip", "keep"])),
            "all_day": draw(st.sampled_from([None, "red", "skip"])),
            "site": draw(st.sampled_from([None, None, "lakeside-ed"])),
        }
        role = draw(st.sampled_from(["work", "work", "personal", "offers"]))
        held = [draw(events(10 * index + number)) for number in range(draw(st.integers(0, 4)))]
        made.append(cal(role, *held, name=f"c{index}", **keys))
    return made


@st.composite
def schedules(draw: st.DrawFn) -> list[Told]:
    """Two or three calendars of one site's shifts, within two days, and a partner's."""
    made: list[Told] = []
    for name in ("one", "two", "three")[: draw(st.integers(2, 3))]:
        slots = draw(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 4)), max_size=3))
        held = [event(f"LKSD #{n}", within(*one), uid=f"{name}{n}") for n, one in enumerate(slots)]
        made.append(cal("work", *held, name=name))
    red = within(draw(st.integers(0, 10)), draw(st.integers(1, 4)))
    return [*made, cal("personal", event("Alex LKSD", red), name="partner")]


WORLDS = calendars() | schedules()


def known(world: World) -> tuple[set[Slot], set[tuple[str, str]]]:
    return set(slots(world)), set(reds(world))


def in_order(draw: st.DataObject, calendar: Told) -> Told:
    items = draw.draw(st.permutations(list(calendar.readings.items())))
    return replace(calendar, readings=dict(items))


@given(WORLDS, st.data())
def test_the_order_of_events_does_not_matter(made: list[Told], data: st.DataObject) -> None:
    """A server may list the same events as it likes: the same hours are worked, and the same are red."""
    assert known(seen(*(in_order(data, one) for one in made))) == known(seen(*made))


@given(WORLDS, st.data())
def test_the_order_of_calendars_does_not_matter(made: list[Told], data: st.DataObject) -> None:
    """Nor the order in which service.toml names them."""
    assert known(seen(*data.draw(st.permutations(made)))) == known(seen(*made))


@given(WORLDS, st.data())
def test_a_copy_of_a_calendar_changes_no_commitment(made: list[Told], data: st.DataObject) -> None:
    """Whoever subscribes to the same schedule twice works no more than before."""
    one = data.draw(st.sampled_from(made))
    copy = replace(one, section=one.section.model_copy(update={"name": "copy"}))
    assert slots(seen(*made, copy)) == slots(seen(*made))


def is_told(one: Event, world: World) -> bool:
    """Whether an event is to be found anywhere in what is known."""
    if one.status == "cancelled" or any(
        one.summary in (a.where, a.why) for a in [*world.review, *world.aside]
    ):
        return True
    if any(red.title == one.summary for red in world.red):
        return True
    if not isinstance(one.when, Timed):
        return False
    start, end = one.when.start.astimezone(UTC), one.when.end.astimezone(UTC)

    def is_it(shift: Shift) -> bool:
        return shift.begins <= start < end <= shift.ends

    worked = any(is_it(shift) for shift in world.commitments)
    return worked or any((shift.begins, shift.ends) == (start, end) for shift in world.listed.values())


@given(WORLDS)
def test_nothing_disappears_in_silence(made: list[Told]) -> None:
    """Every event is worked, red, listed, asked about or set aside, unless it is cancelled."""
    world = seen(*made)
    held = [one for calendar in made for read_ in calendar.readings.values() for one in read_.events]
    assert [one for one in held if not is_told(one, world)] == []


@given(WORLDS)
def test_commitments_have_names_of_their_own(made: list[Told]) -> None:
    """Whatever UIDs there are: what two shifts share, nobody can answer."""
    names = [one.id for one in seen(*made).commitments]
    assert len(set(names)) == len(names)


@given(WORLDS)
def test_the_same_calendars_make_the_same_world(made: list[Told]) -> None:
    """Looking twice changes nothing."""
    assert seen(*made) == seen(*made)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(0, 6), st.booleans())
def test_a_schedule_only_grows(months: list[int], before: int, later: bool) -> None:
    """Whatever is listed, the date is the last of a month, and never before the one known."""
    whens = [hours(f"2027-{1 + month:02}-10 07:00") for month in months]
    then = told_until(hours(f"2027-{1 + before:02}-10 07:00")) if later else None
    now = told_until(*whens, known=then)
    assert now is not None
    assert (now + timedelta(days=1)).day == 1
    assert now == max([now, *([then] if then else [])])
    assert now.month == 1 + max([*months, *([before] if later else [])])


def test_money_of_a_message_is_not_the_calendars() -> None:
    """A message without a figure leaves the site's pay; a later one with a figure holds."""
    rich = Money(Decimal(2600), "shift", "USD")
    world = seen(listed(event("LKSD")))
    (offer,) = told(reading(read(pay=None)), reading(read(pay=rich)), world=world).offers
    assert offer.cents == 260_000

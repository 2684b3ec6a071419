"""What stands in the clinician's calendar, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.event import Alarm, Days, Timed
from daemon.entries import Entry, View, entries
from policy.notices import Notice
from policy.schema import Policy
from policy.shift import Offer, RedTime
from solver.solve import Problem, solve
from tests.daemon.unit.worlds import CHICAGO, NOW, QUIET, SITES, TODAY, at, offer, policy, problem, shift


def view(
    world: Problem, *, minimal: bool = False, accepted: Mapping[str, Offer] | None = None, **more: Any
) -> View:
    facts: dict[str, Any] = {"since": {}, "today": TODAY, "now": NOW, "instance": "ab12cd34", **more}
    return View(problem=world, plan=solve(world), accepted=accepted or {}, minimal=minimal, **facts)


def _begins(when: Timed | Days) -> str:
    return when.start.isoformat() if isinstance(when, Timed) else when.first.isoformat()


def of_kind(found: Mapping[str, Entry], *kinds: str) -> list[Entry]:
    chosen = [entry for entry in found.values() if entry.kind in kinds]
    return sorted(chosen, key=lambda entry: _begins(entry.event.when))


def titles(one: View, *kinds: str) -> list[str]:
    return [entry.event.summary for entry in of_kind(entries(one), *kinds)]


def nights(count: int) -> tuple[Any, ...]:
    return tuple(shift(f"c{n}", "lakeside-ed", f"2027-01-{2 + 4 * n:02} 19:00") for n in range(count))


def test_a_held_shift() -> None:
    """A hold says what it is, is tentative, stands at the shift's own time, and explains itself."""
    due = at("2026-12-20 18:00")
    world = problem(
        offer("o1", "lakeside-ed", "2027-01-04 19:00", respond_by=due),
        rules=policy(caps={"nights_per_month": 6}),
    )
    (entry,) = of_kind(entries(view(world)), "hold")
    event = entry.event
    assert event.summary == "HOLD · Lakeside ED · night · $2,400"
    assert (event.status, event.transparent, entry.about) == ("tentative", False, "o1")
    assert event.when == Timed(at("2027-01-04 19:00"), at("2027-01-05 07:00"))
    assert event.description == (
        "Lakeside ED: $2,400 in all, $200 an hour; $187.01 in effect, after unpaid time and travel.\n"
        "Your rules allow it, and it keeps every limit:\n"
        "January: nights 1 of 6, weekends 0, high-intensity 1, off days 29.\n"
        "Answer by Sun 20 Dec 18:00.\n"
        "To decline, delete this event or put no in front of its title; once you have taken the shift, put yes there or "
        "move the event into your work calendar.\n"
        "Shiftward has told nobody.\n"
        "Offer o1"
    )
    assert event.alarms == (
        Alarm(NOW.replace(second=0) + timedelta(minutes=2), "A new shift is held for you"),
        Alarm(due - timedelta(days=1), "A day left to answer"),
    )


def test_the_parts_of_the_day() -> None:
    """Day, evening and night are told by the hours."""
    world = problem(
        offer("o1", "lakeside-ed", "2027-01-04 07:00"),
        offer("o2", "lakeside-ed", "2027-01-06 15:00", hours=8),
        offer("o3", "lakeside-ed", "2027-01-08 19:00"),
    )
    assert titles(view(world), "hold") == [
        "HOLD · Lakeside ED · day · $2,400",
        "HOLD · Lakeside ED · evening · $2,400",
        "HOLD · Lakeside ED · night · $2,400",
    ]


def test_a_block_is_an_entry_a_shift() -> None:
    """Each says which of how many it is, and all are about one offer."""
    found = of_kind(
        entries(view(problem(offer("o1", "lakeside-ed", "2027-01-04 07:00", "2027-01-05 07:00")))), "hold"
    )
    assert [entry.event.summary for entry in found] == [
        "HOLD · Lakeside ED · day · 1 of 2 · $2,400",
        "HOLD · Lakeside ED · day · 2 of 2 · $2,400",
    ]
    assert {entry.about for entry in found} == {"o1"}


def test_a_shift_that_was_said_yes_to() -> None:
    """It is confirmed, says so, and reminds once."""
    taken = offer("o1", "lakeside-ed", "2027-01-04 07:00")
    world = problem(commitments=taken.shifts)
    (entry,) = of_kind(entries(view(world, accepted={"o1": taken})), "accepted")
    assert entry.event.summary == "YES · Lakeside ED · day · $2,400"
    assert entry.event.status == "confirmed"
    assert "You said yes to it." in entry.event.description
    assert entry.event.alarms == (Alarm(timedelta(hours=12), "Your shift starts in 12 hours"),)


def test_a_hold_that_is_taken_keeps_its_name() -> None:
    """Yes changes the entry and makes no second one."""
    one = offer("o1", "lakeside-ed", "2027-01-04 07:00")
    held = set(entries(view(problem(one))))
    taken = set(entries(view(problem(commitments=one.shifts), accepted={"o1": one})))
    assert held == taken


COVER = {"by": "company", "form": "occurrence", "tail": "company", "gaps": "none", "evidence": "coi.pdf"}
SURE: dict[str, Any] = {"decide": "auto", "employment": "W-2", "malpractice": COVER}


@pytest.mark.parametrize(
    ("stream", "site", "title"),
    [
        ({}, {}, "TAKE"),
        ({"malpractice": {**COVER, "tail": None}}, {}, "HOLD"),
        ({"malpractice": {**COVER, "gaps": None}}, {}, "HOLD"),
        ({"malpractice": None}, {}, "HOLD"),
        ({"malpractice": None}, {"malpractice": COVER}, "TAKE"),
        ({"employment": None}, {}, "HOLD"),
        ({"employment": None}, {"employment": "1099"}, "TAKE"),
        ({}, {"red_flags": [{"flag": "quotas"}]}, "HOLD"),
        ({}, {"red_flags": [{"flag": "quotas", "cleared": date(2026, 12, 1)}]}, "TAKE"),
        ({"decide": "propose"}, {}, "HOLD"),
    ],
)
def test_auto_is_taken_only_where_nothing_is_open(
    stream: dict[str, Any], site: dict[str, Any], title: str
) -> None:
    """A stream that decides by itself takes; with a question about cover or tax class, or a red flag, it proposes."""
    rules = policy(streams={"per_diem": {**SURE, **stream}}, sites=with_site("lakeside-ed", site))
    world = problem(offer("o1", "lakeside-ed", "2027-01-04 07:00"), rules=rules)
    assert titles(view(world), "hold") == [f"{title} · Lakeside ED · day · $2,400"]


@pytest.mark.parametrize(("said", "title"), [(True, "TAKE"), (None, "HOLD")])
def test_auto_wants_telemedicine_named(said: bool | None, title: str) -> None:
    """A cover that does not say no to telemedicine has not said yes."""
    stream = {**SURE, "malpractice": {**COVER, "covers_telemedicine": said}}
    world = problem(
        offer("o1", "harbor-tele", "2027-01-04 07:00"), rules=policy(streams={"telemedicine": stream})
    )
    assert titles(view(world), "hold") == [f"{title} · Harbor Tele · day · $2,400"]


def _text(sites: dict[str, Any] = SITES) -> dict[str, Any]:
    """A policy as it is written, for sections that are lists."""
    return {
        "clinician": {"name": "R. Example", "home_zone": "America/Chicago"},
        **QUIET,
        "sites": sites,
    }


def with_site(key: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {**SITES, key: {**SITES[key], **facts}}


def _said(world: Problem, kind: str = "hold", **more: Any) -> list[str]:
    (entry,) = of_kind(entries(view(world, **more)), kind)
    return [line for line in entry.event.description.splitlines() if line.startswith(("Not", "You said"))]


def test_a_hold_says_what_to_know_before_the_answer() -> None:
    """The states it is limited to, red flags, cover that is not confirmed, notice; whoever decides."""
    flags = [{"flag": "quotas", "since": date(2026, 3, 3), "note": "40 a day"}]
    facts = {"states": ["TX", "CO"], "red_flags": flags, "contract": {"notice_days": 30}}
    licences = {"credentials": [{"kind": "licence", "state": "TX"}]}
    proposed = Policy.model_validate({**_text(with_site("harbor-tele", facts)), **licences})
    notes = [
        "Note: limited to TX: 1 of the 2 states that the site names are open to you.",
        "Note: a red flag there is not cleared: visit quotas since Tue 3 Mar 2026: 40 a day.",
        "Note: cover of telemedicine is not confirmed.",
        "Note: giving it back takes 30 days of notice there, so it can be done until Sat 5 Dec 2026.",
    ]
    one = replace(offer("o1", "harbor-tele", "2027-01-04 07:00"), site=proposed.site("harbor-tele"))
    assert _said(problem(one, rules=proposed)) == notes


def test_a_hold_says_why_it_is_not_taken_by_itself() -> None:
    """Where the stream would decide, what is open is told, and what is a note already is not told twice."""
    stream = {**SURE, "employment": None, "malpractice": {**COVER, "gaps": None, "tail": None}}
    rules = policy(streams={"telemedicine": stream})
    assert _said(problem(offer("o1", "harbor-tele", "2027-01-04 07:00"), rules=rules)) == [
        "Note: cover of telemedicine is not confirmed.",
        "Not taken by itself: 2 of 5 malpractice questions are open (tail, gaps on leaving).",
        "Not taken by itself: nothing says whether telemedicine is 1099 or W-2.",
    ]


def test_what_was_said_yes_to_tells_its_notice() -> None:
    """Giving it back late is what burns bridges."""
    rules = policy(sites=with_site("lakeside-ed", {"contract": {"notice_days": 14}}))
    taken = offer("o1", "lakeside-ed", "2027-01-04 07:00")
    assert _said(problem(commitments=taken.shifts, rules=rules), "accepted", accepted={"o1": taken}) == [
        "You said yes to it.",
        "Note: giving it back takes 14 days of notice there, so it can be done until Mon 21 Dec 2026.",
    ]


def test_a_fast_platform_is_told_in_its_hold_and_not_for_every_shift() -> None:
    """Five visits an hour where three are wanted: priced, it is a line of the hold."""
    facts = with_site("harbor-tele", {"visits_per_hour": 5})
    rules = policy(sites=facts, telemedicine={"visits_per_hour": {"cap": 3, "over": 100}})
    world = problem(
        offer("o1", "harbor-tele", "2027-01-04 07:00"),
        commitments=(shift("c1", "harbor-tele", "2027-01-08 07:00"),),
        rules=rules,
    )
    assert "Note: up to 5 visits an hour; your cap is 3." in _said(world)
    assert titles(view(world), "warning") == []


def test_a_month_that_is_paused_lacks_nothing() -> None:
    """Neither the floor nor a stream's shifts are missing from it; a pause of another stream changes nothing."""
    wanted: dict[str, Any] = {
        "goals": {"floor_monthly": 9_000},
        "streams": {"telemedicine": {"min_shifts_per_month": 2}},
    }
    both = ["⚠ floor short by $9,000", "⚠ 0 shifts of telemedicine, at least 2"]

    def missing(**scope: Any) -> list[str]:
        pause = {"from": date(2026, 12, 20), "until": date(2027, 1, 31), **scope}
        rules = Policy.model_validate({**_text(), **wanted, "pauses": [pause]})
        return sorted(titles(view(problem(rules=rules)), "warning"), reverse=True)

    assert missing() == []
    assert missing(streams=["telemedicine"]) == both[:1]
    assert missing(streams=["locums"]) == both
    assert missing(until=date(2027, 1, 30)) == both


def test_a_warning() -> None:
    """One too many nights: the title has the number, the cap and the site; the text names every night."""
    world = problem(commitments=nights(7), rules=policy(caps={"nights_per_month": 6}))
    (entry,) = of_kind(entries(view(world)), "warning")
    assert entry.event.summary == "⚠ 7th night, cap 6 · Lakeside ED"
    assert entry.event.transparent
    assert entry.event.description.startswith(
        "A 7th night in January; your cap is 6.\n· Lakeside ED, Sat 2 Jan 19:00 to 07:00\n"
    )
    assert entry.event.description.count("· Lakeside ED") == 7
    assert entry.event.when == Timed(at("2027-01-26 19:00"), at("2027-01-27 07:00"))


def test_a_warning_keeps_its_name_while_it_is_the_same() -> None:
    """The same month's cap is one warning, however far over; another month's is another."""
    rules = policy(caps={"nights_per_month": 2})
    first, second = (
        {e.name for e in of_kind(entries(view(problem(commitments=nights(n), rules=rules))), "warning")}
        for n in (3, 4)
    )
    assert first == second
    assert len(first) == 1


def test_what_is_over_is_no_news() -> None:
    """A breach whose last shift has passed is not warned of."""
    rules = policy(caps={"nights_per_month": 1})
    world = problem(commitments=nights(2), rules=rules)
    assert titles(view(world), "warning") == ["⚠ 2nd night, cap 1 · Lakeside ED"]
    assert titles(view(world, today=date(2027, 1, 20)), "warning") == []


def test_minimal_titles_name_nobody() -> None:
    """No site and no amount in any title, for calendars that others see."""
    rules = policy(caps={"nights_per_month": 1, "off_days_per_month": 4})
    held = offer("o1", "mesa-ed", "2027-01-20 07:00")
    one = view(problem(held, commitments=nights(2), rules=rules), minimal=True)
    assert titles(one, "hold") == ["HOLD · locums · day"]
    assert titles(one, "warning") == ["⚠ check your schedule"]
    for title in titles(one, "hold", "warning", "off", "recovery", "accepted"):
        assert "$" not in title
        for site in ("Lakeside", "Mesa", "Pinecrest", "Harbor"):
            assert site not in title


def test_the_days_after_an_intense_block_are_off() -> None:
    """Two dates at a high-intensity site are followed by the recovery days that the policy asks for."""
    block = tuple(shift(f"c{n}", "lakeside-ed", f"2027-01-{n:02} 07:00") for n in (4, 5))
    rules = policy(recovery={"after_block_of_days": 2, "days": 2})
    found = of_kind(entries(view(problem(commitments=block, rules=rules))), "recovery")
    assert [entry.event.when for entry in found] == [
        Days(date(2027, 1, day), date(2027, 1, day)) for day in (6, 7)
    ]
    assert {entry.event.summary for entry in found} == {"OFF · recovery day"}
    single = problem(commitments=block[:1], rules=rules)
    assert titles(view(single), "recovery") == []


def test_protected_days_are_as_many_as_the_month_must_keep() -> None:
    """Weekends first, none on a date with work, and those that are shown already stay."""
    rules = policy(caps={"off_days_per_month": 4})
    world = problem(commitments=(shift("c1", "lakeside-ed", "2027-01-02 07:00"),), rules=rules)

    def january(one: View) -> list[Entry]:
        return [e for e in of_kind(entries(one), "off") if str(e.event.when.first) >= "2027"]  # type: ignore[union-attr]  # whole days

    found = january(view(world))
    assert [str(e.event.when.first)[5:] for e in found] == ["01-03", "01-09", "01-10", "01-16"]  # type: ignore[union-attr]  # whole days
    assert {e.event.summary for e in found} == {"OFF · protected"}
    later = problem(rules=rules)
    kept = january(view(later, since={e.name: NOW for e in found}))
    assert {e.name for e in kept} == {e.name for e in found}


def test_the_same_view_gives_the_same_entries() -> None:
    """Whatever the order in which the world was told."""
    rules = policy(caps={"nights_per_month": 2, "off_days_per_month": 4})
    offers = [offer(f"o{n}", "lakeside-ed", f"2027-01-{4 + 3 * n:02} 07:00") for n in range(4)]
    one = problem(*offers, commitments=nights(3), rules=rules)
    other = replace(one, offers=tuple(reversed(one.offers)), commitments=tuple(reversed(one.commitments)))
    assert entries(view(one)) == entries(view(one)) == entries(view(other))


def test_a_shift_that_has_ended_has_no_entry() -> None:
    """Blocks are for what is still to come."""
    taken = offer("o1", "lakeside-ed", "2027-01-04 07:00")
    world = problem(commitments=taken.shifts)
    late = datetime(2027, 1, 4, 19, tzinfo=CHICAGO).astimezone(UTC)
    assert titles(view(world, accepted={"o1": taken}, now=late), "accepted") == []


def test_a_commitment_in_red_time_is_warned_of() -> None:
    """A shift in the work calendar that falls into personal time is told."""
    red = RedTime("r1", at("2027-01-04 18:00"), at("2027-01-04 20:00"), "school play")
    world = problem(commitments=(shift("c1", "lakeside-ed", "2027-01-04 07:00"),), red=(red,))
    assert titles(view(world), "warning") == ["⚠ a shift in your red time · Lakeside ED"]


def notice(level: int = 1, day: date | None = date(2027, 3, 31), **more: Any) -> Notice:
    return Notice(
        "credential-due", "TX 2027-03-31", "reminder", "TX licence ends", "It ends.", level, day, **more
    )


def test_a_notice_is_one_entry_for_as_long_as_it_is_so() -> None:
    """Its name stays when it gets worse; what an answer to it is about does not, so that it can be shown again."""
    (one,) = of_kind(entries(view(problem(), notices=[notice()])), "reminder")
    (worse,) = of_kind(entries(view(problem(), notices=[notice(2)])), "reminder")
    assert (one.event.summary, one.event.when) == (
        "REMIND · TX licence ends",
        Days(date(2027, 3, 31), date(2027, 3, 31)),
    )
    assert one.event.description == (
        "It ends.\nDelete this event once you have seen it; it comes back only if it gets worse."
    )
    assert one.event.transparent
    assert (one.name, one.event.uid) == (worse.name, worse.event.uid)
    assert one.about != worse.about


def test_a_notice_without_a_day_stands_where_it_first_appeared() -> None:
    """On the first of the month after; later looks leave it there."""
    plain = notice(day=None)
    (new,) = of_kind(entries(view(problem(), notices=[plain])), "reminder")
    since = {new.name: datetime(2026, 10, 5, tzinfo=UTC)}
    (old,) = of_kind(entries(view(problem(), notices=[plain], since=since)), "reminder")
    assert new.event.when == Days(date(2027, 1, 1), date(2027, 1, 1))
    assert old.event.when == Days(date(2026, 11, 1), date(2026, 11, 1))


def test_a_notice_is_heard_soon_and_at_each_step() -> None:
    """Two minutes after it appeared, and at nine in the morning of the dates that are still to come."""
    steps = (date(2026, 12, 1), date(2027, 3, 1))
    (one,) = of_kind(entries(view(problem(), notices=[notice(again=steps)])), "reminder")
    assert [alarm.at for alarm in one.event.alarms] == [
        NOW.replace(second=0, microsecond=0) + timedelta(minutes=2),
        at("2027-03-01 09:00").astimezone(UTC),
    ]


def test_a_private_phone_tells_no_notice() -> None:
    """With minimal titles only that there is news."""
    (one,) = of_kind(entries(view(problem(), notices=[notice()], minimal=True)), "reminder")
    assert one.event.summary == "REMIND · news of your papers and money"

"""Values that change from a date: which hold when, how rules stand at the border, and what may not change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.counts import counts
from policy.fields import Cap
from policy.gates import Moment, refusals
from policy.limits import Breach, Limit, breaches
from policy.money import money
from policy.read import read_policy
from policy.reasons import of_breaches
from policy.rules import RULES, all_limits, reach
from policy.schema import Era, Policy
from policy.shift import DAY, Month, Offer, Pay, Roster, Shift, Span
from policy.words import family, sentence
from tests.policy.worlds import CHICAGO, PHOENIX, SITE, WIDE, only, policy, rosters, row, sections, shift

ME = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n'
SITES = (
    '[sites.icu]\nstream = "per_diem"\npay = { per_shift = 2000 }\n[sites.tele]\nstream = "telemedicine"\n'
)


def read(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    found, problems = read_policy(path)
    assert problems == []
    assert found
    return found


def split(border: str, before: Policy, after: Policy) -> Policy:
    """One policy up to a date, another from it on."""
    day = date.fromisoformat(border)
    return before.changing((Era(Span(date.min, day - DAY), before), Era(Span(day, date.max), after)))


def over(written: Policy, worked: Iterable[Shift], rule: str) -> list[Breach]:
    worked = tuple(worked)
    found = breaches(all_limits(written, Roster(worked, WIDE)), {one.id for one in worked})
    return [breach for breach in found if family(breach.limit.rule) == rule]


# -- what holds when ------------------------------------------------------------------------------------------------


def test_a_value_holds_from_its_date_and_back_after_its_last(tmp_path: Path) -> None:
    """Both dates included."""
    written = read(
        tmp_path,
        f"{ME}[caps]\nnights_per_month = 6\n[[from]]\ndate = 2027-03-01\nuntil = 2027-05-31\n"
        '[from.caps]\nnights_per_month = "none"\ndays_in_a_row = 4\n',
    )
    found = {
        day: written.at(date.fromisoformat(day)).limits.nights_per_month
        for day in ("2027-02-28", "2027-03-01", "2027-05-31", "2027-06-01", "0001-01-01", "9999-12-31")
    }
    six = Cap(cap=6)
    assert list(found.values()) == [six, None, None, six, six, six]
    assert written.at(date(2027, 4, 1)).limits.days_in_a_row == Cap(cap=4)
    assert [str(era.span.first) for era in written.eras] == ["0001-01-01", "2027-03-01", "2027-06-01"]


def test_of_entries_in_force_at_once_the_later_date_wins(tmp_path: Path) -> None:
    """Wherever they stand in the file; of one date the later in the file; what they do not say stays."""
    written = read(
        tmp_path,
        f"{ME}[caps]\nnights_per_month = 6\n"
        "[[from]]\ndate = 2027-03-01\n[from.caps]\nnights_per_month = 2\n"
        "[[from]]\ndate = 2027-02-01\nuntil = 2027-03-31\n[from.caps]\nnights_per_month = 4\nhours_per_week = 40\n"
        "[[from]]\ndate = 2027-03-01\n[from.rest]\nbetween_shifts_hours = 12\n[from.caps]\nweekends_per_month = 1\n"
        "[[from]]\ndate = 2027-03-01\n[from.caps]\nweekends_per_month = 2\n",
    )
    nights, hours, weekends = "nights_per_month", "hours_per_week", "weekends_per_month"

    def caps(month: int) -> dict[str, Any]:
        limits = written.at(date(2027, month, 1)).limits
        return {key: cap.cap for key in (nights, hours, weekends) if (cap := getattr(limits, key))}

    assert caps(1) == {nights: 6}
    assert caps(2) == {nights: 4, hours: 40}
    assert caps(3) == {nights: 2, hours: 40, weekends: 2}
    assert caps(4) == {nights: 2, weekends: 2}
    assert written.at(date(2027, 3, 1)).rest.between_shifts_hours == Cap(cap=12)


def test_an_entry_on_a_leap_day(tmp_path: Path) -> None:
    """The 28th is before it, the 1st after it."""
    written = read(
        tmp_path, f"{ME}[[from]]\ndate = 2028-02-29\nuntil = 2028-02-29\n[from.emr]\nat_most = 1\n"
    )
    days = [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert [written.at(day).emr.at_most for day in days] == [Cap(cap=2), Cap(cap=1), Cap(cap=2)]


def test_what_no_entry_touches_is_not_read_twice(tmp_path: Path) -> None:
    """Sixty sites are the same objects in each era."""
    written = read(
        tmp_path, f"{ME}{SITES}[[from]]\ndate = 2027-03-01\n[from.sites.icu]\npay = {{ per_shift = 2500 }}\n"
    )
    now, then = (era.policy for era in written.eras)
    assert then.sites["tele"] is now.sites["tele"]
    assert then.night is now.night
    assert then.sites["icu"] is not now.sites["icu"]


def test_a_shift_is_made_with_the_policy_of_its_start(tmp_path: Path) -> None:
    """By the date where the body is, in the zone that holds then; so with pay and with the home zone."""
    written = read(
        tmp_path,
        f"{ME}{SITES}[[from]]\ndate = 2027-03-01\n[from.sites.icu]\npay = {{ per_shift = 2500 }}\n"
        '[from.clinician]\nhome_zone = "America/Phoenix"\n',
    )
    late, early = (datetime(2027, 3, 1, hour, tzinfo=UTC) for hour in (5, 8))
    assert written.site("icu", late).pay == Pay(2_000_00, "shift")
    assert written.site("icu", early).pay == Pay(2_500_00, "shift")
    assert written.site("icu").pay == Pay(2_000_00, "shift")
    # 06:30 in UTC is past midnight in Chicago, and not yet in Phoenix, where home is from then on.
    assert written.site("tele", datetime(2027, 3, 1, 6, 30, tzinfo=UTC)).body_zone == CHICAGO
    assert written.site("tele", datetime(2027, 3, 1, 7, 0, tzinfo=UTC)).body_zone == PHOENIX
    assert written.now(datetime(2027, 3, 1, 7, 0, tzinfo=UTC)).clinician.home_zone == PHOENIX
    assert written.now(datetime(2027, 3, 1, 6, 59, tzinfo=UTC)).clinician.home_zone == CHICAGO


def test_the_floor_of_a_month_is_that_of_its_first_date(tmp_path: Path) -> None:
    """A change in the middle of a month comes with the next."""
    written = read(
        tmp_path,
        f"{ME}[goals]\nfloor_monthly = 10_000\n[[from]]\ndate = 2027-02-02\n[from.goals]\nfloor_monthly = 4_000\n",
    )
    months = [Month(2027, 1), Month(2027, 2), Month(2027, 3)]
    assert [written.floor(month) for month in months] == [10_000_00, 10_000_00, 4_000_00]
    assert money(written, (), Span(date(2027, 1, 1), date(2027, 3, 31))).need == 24_000_00


BAD: dict[str, tuple[str, tuple[int, str], str]] = {
    "no date": ("[[from]]\n[from.caps]\nnights_per_month = 2\n", (4, "from[0].date"), "missing"),
    "no date at all": ('[[from]]\ndate = "soon"\n', (5, "from[0].date"), "2027-03-31"),
    "until before date": ("[[from]]\ndate = 2027-03-01\nuntil = 2027-02-01\n", (4, "from[0]"), "later one"),
    "one pair of brackets": ("[from]\ndate = 2027-03-01\n", (4, "from"), "double brackets"),
    "a list of numbers": ("from = [1]\n", (1, "from[0]"), "under [[from]]"),
    "another name": (
        '[[from]]\ndate = 2027-03-01\n[from.clinician]\nname = "S"\n',
        (7, "from[0].clinician.name"),
        "does not change",
    ),
    "another stream": (
        f'{SITES}[[from]]\ndate = 2027-03-01\n[from.sites.icu]\nstream = "locums"\n',
        (12, "from[0].sites.icu.stream"),
        "write another site",
    ),
    "other names": (
        f'{SITES}[[from]]\ndate = 2027-03-01\n[from.sites.icu]\nnames = ["X"]\n',
        (12, "from[0].sites.icu.names"),
        "write another site",
    ),
    "a new site": (
        '[[from]]\ndate = 2027-03-01\n[from.sites.new]\nstream = "locums"\n',
        (6, "from[0].sites.new"),
        "[sites.new]",
    ),
    "extends": ('[[from]]\ndate = 2027-03-01\nextends = ["acgme"]\n', (6, "from[0].extends"), "as a whole"),
    "a preset": ("[[from]]\ndate = 2027-03-01\n[from.preset]\n", (6, "from[0].preset"), "only a preset"),
    "entries within": (
        "[[from]]\ndate = 2027-03-01\n[[from.from]]\n",
        (6, "from[0].from"),
        "another [[from]]",
    ),
    "a section that is none": ("[[from]]\ndate = 2027-03-01\n[from.cpas]\n", (6, "from[0].cpas"), '"caps"'),
    "a key that is none": (
        "[[from]]\ndate = 2027-03-01\n[[from]]\ndate = 2027-04-01\n[from.caps]\nnight_per_month = 2\n",
        (9, "from[1].caps.night_per_month"),
        '"nights_per_month"',
    ),
    "a value that is none": (
        '[[from]]\ndate = 2027-03-01\n[from.caps]\nnights_per_month = "two"\n',
        (7, "from[0].caps.nights_per_month"),
        "write a number",
    ),
    "a contradiction": (
        "[goals]\nceiling_monthly = 200\n[[from]]\ndate = 2027-03-01\n[from.goals]\nfloor_monthly = 300\n",
        (5, "goals.ceiling_monthly"),
        "lower floor_monthly (so it stands from 2027-03-01)",
    ),
}


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_entry_is_a_problem_at_its_line(tmp_path: Path, case: str) -> None:
    """Each era is read by itself, and what is wrong with it is told where it was written."""
    text, place, told = BAD[case]
    path = tmp_path / "policy.toml"
    path.write_text(text + ME if text.startswith("from =") else ME + text, "utf-8")
    found, problems = read_policy(path)
    assert found is None
    assert place in [(one.line, one.key) for one in problems]
    assert told in next(one.text for one in problems if (one.line, one.key) == place)


def test_a_bad_entry_is_told_beside_a_bad_section(tmp_path: Path) -> None:
    """Everything at once, each once."""
    path = tmp_path / "policy.toml"
    path.write_text(
        f"{ME}[caps]\nnights_per_month = -1\n[[from]]\ndate = 2027-03-01\n[from.emr]\nat_most = -2\n"
    )
    assert [one.line for one in read_policy(path)[1]] == [5, 9]


# -- rules at the border ---------------------------------------------------------------------------------------------


def nights(cap: int) -> Policy:
    return only(caps={"nights_per_month": cap})


def test_a_month_keeps_the_cap_it_began_with() -> None:
    """A change on the 15th is of no consequence before the 1st; a change on the 1st holds at once."""
    january = row("icu", "2027-01-18 19:00", "2027-01-20 19:00")
    february = row("icu", "2027-02-01 19:00", "2027-02-03 19:00")
    middle = split("2027-01-15", nights(1), nights(2))
    assert [str(one.limit.span) for one in over(middle, january, "caps.nights_per_month")] == ["2027-01"]
    assert over(middle, february, "caps.nights_per_month") == []
    first = split("2027-02-01", nights(2), nights(1))
    assert over(first, january, "caps.nights_per_month") == []
    assert [str(one.limit.span) for one in over(first, february, "caps.nights_per_month")] == ["2027-02"]


def test_a_night_over_the_border_counts_where_it_begins() -> None:
    """From the last of January into February: January's, at its old cap; both borders of the month."""
    worked = row("icu", "2027-01-01 00:30", "2027-01-31 19:00")
    assert over(split("2027-02-01", nights(2), nights(0)), worked, "caps.nights_per_month") == []
    assert over(split("2027-01-01", nights(0), nights(2)), worked, "caps.nights_per_month") == []
    assert len(over(split("2027-02-01", nights(1), nights(2)), worked, "caps.nights_per_month")) == 1


def test_a_weekend_counts_in_the_month_of_its_saturday() -> None:
    """Work on Sunday 1 August belongs to July, and to its policy."""
    sunday = row("icu", "2027-08-01 07:00")
    strict, free = only(caps={"weekends_per_month": 0}), only(caps={"weekends_per_month": 2})
    assert over(split("2027-08-01", free, strict), sunday, "caps.weekends_per_month") == []
    assert len(over(split("2027-08-01", strict, free), sunday, "caps.weekends_per_month")) == 1


def test_a_window_over_the_border_keeps_the_old_value() -> None:
    """Seven dates that begin on 31 January are the old policy's; those that begin on 1 February the new one's."""
    old, new = only(caps={"hours_per_week": 36}), only(caps={"hours_per_week": 24})
    changed = split("2027-02-01", old, new)
    three = row("icu", "2027-01-31 07:00", "2027-02-02 07:00", "2027-02-04 07:00")
    assert over(changed, three, "caps.hours_per_week") == []
    later = row("icu", "2027-02-01 07:00", "2027-02-03 07:00", "2027-02-05 07:00")
    assert [str(one.limit.span.first) for one in over(changed, later, "caps.hours_per_week")] == [
        "2027-02-01"
    ]


def rest(hours: int) -> Policy:
    return only(rest={"between_shifts_hours": hours})


def test_rest_is_that_of_the_date_on_which_the_first_shift_begins() -> None:
    """From the 31st to the 1st the old rest is enough; between two shifts of the new time it is not."""
    changed = split("2027-02-01", rest(8), rest(12))
    across = (
        shift("a", "quiet-tele", "2027-01-31 12:00", 8),
        shift("b", "quiet-tele", "2027-02-01 06:00", 4),
    )
    assert over(changed, across, "rest.between_shifts_hours") == []
    after = (shift("a", "quiet-tele", "2027-02-01 12:00", 8), shift("b", "quiet-tele", "2027-02-02 06:00", 4))
    (found,) = over(changed, after, "rest.between_shifts_hours")
    shifts = {one.id: one for one in after}
    (reason,) = of_breaches(changed, [found], shifts, set(shifts))
    assert sentence(reason, shifts).endswith("you need 12 hours")


def test_a_set_that_reaches_over_the_border_does_not_hide_the_new_rest() -> None:
    """Three shifts within one long rest: the last two lie in the new time, and must keep it."""
    changed = split("2027-02-01", rest(4), rest(24))
    worked = (
        shift("a", "quiet-tele", "2027-01-31 20:00", 3),
        shift("b", "quiet-tele", "2027-02-01 08:00", 4),
        shift("c", "quiet-tele", "2027-02-01 18:00", 4),
    )
    found = over(changed, worked, "rest.between_shifts_hours")
    assert {one.shifts for one in found} == {("b", "c")}
    assert {str(one.limit.span) for one in found} == {"2027-02-01"}


@pytest.mark.parametrize(
    ("border", "start", "hours"),
    [
        ("2026-11-02", "2026-11-01 19:00", 12),
        ("2026-11-01", "2026-10-31 19:00", 13),
        ("2027-03-14", "2027-03-13 19:00", 11),
    ],
)
def test_a_night_on_which_the_clocks_change_is_of_its_own_date(border: str, start: str, hours: int) -> None:
    """A night that begins on the last date of the old time is the old policy's, whatever the clocks do in it."""
    worked = (shift("n", "icu", start, hours),)
    night = {"hours": 3}
    old = only(caps={"nights_in_a_row": 0}, night=night)
    new = only(caps={"nights_in_a_row": "none"}, night=night)
    assert len(over(split(border, old, new), worked, "caps.nights_in_a_row")) == 1
    assert over(split(border, new, old), worked, "caps.nights_in_a_row") == []


def test_recovery_is_that_of_the_blocks_first_date() -> None:
    """Two dates of one block, the second in the new time: the old recovery; over New Year too."""
    none, one = only(recovery={"days": 0}), only(recovery={"after_block_of_days": 2, "days": 1})
    worked = (
        *row("icu", "2026-12-31 07:00", "2027-01-01 07:00"),
        shift("t", "quiet-tele", "2027-01-02 09:00", 4),
    )
    assert over(split("2027-01-01", none, one), worked, "recovery") == []
    assert len(over(split("2027-01-01", one, none), worked, "recovery")) == 1


def test_a_gate_judges_by_the_offers_first_date() -> None:
    """An offer that begins on the 31st is the old policy's, all of it."""
    never = only(streams={"per_diem": {"decide": "never"}})
    changed = split("2027-02-01", only(), never)
    moment = Moment(datetime(2027, 1, 1, tzinfo=UTC), WIDE)

    def refused(*starts: str) -> list[str]:
        worked = tuple(replace(one, cents=100) for one in row("icu", *starts))
        offer = Offer("o", SITE["icu"], worked, Pay(100, "shift"))
        return [reason.rule for reason in refusals(changed, offer, moment)]

    assert refused("2027-01-31 07:00", "2027-02-01 07:00") == []
    assert refused("2027-02-01 07:00") == ["decide"]


def test_counters_know_what_a_night_was() -> None:
    """`[night]` may change as well."""
    worked = row("icu", "2027-01-31 20:00", "2027-02-03 20:00", hours=7)
    changed = split("2027-02-01", only(night={"hours": 3}), only(night={"hours": 4}))
    assert [counts(changed, worked, Month(2027, month)).nights for month in (1, 2)] == [1, 0]


# -- any border, any rules ------------------------------------------------------------------------------------------


@st.composite
def changed_policies(draw: st.DrawFn) -> tuple[Policy, tuple[Policy, ...], tuple[Shift, ...]]:
    """Two or three eras with any rules on, and a roster around their borders."""
    worked = draw(rosters(most=10))
    days = sorted({one.first for one in worked}) or [date(2027, 1, 13)]
    borders = sorted(
        {draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(-2, 2))) for _ in range(2)}
    )
    names = st.lists(st.sampled_from([rule.name for rule in RULES]), max_size=4, unique=True)
    policies = tuple(policy(**draw(sections(draw(names)))) for _ in range(len(borders) + 1))
    firsts = [date.min, *borders]
    lasts = [*(day - DAY for day in borders), date.max]
    spans = [Span(first, last) for first, last in zip(firsts, lasts, strict=True)]
    eras = tuple(Era(span, one) for span, one in zip(spans, policies, strict=True))
    return policies[0].changing(eras), policies, worked


def _facts(found: Iterable[Limit], ids: set[str]) -> Counter[tuple[object, ...]]:
    return Counter(
        (one.limit.rule, one.limit.span, one.value, one.limit.at_most, one.cents)
        for one in breaches(found, ids)
    )


@given(changed_policies())
def test_each_span_is_judged_by_the_policy_of_its_first_date(
    world: tuple[Policy, tuple[Policy, ...], tuple[Shift, ...]],
) -> None:
    """All rules of each era over the whole roster, those limits kept that begin in it: nothing is lost by looking at less."""
    changed, _, worked = world
    roster = Roster(worked, WIDE)
    ids = {one.id for one in worked}
    wanted: Counter[tuple[object, ...]] = Counter()
    for era in changed.eras:
        alone = all_limits(era.policy, roster)
        wanted += _facts((one for one in alone if one.span.first in era.span), ids)
    found = _facts(all_limits(changed, roster), ids)
    assert not wanted - found
    # Of sets that reach over a border the later part is kept besides.
    in_pairs = {rule.name for rule in RULES if rule.pairs}
    assert {fact[0] for fact in found - wanted} <= in_pairs, found - wanted


@given(changed_policies())
def test_shifts_of_one_era_alone_obey_all_of_its_rest(
    world: tuple[Policy, tuple[Policy, ...], tuple[Shift, ...]],
) -> None:
    """Two shifts that begin in one era and lie too close by its rest are never passed over, whatever lies before them."""
    changed, _, worked = world
    found = over(changed, worked, "rest.between_shifts_hours")
    ordered = sorted(worked, key=lambda one: one.begins)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            era = next(era for era in changed.eras if one.first in era.span)
            cap = era.policy.rest.between_shifts_hours
            if (
                cap
                and cap.over is None
                and other.first in era.span
                and other.begins < one.ends + timedelta(hours=cap.cap)
            ):
                assert any({one.id, other.id} <= set(breach.shifts) for breach in found)


@given(changed_policies())
def test_the_reach_is_that_of_the_longest_era(
    world: tuple[Policy, tuple[Policy, ...], tuple[Shift, ...]],
) -> None:
    """Enough is loaded for each of them."""
    changed, policies, _ = world
    assert reach(changed) == max(reach(one) for one in policies)

"""What of a pay is sure, what a post pays by the month, and what nights and weekends pay more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from policy.limits import breaches
from policy.money import Money, guaranteed, money, paid
from policy.reasons import of_breaches
from policy.rules import all_limits
from policy.schema import Policy
from policy.shift import Extra, Pay, Roster, Shift, Span
from tests.policy.predicates import World, floor_monthly
from tests.policy.worlds import SITES, only, row, shift

ICU, ED, LODGE = "icu", "desert-ed", "lodge"
JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))
Work = tuple[Shift, ...]


def _paying(pay: Mapping[str, Any], key: str = ICU, **keys: Any) -> Policy:
    """A floor of $3,000 a month, and a site that pays so."""
    sites = {**SITES, key: {**SITES[key], "pay": pay, **keys}}
    return only(goals={"floor_monthly": 3_000}, sites=sites)


def _short(written: Policy, worked: Work) -> int:
    """Cents that are missing from the floor of January, by the rule and by its sentence."""
    limits = all_limits(written, Roster(worked, JANUARY))
    found = breaches(limits, {one.id for one in worked})
    short = sum(b.value - b.limit.at_most for b in found if b.limit.rule == "goals.floor_monthly")
    assert floor_monthly(World(written, worked, JANUARY.first, JANUARY.last)) == (
        {(2027, 1): short} if short else {}
    )
    return short


@pytest.mark.parametrize(
    ("site_pay", "offer_pay", "percent"),
    [
        ({"per_shift": 1_000}, None, 100),
        ({"per_visit": 100, "visits_per_hour": 2}, None, 0),
        ({"per_visit": 100, "visits_per_hour": 2, "guaranteed_percent": 40}, None, 40),
        ({"per_visit": 100, "visits_per_hour": 2}, Pay(90_000, "shift"), 100),
        ({"per_shift": 1_000}, Pay(5_000, "visit"), 0),
        ({"per_shift": 1_000, "guaranteed_percent": 60}, Pay(90_000, "block"), 60),
    ],
)
def test_what_is_guaranteed(site_pay: dict[str, Any], offer_pay: Pay | None, percent: int) -> None:
    """What the site says holds for its offers too; else nothing of a pay by the visit is sure, and all of any other."""
    there = _paying(site_pay).site(ICU)
    pay = offer_pay or there.pay
    assert pay
    assert guaranteed(there, pay) == percent


def _worked(written: Policy, key: str, *starts: str, hours: float = 12) -> Work:
    there = written.site(key)
    return paid(tuple(replace(one, site=there) for one in row(key, *starts, hours=hours)), there.pay)


def test_the_floor_counts_what_is_sure() -> None:
    """Of 24 hours at 2 visits of $100 only 40 % count to the floor of $3,000; all of it is expected."""
    written = _paying({"per_visit": 100, "visits_per_hour": 2, "guaranteed_percent": 40})
    worked = _worked(written, ICU, "2027-01-04 07:00", "2027-01-31 19:00")
    assert [(one.cents, one.unsure) for one in worked] == [(240_000, 144_000)] * 2
    assert money(written, worked, JANUARY) == Money(300_000, 192_000, 108_000, 480_000)
    assert _short(written, worked) == 108_000


def test_of_odd_cents_the_sure_part_is_rounded_down() -> None:
    """A third of $100.01 is $33.00."""
    written = _paying({"per_shift": 100, "guaranteed_percent": 33})
    (worked,) = paid(_worked(written, ICU, "2027-01-04"), Pay(10_001, "shift"))
    assert worked.cents - worked.unsure == 3_300


@pytest.mark.parametrize(
    ("contract", "sure"),
    [
        (None, 80_000),
        ({"from": date(2027, 1, 1), "until": date(2027, 1, 31)}, 80_000),
        ({"from": date(2027, 1, 2)}, 0),  # of a month that is begun nobody knows the part
        ({"until": date(2027, 1, 30)}, 0),
    ],
)
def test_a_post_pays_by_the_month(contract: dict[str, Any] | None, sure: int) -> None:
    """$1,000 a month for a panel, 80 % of it sure, in the months that lie wholly in the contract."""
    more = {} if contract is None else {"contract": contract}
    written = _paying({"per_month": 1_000, "guaranteed_percent": 80}, ICU, **more)
    assert written.site(ICU).pay is None
    expected = 100_000 if sure else 0
    assert money(written, (), JANUARY) == Money(300_000, sure, 300_000 - sure, expected)
    assert _short(written, ()) == 300_000 - sure


def test_a_post_of_a_stream_that_does_not_count_is_expected_only() -> None:
    """Locums is upside, by the month as well; and a post above the floor leaves nothing missing."""
    locums = _paying({"per_month": 1_000}, ED)
    assert money(locums, (), JANUARY) == Money(300_000, 0, 300_000, 100_000)
    rich = _paying({"per_month": 5_000})
    assert money(rich, (), JANUARY).short == 0
    assert _short(rich, ()) == 0


def test_what_is_said_of_the_floor_has_the_post_in_it() -> None:
    """$1,000 of the post and $1,500 of a shift, of $3,000."""
    written = _paying({"per_month": 1_000})
    worked = (shift("a", ICU, "2027-01-10 07:00", cents=150_000),)
    limits = all_limits(written, Roster(worked, JANUARY))
    found = breaches(limits, {"a"})
    (reason,) = [
        one
        for one in of_breaches(written, found, {"a": worked[0]}, {"a"})
        if one.rule == "goals.floor_monthly"
    ]
    assert (reason.would_be, reason.bound) == (250_000, 300_000)


def test_nights_and_weekends_pay_more_on_the_sites_own_pay() -> None:
    """10 % for a night, 20 % for a start on Saturday or Sunday, both for both; an offer's own pay is what it is."""
    pay = {"per_shift": 1_000, "extra": {"night_percent": 10, "weekend_percent": 20}}
    written = _paying(pay)
    starts = (
        "2027-01-06 07:00",
        "2027-01-06 19:00",
        "2027-01-09 07:00",
        "2027-01-09 19:00",
        "2027-01-08 19:00",
        "2027-01-10 19:00",
    )
    assert [one.cents // 100 for one in _worked(written, ICU, *starts)] == [
        1_000,
        1_100,
        1_200,
        1_300,
        1_100,
        1_300,
    ]
    own = paid(_worked(written, ICU, "2027-01-09 19:00"), Pay(100_000, "shift"))
    assert [one.cents for one in own] == [100_000]


@pytest.mark.parametrize(
    ("start", "hours", "cents"), [("2027-03-13 20:00", 6, 60_000), ("2026-10-31 20:00", 7, 77_000)]
)
def test_a_night_is_what_the_policy_calls_one_on_the_nights_of_the_change(
    start: str, hours: int, cents: int
) -> None:
    """20:00 to 03:00 has two hours of night in spring; to 02:00 it has three in autumn."""
    written = _paying({"per_hour": 100, "extra": {"night_percent": 10}})
    assert [one.cents for one in _worked(written, ICU, start, hours=hours)] == [cents]
    assert written.site(ICU).pay == Pay(10_000, "hour", extra=Extra(10, 0, time(0), time(5), 180))

"""Small worlds for tests: a few sites of every kind, rosters around awkward dates, policies that bite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from policy.schema import Policy
from policy.shift import RedTime, Shift, Site, Span
from tests.policy import portfolio_worlds as portfolio
from tests.policy import worlds_duty

CHICAGO = ZoneInfo("America/Chicago")
PHOENIX = ZoneInfo("America/Phoenix")

SITES: Mapping[str, Mapping[str, Any]] = {
    "icu": {
        "stream": "per_diem",
        "emr": "Epic",
        "intensity": "high",
        "travel": {"mode": "drive", "minutes": 25},
    },
    "desert-ed": {
        "stream": "locums",
        "zone": "America/Phoenix",
        "emr": "Cerner",
        "intensity": "high",
        "travel": {"mode": "fly"},
    },
    "lodge": {
        "stream": "per_diem",
        "emr": "Epic",
        "intensity": "moderate",
        "travel": {"mode": "drive", "minutes": 80, "overnight": True},
        "onboarded": False,
    },
    "urgent-tele": {
        "stream": "telemedicine",
        "zone": "America/Phoenix",
        "intensity": "moderate",
        "model": "dtc",
        "pay": {"per_visit": 40, "visits_per_hour": 3},
        "visits_per_hour": Decimal("4.5"),
        "onboarded": False,
    },
    "quiet-tele": {
        "stream": "telemedicine",
        "emr": "Athena",
        "intensity": "low",
        "model": "dtc",
        "employer": "Quiet Health",
        "pay": {"per_visit": 60, "visits_per_hour": 2},
    },
    "teaching": {"stream": "nonclinical", "place": "home", "intensity": "low"},
    "video": {
        "stream": "per_diem",
        "place": "home",
        "intensity": "low",
        "emr": "Athena",
        "screen": True,
        "clinical": False,
        "buffer": {"before": 15, "after": 30},
    },
}
OFF: Mapping[str, Any] = {
    "caps": {"off_days_per_month": "none", "energy_per_7_days": "none"},
    "rest": {"between_shifts_hours": "none"},
    "recovery": {"days": 0},
    "emr": {"at_most": "none"},
    "goals": {"floor_monthly": 0},
    **portfolio.OFF,
}
"""Every rule that can be switched off is."""

AWKWARD = (
    date(2026, 11, 1),  # the clocks go back, on the first of a month, a Sunday
    date(2027, 3, 14),  # the clocks go forward
    date(2027, 1, 1),
    date(2026, 12, 31),
    date(2027, 1, 31),  # a Sunday: its weekend lies in one month
    date(2027, 2, 28),  # a Sunday
    date(2027, 5, 1),  # a Saturday
    date(2027, 7, 31),  # a Saturday: its Sunday lies in August
    date(2028, 2, 29),
    date(2027, 1, 13),
)
WIDE = Span(date(2026, 9, 1), date(2028, 5, 31))
"""Holds every shift of these worlds."""


def policy(**changes: Any) -> Policy:
    """The defaults, with these sites and sections; `caps` and `goals` are written, and empty unless given."""
    text = {
        "clinician": {"name": "R. Example", "home_zone": "America/Chicago"},
        "goals": {},
        "caps": {},
        "sites": SITES,
    }
    return Policy.model_validate({**text, **changes})


def only(**changes: Any) -> Policy:
    """Nothing but red time and overlap, and the keys given."""
    merged = {
        key: {**OFF.get(key, {}), **written} if isinstance(written, Mapping) else written
        for key in {*OFF, *changes}
        for written in (changes.get(key, {}),)
    }
    return policy(**merged)


PLAIN = only()
SITE: Mapping[str, Site] = {key: PLAIN.site(key) for key in SITES}


def shift(key: str, site: str, start: str, hours: float = 12, cents: int = 0) -> Shift:
    """From a wall clock time at the site, such as `2027-01-04 19:00`, for so many elapsed hours."""
    there = SITE[site]
    begins = datetime.fromisoformat(start).replace(tzinfo=there.body_zone).astimezone(UTC)
    return Shift.at(there, begins, begins + timedelta(hours=hours), key=key, cents=cents)


def row(site: str, *starts: str, hours: float = 12) -> tuple[Shift, ...]:
    """Shifts of one length; ids are s1, s2, …"""
    return tuple(
        shift(f"{site}-{number}", site, start, hours) for number, start in enumerate(starts, start=1)
    )


# --- Strategies -----------------------------------------------------------------------------------------------


@st.composite
def rosters(draw: st.DrawFn, most: int = 14, longest: int = 36) -> tuple[Shift, ...]:
    """Up to `most` shifts within two weeks of an awkward date; they may overlap."""
    around = draw(st.sampled_from(AWKWARD))
    sites = draw(st.lists(st.sampled_from(sorted(SITES)), min_size=1, max_size=5, unique=True))
    spread = draw(st.sampled_from((3, 6, 12)))
    size = draw(st.integers(0, most))
    found = draw(st.lists(slots(spread, sites, longest), min_size=size, max_size=size))
    return tuple(at(around, slot, f"s{number:02}") for number, slot in enumerate(found))


@dataclass(frozen=True)
class Slot:
    """A shift that has no date of its own yet."""

    site: str
    day: int
    hour: int
    minute: int
    hours: float
    cents: int


def slots(spread: int, sites: Sequence[str] = tuple(SITES), longest: int = 36) -> st.SearchStrategy[Slot]:
    lengths = [n for n in (12, 8, 4, 1, 24, 5, 36) if n <= longest]
    return st.builds(
        Slot,
        site=st.sampled_from(sites),
        day=st.integers(-spread, spread),
        hour=st.sampled_from((19, 7, 12, 23, 0, 1, 2, 16, *range(24))),
        minute=st.sampled_from((0, 0, 0, 30, 45)),
        hours=st.sampled_from((*lengths, *lengths, 0.5, 7.25, *range(1, longest + 1))),
        cents=st.sampled_from((0, 100_000, 123_457, 250_000)),
    )


def at(around: date, slot: Slot, key: str) -> Shift:
    site = SITE[slot.site]
    day = around + timedelta(days=slot.day)
    begins = datetime.combine(day, time(slot.hour, slot.minute), site.body_zone).astimezone(UTC)
    return Shift.at(site, begins, begins + timedelta(hours=slot.hours), key=key, cents=slot.cents)


@st.composite
def red_times(draw: st.DrawFn, near: Sequence[Shift]) -> tuple[RedTime, ...]:
    """Some that just touch a shift, or just do not."""
    if not near:
        return ()
    found = []
    for number in range(draw(st.integers(0, 2))):
        one = draw(st.sampled_from(near))
        edge = draw(st.sampled_from((one.begins, one.ends)))
        start = edge + draw(st.sampled_from((-60, -1, 0, 1, 60))) * timedelta(minutes=1)
        end = start + draw(st.sampled_from((1, 60, 600))) * timedelta(minutes=1)
        found.append(RedTime(f"r{number}", start, end))
    return tuple(found)


def cap(low: int, high: int) -> st.SearchStrategy[Any]:
    """A cap as the clinician writes it: a number, or a number and a price in dollars."""
    number = st.integers(low, high)
    return number | st.fixed_dictionaries({"cap": number, "over": st.sampled_from((0, 7, 150))})


RULE_KEYS: Mapping[str, tuple[str, str, int, int]] = {
    "rest.between_shifts_hours": ("rest", "between_shifts_hours", 0, 30),
    "caps.nights_per_month": ("caps", "nights_per_month", 0, 4),
    "caps.weekends_per_month": ("caps", "weekends_per_month", 0, 2),
    "caps.high_intensity_per_month": ("caps", "high_intensity_per_month", 0, 4),
    "caps.off_days_per_month": ("caps", "off_days_per_month", 20, 28),
    "caps.hours_per_week": ("caps", "hours_per_week", 0, 70),
    "caps.energy_per_7_days": ("caps", "energy_per_7_days", 0, 14),
    "caps.days_in_a_row": ("caps", "days_in_a_row", 0, 5),
    "caps.nights_in_a_row": ("caps", "nights_in_a_row", 0, 3),
    "emr.at_most": ("emr", "at_most", 0, 3),
    "travel.trips_per_month": ("travel", "trips_per_month", 0, 3),
    "travel.min_block_days": ("travel", "min_block_days", 0, 4),
    **worlds_duty.KEYS,
    "telemedicine.visits_per_hour": ("telemedicine", "visits_per_hour", 2, 6),
    **portfolio.RULE_KEYS,
}
"""Where the cap of each rule is written, and numbers small enough to bite."""


@st.composite
def sections(draw: st.DrawFn, rules: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The sections of a policy in which just these rules are on."""
    text: dict[str, dict[str, Any]] = {key: dict(section) for key, section in OFF.items()}
    for rule in rules:
        if rule in RULE_KEYS:
            section, key, low, high = RULE_KEYS[rule]
            text.setdefault(section, {})[key] = draw(cap(low, high))
        worlds_duty.write(draw, rule, text)
        if rule == "emr.at_most":
            text["emr"]["within_days"] = draw(st.integers(1, 7))
        if rule == "recovery":
            text["recovery"] |= {
                "after_block_of_days": draw(st.integers(1, 3)),
                "days": draw(st.integers(1, 3)),
            }
            if draw(st.booleans()):
                text["recovery"]["over"] = draw(st.sampled_from((1, 150)))
        if rule == "goals.floor_monthly":
            text["goals"]["floor_monthly"] = draw(st.sampled_from((1_500, 4_000, 20_000)))
            text.setdefault("prices", {})["floor_weight"] = draw(st.sampled_from((1, 10)))
        if rule == "streams.min_shifts_per_month":
            names = draw(st.lists(st.sampled_from(("telemedicine", "locums")), min_size=1, unique=True))
            text["streams"] = {name: {"min_shifts_per_month": draw(cap(0, 4))} for name in names}
        portfolio.write(draw, rule, text, SITES)
    if draw(st.integers(0, 4)) == 0:
        text["night"] = {"hours": draw(st.integers(1, 5))}
    return text

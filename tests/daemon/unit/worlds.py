"""A clinician with four sites, for tests of what the daemon makes of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from policy.money import paid
from policy.schema import Policy
from policy.shift import Offer, Pay, RedTime, Shift, Span
from solver.solve import Problem

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 12, 15, 8, tzinfo=CHICAGO).astimezone(UTC)
TODAY = date(2026, 12, 15)
JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))
SITES: dict[str, dict[str, Any]] = {
    "lakeside-ed": {
        "stream": "per_diem",
        "names": ["Lakeside ED", "LKSD"],
        "emr": "Epic",
        "pay": {"per_shift": 2300},
        "travel": {"mode": "drive", "minutes": 25},
    },
    "pinecrest-uc": {
        "stream": "per_diem",
        "names": ["Pinecrest UC"],
        "emr": "Athena",
        "intensity": "moderate",
        "pay": {"per_hour": 145},
    },
    "mesa-ed": {
        "stream": "locums",
        "names": ["Mesa ED"],
        "zone": "America/Phoenix",
        "emr": "Cerner",
        "pay": {"per_hour": 240},
        "travel": {"mode": "fly"},
    },
    "harbor-tele": {
        "stream": "telemedicine",
        "names": ["Harbor Tele"],
        "zone": "America/New_York",
        "intensity": "low",
        "pay": {"per_hour": 120},
    },
    "video": {
        "stream": "per_diem",
        "names": ["Video"],
        "place": "home",
        "intensity": "low",
        "pay": {"per_hour": 120},
        "buffer": {"before": 15, "after": 15},
    },
}
QUIET: dict[str, Any] = {
    "goals": {"floor_monthly": 0},
    "caps": {"off_days_per_month": "none", "energy_per_7_days": "none"},
    "rest": {"between_shifts_hours": "none"},
    "recovery": {"days": 0},
    "emr": {"at_most": "none"},
}


def policy(**keys: Any) -> Policy:
    """No rule but overlap and red time, unless written."""
    sections = {name: {**QUIET.get(name, {}), **keys.get(name, {})} for name in {*QUIET, *keys}}
    clinician = {"name": "R. Example", "home_zone": "America/Chicago"}
    return Policy.model_validate({"clinician": clinician, "sites": SITES, **sections})


def at(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shift(
    key: str, site: str, start: str, hours: float = 12, *, dollars: int = 0, rules: Policy | None = None
) -> Shift:
    there = (rules or policy()).site(site)
    begins = at(start, there.body_zone).astimezone(UTC)
    return Shift.at(there, begins, begins + timedelta(hours=hours), key=key, cents=dollars * 100)


def offer(
    key: str,
    site: str,
    *starts: str,
    dollars: int = 2_400,
    hours: float = 12,
    respond_by: datetime | None = None,
) -> Offer:
    pay = Pay(dollars * 100, "shift")
    many = len(starts) > 1
    shifts = [
        shift(f"{key}/{number}" if many else key, site, start, hours)
        for number, start in enumerate(starts, start=1)
    ]
    return Offer(key, policy().site(site), paid(shifts, pay), pay, NOW, respond_by)


def problem(
    *offers: Offer,
    commitments: tuple[Shift, ...] = (),
    red: tuple[RedTime, ...] = (),
    rules: Policy | None = None,
) -> Problem:
    return Problem(rules or policy(), NOW, JANUARY, commitments, red, offers)

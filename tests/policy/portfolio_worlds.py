"""Policies in which a rule about streams, sites, trips or targets is on, with numbers that bite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Text = dict[str, dict[str, Any]]
Draw = Callable[[st.SearchStrategy[Any]], Any]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STREAMS = ("telemedicine", "per_diem", "locums")
PRICE = st.sampled_from((0, 7, 150))
SOME_PRICE = st.sampled_from((7, 150))

RULE_KEYS: Mapping[str, tuple[str, str, int, int]] = {
    "caps.nights_away_per_month": ("caps", "nights_away_per_month", 0, 4),
    "caps.new_sites_per_month": ("caps", "new_sites_per_month", 0, 1),
    "travel.days_between_trips": ("travel", "days_between_trips", 0, 9),
    "telemedicine.per_visit_companies": ("telemedicine", "per_visit_companies", 0, 1),
    "hands_on.min_shifts_per_month": ("hands_on", "min_shifts_per_month", 0, 3),
}
"""As in `tests.policy.worlds`."""
OFF: Mapping[str, Mapping[str, Any]] = {
    "travel": {"telemedicine_under_way": "none"},
    "telemedicine": {"per_visit_companies": "none"},
}


def bound(draw: Draw, low: int, high: int, key: str = "cap") -> dict[str, Any]:
    """A table that is hard, or has a price."""
    table = {key: draw(st.integers(low, high))}
    return {**table, "over": draw(PRICE)} if draw(st.booleans()) else table


def write(draw: Draw, rule: str, text: Text, sites: Mapping[str, Mapping[str, Any]]) -> None:
    """Write into the text what turns this rule on."""
    table, _, key = rule.partition(".")
    if table == "streams" and key in STREAM:
        stream = text.setdefault("streams", {}).setdefault(draw(st.sampled_from(STREAMS)), {})
        stream[key] = STREAM[key](draw)
    if table == "sites" and key in SITE:
        own = text.setdefault("sites", {name: dict(site) for name, site in sites.items()})
        there = own[draw(st.sampled_from(sorted(sites)))]
        if key.startswith("pattern."):
            # Two rules of one key: were it written at two sites, each would have a price of its own.
            there = next((one for one in own.values() if "pattern" in one), there)
        SITE[key](draw, there)
    if rule in OTHER:
        OTHER[rule](draw, text)
    if rule == "streams.preferred_weekdays":
        text.setdefault("prices", {})["off_weekday"] = draw(PRICE)


STREAM: Mapping[str, Callable[[Draw], Any]] = {
    "preferred_weekdays": lambda draw: draw(st.lists(st.sampled_from(WEEKDAYS), unique=True)),
    "max_shifts_per_month": lambda draw: bound(draw, 0, 4),
    "hours_per_week": lambda draw: bound(draw, 0, 40),
    "sites_per_month": lambda draw: bound(draw, 0, 1),
    "shift_hours": lambda draw: {
        **bound(draw, 1, 8, "at_least"),
        "at_most": draw(st.integers(8, 13)),
    },
}


def _travel(draw: Draw, site: dict[str, Any]) -> None:
    site["travel"] = {**site.get("travel", {}), "cost": draw(SOME_PRICE)}


def _min_shifts(draw: Draw, site: dict[str, Any]) -> None:
    site["min_shifts"] = {
        **bound(draw, 0, 4),
        "per": draw(st.sampled_from(("month", "quarter", "half", "year"))),
    }


def _pattern(draw: Draw, site: dict[str, Any]) -> None:
    site["pattern"] = {**bound(draw, 0, 3, "weekdays"), "weekends": draw(st.integers(0, 2))}


SITE: Mapping[str, Callable[[Draw, dict[str, Any]], None]] = {
    "travel.cost": _travel,
    "min_shifts": _min_shifts,
    "pattern.weekdays": _pattern,
    "pattern.weekends": _pattern,
    "hassle": lambda draw, site: site.update(hassle=draw(SOME_PRICE)),
}


def _under_way(draw: Draw, text: Text) -> None:
    more = {"over": draw(PRICE)} if draw(st.booleans()) else {}
    text.setdefault("travel", {})["telemedicine_under_way"] = {"cap": 0, **more}


def _windows(draw: Draw, text: Text) -> None:
    first = draw(st.dates(date(2026, 9, 1), date(2028, 4, 1)))
    window = {"from": first, "until": first + timedelta(days=draw(st.integers(0, 300)))}
    travel = text.setdefault("travel", {})
    travel["windows"] = [window]
    travel["trips_outside_windows"] = bound(draw, 0, 2)


def _targets(draw: Draw, text: Text) -> None:
    weight = draw(st.sampled_from((0, 1, 3)))
    found = []
    for name in ("loans", "move")[: draw(st.integers(1, 2))]:
        by = draw(st.dates(date(2026, 10, 1), date(2028, 6, 1)))
        amount = draw(st.sampled_from((1_000, 12_000, 40_000)))
        since = {"from": by - timedelta(days=draw(st.integers(0, 400)))} if draw(st.booleans()) else {}
        found.append({"name": name, "amount": amount, "by": by, "earned": 500, "weight": weight, **since})
    text.setdefault("goals", {})["targets"] = found


def _smooth(draw: Draw, text: Text) -> None:
    text.setdefault("goals", {})["smooth"] = {
        "weekly": draw(st.sampled_from((1_000, 2_500))),
        "percent": draw(st.sampled_from((5, 20))),
    }


OTHER: Mapping[str, Callable[[Draw, Text], None]] = {
    "travel.telemedicine_under_way": _under_way,
    "travel.trips_outside_windows": _windows,
    "prices.travel_hour": lambda draw, text: text.setdefault("prices", {}).update(
        travel_hour=draw(SOME_PRICE)
    ),
    "prices.new_site": lambda draw, text: text.setdefault("prices", {}).update(new_site=draw(SOME_PRICE)),
    "goals.targets": _targets,
    "goals.smooth": _smooth,
}

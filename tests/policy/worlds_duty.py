"""Duty-hour rules as the clinician writes them, with numbers small enough to bite."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

KEYS = {
    "caps.shift_hours": ("caps", "shift_hours", 0, 24),
    "caps.night_shift_hours": ("caps", "night_shift_hours", 0, 14),
    "caps.screen_hours_per_day": ("caps", "screen_hours_per_day", 0, 12),
    "caps.clinical_hours_per_week": ("caps", "clinical_hours_per_week", 0, 70),
}
"""Plain bounds."""


@st.composite
def table(draw: st.DrawFn, least: dict[str, int], most: dict[str, int], *, priced: bool) -> dict[str, Any]:
    """Whole numbers for each key, and perhaps a price; without one a long window may only warn."""
    text = {key: draw(st.integers(low, most[key])) for key, low in least.items()}
    if draw(st.booleans()):
        text["over"] = draw(st.sampled_from((0, 7, 150))) if priced else 0
    return text


@st.composite
def some_runs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One or two, at one price."""
    over = draw(st.sampled_from((None, None, 0, 7)))
    found = []
    for name in draw(st.sampled_from((["a"], ["a", "b"]))):
        text: dict[str, Any] = {
            "name": name,
            "of": draw(st.sampled_from(KINDS)),
            **({} if over is None else {"over": over}),
        }
        text |= draw(st.sampled_from(({}, {}, {"longer_than_hours": 10}, {"at_least_hours": 12})))
        if draw(st.booleans()):
            text["at_most"] = draw(st.integers(1, 3))
            if draw(st.booleans()):
                text["within_days"] = text["at_most"] + draw(st.integers(1, 6))
        if "at_most" not in text or draw(st.booleans()):
            text["rest"] = {
                "after": draw(st.integers(1, 3)),
                "hours": draw(st.sampled_from((1, 11, 24, 46, 80))),
            }
        found.append(text)
    return found


KINDS = ("any", "day", "early", "late", "night", "high", "moderate", "low")


def write(draw: st.DrawFn, rule: str, text: dict[str, Any]) -> None:
    """Write one rule into the sections of a policy."""

    def put(section: str, key: str, value: Any) -> None:
        text.setdefault(section, {})[key] = value

    match rule:
        case "caps.average_week_hours":
            most = {"cap": 40, "weeks": 3}
            put("caps", "average_week_hours", draw(table({"cap": 1, "weeks": 2}, most, priced=False)))
        case "caps.off_days_in":
            days = draw(st.integers(2, 16))
            written = draw(table({"cap": 1}, {"cap": days - 1}, priced=False))
            put("caps", "off_days_in", {**written, "within_days": days})
        case "caps.weekends_in":
            put("caps", "weekends_in", draw(table({"cap": 0, "of": 2}, {"cap": 2, "of": 4}, priced=False)))
        case "rest.weekly_hours":
            written = draw(table({"cap": 11}, {"cap": 168}, priced=True))
            put("rest", "weekly_hours", {**written, "within_days": draw(st.sampled_from((7, 7, 14)))})
        case "rest.as_long_as_shift":
            put("rest", "as_long_as_shift", True)
        case "recovery.points_after":
            put("recovery", "after_block_of_days", draw(st.integers(1, 3)))
            most = {"cap": 6, "within_days": 9}
            put("recovery", "points_after", draw(table({"cap": 0, "within_days": 1}, most, priced=True)))
        case "prices.backward_rotation":
            put("prices", "backward_rotation", draw(st.sampled_from((0, 7, 150))))
        case "runs.at_most" | "runs.rest":
            text["runs"] = draw(some_runs())

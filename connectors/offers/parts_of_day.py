"""Clocks with a part of the day behind them: `9 in the morning`, `5:30-9:30 in the evening`, `10 at night`."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_PART_OF_DAY = re.compile(
    r"(?<![\d:/.$-])(\d{1,2}(?::\d{2})?) (?:o['’]?clock )?(?:in the (morning|afternoon|evening)|at (night))\b",
    _I,
)
_RANGE_IN_PART = re.compile(
    r"(?<![\w:/.$-])((?:1[0-2]|[1-9])(?::\d{2})?) ?[-–] ?((?:1[01]|[1-9])(?::\d{2})?) in the (morning|afternoon|evening)\b",
    _I,
)
"""`5:30-9:30 in the evening`, `11-7 in the morning`: the half is that of the end."""
_ENDS = {"morning": range(1, 12), "afternoon": range(1, 7), "evening": range(5, 12)}
"""The hours that each part of the day may end at."""


def _ending_in(found: re.Match[str]) -> str:
    """The half is that of the end; of `7-3 in the morning`, which may begin at either seven, nothing is said."""
    part, start, end = found[3].lower(), *(int(found[at].split(":")[0]) for at in (1, 2))
    if part == "morning" and end <= start < 10:
        return f"{found[1]}-{found[2]}"
    if start == end or end not in _ENDS[part]:
        return found[0]
    return f"{found[1]}-{found[2]}{'am' if part == 'morning' else 'pm'}"


def in_parts_of_day(text: str) -> str:
    """The text with a.m. and p.m. instead, where the part of the day leaves but one."""
    return _PART_OF_DAY.sub(_with_half, _RANGE_IN_PART.sub(_ending_in, text))


def _with_half(found: re.Match[str]) -> str:
    hour = int(found[1].split(":")[0])
    part = (found[2] or found[3]).lower()
    if not 1 <= hour <= 12 or (part == "night" and hour < 6):
        return found[0]
    return f"{found[1]}{'a' if part == 'morning' else 'p'}"

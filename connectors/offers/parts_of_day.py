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


NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_HOUR = rf"(?:{'|'.join(NUMBERS)}|1[0-2]|[1-9])"
_PAST = re.compile(rf"\b(half|(?:a )?quarter) (past|to) ({_HOUR})\b(?![:/])", _I)
_TILL_WORD = re.compile(
    rf"(?:(?<=\d[ap])|(?<=\d [ap])|(?<=\d[ap]m)|(?<=\d [ap]m))( till? | until )({'|'.join(NUMBERS)})(?=\s*(?:[.,;:!?)]|$| and\b| at\b))",
    _I,
)
"""`6:30p till eleven`."""


def with_digits(text: str) -> str:
    """`half past six in the evening till eleven`: clocks in words, in digits."""
    return _PAST.sub(_past, text)


def till_digits(text: str) -> str:
    """The end of hours in words, behind a beginning that says its half of the day."""
    return _TILL_WORD.sub(lambda found: f"{found[1]}{NUMBERS[found[2].lower()]}", text)


def _past(found: re.Match[str]) -> str:
    hour = NUMBERS.get(found[3].lower()) or int(found[3])
    before = found[2].lower() == "to"
    if before and found[1].lower() == "half":
        return found[0]
    minutes = 30 if found[1].lower() == "half" else 45 if before else 15
    return f"{(hour - 2) % 12 + 1 if before else hour}:{minutes}"


def in_parts_of_day(text: str) -> str:
    """The text with a.m. and p.m. instead, where the part of the day leaves but one."""
    return till_digits(_PART_OF_DAY.sub(_with_half, _RANGE_IN_PART.sub(_ending_in, text)))


def _with_half(found: re.Match[str]) -> str:
    hour = int(found[1].split(":")[0])
    part = (found[2] or found[3]).lower()
    if not 1 <= hour <= 12 or (part == "night" and hour < 6):
        return found[0]
    return f"{found[1]}{'a' if part == 'morning' else 'p'}"

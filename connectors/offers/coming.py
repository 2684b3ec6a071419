"""Weekdays without a date, as the days to come."""

from __future__ import annotations

import re
from datetime import date, timedelta

from connectors.offers.notation import DAY, HOURS, MONTH, weekday_of
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_THIS = Quick(
    rf"\bthis (?:coming )?({DAY}(?:\s?(?:[/,&+]|and)\s?{DAY})*)(?![\w/-])(?! or {DAY} \(\d)(?!,? ?(?:\d{{1,2}}(?:/|th|st|nd|rd)|{MONTH}))",
    _I,
)
_COMING = re.compile(
    r"(?<![\w/-])((?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?(?![\w/-])", _I
)
_NOT_COMING = re.compile(
    r"\b(?:next|last|(?:every|each|any|all) (?:other |week|mon|tue|wed|thu|fri|sat|sun)|most|usual(?:ly)?|regular(?:ly)?|weekly|monthly|alternate|always|recurring|standing|ongoing|was|were|yesterday|either|or)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?:s\b|\s?(?:-|–|to|thru|through)\s?(?:mon|tue|wed|thu|fri|sat|sun))",
    _I,
)
_ASKED_FOR = re.compile(
    r"[$£€]\d|\b(?:ea|each|needs?|needed|needing|short|cover(?:age|ing)?|uncovered|unfilled|any ?(?:one|body)|some(?:one|body)|can (?:you|u)|could (?:you|use)|who can|looking for|this|grab|pick up"
    r"|pick one|help|openings?|holes?|gaps?|up for grabs|reply|respond|text|txt|let (?:me|us) know|available|interested)\b",
    _I,
)
"""What is said of days that somebody is looked for on; bare days and hours may be anybody's, or a clinic's."""
_UNTIL = re.compile(r"\b(?:by|before|until|till|since|after|from|good|super|easter)\s*$", _I)
_WEEKEND = re.compile(r"\b(?:this |the )?(?:coming )?weekend\b(?! (?:rate|pay|call|differential))", _I)
FRIDAY = 4


def coming_days(text: str, today: date, heading: str = "") -> str:
    """`Saturday 9a-5p`, `wed night`, in a message without a single date: those that come next.

    `heading` is what stands above it and may say that somebody is looked for.

    Not the day on which it is said, not "next Friday", not what recurs; those that do not follow each other stay too.
    """
    asked = _ASKED_FOR.search(text) or _ASKED_FOR.search(heading)
    if not HOURS.search(text) or _NOT_COMING.search(f"{heading} {text}") or not asked:
        return text
    found = [one for one in _COMING.finditer(text) if not _UNTIL.search(text[: one.start()])]
    ahead = [(weekday_of(one[1]) - today.weekday()) % 7 for one in found]
    weekend = _WEEKEND.search(text)
    if not ahead or not all(ahead) or ahead != sorted(set(ahead)):
        return text
    if weekend and any(weekday_of(one[1]) < FRIDAY for one in found):
        return text
    for one, number in reversed(list(zip(found, ahead, strict=True))):
        text = f"{text[: one.start()]}{(today + timedelta(days=number)).isoformat()}{text[one.end() :]}"
    return _WEEKEND.sub("", text)


def these_days(text: str, today: date) -> str:
    """Write out `this Saturday and Sunday` wherever it stands."""
    return _THIS.sub(lambda found: _this_one(found, today), text)


def _this_one(found: re.Match[str], today: date) -> str:
    """Write out `this Saturday and Sunday`: of the days to come, and not of the day on which it is said."""
    ahead = [(weekday_of(word) - today.weekday()) % 7 for word in re.findall(DAY, found[1], _I)]
    if not all(ahead) or ahead != sorted(ahead):
        return found[0]
    return ", ".join((today + timedelta(days=number)).isoformat() for number in ahead)

"""The words that say which half of the day shifts are in."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE

NIGHT = Quick(r"\b(?:(?<!last )night|tonight|nights|overnight|noc|nocs|nocturnist)\b", _I)
DAY = Quick(
    r"(?<!each )(?<!per )(?<!/)(?<!\ba )(?<!any )(?<!every )(?<!one )\bday(?:time)?(?: shift| cover)?\b(?! rate)|(?<=, )days(?=\s*(?:[.;)]|$))|\bmorning\b",
    _I,
)
ONLY_DAYS = Quick(
    r"\b(?:day(?:time|s)?|morning)(?: (?!or\b|and\b|nor\b)\w+){0,3} only\b|\bonly (?:days|day(?:time)? (?:shifts|hours|sessions|clinics|work))\b"
    r"|\ball (?:(?:are|of them are|shifts are|these are|times are|hours are) )?(?:days|day(?:time)?(?: shifts)?|a\.?m\.? to p\.?m\.?)(?=\s*(?:[.,;!)]|$|of course|as (?:usual|always)|naturally|obviously))"
    r"|\b(?:hours|times?|brackets?|shifts)\b[^.;:\n]{0,25}\b(?:a\.?m\.? (?:to|-) p\.?m\.?|daytime(?: hours)?|day hours)\b"
    r"|\bno (?:nights?|overnights?)(?: shifts?| work)?(?:,? (?:or|and|no) (?:evenings?|weekends?|call))?(?=\s*(?:[.,;!)]|$))",
    _I | re.MULTILINE,
)
ONLY_NIGHTS = Quick(
    r"\b(?:nights?|overnights?|night ?time)(?: (?!or\b|and\b|nor\b)\w+){0,3} only\b|\bonly (?:nights|overnights|night (?:shifts|hours|work))\b"
    r"|\ball (?:(?:are|of them are|shifts are|these are|times are|hours are) )?(?:nights|night shifts|overnights?|p\.?m\.? to a\.?m\.?)(?=\s*(?:[.,;!)]|$))",
    _I | re.MULTILINE,
)
"""What a message says once of all its shifts; it settles `9-5`."""
_ANY_DAY = re.compile(r"(?<!/)(?<!per )\bday(?:s|time)?\b", _I)
_HALF_DAYS = re.compile(r"(?<=\d )days\b|\bdays?(?= (?:and|&|or) nights?)|\bdays\b(?= ?[,;(/:]| \d)", _I)
NIGHT_SHIFT = re.compile(
    r"(?<!no )(?<!or )(?<!and )(?<!per )(?<!/)(?<!a )(?<!last )\bnights?\b(?! (?:rate|differential|pay|float|call|or|and|\$|at))|\bovernight\b",
    _I,
)
DAY_SHIFT = re.compile(r"(?<!no )\b(?:day ?time|day shifts?)\b|\d day\b(?! (?:rate|notice))", _I)
HALF_LEGEND = re.compile(
    r"(?<![/\w])(?<!per )(day|night)s?(?: shifts?)?(?: hours)?\s?(?:are|is|=|:|-|–|run|from|\()?\s?", _I
)
"""`Days are 7a-7p, nights 7p-7a`, where hours stand behind it."""
HALF_WORD = re.compile(r"(?<![/\w])(?<!per )(?<!each )(?<!a )(day|night)s?\b(?: shifts?\b)?", _I)
OF_THE_WEEK = Quick(r"\b(weekday|weekend)s?\b(?! (?:call|rate|pay|differential|bonus|premium|warrior))", _I)


def usual_half(text: str) -> str:
    """`night` or `day` where a text says that all of its shifts are; else nothing."""
    if ONLY_NIGHTS.search(text) and not _ANY_DAY.search(ONLY_NIGHTS.sub("", text)):
        return "night"
    return "daytime" if ONLY_DAYS.search(text) and not NIGHT.search(ONLY_DAYS.sub("", text)) else ""


def halves(text: str) -> str:
    """The words that settle which half of the day is meant."""
    night = NIGHT.search(text) is not None
    day = DAY.search(text) or (night and _HALF_DAYS.search(text))  # `2/20 days, 2/21 nights (7-7)`
    return f"{'night' if night else ''} {'day' if day else ''}"

"""Weekdays, months, dates and clocks as people write them, for the rules that write a line out."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_DAYS = {
    "m": 0, "mo": 0, "mon": 0, "monday": 0, "mondays": 0,
    "t": 1, "tu": 1, "tue": 1, "tues": 1, "tuesday": 1, "tuesdays": 1,
    "w": 2, "we": 2, "wed": 2, "wednesday": 2, "wednesdays": 2,
    "th": 3, "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "thursdays": 3, "r": 3,
    "f": 4, "fr": 4, "fri": 4, "friday": 4, "fridays": 4,
    "sa": 5, "sat": 5, "saturday": 5, "saturdays": 5,
    "su": 6, "sun": 6, "sunday": 6, "sundays": 6,
}  # fmt: skip
NAMES = "Mon Tue Wed Thu Fri Sat Sun".split()
DAY = "(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")\.?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})? ?[ap](?:\.?m\b\.?)?|\d{1,2}:\d{2}|\d{4}(?= ?h?\b)|noon|midnight)"
DATE = rf"\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?!:\d))(?:st|nd|rd|th)?(?:,? 20\d\d)?"
HOURS = re.compile(rf"(?<![\w/:.-]){CLOCK}\s?(?:-|–|to|till?|until)\s?{CLOCK}(?![\w/:])", _I)


def weekday_of(word: str) -> int:
    """0 for Monday."""
    return _DAYS[word.lower().rstrip(".")]

"""Lists of days, each run with its hours in brackets, that break off at the end: `Mar 6 (7p-7a), 7, 8`."""

from __future__ import annotations

import re

from connectors.offers.notation import MONTH

_MORE = rf"\d{{1,2}}(?: ?, ?(?:{MONTH} )?\d{{1,2}}){{0,30}}"
_DAYS = rf"(?:{MONTH} )?{_MORE}"
_HOURS = r"\((?:\d{1,2}(?::?\d\d)? ?[ap]?m? ?[-–] ?\d{1,2}(?::?\d\d)? ?[ap]?m?)\)"
_BROKEN_OFF = re.compile(
    rf"(?P<clear>[^()\d,;]{{0,60}}?\b{MONTH} {_MORE} ?{_HOURS}(?: ?, ?{_DAYS} ?{_HOURS}){{0,12}}) ?, ?{_DAYS}\W*$",
    re.IGNORECASE,
)


def before_the_break(text: str) -> str | None:
    """The days of a list that are closed by their hours, where only days without any follow; else nothing.

    A bracket that is not closed says nothing of where the break is: then the whole line is a question.
    """
    found = _BROKEN_OFF.match(text)
    return found["clear"] if found and "(" not in text[found.end("clear") :] else None

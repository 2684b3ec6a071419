"""Lists of days, each run with its hours in brackets, that break off at the end: `Mar 6 (7p-7a), 7, 8 (7p-`."""

from __future__ import annotations

import re

from connectors.offers.notation import MONTH

_I = re.IGNORECASE
_MORE = rf"\d{{1,2}}(?: ?, ?(?:{MONTH} )?\d{{1,2}}){{0,30}}"
_DAYS = rf"(?:{MONTH} )?{_MORE}"
_HOURS = r"\((?:\d{1,2}(?::?\d\d)? ?[ap]?m? ?[-–] ?\d{1,2}(?::?\d\d)? ?[ap]?m?)\)"
_BROKEN_OFF = re.compile(
    rf"(?P<clear>[^()\d,;]{{0,60}}?\b{MONTH} {_MORE} ?{_HOURS}(?: ?, ?{_DAYS} ?{_HOURS}){{0,12}})"
    rf" ?, ?(?P<rest>{_DAYS}) ?(?:\((?-i:[\d:apm ,–-]){{0,40}})?(?P<glued>(?-i:[A-Z][a-z]{{1,14}}))?\W*$",
    _I,
)


def before_the_break(text: str) -> tuple[str, str] | None:
    """The days of a list that are closed by their hours, and the word at which the rest of it broke off, or nothing.

    Nothing where it breaks off within the list, where nobody knows what became of the days around the break.
    """
    found = _BROKEN_OFF.match(text)
    return (found["clear"], found["glued"] or "") if found else None

"""A status that is told together with the one before it: `FILLED -> OPEN`, `changed from open to filled`."""

from __future__ import annotations

import re
from dataclasses import replace

from connectors.offers.mime import Line
from connectors.offers.quick import Quick

_OPEN = r"(?:open|available|unfilled|vacant|uncovered|unassigned|needed|posted)"
_GONE = r"(?:filled|covered|taken|assigned|claimed|closed|cancell?ed|withdrawn|removed)"
_SURE = r"(?:confirmed|approved|awarded|booked|scheduled)"
_ANY = rf"(?:{_OPEN}|{_GONE}|{_SURE}|pending|requested|on hold|hold|draft|tentative)"
_TURNED = Quick(
    rf"\b({_ANY})\s?(?:-{{1,2}}>|→|=>|»|>)\s?({_ANY})\b|\b(?:from|was:?) [\"“]?({_ANY})[\"”]?,? (?:to|and (?:is )?now|now:?|but (?:is )?now|is now) [\"“]?({_ANY})\b[\"”]?",
    re.IGNORECASE,
)
_SCHEDULE_OUT = Quick(
    r"(?:^|(?<=[.!:;] ))\W*(?!your\b|you\b)(?:[a-z'’]{1,12} ){0,3}?(?:schedule|roster|rota|grid)(?: for [^.;:!?]{2,30}?)?(?: (?:has|is|was|just|now|all|finally|been|went)){1,3}"
    r" (?:out|final(?:i[sz]ed)?|published|posted|up|live|done|set|closed|built|complete|released)(?: (?:on|in) the [a-z]{3,12})?(?:[.!;,]|(?= (?:and|but|with|apart|except)\b))"
    r"(?: ?(?:and|but|with)\b)?(?=[^\n]{0,60}\b(?:left(?! (?:my|your|the|a|early|at \d)\b)|remain(?:s|ing)?\b(?! the same| unchanged)|leftovers?|still (?:have|has|need|short|open|uncovered|looking)|holes|gaps|openings|open (?:shifts|dates|ones|days|nights|slots)"
    r"|uncovered|unfilled|(?:could(?: not|n['’]t)|can(?:not|['’]t)) (?:fill|cover|staff)|to (?:fill|cover)|short)\b)",
    re.IGNORECASE,
)
"""`The schedule is out on the board. What I have left:`, of which only the rest is about the shifts below."""


def without_schedule(text: str) -> str:
    """The text without that a schedule is out, where it goes on to what is left of it."""
    return _SCHEDULE_OUT.sub(" ", text)


def with_new_status(line: Line) -> Line:
    """The line with what its shift has become alone; open once more where it was gone, or somebody's."""
    text = _TURNED.sub(_turned, line.text)
    if text == line.text:
        return line
    cells = tuple(_TURNED.sub(_turned, cell) for cell in line.cells)
    return replace(line, text=text, cells=cells, told=line.told or line.text)


def _turned(found: re.Match[str]) -> str:
    before, now = (found[1], found[2]) if found[1] else (found[3], found[4])
    back = re.fullmatch(_OPEN, now, re.IGNORECASE) and re.fullmatch(f"{_GONE}|{_SURE}", before, re.IGNORECASE)
    return "reopened" if back else now

"""What a client confirms, where it is a need and no shift: `The site has confirmed they still need help`, `Client approved one block:`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_WHO = (
    r"(?P<who>\b(?:the |our )?(?:client|site|hospital|facility|unit|clinic|department|ed director|director))"
)
_CONFIRMED = r"(?: has| have|['’]s)?(?: just| now| also){0,2} (?:confirmed|approved|authori[sz]ed)"
_STILL_NEEDED = Quick(
    rf"{_WHO}{_CONFIRMED} (?:that )?(?:they|it|she|he)(?: do| does)?(?: still| really| also| definitely){{0,2}} needs? (?=help|somebody|someone|a |an |one |two |three |cover)",
    _I,
)
_SO_MANY = Quick(
    rf"{_WHO}{_CONFIRMED} (?=(?:an?|one|two|three|four|another|a second|more|some)(?: new| additional| extra| more| open| locums?)? "
    r"(?:blocks?|shifts?|nights?|days|weeks?|weekends?|openings?|slots?|positions?|dates)\b(?! (?:for|with|to|by) (?:you\b|u\b|(?:Dr\.? )?(?-i:[A-Z][a-z]+\b(?! (?:ED|ER|ICU|UC))))))",
    _I,
)
_ASKS = Quick(
    r"\b(?:let (?:me|us) know|reply|respond|answer|interested|(?:can|could|would|will) you|tell (?:me|us)|are you (?:free|available|around|up)|want (?:it|them|in)|say yes|get back to)\b",
    _I,
)
_OF_READERS = Quick(
    r"\byour? (?:shifts?|nights?|days|dates|block|assignment|booking|request|application|name|submission)\b|\byou(?:['’]re| are|['’]ve been| have been| were)\b|\b(?:see|have|expect) you\b|\byou (?:asked|applied|requested|wanted)\b|\bconfirmed you\b|\bpresented you\b|(?<!works )(?<!work )(?<!good )(?<!best )(?<!fits )\bfor you\b",
    _I,
)


def with_needs(lines: Sequence[Line]) -> list[Line]:
    """The lines, with `has` or `still needs` for the verb; so many shifts only where an answer is asked for, and nothing is said of the reader's."""
    text = "\n".join(line.text[:LONGEST_LINE] for line in lines)
    asked = bool(_ASKS.search(text)) and not _OF_READERS.search(text)
    return [_with_need(line, asked=asked) for line in lines]


def _with_need(line: Line, *, asked: bool) -> Line:
    text = _STILL_NEEDED.sub(lambda found: f"{found['who']} still needs ", line.text)
    text = _SO_MANY.sub(lambda found: f"{found['who']} has ", text) if asked else text
    return line if text == line.text else replace(line, text=text, told=line.told or line.text)

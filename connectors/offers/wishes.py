"""What the reader offered to work, in the mail that an answer quotes: `I could do Sat 2/13 or Sun 2/14` and the like.

Whoever answers it says of each day whether it is the reader's, or went to somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line, Mail
from connectors.offers.naming import sentences, shifts_named
from connectors.offers.page import Page

_I = re.IGNORECASE
_WISH = re.compile(
    r"(?:^|(?<=[,.!] )|(?<=[–—-] ))\W*(?:ok(?:ay)?,? |yes,? |sure,? |so |and )?"
    r"(?:I(?:['’](?:d|m|ll|ve)| am| can| could| would| will| have)?(?: (?:also|still|definitely|certainly|easily|probably|now|be|am))*"
    r"(?: (?:can|able|free|available|happy|glad|willing|open|around|off|love|like|up|good))*(?: (?:to|for|on))?|(?:happy|glad|able|free|available|willing)(?: (?:to|for|on))?|count me in for|put me down for|please put me (?:down )?(?:for|on))"
    r"(?: (?:do|work|take|cover|help(?: out)?(?: with| on)?|pick up|come in(?: on| for)?|have))?(?= )",
    _I,
)
"""`I could do`, `happy to cover`, `I'm free on`; behind it stand the days."""
_EITHER = re.compile(r"\b(?:either|any of|one of|both)(?: of)?(?= )", _I)
_OR = re.compile(r"(?:\band/or\b|\bor\b)", _I)
_FOR_YOU = re.compile(
    r",?\s(?:for (?:you(?: all| guys)?|the team)|if (?:that|it) (?:helps|works|is useful)|if you(?:['’]d)? (?:like|need (?:me|it|help)|want)|if (?:it['’]?s|they['’]?re|it is|they are) still (?:open|free|available)|both|too|as well)(?=[,.!;]|\s|$)",
    _I,
)
_QUOTED_FROM = re.compile(r"^[\s>]*(?:(?:on )?\S.{4,160}\bwrote:|\**from:\**\s.{1,120})\s*$", _I)


def wished(page: Page, mail: Mail, quoted: Sequence[Line], own: Sequence[Line]) -> list[Line]:
    """A line of nothing but shifts for each line of a quoted mail in which the reader offers to work them.

    Empty where a line with shifts says anything else, the quoted mail is the sender's own, or not one place is named.
    """
    if any(_by_sender(mail, line.text) for line in quoted if _QUOTED_FROM.match(line.text[:LONGEST_LINE])):
        return []
    told: list[Line] = []
    for line in quoted:
        text = re.sub(r"^(?:\s?>)+\s?", "", line.text[:LONGEST_LINE])
        if _QUOTED_FROM.match(text) or not page.has_slot(text):
            continue
        shifts = _shifts(page, text)
        if shifts is None:
            return []
        told.append(replace(line, text=shifts, told=line.told or line.text))
    texts = [*(line.text for line in told), *(line.text[:LONGEST_LINE] for line in own)]
    sites = {token.value: token.text for text in texts for token in page.lex(text) if token.kind == "site"}
    if len(sites) != 1:
        return []
    (name,) = sites.values()
    return [
        line
        if any(token.kind == "site" for token in page.lex(line.text))
        else replace(line, text=f"{name} {line.text}")
        for line in told
    ]


def _by_sender(mail: Mail, text: str) -> bool:
    """Whether a line that says who wrote what is quoted names who answers it."""
    names = [part for part in re.findall(r"[^\W\d_]{3,}", mail.name) if part.lower() not in ("the", "for")]
    return mail.sender.lower() in text.lower() or any(re.search(rf"\b{part}\b", text, _I) for part in names)


def _shifts(page: Page, text: str) -> str | None:
    """The shifts of a line that offers to work them, in as few words as tell them."""
    named: list[str] = []
    for start, end in sentences(text):
        sentence = text[start:end].strip(" .!")
        if not page.has_slot(sentence):
            continue
        found = _WISH.search(sentence)
        rest = sentence[found.end() :] if found else ""
        for pattern in (_EITHER, _FOR_YOU):
            rest = pattern.sub(" ", rest)
        shifts = shifts_named(page, _OR.sub("and", rest)) if found else None
        if not shifts:
            return None
        named.append(shifts)
    return "; ".join(named) or None

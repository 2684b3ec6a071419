"""To whom of a thread an answer speaks: `Thanks Dana, it's yours` gives the shift to Dana, whoever else gets to read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line, Mail
from connectors.offers.quick import Quick

_NAME = re.compile(r"[A-Z][a-z'’-]{1,20}")
_QUOTED_FROM = re.compile(r"^[>\s]*\**(?i:from)\**:\**\s+(.{2,80})")
_WROTE = Quick(r"((?:\b[A-Z][\w'’.-]*\s){1,4})(?:<[^>]{1,80}>\s?)?wrote:")
_SPOKEN = re.compile(
    r"(?:^|(?<=[.!?] ))\W*(?:(?i:thanks(?: so much| a lot)?|thank you|thx|great|perfect|awesome|ok|okay|sure|yes|done|congrats|hi|hey|hello|dear),?\s)?([A-Z][a-z'’-]{1,20})(?=[,!:–—-])"
)


def speaks_to_another(mail: Mail, own: Sequence[Line]) -> bool:
    """Whether the writer's own lines speak by name to somebody who wrote in the thread, and is not the reader."""
    thread = {name for line in mail.lines for name in _authors(line.text[:LONGEST_LINE])}
    told = {line.number for line in own}  # as they were written: a greeting has been left out by now
    others = thread - set(_NAME.findall(mail.reader)) - set(_NAME.findall(mail.name))
    return any(
        found[1] in others
        for line in mail.lines
        if line.number in told
        for found in _SPOKEN.finditer(line.text[:LONGEST_LINE])
    )


def _authors(text: str) -> list[str]:
    found = _QUOTED_FROM.search(text) or _WROTE.search(text)
    return _NAME.findall(found[1]) if found else []

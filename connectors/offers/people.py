"""How those who write, and those who read, are named in a message without anything being said of a shift."""

from __future__ import annotations

import re
from functools import cached_property


class Names:
    """How the writer and the reader of one message are named in it.

    `sites` are the names of all sites, in one text. The patterns are made for the first text that one may be in: that
    takes half a millisecond, and few texts name anybody.
    """

    def __init__(self, reader: str, writer: str, address: str, sites: str) -> None:
        self._told = reader, writer, address, sites
        named = [*_NAME.findall(reader.split("@", maxsplit=1)[0]), *_NAME.findall(writer)]
        self._words = {
            word.casefold() for word in (*named, *_OF_DOMAIN.findall(address.rpartition("@")[2].lower()))
        }
        self._initials = "".join(word[0] for word in _NAME.findall(writer)).upper()

    def within(self, text: str) -> tuple[re.Pattern[str], ...]:
        """The patterns, where one of them may match."""
        low = text.casefold()
        if not any(word in low for word in self._words) and (
            len(self._initials) < 2 or self._initials not in text
        ):
            return ()
        return self._patterns

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        reader, writer, address, sites = self._told
        return (*own_names(reader), *introductions(writer), *company(address, sites))


_NAME = re.compile(r"[^\W\d_][\w'’-]{2,20}")
_OF_DOMAIN = re.compile(r"[a-z]{4,20}")


def own_names(name: str) -> tuple[re.Pattern[str], ...]:
    """The one whom the message is to, spoken to by name: `Dr. Example –`, `R. Example:`."""
    words = _NAME.findall(name.split("@", maxsplit=1)[0])
    if not words:
        return ()
    one = rf"(?:Dr\.? )?(?:[A-Z]\.? )?{re.escape(words[-1])}"
    # At the end of a row it says who works it.
    return (re.compile(rf"\b{one}\b(?=\s?[,:–—-])|(?<=[,!] ){one}(?=\W*$)|^\W*{one}\W*$", re.IGNORECASE),)


def introductions(name: str) -> tuple[re.Pattern[str], ...]:
    """How somebody of this name says who they are: `its Dave at LKSD`, `Ortiz here.`."""
    words = [re.escape(word) for word in _NAME.findall(name)]
    if not words:
        return ()
    one = rf"(?:{'|'.join(words)})"
    initials = (
        rf"(?-i:(?<=[.!?] ){''.join(word[0] for word in words).upper()})\W*$" if len(words) > 1 else "(?!)"
    )
    told = rf"\b(?:it['’]?s|this is|i['’]?m|from) (?:dr\.? )?{one}(?: {one})?\b|\b(?:dr\.? )?{one}(?: {one})? here\b|^\W*{one}(?: {one})?:|[-–—~]\s?{one}(?: {one})?\W*$|{initials}"
    return (re.compile(told, re.IGNORECASE),)


_NO_NAME = frozenset("example test mail email com org net info local invalid shifts scheduling".split())


def company(address: str, sites: str) -> tuple[re.Pattern[str], ...]:
    """How it is said for whom the writer of this address works: `with Bridgeway`; not where it is the name of a site."""
    words = _OF_DOMAIN.findall(address.rpartition("@")[2].lower())
    told = [re.escape(word) for word in words if word not in _NO_NAME and word not in sites.lower()]
    if not told:
        return ()
    of_kind = r"(?: (?:locums?|staff(?:ing)?|medical|health(?:care)?|physicians?|partners|agency|group|desk|team|scheduling))*"
    return (re.compile(rf"\b(?:with|from|at|of) (?:the )?(?:{'|'.join(told)})\b{of_kind}", re.IGNORECASE),)

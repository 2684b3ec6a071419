"""How those who write, and those who read, are named in a message without anything being said of a shift."""

from __future__ import annotations

import re


def own_names(name: str) -> tuple[re.Pattern[str], ...]:
    """The one whom the message is to, spoken to by name: `Dr. Example –`, `R. Example:`."""
    words = re.findall(r"[^\W\d_][\w'’-]{2,20}", name.split("@", maxsplit=1)[0])
    if not words:
        return ()
    one = rf"(?:Dr\.? )?(?:[A-Z]\.? )?{re.escape(words[-1])}"
    # At the end of a row it says who works it.
    return (re.compile(rf"\b{one}\b(?=\s?[,:–—-])|(?<=[,!] ){one}(?=\W*$)|^\W*{one}\W*$", re.IGNORECASE),)


def introductions(name: str) -> tuple[re.Pattern[str], ...]:
    """How somebody of this name says who they are: `its Dave at LKSD`, `Ortiz here.`."""
    words = [re.escape(word) for word in re.findall(r"[^\W\d_][\w'’-]{2,20}", name)]
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
    words = re.findall(r"[a-z]{4,20}", address.rpartition("@")[2].lower())
    told = [re.escape(word) for word in words if word not in _NO_NAME and word not in sites.lower()]
    if not told:
        return ()
    of_kind = r"(?: (?:locums?|staff(?:ing)?|medical|health(?:care)?|physicians?|partners|agency|group|desk|team|scheduling))*"
    return (re.compile(rf"\b(?:with|from|at|of) (?:the )?(?:{'|'.join(told)})\b{of_kind}", re.IGNORECASE),)

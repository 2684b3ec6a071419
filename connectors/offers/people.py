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

"""Shifts in what a message quotes: those alone are told of which the answer says something."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from connectors.offers import states
from connectors.offers.caveats import SECOND_THOUGHT
from connectors.offers.draft import Draft
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line, Mail
from connectors.offers.page import Page

MOST_QUOTED = 40
"""Lines."""


def answered(page: Page, mail: Mail, own: Sequence[Line]) -> list[Line]:
    """The quoted lines with shifts, where the answer above them states a status and names no shift of its own."""
    numbers = {one.source.line for one in page.ignored if one.rule in ("quote", "quote-line")}
    lines = [line for line in mail.lines if line.number in numbers][:MOST_QUOTED]
    if not lines:
        return []
    texts = [line.text[:LONGEST_LINE] for line in own]
    shifts = [line for line in lines if page.has_slot(line.text[:LONGEST_LINE])]
    if shifts and not any(map(page.has_slot, texts)):
        for line in own:
            if SECOND_THOUGHT.search(line.text[:LONGEST_LINE]) or _NO_LONGER.search(line.text[:LONGEST_LINE]):
                page.ask(shifts[0] if len(shifts) == 1 else line, "which shift is meant")
    stated = any(
        states.ALL_BUT.search(text) or states.status_of(text) in ("withdrawn", "confirmed", "reinstated")
        for text in texts
    )
    if not stated or any(map(page.has_slot, texts)):
        return []
    bare = [replace(line, text=_STILL_THERE.sub("", re.sub(r"^[>\s]+", "", line.text))) for line in lines]
    return [line for line in bare if page.has_slot(line.text[:LONGEST_LINE])]


_NO_LONGER = re.compile(
    r"\b(?:all set|all good|all sorted|sorted (?:it )?(?:out)?|worked (?:it|this|that|something) out|thanks anyway|thank you anyway|no longer|no need|found (?:some|a)|got (?:some|a|it|coverage)|(?:i|we)(?:['’]m|['’]re| am| are) (?:good|set|fine|covered|keeping))\b",
    re.IGNORECASE,
)
"""Above a shift that is quoted: it may be somebody's by now."""
_STILL_THERE = re.compile(
    r"\b(?:(?:is|are) )?(?:it |they )?still (?:open|available|there|free)\b\s*\?*", re.IGNORECASE
)


def answered_in_place(page: Page, mail: Mail, own: Sequence[Line]) -> list[Line]:
    """Quoted shifts, each with the status that stands right below it: `> Mesa ED Fri 6/4 6a-6p`, and then `gone`."""
    quoted = {one.source.line for one in page.ignored if one.rule in ("quote", "quote-line")}
    above = {line.number: line for line in mail.lines if line.number in quoted}
    told: list[Line] = []
    for line in own:
        text, asked = line.text[:LONGEST_LINE].strip(), above.get(line.number - 1)
        bare = _STILL_THERE.sub("", re.sub(r"^[>\s]+", "", asked.text[:LONGEST_LINE])) if asked else ""
        short = len(text.split()) <= SHORT_ANSWER and not page.has_slot(text) and not page.is_dated(text)
        if asked and short and page.has_slot(bare) and states.status_of(text):
            told.append(replace(asked, text=f"{bare.rstrip()} - {text}", told=f"{asked.text} {text}"))
            page.ignored = [one for one in page.ignored if one.source.line != asked.number]
        else:
            told.append(line)
    return told


SHORT_ANSWER = 8
"""Words."""


def drop_untold(page: Page, quoted: Collection[int]) -> None:
    """Of quoted shifts those alone are told of which the answer says something."""
    mine = [draft for draft in page.drafts if draft.source.line in quoted]
    for draft in mine:
        draft.pay = None if draft.status == "withdrawn" else draft.pay
    dropped = [draft for draft in mine if not draft.status and not (draft.review and len(mine) == 1)]
    page.drafts = [draft for draft in page.drafts if draft not in dropped]
    _ask_of_days(page, dropped)


def _ask_of_days(page: Page, dropped: Sequence[Draft]) -> None:
    """`Sunday is spoken about with Kim`: a line of the answer that nobody understood, and that names a quoted day, is a question."""
    kept = {draft.day.weekday() for draft in page.drafts}
    days = {draft.day.weekday() for draft in dropped} - kept
    for one in [one for one in page.ignored if one.rule == "prose"] if days else ():
        tokens = page.lex(one.source.text)
        if any(token.kind == "weekday" and token.value in days for token in tokens):
            page.ask(Line(one.source.line, one.source.text), "which shift is meant")

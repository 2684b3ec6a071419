"""What came of what the reader asked for: to be let off a shift, or to be put forward for one. Each line in its plain form."""

from __future__ import annotations

import re

from connectors.offers.decisions import LETTING_GO, NO, TO_GO, YES, outcome, without_outcome
from connectors.offers.naming import TURNS, TURNS_REASON, dated, sentences, shifts_named
from connectors.offers.page import Page
from connectors.offers.states import NOT_CHOSEN, SOME_OF_THEM

_I = re.IGNORECASE
_DECIDED = re.compile(
    rf"^\W*(?:(?:your|the) (?:{LETTING_GO}(?: requests?)?|requests? to {TO_GO})(?: (?:of|for|on|from))? )?(?P<shifts>[^;.!?]{{6,90}}?)(?:\s?[:–—-]\s|,?\s)(?:your (?:{LETTING_GO} )?(?:request )?)?(?:(?:has|have) been|was|were|is|are)? ?"
    rf"(?:now |sadly |unfortunately |also )?(?:{YES}|{NO}|(?:could|can|was|were|is|are|been)(?: not|n['’]t|not)(?: be)? {YES})\b(?P<behind>.*)$",
    _I,
)
"""`Sun 7/18, 7a-7p: approved. You have been taken off it.`"""
_DECIDED_FIRST = re.compile(
    rf"^\W*(?:(?:your|the) )?(?:{LETTING_GO} requests?|requests? to {TO_GO})(?:(?: has| have)? been| was| were| is| are)? (?:{YES}|{NO})(?: for| on|:|,| [–—-])? (?P<shifts>[^;.!?]{{6,90}})(?P<behind>.*)$",
    _I,
)
"""`Drop request denied: Sun 7/18, 7a-7p`"""


_THANKS = r"(?:thank you|thanks)(?: so much| again| very much)? for"
_NAME = r"(?:you|your (?:name|cv|profile|papers))(?: forward| up| in)?"
_ASKED_FOR = re.compile(
    rf"^\W*(?:{_THANKS} (?:letting|allowing|having|asking) us (?:to )?(?:present|submit|put forward|propose|put) {_NAME}"
    rf"|(?:as (?:you know|agreed|discussed),? )?(?:we|I)(?:['’]ve| have| had)? (?:submitted|presented|proposed|put(?: forward| in)?|sent(?: in)?|forwarded) {_NAME}"
    rf"|{_THANKS} (?:putting (?:(?:your name|yourself) (?:forward|up|in|down)|in)|applying|volunteering|bidding|signing up|asking)(?: to (?:work|cover))?)(?: (?:to|at|with|for|on|about))?(?= )",
    _I,
)
"""`Thank you for letting us present you to Mesa ED for …`: what the reader asked for, and nothing that is put up."""


def asked_for(page: Page, text: str) -> str | None:
    """The plain form of a line that only recalls what the reader asked for; with what became of it, where it says so."""
    head, *behind = (text[start:end].strip(" .!") for start, end in sentences(text))
    found = _ASKED_FOR.match(head)
    shifts = shifts_named(page, head[found.end() :]) if found else None
    if not shifts or any(page.has_slot(one) or one.endswith("?") for one in behind):
        return None
    if any(TURNS.search(NOT_CHOSEN.sub(" ", one)) or SOME_OF_THEM.search(one) for one in behind):
        return None
    chosen_else = any(map(NOT_CHOSEN.search, behind))
    return f"{shifts} - filled" if chosen_else else f"Thank you for your interest in {shifts}"


def decision(page: Page, text: str) -> str | None:
    """The plain form of what was decided over a request to be let off, where what is said beside it does not qualify it.

    Raises QuestionError where it says two things of it.
    """
    found = _DECIDED.match(text) or _DECIDED_FIRST.match(text)
    shifts = shifts_named(page, found["shifts"]) if found else None
    if not found or not shifts:
        return None
    meant = outcome(text, letting_go=page.letting_go)
    behind = found["behind"]
    if meant is None or TURNS_REASON.search(without_outcome(behind)) or dated(page, behind):
        return None
    return f"{shifts}{' - confirmed' if meant == 'confirmed' else ' - filled'}"

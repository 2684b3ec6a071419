"""An answer that takes one shift away, or gives it, and in the same breath puts up another.

`That one is gone. I still need Sat 2/20 7a-7p.`: what is said first is said of no shift that is told behind it.
"""

from __future__ import annotations

import re

from connectors.offers import states
from connectors.offers.page import Page

_I = re.IGNORECASE
_CUT = re.compile(r"(?<=[\w)])(?<!\bDr)(?<!\bSt)[.!;?]+\s+|,?\s+but\s+|,?\s+(?:al)?though\s+|\s[–—-]\s+", _I)
_DATED = ("date", "month", "weekday", "hours", "span", "clock", "number")
_WORKS = r"(?:take|do|work|cover|help|pick up|come in|consider|want|like|be (?:interested|able|available|free|up|open|willing))"
_PUTS_UP = re.compile(
    rf"\b(?:(?:I|we|they)(?:['’]d| would| could| can| do| have| also| still| really| only| now| just| even| got){{0,3}} (?:use|offer|give|have|need|got)(?! to\b)|still (?:have|need|got)|(?:we|I)(?:['’]re|['’]m| are| am)(?: still| also| now| really){{0,2}} (?:short|looking|trying to (?:fill|cover))"
    rf"|(?:how|what) about(?! (?:that|it|this)\b)|(?:could|can|would|will) you(?: please| maybe| possibly| still| also)? {_WORKS}|any (?:chance|interest)|would (?:the )?(?:mon|tue|wed|thu|fri|sat|sun|\d)[^.;!]{{3,60}} (?:work|suit|do|help)\b"
    r"|(?:is|are|['’]s)(?: still| also| now)? (?:open|available|free|up for grabs|uncovered|unfilled)|there (?:is|are)(?: still| also)?|(?:are you|you['’]d be) (?:free|available|interested))\b",
    _I,
)
"""Said of the shift behind it: it is to be had."""
_TOO = re.compile(r"\b(?:also|another|one more|as well|too|in addition|besides|still)\b", _I)
_PAST = re.compile(r"\b(?:was|were|had|used to)\b", _I)
_SAID = re.compile(
    r"\b(?:know|realize|understand|thought|think|said|told|because|since|that|if|when|why|so)\b", _I
)
"""Before it: then it is only spoken of."""
_POINTS = re.compile(r"\b(?:it|it['’]s|this|that|these|those|they|them|both|one)\b", _I)
_OF_A_KIND = re.compile(
    r"\b(?:days|nights|evenings|mornings|weekends|weekdays|rest|others|everything|most)\b", _I
)


def points_at_one(head: str) -> bool:
    """Whether it is said of certain shifts, and not of a kind of them: `Days are covered, but …`."""
    return not _OF_A_KIND.search(head)


def puts_up_another(page: Page, text: str) -> tuple[str, str] | None:
    """What is said of another shift, and the part of the text that puts one up; None where both are of the same, or nobody knows."""
    dated = min((token.start for token in page.lex(text) if token.kind in _DATED), default=0)
    cut = next(reversed(list(_CUT.finditer(text, 0, dated))), None)
    if cut is None:
        return None
    head, rest = text[: cut.start()], text[cut.end() :]
    return (head, rest) if of_another(page, head, rest) else None


def of_another(page: Page, head: str, rest: str) -> bool:
    """Whether a text without a day says how some shift stands, and the text behind it plainly puts up one of its own."""
    status = states.status_of(head)
    first = _CUT.split(rest)[0]
    if status not in ("withdrawn", "confirmed") or not page.has_slot(first) or _PAST.search(first):
        return False
    put_up = _PUTS_UP.search(first)
    if (
        states.status_of(first) not in (None, "offered")
        or not put_up
        or _SAID.search(first, 0, put_up.start())
    ):
        return False
    return status == "withdrawn" or bool(_TOO.search(first) and _POINTS.search(head))

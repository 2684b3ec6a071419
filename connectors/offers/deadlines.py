"""Until when to answer, cut out of the line that says so: what is left speaks of the shifts."""

from __future__ import annotations

import re
from datetime import timedelta

from connectors.offers import phrases
from connectors.offers.due_else import OF_PAPERS, asks_for_answer, is_of_else, may_be_of_else
from connectors.offers.moments import Deadline
from connectors.offers.page import Page
from connectors.offers.quick import Quick

_HOURS_NEXT = re.compile(r"[\s,(:-]{0,3}\d{1,4}(?::\d\d)?\s?[ap]?\.?m?\.?\s?(?:-|–|to\b)", re.IGNORECASE)
_MAY_HEAD = re.compile(r"\bon\s*$|^(?:reply|respond|answer|claim|apply):\s*$", re.IGNORECASE)
"""`needed on 3/20 7a-7p`, `First to reply: 3/20 7a-7p`."""
_OF_ANOTHER_CLAUSE = re.compile(
    r",.*\b(?:on|is)\s*$|(?:\b(?:and|so|then)|,) (?:i|we)(?:['’]ll| will| can| shall| could)\b",
    re.IGNORECASE | re.DOTALL,
)
"""`please email rather than ring, the phones are dreadful on`, `let me know and I will submit you today`: until when is not what it says."""
_NEEDED = re.compile(r"needed\W*(?:on\W*)?$", re.IGNORECASE)


_BY_THEN = Quick(r"\b(?:by|before|until|till|prior to) (?:then|that(?= ?(?:[.,;!?)]|$)))\b", re.IGNORECASE)
_CLOCKED = re.compile(
    r"\b(?:on |at |this |today|tomorrow|tonight|\d{1,2}/\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b)",
    re.IGNORECASE,
)
_OR_TOMORROW = Quick(
    r"\b((?:let (?:me|us) know|tell (?:me|us)|reply|respond|answer|get back to (?:me|us)|text (?:me|us)?|call (?:me|us)?|decide)) (?:today|tonight) or tomorrow\b",
    re.IGNORECASE,
)
_AT_LATEST = Quick(
    r",? at the (?:very )?latest\b|\s(?:is|will be) (?:the|my|our|their) (?:last day|deadline|cut-?off)\b(?: (?:to|for) \w+)?(?: (?:it|this|them|these|one))?",
    re.IGNORECASE,
)


_THOSE = r"(?: (?:it|this|these|them|those|both|all|ones?|the|open|aside|only|just|exclusively|on|of|at|that|shifts?|days?|nights?|blocks?|spots?|slots?|dates?|week|weekend|alone|first)){0,5}"
_HELD = Quick(
    r"\bbefore (?:they|it|these|this|I|we) (?:go(?:es)?|gets?|open|post|release|send|offer|push|hand|move|put|(?:am|are|is) (?:posted|released|sent|offered|going))\b[^.;!?\n\d]{0,40}?"
    r"(?=\b(?:tomorrow|tonight|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}/\d)[^.;!?\n]{0,14}\b(?:noon|\d{1,2}(?::\d\d)? ?[ap]\.?m?\b))|"
    r"\b(?:(?:I|we|they|it|this|these|both|all)(?:['’](?:ve|ll|m|re|s|d)| have| has| am| are| is| can| will| could| would| shall| be| been| put| got)*(?: (?:it|this|these|them|those|both|all|one|the [a-z]{3,8}))?(?: (?:just|only|also|happily|gladly|all))? )?"
    rf"(?:(?:(?:on hold|hold(?:ing)?|held|reserv(?:e|ed|ing)|sav(?:e|ed|ing)|set(?:ting)? aside|keep(?:ing)?|kept){_THOSE} (?:for|to) (?:you|u){_THOSE}|keep(?:ing)?{_THOSE} open|yours{_THOSE}|(?:(?<=you have )|(?<=you get )|(?<=[.!;] ))(?:the )?first (?:refusal|dibs|pick|crack|look){_THOSE}) (?:until|till|til|through|thru)\b"
    r"|(?:(?<=is )|(?<=are )|(?<=['’]s )|(?<=['’]re )|(?<=stands )|(?<=remains )|(?<=[.!;] )|^)(?:open|available|(?:offer )?good|valid)(?: to you| for you)? (?:until|till|til|(?<=good )(?:through|thru)|(?<=valid )(?:through|thru))\b)",
    re.IGNORECASE,
)
"""`I have it on hold for you until Tuesday`, `Good through Friday`, `before they go to the agencies tomorrow at noon`."""


def _held_until(page: Page, text: str) -> str:
    """The same with `answer by`, where a moment stands behind it."""
    for found in _HELD.finditer(text):
        rest = text[found.end() :].lstrip(" :")
        if page.moment(rest[:60]):
            return f"{text[: found.start()]}answer by {rest}"
    return text


def _told_first(page: Page, text: str) -> str:
    """`Answer me Thursday at the latest`, `Friday is the last day to claim it`: with `by` before the moment."""
    found = _AT_LATEST.search(text)
    for place in _CLOCKED.finditer(text, 0, found.start()) if found else ():
        begin = place.end() if place[0].lower() in ("on ", "at ", "this ") else place.start()
        moment = page.moment(text[begin : found.start()]) if found else None
        if found and moment and not text[begin + moment[1] : found.start()].strip(" ,"):
            return f"{text[: place.start()]}answer by {text[begin : begin + moment[1]]}{text[found.end() :]}"
    return text


def _named_before(page: Page, text: str) -> str:
    """`I send it round on Monday at noon, so let me know before then`: with the moment itself where it says `then`."""
    found = _BY_THEN.search(text)
    if not found or not phrases.ANSWER.search(text[: found.start()]):
        return text
    told = []
    for place in _CLOCKED.finditer(text, 0, found.start()):
        begin = place.end() if place[0].lower() in ("on ", "at ", "this ") else place.start()
        if (moment := page.moment(text[begin : begin + 60])) and begin + moment[1] <= found.start():
            told.append((begin + moment[1], -begin, place.start()))
    if told:
        end, begin, start = max(told)  # The last one, from where it begins: `at 5 pm today`.
        word = "before" if found[0].lower().startswith(("before", "prior")) else "by"
        return f"{text[:start]} {text[end : found.start()]} answer {word} {text[-begin:end]} {text[found.end() :]}"
    return text


def cut_deadline(page: Page, text: str) -> tuple[str, Deadline | None]:
    """The text without what it says of when to answer, and that moment; said twice, in two languages, it is one."""
    text = _held_until(
        page, _told_first(page, _named_before(page, _OR_TOMORROW.sub(r"\1 by tomorrow", text)))
    )
    told: Deadline | None = None
    at = 0
    while found := phrases.DEADLINE.search(text, at):
        at = found.end()
        cut = _deadline_at(page, text, found)
        if cut is None or told not in (None, cut[0]):
            continue
        told, begin, end = cut
        shut = ")" if _in_bracket(text, begin, end) else ""
        text = _EMPTY.sub(" ", f"{text[:begin].rstrip(' ,')} {shut}{text[end:]}")
        at = begin
    return text, told


_EMPTY = re.compile(r"\(\W*\)")


def _in_bracket(text: str, begin: int, end: int) -> bool:
    """`$2,300 (please confirm by 1/18)`: whether what is cut out ends a bracket that it stands in."""
    opened = text[:begin].count("(") - text[:begin].count(")")
    cut = text[begin:end]
    return opened > 0 and cut.count(")") > cut.count("(")


def _deadline_at(page: Page, text: str, found: re.Match[str]) -> tuple[Deadline, int, int] | None:
    """That moment, and the place in the text that says it; None where the words are about something else."""
    if _NEEDED.match(found[0]) and "confirm" not in text.lower():
        return None  # `Nights needed: 2/20`
    if _OF_ANOTHER_CLAUSE.search(found[0]):
        return None
    if found[0].lower().startswith(("due", "needed")) and OF_PAPERS.search(text[: found.start()]):
        return None
    begins = max(text.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ", "; ", ": "))
    asked = re.split(r"[.!?;]\s", text[begins + 1 :])[0]
    bare = found[0].lower() in ("by", "before")
    if bare and not (phrases.ANSWER.search(asked) or asks_for_answer(text[begins + 1 : found.end()])):
        return None  # `Flu shots by Dec 15`
    begin = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" :"))
    if is_of_else(text[begins + 1 : begin]):
        return None
    moment = page.moment(text[begin : begin + 60])
    if moment is None:
        return None
    deadline, used = moment
    if found[0].lower().endswith("before") and deadline.minutes is None and deadline.exact is None:
        deadline = deadline._replace(day=deadline.day - timedelta(days=1))
    if _MAY_HEAD.search(found[0]) and _HOURS_NEXT.match(text, begin + used):
        return None  # "needed on 3/20 7a-7p"
    if may_be_of_else(text[begins + 1 : begin], text[begin + used :]):
        page.deadline_doubtful = True
        return None
    return deadline, found.start(), begin + used

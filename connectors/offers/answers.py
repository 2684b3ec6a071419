"""What a short answer says of the shifts in the mail that it quotes: sentence by sentence, and all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.offers import bundles, states
from connectors.offers.almanac import QuestionError
from connectors.offers.caveats import SECOND_THOUGHT, line_caveats
from connectors.offers.dates import entries
from connectors.offers.doubts import doubts
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.months import months_in
from connectors.offers.naming import SOMEBODY
from connectors.offers.page import Page
from connectors.offers.pay import is_pay, pick
from connectors.offers.reading import Money, ReadShift, Status

_I = re.IGNORECASE
_SENTENCE = re.compile(r"(?<=[\w)!?.][.!?;])(?<!\bDr\.)(?<!\bSt\.)(?<!\bMt\.)\s+|\s[-–—]\s")
_STILL = re.compile(
    r"\bstill (?:\w+ )?(?:open|available|there|free|unfilled|uncovered|up for grabs|on the board)\b|\b(?:is|are|['’]s) (?:open|available|up for grabs)\b",
    _I,
)
_BACK = re.compile(
    r"\b(?:open|available|up for grabs|on the board|there|free|on) again\b|\bback (?:open|on|up)\b|\breopened\b|\bopened (?:back )?up again\b",
    _I,
)
_GONE = re.compile(
    r"\b(?:(?<!\bi )(?<!\bwe )went(?! (?:back|over|through|up|ahead|to (?!some|an)))|gone|taken|filled|covered|claimed|snapped up|spoken for|given away|no longer (?:open|available))\b",
    _I,
)
_TO_ANOTHER = re.compile(
    rf"\b(?:(?:(?:I|we|they)(?:['’]ve| have| had)?|(?:has|have|was|were|is|are|been))(?: (?:been|had|to|already|just|sadly|unfortunately|since))* (?:gave|given|promised|assigned|awarded|handed|released|sold)(?: (?:it|that(?: one)?|this(?: one)?|the [\w ]{{3,16}}?))?|(?:went|gone)) to (?:{SOMEBODY}|(?-i:(?!You\b|Us\b)[A-Z][a-z]{{2,20}}))(?=\W|$)",
    _I,
)
"""`Sunday I already gave to Dr. Olmos`."""
_YOURS = re.compile(
    r"\b(?:is|are|['’]s)(?: all| both| now){0,2} yours\b|(?:^\W*|\b(?:I|we|I['’]ve|we['’]ve|have|just|am|are|I['’]m|we['’]re) )put(?:ting)? you (?:down|in|on) (?:for|on)\b|\bconfirmed\b|\b(?:i|we)(?:['’]ve| have)?(?: got)? you (?:down|in|booked|scheduled) (?:for|on)\b|\byou(?:['’]re| are) (?:booked|confirmed|scheduled|on|down)\b",
    _I,
)
_IS_YOURS = re.compile(r"(?:\s(?:is|are)|['’]s)(?: still| all| both){0,2} yours\b", _I)
_PRONOUN = re.compile(r"\b(?:it|it['’]s|that one|this one|that|this|the shift|that['’]s)\b", _I)
_ALL = re.compile(r"\b(?:both|all|they|these|those|them)\b", _I)
_OFFERS_MORE = re.compile(
    r",? if you(?:['’]d| would)? (?:still )?(?:want|like|are interested|(?:can|could) (?:take|do))(?: it| them| that)?\b",
    _I,
)
_CLAUSE = re.compile(r",?\s+(?:and|but|while|though)\s+(?=the\b)|[,;]\s+(?=the\b)", _I)
_INSTEAD = re.compile(r"^\W*(?:please )?(?:scratch|disregard|ignore|forget) (?:that|my last(?: \w+)?)\b", _I)
"""Before what holds now."""
_LATELY = re.compile(
    r"\b(?:today|yesterday|this (?:morning|afternoon|evening|week)|last night|(?:over|on|during) the weekend|just now)\b"
    r"|\b(?:i|we) should(?: have|['’]ve) (?:written|said|told you|mentioned it|let you know|updated you|e-?mailed|called)(?: so| it)? (?:sooner|earlier|before)\b",
    _I,
)
"""When it was so, or was to be told; no day of a shift."""
_DOUBT = re.compile(
    r"\b(?:if|unless|maybe|might|may be|think|believe|guess|probably|possibly|likely|pending|hold\w*|waiting|but|however|except|only|until|tentative\w*|almost|nearly|about to|not|never|none|neither|either|or|instead|some|half|any|several|most|(?:one|two|three|part) of|couple|other (?:one|shift|day|date)s?|first|second|last|chang\w+|mov\w+|swap\w*|hopefully|unclear|unsure|check\w*|confirm(?:ing)?(?= (?:with|whether|if)))\b|n['’]t\b",
    _I,
)
_NOW_PAYS = re.compile(
    r"\b(?:approved|agreed (?:to|on)|raised|increased|bumped|upped|authori[sz]ed|went up to|goes up to|(?:is|are) now|now (?:pays?|at)|new rate(?: is)?|signed off on)\b",
    _I,
)
_KINDS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("reinstated", _BACK),
    ("offered", _STILL),
    ("confirmed", _YOURS),
    ("withdrawn", _GONE),
    ("withdrawn", _TO_ANOTHER),
)
"""Those that are told in few words; the first that fits holds."""
SHORT = 6
"""Words of an answer that needs no pronoun: `Yes, still open.`"""
_OF_TIME = ("hours", "clock", "span", "money")


@dataclass(frozen=True)
class Told:
    """How a shift stands, and what it pays now where the answer says so."""

    status: Status
    pay: Money | None = None


def stated(page: Page, own: Sequence[Line], shifts: Sequence[ReadShift]) -> dict[int, Told] | None:
    """How each shift stands, by its place, as far as the answer says; None where somebody has to ask.

    Empty where it says nothing of them.
    """
    told: dict[int, Told] = {}
    for sentence in _sentences(own):
        bare = _LATELY.sub(" ", _without_wish(_INSTEAD.sub("", sentence)))
        found = _statement(page, bare, shifts)
        if found is None:
            return None
        named, one = found
        if any(told.setdefault(at, one) != one for at in named):
            return None
    return told


def _without_wish(sentence: str) -> str:
    """`It is yours if you want it` is no more than that it is open."""
    bare = _OFFERS_MORE.sub(" ", sentence)
    return bare if bare == sentence else _IS_YOURS.sub(" is still open", bare)


def _statement(page: Page, sentence: str, shifts: Sequence[ReadShift]) -> tuple[set[int], Told] | None:
    """The shifts that a sentence states something of, perhaps none, and what; None where it is not clear."""
    pay = _raised(page, sentence)
    status, named = "changed" if pay else _status(sentence), _named(page, sentence, shifts)
    if SECOND_THOUGHT.search(sentence) or named is None or (not pay and _timed(page, sentence)):
        return None
    if status is None:
        return None if named or _binds(sentence) else (set(), Told("offered"))
    named = named or _pointed_at(sentence, shifts)
    several = {kind for kind, pattern in _KINDS if pattern.search(sentence)} - {status, "offered"}
    doubt = _DOUBT.search(_TO_ANOTHER.sub(" ", sentence) if status == "withdrawn" else sentence)
    if not named or several or doubt or sentence.rstrip().endswith("?"):
        return None
    if status not in ("withdrawn", "changed") and line_caveats(sentence):
        return None
    if status in ("offered", "reinstated") and _strange(page, sentence):
        return None
    if pay and not all(_is_raise(shifts[at].pay, pay) for at in named):
        return None
    return named, Told(status, pay)


def _binds(sentence: str) -> bool:
    """Whether a sentence that states no status may hold a condition of what the others do."""
    together = bundles.all_or_nothing(sentence) or bundles.choice_of(sentence) or bundles.least(sentence)
    return bool(together or bundles.MAYBE_WHOLE.search(sentence) or _CONDITION.search(sentence))


_CONDITION = re.compile(
    r"\b(?:only|unless|except|provided|must|(?:has|have|needs?) to|pending|until|depend\w*|tentative\w*|not final|waiting|subject to|if)\b",
    _I,
)


def _strange(page: Page, sentence: str) -> bool:
    """Whether the part of a sentence that puts a shift up says more than is understood; why it does, it may say in any words."""
    parts = _PARTS.split(_DAY_NUMBER.sub(" ", sentence))
    bare = [_without_status(part) for part in parts if _status(part)]
    return any(doubts(page, page.lex(part), part) for part in bare)


def _without_status(text: str) -> str:
    for _, pattern in _KINDS:
        text = pattern.sub(" ", text)
    return states.without_status(text)


_PARTS = re.compile(r"[,;:]\s+|\s(?:and|so|because|since)\s+(?=(?:the|it|that|this|i|we|they)\b)", _I)
_DAY_NUMBER = re.compile(r"\b(?:the )?\d{1,2}(?:st|nd|rd|th)?\b", _I)


def _timed(page: Page, sentence: str) -> bool:
    return any(token.kind in _OF_TIME for token in page.lex(sentence))


def _raised(page: Page, sentence: str) -> Money | None:
    """`They approved $270/hr for this one`: the one amount of a sentence without times, which says that it holds now."""
    tokens = [token for token in page.lex(sentence) if token.kind in _OF_TIME]
    if len(tokens) != 1 or not is_pay(tokens[0]) or not _NOW_PAYS.search(sentence):
        return None
    pay, doubtful = pick(tokens)
    return None if doubtful else pay


def _is_raise(before: Money | None, now: Money) -> bool:
    return (
        before is not None
        and (before.unit, before.currency) == (now.unit, now.currency)
        and now.amount > before.amount
    )


def states_any(page: Page, line: Line) -> bool:
    """Whether a line of an answer may say how what it quotes stands, or what it pays or when it is now."""
    return any(
        not part.rstrip().endswith("?") and (_status(part) is not None or _timed(page, part))
        for part in _sentences([line])
    )


def _sentences(own: Sequence[Line]) -> list[str]:
    """Those of the paragraphs; a line that does not end one goes on in the next."""
    text, last = "", 0
    for line in own:
        text += ("\n" if line.number > last + 1 else " ") + line.text[:LONGEST_LINE].strip()
        last = line.number
    sentences = [
        part for paragraph in text.split("\n") for part in _SENTENCE.split(paragraph) if part.strip()
    ]
    return [clause for sentence in sentences for clause in _clauses(sentence)]


def _clauses(sentence: str) -> list[str]:
    """`The Saturday went, the Sunday is still open`: two statements, where each part is one."""
    parts = _CLAUSE.split(sentence)
    return parts if all(map(_status, parts)) else [sentence]


def _status(sentence: str) -> Status | None:
    found = next((kind for kind, pattern in _KINDS if pattern.search(sentence)), None)
    return found or states.status_of(sentence)


def _named(page: Page, sentence: str, shifts: Sequence[ReadShift]) -> set[int] | None:
    """The shifts whose day a sentence names; None where it names one that is no shift's, or of several."""
    tokens = page.lex(sentence)
    if {token.value for token in tokens if token.kind == "site"} - {shift.site for shift in shifts}:
        return None
    try:
        days = {day for entry in entries(tokens, page.calendar()) for day in entry.days}
    except QuestionError:
        return None
    dates = {at for at, shift in enumerate(shifts) if shift.start.date() in days}
    if days:
        return dates if {shifts[at].start.date() for at in dates} == days else None
    numbers = {token.value for token in tokens if token.kind == "number"}
    weekdays = {token.value for token in tokens if token.kind == "weekday"}
    if months_in(sentence) and not (numbers or weekdays):
        return set()
    by_number = [at for at, shift in enumerate(shifts) if shift.start.day in numbers]
    by_weekday = [at for at, shift in enumerate(shifts) if shift.start.weekday() in weekdays]
    if len(by_number) != len(numbers) or len(by_weekday) != len(weekdays):
        return None
    if numbers and weekdays and set(by_number) != set(by_weekday):
        return None
    return {*by_number, *by_weekday}


def _pointed_at(sentence: str, shifts: Sequence[ReadShift]) -> set[int]:
    """`That one`, where there is one; `both`, where there are two; `they all`."""
    several = _ALL.search(sentence) is not None
    if len(shifts) == 1:
        short = len(sentence.split()) <= SHORT and not several
        return {0} if short or _PRONOUN.search(sentence) else set()
    two = re.search(r"\bboth\b", sentence, _I)
    return set(range(len(shifts))) if several and (not two or len(shifts) == 2) else set()

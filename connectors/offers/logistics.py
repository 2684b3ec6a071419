"""Sentences about what goes with work, and not about any shift: the parking, the flight, the badge, the portal, the kids.

Whatever is said of such a thing (closed, booked, cancelled, not needed) is no status of a shift; so they are left out before
the message is read. What a sentence is about is told by the noun before its verb. Not where it speaks of shifts as well,
tells a day and hours, an amount, a place of ours or until when to answer, or goes on to something that may weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.offers import phrases
from connectors.offers.deciders import settled_otherwise
from connectors.offers.formulas import REST_COVERED, SENTENCES
from connectors.offers.lexer import LONGEST_LINE
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.remarks import leads_up
from connectors.offers.takebacks import takes_back
from connectors.offers.things import THINGS
from connectors.offers.unrelated import keep_doubts, may_state, unrelated

_I = re.IGNORECASE
_TWO_WORDS = frozenset(
    "call room|sleep room|break room|waiting room|exam room|exam rooms|phone system|door code|dress code|time sheet|time sheets|front desk|flu shot|tb test|"
    "drug screen|background check|direct deposit|cancellation policy|parking lot|expense report|expense reports|ct scanner|x-ray machine|cath lab|call rooms|"
    "check-in desk|security desk|badge desk|badge office|badge access|time clock|voice mail|fit test|physical exam|day care|training module".split(
        "|"
    )
)
_PROCESS = frozenset(
    "requests claims bids swaps trades no-shows cancellations call-outs callouts drops give-backs givebacks hand-backs applications".split()
)
"""Said of all of them, in the present: how it goes."""
_PEOPLE = frozenset(
    """
    nurses nurse staff crew techs tech scribes scribe residents resident secretary clerk receptionist in-laws parents kids
    wife husband son daughter mother father mom dad brother sister dog families family patients neighbors recruiters
    secretaries clerks registrars administrators interpreter security housekeeping everybody
    """.split()
)
_VERBS = frozenset(
    """
    is are was were isn't aren't wasn't weren't has have had hasn't haven't will won't can can't cannot may might must should
    would does do did doesn't don't didn't gets get got goes go went runs opens closes stays stay expires expire works work
    needs need comes come came starts ends includes requires looks looked feels keeps keep moved reopened changed
    """.split()
)
_GENERAL = frozenset("are must should need get go will can may do don't".split())
_LEADS = frozenset(
    """
    the your our my their his her all any an a no that this each every new old same current usual regular annual extra full
    and also please note remember fyi ps p.s by way west east north south main back upper lower medical clinical physical
    staff doctor doctors' doctors visitor visitors' employee online mobile free late such both some most
    """.split()
)
_OF = frozenset(
    "in at on for of to from with over behind near across under above by through around outside inside between".split()
)
_SENTENCE = re.compile(
    r"(?<=[\w)%\"'’])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)(?<!\bvs)[.!?]+(?=\s|$)|\n{2,}|(?<=[^\n]:)\n"
)
_ONWARDS = re.compile(
    r",\s|;\s|\s[–—-]\s|\s\(|\s(?=(?:so|and|but|which|until|unless|if|because|since|therefore|hence|while|though|as|when|once|before|after)\s)",
    _I,
)
_OF_SHIFTS = re.compile(
    r"\b(?:shifts?|slots?|spots?|openings?|sessions?|assignments?|bookings?|offers?|coverage|cover(?:s|ed|ing)?|them|those|these|locums?|day off|night off|schedule|roster|fill(?:s|ed|ing)?"
    r"|units?|clinics?|hospitals?|departments?|wards?|pay|pays|paid|rates?|bonus|hours|nights|days|for you|you (?:on|in|down))\b",
    _I,
)
_HANDLES = re.compile(
    r"\b(?:gave|gives?|took|takes?|pulled|removed|dropped|released|shows?|says?|marked|lists?|needs?|wants?) (?:it|this|that|you|us|me)\b",
    _I,
)
_MOST = 260
"""Characters of a sentence."""
WRAPPED = 58
"""Characters; a shorter line is not broken by a program, and ends its sentence."""


def without_logistics(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines without such sentences; one that holds nothing else is set aside."""
    kept: list[Line] = []
    whole = "\n".join(line.text[:LONGEST_LINE] for line in lines)
    low, doubtful = whole.casefold(), settled_otherwise(whole)
    formulas = [pattern.compiled for pattern in SENTENCES if _may_be_in(pattern, low)]
    if _may_be_in(REST_COVERED, low) and not (page.answers or any(_tells_some(page, line) for line in lines)):
        formulas.append(REST_COVERED.compiled)
    for run in _runs(lines):
        text = "\n".join(line.text[:LONGEST_LINE] for line in run)
        if doubtful:
            keep_doubts(page, text.replace("\n", " "))
        places = list(_places(page, text, formulas))
        kept += _cut(page, run, places) if places else run
    return kept


def _may_be_in(pattern: Quick, low: str) -> bool:
    for word in pattern.words:  # noqa: SIM110  # a generator costs as much as the search
        if word in low:
            return True
    return False


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that a sentence may go on over: each but the last is so long that a program broke it."""
    run: list[Line] = []
    for line in lines:
        goes_on = (
            run
            and not (line.cells or run[-1].cells)
            and line.number == run[-1].number + 1
            and len(run[-1].text.strip()) >= WRAPPED
            and len(line.text) <= LONGEST_LINE
        )
        if run and not goes_on:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _cut(page: Page, run: Sequence[Line], places: Sequence[tuple[int, int]]) -> Iterator[Line]:
    start = 0
    for line in run:
        text, end = line.text[:LONGEST_LINE], start + len(line.text[:LONGEST_LINE])
        left = list(text)
        for first, last in places:
            for at in range(max(first, start), min(last, end)):
                left[at - start] = " "
        start = end + 1
        bare = "".join(left)
        if bare == text:
            yield line
        elif any(char.isalnum() for char in bare):
            yield replace(line, text=bare.rstrip(), told=line.told or line.text)
        else:
            page.ignore(line, "logistics")


_SOME = re.compile(
    r"\b(?:still|left|only|just|except|but|remain\w*|gone|filled|covered|taken|open|available)\b", _I
)
_NTH = re.compile(r"\d(?:st|nd|rd|th)\b")


def _tells_some(page: Page, line: Line) -> bool:
    """`The 21st is still open.`: then all others may be those of the list."""
    text = line.text[:LONGEST_LINE]
    if not _SOME.search(text) or page.has_slot(text):
        return False
    dated = any(token.kind in ("date", "weekday", "month") for token in page.lex(text))
    return _NTH.search(text) is not None or (dated and not REST_COVERED.search(text))


def _places(page: Page, text: str, formulas: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [*(found.end() for found in _SENTENCE.finditer(text)), len(text)]:
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        sentence = text[begin:end].replace("\n", " ").rstrip()
        if 0 < end - begin <= _MOST and (
            _is_formula(page, sentence, formulas) or _is_logistics(page, sentence)
        ):
            yield begin, end
        else:
            yield from ((begin + first, begin + last) for first, last in unrelated(page, sentence))
        start = end


def _is_formula(page: Page, sentence: str, formulas: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.match(sentence) for pattern in formulas) and not (
        _answer_asked(sentence) or page.has_slot(sentence) or _is_paid(page, sentence)
    )


def _is_logistics(page: Page, sentence: str) -> bool:
    kind = _subject(sentence)
    if not kind:
        return False
    first, *more = [part for part in _ONWARDS.split(sentence) if part.strip()]
    if (kind == "people" and not leads_up(first)) or _HANDLES.search(first):
        return False
    if kind != "process" and _OF_SHIFTS.search(sentence):
        return False
    if not all(_adds_nothing(part) for part in more):
        return False
    asked = phrases.DEADLINE.search(sentence) and _ANSWER.search(sentence)
    return not (asked or _tells(page, sentence))


_ANSWER = re.compile(
    r"\b(?:answers?|repl(?:y|ies)|respon\w+|know|claim|decide|decision|accept|word|hear|sign up|confirm|yes|offer|hold)\b",
    _I,
)


def _answer_asked(sentence: str) -> bool:
    """Whether it may say until when to answer."""
    return (
        phrases.DEADLINE.search(sentence) is not None
        and re.search(r"\d|day\b|tonight|tomorrow|noon", sentence) is not None
    )


def _is_paid(page: Page, sentence: str) -> bool:
    return any(token.kind in ("money", "site") for token in page.lex(sentence))


def _adds_nothing(part: str) -> bool:
    return bool(_subject(part)) or (
        leads_up(part) and not (_POINTS.search(part) or takes_back(part) or may_state(part))
    )


_POINTS = re.compile(r"\b(?:it|this one|that one|them|those|these|this|they)\b", _I)


def _tells(page: Page, sentence: str) -> bool:
    kinds = {token.kind for token in page.lex(sentence)}
    return bool(kinds & {"site", "money", "zone"}) or page.has_slot(sentence) or "hours" in kinds


def _subject(sentence: str) -> str:
    """What kind of thing a sentence is about, by the noun before its first verb: `thing`, `process`, `people` or nothing."""
    words = sentence[:90].lstrip("*•- (\"'").replace("’", "'").split()[:8]
    low = [word.lower() for word in words]
    verb = next((at for at, word in enumerate(low) if word in _VERBS), 0)
    head = next((at for at, word in enumerate(low[:verb]) if word in _OF and at > 0), verb)
    if not head:
        return ""
    noun = low[head - 1]
    if noun in THINGS or " ".join(low[max(0, head - 2) : head]) in _TWO_WORDS:
        kind = "thing"
    elif noun in _PROCESS and head == 1 and low[verb] in _GENERAL:
        kind = "process"
    else:
        kind = "people" if noun in _PEOPLE else ""
    return kind if kind and _plain(words[:verb], head) else ""


def _plain(words: Sequence[str], head: int) -> bool:
    """Whether the words before the noun only say whose or which it is; none of them is a name amid the sentence."""
    before = words[: head - 1]
    if len(before) > MOST_BEFORE or not all(word[0].isalpha() and word[-1].isalnum() for word in words):
        return False
    named = any(
        word[0].isupper() and not (word.isupper() or word.lower() in _LEADS | THINGS) for word in before[1:]
    )
    return not named and not _OF_SHIFTS.search(" ".join(words[:head]))


MOST_BEFORE = 3
"""Words."""

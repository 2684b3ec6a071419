"""What a message says beside its shifts that may make them no offer to a physician, in words that are all understood.

They are for nurses; they are an example; the writer corrects what stands above. Nothing of it is turned into a status or
a date: whoever reads it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.offers.standing import PUT_UP

_I = re.IGNORECASE
_OTHERS = (
    r"(?:(?:nps?|aprns?|apps?|pas?|rns?|lpns?|cnas?|crnas?|emts?|mas)(?![\w/])|nurses?(?: practitioners?)?|nursing|physician assistants?"
    r"|advanced practice \w+|mid-?levels?|scribes?|techs?|technicians?|medics?|paramedics?|residents|fellows|students|interns"
    r"|(?:internal|employed|in-house|full-?time|permanent|own) (?:staff|physicians|docs|doctors|providers)(?: members)?)"
)
_ALSO_PHYSICIANS = re.compile(
    rf"{_OTHERS}[^.;\n]{{0,12}}\b(?:or|and|/)\b[^.;\n]{{0,6}}\b(?:mds?|dos?|docs?|doctors?|physicians?)\b", _I
)
FOR_OTHERS = re.compile(
    rf"\b(?:for|to|by|limited to|restricted to|reserved for|open to|only)(?: (?:the|our|all|any))? {_OTHERS}(?: only)?(?=\s*(?:[.,;:!)]|$|only\b))"
    rf"|\b{_OTHERS}(?:,? (?:and|or|&) {_OTHERS}|/{_OTHERS})? (?:shifts?|openings?|slots?|hours|jobs?|positions?|roles?|needed|wanted|needs|only|schedule|roster|list)\b"
    rf"|\b(?:needs?|seeking|looking for|short|want) (?:an? |some |more |one |another |two |\d )?{_OTHERS}(?! (?:or|and|support|coverage|backup|help)\b)"
    rf"|(?<!with )(?<!w/ )(?<!plus )(?<!and )(?<!has )(?<!have )(?<!no )(?<!have an )(?<!double )(?<!is an )\bAPP (?:coverage|cover)\b",
    _I,
)
"""Work that is not a physician's: `NP shift`, `PAs only`, `for internal staff only`."""
SECOND_THOUGHT = re.compile(
    r"\bnever ?mind\b(?! (?:the )?(?:mon|tue|wed|thu|fri|sat|sun|\d))|\bnvm\b|^\W*(?:\w{1,8} )?(?:oops|whoops|correction|edit|erratum|typo)\b|\b(?<!not )(?:scratch|strike|forget|ignore|disregard) (?:that|this|it|those|these|the|my|all)\b(?! (?:earlier|previous|prior|other) instructions)"
    r"|\bmy (?:mistake|bad|error|apologies for the (?:wrong|error|mistake))\b|\b(?:i|we) (?:meant|should have (?:said|written)|had (?:the|that) wrong|wrote the wrong)\b|^\W*(?:sorry,? )?(?:i )?meant\b|\b(?:make|made) (?:that|it) (?:a |an |the )?(?=\d|\w+day\b|night|day\b|noon|mon|tue|wed|thu|fri|sat|sun)"
    r"|\b(?:found|got|have|has) (?:some(?:one|body)|a taker|takers)\b(?! (?:out|sick|on vacation|who|leaving|off))|\b(?:we|i)(?:['’]re| are|['’]ve| have|['’]m| am)?(?: now| already| all| just)* (?:good|set|covered|got (?:it|this|that|them) (?:covered|handled)?|got it|full(?:y staffed)?|ok now|okay now)(?=\s*(?:[.!,;)]|$|now\b|thanks|for\b))"
    r"|\b(?:thanks|thank you|thx|kudos),?(?: to)? (?:Dr\.? )?[A-Z]?[\w'’-]{0,20} ?for (?:taking|grabbing|picking|covering|stepping)\b|\b(?:is|are|all) spoken for\b|\boff the (?:table|board|market)\b|\b(?:posted|listed|entered|made|put up|went out|is|was|were|are) (?:in error|by mistake|by accident)\b|\bnot real\b|\bthe (?:above|previous|earlier|first) (?:date|time|day|shift|list|message|email|one)s? (?:was|were|is|are) (?:wrong|incorrect|off|a typo)\b|\bwrong (?:date|day|time|shift|month|week|hours)s?\b",
    _I | re.MULTILINE,
)
"""Said behind shifts: they are not as they were told, or to be had no more."""
NOT_REAL = re.compile(
    r"\b(?:this is (?:only |just )?an? (?:test|draft|example|sample|template)|(?:test|sample|dummy) (?:message|e-?mail|shift|list|data|only)|for (?:testing|training|demo|demonstration|illustration)(?: purposes)?\b|do not send|draft(?: only|,? not (?:final|sent))|for example|e\.g\.|examples? of (?:the|how|what|a)|new format|imaginary|hypothetical(?:ly)?)\b",
    _I,
)
"""Said of a message, or on a line."""
_SUBJECT_NOT_REAL = re.compile(r"^\W*(?:test|testing|draft|sample|example)\b|\bexample of\b", _I)
LONG_AGO = re.compile(
    r"\b(?:last (?:year|month|week)(?:['’]s)?|last time (?:it|we|they|this|you|i)\b|remember (?:when|how|last)|back (?:when|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d))|as you (?:may )?(?:recall|remember)|used to|recap of|history of|archive)\b",
    _I,
)
ROSTER = re.compile(
    r"\b(?:who(?: is|['’]s)? (?:working|on|covering|scheduled)|(?:i|he|she|they|we)(?:['’]m|['’]re| am| is| are)? (?:also )?(?:available|free|around|working|on)(?: (?:to work|on|for|these|those|the following))?(?= ?:|$))",
    _I,
)
"""Above days: of those who work on them, or could."""
ROUGH_DAY = re.compile(
    r"(?:(?<!~)~ ?(?![^~\n]*~)|\b(?:(?<!u )(?<!you )around|(?<!what )(?<!how )about|approx\w*\.?|circa|roughly|sometime|any (?:one )?(?:day|night|date|shift|time)s?(?: (?:between|from|in|of|during))?|(?<!every )(?<!each )(?:any )?(?:one|two|three|some|most) of) (?:the )?)"
    r"(?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))"
    r"|\bsame (?:shift |times? |thing |hours |deal )?(?:(?:the )?(?:next|following)|again|every|each|on|for|goes)\b",
    _I,
)
"""Not just the days that are named: `around 2/20`, `any day 2/20-2/25`, `same next week`."""
MINE = re.compile(
    r"\bmy (?:\w+ )?(?:shift|block|run|weekend)s?\b|\bmy (?:wife|husband|spouse|partner|son|daughter|brother|sister|colleague|friend)\b[^.;]{0,12}\b(?:works?|is on|has|covers?)\b",
    _I,
)
TAKEN_BY_SOME = re.compile(
    r"\b(?:we|they|team|group|agency|staff|pool|hospitalists?|locums?|residents?)(?: (?:will|can|could|would|are|is|got|have|has)|['’]ll|['’]re)? cover(?:s|ing|ed)?\b(?! (?:your|travel|all|the (?:cost|travel|flight|hotel)|flights?|housing|hotel|malpractice|mileage|airfare|lodging|tail|expenses|both|for))"
    r"|\b(?:I|we)(?:['’]ll| will) (?:do|work|take) (?:it|this|that|them)\b|\bworks? for (?:me|us|him|her|them)\b|\b(?:did|do|does|didn['’]t|had) you (?:still |already |also )?(?:work|have|cover|do)\b(?! (?:an?|any|time|interest|availab))"
    r"|\byou (?:offered|posted|refused|turned down|passed on|worked|missed|dropped|released|traded|gave)\b"
    r"|(?:\d ?[ap]m?|\d{4}|:\d\d)\W{1,3}(?:me|you|him|her|us|them|team|our \w+|by (?:\w+ )?\w+|(?:the )?agency|yes|ok|okay|no|n/?a)\W*$",
    _I,
)
"""Somebody is said to have them, or to take them."""
TO_CONFIRM = re.compile(
    r"\b(?:please|pls|kindly|can you|could you|need you to|to) (?:re-?)?confirm (?:that |you(?:['’]re| are| will be| can still) |your (?:shift|assignment|attendance)|[^.;,]{0,30}\d{1,2}/\d)",
    _I,
)
"""It may be a shift that the reader has already."""
LESS_PAY = re.compile(
    r"\b(?:less|minus) (?:a |an |our )?(?:\d|fee|tax|commission)|\bcredit(?:s|ed)? (?:of )?(?=[$£€]?\d)|\bdeduct\w*|\bafter (?:fees|deductions)\b",
    _I,
)
"""Not all of the amount is the clinician's."""
_ASKED_OF_YOU = re.compile(
    r"\b(?:take|taking|cover|covering|swap|trade|want|wants?|pick|picking|grab|giv\w+|need|needs|help|drop\w*|up for|offer\w*|open|available|get rid|anyone|someone|you)\b",
    _I,
)


def line_caveats(text: str) -> set[str]:
    """What to ask of the shifts of a line: {"status"}, {"date"}, both or nothing."""
    doubt = {"date"} if ROUGH_DAY.search(text) else set()
    doubt |= {"pay"} if LESS_PAY.search(text) else set()
    patterns = (SECOND_THOUGHT, NOT_REAL, LONG_AGO, TAKEN_BY_SOME, TO_CONFIRM)
    mine = MINE.search(text) and not _ASKED_OF_YOU.search(text)
    if for_others(text) or mine or any(pattern.search(text) for pattern in patterns):
        doubt.add("status")
    return doubt


def for_others(text: str) -> bool:
    """Whether a text may put up work for nurses, scribes or the staff of the house."""
    return bool(FOR_OTHERS.search(text)) and not _ALSO_PHYSICIANS.search(text)


def unreal(subject: str, apart: Iterable[str]) -> bool:
    """Whether a subject, or one of the lines that hold no shift, casts doubt on all shifts of a message."""
    if _SUBJECT_NOT_REAL.search(subject):
        return True
    return any(map(_unreal, (subject, *apart)))


def _unreal(text: str) -> bool:
    patterns = (SECOND_THOUGHT, NOT_REAL, LONG_AGO)
    rostered = ROSTER.search(text) and not PUT_UP.search(text)
    return for_others(text) or bool(rostered) or any(pattern.search(text) for pattern in patterns)

"""What else than an answer has a day by which it is due: a form, a vaccination, what another office has to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers import phrases
from connectors.offers.quick import Quick
from connectors.offers.things import THINGS
from connectors.offers.tokens import Token

OF_PAPERS = Quick(
    r"\b(?:shots?|vaccin\w+|licen[cs]es?|certificat\w+|time ?sheets?|invoices?|forms?|paperwork|credential\w*|documents?|modules?|training|taxes|dues|surveys?|renewals?|cme|receipts?)\b(?:(?! and | but )[^.;!?\n]){0,30}$",
    re.IGNORECASE,
)
"""`Your flu shot is due by Jan 15`: until when something else is to be done."""
_ELSE = Quick(
    r"\b(?:(?:flu|covid|tb|ppd|mmr|tdap|drug|n95|mask|fit)[ -](?:shots?|tests?|testing|screens?)|shots|vaccin\w+|immuni[sz]ations?|boosters?|titers?"
    r"|time ?(?:sheets?|cards?)|invoices?|dues|taxes|surveys?|modules?|(?:mandatory|annual) (?:training|education)|(?:licen[cs]e|acls|bls) renewals?|receipts?|expense reports?|attestations?)\b"
    r"(?:(?! and | but )[^.,;:!?\n]){0,30}\b(?:by|before|due|no later than|until)\b(?: on)? *$",
    re.IGNORECASE,
)
"""`Flu shots by`, `finish your modules before`: up to a date, it is that of something else to do."""
_ANSWERING = re.compile(
    r"\b(?:repl(?:y|ies)|respon\w+|answers?|rsvp|know|tell|confirm|say|hear|decide|interest\w*|claim|bids?|appl\w+|accept\w*|shifts?|offers?)\b",
    re.IGNORECASE,
)
_NO_SCHEDULERS = Quick(
    r"\b(?:tell|notify|inform|alert|e-?mail|call|contact|see|write(?: to)?|let) (?:the |our |your )?(?:payroll|hr|human resources|credentialing|med(?:ical)? staff(?: office| services)?"
    r"|parking|security|housing|travel(?: desk)?|accounting|billing|(?:occupational|occ|employee) health|(?:badge|it|parking|security) (?:office|desk|department|help ?desk))\b[^.;:!?\n]{0,30}\b(?:by|before|no later than|until)\b(?: on)? *$",
    re.IGNORECASE,
)
"""`Please tell payroll by`: an office that fills no shifts."""
_HANDED_IN = re.compile(
    r"(?<![\w-])(?:upload|return|complet|finish|submit|send|sign|fax|renew|updat|bring|pay|fil|fill|scan|mail|turn|hand|indicat|choos|pick|select|provid|giv|not|enter|register|enrol|schedul|attend|order|collect|review|read|tell)(?:e|l|ing)?"
    r"(?: (?:me|us|them|back|in|out|over|off|up))*(?: of)? (?:your|the|an?|any|all|both|these|this) (?P<what>[^.,;:!?\n]{2,40}?) (?:by|before|no later than|until)(?: on)? *$",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:shots?|vaccin\w+|licen[cs]es?|certificat\w+|cards?|time ?sheets?|invoices?|forms?|paperwork|credential\w*|documents?|modules?|training|tax\w*|dues|surveys?|renewals?|cme|receipts?|charts?|notes|attestations?|policy|policies|packets?|badges?|permits?|passes|pass|passwords?|w-?[29])$",
    re.IGNORECASE,
)
_OF_ANSWERS = re.compile(
    r"\b(?:repl(?:y|ies)|respon\w+|answers?|interest\w*|choices?|preferences?|picks?|selections?|decisions?|requests?|bids?|applications?|shifts?|offers?|names?|dates?|days?|nights?|weekends?|week|blocks?|slots?|runs?"
    r"|availab\w+|commitments?|yes|no|nod|word|line|note|message|text|call|ring|shout|holler|buzz|thoughts|contracts?|agreements?|confirmations?|acceptances?|cvs?|r[eé]sum[eé]s?|sites?|ones?|heads?-?up|thumbs|intentions?|rsvps?|schedulers?|coordinators?|office|desk|group|thread|board|list|portal)\b",
    re.IGNORECASE,
)
_OF_OWN_KIND = re.compile(
    r"\b(?:meals?|menu|diet\w*|vacation|pto|holiday|vendor|scrubs?|size|hotel|room|travel|flight|seat|parking|address|insurance|benefits?)\b",
    re.IGNORECASE,
)
_FOR_ELSE = re.compile(
    r"\b(?:(?:choices?|preferences?|picks?|selections?|decisions?|answers?) (?:of|about|for|as to|regarding)|interest in|(?:thoughts|decisions?) (?:on|about)) (?!(?:these|this|those|them|it|that|any|either|each|one|all|both|some|whether|which|what|mine|our|open|[a-z]+ing)\b|(?:the |an? )?(?:\w+ ){0,2}(?:shifts?|dates?|days?|nights?|weekends?|week|blocks?|runs?|offers?|ones?|slots?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|january|february|march|april|may|june|july|august|september|october|november|december)\b|[^a-z]*\d)\w",
    re.IGNORECASE,
)
_ON_CONDITION = re.compile(
    r"^[^.;!?\n]{0,30}?\b(?:if|whether|which|what) (?:(?:your|the|a|an) (?!answer|schedule|calendar|dates?|days?|shifts?|nights?|weekend|time|hours|rate|pay)|you (?:(?:will|would|still|also|do) |['’]ll |['’]d )*(?:need|moved|move|have (?:moved|any|a|changed)|changed?|require|prefer|(?:are|plan on|plan to) (?:attend|com|bring|driv|fly|stay)\w*)\b|(?:meal|size|hotel|flight)\b)",
    re.IGNORECASE,
)
"""`Let me know by Friday if your address changed`."""


_OF_WRITER = Quick(
    r"(?:\b(?:i|we|he|she|they)(?:['’]ll| will| (?:hope|plan|aim|expect|promise|intend) to|(?:['’]m|['’]re| am| are) going to)|\b(?:the|our|my) [\w ]{2,25}? will|(?-i:\b[A-Z][a-z]{1,12}) will)"
    r" (?:(?:then|also|only|probably|have to|be able to|try to|do my best to|all) )*(?:let you know|let everyone know|confirm|decide|answer|reply|respond|get back to|send|notify|tell|post|announce|publish|advise|inform|choose|pick|select|have (?:an?|the|my|our) |be (?:out|up|posted|ready|sent|announced|decided|in touch|published|available)\b)(?:(?! so | please | pls | and (?:please|let|tell|call|text))[^,;.!?\n])*$"
    r"|\bhear (?:back )?from (?:me|us|him|her|them)\b(?:(?! so | please | pls | and (?:please|let|tell|call|text))[^,;.!?\n])*$|\b(?:expect|you(?:['’]ll| will) (?:get|have|receive)) (?:my|our|an?|the) (?:(?! so | please | pls | and (?:please|let|tell|call|text))[^,;.!?\n])*$",
    re.IGNORECASE,
)
"""`I will confirm by`, `You will hear from us by`: when whoever writes answers."""


_ENDS = re.compile(
    r"\b([\w-]+) (?:(?:will|also|only|itself) ){0,2}(?:expires?|closes?|lapses?|ends?)(?: (?:on|by))? *$",
    re.IGNORECASE,
)
"""`Your parking permit expires`: no offer does."""


def is_of_else(before: str) -> bool:
    """Whether the words up to a day say until when something else is to be done, or somebody else to be told."""
    if _NO_SCHEDULERS.search(before) or phrases.INVITED.search(before):
        return True
    ends = _ENDS.search(before)
    if ends and (ends[1].lower() in THINGS or _PAPERS.search(ends[1])):
        return True
    handed = _HANDED_IN.search(before)
    paper = handed is not None and _PAPERS.search(handed["what"]) is not None
    return (paper or _ELSE.search(before) is not None) and not _ANSWERING.search(before)


_ASKED_TO = re.compile(
    r"(?:^|[.;:!?,(–—-])\s*(?:(?:so|and|but|then|please|kindly|pls|just|do)\s)*(?:(?:can|could|would|will) you (?:please |kindly )?)?$",
    re.IGNORECASE,
)


def asks_for_answer(before: str) -> bool:
    """`Send me your dates by`: whether the reader is asked to hand in what is an answer."""
    handed = _HANDED_IN.search(before)
    return (
        handed is not None
        and _OF_ANSWERS.search(handed["what"]) is not None
        and _ASKED_TO.search(before[: handed.start()]) is not None
    )


def may_be_of_else(before: str, after: str) -> bool:
    """Whether a day may be that of an answer, or of what nobody taught us: `return the yellow card by`, `your choice of scrubs by`."""
    handed = _HANDED_IN.search(before)
    strange = handed and (not _OF_ANSWERS.search(handed["what"]) or _OF_OWN_KIND.search(handed["what"]))
    return bool(
        strange or _OF_WRITER.search(before) or _FOR_ELSE.search(before) or _ON_CONDITION.match(after)
    )


def due_else(text: str, tokens: Sequence[Token]) -> bool:
    """`Flu shots by Dec 15 or wear a mask`: whether the one day that a sentence names is that of something else to do."""
    timed = [token for token in tokens if token.kind in (*_OF_TIME, "money") or token.text.lower() in _SOON]
    days = [token for token in timed if token.kind in ("date", "month")]
    if len(days) != 1 or any(token.kind not in ("date", "month", "weekday") for token in timed):
        return False
    begin = timed[0].start  # `by Tuesday, Dec 15`
    return len(timed) <= 2 and days[0].start - begin <= _WEEKDAY_BEFORE and is_of_else(text[:begin])


_OF_TIME = ("date", "month", "weekday", "hours", "span", "clock")
_SOON = ("today", "tonight", "tomorrow", "tmrw")
_WEEKDAY_BEFORE = 12
"""Characters of `Wednesday, `."""

"""Small talk beside shifts: a sentence, or the reason given in one, that cannot be about whether the shifts are to be had.

It names no day, no time, no amount and no place, points back at nothing (`it`, `that one`, `both`), and holds no word of
refusal, doubt, change or taking. Its other words may then be any: nobody can know all that people write of flu and
floods. Where one of these stands in it, each of its words has to be understood, as those of the shifts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers.niceties import GIVING_AWAY
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import unexplained

_I = re.IGNORECASE
_SENTENCE = re.compile(
    r"(?<=[\w)%\"'’])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)(?:[.!?]+|[;]|:\))(?=\s|[\"”’]|$)|\s[–—]\s|(?<=\w)!+"
)
_CLAUSE = re.compile(
    r"[,;:()–—]|\s(?=(?:because|bc|since(?! \d)|given that|now that|seeing as|due to|thanks to|so|and|but|while|which|who|as (?:we|i|our|my))\b)",
    _I,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|it['’]s|this|that|that['’]s|these|those|they|they['’]re|them|ones?|both|either|neither|first|second|third|last(?! (?:minute|week|month|year|night|time|summer|fall|winter|spring|weekend)\b)|former|latter|half|halves"
    r"|rest|same|above|below|following|previous|earlier|shifts?|slots?|spots?|openings?|blocks?|sessions?|dates?|offer(?:s|ed|ing)?|gig)\b",
    _I,
)
_WEIGHTY = re.compile(
    r"\b(?:(?:some|any)(?:one|body) else|moved on(?! (?:me|us)\b)|only(?= for| if| until)|location|picked up|contract\w*|chang\w+|may|might|maybe|perhaps|possib\w+|probab\w+|likely|unlikely|hopefully|potential\w*|unless|whether|depend\w*|(?<!who )(?:said|says) (?:yes|no|ok)|thinking|consider(?:s|ed|ing)|express\w*|review\w*|candidates?|applicants?|sailed|(?:they|we|client|director|hospital|administration|management|unit|site|facility|department|chief|desk)(?: has| have)? decid\w+"
    r"|provided|assum\w+|conting\w+|once (?:we|i|they|the|he|she|approved|confirmed)"
    r"|(?:we|i|they|client|hospital|facility|site|it|that|this)(?:['’]ll)? (?:may|might|could|can still)|tentativ\w*|pend\w+|holds?|holding|standby|backup|jeopardy|unsure|uncertain|doubt\w*|tba|tbd|tbc"
    r"|cancel\w*|withdr\w+|remov\w+|delet\w+|void\w*|revok\w+|rescind\w*|retract\w*|scrap\w*|scratch\w*|nix\w*|kill\w*|axed?|pulled|dropp?(?:ed|ing)?|closed|shut\w*|ended|expir\w+|lapse\w*"
    r"|fill(?:s|ed|ing)?|covered|tak(?:e|es|en|ing)|took|grab\w*|claim\w*|snag\w*|snap\w*|nab\w*|scoop\w*|steal|stole|assign\w*|award\w*|book(?:s|ed|ing)?|reserv\w+|select\w*|chos\w+|choos\w+|hired|staffed|settl\w+|sort(?:ed)?|handled"
    r"|volunteer\w*|confirm\w*|approv\w+|accept\w*|declin\w*|den(?:y|ied|ies)|reject\w*|refus\w+|agree\w*|commit\w*|promis\w+|spoken"
    r"|swap\w*|trad(?:e|es|ed|ing)|switch\w*|resched\w+|postpon\w+|delay\w*|correct\w*|wrong\w*|mistak\w+|error\w*|typo\w*|oops|whoops|ignor\w+|disregard\w*|nevermind|actually|meant|revis\w+"
    r"|test(?!ed positive\b)\w*|example\w*|sample\w*|draft\w*|templat\w+|hypothe\w+|jok\w+|kidding|pretend\w*|imagin\w+|archive\w*|recap\w*"
    r"|bill\w*|bonus\w*|pay|paid|pays|rate|rates|fees?|tax\w*|deduct\w*|percent|credit\w*|unpaid|free"
    r"|nps?|pas?|rns?|zone|eastern|central|mountain|pacific|campus|annex|satellite|sister (?:site|hospital|clinic|campus|facility)"
    r"|dibs|sailed|no go|slash\w*|to the punch|(?:raised|raises|put up) (?:a|his|her|their) hand|wants? in|tank\w*|bail\w*|(?:back|bow)(?:s|ed|ing)? out|f(?:e|a)ll(?:s|ing|en)? through|walk(?:s|ed|ing)? away|sign(?:s|ed|ing)? (?:up|on)"
    r"|password|account|bank\w*|ssn|dea|passport|gift)\b|\b(?:x{2,})\b|=",
    _I,
)
"""What may say of shifts, whether it names them or not, that they are not to be had, or not as they are told."""
_WEIGHTY_OF_THEM = re.compile(
    r"\b(?:wait\w*|otherwise|if(?! (?:you|u|interested|any|the mood|i (?:may|can)))|until"
    r"|clos(?:e|es|ing)|gone|went|lost|fill|cover(?:s|ing)|pick\w*|given|giving|gave|mov(?:e|es|ed|ing)|shift(?:ed|ing)|push\w*|updat\w+|edit\w*|histor\w+|money"
    r"|nurses?|residents?|interns?|students?|scribes?|techs?|medics?|site|census)\b",
    _I,
)
"""What may say so of shifts only where it points at them."""
_REFUSAL = re.compile(
    r"(?:(?:^|[,;–—])\W*(?:no|not|never|none|nobody|nothing|without|except|only|instead|else|other)\b"
    r"|(?:n['’]t|\b(?:not|no|never|nobody|nothing|none|without|cannot))\b(?: \w+){0,3}? (?:need\w*|want\w*|requir\w+|use|us(?:ing)|offer\w*|sure|certain|final|official|open\w*|availab\w+|longer|more|any ?more|yet|looking|look|hav(?:e|ing)|happen\w*|allow\w*|able|work\w*|exist\w*)\b)",
    _I,
)
"""`We won't need anybody`, `Not any more.`, and not `I can't make the trip`."""
_REASON = re.compile(
    r"\s{0,3}(?:because|bc|since|given that|now that|seeing as|due to|thanks to|so (?=i|we)|as (?=we|i|our|my))\b",
    _I,
)
_PREDICATE = re.compile(
    r"\b(?:it|this|that|these|those|they|one|ones|both|all|each|some|most|rest|shifts?|slots?|dates?|days?|nights?|list|schedule|offer)(?: ones?| shifts?)?(?:['’](?:s|re|ll|ve)| (?:is|are|was|were|be|has|have|had|will|can|got|get|went|go|goes|looks?|seems?|stays?|remains?|becomes?))\b",
    _I,
)
_TITLE = re.compile(r"\W*[A-Z][\w'’-]*(?: (?:(?:of|the|and|at|&) ){0,2}[A-Z\d][\w'’-]*)+\W*")
"""Every word of it is written as a name's is."""
_MAY_HAVE = re.compile(
    r"\b(?:yourself|you(?:['’]re| are) (?:on|in|it|up|down|set|good|a go|next)|you and (?-i:[A-Z])\w+|(?:and|&) you(?= (?:are|will|have)\b|\s*[.!]|\s*$)|u r|(?:is|are|was|be) (?:his|hers|theirs|ours|mine))\b|(?:(?<![\w.])(?-i:[A-Z][a-z'’-]+)|\b(?:he|she|they|someone|somebody|we|i|you|u|who|docs?|doctors?|colleague|partner|nocturnist|locum))(?: (?:will|would|can|could|should|is|are|was|has|have|had|does|did|already|also|still|just|now|wants? to|says|said|thinks?|hopes? to)|['’](?:s|ll|d|ve|re|m))*"
    r" (?:works?|working|covers?|do|does|doing|did|has|have|had|gets?|got|wants?|wanted|step\w*|jump\w*|keeps?|keeping|kept|owns?|on|in|help\w* out)\b(?! (?:(?!work|cover|tak|book|claim|own|pick)\w+ed|been|gone|done|call|to|the same|your|you|a |an |my|his|her|our|their|no|plenty|lots|some|any|good|great|time|with|for us|out for)\b)",
    _I,
)
"""Somebody may be said to have them: `Kim works`, `she has`."""
_PLACE = re.compile(
    r"\b(?:at|in|over at|over in|down at|up at|out at)(?: the)? (?!January|February|March|April|May|June|July|August|September|October|November|December|English|Christmas)[A-Z][a-z]"
)
_NEEDS = re.compile(
    r"^\W*(?:[A-Z][\w'’-]+ ){1,3}(?:needs?|is short|is open|is looking|wants|would like|has)\b"
)
"""Of a place, or of somebody, that nobody knows."""
_MAY_KEEP = re.compile(
    r"\b(?:keep\w*|kept|want\w*|need\w*|work\w*|do|does|doing|did|might|may|after all|anyway)\b", _I
)
"""Of who gives a shift away: that they may not."""
_OF_SELF = re.compile(
    r"\W{0,6}(?:(?:hey|hi|hello|so|ok|okay|well|sorry|ugh|all|folks|everyone|guys|team|friends)\b\W{0,3}){0,3}(?:I|I['’]\w+|my|our|we|we['’]\w+|(?:just )?got|have|going|stuck|turns out)\b",
    _I,
)
"""`Got tickets for something on the 27th.`: the writer's own life, before the shift that is given away for it."""
_DUMMY = re.compile(
    r"\b(?:it|this|that)(?: is| was|['’]s)(?: going to be| also| always| only)? (?:(?:a|an|the|my|our|your|his|her) )?(?:[a-z’'-]{3,14} ){0,2}?(?:weekend|week|season|time|weather|month|year|day|birthday|anniversary|wedding|holiday)(?= *(?:[.,;!?)]|$| (?:and|so|here|up|again|of)\b))",
    _I,
)
"""`It is rodeo weekend`: of no shift."""
_OF_THEM_UNSAID = re.compile(
    r"\W*(?:(?:and|but|so|now|already|just|also|still|probably|likely|hopefully|possibly|maybe|perhaps)\b\W{0,3}){0,3}"
    r"(?:might|may|could|should|will|goes|going|went|gone|lost|given|gave|moved|moving|unless|until|till|only|maybe|perhaps|probably|possibly|likely|hopefully|depends|depending|waiting"
    r"|looks like|sounds like|seems|staying|taken|found|closing|opens|opening|changed|changing|pushed|picked|once|with)\b",
    _I,
)
"""`Might go to another doc.`: behind shifts, a sentence without a subject is of them."""
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)", _I)
_DOCTOR = re.compile(r"\bDr\b\.?")
FEWEST = 3
"""Words; fewer of them may be a name, or an answer."""
_OF_SHIFTS = ("date", "month", "weekday", "number", "hours", "span", "clock", "money", "zone")
_TIMED = ("date", "month", "hours", "span", "clock")
_SPEAKS = ("date", "month", "weekday", "number", "hours", "span", "clock", "money", "zone", "site", "emr")


def remarks(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of the sentences, and of the reasons within others, that are small talk."""
    timed = min((token.start for token in tokens if token.kind in _TIMED), default=len(text))
    sites = {token.value for token in tokens if token.kind == "site"}
    # What leads up to the shifts of one place may name it.
    of_one_site = [token for token in tokens if token.kind != "site"] if len(sites) == 1 else tokens
    for start, end in sentences(text):
        leads = end <= timed < len(text)
        asked = leads and text[:end].endswith("?")
        if _is_talk(text, start, end - asked, of_one_site if leads else tokens, leads=leads):
            yield start, end
            continue
        for first, last in _clauses(text, start, end):
            leads_up = last <= timed and not _names_place(text, first, last)
            led = leads_up or _REASON.match(text, first) or _promises(text, first, last)
            caused = leads_up and _SO_WE.match(text, last) and not _TAKES.search(text, first, last)
            if led and _is_aside(text, first, last, tokens, named=bool(caused)):
                yield first, last


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The place of each."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _CLAUSE.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _names_place(text: str, start: int, end: int) -> bool:
    """`Fairmont Step-Down Unit`, `Oakdale west wing:`: what nobody taught us, as the head of a line may say where."""
    clause = text[start:end]
    if _TITLE.fullmatch(clause):
        return True
    return text[end : end + 1] == ":" and bool(unexplained(clause, frozenset(), common=True))


_SO_WE = re.compile(
    r",?\s+(?:and )?so (?:I|we|they|there|our|the|my|it['’]s|it|that|now)\b|,? (?:which|and that|that) (?:leaves|means|leave)\b|,? (?:leaving|meaning)\b",
    _I,
)
_TAKES = re.compile(
    r"\b(?:has|have|had|takes?|taking|took|works?|working|covers?|covering|wants?|(?:will|would|can|could)(?! be (?:at|out|away|on|in|off|gone|having|travel\w+|unavailable|missing|abroad)\b)|does|doing|got|gets?|on(?! (?:leave|vacation|holiday|jury|sabbatical|his|her|their|a)\b)|agreed|offered|said|says)\b",
    _I,
)


def _is_aside(text: str, start: int, end: int, tokens: Sequence[Token], *, named: bool = False) -> bool:
    """A clause of a sentence with shifts that names none of their days or hours, and states nothing of them.

    `named`: a doctor may be, of whom it only says why somebody else is needed.
    """
    clause = text[start:end]
    if len(clause.split()) < FEWEST or (_DOCTOR.search(clause) and not named) or _PREDICATE.search(clause):
        return False
    if _weighs(clause) or _WEIGHTY_OF_THEM.search(clause):
        return False
    return not any(token.kind in _OF_SHIFTS for token in tokens if start <= token.start < end)


_PROMISE = re.compile(
    r"\W{0,3}(?:(?:and|plus|then|so) )?(?:I|we)(?:['’](?:ll|d|m|re)| will| would| promise\b| can promise| guarantee\b| am| are)\b",
    _I,
)


def _promises(text: str, start: int, end: int) -> bool:
    """`…, $250/hr and I will personally bring the tacos`: what the writer will do, and nothing of the shifts."""
    clause = text[start:end]
    return bool(_PROMISE.match(clause)) and not (_POINTS_BACK.search(clause) or _MAY_HAVE.search(clause))


def names_need(text: str) -> bool:
    """`Riverside needs help`: a place, or somebody, that nobody knows."""
    return _NEEDS.search(text) is not None


def leads_up(text: str) -> bool:
    """Whether the part of a sentence before `but` only leads up to the rest: it says nothing of how the shifts stand."""
    text = _SAW.sub(" ", text)
    return not (_weighs(text) or _WEIGHTY_OF_THEM.search(text))


_SAW = re.compile(
    r"\b(?:I['’]?m |I am )?not (?:sure|certain)(?= (?:if|whether))|\b(?:if|whether) (?:you|u)(?:['’]ve| have| had)? (?:saw|seen|got|gotten|received|noticed|read|missed|(?:had|have|get) (?:a )?(?:chance|time) to (?:see|read|look))\b|\bif (?:this|it) is (?:too )?(?:late|early|short notice)\b",
    _I,
)


def _is_talk(text: str, start: int, end: int, tokens: Sequence[Token], *, leads: bool) -> bool:
    """A sentence without days, hours, amounts and places; one that leads up to the shifts points back at none of them."""
    sentence = text[start:end]
    sentence = _DUMMY.sub(" ", sentence)
    if leads and _OF_SELF.match(sentence):
        sentence = _PLACE.sub(" ", sentence)
    if len(sentence.split()) < FEWEST or _weighs(sentence) or _PREDICATE.search(sentence):
        return False
    points_back = _POINTS_BACK.search(sentence)
    if points_back and _WEIGHTY_OF_THEM.search(sentence):
        return False
    mine = _OF_SELF.match(sentence) and GIVING_AWAY.search(text) and not _MAY_KEEP.search(sentence)
    if not (leads or mine) and (points_back or _MAY_HAVE.search(sentence) or _OF_THEM_UNSAID.match(sentence)):
        return False
    spoken = [token for token in tokens if start <= token.start < end and token.kind in _SPEAKS]
    if leads and _OF_SELF.match(sentence):
        spoken = [
            token for token in spoken if not (token.kind == "weekday" or _ORDINAL.fullmatch(token.text))
        ]
    return not spoken


def _weighs(text: str) -> bool:
    """Whether it may say of the shifts that they are not to be had, not as they are told, or not here."""
    return any(pattern.search(text) for pattern in (_WEIGHTY, _REFUSAL, _PLACE, _NEEDS))

"""The shifts that a part of a sentence names and nothing else, and what may stand beside their status in any words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.offers.caveats import for_others
from connectors.offers.page import Page
from connectors.offers.tokens import Token

_I = re.IGNORECASE
_SMALL = frozenset(
    """
    the your our my other this that these those a an both all each and on at of for from to in shift shifts block blocks session sessions night nights day days date dates slot slots
    assignment assignments booking bookings clinic overnight overnights daily evening evenings weekend one ones you had have were was scheduled down booked signed up we i asked
    about wanted requested applied discussed talked mentioned offered sent posted listed which for through until both inclusive coverage team unit ward st
    """.split()
)
"""What the shifts may be called."""
_DROPPED = _SMALL - frozenset(
    "and to from of in at night nights day days overnight overnights evening evenings through until".split()
)
_MARKS = frozenset(",()-–—&+/:")
KINDS = ("date", "hours", "span", "clock", "month", "weekday", "number", "zone", "site", "emr")
EACH = re.compile(r"\b(?:each|every) (?:day|night|shift|date|session|evening)\b|\bboth days\b|\bdaily\b", _I)
_RELATIVE = re.compile(r",? (?:which|that|who) (?P<said>[^,;.!?()]{3,90}?),(?= |$)", _I)
_BRACKET = re.compile(r"\s?\((?P<said>[^()]{3,90})\)")
OF_SHIFTS = (*KINDS, "money")

TURNS = re.compile(
    r"\?|\b(?:but|however|though|although|yet|except|unless|until|till|if|whether|once|when|may|might|could|should|would|maybe|perhaps|probably|possibly|likely|hopefully|think|thought|believe|guess|suppose|hop(?:e|ing)|seems?|looks like"
    r"|pending|tentativ\w*|provision\w*|conditional\w*|hold|subject|conting\w+|await\w*|waiting|depend\w*|half|halves|part|partly|partial\w*|some|still|open\w*|available|again|(?<!getting )(?<!coming )(?<!writing )(?<!calling )(?<!texting )back(?! (?:in|from)\b)|instead|others?|only|just (?:the|one|for)|second|third|last(?! (?:week|month|night|year|minute)\b)|rest"
    r"|swap\w*|trad(?:e|es|ed|ing)|switch\w*|chang\w+|mov(?:e|es|ed|ing)|resched\w+|postpon\w+|replac\w+|needs?|needed|needing|wants?|wanted|can you|let (?:me|us)|reply|respond|answer by|confirm|keep|kept"
    r"|mistak\w+|errors?|wrong\w*|oops|whoops|ignore|disregard|scratch|strike that|actually|kidding|jok\w+|test|example|sample|draft|correct\w*"
    r"|back-?up|standby|stand-?by|jeopardy|shadow\w*|orient\w+|training|unpaid|volunteer|observ\w+|on call|late[rn]?|longer|earlier(?! this\b| today\b)|shorter|hours?(?! (?:before|ahead|earlier than) you\b)|pay\w*|rate|unconfirmed|provided|assuming|as long|so long|conditions?|principle|for now|verbal\w*|informal\w*|unofficial\w*|soft|pencil\w*|re-?(?:listed|posted|booked|opened|instated)|shorten\w*|lengthen\w*|extend\w*|malpractice|indemnity|insurance)\b|n['’]t\b|\b(?:not|never|no|nobody|none|neither|nor|without)\b",
    _I,
)
"""Beside a status: it may not be so, not be all, or not be settled."""
TURNS_REASON = re.compile(
    r"\?|\b(?:but|however|though|although|except|unless|until|till|if|whether|instead|only|half|partly|mistak\w+|errors?|wrong\w*|ignore|disregard|scratch|actually|kidding|jok\w+|test|example|again|back on|re-?open\w*|still|let (?:me|us)|reply|respond|(?:can|could|would|will|should|do) you|you (?:can|could|will|may|have|are|get)|you['’](?:re|ll|ve)|pending|tentativ\w*|swap\w*|trad(?:e|es|ed|ing)|think|thought|guess|hop(?:e|ing)|maybe|perhaps|probably|possibly)\b",
    _I,
)
"""Within a reason, which may well tell of who is not there or what is not needed."""
_REASON = re.compile(
    r"\W{0,3}(?:because(?: of)?|bc|since|due to|owing to|on account of|given|thanks to|as (?=(?:the|we|they|he|she|our|their|there|it|dr)\b)|after (?=(?:the|a|an|our|their|they|we)\b)|for lack of|reason:?|,? who\b)(?= |$)",
    _I,
)
_AS_SOMETHING = re.compile(
    r"\bas (?!agreed|discussed|promised|usual|always|requested|planned|you (?:asked|requested|wanted)|we (?:discussed|agreed))",
    _I,
)


PERSON = (
    r"(?:docs?|doctors?|physicians?|providers?|clinicians?|hospitalists?|nocturnists?|intensivists?|psychiatrists?|locums?|colleagues?|partners?"
    r"|residents?|fellows?|attendings?|applicants?|candidates?|member|regulars?|person|somebody|staff|pool|group|own(?=\W*$|\s?[,;]))"
)
SOMEBODY = (
    rf"(?:(?-i:Dr\.? [A-Z])[\w'’-]{{1,20}}|some(?:one|body)(?: else)?|(?:an?other|a different|an?|one of (?:the|our|their)|our|the|their|my)(?: (?!you\b)[a-z][\w-]{{1,14}}){{0,4}}? {PERSON}\b"
    r"|another|in-?house(?: staff)?|internal staff|staff\b)"
)
"""Who is not the reader."""


_SENTENCE = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)[.!]+(?=\s|$)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The place of each that asks nothing."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def dated(page: Page, text: str, kinds: Sequence[str] = OF_SHIFTS) -> bool:
    return any(token.kind in kinds for token in page.lex(text))


def shifts_named(
    page: Page, text: str, kinds: Sequence[str] = KINDS, *, day_only: bool = False
) -> str | None:
    """The shifts that a part of a sentence names, in as few words as tell them; None where it says anything else."""
    for pattern in (_RELATIVE, _BRACKET):
        text = pattern.sub(lambda found: found[0] if _bears(page, found["said"]) else " ", text)
    text = EACH.sub(" ", text).strip(" ,")
    tokens = page.lex(text)
    told_all = page.names_day(tokens) if day_only else page.has_slot(text)
    if not told_all or text.count("(") != text.count(")") or _of_one_day_alone(tokens):
        return None
    told = list(text)
    for token in tokens:
        word = token.text.lower().strip(".'’")
        if token.kind == "word" and word in _SMALL:
            told[token.start : token.end] = (
                " " * (token.end - token.start) if word in _DROPPED else token.text
            )
        elif token.kind not in kinds and not (token.kind in ("mark", "noise") and token.text in _MARKS):
            return None
    return re.sub(r"\s+", " ", "".join(told)).strip(" ,")


def _of_one_day_alone(tokens: Sequence[Token]) -> bool:
    """`2/20 7a-7p, Sunday`, `May 14, 15, 7a-7p (15`: a day that stands apart from its date may be all that is meant."""
    told = [token for token in tokens if token.kind in KINDS]
    timed = next((at for at, token in enumerate(told) if token.kind in ("hours", "span")), len(told))
    behind = {token.kind for token in told[timed:]}
    if "number" in behind and "month" not in behind:
        return True
    beside = zip([None, *told], told, [*told[1:], None], strict=False)
    return any(
        token.kind == "weekday"
        and not {one.kind for one in (before, after) if one} & {"date", "month", "number", "span"}
        for before, token, after in beside
    )


def _bears(page: Page, text: str) -> bool:
    """Whether what is put in between may say more than what the shifts were."""
    return dated(page, text) or TURNS.search(_ONCE.sub(" ", text)) is not None


def without_asides(page: Page, text: str) -> str:
    """The text of a settled shift without what is put in brackets behind it, where that names nobody and turns nothing round."""
    return _BRACKET.sub(lambda found: found[0] if _says_more(page, found["said"]) else "", text)


def _says_more(page: Page, text: str) -> bool:
    named = _NAMED.search(text) or _SOMEONE.search(text) or len(text.split()) < FEWEST
    return bool(named) or for_others(text) or _bears(page, text)


FEWEST = 3
"""Words; fewer may be a name, or a code."""
_NAMED = re.compile(
    r"(?<=\s)(?!I\b)[A-Z]|^(?!(?:We|I|The|You|Your|It|Our|Please|Bring|Park|Use|No|Lunch|Yes|Sorry)\b)[A-Z]|\bdr\b"
)
_SOMEONE = re.compile(
    r"\b(?:he|she|they|some(?:one|body)|who|him|her|them|covers?|covering|takes?|taking|works?|working)\b", _I
)
_ONCE = re.compile(
    r"\b(?:(?:we|they|I|you|had|was|were|got)(?: \w+)? )?(?:pulled|cancell?ed|withdrew|closed|removed|posted|sent|offered|asked|requested|wanted|applied|discussed)\b(?: (?:for|about|by mistake|in error|last (?:week|month|night)|earlier this (?:week|month)|yesterday|by phone))*",
    _I,
)
"""`which we cancelled last week by mistake`: what was so before."""


_GOES_ON = re.compile(
    r"\W*[,;:!()–—-]|\W*$| (?:yesterday|today|this|last (?:week|night|month)|overnight|over the (?:weekend|holiday|phone)|so|and|already|now|earlier|an?|two|three|just|right|before|within|quickly|fast|late|internally|altogether|entirely|anyway|thanks|sorry|as|see you|for lack|on (?:staff|site|our)|from (?:our|the|within|in)|of (?:ours|theirs)|who)\b",
    _I,
)
"""How a sentence goes on behind all that states a status."""
_SAME = re.compile(
    r"[,;]?(?: (?:and|at|with|on|for))*(?: (?:the|all))? same (?:hours?|times?|rate|pay|terms|place|site|location)(?: (?:as|like) (?:before|planned|agreed))?(?=\W|$)",
    _I,
)
"""`…, same hours and same rate`: nothing else of it changes."""
_TO_YOU = re.compile(
    r"\b(?:to|by|with|for) you\b|\byours\b|\byou(?:['’]re| are| have|['’]ve)\b(?! (?:off|free|not)\b)", _I
)
"""Of what is gone: then it is not."""


def is_harmless(page: Page, text: str, outcome: str) -> bool:
    """Whether what stands behind neither turns the status round nor leaves it open."""
    text = _SAME.sub("", text)
    if not text.strip(" ,.!)"):
        return True
    if dated(page, text) or not (_GOES_ON.match(text) or _REASON.match(text)):
        return False
    gone = outcome in ("withdrawn", "moved")
    if gone and _TO_YOU.search(text):
        return False
    if gone and _REASON.match(text):
        return not TURNS_REASON.search(text)
    if outcome == "confirmed" and _AS_SOMETHING.search(text):
        return False
    return not TURNS.search(text)

"""Said below shifts, in a line of its own: that somebody has them, takes them or keeps them, or that they are held for another.

No status comes of it: whose shift is meant, and whether it is settled, whoever reads it is asked.
"""

from __future__ import annotations

import re

from connectors.offers.absence import WHY_OPEN
from connectors.offers.asides import ASIDES
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_DOCTOR = (
    r"(?:docs?|doctors?|physicians?|providers?|hospitalists?|nocturnists?|intensivists?|psychiatrists?|locums?|colleagues?|partners?"
    r"|(?-i:NPs?|PAs?|APPs?)|residents?|fellows?|group|team|staff)"
)
_SOMEBODY = rf"(?:(?-i:Dr\.? [A-Z])[\w'’-]{{1,20}}|he|she|somebody|someone(?: else)?|one of (?:our|the|my) \w{{3,14}}|(?:our|the|another|my|a) (?:[\w-]{{2,12}} ){{0,2}}?{_DOCTOR})"
_THEM = (
    r"(?:it|this|that|this one|that one|them|these|those|both|(?:the|this|that|these|those) (?:shifts?|nights?|days?|ones?|slots?|blocks?|sessions?))"
    r"(?! (?:off|down|from|back|up with|out|seriously|easy|personally)\b)"
)
_WILL = r"(?:['’](?:ll|s|ve))?(?: (?:will|is|are|was|has|have|can|now|already|also|just|still|finally|going|able|willing|agreed|offered|decided|to|be|wants?|said (?:he|she|they)(?:['’]ll| will| can)|called and|stepped up and)){0,5}"
_TAKES = r"(?:takes?|taking|took|taken|covers?|covering|covered|works?|working|keeps?|keeping|kept|claim(?:s|ed|ing)?|grab(?:s|bed|bing)?|picked up|picking up|has|have|got|wants?|(?<=will )do|(?<=can )do|(?<=to )do|doing|asked for|requested|applied for|bid on)"
_TAKEN = (
    Quick(rf"\b{_SOMEBODY}(?: who [^.,;!?]{{3,30}}?)?{_WILL} {_TAKES} {_THEM}\b", _I),
    Quick(
        rf"\bI(?:['’]ll| will|['’]m| am)(?: (?:be|just|probably|actually|going to|now)){{0,2}} (?:keep|keeping|take|taking|work|working|cover|covering) {_THEM}\b(?! (?:for you|open|until|till|through|on hold|posted|up|listed|running|short|simple)\b)",
        _I,
    ),
    Quick(
        rf"\b(?:already |now |finally )?(?:have|has|got|found|lined up) (?:full |some |good |our own )?(?:coverage|cover|someone|somebody|(?:a|another|our) (?:\w{{3,12}} )?{_DOCTOR})(?: lined up)? (?:for|to (?:take|cover|work|do)) {_THEM}\b"
        r"|\b(?:have|has|had|got) (?:it|this|that|them|these|both|everything)(?: all| already| now)? covered\b",
        _I,
    ),
    Quick(
        r"(?:^|(?<=[.!?;] ))\W*(?:(?:it|this|that|they|these|both|this one|that one|the (?:shift|night|day|one|block|slot)s?)(?: (?:is|are|was|were|has been|have been)|['’](?:s|re))(?: (?:now|already|currently|being|all))* )?"
        rf"(?:on hold|held|reserved|saved|earmarked|promised|handed off|given|assigned|spoken for|set aside)(?: (?:for|to|by))? (?:(?-i:Dr\.? [A-Z])|another\b|someone\b|somebody\b|one of\b|(?:our|the|a|an|my) (?:[\w-]{{2,12}} ){{0,2}}?{_DOCTOR}\b)",
        _I,
    ),
    Quick(
        r"\b(?:it|this|that|they|these|those|both)(?: one| ones)? (?:may|might|could)(?: (?:already|well|have|be|been|soon)){1,4} (?:gone|taken|filled|covered|claimed)\b",
        _I,
    ),
)
_HOPED = re.compile(
    r"\b(?:if|until|till|unless|when|once|whoever|who|hop(?:e|ed|ing)|need\w*|want\w*|ask\w*|can|could|would|find|finding|looking|before|in case|wish\w*|great|love|like|let|appreciate\w*|thought|though|but|cannot|without|nobody|no one)\b",
    _I,
)
"""Before it in its sentence: then it is no more than wished for, or was so once."""
_OF_A_LEGEND = re.compile(
    r"\b(?:strike\w*|struck|crossed|lined|gr[ae]y(?:ed)?|shaded|means?|rows?|lines?)\b", _I
)
_SENTENCE = re.compile(r"(?<!\bDr)[.!;]\s+|\?\s*|\n")


def is_taken(text: str) -> bool:
    """Whether a text without shifts of its own may say that somebody has those beside it."""
    if _found(text) is None:
        return False
    return not _OF_A_LEGEND.search(text) and any(_tells(part) for part in _sentences(text))


def _sentences(text: str) -> list[str]:
    """Those that ask nothing."""
    parts, at = [], 0
    for cut in _SENTENCE.finditer(text):
        if "?" not in cut[0]:
            parts.append(text[at : cut.start()])
        at = cut.end()
    return [*parts, text[at:]]


def _tells(text: str) -> bool:
    found = _found(text)
    if not found or _HOPED.search(text, 0, found.start()):
        return False
    for pattern in (WHY_OPEN, *ASIDES):
        text = pattern.sub(" ", text)
    return _found(text) is not None


def _found(text: str) -> re.Match[str] | None:
    """What the first of the patterns finds that finds anything."""
    for pattern in _TAKEN:
        if found := pattern.search(text):
            return found
    return None

"""What was decided over requests to be let off shifts: who is granted one is off, who is refused one still works.

Everywhere else `approved` is the reader's shift and `declined` is gone; of hand-backs, drops and days off it is the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.offers.almanac import QuestionError
from connectors.offers.quick import Quick
from connectors.offers.reading import Status

_I = re.IGNORECASE
LETTING_GO = r"(?:hand(?:ing)?[- ]?back|giv(?:e|ing)[- ]?(?:back|away|up)|drop(?:ping)?|releas(?:e|ing)|withdrawal|time[- ]?off|leave|pto|days?[- ]off|vacation|call[- ]?(?:off|out))s?"
TO_GO = r"(?:drop|hand back|give (?:back|up|away)|be (?:released|let off|taken off|excused|relieved)|get out of|back out of|return|withdraw from|(?:take|have) (?:the day |time )?off|release)"
_REQUEST = Quick(
    rf"\b{LETTING_GO} (?:requests?|applications?|petitions?|forms?)\b|\brequest(?:s|ed|ing)? (?:to {TO_GO}|(?:for|of) (?:the )?(?:{LETTING_GO}|release))\b|\basked (?:us |me )?to {TO_GO}\b"
    rf"|\byour (?:{LETTING_GO})\b|\b(?:{LETTING_GO}) (?:was|were|is|has been|:) ?(?:now )?(?:approved|granted|accepted|declined|denied|rejected|refused)\b",
    _I,
)
"""Of a text: somebody wants to be let off."""
_OF_READER = Quick(
    rf"\byour (?:[\w-]+ ){{0,3}}?{LETTING_GO}(?: (?:requests?|applications?))?\b|\byour (?:[\w-]+ )?requests? to {TO_GO}\b|\b(?:decisions?|results?|outcomes?|answers?|status) (?:on|of|for|to|about|regarding) (?:[\w-]+ ){{0,4}}?(?:{LETTING_GO}|requests? to {TO_GO})\b"
    rf"|\byou (?:have |had )?(?:asked|requested|applied) to {TO_GO}\b|\b{LETTING_GO} requests?\b[^.;!?]{{0,40}}:\s*$",
    _I,
)
"""Of a message: its decisions are over such requests of the reader."""
_SUBJECT = Quick(rf"\b{LETTING_GO} (?:requests?|decisions?|results?)\b|\brequests? to {TO_GO}\b", _I)
_OTHER_REQUEST = Quick(
    r"\b(?:bids?|applications?|pick[- ]?ups?|claims?|swaps?|trades?|interest|selections?|submissions?)\b|\brequest(?:s|ed)? (?:to (?:work|pick up|take|cover)|for (?:the )?(?:shift|extra))\b|\b(?:shift|extra|open) requests?\b",
    _I,
)
YES = r"(?:approved|granted|accepted|honou?red)"
NO = r"(?:declined|denied|rejected|refused|turned down|not (?:be )?(?:approved|granted|accepted)|disapproved|(?:(?:unable|not able) to|can(?:not|['’]t)|could(?: not|n['’]t)) (?:approve|grant|accept|honou?r))"
_DECISION = Quick(rf"\b(?:{YES}|{NO})\b", _I)
_DENIAL = re.compile(rf"\b(?:{NO}|(?:could|can|was|were|is|are|been)(?: not|n['’]t|not)(?: be)? {YES})\b", _I)
_GRANT = re.compile(rf"\b{YES}\b", _I)
_BARE = re.compile(rf"\W*(?:{YES}|{NO})\W*", _I)
_STAYS = re.compile(
    r"\byou (?:(?:will |are to |do )?(?:still )?(?:remain|stay|continue to be)(?: (?:\w+ ){0,2}?(?:scheduled|assigned|booked|rostered|on|down|responsible))|(?:are|['’]re) still (?:\w+ )?(?:scheduled|assigned|booked|on|down|working|expected|rostered))\b"
    r"|\b(?:it|this(?: one| shift)?|that(?: one| shift)?|the (?:shift|night|day)) (?:is still|stays|remains) (?:yours|with you|on your)\b|\byou (?:still|will) work (?:it|this|that)\b",
    _I,
)
"""`You remain scheduled.`"""
_OFF = re.compile(
    r"\byou(?:['’]re| are| were|['’]ve been| have been)(?: now| all)? (?:off\b|(?:taken|let) off|removed from|released from|relieved of)|\byou (?:do not|don['’]t|no longer) (?:need to |have to )?(?:work|come)\b",
    _I,
)
"""`You have been taken off this shift.`"""


def about_letting_go(subject: str, texts: Iterable[str]) -> bool:
    """Whether a message decides over the reader's requests to be let off."""
    return _SUBJECT.search(subject) is not None or any(_OF_READER.search(text) for text in (subject, *texts))


def decided(text: str, status: Status | None, *, letting_go: bool) -> Status | None:
    """The status of a text, `status` being what its words alone say, where it holds a decision: that of who asked to go.

    Raises QuestionError where its words say one thing, and what was asked for the other.
    """
    if not _DECISION.search(text):
        return status
    meant = outcome(text, letting_go=letting_go)
    if meant is None or meant == status:
        return status
    if status is None and not _BARE.fullmatch(text):
        return None
    if _BARE.fullmatch(text):
        return meant
    raise QuestionError("what was decided of which request")


def contradicts(text: str, status: Status | None, *, letting_go: bool) -> bool:
    """Whether a text decides over a request to be let off, and the status that its words alone state is another one."""
    try:
        return decided(text, status, letting_go=letting_go) != status
    except QuestionError:
        return True


def outcome(text: str, *, letting_go: bool) -> Status | None:
    """What a decision comes to; None where it is over no request to be let off, and says nothing of it itself.

    Raises QuestionError where what it says itself is the contrary.
    """
    stays, off = _STAYS.search(text), _OFF.search(text)
    denied = _DENIAL.search(text)
    granted = _GRANT.search(_DENIAL.sub(" ", text))
    own, other = _REQUEST.search(text), _OTHER_REQUEST.search(text)
    meant: set[Status] = set()
    if (own or letting_go) and not (other and not own):
        stays, off = stays or denied, off or granted
    if stays:
        meant.add("confirmed")
    if off:
        meant.add("withdrawn")
    if len(meant) > 1:
        raise QuestionError("what was decided of which request")
    return meant.pop() if meant else None


def decides_request(text: str, *, letting_go: bool) -> bool:
    """Whether a sentence says itself what was decided of a request to be let off."""
    own, other = _REQUEST.search(text), _OTHER_REQUEST.search(text)
    return _DECISION.search(text) is not None and bool(own or (letting_go and not other))


def without_outcome(text: str) -> str:
    """The text without the sentences that only say what comes of a decision: `You remain scheduled`."""
    return _OFF.sub(" ", _STAYS.sub(" ", text))

"""What is said beside an amount and leaves it as it is: who agreed to it and why, how it is paid, what comes on top."""

from __future__ import annotations

import re
from collections.abc import Collection

from connectors.offers.quick import Quick
from connectors.offers.tokens import RawMoney, Token

_MONEY = r"(?:\$|£|€|\d[\d.,]*k? ?(?:/|per |an? )h)"
_NAME = r"(?:(?:Dr|Mrs?|Ms)\b\.? )?[\w'’&-]{1,20}(?:[ .]{1,2}[\w'’&-]{1,20}){0,4}?"
_ONLY_JUST = r"(?:(?:finally|just|already|kindly|graciously|grudgingly|actually|even|both|all) ){0,2}"
_THAT_IT_IS = r"(?:(?:paying|pay|us|me|you|a|an|the|flat|full|special|rate|of|at|up|to) ){0,4}"

_DECIDERS = (
    r"(?:Dr\.? [A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20})?|they|we|he|she|I|(?:(?:our|the|my) )?(?:new )?(?:chief|chair|cfo|ceo|cmo|coo|vp|director|medical director|administration|admin(?:istrator)?|corporate|leadership"
    r"|management|finance|board|hospital|group|partners|boss|accounting|client|department|practice|system|folks upstairs|hr|c-suite)(?: (?:team|office|people|here|upstairs))?)"
)
_AGREED = re.compile(
    rf"(?:^\W*|(?<=[,;:(–—-] )|(?<=\band )){_DECIDERS} (?:has |have |had )?{_ONLY_JUST}"
    rf"(?:approved|okay?ed|ok['’]d|agreed|authori[sz]ed|green-?lit|cleared|signed off on|coughed up|came (?:up|back)|went up|budged|set aside) {_THAT_IT_IS}(?={_MONEY})",
    re.IGNORECASE,
)
"""`Dr. Osei okayed $235/hr`, `Corporate finally approved $230/hr`: it has been agreed to, by one who decides."""
_BROUGHT_TO_IT = re.compile(
    rf"\b(?:I|we)(?: have|['’]ve)? {_ONLY_JUST}(?:got|gotten|had|talked|convinced|persuaded|pushed|moved|begged|nudged|bullied|sweet-talked|argued|bumped) {_NAME}(?: up)?"
    rf" (?:to (?:(?:approve|okay|ok|authori[sz]e|pay|agree to|sign off on|go to|go up to|come up to|cough up|spring for) )?|into (?:paying |approving |giving (?:us |you )?)?|down for ){_THAT_IT_IS}(?={_MONEY})",
    re.IGNORECASE,
)
"""`I got Dr. Ames to approve $225/hr`, `I talked Marlene in finance into $235/hr`."""
_NOT_YET = re.compile(
    r"\b(?:not|never|yet|would|will|won['’]t|may|might|could(?! (?:get|squeeze|do|find))|should|if|unless|until|once|when|try(?:ing)?|hop(?:e|ed|ing)|ask(?:ed|ing)?|need(?:s|ed)? to|wants?|wanted|almost|nearly|supposedly|apparently|reportedly|nurses?|residents?|nps?|pas?)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
"""Of what somebody is to agree to, or agreed to for others."""

_BY_VISIT = re.compile(
    r"(?:/|\bper |\ban? |\beach )(?:completed )?(?:visit|consult|patient|encounter|pt|case)s?\b",
    re.IGNORECASE,
)
_GUARANTEED = re.compile(r"\bguarant\w{0,5}\b|\bminimum\b|\bfloor\b", re.IGNORECASE)
_WHEN_FEW = Quick(
    r"\b(?:if|when|whenever|where|should|in case|on days|so|even if) [^,.;!?$£€\d]{0,50}\b(?:below|under|short|low|light|lighter|thin|slow|slower|empty|quiet|drops?|falls?|dips?|dry|no[- ]?shows?|cancel\w*|less)\b[^,.;!?$£€\d]{0,25}",
    re.IGNORECASE,
)
"""`with a guarantee of $200/hr if no-shows bring you below that`: a guarantee is for just that."""

_HOW_PAID = Quick(
    r"\b(?:paid|invoiced|deposited|direct deposit|checks)(?: go)?(?: out)? (?:weekly|bi-?weekly|monthly|every (?:other |second )?\w{3,9}|(?:on )?(?:mon|tues|wednes|thurs|fri)days?|the (?:same|next) day|the (?:following|next) (?:week|month)|within \w{1,9} (?:days|weeks)(?: of (?:the |your |receiving )?(?:invoice|shift|timesheet))?|net[ -]?\d\d)"
    r"(?: (?:via|through|by|with|using) [\w'’-]{2,15}(?: [\w'’-]{2,15}){0,2})?",
    re.IGNORECASE,
)
"""`paid Fridays via Gusto`: when and how, and no amount."""
_ALL_THERE_IS = Quick(
    r"(?:,? which is|,? that is|,? that['’]s|[,–—-]) (?:about |honestly |frankly |really |literally )?(?:the (?:best|most|highest|absolute best|absolute most)|all|as (?:high|much|good|far) as)(?: that)? (?:I|we|they) (?:could|can|was able to|were able to|managed to|will|am able to|are able to) [^.;!?$£€\d]{2,50}",
    re.IGNORECASE,
)
"""`which is the best I could squeeze out of finance`."""
_WISHES = Quick(
    r"\b(?:merry|happy) (?:early |belated )?(?:christmas|xmas|new year(?:['’]?s)?|holidays?|thanksgiving|easter|hanukkah|fourth|4th|labor day|memorial day|birthday|friday|monday)(?: (?:from|to) (?:all of )?(?!dr\b)[a-z]{2,12}(?: (?!at\b|for\b)[a-z]{2,12})?)?",
    re.IGNORECASE,
)
_OF_KINDS = r"weekends?|nights?|evenings?|holidays?|days\b|weekdays?|mon|tue|wed|thu|fri|sat|sun|if|only|but|except|unless|until|at\b|for\b|nurs|some\b|most\b|bill|agency|approv|sign|wait|confirm|pending|client|cap\b|max|privileg|you (?:are|have|can)\b"
_REASON = re.compile(
    rf"(?P<paid>{_MONEY}[^.;!?$£€]{{0,30}}?),? (?:because|['’]?cause|cuz|coz|bc|since|given|due to|on account of|thanks to|owing to|as (?=(?:we|I|it|he|she|they|everyone|half|our|the)\b))\b(?!(?: [\w'’-]+){{0,15}} (?:{_OF_KINDS}))(?: [\w'’,-]+){{1,15}}(?=\W*$)",
    re.IGNORECASE,
)
"""`paying $215/hr cause half the department is out`: why it is paid says not for what, where it names no kind of shift."""
_NOTHING_ELSE = Quick(
    r",? (?:and |with )?no (?!guarant|promise|approv|word|final|confirm|commit|pay\b|idea|clue|decision|agree|sign|respon|reply|news|luck|answer|chance|way|long|one\b|deal|budget|fund|contract|weekend|night|holiday|evening|day|more|less|other)[a-z-]{2,14}(?: (?:or )?[a-z-]{2,14}){0,2}(?=\s*(?:[,.;!)]|$))",
    re.IGNORECASE,
)
"""`£99/hr, no home visits, no admin`: what there is none of."""
_ADDED = re.compile(
    r"(?:,|;| –| —| -)? ?(?:\bplus\b|\band\b|\+|\bwith\b|\bthere['’]?s(?: also)?\b)[^$£€.;!?]{0,25}$",
    re.IGNORECASE,
)
_UP_TO_ITS_END = re.compile(r"[^.;!?]*")
_TAKEN_OFF = re.compile(r"\b(?:fees?|deduct\w*|minus|less|off|out of|cut|charged?)\b", re.IGNORECASE)
"""Of an amount that does not come on top."""


def plainly(text: str, tokens: Collection[Token]) -> str:
    """A sentence with an amount, without what is said beside it of who agreed, how it is paid, or what comes on top."""
    text = _without_what_is_added(text, tokens)
    if not _NOT_YET.search(text):
        text = _AGREED.sub("we pay ", _BROUGHT_TO_IT.sub("we pay ", text))
    if _BY_VISIT.search(text) and _GUARANTEED.search(text):
        text = _WHEN_FEW.sub(" ", text)
    text = _REASON.sub(lambda found: found["paid"], text)
    for aside in (_HOW_PAID, _ALL_THERE_IS, _WISHES, _NOTHING_ELSE):
        text = aside.sub(" ", text)
    return text


def _without_what_is_added(text: str, tokens: Collection[Token]) -> str:
    """`$2,400/shift, plus the $200 holdover bonus if you stay past 8`: when that is paid says nothing of the rest."""
    money = [(token, token.value.role) for token in tokens if isinstance(token.value, RawMoney)]
    paid = next((one for one, role in money if role == "pay"), None)
    added = next((one for one, role in money if role == "other"), None)
    if paid is None or added is None or added.start < paid.end:
        return text
    joint = _ADDED.search(text, paid.end, added.start)
    end = _UP_TO_ITS_END.match(text, added.end)
    if joint is None or end is None or _TAKEN_OFF.search(text, joint.start(), end.end()):
        return text
    if any(added.end <= one.start < end.end() for one, _ in money):
        return text
    return f"{text[: joint.start()]} {text[end.end() :]}"

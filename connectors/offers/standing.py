"""Sentences of which every word is understood, and that offer nothing all the same.

Somebody asks for the shift, or has it; the reader holds it; there is none left; it is a matter of "if"; the whole
message was a mistake. None of them is turned into a status: whoever reads them is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.offers.asides import ASIDES
from connectors.offers.denials import DENIALS
from connectors.offers.phrases import AGREED
from connectors.offers.quick import Quick
from connectors.offers.states import APPLIED, STATUSES
from connectors.offers.takebacks import ASKED_ABOUT
from connectors.offers.tokens import Token
from connectors.offers.vocabulary import BENEFIT, CREDENTIALED, SALUTATION, WELL_WISHES, unexplained

_I = re.IGNORECASE
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_TAKE = r"(?:take|work|cover|do|have|get|grab|pick (?:it |this |one )?up|pick)"

_GIVING = r"(?! to (?:give|drop|swap|trade|hand|offer|let|find|get rid|confirm|book|see|get you|have you|put you|bring you|add you|schedule)| (?:some|any)(?:one|body)| (?:off|away|care)\b| you\b| a (?:physician|doctor|provider))"
_WANTED_BY_SENDER = Quick(
    rf"\bI(?:['’](?:d|ll|m|ve))?(?: (?:would|will|can|could|am|do|have|really|also|still|just))*"
    rf" (?:want|like|love|hope|wish|take|work|cover|grab|pick|available|free|interested|got|working|covering|on|at)\b{_GIVING}"
    rf"|\b(?:can|could|may|shall|should|might) I\b(?! (?:offer|give|book|put|interest|count|confirm|ask))"
    rf"|(?<!you['’]re )(?<!you are )(?<![Aa]nyone )(?<![Aa]nybody )(?<![Ss]omeone )(?<![Ss]omebody )(?<!you )(?<!be )\b(?i:looking|happy|glad|hoping|free|willing|able|available) to {_TAKE}\b"
    rf"|\bDr\.? [A-Z][\w'’-]{{1,30}} (?:wants|asks|hopes|would like|is (?:happy|able|free|available|looking)|can|will)(?: to)? (?:{_TAKE}|swap in)\b(?! (?:some|any)(?:one|body))",
    # Names are capital.
)
_HELD_BY_READER = Quick(
    r"\byou(?:['’]re| are)(?: all| now| also)? (?:on|at|in|down|working|scheduled|booked|due|set|covering)\b"
    r"|(?<!can )(?<!could )(?<!would )(?<!will )(?<!do )(?<!should )(?<!if )(?<!did )(?<!when )(?<!might )(?<!may )(?<!that )(?<!what )(?<!night )(?<!shift )(?<!hour )(?<!day )(?<!each )"
    r"\byou (?:have|work|got|worked|start)\b(?!\W*$)(?! (?:until|till|to\b|the (?:option|choice|right)|any\b|questions|time|interest|availab|privileges|first (?:pick|refusal|dibs|look|crack|choice|call)|an? |\d{1,2} (?:hours|days)))"
    r"|(?<!can )(?<!could )(?<!to )(?<!ll )(?<!will )(?<!would )(?<!['’]d )\b(?:have|has|had|got|put|see|gave|gives?|giving|assigned|booked|scheduled) you\b(?! up\b| my\b| mine\b)"
    rf"|\byour (?:own |next |upcoming |first |last |usual )?(?:{_DAY}|\d{{1,2}}[/.]\d|(?-i:[A-Z]{{2,6}})\b|(?:\w+ )?shifts?\b)"
    r"|\b(?:and|but) you (?:on|for|at|have) (?=(?:mon|tue|wed|thu|fri|sat|sun|\d))"
    r"|[:–-]\s?you\W*$",
    _I,
)
_NONE_LEFT = Quick(
    r"\bship has sailed\b|\btoo late (?:now|already)\b|\b(?:none|nothing|no(?: more)?|zero|0) (?:\w+ )?(?:left|remaining|openings?|open|slots?|shifts?|spots?|available|vacanc\w+)\b"
    r"|\b(?:was|were) (?:open|available|offered|needed)\b|\bno need\b(?! to\b)|\bnone\W*$",
    _I,
)
_OTHERS_HAVE = Quick(
    r"\b(?:she|he|they|someone|somebody|(?:a|an|one|another|two|three|several|my|our|the|some) (?:[a-z]{3,12} )?(?:docs?|doctors?|physicians?|providers?|locums?|partners?|colleagues?|people|persons?|residents?|hospitalists?|candidates?|nocturnists?|client|hospital|site))(?: (?:has|have|is|are|was|were|already|just|also|now)){0,3} (?:said yes|says yes|interested|thinking|considering|looking at|expressed|reviewing|committed|agreed|accepted|volunteered|raised (?:his|her|their|a) hands?|in line|ahead of you)\b(?! in (?:you|having))|"
    r"\b(?:stays?|staying|remains?|rests?) with (?:the|our|a|an|my|him|her|them|Dr)\b|\b(?:she|he|they|someone|somebody)['’](?:ll|d) (?:take|do|work|cover|grab|keep)\b|(?<!could )(?<!can )(?<!would )(?<!will )(?<!might )(?<!let )\b(?:she|he|they|someone|somebody) (?:has|have|had|got|wants?|takes?|took|(?:will|would|may|might) (?:take|have|do|work|cover)|works|covers|is (?:working|covering|on)\b)\b(?!\s+\$|\s+(?:[$£€]|to (?:give|drop|swap|trade|offer)|open|a |an |some|any|need|you|shifts?\b|(?:the same|one) (?:physician|doctor|doc|provider|clinician|person)\b))",
    _I,
)
_CONDITION = Quick(
    r"\bif\b(?! (?:you|u\b|at all\b|interested|(?:that|this|it)(?: one)? (?:helps?|works?|suits?|interests?|appeals?|is of (?:any )?(?:interest|use))\b|any ?(?:one|body)\b|some ?(?:one|body)\b|so\b|able|possible|available\b|needed for|your|that works|this works|(?:only )?(?:one|either|any|none)(?: of (?:them|these|those))? works?|(?:I|we) (?:have|need) to\b|need be\b|necessary\b|(?:that(?:['’]s| is) )?(?:greater|higher|more|better|larger)\b))"
    r"|\bonly if\b|\b(?:just )?in case\b|\bas needed\b|\bon standby\b|\b(?:home|phone|pager|beeper) call (?=\d)|(?<!you )\b(?:might|may) (?:be|open|need|become|have)\b|\bback-?up\b|\bpossib(?:ly|le) (?:open|need|shift|opening)|\bto be (?:confirmed|determined|decided)\b|\btb[cd]\b",
    _I,
)
PRYING = Quick(
    r"\b(?:bank(?:ing)?|account|credit card|card|wire|routing|ssn|social security|dea|login|passport) (?:details|numbers?|info\w*|account|pin)\b"
    r"|\bdate of birth\b|\bpasswords?\b|\bgift ?cards?\b|\b(?:photo|copy|scan) of your (?:licen[cs]e|passport|id|card)\b",
    _I,
)
"""What nobody asks for who has work to give."""
_NEED_OF_COVER = re.compile(
    r"\b(?:needs?|wants?|needing|get|getting) (?!(?:for|update)\b)[^.;:]{0,60}\b(?:covered|taken|filled)\b",
    _I,
)
"""`Dr. Patel needs 3/20 covered`: it is not yet."""
_OF_ANOTHER = re.compile(r"\bDr\.? [A-Z][\w'’-]{1,30}(?!\w|\s?[,:!])")
_BY_READER = re.compile(
    r"\b(?:picked up|claimed|taken|grabbed|covered|filled|given|assigned|awarded|went) (?:by|to) you\b|\bbeing (?:filled|covered|picked up)\b",
    _I,
)
"""`It was picked up by you`: it is not gone."""
_NOT_FIRM = Quick(
    r"(?:^|(?<=[.!;:,] ))\W*(?:(?:just|please|pls|so|now) ){0,2}(?:say|sign|tell|send|reply|call|text|give|let|answer|click|accept|e-?mail|write|fill|return|complete|submit|shoot|drop|agree)\b[^.;!?]{2,60}?(?:,? and|,? then) [^.;!?]{2,90}\b(?:is|are|['’](?:s|re)) (?:all )?(?:yours|confirmed|booked|approved|set|down|in|scheduled)\b|\bsubject to\b|\bin principle\b|\bcontingent\b|\bprovided (?:that|the|we|they|you|your|hr)\b|\bassuming\b|\bas (?:an? |the )?(?:observer|back-?up|stand-?by|shadow|volunteer|trainee|alternate|reserve)\b"
    r"|\b(?:does|do|is|are|would|will) (?:that|this|it|these|they|you)(?: \w+){0,3} (?:work|ok|okay|fine|good|right|correct)\b[^.?]{0,20}\?|\blet (?:me|us) know if you(?:['’]d| would) rather\b",
    _I,
)
"""`You are down for it, subject to census`."""
_BESIDE_OR = ("date", "month", "weekday", "number", "hours", "span")


_HANDED_ON = re.compile(
    r"\bI(?:['’]m| am) (?:on|working|scheduled|down for)\b(?=[^?]{3,120}\b(?:would|can|could|will) you (?:please |be able to )?(?:take|cover|work|do) (?:it|that|this|mine)\b)",
    _I,
)
"""`I'm on Fri 1/15 7p-7a. Would you take it?`"""


_SUPPORT = Quick(
    r"\b(?:(?:shall|should|can|could|may|might) (?:I|we)|(?:want|like) (?:me|us) to)(?: go ahead and| please| just)? (?:put|book|lock|pencil|sign|add|enter|slot|schedule|submit|present|count|mark|have|hold|get) (?:you|your name)\b|\b(?:intensivist|hospitalist|anesthesia|surgical|surgery|surgeon|specialist|physician|attending|cardiology|neurology|psychiatry|radiology|phone|tele\w{0,9}|md|icu|ed|ob|nocturnist|resident|app|np|pa|nurse|doc|senior|local)s?(?: phone)?(?:['’]s)? back-?up\b(?! (?:shift|only|call))"
    r"|\bif\b[^.;!?]{0,80}?\b(?:works?|suits?|fits?|appeals?|interests?|helps?|(?:is|are|sounds?|looks?|seems?) (?:good|doable|ok|okay|interesting|appealing|attractive|of interest|a (?:good )?fit|possible|feasible|workable|tempting|like (?:a fit|something)|something (?:you|that)))(?:(?: (?:well|out))? (?:for|to|with|in) (?:you|your)\b)?"
    r"|\bback-?up(?: is)? (?:by phone|by|from|via|available|always)\b|\bwhile (?:i|we) have you\b|\b(?:who|whom|whoever|what|anyone|anybody) (?:else )?(?:do |can )?you(?:['’]ve| have)(?: got)?\b",
    _I,
)
"""Who helps, and no duty of the reader's: `intensivist backup by phone`; and a way to come to the point."""


_OWN_LIFE = Quick(
    r"\bI(?:['’]d| would| want| hope|['’]m| am)?(?: (?:really|so|like|love|hoping|hope|want|supposed|going|planning|trying)){1,3} to (?:(?:pick|collect|fetch|meet|see|visit|take|drive|bring|join|surprise|help|watch) (?:him|her|them|my (?!shift|day|night|week|mon|tue|wed|thu|fri|sat|sun)[a-z]{3,12}|the (?:kids|family|baby|game|show|play|parade))|be there|be home|be with (?:him|her|them|my [a-z]{3,12}|the family)|make it to|attend|celebrate|spend (?:time|the (?:day|night|weekend|holiday)))\b(?! (?:shifts?|night|day|weekend|place|spot|slot)\b)",
    _I,
)
"""`I'd love to pick her up`: what the day off is for."""


def not_put_up(text: str) -> bool:
    """Whether a sentence may say something else of its shifts than that they are to be had."""
    return _may_be_had_by_none(text) and _may_be_had_by_none(_without_harmless(text))


def _without_harmless(text: str) -> str:
    text = _OWN_LIFE.sub(" ", _SUPPORT.sub(" ", text))
    for pattern in (*DENIALS, *ASIDES, BENEFIT):
        text = pattern.sub(" ", text)
    return _HANDED_ON.sub(" ", CREDENTIALED.sub(" ", WELL_WISHES.sub(" ", AGREED.sub(" ", text))))


def _may_be_had_by_none(text: str) -> bool:
    patterns = (ASKED_ABOUT, _WANTED_BY_SENDER, _HELD_BY_READER, _NONE_LEFT, _OTHERS_HAVE, _CONDITION)
    return any(pattern.search(text) for pattern in patterns)


def needs_cover(text: str) -> bool:
    """`Can you help to get these covered`: none of them is."""
    return _NEED_OF_COVER.search(text) is not None


def doubtful_status(text: str, status: str | None) -> bool:
    """Whether a status that is stated may be meant of something, or somebody, else."""
    if status == "withdrawn":
        return bool(_NEED_OF_COVER.search(text) or _BY_READER.search(text))
    return status == "confirmed" and bool(_OF_ANOTHER.search(text) or _NOT_FIRM.search(text))


def either_or(tokens: Sequence[Token]) -> bool:
    """`3/20 or 3/21, 7a-7p`, `3/20 7a-7p or 7p-7a`: one of them, and not both."""
    plain = [token for token in tokens if token.text not in (",", "(", ")")]
    return any(
        token.kind == "word"
        and token.value == "or"
        and 0 < at < len(plain) - 1
        and plain[at - 1].kind in _BESIDE_OR
        and plain[at + 1].kind in _BESIDE_OR
        for at, token in enumerate(plain)
    )


_PLAIN = frozenset(
    """
    a an i s t the this that these those following below above here and or for of in on at to from by with as is are was were be
    been has have had being now already just all both it they them we us our you your i me my hi hello dear dr thanks thank
    please note sorry unfortunately so very much again shift shifts date dates slot slots one ones session sessions
    assignment assignments block booking bookings schedule schedules spot spots opening openings filled covered taken
    gone cancelled canceled cancellation cancellations withdrawn closed removed deleted declined confirmed confirmation
    awarded award booked scheduled approved reminder hand-back handback after board list portal app system following below above were friendly quick upcoming next update updated no longer available
    needed required not selected been went another someone else provider physician doctor yesterday today fast quickly
    reinstated reopened back open again list listed changed changes change new rate rates pay time times hours raised
    increased bumped lowered reduced corrected correction revised moved increase per since last out published posted
    final unit director manager chief medical committee client's today tonight tomorrow january february march april may june july august september october november december we're i'm we'll you'll heads regret inform apologies occasion client's clinician candidate applicant physician's thought it's you're we've they've i've that's has congratulations congrats great news good everyone everybody folks team late wrote talked spoke agreed about two three four
    confirming email e-mail message ago hour minute minutes few couple earlier moment moments letter notice notification serves serve served record records previously formerly jobs job postings posting positions position gigs terms term under name names same original hereby herewith official officially formal formally kindly
    """.split()
)
"""What a sentence may be made of that states something of the shifts above or below it, and of nothing else."""
_WITH_SHIFT = _PLAIN | frozenset(
    """
    re regarding concerning time duty duties work bid bids bidding application applications getting name putting down regret inform approved request requests selected interest interested apply applied offering offer via accepted
    got gotcha deal done sure absolutely perfect awesome wonderful fantastic excellent
    accepting hour hr hrs assigned assign night nights day days overnight evening morning staff internally internal
    colleague other person due low census down volume volumes week month which because since before back forth coverage
    tomorrow today tonight starts start begins begin soon am pm
    """.split()
)
_GONE = frozenset(
    "got did before beat any more anymore longer decided chose elected opted client facility site client hospital clinic unit team department dept desk ward group leadership admin administration management hr locum locums chosen chose census low needs need dropped down slow slower faster quicker sooner returned returns released goes returning bank pool earlier ahead minutes seconds unfortunately".split()
)
"""Beside what is gone, those may be named who no longer need it."""
_DOCTOR = re.compile(r"\bDr\.? [A-Z][\w'’-]{1,30}")
_DOCTOR_FIRST = re.compile(rf"^\s*{_DOCTOR.pattern}\s?[,:]")
_WITH_DOCTOR = re.compile(rf"\b(?:swap|trade) with {_DOCTOR.pattern}")
_HELLO = re.compile(
    r"^\W*(?:good (?:morning|afternoon|evening|day)|hi|hello|hey)(?: (?:there|all|team|everyone|doc|again))?\s?[,!.]",
    _I,
)
_SORRY_TO_SAY = re.compile(
    r"\b(?:(?:I|we)(?:['’]m|['’]re| am| are)? )?(?:just |very |so |really |truly )*(?:(?:sorry|afraid|happy|glad|pleased|delighted|thrilled|excited|writing|sad) (?:to|that i (?:have|must))|regret to|have to|hate to|wanted to|need to|must) (?:tell|inform|let|say|report|share|announce|advise|update)(?: (?:you|to you|the news))?(?: know)?(?:,? that)?\b",
    _I,
)
_THANKED = re.compile(r"\b(?i:ty|thx|thanks|thank you|tysm)(?: to)?,? (?:Dr\.? )?[A-Z][\w'’-]{1,20}")
_TO_BE_HAD = re.compile(r"\b(?:open(?:ings?)?|available|availability|vacan\w+|unassigned|offers?)\b", _I)
LOOSE_STATUS = re.compile(
    r"(?<!to be )(?<!be )\b(?:filled|covered|taken|gone(?! up)|cancel\w+|withdrawn|removed|deleted|confirmed|confirmations?|awarded)\b",
    _I,
)
"""A word of status in a heading: whoever cannot tell what it states of the shifts below asks."""
_YOU = re.compile(r"\byou(?:r|['’]re)?\b", _I)
_DIFFERENT = Quick(
    r"\b(?:none|nobody|no one|no-one|neither|nor|never|hardly|some|most|few(?! (?:minutes?|hours?|days?|weeks?|moments?|seconds?|steps?) (?:ago|earlier|faster|quicker|sooner|before|ahead|too late)\b)|half|partly|still|needs?|needing|looking|uncovered|unfilled|want(?:s|ed)?|except|waiting|left|remain(?:s|ing)?)\b",
    _I,
)
"""Beside a status: something here is not as it says."""
_ONE_OF = re.compile(
    r"(?<!by )(?<!to )(?<!with )\b(?:one|another|a couple) of (?:those|these|them|the (?:shifts?|nights?|days?|dates?|slots?|two|three|four|five))\b(?! below)",
    _I,
)
_HALF_IS = Quick(
    r"\b(?:(?:day|night|week-?day|week-?end|morning|evening|afternoon|mid|swing|holiday)s?|(?<!last )(?<!next )(?:week|month)|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6})(?: shifts?)? (?:is|are|was|were|has|have|all|now|already|(?:is |are )?fully)\b(?! \d)",
    _I,
)
"""`Nights are covered`: a kind of shifts, whichever they are."""
_PART = re.compile(
    r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)(?<!\bMt)(?<!\bFt)[.;!?]+(?=\s|$)|,?\s(?:but|while|whereas|though|although|however|otherwise)\s"
)
_DATED = ("date", "month")
_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*")


_GOES_ON_TO_ANOTHER = re.compile(
    r"\s*[,;–—-]\s*(?:but |and |so |however,? )?(?:i|we|they|there|how about|what about|would|can|could)\b",
    _I,
)
"""Behind a status: what follows is something else."""


def status_apart(text: str, tokens: Sequence[Token], status: str, start: int, end: int) -> bool:
    """Whether the status stated from `start` to `end` may be one of something else than the shifts of the text.

    Its sentence has to name them, and no other sentence others; or to be so plain that it can mean nothing else.
    """
    if status == "withdrawn":  # `April is taking it` is about no month.
        takers = [found.span() for found in _TAKER.finditer(text)]
        tokens = [token for token in tokens if not any(first <= token.start < last for first, last in takers)]
        text = _TAKER.sub(lambda found: " " * len(found[0]), text)
    begin, stop = 0, len(text)
    for cut in _PART.finditer(text):
        if cut.end() <= start:
            begin = cut.end()
        elif cut.start() >= end:
            stop = cut.start()
            break
    mine = [token for token in tokens if begin <= token.start < stop]
    others = [token for token in tokens if not begin <= token.start < stop]
    sentence = text[begin:start] + " " * (end - start) + text[end:stop]
    if any(pattern.search(text[begin:stop]) for pattern in (_HALF_IS, _ONE_OF)) or _DIFFERENT.search(
        sentence
    ):
        return True
    priced = any(token.kind == "money" for token in tokens)
    if priced and text[start:end].lower() == "reminder" and not _YOU.search(text[begin:stop]):
        return True
    if status == "confirmed" and _TO_BE_HAD.search(sentence):
        return True
    for spoken_to in (
        _WHY,
        _SAID_NOW,
        *([_ELSE_FIRST] if status == "withdrawn" else []),
        _YOUR_NTH,
        _HELLO,
        SALUTATION,
        _SORRY_TO_SAY,
        _DOCTOR_FIRST,
        _WITH_DOCTOR,
        _THANKED,
    ):
        sentence = spoken_to.sub(lambda found: " " * len(found[0]), sentence)
    again = next(pattern for name, pattern in STATUSES if name == status)
    sentence = again.sub(lambda found: " " * len(found[0]), sentence)
    if status == "withdrawn":
        sentence = _DOCTOR.sub(lambda found: " " * len(found[0]), sentence)
    if _GOES_ON_TO_ANOTHER.match(text, end) and any(
        token.kind in _DATED and token.start >= end for token in tokens
    ):
        return True
    named = any(token.kind in _DATED for token in mine)
    before = any(token.kind in _DATED and token.end <= start for token in mine)
    if before and any(token.kind in _DATED and token.start >= end for token in mine):
        return True
    if named and any(_is_dated(others, at) for at in range(len(others))):
        return True
    left = list(sentence)
    for token in mine:
        if token.kind not in ("word", "mark"):
            left[token.start - begin : token.end - begin] = " " * (token.end - token.start)
    for lax_from, lax_to in _beside(text, tokens, begin, start, end, stop):
        left[lax_from - begin : lax_to - begin] = " " * (lax_to - lax_from)
    words = [word.lower().strip(".'’-") for word in _WORDS.findall("".join(left))]
    plain = (_WITH_SHIFT if named else _PLAIN) | (
        _GONE if status in ("withdrawn", "reinstated") else frozenset()
    )
    if "=" not in sentence and all(word in plain for word in words):
        return False
    bare = _THEIR_OWN.sub(" ", "".join(left))
    passive = status == "withdrawn" and before and _PASSIVE.match(text, start)
    told = (
        passive or _OF_READERS_SHIFT.search(text, begin, stop)
        if named
        else (_only_one(others) and _OF_THE_ONE.search(text, begin, stop))
        or (_OF_ALL.search(text, begin, stop) and APPLIED.search(text[:begin]) and _all_before(others, begin))
    )
    return not told or bool(_OF_TRAVEL.search(text, begin, stop)) or not _harmless(bare)


_OF_READERS_SHIFT = re.compile(
    r"\byour (?:(?-i:[A-Z])[\w.]* |upcoming |scheduled |next |own |first |second |last ){0,3}(?:shift|assignment|booking|session|night|block|mon|tue|wed|thu|fri|sat|sun|\d)"
    r"|\bneed(?:s|ing)? you\b|\b(?:approved|selected|booked|confirmed|accepted|assigned|awarded|scheduled) you\b|\b(?:is|are) (?:all )?yours\b|\byou(?:['’]re| are| have been)(?: all| now)? (?:booked|confirmed|scheduled|set|down|on|in|working|covering|expected)\b|\b(?:this|that|the) shift\b",
    _I,
)


_PASSIVE = re.compile(r"(?:has|have|is|are|was|were|been|got|went|gone|no longer)\b", _I)
"""`The shift we discussed for 2/21 has been given to another`."""
_OF_ALL = re.compile(r"\b(?:both|all(?: of)? (?:them|these|those)|them all|these|those)\b", _I)
_OF_THE_ONE = re.compile(
    r"\b(?:it|it['’]s|this|that|(?:this|that|the) (?:one|shift|date|assignment|booking|night|day|session|request)|your (?:request|bid|application)|you (?:were|are|have been) (?:not |n['’]t )?(?:been )?(?:selected|chosen|picked|confirmed|approved|booked|awarded))\b",
    _I,
)
_TAKER = re.compile(
    r"(?:\s[–—-]|[,;:.(])\s?(?:Dr\.? )?[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20})? (?:is taking|is covering|is working|took|takes|has taken|has|will take|will cover|picked up|grabbed|claimed) (?:it|that one|this one|that|them both|them|both)\b(?=\s*(?:[.!,;)]|$))"
)
"""`… is covered - Jun is taking it.`"""
_YOUR_NTH = re.compile(
    r"\byour (?:very )?(?:first|next|second|last)(?=\s\s| (?:shift|assignment|session|booking|day|night)\b)",
    _I,
)
_ELSE_FIRST = re.compile(
    r"(?:,|;| -| as| since| because) ?(?:another|a different|some(?:one|body)(?: else)?|a colleague|one of (?:our|the))(?: \w{3,12}){0,3} (?:asked|applied|answered|replied|responded|claimed|got|was|were|signed up|bid|accepted|had|wrote|called|texted)(?: (?:it|there|in|for it|to it))? (?:first|before (?:you|yours)|earlier|sooner|faster|quicker|ahead of you)\b",
    _I,
)
"""`…, another clinician asked first`: why it went elsewhere."""
_WHY = re.compile(
    r"\b(?:due to|because of|owing to|on account of) (?:an?|the|some|our)? ?[^.;,!?\d]{3,40}?(?=,|\s\s| your\b| the\b| this\b| we\b)",
    _I,
)
_SAID_NOW = re.compile(
    r"\b(?:(?:as of|since|late|early|earlier|first thing) )?(?:this (?:morning|afternoon|evening)|last night|just now|right now|overnight|earlier today)\b",
    _I,
)
"""When it was decided."""


def _all_before(tokens: Sequence[Token], begin: int) -> bool:
    return all(token.end <= begin for at, token in enumerate(tokens) if _is_dated(tokens, at))


def _only_one(tokens: Sequence[Token]) -> bool:
    """Whether one shift, and no more, is named before or behind."""
    dates = sum(_is_dated(tokens, at) for at in range(len(tokens)))
    return dates == 1 and sum(token.kind in ("hours", "span") for token in tokens) <= 1


_THEIR_OWN = re.compile(
    r"\byour (?:\w+ ){0,2}(?:nights?|mornings?|afternoons?|evenings?|weekends?)\b", re.IGNORECASE
)


def _harmless(bare: str) -> bool:
    """Whether the words beside a status neither limit it nor name somebody."""
    known = _WITH_SHIFT | _GONE
    return not (_DIFFERENT.search(bare) or _WEIGHS.search(bare)) and all(
        word.lower().strip(".'’-") in known or not unexplained(f"- {word}", frozenset(), common=True)
        for word in _WORDS.findall(bare)
    )


_SHIFTS_THEMSELVES = re.compile(
    r"\b(?:both|all(?: of)?(?: the| these| those| your)?|these|those|(?:the |your )following|your(?: upcoming| scheduled| next| following)?|(?:two|three|four|five|six|\d) of your)\b(?: [\w.]+){0,4}?"
    r" (?:shifts?|days|nights|dates|jobs?|assignments?|bookings?|sessions?|slots?|openings?|positions?)\b",
    _I,
)
_OF_TRAVEL = re.compile(
    r"\b(?:hotel|flights?|travel|housing|lodging|car|malpractice|badges?|access|credential\w*|privileges|payments?|invoices?|time ?sheets?|parking|itinerary|receipts?|forms?|paperwork)\b",
    _I,
)


_BEFORE = re.compile(
    r"\b(?:that|which) (?:were|was|had|got|they|we|I)\b[^.;:]{0,40}?(?= (?:have|has|are|is)\b)", _I
)
"""What became of them earlier."""


def states_those_below(text: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the status from `start` to `end` is plainly that of the shifts that a heading speaks of, in any harmless words.

    `Both days that were cancelled last week have been reinstated on the original terms:`
    """
    begin = max((cut.end() for cut in _PART.finditer(text, 0, start)), default=0)
    cut = _PART.search(text, end)
    stop = cut.start() if cut else len(text)
    left = list(text)
    for first, last in ((start, end), *((t.start, t.end) for t in tokens if t.kind not in ("word", "mark"))):
        left[first:last] = " " * (last - first)
    bare = _ELSE_FIRST.sub(" ", _BEFORE.sub(" ", "".join(left)[begin:stop]))
    plain = _SHIFTS_THEMSELVES.search(text, begin, stop)
    return bool(plain) and not _OF_TRAVEL.search(text, begin, stop) and _harmless(bare)


def _beside(
    text: str, tokens: Sequence[Token], begin: int, start: int, end: int, stop: int
) -> list[tuple[int, int]]:
    """What leads up to the sentence with a status, and what is added behind it: neither says whose status it is.

    `Heads up: …`, `…, thanks for getting back`. Not where a day, a place or a word of doubt stands in it.
    """
    lead = _LEAD.match(text, begin, start)
    timed = [
        token.end for token in tokens if end <= token.start < stop and token.kind not in ("word", "mark")
    ]
    tail = _TAIL.search(text, max(timed, default=end), stop)
    places = [(lead.start(), lead.end())] if lead else []
    places += [(tail.start(), stop)] if tail else []
    return [
        (first, last)
        for first, last in places
        if not _WEIGHS.search(text, first, last)
        and not any(first <= token.start < last and token.kind not in ("word", "mark") for token in tokens)
    ]


_LEAD = re.compile(
    r"\W*(?i:just|writing|this is|quick note|i wanted) (?i:to confirm)(?i:,? that)?\b|\W*(?:(?i:just|quick|a|friendly|this is|to|let you know|letting you know|wanted to|we|I) )*(?i:heads[- ]?up|note|update|word|fyi|say|let(?:ting)? (?:you|everyone|everybody|folks|all of you) know|tell(?:ing)? you|inform(?:ing)? you|advis(?:e|ing) you|please be advised|be advised|so you know)(?i:,? that)\b|\W*[A-Za-z][^,:;.!?()–—]{0,60}[,:]\s|\W*[A-Za-z][^,:;.!?()–—]{0,60} [-–—] "
)
_TAIL = re.compile(
    r"\s?[,;(:–—]\s?| - | (?:so|and) (?=(?:i|we|thanks|thank|please|pls|will|sorry|no|you)\b)| (?:as|because|since|due to) ",
    _I,
)
_WEIGHS = re.compile(
    r"\b(?:until|till|unless|if|once|when|whether|half|part(?:ly|ial|ially)?|first|second|third|last(?! (?:week|month|night|year)\b)|other|others|another|else|still|open|need\w*|only|except|but|maybe|perhaps|probably|might|may|pending|hold|reply|respond|answer|say|text|accept|claim"
    r"|not|never|now that|hope\w*|think|guess(?! what\b)|supposed|wrong|mistake|again|back on|available|want\w*|nights?|mornings?|afternoons?|evenings?|weekends?|want|take|swap|trade|instead|can you|could you|would you|will you|are you)\b|n['’]t\b|\?",
    _I,
)


def _is_dated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a date begins here; a month by itself is none."""
    near = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
    return tokens[at].kind == "date" or (
        tokens[at].kind == "month" and any(token.kind in ("number", "span") for token in near)
    )

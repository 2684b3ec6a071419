"""Short sentences beside shifts that may take them back: they are somebody's, not sure yet, elsewhere, at other hours, paid less.

None of them names a shift, so none is a status of one; whoever reads the shifts beside it is asked.
"""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_SENTENCE = re.compile(
    r"(?<=[\w)%\"'’])(?<!\bDr)(?<!\bSt)[.!?;]+\s+|\s[–—]\s|,?\s(?:so|and|but)\s(?=(?:it|this|that|they|these|we|he|she)\b)"
)
_IT = r"(?:it|this|that|this one|that one|they|these|those|both|all of (?:it|them)|the (?:shift|slot|date|day|night|one|session|block)s?)"
_BE = r"(?:['’](?:s|re)| is| are| was| were| has been| have been)(?: now| already| just| all| currently| still| really| actually| only| probably| likely)*"
_WHO = (
    r"(?:(?:Dr\.? )?(?!(?:I|(?:I|We|You|They|He|She|It|That)['’](?:ll|d|ve|re|m|s)|It|This|That|These|Those|They|You|We|What|Which|Who|Whoever|Nobody|None|No|If|When|Please|Let|Any|All|There|Here|Interested|Text|Call|Reply|Pay|Rate|Both|Each|Not|Only|Anyone|Anybody|Everyone|Everybody|To|Does|Did|Do|Is|Are|Has|Have|Had|Should|Might|May|Must|Happy|Glad|Want|Wants|Need|Needs|Say|Just|Take|First|Day|Night|Days|Nights|Yes|Whoever|Who|How|Why|Where|Then|Now|Once|Since|While|As|In|On|At|For|From|With|By|And|But|So|Or|The|Our|Your|My|Also|Can|Could|Would|Will|Thanks|Thank)\b)(?-i:[A-Z][a-z'’-]{1,20})(?: (?-i:[A-Z][a-z'’-]{1,20}))?"
    r"|he|she|some(?:one|body)(?: else)?|(?:one|two|three|several|a couple) (?:others?|of (?:our|the) \w+|(?:other )?(?:docs?|doctors?|people))|(?:another|our|my|the|a) (?:[a-z]{2,10} )?(?:doc|doctor|physician|provider|locum|colleague|partner|nocturnist|hospitalist|resident|fellow|team|group))"
)
_TIME = r"(?:an? |one |two |half an |\d{1,2} ?)(?:hours?|hrs?|min(?:ute)?s?|half[- ]hour)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "status",
        re.compile(
            rf"\W*(?:(?:and|but|so|sorry|fyi|note|update|ps|p\.s),?:? )*(?:{_IT}{_BE} (?:gone|off|dead|moot|hers|his|ours|theirs|taken|filled|covered|closed|on hold|tentative|provisional|pending|up in the air|subject to|spoken for|promised|unconfirmed|no longer|not (?:yet )?(?:open|final|confirmed|approved|ready|official|certain|definite|available|needed|set in stone)|your (?:shift|night|day)|an? (?:volunteer|training|unpaid|orientation|teaching|admin\w*|shadow\w*) |orientation|training|(?:for )?(?:backup|standby|jeopardy))\b"
            rf"|{_IT} (?:may|might|could|can still|will probably|will likely) (?:be (?:cancel|pull|clos|fill|cover|withdr|drop|chang|mov)|go away|fall through|not |change|close\b|disappear|still be)"
            rf"|{_IT} (?:depends? on|hinges? on|fell through|got (?:filled|taken|cancelled|pulled))"
            rf"|(?:on hold|tentative(?:ly)?|pending\b|provisional\b|unpaid|volunteer\b|training (?:shift|day)|not (?:yet )?(?:confirmed|approved|final|open|official|booked)\b|(?:still )?(?:waiting|awaiting) (?:on |for )?(?:the |a |their |final |our )*(?:director|client|approval|site|confirmation|sign-?off|word|answer|contract|credential\w*|go-?ahead|green light|okay)"
            r"|subject to|contingent|only (?:if|for (?:dr\b|our|the|current|existing|in-house|staff))|unless (?!you\b|some|any|no)|if (?:we|the (?:client|site|contract|census|hospital|volumes?)|census|volumes?|dr\b|he|she|they)\b(?! (?:can|could|would|do(?:n['’]t| not) (?:hear|fill|get|find))\b)|(?:backup|jeopardy|standby|phone|home) (?:call )?only|don['’]t (?:book|count on|plan on)|do not (?:book|count on|plan on))"
            rf"|{_WHO}(?:(?: has| have| had|['’](?:s|ve))? (?:already |just |since )*(?:said yes|says yes|agreed|accepted|committed|volunteered|claimed|grabbed|snapped|picked (?:it|this|them|up)|stepped (?:up|in)|dibs)|(?: is| are|['’](?:s|re))(?: already| also| now| still| probably)* (?:covering(?! (?:the|my|our|his|her|for)\b)|taking (?:it|this|that|them)|interested|thinking|considering|looking at (?:it|this)|working (?:it|this|that)|doing (?:it|this|that))"
            rf"|(?: will| may| might|['’]ll| can| could| would| wants? to| is going to| does| did)? ?(?:do|take|cover|work|want|have|has|get|keep|absorb|wants|takes|took|covers|works|gets|keeps)(?: to)? (?:it|this|that|them|this one|that one|these|those|first (?:refusal|dibs|pick|right))\b(?=\s*(?:[.,;:!?)]|$)|\s(?:now|already|covered|instead|too|also|so|and|then|for|on|if|unless|but|because|since)\b))"
            r"|(?:the (?:day|night|icu|ed|hospitalist) (?:team|group|crew) |we(?:['’]ll| will| can| could| would)?|they(?:['’]ll| will| can)?|I(?:['’]ll| will)?) ?(?:will )?(?:absorb|manage without|make do|get by|keep)(?: (?:it|this|them))?\b(?! (?:it|this|them|that|you|your|looking|trying|in mind|posted|the list|for|open|until|updated|an eye|in touch))"
            r"|(?:we|I|they)(?:['’]ve| have|['’]ve got)?(?: now| already| just| since| finally)* (?:(?:have|got|has) (?:coverage|cover|someone|somebody|a taker|it (?:covered|handled|filled)|this (?:covered|handled|filled))(?! (?:for (?:the (?:other|rest)|all the other|most|everything)|on|until))|found (?:some(?:one|body)|coverage|cover)|promised (?:it|this|them))\b"
            r"|(?:we|I|they)(?:['’]m|['’]re| am| are)? (?:(?:may|might|probably|do)(?: not|n['’]t)|not sure (?:we|if we|they|that we)|no longer|won['’]t|will not)(?: really| still| even)? need\b"
            r"|the (?:need|hole|gap|slot|shift|opening|position)s? (?:has|have|is|was|were)(?: now| already| since)*(?: been)? (?:met|gone|closed|filled|covered|resolved|solved|taken care of)\b"
            r"|(?:we|they|the (?:unit|clinic|ed|er|hospital|department|site|ward|floor))(?: is| are|['’]re)(?: now)? (?:closing(?! (?:in|out|the (?:schedule|list|books|month|quarter|week))\b)|on diversion|shutting|shut)\b|the (?:unit|clinic|ed|er|hospital|department|site|ward|floor) (?:is|will be) closed\b(?! (?:on|for|at|\d|over|every|from|until|weekends|sundays|mondays))"
            r"|(?:can|could|may) I (?:have|take|get|work|do|grab) (?:it|this|that|one|them|these)\b|I(?:['’]d| would| will|['’]ll| can)?(?: really| like to| love to| gladly| happily)* (?:want|take|work|have|do|grab) (?:it|this|that|them|this one)(?=\s*[.!?,])|(?:put|sign|count) me (?:down|in|up|on)\b"
            r"|you (?:have|got|are on|are down|are in|were (?:selected|chosen|picked)|['’]re on)(?: (?:this|that|it)(?: one)?| for (?:it|this|that))?(?: then| now| already)?[.!]?$|see you (?:then|there)\b|see you (?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.!]?$|disregard[.!]?$)",
            _I,
        ),
    ),
    (
        "date",
        re.compile(
            rf"\W*(?:(?:I|we) (?:had|have|got) the (?:date|day)s? (?:wrong|mixed up)|the (?:date|day)s?(?: above| below| I (?:gave|wrote|sent))? (?:is|are|was|were) (?:wrong|off|incorrect|not right|a typo)|(?:actually,? )?{_IT}(?:['’]s| is| are) (?:actually |really )?(?:the (?:week|day|night) (?:after|before)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
            r"|(?:the )?same (?:thing|hours|shift|again|deal)(?:,? (?:again|on))* (?:the )?(?:next|following)|and the (?:day|night|next|following)\b|(?:through|thru|and through) the (?:weekend|week)\b|I mean(?:t)? (?:the|mon|tue|wed|thu|fri|sat|sun)\b)",
            _I,
        ),
    ),
    (
        "hours",
        re.compile(
            rf"\W*(?:(?:I|we) (?:had|have|got) the (?:times?|hours) (?:wrong|mixed up)|the (?:times?|hours)(?: above| below)? (?:is|are|was|were) (?:wrong|off|incorrect|not right|a typo)|(?:actually,? )?{_IT} (?:actually |really )?(?:starts?|ends?|runs?|begins?|goes) {_TIME} (?:later|earlier|longer|shorter)|{_IT}(?:['’]s| is) (?:really|actually) \d)",
            _I,
        ),
    ),
    (
        "pay",
        re.compile(
            rf"\W*(?:(?:I|we) (?:had|have|got) the (?:rate|pay) wrong|the (?:rate|pay|price)(?: above| below)? (?:(?:is|are|was|were) (?:wrong|off|incorrect|not right|a typo|subject to|under review|not (?:final|approved|confirmed))|(?:may|might|could|will) (?:change|vary|go (?:up|down)|be lower|be higher|increase))|(?:less|minus|after|before) (?:(?:our|the|an?|your|any) )?(?:agency )?(?:fees?|cut|share|commission|deductions?|tax(?:es)?)\b|you (?:keep|get) \d{{1,3}} ?(?:%|percent)|{_IT}(?:['’]s| is| are) (?:the|our|a) bill(?:ing|ed)? rate)",
            _I,
        ),
    ),
    (
        "site",
        re.compile(
            rf"\W*(?:{_IT}(?:['’]s| is| are| would be| will be)|you(?:['’]d| would|['’]ll| will) (?:actually |really )?be) (?:actually |really |located |based )?at (?:the|our) (?:other|sister|second|satellite|north|south|east|west|new|downtown) (?:campus|site|hospital|clinic|location|building|ed|er|facility|unit)\b",
            _I,
        ),
    ),
)

ASKED_ABOUT = Quick(
    r"(?:^|(?<=[.!] ))\W*(?:(?:is|are|was|were|has|have|did)(?! (?:you|u|any|some|there|anyone|this|that|it)\b)[^.?!]{3,80}\b(?:available|open|free|taken|filled|covered|unfilled|up for grabs)\b[^.?!]{0,20}\?|who(?:['’]s| is| are| was) (?:working|on|covering|scheduled)\b)"
    r"|\b(?:would|could|can|will) you (?:be (?:willing|able|open|ok|okay) to |consider |please |possibly )?(?:giv(?:e|ing) up|drop(?:ping)?|releas(?:e|ing)|hand(?:ing)? back|giv(?:e|ing) back|let(?:ting)? go of|part(?:ing)? with)\b(?! (?:by|in|a line|me a line)\b)",
    _I,
)
"""`Is Sat 2/20 still available?`, `Would you give up Sat 2/20?`: nobody puts it up."""


def takes_back(text: str) -> set[str]:
    """What a text may take back of the shifts beside it: {"status"}, {"hours"}, several or nothing."""
    return {
        name
        for sentence in _SENTENCE.split(text)
        if 0 < len(sentence) <= LONGEST
        for name, pattern in _PATTERNS
        if pattern.match(sentence)
    }


LONGEST = 110
"""Characters; a longer sentence says more than that."""

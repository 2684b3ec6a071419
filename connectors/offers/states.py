"""The phrases that say how shifts stand: open, changed, settled or gone."""

from __future__ import annotations

import re
from functools import lru_cache

from connectors.offers.quick import Quick
from connectors.offers.reading import Status

_I = re.IGNORECASE

_TAKER = r"(?:\bDr\.? [A-Z][\w'’-]{1,20}|(?<![\w.'’-])(?!(?:It|This|That|You|Who|What|Which|We|They|There|If|When|Nobody|None|No)\b)[A-Z][a-z'’-]{1,15}(?: [A-Z][a-z'’-]{1,15})?|\b(?i:he|she|i|the night doc|my partner|our (?:nocturnist|locum|new (?:doc|hire))|(?:a|the|our|another) (?:locum|resident|fellow|hospitalist|nocturnist|doc|doctor|physician|provider|colleague|partner)))"
_TAKEN_BY_NAME = (
    rf"(?-i:{_TAKER})(?: (?:has|have|had|just|already|then)){{0,2}} (?:took|taken|grabbed|claimed|snagged|snapped up|scooped up|picked up|nabbed)"
    r" (?=(?:the |that |this |it\b|them\b|these\b|those\b|both\b|all\b)|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b|\d{1,2}/\d|\d{1,2}(?:st|nd|rd|th))"
)
"""`Dr. Patel took Sat 12/12`, `Kim grabbed it`."""
STATUSES: tuple[tuple[Status, Quick], ...] = (
    (
        "offered",
        Quick(
            r"\b(?:nobody|no one|no-one|none of (?:us|you))(?: has|['’]s)?(?: yet)? (?:claimed|taken|took|picked up|signed up for|grabbed|covered|wanted|wants|bid on)\b|\bthere (?:is|are) still (?:an? |one |two |some |\w+ )?(?:openings?|shifts?|spots?|slots?)\b|\bun-?filled\b|\bnot (?:yet )?(?:filled|covered|taken)\b|\bstill (?:open|available|needed|uncovered)\b",
            _I,
        ),
    ),
    (
        "reinstated",
        Quick(
            r"\breinstated\b|(?<!ing )(?<!get )(?<!come )(?<!pulled )(?<!pull )(?<!cut )(?<!scaled )(?<!scale )(?<!dialed )\bback on\b|\b(?:is|are) (?:open|available) again\b|\bre-?opened\b|\bopened (?:back up|up again|again)\b|\bavailable again\b|\bback open\b",
            _I,
        ),
    ),
    (
        "withdrawn",
        Quick(
            r"\byour (?:\w+ )?(?:drop|release|hand-?back|give-?back|give-?away|withdrawal|time[- ]off|leave|pto|day[- ]off)(?:[- ](?:back|up|off))? request\b[^.;?!]{0,60}?\b(?:went through|(?:was|is|has been|were|been)(?: now)? (?:approved|granted|processed|completed?|accepted|honou?red))|"
            rf"{_TAKEN_BY_NAME}|(?:(?<=\d[ap])|(?<=\d[ap]m)|(?<=\d\d))(?: shift)? (?:fell through|(?:is|was|got|has been)(?: now| just| being)? (?:pulled|scrapped|axed|reassigned)|(?:was|got|has been)(?: just)? given away|(?:is|are)(?: now| both| all)? off)(?=\s*(?:[.,;!)]|$|now\b|and (?:i|we|they|the|so)\b|because\b|since\b))|"
            r"\byour [^.;?!]{0,40}?\b(?:slot|shift|session|block|clinic|night|day)s?\b[^.;?!]{0,60} (?:was|has been|is|were|have been|got) (?:released|dropped|removed|freed|reassigned|pulled|given away)\b|(?<=[:–-] )(?:removed|deleted|dropped|pulled)(?=\W{0,3}$)|\bbeat you to\b|\bgot (?:there|to it) (?:first|before you)\b|\b(?:went|gone|going|go) (?:in )?(?:an?other|a different) (?:way|direction|route)\b|"
            r"\b(?:won['’]t|will not|wo not|do not|don['’]t|no longer|not)(?: be)? need(?:ing)? you\b|\bno need (?:to come(?: in)?|for you)\b|\b(?:do not|don['’]t) come in\b|\b(?:you can |please )?stay home (?=tonight|tomorrow|on|this|(?:mon|tue|wed|thu|fri|sat|sun))|\boff the hook for\b|"
            r"\b(?:request|bid|application)\b[^.;?!]{0,60}?\b(?:was|were|is|are|been) (?:denied|rejected|refused)\b|\b(?:have|had|need|going|hate) to (?:cancel|flex)(?: you)?(?: off)? (?:your|the|this|that|these|both|all|on you|you|u|for|tomorrow|tonight|today)\b|(?<!you )(?<!you['’]ll )\b(?:have|has|had|need|needs|going|forced|obliged) to cancel (?=(?:(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b|\d|(?-i:[A-Z])))|(?<!you )(?<!you['’]ve )(?<!you have )\bcancell?(?:ed|ing) (?:on )?(?=(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}/\d)|\b(?:calling|called|flexing|flexed|cancell?ing) you\b(?: off)?(?! back)|\byou(?:['’]re| are|['’]ve been| have been) (?:called|flexed) off\b|\b(?:works?|working|covers?|covering|takes?|taking|will (?:work|cover|take)|doing|does) (?:it |this |that )?(?:instead of|in place of) you\b|\b(?:covers?|covering|takes?|taking|will (?:cover|take)|doing|does) (?:it |this |that )?for you\b|(?:\bDr\.? (?-i:[A-Z])[\w'’-]{1,20}|\b(?:he|she|(?:a|my|our|your|another) (?:colleague|partner|doc|doctor)))(?: will|['’]ll| is going to| can)? (?:works?|working) (?:it |this |that )?for you\b|\b(?:has|gets?|took|takes|taking|covers?|covering|works|working) (?:over )?your (?=(?:mon|tue|wed|thu|fri|sat|sun)|\d{1,2}/|shift|night|day\b)|\b(?:has |have |had to |have to )?pull(?:ed)? (?:both|all|these|those|the) (?:of the |of |two |three )?(?:shifts|dates|days|ones|nights)\b|\b(?:given|gave|assigned|awarded)\b[^.;?!]{3,60}?\bto (?:another|someone else|somebody else|a different)\b|\bfilled\b|\b(?:do not|don['’]t|does not|doesn['’]t|will not|won['’]t|no longer will)(?: \w+)? (?:need|be needing) (?:any ?one|cover|coverage|you|help|this|it|the)\b|\bno longer (?:available|open|needed|required|scheduled|booked|assigned|on the schedule|need(?:s|ing)?)\b|\b(?:hand|give|gave|turn)-?(?: |ed )?back\b[^.;]{0,60}\bapproved\b|\bnot available\b|\bunavailable\b|\b(?:has|have|is|are|been|was|were|now|got|already) (?:(?!(?:an?|the|our|your|my|any|no)\b)\w+ )?(?:taken|covered|gone(?! up| down| to [$£€\d])|withdrawn|pulled|closed)\b"
            r"|\bcancel(?:led|ed|s)\b|\b(?:is|are|was|were|came|comes|come|now|been|taken|went|goes) off the (?:table|board|market|list|schedule|books|calendar|grid|roster|rota)(?=\s*(?:[.,;!)]|$|now\b|and\b|but\b|as\b|since\b|because\b))|\bnot (?:been )?selected\b|\b(?:wasn['’]t|was not|not) (?:approved|awarded|accepted)\b"
            r"|\bwithdrawn\b|\b(?:(?:go|gone|went|going) with (?:an?|some|one of|our) ?(?:(?:local|regular|own|body|one|the|our|staff|\w+ who)\b ?){1,3})(?=\w|\s|[.,;!]|$)|\b(?:chose|chosen|selected|picked|hired|booked|approved|gave (?:it|them|this|the shifts?) to|decided on|settled on|opted for|go with|gone with|went with|going with|awarded (?:it |them |this |the shifts? )?to|filled (?:it |them )?with) (?:another|a different|someone else|somebody else|other)\b|^\W{0,3}(?:covered|taken|gone)\b|\b(?:covered|taken|gone)\W{0,3}$|(?<=\d[apm] [-–—:] )(?:covered|taken|gone|closed)(?=\s*[,;.!]| (?:too|already|now|also|sorry)\b)|\bdeclined\b|\bcancell?ing (?:your|the|this|that|these|both|all)\b|\banother (?:provider|physician|doctor|doc|clinician|candidate|applicant) (?:was|has been|is|will be) (?:selected|chosen|awarded|confirmed|assigned|given)\b|\b(?:given|awarded|assigned|offered|sold|gone) to (?:another|someone|somebody|a different|one of|(?:a|our|my) (?:\w{3,12} )?(?:colleague|partner|doctor|doc|physician|provider|hospitalist|locum))\b|\b(?:taken|filled|covered|claimed|booked|grabbed) by (?:another|someone|somebody|one of|an? (?:\w{3,12} )?(?:colleague|partner|doctor|doc|physician|provider|hospitalist|local|regular)|(?:our|the) own|in-house|internal|the group|staff)\b|\b(?:was|were|is|are|been|got) (?:already |just )?(?:picked up|claimed|snapped up|grabbed|spoken for|(?:given|assigned|sold) to (?:another|someone|somebody|a different))\b|\b(?:somebody|someone|another (?:doc|doctor|physician|provider)|a colleague|one of (?:the|our) \w+) (?:else )?(?:took|grabbed|claimed|picked up|snapped up|has taken)\b|\bgone to (?:another|someone)\b|\bwent to (?:an)?others?\b|\bwent to someone\b|\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|it|that|this|ones?|both|they|those|shifts?|nights?|days?|\d{1,2}(?:st|nd|rd|th)|\d{1,2} ?[ap]m?|\d\d)\)?,?(?: (?:already|just|has|have)){0,2} (?:went|gone) to (?-i:(?:Dr\.? )?[A-Z][\w'’-]{1,15})(?=\s*(?:[.,;!)]|$|so\b|and\b|but\b|before\b))|\bone(?: of (?:those|these|them|the (?:[a-z]{3,9} )?(?:shifts?|nights?|days?|dates?|slots?|two|three|four|five)))?(?: (?:just|already|now|has|has just|has now)){0,2} went\b|\bone of (?:those|these|them)(?: (?:is|has|was|got|just|already|now)){1,3} (?:taken|filled|gone|covered|claimed|picked up)\b|\bwent (?:yesterday|already|fast|quickly|this morning)\b",
            _I,
        ),
    ),
    (
        "changed",
        Quick(
            r"\b(?:starts?|begins?|ends?|finish(?:es)?|runs?|goes|lasts?|starting|ending) (?:an?|one|two|half an|a half|\d{1,2}|thirty)[ -]?(?:hours?|hrs?|min(?:ute)?s?|half[- ]hour)? (?:later|earlier|longer|shorter)\b|\bwent up to (?=[$£€]?\d)|\b(?:agreed|able|managed) to (?:raise|increase|bump|up|improve) (?:the |our |its |their |your )?(?:rate|pay|price)\b|\b(?:raised|increased|bumped|upped|lowered|reduced|up|down) from (?=[$£€]\d)|\brates? (?:raised|increased|bumped|lowered|reduced|went up)\b|\b(?:raised|increased|bumped|upped|boosted|lowered|reduced) (?:the |our |its |their )?(?:\w+ )?(?:rates?|pay)\b|\bnow (?:runs?|is|pays?|starts?|ends?|at)\b|\bnow (?=[$£€]\d)|\b(?:raised|increased|bumped|upped|boosted|lifted) (?:[^.;!?$£€]|\.(?=\d)){3,80} to (?=[$£€] ?\d)|\brates?\b(?:[^.;:]|:(?=\d)){0,90}\b(?:has|have|is|are) (?:now |been )?(?:gone up|going up|raised|increased)\b|\binstead of\b|\brate (?:has |is |was )?(?:been )?(?:now |gone |went )?(?:increased|raised|up|changed|reduced|lowered|dropped)\b"
            r"|\b(?:increased|raised|changed|bumped|reduced|lowered|updated|adjusted|gone up|goes up|dropped) to\b|\b(?:starts?|begins?|ends?|runs?|goes) (?:at |from )?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)?(?: ?(?:-|–|to) ?\d{1,2}(?::\d\d)? ?[ap]\.?m?\.?)? now\b|\bnew (?:time|times|hours|rate)\b|\brevised\b(?! (?:dates?|list)\b)|\bcorrect(?:ed|ion)\b(?! (?:dates?|list)\b)|\bupdated?\b.{0,20}\b(?:time|hours|rate)\b|\b(?:has|have|had|was|were|is|are|got)(?: now)?(?: been)? (?:shortened|lengthened|extended)\b|\bmoved to\b|\bhave changed\b|\bhas changed\b",
            _I,
        ),
    ),
    (
        "confirmed",
        Quick(
            r"^\W*(?:ok,? |okay,? |great,? |good news,? )?(?:you(?:['’]re| are) )?all set for (?=(?:(?-i:[A-Z])|mon|tue|wed|thu|fri|sat|sun|\d))(?![^.!]*\?)|^\W*(?:just )?confirming (?:our (?:call|conversation|chat|discussion|talk)|what we (?:discussed|said|agreed)|per our (?:call|conversation))\b(?![^.!]*\?)|^\W*booked\s?[:–—-]\s|(?<=[\dpam)] [-–—:] )(?:approved|accepted|granted|booked)(?=\s*(?:[,;.!(]|$))|(?<=[\dpam)]: )(?:approved|accepted|granted|booked)(?=\s*(?:[,;.!(]|$))|\byour [^.;?!]{0,60}\b(?:shift|assignment|session|booking|night|day|block|date|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|\d|\))s? (?:is|are)(?: now| both)? (?:all set|locked in|good to go|on the (?:schedule|books|calendar)|finali[sz]ed|official)\b|\bthis (?:(?:e-?mail|message|note|letter|notice) )?(?:confirms|is (?:your |the |a |an )?(?:[a-z]+ )?confirmation)\b(?! (?:that )?(?:we|i|they) (?:have|need|are)| number)|\b(?:we|i)(?: hereby| can| now| formally)? confirm (?:you\b|your |the (?:following|below|shift|assignment|booking)|these|this)\b|(?<=[\dm][apm]) it is\b(?=\s*(?:[.,;!]|$|at\b|then\b))|\b(?:I|we)(?:['’]ve| have)(?: got)? you (?:for|on) (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:the )?\d{1,2}(?:/\d|st|nd|rd|th))(?![^.!]*\?)|(?:\bhave|\bhas|['’]ve|\bI)(?: just| already| now| went ahead and)? (?:put|wrote|written|signed|locked|slotted) you (?:down|in|up|on the (?:schedule|board)) (?:for|on)\b(?![^.!]*(?:\?|\bbut\b|\bnot\b|\btentative|\bpending\b|\bunless\b|\buntil\b|\bif\b))|(?<=\d\d) it is\b(?=\s*(?:[.,;!]|$|at\b|then\b))|"
            r"\b(?:(?:(?:the|our) )?(?:site|facility|hospital|clinic|client|unit|department|director|desk|team)(?: has| have)?(?: now| just| also)? )?(?:approved|accepted|selected|booked|scheduled|assigned|awarded|confirmed) you (?:for\b|on\b|to\b|at\b|in\b|(?=(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)))|^\W*(?:just |this is )?confirming (?:you (?:for|on|at)\b|your\b|[^.;?!]{3,60} for you\b)(?![^.!]*\?)|(?:^|(?<=[.!:;] ))\W*(?:so )?you(?:['’]ve)? (?:got|have) (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d))(?![^.;?!]*\b(?:open|available|uncovered|unfilled|left|to fill|if|option|choice)\b)|\b(?:request|bid|swap|trade|application)\b[^.;?!]{0,60}?\b(?:(?:has|have) been|was|were|is|are|got)? ?(?:approved|accepted|granted)\b|\b(?:the |our )?client (?:has )?awarded you\b|(?<!if )(?<!once )(?<!when )\byou(?:['’]ve| have) (?:claimed|booked|picked up|signed up for)\b|\b(?:you(?:['’]re| are| have been)|is|are|has been|have been|booking|shift|now) (?:\w+ )?(?:confirmed|awarded|booked|approved|scheduled)\b|\bconfirmed\b(?! by\b)|\bawarded\b|\breminder\b(?!:? open)|\byour (?:upcoming|next) shift\b"
            r"|(?<=\w )(?<!of it )(?<!of that )(?<!choice )(?<!decision )(?<!call )(?<!time )(?<!money )(?:is|are) (?:all )?yours\b(?! (?:if|for|to|when|once|or|unless)\b)|\b(?:I|we)(?:['’]ve| have)(?: got)? you (?:all )?(?:down|signed up|scheduled|booked) for\b(?![^?]{0,120}\b(?:correct|right|ok|okay|still|work|works)\b[^?.]{0,20}\?)"
            r"|\byou(?:['’]ve)? (?:got|have) (?:it|the shift|them|both)\b(?! (?:in|on your|yet|already))|\byou (?:were|are|have been|got)(?: all| both)? (?:picked|chosen|selected|accepted) for\b|\byou (?:now|will now|['’]ll now) (?:work|have|cover)\b|\bit['’]?s yours\b(?! (?:if|for the asking))|\bpublished schedule\b|\bschedule (?:for [^.;:?!]{2,40} )?(?:is|has been|was) (?:now )?(?:published|posted|final|out)\b|\byou(?:['’]ve| have) been (?:selected|chosen|assigned) for the\b[^.;?]{0,30}\bshifts?\b|(?<!know )(?<!that )(?<!if )\byou(?:['’]re| are) (?:all |now )?(?:in|on|down|set|signed up|locked in|good to go|on the schedule) for\b|\byour (?:\w+ )?shift\b[^.;?]{0,40}\b(?:starts|begins|is) (?:today|tonight|tomorrow)\b|\b(?:assignment|booking|shift) confirmation\b(?! (?:needed|required|pending|number|to follow|will))|\bconfirmation (?:of|for) (?:your |the |these |this )?(?:following |new |upcoming |next )?(?:assignments?|bookings?|shifts?|dates)\b|\byou are (?:on|working) (?:today|tonight|tomorrow)\b|(?:^|(?<=[.!:;] ))\W*you(?:['’]re| are)(?: now| also)? (?:on|working|scheduled)(?: for| on)? (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:the )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d|\d{1,2}(?:st|nd|rd|th)))(?![^.!]*\?)|(?:^|(?<=[.!:] ))\W*you(?:['’]re| are) (?:working|scheduled|booked)(?: (?:at|for|on) [^.;:?!]{2,40}| (?:the following|these|as follows)(?: \w+)?)?\s*:\s*$|\b(?:pleased|happy|glad|delighted|writing|able) to confirm (?:this|that|you(?:r)?|these|the (?:below |following |new )?(?:session|shift|booking|assignment|following)s?)\b|\bthis (?:is to|will) confirm (?:you|your|the|that)\b|\b(?:is|are)(?: on for| scheduled for)(?= ?:)",
            _I,
        ),
    ),
)
NOT_CHOSEN = Quick(
    r"\b(?:client|hospital|facility|site|department|they|group)(?: (?:has|have|had|did))?(?: (?:\w+ly|also|since))? (?:chose|chosen|selected|picked|hired|(?:went|gone|go|decided to go|moved forward) with|opted for|decided on|awarded (?:it|them|this|these) to) (?:another|a different|someone|somebody|other)\b"
    r"|\byou (?:were|have|had)(?: not|n['’]t)(?: been)? (?:selected|chosen|picked)\b",
    _I,
)
SOME_OF_THEM = re.compile(
    r"\bfor (?:the |only )?(?:one|some|two|first|second|third|last|latter|former|other|earlier|later)\b|\b(?:one|some|two|part|half) of (?:them|these|those|the (?:two|three|\w*days?|shifts|dates|nights))\b",
    _I,
)
"""Not all that the reader asked for went to somebody else."""
APPLIED = Quick(
    r"\b(?:your (?:interest|application|submission|bid|request|profile|name|cv)|you (?:applied|asked|requested|bid|expressed|submitted|were (?:submitted|presented))|(?:submitted|presented|put forward|proposed) you|(?:letting|allowing|having|asking) us (?:to )?(?:present|submit|put forward|propose|put) (?:you|your (?:name|cv|profile))|(?:submitted|presented|put(?: in| forward)?|proposed|sent(?: in)?|forwarded) your (?:name|cv|profile|papers)|put you (?:forward|up|in)|putting (?:your name|yourself) (?:forward|up|in|down)|for (?:applying|volunteering|bidding))\b",
    _I,
)
PRESENTS = Quick(
    r"^\W*(?:this|please (?:accept|consider) this|kindly (?:accept|consider) this)(?: (?:e-?mail|message|letter|note|notice))?(?: (?:is|serves))?(?: to)?\b|\bbelow\b|\b(?:the )?following\b|\bas follows\b",
    _I,
)
"""What a letter says of itself, or of what stands below."""
REPLY_ASKED = re.compile(
    r"\s*(?:(?:please|kindly|pls) )?(?:reply|respond|acknowledge|confirm (?:receipt|that you)|sign|return|let (?:us|me) know|contact|call|e-?mail|text|see|find|review|check|bring|arrive|report|thanks|thank you|sorry|we apologi[sz]e|apologies|we regret|details)\b[^:]*:?$",
    _I,
)
YOUR_SHIFTS = re.compile(
    r"\s{0,9}(?:these are |here are )?(?:your (?:\w+ )?(?:shifts|assignments|schedule|dates|nights|days|sessions|bookings|slots|blocks)|yours)\b(?:,? Dr\.? \w{1,30})?[^.;!?]{0,30}$"
    r"|\s{0,9}you(?:['’](?:re|ll)| are| will)? (?:be )?(?:work|working|on|down|scheduled|booked|set)(?: at (?:the )?(?:[\w.'’]+ ?){1,4}?)?(?: (?:for|on|these|those|the following|dates|days|shifts|as follows|below)){0,3}\s*:?\s*$",
    _I,
)
RAISED = Quick(
    r"\b(?:rates?|pay|price|fee)\b(?:[^.;:!]|:(?=\d)|\.(?=\d)){0,90}?\b(?:has|have|was|were|is|been|got|just|now) (?:raised|increased|bumped|upped|lowered|reduced|cut|changed)\b"
    r"|\b(?:rates?|pay|price|fee)\b[^.;:!]{0,50}\b(?:raised|increased|bumped|upped|lowered|reduced|cut|changed|went up|gone up|going up)\b"
    r"|\b(?:raised?|raising|increased?|increasing|bump(?:ed)?|upped|boosted|lowered|reduced|changed|improved|sweetened)(?: up)? (?:the |our |its |their |your |this )?(?:\w+ )?(?:rates?|pay|price|fee)\b"
    r"|\b(?:rates?|pay|price)\b[^.;:!?]{0,50}\b(?:is|are) now (?=[$£€] ?\d)"
    r"|\b(?:raised|increased|bumped|upped|lowered|reduced|changed|up|down) from (?=[$£€]?\d)"
    r"|\b(?:we|they|I|client|hospital|facility|site|director|admin\w*)(?:['’]ve| have| has|['’]s)?(?: now| just| also)? (?:raised|increased|bumped|upped|boosted|lifted) (?:[^.;!?$£€]|\.(?=\d)){3,80} to (?=[$£€] ?\d)"
    r"|\b(?:rates?|pay|price) (?:increase|bump|hike|boost|raise)\b[^$£€?]{0,90}\bnow (?:at |pays? |is )?(?=[$£€] ?\d)",
    _I,
)
"""It is known already, and pays otherwise now."""
_NOT_BEFORE = re.compile(r"(?:\b(?:not|never|nor)|n['’]t)(?: (?!only\b|available\b)\w{1,12}){0,2}\s*$", _I)
_NOT_WITHIN = re.compile(
    r"(?:(?:has|have|is|are|been|was|were|now|got|you(?:['’]re| are)?) )(?:not|never|tentatively|provisionally|conditionally|verbally|informally|almost|nearly|probably|likely|possibly|partly|partially|maybe|half|soon|being)\b",
    _I,
)
_REFUSED = re.compile(r"\b(?:not|n['’]t)(?: been)? (?:approved|awarded|accepted|selected|available)\b", _I)
_TAKEN_ELSE = (
    r"\b(?:has|have|had|is|was|were|been|will be)(?: (?!not\b)\w{3,8}){0,2} (?:taken|covering|covered) (?:over )?(?:(?:some|all|both|most)(?: of)? )?(?:his|her|their|my|our|the)(?: (?:day ?time|morning|afternoon|other|routine|regular|clinic|office|remaining|own|usual)){0,2}"
    r" (?:surger(?:y|ies)|clinics?|patients?|lists?|calls|rounds|panel|caseload|inbox|messages|procedures|cases|consults|visits|paperwork|admissions|pager|phone|refills|results|leave|vacation|holidays?|break)\b(?! (?:shift|night|day|and|plus))"
    r"|\btaken (?:ill|sick|unwell|poorly|(?:\w+ )?leave|(?:some |a few )?(?:time|days|weeks?) off|an? (?:break|job|post|position|fall|turn)|a new (?:job|post|position|role)|(?:another|a different) (?:job|post|position|role)|care of)\b"
)
"""What was taken is something else than a shift."""
TAKEN_ELSE = Quick(rf"(?:\b(?:Dr\.? )?(?-i:[A-Z])[\w'’-]{{1,20}} )?(?:{_TAKEN_ELSE})", _I)
_FIRST_TO = r"\b(?:the )?first (?:\w+ )?(?:to|who|that) (?:accepts?|repl(?:y|ies)|claims?|answers?|responds?|says? yes|calls?|texts?|signs? up)(?: (?:back|yes|it|this|here|below))? (?:is|gets|will be|wins|has|takes)(?: automatically)? (?:assigned|awarded|booked|confirmed|scheduled|approved|given)(?: (?:it|the shift|to it|for it))?\b"
FIRST_TO = Quick(_FIRST_TO, _I)
"""`The first physician to accept is assigned:`: nobody is yet."""
ONCE_GONE = Quick(
    r"\b(?:cancell?ed|withdrew|pulled|closed|dropped|released|removed|scrapped) (?:this|it|that|these|those|them|both|the (?:shift|day|night|session|block)s?)(?: (?:one|shift|session|day|night|block)s?)?"
    r"(?: (?:on|in|last|earlier|back|at|a|originally|initially)\b[^.;!?]{0,25})?(?=,? (?:and|but|then) (?:(?:it|they|he|she) )?(?:(?:has|have|is|are|had to) )?(?:now|since|then|again|just|re-?(?:opened|instated|quested)|(?:asked|want|need|ask)s? (?:for )?(?:it|them) (?:back|after all)))"
    r"|\b(?P<what>(?:this|that|it|the|these|they|both)(?: (?:one|shift|session|day|night|block|date)s?)?) (?:was|were|had been) (?:cancell?ed|withdrawn|pulled|closed|dropped|removed|filled|covered|taken)"
    r"(?: (?:on|in|last|earlier|back|at|by|a|originally|initially|yesterday|over)\b[^.;!?]{0,40})?(?=,? (?:and|but) (?:(?:it|they) )?(?:is|are|has been|have been)(?: now)? (?:re-?opened|open again|back|available again|up again|re-?instated|needed again))",
    _I,
)
"""`The hospital cancelled this one on June 18 and has now asked for it back.`, `It was cancelled in error and is open again.`"""
NO_STATUS = Quick(
    rf"{_TAKEN_ELSE}|"
    r"\b(?:is|are|gets?)(?: (?:only|always|usually|normally))? (?:awarded|assigned|given|booked) to (?:one|a single) (?:physician|doctor|provider|doc|person|locum)(?: only)?(?=\s*(?:[.,;!)]|$))|"
    r"\b(?:as a|just a|(?<=[.!;:] )a)(?: (?:quick|gentle|friendly|general|standing|small|brief))? reminder\b(?!,?:?(?: that| of| about)? (?:you|u|your)\b)|\breminders?(?: that| of| about| to|:|,| -)? (?:the |our |please |all )*(?:how we|parking|park|badges?|time ?sheets?|polic(?:y|ies)|dress|lunch|wear|bring|call rooms?|credential\w*|forms?|invoices?|submit|rates?|we (?:pay|use|chart|do|ask)|shifts (?:are|go)|this is|these are)\b|"
    r"\b(?:see|know|tell|show|check|track|update|mark|announce|share)(?: [a-z]{2,8})? (?:what|which(?: ones?| shifts?| days?| nights?| slots?)?|who|whatever)(?:['’]s| is| are| has| have| was| were| gets?)(?: (?:been|already|still|now|left))* (?:taken|covered|filled|gone|claimed|booked|confirmed|spoken for)\b(?![^.;!?\n]*[:\d])"
    r"|\b(?:we|i|they|everyone|everybody)(?: had| all| both)? (?:thought|believed|assumed|figured|hoped|understood|were told|was told)(?: that)? (?:(?!\b(?:and|but)\b)[^.;!?]){2,70}? (?:was|were|is|are|had been|would be)(?: already| all| now)? (?:filled|covered|taken|gone|staffed|set)\b"
    rf"|{_FIRST_TO}|"
    r"\b(?:requests|bids|applications|shifts|slots|open shifts|awards|swaps|trades|pick-?ups|claims|assignments)(?: (?:made|received|placed|submitted|entered) [^.;!?]{3,40}?)? (?:are|get|will be|can be|may be|must be|have to be) (?:then |usually |normally |always |only |first )?(?:awarded|approved|confirmed|assigned|granted|accepted|filled|given|booked|cancell?ed|withdrawn|removed|taken|claimed)(?= (?:by|in|on|within|according|automatically|manually|daily|each|every|from|through|via|at|first|after|when|once|as)\b|\s*[.!])|"
    r"\b(?:trying|scrambling|struggling|hoping|working|looking|want|wants|wanting|need|needs|needing|like|love|help|have|has|got) (?:hard )?to (?:get|have|see) [^.;:?!]{1,70}?\b(?:covered|filled|staffed|taken)\b(?! (?:by|with|on|since)\b)"
    r"|\bas (?:they|it|these|those|shifts|days|ones|slots|dates|things)(?: all)? (?:are|get|is|gets) (?:taken|filled|covered|claimed|booked|confirmed)\b"
    r"|\b(?:awarded|assigned|given|booked|goes|going|offered|confirmed) (?:to |for )?(?:the )?(?:(?:first|earliest)(?: \w{3,12})? (?:to|who|that)|whoever) (?:accepts?|repl(?:y|ies)|claims?|answers?|responds?|says? yes|calls?|texts?|signs? up|asks?|gets? back)\b(?:(?!,)[^.;!?\n]){0,25}(?=\s*[.;!?]|\s*$)|"
    r"\b(?:will|['’]ll|can|could|would|to|then|and)(?: (?:then|gladly|happily|try to|need to))? (?:get|have|put|see) (?:you|it|them|that|this|everything)(?: (?:all|both))? (?:confirmed|booked|scheduled|approved|awarded)\b|\b(?:just |right )?before (?:you|i|we|yours)(?: (?:did|could|got|asked|replied|answered|wrote|called)(?: [a-z]{1,8}){0,2})?(?=[,.;]| (?:so|and)\b)|(?:\b(?:is|are)|['’](?:s|re)) (?:all )?yours\b(?=[^.;?!]{0,20}[.,;!–-]+\s{0,2}(?:(?:just|please|pls|so|but|and) ){0,2}(?:tell|let|say|text|reply|call|confirm|answer|shout|holler|ping|write|e-?mail|respond|get back)\b[^.;?!]{0,30}\b(?:by|before|yes|yep|if you (?:still )?(?:want|can(?!['’]t|not)|take|agree)|whether|no later|either way)\b)"
    r"|\b(?:say|reply|answer|text|call|yes|first|want (?:it|them)|take (?:it|them)|word|respond|email|write)\b[^.;?!]{0,30}?(?:,| and| =| then|-) ?(?:it|they|this|that|these)(?:['’](?:s|re)| is| are) (?:all )?yours\b"
    r"|\bnone of (?:these|those|them|the \w+)(?: \w+)? (?:has|have|is|are|was|were)(?: been)?(?: yet)? (?:filled|covered|taken|claimed|confirmed)\b|\bneed(?:s|ing|ed)? (?:these|this|those|them|it|all|both) (?:to be )?confirmed\b|\bneed(?:s|ing|ed)?\b[^.;:?!]{1,25}\b(?:covered|filled|taken)\b"
    r"|\breminder(?: that|:|,)? (?:(?:we|i|there|they)(?:['’]re|['’]m| are| am| is)? )?(?:are |is )?(?:still |also )?(?:looking|short|in need|need(?:ing|s)?|have|open|available|missing)\b|\b(?:we|i|they) thought (?:it|they|this|that|these|those) (?:was|were|had been) (?:already )?(?:filled|covered|taken|gone)\b(?:,? but (?:it|they)(?: (?:is|are|was|were))?(?: not|(?:is|are|was|were)n['’]?t)\b)?|\bconfirmed (?:the need|(?:that )?(?:they|we) (?:still )?need)\b|\b(?:nobody|no one|no-one|none) (?:has|have) (?:yet |been )?(?:confirmed|taken|claimed|filled)(?: (?:it|them|these|yet))?\b",
    _I,
)
"""What only looks like a status."""
_STATUS_WORD = re.compile(r"\b(?:filled|covered|taken|cancell?ed|confirmed|no longer|already|not|yet)\b", _I)
_OPEN_FOR_MORE = Quick(
    r"\bstill (?:open|available|needed|unfilled|uncovered)\b[^.;$£€]{0,30}\b(?:agreed to|(?:came|went|gone) up to|(?:raised|bumped|moved) it to) (?=[$£€] ?\d)",
    _I,
)
"""`It is still open, and they have agreed to $260/hr`: known already, and pays otherwise now."""
_NOW_PAYS = Quick(
    r"\b(?:still|re-?)\s?(?:open|available|needed|unfilled|uncovered)\b[^.;]{0,12}\bnow (?:at |pays? )?[$£€]\d",
    _I,
)
CONDITIONAL = re.compile(
    r"\b(?:until|unless|if|once|when|before|after|(?<!had )(?<!has )(?<!have )to be|almost|nearly|probably|likely|possibly|partly|partially|hopefully|maybe|(?-i:may)|might|half|soon|about to|close to|subject to|pending|not binding)\b[^.;]{0,30}$",
    _I,
)
_HOPED = re.compile(
    r"\b(?:hope|hoping|assum\w+|check|see|whether|make sure|guess|think|thought|wonder\w*|ask\w*)\b[^.;]{0,30}$",
    _I,
)
"""Before what would otherwise say that it is settled."""
MOVED = Quick(
    r"\b(?:has |have |is |are |been |was |being )*(?:moved(?! (?:away|abroad|overseas|house|home|here|out of|(?:up |back |forward )?(?:the|its|your) (?:start|end|beginning|finish|hours|times?|clock))\b)|rescheduled|shifted|postponed)\b(?: from)?|\bmoves to\b",
    _I,
)
THAN_USUAL = Quick(
    r",? \(?(?:instead of|rather than|not) (?:the |our |your |its )?(?:usual|normal|regular|standard|typical) \d{1,4}(?::\d\d)? ?[ap]?\.?m?\.? ?(?:-|–|to) ?\d{1,4}(?::\d\d)? ?[ap]?(?:\.?m\b\.?)?\)?",
    _I,
)
"""`5a-3p instead of the usual 7a-5p`: hours that are no shift's here."""
SAID_WHEN = Quick(
    r",? (?:as of|effective) (?:(?:early |late )?(?:this (?:morning|afternoon|evening)|now|today|yesterday|last night))\b|\b(?<=taken|illed|aimed|ed up|abbed) overnight(?=\s*(?:[.,;!]|$|by\b|so\b|and\b))|,? (?:which (?:was|were|we) )?(?:previously |originally |first )?(?:cancell?ed|withdrawn|posted|listed|advertised|announced|sent|released) (?:on |last )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?)(?: 20\d\d)?,(?= (?:has|have|is|are|was|were)\b)"
    r"|(?<=\w) (?:today|this (?:morning|afternoon|evening)|just now)(?: (?:at|for) [\w .]{2,30})?(?=\s?[:–—-]\s?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ?)?(?:\d{1,2}/\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))"
    r"|(?<=\w) since (?:last )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|last (?:week|month|night)|this morning)(?=[^\w]|$)"
    r"| (?:that|which) (?:they|we|I|the [a-z]{3,12}) (?:had )?(?:pulled|cancell?ed|withdrew|closed|removed|took (?:down|back))(?: (?:last|earlier this) (?:week|month)| yesterday| earlier)?(?= (?:has|have|is|are)\b)",
    _I,
)
"""`The shift, cancelled on 12 November, has been reinstated`: when it was said what no longer holds."""
MOVED_IT = re.compile(
    r"^\W*(?:(?:so|and|but|then|instead|now)\b,? ?)?(?:we|they|i|the (?:site|client|hospital|unit|desk|facility|director))(?:['’]ve| have| has| had)?(?: to| now| just| already)?"
    r" (?:moved|move|rescheduled|reschedule|shifted|shift|postponed|postpone|pushed|push|bumped) (?:it|this|that|that one|this one|(?:the|that|this|your) (?:shift|one|date|day|night|session))(?: (?:back|out|forward|up|over|instead))? (?:to|until)\b",
    _I,
)
"""`We moved it to Wed 12/30`: of the one shift before it."""
STILL_OPEN = Quick(
    r"\b(?:is|are|now|still) (?:open|available)\b|\bup for grabs\b|\bcan you\b|\banyone\b|\bneed(?:s|ed)? (?:cover|a |some|you|help)|\bcan offer\b|\bwe have\b(?! to\b| no\b| not\b)",
    _I,
)
NOT_NEEDED = Quick(
    r"\bno longer \w+|\bnot available\b|\b(?:(?:do|does|did|will)(?: not|n['’]t)|won['’]t)(?: \w{1,10})? need (?:any ?one|cover(?:age)?|a|some|you|help)\b",
    _I,
)
"""What STILL_OPEN would take for a wish."""
OTHER_SHIFTS = Quick(
    r"\b(?:cancelled|canceled|filled|confirmed|awarded|approved) (?:shifts|offers|dates|within)\b|\bshifts are\b|\bif\b(?! you(?:['’]d)? (?:still )?(?:want|like)\b| (?:you|u)(?: can|['’]re| are|['’]d be)? still (?:able to |free to )?(?:do|take|make|work|cover|free|available|up for)\b| (?:that|this|it)(?: is|['’]s| causes| will be) (?:an? |any )?(?:problem|issue|conflict|trouble)s?\b)|\bwhen\b|\bonce\b|\bnot (?:yet )?confirmed\b|\bawaiting\b|\bpending\b|\bto be\b|\bneeds? to be\b|\bplease confirm\b|\bcan you\b|\?",
    _I,
)
STRUCK = Quick(
    r"\b(?:(?:any(?:thing| (?:line|row|date|shift|one)s?)?|what(?:ever)?|those|ones|(?:lines|rows|dates|shifts|days)|everything|all)(?: (?:that|which))?(?: (?:is|are|was|were|has been|have been|i|we|i['’]ve|we['’]ve))? (?:struck|crossed|lined|scratched)(?: (?:out|off|through))?|(?:crossed|struck|lined)[- ](?:out|off|through)|strike-?(?:through|out)s?|with a line through|struck (?:lines|rows|dates|shifts|days|ones))\b",
    _I,
)
"""`Anything crossed out has been filled`: of the struck lines below alone."""
SHIFTS_AT_LARGE = Quick(
    rf"{OTHER_SHIFTS.pattern}|\bstruck\b|\bcrossed\b|\bstrike|\b(?:lines? through|lined (?:out|through)|gr[ea]y(?:ed)?(?: out)?|shaded)\b",
    _I,
)
HEADINGS = re.compile(
    r"^(additions?|open(?:ings)?|available|new|deletions?|removed|filled|cancell?ed|cancellations?|gone|taken|closed|no longer available|changes|changed|updates?|(?:assignment |booking |shift |schedule )?confirmation|confirmed(?: (?:shifts?|assignments?|dates))?)\b[\s:!]*(?:\((?:(?:all |now |still )?(?:new|open|available|unfilled|filled|covered|taken|gone|closed|cancell?ed|removed)(?:[,;:–-]? ?\$\d[\d,.]{0,6}k?(?: ?/ ?(?:h|hr|hour|shift|day)| (?:an?|per) (?:hour|shift|day)| flat| each)?)?|\$\d[\d,.]{0,6}k?(?: ?/ ?(?:h|hr|hour|shift|day)| (?:an?|per) (?:hour|shift|day)| flat| each)?)\)[\s:!]*)?$",
    _I,
)
OLD = Quick(
    r"\b(?:instead of|rather than|was|were|formerly|previously|not|old(?: time| rate)?:?|changed from|moved from)\s{1,3}(?!\d{1,2}/\d)(?=[\d$£€(]|noon|midnight)",
    _I,
)
ALL_BUT = Quick(
    r"\b(?:all|every(?:thing|one| shift| slot| date| day)|the (?:whole|rest of the) list)\b[^.;:]{0,50}\b(?:filled|covered|taken|gone|closed|booked)\b,?\s+(?:except|but|apart from|other than)(?: for)?\b",
    _I,
)
ANNOUNCED = Quick(
    r"\b(?:will|going to|about to|may|might|could) (?:soon |still |also )?(?:be )?(?:chang(?:e|ed|ing)|increas(?:e|ed|ing)|go up|rise|raised|lowered|drop|review(?:ed)?|updated?|adjust(?:ed)?)\b|\bunder review\b|\bbeing (?:reviewed|changed)\b",
    _I,
)
"""A change that is not told yet."""
AWARDED = Quick(
    r"\b(?:is|are|it['’]?s|['’]s)(?: now| all)? yours\b|\b(?:put|putting|pencil\w*|sign\w*|count\w*|got|get|have|had|book\w*|schedul\w+|slot\w*|lock\w*|add\w*)(?: on)? you\b|\byou(?:['’]ve|['’]re| have| are|['’]ll have| get| take| got)\b"
    r"|(?<!to )\bsee you\b|\bstill (?:want|on|good|ok|okay|interested|up|in|able|free|available)\b|\ball yours\b|\bgot a taker\b|\bgive you\b|\bu (?:still|want|take|have|got)\b",
    _I,
)
"""Somebody gives a day to whom the message is for, or asks whether they keep it."""
GRANTED = Quick(
    r"\b(?:is|are) (?:all )?yours\b|\bput you (?:down|in|on)\b|\byou have (?:the )?(?:\w{3,9},? )?\d{1,2}[/ ]|\byou(?:['’]re| are) (?:all )?(?:set|down) for\b|(?<!to )\bsee you (?:on|then|there)\b",
    _I,
)
NEWLY = re.compile(
    r"\b(?:now|updated?|updates|increased?|raised|bumped|correct(?:ed|ion)|instead|new rate|higher|revised)\b",
    _I,
)


_DAY_OF_DATE = re.compile(
    r"\b((?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?),(?=\s(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))",
    _I,
)
"""`Friday, October 8`: one day."""


def where_status(text: str, status: Status) -> str:
    """The part of a sentence that states it."""
    pattern = next(pattern for name, pattern in STATUSES if name == status)
    text = _DAY_OF_DATE.sub(r"\1 ", text)
    found = pattern.search(text)
    if not found:
        return ""
    before = re.split(r"[.,;!?]\s|\bbut\b|\band\b|\bwhile\b", text[: found.start()])[-1]
    return before + re.split(r"[.,;!?](?:\s|$)|\bbut\b|\band\b|\bwhile\b", text[found.start() :])[0]


def _denied(text: str, found: re.Match[str]) -> bool:
    """`is not cancelled`, `has not been confirmed`: the opposite of what the word says."""
    if _REFUSED.search(found[0]):
        return False
    return bool(_NOT_BEFORE.search(text[: found.start()]) or _NOT_WITHIN.match(found[0]))


def without_status(text: str) -> str:
    """The text with what states a status blanked out, each place kept."""
    return _STATUS_WORD.sub(lambda found: " " * len(found[0]), text)


def _pays_otherwise(text: str) -> bool:
    """`Still open, now $2,500`: open, and all the same changed."""
    return bool(_NOW_PAYS.search(text) or RAISED.search(text))


def status_of(text: str) -> Status | None:
    """The status that a text states outright; a condition ("until confirmed") states none."""
    stated = stated_in(text)
    return stated[0] if stated else None


@lru_cache(maxsize=512)
def stated_in(text: str) -> tuple[Status, int, int] | None:
    """That status, and where it is stated."""
    text = NO_STATUS.sub(lambda found: " " * len(found[0]), text)
    if better := _OPEN_FOR_MORE.search(text):
        return "changed", better.start(), better.end()
    for status, pattern in STATUSES:
        found = pattern.search(text)
        if not found or CONDITIONAL.search(text[: found.start()]) or _denied(text, found):
            continue
        if status == "offered" and _pays_otherwise(text):
            continue
        if status != "confirmed" or not _HOPED.search(text[: found.start()]):
            return status, found.start(), found.end()
    return None

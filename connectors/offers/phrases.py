"""The phrases that give a line its status, its deadline, or its place outside the reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from connectors.offers.quick import Quick
from connectors.offers.reading import Status
from connectors.offers.zones import ZONE_NAMES

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
            r"\breinstated\b|(?<!ing )(?<!get )(?<!come )(?<!pulled )(?<!pull )(?<!cut )(?<!scaled )(?<!scale )(?<!dialed )\bback on\b|\b(?:is|are) (?:open|available) again\b|\bre-?opened\b|\bavailable again\b|\bback open\b",
            _I,
        ),
    ),
    (
        "withdrawn",
        Quick(
            rf"{_TAKEN_BY_NAME}|(?:(?<=\d[ap])|(?<=\d[ap]m)|(?<=\d\d))(?: shift)? (?:fell through|(?:is|was|got|has been)(?: now| just| being)? (?:pulled|scrapped|axed|reassigned)|(?:was|got|has been)(?: just)? given away|(?:is|are)(?: now| both| all)? off)(?=\s*(?:[.,;!)]|$|now\b|and (?:i|we|they|the|so)\b|because\b|since\b))|"
            r"\byour [^.;?!]{0,40}?\b(?:slot|shift|session|block|clinic|night|day)s?\b[^.;?!]{0,20} (?:was|has been|is|were|have been|got) (?:released|dropped|removed|freed|reassigned|pulled|given away)\b|(?<=[:–-] )(?:removed|deleted|dropped|pulled)(?=\W{0,3}$)|\bbeat you to\b|\bgot (?:there|to it) (?:first|before you)\b|\b(?:went|gone|going|go) (?:in )?(?:an?other|a different) (?:way|direction|route)\b|"
            r"\b(?:won['’]t|will not|wo not|do not|don['’]t|no longer|not)(?: be)? need(?:ing)? you\b|\bno need (?:to come(?: in)?|for you)\b|\b(?:do not|don['’]t) come in\b|\b(?:you can |please )?stay home (?=tonight|tomorrow|on|this|(?:mon|tue|wed|thu|fri|sat|sun))|\boff the hook for\b|"
            r"\b(?:request|bid|application)\b[^.;?!]{0,60}?\b(?:was|were|is|are|been) (?:denied|rejected|refused)\b|\b(?:have|had|need|going|hate) to (?:cancel|flex)(?: you)?(?: off)? (?:your|the|this|that|these|both|all|on you|you|u|for|tomorrow|tonight|today)\b|\b(?:calling|called|flexing|flexed|cancell?ing) you\b(?: off)?(?! back)|\byou(?:['’]re| are|['’]ve been| have been) (?:called|flexed) off\b|\b(?:works?|working|covers?|covering|takes?|taking|will (?:work|cover|take)|doing|does) (?:it |this |that )?(?:instead of|for|in place of) you\b|\b(?:has|gets?|took|takes|taking|covers?|covering|works|working) (?:over )?your (?=(?:mon|tue|wed|thu|fri|sat|sun)|\d{1,2}/|shift|night|day\b)|\b(?:has |have |had to |have to )?pull(?:ed)? (?:both|all|these|those|the) (?:of the |of |two |three )?(?:shifts|dates|days|ones|nights)\b|\b(?:given|gave|assigned|awarded)\b[^.;?!]{3,60}?\bto (?:another|someone else|somebody else|a different)\b|\bfilled\b|\b(?:do not|don['’]t|does not|doesn['’]t|will not|won['’]t|no longer will)(?: \w+)? (?:need|be needing) (?:any ?one|cover|coverage|you|help|this|it|the)\b|\bno longer (?:available|open|needed|required|scheduled|booked|assigned|on the schedule|need(?:s|ing)?)\b|\b(?:hand|give|gave|turn)-?(?: |ed )?back\b[^.;]{0,60}\bapproved\b|\bnot available\b|\bunavailable\b|\b(?:has|have|is|are|been|was|were|now|got|already) (?:\w+ )?(?:taken|covered|gone(?! up| down| to [$£€\d])|withdrawn|pulled|closed)\b"
            r"|\bcancel(?:led|ed|s)\b|\b(?:is|are|was|were|came|comes|come|now|been|taken|went|goes) off the (?:table|board|market|list|schedule)(?=\s*(?:[.,;!)]|$|now\b|and\b|but\b|as\b|since\b|because\b))|\bnot (?:been )?selected\b|\b(?:wasn['’]t|was not|not) (?:approved|awarded|accepted)\b"
            r"|\bwithdrawn\b|\b(?:(?:go|gone|went|going) with (?:an?|some|one of|our) ?(?:(?:local|regular|own|body|one|the|our|staff|\w+ who)\b ?){1,3})(?=\w|\s|[.,;!]|$)|\b(?:chose|chosen|selected|picked|hired|booked|approved|gave (?:it|them|this|the shifts?) to|decided on|settled on|opted for|go with|gone with|went with|going with|awarded (?:it |them |this |the shifts? )?to|filled (?:it |them )?with) (?:another|a different|someone else|somebody else|other)\b|^\W{0,3}(?:covered|taken|gone)\b|\b(?:covered|taken|gone)\W{0,3}$|(?<=\d[apm] [-–—:] )(?:covered|taken|gone|closed)(?=\s*[,;.!]| (?:too|already|now|also|sorry)\b)|\bdeclined\b|\bcancell?ing (?:your|the|this|that|these|both|all)\b|\banother (?:provider|physician|doctor|doc|clinician|candidate|applicant) (?:was|has been|is|will be) (?:selected|chosen|awarded|confirmed|assigned|given)\b|\b(?:given|awarded|assigned|offered|sold|gone) to (?:another|someone|somebody|a different|one of)\b|\b(?:was|were|is|are|been|got) (?:already |just )?(?:picked up|claimed|snapped up|grabbed|spoken for|(?:given|assigned|sold) to (?:another|someone|somebody|a different))\b|\b(?:somebody|someone|another (?:doc|doctor|physician|provider)|a colleague|one of (?:the|our) \w+) (?:else )?(?:took|grabbed|claimed|picked up|snapped up|has taken)\b|\bgone to (?:another|someone)\b|\bwent to (?:an)?others?\b|\bwent to someone\b|\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|it|that|this|ones?|both|they|those|shifts?|nights?|days?|\d{1,2}(?:st|nd|rd|th)|\d ?[ap]m?|\d\d)\)?(?: (?:already|just|has|have)){0,2} (?:went|gone) to (?-i:(?:Dr\.? )?[A-Z][a-z'’-]{1,15})(?=\s*(?:[.,;!)]|$|so\b|and\b|but\b))|\bone went\b|\bwent (?:yesterday|already|fast|quickly|this morning)\b",
            _I,
        ),
    ),
    (
        "changed",
        Quick(
            r"\b(?:starts?|begins?|ends?|finish(?:es)?|runs?|goes|lasts?|starting|ending) (?:an?|one|two|half an|a half|\d{1,2}|thirty)[ -]?(?:hours?|hrs?|min(?:ute)?s?|half[- ]hour)? (?:later|earlier|longer|shorter)\b|\bwent up to (?=[$£€]?\d)|\b(?:agreed|able|managed) to (?:raise|increase|bump|up|improve) (?:the |our |its |their |your )?(?:rate|pay|price)\b|\b(?:raised|increased|bumped|upped|lowered|reduced|up|down) from (?=[$£€]\d)|\brates? (?:raised|increased|bumped|lowered|reduced|went up)\b|\b(?:raised|increased|bumped|upped|boosted|lowered|reduced) (?:the |our |its |their )?(?:\w+ )?(?:rates?|pay)\b|\bnow (?:runs?|is|pays?|starts?|ends?|at)\b|\bnow (?=[$£€]\d)|\brates?\b[^.;:]{0,50}\b(?:has|have|is|are) (?:now |been )?(?:gone up|going up|raised|increased)\b|\binstead of\b|\brate (?:has |is |was )?(?:been )?(?:now |gone |went )?(?:increased|raised|up|changed|reduced|lowered|dropped)\b"
            r"|\b(?:increased|raised|changed|bumped|reduced|lowered|updated|adjusted|gone up|goes up|dropped) to\b|\b(?:starts?|begins?|ends?|runs?|goes) (?:at |from )?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)?(?: ?(?:-|–|to) ?\d{1,2}(?::\d\d)? ?[ap]\.?m?\.?)? now\b|\bnew (?:time|times|hours|rate)\b|\brevised\b(?! (?:dates?|list)\b)|\bcorrect(?:ed|ion)\b(?! (?:dates?|list)\b)|\bupdated?\b.{0,20}\b(?:time|hours|rate)\b|\bmoved to\b|\bhave changed\b|\bhas changed\b",
            _I,
        ),
    ),
    (
        "confirmed",
        Quick(
            r"(?<=[\dm][apm]) it is\b(?=\s*(?:[.,;!]|$|at\b|then\b))|\b(?:I|we)(?:['’]ve| have)(?: got)? you (?:for|on) (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:the )?\d{1,2}(?:/\d|st|nd|rd|th))(?![^.!]*\?)|(?:\bhave|\bhas|['’]ve)(?: just| already| now)? put you (?:down|in|on the (?:schedule|board)) (?:for|on)\b|(?<=\d\d) it is\b(?=\s*(?:[.,;!]|$|at\b|then\b))|"
            r"\b(?:approved|accepted|selected|booked|scheduled|assigned|awarded|confirmed) you (?:for\b|on\b|to\b|at\b|in\b|(?=(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)))|^\W*(?:just |this is )?confirming (?:you (?:for|on|at)\b|your\b|[^.;?!]{3,60} for you\b)(?![^.!]*\?)|(?:^|(?<=[.!:;] ))\W*(?:so )?you(?:['’]ve)? (?:got|have) (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d))(?![^.;?!]*\b(?:open|available|uncovered|unfilled|left|to fill|if|option|choice)\b)|\b(?:request|bid|swap|trade|application)\b[^.;?!]{0,60}?\b(?:(?:has|have) been|was|were|is|are|got)? ?(?:approved|accepted|granted)\b|\b(?:the |our )?client (?:has )?awarded you\b|(?<!if )(?<!once )(?<!when )\byou(?:['’]ve| have) (?:claimed|booked|picked up|signed up for)\b|\b(?:you(?:['’]re| are| have been)|is|are|has been|have been|booking|shift|now) (?:\w+ )?(?:confirmed|awarded|booked|approved|scheduled)\b|\bconfirmed\b(?! by\b)|\bawarded\b|\breminder\b(?!:? open)|\byour (?:upcoming|next) shift\b"
            r"|(?<=\w )(?<!of it )(?<!of that )(?<!choice )(?<!decision )(?<!call )(?<!time )(?<!money )(?:is|are) (?:all )?yours\b(?! (?:if|for|to|when|once|or|unless)\b)|\b(?:I|we)(?:['’]ve| have)(?: got)? you (?:all )?(?:down|signed up|scheduled|booked) for\b(?![^?]{0,120}\b(?:correct|right|ok|okay|still|work|works)\b[^?.]{0,20}\?)"
            r"|\byou(?:['’]ve)? (?:got|have) (?:it|the shift|them|both)\b(?! (?:in|on your|yet|already))|\byou (?:were|are|have been|got)(?: all| both)? (?:picked|chosen|selected|accepted) for\b|\byou (?:now|will now|['’]ll now) (?:work|have|cover)\b|\bit['’]?s yours\b(?! (?:if|for the asking))|\bpublished schedule\b|\bschedule (?:for [^.;:?!]{2,40} )?(?:is|has been|was) (?:now )?(?:published|posted|final|out)\b|\byou(?:['’]ve| have) been (?:selected|chosen|assigned) for the\b[^.;?]{0,30}\bshifts?\b|(?<!know )(?<!that )(?<!if )\byou(?:['’]re| are) (?:all |now )?(?:in|on|down|set|signed up|locked in|good to go|on the schedule) for\b|\byour (?:\w+ )?shift\b[^.;?]{0,40}\b(?:starts|begins|is) (?:today|tonight|tomorrow)\b|\b(?:assignment|booking|shift) confirmation\b(?! (?:needed|required|pending|number|to follow|will))|\bconfirmation (?:of|for) (?:your |the |these |this )?(?:following |new |upcoming |next )?(?:assignments?|bookings?|shifts?|dates)\b|\byou are (?:on|working) (?:today|tonight|tomorrow)\b|\b(?:pleased|happy|glad|delighted|writing|able) to confirm (?:this|that|you(?:r)?|these|the (?:below |following |new )?(?:session|shift|booking|assignment|following)s?)\b|\bthis (?:is to|will) confirm (?:you|your|the|that)\b|\b(?:is|are)(?: on for| scheduled for)(?= ?:)",
            _I,
        ),
    ),
)
NOT_CHOSEN = Quick(
    r"\b(?:client|hospital|facility|site|department|they|group)(?: (?:has|have|had|did))?(?: (?:\w+ly|also|since))? (?:chose|chosen|selected|picked|hired|(?:went|gone|go|decided to go|moved forward) with|opted for|decided on|awarded (?:it|them|this|these) to) (?:another|a different|someone|somebody|other)\b"
    r"|\byou (?:were|have|had)(?: not|n['’]t)(?: been)? (?:selected|chosen|picked)\b",
    _I,
)
APPLIED = Quick(
    r"\b(?:your (?:interest|application|submission|bid|request|profile|name|cv)|you (?:applied|asked|requested|bid|expressed|submitted|were (?:submitted|presented))|(?:submitted|presented) you)\b",
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
    r"\s{0,9}(?:these are |here are )?(?:your (?:\w+ )?shifts|yours)\b(?:,? Dr\.? \w{1,30})?[^.;!?]{0,30}$"
    r"|\s{0,9}you(?:['’](?:re|ll)| are| will)? (?:be )?(?:work|working|on|down|scheduled|booked|set)(?: (?:for|on|these|those|the following|dates|days|shifts|as follows|below)){0,3}\s*:?\s*$",
    _I,
)
SENTENCE_END = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)[.!?;](?:\s+|$)")
RAISED = Quick(
    r"\b(?:rates?|pay|price|fee)\b[^.;:!]{0,50}\b(?:raised|increased|bumped|upped|lowered|reduced|cut|changed|went up|gone up|going up)\b"
    r"|\b(?:raised|increased|bumped|upped|boosted|lowered|reduced|changed|improved|sweetened)(?: up)? (?:the |our |its |their |your |this )?(?:\w+ )?(?:rates?|pay|price|fee)\b"
    r"|\b(?:raised|increased|bumped|upped|lowered|reduced|changed|up|down) from (?=[$£€]?\d)",
    _I,
)
"""It is known already, and pays otherwise now."""
_NOT_BEFORE = re.compile(r"(?:\b(?:not|never|nor)|n['’]t)(?: (?!only\b|available\b)\w{1,12}){0,2}\s*$", _I)
_NOT_WITHIN = re.compile(
    r"(?:(?:has|have|is|are|been|was|were|now|got|you(?:['’]re| are)?) )(?:not|never|tentatively|provisionally|conditionally|verbally|informally|almost|nearly|probably|likely|possibly|partly|partially|maybe|half|soon|being)\b",
    _I,
)
_REFUSED = re.compile(r"\b(?:not|n['’]t)(?: been)? (?:approved|awarded|accepted|selected|available)\b", _I)
NO_STATUS = Quick(
    r"\b(?:just |right )?before (?:you|i|we|yours)(?: (?:did|could|got|asked|replied|answered|wrote|called)(?: [a-z]{1,8}){0,2})?(?=[,.;]| (?:so|and)\b)|(?:\b(?:is|are)|['’](?:s|re)) (?:all )?yours\b(?=[^.;?!]{0,20}[.,;!–-]+\s{0,2}(?:(?:just|please|pls|so|but|and) ){0,2}(?:tell|let|say|text|reply|call|confirm|answer|shout|holler|ping|write|e-?mail|respond|get back)\b[^.;?!]{0,30}\b(?:by|before|yes|yep|if you (?:still )?(?:want|can(?!['’]t|not)|take|agree)|whether|no later|either way)\b)"
    r"|\b(?:say|reply|answer|text|call|yes|first|want (?:it|them)|take (?:it|them)|word|respond|email|write)\b[^.;?!]{0,30}?(?:,| and| =| then|-) ?(?:it|they|this|that|these)(?:['’](?:s|re)| is| are) (?:all )?yours\b"
    r"|\bnone of (?:these|those|them|the \w+)(?: \w+)? (?:has|have|is|are|was|were)(?: been)?(?: yet)? (?:filled|covered|taken|claimed|confirmed)\b|\bneed(?:s|ing|ed)? (?:these|this|those|them|it|all|both) (?:to be )?confirmed\b|\bneed(?:s|ing|ed)?\b[^.;:?!]{1,25}\b(?:covered|filled|taken)\b"
    r"|\breminder(?: that|:|,)? (?:(?:we|i|there|they)(?:['’]re|['’]m| are| am| is)? )?(?:are |is )?(?:still |also )?(?:looking|short|in need|need(?:ing|s)?|have|open|available|missing)\b|\b(?:we|i|they) thought (?:it|they|this|that|these|those) (?:was|were|had been) (?:already )?(?:filled|covered|taken|gone)\b(?:,? but (?:it|they)(?: (?:is|are|was|were))?(?: not|(?:is|are|was|were)n['’]?t)\b)?|\bconfirmed (?:the need|(?:that )?(?:they|we) (?:still )?need)\b|\b(?:nobody|no one|no-one|none) (?:has|have) (?:yet |been )?(?:confirmed|taken|claimed|filled)(?: (?:it|them|these|yet))?\b",
    _I,
)
"""What only looks like a status."""
_STATUS_WORD = re.compile(r"\b(?:filled|covered|taken|cancell?ed|confirmed|no longer|already|not|yet)\b", _I)
_NOW_PAYS = re.compile(
    r"\b(?:still|re-?)\s?(?:open|available|needed|unfilled|uncovered)\b[^.;]{0,12}\bnow (?:at |pays? )?[$£€]\d",
    _I,
)
CONDITIONAL = re.compile(
    r"\b(?:until|unless|if|once|when|before|after|to be|almost|nearly|probably|likely|possibly|partly|partially|hopefully|maybe|(?-i:may)|might|half|soon|about to|close to|subject to|pending|not binding)\b[^.;]{0,30}$",
    _I,
)
_HOPED = re.compile(
    r"\b(?:hope|hoping|assum\w+|check|see|whether|make sure|guess|think|thought|wonder\w*|ask\w*)\b[^.;]{0,30}$",
    _I,
)
"""Before what would otherwise say that it is settled."""
MOVED = re.compile(
    r"\b(?:has |have |is |are |been |was |being )*(?:moved|rescheduled|shifted|postponed)\b(?: from)?|\bmoves to\b",
    _I,
)
THAN_USUAL = Quick(
    r",? \(?(?:instead of|rather than|not) (?:the |our |your |its )?(?:usual|normal|regular|standard|typical) \d{1,4}(?::\d\d)? ?[ap]?\.?m?\.? ?(?:-|–|to) ?\d{1,4}(?::\d\d)? ?[ap]?(?:\.?m\b\.?)?\)?",
    _I,
)
"""`5a-3p instead of the usual 7a-5p`: hours that are no shift's here."""
SAID_WHEN = Quick(
    r",? (?:which (?:was|were|we) )?(?:previously |originally |first )?(?:cancell?ed|withdrawn|posted|listed|advertised|announced|sent|released) (?:on |last )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?)(?: 20\d\d)?,(?= (?:has|have|is|are|was|were)\b)"
    r"| (?:that|which) (?:they|we|I|the [a-z]{3,12}) (?:had )?(?:pulled|cancell?ed|withdrew|closed|removed|took (?:down|back))(?: (?:last|earlier this) (?:week|month)| yesterday| earlier)?(?= (?:has|have|is|are)\b)",
    _I,
)
"""`The shift, cancelled on 12 November, has been reinstated`: when it was said what no longer holds."""
PRONOUN = re.compile(
    r"\b(?:this|that|it|these|those|they|both|all)(?: (?:other )?(?:one|shift|ones|shifts))?\b", _I
)
WANTED = Quick(
    r"(?<!one )(?<!body )(?<!who )(?<!u )(?<!you )\b(?:wants? back|wants?|wanted|in (?:return|exchange)|looking (?:for|to take)|would (?:take|like(?! to (?:trade|swap|give|drop|offer|switch|part|get rid|hand))|love(?= your\b))|(?:['’]d|i) (?:love|like|want)(?= your\b)|needs? back|takes?(?! my\b)|for your|for (?:any|an?|some|one|whichever|another|either|something|anything)(?: (?:other|one|single|of your|of the))?(?: (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}| (?:week)?(?:days?|nights?|ends?)| evenings?| mornings?| shifts?| ones?)(?: (?:days?|nights?|shifts?|evenings?))?\b(?! (?:at|off))|trade for|swap for|in trade|yours?:|requesting|requests)",
    _I,
)
YOURS = Quick(
    r"[,;–-]?\s?(?:\b(?:so|and|then) )?\b(?:(?:it|they|this|that|these|those) (?:is|are)|(?:it|they|that)['’](?:s|re)) (?:all )?yours\b(?: (?:if|for) (?:you (?:want|like) (?:it|them)|the asking|the taking))?",
    _I,
)
"""Beside a day until which to answer: put up, and not given yet."""
AGREED = Quick(
    r"\b(?:(?:got|get|have|had|managed to get|was able to get)(?: you| us| them to)?(?: up to)? )?[$£€] ?\d[\d,.]{0,8}k?(?: ?/ ?\w{1,5}| (?:an|a|per) \w{4,5})? (?:was |is |has been |got )?(?:approved|authori[sz]ed|cleared|okayed|signed off|agreed)\b(?: (?:for|on|by (?:the )?\w+))?"
    r"|\b(?:approved|authori[sz]ed|cleared|okayed|agreed|signed off)(?: to pay| to| on| at| for| up to| a rate of)? (?=[$£€] ?\d)",
    _I,
)
"""`I got $2600 approved for Saturday`: who agreed to it changes nothing."""
MOVED_IT = re.compile(
    r"^\W*(?:(?:so|and|but|then|instead|now)\b,? ?)?(?:we|they|i|the (?:site|client|hospital|unit|desk|facility|director))(?:['’]ve| have| has| had)?(?: to| now| just| already)?"
    r" (?:moved|move|rescheduled|reschedule|shifted|shift|postponed|postpone|pushed|push|bumped) (?:it|this|that|that one|this one|(?:the|that|this|your) (?:shift|one|date|day|night|session))(?: (?:back|out|forward|up|over|instead))? (?:to|until)\b",
    _I,
)
"""`We moved it to Wed 12/30`: of the one shift before it."""
GETS = re.compile(r"^\W*you(?:['’]d| would| will|['’]ll)? (?:take|get|receive|work|pick up)\b:?", _I)
"""In a trade that is put to the reader: what they would work."""
YOU_GIVE = re.compile(
    r"^\W*(?:in (?:return|exchange),? )?(?:you(?:['’]d| would| will|['’]ll)? (?:give(?: up| away)?|drop|lose|hand over|trade away|release)|your (?:shift|side|leg))\b",
    _I,
)
"""In a trade that is put to the reader: what they would no longer work."""
GIVES = re.compile(
    r"^\W*(?:gives?|giving|offers?|offering|have|has|drops?|dropping|trading)\b:?", _I | re.MULTILINE
)
WANTS = re.compile(
    r"^\W*(?:wants?|wanted|looking for|needs?|in (?:return|exchange)|requests?|seeks?|takes?)\b:?",
    _I | re.MULTILINE,
)
"""Labels of the two legs of a swap, one a line."""
GIVEN = re.compile(
    r"\b(?:giv(?:e|es|ing)(?: away| up)?|offers?|up for grabs|give-?away|hand(?:s|ing)? over|cover my|take my|pick up my|give away)\b",
    _I,
)
DAY_GIVEN = re.compile(
    r"\b(?:swap|trade|switch|give (?:up|away)|giving (?:up|away)|take|cover|pick up|grab|drop|unload|get rid of|up for grabs|offload)\b",
    _I,
)
"""Of a shift that somebody would rather not work."""
NO_TRADE = Quick(
    r"\b(?:no (?:swap|trade|return|exchange)(?:s)?(?: (?:needed|necessary|required|wanted|expected))?|nothing (?:wanted|needed|expected|required)?(?: ?in (?:return|exchange))?|just (?:give|giving) (?:it|them) away|not (?:looking|asking|wanting|trying) (?:for|to) (?:an? )?(?:trades?|swaps?|exchange|anything (?:back|in return))|not a (?:swap|trade))\b",
    _I,
)
"""It is given away."""
SWAP = re.compile(r"\b(?:swap|trade|exchange|switch)\b|\bin return\b|\bwants? back\b", _I)
EXCEPTION = re.compile(
    r"\ball (?:\w+ )?(?:but|except)\b|\bexcept\b|\bapart from\b|\bother than\b|\bonly\b.{0,30}\bleft\b", _I
)
STILL_OPEN = re.compile(
    r"\b(?:is|are|now|still) (?:open|available)\b|\bup for grabs\b|\bcan you\b|\banyone\b|\bneed(?:s|ed)? (?:cover|a |some|you|help)|\bcan offer\b|\bwe have\b(?! to\b| no\b| not\b)",
    _I,
)
NOT_NEEDED = re.compile(
    r"\bno longer \w+|\bnot available\b|\b(?:(?:do|does|did|will)(?: not|n['’]t)|won['’]t)(?: \w{1,10})? need (?:any ?one|cover(?:age)?|a|some|you|help)\b",
    _I,
)
"""What STILL_OPEN would take for a wish."""
OTHER_SHIFTS = re.compile(
    r"\b(?:cancelled|canceled|filled|confirmed|awarded|approved) (?:shifts|offers|dates|within)\b|\bshifts are\b|\bif\b(?! you(?:['’]d)? (?:still )?(?:want|like)\b| (?:you|u)(?: can|['’]re| are|['’]d be)? still (?:able to |free to )?(?:do|take|make|work|cover|free|available|up for)\b| (?:that|this|it)(?: is|['’]s| causes| will be) (?:an? |any )?(?:problem|issue|conflict|trouble)s?\b)|\bwhen\b|\bonce\b|\bnot (?:yet )?confirmed\b|\bawaiting\b|\bpending\b|\bto be\b|\bneeds? to be\b|\bplease confirm\b|\bcan you\b|\?",
    _I,
)
SHIFTS_AT_LARGE = re.compile(
    rf"{OTHER_SHIFTS.pattern}|\bstruck\b|\bcrossed\b|\bstrike|\b(?:lines? through|lined (?:out|through)|gr[ea]y(?:ed)?(?: out)?|shaded)\b",
    _I,
)
HEADINGS = re.compile(
    r"^(additions?|open(?:ings)?|available|new|deletions?|removed|filled|cancell?ed|cancellations?|gone|taken|closed|no longer available|changes|changed|updates?|(?:assignment |booking |shift |schedule )?confirmation|confirmed(?: (?:shifts?|assignments?|dates))?)\b[\s:!]*(?:\((?:new|open|filled|covered|taken|gone|closed|cancell?ed|removed|now open)\)[\s:!]*)?$",
    _I,
)
_MONTH_WORDS = r"(?:(?:open|available|remaining|uncovered|current|shifts?|needs?|openings?|dates?|coverage|schedule|list|for|in|the|month|of)\b\s{0,9}){0,5}"
MONTH_HEADING = re.compile(
    rf"[^\w\n]{{0,20}}{_MONTH_WORDS}(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?,?"
    rf"\s*(20\d\d)?\s*{_MONTH_WORDS}[^\w\n]*",
    _I,
)
"""`FEBRUARY`, `-- March 2027 --`, `Open shifts in May:`: a month and nothing else."""
ARROW = re.compile(r"->|→|=>|»")
SYMBOL = re.compile(
    r"[❌✗✘✖⛔🚫]|\bx{2,}\b|~+[^~]{3,}~|[\u0335-\u0338]|^\s*-(?=\S).*\S-\s*$|[✓✔☑✅☐]"
    r"|^\s*[\[(]?(?![aAiIo•])[^\W\d_][\])]?(?=\s)|(?<=\s)(?<![A-Za-z.]\s)[\[(]?[A-Zxo][\])]?\s*$"
)
"""A mark, or a letter by itself, that may say which are struck, or gone."""
SOME_SHIFTS = re.compile(
    r"\b(?:weekends?|nights?|days|holidays?|weekdays?|evenings?|some|most|certain|from)\b", _I
)
PAY_SAID = re.compile(
    r"\b(?:(?:twenty|thirty|forty|fifty)[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty) (?:hundred|thousand|grand)\b"
    r"|\b(?:pay(?:s|ing)?|rates?|comp|compensation|salary|fee)\b[^.;]{0,30}?(?<!\d)(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k)\b(?! ?%)"
    r"|(?<![\d.])(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k) ?(?:usd|dollars|bucks|eur|euros?|gbp|pounds)\b"
    r"|(?<![\d.])(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k) ?(?:an?|per|each|/) ?(?:hr|hour|shift|day|night|visit|consult)\b"
    r"|(?<![\d.])(?:[4-9]\d|\d{3})hr\b|\b(?:pounds|dollars|euros?|usd|gbp|eur) ?\d{2,5}\b|(?<![\d.])(?:[4-9]\d|\d{3}) ?(?:ph|p/h|/ ?h)\b|(?<![\d.])(?:[4-9]\d|\d{3,5}) d[oó]lares\b"
    r"|\b(?:keep|get|receive|share|split)\b[^.;]{0,12}\d{1,3} ?%|\d{1,3} ?% of\b"
    r"|\b(?:holiday|crisis|surge|special|incentive|critical|urgent|winter|peak)[ -](?:pay|rate|money|price|differential)\b|\b(?:double|twice|triple|premium|same|higher|better|extra) (?:pay|rate|money|price)\b|\bdouble (?:for|time)\b|\btime and a half\b|\b1\.5 ?x\b|\bdifferential\b",
    _I,
)
"""Of pay that is said without a sign of money, or of more than is told elsewhere."""
BOTH_HALVES = re.compile(
    r"\b(?:both )?(?:days and nights|nights and days|weekdays and weekends)(?: alike)?\b", _I
)
EITHER = re.compile(r"\beither\b(?! way)[^.;]{0,80}\bor\b", _I)
"""`Either Tuesday March 16 or Thursday March 18`: one of them."""
SAME_RATE = re.compile(r"\b(?:the )?(?:same|usual) (?:pay|rate)\b(?! (?:as|plus|\+))", _I)
ZONE_SENTENCE = Quick(
    rf"\b(?:all )?(?:times?|hours|start/end|starts? and ends?)\b(?: are| is| listed| shown| given| below| all)*\s(?:in|are|is|:)\s+(?:in )?(?!(?:the )?(?:local|hospital|site|facility)\b)({ZONE_NAMES}|(?-i:[A-Z]{{1,4}}T)|[A-Za-z]{{2,12}}(?= (?:standard |daylight )?time\b))(?: (?:standard |daylight )?time)?\s*(?:$|[.,;)\n])"
    r"|\btime ?zone:? ?\(?(eastern|central|mountain|pacific|arizona|alaska|hawaii|[ecmp]t|[ecmp][sd]t)\b"
    r"|\b(eastern|central|mountain|pacific|arizona|alaska|hawaii|your)(?: local)? time\b(?! zone \(?[A-Za-z])"
    r"|\btimes?\s+(eastern|central|mountain|pacific|arizona|alaska|hawaii|[ecmp]t|[ecmp][sd]t|utc)\b",
    _I | re.MULTILINE,
)
_ZONE_SAID = r"(?:(?:all|times?|hours?|shifts?|in|are|shown|listed|given|zone)\b:? ?){0,4}"
ZONE_ALONE = re.compile(
    rf"^\W*{_ZONE_SAID}({ZONE_NAMES})(?: (?:standard |daylight )?time)?\W*$|\(\s?{_ZONE_SAID}({ZONE_NAMES})(?: time)?\s?\)",
    _I,
)
"""`(all ET)`, `*All EST*`, `Time zone: Eastern`: a line or a bracket that says a zone and nothing else."""
ZONE_BESIDE = re.compile(
    r"\b([ECMP][SD]T|AK[SD]T|HST|GMT|UTC|BST|CES?T)\b|\b(eastern|central|mountain|pacific)(?: standard| daylight)? time\b"
)
OLD = re.compile(
    r"\b(?:instead of|rather than|was|were|formerly|previously|not|old(?: time| rate)?:?|changed from|moved from)\s{1,3}(?!\d{1,2}/\d)(?=[\d$£€(]|noon|midnight)",
    _I,
)

DEADLINE = re.compile(
    r"\b(?:selections?|responses?|replies|answers?|bids?|applications?|requests?|choices|decisions?|submissions?|rsvps?|picks?)(?: are| is)? due(?: (?:by|on|before))?\b|\b(?:(?:please )?(?:hold(?:ing)? (?:it|this|these|them|the \w+)(?: (?:for|open))?(?: you)?|applications?(?: close)?|shout|holler|ring|write back|text back|call back|sign up|reply|respond|responses?|answers?|rsvp|confirm|claim|apply|bids?(?: close)?|let (?:us|me) know|get back to (?:us|me)|deadline|due|offer (?:ends|expires|closes|stands|is good|good)|applications? (?:close|due|end)s?|(?<!as it )(?<!how it )(?<!where it )(?<!as this )(?<!it now )(?<!list )(?<!schedule )stands|closing|(?:i|we|this) (?:close|closes)(?: this| it| the (?:list|books|bidding|posting|window))?|(?:keep|keeping|save|saving)(?: (?:it|this|these|them|the \w+))(?: (?:for|open))?(?: you)?(?= (?:until|till|through|by)\b)|you(?:['’]ve| have)(?: got)?(?= (?:until|till)\b)|lapses|expires|closes|decide|decision|needed|need to know|hear from you|open until|tell us|accept)\b"
    r"[^.;\n\d]{0,30}?(?:\b(?:by|before|until|till|no later than|on|is|within|in(?= \d{1,2} (?:hours?|hrs?|days?)\b)|:)\b|:|=|(?= (?:tonight|today|tomorrow)\b)|(?:(?<=close)|(?<=closes)|(?<=closing)|(?<=expires))(?= \d{1,2}/)|(?:(?<=close)|(?<=closes)|(?<=expires))(?= (?:\d{1,2} [a-z]{3}|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|\boffer (?:is |stands )?(?:good|open|valid) (?:through|thru)\b|\bno later than|\bdeadline\b:?|\b(?:by|before)\b(?=\s{1,3}(?:the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}|\d{1,2}/|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|noon|tomorrow|tonight|today|end of|close of|cob|eod|5|\d{1,2} ?(?:am|pm|a|p)\b)))",
    _I,
)
ANSWER = re.compile(
    r"\b(?:word|repl(?:y|ies)|respon[ds]\w*|answers?|rsvp|let (?:me|us|[A-Z]\w+)|know|tell|told|text|txt|call|ring|write|e-?mail|hear|shout|holler|claim|confirm|apply|applications?|bids?|decide|decision|accept|offer|interested|sign up"
    r"|names?|candidates?|submi(?:t|ssions?)|say|yes|no|want|take|open|available|pick|please|pls|plz|need|grab|choose|if you can|able|back|reach|contact|melden|closes?|ends?|expires?|gone|goes|by \w+$)\b|^\W*(?:by|before)\b",
    _I,
)
"""What says that a bare `by Friday` is about an answer."""
LENGTH = re.compile(
    r"(?<![\d.$/-])(?<!min )(?<!min\. )(?<!minimum )(?<!at least )(\d{1,2}(?:\.5)?)(?!\s?h?\s?[-–]\s?\d{1,2}\s?h\b)[ -]?(?:hours?|hrs?|h)\b(?! ?(?:/|per|a week|rate|minimum|min\b|guarantee|of (?:cancell?ation|notice|pay|rest|sleep|cme|drive)|notice|min(?:imum)? notice|(?:late )?cancell?ation|show-?up|before|ahead|call|rest|drive|away|block of))",
    _I,
)
"""A length that is said beside the hours."""
ALL_BUT = Quick(
    r"\b(?:all|every(?:thing|one| shift| slot| date| day)|the (?:whole|rest of the) list)\b[^.;:]{0,50}\b(?:filled|covered|taken|gone|closed|booked)\b,?\s+(?:except|but|apart from|other than)(?: for)?\b",
    _I,
)
WITHIN = re.compile(
    r"\s{0,9}(?:(one|two|three|four|five|\d{1,3}) )?(hours?|hrs?|h|days?)\b(?: of (?:this|receipt|receiving)\b[^.;]{0,20})?",
    _I,
)
LETTERED_BLOCK = re.compile(r"^\W*(?:block|package|bundle|set) (?:[A-Z]|\d)\b", _I)
"""`Block A: Jan 7, 8, 9`: they may go together."""
NUMBERED = re.compile(
    r"\b(?:shift|slot|req(?:uisition)?|job|order|posting|opening|assignment)s?\s?(?:no\.?|number|id)?\s?#?\d{2,8}\b",
    _I,
)
SOON = Quick(
    r"\b(?:next|this|coming|following) (?:week|weekend|month|(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6})\b|\btonight\b|\btomorrow\b|\b(?:tonite|2nite|2night|tnite|2moro|2morrow|tmr|tmrw|tmw|2day)\b",
    _I,
)
NOT_A_SHIFT = Quick(
    r"\b(?:(?:vaccin\w+|immuni[sz]ation|flu(?: shot)?|shot|covid|blood) (?:clinic|drive|booth)|fit[- ]test\w*|open house|(?:hotel )?check(?:ing)?[- ]?(?:in|out)(?= (?:is|on|at|by|time|date|\d|mon|tue|wed|thu|fri|sat|sun))|clinic hours|skills? (?:lab|fair|day)|site (?:visit|survey)|walk-?through|huddle|retreat|lecture|grand rounds|journal club|(?:fire|disaster|code) drill|mock code|webinar|career fair|potluck|upgrade|downtime|outbound|departs?|arrives?|flight \d|amaprac?|cme credits?|pra credits?|register (?:today|now|here)|meeting|orientation|call me|office (?:hours|is open)|badge|parking|payroll|training|conference|(?:dinner|lunch)(?!['’]?s? (?:is )?on (?:me|us|the house))|party|interview|phone|tel\.?|fax|(?<!np )(?<!pa )(?<!app )(?<!rn )(?<!tech )(?<!nurse )(?<!nursing )support|helpdesk|line is open|peaks?|town hall|in-?service|course|posted|updated on|as of|since(?= (?:\d|last|yesterday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|then|the (?:last|beginning|start)))|sent|last updated|published on|office|front desk|available to talk|reach me|reach us|happy to chat|free to talk|mass|visiting hours|cafeteria|pharmacy hours)\b",
    _I,
)
_HAPPENING = (
    r"(?:potluck|webinar|career fair|job fair|upgrade|downtime|maintenance|town hall|dinner|lunch|party|(?<!of )course|conference|symposium"
    r"|workshop|seminar|open house|meeting|grand rounds|journal club|visiting hours|cafeteria|mass|blood drive|picnic|barbecue)"
)
EVENT = re.compile(
    rf"\b{_HAPPENING}\b(?! (?:(?:is |are )?(?:included|provided|paid|covered|on us)|relief|breaks?|rooms?|dialysis|coverage))|^\W*(?:outbound|inbound|return|departs?|arrives?|departure|arrival|flight [A-Z]{{0,2}} ?\d{{2,4}})\b",
    _I,
)
"""What else than work has a date and hours, where it stands before them."""
INVITED = Quick(rf"\bfor (?:an?|the|our|your|this) (?:[\w’'-]{{1,20}} ){{0,3}}?{_HAPPENING}\b", _I)
WORK = re.compile(
    r"\b(?:shifts?|cover|coverage|covering|uncovered|need|needs|needed|locums?|openings?|open(?! house)|slots?|unfilled|available|availability|pick(?:ing)? up"
    r"|swap|trade|per diem|moonlight\w*|sessions?|doctors?|physicians?|providers?|hospitalists?|nocturnists?|work|working|on call|on-call)\b",
    _I,
)
"""Where one of these stands beside it, it may be work after all."""
OFFICE_HOURS = re.compile(
    r"\b(?:office|desk|line|front desk|cafeteria|garage|pharmacy|helpdesk|hotline) (?:hours|(?:is|are) (?:open|closed|staffed|available))\b",
    _I,
)
THANKS = re.compile(
    r"\bthank(?:s| you)(?: (?:so|very) much| again| all)? for (?:covering|working|taking|doing|picking up|helping|stepping in|your (?:help|work|time))\b",
    _I,
)
ANNOUNCED = Quick(
    r"\b(?:will|going to|about to|may|might|could) (?:soon |still |also )?(?:be )?(?:chang(?:e|ed|ing)|increas(?:e|ed|ing)|go up|rise|raised|lowered|drop|review(?:ed)?|updated?|adjust(?:ed)?)\b|\bunder review\b|\bbeing (?:reviewed|changed)\b",
    _I,
)
"""A change that is not told yet."""
ANSWERED = re.compile(
    r"^\s*(?:(?:re|fwd?|fw)\s*:\s*)*(?:accepted|declined|tentative(?:ly accepted)?|canceled event response)\s*:",
    _I,
)
"""The subject that a calendar gives to somebody's answer."""
NONE_THAT_DAY = re.compile(
    r"(?:[:–—-]|\s{2,9}|=)\s{0,3}\(?(?:none|nothing(?: (?:open|needed|left))?|no (?:needs?|openings?|slots?|shifts?|gaps?|holes?)|full|all set|all good|ok|good|set|n/?a|off|closed|holiday|staffed|fully staffed|x|—|-)\)?[.!]?\s{0,9}$",
    _I,
)
"""`Fri 2/12: none`."""
VAGUE_DAYS = re.compile(
    r"\b(?:week-?ends?|wk?nds?|every|each|first|second|third|fourth|last|\d(?:st|nd|rd|th)|holidays?)\b|\ball (?:\w+ )?(?:days|nights|mon|tue|wed|thu|fri|sat|sun)",
    _I,
)
"""Days of a month that are not dates, and still mean some."""
ALL_OR_NOTHING = Quick(
    r"\b(?:has to|have to|must|needs? to|can only|will only|should) be (?:taken|worked|covered|done|filled|booked) (?:as (?:a|one) (?:whole|block|unit|set|package|pair)|together|all together|in full)\b|\b(?:both|all(?: \w{2,5})?) together\b|\bmust (?:take|work|cover|do|commit to) (?:the )?(?:full|entire|whole) (?:week|block|run|stretch|set|weekend|month|assignment|thing|lot)\b|\b(?:stays?|stay|go|goes|come|comes|belong|kept|keep|taken|offered|sold) together\b|\boffered (?:only )?as a whole\b|\b(?:goes|go|given|awarded|assigned) to (?:one|a single) (?:person|physician|doctor|provider|doc)\b|\b(?:the )?(?:whole|entire) (?:week|weekend|block|run|stretch|set|lot) or (?:nothing|none)\b|\b(?:has|have|needs?|must) (?:to )?be all (?:\w{2,6} )?(?:days|nights|shifts|dates|of them)\b|\ball(?: \w{1,6})?(?: (?:days|shifts|nights|dates))?[ -]or[ -](?:nothing|none)\b|\b(?:both|all)(?: \w{1,6})?(?: of them)?(?: days| shifts| nights)? or (?:neither|none|nothing)\b|\b(?:whole|entire|full|as a|as one|one|single) block\b|\bmust (?:take|work|cover|do) (?:all|both|the whole|every)\b(?: (?:days|shifts|nights|dates|of them|three|four|two|block))?|\bas a (?:pair|block|set|package|unit)\b|\b(?:(?<!rather )not|cannot|can['’]t|won['’]t|will not|unable to|not (?:be )?(?:able to|going to|want(?:ing)? to|allowed to))(?: be)? (?:split(?:ting)?|splitt?able|divid(?:e|ed|ing)|divisible|separated?|br(?:eak|oken)(?=(?: (?:it|them|this))? up)|sold separately|carve)\b|n['’]t (?:be )?(?:able to|going to|want(?:ing)? to|allowed to)(?: be)? (?:split|divided?|br(?:eak|oken)(?=(?: (?:it|them|this|these))? up))\b|\bindivisible\b|\b(?:as|for) (?:a|one) (?:single|whole) (?:booking|assignment|engagement|contract|unit|piece|stint)\b|\b(?:all|both) (?:days|shifts|nights|dates|three|four|two) (?:together|required|must)\b|\bno splitting\b|\bblock only\b|\btogether only\b|\bonly together\b|\bas a whole\b|\bno partials?\b|\bno (?:partial|single) (?:days?|shifts?|weeks?|blocks?|coverage|dates?)\b"
    r"|\b(?:answer|reply|respond|apply|text|call|claim) if you can (?:work|do|take|cover) (?:all|both|every|the (?:whole|entire))\b",
    _I,
)
MAYBE_WHOLE = Quick(
    r"\b(?:one|a single|the same|1) (?:physician|doctor|provider|doc|md|person|locum)(?: (?:for|to (?:cover|do|work|take))\b)"
    r"|\bwant(?:s|ed)? (?:just |only )?(?:one|a single|the same) (?:physician|doctor|provider|doc|person|locum|body|hospitalist|clinician)\b"
    r"|\brather not (?:split|break|divide)\b"
    r"|\b(?:come|comes|go|goes|sold|booked|taken|treated) as one\b|\btake one,? take (?:them )?all\b|\ball in one\b"
    r"|\b(?:whole|entire|full) (?:week|weekend|run|stretch|assignment|month)\b"
    r"|\ball (?:two|three|four|five|six|seven|[2-9]) (?:days|nights|shifts|dates|of them)\b",
    _I,
)
"""It may mean that they go together or not at all."""
_NOT_BLOCK = Quick(
    r"\bnot (?:an? )?all\b|\b(?:no need|need ?n['’]?t|(?:do|does)(?: not|n['’]t) (?:have|need)|not (?:obliged|required|necessary))\b|\bprefer|\bsingle days? (?:is|are|welcome|ok)|\bor single\b|\bwelcome\b|\bideally\b|\bcould\b|\bcan be split\b|\bsplit (?:is )?ok",
    _I,
)
EACH = re.compile(r"\beach\b|\bevery\b", _I)
CHOOSE = Quick(
    r"\byou (?:may|can|could) (?:take|pick|choose|have|work) (?:up to |any |only |just )?(one|two|three|four|five|\d{1,2})\b(?! (?:or|up|both))|\b(?:pick|choose|select)\s(?:up to |any |only |just )?(one|two|three|four|five|\d{1,2})\b(?! (?:up|or|for the))|\b(?:take|any|grab)\s(?:up to |any |only |just )(one|two|three|four|five|\d{1,2})\b(?! or)|\bup to (one|two|three|four|five|\d{1,2}) (?:of|shifts|dates|days|nights)\b|(?<!every )(?<!each )\b(?:any )?(one|two|three) of (?:the (?:following|two|three|four|five|six)|these|them)\b|\bmax(?:imum)?(?: of)? (one|two|three|four|\d)(?: \w{1,10})? per (?:physician|person|provider|doctor)\b",
    _I,
)
LEAD = re.compile(
    r"\bshifts?\b|\blocums?\b|\bopenings?\b|\bcoverage\b|\bassignments?\b|\bopportunit|\bper diem\b|\bmoonlight|\btelehealth\b|\btelemed|\bstaffing\b|\bprovider needed\b|\bphysicians? needed\b|\bneeds? (?:an? )?(?:physician|doctor|hospitalist|you)\b|/hr\b|\bper hour\b|\brates?\b|\bslots?\b|\bpanel\b|\bcover\b"
    r"|\b(?:days|nights|evenings|weekends)\b[^.;\n]{0,25}\b(?:open|needed|uncovered)\b|\bnocturnist\b|\bhospitalist\b|\bpermanent\b|\bpositions?\b|\broles?\b|\bsign-?on\b|\bFTE\b",
    _I,
)
FACILITY = re.compile(
    r"(?<![\w'’])((?:(?:St|Mt|Ft)\. ?)?(?:[A-Z][\w'’-]{1,30}\.? ){1,3}(?:ED|ER|UC|ICU|CCU|Hospital|Hosp|Clinic|Medical Cent(?:er|re)|Med(?:ical)? Ctr|Med|Health|Healthcare|Urgent Care|Emergency(?: Dep(?:artmen)?t)?|Telehealth|Tele\w{0,10}|Cent(?:er|re)|Ward|Surgery|Practice|General|Regional|Memorial|Infirmary))(?!\w)"
)
ELSEWHERE = re.compile(
    r"\b(?:other|another|second|sister|different|new|our) (?:\w+ )?(?:site|hospital|facility|clinic|campus|place|location|office|center|centre)\b",
    _I,
)
"""A place without its name."""
SO_MANY = Quick(
    r"(?<!within )(?<!every )(?<!up to )(?<![\d/.$-])\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -]"
    r"(?:(?:open|available|remaining|uncovered|consecutive|straight|more|other|additional|extra|further) ){0,2}(?:shifts?|days?|nights?|dates)\b"
    r"(?! (?:notice|before|ahead|ago|prior|a week|a month|per|shifts?\b|of (?:this|receipt)))",
    _I,
)
"""Of a line's own shifts; where they are more, or fewer, one of them was misread."""
MORE_DAYS = re.compile(
    r"\bfor (?:a|one|the|two|three|four) (?:whole |full |entire )?(?:weeks?|months?|fortnight)\b|[x×] ?[2-9]\b(?!\s?[\d/]| ?(?:h|hr|hours)\b)|\b(?:following|next|subsequent) (?:days|nights|weeks|shifts)\b"
    r"|\b(?:starts|starting|begins|beginning|commences|commencing|effective)(?: on| date)?:? (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|\d{1,2} [a-z]{3}))"
    r"|\b(?:thru|through|until|till|to) (?:the )?end of (?:the )?(?:month|week|year)\b|\bdaily\b(?! (?:rate|pay|census|volume))|\bevery (?:day|night|other|week)\b|\b(?:ongoing|onwards?)\b|\band (?:after|beyond|later|on)\b",
    _I,
)
"""Beside a single date: it may be the first of several."""
NO_DAY_OF_WORK = Quick(
    r"\b(?:sent|posted|updated|generated|printed|published|as of|since|wrote|written|dated|received|expir(?:es?|ing|ation)|on leave|vacation|out of (?:the )?office|invoices?|payroll"
    r"|timesheets?|policy|birthday|tax(?:es)?|due|upload|licen[cs]es?|certificat\w+|credential\w*)\b",
    _I,
)
"""What else has a date in a message."""
DAYS_OFF = re.compile(r"\b(?:except(?:ing)?|excluding|closed)\b", _I)
"""What stands behind it is a day on which nothing is."""
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
CLOCK_CHANGE = re.compile(r"\bclocks?\b|\bdaylight\b|\bspring forward\b|\bfall back\b", _I)
OPEN_ONES = re.compile(
    r"(?:still )?(?:open|available|uncovered|unfilled) (?:shifts|dates|days|slots)\s*:$|(?:open|openings|available|gaps|holes)\s*:$",
    _I,
)
ATTACHED = re.compile(r"\battach(?:ed|ment)|\benclosed\b|\bin the (?:file|sheet|spreadsheet|pdf)\b", _I)
LACKING = re.compile(
    r"\b(?:need(?:s|ed)?|short|holes?|gaps?|open|uncovered|nobody|no one|cover(?:age)?|available|unfilled|can (?:you|anyone|someone)|who can|help)\b",
    _I,
)
"""What is said of days that somebody is missing on."""
ORDINAL = re.compile(
    r"\b(?:can you|could you|anyone|someone|need|short|gap|hole|open|nobody)\b[^.;]{0,30}\bthe \d{1,2}(?:st|nd|rd|th)\b(?! (?:floor|year|shift|time|one))",
    _I,
)
"""`Can you do the 20th?`"""
NTH_ALONE = re.compile(r"^\W*(?:and |but )?the \d{1,2}(?:st|nd|rd|th) (?:is|was|has|will|can)\b", _I)
"""`The 15th is not.`"""
CODE = re.compile(r"(?<![\w$/])[A-Z]{3,6}(?![\w/])")
KNOWN_CODES = frozenset(
    "NYE NYD XMAS MLK DOE DAYS NIGHTS EVE EVES EVENING MID MIDS SWING SWINGS WKND WKNDS EMR EHR RVU MD DO PGY NP PA ASAP TBD TBA PRN BLS ACLS ATLS PALS DEA CME FTE OPEN URGENT NEW FYI ICU CCU EST CST MST PST EDT CDT MDT PDT UTC GMT ONLY AND THE FOR NOT DAY NIGHT USD GBP EUR AM PM SHIFT SHIFTS FILLED CANCELLED CANCELED PICU NICU MED SURG TELE LOCUM LOCUMS HOSP IMLC NOON ALL JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN RSVP NEEDED COVERED TAKEN GONE CONFIRMED SWAP HELP PLEASE".split()
)
CLOSER = re.compile(
    r"^\s*(?:many |kind |best |warm |kindest |with )*(?:thanks|thank you|regards|best|cheers|sincerely|yours|wishes|cordially|respectfully)(?: (?:again|so much|in advance|truly|sincerely|regards|wishes))?\s*[,.!–-]*\s*$",
    _I,
)
GREETING = re.compile(
    r"^(?!.*\b(?:cover|needs?|open|shifts?|at|for|from)\b)\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|(?:dr|doctor)\b\.?)(?!\w)[^.:\d]{0,50}[,.!:–-]?\s*$",
    _I,
)
NIGHT = re.compile(r"\b(?:night|tonight|nights|overnight|noc|nocs|nocturnist)\b", _I)
DAY = re.compile(
    r"(?<!each )(?<!per )(?<!/)(?<!\ba )(?<!any )(?<!every )(?<!one )\bday(?:time)?(?: shift| cover)?\b(?! rate)|(?<=, )days(?=\s*(?:[.;)]|$))|\bmorning\b",
    _I,
)
ONLY_DAYS = Quick(
    r"\b(?:day(?:time|s)?|morning)(?: (?!or\b|and\b|nor\b)\w+){0,3} only\b|\bonly (?:days|day(?:time)? (?:shifts|hours|sessions|clinics|work))\b"
    r"|\ball (?:(?:are|of them are|shifts are|these are|times are|hours are) )?(?:days|day(?:time)?(?: shifts)?|a\.?m\.? to p\.?m\.?)(?=\s*(?:[.,;!)]|$))"
    r"|\b(?:hours|times?|brackets?|shifts)\b[^.;:\n]{0,25}\b(?:a\.?m\.? (?:to|-) p\.?m\.?|daytime(?: hours)?|day hours)\b"
    r"|\bno (?:nights?|overnights?)(?: shifts?| work)?(?:,? (?:or|and|no) (?:evenings?|weekends?|call))?(?=\s*(?:[.,;!)]|$))",
    _I | re.MULTILINE,
)
ONLY_NIGHTS = Quick(
    r"\b(?:nights?|overnights?|night ?time)(?: (?!or\b|and\b|nor\b)\w+){0,3} only\b|\bonly (?:nights|overnights|night (?:shifts|hours|work))\b"
    r"|\ball (?:(?:are|of them are|shifts are|these are|times are|hours are) )?(?:nights|night shifts|overnights?|p\.?m\.? to a\.?m\.?)(?=\s*(?:[.,;!)]|$))",
    _I | re.MULTILINE,
)
"""What a message says once of all its shifts; it settles `9-5`."""
_ANY_DAY = re.compile(r"(?<!/)(?<!per )\bday(?:s|time)?\b", _I)
_HALF_DAYS = re.compile(r"(?<=\d )days\b|\bdays?(?= (?:and|&|or) nights?)|\bdays\b(?= ?[,;(/:]| \d)", _I)
NEWLY = re.compile(
    r"\b(?:now|updated?|updates|increased?|raised|bumped|correct(?:ed|ion)|instead|new rate|higher|revised)\b",
    _I,
)
NIGHT_SHIFT = re.compile(
    r"(?<!no )(?<!or )(?<!and )(?<!per )(?<!/)(?<!a )\bnights?\b(?! (?:rate|differential|pay|float|call|or|and|\$|at))|\bovernight\b",
    _I,
)
DAY_SHIFT = re.compile(r"(?<!no )\b(?:day ?time|day shifts?)\b|\d day\b(?! (?:rate|notice))", _I)
HALF_LEGEND = re.compile(
    r"(?<![/\w])(?<!per )(day|night)s?(?: shifts?)?(?: hours)?\s?(?:are|is|=|:|-|–|run|from|\()?\s?", _I
)
"""`Days are 7a-7p, nights 7p-7a`, where hours stand behind it."""
HALF_WORD = re.compile(r"(?<![/\w])(?<!per )(?<!each )(?<!a )(day|night)s?\b(?: shifts?\b)?", _I)
OF_THE_WEEK = re.compile(
    r"\b(weekday|weekend)s?\b(?! (?:call|rate|pay|differential|bonus|premium|warrior))", _I
)
NUMBERS = {
    "one": 1,
    "either": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def where_status(text: str, status: Status) -> str:
    """The part of a sentence that states it."""
    pattern = next(pattern for name, pattern in STATUSES if name == status)
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


def usual_half(text: str) -> str:
    """`night` or `day` where a text says that all of its shifts are; else nothing."""
    if ONLY_NIGHTS.search(text) and not _ANY_DAY.search(ONLY_NIGHTS.sub("", text)):
        return "night"
    return "daytime" if ONLY_DAYS.search(text) and not NIGHT.search(ONLY_DAYS.sub("", text)) else ""


def _in_order(text: str) -> Sequence[tuple[Status, Quick]]:
    """`Still open, now $2,500`: open, and all the same changed."""
    better = _NOW_PAYS.search(text) or RAISED.search(text)
    return STATUSES if not better else [one for one in STATUSES if one[0] != "offered"]


def status_of(text: str) -> Status | None:
    """The status that a text states outright; a condition ("until confirmed") states none."""
    stated = stated_in(text)
    return stated[0] if stated else None


@lru_cache(maxsize=512)
def stated_in(text: str) -> tuple[Status, int, int] | None:
    """That status, and where it is stated."""
    text = NO_STATUS.sub(lambda found: " " * len(found[0]), text)
    for status, pattern in _in_order(text):
        found = pattern.search(text)
        if not found or CONDITIONAL.search(text[: found.start()]) or _denied(text, found):
            continue
        if status != "confirmed" or not _HOPED.search(text[: found.start()]):
            return status, found.start(), found.end()
    return None


def all_or_nothing(text: str) -> bool:
    """Whether a text says that shifts go together or not at all; a preference says nothing of the kind."""
    return bool(ALL_OR_NOTHING.search(text)) and not _NOT_BLOCK.search(text)


def prefers(text: str) -> bool:
    """Whether it only wishes that shifts go together, or says that they need not."""
    return bool(_NOT_BLOCK.search(text))


_ANY_NUMBER = re.compile(
    r"\b(?:one|two|three|1|2|3)(?:,? (?:two|three|2|3))?,? or (?:all|both|as many|more)\b|\b(?:one|1) or (?:two|both|2|the other)\b",
    _I,
)
"""`You can have one, two or all three`: no choice among them."""
_AT_LEAST = Quick(
    r"\b(?:at least|a minimum of|minimum(?: of)?|no (?:fewer|less) than|not less than|min\.?) (?:one|two|three|four|five|six|\d)(?: (?:consecutive |straight |full )?(?:of|nights?|days?|shifts?|dates|per|in a row)\b|(?=\s*[.,;!]|$))",
    _I,
)
_NO_MORE = Quick(
    r"\b(?:no more than|not more than|at most|limit(?:ed to| of|:)?|maximum(?: of)?|max(?: of)?) (one|two|three|four|five|\d{1,2})(?= (?:of (?:them|these|those|the)|shifts?|nights?|days|dates|each|per (?:doctor|doc|person|physician|provider|clinician))\b(?! (?:in a row|a week|per week)))",
    _I,
)


def least(text: str) -> bool:
    """Whether a text says how many have to be taken at the least: which ones go together then, nobody knows."""
    return _AT_LEAST.search(text) is not None


def choice_of(text: str) -> int | None:
    text = _AT_LEAST.sub(" ", _ANY_NUMBER.sub(" ", text))
    found = _NO_MORE.search(text) or CHOOSE.search(text)
    if not found:
        return None
    word = next(part for part in found.groups() if part).lower()
    return NUMBERS.get(word) or (int(word) if word.isdigit() and int(word) > 0 else None)


def halves(text: str) -> str:
    """The words that settle which half of the day is meant."""
    night = NIGHT.search(text) is not None
    day = DAY.search(text) or (night and _HALF_DAYS.search(text))  # `2/20 days, 2/21 nights (7-7)`
    return f"{'night' if night else ''} {'day' if day else ''}"

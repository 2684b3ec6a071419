"""Whole sentences that every desk and every colleague writes, of the message itself, of how things go, or out of courtesy."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_PLEASE = r"(?:please |kindly |pls |and |but |so |also |just |again,? |then )*"
_CLOCK = r"(?:\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)?|\d{4}|noon|midnight)"
_BESIDE_YOU = r"(?:nps?|pas?|apps?|scribes?|techs?|mid-?levels?|residents?|fellows?|nurses?|hospitalists?|intensivists?|nocturnists?|(?:day|night|swing|evening|mid|late|second|other|overlap) (?:doc|doctor|physician|team|provider|shift)s?|second (?:doc|doctor|physician))"
_OTHERS = r"(?:everything else|everybody else|(?:all )?(?:the )?other (?:dates?|shifts?|days?|nights?|ones|weeks?|weekends?|slots?|sessions?)|all (?:the )?others|the others|the (?:rest|remainder)(?: of (?:the |our )?(?:month|week|schedule|list|calendar|roster|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))?)"
_GONE = r"(?:covered|filled|taken(?: care of)?|staffed|set|good|done|handled|sorted(?: out)?|booked|spoken for|full|fine|ok|okay|gone)"
REST_COVERED = Quick(
    rf"^\W*(?:{_PLEASE}|good news,? |luckily,? |thankfully,? |fortunately,? )(?:{_OTHERS} (?:is|are|has been|have been|looks?)(?: now| all| already| fully| pretty much)* {_GONE}|(?:I|we)(?:['’]ve| have)(?: got| now| already)* {_OTHERS}(?: all| now)? {_GONE})(?: now| already| for now| so far|,? thanks[^.!?]{{0,20}})?\W*$",
    _I,
)
"""`Everything else is covered.`: of what the message does not list."""
SENTENCES: tuple[Quick, ...] = (
    Quick(
        rf"^\W*{_PLEASE}(?:do not|don['’]t|never) (?:reply|respond|forward|share|answer)\b[^.!?]{{0,20}}\b(?:message|e-?mail|mail|notice|notification|address|text|mailbox|number)\b[^.!?]*[.!]?$",
        _I,
    ),
    Quick(r"^\W*you(?:['’]re| are) (?:receiving|getting) this\b[^.!?]*[.!]?$", _I),
    Quick(
        r"^\W*(?:to|if you) (?:wish to |want to |would like to |no longer )?(?:stop|unsubscribe|opt[ -]?out|manage|change|update|turn off)\b[^.!?]{0,60}\b(?:notices?|messages?|e-?mails?|alerts?|texts?|notifications?|settings|preferences|list)\b[^.!?]*[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:confidential\w*(?: notice)?\s?[:.]|this (?:e-?mail|message|communication|transmission|text)(?: and [^.!?]{3,40})? (?:may|is|contains?|was|has been)\b[^.!?]*\b(?:confidential|privileged|intended|addressee|virus|automated|automatic|generated|sent (?:to|by|from))\b)[^.!?]*[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:sent from|sent via|sent with|get outlook|typed|dictated|written) (?:my|the|for|on|with|with my|on my|a)\b[^.!?\d]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        rf"^\W*{_PLEASE}(?:feel free to |you can |you may )?(?:pass|forward|send|share) (?:this|it) (?:along|on|around|round|to (?:a |any |your )?(?:colleagues?|friends?|partners?|group|others?|anyone|anybody|whoever))\b[^.!?\d]{{0,60}}[.!]?$",
        _I,
    ),
    Quick(
        rf"^\W*{_PLEASE}(?:ignore|disregard|skip) the (?:auto\w*|automatic|automated|robot|system|calendar|app|portal|duplicate|second|bounce|out[- ]of[- ]office)(?:[- ](?:reply|response|notice|message|e-?mail|notification|alert|reminder|copy|one))?\b[^.!?\d]{{0,40}}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:you (?:may|might|will|['’]ll|should)|it will|this (?:will|may)) (?:also )?(?:get|see|receive|find|notice|be|show up|appear|go)\b[^.!?]{0,30}\b(?:notice|notification|reminder|e-?mail|text|copy|alert|app|portal|calendar|(?:public |open )?board)\b[^.!?]{0,40}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:the (?:site|client|hospital|facility|director|desk|unit)|they|this|I|we)(?:['’]ve| have| has)? (?:just |also |only )?(?:sent|went|goes|going|posted|came|released) (?:this|it|out|in|over|round|around|to)\b(?: (?:out|over|in|round|around|along))?(?: (?:to|from) (?:the )?(?:rest of the |whole |entire |public |general )?(?:pool|group|team|list|board|client|agency|others|everyone|everybody|(?:three|two|four|five|a few|several) of (?:you|us)|director|site))?(?: (?:too|as well|just now|(?:this|yesterday) ?(?:morning|afternoon|evening)?|today))?[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:after that,? |then,? |on monday,? )?(?:it|this|they|these)(?:['’]ll| will| would)? (?:then )?(?:go|goes|be posted|be sent|post|posts) (?:up )?(?:on|to|out to) (?:the )?(?:public |open |general |whole |wider |full )?(?:board|list|pool|group|agency|agencies|everyone|everybody|others)\b[^.!?\d]{0,40}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:(?:a|your|the|written|formal|final) )*confirmations?\b(?: (?:e-?mails?|letters?|numbers?))? (?:will|to|is sent|are sent|follows?|comes?|goes)\b[^.!?]*[.!]?$"
        r"|^\W*(?:once|when|after|as soon as) you (?:accept|say yes|agree|reply|claim|confirm|answer|book)\b[^.!?]{0,80}\b(?:send|sends|get|receive|follow|book|arrange|confirmation|contract|itinerary|paperwork)\b[^.!?]*[.!]?$"
        r"|^\W*you(?:['’]ll| will)(?: then)? (?:get|receive|have|see) (?:a |an |your |the |our )?(?:[a-z]+ )?(?:confirmation|itinerary|contract|calendar invit\w+)\b[^.!?]*[.!]?$"
        r"|^\W*(?:the|your|each|all) (?:shifts?|slots?|dates) (?:will|would) (?:then )?(?:be added|appear|show up|show|be put|go|drop) (?:to|in|on|into) (?:your|the) (?:calendar|app|portal|schedule)\b[^.!?\d]{0,30}(?:automatically|once you (?:accept|confirm|claim)|when you accept|after you accept)[.!]?$",
        _I,
    ),
    Quick(
        rf"^\W*{_PLEASE}(?:(?:if|should) you (?:need|have|want|wish) to (?:cancel|drop|hand (?:it|one) back|change|swap)|in case you have to cancel)\b[^.!?]*[.!]?$"
        r"|^\W*(?:please )?(?:give|allow) (?:us |at least )*\d{1,3} (?:hours|days|hrs)['’]? notice\b[^.!?]*[.!]?$|^\W*(?:our |the )?cancell?ation (?:policy|terms|notice|window|period|clause)\b[^.!?]*[.!]?$"
        r"|^\W*(?:shifts|slots|sessions|dates|openings)(?: on the \w+)? (?:are|get) (?:usually |always |normally )?(?:awarded|assigned|given out|released|posted|allocated)\b[^.!?$£€/]{0,70}\b(?:each|every|daily|weekly|by (?:the )?(?:scheduler|seniority|system|director|desk)|in (?:the )?order|first|automatically)\b[^.!?]*[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:more (?:dates|shifts|days|nights|to come|openings)|there (?:may|might|will|should) be more|(?:I|we)(?:['’]ll| will)? (?:may |might |should )?(?:have|get|post|send) (?:more|others|the rest|some more|another batch))\b[^.!?/]{0,60}[.!]?$"
        r"|^\W*(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:schedule |roster |rota )?(?:is not|isn['’]t|hasn['’]t been|has not been) (?:built|out|posted|published|done|open|ready|made|up|finished|final)(?: yet)?[.!]?$"
        r"|^\W*(?:I|we)(?:['’](?:m|re)| am| are)(?: also| still| now)* (?:building|working on|drafting|making|planning|putting together|finishing) (?:the |our |next )?[a-z]+(?:['’]s)?(?: [a-z]+)? (?:schedule|roster|rota)\b[^.!?\d]{0,40}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:do you|would you happen to|you wouldn['’]t|any chance you) (?:happen to )?(?:know|think of) (?:any|some)(?:one|body)(?: else)?\b[^.!?\d]{0,60}\?$",
        _I,
    ),
    Quick(
        r"^\W*(?:thanks|thank you|thx|ty)(?: again| so much| all| very much| ever so much)*,? for (?:(?:all )?(?:your|the) (?:help|work|patience|hard work|flexibility|support|kindness)|helping(?: us)?(?: out)?|covering|working|stepping in|being there|coming in)(?: (?:us|out|here|there))*(?: (?:last|this past|over|during|in|through) (?!week of)[^.!?\d]{3,40})?[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:congratulations|congrats|happy|merry|best wishes|our condolences|condolences|my best|welcome back|good luck)\b(?! (?:to take|to cover|to work|to give))[^.!?\d:]{0,60}[.!]?$|^\W*(?:give|send|say|pass) (?:my|our) (?:best|regards|love|hello|hi)\b[^.!?\d]{0,40}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:it|that) (?:was|is) (?:so |really |very )?(?:good|great|nice|lovely|fun|a pleasure|wonderful) (?:to (?:see|meet|hear|talk|speak|catch|work)|seeing|meeting|talking|hearing|working)\b[^.!?\d]{0,80}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:(?-i:[A-Z])[\w’'-]{1,20}['’]s|his|her|their) (?:last|first) day (?:here |there |with us )?(?:is|was|will be)\b[^.!?]{3,40}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:the |our |your )?(?:days|nights|evenings|weekends|weekdays|mornings|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|unit|ed|er|icu|floor|ward|place|site|service|list|panel|group|team|pace|work|days and nights)(?: there| here| upstairs)? (?:is|are|can be|can get|gets?|tends? to be|has been|have been|runs?|stays?)(?: (?:usually|generally|mostly|often|always|pretty|very|really|fairly|quite|a (?:bit|little)|so|rather|much|more|especially|typically|normally)){0,3}"
        r" (?:quiet\w*|slow\w*|bus(?:y|ier)|light\w*|heav\w+|steady|manageable|calm\w*|easy|easier|friendly|collegial|hectic|nice|great|fun|well run|well staffed)\b(?![^.!?]*\b(?:so|but|may|might|not|cancel\w*|flex\w*|if|unless)\b)[^.!?\d$£€]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*no (?!one\b|body\b|more\b|(?:[a-z]+ )?(?:shifts?|docs?|doctors?|physicians?|providers?|cover(?:age)?|help|locums?|dates?|slots?|openings?|nights?|days?)\b)(?:[a-z-]{2,16} ){1,4}(?:is|are|will be)(?: \w{3,9})? (?:needed|required|necessary|expected|prescribed|involved|allowed|permitted|offered|provided|included|performed)\b[^.!?\d]{0,50}[.!]?$",
        _I,
    ),
    Quick(
        rf"^\W*(?:the other|your|the day|the night|the swing|the second) (?:{_BESIDE_YOU}|doc|doctor|physician|attending|partner|counterpart|relief|colleague)(?: (?:that day|that night|then|on|there))? (?:is|will be|would be) (?:probably |likely )?(?:Dr\.? )?(?-i:[A-Z])[\w’'-]{{1,20}}(?: (?-i:[A-Z])[\w’'-]{{1,20}})?(?:,? (?:who|she|he)\b[^.!?\d]{{2,50}})?[.!]?$"
        r"|^\W*you(?:['’]d| would|['’]ll| will) be (?:working |paired |on |in |teamed )*(?:with|alongside|opposite|next to) (?:Dr\.? )?(?-i:[A-Z])[\w’'-]{1,20}\b[^.!?\d]{0,50}[.!]?$"
        r"|^\W*(?:Dr\.? )?(?-i:[A-Z])[\w’'-]{1,20} (?:covers|runs|handles|staffs|sees|does|manages) the (?:unit|floor|ward|icu|patients?|clinic)s? (?:upstairs|downstairs|next door|across the (?:hall|street))\b[^.!?\d]{0,30}[.!]?$"
        r"|^\W*(?:please |just |you can |feel free to )*(?:ask|talk to|speak (?:to|with)|check with) (?:Dr\.? )?(?-i:[A-Z])[\w’'-]{1,20} (?:about|how|what|if you have)\b[^.!?\d]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:they|we|the (?:site|hospital|unit|group|department|facility|ed|ward))(?:['’]ve| have| has)?(?: just| also| finally| recently)* (?:(?:have|has|got|hired|opened|installed|built|brought in) (?:an? |the |their |its )?(?:brand[- ])?new (?:medical |nursing |nurse )?(?:director|chief|manager|ceo|cmo|emr|ehr|system|building|wing|ed|ct|scanner|triage|process|template|team|lounge|call rooms?|doctors['’] lounge|equipment|cafeteria|software)"
        r"|(?:switched|moved|migrated|went|changed)(?: over)? to (?:epic|cerner|meditech|a new (?:emr|ehr|system|software|building|portal|app)))\b[^.!?\d]{0,80}[.!]?$"
        r"|^\W*(?:let['’]s|we can|we could|happy to|glad to|feel free to call and) (?:talk|chat|discuss|work something out)\b[^.!?\d]{0,60}[.!]?$"
        r"|^\W*you (?:can|may|could)(?: usually| often| always| even)? (?:leave early|go home early|head out early|sleep|nap|rest|eat|wear|park|use|bring)\b[^.!?\d]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:as (?:promised|discussed|agreed on the phone|mentioned|requested|usual|always|before)|(?:second|third|final|last|friendly) (?:notice|call|request|reminder|ask|try)|just (?:bumping|following up|circling back|checking)\b[^.!?\d]{0,60}|bumping this\b[^.!?\d]{0,40})[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:could|can|would|will) you (?:please |possibly |maybe )?(?:help|lend a hand|bail|save|rescue) ?(?:us|me)?(?: out)?(?: here| with (?:this|it|one|any|either))?\?$|^\W*(?:can|may|could|shall|should) (?:I|we) (?:count on|put|pencil|book|sign|write|note) you(?: (?:down|in|up))?(?: for (?:it|this|one|either|them|any))?\?$",
        _I,
    ),
    Quick(
        r"^\W*(?:these|this|this one|they|it)(?: usually| always| tends? to| tend to)? (?:won['’]t last(?: long)?|will not last(?: long)?|(?:will )?go(?:es)? (?:fast|quick(?:ly)?)|(?:(?:has|have) been|(?:is|are)) (?:always |a |the |usually |very |really )*(?:hard|tough|difficult|tricky)(?: ones?)? to (?:fill|cover|staff))[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:if not|if you can(?:['’]t|not)|if (?:nobody|no one|none of you) (?:bites|takes it|wants it|can)|otherwise|failing that|failing which|worst case),? (?:I|we)(?:['’]ll| will|['’]m| am| have| may| might)(?: just| have to| probably| then)* (?:ask|call|try|work|cover|do|stuck|go|post|look|keep|have to|be|need to)\b[^.!?\d]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*I(?:['’]d| would| can(?:['’]t|not)| could(?:n['’]t| not)?)(?: gladly| happily| normally)? (?:do|cover|take|work) (?:it|this|that|them|this one) myself(?:,)? (?:but|because|since|as|if)\b[^.!?\d]{0,80}[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*you(?:['’]re| are) (?:my|the|our|always my) (?:very )?(?:first|only|last|best)(?: (?:person|one|doc|doctor|call|choice|hope|pick))?(?: (?:I['’]?m|I am|we['’]re|we are|I|we|that I) [^.!?\d]{2,40})?[.!]?$",
        _I,
    ),
    Quick(
        r"^\W*(?:you|I remember you|I recall you|I know you)(?: had)? (?:said|mentioned|told (?:me|us)|asked (?:me|us)|wanted|offered)(?: that)?\b[^.!?/\d]{0,40}\b(?:want(?:ed)? (?:more|extra|to pick up)|more (?:shifts|work|nights|days)|keep you in mind|think of you|let you know|pick up|extra)\b[^.!?/\d]{0,60}[.!]?$",
        _I,
    ),
    Quick(
        rf"^\W*(?:there (?:is|are|will be|would be|['’]s) )?(?:an? |one |two |our |the )?(?:usual |regular )?(?:{_BESIDE_YOU})(?:(?:,| and| or) (?:an? )?{_BESIDE_YOU})*(?: (?:is|are|will be|stays?|works?|helps?|usually|also|on|here|there|in|house|with you|around|normally|on site)){{0,5}} (?:from|until|till|after|through|to|by|between|at) {_CLOCK}(?: ?(?:-|–|to|until|and) ?{_CLOCK})?[.!]?$"
        rf"|^\W*(?:it is |it['’]s )?(?:single|double|triple|solo|sole)[- ](?:physician |provider |doc )?(?:coverage|cover|covered|staffed) (?:from|until|till|after|before|between) {_CLOCK}(?: ?(?:-|–|to|until|and) ?{_CLOCK})?(?: on)?[.!]?$"
        rf"|^\W*you(?:['’]d|['’]ll| would| will| are|['’]re)(?: be)? (?:alone|solo|on your own|by yourself|the only (?:doc|doctor|physician)(?: in house| there)?)(?: (?:from|until|till|after|before) {_CLOCK}(?: ?(?:-|–|to|until|and) ?{_CLOCK})?(?: on)?)?[.!]?$"
        rf"|^\W*(?:the )?(?:sign-?out|hand-?off|handover|report|huddle|rounds?|turnover|change of shift|doors? opens?|clinic opens?|first patient(?: is)?|last patient(?: is)?)(?: is| are| starts?| begins?)? (?:at|around|by) {_CLOCK}[.!]?$",
        _I,
    ),
)
"""Each says nothing of whether the shifts beside it are to be had."""

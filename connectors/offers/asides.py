"""Who asked for somebody, who is missing, how many would do: asides whose words would weigh anywhere else."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_SOMEBODY = r"(?:somebody|someone|some one|one of (?:our|their|its|the) \w{3,14}|(?:a|an|one|their|our|its|two|another) (?:[\w-]{2,14} ){0,2}?(?:doc|doctor|physician|provider|hospitalist|nocturnist|intensivist|psychiatrist|person|colleague|partner|clinician)s?)"
_MISSED = r"(?:doc|doctor|physician|provider|hospitalist|nocturnist|intensivist|psychiatrist|clinician|locum|colleague)"
_WHO = r"(?:me|us|you|around|everyone|everybody|the (?:group|team|agency|desk|pool|list)|(?:all )?(?:of )?(?:our|the) (?:docs|doctors|physicians|locums|people|team|pool|group))"
ASIDES = (
    Quick(
        rf"\b(?:(?:has|have|had|was|were|been|just|also|specifically|again|['’](?:s|ve))\b ){{0,3}}(?:asked|asking|asks|requested|begged|begging)(?![^.;!?\n]*\bback\b)(?: {_WHO})?(?: (?:again|specifically|directly|personally))?(?=\s*(?:[.,;!?(]|$| (?:for|if|whether|to (?:find|see|get|send|check|help|cover|fill|pass|reach|line|put|let|share|offer|post)|by name|about (?:you|cover|coverage|help))\b))(?![^.;!?\n]{0, 60}\bback\b)"
        r"(?: for (?:you|names?|help|cover|coverage|somebody|someone|a (?:name|hand|doc|doctor|physician|provider|body)|(?:an?|one|two|some) (?:more )?(?:names?|bodies|docs?|doctors?|physicians?))\b)?(?: by name)?",
        _I,
    ),
    Quick(
        rf"\b(?:(?:just|has|have|had|unexpectedly|suddenly) ){{0,2}}(?:lost|losing|missing|lose|loses|is without|are without|down|find|finding|need|needs|needing|want|wants|seeking|line up|get|getting|looking for) {_SOMEBODY}(?= (?:for|on|this|next|that|to)\b|\s*(?:[.,;!?]|$)|  )",
        _I,
    ),
    Quick(
        r"\b(?:(?:would |['’]d )?rather have (?:some|one|any)(?: of (?:them|it))? than none|(?:individual|single|separate|one-off|partial) (?:days?|nights?|shifts?|dates?|ones?|weekends?) (?:are |is |would be )?(?:also |perfectly |totally |just )?(?:fine|ok|okay|good|great|welcome|possible|helpful|accepted)(?: too| as well)?"
        r"|(?:some|any|one|a few|part)(?: of (?:them|it|these|this))? (?:is|are) better than (?:none|nothing)|(?:some|one|even one|even some|any)(?: of (?:them|these|the (?:days|nights|shifts)))? (?:would be|is|are|would|will|helps?)(?: a)? ?(?:great|big|huge|real)? ?(?:help(?:s|ful)?|fine|ok|okay|good|great)"
        r"|(?:you (?:do not|don['’]t) (?:have|need) to|no need to|needn['’]t) (?:do|take|work|cover) (?:all|both|every\w*)(?: (?:of (?:them|it|these)|the (?:days|nights|shifts)))?|every (?:little )?bit helps|even (?:one|a single) (?:day|night|shift|of them)? ?(?:would |will )?(?:help|helps))\b",
        _I,
    ),
    Quick(
        r"\bfrom what (?:i|we)(?:['’]ve| have)? (?:hear|heard|know|see|saw|understand|gather|am told|was told|can tell)\b|\bwhat (?:i|we) (?:hear|know|see)\b",
        _I,
    ),
    Quick(
        r"\b(?:do|take|work|cover|want|manage|help with|swing|make|for|consider) either(?: (?:one|day|night|shift|date|of (?:them|these|those|the two)))?(?= ?(?:[?.!,;)]|$| or both))(?: or both)?|\beither (?:one )?(?:works?|helps?|would help|is (?:fine|good|great|ok|okay))\b",
        _I,
    ),
    Quick(
        r"\b(?:which|that|it|this)?(?:['’]s)? ?(?:works out|comes out|comes|adds up|amounts|equals|totals?|makes it|equates|translates)(?: (?:to|at|about|around|roughly|just over|just under|a total of)){0,3} ?(?=[$£€])|\b(?:so|or|i\.e\.?,?) (?:about |around |roughly |a total of )?(?=[$£€])",
        _I,
    ),
    Quick(
        r"(?<=[\d$£€kr]) (?:for |on |at )?the other (?:one|two|three|four|five|six|[2-6]|days?|nights?|shifts?|dates?)\b(?: (?:days|nights|shifts|dates))?|\bthe other(?: (?:one|two|three|four|five|six|[2-6]|days?|nights?|shifts?|dates?)){1,2} (?:is|are|pays?|at)? ?(?=[$£€])",
        _I,
    ),
    Quick(
        r"\bworks?(?: (?:best|well|okay|out))? for (?:you|your (?:schedule|calendar|week|family|life))\b",
        _I,
    ),
    Quick(
        r"\b(?:if you(?:['’]d)? (?:want|like) |for |get |you get |have )?first (?:dibs|crack|shot|look|pick|choice|refusal)\b(?: (?:at|of|on) (?:it|them|these|this))?|\blate (?:add|addition|opening|posting)s?\b|\b(?:it|this|they|these) (?:posts?|goes?|opens?) to (?:the )?(?:public|general|whole|wider)? ?(?:board|list|pool|group|everyone|everybody)\b",
        _I,
    ),
    Quick(
        r"\b(?i:work(?:ing)?|paired|overlap(?:ping)?|teamed up|rounding|on|staffed) (?i:alongside|with) (?:Dr\.? )?[A-Z][a-z]{1,14}(?:(?:,? (?:and|&)|,) (?:(?:Dr\.? )?[A-Z][a-z]{1,14}|the (?:[a-z]{3,10} )?[A-Za-z]{2,12}))*(?=\s*(?:[.,;!)]|$))"
    ),
    Quick(r"\bgiven (?:the|that|how|our|this|all|your|we)\b", _I),
    Quick(
        r"\b(?:maybe|perhaps|probably|likely|something like)(?: (?:about|around|only|just))? (?:~?\d{1,3}(?: ?(?:-|to) ?\d{1,3})?|one|two|three|four|five|a (?:few|couple(?: of)?|handful(?: of)?))(?: [a-z-]{3,12}){0,2} ?(?:pts?|patients?|visits?|admits?|admissions?|consults?|encounters?)(?: (?:an|per|each|every|a) (?:hour|shift|night|day))?",
        _I,
    ),
    Quick(
        rf"(?:\bDr\.? (?-i:[A-Z])[\w'’-]{{1,20}}|\b{_SOMEBODY}|\b(?:he|she|who))(?: (?:at|from|for|with) (?:[\w.'’-]+ ){{0,2}}[\w.'’-]+)?(?:[ ]+(?:has|have|had|just|suddenly|unexpectedly|unfortunately|needed|needs))*(?: to)?[ ]+(?:drop(?:s|ped)?|back(?:s|ed)?|bow(?:s|ed)?|pull(?:s|ed)?|bail(?:s|ed)?) out(?: of (?:it|this|that|the (?:schedule|rotation|block|week)|his|her|their)(?: (?:shift|day|night|block)s?)?)?(?: (?:on|at) (?:us|me|the last minute|short notice))?",
        _I,
    ),
    Quick(
        r"\b(?:we|they|I)(?:['’](?:d|ll)| will| would| can| could)(?: also| gladly| happily| even)* (?:fly|drive|shuttle|ferry) you (?:in|out|over|up|down|there|home|back)(?: and (?:back|home|out))?(?: (?:on )?(?:the )?(?:evening|night|day|morning|afternoon) (?:before|after|prior))?",
        _I,
    ),
    Quick(
        r"\b(?:we|they|I)(?:['’](?:d|ll)| will| would| can| could)(?: also| gladly| happily| even)* (?:put|house|lodge) you (?:up )?(?:at|in|near|with) (?!for\b)(?:[\w'’]+ ){0,4}?[\w'’]+(?: (?:for )?(?:the )?(?:evening|night|day|morning|afternoon)s? (?:before|after|prior|of)| for the (?:night|stretch|block|run|week|weekend|stay)| each night| all week)?(?=\s*(?:[.,;!?)]|$))",
        _I,
    ),
    Quick(
        rf"\bthe (?:person|one|{_MISSED})(?: that| who| whom)? (?:we|I|they)(?:['’]d| had)(?: already| originally| all| just)* (?:lined up|scheduled|booked|signed up|slotted|found|counted on|down|on)(?: for (?:it|this|that|them))? (?:can(?:['’]t|not)|could(?:n['’]t| not)|won['’]t be able to|is (?:now )?unable to|had to (?:back|bow|drop|pull) out|backed out|bowed out|dropped out|fell through|got (?:sick|hurt|covid)|is sick)(?: (?:make|do|work|cover|come|be there|it|that|this|after all|now|anymore|any more))*(?=\s*(?:[.,;!)]|$|and\b|so\b))",
        _I,
    ),
    Quick(
        r"\b(?:we|they|I) (?:had hoped|hoped|had planned|had tried|tried|had meant)(?: hard| first)? to (?:fill|cover|staff|handle|do|keep) (?:it|this|them|these|that|everything) (?:in-?house|internally|ourselves|(?:with|from) (?:our |my |the )?own (?:staff|people|docs|doctors|group|team))(?:,? but (?:could(?:n['’]t| not)|had no luck|no luck|it did(?:n['’]t| not) work(?: out)?))?",
        _I,
    ),
    Quick(
        r"\b(?:(?:an?|your|the)(?: (?:early|quick|prompt|short))?(?: (?:answer|reply|response|word|yes or no|decision))?|that|knowing|hearing) +(?:would|will|['’]d) (?:really )?(?:let|help|allow|enable) (?:me|us)(?: to)? (?:book|plan|arrange|buy|hold|sort|organi[sz]e|get) (?:the |your |a |an |our |my )?(?:tickets?|flights?|travel|hotel|room|car|trip|seat|things|rest|schedule|week|month)\b",
        _I,
    ),
    Quick(
        r"\b(?:(?:I|we)(?:['’](?:m|re)| am| are) )?(?:still |just |now )?(?:trying|struggling|scrambling|working|hoping) (?:hard )?to (?:get|have|see)(?= [^.;!?\n]{1,70}? (?:covered|filled|staffed)\b(?! (?:by|with|on|since)\b))",
        _I,
    ),
    Quick(
        r"\b(?:for|during|around|over|because of|due to|ahead of|with) (?:the |our |this year['’]s )(?:[a-z'’-]{3,14} ){0,3}?(?:fair|festival|marathon|parade|rodeo|tournament|regatta|convention|rally|homecoming|carnival|fireworks|ski season|tourist season|flu season|concert|playoffs|half-marathon|air ?show|harvest)\b(?! (?:site|clinic|tent|grounds|booth|unit|medical))",
        _I,
    ),
    Quick(
        r"(?:\+|\b(?:plus|and|with)\b)? ?(?:\ban? |\bthe )?[$£€]\d[\d,.]{0,9}k? (?:[a-z-]{3,14} ){0,2}?(?:bonus|stipend|incentive) (?:if|when|once|for|should) you(?: can|['’]ll| will)? (?:do|work|take|cover|complete|finish|pick up|commit to|doing|working|taking) (?:all|both|every|the (?:whole|full|entire))(?: (?:of (?:them|these|it)|two|three|four|five|six|seven|days?|nights?|shifts?|one|block|run|week|stretch|weekend|set))*(?=\s?(?:[.,;)!]|$))",
        _I,
    ),
    Quick(
        r"\bif (?:I|we)(?: (?:do not|don['’]t|have not|haven['’]t|did not|didn['’]t))(?: (?:hear|heard|get|got|receive))(?: (?:back|anything|a (?:reply|response|word)|from you|word|otherwise))*(?: (?:by|before) then)?,? +(?:then )?(?:(?:I|we)(?:['’]ll| will| would| have to| shall|['’]m going to| am going to| may| might| can)?|it(?:['’]ll| will)?) (?:have to )?(?:give|gives|offer|send|pass|release|post|move|open|assume|go|goes|look|try|ask|call|put|keep|turn|hand)\b[^.;!?\d$£€]{0,60}",
        _I,
    ),
    Quick(
        r"\b(?:we|they|the (?:site|client|hospital|unit|team|group|practice))(?:['’]ve| have| has)? (?:just |also )?(?:had|got) (?:an?|one|two|a couple of|another) (?:[a-z-]{3,12} ){0,2}?(?:cancell?ations?|drop-?outs?|call-?outs?|call-?offs?|resignations?|vacanc(?:y|ies)|sick calls?|change of plans|gaps?|holes?|openings?|departures?)(?: (?:on|in|at|from|for) (?:our|their|the|my) [a-z]{3,12})?(?= (?:and|so|on|for|at|in)\b|\s*[.,;:!])",
        _I,
    ),
    Quick(
        r"\bpaid(?: out)? (?:within|in|every|after|by) (?:[a-z\d]{1,10} ){1,2}(?:days?|weeks?|months?|friday|payday)\b",
        _I,
    ),
    Quick(
        r"\b(?:for|to) (?:whoever|(?:the (?:person|doc|doctor|physician|one)|any(?:one|body)|some(?:one|body)) (?:who|that)) (?:takes|picks|grabs|works|covers|does|can (?:do|take|cover|work)|says yes|wants|is willing to (?:take|do|work|cover))(?: (?:it|this|them|one|up|these))*(?=\s*(?:[.,;!?)]|$))",
        _I,
    ),
    Quick(r"(?<=[\d$£€kr]) (?:goes|comes) (?:along )?with (?:it|this|them|each|that)\b", _I),
    Quick(
        r"\b(?:(?:I|we|they|he|she|(?-i:[A-Z])[a-z]{2,14}) (?:thought|figured|hoped|wondered if|wonder if|think|bet|know|guess|said|says|mentioned)(?: that)? )?you (?:might|may)(?: also| well| just| still)? (?:like|want|enjoy|be (?:free|able|interested|available|around|up for|open|willing|looking)|have (?:time|room|space|capacity)|consider|know|find|prefer|wish|care)\b",
        _I,
    ),
    Quick(
        r"\b(?:call|text|ring|phone|reach|page|message|contact|e-?mail)(?: or (?:call|text|ring|e-?mail))? (?:me|us|the [a-z]{3,12}(?: desk| office)?|(?-i:[A-Z])[a-z]{2,12})\b(?: (?:at|on) [\d().+ -]{7,18})?,? (?:any ?time|whenever|between|after|from|weekdays|daily|mornings|evenings)\b[^.;!?$£€]{0,50}",
        _I,
    ),
    Quick(
        r"\b(?:fell|took|taken) (?:ill|sick)\b|\bgot (?:sick|hurt|injured|covid|the flu)\b|\bcalled (?:out|in)(?: sick)?\b(?! of\b)",
        _I,
    ),
    Quick(
        r"\b(?:we|I|they)(?:['’]d| had) (?:(?:Dr\.? )?(?-i:[A-Z])[\w'’-]{1,20}|some(?:one|body)|a (?:doc|doctor|locum|physician)) (?:on|down|booked|scheduled|lined up|slotted(?: in)?|signed up|pencil(?:l)?ed in)(?: (?:for|on))?\b(?=[^?]{0,120}\b(?:but|until|and (?:now|then))\b)",
        _I,
    ),
    Quick(
        r"\bbut (?:now )?(?:he|she|they)(?: now| just)* (?:can(?:['’]t|not)|could(?:n['’]t| not)|won['’]t be able to|is unable to|had to (?:back|bow|drop|pull) out)(?: (?:make|do|work|cover|come|be there|it|that|this|in|after all|now|anymore|any more)){0,4}(?=\s*(?:[.,;!]|$)| so\b| and (?:we|I)\b)",
        _I,
    ),
    Quick(r"\b(?:god |bless )?bless (?:you|u|y['’]all|your heart)(?: all)?\b", _I),
)
"""Each with a need, a person, or an amount beside it that says how it is meant."""
NEEDED_COVERED = Quick(
    r"\b(?:needs?|needed|needing|want|wants|looking to (?:get|have)|trying to (?:get|have)|hoping to (?:get|have)|have to (?:get|have)|like to (?:get|have)|get|getting)\b(?: [^.;!?\n]{1,70}?)? ((?:covered|filled|staffed|taken care of|picked up|taken)(?! (?:by|with|on|since)\b))",
    _I,
)
"""`They need Friday, April 23 covered`: it is not yet."""

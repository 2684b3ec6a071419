"""What people say beside shifts out of courtesy, to explain, or to hurry: phrases that change nothing of a shift."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick
from connectors.offers.states import TAKEN_ELSE

_I = re.IGNORECASE
_TAKEN = r"(?:been (?:presented|submitted|put forward|offered (?:it|them|this|these)|asked|contacted|approached|considered)|claimed|taken|took|picked up|signed up for|grabbed|covered|wanted|bid on|asked for|responded|answered|bitten|stepped up|volunteered|raised their hand)"
NOBODY_YET = Quick(
    rf"\b(?:nobody|no one|no-one)(?: else)?(?: (?:is|are|seems to be))? (?:answering|responding|picking up|biting|available|around|able|free|replying|returning (?:my|our) calls|stepping up)\b|\b(?:that |which )?(?:still )?(?:nobody|no one|no-one|none of (?:us|you|our \w+|the \w+))(?: else)?(?:(?: has|['’]s| have)(?: yet)? {_TAKEN}| wants?| can (?:take|cover|do|work)| is (?:covering|working|taking))(?: (?:it|them|these|those|this|that|on|for))?(?: (?:yet|so far|up to now))?\b",
    _I,
)
"""`Days that nobody has claimed`: they are to be had."""
AS_FULL = re.compile(
    r"\b(?:paid|pays|counts?|counted) (?:as|for|like) (?:an? |the )?(?:full |whole )?(?:\d{1,2}(?:[ -]?(?:hours?|hrs?|h))?|twelve|shift|night|day)\b",
    _I,
)
"""`Paid as a full 12`: of the night on which the clocks change."""
GRATEFUL = Quick(
    r"\b(?:it|that|this|you)(?: would|['’]d| will|['’]ll)(?: really| truly)? (?:be|mean|help|save)\b(?: (?:a|an|the|so|very|really|such|truly|of|my|our|me|us)){0,3} ?(?:[a-z]{3,10} )?(?:favou?r|help|nice|great|lovely|kind|life ?saver|wonderful|amazing|awesome|fantastic|appreciated|lot|world|out|us|me|huge|good|perfect|bacon|life|day|weekend)\b(?: (?:to|of|for) (?:me|us|you|everyone|the team|our \w+))?"
    r"|\b(?:and )?(?:yes,? )?(?:I|we)(?:['’]ll| will|['’]d| would)?(?: really)? owe you(?: (?:a|an|one|big|some|my|the)){0,2}(?: [a-z]{2,12})?"
    r"|\b(?:coffee|lunch|dinner|beers?|pie|pizza|drinks?|breakfast|donuts) (?:is|are|['’]s) on (?:me|us|the house)\b"
    r"|\b(?:sorry|apologies) (?:for|about) the (?:short|late|last[- ]minute) \w+\b",
    _I,
)
APPROVED_BY = Quick(
    r"(?:(?<![\w.])(?-i:[A-Z][a-z'’-]{1,15}(?: [A-Z][a-z'’-]{1,15})?)|\b(?:the )?(?:scheduler|chief|director|boss|manager|desk|office|scheduling|management|admin|chair|lead|she|he|they|everyone))"
    r"(?: (?:is|are|was|were|says (?:it|this|that)(?:['’]s| is)|said (?:it|this|that)(?:['’]s| is| was|['’]d be))|['’](?:s|re))(?: (?:totally|already|all|perfectly|also|just)){0,2} (?:ok|okay|fine|good|cool|happy|on board|alright)(?: with (?:it|this|that|me giving (?:it|this) (?:up|away)|the (?:swap|trade|switch|change)))?(?=\s*(?:[.,;!)]|$))"
    r"|\b(?:already |I(?:['’]ve| have)? )?(?:cleared|okayed|checked|ran|run) (?:it|this|that) (?:with|by|past) (?:(?-i:[A-Z][a-z'’-]{1,15})|the \w+|scheduling|management)\b"
    r"|(?<![\w.])(?-i:[A-Z][a-z'’-]{1,15}) (?:already )?(?:knows?|is aware|has been told)(?: (?:about (?:it|this|that)))?(?=\s*(?:[.,;!)]|$))",
    _I,
)
"""`Tanya is ok with it`: of a shift that is given away."""
SIGNED_OFF = Quick(
    r"(?i:\b(?:repl(?:y|ies)|text|call|ring|respond|answer|let (?:me|us) know|thanks|thank you|please|pls|interested|can you|could you|anyone|takers|want|help)\b[^.!?;]{0,60}[.!?])\s{1,3}(?:[–—-] ?)?(?:Dr\.? )?[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?,? ?(?:\(?\d{3}\)?[ .-])?(?:\d{3}[ .-]\d{4})?\W*$"
)
"""Who writes, behind what to answer."""
CODED_ANSWER = re.compile(
    r"\b(?:reply|text|txt|press|send|respond|answer)(?: back)?(?: with)?:? [\"“]?[YN] ?\d{1,6}[\"”]?(?: ?(?:/|,|or) ?[\"“]?[YN] ?\d{1,6}[\"”]?)?(?: (?:for|to|=) \w+)?\b",
    _I,
)
"""`Reply Y118 or N118`."""
WITHOUT_SOMEBODY = re.compile(
    r"\b(?:(?:is|are|am|was|were|will be)|['’](?:s|re|m|ll be)) (?:now |currently |going to be |left )?(?:without|missing|losing|down|minus|short|out)(?: (?:Dr\.? )?(?-i:[A-Z][\w'’-]{1,20})| (?:a|an|one|our|two|my|another) (?:[\w-]{3,14} )?(?:doc|doctor|physician|provider|hospitalist|nocturnist|intensivist|psychiatrist|person|colleague|partner|clinician)s?)"
    r"(?:,? (?:(?:for )?(?:that|this|next|the|a|an|all) (?:whole |entire )?(?:week|weekend|month|day|night|couple of (?:days|weeks|nights))|all (?:week|weekend|month)|again|then))?",
    _I,
)
"""`Pinecrest is without Dr. Obi that week`: why it is open."""
PASSED_ON = Quick(
    r"(?:\bDr\.? )?(?<![\w.])(?-i:[A-Z][a-z'’-]{1,15}) (?:has |just )?(?:asked|told|wants|wanted|begged) (?:me|us) to (?:send|pass|forward|post|share|put|get|ask|let|offer|find|see)\b[^.;:!?]{0,40}|\b(?:passing|sending|forwarding|posting|sharing) (?:this|it) (?:on|along|round|around|out)?\b[^.;:!?]{0,30}",
    _I,
)
"""`Dr. Lim asked me to send this round.`"""
ANSWER_TO = re.compile(
    r"^\W*(?:tell|text|call|email|ask|ping|message|find|reach) (?:(?-i:[A-Z][a-z'’-]{1,15})|me|us|the desk)(?:(?:,| or| and) (?:(?-i:[A-Z][a-z'’-]{1,15})|me|us|the desk))*\W*$",
    _I,
)
AS_YOU_LIKE = Quick(
    r"\b(?:take|grab|pick|do|work|have|choose|claim)(?: (?:what(?:ever)?|whichever|any|as many as|all|the|just|only|ones?|of|them|these|shifts?|days?|nights?|dates?|blocks?)){1,4} (?:that )?(?:you|u)(?:['’]d)? (?:like|want|can|wish|please|prefer|are able to)\b(?: (?:do|take|to|work|best|cover))?"
    r"|\btake one,? take (?:them )?all,? (?=(?:what|which)ever|any|as|it['’]s up)|\b(?:what|which)ever (?:suits|works(?: best)? for|fits) (?:you|u)\b|\btake one or more\b|\b(?:one|a few|some)(?: at a time)? (?:is|are) (?:fine|ok|okay|good|great)\b(?: too)?",
    _I,
)
"""`Take what you like`: no choice among them is asked for."""
GIVING_AWAY = Quick(
    r"\b(?:any|some)(?:one|body)(?: else)?(?:\s?\?| (?:want|take|taking|cover|trade|swap|interested|willing|able|free|up for|available|keen|game|be able|be willing|be interested|need|like|looking|who|pick|grab|help|out there|my|to)\w*)"
    r"|\bwho(?: can| could| wants?| would|['’]s (?:able|free|interested|up for|in))\b[^.;!]{0,40}\?|\b(?:any )?takers\b|\bup for grabs\b|\b(?:first|whoever)(?: \w+){0,4} gets it\b|\bit['’]?s yours\b|\byours if\b"
    r"|\b(?:looking|hoping|trying|need(?:ing)?|want(?:ing)?|would like|['’]d like|like|love|happy|willing|have|prefer) to (?:trade|swap|give (?:it |this |that |one |them |mine |my |up |away )|drop(?! (?:my (?!shift|mon|tue|wed|thu|fri|sat|sun|night|day|\d)|the kid|him\b|her\b|off\b|by\b|in\b))|hand (?:off|over)|offload|unload|get rid of|get out of|offer (?:up|my)|part with|switch)"
    r"|\bcan I give (?:some|any)(?:one|body)\b|\bfor (?:pick-?up|trade|swap)\b|\b(?:giving|give|offering|posting|putting) (?:it |this |that |up |away |out )*(?:my|mine|away|up|for)\b|\bwant it\?|\b(?:could|can|would|will) (?:you|u)(?: (?:please|possibly|maybe|pls))? (?:be (?:able|willing|free|up) (?:to|for)|take|cover|work|swap|trade|want|do)\b"
    r"|\bany interest in\b|\bany chance (?:that )?(?:you|u|some(?:one|body)|any(?:one|body))(?:['’]d| could| can| would| might| are able to| is able to)? (?:be (?:able|free|willing) to )?(?:take|cover|work|do|swap|trade|want|pick|grab)\b|\b(?:tell me|please say) (?:that )?you(?:['’]re| are) (?:free|available|able|up for it)(?=\s*(?:[.!?;]|$))|\bdoes (?:any|some)(?:one|body) (?:have (?:room|space|time|capacity|bandwidth|interest)|feel like|care to|fancy)\b|\b(?:got|have|need|going|trying|want|hoping) to (?:(?:drop|shed|unload|offload) (?=it\b|this\b|that\b|one\b|(?:my )?(?:shift|night|mon|tue|wed|thu|fri|sat|sun|\d))|give up|get rid of)|\b(?:trade|swap|switch)\?"
    r"|\b(?:free|spare|extra) shift\b|\bjust take it\b|\bfree to (?:a )?good home\b|\boff my hands\b|\bhappy to (?:swap|trade|return)\b|\binterested\?",
    _I,
)
"""Somebody would rather not work a shift of theirs."""
OWNED = Quick(
    r"\bI(?:['’]m| am) [\w-]+(?: [\w-]+){0,3} (?:until|till|through) (?:the \d{1,2}(?:st|nd|rd|th)|next \w+|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)(?=,? and\b|,? so\b)|\b(?:I(?:['’]m| am)|we(?:['’]re| are))(?: currently| also| still| supposed to be| slated to be)? (?:scheduled|working|on(?: call| the schedule)?|booked|down|slated|assigned|rostered|signed up|set)(?: (?:for|to work|at|on))?\b"
    r"|\bI(?:['’]ve| have)?(?: still| also)? (?:got|have|work|had)(?: (?:a|an|the|this|one))?\b(?! (?:to|it covered|someone|somebody|taken))|\b(?:it['’]?s|that['’]?s|is|this is) (?:currently )?mine\b"
    r"|\b(?:that |which |but |and )?(?:I )?(?:can['’]?t|cannot|can not|won['’]?t be able to|am unable to|am not able to|no longer can|don['’]?t want to|would rather not|['’]d rather not|will not|won['’]?t)(?: (?:do|work|make|be there|cover|take|swing|keep|attend|it|that|this|them|one|on|for|that day|that night|anymore|any more|any longer|after all))*"
    r"|\b(?:I )?(?:would|['’]d) rather not\b|\b(?:I )?(?:really )?(?:need|want|would like|['’]d like|have)(?: to (?:have|get|be))?(?: (?:it|that|this|the day|the night|that day|that night|them))? off\b|\boff my hands\b"
    r"|\b(?:trying|need|want|looking|hoping|would like|like|love) to (?:get out of|get off|offload|hand (?:it )?off|part with|be off)(?: (?:of|from|on))?\b|\b(?:posting|putting|offering) (?:up )?my\b|\b(?:out )?for (?:pick-?up|trade)\b"
    r"|\b(?:the schedule|they|(?-i:[A-Z])[\w’'-]{1,12}(?: (?-i:[A-Z])[\w’'-]{1,12})?) (?:has|have|had|got|put|still has) me (?:down |on|in|at|for|working|scheduled|booked)(?: (?:for|on|at))?\b|\bdouble[- ]book(?:ed|ing)?(?: myself)?\b|\bI(?:['’]m| am|['’]ll be| will be) (?:in|at|away in|out in) (?-i:[A-Z])[\w’'-]{2,14}(?: (?:that|this) (?:day|night|weekend|week))?\b"
    r"|\b(?:I(?:['’]ve)? )?(?:got|have|need) to (?:drop(?! (?:my (?!shift|mon|tue|wed|thu|fri|sat|sun|night|day|\d)|the kid|him\b|her\b|off\b|by\b|in\b))|shed|give up|get rid of|unload|offload)\b|\b(?:would|['’]d) (?:really )?(?:rather|hate to|love) (?:not )?(?:miss|skip|lose|be at|go to|see) (?:it|that|this|them)\b"
    r"|\b(?:(?:I(?:['’]d| could| can| would|['’]ll|['’]m| am)?|happy|glad|willing|able)(?: be)?(?: gladly| happily| happy| glad| willing| able)?(?: to)?) (?:take|do|work|cover|pick up|return|repay) (?:any|one|some|either|a few|whichever|whatever|something)(?: (?:of|one))?(?: (?:your|yours|my))?\b(?: (?!\d)[a-z'’-]{2,12}){0,6}"
    r"|\bI (?:scheduled|booked|signed|put|wrote|slotted) myself (?:up |down |in )?(?:for|on|into) (?:it|this|that|the (?:night|day|evening|morning|week(?:end)?) (?:before|after|of) (?:an?|my|our|the) [\w’'-]{2,14})(?: like an? \w{2,10})?"
    r"|\bgive (?:it|this|that|them|mine) (?:up|away)\b|\b(?:free|spare) shift\b|\b(?:give|hand|offer) (?:some|any)(?:one|body)\b",
    _I,
)
"""`I'm scheduled for it`, `it's mine`, `I can't make it`: of a shift that is given away; of any other it says that it is taken."""
YES_OR_NO = re.compile(r"\byes ?(?:/|or) ?no\b\??|\by ?/ ?n\b\??", _I)
WILL_BOOK = re.compile(
    r"\b(?:and |so )?(?:I|we)(?:['’]ll| will| can|['’]d)(?: gladly| happily| just)? (?:lock|pencil|put|sign|get|slot|book|add|pop|plug) (?:you|it|them)(?: right)? (?:in|down|up|on)(?: (?:it|them|the (?:board|schedule|list)))?\b(?! (?:for|on|at) (?:\d|mon|tue|wed|thu|fri|sat|sun))"
    r"|\b(?:(?:shall|should|can|could|may|might) (?:I|we)|(?:do you |would you )?(?:want|like) (?:me|us) to)(?: go ahead and| please| just)? (?:put|book|lock|pencil|sign|add|enter|slot|schedule|submit|present|count|mark|hold|save)(?: (?:you|your name|it|this|that|them|one|both|in|down|up|on|for|forward|those|these|either)){1,5}(?=\s*\?)",
    _I,
)
VOLUME = Quick(
    r"(?<![\w$£€.:/-])(?:(?:roughly|about|around|usually|typically|mostly|only|all|with|at|and|each) )?\d{1,2}[ -]?min(?:ute)?s? (?:visits?|slots?|appointments?|appts?|consults?|encounters?|follow-?ups?|intakes?|sessions|blocks)(?: each)?(?=\s*(?:[.,;!)]|$|and\b|with\b|at\b))"
    r"|(?<![\w$£€.:/-])(?:(?:roughly|about|around|usually|typically|mostly|only|up to|with|at|some) )?(?:\d{1,2}(?: ?(?:-|–|to) ?\d{1,2})?|one|two|three|four|five|six)(?: (?:of them|booked|scheduled|new|more))? ?(?:an|per|/|every|each) ?(?:hour|hr)\b(?!ly)"
    r"|\b(?:visits?|slots?|appointments?|appts?|consults?|encounters?|follow-?ups?|intakes?)(?: (?:are|run|last|take|is|usually|typically|about|around|each|all)){1,4} (?:\d{1,2}|thirty|twenty|fifteen|forty|sixty)(?:[ -]min(?:ute)?s?)?(?: (?:long|each))?(?=\s*(?:[.,;!)]|$|and\b))"
    r"|(?:\b(?:roughly|about|around|usually|typically|only|expect|averages?|avg)\b )?~?\b(?:\d{1,3}(?:[-–]\d{1,3})?|one|two|three|four|five|six|eight|ten|twelve|a dozen|a handful of|a few|lots of|plenty of)\+? (?:booked |scheduled |expected |pre-?booked |new |more |follow-?up |sick |extra )?(?:visits?|patients?|pts|appointments?|appts?|consults?|encounters?|admits|admissions)(?: (?:each|a (?:day|shift|night|block)|per (?:shift|day|block|hour|night|session)|booked|scheduled|expected|on the books|so far|already|waiting|in (?:the )?(?:queue|line|waiting room)|to see))*",
    _I,
)
"""`Roughly 14 booked visits each`."""
PREFERENCE = Quick(
    r"(?:\b(?:(?:we|they|I|the [a-z]{3,12})(?:['’]d| would)?|ideally,?(?: we| they| I)?(?:['’]d| would)?) |(?<=[.!;] )(?=prefer|would))(?:would )?(?:prefers?|rather|like|love|hope)\b[^.;!?\d$£€]{3,60}\bbut (?:will|would|can|could|is|are|am|happy|fine|ok|not|any|it|we|they)\b[^.;!?\d$£€]{0,40}",
    _I,
)
"""`We would prefer to book them in pairs but will take what we can get.`"""
COMPLIMENT = Quick(
    r"\byou(?:['’]ve| have)? (?:were|are|did|do|been)(?: so| such| really| truly| absolutely| always| a| an| the){0,3} (?:great|amazing|awesome|wonderful|fantastic|terrific|helpful|kind|life ?saver|rock ?star|best|hit|pleasure|good|lovely|incredible|hero|champ|star)\b[^.;!?\d]{0,60}"
    r"|\b(?:everyone|everybody|the (?:staff|team|nurses|director|patients)|they|we)(?: all)? (?:love|loved|adore|adored|miss|missed|enjoyed|appreciated?) (?:you|having you|working with you)\b[^.;!?\d]{0,40}",
    _I,
)
"""`You were so great last month that I thought of you first.`"""
SECOND_PAIR = Quick(
    r"\b(?:use|need(?:s|ed)?|want(?:s|ed)?|add(?:ing)?|like|looking for|short) (?:an? |one )?(?:second|third|extra|additional|another|more) (?:doc|doctor|physician|provider|hospitalist|attending|set of hands|pair of hands|body|person)\b",
    _I,
)
"""`We could use a second doc.`"""
LINING_UP = Quick(
    r"\b(?:is|are|['’]re|['’]s) (?:now |currently |still |already ){0,2}(?:booking|scheduling|staffing|taking names|accepting (?:requests|bids)|lining up|filling)(?: (?:up|for|shifts|slots|blocks|coverage|doctors|the|our|its|your|its))*(?= (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|[.:])",
    _I,
)
"""`HarborTele is booking March.`"""
OF_MINE = Quick(
    r"\b(?:one|two|three|some|both|a few|a couple) of (?:mine|my (?:shifts|nights|days|evenings))\b|\bmine is\b",
    _I,
)
"""`Two of mine up for grabs`: of whom they are."""
LONG_SINCE = Quick(
    r"\b(?:just |about |only |literally |maybe |like )*(?:an?|a few|a couple(?: of)?|some|two|three|four|five|ten|fifteen|twenty|thirty|\d{1,2}) (?:minutes?|mins?|hours?|hrs?|moments?|seconds?|secs?) ago\b",
    _I,
)
"""`Came open about ten minutes ago.`"""
IF_YOU = Quick(
    r"\bif (?:you|u) (?:can |could |would |will |are able to |(?=(?:commit|confirm|say|answer|reply|decide|grab|jump)\b))(?:commit|confirm|say (?:yes|so)|let (?:me|us) know|answer|reply|decide|jump on (?:it|this|them)|grab (?:it|them|one)|swing (?:it|them)|manage (?:it|them)?)\b(?: to (?:it|them|this|both|all|either))?|\bwhether (?:or not )?(?:you|u)(?:['’]d| could| can| might| would| are| will)? (?:be )?(?:able to |free to |willing to )?(?:do|take|cover|work|make|manage|help|come|fit|free|available|interested)\b|\bunless (?:you|u|someone|somebody|any ?one) (?:can|could|are able to|is able to|wants? to|steps? (?:in|up)|volunteers?)\b(?: (?:sit|fill|step|help|come|cover|take|do)(?: (?:in|up|out|it))?)?|\bif (?:at all |it['’]?s |that['’]?s )?possible\b",
    _I,
)
FUNDED = Quick(
    r"\b(?:(?:(?:the |our )?(?:administration|admin|leadership|management|chief|director|board|hospital|client|section|department|group|medical director)|they|we) (?:has |have |just |finally |also ){0,3}(?:approved|authori[sz]ed|okayed|added|funded|signed off on|opened(?: up)?|created|agreed to) )(?=(?:an? |one |two |some |the )?(?:additional|extra|second|third|more|another|new|premium|crisis|incentive)\b)",
    _I,
)
"""`Administration has approved an additional physician on Sunday`: it is to be had."""
ASKED_BY = Quick(
    r"\b(?:swap|trade|switch|give-?away|coverage|cover|shift) (?:requests?|offers?|posts?|posting) (?:from|by|for) (?:Dr\.? )?(?-i:[A-Z])[\w'’-]{1,20}(?: (?-i:[A-Z])[\w'’-]{1,20})?(?=\s?[:,–-])",
    _I,
)
"""`Swap request from Dr. Alvarez: gives …`."""
AFTER_IT = re.compile(
    r"\bafter (?:the |our |a |this )?(?:long |recent |big )?(?:holidays?|weekend|storm|break|merger|rush|surge|snow|hurricane|thanksgiving|christmas|new year['’]?s?)(?: weekend| rush| season| break)?\b|\bafter (?:Dr\.? )?(?-i:[A-Z][a-z'’-]{1,15}) (?:gave notice|resigned|quit|retired|left|went (?:out )?on leave|got (?:sick|hurt|covid)|called (?:out|in))\b|\bafter all\b",
    _I,
)
IF_WRONG = Quick(
    r"\b(?:please |pls |just )?(?:shout|holler|tell (?:me|us)|let (?:me|us) know|call|email|reply|text|yell|check|look)(?: me| us| it over)? (?:if|about|of|for) (?:anything|something|there(?:['’]s| is| are)|you (?:see|spot|find|notice)|it|any|errors?|mistakes?)\b(?: (?!by\b|before\b)[\w'’]+){0,5}",
    _I,
)
"""`Shout if something looks off.`"""
GIVER = re.compile(
    r"(?<![\w.])(?-i:(?!You\b|We\b|They\b|It\b|This\b|That\b|Who\b)[A-Z][a-z'’-]{1,15}) (?:would (?:like to |love to )?|wants to |has to |needs to |is (?:looking to |hoping to |trying to |willing to )?|['’]s (?:looking to )?)(?:trade|trading|swap|swapping|give (?:up|away)|giving (?:up|away)|drop(?! (?:my (?!shift|mon|tue|wed|thu|fri|sat|sun|night|day|\d)|the kid|him\b|her\b|off\b|by\b|in\b))|dropping|offer|offering|part with) (?=(?:his|her|their|a|the|up)\b)",
    _I,
)
"""`Lee would trade his Thursday`."""
EITHER_OF = re.compile(
    r"\beither (?=(?:of |the )?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d))",
    _I,
)
INITIAL = re.compile(
    r"^\W*(?:(?:hi|hey|hello|dear)\W+)?(?:Dr\.? (?-i:[A-Z])\.?|doc|doctor)(?=\s?[,:!–-])", _I
)
WRITER = re.compile(
    r"^\W*(?:(?:hi|hey|hello)\W+)?(?-i:[A-Z][a-z]{1,14}) here\b(?: (?:from|at|with|in) (?:the |our )?[\w ]{2,25}(?=[.,;!]))?",
    _I,
)
ANSWERED_SO = Quick(
    r"\b(?:reply|text|txt|press|send|respond|answer|say|type|write)(?: back)?(?: with)?:? (?:an? |just )?[\"“'‘]?(?:y|yes|yep|yup|1|me|mine|ok|x)[\"”'’]?(?=[.,;!)]|\s|$)(?:,? (?:and|=|then) it(?:['’]s| is) yours)?",
    _I,
)
"""`Reply Y and it's yours.`"""
NOTHING_BACK = Quick(
    r"\b(?:straight|pure|plain|clean|true|total|simple|outright)(?:-?up)? (?:giveaway|give-away|give|drop)\b"
    r"|(?:\b(?:he|she|they|we|I|Dr\.? (?-i:[A-Z])[\w'’-]{1,20}) )?(?:\b(?:does|do|is|am|are)(?: not|n['’]t)|['’](?:s|m|re) not) (?:need(?:ing)?|want(?:ing)?|expect(?:ing)?|ask(?:ing)? for|look(?:ing)? for|requir(?:e|ing))(?: (?:any ?thing|a shift|one|any|a swap|a trade))* (?:back|in (?:return|exchange))(?: for it)?\b"
    r"|\b(?:no (?:swap|trade|return|pay ?back|shift)s?|nothing)(?: is)? (?:needed|required|necessary|expected|wanted)?(?: ?(?:back|in (?:return|exchange)))?(?=\s*(?:[.,;!)]|$))"
    r"|\bno need to (?:swap|trade|pay (?:it |me |him |her )?back|return the favou?r|give (?:one|me one|anything) back)\b",
    _I,
)
"""`Straight giveaway, he does not need anything back.`"""
WITHOUT_COVER = Quick(
    r"\b(?:is|are|remains?|stands?|left|be|was)(?: (?:now|currently|still|left|again|going|suddenly))* (?:without|lacking)(?: (?:any|a|an))?(?: \w{3,12})? ?(?:cover(?:age)?|doc(?:tor)?|physician|gp|provider|hospitalist|locum|clinician|anyone|anybody)\b",
    _I,
)
"""`The session is now without cover.`"""
OVER_HOLIDAY = re.compile(
    r"\b(?:over|during) (?:the )?(?:upcoming |coming |long |bank |easter |christmas |thanksgiving |summer |winter |spring )*(?:holidays?(?: weekend| period)?|(?:long|bank holiday) weekend|break)\b|\bout[- ]of[- ]hours\b",
    _I,
)
OFF_ME = Quick(
    r"\btak(?:e|es|ing) (?:it|this|that|them|one|both|these|mine|any|either)(?: (?:one|of (?:them|mine|these)|night|shift|day))? off (?:(?:my|our|his|her|their)(?: hands| plate| back| list)?|me|us|him|them)\b",
    _I,
)
"""`Could you take it off me?`"""
ADDED = Quick(
    r"\b(?:has|have)(?: just| now| also| recently)* (?:added|approved|opened|created|funded|authori[sz]ed) (?:an? )?(?:second|third|extra|additional|another|new|swing|mid) (?:physician|doctor|doc|provider|hospitalist|shift|line|slot|position|seat)(?: (?:line|shift|slot|position|seat))?\b",
    _I,
)
"""`Lakeside ED has added a second physician on Sat 2/20.`"""
NAMED_OFFER = re.compile(
    r"^\W*(?:\d{1,2}\W{1,3})?(?:Dr\.? )?(?:[A-Z]\.? ?){0,2}(?!(?:We|They|You|It|Who|This|That|She|He|There|Client|Hospital|Nobody|Someone)\b)[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{0,20}\.?)?(?:,? (?:MD|DO|M\.D\.|D\.O\.))? (?:(?:is |has )?(?:offers?|offering|offered|gives?(?: up| away)?|giving(?: up| away)?|drops?|dropping|dropped|releases?|releasing|released|puts? up|posts?|posted|trades?|trading|swaps?)|(?:wants|would like|needs|is looking|hopes) to (?:give(?: up| away)?|drop|trade|swap|offer|release)):?"
    r"(?=\s{1,9}(?:(?:a|an|the|his|her|their|this|away|up)\s)*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|\d{1,2}[/ -]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[A-Z]{2,5}\b))"
)
"""`H. Lindqvist offers  Wed 07/21`, on a board."""
LEFT_WITHOUT = Quick(
    r"\bleav(?:es|ing)\b[^.;!?]{0,60}?\bwithout (?:an? |any )?(?:doctor|doc|physician|provider|hospitalist|nocturnist|intensivist|cover(?:age)?|anyone|anybody)(?=\s*(?:[.,;!?]|$))",
    _I,
)
"""`That leaves Sat 2/20 7a-7p without a doctor.`"""
OPEN_UNTIL_TAKEN = re.compile(
    r"\b(?:(?:it|this|that|they|these|both|all)(?:['’](?:s|re)| is| are| stays?| remains?| will (?:stay|remain|be))? )?(?:(?:stays?|remains?|still) )?open (?:until|till) (?:(?:it|they)(?:['’](?:s|re)| is| are| gets?) )?"
    r"(?:taken|filled|claimed|(?:somebody|someone|one of you|anybody|anyone) (?:says yes|takes (?:it|them)|claims (?:it|them)|answers|bites))(?=\s*(?:[.,;!)]|$))",
    re.IGNORECASE,
)
"""`It is open until somebody says yes.`"""
THEY_PAY = re.compile(
    r"\b(?:they|we|the (?:site|client|hospital|clinic|unit|group))(?:['’](?:ll|d)| will| would| can| could)(?: happily| also| even| only)? (?:do|offer|manage|go|go (?:up )?to|stretch to) (?=[$£€] ?\d)",
    re.IGNORECASE,
)
"""`They'll do $220/hr`: what is paid, and nobody who will do the shift."""
OR_TELL = re.compile(
    r"\b(?i:or (?:just )?(?:tell|ask|text|call|ring|e-?mail|write to|message)) (?:Dr\.? )?[A-Z][a-z]{1,14}(?=\s*(?:[.,;!)]|$))"
)
"""`Let me know by Wednesday, or tell Bob.`"""
NICETIES = (
    THEY_PAY,
    OR_TELL,
    OPEN_UNTIL_TAKEN,
    LEFT_WITHOUT,
    ADDED,
    NAMED_OFFER,
    OFF_ME,
    WITHOUT_COVER,
    OVER_HOLIDAY,
    TAKEN_ELSE,
    ANSWERED_SO,
    NOTHING_BACK,
    YES_OR_NO,
    WILL_BOOK,
    VOLUME,
    LINING_UP,
    OF_MINE,
    PREFERENCE,
    COMPLIMENT,
    SECOND_PAIR,
    LONG_SINCE,
    IF_YOU,
    FUNDED,
    ASKED_BY,
    AFTER_IT,
    IF_WRONG,
    GIVER,
    EITHER_OF,
    INITIAL,
    WRITER,
    AS_YOU_LIKE,
    NOBODY_YET,
    AS_FULL,
    GRATEFUL,
    APPROVED_BY,
    SIGNED_OFF,
    CODED_ANSWER,
    WITHOUT_SOMEBODY,
    PASSED_ON,
    ANSWER_TO,
)

"""The words that may stand beside a shift without changing what it says.

A line is asserted only when every word of it is understood. Whatever else stands there ("on hold", "Dr. Patel",
"Oakdale", "might") may be what matters, so the line becomes a question. It costs some questions; a phrase nobody
thought of can no longer turn a no into a yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from connectors.offers.commonwords import COMMON
from connectors.offers.everyday import EVERYDAY
from connectors.offers.quick import Quick

HARMLESS = frozenset(
    """
    a an the this that these those and or of in on at to for from by with as is are was be been will has have it its
    we us our you your i me my he she they there here one two three four five six seven eight nine ten
    hi hello hey dear all please thanks thank yes ok so also just only
    open opening openings opens available availability need needs needed needing want wants wanted required require
    requires coverage cover covering uncovered unfilled looking seeking got get any anyone anybody can could would
    like able work working take taking pick picking grab up if interested want help fill vacant vacancy vacancies
    hole holes gap gaps slot slots session sessions shift shifts spot spots opportunity urgent urgently asap new still
    remaining left last-minute last minute first come served next following offer offers offered offering listed below
    day days daytime night nights nightly evening evenings overnight morning mornings afternoon afternoons swing mid midshift noc
    nocs nocturnist weekend weekday holiday week am pm a.m p.m hours hour hrs hr h time times clock date dates start
    starts starting starts: begin begins end ends ending until till through thru noon midnight each every-shift seat seats chair chairs gracias merci danke saludos muchas mil daily
    total flat rate rates pay pays paid paying pay: base hourly per shift: guaranteed guarantee minimum min least
    whichever more compensation fee usd dollars incl including included includes plus extra
    unit site facility hospital dept department department's location clinic ward floor room campus main place where when who
    physician physicians doctor doctors provider providers md do mds locum locums hospitalist hospitalists intensivist
    attending em er ed icu uc emergency urgent-care telehealth telemed telemedicine tele video virtual panel slots:
    psych psychiatry psychiatrist psychiatrists doe inpatient outpatient in-house inhouse on-site onsite remote remotely home single solo
    rounding rounds admitting admissions swing-shift cover: card care medicine internal family
    emr ehr charting chart charts system software both same usual regular standard bank locum-shift
    mileage travel flights flight housing lodging hotel car malpractice indemnity tail meals reimbursed provided paid-for covered-by
    1099 w2 w-2 call no-call none zero
    reply text email call-us back let know confirm respond claim portal button
    giving gives give away giveaway grabs shift's colleague her his their
    bill bills billed billing cap caps capped max maximum bonus bonuses sign-on stipend allowance reimbursement
    visit visits follow-up follow-ups followups every support chance gone-up increase increased raised raise now
    back-to-back consecutive row straight block blocks pair package together whole entire
    monday tuesday wednesday thursday friday saturday sunday
    duty up: as-is via approx approximately about around roughly e.g eg i.e ie etc vs nb
    general panel panels
    wk wks wknd wknds weekends weekdays short queue overflow backlog on-demand busiest earn earns goes doc docs swings
    depending volume them tonight tomorrow tmrw today st nd rd th std clocks mlk friendly eligible credentials role how
    much great chance covering friday's saturday's sunday's overnights team colleagues crew group census moderate high low
    cmo cno ceo coo cfo hr vp chief's meets my want kid's birthday sunday would owe stays goes glad happy pleased grateful appreciate busy quiet steady acuity level trauma annual beds bed level-2 double single-coverage double-coverage scribe app apps
    plz pls kindly thx ty tia txt sms lmk ur app link click tap website online page form e-mail desk ring
    nite nites hospital's clinician clinicians practitioner practitioners internist internists generalist intensivists telepsych telepsychiatry
    remuneration honorarium benefits calendar moonlighter moonlighters moonlighting moonlight prn staffing body bodies long twelve twelves understaffed shorthanded short-handed
    short-staffed desperate desperately critical immediate immediately priority additional few couple several multiple folks
    everyone everybody gang guys patients patient charge opened who's interest question questions apply applies submit best easy light slow nice unexpected unexpectedly popped
    completed requesting doable expecting expect expected bleeding whoever but very call-out call-outs callout callouts sick-call sickcall else later earlier bit once
    avail avails digest flex grid feed board sheet roster giveaways published published: week's fly flying ot since because bc mids stretch seven-on rounder rounders swingshift pool lmk asap xmas turkey rota cheers ta
    backup callback callbacks backup cell mobile ea rvu rvus productivity np nps pa pas nurse crna weekends: note month pst est cst mst pdt edt cdt mdt et ct mt pt utc gmt local-time
    """.split()
)
"""Lower case, without a closing dot."""

NAMED_GIVER = re.compile(
    r"^\W*(?i:from|per|on behalf of|passing (?:this |it )?on for|for) (?:Dr\.? )?[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{0,20})?\s?:|\bDr\.? [A-Z][\w'’-]{1,30}(?:['’]s)?(?: (?:is|wants|would like|needs|has(?: asked)?|asked|wishes|hopes|can['’]?t|cannot))?"
    r"(?: (?:to )?(?:giving|give|gives|offers|offering|needs|swap|drop|make|looking|cover(?:age)?|work|away|up|for)\b)+",
)
BENEFIT = Quick(
    r"\b(?:(?:travel|flights?|housing|lodging|hotel|accommodation|rental|car|malpractice|indemnity|tail|meals?|mileage|parking|licen[cs]e|"
    r"credentialing|insurance|airfare|expenses)(?:,? (?:and|&) |, )?){1,4}(?: (?:is|are|has|have|already|all|fully|been|being)){0,4}"
    r" (?:covered|booked|paid|included|reimbursed|provided|arranged|approved|confirmed|taken care of|on us|by us|ours(?! to\b)|(?:at|on) our (?:cost|expense|side|tab|dime)|our (?:cost|treat|expense|responsibility))(?: by us| for you)?\b"
    r"|\b(?:we|they)(?:['’]ll| will| can| would)?(?: only| also| gladly)? (?:book|buy|arrange|pay for|reimburse|cover|handle|take care of) (?:(?:the|your|a|an?|all|any) )?(?:flights?|travel|hotel|housing|lodging|rental(?: car)?|car|airfare|room|malpractice)\b(?: (?:just )?once)?",
    re.IGNORECASE,
)
ASKING = Quick(
    r"\b(?:can|could|would) you (?:please )?(?:ask|see|check|find out) (?:if|whether) (?:anyone|anybody|someone|somebody)(?: (?:can|could|will|would|is able to|wants? to))?(?: (?:take|cover|work|pick up))?|\b(?:any chance )?(?:can |could |would )?(?:someone|somebody|anyone|anybody)(?: (?:can|could|would|pls|plz|please|to|able)){0,3}"
    r" (?:cover|take|work|pick up|want|grab|help(?: us)?(?: out)?|swap|trade)\b"
    r"|\b(?:would|could|can|will|might) you (?:(?:be able to|possibly|perhaps|at all|be (?:free|willing) to|please) )*(?:do|manage|take|cover|work|help (?:us )?with) (?:either|any)(?: or (?:both|all))?(?: of (?:them|these|those|the two))?(?=\s*[?.!,;])",
    re.IGNORECASE,
)
_ANSWER = r"\w{1,8} ?(?:for|to|if|=) ?(?:yes|no|accept|decline|take(?: it)?|pass|claim|confirm|book|skip|reject|refuse|opt[ -]?out|unsubscribe|stop (?:texts|messages|these))\b"
REPLY_CODES = re.compile(
    rf"\b(?:reply|text|txt|press|send|respond|answer)(?: back)?(?: with)? (?:{_ANSWER}(?:(?: ?[,;/] ?| )(?:or |and )?{_ANSWER}){{0,3}}"
    r"|[\"“]?(?:yes|y)[\"”]?(?: ?/ ?| or )[\"“]?(?:no|n)\b[\"”]?)",
    re.IGNORECASE,
)
OPT_OUT = Quick(
    r"\b(?:(?:msg|messages?|std|standard|text)\.?(?: ?(?:&|and) ?|,? )){1,3}(?:data )?rates? may apply\b"
    r"|\b(?:reply|text|txt|send) (?-i:STOP|HELP|END|QUIT|UNSUBSCRIBE)\b"
    r"(?: (?:to|2|for) (?:stop|end|opt[ -]?out|unsubscribe|quit|help|info|more info))?"
    r"|\bto (?:opt[ -]?out|unsubscribe|stop (?:texts|messages|these)),? (?:reply|text|send) (?:with )?STOP\b",
    re.IGNORECASE,
)
"""What every text message of a desk ends with."""
WELL_WISHES = Quick(
    r"\b(?:(?:I|we)(?: do| really| sincerely)? )?(?:hope|trust|hoping)(?: that)? (?:you|your|yours|this|all|everyone|everything|things)\b [^.!?;,:$\d]{2,60}(?=\s*[.!?;,])|\b(?:I |we )?(?:hope|trust) you(?: all)? (?:had|have|are having|enjoyed|are enjoying) [^.!?;,]{2,40}(?=[.!?;,])|\b(?:I )?(?:hope|trust) (?:all is well|you(?:['’]re| are)(?: all)?(?: doing| keeping)? (?:well|great|good|ok)"
    r"|this (?:(?:e-?mail|message|note) )?finds you (?:and yours |all |both )?(?:well|rested|warm|in good \w+)|(?:your |the )?(?:[A-Z]?[\w'’-]{3,14} ){1,3}(?:treated|(?:is|was|has been|have been|were) (?:treating|kind to|good to|easy on|nice to)|went easy on) you(?: all)?(?: (?:well|kindly|nicely|gently|ok))?|(?:your |the )?(?:[A-Z]?[\w'’-]{3,14} ){1,3}(?:is|was|were|has been|went|goes|is going|has started|turned out)(?: off)? (?:good|great|well|lovely|restful|nice|fun|quiet|fine|ok|okay|smooth(?:ly)?|safe(?:ly)?|uneventful(?:ly)?|everything you (?:hoped|wanted)(?: for)?)|you(?: all)? had an? (?:good|great|nice) (?:weekend|week|holiday|break|day|night))\b"
    r"|\bhave an? (?:good|great|nice) (?:weekend|week|day|evening|night|one)\b",
    re.IGNORECASE,
)
IN_NEED = Quick(
    r"\b(?:would|could|can|will|might) you (?:be (?:able|willing|open|free|up|interested|game|available) (?:to|in|for) |consider |mind |possibly |please |maybe |like to )?(?:help(?:ing)?|pitch(?:ing)?|fill(?:ing)?|step(?:ping)?|jump(?:ing)?|chip(?:ping)?) (?:us |me |them )?(?:out|in)\b"
    r"|\b(?:checking|wondering|asking|curious|writing to (?:see|ask)|seeing|hoping to (?:see|ask|learn))(?: in)?(?: to see)? (?:if|whether) (?:you|u)(?:['’]d| would| could| can| might| are| may)?(?: (?:ever|possibly|maybe|be|like to|want to)){0,2}(?: (?:consider|able to|open to|willing to|interested in|up for|free for|available for))?\b"
    r"|\byou (?:might|may)(?: (?:even|actually|also|well|just)){0,2} (?:get (?:some|a bit of|to) |sleep|nap|see some|enjoy|like it|love it|have (?:fun|time))(?:sleep|rest|fun|downtime)?\b"
    r"|\b(?:approved|okayed|authori[sz]ed|agreed to|signed off on)(?: (?:a|an|the|some))? (?:bump|raise|increase|higher rate|better rate|rate (?:bump|increase|raise))(?: (?:to|of|in (?:the )?(?:rate|pay)))?(?=\s*[:$£€])"
    r"|\b(?:to )?answer(?:ing)? (?:to )?your (?:question|message|e-?mail|note)\b|\b(?:as for|re|regarding|about|in answer to|to) your question\b|\b(?:change|make up|made up|changed) (?:your|my|their) minds?\b"
    r"|\b(?:closed|open)[- ](?:icu|unit|model)\b|\bresidents? (?:present|in[- ]house|available|on site|covering)\b"
    r"|\btake over (?=(?:a|an|the|his|her|their|this|that|my|our|from)\b)"
    r"|\bif (?:(?:your|the|my) )?(?:plans?|schedule|situation|anything|something|things|circumstances) changes?\b|\bdown to (?:the |my |our )?(?:last |final )?(?:one|two|three|four|five|\d)(?: (?:left|shifts?|openings?|gaps?|holes?))?(?=\s*[:.,])"
    r"|\bas a (?:replacement|substitute|swap|make-?up|consolation)\b|\bof course\b|\bthe full (?=[$£€])|\breplying (?:to (?:this|me|us)|with)\b"
    r"|\b(?:authori[sz]ed|allowed|cleared|approved) to (?:go(?: up)?(?: as high as)?|offer|pay)(?: to)? (?=[$£€])"
    r"|\b(?:cover(?:ing)?|fill(?:ing)? in|sub(?:bing)?|stand(?:ing)? in|step(?:ping)? in) for (?:Dr\.? )?(?-i:[A-Z])[\w'’-]{1,20}(?=\s*[?.,;(]|\s(?:on|this|next|at|from|for|while)\b|\s{2,})|\breturn the favou?r\b"
    r"|\bwithout (?:a|an|any) (?:provider|doc|doctor|physician|hospitalist|intensivist|psychiatrist|clinician|cover|coverage)\b|\b(?:had|got) (?:an?|one|two|three|four|some|a few|a couple(?: of)?)(?: (?:late|new|more|unexpected|sudden|last-minute))* (?:openings?|gaps?|holes?|call-?outs?|cancell?ations?)\b(?! (?:filled|covered|taken))"
    r"|\|\s*(?:book|claim|apply|accept|view|details|select|request|sign up|pick up)(?: now| shift| it)?\s*(?=\||$)|\bfor (?:one|two|three)(?: or (?:two|three|more))? (?:weeks?|weekends?)(?=\s*[:,.])"
    r"|\bopen for (?:(?:over|about|almost|nearly|more than|at least) )?(?:an?|one|two|three|four|a few|several|some|\d{1,2}) (?:hours?|days?|weeks?|months?)(?: now)?\b|\b(?:we|I)(?:['’]ve| have) had (?=the |this |that |an? )"
    r"|\b(?:rate|pay|price)s? (?:is|are|has been|have been|was|were|got)(?: now)? (?:boosted|bumped up|sweetened)(?: up)? to (?=[$£€])"
    r"|\b(?:doc|doctor|provider|physician|nocturnist|hospitalist|intensivist|colleague|partner|clinician|psychiatrist|locum)\b(?: (?:for|on|who|was|had|at) [^.;!?$]{0,40}?)?(?: (?:has|have|had|just|already|also|suddenly)){0,2} (?:called|calling|calls) (?:out|in sick|off)(?: sick)?\b(?=\s*(?:[.,;!)]|$)|\s(?:and|so|for|on|this|today|tonight|last|again)\b)"
    r"|\b(?:(?:which|that|this|it)(?:['’]s)? )?(?:leaves|left|leaving|is left|are left|has left|have left)(?: (?:us|them|me|the \w{2,12}|(?-i:[A-Z][\w.'’-]*)(?: (?-i:[A-Z])[\w.'’-]*){0,3}))? (?:with nobody|with no ?one|(?:without|with no) (?:an? |any )?(?:\w{2,12} ){0,2}?(?:docs?|doctors?|physicians?|providers?|hospitalists?|nocturnists?|intensivists?|gps?|cover|coverage)\b)(?=[^.;?!]{0,40}\b(?:on|for|at|this|next|tonight|tomorrow)\b|\s*[.,;:])"
    r"|\b(?:(?:just|has|have|had|suddenly|unexpectedly) ){0,2}(?:lost|losing|lose|loses|short|missing) (?:(?:their|its|our|the|his|her|a|an) )?(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?|regular|scheduled|weekend|weekday|\w{2,5}) )?(?:overnight|night|day|evening|swing|morning|afternoon|shift|coverage|cover|person|physician|doctor|doc|provider|hospitalist|nocturnist|locum|clinician|psychiatrist)\b(?! (?:to|over)\b)"
    r"|\b(?:need|needs|needed|needing|want|wants|wanted|looking for|seeking|find|in need of|desperate for)(?: still| urgently)? (?:someone|somebody|some one)\b(?! else)"
    r"|\b(?:has |have |just ){0,3}(?:asked|requested|contacted) us (?:for (?=an?\b|help|cover|some)|to find|to cover|to fill|to staff)\b"
    r"|\b(?:have|has|['’]ve|was|were) been asked to (?:find|cover|fill|staff|line up|get|help)\b|\bsure thing\b|\byours if (?:you|u) (?:want|like) (?:it|them)\b"
    r"|\b(?:(?:is|are|am|['’]re|['’]m) )?(?:still )?(?:down|short|out|missing) (?:a|an|one|two|three|our|another) (?:\w{2,12} )?(?:docs?|doctors?|physicians?|providers?|hospitalists?|nocturnists?|person|body|bodies|people)\b"
    r"|\b(?:(?:i['’]m|i am) )?(?:trying|hoping|looking|need(?:ing)?|want(?:ing)?) to (?:get rid of|give away|give up|drop|unload|offload|hand off)\b|\bany takers\b"
    r"|\b(?:i |we |they )?(?:still )?(?:don['’]?t|do not|doesn['’]?t|does not) have (?:anyone|anybody|someone|a (?:doc|doctor|physician|provider)|coverage|cover) (?=for|on)"
    r"|\b(?:i |we |they )?(?:still )?(?:have|has) (?:nobody|no one|no-one) (?=for|on)"
    r"|\bfor the (?:back|front|first|second|other|last) half(?=[.!] (?:any chance|can|could|would|will|are)\b)|\bI promise\b(?=\s*(?:[.!,]|$))"
    r"|\b(?:and )?(?:the )?(?:first|second|third|other|last)(?: (?:one|shift|night|day))? is (?:on )?(?=(?:the )?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d))"
    r"|\b(?:[57]|10|14|five|seven|ten|fourteen)[ -]on(?:[ ,/-]{1,3}(?:[57]|10|14|five|seven|ten|fourteen)[ -]off)?\b(?! \d)"
    r"|\b(?:gave|sent|handed|passed|offered) (?:me|us) (?:an?|one|two|three|four|some|these|the following)(?: (?:couple|few|handful))?(?: of)?(?: (?:more|new|extra|additional|others?))?\b(?! (?:no|hard))"
    r"|\b(?:that )?(?:they|the (?:client|hospital|site|director|desk|unit)|(?-i:[A-Z])[\w.'’-]{1,15}(?: (?-i:[A-Z])[\w.'’-]{1,15}){0,2}) (?:just )?(?:gave|sent|released|handed|e-?mailed|texted|forwarded) (?:to )?(?:me|us)(?: (?:this (?:morning|afternoon|week)|today|yesterday|last night|just now))?(?= ?[,:(]|\s*$)|\b(?:released|put|dropped|posted) (?:the following|this|these|an?|one)(?: \w+)? (?:block|shift|slot|session)s? (?:in)?to the (?:swap|trade|open|shift|float)? ?(?:pool|board|list|grid)\b|\b(?:happy|fine|ok|okay|good) with (?:singles?|single (?:days|nights|shifts)|any|one|either)\b|\b(?:if|whether|whichever|which)(?: of (?:them|these|the two))? ?(?:either|any|one|both)? (?:suits?|works?|fits?|appeals?|tempts?)(?: (?:for )?you)?\b"
    r"|\b(?:you might|might you) be (?:able|interested|free|willing|up for|open|available)\b|\bneeds? (?:only |just )?(?:one|two|both|all|any|either|some)(?: of (?:them|these|those))? (?:covered|filled)\b"
    r"|\b(?:the |same |usual ){0,2}(?:rate|pay|price|money|terms|deal|fee|hours|setup|arrangement)?,? ?(?:same )?as (?:before|last time|usual|always|ever|previously|in the past|we (?:discussed|agreed|said|talked about))\b(?! (?:not|but)\b)"
    r"|\b(?:(?:we|they)(?:['’]re| are)? )?(?:holding|keeping|leaving) (?:the |our )?(?:rate|pay|price) (?:steady |level |firm )?(?=at [$£€])|\b(?:rate|pay|price)(?: \w{3,8})? (?:remains?|stays?|holds?)(?: (?:steady|firm|level|at|the same(?: at)?))? ?(?=[$£€])"
    r"|\b(?:the )?same as (?:before|last time|usual|always|ever)\b|\b(?:still )?(?:nobody|no one|no-one) for\b|\b(?:move|shuffle|juggle|rearrange) (?:things|stuff|some things|something|your (?:schedule|calendar))(?: around)?\b"
    r"|\b(?:has|have) (?:already |now )?been (?:approved|authori[sz]ed|okayed) by (?:the |our )?(?:client|facility|hospital|site|director|admin\w*)\b"
    r"|\bone way or (?:the other|another)\b|\bfor either(?: (?:one|shift|day|night|of them))?(?=\s*(?:[.,;!)]|$))"
    r"|\bin case (?:you|u|it|that|any ?one)(?:['’](?:re|d)| are| is)? (?:wants?|needs?|would like|interested|like|helps?|works?|(?:can|could) use)(?: (?:it|any|one|them))?\b"
    r"|\bjust (?:released|posted|added|opened(?: up)?|listed|sent over|came out with|put (?:out|up))\b|\bwould you (?:be willing to |like to |maybe )?consider\b"
    r"|\b(?:short|last[- ]minute|little) notice\b|\b(?:what|how) about\b|\bfull (?:week|weekend|month|block|stretch|run|day|night|shift)s?\b|\bfirst (?:reply|response|come|yes|taker|answer|one|person|text|call|to \w{2,8}(?: \w{2,5})?)(?: (?:to|who|that) (?:says?|repl(?:y|ies)|answers?|texts?|calls?|claims?|responds?)(?: yes| back)?)? (?:wins|gets (?:it|them)|takes (?:it|them)|has (?:it|them))\b"
    r"|(?:^|(?<=[.!?] ))what(?:['’]s| is| we have| I have)? (?:still )?(?:left|open|available|uncovered)(?: is| are)?\b|\b(?:is|are|keeps?)(?: all)? filling(?: up)?(?: fast| quickly| nicely| in)?(?=\s*(?:[.,;!:]|$|so\b|and\b|but\b))"
    r"|\binstead\b(?! of)|\b(?:and )?(?:then )?again (?:on|at)\b|\b(?:one|either|any)(?:,| or)? (?:both|all|several)\b|\beither way\b|\bto (?:keep it|be) fair\b"
    r"|\b(?:(?:has|have|just) ){0,2}(?:approved|authori[sz]ed|okayed|ok['’]d|agreed to) (?=[$£€])"
    r"|\bif you(?:['’]d)? (?:prefer|rather)\b"
    r"|\b(?:I |we )?(?:wanted to |am |are |just |['’]m ){0,3}reach(?:ing)? out(?: to (?:you|see))?\b|\bare you (?:free|around)\b"
    r"|\bcould (?:really )?use (?:your |some |a )?(?:help|hand|you)\b|\bon top of\b"
    r"|\bif you(?:['’]re| are) (?:looking|interested|available|able|free|around|willing)\b"
    r"|\bthe (?:client|hospital|facility|site) (?:has |have |just ){0,3}(?:approved|authori[sz]ed|agreed to) (?=[$£€])"
    r"|\bthe schedule (?:for \w{3,9} )?(?:still )?has (?:an? )?(?:few |couple |several )?(?:holes?|gaps?|openings?)\b"
    r"|\bwhich (?:ones? |of (?:these|them) |shifts? |days? |dates? )?(?:you (?:can|could|would like to|want to)|works?(?: best)? for you)\b"
    r"|\bpaid (?:weekly|biweekly|bi-weekly|monthly)\b",
    re.IGNORECASE,
)
IN_TOUCH = Quick(
    r"\b(?i:call|text|ring|phone|cell|reach)\b[^.;:\d]{0,24}\b[2-9]\d{2}[ .]\d{4}\b|\b(?i:call|text|ring|phone|reach) [a-z]{3,12}(?: (?:at|on|@))?(?= \(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b)|\b(?i:call|text|txt|ring|phone|page|message|msg|email|e-mail|dm|ping|contact|reach|whatsapp)(?: or (?:call|text|txt|ring|email|e-mail))? (?:(?i:me|us|back|the (?:\w{2,12} )?(?:desk|office|scheduler|coordinator|team|line)|charge|scheduling)\b"
    r"|[A-Z][a-z]{2,14}(?=\s*(?:[.!?)]|$|at\b|on\b|@|\d|\()))"
    r"|\b(?i:let) (?:(?i:me|us|the (?:\w{2,12} )?(?:desk|office|team|scheduler|coordinator))|[A-Z][a-z]{2,14}) (?i:know)\b(?: what you(?:['’]d| would) (?:give|want|like|take|trade))?"
    r"|\b(?i:(?:i|we)(?:['’]ll| will| can) (?:move|switch|clear|enter|arrange|sort|handle) (?:it|this)(?: (?:over|up|out|in))?)(?: with [A-Z][a-z]{2,14})?(?=\s*[.!,;)]|\s*$)"
    r"|(?i:\bfor (?:more |full |further )?(?:details|info(?:rmation)?)\b)"
    r"|(?i:\brevert (?:back )?(?:to|with) (?:me|us)\b)"
    r"|(?i:\bfirst (?:to \w{2,8} )?gets it\b)"
)
"""Whom to answer, and what they do then."""
WHETHER = Quick(
    r"\bwhether (?:or not )?(?:the )?(?:patients?|pts?|they|slots?) (?:shows?|come|fill|are seen|book)(?: up)?(?: or not)?\b"
    r"|\b(?:seen|shows?|showed|patients?|pts?|full|busy|booked) or (?:not|no-?shows?|no patients|empty|slow|unbooked)\b|\bno-?shows? (?:are )?(?:included|paid|count|too)\b|\b(?:full|no) schedule or (?:not|full)\b",
    re.IGNORECASE,
)
"""Of pay for the time itself."""
BREAK = Quick(
    r"\b(?:(?:with|incl\w{0,5}|less|minus) )?(?:an? )?(?:(?:\d{1,2}|half|one|thirty)[ -]?(?:an? )?(?:min(?:ute)?s?|hours?|hrs?|h)(?: of)?,? (?:unpaid |paid )?|(?:unpaid|paid|less|minus) )"
    r"(?:lunch|meal|rest|break)(?: (?:break|period))?\b(?! (?:and learn|meeting|with|at|on|is|in)\b)(?:,? (?:unpaid|included|not paid))?",
    re.IGNORECASE,
)
"""Of hours that are told: `30 min unpaid lunch`."""
OVER_BASE = re.compile(
    r"\(?\b(?:that['’]?s|which is|it['’]s)? ?[$£€]\d[\d,.]{0,6}(?:/h(?:ou)?r)? (?:over|above|more than|on top of|better than) (?:our |the |your )?(?:base|usual|standard|normal|regular|current)(?: (?:rate|pay))?\)?",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"^\s*Dr\.? [A-Z][\w'’-]{1,30}(?:,| [-–—]) (?=(?i:we|i|need|needs|can|could|would|will|are|any|please|just|hope|do|a few|the following|here|there|this is|checking|thanks|thank|it['’]s|i['’]m|following|wanted|good|happy)\b)|^\s*[A-Z][a-z]{2,14}, (?=(?i:can|could|would|please|pls|any|are)\b)|^\s*(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|greetings),? (?i:(?:dr|doctor|prof)\.? )?"
    r"[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30})?\s?[,:!–-]"
)
"""Of a line that goes on behind it; who is spoken to changes nothing."""
ASIDE = Quick(
    r"(?<=[.!;]) (?:please )?(?:bring|wear|park|call|text|phone|email|e-mail|ask|contact|write to|see|stop by)\b(?! (?:back|again))"
    r"(?: (?!(?:if|unless|until|once|before|after|first|when|whether|not|no|on|about|only|instead)\b)[\w'’@+-]{1,40}(?:\.\w{1,40})*){1,8}(?:[.!]|$)",
    re.IGNORECASE,
)
"""`Bring your badge.`, `Ask for Marla.`: what to do, with no condition in it."""
EXTRA = Quick(
    r"\b(?:(?:we|i)(?:['’]ll| will| can) |will |can |and )*(?:throw|toss|kick|add|put) in (?:an? )?(?:extra |another |additional )?[$£€]\d[\d,.]{0,9}k?(?: (?:more|extra|bonus|on top|of my own))*|\b(?:(?:plus|and|with) )?(?:an? |the )?(?:[a-z-]{3,14} )?(?:bonus|stipend|incentive|allowance|callback)(?: of)?:? [$£€]\d[\d,.]{0,9}k?(?:/h(?:(?:ou)?r)?)? (?:if|when|whenever|once) (?:(?!(?:not|no|never|filled|taken|confirmed|approved)\b)[^.;,$£€]){3,60}(?=[.;,]|$)"
    r"|(?:\b(?:plus|and|with)\b|\+)? ?(?:\ban? |\bthe )?[$£€]\d[\d,.]{0,9}k? (?:[a-z-]{3,14} ){0,3}?(?:bonus|stipend|incentive|allowance)"
    r"(?: (?:after|for|upon|on) (?:the |your |all |each |every )?(?:[\w-]{1,14} ){0,3}[\w-]{1,14})?(?=\s?(?:[.,;)]|$))"
    r"|\b(?:plus |and |with )?(?:an? |the )?(?:[a-z-]{3,14} )?(?:bonus|stipend|incentive|allowance)(?: of)? [$£€]\d[\d,.]{0,9}k?"
    r"(?: (?:after|for|upon|on) (?:the |your |all |each |every )?(?:[\w-]{1,14} ){0,3}[\w-]{1,14})?(?=\s?(?:[.,;)]|$))",
    re.IGNORECASE,
)
"""What comes on top of the pay, and for what: `plus a $1,000 completion bonus after three shifts`."""
LICENCE = re.compile(
    r"\bB[CE](?:/B[CE])?(?: (?:accepted|ok|okay|welcome|required|preferred))?\b|\b[A-Z]{2}(?:(?:,| or| and|/) ?[A-Z]{2,4})* (?:state )?(?i:licen[cs]e)(?: (?:is )?(?:needed|required|preferred|helpful))?\b|\bcomes? out (?:higher|ahead|better)\b"
)
"""What somebody has to have; and which of two amounts it is."""
PER_DIEM = re.compile(r"\bper diem\b", re.IGNORECASE)
_ON_DAY = r"(?:(?:is|was|on|this|last|next|that) ){0,3}(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b"
ELSE_ON_A_DAY = Quick(
    r"\bI(?:['’]m| am|['’]ll be| will be)(?: also| mostly)? (?:out|off|away|travel+ing|in (?:clinic|meetings|court|surgery)|unavailable|at a (?:conference|meeting)|on (?:vacation|leave|pto))(?: (?:of (?:the )?office|all day|sick))? (?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?:(?:,| and| through| to|-| &|/) ?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})*\b(?!,? ?\d)|"
    r"\bthank(?:s| you)\b[^.!?;:$\d]{0,60}\b(?:last|on|this past|past|yesterday|over the) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?! (?:\d|the \d))|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6} (?:is|are|looks)(?: all| now)? (?:good|fine|set|ok|okay|done|handled|sorted|solid|staffed)(?: now| already)?(?=\s*(?:[.,;!)]|$))|"
    rf"\b(?:(?:it|that) (?:was|is) |it['’]s )?(?:good|great|nice|lovely|a pleasure|fun|wonderful) (?:to (?:see|meet|hear from|talk (?:to|with)|speak (?:to|with)|catch up with|work with|have)|seeing|meeting|talking (?:to|with)|hearing from|working with|having) you(?: all)?(?: (?:again|here|there|in person|both))*(?: (?!for\b)[a-z]{{2,10}}){{0,3}} (?:on|last|this) (?:past )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\b|"
    rf"\bhappy (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\b|\b(?:fly(?:ing)?|drive|driving|travel(?:ing)?|arriv\w+|check(?:ing)?) (?:you )?(?:in |out |down |up |home )?{_ON_DAY}(?:,? and (?:back|home|out)(?: again)? {_ON_DAY})?|\b(?:birthday|wedding|funeral|recital|graduation|party|game|concert|flight|exam|appointment|surgery) {_ON_DAY}"
    rf"|\b(?:cancell?ed|posted|sent|told|wrote|asked|mentioned|talked|spoke|emailed|called|discussed|announced|said|as of) (?:(?!and|but|for)[a-z]{{2,8}} ){{0,3}}?{_ON_DAY}",
    re.IGNORECASE,
)
"""A day on which something else is, or was said: `kid's birthday on Sunday`, `which we cancelled on Monday`."""
CREDENTIALED = Quick(
    r"\b(?:you(?:['’](?:re|ve)| are| have)?(?: (?:already|also|still|all|both|now)){0,2}(?: (?:have|hold|got))?(?: (?:your|full|active|current|the|an?)){0,2} (?:privileges|privileged|credentials|credentialed|badged|onboarded|on file|in (?:the|our|their) system|on staff|(?:epic|emr|badge|system) access))"
    r"(?: (?:there|here|with (?:us|them)|at (?:this|the|that) (?:site|hospital|facility)|already|too))*\b"
    r"|\b(?:your |all (?:of )?your |the )?(?:credential\w*|privileg\w*|paperwork|onboarding|file|badge|epic access|licen[cs]e)(?:,? (?:and|&) (?:credential\w*|privileg\w*|paperwork|onboarding|badge))? (?:is|are|has been|have been|['’]s)(?: (?:already|all|still|also|now|both))*"
    r" (?:done|complete|completed|current|in place|set|good(?: to go)?|ready|active|on file|finished|approved|up to date|in order|cleared|valid)\b(?: (?:on|at) (?:your|our|their) end)?(?: (?:there|here|already|with (?:us|them)))?",
    re.IGNORECASE,
)
"""Nothing stands in the way of the work: `you already have privileges there`."""
UNCHANGED = Quick(
    r"\b(?:does|do|will|has|have|is|are)(?: not|n['’]t) (?:chang(?:e|ed|ing)|affected|be affected)\b"
    r"|\b(?:remains?|stays?|is|are|keeps?)(?: (?:all|just|still))? (?:unchanged|the same(?! (?:as|day|night|week)\b))|,? (?:and )?(?:neither|nor) (?:(?:do|does|has|have|is|are|will) )?the(?: (?:rate|pay|hours|times?|place|site)\b| (?=[$£€] ?\d))|\b(?:no|nothing) (?:other |else )?(?:changes?|of yours changes)(?: to)?\b|\bunchanged\b",
    re.IGNORECASE,
)
WRITTEN_ON = Quick(
    r"\b(?<=I |e )(?:will |can |could |would |am going to |['’]ll |should )?(?:submit|send|present|forward|e-?mail|get back to|put (?:you|your name)(?: in| forward)?|pass (?:it|you|your name) (?:on|along)|let you know|circle back|follow up|check in|touch base)(?: [a-z]{1,12}){0,6}? (?:today|tonight|tomorrow|this (?:morning|afternoon|evening))\b(?!\W{0,3}(?:at |from )?\d)",
    re.IGNORECASE,
)
"""`I will submit you today`: when the writer writes on."""
WHEREABOUTS = re.compile(
    r"(?:^|(?<=[.!?;] ))\W*(?:and |but )?(?:I(?:['’](?:m|ll be)| am| will be)|we(?:['’](?:re|ll be)| are| will be)|(?:the |our )?(?:office|desk) is)(?: (?:only|just|back|also|usually|here|in))*"
    r" (?:in(?: the office)?|at (?:my|the|our) desk|here|around|reachable|out(?: of (?:the )?office)?|away|on (?:a plane|the road)|in (?:meetings?|clinic)|open|on my cell)(?: [a-z]{2,8}){0,3}? ?(?:until|till|from|through|all|by|after|at|today|tomorrow|tonight|this)?"
    r"(?: (?:today|tonight|tomorrow|noon|midnight|all|day|this|morning|afternoon|evening|until|till|to|and|on|at|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)?)){0,5}(?=\s*(?:[.!;,]|$))",
    re.IGNORECASE,
)
"""`I'm in the office until 4 today.`: when to reach who writes."""
NOT_ALL = Quick(
    r"\b(?:they|it|these|those|the (?:days|dates|nights|shifts)) (?:do(?:es)?(?: not|n['’]t) (?:have|need) to|need ?n['’]t|need not) be (?:(?:taken|worked|done|booked|covered) )?(?:together|consecutive|back[- ]to[- ]back|all or nothing|in a row|(?:by )?(?:the same|one|a single) (?:person|doctor|doc|physician|provider|clinician))\b(?: (?:every|each) (?:week|time|day))?|\bany of the (?:days|nights|dates|shifts|weeks|weekends)\b|\b(?:(?:they|these|it|both|all|the (?:days|nights|shifts|dates))(?: all)? )?(?:need not|needn['’]t|(?:do|does)(?: not|n['’]t) (?:need|have) to|no need (?:to|for)|not necessary to|not required to)\b(?: \w{2,9}){0,4}? (?:together|(?:the )?same (?:person|physician|doctor|doc|provider|clinician)|(?:one|a single) (?:person|physician|doctor|doc|provider|clinician)|in (?:one|a) (?:block|go|row)|as (?:a|one) (?:block|set|pair|package|unit|whole))\b|\b(?:does|do)(?: not|n['’]t) (?:need|have) to be (?:all|the whole|the entire|every|both)(?: (?:week|weekend|block|thing|days?|nights?|shifts?|of (?:it|them)))?\b|\bany of the (?:days|nights|dates|shifts) helps?\b|\bas (?:many|few)(?: or (?:as )?(?:many|few))? as (?:you|u) (?:like|want|can|wish)\b|\ball (?:of them |\d |three |four |two |five )?or any(?: of (?:them|these|those))?\b|\b(?:you (?:may|can|could) (?:take|do|work|pick|have) )?any or all of (?:(?:the|these|those|them)\b(?: (?:two|three|four|five|dates|days|nights|shifts))?)(?: (?:is|are|would be) an? (?:great |big |huge )?help)?|"
    r"\b(?:no need to|you (?:do not|don['’]t) (?:have|need) to|you needn['’]t|need not) (?:take|work|do|cover)"
    r"(?: (?:all|both|every|the|whole|entire|of|them|it|block|days|shifts|nights|dates|three|four|five)){1,4}\b",
    re.IGNORECASE,
)
HOLIDAY = Quick(
    r"\b(?:president['’]?s['’]?|mlk|martin luther king(?: jr\.?)?|memorial|labou?r|independence|veterans['’]?|columbus|christmas|new year['’]?s?|mother['’]?s|father['’]?s"
    r"|boxing) (?:day|eve|weekend)\b|\bny[ed]\b|\b(?:july 4(?:th)?(?= (?:holiday|weekend|week)\b)|(?:4th|fourth) of july)|\b(?:valentine['’]?s|st\.? patrick['’]?s|halloween|passover|diwali|eid)(?: day| eve| night| weekend)?\b|\b(?:thanksgiving|christmas|easter|juneteenth|good friday|super bowl)(?: day| eve| sunday| monday| weekend)?\b",
    re.IGNORECASE,
)
IN_ORDER = re.compile(
    r"^\W*(?:(?:first|second|third|next|last|final)(?:ly)?|however|meanwhile|anyway|in addition|additionally|that said|on the (?:bright|plus) side|good news|for now),\s",
    re.IGNORECASE,
)
"""`First, …`: of what the writer has to say."""
SIGNED = re.compile(
    r"\b(?i:thanks|thank you|thx|cheers|best|regards|ty|ta|tia|xo|yours|sincerely|warmly|bless you|take care|talk soon|best wishes|much appreciated|appreciate (?:it|you)|be well|stay well|with gratitude|gratefully|hugs|you rock|you(?:['’]re| are) (?:an? |the )?(?:life ?saver|best|gem|star|rock ?star|hero|angel|legend))(?i: again| so much| all)?[,!.]{0,3} (?:[–—-] ?)?(?:Dr\.? )?[A-Z][\w'’-]{1,15}(?: [A-Z][\w.'’-]{0,15})?\W*$"
)
"""Who writes, at the end of a line."""
INTRODUCED = re.compile(
    r"(?:^|[.!,] )(?i:\W{0,3}(?:it['’]?s )?(?:just |only )?(?:me|us) again)\b|\b(?i:it['’]?s|this is) (?!Dr\b)[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?(?i: (?:again|here|from|with|(?:over |up |down )?(?:at|in)))(?: (?i:the) [\w ]{2,20}(?:desk|office|floor|team))?(?=\W|$)|^\W*[A-Z][a-z]{1,14} (?i:here)\b"
    r"|\b(?i:I am|I['’]m|my name is) [A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?,? (?i:(?:the |your |a )?(?:new )?(?:coordinator|scheduler|recruiter|manager))\b(?i: (?:of|at|for|with|from) )?[^.;!?]{0,40}?(?:, replacing [A-Z][a-z]{1,14})?(?=[.!])"
)
"""`It's Dana over at …`, `Ortiz here.`"""
CALL = re.compile(r"\b(?:with(?:out)?|incl\w{0,5}|excl\w{0,6}|no) (?:on-?)?call\b", re.IGNORECASE)
SHIFT_CODE = re.compile(r"(?<![\w$])(?:[A-Z] )?(\d{1,2})([ap])[A-Z](?![\w-])")
"""`9aE`, `B 9aE`: a shift by its letter, and the hour it begins."""
CODED_HOURS = re.compile(r"(?<=[\d ] )[A-Z]{1,2}\d? (?=\(\d{1,4}(?::\d\d)? ?[ap]?m? ?[-–])")
"""`D (7a-7p)`: a shift by its letter, which its hours explain."""
LAST_ONE = re.compile(
    r"\blast (?:\w{1,6} )?(?:open |remaining )?(?:shifts?|slots?|ones?|openings?|nights?|days?|chance|call|spots?|gaps?|holes?)\b",
    re.IGNORECASE,
)
CLOCKS = Quick(r"(?<![^.;()])[^.;()]{0,160}\bclocks\b[^.;()]{0,60}", re.IGNORECASE)
LEFT_OUT = re.compile(
    r"\b(?:closed|close|closing|closes|except|excluding|excl\.?|minus|skipping|no|not|but not)(?: on| for)?(?: the)?"
    r" (?:(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}\b|\d{4}-\d\d-\d\d\b|\d{1,2}/\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d)",
    re.IGNORECASE,
)
COUNT_OF_OPENINGS = re.compile(
    r"\bOPEN [1-9]\b|(?<![\w$/.:-])[1-9] (?:more |open |additional |unfilled |uncovered )?(?:openings?|slots?|spots?|holes?|gaps?|positions?|vacanc(?:y|ies)|(?:docs?|doctors?|providers?|physicians?|hospitalists?|locums?)(?= (?:needed|wanted|short)))\b"
    r"|\b(?:needs?|need for|want|short|looking for|x) ?[1-9]\b(?: (?:more )?(?:docs?|doctors?|providers?|physicians?|hospitalists?|locums?|bodies))?(?! ?(?:[-–:/.,ap]|to\b|or\b|of\b))",
    re.IGNORECASE,
)
"""How many they look for on one day; of several days nobody knows whether it is of each."""
COUNT_OF_A_DAY = re.compile(
    r"(?<![\w$/.:-])[1-9](?: (?:docs?|doctors?|providers?|physicians?))?(?= (?:for|on) (?:the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d))",
    re.IGNORECASE,
)
"""`1 for 3/5 & 1 for 3/7`: of each day by itself."""
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*(?:\.[A-Za-z])*")


def strange(words: Iterable[str], known: frozenset[str]) -> list[str]:
    """The words that are not understood; `known` are those that a phrase of this message explained."""
    return [word for word in words if not _understood(word, known)]


def unexplained(text: str, known: frozenset[str], *, common: bool = False) -> list[str]:
    """The words of a line beside its shift that are not understood; everyday ones are, but for what may be a name.

    `common` lets those of life at large pass as well.
    """
    return [
        found[0]
        for found in _WORD.finditer(text)
        if (not _understood(found[0], known) or _is_code(found, known))
        and not (
            (_everyday(found[0]) or (common and _common(found[0])))
            and (
                found[0][0].islower() or found[0][:2] in ("I'", "I’") or _begins_sentence(text, found.start())
            )
        )
    ]


_LETTERED = re.compile(
    r"\b(?:block|week-?end|week|set|option|pair|team|group|pod|zone|side|area|shift|slot|unit|ed|er|icu|ward|room|bay|dr|dear|hi|hello|thanks|best|regards)[.,]?\s*$|[–—-]\s*$",
    re.IGNORECASE,
)


def _is_code(found: re.Match[str], known: frozenset[str]) -> bool:
    """A capital by itself may stand for hours, for a place or for a name; behind `Block` it is one of several."""
    word = found[0]
    return (
        len(word) == 1
        and word.isupper()
        and word not in "AI"
        and not found.string[found.end() : found.end() + 1].isdigit()
        and word.lower() not in known
        and not _LETTERED.search(found.string, max(0, found.start() - 20), found.start())
    )


_ENDING = re.compile(r"(?:'s|(?<=[^s])s|(?<=ch|sh|ss)es|(?<=[^e])ly|(?<=[^aeiou])ed|(?<=[^aeiou])ing)$")
"""Of a plural, an owner, a manner, a past."""


def _everyday(word: str) -> bool:
    plain = word.lower().replace("’", "'").strip(".'-")
    parts = [part for part in plain.split("-") if part]
    return (
        plain in EVERYDAY
        or plain.removesuffix("'s") in EVERYDAY
        or (len(parts) > 1 and all(part in EVERYDAY or part in HARMLESS for part in parts))
    )


def _bases(word: str) -> Iterator[str]:
    """A word, and what it may be a form of: `wiped`, `dripping`, `families`."""
    yield word
    yield _ENDING.sub("", word)
    for ending in ("ed", "ing", "er", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_BASE:
            stem = word.removesuffix(ending)
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield f"{word[:-3]}y"


SHORTEST_BASE = 3
"""Letters."""


def _common(word: str) -> bool:
    plain = word.lower().replace("’", "'").strip(".'-")
    return all(
        any(base in COMMON for base in _bases(part)) or part in EVERYDAY or part in HARMLESS
        for part in (plain.split("-") if plain not in COMMON else ())
        if part
    ) and _UNDONE.isdisjoint(plain.split("-"))


_UNDONE = frozenset(
    "scrubbed tossed trashed dumped ditched binned canned yanked sacked chopped axed nixed burned toasted cooked crossed crushed bagged swiped poached".split()
)
"""What a past may mean of a shift, however harmless the verb is."""


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'“‘(*•-–—")
    return not before or before[-1] in ".!?:;\n"


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def _understood(word: str, known: frozenset[str]) -> bool:
    plain = word.lower().strip(".'’-")
    if len(plain) <= 1 or plain in HARMLESS or plain in known:
        return True
    parts = [part for part in re.split(r"[-'’]", plain) if part]
    return len(parts) > 1 and all(part in HARMLESS or part in known or len(part) <= 1 for part in parts)

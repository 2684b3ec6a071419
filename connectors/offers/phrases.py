"""The phrases that give a line its deadline, its pay, or its place outside the reading."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick
from connectors.offers.zones import ZONE_NAMES

_I = re.IGNORECASE

SENTENCE_END = re.compile(r"(?<=[\w)%])(?<!\bDr)(?<!\bSt)[.!?;](?:\s+|$)")
PRONOUN = re.compile(
    r"\b(?:this|that|it|these|those|they|both|all)(?: (?:other )?(?:one|shift|ones|shifts))?\b", _I
)
AGREED = Quick(
    r"\b(?:(?:got|get|have|had|managed to get|was able to get)(?: you| us| them to)?(?: up to)? )?[$£€] ?\d[\d,.]{0,8}k?(?: ?/ ?\w{1,5}| (?:an|a|per) \w{4,5})? (?:was |is |has been |got )?(?:approved|authori[sz]ed|cleared|okayed|signed off|agreed)\b(?: (?:for|on|by (?:the )?\w+))?"
    r"|\b(?:approved|authori[sz]ed|cleared|okayed|agreed|signed off)(?: to pay| to| on| at| for| up to| a rate of)? (?=[$£€] ?\d)",
    _I,
)
"""`I got $2600 approved for Saturday`: who agreed to it changes nothing."""
EXCEPTION = re.compile(
    r"\ball (?:\w+ )?(?:but|except)\b|\bexcept\b|\bapart from\b|\bother than\b|\bonly\b.{0,30}\bleft\b", _I
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
    r"\b(?:weekends?|nights?|days|day (?:shifts?|coverage|work)|daytime|holidays?|weekdays?|evenings?|some|most|certain"
    r"|from(?= (?:the )?(?:[$£€\d]|noon|midnight|now|today|tonight|tomorrow|then|there|here on|next|last|first|second|week|day|shift|hour|month"
    r"|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\W*$))\b",
    _I,
)
PAY_SAID = Quick(
    r"\b(?:(?:twenty|thirty|forty|fifty)[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty) (?:hundred|thousand|grand)\b"
    r"|\b(?:pay(?:s|ing)?|rates?|comp|compensation|salary|fee)\b[^.;]{0,30}?(?<!\d)(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k)\b(?! ?%)"
    r"|(?<![\d.])(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k) ?(?:usd|dollars|bucks|eur|euros?|gbp|pounds)\b"
    r"|(?<![\d.])(?:[4-9]\d|\d{3,5}|\d,\d{3}|\d(?:\.\d{1,2})?k) ?(?:an?|per|each|/) ?(?:hr|hour|shift|day|night|visit|consult)\b"
    r"|(?<![\d.])(?:[4-9]\d|\d{3})hr\b|\b(?:pounds|dollars|euros?|usd|gbp|eur) ?\d{2,5}\b|(?<![\d.])(?:[4-9]\d|\d{3}) ?(?:ph|p/h|/ ?h)\b|(?<![\d.])(?:[4-9]\d|\d{3,5}) d[oó]lares\b"
    r"|\b(?:keep|get|receive|share|split)\b[^.;]{0,12}\d{1,3} ?%|\d{1,3} ?% of\b"
    r"|\b(?:holiday|crisis|surge|special|incentive|critical|urgent|winter|peak)[ -](?:pay|rate|money|price|differential)\b(?! (?:[^.;$£€]{0,30} )?(?:in|per|by|under|as in) (?:(?:your|the|our) )?(?:contract|agreement))|\b(?:double|twice|triple|premium|same|higher|better|extra) (?:pay|rate|money|price)\b|\bdouble (?:for|time)\b|\btime and a half\b|\b1\.5 ?x\b|\bdifferential\b(?! (?:[^.;$£€]{0,30} )?(?:in|per|by|under|as in) (?:(?:your|the|our) )?(?:contract|agreement))",
    _I,
)
"""Of pay that is said without a sign of money, or of more than is told elsewhere."""
BOTH_HALVES = re.compile(
    r"\b(?:both )?(?:(?:regardless of|whether|no matter if|be it)(?: it['’]?s)? )?(?:days? (?:and|or|&) nights?|nights? (?:and|or|&) days?|weekdays? (?:and|or|&) weekends?)(?: alike)?\b",
    _I,
)
EITHER = re.compile(r"\beither\b(?! way)[^.;]{0,80}\bor\b", _I)
"""`Either Tuesday March 16 or Thursday March 18`: one of them."""
SAME_AS_EVER = Quick(
    r"\b(?:the )?(?:same|usual) (?:pay|rate|money|price|deal|terms) as (?:always|usual|ever|before|last (?:time|month|year)|(?:in )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\b",
    _I,
)
"""`Same money as June`: no figure, and none that stands elsewhere in the message."""
CAUSE = Quick(r"\b(?:because of|due to|on account of|thanks to) [^.;,!?\d]{3,40}", _I)
"""Why something is so: an upgrade, or a course, that is no shift."""
SAME_RATE = re.compile(r"\b(?:the )?(?:same|usual) (?:pay|rate)\b(?! (?:as|plus|\+))", _I)
ZONE_SENTENCE = Quick(
    rf"\b(?:all )?(?:times?|hours|start/end|starts? and ends?|everything)\b(?: are| is| listed| shown| given| below| all)*\s(?:in|are|is|:)\s+(?:in )?(?!(?:the )?(?:local|hospital|site|facility)\b)({ZONE_NAMES}|(?-i:[A-Z]{{1,4}}T)|[A-Za-z]{{2,12}}(?= (?:standard |daylight )?time\b))(?: (?:standard |daylight )?times?)?\s*(?:$|[.,;)\n]|(?= (?:as (?:always|usual|ever|before)|throughout|unless (?:otherwise )?(?:noted|stated|marked|specified)|across the board|for (?:all|everyone|everybody)|this time(?: around)?|by the way|btw|please|again|now|too|as well)\b))"
    r"|\btime ?zone:? ?\(?(eastern|central|mountain|pacific|arizona|alaska|hawaii|[ecmp]t|[ecmp][sd]t)\b"
    r"|\b(eastern|central|mountain|pacific|arizona|alaska|hawaii|your)(?: local)? time\b(?! zone \(?[A-Za-z])"
    r"|\btimes?\s+(eastern|central|mountain|pacific|arizona|alaska|hawaii|[ecmp]t|[ecmp][sd]t|utc)\b"
    r"|\bthese are (?:all )?(eastern|central|mountain|pacific|[ecmp][sd]?t) times?\b",
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
DEADLINE = Quick(
    r"\brsvp:?(?= (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))|\b(?:selections?|responses?|replies|answers?|bids?|applications?|requests?|choices?|decisions?|submissions?|rsvps?|picks?|preferences|sign-?ups)(?: are| is)? due(?: (?:by|on|before))?\b|\b(?:(?:please )?(?:hold(?:ing)? (?:it|this|these|them|the \w+)(?: (?:for|open))?(?: you)?|applications?(?: close)?|shout|holler|ring|write back|text back|call back|sign up|reply|respond|responses?|answers?|rsvp|confirm|claim|apply|bids?(?: close)?|let (?:us|me) know|get back to (?:us|me)|deadline|due|offer (?:ends|expires|closes|stands|is good|good)|applications? (?:close|due|end)s?|(?<!as it )(?<!how it )(?<!where it )(?<!as this )(?<!it now )(?<!list )(?<!schedule )stands|closing|(?:i|we|this) (?:close|closes)(?: this| it| the (?:list|books|bidding|posting|window))?|(?:keep|keeping|save|saving)(?: (?:it|this|these|them|the \w+))(?: (?:for|open))?(?: you)?(?= (?:until|till|through|by)\b)|you(?:['’]ve| have)(?: got)?(?= (?:until|till)\b)|lapses|expires|closes|decide|decision|needed|need to know|hear from you|open until|tell (?:us|me)|accept)\b"
    r"[^.;\n\d]{0,30}?(?:\b(?:by|before|until|till|no later than|on|is|within|in(?= \d{1,2} (?:hours?|hrs?|days?)\b)|:)\b|:|=|(?<!the )\blatest(?=:? (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d{1,2}[/.]\d|\d{1,2} [a-z]{3}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|today|tonight|tomorrow|noon))|(?= (?:tonight|today|tomorrow)\b)|(?:(?<=close)|(?<=closes)|(?<=closing)|(?<=expires))(?= \d{1,2}/)|(?:(?<=close)|(?<=closes)|(?<=expires))(?= (?:\d{1,2} [a-z]{3}|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))|\boffer (?:is |stands )?(?:good|open|valid) (?:through|thru)\b|\b(?:no|not) later than|\bdeadline\b:?|\b(?:sign-?ups?|bidding|polls?|picks?|selections?|(?:the |this )?window(?: for [^.;:!?\n]{3,25}?)?) (?:ends?|closes?|shuts?)(?: on)?(?= (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))|\b(?:by|before)\b(?=\s{1,3}(?:the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}|\d{1,2}/|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|noon|tomorrow|tonight|today|end of|close of|cob|eod|5|\d{1,2} ?(?:am|pm|a|p)\b|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b)))",
    _I,
)
ANSWER = re.compile(
    r"\b(?:word|(?:a|one|short|quick) (?:line|note|message|card|ring|yes or no)|repl(?:y|ies)|respon[ds]\w*|answers?|rsvp|let (?:me|us|[A-Z]\w+)|know|tell|told|text|txt|call|ring|write|e-?mail|hear|shout|holler|claim|confirm|apply|applications?|bids?|decide|decision|accept|offer|interested|sign up"
    r"|names?|speak up|wrap (?:this|it|these|things) up|(?:close|lock|nail|firm|button) (?:this|it|these|things) (?:out|in|down|up)|finali[sz]e|settle|sort (?:this|it|these) out|candidates?|submi(?:t|ssions?)|say|yes|no|want|take|open|available|pick|please|pls|plz|need|interest|choices?|preferences?|selections?|thoughts|verdict|yea or nay|commit(?:ment)?|go-ahead|green light|indicate|advise|notify|inform|weigh in|chime in|in touch|put in for|availab(?:le|ility) for (?:this|these|them|it|those|any)|grab|choose|if you can|able|back|reach|contact|melden|closes?|ends?|expires?|gone|goes|by \w+$)\b|^\W*(?:by|before)\b",
    _I,
)
"""What says that a bare `by Friday` is about an answer."""
LENGTH = re.compile(
    r"(?<![\d.$/-])(?<!min )(?<!min\. )(?<!minimum )(?<!at least )(\d{1,2}(?:\.5)?)(?!\s?h?\s?[-–]\s?\d{1,2}\s?h\b)[ -]?(?:hours?|hrs?|h)\b(?! ?(?:/|per|a week|rate|minimum|min\b|guarantee|of (?:cancell?ation|notice|pay|rest|sleep|cme|drive)|notice|min(?:imum)? notice|(?:late )?cancell?ation|show-?up|before|ahead|call|rest|drive|away|block of))",
    _I,
)
"""A length that is said beside the hours."""
WITHIN = re.compile(
    r"\s{0,9}(?:(one|two|three|four|five|\d{1,3}) )?(hours?|hrs?|h|days?)\b(?: of (?:this|receipt|receiving)\b[^.;]{0,20})?",
    _I,
)
NUMBERED = re.compile(
    r"\b(?:shift|slot|req(?:uisition)?|job|order|posting|opening|assignment)s?\s?(?:no\.?|number|id)?\s?#?\d{2,8}\b",
    _I,
)
SOON = Quick(
    r"\b(?:next|this|coming|following) (?:week|weekend|month|(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6})\b|\btonight\b|\btomorrow\b|\b(?:tonite|2nite|2night|tnite|2moro|2morrow|tmr|tmrw|tmw|2day)\b",
    _I,
)
NOT_A_SHIFT = Quick(
    r"\b(?:(?:vaccin\w+|immuni[sz]ation|flu(?: shot)?|shot|covid|blood) (?:clinic|drive|booth)|fit[- ]test\w*|open house|(?:hotel )?check(?:ing)?[- ]?(?:in|out)(?= (?:is|on|at|by|time|date|\d|mon|tue|wed|thu|fri|sat|sun))|clinic hours|skills? (?:lab|fair|day)|site (?:visit|survey)|walk-?through|huddle|retreat|lecture|grand rounds|journal club|(?:fire|disaster|code) drill|mock code|webinar|career fair|potluck|upgrade|downtime|outbound|departs?|arrives?|flight \d|amaprac?|cme credits?|pra credits?|register (?:today|now|here)|meeting|orientation|call me|office (?:hours|is open)|badge|parking|payroll|training|conference|(?:dinner|lunch)(?!['’]?s? (?:is )?on (?:me|us|the house))|party|interview|phone|tel\.?|fax|(?<!np )(?<!pa )(?<!app )(?<!rn )(?<!tech )(?<!nurse )(?<!nursing )support|helpdesk|line is open|peaks?|town hall|in-?service|course|(?<!as )posted|updated on|as of|since(?= (?:\d|last|yesterday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|then|the (?:last|beginning|start)))|sent|last updated|published on|office|front desk|available to talk|reach me|reach us|happy to chat|free to talk|mass|visiting hours|cafeteria|pharmacy hours)\b",
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
WORK = Quick(
    r"\b(?:shifts?|cover|coverage|covering|uncovered|need|needs|needed|locums?|openings?|open(?! house)|slots?|unfilled|available|availability|pick(?:ing)? up"
    r"|swap|trade|per diem|moonlight\w*|sessions?|doctors?|physicians?|providers?|hospitalists?|nocturnists?|work|working|on call|on-call)\b",
    _I,
)
"""Where one of these stands beside it, it may be work after all."""
OFFICE_HOURS = Quick(
    r"\b(?:office|desk|line|front desk|cafeteria|garage|pharmacy|helpdesk|hotline) (?:hours|(?:is|are) (?:open|closed|staffed|available))\b",
    _I,
)
THANKS = re.compile(
    r"\bthank(?:s| you)(?: (?:so|very) much| again| all)? for (?:covering|working|taking|doing|picking up|helping|stepping in|your (?:help|work|time))\b",
    _I,
)
ANSWERED = re.compile(
    r"^\s*(?:(?:re|fwd?|fw)\s*:\s*)*(?:accepted|declined|tentative(?:ly accepted)?|canceled event response)\s*:",
    _I,
)
"""The subject that a calendar gives to somebody's answer."""
NONE_THAT_DAY = re.compile(
    r"(?:[:–—-]|\s{2,9}|=|(?<=\d)(?= (?:closed|off|none|full|all set|staffed|nothing)\b))\s{0,3}\(?(?:none|nothing(?: (?:open|needed|left))?|no (?:needs?|openings?|slots?|shifts?|gaps?|holes?)|full|all set|all good|ok|good|set|n/?a|off|closed|holiday|staffed|fully staffed|x|—|-)\)?[.!]?\s{0,9}$",
    _I,
)
"""`Fri 2/12: none`."""
VAGUE_DAYS = re.compile(
    r"\b(?:week-?ends?|wk?nds?|every|each|first|second|third|fourth|last|\d(?:st|nd|rd|th)|holidays?)\b|\ball (?:\w+ )?(?:days|nights|mon|tue|wed|thu|fri|sat|sun)",
    _I,
)
"""Days of a month that are not dates, and still mean some."""
LEAD = Quick(
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
MORE_DAYS = Quick(
    r"\bfor (?:a|one|the|two|three|four) (?:whole |full |entire )?(?:weeks?|months?|fortnight)\b|[x×] ?[2-9]\b(?!\s?[\d/]| ?(?:h|hr|hours)\b)|\b(?:following|next|subsequent) (?:days|nights|weeks|shifts)\b"
    r"|\b(?:starts|starting|begins|beginning|commences|commencing|effective)(?: on| date)?:? (?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|\d{1,2} [a-z]{3}))"
    r"|\b(?:thru|through|until|till|to) (?:the )?end of (?:the )?(?:month|week|year)\b|\bdaily\b(?! (?:rate|pay|census|volume))|\bevery (?:day|night|other|week)\b|\b(?:ongoing|onwards?)\b|\band (?:after|beyond|later|on)\b",
    _I,
)
"""Beside a single date: it may be the first of several."""
NO_DAY_OF_WORK = Quick(
    r"\b(?:effective|starting|beginning|as of) [^.;!?\n$]{3,24},? (?:our|the|all)(?: new)? (?:[a-z-]{3,14} )?(?:rates?|fees?|polic(?:y|ies)|forms?|portal|system)\b|\b(?:sent|posted|updated|generated|printed|published|as of|since|wrote|written|dated|received|expir(?:es?|ing|ation)|on leave|vacation|out of (?:the )?office|invoices?|payroll"
    r"|timesheets?|policy|birthday|tax(?:es)?|due|upload|licen[cs]es?|certificat\w+|credential\w*)\b",
    _I,
)
"""What else has a date in a message."""
DAYS_OFF = re.compile(r"\b(?:except(?:ing)?|excluding|closed)\b", _I)
"""What stands behind it is a day on which nothing is."""
CLOCK_CHANGE = re.compile(r"\bclocks?\b|\bdaylight\b|\bspring forward\b|\bfall back\b", _I)
OPEN_ONES = re.compile(
    r"(?:still )?(?:open|available|uncovered|unfilled) (?:shifts|dates|days|slots)\s*:$|(?:open|openings|available|gaps|holes)\s*:$",
    _I,
)
ATTACHED = re.compile(r"\battach(?:ed|ment)|\benclosed\b|\bin the (?:file|sheet|spreadsheet|pdf)\b", _I)
LACKING = re.compile(
    r"\b(?:need(?:s|ed)?|short|holes?|gaps?|open|uncovered|nobody|no one|without (?:any )?cover|cover(?:age)?|available|unfilled|can (?:you|anyone|someone)|who can|help)\b",
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
GREETING = Quick(
    r"^(?!.*\b(?:cover(?:s|ing|ed)?|needs?|open|shifts?|at|for|from|has|have|took|tak(?:es|ing|en)|works?|working|got|grabbed|claimed|picked|keeps?|will|take|keep|wants?|h[eo]ld|it|this|that|them)\b)\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)(?!\w)[^.:\d]{0,50}|(?:dr|doctor)\b\.?(?: (?-i:[A-Z])[\w'’.-]*){0,3}(?:,? (?:md|do|phd))?)[,.!:–-]?\s*$",
    _I,
)

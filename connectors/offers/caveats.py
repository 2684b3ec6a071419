"""What a message says beside its shifts that may make them no offer to a physician, in words that are all understood.

They are for nurses; they are an example; the writer corrects what stands above. Nothing of it is turned into a status or
a date: whoever reads it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.offers.outright import PUT_UP
from connectors.offers.quick import Quick
from connectors.offers.states import FIRST_TO
from connectors.offers.takebacks import takes_back
from connectors.offers.taken import is_taken
from connectors.offers.vocabulary import NOT_ALL, unexplained

_I = re.IGNORECASE
_OTHERS = (
    r"(?:(?:nps?|aprns?|apps?|pas?|rns?|lpns?|cnas?|crnas?|emts?|mas)(?![\w/])|nurses?(?: practitioners?)?|nursing|physician assistants?"
    r"|advanced practice \w+|mid-?levels?|scribes?|techs?|technicians?|medics?|paramedics?|residents|fellows|students|interns|volunteers|donors|speakers|proctors|instructors|chaperones|interpreters|pharmacists?|therapists?|dentists?|midwives|psychologists?|social workers?|phlebotomists?"
    r"|(?:internal|employed|in-house|full-?time|permanent|own) (?:staff|physicians|docs|doctors|providers)(?: members)?)"
)
_ALSO_PHYSICIANS = re.compile(
    rf"{_OTHERS}[^.;\n]{{0,12}}\b(?:or|and|/)\b[^.;\n]{{0,6}}\b(?:mds?|dos?|docs?|doctors?|physicians?)\b", _I
)
FOR_OTHERS = Quick(
    rf"\b(?:for|to|by|limited to|restricted to|reserved for|open to|only)(?: (?:the|our|all|any))? {_OTHERS}(?:(?:,? (?:and|or|&) |/|, ){_OTHERS}){{0,3}}(?: only)?(?=\s*(?:[.,;:!)]|$|only\b|at\b))"
    rf"|\b{_OTHERS}(?:,? (?:and|or|&) {_OTHERS}|/{_OTHERS})? (?:shifts?|openings?|slots?|hours|jobs?|positions?|roles?|needed|wanted|needs|only|schedule|roster|list)\b"
    rf"|\b{_OTHERS} (?:may|should|please|are invited to|are welcome to) (?:apply|bid|pick up|claim|sign up|take|reply|respond)\b"
    rf"|\b(?:needs?|seeking|looking for|short|want) (?:an? |some |more |one |another |two |\d )?{_OTHERS}(?! (?:or|and|support|coverage|backup|help)\b)"
    r"|^\W*(?:nps?|pas?|apps?|rns?|lpns?|crnas?|nurses?|techs?|scribes?) (?:coverage|cover) (?:is )?(?:needed|wanted|required|open|available)\b"
    rf"|(?<!with )(?<!w/ )(?<!plus )(?<!and )(?<!has )(?<!have )(?<!no )(?<!have an )(?<!double )(?<!is an )\bAPP (?:coverage|cover)\b"
    r"|\b(?:need(?:s|ed|ing)?|seeking|looking for|short|want(?:s|ed)?)(?: an?| one| some)? (?:ortho\w*|cardiolog\w+|dermatolog\w+|ob/?gyns?|radiolog\w+|anesthesiolog\w+|neurolog\w+|urolog\w+|gastroenterolog\w+|nephrolog\w+|oncolog\w+|patholog\w+|podiatr\w+|optometr\w+|vets?|veterinarians?|surgeons?|chiropract\w+|pulmonolog\w+|endocrinolog\w+|rheumatolog\w+)\b(?! (?:back-?up|support|consults?|on call|available|in house|admits?|patients?|privileges))",
    _I,
)
"""Work that is not a physician's: `NP shift`, `PAs only`, `for internal staff only`."""
SECOND_THOUGHT = Quick(
    r"\bnever ?mind\b(?! (?:the )?(?:mon|tue|wed|thu|fri|sat|sun|\d))|\bnvm\b|^\W*(?:\w{1,8} )?(?:oops|whoops|correction|edit|erratum|typo)\b|\b(?<!not )(?:scratch|strike|forget|ignore|disregard) (?:that|this|it|those|these|the|my|all)\b(?! (?:earlier|previous|prior|other) instructions)"
    r"|(?:\b(?:are|am|is|still|will)|['’](?:re|m|ll))(?: (?:still|also|now|first|be|really)){0,2} (?:hoping|trying|planning|going|looking|try|attempt\w*|aim\w*) to (?:fill|cover|staff|handle|keep) (?:it|this|that|them|these|those|both) (?:in-?house|internally|ourselves|(?:with|from) (?:our |my |the )?own\b)"
    r"|\bship (?:has |had |already )?sailed\b|\bmy (?:mistake|bad|error|apologies for the (?:wrong|error|mistake))\b|\b(?:i|we) (?:meant|should have (?:said|written)|had (?:the|that) wrong|wrote the wrong)\b|^\W*(?:sorry,? )?(?:i )?meant\b|\b(?:make|made) (?:that|it) (?:a |an |the )?(?=\d|\w+day\b|night|day\b|noon|mon|tue|wed|thu|fri|sat|sun)"
    r"|\b(?:found|got|have|has) (?:some(?:one|body)|a taker|takers)\b(?! (?:out|sick|on vacation|who|leaving|off))|\b(?:we|i)(?:['’]re| are|['’]ve| have|['’]m| am)?(?: now| already| all| just)* (?:good|set|covered|got (?:it|this|that|them) (?:covered|handled)?|got it|full(?:y staffed)?|ok now|okay now)(?=\s*(?:[.!,;)]|$|now\b|thanks|for\b))"
    r"|\b(?:thanks|thank you|thx|kudos),?(?: to)? (?:Dr\.? )?[A-Z]?[\w'’-]{0,20} ?for (?:taking|grabbing|picking|covering|stepping)\b|\b(?:is|are|all) spoken for\b|\boff the (?:table|board|market)\b|\b(?:posted|listed|entered|made|put up|went out|is|was|were|are) (?:in error|by mistake|by accident)\b|\bnot real\b|\bthe (?:above|previous|earlier|first) (?:date|time|day|shift|list|message|email|one)s? (?:was|were|is|are) (?:wrong|incorrect|off|a typo)\b|\bwrong (?:date|day|time|shift|month|week|hours)s?\b",
    _I | re.MULTILINE,
)
"""Said behind shifts: they are not as they were told, or to be had no more."""
NOT_REAL = Quick(
    r"\b(?:this is (?:only |just )?an? (?:test|draft|example|sample|template)|(?:test|sample|dummy) (?:message|e-?mail|shift|list|data|only)|for (?:testing|training|demo|demonstration|illustration)(?: purposes)?\b|do not send|draft(?: only|,? not (?:final|sent))|for example|e\.g\.|examples? of (?:the|how|what|a)|new format|imaginary|hypothetical(?:ly)?)\b",
    _I,
)
"""Said of a message, or on a line."""
_SUBJECT_NOT_REAL = re.compile(r"^\W*(?:test|testing|draft|sample|example)\b|\bexample of\b", _I)
LONG_AGO = Quick(
    r"\b(?:last year(?:['’]s)?|last (?:month|week)['’]s|last time (?:it|we|they|this|you|i)\b|remember (?:when|how|last)|back (?:when|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d))|as you (?:may )?(?:recall|remember)|used to|recap of|history of|archive)\b",
    _I,
)
ROSTER = re.compile(
    r"\b(?:who(?: is|['’]s)? (?:working|on|covering|scheduled)|(?:i|he|she|they|we)(?:['’]m|['’]re| am| is| are)? (?:also )?(?:available|free|around|working|on)(?: (?:to work|on|for|these|those|the following))?(?= ?:|$))",
    _I,
)
"""Above days: of those who work on them, or could."""
ROUGH_DAY = re.compile(
    r"(?:(?<!~)~ ?(?![^~\n]*~)|\b(?:(?<!u )(?<!you )around|(?<!what )(?<!how )(?<!mind )(?<!ask )(?<!asked )(?<!asking )(?<!spoke )(?<!talk )(?<!talked )(?<!wrote )(?<!note )(?<!mail )(?<!call )(?<!called )(?<!heard )(?<!word )(?<!thinking )(?<!thoughts )(?<!question )(?<!writing )(?<!is )(?<!it['’]s )(?<!you )(?<!ask you )(?<!me )about|approx\w*\.?|circa|roughly|sometime|any (?:one )?(?:day|night|date|shift|time)s?(?: (?:between|from|in|of|during))?|(?<!every )(?<!each )(?:any )?(?:one|two|three|some|most) of) (?:the )?)"
    r"(?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d))"
    r"|\bsame (?:shift |times? |thing |hours |deal )?(?:(?:the )?(?:next|following)|again|every|each|on|for|goes)\b",
    _I,
)
"""Not just the days that are named: `around 2/20`, `any day 2/20-2/25`, `same next week`."""
MINE = re.compile(
    r"\bmy (?:\w+ )?(?:shift|block|run|weekend)s?\b|\bmy (?:wife|husband|spouse|partner|son|daughter|brother|sister|colleague|friend)\b[^.;]{0,12}\b(?:works?|is on|has|covers?)\b",
    _I,
)
TAKEN_BY_SOME = Quick(
    r"(?<!if )(?<!when )\byou (?:can['’]?t|cannot|could(?:n['’]t| not)|won['’]?t|will not|did(?:n['’]t| not)) (?:do|work|take|make|cover|come|be)\b|\b(?:we|they|team|group|agency|staff|pool|hospitalists?|locums?|residents?)(?: (?:will|can|could|would|are|is|got|have|has)|['’]ll|['’]re)? cover(?:s|ing|ed)?\b(?! (?:your|travel|all|the (?:cost|travel|flight|hotel)|flights?|housing|hotel|malpractice|mileage|airfare|lodging|tail|expenses|both|for))"
    r"|\b(?:I|we)(?:['’]ll| will) (?:do|work|take) (?:it|this|that|them)\b|\bworks? for (?:me|us|him|her|them)\b|\b(?:did|do|does|didn['’]t|had) you (?:still |already |also )?(?:work|have|cover|do)\b(?! (?:an?|any|time|interest|availab))"
    r"|\bto (?:our|the) (?:own |in-?house |employed |internal |core )*(?:staff|team|docs|doctors|group|people|physicians) first\b"
    r"|\byou (?:offered|posted|refused|turned down|passed on|worked|missed|dropped|released|traded|gave)\b"
    r"|(?:\d ?[ap]m?|\d{4}|:\d\d)\W{1,3}(?:me|you|him|her|us|them|team|our \w+|by (?:\w+ )?\w+|(?:the )?agency|yes|ok|okay|no|n/?a)\W*$"
    r"|\b(?:now|back|currently|stays?|staying) with (?:the|our|a) [\w ]{0,15}\b(?:group|team|staff|pool|crew|docs|doctors)\b|\bonly for (?:current|existing|our|in-house|employed|permanent) [\w ]{0,12}\b(?:staff|employees|members|docs|doctors|physicians)\b",
    _I,
)
"""Somebody is said to have them, or to take them."""
TO_CONFIRM = Quick(
    r"\b(?:please|pls|kindly|can you|could you|need you to|to) (?:re-?)?confirm (?:that |you(?:['’]re| are| will be| can still) |your (?:shift|assignment|attendance)|[^.;,]{0,30}\d{1,2}/\d)",
    _I,
)
"""It may be a shift that the reader has already."""
NO_WORK = re.compile(
    r"\b(?:charts|cath lab|call room|room for you|committee|volunteers?|unpaid(?! (?:lunch|meal|break|rest|half))|training (?:shift|session)|backup only|thanks? (?:you )?for your (?:interest|application|patience)|you (?:will|['’]ll) be (?:working|covering|on))\b"
    r"|\byou['’]ll be (?:working|covering|on)\b",
    _I,
)
"""Something else that is open, or paid by nobody, or done already."""
MORE_OF_IT = re.compile(
    r"\buntil further notice\b|\b(?:etc|and (?:more|others|so on|several more)|through(?:out)? the (?:weekend|week|month)|within (?=\d{1,2}(?::\d\d)? ?[ap]))\b|\bwithin (?=\d)(?!\d+ (?:hours?|hrs?|days?|min))",
    _I,
)
"""Days or hours that are not told."""
LESS_PAY = Quick(
    r"\b(?:less|minus) (?:a |an |our |your |the )?(?:\d|fees?|tax(?:es)?|commission|malpractice|insurance|expenses|deductions?|tail|travel|housing|withholding)|\b(?:keep|get|gets|receive|take home|share|split)\b[^.;]{0,14}\d{1,3} ?%|\bcredit(?:s|ed)? (?:of )?(?=[$£€]?\d)|\bdeduct\w*|\bafter (?:fees|deductions)\b",
    _I,
)
"""Not all of the amount is the clinician's."""
_SETTLED_HEAD = re.compile(
    r"\b(?:vacations?|time off|pto|unavailable|blocked|(?:already|fully|all) staffed|staffed(?=:)|completed(?! (?:visit|consult|encounter))|assigned|scheduled|pending|(?:on )?hold|wait-?list(?:ed)?|preview|(?<!be )worked|keeping|(?<!just )dropped(?! (?:at|in|on my|into)\b)|removed|deleted|claimed|payroll|payments?|punch(?:es)?|survey|feedback|evaluation"
    r"|upcoming (?:week|shifts?|schedule|assignments?)|(?<!pick )(?<!choose )(?<!select )(?<!claim )(?<!set )(?<!build )(?:your|my|his|her|their|(?-i:[A-Z][a-z]+['’]s)) (?:week|shifts?|schedule|hours|assignments?|calendar|day)|you(?:['’]re| are) (?:on|in|up)|(?<!to )see you|first day|directions|calendar update|verify|review your|rate your|how was)\b"
    r"|\bI (?:want|can(?!['’]t|not)|could(?!n['’]t| not)|would like|prefer)\b(?! (?:to |also |only |still |now ){0,2}(?:give|offer|let|open|put|book|pay|get|send|release) )",
    _I,
)
"""In a subject or a line above shifts: they may be somebody's already."""
_NEGATED_HEAD = re.compile(
    r"\b(?:not|never|don['’]t|no one|nobody|cannot|can['’]t)\b[^.;?!]{0,30}\b(?:open|available|take|sign up|claim|pick|use|book|work|bid)\b(?! (?:yet|until) (?:filled|covered))",
    _I,
)
_PUT_UP_PLAINLY = Quick(
    r"\b(?:open|openings?|unfilled|uncovered|needs?|needed|can (?:you|any|some)\w*|any(?:one|body)|interested|looking for|grabs|still|pick up|swap|trade|give ?away|offers?|drop|giving|cover(?:age)?|unclaimed|unassigned)\b",
    _I,
)
_BESIDE = (
    (
        "status",
        Quick(
            r"\b(?:dates?|shifts?|these|those|they|all|both|this|it|which)\b[^.;?!]{0,20}\b(?:tentative|provisional|not (?:been |yet |yet been )?(?:approved|authori[sz]ed|final|certain|official|released))\b|\b(?:we|they) (?:may|might) not need\b"
            r"|\bsubject to (?!credit|tax)(?:\w+ ){0,2}(?:credentialing|approval|change|availability|census|volume|confirmation)\b"
            r"|^\W*(?:the )?(?:first|second|third|last|former|latter|1st|2nd|3rd)(?: (?:one|shift|date|day|night))? (?!is (?:an?|our|at an?|for an?) (?:(?:brand|new|newer|small|rural|bigger|regular|longtime)[ -]){1,2}(?:client|site|hospital|clinic|facility|place|account|department|unit|location)\b)(?:is|are|starts?|ends?|runs?|was|has|pays?|needs?|requires?)\b",
            _I,
        ),
    ),
    (
        "hours",
        Quick(
            r"\b(?:hours|times?)\b[^.;?!]{0,20}\b(?:approximate|flexible|may (?:change|vary)|might (?:change|vary)|vary|tentative|estimated)\b|\b(?:add|plus|allow) (?:an?|one|half|thirty|30|\d) ?(?:an )?(?:hours?|min\w*)\b",
            _I,
        ),
    ),
    (
        "choose",
        Quick(
            r"\bonly (?:one|1|two|2) of\b|\bonly (?:need|want|have|looking for|room for) (?:one|1|a single)\b|\b(?:one|1) (?:provider|physician|doctor|doc|person)\b[^.;]{0,12}\bfor either\b|\b(?:one|1) or the other\b|\bnot both\b",
            _I,
        ),
    ),
    (
        "site",
        Quick(
            r"\b(?:[Aa]t|in|for) (?:the |our |their |its )(?:[A-Z]\w+ )?(?i:campus|satellite|annex|sister (?:site|hospital|clinic|campus)|freestanding(?: ed| er)?|new building)\b",
        ),
    ),
    (
        "zone",
        Quick(
            r"\b(?:these|those|they|times?|hours|all|shifts|listed|shown|given|posted)\b(?: (?:are|is|in|times?|listed|shown|given|posted)){1,3} (?:eastern|central|mountain|pacific|[ECMP][SD]?T)\b(?!,? (?:time )?(?:\w+ )?time zone)",
            _I,
        ),
    ),
)
"""In a line apart from the shifts: what it leaves open of them."""
_WHOSE = re.compile(
    r"^\W*(?:(?:current )?(?:provider|physician|doctor|clinician|staff|employee|owner)|(?:assigned|staffed|filled|claimed|covered|taken|worked)(?: (?:to|by|provider))?)\s{0,20}(?::|=|\s{3,20})\s{0,20}(.+)$",
    _I,
)
_NOBODY = re.compile(
    r"[\s?_.–-]*|(?:none|nobody|no one|open|needed|unassigned|unfilled|vacant|available|tb[ad]|n/?a|you\?|pending)[.!]?|.{0,20}\b(?:needed|wanted|md|do|hospitalist|physician)\b.{0,20}",
    _I,
)
_SUPPORT = re.compile(
    rf"(?:(?:(?:\d|an?|one|two|three|four|dedicated|full|x-?ray|lab|front desk|security|triage|charge|and|plus|with|or|on[- ]?site|in[- ]?house|on shift|24/7|overnight|days?|nights?|shared|(?:single|double)[ -](?:physician|coverage)|x ?\d|{_OTHERS}|mas?|receptionists?|clerks?|phlebotomy|radiology|respiratory|ancillary|support|staff|team|supervision)\b|\(\d\)|[\s,/&+.;-])+)",
    _I,
)
_OF_STAFF = re.compile(r"\W*staff", _I)
_COUNTED = re.compile(r"\d|\b(?:an?|one|two|three|mas?|scribes?|tech\w*|on[- ]?site|support)\b", _I)
"""`1 PA, 2 MA, x-ray tech on site`: who works beside the physician; `PA` alone may be whom it is for."""
_WHAT_FOR = re.compile(
    r"^\W*(?:role|position|discipline|profession|(?:provider |shift |staff )?type|category|event|appointment|class|course|activity)\s{0,20}(?::|=|\s{3,20})\s{0,20}(.+)$",
    _I,
)
_OF_WORK = re.compile(r"^\W*(?:role|position|(?:provider |shift )?type)\b", _I)
_SOMEBODY_ELSE = re.compile(
    rf"\b{_OTHERS}\b|\b(?:acls|class|course|drive|fair|training|meeting|cme|vacation|time off|pto|leave|absence|sick|admin|education|unavailable|off|request)\b",
    _I,
)
_PHYSICIANS = re.compile(
    r"(?:\b(?:gps?|house|call|on-?call|rounders?|consults?|sessional|consultants?|specialists?|clinicians?|surgeons?|surgery|intensive|obstetrics?|ob|gyn|p(?:a)?ediatrics?|an(?:a)?esthesia|cardiology|neurology|radiology|physicians?|m\.?d|d\.?o|doctors?|docs?|hospitalists?|nocturnists?|intensivists?|psychiatrists?|em|er|ed|emergency|icu|attending|locums?|tenens|per|diem|prn|days?|nights?|swing|evenings?|overnight|urgent|care|general|adult|internal|family|medicine|im|fm|telehealth|telemedicine|virtual|providers?|shifts?|open|regular|staff|moonlight\w*|1099|contract|independent|contractor|critical|psychiatry|inpatient|outpatient|rounding|admitting|coverage|extra|vacant|needed|onsite|remote|in|person|board|certified|bc|be|or|and|only|mid|late|early|double|single|main|hours?|\d{1,2}(?:h|hr)?)\b|[\s,/&().+-])+",
    _I,
)
_NONE_OPEN = re.compile(
    r"^\W*(?:openings?|remaining|spots?(?: left)?|slots?(?: left)?|available|needed|open)\s{0,20}(?::|=|\s{3,20})\s{0,20}(?:0|none|zero|no|full|nil)\b",
    _I,
)
_NOTE = re.compile(
    r"^\W*(?:notes?|comments?|remarks?)\s*[:=]\s*[^\n]{0,60}\b(?:cancel\w*|unless|tentative|pending|hold|filled|covered|maybe|may be)\b",
    _I,
)
_ASKED_OF_YOU = re.compile(
    r"\b(?:take|taking|cover|covering|swap|trade|want|wants?|pick|picking|grab|giv\w+|need|needs|help|drop\w*|up for|offer\w*|open|available|get rid|anyone|someone|you)\b",
    _I,
)


_ONLY_SOME = Quick(
    r"(?<!\bif you )\b(?:can|could|may|allowed to|able to) only (?:do|take|have|work|pick|get|give|accept|cover|fund|afford|offer) (?:you )?(?:one|1|two|2)\b(?! (?:day|night|shift|hour)s? (?:a|per)\b)|\b(?:may|can) ?not (?:take|have|do|work|pick|claim) more than (?:one|1|two|2)\b|\b(?:one or the other|not both|but not (?:all|both))\b",
    _I,
)
"""`You can only do one`: of those that are told, in whichever line it stands."""


def only_some(text: str) -> set[str]:
    """{"choose"} where a message says that not all of what it tells can be had."""
    return {"choose"} if _ONLY_SOME.search(text) and not NOT_ALL.search(text) else set()


_ROUGH_HOURS = re.compile(
    r"(?:\b(?:around|about|approx\w*\.?|roughly|circa)|~) ?(?=\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)? ?(?:-|–|to) ?\d{1,2}(?::\d\d)? ?[ap]\.?m?\b|\d{4} ?[-–] ?\d{4})|\d ?[ap]m?[ -]ish\b",
    _I,
)


def line_caveats(text: str) -> set[str]:
    """What to ask of the shifts of a line: {"status"}, {"date"}, both or nothing."""
    text = _SAID_LATELY.sub(" ", text)
    doubt = {"date"} if ROUGH_DAY.search(text) or MORE_OF_IT.search(text) else set()
    doubt |= {"pay"} if LESS_PAY.search(text) else set()
    doubt |= {"hours"} if _ROUGH_HOURS.search(text) else set()
    doubt |= takes_back(text)
    patterns = (SECOND_THOUGHT, NOT_REAL, LONG_AGO, TAKEN_BY_SOME, TO_CONFIRM, NO_WORK)
    mine = MINE.search(text) and not _ASKED_OF_YOU.search(text)
    if for_others(text) or mine or is_taken(text) or any(pattern.search(text) for pattern in patterns):
        doubt.add("status")
    return doubt


def for_others(text: str) -> bool:
    """Whether a text may put up work for nurses, scribes or the staff of the house."""
    text = _THE_REST.sub("", text)
    return bool(FOR_OTHERS.search(text)) and not _ALSO_PHYSICIANS.search(text)


_THE_REST = Quick(
    rf"\b(?:offer|give|send|release|open|pass)(?:s|ing)? (?:up )?(?:the (?:rest|others)|what(?:ever)? (?:is|['’]s) left|any left) (?:on )?to (?:the |our )?{_OTHERS}",
    _I,
)
"""What the reader does not take."""


def beside(
    subject: str, heads: Iterable[str], apart: Iterable[str], *, swap: bool, marked: bool = False
) -> set[str]:
    """What to ask of all shifts of a message, for what stands beside them.

    `heads` are its short lines, `apart` all its lines that hold no shift; in a swap a name is of who gives it. `marked`: of
    those who work, it marks the days that nobody does.
    """
    apart = [subject, *apart]
    doubt = {name for name, pattern in _BESIDE for text in apart if pattern.search(text)}
    settled = any(
        (_SETTLED_HEAD.search(FIRST_TO.sub(" ", text)) and not _PUT_UP_PLAINLY.search(text))
        or _NEGATED_HEAD.search(text)
        for text in heads
    )
    if settled or _SUBJECT_NOT_REAL.search(subject) or any(_unreal(text, marked=marked) for text in apart):
        doubt.add("status")
    if any(_odd_field(text, swap=swap) for text in apart):
        doubt.add("status")
    for text in () if swap else apart[1:]:
        doubt |= takes_back(text)
    return doubt


_SAID_LATELY = Quick(
    r"\b(?:catching up|caught up|chat\w*|met|meeting|see(?:ing)? you|saw you|talk\w*|spoke|speaking|cancel\w*|pulled|withdrawn|sent|mention\w*|discuss\w*|ask\w*|told|help\w*|visit\w*|on the phone|e-?mail\w*|call\w*|text\w*|wrote)"
    r"(?: [a-z]{1,8}){0,4} last (?:week|month|year|night|time)\b|\bthank(?:s| you)\b[^.!?;:\d]{0,60} last (?:week|month|year|night|time|shift|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week-?end)\b",
    _I,
)
"""When it was spoken of, or somebody was met; not when the shifts were."""


def _unreal(text: str, *, marked: bool) -> bool:
    text = _SAID_LATELY.sub(" ", text)
    patterns = (SECOND_THOUGHT, NOT_REAL, LONG_AGO)
    rostered = ROSTER.search(text) and not (marked or PUT_UP.search(text))
    return (
        for_others(text)
        or bool(rostered)
        or is_taken(text)
        or any(pattern.search(text) for pattern in patterns)
    )


def _odd_field(text: str, *, swap: bool) -> bool:
    """`Assigned to: Lee`, `Discipline: RN`, `Openings: 0`: a field that says it is somebody's, or nobody's to have."""
    if (found := _WHOSE.match(text)) and not swap:
        beside = _OF_STAFF.match(text) and _COUNTED.search(found[1]) and _SUPPORT.fullmatch(found[1].strip())
        return not (beside or _NOBODY.fullmatch(found[1].strip()))
    if found := _WHAT_FOR.match(text):
        value = found[1].strip()
        plain = (
            _OF_WORK.match(text)
            and not _SOMEBODY_ELSE.search(value)
            and not unexplained(f"- {value}", frozenset())
        )
        return not (plain or _PHYSICIANS.fullmatch(value))
    return bool(_NONE_OPEN.match(text) or _NOTE.match(text))

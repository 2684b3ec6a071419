"""Why somebody is missing: what is said of whoever does not come, and says nothing of the shift but that it is open."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_MISSED = (
    r"(?:doc|doctor|provider|physician|hospitalist|nocturnist|intensivist|clinician|colleague|locum|md)s?"
)
_NO_NAME = r"(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|(?:It|This|That|These|Those|There|Everything|Everyone|Everybody|All|Both|Nights?|Days?|Shifts?|Ones?|The|What|Which|Who|You|We|They|He|She|And|But|So|If|Rates?|Pay)\b)"
_NAMED = rf"{_NO_NAME}(?:Dr\.? )?[A-Z][\w’-]{{1,20}}"
_KIN = r"(?:wife|husband|spouse|partner|son|daughter|mother|father|mom|dad|child|kids?|baby|brother|sister|in-laws|grandmother|grandfather|grandma|grandpa|sitter|babysitter|nanny)"
_SOMEBODY = rf"(?:{_NAMED}|(?i:\b(?:he|she)\b)|(?i:(?:my|our|the|a|an|another|his|her|their|one of (?:our|the|my)|two of (?:our|the)|both of (?:our|the)) (?:[A-Za-z-]{{2,14}} ){{0,3}}?(?:{_MISSED}|{_KIN}|person|regular)))"
_SINCE = r"(?i:(?: (?:still|also|now|currently|suddenly|just|already|unexpectedly|both|all|going to be|apparently)){0,2})"
_AWAY = (
    r"(?i:(?:leaving(?: (?:us|the (?:group|practice|area|team|hospital|state)))?(?= (?:at|in|on|for|after|this|next)\b|\s*[.,;]|\s*$)|out|off|away|sick|ill|home sick|under the weather|stuck|stranded|snowed in|injured|hurt|pregnant|expecting|deployed|retiring|recovering|getting married|not feeling well|unwell)(?! of the (?:running|question)\b)"
    r"|on (?:[a-z]{3,14} )?(?:leave|vacation|holiday|jury duty|bed ?rest|honeymoon|sabbatical)|in (?:labou?r|the hospital|the er|quarantine|isolation|surgery)|having (?:an? )?(?:[a-z]{3,12} )?(?:surgery|baby|procedure|operation))"
)
_BEFELL = (
    r"(?i:(?:has|had|have|got|caught|came down with|is down with|tested positive for)(?: (?:the|a|an|bad|covid|stomach|nasty)){0,3} (?:flu|covid|rsv|norovirus|strep|bug|fever|pneumonia|surgery|baby|migraine|conflict|sick (?:kid|child)|(?:family|death in the) (?:emergency|family)|emergency|accident|fall|jury duty)"
    r"|(?:(?:has|had|have|is|are|was) )?(?:came |come |gone |went )?down with(?: (?!and\b|but\b|so\b)[a-z]{1,14}){1,3}"
    r"|(?:(?:has|have|had|just|recently) ){0,2}moved (?:away|abroad|overseas|out of (?:state|town|the (?:area|state)))"
    r"|(?:broke|tore|sprained|twisted|hurt|injured|threw out|pulled|fractured|dislocated) (?:his|her|their|an?) [a-z]{3,10}|(?:lost|buried) (?:his|her|their) (?:father|mother|dad|mom|husband|wife|brother|sister)"
    r"|(?:(?:has|had|have) )?(?:put|did|done|thrown|threw) (?:his|her|their) (?:back|knee|neck|shoulder|hip|ankle|wrist)(?: out| in)?|(?:has |had )?slipped (?:a|two) discs?"
    r"|(?:has |have |had )?(?:asked|requested|put in) (?:for )?(?:some |a few |a )?(?:time|days?|weeks?|the (?:day|night|week|weekend)|pto|leave|vacation) ?(?:off)?"
    r"|(?:starts?|begins?|started|goes on|went on|is going on|is starting) (?:(?:his|her|their|maternity|paternity|parental|medical|family) ){0,2}(?:leave|vacation|sabbatical|fellowship|retirement)|(?:called|calling) (?:out|in|off)(?: sick)?|went (?:into labou?r|out on leave|home sick|on leave)|gave (?:birth|notice|(?:his|her|their) notice)|(?:quit|resigned|retired|bailed|backed out|dropped out)|had to (?:back|drop|pull) out)"
)
_FILLER = r"(?: (?!but\b|and\b|so\b|works?\b|has\b|have\b|takes?\b|covers?\b|is\b)[A-Za-z'’-]{1,14}){0,6}"
_END = r"(?=\s?[.,;:!?)–—]|\s*$|\s-\s|\s(?:and|so) (?:we|I|now|will be|the|our|they|my|his|her|their)\b|\s(?:leaving|which leaves)\b|\s(?:and|so) (?:[A-Z]\w{1,20} ){1,3}(?:(?:now|still|really) )?(?:needs?|wants?|is (?:now )?(?:short|looking|open|down|in need))\b|\s\()"
_OF_LIFE = (
    r"(?:flights?|plane|train|car|wedding|recital|surgery|operation|procedure|appointment|graduation|game|tournament|match|trip|vacation|holiday|cruise|conference|exam|boards?|court(?: date)?|hearing|jury duty|trial"
    r"|funeral|memorial|party|shower|baptism|christening|reunion|ceremony|rehearsal|concert|play|childcare|child care|daycare|day care|sitter|babysitter|nanny|school|closing|move|visa|interview|reservation|hotel|birthday|anniversary|honeymoon|due date|leave|class|course|lease)"
)
_LIFE_EVENT = (
    rf"(?i:\b(?:(?:my|our|his|her|their|the|an?) |(?-i:(?:Dr\.? )?[A-Z])[\w'’-]{{1,20}}['’]s |(?:(?:daughter|son|wife|husband|kid|mom|dad|mother|father|sister|brother|friend)['’]s ))(?:[a-z'’-]{{2,14}} ){{0,2}}?{_OF_LIFE} "
    r"(?:(?:has|have|had|was|were|is|are|got|been|just|being|also|now|already|suddenly) ){1,3}(?:to be )?(?:moved|rescheduled|postponed|cancell?ed|pulled|changed|booked|delayed|dropped|scheduled|pushed(?: back)?|bumped|on|overlapping|conflicting)"
    r"(?: (?:to|until|on|for|by|from|at|that|this|with) (?!\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d)[a-z'’ -]{2,40})?(?=\s*(?:[.,;!?)]|$)|\s(?:and|so|but)\b))"
)
"""`My daughter's recital got moved to that night`: no shift did."""
_SITTER = r"(?i:\b(?:my|our|his|her|their) (?:babysitter|sitter|nanny|au pair|child ?care|day ?care|ride|dog ?sitter|house ?sitter)(?: (?:has|just|suddenly|again))* (?:cancell?ed|bailed|fell through|quit|is sick|got sick|backed out)(?: on (?:me|us|him|her))?\b)"
LIFE_EVENT = Quick(f"{_LIFE_EVENT}|{_SITTER}")
_HAD_IT = (
    r"(?:(?:Dr\.? )?(?-i:[A-Z])[\w'’-]{1,20}|(?i:\b(?:he|she|somebody|someone|the (?:doc|doctor|physician|other doc|person)|our \w{3,12})))(?i: (?:had|was (?:on|covering|working|doing|down for|signed up for|supposed to (?:work|cover|do|take)|going to (?:work|cover|do|take))|originally had)"
    r" (?:it|this|that|this one|that one|them)(?: originally)?,? (?:but|until|and then|then) (?![^.;!?]*\b(?:cover\w*|tak\w+|took|fill\w+|gone|will|works?|working|pick\w*|grab\w*|claim\w*|gave|given|went to|swap\w*|trad\w+|someone|somebody|instead|still|keep\w*|can)\b)[^.;!?\d]{3,70}(?=\s*[.;!?]|\s*$))"
)
"""`Osei had it but his wife went into labor early.`"""
WHY_OPEN = Quick(
    rf"{_HAD_IT}|"
    rf"\b{_SOMEBODY}(?:['’]s|(?i: (?:is|are|was|were|will be|has been|have been|(?:has|had|have|needs|is going) to be))){_SINCE} {_AWAY}{_FILLER}{_END}(?i: and (?:will be|is) (?:out|off|away){_FILLER}{_END})?"
    rf"|\b{_SOMEBODY}{_SINCE}(?:['’]s)? {_BEFELL}{_FILLER}{_END}|"
    rf"\b(?:Dr\.? [A-Z][\w'’-]{{0,20}}|(?i:(?:(?:a|an|one of our|another|our) )?{_MISSED}|someone))(?: has| have| just| had to){{0,3}} "
    r"(?:call(?:ed)? (?:out|in)(?: sick)?(?! of\b)|(?:is )?out sick|is sick|got sick|dropped out|backed out|fell through)(?: (?:today|tonight|this (?:week|weekend)|for the (?:week|weekend)))?(?= ?[.;,:!)–—-]|$| (?:and|so) (?:we|I)\b| for (?:today|tonight|tomorrow|\d))"
    rf"|(?i:\blost (?:a|an|our|its|their|his|her|one of our|one of their|one|two|another) (?:[a-z]{{3,9}} ){{0,3}}{_MISSED}\b)"
    r"|\b(?:Dr\.? )?[A-Z][\w'’-]{1,20} (?:is|was|will be) out(?= (?:so|and|with|on leave)\b|[.,;])"
    r"|(?i:\bdue to (?:an? |the )?(?:(?:last[- ]minute|sudden|unexpected) )?(?:illness|sick call|vacation|leave|resignation|maternity leave|family emergency|call[- ]?out|vacancy)\b)"
    r"|(?i:\b(?:our|my|one of (?:our|the)|another|two of our|both of our) (?:[a-z]{2,14} ){1,3}(?:is|are|was|will be|called|went|got|has been) (?:out|sick|in sick|off|down|away|on (?:[a-z]{4,12} )?(?:leave|vacation|duty))(?: [a-z]{2,12}){0,5}(?=[,.;!?]|$))"
    r"|(?i:\b(?:sick kid|kid is sick|i am sick|i['’]m sick)\b)"
    r"|(?i:\b(?:my|our)(?: \w{1,12}['’]s)? (?!shift|day|night|one|date|sat|sun|mon|tue|wed|thu|fri)[a-z]{3,12} (?:got|was|is|has been) (?:moved|rescheduled|postponed|delayed|cancell?ed)(?:,? (?=so\b|and (?:now )?I\b)|(?=\s?[.;!]|\s*$)))"
    rf"|\b(?:(?:Dr\.? )?[A-Z][\w'’-]{{1,20}}|(?i:my|our|his|her|the {_MISSED}))(?:['’]s)? (?i:wife|husband|spouse|partner|son|daughter|mother|father|mom|dad|child|kid|baby|brother|sister|grandmother|grandfather)"
    r"(?i: (?:just |has |is |had ){0,2}(?:went into labor|in labor|gave birth|had (?:a|the|her|his) (?:baby|surgery|accident|fall)|having (?:a baby|surgery)|due|expecting|sick|ill|in (?:the )?hospital|got sick|fell ill|died|passed away))(?i: (?:early|suddenly|last night|today|yesterday|this (?:morning|week)))?(?=[.,;!]|$| (?:so|and) (?:we|I)\b)"
    r"|(?i:\b(?:it turns out )?(?:that['’]s|that is|it['’]s|it is) (?:also )?(?:my|our) (?:[a-z]{3,10}['’]s )?(?:wedding|funeral|recital|graduation|birthday|anniversary)\b)"
    r"|\bI(?:['’]m| am|['’]ll be| will be) (?:at|going to|out of|on|away at) (?:an? |my |the )?(?:[a-z]{3,10}['’]s )?(?:wedding|funeral|town|vacation|conference|recital|graduation|leave|trip)\b"
)
"""Why somebody is missing; a name in it is of who does not come."""
_ASKED_TO_COVER = Quick(
    r"\b(?:could|can|would|will) you (?:please |possibly )?(?:cover|see|take|work|do|help)\b", re.IGNORECASE
)


def without_absence(text: str) -> str:
    """The text without why its writer is away, where it asks somebody to cover for that."""
    return WHY_OPEN.sub(" ", text) if _ASKED_TO_COVER.search(text) else text

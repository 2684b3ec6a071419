"""The phrases that say which shifts go together, and how many of them."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE

_DOCTOR = (
    r"(?:physician|doctor|provider|doc|md|person|locum|clinician|hospitalist|intensivist|nocturnist|body)"
)
_WHOLE_OF_IT = r"(?:all(?: (?:the|of(?: the)?|of (?:them|these)))?(?: (?:two|three|four|five|six|seven|[2-9]))?(?: (?:days|nights|shifts|dates|of (?:them|it)))?|both(?: (?:days|nights|shifts|of them))?|the (?:whole|entire|full)(?: (?:two|three|four|five|six|seven|[2-9]))? (?:days|nights|shifts|week(?:end)?|block|run|stretch|set|lot|thing|month|assignment|stint))(?=\s*(?:[.,;:!?)–—]|$| (?:and|so|or|please|only|nothing)\b| - ))"
_IN_PARTS = r"(?:parts? of (?:it|them|the \w+)|single (?:days|nights|shifts|dates|bookings)|singles|one by one|one at a time|individually|singly|piecemeal|separately|in (?:parts|pieces)|partial (?:bookings?|coverage|weeks?|blocks?|shifts?|runs?|stints?)|by the (?:day|night))"
OF_ONE_PERSON = Quick(
    rf"(?:^|(?<=[.;:!?,(] )|(?<=\n)|(?<=but )|(?<=so ))you(?:['’]d| would|['’]ll| will)? (?:have to|need to|must) (?:take|do|work|cover|commit to|have) {_WHOLE_OF_IT}|"
    rf"(?:(?:^|(?<=[.;:!?(] )|(?<=\n))(?:the )?(?:one|a single|same)|\b(?:must|has to|have to|needs? to) be (?:covered|worked|done|filled|taken) by (?:one|a single|the same)) {_DOCTOR},? (?:(?:from )?(?:start|beginning) to (?:finish|end)|throughout)(?=\s*(?:[.,;:!?)–—]|$))|"
    rf"\b(?:no|not|nothing|nobody|no one|none|cannot|\w+n['’]t)\b[^.;:!?,]{{0,30}}\b(?:(?:less|fewer|shorter) than|short of) {_WHOLE_OF_IT}|"
    rf"\b(?:only|just|insist\w* on|has to be|must be|have to be|needs? to be) (?:accept |take |consider |book |approve |credential |have |want |use |sign |hire )?(?:one|a single|the same|1) {_DOCTOR} (?:for|on|to (?:cover|do|work|take)) {_WHOLE_OF_IT}"
    rf"|(?:^|(?<=[.;:!?] )|(?<=, )|(?<=\n))(?:the )?same {_DOCTOR} (?:for|on) {_WHOLE_OF_IT}"
    rf"|\bwho(?:ever)? (?:takes?|wants?|gets?|picks? up|does|works|claims) (?:it|them|these|this|one|any|any of (?:it|them)|(?:the )?(?:first|one)(?: (?:night|day|shift|one))?),? (?:takes|gets|does|works|has|must (?:take|do|work|have)|has to (?:take|do|work)) (?:{_WHOLE_OF_IT}|the (?:rest|others?|lot)\b)"
    rf"|\b(?:(?:it|they|this|these)(?: all)? )?(?:has|have|needs?|must)(?: to)? be (?:all(?: (?:two|three|four|five|six|seven|[2-9]))?|both)(?=\s*(?:[.,;:!?)–—]|$))"
    rf"|\b(?:no|never|(?<!why )(?:do|can|does|will|would|could|(?:(?:it|this|they|these|those|shifts|nights|days|dates|run|block|week|weekend|stretch|set) (?:is|are)))(?: not|n['’]t)|cannot|(?:can|won)['’]t|(?:^|(?<=[.;:!?,(] ))not)\s(?:(?:be |want to |able to |going to |like to |to |please |ask |put |put in |apply |sign up |fill |book |place |sell |give |hand |let |go |taken |booked |filled |sold |given |handed out |offered |available |accept\w* |take |picking |taking |booking |splitting |out |them |it |these |this |the \w+ |for |into |any )){{0,5}}(?:out )?{_IN_PARTS}(?=\s*(?:[.,;:!?)–—]|$| (?:please|out of|from|and|so|here|either|of (?:this|it)|i['’]?m|i am|we)\b))",
    _I,
)
"""`The director accepts only one physician for all five nights`, `please don't put in for part of it`."""
LETTERED_BLOCK = re.compile(r"^\W*(?:block|package|bundle|set) (?:[A-Z]|\d)\b", _I)
"""`Block A: Jan 7, 8, 9`: they may go together."""
ALL_OR_NOTHING = Quick(
    r"\b(?:has|have|needs?|must|got)(?: to)? be (?:just |only )?(?:one|a single|the same) (?:physician|doctor|provider|doc|person|locum|clinician|hospitalist)(?: (?:for|to cover|all|across|throughout)\b)?|\b(?:has to|have to|must|needs? to|can only|will only|should) be (?:taken|worked|covered|done|filled|booked) (?:as (?:a|one) (?:whole|block|unit|set|package|pair)|together|all together|in full)\b|\b(?:both|all(?: \w{2,5})?) together\b|\bmust (?:take|work|cover|do|commit to) (?:the )?(?:full|entire|whole) (?:week|block|run|stretch|set|weekend|month|assignment|thing|lot)\b|\b(?:stays?|stay|go|goes|come|comes|belong|kept|keep|taken|offered|sold) together\b|\boffered (?:only )?as a whole\b|\b(?:goes|go|given|awarded|assigned) to (?:one|a single) (?:person|physician|doctor|provider|doc)\b|\b(?:the )?(?:whole|entire) (?:week|weekend|block|run|stretch|set|lot) or (?:nothing|none)\b|\b(?:has|have|needs?|must) (?:to )?be all (?:\w{2,6} )?(?:days|nights|shifts|dates|of them)\b|\ball(?: \w{1,6})?(?: (?:days|shifts|nights|dates))?[ -]or[ -](?:nothing|none)\b|\b(?:both|all)(?: \w{1,6})?(?: of them)?(?: days| shifts| nights)? or (?:neither|none|nothing)\b|\b(?:whole|entire|full|as a|as one|one|single) block\b|\bmust (?:take|work|cover|do) (?:all|both|the whole|every)\b(?: (?:days|shifts|nights|dates|of them|three|four|two|block))?|\bas a (?:pair|block|set|package|unit)\b|\b(?:(?<!rather )not|cannot|can['’]t|won['’]t|will not|unable to|not (?:be )?(?:able to|going to|want(?:ing)? to|allowed to))(?: be)? (?:split(?:ting)?|splitt?able|divid(?:e|ed|ing)|divisible|separated?|br(?:eak|oken)(?=(?: (?:it|them|this))? up)|sold separately|carve)\b|n['’]t (?:be )?(?:able to|going to|want(?:ing)? to|allowed to)(?: be)? (?:split|divided?|br(?:eak|oken)(?=(?: (?:it|them|this|these))? up))\b|\bindivisible\b|\b(?:as|for) (?:a|one) (?:single|whole) (?:booking|assignment|engagement|contract|unit|piece|stint)\b|\b(?:all|both) (?:days|shifts|nights|dates|three|four|two) (?:together|required|must)\b|\bno splitting\b|\bblock only\b|\bor not at all\b|\b(?:goes?|comes?|only available|available only) as (?:a|one) (?:package|pair|set|block|unit)\b|\btogether only\b|\bonly together\b|\bas a whole\b|\bno partials?\b|\bno (?:partial|single) (?:days?|shifts?|weeks?|blocks?|coverage|dates?)\b"
    r"|\b(?:has|have|needs?|must)(?: to)? be (?:for )?(?:all )?the (?:full|entire|whole)(?: (?:two|three|four|five|six|seven|[2-7]))?(?: consecutive)? (?:days|nights|shifts|dates|week|weekend|run|stretch|stint|assignment)\b"
    r"|\b(?:answer|reply|respond|apply|text|call|claim) if you can (?:work|do|take|cover) (?:all|both|every|the (?:whole|entire))\b",
    _I,
)
MAYBE_WHOLE = Quick(
    r"\b(?:one|a single|the same|1) (?:physician|doctor|provider|doc|md|person|locum)(?: (?:for|to (?:cover|do|work|take))\b)"
    r"|\bwant(?:s|ed)? (?:just |only )?(?:one|a single|the same) (?:physician|doctor|provider|doc|person|locum|body|hospitalist|clinician)\b"
    r"|\brather not (?:split|break|divide)\b"
    r"|\b(?:come|comes|go|goes|sold|booked|taken|treated) as one\b|\btake one,? take (?:them )?all\b|\ball in one\b"
    r"|\b(?:whole|entire|full) (?:(?:two|three|four|five|six|seven|[2-7]) (?:days|nights|shifts|dates)|week|weekend|run|stretch|assignment|month)\b"
    r"|\ball (?:two|three|four|five|six|seven|[2-9]) (?:days|nights|shifts|dates|of them)\b",
    _I,
)
"""It may mean that they go together or not at all."""
_NOT_BLOCK = Quick(
    r"\bnot (?:an? )?all\b|\b(?:no need|need ?n['’]?t|(?:do|does)(?: not|n['’]t) (?:have|need)|not (?:obliged|required|necessary))\b|\bprefer|\b(?:what|which)ever (?:you|suits|works|fits|helps)\b|\bsingle days? (?:is|are|welcome|ok)|\bor single\b|\bwelcome\b|\bideally\b|\bcould\b|\bcan be split\b|\bsplit (?:is )?ok"
    r"|\b(?:one|1|a single|single|any)(?: (?:block|shift|night|day|session|slot|date))? or (?:several|more|many|two|both|all)(?: (?:blocks|shifts|nights|days|sessions|slots|dates|of them))?(?=\s*(?:[.,;:!?)]|$| (?:is|are) (?:fine|ok(?:ay)?|good|great)\b))",
    _I,
)
_SENTENCE = re.compile(r"(?<=[\w)])[.;!?]\s+")
_WHICHEVER = re.compile(r"\b(?:what|which)ever (?:you|suits|works|fits|helps)\b", _I)
EACH = re.compile(r"\beach\b|\bevery\b", _I)
CHOOSE = Quick(
    r"\b(one) (?:more |extra |additional |of )?[^.;:$]{0,60}\b(?:you (?:can|may|could|get to) (?:choose|pick|decide) which|(?:it['’]s )?your (?:choice|pick)|take your pick|(?:choose|pick) which(?:ever)?|whichever (?:one )?you (?:prefer|like|want)(?: better| best| more| most)?)\b|\byou (?:may|can|could) (?:take|pick|choose|have|work) (?:up to |any |only |just )?(one|two|three|four|five|\d{1,2})\b(?! (?:or|up|both))|\b(?:pick|choose|select)\s(?:up to |any |only |just )?(one|two|three|four|five|\d{1,2})\b(?! (?:up|or|for the))|\b(?:take|any|grab)\s(?:up to |any |only |just )(one|two|three|four|five|\d{1,2})\b(?! or)|\bup to (one|two|three|four|five|\d{1,2}) (?:of|shifts|dates|days|nights)\b|(?<!every )(?<!each )(?<!new to )(?<!worked at )(?<!been at )(?<!new at )(?<!about )\b(?:any )?(one|two|three) of (?:the (?:following|two|three|four|five|six)|these|them)\b|\bmax(?:imum)?(?: of)? (one|two|three|four|\d)(?: \w{1,10})? per (?:physician|person|provider|doctor)\b",
    _I,
)
SO_MANY = Quick(
    r"(?<!within )(?<!every )(?<!up to )(?<![\d/.$-])\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -]"
    r"(?:(?:open|available|remaining|uncovered|consecutive|straight|more|other|additional|extra|further) ){0,2}(?:shifts?|days?|nights?|dates)\b"
    r"(?! (?:notice|before|ahead|ago|prior|a week|a month|per|shifts?\b|of (?:this|receipt)))",
    _I,
)
"""Of a line's own shifts; where they are more, or fewer, one of them was misread."""
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
_ANY_NUMBER = Quick(
    r"\b(?:fine|ok(?:ay)?|alright|no problem|nothing wrong|free|welcome|mind)(?: with me)? (?:to|if you|for you to)(?: want to| only| just){0,2} (?:take|do|pick|work|have|grab)(?: only| just)? (?:one|two|three)\b|\bany (?:single )?(?:one|two|three) of (?:them|these|those)(?=[^.;!?]{0,30}\b(?:helps?|great|welcome|wonderful|fine|appreciated|relief)\b)|\b(?:one|two|three|1|2|3)(?:,? (?:two|three|2|3))?,? or (?:all|both|as many|more)\b|\b(?:one|1) or (?:two|both|2|the other)\b",
    _I,
)
"""`You can have one, two or all three`: no choice among them."""
_AWAY_FOR = Quick(
    r"\b(?:away|out|off|gone|absent|unavailable|unable|busy|working|travel+ing|covered|staffed|taken care of)\b(?: (?:for|on|during|at))? (?:one|two|three) of (?:them|these|those|the \w+)\b",
    _I,
)
"""`Dr. Okafor is away for two of them`: how many somebody else misses."""
_AT_LEAST = Quick(
    r"\b(?:at least|a minimum of|minimum(?: of)?|no (?:fewer|less) than|not less than|min\.?) (?:one|two|three|four|five|six|\d)(?: (?:consecutive |straight |full )?(?:of (?:it|them|these|those|this|(?:the|our|my|your)(?: [\w-]{1,12}){0,2} (?:shifts|nights|days|dates|blocks|weekends|runs|slots|ones|two|three|four|five|six|seven|[2-9]|above|below|following|list))|nights?|days?|shifts?|dates|per|in a row)\b|(?=\s*[.,;!]|$))",
    _I,
)
_NO_MORE = Quick(
    r"\b(?:no more than|not more than|at most|limit(?:ed to| of|:)?|maximum(?: of)?|max(?: of)?) (one|two|three|four|five|\d{1,2})(?= (?:of (?:them|these|those|the)|shifts?|nights?|days|dates|each|per (?:doctor|doc|person|physician|provider|clinician))\b(?! (?:in a row|a week|per week)))",
    _I,
)


_END = r"(?=\s*(?:[.;:!?)–—]|\s*,(?! (?:the|an?|my|our|their|for|as)\b(?! (?:rest|others?|third|remaining|sake)))|$| (?:please|pls|so|and|but|or|to|as|tops|max|though|because|only|for now|this time|tell|let|we|i|if)\b| - ))"
_UNIT = r"(?: (?:shifts?|nights?|days?|dates?|of (?:them|these|those|it|the (?:two|three|four|five|six|seven|[2-9]|shifts|nights|days|dates|lot|list))))?"
_SO_MANY_EACH = r"(?:apiece|a ?piece|a head|each(?! (?:day|night|week|month|shift|of|site))|per (?:physician|person|provider|doctor|doc|head|clinician|locum))"
_PICKED = r"(?:take|takes|have|get|gets|give you|give (?:each of |any of )?(?:you|everyone|anyone|anybody)|book you (?:for|on|into)|put you (?:in|down) for|put in for|sign up for|ask for|claim|request|pick|choose|limit(?:ed)?(?: (?:yourself|yourselves|you|everyone|everybody|people|each of you|this|it|them))? to|keep (?:it )?to|stick to|hold (?:it |you |everyone )?to)"
_MOST = r"(?:(?:only|just|at (?:the )?most|no more than|not more than|(?:a )?max(?:imum)?(?: of)?|up to) ?)"
_NUMBER = r"(one|two|three|four|five)"
SHARED = Quick(
    rf"(?:^|(?<=[.;:!?(] )|(?<=, )|(?<=\n)|(?<=\())(?:please,? |so |but |and |just |only ){{0,2}}(?:the )?{_NUMBER}{_UNIT},? (?:at (?:the |the very )?most|max(?:imum)?|tops|(?:{_SO_MANY_EACH}(?: (?:at (?:the )?most|max(?:imum)?|tops|only))?)){_END}"
    rf"|(?:^|(?<=[.;:!?(] )|(?<=, )|(?<=\n)|(?<=\()|(?<=but ))(?:please,? |so |but |and )?(?:at (?:the )?most|no more than|not more than|max(?:imum)?(?: of)?) {_NUMBER}{_UNIT}(?: {_SO_MANY_EACH})?{_END}"
    rf"|\b(?:no ?(?:body|one) |nobody )?{_PICKED} {_MOST}{{1,2}}{_NUMBER}{_UNIT}(?: {_SO_MANY_EACH})?{_END}"
    rf"|\bno ?(?:body|one|-one) (?:gets|takes|can have|may have|should take|has) more than {_NUMBER}{_UNIT}{_END}"
    rf"|\b(?:book you (?:for|on|into)|put you (?:in|down) for|give you|limit(?:ed)?(?: (?:yourself|yourselves|you|everyone|people|it|them))? to) {_NUMBER}{_UNIT}(?: {_SO_MANY_EACH})?(?: only| of the (?:two|three|four|five|six|[2-9]))?{_END}",
    _I,
)
"""`Two at most, please`, `one apiece`, `please limit yourself to two`: how many of them one person may have."""


_ONE_OF_THEM = Quick(
    r"\b(?:choice|choose|choosing|pick|decide) (?:is )?(?:between|among)\b|\b(?:only |just |really )?needs? (?:you |somebody |someone |a doctor )?(?:for )?(?:only |just )?one of (?:them|these|those|the (?:two|three))\b",
    _I,
)
"""`It leaves you the choice between these two.`"""


FREE = Quick(
    r"(?:^|(?<=[.;:!?(] )|(?<=\n)|(?<=, ))(?:(?:you (?:can|may|could|get to) )?(?:take|have|do|work|pick|grab|claim|choose) )?(?:both or either|either or both|one or both|any or all(?: of (?:them|these|those))?|some or all(?: of (?:them|these|those))?|all or some(?: of (?:them|these|those))?|any combination|any of (?:them|these|those)|any number of (?:them|these|those))"
    r"(?: (?:is|are|would be) (?:fine|ok(?:ay)?|good|great|welcome|a help|a (?:big|great|huge) help))?(?=\s*(?:[.;!?)]|$))"
    r"|(?:^|(?<=[.;:!?(] )|(?<=\n))(?:please |just |so |you (?:can|may|could) )?(?:take|have|do|work|pick|grab|claim) (?:whatever|what|whichever|as many as|as much as|any(?: that| which)?|the ones(?: that)?|any of them(?: that)?) (?:you (?:can|could|want|like|wish|please|stand|manage|fancy|feel like|would like)|(?:suits?|fits?|works? for) you)(?: (?:stand|manage|do|bear|take|handle|stomach|cover))?(?=\s*(?:[.;!?)]|$))"
    r"|(?:^|(?<=[.;:!?(,] )|(?<=\n))(?:please |just |so |and )*(?:tell me|let me know|say|tell us|let us know) which (?:of (?:them|these|those)|ones?|days|nights|shifts|dates)? ?(?:(?:would )?(?:suits?|works?(?: for)?|fits?) you|you (?:want|like|can (?:do|take|work|cover)|would like|could do))(?=\s*(?:[.;!?)]|$))",
    _I,
)
"""`Both or either.`, `Take what you can stand.`: any number of them may be had."""
_OF_TAKING = re.compile(
    r"\b(?:choose|pick|choice|call|take|fair\w*|share|please|sorry|others|everyone|everybody|spread|though|again|remember|yours|you may|you can|first come[^,]*)\b",
    _I,
)
"""Before a comma, and behind it how many of them."""
_PERMITTED = re.compile(
    r"\b(?:fine|ok|okay|no problem|happy|glad|mind|free|welcome|if you|even|helps?|rather|prefer\w*|would be|could|perfectly|nothing wrong|great)\b",
    _I,
)
"""`It is fine to take only one`: that is no bound."""


def _shared(text: str) -> re.Match[str] | None:
    for found in SHARED.finditer(text):
        begin = max((one.end() for one in _SENTENCE.finditer(text, 0, found.start())), default=0)
        head = text[begin : found.start()].rstrip()
        if head.endswith(",") and not _OF_TAKING.search(head):
            continue  # `The unit has one NP, no more than two`
        stop = _SENTENCE.search(text, found.end())
        if not _PERMITTED.search(text[begin : stop.start() if stop else len(text)]):
            return found
    return None


def all_or_nothing(text: str) -> bool:
    """Whether a text says that shifts go together or not at all; a preference says nothing of the kind."""
    found = ALL_OR_NOTHING.search(text) or OF_ONE_PERSON.search(text)
    if not found:
        return False
    begin = max((one.end() for one in _SENTENCE.finditer(text, 0, found.start())), default=0)
    # In a sentence of its own it is said of which of them, and not of how much of each.
    return not _NOT_BLOCK.search(_WHICHEVER.sub(" ", text[:begin]) + text[begin:])


def prefers(text: str) -> bool:
    """Whether it only wishes that shifts go together, or says that they need not."""
    return bool(_NOT_BLOCK.search(text))


def least(text: str) -> bool:
    """Whether a text says how many have to be taken at the least: which ones go together then, nobody knows."""
    return _AT_LEAST.search(text) is not None


def choice_of(text: str) -> int | None:
    text = _AWAY_FOR.sub(" ", _AT_LEAST.sub(" ", _ANY_NUMBER.sub(" ", text)))
    found = _NO_MORE.search(text) or CHOOSE.search(text) or _shared(text)
    if not found:
        return 1 if _ONE_OF_THEM.search(text) else None
    word = next(part for part in found.groups() if part).lower()
    return NUMBERS.get(word) or (int(word) if word.isdigit() and int(word) > 0 else None)

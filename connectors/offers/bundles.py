"""The phrases that say which shifts go together, and how many of them."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE

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
    r"\b(?:one|two|three|1|2|3)(?:,? (?:two|three|2|3))?,? or (?:all|both|as many|more)\b|\b(?:one|1) or (?:two|both|2|the other)\b",
    _I,
)
"""`You can have one, two or all three`: no choice among them."""
_AWAY_FOR = Quick(
    r"\b(?:away|out|off|gone|absent|unavailable|unable|busy|working|travel+ing|covered|staffed|taken care of)\b(?: (?:for|on|during|at))? (?:one|two|three) of (?:them|these|those|the \w+)\b",
    _I,
)
"""`Dr. Okafor is away for two of them`: how many somebody else misses."""
_AT_LEAST = Quick(
    r"\b(?:at least|a minimum of|minimum(?: of)?|no (?:fewer|less) than|not less than|min\.?) (?:one|two|three|four|five|six|\d)(?: (?:consecutive |straight |full )?(?:of|nights?|days?|shifts?|dates|per|in a row)\b|(?=\s*[.,;!]|$))",
    _I,
)
_NO_MORE = Quick(
    r"\b(?:no more than|not more than|at most|limit(?:ed to| of|:)?|maximum(?: of)?|max(?: of)?) (one|two|three|four|five|\d{1,2})(?= (?:of (?:them|these|those|the)|shifts?|nights?|days|dates|each|per (?:doctor|doc|person|physician|provider|clinician))\b(?! (?:in a row|a week|per week)))",
    _I,
)


_ONE_OF_THEM = Quick(
    r"\b(?:choice|choose|choosing|pick|decide) (?:is )?(?:between|among)\b|\b(?:only |just |really )?needs? (?:you |somebody |someone |a doctor )?(?:for )?(?:only |just )?one of (?:them|these|those|the (?:two|three))\b",
    _I,
)
"""`It leaves you the choice between these two.`"""


def all_or_nothing(text: str) -> bool:
    """Whether a text says that shifts go together or not at all; a preference says nothing of the kind."""
    found = ALL_OR_NOTHING.search(text)
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
    found = _NO_MORE.search(text) or CHOOSE.search(text)
    if not found:
        return 1 if _ONE_OF_THEM.search(text) else None
    word = next(part for part in found.groups() if part).lower()
    return NUMBERS.get(word) or (int(word) if word.isdigit() and int(word) > 0 else None)

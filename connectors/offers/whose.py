"""Whose an amount is: whether a sentence says that it is of another shift, place or person, not settled, or not all theirs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from connectors.offers.quick import Quick
from connectors.offers.tokens import Token

_PEOPLE = r"(?:nurses?|rns?|residents?|fellows?|nps?|pas?|apps?|crnas?|techs?|students?|interns?|employees|staffers|regulars|locals)"
_OF_OTHERS = Quick(
    rf"\b{_PEOPLE} (?:here |there )?(?:all |only |usually |also )?(?:get|gets|make|makes|earn|earns|are paid|is paid|moonlight\w*|charge|charges|take|takes)\b[^.;,$£€]{{0,20}}[$£€]"
    r"|[$£€] (?:is |are )?(?:only |just )?for (?:(?:the|our|any|all|those|an?) )?(?:new|board|certified|fellowship|experienced|senior|junior|second|third|backup|whoever|whomever|people|folks|hires?|returning|first-?time\w*|tier)\b"
    rf"|[$£€] for (?:(?:the|our|any|all|an?) )?{_PEOPLE}\b|[$£€] for (?:his|hers|her|himself|herself|theirs?|themselves)\b"
    r"|\b(?:competitors?|market (?:is|rate|pays|runs|seems)|union (?:wants|scale|rate|pays)|others (?:get|pay|are|make)|somebody else|other (?:place|hospital|site|group|agency|agencies|hospitals|places)|across town|down the (?:road|street)|next door)\b[^.;,!?$£€]{0,25}[$£€]"
    r"|[$£€],? (?:is )?(?:the )?(?:agency|client)(?:['’]s)? (?:rate|price|fee|cost|charge|side|budget)\b|[$£€][^.;!?$£€]{0,20} to (?:the |our |your )?(?:agency|client)\b|[$£€][^.;,!?$£€]{0,12}\bbill\b",
    re.IGNORECASE,
)
_NOT_FINAL = Quick(
    r"\b(?:tentative\w*|unconfirmed|un-?approved|not (?:yet )?(?:final|confirmed|approved|signed|official|settled)|tb[cd]|to be (?:confirmed|approved|determined)|pending|subject to|contingent|provisional\w*|proposed|budget\w*|(?<!as )quot(?:ed|es|ing)|hop(?:e|es|ing) to (?:get|pay|reach|hit|offer|push|bring|go)|being discussed|under discussion|negotiat\w*|in talks|fingers crossed|aim(?:ing|s)? (?:for|at)|in the works|waiting (?:for|on) (?:it|that|this|the|final|written|approval|confirmation|sign\w*|word)|rumou?r\w*)\b"
    r"|\b(?:ask(?:ed|ing|s)|hop(?:e|es|ing)|holding out|fighting|pushing) for [$£€]|\b(?:comes?|taken?|goes?) (?:off|out of) (?:that|it|this|the)\b|\b(?:given|upon|with|on) (?:the |final |their )?(?:approval|sign-?off|clearance)\b"
    r"|\b(?:around|roughly|about|approx\w*\.?|ballpark|somewhere|neighbou?rhood of|close to|nearly|almost) [$£€]|~ ?[$£€]|[$£€] ?(?:ish|or so|or thereabouts|give or take)\b"
    r"|[$£€] (?:last|previous|prior) (?:month|year|week|time|quarter|season)\b|[$£€] ?\?\s*$|^\W*[$£€]\W*\?"
    r"|\b(?:less|minus) (?:an? |our |your |the |my |their )?(?:\d|fee|cut|commission|percentage|tax)|\bbefore (?:the |our |any |all )?(?:agency|fees?|tax(?:es)?|deductions|commission|expenses|(?:their|my) (?:cut|fee|share))\b",
    re.IGNORECASE,
)
"""Not all of it is the clinician's, or nobody has agreed to it, or nobody knows how much."""
_UNDER_A_CONDITION = Quick(
    r"[$£€](?:,? (?:but )?(?:only )?| ?\()(?:once|assuming|provided|as soon as|as long as|so long as|given that you|for whoever|after you|contingent|starting with|to whoever)\b|[$£€] (?:if|when) you[^.;!?$£€]{0,25}\b(?:both|all|two|three|four|five|\d)\b|\bif you[^.;!?$£€]{0,25}\b(?:both|all|two|three|four|five|\d),? (?:it['’]?s |it is |they are |you get )?[$£€]",
    re.IGNORECASE,
)
_NOT_SAID = Quick(
    r"\b(?:(?:would|could)(?! (?:you|u|any|some|either|one of you|be|come to|run|love|like|appreciate|(?:really |sure |still |definitely )?use)\b)|might|(?-i:may)|should|try|tries|trying|tried|ask|asks|wants|wish(?:es)?|see (?:if|whether)|let me (?:see|check|ask)|refused?|declined|rejected|balked|turned down|denied|(?:nobody|no one) (?:has |will |would )?(?:approved?|pays?|agreed?|okayed|gets?)|no way|never|does not|do not|will not|cannot|as high as|as much as|maybe|perhaps|possibly|probably|hopefully|supposedly|reportedly)\b[^.;!?,$£€]{0,30}[$£€]"
    r"|n['’]t\b(?! (?:beat|forget|miss|worry|hesitate|mind|complain|tell))[^.;!?,$£€]{0,30}[$£€]|\b(?:what|how) about [$£€]|\bwould [$£€]",
    re.IGNORECASE,
)
"""`I will try to get $215/hr`, `They refused $215/hr`: nobody says that it is paid."""
_IF = Quick(
    r"[$£€][^.;!?,$£€]{0,12}\bif (?!you(?:['’](?:d|re|ve)| are| were| would| have)?(?: (?:still|also|at all|ever|possibly|both|by chance))? ?(?:want|prefer|choose|like|can\b|could|free|open|available|interested|up for|around|able|willing|need|care|wish|game|have (?:any )?(?:questions?|time|room|space|interest))|(?:that|this|it|either|any of (?:it|them|these|those))(?:['’]s| is)? ?(?:any )?(?:helps?|works?|suits?|sounds?|appeals?|interests?|of interest|matters?|makes|ok|fits|tempts)|(?:any(?:one|body)|interested|not|so))",
    re.IGNORECASE,
)
"""`$215/hr if nobody else bites`, and not `$215/hr if you want it`."""
_FOR = Quick(
    r"[$£€] only\b|[$£€], only (?:for|on|if|when)\b|[$£€](?: (?:flat|total|each|apiece|straight|even))? (?:just )?for (?!(?:the |a |an |your |each |every |any |all |both |this |that |these |those |either |whatever |whichever |whole |full |entire |of |one |two |three |four |five |six |seven |\d{1,2} |\d{1,2}-hour |short |extra |first |late )*"
    r"(?:them|it|these|those|all|both|each|every|everything|any|anything|either|whatever|whichever|that|this|you|us|now|(?:shifts?|days?|nights?|evenings?|week-?ends?|weeks?|blocks?|slots?)(?! ?(?:#|no\b|number|one\b|two\b|three\b|four\b|\d|[a-d]\b))|runs?|stretch|sets?|pairs?|sessions?|hours?|hrs?|\d{1,2}s?|twelve|lot|dates?|ones?|two|three|four|five|six|seven|month|quarter|holiday|season|work|coverage|cover|assignment|trouble|notice|inconvenience|hassle|short notice|ask|pain|drive|covering|taking|doing|working|stepping|helping|coming|please|favou?r)\b)",
    re.IGNORECASE,
)
"""`$215/hr for the early one`, `$215/hr for shift two`: of what else than all of them."""
_FIRST_ONLY = Quick(
    r"\bfor (?:the |your |our )?first (?:\w{1,6} )?(?:months?|weeks?|shifts?|days?|nights?|visits?)\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"\b(?:that|this)(?: last| first| one| 1)? (?:one|shift|night|day|slot|block)\b|\bthe (?:first|second|third|last|other) (?:one|of)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "two": 2,
    "both": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "6": 6,
}
_SO_MANY = re.compile(
    r"\b(?:(?:the|those|these|for|all)(?: (?:last|first|other|next|top|bottom|final))? (?P<number>two|three|four|five|six|[2-6])|(?P<both>both))\b(?: (?:shifts?|nights?|days?|of (?:them|these|those)|ones|dates|slots|blocks|sessions|evenings))?(?= (?:is|are|pay|pays|at|go|run|get|will)\b|[^\w]*[$£€]|[^\w]*$)",
    re.IGNORECASE,
)
"""`those two are $155/hr`."""
_FROM_A_MONTH = re.compile(
    r"\b(?:as of|start(?:s|ing)?(?: in)?|begin(?:s|ning)?(?: in)?|effective|from|come|after|since|in|through|thru|until|till)(?: (?:the )?(?:early|mid|late|1st|first|end|start|beginning)(?: of)?)? $",
    re.IGNORECASE,
)
_WORK = r"(?:backup|back-up|jeopardy|charge|supervis\w+|precept\w+|teaching|(?:cath lab|phone|beeper|pager|home|back-?up|stroke|trauma) call|orientation|training|onboarding|charting|documentation|admin time|meetings?|drive time|travel time|stand-?by)"
_UNIT = r"(?:icus?|micu|sicu|picus?|nicus?|peds|pediatrics?|paediatrics?|trauma|urgent care|wards?|step-?down|l&d|labou?r (?:and|&) delivery|obs?|psych|clinics?|fast track)"
_OF_WORK = Quick(
    rf"\b(?P<work>{_WORK})\b[^.,;!?$£€]{{0,20}}[$£€]|[$£€] (?:for|in|at|on|during|when)\b[^.,;!?$£€]{{0,20}}\b(?P<behind>{_WORK}|{_UNIT})\b"
    rf"|\b(?P<unit>{_UNIT})\b[^.,;!?$£€]{{0,20}}\b(?:is|are|['’]s|pays?|gets?|runs?|goes)\b[^.,;!?$£€]{{0,12}}[$£€]",
    re.IGNORECASE,
)
"""Where else somebody may work, and what else may be paid; `Urgent care queue, $122/hr` without a verb is what the shifts are."""


def is_another(text: str) -> bool:
    """Whether an amount, told as `$`, is somebody else's, not agreed to, not all of it theirs, or paid on a condition."""
    return any(
        found.search(text)
        for found in (_OF_OTHERS, _NOT_FINAL, _UNDER_A_CONDITION, _NOT_SAID, _IF, _FOR, _FIRST_ONLY)
    )


def is_of_one(text: str, days: Sequence[date]) -> bool:
    """`that one is $155/hr`: of a single one of the shifts on these days; `that day` is all of them where they are on one."""
    found = _OF_ONE.search(text)
    together = len(days) == 1 or (
        bool(days)
        and len(set(days)) == 1
        and found is not None
        and found[0].lower().endswith(("day", "night"))
    )
    return found is not None and not together


def counted(text: str) -> int | None:
    """How many shifts an amount is said to be of; None where it says nothing of that."""
    found = _SO_MANY.search(text)
    return _NUMBERS[(found["number"] or found["both"]).lower()] if found else None


def of_other_days(text: str, tokens: Iterable[Token], days: Collection[date]) -> bool:
    """`$220/hr on Sundays`, `$200/hr starting in April`, beside shifts that are not all of them on such a day."""
    return any(
        (
            token.kind == "month"
            and _FROM_A_MONTH.search(text, 0, token.start) is not None
            and (not days or any(day.month != token.value for day in days))
        )
        or (
            token.kind == "weekday"
            and token.text.lower().endswith("days")
            and (not days or any(day.weekday() != token.value for day in days))
        )
        for token in tokens
    )


def of_other_work(text: str, elsewhere: str) -> bool:
    """`Orientation is $100/hr`, `$255/hr for the ICU`: of a unit or a work that nothing else in the message names."""
    named = {
        word.lower()
        for found in _OF_WORK.finditer(text)
        for word in (found["work"], found["behind"], found["unit"])
        if word
    }
    low = elsewhere.lower()
    return any(low.count(word) <= text.lower().count(word) for word in named)

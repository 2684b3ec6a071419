"""Clauses that describe a shift, an amount, or why all of them go to one person; the shifts stay as they are told."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_END = r"(?=\s*(?:[.,;:!?)]|$))"
_WHOSE_PAY = r"(?:yours|your (?:rate|pay|share|cut)|what you(?:['’]d| would| will)? (?:get|see|earn|make|take home)|for you)"
DESCRIBED = (
    Quick(r"\b(?:I['’]m|we['’]re|I am|we are)(?: (?:really|still|a bit|totally|completely))? stuck (?=for\b|on\b)", _I),
    Quick(
        r"\b(?:which|that)(?: (?:has|had|have|just|only|also))* (?:opened|came|popped|turned|freed|showed|became)(?: (?:up|open|in|available|free|vacant))? (?:right |just |shortly |soon )?(?:after|since|while|as) (?:we|you|I)(?:['’]d| had| were| last)?"
        rf" (?:hung up|spoke|talked|chatted|spoken|talking|chatting|speaking|e-?mailed|texted|met|got off(?: the (?:phone|call))?|wrote|left(?: (?:the|your) (?:phone|call|office|message))?){_END}",
        _I,
    ),
    Quick(
        rf"\b(?:our |the |their |a )?(?:bill(?:ing)?|client|agency|charge) (?:rate|price|figure)(?: is| that is|,)?,? (?:and |so )?not {_WHOSE_PAY}\b|\b(?:they|the client|the hospital|we) (?:get|is|are) billed\b",
        _I,
    ),
    Quick(
        r"\b(?:volumes?|census|visits|arrivals|patient numbers)\b(?:(?! (?:and|but|so)\b)[^.;:!?\d$£€]){0,90}? (?:(?:has|have|had|are|is|been|nearly|almost|about) ){0,3}(?:grown|growing|risen|rising|climbed|gone up|up|doubled|tripled|increased|dropped|fallen|down)"
        r" by (?:about |nearly |almost |over |more than |some )?(?:an?|one|two) (?:third|thirds|half|quarter|fifth|lot|bit)\b",
        _I,
    ),
    Quick(r"^\W*as you (?:may|might|probably|will|must|all|surely)? ?(?:have )?(?:hear|heard|know|saw|seen|noticed|recall|remember)\b,?", _I),
    Quick(
        r"\b(?:so )?(?:please |pls )?(?:forgive|excuse|pardon|bear with) (?:me|the (?:typos|voice|rambling|mess|noise)|any (?:typos|mistakes))(?= we\b| (?:but|and) we\b|\s*(?:[.,;:!?)]|$))",
        _I,
    ),
    Quick(r"(?:(?<=thanks )|(?<=thank you )|(?<=ok )|(?<=okay )|(?<=[.!,;] ))(?:good)?bye(?: (?:now|for now))?(?: (?:period|send))*\W*$", _I),
)  # fmt: skip
"""Who is short, when a shift came up, whose an amount is not, how busy it is, and what somebody who dictates says of that."""
OF_MONTH = {
    month: Quick(
        rf"\b{name} (?=(?:wknds?|week-?ends?|week-?days?|nights|days|shifts|dates|openings|holes)(?: open| left)?\s?:)",
        _I,
    )
    for month, name in ((3, "mar(?:ch)?"), (5, "may"))
}
"""`may wknds:` above days of May: a month, though it is a word as well."""
WHY_WHOLE = Quick(
    r"(?:[,;–—-]|\b(?:because|since|as)) ?(?:they|we|he|she|the (?:client|site|hospital|facility|unit|clinic|director))(?:['’]d)?"
    r" (?:won['’]t|will not|can(?:['’]t|not)|do(?:es)?(?: not|n['’]t)(?: want to)?|would(?: not|n['’]t)|(?:are|is)(?: not|n['’]t) (?:going|able) to)"
    r" (?:orient|credential|onboard|badge|house|fly(?: in)?|train|bring in|set up|pay for|hire|use|want)"
    rf" (?:two|2|more than one|several|multiple|(?:two|2) different|different)(?: (?:people|persons|doctors|physicians|docs|providers|locums|clinicians))?{_END}",
    _I,
)
"""`It has to be all five days, they won't orient two people`: beside what says that they go together."""

"""What is not asked, not there, or not bad: denials beside shifts that take nothing back of them."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_BURDEN = (
    r"(?:peds|pediatrics?|ob|trauma|traumas|codes?|icu|intubations?|procedures?|admissions?|admits|overnights?|home visits?|house calls?|visits|driving|travel|inpatient|outpatient|rounding|supervision|teaching|residents"
    r"|students|meetings|paperwork|scribes?|call ?backs?|boarding|boarders|surprises|fuss|frills|complaints|prior auths?|refills?|inbox|in-?basket|call|on-?call|pager|commute|benefits|withholdings?|fees?|contract|commitment|experience|weekends|nights|holidays)"
)
_EASY = r"(?:pressure|worries|problems?|stress|rush|biggie|big deal|obligation|drama|hurry|guilt|offen[sc]e|hard feelings|strings|catch|issue|trouble|judgment|questions asked|excuses? needed|explanation needed)"
_FINE = rf"(?:no {_EASY}|(?:that['’]s|that is|it['’]s|all) (?:fine|ok|okay|good|alright|understood)|I (?:totally |completely |fully )?(?:understand|get it)|just (?:say so|say no|ignore (?:this|me)))"
DENIALS = (
    Quick(
        rf"\b(?:absolutely |really )?no {_EASY}(?: attached)?(?: (?:at all|whatsoever|either way|if not|if you can(?:['’]t|not)|if (?:it|this|that|they) (?:do|does|is|are)(?:n['’]t| not)(?: [a-z]{{2,8}}){{0,3}}))?(?=\W|$)",
        _I,
    ),
    re.compile(
        rf"\b(?:no|zero|without|minimal|very little|little|hardly any|not much|not a lot of|not many)(?: (?:any|overnight|home|extra|in-house|actual|real))? {_BURDEN}(?:(?:,|,? or|,? and)(?: no)? {_BURDEN}){{0,3}}(?: (?:required|needed|expected|necessary|involved|duties|responsibilities|coverage|at all))?\b(?! (?:rate|pay|shifts?|\$|\d))",
        _I,
    ),
    re.compile(
        r"\b(?:is|are|was|['’]s|['’]re)(?: not|n['’]t) (?:(?:all )?(?:too|so|very|that|terribly|overly|super|usually|particularly) )*(?:bad|busy|far|hard|difficult|crazy|heavy|complicated|terrible|awful|high|sick|demanding)\b|\bnot (?:too|so|very|that|terribly|overly|at all) (?:bad|busy|far|hard|difficult|crazy|heavy|complicated|sick|demanding)\b",
        _I,
    ),
    Quick(
        r"\b(?:please )?(?:do not|don['’]t|won['’]t|wouldn['’]t|would not|will not) (?:hesitate|worry|be shy|be afraid|be offended|feel (?:bad|obliged|obligated|pressured)|mind|stress|panic)(?: (?:to|about|if)(?! (?:you|we|they|i) (?:have|cancel|take))[^.;!?\d]{0,40})?",
        _I,
    ),
    Quick(
        rf"\b(?:and |but )?(?:if (?:not|you can(?:['’]t|not)(?: (?:make it|do it|swing it))?|(?:it|that|this|they|none of (?:these|them)) (?:do|does|is|are|wo|will)(?:n['’]t| not)? ?(?:work|works|suit|fit|possible|good|your thing)?(?: (?:for|out for) you)?),? {_FINE}|{_FINE},? if (?:not|you can(?:['’]t|not)))",
        _I,
    ),
    re.compile(
        r"\bcan(?:['’]t|not) (?:thank you enough|wait to (?:have|see) you(?: back| again)?|stress (?:it|that) enough|beat (?:it|that|the [a-z]{3,10}))\b|\b(?:did(?:n['’]t| not)|do(?:n['’]t| not)) want to (?:bother|bug|pressure|push|impose|overload)\b(?: you)?(?: (?:again|but|too much|with this))?",
        _I,
    ),
)
COUNTED = Quick(
    r"\b(?:census|volumes?|panel|list|caseload|load)(?: (?:is|of|at|runs?|running|runs|sits|sitting|stays?|staying|has been|hovers|hovering|averages|averaging|tends to be|currently|usually|typically|around|about|near|roughly|under|over|only|just)){0,5} \d{1,3}(?: ?(?:-|to) ?\d{1,3})?(?: (?:right now|these days|lately|today|now))?\b"
    r"|\b(?:about |around |roughly |up to |usually |typically |with |only )?(?:\d{1,3}|one|two|three|four|an?) (?:apps?|nps?|pas?|scribes?|mas?|nurses?|techs?|residents?|fellows?|hospitalists|docs|admits|admissions|new admits|encounters|consults|encounters|exam rooms|rooms|stories|beds?|bays?)(?: (?:on|on with you|with you|on site|in house|to help|for support|support|per shift|each (?:shift|day|night)|a (?:shift|day|night)|at a time|too|overnight)){0,3}(?=\s*(?:[.,;!)]|$)| and\b)",
    _I,
)
"""How many patients there are, and who else works beside you."""

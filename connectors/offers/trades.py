"""The phrases of those who give a shift away, or swap it for another."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE

WANTED = Quick(
    r"(?<!one )(?<!body )(?<!who )(?<!u )(?<!you )\b(?:wants? back|wants?|wanted|in (?:return|exchange)|looking (?:for|to take)|would (?:take|like(?! to (?:trade|swap|give|drop|offer|switch|part|get rid|hand))|love(?= your\b))|(?:['’]d|i) (?:love|like|want)(?= your\b)|needs? back|takes?(?! my\b)|for your|for (?:any|an?|some|one|whichever|another|either|something|anything)(?: (?:other|one|single|of your|of the))?(?: (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}| (?:week)?(?:days?|nights?|ends?)| evenings?| mornings?| shifts?| ones?)(?: (?:days?|nights?|shifts?|evenings?))?\b(?! (?:at|off))|trade for|swap for|in trade|yours?:|requesting|requests)",
    _I,
)
YOURS = Quick(
    r"[,;–-]?\s?(?:\b(?:so|and|then) )?\b(?:(?:it|they|this|that|these|those) (?:is|are)|(?:it|they|that)['’](?:s|re)) (?:all )?yours\b(?: (?:if|for) (?:you (?:want|like) (?:it|them)|the asking|the taking))?",
    _I,
)
"""Beside a day until which to answer: put up, and not given yet."""
GETS = re.compile(
    r"^\W*you(?:['’]d| would| will|['’]ll)? (?:take|get|receive|work|pick up|cover|have|do)\b:?|^\W*(?:for )?you\s?[:=–—-]\s|^\W*(?:my (?:shift|leg|side|night|day|offer)|mine|I(?: would|['’]d)? (?:give|offer|drop))\s?[:=–—-]\s",
    _I,
)
"""In a trade that is put to the reader: what they would work."""
YOU_GIVE = re.compile(
    r"^\W*(?:in (?:return|exchange),? )?(?:you(?:['’]d| would| will|['’]ll)? (?:give(?: up| away)?|drop|lose|hand over|trade away|release)|your (?:shift|side|leg))\b"
    r"|^\W*(?:(?:and|in (?:return|exchange)),? )?I(?:['’]d| would| will|['’]ll| could| can)? (?:work|take|cover|get|do|pick up|have)\b:?\s*(?=your\b)|^\W*I(?:(?:['’]d| would| will|['’]ll) (?:get|take|work|receive|pick up|cover)\b:?|(?: get| receive)\b:?|(?: would)? (?:work|take|cover|do)\s?:)\s|^\W*(?:me|mine to (?:work|take)|I (?:work|take|cover|get|do)|for me)\s?[:=–—-]\s",
    _I,
)
"""In a trade that is put to the reader: what they would no longer work."""
MINE = re.compile(r"^\W*(?:mine|my (?:shift|side|leg|half))\s?:", _I)
"""Before the shift that its writer gives."""
GIVES = re.compile(
    r"^\W*(?:gives?|giving|offers?|offering|have|has|drops?|dropping|trading)\b:?", _I | re.MULTILINE
)
NOTHING_WANTED = re.compile(
    r"^\W*(?:wants?|wanted|looking for|needs?|in (?:return|exchange)|requests?|seeks?|takes?|for|return|exchange)\W{1,4}(?:nothing|none|n/?a|no(?: (?:swap|trade|return|exchange)s?)?|-|–|—|just (?:coverage|cover|to give it away)|coverage only|give-?away)\b[^\d]{0,40}$",
    _I,
)
"""`Wants: nothing in return`."""
WANTS = re.compile(
    r"^\W*(?:wants?|wanted|looking for|needs?|in (?:return|exchange)|requests?|seeks?|takes?)\b:?",
    _I | re.MULTILINE,
)
"""Labels of the two legs of a swap, one a line."""
GIVEN = re.compile(
    r"\b(?:giv(?:e|es|ing)(?: away| up)?|offers?|up for grabs|give-?away|hand(?:s|ing)? over|cover my|take my|pick up my|give away)\b",
    _I,
)
DAY_GIVEN = re.compile(
    r"\b(?:swap|trade|switch|give (?:up|away)|giving (?:up|away)|take|cover|pick up|grab|drop|unload|get rid of|up for grabs|offload)\b",
    _I,
)
"""Of a shift that somebody would rather not work."""
NO_TRADE = Quick(
    r"\b(?:no (?:swap|trade|return|exchange)(?:s)?(?: (?:needed|necessary|required|wanted|expected))?|nothing (?:wanted|needed|expected|required)?(?: ?in (?:return|exchange))?|just (?:give|giving) (?:it|them) away|not (?:looking|asking|wanting|trying) (?:for|to) (?:an? )?(?:trades?|swaps?|exchange|anything (?:back|in return))|not a (?:swap|trade))\b",
    _I,
)
"""It is given away."""
SWAP = Quick(r"\b(?:swap|trade|exchange|switch)\b|\bin return\b|\bwants? back\b", _I)

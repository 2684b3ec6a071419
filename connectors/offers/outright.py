"""What is said of a whole message: that it is taken back, is of settled shifts, or puts shifts up."""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
TAKEN_BACK = Quick(
    r"\b(?:disregard|ignore) (?:this|that|my|the (?:message|mail|e-?mail|text|above|last|previous|list))\b|\bsent (?:in error|by mistake|to the wrong)\b|\bwrong (?:list|dates?|e-?mail|message|person)\b"
    r"|\b(?:was|is) (?:only )?a test\b|\btest (?:message|e-?mail)\b|\bremove (?:these|this|them|it) from your (?:calendar|schedule)\b",
    _I,
)
"""Said of the whole message."""
OF_EARLIER = Quick(
    r"\b(?:disregard|ignore) (?:(?:my|our|the|any|all) )?(?:earlier|previous|last|prior|yesterday['’]s) (?:e-?mails?|messages?|notes?|notices?|texts?|postings?|requests?)\b(?: about (?:it|this|that|these|them))?",
    _I,
)
"""Beside a shift that is gone: what put it up holds no more."""
RETRACTED = Quick(
    r"\b(?:disregard|ignore) (?:my|the|our|that|this|yesterday['’]s|(?:this morning|last (?:night|week))['’]s)(?: (?:earlier|previous|last|prior|recent))?(?: cancell?ation| withdrawal| filled)?"
    r" (?:cancell?ation|withdrawal|e-?mail|message|note|notice|text)\b",
    re.IGNORECASE,
)
"""Of what was said before, in a message that says a shift is back."""
WRONG_LIST = re.compile(r"\bwrong (?:list|dates?)\b", _I)
OF_THE_PAST = Quick(
    r"\b(?:your|my|the) (?:\w+ )?(?:confirmation|cancell?ation|schedule|roster|rota|timesheet|time sheet|invoice|shifts|application|request|booking|assignments?)\b"
    r"|\b(?:confirmation|cancell?ation|timesheet|invoice|recap|receipt|denied|declined|rejected|(?<!pricing )(?<!rate )(?<!rates )(?<!pay )(?<!bonus )approved|application|booking (?:details|confirmation)|you worked|schedule change)\b",
    _I,
)
"""In a subject or a heading: the message may be about shifts that are settled."""
SETTLED_OUTRIGHT = Quick(
    r"\b(?:confirm(?:ed|ation)|(?<!pricing )(?<!rate )(?<!rates )(?<!pay )(?<!bonus )approved|denied|declined|rejected|cancell?(?:ed|ation)|timesheet|time sheet|invoice|receipt|awarded|booked|recap)\b",
    _I,
)
IN_NEED = Quick(
    r"\b(?:open(?:ings?)?|available|still|unfilled|uncovered|needs?|needed|gaps?|holes?|can (?:you|any|some)\w*|anyone|anybody|who can|interested)\b",
    _I,
)
"""Of shifts that are to be had, whatever the subject says."""
REQUEST = Quick(
    r"\b(?:pick[- ]?up|open|available|offer|coverage|cover|swap|shift|bid|claim|trade|drop) (?:requests?|bids?|applications?)\b",
    _I,
)
"""Names of what was asked for; nothing in them is put up."""
PUT_UP = Quick(
    r"\b(?:open|openings?|availab\w+|need(?:s|ed)?|unfilled|uncovered|vacan\w+|who can|can (?:you|any|some)\w*|any(?:one|body)|interested|reply|respond|claim|apply"
    r"|(?:is|are|still|have|ones?|shifts?|days?|nights?) left|these remain|remaining|unclaimed|desperate\w*|begging|beg|rescue|help|favou?r|short|grabs|offer(?:s|ed|ing)?|pick|take|accept|swap|cover(?:age)?|looking for|still|first come|gaps?|holes?|bids?)\b",
    _I,
)
"""What nobody writes who only tells of settled shifts."""

"""What they who decide over shifts did about them, in a sentence that names none: then whether they are still to be had is a question.

A client, a unit, a budget, a contract: `Funding fell through`, `The site has decided to use their own staff`.
"""

from __future__ import annotations

import re

from connectors.offers.quick import Quick

_I = re.IGNORECASE
_HAVE = r"(?:['’](?:s|ve)|\s(?:has|have|had))?(?:\s(?:now|just|already|since|also|finally|recently|sadly|unfortunately))?"
_WHO = (
    r"\b(?:the|our|their|this|that|my|your)\s(?:[\w'’-]{2,14}\s){0,2}?(?:client|hospital|site|facility|clinic|group|department|unit|ward|ed|er|icu|administration|admin"
    r"|management|leadership|director|chief|cmo|board|agency|program|practice|center|centre|customer|system|county|owner|team|scheduler)s?"
)
_WHAT = (
    r"\b(?:(?:the|our|their|this|that|your|all|any)\s)?(?:[\w'’-]{3,14}\s){0,1}?(?:contract|agreement|funding|budget|deal|arrangement|engagement|assignment|coverage|need|order"
    r"|requisition|search|staffing|approval|grant|position|posting|opening|request)s?"
)
_LOST = r"(?:pulled|cut|cancell?ed|terminated|withdrawn|lost|frozen|suspended|revoked|rescinded|eliminated|scrapped|dropped|axed|ended|expired|lapsed|denied|not renewed|put on hold|on hold)"
_ELSE = r"(?:own|internal(?:ly)?|in-?house|else|another|other|elsewhere|someone|somebody|directly|themselves|permanent|residents|staff)"
_OTHERWISE = Quick(
    rf"{_WHO}{_HAVE}\s(?:decided|opted|elected|chose|chosen|agreed|preferred|prefers?|plans?|intends?|wants?|is going|are going)\s(?:to\s)?(?:not\s|just\s|now\s)?(?:use|go|staff|cover|fill|keep|handle|close|cancel|pull|work|run|do|hire)\b[^.;!?]{{0,30}}\b{_ELSE}\b"
    rf"|{_WHO}{_HAVE}\s(?:decided|opted|elected|chose|chosen)\s(?:against|not to (?:use|fill|proceed|go|have|bring|book|hire|staff|need|cover|continue))\b"
    rf"|{_WHO}{_HAVE}\s(?:found|secured|identified|hired|located|lined up|arranged|got|booked)\s(?:[\w'’-]{{1,12}}\s){{0,2}}?(?:someone|somebody|coverage|cover|a (?:doctor|physician|provider|locum|replacement|taker)|another|(?:their|its) own|internal(?:ly)?|a permanent)\b"
    rf"|{_WHO}{_HAVE}\s(?:went|gone|moved|go|goes|is going|are going)\s(?:with (?:another|someone|somebody|a different|the other|their own|its own|in-?house)|(?:in )?another (?:way|direction)|internal(?:ly)?|in-?house|a different (?:way|direction))\b"
    rf"|{_WHO}{_HAVE}\s(?:pulled|withdrew|withdrawn|closed|cancell?ed|removed|dropped|scrapped|froze|frozen|suspended|rescinded|ended|terminated)\s(?:the|its|their|this|that|these|those|all)\s(?:[\w'’-]{{2,12}}\s)?(?:line|need|request|position|posting|order|contract|shift|opening|date|night|day|requisition|search|assignment|coverage|locum)s?\b"
    rf"|{_WHO}\s(?:is|are)\s(?:now\s|already\s|fully\s|completely\s|all\s){{0,3}}(?:staffed|covered|all set|full)\b(?!\s(?:by|with|from|under|in|at|on|for|through|24|around))"
    rf"|{_WHAT}{_HAVE}\s(?:fell|fallen|falls?)\s(?:through|apart)\b"
    rf"|{_WHAT}\s(?:was|were|has been|have been|got|is|are)\s(?:now\s|just\s|also\s|all\s|since\s){{0,2}}(?:{_LOST})\b"
    rf"|{_WHAT}\s(?:is|are)\s(?:now\s|all\s|already\s){{0,2}}(?:off|gone|complete|done|over|dead|void|finished|closed|met|satisfied)\b(?=\s*(?:[.,;!]|$|now\b|for\b))"
    r"|\bthere(?:['’]s| is| are)\s(?:no (?:more |longer (?:a |any )?|further )?|not any (?:more )?)(?:need|demand|funding|budget)\b(?=\s*(?:[.,;!)]|$)|\s(?:now|any ?more|any ?longer|at this (?:time|point)|for (?:an? )?(?:locum|physician|doctor|coverage|cover|help)\b))"
    r"|\b(?:applications?|bidding|bids|sign-?ups?|registration|enrollment|requests?)\s(?:is|are|has been|have been)\s(?:now\s|all\s|already\s){0,2}(?:closed|over|full)\b"
    r"|\bthere(?:['’]s| is| are)\s(?:now\s|already\s)?(?:coverage\b(?=\s*(?:[.,;!]|$))|(?:an?|another|one|two|three|enough|other)\s(?:\w+\s)?(?:physician|doctor|doc|provider|locum|taker|candidate)s?\s(?:now\s|already\s)?(?:booked|confirmed|lined up|in place|covering|assigned|committed|selected|scheduled)\b)"
    r"|\b(?:residents|internal staff|staff|hospitalists|the team|in-?house (?:docs|doctors|staff)|permanent (?:docs|doctors|staff)|they)\s(?:are|will be)\s(?:now\s)?(?:covering|taking|working|doing)\s(?:them|it|those|these|that|this)\b",
    _I,
)
_NOT_SO = re.compile(
    r"\b(?:if|until|unless|whether|would|could|once|when|before|in case|not yet|n['’]t|never)\b", _I
)


def settled_otherwise(sentence: str) -> bool:
    """Whether who or what decides over shifts may have taken them away, outright and not in some case."""
    found = _OTHERWISE.search(sentence)
    return found is not None and not _NOT_SO.search(sentence, 0, found.start())

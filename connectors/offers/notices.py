"""Sentences that say how shifts stand, as people write them to a colleague: the shifts, a verb, and around both whatever else.

`I'm sorry to say that the Mesa night on Fri 2/19, 7p-7a, went to Dr. Hale, who asked first`: the shifts are the subject or
the object of a verb that settles them. Each such sentence becomes its plain form (`Mesa Fri 2/19, 7p-7a - filled`). What
leads up to it and the reasons behind it may be in any words, where they do not turn the status round, leave it open, or
name a day, an hour, an amount or a place of their own; else the sentence stays as it is, and is read word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from connectors.offers.asked_for import asked_for, decision
from connectors.offers.naming import (
    EACH,
    KINDS,
    OF_SHIFTS,
    PERSON,
    SOMEBODY,
    TURNS,
    TURNS_REASON,
    dated,
    is_harmless,
    sentences,
    shifts_named,
    without_asides,
)
from connectors.offers.page import Page
from connectors.offers.quick import Quick
from connectors.offers.tokens import Token

_I = re.IGNORECASE
Outcome = Literal["withdrawn", "confirmed", "reinstated", "moved"]
_PLAINLY: dict[Outcome, str] = {
    "withdrawn": " - filled",
    "confirmed": " - confirmed",
    "reinstated": " - available again",
    "moved": " has been moved to ",
}

_LATELY = r"(?: (?:now|just|all|both|already|since|also|sadly|unfortunately|unexpectedly|regrettably|finally|officially|formally|either|been|have|has|had|to|today|yesterday|overnight|this morning))"
_AUX = rf"(?:is|are|was|were|has|have|had|got|gets|['’]s){_LATELY}{{0,4}}"
_VERBS: tuple[tuple[Outcome, Quick], ...] = (
    (
        "moved",
        Quick(
            rf" {_AUX} (?:moved|rescheduled|shifted|postponed|pushed|bumped)(?: (?:back|out|over|forward|up))? to(?= )",
            _I,
        ),
    ),
    (
        "withdrawn",
        Quick(
            rf" {_AUX} (?:(?:cancell?ed|called off|scrapped|axed|nixed|withdrawn|pulled|removed)(?: (?:by|from) (?:the|our|their) (?!other\b|new\b)[a-z]{{3,12}}(?: [a-z]{{3,12}})?)?"
            rf"|(?:filled|covered|claimed|grabbed|snapped up|scooped up|picked up|taken)(?: (?:by|with|from|in-house|internally)(?: {SOMEBODY})?)?"
            rf"|(?:given|assigned|awarded|promised|released|handed) to {SOMEBODY}|given away|spoken for|taken (?:off|down from) the (?:schedule|board|list|grid|calendar|rota|roster))(?=\W|$)"
            rf"| (?:went|has gone|have gone|fell) to {SOMEBODY}(?=\W|$)"
            r"| (?:is|are) no longer (?:needed|required|available|open|going ahead|happening|running|on the schedule)(?=\W|$)"
            r"| (?:will not|won['’]t) (?:be needed|be running|run|go ahead|happen|take place|be going ahead)(?=\W|$)",
            _I,
        ),
    ),
    (
        "reinstated",
        Quick(
            rf" {_AUX} (?:reinstated|restored|put back on the (?:schedule|board|calendar|rota|roster|grid)|back on)(?=\W|$)",
            _I,
        ),
    ),
    (
        "confirmed",
        Quick(
            r" (?:is|are|has been|have been)(?: (?:now|both|all|officially|formally|finally)){0,2} (?:confirmed|approved|booked|yours)(?: for you)?(?=\W|$)",
            _I,
        ),
    ),
)
"""Behind the shifts."""
_WE = r"(?:I|we|they|(?:the|our) (?!other\b)[a-z]{3,14}(?: (?:desk|director|team|office|manager|chief|group))?)(?:['’](?:ve|d))?"
_DOWN = r"(?:down|booked(?: in)?|scheduled|signed up|confirmed|slotted in|locked in|set|on the (?:schedule|board|books|calendar|roster|rota))"
_NEAR = r"(?: (?:now|all|both|officially|formally|just|already|also|still|hereby|happily|gladly))"
_HEADS: tuple[tuple[Outcome, Quick], ...] = (
    (
        "confirmed",
        Quick(
            rf"^(?:(?:I|we)(?:['’]ve| have)(?: got)? you{_NEAR}{{0,2}} {_DOWN}|you(?:['’]re| are|['’]ve been| have been| remain){_NEAR}{{0,3}} (?:confirmed|approved|accepted|selected|{_DOWN})|you were{_NEAR}{{0,2}} (?:approved|accepted|selected|chosen|picked))(?= )(?: to (?:work|cover)| for(?= )| on(?= )| at(?= )| in(?= ))?",
            _I,
        ),
    ),
    (
        "confirmed",
        Quick(
            r"^(?:(?:I|we)(?:['’](?:m|re|ve)| am| are| have)? )?(?:(?:just|now|already|went ahead and) ){0,2}(?:put|putting|signed|signing|got|locked) you (?:(?:down|in|on|up)(?: on the (?:schedule|board|books|calendar|roster|rota))?|on the (?:schedule|board|books|calendar|roster|rota))(?= (?:for|on|at) )(?: (?:for|on|at))",
            _I,
        ),
    ),
    (
        "confirmed",
        Quick(
            rf"^(?:{_WE}|§)(?: (?:has|have|had|just|now|also|officially|formally)){{0,3}} (?:confirmed|approved|accepted|booked|scheduled|selected) you(?: (?:for|on|at|to (?:work|cover)))?(?= )",
            _I,
        ),
    ),
    (
        "reinstated",
        Quick(rf"^(?:{_WE}|§)(?: (?:has|have|had|just|now|also)){{0,3}} (?:reinstated|restored)(?= )", _I),
    ),
    (
        "withdrawn",
        Quick(
            rf"^you(?:['’]re| are|['’]ve been| have been| were){_NEAR}{{0,3}} (?:taken off|removed from|pulled off|pulled from|released from|cancell?ed for|called off for)(?= )"
            r"|^you (?:(?:were|have|are)(?: not|n['’]t)|['’]ve not)(?: been)? (?:selected|chosen|picked|accepted|awarded)(?: for)?(?= )|^you did(?: not|n['’]t) get(?= )",
            _I,
        ),
    ),
    (
        "withdrawn",
        Quick(
            rf"^(?:{_WE}|§)(?: (?:has|have|had|just|now|also|to|unfortunately|sadly)){{0,3}} (?:cancel(?:led|ed)?|scrap(?:ped)?|withdr[ae]wn?|withdrew|pull(?:ed)?)(?= )",
            _I,
        ),
    ),
    (
        "withdrawn",
        Quick(
            rf"^(?:{_WE}|§)(?: (?:has|have|had|just|now|also|unfortunately|sadly)){{0,2}} (?:(?:picked|chose|chosen|selected|hired|took|went with|gone with|decided on|settled on) (?:an?other|a different|some(?:one|body) else)(?: {PERSON})?) for(?= )",
            _I,
        ),
    ),
)
"""Before the shifts; `§` is a site."""
_GAVE = Quick(
    rf"^(?:{_WE}|§)(?: (?:has|have|had|just|now|also|unfortunately|sadly|already)){{0,3}} (?:(?:gave|given|awarded|assigned|released)|(?<=had )to (?:give|award|assign|release))(?= )",
    _I,
)
_TO_SOMEBODY = re.compile(rf" to {SOMEBODY}(?=\W|$)", _I)
"""`We gave the Friday night to Dr. Hale`."""

LEADS = re.compile(
    r"(?:(?:unfortunately|sadly|regrettably|alas|sorry(?: to say)?|apologies|great|ok|okay|good|perfect|awesome|wonderful|excellent|super|hooray|yes|(?:some )?(?:good|great|bad|sad|happy|quick|exciting) (?:news|note|update)|congrat(?:s|ulations)|update|fyi|heads up|note|just so you know|so you know|please note|please be advised|be advised"
    r"|as (?:discussed|agreed|feared|expected|promised|hoped)|all good|never ?mind|thanks|thank you|(?:just )?to confirm|(?:it is )?with regret)(?: that)?\b"
    r"|(?:(?:I|we)(?:['’]m|['’]re| am| are) )?(?:(?:very|so|really|just|truly|most|terribly|awfully) )*(?:afraid|(?:sorry|happy|glad|pleased|delighted|thrilled|sad|writing|able) to (?:say|report|share|announce|confirm|(?:tell|inform|advise|let) you(?: know)?)|sorry|glad|pleased|happy)(?: that)?\b"
    r"|(?:I|we) (?:regret to|have to|hate to|must|wanted to|need to|can)(?: (?:sadly|unfortunately))? (?:say|report|share|announce|confirm|(?:tell|inform|advise|let) you(?: know)?)(?: that)?\b|(?:just )?(?:to let you know|letting you know|confirming)(?: that)?\b)"
    r"[\s,:!.–—-]*",
    _I,
)
_SUITS = re.compile(
    r"(?:(?P<day>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)|that|this|it)(?: day)?(?:['’]s| is| works| sounds| would be)(?: (?:just|really|so|all|very|for (?:us|me)))*(?: (?:good|great|fine|perfect(?:ly)?|well|ok|okay|awesome|wonderful|super|for (?:us|me)))?[,;!.–—-]+\s*(?:so )?",
    _I,
)
"""`Thursday is good, putting you down for 5/6 …`: what suits, before what is settled."""
_BECAUSE = re.compile(
    r"(?:because of|due to|owing to|on account of|given|with|thanks to|since|as|because)\b", _I
)
_SO = re.compile(r",? (?:so|and)(?: now| sadly| unfortunately)? (?!then\b)", _I)
"""`The roof is leaking, so …`: why, before what came of it."""
_CUT = re.compile(r",\s+|\s+(?=(?:the|your|our|this|that|both|we|you|they|I)\b)", _I)

_ALSO_YOURS = re.compile(
    r"[,;]? (?:and|so) (?:you(?:['’]re| are)(?: (?:now|still|again|once more|back)){0,2} (?:the (?:assigned|scheduled|booked) \w+|assigned|scheduled|booked|confirmed|down for it|on it|on the schedule)|(?:it )?(?:is|['’]s|stays|remains) (?:still |all |again )?yours(?: again)?)(?=\W|$)",
    _I,
)
"""`…, and you are still the assigned physician`."""
LONGEST_LEAD = 90
"""Characters."""


class _Notice(NamedTuple):
    what: Outcome
    shifts: str
    to: str = ""


def in_plain_words(page: Page, text: str) -> str:
    """The text with each sentence that plainly settles shifts in its plainest form; all of the text, or nothing of it."""
    if not page.has_slot(text):
        return text
    if (page.scope.status or (page.told_above and page.told_above[0])) in ("withdrawn", "confirmed"):
        text = without_asides(page, text)
    if told := decision(page, text) or asked_for(page, text):
        return told
    plain, behind = "", []
    at = 0
    for start, end in sentences(text):
        sentence = text[start:end].rstrip(" .!")
        found = _notice(page, sentence.strip())
        if found:
            plain += text[at:start] + _told(found) + text[start + len(sentence) : end]
        else:
            plain += text[at:end]
            behind.append(sentence)
        at = end
    if plain == text or any(TURNS.search(one) or page.has_slot(one) for one in behind):
        return text
    return plain


def _told(notice: _Notice) -> str:
    return f" {notice.shifts}{_PLAINLY[notice.what]}{notice.to}"


def _notice(page: Page, sentence: str) -> _Notice | None:
    """What a sentence says of its shifts, where all around them changes nothing."""
    if not page.has_slot(sentence) or sentence.endswith("?"):
        return None
    suits = _SUITS.match(sentence)
    if suits:
        day = f"{suits['day']} " if suits["day"] else ""
        found = _verb_before(page, sentence[suits.end() :])
        return found._replace(shifts=_on_that_day(page, day, found.shifts)) if found and day else found
    for lead in _leads(page, sentence):
        rest = sentence[lead:]
        found = _verb_behind(page, rest) or _verb_before(page, rest)
        if found and not (found.what in ("confirmed", "reinstated") and _SO.search(sentence, 0, lead)):
            return found  # `Sign the form and you are booked for …` is a condition.
    return None


def _on_that_day(page: Page, day: str, shifts: str) -> str:
    """The shifts with the weekday before their one date, where they name none: it has to be that of the date."""
    tokens = page.lex(shifts)
    dates = [token for token in tokens if token.kind in ("date", "month")]
    if len(dates) != 1 or any(token.kind == "weekday" for token in tokens):
        return shifts
    return f"{shifts[: dates[0].start]}{day}{shifts[dates[0].start :]}"


def _leads(page: Page, sentence: str) -> Iterator[int]:
    """Where the sentence proper may begin: at once, behind what leads up to it, or behind a reason that is told first."""
    at = 0
    while (found := LEADS.match(sentence, at)) and found.end() > at:
        at = found.end()
    yield at
    for cut in _SO.finditer(sentence, at, at + LONGEST_LEAD):
        reason = sentence[at : cut.start()]
        if not (TURNS.search(reason) or dated(page, reason)):
            yield cut.end()
    if not _BECAUSE.match(sentence, at):
        return
    for cut in _CUT.finditer(sentence, at, at + LONGEST_LEAD):
        reason = sentence[at : cut.start()]
        if not TURNS_REASON.search(reason) and not dated(page, reason):
            yield cut.end()


def _verb_behind(page: Page, text: str) -> _Notice | None:
    """`The Friday night was cancelled`."""
    for what, pattern in _VERBS:
        found = pattern.search(text)
        shifts = shifts_named(page, text[: found.start()]) if found else None
        if not found or not shifts or (_SINGULAR.match(found[0]) and _listed(page, shifts)):
            continue
        behind = text[found.end() :]
        if what in ("confirmed", "reinstated") and _OF_SOMEBODY.search(text, 0, found.start()):
            return None
        if what == "moved":
            return _moved(page, shifts, behind)
        if what == "reinstated" and (yours := _ALSO_YOURS.match(behind)):
            return _settled("confirmed", shifts, page, behind[yours.end() :])
        return _settled(what, shifts, page, behind)
    return None


_OF_SOMEBODY = re.compile(r"\b(?:my|his|her|their)\b", _I)
_SINGULAR = re.compile(r" (?:is|was|has|gets|['’]s)\b", _I)


def _listed(page: Page, shifts: str) -> bool:
    """`Thu 2/18 7a-7p, Fri 2/19 7a-7p is filled`: several days that nothing joins, and one of them it is."""
    dates = sum(token.kind == "date" for token in page.lex(shifts))
    return dates > 1 and not re.search(r"\band\b|&|\bto\b|\bthrough\b", shifts, _I)


def _verb_before(page: Page, text: str) -> _Notice | None:
    """`You are confirmed for the Friday night`."""
    tokens = page.lex(text)
    subject = next((token for token in tokens if token.kind == "site"), None)
    lead = re.match(r"(?:the )?", text, _I)
    named = subject is not None and lead is not None and subject.start == lead.end()
    told = f"§{text[subject.end :]}" if subject and named else text
    for what, pattern in _HEADS:
        if found := pattern.search(told):
            return _object(page, what, _site(subject, named=named), told[found.end() :])
    if found := _GAVE.search(told):
        to = _TO_SOMEBODY.search(told, found.end())
        shifts = shifts_named(page, told[found.end() : to.start()]) if to else None
        if to and shifts:
            return _settled("withdrawn", f"{_site(subject, named=named)}{shifts}", page, told[to.end() :])
    return None


def _settled(what: Outcome, shifts: str, page: Page, behind: str) -> _Notice | None:
    return _Notice(what, shifts) if is_harmless(page, behind, what) else None


def _site(subject: Token | None, *, named: bool) -> str:
    return f"{subject.text} " if subject and named else ""


def _object(page: Page, what: Outcome, site: str, text: str) -> _Notice | None:
    """The shifts that a verb is followed by, up to the last word that says when, where or for how much."""
    kinds = OF_SHIFTS if what == "confirmed" else KINDS
    last = max((token.end for token in page.lex(text) if token.kind in kinds), default=0)
    last += text[last : last + 1] == ")"
    each = EACH.match(text, last + 1)
    last = each.end() if each else last
    shifts = shifts_named(page, text[:last], kinds)
    return _settled(what, f"{site}{shifts}", page, text[last:]) if shifts else None


def _moved(page: Page, shifts: str, behind: str) -> _Notice | None:
    last = max((token.end for token in page.lex(behind) if token.kind in KINDS), default=0)
    to = shifts_named(page, behind[:last], day_only=True)
    sites = {token.value for part in (shifts, to or "") for token in page.lex(part) if token.kind == "site"}
    if not to or len(sites) > 1 or not is_harmless(page, behind[last:], "moved"):
        return None
    return _Notice("moved", shifts, to)

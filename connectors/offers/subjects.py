"""What the clauses of a sentence without a day are about: shifts, or who decides over them, or something else.

`The ICU is closed, there are no procedures and no call`, `Badge desk opens at six`, `The residents cover the floor`: a word of
status stands in each, and its subject is no shift. Each clause has to be so, and to tell what is so in general: what somebody
did, what changed, and what points back (`it`, `those`, `the rest`) may be of the shifts, and so may a clause without a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from connectors.offers.quick import Quick
from connectors.offers.things import THINGS

_I = re.IGNORECASE
_TOKEN = re.compile(r"[^\W\d_][\w'’/-]*\.?(?<![\w]{3}\.)|\d[\d:.,]*|[,;:()–—]|\s-\s")
_RATE = re.compile(
    r"\b(?:an?|per|each|every|most|some|all|(?:at|on|by|during|over|around|after)(?: the)?)\s(?:night|shift|day|week|month|hour|session|year|noon|midnight|visit|weekend|evening|morning|hours)s?\b"
    r"|\b(?:day|night)s? and (?:night|day)s?\b|\b(?:overnight|daytime|nighttime|day-?to-?day|24/7|around the clock)\b",
    _I,
)
"""`one intake a night`, `at night`: how much, or when, and no shift."""

SHIFTS = frozenset(
    """
    shift shifts night nights day days date dates slot slots spot spots opening openings position positions assignment assignments
    block blocks coverage session sessions week weeks weekend weekends weekday weekdays month months booking bookings job jobs gig
    gigs role roles post posts posting postings vacancy vacancies hole holes gap gaps line lines row rows list lists schedule
    schedules roster rosters rota rotas calendar grid offer offers call calls evening evenings morning mornings afternoon afternoons
    overnight overnights mid mids swing swings holiday holidays half run stretch rotation panel clinic series set pair lot item items
    entry option options opportunity opportunities hours time times work stint tour duty moonlighting locums req reqs requisition
    requisitions project engagement
    """.split()
)
"""What a shift is called, and what holds shifts."""
_BACK = frozenset(
    """
    it its they them their this that these those both all everything anything something nothing rest remainder other others another
    one ones half first second third last former latter same above below following most some none neither either each any few many more
    i me my mine we us he him his she her hers you yourself u who whoever whom someone somebody anyone anybody everyone everybody
    nobody noone what which whichever such so it's that's they're we're i'm you're he's she's who's there's we've i've they've you've
    """.split()
)
"""What points back, or at somebody."""
_DECIDES = frozenset(
    """
    client clients hospital hospitals site sites facility facilities group groups administration admin management manager director
    chief cmo board agency agencies customer customers vendor vms leadership program department departments dept ed er
    practice chair committee owner partner partners colleague colleagues doctor doctors doc docs dr physician
    physicians provider providers locum clinician clinicians candidate candidates applicant applicants contract contracts agreement
    agreements deal funding budget money grant plan plans arrangement arrangements need needs demand census volume volumes staffing
    credentialing privileges privileging application applications request requests bid bids approval permission license licence
    confirmation cancellation award selection search recruitment recruiting hiring hire hires situation status decision answer reply
    news slate rate rates pay price prices bonus fee fees stipend differential zone deadline replacement replacements substitute taker takers relief
    interest case matter file ticket book books door doors registration enrollment bidding sign-up sign-ups signup vacancy problem issue conflict delay change changes mistake error freeze hold chance possibility
    """.split()
)
"""Who or what decides whether there is a shift; and those who may have it."""
_ROLES = frozenset(
    "staff team nurse nurses np nps pa pas app apps crna crnas backup hospitalist intensivist nocturnist locums resident fellow order orders window portal service center centre".split()
)
"""As the subject of a clause: who may have it, or what it may be."""
_RULED = frozenset(
    "requests bids applications awards shifts weeks weekends blocks swaps trades assignments nights holidays pickups".split()
)
_RULERS = frozenset(
    "scheduler schedulers office desk system portal coordinator coordinators committee chief seniority lottery hand computer director".split()
)
"""`Requests are awarded by the scheduler`: how it is done with all of them."""
_BE = frozenset("is are isn't aren't isn’t aren’t".split())
_PAST = frozenset("was were had did wasn't weren't hadn't didn't".split())
_MODAL = frozenset(
    "has have will would can could should may might must do does hasn't haven't won't wouldn't can't doesn't don't shall been be".split()
)
_DOES = frozenset(
    """
    opens closes covers handles runs manages keeps takes serves sends answers provides supplies carries supervises staffs sees
    stays starts ends works books schedules assigns confirms releases reserves fills includes rounds responds admits triages
    performs does coordinates arranges pulls
    """.split()
)
"""What is done as a rule: `The desk opens at six`."""
_TAKES = frozenset("covers works takes staffs does fills performs sees cover take do see".split())
_MANAGES = frozenset("has handles keeps manages sends answers arranges coordinates supervises".split())
"""What somebody who is named may do, and not have the shift."""
_DO = frozenset(
    "open close cover handle run manage keep take serve send answer provide supply carry supervise see do respond admit triage perform coordinate arrange".split()
)
"""The same of several."""
_ADVERBS = frozenset(
    "not always usually only generally normally fully also never never typically still mostly often all well currently completely".split()
)
_PREPOSITIONS = frozenset("in on at by for from with before after during within via through and or".split())
_LEADING = frozenset(
    "and but also so then while since because as plus please note fyi ps nb btw whereas though although where when".split()
)
_JOINS = frozenset(
    "and or but while since because whereas though although so where when which that who".split()
)
_MARKS = frozenset(", ; : ( ) – — -".split())
_FILLED = frozenset(
    "filled covered taken gone staffed booked assigned awarded full set complete confirmed reserved approved claimed scheduled cancelled canceled withdrawn removed deleted off out over done available unavailable given".split()
)
PLACES = frozenset(
    """
    icu unit units ward wards floor floors or ors nursery wing tower building annex stepdown step-down micu
    sicu ccu picu nicu pacu l&d ob peds psych pod bay
    """.split()
)
"""Where work is done: `The ICU is covered` may be of a shift in it."""
_THE_PLACE = frozenset("the our this unit units ward wards floor floors room rooms building bed beds".split())
"""`The unit is closed`: which may be where the shifts are."""
_THINGS = THINGS | frozenset(
    """
    gift shop doors entrances street labs imaging radiology ct x-ray xray anesthesia airway airways lines procedures
    codes responses admissions consults chart charts charting documentation logins pagers translation interpreters
    interpreter transport ems trauma breaks telemetry dialysis endoscopy cath surgery surgeries stress echo reminders
    visits tests follow-ups referrals patients appointments intakes cases transfers discharges ortho orthopedics
    neurology cardiology urology gi ent psychiatry pediatrics nephrology pulmonology claims billing prescriptions
    refills labels e-mail email mail access bed beds room rooms
    """.split()
)
"""With what is done beside the work, by others than the reader."""
_CHANGED = Quick(
    r"\b(?:no longer|any ?more|instead|now|already|just|yet|finally|again|today|tonight|tomorrow|yesterday|this (?:week|month|time)|last|next"
    r"|else|until|unless|if|unfortunately|sorry|regret|afraid|therefore|thus|hence|not needed|need(?:s|ed|ing)?|want(?:s|ed)?|pull(?:ed)?|own|internal(?:ly)?|in-?house"
    r"|f(?:e|a)ll(?:s|en)? through|found|lost|dropped|temporar\w+|permanent(?:ly)?|indefinitely|renovat\w+|soon|effective|from (?:now|then)|pending|tentative|only for|due to"
    r"|withdrew|withdrawn|revoked|rescinded|terminated|suspended|postponed|frozen|beat|thanks?|sorted|settled|spoken for|green|red|yellow|gr[ea]y|blue|orange|white|pink|purple|colou?r\w*|highlight\w*|bold|shaded|starred|marked|struck|crossed|cells?|please|disregard|ignore|someone|somebody)\b",
    _I,
)
"""Something became so, or may not be; that may bear on the shifts. And marks that stand on shifts."""
_REACH = 400
"""Characters; a longer sentence is left to the readers of words."""


def of_something_else(sentence: str) -> bool:
    """Whether every clause is about what is no shift and decides over none, and tells how things are in general."""
    if len(sentence) > _REACH:
        return False
    if _NOT_YET.match(sentence):
        return True
    if _CHANGED.search(sentence) or "?" in sentence or sentence.isupper():
        return False
    label = _LABEL.match(sentence)
    if label and label[1] and label[1].lower() in SHIFTS | _DECIDES | _ROLES | _BACK:
        return False
    words = _TOKEN.findall(_RATE.sub(" ", sentence[label.end() :] if label else sentence))
    clauses = _clauses(words)
    if not clauses and label and label[1] and _is_thing([label[1].lower()]):
        clauses = [([label[1]], "is", words)]  # `Cafeteria: closed on weekends`
    if not clauses or not _only_leads_up(words):
        return False
    return all(_is_apart(*clause) for clause in clauses)


_LABEL = re.compile(
    r"\W*(?:(?:a )?(?:quick )?(?:note|reminder|fyi|nb|ps|p\.s\.|btw|([A-Z][a-z]{2,12})))\s?:\s+", _I
)
_NOT_YET = re.compile(
    r"\W*(?:(?:so far|and|but|as of now),? )?(?:nobody|no one|no-one|none of (?:the )?(?:others|candidates)|no other (?:doctor|physician|provider|candidate)s?)(?: else)? (?:has|have|is|are|was)(?: been)? (?:yet )?"
    r"(?:presented|submitted|proposed|considered|interviewed|selected|chosen|confirmed|booked|assigned|signed up|claimed|taken|asked|awarded)(?: (?:it|this|that|them|one|for (?:it|this|that|them)|so far|yet|to (?:the )?(?:client|site|hospital)|at this point))*\W*$",
    _I,
)
"""`Nobody else has been presented yet`: of what has not happened."""


def _only_leads_up(words: Sequence[str]) -> bool:
    """Whether what stands before the first comma, and has no verb, says no more than where or for what."""
    first = next((at for at in range(len(words)) if _is_verb(words, 0, at)), 0)
    subject = _after_last_join(words, 0, first)
    low = _lower(words[:subject])
    return not low or low[0] in _LEADING or (low[0] in _PREPOSITIONS and not _speaks_of_shifts({*low}))


def _clauses(words: Sequence[str]) -> list[tuple[Sequence[str], str, list[str]]]:
    """Of each clause its subject, its verb and what follows; a clause that goes on with a verb keeps the subject before it."""
    found: list[tuple[Sequence[str], str, list[str]]] = []
    begin, at = 0, 0
    subject: Sequence[str] = ()
    while at < len(words):
        if not _is_verb(words, begin, at):
            at += 1
            continue
        before = words[_after_last_join(words, begin, at) : at]
        if before:
            subject = before
        if found:
            found[-1][2].extend(words[begin : at - len(before)])
        verb = words[at].lower()
        at += 1
        while at < len(words) and (words[at].lower() in _ADVERBS | _MODAL or words[at].lower() in _PAST):
            verb = words[at].lower() if words[at].lower() in _PAST | {"been", "be"} else verb
            at += 1
        found.append((subject, verb, []))
        begin = at
    if found:
        found[-1][2].extend(words[begin:])
    return found


def _after_last_join(words: Sequence[str], begin: int, at: int) -> int:
    """Where the subject of the verb at a place begins: behind what joins its clause to the one before."""
    for n in range(at - 1, begin - 1, -1):
        if words[n].strip() in _MARKS or words[n].lower() in _JOINS - {"and", "or"}:
            return n + 1
        if words[n].lower() in ("and", "or") and (n == begin or begin):
            return n + 1
    return begin


def _is_verb(words: Sequence[str], begin: int, at: int) -> bool:
    word = words[at].lower()
    if word in _BE | _PAST | _MODAL:
        return True
    before = words[at - 1].lower() if at > begin else ""
    if word in _DOES:
        return before not in ("the", "a", "an", "of", "for", "in", "to", "with", "by", "")
    return word in _DO and before.endswith("s") and at - 1 >= begin and before not in _BACK


def _is_apart(subject: Sequence[str], verb: str, rest: Sequence[str]) -> bool:
    """Whether a clause says nothing of shifts."""
    named = [word for word in subject if word.strip() not in _MARKS]
    while named and named[0].lower() in _LEADING:
        named = named[1:]
    low, behind = _lower(named), _lower(rest)
    if not low:
        return False
    if low == ["there"]:
        return verb in _BE and not _speaks_of_shifts(set(behind) - _IN_A_PLACE)
    if any(word[0].isdigit() for word in low):
        return False
    if len(low) == 1 and low[0] in _RULED:
        return verb == "are" and "by" in behind and bool(_RULERS & set(behind))
    role = bool(_ROLES & {*low}) and not (verb in _DOES | _DO and verb not in _TAKES)
    if role or _speaks_of_shifts(_pointing(low)):
        return False
    agent = _agent(behind)
    if _speaks_of_shifts(_pointing([word for word in behind if word not in agent]) - {"calls", "run"}):
        return False
    if len(named) == 1 and _may_be_somebody(named[0], verb):
        # `Ruben has the reminder calls under control`; of what has no name yet, it may be the shift.
        return verb in _MANAGES and behind[:1] in (["the"], ["our"], ["your"]) and PLACES.isdisjoint(behind)
    if verb in ("has", "have") and behind and (behind[0] in _FILLED or behind[0].endswith("ed")):
        return False
    if verb in _PAST | _MODAL - {"has", "have", "does", "do", "can"}:
        return _is_thing(low)
    state = [word for word in behind if word not in _COUNTS]
    if verb in _BE and (not behind or ("closed" in behind and _THE_PLACE.issuperset(low))):
        return False
    return (
        not (verb in _BE | {"has", "have"} and _FILLED & {*state[:1]})
        or (_is_thing(low) and state[0] not in ("taken", "gone"))
        or (bool(agent) and (agent[-1].endswith("s") or PLACES.isdisjoint(low)))
    )


_IN_A_PLACE = frozenset("call one some other both team staff office desk".split())


def _lower(words: Sequence[str]) -> list[str]:
    """Without marks, and without what joins the clause to the next."""
    low = [
        "i.t." if word == "IT" else word.lower().rstrip(".") for word in words if word.strip() not in _MARKS
    ]
    while low and low[-1] in _JOINS:
        low.pop()
    return low


def _may_be_somebody(word: str, verb: str) -> bool:
    """`Kim`, and neither `OB` nor `Residents cover`."""
    acronym = (len(word) > 1 and word.isupper()) or _is_thing([word.lower()]) or word.lower() in PLACES
    return word[0].isupper() and not acronym and verb in _DOES | {"is", "has"}


def _is_thing(words: Sequence[str]) -> bool:
    return any(word in _THINGS for word in words) and not any(word in PLACES for word in words)


def _pointing(words: Sequence[str]) -> set[str]:
    """The words of a predicate, without the numbers and quantities that stand before a thing of their own."""
    return {
        word
        for word, after in zip_longest(words, words[1:], fillvalue="of")
        if word not in _COUNTS or after in _BEHIND_ALL
    }


_COUNTS = frozenset("one all any some most each both first same few many no half".split())


_BEHIND_ALL = (
    _PREPOSITIONS | _ADVERBS | _FILLED | {"of", "is", "are", "to", "closed", "open", "under", "over"}
)


def _speaks_of_shifts(words: AbstractSet[str]) -> bool:
    return not words.isdisjoint(SHIFTS | _BACK | _DECIDES)


def _agent(words: Sequence[str]) -> Sequence[str]:
    """`covered by the residents`: by whom, or with what, a thing is done as a rule."""
    if "by" not in words:
        return ()
    behind = words[words.index("by") + 1 :]
    end = next((at for at, word in enumerate(behind) if word in _PREPOSITIONS), len(behind))
    last = behind[end - 1] if end else ""
    general = last.endswith("s") and last not in _DECIDES | _BACK | SHIFTS
    return behind[:end] if general or last in _THINGS | _AGENTS else ()


_AGENTS = frozenset(
    "i.t. company service services desk office group team center centre nurse clerk front pharmacist surgery".split()
)


def modifiers(sentence: str) -> Iterator[tuple[int, int]]:
    """`the reminder calls`, `a closed unit`: the places of words of status that belong to a thing which is no shift."""
    for found in _MODIFIER.finditer(sentence):
        thing = found[2].lower()
        told = _TOLD.fullmatch(found[1]) and thing in ("call", "calls")
        if told or thing not in SHIFTS | _BACK | _DECIDES | _ROLES | _NO_THING:
            yield found.span(1)


_TOLD = re.compile(r"reminder|confirmation", _I)
_MODIFIER = re.compile(
    r"\b(?:an?|the|our|your|their|its|no|any|some|most|of|with|two|three|four|several|\d{1,2})\s"
    r"(closed|covered|filled|cancell?ed|confirmed|booked|taken|removed|reminder|confirmation|cancellation|award)\s([^\W\d_][\w-]*)",
    _I,
)
_NO_THING = frozenset(
    "is are was were has have had will would may can by on to in at for from with due because except as of already now today yet if when last since until after before unless and or but that which who for this only through".split()
)

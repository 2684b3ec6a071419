"""Words that may turn a yes into a no, put it off, hand it to somebody, or mean another place, day, price or calling.

Beside a price or a need, any other word in small letters changes nothing, be it one that nobody thought of: whoever
names what a shift pays puts it up. These are asked about wherever they stand and no phrase explains them.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_WEIGHTY = frozenset(
    """
    other others another else elsewhere not no never none nobody nothing neither nor but except excepting only just without
    until till if unless whether provided assuming otherwise was were had last next some any few several most many half part
    before after earlier later previously formerly old past ago back again off out over under up down away final finally full
    first second third fourth last either both all rest rather instead yet still already now once when whenever
    he she they him her them his hers theirs mine who whose whom whoever somebody someone anybody anyone everybody
    yesterday tomorrow today tonight week weeks month months year years day days night nights weekend date dates hour hours
    hold holds held tentative tentatively provisional provisionally conditional conditionally contingent hypothetical
    maybe perhaps might may could would should possibly probably likely unlikely hopefully potential potentially pending
    standby backup jeopardy unsure uncertain doubtful tba tbd tbc what whatever whichever which think guess
    cancel cancels withdraw remove delete void null moot kaput toast dead done gone went lost lose taken took take takes
    given gave gives give keep keeps kept got gets swap swaps trade trades move moves shift shifts switch switches change
    changes push pushes drop drops pull pulls pick picks claim claims grab fill fills cover covers book books choose chose
    chosen select hire hires prefer prefers decline deny reject refuse accept agree confirm approve award assign volunteer
    wrong mistake error typo oops whoops ignore disregard nevermind actually meant mean example sample draft template test
    joke kidding pretend imagine archive history recap bill bonus pay paid pays rate rates money fee fees tax percent credit
    unpaid free gratis bono voluntary minus less sterling pounds quid euros pesos rand francs cents
    np nps pa pas rn rns lpn cna crna nurse nurses nursing resident residents intern interns student students fellow fellows
    scribe scribes tech techs medic medics dentist dentists midwife midwives doula hygienist surgeon surgeons staffer
    zone eastern central mountain pacific campus annex satellite location site sites sister branch building partner
    hospital hospitals clinic clinics facility facilities dibs census bail bails contract contracts commitment
    password account bank ssn dea passport gift wire ten eleven twelve thirteen fourteen fifteen twenty thirty hundred
    thousand dozen double twice triple split share shared partial partially mostly almost nearly hardly barely
    various numerous assorted certain selected random alternate alternating rotating staggered sporadic intermittent vary varies varied varying
    pass passes complete completes finish finishes require requires
    equivalent less more fewer fully ours yours flexible open closed shut stale void
    """.split()
)
_DONE_IN_PASSING = frozenset(
    """
    enjoyed liked loved mentioned noticed wanted talked discussed appreciated helped emailed texted looked seemed happened started
    opened posted added received arrived returned needed impressed interested located based renovated remodeled experienced
    equipped dedicated seasoned expanded licensed boarded credentialed privileged preferred reimbursed provided included offered
    paced stocked catered guaranteed relaxed motivated compensated prepaid bundled combined expected projected improved upgraded
    trained supervised supported rated ranked connected integrated automated certified accredited affiliated designated
    """.split()
)
"""What may have been done to anything, and changes nothing of a shift."""
_OF_DOING = re.compile(
    r"(?:[^e]ed|ied|eed|oken|awn|own|wn|ten|sen|zen|ought|aught|n['’]t|not)$|(?:cancel|withdr|remov|delet|revok|rescind|retract|scrap|scratch|nix|"
    r"clos|expir|laps|assign|award|reserv|select|volunteer|confirm|approv|accept|declin|den[yi]|reject|refus|commit|promis|resched|postpon|delay|updat|correct|edit|revis|deduct|hypothe|pend|tent|condit|provis|jeopard)",
    _I,
)
"""What was done to something, or may be: `resolved`, `snatched`, `frozen`."""
_CALLING = re.compile(
    r"(?:ologists?|ologys?|iatrists?|icians?|urgeons?|anesth\w+|therapists?|pharmacists?|assistants?|practitioners?|aides?|hygienists?|workers?)$",
    _I,
)
"""Of somebody else than the reader, maybe."""


def may_weigh(word: str) -> bool:
    """Whether a word that nobody taught us has to be asked about, even where a price or a need stands beside it."""
    plain = word.lower().replace("’", "'").strip(".'-")
    parts = [part for part in plain.split("-") if part]
    return any(
        (part in _WEIGHTY or not part.isalpha() or _OF_DOING.search(part) or _CALLING.search(part))
        and part not in _DONE_IN_PASSING
        for part in parts
    )

"""Shorthand for dates and hours, written out before a line is cut into tokens.

Each rule turns one notation into a plain one that means the same, or leaves the text alone; none of them guesses. The
line that is shown and stored stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from connectors.offers.coming import these_days
from connectors.offers.lasting import with_ends
from connectors.offers.notation import CLOCK, DATE, DAY, HOURS, MONTH, NAMES, weekday_of
from connectors.offers.quick import Quick
from connectors.offers.recurring import recurring

_I = re.IGNORECASE
_UP_TO = Quick(r"\bup (?:to|until) and incl(?:uding|usive of|\.)?\b", _I)
WEEK_OF = Quick(r"\(?\b(?:the )?w(?:ee)?ks?\.? ?(?:of|beginning|starting|commencing)\b:? *", _I)
WEEKEND_OF = Quick(r"\b(?:the )?(?:week-?end|wknd|wkend) (?:of|starting|beginning)\b:? *", _I)
_SPEC = re.compile(
    rf"(?<![\w/-])({DAY})(?:\s?(-|–|to|thru|through)\s?({DAY})|((?:\s?(?:[/,&+]|and)\s?{DAY})+))?(?![\w/-])",
    _I,
)
_PAIRS = re.compile(
    rf"\b({MONTH}\s+)(\d{{1,2}}/\d{{1,2}}(?:\s*(?:[,;&+]|and)\s*\d{{1,2}}/\d{{1,2}})*)(?![/\d])", _I
)
_SINCE = Quick(
    r"(?<=\d)(.{3,80}\b(?:filled|covered|taken|closed|cancelled|canceled|booked|claimed)) (?:on |as of |since )?\(?\d{1,2}/\d{1,2}\)?(?=\W*$)",
    _I,
)
"""`Sat 1/9 8a-4p filled 12/16`: when it was."""
_WEEK_OF_MONTH = Quick(
    rf"\b(?:(?:for|in|during) )?the (?:first|second|third|fourth|last) (?:full )?week (?:of|in) {MONTH}(?!\.? ?\d)",
    _I,
)
_SPAN = re.compile(
    rf"(?:{MONTH} ?\d{{1,2}}|\d{{1,2}}/\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|–|to|through|thru|until)\s?(?:{MONTH} ?)?\d",
    _I,
)
_POINTER = re.compile(r"^\s*(?:->|=>|→|»|►|➤|▶)\s+")
_STUCK = re.compile(
    rf"\b((?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}(?=\d{{1,2}}/\d)|{MONTH}(?=\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)))|(?<![\w/:.-])(\d{{1,2}}(?=(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{{2,6}})?\b))",
    _I,
)
"""`Sat2/20`, `Feb20`, `20Feb`: written as one word."""
_WITH_DASHES = re.compile(
    rf"(?<![\w/-])(?<!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) )(\d{{1,2}})-({MONTH})(?:-(\d{{4}}|\d\d))?(?![\w-])",
    _I,
)
"""`18-Feb-27`, as spreadsheets write it."""
_INTO = Quick(
    rf"(?<=\d)(?:st|nd|rd|th)?,? (?:in)?to (?:the (?:next |following )?)?(?:{DAY}|next)(?: morning)\b", _I
)
_OF_TODAY = Quick(
    r"\b(tomorrow|tonight|today)['’]s(?= (?:\d|open|shift|day\b|night|overnight|evening|swing|mid\b|late|early|morning|afternoon))",
    _I,
)
"""`Tomorrow's 3p-11p`."""
_A_MONTH = re.compile(
    r"\b(?:(?:in|of|for|during|this) (?:March|May|Mar)|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6})\b"
)
_AN_HOUR = re.compile(r"\d ?[ap]m?\b|\d{4} ?[-–]|\d:\d\d", _I)
_MONTH_WITH_DAY = re.compile(
    rf"\b{MONTH},? ?\d|\d(?:st|nd|rd|th)?,? (?:of |de )?{MONTH}\b|\d/\d|\b(?:first|second|third|fourth|last|each|every|\d(?:st|nd|rd|th)) (?:\w+ ){{1,2}}(?:in|of)\b",
    _I,
)
_NTH = re.compile(
    r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|year|shift|time|week|of|one|session|block))", _I
)
_DATED = re.compile(rf"\d/\d|\b(?:in|of) {MONTH}|{MONTH}\s?\d|\d\s?{MONTH}|\d{{4}}-\d\d-\d", _I)
_LETTER = "(?:Mo?|Tu?|We?|Th|R|Fr?|Sa?|Su?)"
_SHORT_WEEK = re.compile(
    rf"(?<![\w/&$-])(?:({_LETTER})\s?(-|–|thru|to)\s?({_LETTER})|({_LETTER}(?:[/,&]\s?{_LETTER})+)|(MWF|TTh|TuTh|MW|WF))(?![\w/&-])"
)
"""`M-F`, `M/W/F`, `MWF` beside dates."""
_LISTED_MONTH = Quick(
    rf"\b({MONTH})(?: (dates?|days?|nights?|shifts?|openings?|needs|availability))?(?:\s?:|\s[-–—])\s?(?=\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[,&+;(]|and\b)(?!\d{{3}}))(?!\d{{1,2}}\s?,\s?20\d\d)",
    _I,
)
"""`Feb: 19, 20`, `February - 19, 20`."""
_INCLUSIVE = Quick(r"(?<=\d),?\s?\(?\b(?:inclusive|incl)\b\.?\)?", _I)
_CLOSED_ON = Quick(
    rf"\b(?:closed|close|off)(?: on)?:? ({DAY}(?:\s?(?:[,&+/]|and)\s?{DAY})*)(?![\w/-])(?!,? ?\d)", _I
)
"""`Jul 5 till 16, closed Wednesdays and Sundays`."""
_ISO_CLOCK = re.compile(r"(?<=\d{4}-\d\d-\d\d)T(?=\d\d:?\d\d)")
_COMPACT = re.compile(r"(?<![\w$£€#.,/:-])(20[2-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w/:.-])")
"""`20270219`, where no other date stands on the line."""
_NO_WEEKEND = Quick(
    r"\b(no|not|except|excluding|excl\.?|minus|without|but not)(?: on| for)?(?: the)? weekends?\b(?! (?:call|rate|pay|differential))",
    _I,
)
_HAS_DATE = re.compile(rf"[\s,.(]{{0,3}}(?:the )?(?:{DATE}|\d{{1,2}}(?:st|nd|rd|th)\b)", _I)
_AFTER_DATE = re.compile(rf"(?:{DATE})[\s,.(]{{1,3}}$", _I)
"""The weekday of a date that stands beside it is no other day of the week."""
WEEK_DATE = re.compile(rf"(?:{DAY},? )?(?:the )?(?:{DATE}|\d{{1,2}}(?:st|nd|rd|th))(?:\)|(?=\W|$))", _I)
OVER = re.compile(
    rf"({CLOCK})\s{{0,3}}(-|–|to|until|through|till?)\s{{0,3}}({DAY})?,?\s{{0,3}}({DATE})?,?\s{{1,3}}(?:at )?({CLOCK})(?!\d)",
    _I,
)
"""(begin, joint, weekday, date, end) of hours whose end is given with its own day."""
OVER_NAMED = re.compile(
    rf"({CLOCK})(?: (?:on )?({DAY}))?(\s{{0,3}}(?:-|–|to|until|through|till?)\s{{0,3}})({CLOCK}),? (?:on )?\(?({DAY})(?: morning)?\)?(?=\s*(?:[,.;)$£€@]|$|at\b|\([^()\d]{{1,80}}\)))",
    _I,
)
"""(begin, its weekday, joint, end, its weekday): `8am Friday to 8am Saturday`, `7p-7a (Sat)`."""
_AWAY = re.compile(rf"we\b(?!\s{{0,2}}[\d,(:])|{DAY},?\s{{1,2}}(?:the )?(?:{DATE})", _I)
"""`We are short`, and a day whose own date says that it is of another week."""
_BY = re.compile(
    r"\b(?:(?:by|before|no later than|not later than)(?: the| this| next| end of| close of business| noon| eod| cob)?(?: on)?"
    r"|(?:reply|respond|answer|know|word|decide|decision|due|expires?|closes?|deadline)(?: (?:me|us|back|is))?(?: on| until| till|:))\s*$",
    _I,
)
"""`Please reply by Thursday`: the next one, and not that of the week that is named."""
_THEN_HOURS = re.compile(
    rf"(?:\s{{1,2}}|\s?[:=–-]\s?)(?:{CLOCK}\s?(?:-|–|to)\s?{CLOCK}|\d{{1,2}}\s?[-–]\s?\d{{1,2}} ?[ap])", _I
)
"""`M 8a-4p, W 12p-8p`, `M: 8a-4p` of a week that is named."""
_SLANG = Quick(r"\b(?:(nite)(s)?|(tonite|2nite)|(tmw|tmr|tomoro|2moro|2morrow))\b", _I)
_DAY_THEN_CLOCK = Quick(
    rf"\b({MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?)\s?(?::|\s[-–—])\s(?=(?:\d{{1,2}}:\d\d|\d{{1,2}} ?[ap]\b|\d{{1,2}} ?[ap]m\b|\d{{4}}\s?[-–—]|noon\b))",
    _I,
)
"""`May 11: 9:00am`, `March 20 - 19:00`: a day and its hours, and no clock of `11:9`."""
_SAME_HOURS = Quick(r"\b(?:the )?same (?:hours|times?|thing|deal)\b", _I)
_MOVED_AT_SAME = re.compile(
    rf"(\bmov(?:e|ed|ing)\b[^.;!?]{{4,60}}{CLOCK}\s?[-–]\s?{CLOCK} to (?:the )?(?:{DAY},? )?(?:{DATE})),? (?:at )?(?:the )?same (?:hours|times?)\b",
    _I,
)
_DAY_AGAIN = re.compile(rf"\b({DATE})(.{{3,80}}?\b\1) again(?=,? (?:from |at )?{CLOCK})", _I)
"""`4/20 from 6:30a to 10:30a and then 4/20 again 6:30p to 10:30p`."""
_SAME_PAY = re.compile(r"\b(?:for |at )?(?:the )?same (?:pay|rate|money|amount)\b(?! (?:as|for)\b)", _I)
_NO_PAY = re.compile(
    r"\+|\b(?:bill\w*|bonus\w*|cap\w*|max\w*|min\w*|stipend\w*|mileage|was|up to|extra|plus|deposit|per diem|diff\w*|fees?|visits?|if|unless|only)\b",
    _I,
)
"""Beside an amount: it may be no pay, or not all of it."""
_AMOUNT = re.compile(
    r"[$£€] ?\d(?:[\d,.]*\d)?k?(?: ?(?:/|per|an?) ?(?:hour|hr|h|shift|day|night)\b)?(?: flat\b)?|(?<![\w.:/-])\d{2,4} ?/ ?(?:hour|hr|h|shift)\b",
    _I,
)
_HOURS_NOW = Quick(
    rf"(?<![\w/:.-])(?<!was )(?<!from )(?<!not )({CLOCK}\s?[-–]\s?{CLOCK})(?: ?[:,;–-]| ->| is| are)? (?:is )?now ({CLOCK}\s?(?:-|–|to)\s?{CLOCK})(?![\w/:])",
    _I,
)
"""`Sat 2/20 9a-5p: now 9a-7p`."""
_EACH_PRICE = Quick(r"(?<![\w$£€.,/:-])([1-9]\d{2,3})(?= ?ea(?:ch)?\b)", _I)
_CLOSED_DAY = Quick(rf"(?<=\))\s?[,;]\s?(?:{DAY},? )?(?:{DATE}) (?:is )?closed(?=\s?[,;])", _I)
"""`Jul 3 (9a-5p), Jul 4 closed, Jul 5 (9a-5p)`."""
_STARTS_ANEW = Quick(
    rf"\b(?:now )?(?:starts?|begins?|will (?:now )?(?:start|begin)) (?:at )?({CLOCK})(?: now)?,? \(?(?:instead of|rather than|and not|not) ({CLOCK})\)?,? (?:(?:and|but) )?(?:it )?(?:still )?(?:(?:ends?|finish(?:es)?|runs?|goes) (?:(?:still )?(?:at|to|until|till) )?|(?:still )?(?:until|till|to) )({CLOCK})(?: as (?:before|usual|planned))?",
    _I,
)
"""`Now starts at 9a instead of 8a and still ends at 4p`."""
_ENDS_ANEW = Quick(
    rf"\b(?:now )?(?:ends?|finish(?:es)?|runs? (?:until|till|to)|goes (?:until|till|to)|will (?:now )?(?:end|finish)) (?:at )?({CLOCK})(?: now)?,? \(?(?:instead of|rather than|and not|not) ({CLOCK})\)?,? (?:(?:and|but) )?(?:it )?(?:still )?(?:starts?|begins?) (?:(?:still )?at )?({CLOCK})(?: as (?:before|usual|planned))?",
    _I,
)
_MOVES = Quick(
    rf"\b(?:has |have |is |are )?(?:moved|moving|rescheduled|shifted|postponed) ((?:the |your |our )?(?:{DAY},? )?(?:{DATE})[^.;!?]{{3,40}}?) (?=to (?:{DAY},? )?(?:{DATE}))",
    _I,
)
"""`The site moved the 3/25 6a-4p shift to 3/26`."""
_BY_AN_HOUR = Quick(
    r"\b(?:has |have )?(?:moved|pushed|shifted|bumped) ((?:the |your |our )?[^.;!?]{3,50}?) (?:back|up|forward|out|earlier|later)(?: by)? (?:an|one|two|three|half an|\d{1,2}) (?:hours?|min(?:ute)?s?)(?=[.;,!][^.;!?]{0,20}\bnow\b[^.;!?]{3,20}\b(?:instead of|not|was)\b)",
    _I,
)
"""`They moved the Saturday shift back an hour. It is now 3p-1a instead of 2p-12a`: both hours are told."""
_ANY_TIME = Quick(
    r"\b((?:call|text|ring|message|e-?mail|reach)(?: or (?:call|text))? (?:me|us)) (?:any ?time|whenever) (?:today|tonight|this (?:morning|afternoon|evening))\b(?! (?:before|after|by|until|till|from|between|at)\b)",
    _I,
)
_ARROW = re.compile(
    rf"((?:{DATE})(?: ?\({DAY}\))?)\s?(?:->|→|=>|»)\s?(?=\d{{1,2}}(?::\d\d)? ?[ap]|\d{{1,2}}:\d\d|\d{{4}}|noon)",
    _I,
)
"""`Nov 16 -> 8a-4p`: a day and its hours; nothing changes."""
_DITTO = re.compile(r"^(?:[\"”“″]|''|,,|do\.?|ditto|same)$", _I)
_GAP = re.compile(r"\s{2,}|\t")
_OF_TIME = re.compile(
    rf"\d|{MONTH}|\b(?:mon|tue|wed|thu|fri|sat|sun|m-f|mwf|week|wknd|noon|midnight|same|[mtwrfs][/,-])", _I
)
"""What no line is without that has anything to write out."""


_TEXTED = re.compile(
    r"(?<![\w/'’.&-])(?:(r u)|(u r|ur)|([uU])(?! of\b| \d)|(b4)|(ill)(?= (?:put|book|get|send|add|let|have|sign|call|text|lock|pencil|check|make|take|be)\b)"
    r"|(im|ive|youre|youve|theyre|theyve|weve|thats|whos)|((?:do|does|did|is|are|was|were|could|would|should|has|have|ca|wo)n)t)(?![\w/'’.&-])",
    _I,
)
_SHORT = {
    "im": "I'm", "ive": "I've", "youre": "you're", "youve": "you've", "theyre": "they're", "theyve": "they've", "weve": "we've", "thats": "that's", "whos": "who's",
}  # fmt: skip


def _in_full(found: re.Match[str]) -> str:
    are_you, your, you, before, _, short, negated = found.groups()
    if negated:
        return f"{negated}'t"
    if short:
        return _SHORT[short.lower()]
    return "are you" if are_you else "your" if your else "you" if you else "before" if before else "I'll"


def spoken(text: str) -> str:
    """`wed nite`, `tonite`, `can u` as others write them."""
    text = _TEXTED.sub(_in_full, text)
    return _with_month(_OF_TODAY.sub(r"\1", _SLANG.sub(_plain, text)))


def _with_month(text: str) -> str:
    """`Two left for Feb: the 23rd 7p-7a and the 26th 7a-7p`: the one month of a line, which names no day of its own."""
    months = _A_MONTH.findall(text)
    if len(months) != 1 or not _AN_HOUR.search(text) or _MONTH_WITH_DAY.search(text):
        return text
    month = months[0].split()[-1]
    return _NTH.sub(rf"{month} \1", text)


def written_out(text: str, week: date | None, today: date) -> str:
    """The line with its shorthand written out; `week` is the first date of a week that a heading names."""
    if not _OF_TIME.search(text):
        return text
    text = _UP_TO.sub("to", text)
    if _WEEK_OF_MONTH.search(text) and _SPAN.search(text):
        text = _WEEK_OF_MONTH.sub("", text)  # Its dates say more of it.
    text = _SINCE.sub(r"\1", _POINTER.sub("", text))
    text = _STUCK.sub(lambda found: f"{found[1] or found[2]} ", text)
    text = _DAY_THEN_CLOCK.sub(r"\1, ", text)
    text = _ARROW.sub(r"\1, ", text)
    text = _LISTED_MONTH.sub(lambda found: f"{found[2] + ' ' if found[2] else ''}{found[1]} ", text)
    text = _INCLUSIVE.sub("", _ISO_CLOCK.sub(" ", text))
    if not _DATED.search(text):
        text = _COMPACT.sub(r"\1-\2-\3", text)
    if not re.search(r"\d\s?[-–]\s?\d{1,2}\s?\(|\d\s(?:to|through|thru|till?)\s", text):
        text = _CLOSED_DAY.sub("", text)
    text = _MOVES.sub(r"\1 moved ", text)
    text = _BY_AN_HOUR.sub(r"\1", _ANY_TIME.sub(r"\1", text))
    text = _STARTS_ANEW.sub(r"was \2-\3, now \1-\3", text)
    text = _ENDS_ANEW.sub(r"was \3-\2, now \3-\1", text)
    text = _CALLED_OFF.sub(r"\1 called out", text)
    text = _DAY_AGAIN.sub(r"\1\2", text)
    text = _HOURS_NOW.sub(r"was \1, now \2", _same_pay(_same_hours(text)))
    if not re.search("[$£€]", text):
        text = _EACH_PRICE.sub(r"$\1", text)
    text = _WITH_DASHES.sub(_without_dashes, text)
    text = with_ends(text)
    text = _PAIRS.sub(_spaced, text)
    text = _INTO.sub("", text)
    text = these_days(text, today)
    if week or _DATED.search(text):
        text = _SHORT_WEEK.sub(_long_week, text)
        text = _NO_WEEKEND.sub(r"\1 Sat, Sun", text)
        text = _CLOSED_ON.sub(_left_out, text)
    text = recurring(text, today)
    return _SPEC.sub(lambda found: _in_week(found, week), text) if week else text


def _plain(found: re.Match[str]) -> str:
    nite, several, tonite, _ = found.groups()
    return f"night{several or ''}" if nite else "tonight" if tonite else "tomorrow"


def _same_hours(text: str) -> str:
    """`tonight 7p-7a, also tomorrow night, same hours`: those that are told before it, where there is one such."""
    text = _MOVED_AT_SAME.sub(r"\1", text)  # A shift that is moved keeps its hours.
    found = _SAME_HOURS.search(text)
    told = set(HOURS.findall(text[: found.start()])) if found else set()
    return f"{text[: found.start()]}{told.pop()}{text[found.end() :]}" if found and len(told) == 1 else text


_AS_ABOVE = Quick(r"(?:\bfor )?(?:\bthe )?\bsame (?:hours|times?|shift)\b(?! (?:as|for|next|last)\b)", _I)


def with_hours_above(text: str, above: Collection[str]) -> str:
    """`Could you do Sun 8/29 too, same hours?`: those that are told above it, where they are the only ones."""
    found = _AS_ABOVE.search(text)
    if not found or len(above) != 1 or HOURS.search(text):
        return text
    (hours,) = above
    return f"{text[: found.start()]}{hours}{text[found.end() :]}"


_CALLED_OFF = re.compile(
    r"\b((?:Dr\.? [A-Z][\w'’-]{1,20}|(?i:he|she|(?:our|their|the|a) (?:[a-z]{3,12} )?(?:doc|doctor|physician|provider|hospitalist|nocturnist|locum|colleague)))(?: just| has| had| also)*) called off(?= (?:sick\b|(?:for|on) (?:the )?(?:(?i:mon|tue|wed|thu|fri|sat|sun)|\d|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|tonight|tomorrow|today|this)|tonight|tomorrow|today))",
)
"""`Dr. Okafor called off for Friday`: who will not come, and no shift that is off."""


def _same_pay(text: str) -> str:
    """`Sat 7a-7p $155/hr, also Sun 9a-5p, same pay`: the amount that is told before it, where there is one such."""
    found = _SAME_PAY.search(text)
    told = set(_AMOUNT.findall(text[: found.start()])) if found else set()
    if found and _NO_PAY.search(text, 0, found.start()):
        return text
    return _SAME_PAY.sub(told.pop(), text, count=1) if len(told) == 1 else text


def _spaced(found: re.Match[str]) -> str:
    """`Jan 9/10, 16/17`: pairs of dates, where each is the day after the other."""
    pairs = re.findall(r"(\d{1,2})/(\d{1,2})", found[2])
    if any(int(second) != int(first) + 1 for first, second in pairs):
        return found[0]
    return found[1] + re.sub(r"(\d)/(\d)", r"\1 / \2", found[2])


def _without_dashes(found: re.Match[str]) -> str:
    year = found[3] or ""
    return f"{found[1]} {found[2]} {'20' * (len(year) == 2)}{year}".strip()


def _long_week(found: re.Match[str]) -> str:
    """Write out `M-F` as `Mon-Fri`; an S alone may be either of two days."""
    first, joint, last, listed, run = found.groups()
    words = [first, last] if joint else re.findall(r"Th|Tu|[A-Z][a-z]?", listed or run)
    if "S" in words:
        return found[0]
    names = [NAMES[weekday_of(word)] for word in words]
    return "-".join(names) if joint else "/".join(names)


def _left_out(found: re.Match[str]) -> str:
    return "except " + ", ".join(NAMES[weekday_of(word)] for word in re.findall(DAY, found[1], _I))


def _in_week(found: re.Match[str], week: date | None) -> str:
    """`M-F`, `M/W/F`, `Tu`: dates of the week that is named."""
    assert week
    first, joint, last, more = found.groups()
    before = found.string[: found.start()]
    if _HAS_DATE.match(found.string, found.end()) or _AFTER_DATE.search(before) or _BY.search(before):
        return found[0]
    # A letter alone may be a legend's code.
    after = found.string[found.end() :]
    lettered = len(first.rstrip(".")) == 1 and not _THEN_HOURS.match(after)
    if not (joint or more) and (lettered or _AWAY.match(first + after)):
        return found[0]
    start = (weekday_of(first) - week.weekday()) % 7
    if joint:
        end = (weekday_of(last) - week.weekday()) % 7
        numbers = list(range(start, end + 1))
    else:
        numbers = [
            start,
            *((weekday_of(word) - week.weekday()) % 7 for word in re.findall(DAY, more or "", _I)),
        ]
    if not numbers:
        return found[0]
    return ", ".join((week + timedelta(days=number)).isoformat() for number in numbers)


def without_dittos(text: str, above: Sequence[str]) -> tuple[str, list[str]]:
    """A row whose ditto marks repeat the row above, and its cells; the text alone where there are none."""
    cells = [cell for cell in _GAP.split(text.strip()) if cell]
    if len(cells) == len(above) and any(_DITTO.match(cell) for cell in cells):
        cells = [above[at] if _DITTO.match(cell) else cell for at, cell in enumerate(cells)]
        return "   ".join(cells), cells
    return text, cells

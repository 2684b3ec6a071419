"""Shorthand for dates and hours, written out before a line is cut into tokens.

Each rule turns one notation into a plain one that means the same, or leaves the text alone; none of them guesses. The
line that is shown and stored stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from connectors.offers.quick import Quick
from connectors.offers.recurring import recurring

_I = re.IGNORECASE
_DAYS = {
    "m": 0, "mo": 0, "mon": 0, "monday": 0, "mondays": 0,
    "t": 1, "tu": 1, "tue": 1, "tues": 1, "tuesday": 1, "tuesdays": 1,
    "w": 2, "we": 2, "wed": 2, "wednesday": 2, "wednesdays": 2,
    "th": 3, "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "thursdays": 3, "r": 3,
    "f": 4, "fr": 4, "fri": 4, "friday": 4, "fridays": 4,
    "sa": 5, "sat": 5, "saturday": 5, "saturdays": 5,
    "su": 6, "sun": 6, "sunday": 6, "sundays": 6,
}  # fmt: skip
_NAMES = "Mon Tue Wed Thu Fri Sat Sun".split()
_DAY = "(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")\.?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"

_UP_TO = re.compile(r"\bup (?:to|until) and incl(?:uding|usive of|\.)?\b", _I)
WEEK_OF = re.compile(r"\(?\b(?:the )?w(?:ee)?ks?\.? ?(?:of|beginning|starting|commencing)\b:? *", _I)
WEEKEND_OF = re.compile(r"\b(?:the )?(?:week-?end|wknd|wkend) (?:of|starting|beginning)\b:? *", _I)
_SPEC = re.compile(
    rf"(?<![\w/-])({_DAY})(?:\s?(-|–|to|thru|through)\s?({_DAY})|((?:\s?(?:[/,&+]|and)\s?{_DAY})+))?(?![\w/-])",
    _I,
)
_PAIRS = re.compile(
    rf"\b({_MONTH}\s+)(\d{{1,2}}/\d{{1,2}}(?:\s*(?:[,;&+]|and)\s*\d{{1,2}}/\d{{1,2}})*)(?![/\d])", _I
)
_BLOCK_FROM = re.compile(
    r"\b(\d{1,2})[- ]?(?:hours?|hrs?|h)(?: (?:block|shift|slot|session|panel))?,? (?:starting|from|beginning|starts|begins)(?: at)?"
    r" (\d{1,2})(?::(\d{2}))? ?([ap])\.?m?\b\.?",
    _I,
)
_SINCE = re.compile(
    r"(?<=\d)(.{3,80}\b(?:filled|covered|taken|closed|cancelled|canceled|booked|claimed)) (?:on |as of |since )?\(?\d{1,2}/\d{1,2}\)?(?=\W*$)",
    _I,
)
"""`Sat 1/9 8a-4p filled 12/16`: when it was."""
_WEEK_OF_MONTH = re.compile(
    rf"\b(?:(?:for|in|during) )?the (?:first|second|third|fourth|last) (?:full )?week (?:of|in) {_MONTH}(?!\.? ?\d)",
    _I,
)
_SPAN = re.compile(
    rf"(?:{_MONTH} ?\d{{1,2}}|\d{{1,2}}/\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|–|to|through|thru|until)\s?(?:{_MONTH} ?)?\d",
    _I,
)
_POINTER = re.compile(r"^\s*(?:->|=>|→|»|►|➤|▶)\s+")
_STUCK = re.compile(
    rf"\b((?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}(?=\d{{1,2}}/\d)|{_MONTH}(?=\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)))|(?<![\w/:.-])(\d{{1,2}}(?=(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{{2,6}})?\b))",
    _I,
)
"""`Sat2/20`, `Feb20`, `20Feb`: written as one word."""
_WITH_DASHES = re.compile(
    rf"(?<![\w/-])(?<!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) )(\d{{1,2}})-({_MONTH})(?:-(\d{{4}}|\d\d))?(?![\w-])",
    _I,
)
"""`18-Feb-27`, as spreadsheets write it."""
_FOR_HOURS = re.compile(
    r"(?<![\d:/-])(\d{1,2})(?::(\d{2}))? ?([ap])\.?m?\.?,? ?(?:[x×]|for) ?(\d{1,2}) ?(?:hours?|hrs?|h)\b", _I
)
_INTO = Quick(
    rf"(?<=\d)(?:st|nd|rd|th)?,? (?:in)?to (?:the (?:next |following )?)?(?:{_DAY}|next)(?: morning)\b", _I
)
_OF_TODAY = re.compile(
    r"\b(tomorrow|tonight|today)['’]s(?= (?:\d|open|shift|day\b|night|overnight|evening|swing|mid\b|late|early|morning|afternoon))",
    _I,
)
"""`Tomorrow's 3p-11p`."""
_A_MONTH = re.compile(
    r"\b(?:(?:in|of|for|during|this) (?:March|May|Mar)|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6})\b"
)
_AN_HOUR = re.compile(r"\d ?[ap]m?\b|\d{4} ?[-–]|\d:\d\d", _I)
_MONTH_WITH_DAY = re.compile(
    rf"\b{_MONTH},? ?\d|\d(?:st|nd|rd|th)?,? (?:of |de )?{_MONTH}\b|\d/\d|\b(?:first|second|third|fourth|last|each|every|\d(?:st|nd|rd|th)) (?:\w+ ){{1,2}}(?:in|of)\b",
    _I,
)
_NTH = re.compile(
    r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|year|shift|time|week|of|one|session|block))", _I
)
_THIS = Quick(
    rf"\bthis (?:coming )?({_DAY}(?:\s?(?:[/,&+]|and)\s?{_DAY})*)(?![\w/-])(?!,? ?(?:\d{{1,2}}(?:/|th|st|nd|rd)|{_MONTH}))",
    _I,
)
_DATED = re.compile(rf"\d/\d|\b(?:in|of) {_MONTH}|{_MONTH}\s?\d|\d\s?{_MONTH}|\d{{4}}-\d\d-\d", _I)
_LETTER = "(?:Mo?|Tu?|We?|Th|R|Fr?|Sa?|Su?)"
_SHORT_WEEK = re.compile(
    rf"(?<![\w/&$-])(?:({_LETTER})\s?(-|–|thru|to)\s?({_LETTER})|({_LETTER}(?:[/,&]\s?{_LETTER})+)|(MWF|TTh|TuTh|MW|WF))(?![\w/&-])"
)
"""`M-F`, `M/W/F`, `MWF` beside dates."""
_LISTED_MONTH = Quick(
    rf"\b({_MONTH})(?: (dates?|days?|nights?|shifts?|openings?|needs|availability))?(?:\s?:|\s[-–—])\s?(?=\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[,&+;(]|and\b)(?!\d{{3}}))(?!\d{{1,2}}\s?,\s?20\d\d)",
    _I,
)
"""`Feb: 19, 20`, `February - 19, 20`."""
_INCLUSIVE = re.compile(r"(?<=\d),?\s?\(?\b(?:inclusive|incl)\b\.?\)?", _I)
_CLOSED_ON = Quick(
    rf"\b(?:closed|close|off)(?: on)?:? ({_DAY}(?:\s?(?:[,&+/]|and)\s?{_DAY})*)(?![\w/-])(?!,? ?\d)", _I
)
"""`Jul 5 till 16, closed Wednesdays and Sundays`."""
_ISO_CLOCK = re.compile(r"(?<=\d{4}-\d\d-\d\d)T(?=\d\d:?\d\d)")
_COMPACT = re.compile(r"(?<![\w$£€#.,/:-])(20[2-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w/:.-])")
"""`20270219`, where no other date stands on the line."""
_NO_WEEKEND = re.compile(
    r"\b(no|not|except|excluding|excl\.?|minus|without|but not)(?: on| for)?(?: the)? weekends?\b(?! (?:call|rate|pay|differential))",
    _I,
)
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})? ?[ap](?:\.?m\b\.?)?|\d{1,2}:\d{2}|\d{4}(?= ?h?\b)|noon|midnight)"
_DATE = rf"\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}(?!:\d))(?:st|nd|rd|th)?(?:,? 20\d\d)?"
_HAS_DATE = re.compile(rf"[\s,.(]{{0,3}}(?:the )?(?:{_DATE}|\d{{1,2}}(?:st|nd|rd|th)\b)", _I)
_AFTER_DATE = re.compile(rf"(?:{_DATE})[\s,.(]{{1,3}}$", _I)
"""The weekday of a date that stands beside it is no other day of the week."""
WEEK_DATE = re.compile(rf"(?:{_DAY},? )?(?:the )?(?:{_DATE}|\d{{1,2}}(?:st|nd|rd|th))(?:\)|(?=\W|$))", _I)
OVER = re.compile(
    rf"({_CLOCK})\s{{0,3}}(-|–|to|until|through|till?)\s{{0,3}}({_DAY})?,?\s{{0,3}}({_DATE})?,?\s{{1,3}}(?:at )?({_CLOCK})(?!\d)",
    _I,
)
"""(begin, joint, weekday, date, end) of hours whose end is given with its own day."""
OVER_NAMED = re.compile(
    rf"({_CLOCK})(?: (?:on )?({_DAY}))?(\s{{0,3}}(?:-|–|to|until|through|till?)\s{{0,3}})({_CLOCK}),? (?:on )?\(?({_DAY})(?: morning)?\)?(?=\s*(?:[,.;)$£€@]|$|at\b))",
    _I,
)
"""(begin, its weekday, joint, end, its weekday): `8am Friday to 8am Saturday`, `7p-7a (Sat)`."""
_AWAY = re.compile(rf"we\b(?!\s{{0,2}}[\d,(:])|{_DAY},?\s{{1,2}}(?:the )?(?:{_DATE})", _I)
"""`We are short`, and a day whose own date says that it is of another week."""
_THEN_HOURS = re.compile(
    rf"(?:\s{{1,2}}|\s?[:=–-]\s?)(?:{_CLOCK}\s?(?:-|–|to)\s?{_CLOCK}|\d{{1,2}}\s?[-–]\s?\d{{1,2}} ?[ap])", _I
)
"""`M 8a-4p, W 12p-8p`, `M: 8a-4p` of a week that is named."""
_SLANG = re.compile(r"\b(?:(nite)(s)?|(tonite|2nite)|(tmw|tmr|tomoro|2moro|2morrow))\b", _I)
_DAY_THEN_CLOCK = Quick(
    rf"\b({_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?)\s?(?::|\s[-–—])\s(?=(?:\d{{1,2}}:\d\d|\d{{1,2}} ?[ap]\b|\d{{1,2}} ?[ap]m\b|\d{{4}}\s?[-–—]|noon\b))",
    _I,
)
"""`May 11: 9:00am`, `March 20 - 19:00`: a day and its hours, and no clock of `11:9`."""
_SAME_HOURS = re.compile(r"\b(?:the )?same (?:hours|times?|thing|deal)\b", _I)
_HOURS = re.compile(rf"(?<![\w/:.-]){_CLOCK}\s?(?:-|–|to|till?|until)\s?{_CLOCK}(?![\w/:])", _I)
_HOURS_NOW = Quick(
    rf"(?<![\w/:.-])(?<!was )(?<!from )(?<!not )({_CLOCK}\s?[-–]\s?{_CLOCK})(?: ?[:,;–-]| ->| is| are)? (?:is )?now ({_CLOCK}\s?(?:-|–|to)\s?{_CLOCK})(?![\w/:])",
    _I,
)
"""`Sat 2/20 9a-5p: now 9a-7p`."""
_EACH_PRICE = re.compile(r"(?<![\w$£€.,/:-])([1-9]\d{2,3})(?= ?ea(?:ch)?\b)", _I)
_CLOSED_DAY = Quick(rf"(?<=\))\s?[,;]\s?(?:{_DAY},? )?(?:{_DATE}) (?:is )?closed(?=\s?[,;])", _I)
"""`Jul 3 (9a-5p), Jul 4 closed, Jul 5 (9a-5p)`."""
_MOVES = Quick(
    rf"\b(?:has |have |is |are )?(?:moved|moving|rescheduled|shifted|postponed) ((?:the |your |our )?(?:{_DAY},? )?(?:{_DATE})[^.;!?]{{3,40}}?) (?=to (?:{_DAY},? )?(?:{_DATE}))",
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
EACH_LONG = re.compile(
    r"\b(?:all|every|each|the) (?:\w+ )?(?:blocks?|sessions?|shifts?|slots?|panels?|clinics?)(?: (?:is|are|lasts?|runs?|being|of))? (\d{1,2})[ -]?(?:hours?|hrs?|h)\b(?: (?:long|each))?"
    r"|(?<![\d./-])(\d{1,2})[ -]?(?:hour|hr|h) (?:blocks|sessions|slots|panels|clinics)\b|\b(?:blocks|sessions|slots) of (\d{1,2}) ?(?:hours|hrs|h)\b",
    _I,
)
"""`every block is 4 hrs long`, `4 hr blocks`."""
ALL_LONG = re.compile(
    r"(?<!not )\ball (?:(?:are|shifts are|shifts|of them are) )?(8|10|12|13|24)(?:s\b| ?[- ]?(?:hours?|hrs?|h)\b(?: shifts)?)(?! ?(?:except|but|or\b|and\b|/|&|apart|other|unless|if))",
    _I,
)
"""`all 12s`: how long every shift of the message is."""
_BEGINS = re.compile(
    rf"^(?!.*\b(?:by|before|until|till|deadline|reply|call|after|from)\b)((?:[^\d]{{0,40}}\s)?(?:{_DATE})(?:\s?\({_DAY}\))?,?\s(?:at )?)(\d{{1,2}}(?::\d\d)? ?[ap])m?(?=\s*(?:$|[,;]|[$£€]))",
    _I,
)
_START = r"\d{1,2}(?::\d\d)? ?[ap]\.?m?\b\.?"
_STARTS = re.compile(
    rf"^((?:\W{{0,4}})(?:{_DAY},? )?(?:{_DATE})(?:\s?\({_DAY}\))?)\s?(?:[:,–-]|->|→|at)?\s{{0,3}}((?:{_START})(?:\s?(?:[,;&/]|and)\s?(?:{_START}))*)(?=\s*(?:$|[$£€(]))",
    _I,
)
_ARROW = re.compile(
    rf"((?:{_DATE})(?: ?\({_DAY}\))?)\s?(?:->|→|=>|»)\s?(?=\d{{1,2}}(?::\d\d)? ?[ap]|\d{{1,2}}:\d\d|\d{{4}}|noon)",
    _I,
)
"""`Nov 16 -> 8a-4p`: a day and its hours; nothing changes."""
_COMING = re.compile(
    r"(?<![\w/-])((?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?(?![\w/-])", _I
)
_NOT_COMING = re.compile(
    r"\b(?:next|last|(?:every|each|any|all) (?:other |week|mon|tue|wed|thu|fri|sat|sun)|most|usual(?:ly)?|regular(?:ly)?|weekly|monthly|alternate|always|recurring|standing|ongoing|was|were|yesterday|either|or)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?:s\b|\s?(?:-|–|to|thru|through)\s?(?:mon|tue|wed|thu|fri|sat|sun))",
    _I,
)
_ASKED_FOR = re.compile(
    r"[$£€]\d|\b(?:ea|each|needs?|needed|needing|short|cover(?:age|ing)?|uncovered|unfilled|any ?(?:one|body)|some(?:one|body)|can (?:you|u)|could (?:you|use)|who can|looking for|this|grab|pick up"
    r"|pick one|help|openings?|holes?|gaps?|up for grabs|reply|respond|text|txt|let (?:me|us) know|available|interested)\b",
    _I,
)
"""What is said of days that somebody is looked for on; bare days and hours may be anybody's, or a clinic's."""
_UNTIL = re.compile(r"\b(?:by|before|until|till|since|after|from|good|super|easter)\s*$", _I)
_WEEKEND = re.compile(r"\b(?:this |the )?(?:coming )?weekend\b(?! (?:rate|pay|call|differential))", _I)
FRIDAY = 4
_DITTO = re.compile(r"^(?:[\"”“″]|''|,,|do\.?|ditto|same)$", _I)
_GAP = re.compile(r"\s{2,}|\t")


_OF_TIME = re.compile(
    rf"\d|{_MONTH}|\b(?:mon|tue|wed|thu|fri|sat|sun|m-f|mwf|week|wknd|noon|midnight|same|[mtwrfs][/,-])", _I
)
"""What no line is without that has anything to write out."""


def spoken(text: str) -> str:
    """`wed nite`, `tonite`, `tmw` as others write them."""
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
    text = _HOURS_NOW.sub(r"was \1, now \2", _same_hours(text))
    if not re.search("[$£€]", text):
        text = _EACH_PRICE.sub(r"$\1", text)
    text = _WITH_DASHES.sub(_without_dashes, text)
    text = _FOR_HOURS.sub(_from_for, text)
    text = _PAIRS.sub(_spaced, text)
    text = _BLOCK_FROM.sub(_from_to, text)
    text = _INTO.sub("", text)
    text = _THIS.sub(lambda found: _this(found, today), text)
    if week or _DATED.search(text):
        text = _SHORT_WEEK.sub(_long_week, text)
        text = _NO_WEEKEND.sub(r"\1 Sat, Sun", text)
        text = _CLOSED_ON.sub(_left_out, text)
    text = recurring(text, today)
    return _SPEC.sub(lambda found: _in_week(found, week), text) if week else text


def coming_days(text: str, today: date) -> str:
    """`Saturday 9a-5p`, `wed night`, in a message without a single date: those that come next.

    Not the day on which it is said, not "next Friday", not what recurs; those that do not follow each other stay too.
    """
    if not _HOURS.search(text) or _NOT_COMING.search(text) or not _ASKED_FOR.search(text):
        return text
    found = [one for one in _COMING.finditer(text) if not _UNTIL.search(text[: one.start()])]
    ahead = [(_number(one[1]) - today.weekday()) % 7 for one in found]
    weekend = _WEEKEND.search(text)
    if not ahead or not all(ahead) or ahead != sorted(set(ahead)):
        return text
    if weekend and any(_number(one[1]) < FRIDAY for one in found):
        return text
    for one, number in reversed(list(zip(found, ahead, strict=True))):
        text = f"{text[: one.start()]}{(today + timedelta(days=number)).isoformat()}{text[one.end() :]}"
    return _WEEKEND.sub("", text)


def _plain(found: re.Match[str]) -> str:
    nite, several, tonite, _ = found.groups()
    return f"night{several or ''}" if nite else "tonight" if tonite else "tomorrow"


def _same_hours(text: str) -> str:
    """`tonight 7p-7a, also tomorrow night, same hours`: those that are told before it, where there is one such."""
    found = _SAME_HOURS.search(text)
    told = set(_HOURS.findall(text[: found.start()])) if found else set()
    return _SAME_HOURS.sub(told.pop(), text, count=1) if len(told) == 1 else text


def lasting_all(text: str, hours: str) -> str:
    """`1/8 7p` in a message of nothing but twelves; `Oct 12: 8a, 12p, 4p` in one of four-hour blocks."""
    if found := _STARTS.match(text):
        starts = re.findall(_START, found[2], _I)
        return f"{found[1]} {', '.join(_from_start(start, hours) for start in starts)}{text[found.end() :]}"
    found = _BEGINS.match(text)
    return f"{found[1]}{found[2]} x {hours}h{text[found.end() :]}" if found else text


def _from_start(start: str, hours: str) -> str:
    found = re.match(r"(\d{1,2})(?::(\d\d))? ?([ap])", start, _I)
    assert found
    return _lasting(start, hours, found[1], found[2], found[3])


def _spaced(found: re.Match[str]) -> str:
    """`Jan 9/10, 16/17`: pairs of dates, where each is the day after the other."""
    pairs = re.findall(r"(\d{1,2})/(\d{1,2})", found[2])
    if any(int(second) != int(first) + 1 for first, second in pairs):
        return found[0]
    return found[1] + re.sub(r"(\d)/(\d)", r"\1 / \2", found[2])


def _without_dashes(found: re.Match[str]) -> str:
    year = found[3] or ""
    return f"{found[1]} {found[2]} {'20' * (len(year) == 2)}{year}".strip()


def _from_for(found: re.Match[str]) -> str:
    """`7p x 12h`."""
    return _lasting(found[0], found[4], found[1], found[2], found[3])


def _from_to(found: re.Match[str]) -> str:
    """`4-hr block starting 6p`."""
    return _lasting(found[0], found[1], found[2], found[3], found[4])


def _lasting(text: str, hours: str, clock: str, minutes: str | None, half: str) -> str:
    """So many hours from a clock on, as two clocks."""
    length, hour, minute = int(hours), int(clock), int(minutes or 0)
    if not (0 < length <= 24 and 1 <= hour <= 12 and minute < 60):
        return text
    start = (hour % 12 + (12 if half.lower() == "p" else 0)) * 60 + minute
    end = (start + length * 60) % (24 * 60)
    return f"{start // 60:02}{start % 60:02}-{end // 60:02}{end % 60:02}"


def _long_week(found: re.Match[str]) -> str:
    """Write out `M-F` as `Mon-Fri`; an S alone may be either of two days."""
    first, joint, last, listed, run = found.groups()
    words = [first, last] if joint else re.findall(r"Th|Tu|[A-Z][a-z]?", listed or run)
    if "S" in words:
        return found[0]
    names = [_NAMES[_number(word)] for word in words]
    return "-".join(names) if joint else "/".join(names)


def _left_out(found: re.Match[str]) -> str:
    return "except " + ", ".join(_NAMES[_number(word)] for word in re.findall(_DAY, found[1], _I))


def _this(found: re.Match[str], today: date) -> str:
    """Write out `this Saturday and Sunday`: of the days to come, and not of the day on which it is said."""
    ahead = [(_number(word) - today.weekday()) % 7 for word in re.findall(_DAY, found[1], _I)]
    if not all(ahead) or ahead != sorted(ahead):
        return found[0]
    return ", ".join((today + timedelta(days=number)).isoformat() for number in ahead)


def _in_week(found: re.Match[str], week: date | None) -> str:
    """`M-F`, `M/W/F`, `Tu`: dates of the week that is named."""
    assert week
    first, joint, last, more = found.groups()
    if _HAS_DATE.match(found.string, found.end()) or _AFTER_DATE.search(found.string[: found.start()]):
        return found[0]
    # A letter alone may be a legend's code.
    after = found.string[found.end() :]
    lettered = len(first.rstrip(".")) == 1 and not _THEN_HOURS.match(after)
    if not (joint or more) and (lettered or _AWAY.match(first + after)):
        return found[0]
    start = (_number(first) - week.weekday()) % 7
    if joint:
        end = (_number(last) - week.weekday()) % 7
        numbers = list(range(start, end + 1))
    else:
        numbers = [
            start,
            *((_number(word) - week.weekday()) % 7 for word in re.findall(_DAY, more or "", _I)),
        ]
    if not numbers:
        return found[0]
    return ", ".join((week + timedelta(days=number)).isoformat() for number in numbers)


def weekday_of(word: str) -> int:
    """0 for Monday."""
    return _number(word)


def _number(word: str) -> int:
    return _DAYS[word.lower().rstrip(".")]


def without_dittos(text: str, above: Sequence[str]) -> tuple[str, list[str]]:
    """A row whose ditto marks repeat the row above, and its cells; the text alone where there are none."""
    cells = [cell for cell in _GAP.split(text.strip()) if cell]
    if len(cells) == len(above) and any(_DITTO.match(cell) for cell in cells):
        cells = [above[at] if _DITTO.match(cell) else cell for at, cell in enumerate(cells)]
        return "   ".join(cells), cells
    return text, cells

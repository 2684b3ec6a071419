"""More shorthand, of clocks and of money, written out before a line is cut into tokens. None of it guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.offers.parts_of_day import NUMBERS, in_parts_of_day, with_digits
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_CLOCK = r"\d{1,2}(?::\d{2})? ?[ap](?:\.?m\b\.?)?"
_ZONE = r"(?:[ECMP][SD]?T|AK[SD]?T|HST)\b"
_JOINT = r"\s?(?:-|–|to|until|till)\s?"
_BESIDE = re.compile(
    rf"({_CLOCK})({_JOINT})({_CLOCK}) ({_ZONE}) ?\(({_CLOCK}){_JOINT}({_CLOCK}) ({_ZONE})\)", _I
)
_EACH_BESIDE = re.compile(
    rf"({_CLOCK}) ({_ZONE}) ?\(({_CLOCK}) ({_ZONE})\)({_JOINT})({_CLOCK}) ({_ZONE}) ?\(({_CLOCK}) ({_ZONE})\)",
    _I,
)
_DIGIT = re.compile(r"\d")
SHORTEST, LONGEST = 8 * 60, 14 * 60
"""Minutes of a shift that is told by its two ends alone."""
_SPOKEN_RANGE = Quick(
    rf"\b(?<!one of )({'|'.join(NUMBERS)})(?: ?- ?| to | till? | until )({'|'.join(NUMBERS)})\b(?! (?:days?|nights?|shifts?|weeks?|dates|hours?|patients?|docs?|times)\b)",
    _I,
)
"""`from seven to seven`."""
_FROM_TO = Quick(
    r"^(.*(?:\d/\d|\d(?:st|nd|rd|th)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|\d (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).*?(?:\bfrom |, ))"
    r"([1-9]|1[0-2]) (?:to|until|till) ([1-9]|1[0-2])(?![\d/:]| ?(?:st|nd|rd|th|am|pm|a\.?m|p\.?m|[ap])\b| (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|days|nights|shifts|weeks|patients|hours))",
    _I,
)
"""`Tuesday the 9th of February, 7 to 7`: behind a date, and no days themselves."""
_SPOKEN = Quick(rf"\b({'|'.join(NUMBERS)}) ?([ap])\.?m\b\.?", _I)
_HALVED = re.compile(r"(?<![\w/:.$-])(\d{1,2} ?- ?\d{1,2}) ([nd])(?![\w.])", _I)
"""`7-7 n`."""
_STUCK_CLOCKS = re.compile(r"(?<![\w/:.$-])(\d{1,2}(?::\d\d)?[ap]m?)(\d{1,2}(?::\d\d)?[ap]m?)(?![\w/:])", _I)
_THOUSANDS = re.compile(
    r"(?<![\w$£€.,/:-])(\d{1,2}(?:\.\d{1,2})?)k\b(?! ?(?:run|race|steps|patients|visits))", _I
)
_BY_THE = Quick(r"(?<![\w$£€.,/:-])(\d{2,4}) ?(an? |per |/ ?)(hour|hr|shift|night)\b", _I)
_IN_WORDS = Quick(
    r"(?<![\w$£€.,/:-])(\d{1,3}(?:[, ]\d{3})+|\d{2,5}(?:\.\d\d)?|\d{1,2}(?:\.\d{1,2})?k) ?(?:us )?(?:dollars?|d[óo]lares|bucks|usd)\b",
    _I,
)
_RANGE = rf"(?:{_CLOCK}|\d{{4}}){_JOINT}(?:{_CLOCK}|\d{{4}})"
_AMOUNT_BEHIND = re.compile(
    rf"({_RANGE})([,:]?\s{{1,3}})(?!1099\b)(\d{{4}})(?=\s*(?:flat\b|each\b|ea\b|[,.;!)]|$))", _I
)
_SIGNS = re.compile(r"\${2,}|\(\s?\$\s?\)|(?<=/hr) ?\$(?=\W|$)")
_POUNDS = Quick(r"\b(?:pounds|quid|gbp) ?(\d{2,4})\b", _I)
_STERLING = re.compile(
    r"(?<![\w$£€.,/:-])(\d{2,4}) ?((?:/ ?|an? |per )(?:hr|h|hour|shift|session|day|night)\b),? ?(?:\((?:in )?(?:pounds|sterling|gbp|quid)\)|(?:in )?(?:pounds(?: sterling)?|sterling|gbp|quid)\b)",
    _I,
)
_SAME_SIGN = re.compile(r"\bsame ?[$£€](?!\s?\d)", _I)
_FLAT_AMOUNT = Quick(r"(?<![\w$£€.,/:-])(\d{1,2},\d{3}|\d{4})(?= ?flat\b)", _I)
_KIND_FIRST = re.compile(
    r"^\W*(?:days?|nights?|swings?|mids?|evenings?|weekends?|weekdays?|overnights?):?\s{1,4}[$£€]", _I
)
_KIND_NEXT = re.compile(
    r"([$£€] ?\d[\d,.]{0,8}k?)\s{1,4}(?=(?:days?|nights?|swings?|mids?|evenings?|weekends?|weekdays?|overnights?):?\s{1,4}[$£€])",
    _I,
)
"""`DAYS $2400  SWINGS $2500`: the word behind an amount is the next one's."""
_FLAT = re.compile(r"(?<!\s)\s*(?:flat|each|ea)\b", _I)
_LENGTH = r"(?:(\d{1,2})[ -]?(?:h|hrs?|hours?)\b)"
_START = r"(?:start(?:s|ing)?(?: at)?|begin(?:s|ning)?(?: at)?|from|at)"
_THEN_LONG = re.compile(rf"\b{_START} (\d{{4}}|{_CLOCK}),? (?:for |x ?|× ?)?{_LENGTH}", _I)
_LONG_THEN = re.compile(
    rf"{_LENGTH}(?: (?:in-?house|on-?site|block|shift|day|night|call|coverage|duty)){{0,3}},? ?(?:{_START}) (\d{{4}}|{_CLOCK})(?! ?(?:-|–|to\b|until\b|till\b))",
    _I,
)


_PER_24 = Quick(r"([$£€] ?\d[\d,.]{0,8}k? ?(?:per|an?|/|each)) ?24(?=\s*(?:[.,;)!]|$))", _I)
"""`$2,600 per 24`."""
_TWELVE = Quick(r"(?<![\d:/])12(?::00)? ?(noon|midnight)\b", _I)
_FROM_NOON = Quick(
    r"\b(noon|midnight)(\s?(?:-|–|to|till?|until)\s?)(1[01]|[1-9])(?![\d:/]| ?[ap]\b| ?[ap]\.?m| ?(?:hours|hrs))",
    _I,
)
_TO_NOON = Quick(r"(?<![\d:/$.-])(1[01]|[1-9])(\s?(?:-|–|to|till?|until)\s?)(noon|midnight)\b", _I)
"""`noon to 4`, `8 to midnight`: noon and midnight leave one half of the day for the other hour."""
_BETWEEN_BARE = Quick(
    r"(?<!any time )(?<!anytime )(?<!sometime )(?<!somewhere )\bbetween (?:the hours of )?(\d{1,2}(?::\d\d)?) and (\d{1,2}(?::\d\d)? ?[ap]\.?m?\b\.?)",
    _I,
)
"""`between 7 and 11 pm`."""
_BETWEEN = Quick(
    rf"(?<!any time )(?<!anytime )(?<!sometime )(?<!somewhere )\bbetween ({_CLOCK}|\d{{4}}) and ({_CLOCK}|\d{{4}})(?![\d:])",
    _I,
)
_BETWEEN_AMOUNTS = Quick(r"\bbetween ([$£€] ?[\d,.]+k?) and (?=[$£€] ?\d)", _I)
_START_END = Quick(
    rf"\bstart(?:s|ing)?(?: time)?:? ?(?:at )?({_CLOCK}|\d{{4}}|\d\d:\d\d)[,;/]? ?(?:and )?(?:end(?:s|ing)?|finish(?:es)?|stop)(?: time)?:? ?(?:at )?({_CLOCK}|\d{{4}}|\d\d:\d\d)(?![\d:])",
    _I,
)
_NEW_ENDS = Quick(
    rf"\b(?:will |to )?(?:now )?start(?:s|ing)? (?:at )?({_CLOCK}|\d{{4}}|\d\d:\d\d) (?:instead of|rather than|and not|not) (?:at )?(?:{_CLOCK}|\d{{4}}|\d\d:\d\d),? (?:and )?(?:will )?(?:now )?(?:end|finish|stop)(?:s|ing|es)? (?:at )?({_CLOCK}|\d{{4}}|\d\d:\d\d)(?: (?:instead of|rather than|and not|not) (?:at )?(?:{_CLOCK}|\d{{4}}|\d\d:\d\d))?(?![\d:])",
    _I,
)
"""`will start at 7a instead of 6a and end at 5p`."""
_WITH_SLASH = re.compile(r"(?<![\w/:.$-])((?:[01]\d|2[0-4])[0-5]\d)/((?:[01]\d|2[0-4])[0-5]\d)(?![\w/:.-])")
_SLASHED_HALVES = re.compile(
    r"(?<![\w/:.$-])(\d{1,2}(?::\d\d)? ?[ap]m?) ?/ ?(\d{1,2}(?::\d\d)? ?[ap]m?)(?![\w/:-])(?! ?(?:starts?|begin))",
    _I,
)
"""`7a/7p`, and not two hours at which something starts."""
_TILDE = re.compile(r"(?<=[\dapmAPMhH]) ?~ ?(?=\d)")
_NEXT_DAY = re.compile(
    rf"({_CLOCK}|\d{{4}})({_JOINT})({_CLOCK}|\d{{4}}),? ?(?:\(\+ ?1(?: ?d(?:ay)?)?\)|\+ ?1(?: ?d(?:ay)?)?(?![\d.]))",
    _I,
)
"""`1900-0700 (+1)`."""
_COUNTED_HOURS = re.compile(
    r"(?<![\w/:.$-])([012]?\d(?::?[0-5]\d)?|\d{1,2} ?[ap]m?) ?[x×] ?(8|9|10|12|13|24) ?(?:h|hrs?|hours?)?\b(?![:/.\d])",
    _I,
)
"""`7a x12`, `0700 x 12h`."""
_BESIDE_SLASH = re.compile(
    rf"({_CLOCK})({_JOINT})({_CLOCK}) ({_ZONE}) ?[/|=] ?({_CLOCK}){_JOINT}({_CLOCK}) ({_ZONE})", _I
)


def _half_after(word: str) -> str:
    return "pm" if word.lower() == "noon" else "am"


def _half_before(word: str) -> str:
    return "am" if word.lower() == "noon" else "pm"


def plain_clocks(text: str) -> str:
    """Clocks as others write them: `6p-10p ET (5p-9p CT)`, `seven PM`, `7 in the evening`, `starting 1400 for 10 hours`."""
    text = _LETTER_OF_HOURS.sub(_without_letter, with_digits(text))
    text = _SPOKEN_RANGE.sub(lambda found: f"{NUMBERS[found[1].lower()]}-{NUMBERS[found[2].lower()]}", text)
    text = _FROM_TO.sub(r"\1\2-\3", text)
    text = _SPOKEN.sub(lambda found: f"{NUMBERS[found[1].lower()]}{found[2].lower()}", text)
    if not _DIGIT.search(text):
        return text
    text = in_parts_of_day(text)
    text = _HALVED.sub(lambda found: f"{found[1]} {'night' if found[2].lower() == 'n' else 'day'}", text)
    text = _STUCK_CLOCKS.sub(r"\1-\2", text)
    text = _TWELVE.sub(r"\1", text)
    text = _BETWEEN_BARE.sub(r"\1-\2", _BETWEEN.sub(r"\1-\2", text))
    text = _NEW_ENDS.sub(r"is now at \1-\2", text)
    text = _FROM_NOON.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{_half_after(found[1])}", text)
    text = _TO_NOON.sub(lambda found: f"{found[1]}{_half_before(found[3])}{found[2]}{found[3]}", text)
    text = _START_END.sub(r"\1-\2", text)
    text = _TILDE.sub("-", _WITH_SLASH.sub(_of_a_day, _SLASHED_HALVES.sub(_of_half_a_day, text)))
    text = _NEXT_DAY.sub(_over_midnight, text)
    text = _COUNTED_HOURS.sub(lambda found: _lasting(found[0], found[1], int(found[2])), text)
    text = _BESIDE_SLASH.sub(r"\1 \4/\5 \7\2\3 \4/\6 \7", text)
    text = _BESIDE.sub(r"\1 \4/\5 \7\2\3 \4/\6 \7", text)
    text = _EACH_BESIDE.sub(r"\1 \2/\3 \4\5\6 \7/\8 \9", text)
    text = _THEN_LONG.sub(lambda found: _lasting(found[0], found[1], int(found[2])), text)
    return _LONG_THEN.sub(lambda found: _lasting(found[0], found[2], int(found[1])), text)


_OF_KIND = r"(?:nights?|days?|weekends?|weekdays?|evenings?|overnights?|holidays?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?)"
_RATE_THEN_RATE = re.compile(
    rf"([$£€]?)(?<![\w.:/-])(\d{{2,4}}) ?(/ ?(?:hr|h|hour)|an hour|per hour|/ ?shift|a shift|per shift)([^$£€\d]{{0,30}}?[,;/]? (?:and |but )?)[$£€]?(\d{{2,4}})(?= (?:on|for|at)? ?(?:the )?{_OF_KIND}\b)(?! ?[ap]m?\b)",
    _I,
)
"""`150/hr, 160 on Sunday`: the second amount is by the hour, too."""


_RATE_THEN_KIND = re.compile(
    rf"([$£€]?)(?<![\w.:/-])(\d{{3,4}}) ?(/ ?(?:hr|h|hour)|an hour|per hour|/ ?shift|a shift|per shift)([^$£€\d]{{0,12}}?[ ,;]{_OF_KIND}(?: ?:| is| at| for)? )(\d{{3,4}})(?= ?(?:[.,;!()]|$|flat\b|each\b))",
    _I,
)
"""`2400/shift, Saturday 2600`."""
_KINDS_PRICED = Quick(
    rf"(?<![\w$£€.:/-])(\d{{3,4}})(?: (?:for|on))? ({_OF_KIND}\b ?(?:[/,;&|-]|and|or) ?)(\d{{3,4}})(?= (?:for |on )?{_OF_KIND}\b)",
    _I,
)
"""`2200 days / 2500 nights`."""
_CODES_PRICED = re.compile(
    r"(?<![\w$£€.:/-])(\d{3,4}) ?\(?(D|N|days?|nights?)\)?(?![\w-])( ?[/,;&|]? ?(?:and )?)(\d{3,4}) ?\(?(N|D|nights?|days?)\)?(?![\w-])"
)
"""`2300 (D) 2500 (N)`."""
_RATES_CODED = re.compile(
    r"([$£€]?\d{2,3}(?:\.\d\d)? ?/ ?(?:hr|h|hour)|[$£€] ?\d(?:[\d,.]*\d)?k?(?: ?/ ?shift| flat)?) ?\(?(D|N)\)?(?![\w-])([ ,;/&|]{1,3}(?:and )?)([$£€]?\d{2,3}(?:\.\d\d)? ?/ ?(?:hr|h|hour)|[$£€] ?\d(?:[\d,.]*\d)?k?(?: ?/ ?shift| flat)?) ?\(?(D|N)\)?(?![\w-])"
)
"""`300/hr D, 320/hr N`."""
_CODED_RATES = re.compile(
    r"(?<![\w-])\(?(D|N)\)?(?: ?[:=] ?| )([$£€]?\d{2,3}(?:\.\d\d)? ?/ ?(?:hr|h|hour)|[$£€] ?\d(?:[\d,.]*\d)?k?(?: ?/ ?shift| flat)?)([ ,;/&|]{1,3}(?:and )?)\(?(D|N)\)?(?: ?[:=] ?| )([$£€]?\d{2,3}(?:\.\d\d)? ?/ ?(?:hr|h|hour)|[$£€] ?\d(?:[\d,.]*\d)?k?(?: ?/ ?shift| flat)?)(?![\w-])"
)
"""`D $300/hr, N $320/hr`."""
_LETTER_OF_HOURS = re.compile(r"(?<=[\w)] )(?:([DN])|E|M)\d?\s(?=(\d{1,2})(?::?\d\d)? ?([ap])?m? ?[-–] ?\d)")
"""`Fri N 1900-0700`: the letter says no more than the hours behind it."""
_LIKE_AMOUNT = re.compile(r"(?<![\w/:.-])[1-9]\d{2,3}(?![\w:-])")
_TWO_AMOUNTS = re.compile(
    r"^\W*([1-9]\d{2,3}) ?[/&,] ?([1-9]\d{2,3})(?= ?(?:\W*$|(?:flat|each|per|respectively)\b))", _I
)
"""`2300/2500` on a line by itself."""
_PAY_THEN = Quick(
    r"\b((?:pay|rate|comp|pays|paying|payout)(?:['’]s| is| was| now| has been| got| will be| bumped| raised| increased| up| adjusted| boosted| set| at| to|:){0,4} )(\d{3,4})(?![\d:/]| ?[-–] ?\d| ?(?:hrs?|hours?|an hour|per|/)|[^\n]{1,20}?\b\d{3,4}\b)\b",
    _I,
)
"""`Pay bumped to 2800`."""
_ALONE = re.compile(
    rf"({_CLOCK}{_JOINT}{_CLOCK}(?:[^\d$£€]{{0,30}}[.,;!])\s{{1,2}})(?!1099\b)(\d{{4}})(?=\s*(?:[,;!]|\.(?:\s|$)|$|flat\b|each\b|ea\b))",
    _I,
)
"""`7p-7a, 2400, reply 1 to take`: behind hours with a half of the day, four digits are no clock."""


def plain_amounts(text: str) -> str:
    """`2.4k a shift`, `180 an hour`: dollars, where the line has no sign of money. `2400 dollars` anywhere."""
    if not _DIGIT.search(text):
        return text
    if _KIND_FIRST.match(text):
        text = _KIND_NEXT.sub(r"\1, ", text)
    text = _in_pounds(_SAME_SIGN.sub("same pay", text))
    text = _RATE_THEN_RATE.sub(
        lambda found: (
            f"{found[1] or '$'}{found[2]} {found[3]}{found[4]}{found[1] or '$'}{found[5]}{found[3]}"
        ),
        text,
    )
    text = _RATE_THEN_KIND.sub(_like_the_first, text)
    text = _RATES_CODED.sub(_rates_by_code, text)
    text = _CODED_RATES.sub(
        lambda found: _with_kinds(found[0], found[2], found[1], found[3], found[5], found[4]), text
    )
    text = _PER_24.sub(r"\1 24h", text)
    text = _POUNDS.sub(r"£\1", _SIGNS.sub("", text))
    text = _BETWEEN_AMOUNTS.sub(r"\1-", _IN_WORDS.sub(lambda found: "$" + found[1].replace(" ", ""), text))
    if re.search("[$£€]|eur|gbp", text, _I):
        return text
    if _LIKE_AMOUNT.search(text):
        text = _TWO_AMOUNTS.sub(_both_amounts, _CODES_PRICED.sub(_by_code, text))
        text = _KINDS_PRICED.sub(r"$\1 \2$\3", _PAY_THEN.sub(r"\1$\2", _ALONE.sub(r"\1$\2", text)))
    text = _THOUSANDS.sub(r"$\1k", text)
    text = _FLAT_AMOUNT.sub(r"$\1", text)
    return _BY_THE.sub(r"$\1 \2\3", text)


def _like_the_first(found: re.Match[str]) -> str:
    """With the sign and the unit of the first amount, where the second is about as much, and no time of day."""
    sign, first, unit, between, second = found.groups()
    alike = len(first) == len(second) and max(int(first), int(second)) < 2 * min(int(first), int(second))
    clock = len(second) == len("1900") and int(second) <= 2400 and int(second[-2:]) <= 59
    if not alike or clock:
        return found[0]
    return f"{sign or '$'}{first} {unit}{between}{sign or '$'}{second} {unit}"


def _in_pounds(text: str) -> str:
    """`105/hr (sterling)`, `95 an hour, pounds`: with its sign, where the line has none."""
    return text if re.search("[$£€]", text) else _STERLING.sub(r"£\1 \2", text)


def _rates_by_code(found: re.Match[str]) -> str:
    return _with_kinds(found[0], found[1], found[2], found[3], found[4], found[5])


def _with_kinds(text: str, first: str, code: str, between: str, second: str, other: str) -> str:
    kinds = {"D": "days", "N": "nights"}
    return text if code == other else f"{first} {kinds[code]}{between}{second} {kinds[other]}"


def _without_letter(found: re.Match[str]) -> str:
    """Nothing, where a night begins in the evening and a day in the morning; else the letter stays, and is asked about."""
    hour, half = int(found[2]), (found[3] or "").lower()
    late = (hour + 12 if half == "p" and hour < 12 else hour) >= 16
    return "" if found[1] is None or (found[1] == "N") == late else found[0]


def _by_code(found: re.Match[str]) -> str:
    kinds = ["days" if found[at].lower().startswith("d") else "nights" for at in (2, 5)]
    return f"${found[1]} {kinds[0]}, ${found[4]} {kinds[1]}" if kinds[0] != kinds[1] else found[0]


def _both_amounts(found: re.Match[str]) -> str:
    """With signs, where one of them is no time of day."""
    odd = any(int(one) > 2400 or int(one[-2:]) > 59 for one in (found[1], found[2]))
    return f"${found[1]} / ${found[2]}" if odd else found[0]


def amounts_behind(texts: Iterable[str]) -> bool:
    """Whether four digits behind hours are amounts in a message: one of them is flat, or no time of day."""
    told = [
        (found, text)
        for text in texts
        if not re.search("[$£€]", text)
        for found in _AMOUNT_BEHIND.finditer(text)
    ]
    return any(
        _FLAT.match(text, found.end()) or int(found[3][2:]) > 59 or int(found[3]) > 2400
        for found, text in told
    )


_UNIT_OF_ALL = Quick(
    r"\b(?:usd|dollars|rates?|pay|amounts?|figures?|prices?|money)\b(?: (?:is|are|shown|listed|given|quoted|all|in|brackets))*[,(:]?\s?\(?(?:(per hour|an hour|/ ?h(?:ou)?r|hourly|by the hour)|(per shift|a shift|by the shift|flat))\b(?! ?[$£€]?\d)",
    _I,
)
_WITHOUT_UNIT = re.compile(
    r"([$£€] ?\d{2,3}(?:\.\d\d)?)(?![\d,.k]|\s?(?:/|per\b|an?\b|each\b|flat\b|[-–]|to\b|hourly|for\b|total|bonus|extra|more))",
    _I,
)


def by_the_hour(texts: Iterable[str]) -> bool:
    """Whether a message says once that its amounts are by the hour, and never that some are by the shift."""
    told = [found for text in texts for found in _UNIT_OF_ALL.finditer(text)]
    return bool(told) and all(found[1] for found in told)


def with_hour(text: str) -> str:
    """`0700-1900 [$215]`, where amounts are by the hour."""
    return _WITHOUT_UNIT.sub(r"\1/hr", text)


def with_sign(text: str) -> str:
    """`7a-7p 2300`, where such digits are amounts."""
    return text if re.search("[$£€]", text) else _AMOUNT_BEHIND.sub(r"\1\2$\3", text)


def _of_a_day(found: re.Match[str]) -> str:
    """`0700/1900`; `2026/2027` are years."""
    return found[0] if found[1][:2] == found[2][:2] == "20" else f"{found[1]}-{found[2]}"


def _of_half_a_day(found: re.Match[str]) -> str:
    """As hours, where they are as long as a shift is."""
    start, end = (_minutes(found[at]) for at in (1, 2))
    if start is None or end is None or not SHORTEST <= (end - start) % (24 * 60) <= LONGEST:
        return found[0]
    return f"{found[1]}-{found[2]}"


def _over_midnight(found: re.Match[str]) -> str:
    """Without its `+1`, where the hours end on the next day in any case."""
    start, end = (_minutes(found[at]) for at in (1, 3))
    return (
        f"{found[1]}{found[2]}{found[3]}"
        if start is not None and end is not None and end <= start
        else found[0]
    )


def _minutes(clock: str) -> int | None:
    """After midnight; None where the digits may be of either half of the day."""
    found = re.fullmatch(r"(\d{1,2}):?(\d{2})? ?([ap])?.*", clock, _I)
    if not found or not (found[3] or len(clock) == 4):
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + int(found[2] or 0)


def _lasting(text: str, clock: str, length: int) -> str:
    """So many hours from a clock on, as two clocks."""
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))? ?([ap])?.*", clock, _I)
    if not found or not 4 <= length <= 24:
        return text
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if hour > (12 if half else 23) or minute > 59:
        return text
    start = (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute
    end = (start + length * 60) % (24 * 60)
    return f"{start // 60:02}{start % 60:02}-{end // 60:02}{end % 60:02}"

"""Hours that are told by when they begin and how long they last."""

from __future__ import annotations

import re

from connectors.offers.notation import DATE, DAY
from connectors.offers.quick import Quick

_I = re.IGNORECASE
_BLOCK_FROM = Quick(
    r"\b(\d{1,2})[- ]?(?:hours?|hrs?|h)(?: (?:block|shift|slot|session|panel))?,? (?:starting|from|beginning|starts|begins)(?: at)?"
    r" (\d{1,2})(?::(\d{2}))? ?([ap])\.?m?\b\.?",
    _I,
)
_FOR_HOURS = re.compile(
    r"(?<![\d:/-])(\d{1,2})(?::(\d{2}))? ?([ap])\.?m?\.?,? ?(?:[x×]|for) ?(\d{1,2}) ?(?:hours?|hrs?|h)\b", _I
)
EACH_LONG = Quick(
    r"\b(?:all|every|each|the) (?:\w+ )?(?:blocks?|sessions?|shifts?|slots?|panels?|clinics?)(?: (?:is|are|lasts?|runs?|being|of))? (\d{1,2})[ -]?(?:hours?|hrs?|h)\b(?: (?:long|each))?"
    r"|(?<![\d./-])(\d{1,2})[ -]?(?:hour|hr|h) (?:blocks|sessions|slots|panels|clinics)\b|\b(?:blocks|sessions|slots) of (\d{1,2}) ?(?:hours|hrs|h)\b",
    _I,
)
"""`every block is 4 hrs long`, `4 hr blocks`."""
ALL_LONG = Quick(
    r"(?<!not )\ball (?:(?:are|shifts are|shifts|of them are) )?(8|10|12|13|24)(?:s\b| ?[- ]?(?:hours?|hrs?|h)\b(?: shifts)?)(?! ?(?:except|but|or\b|and\b|/|&|apart|other|unless|if))",
    _I,
)
"""`all 12s`: how long every shift of the message is."""
ANY_LENGTH = re.compile(
    r"(?<![\d./:-])(\d{1,2})[ -]?(?:hours?|hrs?|h)\b|\b(?:all|only|just) (\d{1,2})s\b", _I
)
_BEGINS = re.compile(
    rf"^(?!.*\b(?:by|before|until|till|deadline|reply|call|after|from)\b)((?:[^\d]{{0,40}}\s)?(?:{DATE})(?:\s?\({DAY}\))?,?\s(?:at )?)(\d{{1,2}}(?::\d\d)? ?[ap])m?(?=\s*(?:$|[,;]|[$£€]))",
    _I,
)
_START = r"\d{1,2}(?::\d\d)? ?[ap]\.?m?\b\.?"
_STARTS = re.compile(
    rf"^((?:\W{{0,4}})(?:{DAY},? )?(?:{DATE})(?:\s?\({DAY}\))?)\s?(?:[:,–-]|->|→|at)?\s{{0,3}}((?:{_START})(?:\s?(?:[,;&/]|and)\s?(?:{_START}))*)(?=\s*(?:$|[$£€(]))",
    _I,
)

_START_ALONE = re.compile(
    rf"^\W*(?:(?:start|begin)(?:s|ning|ing)?(?: at)? ({_START})|({_START}) start)(?=\s*(?:$|[$£€(]))", _I
)
"""`start 8:00 AM`, `12p start`, below what tells their day."""


def with_ends(text: str) -> str:
    """`7p x 12h`, `4-hr block starting 6p`: two clocks."""
    return _BLOCK_FROM.sub(_from_to, _FOR_HOURS.sub(_from_for, text))


def lasting_all(text: str, hours: str) -> str:
    """`1/8 7p` in a message of nothing but twelves; `Oct 12: 8a, 12p, 4p` in one of four-hour blocks."""
    if found := _STARTS.match(text):
        starts = re.findall(_START, found[2], _I)
        return f"{found[1]} {', '.join(_from_start(start, hours) for start in starts)}{text[found.end() :]}"
    found = _BEGINS.match(text)
    return f"{found[1]}{found[2]} x {hours}h{text[found.end() :]}" if found else text


def starting(text: str, hours: str) -> str:
    """`start 8:00 AM` in a message that tells one length of all its shifts."""
    found = _START_ALONE.match(text)
    return _from_start(found[1] or found[2], hours) + text[found.end() :] if found else text


def _from_start(start: str, hours: str) -> str:
    found = re.match(r"(\d{1,2})(?::(\d\d))? ?([ap])", start, _I)
    assert found
    return _lasting(start, hours, found[1], found[2], found[3])


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

"""Labels and column headings, and what kind of field each names. Only values are read, never a label's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from connectors.offers.amounts import UNITS
from connectors.offers.reading import Unit
from connectors.offers.zones import ZONE_NAMES, ZONES

FieldKind = Literal[
    "date",
    "hours",
    "start",
    "end",
    "site",
    "pay",
    "guarantee",
    "deadline",
    "zone",
    "emr",
    "status",
    "ignore",
    "choose",
]

_WORDS: tuple[tuple[FieldKind, str], ...] = (
    (
        "ignore",
        r"bill|\bcap\b|bonus|stipend|mileage|travel|housing|lodging|meals?|tax|airport|required(?! (?:from|to|date))|call\b|malpractice|phone|contact|fax|email|ref|id\b|req(?:uisition)?\b|invoice|weekly|annual|\b(?:to|up to|out of) date$|\bdate of (?:birth|hire|this)|^(?:generated|created|printed|exported|updated|posted|published|as of)\b|overtime|callback|census|volume|settings?\b|special(?:i)?ty\b|coverage type|dress|parking|address|start date|license",
    ),
    (
        "deadline",
        r"respond|reply|answer|^acceptance$|deadline|rsvp|expires|closes|clos(?:ing|e)\b|decide by|due\b|^(?:apply|claim|confirm|book|bids?|sign up|offers?)\b.*\b(?:by|before|until)$|^(?:please )?(?:request(?:s|ed)?|regist(?:er|ration)|submi(?:t|ssions?)|express(?: interest)?|interest|decide|let (?:us|me) know|tell us|call|text|e-?mail|write|contact|pick up|sign ?up|volunteer|commit|get back(?: to us)?|say yes|last (?:day|chance)|available|held|hold|fill|offer|award(?:ed)?|choose|select(?:ion)?|opt in|nominate)(?: \w{1,8}){0,2} (?:by|before|until|no later than)$|^(?:please )?(?:claim|accept|confirm|apply|bid|book|sign up|decision|let us know|needed|open|valid)s? (?:by|before|until)$",
    ),
    ("zone", r"time ?zone|zone|\btz\b"),
    ("emr", r"\bemr\b|\behr\b|software|system|charting"),
    ("guarantee", r"guarantee|minimum pay"),
    (
        "pay",
        r"pay\b|rate|compensation|hourly|salary|\bfee\b|per shift|per hour|per day|remuneration|\bflat\b|\b(?:usd|gbp|eur)\b|^(?:amount|money|wage|price|you (?:get|earn))\b|\$|£|offer(?:ed)? rate",
    ),
    (
        "start",
        r"^(?:shift |required |needed )?(?:start|starts|begin|begins|from|in)(?: time| date)?$|start(?:s|ing)? (?:time|at|date/time)",
    ),
    (
        "end",
        r"^(?:shift |required |needed )?(?:end|ends|finish|until|to|out)(?: time| date)?$|end(?:s|ing)? (?:time|at|date/time)",
    ),
    (
        "date",
        r"^(?:shift |work |locum |required |affected )?(?:dates?|days?|when)(?: ?(?:&|and|/) ?time)?s?$|^(?:days?|shifts?|nights?) (?:affected|concerned|involved|impacted|in question|open|needed|available)$|date|^(?:period|term|duration|(?:assignment|cover(?:age)?|engagement|locum|contract) (?:period|dates?|term))$",
    ),
    (
        "hours",
        r"^(?:shift|hours|times?|shift (?:time|hours)s?|time slot|slot|schedule|working hours)$|hours|time",
    ),
    (
        "site",
        r"^queue$|facility|site|unit|hospital|location|employer|clinic|where|department|dept|practice|place|work ?site|ward|platform|client",
    ),
    (
        "status",
        r"status|availability|^(?:activity|event|action|change|update|outcome|result|decision|state|what(?:['’]s| is)? (?:new|changed|happened))$",
    ),
)
_TIMED = frozenset(
    f"{before}{word}{after}"
    for before in ("", "shift ", "local ")
    for word in (
        "when",
        "date/time",
        "date & time",
        "date and time",
        "time",
        "times",
        "hours",
        "start",
        "end",
        "begin",
        "from",
        "to",
        "starts",
        "ends",
        "shift",
        "date",
        "dates",
    )
    for after in ("", " time")
)
"""What a zone may stand behind; behind another label it is a place, or part of a name."""
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS)
_LABEL = re.compile(
    r"^\s*[*•-]?\s*\**([A-Za-z$£][A-Za-z /&$£'().-]{0,34}?)\**\s*(?::|=|\t|\s{3,}|\.{3,})\s*\**(.+?)\**\s*$"
)
_PROSE_LABEL = frozenset(
    {"note", "ps", "p.s", "re", "fyi", "update", "hi", "hello", "reminder", "confirmed", "cancelled"}
)


_OF_DAYS = re.compile(
    r"^(?:(?:cover(?:age)?|shifts?|days|dates) )?(?:required|needed|cover(?:age)?|open|available|vacant|days|dates|shifts)$",
    re.IGNORECASE,
)
"""Labels that say nothing of what stands behind them: `Required: 17 May - 21 May`, `Days available: 3/1, 3/4`."""
_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?(?:the )?"
    r"(?:\d{1,2}[/.]\d|\d{4}-\d\d-\d|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?:old|previous(?:ly)?|prior|original(?:ly)?|former(?:ly)?|was|before)\b", re.IGNORECASE
)
_AFTER = re.compile(r"^(?:new|updated|revised|corrected)\b(?! (?:shift|opening|patient))", re.IGNORECASE)


LONGEST_LABEL = 40
_ZONE = re.compile(rf"\s*[(\[]?\b(?:all )?({ZONE_NAMES})(?: (?:local )?time)?[)\]]?\s*:?\s*$", re.IGNORECASE)


def zone_of(label: str) -> tuple[str, str | None]:
    """A label without the zone it ends with, and that zone: `Time (ET)`, `Start CST`, `Eastern`."""
    found = _ZONE.search(label) if len(label) <= LONGEST_LABEL else None
    if not found or (len(found[1]) <= 3 and not found[1].isupper()):
        return label, None
    rest = label[: found.start()].strip()
    return rest or "Time", found[1].lower()


def tells_change(label: str) -> bool:
    """`New time`, `Revised rate`: the field says what was said before in another way."""
    return _AFTER.match(label.strip()) is not None


def tells_what_was(label: str) -> bool:
    """`Previous hours`, `Old rate`."""
    return _BEFORE.match(label.strip()) is not None


def kind_of(label: str) -> FieldKind | None:
    """What a label names; None for words that are no label of ours. What was so before is passed over."""
    text = label.strip().strip(":*").strip().replace("_", " ")
    if not text or len(text) > LONGEST_LABEL:
        return None
    bare, zone = zone_of(text)
    if zone and bare.lower() in _TIMED:
        text = bare
    if _BEFORE.match(text):
        return "ignore"
    text = _AFTER.sub("", text).strip() or text
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def labelled(text: str) -> tuple[str, FieldKind, str] | None:
    """(label, kind, value) of a `Label: value` line."""
    found = _LABEL.match(text)
    if not found or len(found[1].split()) > 4 or found[1].strip().lower() in _PROSE_LABEL:
        return None
    kind = kind_of(found[1])
    if kind in ("start", "end") and not re.search(
        r"\d\s?[:/.-]\s?\d|\d{3,4}\b|\d ?[ap]\b|\d ?[ap]\.?m\b|\d(?:st|nd|rd|th)?(?: of)? [a-z]{3}(?![a-z]?s\b)|[a-z]{3}\.? \d|noon|midnight|tomorrow|tonight|today|^\W*\d{1,2}\W*$",
        found[2],
        re.IGNORECASE,
    ):
        return None  # "From: Dr. Nguyen", "Start: as soon as possible"
    if _OF_DAYS.match(found[1].strip()) and _DAY.match(found[2]):
        kind = "date"
    return (found[1].strip(), kind, found[2].strip()) if kind else None


def columns(cells: Sequence[str]) -> list[FieldKind | None] | None:
    """The kinds of a heading row; None when it is not one: it must name a date and hours, and hold no digit."""
    if len(cells) < 2 or any(re.search(r"\d", cell) for cell in cells):
        return None
    kinds = [kind_of(cell) for cell in cells]
    named = {cell.strip().lower().replace("_", " ") for cell in cells}
    if "start date" in named and named & {"start", "start time", "end date"}:
        # The day and the hour of a start, and those of an end, each in a column of its own.
        kinds = [
            "start" if cell.strip().lower().replace("_", " ") == "start date" else kind
            for cell, kind in zip(cells, kinds, strict=True)
        ]
    # One column headed "Central" may be a campus; beside one headed "Eastern" it is a clock.
    zoned = [at for at, cell in enumerate(cells) if cell.strip().lower() in ZONES and len(cell.strip()) > 4]
    if len(zoned) == 1:
        kinds[zoned[0]] = None
    if "date" not in kinds and "start" not in kinds:
        return None
    return kinds


def unit_hint(label: str) -> Unit | None:
    """The unit that a label gives a bare amount: "Hourly", "Rate per shift", "Day rate"."""
    found = re.search(
        r"\b(hourly|per hour|hour|hr|per shift|shift|per day|daily|day|visit|consult|block)\b",
        label.replace("_", " "),
        re.IGNORECASE,
    )
    return UNITS.get(found[1].lower().removeprefix("per ").strip()) if found else None

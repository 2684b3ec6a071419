"""What is seen to at a place: a queue, a service, a kind of visit. It is no place of its own."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:shift |slot |patient |work )?(?:queue|unit|ward|dep(?:artmen)?t|area|team|pod|zone|line|service(?: line)?|program(?:me)?)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:\b(?:urgent|primary|acute|critical|intensive|chronic|palliative|same[- ]day|walk[- ]?ins?|care|emergency|emergent|p(?:a)?ediatrics?|peds?|adults?|children|kids|teens?|seniors?|geriatrics?"
    r"|family|internal|general|medicine|medical|med|surg(?:ery|ical)?|behaviou?ral|mental|health|psych(?:iatry|iatric)?|addiction|wom[ae]n['’]?s|men['’]?s|obstetrics?|ob|gyn|derm(?:atology)?|neuro(?:logy)?|cardiology"
    r"|fast[- ]track|triage|main|ed|er|uc|icu|micu|sicu|ccu|step-?down|telemetry|tele|inpatient|outpatient|floors?|obs|observation|trauma|hospitalists?|rounding|rounder|admitting|admissions|consults?|cross-?cover"
    r"|on[- ]demand|scheduled|async|video|phone|chat|messages|follow-?ups?|new|established|patients?|visits?|virtual|overflow|day|night|swing|unit|ward|team|pod|zone|line|side|ages?|years?|yrs?|up|plus|only|and|or|[a-d])\b|\d{1,2}\+?|[\s,/&().+-])+",
    re.IGNORECASE,
)
_QUEUE = re.compile(r"(?:\w+ )?queue", re.IGNORECASE)


def is_service(value: str) -> bool:
    """Whether a text holds nothing but words for what is seen to: `Pediatrics 12+`, `Main ED`, `Behavioral Health`."""
    return _SERVICE.fullmatch(value.strip()) is not None


def tells_no_place(label: str, value: str) -> bool:
    """Whether a field says what is seen to, and not where; a queue is never a place."""
    return _LABEL.fullmatch(label.strip()) is not None and (
        is_service(value) or _QUEUE.fullmatch(label.strip()) is not None
    )

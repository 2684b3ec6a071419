"""Colours of rows: what a person would call them, and what a legend says that they mean."""

from __future__ import annotations

import re
from colorsys import rgb_to_hsv

from connectors.offers.quick import Quick
from connectors.offers.reading import Status
from connectors.offers.states import NOT_NEEDED, status_of

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_NAMED = re.compile(r"[a-z]*?(red|pink|orange|yellow|green|blue|purple|gr[ae]y)")
_HUES = (
    (15, {"red", "pink"}),
    (40, {"orange"}),
    (50, {"orange", "yellow"}),
    (70, {"yellow"}),
    (165, {"green"}),
    (255, {"blue"}),
    (345, {"purple", "pink"}),
    (360, {"red", "pink"}),
)
"""Up to which degree of the wheel a colour has which names."""
FAINT = 0.06
"""Below this saturation nobody sees a hue."""
_OPEN = re.compile(
    r"\b(?:open|available|unfilled|needed|uncovered|free|vacant|up for grabs|still needed)\b", re.IGNORECASE
)
_NAME = r"(red|pink|orange|yellow|green|blue|purple|gr[ae]y)"
_ENTRY = Quick(
    rf"\b(?:in )?{_NAME}(?: (?:rows?|shifts?|lines?|cells?|ones?|dates?|highlight\w*|shading|background))?"
    rf"\s*(?:,|=|:|-|–|→|\bare\b|\bis\b|\bmeans?\b|\bfor\b)\s*((?:(?!\b{_NAME}\b)[^.,;/|()\n]){{2,40}})"
    rf"|((?:[A-Za-z]{{4,12}} ){{0,2}}[A-Za-z]{{4,12}}) (?:shifts |rows |dates )?(?:are|is) (?:shown |marked |highlighted |shaded )?in {_NAME}\b",
    re.IGNORECASE,
)


def names_of(colour: str) -> frozenset[str]:
    """`#ffc7ce` -> red, pink; nothing for what has no hue that a person would name."""
    if found := _HEX.match(colour):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    elif found := _RGB.match(colour):
        parts = [min(int(part), 255) for part in found.groups()]
    else:
        found = _NAMED.fullmatch(colour)
        return frozenset({found[1].replace("grey", "gray")}) if found else frozenset()
    hue, saturation, _ = rgb_to_hsv(*(part / 255 for part in parts))
    if saturation < FAINT:
        return frozenset({"gray"})
    return frozenset(next(names for degree, names in _HUES if hue * 360 <= degree))


def legend_of_colours(text: str) -> dict[str, Status]:
    """`Green rows are open. Red rows are taken.`: offered and withdrawn; of anything else nothing is said."""
    legend: dict[str, Status] = {}
    for found in _ENTRY.finditer(text):
        name, meaning = (found[1], found[2]) if found[1] else (found[5], found[4])
        status = status_of(f"is {meaning.strip()}") or status_of(meaning.strip())
        opened = status == "offered" or bool(_OPEN.search(NOT_NEEDED.sub("", meaning)))
        key = name.lower().replace("grey", "gray")
        if opened and status in (None, "offered"):
            legend[key] = "offered"
        elif status == "withdrawn" and not opened:
            legend[key] = "withdrawn"
    return legend

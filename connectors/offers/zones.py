"""Time zones as messages name them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.offers.almanac import QuestionError
from connectors.offers.tokens import Hours, Token

_I = re.IGNORECASE

ZONES = {
    **dict.fromkeys(("et", "est", "edt", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific"), "America/Los_Angeles"),
    **dict.fromkeys(("akt", "akst", "akdt", "alaska"), "America/Anchorage"),
    **dict.fromkeys(("hst", "hawaii"), "Pacific/Honolulu"),
    "arizona": "America/Phoenix",
    **dict.fromkeys(("utc", "gmt", "zulu"), "UTC"),
    "z": "UTC",
    "bst": "Europe/London",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
}
ZONE_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
"""For a pattern: the longest first."""

OPTIONAL_ZONE = (
    r"(?:\s?\(?(?:\b|(?<=\d)(?=[Zz]\b))("
    + "|".join(sorted(ZONES, key=len, reverse=True))
    + r"|z|[a-z]{1,3}[sd]?t)\b\)?)?"
)

_ZONE_ALONE = re.compile(r"\b(" + "|".join(sorted(ZONES, key=len, reverse=True)) + r")\b(?: time)?", _I)


def zone_at(line: str, at: int, before: list[Token]) -> Token | None:  # noqa: ARG001
    found = _ZONE_ALONE.match(line, at)
    # "MT" or "pt" by themselves may be anything; a short form counts after a clock, or in capitals.
    if not found or (len(found[1]) <= 3 and not found[1].isupper()):
        return None
    return Token("zone", found[0], at, found.end(), found[1].lower())


def zone_named(word: str, site: ZoneInfo | None) -> ZoneInfo | None:
    """The zone a message names; the site's own where it keeps the same family of time. None when unknown.

    Arizona writes MST and means a zone without summer time.
    """
    key = ZONES.get(word.lower())
    if key is None:
        return None
    if key == "America/Denver" and site is not None and site.key in ("America/Phoenix", "America/Boise"):
        return site
    return ZoneInfo(key)


def told_once(tokens: list[Token]) -> list[Token]:
    """`9a-1p` below "Eastern" and `8a-12p` below "Central" are one shift, told on two clocks, or on more."""
    told = [token for token in tokens if isinstance(token.value, Hours)]
    clocks = [token.value for token in told if isinstance(token.value, Hours)]
    zones = [(clock.zone or "").lower() for clock in clocks]
    if len(clocks) < 2 or not all(zones) or len(set(zones)) < len(zones):
        return tokens
    first, second = clocks[:2]
    offsets = [_winter_offset(zone) for zone in zones]
    for clock, offset in zip(clocks, offsets, strict=True):
        later = offset - offsets[0] if offset is not None and offsets[0] is not None else None
        apart = (clock.start - first.start) % (24 * 60)
        if (first.end - first.start - clock.end + clock.start) % (24 * 60):
            raise QuestionError("the two zones do not give the same time")
        if len(clocks) > 2 and (later is None or apart != later % (24 * 60)):
            raise QuestionError("the zones do not give the same time")
    both = replace(told[0], value=replace(first, also=(second.start, second.zone or "")))
    return [both if token is told[0] else token for token in tokens if token is told[0] or token not in told]


def _winter_offset(zone: str) -> int | None:
    """Minutes from UTC in January."""
    named = zone_named(zone, None)
    offset = datetime(2027, 1, 4, tzinfo=named).utcoffset() if named else None
    return int(offset.total_seconds()) // 60 if offset is not None else None

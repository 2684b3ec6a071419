"""Time zones as messages name them."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from connectors.offers.tokens import Token

_I = re.IGNORECASE

ZONES = {
    **dict.fromkeys(("et", "est", "edt", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt", "pacific"), "America/Los_Angeles"),
    **dict.fromkeys(("akt", "akst", "akdt", "alaska"), "America/Anchorage"),
    **dict.fromkeys(("hst", "hawaii"), "Pacific/Honolulu"),
    **dict.fromkeys(("utc", "gmt", "zulu"), "UTC"),
    "z": "UTC",
    "bst": "Europe/London",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
}

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

"""How long a server asks to wait (Retry-After: seconds, or a date as HTTP writes it)."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime

LONGEST = 86_400.0
"""Seconds; who asks for more means for ever, and is asked again all the same."""


def seconds(retry_after: str) -> float | None:
    """None where it says nothing that can be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST)
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (aware - datetime.now(UTC)).total_seconds()), LONGEST)

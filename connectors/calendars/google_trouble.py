"""What Google's refusals mean, by their status and the reasons in them."""

from __future__ import annotations

import json
from typing import Literal

from connectors import pause
from connectors.calendars.google_account import SIGN_IN
from connectors.errors import (
    ConflictError,
    ConnectorError,
    CursorLostError,
    MissingError,
    RefusedError,
    RejectedError,
    UnreachableError,
)

PAUSE = 60.0
"""Seconds to wait after a quota was used up and no time was told; Google counts by the minute."""
QUOTAS = frozenset(
    {
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "calendarUsageLimitsExceeded",
        "RATE_LIMIT_EXCEEDED",
    }
)
FORGOTTEN = frozenset({"fullSyncRequired", "updatedMinTooLongAgo"})
NOT_ENABLED = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
About = Literal["token", "calendar", "event", "write"]
"""What a request is about: differences since a token, the calendar itself, reading one event, or writing one."""


def trouble_of(status: int, content: bytes, retry_after: str, about: About) -> ConnectorError:
    reasons, asked = _reasons(content), pause.seconds(retry_after)
    if about == "token" and status in (400, 410):
        return CursorLostError("Google no longer knows the sync token")
    if status == 429 or (status == 403 and reasons & QUOTAS):
        return UnreachableError("Google asks for a pause", PAUSE if asked is None else asked)
    if status == 401:
        return RefusedError(f"Google does not take the sign-in; {SIGN_IN}")
    if status == 403 and reasons & NOT_ENABLED:
        return RefusedError(
            "the Google Calendar API is not enabled: enable it in the project of the client in the Google console"
        )
    if status == 403:
        return RefusedError("Google does not allow it: check that the calendar is shared with this account")
    if status == 410 and reasons & FORGOTTEN:
        # That of a first look, which goes by no token.
        return UnreachableError("Google forgot in the middle what was asked for")
    if status in (404, 410):
        if about in ("token", "calendar"):
            return MissingError("there is no such Google calendar, or this account may not see it")
        return ConflictError(f"status {status}")
    if about == "write" and status in (409, 412):
        return ConflictError(f"status {status}")
    if about == "write" and status in (400, 413, 422):
        return RejectedError(f"Google does not take the event (status {status})")
    return UnreachableError(f"status {status} from Google", asked)


def _reasons(content: bytes) -> set[str]:
    """Told in one form, in another, or in both."""
    try:
        told = json.loads(content)["error"]
        return {str(one.get("reason")) for key in ("errors", "details") for one in told.get(key) or ()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()

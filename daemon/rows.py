"""What the store takes and tells, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

BY_POLICY = "policy"
"""How an answer was given that the clinician did not give: a stream decided by itself, and told so on the phone."""
REFUSED = "refused"
"""Kept in place of what a server made of an entry that it does not take."""

Verdict = Literal["accepted", "declined", "seen", "open"]
"""`open` is an answer that was taken back."""
Verb = Literal["create", "update", "delete"]


@dataclass(frozen=True, slots=True)
class Write:
    """A conditional write to the publish calendar. `etag` is the version it replaces; None for a create."""

    name: str
    verb: Verb
    href: str
    data: str
    etag: str | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    source: str
    key: str
    sent: datetime
    reading: str | None
    problem: str | None
    signed: frozenset[str] | None = None
    body: bytes | None = None
    """Compressed; to be stored, and told by `Store.body` alone."""
    stored: datetime | None = field(default=None, compare=False)
    """When it came; told, and not to be stored."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An entry that is shown, or soon will be.

    `generation` counts the addresses that it had to leave. `wanted` is a digest of what was last written, and `kept`
    one of what the server made of it, or `REFUSED`. `calendar` is the name of the source it stands in, and `title` what
    was last read there. `strayed` says where the clinician moved it (two instants in ISO form), `noticed` when.
    """

    name: str
    about: str
    kind: str
    href: str
    since: datetime
    sequence: int
    there: bool
    generation: int = 0
    wanted: str | None = None
    kept: str | None = None
    calendar: str = ""
    title: str | None = None
    strayed: str | None = None
    noticed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with how and when it was given, and by which entry."""

    about: str
    verdict: Verdict
    at: datetime
    how: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is doing; `trouble` is a constant sentence without addresses or names."""

    name: str
    last_good: datetime | None
    failing_since: datetime | None
    failures: int
    trouble: str | None

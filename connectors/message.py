"""A message as a mailbox keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawMessage:
    """`key` names it within its inbox for ever, however often it is moved or read."""

    key: str
    raw: bytes

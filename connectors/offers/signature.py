"""Which domains signed a message (DKIM, RFC 6376), where no receiving server is there to say so.

A signature counts when it covers the whole body and the only From header, and is made with a key that the domain
publishes. It says who sent a message, and never by itself that they are trusted: see `trust`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from functools import partial
from typing import Protocol

import dkim
import dns.exception
import dns.resolver

from connectors.errors import UnreachableError

SECONDS = 5.0
"""For one question to DNS."""
MOST_SIGNATURES = 3
"""Of one message that are looked at, from the top; a sender's own and a mailing service's are two."""
SMALLEST_KEY = 1_024
"""Bits; a signature made with a smaller key is none (RFC 8301)."""
MOST_KEYS = 10
"""Strings of one DNS answer that are put together."""
_HOST = re.compile(rb"[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?", re.IGNORECASE)


class Ask(Protocol):
    """The TXT record of a name, or nothing. Raises UnreachableError where DNS gives no answer at all."""

    def __call__(self, name: bytes, timeout: float = ...) -> bytes: ...


def ask_dns(name: bytes, timeout: float = SECONDS, resolver: dns.resolver.Resolver | None = None) -> bytes:
    """The TXT record of `name` as one string; empty where there is none."""
    if not _HOST.fullmatch(name):
        return b""
    try:
        found = (resolver or dns.resolver).resolve(name.decode(), "TXT", lifetime=timeout, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
        return b""
    except dns.exception.DNSException:
        raise UnreachableError("a sender's signature cannot be checked: DNS does not answer") from None
    return b"".join(next(iter(found)).strings[:MOST_KEYS])


def signed_by(raw: bytes, ask: Ask = ask_dns) -> frozenset[str]:
    """The domains, in small letters, whose signature of this message holds. Raises UnreachableError (DNS)."""
    headers = message_from_bytes(raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")[0])
    if len(headers.get_all("From", [])) != 1 or "DKIM-Signature" not in headers:
        return frozenset()
    return frozenset(_holding(raw, ask))


def _holding(raw: bytes, ask: Ask) -> Iterator[str]:
    count = raw.lower().count(b"dkim-signature:")
    for index in range(min(count, MOST_SIGNATURES)):
        signature = dkim.DKIM(raw, minkey=SMALLEST_KEY, timeout=SECONDS)
        if _holds(partial(signature.verify, index, ask)) and b"l" not in signature.signature_fields:
            # With l= anybody may add to the body, and the signature still holds.
            yield signature.domain.decode("ascii", "replace").lower()


def _holds(verify: Callable[[], bool]) -> bool:
    try:
        return verify()
    except UnreachableError:
        raise
    except Exception:  # noqa: BLE001
        # The library raises its own errors, and whatever a broken header or key makes its parsers raise.
        return False

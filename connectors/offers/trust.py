"""Who really sent it.

Trusted only when the From address is a known sender's (or the clinician's own), and the topmost
Authentication-Results header, written by the clinician's own receiving server, says dmarc=pass, or dkim=pass for
the From domain itself. Results by others, headers further below, display names and lookalikes count for nothing.
Where no receiving server is configured, signatures that were checked here stand in for its word.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import authres

from connectors.offers.mime import Mail
from connectors.offers.reading import Lexicon, Sender, Trust


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


class _Header(authres.core.AuthenticationResultsHeader):  # type: ignore[misc]  # authres has no types
    """The library's own reading, with each of its patterns compiled once: it compiles them anew at every step.

    It also looks for a space or a comment at every step, in four ways; one look at the next letter says that there is none.
    """

    def _parse_pattern(self, pattern: str) -> re.Match[str] | None:
        found = _compiled(pattern).match(self._parse_text)
        if found:
            self._parse_text: str = self._parse_text[found.end() :]
        return found

    def _parse_rfc5322_cfws(self) -> object:
        return super()._parse_rfc5322_cfws() if self._parse_text[:1] in _SPACING else None


_SPACING = frozenset((" ", "\t", "\r", "\n", "("))


def sender_of(mail: Mail, lexicon: Lexicon) -> Sender | None:
    """The configured sender with exactly this From address."""
    return next((one for one in lexicon.senders if one.address.lower() == mail.sender), None)


def awaits_signature(mail: Mail, lexicon: Lexicon) -> bool:
    """Whether it is for its signatures to say if this is trusted."""
    return lexicon.authserv is None and (sender_of(mail, lexicon) is not None or _is_own(mail, lexicon))


def trust(
    mail: Mail, lexicon: Lexicon, organizers: tuple[str, ...] = (), signed: Collection[str] = ()
) -> Trust:
    """`organizers` of calendar mail must be the sender, or a sender of the same site.

    `signed` are domains whose signature was found to hold.
    """
    if not mail.sender:
        return "untrusted"
    known = sender_of(mail, lexicon)
    if not (known or _is_own(mail, lexicon)):
        return "untrusted"
    if not (_authentic(mail, lexicon.authserv) or (lexicon.authserv is None and _is_aligned(mail, signed))):
        return "untrusted"
    if known and not all(_same_desk(organizer, known, lexicon) for organizer in organizers):
        return "untrusted"
    return "trusted"


def _is_own(mail: Mail, lexicon: Lexicon) -> bool:
    return mail.sender in {one.lower() for one in lexicon.own}


def _is_aligned(mail: Mail, signed: Collection[str]) -> bool:
    """Signed by the domain of the From address, or by one that it is part of."""
    domain = mail.sender.rpartition("@")[2]
    return any(domain == one or ("." in one and domain.endswith(f".{one}")) for one in signed)


def _same_desk(organizer: str, sender: Sender, lexicon: Lexicon) -> bool:
    if organizer == sender.address.lower():
        return True
    other = next((one for one in lexicon.senders if one.address.lower() == organizer), None)
    return other is not None and not set(other.sites).isdisjoint(sender.sites)


def _authentic(mail: Mail, authserv: str | None) -> bool:
    if authserv is None or not mail.authentication or authserv.lower() not in mail.authentication[0].lower():
        return False
    try:
        header = _Header.parse_value(authres.core_features(), mail.authentication[0])
    except (authres.core.AuthResError, ValueError, IndexError, RecursionError):
        return False
    if str(header.authserv_id).lower() != authserv.lower():
        return False
    domain = mail.sender.rpartition("@")[2]
    return any(_passes(result, domain) for result in header.results)


def _passes(result: Any, domain: str) -> bool:  # authres has no types
    if result.result != "pass":
        return False
    told = {(one.type, one.name): str(one.value).lower() for one in result.properties}
    if result.method == "dmarc":
        named = told.get(("header", "from"))
        return named is None or named.rpartition("@")[2] == domain
    # Some servers tell who signed by the identity alone, which is never of a domain above the one that signed.
    signed = told.get(("header", "d")) or told.get(("header", "i"), "").rpartition("@")[2]
    return bool(result.method == "dkim" and signed == domain)

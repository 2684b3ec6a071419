"""Who really sent it.

Trusted only when the From address is a known sender's (or the clinician's own), and the topmost
Authentication-Results header, written by the clinician's own receiving server, says dmarc=pass, or dkim=pass for
the From domain itself. Results by others, headers further below, display names and lookalikes count for nothing.
"""

from __future__ import annotations

import authres

from connectors.offers.mime import Mail
from connectors.offers.reading import Lexicon, Sender, Trust


def sender_of(mail: Mail, lexicon: Lexicon) -> Sender | None:
    """The configured sender with exactly this From address."""
    return next((one for one in lexicon.senders if one.address.lower() == mail.sender), None)


def trust(mail: Mail, lexicon: Lexicon, organizers: tuple[str, ...] = ()) -> Trust:
    """`organizers` of calendar mail must be the sender, or a sender of the same site."""
    if not mail.sender:
        return "untrusted"
    known = sender_of(mail, lexicon)
    mine = mail.sender in {one.lower() for one in lexicon.own}
    if not (known or mine) or not _authentic(mail, lexicon.authserv):
        return "untrusted"
    if known and not all(_same_desk(organizer, known, lexicon) for organizer in organizers):
        return "untrusted"
    return "trusted"


def _same_desk(organizer: str, sender: Sender, lexicon: Lexicon) -> bool:
    if organizer == sender.address.lower():
        return True
    other = next((one for one in lexicon.senders if one.address.lower() == organizer), None)
    return other is not None and not set(other.sites).isdisjoint(sender.sites)


def _authentic(mail: Mail, authserv: str | None) -> bool:
    if authserv is None or not mail.authentication:
        return False
    try:
        header = authres.AuthenticationResultsHeader.parse(
            f"Authentication-Results: {mail.authentication[0]}"
        )
    except (authres.core.AuthResError, ValueError, IndexError, RecursionError):
        return False
    if str(header.authserv_id).lower() != authserv.lower():
        return False
    domain = mail.sender.rpartition("@")[2]
    return any(_passes(result, domain) for result in header.results)


def _passes(result: object, domain: str) -> bool:
    method, verdict = getattr(result, "method", ""), getattr(result, "result", "")
    if verdict != "pass":
        return False
    if method == "dmarc":
        named = getattr(result, "header_from", None)
        return named is None or str(named).lower() == domain
    return method == "dkim" and str(getattr(result, "header_d", None) or "").lower() == domain

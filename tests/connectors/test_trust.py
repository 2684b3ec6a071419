"""Whom a message is believed to come from: the word of the clinician's own mail server, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon, Sender, SiteNames, Trust

AUTHSERV = "mx.clinician.example"
DESK = "shifts@lakeside.example"
OWN = "r.example@clinician.example"
CHICAGO = ZoneInfo("America/Chicago")
LEXICON = Lexicon(
    sites=(
        SiteNames("lakeside-ed", ("Lakeside ED", "LKSD"), CHICAGO),
        SiteNames("north-icu", ("North ICU",), CHICAGO),
    ),
    home_zone=CHICAGO,
    senders=(
        Sender(DESK, ("lakeside-ed",), "mdy"),
        Sender("charge@lakeside.example", ("lakeside-ed",), "mdy"),
        Sender("rota@northridge.example", ("north-icu",), "mdy"),
    ),
    own=(OWN,),
    authserv=AUTHSERV,
)
GOOD = f"{AUTHSERV}; dmarc=pass header.from=lakeside.example"
BODY = "Mon 1/4 7p-7a LKSD $2400\r\n"


def message(
    results: Sequence[str], sender: str = DESK, *, headers: Sequence[str] = (), body: str = BODY
) -> bytes:
    lines = [f"Authentication-Results: {one}" for one in results]
    lines += [
        f"From: {sender}",
        *headers,
        "Date: Mon, 14 Dec 2026 09:00:00 -0600",
        "Subject: Shifts",
        "",
        body,
    ]
    return "\r\n".join(lines).encode()


def trust(results: Sequence[str], sender: str = DESK, *, headers: Sequence[str] = ()) -> Trust:
    reading = read_message(message(results, sender, headers=headers), LEXICON)
    assert len(reading.shifts) == 1, "trust is judged apart from what is read"
    return reading.trust


@pytest.mark.parametrize(
    "results",
    [
        GOOD,
        f"{AUTHSERV}; dkim=pass header.d=lakeside.example",
        f"{AUTHSERV}; dkim=pass header.d=Lakeside.Example header.s=k1",
        f"{AUTHSERV.upper()}; dmarc=pass header.from=lakeside.example",
        f"{AUTHSERV} 1; dmarc=pass header.from=lakeside.example",
        f"{AUTHSERV}; spf=fail smtp.mailfrom=bounce.example; dmarc=pass (p=reject) header.from=lakeside.example",
        f"{AUTHSERV};\r\n dkim=pass header.d=mailer.example header.s=k1;\r\n dkim=pass header.d=lakeside.example",
    ],
)
def test_a_known_sender_that_our_server_vouches_for(results: str) -> None:
    """By dmarc=pass, or by dkim=pass for the From domain itself, however it is written."""
    assert trust([results]) == "trusted"


@pytest.mark.parametrize(
    "results",
    [
        f"{AUTHSERV}; dkim=pass header.d=mailer.example",
        f"{AUTHSERV}; dkim=pass header.d=example",
        f"{AUTHSERV}; dkim=pass header.d=notlakeside.example",
        f"{AUTHSERV}; dkim=pass header.d=lakeside.example.evil.example",
        f"{AUTHSERV}; dkim=pass",
        f"{AUTHSERV}; spf=pass smtp.mailfrom=lakeside.example",
        f"{AUTHSERV}; dkim=fail header.d=lakeside.example",
        f"{AUTHSERV}; dmarc=fail header.from=lakeside.example",
        f"{AUTHSERV}; dmarc=none header.from=lakeside.example; spf=pass smtp.mailfrom=lakeside.example",
        f"{AUTHSERV}; dmarc=pass header.from=evil.example",
        f"{AUTHSERV}; dkim=fail (dkim=pass header.d=lakeside.example) header.d=lakeside.example",
        f"{AUTHSERV}; arc=pass header.d=lakeside.example",
        f"{AUTHSERV}; none",
        f"{AUTHSERV}",
        "",
        "dmarc=pass",
        "; dmarc=pass header.from=lakeside.example",
    ],
)
def test_a_pass_for_somebody_else_is_no_trust(results: str) -> None:
    """Another domain's signature, an envelope's, a failure, or nothing at all."""
    assert trust([results]) == "untrusted"


@pytest.mark.parametrize(
    "results",
    [
        f"{AUTHSERV}; dkim=pass header.i=@lakeside.example header.s=k1 header.b=abc",
        f"{AUTHSERV};\r\n dkim=pass header.i=@lakeside.example header.s=k1;\r\n spf=pass smtp.mailfrom=x@lakeside.example",
        f"{AUTHSERV}; dkim=pass header.i=desk@lakeside.example",
    ],
)
def test_a_signature_that_is_told_by_its_identity(results: str) -> None:
    """Gmail writes header.i and no header.d; its domain is, or lies under, the one that signed (RFC 6376, 3.5)."""
    assert trust([results]) == "trusted"


@pytest.mark.parametrize(
    "identity", ["@mail.lakeside.example", "@evil.example", "lakeside.example@evil.example", "@"]
)
def test_an_identity_of_another_domain_is_none(identity: str) -> None:
    """Neither of a host below theirs, nor of somebody else."""
    assert trust([f"{AUTHSERV}; dkim=pass header.i={identity}"]) == "untrusted"


@pytest.mark.parametrize(
    "results",
    [
        ["mx.evil.example; dmarc=pass header.from=lakeside.example"],
        ["mx.evil.example; dmarc=pass header.from=lakeside.example", GOOD],
        [f"{AUTHSERV}; dmarc=fail header.from=lakeside.example", GOOD],
        [f"{AUTHSERV}; none", GOOD],
        [f"{AUTHSERV}.evil.example; dmarc=pass header.from=lakeside.example", GOOD],
        [f"evil.{AUTHSERV}; dmarc=pass header.from=lakeside.example", GOOD],
        [],
    ],
)
def test_only_the_topmost_word_of_our_own_server_counts(results: Sequence[str]) -> None:
    """What stands below was in the message when it came, and says what its sender likes."""
    assert trust(results) == "untrusted"


def test_what_stands_below_a_good_word_does_not_matter() -> None:
    """A forged failure takes nothing away."""
    assert trust([GOOD, f"{AUTHSERV}; dmarc=fail header.from=lakeside.example"]) == "trusted"


@pytest.mark.parametrize("other", ["ARC-Authentication-Results: i=1; ", "X-Authentication-Results: "])
def test_other_headers_are_no_results(other: str) -> None:
    """What somebody on the way saw is not what our server saw."""
    assert trust([], headers=[f"{other}{GOOD}"]) == "untrusted"


def test_without_a_server_of_ours_nobody_is_believed() -> None:
    """Until `mail.authserv` is written."""
    assert read_message(message([GOOD]), replace(LEXICON, authserv=None)).trust == "untrusted"


@pytest.mark.parametrize(
    "sender",
    [
        f'"{DESK}" <offers@evil.example>',
        f'"Lakeside Shifts {DESK}" <offers@evil.example>',
        "Lakeside Shifts <shifts@lakeside-shifts.example>",
        "shifts@1akeside.example",
        "shifts@lakeside.example.evil.example",
        "shifts@mail.lakeside.example",
        "other@lakeside.example",
        "shifts+x@lakeside.example",
        "shifts@l\u0430keside.example",
        f"{DESK}, offers@evil.example",
        f"offers@evil.example, {DESK}",
        "",
    ],
)
def test_a_name_that_looks_like_theirs_is_not_theirs(sender: str) -> None:
    """Whatever their own server vouches for: only the very address counts."""
    domain = sender.rpartition("@")[2].rstrip(">") or "lakeside.example"
    assert trust([f"{AUTHSERV}; dmarc=pass header.from={domain}"], sender) == "untrusted"
    assert trust([GOOD], sender) == "untrusted"


@pytest.mark.parametrize("header", ["Sender", "Reply-To", "Return-Path", "X-Original-From", "Resent-From"])
def test_only_the_from_address_counts(header: str) -> None:
    """Not who else is named."""
    results = [f"{AUTHSERV}; dmarc=pass header.from=evil.example"]
    assert trust(results, "offers@evil.example", headers=[f"{header}: {DESK}"]) == "untrusted"


def test_two_from_headers_are_nobodys() -> None:
    """One of them is what a phone shows, the other what was checked."""
    for first, second in ((DESK, "offers@evil.example"), ("offers@evil.example", DESK), (DESK, DESK)):
        assert trust([GOOD], first, headers=[f"From: {second}"]) == "untrusted"


@pytest.mark.parametrize("sender", ["Shifts@Lakeside.Example", f"Marla Voss <{DESK}>", f"<{DESK.upper()}>"])
def test_an_address_is_the_same_in_any_letters(sender: str) -> None:
    """And under any display name."""
    assert trust([GOOD], sender) == "trusted"


# -- what the clinician forwards -------------------------------------------------------------------------------------------

FORWARD = f"See below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Desk <{DESK}>\r\n\r\n{BODY}"
OWN_PASS = f"{AUTHSERV}; dmarc=pass header.from=clinician.example"


def test_a_forward_of_the_clinician_counts_as_theirs() -> None:
    """Vouched for by their own server; the block that they forward is read."""
    reading = read_message(message([OWN_PASS], OWN, body=FORWARD), LEXICON)
    assert reading.trust == "trusted"
    assert [shift.site for shift in reading.shifts] == ["lakeside-ed"]


@pytest.mark.parametrize(
    ("results", "sender"),
    [
        ([], OWN),
        ([f"{AUTHSERV}; dmarc=fail header.from=clinician.example"], OWN),
        ([f"{AUTHSERV}; dkim=pass header.d=lakeside.example"], OWN),
        ([OWN_PASS], f'"{OWN}" <r.example@evil.example>'),
        ([OWN_PASS], "other@clinician.example"),
        ([f"{AUTHSERV}; dmarc=pass header.from=evil.example"], "r.example@evil.example"),
    ],
)
def test_a_forward_in_the_clinicians_name_is_not_theirs(results: Sequence[str], sender: str) -> None:
    """Neither unsigned, nor signed by somebody else, nor by display name."""
    assert read_message(message(results, sender, body=FORWARD), LEXICON).trust == "untrusted"


# -- calendar mail -----------------------------------------------------------------------------------------------------------


def invitation(organizer: str) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:one",
        "DTSTART:20270105T010000Z",
        "DTEND:20270105T130000Z",
        "SUMMARY:LKSD night",
        *([f"ORGANIZER;CN=Lakeside:{organizer}"] if organizer else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    kind = "Content-Type: text/calendar; method=REQUEST; charset=utf-8"
    return message([GOOD], headers=["MIME-Version: 1.0", kind], body="\r\n".join(lines))


@pytest.mark.parametrize(
    ("organizer", "judged"),
    [
        (f"mailto:{DESK}", "trusted"),
        (f"MAILTO:{DESK.upper()}", "trusted"),
        ("mailto:charge@lakeside.example", "trusted"),
        ("mailto:rota@northridge.example", "untrusted"),
        ("mailto:offers@evil.example", "untrusted"),
        ("mailto:other@lakeside.example", "untrusted"),
        (f"mailto:{DESK}.evil.example", "untrusted"),
    ],
)
def test_who_organises_is_who_sent_it(organizer: str, judged: Trust) -> None:
    """Or belongs to the same site."""
    reading = read_message(invitation(organizer), LEXICON)
    assert reading.trust == judged
    assert len(reading.shifts) == 1

"""Signatures of messages: what holds, what does not, and what that says about who sent it."""

from __future__ import annotations

import base64
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import dkim
import dns.exception
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.base import Mail
from connectors.errors import UnreachableError
from connectors.message import RawMessage
from connectors.offers import signature
from connectors.offers.reader import read_message
from connectors.offers.reading import Lexicon, Sender, SiteNames
from connectors.offers.signature import ask_dns, signed_by
from daemon.sources import LONGEST_WAIT_FOR_DNS, Source, poll_inbox
from tests.waiting import LONG

NOW = datetime(2026, 12, 28, 15, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
LEXICON = Lexicon(
    sites=(SiteNames("lakeside", ("Lakeside ED", "LKSD"), CHICAGO),),
    emrs=(),
    home_zone=CHICAGO,
    senders=(Sender("desk@agency.example", ("lakeside",)), Sender("desk@news.agency.example", ("lakeside",))),
    own=("me@home.example",),
    authserv=None,
)
MESSAGE = b"""\
From: Desk <desk@agency.example>
To: me@home.example
Subject: Open shift
Date: Mon, 28 Dec 2026 14:30:00 +0000
Message-ID: <1@agency.example>

LKSD Sat 2/20 7a-7p $2300
"""


@cache
def key(bits: int = 1024) -> tuple[bytes, bytes]:
    """A private key as PEM, and the TXT record of its public half. Made here, and gone with the tests."""
    made = rsa.generate_private_key(65537, bits)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    private = made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    public = made.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def signed(message: bytes = MESSAGE, domain: bytes = b"agency.example", **more: bool) -> bytes:
    return bytes(dkim.sign(message, b"s1", domain, key()[0], **more)) + message


def published(name: bytes, timeout: float = 5.0) -> bytes:
    """Every domain has the key."""
    del timeout
    return key()[1] if name.startswith(b"s1._domainkey.") else b""


def silent(name: bytes, timeout: float = 5.0) -> bytes:
    raise UnreachableError(f"DNS does not answer within {timeout} s for {name!r}")


def test_a_signature_that_holds_names_its_domain() -> None:
    """Whatever the line ends of a stored message are; and several, each by itself."""
    assert signed_by(signed(), published) == {"agency.example"}
    assert signed_by(signed().replace(b"\r\n", b"\n"), published) == {"agency.example"}
    assert signed_by(signed(signed(domain=b"Mail.Example")), published) == {"agency.example", "mail.example"}


BROKEN: dict[str, Callable[[], bytes]] = {
    "no signature": lambda: MESSAGE,
    "another body": lambda: signed().replace(b"$2300", b"$9300"),
    "another subject": lambda: signed().replace(b"Open shift", b"Open door"),
    "another sender": lambda: signed().replace(b"desk@agency", b"boss@agency"),
    "a second sender above": lambda: b"From: boss@agency.example\n" + signed(),
    "a second sender below": lambda: signed().replace(b"\nTo: ", b"\nFrom: boss@agency.example\nTo: "),
    "no sender": lambda: signed().replace(b"From: ", b"Form: "),
    "a length that leaves room for more": lambda: signed(length=True) + b"LKSD Sun 2/21 7a-7p $2300\n",
    "a length, and nothing added": lambda: signed(length=True),
    "nothing but the tag": lambda: b"DKIM-Signature: \n" + MESSAGE,
    "garbage": lambda: b"DKIM-Signature: v=1; a=\xff\x00; b=;;;=\n" + MESSAGE,
    "another algorithm": lambda: signed().replace(b"a=rsa-sha256", b"a=rsa-sha1"),
    "expired": lambda: re.sub(rb"t=\d+", b"t=1; x=2", signed()),
    "a host that is none": lambda: signed().replace(b"d=agency.example", b"d=agency..example"),
    "below three that do not hold": lambda: b"DKIM-Signature: v=1\n" * 3 + signed(),
}


@pytest.mark.parametrize("made", BROKEN.values(), ids=BROKEN.keys())
def test_what_does_not_hold_names_nobody(made: Callable[[], bytes]) -> None:
    """And raises nothing, whatever stands there."""
    assert signed_by(made(), published) == frozenset()


@pytest.mark.parametrize(
    "record", [b"", b"v=DKIM1; k=rsa; p=", b"v=DKIM1; p=\xff", key(2048)[1], b"v=spf1 -all"]
)
def test_a_key_that_is_not_there_holds_nothing(record: bytes) -> None:
    """None, a revoked one, a broken one, another one, another record."""
    assert signed_by(signed(), lambda name, timeout=5.0: record) == frozenset()  # dkimpy's names


def test_a_small_key_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can be broken proves nothing."""
    monkeypatch.setattr(signature, "SMALLEST_KEY", 2048)
    assert signed_by(signed(), published) == frozenset()


def test_silence_of_dns_is_told() -> None:
    """It is no verdict: who asks must be able to ask again."""
    with pytest.raises(UnreachableError, match="DNS"):
        signed_by(signed(), silent)
    assert signed_by(MESSAGE, silent) == frozenset()


# -- what it says about who sent it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "domains", "trusted"),
    [
        ("desk@agency.example", ["agency.example"], True),
        ("desk@news.agency.example", ["agency.example"], True),
        ("me@home.example", ["home.example"], True),
        ("desk@agency.example", ["mailer.example", "agency.example"], True),
        ("desk@agency.example", ["news.agency.example"], False),
        ("desk@agency.example", ["mailer.example"], False),
        ("desk@agency.example", ["y.example"], False),
        ("desk@agency.example", ["example"], False),
        ("desk@agency.example", [], False),
        ("stranger@agency.example", ["agency.example"], False),
    ],
)
def test_only_the_domain_of_the_sender_speaks_for_the_sender(
    sender: str, domains: list[str], *, trusted: bool
) -> None:
    """Or one that it is part of; and only for a sender that is known."""
    raw = MESSAGE.replace(b"desk@agency.example", sender.encode())
    assert read_message(raw, LEXICON, NOW, domains).trust == ("trusted" if trusted else "untrusted")


def test_where_a_server_is_configured_only_its_word_counts() -> None:
    """It may know of the sender's policy what a signature does not say."""
    served = replace(LEXICON, authserv="mx.home.example")
    assert read_message(MESSAGE, served, NOW, ["agency.example"]).trust == "untrusted"


class Box:
    """An inbox with what is put in."""

    def __init__(self, *raw: bytes) -> None:
        self.messages = tuple(RawMessage(f"k{number}", one) for number, one in enumerate(raw))

    def fetch(self, cursor: str | None, known: object) -> Mail:
        del cursor, known
        return Mail(self.messages, None)

    def close(self) -> None:
        """Nothing is open."""


def polled(*raw: bytes, now: datetime = NOW, known: dict[str, frozenset[str]] | None = None) -> list[str]:
    _, read = poll_inbox(Source("in", "inbox", 60, inbox=Box(*raw)), None, (), LEXICON, now, known or {})
    return [f"{one.reading.trust if one.reading else '-'} {sorted(one.signed or ())}" for one in read]


def test_an_inbox_asks_about_senders_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a stranger's message nothing is asked, and of one that was asked about before neither."""
    asked: list[bytes] = []

    def count(raw: bytes) -> frozenset[str]:
        asked.append(raw)
        return signed_by(raw, published)

    monkeypatch.setattr(signature, "signed_by", count)
    stranger, one = MESSAGE.replace(b"desk@agency", b"someone@other"), signed()
    assert polled(one, stranger, MESSAGE) == ["trusted ['agency.example']", "untrusted []", "untrusted []"]
    assert asked == [one, MESSAGE]
    known = {"k0": frozenset({"agency.example"}), "k1": frozenset[str]()}
    assert polled(MESSAGE, signed(), known=known) == ["trusted ['agency.example']", "untrusted []"]
    assert len(asked) == 2


def test_without_dns_a_message_waits_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the round is stored, so nothing is lost; then it counts as unsigned, and the others go on."""
    monkeypatch.setattr(signature, "signed_by", lambda raw: signed_by(raw, silent))
    with pytest.raises(UnreachableError, match="DNS"):
        polled(signed())
    late = NOW + LONGEST_WAIT_FOR_DNS + timedelta(hours=1)
    assert polled(signed(), now=late) == ["untrusted []"]


# -- DNS itself ------------------------------------------------------------------------------------------------------


@contextmanager
def name_server(answer: Callable[[dns.message.Message], None] | None) -> Iterator[dns.resolver.Resolver]:
    """A real one, on a free port of this machine; it answers as it is told, or not at all."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        plug.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                try:
                    asked, peer = plug.recvfrom(4096)
                except OSError:
                    return
                if answer and asked:
                    response = dns.message.make_response(dns.message.from_wire(asked))
                    answer(response)
                    plug.sendto(response.to_wire(), peer)
                elif not asked:
                    return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], plug.getsockname()[1]
        yield resolver
        plug.sendto(b"", plug.getsockname())
        thread.join(LONG)


def test_a_key_is_asked_for_over_dns() -> None:
    """A long record comes in several strings, which are one."""
    whole = key()[1].decode()

    def tell(response: dns.message.Message) -> None:
        name = response.question[0].name
        assert str(name) == "s1._domainkey.agency.example."
        parts = " ".join(f'"{whole[at : at + 100]}"' for at in range(0, len(whole), 100))
        response.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", parts))

    with name_server(tell) as resolver:
        found = signed_by(signed(), lambda name, timeout=5.0: ask_dns(name, LONG, resolver))
    assert found == {"agency.example"}


@pytest.mark.parametrize("code", [dns.rcode.NXDOMAIN, dns.rcode.NOERROR])
def test_a_name_without_a_record_has_no_key(code: dns.rcode.Rcode) -> None:
    """That is an answer."""
    with name_server(lambda response: response.set_rcode(code)) as resolver:
        assert ask_dns(b"s1._domainkey.agency.example.", LONG, resolver) == b""


@pytest.mark.parametrize("answer", [None, lambda response: response.set_rcode(dns.rcode.SERVFAIL)])
def test_a_server_that_fails_is_none(answer: Callable[[dns.message.Message], None] | None) -> None:
    """Neither silence nor a failure says that there is no key."""
    with name_server(answer) as resolver, pytest.raises(UnreachableError, match="DNS does not answer"):
        ask_dns(b"s1._domainkey.agency.example.", 0.5, resolver)


@pytest.mark.parametrize("name", [b"", b"a", b"s1 ._domainkey.x.example.", b"\xff._domainkey.x.example."])
def test_what_is_no_name_is_not_asked_for(name: bytes) -> None:
    with name_server(None) as resolver:
        assert ask_dns(name, 0.5, resolver) == b""

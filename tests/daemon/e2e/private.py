"""What of a world must not stand in a log: taken from its files, its mail and its events, whatever a test puts there."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.daemon.e2e.harness import World

ALWAYS = frozenset(
    {"http://", "https://", "Basic ", ".ics", ".eml", "SUMMARY", "BEGIN:V", "Subject:", "Traceback"}
)
"""Signs of addresses, files and bodies of whatever world."""
PLAIN = frozenset(
    "Mon Tue Wed Thu Fri Sat Sun Subject Message Date From Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
"""Words with a capital that say nothing of anybody."""
NAMES = re.compile(
    r"^\s*(?:name|names|sites|calendar|title|user|url|host|address|path|authserv)\s*=\s*(.*)$", re.MULTILINE
)
TOLD_OF_EVENTS = re.compile(r"^(?:SUMMARY|DESCRIPTION|LOCATION)[^:\n]*:(.*)$", re.MULTILINE)


def words(world: World) -> frozenset[str]:
    """Names, titles, lines, addresses, amounts and secrets."""
    found = {*ALWAYS, str(world.root)}
    for text in world.policies:
        found |= _of_names(text)
    service = (world.config / "service.toml").read_text("utf-8")
    found |= _of_names(service)
    for secret in (world.config / "secrets").iterdir():
        found.add(secret.read_text("utf-8").strip())
    for raw in world.mails:
        found |= set(_of_mail(raw))
    for text in world.events:
        found |= set(_of_lines(TOLD_OF_EVENTS.findall(text.replace("\r\n", "\n"))))
    return frozenset(one for one in found if len(one) > 2)


def _of_names(text: str) -> set[str]:
    """The quoted words of the keys that hold names, and their parts."""
    quoted = {word for line in NAMES.findall(text) for word in re.findall(r'"([^"]+)"', line)}
    return quoted | set(_of_lines(quoted))


def _of_mail(raw: bytes) -> Iterator[str]:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for key in ("From", "To", "Subject", "Message-ID"):
        said = str(mail.get(key, ""))
        yield from _of_lines([said, *re.findall(r"[\w.+-]+@[\w.-]+", said)])
    yield from _of_lines(raw.partition(b"\n\n")[2].decode("utf-8", "replace").splitlines())


def _of_lines(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines of some length, words with a capital, and amounts of money."""
    for line in lines:
        if len(line.strip()) > 7:
            yield line.strip()
        yield from (word for word in re.findall(r"\b[A-Z]\w{3,}\b", line) if word not in PLAIN)
        yield from (amount for amount in re.findall(r"\$([\d,]{4,})", line))


def betrayed(log: str, private: Iterable[str]) -> list[str]:
    """The private words that stand in a log, as whole words."""
    return sorted(word for word in private if word in log and _whole(word).search(log))


def _whole(word: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return re.compile(before + re.escape(word) + after)

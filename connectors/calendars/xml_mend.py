"""What keeps an answer from being XML, and what is left without it.

Some servers put an object into their answer byte for byte: folded within a letter, as iCalendar allows, or with what no
XML can hold. It must cost that letter, and not the calendar.
"""

from __future__ import annotations

import re

_FOLD = re.compile(rb"(?:\r|&#(?:13|[xX]0?[dD]);)?\n[ \t](?=[\x80-\xbf])")
"""Before what can only go on a letter."""
_NO_LETTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2)."""
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")


def unfolded(body: bytes) -> bytes:
    """UTF-8 with no line break inside of a letter."""
    return _FOLD.sub(b"", body)


def mended(body: bytes) -> bytes:
    """The answer as UTF-8, without what XML cannot hold; anything in another encoding comes back as it is."""
    named = _ENCODING.search(body[:200])
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        named and named.group(1).lower() not in (b"utf-8", b"utf8")
    ):
        return body
    text = unfolded(body).decode("utf-8", "replace")
    return _NO_LETTER.sub("", _REFERENCE.sub(_if_a_letter, text)).encode()


def _if_a_letter(reference: re.Match[str]) -> str:
    number = int(reference.group(1), 16) if reference.group(1) else int(reference.group(2))
    return reference.group() if number <= 0x10FFFF and not _NO_LETTER.match(chr(number)) else ""

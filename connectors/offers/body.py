"""Which lines of a message are its own words: quotes of older mail, signatures and forward headers are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from connectors.offers.mime import Line
from connectors.offers.phrases import CLOSER, GREETING
from connectors.offers.reading import Ignored, Source

_FORWARD = re.compile(
    r"^\s*(?:-{2,}\s*(?:forwarded message|original message|weitergeleitete)|begin forwarded message)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^\s*(?:on .{5,120} wrote:|-{2,}\s*original message\s*-{2,}|_{10,})\s*$", re.IGNORECASE)
_HEADER = re.compile(r"^[\s>]*\**(?:from|date|sent|subject|to|cc|reply-to)\**:\**\s", re.IGNORECASE)
_FROM = re.compile(r"\**(?:from|sent)\**:", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:text|sms|i?message|whatsapp|signal|chat|voice ?mail|group)(?: (?:message|text|chat|thread|from [\w .'’-]{2,30}))?[,:]? (?:on |received )?)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
    r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?: \d{4})?)"
    r",? (?:at )?\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?",
    re.IGNORECASE,
)
"""`Text message, Mon Feb 1 12:05 PM` below whom it is from: when it came."""
_SENT_OR_SUBJECT = re.compile(r"^[\s>]*\**(?:sent|subject|to\**:.{0,80}@)\**:?", re.IGNORECASE)
_RE_SUBJECT = re.compile(r"^\s*(?:re|aw)\s*:", re.IGNORECASE)
_ORIGINAL = re.compile(r"^\s*-{2,}\s*original message", re.IGNORECASE)
"""Below an answer it is what is answered."""
_FWD_SUBJECT = re.compile(r"^\s*(?:fwd?|fw|wg|tr)\s*:", re.IGNORECASE)


def own_lines(
    lines: Sequence[Line], subject: str, telling: Callable[[str], bool]
) -> tuple[list[Line], list[Ignored]]:
    """The lines to read, and the others each with the rule that set it aside. Blank lines are in neither.

    `telling` says that a line puts a date and hours together: "Thanks!" above such a line closes nothing.
    """
    forwarded = bool(_FWD_SUBJECT.match(subject)) or any(
        _FORWARD.match(line.text) and not (_RE_SUBJECT.match(subject) and _ORIGINAL.match(line.text))
        for line in lines
    )
    kept: list[Line] = []
    ignored: list[Ignored] = []
    mode = ""
    closed = marked = False
    last_telling = next((line.number for line in reversed(lines) if telling(line.text[:2_000])), 0)
    for at, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            mode = "" if mode == "forward-header" else mode
            continue
        if mode == "" and not forwarded and _FROM.match(text) and not _is_header(lines, at):
            kept.append(line)
            continue
        mode = _mode(mode, text, line.text, forwarded=forwarded)
        if text.startswith(">"):
            marked = marked or mode == "quote"
        elif mode == "quote" and marked and not _REPLY.match(text):
            # A quote by marks ends with them: what stands below is an answer.
            mode, marked = "", False
        if (
            mode == "signature"
            and line.number < last_telling
            and not re.fullmatch(r"--\s?", line.text)
            and not closed
        ):
            mode = ""
        closed = mode == "signature"
        rule = mode or ("greeting" if GREETING.match(text) else "")
        if rule:
            ignored.append(Ignored(Source(line.number, line.text), rule))
        else:
            kept.append(line)
        if mode == "quote-line":
            mode = ""
    return kept, ignored


def _is_header(lines: Sequence[Line], at: int) -> bool:
    """`From: Dr. Nguyen` in a form begins no older mail: that has an address, or names when it was sent and on what."""
    if "@" in lines[at].text:
        return True
    below = [line.text for line in lines[at + 1 : at + 6]]
    return any(_SENT_OR_SUBJECT.match(text) for text in below)


def _mode(mode: str, text: str, raw: str, *, forwarded: bool) -> str:
    if mode in ("quote", "signature") and not _FORWARD.match(text):
        return mode
    if _FORWARD.match(text) and forwarded:
        return "forward-header"
    if mode == "forward-header" and (_HEADER.match(text) or _STAMP.fullmatch(text)):
        return mode
    if forwarded and re.match(r"[\s>]*\**(?:from|von|de):\**\s.{0,100}@", text, re.IGNORECASE):
        return "forward-header"
    if _REPLY.match(text):
        return "quote-line" if forwarded else "quote"
    if text.startswith(">") and not forwarded:
        return "quote-line"
    if re.fullmatch(r"--\s?", raw):
        return "signature"
    if CLOSER.match(text):
        return "signature"
    if mode == "" and _HEADER.match(text) and text.lower().startswith(("from:", "sent:")) and not forwarded:
        return "quote"
    return ""

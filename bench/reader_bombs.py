"""Whole messages that are hostile by their shape: nesting, floods of parts, tables without end, calendars that run on.

Each is made from dice, the message whose head it borrows, and about how many characters it may have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Bomb = Callable[[Random, bytes, int], bytes]

SHIFT = b"Fri 1/15 7a-7p LKSD $2,400\r\n"
RULES = (
    b"RRULE:FREQ=SECONDLY",
    b"RRULE:FREQ=SECONDLY;COUNT=1000000000",
    b"RRULE:FREQ=MINUTELY;INTERVAL=1",
    b"RRULE:FREQ=DAILY;COUNT=1000000000",
    b"RRULE:FREQ=DAILY;INTERVAL=0",
    b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    b"RRULE:FREQ=YEARLY;BYYEARDAY=366;INTERVAL=3",
    b"RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7;BYSECOND=0,1,2,3",
    b"RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=99991231T235959Z",
    b"RRULE:FREQ=MONTHLY;BYDAY=-5SU;BYSETPOS=366",
    b"RRULE:FREQ=DAILY;UNTIL=20261201",
    b"RRULE:FREQ=WEEKLY;COUNT=99;BYDAY=MO",
    b"RR\r\n ULE:FREQ=SECONDLY",
    b"rrule:freq=secondly",
    b"RRULE;X=1:FREQ=DAILY",
    b"EXRULE:FREQ=SECONDLY\r\nRRULE:FREQ=DAILY;COUNT=5",
    b"RDATE:" + b",".join(b"20270%03dT000000Z" % n for n in range(100, 999)),
    b"RDATE;VALUE=PERIOD:20270101T000000Z/P9999W",
    b"EXDATE:nonsense\r\nRRULE:FREQ=DAILY;COUNT=9",
)
TIMES = (
    b"DTSTART:20270115T130000Z\r\nDTEND:20270116T010000Z",
    b"DTSTART:20270115T130000Z\r\nDURATION:P99999999W",
    b"DTSTART:20270115T130000Z\r\nDURATION:-PT1H",
    b"DTSTART;TZID=America/Chicago:20270115T070000\r\nDTEND;TZID=America/Chicago:20270115T190000",
    b"DTSTART;TZID=No/Where:20270115T070000\r\nDTEND;TZID=No/Where:20270115T190000",
    b"DTSTART;TZID=/etc/passwd:20270115T070000\r\nDTEND:20270115T190000",
    b"DTSTART;VALUE=DATE:20270115",
    b"DTSTART:00010101T000000Z\r\nDTEND:99991231T235959Z",
    b"DTSTART:20270230T070000Z",
    b"DTEND:20270115T190000Z",
    b"DTSTART:20270115T070000\r\nDTSTART:20270116T070000\r\nDTEND:20270117T070000",
    b"DTSTART:20270314T023000\r\nDTEND:20270314T020000",
)


def _head(raw: bytes) -> bytes:
    """The head of a message without what it says of its content, and without the blank line."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    return re.sub(rb"(?im)^Content-[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)", b"", head).strip() + b"\r\n"


def nested(depth: int, head: bytes, inside: bytes = SHIFT) -> bytes:
    """Parts within parts."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    closed = b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(depth)))
    return head + opened + b"Content-Type: text/plain\r\n\r\n" + inside + closed


def table(rows: int, head: bytes, cell: bytes = b"<td>Fri 1/15</td><td>7a-7p</td><td>LKSD</td>") -> bytes:
    """A table of as many rows, each with a shift."""
    titles = b"<tr><th>Date</th><th>Time</th><th>Site</th></tr>"
    body = b"<table>" + titles + (b"<tr>" + cell + b"</tr>\r\n") * rows + b"</table>"
    return head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body


def _deep_parts(dice: Random, raw: bytes, size: int) -> bytes:
    return nested(min(size // 60, dice.choice((3, 90, 400, 1_000))) + 1, _head(raw))


def _deep_messages(dice: Random, raw: bytes, size: int) -> bytes:
    depth = min(size // 40, dice.choice((3, 90, 500))) + 1
    return _head(raw) + b"Content-Type: message/rfc822\r\n\r\n" * depth + SHIFT


def _many_parts(dice: Random, raw: bytes, size: int) -> bytes:
    kinds = (b"text/plain", b"text/html", b"text/calendar", b"application/ics", b"image/png", b"nonsense")
    parts = [
        b"--b\r\nContent-Type: " + dice.choice(kinds) + b"\r\n\r\n" + SHIFT
        for _ in range(min(size // 60, dice.choice((5, 99, 101, 999, 2_000))) + 1)
    ]
    return (
        _head(raw) + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"".join(parts) + b"--b--\r\n"
    )


def _header_flood(dice: Random, raw: bytes, size: int) -> bytes:
    line = dice.choice(
        (
            b"X-A: b\r\n",
            b"Received: from a by b; Tue, 01 Dec 2026 08:00:00 -0600\r\n",
            b"Authentication-Results: mx.clinician.example; dkim=fail\r\n",
            b"From: a@b.example\r\n",
            b"Subject: 7p-7a\r\n",
            b" folded\r\n",
            b"Content-Type: text/html\r\n",
        )
    )
    return line * (size // len(line) + 1) + _head(raw) + b"\r\n" + SHIFT


def _wide_table(dice: Random, raw: bytes, size: int) -> bytes:
    cells = (
        b"<td>Fri 1/15</td><td>7a-7p</td><td>LKSD</td>",
        b"<td rowspan=50 colspan=50>Fri 1/15 7a-7p LKSD</td>",
        b"<td rowspan=-1 colspan=0>1/15</td>" * 30,
        b'<td rowspan="\xc2\xb2">1/15</td>',
        b'<td rowspan="' + b"9" * 5_000 + b'">1/15</td>',
        b"<td>" * 200,
        b"<td style='color:white;display:none'>1/15 7a-7p LKSD</td>",
        b"<td><s>Fri 1/15</s></td><td>7a-7p</td><td>LKSD</td>",
    )
    cell = dice.choice(cells)
    return table(
        min(size // len(cell), dice.choice((5, 100, 2_200))) + 1, _head(raw) + b"MIME-Version: 1.0\r\n", cell
    )


def _deep_html(dice: Random, raw: bytes, size: int) -> bytes:
    tag = dice.choice(
        (
            "div",
            "table",
            "b",
            "td",
            "table><tr><td",
            "blockquote",
            "s",
            "ul><li",
            "svg",
            "template",
            "a href=x",
        )
    )
    opened = f"<{tag}>"
    closed = "".join(f"</{part.split()[0]}>" for part in reversed(tag.split("><")))
    depth = min(size // (len(opened) + len(closed)), dice.choice((40, 500, 5_000))) + 1
    inside = dice.choice(("Fri 1/15 7a-7p LKSD $2,400", "", "x" * 500))
    text = opened * depth + inside + (closed * depth if dice.random() < 0.5 else "")
    return _head(raw) + b"Content-Type: text/html\r\n\r\n" + text.encode()


def _odd_html(dice: Random, raw: bytes, size: int) -> bytes:
    piece = dice.choice(
        (
            "<!--", "<![CDATA[", "<p", "&", "&#1114112;", "&#xd800;", "&amp" * 20, "<td>", "<tr>", "<br>", "</p>",
            "<style>.a{display:none}</style>", "<style>.a{" + "b" * 390 + "}</style>", "<p class=a>7p</p>",
            "<p style='" + "text-decoration " * 20 + "'>a</p>", "<a " + "x=y " * 50 + ">", "<table><tr><td>a",
            "<p>Fri 1/15 7a-7p LKSD</p>", "<s>", "<td>Fri 1/15</td>", "\x00", "<plaintext>", "<script>", "<select><option>",
        )
    )  # fmt: skip
    text = piece * (min(size, 60_000) // len(piece) + 1)
    return _head(raw) + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()


def _columns(dice: Random, raw: bytes, size: int) -> bytes:
    """Tables in plain text: columns, tabs, dittos, and every cell on a line of its own."""
    gap = dice.choice(("   ", "\t", " | ", "\r\n"))
    names = ["Date", "Time", "Site", "Rate", "Notes", "Status", "Shift", "Unit"]
    heads = dice.sample(names, dice.randint(3, 8)) * dice.choice((1, 1, 30))
    cells = ["Fri 1/15", "7a-7p", "LKSD", "$2,400", '"', "do.", "", "open", "filled", "-", "x" * 50]
    count = min(2_000, size // (12 * len(heads)))
    rows = [gap.join(heads), *(gap.join(dice.choice(cells) for _ in heads) for _ in range(count))]
    return _head(raw) + b"Content-Type: text/plain\r\n\r\n" + "\r\n".join(rows).encode()


def _many_shifts(dice: Random, raw: bytes, size: int) -> bytes:
    line = dice.choice(
        (
            "Jan 1-31 7a-7p LKSD $2,400",
            "LKSD: " + ", ".join(f"1/{day}" for day in range(1, 32)) + " 7p-7a",
            "every Mon, Tue, Wed, Thu, Fri, Sat, Sun in February 7a-7p LKSD",
            "Fri 1/15 7a-7p LKSD pick 2, all or nothing, reply by 1/2",
            "Date: 1/15\r\nTime: 7a-7p\r\nSite: LKSD\r\nRate: $2,400",
            "1/15 7p-7a has moved to 1/16",
            "> Fri 1/15 7a-7p LKSD",
            "D = 7a-7p, N = 7p-7a",
            "Dates: Jan 1-31",
        )
    )
    return (
        _head(raw) + b"Content-Type: text/plain\r\n\r\n" + (line + "\r\n").encode() * (size // len(line) + 1)
    )


def _invitation(dice: Random, raw: bytes, size: int) -> bytes:
    """Calendars that repeat without end, nest, or hold more than a person could keep."""
    events = [
        b"\r\n".join(
            (
                b"BEGIN:VEVENT",
                b"UID:%d" % dice.randrange(3),
                dice.choice(TIMES),
                dice.choice((*RULES, b"X-NONE:1")),
                b"SUMMARY:"
                + dice.choice((b"LKSD shift", b"", b"\xff\xfe", b"North ICU and LKSD", b"a" * 3_000)),
                b"DESCRIPTION:Reply by 1/2\\, $2\\,400",
                b"SEQUENCE:" + dice.choice((b"0", b"1", b"-1", b"9" * 5_000, b"x")),
                b"ORGANIZER:mailto:" + dice.choice((b"shifts@lakeside.example", b"evil@bad.example", b"")),
                b"RECURRENCE-ID:20270115T130000Z" if dice.random() < 0.2 else b"X-NONE:2",
                b"END:VEVENT",
            )
        )
        for _ in range(min(size // 200, dice.choice((1, 1, 2, 49, 51, 400))) + 1)
    ]
    method = dice.choice((b"REQUEST", b"CANCEL", b"PUBLISH", b"COUNTER", b"REPLY", b"", b"request"))
    opened = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:" + method + b"\r\n"
    opened += b"BEGIN:VTIMEZONE\r\nTZID:No/Where\r\n" * dice.choice((0, 0, 1, 300))
    text = opened * dice.choice((1, 1, 30)) + b"\r\n".join(events) + b"\r\nEND:VCALENDAR\r\n"
    return _head(raw) + b"Content-Type: text/calendar; method=" + method + b"\r\n\r\n" + text


BOMBS: tuple[Bomb, ...] = (
    _deep_parts,
    _deep_messages,
    _many_parts,
    _header_flood,
    _wide_table,
    _deep_html,
    _odd_html,
    _columns,
    _many_shifts,
    _invitation,
    _invitation,
)

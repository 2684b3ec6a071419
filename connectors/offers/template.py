"""What is special about one sender, as plain data: it makes exact what would otherwise be a question."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import translate as glob
from functools import lru_cache

from connectors.offers.mime import Line, Mail
from connectors.offers.reading import DateOrder, Lexicon, Sender, Template
from connectors.offers.trust import sender_of

DOLLARS = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD", "USD"})
"""Currencies that are written with a bare `$`."""

CANONICAL = {
    "date": "Date", "hours": "Hours", "start": "Start", "end": "End", "site": "Site", "pay": "Pay",
    "guarantee": "Guarantee", "deadline": "Reply by", "zone": "Time zone", "emr": "EMR", "status": "Status",
    "ignore": "Phone",
}  # fmt: skip
"""The word by which the reader knows each kind of field."""


def writer(mail: Mail, lexicon: Lexicon) -> tuple[Sender | None, Template]:
    """Who wrote it, with the date order and the zone of this kind of message; and its template, an empty one if need be."""
    sender = sender_of(mail, lexicon)
    if sender is None:
        return None, Template()
    template = next((one for one in sender.templates if _fits(one, mail)), Template())
    return (
        replace(
            sender,
            date_order=template.date_order or sender.date_order,
            zone=template.zone or sender.zone,
        ),
        template,
    )


def order_of_domain(mail: Mail, lexicon: Lexicon) -> DateOrder | None:
    """How the desks write dates at whose address somebody else writes: a colleague does as they do."""
    domain = mail.sender.lower().rpartition("@")[2]
    told = {
        one.date_order for one in lexicon.senders if domain and one.address.lower().endswith(f"@{domain}")
    }
    return told.pop() if len(told) == 1 else None


def _fits(template: Template, mail: Mail) -> bool:
    told = (
        (template.match.sender, mail.sender),
        (template.match.list_id, mail.list_id),
        (template.match.subject, mail.subject),
    )
    return all(matches((pattern,), text) for pattern, text in told)


def rejects(template: Template, mail: Mail) -> bool:
    """Whether a message is of a kind that is nothing for the clinician."""
    return any(matches(template.reject, text) for text in (mail.subject, *(line.text for line in mail.lines)))


def with_aliases(lexicon: Lexicon, template: Template | None) -> Lexicon:
    """The lexicon with the sender's own names of the sites."""
    if template is None or not template.aliases:
        return lexicon
    return replace(
        lexicon,
        sites=tuple(
            replace(
                site, names=(*site.names, *(name for name, key in template.aliases.items() if key == site.id))
            )
            for site in lexicon.sites
        ),
    )


def in_our_words(line: Line, template: Template) -> Line:
    """The line with the sender's headings and labels turned into those that the reader knows."""
    ours = {name.lower(): CANONICAL[kind] for name, kind in template.columns.items()}
    if line.cells:
        cells = tuple(ours.get(cell.strip().strip(":").lower(), cell) for cell in line.cells)
        return line if cells == line.cells else replace(line, cells=cells, told=line.told or line.text)
    text = line.text
    for name, word in ours.items():
        text = re.sub(rf"(?i)(?<![\w-]){re.escape(name)}(?=\s*:|\t|\s{{2,}}|\s*$)", word, text, count=1)
    return line if text == line.text else replace(line, text=text, told=line.told or line.text)


def matches(patterns: tuple[str, ...], text: str) -> bool:
    return any(_pattern(pattern).fullmatch(text.strip()) is not None for pattern in patterns)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    """`*` and `?` alone: whoever wants brackets means brackets."""
    return re.compile(glob(pattern.strip().replace("[", "[[]")), re.IGNORECASE)

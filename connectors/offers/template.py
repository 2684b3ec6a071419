"""What is special about one sender, as plain data: it makes exact what would otherwise be a question."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import translate as glob
from functools import lru_cache

from connectors.offers.mime import Line
from connectors.offers.reading import Lexicon, Template

CANONICAL = {
    "date": "Date", "hours": "Hours", "start": "Start", "end": "End", "site": "Site", "pay": "Pay",
    "guarantee": "Guarantee", "deadline": "Reply by", "zone": "Time zone", "emr": "EMR", "status": "Status",
    "ignore": "Phone",
}  # fmt: skip
"""The word by which the reader knows each kind of field."""


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

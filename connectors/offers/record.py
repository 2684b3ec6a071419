"""The labelled fields of one record: what they say of its hours, its zones, its length and its pay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from connectors.offers.fields import FieldKind, unit_hint, zone_of
from connectors.offers.mime import Line
from connectors.offers.page import Page
from connectors.offers.pay import is_pay, pick
from connectors.offers.reading import Money
from connectors.offers.stating import own_status
from connectors.offers.tokens import Hours

_LENGTH = re.compile(
    r"(?:no\. of |number of |total |shift )?(?:hrs|hours|hours?/shift|length|duration)(?: ?\((?:hrs|hours|h)\))?",
    re.IGNORECASE,
)
_A_LENGTH = re.compile(r"(\d{1,2}(?:\.\d{1,2})?) ?(?:h|hrs?|hours?)?\.?", re.IGNORECASE)
AN_ID = re.compile(r"#?(?:[A-Z]{1,5}[- ]?)?\d{3,8}")
"""`HT-40912`: the number of a slot or an order."""
_CLOCK = re.compile(r"\d{4}|\d{1,2}:\d{2}(?: ?[ap]\.?m?\.?)?|\d{1,2} ?[ap]\.?m?\.?", re.IGNORECASE)
_ON_THE_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
LONGEST_BREAK = 60
"""Minutes."""


@dataclass
class Record:
    """Labelled fields in the order they stand: (kind, label, value)."""

    fields: list[tuple[FieldKind, str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """Of each field."""
    line: Line | None = None

    def add(self, kind: FieldKind, label: str, value: str, line: Line) -> None:
        dated = any(one in ("date", "start") for one, _, _ in self.fields)
        self.fields.append((kind, label, value))
        self.lines.append(line)
        if self.line is None or (kind in ("date", "start") and not dated):
            self.line = line

    def has(self, kind: FieldKind) -> bool:
        return any(one == kind for one, _, _ in self.fields)

    def of(self, kind: FieldKind) -> list[tuple[str, str]]:
        return [(label, value) for one, label, value in self.fields if one == kind]

    def text(self, kind: FieldKind) -> str:
        return " ".join(value for _, value in self.of(kind))

    def clear(self) -> None:
        self.fields, self.lines, self.line = [], [], None


def is_length(label: str, value: str) -> bool:
    """`Hrs: 12`: how many hours, and not which."""
    return bool(_LENGTH.fullmatch(label.strip()) and _A_LENGTH.fullmatch(value.strip()))


def length_differs(record: Record, hours: Hours) -> bool:
    """Whether a column says how long it is, and it is not, give or take a break."""
    lasting = (hours.end - hours.start) % (24 * 60) or 24 * 60
    told = [
        float(found[1]) * 60
        for kind, label, value in record.fields
        if kind in ("status", "hours")
        and is_length(label, value)
        and (found := _A_LENGTH.fullmatch(value.strip()))
    ]
    return any(abs(one - lasting) > LONGEST_BREAK for one in told)


def zones_of(record: Record, kind: FieldKind) -> list[str]:
    """The zones that the labels of a kind name, in capitals."""
    return [zone.upper() for label, _ in record.of(kind) if (zone := zone_of(label)[1])]


def hours_of(record: Record) -> str:
    """The hours, each with the zone that its label or heading names; a number alone is how many they are."""
    if both := _in_two_cells(record):
        return both
    told = [
        (value, (zone_of(label)[1] or "").upper())
        for label, value in record.of("hours")
        if not (is_length(label, value) or (AN_ID.fullmatch(value.strip()) and len(record.of("hours")) > 1))
    ]
    if len(told) == 2 and all(_CLOCK.fullmatch(value.strip()) for value, _ in told):
        told = [(f"{told[0][0]} - {told[1][0]}", told[0][1])]  # One heading over two columns.
    dated = zones_of(record, "date")
    return " ; ".join(f"{value} {zone}".strip() for value, zone in told) + "".join(
        f" {zone}" for zone in dated[:1]
    )


def _in_two_cells(record: Record) -> str:
    """`0700`, `1930` below one `Hours` over two columns: or nothing. Below two headings the digits may number something."""
    cells = record.of("hours")
    if len(cells) != 2 or len({label for label, _ in cells}) > 1:
        return ""
    if not all(_ON_THE_CLOCK.fullmatch(value.strip()) for _, value in cells):
        return ""
    label = cells[0][0]
    zone = zone_of(label)[1] or next(iter(zones_of(record, "date")), "")
    return " - ".join(value.strip() for _, value in cells) + f" {zone.upper()}".rstrip()


def pay_of(page: Page, record: Record) -> tuple[Money | None, bool]:
    for kinds in (("guarantee",), ("pay",)):
        found = [
            (token, unit_hint(label))
            for kind, label, value in record.fields
            if kind in kinds
            for token in page.lex(_with_sign(label, value))
            if token.kind == "money"
        ]
        if found:
            own = [one for one in found if is_pay(one[0])]
            return page.pick_once([token for token, _ in found], own[0][1] if own else None)
    changed = [
        value for kind, _, value in record.fields if kind == "status" and own_status(page, value) == "changed"
    ]
    if len(changed) == 1 and not any(kind == "pay" for kind, _, _ in record.fields):
        told = [token for token in page.lex(changed[0]) if token.kind == "money"]
        if told:
            return pick(told)  # `Rate increased to $275/hr`
    # An amount that is none of ours, or in words, is no reason to say that nothing is paid.
    return None, any(kind == "pay" and page.says_pay(f"pay {value}") for kind, _, value in record.fields)


_SIGNS = (
    ("£", re.compile(r"£|\b(?:gbp|pounds?|sterling)\b", re.IGNORECASE)),
    ("€", re.compile(r"€|\b(?:eur|euros?)\b", re.IGNORECASE)),
)


def _with_sign(label: str, value: str) -> str:
    """`2,400` in a pay field is dollars, or what its label says."""
    if not re.fullmatch(r"\s*\d[\d,.]*(?:\s*(?:/|per ).{1,12})?\s*", value):
        return value
    sign = next((sign for sign, pattern in _SIGNS if pattern.search(label)), "$")
    return f"{sign}{value.strip()}"

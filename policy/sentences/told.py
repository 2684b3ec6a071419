"""A policy's own sections as sentences: how a bound, a minimum, a date or a list is said.

A section is told key by key, in the order of the model. A key that nobody gave a sentence to is told by its name, so
that none is silent; a test keeps that list empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

from policy.fields import Cap, Section
from policy.phrases import count, dollars

Phrase = Callable[[Any], str]
"""A key's value as one or more sentences; "" where there is nothing to say."""

_WORD = re.compile("[a-z0-9_]+")
"""What the file spells with an underscore: `per_diem`."""
DEFAULT = " (Not written; this is the default.)"


def told(section: Section, phrases: Mapping[str, Phrase], name: str, always: Iterable[str] = ()) -> list[str]:
    """Sentences for what is written, for the bounds that hold by default, and for `always`."""
    lines = []
    for key, field in type(section).model_fields.items():
        value, written = getattr(section, key), key in section.model_fields_set
        if not (written or isinstance(value, Cap) or key in always):
            continue
        text = phrases[key](value) if key in phrases else unsaid(f"{name}.{field.alias or key}", value)
        if text:
            lines.append(text if written else text + DEFAULT)
    return lines


def unsaid(key: str, value: object) -> str:
    return f"{key} is {value}."


def most(one: str, where: str = "a month", *, many: str = "", verb: str = "work") -> Phrase:
    """A bound: hard, priced, or a notice."""
    plural = many or f"{one}s"

    def phrase(cap: Cap | None) -> str:
        if cap is None:
            return f"There is no cap on {plural} {where}."
        number = count(cap.cap, one, plural)
        if cap.over is None:
            return (
                f"You never {verb} more than {number} {where}." if cap.cap else f"You never {verb} {plural}."
            )
        if cap.over == 0:
            return (
                f"You are told of more than {number} {where}." if cap.cap else f"You are told of each {one}."
            )
        price = f"counts as {dollars(cap.over)} lost"
        return f"More than {number} {where}: each one over {price}." if cap.cap else f"Each {one} {price}."

    return phrase


def least(one: str, where: str = "a month", *, many: str = "") -> Phrase:
    """A minimum: without a price it only warns."""
    plural = many or f"{one}s"

    def phrase(cap: Cap | None) -> str:
        if cap is None:
            return f"There is no least number of {plural} {where}."
        text = f"You want at least {count(cap.cap, one, plural)} {where}"
        return f"{text}, and are told when it is fewer." if not cap.over else f"{text}; {missing(cap.over)}."

    return phrase


def missing(price: int) -> str:
    return f"each one missing counts as {dollars(price)} lost"


def held(text: str, over: int | None) -> str:
    """How firmly a bound of another form is held."""
    if over is None:
        return f"{text}, always."
    return (
        f"{text}; you are told when it is not so."
        if over == 0
        else f"{text}; each one over counts as {dollars(over)} lost."
    )


def line(text: str) -> Phrase:
    """`{}` is the value, as people write it."""
    return lambda value: "" if value in (None, "", ()) else text.format(plain(value))


def money(text: str) -> Phrase:
    return lambda cents: "" if cents is None else text.format(dollars(cents))


def either(yes: str, no: str) -> Phrase:
    return lambda value: yes if value else no


def plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return listed(value)
    text = str(value)
    return text.replace("_", "-") if _WORD.fullmatch(text) else text


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def listed(values: Iterable[object]) -> str:
    words = [plain(value) for value in values]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def parts(*found: tuple[object, str]) -> str:
    """Those that are there, each in its own words, with semicolons between."""
    return "; ".join(text.format(plain(value)) for value, text in found if value not in (None, "", (), False))

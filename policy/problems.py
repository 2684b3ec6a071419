"""What is wrong with a file, told with its place, its value and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from policy.locate import Path_

SECRETIVE = ("password", "secret", "token", "url")
"""Keys whose values are not repeated in a problem; they are found by their line."""

_OPENING = re.compile(
    r"^(?:Value error, )?(?:(?:Input|String|Tuple|List|Data|\w+ input) should )?(?:be |have )?"
)
_WORDS = {
    "extra_forbidden": "",
    "missing": "missing; write this key",
    "dict_type": "write a table, as [key] or { … }",
    "model_type": "write a table, as [key] or { … }",
    "tuple_type": 'write a list, as ["…", "…"]',
    "string_type": "write text, in quotes",
    "int_from_float": "write a valid integer, a whole number",
    "int_type": "write a valid integer, a whole number",
    "bool_type": "write a valid boolean: true or false",
}
_FORMS = {
    "^[a-z0-9][a-z0-9_-]{0,63}$": "lower-case letters, digits and dashes, at most 64",
    "^[A-Z]{3}$": "three capitals, such as USD",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file; `line` counts from 1."""

    file: str
    line: int
    key: str
    value: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        shown = f" = {self.value}" if self.value else ""
        return f"{place}: {self.key}{shown}: {self.text}" if self.key else f"{place}: {self.text}"


def key_of(where: Path_) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


def value_at(raw: Any, where: Path_, missing: object = "") -> object:
    """What stands there; `missing` where nothing does."""
    for step in where:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return missing
    return raw


def shown(where: Path_, value: object) -> str:
    """A value as a problem may repeat it. An address may hold a password; it is found by its line."""
    # The likeliest mistake with a secret is to write it where its name belongs, or into an address.
    if where and where[-1] in SECRETIVE:
        return ""
    if isinstance(value, dict | list) or value == "" or "/" in str(value):
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = f'"{value}"' if isinstance(value, str) else text
    return text if len(text) <= 60 else f"{text[:57]}…"


def told(model: type[BaseModel], error: Any) -> tuple[Path_, object, str]:  # pydantic's own dict
    """Where, what stands there, and what to do about it."""
    where = tuple(step for step in error["loc"] if not str(step).startswith(("function-", "literal[")))
    value, kind = error["input"], error["type"]
    if kind == "extra_forbidden":
        remedy = _INSTEAD.get((where[0], where[-1])) or meant(str(where[-1]), keys_at(model, where[:-1]))
        return where, "", f"unknown key; {remedy}"
    if where and where[-1] == "[key]":
        where = where[:-1]
        return (
            where,
            "",
            f"not a name that can stand here; {meant(str(where[-1]), keys_at(model, where[:-1]))}",
        )
    return where, "" if kind == "missing" else value, _remedy(error)


_INSTEAD: Mapping[tuple[str | int, str | int], str] = {
    (
        "non_competes",
        "miles",
    ): "distances are not measured here; write the sites or the states that lie within",
}
"""By table and key, where the nearest key would not help."""


def _remedy(error: Any) -> str:
    kind, text = error["type"], str(error["msg"])
    if kind in _WORDS:
        return _WORDS[kind]
    if kind == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        return f"write {_FORMS.get(pattern, f'it in the form {pattern}')}"
    return text.removeprefix("Value error, ") if kind == "value_error" else f"write {_OPENING.sub('', text)}"


def meant(word: str, allowed: Iterable[str]) -> str:
    choices = list(allowed)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(choices)}" if choices else "use lower-case letters, digits and dashes"


def unknown(word: str, allowed: Iterable[str]) -> str:
    return f"unknown; {meant(word, allowed)}"


def keys_at(model: type[BaseModel], where: Path_) -> list[str]:
    """The keys that may stand at a place of the file; [] where any may."""
    here: Any = model
    for step in where:
        here = _below(here, step)
    found = {field.alias or name for one in _models(here) for name, field in one.model_fields.items()}
    return sorted(found | {str(arg) for arg in _literals(here)})


def _below(annotation: Any, step: str | int) -> Any:  # annotations are values without a type
    for one in _models(annotation):
        for name, field in one.model_fields.items():
            if step == (field.alias or name):
                return field.annotation
    arguments = getattr(annotation, "__args__", ())
    if not arguments:
        return None
    return arguments[0] if isinstance(step, int) else arguments[-1]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    if getattr(annotation, "__origin__", None) in (dict, tuple, list):
        return []
    return [one for part in getattr(annotation, "__args__", ()) for one in _models(part)]


def _literals(annotation: Any) -> tuple[object, ...]:
    """The names that a table keyed by a fixed set of words takes."""
    if getattr(annotation, "__origin__", None) is not dict:
        return ()
    return tuple(arg for arg in getattr(annotation.__args__[0], "__args__", ()) if isinstance(arg, str))

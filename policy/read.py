"""TOML -> (model, problems): every problem at once, each with its place, its value and a remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from policy.schema import Policy

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
LARGEST = 1_000_000
"""Bytes. A policy with 60 sites has about 30,000."""

SECRETIVE = ("password", "secret", "token", "url")
"""Keys whose values are not repeated in a problem; they are found by their line."""
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


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


def read_policy(path: Path) -> tuple[Policy | None, list[Problem]]:
    """The policy, or None with everything that is wrong with it."""
    return read_toml(path, Policy, contradictions)


def read_toml(
    path: Path, model: type[Model], check: Callable[[Model], Iterable[tuple[Path_, str]]]
) -> tuple[Model | None, list[Problem]]:
    """Read any of our files; `check` yields what no single key can know."""
    name = path.name
    text, problem = _text(path)
    if problem:
        return None, [problem]
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, [Problem(name, line, "", "", f"not TOML: {error}; mend this line first")]
    except (RecursionError, ValueError):
        return None, [
            Problem(name, 1, "", "", "not TOML that can be read: nested too deep, or a number too long")
        ]
    lines = _lines(text)

    def located(where: Path_, value: object, why: str) -> Problem:
        # The likeliest mistake with a secret is to write it where its name belongs, or into an address.
        shown = "" if where and where[-1] in SECRETIVE else _shown(value)
        return Problem(name, _line(lines, where), _key(where), shown, why)

    try:
        read = model.model_validate(raw)
    except ValidationError as error:
        return None, sorted(
            {located(*_told(model, one)) for one in error.errors(include_url=False)},
            key=lambda p: (p.line, p.key),
        )
    problems = [located(where, _value(raw, where), why) for where, why in check(read)]
    return (None, problems) if problems else (read, [])


def _text(path: Path) -> tuple[str, Problem | None]:
    try:
        if path.stat().st_size > LARGEST:
            return "", Problem(
                path.name, 1, "", "", f"larger than {LARGEST:,} bytes; this cannot be a file of ours"
            )
        return path.read_text("utf-8"), None
    except UnicodeDecodeError:
        return "", Problem(path.name, 1, "", "", "not UTF-8 text; save it as UTF-8")
    except OSError as error:
        return "", Problem(path.name, 1, "", "", f"cannot be read: {error.strerror}; check the path {path}")


def contradictions(policy: Policy) -> Iterator[tuple[Path_, str]]:
    """What is wrong between keys that are right by themselves."""
    owners: dict[str, str] = {}
    for key, site in policy.sites.items():
        for name in {one.casefold() for one in (key, *site.names)}:
            if (other := owners.setdefault(name, key)) != key:
                yield (
                    ("sites", key, "names"),
                    f'"{name}" also names the site {other}; give each site its own names',
                )
    locums = policy.streams.get("locums")
    if locums and locums.counts_to_floor:
        yield (
            ("streams", "locums", "counts_to_floor"),
            "locums never counts to the floor; write false or leave it out",
        )
    for index, credential in enumerate(policy.credentials):
        if credential.site and credential.site not in policy.sites:
            yield ("credentials", index, "site"), _unknown(credential.site, policy.sites)
    goals = policy.goals
    if goals and goals.ceiling_monthly is not None and goals.ceiling_monthly < goals.floor:
        yield ("goals", "ceiling_monthly"), "the ceiling is below the floor; raise it, or lower floor_monthly"
    if policy.night.closes <= policy.night.opens:
        yield ("night", "closes"), "must be later on the clock than opens; a night is counted within one date"


def _told(model: type[BaseModel], error: Any) -> tuple[Path_, object, str]:  # pydantic's own dict
    where = tuple(step for step in error["loc"] if not str(step).startswith(("function-", "literal[")))
    value, kind = error["input"], error["type"]
    if kind == "extra_forbidden":
        allowed = keys_at(model, where[:-1])
        return where, "", f"unknown key; {_meant(str(where[-1]), allowed)}"
    if where and where[-1] == "[key]":
        where = where[:-1]
        allowed = keys_at(model, where[:-1])
        return where, "", f"not a name that can stand here; {_meant(str(where[-1]), allowed)}"
    if kind == "missing":
        return where, "", "missing; write this key"
    text = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return where, value, text if kind == "value_error" else f"write {text}"


def _meant(word: str, allowed: Iterable[str]) -> str:
    choices = list(allowed)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(choices)}" if choices else "use lower-case letters, digits and dashes"


def _unknown(word: str, allowed: Iterable[str]) -> str:
    return f"unknown; {_meant(word, allowed)}"


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


def _lines(text: str) -> Mapping[Path_, int]:
    """The line of every table and key. The TOML parser of the standard library gives no places."""
    table: dict[Path_, int] = {}
    arrays: dict[Path_, int] = {}
    here: Path_ = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = _inside(arrays, _parts(header[2]), opens=header[1] == "[[")
            table.setdefault(here, number)
        elif key := _KEY.match(line):
            table.setdefault((*here, *_parts(key[1])), number)
    return table


def _inside(arrays: dict[Path_, int], parts: list[str], *, opens: bool) -> Path_:
    """Where a header leads: below an array of tables, into the newest of them; `opens` a new one."""
    here: Path_ = ()
    *above, last = parts or [""]
    for part in above:
        here = (*here, part)
        if here in arrays:
            here = (*here, arrays[here])
    here = (*here, last)
    if opens:
        arrays[here] = arrays.get(here, -1) + 1
        return (*here, arrays[here])
    return here


def _parts(text: str) -> list[str]:
    return [
        next(part for part in found if part is not None)
        for found in (m.groups() for m in _PART.finditer(text))
    ]


def _line(lines: Mapping[Path_, int], where: Path_) -> int:
    for length in range(len(where), 0, -1):
        if where[:length] in lines:
            return lines[where[:length]]
    return 1


def _key(where: Path_) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


def _value(raw: Any, where: Path_) -> object:
    for step in where:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return raw


def _shown(value: object) -> str:
    # An address may hold a password; it is found by its line.
    if isinstance(value, dict | list) or value == "" or "/" in str(value):
        return ""
    text = (
        f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
    return text if len(text) <= 60 else f"{text[:57]}…"

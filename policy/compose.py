"""One policy out of several files: `extends` names presets that come with Shiftward, or `./file.toml` beside it.

From left to right, then the file's own words: tables merge key by key, a bound or a list is replaced as a whole,
`[[runs]]`, `[[watch]]` and `[[reminders]]` merge by name, and `[[from]]` entries are kept one after the other.
`"none"` takes a bound away, or a site. Of each value it stays known where it stands.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from policy.locate import Path_, Source
from policy.problems import Problem, key_of, meant, shown, value_at

LARGEST = 1_000_000
"""Bytes. A policy with 60 sites has about 30,000."""

BY_NAME: frozenset[Path_] = frozenset({("runs",), ("watch",), ("reminders",)})
RATES = frozenset({"per_hour", "per_shift", "per_day", "per_visit", "visits_per_hour"})
"""A rate replaces a rate: only one of them may stand."""

Place = tuple[Source, Path_]


@dataclass(frozen=True)
class Tree:
    """Tables as they stand after merging.

    `places`: where a value and all below it come from, by the nearest entry. `touched`: the last file that says
    anything in a table.
    """

    raw: dict[str, Any]
    places: Mapping[Path_, Place]
    touched: Mapping[Path_, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, raw: dict[str, Any], where: Path_ = ()) -> Tree:
        return cls(raw, {(): (source, where)})

    def place(self, where: Path_) -> Place:
        """The file and the path in it of a value; of the table that lacks it where there is none."""
        for length in range(len(where), -1, -1):
            head, rest = where[:length], where[length:]
            # What is missing is missing from the table as a whole.
            if head in self.touched and (not rest or not _stands(self.raw, where[: length + 1])):
                source, path = self.touched[head]
                return source, (*path, *rest)
            if head in self.places:
                source, path = self.places[head]
                return source, (*path, *rest)
        raise AssertionError("a tree has a place for its root")

    def problem(self, where: Path_, value: object, text: str) -> Problem:
        source, path = self.place(where)
        return Problem(source.name, source.line(path), key_of(path), shown(path, value), text)

    def below(self, where: Path_) -> Tree:
        """The table at a place, as a tree of its own."""
        raw = value_at(self.raw, where)
        source, path = self.place(where)
        return Tree.of(source, raw if isinstance(raw, dict) else {}, path)


def merge(base: Tree, over: Tree) -> Tree:
    """`over` has the last word."""
    places, touched = dict(base.places), {**base.touched}

    def put(where: Path_, theirs: Path_) -> None:
        for table in (places, touched):
            for path in [path for path in table if path[: len(where)] == where]:
                del table[path]
        places[where] = over.place(theirs)
        for table, other in ((places, over.places), (touched, over.touched)):
            for path, place in other.items():
                if path[: len(theirs)] == theirs and path != theirs:
                    table[(*where, *path[len(theirs) :])] = place

    def tables(where: Path_, theirs: Path_, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        touched[where] = over.place(theirs)
        kept = {key: value for key, value in old.items() if not _rate_gone(where, key, new)}
        for key, value in new.items():
            at, their = (*where, key), (*theirs, key)
            if key not in old:
                put(at, their)
                kept[key] = value
            elif value == "none" and _is_site(at) and isinstance(old[key], dict):
                del kept[key]
            else:
                kept[key] = both(at, their, old[key], value)
        return kept

    def both(where: Path_, theirs: Path_, old: Any, new: Any) -> Any:
        if isinstance(old, dict) and isinstance(new, dict) and not ("cap" in old or "cap" in new):
            return tables(where, theirs, old, new)
        if isinstance(old, list) and isinstance(new, list) and (where in BY_NAME or where == ("from",)):
            return lists(where, theirs, old, new)
        put(where, theirs)
        return new

    def lists(where: Path_, theirs: Path_, old: list[Any], new: list[Any]) -> list[Any]:
        kept = list(old)
        named = {one["name"]: at for at, one in enumerate(old) if _has_name(one) and where in BY_NAME}
        for number, one in enumerate(new):
            at = named.get(one["name"]) if _has_name(one) else None
            if at is None:
                put((*where, len(kept)), (*theirs, number))
                kept.append(one)
            else:
                kept[at] = tables((*where, at), (*theirs, number), old[at], one)
        return kept

    return Tree(tables((), (), base.raw, over.raw), places, touched)


def _stands(raw: Any, where: Path_) -> bool:
    return value_at(raw, where, missing=None) is not None


def _has_name(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("name"), str)


def _is_site(where: Path_) -> bool:
    return len(where) == 2 and where[0] in ("sites", "streams")


def _rate_gone(where: Path_, key: str, new: Mapping[str, Any]) -> bool:
    return where[-1:] == ("pay",) and key in RATES and not RATES.isdisjoint(new)


# -- files ---------------------------------------------------------------------------------------------------------


def load(path: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """One file as TOML, `parsed`."""
    text, problem = _text(path, name)
    return (None, [problem]) if problem else parsed(text, name)


def parsed(text: str, name: str) -> tuple[Tree | None, list[Problem]]:
    """TOML as a tree; `name` is how problems call it."""
    try:
        return Tree.of(Source(name, text), tomllib.loads(text, parse_float=Decimal)), []
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, [Problem(name, line, "", "", f"not TOML: {error}; mend this line first")]
    except (RecursionError, ValueError):
        why = "not TOML that can be read: nested too deep, or a number too long; write it plainer"
        return None, [Problem(name, 1, "", "", why)]


def _text(path: Path, name: str) -> tuple[str, Problem | None]:
    def wrong(text: str) -> tuple[str, Problem]:
        return "", Problem(name, 1, "", "", text)

    try:
        if path.stat().st_size > LARGEST:
            return wrong(
                f"larger than {LARGEST:,} bytes; this cannot be a file of ours, check the path {path}"
            )
        return path.read_text("utf-8"), None
    except UnicodeDecodeError:
        return wrong("not UTF-8 text; save it as UTF-8")
    except OSError as error:
        return wrong(f"cannot be read: {error.strerror}; check the path {path}")


class Composer:
    """Reads a policy and all that it extends, each file once."""

    def __init__(self, presets: Path) -> None:
        self.presets = presets
        self.problems: list[Problem] = []
        self.about: dict[str, Tree] = {}
        """The `[preset]` tables of all files read, by the names problems call them."""
        self._done: dict[Path, Tree | None] = {}

    def tree(self, path: Path, name: str) -> Tree | None:
        """None where any file could not be read; `problems` says why."""
        found = self._tree(path.absolute(), name, (), whole=True)
        return None if self.problems else found

    def preset(self, name: str) -> Tree:
        """A preset that comes with Shiftward, with what it extends. Raises ValueError where it has problems."""
        found = self._tree(self.presets.absolute() / f"{name}.toml", f"presets/{name}.toml", ())
        if found is None or self.problems:
            raise ValueError("; ".join(map(str, self.problems)))
        return found

    def _tree(
        self, path: Path, name: str, above: tuple[tuple[Path, str], ...], *, whole: bool = False
    ) -> Tree | None:
        if path in self._done:
            return self._done[path]
        own, problems = load(path, name)
        self.problems += problems
        if own is None:
            return None
        extends = own.raw.pop("extends", [])
        if "preset" in own.raw and not whole:
            self.about[name] = own.below(("preset",))
            del own.raw["preset"]
        below = None
        for at, target, called in self._targets(own, extends, path):
            if target in (path, *(upper for upper, _ in above)):
                text = f"{name} extends {called}, which leads back to {name}: a circle; take one of them out"
                self.problems.append(own.problem(at, "", text))
                continue
            one = self._tree(target, called, (*above, (path, name)))
            if one:
                below = merge(below, one) if below else one
        tree = merge(below, own) if below else own
        self._done[path] = tree
        return tree

    def _targets(self, own: Tree, extends: object, path: Path) -> Iterator[tuple[Path_, Path, str]]:
        if not isinstance(extends, list):
            self.problems.append(own.problem(("extends",), extends, 'write a list, as extends = ["acgme"]'))
            return
        known = sorted(one.stem for one in self.presets.glob("*.toml"))
        for number, name in enumerate(extends):
            at: Path_ = ("extends", number)
            if isinstance(name, str) and name.startswith("./") and name.endswith(".toml"):
                yield at, Path(os.path.normpath(path.parent / name)), name.removeprefix("./")
            elif name in known:
                yield at, self.presets / f"{name}.toml", f"presets/{name}.toml"
            else:
                text = f"no such preset; {meant(str(name), known)} A file is written as ./file.toml"
                self.problems.append(own.problem(at, name, text))

"""Where each value of a TOML file stands, by line: the parser of the standard library gives no places.

Only files that it has read are looked through here, so this scanner may believe that they are TOML.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Path_ = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)[ \t]*(\.)?""")
_TEXT = re.compile(r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*\'''', re.DOTALL)
_PLAIN = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True)
class Source:
    """A file as problems name it, and its text."""

    name: str
    text: str

    @cached_property
    def places(self) -> Mapping[Path_, int]:
        """The line of every table, key and item of a list; lines count from 1."""
        scan = _Scan(self.text)
        ends = [match.start() for match in re.finditer("\n", self.text)]
        return {path: bisect_right(ends, at - 1) + 1 for path, at in scan.found.items()}

    def line(self, where: Path_) -> int:
        """Of the value, else of the nearest table around the place where it is missing."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.places:
                return self.places[where[:length]]
        return 1


class _Scan:
    """One walk through the text; `found` has the offset at which each value's key (or each item) begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path_, int] = {}
        self._newest: dict[Path_, int] = {}
        here: Path_ = ()
        self._skip()
        while self.at < len(text):
            if text[self.at] == "[":
                here = self._header()
            else:
                self._pair(here)
            self._skip()

    def _skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _note(self, path: Path_, at: int) -> None:
        self.found.setdefault(path, at)

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while match := _KEY_PART.match(self.text, self.at):
            self.at = match.end()
            part = match[1]
            parts.append(tomllib.loads(f"k = {part}")["k"] if part[0] in "\"'" else part)
            if not match[2]:
                break
        return tuple(parts)

    def _header(self) -> Path_:
        """Where a header leads: below a list of tables, into the newest of them; `[[` begins a new one."""
        begins, opens = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if opens else 1
        here: Path_ = ()
        key = self._key()
        for part in key[:-1]:
            here = self._into((*here, part))
            self._note(here, begins)
        here = (*here, *key[-1:])
        self._note(here, begins)
        if opens:
            self._newest[here] = self._newest.get(here, -1) + 1
            here = (*here, self._newest[here])
            self._note(here, begins)
        self.at = self.text.index("]", self.at) + (2 if opens else 1)
        return here

    def _into(self, path: Path_) -> Path_:
        return (*path, self._newest[path]) if path in self._newest else path

    def _pair(self, here: Path_) -> None:
        begins = self.at
        for part in self._key():
            here = self._into((*here, part))
            self._note(here, begins)
        self.at = self.text.index("=", self.at) + 1
        self._skip()
        self._value(here)

    def _value(self, here: Path_) -> None:
        match self.text[self.at]:
            case "[":
                self._items(here)
            case "{":
                self.at += 1
                self._skip()
                while self.text[self.at] != "}":
                    self._pair(here)
                    self._skip()
                self.at += 1
            case _:
                plain = _TEXT.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
                self.at = plain.end() if plain else self.at

    def _items(self, here: Path_) -> None:
        self.at += 1
        self._skip()
        number = 0
        while self.text[self.at] != "]":
            self._note((*here, number), self.at)
            self._value((*here, number))
            self._skip()
            number += 1
        self.at += 1

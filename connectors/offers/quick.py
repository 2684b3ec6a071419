"""Long patterns, tried only on texts that hold one of the words without which none of their alternatives can match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _parser as parser  # type: ignore[attr-defined]  # there is no public way to see what a pattern is made of
from typing import Any

SHORTEST = 3
"""Letters; fewer stand in nearly every text."""


class Quick:
    """A pattern with `search`, `finditer` and `sub`, as the compiled one has them."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.compiled = re.compile(pattern, flags)
        self.pattern = pattern
        needed = _needed(parser.parse(pattern, flags))
        self.words = tuple(sorted(needed)) if needed else ("",)

    def may_match(self, text: str) -> bool:
        """False only where no part of the text can match."""
        low = text.casefold()
        for word in self.words:  # noqa: SIM110  # a generator costs as much as the search
            if word in low:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text) if self.may_match(text) else iter(())

    def sub(self, told: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.compiled.sub(told, text) if self.may_match(text) else text


def _needed(parts: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Words of which each match holds one; None where it may hold none. Of several such sets that with the longest words."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in (*parts, (None, None)):
        if kind is parser.LITERAL:
            run += chr(value).casefold()
            continue
        if len(run) >= SHORTEST:
            found.append(frozenset((run,)))
        run = ""
        inner = _inner(kind, value)
        if inner:
            found.append(inner)
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _inner(kind: object, value: Any) -> frozenset[str] | None:
    if kind is parser.SUBPATTERN:
        return _needed(value[-1])
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
        return _needed(value[2]) if value[0] else None
    if kind is parser.BRANCH:
        each = [_needed(branch) for branch in value[1]]
        return frozenset().union(*(one for one in each if one)) if all(each) else None
    return None

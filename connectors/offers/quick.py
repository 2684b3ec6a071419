"""Long patterns, of which only those alternatives are tried on a text that can be in it.

Such a pattern lists fifty ways to say one thing. The engine tries each of them at every letter, nearly always in vain; a
look for the words that each of them needs costs a fraction of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]  # there is no public way to see what a pattern is made of
from typing import Any

SHORTEST = 3
"""Letters; fewer stand in nearly every text."""
_FIXED = (parser.AT, parser.ASSERT, parser.ASSERT_NOT, parser.LITERAL, parser.NOT_LITERAL, parser.IN)
"""What matches in one way only, so that it may stand before each alternative as well as before all of them."""


class Quick:
    """A pattern with `search`, `finditer` and `sub`, as the compiled one has them."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.flags = pattern, flags
        self._words = tuple(_words(branch) for branch in _branches(pattern, flags))
        self._may_be_empty = parser.parse(pattern, flags).getwidth()[0] == 0
        every = {word for words in self._words for word in words}
        self.words = ("",) if "" in every else tuple(sorted(every))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def _each(self) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
        """The alternatives in their order, each with its words and with the groups of the whole."""
        branches = map(compiler.compile, _branches(self.pattern, self.flags))
        return tuple(zip(self._words, branches, strict=True))

    def may_match(self, text: str) -> bool:
        """False only where no part of the text can match."""
        return _holds(text.casefold(), self.words)

    def _possible(self, text: str) -> Sequence[re.Pattern[str]]:
        """The alternatives that may match."""
        low = text.casefold()
        for word in self.words:  # `_holds` once more, since a call costs as much as the look
            if word in low:
                break
        else:
            return ()
        if len(self._words) == 1:
            return (self.compiled,)
        return [one for words, one in self._each if _holds(low, words)]

    def search(self, text: str) -> re.Match[str] | None:
        first: re.Match[str] | None = None
        for one in self._possible(text):
            found = one.search(text)
            if found and (first is None or found.start() < first.start()):
                first = found
        return first

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        possible = self._possible(text)
        if len(possible) > 1 and self._may_be_empty:
            yield from self.compiled.finditer(text)
        elif len(possible) == 1:
            yield from possible[0].finditer(text)
        elif possible:
            yield from _in_turn([found for one in possible if (found := one.search(text))], text)

    def sub(self, told: str | Callable[[re.Match[str]], str], text: str) -> str:
        possible = self._possible(text)
        if not possible:
            return text
        if len(possible) == 1:
            return possible[0].sub(told, text)
        parts, end = list[str](), 0
        for found in self.finditer(text):
            parts += [text[end : found.start()], found.expand(told) if isinstance(told, str) else told(found)]
            end = found.end()
        return "".join((*parts, text[end:])) if parts else text


def _in_turn(first: list[re.Match[str]], text: str) -> Iterator[re.Match[str]]:
    """The matches of several patterns that one would find that has them as its alternatives; `first` are those of each."""
    ahead = first
    while ahead:
        found = min(ahead, key=re.Match.start)
        yield found
        end = found.end()
        again = (one if one.start() >= end else one.re.search(text, end) for one in ahead)
        ahead = [one for one in again if one]


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  # a generator costs as much as the search
        if word in text:
            return True
    return False


def _branches(pattern: str, flags: re.RegexFlag) -> list[Any]:
    """The alternatives, each with what stands before and behind all of them; the whole, where it is no choice."""
    whole = parser.parse(pattern, flags)
    for at, (kind, value) in enumerate(whole):
        if kind is parser.BRANCH:
            before, after = list(whole[:at]), list(whole[at + 1 :])
            return [parser.SubPattern(whole.state, [*before, *branch, *after]) for branch in value[1]]
        if kind not in _FIXED:
            break
    return [whole]


def _words(branch: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    needed = _needed(branch)
    return tuple(sorted(needed)) if needed else ("",)


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

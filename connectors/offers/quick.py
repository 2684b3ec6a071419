"""Long patterns, of which only those alternatives are tried on a text that can be in it.

Such a pattern lists fifty ways to say one thing. The engine tries each of them at every letter, nearly always in vain; a
look for the words that each of them needs costs a fraction of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]  # there is no public way to see what a pattern is made of
from typing import Any

SHORTEST = 2
"""Letters; fewer stand in nearly every text."""
_FIXED = (parser.AT, parser.ASSERT, parser.ASSERT_NOT, parser.LITERAL, parser.NOT_LITERAL, parser.IN)
"""What matches in one way only, so that it may stand before each alternative as well as before all of them."""


class Quick:
    """A pattern with `search`, `match`, `finditer` and `sub`, as the compiled one has them; it is parsed when it is first used."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Each text that it matches holds one of them."""
        return _fewest(word for branch in self._branches() for word in _words(branch))

    @cached_property
    def _each(self) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
        """The alternatives in their order, each with its words and with the groups of the whole."""
        branches = self._branches()
        if len(branches) == 1:
            return ((("",), self.compiled),)  # Its words were found.
        return tuple((_words(branch), compiler.compile(branch)) for branch in branches)

    @cached_property
    def _may_be_empty(self) -> bool:
        return bool(parser.parse(self.pattern, self.flags).getwidth()[0] == 0)

    def _branches(self) -> list[Any]:
        """The alternatives, each with what stands before and behind all of them; the whole, where it is no choice."""
        whole = parser.parse(self.pattern, self.flags)
        for at, (kind, value) in enumerate(whole):
            if kind is parser.BRANCH:
                before, after = list(whole[:at]), list(whole[at + 1 :])
                return [parser.SubPattern(whole.state, [*before, *branch, *after]) for branch in value[1]]
            if kind not in _FIXED:
                break
        return [whole]

    def _possible(self, text: str) -> Sequence[re.Pattern[str]]:
        """The alternatives that may match."""
        low = text.casefold()
        for word in self.words:
            if word in low:
                break
        else:
            return ()
        possible = list[re.Pattern[str]]()
        for words, one in self._each:
            for word in words:
                if word in low:
                    possible.append(one)
                    break
        return possible

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        first: re.Match[str] | None = None
        for one in self._possible(text):
            found = one.search(text, at)
            if found and (first is None or found.start() < first.start()):
                first = found
        return first

    def match(self, text: str) -> re.Match[str] | None:
        for one in self._possible(text):
            if found := one.match(text):
                return found
        return None

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


def _fewest(words: Iterable[str]) -> tuple[str, ...]:
    """Those that hold no other: where that one is not, neither are they."""
    every = set(words)
    return tuple(sorted(one for one in every if not any(other in one for other in every - {one})))


def _words(branch: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    needed = _needed(branch)
    return _fewest(needed) if needed else ("",)


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
        if run and kind is parser.BRANCH:
            found += _each_with(run, value[1])
        run = ""
        inner = _inner(kind, value)
        if inner:
            found.append(inner)
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _each_with(run: str, branches: Iterable[Iterable[tuple[Any, Any]]]) -> list[frozenset[str]]:
    """`by`, `before`: the parser makes them one letter and a choice of what follows."""
    words = frozenset(run + _opening(branch) for branch in branches)
    return [words] if min(map(len, words)) >= SHORTEST else []


def _opening(branch: Iterable[tuple[Any, Any]]) -> str:
    literals = takewhile(lambda part: part[0] is parser.LITERAL, branch)
    return "".join(chr(value) for _, value in literals).casefold()


def _inner(kind: object, value: Any) -> frozenset[str] | None:
    if kind is parser.SUBPATTERN:
        return _needed(value[-1])
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
        return _needed(value[2]) if value[0] else None
    if kind is parser.ASSERT:
        return _needed(value[1])
    if kind is parser.BRANCH:
        each = [_needed(branch) for branch in value[1]]
        return frozenset().union(*(one for one in each if one)) if all(each) else None
    return None

"""Every regular expression of the offer reader, and texts that nearly match it, over and over.

The patterns are taken from the modules themselves (those that stand there, and those that are written where they
are used), so that a new one is attacked from the day it is written. A text is drawn from a pattern's own tree: one
of its repetitions is pumped up, and the end is spoilt, so that whatever backtracks has to try everything.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from connectors import offers
from connectors.offers.quick import Quick

_CALLS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
_FILLING = "aZ09 -/.,:;()$'\n\téſKı²٣\u200b"
ENDLESS = 8
"""From this many repetitions on, one is worth pumping."""


@cache
def patterns() -> dict[str, str]:
    """Each by the module and, where it has one, the name it goes by."""
    found: dict[str, str] = {}
    for info in pkgutil.iter_modules(offers.__path__):
        module = importlib.import_module(f"{offers.__name__}.{info.name}")
        for name, value in vars(module).items():
            for number, pattern in enumerate(_held(value)):
                found[f"{info.name}.{name}.{number}"] = pattern
        for line, pattern in _written(str(module.__file__)):
            found[f"{info.name}:{line}"] = pattern
    return found


def _held(value: object) -> Iterator[str]:
    """Compiled patterns, also in tuples of tuples."""
    if isinstance(value, re.Pattern | Quick) and isinstance(value.pattern, str):
        yield value.pattern
    elif isinstance(value, tuple):
        for one in value:
            yield from _held(one)


def _written(path: str) -> Iterator[tuple[int, str]]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        plain = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if node.func.attr in _CALLS and ast.unparse(node.func.value) == "re" and plain:
            yield node.lineno, str(ast.literal_eval(first))


def bomb(pattern: str, dice: Random, size: int) -> str:
    """About `size` characters that a pattern has trouble with."""
    parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001  # nothing public tells a pattern's tree
    try:
        tree = parser.parse(pattern, re.IGNORECASE)
    except (re.error, RecursionError):
        return ""
    drawing = _Drawing(dice, size)
    match dice.randrange(3):
        case 0:
            text = drawing.text(tree)
        case 1:
            # Nearly a match, many times.
            piece = _Drawing(dice, 0).text(tree)[: dice.randint(1, 60)]
            text = (piece + dice.choice(("", " ", dice.choice(_FILLING)))) * (size // max(1, len(piece)) + 1)
        case _:
            text = drawing.text(tree) + _Drawing(dice, size // 2).text(tree)
    return text[:size] + dice.choice(("", "!", "x", "\x00", dice.choice(_FILLING)))


class _Drawing:
    """One text drawn from a pattern's tree; while something is left of `size`, a repetition may take it."""

    def __init__(self, dice: Random, size: int) -> None:
        self.dice, self.left = dice, size

    def text(self, tree: Any) -> str:
        return "".join(self._piece(str(op), value) for op, value in tree)

    def _piece(self, op: str, value: Any) -> str:
        match op:
            case "LITERAL":
                return self._letter(value)
            case "NOT_LITERAL" | "ANY":
                return self.dice.choice(_FILLING)
            case "IN":
                return self._member(value)
            case "BRANCH":
                return self.text(self.dice.choice(value[1]))
            case "SUBPATTERN":
                return self.text(value[3])
            case "ATOMIC_GROUP":
                return self.text(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(*value)
            case "ASSERT":
                return self.text(value[1]) if value[0] > 0 and self.dice.random() < 0.5 else ""
            case _:
                return ""

    def _letter(self, code: int) -> str:
        letter = chr(code)
        return letter.swapcase() if self.dice.random() < 0.2 else letter

    def _member(self, choices: Any) -> str:
        kinds = [(str(op), value) for op, value in choices]
        if kinds[0][0] == "NEGATE":
            return self.dice.choice(_FILLING)
        op, value = self.dice.choice(kinds)
        if op == "RANGE":
            return chr(self.dice.randint(*value))
        if op == "CATEGORY":
            return self.dice.choice(_CATEGORIES.get(str(value), _FILLING))
        return self._letter(value)

    def _repeated(self, least: int, limit: Any, tree: Any) -> str:
        most: int = int(limit)
        if most >= ENDLESS and self.left and self.dice.random() < 0.5:
            piece = self.text(tree) or " "
            count = min(most, max(least, self.left // len(piece)))
            self.left = 0
            return piece * count
        return "".join(self.text(tree) for _ in range(self.dice.randint(least, min(most, least + 3))))


_CATEGORIES = {
    "CATEGORY_SPACE": " \t\x0b\xa0\u2003",
    "CATEGORY_DIGIT": "0123456789٣",
    "CATEGORY_WORD": "aZ_0éſ",
    "CATEGORY_NOT_SPACE": "a-1",
    "CATEGORY_NOT_DIGIT": "a -",
    "CATEGORY_NOT_WORD": " -./",
}

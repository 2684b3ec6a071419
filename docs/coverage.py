"""`python docs/coverage.py`: what carries each row of the field's knowledge, checked against the code.

`docs/coverage.txt` says of each row what it is about and which key, gate, notice, preset or command carries it; here each
of those is looked up in the code. What is not there yet is said to be so. The page is `docs/coverage.md`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from typer.models import CommandInfo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from daemon.cli import app  # noqa: E402  # found once the root is on the path
from policy.notices import IDS  # noqa: E402
from policy.problems import keys_at  # noqa: E402
from policy.schema import PolicyFile  # noqa: E402
from policy.words import spoken_rules  # noqa: E402

TABLE, PAGE = ROOT / "docs" / "coverage.txt", ROOT / "docs" / "coverage.md"
MARKS = {
    "HARD": "a limit or a gate that nothing exceeds",
    "SOFT": "a price",
    "WARN": "a warning",
    "FIELD": "a key of the policy",
    "DEFAULT": "a number that holds until another is written",
    "REMIND": "a reminder with a date",
    "REPORT": "a figure to look at",
    "FLOW": "a way of working with the program",
    "NONE": "not in software",
}


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    mark: str
    about: str
    carriers: tuple[str, ...]
    why_not: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The carriers that the code does not have."""
        return tuple(one for one in self.carriers if not exists(one))


def rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        number, mark, about, what = (part.strip() for part in line.split("|"))
        if mark == "NONE":
            yield Row(int(number), mark, about, (), what)
        else:
            yield Row(int(number), mark, about, tuple(one.strip() for one in what.split(",")))


@cache
def exists(carrier: str) -> bool:
    """Whether the code has it: a key of the policy's file, or what the word before the colon says."""
    kind, _, name = carrier.partition(":")
    match kind:
        case "gate":
            return name in spoken_rules()
        case "notice":
            return name in IDS
        case "preset":
            return (ROOT / "config" / "presets" / f"{name}.toml").exists()
        case "command":
            return name in set(_commands())
        case "[[from]]":
            return (ROOT / "policy" / "eras.py").exists()
        case _:
            return _is_key(carrier)


def _commands() -> Iterator[str]:
    for command in app.registered_commands:
        yield _name(command)
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            # A room of the command line has no name of its own.
            yield f"{group.name} {_name(command)}" if isinstance(group.name, str) else _name(command)


def _name(command: CommandInfo) -> str:
    return str(command.name or getattr(command.callback, "__name__", ""))


def _is_key(carrier: str) -> bool:
    *above, last = carrier.split(".")
    where: list[str | int] = []
    for part in above:
        where.append(part)
        # An element of a list of tables.
        if not keys_at(PolicyFile, tuple(where)) and keys_at(PolicyFile, (*where, 0)):
            where.append(0)
    return last in keys_at(PolicyFile, tuple(where))


def page(table: Iterable[Row]) -> str:
    found = list(table)
    counted = Counter(row.mark for row in found)
    open_rows = [row for row in found if row.missing]
    lines = [
        "# What carries what",
        "",
        "Every row of what physicians with such careers say a system like this must know, and what of Shiftward carries it. Made by",
        "`docs/coverage.py`, which looks each key, gate, notice, preset and command up in the code; a test holds it to that.",
        "",
        "| mark | rows | |",
        "|---|---|---|",
        *(f"| {mark} | {counted[mark]} | {meaning} |" for mark, meaning in MARKS.items()),
        "",
        f"{len(open_rows)} of {len(found)} rows wait for something that is not there yet."
        if open_rows
        else f"All {len(found)} rows are carried, or said not to be.",
        "",
        "| row | about | mark | carried by |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in found)]) + "\n"


def _line(row: Row) -> str:
    carried = row.why_not or ", ".join(f"`{one}`" for one in row.carriers if exists(one))
    waits = ", ".join(f"`{one}`" for one in row.missing)
    text = "; ".join(part for part in (carried, f"not there yet: {waits}" if waits else "") if part)
    return f"| {row.number} | {row.about} | {row.mark} | {text} |"


def main() -> None:
    PAGE.write_text(page(rows(TABLE.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()

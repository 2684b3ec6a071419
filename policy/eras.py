"""`[[from]]`: sections whose values change on a date, and perhaps back again.

Where several entries are in force, the later date has the last word (of one date, the later in the file).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from policy.compose import Tree, merge
from policy.locate import Path_
from policy.problems import Problem, told, value_at
from policy.schema import Entry
from policy.shift import DAY, Span

_NEVER = {
    ("clinician", "name"): "a name does not change from a date; take it out here",
    ("from",): "an entry holds no entries of its own; write another [[from]]",
    ("extends",): "a file is extended as a whole; write what changes, or extends at the top",
    ("preset",): "only a preset says where it comes from; take it out",
}
_HEAD = tuple(field.alias or name for name, field in Entry.model_fields.items())


@dataclass(frozen=True)
class Change:
    """An entry that can be read: when it is in force, and the sections that it changes."""

    first: date
    until: date | None
    why: str | None
    tree: Tree

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day <= self.until)


def changes(tree: Tree) -> tuple[list[Change], list[Problem]]:
    """The entries in order of date, and what is wrong with their heads."""
    entries = tree.raw.get("from", [])
    if not isinstance(entries, list):
        return [], [tree.problem(("from",), "", "write each change under [[from]], in double brackets")]
    found: list[Change] = []
    problems: list[Problem] = []
    for number, raw in enumerate(entries):
        own = tree.below(("from", number))
        if not isinstance(raw, dict):
            problems.append(tree.problem(("from", number), raw, "write each change under [[from]]"))
            continue
        head = {key: value for key, value in own.raw.items() if key in _HEAD}
        problems += [
            own.problem(where, value_at(own.raw, where), text) for where, text in _misplaced(tree, own)
        ]
        try:
            entry = Entry.model_validate(head)
        except ValidationError as error:
            problems += [own.problem(*told(Entry, one)) for one in error.errors(include_url=False)]
            continue
        rest = {key: value for key, value in own.raw.items() if key not in _HEAD}
        found.append(Change(entry.first, entry.until, entry.why, Tree(rest, own.places)))
    return sorted(found, key=lambda one: one.first), problems


def _misplaced(tree: Tree, own: Tree) -> Iterator[tuple[Path_, str]]:
    for where, text in _NEVER.items():
        if value_at(own.raw, where) != "":
            yield where, text
    sites = own.raw.get("sites")
    known = tree.raw.get("sites")
    for key, site in sites.items() if isinstance(sites, dict) else ():
        if not (isinstance(known, dict) and key in known):
            text = (
                f"a site begins in the file itself; write [sites.{key}] there, with contract = {{ from = … }}"
            )
            yield ("sites", key), text
        for fixed in ("stream", "names") if isinstance(site, dict) else ():
            if fixed in site:
                yield ("sites", key, fixed), f"the {fixed} of a site cannot change; write another site"


def over_time(plain: Tree, found: list[Change]) -> Iterator[tuple[Span, Tree, tuple[str, ...]]]:
    """The policy of each stretch between two dates on which anything begins or ends, from the first date to the last."""
    ends = (one.until + DAY for one in found if one.until and one.until < date.max)
    borders = [date.min, *sorted({*(one.first for one in found), *ends} - {date.min})]
    lasts = [*(border - DAY for border in borders[1:]), date.max]
    for first, last in zip(borders, lasts, strict=True):
        merged = plain
        for one in found:
            if one.holds(first):
                merged = merge(merged, one.tree)
        yield Span(first, last), merged, tuple(one.why for one in found if one.why and one.holds(first))

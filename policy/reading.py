"""A policy read back in plain words, so that a partner can check it at the kitchen table.

Every key that is written is in it, and every bound that holds without being written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from policy.schema import Era, Policy, Preset
from policy.sentences.told import day, listed
from policy.sentences.told_life import goals, times, watched, you
from policy.sentences.told_rules import rules
from policy.sentences.told_work import credential, site, stream


class Chapter(NamedTuple):
    title: str
    lines: tuple[str, ...]


def reading(policy: Policy, presets: Iterable[tuple[str, Preset]] = ()) -> list[Chapter]:
    """The policy before anything changes, then each change by itself."""
    eras = policy.eras
    first = list(_chapters(eras[0].policy))
    begun = [Chapter("Where it comes from", tuple(_preset(name, one) for name, one in presets))]
    return [chapter for chapter in (*begun, *first, *_changes(eras)) if chapter.lines]


def text(chapters: Iterable[Chapter]) -> str:
    """Each chapter with its title, each sentence on a line."""
    return (
        "\n\n".join("\n".join((one.title, *(f"  {line}" for line in one.lines))) for one in chapters) + "\n"
    )


def _chapters(policy: Policy) -> Iterator[Chapter]:
    yield Chapter("You", tuple(you(policy.clinician)))
    yield Chapter("Goals and money", tuple(goals(policy)))
    yield Chapter("Limits", tuple(rules(policy)))
    yield Chapter("When not", tuple(times(policy)))
    for name, one in policy.streams.items():
        yield Chapter(f"Stream {name.replace('_', '-')}", tuple(stream(name, one)))
    for key, found in policy.sites.items():
        yield Chapter(f"Site {key}", tuple(site(key, found)))
    yield Chapter("Papers", tuple(credential(one) for one in policy.credentials))
    yield Chapter("What is watched", tuple(watched(policy)))


def _preset(name: str, one: Preset) -> str:
    left = f" It leaves out: {'; '.join(one.left_out)}." if one.left_out else ""
    return f"{name}: {one.title}, for {one.whom}, from {listed(one.source)}, read on {day(one.read)}.{left}"


def _changes(eras: Sequence[Era]) -> Iterator[Chapter]:
    """What each stretch of time says otherwise than the one before it."""
    for before, after in pairwise(eras):
        lines = tuple(_difference(list(_chapters(before.policy)), list(_chapters(after.policy))))
        until = f" to {day(after.span.last)}" if after.span.last < date.max else ""
        why = f" ({listed(after.why)})" if after.why else ""
        yield Chapter(f"From {day(after.span.first)}{until}{why}", lines)


def _difference(before: Sequence[Chapter], after: Sequence[Chapter]) -> Iterator[str]:
    old = {chapter.title: chapter.lines for chapter in before}
    new = {chapter.title: chapter.lines for chapter in after}
    for title in dict.fromkeys((*new, *old)):
        said, says = old.get(title, ()), new.get(title, ())
        about = f"{title}: " if title.startswith(("Stream", "Site")) else ""
        yield from (f"{about}{line}" for line in says if line not in said)
        yield from (f"{about}No longer: {line}" for line in said if line not in says)

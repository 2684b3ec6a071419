"""TOML -> (model, problems): every problem at once, each with its place, its value and a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from policy.compose import Composer, Tree, load, merge, parsed
from policy.eras import Change, changes, over_time
from policy.files import shipped
from policy.locate import Path_
from policy.notices import IDS
from policy.problems import Problem, told, unknown, value_at
from policy.schema import Era, Policy, PolicyFile, Preset
from policy.sections import Allowed, NonCompete, Pause, Watch
from policy.shift import Span

Model = TypeVar("Model", bound=BaseModel)
Check = Callable[[Model], Iterable[tuple[Path_, str]]]


@dataclass(frozen=True)
class Read:
    """A policy as its files say it: what it extends, by the names of the files, and where each value stands."""

    policy: Policy | None
    problems: list[Problem]
    tree: Tree | None = None
    presets: tuple[tuple[str, Preset], ...] = ()


def read_policy(path: Path, lines: Sequence[str] = ()) -> tuple[Policy | None, list[Problem]]:
    """The policy, or None with everything that is wrong with it.

    `lines` such as `caps.nights_per_month = 7` are read as if they stood in the file in place of what it says there;
    problems call them `--set`, and count them from 1.
    """
    found = read_files(path, lines=lines)
    return found.policy, found.problems


def read_files(path: Path, presets: Path | None = None, lines: Sequence[str] = ()) -> Read:
    """The policy with what it extends and how it changes from date to date; `lines` as in `read_policy`."""
    composer = Composer(presets or shipped("config/presets"))
    tree = composer.tree(path, path.name)
    if tree is None:
        return Read(None, _sorted(composer.problems))
    if lines:
        over, wrong = parsed("\n".join(lines), "--set")
        if over is None:
            return Read(None, wrong)
        tree = merge(tree, over)
    about, problems = _presets(composer)
    if "preset" in tree.raw:
        problems.append(
            tree.problem(("preset",), "", "only a preset says where it comes from; take [preset] out")
        )
    found, more = changes(tree)
    problems += more
    base, more = _read(_plain(tree), Policy, contradictions, PolicyFile)
    problems += more
    if base is None or more:
        problems += _of_entries(tree, found)
    else:
        base, more = _eras(base, tree, found)
        problems += more
    return Read(None if problems else base, _sorted(problems), tree, about)


def read_toml(path: Path, model: type[Model], check: Check[Model]) -> tuple[Model | None, list[Problem]]:
    """Read any of our files; `check` yields what no single key can know."""
    tree, problems = load(path, path.name)
    if tree is None:
        return None, problems
    read, problems = _read(tree, model, check)
    return (None, _sorted(problems)) if problems else (read, [])


def _read(
    tree: Tree, model: type[Model], check: Check[Model], named: type[BaseModel] | None = None
) -> tuple[Model | None, list[Problem]]:
    """`named` knows the keys of the file that the model does not keep, for suggestions."""
    try:
        read = model.model_validate(tree.raw)
    except ValidationError as error:
        return None, [tree.problem(*told(named or model, one)) for one in error.errors(include_url=False)]
    return read, [tree.problem(where, value_at(tree.raw, where), why) for where, why in check(read)]


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    """Each once; file by file, in the order in which the files are named."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    return sorted(set(problems), key=lambda one: (files.index(one.file), one.line, one.key, one.text))


def _plain(tree: Tree) -> Tree:
    """Without the keys that say how the file is put together."""
    left = {key: value for key, value in tree.raw.items() if key not in ("from", "preset")}
    return Tree(left, tree.places, tree.touched)


def _presets(composer: Composer) -> tuple[tuple[tuple[str, Preset], ...], list[Problem]]:
    found: list[tuple[str, Preset]] = []
    problems: list[Problem] = []
    for name, tree in composer.about.items():
        preset, wrong = _read(tree, Preset, lambda _: ())
        problems += wrong
        found += [(name, preset)] if preset else []
    return tuple(found), problems


def _eras(base: Policy, tree: Tree, found: list[Change]) -> tuple[Policy, list[Problem]]:
    """Each stretch of time is read as a policy of its own; what no entry touches is not read again."""
    plain = _plain(tree)
    eras: list[Era] = []
    problems: list[Problem] = []
    for span, merged, why in over_time(plain, found):
        policy: Policy | None = base
        if merged is not plain:
            policy, more = _read(_reused(base, plain, merged), Policy, contradictions, PolicyFile)
            problems += [_since(one, span) for one in more]
        eras += [Era(span, policy, why)] if policy else []
    if problems or len(eras) < 2:
        return base, problems
    return base.changing(tuple(eras)), []


def _of_entries(tree: Tree, found: list[Change]) -> list[Problem]:
    """What is wrong with the entries themselves, where the rest cannot be read anyway."""
    told = [
        _read(merged, Policy, contradictions, PolicyFile)[1]
        for _, merged, _why in over_time(_plain(tree), found)
    ]
    return [problem for problems in told for problem in problems if problem.key.startswith("from[")]


def _since(problem: Problem, span: Span) -> Problem:
    """What an entry brings about elsewhere is told with its date."""
    if problem.key.startswith("from["):
        return problem
    return replace(problem, text=f"{problem.text} (so it stands from {span.first})")


def _reused(base: Policy, plain: Tree, merged: Tree) -> Tree:
    """The sections and sites that are the very same as before, as they were read then."""
    raw: dict[str, object] = {}
    for key, value in merged.raw.items():
        before = plain.raw.get(key)
        if value is before and key in Policy.model_fields:
            raw[key] = getattr(base, key)
        elif key in ("sites", "streams") and isinstance(value, dict) and isinstance(before, dict):
            read = getattr(base, key)
            raw[key] = {name: read[name] if one is before.get(name) else one for name, one in value.items()}
        else:
            raw[key] = value
    return Tree(raw, merged.places, merged.touched)


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
    yield from _unknown_sites(policy)
    yield from _uncovered(policy)
    for at, name in enumerate(policy.notices.off):
        if name not in IDS:
            yield ("notices", "off", at), unknown(name, sorted(IDS))
    goals = policy.goals
    if goals and goals.ceiling_monthly is not None and goals.ceiling_monthly < goals.floor:
        yield ("goals", "ceiling_monthly"), "the ceiling is below the floor; raise it, or lower floor_monthly"
    if policy.night.closes <= policy.night.opens:
        yield ("night", "closes"), "must be later on the clock than opens; write a night within one date"


def _unknown_sites(policy: Policy) -> Iterator[tuple[Path_, str]]:
    """Sites that are named and not there."""
    for index, credential in enumerate(policy.credentials):
        if credential.site and credential.site not in policy.sites:
            yield ("credentials", index, "site"), unknown(credential.site, policy.sites)
    lists: dict[str, tuple[Pause | NonCompete | Allowed | Watch, ...]] = {
        "pauses": policy.pauses,
        "non_competes": policy.non_competes,
        "allowed": policy.allowed,
        "watch": policy.watch,
    }
    for table, entries in lists.items():
        for index, entry in enumerate(entries):
            for at, site in enumerate(entry.sites):
                if site not in policy.sites:
                    yield (table, index, "sites", at), unknown(site, policy.sites)
    for at, site in enumerate(policy.exclude.sites):
        if site not in policy.sites:
            yield ("exclude", "sites", at), unknown(site, policy.sites)


def _uncovered(policy: Policy) -> Iterator[tuple[Path_, str]]:
    """Only what is not clinical can do without malpractice cover."""
    why = "only work that is not clinical can do without cover; leave it out, or write clinical = false there"
    places: set[Path_] = set()
    for key, site in policy.sites.items():
        cover = site.malpractice or policy.stream(site.stream).malpractice
        if cover and not cover.required and policy.site(key).clinical:
            places.add(("sites", key) if site.malpractice else ("streams", site.stream))
    yield from (((*place, "malpractice"), why) for place in sorted(places, key=str))

"""The world that a command is asked about: that of two files, or what the store knows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.common import PROBLEMS, REFUSED, WRONG, busy, fail, known, read_rules

if TYPE_CHECKING:
    from daemon.world import World
    from solver.solve import Plan, Problem

PolicyFile = Annotated[
    Path | None, typer.Option("--policy", help="The policy file, with --scenario; else what the store knows.")
]
ScenarioFile = Annotated[Path | None, typer.Option("--scenario", help="The world, as JSON.")]


@dataclass(frozen=True)
class Files:
    """Where the world is read from: a policy and a scenario, or the directories of configuration and store."""

    policy: Path | None
    scenario: Path | None
    config: Path | None
    state: Path | None

    def read(self, lines: Sequence[str] = ()) -> tuple[World, Problem]:
        """The world with these lines over its policy. Exits with all problems where it cannot be read."""
        if self.policy and self.scenario:
            return _of_files(self.policy, self.scenario, lines)
        if self.policy or self.scenario:
            fail(
                WRONG,
                "--policy and --scenario belong together; write both, or neither for what the store knows",
            )
        return _of_store(self.config, self.state, lines)


def _of_files(policy: Path, scenario: Path, lines: Sequence[str]) -> tuple[World, Problem]:
    from daemon.scenario import ScenarioError, read_scenario
    from daemon.world import World

    try:
        problem, notes = read_scenario(scenario, read_rules(policy, lines))
    except ScenarioError as error:
        fail(PROBLEMS, *error.problems)
    for note in notes:
        print(note, file=sys.stderr)
    return World(), problem


def _of_store(config: Path | None, state: Path | None, lines: Sequence[str]) -> tuple[World, Problem]:
    from daemon.clock import now
    from daemon.understand import understand

    settings, store = known(config, state)
    if lines:
        settings = replace(settings, policy=read_rules(settings.config / "policy.toml", lines))
    return understand(store, settings, now())


def decided(problem: Problem) -> Plan:
    """The best plan; what a search broke off with is said on standard error."""
    from solver.solve import DisagreementError, solve

    try:
        with busy(f"deciding on {len(problem.offers)} offers …"):
            found = solve(problem)
    except DisagreementError as error:
        fail(REFUSED, str(error))
    if found.trouble:
        print(f"the search broke off: {found.trouble}", file=sys.stderr)
    return found

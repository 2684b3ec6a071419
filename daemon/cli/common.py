"""What the commands share: exit codes, options, and the ways to the files, the store and the daemon."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from daemon import exits

if TYPE_CHECKING:
    from daemon.config import Settings
    from daemon.sources import Places
    from daemon.store import Store, StoreError
    from policy.schema import Policy

PROBLEMS, WRONG, UNREACHED, REFUSED = exits.PROBLEMS, exits.WRONG, exits.UNREACHED, exits.REFUSED

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="The directory of policy.toml and service.toml.")
]
StateOption = Annotated[Path | None, typer.Option("--state", help="The directory of the store.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
PolicyOption = Annotated[Path, typer.Option("--policy", help="The policy file.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="As if this line stood in the policy; may be repeated."),
]


def fail(code: int, *lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(code)


def print_json(facts: Any) -> None:  # anything JSON can hold
    print(json.dumps(facts, indent=2, ensure_ascii=False))


def busy(doing: str) -> contextlib.AbstractContextManager[object]:
    """Says on a terminal what takes its time; silent anywhere else."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    from daemon import show

    return show.console(stderr=True).status(doing)


def read_rules(path: Path, lines: Sequence[str] = ()) -> Policy:
    from policy.read import read_policy

    policy, problems = read_policy(path, lines)
    if policy is None:
        fail(PROBLEMS, *map(str, problems))
    return policy


def state_of(state: Path | None) -> Path:
    """The directory of the store, whether or not it is there."""
    from daemon.config import state_directory

    return (state or state_directory()).expanduser()


def places_of(config: Path, state: Path | None) -> Places:
    from daemon.sources import Places

    return Places(config, state_of(state))


def settings_of(config: Path | None, *, for_journal: bool = False) -> Settings:
    """`for_journal`: problems are told by their places alone, since others may read what is said."""
    from daemon.config import ConfigError, Settings, config_directory

    directory = (config or config_directory()).expanduser()
    if not (directory / "policy.toml").exists():
        fail(PROBLEMS, f"no policy.toml in {directory}; run: shiftward init")
    try:
        return Settings.read(directory.resolve())
    except ConfigError as error:
        if for_journal:
            fail(
                PROBLEMS,
                *error.places,
                f"what is wrong there, and what to do, says: shiftward check --config {directory}",
            )
        fail(PROBLEMS, *error.problems)


def store_of(state: Path | None, settings: Settings, *, apart: bool = False) -> Store:
    """The store, open; where it has to be brought up to date, `apart` in a process of its own."""
    from daemon.store import Store, StoreError

    try:
        return Store.in_directory(state_of(state), settings.service.store, apart=apart)
    except StoreError as error:
        fail(code_of(error), str(error))


def code_of(error: StoreError) -> int:
    return UNREACHED if error.passing else REFUSED


def known(config: Path | None, state: Path | None) -> tuple[Settings, Store]:
    """The configuration and the store, whether or not a daemon works on it."""
    settings = _quietly(config)
    return settings, store_of(state, settings)


def ask(what: str, config: Path | None, state: Path | None, **told: Any) -> Any:
    """What the daemon answers where one runs, else what the store itself says: facts, or an open file."""
    from daemon.control import AbsentError
    from daemon.control import ask as ask_daemon

    meant = config.expanduser().resolve() if config else None
    try:
        for path in _sockets(config, state):
            with contextlib.suppress(AbsentError):
                return ask_daemon(path, what, told, meant)
        from daemon.asks import WAKING, Known, carry_out

        found = carry_out(Known(_quietly(config), state_of(state)), what, told)
        if what in WAKING:
            # A daemon that has just started may not have seen it.
            for path in _sockets(config, state):
                with contextlib.suppress(AbsentError):
                    ask_daemon(path, "look", {}, meant)
    except exits.NotDoneError as error:
        fail(error.code, *error.lines)
    return found


def _sockets(config: Path | None, state: Path | None) -> list[Path]:
    """Where a daemon may answer: the one of this store, or, for who has none of their own, that of the machine."""
    from daemon.config import config_directory
    from daemon.control import NAME, SYSTEM

    own = state_of(state) / NAME
    mine = (
        state
        or "SHIFTWARD_STATE" in os.environ
        or (not config and (config_directory() / "policy.toml").exists())
    )
    return [own] if mine else [own, SYSTEM]


def _quietly(config: Path | None) -> Settings:
    from daemon import log

    settings = settings_of(config)
    log.set_up("error")
    return settings

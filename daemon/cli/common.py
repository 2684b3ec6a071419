"""What the commands share: exit codes, options, and the ways to the files, the store and the daemon."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from daemon.config import Settings
    from daemon.sources import Places
    from daemon.store import Store
    from policy.schema import Policy

PROBLEMS, WRONG, UNREACHED, REFUSED = 1, 2, 3, 4

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="The directory of policy.toml and service.toml.")
]
StateOption = Annotated[Path | None, typer.Option("--state", help="The directory of the store.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
PolicyOption = Annotated[Path, typer.Option("--policy", help="The policy file.")]


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


def read_rules(path: Path) -> Policy:
    from policy.read import read_policy

    policy, problems = read_policy(path)
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


def settings_of(config: Path | None) -> Settings:
    from daemon.config import ConfigError, Settings, config_directory

    directory = (config or config_directory()).expanduser()
    if not (directory / "policy.toml").exists():
        fail(PROBLEMS, f"no policy.toml in {directory}; run: shiftward init")
    try:
        return Settings.read(directory.resolve())
    except ConfigError as error:
        fail(PROBLEMS, *error.problems)


def store_of(state: Path | None, settings: Settings) -> Store:
    from daemon.store import Store, StoreError

    try:
        return Store.in_directory(state_of(state), settings.service.store)
    except StoreError as error:
        fail(REFUSED, str(error))


def known(config: Path | None, state: Path | None) -> tuple[Settings, Store]:
    """The configuration and the store, whether or not a daemon works on it."""
    from daemon import log

    settings = settings_of(config)
    log.set_up("error")
    return settings, store_of(state, settings)


def facts_of(settings: Settings, store: Store) -> dict[str, Any]:
    from daemon.clock import now
    from daemon.understand import facts

    return facts(store, settings, now())


def message_of(store: Store, line: str) -> bytes:
    """The message that a line of a review is from."""
    from daemon.settle import message_with

    found = message_with(store.messages(), line)
    if found is None:
        fail(PROBLEMS, f"no line of a message is called {line!r}; see: shiftward offers --review")
    row, _ = found
    body = store.body(row.source, row.key)
    if body is None:
        fail(
            PROBLEMS,
            "the message itself is not kept: look at it in your mailbox, or set keep_days in [mail] for the next ones",
        )
    return zlib.decompress(body)


def knock(state: Path | None) -> None:
    """Tell the daemon to look, where one runs."""
    from daemon.lock import holder

    pid = holder(state_of(state))
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)

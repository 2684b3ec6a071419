"""`shiftward doctor`: is everything as it has to be, and what to do where it is not."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from daemon.cli.common import (
    PROBLEMS,
    UNREACHED,
    ConfigOption,
    JsonOption,
    StateOption,
    busy,
    places_of,
    print_json,
)

app = typer.Typer()
MACHINE = Path("/etc/shiftward"), Path("/var/lib/private/shiftward")
"""Configuration and store of the system unit: meant by who has none of their own."""
MARKS = {"good": "well", "note": "note", "problem": "PROBLEM", "unreached": "NO ANSWER"}


@app.command()
def doctor(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """Look at versions, files, zones, clock, secrets, sources, store and service; say what to do. Changes nothing."""
    from daemon import log
    from daemon.config import config_directory
    from daemon.doctor import examine

    log.set_up("error")
    if config is None and not (config_directory() / "policy.toml").exists() and MACHINE[0].is_dir():
        config, state = MACHINE[0], state or MACHINE[1]
    directory = (config or config_directory()).expanduser().resolve()
    findings = []
    for one in examine(directory, places_of(directory, state), busy):
        findings.append(one)
        if not as_json:
            print(f"{MARKS[one.state]:10} {one.about}: {one.text}")
            if one.remedy:
                print(f"{'':10} do: {one.remedy}")
    if as_json:
        print_json([asdict(one) for one in findings])
    states = {one.state for one in findings}
    if "problem" in states:
        raise typer.Exit(PROBLEMS)
    if "unreached" in states:
        raise typer.Exit(UNREACHED)

"""`shiftward service`: make it a service of systemd, and undo that."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.common import REFUSED, fail
from daemon.exits import NotDoneError

if TYPE_CHECKING:
    from daemon.install import Place

app = typer.Typer(no_args_is_help=True, help="Shiftward as a service of systemd.")

UserOption = Annotated[bool, typer.Option("--user", help="For you alone, in place of the whole machine.")]
RootOption = Annotated[
    Path, typer.Option("--root", help="Put the files below this directory, to make a package.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Also over files that somebody has changed.")]
CommandOption = Annotated[
    Path | None, typer.Option("--command", help="The program to start; by default the one that runs now.")
]
HERE = Path("/")


@app.command()
def install(
    user: UserOption = False,
    root: RootOption = HERE,
    force: ForceOption = False,
    command: CommandOption = None,
) -> None:
    """Write the unit, its user and the modes of its files; start nothing."""
    from daemon import install

    try:
        place = _place(command, root, user=user)
        written = install.install(place, force=force)
    except NotDoneError as error:
        fail(error.code, *error.lines)
    for path in written:
        print(f"wrote {path}")
    if not written:
        print("all files are there as they should be")
    if root == HERE:
        print("next:", *(_steps_for_user() if user else _steps_for_machine()), sep="\n  ")


@app.command()
def uninstall(user: UserOption = False, root: RootOption = HERE, force: ForceOption = False) -> None:
    """Take away what `install` wrote. Configuration and store stay."""
    from daemon import install

    try:
        gone = install.uninstall(_place(HERE / "shiftward", root, user=user), force=force)
    except NotDoneError as error:
        fail(error.code, *error.lines)
    for path in gone:
        print(f"took away {path}")
    if not gone:
        print("there was nothing to take away")
    if root == HERE:
        print("next:", f"systemctl {'--user ' if user else ''}daemon-reload", sep="\n  ")
        print("your configuration and what Shiftward knows are where they were")


def _place(command: Path | None, root: Path, *, user: bool) -> Place:
    from daemon.install import for_machine, for_user

    if not user and root == HERE and os.geteuid() != 0:
        fail(REFUSED, "the service of the whole machine is root's to make: use sudo, or --user for you alone")
    found = command or _this_command()
    return for_user(root, found) if user else for_machine(root, found)


def _this_command() -> Path:
    beside = Path(sys.executable).parent / "shiftward"
    found = beside if beside.exists() else Path(shutil.which("shiftward") or "")
    if not found.is_absolute():
        fail(REFUSED, "where the command shiftward lies is not known; say it with --command")
    return found


def _steps_for_user() -> list[str]:
    from daemon.config import config_directory

    first = [] if (config_directory() / "policy.toml").exists() else ["shiftward init, and edit both files"]
    return [
        *first,
        "systemctl --user daemon-reload",
        "systemctl --user enable --now shiftward",
        "loginctl enable-linger (it runs on while you are logged out)",
        "shiftward doctor",
    ]


def _steps_for_machine() -> list[str]:
    there = Path("/etc/shiftward/policy.toml").exists()
    first = [] if there else ["shiftward init --config /etc/shiftward, and edit both files"]
    return [
        "systemd-sysusers shiftward.conf",
        *first,
        "systemd-tmpfiles --create shiftward.conf",
        "systemctl daemon-reload",
        "systemctl enable --now shiftward",
        "usermod -aG shiftward NAME (who may ask it, beside root; from the next login on)",
        "shiftward doctor",
    ]

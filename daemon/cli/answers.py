"""Commands that answer: an offer, a line of a message, a calendar that lost much at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from daemon.cli.common import ConfigOption, StateOption, ask

app = typer.Typer()


@app.command()
def accept(offer: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say that you have taken an offer. Nothing is sent to anyone."""
    _answer(offer, "accepted", config, state)


@app.command()
def decline(offer: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say no to an offer, for good."""
    _answer(offer, "declined", config, state)


@app.command()
def reopen(offer: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Take an answer to an offer back: it is weighed again."""
    ask("answer", config, state, offer=offer, verdict="open")
    print(f"{offer}: open again")


def _answer(offer: str, verdict: str, config: Path | None, state: Path | None) -> None:
    ask("answer", config, state, offer=offer, verdict=verdict)
    print(f"{offer}: {verdict}")


@app.command()
def settle(
    line: Annotated[str, typer.Argument(help="The id that `offers --review` shows.")],
    text: Annotated[str, typer.Argument(help="The same, said plainly: date, hours, site, pay.")] = "",
    nothing: Annotated[bool, typer.Option("--nothing", help="It is no shift.")] = False,
    learn: Annotated[
        bool, typer.Option("--learn", help="Also draft a template of the sender, to mend by hand.")
    ] = False,
    config: ConfigOption = None,
    state: StateOption = None,
) -> None:
    """Say what a line of a message means; it is remembered, until it is said in another way."""
    template = ask("settle", config, state, line=line, text=text, nothing=nothing, learn=learn)["template"]
    print(f"{line}: settled", file=sys.stderr if learn else sys.stdout)
    if learn:
        print(template, end="")


@app.command()
def believe(source: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say that a calendar is right, though much of it vanished at once."""
    ask("believe", config, state, source=source)
    print(f"{source}: what it says at the next look is taken as it is")

"""Commands that answer: an offer, a line of a message, a calendar that lost much at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from daemon.cli.common import (
    PROBLEMS,
    WRONG,
    ConfigOption,
    StateOption,
    facts_of,
    fail,
    knock,
    known,
    message_of,
)

app = typer.Typer()


@app.command()
def accept(offer: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say that you have taken an offer. Nothing is sent to anyone."""
    _answer(offer, "accepted", config, state)


@app.command()
def decline(offer: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say no to an offer, for good."""
    _answer(offer, "declined", config, state)


def _answer(offer: str, verdict: Any, config: Path | None, state: Path | None) -> None:  # a Verdict
    from daemon.clock import now

    settings, store = known(config, state)
    if offer not in facts_of(settings, store)["offers"]:
        fail(PROBLEMS, f"no offer {offer}; see: shiftward offers")
    store.answer(offer, verdict, now(), "command line")
    knock(state)
    print(f"{offer}: {verdict}")


@app.command()
def settle(
    line: Annotated[str, typer.Argument(help="The id that `offers --review` shows.")],
    text: Annotated[str, typer.Argument(help="The same, said plainly: date, hours, site, pay; or yes.")] = "",
    nothing: Annotated[bool, typer.Option("--nothing", help="It is no shift.")] = False,
    learn: Annotated[
        bool, typer.Option("--learn", help="Also draft a template of the sender, to mend by hand.")
    ] = False,
    config: ConfigOption = None,
    state: StateOption = None,
) -> None:
    """Say what a line of a message means; it is remembered, until it is said in another way."""
    from connectors.offers.reader import read_line
    from daemon.clock import now
    from daemon.settle import YES, is_clear, message_with, question, takes_yes

    settings, store = known(config, state)
    open_lines = {one.get("id") for one in facts_of(settings, store)["review"]}
    if line not in open_lines and line not in store.settled():
        fail(PROBLEMS, f"nothing to settle under {line!r}; see: shiftward offers --review")
    if bool(text.strip()) == nothing:
        fail(WRONG, "say what it means, or --nothing")
    if text.strip().lower() == YES:
        text = YES
        found = message_with(store.messages(), line)
        if found is None or not takes_yes(*found, line):
            fail(PROBLEMS, "that question wants more than a yes: say date, hours, site and pay")
    elif text:
        reading = read_line(text, settings.lexicon, now())
        asked = [one.why for one in reading.unresolved]
        asked += [question(shift.needs_review) for shift in reading.shifts if shift.needs_review]
        if not is_clear(reading):
            said = "; ".join(dict.fromkeys(asked)) or "no shift with a date, hours and a site"
            fail(PROBLEMS, f"still open: {said}")
    body = message_of(store, line) if learn else b""
    store.settle(line, text.strip(), now())
    knock(state)
    print(f"{line}: settled", file=sys.stderr if learn else sys.stdout)
    if learn:
        from daemon.templates import draft

        print(draft(body, settings.lexicon), end="")


@app.command()
def believe(source: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say that a calendar is right, though much of it vanished at once."""
    _, store = known(config, state)
    if not store.known_fact(f"vanished {source}"):
        fail(PROBLEMS, f"nothing vanished at once from {source!r}; see: shiftward status")
    store.set_fact(f"believe {source}", "yes")
    knock(state)
    print(f"{source}: what it says at the next look is taken as it is")

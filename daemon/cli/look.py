"""Commands that look: how it stands, what is offered, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.common import (
    PROBLEMS,
    ConfigOption,
    JsonOption,
    StateOption,
    facts_of,
    fail,
    known,
    message_of,
    print_json,
    settings_of,
    store_of,
)

if TYPE_CHECKING:
    from daemon.store import Store

app = typer.Typer()


@app.command()
def status(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """How each source is doing, what is held, what needs a look, what was set aside."""
    facts = facts_of(*known(config, state))
    if as_json:
        print_json(facts)
        return
    from daemon import show

    out = show.console()
    rows = [
        (name, one["last_good"] or "never", one["trouble"] or "well", one["failing_since"] or "")
        for name, one in facts["sources"].items()
    ]
    out.print(show.reasons_table("Sources", rows, "name", "last good read", "state", "since"))
    out.print(f"held: {', '.join(facts['held']) or 'nothing'}")
    for title, key in (("Please look at these", "review"), ("Set aside", "aside")):
        lines = [(one["source"], one["where"], one["why"]) for one in facts[key]]
        if lines:
            out.print(show.reasons_table(title, lines, "source", "what", "why"))


@app.command()
def offers(
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    review: Annotated[bool, typer.Option("--review", help="What a person has to look at, instead.")] = False,
    message: Annotated[
        str,
        typer.Option("--message", metavar="ID", help="The whole message that a line of a review is from."),
    ] = "",
) -> None:
    """Every offer known, and where it stands."""
    settings, store = known(config, state)
    if message:
        from daemon.show import message_text

        print(message_text(message_of(store, message)))
        return
    facts = facts_of(settings, store)
    if review:
        if as_json:
            print_json({"review": facts["review"], "leads": facts["leads"]})
            return
        for one in facts["review"]:
            print(f"{one.get('id', '-'):10}  {one['source']}: {one['where']}\n            {one['why']}")
        for one in facts["leads"]:
            print(f"{'lead':10}  {one['source']}, {one['sent']}: {one['why']}")
        if facts["review"]:
            print(
                'settle a line with: shiftward settle ID "Sat 2/20 7a-7p LKSD $2300", or --nothing where it is no shift'
            )
        return
    if as_json:
        print_json(facts["offers"])
        return
    for key, life in facts["offers"].items():
        print(f"{key}  {life}")


@app.command()
def why(
    offer: str,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%S%z"], help="As it was decided then.")
    ] = None,
) -> None:
    """Why an offer is held or left out, the cheapest way in, and what it would have to pay."""
    if at is not None:
        _why_then(store_of(state, settings_of(config)), offer, at, as_json=as_json)
        return
    from daemon.clock import now
    from daemon.report import declined_json
    from daemon.understand import understand
    from policy.phrases import dollars
    from solver.explain import explained
    from solver.solve import solve

    settings, store = known(config, state)
    _, problem = understand(store, settings, now())
    found = next((one for one in problem.offers if one.id == offer), None)
    if found is None:
        fail(PROBLEMS, f"no open offer {offer}; see: shiftward offers")
    decided = solve(problem)
    verdict = None if offer in decided.accepted else explained(problem, decided, found)
    if as_json:
        print_json({"offer": offer, "held": True} if verdict is None else declined_json(verdict, problem))
        return
    if verdict is None:
        print("held: it passes every gate and keeps every limit")
        return
    facts = declined_json(verdict, problem)
    for reason in facts["reasons"]:
        print(reason["text"])
    if verdict.swap:
        print(
            f"the cheapest way in: give up {', '.join(verdict.swap.drop) or 'nothing'}, {dollars(verdict.swap.net)}"
        )
    if verdict.worth_from is not None:
        print(f"it would be taken from {dollars(verdict.worth_from)} in all; it pays {dollars(found.cents)}")


def _why_then(store: Store, offer: str, at: datetime, *, as_json: bool) -> None:
    """From the plans that are kept."""
    found = store.decision_at(at)
    if found is None:
        fail(PROBLEMS, f"no plan is known of {at:%Y-%m-%d %H:%M %z}; plans are kept for 400 days")
    decided, plan = found
    left_out = next((one for one in plan["declined"] if one["offer"] == offer), None)
    if offer not in plan["accepted"] and left_out is None:
        fail(PROBLEMS, f"the plan of {decided:%Y-%m-%d %H:%M} UTC knows no offer {offer!r}")
    if as_json:
        print_json(
            {"at": decided.isoformat(), "accepted": left_out is None, **(left_out or {"offer": offer})}
        )
        return
    print(f"decided {decided:%Y-%m-%d %H:%M} UTC:")
    if left_out is None:
        print(f"{offer} was held: it passed every gate and kept every limit.")
        return
    for reason in left_out["reasons"]:
        print(f"- {reason['text']}")

"""Commands that look: how it stands, what is offered, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from daemon.cli.asked import Files, PolicyFile, ScenarioFile
from daemon.cli.common import PROBLEMS, ConfigOption, JsonOption, StateOption, ask, fail, print_json

app = typer.Typer()


@app.command()
def status(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """How each source is doing, what is held, counters, deadlines, what needs a look, what was set aside."""
    facts = ask("status", config, state)
    if as_json:
        print_json(facts)
        return
    from daemon import show

    out = show.console()
    for line in _life(facts):
        out.print(line)
    out.print(
        show.reasons_table(
            "Sources", _sources(facts), "name", "last good read", "state", "since", "what to do"
        )
    )
    out.print(show.reasons_table("Counters, with what is held", _counters(facts), "month", *COUNTERS))
    out.print(f"held: {', '.join(facts['held']) or 'nothing'}")
    for title, lines, heads in (
        ("What comes next", _deadlines(facts), ("by", "what")),
        ("Please look at these", _asides(facts["review"]), ("source", "what", "why")),
        (
            "Leads",
            [(one["source"], one["sent"], one["why"]) for one in facts["leads"]],
            ("source", "sent", "why"),
        ),
        ("Set aside", _asides(facts["aside"]), ("source", "what", "why")),
    ):
        if lines:
            out.print(show.reasons_table(title, lines, *heads))


COUNTERS = ("nights", "weekends", "high_intensity", "off_days", "trips")
Rows = list[tuple[str, ...]]


def _life(facts: dict[str, Any]) -> Iterator[str]:
    daemon = facts["daemon"]
    yield (
        f"the daemon runs as process {daemon['pid']} since {_minute(daemon['since'])}"
        if daemon["running"]
        else "no daemon runs; start it with: shiftward run"
    )
    yield (
        f"the plan stands since {_minute(facts['decided_at'])}"
        if facts["decided_at"]
        else "nothing is decided yet"
    )
    if facts["store"]["trouble"]:
        yield f"since {_minute(facts['store']['since'])} {facts['store']['trouble']}"
    if facts["configuration"]["problems"]:
        since = _minute(facts["configuration"]["since"])
        yield f"the files that were saved at {since} have problems; until they are mended, the ones before are in force:"
        yield from (f"  {problem}" for problem in facts["configuration"]["problems"])
    if facts["questions"]:
        yield f"open questions: {facts['questions']}; see: shiftward offers --review"


def _sources(facts: dict[str, Any]) -> Rows:
    return [
        (
            name,
            _minute(one["last_good"]) or "never",
            one["trouble"] or ("well" if one["last_good"] else "never read yet"),
            _minute(one["failing_since"]),
            one["remedy"] or "",
        )
        for name, one in facts["sources"].items()
    ]


def _counters(facts: dict[str, Any]) -> Rows:
    return [(month, *(_of(found[key]) for key in COUNTERS)) for month, found in facts["counters"].items()]


def _of(one: dict[str, Any]) -> str:
    return str(one["have"]) if one["cap"] is None else f"{one['have']} of {one['cap']}"


def _deadlines(facts: dict[str, Any]) -> Rows:
    return [
        (_minute(one["by"]), f"answer {one['about']}{', held' if one['held'] else ''}")
        if one["kind"] == "answer"
        else (one["until"], f"{one['about']} ends")
        for one in facts["deadlines"]
    ]


def _asides(found: list[dict[str, Any]]) -> Rows:
    return [(one["source"], one["where"], one["why"]) for one in found]


def _minute(instant: str | None) -> str:
    """By the clock of this machine."""
    return f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M}" if instant else ""


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
    if message:
        from daemon.show import message_text

        print(message_text(ask("message", config, state, line=message).encode("latin-1")))
        return
    facts = ask("status", config, state)
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
    from daemon import show

    heads = ("offer", "stands", "site", "begins", "pays")
    show.console().print(show.reasons_table("Offers", [_offer(one) for one in facts["offered"]], *heads))


def _offer(one: dict[str, Any]) -> tuple[str, ...]:
    from policy.phrases import dollars

    begins = f"{datetime.fromisoformat(one['start']):%a %Y-%m-%d %H:%M}" if one["start"] else ""
    return one["id"], one["life"], one["site"] or "", begins, dollars(one["pays"]) if one["pays"] else ""


@app.command()
def why(
    offer: str,
    policy: PolicyFile = None,
    scenario: ScenarioFile = None,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    at: Annotated[
        str,
        typer.Option(
            metavar="TIME", help="As it stood then: a date (its end), or a time, of your home zone."
        ),
    ] = "",
) -> None:
    """Why an offer is held or left out, the cheapest way in, and what it would have to pay."""
    if at:
        _why_then(ask("why_then", config, state, offer=offer, at=at), as_json=as_json)
        return
    facts = (
        _why_of_files(offer, policy, scenario)
        if policy or scenario
        else ask("why", config, state, offer=offer)
    )
    if as_json:
        print_json(facts)
        return
    for line in _told(facts):
        print(line)


def _why_of_files(offer: str, policy: Path | None, scenario: Path | None) -> dict[str, Any]:
    from daemon.report import why_json

    _, problem = Files(policy, scenario, None, None).read()
    facts = why_json(problem, offer)
    if facts is None:
        fail(PROBLEMS, f"no offer {offer} in {scenario}")
    return facts


_HOW = {
    "deleted": "by deleting it on the phone",
    "title": "by a word in its title on the phone",
    "moved": "by putting it into a work calendar",
    "restored": "by putting it back on the phone",
    "command line": "on the command line",
    "policy": "by your policy, once the phone had shown it",
}
_SAID = {"open": "answer taken back"}
_LIVES = {
    "accepted": "accepted: it counts as a commitment",
    "declined": "declined: it is no longer weighed",
    "confirmed": "confirmed: it is a commitment, by your work calendar or by a message of the site",
    "withdrawn": "withdrawn: it is no longer to be had",
}


def _answer(one: dict[str, Any]) -> str:
    return f"{_minute(one['at'])}: {_SAID.get(one['verdict'], one['verdict'])}, {_HOW.get(one['how'], one['how'])}"


def _told(facts: dict[str, Any]) -> Iterator[str]:
    from policy.phrases import dollars
    from policy.sentences.answers import WEIGHED, gives_way, taken_from, way_in

    for one in facts.get("answers", ()):
        yield _answer(one)
    if facts.get("life") in _LIVES:
        yield _LIVES[facts["life"]]
    if facts.get("held"):
        yield "held: nothing rules it out"
        yield from facts["text"]
        yield WEIGHED
        return
    if "reasons" not in facts:
        return
    yield from (reason["text"] for reason in facts["reasons"])
    if facts.get("relax"):
        yield gives_way([one["text"] for one in facts["relax"]])
    if facts["swap"]:
        yield way_in(facts["swap"]["drop"], facts["swap"]["net"])
    exact = facts["worth_from"]
    low, high = facts.get("worth_between", (exact, exact))
    if low is not None:
        yield f"{taken_from(low, high)}; it pays {dollars(facts['pays'])}"


def _why_then(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(facts)
        return
    if facts["at"]:
        print(f"decided {datetime.fromisoformat(facts['at']):%Y-%m-%d %H:%M} UTC:")
    if facts["accepted"]:
        print(f"{facts['offer']} was held: it passed every gate and kept every limit.")
    elif not facts["weighed"]:
        print(f"{facts['offer']} was not weighed.")
    for reason in facts.get("reasons", ()):
        print(f"- {reason['text']}")
    if facts["answer"]:
        print(f"your answer then: {_answer(facts['answer'])}")

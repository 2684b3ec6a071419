"""Commands that can do with files alone, so that anyone can try a policy without accounts."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.asked import Files, PolicyFile, ScenarioFile, decided
from daemon.cli.common import (
    PROBLEMS,
    ConfigOption,
    JsonOption,
    PolicyOption,
    SetOption,
    StateOption,
    busy,
    fail,
    print_json,
    read_rules,
)

if TYPE_CHECKING:
    from connectors.offers.reading import Lexicon

app = typer.Typer()


@app.command()
def plan(
    policy: PolicyFile = None,
    scenario: ScenarioFile = None,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    lines: SetOption = None,
    caps: Annotated[
        bool, typer.Option("--caps", help="Also what one more of each cap that binds would be worth.")
    ] = False,
) -> None:
    """Decide: which offers to take, and why not the others. With --set: what would change.

    Of a scenario (--policy and --scenario), else of what the store knows.
    """
    from daemon.report import caps_json, change_json, plan_json
    from solver.caps import binding_caps
    from solver.explain import declined

    files = Files(policy, scenario, config, state)
    before = files.read()[1] if lines else None
    world, problem = files.read(lines or ())
    was, found = decided(before) if before else None, decided(problem)
    verdicts, bound = [], []
    # A change alone needs no prices.
    if as_json or not before:
        with busy("asking what the others would have to pay …"):
            verdicts = declined(problem, found)
    if caps:
        with busy("asking what one more of each cap would bring …"):
            bound = binding_caps(problem, found)
    if as_json:
        facts = plan_json(problem, found, verdicts)
        if before and was:
            facts["change"] = change_json(lines or (), (before, was), (problem, found))
        if caps:
            facts["caps"] = caps_json(bound)
        print_json(facts)
        return
    from daemon import show
    from daemon.understand import Outlook

    out = show.console()
    if before and was:
        out.print(show.change(lines or (), (before, was), (problem, found)))
    else:
        out.print(show.month(Outlook(problem, found, tuple(verdicts), world, problem.now)))
    if caps:
        out.print(show.caps(bound))


@app.command()
def read(
    message: Annotated[Path, typer.Argument(help="A message file (.eml).")],
    policy: PolicyOption,
    service: Annotated[Path, typer.Option(help="The service file: whom to trust.")],
    as_json: JsonOption = False,
    now: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%S%z"], help="The time of reading.")
    ] = None,
    learn: Annotated[
        bool, typer.Option("--learn", help="Draft a template of this sender, to mend by hand.")
    ] = False,
) -> None:
    """Read one message: what it offers, what it leaves open, and what was set aside."""
    from connectors.offers.reader import read_message
    from daemon.config import lexicon, read_service
    from daemon.readings import to_json
    from daemon.templates import draft, read_templates

    rules = read_rules(policy)
    settings, problems = read_service(service)
    names = [name for one in settings.senders for name in one.template] if settings else []
    templates, more = read_templates(service.parent, names)
    if settings is None or more:
        fail(PROBLEMS, *map(str, (*problems, *more)))
    try:
        raw = message.read_bytes()
    except OSError as error:
        fail(PROBLEMS, f"{message}: cannot be read: {error.strerror}")
    words = lexicon(rules, settings, templates)
    if learn:
        print(draft(raw, words), end="")
        return
    facts = to_json(read_message(raw, words, now, _signers(raw, words)))
    if as_json:
        print_json(facts)
        return
    from daemon import show

    rows = [
        (str(s["from"]["line"] or ""), s["status"], s["site"] or s["site_text"] or "", s["start"][:16], s["end"][11:16],
         f"{s['pay']['amount']}/{s['pay']['unit']}" if s["pay"] else "", ", ".join(s["needs_review"]))
        for s in facts["shifts"]
    ]  # fmt: skip
    out = show.console()
    out.print(
        show.reasons_table(
            f"{facts['kind']}, {facts['trust']}",
            rows,
            "line",
            "status",
            "site",
            "start",
            "end",
            "pay",
            "check",
        )
    )
    for one in facts["unresolved"]:
        out.print(f"line {one['line']}: {one['why']}: {one['text'].strip()}")


def _signers(raw: bytes, words: Lexicon) -> frozenset[str]:
    from connectors.errors import UnreachableError
    from connectors.offers.mime import parse
    from connectors.offers.trust import awaits_signature

    if not awaits_signature(parse(raw), words):
        return frozenset()
    from connectors.offers.signature import signed_by

    try:
        return signed_by(raw)
    except UnreachableError as error:
        print(error, file=sys.stderr)
        return frozenset()

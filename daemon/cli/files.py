"""Commands that take files alone, so that anyone can try a policy without accounts."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.common import PROBLEMS, REFUSED, JsonOption, PolicyOption, busy, fail, print_json, read_rules

if TYPE_CHECKING:
    from connectors.offers.reading import Lexicon

app = typer.Typer()


@app.command()
def plan(
    policy: PolicyOption,
    scenario: Annotated[Path, typer.Option(help="The world, as JSON.")],
    as_json: JsonOption = False,
) -> None:
    """Decide a scenario: which offers to take, and why not the others."""
    from daemon.report import plan_json
    from daemon.scenario import ScenarioError, read_scenario
    from solver.explain import declined
    from solver.solve import DisagreementError, solve

    rules = read_rules(policy)
    try:
        problem, notes = read_scenario(scenario, rules)
    except ScenarioError as error:
        fail(PROBLEMS, *error.problems)
    for note in notes:
        print(note, file=sys.stderr)
    try:
        with busy(f"deciding on {len(problem.offers)} offers …"):
            found = solve(problem)
        with busy("asking what the others would have to pay …"):
            verdicts = declined(problem, found)
    except DisagreementError as error:
        fail(REFUSED, str(error))
    if as_json:
        print_json(plan_json(problem, found, verdicts))
        return
    from daemon import show
    from daemon.understand import Outlook
    from daemon.world import World

    show.console().print(show.month(Outlook(problem, found, tuple(verdicts), World(), problem.now)))


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

"""`shiftward quote`: what a shift that nobody has offered would have to pay."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.asked import Files, PolicyFile, ScenarioFile, decided
from daemon.cli.common import (
    PROBLEMS,
    WRONG,
    ConfigOption,
    JsonOption,
    SetOption,
    StateOption,
    busy,
    fail,
    print_json,
)

if TYPE_CHECKING:
    from policy.shift import Shift
    from solver.solve import Problem

app = typer.Typer()
KIND = "quote"
"""The key of the site that stands for a kind of shift."""


@app.command()
def quote(
    site: Annotated[str, typer.Option(help="Where, by its key in the policy.")] = "",
    stream: Annotated[
        str, typer.Option(help="Or at no site in particular: a kind of shift, such as per_diem.")
    ] = "",
    intensity: Annotated[str, typer.Option(help="Of such a kind: high, moderate or low.")] = "high",
    dates: Annotated[list[str] | None, typer.Option("--date", help="As 2027-02-20; may be repeated.")] = None,
    month: Annotated[str, typer.Option(help="Each date of it, as 2027-02.")] = "",
    hours: Annotated[
        str, typer.Option(help="On the site's clock, as 19:00-07:00; by default as most shifts known there.")
    ] = "",
    policy: PolicyFile = None,
    scenario: ScenarioFile = None,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    lines: SetOption = None,
) -> None:
    """The lowest pay at which the plan would want a shift, date by date.

    A kind of shift is judged as a site called quote: --set 'sites.quote.emr = "Epic"' says more of it.
    """
    if bool(site) == bool(stream):
        fail(WRONG, "say where: either --site lakeside-ed or --stream per_diem")
    days = _days(dates or [], month)
    said = _hours(hours) if hours else None
    kind = [
        f"sites.{KIND}.stream = {_text(stream)}",
        f"sites.{KIND}.intensity = {_text(intensity)}",
        f"sites.{KIND}.names = [{_text(f'any {stream} shift')}]",
    ]
    _, problem = Files(policy, scenario, config, state).read([*(kind if stream else ()), *(lines or ())])
    key = site or KIND
    shifts = _shifts(problem, key, days, said)
    plan = decided(problem)

    from daemon.report import quote_json, quote_text, rate_text
    from solver.quote import quotes

    with busy(f"asking what {len(shifts)} dates would have to pay …"):
        wide, found = quotes(problem, plan, shifts)
    if as_json:
        print_json(
            {
                "site": key,
                "status": plan.status,
                "value": plan.value,
                "bound": plan.bound,
                "quotes": [quote_json(one, wide) for one in found],
            }
        )
        return
    from daemon import show

    out = show.console()
    if month:
        out.print(show.prices(found))
    for one in found:
        if not month or one.displaces or one.because:
            out.print(f"{show.when(one.shift)}: {quote_text(one, wide)}.", soft_wrap=True)
    for text in dict.fromkeys(filter(None, map(rate_text, found))):
        out.print(f"{text}.", soft_wrap=True)


def _text(word: str) -> str:
    """A word as TOML text."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _days(dates: list[str], month: str) -> list[date]:
    from policy.shift import Month, Span

    if bool(dates) == bool(month):
        fail(WRONG, "say when: either --date 2027-02-20 or --month 2027-02")
    try:
        if month:
            return list(Span.month(Month.read(month)))
        return sorted({date.fromisoformat(one) for one in dates})
    except ValueError:
        fail(WRONG, f"{month or ', '.join(dates)}: write a date as 2027-02-20, a month as 2027-02")


def _hours(text: str) -> tuple[time, time]:
    if not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", text):
        fail(WRONG, f"{text!r} are no hours; write them as 19:00-07:00")
    opens, _, closes = text.partition("-")
    try:
        return time.fromisoformat(opens), time.fromisoformat(closes)
    except ValueError:
        fail(WRONG, f"{text!r} are no hours; write them as 19:00-07:00")


def _shifts(problem: Problem, site: str, days: list[date], said: tuple[time, time] | None) -> list[Shift]:
    from policy.problems import unknown
    from solver.quote import asked_shift, usual_hours

    if site not in problem.policy.sites:
        fail(PROBLEMS, f"site {site}: {unknown(site, problem.policy.sites)}")
    hours = said or usual_hours(problem, site)
    if hours is None:
        fail(WRONG, f"no shift at {site} is known to take the hours from; say them: --hours 19:00-07:00")
    return [asked_shift(problem.policy, site, day, *hours) for day in days]

"""`shiftward report`: a month, a year, the books, alertness."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.cli.common import WRONG, ConfigOption, JsonOption, StateOption, fail, known, print_json

if TYPE_CHECKING:
    from policy.notices import Facts

app = typer.Typer(no_args_is_help=True, help="Figures to look at.")
YearArgument = Annotated[int | None, typer.Argument(help="By default this one.", min=1990, max=2200)]


def _planned(config: Path | None, state: Path | None) -> tuple[Facts, frozenset[str]]:
    """Everything worked, committed and planned; and what of it is committed."""
    from daemon.clock import now
    from daemon.understand import outlook_facts

    settings, store = known(config, state)
    return outlook_facts(store, settings, now())


@app.command()
def month(
    which: Annotated[str, typer.Argument(help="As 2027-01; by default each month ahead.")] = "",
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Secured and expected income, the floor, counts and mix."""
    from daemon.reports import month_facts, month_text, months_ahead
    from policy.shift import Month

    facts, secured = _planned(config, state)
    try:
        wanted = [Month.read(which)] if which else months_ahead(facts)
    except ValueError:
        fail(WRONG, f"{which!r} is no month; write it as 2027-01")
    found = [month_facts(facts, one, secured) for one in wanted]
    tell(found, month_text(found), as_json=as_json)


@app.command()
def year(
    which: YearArgument = None,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
) -> None:
    """What each stream and site brought, as Markdown."""
    from daemon.reports import year_facts, year_text

    facts, _ = _planned(config, state)
    found = year_facts(facts, which or facts.today.year)
    tell(found, year_text(found), as_json=as_json)


@app.command()
def books(
    which: YearArgument = None,
    config: ConfigOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
) -> None:
    """A line for each shift of the year so far, as CSV."""
    from daemon.reports import as_csv
    from daemon.reports import books as rows

    facts, _ = _planned(config, state)
    found = list(rows(facts, which or facts.today.year))
    tell(found, as_csv(found), as_json=as_json)


@app.command()
def alertness(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """How sleepy one may be on each shift ahead: an estimate for a group, within about 1.4, not for you."""
    from daemon.reports import alertness_facts, alertness_text

    facts, _ = _planned(config, state)
    found = alertness_facts(facts)
    tell(found, alertness_text(found), as_json=as_json)


def tell(found: Any, text: str, *, as_json: bool) -> None:  # anything JSON can hold
    if as_json:
        print_json(found)
    else:
        print(text, end="")

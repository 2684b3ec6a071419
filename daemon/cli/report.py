"""`shiftward report`: a month, a year, the books, alertness."""

from __future__ import annotations

from datetime import date
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
    from daemon.reports import month_facts, months_ahead
    from policy.phrases import dollars
    from policy.shift import Month

    facts, secured = _planned(config, state)
    try:
        wanted = [Month.of(date.fromisoformat(f"{which}-01"))] if which else months_ahead(facts)
    except ValueError:
        fail(WRONG, f"{which!r} is no month; write it as 2027-01")
    found = [month_facts(facts, one, secured) for one in wanted]
    if as_json:
        print_json(found)
        return
    for one in found:
        floor, counts = one["floor"], one["counts"]
        print(f"{one['month']}: {dollars(one['secured'])} secured, {dollars(one['expected'])} expected")
        if floor["need"]:
            short = f", short by {dollars(floor['short'])}" if floor["short"] else ""
            print(f"  floor: {dollars(floor['have'])} of {dollars(floor['need'])}{short}")
        print("  " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in counts.items()))
        print(
            "  "
            + ", ".join(f"{key} {value} (mix {one['wanted_mix'][key]})" for key, value in one["mix"].items())
        )
        for name, stream in one["streams"].items():
            print(f"  {name.replace('_', '-')}: {stream['shifts']} shifts, {dollars(stream['cents'])}")


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
    from daemon.reports import alertness_facts

    facts, _ = _planned(config, state)
    found = alertness_facts(facts)
    if as_json:
        print_json(found)
        return
    print(
        "Karolinska scale, 1 to 9: 7 is sleepy, 8 takes effort to stay awake. Within about 1.4, for a group, not for you."
    )
    for one in found:
        print(
            f"{one['start'][:16].replace('T', ' ')}  {one['site']}: {one['kss']} at {one['worst_at'][11:16]}, {one['means']}"
        )


def tell(found: Any, text: str, *, as_json: bool) -> None:  # anything JSON can hold
    if as_json:
        print_json(found)
    else:
        print(text, end="")

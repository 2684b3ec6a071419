"""Commands that begin: both files, what is wrong in them, which calendars there are, signing in."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.cli.common import (
    PROBLEMS,
    REFUSED,
    UNREACHED,
    WRONG,
    ConfigOption,
    JsonOption,
    StateOption,
    busy,
    fail,
    places_of,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from policy.reading import Chapter

app = typer.Typer()


@app.command()
def init(
    preset: Annotated[str, typer.Option(help="A preset to begin with; `list` names them.")] = "",
    config: ConfigOption = None,
) -> None:
    """Write policy.toml and service.toml to begin with. Never overwrites."""
    from daemon.begin import over_preset
    from daemon.config import config_directory
    from policy.files import shipped

    presets = sorted(path.stem for path in shipped("config/presets").glob("*.toml"))
    if preset == "list":
        print_json(presets)
        return
    if preset and preset not in presets:
        fail(2, f"no preset {preset}; there are: {', '.join(presets)}")
    directory = (config or config_directory()).expanduser()
    targets = {
        directory / name: shipped(f"config/{name}").read_text("utf-8")
        for name in ("policy.toml", "service.toml")
    }
    if preset:
        targets[directory / "policy.toml"] = over_preset(preset)
    there = [str(path) for path in targets if path.exists()]
    if there:
        fail(REFUSED, f"already there, and left as it is: {', '.join(there)}")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for path, text in targets.items():
            path.write_text(text, "utf-8")
            print(f"wrote {path}")
    except OSError as error:
        fail(REFUSED, f"{directory} cannot be written: {error.strerror}; name another with --config")
    print("edit both, then: shiftward check")


@app.command()
def check(
    config: ConfigOption = None,
    state: StateOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Read the policy back in plain words; ask no source.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read both files and ask every source once; name every problem, and what is still open."""
    from daemon.config import ConfigError, Settings, config_directory
    from daemon.reach import ask_each
    from daemon.templates import fixture_problems

    directory = (config or config_directory()).expanduser().resolve()
    odd, remarks, chapters = _judged(directory / "policy.toml")
    if explain:
        _explain(odd, remarks, chapters, as_json=as_json)
        return
    places = places_of(directory, state)
    problems: list[str] = []
    unreached: list[str] = []
    try:
        settings = Settings.read(directory)
        service = settings.service
        for one in ask_each(service, places, busy):
            problems += [one.problem] if one.problem else []
            unreached += [f"{one.name}: {one.unreached}"] if one.unreached else []
        problems += [*odd, *fixture_problems(directory, settings.templates, settings.lexicon)]
        if not any(one.role == "publish" for one in service.calendars):
            print(
                "service.toml: no calendar of role publish: nothing would appear on a phone", file=sys.stderr
            )
    except ConfigError as error:
        problems = error.problems
    if as_json:
        print_json({"problems": problems, "unreached": unreached, "remarks": remarks})
    else:
        for line in (*problems, *unreached, *_open(remarks)):
            print(line)
    if problems or unreached:
        raise typer.Exit(PROBLEMS if problems else UNREACHED)
    if not as_json:
        print("no problems found")


def _judged(path: Path) -> tuple[list[str], list[str], list[Chapter]]:
    """Contradictions of a policy, remarks on it, and the policy in plain words; problems where it cannot be read."""
    from policy.check import check as judge
    from policy.read import read_files
    from policy.reading import reading

    found = read_files(path)
    if found.policy is None:
        return [str(problem) for problem in found.problems], [], []
    now = datetime.now().astimezone()
    today = now.astimezone(found.policy.now(now).clinician.home_zone).date()
    problems, remarks = judge(found, today)
    return [str(one) for one in problems], [str(one) for one in remarks], reading(found.policy, found.presets)


def _open(remarks: list[str]) -> list[str]:
    return ["still open, or worth a look:", *(f"  {line}" for line in remarks)] if remarks else []


def _explain(odd: list[str], remarks: list[str], chapters: list[Chapter], *, as_json: bool) -> None:
    from policy.reading import text

    if as_json:
        told = [{"title": one.title, "lines": list(one.lines)} for one in chapters]
        print_json({"problems": odd, "remarks": remarks, "reading": told})
    else:
        print("\n".join([*([text(chapters)] if chapters else []), *odd, *_open(remarks)]))
    if odd:
        raise typer.Exit(PROBLEMS)


@app.command()
def calendars(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """The calendars that each account has, by the names and addresses to write into service.toml."""
    from connectors.errors import ConnectorError
    from daemon.config import SecretMissingError
    from daemon.sources import found

    settings = settings_of(config)
    facts: list[dict[str, Any]] = []
    unreached: list[str] = []
    for account in settings.service.accounts:
        try:
            with busy(f"asking {account.name} …"):
                facts += found(account, places_of(settings.config, state))
        except (ConnectorError, SecretMissingError) as error:
            unreached.append(f"{account.name}: {error}")
    if as_json:
        print_json({"calendars": facts, "unreached": unreached})
    else:
        for one in facts:
            print(
                f"{one['account']}  {one['name']}  {one['address']}{'' if one['writable'] else '  (read only)'}"
            )
    if unreached:
        fail(UNREACHED, *unreached)
    if not settings.service.accounts:
        fail(PROBLEMS, "service.toml has no [[accounts]]")


@app.command()
def login(
    provider: Annotated[str, typer.Argument(help="google")],
    account: Annotated[
        str | None, typer.Option(help="The account of service.toml, where there are several.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to wait for the browser; 0 takes a free one.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open a browser on this machine.")] = True,
    config: ConfigOption = None,
    state: StateOption = None,
) -> None:
    """Sign in to Google once, in a browser: here, or through ssh from a machine without one."""
    from connectors.errors import ConnectorError
    from daemon.config import SecretMissingError
    from daemon.sources import google_account

    if provider != "google":
        fail(WRONG, f"there is no sign-in for {provider!r}; write: shiftward login google")
    settings = settings_of(config)
    named = [one for one in settings.service.accounts if one.kind == "google" and account in (None, one.name)]
    if len(named) != 1:
        fail(
            PROBLEMS,
            "service.toml has no such Google account" if not named else "say which one with --account NAME",
        )
    if not browser:
        port = port or 8765
        print(f"from the machine with your browser: ssh -L {port}:127.0.0.1:{port} this-machine")
    try:
        google_account(named[0], places_of(settings.config, state)).sign_in(
            "open this address in your browser:\n{url}", port, browser=browser
        )
    except SecretMissingError as error:
        fail(PROBLEMS, str(error))
    except ConnectorError as error:
        fail(UNREACHED, str(error))
    print("signed in; Shiftward may read your events, and write to calendars of its own")

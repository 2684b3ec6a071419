"""The command line. Exit 0 done, 1 problems found, 2 wrong usage, 3 could not reach something, 4 refused to act.

Each command imports what it needs when it runs: reading one message must not wait for a database.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import zlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from daemon import report_commands

if TYPE_CHECKING:
    from connectors.offers.reading import Lexicon
    from daemon.config import Settings
    from daemon.service import Daemon
    from daemon.sources import Places
    from daemon.store import MessageRow, Store
    from policy.reading import Chapter
    from policy.schema import Policy

PROBLEMS, WRONG, UNREACHED, REFUSED = 1, 2, 3, 4

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Keeps a clinician's portfolio of shifts within the limits they wrote down.",
)
app.add_typer(report_commands.app, name="report")
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="The directory of policy.toml and service.toml.")
]
StateOption = Annotated[Path | None, typer.Option("--state", help="The directory of the store.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
PolicyOption = Annotated[Path, typer.Option("--policy", help="The policy file.")]


def main() -> None:
    try:
        app()
    except Exception as error:
        from daemon.store import StoreError

        if not isinstance(error, StoreError):
            raise
        print(error, file=sys.stderr)
        sys.exit(REFUSED)


def _fail(code: int, *lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(code)


def _print(facts: Any) -> None:  # anything JSON can hold
    print(json.dumps(facts, indent=2, ensure_ascii=False))


def _busy(doing: str) -> contextlib.AbstractContextManager[object]:
    """Says on a terminal what takes its time; silent anywhere else."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    from daemon import show

    return show.console(stderr=True).status(doing)


def _policy(path: Path) -> Policy:
    from policy.read import read_policy

    policy, problems = read_policy(path)
    if policy is None:
        _fail(PROBLEMS, *map(str, problems))
    return policy


def _places(config: Path, state: Path | None) -> Places:
    from daemon.config import state_directory
    from daemon.sources import Places

    return Places(config, (state or state_directory()).expanduser())


def _settings(config: Path | None) -> Settings:
    from daemon.config import ConfigError, Settings, config_directory

    directory = (config or config_directory()).expanduser()
    if not (directory / "policy.toml").exists():
        _fail(PROBLEMS, f"no policy.toml in {directory}; run: shiftward init")
    try:
        return Settings.read(directory.resolve())
    except ConfigError as error:
        _fail(PROBLEMS, *error.problems)


def _store(state: Path | None, settings: Settings) -> Store:
    from daemon.config import state_directory
    from daemon.store import Store, StoreError

    try:
        return Store.in_directory((state or state_directory()).expanduser(), settings.service.store)
    except StoreError as error:
        _fail(REFUSED, str(error))


# -- files alone ------------------------------------------------------------------------------------------------


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

    rules = _policy(policy)
    try:
        problem, notes = read_scenario(scenario, rules)
    except ScenarioError as error:
        _fail(PROBLEMS, *error.problems)
    for note in notes:
        print(note, file=sys.stderr)
    try:
        with _busy(f"deciding on {len(problem.offers)} offers …"):
            found = solve(problem)
        with _busy("asking what the others would have to pay …"):
            verdicts = declined(problem, found)
    except DisagreementError as error:
        _fail(REFUSED, str(error))
    if as_json:
        _print(plan_json(problem, found, verdicts))
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

    rules = _policy(policy)
    settings, problems = read_service(service)
    names = [one.template for one in settings.senders if one.template] if settings else []
    templates, more = read_templates(service.parent, names)
    if settings is None or more:
        _fail(PROBLEMS, *map(str, (*problems, *more)))
    try:
        raw = message.read_bytes()
    except OSError as error:
        _fail(PROBLEMS, f"{message}: cannot be read: {error.strerror}")
    words = lexicon(rules, settings, templates)
    if learn:
        print(draft(raw, words), end="")
        return
    facts = to_json(read_message(raw, words, now, _signers(raw, words)))
    if as_json:
        _print(facts)
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


# -- the service --------------------------------------------------------------------------------------------------


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
        _print(presets)
        return
    if preset and preset not in presets:
        _fail(2, f"no preset {preset}; there are: {', '.join(presets)}")
    directory = (config or config_directory()).expanduser()
    targets = {
        directory / name: shipped(f"config/{name}").read_text("utf-8")
        for name in ("policy.toml", "service.toml")
    }
    if preset:
        targets[directory / "policy.toml"] = over_preset(preset)
    there = [str(path) for path in targets if path.exists()]
    if there:
        _fail(REFUSED, f"already there, and left as it is: {', '.join(there)}")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for path, text in targets.items():
            path.write_text(text, "utf-8")
            print(f"wrote {path}")
    except OSError as error:
        _fail(REFUSED, f"{directory} cannot be written: {error.strerror}; name another with --config")
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
    from connectors.errors import ConnectorError
    from daemon.config import ConfigError, SecretMissingError, Settings, config_directory
    from daemon.sources import build, probe
    from daemon.templates import fixture_problems

    directory = (config or config_directory()).expanduser().resolve()
    odd, remarks, chapters = _judged(directory / "policy.toml")
    if explain:
        _explain(odd, remarks, chapters, as_json=as_json)
        return
    places = _places(directory, state)
    problems: list[str] = []
    unreached: list[str] = []
    try:
        settings = Settings.read(directory)
        service = settings.service
        parts: list[tuple[str, dict[str, Any]]] = [
            *((one.name, {"calendars": (one,), "inboxes": ()}) for one in service.calendars),
            *((one.name, {"calendars": (), "inboxes": (one,)}) for one in service.inboxes),
        ]
        for name, part in parts:
            try:
                with _busy(f"asking {name} …"):
                    probe(build(service.model_copy(update=part), places)[0])
            except ConnectorError as error:
                unreached.append(f"{name}: {error}")
            except SecretMissingError as error:
                problems.append(str(error))
        problems += [*odd, *fixture_problems(directory, settings.templates, settings.lexicon)]
        if not any(one.role == "publish" for one in service.calendars):
            print(
                "service.toml: no calendar of role publish: nothing would appear on a phone", file=sys.stderr
            )
    except ConfigError as error:
        problems = error.problems
    if as_json:
        _print({"problems": problems, "unreached": unreached, "remarks": remarks})
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
        _print({"problems": odd, "remarks": remarks, "reading": told})
    else:
        print("\n".join([*([text(chapters)] if chapters else []), *odd, *_open(remarks)]))
    if odd:
        raise typer.Exit(PROBLEMS)


@app.command()
def run(
    config: ConfigOption = None,
    state: StateOption = None,
    once: Annotated[bool, typer.Option("--once", help="One pass, then end.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="The demo month, with a calendar server of its own.")
    ] = False,
    or_demo: Annotated[
        bool, typer.Option("--or-demo", help="The demo where there is no configuration.")
    ] = False,
) -> None:
    """The daemon: watch, decide, publish, until it is stopped."""
    from daemon.config import config_directory

    if demo or (or_demo and config is None and not (config_directory() / "policy.toml").exists()):
        _demo(once=once)
        return
    settings = _settings(config)
    _serve(settings, state, once=once)


def _serve(settings: Settings, state: Path | None, *, once: bool, show: Any = None) -> None:  # a callable
    from daemon import log
    from daemon.config import SecretMissingError, state_directory
    from daemon.lock import AlreadyRunningError, Lock
    from daemon.service import Daemon
    from daemon.store import StoreError

    # Somebody's `shiftward decline` may knock before there is anyone to answer.
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    os.umask(0o077)
    log.set_up(settings.service.log.level)
    directory = (state or state_directory()).expanduser()
    try:
        with Lock(directory):
            daemon = Daemon(settings, _store(state, settings), _places(settings.config, state), show)
            if once:
                with _busy("asking every source …"):
                    reached = daemon.once()
                daemon.close()
                if daemon.refused:
                    _fail(
                        REFUSED, "the plan did not pass its own check, and nothing was published; see the log"
                    )
                if not reached:
                    _fail(UNREACHED, "something could not be reached; see: shiftward status")
                return
            _signals(daemon)
            daemon.run()
    except (AlreadyRunningError, StoreError) as error:
        _fail(REFUSED, str(error))
    except SecretMissingError as error:
        _fail(PROBLEMS, str(error))
    except OSError as error:
        _fail(REFUSED, f"the state directory {directory} cannot be used: {error.strerror}")


def _signals(daemon: Daemon) -> None:
    signal.signal(signal.SIGTERM, lambda *_: daemon.stop())
    signal.signal(signal.SIGINT, lambda *_: daemon.stop())
    signal.signal(signal.SIGHUP, lambda *_: daemon.reload())
    signal.signal(signal.SIGUSR1, lambda *_: daemon.look())


def _demo(*, once: bool) -> None:
    from datetime import date

    from daemon import demo, show

    root = demo.directory()
    print(f"no configuration of yours: this is the demo, in {root}", file=sys.stderr)
    root.mkdir(parents=True, exist_ok=True)
    try:
        port = demo.free_port(5232)
        with demo.calendar_server(root, port):
            config = demo.lay_out(root, port, date.today())  # noqa: DTZ011  # the reader's own calendar
            out = show.console()
            address = show.phone(f"http://127.0.0.1:{port}/{demo.USER}/", demo.USER)

            def print_month(outlook: Any) -> None:
                out.print(show.month(outlook))
                out.print(address)

            places = f"--config {config} --state {root / 'state'}"
            print(
                f"calendar server and inbox are up; beside this: shiftward status {places}", file=sys.stderr
            )
            _serve(_settings(config), root / "state", once=once, show=print_month)
    except demo.DemoError as error:
        _fail(UNREACHED, str(error))


# -- looking and answering ------------------------------------------------------------------------------------------


@app.command()
def status(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """How each source is doing, what is held, what needs a look, what was set aside."""
    facts = _facts(*_known(config, state))
    if as_json:
        _print(facts)
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
    settings, store = _known(config, state)
    if message:
        from daemon.show import message_text

        print(message_text(_body(store, message)))
        return
    facts = _facts(settings, store)
    if review:
        if as_json:
            _print({"review": facts["review"], "leads": facts["leads"]})
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
        _print(facts["offers"])
        return
    for key, life in facts["offers"].items():
        print(f"{key}  {life}")


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
    from connectors.offers.reader import read_line
    from daemon.clock import now
    from daemon.translate import is_clear, question

    settings, store = _known(config, state)
    open_lines = {one.get("id") for one in _facts(settings, store)["review"]}
    if line not in open_lines and line not in store.settled():
        _fail(PROBLEMS, f"nothing to settle under {line!r}; see: shiftward offers --review")
    if bool(text.strip()) == nothing:
        _fail(WRONG, "say what it means, or --nothing")
    if text:
        reading = read_line(text, settings.lexicon, now())
        asked = [one.why for one in reading.unresolved]
        asked += [question(shift.needs_review) for shift in reading.shifts if shift.needs_review]
        if not is_clear(reading):
            said = "; ".join(dict.fromkeys(asked)) or "no shift with a date, hours and a site"
            _fail(PROBLEMS, f"still open: {said}")
    body = _body(store, line) if learn else b""
    store.settle(line, text.strip(), now())
    _knock(state)
    print(f"{line}: settled", file=sys.stderr if learn else sys.stdout)
    if learn:
        from daemon.templates import draft

        print(draft(body, settings.lexicon), end="")


def _body(store: Store, line: str) -> bytes:
    """The message that a line of a review is from."""
    from daemon.readings import from_json
    from daemon.translate import open_lines

    def has_line(row: MessageRow) -> bool:
        reading = from_json(json.loads(row.reading)) if row.reading else None
        return reading is not None and line in open_lines(row.source, row.sent, reading)

    found = next(filter(has_line, store.messages()), None)
    if found is None:
        _fail(PROBLEMS, f"no line of a message is called {line!r}; see: shiftward offers --review")
    body = store.body(found.source, found.key)
    if body is None:
        _fail(
            PROBLEMS,
            "the message itself is not kept: look at it in your mailbox, or set keep_days in [mail] for the next ones",
        )
    return zlib.decompress(body)


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
        _why_then(_store(state, _settings(config)), offer, at, as_json=as_json)
        return
    from daemon.clock import now
    from daemon.report import declined_json
    from daemon.understand import understand
    from policy.phrases import dollars
    from solver.explain import explained
    from solver.solve import solve

    settings, store = _known(config, state)
    _, problem = understand(store, settings, now())
    found = next((one for one in problem.offers if one.id == offer), None)
    if found is None:
        _fail(PROBLEMS, f"no open offer {offer}; see: shiftward offers")
    decided = solve(problem)
    verdict = None if offer in decided.accepted else explained(problem, decided, found)
    if as_json:
        _print({"offer": offer, "held": True} if verdict is None else declined_json(verdict, problem))
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
        _fail(PROBLEMS, f"no plan is known of {at:%Y-%m-%d %H:%M %z}; plans are kept for 400 days")
    decided, plan = found
    left_out = next((one for one in plan["declined"] if one["offer"] == offer), None)
    if offer not in plan["accepted"] and left_out is None:
        _fail(PROBLEMS, f"the plan of {decided:%Y-%m-%d %H:%M} UTC knows no offer {offer!r}")
    if as_json:
        _print({"at": decided.isoformat(), "accepted": left_out is None, **(left_out or {"offer": offer})})
        return
    print(f"decided {decided:%Y-%m-%d %H:%M} UTC:")
    if left_out is None:
        print(f"{offer} was held: it passed every gate and kept every limit.")
        return
    for reason in left_out["reasons"]:
        print(f"- {reason['text']}")


@app.command()
def calendars(config: ConfigOption = None, state: StateOption = None, as_json: JsonOption = False) -> None:
    """The calendars that each account has, by the names and addresses to write into service.toml."""
    from connectors.errors import ConnectorError
    from daemon.config import SecretMissingError
    from daemon.sources import found

    settings = _settings(config)
    facts: list[dict[str, Any]] = []
    unreached: list[str] = []
    for account in settings.service.accounts:
        try:
            with _busy(f"asking {account.name} …"):
                facts += found(account, _places(settings.config, state))
        except (ConnectorError, SecretMissingError) as error:
            unreached.append(f"{account.name}: {error}")
    if as_json:
        _print({"calendars": facts, "unreached": unreached})
    else:
        for one in facts:
            print(
                f"{one['account']}  {one['name']}  {one['address']}{'' if one['writable'] else '  (read only)'}"
            )
    if unreached:
        _fail(UNREACHED, *unreached)
    if not settings.service.accounts:
        _fail(PROBLEMS, "service.toml has no [[accounts]]")


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
        _fail(WRONG, f"there is no sign-in for {provider!r}; write: shiftward login google")
    settings = _settings(config)
    named = [one for one in settings.service.accounts if one.kind == "google" and account in (None, one.name)]
    if len(named) != 1:
        _fail(
            PROBLEMS,
            "service.toml has no such Google account" if not named else "say which one with --account NAME",
        )
    if not browser:
        port = port or 8765
        print(f"from the machine with your browser: ssh -L {port}:127.0.0.1:{port} this-machine")
    try:
        google_account(named[0], _places(settings.config, state)).sign_in(
            "open this address in your browser:\n{url}", port, browser=browser
        )
    except SecretMissingError as error:
        _fail(PROBLEMS, str(error))
    except ConnectorError as error:
        _fail(UNREACHED, str(error))
    print("signed in; Shiftward may read your events, and write to calendars of its own")


@app.command()
def believe(source: str, config: ConfigOption = None, state: StateOption = None) -> None:
    """Say that a calendar is right, though much of it vanished at once."""
    _, store = _known(config, state)
    if not store.known_fact(f"vanished {source}"):
        _fail(PROBLEMS, f"nothing vanished at once from {source!r}; see: shiftward status")
    store.set_fact(f"believe {source}", "yes")
    _knock(state)
    print(f"{source}: what it says at the next look is taken as it is")


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

    settings, store = _known(config, state)
    if offer not in _facts(settings, store)["offers"]:
        _fail(PROBLEMS, f"no offer {offer}; see: shiftward offers")
    store.answer(offer, verdict, now(), "command line")
    _knock(state)
    print(f"{offer}: {verdict}")


@app.command()
def backup(
    copy: Annotated[Path, typer.Argument(help="The file to make; an older one is replaced.")],
    config: ConfigOption = None,
    state: StateOption = None,
) -> None:
    """Copy the store, also while the daemon runs."""
    from daemon import upkeep
    from daemon.store import StoreError

    try:
        size = upkeep.backup(_store_file(config, state), copy.expanduser())
    except StoreError as error:
        _fail(REFUSED, str(error))
    print(f"{copy}: {size:,} bytes; put it back with: shiftward restore {copy}")


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(help="A file that `backup` made.")],
    config: ConfigOption = None,
    state: StateOption = None,
) -> None:
    """Put a copy in the place of the store; the daemon must be stopped. Calendars are read anew."""
    from daemon import upkeep
    from daemon.clock import now
    from daemon.lock import AlreadyRunningError, Lock
    from daemon.store import StoreError

    store = _store_file(config, state)
    try:
        with Lock(store.parent):
            kept = upkeep.restore(copy.expanduser(), store, now())
    except (StoreError, AlreadyRunningError) as error:
        _fail(REFUSED, str(error))
    print(f"{copy} is the store now" + (f"; the one before is kept as {kept}" if kept else ""))


def _store_file(config: Path | None, state: Path | None) -> Path:
    """Where the store is a file. Another database has tools of its own."""
    from daemon.config import state_directory

    settings = _settings(config)
    if settings.service.store is not None:
        _fail(REFUSED, "service.toml names a database of its own; copy it with the tools of that database")
    return (state or state_directory()).expanduser() / "shiftward.db"


def _knock(state: Path | None) -> None:
    """Tell the daemon to look, where one runs."""
    from daemon.config import state_directory
    from daemon.lock import holder

    pid = holder((state or state_directory()).expanduser())
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)


def _known(config: Path | None, state: Path | None) -> tuple[Settings, Store]:
    """The configuration and the store, whether or not a daemon works on it."""
    from daemon import log

    settings = _settings(config)
    log.set_up("error")
    return settings, _store(state, settings)


def _facts(settings: Settings, store: Store) -> dict[str, Any]:
    from daemon.clock import now
    from daemon.understand import facts

    return facts(store, settings, now())

"""`shiftward run`: the daemon, or the demo."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.cli.common import (
    PROBLEMS,
    REFUSED,
    UNREACHED,
    ConfigOption,
    StateOption,
    busy,
    code_of,
    fail,
    places_of,
    settings_of,
    state_of,
    store_of,
)

if TYPE_CHECKING:
    from daemon import control
    from daemon.config import Settings
    from daemon.service import Daemon

app = typer.Typer()


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
    settings = settings_of(config, for_journal=not sys.stderr.isatty())
    _serve(settings, state, once=once)


def _serve(settings: Settings, state: Path | None, *, once: bool, show: Any = None) -> None:  # a callable
    from daemon import control, log, metrics
    from daemon.apart import Apart
    from daemon.config import SecretMissingError
    from daemon.exits import may_pass
    from daemon.lock import AlreadyRunningError, Lock
    from daemon.service import Daemon
    from daemon.store import StoreError
    from solver import engine

    os.umask(0o077)
    log.set_up(settings.service.log.level)
    directory = state_of(state)
    try:
        with Lock(directory), Apart() as solver, engine.asked_of(solver.answer):
            places = places_of(settings.config, state)
            daemon = Daemon(settings, store_of(state, settings, apart=True), places, show, solver.wake)
            if once:
                with busy("asking every source …"):
                    reached = daemon.once()
                daemon.close()
                if daemon.refused:
                    fail(
                        REFUSED, "the plan did not pass its own check, and nothing was published; see the log"
                    )
                if not reached:
                    fail(UNREACHED, "something could not be reached; see: shiftward status")
                return
            _signals(daemon)
            with (
                control.serving(directory, settings.config, _answers(daemon, directory)),
                metrics.serving(settings.service.metrics, lambda: _figures(daemon), daemon.desk.log),
            ):
                daemon.run()
    except AlreadyRunningError as error:
        fail(REFUSED, str(error))
    except StoreError as error:
        fail(code_of(error), str(error))
    except SecretMissingError as error:
        fail(PROBLEMS, str(error))
    except OSError as error:
        text = f"the state directory {directory} cannot be used: {error.strerror}"
        fail(UNREACHED if may_pass(error) else REFUSED, text)


def _answers(daemon: Daemon, directory: Path) -> control.Answer:
    """What commands ask, answered from the store of the running daemon."""
    from daemon.asks import WAKING, Known, carry_out
    from daemon.exits import NotDoneError
    from daemon.store import GONE

    def answer(what: str, told: Mapping[str, Any]) -> Any:  # what JSON can hold, or an open file
        if daemon.desk.store.is_gone():
            # Its loop finds it out too, and ends.
            daemon.look()
            raise NotDoneError(REFUSED, GONE)
        known = Known(daemon.desk.settings, directory, daemon.desk.store, daemon.trouble)
        found = carry_out(known, what, told)
        if what in WAKING:
            daemon.look()
        return found

    return answer


def _figures(daemon: Daemon) -> str:
    from daemon import metrics
    from daemon.clock import now

    review = len(daemon.outlook.world.review) if daemon.outlook else None
    service, store = daemon.desk.settings.service, daemon.desk.store
    return metrics.text(metrics.families(daemon.tally, service, store, review, now()))


def _signals(daemon: Daemon) -> None:
    signal.signal(signal.SIGTERM, lambda *_: daemon.stop())
    signal.signal(signal.SIGINT, lambda *_: daemon.stop())
    signal.signal(signal.SIGHUP, lambda *_: daemon.reload())


def _demo(*, once: bool) -> None:
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
            _serve(settings_of(config), root / "state", once=once, show=print_month)
    except demo.DemoError as error:
        fail(UNREACHED, str(error))

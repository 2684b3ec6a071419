"""The command line. Exit 0 done, 1 problems found, 2 wrong usage, 3 could not reach something, 4 refused to act.

Each command imports what it needs when it runs: reading one message must not wait for a database.
"""

from __future__ import annotations

import sys

import typer

from daemon.cli import answers, common, doctor, files, keep, look, quote, report, serve, service, setup

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Keeps a clinician's portfolio of shifts within the limits they wrote down.",
)
for room in (setup, serve, look, answers, files, quote, keep, doctor):
    app.add_typer(room.app)
app.add_typer(report.app, name="report")
app.add_typer(service.app, name="service")


def main() -> None:
    try:
        app()
    except Exception as error:
        from daemon.store import StoreError

        if not isinstance(error, StoreError):
            raise
        print(error, file=sys.stderr)
        sys.exit(common.code_of(error))

"""Commands for the store: a copy of it, and back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from daemon.cli.common import REFUSED, ConfigOption, StateOption, ask, fail, settings_of, state_of

app = typer.Typer()


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
        with tempfile.TemporaryDirectory() as directory, ask("backup", config, state) as source:
            fresh = Path(directory) / "copy.db"
            with fresh.open("wb") as target:
                shutil.copyfileobj(source, target)
            size = upkeep.backup(fresh, copy.expanduser())
    except StoreError as error:
        fail(REFUSED, str(error))
    except OSError as error:
        fail(REFUSED, f"no copy was made: {error.strerror}")
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
        fail(REFUSED, str(error))
    print(f"{copy} is the store now" + (f"; the one before is kept as {kept}" if kept else ""))


def _store_file(config: Path | None, state: Path | None) -> Path:
    """Where the store is a file. Another database has tools of its own."""
    settings = settings_of(config)
    if settings.service.store is not None:
        fail(REFUSED, "service.toml names a database of its own; copy it with the tools of that database")
    return state_of(state) / "shiftward.db"

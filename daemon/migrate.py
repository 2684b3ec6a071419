"""`python -m daemon.migrate`: a store is brought up to date by a process that ends, and takes Alembic's 9 MB with it."""

from __future__ import annotations

import os
import subprocess
import sys

from daemon.exits import REFUSED, UNREACHED
from daemon.store.database import Database, StoreError


def apart(url: str) -> None:
    """Bring the store at this address up to date, in a process of its own. Raises StoreError."""
    try:
        done = subprocess.run(  # noqa: S603  # a module of ours
            [sys.executable, "-P", "-m", __name__],
            # The address may hold a password, and anybody may read the arguments of a process.
            input=url,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except OSError as error:
        raise StoreError(f"the store cannot be brought up to date: {error.strerror}") from None
    if done.returncode:
        raise StoreError(
            done.stdout.strip()
            or "the store cannot be brought up to date: the process for it ended early; see the journal",
            passing=done.returncode == UNREACHED,
        )


def main() -> None:
    try:
        Database(sys.stdin.read()).migrate()
    except StoreError as error:
        print(error)  # noqa: T201  # to the process that asked
        sys.exit(UNREACHED if error.passing else REFUSED)


if __name__ == "__main__":
    main()

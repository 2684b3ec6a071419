"""One daemon a store: a lock that the kernel lets go of, however its holder ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class AlreadyRunningError(Exception):
    """Another daemon works on this store."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"another Shiftward works on this store (process {pid or 'unknown'}); stop it first")
        self.pid = pid


class Lock:
    """Held from `with` to its end. Raises AlreadyRunningError, and OSError where its file cannot be written."""

    def __init__(self, directory: Path) -> None:
        self.path = lock_file(directory)

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self.path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(self._file.fileno(), 0)
            # Past the file's buffer: on a full disk that would be written again when it is closed.
            os.write(self._file.fileno(), str(os.getpid()).encode())
        except BlockingIOError:
            holder = pid_in(self.path)
            self._file.close()
            raise AlreadyRunningError(holder) from None
        except OSError:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.truncate(0)
        self._file.close()


def holder(directory: Path) -> int | None:
    """The process that holds the store's lock; None where nobody does, whatever an old file says."""
    path = lock_file(directory)
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except OSError:
        return pid_in(path)
    return None


def lock_file(directory: Path) -> Path:
    return directory / "shiftward.lock"


def pid_in(path: Path) -> int | None:
    try:
        text = path.read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None

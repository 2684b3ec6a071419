"""A maildir, or a folder of message files, read and never touched: no flag is set, nothing moves from new/ to cur/.

A message is known by a digest of its bytes, since programs that sort mail rename its file. A file in new/ or
cur/ without the maildir's naming (an .eml somebody dropped there) counts as well.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

from connectors.base import Mail
from connectors.errors import UnreachableError
from connectors.message import RawMessage

LARGEST = 25_000_000
"""Bytes; what no mail server would have let through."""
QUIET = 0.5
"""Seconds without a change after which a file in a folder is taken as saved."""
PATIENCE = 5.0
"""Seconds to wait for that; then it is left for the next poll."""


class MaildirInbox:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: dict[tuple[str, int, int], str] = {}
        """File (base name, size, time of change) to key: only what is new is read again."""

    def fetch(self, cursor: str | None, known: Iterable[str]) -> Mail:  # noqa: ARG002  # always a listing
        taken = set(known)
        messages, problems = [], []
        for path in self._files():
            try:
                key, raw = self._read(path)
                if key in taken:
                    continue
                content = raw if raw is not None else path.read_bytes()
            except FileNotFoundError:
                continue  # moved from new/ to cur/ meanwhile: the next poll finds it there
            except OSError as error:
                problems.append(f"{path.name}: cannot be read: {error.strerror}")
                continue
            taken.add(key)
            messages.append(RawMessage(key, content))
        return Mail(tuple(messages), None, tuple(problems))

    def close(self) -> None:
        """Nothing is held open."""

    parts: ClassVar[tuple[str, ...]] = ("new", "cur")
    missing: ClassVar[str] = "is not a maildir: it needs the folders new and cur"

    def _files(self) -> list[Path]:
        try:
            found = [
                Path(entry)
                for part in self.parts
                for entry in list(os.scandir(self.path / part))
                if self._is_message(entry)
            ]
        except FileNotFoundError:
            raise UnreachableError(f"{self.path.name} {self.missing}") from None
        except OSError as error:
            raise UnreachableError(f"{self.path.name} cannot be read: {error.strerror}") from None
        return sorted((path for path in found if not path.name.startswith(".")), key=_arrival)

    def _base(self, name: str) -> str:
        return name.partition(":")[0]

    def _is_message(self, entry: os.DirEntry[str]) -> bool:
        return _is_file(entry)

    def _read(self, path: Path) -> tuple[str, bytes | None]:
        facts = path.stat()
        mark = (self._base(path.name), facts.st_size, facts.st_mtime_ns)
        if mark in self._seen:
            return self._seen[mark], None
        if facts.st_size > LARGEST:
            raise OSError(0, f"larger than {LARGEST:,} bytes")
        raw = path.read_bytes()
        key = blake2b(raw, digest_size=16).hexdigest()
        self._seen[mark] = key
        return key, raw


class FolderInbox(MaildirInbox):
    """A folder of .eml files, as mail programs save them."""

    parts = (".",)
    missing = "is no folder"

    def _base(self, name: str) -> str:
        return name

    def _read(self, path: Path) -> tuple[str, bytes | None]:
        """A mail program may still be saving it: half a message would be read as one of its own."""
        given_up = time.monotonic() + PATIENCE
        # A clock that is set back makes a file of this moment one of the next; one that lies far ahead is no reason to wait.
        while abs(age := time.time() - path.stat().st_mtime) < QUIET:
            if time.monotonic() > given_up:
                raise OSError(0, "it is still being written")
            time.sleep(QUIET - age)
        return super()._read(path)

    def _is_message(self, entry: os.DirEntry[str]) -> bool:
        return entry.name.lower().endswith(".eml") and _is_file(entry)


def _arrival(path: Path) -> tuple[int, str]:
    """Files keep the time of their delivery when they are renamed."""
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False

"""A folder of .ics files (a vdir, as khal and vdirsyncer use it): one object a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Mapping
from hashlib import blake2b
from pathlib import Path

from connectors.base import Changes
from connectors.errors import ConflictError, MissingError, RefusedError, UnreachableError
from connectors.event import Item

MARK = ".shiftward"
LARGEST = 5_000_000
"""Bytes of one file; a larger one is not an event."""


class FolderCalendar:
    """The version of a file is a digest of what is in it: times of change are too coarse, and lie.

    Conditional writes are checked and then done; two writers within the same instant are not told apart, as
    in every vdir. A file appears whole or not at all.
    """

    guards = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def changes(self, cursor: str | None, known: Mapping[str, str]) -> Changes:  # noqa: ARG002  # always a listing
        items = {}
        for name in self._names():
            item = self._item(name)
            if item:
                items[name] = item
        fresh = tuple(item for name, item in items.items() if known.get(name) != item.etag)
        return Changes(fresh, frozenset(set(known) - set(items)), None, len(items))

    def fetch(self, hrefs: Collection[str]) -> Mapping[str, Item]:
        if not self.path.is_dir():
            raise UnreachableError(f"the folder {self.path.name} is not there")
        found = ((href, self._item(href)) for href in hrefs)
        return {href: item for href, item in found if item}

    def create(self, href: str, data: str) -> None:
        if self._item(href):
            raise ConflictError(f"{href} is taken")
        self._write(href, data)

    def update(self, href: str, data: str, etag: str) -> None:
        self._expect(href, etag)
        self._write(href, data)

    def delete(self, href: str, etag: str) -> None:
        self._expect(href, etag)
        self._inside(href).unlink(missing_ok=True)

    def address(self, name: str) -> str:
        return f"{name}.ics"

    def make(self, title: str, mark: str) -> bool:
        """The folder appears with its mark in it: it is made under another name, and moved into place."""
        if self.path.exists():
            return self._carries(mark)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=f".{self.path.name}-", dir=self.path.parent))
            (made / MARK).write_text(mark, "utf-8")
            (made / "displayname").write_text(title, "utf-8")
            made.rename(self.path)
        except OSError as error:
            raise RefusedError(f"the folder {self.path.name} cannot be made: {error.strerror}") from None
        return True

    def _carries(self, mark: str) -> bool:
        try:
            return (self.path / MARK).read_text("utf-8") == mark
        except OSError:
            return False

    def close(self) -> None:
        """Nothing is held open."""

    def _names(self) -> list[str]:
        try:
            return sorted(entry.name for entry in os.scandir(self.path) if _is_object(entry))
        except FileNotFoundError:
            raise MissingError(f"the folder {self.path.name} is not there") from None
        except OSError as error:
            raise UnreachableError(f"the folder {self.path.name} cannot be read: {error.strerror}") from None

    def _item(self, href: str) -> Item | None:
        path = self._inside(href)
        try:
            if path.stat().st_size > LARGEST:
                return Item(href, f"large-{path.stat().st_size}", "")
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnreachableError(f"{href} cannot be read: {error.strerror}") from None
        return Item(href, blake2b(raw, digest_size=16).hexdigest(), raw.decode("utf-8", "replace"))

    def _write(self, href: str, data: str) -> None:
        path = self._inside(href)
        try:
            with tempfile.NamedTemporaryFile(
                "wb", dir=self.path, prefix=".", suffix=".tmp", delete=False
            ) as file:
                file.write(data.encode())
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError as error:
            raise UnreachableError(f"{href} cannot be written: {error.strerror}") from None

    def _expect(self, href: str, etag: str) -> None:
        item = self._item(href)
        if item is None or item.etag != etag:
            raise ConflictError(f"{href} is not at version {etag}")

    def _inside(self, href: str) -> Path:
        if "/" in href or href.startswith("."):
            raise RefusedError(f"{href!r} is not a file of this folder")
        return self.path / href


def _is_object(entry: os.DirEntry[str]) -> bool:
    """A hidden file is somebody's temporary one."""
    return entry.name.endswith(".ics") and not entry.name.startswith(".") and entry.is_file()

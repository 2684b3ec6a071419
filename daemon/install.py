"""The files that make Shiftward a service of systemd: which, where, and whether somebody has changed them since.

Each file that is written begins with a digest of the rest. One whose digest is right is ours to replace and to take away;
any other is somebody's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from daemon.exits import REFUSED, NotDoneError
from policy.files import shipped

UNIT = "shiftward.service"
HIDDEN = ("/home", "/root", "/run/user")
"""What the system unit does not see."""
_MARK = "# Written by shiftward service install; digest "


@dataclass(frozen=True, slots=True)
class File:
    """A file to be, as it is to be."""

    path: Path
    text: str

    @property
    def stamped(self) -> str:
        return f"{_MARK}{_digest(self.text)}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files go; `enabled` is where systemd notes that it starts the unit by itself."""

    files: tuple[File, ...]
    enabled: Path


def for_machine(root: Path, command: Path) -> Place:
    """The system unit, its user, and the modes of its configuration. Raises NotDoneError for a command it cannot see."""
    if str(command).startswith(tuple(f"{part}/" for part in HIDDEN)):
        raise NotDoneError(
            REFUSED,
            f"the system unit sees no home directory, and {command} lies in one",
            "install into /opt/shiftward (see docs/service.md), or take --user",
        )
    units = root / "etc/systemd/system"
    return Place(
        (
            File(units / UNIT, _with_command(_shipped("shiftward.service"), command)),
            File(root / "etc/sysusers.d/shiftward.conf", _shipped("shiftward.sysusers")),
            File(root / "etc/tmpfiles.d/shiftward.conf", _shipped("shiftward.tmpfiles")),
        ),
        units / "multi-user.target.wants" / UNIT,
    )


def for_user(root: Path, command: Path) -> Place:
    """The user unit, among the user's own."""
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    units = root / own.relative_to("/") / "systemd/user"
    return Place(
        (File(units / UNIT, _with_command(_shipped("shiftward-user.service"), command)),),
        units / "default.target.wants" / UNIT,
    )


def _shipped(name: str) -> str:
    return shipped(f"systemd/{name}").read_text("utf-8")


def _with_command(unit: str, command: Path) -> str:
    said = str(command).replace("%", "%%")
    quoted = f'"{said}"' if " " in said else said
    text, count = re.subn(r"(?m)^ExecStart=\S+", lambda _: f"ExecStart={quoted}", unit)
    assert count == 1
    return text


# -- on disk ------------------------------------------------------------------------------------------------------------


def install(place: Place, *, force: bool) -> list[Path]:
    """Write what is not there as it is to be; the paths written. All or nothing for files that somebody has changed.

    Raises NotDoneError.
    """
    _refuse_changed(place.files, force=force)
    fresh = [file for file in place.files if _found(file.path) != file.stamped]
    for file in fresh:
        try:
            file.path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            file.path.write_text(file.stamped, "utf-8")
            file.path.chmod(0o644)
        except OSError as error:
            raise NotDoneError(REFUSED, f"{file.path} cannot be written: {error.strerror}") from None
    return [file.path for file in fresh]


def uninstall(place: Place, *, force: bool) -> list[Path]:
    """Take the files away; the paths that were there. Raises NotDoneError while the service is still enabled."""
    if place.enabled.is_symlink() and not force:
        raise NotDoneError(
            REFUSED, "the service is still enabled; first: systemctl disable --now shiftward (or --force)"
        )
    _refuse_changed(place.files, force=force)
    there = [file.path for file in place.files if file.path.exists()]
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise NotDoneError(REFUSED, f"{path} cannot be taken away: {error.strerror}") from None
    return there


def _refuse_changed(files: Sequence[File], *, force: bool) -> None:
    changed = [] if force else [str(path) for path in _changed(file.path for file in files)]
    if changed:
        raise NotDoneError(
            REFUSED,
            f"somebody wrote or changed {', '.join(changed)}: nothing was done",
            "changes of your own belong into: systemctl edit shiftward; to lose them: --force",
        )


def _changed(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if (text := _found(path)) is not None and not is_ours(text)]


def _found(path: Path) -> str | None:
    """Raises NotDoneError for what is there and cannot be read."""
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotDoneError(REFUSED, f"{path} cannot be read: {error.strerror}") from None


def is_ours(text: str) -> bool:
    """Written by `install`, and by nobody since."""
    first, _, rest = text.partition("\n")
    return first == f"{_MARK}{_digest(rest)}"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()

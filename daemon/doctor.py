"""`shiftward doctor`: what an installation needs to be well, looked at piece by piece, each with its remedy.

It changes nothing. Secrets are looked for, never shown.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Literal

from daemon import control
from daemon.config import ConfigError, SecretMissingError, Service, Settings, secret_from
from daemon.exits import NotDoneError
from daemon.reach import Busy, ask_each, secrets, skews
from daemon.sources import Places
from daemon.standing import running
from daemon.tables import HEAD

State = Literal["good", "note", "problem", "unreached"]
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""
SKEW = timedelta(minutes=2)
LEAST_FREE = 200_000_000
"""Bytes on the store's disk."""
EXPOSED = 1.3
"""What systemd may rate the system unit at, of 10."""
PATIENCE = 5
"""Seconds for a program or a server that is asked on the side."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is there where something is to be done."""

    about: str
    state: State
    text: str
    remedy: str = ""


def examine(config: Path, places: Places, busy: Busy) -> Iterator[Finding]:
    """Every finding, in the order in which a person would look; `busy` says what takes its time."""
    wall, steady = time.time(), time.monotonic()
    yield from versions()
    yield from files(config, places.state)
    settings = None
    try:
        settings = Settings.read(config)
        yield Finding("configuration", "good", f"both files in {config} can be read")
    except ConfigError as error:
        count = len(error.problems)
        yield Finding("configuration", "problem", f"{count} problems in {config}", "shiftward check")
    yield from zones(settings)
    unit = Unit.found()
    yield from store(places.state, settings.service if settings else Service())
    yield from daemon(places.state)
    if settings:
        given = unit.credentials() if unit else frozenset()
        yield from credentials(settings.service, config, given)
        yield from reached(settings.service, places, busy)
        yield from servers(settings.service)
    yield from clock(config, wall, steady)
    yield from systemd(unit)


# -- this machine ---------------------------------------------------------------------------------------------------------


def versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("versions", "good", f"Python {python}, SQLite {sqlite3.sqlite_version}")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Finding(
            "versions", "problem", "this SQLite is too old", "use a Python with SQLite 3.37 or newer"
        )
    try:
        needed = [
            re.split(r"[^\w.-]", one)[0]
            for one in metadata.requires("shiftward") or ()
            if "extra ==" not in one
        ]
        own = metadata.version("shiftward")
    except metadata.PackageNotFoundError:
        yield Finding("versions", "note", "Shiftward runs from its sources, without being installed")
        return
    there = {name: version for name in needed if (version := _version(name))}
    missing = [name for name in needed if name not in there]
    listed = ", ".join(f"{name} {version}" for name, version in sorted(there.items()))
    yield Finding("versions", "good", f"Shiftward {own} with {listed}")
    if missing:
        yield Finding("versions", "problem", f"missing: {', '.join(missing)}", "install Shiftward again")


def _version(name: str) -> str | None:
    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(name)
    return None


def files(config: Path, state: Path) -> Iterator[Finding]:
    """Who may read and write what."""
    open_ones = [
        *_too_open([config, *config.glob("*.toml")], 0o022, "go-w", "others may change it"),
        *_too_open([*(config / "secrets").glob("*")], 0o077, "600", "others may read this secret"),
        *_too_open([state], 0o077, "700", "others may look into it"),
        *_too_open(
            [*state.glob("shiftward.db*"), *state.glob("google-*.json")], 0o077, "600", "others may read it"
        ),
    ]
    yield from open_ones
    if not open_ones:
        yield Finding(
            "files", "good", "nobody else may read secrets or the store, or change the configuration"
        )


def _too_open(paths: Iterable[Path], mask: int, mode: str, why: str) -> Iterator[Finding]:
    for path in paths:
        with contextlib.suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & mask:
                yield Finding("files", "problem", f"{path}: {why}", f"chmod {mode} {path}")


def zones(settings: Settings | None) -> Iterator[Finding]:
    """The data that zones are read from, and the zones that are used."""
    system = next((path for path in zoneinfo.TZPATH if Path(path, "UTC").exists()), None)
    package = _version("tzdata")
    if not system and not package:
        yield Finding("zones", "problem", "there is no time zone data", "pip install tzdata")
        return
    yield Finding("zones", "good", f"time zone data of {system or f'the package tzdata {package}'}")
    if settings is None:
        return
    home = settings.policy.clinician.home_zone
    used = {home.key, *(site.zone.key for site in settings.policy.sites.values() if site.zone)}
    yield Finding("zones", "good", f"the policy's zones are known: {', '.join(sorted(used))}")
    here = _host_zone()
    if here and here != home.key:
        yield Finding("zones", "note", f"this machine is in {here}; months and days are judged in {home.key}")


def _host_zone() -> str | None:
    """By the link that systems keep; None where it says nothing."""
    with contextlib.suppress(OSError):
        _, found, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
        return name if found else None
    return None


def clock(config: Path, wall: float, steady: float) -> Iterator[Finding]:
    """`wall` and `steady` are what both clocks showed a while ago."""
    jumped = (time.time() - wall) - (time.monotonic() - steady)
    if abs(jumped) > 1:
        yield Finding(
            "clock", "problem", f"the clock was set by {jumped:+.0f} s just now", "look at what sets it"
        )
    written = max((path.stat().st_mtime for path in config.glob("*.toml")), default=0.0)
    if time.time() < written - SKEW.total_seconds():
        yield Finding("clock", "problem", "it is earlier than the last change of the files", "set the clock")
    said = _said("timedatectl", "show", "--property=NTPSynchronized", "--value")
    if said == "yes":
        yield Finding("clock", "good", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, kept right by the network")
    else:
        why = "does not say" if said is None else "says no"
        text = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; whether the network keeps it right, the system {why}"
        yield Finding("clock", "note", text, "timedatectl set-ntp true")


def _said(*command: str) -> str | None:
    """What a program of the system says; None where it is not there, fails or takes too long."""
    found = shutil.which(command[0])
    if found is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  # fixed words of ours
            [found, *command[1:]], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


# -- the store and the daemon ------------------------------------------------------------------------------------------------


def store(state: Path, service: Service) -> Iterator[Finding]:
    if service.store is not None:
        yield Finding(
            "store", "note", "service.toml names a database of its own; look at it with its own tools"
        )
        return
    path = state / "shiftward.db"
    try:
        if not path.exists():
            yield Finding("store", "note", f"there is none in {state} yet; the first start makes it")
            return
        free = shutil.disk_usage(state).free
        size = sum(one.stat().st_size for one in (path, path.with_name(f"{path.name}-wal")) if one.exists())
        found, revision = _checked(path)
    except PermissionError:
        yield Finding(
            "store", "problem", f"{state} is not yours to read", "run this as root, or as the daemon's user"
        )
        return
    except sqlite3.Error as error:
        yield Finding("store", "problem", f"{path} cannot be read: {error}", _PUT_BACK)
        return
    if found != "ok":
        yield Finding("store", "problem", f"{path} is damaged", _PUT_BACK)
    elif revision is None or revision > HEAD:
        told = f"revision {revision}, this Shiftward knows {HEAD}"
        yield Finding("store", "problem", told, "update Shiftward, or put a backup back")
    else:
        yield Finding("store", "good", f"sound, revision {revision} of {HEAD}, {size:,} bytes")
    if free < LEAST_FREE:
        yield Finding("store", "problem", f"{free:,} bytes are free on its disk", "free some space")
    else:
        yield Finding("store", "good", f"{free // 1_000_000:,} MB are free on its disk")


_PUT_BACK = "stop the daemon, then: shiftward restore FILE (a file that shiftward backup made)"


def _checked(path: Path) -> tuple[str, str | None]:
    """What SQLite finds, and the revision. Raises sqlite3.Error."""
    # Where nobody has it open, SQLite would make files beside it, and they would be ours and not the daemon's.
    at_rest = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    uri = f"{path.resolve().as_uri()}?mode=ro{at_rest}"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found), str(row[0]) if row else None


def daemon(state: Path) -> Iterator[Finding]:
    try:
        found = running(state)
    except OSError:
        found = {"running": False}
    if not found["running"]:
        yield Finding(
            "daemon", "note", "none works on this store", "shiftward run, or shiftward service install"
        )
        return
    try:
        control.ask(state / control.NAME, "look", {})
    except (control.AbsentError, NotDoneError) as error:
        why = str(error) or "it has no socket"
        yield Finding("daemon", "problem", f"process {found['pid']} does not answer: {why}", "restart it")
        return
    yield Finding("daemon", "good", f"process {found['pid']} answers, since {found['since']}")


# -- the world outside -------------------------------------------------------------------------------------------------------


def credentials(service: Service, config: Path, given: frozenset[str]) -> Iterator[Finding]:
    """`given` are the names that systemd hands to the service alone."""
    for name in sorted(secrets(service)):
        try:
            _, place = secret_from(name, config)
        except SecretMissingError as error:
            if name in given:
                yield Finding("credentials", "good", f"{name}: systemd gives it to the service")
            else:
                text, _, remedy = str(error).partition(": " if ": put" in str(error) else "; ")
                yield Finding("credentials", "problem", text, remedy)
            continue
        yield Finding("credentials", "good", f"{name}: found in {place}")


def reached(service: Service, places: Places, busy: Busy) -> Iterator[Finding]:
    for one in ask_each(service, places, busy):
        if one.problem:
            yield Finding("sources", "note", f"{one.name}: not asked, its secret is not there for us")
        elif one.unreached:
            why, _, remedy = one.unreached.partition("; ")
            yield Finding("sources", "unreached", f"{one.name}: {why}", remedy or "see that its server is up")
        else:
            yield Finding("sources", "good", f"{one.name}: answers")


def servers(service: Service) -> Iterator[Finding]:
    """A clock that is wrong makes deadlines wrong; of two that disagree, ours is the likelier one."""
    for host, off in skews(service):
        if abs(off) > SKEW:
            text = f"{off.total_seconds():+.0f} s away from the clock of {host}"
            yield Finding("clock", "problem", text, "set the clock: timedatectl set-ntp true")
        else:
            yield Finding("clock", "good", f"agrees with that of {host}")


# -- systemd -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """The service as systemd knows it; `scope` is `--user` or nothing."""

    scope: tuple[str, ...]
    path: Path
    enabled: str
    active: str

    @classmethod
    def found(cls) -> Unit | None:
        """The machine's own, else the user's; None where systemd knows neither, or is not there."""
        for scope in ((), ("--user",)):
            keys = "--property=LoadState,FragmentPath,UnitFileState,ActiveState"
            said = _said("systemctl", *scope, "show", "shiftward.service", keys) or ""
            facts = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
            if facts.get("LoadState") == "loaded":
                return cls(scope, Path(facts["FragmentPath"]), facts["UnitFileState"], facts["ActiveState"])
        return None

    def credentials(self) -> frozenset[str]:
        """Names of secrets that the unit and its drop-ins hand over."""
        said = _said("systemctl", *self.scope, "cat", "shiftward.service") or ""
        return frozenset(re.findall(r"(?m)^(?:Load|Set)Credential(?:Encrypted)?=([^:\s]+)", said))


def systemd(unit: Unit | None) -> Iterator[Finding]:
    if unit is None:
        yield Finding("systemd", "note", "no service is installed", "shiftward service install (or --user)")
        return
    command = " ".join(("systemctl", *unit.scope))
    yield Finding("systemd", "good", f"{unit.path} is installed")
    if unit.enabled not in ("enabled", "enabled-runtime"):
        yield Finding("systemd", "note", "it does not start by itself", f"{command} enable shiftward")
    if unit.active in ("active", "activating", "reloading"):
        yield Finding("systemd", "good", f"the service is {unit.active}")
    else:
        remedy = (
            f"journalctl{' --user' if unit.scope else ''} -u shiftward, then: {command} restart shiftward"
        )
        yield Finding("systemd", "problem", f"the service is {unit.active}", remedy)
    if not unit.scope:
        yield from _exposure(unit.path)


def _exposure(path: Path) -> Iterator[Finding]:
    said = _said("systemd-analyze", "security", "--offline=true", "--no-pager", str(path)) or ""
    match = re.search(r"exposure level for \S+: ([\d.]+)", said)
    if match is None:
        return
    rated = float(match[1])
    if rated > EXPOSED:
        yield Finding(
            "systemd", "note", f"its exposure is {rated} of 10", "shiftward service install --force"
        )
    else:
        yield Finding("systemd", "good", f"its exposure is {rated} of 10")

"""What the doctor finds: each trouble made, found, and gone again; and no secret in what is said."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from daemon import doctor
from daemon.config import Service
from daemon.control import serving
from daemon.doctor import Finding, Unit, clock, credentials, examine, files, servers, store, systemd, zones
from daemon.lock import Lock
from daemon.sources import Places
from daemon.store import Store
from policy.files import shipped


def busy(_: str) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The shipped policy, a folder that is there and one secret."""
    path = tmp_path / "config"
    (path / "secrets").mkdir(parents=True)
    shutil.copy(shipped("config/policy.toml"), path)
    (path / "duty").mkdir()
    (path / "service.toml").write_text(
        '[[calendars]]\nname = "duty"\nkind = "folder"\nrole = "work"\npath = "duty"\nuser = "q"\n'
        'password = "duty-password"\n'
    )
    secret = path / "secrets" / "duty-password"
    secret.write_text("hush-4711")
    secret.chmod(0o600)
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    path = tmp_path / "state"
    path.mkdir(mode=0o700)
    before = os.umask(0o077)
    Store.in_directory(path).close()
    os.umask(before)
    return path


def by_state(found: Iterator[Finding], *states: str) -> list[tuple[str, str]]:
    return [(one.about, one.text) for one in found if one.state in states]


def everything(config: Path, state: Path) -> list[Finding]:
    return list(examine(config, Places(config, state), busy))


def test_a_sound_installation_has_no_trouble(config: Path, state: Path) -> None:
    """Every part is looked at, all is well, nothing is changed and no secret is said."""
    before = sorted((path, path.stat().st_mtime_ns) for path in (*state.iterdir(), *config.rglob("*")))
    found = everything(config, state)
    assert {
        "versions",
        "files",
        "configuration",
        "zones",
        "store",
        "daemon",
        "credentials",
        "sources",
        "clock",
    } <= {one.about for one in found}
    assert by_state(iter(found), "problem", "unreached") == []
    assert (
        sorted((path, path.stat().st_mtime_ns) for path in (*state.iterdir(), *config.rglob("*"))) == before
    )
    assert "hush" not in repr(found)


def break_mode(mode: int, *parts: str) -> Callable[[Path, Path], None]:
    def spoil(config: Path, state: Path) -> None:
        path = {"config": config, "state": state}[parts[0]].joinpath(*parts[1:])
        path.chmod(mode)

    return spoil


def cut_store(_: Path, state: Path) -> None:
    path = state / "shiftward.db"
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + b"\x5a" * (len(raw) - 4096))


def no_store(_: Path, state: Path) -> None:
    (state / "shiftward.db").write_bytes(b"this is no database\n" * 99)


def newer_store(_: Path, state: Path) -> None:
    with contextlib.closing(sqlite3.connect(state / "shiftward.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.commit()


def broken_policy(config: Path, _: Path) -> None:
    (config / "policy.toml").write_text("[clinician]\n")


def no_secret(config: Path, _: Path) -> None:
    (config / "secrets" / "duty-password").unlink()


def files_of_tomorrow(config: Path, _: Path) -> None:
    later = time.time() + 90_000
    os.utime(config / "policy.toml", (later, later))


TROUBLE: dict[str, tuple[Callable[[Path, Path], None], str, str]] = {
    "a secret for all": (break_mode(0o644, "config", "secrets", "duty-password"), "files", "chmod 600"),
    "a policy for all": (break_mode(0o666, "config", "policy.toml"), "files", "chmod go-w"),
    "a configuration for all": (break_mode(0o777, "config"), "files", "chmod go-w"),
    "a state for all": (break_mode(0o755, "state"), "files", "chmod 700"),
    "a store for all": (break_mode(0o644, "state", "shiftward.db"), "files", "chmod 600"),
    "a damaged store": (cut_store, "store", "shiftward restore"),
    "a store that is none": (no_store, "store", "shiftward restore"),
    "a newer store": (newer_store, "store", "update Shiftward"),
    "a broken policy": (broken_policy, "configuration", "shiftward check"),
    "a missing secret": (no_secret, "credentials", "put it in"),
    "files of tomorrow": (files_of_tomorrow, "clock", "set the clock"),
}


@pytest.mark.parametrize("name", list(TROUBLE))
def test_each_trouble_is_found_with_its_remedy(config: Path, state: Path, name: str) -> None:
    spoil, about, remedy = TROUBLE[name]
    spoil(config, state)
    found = [one for one in everything(config, state) if one.state == "problem"]
    assert [one for one in found if one.about == about and remedy in one.remedy], found
    assert "hush" not in repr(found)


def test_a_source_that_is_not_there_is_no_fault_of_ours(config: Path, state: Path) -> None:
    (config / "duty").rmdir()
    assert [about for about, _ in by_state(iter(everything(config, state)), "problem", "unreached")] == [
        "sources"
    ]


def test_where_a_secret_comes_from(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd's credentials, the file, the environment, in this order; or only the service gets it."""
    service = Service.model_validate(
        {"accounts": [{"name": "home", "kind": "dav", "url": "x.example", "password": "duty-password"}]}
    )

    def told(*given: str) -> str:
        (one,) = credentials(service, config, frozenset(given))
        return f"{one.state}: {one.text}"

    assert told() == f"good: duty-password: found in {config / 'secrets' / 'duty-password'}"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "duty-password").write_text("hush-4712")
    assert told() == "good: duty-password: found in systemd's credentials"
    (tmp_path / "duty-password").unlink()
    (config / "secrets" / "duty-password").unlink()
    assert told().startswith("problem: no secret duty-password")
    assert told("duty-password") == "good: duty-password: systemd gives it to the service"
    monkeypatch.setenv("SHIFTWARD_DUTY_PASSWORD", "hush-4713")
    assert told() == "good: duty-password: found in the environment as SHIFTWARD_DUTY_PASSWORD"


def test_a_daemon_that_runs_is_asked(config: Path, state: Path) -> None:
    """One that answers is well; one that holds the store and is silent is not."""
    with Lock(state):
        assert ("daemon", "problem") in [(one.about, one.state) for one in doctor.daemon(state)]
        with serving(state, config, lambda *_: {}):
            assert [one.state for one in doctor.daemon(state)] == ["good"]
    assert [one.state for one in doctor.daemon(state)] == ["note"]


@pytest.mark.parametrize(
    ("late", "state"), [(-130, "problem"), (-60, "good"), (60, "good"), (130, "problem")]
)
def test_the_clock_is_held_against_the_servers(
    monkeypatch: pytest.MonkeyPatch, late: int, state: str
) -> None:
    """By the Date of whatever answer; a server that is down tells nothing."""
    monkeypatch.setenv("no_proxy", "*")

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            assert "Authorization" not in self.headers
            self.send_response_only(401)
            self.send_header(
                "Date", format_datetime(datetime.now(UTC) + timedelta(seconds=late), usegmt=True)
            )
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/q/work/"
        service = Service.model_validate(
            {"calendars": [{"name": "duty", "kind": "dav", "role": "work", "url": url}]}
        )
        assert [one.state for one in servers(service)] == [state]
        server.shutdown()
    assert list(servers(service)) == []


def test_a_clock_that_is_set_meanwhile_is_seen(config: Path) -> None:
    jumped = list(clock(config, time.time() - 3_600, time.monotonic()))
    assert jumped[0].state == "problem"
    assert "+3600 s" in jumped[0].text


def test_zones_without_data_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    monkeypatch.setattr(doctor, "_version", lambda _: None)
    assert [one.state for one in zones(None)] == ["problem"]
    monkeypatch.setattr(doctor, "_version", lambda _: "2026.1")
    assert "package tzdata 2026.1" in next(zones(None)).text


def test_a_full_disk_is_a_problem(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(state)._replace(free=1_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    assert by_state(store(state, Service()), "problem") == [("store", "1,000 bytes are free on its disk")]


def test_a_store_elsewhere_is_left_to_its_own_tools(state: Path) -> None:
    assert [one.state for one in store(state, Service(store="postgresql://db.example/x"))] == ["note"]


def programs(where: Path, monkeypatch: pytest.MonkeyPatch, **said: str) -> None:
    """Programs of these names that say these things, and no others."""
    where.mkdir()
    for name, text in said.items():
        path = where / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{text}\nEND\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(where))


def test_the_service_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed, started with the machine, running, shut in; and which secrets it is given."""
    shown = "LoadState=loaded\nFragmentPath=/x/shiftward.service\nUnitFileState=disabled\nActiveState=failed"
    programs(
        tmp_path / "bin",
        monkeypatch,
        systemctl=f"{shown}\nLoadCredentialEncrypted=one:/a\nLoadCredential=two:/b\n#LoadCredential=three:/c",
        systemd_analyze="→ Overall exposure level for shiftward.service: 4.2 OK",
    )
    unit = Unit.found()
    assert unit
    assert unit.credentials() == {"one", "two"}
    assert [(one.state, one.remedy) for one in systemd(unit)] == [
        ("good", ""),
        ("note", "systemctl enable shiftward"),
        ("problem", "journalctl -u shiftward, then: systemctl restart shiftward"),
        ("note", "shiftward service install --force"),
    ]


def test_a_machine_without_systemd_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: Path
) -> None:
    programs(tmp_path / "bin", monkeypatch)
    assert Unit.found() is None
    assert [one.state for one in systemd(None)] == ["note"]
    assert [one.state for one in clock(config, time.time(), time.monotonic())] == ["note"]


def test_files_of_nobody_else_are_well(config: Path, state: Path) -> None:
    assert [one.state for one in files(config, state)] == ["good"]


def test_what_is_not_merged_into_the_store_counts(state: Path) -> None:
    """The log of a store that is in use may be larger than the store."""
    with contextlib.closing(Store.in_directory(state)) as opened:
        opened.set_fact("a", "words " * 50_000)
        found = next(one.text for one in doctor.store(state, Service()) if "bytes" in one.text)
        size = sum(path.stat().st_size for path in state.glob("shiftward.db*") if path.suffix != ".db-shm")
        assert f"{size:,} bytes" in found
        assert size > 300_000

"""What is shipped beside the code: the units of systemd, and the wheel with the files that `init` needs."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UNITS = ROOT / "systemd"
PACKAGES = ("policy", "solver", "connectors", "daemon")


def run(*args: str | Path, where: Path, **env: str) -> subprocess.CompletedProcess[str]:
    home = where / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [str(one) for one in args],
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8", **env},
        cwd=where,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# -- units ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd-analyze is not installed")
    return found


def _unit(name: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    parser.read(UNITS / name, "utf-8")
    return parser


def test_the_system_unit_is_locked_down(systemd_analyze: str, tmp_path: Path) -> None:
    """systemd rates the exposure of the system unit at 1.3 of 10 or better."""
    done = run(
        *(systemd_analyze, "security", "--offline=true", "--threshold=13", "--no-pager"),
        UNITS / "shiftward.service",
        where=tmp_path,
    )
    assert done.returncode == 0, done.stdout[-600:] + done.stderr


@pytest.mark.parametrize("name", ["shiftward.service", "shiftward-user.service"])
def test_systemd_understands_the_units(systemd_analyze: str, tmp_path: Path, name: str) -> None:
    """`systemd-analyze verify` has nothing to say but that the command is not installed here."""
    scope = ("--user",) if "user" in name else ()
    done = run(
        systemd_analyze,
        "verify",
        *scope,
        "--man=no",
        UNITS / name,
        where=tmp_path,
        XDG_RUNTIME_DIR=str(tmp_path),
    )
    said = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if line.startswith(name) or str(UNITS) in line
    ]
    assert [line for line in said if "is not executable" not in line] == []
    if not said and done.returncode:
        pytest.fail(f"verify could not look at the unit: {done.stderr}")


@pytest.mark.parametrize("name", ["shiftward.service", "shiftward-user.service"])
def test_the_units_fit_the_daemon(name: str) -> None:
    """Readiness is told, reload is a signal, and what needs a human is not restarted for ever."""
    unit = _unit(name)
    service = dict(unit["Service"])
    assert service["Type"] in ("notify", "notify-reload")
    assert service["ExecStart"].endswith("shiftward run")
    assert "-HUP" in service["ExecReload"]
    assert int(service["WatchdogSec"]) > 0
    assert service["Restart"] == "on-failure"
    assert set(service["RestartPreventExitStatus"].split()) == {"1", "2", "4"}, "3 may pass by itself"
    assert int(unit["Unit"]["StartLimitIntervalSec"]) == 0, "however long it takes"
    assert int(service["RestartSec"]) >= 10
    assert int(service["TimeoutStopSec"]) >= 5
    assert unit["Install"]["WantedBy"] == ("default.target" if "user" in name else "multi-user.target")


def test_the_user_of_sysusers_parses(tmp_path: Path) -> None:
    """systemd-sysusers takes the line, where it is installed; else its words are counted."""
    path = UNITS / "shiftward.sysusers"
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line.split()[:2] for line in lines] == [["u", "shiftward"]]
    tool = shutil.which("systemd-sysusers")
    if tool:
        done = run(tool, "--dry-run", f"--root={tmp_path}", path, where=tmp_path)
        assert "Failed to parse" not in done.stderr
        assert "shiftward.sysusers:" not in done.stderr, done.stderr


def test_the_modes_of_tmpfiles_parse(tmp_path: Path) -> None:
    """systemd-tmpfiles takes the lines, where it is installed."""
    path = UNITS / "shiftward.tmpfiles"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(line.split()[1].startswith("/etc/shiftward") and len(line.split()) == 6 for line in lines)
    tool = shutil.which("systemd-tmpfiles")
    if tool:
        # A user of the name has to be known for a whole run; here the name is all that is missing.
        done = run(tool, "--create", f"--root={tmp_path}", path, where=tmp_path)
        said = [line for line in done.stderr.splitlines() if "shiftward.tmpfiles" in line]
        assert [line for line in said if "resolve" not in line] == []


def _install(where: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    return run(Path(sys.executable).parent / "shiftward", "service", *args, where=where)


def test_the_installed_unit_is_as_good_as_the_shipped_one(systemd_analyze: str, tmp_path: Path) -> None:
    """`service install --root` writes what systemd reads, with the same exposure; `uninstall` takes it away."""
    root = ("--root", tmp_path / "pkg")
    command = tmp_path / "shiftward"
    command.write_text("#!/bin/sh\n", "utf-8")
    command.chmod(0o755)
    done = _install(tmp_path, "install", *root, "--command", command)
    assert done.returncode == 0, done.stderr
    assert "next:" not in done.stdout, "a package has its own steps"
    unit = tmp_path / "pkg/etc/systemd/system/shiftward.service"
    rated = run(
        *(systemd_analyze, "security", "--offline=true", "--threshold=13", "--no-pager", unit), where=tmp_path
    )
    assert rated.returncode == 0, rated.stdout[-600:] + rated.stderr
    verified = run(systemd_analyze, "verify", "--man=no", unit, where=tmp_path)
    assert str(unit) not in verified.stdout + verified.stderr
    unit.write_text(unit.read_text("utf-8") + "\n[Service]\nNice=5\n", "utf-8")
    assert _install(tmp_path, "install", *root, "--command", command).returncode == 4
    assert _install(tmp_path, "uninstall", *root).returncode == 4
    assert _install(tmp_path, "uninstall", *root, "--force").returncode == 0
    assert not [path for path in (tmp_path / "pkg").rglob("*") if path.is_file()]


def test_the_user_unit_is_installed_for_who_asks(tmp_path: Path) -> None:
    """With the command that runs, and with the steps that come next."""
    done = _install(tmp_path, "install", "--user")
    assert done.returncode == 0, done.stderr
    unit = tmp_path / "home/.config/systemd/user/shiftward.service"
    assert f"ExecStart={Path(sys.executable).parent}/shiftward run" in unit.read_text("utf-8")
    assert "systemctl --user enable --now shiftward" in done.stdout
    assert _install(tmp_path, "install", "--user").stdout.startswith("all files are there")
    assert _install(tmp_path, "uninstall", "--user").returncode == 0
    assert not unit.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may")
def test_the_machines_unit_is_roots(tmp_path: Path) -> None:
    done = _install(tmp_path, "install")
    assert done.returncode == 4
    assert "sudo" in done.stderr
    assert "--user" in done.stderr


# -- packaging ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from a copy of the tree."""
    where = tmp_path_factory.mktemp("build")
    tree = where / "tree"
    leave = shutil.ignore_patterns(
        ".*", "__pycache__", "*.egg-info", "build", "dist", "tests", "bench", "node_modules"
    )
    shutil.copytree(ROOT, tree, ignore=leave)
    done = run(
        *(
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-q",
            "-w",
            where,
            ".",
        ),
        where=tree,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    assert done.returncode == 0, done.stderr[-1500:]
    (built,) = where.glob("shiftward-*.whl")
    return built


def test_the_wheel_holds_everything_and_nothing_else(wheel: Path) -> None:
    """Every module of the four packages, the migrations, config/ and systemd/ are in; tests and benchmarks are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            assert path.relative_to(ROOT).as_posix() in names
    data = {name.partition(".data/data/share/shiftward/")[2] for name in names if ".data/data/" in name}
    for folder in ("config", "systemd"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert path.relative_to(ROOT).as_posix() in data
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.startswith("shiftward-")} == set(PACKAGES)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel; the other packages are lent by the one that runs the tests."""
    where = tmp_path_factory.mktemp("installed")
    venv.create(where / "env", with_pip=False, symlinks=True)
    python = where / "env" / "bin" / "python"
    (site,) = (where / "env" / "lib").glob("python*/site-packages")
    lent = [path for path in sys.path if path.endswith("site-packages")]
    done = run(
        *(
            sys.executable,
            "-m",
            "pip",
            f"--python={python}",
            "install",
            "--no-deps",
            "--no-index",
            "-q",
            wheel,
        ),
        where=where,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    assert done.returncode == 0, done.stderr[-1500:]
    # A plain path line: packages are found there, and the editable install's own hooks are not run.
    (site / "lent.pth").write_text("\n".join(lent) + "\n", "utf-8")
    return where / "env"


def test_an_installed_shiftward_finds_its_files(installed: Path, tmp_path: Path) -> None:
    """From another directory, `init` writes both files, and `check` finds no problem in them."""
    found = run(
        installed / "bin" / "python",
        "-c",
        "import daemon, policy; print(daemon.__file__, policy.__file__)",
        where=tmp_path,
    )
    assert all(path.startswith(str(installed)) for path in found.stdout.split()), found.stdout + found.stderr
    command = installed / "bin" / "shiftward"
    there = tmp_path / "config"
    done = run(command, "init", "--preset", "em-two-years-out", "--config", there, where=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'extends = ["em-two-years-out"]' in (there / "policy.toml").read_text("utf-8")
    assert (there / "service.toml").read_bytes() == (ROOT / "config/service.toml").read_bytes()
    checked = run(command, "check", "--config", there, where=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_installed_shiftward_makes_its_store(installed: Path, tmp_path: Path) -> None:
    """The migrations are where the wheel put them: a pass without calendars makes the store and ends well."""
    command = installed / "bin" / "shiftward"
    there = tmp_path / "config"
    assert run(command, "init", "--config", there, where=tmp_path).returncode == 0
    done = run(command, "run", "--once", "--config", there, "--state", tmp_path / "state", where=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "state" / "shiftward.db").exists()

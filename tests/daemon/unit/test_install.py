"""The files of the service: written whole, never over somebody's changes, and taken away again."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.exits import REFUSED, NotDoneError
from daemon.install import Place, for_machine, for_user, install, is_ours, uninstall

COMMAND = Path("/opt/shiftward/bin/shiftward")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return for_machine(tmp_path, COMMAND)


def exec_start(path: Path) -> str:
    (line,) = [line for line in path.read_text("utf-8").splitlines() if line.startswith("ExecStart=")]
    return line


def test_the_files_of_a_machine(place: Place, tmp_path: Path) -> None:
    """Unit, user and modes lie where systemd looks, readable by all, and start the command that is meant."""
    written = install(place, force=False)
    assert [str(path.relative_to(tmp_path)) for path in written] == [
        "etc/systemd/system/shiftward.service",
        "etc/sysusers.d/shiftward.conf",
        "etc/tmpfiles.d/shiftward.conf",
    ]
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in written)
    assert exec_start(written[0]) == "ExecStart=/opt/shiftward/bin/shiftward run"


def test_the_file_of_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among the user's own units; there the command may lie in a home."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/quill/.config")
    (path,) = install(for_user(tmp_path, Path("/home/quill/.local/bin/shiftward")), force=False)
    assert path == tmp_path / "home/quill/.config/systemd/user/shiftward.service"
    assert exec_start(path) == "ExecStart=/home/quill/.local/bin/shiftward run"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/opt/a b/shiftward", '"/opt/a b/shiftward" run'),
        (r"/opt/100%\1/shiftward", r"/opt/100%%\1/shiftward run"),
    ],
)
def test_an_odd_path_is_written_as_systemd_reads_it(tmp_path: Path, command: str, said: str) -> None:
    written = install(for_machine(tmp_path, Path(command)), force=False)
    assert exec_start(written[0]) == f"ExecStart={said}"


@pytest.mark.parametrize("where", ["/home/quill/.local/bin", "/root/venv/bin"])
def test_a_command_that_the_sandbox_hides_is_refused(tmp_path: Path, where: str) -> None:
    with pytest.raises(NotDoneError, match="sees no home") as no:
        for_machine(tmp_path, Path(where) / "shiftward")
    assert no.value.code == REFUSED


def test_a_second_time_nothing_is_written(place: Place) -> None:
    install(place, force=False)
    assert install(place, force=False) == []


def test_an_older_file_of_ours_is_renewed(place: Place, tmp_path: Path) -> None:
    """Another version, or another command: what nobody changed is replaced."""
    install(for_machine(tmp_path, Path("/opt/old/shiftward")), force=False)
    assert install(place, force=False) == [place.files[0].path]
    assert exec_start(place.files[0].path) == "ExecStart=/opt/shiftward/bin/shiftward run"


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_changed_file_is_never_lost(place: Place, which: int) -> None:
    """Nothing at all is done, and it is named; --force is what it takes."""
    install(place, force=False)
    mine = place.files[which].path
    text = mine.read_text("utf-8").replace("#", "# mine:", 2)
    mine.write_text(text, "utf-8")
    other = place.files[which - 1].path
    other.unlink()
    for act in (install, uninstall):
        with pytest.raises(NotDoneError) as no:
            act(place, force=False)
        assert str(mine) in str(no.value)
        assert mine.read_text("utf-8") == text
        assert not other.exists()
    assert sorted(install(place, force=True)) == sorted([mine, other])
    assert is_ours(mine.read_text("utf-8"))


def test_a_file_of_somebody_else_is_never_lost(place: Place) -> None:
    path = place.files[0].path
    path.parent.mkdir(parents=True)
    path.write_bytes(b"[Service]\n\xff")
    with pytest.raises(NotDoneError):
        install(place, force=False)
    assert path.read_bytes() == b"[Service]\n\xff"


def test_all_of_it_is_taken_away(place: Place) -> None:
    """Afterwards, and where nothing was, there is nothing to do."""
    written = install(place, force=False)
    assert uninstall(place, force=False) == written
    assert not any(path.exists() for path in written)
    assert uninstall(place, force=False) == []


def test_what_is_enabled_is_not_taken_away(place: Place) -> None:
    """systemd would be left with a link to nowhere."""
    install(place, force=False)
    place.enabled.parent.mkdir(parents=True)
    place.enabled.symlink_to(place.files[0].path)
    with pytest.raises(NotDoneError, match="systemctl disable"):
        uninstall(place, force=False)
    assert place.files[0].path.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "etc").write_text("")
    with pytest.raises(NotDoneError, match="Not a directory"):
        install(for_machine(tmp_path, COMMAND), force=False)

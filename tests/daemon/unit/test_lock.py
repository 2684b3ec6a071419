"""One daemon a store, across processes, however the first one ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.exits import may_pass
from daemon.lock import AlreadyRunningError, Lock, pid_in
from tests.waiting import LONG

HOLD = """
import sys, time
from pathlib import Path
from daemon.exits import may_pass
from daemon.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_one_is_told_the_first_ones_pid(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """Whoever comes second does not get in, and learns who is there."""
    with pytest.raises(AlreadyRunningError) as caught, Lock(tmp_path):
        pass
    assert caught.value.pid == holder.pid
    assert str(holder.pid) in str(caught.value)
    assert "stop it first" in str(caught.value)


def test_a_killed_holder_lets_go(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """After kill -9 the lock is free, whatever the file still says."""
    holder.send_signal(signal.SIGKILL)
    holder.wait(LONG)
    with Lock(tmp_path):
        assert pid_in(tmp_path / "shiftward.lock") == os.getpid()


def test_a_refused_one_changes_nothing(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    """The holder's pid stays in the file, and a third one is told the same."""
    for _ in range(2):
        with pytest.raises(AlreadyRunningError) as caught, Lock(tmp_path):
            pass
        assert caught.value.pid == holder.pid


def test_it_is_free_after_its_block(tmp_path: Path) -> None:
    """A lock can be taken again, also when the block ended with an error; the directory is made."""
    with pytest.raises(KeyError), Lock(tmp_path / "new"):
        raise KeyError
    with Lock(tmp_path / "new"), pytest.raises(AlreadyRunningError), Lock(tmp_path / "new"):
        pass
    assert pid_in(tmp_path / "new" / "shiftward.lock") is None


@pytest.mark.parametrize("content", ["", "abc", "-1", "12 34"])
def test_a_file_without_a_pid_names_nobody(tmp_path: Path, content: str) -> None:
    """What is no number is no process."""
    (tmp_path / "f").write_text(content, "utf-8")
    assert pid_in(tmp_path / "f") is None
    assert pid_in(tmp_path / "missing") is None


def test_a_full_disk_is_trouble_that_may_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock cannot be written: it is held by nobody afterwards, and the error is none that needs a person."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left") as caught, Lock(tmp_path):
            pass
    assert may_pass(caught.value)
    assert not may_pass(PermissionError(errno.EACCES, "no"))
    with Lock(tmp_path):
        assert pid_in(tmp_path / "shiftward.lock") == os.getpid()

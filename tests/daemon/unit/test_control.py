"""The socket between commands and the daemon: what is said at it, who may, and what nonsense does to it."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from daemon import control
from daemon.control import AbsentError, ask, serving
from daemon.exits import PROBLEMS, REFUSED, UNREACHED, NotDoneError
from tests.waiting import LONG

CONFIG = Path("/etc/somewhere")
ROOT = Path(__file__).parents[3]


def echo(what: str, told: Mapping[str, Any]) -> Any:
    """What was asked comes back; some words have meanings of their own."""
    if what == "no":
        raise NotDoneError(PROBLEMS, "first", "second")
    if what == "bug":
        raise KeyError("a secret of the clinician's")
    if what == "file":
        return Path(str(told["path"])).open("rb")
    if what == "long":
        return "x" * control.MOST_ANSWERED
    return {"ask": what, **told}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    path = tmp_path / "state"
    path.mkdir(mode=0o700)
    return path


def raw(path: Path, line: bytes) -> bytes:
    """What comes back for a line, to the end."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(LONG)
        sock.connect(str(path))
        sock.sendall(line)
        sock.shutdown(socket.SHUT_WR)
        found = b""
        while more := sock.recv(65536):
            found += more
        return found


def test_an_answer_comes_back(state: Path) -> None:
    """Names and values go there and back, in any script."""
    with serving(state, CONFIG, echo):
        told = {"offer": "lakeside-0101", "text": "Sa 2/20 „ü“ ✓\n"}
        assert ask(state / control.NAME, "why", told) == {"ask": "why", **told}


def test_a_no_comes_with_its_code_and_sentences(state: Path) -> None:
    with serving(state, CONFIG, echo), pytest.raises(NotDoneError) as no:
        ask(state / control.NAME, "no", {})
    assert (no.value.code, no.value.lines) == (PROBLEMS, ("first", "second"))


def test_a_bug_in_an_answer_is_told_without_its_words(state: Path) -> None:
    """Its kind comes back, not what it quotes; the next question is answered."""
    with serving(state, CONFIG, echo):
        with pytest.raises(NotDoneError, match="KeyError") as no:
            ask(state / control.NAME, "bug", {})
        assert "secret" not in str(no.value)
        assert ask(state / control.NAME, "again", {}) == {"ask": "again"}


def test_a_file_travels_open(state: Path, tmp_path: Path) -> None:
    """Who may not look into the directory reads the file all the same."""
    (tmp_path / "copy").write_bytes(b"all of it" * 50_000)
    with (
        serving(state, CONFIG, echo),
        ask(state / control.NAME, "file", {"path": str(tmp_path / "copy")}) as file,
    ):
        (tmp_path / "copy").unlink()
        assert file.read() == b"all of it" * 50_000


def test_an_answer_has_a_most(state: Path) -> None:
    with serving(state, CONFIG, echo), pytest.raises(NotDoneError, match="too long"):
        ask(state / control.NAME, "long", {})


def test_another_configuration_is_not_answered_for(state: Path) -> None:
    """A command that names a configuration hears only the daemon that works with it."""
    with serving(state, CONFIG, echo):
        assert ask(state / control.NAME, "x", {}, CONFIG) == {"ask": "x"}
        with pytest.raises(AbsentError):
            ask(state / control.NAME, "x", {}, Path("/etc/elsewhere"))


@pytest.mark.parametrize("left", ["nothing", "a socket", "a file", "a link to nowhere"])
def test_what_a_killed_daemon_left_is_nobody(state: Path, left: str) -> None:
    """It counts as no daemon, and the next one takes its place."""
    path = state / control.NAME
    if left == "a socket":
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(str(path))
    elif left == "a file":
        path.write_text("")
    elif left == "a link to nowhere":
        path.symlink_to(state / "gone")
    with pytest.raises(AbsentError):
        ask(path, "x", {})
    with serving(state, CONFIG, echo):
        assert ask(path, "x", {}) == {"ask": "x"}
    assert not path.exists()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"not json\n",
        b"[1]\n",
        b'{"ask": "x"}\n',
        b'{"ask": "x", "with": []}\n',
        b"[" * 60_000 + b"\n",
        b'{"ask": "' + b"x" * control.MOST_ASKED + b'", "with": {}}\n',
        b"\xff\xfe\n",
    ],
    ids=range(9),
)
def test_nonsense_gets_no_answer_and_does_no_harm(state: Path, line: bytes) -> None:
    with serving(state, CONFIG, echo):
        # It may be hung up on before all of it was told.
        with contextlib.suppress(ConnectionError):
            assert raw(state / control.NAME, line) == b""
        assert ask(state / control.NAME, "x", {}) == {"ask": "x"}


def test_who_says_nothing_does_not_keep_others_waiting(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question has to be told in time; the next in the line is answered then."""
    monkeypatch.setattr(control, "HEARING", 0.2)
    with serving(state, CONFIG, echo), socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(state / control.NAME))
        silent.sendall(b'{"ask": ')
        assert ask(state / control.NAME, "x", {}) == {"ask": "x"}


def test_a_daemon_that_hangs_is_told(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command waits for so long and then says that the daemon gives no answer."""
    monkeypatch.setattr(control, "THINKING", 0.2)
    enough = threading.Event()

    def hang(what: str, told: Mapping[str, Any]) -> Any:
        enough.wait()

    with serving(state, CONFIG, hang):
        with pytest.raises(NotDoneError, match="gives no answer") as no:
            ask(state / control.NAME, "x", {})
        enough.set()
    assert no.value.code == UNREACHED


def test_the_socket_is_its_owners_alone(state: Path) -> None:
    with serving(state, CONFIG, echo):
        assert stat.S_IMODE((state / control.NAME).stat().st_mode) == 0o600


def test_under_systemd_the_group_may_ask(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The socket lies in the runtime directory, and a link in the state directory leads to it."""
    runtime = tmp_path / "run"
    runtime.mkdir()
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(runtime))
    with serving(state, CONFIG, echo):
        assert stat.S_IMODE((runtime / control.NAME).stat().st_mode) == 0o660
        for path in (runtime, state):
            assert ask(path / control.NAME, "x", {}) == {"ask": "x"}
    assert not list(runtime.iterdir())
    assert not list(state.iterdir())


def test_a_long_path_is_no_hindrance(tmp_path: Path) -> None:
    """The kernel takes 108 bytes of an address."""
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    with serving(deep, CONFIG, echo):
        assert ask(deep / control.NAME, "x", {}) == {"ask": "x"}


STRANGER = """
import os, sys
from pathlib import Path
from daemon.control import ask
from daemon.exits import NotDoneError
# Only now: somebody else may not be let in to where the code lies.
os.setgroups([int(one) for one in sys.argv[2:]])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
try:
    print(ask(Path(sys.argv[1]), "x", {}))
except NotDoneError:
    print("refused")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("group", [False, True])
def test_a_stranger_is_not_answered(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, group: bool
) -> None:
    """Whatever the modes of the directories: another user has to be in the group, where there is one."""
    if group:
        monkeypatch.setenv("RUNTIME_DIRECTORY", str(state))
    for path in (state, *state.parents):
        path.chmod(path.stat().st_mode | 0o011)
    for groups, expected in (([], False), ([os.getegid()], group)):
        with serving(state, CONFIG, echo):
            (state / control.NAME).chmod(0o666)
            done = subprocess.run(
                [sys.executable, "-c", STRANGER, str(state / control.NAME), *map(str, groups)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
        assert done.stdout == ("{'ask': 'x'}\n" if expected else "refused\n"), groups


@pytest.mark.skipif(os.geteuid() == 0, reason="root may do anything")
def test_a_socket_that_is_not_ones_own_is_told(state: Path) -> None:
    with serving(state, CONFIG, echo):
        (state / control.NAME).chmod(0)
        with pytest.raises(NotDoneError, match="join its group") as no:
            ask(state / control.NAME, "x", {})
    assert no.value.code == REFUSED

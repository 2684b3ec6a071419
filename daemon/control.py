"""The socket at which the daemon answers commands, so that they need not be let into its store.

One line of JSON each way on a Unix stream: `{"ask": "why", "with": {"offer": "…"}, "config": null}`, then `{"done": …}` or
`{"refused": 1, "lines": […]}`. A copy of the store travels as an open file beside the line. The socket lies in the
runtime directory that systemd gives (its group may ask too), with a link to it in the state directory; else in the
state directory itself, for its owner alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from daemon.exits import REFUSED, UNREACHED, NotDoneError

NAME = "control.sock"
SYSTEM = Path("/run/shiftward") / NAME
"""Where the daemon of the system unit answers."""
MOST_ASKED, MOST_ANSWERED = 1 << 16, 1 << 25
"""Bytes of a question and of an answer."""
HEARING, THINKING = 5.0, 60.0
"""Seconds in which a question must be told, and in which an answer must come."""
ELSEWHERE = "elsewhere"
_PEER_GROUPS = 59
"""SO_PEERGROUPS of Linux; Python has no name for it."""

Answer = Callable[[str, Mapping[str, Any]], Any]


class AbsentError(Exception):
    """No daemon answers here, or one with another configuration."""


# -- the daemon's side ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(state: Path, config: Path, answer: Answer) -> Iterator[None]:
    """Answer commands in a thread, one after the other, until the block ends. The caller holds the store's lock."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    path = (Path(given) if given else state) / NAME
    with contextlib.ExitStack() as ending:
        listening = ending.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        # What lies there is left from a daemon that was killed: the lock says that none runs.
        _take_away(path)
        with _address(path) as address:
            listening.bind(address)
        path.chmod(0o660 if given else 0o600)
        ending.callback(_take_away, path)
        link = state / NAME
        if link.parent.resolve() != path.parent.resolve():
            _take_away(link)
            link.symlink_to(path)
            ending.callback(_take_away, link)
        listening.listen(8)
        thread = threading.Thread(
            target=_serve, args=(listening, config, answer, bool(given)), name="control", daemon=True
        )
        thread.start()
        yield
        # A thread that waits in accept() is woken by this, not by the end of its socket.
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        thread.join(1)


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)


def _serve(listening: socket.socket, config: Path, answer: Answer, group: bool) -> None:  # noqa: FBT001  # a thread's target
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:
            return
        # Who hangs up or talks nonsense hurts nobody but themselves.
        with peer, contextlib.suppress(OSError, ValueError):
            peer.settimeout(HEARING)
            if _may_ask(peer, group=group):
                _reply(peer, _considered(_heard(peer), config, answer))


def _may_ask(peer: socket.socket, *, group: bool) -> bool:
    """Root and the daemon's own user; where the group may ask, whoever is in it. The file's mode says the same."""
    kind = getattr(socket, "SO_PEERCRED", None)
    if kind is None:
        return True
    _, user, first = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, kind, 12))
    if user in (0, os.geteuid()):
        return True
    raw = peer.getsockopt(socket.SOL_SOCKET, _PEER_GROUPS, 1024) if group else b""
    return group and os.getegid() in (first, *struct.unpack(f"{len(raw) // 4}I", raw))


def _heard(peer: socket.socket) -> Mapping[str, Any]:
    """Raises OSError or ValueError for what is no question."""
    with peer.makefile("rb") as file:
        line = file.readline(MOST_ASKED)
    try:
        found = json.loads(line)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(found, dict) or not isinstance(found.get("with"), dict):
        raise ValueError("no question")
    return found


def _considered(asked: Mapping[str, Any], config: Path, answer: Answer) -> Any:  # JSON, or an open file
    if asked.get("config") not in (None, str(config)):
        return {ELSEWHERE: True}
    try:
        found = answer(str(asked.get("ask")), asked["with"])
    except NotDoneError as refusal:
        return {"refused": refusal.code, "lines": refusal.lines}
    except Exception as error:  # noqa: BLE001  # a bug in one answer must not silence the others
        return {"refused": REFUSED, "lines": [f"the daemon met an unforeseen {type(error).__name__}"]}
    return found if isinstance(found, io.BufferedReader) else {"done": found}


def _reply(peer: socket.socket, found: Any) -> None:  # JSON, or an open file
    peer.settimeout(THINKING)
    if isinstance(found, io.BufferedReader):
        with found:
            socket.send_fds(peer, [b'{"done": null}\n'], [found.fileno()])
        return
    raw = f"{json.dumps(found, ensure_ascii=False)}\n".encode()
    if len(raw) > MOST_ANSWERED:
        raw = (
            json.dumps({"refused": REFUSED, "lines": ["the answer is too long to be told"]}).encode() + b"\n"
        )
    peer.sendall(raw)


# -- the command's side -----------------------------------------------------------------------------------------------


def ask(path: Path, what: str, told: Mapping[str, Any], config: Path | None = None) -> Any:
    """The daemon's answer: what JSON can hold, or an open file. `config`: the configuration that is meant, if any.

    Raises AbsentError where nobody answers, and NotDoneError for a daemon's no.
    """
    question = {"ask": what, "with": told, "config": str(config) if config else None}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(THINKING)
        try:
            with _address(path) as address:
                sock.connect(address)
        except PermissionError:
            raise NotDoneError(
                REFUSED, f"the daemon at {path} does not answer you: run this as root, or join its group"
            ) from None
        except OSError:
            raise AbsentError from None
        try:
            sock.sendall(f"{json.dumps(question)}\n".encode())
            found, opened = _told(sock)
        except (OSError, ValueError):
            raise NotDoneError(UNREACHED, "the daemon runs and gives no answer; see its log") from None
    if ELSEWHERE in found:
        raise AbsentError
    if "refused" in found:
        raise NotDoneError(found["refused"], *found["lines"])
    return found["done"] if opened is None else opened


def _told(sock: socket.socket) -> tuple[Mapping[str, Any], BinaryIO | None]:
    """Raises OSError or ValueError for what is no answer."""
    raw, files, *_ = socket.recv_fds(sock, 1 << 16, 1)
    opened = os.fdopen(files[0], "rb") if files else None
    parts = [raw]
    size = len(raw)
    while raw and not raw.endswith(b"\n"):
        raw = sock.recv(1 << 16)
        parts.append(raw)
        size += len(raw)
        if size > MOST_ANSWERED:
            raise ValueError("too long")
    found = json.loads(b"".join(parts))
    if not isinstance(found, dict):
        raise ValueError("no answer")
    return found, opened


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """The kernel takes about a hundred bytes; a longer path is told by way of its open directory."""
    if len(os.fsencode(path)) < 100:
        yield str(path)
        return
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{directory}/{path.name}"
    finally:
        os.close(directory)

"""A folder of .eml files: what a mail program or a hand leaves there is read, and nothing in it is touched."""

from __future__ import annotations

import itertools
import os
import shutil
import stat
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from connectors.base import Inbox, Waking
from connectors.errors import UnreachableError
from connectors.inboxes import maildir
from connectors.inboxes.maildir import FolderInbox
from tests.connectors.inbox_contract import ONE, TWO, InboxContract
from tests.waiting import LONG

_numbers = itertools.count(1)


def put(inbox: FolderInbox, raw: bytes, name: str = "") -> Path:
    path = inbox.path / (name or f"message {next(_numbers)}.eml")
    path.write_bytes(raw)
    return path


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderInbox:
    """What is put there is saved at once, so there is little to wait for."""
    monkeypatch.setattr(maildir, "QUIET", 0.02)
    (tmp_path / "saved mail").mkdir()
    return FolderInbox(tmp_path / "saved mail")


class TestFolderInbox(InboxContract):
    @pytest.fixture
    def inbox(self, box: FolderInbox) -> Inbox:
        return box

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        assert isinstance(inbox, FolderInbox)
        put(inbox, raw)


def told(box: FolderInbox) -> list[bytes]:
    return [message.raw for message in box.fetch(None, ()).messages]


def test_nothing_is_touched(box: FolderInbox) -> None:
    """No name, no time and no mode is another one after reading, and no file was added."""
    put(box, ONE)
    put(box, TWO, "other.txt")

    def facts() -> dict[str, tuple[int, int, int]]:
        paths = (box.path, *box.path.rglob("*"))
        return {
            str(path): (path.stat().st_size, path.stat().st_mode, path.stat().st_mtime_ns) for path in paths
        }

    before = facts()
    mail = box.fetch(None, ())
    box.fetch(mail.cursor, [message.key for message in mail.messages])
    box.close()
    assert facts() == before


@pytest.mark.parametrize(
    "name", ["a.eml", "A.EML", "Re: 3 shifts?.eml", "ünï.eml", "a.b.Eml", "x" * 200 + ".eml"]
)
def test_a_file_that_ends_in_eml_counts(box: FolderInbox, name: str) -> None:
    """Whatever else is in its name, and in whatever letters."""
    put(box, ONE, name)
    assert told(box) == [ONE]


@pytest.mark.parametrize(
    "name", ["a.eml.part", "a.eml~", "eml", "a.txt", "a.msg", ".a.eml", "._a.eml", "a.eml.bak"]
)
def test_other_files_do_not_count(box: FolderInbox, name: str) -> None:
    """Hidden files, downloads that are not finished, and what is no message."""
    put(box, ONE, name)
    mail = box.fetch(None, ())
    assert (mail.messages, mail.problems) == ((), ())


def test_what_is_no_file_does_not_count(box: FolderInbox) -> None:
    """Neither a folder nor what lies in it is a message, nor a socket, even where its name ends in .eml."""
    for name in ("old", "new", "cur", "odd.eml"):
        (box.path / name).mkdir()
        put(box, ONE, f"{name}/inside.eml")
    os.mknod(box.path / "socket.eml", stat.S_IFSOCK | 0o600)
    mail = box.fetch(None, ())
    assert (mail.messages, mail.problems) == ((), ())


def test_messages_come_by_the_time_of_their_files(box: FolderInbox) -> None:
    """The oldest comes first, whatever the names are."""
    for name, raw, when in (("a.eml", TWO, 2000), ("b.eml", ONE, 1000)):
        os.utime(put(box, raw, name), (when, when))
    assert told(box) == [ONE, TWO]


def test_a_renamed_file_is_the_same_message(box: FolderInbox) -> None:
    """Another name or time, for the same reader and for the next, tells nothing new."""
    path = put(box, ONE, "a.eml")
    known = [message.key for message in box.fetch(None, ()).messages]
    os.utime(path.rename(box.path / "b.eml"), (5, 5))
    for reader in (box, FolderInbox(box.path)):
        assert reader.fetch(None, known).messages == ()


def test_two_files_with_the_same_bytes_are_one_message(box: FolderInbox) -> None:
    """Saved twice, told once."""
    put(box, ONE, "a.eml")
    put(box, ONE, "a (1).eml")
    assert told(box) == [ONE]


def test_names_with_a_colon_are_told_apart(box: FolderInbox) -> None:
    """Answers saved under their subjects, with the time of the mail, are two messages though both begin with `Re:`."""
    other = ONE.replace(b"12/4", b"12/6")
    for name, raw in (("Re: one.eml", ONE), ("Re: two.eml", other)):
        os.utime(put(box, raw, name), (1_790_000_000, 1_790_000_000))
    assert sorted(told(box)) == sorted((ONE, other))


def test_a_file_that_is_written_anew_is_another_message(box: FolderInbox) -> None:
    """What stands in the file names the message."""
    path = put(box, ONE, "a.eml")
    known = [message.key for message in box.fetch(None, ()).messages]
    path.write_bytes(TWO)
    os.utime(path, (7, 7))
    assert [message.raw for message in box.fetch(None, known).messages] == [TWO]


def test_a_huge_file_costs_itself_alone(box: FolderInbox) -> None:
    """It is a problem that names it, and the rest is read."""
    with put(box, b"", "huge.eml").open("wb") as file:
        file.truncate(maildir.LARGEST + 1)
    put(box, ONE)
    mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [ONE]
    (problem,) = mail.problems
    assert "huge.eml" in problem


@pytest.mark.parametrize("target", ["nowhere.eml", "bad.eml", "."])
def test_a_link_that_leads_nowhere_costs_itself_alone(box: FolderInbox, target: str) -> None:
    """To a file that is gone, to itself, to a folder: the rest is read."""
    (box.path / "bad.eml").symlink_to(target)
    put(box, ONE)
    assert told(box) == [ONE]


def test_a_link_to_a_message_counts(box: FolderInbox, tmp_path: Path) -> None:
    """A message that lies elsewhere is read through its link."""
    (tmp_path / "elsewhere.eml").write_bytes(ONE)
    (box.path / "link.eml").symlink_to(tmp_path / "elsewhere.eml")
    assert told(box) == [ONE]


@pytest.mark.parametrize("instead", ["nothing", "a file"])
def test_a_folder_that_is_away_is_no_empty_inbox(box: FolderInbox, instead: str) -> None:
    """An unmounted disk raises, without the whole path, and what is there afterwards is read."""
    put(box, ONE)
    away = box.path.rename(box.path.with_name("away"))
    if instead == "a file":
        box.path.write_bytes(b"")
    with pytest.raises(UnreachableError, match="saved mail") as caught:
        box.fetch(None, ())
    assert str(box.path.parent) not in str(caught.value)
    box.path.unlink(missing_ok=True)
    shutil.move(away, box.path)
    assert told(box) == [ONE]


def test_it_needs_no_watch_of_its_own(box: FolderInbox) -> None:
    """The daemon watches the folder; the inbox has no thread to wait in."""
    assert not isinstance(box, Waking)


# -- while it is saved ------------------------------------------------------------------------------------------------


@pytest.fixture
def careful(box: FolderInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder's readers wait, and for longer than this machine may stand still between two lines."""
    monkeypatch.setattr(maildir, "QUIET", LONG)


def saved_while_it_waits(monkeypatch: pytest.MonkeyPatch, path: Path, pieces: Iterable[bytes]) -> None:
    """A mail program adds a piece whenever the reader begins to wait; after the last one the time of quiet goes by."""
    left = iter(pieces)

    def sleep(_: float) -> None:
        piece = next(left, None)
        if piece is None:
            os.utime(path, (1000, 1000))
            return
        with path.open("ab") as file:
            file.write(piece)

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.mark.parametrize("at", [0, 10, len(ONE) - 5])
@pytest.mark.usefixtures("careful")
def test_half_a_file_is_no_message(box: FolderInbox, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """`$24` of `$2400` would be another offer: what is being saved is told once it is whole, and once only."""
    (box.path / "a.eml").write_bytes(ONE[:at])
    saved_while_it_waits(monkeypatch, box.path / "a.eml", [ONE[at:]])
    mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [ONE]
    assert box.fetch(None, [message.key for message in mail.messages]).messages == ()


@pytest.mark.usefixtures("careful")
def test_a_clock_that_is_set_back_meanwhile(box: FolderInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved at this moment is then dated a little ahead, and still waited for."""
    (box.path / "a.eml").write_bytes(ONE[:10])
    saved_while_it_waits(monkeypatch, box.path / "a.eml", [ONE[10:]])
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 2)
    assert [message.raw for message in box.fetch(None, ()).messages] == [ONE]


@pytest.mark.usefixtures("careful")
def test_a_file_that_never_ends_holds_nothing_up(box: FolderInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, the rest is read, and what it comes to be in the end as well."""
    monkeypatch.setattr(maildir, "PATIENCE", 0.1)
    os.utime(put(box, TWO, "b.eml"), (1000, 1000))
    path = put(box, b"", "a.eml")
    with monkeypatch.context() as patch:
        saved_while_it_waits(patch, path, itertools.repeat(b"x"))
        mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [TWO]
    assert ["a.eml" in problem for problem in mail.problems] == [True]
    path.write_bytes(ONE)
    os.utime(path, (1000, 1000))
    assert [m.raw for m in box.fetch(None, [m.key for m in mail.messages]).messages] == [ONE]


def test_a_file_of_the_future_is_not_waited_for(box: FolderInbox) -> None:
    """A clock that is ahead elsewhere keeps no message back."""
    os.utime(put(box, ONE), (4_000_000_000, 4_000_000_000))
    assert told(box) == [ONE]

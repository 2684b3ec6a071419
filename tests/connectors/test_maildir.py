"""A maildir is read, whatever other programs do in it, and never touched."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from connectors.base import Inbox
from connectors.errors import UnreachableError
from connectors.inboxes import maildir
from connectors.inboxes.maildir import MaildirInbox
from tests.connectors.inbox_contract import ONE, TWO, InboxContract

_numbers = itertools.count(1)


def put(inbox: MaildirInbox, raw: bytes, part: str = "new", name: str = "") -> Path:
    path = inbox.path / part / (name or f"17990{next(_numbers)}.M1P1.mail.example")
    path.write_bytes(raw)
    return path


@pytest.fixture
def box(tmp_path: Path) -> MaildirInbox:
    for part in ("new", "cur", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    return MaildirInbox(tmp_path / "mail")


class TestMaildirInbox(InboxContract):
    @pytest.fixture
    def inbox(self, box: MaildirInbox) -> Inbox:
        return box

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        assert isinstance(inbox, MaildirInbox)
        put(inbox, raw)


def facts(root: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder with its size, mode and time of change."""
    return {
        str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mode, path.stat().st_mtime_ns)
        for path in (root, *root.rglob("*"))
    }


def test_nothing_is_touched(box: MaildirInbox) -> None:
    """No name, no flag, no time of change and no folder is another one after reading."""
    put(box, ONE)
    put(box, TWO, "cur", "1799.M2P2.mail.example:2,S")
    before = facts(box.path)
    mail = box.fetch(None, ())
    box.fetch(None, [message.key for message in mail.messages])
    box.close()
    assert facts(box.path) == before
    assert len(mail.messages) == 2


@pytest.mark.parametrize("again", [True, False], ids=["same reader", "after a restart"])
def test_a_message_that_was_moved_is_not_new(box: MaildirInbox, again: bool) -> None:
    """A mail program moves what was read from new/ to cur/ and adds flags: it stays the same message."""
    path = put(box, ONE)
    known = [message.key for message in box.fetch(None, ()).messages]
    path.rename(box.path / "cur" / f"{path.name}:2,FS")
    reader = box if again else MaildirInbox(box.path)
    assert reader.fetch(None, known).messages == ()


def test_a_message_that_was_refiled_is_not_new(box: MaildirInbox) -> None:
    """A program that sorts mail gives another name and another time: it stays the same message."""
    path = put(box, ONE)
    known = [message.key for message in box.fetch(None, ()).messages]
    moved = path.rename(box.path / "cur" / "another-name:2,")
    os.utime(moved, (1, 1))
    assert box.fetch(None, known).messages == ()


def test_two_identical_files_count_once(box: MaildirInbox) -> None:
    """The same bytes delivered twice are one message."""
    put(box, ONE)
    put(box, ONE, "cur")
    put(box, TWO)
    assert sorted(message.raw for message in box.fetch(None, ()).messages) == sorted((ONE, TWO))


def test_a_file_of_the_same_name_and_size_is_another_message(box: MaildirInbox) -> None:
    """What stands in the file names the message, and not the file."""
    path = put(box, ONE)
    known = [message.key for message in box.fetch(None, ()).messages]
    path.write_bytes(ONE.replace(b"one", b"six"))
    os.utime(path, (5, 5))
    assert [message.raw for message in box.fetch(None, known).messages] == [ONE.replace(b"one", b"six")]


def test_a_dropped_file_counts(box: MaildirInbox) -> None:
    """An .eml that somebody put into the folder by hand is a message."""
    put(box, ONE, "new", "offer.eml")
    assert [message.raw for message in box.fetch(None, ()).messages] == [ONE]


def test_what_is_still_being_written_does_not_count(box: MaildirInbox) -> None:
    """Files in tmp/, hidden files and folders are no messages."""
    put(box, ONE, "tmp")
    put(box, ONE, "new", ".hidden")
    (box.path / "new" / "folder").mkdir()
    mail = box.fetch(None, ())
    assert (mail.messages, mail.problems) == ((), ())


def test_a_huge_file_costs_itself_alone(box: MaildirInbox) -> None:
    """A file that no mail server would have let through is a problem, and the rest is read."""
    with put(box, b"", "new", "huge").open("wb") as file:
        file.truncate(maildir.LARGEST + 1)
    put(box, ONE)
    mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [ONE]
    (problem,) = mail.problems
    assert "25,000,000 bytes" in problem


def deny(monkeypatch: pytest.MonkeyPatch, denied: Path) -> None:
    """Reading this one file fails from now on (modes would not stop a superuser)."""
    really = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == denied:
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)


def test_an_unreadable_file_costs_itself_alone(box: MaildirInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is a problem, and the rest is read."""
    put(box, ONE)
    deny(monkeypatch, put(box, TWO))
    mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [ONE]
    (problem,) = mail.problems
    assert "Permission denied" in problem


def test_a_file_that_becomes_unreadable_costs_itself_alone(
    box: MaildirInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds for one that was read before, and is asked for again."""
    put(box, ONE)
    path = put(box, TWO)
    box.fetch(None, ())
    deny(monkeypatch, path)
    mail = box.fetch(None, ())
    assert [message.raw for message in mail.messages] == [ONE]
    assert len(mail.problems) == 1


@pytest.mark.parametrize("gone", ["", "new", "cur"])
def test_a_missing_folder_is_no_empty_inbox(box: MaildirInbox, gone: str) -> None:
    """Without its folders a maildir cannot be read, and says so without its whole path."""
    folder = box.path / gone
    folder.rename(folder.with_name("elsewhere") if gone else folder.parent / "elsewhere")
    with pytest.raises(UnreachableError) as caught:
        box.fetch(None, ())
    assert "mail is not a maildir" in str(caught.value)
    assert str(box.path.parent) not in str(caught.value)

"""Mail by IMAP: read once, whatever the server does, and nothing on it changed.

pymap is a real server, and shows that what we say is understood; the fake one says what no server should.
"""

from __future__ import annotations

import json
import locale
import re
import shutil
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.base import Inbox, Mail, Waking
from connectors.errors import ConnectorError, MissingError, RefusedError, UnreachableError
from connectors.inboxes import imap, imap_box, imap_idle
from connectors.inboxes.imap import ImapInbox
from connectors.inboxes.imap_box import ImapServer
from daemon.config import SecretMissingError, read_service
from daemon.sources import Places, build
from tests.connectors.feed_server import self_signed
from tests.connectors.imap_server import (
    CUT,
    HANG,
    PASSWORD,
    RIGHT,
    TOKEN,
    USER,
    WAIT,
    Box,
    FakeImap,
    Piece,
    Proxy,
    Pymap,
    append,
)
from tests.connectors.inbox_contract import ODD, ONE, TWO, InboxContract
from tests.waiting import LONG, until

ORDINARY = imap_box.TIMEOUT
"""Seconds of patience, where a test does not make it less."""
LF_ONE, LF_TWO = (raw.replace(b"\r\n", b"\n") for raw in (ONE, TWO))
"""As pymap gives back what lies in its maildirs."""
WHISPER = b"Wombat-recital"
"""In every answer that quotes what it should not."""


def keys(mail: Mail) -> list[str]:
    return [message.key for message in mail.messages]


def raws(mail: Mail) -> list[bytes]:
    return [message.raw for message in mail.messages]


@dataclass
class Reader:
    """The daemon as an inbox sees it: it keeps the cursor and the keys, both or neither."""

    inbox: ImapInbox
    cursor: str | None = None
    known: set[str] = field(default_factory=set)

    def read(self) -> list[bytes]:
        mail = self.inbox.fetch(self.cursor, self.known)
        assert not self.known & set(keys(mail)), "a known message was told again"
        self.cursor = mail.cursor
        self.known |= set(keys(mail))
        return raws(mail)


# -- servers --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls") / "mail.pem")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pymap]:
    """pymap over maildirs, where each test has its own user."""
    with Pymap(tmp_path_factory.mktemp("imap") / "files").running() as running:
        yield running


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pymap]:
    with Pymap(tmp_path_factory.mktemp("imap") / "memory", backend="dict").running() as running:
        yield running


@dataclass
class Account:
    """Somebody's mail on pymap, a proxy that hears what is asked of it, and our inbox on it."""

    server: Pymap
    proxy: Proxy
    user: str

    def deliver(self, raw: bytes, folder: str = "INBOX") -> Path:
        return self.server.deliver(raw, self.user, folder)

    def inbox(self, *folders: str) -> ImapInbox:
        server = ImapServer("127.0.0.1", self.user, lambda: PASSWORD, self.proxy.port, "off")
        return ImapInbox(server, folders or ("INBOX",))

    def facts(self) -> dict[str, tuple[int, int]]:
        """Every message as a file, with its size and time; flags are in the names. The server's own lists aside."""
        root = self.server.folder(self.user)
        paths = [path for path in root.rglob("*") if path.parent.name in ("new", "cur", "tmp")]
        return {str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


@pytest.fixture
def account(files: Pymap, request: pytest.FixtureRequest) -> Iterator[Account]:
    user = "u" + re.sub(r"\W+", "-", request.node.name)
    files.add_user(user)
    with Proxy(files.port) as proxy:
        yield Account(files, proxy, user)


@pytest.fixture
def fake() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


def inbox_of(
    fake: FakeImap,
    *folders: str,
    tls: imap_box.Tls = "off",
    oauth: bool = False,
    secret: Callable[[], str] | None = None,
) -> ImapInbox:
    given = secret or (lambda: TOKEN if oauth else PASSWORD)
    server = ImapServer(fake.host, USER, given, fake.port, tls, oauth)
    return ImapInbox(server, folders or ("INBOX",))


@pytest.fixture
def reader(fake: FakeImap) -> Iterator[Reader]:
    inbox = inbox_of(fake)
    yield Reader(inbox)
    inbox.close()


@contextmanager
def using(inbox: ImapInbox) -> Iterator[ImapInbox]:
    try:
        yield inbox
    finally:
        inbox.close()


# -- the contract ---------------------------------------------------------------------------------------------------


class TestImapInbox(InboxContract):
    """On pymap's own store in memory, which keeps every byte; each test has a folder of its own."""

    @pytest.fixture
    def inbox(self, memory: Pymap, request: pytest.FixtureRequest) -> Iterator[Inbox]:
        name = re.sub(r"\W+", "-", request.node.name)
        with memory.client() as self.client:
            assert self.client.create(name)[0] == "OK"
            self.folder = name
            server = ImapServer("127.0.0.1", USER, lambda: PASSWORD, memory.port, "off")
            with using(ImapInbox(server, (name,))) as made:
                yield made

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        append(self.client, self.folder, raw)


class TestScriptedInbox(InboxContract):
    """The fake server is good where it is told nothing else."""

    @pytest.fixture
    def inbox(self, fake: FakeImap) -> Iterator[Inbox]:
        self.server = fake
        with using(inbox_of(fake)) as made:
            yield made

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        self.server.put(raw)


def test_it_can_wake(fake: FakeImap) -> None:
    """The daemon asks by this type whether an inbox can tell that something came."""
    assert isinstance(inbox_of(fake), Waking)


# -- nothing is changed ---------------------------------------------------------------------------------------------


def test_nothing_on_the_server_is_changed(account: Account) -> None:
    """No flag, no name, no copy: a second program finds all as it was, unseen and recent."""
    for raw in (ONE, TWO):
        account.deliver(raw)
    with account.server.client(account.user) as client:
        client.select("INBOX", readonly=True)
    before = account.facts()
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        assert sorted(reader.read()) == sorted((LF_ONE, LF_TWO))
        assert reader.read() == []
    assert account.facts() == before
    with account.server.client(account.user) as client:
        client.select("INBOX", readonly=True)
        assert client.response("RECENT") == ("RECENT", [b"2"])
        _, found = client.uid("FETCH", "1:*", "(FLAGS)")
        assert not any(b"Seen" in part for part in found if isinstance(part, bytes))
        assert client.list()[1] == [b'(\\HasNoChildren) "/" INBOX']


def test_only_reading_commands_are_said(account: Account) -> None:
    """EXAMINE and BODY.PEEK, never SELECT, a BODY that marks as seen, or anything that writes."""
    for raw in (ONE, TWO):
        account.deliver(raw)
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        reader.read()
        account.deliver(ONE + b"more\n")
        assert len(reader.read()) == 1
    said = set(account.proxy.heard)
    allowed = r"CAPABILITY|NOOP|LOGIN .*|EXAMINE .*|UID SEARCH .*|UID FETCH \S+ \(UID RFC822\.SIZE\)"
    assert {
        line for line in said if not re.fullmatch(rf"{allowed}|UID FETCH \S+ \(BODY\.PEEK\[\]\)", line)
    } == set()
    assert sum("PEEK" in line for line in account.proxy.heard) == 3


def test_a_read_message_is_not_loaded_again(account: Account) -> None:
    """With the cursor, only the new message goes over the wire; the connection is the same."""
    account.deliver(ONE)
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        reader.read()
        account.deliver(TWO)
        account.proxy.heard.clear()
        assert reader.read() == [LF_TWO]
    assert [line for line in account.proxy.heard if "FETCH" in line] == [
        "UID FETCH 2 (UID RFC822.SIZE)",
        "UID FETCH 2 (BODY.PEEK[])",
    ]
    assert account.proxy.count("LOGIN") == 0


# -- folders --------------------------------------------------------------------------------------------------------


def test_several_folders_are_read_in_order(account: Account) -> None:
    """Each configured folder is read, others are not, whatever the letters in their names."""
    names = ["Offers", "Räume & Dienste", 'a "b" \\c']
    wire = ["Offers", '"R&AOQ-ume &- Dienste"', '"a \\"b\\" \\\\c"']
    with account.server.client(account.user) as client:
        for name in (*wire, "Other"):
            assert client.create(name)[0] == "OK"
        append(client, "Other", b"Subject: not ours\n\n")
        for name in reversed(wire):
            append(client, name, f"Subject: {wire.index(name)}\n\n".encode())
    account.deliver(ONE)
    with using(account.inbox("INBOX", *names)) as inbox:
        reader = Reader(inbox)
        assert reader.read() == [LF_ONE, *(f"Subject: {index}\n\n".encode() for index in range(3))]
        assert reader.read() == []
    assert set(json.loads(reader.cursor or "")) == {"INBOX", *names}


def test_a_message_that_is_moved_is_not_told_twice(account: Account) -> None:
    """Moved by another program into a second folder that is read as well, and copied, it stays one message."""
    with account.server.client(account.user) as client:
        client.create("Offers")
        account.deliver(ONE)
        with using(account.inbox("INBOX", "Offers")) as inbox:
            reader = Reader(inbox)
            assert reader.read() == [LF_ONE]
            client.select("INBOX")
            assert client.uid("MOVE", "1", "Offers")[0] == "OK"
            assert reader.read() == []
            account.deliver(ONE)
            assert reader.read() == []
            account.deliver(TWO, "Offers")
            assert reader.read() == [LF_TWO]


def test_a_message_in_two_folders_is_told_once(fake: FakeImap, reader: Reader) -> None:
    """The same bytes in two folders, both new, are one message."""
    for folder in ("INBOX", "Offers"):
        fake.put(ONE, folder)
    with using(inbox_of(fake, "INBOX", "Offers")) as inbox:
        assert raws(inbox.fetch(None, ())) == [ONE]


def test_a_folder_that_is_added_is_read_from_its_beginning(fake: FakeImap) -> None:
    """What was read of one folder says nothing of another; a folder that is left out is forgotten."""
    for number, folder in enumerate(("INBOX", "Offers")):
        fake.put(ONE + b"%d" % number, folder)
    with using(inbox_of(fake)) as inbox:
        first = inbox.fetch(None, ())
    with using(inbox_of(fake, "Offers")) as inbox:
        second = inbox.fetch(first.cursor, keys(first))
        assert raws(second) == [ONE + b"1"]
    assert list(json.loads(second.cursor or "")) == ["Offers"]


def test_a_missing_folder_is_told(account: Account) -> None:
    """A folder that is not there is no empty one, and the next poll finds it when it is made."""
    account.deliver(ONE)
    with using(account.inbox("INBOX", "Offers")) as inbox:
        reader = Reader(inbox)
        with pytest.raises(MissingError, match="folder"):
            reader.read()
        with account.server.client(account.user) as client:
            client.create("Offers")
            append(client, "Offers", LF_TWO)
        assert reader.read() == [LF_ONE, LF_TWO]


# -- numbers --------------------------------------------------------------------------------------------------------


def test_a_renumbered_folder_is_read_again_and_tells_nothing_twice(account: Account) -> None:
    """With another UIDVALIDITY the old numbers mean nothing: all is looked at, and only what is new is told."""
    account.deliver(ONE)
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        assert reader.read() == [LF_ONE]
        before = json.loads(reader.cursor or "")["INBOX"]
        account.server.renumber(account.user)
        account.deliver(TWO)
        assert reader.read() == [LF_TWO]
        after = json.loads(reader.cursor or "")["INBOX"]
        assert reader.read() == []
    assert after[0] != before[0]


def test_a_renumbered_folder_with_lower_numbers_loses_nothing(fake: FakeImap, reader: Reader) -> None:
    """After a restore a new message has a number that was used before, among others that were read."""
    old = [ONE + b"%d" % number for number in range(5)]
    for raw in old:
        fake.put(raw)
    reader.read()
    fake.boxes["INBOX"] = Box(validity=8)
    for raw in (old[3], TWO, *old):
        fake.put(raw)
    assert reader.read() == [TWO]


def test_numbers_that_begin_anew_without_a_word_lose_nothing(fake: FakeImap, reader: Reader) -> None:
    """A server that was restored and kept its UIDVALIDITY says by UIDNEXT that our place is beyond its end."""
    for number in range(5):
        fake.put(ONE + b"%d" % number)
    reader.read()
    fake.boxes["INBOX"] = Box()
    fake.put(TWO)
    assert reader.read() == [TWO]


def test_the_last_message_is_not_loaded_at_every_poll(fake: FakeImap, reader: Reader) -> None:
    """`n:*` holds the last message even when its number is lower; it is not asked for again."""
    fake.put(ONE)
    reader.read()
    assert fake.lines("UID SEARCH UID") == []
    reader.read()
    assert fake.lines("UID SEARCH UID") == ["UID SEARCH UID 2:*"]
    assert len(fake.lines("UID FETCH")) == 2


def test_the_last_message_being_deleted_loses_nothing(fake: FakeImap, reader: Reader) -> None:
    """When what was read last is gone, the next message is still new."""
    fake.put(ONE)
    fake.put(ONE + b"x")
    reader.read()
    del fake.boxes["INBOX"].mails[2]
    assert reader.read() == []
    fake.put(TWO)
    assert reader.read() == [TWO]


@pytest.mark.parametrize("where", ["EXAMINE", "SEARCH", "SIZES", "BODY"])
def test_a_message_that_comes_while_reading_is_told(fake: FakeImap, reader: Reader, where: str) -> None:
    """Whenever it arrives, this poll or the next tells it, and one of them only."""
    fake.put(ONE)
    fake.say(where, RIGHT, lambda: fake.put(TWO))
    assert sorted(reader.read() + reader.read()) == sorted((ONE, TWO))
    assert reader.read() == []


@pytest.mark.parametrize("where", ["SIZES", "BODY"])
def test_a_message_that_vanishes_while_reading_is_left_out(
    fake: FakeImap, reader: Reader, where: str
) -> None:
    """Deleted between SEARCH and FETCH, it is neither told nor a problem, and the others are read."""
    for raw in (ONE, b"gone", TWO):
        fake.put(raw)
    if where == "BODY":
        fake.say("BODY", RIGHT)
    fake.say(where, lambda: fake.boxes["INBOX"].mails.pop(2), RIGHT)
    mail = reader.inbox.fetch(None, ())
    assert (raws(mail), mail.problems) == ([ONE, TWO], ())


def test_a_message_that_vanishes_on_a_real_server_is_left_out(account: Account) -> None:
    """The same with pymap, where a second program deletes it just before it is fetched."""
    gone = account.deliver(ONE)
    account.deliver(TWO)

    def delete(line: str) -> None:
        if "PEEK" in line and gone.exists():
            gone.unlink()

    account.proxy.hook = delete
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        told = reader.read()
        assert LF_TWO in told
        assert LF_ONE not in told
        assert reader.read() == []


def test_what_is_older_than_the_first_look_stays_unread(fake: FakeImap, reader: Reader) -> None:
    """An archive is not read at the second poll, where the first found nothing young enough in it."""
    for number in range(3):
        fake.put(ONE + b"%d" % number, came=datetime.now(UTC).date() - timedelta(days=90 + number))
    assert reader.read() == []
    assert reader.read() == []
    fake.put(TWO)
    assert reader.read() == [TWO]


def test_an_archive_with_higher_numbers_stays_unread(fake: FakeImap, reader: Reader) -> None:
    """Old mail that was copied into the folder after the young has higher numbers; it stays unread all the same."""
    fake.put(ONE)
    fake.put(b"from the archive", came=datetime.now(UTC).date() - timedelta(days=400))
    assert reader.read() == [ONE]
    assert reader.read() == []


def test_the_first_look_goes_back_so_many_days(fake: FakeImap) -> None:
    """Only what came within the configured days is read where there is no cursor."""
    today = datetime.now(UTC).date()
    fake.put(ONE, came=today - timedelta(days=12))
    fake.put(TWO, came=today - timedelta(days=9))
    server = ImapServer(fake.host, USER, lambda: PASSWORD, fake.port, "off")
    for days, told in ((10, [TWO]), (13, [ONE, TWO])):
        with using(ImapInbox(server, days=days)) as inbox:
            assert raws(inbox.fetch(None, ())) == told


def test_months_are_english_whatever_the_machine_speaks(fake: FakeImap, reader: Reader) -> None:
    """In every month, under a locale with names of its own, SINCE is as IMAP wants it."""
    day = datetime(2026, 1, 5, tzinfo=UTC).date()
    told = [imap._imap_date(day.replace(month=month)) for month in range(1, 13)]
    assert told == [f"5-{name}-2026" for name in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()]
    before = locale.setlocale(locale.LC_TIME)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            fake.heard.clear()
            reader.inbox.fetch(None, ())
        finally:
            locale.setlocale(locale.LC_TIME, before)
        assert re.fullmatch(r"UID SEARCH \(SINCE \d{1,2}-[A-Z][a-z]{2}-\d{4}\)", fake.lines("UID SEARCH")[0])


def test_thousands_of_messages_are_asked_for_in_batches(fake: FakeImap, reader: Reader) -> None:
    """Every one is told, in its order, and no command is longer than servers take."""
    expected = [b"Subject: %d\r\n\r\n" % number for number in range(2500)]
    fake.boxes["INBOX"].next_uid = 4_000_000_000
    for raw in expected:
        fake.put(raw)
    assert reader.read() == expected
    sizes = [line for line in fake.lines("UID FETCH") if "SIZE" in line]
    assert len(sizes) == 2500 / imap.BATCH
    assert max(len(line) for _, line in fake.heard) < 1000
    assert reader.read() == []


# -- messages -------------------------------------------------------------------------------------------------------


def test_a_huge_message_is_a_problem_and_is_not_loaded(fake: FakeImap, reader: Reader) -> None:
    """It costs itself alone, is told as a problem, and none of its bytes goes over the wire."""
    fake.put(ONE)
    huge = fake.put(b"Subject: huge\r\n\r\n", size=imap.LARGEST + 1_000_000)
    fake.put(TWO)
    mail = reader.inbox.fetch(None, ())
    assert raws(mail) == [ONE, TWO]
    (problem,) = mail.problems
    assert "26 MB" in problem
    assert f"UID FETCH {huge} (BODY.PEEK[])" not in fake.lines()
    fake.put(ONE + TWO)
    assert raws(reader.inbox.fetch(mail.cursor, keys(mail))) == [ONE + TWO]


def test_the_largest_message_is_read(fake: FakeImap, reader: Reader) -> None:
    """The limit itself is still a message."""
    fake.put(ONE, size=imap.LARGEST)
    assert reader.read() == [ONE]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"x" * 100_000,
        bytes(range(256)) * 3,
        b")\r\n* 2 FETCH (UID 2 BODY[] {3}\r\nabc)\r\n",
        b"A1 OK done\r\n* BYE\r\n+ go on\r\n",
        b"{25}\r\n",
        ODD,
        b"\x00",
        b"no end of line",
    ],
    ids=[
        "empty",
        "line",
        "long",
        "all",
        "looks like an answer",
        "looks done",
        "literal",
        "odd",
        "nul",
        "end",
    ],
)
def test_bytes_come_as_they_are(fake: FakeImap, reader: Reader, raw: bytes) -> None:
    """A literal is counted, so that nothing in it is taken for the server's own words."""
    fake.put(raw)
    fake.put(TWO)
    assert reader.read() == [raw, TWO]


@pytest.mark.parametrize(
    "sizes",
    [
        b"* 1 FETCH (RFC822.SIZE 57 UID 1)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen $Later) UID 1 MODSEQ (12) RFC822.SIZE 57)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (uid 1 rfc822.size 57)\r\n* 9 EXISTS\r\n",
        b"* 1 EXPUNGE\r\n* 2 FETCH (UID 99 RFC822.SIZE 26000000)\r\n* 1 FETCH (UID 1 RFC822.SIZE 57)\r\n",
    ],
    ids=["order", "more", "unasked", "another"],
)
def test_sizes_are_understood_however_they_are_told(fake: FakeImap, reader: Reader, sizes: bytes) -> None:
    """The order of what is told is the server's, and it may tell more, and of other messages."""
    fake.put(ONE)
    fake.say("SIZES", sizes + b"%T OK done\r\n")
    mail = reader.inbox.fetch(None, ())
    assert (raws(mail), mail.problems) == ([ONE], ())


@pytest.mark.parametrize(
    "told",
    [
        b"* 1 FETCH (BODY[] {5}\r\nhello UID 1)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen) UID 1 BODY[] {5}\r\nhello)\r\n",
        b"* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* 3 EXISTS\r\n",
        b"* OK still here\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello FLAGS ())\r\n",
    ],
)
def test_a_body_is_understood_however_it_is_told(fake: FakeImap, reader: Reader, told: bytes) -> None:
    """What stands before and after the literal is not the message."""
    fake.put(ONE)
    fake.say("BODY", told + b"%T OK done\r\n")
    assert reader.read() == [b"hello"]


def test_numbers_may_come_in_several_lines_and_any_order(fake: FakeImap, reader: Reader) -> None:
    """A server may split what it found, and repeat itself."""
    for uid, raw in ((1, ONE), (8, TWO), (16, ODD)):
        fake.boxes["INBOX"].next_uid = uid
        fake.put(raw)
    fake.say("SEARCH", b"* SEARCH 16\r\n* SEARCH\r\n* 3 EXISTS\r\n* SEARCH 8 1 16\r\n%T OK done\r\n")
    assert reader.read() == [ONE, TWO, ODD]


# -- the cursor -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "null",
        "[]",
        "5",
        '"x"',
        "{",
        '{"INBOX": null}',
        '{"INBOX": 7}',
        '{"INBOX": []}',
        '{"INBOX": [7]}',
        '{"INBOX": ["a", "b"]}',
        '{"INBOX": [null, null]}',
        '{"INBOX": {}}',
        '{"INBOX": {"0": 7, "1": 1}}',
        '{"INBOX": [NaN, NaN]}',
        '{"INBOX": [Infinity, 1]}',
        '{"INBOX": [7, 1e999]}',
        '{"INBOX": [7, -3]}',
        '{"INBOX": [7, 5000000000]}',
        '{"Elsewhere": [7, 1]}',
    ],
)
def test_a_damaged_cursor_means_reading_again(fake: FakeImap, reader: Reader, cursor: str) -> None:
    """Whatever stands in it: everything is looked at, what is known is not told, and a good cursor comes of it."""
    fake.put(ONE)
    known = keys(reader.inbox.fetch(None, ()))
    fake.put(TWO)
    mail = reader.inbox.fetch(cursor, known)
    assert raws(mail) == [TWO]
    assert json.loads(mail.cursor or "") == {"INBOX": [7, 2]}


def test_an_answer_that_was_lost_is_given_again(fake: FakeImap, reader: Reader) -> None:
    """Nothing about what was told is kept in the inbox itself: another one with the same cursor says the same."""
    fake.put(ONE)
    first = reader.inbox.fetch(None, ())
    fake.put(TWO)
    lost = reader.inbox.fetch(first.cursor, keys(first))
    with using(inbox_of(fake)) as other:
        assert other.fetch(first.cursor, keys(first)) == lost
    assert raws(lost) == [TWO]


# -- signing in -----------------------------------------------------------------------------------------------------


def test_a_bad_login_is_refused_without_the_password(account: Account) -> None:
    """pymap says no: the clinician is told what to do, and the password is in no text."""
    server = ImapServer("127.0.0.1", account.user, lambda: "wrong-wombat", account.proxy.port, "off")
    with using(ImapInbox(server)) as inbox, pytest.raises(RefusedError, match="login") as caught:
        inbox.fetch(None, ())
    assert "wombat" not in repr(caught.value)
    assert not isinstance(caught.value, MissingError)


def test_a_password_that_was_mended_is_used(fake: FakeImap) -> None:
    """The secret is asked for at each sign-in, so that a new password or token needs no restart."""
    given = ["wrong", PASSWORD, PASSWORD + "2"]
    fake.put(ONE)
    with using(inbox_of(fake, secret=lambda: given[0])) as inbox:
        reader = Reader(inbox)
        with pytest.raises(RefusedError):
            reader.read()
        given.pop(0)
        assert reader.read() == [ONE]
        fake.password = PASSWORD + "2"
        given.pop(0)
        fake.cut()
        fake.put(TWO)
        assert reader.read() == [TWO]


@pytest.mark.parametrize("password", ["with space", 'qu"ote', "back\\slash", "{12}", "(a) *", "%!~"])
def test_any_printable_password_signs_in(fake: FakeImap, password: str) -> None:
    """Characters that mean something to IMAP are quoted."""
    fake.password = password
    fake.put(ONE)
    with using(inbox_of(fake, secret=lambda: password)) as inbox:
        assert raws(inbox.fetch(None, ())) == [ONE]


def test_a_password_with_other_letters_signs_in(fake: FakeImap) -> None:
    """LOGIN has ASCII only; a password with an umlaut needs AUTHENTICATE PLAIN."""
    fake.password = "Grüße-5512"
    fake.put(ONE)
    with using(inbox_of(fake, secret=lambda: "Grüße-5512")) as inbox:
        assert raws(inbox.fetch(None, ())) == [ONE]


def test_a_token_signs_in(fake: FakeImap) -> None:
    """XOAUTH2, as Google and Microsoft have it; there is no LOGIN."""
    fake.put(ONE)
    with using(inbox_of(fake, oauth=True)) as inbox:
        assert raws(inbox.fetch(None, ())) == [ONE]
    assert fake.lines("AUTHENTICATE") == ["AUTHENTICATE XOAUTH2"]
    assert fake.lines("LOGIN") == []


def test_a_stale_token_is_refused_without_the_token(fake: FakeImap) -> None:
    """A token that is over is for the clinician to mend, and not a server that is away."""
    fake.token = "another"
    with (
        using(inbox_of(fake, oauth=True)) as inbox,
        pytest.raises(RefusedError, match=r"login|token") as caught,
    ):
        inbox.fetch(None, ())
    assert TOKEN not in repr(caught.value)


def test_a_token_on_a_server_without_oauth_is_refused_or_unreachable(account: Account) -> None:
    """pymap knows no XOAUTH2; the next poll is as good as the first."""
    server = ImapServer("127.0.0.1", account.user, lambda: TOKEN, account.proxy.port, "off", oauth=True)
    with using(ImapInbox(server)) as inbox:
        for _ in range(2):
            with pytest.raises(ConnectorError) as caught:
                inbox.fetch(None, ())
            assert TOKEN not in repr(caught.value)


def test_a_secret_that_is_gone_leaves_no_connection(fake: FakeImap) -> None:
    """When the secret cannot be read at a sign-in, that is told, and the server is not left waiting."""

    def gone() -> str:
        raise RefusedError("no secret mail")

    with (
        using(inbox_of(fake, secret=gone)) as inbox,
        pytest.raises(RefusedError, match="no secret") as caught,
    ):
        inbox.fetch(None, ())
    until(lambda: not fake.talks, "the connection is closed")
    assert fake.lines("LOGIN") == []
    assert PASSWORD not in repr(caught.value)


# -- TLS ------------------------------------------------------------------------------------------------------------


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    """From now on the certificate is one of those that the machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_mail_is_read_over_tls(files: Pymap, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a certificate that the machine trusts, before the first word is said."""
    trust(monkeypatch, certificate)
    files.add_user("tls-user")
    files.deliver(ONE, "tls-user")
    with Proxy(files.port, certificate) as proxy:
        server = ImapServer("localhost", "tls-user", lambda: PASSWORD, proxy.port)
        with using(ImapInbox(server)) as inbox:
            assert raws(inbox.fetch(None, ())) == [LF_ONE]
        assert proxy.count("STARTTLS") == 0


def test_mail_is_read_over_starttls(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pymap offers it, and the login goes through the encrypted connection."""
    trust(monkeypatch, certificate)
    with Pymap(tmp_path / "imap", certificate).running() as real:
        real.deliver(ONE)
        server = ImapServer("localhost", USER, lambda: PASSWORD, real.port, "starttls")
        with using(ImapInbox(server)) as inbox:
            assert raws(inbox.fetch(None, ())) == [LF_ONE]
            assert isinstance(inbox._box and inbox._box.client.sock, ssl.SSLSocket)


@pytest.mark.parametrize("tls", ["on", "starttls"])
@pytest.mark.parametrize("wrong", ["issuer", "name"])
def test_a_certificate_that_is_not_good_is_refused(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, tls: imap_box.Tls, wrong: str
) -> None:
    """From an issuer nobody knows, or for another name: no password is said, and the connection is given up."""
    if wrong == "name":
        trust(monkeypatch, certificate)
    # The certificate is for 127.0.0.1 and localhost.
    host = "127.0.0.2" if wrong == "name" else "127.0.0.1"
    with FakeImap(certificate, host=host) as fake, Proxy(fake.port, certificate, host) as proxy:
        server = ImapServer(host, USER, lambda: PASSWORD, proxy.port if tls == "on" else fake.port, tls)
        with using(ImapInbox(server)) as inbox:
            with pytest.raises(RefusedError, match="certificate") as caught:
                inbox.fetch(None, ())
            until(lambda: not fake.talks, "the connection is closed")
        assert fake.lines("LOGIN") == []
        assert PASSWORD not in repr(caught.value)


def test_starttls_that_is_not_offered_ends_the_talk(fake: FakeImap) -> None:
    """Somebody in between who takes STARTTLS away gets no password."""
    with using(inbox_of(fake, tls="starttls")) as inbox:
        with pytest.raises(UnreachableError) as caught:
            inbox.fetch(None, ())
        until(lambda: not fake.talks, "the connection is closed")
    assert fake.lines("LOGIN") == []
    assert PASSWORD not in repr(caught.value)


def test_a_server_without_tls_gets_no_password(fake: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where TLS is wanted from the first byte and a plain server answers, nothing is said to it."""
    monkeypatch.setattr(imap_box, "TIMEOUT", 0.5)
    with using(inbox_of(fake, tls="on")) as inbox, pytest.raises(UnreachableError):
        inbox.fetch(None, ())
    assert not any("LOGIN" in line for line in fake.lines())


# -- configuration --------------------------------------------------------------------------------------------------


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "service.toml"
    path.write_text(f'[[inboxes]]\nname = "post"\nkind = "imap"\n{text}', "utf-8")
    _, problems = read_service(path)
    return [str(problem) for problem in problems]


WHOLE = 'host = "imap.clinic.example"\nuser = "quill"\npassword = "mail-password"\n'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (WHOLE, ""),
        (WHOLE.replace("password =", "token ="), ""),
        (WHOLE + 'tls = "starttls"\nport = 143\nfolders = ["INBOX", "Offers"]\ndays = 7\n', ""),
        (WHOLE + 'tls = "off"\n', "in the clear"),
        (WHOLE.replace("imap.clinic.example", "localhost") + 'tls = "off"\n', ""),
        (WHOLE.replace("imap.clinic.example", "127.0.0.1") + 'tls = "off"\n', ""),
        (WHOLE.replace("imap.clinic.example", "::1") + 'tls = "off"\n', ""),
        (WHOLE.replace("imap.clinic.example", "localhost.example") + 'tls = "off"\n', "in the clear"),
        (WHOLE.replace("imap.clinic.example", "127.0.0.1.example") + 'tls = "off"\n', "in the clear"),
        (WHOLE + 'token = "mail-token"\n', "one of the two"),
        (WHOLE.replace('password = "mail-password"\n', ""), "one of the two"),
        (WHOLE.replace('user = "quill"\n', ""), "user"),
        (WHOLE.replace('host = "imap.clinic.example"\n', ""), "host"),
        (WHOLE + 'tls = "none"\n', "tls"),
        (WHOLE + "port = 0\n", "port"),
        (WHOLE + "days = 0\n", "days"),
        (WHOLE + "folders = []\n", "folders"),
    ],
)
def test_the_configuration_is_checked(tmp_path: Path, text: str, word: str) -> None:
    """What could not work, or would say the password in the clear, is a problem before anything starts."""
    problems = problems_of(tmp_path, text)
    if word:
        assert len(problems) == 1
        assert word in problems[0]
    else:
        assert problems == []


def test_a_source_is_made_of_the_configuration(fake: FakeImap, tmp_path: Path) -> None:
    """Host, port, user, secret, folders and days reach the inbox; a secret that goes away later is told by name."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "service.toml").write_text(
        f'[[inboxes]]\nname = "post"\nkind = "imap"\nhost = "127.0.0.1"\nport = {fake.port}\ntls = "off"\n'
        f'user = "{USER}"\npassword = "mail-password"\nfolders = ["Offers"]\ndays = 3\n',
        "utf-8",
    )
    service, problems = read_service(tmp_path / "service.toml")
    assert service
    assert not problems
    places = Places(tmp_path, tmp_path)
    with pytest.raises(SecretMissingError, match="mail-password"):
        build(service, places)
    path = tmp_path / "secrets" / "mail-password"
    path.write_text(f"{PASSWORD}\n", "utf-8")
    path.chmod(0o600)
    fake.put(ONE, "Offers")
    fake.put(TWO, "Offers", came=datetime.now(UTC).date() - timedelta(days=5))
    (source,) = build(service, places)
    assert isinstance(source.inbox, ImapInbox)
    with using(source.inbox) as inbox:
        assert raws(inbox.fetch(None, ())) == [ONE]
        path.unlink()
        inbox.close()
        with pytest.raises(RefusedError, match="mail-password"):
            inbox.fetch(None, ())


# -- trouble --------------------------------------------------------------------------------------------------------

EVERY = ["GREETING", "CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "SIZES", "BODY"]


def recovers(fake: FakeImap, reader: Reader, told: Sequence[bytes] = (ONE, TWO)) -> None:
    """With the server well again, the same question has its whole answer."""
    fake.well()
    assert reader.read() == list(told)
    assert reader.read() == []


def gives_up(reader: Reader, monkeypatch: pytest.MonkeyPatch, limit: str, seconds: float) -> None:
    """With so little patience; whatever is asked afterwards has the ordinary one."""
    with monkeypatch.context() as patch:
        patch.setattr(imap_box, limit, seconds)
        with pytest.raises(UnreachableError, match="in time"):
            reader.read()


@pytest.fixture
def two(fake: FakeImap) -> FakeImap:
    """Two messages wait."""
    for raw in (ONE, TWO):
        fake.put(raw)
    return fake


def test_no_server_is_unreachable(two: FakeImap, reader: Reader) -> None:
    """Where nothing listens, that is told, and a server that comes back is read."""
    two.close()
    with pytest.raises(UnreachableError):
        reader.read()
    with FakeImap(port=two.port) as again:
        for raw in (ONE, TWO):
            again.put(raw)
        recovers(again, reader)
        reader.inbox.close()


def test_a_name_that_is_not_known_is_unreachable() -> None:
    """A host that nobody knows is a server that is away."""
    server = ImapServer("mail.invalid", USER, lambda: PASSWORD)
    with pytest.raises(UnreachableError):
        ImapInbox(server).fetch(None, ())


@pytest.mark.parametrize("where", EVERY)
def test_a_connection_that_ends_is_unreachable(two: FakeImap, reader: Reader, where: str) -> None:
    """At whichever command it ends, nothing half is told, and the next poll tells all."""
    two.say(where, CUT)
    with pytest.raises(UnreachableError):
        reader.read()
    recovers(two, reader)


@pytest.mark.parametrize(
    ("where", "half"),
    [
        ("SEARCH", b"* SEARCH 1"),
        ("SEARCH", b"* SEARCH 1\r\n"),
        ("SIZES", b"* 1 FETCH (UID 1 RFC822.SIZE 57)\r\n* 2 FETCH (UID 2 RFC82"),
        ("BODY", b"* 1 FETCH (UID 1 BODY[] {5}\r\nhel"),
        ("BODY", b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello"),
        ("BODY", b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n"),
    ],
)
def test_half_an_answer_is_none(two: FakeImap, reader: Reader, where: str, half: bytes) -> None:
    """A connection that ends within an answer does not make a shorter message of it."""
    two.say(where, half, CUT)
    with pytest.raises(UnreachableError):
        reader.read()
    recovers(two, reader)


def test_a_connection_that_ends_between_polls_costs_nothing(two: FakeImap, reader: Reader) -> None:
    """Servers end what is idle: the next poll signs in anew, and nobody hears of it."""
    assert reader.read() == [ONE, TWO]
    two.cut()
    two.put(ODD)
    assert reader.read() == [ODD]
    assert len(two.lines("LOGIN")) == 2


@pytest.mark.parametrize(
    "answer", [(CUT,), (b"* BYE too long\r\n", CUT), (b"%T BAD what\r\n",), (b"nonsense\r\n",)]
)
def test_a_kept_connection_that_went_bad_is_made_anew(
    two: FakeImap, reader: Reader, answer: tuple[Piece, ...]
) -> None:
    """The connection is tried before it is used again; when that fails, a new one is made within the same poll."""
    reader.read()
    two.say("NOOP", *answer)
    two.put(ODD)
    assert reader.read() == [ODD]


@pytest.mark.parametrize("where", [*EVERY, "NOOP"])
def test_a_server_that_hangs_is_given_up(
    two: FakeImap, reader: Reader, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """After the time for an answer, at whichever command, the poll ends, and the next tells all."""
    began = time.monotonic()
    if where == "NOOP":
        # The new connection within the same poll has no more time than the one that hangs.
        monkeypatch.setattr(imap_box, "TIMEOUT", 1.0)
        reader.inbox.fetch(None, ())
        two.say(where, HANG)
        assert reader.read() == [ONE, TWO]
    else:
        two.say(where, HANG)
        two.say(where, HANG)
        gives_up(reader, monkeypatch, "TIMEOUT", 0.3)
        recovers(two, reader)
    assert time.monotonic() - began < ORDINARY


def test_a_server_that_never_shakes_hands_is_given_up(
    fake: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A TLS server that takes the connection and says nothing is away."""
    monkeypatch.setattr(imap_box, "TIMEOUT", 0.3)
    fake.say("GREETING", HANG)
    began = time.monotonic()
    with using(inbox_of(fake, tls="on")) as inbox, pytest.raises(UnreachableError):
        inbox.fetch(None, ())
    assert time.monotonic() - began < ORDINARY


def drip(fake: FakeImap, said: bytes) -> Callable[[], object]:
    """The newest connection says this over and over, a piece at a time and never an answer, until it is ended."""

    def talk() -> None:
        connection = max(fake.talks, key=lambda one: one.number).request
        while True:
            for at in range(len(said)):
                connection.sendall(said[at : at + 1])
                time.sleep(0.01)

    return talk


@pytest.mark.parametrize("where", EVERY)
@pytest.mark.parametrize("said", [b"x", b"* OK still here\r\n"], ids=["bytes", "lines"])
def test_a_server_that_drips_is_given_up(
    two: FakeImap, reader: Reader, monkeypatch: pytest.MonkeyPatch, where: str, said: bytes
) -> None:
    """A byte now and then for ever is no sign of life: an answer has its time as a whole."""
    two.say(where, *([b"* OK "] if where == "GREETING" and said == b"x" else []), drip(two, said))
    gives_up(reader, monkeypatch, "LONGEST", 0.5)
    recovers(two, reader)


def test_a_body_that_drips_is_given_up(
    two: FakeImap, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same within a message that was announced as long."""
    two.say("BODY", b"* 1 FETCH (UID 1 BODY[] {100000}\r\n", drip(two, b"x"))
    gives_up(reader, monkeypatch, "LONGEST", 0.5)
    recovers(two, reader)


def test_a_tls_server_that_drips_is_given_up(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After STARTTLS as before."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with FakeImap(certificate, host="localhost") as fake:
        fake.put(ONE)
        fake.say("SEARCH", drip(fake, b"x"))
        with using(inbox_of(fake, tls="starttls")) as inbox:
            reader = Reader(inbox)
            gives_up(reader, monkeypatch, "LONGEST", 0.5)
            recovers(fake, reader, (ONE,))


def test_a_slow_answer_is_waited_for(two: FakeImap, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer has its own time: many that take a part of it are not too long together."""
    monkeypatch.setattr(imap_box, "LONGEST", 1.2)
    for where in EVERY:
        two.say(where, lambda: time.sleep(0.2), RIGHT)
    assert reader.read() == [ONE, TWO]


def test_one_message_that_is_refused_costs_itself_alone(fake: FakeImap, reader: Reader) -> None:
    """Its body is damaged on the server: the others are read, now and later, and it is told that one is missing."""
    for raw in (ONE, b"damaged", TWO):
        fake.put(raw)
    no = (b"%T NO [SERVERBUG] cannot read " + WHISPER + b"\r\n",)
    fake.say("BODY", RIGHT)
    fake.say("BODY", *no)
    mail = reader.inbox.fetch(None, ())
    assert raws(mail) == [ONE, TWO]
    assert len(mail.problems) == 1
    assert WHISPER.decode() not in mail.problems[0]
    reader.cursor, reader.known = mail.cursor, set(keys(mail))
    fake.put(ODD)
    fake.say("BODY", *no)
    assert reader.read() == [ODD]


def test_a_message_that_was_refused_is_read_when_it_can_be(fake: FakeImap, reader: Reader) -> None:
    """`NO [UNAVAILABLE]` for a while: it is asked for at each poll, and told once."""
    for raw in (ONE, TWO):
        fake.put(raw)
    fake.say("BODY", b"%T NO [UNAVAILABLE] not now\r\n")
    assert reader.read() == [TWO]
    fake.say("BODY", b"%T NO [UNAVAILABLE] not now\r\n")
    assert reader.read() == []
    assert reader.read() == [ONE]
    assert reader.read() == []
    assert len(fake.lines("UID FETCH 1 (BODY")) == 3


def test_a_refused_message_that_is_deleted_is_forgotten(fake: FakeImap, reader: Reader) -> None:
    """And one of another UIDVALIDITY with its number is another."""
    for raw in (ONE, TWO):
        fake.put(raw)
    fake.say("BODY", b"%T NO not this one\r\n")
    assert reader.read() == [TWO]
    del fake.boxes["INBOX"].mails[1]
    mail = reader.inbox.fetch(reader.cursor, reader.known)
    assert (mail.messages, mail.problems) == ((), ())
    fake.boxes["INBOX"] = Box(validity=8)
    fake.put(ODD)
    assert reader.read() == [ODD]


def test_a_server_that_refuses_everything_is_unreachable(fake: FakeImap, reader: Reader) -> None:
    """Nothing is passed over for good because it was asked too often today."""
    wanted = [ONE + b"%d" % number for number in range(imap.MOST_REFUSED + 5)]
    for raw in wanted:
        fake.put(raw)
    fake.always("BODY", b"%T NO [LIMIT] too much today\r\n")
    with pytest.raises(UnreachableError):
        reader.read()
    recovers(fake, reader, wanted)


def test_a_real_server_that_goes_within_a_message_is_read_again(account: Account) -> None:
    """pymap's answer to FETCH is cut: nothing half is told, and the next poll tells all."""
    for raw in (ONE, TWO):
        account.deliver(raw)
    account.proxy.hook = lambda line: "PEEK" in line
    with using(account.inbox()) as inbox:
        reader = Reader(inbox)
        with pytest.raises(UnreachableError):
            reader.read()
        account.proxy.hook = None
        assert sorted(reader.read()) == sorted((LF_ONE, LF_TWO))
        assert reader.read() == []


@pytest.mark.parametrize("where", EVERY)
def test_a_goodbye_is_unreachable(two: FakeImap, reader: Reader, where: str) -> None:
    """BYE in the middle, with or without an answer after it; its words are not repeated."""
    two.say(where, b"* BYE down for " + WHISPER + b"\r\n", CUT)
    with pytest.raises(UnreachableError) as caught:
        reader.read()
    assert WHISPER.decode() not in str(caught.value)
    recovers(two, reader)


GARBAGE = {
    "binary": b"\x00\xff\xfe\x80" + WHISPER + b"\r\n",
    "http": b"HTTP/1.1 400 Bad Request\r\n\r\n" + WHISPER,
    "bare line ends": b"* OK " + WHISPER + b"\n%T OK done\n",
    "another tag": b"ZZZZ9 OK " + WHISPER + b"\r\n",
    "no": b"%T NO " + WHISPER + b"\r\n",
    "bad": b"%T BAD " + WHISPER + b"\r\n",
    "no word": b"%T PERHAPS " + WHISPER + b"\r\n",
    "no literal": b"* 1 FETCH (UID 1 BODY[] {1000000000000000}\r\n" + WHISPER,
    "no number": b"* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\n" + WHISPER,
}
AFTER_LOGIN = ["EXAMINE", "SEARCH", "SIZES", "BODY"]


@pytest.mark.parametrize("where", EVERY)
@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_nonsense_is_a_failure_like_any_other(
    two: FakeImap, reader: Reader, where: str, garbage: bytes
) -> None:
    """Whatever the server says: a ConnectorError without its words, nothing told, and the next poll tells all."""
    if where == "GREETING" and garbage.startswith(b"%T"):
        garbage = b"* PERHAPS " + WHISPER + b"\r\n"
    two.say(where, garbage, CUT)
    with pytest.raises(ConnectorError) as caught:
        reader.read()
    assert WHISPER.decode() not in str(caught.value)
    recovers(two, reader)


@pytest.mark.parametrize("found", [b"one two", b"1 2 x", b"-1", b"1.5", b"\xff"])
def test_numbers_that_are_none_are_a_failure(two: FakeImap, reader: Reader, found: bytes) -> None:
    """What is no number in the answer to SEARCH makes the whole of it useless."""
    two.say("SEARCH", b"* SEARCH " + found + b"\r\n%T OK done\r\n")
    with pytest.raises(UnreachableError):
        reader.read()
    recovers(two, reader)


def test_a_number_that_cannot_be_hides_nothing_for_ever(two: FakeImap, reader: Reader) -> None:
    """UIDs have 32 bits: after one wrong answer with a larger one, later mail is still read."""
    two.say("SEARCH", b"* SEARCH 1 2 99999999999\r\n%T OK done\r\n")
    told: list[bytes] = []
    try:
        told += reader.read()
    except UnreachableError:
        told += reader.read()
    two.put(ODD)
    assert told + reader.read() == [ONE, TWO, ODD]


@pytest.mark.parametrize(
    "told", [b"", b"* OK [UIDVALIDITY] x\r\n", b"* OK [UIDVALIDITY x] x\r\n", b"* OK UIDVALIDITY 7\r\n"]
)
def test_a_folder_without_uidvalidity_is_not_read(two: FakeImap, reader: Reader, told: bytes) -> None:
    """Without knowing how messages are numbered nothing may be kept as read."""
    two.say("EXAMINE", b"* 2 EXISTS\r\n" + told + b"%T OK [READ-ONLY] done\r\n")
    with pytest.raises(UnreachableError):
        reader.read()
    recovers(two, reader)


def test_brackets_in_the_text_after_uidvalidity_do_not_matter(two: FakeImap, reader: Reader) -> None:
    """What follows the code is for people, and may hold anything."""
    two.say(
        "EXAMINE",
        lambda: setattr(two.talks[0], "folder", "INBOX"),
        b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] UIDs [of 2026] valid\r\n* OK [UIDNEXT 3] [or more]\r\n"
        b"%T OK [READ-ONLY] done\r\n",
    )
    assert reader.read() == [ONE, TWO]


def test_a_server_may_keep_its_next_number_to_itself(two: FakeImap, reader: Reader) -> None:
    """UIDNEXT may be missing (RFC 3501 6.3.1); what is there is read, and what comes."""
    for _ in range(3):
        two.say(
            "EXAMINE",
            lambda: setattr(two.talks[0], "folder", "INBOX"),
            b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] UIDs valid\r\n%T OK [READ-ONLY] done\r\n",
        )
    assert reader.read() == [ONE, TWO]
    assert reader.read() == []
    two.put(ODD)
    assert reader.read() == [ODD]


def test_a_folder_of_another_name_does_not_lend_its_numbers(two: FakeImap) -> None:
    """UIDVALIDITY is taken from this EXAMINE, and never from the one before."""
    two.put(ODD, "Offers")
    two.say("EXAMINE", RIGHT)
    two.say("EXAMINE", b"* 1 EXISTS\r\n%T OK [READ-ONLY] done\r\n")
    with using(inbox_of(two, "INBOX", "Offers")) as inbox, pytest.raises(UnreachableError):
        inbox.fetch(None, ())


def test_a_failure_leaves_no_connection_behind(two: FakeImap, reader: Reader) -> None:
    """After twenty failures of every kind the server has no open conversation with us."""
    for number, where in enumerate(EVERY * 3):
        # One body that is refused is no failure of the poll.
        no = b"%T NO no\r\n" if where != "BODY" else b"%T BAD no\r\n"
        two.say(where, (b"%T BAD no\r\n", no, b"nonsense\r\n")[number % 3])
        with pytest.raises(ConnectorError):
            reader.read()
        two.well()
    until(lambda: not two.talks, "all connections are closed")


# -- waiting --------------------------------------------------------------------------------------------------------


@dataclass
class Watching:
    """A watch in a thread of its own, as the daemon has it."""

    stop: threading.Event = field(default_factory=threading.Event)
    wakes: list[float] = field(default_factory=list)

    def woken(self, count: int, what: str) -> None:
        until(lambda: len(self.wakes) >= count, what)

    def calm(self) -> int:
        """How often it has woken, once nothing more comes of the beginning."""
        while True:
            before = len(self.wakes)
            time.sleep(0.2)
            if len(self.wakes) == before:
                return before


@contextmanager
def watching(inbox: ImapInbox) -> Iterator[Watching]:
    """Fails when the watch does not end soon after it is told to, or ends before."""
    made = Watching()
    thread = threading.Thread(
        target=inbox.watch, args=(made.stop, lambda: made.wakes.append(time.monotonic())), daemon=True
    )
    thread.start()
    try:
        yield made
        assert thread.is_alive(), "the watch ended by itself"
    finally:
        made.stop.set()
        thread.join(LONG)
        assert not thread.is_alive(), "the watch does not end"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watch that looks often whether to end, and takes up again soon."""
    monkeypatch.setattr(imap_idle, "GLANCE", 0.05)
    monkeypatch.setattr(imap_idle, "PAUSE", 0.1)


def idling(fake: FakeImap, count: int = 1) -> None:
    until(lambda: sum(talk.idling for talk in fake.talks) >= count, "it waits under IDLE")


@pytest.mark.usefixtures("quick")
def test_it_wakes_on_a_real_server(account: Account) -> None:
    """pymap tells within a second what it finds, by IDLE, which it offers after the login only."""
    with watching(account.inbox()) as watch:
        until(lambda: "IDLE" in account.proxy.heard, "it waits under IDLE")
        before = watch.calm()
        account.deliver(ONE)
        watch.woken(before + 1, "it wakes for the message")
    assert not any(line.startswith(("SELECT", "UID", "STORE")) for line in account.proxy.heard)


def test_it_wakes_at_once(fake: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not wait for the next glance; and it wakes once at the beginning, for what came before."""
    monkeypatch.setattr(imap_idle, "GLANCE", 10 * LONG)
    with watching(inbox_of(fake)) as watch:
        watch.woken(1, "it wakes for what came before")
        before = watch.calm()
        assert before == 1
        fake.put(ONE)
        watch.woken(before + 1, "it wakes for the message")
        # Soon to be over.
        monkeypatch.setattr(imap_idle, "GLANCE", 0.05)
        fake.put(TWO)
        watch.woken(before + 2, "and for the next")


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "TLS"])
def test_an_announcement_in_pieces_is_heard(
    fake: FakeImap, certificate: Path, monkeypatch: pytest.MonkeyPatch, encrypted: bool
) -> None:
    """A line that comes in two packets ends nothing: the same connection waits on, and hears of the next message."""
    trust(monkeypatch, certificate)
    with Proxy(fake.port, certificate) as proxy:
        server = ImapServer("localhost", USER, lambda: PASSWORD, proxy.port)
        inbox = ImapInbox(server) if encrypted else inbox_of(fake)
        with watching(inbox) as watch:
            for number in range(3):
                idling(fake)
                before = watch.calm()
                line, at = b"* 5 FETCH (FLAGS ())\r\n", 3 + 7 * number
                # A server says nothing else in the middle of a line.
                with fake.lock:
                    fake.talks[0].send(line[:at])
                    time.sleep(0.1)
                    fake.talks[0].send(line[at:])
                watch.woken(before + 1, "it wakes")
    assert len(fake.lines("LOGIN")) == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("key", "pieces"),
    [
        ("IDLE", (b"+ idling\r\n* 1 EXISTS\r\n", WAIT)),
        ("IDLE", (b"* 1 EXISTS\r\n+ idling\r\n", WAIT)),
        ("DONE", (b"* 1 EXISTS\r\n%T OK done\r\n",)),
        ("EXAMINE", (RIGHT, b"* 1 EXISTS\r\n")),
    ],
    ids=["just after IDLE began", "just before", "as it ends", "as the folder is opened"],
)
def test_it_wakes_for_what_is_announced_at_the_edges(
    fake: FakeImap, monkeypatch: pytest.MonkeyPatch, key: str, pieces: tuple[Piece, ...]
) -> None:
    """A message whose announcement shares its packet with the server's own words is not left to the next poll."""
    monkeypatch.setattr(imap_idle, "IDLE", 0.8 if key == "DONE" else 600.0)
    announced: list[float] = []
    # Noted before it is sent: the other side may be quicker than the note.
    at = next(n for n, piece in enumerate(pieces) if isinstance(piece, bytes))
    fake.say(key, *pieces[:at], lambda: announced.append(time.monotonic()), *pieces[at:])
    with watching(inbox_of(fake)) as watch:
        until(lambda: announced, "it is announced")
        until(lambda: [woken for woken in watch.wakes if woken >= announced[0]], "it wakes for the message")


@pytest.mark.usefixtures("quick")
def test_it_says_idle_again_in_time(fake: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a server would hang up, IDLE is ended and begun anew, on the same connection."""
    monkeypatch.setattr(imap_idle, "IDLE", 0.3)
    with watching(inbox_of(fake)) as watch:
        until(lambda: len(fake.lines("IDLE")) >= 4, "IDLE was said four times")
        assert len(fake.lines("LOGIN")) == 1
        said = [line for line in fake.lines() if line in ("IDLE", "DONE")]
        assert said[:6] == ["IDLE", "DONE"] * 3
        idling(fake)
        before = len(watch.wakes)
        fake.put(ONE)
        watch.woken(before + 1, "it still wakes")


def test_idle_is_said_again_before_servers_hang_up() -> None:
    """RFC 2177 gives half an hour; a poll stands behind it in any case."""
    assert 60 <= imap_idle.IDLE <= 29 * 60


@pytest.mark.usefixtures("quick")
def test_it_waits_in_every_folder(fake: FakeImap) -> None:
    """A message in the second folder wakes as one in the first does."""
    fake.boxes["Offers"] = Box()
    with watching(inbox_of(fake, "INBOX", "Offers")) as watch:
        idling(fake, 2)
        for folder in ("Offers", "INBOX"):
            before = watch.calm()
            fake.put(ONE, folder)
            watch.woken(before + 1, f"it wakes for {folder}")


@pytest.mark.usefixtures("quick")
def test_waiting_opens_folders_read_only(fake: FakeImap) -> None:
    """EXAMINE, as for reading, and nothing but IDLE after it."""
    with watching(inbox_of(fake)):
        idling(fake)
    verbs = {line.split()[0] for line in fake.lines()}
    assert verbs <= {"CAPABILITY", "LOGIN", "EXAMINE", "IDLE", "DONE", "LOGOUT"}
    until(lambda: not fake.talks, "no connection is left")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("IMAP4rev1", "IMAP4rev1 IDLE"),
        ("IMAP4rev1 IDLE", "IMAP4rev1 IDLE"),
        ("IMAP4rev1 idle", None),
    ],
)
def test_idle_may_be_offered_before_or_after_the_login(
    fake: FakeImap, before: str, after: str | None
) -> None:
    """What a server can do may change with the login (RFC 3501 6.2.3): what it says last counts."""
    fake.before, fake.after = before, after
    if after is None:
        fake.always("IDLE", b"+ idling\r\n", WAIT)
    with watching(inbox_of(fake)) as watch:
        idling(fake)
        before_it = watch.calm()
        fake.put(ONE)
        watch.woken(before_it + 1, "it wakes")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("after", [None, "IMAP4rev1"])
def test_a_server_without_idle_is_left_alone(fake: FakeImap, after: str | None) -> None:
    """The poll is enough: IDLE is never said, and nobody signs in again and again."""
    fake.before = "IMAP4rev1" if after is None else "IMAP4rev1 IDLE"
    fake.after = after
    with watching(inbox_of(fake)):
        until(lambda: fake.lines("LOGIN"), "it signs in")
        time.sleep(0.6)
    assert fake.lines("IDLE") == []
    assert len(fake.lines("LOGIN")) == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("goodbye", [(), (b"* BYE shutting down\r\n",)], ids=["without a word", "with BYE"])
def test_a_watch_that_is_cut_is_taken_up_again(fake: FakeImap, goodbye: tuple[bytes, ...]) -> None:
    """A connection that ends under IDLE is made anew after the pause, and wakes for what came meanwhile."""
    with watching(inbox_of(fake)) as watch:
        idling(fake)
        before = watch.calm()
        for piece in goodbye:
            fake.talks[0].send(piece)
        fake.cut()
        until(lambda: len(fake.lines("LOGIN")) >= 2, "it signs in again")
        watch.woken(before + 1, "it wakes for what came meanwhile")
        before = watch.calm()
        fake.put(ONE)
        watch.woken(before + 1, "it wakes for the message")


@pytest.mark.usefixtures("quick")
def test_a_server_that_is_away_is_not_hammered(fake: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every new connection ends at once, it tries once a pause."""
    monkeypatch.setattr(imap_idle, "PAUSE", 0.3)
    tries: list[float] = []
    with watching(inbox_of(fake)):
        idling(fake)
        fake.always("GREETING", lambda: tries.append(time.monotonic()), CUT)
        began = time.monotonic()
        fake.cut()
        until(lambda: len(tries) >= 4, "it tries again")
    assert tries[3] - began >= 3 * 0.3


@pytest.mark.usefixtures("quick")
def test_a_watch_survives_a_restart_of_the_server(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pymap goes away for a while and comes back, over TLS: the watch wakes, then and for the next message."""
    trust(monkeypatch, certificate)
    with Pymap(tmp_path / "imap").running() as real, Proxy(real.port, certificate) as proxy:
        server = ImapServer("localhost", USER, lambda: PASSWORD, proxy.port)
        with watching(ImapInbox(server)) as watch:
            until(lambda: "IDLE" in proxy.heard, "it waits under IDLE")
            real.stop()
            proxy.cut()
            time.sleep(0.3)
            before = len(watch.wakes)
            proxy.heard.clear()
            real.start()
            until(lambda: "IDLE" in proxy.heard, "it waits again")
            watch.woken(before + 1, "it wakes for what came meanwhile")
            before = watch.calm()
            real.deliver(ONE)
            watch.woken(before + 1, "it wakes for the message")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("where", ["GREETING", "CAPABILITY", "LOGIN", "EXAMINE", "IDLE", "DONE"])
@pytest.mark.parametrize(
    "answer",
    [
        (CUT,),
        (b"%T NO later\r\n",),
        *((GARBAGE[name], CUT) for name in ("binary", "no literal", "no number")),
    ],
    ids=["cut", "no", "binary", "no literal", "no number"],
)
def test_nothing_ends_a_watch(
    fake: FakeImap, monkeypatch: pytest.MonkeyPatch, where: str, answer: tuple[Piece, ...]
) -> None:
    """Whatever went wrong at whichever command, the watch goes on when the server is well again."""
    monkeypatch.setattr(imap_idle, "IDLE", 0.3 if where == "DONE" else 600.0)
    monkeypatch.setattr(imap_box, "TIMEOUT", 1.0)
    if where == "GREETING" and answer[0] == b"%T NO later\r\n":
        answer = (b"* BYE later\r\n", CUT)
    fake.say(where, *answer)
    with watching(inbox_of(fake)) as watch:
        until(lambda: not fake._script[where], "it went wrong")
        monkeypatch.setattr(imap_idle, "IDLE", 600.0)
        idling(fake)
        before = watch.calm()
        fake.put(ONE)
        watch.woken(before + 1, "it wakes")


@pytest.mark.usefixtures("quick")
def test_a_refused_login_ends_no_watch_and_does_not_hammer(
    fake: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a wrong password it tries once a pause, for accounts are locked after too many."""
    monkeypatch.setattr(imap_idle, "PAUSE", 0.3)
    fake.password = "another"
    began = time.monotonic()
    with watching(inbox_of(fake)) as watch:
        until(lambda: len(fake.lines("LOGIN")) >= 3, "it tries again")
        assert time.monotonic() - began >= 2 * 0.3
        assert watch.wakes == []
        fake.password = PASSWORD
        idling(fake)


@pytest.mark.usefixtures("quick")
def test_a_hanging_server_does_not_hold_a_watch(fake: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the answer to DONE never comes (a router forgot the connection), a new one is made."""
    monkeypatch.setattr(imap_idle, "IDLE", 0.3)
    monkeypatch.setattr(imap_box, "TIMEOUT", 0.3)
    fake.say("DONE", HANG)
    with watching(inbox_of(fake)):
        until(lambda: len(fake.lines("LOGIN")) >= 2, "it signs in again")
        idling(fake)


@pytest.mark.parametrize("where", ["", "GREETING", "LOGIN"])
def test_a_watch_ends_when_it_is_told_to(fake: FakeImap, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Waiting, pausing after a failure, or in the middle of a sign-in: soon after `stop` it is over."""
    monkeypatch.setattr(imap_idle, "GLANCE", 0.2)
    monkeypatch.setattr(imap_idle, "PAUSE", 10 * LONG)
    monkeypatch.setattr(imap_box, "TIMEOUT", 1.0)
    if where:
        fake.always(where, HANG if where == "LOGIN" else CUT)
    with watching(inbox_of(fake)):
        if where == "LOGIN":
            until(lambda: fake.lines("LOGIN"), "it is about to sign in")
        elif where:
            time.sleep(0.3)
        else:
            idling(fake)
    until(lambda: not fake.talks, "no connection is left")


def test_a_watch_that_is_stopped_before_it_begins_says_nothing(fake: FakeImap) -> None:
    """It ends at once."""
    stop = threading.Event()
    stop.set()
    inbox_of(fake).watch(stop, lambda: pytest.fail("it woke"))
    assert fake.heard == []


@pytest.mark.usefixtures("quick")
def test_reading_and_waiting_do_not_disturb_each_other(fake: FakeImap) -> None:
    """Polls go over a connection of their own while IDLE waits on another."""
    inbox = inbox_of(fake)
    with watching(inbox) as watch, using(inbox):
        idling(fake)
        reader = Reader(inbox)
        for number in range(5):
            before = len(watch.wakes)
            raw = ONE + b"%d" % number
            fake.put(raw)
            watch.woken(before + 1, "it wakes")
            assert reader.read() == [raw]
        assert len(fake.lines("LOGIN")) == 2


# -- a folder that goes away ----------------------------------------------------------------------------------------


def test_a_folder_that_is_deleted_while_it_is_read_is_told(account: Account) -> None:
    """Deleted by another program after it was read: missing, and nothing of the cursor is lost with the failure."""
    with account.server.client(account.user) as client:
        client.create("Offers")
    account.deliver(ONE)
    with using(account.inbox("INBOX", "Offers")) as inbox:
        reader = Reader(inbox)
        assert reader.read() == [LF_ONE]
        shutil.rmtree(account.server.folder(account.user, "Offers"))
        account.deliver(TWO)
        with pytest.raises(ConnectorError):
            reader.read()
        with account.server.client(account.user) as client:
            client.create("Offers")
        assert reader.read() == [LF_TWO]

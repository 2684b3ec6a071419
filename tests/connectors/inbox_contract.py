"""What every inbox must do: read each message once, and change nothing."""

from __future__ import annotations

import pytest

from connectors.base import Inbox

ONE = b"From: desk@lakeside.example\r\nSubject: one\r\n\r\nFri 12/4 7p-7a LKSD $2400\r\n"
TWO = b"From: desk@lakeside.example\r\nSubject: two\r\n\r\nSat 12/5 7p-7a LKSD $2500\r\n"
ODD = b"Subject: \xff\xfe\x00 odd\nX: \r\r\n\n\x80\x81 bytes \r without any encoding\n"


class InboxContract:
    """Subclasses give an empty inbox and a way to deliver to it."""

    @pytest.fixture
    def inbox(self) -> Inbox:
        raise NotImplementedError

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        raise NotImplementedError

    def test_an_empty_inbox_has_no_news(self, inbox: Inbox) -> None:
        """Nothing delivered is nothing told, and no problem."""
        mail = inbox.fetch(None, ())
        assert (mail.messages, mail.problems) == ((), ())

    def test_a_message_comes_as_it_was_delivered(self, inbox: Inbox) -> None:
        """Byte for byte, whatever its bytes."""
        for raw in (ONE, ODD):
            self.deliver(inbox, raw)
        assert sorted(message.raw for message in inbox.fetch(None, ()).messages) == sorted((ONE, ODD))

    def test_a_message_is_new_once(self, inbox: Inbox) -> None:
        """With the cursor kept and its key known, a message is not told again."""
        self.deliver(inbox, ONE)
        mail = inbox.fetch(None, ())
        again = inbox.fetch(mail.cursor, [message.key for message in mail.messages])
        assert (again.messages, again.problems) == ((), ())

    def test_the_next_message_comes_alone(self, inbox: Inbox) -> None:
        """What arrives later is told without what came before."""
        self.deliver(inbox, ONE)
        mail = inbox.fetch(None, ())
        self.deliver(inbox, TWO)
        later = inbox.fetch(mail.cursor, [message.key for message in mail.messages])
        assert [message.raw for message in later.messages] == [TWO]

    def test_what_was_not_kept_is_told_again(self, inbox: Inbox) -> None:
        """When the answer was lost before it was stored, asking the same way gives the same answer."""
        for raw in (ONE, TWO):
            self.deliver(inbox, raw)
        assert inbox.fetch(None, ()) == inbox.fetch(None, ())

    def test_all_can_be_read_again(self, inbox: Inbox) -> None:
        """Without a cursor and with nothing known, everything comes under the same keys as before."""
        for raw in (ONE, TWO):
            self.deliver(inbox, raw)
        first = {message.key: message.raw for message in inbox.fetch(None, ()).messages}
        cursor = inbox.fetch(None, ()).cursor
        inbox.fetch(cursor, first)
        assert {message.key: message.raw for message in inbox.fetch(None, ()).messages} == first
        assert len(first) == 2

    def test_known_messages_are_left_out_without_a_cursor(self, inbox: Inbox) -> None:
        """What is known by its key is not told, wherever reading begins."""
        for raw in (ONE, TWO):
            self.deliver(inbox, raw)
        one = next(m for m in inbox.fetch(None, ()).messages if m.raw == ONE)
        assert [message.raw for message in inbox.fetch(None, [one.key]).messages] == [TWO]

    def test_a_closed_inbox_can_be_used_again(self, inbox: Inbox) -> None:
        """Closing lets go of connections and of nothing else."""
        self.deliver(inbox, ONE)
        inbox.close()
        assert len(inbox.fetch(None, ()).messages) == 1

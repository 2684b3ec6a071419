"""The inbox in memory keeps the contract of the real ones."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from connectors.base import Inbox
from connectors.inboxes.memory import MemoryInbox
from tests.connectors.inbox_contract import InboxContract


class TestMemoryInbox(InboxContract):
    @pytest.fixture
    def inbox(self) -> Inbox:
        return MemoryInbox()

    def deliver(self, inbox: Inbox, raw: bytes) -> None:
        assert isinstance(inbox, MemoryInbox)
        inbox.deliver(blake2b(raw).hexdigest(), raw)

"""The world from the store alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from daemon.config import Settings
from daemon.store import MessageRow, Store
from daemon.understand import digest, facts, understand

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
POLICY = """
[clinician]
name = "R. Example"
home_zone = "America/Chicago"
[goals]
floor_monthly = 0
[caps]
nights_per_month = 6
[sites.lakeside-ed]
stream = "per_diem"
names = ["Lakeside ED"]
pay = { per_shift = 2500 }
"""
SERVICE = """
[[calendars]]
name = "work"
kind = "folder"
role = "work"
path = "work"
[[inboxes]]
name = "post"
kind = "maildir"
path = "post"
"""


def _world(tmp_path: Path) -> tuple[Store, Settings]:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "service.toml").write_text(SERVICE, "utf-8")
    return Store.in_directory(tmp_path / "state"), Settings.read(tmp_path)


def test_a_file_that_could_not_be_read_is_shown(tmp_path: Path) -> None:
    """What an inbox passed over stands in the status with its reason, until a poll no longer names it."""
    store, settings = _world(tmp_path)
    store.set_fact("problems post", json.dumps(["one.eml: cannot be read: Permission denied"]))
    assert [one["why"] for one in facts(store, settings, NOW)["aside"]] == [
        "one.eml: cannot be read: Permission denied"
    ]
    store.set_fact("problems post", "[]")
    assert facts(store, settings, NOW)["aside"] == []


def test_a_calendar_never_read_is_told(tmp_path: Path) -> None:
    """Until the work calendar was read once, the problem names it; afterwards it does not."""
    store, settings = _world(tmp_path)
    assert understand(store, settings, NOW)[1].unread == ("work",)
    store.observed("work", [], [], None, NOW)
    assert understand(store, settings, NOW)[1].unread == ()


def test_the_same_world_has_the_same_digest(tmp_path: Path) -> None:
    """Looking a minute later, or having stored a message without offers, changes nothing to decide."""
    store, settings = _world(tmp_path)
    before = digest(understand(store, settings, NOW)[1], settings)
    reading = json.dumps({"kind": "other", "trust": "trusted", "shifts": [], "unresolved": [], "ignored": []})
    store.received("post", [MessageRow("post", "k", NOW, reading, None)], None, NOW)
    later = datetime(2026, 12, 1, 12, 1, tzinfo=UTC)
    assert digest(understand(store, settings, later)[1], settings) == before
    store.observed("work", [], [], None, NOW)
    assert digest(understand(store, settings, later)[1], settings) == before

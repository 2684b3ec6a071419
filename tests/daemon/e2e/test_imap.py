"""Offers that come by mail from a real IMAP server: heard under IDLE, read once, and lost by no crash."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connectors.imap_server import PASSWORD
from tests.daemon.e2e.harness import World
from tests.daemon.e2e.post import Post


@pytest.fixture
def post(world: World, tmp_path: Path) -> Iterator[Post]:
    with Post.of(world, tmp_path) as made:
        yield made


def test_an_offer_that_arrives_under_idle_is_held(post: Post) -> None:
    """Polls are an hour apart: the mail is heard of by IDLE, read, held, and left as it was on the server."""
    world = post.world
    post.mail.start()
    post.offer("first", 14)
    world.start()
    world.until(lambda: world.hold(14), "what came before is held")
    world.until(post.idles, "it waits under IDLE")
    post.offer("second", 17)
    world.until(lambda: world.hold(17), "what comes now is held")
    assert len(post.loaded()) == 2
    assert sorted(path.name for path in (world.inbox / "new").iterdir()) == ["first.eml", "second.eml"]
    assert list((world.inbox / "cur").iterdir()) == []
    said = {line.split()[0] for line in post.proxy.heard}
    assert said <= {"CAPABILITY", "LOGIN", "EXAMINE", "NOOP", "UID", "IDLE", "DONE", "LOGOUT"}
    assert PASSWORD not in world.log_text
    assert world.stop() == 0


def test_what_idle_does_not_tell_is_found_by_the_next_poll(post: Post) -> None:
    """Every connection that would wait is cut: mail is held all the same, and nothing is told as failing."""
    world = post.world
    path = world.config / "service.toml"
    path.write_text(path.read_text("utf-8").replace("poll = 3600", "poll = 1"), "utf-8")
    post.proxy.hook = lambda line: line == "IDLE"
    post.mail.start()
    world.start()
    world.until(post.idles, "it would wait under IDLE")
    post.offer("first", 14)
    world.until(lambda: world.hold(14), "what came is held")
    assert world.log("source.failing") == []
    assert world.stop() == 0


def test_a_server_that_is_down_at_the_start_is_read_when_it_is_back(post: Post) -> None:
    """Told once as failing and once as recovered; what waited on it is then held."""
    world = post.world
    post.offer("waiting", 14)
    world.start()
    world.until(lambda: world.log("source.failing"), "it has noticed")
    assert world.sources("source.failing") == ["post"]
    post.mail.start()
    world.until(lambda: world.hold(14), "what waited is held")
    assert world.sources("source.recovered") == ["post"]
    assert world.alive()
    facts = world.facts()["sources"]["post"]
    assert facts["trouble"] is None
    assert len(post.loaded()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_loses_no_message_and_reads_none_twice(post: Post, when: str) -> None:
    """Killed as the message goes over the wire, or after it was stored: in the end it is held, by one entry."""
    world = post.world
    post.mail.start()
    post.offer("first", 14)
    if when == "before":

        def kill(line: str) -> bool:
            if "PEEK" in line:
                world.send(signal.SIGKILL)
            return "PEEK" in line

        post.proxy.hook = kill
        world.start()
        assert world.wait() == -signal.SIGKILL
        assert not world.log("inbox.received")
        post.proxy.hook = None
    else:
        world.start()
        world.until(lambda: world.log("inbox.received"), "it is stored")
        world.end()
    before = len(post.loaded())
    post.offer("second", 17)
    world.start()
    world.until(lambda: world.hold(14) and world.hold(17), "both are held")
    assert len(post.loaded()) - before == (2 if when == "before" else 1)
    assert len(world.titled("HOLD")) == 2
    assert sum(line["messages"] for line in world.log("inbox.received")) == 2


def test_a_message_that_is_too_large_stays_told(post: Post) -> None:
    """A message that was left unread is among what needs a look, and is still there after the next polls."""
    world = post.world
    post.mail.start()
    with (world.inbox / "new" / "huge.eml").open("wb") as file:
        file.truncate(26_000_000)
    world.start()
    world.until(lambda: world.log("decided"), "it has decided")
    assert post.loaded() == []
    assert "26 MB" in str(world.facts()["aside"])
    post.offer("next", 14)
    world.send(signal.SIGHUP)
    world.until(lambda: world.hold(14), "the next message is held")
    assert "26 MB" in str(world.facts()["aside"])

"""From a message's arrival at a real IMAP server to the stored offer, with the real daemon waiting under IDLE.

The server looks at its maildir now and then; so the second column begins when it has told the daemon, which then asks
on its other connection.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rich import box
from rich.table import Table

from daemon.show import console
from tests.daemon.e2e.harness import World
from tests.daemon.e2e.post import Post

MESSAGES = 10
AIM = 0.5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with (
        tempfile.TemporaryDirectory(prefix="bench-idle-") as root,
        World.open(Path(root) / "world") as world,
        Post.of(world, Path(root)) as post,
    ):
        post.mail.start()
        world.start()
        _until(post.idles)
        times = [_one(post, number) for number in range(count)]
    table = Table(box=box.SIMPLE, title=f"{count} messages, one after the other, under IDLE")
    for head in ("figure", "median", "least", "most", f"at most {AIM} s"):
        table.add_column(head, justify="left" if head == "figure" else "right")
    names = ("from the maildir to the store", "from the server's word to the store")
    for name, found in zip(names, zip(*times, strict=True), strict=True):
        middle = statistics.median(found)
        cells = (f"{value:.3f} s" for value in (middle, min(found), max(found)))
        table.add_row(name, *cells, "met" if middle <= AIM else "missed")
    console().print(table)


def _one(post: Post, number: int) -> tuple[float, float]:
    store = post.world.state / "shiftward.db"
    asked = post.proxy.count("NOOP")
    dropped = time.perf_counter()
    post.offer(f"message-{number}", 14 + number % 20)
    _until(lambda: post.proxy.count("NOOP") > asked)
    told = time.perf_counter()
    _until(lambda: _stored(store) > number)
    stored = time.perf_counter()
    return stored - dropped, stored - told


def _stored(store: Path) -> int:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM message").fetchone()[0])


def _until(condition: Callable[[], bool], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            raise SystemExit("waited in vain")
        time.sleep(0.002)


if __name__ == "__main__":
    main()

"""The figures of a running daemon, as Prometheus scrapes them."""

from __future__ import annotations

import re
import urllib.request

from tests.daemon.e2e.harness import World
from tests.waiting import LONG, free_port

PASSES = "shiftward_passes_total"


def scraped(port: int) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/metrics", timeout=LONG) as answer:
        return str(answer.read().decode())


def value(figures: str, name: str, *labels: str) -> float:
    """The sum of a metric's samples with these labels."""
    lines = re.findall(rf"^{name}(\{{.*\}})? (\S+)$", figures, re.MULTILINE)
    return sum(float(number) for given, number in lines if all(label in given for label in labels))


def test_a_daemon_tells_its_figures_and_no_name(world: World) -> None:
    """They agree with the log and grow with what happens; a dead server is seen; no name of anything is told."""
    port = free_port()
    world.write_service(more=f'[metrics]\nlisten = "127.0.0.1:{port}"\n')
    world.furnish()
    world.start()
    world.until(lambda: world.settled() and world.rests(), "the month is published")
    world.rounds(2)
    first = scraped(port)
    assert value(first, "shiftward_polls_total", 'role="work"', 'outcome="ok"') >= 2
    assert value(first, "shiftward_entries_total", 'outcome="written"') >= 4
    assert value(first, "shiftward_decisions_total", 'status="optimal"') >= 1
    assert value(first, "shiftward_source_failing") == 0
    assert 20e6 < value(first, "shiftward_resident_memory_bytes") < 500e6
    assert value(first, "shiftward_store_bytes") >= 50_000
    world.server.stop()
    world.until(lambda: len(world.log("source.failing")) == 3, "it has noticed")
    world.until(lambda: value(scraped(port), PASSES) > value(first, PASSES), "a pass has followed")
    second = scraped(port)
    assert value(second, "shiftward_source_failing", 'kind="dav"') == 3
    assert value(second, "shiftward_polls_total", 'outcome="failed"') >= 3
    for name in ("duty", "family", "phone", "post", "Lakeside", "Quillon", "Wombat", "http", world.user):
        assert name not in first + second, name

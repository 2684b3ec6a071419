"""Figures for Prometheus: the format, what is counted, and that no name is told."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import UnreachableError
from connectors.event import Item
from daemon.config import MetricsSection, Service
from daemon.desk import Answered, Look, Published
from daemon.metrics import CONTENT, Family, Tally, families, serving, text
from daemon.outbox import Outcome
from daemon.sources import Source
from daemon.store import Store
from tests.waiting import LONG, free_port

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
SERVICE = Service.model_validate(
    {
        "calendars": [
            {"name": "Lakeside roster", "kind": "folder", "role": "work", "path": "x"},
            {"name": "family", "kind": "feed", "role": "personal", "address": "secret-address"},
        ],
        "inboxes": [{"name": "post", "kind": "maildir", "path": "y"}],
    }
)
LINE = re.compile(
    r'([a-z_]+)(?:\{([a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="[^"\n]*")*)\})? (-?[0-9.e+]+)'
)


def read(figures: str) -> dict[tuple[str, str], float]:
    """A strict reading of the format: each family is introduced once, before all its samples."""
    found: dict[tuple[str, str], float] = {}
    introduced: list[str] = []
    for line in figures.splitlines():
        if line.startswith("# HELP "):
            introduced.append(line.split()[2])
            continue
        if line.startswith("# TYPE "):
            assert line.split()[2:] in ([introduced[-1], "counter"], [introduced[-1], "gauge"])
            continue
        match = LINE.fullmatch(line)
        assert match, line
        name, labels, value = match.groups()
        assert name == introduced[-1]
        assert (name, labels or "") not in found
        found[name, labels or ""] = float(value)
    assert len(introduced) == len(set(introduced))
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_directory(tmp_path)


def test_everything_that_happens_is_counted(store: Store) -> None:
    """Polls by outcome, entries by what became of them, plans by status, passes; and the rest is left alone."""
    tally = Tally()
    roster, post = Source("Lakeside roster", "work", 60), Source("post", "inbox", 60)
    phone = Source("phone", "publish", 60)
    for event in (
        Answered(roster, None),
        Answered(roster, None),
        Answered(post, None, UnreachableError("status 503")),
        Look(),
        Published(
            phone, Outcome(items=(Item("a", "1", ""), Item("b", "1", "")), gone=("c",), conflicts=("d",)), ()
        ),
        Published(phone, Outcome(rejected=("e",), items=(Item("a", "2", ""),)), ()),
    ):
        tally.heard(event)
    tally.passed(NOW)
    tally.decisions["feasible"] += 1
    store.observed("Lakeside roster", [], [], None, NOW - timedelta(seconds=90))
    store.failed("post", "status 503", NOW)
    found = read(text(families(tally, SERVICE, store, 3, NOW)))
    counted = {
        (
            name.removeprefix("shiftward_"),
            tuple(re.findall(r'(?:role|status|outcome)="(\w+)"', labels)),
        ): value
        for (name, labels), value in found.items()
    }
    sizes = [counted.pop(("resident_memory_bytes", ())), counted.pop(("store_bytes", ()))]
    assert all(size > 10_000 for size in sizes)
    assert counted == {
        ("passes_total", ()): 1,
        ("last_pass_timestamp_seconds", ()): NOW.timestamp(),
        ("decisions_total", ("feasible",)): 1,
        ("decisions_total", ("optimal",)): 0,
        ("polls_total", ("work", "ok")): 2,
        ("polls_total", ("work", "failed")): 0,
        ("polls_total", ("personal", "ok")): 0,
        ("polls_total", ("personal", "failed")): 0,
        ("polls_total", ("inbox", "ok")): 0,
        ("polls_total", ("inbox", "failed")): 1,
        ("source_last_good_age_seconds", ("work",)): 90,
        ("source_failing", ("work",)): 0,
        ("source_failing", ("personal",)): 0,
        ("source_failing", ("inbox",)): 1,
        ("entries_total", ("written",)): 3,
        ("entries_total", ("removed",)): 1,
        ("entries_total", ("conflict",)): 1,
        ("entries_total", ("rejected",)): 1,
        ("review", ()): 3,
    }


def test_no_name_is_told(store: Store) -> None:
    """A source may bear the name of a hospital: its digest differs from store to store, and from source to source."""
    said = text(families(Tally(), SERVICE, store, None, NOW))
    for name in ("Lakeside", "roster", "family", "post", "secret-address"):
        assert name not in said
    assert len(set(re.findall(r'source="([0-9a-f]{8})"', said))) == 3


def test_odd_labels_and_numbers_keep_the_format() -> None:
    """Quotes, backslashes and line ends are escaped; large counts are whole; an empty family is not mentioned."""
    odd = 'a"b\\c\nd'
    said = text(
        [
            Family("one", "counter", "Help.", (({"key": odd}, 123_456_789_012),)),
            Family("two", "gauge", "Help.", ()),
            Family("three", "gauge", "Help.", (({}, 0.25),)),
        ]
    )
    assert list(read(said).values()) == [123_456_789_012, 0.25]
    assert said.splitlines()[2] == 'one{key="a\\"b\\\\c\\nd"} 123456789012'
    assert "two" not in said


def get(port: int, path: str = "/metrics") -> tuple[int, str, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=LONG) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, "", ""


@dataclass
class Log:
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def error(self, event: str, **facts: Any) -> None:
        self.said.append((event, facts))


def test_they_are_served_where_they_are_asked_for() -> None:
    """Each scrape is made anew; other paths are not there; afterwards nothing listens."""
    port, times = free_port(), iter(range(9))
    section = MetricsSection(listen=f"127.0.0.1:{port}")
    with serving(section, lambda: f"shiftward_times {next(times)}\n", Log()):
        assert get(port) == (200, CONTENT, "shiftward_times 0\n")
        assert get(port, "/metrics?x=1") == (200, CONTENT, "shiftward_times 1\n")
        assert get(port, "/")[0] == 404
        assert get(port, "/../policy.toml")[0] == 404
    with pytest.raises(OSError, match="refused"):
        get(port)


def test_who_hangs_up_hurts_nobody() -> None:
    port = free_port()
    with serving(MetricsSection(listen=f"127.0.0.1:{port}"), lambda: "fine 1\n", Log()):
        with socket.create_connection(("127.0.0.1", port)) as sock:
            sock.sendall(b"GET /met")
        with socket.create_connection(("127.0.0.1", port)) as sock:
            sock.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        assert get(port)[2] == "fine 1\n"


def test_nothing_listens_without_an_address() -> None:
    log = Log()
    with serving(MetricsSection(), lambda: "", log):
        pass
    assert log.said == []


def test_an_address_that_is_taken_is_told_and_stops_nothing() -> None:
    """The calendars matter more than the figures."""
    log = Log()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        section = MetricsSection(listen=f"127.0.0.1:{taken.getsockname()[1]}")
        with serving(section, lambda: "", log):
            pass
    assert log.said == [("metrics.unavailable", {"reason": "Address already in use"})]

"""Figures for Prometheus, on request: its text format 0.0.4 over HTTP, at an address of service.toml.

The few lines of the format are written here: the client library would bring a registry, a server and collectors of its own.
No figure tells a name: a source is its kind, its role and a digest of its name, which `shiftward status --json` shows too.
"""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any, Literal, cast

from daemon.config import MetricsSection, Service
from daemon.desk import Answered, Published
from daemon.log import label
from daemon.rows import Health
from daemon.standing import sources
from daemon.store import Store

CONTENT = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]


@dataclass
class Tally:
    """What the loop counts from its start on. One thread writes, any thread may read."""

    passes: int = 0
    passed_at: datetime | None = None
    decisions: Counter[str] = field(default_factory=Counter)
    """By the status of the plan; `refused` where it did not pass the policy's own check."""
    polls: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By source and `ok` or `failed`."""
    entries: Counter[str] = field(default_factory=Counter)
    """`written`, `removed`, `conflict` or `rejected`."""

    def passed(self, moment: datetime) -> None:
        self.passes, self.passed_at = self.passes + 1, moment

    def heard(self, event: object) -> None:
        match event:
            case Answered(source=source, trouble=trouble):
                self.polls[source.name, "failed" if trouble else "ok"] += 1
            case Published(outcome=outcome):
                self.entries["written"] += len(outcome.items)
                self.entries["removed"] += len(outcome.gone)
                self.entries["conflict"] += len(outcome.conflicts)
                self.entries["rejected"] += len(outcome.rejected)


@dataclass(frozen=True, slots=True)
class Family:
    """A metric, and its samples by their labels."""

    name: str
    kind: Literal["counter", "gauge"]
    help: str
    samples: tuple[tuple[Labels, float], ...]


def families(
    tally: Tally, service: Service, store: Store, review: int | None, moment: datetime
) -> Iterator[Family]:
    """Everything that is told at one scrape. `review`: questions that wait for the clinician, once they are known."""
    health, instance = store.health(), store.instance()
    labels = {
        name: {"source": label(instance, name), "kind": kind, "role": role}
        for name, kind, role in sources(service)
    }
    known = {name: health.get(name, Health(name, None, None, 0, None)) for name in labels}

    def one(value: float | None) -> tuple[tuple[Labels, float], ...]:
        return () if value is None else (({}, value),)

    def by(key: str, counted: Counter[str], *names: str) -> tuple[tuple[Labels, float], ...]:
        return tuple(({key: name}, counted[name]) for name in sorted({*names, *counted}))

    yield Family("shiftward_passes_total", "counter", "Passes of the loop.", one(tally.passes))
    yield Family(
        "shiftward_last_pass_timestamp_seconds",
        "gauge",
        "When the last pass began.",
        one(tally.passed_at.timestamp() if tally.passed_at else None),
    )
    yield Family(
        "shiftward_decisions_total",
        "counter",
        "Plans made, by status.",
        by("status", tally.decisions, "optimal"),
    )
    yield Family(
        "shiftward_polls_total",
        "counter",
        "Answers of sources, by outcome.",
        tuple(
            ({**labels[name], "outcome": outcome}, tally.polls[name, outcome])
            for name in labels
            for outcome in ("ok", "failed")
        ),
    )
    yield Family(
        "shiftward_source_last_good_age_seconds",
        "gauge",
        "Time since a source was last read well.",
        tuple(
            (labels[name], max(0.0, (moment - found.last_good).total_seconds()))
            for name, found in known.items()
            if found.last_good
        ),
    )
    yield Family(
        "shiftward_source_failing",
        "gauge",
        "1 while there is no contact to a source.",
        tuple((labels[name], float(found.failing_since is not None)) for name, found in known.items()),
    )
    yield Family(
        "shiftward_entries_total",
        "counter",
        "Entries of the publish calendar, by what became of a write.",
        by("outcome", tally.entries, "written", "removed", "conflict", "rejected"),
    )
    yield Family("shiftward_review", "gauge", "Questions that wait for the clinician.", one(review))
    yield Family("shiftward_resident_memory_bytes", "gauge", "Memory of this process.", one(resident()))
    yield Family("shiftward_store_bytes", "gauge", "Size of the store's files.", one(size_of(store)))


def resident() -> int | None:
    """Bytes in memory; None where the system does not say."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return None


def size_of(store: Store) -> int | None:
    """Bytes of the store with what is not yet merged into it; None for a database elsewhere."""
    kind, _, path = store.url.partition(":///")
    if kind != "sqlite":
        return None
    files = (Path(path), Path(f"{path}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def text(found: Iterable[Family]) -> str:
    """In Prometheus's text format; a family without samples is left out."""
    lines: list[str] = []
    for one in found:
        if one.samples:
            lines += [f"# HELP {one.name} {one.help}", f"# TYPE {one.name} {one.kind}"]
            lines += [f"{one.name}{_labels(labels)} {value:.15g}" for labels, value in one.samples]
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: Labels) -> str:
    told = ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


# -- over HTTP ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(section: MetricsSection, scrape: Callable[[], str], log: Any) -> Iterator[None]:
    """Answer at `section.listen` in a thread until the block ends; without an address do nothing.

    An address that cannot be had is logged, and is no reason to leave the calendars alone.
    """
    if section.listen is None:
        yield
        return
    try:
        server = _Server(section, scrape)
    except OSError as error:
        log.error("metrics.unavailable", reason=error.strerror)
        yield
        return
    with server:
        threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


class _Server(socketserver.TCPServer):
    allow_reuse_address = True

    def __init__(self, section: MetricsSection, scrape: Callable[[], str]) -> None:
        address, port = section.place
        self.address_family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
        self.scrape = scrape
        super().__init__((str(address), port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up hurts nobody."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server_version, sys_version = "Shiftward", ""

    def do_GET(self) -> None:  # named so by http.server
        if self.path.partition("?")[0] != "/metrics":
            self.send_response(404)
            self.end_headers()
            return
        body = cast("_Server", self.server).scrape().encode()
        self.send_response(200)
        self.send_header("Content-Type", CONTENT)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # named so by http.server
        """Who asks is nobody's business."""

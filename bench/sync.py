"""Synchronisation, measured beside vdirsyncer on one real Radicale, and the reading of what was synchronised.

Ours is a process that is running anyway, as a daemon is; vdirsyncer's is started for every sync, as its timer does,
so its times are also given less what `vdirsyncer --version` takes. In every run each takes its turn, another one
first, so that a noisy machine is noisy for all; ratios are of one run. Every aim is computed from what was found.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path

from bench.sync_data import mixture, shift
from bench.sync_ours import Ours, read
from bench.sync_programs import PASSWORD, USER, Radicale, Vdirsyncer
from connectors.calendars.dav import DavCalendar
from connectors.calendars.dav_stamp import LONGEST, OVER
from connectors.calendars.expand import EventReader
from connectors.errors import UnreachableError

FIVE = ("a", "b", "c", "d", "e")
BIG, SMALL = "big", "small"
EVENTS, MANY, FEW = int(os.environ.get("BENCH_EVENTS", "2500")), 2_668, 250
BATCH = 50
"""The changed objects that one more request may bring; an aim, not the connector's setting."""
CHANGED = (1, 50, 120)
EARLY, LATE = 100, 1_000
"""Looks after which memory is compared."""


@dataclass(frozen=True, slots=True)
class Take:
    """One measurement: seconds; our processor's part of them, and the server's; requests answered."""

    seconds: float
    own: float
    server: float
    requests: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Takes of the same thing, one a run. `start` is what the peer needs to start and do nothing."""

    name: str
    ours: Sequence[Take]
    peer: Sequence[Take] = ()
    start: Sequence[Take] = ()

    def ratio(self, *, less_start: bool = False) -> float:
        """How many times longer the peer takes, as the median of the runs."""
        starts = [take.seconds if less_start else 0.0 for take in self.start]
        runs = zip(self.ours, self.peer, starts, strict=True)
        return statistics.median((peer.seconds - start) / ours.seconds for ours, peer, start in runs)


@dataclass(frozen=True, slots=True)
class Aim:
    text: str
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Part:
    figures: Sequence[Figure]
    aims: Sequence[Aim]


@dataclass(frozen=True, slots=True)
class Place:
    """A server with five calendars, a big one and a small one; us and vdirsyncer, who both know the five."""

    root: Path
    server: Radicale
    ours: Ours
    peer: Vdirsyncer
    runs: int

    @classmethod
    def at(cls, server: Radicale, root: Path, runs: int) -> Place:
        say("first syncs of the five calendars, which are not measured")
        ours = Ours({name: server.url(name) for name in FIVE}, root / "ours")
        for name in FIVE:
            ours.look(name)
        peer = Vdirsyncer(root / "peer", server, FIVE)
        peer.sync()
        # Longer than the last change must be over, before its time says that there was none since.
        time.sleep(OVER + 1)
        for name in FIVE:
            ours.look(name)
        return cls(root, server, ours, peer, runs)

    def take(self, act: Callable[[], object]) -> Take:
        self.server.answers()
        own, begun = time.process_time(), time.perf_counter()
        act()
        seconds, own = time.perf_counter() - begun, time.process_time() - own
        answers = self.server.answers()
        return Take(seconds, own, sum(answer.seconds for answer in answers), len(answers))

    def in_turn(self, run: int, *acts: Callable[[], object]) -> list[Take]:
        """Each once, in another order every run."""
        at = [(run + number) % len(acts) for number in range(len(acts))]
        takes = {number: self.take(acts[number]) for number in at}
        return [takes[number] for number in range(len(acts))]


def say(text: str) -> None:
    print(f"» {text}", file=sys.stderr, flush=True)


@contextmanager
def laid_out(runs: int) -> Iterator[Place]:
    """Everything that is measured on. It is gone, and no process is left, when the block ends, however it ends."""
    root = Path(tempfile.mkdtemp(prefix="bench-sync-"))
    try:
        with Radicale(root / "server") as server:
            fill(server, root / "filling")
            place = Place.at(server, root, runs)
            yield place
            place.ours.close()
    finally:
        shutil.rmtree(root)


@contextmanager
def in_processes(place: Place) -> Iterator[Place]:
    """The same calendars behind a server of a process for each core."""
    root = place.root / "processes"
    server = Radicale(root / "server", store=place.server.store, processes=max(2, os.cpu_count() or 1))
    with server:
        another = Place.at(server, root, place.runs)
        yield another
        another.ours.close()


def fill(server: Radicale, directory: Path) -> None:
    """Files as Radicale keeps them; one look at a calendar makes its caches, as writing over the network would."""
    say(f"filling {len(FIVE)} calendars with {EVENTS:,} events each, one with {MANY:,} and one with {FEW}")
    objects = {f"{number:05}.ics": shift(number) for number in range(MANY)}
    first, *others = FIVE
    server.fill(first, dict(list(objects.items())[:EVENTS]))
    server.fill(SMALL, dict(list(objects.items())[:FEW]))
    maker = Ours({name: server.url(name) for name in (first, BIG, SMALL)}, directory)
    settle(maker, first)
    for name in (*others, BIG):
        server.copy(first, name)
    server.fill(BIG, dict(list(objects.items())[EVENTS:]))
    settle(maker, BIG)
    settle(maker, SMALL)
    maker.close()


def settle(maker: Ours, name: str) -> None:
    """Look until there is an answer: a server that meets its objects first may need longer than we wait."""
    for _ in range(20):
        with suppress(UnreachableError):
            maker.look(name)
            return
    raise SystemExit("the calendar server does not come to an end with its objects")


# -- what is measured ----------------------------------------------------------------------------------------------


def nothing_changed(place: Place) -> Part:
    ours, takes = place.ours, []
    server = f"{place.server.processes} processes" if place.server.processes > 1 else "as it comes"
    with ThreadPoolExecutor(len(FIVE)) as threads:
        for run in range(place.runs):
            say(f"nothing changed, the server {server}: run {run + 1} of {place.runs}")
            takes.append(
                place.in_turn(
                    run,
                    lambda: [ours.look(name) for name in FIVE],
                    lambda: ours.look_side_by_side(threads, FIVE),
                    lambda: ours.look_by_report(threads, FIVE),
                    place.peer.sync,
                    place.peer.start,
                )
            )
    in_a_row, together, by_report, peer, start = zip(*takes, strict=True)
    head = f"nothing changed in {len(FIVE)} × {EVENTS:,} events, the server {server}"
    row = Figure(f"{head}, in a row", in_a_row, peer, start)
    whole = Figure(f"{head}, side by side", together, peer, start)
    seldom = Figure(f"{head}, after a start and every {LONGEST / 60:.0f} minutes", by_report, peer, start)
    aims = [
        at_most(f"requests a calendar, the server {server}", most_requests(whole.ours) / len(FIVE), 1, ""),
        at_most(whole.name, middle(whole.ours), 0.3, " s"),
        at_least(f"{whole.name}, vdirsyncer ÷ ours", whole.ratio(), 10),
    ]
    return Part([row, whole, seldom], aims)


def first_sync(place: Place) -> Part:
    takes = []
    for run in range(place.runs):
        say(f"first sync: run {run + 1} of {place.runs}")
        fresh = place.root / f"first-{run}"
        place.server.forget_tokens(BIG)
        peer = Vdirsyncer(fresh / "peer", place.server, [BIG])
        ours = Ours({BIG: place.server.url(BIG)}, fresh / "ours")
        takes.append(place.in_turn(run, partial(ours.look, BIG), peer.sync, peer.start))
        assert len(ours.store.etags(BIG)) == MANY
        ours.close()
    one = Figure(f"first sync of {MANY:,} events", *zip(*takes, strict=True))
    aims = [
        at_least(f"{one.name}, vdirsyncer ÷ ours", one.ratio(), 1),
        at_least(f"{one.name}, vdirsyncer less its start ÷ ours", one.ratio(less_start=True), 1),
    ]
    return Part([one], aims)


def some_changed(place: Place, count: int) -> Part:
    name, takes = FIVE[0], []
    for run in range(place.runs):
        say(f"{count} changed: run {run + 1} of {place.runs}")
        change(place, name, count, version=run + 1)
        takes.append(
            place.in_turn(run, lambda: place.ours.look(name), lambda: place.peer.sync(name), place.peer.start)
        )
        assert place.ours.ask(name, None, place.ours.store.etags(name)).items == ()
    one = Figure(f"{count} of {EVENTS:,} events changed", *zip(*takes, strict=True))
    aim = at_most(f"requests when {count} changed", most_requests(one.ours), 1 + ceil(count / BATCH), "")
    return Part([one], [aim])


def change(place: Place, name: str, count: int, *, version: int) -> None:
    """Another device writes new versions of events from all over the calendar."""
    etags = place.ours.store.etags(name)
    device = DavCalendar(place.server.url(name), USER, PASSWORD)
    for href in sorted(etags)[:: EVENTS // count][:count]:
        number = int(Path(href).stem)
        text = shift(number, version=1_000 * count + version)
        device.update(href, text, etags[href])
    device.close()


def reading(place: Place) -> Part:
    objects = list(mixture())
    takes: list[list[Take]] = []
    found = 0
    for run in range(place.runs):
        say(f"reading: run {run + 1} of {place.runs}")
        reader = EventReader()
        row = [place.take(partial(read, reader, "one", objects))]
        row.append(place.take(partial(read, reader, "two", objects)))
        row.append(place.take(partial(read, reader, "two", objects)))
        readings = read(reader, "two", objects)
        assert len(readings) == len(objects)
        assert not any(one.problems for one in readings)
        found = sum(len(one.events) for one in readings)
        reader.close()
        takes.append(row)
    head = f"reading {len(objects):,} objects ({found:,} events in 3 months)"
    fresh, warm, again = zip(*takes, strict=True)
    figures = [
        Figure(f"{head}, its process starting", fresh),
        Figure(f"{head}, its process running", warm),
        Figure(f"{head}, unchanged", again),
    ]
    return Part(figures, [at_most(one.name, middle(one.ours), 0.5, " s") for one in figures[:2]])


def memory(place: Place) -> Part:
    """In a process of its own, in which nothing else has happened; few events, so that a look is soon over."""
    say(f"memory: {LATE:,} looks at {FEW} events")
    words = [place.server.url(SMALL), str(place.root / "memory"), str(EARLY), str(LATE)]
    command = [sys.executable, "-m", "bench.sync_ours", *words]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        told, _ = child.communicate()
    finally:
        child.kill()
        child.wait()
    early, late = (float(line) for line in told.split())
    text = f"growth of memory from look {EARLY} to {LATE:,} at {FEW} events ({early:.1f} to {late:.1f} MB, one run)"
    return Part([], [Aim(f"{text} < 1 MB", f"{late - early:.2f} MB", late - early < 1)])


# -- what is told --------------------------------------------------------------------------------------------------


def middle(takes: Sequence[Take]) -> float:
    return statistics.median(take.seconds for take in takes)


def most_requests(takes: Sequence[Take]) -> int:
    return max(take.requests for take in takes)


def at_most(text: str, found: float, aim: float, unit: str) -> Aim:
    return Aim(f"{text} ≤ {aim:g}{unit}", f"{found:.3g}{unit}", found <= aim)


def at_least(text: str, found: float, aim: float) -> Aim:
    return Aim(f"{text} ≥ {aim:g}", f"{found:.2f}", found >= aim)


def figures_table(figures: Sequence[Figure]) -> str:
    heads = (
        "seconds|Shiftward|of it the server|of it our CPU|requests|vdirsyncer|requests|÷ ours|less its start"
    )
    rows = [heads.split("|")]
    for one in figures:
        server, own = (take.server for take in one.ours), (take.own for take in one.ours)
        ours = [spread(one.ours), typical(server), typical(own), str(most_requests(one.ours))]
        peer = ["", "", "", ""]
        if one.peer:
            ratios = [f"{one.ratio():.1f}", f"{one.ratio(less_start=True):.1f}"]
            peer = [spread(one.peer), str(most_requests(one.peer)), *ratios]
        rows.append([one.name, *ours, *peer])
    return table(rows)


def aims_table(aims: Sequence[Aim]) -> str:
    return table(
        [["aim", "found", ""]] + [[aim.text, aim.found, "met" if aim.met else "missed"] for aim in aims]
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """Markdown that can be read as it is; the first row holds the heads."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def typical(parts: Iterable[float]) -> str:
    return f"{statistics.median(parts):.3f}"


def spread(takes: Sequence[Take]) -> str:
    """Median, least and most."""
    seconds = [take.seconds for take in takes]
    return f"{statistics.median(seconds):.3f} ({min(seconds):.3f}..{max(seconds):.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sync", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (3)")
    runs = parser.parse_args().runs
    # Ends the block that holds the server, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with laid_out(runs) as place:
        parts = [nothing_changed(place)]
        with in_processes(place) as another:
            parts.append(nothing_changed(another))
        parts.append(first_sync(place))
        parts += [some_changed(place, count) for count in CHANGED]
        parts += [reading(place), memory(place)]
    starts = [take for part in parts for figure in part.figures for take in figure.start]
    print(f"{runs} runs, {os.cpu_count()} cores, Python {platform.python_version()}: median (least..most)\n")
    print(figures_table([figure for part in parts for figure in part.figures]))
    print(f"\nvdirsyncer's start: {spread(starts)} s; CPU is that of our main process\n")
    print(aims_table([aim for part in parts for aim in part.aims]))


if __name__ == "__main__":
    main()

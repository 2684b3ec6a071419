"""The offer reader, measured on the corpora: what it asserts, what it asks, what it misses, and how fast it is.

Every aim is computed from what was found. A figure on the corpora says how the reader does on messages that were
written to be hard; it does not say how often such messages arrive.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

from bench.reader_score import CORPORA, Finding, Score, scored, together
from bench.reader_speed import Speed, measured

ROUNDS = 9
PRECISION, RECALL, RATE = 100.0, 95.0, 200.0


@dataclass(frozen=True, slots=True)
class Aim:
    text: str
    found: str
    met: bool


def _of(score: Score, count: str, of: str) -> str:
    return f"{score.counts[count]} of {score.counts[of]}"


def _percent(score: Score, count: str, of: str) -> str:
    return f"{score.part(count, of):.1f} % ({_of(score, count, of)})"


def figures(score: Score) -> list[tuple[str, str]]:
    """(what, how much) for one corpus."""
    counts = score.counts
    return [
        ("messages", str(counts["messages"])),
        ("shifts that the gold asserts", str(counts["gold"])),
        ("precision: asserted, and right in every field", _percent(score, "right", "asserted")),
        ("  the same without the deadline", _percent(score, "right but for the deadline", "asserted")),
        ("recall: asserted and right", _percent(score, "right", "gold")),
        ("put up as a question instead", str(counts["asked"])),
        ("  where the gold says that asking is as good", str(counts["asked, as good"])),
        ("misread", str(counts["misread"])),
        ("left out, which the gold says is as good", str(counts["left out, as good"])),
        ("silently missed", str(counts["silently missed"])),
        ("questions of the gold that are asked", _of(score, "questions kept", "questions")),
        ("questions about nothing", str(counts["questions about nothing"])),
        ("trust judged right", _of(score, "trust", "messages")),
        ("kind named right", _of(score, "kind", "messages")),
    ]


def quality_table(named: Sequence[tuple[str, Score]]) -> Table:
    table = Table(box=box.SIMPLE, title="what is read")
    table.add_column("figure")
    for name, _ in named:
        table.add_column(name, justify="right")
    columns = [figures(score) for _, score in named]
    for row in zip(*columns, strict=True):
        table.add_row(row[0][0], *(value for _, value in row))
    return table


def speed_table(speed: Speed) -> Table:
    table = Table(
        box=box.SIMPLE, title=f"one process, one thread, {len(speed.rates)} rounds over all messages"
    )
    for head in ("figure", "median", "least", "most"):
        table.add_column(head, justify="left" if head == "figure" else "right")
    rows = (
        ("messages a second of the processor's time", speed.rates, 1.0, 0),
        ("messages a second by the clock, on this machine as busy as it was", speed.by_the_clock, 1.0, 0),
        ("one message (ms of the processor's time)", speed.seconds, 1000.0, 2),
    )
    for name, found, factor, places in rows:
        values = (statistics.median(found), min(found), max(found))
        table.add_row(name, *(f"{value * factor:.{places}f}" for value in values))
    table.add_row("  99 of 100 messages take at most", f"{speed.p99 * 1000:.2f}", "", "")
    table.add_row(
        "resident memory (MB), before the first message and at the peak",
        "",
        f"{speed.before:.0f}",
        f"{speed.peak:.0f}",
    )
    return table


def aims(named: Sequence[tuple[str, Score]], speed: Speed) -> list[Aim]:
    found = [one for name, score in named for one in _quality_aims(name, score)]
    rate = Aim(f"at least {RATE:g} messages a second on one core", f"{speed.rate:.0f}", speed.rate >= RATE)
    return [*found, rate]


def _quality_aims(name: str, score: Score) -> list[Aim]:
    missed = score.counts["silently missed"]
    return [
        Aim(f"{name}: precision {PRECISION:g} %", f"{score.precision:.1f} %", score.precision >= PRECISION),
        Aim(f"{name}: recall at least {RECALL:g} %", f"{score.recall:.1f} %", score.recall >= RECALL),
        Aim(f"{name}: nothing silently missed", str(missed), missed == 0),
    ]


def aim_table(found: Sequence[Aim]) -> Table:
    table = Table(box=box.SIMPLE, title="aims")
    for head in ("aim", "found", ""):
        table.add_column(head, justify="right" if head == "found" else "left")
    for aim in found:
        table.add_row(aim.text, aim.found, "met" if aim.met else "missed")
    return table


def finding_lines(findings: Sequence[Finding], distrusted: Sequence[str]) -> list[str]:
    """One for each shift that is wrong or missed, each question that is dropped, and each message misjudged."""
    lines = [f"{one.file}: {one.what}: {one.shift}\n    {one.cause}" for one in findings]
    return lines + [f"{file}: trust is judged otherwise than in the gold" for file in distrusted]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of the measured speed ({ROUNDS})")
    parser.add_argument(
        "--asked", action="store_true", help="also list what is put up as a question, and why"
    )
    given = parser.parse_args()
    named = [(corpus.name, scored(corpus)) for corpus in CORPORA]
    total = together(score for _, score in named)
    named.append(("together", total))
    speed = measured(given.rounds)
    out = Console(width=None if sys.stdout.isatty() else 110)
    out.print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    out.print(quality_table(named))
    findings = [one for one in total.findings if given.asked or one.what != "asked"]
    for line in finding_lines(findings, total.distrusted):
        out.print(line, markup=False, highlight=False)
    out.print(speed_table(speed))
    out.print(aim_table(aims(named, speed)))


if __name__ == "__main__":
    main()

"""The offer reader, measured on both corpora: what it asserts, what it asks, what it misses, and how fast it is.

Every aim is computed from what was found. A figure on the corpora says how the reader does on messages that were
written to be hard; it does not say how often such messages arrive.
"""

from __future__ import annotations

import argparse
import os
import platform
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
    table.add_row(
        "messages a second", f"{speed.rate:.0f}", f"{min(speed.rates):.0f}", f"{max(speed.rates):.0f}"
    )
    thousandth = [one * 1000 for one in sorted(speed.seconds)]
    middle = thousandth[len(thousandth) // 2]
    table.add_row("one message (ms)", f"{middle:.2f}", f"{thousandth[0]:.2f}", f"{thousandth[-1]:.2f}")
    table.add_row("  of a hundred, the slowest but one (ms)", f"{speed.p99 * 1000:.2f}", "", "")
    table.add_row("resident memory (MB)", "", f"{speed.before:.0f}", f"{speed.peak:.0f}")
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


def finding_table(findings: Sequence[Finding], distrusted: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE, title="every wrong, missed or dropped one")
    for head in ("message", "what", "shift", "cause"):
        table.add_column(head, overflow="fold")
    for one in findings:
        table.add_row(one.file, one.what, one.shift, one.cause)
    for file in distrusted:
        table.add_row(file, "trust", "", "judged otherwise than in the gold")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of the measured speed ({ROUNDS})")
    rounds = parser.parse_args().rounds
    named = [(corpus.name, scored(corpus)) for corpus in CORPORA]
    total = together(score for _, score in named)
    named.append(("together", total))
    speed = measured(rounds)
    out = Console(width=None if sys.stdout.isatty() else 110)
    out.print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    out.print(quality_table(named))
    if total.findings or total.distrusted:
        out.print(finding_table(total.findings, total.distrusted))
    out.print(speed_table(speed))
    out.print(aim_table(aims(named, speed)))


if __name__ == "__main__":
    main()

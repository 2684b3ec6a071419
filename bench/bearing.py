"""Learns which turns of words bear on shifts, and measures how well that holds for writers it has not seen.

`make bearing` prints, for each writer of tests/corpus/sentences whose sentences were left out of the learning, how many of those
that bear are noticed, and how many harmless ones are asked about; `make bearing WRITE=1` learns from all and writes the table that the reader uses.
Logistic regression with a Gaussian prior on the weights (L2), by Nesterov's accelerated gradient: fixed start, fixed steps, so the same
sentences give the same table.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich import box
from rich.console import Console
from rich.table import Table

from connectors.offers import bearing

SENTENCES = Path(__file__).parents[1] / "tests" / "corpus" / "sentences"
ORDINARY = "ordinary"
"""Those that stood in messages of the corpora whose shifts are all plainly offered."""
FOOTERS = "footers"
"""What was found to be judged wrongly, and small print; no writer's."""
FEWEST = 2
"""Sentences that a turn has to stand in."""
PRIOR = 1.5
"""Strength of the prior; weights stay small without evidence. Chosen by the table that this prints."""
STEPS = 400
SMALLEST = 0.2
"""Weights below it are left out of the table: a quarter of its size, for one point of what is noticed. Words stay, since what is no word
may be a name."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    bears: bool


def read(path: Path) -> list[Sentence]:
    """Lines of `1<TAB>sentence` (it bears) or `0<TAB>sentence`."""
    rows = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
    return [Sentence(text, told == "1") for told, text in rows]


def everything() -> dict[str, list[Sentence]]:
    return {path.stem: read(path) for path in sorted(SENTENCES.glob("*.tsv"))}


def fingerprint() -> str:
    """Of all that the weights are learned from: whoever changes a sentence has to learn anew."""
    told = b"".join(path.read_bytes() for path in sorted(SENTENCES.glob("*.tsv")))
    return blake2b(told, digest_size=8).hexdigest()


def learned(sentences: Sequence[Sentence]) -> dict[str, float]:
    """What each turn adds to the log odds; the empty turn has that of every sentence."""
    small = Counter(
        word
        for one in sentences
        for word in {found for found in bearing.words(one.text) if not found[0].isupper()}
    )
    known = dict.fromkeys((word for word, count in small.items() if count >= FEWEST), 0.0)
    told = [sorted(set(bearing.turns(one.text, known))) for one in sentences]
    counts = Counter(turn for turns in told for turn in turns)
    index = {turn: at for at, turn in enumerate(sorted(t for t, n in counts.items() if n >= FEWEST))}
    pairs = [(row, index[turn]) for row, turns in enumerate(told) for turn in turns if turn in index]
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    weights, bias = _fitted(rows, columns, np.array([one.bears for one in sentences], float), len(index))
    kept = {
        turn: round(float(weights[at]), 2)
        for turn, at in index.items()
        if turn in known or abs(weights[at]) >= SMALLEST
    }
    return {"": round(bias, 2), **dict.fromkeys(known, 0.0), **kept}


def _fitted(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], bears: Floats, width: int
) -> tuple[Floats, float]:
    """Weights of the columns, and the bias, that make the log loss plus PRIOR/2 times their squares least."""
    point, last = np.zeros(width + 1), np.zeros(width + 1)
    longest = np.bincount(rows).max() + 1
    rate = 4 / (len(bears) * longest / 8)
    for step in range(STEPS):
        ahead = point + step / (step + 3) * (point - last)
        odds = ahead[width] + np.bincount(rows, ahead[columns], len(bears))
        wrong = 1 / (1 + np.exp(-odds)) - bears
        slope = np.append(np.bincount(columns, wrong[rows], width) + PRIOR * ahead[:width], wrong.sum())
        point, last = ahead - rate * slope, point
    return point[:width], float(point[width])


def scores(table: dict[str, float], sentences: Sequence[Sentence]) -> Floats:
    return np.array([bearing.weight(one.text, table) for one in sentences])


def held_out(told: dict[str, list[Sentence]]) -> Table:
    """For each writer, what is made of their sentences by a table that was learned from all others."""
    shown = Table(box=box.SIMPLE, title="sentences of each writer, by what the others' taught")
    for head in (
        "writer",
        "sentences",
        "bears: asked",
        "bears: set aside",
        "harmless: asked",
        "harmless: set aside",
    ):
        shown.add_column(head, justify="left" if head == "writer" else "right")
    for writer, theirs in told.items():
        if writer in (ORDINARY, FOOTERS):
            continue
        table = learned([one for name, others in told.items() if name != writer for one in others])
        found, bears = scores(table, theirs), np.array([one.bears for one in theirs])
        shares = [
            f"{100 * np.mean(which):.1f} %" if len(which) else "–"
            for kind in (found[bears], found[~bears])
            for which in (kind >= bearing.BEARS, kind <= bearing.HARMLESS)
        ]
        shown.add_row(writer, str(len(theirs)), *shares)
    return shown


def write(table: dict[str, float]) -> None:
    lines = (f"{value:.2f}\t{turn}" for turn, value in sorted(table.items()))
    head = f"# learned by `make bearing WRITE=1` from sentences {fingerprint()}"
    bearing.WEIGHTS.write_text("\n".join((head, *lines)) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="learn from all, and write the reader's table")
    told = everything()
    if parser.parse_args().write:
        write(learned([one for theirs in told.values() for one in theirs]))
    else:
        Console().print(held_out(told))


if __name__ == "__main__":
    main()

"""The published instances: three solvers and two models agree on the best plan, and so does the index.

One model is ours, the other is written from the policy's words and knows nothing of limits, groups or cliques.
"""

from __future__ import annotations

import pytest

from bench import instances, solver_measure

SECONDS = 60.0
GOLDEN = [(size, seed) for size in (20, 60) for seed in instances.SEEDS]


@pytest.mark.parametrize(("size", "seed"), GOLDEN)
def test_everybody_finds_the_same_best_plan(size: int, seed: int) -> None:
    """Proved by CP-SAT on our rows, CP-SAT on the plain model, and HiGHS on the plain model."""
    sides = (solver_measure.ours, solver_measure.textbook, solver_measure.highs_on_textbook)
    found = [side(size, seed, SECONDS) for side in sides]
    assert [run.proved for run in found] == [True] * len(sides)
    best = instances.index()[instances.name(size, seed)]["best"]
    assert [run.value for run in found] == [best] * len(sides)


@pytest.mark.parametrize(("size", "seed"), GOLDEN)
def test_an_instance_is_what_it_was(size: int, seed: int) -> None:
    """Of another instance the index says nothing."""
    assert instances.digest(size, seed) == instances.index()[instances.name(size, seed)]["sha256"]

"""What is asked of the solver, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from solver.encode import Program


@dataclass(frozen=True, slots=True)
class Question:
    """Solve within `effort` units of deterministic time (about a second each).

    `seconds` of wall time are a safety stop only: an answer that it cuts short differs from machine to machine.
    `bound_first` looks for a low bound rather than for a better solution than the hint. With a `gap`, a bound within
    that part of the objective is enough: the answer says `optimal`, and its bound is the proof.
    """

    program: Program
    effort: float
    seconds: float
    hint: Mapping[int, int] = field(default_factory=dict)
    presolve: bool = True
    bound_first: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`objective` and `bound` are whole numbers of the program's own scale; None without a solution."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    values: tuple[int, ...] = ()
    objective: int | None = None
    bound: int | None = None
    effort: float = 0.0
    """What the search took, in units of deterministic time: the same on every machine."""


class SolverError(Exception):
    """The solver came to no answer at all, not even to none in time."""


class InvalidProgramError(SolverError):
    """The solver refuses the program; a bug of the encoder, told in the solver's words."""

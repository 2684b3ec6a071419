"""A question for the solver and its answer; who answers is told once.

By default that is `solver.cpsat`, here and now. The daemon has it done in a process of its own: a solver that runs out
of memory, or crashes, must not take it along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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


def _here(question: Question) -> Answer:
    # The library costs 20 MB, which a process that asks elsewhere need not have.
    from solver import cpsat

    return cpsat.answer(question)


_answers: Callable[[Question], Answer] = _here


@contextmanager
def asked_of(answers: Callable[[Question], Answer]) -> Iterator[None]:
    """Until then all of this process asks there."""
    global _answers  # noqa: PLW0603  # a setting of the process, as of a logger
    before, _answers = _answers, answers
    try:
        yield
    finally:
        _answers = before


def ask(question: Question) -> Answer:
    """Raises SolverError."""
    return _answers(question)

"""Who answers a question for the solver: told once, for the whole process.

By default that is `solver.cpsat`, here and now. The daemon has it done in a process of its own: a solver that runs out
of memory, or crashes, must not take it along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from solver.question import Answer, Question


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

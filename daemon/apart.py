"""The solver in a process of its own: one that crashes, hangs or takes too much memory costs a plan its proof, no more.

It also leaves its memory there, and goes to rest when nothing is asked for a while.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Self

from connectors import child
from connectors.child import Child
from solver.encode import Program
from solver.question import Answer, InvalidProgramError, Question, SolverError

GRACE = 5.0
"""Seconds that an answer may take beyond what it was given, until its process is ended."""
REST = 10.0
"""Seconds without work after which the process ends by itself; messages seldom come alone."""
MEMORY = 768 << 20
"""Bytes of address space that the process may use; 10,000 offers take 150 MB, and the unit file gives 1 GB to all."""


class Apart:
    """Answers as `cpsat.answer` does. Any thread may ask; two that ask at once have a process each."""

    def __init__(self) -> None:
        self._idle: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wake(self) -> None:
        """A question is to come soon: a process takes a tenth of a second until it is there."""
        ready = self._take()
        if ready is not None:
            self._idle.append(ready)

    def answer(self, question: Question) -> Answer:
        """Raises SolverError."""
        line = f"{json.dumps(_told(question))}\n".encode()
        for _ in range(2):
            # A process that went to rest just now is no fault of the question.
            there = self._take()
            if there is None:
                raise SolverError("the system has no process to give for the solver")
            try:
                answer = json.loads(there.ask(line, max(0.0, question.seconds) + GRACE))
            except TimeoutError:
                there.end()
                raise SolverError("the solver did not stop in time, and was ended") from None
            except (OSError, ValueError):
                there.end()
                continue
            self._idle.append(there)
            return _heard(answer)
        raise SolverError("the process of the solver ended before it answered")

    def close(self) -> None:
        while self._idle:
            self._idle.pop().end()

    def _take(self) -> Child | None:
        while self._idle:
            there = self._idle.pop()
            if there.is_alive():
                return there
            there.end()
        try:
            return Child(__name__)
        except OSError:
            return None


def _told(question: Question) -> dict[str, Any]:
    plain = {key: getattr(question, key) for key in ("effort", "seconds", "presolve", "bound_first", "gap")}
    program = {
        key: getattr(question.program, key) for key in ("upper", "rows", "cliques", "constant", "scale")
    }
    return {
        **plain,
        "hint": [*question.hint.items()],
        "program": {**program, "objective": [*question.program.objective.items()]},
    }


def _heard(answer: Mapping[str, Any]) -> Answer:
    if "invalid" in answer:
        raise InvalidProgramError(answer["invalid"])
    if "error" in answer:
        raise SolverError(answer["error"])
    return Answer(**{**answer, "values": tuple(answer["values"])})


# -- the other end -----------------------------------------------------------------------------------------------


def serve() -> None:
    # Before the first question comes, and only here: this is what the daemon shall not carry.
    from solver.cpsat import answer

    child.serve(lambda told: _answered(answer, told), rest=REST, memory=MEMORY)


def _answered(answer: Callable[[Question], Answer], told: Mapping[str, Any]) -> dict[str, Any]:
    program = Program(**{**told["program"], "objective": dict(told["program"]["objective"])})
    try:
        return asdict(answer(Question(**{**told, "program": program, "hint": dict(told["hint"])})))
    except InvalidProgramError as error:
        return {"invalid": str(error)}
    except SolverError as error:
        return {"error": str(error)}

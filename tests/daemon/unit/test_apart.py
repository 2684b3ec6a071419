"""The solver in a process of its own: the same answers, and nothing of its troubles in this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from connectors import child
from daemon import apart
from daemon.apart import Apart
from solver import cpsat, engine
from solver.encode import Program
from solver.question import InvalidProgramError, Question, SolverError
from solver.solve import greedy, solve
from tests.solver.test_cpsat import _program
from tests.solver.test_effort import _problem
from tests.waiting import LONG, until

ENDS_IN_THE_MIDDLE = (
    "import os; from connectors import child; child.serve(lambda _: os._exit(139), rest=9, memory=1 << 31)"
)
HANGS = "import time; from connectors import child; child.serve(lambda _: time.sleep(600), rest=9, memory=1 << 31)"
RESTS = "from daemon import apart; apart.REST = 1.5; apart.serve()"


@pytest.fixture
def solver() -> Iterator[Apart]:
    with Apart() as made:
        yield made


def replaced(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """What the next processes run instead."""
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda command, **given: real([*command[:2], code], **given))


def only(solver: Apart) -> child.Child:
    (there,) = solver._idle
    return there


@pytest.mark.parametrize("seed", range(8))
def test_answers_are_those_that_are_given_here(solver: Apart, seed: int) -> None:
    for question in (
        Question(_program(seed), 5, 20),
        Question(_program(seed), 5, 20, {0: 1}, presolve=False, gap=0.1),
    ):
        assert solver.answer(question) == cpsat.answer(question)


def test_a_plan_is_the_same_to_the_last_byte(solver: Apart) -> None:
    """With windows and all that is asked on the way."""
    problem = _problem(2, 480)
    here = solve(problem, effort=1, seconds=60)
    with engine.asked_of(solver.answer):
        there = solve(problem, effort=1, seconds=60)
    assert (there.status, there.accepted, there.value, there.bound) == (
        here.status,
        here.accepted,
        here.value,
        here.bound,
    )


def test_the_daemon_carries_nothing_that_only_others_need() -> None:
    """What expands series is loaded in the process that does, and the colours of tracebacks nowhere."""
    code = (
        "import sys, daemon.service, connectors.calendars.dav, connectors.inboxes.imap\n"
        "print([one for one in ('recurring_ical_events', 'rich', 'alembic', 'sqlalchemy.orm') if one in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_this_process_never_loads_the_solver() -> None:
    """That is what memory is saved by; seen from a process that has not solved yet."""
    code = (
        "import sys; from daemon.apart import Apart; from solver import engine; from solver.encode import Program; from solver.question import Question\n"
        "import daemon.service\n"
        "with Apart() as solver, engine.asked_of(solver.answer):\n"
        "    print(engine.ask(Question(Program(upper=[1], objective={0: 3}), 1, 5)).objective)\n"
        "print(any(name.startswith('ortools') for name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", "False"]


def test_what_the_solver_refuses_is_told(solver: Apart) -> None:
    """An objective beyond what it can add up, in its own words; the process is still good for the next question."""
    program = Program()
    program.objective = {program.variable(): 2**62}
    with pytest.raises(InvalidProgramError, match=r"\w"):
        solver.answer(Question(program, 1, 5))
    assert solver.answer(Question(_program(1), 5, 20)).status == "optimal"
    assert len(solver._idle) == 1


def test_a_process_that_is_killed_between_questions_is_replaced(solver: Apart) -> None:
    solver.wake()
    os.kill(only(solver)._process.pid, signal.SIGKILL)
    assert solver.answer(Question(_program(1), 5, 20)).status == "optimal"


def test_a_solver_that_crashes_leaves_the_checked_plan(
    solver: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked twice; then the plan that was there before is told as what it is."""
    replaced(monkeypatch, ENDS_IN_THE_MIDDLE)
    problem = _problem(2, 30)
    with engine.asked_of(solver.answer):
        plan = solve(problem)
    assert (plan.status, plan.accepted) == ("feasible", greedy(problem))
    assert plan.trouble == "the process of the solver ended before it answered"
    assert plan.bound > plan.value
    assert not solver._idle


def test_a_solver_that_does_not_stop_is_ended(solver: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced(monkeypatch, HANGS)
    monkeypatch.setattr(apart, "GRACE", 0.2)
    solver.wake()
    process = only(solver)._process
    with pytest.raises(SolverError, match="did not stop in time"):
        solver.answer(Question(_program(1), 5, 0.1))
    assert process.poll() == -signal.SIGKILL


def test_a_system_without_processes_to_give_is_told(solver: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(SolverError, match="no process to give"):
        solver.answer(Question(_program(1), 5, 20))


def test_it_goes_to_rest_and_comes_back(solver: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced(monkeypatch, RESTS)
    assert solver.answer(Question(_program(1), 5, 20)).status == "optimal"
    process = only(solver)._process
    # Nobody asks for it, and yet no zombie is left.
    until(lambda: process.returncode is not None, "it has ended")
    assert process.returncode == 0
    assert solver.answer(Question(_program(1), 5, 20)).status == "optimal"
    assert only(solver)._process is not process


def test_two_that_ask_at_once_get_their_own_answers(solver: Apart) -> None:
    found: dict[int, int | None] = {}

    def ask(seed: int) -> None:
        found[seed] = solver.answer(Question(_program(seed), 5, 20)).objective

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert found == {seed: cpsat.answer(Question(_program(seed), 5, 20)).objective for seed in range(4)}


def test_to_be_woken_twice_makes_one_process(solver: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ended at the end, and its rest is not waited for."""
    replaced(monkeypatch, "from daemon import apart; apart.REST = 600; apart.serve()")
    solver.wake()
    solver.wake()
    process = only(solver)._process
    assert process.poll() is None
    began = time.monotonic()
    solver.close()
    assert time.monotonic() - began < LONG
    assert process.poll() == -signal.SIGKILL
    assert not solver._idle

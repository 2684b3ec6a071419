"""The light import path against the public interface, and against another solver, on programs of all shapes."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from solver import cpsat
from solver.encode import Program
from solver.question import InvalidProgramError, Question

PLAIN = """
import json, sys
from ortools.sat.python import cp_model
program = json.load(sys.stdin)
model = cp_model.CpModel()
found = [model.new_int_var(0, upper, "") for upper in program["upper"]]
for clique in program["cliques"]:
    model.add(sum(found[at] for at in clique) <= 1)
for variables, weights, at_most in program["rows"]:
    model.add(sum(w * found[at] for at, w in zip(variables, weights)) <= at_most)
model.maximize(sum(w * found[int(at)] for at, w in program["objective"].items()))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
status = solver.solve(model)
print(json.dumps([solver.status_name(status), round(solver.objective_value) if status == cp_model.OPTIMAL else None]))
"""

HIGHS = """
import json, sys
import highspy
import numpy as np
program = json.load(sys.stdin)
highs = highspy.Highs()
highs.silent()
for at, upper in enumerate(program["upper"]):
    highs.addVar(0, upper)
    highs.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    highs.changeColCost(at, program["objective"].get(str(at), 0))
rows = [[clique, [1] * len(clique), 1] for clique in program["cliques"]] + program["rows"]
for variables, weights, at_most in rows:
    highs.addRow(-highspy.kHighsInf, at_most, len(variables), np.array(variables), np.array(weights, dtype=float))
highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
highs.setOptionValue("mip_rel_gap", 0.0)
highs.run()
best = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
print(json.dumps(["OPTIMAL" if best else "INFEASIBLE", round(highs.getObjectiveValue()) if best else None]))
"""


def _program(seed: int) -> Program:
    """Cliques, knapsacks with negative weights, whole variables, and now and then a contradiction."""
    draw = random.Random(seed)
    program = Program()
    plain = [program.variable() for _ in range(draw.randint(4, 24))]
    whole = [program.variable(draw.randint(2, 9)) for _ in range(draw.randint(0, 3))]
    for _ in range(draw.randint(0, 6)):
        program.cliques.append(sorted(draw.sample(plain, draw.randint(2, 4))))
    for _ in range(draw.randint(1, 8)):
        chosen = draw.sample(plain + whole, draw.randint(1, 4))
        program.row({at: draw.randint(-4, 7) for at in chosen}, draw.randint(-2, 9))
    program.objective = {at: draw.randint(-50, 90) for at in plain + whole}
    return program


def _elsewhere(script: str, program: Program) -> list[object]:
    """Asked in a process of its own: the solvers' libraries do not bear each other."""
    facts = {
        "upper": program.upper,
        "rows": program.rows,
        "cliques": program.cliques,
        "objective": program.objective,
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        input=json.dumps(facts),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: list[object] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("script", [PLAIN, HIGHS], ids=["plain", "highs"])
def test_the_light_path_finds_the_same_optimum(script: str, seed: int) -> None:
    """The compiled half alone answers as the public interface does, and as a solver by other people."""
    program = _program(seed)
    answer = cpsat.answer(Question(program, 5, 20))
    status, best = _elsewhere(script, program)
    assert [answer.status.upper(), answer.objective] == [status, best]
    assert answer.objective is None or answer.objective == answer.bound


@pytest.mark.parametrize("seed", range(20))
def test_presolve_changes_no_answer(seed: int) -> None:
    """The second opinion that an infeasible program gets comes to the same end."""
    first = cpsat.answer(Question(_program(seed), 5, 20))
    second = cpsat.answer(Question(_program(seed), 5, 20, presolve=False))
    assert (first.status, first.objective) == (second.status, second.objective)


def test_the_light_path_is_light() -> None:
    """Neither pandas nor numpy is imported with it."""
    script = "import solver.cpsat, sys; print(sorted({'pandas', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_program_that_makes_no_sense_is_told() -> None:
    """An objective beyond what the solver can add up is refused in the solver's own words."""
    program = Program()
    program.objective = {program.variable(): 2**62}
    with pytest.raises(InvalidProgramError):
        cpsat.answer(Question(program, 1, 5))

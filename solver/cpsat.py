"""The one module that touches OR-tools.

`cp_model_helper` is the compiled half of the Python interface. Importing it alone leaves out pandas and numpy
(about 40 ms and 33 MB against 250 ms and 90 MB), and rows are written straight into the model. It is not a
public interface, hence the pinned version, and a test that compares it with the plain one.

What its use must respect, learned on 9.15: a message read from a response lives only as long as the response;
a `SolveWrapper` solves once; the float `objective_value` is exact only up to 2^53, so values are recomputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model_helper as ortools

from solver.encode import Program
from solver.question import Answer, InvalidProgramError, Question, SolverError

LOWEST = -(2**63)
_OPTIMAL, _FEASIBLE, _INFEASIBLE, _INVALID = 4, 2, 3, 1

# One worker is deterministic, and on these rows faster than several. Level 2 linearisation is most of the
# speed. The work limit switches off the presolve step that has certified wrong optima (or-tools #5293). Probing and
# the search for symmetry in presolve find nothing here: without them 60 and 200 offers take a fifth less, and
# 1,000 on average a sixth less (three instances, three seeds of the search). What the seed is does not show at 60 and 200;
# a proof at 1,000 takes from half to twice as long by it alone. Over six instances the median was 3.6 s with 1, 2.7 s with 2.
PARAMETERS: Mapping[str, int | float | bool] = {
    "num_workers": 1,
    "linearization_level": 2,
    "random_seed": 2,
    "presolve_inclusion_work_limit": 0,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
}


def answer(question: Question) -> Answer:
    """Raises SolverError."""
    settings: Any = ortools.SatParameters()
    limits = {
        "max_deterministic_time": max(0.0, question.effort),
        "max_time_in_seconds": max(0.0, question.seconds),
        "cp_model_presolve": question.presolve,
        "use_objective_lb_search": question.bound_first,
        "relative_gap_limit": question.gap,
    }
    for name, value in {**PARAMETERS, **limits}.items():
        setattr(settings, name, value)
    solve: Any = ortools.SolveWrapper()
    solve.set_parameters(settings)
    try:
        response: Any = solve.solve(_model(question.program, question.hint))
    except (RuntimeError, ValueError, TypeError, OverflowError, MemoryError) as error:
        raise SolverError(f"{type(error).__name__}: {error}") from error
    return _answer(question.program, response)


def _model(program: Program, hint: Mapping[int, int]) -> Any:  # the class has no types
    model: Any = ortools.CpModelProto()
    for upper in program.upper:
        model.variables.add().domain.extend((0, upper))
    for clique in program.cliques:
        model.constraints.add().at_most_one.literals.extend(clique)
    for variables, coefficients, at_most in program.rows:
        row = model.constraints.add().linear
        row.vars.extend(variables)
        row.coeffs.extend(coefficients)
        row.domain.extend((LOWEST, at_most))
    # The model only minimises.
    model.objective.vars.extend(list(program.objective))
    model.objective.coeffs.extend([-weight for weight in program.objective.values()])
    if hint:
        model.solution_hint.vars.extend(list(hint))
        model.solution_hint.values.extend(list(hint.values()))
    return model


def _answer(program: Program, response: Any) -> Answer:
    status = int(response.status)
    effort = float(response.deterministic_time)
    if status == _INVALID:
        raise InvalidProgramError(str(response.solution_info))
    if status == _INFEASIBLE:
        return Answer("infeasible", effort=effort)
    if status not in (_OPTIMAL, _FEASIBLE):
        return Answer("unknown", effort=effort)
    values = tuple(int(value) for value in response.solution)
    objective = sum(weight * values[variable] for variable, weight in program.objective.items())
    bound = -int(response.inner_objective_lower_bound)
    return Answer(
        "optimal" if status == _OPTIMAL else "feasible",
        values,
        objective + program.constant,
        bound + program.constant,
        effort,
    )

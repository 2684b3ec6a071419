"""The second peer: HiGHS on the very rows that we give to CP-SAT.

In a process of its own, because the two libraries do not bear each other: a program as JSON on stdin, an
answer on stdout (`bench.solver_measure.export` writes it).
"""

from __future__ import annotations

import json
import sys
from typing import Any

import highspy
import numpy as np

from bench.solver_clock import now

Json = dict[str, Any]


def load(facts: Json) -> Any:  # the class has no types
    upper, rows = facts["upper"], facts["rows"]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.offset_ = facts["constant"]
    lp.col_cost_ = np.array([facts["cents"].get(str(at), 0) for at in range(len(upper))], dtype=float)
    lp.col_lower_ = np.zeros(len(upper))
    lp.col_upper_ = np.array(upper, dtype=float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(upper)
    lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = np.array([at_most for _, _, at_most in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(variables) for variables, _, _ in rows)])
    lp.a_matrix_.index_ = np.array([at for variables, _, _ in rows for at in variables])
    lp.a_matrix_.value_ = np.array([one for _, weights, _ in rows for one in weights], dtype=float)
    return lp


def solve(facts: Json) -> Json:
    make: Any = highspy.Highs
    highs: Any = make()
    highs.silent()
    for key, value in {"time_limit": facts["seconds"], "mip_rel_gap": 0.0, "threads": 1}.items():
        highs.setOptionValue(key, value)
    lp = load(facts)
    started = now()
    highs.passModel(lp)
    highs.run()
    seconds = now() - started
    found = highs.getInfo()
    solved = found.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return {
        "seconds": seconds,
        "value": round(found.objective_function_value) if solved else None,
        "bound": round(found.mip_dual_bound) if abs(found.mip_dual_bound) < 1e15 else None,
        "proved": highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
    }


def main() -> None:
    print(json.dumps(solve(json.load(sys.stdin))))


if __name__ == "__main__":
    main()

"""A program with most of its variables fixed: a small question made from a large one, without encoding anew; pure."""

from __future__ import annotations

from collections.abc import Sequence

from solver.encode import Program


def part(program: Program, free: Sequence[int], values: Sequence[int]) -> Program:
    """What is left to decide when every variable but `free` keeps its value.

    Variable n of the part is `free[n]`. The objective counts what is fixed too, so it is that of the whole.
    """
    place = {variable: at for at, variable in enumerate(free)}
    small = Program(upper=[program.upper[variable] for variable in free], scale=program.scale)
    for clique in program.cliques:
        inside = [place[variable] for variable in clique if variable in place]
        if not inside:
            continue
        if any(values[variable] for variable in clique if variable not in place):
            for at in inside:
                small.upper[at] = 0
        elif len(inside) > 1:
            small.cliques.append(inside)
    for variables, weights, at_most in program.rows:
        if place.keys().isdisjoint(variables):
            continue
        row: dict[int, int] = {}
        left = at_most
        for variable, weight in zip(variables, weights, strict=True):
            if variable in place:
                row[place[variable]] = weight
            else:
                left -= weight * values[variable]
        if sum(weight * small.upper[at] for at, weight in row.items() if weight > 0) > left:
            small.row(row, left)
    small.constant = program.constant
    for variable, weight in program.objective.items():
        if variable in place:
            small.objective[place[variable]] = weight
        else:
            small.constant += weight * values[variable]
    return small

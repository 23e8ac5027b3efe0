"""``silog allocate``: solve a published flow problem."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from silog_core.domain.flows import FlowProblem, FlowSolution
from silog_core.domain.locale import number
from silog_core.errors import SilogError, UnknownChoiceError
from silog_core.io.flow_files import read_flow_file
from silog_core.ports.allocation import FlowSolver, MultiFlowSolver
from silog_core.solvers.allocation import solve_allocation

if TYPE_CHECKING:
    from silog_core.domain.flows import MultiFlowProblem, MultiFlowSolution


@click.command("allocate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--solver", default="builtin", show_default=True, help="Name of the solver.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def allocate_command(ctx: click.Context, file: Path, solver: str, as_json: bool) -> None:
    """Solve a DIMACS .min or a multi-commodity FILE at least cost.

    Nodes are numbered as in the file. The exit code is 1 when something stays unmet.
    """
    try:
        problem = read_flow_file(file)
        begun = perf_counter()
        solution = _solve(problem, solver)
        seconds = perf_counter() - begun
    except SilogError as wrong:
        click.echo(str(wrong), err=True)
        ctx.exit(2)
    flows = [
        [problem.tails[arc] + 1, problem.heads[arc] + 1, units]
        for arc, units in enumerate(_arc_totals(problem, solution))
        if units
    ]
    answer = {
        "solver": solution.solver,
        "cost": solution.cost,
        "flows": flows,
        "unmet": solution.unmet_total,
        "seconds": round(seconds, 6),
    }
    click.echo(json.dumps(answer) if as_json else _summary(solution, len(flows), seconds))
    ctx.exit(1 if solution.unmet_total else 0)


def _solve(
    problem: FlowProblem | MultiFlowProblem, name: str
) -> FlowSolution | MultiFlowSolution:
    """Solve with the solver of that name.

    Raises:
        UnknownChoiceError: There is no such solver, or it does not take such problems.
    """
    solver = solve_allocation if name == "builtin" else _chosen(name)
    if isinstance(problem, FlowProblem):
        if isinstance(solver, FlowSolver):
            return solver.solve_flow(problem)
    elif isinstance(solver, MultiFlowSolver):
        return solver.solve_multi_flow(problem)
    raise UnknownChoiceError(
        f"the solver {name} does not take a {type(problem).__name__}",
        "choose another solver, such as builtin",
    )


def _chosen(name: str) -> object:
    from silog_core.plugins.guard import GuardedAllocation
    from silog_core.session import Session

    with Session() as session:
        chosen = session.allocation_solver(name)
    # A session guards the call for allocations; here the solver itself is asked.
    return chosen.solver if isinstance(chosen, GuardedAllocation) else chosen


def _arc_totals(
    problem: FlowProblem | MultiFlowProblem, solution: FlowSolution | MultiFlowSolution
) -> list[int]:
    """Return the units on each arc, over all commodities."""
    if isinstance(solution, FlowSolution):
        return list(solution.flows)
    totals = [0] * len(problem.tails)
    for arc, _, units in solution.flows:
        totals[arc] += units
    return totals


def _summary(solution: FlowSolution | MultiFlowSolution, arcs: int, seconds: float) -> str:
    lines = [
        f"solver  {solution.solver}",
        f"cost    {number(solution.cost, 'en')}",
        f"unmet   {number(solution.unmet_total, 'en')}",
        f"arcs    {number(arcs, 'en')} with flow",
        f"time    {seconds:.2f} s",
    ]
    gap = getattr(solution, "gap", None)
    if gap is not None:
        lines.insert(2, f"gap     at most {gap:.3%}")
    return "\n".join(lines)

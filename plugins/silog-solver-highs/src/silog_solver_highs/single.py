"""A bare flow of one commodity as a linear program, whose corners are whole numbers."""

from __future__ import annotations

from silog_core.domain.flows import FlowProblem, FlowSolution
from silog_core.errors import ProblemInstanceError
from silog_core.solvers.allocation.network_simplex import price_of_unmet
from silog_core.solvers.allocation.transit_split import with_transits
from silog_solver_highs.model import Model


@with_transits
def solve_flow(problem: FlowProblem) -> FlowSolution:
    """Return a flow that leaves least unmet and, among those, costs least.

    Raises:
        ProblemInstanceError: HiGHS gives up, as it may on numbers of very unlike size.
    """
    supplies = list(problem.supplies)
    for tail, head, low in zip(problem.tails, problem.heads, problem.lowers, strict=True):
        supplies[tail] -= low
        supplies[head] += low
    model = Model()
    for units in supplies:
        # Net inflow: a supply may stay, a demand is filled or bought outside.
        model.row(-units, max(0, -units))
    for tail, head, low, high, cost in zip(
        problem.tails,
        problem.heads,
        problem.lowers,
        problem.uppers,
        problem.costs,
        strict=True,
    ):
        at = [] if tail == head else [tail, head]
        model.column(cost, high - low, at, [-1.0, 1.0][: len(at)])
    price = price_of_unmet(problem.node_count, problem.costs)
    short = [node for node, units in enumerate(supplies) if units < 0]
    for node in short:
        model.column(price, -supplies[node], [node], [1.0])
    if not model.solve():
        raise ProblemInstanceError(
            "HiGHS finds no flow", "choose another solver, such as builtin"
        )
    values = [round(value) for value in model.values]
    flows = [low + v for low, v in zip(problem.lowers, values, strict=False)]
    bought = values[problem.arc_count :]
    return FlowSolution(
        flows=flows,
        unmet=tuple((node, n) for node, n in zip(short, bought, strict=True) if n),
        cost=sum(map(int.__mul__, flows, problem.costs)),
        solver="highs",
    )

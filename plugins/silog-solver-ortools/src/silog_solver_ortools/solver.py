"""The solver that sessions choose as ``ortools``."""

from __future__ import annotations

import attrs
import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from silog_core.domain.allocation import AllocationProblem, AllocationResult
from silog_core.domain.flows import FlowProblem, FlowSolution
from silog_core.errors import ProblemInstanceError
from silog_core.solvers.allocation import solve_allocation as built_in
from silog_core.solvers.allocation.transit_split import with_transits

NAME = "ortools"
#: Cost scaling multiplies costs by the number of nodes, in 64 bits.
_SAFE = 2**62


@attrs.frozen
class OrtoolsAllocation:
    """OR-tools for bare flows, the built-in solver for everything around them."""

    def __call__(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Allocate as the built-in solver does."""
        return attrs.evolve(built_in(problem, seed=seed), solver=NAME)

    def solve_flow(self, problem: FlowProblem) -> FlowSolution:
        """Return a flow that leaves least unmet and, among those, costs least.

        Raises:
            ProblemInstanceError: The numbers are too large for 64 bits.
        """
        return solve_flow(problem)


@with_transits
def solve_flow(problem: FlowProblem) -> FlowSolution:
    """Hand the whole network to OR-tools."""
    dearest = max(max(problem.costs, default=0), -min(problem.costs, default=0))
    if (problem.node_count + 2) * (dearest + 1) >= _SAFE // (problem.node_count + 2):
        raise ProblemInstanceError(
            f"costs up to {dearest} on {problem.node_count} nodes would overflow in OR-tools",
            "count costs in a larger unit, or choose the built-in solver",
        )
    # int64 columns all through: converting element by element would cost more than solving.
    tails = np.array(problem.tails, dtype=np.int64)
    heads = np.array(problem.heads, dtype=np.int64)
    uppers = np.array(problem.uppers, dtype=np.int64)
    costs = np.array(problem.costs, dtype=np.int64)
    supplies = np.array(problem.supplies, dtype=np.int64)
    lowers = None
    if any(problem.lowers):
        lowers = np.array(problem.lowers, dtype=np.int64)
        uppers -= lowers
        np.subtract.at(supplies, tails, lowers)
        np.add.at(supplies, heads, lowers)
    found = _balanced(tails, heads, uppers, costs, supplies)
    unmet: tuple[tuple[int, int], ...] = ()
    if found is None:
        found, unmet = _with_outside(tails, heads, uppers, costs, supplies, dearest)
    if lowers is not None:
        found = found + lowers
    most = int(found.max(initial=0))
    if most * (dearest + 1) * (len(found) + 1) < _SAFE:
        cost = int(found @ costs)
    else:  # the sum may pass 64 bits, which Python's whole numbers do not mind
        cost = sum(map(int.__mul__, found.tolist(), problem.costs))
    return FlowSolution(flows=found.tolist(), unmet=unmet, cost=cost, solver=NAME)


def _balanced(
    tails: np.ndarray,
    heads: np.ndarray,
    uppers: np.ndarray,
    costs: np.ndarray,
    supplies: np.ndarray,
) -> np.ndarray | None:
    """Return the flows when everything is used and met, else None."""
    if int(supplies.sum()) != 0:
        return None
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, uppers, costs)
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    if flow.solve() != flow.OPTIMAL:
        return None
    return np.asarray(flow.flows(arcs))


def _with_outside(
    tails: np.ndarray,
    heads: np.ndarray,
    uppers: np.ndarray,
    costs: np.ndarray,
    supplies: np.ndarray,
    dearest: int,
) -> tuple[np.ndarray, tuple[tuple[int, int], ...]]:
    """Let supply stay at no cost, and demand stay unmet at a price above any way."""
    count = len(supplies)
    price = (count + 1) * (dearest + 1)
    have, lack = np.flatnonzero(supplies > 0), np.flatnonzero(supplies < 0)
    outside = count
    total = np.append(supplies, -int(supplies.sum()))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, uppers, costs)
    flow.add_arcs_with_capacity_and_unit_cost(
        have, np.full(len(have), outside), supplies[have], np.zeros(len(have), dtype=np.int64)
    )
    missing = flow.add_arcs_with_capacity_and_unit_cost(
        np.full(len(lack), outside), lack, -supplies[lack], np.full(len(lack), price)
    )
    flow.set_nodes_supplies(np.arange(count + 1), total)
    if flow.solve() != flow.OPTIMAL:
        raise ProblemInstanceError(
            "OR-tools finds no flow although demand may stay unmet",
            "check the file, or choose the built-in solver",
        )
    units = np.asarray(flow.flows(missing)).tolist()
    unmet = tuple((int(node), n) for node, n in zip(lack, units, strict=True) if n)
    return np.asarray(flow.flows(arcs)), unmet


#: The one instance, which the plugin names.
solve_allocation = OrtoolsAllocation()

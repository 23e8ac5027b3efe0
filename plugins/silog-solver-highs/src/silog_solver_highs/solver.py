"""The solver that sessions choose as ``highs``."""

from __future__ import annotations

import attrs

from silog_core.domain.allocation import AllocationProblem, AllocationResult
from silog_core.domain.flows import (
    FlowProblem,
    FlowSolution,
    MultiFlowProblem,
    MultiFlowSolution,
)
from silog_core.solvers.allocation import solve_allocation as built_in
from silog_core.solvers.allocation.assemble import assemble
from silog_core.solvers.allocation.attribution import attribute, without_cycles
from silog_core.solvers.allocation.builtin import solve_alone
from silog_core.solvers.allocation.fair_cuts import find_cuts
from silog_solver_highs.columns import solve_multi_flow
from silog_solver_highs.joint import ship_jointly
from silog_solver_highs.single import solve_flow

NAME = "highs"


@attrs.frozen
class HighsAllocation:
    """Integer programming where commodities share legs, the built-in solver elsewhere."""

    def __call__(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Solve *problem*; the seed is not used, because nothing is drawn by lot."""
        first = built_in(problem, seed=seed)
        if not first.gap_ppm and not first.unmet:
            return attrs.evolve(first, solver=NAME)
        shares = solve_alone(problem)
        networks = [share.network for share in shares]
        alone = [0] * len(problem.demands)
        for share in shares:
            for demand, units in share.served.items():
                alone[demand] = units
        if tuple(alone) == first.served and not first.gap_ppm:
            return attrs.evolve(first, solver=NAME)
        # What each commodity would get by itself is best for all, if it fits together.
        for served in (tuple(alone), first.served):
            found = ship_jointly(problem, networks, served)
            if found is None:
                continue
            flows = [without_cycles(n, f) for n, f in zip(networks, found[0], strict=True)]
            result = assemble(
                problem,
                [
                    line
                    for network, flow in zip(networks, flows, strict=True)
                    for line in attribute(problem, network, flow, served)
                ],
                solver=NAME,
                bound_microrupiah=None,
                cuts=find_cuts(problem, networks, flows, served),
            )
            return attrs.evolve(
                result, bound_microrupiah=min(found[1], result.cost_microrupiah)
            )
        return attrs.evolve(first, solver=NAME)

    def solve_flow(self, problem: FlowProblem) -> FlowSolution:
        """Solve a bare flow of one commodity as a linear program."""
        return solve_flow(problem)

    def solve_multi_flow(self, problem: MultiFlowProblem) -> MultiFlowSolution:
        """Solve a bare flow of several commodities by column generation."""
        return solve_multi_flow(problem)


#: The one instance, which the plugin names.
solve_allocation = HighsAllocation()

"""What an allocation solver is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from silog_core.domain.allocation import AllocationProblem, AllocationResult
    from silog_core.domain.flows import (
        FlowProblem,
        FlowSolution,
        MultiFlowProblem,
        MultiFlowSolution,
    )


class AllocationSolver(Protocol):
    """Turns one frozen problem into one frozen result.

    The laws, which `silog_core.planning.allocation_check` verifies: one problem and one
    seed give one result; pieces are conserved, lot by lot; no leg carries more than its
    load or volume; nobody gets more than the need; nothing arrives late; a shortage is
    listed with reasons, never raised.
    """

    def __call__(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Solve *problem*."""
        ...


@runtime_checkable
class FlowSolver(Protocol):
    """An allocation solver that also takes bare flows of one commodity."""

    def solve_flow(self, problem: FlowProblem) -> FlowSolution:
        """Return a flow that leaves least unmet and, among those, costs least."""
        ...


@runtime_checkable
class MultiFlowSolver(Protocol):
    """An allocation solver that also takes bare flows of several commodities."""

    def solve_multi_flow(self, problem: MultiFlowProblem) -> MultiFlowSolution:
        """Return flows within all limits, and a bound on what the best could cost."""
        ...

"""What an allocation solver is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from silog_core.domain.allocation import AllocationProblem, AllocationResult


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

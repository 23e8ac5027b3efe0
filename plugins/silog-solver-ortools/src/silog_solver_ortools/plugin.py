"""What this plugin answers at the hooks; OR-tools itself is imported when it is used."""

from __future__ import annotations

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.solvers import AllocationSolverSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="OR-tools allocation solver")


@hookimpl
def silog_allocation_solvers() -> list[AllocationSolverSpec]:
    """Offer ``ortools``."""
    return [
        AllocationSolverSpec(
            name="ortools",
            title="minimum-cost flow by cost scaling, for very large networks",
            solve="silog_solver_ortools.solver:solve_allocation",
            needs="silog-solver-ortools",
        )
    ]

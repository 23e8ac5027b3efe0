"""What this plugin answers at the hooks; HiGHS itself is imported when it is used."""

from __future__ import annotations

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.solvers import AllocationSolverSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="HiGHS allocation solver")


@hookimpl
def silog_allocation_solvers() -> list[AllocationSolverSpec]:
    """Offer ``highs``."""
    return [
        AllocationSolverSpec(
            name="highs",
            title="exact where items share legs, by integer programming",
            solve="silog_solver_highs.solver:solve_allocation",
            can=("exact",),
            needs="silog-solver-highs",
        )
    ]

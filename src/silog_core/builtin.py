"""The core's own checks and solvers, registered like anybody's."""

from __future__ import annotations

from silog_core.plugins.markers import hookimpl
from silog_core.ports.check import Check
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec

#: Name under which the built-ins are registered.
PLUGIN = "silog_core.builtin"
#: What is used when nothing is chosen.
ALLOCATION_SOLVER = "builtin"
ROUTING_SOLVER = "ruin-recreate"
#: What is used when several workers are asked for.
EXECUTOR = "processes"


@hookimpl
def silog_allocation_solvers() -> list[AllocationSolverSpec]:
    """Tree stripping and network simplex, max-min fair under shortage."""
    return [
        AllocationSolverSpec(
            name=ALLOCATION_SOLVER,
            title="exact where items do not compete; fair under shortage",
            solve="silog_core.solvers.allocation.builtin:solve_allocation",
        )
    ]


@hookimpl
def silog_routing_solvers() -> list[RoutingSolverSpec]:
    """Ruin and recreate."""
    return [
        RoutingSolverSpec(
            name=ROUTING_SOLVER,
            title="ruin and recreate, in pure Python",
            solve="silog_core.solvers.routing:ruin_recreate",
        )
    ]


@hookimpl
def silog_risk_checks() -> list[Check]:
    """Lateness, reach, shortage, closed ways, loads, sizes of stations."""
    from silog_core.risk.assess import built_in_checks

    return list(built_in_checks())
